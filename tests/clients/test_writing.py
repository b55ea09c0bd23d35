"""Writing through the API: what comes of a request, and what it is refused for."""

from typing import Any

import pytest
from django.test import Client

from clients.models.token import Scope
from cubaru.core.models import LedgerEntry, Proposal, Revision, Status, Step
from cubaru.core.roles import Role
from events.models import Event, Theme
from tests.clients.helpers import Program, faults, program, theme
from tests.core.test_workflow import member
from tests.factories import EventFactory, PersonFactory, ThemeFactory

pytestmark = pytest.mark.django_db

THEMES, SPORT = "/api/v1/themes/", "/api/v1/themes/sport/"


@pytest.fixture
def author(db: None) -> Program:
    return program(member(Role.CONTRIBUTOR, "ana"))


@pytest.fixture
def editor(db: None) -> Program:
    return program(member(Role.EDITOR, "boris"))


def test_a_post_makes_a_draft(author: Program) -> None:
    response = author.post(f"{THEMES}?note=begun", theme())
    assert response.status_code == 201, response.content
    assert response.headers["Location"].endswith(SPORT)
    record = Theme.objects.get(slug="sport")
    assert (record.status, str(record)) == (Status.DRAFT, "Sport")
    revision = Revision.objects.get(kind="theme", record_id=record.pk)
    assert (revision.saved_by, revision.why) == (author.token.user, "begun")
    assert response.json() == revision.document
    assert response.headers["ETag"] == author.etag(SPORT) == f'"{record.pk}-1"'


def test_a_patch_changes_what_it_names_and_nothing_else(author: Program) -> None:
    author.post(THEMES, theme(description={"en": "Games."}))
    etag = author.etag(SPORT)
    patch = {"name": {"es": None, "ru": "Спорт"}, "description": None}
    response = author.patch(f"{SPORT}?note=translated", patch, if_match=etag)
    assert response.status_code == 200, response.content
    assert response.json()["name"] == {"en": "Sport", "ru": "Спорт"}
    assert "description" not in response.json()
    assert response.headers["ETag"] != etag
    assert Revision.objects.filter(kind="theme", slug="sport").last().why == "translated"  # type: ignore[union-attr]


def test_a_merge_patch_may_be_called_so(author: Program) -> None:
    author.post(THEMES, theme())
    response = author.browser.patch(
        SPORT,
        b'{"position": 7}',
        content_type="application/merge-patch+json",
        headers={"authorization": f"Bearer {author.secret}", "if-match": author.etag(SPORT)},
    )
    assert response.json()["position"] == 7
    other = author.browser.patch(
        SPORT, b"<a/>", content_type="application/xml", headers={"authorization": f"Bearer {author.secret}"}
    )
    assert other.status_code == 415


def test_a_patch_that_changes_nothing_keeps_the_state(author: Program) -> None:
    author.post(THEMES, theme())
    etag = author.etag(SPORT)
    assert author.patch(SPORT, {}, if_match=etag).headers["ETag"] == etag


def test_a_draft_can_be_deleted(author: Program) -> None:
    author.post(THEMES, theme())
    response = author.delete(f"{SPORT}?note=mistaken", if_match=author.etag(SPORT))
    assert (response.status_code, response.content) == (204, b"")
    assert author.get(SPORT).status_code == 404
    assert Revision.objects.get(kind="theme", slug="sport", is_deletion=True).why == "mistaken"


def test_what_others_name_cannot_be_deleted(author: Program) -> None:
    author.post(THEMES, theme())
    event = EventFactory.create(status=Status.DRAFT)
    event.theme_links.create(theme=Theme.objects.get(slug="sport"))
    response = author.delete(SPORT, if_match=author.etag(SPORT))
    assert response.status_code == 409
    assert Theme.objects.filter(slug="sport").exists()


def test_a_record_goes_its_way_by_three_steps(author: Program, editor: Program) -> None:
    author.post(THEMES, theme())
    submitted = author.post(f"{SPORT}submit/", {"note": "please"}, if_match=author.etag(SPORT))
    assert submitted.json()["status"] == Status.IN_REVIEW
    published = editor.post(f"{SPORT}publish/", {"note": "good"}, if_match=submitted.headers["ETag"])
    assert published.status_code == 200, published.content
    assert Client().get(SPORT).status_code == 200
    withdrawn = editor.post(f"{SPORT}withdraw/", {"note": "wrong"}, if_match=published.headers["ETag"])
    assert withdrawn.json()["status"] == Status.WITHDRAWN
    assert Client().get(SPORT).status_code == 410
    steps = Step.objects.filter(kind="theme", record_id=Theme.objects.get(slug="sport").pk)
    assert [(step.after, step.note, step.by.username) for step in steps] == [  # type: ignore[union-attr]
        ("in_review", "please", "ana"),
        ("published", "good", "boris"),
        ("withdrawn", "wrong", "boris"),
    ]
    entries = LedgerEntry.objects.filter(kind="theme", slug="sport").order_by("number")
    assert [(entry.action, entry.by, entry.why) for entry in entries] == [
        ("edition", "boris", "good"),
        ("withdrawal", "boris", "wrong"),
    ]


def test_nobody_publishes_their_own_writing(editor: Program) -> None:
    editor.post(THEMES, theme())
    submitted = editor.post(f"{SPORT}submit/", if_match=editor.etag(SPORT))
    response = editor.post(f"{SPORT}publish/", if_match=submitted.headers["ETag"])
    assert response.status_code == 409
    assert "somebody else" in response.json()["detail"]


def test_a_step_that_begins_elsewhere_is_409_and_one_without_its_note_too(editor: Program) -> None:
    published = ThemeFactory.create()
    path = f"/api/v1/themes/{published.slug}/"
    etag = editor.etag(path)
    assert editor.post(f"{path}submit/", if_match=etag).status_code == 409
    assert editor.post(f"{path}withdraw/", {"note": " "}, if_match=etag).status_code == 409


@pytest.mark.parametrize("body", [["note"], {"why": "x"}, {"note": 1}, {"note": "x" * 1001}])
def test_the_body_of_a_step_is_a_note(author: Program, body: Any) -> None:
    author.post(THEMES, theme())
    assert author.post(f"{SPORT}submit/", body, if_match="*").status_code == 422


# States -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["patch", "delete", "submit/", "publish/", "withdraw/"])
def test_what_changes_a_record_must_say_which_state_it_means(editor: Program, verb: str) -> None:
    editor.post(THEMES, theme())

    def ask(**headers: str) -> Any:
        if verb == "delete":
            return editor.delete(SPORT, **headers)
        if verb == "patch":
            return editor.patch(SPORT, {"position": 3}, **headers)
        return editor.post(SPORT + verb, {}, **headers)

    current = editor.etag(SPORT)
    assert ask().status_code == 428
    stale = ask(if_match='"1-99"')
    assert stale.status_code == 412
    assert stale.headers["ETag"] == current
    assert ask(if_match=f"W/{current}").status_code == 412
    assert ask(if_match=f'"other", {current}').status_code not in {412, 428}


def test_a_record_that_takes_the_slug_of_a_deleted_one_is_another(author: Program) -> None:
    author.post(THEMES, theme())
    first = author.etag(SPORT)
    author.delete(SPORT, if_match=first)
    author.post(THEMES, theme())
    assert author.patch(SPORT, {"position": 3}, if_match=first).status_code == 412


# Proposals ----------------------------------------------------------------------------------------


def test_what_a_contributor_changes_in_a_published_record_is_proposed(author: Program) -> None:
    published = ThemeFactory.create()
    path = f"/api/v1/themes/{published.slug}/"
    etag, name = author.etag(path), str(published)
    response = author.patch(f"{path}?note=better", {"name": {"en": "Other"}}, if_match=etag)
    assert response.status_code == 202, response.content
    proposal = Proposal.objects.get(pk=response.json()["proposal"])
    assert (proposal.author, proposal.note, proposal.record_id) == (author.token.user, "better", published.pk)
    assert response.json()["document"] == proposal.document
    assert proposal.document["name"]["en"] == "Other"
    assert author.etag(path) == etag
    published.refresh_from_db()
    assert str(published) == name


def test_a_proposal_is_checked_as_a_change_is(author: Program) -> None:
    person = PersonFactory.create()
    response = author.patch(f"/api/v1/people/{person.slug}/", {"names": [{"text": ""}]}, if_match="*")
    assert response.status_code == 422
    assert not Proposal.objects.exists()


def test_what_an_editor_changes_in_a_published_record_is_read_at_once(editor: Program) -> None:
    published = ThemeFactory.create()
    path = f"/api/v1/themes/{published.slug}/"
    assert editor.patch(path, {"name": {"en": "Other"}}, if_match=editor.etag(path)).status_code == 200
    assert Client().get(path).json()["name"]["en"] == "Other"


def test_without_the_scope_to_publish_an_editors_token_only_proposes(editor: Program) -> None:
    published = ThemeFactory.create()
    careful = program(editor.token.user, Scope.WRITE)
    response = careful.patch(f"/api/v1/themes/{published.slug}/", {"position": 9}, if_match="*")
    assert response.status_code == 202


# Faults -------------------------------------------------------------------------------------------


def test_all_faults_are_told_each_at_its_place(author: Program) -> None:
    body = {
        "slug": "",
        "status": "published",
        "title": {"en": "A", "fr": "B"},
        "date": {"edtf": "yesterday"},
        "importance": "high",
        "colour": "red",
        "themes": ["diplomacy", "nowhere"],
        "participants": [
            {"person": "castro-fidel", "role": "party"},
            {"person": "nobody", "role": 5},
        ],
        "claims": [{"slug": "x", "citations": [{"source": "no-source", "stance": "asserts"}]}],
    }
    response = author.post("/api/v1/events/", body)
    assert response.status_code == 422
    assert response.headers["Content-Type"] == "application/problem+json"
    assert set(faults(response)) >= {
        "/slug",
        "/status",
        "/title/fr",
        "/date/edtf",
        "/importance",
        "/colour",
        "/themes/1",
        "/participants/1/person",
        "/participants/1/role",
        "/claims/0/citations/0/source",
    }
    assert not Event.objects.filter(slug="").exists()


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (theme(status="published"), "/status"),
        (theme(record="event"), "/record"),
        (theme(slug="diplomacy"), "/slug"),
        (theme(slug="Not a slug"), "/slug"),
        ({**theme(), "slug": 5}, "/slug"),
        (theme(lane="x"), "/lane"),
        (theme(position=10**12), "/position"),
        ({"slug": "sport"}, "/name"),
        (theme(a=1), "/a"),
        (theme(name={"en": "\0"}), "/name/en"),
        ([], ""),
    ],
)
def test_a_body_that_is_not_valid_is_422(author: Program, body: Any, pointer: str) -> None:
    response = author.post(THEMES, body)
    assert response.status_code == 422, response.content
    assert pointer in faults(response), faults(response)
    assert not Theme.objects.filter(slug="sport").exists()


def test_a_rule_over_the_whole_record_is_told_where_it_is_broken(author: Program) -> None:
    claim = {"slug": "a-claim", "statement": {"en": "It was."}, "verdict": "corroborated"}
    response = author.post(
        "/api/v1/events/", {"slug": "an-event", "title": {"en": "An event"}, "claims": [claim]}
    )
    assert response.status_code == 422
    assert all(pointer.startswith("/claims") for pointer in faults(response)), faults(response)


def test_parameters_of_writes_are_strict(author: Program) -> None:
    response = author.post(f"{THEMES}?why=begun", theme())
    assert response.status_code == 400
    assert response.json()["errors"][0]["valid"] == ["format", "lang", "note"]


def test_sentences_are_in_the_language_asked_for(author: Program) -> None:
    assert author.post(f"{THEMES}?lang=ru", theme(lane="x")).headers["Content-Language"] == "ru"
