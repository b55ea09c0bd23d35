"""Whatever is written in whatever order, what is told of translations agrees with the texts."""

from typing import Any

from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cubaru.core.document_items import Document
from cubaru.core.documents import kind_named
from cubaru.core.history import Changes, Kept
from cubaru.core.models import Revision, TranslationState
from cubaru.core.wording_checks import agrees
from cubaru.core.wording_decisions import stale_places
from cubaru.core.wordings import state_after, translated_texts

WORDS = st.sampled_from(["one", "two", "three"])
TEXTS = st.fixed_dictionaries({"en": WORDS, "es": WORDS, "ru": WORDS})
SOME_TEXTS = st.fixed_dictionaries({}, optional={"en": WORDS, "es": WORDS, "ru": WORDS})
CLAIMS = st.lists(st.tuples(st.sampled_from("abc"), SOME_TEXTS), max_size=3, unique_by=lambda claim: claim[0])


@st.composite
def documents(draw: Any, texts: Any = SOME_TEXTS) -> Document:
    claims = [{"slug": slug, "statement": statement} for slug, statement in draw(CLAIMS) if statement]
    title = draw(texts) or {"en": "one"}
    return {"record": "event", "slug": "x", "status": "draft", "title": title, "claims": claims}


def walk(steps: list[tuple[Document, bool]]) -> list[TranslationState]:
    """The state after each of the documents, the second of a pair saying whether the change was minor."""
    states: list[TranslationState] = []
    last: Revision | None = None
    for number, (document, minor) in enumerate(steps, start=1):
        revision = Revision(
            kind="event", record_id=1, number=number, slug="x", document=document, saved_at=timezone.now()
        )
        told = states[-1].texts if states else {}
        states.append(state_after(kind_named("event"), Kept(revision, last), told, Changes(minor=minor)))
        last = revision
    return states


@given(st.lists(st.tuples(documents(), st.booleans()), min_size=1, max_size=6))
def test_what_is_told_agrees_with_the_texts(steps: list[tuple[Document, bool]]) -> None:
    texts = translated_texts(kind_named("event"), steps[-1][0])
    state = walk(steps)[-1]
    assert state.texts.keys() <= texts.keys()
    assert all(agrees(text, state.texts.get(at, {})) for at, text in texts.items())
    assert state.stale_es == len(stale_places(state, "es"))


@given(st.lists(TEXTS, min_size=1, max_size=5), TEXTS)
def test_a_change_and_its_undoing_leave_the_same_stale(
    earlier: list[dict[str, str]], change: dict[str, str]
) -> None:
    def as_step(title: dict[str, str]) -> tuple[Document, bool]:
        return {"record": "event", "slug": "x", "status": "draft", "title": title}, False

    states = walk([as_step(title) for title in [*earlier, change, earlier[-1]]])
    assert stale_places(states[-1]) == stale_places(states[-3])


@given(st.lists(documents(), min_size=1, max_size=5))
def test_minor_changes_make_nothing_stale(steps: list[Document]) -> None:
    assert stale_places(walk([(document, True) for document in steps])[-1]) == []
