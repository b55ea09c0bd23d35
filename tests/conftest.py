"""Fixtures for all tests. The starter corpus is in the test database from the start."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import translation

ROOT = Path(__file__).resolve().parent.parent
ON_CI = bool(os.environ.get("CI"))
MEDIA = tempfile.TemporaryDirectory(prefix="cubaru-media-")


def pytest_configure(config: pytest.Config) -> None:
    # Pages in tests come from the sources; the collected files are tested with the running site.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SECURE_SSL_REDIRECT = False
    # Each test process has its own pictures, so that none deletes another's; they go with the process.
    settings.MEDIA_ROOT = MEDIA.name
    # Collected files are served, and tested, by the running site.
    settings.MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        give_own_cache(worker)
    database = settings.DATABASES["default"]
    if config.getoption("reuse_db") and database["ENGINE"].endswith("sqlite3"):
        # In memory there is nothing to be used again.
        database.setdefault("TEST", {})["NAME"] = os.environ.get("TEST_DATABASE", str(ROOT / "tests.sqlite3"))


def pytest_unconfigure() -> None:
    MEDIA.cleanup()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only",
        action="store_true",
        help="leave out tests that ask no database anything: they are the same on each",
    )


@pytest.hookimpl(tryfirst=True)  # before -m reads the marks
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if "chromium" in fixtures_of(item):
            item.add_marker(pytest.mark.browser)
    if config.getoption("database_only"):
        # Without one of these, pytest-django refuses any question to the database.
        asking = {"site", "real_database", "db", "transactional_db", "django_db_setup"}
        kept = [item for item in items if asking & fixtures_of(item) or item.get_closest_marker("django_db")]
        config.hook.pytest_deselected(items=list(set(items) - set(kept)))
        items[:] = kept


def fixtures_of(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))


def give_own_cache(worker: str) -> None:
    """Gives a test process a Redis database of its own: each empties its cache after every test."""
    location = settings.CACHES["default"].get("LOCATION", "")
    if isinstance(location, str) and location.startswith("redis"):
        number = 2 + int(worker.removeprefix("gw"))
        settings.CACHES["default"]["LOCATION"] = f"{location.rsplit('/', 1)[0]}/{number}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    from events.models import Event

    with django_db_blocker.unblock():
        if Event.objects.exists():  # with --reuse-db, which `--create-db` makes anew
            return
        call_command("load_corpus", str(settings.CORPUS_DIR), verbosity=0, stdout=StringIO())


@pytest.fixture(autouse=True)
def fresh_start() -> Iterator[None]:
    """No test finds the language or the cache of the one before."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    cache.clear()


@pytest.fixture
def empty_database(db: None) -> None:
    """No record at all: for what must work from nothing."""
    from django.apps import apps

    from cubaru.core.models import (
        LedgerEntry,
        Likeness,
        LikenessKey,
        Part,
        PastSlug,
        Record,
        Revision,
        TranslationState,
    )
    from cubaru.core.search import indexing

    indexing.clear()
    kept = Record | Part | PastSlug | Revision | LedgerEntry | TranslationState | Likeness | LikenessKey
    with connection.constraint_checks_disabled():
        for model in apps.get_models():
            if issubclass(model, kept):
                rows = model._base_manager.all()
                rows._raw_delete(rows.db)


@pytest.fixture
def curator(db: None) -> Any:
    return get_user_model().objects.create_superuser("historian", password="a long pass phrase")


@pytest.fixture
def desk(curator: Any) -> Client:
    """A browser in which the curator is signed in."""
    client = Client()
    client.force_login(curator, backend="django.contrib.auth.backends.ModelBackend")
    return client


# The running site, as visitors meet it -------------------------------------------------------------


@dataclass
class Site:
    """A site that serves the starter corpus from a database of its own."""

    url: str
    username: str
    password: str
    #: With which commands of manage.py reach its database.
    environment: dict[str, str]

    def furnish(self, code: str) -> None:
        """Runs Python on its database, for what the starter corpus has nothing of."""
        command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
        environment = os.environ | self.environment
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The real server (granian, collected files) on a fresh database, one for each test process."""
    folder = tmp_path_factory.mktemp("site")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    database_url, drop = _database_for_the_site(folder)
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "SITE_URL": f"http://127.0.0.1:{port}",
        "SECRET_KEY": "only for tests " * 4,
        "STATIC_ROOT": str(folder / "staticfiles"),
        "MEDIA_ROOT": str(folder / "media"),
    }
    site = Site(f"http://127.0.0.1:{port}", "historian", "a long pass phrase", environment)
    environment["DJANGO_SUPERUSER_PASSWORD"] = site.password
    for command in (
        ["collectstatic", "--no-input"],
        ["first_run"],
        ["createsuperuser", "--no-input", "--username", site.username, "--email", "historian@localhost"],
    ):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True,
                       stdout=subprocess.DEVNULL)  # fmt: skip
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
         "--log-level", "warning", "cubaru.wsgi:application"],
        cwd=ROOT, env=environment,
    )  # fmt: skip
    try:
        _wait_until_ready(f"{site.url}/readyz", server)
        yield site
    finally:
        server.terminate()
        server.wait(timeout=20)
        drop()


def _database_for_the_site(folder: Path) -> tuple[str, Any]:
    """The address of a new database of the kind under test, and what removes it."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{folder / 'site.sqlite3'}", lambda: None
    import psycopg

    database = settings.DATABASES["default"]
    # A test process may have several at once.
    name = f"cubaru_{folder.name}_{os.getpid()}"
    login = {"host": database["HOST"], "port": database["PORT"] or 5432, "user": database["USER"],
             "password": database["PASSWORD"], "dbname": "postgres"}  # fmt: skip

    def run(sql: str) -> None:
        with psycopg.connect(**login, autocommit=True) as server:
            server.execute(sql)

    run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    run(f"CREATE DATABASE {name}")
    password = f":{database['PASSWORD']}" if database["PASSWORD"] else ""
    address = f"postgres://{database['USER']}{password}@{database['HOST']}:{login['port']}/{name}"
    return address, lambda: run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _wait_until_ready(address: str, server: "subprocess.Popen[bytes]") -> None:
    for _attempt in range(150):
        assert server.poll() is None, "the server ended before it was ready"
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError(f"{address} did not become ready")


# A database that several connections write to at once -------------------------------------------------


@dataclass
class RealDatabase:
    """A migrated and else empty database, on disk or on the server, for the functions of tests/racing.py."""

    environment: dict[str, str]

    def run(self, name: str) -> Any:
        """What the function returned, in a process of its own."""
        command = [sys.executable, "-m", "tests.racing", name]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True,
                              timeout=120, check=False)  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture(scope="session")
def real_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealDatabase]:
    """Tests of what threads do at once: the usual database is one connection, undone after each test."""
    url, drop = _database_for_the_site(tmp_path_factory.mktemp("real"))
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "cubaru.settings"}
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, env=environment,
                   check=True)  # fmt: skip
    yield RealDatabase(environment)
    drop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A real Chromium: Debian's, or the one that Playwright installed. On CI a missing one is a failure."""
    from playwright.sync_api import Error, sync_playwright

    # Playwright's loop in this thread would make Django refuse database work.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=path,
                args=["--no-sandbox", "--disable-gpu", "--disable-background-networking",
                      "--disable-component-update", "--disable-sync", "--no-first-run"],
            )  # fmt: skip
        except Error as error:
            if ON_CI:
                raise
            pytest.skip(f"no Chromium here ({error.message.splitlines()[0]}); see CONTRIBUTING.md")
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any, site: Site) -> Iterator[Any]:
    """A page of a fresh browser profile, 1280 px wide; any complaint of its console fails the test."""
    context = chromium.new_context(base_url=site.url, viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []
