"""Reads the text of an EDTF expression (ISO 8601-2:2019, levels 0, 1 and part of 2).

Every pattern is anchored and no part of it can match the same text in two ways, and each piece of the
text is looked at a fixed number of times: reading takes time in proportion to the text's length.
"""

import re

from cubaru.core.date_bounds import PART_MONTHS
from cubaru.core.dates_errors import DateError, Explained
from cubaru.core.dates_structure import Component, End, Expression, Group, Point, Span

LIMIT = 64

QUALIFIED = r"(?P<before_{0}>[?~%]?)(?P<{0}>[0-9X]{{{1}}})(?P<after_{0}>[?~%]?)"
POINT = re.compile(
    QUALIFIED.format("year", 4)
    + "(?:-" + QUALIFIED.format("month", 2)
    + "(?:-" + QUALIFIED.format("day", 2) + ")?)?"
)  # fmt: skip

# What a date outside of our years looks like: Y20000, -0044, 19620, 1E3, 1950S2.
OTHER_YEARS = re.compile(r"Y.*|-[0-9].*|[0-9]{5}(?![0-9]).*|[0-9]{9,}|-?[0-9]+[ES][0-9]+")
TIME = re.compile(r"[0-9X]{4}-[0-9X]{2}-[0-9X]{2}T.*")
TWO_YEARS = re.compile(r"[0-9X]{4}-[0-9X]{4}")
SMALL_X = re.compile(r"[0-9XxUu?~%-]*[xu][0-9XxUu?~%-]*")
DASHES = re.compile("[\u2010-\u2015\u2212]")


def read(text: str) -> Expression:
    """The expression that a text spells. Raises DateError; whether its days exist is not looked at."""
    if len(text) > LIMIT:
        raise DateError(Explained.TOO_LONG, limit=LIMIT)
    if not text:
        raise DateError(Explained.EMPTY)
    if any(sign.isspace() for sign in text):
        raise DateError(Explained.BLANKS)
    if dash := DASHES.search(text):
        raise DateError(Explained.DASH, sign=dash[0])
    if not text.strip("./"):
        raise DateError(Explained.NO_ENDS)
    if text[0] in "[{" or text[-1] in "]}":
        return _group(text)
    if "/" in text:
        return _interval(text)
    if ".." in text:
        raise DateError(Explained.RUN_OUTSIDE)
    return _point(text)


def _interval(text: str) -> Span:
    if text.count("/") != 1:
        raise DateError(Explained.SLASHES)
    start, _, end = text.partition("/")
    if any(bracket in text for bracket in "[]{}"):
        raise DateError(Explained.SET_IN_INTERVAL)
    return _span(_end(start), _end(end))


def _end(text: str) -> Point | End:
    if text == End.UNKNOWN.value:
        return End.UNKNOWN
    return End.OPEN if text == End.OPEN.value else _point(text)


def _span(start: Point | End, end: Point | End) -> Span:
    if isinstance(start, End) and isinstance(end, End):
        raise DateError(Explained.NO_ENDS)
    return Span(start, end)


def _group(text: str) -> Group:
    if text[0] + text[-1] not in ("[]", "{}") or len(text) == 1:
        if "/" in text:
            raise DateError(Explained.SET_IN_INTERVAL)
        raise DateError(Explained.BRACKET)
    members = text[1:-1].split(",")
    last = len(members) - 1
    return Group(
        tuple(_member(member, place == 0, place == last) for place, member in enumerate(members)),
        is_every=text[0] == "{",
    )


def _member(text: str, is_first: bool, is_last: bool) -> Point | Span:
    if not text:
        raise DateError(Explained.EMPTY_MEMBER)
    if ".." not in text:
        return _point(text)
    start, _, end = text.partition("..")
    if ".." in end or end.startswith("."):
        raise DateError(Explained.TWO_RUNS)
    if (not start and not is_first) or (not end and not is_last):
        raise DateError(Explained.OPEN_MEMBER)
    return _span(_point(start) if start else End.OPEN, _point(end) if end else End.OPEN)


def _point(text: str) -> Point:
    found = POINT.fullmatch(text)
    if not found:
        raise _malformed(text)
    part = found.groupdict(default="")
    if part["year"] == "0000":
        raise DateError(Explained.YEARS)
    point = Point(part["year"], part["month"], part["day"], _qualified(part, "?%"), _qualified(part, "~%"))
    if point.month == "00" or (point.part and point.part not in PART_MONTHS):
        raise DateError(Explained.MONTH, month=point.month)
    if point.part and point.day:
        raise DateError(Explained.DAY_OF_PART, text=text)
    if point.day.isdigit() and not 1 <= int(point.day) <= 31:
        raise DateError(Explained.DAY, day=point.day)
    return point


def _qualified(part: dict[str, str], signs: str) -> frozenset[Component]:
    """The components to which one of the signs applies.

    A sign before a component means that one alone; a sign after it means it and all to its left.
    """
    marked: set[Component] = set()
    reached = False
    for component in reversed(Component):
        after, before = part[f"after_{component}"], part[f"before_{component}"]
        reached = reached or (after != "" and after in signs)
        if part[component] and (reached or (before != "" and before in signs)):
            marked.add(component)
    return frozenset(marked)


def _malformed(text: str) -> DateError:
    if OTHER_YEARS.fullmatch(text):
        return DateError(Explained.YEARS)
    if TIME.fullmatch(text):
        return DateError(Explained.TIME)
    if TWO_YEARS.fullmatch(text):
        return DateError(Explained.RANGE)
    if SMALL_X.fullmatch(text):
        return DateError(Explained.SMALL_X)
    return DateError(Explained.MALFORMED, text=text)
