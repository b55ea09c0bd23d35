"""Does the mirror script end with exactly the server's dump, however often it is killed?

Runs a server on a database of its own; curators change records at random (10,000 operations), while
docs/examples/mirror.py is killed and started again at random. At the end the mirror is compared with a dump.

    python bench/mirror.py [OPERATIONS]
"""

import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

SEED = 1902


def main(operations: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            site = f"http://127.0.0.1:{probe.getsockname()[1]}"
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "cubaru.settings",
            "DATABASE_URL": f"sqlite:///{place / 'server.sqlite3'}",
            "SITE_URL": site,
            "SECRET_KEY": "only for this measurement",
            "API_READS_A_MINUTE": "0",
            "STATIC_ROOT": str(place / "static"),
        }
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        server = subprocess.Popen(
            [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
             "--port", site.rpartition(":")[2], "--log-level", "error", "cubaru.wsgi:application"],
            cwd=ROOT,
        )  # fmt: skip
        try:
            return measure(site, place, operations)
        finally:
            server.terminate()
            server.wait()


def measure(site: str, place: Path, operations: int) -> int:
    from cubaru.core.ledger import content_version
    from tests.mirroring import Curators, differences_from_dump

    wait_for(f"{site}/healthz")
    mirror = Mirror(site, place / "mirror")
    mirror.start()
    begun, curators = time.perf_counter(), Curators(SEED)
    for number in range(1, operations + 1):
        curators.act()
        if number % 1000 == 0:
            print(
                f"{number} operations, {mirror.kills} kills, {time.perf_counter() - begun:.0f} s", flush=True
            )
    mirror.stop()
    reached = int(subprocess.run(mirror.command, check=True, capture_output=True, text=True).stdout)
    found = differences_from_dump(place / "mirror", place / "dumps")
    records = len(list((place / "mirror").glob("*/*.json")))
    print(
        f"{operations} operations made {content_version()} changes; the mirror was killed {mirror.kills} "
        f"times and reached change {reached}; {records} records, {len(found)} of them not as in the dump"
    )
    return 1 if found or reached != content_version() else 0


class Mirror(threading.Thread):
    """Runs the script again and again, and kills it at random moments."""

    def __init__(self, site: str, folder: Path) -> None:
        super().__init__(daemon=True)
        self.command = [sys.executable, str(ROOT / "docs" / "examples" / "mirror.py"), site, str(folder)]
        self.kills = 0
        self.random = random.Random(SEED)
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.is_set():
            script = subprocess.Popen(self.command, stdout=subprocess.DEVNULL)
            try:
                script.wait(timeout=self.random.uniform(0.1, 0.8))
            except subprocess.TimeoutExpired:
                script.kill()
                script.wait()
                self.kills += 1

    def stop(self) -> None:
        self.ended.set()
        self.join()


def wait_for(address: str) -> None:
    for _attempt in range(100):
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"{address} did not answer")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
