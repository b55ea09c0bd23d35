"""Who held an office before and after somebody, where the dates leave no doubt of it.

An office is told by its organization and title. Somebody is called the one before only if they certainly
came before, if nobody stands between, and if one left as the other came as far as the dates can tell: the
chronicle does not know all holders, and where months lie between two of them there may have been a third.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import Q

from cubaru.core.languages import LANGUAGES, texts
from cubaru.core.models import Status
from people.models import Office, Person

#: So long an office may certainly have stood empty between two holders.
LONGEST_VACANCY: Final = timedelta(days=31)
#: So long it may have at most, if the dates are read as far apart as they can be: "1962" and "1962".
LONGEST_DOUBT: Final = timedelta(days=366)
#: Of one office so many holders are looked at.
MOST_HOLDERS: Final = 500

Key = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Succession:
    before: Person | None = None
    after: Person | None = None


def successions(offices: Collection[Office]) -> dict[int, Succession]:
    """By the primary key of each office, who held it before and after. Asks the database once."""
    if not offices:
        return {}
    same = Q()
    for office in offices:
        for language, title in texts(office, "title").items():
            same |= Q(organization=office.organization_id, **{f"title_{language}": title})
    holders = Office.objects.filter(same, person__status=Status.PUBLISHED).select_related("person")
    by_key = holders_by_office(holders.order_by("start_earliest", "pk")[:MOST_HOLDERS])
    return {office.pk: succession(office, by_key[key_of(office)]) for office in offices}


def holders_by_office(offices: Iterable[Office]) -> Mapping[Key, list[Office]]:
    """The offices that are the same one, held by one person after another."""
    found: dict[Key, list[Office]] = defaultdict(list)
    for office in offices:
        found[key_of(office)].append(office)
    return found


def key_of(office: Office) -> Key:
    titles = texts(office, "title")
    return office.organization_id, next(titles[code] for code in LANGUAGES if code in titles).casefold()


def succession(office: Office, holders: Sequence[Office]) -> Succession:
    """Nobody before or after where the dates do not settle it, or where several hold the office at a time."""
    if any(_is_shared(one, other) for one in holders for other in holders if one.pk < other.pk):
        return Succession()
    before = [other for other in holders if _may_hand_over(other, office)]
    after = [other for other in holders if _may_hand_over(office, other)]
    last = [one for one in before if not any(_is_between(one, other, office) for other in holders)]
    first = [one for one in after if not any(_is_between(office, other, one) for other in holders)]
    return Succession(_only(last), _only(first))


def _may_hand_over(one: Office, other: Office) -> bool:
    """Whether `one` certainly came before `other`, and can have left when `other` came."""
    if one.person_id == other.person_id or not other.start_earliest or not one.end_latest:
        return False
    end = one.end_date
    if end is None or end.open_end or not one.end_earliest or not other.start_latest:
        return False
    least, most = other.start_earliest - one.end_latest, other.start_latest - one.end_earliest
    return _is_before(one, other) and least <= LONGEST_VACANCY and timedelta() <= most <= LONGEST_DOUBT


def _is_before(one: Office, other: Office) -> bool:
    """Whether `one` began before `other` on every day that their dates may mean."""
    if other.start_earliest is None:
        return False
    if one.start_latest is not None and one.start_latest < other.start_earliest:
        return True
    return one.end_latest is not None and one.end_latest < other.start_earliest


def _is_between(first: Office, middle: Office, last: Office) -> bool:
    return middle.pk not in {first.pk, last.pk} and _is_before(first, middle) and _is_before(middle, last)


def _is_shared(one: Office, other: Office) -> bool:
    """Whether two people certainly held the office on the same days."""
    starts, ends = (one.start_latest, other.start_latest), (one.end_earliest, other.end_earliest)
    if one.person_id == other.person_id or None in starts or None in ends:
        return False
    return max(day for day in starts if day) < min(day for day in ends if day)


def _only(offices: Sequence[Office]) -> Person | None:
    people = {office.person_id: office.person for office in offices}
    return next(iter(people.values())) if len(people) == 1 else None
