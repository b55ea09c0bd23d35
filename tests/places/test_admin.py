"""Editing places at the desk."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from places.models import Place
from tests.desk_forms import added, filled, refusals
from tests.factories import EventFactory, PlaceFactory

pytestmark = pytest.mark.django_db


def form_of(place: Any) -> str:
    return reverse("admin:places_place_change", args=[place.pk])


def test_a_place_is_found_by_a_name_that_was_added(desk: Client) -> None:
    place = PlaceFactory.create()
    form = added(
        filled(desk.get(form_of(place)).content),
        "names",
        text="San Cristóbal",
        language="es",
        script="Latn",
        kind="alias",
    )
    assert desk.post(form_of(place), form).status_code == 302
    response = desk.get(reverse("admin:places_place_changelist"), {"q": "cristobal"})
    assert place in response.context["cl"].result_list


def test_half_a_position_is_refused(desk: Client) -> None:
    place = PlaceFactory.create()
    response = desk.post(form_of(place), filled(desk.get(form_of(place)).content, longitude=""))
    assert refusals(response.content) == ["Latitude: Give both latitude and longitude, or neither."]
    nowhere = filled(desk.get(form_of(place)).content, latitude="", longitude="")
    assert desk.post(form_of(place), nowhere).status_code == 302
    assert Place.objects.get(pk=place.pk).is_located is False


def test_a_place_where_something_happened_cannot_be_deleted(desk: Client) -> None:
    place = PlaceFactory.create(status="draft")
    EventFactory.create().place_links.create(place=place)
    response = desk.post(reverse("admin:places_place_delete", args=[place.pk]), {"post": "yes"})
    assert response.status_code == 200
    assert Place.objects.filter(pk=place.pk).exists()
