"""Editing events at the desk: one save is one revision, and what is wrong is said where it is."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from cubaru.core.documents import to_document
from cubaru.core.models import PastSlug, Revision, Status
from cubaru.core.workflow import submit
from events.models import Claim, Event
from tests.desk_forms import Form, added, filled, refusals
from tests.factories import (
    ClaimCitationFactory,
    ClaimFactory,
    EventCitationFactory,
    EventFactory,
    EventRelationFactory,
    OrganizationFactory,
    ParticipationFactory,
    PersonFactory,
    PlaceFactory,
    SourceFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db

LIST = reverse("admin:events_event_changelist")
ADD = reverse("admin:events_event_add")
WITHIN_CLAIM = ("citations", "event_links")


def form_of(event: Any) -> str:
    return reverse("admin:events_event_change", args=[event.pk])


def opened(desk: Client, event: Any, **changes: Any) -> Form:
    return filled(desk.get(form_of(event)).content, **changes)


def revisions_of(event: Any) -> list[Revision]:
    return list(Revision.objects.filter(kind="event", record_id=event.pk).order_by("number"))


def told(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.fixture
def event(db: None) -> Any:
    """An event with a part of each sort."""
    event = EventFactory.create(slug="a-visit", status=Status.DRAFT)
    ParticipationFactory.create(event=event, position=0)
    EventCitationFactory.create(event=event, position=0)
    claim = ClaimFactory.create(event=event, slug="a-claim")
    ClaimCitationFactory.create(claim=claim)
    return event


def test_a_save_with_parts_makes_one_revision_naming_who_and_why(
    desk: Client, curator: Any, event: Event
) -> None:
    form = opened(desk, event, title_en="Mikoyan opens an exhibition", why="The title was vague.")
    form = added(form, "participations", person=PersonFactory.create().pk, role="host")
    form = added(
        form, "citations", source=SourceFactory.create().pk, stance="supports", note_es="Lo muestra."
    )
    form = added(form, "theme_links", theme=ThemeFactory.create().pk)
    form = added(form, "place_links", place=PlaceFactory.create().pk)
    form = added(form, "relations", to_event=EventFactory.create().pk, relation="led_to")
    form = added(form, "names", text="Визит", language="ru", script="Cyrl", kind="native")
    form["claims-0-citations-0-locator"] = "p. 12"
    before = len(revisions_of(event))
    response = desk.post(form_of(event), form)
    assert response.status_code == 302, refusals(response.content)
    *_older, newest = revisions_of(event)
    assert len(revisions_of(event)) == before + 1
    assert (newest.saved_by, newest.why) == (curator, "The title was vague.")
    document = newest.document
    assert document["title"]["en"] == "Mikoyan opens an exhibition"
    assert [len(document[part]) for part in ("participants", "citations", "themes", "places", "names")] == [
        2,
        2,
        1,
        1,
        1,
    ]
    assert document["relations"][0]["relation"] == "led_to"
    assert document["claims"][0]["citations"][0]["locator"] == "p. 12"
    assert document["citations"][1]["note"] == {"es": "Lo muestra."}


def test_a_new_event_with_parts_makes_one_revision(desk: Client, curator: Any) -> None:
    form = filled(
        desk.get(ADD).content, title_en="Tamayo flies on Soyuz 38", date="1980-09-18/1980-09-26", why="New."
    )
    form = added(form, "participations", person=PersonFactory.create().pk, role="participant")
    form = added(
        form, "claims", WITHIN_CLAIM,
        statement_en="Tamayo was the first Latin American in space.", verdict="unverified",
    )  # fmt: skip
    response = desk.post(ADD, form)
    assert response.status_code == 302, refusals(response.content)
    event = Event.objects.get(slug="tamayo-flies-on-soyuz-38")
    (only,) = revisions_of(event)
    assert (only.saved_by, only.why) == (curator, "New.")
    assert only.document["claims"][0]["slug"] == "tamayo-was-the-first-latin-american-in-space"
    assert event.status == Status.DRAFT


def test_a_claim_with_its_citations_is_added_within_its_event(desk: Client, event: Any) -> None:
    source = SourceFactory.create()
    form = added(
        opened(desk, event), "claims", WITHIN_CLAIM,
        statement_ru="Утверждение.", slug="another-claim", verdict="imprecise",
    )  # fmt: skip
    form = added(form, "claims-1-citations", source=source.pk, stance="contradicts")
    form = added(form, "claims-1-event_links", event=EventFactory.create(slug="elsewhere").pk)
    response = desk.post(form_of(event), form)
    assert response.status_code == 302, refusals(response.content)
    claim = to_document(event)["claims"][1]
    assert claim["citations"] == [{"source": source.slug, "stance": "contradicts"}]
    assert claim["also_about"] == ["elsewhere"]


def test_a_claim_goes_with_its_citations(desk: Client, event: Any) -> None:
    claim = event.claims.get()
    response = desk.post(form_of(event), opened(desk, event) | {"claims-0-DELETE": "on"})
    assert response.status_code == 302, refusals(response.content)
    assert not Claim.objects.filter(slug="a-claim").exists()
    assert not claim.citations.exists()


def test_a_save_that_changes_nothing_leaves_no_trace(desk: Client, event: Any) -> None:
    document, before = to_document(event), len(revisions_of(event))
    assert desk.post(form_of(event), opened(desk, event, why="Just looking.")).status_code == 302
    event = Event.objects.get(pk=event.pk)
    assert (to_document(event), len(revisions_of(event))) == (document, before)


def test_every_event_of_the_corpus_survives_being_saved_as_it_is(desk: Client) -> None:
    largest = sorted(Revision.objects.filter(kind="event"), key=lambda revision: len(str(revision.document)))[
        -12:
    ]
    for revision in largest:
        event = Event.objects.get(pk=revision.record_id)
        response = desk.post(form_of(event), opened(desk, event))
        assert response.status_code == 302, refusals(response.content)
        assert to_document(Event.objects.get(pk=event.pk)) == revision.document


# Wrong entries -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("16 October 1962", "A date has no blanks"),
        ("1962-02-30", "30 February 1962 does not exist"),
        ("1962-10-28/1962-10-16", "is before the start"),
    ],
)
def test_a_bad_date_is_explained_at_the_field(desk: Client, event: Any, typed: str, sentence: str) -> None:
    response = desk.post(form_of(event), opened(desk, event, date=typed))
    assert response.status_code == 200
    assert sentence in str(response.context["adminform"].form.errors["date"])
    (refusal,) = refusals(response.content)
    assert sentence in refusal
    assert Event.objects.get(pk=event.pk).date == event.date


def test_a_bad_date_is_explained_in_the_curators_language(desk: Client, event: Any) -> None:
    response = desk.post(
        form_of(event), opened(desk, event, date="1962-10-28/1962-10-16"), headers={"accept-language": "ru"}
    )
    assert response.status_code == 200
    assert response.context["adminform"].form.errors["date"]


def test_an_event_needs_a_title_in_some_language(desk: Client, event: Any) -> None:
    nameless = {f"title_{language}": "" for language in ("en", "es", "ru")}
    response = desk.post(form_of(event), opened(desk, event, **nameless))
    assert refusals(response.content) == ["Title (English): Give it a name in at least one language."]
    in_russian = nameless | {"title_ru": "Только по-русски"}
    assert desk.post(form_of(event), opened(desk, event, **in_russian)).status_code == 302


def test_a_participant_is_either_a_person_or_an_organization(desk: Client, event: Any) -> None:
    form = added(opened(desk, event), "participations", role="host")
    assert refusals(desk.post(form_of(event), form).content) == [
        "Person: Choose either a person or an organization."
    ]
    form |= {
        "participations-1-person": PersonFactory.create().pk,
        "participations-1-organization": OrganizationFactory.create().pk,
    }
    assert len(refusals(desk.post(form_of(event), form).content)) == 1


def test_two_rows_that_say_the_same_are_refused_at_the_second(desk: Client, event: Any) -> None:
    person = PersonFactory.create().pk
    form = added(opened(desk, event), "participations", person=person, role="host")
    form = added(form, "participations", person=person, role="host")
    response = desk.post(form_of(event), form)
    assert refusals(response.content) == ["This person has this role here already."]
    assert event.participations.count() == 1


def test_an_event_is_not_related_to_itself(desk: Client, event: Any) -> None:
    form = added(opened(desk, event), "relations", to_event=event.pk, relation="led_to")
    assert refusals(desk.post(form_of(event), form).content) == [
        "Other event: An event cannot be related to itself."
    ]


def test_an_address_that_leads_elsewhere_is_refused_and_nothing_is_saved(desk: Client, event: Any) -> None:
    PastSlug.objects.create(kind="event", slug="taken", record_id=EventFactory.create().pk)
    before = len(revisions_of(event))
    form = opened(desk, event, slug="taken", title_en="A new title", why="Why not")
    form = added(form, "participations", person=PersonFactory.create().pk, role="host")
    response = desk.post(form_of(event), form)
    assert response.status_code == 200
    assert "taken" in str(response.context["adminform"].form.errors["slug"])
    assert told(response) == []
    event = Event.objects.get(pk=event.pk)
    assert (event.slug, event.title_en) == ("a-visit", "Mikoyan visits Havana")
    assert event.participations.count() == 1
    assert len(revisions_of(event)) == before
    # What was typed is still there, to be mended and sent again.
    again = filled(response.content, slug="free")
    assert (again["title_en"], again["why"]) == ("A new title", "Why not")
    assert desk.post(form_of(event), again).status_code == 302
    assert Event.objects.get(pk=event.pk).participations.count() == 2


def test_what_breaks_a_rule_over_the_whole_event_is_refused_in_words(
    desk: Client, event: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.core.exceptions import ValidationError

    from cubaru.core.documents import kind_named

    def too_much(document: Any) -> None:
        raise ValidationError(
            {"summary": "The summary says too much.", "claims": ["No claim is good enough."]}
        )

    monkeypatch.setattr(kind_named("event"), "rules", [too_much])
    response = desk.post(form_of(event), opened(desk, event, title_es="Otro"))
    assert refusals(response.content) == [
        "Summary (English): The summary says too much.",
        "No claim is good enough.",
    ]
    assert to_document(Event.objects.get(pk=event.pk))["title"] == to_document(event)["title"]


def test_a_long_quotation_is_refused_within_its_folded_row(desk: Client, event: Any) -> None:
    form = opened(desk, event) | {"citations-0-quotation": "word " * 51}
    response = desk.post(form_of(event), form)
    assert "51 words" in refusals(response.content)[0]
    assert b"<details open>" in response.content


# Order ---------------------------------------------------------------------------------------------


def test_new_parts_come_last_and_a_number_moves_a_part(desk: Client, event: Any) -> None:
    first = event.citations.get()
    second, third = (
        EventCitationFactory.create(event=event, position=1),
        EventCitationFactory.create(event=event, position=2),
    )
    form = added(opened(desk, event), "citations", source=SourceFactory.create().pk, stance="asserts")
    assert desk.post(form_of(event), form).status_code == 302
    new = event.citations.latest("pk")
    assert list(event.citations.all()) == [first, second, third, new]
    form = opened(desk, event) | {"citations-3-position": "0", "citations-0-position": "3"}
    assert desk.post(form_of(event), form).status_code == 302
    assert list(event.citations.all()) == [new, second, third, first]
    assert [citation.position for citation in event.citations.all()] == [0, 1, 2, 3]


# Publishing and deleting ---------------------------------------------------------------------------


def act(desk: Client, action: str, *events: Any, **more: Any) -> Any:
    return desk.post(LIST, {"action": action, "_selected_action": [event.pk for event in events], **more})


def test_publishing_from_the_list_goes_record_by_record_and_is_told(
    desk: Client, curator: Any, event: Event
) -> None:
    submit(event)
    other = EventFactory.create(status=Status.PUBLISHED, title_en="The other one")
    before = len(revisions_of(event))
    response = act(desk, "publish", event, other, post="yes")
    assert told(response) == [
        (
            "“The other one” was left as it is: “The other one” is now: published. "
            "This step is for: in review, withdrawn."
        ),
        "1 record was published.",
    ]
    assert Event.objects.get(pk=event.pk).status == Status.PUBLISHED
    *_older, newest = revisions_of(event)
    assert (len(revisions_of(event)), newest.saved_by) == (before + 1, curator)


def test_one_refused_record_keeps_no_other_from_being_published(
    desk: Client, event: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.core.exceptions import ValidationError

    from cubaru.core.documents import kind_named

    def not_this_one(document: Any) -> None:
        if (document["slug"], document["status"]) == ("a-visit", Status.PUBLISHED):
            raise ValidationError("It is half written.")

    monkeypatch.setattr(kind_named("event"), "rules", [not_this_one])
    submit(event)
    other = EventFactory.create(status=Status.IN_REVIEW)
    response = act(desk, "publish", event, other, post="yes")
    assert told(response) == [
        "“Mikoyan visits Havana” was left as it is: It is half written.",
        "1 record was published.",
    ]
    statuses = [Event.objects.get(pk=one.pk).status for one in (event, other)]
    assert statuses == [Status.IN_REVIEW, Status.PUBLISHED]


def test_a_published_event_cannot_be_deleted(desk: Client) -> None:
    event = EventFactory.create(title_en="The Missile Crisis")
    address = reverse("admin:events_event_delete", args=[event.pk])
    for response in (desk.get(address), desk.post(address, {"post": "yes"})):
        assert response.status_code == 302
        assert (
            told(response)[-1]
            == "“The Missile Crisis” is published, so it cannot be deleted: withdraw it instead."
        )
    response = act(desk, "delete_selected", event, post="yes")
    assert told(response)[-1:] == [
        "Nothing was deleted: 1 chosen record is published and can only be withdrawn."
    ]
    assert Event.objects.filter(pk=event.pk).exists()


def test_a_deleted_draft_leaves_its_last_document_with_who_and_why(
    desk: Client, curator: Any, event: Event
) -> None:
    document = to_document(event)
    address = reverse("admin:events_event_delete", args=[event.pk])
    assert b'name="why"' in desk.get(address).content
    assert desk.post(address, {"post": "yes", "why": "A double."}).status_code == 302
    newest = revisions_of(event)[-1]
    assert (newest.is_deletion, newest.saved_by, newest.why) == (True, curator, "A double.")
    assert newest.document == document


def test_drafts_are_deleted_from_the_list_after_a_question(desk: Client, event: Any) -> None:
    assert act(desk, "delete_selected", event).status_code == 200
    assert act(desk, "delete_selected", event, post="yes").status_code == 302
    assert not Event.objects.filter(pk=event.pk).exists()
    assert revisions_of(event)[-1].is_deletion


def test_what_others_lead_to_cannot_be_deleted_and_says_by_what(desk: Client, event: Any) -> None:
    EventRelationFactory.create(from_event=EventFactory.create(title_en="The other one"), to_event=event)
    response = desk.get(reverse("admin:events_event_delete", args=[event.pk]))
    assert "would require deleting the following protected related objects" in response.content.decode()


def test_only_a_published_event_has_a_page_to_look_at(desk: Client, event: Any) -> None:
    assert b"viewsitelink" not in desk.get(form_of(event)).content
    published = EventFactory.create()
    assert published.get_absolute_url().encode() in desk.get(form_of(published)).content


# The form ------------------------------------------------------------------------------------------


def test_the_form_shows_how_the_date_reads_in_three_languages(desk: Client) -> None:
    page = desk.get(form_of(EventFactory.create(date="1962-10-16/1962-10-28"))).content.decode()
    page = page.replace("\xa0", " ").replace("\u202f", " ")
    for words in (
        "16–28 October 1962",
        "del 16 al 28 de octubre de 1962",
        "16–28 октября 1962",
        "earliest 1962-10-16",
    ):
        assert words in page


def test_the_address_is_proposed_only_for_a_new_event(desk: Client, event: Any) -> None:
    assert b'data-prepopulated-fields="[]"' in desk.get(form_of(event)).content
    assert b"title_en" in desk.get(ADD).content.partition(b"data-prepopulated-fields")[2][:200]


def test_a_form_with_many_parts_asks_the_database_no_more(
    desk: Client, event: Any, django_assert_max_num_queries: Any
) -> None:
    def add_parts(positions: range) -> None:
        for position in positions:
            ParticipationFactory.create(event=event, position=position)
            EventCitationFactory.create(event=event, position=position)
            EventRelationFactory.create(from_event=event, position=position)

    add_parts(range(1, 2))
    desk.get(form_of(event))  # from now on it is known who has the form open
    # The rows of each part twice: which they are when the form opens, and what they say.
    with django_assert_max_num_queries(36) as with_one_of_each:
        assert desk.get(form_of(event)).status_code == 200
    add_parts(range(2, 9))
    with django_assert_max_num_queries(len(with_one_of_each)):
        assert desk.get(form_of(event)).status_code == 200


def test_a_claim_is_edited_in_its_own_form_and_kept_with_its_event(
    desk: Client, curator: Any, event: Event
) -> None:
    address = reverse("admin:events_claim_change", args=[Claim.objects.get(slug="a-claim").pk])
    before = len(revisions_of(event))
    form = filled(desk.get(address).content, statement_es="Una afirmación.", why="Translated.")
    response = desk.post(address, form)
    assert response.status_code == 302, refusals(response.content)
    *_older, newest = revisions_of(event)
    assert (len(revisions_of(event)), newest.saved_by, newest.why) == (before + 1, curator, "Translated.")
    assert newest.document["claims"][0]["statement"]["es"] == "Una afirmación."


def test_a_claim_is_about_either_an_event_or_a_person(desk: Client, event: Any) -> None:
    address = reverse("admin:events_claim_change", args=[Claim.objects.get(slug="a-claim").pk])
    response = desk.post(address, filled(desk.get(address).content, person=PersonFactory.create().pk))
    assert refusals(response.content) == ["Choose either an event or a person."]
