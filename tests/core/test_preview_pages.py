"""The preview: the page that readers would get, for curators only, kept by nobody."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import translation

from cubaru.core.documents import kinds
from cubaru.core.history import recording
from cubaru.core.models import Status
from tests import factories
from tests.desk_forms import page_of

pytestmark = pytest.mark.django_db

KINDS = [kind.name for kind in kinds()]


def address_of(record: Any, language: str = "") -> str:
    opts = record._meta
    query = f"?language={language}" if language else ""
    return f"/admin/{opts.app_label}/{opts.model_name}/{record.pk}/preview/{query}"


def draft(kind: str, **texts: Any) -> Any:
    factory = getattr(factories, f"{kind.title()}Factory")
    return factory.create(status=Status.DRAFT, **texts)


@pytest.mark.parametrize("language", ["en", "es", "ru"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_of_every_kind_is_shown_in_every_language(desk: Client, kind: str, language: str) -> None:
    record = draft(kind)
    answer = desk.get(address_of(record, language))
    page = page_of(answer.content)
    assert answer.status_code == 200
    assert page.get("lang") == language
    with translation.override(language):
        assert str(record.label) in page.xpath("//h1")[0].text_content()
    assert page.xpath("//*[@class='preview-banner']//a/@href") == [
        f"/admin/{record._meta.app_label}/{record._meta.model_name}/{record.pk}/change/"
    ]
    links = page.xpath("(//nav[@class='languages'])[1]//a/@href")
    assert links == [address_of(record, code) for code in ("en", "es", "ru")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_preview_is_kept_and_found_by_nobody(desk: Client, kind: str) -> None:
    answer = desk.get(address_of(draft(kind)))
    page = page_of(answer.content)
    assert answer["Cache-Control"] == "private, no-store"
    assert "noindex" in answer["X-Robots-Tag"]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex, nofollow"]
    assert page.xpath("//link[@rel='canonical'] | //link[@hreflang]") == []
    anchors = {link.removeprefix("#") for link in page.xpath("//a/@href") if link.startswith("#")}
    assert anchors <= set(page.xpath("//@id"))


@pytest.mark.parametrize("kind", KINDS)
def test_readers_find_no_preview_and_no_draft(client: Client, kind: str) -> None:
    record = draft(kind)
    assert client.get(address_of(record))["Location"].startswith("/admin/login/")
    assert client.get(record.get_absolute_url()).status_code == 404


def test_who_may_not_see_events_sees_no_preview_of_one(client: Client) -> None:
    user = get_user_model().objects.create_user("trainee", password="a long pass phrase", is_staff=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    event = draft("event")
    assert client.get(address_of(event)).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="view_event"))
    assert client.get(address_of(event)).status_code == 200


def test_a_preview_of_what_there_is_not_is_404(desk: Client) -> None:
    assert desk.get("/admin/events/event/987654321/preview/").status_code == 404


def test_the_preview_of_what_is_published_is_its_page(desk: Client, client: Client) -> None:
    event = factories.EventFactory.create(status=Status.PUBLISHED)
    shown, public = (
        page_of(answer.content).xpath("//main")[0].text_content().split()
        for answer in (desk.get(address_of(event)), Client().get(event.get_absolute_url()))
    )
    assert shown == public


def test_a_draft_shows_its_parts_but_not_what_leads_to_another_draft(desk: Client) -> None:
    with recording():
        event = draft("event", body_en="Half a [@narrative")
        factories.ParticipationFactory.create(event=event, person=draft("person", name_en="A hidden person"))
        known = factories.PersonFactory.create(name_en="A known person", status=Status.PUBLISHED)
        factories.ParticipationFactory.create(event=event, person=known)
    page = desk.get(address_of(event)).text
    assert "A known person" in page
    assert "Half a [@narrative" in page
    assert "A hidden person" not in page


def test_the_form_leads_to_the_preview(desk: Client) -> None:
    event = draft("event")
    page = page_of(desk.get(f"/admin/events/event/{event.pk}/change/").content)
    assert page.xpath("//a[@class='previewlink']/@href") == [address_of(event)]
