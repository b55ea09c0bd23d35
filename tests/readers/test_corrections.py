"""A reader's correction: from the link beside a statement to the list of those that were followed."""

import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from cubaru.core.models import Status
from events.models import Claim
from readers import tokens
from readers.deciding import accept, decline
from readers.models import Correction, CorrectionStatus, Subject
from readers.subjects import newest
from tests.core.test_workflow import member
from tests.factories import ClaimFactory, EventFactory
from tests.readers.conftest import send, token_of

pytestmark = pytest.mark.django_db

CLAIM = "/en/corrections/new/?claim=essay-c22"
WRONG = "He warned them after it."


def sent(client: Client, path: str = CLAIM, **fields: Any) -> Correction:
    answer = send(client, path, **{"wrong": WRONG, **fields})
    assert answer.status_code == 302, answer.content.decode()
    return Correction.objects.get(code=answer["Location"].strip("/").split("/")[-1])


def refused(answer: Any) -> str:
    """The sentences of a form that was not taken."""
    assert answer.status_code == 400
    page = answer.content.decode()
    found = re.search(r'<div class="notice notice--wrong".*?</div>', page, re.DOTALL)
    assert found is not None
    assert WRONG in page, "what was typed is lost"
    return found.group()


# The form -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["events/missile-crisis-1962", "claims/essay-c22", "people/mikoyan"])
def test_statements_and_records_lead_to_the_form(client: Client, page: str) -> None:
    links = re.findall(r'href="(/en/corrections/new/\?[^"]+)"', client.get(f"/en/{page}/").content.decode())
    assert links
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code == 200


def test_what_is_sent_is_tied_to_the_claim_and_the_edition_that_was_newest(client: Client) -> None:
    correction = sent(client, proposed="After.", source="Szulc, p. 5", credit="Ana", email="ana@example.org")
    assert (correction.kind, correction.slug, correction.language) == (Subject.CLAIM, "essay-c22", "en")
    assert correction.seen == newest(Claim.objects.get(slug="essay-c22").subject)
    assert correction.is_waiting


def test_the_edition_is_the_one_of_when_the_form_was_opened(client: Client) -> None:
    event = EventFactory.create()
    path = f"/ru/corrections/new/?event={event.slug}"
    token = token_of(client, path)
    event.title_en = "Mikoyan visits Cuba"
    event.save()
    client.post(path, {"token": token, "wrong": WRONG})
    correction = Correction.objects.get(slug=event.slug)
    assert correction.seen is not None
    assert correction.seen.edition == 1
    assert newest(event) != correction.seen
    assert correction.language == "ru"


def test_what_readers_do_not_see_has_no_form(client: Client) -> None:
    draft = EventFactory.create(status=Status.DRAFT)
    ClaimFactory.create(event=draft, slug="hidden-claim")
    for query in (f"event={draft.slug}", "claim=hidden-claim", "person=nobody", "page=//evil.example/"):
        assert client.get(f"/en/corrections/new/?{query}").status_code == 404, query


def test_without_a_subject_the_form_is_about_the_site(client: Client) -> None:
    assert sent(client, "/en/corrections/new/").slug == "/en/"
    assert sent(client, "/en/corrections/new/?page=/en/accessibility/").slug == "/en/accessibility/"


def test_the_sender_finds_the_answer_at_an_address_that_nobody_else_knows(client: Client) -> None:
    correction = sent(client, email="ana@example.org")
    address = correction.get_absolute_url()
    assert "ana@example.org" not in client.get(address).content.decode()
    decline(correction, by=member("editor", "boris"), answer="Szulc says before.")
    assert "Szulc says before." in client.get(address).content.decode()
    assert client.get("/en/corrections/abcdefghjk/").status_code == 404


def test_the_email_address_is_deleted_by_its_owner_or_with_the_answer(client: Client) -> None:
    first, second = (sent(client, wrong=f"{WRONG} {n}", email="ana@example.org") for n in range(2))
    client.post(first.get_absolute_url())
    accept(second, by=member("editor", "boris"), answer="Changed.")
    assert not Correction.objects.exclude(email="").exists()


# What keeps programs out --------------------------------------------------------------------------


def test_a_field_that_nobody_sees_gives_programs_away(client: Client) -> None:
    assert "leave it empty" in refused(send(client, CLAIM, wrong=WRONG, homepage="https://example.org"))


def test_too_quick_too_old_or_unsealed_is_sent_once_more(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "QUICKEST", 3)
    assert "quicker than a person" in refused(send(client, CLAIM, wrong=WRONG))
    monkeypatch.setattr(tokens, "OLDEST", -1)
    assert "open for too long" in refused(send(client, CLAIM, wrong=WRONG))
    assert "without its seal" in refused(send(client, CLAIM, wrong=WRONG, token="forged"))
    assert not Correction.objects.exists()


def test_a_token_of_another_form_seals_nothing(client: Client) -> None:
    token = token_of(client, "/en/sets/new/")
    assert "without its seal" in refused(send(client, CLAIM, wrong=WRONG, token=token))


@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}])
def test_another_site_cannot_have_its_visitors_send_it(client: Client, headers: dict[str, str]) -> None:
    assert "Another site" in refused(send(client, CLAIM, headers=headers, wrong=WRONG))


def test_the_browser_s_own_page_may_send_it(client: Client) -> None:
    headers = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
    assert send(client, CLAIM, headers=headers, wrong=WRONG).status_code == 302


def test_one_address_sends_so_many_an_hour_and_no_more(client: Client, settings: Any) -> None:
    settings.READER_FORMS_AN_HOUR = 2
    for number in range(2):
        sent(client, wrong=f"{WRONG} {number}")
    assert "again later" in refused(send(client, CLAIM, wrong=f"{WRONG} 3"))
    other = send(client, CLAIM, headers={"x-forwarded-for": "198.51.100.7"}, wrong=f"{WRONG} 4")
    assert other.status_code == 400, "whoever is behind no proxy of ours cannot claim another address"


def test_the_same_is_kept_once_however_it_is_spaced(client: Client) -> None:
    sent(client)
    assert "sent before" in refused(send(client, CLAIM, wrong=f"  {WRONG}"))
    assert Correction.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"wrong": WRONG, "source": "https://a.example " * 4}, "at most 3 links"),
        ({"wrong": WRONG, "credit": "www.example.org"}, "no link"),
        ({"wrong": WRONG, "email": "nobody"}, "email"),
        ({"wrong": WRONG + "x" * 2000}, "2000"),
    ],
)
def test_what_is_too_long_or_an_advertisement_is_refused_in_a_sentence(
    client: Client, fields: dict[str, Any], sentence: str
) -> None:
    assert sentence in refused(send(client, CLAIM, **fields))


def test_nothing_but_what_is_wrong_has_to_be_said(client: Client) -> None:
    answer = send(client, CLAIM, wrong=" ", proposed="After.")
    assert "Say what is wrong." in answer.content.decode()
    assert "After." in answer.content.decode()


# The answer ---------------------------------------------------------------------------------------


def test_accepted_ones_are_credited_with_what_changed(client: Client) -> None:
    event = EventFactory.create()
    correction = sent(client, f"/en/corrections/new/?event={event.slug}", credit="Ana Pérez")
    assert "Ana Pérez" not in client.get("/en/corrections/").content.decode()
    event.summary_en = "He opens the exhibition."
    event.save()
    accept(correction, by=member("editor", "boris"), answer="The summary is shorter.")
    page = client.get("/en/corrections/").content.decode()
    assert "Thanks to Ana Pérez" in page
    assert "The summary is shorter." in page
    assert f"/en/events/{event.slug}/editions/2/" in page
    assert "boris" not in page


def test_the_list_stays_when_its_subject_is_withdrawn(client: Client) -> None:
    event = EventFactory.create()
    correction = sent(client, f"/en/corrections/new/?event={event.slug}")
    accept(correction, by=member("editor", "boris"), answer="Changed.")
    event.status = Status.WITHDRAWN
    event.save()
    page = client.get("/en/corrections/").content.decode()
    assert event.slug in page
    assert f'href="/en/events/{event.slug}/"' not in page


@pytest.mark.parametrize("language", ["en", "es", "ru"])
def test_accepted_ones_are_a_feed(client: Client, language: str) -> None:
    correction = sent(client, credit="<Ana>")
    accept(correction, by=member("editor", "boris"), answer="<b>Changed</b>.")
    feed = ET.fromstring(client.get(f"/{language}/corrections/feed.atom").content)
    entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
    assert len(entries) == 1
    assert "&lt;b&gt;Changed" in "".join(entries[0].itertext())


def test_a_correction_is_answered_once_and_with_a_reason(client: Client) -> None:
    boris = member("editor", "boris")
    correction = sent(client)
    with pytest.raises(Exception, match="Say what was changed"):
        accept(correction, by=boris, answer=" ")
    decline(correction, by=boris, answer="No source.")
    with pytest.raises(Exception, match="answered already"):
        accept(correction, by=boris, answer="Yes.")


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("only_a_decided_correction_has_an_answer", {"answer": "Yes."}),
        ("only_a_decided_correction_has_an_answer", {"status": CorrectionStatus.ACCEPTED}),
        (
            "only_a_waiting_correction_keeps_an_email",
            {"status": "declined", "answer": "No.", "answered_at": timezone.now(), "email": "a@example.org"},
        ),
        ("correction_says_what_is_wrong", {"wrong": ""}),
        ("correction_is_about_something_known", {"kind": "planet"}),
        ("correction_of_a_record_names_its_edition", {"kind": Subject.EVENT}),
        ("correction_is_in_a_language_of_the_site", {"language": "de"}),
    ],
)
def test_the_database_keeps_the_rules(rule: str, fields: dict[str, Any]) -> None:
    right = {"kind": Subject.PAGE, "slug": "/en/", "language": "en", "wrong": WRONG}
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Correction.objects.create(**{**right, **fields})
