"""The door for web servers."""

import os
import subprocess
import sys

from tests.conftest import ROOT

LOADED = """
import gc, sys
from cubaru.wsgi import application
print(callable(application), "events.views" in sys.modules, gc.get_freeze_count() > 100_000)
"""


def test_server_loads_all_pages_before_it_answers_and_keeps_them_from_the_collector() -> None:
    environment = os.environ | {"SECRET_KEY": "tests"}
    told = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=ROOT, env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert told.stdout.split() == ["True", "True", "True"]
