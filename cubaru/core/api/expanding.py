"""`expand`: records that an answer only names, given in their place as lists show them.

What is to be shown whole is gathered while the answer is made, and then loaded at once: one question for
each kind of record and what lists show of it, whatever their number, and again for each level of nesting.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext as _
from rest_framework import serializers

from cubaru.core.api.parameters import choice_fault, shortened
from cubaru.core.api.problems import BadParametersError, Fault
from cubaru.core.api.serializers import BriefSerializer

#: How deep records can be shown within records, and how many names can be given.
DEEPEST: Final = 3
MOST_NAMES: Final = 10

#: The view of each kind of record, which knows what lists show of it and how that is loaded.
VIEWS: dict[str, Any] = {}


class Expansion:
    """The records of one answer that are shown whole."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        self.context = context
        self._waiting: list[tuple[BriefSerializer, Any, dict[str, Any]]] = []

    def apply(self, serializer: "serializers.Serializer[Any]", names: Sequence[str]) -> None:
        """Makes the serializer show whole what is named. Raises BadParametersError."""
        if len(names) > MOST_NAMES or self._apply(serializer, names) > DEEPEST:
            detail = _("At most %(most)d records can be expanded, and %(deepest)d within each other.")
            fault = Fault(parameter="expand", detail=detail % {"most": MOST_NAMES, "deepest": DEEPEST})
            raise BadParametersError([fault])

    def _apply(
        self, serializer: "serializers.Serializer[Any]", names: Sequence[str], path: str = "", depth: int = 0
    ) -> int:
        """How deep it comes, at most one more than DEEPEST."""
        if not names or depth > DEEPEST:
            return depth
        deepest = depth
        briefs = dict(_briefs(serializer))
        for name, within in _by_record(briefs, names, path).items():
            brief = briefs[name]
            brief.whole = VIEWS[brief.record_kind].list_serializer(context=self.context)
            brief.wait = self._wait_for
            deepest = max(deepest, self._apply(brief.whole, within, f"{path}{name}.", depth + 1))
        return max(deepest, depth + 1)

    def _wait_for(self, brief: BriefSerializer, record: models.Model) -> dict[str, Any]:
        """What stands for the record in the answer until `finish` fills it in."""
        place: dict[str, Any] = {}
        self._waiting.append((brief, record, place))
        return place

    def finish(self) -> None:
        while self._waiting:
            by_kind: dict[str, list[tuple[BriefSerializer, Any, dict[str, Any]]]] = defaultdict(list)
            for waiting in self._waiting:
                by_kind[waiting[0].record_kind].append(waiting)
            self._waiting = []
            for kind, asked in by_kind.items():
                rows = VIEWS[kind]().as_in_lists({record.pk for _brief, record, _place in asked})
                found = {row.pk: row for row in rows}
                for brief, record, place in asked:
                    row = found.get(record.pk)
                    assert brief.whole is not None
                    # One that was withdrawn since it was named stays named.
                    place.update(brief.whole.to_representation(row) if row else brief.named(record))


def expandable(serializer: "serializers.Serializer[Any]") -> list[str]:
    """The names with which `expand` can ask for records in the serializer's answer."""
    return [path for path, _brief in _briefs(serializer)]


def _briefs(serializer: "serializers.Serializer[Any]") -> Iterator[tuple[str, BriefSerializer]]:
    for name, field in serializer.fields.items():
        inner = getattr(field, "child", field)
        if isinstance(inner, BriefSerializer):
            yield str(name), inner
        elif isinstance(inner, serializers.Serializer):
            yield from ((f"{name}.{path}", brief) for path, brief in _briefs(inner))


def _by_record(
    briefs: Mapping[str, BriefSerializer], names: Sequence[str], path: str
) -> dict[str, list[str]]:
    """The records that the names lead to, each with the names of what is to be shown whole within it."""
    by_record: dict[str, list[str]] = {}
    for name in names:
        found = next((brief for brief in briefs if f"{name}.".startswith(f"{brief}.")), None)
        if found is None:
            raise BadParametersError([_not_there(f"{path}{name}", [f"{path}{brief}" for brief in briefs])])
        rest = name[len(found) + 1 :]
        by_record.setdefault(found, []).extend([rest] if rest else [])
    return by_record


def _not_there(name: str, valid: list[str]) -> Fault:
    if valid:
        return choice_fault("expand", name, valid)
    detail = _("“%(name)s” leads to no record that could be expanded.") % {"name": shortened(name)}
    return Fault(parameter="expand", detail=detail)
