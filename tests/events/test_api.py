"""Events, themes and claims in the API: their shapes and filters."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from events.models import Event
from tests import factories
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db


def found(client: Client, query: str, kind: str = "events") -> list[str]:
    response = client.get(f"/api/v1/{kind}/?page_size=100&{query}")
    assert response.status_code == 200, response.content
    return [record["slug"] for record in response.json()["results"]]


# Shapes --------------------------------------------------------------------------------------------


def test_an_event_in_a_list_has_the_fields_agreed_on(client: Client) -> None:
    record = client.get("/api/v1/events/?page_size=1").json()["results"][0]
    assert list(record) == [
        "slug", "url", "html_url", "title", "summary", "date", "importance", "themes", "places", "edition",
    ]  # fmt: skip
    assert record["url"].endswith(f"/api/v1/events/{record['slug']}/")
    assert record["html_url"].endswith(f"/en/events/{record['slug']}/")


def test_an_event_has_all_that_is_said_of_it(client: Client) -> None:
    event = client.get("/api/v1/events/missile-crisis-1962/").json()
    assert {
        "body", "participants", "relations", "claims", "citations", "images", "same_as", "editions_url",
        "modified", "names", "date_note", "verification",
    } <= set(event)  # fmt: skip
    assert event["edition"] >= 1
    assert event["themes"][0]["lane"]
    assert {"en", "es", "ru"} == set(event["title"])


def test_the_edition_is_the_newest_one(client: Client) -> None:
    event = EventFactory.create(slug="visit", date="1960")
    assert client.get("/api/v1/events/visit/").json()["edition"] == 1
    event.summary_en = "Another summary."
    event.save()
    assert client.get("/api/v1/events/visit/?fields=edition").json() == {"edition": 2}
    assert client.get("/api/v1/events/?q=mikoyan visits&from=1960&to=1960").json()["results"][0]["edition"]


def test_a_date_says_what_it_is_and_which_days_it_may_touch(client: Client) -> None:
    EventFactory.create(slug="about-1961", date="1961~", date_words="toward 1961")
    date = client.get("/api/v1/events/about-1961/?lang=en").json()["date"]
    assert date == {
        "edtf": "1961~",
        "calendar": "gregorian",
        "earliest": "1961-01-01",
        "latest": "1961-12-31",
        "precision": "year",
        "approximate": True,
        "uncertain": False,
        "words": "toward 1961",
        "display": date["display"],
    }
    assert "1961" in date["display"]


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"), [("1960/..", "1960-01-01", None), ("/1960", None, "1960-12-31")]
)
def test_an_end_that_is_open_or_unknown_is_null(
    client: Client, edtf: str, earliest: str | None, latest: str | None
) -> None:
    EventFactory.create(slug="open", date=edtf)
    date = client.get("/api/v1/events/open/").json()["date"]
    assert (date["earliest"], date["latest"]) == (earliest, latest)


def test_an_undated_event_has_null_for_a_date(client: Client) -> None:
    EventFactory.create(slug="undated", date="")
    assert client.get("/api/v1/events/undated/").json()["date"] is None


def test_a_participant_is_shown_with_role_and_office_of_that_day(client: Client) -> None:
    office = factories.OfficeFactory.create(
        start="1955-02-28", end="1964-07-15", title_en="First Deputy Chairman"
    )
    factories.OfficeFactory.create(
        person=office.person, start="1964-07-15", end="1965-12-09", title_en="President"
    )
    event = EventFactory.create(slug="visit", date="1960-02-04/1960-02-13")
    factories.ParticipationFactory.create(event=event, person=office.person, role="visitor")
    factories.ParticipationFactory.create(
        event=event, person=None, organization=office.organization, role="host"
    )
    person, organization = client.get("/api/v1/events/visit/?lang=en").json()["participants"]
    assert person["person"]["slug"] == office.person.slug
    assert person["organization"] is None
    assert (person["role"], person["role_label"]) == ("visitor", "visitor")
    assert [held["title"] for held in person["office"]] == ["First Deputy Chairman"]
    assert person["office"][0]["organization"]["slug"] == office.organization.slug
    assert organization["person"] is None
    assert organization["organization"]["slug"] == office.organization.slug
    assert organization["office"] == []


def test_a_relation_is_told_from_both_events(client: Client) -> None:
    factories.EventRelationFactory.create(
        from_event=EventFactory.create(slug="cause"),
        to_event=EventFactory.create(slug="effect"),
        relation="led_to",
    )
    forward = client.get("/api/v1/events/cause/?lang=en").json()["relations"]
    inverse = client.get("/api/v1/events/effect/?lang=en").json()["relations"]
    assert [(one["event"]["slug"], one["relation"], one["direction"], one["label"]) for one in forward] == [
        ("effect", "led_to", "forward", "led to")
    ]
    assert [(one["event"]["slug"], one["relation"], one["direction"], one["label"]) for one in inverse] == [
        ("cause", "led_to", "inverse", "follows from")
    ]


def test_claims_and_citations_lead_to_their_sources(client: Client) -> None:
    claim = factories.ClaimFactory.create(
        slug="stated", event=EventFactory.create(slug="visit"), verdict="disputed"
    )
    citation = factories.ClaimCitationFactory.create(
        claim=claim, stance="contradicts", locator="p. 7", quotation="No."
    )
    factories.EventCitationFactory.create(event=claim.event, source=citation.source)
    event = client.get("/api/v1/events/visit/").json()
    (told,) = event["claims"]
    assert (told["slug"], told["verdict"]) == ("stated", "disputed")
    assert told["citations"][0]["source"]["slug"] == citation.source.slug
    assert (told["citations"][0]["stance"], told["citations"][0]["quotation"]) == ("contradicts", "No.")
    assert event["citations"][0]["locator"] == "doc. 457"


def test_a_claim_names_what_it_is_about(client: Client) -> None:
    person = factories.PersonFactory.create(slug="claimed")
    factories.ClaimFactory.create(slug="about-a-person", event=None, person=person)
    claim = client.get("/api/v1/claims/about-a-person/").json()
    assert claim["event"] is None
    assert claim["person"]["slug"] == "claimed"
    assert claim["also_about"] == []


def test_a_theme_leads_to_its_events(client: Client) -> None:
    theme = client.get("/api/v1/themes/diplomacy/").json()
    path = theme["events_url"][theme["events_url"].index("/api/") :]
    assert client.get(path).json()["count"] > 0
    assert theme["lane"] == "diplomacy"


# Filters -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("from=1962-10-20&to=1962-10-20", True),
        ("from=1962-10-28", True),
        ("from=1962-10-29", False),
        ("to=1962-10-16", True),
        ("to=1962-10-15", False),
        ("from=1962-10", True),
        ("from=1962-11", False),
        ("from=196X&to=196X", True),
        ("from=1962&to=1962", True),
        ("from=1963&to=1964", False),
    ],
)
def test_from_and_to_find_what_overlaps(client: Client, query: str, is_found: bool) -> None:
    EventFactory.create(slug="thirteen-days", date="1962-10-16/1962-10-28")
    EventFactory.create(slug="never-dated", date="")
    slugs = found(client, query + "&q=mikoyan")
    assert ("thirteen-days" in slugs) == is_found
    assert "never-dated" not in slugs


def test_events_are_found_by_what_they_are_tied_to(client: Client) -> None:
    event = EventFactory.create(slug="tied")
    person, organization = (
        factories.PersonFactory.create(slug="p"),
        factories.OrganizationFactory.create(slug="o"),
    )
    place, theme = factories.PlaceFactory.create(slug="pl"), factories.ThemeFactory.create(slug="th")
    source, of_claim = factories.SourceFactory.create(slug="s"), factories.SourceFactory.create(slug="sc")
    factories.ParticipationFactory.create(event=event, person=person)
    factories.ParticipationFactory.create(event=event, person=None, organization=organization)
    event.place_links.create(place=place)
    event.theme_links.create(theme=theme)
    factories.EventCitationFactory.create(event=event, source=source)
    claim = factories.ClaimFactory.create(event=event, verdict="disputed")
    factories.ClaimCitationFactory.create(claim=claim, source=of_claim)
    for query in ("person=p", "organization=o", "place=pl", "theme=th", "source=s", "source=sc"):
        assert found(client, query) == ["tied"], query
    assert "tied" in found(client, "verdict=disputed")
    assert "tied" not in found(client, "verdict=contradicted")
    assert found(client, "person=p&theme=th&verdict=disputed") == ["tied"]
    factories.PersonFactory.create(slug="elsewhere")
    assert found(client, "person=elsewhere") == []


def test_the_same_filter_twice_means_or(client: Client) -> None:
    for slug in ("one", "two"):
        event = EventFactory.create(slug=slug, date="1960")
        event.theme_links.create(theme=factories.ThemeFactory.create(slug=f"theme-{slug}"))
    assert sorted(found(client, "theme=theme-one&theme=theme-two")) == ["one", "two"]


def test_an_event_tied_twice_is_listed_once(client: Client) -> None:
    event = EventFactory.create(slug="twice")
    person = factories.PersonFactory.create(slug="p")
    factories.ParticipationFactory.create(event=event, person=person, role="visitor")
    factories.ParticipationFactory.create(event=event, person=person, role="speaker")
    assert found(client, "person=p") == ["twice"]
    assert client.get("/api/v1/events/?person=p").json()["count"] == 1


@pytest.mark.parametrize(
    ("bbox", "is_found"),
    [
        ("-85,19.5,-74,23.5", True),
        ("-82.4,23.1,-82.3,23.2", True),
        ("30,50,40,60", False),
        ("170,20,-80,30", True),
        ("170,20,-100,30", False),
    ],
)
def test_a_box_finds_events_by_their_places(client: Client, bbox: str, is_found: bool) -> None:
    event = EventFactory.create(slug="in-havana")
    event.place_links.create(place=factories.PlaceFactory.create(latitude=23.1136, longitude=-82.3666))
    assert ("in-havana" in found(client, f"bbox={bbox}")) == is_found


def test_importance_is_a_lower_bound(client: Client) -> None:
    for importance in (1, 3, 5):
        event = EventFactory.create(slug=f"i{importance}", importance=importance)
        event.theme_links.get_or_create(theme=factories.ThemeFactory.create(slug=f"t{importance}"))
    slugs = found(client, "importance_min=3&theme=t1&theme=t3&theme=t5")
    assert sorted(slugs) == ["i3", "i5"]


def test_words_are_found_in_any_language_whatever_case_and_accents(client: Client) -> None:
    EventFactory.create(slug="visit", title_es="Mikoyán visita Güines", title_ru="Микоян в Гуинесе")
    for query in ("guines", "GÜINES mikoyan", "гуинесе", "ГУИНЕСЕ"):
        assert found(client, f"q={query}") == ["visit"], query
    assert found(client, "q=guines leningrad") == []


def test_changed_since_finds_what_changed(client: Client) -> None:
    changed = Event.objects.get(pk=EventFactory.create(slug="changed").pk).modified_at
    moment = changed.isoformat().replace("+00:00", "Z")
    assert found(client, f"changed_since={moment}") == ["changed"]
    assert "changed" in found(client, f"changed_since={changed.date()}")
    assert found(client, f"changed_since={changed.date() + timedelta(days=1)}") == []


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("verdict=disputed", ["second"]),
        ("event=one", ["first"]),
        ("event=two", ["first", "second"]),
        ("person=p", ["third"]),
        ("theme=th", ["first"]),
        ("source=s", ["second"]),
        ("q=первым", ["first"]),
        ("q=ПЕРВЫМ", ["first"]),
        ("q=микоян", ["first", "second", "third"]),  # in English it is in all
        ("q=soviet LEADER", ["first", "second", "third"]),
    ],
)
def test_claims_are_found_by_what_they_are_about(client: Client, query: str, slugs: list[str]) -> None:
    one, two = EventFactory.create(slug="one"), EventFactory.create(slug="two")
    one.theme_links.create(theme=factories.ThemeFactory.create(slug="th"))
    first = factories.ClaimFactory.create(slug="first", event=one, statement_ru="Микоян был первым.")
    first.event_links.create(event=two)
    second = factories.ClaimFactory.create(slug="second", event=two, verdict="disputed")
    factories.ClaimCitationFactory.create(claim=second, source=factories.SourceFactory.create(slug="s"))
    factories.ClaimFactory.create(slug="third", event=None, person=factories.PersonFactory.create(slug="p"))
    ours = [slug for slug in found(client, query, "claims") if slug in {"first", "second", "third"}]
    assert ours == slugs


def test_themes_are_found_by_lane_and_words(client: Client) -> None:
    factories.ThemeFactory.create(slug="ballet", lane="culture", name_ru="Балет на льду")
    assert "ballet" in found(client, "lane=culture", "themes")
    assert found(client, "q=балет льду", "themes") == ["ballet"]
    assert found(client, "q=балет льду&lane=trade", "themes") == []


def test_the_corpus_gives_the_essay_its_verdicts(client: Client) -> None:
    claims: list[Any] = client.get("/api/v1/claims/?source=essay&page_size=100").json()["results"]
    assert len(claims) >= 20
    assert len({claim["verdict"] for claim in claims}) >= 3
