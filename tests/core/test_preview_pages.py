"""The preview: the page that readers would get, for curators only, kept by nobody."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import translation

from cubaru.core.documents import kinds, to_document
from cubaru.core.history import recording
from cubaru.core.models import Proposal, Status
from cubaru.core.proposals import propose
from tests import factories
from tests.core.test_workflow import member
from tests.databases import database_digest
from tests.desk_forms import filled, page_of

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


# What is typed, and what is proposed ---------------------------------------------------------------


def change_page(record: Any) -> str:
    return f"/admin/{record._meta.app_label}/{record._meta.model_name}/{record.pk}/change/"


@pytest.mark.parametrize("language", ["en", "es", "ru"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_typed_is_shown_as_its_page_and_nothing_is_saved(
    desk: Client, kind: str, language: str
) -> None:
    record = draft(kind)
    form = filled(desk.get(change_page(record)).content, _preview=language)
    # A source has its title in its own language; a translation helps those only who cannot read it.
    name = "title" if kind == "source" else f"{record.label_field}_{language}"
    form[name] = "Typed just now"
    before = database_digest()
    answer = desk.post(change_page(record), form)
    page = page_of(answer.content)
    assert answer.status_code == 200
    assert page.get("lang") == language
    assert "Typed just now" in page.xpath("//main")[0].text_content()
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert page.xpath("//*[@class='preview-banner']")
    assert database_digest() == before


def test_a_new_record_is_shown_before_it_is_saved(desk: Client) -> None:
    form = filled(desk.get("/admin/events/theme/add/").content, name_en="A theme to be", _preview="en")
    before = database_digest()
    answer = desk.post("/admin/events/theme/add/", form)
    assert "A theme to be" in page_of(answer.content).xpath("//h1")[0].text_content()
    assert database_digest() == before


def test_footnotes_of_what_is_typed_are_shown(desk: Client) -> None:
    event = draft("event")
    source = factories.SourceFactory.create(slug="a-dispatch", title="A dispatch from Havana")
    form = filled(desk.get(change_page(event)).content, body_en=f"So it was [@{source.slug}].", _preview="en")
    assert "A dispatch from Havana" in desk.post(change_page(event), form).text


def test_what_is_wrong_with_what_is_typed_is_said_instead_of_a_page(desk: Client) -> None:
    event = draft("event")
    form = filled(desk.get(change_page(event)).content, title_en="", title_es="", title_ru="", _preview="en")
    before = database_digest()
    page = page_of(desk.post(change_page(event), form).content)
    assert page.xpath("//*[@class='faults']//li")
    assert database_digest() == before


def test_a_form_has_a_button_of_preview_for_each_language(desk: Client) -> None:
    page = page_of(desk.get(change_page(draft("event"))).content)
    buttons = page.xpath("//button[@name='_preview']")
    assert [button.get("value") for button in buttons] == ["en", "es", "ru"]
    assert {button.get("formtarget") for button in buttons} == {"_blank"}


def test_a_contributor_previews_a_change_that_they_may_only_propose(client: Client) -> None:
    event = factories.EventFactory.create(title_en="As readers know it")
    client.force_login(member("contributor", "ana"), backend="django.contrib.auth.backends.ModelBackend")
    form = filled(client.get(change_page(event)).content, title_en="As it could be", _preview="en")
    assert "As it could be" in page_of(client.post(change_page(event), form).content).xpath("//h1")[0].text
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("language", ["en", "es", "ru"])
def test_a_proposal_is_shown_as_the_page_that_it_would_make(desk: Client, language: str) -> None:
    event = factories.EventFactory.create()
    wanted = to_document(event)
    wanted["title"] = dict.fromkeys(("en", "es", "ru"), "A proposed title")
    proposal = propose(event, wanted, by=None)
    before = database_digest()
    answer = desk.get(f"/admin/proposals/{proposal.pk}/preview/?language={language}")
    page = page_of(answer.content)
    assert page.get("lang") == language
    assert "A proposed title" in page.xpath("//h1")[0].text_content()
    assert page.xpath("//*[@class='preview-banner']//a/@href") == [f"/admin/proposals/{proposal.pk}/"]
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("private, no-store", "noindex, nofollow")
    assert database_digest() == before
    assert f"/admin/proposals/{proposal.pk}/preview/" in desk.get(f"/admin/proposals/{proposal.pk}/").text


def test_the_preview_of_a_proposal_is_for_who_may_see_it(client: Client) -> None:
    event = factories.EventFactory.create()
    proposal = propose(event, to_document(event) | {"importance": 2}, by=None)
    address = f"/admin/proposals/{proposal.pk}/preview/"
    assert client.get(address)["Location"].startswith("/admin/login/")
    user = get_user_model().objects.create_user("trainee", password="a long pass phrase", is_staff=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(address).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="view_event"))
    assert client.get(address).status_code == 200
    assert client.get("/admin/proposals/987/preview/").status_code == 404
