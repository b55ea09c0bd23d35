"""Every role, model and right: the table of docs/roles.md is what the code says and what the desk does."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from clients.models import Token
from clients.tokens import make_token
from cubaru.core.history import recording
from cubaru.core.models import ChangeSet, Part, PastSlug, Proposal, Record, Status, Step
from cubaru.core.roles import Right, Role, may, record_of
from cubaru.core.roles_table import governed, rows
from cubaru.core.workflow import submit
from events.models import Claim, Event, Theme
from hooks.models import Delivery, Webhook
from readers.models import ClassSet, Correction
from scripts.roles import PAGE, written
from tests.core.test_workflow import member
from tests.desk_forms import page_of
from tests.factories import (
    ClaimFactory,
    EventFactory,
    OrganizationFactory,
    PersonFactory,
    PlaceFactory,
    SourceFactory,
    ThemeFactory,
)
from tests.hooks.rows import a_delivery, webhook_to

pytestmark = pytest.mark.django_db

FACTORIES: dict[str, Any] = {
    "source": SourceFactory,
    "place": PlaceFactory,
    "organization": OrganizationFactory,
    "person": PersonFactory,
    "theme": ThemeFactory,
    "event": EventFactory,
}
RECORDS = [model for model in governed() if issubclass(model, Record)]
ROLES = [str(role) for role in Role]


def cells() -> dict[str, dict[str, dict[str, str]]]:
    """The tables as a reader of the page finds them: {model: {right: {role: cell}}}."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    tables = PAGE.read_text(encoding="utf-8").partition("<!-- tables -->")[2]
    for heading, table in re.findall(r"### (.+)\n\n((?:\|.*\n)+)", tables):
        lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
        head, _rule, *body = lines
        rights = {line[0]: dict(zip(head[1:], line[1:], strict=True)) for line in body}
        found |= {name.lower(): rights for name in heading.split(", ")}
    return found


def cell(model: Any, right: Right, role: str) -> str:
    table = cells()[str(model._meta.verbose_name_plural).lower()]
    return table.get(str(right.label), {}).get(role, "no")


def name_of(model: Any) -> str:
    return str(model._meta.model_name)


# The page -----------------------------------------------------------------------------------------


def test_the_page_on_roles_says_what_the_code_does() -> None:
    from cubaru.core.roles_table import as_markdown

    page = PAGE.read_text(encoding="utf-8")
    assert page == written(page, as_markdown()), "run: .venv/bin/python scripts/roles.py"


def test_every_model_at_the_desk_is_in_the_table() -> None:
    told = cells()
    for model in apps.get_models():
        if admin.site.is_registered(model):
            assert str(model._meta.verbose_name_plural).lower() in told
            assert any(scope for _right, scopes in rows(model) for scope in scopes.values()), (
                f"{model._meta.label} has no row in cubaru.core.roles"
            )


# `may` --------------------------------------------------------------------------------------------

#: The words of a cell, and of which of the records below they are true.
MEANS: dict[str, set[str]] = {
    "yes": {"own draft", "draft", "own in review", "in review", "published", "withdrawn"},
    "no": set(),
    "what is published": {"published"},
    "what is not published": {"own draft", "draft", "own in review", "in review", "withdrawn"},
    "drafts": {"own draft", "draft"},
    "drafts they began, if never published": {"own draft"},
    "what they submitted themselves": {"own in review"},
}


def each_state(factory: Any, user: Any) -> dict[str, Any]:
    """A record in every state that a right can depend on."""
    with recording(by=user):
        own_draft, submitted = factory.create(status=Status.DRAFT), factory.create(status=Status.DRAFT)
    submit(submitted, by=user)
    return {
        "own draft": own_draft,
        "draft": factory.create(status=Status.DRAFT),
        "own in review": submitted,
        "in review": factory.create(status=Status.IN_REVIEW),
        "published": factory.create(),
        "withdrawn": factory.create(status=Status.WITHDRAWN),
    }


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("model", RECORDS, ids=name_of)
def test_may_says_of_every_record_what_the_table_says(model: Any, role: str) -> None:
    user = member(role, "somebody")
    records = each_state(FACTORIES[model.record_kind], user)
    for right in Right:
        words = cell(model, right, role)
        assert may(user, right, model) == (words != "no"), right
        allowed = {state for state, record in records.items() if may(user, right, record)}
        assert allowed == MEANS[words], (right, words)


@pytest.mark.parametrize("role", ROLES)
def test_may_says_of_a_claim_what_it_says_of_its_record(role: str) -> None:
    user = member(role, "somebody")
    for state, event in each_state(EventFactory, user).items():
        claim = ClaimFactory.create(event=event)
        assert record_of(claim) == event
        for right in Right:
            assert may(user, right, claim) == (state in MEANS[cell(Claim, right, role)]), (right, state)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "model", [model for model in governed() if not issubclass(model, Record | Part)], ids=name_of
)
def test_may_says_of_every_other_model_what_the_table_says(model: Any, role: str) -> None:
    user = member(role, "somebody")
    for right in Right:
        assert may(user, right, model) == (cell(model, right, role) == "yes"), right


@pytest.mark.parametrize("model", governed(), ids=name_of)
def test_nobody_else_may_do_anything(model: Any) -> None:
    gone = member(Role.ADMINISTRATOR, "gone")
    gone.is_active = False
    nobody = get_user_model().objects.create_user("nobody", is_staff=True)
    for user in (None, AnonymousUser(), gone, nobody):
        for right in Right:
            assert not may(user, right, model)


def test_what_is_no_right_is_an_error(curator: Any) -> None:
    with pytest.raises(ValueError, match="eat"):
        may(curator, "eat", Event)


def test_rights_outside_of_roles_are_djangos_permissions() -> None:
    user = get_user_model().objects.create_user("guest", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_event"))
    assert may(user, Right.VIEW, Event)
    assert may(user, Right.CHANGE, EventFactory.create(status=Status.DRAFT))
    assert not may(user, Right.CHANGE, EventFactory.create())
    assert not may(user, Right.VIEW, Claim)


def test_a_draft_that_was_published_once_is_not_deleted_by_who_began_it() -> None:
    ana = member(Role.CONTRIBUTOR, "ana")
    with recording(by=ana):
        event = EventFactory.create(status=Status.PUBLISHED)
    event.status = Status.DRAFT
    event.save()
    assert not may(ana, Right.DELETE, event)


# The groups ---------------------------------------------------------------------------------------


def test_the_groups_have_what_stands_in_the_code_after_each_migrate() -> None:
    group = Group.objects.get(name=Role.EDITOR)
    before = set(group.permissions.values_list("codename", flat=True))
    assert {"publish_event", "merge_person", "import_source", "view_revision"} <= before
    assert "change_user" not in before
    group.permissions.remove(Permission.objects.get(codename="publish_event"))
    group.permissions.add(Permission.objects.get(codename="change_user"))
    Group.objects.get(name=Role.CONTRIBUTOR).delete()
    call_command("migrate", verbosity=0, interactive=False)
    assert set(group.permissions.values_list("codename", flat=True)) == before
    assert Group.objects.filter(name=Role.CONTRIBUTOR, permissions__codename="add_event").exists()


# The desk -----------------------------------------------------------------------------------------


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(model: Any, view: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{name_of(model)}_{view}", args=args)


def a_row(model: Any) -> Any:
    """Any row; one is made where there is none."""
    made: dict[Any, Callable[[], Any]] = {
        PastSlug: lambda: PastSlug.objects.create(kind="event", slug="former", record_id=1),
        Step: lambda: Step.objects.create(kind="event", record_id=1, before="draft", after="in_review"),
        Proposal: lambda: Proposal.objects.create(kind="event", record_id=1, base=1, document={}),
        ChangeSet: lambda: ChangeSet.objects.create(purpose="import", table="place", title="places.csv"),
        Correction: lambda: Correction.objects.create(kind="page", slug="/en/", language="en", wrong="All."),
        ClassSet: lambda: ClassSet.objects.create(title="A set", language="en"),
        Group: lambda: Group.objects.create(name="guests"),
        Webhook: webhook_to,
        Delivery: a_delivery,
        Token: lambda: make_token(get_user_model().objects.get(username="somebody"), name="a trial")[0],
        get_user_model(): lambda: get_user_model().objects.create_user("a-guest"),
    }
    return model._base_manager.order_by("pk").last() if model not in made else made[model]()


def buttons_of(client: Client, model: Any, record: Any) -> set[str]:
    """The names of the buttons that save the form of a record."""
    page = page_of(client.get(address(model, "change", record.pk)).content)
    row = page.find_class("submit-row")
    names = row[0].xpath(".//input[@type='submit']/@name") if row else []
    return {str(name) for name in names} & {"_save", "_continue", "_propose"}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("model", RECORDS, ids=name_of)
def test_the_desk_lets_a_role_do_with_records_what_the_table_says(model: Any, role: str) -> None:
    user = member(role, "somebody")
    client = signed_in(user)
    sees, adds = (cell(model, right, role) == "yes" for right in (Right.VIEW, Right.ADD))
    assert (client.get(address(model, "changelist")).status_code == 200) == sees
    assert (client.get(address(model, "add")).status_code == 200) == adds
    for state, record in each_state(FACTORIES[model.record_kind], user).items():
        for right, begins in STEPS.items():
            allowed = state in begins and state in MEANS[cell(model, right, role)]
            answer = client.get(address(model, "step", record.pk, right)).status_code
            assert answer == (200 if allowed or state not in begins else 403), (right, state)
        deletes = client.get(address(model, "delete", record.pk)).status_code == 200
        assert deletes == (state in MEANS[cell(model, Right.DELETE, role)]), state


#: The forms of themes are short, and all forms are made alike.
@pytest.mark.parametrize("role", ROLES)
def test_a_form_has_the_buttons_that_the_table_says(role: str) -> None:
    user = member(role, "somebody")
    client = signed_in(user)
    for state, record in each_state(ThemeFactory, user).items():
        changes, proposes = (
            state in MEANS[cell(Theme, right, role)] for right in (Right.CHANGE, Right.PROPOSE)
        )
        saving = {"_save", "_continue"} if changes else {"_save"} if proposes else set()
        both = {"_propose"} if changes and proposes else set()
        assert buttons_of(client, Theme, record) == saving | both, state


#: The states that each step begins in.
STEPS = {
    Right.SUBMIT: {"own draft", "draft"},
    Right.SEND_BACK: {"own in review", "in review", "withdrawn"},
    Right.PUBLISH: {"own in review", "in review", "withdrawn"},
    Right.WITHDRAW: {"published"},
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "model",
    [model for model in governed() if not issubclass(model, Record) and admin.site.is_registered(model)],
    ids=name_of,
)
def test_the_desk_lets_a_role_do_with_other_models_what_the_table_says(model: Any, role: str) -> None:
    client, row = signed_in(member(role, "somebody")), a_row(model)
    for right, view, args in (
        (Right.VIEW, "changelist", []),
        (Right.VIEW, "change", [row.pk]),
        (Right.ADD, "add", []),
        (Right.DELETE, "delete", [row.pk]),
    ):
        allowed = cell(model, right, role) != "no"
        if isinstance(row, Part):
            allowed = may(get_user_model().objects.get(username="somebody"), right, row if args else model)
        answer = client.get(address(model, view, *args)).status_code
        assert (answer == 200) == allowed, (right, view)
    changes = b'name="_save"' in client.get(address(model, "change", row.pk)).content
    assert changes == (cell(model, Right.CHANGE, role) != "no")


def test_an_administrator_cannot_make_a_superuser_or_change_one(curator: Any) -> None:
    client = signed_in(member(Role.ADMINISTRATOR, "olga"))
    user = get_user_model()
    page = client.get(address(user, "change", user.objects.get(username="olga").pk)).content.decode()
    assert 'name="is_superuser"' not in page
    assert 'name="user_permissions"' not in page
    assert b'name="_save"' not in client.get(address(user, "change", curator.pk)).content
    assert client.get(address(user, "delete", curator.pk)).status_code == 403
    assert client.get(reverse("admin:auth_user_password_change", args=[curator.pk])).status_code == 403


def test_the_groups_of_the_roles_are_not_changed_at_the_desk(desk: Client) -> None:
    group = Group.objects.get(name=Role.EDITOR)
    assert b'name="_save"' not in desk.get(address(Group, "change", group.pk)).content
    assert desk.get(address(Group, "delete", group.pk)).status_code == 403
