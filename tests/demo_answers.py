"""Start README's run command as it stands, wait for its line of JSON, fetch every page it names, and stop it."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import urllib.request

LIMIT_SECONDS = 300


def main(command: str) -> None:
    instance = tempfile.mkdtemp(prefix="vertel-demo-")
    with subprocess.Popen(
        ["/bin/bash", "-c", f"{command} --port 0 --instance {instance}/demo"],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        signal.alarm(LIMIT_SECONDS)
        try:
            assert process.stdout is not None
            answered = json.loads(process.stdout.readline())
            for url in [answered["url"], *answered["student_urls"], answered["url"] + "/staff/"]:
                with urllib.request.urlopen(url) as response:  # noqa: S310 -- the address is our own
                    assert response.status == 200, url
            print(f"answered at {answered['url']}")
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=20)


if __name__ == "__main__":
    main(sys.argv[1])
