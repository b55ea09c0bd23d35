"""The first page of the desk: what waits, what needs a person, what was done, what one has in hand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cubaru.core import quality
from cubaru.core.admin.labels import joined
from cubaru.core.admin.likeness_pages import open_pairs, visible
from cubaru.core.admin.needs import list_of
from cubaru.core.admin.translation_matrix import Cell, cell_of, form_of, in_state
from cubaru.core.admin.workflow_pages import reviews_any
from cubaru.core.documents import kind_named, kinds
from cubaru.core.edition_links import edition_link
from cubaru.core.languages import LANGUAGES, best_of, current_language
from cubaru.core.models import Action, LedgerEntry, Revision, Status, TranslationState
from cubaru.core.quality import Check, PageCheck, Topic
from cubaru.core.reading import title_of_edition
from cubaru.core.reviewing import Waiting, queue
from cubaru.core.roles import Right, may

#: So many of what waits, was published or was written are named; a link leads to all.
NAMED: Final = 6


@dataclass(frozen=True)
class Figure:
    """A large number at the top, with the words under it and the page that lists as many."""

    count: int
    words: str
    url: str
    is_urgent: bool = False


@dataclass(frozen=True)
class Finding:
    count: int
    title: str
    advice: str
    url: str


@dataclass(frozen=True)
class Findings:
    """What a topic's checks found; `in_order` are those that found nothing."""

    title: str
    found: list[Finding]
    in_order: list[str]


@dataclass(frozen=True)
class WaitingRow:
    label: str
    about: str
    by: str
    days: int
    since: datetime
    languages: list[Cell]
    hindrance: str
    url: str


@dataclass(frozen=True)
class Published:
    label: Any
    edition: int
    kind: str
    why: str
    at: datetime
    url: str
    compare_url: str


@dataclass(frozen=True)
class Mine:
    label: str
    about: str
    at: datetime
    url: str


def dashboard(request: HttpRequest) -> dict[str, Any]:
    """All that the template shows beside what Django gives its first page."""
    user: Any = request.user
    state = quality.state_of_the_records()
    counted = quality.numbers(state)
    numbers: dict[str, int] = counted.value
    waiting = queue() if reviews_any(user) else None
    findings = list(_findings(user, state, numbers))
    return {
        "title": _("Today"),
        "figures": list(_figures(user, waiting, numbers)),
        "reviews": waiting is not None,
        "waiting": list(_waiting_rows(waiting[:NAMED])) if waiting else [],
        "more_waiting": max(0, len(waiting or []) - NAMED),
        "counted_at": None if counted.is_of_now else counted.at,
        "findings": [topic for topic in findings if topic.found],
        "in_order": [title for topic in findings for title in topic.in_order],
        "panels": [(panel, panel.shares(state), panel.url()) for panel in quality.panels()],
        "published": list(_published()),
        "mine": list(_mine(user)),
        "ways": list(_ways(user)),
    }


def _ways(user: Any) -> Iterator[tuple[str, str, bool]]:
    """What may be begun here: the word, the form, and whether it is the main one."""
    for name, is_main in (("source", False), ("event", True)):
        kind = kind_named(name)
        if may(user, Right.ADD, kind.model):
            options = kind.model._meta
            url = reverse(f"admin:{options.app_label}_{options.model_name}_add")
            yield _("Add: %(name)s") % {"name": options.verbose_name}, url, is_main


def _figures(user: Any, waiting: list[Waiting] | None, numbers: dict[str, int]) -> Iterator[Figure]:
    if waiting is not None:
        yield Figure(len(waiting), _("waiting for review"), reverse("admin:review_queue"), bool(waiting))
    for count, waits in quality.awaiting(user):
        if count:
            yield Figure(count, str(waits.title), waits.url(), is_urgent=True)
    yield Figure(my_drafts(user), _("drafts of mine"), reverse("admin:my_work"))
    for name in ("claims-unchecked", "events-on-one-source"):
        check = quality.check_named(name)
        if check is not None and may(user, Right.VIEW, check.model):
            yield Figure(numbers[name], str(check.title), list_of(check))


def my_drafts(user: Any) -> int:
    """How many drafts the user has written in."""
    written = Revision.objects.filter(
        kind=OuterRef("kind"), record_id=OuterRef("record_id"), saved_by=user.pk
    )
    drafts = TranslationState.objects.filter(status=Status.DRAFT, is_gone=False)
    return drafts.filter(Exists(written)).count()


def _findings(user: Any, state: str, numbers: dict[str, int]) -> Iterator[Findings]:
    for topic in Topic:
        found = []
        in_order = []
        for check in quality.in_topic(topic):
            count = _count(check, user, state, numbers)
            if count:
                url = list_of(check) if isinstance(check, Check) else check.url()
                found.append(Finding(count, str(check.title), str(check.advice), url))
            elif count == 0:
                in_order.append(str(check.title))
        yield Findings(str(topic.label), sorted(found, key=lambda one: -one.count), in_order)


def _count(check: Check | PageCheck, user: Any, state: str, numbers: dict[str, int]) -> int | None:
    if isinstance(check, Check):
        return numbers[check.name] if may(user, Right.VIEW, check.model) else None
    return check.count(user, state)


def _waiting_rows(waiting: Iterable[Waiting]) -> Iterator[WaitingRow]:
    some = list(waiting)
    states = {
        (state.kind, state.record_id): state
        for state in TranslationState.objects.filter(record_id__in=[one.record.pk for one in some])
    }
    for one in some:
        record = one.record
        state = states.get((record.record_kind, record.pk))
        cells = [cell_of(state, language) for language in LANGUAGES] if state else []
        lacking = [cell.name for cell in cells if cell.missing]
        stale = [cell.name for cell in cells if cell.stale]
        yield WaitingRow(
            label=str(record),
            about=_about(record) if one.proposal is None else joined(_about(record), _("a proposal")),
            by=one.by.get_full_name() or one.by.get_username() if one.by else "",
            days=(timezone.now() - one.since).days,
            since=one.since,
            languages=cells,
            hindrance=joined(
                _("missing: %(languages)s") % {"languages": ", ".join(lacking)} if lacking else "",
                _("stale: %(languages)s") % {"languages": ", ".join(stale)} if stale else "",
            ),
            url=(
                reverse("admin:proposal", args=[one.proposal.pk])
                if one.proposal is not None
                else form_of(kind_named(record.record_kind), record.pk)
            ),
        )


def _about(record: Any) -> str:
    """What kind of record it is, and what tells it apart."""
    known: Any = admin.site.get_model_admin(type(record))
    told = str(known.choice_label(record)).removeprefix(str(record)).strip(" ·")
    return joined(capfirst(str(record._meta.verbose_name)), told)


def _published() -> Iterator[Published]:
    """The newest editions."""
    newest = LedgerEntry.objects.filter(action=Action.EDITION).order_by("-number")[:NAMED]
    for entry in newest:
        kind = kind_named(entry.kind)
        link = edition_link(entry, reverse("edition-list", args=[kind.plural, entry.slug]))
        yield Published(
            title_of_edition(entry),
            link.number,
            capfirst(str(kind.model._meta.verbose_name)),
            entry.why,
            entry.at,
            link.url,
            link.compare_url,
        )


def _mine(user: Any) -> Iterator[Mine]:
    """The records that the user wrote last, each once."""
    seen: set[tuple[str, int]] = set()
    for revision in Revision.objects.filter(saved_by=user.pk).order_by("-pk")[: NAMED * 3]:
        key = (revision.kind, revision.record_id)
        if key in seen or revision.is_deletion or len(seen) == NAMED:
            continue
        seen.add(key)
        kind = kind_named(revision.kind)
        document = revision.document
        title = document.get(kind.model.label_field) or document.get("title") or revision.slug
        text = best_of(title, current_language()).text if isinstance(title, dict) else title
        status = Status(document["status"]).label
        about = joined(capfirst(str(kind.model._meta.verbose_name)), str(status))
        yield Mine(text, about, revision.saved_at, form_of(kind, revision.record_id))


# Checks with pages of their own -------------------------------------------------------------------


def _in_state(user: Any, state_of_translation: str) -> int | None:
    names = [kind.name for kind in kinds() if may(user, Right.VIEW, kind.model)]
    if not names:
        return None
    rows = TranslationState.objects.filter(is_gone=False, kind__in=names)
    return rows.filter(in_state(state_of_translation, LANGUAGES)).count()


def register_page_checks() -> None:
    quality.register(
        PageCheck(
            "translations-stale", Topic.LANGUAGES,
            gettext_lazy("records with a translation older than its original"),
            gettext_lazy("Write it anew, or say that it is still right."),
            lambda user, state: _in_state(user, "stale"),
            lambda: f"{reverse('admin:translations')}?state=stale",
        ),
        PageCheck(
            "translations-missing", Topic.LANGUAGES,
            gettext_lazy("records with a text missing in a language"),
            gettext_lazy("Readers are shown another language until it is there."),
            lambda user, state: _in_state(user, "missing"),
            lambda: f"{reverse('admin:translations')}?state=missing",
        ),
        PageCheck(
            "duplicates", Topic.PEOPLE,
            gettext_lazy("pairs of records that may be one"),
            gettext_lazy("Join them, or say that they are not the same."),
            lambda user, state: open_pairs(user).count() if visible(user) else None,
            lambda: reverse("admin:duplicates"),
        ),
    )  # fmt: skip


register_page_checks()
