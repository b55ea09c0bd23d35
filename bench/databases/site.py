"""The site as it is served to readers, for measurements in a browser."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def be_a_server() -> None:
    """Loads all that a server has loaded, which keeps it from the garbage collector."""
    import cubaru.wsgi  # noqa: F401


@contextmanager
def served(database: str, folder: Path, commands: Sequence[Sequence[str]]) -> Iterator[str]:
    """The address of the site on a database that the commands, words for Python, have made ready."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "DATABASE_URL": database, "SECRET_KEY": "bench", "SITE_URL": address, "API_READS_A_MINUTE": "0",
        "STATIC_ROOT": str(folder / "static"), "MEDIA_ROOT": str(folder / "media"), "DEBUG": "",
    }  # fmt: skip
    for command in (*commands, ["manage.py", "collectstatic", "--no-input", "--verbosity", "0"]):
        subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
        )
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
         "--log-level", "warning", "cubaru.wsgi:application"], cwd=ROOT, env=environment,
    )  # fmt: skip
    try:
        for _attempt in range(300):
            try:
                urllib.request.urlopen(f"{address}/healthz", timeout=2)
                break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)
