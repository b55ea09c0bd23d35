"""Corrections and class sets at the desk."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cubaru.core.roles import Role
from readers.models import ClassSet, ClassSetEvent, Correction, CorrectionStatus
from readers.subjects import find
from tests.core.test_workflow import member
from tests.desk_forms import filled
from tests.factories import ClaimFactory, EventFactory

pytestmark = pytest.mark.django_db

LIST = "/admin/readers/correction/"


def correction(**fields: Any) -> Correction:
    about = find("claim", "essay-c22")
    assert about is not None
    right = {
        "kind": "claim", "slug": "essay-c22", "seen": about.seen, "language": "es",
        "wrong": "Fue después.", "email": "ana@example.org",
    }  # fmt: skip
    return Correction.objects.create(**{**right, **fields})


def desk_of(role: str) -> Client:
    client = Client()
    client.force_login(member(role, "somebody"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_first_page_and_the_queue_count_what_waits(desk: Client) -> None:
    assert "corrections from readers" not in desk.get("/admin/review/").content.decode()
    correction()
    for page in ("/admin/", "/admin/review/"):
        html = desk.get(page).content.decode()
        assert f'href="{LIST}?status__exact=waiting"' in html, page
    assert "Fue después." in desk.get(f"{LIST}?status__exact=waiting").content.decode()


def test_contributors_are_told_nothing_of_them() -> None:
    client = desk_of(Role.CONTRIBUTOR)
    one = correction()
    assert "corrections from readers" not in client.get("/admin/").content.decode()
    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}{one.pk}/change/").status_code == 403


def test_the_form_shows_what_the_reader_saw_beside_the_live_text(desk: Client) -> None:
    event = EventFactory.create()
    claim = ClaimFactory.create(event=event, statement_en="Mikoyan came first.")
    event.save()
    about = find("claim", claim.slug)
    assert about is not None
    one = correction(slug=claim.slug, seen=about.seen, language="en")
    claim.statement_en = "Mikoyan came second."
    claim.save()
    html = desk.get(f"{LIST}{one.pk}/change/").content.decode()
    assert "Mikoyan came first." in html
    assert "Mikoyan came second." in html
    assert reverse("admin:events_event_change", args=[event.pk]) in html


@pytest.mark.parametrize("decision", ["accept", "decline"])
def test_an_editor_decides_with_an_answer(decision: str) -> None:
    client, one = desk_of(Role.EDITOR), correction()
    form = f"{LIST}{one.pk}/change/"
    answer = client.post(form, filled(client.get(form).content, decision=decision, answer="Según Szulc."))
    one.refresh_from_db()
    assert answer.status_code == 302
    assert one.status == {"accept": CorrectionStatus.ACCEPTED, "decline": CorrectionStatus.DECLINED}[decision]
    assert (one.answer, one.email) == ("Según Szulc.", "")
    assert str(one.answered_by) == "somebody"
    assert 'name="_save"' not in client.get(form).content.decode()


def test_a_decision_without_an_answer_is_none(desk: Client) -> None:
    one = correction()
    form = f"{LIST}{one.pk}/change/"
    html = desk.post(form, filled(desk.get(form).content, decision="accept", answer="")).content.decode()
    one.refresh_from_db()
    assert one.is_waiting
    assert "Fue después." in html


def test_email_addresses_are_deleted_by_an_action(desk: Client) -> None:
    one = correction()
    desk.post(LIST, {"action": "forget_addresses", "_selected_action": [one.pk]})
    one.refresh_from_db()
    assert one.email == ""
    assert one.is_waiting


def test_the_list_shows_no_email_address_and_searches_none(desk: Client) -> None:
    correction()
    assert "ana@example.org" not in desk.get(LIST).content.decode()
    assert "Fue después." not in desk.get(f"{LIST}?q=ana@example.org").content.decode()


def test_a_misused_set_is_deleted_with_its_events(desk: Client) -> None:
    one = ClassSet.objects.create(title="Set", language="en")
    ClassSetEvent.objects.create(class_set=one, position=1, slug="missile-crisis-1962")
    assert "missile-crisis-1962" in desk.get(f"/admin/readers/classset/{one.pk}/change/").content.decode()
    desk.post(f"/admin/readers/classset/{one.pk}/delete/", {"post": "yes"})
    assert not ClassSet.objects.exists()
    assert not ClassSetEvent.objects.exists()
