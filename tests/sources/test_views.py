"""Pages of sources, as visitors meet them."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cubaru.core.models import PastSlug
from sources.choices import Stance
from sources.citing import asserted_statements, citing_groups, count_citations
from sources.models import AccessPoint, Source
from tests.factories import (
    ClaimCitationFactory,
    ClaimFactory,
    EventCitationFactory,
    EventFactory,
    OfficeCitationFactory,
    OfficeFactory,
    OrganizationCitationFactory,
    PersonCitationFactory,
    PersonFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


# The list ------------------------------------------------------------------------------------------


def test_sources_are_listed_with_how_often_they_are_cited(client: Client) -> None:
    source = SourceFactory.create(title="0 first of all")
    for _number in range(2):
        EventCitationFactory.create(source=source)
    EventCitationFactory.create(source=source, event=EventFactory.create(status="draft"))
    assert count_citations([source]) == {source.pk: 2}
    assert "cited 2 times" in text_of(client, "/en/sources/")


def test_facets_narrow_the_list_of_sources(client: Client) -> None:
    html = text_of(client, "/en/sources/?kind=primary&language=ru")
    assert re.search(r'name="kind" value="primary" checked', html)
    found = Source.objects.published().filter(kind="primary", language="ru").count()
    assert len(re.findall(r'class="row__title"', html)) == min(found, 25)


def test_titles_keep_their_language(client: Client) -> None:
    html = text_of(client, "/en/sources/?language=ru")
    titles = re.findall(r'class="row__title"><a href="[^"]*">(.*?)</a>', html, re.DOTALL)
    assert titles
    assert all('<span lang="ru">' in title for title in titles)


def test_a_value_that_no_source_can_have_is_said(client: Client) -> None:
    assert client.get("/en/sources/?kind=tertiary").status_code == 400


def test_the_list_asks_the_database_the_same_for_any_page(client: Client) -> None:
    counts = []
    for page in (1, 3):
        with CaptureQueriesContext(connection) as asked:
            text_of(client, f"/en/sources/?page={page}")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 11


# The page ------------------------------------------------------------------------------------------


def test_the_essay_shows_its_statements_in_order_with_wording_verdict_and_link(client: Client) -> None:
    html = text_of(client, "/en/sources/essay/")
    numbers = re.findall(r'statements__locator caps">statement (\d+)</p>', html)
    assert numbers == [str(number) for number in range(1, 26)]
    assert '<blockquote lang="en"><p>both played major roles in the development' in html
    assert '<a href="/en/claims/essay-c03/">' in html
    for verdict in ("8 corroborated", "9 imprecise", "5 contradicted", "2 disputed", "1 unverified"):
        assert verdict in html, verdict


def test_any_source_that_asserts_claims_lists_them_so() -> None:
    source = SourceFactory.create()
    for number in (10, 2):
        claim = ClaimFactory.create(event=EventFactory.create())
        ClaimCitationFactory.create(claim=claim, source=source, stance=Stance.ASSERTS, locator=f"p. {number}")
    about_a_person = ClaimFactory.create(event=None, person=PersonFactory.create())
    ClaimCitationFactory.create(claim=about_a_person, source=source, stance=Stance.ASSERTS, locator="p. 3")
    hidden = ClaimFactory.create(event=EventFactory.create(status="draft"))
    ClaimCitationFactory.create(claim=hidden, source=source, stance=Stance.ASSERTS, locator="p. 1")
    assert [row.locator for row in asserted_statements(source)] == ["p. 2", "p. 3", "p. 10"]


def test_all_that_cites_a_source_is_grouped_by_stance_and_kind() -> None:
    source = SourceFactory.create()
    EventCitationFactory.create(source=source, stance=Stance.CONTRADICTS)
    ClaimCitationFactory.create(source=source, stance=Stance.SUPPORTS)
    PersonCitationFactory.create(source=source, stance=Stance.SUPPORTS)
    OrganizationCitationFactory.create(source=source, stance=Stance.SUPPORTS)
    OfficeCitationFactory.create(source=source, stance=Stance.SUPPORTS)
    groups = {group.stance: [kind.title for kind in group.groups] for group in citing_groups(source)}
    assert groups == {
        "supports": ["Claims", "Offices", "Organizations", "People"],
        "contradicts": ["Events"],
    }


def test_an_office_that_cites_a_source_leads_to_its_person() -> None:
    office = OfficeFactory.create(title_en="Ambassador")
    citation = OfficeCitationFactory.create(office=office)
    [group] = citing_groups(citation.source)
    [row] = group.groups[0].rows
    assert (row.title.text, row.url) == ("Anastas Mikoyan: Ambassador", office.person.get_absolute_url())


def test_nothing_that_is_not_published_is_said_to_cite_a_source() -> None:
    source = SourceFactory.create()
    EventCitationFactory.create(source=source, event=EventFactory.create(status="withdrawn"))
    PersonCitationFactory.create(source=source, person=PersonFactory.create(status="in_review"))
    ClaimCitationFactory.create(
        source=source, claim=ClaimFactory.create(event=EventFactory.create(status="draft"))
    )
    OfficeCitationFactory.create(
        source=source, office=OfficeFactory.create(person=PersonFactory.create(status="draft"))
    )
    assert citing_groups(source) == []
    assert count_citations([source]) == {source.pk: 0}


def test_a_source_shows_where_it_can_be_read_and_when_it_was(client: Client) -> None:
    source = SourceFactory.create(note_en="Abstract seen.", basis="excerpt")
    AccessPoint.objects.create(source=source, url="https://example.org/a", archived_url="https://example.org/b",
                               accessed_on="2026-11-23")  # fmt: skip
    html = text_of(client, f"/en/sources/{source.slug}/")
    for expected in ('href="https://example.org/a"', "read on 23 November 2026", "Archived copy",
                     "Abstract seen.", "An excerpt", "Nothing in the chronicle cites this"):  # fmt: skip
        assert expected in html, expected


def test_a_source_keeps_its_own_title_in_each_language(client: Client) -> None:
    source = SourceFactory.create(
        language="ru", title="Забытые союзники", title_translated_en="Forgotten allies"
    )
    html = text_of(client, f"/en/sources/{source.slug}/")
    assert '<h1><span lang="ru">Забытые союзники</span></h1>' in html
    assert "Forgotten allies" in html
    assert "<h1>Забытые союзники</h1>" in text_of(client, f"/ru/sources/{source.slug}/")


def test_a_source_cited_often_asks_the_database_no_more_often(client: Client) -> None:
    def queries(slug: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            text_of(client, f"/en/sources/{slug}/")
        return len(asked)

    few = SourceFactory.create()
    ClaimCitationFactory.create(source=few, stance=Stance.ASSERTS)
    EventCitationFactory.create(source=few)
    assert queries("hsg-milestones") <= queries(few.slug)
    assert queries("essay") <= queries(few.slug)


@pytest.mark.parametrize(("status", "answer"), [("draft", 404), ("in_review", 404), ("withdrawn", 410)])
def test_sources_that_readers_may_not_see_are_not_there(client: Client, status: str, answer: int) -> None:
    assert client.get(f"/en/sources/{SourceFactory.create(status=status).slug}/").status_code == answer


def test_a_former_address_leads_to_the_source_for_ever(client: Client) -> None:
    PastSlug.objects.create(
        kind="source", slug="student-essay", record_id=Source.objects.get(slug="essay").pk
    )
    answer = client.get("/en/sources/student-essay/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/en/sources/essay/")


def test_no_cookie_is_set_on_pages_of_sources(client: Client) -> None:
    for path in ("/en/sources/", "/en/sources/essay/"):
        assert not client.get(path).cookies, path
