"""Translations know which wording of their original they translate."""

from typing import Any

import pytest

from cubaru.core.documents import apply_document, to_document
from cubaru.core.history import recording
from cubaru.core.models import Revision, TranslationState
from cubaru.core.wording_checks import verify
from cubaru.core.wording_decisions import WordingError, choose_original, confirm, stale_places, state_of
from events.models import Claim, Event, EventCitation
from people.models import Office, Person
from sources.models import Source
from tests.factories import (
    ClaimFactory,
    EventCitationFactory,
    EventFactory,
    OfficeFactory,
    PersonFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def rows(model: Any) -> Any:
    """The rows of a model whose translated columns the type checker does not know."""
    return model.objects


ALL = {"title_en": "A visit", "title_es": "Una visita", "title_ru": "Визит"}


def an_event(**columns: Any) -> Any:
    return EventFactory(**{"summary_en": "", "summary_es": "", "summary_ru": "", **ALL, **columns})


def told(record: Any) -> TranslationState:
    state = state_of(record)
    assert state is not None
    return state


def stale(record: Any) -> list[tuple[str, str]]:
    return stale_places(told(record))


def change(event: Any, *, minor: bool = False, **columns: str) -> None:
    with recording(minor=minor):
        rows(Event).filter(pk=event.pk).update(**columns)


def test_translations_are_current_when_all_are_written_at_once() -> None:
    event = an_event()
    assert stale(event) == []
    assert [told(event).missing_en, told(event).missing_es, told(event).missing_ru] == [0, 0, 0]


def test_a_change_of_the_original_leaves_its_translations_behind() -> None:
    event = an_event()
    change(event, title_en="A long visit")
    assert stale(event) == [("title", "es"), ("title", "ru")]
    assert (told(event).stale_en, told(event).stale_es, told(event).stale_ru) == (0, 1, 1)


def test_a_translation_that_is_written_anew_with_its_original_is_current() -> None:
    event = an_event()
    change(event, title_en="A long visit", title_es="Una visita larga")
    assert stale(event) == [("title", "ru")]


def test_touching_a_stale_translation_makes_it_current() -> None:
    event = an_event()
    change(event, title_en="A long visit")
    change(event, title_ru="Долгий визит")
    assert stale(event) == [("title", "es")]


def test_a_minor_change_leaves_translations_alone() -> None:
    event = an_event()
    change(event, title_en="A visit.", minor=True)
    assert stale(event) == []


def test_a_translation_may_change_without_its_original() -> None:
    event = an_event()
    change(event, title_es="Una visita oficial")
    assert stale(event) == []


def test_an_original_that_gets_its_old_words_back_is_translated_again() -> None:
    event = an_event()
    change(event, title_en="A long visit")
    change(event, title_en="A visit")
    assert stale(event) == []
    assert told(event).texts == {}


def test_going_back_over_a_touched_translation_is_exact() -> None:
    event = an_event()
    change(event, title_en="A long visit")
    before = told(event).texts
    change(event, title_es="Una visita larga")
    change(event, title_es="Una visita")
    assert (stale(event), told(event).texts) == ([("title", "es"), ("title", "ru")], before)


def test_the_language_first_written_is_the_original() -> None:
    event = an_event(title_en="", title_es="")
    change(event, title_en="A visit", title_es="Una visita")
    change(event, title_ru="Долгий визит")
    assert stale(event) == [("title", "en"), ("title", "es")]


def test_languages_that_lack_are_counted_as_missing() -> None:
    event = an_event(title_ru="", summary_en="Somebody came.")
    assert told(event).missing_ru == 2
    assert told(event).missing_es == 1
    assert told(event).texts["title"] == {"missing": ["ru"]}


def test_a_source_needs_no_translated_title_in_its_own_language() -> None:
    source = SourceFactory(language="ru", title="Визит", title_translated_en="A visit")
    assert told(source).missing_ru == 0
    assert told(source).missing_es == 1


def test_translated_titles_follow_the_title_in_the_sources_own_language() -> None:
    source = SourceFactory(language="ru", title="Визит", title_translated_en="A visit")
    rows(Source).filter(pk=source.pk).update(title="Долгий визит")
    assert stale(source) == [("title_translated", "en")]


def test_texts_of_parts_are_followed_when_the_parts_move() -> None:
    event = an_event()
    first = ClaimFactory(event=event, statement_en="One", statement_es="Uno", statement_ru="Один")
    second = ClaimFactory(event=event, statement_en="Two", statement_es="Dos", statement_ru="Два")
    rows(Claim).filter(pk=second.pk).update(statement_en="Two and more")
    assert stale(event) == [("claims[1].statement", "es"), ("claims[1].statement", "ru")]
    first.delete()
    assert stale(event) == [("claims[0].statement", "es"), ("claims[0].statement", "ru")]


def test_an_office_is_known_again_though_its_title_is_part_of_what_it_is() -> None:
    office = OfficeFactory(title_en="Envoy", title_es="Enviado", title_ru="Посланник")
    rows(Office).filter(pk=office.pk).update(title_en="Minister")
    assert stale(office.person) == [("offices[0].title", "es"), ("offices[0].title", "ru")]


def test_notes_of_nested_parts_are_followed_too() -> None:
    citation = EventCitationFactory(note_en="Seen", note_es="Visto", note_ru="")
    rows(EventCitation).filter(pk=citation.pk).update(note_en="Seen by me")
    assert stale(citation.event) == [("citations[0].note", "es")]
    assert told(citation.event).texts["citations[0].note"]["missing"] == ["ru"]


def test_confirming_says_that_a_translation_is_still_right() -> None:
    event = an_event()
    change(event, title_en="A long visit")
    assert confirm(event, [("title", "es"), ("title", "en"), ("summary", "ru")]) == [("title", "es")]
    assert stale(event) == [("title", "ru")]
    assert (told(event).stale_es, told(event).stale_ru) == (0, 1)


def test_a_confirmed_translation_is_stale_again_with_the_next_change() -> None:
    event = an_event()
    change(event, title_en="A long visit")
    confirm(event, [("title", "es"), ("title", "ru")])
    change(event, title_en="A very long visit")
    assert stale(event) == [("title", "es"), ("title", "ru")]


def test_the_original_can_be_another_language() -> None:
    event = an_event()
    choose_original(event, "title", "ru")
    change(event, title_ru="Долгий визит")
    assert stale(event) == [("title", "en"), ("title", "es")]


def test_a_stale_text_that_becomes_the_original_leaves_the_former_one_behind() -> None:
    event = an_event()
    change(event, title_en="A long visit", title_es="Una visita larga")
    choose_original(event, "title", "ru")
    assert stale(event) == [("title", "en")]


def test_only_a_text_that_is_there_can_be_the_original() -> None:
    event = an_event(title_ru="")
    with pytest.raises(WordingError):
        choose_original(event, "title", "ru")


def test_an_original_that_is_taken_out_hands_over_to_a_current_translation() -> None:
    event = an_event()
    change(event, title_en="A long visit", title_ru="Долгий визит")
    change(event, title_en="")
    change(event, title_ru="Визит")
    assert ("title", "es") in stale(event)
    assert told(event).texts["title"]["original"] == "ru"


def test_bulk_writes_are_followed() -> None:
    events = [an_event() for _number in range(3)]
    rows(Event).filter(pk__in=[event.pk for event in events]).update(title_en="Another")
    assert [len(stale(event)) for event in events] == [2, 2, 2]


def test_a_record_that_comes_back_is_as_it_was() -> None:
    event = an_event()
    change(event, title_en="A long visit")
    document, pk = to_document(event), event.pk
    event.delete()
    assert TranslationState.objects.get(kind="event", record_id=pk).is_gone
    apply_document(document | {"title": {**document["title"], "en": "A long visit"}}, Event(pk=pk))
    assert stale(Event.objects.get(pk=pk)) == [("title", "es"), ("title", "ru")]


def test_the_starter_corpus_is_current_in_all_languages() -> None:
    newest = Revision.objects.values_list("kind", "record_id").distinct()
    assert TranslationState.objects.count() == len(set(newest))
    behind = TranslationState.objects.exclude(stale_en=0, stale_es=0, stale_ru=0)
    assert not behind.exists()


def test_verify_finds_nothing_after_all_of_this_and_says_what_was_changed_behind_its_back() -> None:
    event, person = an_event(), PersonFactory(name_ru="")
    change(event, title_en="A long visit")
    assert [fault for fault in verify() if fault] == []
    TranslationState.objects.filter(kind="person", record_id=person.pk).update(missing_ru=7)
    state = told(event)
    state.texts["title"]["stale"]["es"]["of"] = state.texts["title"]["stale"]["es"]["text"] = "no digest"
    state.save()
    faults = [fault for fault in verify() if fault]
    assert [fault.partition(":")[0] for fault in faults] == [f"person/{person.slug}", f"event/{event.slug}"]


def test_verify_misses_a_record_without_its_state_and_finds_one_of_nothing() -> None:
    person = PersonFactory()
    TranslationState.objects.filter(kind="person", record_id=person.pk).update(record_id=10**9)
    assert [fault.partition(":")[0] for fault in verify() if fault] == [f"person/{person.slug}"] * 2
    assert Person.objects.filter(pk=person.pk).exists()
