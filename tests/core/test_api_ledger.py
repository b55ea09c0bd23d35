"""Editions and changes in the API: as in the ledger, for ever, in order, to be followed."""

import hashlib
from typing import Any
from urllib.parse import urlsplit

import pytest
import rfc8785
from django.test import Client

from cubaru.core.history import recording
from cubaru.core.ledger import content_version
from cubaru.core.models import LedgerEntry, Status
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db

EDITIONS, CHANGES = "/api/v1/editions/", "/api/v1/changes/"


@pytest.fixture
def event() -> Any:
    """An event with two editions."""
    event = EventFactory.create(slug="visit-of-1960")
    event.summary_en = "He opens the Soviet exhibition, and leaves."
    with recording(why="Summary completed"):
        event.save()
    return event


def path_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def follow(client: Client, path: str) -> list[Any]:
    """All entries of a list, page by page."""
    found: list[Any] = []
    while path:
        page = client.get(path).json()
        found += page["results"]
        path = path_of(page["next"]) if page["next"] else ""
    return found


def test_edition_holds_the_document_byte_for_byte(client: Client, event: Any) -> None:
    entry = LedgerEntry.objects.filter(slug=event.slug).order_by("number")[0]
    response = client.get(f"{EDITIONS}{entry.number}/")
    assert entry.document.encode() in response.content
    answer = response.json()
    assert hashlib.sha256(rfc8785.dumps(answer["document"])).hexdigest() == answer["digest"] == entry.digest
    assert answer["document"]["summary"]["en"] == "He opens the Soviet exhibition in Havana."
    assert (answer["number"], answer["edition"], answer["kind"], answer["slug"]) == (
        entry.number, 1, "event", "visit-of-1960",
    )  # fmt: skip
    assert (answer["hash"], answer["previous_hash"]) == (entry.hash, entry.previous_hash)
    assert client.get(path_of(answer["html_url"])).status_code == 200
    assert client.get(path_of(answer["record_url"])).status_code == 200


def test_edition_answers_the_same_bytes_whatever_comes_after(client: Client, event: Any) -> None:
    number = LedgerEntry.objects.filter(slug=event.slug).order_by("number")[0].number
    before = client.get(f"{EDITIONS}{number}/")
    event.slug, event.title_en = "visit-of-mikoyan", "Another title"
    event.save()
    event.status = Status.WITHDRAWN
    event.save()
    after = client.get(f"{EDITIONS}{number}/")
    assert after.content == before.content
    assert after.headers["ETag"] == before.headers["ETag"]


def test_edition_may_be_kept_for_ever(client: Client, event: Any) -> None:
    entry = LedgerEntry.objects.filter(slug=event.slug).order_by("number")[0]
    response = client.get(f"{EDITIONS}{entry.number}/")
    assert response.headers["ETag"] == f'"{entry.digest}"'
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    again = client.get(f"{EDITIONS}{entry.number}/", headers={"if-none-match": response.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Cache-Control"] == response.headers["Cache-Control"]


@pytest.mark.parametrize("query", ["lang=es", "fields=slug", "x=1"])
def test_nothing_can_be_chosen_of_an_edition(client: Client, query: str) -> None:
    assert client.get(f"{EDITIONS}1/?{query}").status_code == 400


@pytest.mark.parametrize("number", ["0", "01", "x", "-1", "999999999999", "9" * 40])
def test_edition_that_there_is_not_answers_404(client: Client, number: str) -> None:
    response = client.get(f"{EDITIONS}{number}/")
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"


def test_entry_that_is_no_edition_answers_404(client: Client, event: Any) -> None:
    event.status = Status.WITHDRAWN
    event.save()
    assert client.get(f"{EDITIONS}{content_version()}/").status_code == 404


def test_editions_are_listed_newest_first_or_in_order(client: Client, event: Any) -> None:
    numbers = [edition["number"] for edition in follow(client, f"{EDITIONS}?page_size=100&fields=number")]
    assert len(numbers) > 300
    assert numbers == sorted(numbers, reverse=True)
    in_order = follow(client, f"{EDITIONS}?page_size=100&ordering=number&fields=number")
    assert [edition["number"] for edition in in_order] == numbers[::-1]


def test_editions_of_a_record_are_found_by_any_slug_it_had(client: Client, event: Any) -> None:
    event.slug = "visit-of-mikoyan"
    event.save()
    for slug in ("visit-of-1960", "visit-of-mikoyan"):
        found = client.get(f"{EDITIONS}?kind=event&slug={slug}").json()["results"]
        assert [edition["edition"] for edition in found] == [3, 2, 1]
    assert client.get(f"{EDITIONS}?kind=person&slug=visit-of-1960").json()["count"] == 0


def test_record_leads_to_its_editions(client: Client, event: Any) -> None:
    answer = client.get("/api/v1/events/visit-of-1960/").json()
    editions = client.get(path_of(answer["editions_url"])).json()["results"]
    assert [edition["edition"] for edition in editions] == [2, 1]
    assert editions[0]["edition"] == answer["edition"]
    assert editions[0]["why"] == "Summary completed"


def test_changes_tell_of_editions_new_addresses_and_withdrawals_in_order(client: Client, event: Any) -> None:
    event.slug = "visit-of-mikoyan"
    event.save()
    event.status = Status.WITHDRAWN
    event.save()
    found = client.get(f"{CHANGES}?slug=visit-of-1960").json()["results"]
    assert [(change["action"], change["edition"], change["slug"], change["target"]) for change in found] == [
        ("edition", 1, "visit-of-1960", ""),
        ("edition", 2, "visit-of-1960", ""),
        ("new_slug", None, "visit-of-1960", "visit-of-mikoyan"),
        ("edition", 3, "visit-of-mikoyan", ""),
        ("withdrawal", None, "visit-of-mikoyan", ""),
    ]
    assert [change["document_url"] is not None for change in found] == [True, True, False, True, False]
    assert found[2]["record_url"].endswith("/api/v1/events/visit-of-mikoyan/")
    assert client.get(path_of(found[4]["record_url"])).status_code == 410


def test_every_entry_of_the_ledger_is_followed_once(client: Client) -> None:
    numbers = [change["number"] for change in follow(client, f"{CHANGES}?page_size=100")]
    assert numbers == list(range(1, content_version() + 1))


def test_a_follower_goes_on_from_the_newest_entry(client: Client) -> None:
    last = client.get(f"{CHANGES}?ordering=-number&page_size=1").json()
    newest = last["newest"]
    assert newest == last["results"][0]["number"] == content_version()
    waiting = client.get(f"{CHANGES}?since={newest}").json()
    assert (waiting["results"], waiting["next"], waiting["newest"]) == ([], None, newest)
    EventFactory.create(slug="something-new")
    more = client.get(f"{CHANGES}?since={newest}").json()
    assert [(change["number"], change["slug"]) for change in more["results"]] == [
        (newest + 1, "something-new")
    ]
    assert (more["next"], more["newest"]) == (None, newest + 1)


def test_a_filtered_follower_misses_nothing_either(client: Client) -> None:
    newest = client.get(f"{CHANGES}?kind=person").json()["newest"]
    assert newest == content_version()


def test_changes_are_asked_for_again_each_time(client: Client) -> None:
    first = client.get(CHANGES)
    assert "no-cache" in first.headers["Cache-Control"]
    assert client.get(CHANGES, headers={"if-none-match": first.headers["ETag"]}).status_code == 304
    EventFactory.create()
    assert client.get(CHANGES, headers={"if-none-match": first.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW])
def test_a_draft_is_in_neither_list(client: Client, status: str) -> None:
    before = content_version()
    EventFactory.create(slug="secret-draft", status=status)
    for path in (EDITIONS, CHANGES):
        assert b"secret-draft" not in client.get(f"{path}?since={before}").content
        assert client.get(f"{path}?slug=secret-draft").json()["count"] == 0


@pytest.mark.parametrize("path", [EDITIONS, CHANGES])
@pytest.mark.parametrize(
    "query",
    ["since=x", "since=-1", "since=1.5", f"since={2**63}", "since=%D9%A1", "kind=dragon", "slug=%00",
     "slug=A_B", "ordering=slug", "cursor=x", "fields=document", "nope=1"],
)  # fmt: skip
def test_wrong_parameters_are_refused(client: Client, path: str, query: str) -> None:
    response = client.get(f"{path}?{query}")
    assert response.status_code == 400
    assert response.json()["errors"]


def test_one_change_has_no_address_of_its_own(client: Client) -> None:
    assert client.get(f"{CHANGES}1/").status_code == 404
