"""What needs a person: checks of the records, counted for the desk's first page and listed by its filters.

Each app registers its own. A check is a condition on a model, so that the number and the list to which it
leads are the same by construction (`cubaru.core.admin.needs`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.core.cache import cache
from django.db import models
from django.db.models import Count, Max, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cubaru.core.models import Revision

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Topic(models.TextChoices):
    """Under what a check stands on the first page, in this order."""

    EVIDENCE = "evidence", _("How we know")
    LANGUAGES = "languages", _("Translations")
    DATES = "dates", _("Dates")
    PEOPLE = "people", _("People and names")
    LINKS = "links", _("Links between records")
    READERS = "readers", _("From readers")


@dataclass(frozen=True)
class Check:
    """Rows of `model` that need a person.

    `name` stands in addresses, `title` says in plain words what the rows are, `advice` what to do. The
    condition is asked for anew each time, since it may depend on what is in the database; it asks for other
    tables by Exists, since a join would count a row more than once.
    """

    name: str
    model: type[models.Model]
    topic: Topic
    title: "StrOrPromise"
    advice: "StrOrPromise"
    condition: Callable[[], Q]


@dataclass(frozen=True)
class PageCheck:
    """What a page of its own lists, at the address `url()`.

    `count(user, state)` is how many there are for who may see them, at this state of the records; None
    where they may see none.
    """

    name: str
    topic: Topic
    title: "StrOrPromise"
    advice: "StrOrPromise"
    count: Callable[[Any, str], int | None]
    url: Callable[[], str]


@dataclass(frozen=True)
class Share:
    """A bar of the first page: a part of a whole, with the sentence that says it."""

    label: str
    part: float
    sentence: str
    url: str = ""


@dataclass(frozen=True)
class Panel:
    """A part of the first page that an app brings: bars under a title, and the page with more."""

    title: "StrOrPromise"
    shares: Callable[[str], list[Share]]
    url: Callable[[], str]
    more: "StrOrPromise"


_checks: dict[str, Check] = {}
_page_checks: dict[str, PageCheck] = {}
_panels: list[Panel] = []
#: What waits for an editor beside records and proposals: named above the review queue.
_awaiting: dict[str, PageCheck] = {}

#: How long counts are kept if nothing changes: long, since they are kept under what they were counted from.
_KEPT_FOR: Final = 24 * 3600
#: Counting that takes so many seconds is done again only after so long for each of them.
_LONG: Final = 2.0
_KEPT_A_SECOND: Final = timedelta(seconds=20)
#: So many of the newest revisions are looked at to see whether anything has changed. Recordings may end in
#: another order than they began, so the newest alone would not tell.
_LOOKED_AT: Final = 500


def register(*checks: Check | PageCheck) -> None:
    for check in checks:
        if isinstance(check, Check):
            _checks[check.name] = check
        else:
            _page_checks[check.name] = check


def show(panel: Panel) -> None:
    if panel not in _panels:
        _panels.append(panel)


def panels() -> list[Panel]:
    return list(_panels)


def await_review(check: PageCheck) -> None:
    """Has the review queue and the top of the first page say how many of these wait."""
    _awaiting[check.name] = check


def awaiting(user: Any) -> "list[tuple[int, PageCheck]]":
    """What waits for the user beside records and proposals, with its number; nothing they may not answer."""
    counts = ((check.count(user, ""), check) for check in _awaiting.values())
    return [(count, check) for count, check in counts if count is not None]


def check_named(name: str) -> Check | None:
    return _checks.get(name)


def checks_of(model: type[models.Model]) -> list[Check]:
    return [check for check in _checks.values() if check.model is model]


def in_topic(topic: Topic) -> list[Check | PageCheck]:
    """The checks of a topic, those with a page of their own last."""
    both: list[Check | PageCheck] = [*_checks.values(), *_page_checks.values()]
    return [check for check in both if check.topic == topic]


def state_of_the_records() -> str:
    """A word that changes with every change of any record. One query."""
    newest = Revision.objects.order_by("-pk")[:_LOOKED_AT].aggregate(newest=Max("pk"), all=Sum("pk"))
    return f"{newest['newest']}-{newest['all']}"


class Counted(NamedTuple):
    """What was counted, and when; `is_of_now` unless the records have changed since."""

    value: Any
    at: datetime
    is_of_now: bool


class _Kept(NamedTuple):
    value: Any
    state: str
    at: datetime
    seconds: float


def counted(name: str, state: str, count: Callable[[], Any]) -> Counted:
    """What `count` gives, kept while the records are in this state.

    Where counting takes long (a million records), what was counted is shown for a while although there has
    been a change; whoever shows it says when it was counted.
    """
    key = f"quality:{name}"
    kept: _Kept | None = cache.get(key)
    now = timezone.now()
    if kept is not None and kept.state == state:
        return Counted(kept.value, kept.at, True)
    if kept is not None and kept.seconds >= _LONG and now - kept.at < kept.seconds * _KEPT_A_SECOND:
        return Counted(kept.value, kept.at, False)
    began = monotonic()
    value = count()
    cache.set(key, _Kept(value, state, now, monotonic() - began), _KEPT_FOR)
    return Counted(value, now, True)


def numbers(state: str) -> Counted:
    """How many rows each check finds, by name. One query for each model, none while nothing has changed."""
    return counted("numbers", state, lambda: _numbers(_checks.values()))


def _numbers(checks: Iterable[Check]) -> dict[str, int]:
    by_model: dict[type[models.Model], list[Check]] = defaultdict(list)
    for check in checks:
        by_model[check.model].append(check)
    found: dict[str, int] = {}
    for model, some in by_model.items():
        # By place, since the names of checks are no names of columns.
        counts = {f"n{place}": Count("pk", filter=check.condition()) for place, check in enumerate(some)}
        row = model._base_manager.aggregate(**counts)
        found |= {check.name: row[f"n{place}"] for place, check in enumerate(some)}
    return found
