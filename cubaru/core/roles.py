"""Who may do what: roles are groups, their rights are Django's permissions, and everything asks `may`.

The tables here are the whole of it. `docs/roles.md` is written from them (`cubaru.core.roles_table`), and
each `migrate` gives the groups what stands here, so that a new model brings its rights with it.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.apps import apps as installed
from django.contrib import admin
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from cubaru.core.models import LedgerEntry, Part, Record, Revision, Status, Step


class Role(models.TextChoices):
    CONTRIBUTOR = "contributor", _("contributor")
    EDITOR = "editor", _("editor")
    ADMINISTRATOR = "administrator", _("administrator")


class Right(models.TextChoices):
    """What can be done to a record, or to a row of another model. The words are those of docs/roles.md."""

    VIEW = "view", "see it"
    ADD = "add", "add one"
    CHANGE = "change", "change it"
    DELETE = "delete", "delete it"
    PROPOSE = "propose", "propose a change to it"
    SUBMIT = "submit", "submit it for review"
    SEND_BACK = "send_back", "send it back"
    PUBLISH = "publish", "publish it"
    WITHDRAW = "withdraw", "withdraw it"
    ANSWER = "answer", "answer a proposal for it"
    MERGE = "merge", "merge it with another"
    IMPORT = "import", "import many"


class Scope(models.TextChoices):
    """The records to which a right extends."""

    ALL = "all", "yes"
    PUBLISHED = "published", "what is published"
    NOT_PUBLISHED = "not_published", "what is not published"
    DRAFTS = "drafts", "drafts"
    OWN_DRAFTS = "own_drafts", "drafts they began, if never published"
    OWN_IN_REVIEW = "own_in_review", "what they submitted themselves"


class Grant(NamedTuple):
    """Who has the permission has the right to the records of the scope."""

    permission: str
    scope: Scope = Scope.ALL


#: The permissions that records have beside Django's four.
MORE_PERMISSIONS = ("publish", "merge", "import")

#: For each right to a record the permissions that give it, the widest first.
RECORD_RIGHTS: Mapping[Right, tuple[Grant, ...]] = {
    Right.VIEW: (Grant("view"), Grant("change")),
    Right.ADD: (Grant("add"),),
    Right.CHANGE: (Grant("publish"), Grant("change", Scope.DRAFTS)),
    Right.DELETE: (Grant("publish", Scope.NOT_PUBLISHED), Grant("delete", Scope.OWN_DRAFTS)),
    Right.PROPOSE: (Grant("publish", Scope.PUBLISHED), Grant("change", Scope.PUBLISHED)),
    Right.SUBMIT: (Grant("publish", Scope.DRAFTS), Grant("change", Scope.DRAFTS)),
    Right.SEND_BACK: (Grant("publish"), Grant("change", Scope.OWN_IN_REVIEW)),
    Right.PUBLISH: (Grant("publish"),),
    Right.WITHDRAW: (Grant("publish"),),
    Right.ANSWER: (Grant("publish"),),
    Right.MERGE: (Grant("merge"),),
    Right.IMPORT: (Grant("import"),),
}

_WRITING = ("view", "add", "change", "delete")

#: The permissions of each role over every kind of record.
RECORD_PERMISSIONS: Mapping[Role, tuple[str, ...]] = {
    Role.CONTRIBUTOR: _WRITING,
    Role.EDITOR: (*_WRITING, *MORE_PERMISSIONS),
    Role.ADMINISTRATOR: (*_WRITING, *MORE_PERMISSIONS),
}

#: Parts with a list of their own (claims) are changed, or a change of them is proposed, with their record.
PART_RIGHTS: Mapping[Right, Right] = {
    Right.ADD: Right.CHANGE,
    Right.CHANGE: Right.CHANGE,
    Right.DELETE: Right.CHANGE,
    Right.PROPOSE: Right.PROPOSE,
}

Permissions = Mapping[Role, tuple[str, ...]]

READ_BY_ALL: Permissions = dict.fromkeys(Role, ("view",))
#: What is made once, and from then on only applied and undone.
MADE_BY_EDITORS: Permissions = {
    Role.CONTRIBUTOR: (),
    Role.EDITOR: ("view", "add"),
    Role.ADMINISTRATOR: ("view", "add"),
}
#: What readers sent: answered, or thrown away as rubbish.
ANSWERED_BY_EDITORS: Permissions = {
    Role.CONTRIBUTOR: (),
    Role.EDITOR: ("view", "change", "delete"),
    Role.ADMINISTRATOR: ("view", "change", "delete"),
}
#: What readers made and nobody changes: thrown away where it is misused.
LOOKED_AFTER_BY_EDITORS: Permissions = {
    Role.CONTRIBUTOR: (),
    Role.EDITOR: ("view", "delete"),
    Role.ADMINISTRATOR: ("view", "delete"),
}
#: What everybody makes for themselves; it is taken back, not changed.
MADE_BY_ALL: Permissions = dict.fromkeys(Role, ("view", "add"))
RUN_BY_ADMINISTRATORS: Permissions = {
    Role.CONTRIBUTOR: (),
    Role.EDITOR: (),
    Role.ADMINISTRATOR: _WRITING,
}
#: What programs write, and administrators look at.
SEEN_BY_ADMINISTRATORS: Permissions = {
    Role.CONTRIBUTOR: (),
    Role.EDITOR: (),
    Role.ADMINISTRATOR: ("view",),
}

#: All other models, by label. A model without a row here is for superusers only.
OTHER_PERMISSIONS: Mapping[str, Permissions] = {
    "core.revision": READ_BY_ALL,
    "core.pastslug": READ_BY_ALL,
    "core.ledgerentry": READ_BY_ALL,
    "core.changeset": MADE_BY_EDITORS,
    "core.step": READ_BY_ALL,
    "core.proposal": READ_BY_ALL,
    "clients.token": MADE_BY_ALL,
    "readers.correction": ANSWERED_BY_EDITORS,
    "readers.classset": LOOKED_AFTER_BY_EDITORS,
    "auth.user": RUN_BY_ADMINISTRATORS,
    "auth.group": RUN_BY_ADMINISTRATORS,
    "hooks.webhook": RUN_BY_ADMINISTRATORS,
    "hooks.delivery": SEEN_BY_ADMINISTRATORS,
}

User = AbstractBaseUser | AnonymousUser
Model = type[models.Model]


def may(user: User | None, right: str, target: models.Model | Model) -> bool:
    """Whether the user has the right to this record, part or other row.

    For a model it is whether there can be any row to which the user has it. What the status of a record
    allows at the moment is another question, which `cubaru.core.workflow` answers.
    Raises ValueError if there is no such right.
    """
    right = Right(right)
    if user is None or not user.is_active:
        return False
    model = target if isinstance(target, type) else type(target)
    row = None if isinstance(target, type) else target
    if issubclass(model, Record):
        assert row is None or isinstance(row, Record)
        return any(
            _has(user, grant.permission, model) and (row is None or _extends(grant.scope, user, row))
            for grant in RECORD_RIGHTS[right]
        )
    if issubclass(model, Part):
        assert row is None or isinstance(row, Part)
        return _may_part(user, right, model, row)
    if right == Right.VIEW:
        return _has(user, "view", model) or _has(user, "change", model)
    return right in _WRITING and _has(user, right, model)


def record_of(row: models.Model | None) -> Record | None:
    """The record itself, or the one that a part belongs to; None while that is not chosen yet."""
    while isinstance(row, Part):
        owner = next((name for name in row.owned_by if getattr(row, f"{name}_id") is not None), None)
        row = getattr(row, owner) if owner else None
    return row if isinstance(row, Record) else None


def permissions_of(role: Role, model: Model) -> tuple[str, ...]:
    """What the role's group is given for the model: the beginnings of codenames."""
    if issubclass(model, Record):
        return RECORD_PERMISSIONS[role]
    if issubclass(model, Part):
        return _WRITING if admin.site.is_registered(model) else ()
    return OTHER_PERMISSIONS.get(model._meta.label_lower, {}).get(role, ())


def keep_groups(app_config: Any, using: str, apps: Any = installed, **kwargs: Any) -> None:
    """After `migrate` and `flush`: gives the groups of the roles just what stands here for the app's models.

    `flush` says nothing of `apps`: then the models are those of now.
    """
    try:
        group_model, permission_model = (apps.get_model("auth", name) for name in ("Group", "Permission"))
        content_type_model = apps.get_model("contenttypes", "ContentType")
    except LookupError:  # on the way back to an empty database
        return
    own = list(app_config.get_models())
    for model in own:
        if issubclass(model, Record):
            content_type = content_type_model.objects.using(using).get(
                app_label=model._meta.app_label, model=model._meta.model_name
            )
            for name in MORE_PERMISSIONS:
                permission_model.objects.using(using).get_or_create(
                    codename=f"{name}_{model._meta.model_name}",
                    content_type=content_type,
                    defaults={"name": f"Can {name} {model._meta.verbose_name_raw}"},
                )
    permissions = permission_model.objects.using(using).filter(content_type__app_label=app_config.label)
    for role in Role:
        group, _created = group_model.objects.using(using).get_or_create(name=str(role))
        wanted = {f"{name}_{model._meta.model_name}" for model in own for name in permissions_of(role, model)}
        group.permissions.remove(*group.permissions.filter(pk__in=permissions).exclude(codename__in=wanted))
        group.permissions.add(*permissions.filter(codename__in=wanted))


def _has(user: User, permission: str, model: Model) -> bool:
    has_perm: Any = user.has_perm  # type: ignore[union-attr]
    return bool(has_perm(f"{model._meta.app_label}.{permission}_{model._meta.model_name}"))


def _may_part(user: User, right: Right, model: type[Part], part: Part | None) -> bool:
    if right == Right.VIEW:
        return _has(user, "view", model) or _has(user, "change", model)
    if right not in PART_RIGHTS:
        return False
    needed = "change" if right == Right.PROPOSE else str(right)
    if not _has(user, needed, model):
        return False
    record = record_of(part)
    return record is None or may(user, PART_RIGHTS[right], record)


def _extends(scope: Scope, user: User, record: Record) -> bool:
    match scope:
        case Scope.PUBLISHED:
            return record.status == Status.PUBLISHED
        case Scope.NOT_PUBLISHED:
            return record.status != Status.PUBLISHED
        case Scope.DRAFTS:
            return record.status == Status.DRAFT
        case Scope.OWN_DRAFTS:
            return record.status == Status.DRAFT and _began(user, record) and not _was_public(record)
        case Scope.OWN_IN_REVIEW:
            return record.status == Status.IN_REVIEW and _submitted(user, record)
        case Scope.ALL:
            return True


def _of(rows: type[models.Model], record: Record) -> "models.QuerySet[Any]":
    return rows._default_manager.filter(kind=record.record_kind, record_id=record.pk)


def _began(user: User, record: Record) -> bool:
    return _of(Revision, record).filter(number=1, saved_by=user.pk).exists()


def _was_public(record: Record) -> bool:
    return _of(LedgerEntry, record).exists()


def _submitted(user: User, record: Record) -> bool:
    last = _of(Step, record).filter(after=Status.IN_REVIEW).last()
    return last is not None and last.by_id == user.pk
