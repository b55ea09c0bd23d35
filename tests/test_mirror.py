"""The mirror script of the documentation keeps an exact copy, wherever it is stopped."""

import importlib.util
import random
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from cubaru.core.ledger import content_version
from tests.conftest import ROOT
from tests.mirroring import Curators, differences_from_dump

SCRIPT = ROOT / "docs" / "examples" / "mirror.py"

pytestmark = pytest.mark.django_db


class KilledError(Exception):
    """Stands for the end of the process: nothing after it is done."""


@pytest.fixture
def mirror(client: Client, settings: Any) -> Any:
    """The script as a module that asks the site under test."""
    settings.API_READS_A_MINUTE = 0
    spec = importlib.util.spec_from_file_location("mirror", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    def get(address: str) -> Any:
        parts = urlsplit(address)
        response = client.get(f"{parts.path}?{parts.query}" if parts.query else parts.path)
        assert response.status_code == 200, address
        return response.json()

    module.get = get
    return module


def killing(function: Any, chance: random.Random) -> Any:
    """The function, which ends now and then before, and now and then after it has done its work."""

    def killed(*args: Any) -> Any:
        fate = chance.random()
        if fate < 0.02:
            raise KilledError
        result = function(*args)
        if fate > 0.98:
            raise KilledError
        return result

    return killed


@pytest.mark.usefixtures("empty_database")
def test_mirror_that_is_killed_at_random_ends_as_the_servers_dump(mirror: Any, tmp_path: Path) -> None:
    curators, chance = Curators(seed=1902), random.Random(1960)
    mirror.get, mirror.put = killing(mirror.get, chance), killing(mirror.put, chance)
    kills, since = 0, 0
    for number in range(200):
        curators.act()
        if number % 10 == 0 or number == 199:
            while since < content_version():
                try:
                    since = mirror.follow("https://localhost", tmp_path / "mirror")
                except KilledError:
                    kills += 1
    assert kills >= 10
    assert differences_from_dump(tmp_path / "mirror", tmp_path / "dumps") == []
    assert len(list((tmp_path / "mirror").glob("*/*.json"))) > 10  # there was something to mirror


@pytest.mark.usefixtures("empty_database")
def test_the_comparison_finds_what_is_not_alike(mirror: Any, tmp_path: Path) -> None:
    curators = Curators(seed=1)
    for _number in range(12):
        curators.write()
    folder = tmp_path / "mirror"
    mirror.follow("https://localhost", folder)
    first, second, *_rest = sorted(folder.glob("*/*.json"))
    first.unlink()
    second.write_text("{}")
    found = differences_from_dump(folder, tmp_path / "dumps")
    assert found == [f"{path.parent.name}/{path.stem}" for path in (first, second)]


def test_the_script_is_short() -> None:
    assert len(SCRIPT.read_text().splitlines()) <= 60
