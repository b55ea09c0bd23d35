"""Taking a part of a change: all of it, nothing of it, and one thing of it."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cubaru.core.choosing import choices, chosen
from cubaru.core.comparing import Difference, differences
from cubaru.core.documents import Document, RecordKind, kind_named
from cubaru.core.reading import Reader
from tests.documents import whole
from tests.properties.test_merging_properties import KINDS, Slugs, changed, tidy

few = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def two_states(draw: st.DrawFn, kind: RecordKind) -> tuple[Document, Document]:
    """A document, and what became of it."""
    live, other = (draw(whole(Slugs(), kind.name)) for _each in range(2))  # type: ignore[arg-type]
    head = {key: live[key] for key in ("record", "slug", "status")}
    return tidy(kind, live), tidy(kind, {**draw(changed(live, other)), **head})


def differing(kind: RecordKind, live: Document, wanted: Document) -> list[Difference]:
    return differences(Reader(kind, live, "en"), Reader(kind, wanted, "en"))


@pytest.mark.parametrize("name", KINDS)
@few
@given(data=st.data())
def test_what_is_left_whole_is_the_live_document_and_what_is_taken_whole_the_wanted(
    name: str, data: Any
) -> None:
    kind = kind_named(name)
    live, wanted = data.draw(two_states(kind))
    found = choices(kind, live, wanted, differing(kind, live, wanted))
    assert chosen(kind, live, wanted, left=[]) == wanted
    assert chosen(kind, live, wanted, left=[choice.path for choice in found]) == live


@pytest.mark.parametrize("name", KINDS)
@few
@given(data=st.data())
def test_what_is_left_does_not_differ_any_more_and_the_rest_does(name: str, data: Any) -> None:
    kind = kind_named(name)
    live, wanted = data.draw(two_states(kind))
    found = choices(kind, live, wanted, differing(kind, live, wanted))
    left = {choice.path for choice in found if data.draw(st.booleans())}
    partly = chosen(kind, live, wanted, left=left)
    still = {choice.path for choice in choices(kind, live, partly, differing(kind, live, partly))}
    assert {path for path in still if path in left} == set()
    assert {choice.path for choice in found} - left <= still
