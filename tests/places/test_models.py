"""Places: what the database refuses, and what is protected."""

from typing import Any

import pytest
from django.apps import apps
from django.db.models import F, ProtectedError

from places.models import Place
from tests.databases import Breach, name_breaches, record_breaches, rules_of
from tests.factories import EventPlaceFactory, PersonFactory, PlaceFactory, PlaceNameFactory

BREACHES = [
    *record_breaches(PlaceFactory, "place", "name"),
    *(
        Breach("place_lies_on_the_globe_or_nowhere", PlaceFactory, {column: value})
        for column, value in [
            ("latitude", 90.5), ("latitude", -90.5), ("longitude", 180.5), ("longitude", -180.5),
            ("latitude", None), ("longitude", None),
        ]
    ),
    Breach("place_is_not_part_of_itself", PlaceFactory, {"parent": F("pk")}, derived=True),
    *name_breaches(PlaceNameFactory, "place_name", "place"),
]  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("breach", BREACHES, ids=str)
def test_database_refuses_a_row_that_breaks_a_rule(breach: Breach) -> None:
    breach.is_refused()


def test_every_rule_is_broken_once() -> None:
    assert {breach.rule for breach in BREACHES} == rules_of(*apps.get_app_config("places").get_models())


@pytest.mark.parametrize(
    ("linking", "by"),
    [
        (EventPlaceFactory, "place"),
        (PersonFactory, "birth_place"),
        (PersonFactory, "death_place"),
        (PlaceFactory, "parent"),
    ],
)
def test_place_that_others_link_to_cannot_be_deleted(linking: Any, by: str) -> None:
    place = PlaceFactory.create()
    linking(**{by: place})
    with pytest.raises(ProtectedError):
        place.delete()
    assert Place.objects.filter(pk=place.pk).exists()


def test_place_without_coordinates_is_not_located() -> None:
    assert PlaceFactory.create().is_located
    assert not PlaceFactory.create(latitude=None, longitude=None).is_located
