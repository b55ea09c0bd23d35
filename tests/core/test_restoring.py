"""Going back: a record as it was, wholly; deleted records come back; what is gone meanwhile is told."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from cubaru.core.documents import kind_named, to_document
from cubaru.core.history import recording
from cubaru.core.models import Revision, Status
from cubaru.core.restoring import RestoringError, as_it_can_be, deleted_records, restore
from cubaru.core.workflow import submit
from events.models import Event, EventImage
from people.models import Person
from tests.desk_forms import page_of
from tests.factories import (
    ClaimCitationFactory,
    ClaimFactory,
    EventCitationFactory,
    EventFactory,
    ParticipationFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(db: None) -> Any:
    """A draft with participants, citations, a claim and an image, made in one go."""
    with recording():
        event = EventFactory.create(slug="a-visit", status=Status.DRAFT, title_en="A visit")
        ParticipationFactory.create(event=event, person=PersonFactory.create(slug="guest"), position=0)
        ParticipationFactory.create(event=event, person=PersonFactory.create(slug="host"), position=1)
        EventCitationFactory.create(event=event)
        ClaimCitationFactory.create(claim=ClaimFactory.create(event=event, slug="a-claim"))
        images: Any = EventImage.objects
        images.create(
            event=event, file="images/never-stored.png", sha256="a" * 64, width=4, height=4, credit="TASS",
            licence="Public domain", alt_en="Two men on a platform",
        )  # fmt: skip
    return event


@pytest.fixture
def stored_image(event: Any) -> Any:
    name = default_storage.save("images/never-stored.png", ContentFile(b"an image"))
    yield name
    default_storage.delete(name)


@pytest.fixture
def contributor(db: None) -> Any:
    user = get_user_model().objects.create_user("student", password="a pass phrase", is_staff=True)
    user.groups.add(Group.objects.get(name="contributor"))
    return user


def retitle(event: Any, title: str) -> None:
    fresh: Any = Event.objects.get(pk=event.pk)
    fresh.title_en = title
    fresh.save()


def revisions(event: Any) -> list[Revision]:
    return list(Revision.objects.filter(kind="event", record_id=event.pk).order_by("number"))


def document(event: Any) -> Any:
    return to_document(Event.objects.get(pk=event.pk))


def page(view: str, *args: Any) -> str:
    return reverse(f"admin:events_event_{view}", args=args)


def text_of(response: Any) -> str:
    return " ".join(page_of(response.content).text_content().split())


def told(response: Any) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_a_record_goes_back_whole_as_a_new_revision(curator: Any, event: Any, stored_image: str) -> None:
    before = document(event)
    with recording():
        event.participations.all().delete()
        event.citations.all().delete()
        event.images.all().delete()
        event.claims.all().delete()
        retitle(event, "Something else")
    restored = restore(revisions(event)[0], by=curator, why="It was right before.")
    assert document(event) == before
    assert restored.losses == []
    *_older, newest = revisions(event)
    assert (newest.number, newest.saved_by, newest.why) == (3, curator, "It was right before.")


def test_going_back_takes_no_step_of_the_workflow_back(curator: Any, event: Any, stored_image: str) -> None:
    retitle(event, "Something else")
    submit(event)
    restore(revisions(event)[0], by=curator)
    assert (document(event)["title"]["en"], document(event)["status"]) == ("A visit", "in_review")


def test_a_contributor_does_not_put_back_what_is_published(contributor: Any) -> None:
    event = EventFactory.create(title_en="A visit")
    retitle(event, "The visit")
    with pytest.raises(PermissionDenied):
        restore(revisions(event)[0], by=contributor)
    assert document(event)["title"]["en"] == "The visit"


def test_nobody_goes_back_over_a_save_they_have_not_seen(curator: Any, event: Any) -> None:
    for title in ("Second", "Third"):
        retitle(event, title)
    with pytest.raises(RestoringError, match="saved the record meanwhile"):
        restore(revisions(event)[0], by=curator, newest=2)
    assert document(event)["title"]["en"] == "Third"


def test_a_deleted_record_comes_back_with_all_its_parts(curator: Any, event: Any, stored_image: str) -> None:
    before, key = document(event), event.pk
    event.delete()
    (last,) = deleted_records(kind_named("event")).filter(record_id=key)
    restored = restore(last, by=curator, why="Deleted by mistake.")
    assert restored.record.pk == key
    assert to_document(restored.record) == before
    assert not deleted_records(kind_named("event")).filter(record_id=key).exists()


def test_a_published_record_that_was_deleted_comes_back_withdrawn(curator: Any) -> None:
    event = EventFactory.create()
    key = event.pk
    event.delete()
    assert restore(deleted_records(kind_named("event")).get(record_id=key), by=curator).record.status == (
        Status.WITHDRAWN
    )


def test_contributors_bring_back_only_what_they_deleted_themselves(curator: Any, contributor: Any) -> None:
    for deleter, may in ((contributor, True), (curator, False)):
        event = EventFactory.create(status=Status.DRAFT)
        key = event.pk
        with recording(by=deleter):
            event.delete()
        last = deleted_records(kind_named("event")).get(record_id=key)
        if may:
            assert restore(last, by=contributor).record.pk == key
        else:
            with pytest.raises(PermissionDenied):
                restore(last, by=contributor)


def test_what_is_gone_meanwhile_is_left_out_and_said_in_a_sentence(curator: Any, event: Any) -> None:
    key = event.pk
    event.delete()
    Person.objects.get(slug="guest").delete()
    restored = restore(deleted_records(kind_named("event")).get(record_id=key), by=curator)
    found = to_document(restored.record)
    assert [one["person"] for one in found["participants"]] == ["host"]
    assert "images" not in found
    assert restored.losses == [
        "“Anastas Mikoyan” (person) is no longer there, so what named it was left out.",
        "The file of the image “images/never-stored.png” is no longer there, so the image was left out.",
    ]


def test_related_records_are_found_by_the_address_they_have_now(event: Any) -> None:
    before = revisions(event)[0].document
    Person.objects.filter(slug="guest").update(slug="the-guest")
    wanted = as_it_can_be(kind_named("event"), before)
    assert [one["person"] for one in wanted.document["participants"]] == ["the-guest", "host"]
    assert wanted.losses == []


class TestPages:
    def test_the_history_says_who_when_why_and_which_steps(
        self, desk: Client, curator: Any, event: Any
    ) -> None:
        with recording(by=curator, why="A better title."):
            retitle(event, "The visit")
        submit(event, by=curator, note="Ready to be read.")
        said = text_of(desk.get(page("history", event.pk)))
        for words in ("historian", "A better title.", "draft → in review", "Ready to be read.", "made"):
            assert words in said

    def test_any_two_revisions_are_compared_with_words_marked(self, desk: Client, event: Any) -> None:
        with recording():
            retitle(event, "A long visit")
            event.participations.first().delete()
        compared = page_of(desk.get(page("history", event.pk), {"from": "2", "to": "1"}).content)
        assert [ins.text_content().strip() for ins in compared.xpath("//ins")] == ["added: long"]
        assert "Anastas Mikoyan" in " ".join(gone.text_content() for gone in compared.xpath("//del"))
        assert "There is no such revision" in told(
            desk.get(page("history", event.pk), {"from": "1", "to": "9"})
        )

    def test_a_revision_is_seen_and_gone_back_to(self, desk: Client, event: Any, stored_image: str) -> None:
        before = document(event)
        with recording():
            event.participations.all().delete()
        seen = desk.get(page("revision", event.pk, 1))
        assert "What going back would change" in text_of(seen)
        assert "participants" not in document(event)
        response = desk.post(page("revision", event.pk, 1), {"newest": "2", "why": "They did take part."})
        assert response.status_code == 302
        assert document(event) == before
        assert revisions(event)[-1].why == "They did take part."

    def test_a_save_in_between_stops_going_back(self, desk: Client, event: Any) -> None:
        for title in ("Second", "Third"):
            retitle(event, title)
        response = desk.post(page("revision", event.pk, 1), {"newest": "2", "why": "Back."})
        assert response.status_code == 200
        assert "saved the record meanwhile" in told(response)
        assert document(event)["title"]["en"] == "Third"

    def test_contributors_propose_to_go_back_where_it_is_published(self, contributor: Any) -> None:
        event = EventFactory.create(title_en="A visit")
        retitle(event, "The visit")
        client = Client()
        client.force_login(contributor)
        seen = text_of(client.get(page("revision", event.pk, 1)))
        assert "Go back to this state" not in seen
        assert client.post(page("revision", event.pk, 1), {"newest": "2", "why": "Back."}).status_code == 403
        response = client.post(page("revision", event.pk, 1), {"propose": "yes", "why": "It was better."})
        assert response.status_code == 302
        assert "/proposals/" in response.headers["Location"]
        assert document(event)["title"]["en"] == "The visit"

    def test_a_deleted_record_is_found_seen_and_brought_back(
        self, desk: Client, event: Any, stored_image: str
    ) -> None:
        before, key = document(event), event.pk
        desk.post(page("delete", key), {"post": "yes", "why": "A double."})
        for query in ("", "?kind=event"):
            assert "A double." in text_of(desk.get(reverse("admin:deleted") + query))
        assert "A double." not in text_of(desk.get(reverse("admin:deleted") + "?kind=person"))
        one = reverse("admin:deleted_record", args=["event", key])
        assert "Anastas Mikoyan" in text_of(desk.get(one))
        assert desk.post(one, {"why": "It was none."}).status_code == 302
        assert to_document(Event.objects.get(pk=key)) == before
        assert desk.get(one).headers["Location"] == page("change", key)

    def test_what_is_not_there_is_not_found(self, desk: Client, event: Any) -> None:
        assert desk.get(page("revision", event.pk, 99)).status_code == 404
        assert desk.get(page("revision", 0, 1)).status_code == 404
        assert desk.get(reverse("admin:deleted_record", args=["event", 0])).status_code == 404
        assert desk.get(reverse("admin:deleted_record", args=["ship", 1])).status_code == 404
