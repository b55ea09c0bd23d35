"""What a record becomes by its document: what stays, what goes, and which rows it finds."""

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cubaru.core.documents import (
    State,
    apply_document,
    canonical,
    kind_named,
    kinds,
    normal_document,
    to_document,
)
from cubaru.core.history import recording
from cubaru.core.models import PastSlug, Revision
from cubaru.core.related import Related
from events.models import Claim, Event, EventTheme, Theme
from places.models import Place
from sources.models import Source
from tests.factories import (
    ClaimCitationFactory,
    ClaimFactory,
    EventCitationFactory,
    EventFactory,
    EventThemeFactory,
    ParticipationFactory,
    SourceFactory,
    ThemeFactory,
)
from tests.mikoyan import CITED, CLAIM, EVENT, NAME, event

pytestmark = pytest.mark.django_db


def test_absent_keys_are_defaults_and_what_the_document_lacks_the_record_loses() -> None:
    record, _state = apply_document(event(summary={"en": "He came."}, names=[NAME], importance=5))
    bare = {key: EVENT[key] for key in ("record", "slug", "status", "title")}
    record, state = apply_document(bare)
    assert state is State.CHANGED
    assert to_document(record) == bare | {"importance": 3, "verification": "unverified"}
    assert apply_document(bare)[1] is State.UNCHANGED


def test_default_calendar_and_whole_degrees_are_the_same_as_written_out() -> None:
    place = {"record": "place", "slug": "nowhere", "status": "draft", "name": {"en": "Nowhere"},
             "latitude": 23, "longitude": -0.0}  # fmt: skip
    record, _state = apply_document(place)
    assert canonical(to_document(Place.objects.get(pk=record.pk))) == canonical(normal_document(place))
    assert apply_document(place)[1] is State.UNCHANGED
    apply_document(event(date={"edtf": "1960"}))
    assert apply_document(event(date={"edtf": "1960", "calendar": "gregorian"}))[1] is State.UNCHANGED


def test_calendar_of_no_date_says_nothing() -> None:
    record, _state = apply_document(event(date={"calendar": "julian"}))
    assert "date" not in to_document(record)
    assert apply_document(event(date={"calendar": "julian"}))[1] is State.UNCHANGED


def test_json_values_come_back_in_one_order_whatever_the_database_does() -> None:
    source = {"record": "source", "slug": "letters", "status": "draft", "title": "Letters",
              "creators": [{"given": "Tad", "family": "Szulc", "role": "author"}],
              "csl": {"z": 1.0, "a": {"longer": [2.5, 10.0], "b": None}},
              "identifiers": {"viaf": "1", "wikidata": "Q1"}}  # fmt: skip
    record, _state = apply_document(source)
    document = to_document(Source.objects.get(pk=record.pk))
    assert list(document["creators"][0]) == ["role", "family", "given"]
    assert list(document["csl"]) == ["a", "z"]
    assert list(document["csl"]["a"]) == ["b", "longer"]
    assert repr(document["csl"]["a"]["longer"] + [document["csl"]["z"]]) == "[2.5, 10, 1]"
    assert list(document["identifiers"]) == ["wikidata", "viaf"]
    assert apply_document(source)[1] is State.UNCHANGED


def test_column_that_is_null_reads_as_an_absent_language() -> None:
    record = EventFactory.create()
    models.QuerySet(Event).filter(pk=record.pk).update(title_es=None, summary_ru=None)
    document = to_document(Event.objects.get(pk=record.pk))
    assert set(document["title"]) == {"en", "ru"}
    assert apply_document(document)[1] is State.UNCHANGED


def test_document_does_not_depend_on_the_active_language() -> None:
    record, _state = apply_document(event(title={"ru": "Визит"}))
    documents = []
    for language in ("en", "es", "ru"):
        with translation.override(language):
            documents.append(to_document(Event.objects.get(pk=record.pk)))
            assert apply_document(documents[0])[1] is State.UNCHANGED
    assert documents[0] == documents[1] == documents[2]


def test_part_that_is_known_again_keeps_its_primary_key() -> None:
    known = {"one": CLAIM, "two": CLAIM | {"slug": "claim-two"}, "three": CLAIM | {"slug": "claim-three"}}
    record, _state = apply_document(event(claims=list(known.values())))
    keys = dict(Claim.objects.filter(event=record.pk).values_list("slug", "pk"))
    changed = [known["three"], known["one"] | {"statement": {"es": "Vino."}}]
    record, _state = apply_document(event(claims=changed))
    now = dict(Claim.objects.filter(event=record.pk).values_list("slug", "pk"))
    assert now == {"claim-three": keys["claim-three"], "claim-one": keys["claim-one"]}
    assert to_document(record)["claims"] == changed


def test_citations_alike_but_for_their_quotation_stay_the_rows_they_were() -> None:
    SourceFactory.create(slug="frus")
    first, second = CITED | {"quotation": "He came."}, CITED | {"quotation": "He went."}
    record, _state = apply_document(event(citations=[first, second]))
    rows = list(record.citations.values_list("pk", flat=True))  # type: ignore[attr-defined]
    record, _state = apply_document(event(citations=[CITED | {"quotation": "He saw."}, first]))
    assert [citation.pk for citation in record.citations.all()] == [rows[1], rows[0]]  # type: ignore[attr-defined]


def test_related_record_is_found_by_its_former_address() -> None:
    theme = ThemeFactory.create(slug="sugar-harvest")
    record, _state = apply_document(event(themes=["sugar-harvest"]))
    theme.slug = "commerce"
    theme.save()
    assert apply_document(event(themes=["sugar-harvest"]))[1] is State.UNCHANGED
    assert to_document(Event.objects.get(pk=record.pk))["themes"] == ["commerce"]
    assert EventTheme.objects.get(event=record.pk).theme_id == theme.pk


def test_record_is_found_by_its_former_address_and_takes_it_back() -> None:
    record, _state = apply_document(EVENT)
    record.slug = "visit-of-mikoyan"
    record.save()
    again, state = apply_document(EVENT)
    assert (again.pk, state, again.slug) == (record.pk, State.CHANGED, "mikoyan-visit")
    assert list(PastSlug.objects.values_list("slug", flat=True).filter(record_id=record.pk)) == [
        "visit-of-mikoyan"
    ]


def test_new_slug_is_known_to_what_follows_in_the_same_change() -> None:
    related = Related()
    theme = ThemeFactory.create(slug="sugar-harvest")
    assert related.find(Theme, "sugar-harvest") == theme
    apply_document(to_document(theme) | {"slug": "commerce"}, theme, related=related)
    record, _state = apply_document(event(themes=["sugar-harvest"]), related=related)
    assert to_document(record)["themes"] == ["commerce"]


def test_deleted_record_comes_back_under_its_primary_key() -> None:
    record, _state = apply_document(event(claims=[CLAIM]))
    key = record.pk
    record.delete()
    last = Revision.objects.filter(kind="event", record_id=key).latest("number")
    assert last.is_deletion
    again, state = apply_document(last.document, Event(pk=key))
    assert (again.pk, state, to_document(again)) == (key, State.NEW, last.document)
    revisions = Revision.objects.filter(kind="event", record_id=key)
    assert list(revisions.values_list("number", "is_deletion")) == [(1, False), (2, True), (3, False)]


def test_record_given_is_read_anew() -> None:
    record = EventFactory.create()
    stale = Event.objects.prefetch_related("names").get(pk=record.pk)
    assert list(stale.names.all()) == []
    before = to_document(record)
    record.names.create(text="Визит", language="ru", script="Cyrl", kind="alias")
    _record, state = apply_document(before, stale)
    assert state is State.CHANGED
    assert not record.names.exists()


def test_reading_many_documents_takes_a_fixed_number_of_queries() -> None:
    def queries(kind_name: str, count: int) -> int:
        kind = kind_named(kind_name)
        rows = kind.model._base_manager.order_by("pk").prefetch_related(*kind.prefetch())[:count]
        with CaptureQueriesContext(connection) as asked:
            assert all(to_document(record) for record in rows)
        return len(asked)

    for kind in kinds():
        assert queries(kind.name, 40) <= len(kind.prefetch()) + 1


def test_unchanged_document_takes_a_fixed_number_of_queries() -> None:
    with recording():
        record = EventFactory.create()
        for _number in range(30):
            EventCitationFactory.create(event=record)
            ParticipationFactory.create(event=record)
            EventThemeFactory.create(event=record)
            ClaimCitationFactory.create(claim=ClaimFactory.create(event=record))
    document = to_document(record)
    with CaptureQueriesContext(connection) as asked:
        assert apply_document(document)[1] is State.UNCHANGED
    assert len(asked) <= len(kind_named("event").prefetch()) + 1
