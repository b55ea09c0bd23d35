"""Who gets which page: each kind of record, in each language, in each status."""

from typing import Any

import pytest
from django.test import Client

from cubaru.core.models import PastSlug, Status
from tests.factories import (
    EventFactory,
    OrganizationFactory,
    PersonFactory,
    PlaceFactory,
    SourceFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "es", "ru")
KINDS: dict[str, Any] = {
    "events": EventFactory,
    "people": PersonFactory,
    "organizations": OrganizationFactory,
    "places": PlaceFactory,
    "themes": ThemeFactory,
    "sources": SourceFactory,
}
ANSWERS = {Status.PUBLISHED: 200, Status.DRAFT: 404, Status.IN_REVIEW: 404, Status.WITHDRAWN: 410}
LISTS = (
    *("", *(f"{kind}/" for kind in KINDS), "claims/", "network/", "on-this-day/", "search/", "corrections/"),
    *("about/", "method/", "licence/", "accessibility/"),
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("status", Status)
def test_a_record_is_answered_by_its_status_in_each_language(
    client: Client, kind: str, status: Status
) -> None:
    record = KINDS[kind](status=status)

    answers = {client.get(f"/{language}/{kind}/{record.slug}/").status_code for language in LANGUAGES}

    assert answers == {ANSWERS[status]}


@pytest.mark.parametrize("kind", KINDS)
def test_a_former_address_leads_to_the_present_one_for_ever(client: Client, kind: str) -> None:
    record = KINDS[kind]()
    PastSlug.objects.create(kind=record.record_kind, slug="a-former-name", record_id=record.pk)

    for language in LANGUAGES:
        answer = client.get(f"/{language}/{kind}/a-former-name/")
        assert (answer.status_code, answer["Location"]) == (301, f"/{language}/{kind}/{record.slug}/")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW])
def test_a_former_address_does_not_betray_a_draft(client: Client, kind: str, status: Status) -> None:
    record = KINDS[kind](status=status)
    PastSlug.objects.create(kind=record.record_kind, slug="a-former-name", record_id=record.pk)

    assert client.get(f"/en/{kind}/a-former-name/").status_code == 404


@pytest.mark.parametrize("kind", [*KINDS, "claims"])
@pytest.mark.parametrize("slug", ["no-such-record", "x" * 300])
def test_what_there_is_not_is_404(client: Client, kind: str, slug: str) -> None:
    assert client.get(f"/en/{kind}/{slug}/").status_code == 404


@pytest.mark.parametrize("page", LISTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_speaks_the_language_of_its_address_and_knows_the_others(
    client: Client, language: str, page: str
) -> None:
    html = client.get(f"/{language}/{page}").content.decode()

    assert f'<html lang="{language}">' in html
    for other in LANGUAGES:
        assert f'hreflang="{other}" href="http' in html
        assert f"/{other}/{page}" in html


@pytest.mark.parametrize("page", LISTS)
def test_lists_work_on_an_empty_chronicle(client: Client, empty_database: None, page: str) -> None:
    assert client.get(f"/en/{page}").status_code == 200


@pytest.mark.parametrize(("accepted", "language"), [("ru", "ru"), ("es-CU,es;q=0.9", "es"), ("de", "en")])
def test_the_bare_address_leads_to_the_language_that_is_understood(
    client: Client, accepted: str, language: str
) -> None:
    answer = client.get("/", headers={"accept-language": accepted})

    assert (answer.status_code, answer["Location"]) == (302, f"/{language}/")
