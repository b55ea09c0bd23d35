"""What a token sees beyond the public, and that no cache keeps it."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cubaru.core.documents import to_document
from cubaru.core.models import Status
from cubaru.core.roles import Role
from events.models import Event
from tests.clients.helpers import Program, program, theme
from tests.core.test_workflow import member
from tests.factories import EventFactory, ThemeFactory

pytestmark = pytest.mark.django_db

THEMES, SPORT = "/api/v1/themes/", "/api/v1/themes/sport/"


@pytest.fixture
def author(db: None) -> Program:
    return program(member(Role.CONTRIBUTOR, "ana"))


@pytest.fixture
def stranger(db: None) -> Program:
    """Somebody with a login, and no rights at all."""
    return program(get_user_model().objects.create_user("nobody"))


def slugs(answer: Any) -> set[str]:
    return {record["slug"] for record in answer.json()["results"]}


def test_a_draft_is_there_for_those_who_may_see_it_and_404_to_everybody_else(
    author: Program, stranger: Program
) -> None:
    author.post(THEMES, theme())
    assert "sport" in slugs(author.get(f"{THEMES}?page_size=100"))
    assert author.get(SPORT).json()["status"] == "draft"
    for other in (Client(), stranger):
        public = other.get(f"{THEMES}?page_size=100")
        assert "sport" not in slugs(public)
        assert public.json()["count"] == len(slugs(public))
        assert other.get(SPORT).status_code == 404
    assert stranger.get(f"{SPORT}document/").status_code == 404
    assert stranger.patch(SPORT, {}, if_match="*").status_code == 404
    for step in ("submit", "publish", "withdraw"):
        assert stranger.post(f"{SPORT}{step}/", if_match="*").status_code == 404


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
@pytest.mark.parametrize("page", ["", "?page_size=2"])
def test_counts_for_tokens_are_not_those_for_readers(author: Program, status: Status, page: str) -> None:
    before = Client().get(f"{THEMES}{page}").json()["count"]
    assert author.get(f"{THEMES}{page}").json()["count"] == before
    ThemeFactory.create(status=status)
    assert author.get(f"{THEMES}{page}").json()["count"] == before + 1
    assert Client().get(f"{THEMES}{page}").json()["count"] == before
    author.post(THEMES, theme())  # a draft, so no new content version
    assert author.get(f"{THEMES}{page}").json()["count"] == before + 2


@pytest.mark.parametrize(
    ("path", "status"),
    [(THEMES, 200), (f"{THEMES}diplomacy/", 200), (f"{THEMES}none/", 404), (f"{THEMES}?x=1", 400),
     (f"{THEMES}diplomacy/document/", 200), (f"{THEMES}?format=csv", 200)],
)  # fmt: skip
def test_no_cache_keeps_what_a_token_is_answered(author: Program, path: str, status: int) -> None:
    response = author.get(path)
    assert response.status_code == status
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Authorization" in response.headers["Vary"]


@pytest.mark.parametrize("path", [THEMES, f"{THEMES}diplomacy/"])
def test_what_the_public_is_answered_is_kept_but_not_for_tokens(path: str) -> None:
    response = Client().get(path)
    assert response.headers["Cache-Control"].startswith("public")
    assert response.headers["Vary"] == "Accept, Authorization"
    assert "status" not in response.json()


def test_writes_are_never_kept(author: Program) -> None:
    for response in (author.post(THEMES, theme()), author.post(THEMES, theme()), Client().post(THEMES)):
        assert response.headers["Cache-Control"] == "private, no-store"


def test_the_document_is_the_record_whole(author: Program) -> None:
    with_draft = EventFactory.create(status=Status.DRAFT)
    author.post(THEMES, theme())
    path = f"/api/v1/events/{with_draft.slug}/"
    author.patch(path, {"themes": ["sport"]}, if_match="*")
    response = author.get(f"{path}document/")
    assert response.json() == to_document(Event.objects.get(pk=with_draft.pk))
    assert response.json()["themes"] == ["sport"]
    assert response.headers["ETag"] == author.etag(path)
    # What readers will see of it leaves out what they do not see.
    assert author.get(path).json()["themes"] == []
    again = author.get(f"{path}document/", if_none_match=response.headers["ETag"])
    assert again.status_code == 304


def test_the_document_comes_back_as_it_went(author: Program) -> None:
    document = author.get("/api/v1/events/missile-crisis-1962/document/").json()
    answer = author.patch("/api/v1/events/missile-crisis-1962/", document, if_match="*")
    assert (answer.status_code, answer.json()) == (200, document)


def test_a_withdrawn_record_shows_its_present_state_to_tokens(author: Program) -> None:
    withdrawn = ThemeFactory.create()
    withdrawn.status = Status.WITHDRAWN
    withdrawn.save()
    path = f"/api/v1/themes/{withdrawn.slug}/"
    assert Client().get(path).status_code == 410
    assert author.get(path).json()["status"] == "withdrawn"


def test_seeing_more_asks_the_database_a_little_more(author: Program) -> None:
    """The token with its user, the rights of the user (twice two), and the state of the one record."""
    for path, most in ((f"{THEMES}", 2 + 6), ("/api/v1/events/missile-crisis-1962/", 7 + 8)):
        author.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert author.get(path).status_code == 200
        asked = [one for one in queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        assert len(asked) <= most, [one["sql"][:90] for one in asked]
