"""Querysets of records: what is public is said once; what is loaded for readers shows nothing else."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cubaru.core.languages import texts
from cubaru.core.models import Status
from cubaru.core.querysets import public_parts
from events.models import Event, EventName
from tests.factories import (
    EventCitationFactory,
    EventFactory,
    EventNameFactory,
    EventThemeFactory,
    OrganizationFactory,
    ParticipationFactory,
    PersonFactory,
    PlaceFactory,
    SourceFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db

FACTORIES: list[Any] = [
    SourceFactory,
    PlaceFactory,
    OrganizationFactory,
    PersonFactory,
    ThemeFactory,
    EventFactory,
]


@pytest.mark.parametrize("factory", FACTORIES)
@pytest.mark.parametrize(
    ("status", "is_public"),
    [
        (Status.DRAFT, False),
        (Status.IN_REVIEW, False),
        (Status.PUBLISHED, True),
        (Status.WITHDRAWN, False),
    ],
)
def test_published_records_and_no_others_are_public(factory: Any, status: Status, is_public: bool) -> None:
    record = factory(status=status)
    published = type(record).objects.published()
    assert published.filter(pk=record.pk).exists() == is_public
    assert record.is_published == is_public


def test_every_status_is_in_the_table() -> None:
    assert set(Status) == {Status.DRAFT, Status.IN_REVIEW, Status.PUBLISHED, Status.WITHDRAWN}


def test_only_parts_whose_linked_records_are_public_are_loaded() -> None:
    event = EventFactory()
    shown, hidden = EventCitationFactory(event=event), EventCitationFactory(event=event)
    hidden.source.status = Status.WITHDRAWN
    hidden.source.save()
    [found] = Event.objects.filter(pk=event.pk).prefetch_related(public_parts(Event, "citations", "source"))
    with CaptureQueriesContext(connection) as queries:
        assert [citation.source.slug for citation in found.citations.all()] == [shown.source.slug]
    assert len(queries) == 0


def test_link_that_is_not_set_hides_nothing() -> None:
    event = EventFactory()
    name = EventNameFactory(event=event)
    by_draft = EventNameFactory(event=event, source=SourceFactory(status=Status.DRAFT))
    person = ParticipationFactory(event=event)
    body = ParticipationFactory(event=event, person=None, organization=OrganizationFactory())
    ParticipationFactory(event=event, person=PersonFactory(status=Status.DRAFT))
    [found] = Event.objects.filter(pk=event.pk).prefetch_related(
        public_parts(Event, "names", "source"),
        public_parts(Event, "participations", "person", "organization"),
    )
    assert list(found.names.all()) == [name]
    assert by_draft not in found.names.all()
    assert set(found.participations.all()) == {person, body}


def test_lookup_of_a_translated_field_is_that_of_the_active_language() -> None:
    event = EventFactory(title_en="Only here", title_es="Sólo aquí", title_ru="")
    for language, title in [("en", "Only here"), ("es", "Sólo aquí")]:
        with translation.override(language):
            assert Event.objects.get(title=title) == event
    with translation.override("es"):
        assert not Event.objects.filter(title="Only here").exists()
        Event.objects.filter(pk=event.pk).update(title="Nuevo")
    assert texts(Event.objects.get(pk=event.pk), "title") == {"en": "Only here", "es": "Nuevo"}


def test_translated_field_is_written_in_bulk_in_the_language_in_which_it_was_set() -> None:
    event = EventFactory()
    with translation.override("es"):
        event.title = "Nuevo"
    with translation.override("ru"):
        Event.objects.bulk_update([event], ["title"])
    assert texts(Event.objects.get(pk=event.pk), "title") == {
        "en": "Mikoyan visits Havana", "es": "Nuevo", "ru": "Микоян посещает Гавану",
    }  # fmt: skip


def test_untranslated_column_is_the_same_whoever_writes() -> None:
    slugs = []
    for language in ("en", "es", "ru"):
        with translation.override(language):
            slugs.append(EventFactory().slug)
            [row] = Event.objects.bulk_create(
                [EventFactory.build(slug=f"bulk-{language}", title_en="Bulk", title_es="", title_ru="Оптом")]
            )
            slugs.append(row.slug)
    events: Any = Event.objects
    stored = events.rewrite(False).filter(slug__in=slugs).values_list("slug", "title")
    assert set(dict(stored).values()) == {"Mikoyan visits Havana", "Bulk"}


def test_parts_are_in_the_order_of_their_position() -> None:
    event = EventFactory()
    links = [EventThemeFactory(event=event, position=position) for position in (2, 0, 1)]
    assert list(event.theme_links.all()) == [links[1], links[2], links[0]]


def test_bulk_update_of_nothing_is_nothing() -> None:
    assert EventName.objects.bulk_update([], ["text"]) == 0
