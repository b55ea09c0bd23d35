"""Sections of a record's form, in the order a historian thinks: what and when, who, where, how we know."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cubaru.core.admin.parts import Line, PartInline

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Section:
    """`name` is its anchor, `lines` are rows of fields, `inlines` the parts edited below them."""

    name: str
    title: "StrOrPromise"
    lines: tuple[Line, ...] = ()
    inlines: tuple[type[PartInline], ...] = ()

    @property
    def fieldset(self) -> Any:
        return self.title, {"fields": self.lines}


@dataclass(frozen=True)
class ShownSection:
    """A section with what Django made for it."""

    name: str
    title: "StrOrPromise"
    fieldset: Any
    formsets: list[Any]


@dataclass(frozen=True)
class Fault:
    """Something wrong in a form: where it is, and what is said."""

    field_id: str
    label: str
    sentence: str


def shown_sections(
    sections: tuple[Section, ...], fieldsets: list[Any], formsets: list[Any]
) -> list[ShownSection]:
    return [
        ShownSection(
            section.name,
            section.title,
            fieldset,
            [formset for inline in section.inlines for formset in formsets if type(formset.opts) is inline],
        )
        for section, fieldset in zip(sections, fieldsets, strict=True)
    ]


def faults_in(form: Any, formsets: list[Any]) -> list[Fault]:
    """All that is wrong in a form and in the formsets below it, in order."""
    faults = list(_faults_of_form(form))
    for formset in formsets:
        faults += [Fault("", "", str(sentence)) for sentence in formset.non_form_errors()]
        for part_form in formset.forms:
            below = faults_in(part_form, getattr(part_form, "nested_formsets", []))
            part_form.is_wrong = bool(below)  # so that its row is unfolded
            faults += below
    return faults


def _faults_of_form(form: Any) -> Iterator[Fault]:
    for name, sentences in form.errors.items():
        bound = form[name] if name in form.fields else None
        for sentence in sentences:
            if bound is None:
                yield Fault("", "", str(sentence))
            else:
                yield Fault(bound.id_for_label, str(bound.label), str(sentence))
