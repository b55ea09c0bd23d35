"""The matrix of translations, a record's own page of them, its form, and the note for readers."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from cubaru.core.history import recording
from cubaru.core.models import Status, TranslationState
from cubaru.core.wording_decisions import stale_places
from events.models import Claim, Event
from sources.models import Source
from tests.databases import Breach, rules_of
from tests.desk_forms import filled
from tests.factories import ClaimFactory, EventFactory, PersonFactory, SourceFactory

pytestmark = pytest.mark.django_db


def rows(model: Any) -> Any:
    """The rows of a model whose translated columns the type checker does not know."""
    return model.objects


MATRIX = reverse("admin:translations")
TEXTS = {"summary_en": "He came.", "summary_es": "Vino.", "summary_ru": "Он приехал."}


def a_state() -> TranslationState:
    return TranslationState.objects.create(
        kind="theme", record_id=10**9, slug="x", status="draft", revision=1
    )


BREACHES = [Breach("state_of_translations_stands_once_per_record", a_state, twice=True)]


@pytest.mark.parametrize("breach", BREACHES, ids=str)
def test_database_refuses_a_row_that_breaks_a_rule(breach: Breach) -> None:
    breach.is_refused()


def test_every_rule_of_the_states_is_broken_once() -> None:
    assert {breach.rule for breach in BREACHES} == rules_of(TranslationState)


@pytest.fixture
def event(db: None) -> Any:
    """An event whose summary was changed in English only."""
    event = EventFactory(slug="behind", **TEXTS)
    rows(Event).filter(pk=event.pk).update(summary_en="He came and stayed.")
    return event


def stale(event: Any) -> list[tuple[str, str]]:
    return stale_places(TranslationState.objects.get(kind="event", record_id=event.pk))


def page_of(event: Any) -> str:
    return reverse("admin:record_translations", args=["event", event.pk])


def form_of(event: Any) -> str:
    return reverse("admin:events_event_change", args=[event.pk])


def contributor(client: Client) -> Client:
    user = get_user_model().objects.create_user("writer", is_staff=True)
    user.groups.add(Group.objects.get(name="contributor"))
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_matrix_lists_what_is_to_be_done_and_counts_it(desk: Client, event: Any) -> None:
    PersonFactory(name_ru="", sort_name_ru="")
    page = desk.get(MATRIX)
    assert [row.label for row in page.context["rows"]] == ["Mikoyan visits Havana", "Anastas Mikoyan"]
    cells = {cell.language: (cell.missing, cell.stale) for cell in page.context["rows"][0].cells}
    assert cells == {"en": (0, 0), "es": (0, 1), "ru": (0, 1)}
    counted = {language: [one.count for one in counts] for language, _name, counts in page.context["totals"]}
    total = TranslationState.objects.count()
    assert counted == {"en": [0, 0, total], "es": [0, 1, total - 1], "ru": [1, 1, total - 2]}


@pytest.mark.parametrize("state", ["missing", "stale", "current"])
@pytest.mark.parametrize("language", ["en", "es", "ru"])
def test_each_count_leads_to_as_many_rows(desk: Client, event: Any, state: str, language: str) -> None:
    PersonFactory(name_ru="", sort_name_ru="")
    totals = {one: counts for one, _name, counts in desk.get(MATRIX).context["totals"]}
    choice = totals[language][["missing", "stale", "current"].index(state)]
    assert desk.get(choice.url).context["pages"].total == choice.count


def test_the_matrix_is_narrowed_by_kind_and_status(desk: Client, event: Any) -> None:
    PersonFactory(name_ru="", sort_name_ru="", status=Status.DRAFT)
    assert [row.state.kind for row in desk.get(MATRIX, {"kind": "person"}).context["rows"]] == ["person"]
    assert [row.state.kind for row in desk.get(MATRIX, {"status": "published"}).context["rows"]] == ["event"]
    everything = desk.get(MATRIX, {"state": "all", "kind": "event"})
    assert everything.context["pages"].total == Event.objects.count()
    assert len(everything.context["rows"]) == 40
    assert desk.get(MATRIX, {"page": "99"}).status_code == 404
    assert desk.get(MATRIX, {"kind": "nonsense", "state": "x"}).context["pages"].total == 2


def test_the_number_of_queries_does_not_grow_with_the_rows(
    desk: Client, event: Any, django_assert_max_num_queries: Any
) -> None:
    for _number in range(8):
        PersonFactory(name_ru="", sort_name_ru="")
    # The session and the curator, the counts, the page's number and its rows, and one for each of two kinds.
    with django_assert_max_num_queries(7):
        desk.get(MATRIX)


def test_a_cell_leads_to_the_field_in_the_form(desk: Client, event: Any) -> None:
    ClaimFactory(event=event, statement_en="One", statement_es="Uno", slug="one-claim")
    row = desk.get(MATRIX, {"kind": "event"}).context["rows"][0]
    urls = [text.url for cell in row.cells for text in cell.texts]
    content = desk.get(form_of(event)).content.decode()
    assert f"{form_of(event)}#id_claims-0-statement_ru" in urls
    for url in urls:
        assert f'id="{url.partition("#")[2]}"' in content


def test_a_cell_is_confirmed_from_the_matrix(desk: Client, event: Any) -> None:
    answer: Any = desk.post(f"{MATRIX}?kind=event", {"record": f"event/{event.pk}", "language": "es"})
    assert (answer.status_code, answer.url) == (302, f"{MATRIX}?kind=event")
    assert stale(event) == [("summary", "ru")]
    logged = LogEntry.objects.get(object_id=str(event.pk))
    assert "Summary (ES)" in logged.change_message


@pytest.mark.parametrize("record", ["", "event/", "event/0", "nothing/1", "event/x"])
def test_a_record_that_is_not_there_cannot_be_confirmed(desk: Client, record: str) -> None:
    assert desk.post(MATRIX, {"record": record, "language": "es"}).status_code == 404


def test_who_may_not_change_a_record_may_look_but_not_confirm(client: Client, event: Any) -> None:
    writer = contributor(client)
    assert not writer.get(MATRIX).context["rows"][0].may_confirm
    assert writer.post(MATRIX, {"record": f"event/{event.pk}", "language": "es"}).status_code == 403
    assert writer.post(page_of(event), {"still_right": "es:summary"}).status_code == 403
    assert len(stale(event)) == 2


def test_the_records_own_page_shows_what_was_changed_in_the_original(desk: Client, event: Any) -> None:
    page = desk.get(page_of(event))
    (text,) = page.context["texts"]
    columns = {column.language: column for column in text.columns}
    assert (text.at, text.original) == ("summary", "en")
    marked = [(piece.kind, piece.text) for piece in columns["es"].pieces]
    assert marked == [("same", "He came"), ("new", " and stayed"), ("same", ".")] or "and stayed" in str(
        marked
    )
    assert columns["en"].state == "original"
    assert desk.get(f"{page_of(event)}?all=1").context["texts"][0].at == "title"


def test_texts_of_a_source_are_compared_with_its_title(desk: Client) -> None:
    source = SourceFactory(title="Визит", language="ru", title_translated_en="A visit")
    rows(Source).filter(pk=source.pk).update(title="Долгий визит")
    page = desk.get(reverse("admin:record_translations", args=["source", source.pk]))
    columns = {column.language: column for column in page.context["texts"][0].columns}
    assert "".join(piece.text for piece in columns["en"].pieces if piece.kind != "new") == "Визит"
    assert columns["ru"].state == "own"


def test_the_records_own_page_takes_what_is_decided(desk: Client, event: Any) -> None:
    desk.post(page_of(event), {"still_right": ["es:summary", "ru:title"]})
    assert stale(event) == [("summary", "ru")]
    desk.post(page_of(event), {"original": "ru:summary"})
    assert stale(event) == [("summary", "en")]
    refused = desk.post(page_of(event), {"original": "ru:nowhere"}, follow=True)
    assert [message.level_tag for message in refused.context["messages"]][-1] == "error"


def test_the_form_tells_of_stale_translations_and_takes_a_tick(desk: Client, event: Any) -> None:
    page = desk.get(form_of(event))
    assert [behind.value for behind in page.context["behind"]] == ["es:summary", "ru:summary"]
    form = filled(page.content) | {"still_right": "es:summary"}
    assert desk.post(form_of(event), form).status_code == 302
    assert stale(event) == [("summary", "ru")]


def test_a_minor_change_in_the_form_leaves_translations_alone(desk: Client) -> None:
    event = EventFactory(**TEXTS)
    form = filled(desk.get(form_of(event)).content, summary_en="He came!")
    assert desk.post(form_of(event), form | {"minor": "on"}).status_code == 302
    assert stale(event) == []
    form = filled(desk.get(form_of(event)).content, summary_en="He came, and stayed.")
    assert desk.post(form_of(event), form).status_code == 302
    assert stale(event) == [("summary", "es"), ("summary", "ru")]


# What readers see ---------------------------------------------------------------------------------


def test_readers_are_told_that_the_original_was_changed(client: Client, event: Any) -> None:
    page = client.get(f"/es/events/{event.slug}/")
    note = page.context["stale_note"]
    assert (note.texts, note.url, note.language) == (("resumen",), f"/en/events/{event.slug}/", "en")
    assert b'class="stale-note"' in page.content
    assert b'class="stale-note"' not in client.get(f"/en/events/{event.slug}/").content


def test_the_note_goes_when_the_translation_is_confirmed(client: Client, desk: Client, event: Any) -> None:
    desk.post(MATRIX, {"record": f"event/{event.pk}", "language": "es"})
    assert client.get(f"/es/events/{event.slug}/").context["stale_note"] is None
    assert client.get(f"/ru/events/{event.slug}/").context["stale_note"] is not None


def test_a_stale_text_that_stands_in_for_a_missing_one_is_noted_too(client: Client) -> None:
    event = EventFactory(slug="stands-in", summary_en="", summary_es="Vino.", summary_ru="")
    with recording():
        rows(Event).filter(pk=event.pk).update(summary_en="He came.")
    rows(Event).filter(pk=event.pk).update(summary_es="Vino y se quedó.")
    assert client.get("/ru/events/stands-in/").context["stale_note"].url == "/es/events/stands-in/"


def test_a_claims_page_is_noted_for_its_own_texts_only(client: Client) -> None:
    event = EventFactory(**TEXTS)
    rows(Event).filter(pk=event.pk).update(summary_en="Changed.")
    texts = {"statement_en": "One", "statement_es": "Uno", "statement_ru": "Один"}
    claims = [ClaimFactory(event=event, position=place, slug=f"c-{place}", **texts) for place in (0, 1)]
    rows(Claim).filter(pk=claims[1].pk).update(statement_en="One more")
    assert client.get("/es/claims/c-0/").context["stale_note"] is None
    assert client.get("/es/claims/c-1/").context["stale_note"].texts == ("enunciado",)
