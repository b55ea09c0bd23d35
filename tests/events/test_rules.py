"""Rules of verdicts, by every way that a claim can be written."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from cubaru.core.corpus import CorpusError, load_corpus
from cubaru.core.documents import DocumentError, apply_document, to_document
from cubaru.core.history import recording
from events.models import Claim, ClaimCitation, Event
from tests.factories import ClaimCitationFactory, ClaimFactory, EventFactory, PersonFactory, SourceFactory

pytestmark = pytest.mark.django_db


def claim_with(verdict: str, *citations: tuple[str, str], **fields: Any) -> dict[str, Any]:
    return {
        "slug": "a-claim",
        "statement": {"en": "He came on the 4th."},
        "verdict": verdict,
        **fields,
        "citations": [{"source": source, "stance": stance} for source, stance in citations],
    }


@pytest.fixture
def event() -> Event:
    SourceFactory.create(slug="one")
    SourceFactory.create(slug="two")
    made: Event = EventFactory.create(slug="an-event")
    return made


GOOD = [
    claim_with("corroborated", ("one", "supports")),
    claim_with("corroborated", ("one", "asserts"), ("two", "supports")),
    claim_with("contradicted", ("one", "asserts"), ("one", "contradicts")),
    claim_with("disputed"),
    claim_with("imprecise"),
    claim_with("unverified"),
    claim_with("unverified", written_by="ana", checked_by="boris"),
]
BAD = [
    (claim_with("corroborated"), "“corroborated” needs a supporting citation"),
    (claim_with("corroborated", ("one", "asserts"), ("one", "supports")), "that does not assert it"),
    (claim_with("corroborated", ("one", "contradicts")), "“corroborated” needs"),
    (claim_with("contradicted", ("one", "supports")), "“contradicted” needs a contradicting citation"),
    (claim_with("unverified", written_by="ana", checked_by="ana"), "somebody else must check it"),
]


@pytest.mark.parametrize("claim", GOOD)
def test_a_verdict_that_rests_on_its_citations_is_taken(event: Event, claim: dict[str, Any]) -> None:
    apply_document({**to_document(event), "claims": [claim]})
    assert Claim.objects.get(slug="a-claim").verdict == claim["verdict"]


@pytest.mark.parametrize(("claim", "sentence"), BAD)
def test_a_document_cannot_bring_another(event: Event, claim: dict[str, Any], sentence: str) -> None:
    with pytest.raises(DocumentError, match=sentence) as caught:
        apply_document({**to_document(event), "claims": [claim]})
    assert caught.value.at.startswith("claims")
    assert not Claim.objects.filter(slug="a-claim").exists()


@pytest.mark.parametrize(("claim", "sentence"), BAD)
def test_an_import_cannot_bring_another(
    event: Event, claim: dict[str, Any], sentence: str, tmp_path: Path
) -> None:
    documents = [{**to_document(event), "claims": [claim]}]
    (tmp_path / "events.json").write_text(json.dumps(documents), encoding="utf-8")
    with pytest.raises(CorpusError, match=sentence) as caught:
        load_corpus(tmp_path)
    assert "an-event" in str(caught.value)
    assert not Claim.objects.filter(slug="a-claim").exists()


def test_the_shell_cannot_write_another(event: Event) -> None:
    with pytest.raises(ValidationError, match="corroborated"):
        ClaimFactory.create(event=event, verdict="corroborated")
    claim = ClaimFactory.create(event=event, verdict="unverified", slug="a-claim")
    claim.verdict = "contradicted"
    with pytest.raises(ValidationError, match="contradicted"):
        claim.save()
    with pytest.raises(ValidationError, match="corroborated"):
        Claim.objects.filter(slug="a-claim").update(verdict="corroborated")
    assert Claim.objects.get(slug="a-claim").verdict == "unverified"


def test_the_last_support_of_a_verdict_cannot_be_taken_away(event: Event) -> None:
    with recording():
        claim = ClaimFactory.create(event=event, verdict="corroborated")
        citation = ClaimCitationFactory.create(claim=claim)
    with pytest.raises(ValidationError, match="corroborated"):
        citation.delete()
    assert ClaimCitation.objects.filter(claim__slug=claim.slug).count() == 1


def test_the_rules_hold_for_claims_about_persons_too() -> None:
    with pytest.raises(ValidationError, match="corroborated"):
        ClaimFactory.create(event=None, person=PersonFactory.create(), verdict="corroborated")


def test_a_project_of_one_person_may_check_its_own_claims_and_says_so(
    event: Event, settings: Any, client: Client
) -> None:
    said = "checked by whoever wrote them"
    assert said not in client.get("/en/method/").text
    settings.FOUR_EYES = False
    ClaimFactory.create(event=event, written_by="ana", checked_by="ana")
    assert said in client.get("/en/method/").text
