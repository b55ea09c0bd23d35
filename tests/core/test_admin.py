"""The desk as a whole: every page of every kind in every language, who may see it, how it is searched."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cubaru.core.models import PastSlug, Record, Revision, Status
from events.models import Claim, Event
from people.models import Person
from tests.desk_forms import page_of
from tests.factories import (
    ClaimFactory,
    EventCitationFactory,
    EventFactory,
    OrganizationFactory,
    PersonFactory,
    PlaceFactory,
    SourceFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "es", "ru")
KINDS = [model for model in apps.get_models() if issubclass(model, Record)]
#: What a strict content security policy would block.
INLINE = "//*[@style or @onclick or starts-with(@href, 'javascript')] | //style | //script[not(@src)]"
EDITED = [*KINDS, Claim]
READ = [Revision, PastSlug]


def address(model: Any, view: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}", args=args)


def name_of(model: Any) -> str:
    return str(model._meta.model_name)


def test_every_kind_of_record_and_its_history_is_at_the_desk() -> None:
    assert {*EDITED, *READ} <= {*admin.site._registry}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", EDITED, ids=name_of)
@pytest.mark.parametrize("view", ["changelist", "add", "change", "delete", "history"])
def test_every_page_of_a_kind_answers_in_every_language(
    desk: Client, model: Any, view: str, language: str
) -> None:
    args = [model._base_manager.first().pk] if view in {"change", "delete", "history"} else []
    if view == "delete" and issubclass(model, Record):
        model._base_manager.filter(pk=args[0]).update(status="withdrawn")
    response = desk.get(address(model, view, *args), headers={"accept-language": language}, follow=True)
    assert response.status_code == 200
    page = page_of(response.content)
    assert page.get("lang") == language
    assert page.xpath(INLINE) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", READ, ids=name_of)
def test_the_history_is_read_and_never_written(desk: Client, model: Any, language: str) -> None:
    PastSlug.objects.get_or_create(kind="event", slug="once-upon-a-time", record_id=1)
    row = model._base_manager.first()
    headers = {"accept-language": language}
    assert desk.get(address(model, "changelist"), headers=headers).status_code == 200
    assert desk.get(address(model, "change", row.pk), headers=headers).status_code == 200
    assert desk.post(address(model, "change", row.pk), {}, headers=headers).status_code == 403
    assert desk.get(address(model, "add"), headers=headers).status_code == 403
    assert desk.post(address(model, "delete", row.pk), {"post": "yes"}, headers=headers).status_code == 403


@pytest.mark.parametrize("model", [*EDITED, *READ], ids=name_of)
def test_a_visitor_is_asked_to_sign_in(client: Client, model: Any) -> None:
    response = client.get(address(model, "changelist"))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("admin:login"))


@pytest.fixture
def staff(db: None) -> Any:
    return get_user_model().objects.create_user("assistant", password="a long pass phrase", is_staff=True)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("model", EDITED, ids=name_of)
def test_who_has_no_permission_is_refused(staff: Any, model: Any) -> None:
    client = signed_in(staff)
    first = model._base_manager.first().pk
    for view, args in [("changelist", []), ("add", []), ("change", [first]), ("delete", [first])]:
        assert client.get(address(model, view, *args)).status_code == 403


def test_who_may_only_look_sees_the_record_and_cannot_change_it(staff: Any) -> None:
    staff.user_permissions.add(Permission.objects.get(codename="view_event"))
    client = signed_in(staff)
    event = Event.objects.filter(claims__isnull=False).first()
    assert event is not None
    page = page_of(client.get(address(Event, "change", event.pk)).content)
    assert page.xpath("//*[@name='_save'] | //textarea") == []
    assert page.find_class("part-add") + page.find_class("part-delete") == []
    assert client.post(address(Event, "change", event.pk), {}).status_code == 403


def test_who_may_change_a_record_may_change_its_parts(staff: Any) -> None:
    staff.user_permissions.add(*Permission.objects.filter(codename__in=["view_event", "change_event"]))
    first = Event.objects.values_list("pk", flat=True)[0]
    page = page_of(signed_in(staff).get(address(Event, "change", first)).content)
    assert len(page.find_class("part-add")) > 5


def test_the_history_of_a_record_is_that_of_its_revisions(desk: Client) -> None:
    event = EventFactory.create()
    event.title_es = "Otro título"
    event.save()
    response = desk.get(address(Event, "history", event.pk))
    revisions = [line.revision for line in response.context["lines"]]
    assert [(revision.slug, revision.number) for revision in revisions] == [(event.slug, 2), (event.slug, 1)]


def test_who_may_see_a_record_sees_its_history(staff: Any) -> None:
    event = Event.objects.values_list("pk", flat=True)[0]
    assert signed_in(staff).get(address(Event, "history", event)).status_code == 403
    staff.user_permissions.add(Permission.objects.get(codename="view_event"))
    assert signed_in(staff).get(address(Event, "history", event)).status_code == 200


# The list pages ------------------------------------------------------------------------------------


def a_full_row(model: Any) -> None:
    """One more record, with whatever its list shows of others."""
    match name_of(model):
        case "event":
            EventCitationFactory.create(event=EventFactory.create())
        case "claim":
            ClaimFactory.create()
        case "person":
            PersonFactory.create()
        case "organization":
            OrganizationFactory.create(parent=OrganizationFactory.create())
        case "place":
            PlaceFactory.create(parent=PlaceFactory.create())
        case "theme":
            ThemeFactory.create()
        case "source":
            EventCitationFactory.create(source=SourceFactory.create())


@pytest.mark.parametrize("model", EDITED, ids=name_of)
def test_a_list_asks_the_database_no_more_for_more_rows(
    desk: Client, model: Any, empty_database: None
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(address(model, "changelist")).status_code == 200
        return len(captured)

    a_full_row(model)
    desk.get(address(model, "changelist"))
    few = queries()
    for _row in range(9):
        a_full_row(model)
    assert queries() <= few
    assert few <= 14


@pytest.mark.parametrize("model", EDITED, ids=name_of)
def test_every_filter_of_a_list_can_be_used(desk: Client, model: Any) -> None:
    page = page_of(desk.get(address(model, "changelist")).content)
    links = [link.get("href") for link in page.xpath("//*[@id='changelist-filter']//li/a")]
    assert len(links) > 5
    groups: dict[str, str] = {}
    for link in links:
        groups[link.partition("=")[0]] = link  # the last choice of each filter
    for link in groups.values():
        assert desk.get(address(model, "changelist") + link).status_code == 200


def test_a_filter_with_nonsense_does_not_break_the_list(desk: Client) -> None:
    for query in ("?date_decade=abc", "?date_decade=0", "?date_decade=99999", "?missing=de"):
        assert desk.get(address(Event, "changelist") + query).status_code in {200, 302}


def test_the_decade_filter_goes_by_the_earliest_day(desk: Client, empty_database: None) -> None:
    inside, _outside = (
        EventFactory.create(date="1962-10-16/1971"),
        EventFactory.create(date="1959/1962-10-28"),
    )
    undated = EventFactory.create(date="")
    assert listed(desk, "?date_decade=196") == [inside]
    assert listed(desk, "?date_decade=undated") == [undated]


def listed(desk: Client, query: str, model: Any = Event) -> list[Any]:
    response = desk.get(address(model, "changelist") + query)
    return list(response.context["cl"].result_list)


def test_a_list_shows_dates_as_readers_see_them(desk: Client, empty_database: None) -> None:
    EventFactory.create(date="1962-10-16/1962-10-28")
    for language, words in (("en", "16–28 October 1962"), ("ru", "16–28 октября 1962")):
        response = desk.get(address(Event, "changelist"), headers={"accept-language": language})
        assert words in response.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def test_a_list_says_which_language_a_record_lacks(desk: Client, empty_database: None) -> None:
    EventFactory.create(title_ru="")
    page = page_of(desk.get(address(Event, "changelist")).content)
    missing = [tag.get("title") for tag in page.find_class("tag-missing")]
    # The summary of a made event is in English only.
    assert missing == ["Spanish is missing: summary", "Russian is missing: title, summary"]
    assert listed(desk, "?missing=ru") == [Event.objects.get()]


# Choosing and searching ----------------------------------------------------------------------------


def choices(client: Client, source: Any, field: str, term: str, language: str = "en") -> list[dict[str, str]]:
    query = {
        "app_label": source._meta.app_label,
        "model_name": source._meta.model_name,
        "field_name": field,
        "term": term,
    }
    response = client.get(reverse("admin:autocomplete"), query, headers={"accept-language": language})
    assert response.status_code == 200
    return list(response.json()["results"])


SPELLINGS = [
    ("khrushchev", "jruschov"),
    ("khrushchev", "Jruschov"),
    ("khrushchev", "jrushchov"),
    ("khrushchev", "Хрущёв"),
    ("khrushchev", "Хрущев"),
    ("khrushchev", "хрущев"),
    ("khrushchev", "ХРУЩЁВ"),
    ("khrushchev", "khrushchev"),
    ("khrushchev", "KHRUSHCHEV nikita"),
    ("khrushchev", "Chruschtschow"),
    ("khrushchev", "Khrouchtchev"),
    ("khrushchev", "Chruscev"),
    ("khrushchev", "Kruschev"),
    ("khrushchev", "Хрущов"),
    ("khrushchev", "сергеевич хрущ"),
    ("mikoyan", "Mikoyán"),
    ("mikoyan", "микоян"),
]


@pytest.mark.parametrize(("slug", "typed"), SPELLINGS, ids=str)
def test_a_person_is_found_by_every_spelling(desk: Client, slug: str, typed: str) -> None:
    from events.models import Participation

    person = Person.objects.get(slug=slug)
    assert str(person.pk) in [choice["id"] for choice in choices(desk, Participation, "person", typed)]
    assert person in listed(desk, f"?q={typed}", Person)


def test_who_is_named_so_comes_before_whose_description_mentions_it(
    desk: Client, empty_database: None
) -> None:
    from events.models import Participation

    PersonFactory.create(slug="a", name_en="Sergo Mikoyan", description_en="Son of Arkhipov's colleague.")
    named = PersonFactory.create(slug="b", name_en="Vasily Arkhipov")
    assert choices(desk, Participation, "person", "arkhipov")[0]["id"] == str(named.pk)


@pytest.mark.parametrize(
    ("field", "term", "label"),
    [
        ("person", "khrushchev", "Nikita Khrushchev · Никита Хрущёв · 1894–1971"),
        ("organization", "Коммунистическая партия Сов", "Communist Party of the Soviet Union · Комм"),
        ("organization", "partido comunista de la union", "Советского Союза · party"),
    ],
)
def test_a_choice_says_enough_to_tell_it_from_others(desk: Client, field: str, term: str, label: str) -> None:
    from events.models import Participation

    assert any(label in choice["text"] for choice in choices(desk, Participation, field, term))


def test_a_choice_is_labelled_in_the_language_of_the_desk(desk: Client) -> None:
    from events.models import Participation

    (first, *_rest) = choices(desk, Participation, "person", "khrushchev", "ru")
    assert first["text"].startswith("Никита Хрущёв · Nikita Khrushchev")


def test_a_claim_is_found_by_its_words_in_any_spelling_and_by_its_event(
    desk: Client, empty_database: None
) -> None:
    event = EventFactory.create(title_en="The Missile Crisis")
    claim = ClaimFactory.create(event=event, statement_ru="Хрущёв обещал вывести ракеты.")
    for typed in ("хрущев РАКЕТЫ", "missile", "missile crisis ракеты"):
        assert listed(desk, f"?q={typed}", Claim) == [claim]
    assert listed(desk, "?q=бомбы", Claim) == []


@pytest.mark.parametrize("typed", ["zubrowka", "Зубровка", "ZUBR", "zubrowka sugar", '"treaty of sugar"'])
def test_drafts_are_found_by_curators_though_not_by_readers(desk: Client, typed: str) -> None:
    from events.models import EventRelation

    draft = EventFactory.create(
        title_en="The Zubrowka treaty of sugar", title_ru="Договор Зубровка", status=Status.DRAFT
    )
    claim = ClaimFactory.create(event=draft, statement_en="Sweet.")
    assert listed(desk, f"?q={typed}") == [draft]
    assert listed(desk, f"?q={typed}", Claim) == [claim]
    found = choices(desk, EventRelation, "to_event", typed)
    assert [choice["id"] for choice in found] == [str(draft.pk)]


@pytest.mark.parametrize("typed", ["x" * 501, "-castro", "(((("])
def test_a_search_that_cannot_be_read_is_refused_in_a_sentence(desk: Client, typed: str) -> None:
    answer = desk.get(f"{reverse('admin:people_person_changelist')}?q={typed}")
    assert answer.status_code == 200
    assert answer.context["cl"].result_count == 0
    assert [str(message)[-1] for message in answer.context["messages"]] == ["."]


# The frame -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "sign_in"), [("en", "Log in"), ("es", "Iniciar sesión"), ("ru", "Войти")]
)
def test_the_sign_in_page_speaks_the_visitors_language(client: Client, language: str, sign_in: str) -> None:
    response = client.get(reverse("admin:login"), headers={"accept-language": language})
    assert sign_in in response.content.decode()


def test_the_language_of_the_desk_is_kept_for_the_desk_only(desk: Client) -> None:
    response = desk.post(reverse("admin:language"), {"language": "ru", "next": reverse("admin:index")})
    assert response.status_code == 302
    assert response["Location"] == reverse("admin:index")
    assert response.cookies["django_language"]["path"] == reverse("admin:index")
    page = page_of(desk.get(reverse("admin:index")).content)
    assert page.get("lang") == "ru"


def test_the_language_form_leads_to_no_other_site(desk: Client) -> None:
    response = desk.post(reverse("admin:language"), {"language": "ru", "next": "https://elsewhere.example/"})
    assert "elsewhere" not in response["Location"]


def test_the_records_of_the_navigation_begin_with_events(desk: Client) -> None:
    page = page_of(desk.get(reverse("admin:index")).content)
    first = page.xpath("//*[@id='nav-sidebar']//*[contains(@class, 'app-records')]//th/a")[0]
    assert first.get("href") == address(Event, "changelist")


@pytest.fixture(autouse=True)
def _plain_language() -> Iterator[None]:
    """Other tests may have left a language behind in this thread."""
    from django.utils import translation

    with translation.override("en"):
        yield
