"""Fields with derived columns: they agree with what they are derived from after every way of writing."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.db.models import F
from django.db.models.functions import Lower

from cubaru.core.dates import Calendar, DateError, parse
from cubaru.core.fields import DERIVED, historical_date, historical_date_fields
from events.models import Event
from people.models import Person
from tests.factories import EventFactory, OfficeFactory, PersonFactory

pytestmark = pytest.mark.django_db


def assert_derived(row: Any) -> None:
    """Fails unless all derived columns in the database are those of the expressions there."""
    row = type(row)._base_manager.get(pk=row.pk)
    for field in historical_date_fields(type(row)):
        text = getattr(row, field.name)
        found = parse(text, Calendar(getattr(row, f"{field.name}_calendar"))) if text else None
        for suffix in DERIVED:
            empty: Any = None if suffix in {"earliest", "latest"} else "" if suffix == "precision" else False
            expected = getattr(found, suffix) if found else empty
            assert getattr(row, f"{field.name}_{suffix}") == expected, (field.name, suffix)


def _save(event: Event, values: dict[str, str]) -> None:
    for name, value in values.items():
        setattr(event, name, value)
    event.save()


def _save_fields(event: Event, values: dict[str, str]) -> None:
    for name, value in values.items():
        setattr(event, name, value)
    event.save(update_fields=list(values))


def _bulk_update(event: Event, values: dict[str, str]) -> None:
    for name, value in values.items():
        setattr(event, name, value)
    Event.objects.bulk_update([event], list(values))


def _update(event: Event, values: dict[str, str]) -> None:
    Event.objects.filter(pk=event.pk).update(**values)


def _update_or_create(event: Event, values: dict[str, str]) -> None:
    Event.objects.update_or_create(slug=event.slug, defaults=values)


def _bulk_create_over_it(event: Event, values: dict[str, str]) -> None:
    rows = [Event(**{"slug": event.slug, "title_en": "Again", "date": event.date, **values})]
    Event.objects.bulk_create(rows, update_conflicts=True, unique_fields=["slug"], update_fields=list(values))


WRITES: list[Callable[[Event, dict[str, str]], None]] = [
    _save, _save_fields, _bulk_update, _update, _update_or_create, _bulk_create_over_it,
]  # fmt: skip


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize(
    "values",
    [
        {"date": "1962-10-16"},
        {"date": "1961%"},
        {"date": ""},
        {"date": "1917-10", "date_calendar": "julian"},
        {"date_calendar": "julian"},
        {"date": "", "date_calendar": "gregorian"},
        {"date": "196X", "title_en": "Changed too"},
    ],
    ids=str,
)
@pytest.mark.parametrize("before", ["1960-02-04/1960-02-13", "1900-02-28", ""])
def test_derived_columns_follow_the_expression(
    write: Callable[[Event, dict[str, str]], None], values: dict[str, str], before: str
) -> None:
    event = EventFactory(date=before)
    write(event, values)
    assert_derived(event)
    written = Event.objects.get(pk=event.pk)
    assert {name: getattr(written, name) for name in values} == values


def test_calendar_alone_moves_the_days_of_each_row_by_its_own_date() -> None:
    one, two = EventFactory(date="1917-10-25"), EventFactory(date="1902-05-20")
    assert Event.objects.filter(pk__in=[one.pk, two.pk]).update(date_calendar="julian") == 2
    for event, day in [(one, date(1917, 11, 7)), (two, date(1902, 6, 2))]:
        assert_derived(event)
        assert Event.objects.get(pk=event.pk).date_earliest == day


def test_date_alone_is_read_in_the_calendar_of_each_row() -> None:
    julian = EventFactory(date="1917-10-25", date_calendar="julian")
    gregorian = EventFactory(date="1917-10-25")
    Event.objects.filter(pk__in=[julian.pk, gregorian.pk]).update(date="1917-10-26")
    assert Event.objects.get(pk=julian.pk).date_earliest == date(1917, 11, 8)
    assert Event.objects.get(pk=gregorian.pk).date_earliest == date(1917, 10, 26)


def test_each_of_two_dates_has_columns_of_its_own() -> None:
    person = PersonFactory(birth="1895-11-25", death="1978-10-21")
    Person.objects.filter(pk=person.pk).update(birth="1895~")
    assert_derived(person)
    office = OfficeFactory(start="1955", end="1964-07")
    office.end = "1964~"
    office.save(update_fields=["end"])
    assert_derived(office)


@pytest.mark.parametrize("create", [Event.objects.bulk_create, lambda rows: [row.save() for row in rows]])
def test_derived_columns_are_there_from_the_beginning(create: Callable[[list[Event]], object]) -> None:
    rows = [Event(slug=f"made-{number}", title="Made", date=text) for number, text in enumerate(["196X", ""])]
    create(rows)
    for row in rows:
        assert_derived(row)


@pytest.mark.parametrize("write", WRITES[:-1])
@pytest.mark.parametrize(
    "values", [{"date": "1900-02-30"}, {"date": "yesterday"}, {"date_calendar": "lunar"}], ids=str
)
def test_date_that_is_none_is_written_by_no_way(
    write: Callable[[Event, dict[str, str]], None], values: dict[str, str]
) -> None:
    event = EventFactory(date="1960")
    with pytest.raises(ValidationError):
        write(event, values)
    assert Event.objects.get(pk=event.pk).date == "1960"
    assert_derived(event)


@pytest.mark.parametrize("values", [{"date": F("date_words")}, {"date_calendar": Lower("date_calendar")}])
def test_expression_from_which_nothing_can_be_derived_is_refused(values: dict[str, Any]) -> None:
    event = EventFactory()
    with pytest.raises(FieldError, match="takes no expression"):
        Event.objects.filter(pk=event.pk).update(**values)


def test_row_is_checked_for_its_dates_in_forms() -> None:
    event = EventFactory()
    event.date = "1900-02-29"
    with pytest.raises(ValidationError) as caught:
        event.full_clean()
    assert list(caught.value.message_dict) == ["date"]
    event.date, event.date_calendar = "1900", "lunar"
    with pytest.raises(ValidationError) as caught:
        event.full_clean()
    assert list(caught.value.message_dict) == ["date_calendar"]


def test_historical_date_of_a_row_is_read_from_it() -> None:
    event = EventFactory(date="1900-02-29", date_calendar="julian")
    found = historical_date(event, "date")
    assert found is not None
    assert (found.edtf, found.earliest) == ("1900-02-29", date(1900, 3, 13))
    assert historical_date(EventFactory(date=""), "date") is None
    event.date = "?"
    with pytest.raises(DateError):
        historical_date(event, "date")
