"""What pages show of sources, citations and statements."""

from datetime import date

import pytest
from django.utils import translation

from cubaru.core.languages import LocalText
from events.models import Claim, ClaimCitation
from sources.choices import Stance
from sources.models import AccessPoint, Source
from sources.presentation import (
    checked_in_words,
    citation_row,
    claim_card,
    day_in_words,
    short_reference,
    source_reference,
    source_rows,
)
from sources.presentation_source import source_facts, source_json_ld, translated_title
from tests.factories import (
    ClaimCitationFactory,
    ClaimFactory,
    EventCitationFactory,
    EventFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

SZULC = {"role": "author", "family": "Szulc", "given": "Tad"}


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"creators": [SZULC], "issued": "1986"}, "Szulc 1986"),
        ({"creators": [SZULC]}, "Szulc, A Source"),
        ({"container_title": "Time", "issued": "1960-02-15"}, "Time, 15 Feb 1960"),
        ({"container_title": "Time"}, "A Source"),
        ({"creators": [SZULC, SZULC, SZULC], "issued": "1986"}, "Szulc & Szulc et al. 1986"),
        ({"creators": [{"role": "author", "literal": "TASS"}], "issued": "2019"}, "A Source"),
    ],
)
def test_a_source_is_mentioned_by_author_and_year_or_by_what_it_appeared_in(
    fields: dict[str, object], name: str
) -> None:
    assert short_reference(SourceFactory.create(title="A Source", **fields)) == name


def test_a_reference_gives_all_that_finds_the_source_again() -> None:
    source = SourceFactory.create(
        type="article-journal", title="Fulgencio Batista", container_title="Almanac", issue="24",
        creators=[SZULC], issued="2019-05-10", publisher="", pages="96-104",
    )  # fmt: skip
    reference = source_reference(source)
    for part in ("Szulc", "Fulgencio Batista", "Almanac", "24", "2019", "96"):
        assert part in reference, part


def test_rows_hold_each_source_once_with_all_places_in_it() -> None:
    event, source, other = EventFactory.create(), SourceFactory.create(), SourceFactory.create()
    AccessPoint.objects.create(
        source=source, url="https://www.example.org/one", accessed_on=date(2026, 11, 23)
    )
    EventCitationFactory.create(event=event, source=source, locator="doc. 1", position=0)
    EventCitationFactory.create(event=event, source=other, stance=Stance.CONTRADICTS, position=1)
    EventCitationFactory.create(event=event, source=source, locator="doc. 2", position=2)
    first, second = source_rows(event.citations.all())
    assert (first.locator, [row.locator for row in first.further]) == ("doc. 1", ["doc. 2"])
    assert (first.contradicts, second.contradicts) == (False, True)
    assert [(link.label, link.url) for link in first.links] == [
        ("example.org", "https://www.example.org/one")
    ]


def test_rows_ask_the_database_once_however_many_sources_there_are(django_assert_num_queries: object) -> None:
    event = EventFactory.create()
    for _number in range(3):
        EventCitationFactory.create(event=event)
    citations = list(event.citations.select_related("source"))
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(source_rows(citations)) == 3


def test_a_citation_keeps_the_language_of_its_quotation() -> None:
    source = SourceFactory.create(language="ru")
    citation = EventCitationFactory.create(source=source, quotation="Слова", note_es="muestra")
    row = citation_row(citation)
    assert (row.quotation_language, row.note) == ("ru", LocalText("muestra", "es", True))


def test_evidence_is_parted_by_what_the_source_does_to_the_claim() -> None:
    claim = ClaimFactory.create()
    for stance in Stance.values:
        ClaimCitationFactory.create(claim=claim, stance=stance, locator=stance)
    card = claim_card(Claim.objects.with_public_parts().get(pk=claim.pk))
    sides = (card.asserts, card.supports, card.contradicts)
    assert [[row.locator for row in side] for side in sides] == [["asserts"], ["supports"], ["contradicts"]]


def test_a_source_that_is_not_published_is_no_evidence() -> None:
    claim = ClaimFactory.create()
    ClaimCitationFactory.create(claim=claim, source=SourceFactory.create(status="draft"))
    assert ClaimCitation.objects.filter(claim=claim).exists()
    assert claim_card(Claim.objects.with_public_parts().get(pk=claim.pk)).supports == []


@pytest.mark.parametrize(
    ("who", "day", "words"),
    [
        ("A. Reader", date(2026, 11, 23), "Checked by A. Reader on 23 November 2026."),
        ("A. Reader", None, "Checked by A. Reader."),
        ("", date(2026, 11, 23), ""),
    ],
)
def test_who_checked_a_claim_is_said_in_a_sentence(who: str, day: date | None, words: str) -> None:
    assert checked_in_words(ClaimFactory.create(checked_by=who, checked_on=day)) == words


def test_days_are_written_as_readers_write_them() -> None:
    day = date(2026, 11, 23)
    words = []
    for language in ("en", "es", "ru"):
        with translation.override(language):
            words.append(day_in_words(day))
    assert words == ["23 November 2026", "23 de noviembre de 2026", "23\u00a0ноября 2026\u00a0г."]


# The page of a source ------------------------------------------------------------------------------


def test_a_translated_title_helps_only_those_who_cannot_read_the_source() -> None:
    source = SourceFactory.create(
        language="ru", title="Забытые союзники", title_translated_en="Forgotten allies"
    )
    assert str(translated_title(source)) == "Forgotten allies"
    with translation.override("ru"):
        assert translated_title(source) == ""


def test_facts_that_are_not_known_are_left_out() -> None:
    source = SourceFactory.create(publisher="", archive="AVP RF", collection="f. 104", call_number="op. 18")
    facts = {fact.term: fact.value for fact in source_facts(source)}
    assert (facts["Archive"], facts["Collection"], facts["Shelfmark"]) == ("AVP RF", "f. 104", "op. 18")
    assert "Publisher" not in facts


def test_linked_data_of_a_source_names_its_kind_and_author() -> None:
    source = SourceFactory.create(type="book", creators=[SZULC], issued="1986", doi="10.1000/182")
    entity = source_json_ld(Source.objects.with_public_parts().get(pk=source.pk))["mainEntity"]
    assert (entity["@type"], entity["author"]) == ("Book", [{"@type": "Person", "name": "Tad Szulc"}])
    assert (entity["datePublished"], entity["sameAs"]) == ("1986", ["https://doi.org/10.1000/182"])
