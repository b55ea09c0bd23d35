"""What a request asks for besides the records themselves: a language, a choice of fields."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from rest_framework import serializers

from cubaru.core.api.problems import BadParametersError, Fault
from cubaru.core.languages import LANGUAGES

#: What every address with records takes.
COMMON: Final = ("lang", "fields", "format")
MOST_FIELDS: Final = 100

#: Names of fields, each with those chosen within it; none chosen within means all of it.
FieldTree = dict[str, "FieldTree"]


@dataclass(frozen=True)
class Asked:
    """`language` is None where maps of all languages are wanted, `fields` empty where all are.

    `expand` are dotted names of records to be shown whole.
    """

    language: str | None
    fields: FieldTree
    expand: tuple[str, ...] = ()


def shortened(text: str) -> str:
    """A value as an error repeats it."""
    return Truncator(text.replace("\x00", "\N{SYMBOL FOR NULL}")).chars(80)


def check_names(query: QueryDict, known: Iterable[str], repeatable: Iterable[str] = ()) -> list[Fault]:
    """The faults of the parameters as such: unknown ones, empty ones, and those given twice in vain."""
    valid = sorted(known)
    faults = []
    for name, values in query.lists():
        if name not in valid:
            detail = _("“%(name)s” is not a parameter of this address; valid are %(valid)s.") % {
                "name": shortened(name),
                "valid": ", ".join(valid),
            }
            faults.append(Fault(parameter=shortened(name), detail=detail, valid=valid))
        elif any(not value for value in values):
            detail = _("“%(name)s” is empty; leave it out instead.") % {"name": name}
            faults.append(Fault(parameter=name, detail=detail))
        elif len(values) > 1 and name not in repeatable:
            detail = _("“%(name)s” can be given only once.") % {"name": name}
            faults.append(Fault(parameter=name, detail=detail))
    return faults


def choice_fault(parameter: str, value: str, valid: Iterable[str]) -> Fault:
    listed = list(valid)
    return Fault(
        parameter=parameter,
        detail=_("“%(value)s” is not valid here; valid are %(valid)s.")
        % {"value": shortened(value), "valid": ", ".join(listed)},
        valid=listed,
    )


def choice_of_language(query: Mapping[str, str]) -> str | None:
    """Raises BadParametersError."""
    language = query.get("lang")
    if language is not None and language not in LANGUAGES:
        raise BadParametersError([choice_fault("lang", language, LANGUAGES)])
    return language


def asked_for(query: Mapping[str, str]) -> Asked:
    """Raises BadParametersError. The names of the fields are checked where they are known, by `prune`."""
    language = choice_of_language(query)
    names = query["fields"].split(",") if "fields" in query else []
    if len(names) > MOST_FIELDS:
        detail = _("At most %(most)d fields can be named.") % {"most": MOST_FIELDS}
        raise BadParametersError([Fault(parameter="fields", detail=detail)])
    tree: FieldTree = {}
    whole: list[FieldTree] = []
    for name in names:
        inner = tree
        for step in name.strip().split(".")[:10]:
            inner = inner.setdefault(step, {})
        whole.append(inner)
    for chosen in whole:
        chosen.clear()  # "date" and "date.edtf" together ask for all of the date
    expand = tuple(dict.fromkeys(name.strip() for name in query.get("expand", "").split(",") if name))
    return Asked(language, tree, expand)


def prune(serializer: "serializers.Serializer[Any]", wanted: FieldTree, path: str = "") -> None:
    """Leaves the serializer only the fields that are wanted. Raises BadParametersError for unknown ones."""
    _check_wanted(wanted, list(serializer.fields), path)
    for name in list(serializer.fields):
        if name not in wanted:
            serializer.fields.pop(name)
        elif wanted[name]:
            _prune_field(serializer.fields[name], wanted[name], f"{path}{name}.")


def _prune_field(field: Any, wanted: FieldTree, path: str) -> None:
    field = getattr(field, "child", field)
    field = getattr(field, "whole", None) or field
    if isinstance(field, serializers.Serializer):
        prune(field, wanted, path)
        return
    keys: Mapping[str, Iterable[str]] = getattr(field, "keys", {})
    _check_wanted(wanted, keys, path)
    for name, within in wanted.items():
        _check_wanted(within, keys[name], f"{path}{name}.")
        for key, beyond in within.items():
            _check_wanted(beyond, (), f"{path}{name}.{key}.")
    field.wanted = wanted


def _check_wanted(wanted: FieldTree, known: Iterable[str], path: str) -> None:
    valid = [f"{path}{name}" for name in known]
    faults = [
        choice_fault("fields", f"{path}{name}", valid)
        if valid
        else Fault(
            parameter="fields",
            detail=_("“%(field)s” has no fields within it.") % {"field": shortened(path.rstrip("."))},
        )
        for name in wanted
        if f"{path}{name}" not in valid
    ]
    if faults:
        raise BadParametersError(faults)
