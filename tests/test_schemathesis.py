"""The whole description of the API, tried by Schemathesis: all its checks, with values it makes up itself.

`MAX_EXAMPLES=500 pytest tests/test_schemathesis.py` tries longer.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.django_db

MOST = int(os.environ.get("MAX_EXAMPLES", "8"))
#: Records of the starter corpus that filters may name.
SLUGS = {
    "event": ["missile-crisis-1962", "relations-lapse-1917"], "person": ["castro-fidel", "ryabkov"],
    "organization": ["cpsu", "zarubezhneft"], "place": ["havana", "zavidovo"],
    "theme": ["diplomacy", "visits"], "source": ["essay", "tass-dossier"],
}  # fmt: skip
FORMATS = {
    **{f"slug-of-{kind}": st.sampled_from(slugs) for kind, slugs in SLUGS.items()},
    "edtf": st.sampled_from(["1962", "1962-10", "1962-10-22", "196X", "1962~", "1960/1964"]),
    "moment": st.sampled_from(["2026-11-25", "2026-11-25T09:30:00Z"]),
    "bbox": st.sampled_from(["-85,19.5,-74,23.5", "170,-10,-170,10"]),
    "words": st.sampled_from(["Castro", "Хрущёв", "crisis de octubre", '"missile"', "1962"]),
    "names": st.just("slug"),
    "cursor": st.just("x"),
}
for _name, _strategy in FORMATS.items():
    schemathesis.openapi.format(_name, _strategy)


schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", get_wsgi_application())


@pytest.fixture(autouse=True)
def site_without_limit(db: None, settings: Any) -> Iterator[None]:
    for kind in ("READS", "WRITES", "WRONG_TOKENS"):
        setattr(settings, f"API_{kind}_A_MINUTE", 0)
    # A server closes its connection after an answer; here it holds the test's transaction.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=MOST,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_the_api_is_as_it_is_described(case: Any) -> None:
    if case.meta is None or case.meta.generation.mode.is_positive:
        _leave_out_what_excludes_itself(case.query)
    # The transport does not decompress.
    case.call_and_validate(headers={"Accept": "application/json, */*;q=0.1", "Accept-Encoding": "identity"})


def _leave_out_what_excludes_itself(query: Any) -> None:
    """Makes a right question of parameters that are right one by one: OpenAPI has no words for that."""
    query.pop("cursor", None)  # is made by the answers
    query.pop("expand", None)  # its names depend on the address; tests/core/test_api_expand.py tries all
    if query.get("format", "json") not in {"json", "csv"}:
        query.pop("fields", None)
    if "from" in query and "to" in query:
        query["to"] = query["from"]
    if "from" not in query and "to" not in query:
        query.pop("overlap", None)
    if "lane" in query or "person" in query:
        query.pop("theme", None)
    if "from" in query or "to" in query:
        query.pop("level", None)  # a deep one shows only so long a time


def test_every_operation_is_tried(client: Any) -> None:
    paths = client.get("/api/v1/schema/").json()["paths"]
    tried = [operation for path in paths.values() for operation in path]
    assert len(tried) >= 20
    assert set(tried) == {"get", "post", "patch", "delete"}
