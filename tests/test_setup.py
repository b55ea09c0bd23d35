"""What a person sees who sets the site up: a first run, a second one, a sentence for each mistake."""

import http.client
import importlib.util
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from types import ModuleType

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from events.models import Theme

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.fixture
def free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """scripts/serve.py as a module that takes an empty folder for the project's."""
    spec = importlib.util.spec_from_file_location("serve", ROOT / "scripts" / "serve.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    return module


@pytest.fixture
def themes_only(tmp_path: Path) -> Path:
    """A corpus of one theme."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    theme = {"record": "theme", "slug": "trade", "status": "published", "name": {"en": "Trade"}}
    themes = [theme | {"lane": "trade", "position": 1}]
    (folder / "themes.json").write_text(json.dumps(themes), encoding="utf-8")
    return folder


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    # A key of its own keeps the program from writing one into the .env of the real folder.
    variables = os.environ | {"SECRET_KEY": "for tests"} | environment
    return subprocess.run(
        command, env=variables, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


def the_one_sentence(finished: subprocess.CompletedProcess[str]) -> str:
    """What the program said, after making sure that it failed with one sentence and nothing else."""
    assert finished.returncode != 0
    assert "Traceback" not in finished.stderr
    said_by_make = re.compile(r"make(\[\d+\])?: \*\*\*")
    lines = [line for line in finished.stderr.splitlines() if line and not said_by_make.match(line)]
    assert len(lines) == 1
    assert lines[0].endswith((".", "PYTHON=python3.12"))
    return lines[0]


def test_taken_port_is_told_with_the_way_out(taken_port: int) -> None:
    sentence = the_one_sentence(run(sys.executable, "scripts/serve.py", str(taken_port)))
    assert f"Port {taken_port} on 127.0.0.1 is taken" in sentence
    assert "PORT=8001" in sentence


@pytest.mark.parametrize("port", ["", "eighty", "0", "65536", "-1", "８０"])
def test_what_is_no_port_is_told(port: str) -> None:
    assert "is no port" in the_one_sentence(run(sys.executable, "scripts/serve.py", port))


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "DATABASE_URL is no address"),
        ("mysql://root@127.0.0.1/cubaru", "unknown kind of database “mysql”"),
        ("postgres://root:pass/word@127.0.0.1:5432/cubaru", "cannot be read as an address"),
        ("postgres://root@127.0.0.1:5432", "does not say which database"),
        ("sqlite:////nowhere/at/all/db.sqlite3", "/nowhere/at/all/db.sqlite3 cannot be used (unable to open"),
    ],
)
def test_wrong_database_url_is_told_without_repeating_a_password(url: str, said: str, free_port: int) -> None:
    sentence = the_one_sentence(run(sys.executable, "scripts/serve.py", str(free_port), DATABASE_URL=url))
    assert said in sentence
    assert "DATABASE_URL" in sentence
    assert "pass" not in sentence.replace("user:password@", "")


def test_unreachable_database_server_is_told(free_port: int) -> None:
    url = f"postgres://root:secret@127.0.0.1:{free_port}/cubaru"
    sentence = the_one_sentence(run(sys.executable, "manage.py", "first_run", DATABASE_URL=url))
    assert f"The database cubaru at 127.0.0.1:{free_port} cannot be used" in sentence
    assert "secret" not in sentence


def test_management_commands_tell_a_wrong_database_url_too() -> None:
    finished = run(sys.executable, "manage.py", "migrate", DATABASE_URL="nonsense")
    assert "DATABASE_URL is no address" in the_one_sentence(finished)


def test_broken_corpus_file_is_named_and_leaves_no_record_behind(tmp_path: Path, themes_only: Path) -> None:
    (themes_only / "places.json").write_text('[{"record": "place", ', encoding="utf-8")
    database = f"sqlite:///{tmp_path}/db.sqlite3"
    finished = run(sys.executable, "manage.py", "first_run", "--corpus", themes_only, DATABASE_URL=database)
    assert "places.json" in the_one_sentence(finished)
    dumped = run(sys.executable, "manage.py", "dumpdata", "events.theme", "auth.user", DATABASE_URL=database)
    assert json.loads(dumped.stdout) == []


@pytest.fixture
def old_python(tmp_path: Path) -> Path:
    path = tmp_path / "python3"
    path.write_text('#!/bin/sh\ncase "$2" in *print*) echo 3.9 ;; *) exit 1 ;; esac\n', encoding="utf-8")
    path.chmod(0o755)
    return path


def test_python_that_is_named_and_too_old_is_told_through_make(tmp_path: Path, old_python: Path) -> None:
    venv = tmp_path / "venv"
    finished = run("make", f"VENV={venv}", f"PYTHON={old_python}", f"{venv}/bin/python")
    assert f"PYTHON={old_python} is Python 3.9, but 3.11 or newer is needed" in the_one_sentence(finished)
    assert not venv.exists()


def test_machine_with_nothing_but_an_old_python_is_told(old_python: Path) -> None:
    finished = run("/bin/sh", "scripts/find_python.sh", "", PATH=str(old_python.parent))
    assert "Python 3.11 or newer is needed, but python3 is 3.9" in the_one_sentence(finished)


def test_machine_without_any_python_is_told(tmp_path: Path) -> None:
    finished = run("/bin/sh", "scripts/find_python.sh", "", PATH=str(tmp_path))
    assert "none was found" in the_one_sentence(finished)


def test_python_that_is_new_enough_is_taken() -> None:
    finished = run("/bin/sh", "scripts/find_python.sh", sys.executable)
    assert (finished.returncode, finished.stdout, finished.stderr) == (0, f"{sys.executable}\n", "")


def test_key_is_written_once_for_this_user_only(
    serve: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    serve.make_key()
    written = (tmp_path / ".env").read_text(encoding="utf-8")
    assert re.fullmatch(r"SECRET_KEY=[\w-]{80,}\n", written)
    assert (tmp_path / ".env").stat().st_mode & 0o777 == 0o600
    serve.make_key()
    assert (tmp_path / ".env").read_text(encoding="utf-8") == written


def test_key_from_the_environment_is_not_written(
    serve: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "given")
    serve.make_key()
    assert not (tmp_path / ".env").exists()


def first_run(corpus: Path) -> str:
    out = StringIO()
    call_command("first_run", corpus=corpus, stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("empty_database")
def test_first_run_loads_the_corpus_and_prints_a_login_that_works(themes_only: Path) -> None:
    said = first_run(themes_only)
    assert Theme.objects.get().slug == "trade"
    curator = User.objects.get()
    password = re.search(r"password +(\S+)", said)
    assert password
    assert curator.check_password(password[1])
    assert curator.is_staff
    assert re.search(rf"user +{curator.username}\n", said)


@pytest.mark.usefixtures("empty_database")
def test_second_run_changes_nothing_and_keeps_a_curators_work(themes_only: Path) -> None:
    first_run(themes_only)
    theme = Theme.objects.get()
    theme.position = 7
    theme.save()
    before = list(Theme.objects.values()), list(User.objects.values())
    assert first_run(themes_only) == "The database is ready: nothing was to be done.\n"
    assert (list(Theme.objects.values()), list(User.objects.values())) == before


@pytest.mark.usefixtures("empty_database")
def test_login_is_made_only_where_there_is_nobody(themes_only: Path) -> None:
    User.objects.create_user("olga")
    assert "password" not in first_run(themes_only)
    assert User.objects.get().username == "olga"


@pytest.mark.usefixtures("empty_database")
def test_first_run_without_a_corpus_says_so(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        first_run(tmp_path / "nowhere")
    assert not User.objects.exists()


def test_prepared_site_is_served_over_http_and_ctrl_c_stops_it(
    tmp_path: Path, themes_only: Path, free_port: int
) -> None:
    database = f"sqlite:///{tmp_path}/db.sqlite3"
    prepared = run(sys.executable, "manage.py", "first_run", "--corpus", themes_only, DATABASE_URL=database)
    assert prepared.returncode == 0
    environment = os.environ | {"SECRET_KEY": "for tests", "DATABASE_URL": database, "PYTHONUNBUFFERED": "1"}
    environment.pop("SITE_URL", None)
    server = subprocess.Popen(
        [sys.executable, "scripts/serve.py", str(free_port)],
        env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        wait_for(free_port, server)
        connection = http.client.HTTPConnection("127.0.0.1", free_port, timeout=20)
        connection.request("GET", "/admin/")
        # A site that believed itself on https would send the reader there.
        assert connection.getresponse().getheader("Location") == "/admin/login/?next=/admin/"
        connection.close()
    finally:
        server.send_signal(signal.SIGINT)
        said, _ = server.communicate(timeout=20)
    assert server.returncode == 0
    assert "nothing was to be done" in said
    assert f"http://127.0.0.1:{free_port}/" in said


def wait_for(port: int, server: "subprocess.Popen[str]") -> None:
    for _attempt in range(200):
        assert server.poll() is None, "the server ended before it answered"
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the server did not answer")
