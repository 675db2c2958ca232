"""`flask demo`: seed an empty folder, serve it, and say in one line of JSON where everything is."""

import json
import signal
import sys
import threading
from dataclasses import replace
from pathlib import Path

import click

from app.demo.seeding import Demo, demo_settings, open_demo
from app.demo.serving import free_port, is_free, serving


@click.command()
@click.option("--port", default=8000, show_default=True, help="Port on 127.0.0.1; 0 takes a free one.")
@click.option(
    "--instance",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("instance/demo"),
    show_default=True,
    help="Folder for the demo's data: empty, or made by an earlier demo.",
)
@click.option(
    "--database",
    default="",
    metavar="URL",
    help="An empty PostgreSQL database that `alembic upgrade head` prepared, instead of the embedded one.",
)
@click.option("--pseudo", is_flag=True, help="Offer two languages that nobody speaks, to see what breaks in others.")
def demo(port: int, instance: Path, database: str, *, pseudo: bool) -> None:
    """Serve invented schools, people and cases, web and worker together."""
    chosen = port or free_port()
    if not is_free(chosen):
        raise click.ClickException(f"Port {chosen} is in use. Name another one with --port, or 0 for a free one.")
    click.echo("Vertel demo: preparing invented schools and people (about ten seconds the first time)...", err=True)
    opened = open_demo(instance.resolve(), chosen, database)
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    settings = replace(demo_settings(instance.resolve(), chosen, database), pseudo_languages=pseudo)
    with serving(settings, stop) as is_up:
        if not is_up:
            sys.exit(f"Nothing answered on port {chosen}. Is it in use? Try --port 0.")
        click.echo(json.dumps(opened.as_json()))
        sys.stdout.flush()
        click.echo(_greeting(opened), err=True)
        stop.wait()


def _greeting(opened: Demo) -> str:
    first = opened.advisers[0]
    return f"""
  Student  {opened.student_urls[0]}
  Adviser  {opened.url}/staff/
           {first["email"]}  {first["password"]}
           six digits: add the secret {first["totp_secret"]} to an authenticator app
  Stop with Ctrl-C.
"""
