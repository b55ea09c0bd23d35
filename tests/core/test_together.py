"""Two curators at one record: whoever saves second loses nothing, and neither does whoever saved first."""

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from cubaru.core.documents import Document, apply_document, to_document
from cubaru.core.history import recording
from cubaru.core.models import OpenForm, Revision, Status
from cubaru.core.presence import EXPIRES
from events.models import Claim, Event
from tests.desk_forms import Form, added, filled, page_of, refusals
from tests.factories import (
    ClaimCitationFactory,
    ClaimFactory,
    EventCitationFactory,
    EventFactory,
    ParticipationFactory,
    PersonFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def other_desk(db: None) -> Client:
    """A second curator, signed in."""
    client = Client()
    user = get_user_model().objects.create_superuser("librarian", password="another pass phrase")
    client.force_login(user)
    return client


@pytest.fixture
def event(db: None) -> Any:
    """A draft with a part of each sort."""
    event = EventFactory.create(
        slug="a-visit", status=Status.DRAFT, title_en="A visit", title_es="Una visita"
    )
    ParticipationFactory.create(
        event=event, position=0, person=PersonFactory.create(slug="host"), role="host"
    )
    EventCitationFactory.create(event=event, position=0)
    ClaimCitationFactory.create(claim=ClaimFactory.create(event=event, slug="a-claim"))
    return event


def form_of(event: Any) -> str:
    return reverse("admin:events_event_change", args=[event.pk])


def opened(client: Client, event: Any, **changes: Any) -> Form:
    return filled(client.get(form_of(event)).content, **changes)


def document(event: Any) -> Document:
    return to_document(Event.objects.get(pk=event.pk))


def save(client: Client, event: Any, form: Form) -> Any:
    response = client.post(form_of(event), form)
    assert response.status_code == 302, refusals(response.content) or response.content.decode()
    return response


def told(response: Any) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def questions(response: Any) -> list[Any]:
    assert response.status_code == 200
    assert response.templates[0].name == "admin/conflicts.html", refusals(response.content)
    found: list[Any] = page_of(response.content).xpath("//fieldset[@class='question']")
    return found


def answered(response: Any, *choices: str, texts: tuple[str, ...] = (), **more: str) -> Form:
    """The page of questions with an answer to each, in order."""
    (form,) = [form for form in page_of(response.content).forms if form.get("id") == "meeting_form"]
    found: Form = {name: value or "" for name, value in form.form_values()}
    marks = [name.removeprefix("seen-") for name in found if name.startswith("seen-")]
    for mark, choice in zip(marks, choices, strict=True):
        found[f"choice-{mark}"] = choice
    for mark, text in zip(marks, texts, strict=False):
        found[f"text-{mark}"] = text
    return found | more


def test_fields_changed_by_two_curators_are_both_kept(desk: Client, other_desk: Client, event: Any) -> None:
    mine, theirs = (opened(client, event) for client in (desk, other_desk))
    save(other_desk, event, theirs | {"title_es": "La visita", "why": "The article."})
    response = save(desk, event, mine | {"title_en": "The visit"})
    assert "it was saved by librarian: both changes are kept." in told(response)
    assert document(event)["title"]["en"] == "The visit"
    assert document(event)["title"]["es"] == "La visita"
    newest = Revision.objects.filter(kind="event", record_id=event.pk).last()
    assert newest is not None
    assert newest.saved_by is not None
    assert newest.saved_by.get_username() == "historian"


def test_rows_that_two_curators_added_changed_and_deleted_are_put_together(
    desk: Client, other_desk: Client, event: Any
) -> None:
    guest, envoy = PersonFactory.create(slug="guest"), PersonFactory.create(slug="envoy")
    mine, theirs = (opened(client, event) for client in (desk, other_desk))
    theirs = added(theirs, "participations", person=guest.pk, role="visitor")
    save(other_desk, event, theirs | {"citations-0-DELETE": "on"})
    mine = added(mine, "participations", person=envoy.pk, role="negotiator")
    mine = added(mine, "theme_links", theme=ThemeFactory.create(slug="sugar-trade").pk)
    save(
        desk,
        event,
        mine | {"participations-0-note_en": "in his house", "claims-0-citations-0-locator": "p. 9"},
    )
    found = document(event)
    assert [one["person"] for one in found["participants"]] == ["host", "envoy", "guest"]
    assert found["participants"][0]["note"] == {"en": "in his house"}
    assert "citations" not in found
    assert found["claims"][0]["citations"][0]["locator"] == "p. 9"
    assert found["themes"] == ["sugar-trade"]


def test_a_row_that_was_deleted_meanwhile_is_asked_about_with_what_was_typed_in_it(
    desk: Client, other_desk: Client, event: Any
) -> None:
    mine, theirs = (opened(client, event) for client in (desk, other_desk))
    save(other_desk, event, theirs | {"participations-0-DELETE": "on"})
    page = desk.post(form_of(event), mine | {"participations-0-note_en": "in his house"})
    assert len(questions(page)) == 1
    assert "in his house" in page.content.decode()
    assert "participants" not in document(event)  # nothing is saved before it is answered
    save(desk, event, answered(page, "mine"))
    assert document(event)["participants"][0]["note"] == {"en": "in his house"}


@pytest.mark.parametrize(
    ("choice", "stands"),
    [("theirs", "The visit of 1960"), ("mine", "A state visit"), ("text", "The state visit of 1960")],
)
def test_a_text_changed_by_both_is_asked_about(
    desk: Client, other_desk: Client, event: Any, choice: str, stands: str
) -> None:
    mine, theirs = (opened(client, event) for client in (desk, other_desk))
    save(other_desk, event, theirs | {"title_en": "The visit of 1960"})
    page = desk.post(form_of(event), mine | {"title_en": "A state visit", "summary_en": "Ten days."})
    (question,) = questions(page)
    said = " ".join(question.text_content().split())
    for text in ("A visit", "The", "of 1960", "state"):
        assert text in said
    save(desk, event, answered(page, choice, texts=("The state visit of 1960",), why="Both were right."))
    assert document(event)["title"]["en"] == stands
    assert document(event)["summary"]["en"] == "Ten days."
    newest = Revision.objects.filter(kind="event", record_id=event.pk).last()
    assert newest is not None
    assert newest.why == "Both were right."


def test_a_third_save_in_between_is_asked_about_again_and_what_was_written_stays(
    desk: Client, other_desk: Client, event: Any
) -> None:
    mine, theirs = (opened(client, event) for client in (desk, other_desk))
    save(other_desk, event, theirs | {"title_en": "Second", "title_es": "Segunda"})
    page = desk.post(form_of(event), mine | {"title_en": "Mine", "title_es": "Mía"})
    answers = answered(page, "text", "mine", texts=("Mine and second", ""))
    save(other_desk, event, opened(other_desk, event, title_en="Third", title_ru="Третье"))
    page = desk.post(form_of(event), answers)
    first, second = questions(page)
    assert "Third" in first.text_content()
    assert "Mine and second" in first.text_content()
    assert first.xpath(".//input[@checked]") == []  # another text: another question
    assert [one.get("value") for one in second.xpath(".//input[@checked]")] == ["mine"]
    save(desk, event, answered(page, "text", "mine", texts=("All three", "")))
    assert document(event)["title"] == {"en": "All three", "es": "Mía", "ru": "Третье"}


def test_every_order_of_three_saves_keeps_all_three(desk: Client, event: Any) -> None:
    columns = {"title_en": "One", "title_es": "Dos", "title_ru": "Три"}
    before = document(event)
    for order in permutations(columns):
        with recording():
            apply_document(before, event)
        forms = {column: opened(desk, event, **{column: columns[column]}) for column in order}
        for column in order:
            save(desk, event, forms[column])
        assert document(event)["title"] == {"en": "One", "es": "Dos", "ru": "Три"}


STEPS = [("desk", "open"), ("desk", "save"), ("other_desk", "open"), ("other_desk", "save")]
INTERLEAVINGS = [
    order
    for order in permutations(STEPS)
    if all(order.index((name, "open")) < order.index((name, "save")) for name in ("desk", "other_desk"))
]


@pytest.mark.parametrize("order", INTERLEAVINGS, ids=str)
def test_every_interleaving_of_two_curators_keeps_both_texts_and_both_rows(
    desk: Client, other_desk: Client, event: Any, order: tuple[tuple[str, str], ...]
) -> None:
    columns = {"desk": {"title_en": "One"}, "other_desk": {"title_ru": "Другой"}}
    guests = {name: PersonFactory.create() for name in columns}
    forms: dict[str, Form] = {}
    for name, step in order:
        client = desk if name == "desk" else other_desk
        if step == "open":
            row = {"person": guests[name].pk, "role": "visitor"}
            forms[name] = added(opened(client, event, **columns[name]), "participations", **row)
        else:
            save(client, event, forms[name])
    found = document(event)
    assert (found["title"]["en"], found["title"]["ru"]) == ("One", "Другой")
    assert {one["person"] for one in found["participants"]} == {
        "host",
        *(guest.slug for guest in guests.values()),
    }


def test_what_is_saved_when_nobody_came_between_is_saved_as_ever(desk: Client, event: Any) -> None:
    response = save(desk, event, opened(desk, event, title_en="The visit"))
    assert "both changes" not in told(response)
    assert document(event)["title"]["en"] == "The visit"


def test_a_fault_in_the_form_is_told_and_the_form_still_belongs_to_where_it_was_opened(
    desk: Client, other_desk: Client, event: Any
) -> None:
    mine, theirs = (opened(client, event) for client in (desk, other_desk))
    save(other_desk, event, theirs | {"title_es": "La visita", "participations-0-DELETE": "on"})
    page = desk.post(form_of(event), mine | {"title_en": "The visit", "date": "1962-13"})
    assert page.status_code == 200
    assert refusals(page.content)
    assert document(event)["title"]["es"] == "La visita"
    save(desk, event, filled(page.content, date="1962-12"))
    assert document(event)["title"]["es"] == "La visita"
    assert document(event)["title"]["en"] == "The visit"
    assert document(event)["date"]["edtf"] == "1962-12"
    assert "participants" not in document(event)


def test_what_breaks_a_rule_only_together_is_told_at_the_form(
    desk: Client, other_desk: Client, event: Any
) -> None:
    guest = PersonFactory.create(slug="guest")
    ParticipationFactory.create(event=event, position=1, person=guest, role="visitor")
    mine, theirs = (opened(client, event) for client in (desk, other_desk))
    mine["participations-1-role"] = "host"
    save(other_desk, event, theirs | {"participations-1-person": str(event.participations.first().person_id),
                                      "participations-1-role": "visitor"})  # fmt: skip
    page = desk.post(form_of(event), mine)
    assert page.status_code == 200
    assert [one["role"] for one in document(event)["participants"]] == ["host", "visitor"]
    assert refusals(page.content)
    assert filled(page.content)["participations-1-role"] == "host"


def test_a_form_that_does_not_say_when_it_was_opened_is_not_saved_blindly(desk: Client, event: Any) -> None:
    for forged in ("", "x", "eyJraW5kIjoi:1:2"):
        page = desk.post(form_of(event), opened(desk, event, title_en="The visit", opened=forged))
        assert "does not say in what state" in refusals(page.content)[0]
        assert document(event)["title"]["en"] == "A visit"
    save(desk, event, filled(page.content))
    assert document(event)["title"]["en"] == "The visit"


def test_the_state_of_another_record_is_not_taken(desk: Client, event: Any) -> None:
    another = EventFactory.create(slug="another")
    form = opened(desk, event, opened=opened(desk, another)["opened"])
    assert "does not say in what state" in refusals(desk.post(form_of(event), form).content)[0]


class TestDeletedMeanwhile:
    def test_what_was_typed_is_shown_and_can_be_brought_back_with_the_record(
        self, desk: Client, other_desk: Client, event: Any
    ) -> None:
        mine = added(opened(desk, event, title_en="The visit"), "participations",
                     person=PersonFactory.create(slug="guest").pk, role="visitor")  # fmt: skip
        key = event.pk
        other_desk.post(reverse("admin:events_event_delete", args=[key]), {"post": "yes", "why": "A double."})
        assert not Event.objects.filter(pk=key).exists()
        page = desk.post(form_of(event), mine)
        assert questions(page) == []
        said = " ".join(page_of(page.content).text_content().split())
        for text in ("deleted by librarian", "A double.", "The visit"):
            assert text in said
        assert not Event.objects.filter(pk=key).exists()
        event.pk = key
        save(desk, event, answered(page, bring_back="yes"))
        found = document(event)
        assert found["title"]["en"] == "The visit"
        assert [one["person"] for one in found["participants"]] == ["host", "guest"]
        assert found["claims"][0]["citations"]

    def test_who_may_not_bring_it_back_is_told_so(self, other_desk: Client, event: Any) -> None:
        contributor = get_user_model().objects.create_user("student", password="a pass phrase", is_staff=True)
        contributor.groups.add(Group.objects.get(name="contributor"))
        client = Client()
        client.force_login(contributor)
        mine, key = opened(client, event, title_en="The visit"), event.pk
        other_desk.post(reverse("admin:events_event_delete", args=[key]), {"post": "yes"})
        event.pk = key
        page = client.post(form_of(event), mine)
        assert "The visit" in page.content.decode()
        assert "An editor can bring the record back" in page.content.decode()
        client.post(form_of(event), answered(page, bring_back="yes"))
        assert not Event.objects.filter(pk=key).exists()


def test_claims_with_a_form_of_their_own_are_saved_together_too(
    desk: Client, other_desk: Client, event: Any
) -> None:
    claim = Claim.objects.get(slug="a-claim")
    page = reverse("admin:events_claim_change", args=[claim.pk])
    mine = filled(desk.get(page).content, statement_en="So it was.")
    save(other_desk, event, opened(other_desk, event, **{"claims-0-statement_es": "Así fue."}))
    assert desk.post(page, mine).status_code == 302
    assert document(event)["claims"][0]["statement"]["en"] == "So it was."
    assert document(event)["claims"][0]["statement"]["es"] == "Así fue."


def test_the_browser_is_told_which_form_was_saved_and_only_then(
    desk: Client, other_desk: Client, event: Any
) -> None:
    mine, theirs = (opened(client, event) for client in (desk, other_desk))
    save(other_desk, event, theirs | {"title_en": "Theirs"})
    page = desk.post(form_of(event), mine | {"title_en": "Mine", "kept": "form-1"})
    assert "desk_saved" not in page.cookies
    response = save(desk, event, answered(page, "mine"))
    assert response.cookies["desk_saved"].value == "form-1"
    assert response.cookies["desk_saved"]["path"] == "/admin/"


class TestPresence:
    def test_who_else_has_the_record_open_is_said_above_its_form(
        self, desk: Client, other_desk: Client, event: Any
    ) -> None:
        assert "has this record open too" not in desk.get(form_of(event)).content.decode()
        assert "historian has this record open too." in other_desk.get(form_of(event)).content.decode()
        address = reverse("admin:presence", args=["event", event.pk])
        assert "librarian has this record open too." in desk.post(address).json()["others"]
        other_desk.post(address, {"leave": "1"})
        assert desk.post(address).json()["others"] == ""

    def test_expires(self, desk: Client, other_desk: Client, event: Any) -> None:
        desk.get(form_of(event))
        form = OpenForm.objects.get()
        OpenForm.objects.update(seen_at=form.seen_at - EXPIRES - timedelta(seconds=1))
        assert "has this record open too" not in other_desk.get(form_of(event)).content.decode()
        assert OpenForm.objects.count() == 1

    def test_is_for_those_signed_in_and_for_records(self, client: Client, desk: Client, event: Any) -> None:
        assert client.post(reverse("admin:presence", args=["event", event.pk])).status_code == 302
        assert desk.post(reverse("admin:presence", args=["ship", event.pk])).status_code == 404
        assert desk.get(reverse("admin:presence", args=["event", event.pk])).status_code == 405
