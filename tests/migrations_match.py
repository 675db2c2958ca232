"""Run `alembic upgrade head` and `alembic check` on fresh SQLite and PostgreSQL databases."""

import os
import subprocess
import sys
import tempfile

from tests.databases import new_postgres_url


def main() -> None:
    for url in (f"sqlite:///{tempfile.mkdtemp()}/check.db", new_postgres_url()):
        for words in (["upgrade", "head"], ["check"]):
            environment = {**os.environ, "DATABASE_URL": url}
            subprocess.run([sys.executable, "-m", "alembic", *words], check=True, env=environment)


if __name__ == "__main__":
    main()
