"""Proposals: what is proposed changes nothing for readers until somebody else has accepted it."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from cubaru.core.admin.proposal_form import key_of
from cubaru.core.documents import kind_named, to_document
from cubaru.core.history import recording
from cubaru.core.ledger import content_version
from cubaru.core.models import LedgerEntry, Proposal, Revision, Status
from cubaru.core.proposals import accept, decline, propose, prospect, take_back
from cubaru.core.roles import Role
from cubaru.core.wording_decisions import stale_places, state_of
from cubaru.core.workflow import WorkflowError
from events.models import Event
from tests.core.test_workflow import member
from tests.desk_forms import added, filled, page_of, refusals
from tests.factories import ClaimFactory, EventFactory, ParticipationFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(db: None) -> Any:
    return member(Role.CONTRIBUTOR, "ana")


@pytest.fixture
def boris(db: None) -> Any:
    return member(Role.EDITOR, "boris")


@pytest.fixture
def event(db: None) -> Any:
    event = EventFactory.create(slug="a-visit", title_en="Mikoyan visits Havana", title_es="", title_ru="")
    ParticipationFactory.create(event=event)
    return event


def desk_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def form_of(row: Any) -> str:
    return reverse(f"admin:events_{row._meta.model_name}_change", args=[row.pk])


def told(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def fresh(event: Any) -> Any:
    return Event.objects.get(pk=event.pk)


def proposed(event: Any, by: Any, note: str = "", **texts: dict[str, str]) -> Proposal:
    return propose(event, {**to_document(fresh(event)), **texts}, by=by, note=note)


def write(event: Any, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(event, name, value)
    event.save()


# At the form --------------------------------------------------------------------------------------


def test_what_a_contributor_saves_in_a_published_event_is_proposed_whole(ana: Any, event: Any) -> None:
    client, before, version = desk_of(ana), to_document(event), content_version()
    person = PersonFactory.create(slug="raul")
    version = content_version()
    form = filled(client.get(form_of(event)).content, title_en="Mikoyan opens a fair", note="See p. 3.")
    form = added(form, "participations", person=person.pk, role="host")
    response = client.post(form_of(event), form)
    proposal = Proposal.objects.get()
    assert response["Location"] == reverse("admin:proposal", args=[proposal.pk])
    assert (to_document(fresh(event)), content_version()) == (before, version)
    assert Revision.objects.filter(kind="event", record_id=event.pk).count() == proposal.base
    assert (proposal.author, proposal.note, proposal.state) == (ana, "See p. 3.", "waiting")
    assert proposal.document["title"] == {"en": "Mikoyan opens a fair"}
    assert proposal.document["participants"][-1] == {"person": "raul", "role": "host"}
    assert "is proposed" in told(response)[0]


def test_what_changes_nothing_is_not_proposed(ana: Any, event: Any) -> None:
    client = desk_of(ana)
    response = client.post(form_of(event), filled(client.get(form_of(event)).content))
    assert refusals(response.content) == ["Nothing differs from what is published."]
    assert not Proposal.objects.exists()


def test_what_is_wrong_is_said_at_the_form_and_nothing_is_proposed(
    ana: Any, event: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = desk_of(ana)
    form = filled(client.get(form_of(event)).content, title_en="")
    assert refusals(client.post(form_of(event), form).content) == [
        "Title (English): Give it a name in at least one language."
    ]

    def too_much(document: Any) -> None:
        raise ValidationError({"summary": "The summary says too much."})

    monkeypatch.setattr(kind_named("event"), "rules", [too_much])
    form = filled(client.get(form_of(event)).content, title_en="A fair")
    assert "The summary says too much." in refusals(client.post(form_of(event), form).content)[0]
    assert not Proposal.objects.exists()


def test_an_editor_may_propose_instead_of_saving(boris: Any, event: Any) -> None:
    client = desk_of(boris)
    form = filled(client.get(form_of(event)).content, title_en="A fair", _propose="Propose instead")
    client.post(form_of(event), form)
    assert Proposal.objects.get().author == boris
    assert fresh(event).title_en == "Mikoyan visits Havana"
    form = filled(client.get(form_of(event)).content, title_en="A fair")
    client.post(form_of(event), form)
    assert fresh(event).title_en == "A fair"


def test_a_claim_of_a_published_event_is_proposed_with_its_event(ana: Any, event: Any) -> None:
    claim, client = ClaimFactory.create(event=event, slug="a-claim"), desk_of(ana)
    form = filled(client.get(form_of(claim)).content, statement_es="Una afirmación.")
    client.post(form_of(claim), form)
    proposal = Proposal.objects.get()
    assert proposal.document["claims"][0]["statement"]["es"] == "Una afirmación."
    claim.refresh_from_db()
    assert claim.statement_es != "Una afirmación."


def test_a_claim_is_not_moved_between_two_records_by_who_may_not_change_both(ana: Any, event: Any) -> None:
    claim, client = ClaimFactory.create(event=event, slug="a-claim"), desk_of(ana)
    other = EventFactory.create()
    response = client.post(form_of(claim), filled(client.get(form_of(claim)).content, event=other.pk))
    assert "open its own form" in refusals(response.content)[0]
    claim.refresh_from_db()
    assert claim.event == event


def test_a_contributor_saves_a_draft_at_once(ana: Any) -> None:
    event, client = EventFactory.create(status=Status.DRAFT), desk_of(ana)
    client.post(form_of(event), filled(client.get(form_of(event)).content, title_en="A fair"))
    assert fresh(event).title_en == "A fair"
    assert not Proposal.objects.exists()


# Answers ------------------------------------------------------------------------------------------


def test_an_accepted_proposal_is_what_readers_get_and_the_ledger_names_both(
    ana: Any, boris: Any, event: Any
) -> None:
    proposal = proposed(event, ana, "The fair mattered more.", title={"en": "Mikoyan opens a fair"})
    accept(proposal, by=boris, answer="Thank you.")
    assert fresh(event).title_en == "Mikoyan opens a fair"
    entry = LedgerEntry.objects.latest("number")
    assert (entry.by, entry.why) == ("boris", "Proposed by ana: The fair mattered more.")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.answer, proposal.answered_by) == ("accepted", "Thank you.", boris)


def test_nobody_accepts_their_own_proposal_unless_they_work_alone(
    boris: Any, event: Any, settings: Any
) -> None:
    proposal = proposed(event, boris, title={"en": "A fair"})
    with pytest.raises(WorkflowError, match="yourself"):
        accept(proposal, by=boris)
    assert fresh(event).title_en == "Mikoyan visits Havana"
    settings.FOUR_EYES = False
    accept(proposal, by=boris)
    assert fresh(event).title_en == "A fair"


def test_a_contributor_answers_no_proposal(ana: Any, event: Any) -> None:
    proposal = proposed(event, member(Role.CONTRIBUTOR, "clara"), title={"en": "A fair"})
    with pytest.raises(PermissionDenied):
        accept(proposal, by=ana)
    with pytest.raises(PermissionDenied):
        decline(proposal, by=ana, answer="No.")
    with pytest.raises(PermissionDenied):
        take_back(proposal, by=ana)


def test_a_declined_proposal_changes_nothing_and_says_why(ana: Any, boris: Any, event: Any) -> None:
    proposal = proposed(event, ana, title={"en": "A fair"})
    with pytest.raises(WorkflowError, match="Tell the author why"):
        decline(proposal, by=boris, answer=" ")
    decline(proposal, by=boris, answer="No source says so.")
    assert fresh(event).title_en == "Mikoyan visits Havana"
    for again in (lambda: accept(proposal, by=boris), lambda: take_back(proposal, by=ana)):
        with pytest.raises(WorkflowError, match="answered already: declined"):
            again()


def test_what_has_changed_elsewhere_since_is_kept(ana: Any, boris: Any, event: Any) -> None:
    proposal = proposed(event, ana, title={"en": "A fair"})
    write(event, title_es="Una visita", summary_en="Two weeks in February.")
    accept(proposal, by=boris)
    assert (fresh(event).title_en, fresh(event).title_es) == ("A fair", "Una visita")
    assert fresh(event).summary_en == "Two weeks in February."


def test_where_both_changed_the_same_nothing_is_decided_by_itself(ana: Any, boris: Any, event: Any) -> None:
    proposal = proposed(event, ana, title={"en": "A fair"})
    write(event, title_en="A visit")
    with pytest.raises(WorkflowError, match="changed since, in the same places"):
        accept(proposal, by=boris)
    assert fresh(event).title_en == "A visit"
    assert [conflict.path for conflict in prospect(proposal).conflicts] == [("title", "en")]


def test_a_record_that_is_gone_cannot_be_changed(ana: Any, boris: Any, event: Any) -> None:
    proposal = proposed(event, ana, title={"en": "A fair"})
    event.delete()
    with pytest.raises(WorkflowError, match="no longer there"):
        accept(proposal, by=boris)
    page = desk_of(boris).get(reverse("admin:proposal", args=[proposal.pk])).content.decode()
    assert "no longer there" in page
    assert "A fair" in page


def test_a_proposal_follows_a_record_that_got_a_new_address(ana: Any, boris: Any, event: Any) -> None:
    person = event.participations.get().person
    proposal = proposed(event, ana, title={"en": "A fair"})
    with recording():
        person.slug = "anastas"
        person.save()
        write(event, slug="a-fair")
    accept(proposal, by=boris)
    assert (fresh(event).title_en, fresh(event).slug) == ("A fair", "a-fair")
    assert to_document(fresh(event))["participants"][0]["person"] == "anastas"


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_only_what_is_published_is_proposed_to(ana: Any, status: str) -> None:
    event = EventFactory.create(status=status)
    with pytest.raises(WorkflowError, match="is not published"):
        proposed(event, ana, title={"en": "A fair"})


# The page of a proposal ---------------------------------------------------------------------------


def post(user: Any, proposal: Proposal, button: str, *, without: str = "", **fields: str) -> Any:
    """Presses a button on the page of the proposal, as its form stands but for these fields."""
    client, url = desk_of(user), reverse("admin:proposal", args=[proposal.pk])
    (form,) = [form for form in page_of(client.get(url).content).forms if form.get("id") == "proposal-form"]
    typed = {name: value or "" for name, value in form.form_values()}
    typed.pop(without, None)
    return client.post(url, typed | fields | {button: "yes"})


def test_an_editor_takes_a_part_of_it_and_puts_a_text_in_other_words(
    ana: Any, boris: Any, event: Any
) -> None:
    proposal = proposed(
        event, ana, title={"en": "A fair", "es": "Una feria"}, summary={"en": "Too long a summary."}
    )
    english, summary = key_of(("title", "en")), key_of(("summary", "en"))
    post(
        boris, proposal, "_accept", without=f"take-{summary}", answer="Shorter.",
        **{f"text-{english}": "A trade fair"},
    )  # fmt: skip
    after = fresh(event)
    assert (after.title_en, after.title_es) == ("A trade fair", "Una feria")
    assert after.summary_en == event.summary_en
    proposal.refresh_from_db()
    assert (proposal.state, proposal.answer) == ("changed", "Shorter.")
    assert proposal.document["title"]["en"] == "A fair"


def test_an_editor_who_takes_nothing_is_told_to_decline(ana: Any, boris: Any, event: Any) -> None:
    proposal = proposed(event, ana, title={"en": "A fair"})
    response = post(boris, proposal, "_accept", without=f"take-{key_of(('title', 'en'))}")
    assert "decline it instead" in response.content.decode()
    proposal.refresh_from_db()
    assert proposal.state == "waiting"


@pytest.mark.parametrize(("answer", "title"), [("now", "A visit"), ("proposed", "A fair")])
def test_an_editor_chooses_between_what_was_changed_twice(
    ana: Any, boris: Any, event: Any, answer: str, title: str
) -> None:
    proposal = proposed(event, ana, title={"en": "A fair", "es": "Una feria"})
    write(event, title_en="A visit")
    refused = post(boris, proposal, "_accept")
    assert "say which of the texts is to stand" in refused.content.decode()
    post(boris, proposal, "_accept", **{f"clash-{key_of(('title', 'en'))}": answer})
    assert (fresh(event).title_en, fresh(event).title_es) == (title, "Una feria")


def test_the_author_sees_the_answer_among_their_work(ana: Any, boris: Any, event: Any) -> None:
    accepted = proposed(event, ana, title={"en": "A fair"})
    declined = proposed(event, ana, summary={"en": "Otherwise."})
    taken_back = proposed(event, ana, summary={"en": "Nonsense."})
    mine = desk_of(ana).get(reverse("admin:my_work")).content.decode()
    assert mine.count(reverse("admin:proposal", args=[accepted.pk])) == 1
    post(boris, accepted, "_accept")
    post(boris, declined, "_decline", answer="No source says so.")
    post(ana, taken_back, "_take_back")
    mine = desk_of(ana).get(reverse("admin:my_work")).content.decode()
    for words in ("Accepted", "Declined", "No source says so.", "Taken back"):
        assert words in mine


def test_the_page_is_for_the_author_and_for_who_may_see_the_record(ana: Any, event: Any) -> None:
    proposal = proposed(event, ana, title={"en": "A fair"})
    address = reverse("admin:proposal", args=[proposal.pk])
    stranger = member(Role.CONTRIBUTOR, "stranger")
    stranger.groups.clear()
    assert desk_of(ana).get(address).status_code == 200
    assert desk_of(stranger).get(address).status_code == 403
    assert Client().get(address).status_code == 302


# The queue ----------------------------------------------------------------------------------------


def test_the_queue_shows_what_waits_the_longest_first_with_who_and_why(
    ana: Any, boris: Any, event: Any
) -> None:
    from cubaru.core.workflow import submit

    with recording(by=ana):
        draft = EventFactory.create(status=Status.DRAFT, title_en="A new event")
    submit(draft, by=ana, note="Please look.")
    proposed(event, ana, "A better title.", title={"en": "A fair"})
    page = page_of(desk_of(boris).get(reverse("admin:review_queue")).content)
    rows = [" ".join(row.text_content().split()) for row in page.xpath("//table//tbody/tr")]
    assert [("A new event" in row, "Please look." in row, "ana" in row) for row in rows] == [
        (True, True, True),
        (False, False, True),
    ]
    assert "A better title." in rows[1]
    assert page.xpath("//tbody//th/a/@href")[0] == form_of(draft)
    people = page_of(desk_of(boris).get(reverse("admin:review_queue") + "?kind=person").content)
    assert people.xpath("//table//tbody/tr") == []


def test_the_queue_is_for_editors(ana: Any) -> None:
    assert desk_of(ana).get(reverse("admin:review_queue")).status_code == 403
    assert reverse("admin:review_queue") not in desk_of(ana).get(reverse("admin:index")).content.decode()


def test_the_queue_asks_the_database_no_more_for_more_rows(
    ana: Any, boris: Any, event: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        EventFactory.create(status=Status.IN_REVIEW)
        proposed(event, ana, title={"en": f"Title {number}"})
    client = desk_of(boris)
    client.get(reverse("admin:review_queue"))
    with django_assert_max_num_queries(40):
        client.get(reverse("admin:review_queue"))


# Bulk actions -------------------------------------------------------------------------------------


def act(user: Any, action: str, *events: Any, **more: Any) -> Any:
    fields = {"action": action, "_selected_action": [event.pk for event in events], **more}
    return desk_of(user).post(reverse("admin:events_event_changelist"), fields)


def test_a_list_asks_before_it_publishes_and_says_what_it_refuses(boris: Any, event: Any) -> None:
    ready = EventFactory.create(status=Status.IN_REVIEW, title_en="Ready")
    with recording(by=boris):
        own = EventFactory.create(status=Status.IN_REVIEW, title_en="Own writing")
    asked = act(boris, "publish", ready, own, event)
    page = asked.content.decode()
    assert "Own writing: You wrote in “Own writing” yourself" in page
    assert "is now: published" in page
    assert fresh(ready).status == Status.IN_REVIEW
    response = act(boris, "publish", ready, own, event, post="yes", note="All checked.")
    assert told(response)[-1] == "1 record was published."
    assert len(told(response)) == 3
    assert [fresh(one).status for one in (ready, own)] == [Status.PUBLISHED, Status.IN_REVIEW]
    assert LedgerEntry.objects.latest("number").why == "All checked."


def test_a_list_withdraws_only_with_a_note(boris: Any, event: Any) -> None:
    asked = act(boris, "withdraw", event, post="yes", note=" ")
    assert "Say in a note why" in asked.content.decode()
    assert fresh(event).status == Status.PUBLISHED
    act(boris, "withdraw", event, post="yes", note="A forgery.")
    assert fresh(event).status == Status.WITHDRAWN


def test_a_contributor_is_offered_no_step_that_they_may_not_take(ana: Any, event: Any) -> None:
    page = page_of(desk_of(ana).get(reverse("admin:events_event_changelist")).content)
    assert {str(value) for value in page.xpath("//select[@name='action']/option/@value")} & {
        "submit", "send_back", "publish", "withdraw",
    } == {"submit", "send_back"}  # fmt: skip
    act(ana, "withdraw", event, post="yes", note="Mine is better.")
    assert fresh(event).status == Status.PUBLISHED


# A minor change ------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_minor", [True, False])
def test_a_minor_change_that_is_proposed_leaves_translations_as_they_are(
    ana: Any, boris: Any, is_minor: bool
) -> None:
    event = EventFactory.create(title_en="A visit", title_es="Una visita", title_ru="Визит")
    client = desk_of(ana)
    mark = {"minor": "on"} if is_minor else {}
    form = filled(client.get(form_of(event)).content, title_en="A visit,", **mark)
    client.post(form_of(event), form)
    proposal = Proposal.objects.get()
    assert proposal.minor == is_minor
    accept(proposal, by=boris)
    state = state_of(fresh(event))
    assert state is not None
    assert (("title", "es") in stale_places(state)) == (not is_minor)


@pytest.mark.parametrize("is_minor", [True, False])
def test_whoever_accepts_says_whether_the_change_is_minor(ana: Any, boris: Any, is_minor: bool) -> None:
    event = EventFactory.create(title_en="A visit", title_es="Una visita")
    proposal = propose(
        event,
        to_document(event) | {"title": {"en": "A fair", "es": "Una visita"}},
        by=ana,
        minor=not is_minor,
    )
    page = page_of(desk_of(boris).get(f"/admin/proposals/{proposal.pk}/").content)
    assert bool(page.xpath("//input[@name='minor']/@checked")) == (not is_minor)
    post(boris, proposal, "_accept", without="minor", **({"minor": "on"} if is_minor else {}))
    state = state_of(fresh(event))
    assert state is not None
    assert (("title", "es") in stale_places(state)) == (not is_minor)
