"""What is not published does not show: not in lists, not at its address, not in others, not by filter."""

from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from cubaru.core.history import recording
from cubaru.core.ledger import content_version
from cubaru.core.models import PastSlug
from events.models import Event
from tests import factories

pytestmark = pytest.mark.django_db

UNPUBLISHED = ["draft", "in_review", "withdrawn"]
FACTORIES = {
    "events": factories.EventFactory,
    "people": factories.PersonFactory,
    "organizations": factories.OrganizationFactory,
    "places": factories.PlaceFactory,
    "themes": factories.ThemeFactory,
    "sources": factories.SourceFactory,
}
ABSENT = {"draft": 404, "in_review": 404, "withdrawn": 410}
MARK = "hidden-one"
#: A name of a published event that only an unpublished source vouches for.
ALIAS = "The Unvouched Visit"


def everything(client: Client) -> dict[str, bytes]:
    """All that the API answers about the records whose slug is "shown-..." and all lists."""
    answers = {}
    for kind in [*FACTORIES, "claims"]:
        path: str | None = f"/api/v1/{kind}/?page_size=100"
        while path:
            response = client.get(path)
            assert response.status_code == 200
            answers[path] = response.content
            for record in response.json()["results"]:
                if record["slug"].startswith("shown"):
                    detail = f"/api/v1/{kind}/{record['slug']}/"
                    answers[detail] = client.get(detail).content
            address = response.json()["next"]
            path = address and address[address.index("/api/") :]
    assert {f"/api/v1/{kind}/shown/" for kind in FACTORIES} <= set(answers)
    return answers


@pytest.mark.parametrize("kind", FACTORIES)
@pytest.mark.parametrize("status", ["published", *UNPUBLISHED])
def test_only_published_records_are_listed_and_found(client: Client, kind: str, status: str) -> None:
    before = client.get(f"/api/v1/{kind}/").json()["count"]
    FACTORIES[kind].create(slug=MARK, status=status)
    is_public = status == "published"
    assert client.get(f"/api/v1/{kind}/").json()["count"] == before + is_public
    response = client.get(f"/api/v1/{kind}/{MARK}/")
    assert response.status_code == (200 if is_public else ABSENT[status])
    if not is_public:
        problem = response.json()
        assert problem["status"] == ABSENT[status]
        assert "Havana" not in response.content.decode()
        assert "Mikoyan" not in response.content.decode()


def a_world(status: str, media: Any) -> None:
    """Published records, each tied to an unpublished one in every way there is."""
    shown: dict[str, Any] = {kind: factory.create(slug="shown") for kind, factory in FACTORIES.items()}
    hidden: dict[str, Any] = {
        kind: factory.create(slug=MARK, status=status, **{_named(kind): f"{MARK} name"})
        for kind, factory in FACTORIES.items()
    }
    event, person, organization = shown["events"], shown["people"], shown["organizations"]
    event.theme_links.create(theme=hidden["themes"])
    event.theme_links.create(theme=shown["themes"])
    event.place_links.create(place=hidden["places"])
    event.names.create(text=ALIAS, language="en", kind="alias", source=hidden["sources"])
    factories.ParticipationFactory.create(event=event, person=hidden["people"])
    factories.ParticipationFactory.create(event=event, person=None, organization=hidden["organizations"])
    factories.ParticipationFactory.create(event=event, person=person)
    factories.ParticipationFactory.create(event=hidden["events"], person=person)
    factories.EventRelationFactory.create(from_event=event, to_event=hidden["events"])
    factories.EventRelationFactory.create(from_event=hidden["events"], to_event=event, relation="part_of")
    for quoting, owner in (
        ("event", event),
        ("claim", factories.ClaimFactory.create(slug="shown-claim", event=event)),
    ):
        factory = {"event": factories.EventCitationFactory, "claim": factories.ClaimCitationFactory}[quoting]
        factory.create(**{quoting: owner}, source=hidden["sources"], quotation=f"{MARK} quotation")
    person.citations.create(source=hidden["sources"])
    organization.citations.create(source=hidden["sources"])
    event.claims.get().event_links.create(event=hidden["events"])
    factories.ClaimFactory.create(slug=f"{MARK}-claim", event=hidden["events"])
    factories.ClaimFactory.create(slug=f"{MARK}-claim-2", event=None, person=hidden["people"])
    on_person = factories.ClaimFactory.create(slug="shown-claim-2", event=None, person=person)
    factories.ClaimCitationFactory.create(
        claim=on_person, source=hidden["sources"], quotation=f"{MARK} quotation"
    )
    factories.OfficeFactory.create(
        person=person, organization=hidden["organizations"], title_en=f"{MARK} title"
    )
    factories.OfficeFactory.create(
        person=hidden["people"], organization=organization, title_en=f"{MARK} title"
    )
    office = factories.OfficeFactory.create(person=person, organization=organization)
    office.citations.create(source=hidden["sources"])
    person.birth, person.birth_place = "1895", hidden["places"]
    person.death, person.death_place = "1978", hidden["places"]
    person.save()
    organization.parent = hidden["organizations"]
    organization.save()
    shown["places"].parent = hidden["places"]
    shown["places"].save()
    path = media / "one.png"
    Image.new("RGB", (3, 2)).save(path)
    event.images.create(
        file=SimpleUploadedFile("one.png", path.read_bytes()), credit=f"{MARK} credit",
        licence="public domain", alt_en="Two people on a quay.", source=hidden["sources"],
    )  # fmt: skip


def _named(kind: str) -> str:
    return {"events": "title_en", "sources": "title"}.get(kind, "name_en")


@pytest.mark.parametrize("status", UNPUBLISHED)
def test_nothing_unpublished_shows_in_what_is_published(
    client: Client, status: str, tmp_path: Any, settings: Any
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    a_world(status, tmp_path)
    answers = everything(client)
    assert len(answers) > 20
    assert [
        path for path, content in answers.items() if MARK.encode() in content or ALIAS.encode() in content
    ] == []


@pytest.mark.parametrize("status", UNPUBLISHED)
@pytest.mark.parametrize("kind", [*FACTORIES, "claims"])
def test_words_of_what_is_unpublished_find_nothing(
    client: Client, status: str, kind: str, tmp_path: Any, settings: Any
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    a_world(status, tmp_path)
    assert client.get(f"/api/v1/{kind}/?q={MARK}").json()["count"] == 0


def test_the_same_ties_show_once_all_is_published(client: Client, tmp_path: Any, settings: Any) -> None:
    """Proves that the test above looks where it should."""
    settings.MEDIA_ROOT = str(tmp_path)
    a_world("published", tmp_path)
    answers = everything(client)
    event = answers["/api/v1/events/shown/"].decode()
    for part in ("name", "quotation", "credit"):
        assert f"{MARK} {part}" in event
    assert ALIAS in event
    person = answers["/api/v1/people/shown/"].decode()
    for part in ("title", "quotation"):
        assert f"{MARK} {part}" in person
    for kind in ("organizations", "places"):
        assert MARK.encode() in answers[f"/api/v1/{kind}/shown/"]


@pytest.mark.parametrize("status", UNPUBLISHED)
@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("events/?person=", "people"),
        ("events/?organization=", "organizations"),
        ("events/?place=", "places"),
        ("events/?theme=", "themes"),
        ("events/?source=", "sources"),
        ("people/?organization=", "organizations"),
        ("people/?event=", "events"),
        ("organizations/?person=", "people"),
        ("organizations/?parent=", "organizations"),
        ("claims/?event=", "events"),
        ("claims/?person=", "people"),
        ("claims/?theme=", "themes"),
        ("claims/?source=", "sources"),
    ],
)
def test_filtering_by_an_unpublished_record_is_as_by_one_that_is_not_there(
    client: Client, status: str, path: str, kind: str
) -> None:
    absent = client.get(f"/api/v1/{path}{MARK}")
    FACTORIES[kind].create(slug=MARK, status=status)
    assert absent.status_code == 400
    assert client.get(f"/api/v1/{path}{MARK}").json() == absent.json()


@pytest.mark.parametrize("status", UNPUBLISHED)
def test_filters_do_not_look_into_what_is_unpublished(client: Client, status: str) -> None:
    event = factories.EventFactory.create(slug="shown")
    place = factories.PlaceFactory.create(slug=MARK, status=status, latitude=-54.8, longitude=-68.3)
    event.place_links.create(place=place)
    assert client.get("/api/v1/events/?bbox=-69,-55,-68,-54").json()["count"] == 0
    person = factories.PersonFactory.create(slug="shown", nationality="UY")
    organization = factories.OrganizationFactory.create(slug=MARK, status=status)
    factories.OfficeFactory.create(person=person, organization=organization, start="1955", end="1964")
    assert client.get("/api/v1/people/?on=1960&nationality=UY").json()["count"] == 0


@pytest.mark.parametrize(
    ("status", "answer"), [("draft", 404), ("in_review", 404), ("published", 200), ("withdrawn", 410)]
)
@pytest.mark.parametrize("owner", ["event", "person"])
def test_a_claim_is_as_public_as_what_it_is_about(
    client: Client, status: str, answer: int, owner: str
) -> None:
    factory = {"event": factories.EventFactory, "person": factories.PersonFactory}[owner]
    claim = {"event": None, owner: factory.create(status=status)}
    factories.ClaimFactory.create(slug=MARK, **claim)
    listed = [record["slug"] for record in client.get("/api/v1/claims/?page_size=100").json()["results"]]
    assert (MARK in listed) == (answer == 200)
    assert client.get(f"/api/v1/claims/{MARK}/").status_code == answer


@pytest.mark.parametrize(
    ("status", "answer"), [("draft", 404), ("in_review", 404), ("published", 301), ("withdrawn", 410)]
)
def test_a_past_slug_leads_to_the_present_one_of_a_published_record(
    client: Client, status: str, answer: int
) -> None:
    event = factories.EventFactory.create(slug="renamed", status=status)
    PastSlug.objects.create(kind="event", slug="once", record_id=event.pk)
    response = client.get("/api/v1/events/once/?lang=es&fields=slug")
    assert response.status_code == answer
    if answer == 301:
        assert response.headers["Location"] == "/api/v1/events/renamed/?lang=es&fields=slug"
        assert client.get(response.headers["Location"]).json() == {"slug": "renamed"}


def test_a_past_slug_can_be_filtered_by(client: Client) -> None:
    person = factories.PersonFactory.create(slug="renamed")
    PastSlug.objects.create(kind="person", slug="once", record_id=person.pk)
    factories.ParticipationFactory.create(person=person, event=factories.EventFactory.create(slug="shown"))
    found = client.get("/api/v1/events/?person=once").json()["results"]
    assert [event["slug"] for event in found] == ["shown"]


def test_the_list_of_events_counts_every_published_event_of_the_corpus(client: Client) -> None:
    count = client.get("/api/v1/events/").json()["count"]
    assert count == Event.objects.filter(status="published").count()
    assert count >= 120


def test_a_withdrawn_record_leaves_a_tombstone(client: Client) -> None:
    event = factories.EventFactory.create(slug="once-told")
    event.status = "withdrawn"
    with recording(why="Told twice"):
        event.save()
    problem = client.get("/api/v1/events/once-told/").json()
    number = content_version()
    assert problem["tombstone"] | {"withdrawn_at": ""} == {
        "kind": "event", "slug": "once-told", "number": number, "withdrawn_at": "", "why": "Told twice",
        "editions_url": "https://localhost/api/v1/editions/?kind=event&slug=once-told",
    }  # fmt: skip
    change = client.get(f"/api/v1/changes/?since={number - 1}").json()["results"][0]
    assert datetime.fromisoformat(change["at"]) == datetime.fromisoformat(
        problem["tombstone"]["withdrawn_at"]
    )


def test_what_was_never_published_leaves_none(client: Client) -> None:
    factories.EventFactory.create(slug="never-told", status="withdrawn")
    response = client.get("/api/v1/events/never-told/")
    assert response.status_code == 410
    assert "tombstone" not in response.json()


#: Filter, the rows that are found with it of those that `a_small_world` makes.
FILTERS = [
    ("events", "from=1960-02-04&to=1960-02-13&overlap=certain", {"w-visit"}),
    ("events", "from=1960-02-06&to=1960-02-20&overlap=certain", set()),
    ("events", "from=1960-02-06&to=1960-02-20", {"w-visit", "w-vague"}),
    ("events", "from=1960&to=1969&overlap=certain", {"w-visit", "w-vague"}),
    ("people", "office=deputy%20CHAIRMAN&organization=w-council&on=1960", {"w-mikoyan"}),
    ("people", "office=deputy&on=1970", set()),
    ("people", "office=nobody", set()),
    ("people", "place=w-havana", {"w-mikoyan"}),
    ("people", "source=w-frus", {"w-mikoyan"}),
    ("organizations", "source=w-frus", {"w-council"}),
    ("places", "parent=w-cuba", {"w-havana"}),
    ("sources", "from=1958&to=1960", {"w-frus"}),
    ("sources", "from=1961", set()),
    ("claims", "place=w-havana", {"w-claim"}),
    ("claims", "organization=w-council", {"w-claim"}),
    ("claims", "changed_since=2020-01-01", {"w-claim"}),
    ("claims", "changed_since=2200-01-01", set()),
]


def a_small_world() -> None:
    source = factories.SourceFactory.create(slug="w-frus", issued="1958/1960")
    cuba = factories.PlaceFactory.create(slug="w-cuba")
    havana = factories.PlaceFactory.create(slug="w-havana", parent=cuba)
    council = factories.OrganizationFactory.create(slug="w-council")
    council.citations.create(source=source)
    person = factories.PersonFactory.create(slug="w-mikoyan", death="1978", death_place=havana)
    office = factories.OfficeFactory.create(person=person, organization=council)
    office.citations.create(source=source)
    visit = factories.EventFactory.create(slug="w-visit")
    factories.EventFactory.create(slug="w-vague", date="196X")
    factories.EventPlaceFactory.create(event=visit, place=havana)
    factories.ParticipationFactory.create(event=visit, person=None, organization=council)
    factories.ClaimFactory.create(slug="w-claim", event=visit)


@pytest.mark.parametrize(("plural", "query", "slugs"), FILTERS)
def test_filters_find_what_they_say(client: Client, plural: str, query: str, slugs: set[str]) -> None:
    a_small_world()
    path: str | None = f"/api/v1/{plural}/?{query}&page_size=100&fields=slug"
    found = set()
    while path:
        page = client.get(path).json()
        found |= {row["slug"] for row in page["results"] if row["slug"].startswith("w-")}
        path = page["next"] and page["next"][page["next"].index("/api/") :]
    assert found == slugs


@pytest.mark.parametrize("query", ["overlap=certain", "from=1962&overlap=perhaps", "from=1963&to=1962"])
def test_spans_that_say_nothing_are_refused(client: Client, query: str) -> None:
    for plural in ("events", "sources"):
        assert client.get(f"/api/v1/{plural}/?{query}").status_code == 400


def test_counts_are_those_of_the_newest_state(client: Client) -> None:
    """They are kept by content version: whatever readers can notice moves it."""
    before = client.get("/api/v1/events/?page_size=1").json()["count"]
    event = factories.EventFactory.create()
    assert client.get("/api/v1/events/?page_size=1").json()["count"] == before + 1
    event.status = "withdrawn"
    event.save()
    assert client.get("/api/v1/events/?page_size=1").json()["count"] == before
