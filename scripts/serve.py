"""Starts the site on this machine: what `make run` does once everything is installed.

Makes the key of this installation, brings the database up to date and serves at 127.0.0.1.
"""

import os
import secrets
import socket
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"


def stop(sentence: object) -> NoReturn:
    print(f"cubaru: {sentence}", file=sys.stderr)
    sys.exit(1)


def free_port(text: str) -> int:
    """The port that is asked for; ends the program where it cannot be had."""
    if not (text.isascii() and text.isdecimal() and 0 < int(text) < 65536):
        stop(f"PORT={text} is no port: choose a number from 1 to 65535, for example PORT=8001.")
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # Without this a port stays busy for a minute after the site has been stopped.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(text)))
        except PermissionError:
            stop(f"Port {text} is the administrator's: choose one above 1023, for example PORT=8001.")
        except OSError:
            stop(f"Port {text} on {HOST} is taken: stop what uses it, or choose another: PORT=8001.")
    return int(text)


def make_key() -> None:
    """Writes a secret key into .env, for this user's eyes only, unless there is one already."""
    path = ROOT / ".env"
    if path.exists() or "SECRET_KEY" in os.environ:
        return
    path.touch(mode=0o600)
    path.write_text(f"SECRET_KEY={secrets.token_urlsafe(64)}\n", encoding="utf-8")


def prepare(port: int) -> None:
    """Settles where the site is, then lets the first_run command prepare the database."""
    import environ

    environ.Env.read_env(ROOT / ".env")
    os.environ.setdefault("SITE_URL", f"http://{HOST}:{port}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cubaru.settings")
    sys.path.insert(0, str(ROOT))

    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError, call_command
    from django.db import connections

    try:
        django.setup()
        call_command("first_run")
    except (CommandError, ImproperlyConfigured) as error:
        stop(error)
    connections.close_all()


def serve(port: int) -> NoReturn:
    print(
        f"\ncubaru is at http://{HOST}:{port}/, its desk at http://{HOST}:{port}/admin/ (Ctrl-C stops it).",
        flush=True,
    )
    os.chdir(ROOT)
    granian = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--log-level",
        "warning",
        "--blocking-threads",
        "4",
    ]
    os.execv(sys.executable, [*granian, "--host", HOST, "--port", str(port), "cubaru.wsgi:application"])


if __name__ == "__main__":
    port = free_port(sys.argv[1])
    make_key()
    prepare(port)
    serve(port)
