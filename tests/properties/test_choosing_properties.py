"""Taking a part of a change: all of it, nothing of it, and one thing of it."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cubaru.core.choosing import choices, chosen
from cubaru.core.comparing import Difference, differences
from cubaru.core.documents import Document, RecordKind
from cubaru.core.reading import Reader
from tests.properties.test_merging_properties import three

few = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def differing(kind: RecordKind, live: Document, wanted: Document) -> list[Difference]:
    return differences(Reader(kind, live, "en"), Reader(kind, wanted, "en"))


@few
@given(three())
def test_what_is_left_whole_is_the_live_document_and_what_is_taken_whole_the_wanted(states: Any) -> None:
    kind, live, wanted, _other = states
    found = choices(kind, live, wanted, differing(kind, live, wanted))
    assert chosen(kind, live, wanted, left=[]) == wanted
    assert chosen(kind, live, wanted, left=[choice.path for choice in found]) == live


@few
@given(three(), st.data())
def test_what_is_left_does_not_differ_any_more_and_the_rest_does(states: Any, data: Any) -> None:
    kind, live, wanted, _other = states
    found = choices(kind, live, wanted, differing(kind, live, wanted))
    left = {choice.path for choice in found if data.draw(st.booleans())}
    partly = chosen(kind, live, wanted, left=left)
    still = {choice.path for choice in choices(kind, live, partly, differing(kind, live, partly))}
    assert {path for path in still if path in left} == set()
    assert {choice.path for choice in found} - left <= still
