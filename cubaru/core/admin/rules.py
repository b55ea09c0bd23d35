"""Rules of the database, told to a curator as sentences.

Constraints are named as sentences (`office_does_not_end_before_it_starts`); here each ending that a form
can run into gets its sentence and the field to which it is put.
"""

from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import BaseConstraint
from django.utils.translation import gettext_lazy as _

from cubaru.core.database_rules import BrokenRule

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Rule(NamedTuple):
    """A sentence; `field` is where it stands, "" for above the form. "{label}" is the field of the name."""

    sentence: "StrOrPromise"
    field: str = ""


_rules: dict[str, Rule] = {
    "_is_named_in_some_language": Rule(_("Give it a name in at least one language."), "{label}_en"),
    "_has_a_scheme_only_as_transliteration": Rule(_("Only a transliteration has a scheme."), "scheme"),
    "_name_stands_once_per_event": Rule(_("This name stands here already."), "text"),
    "_name_stands_once_per_person": Rule(_("This name stands here already."), "text"),
    "_name_stands_once_per_organization": Rule(_("This name stands here already."), "text"),
    "_name_stands_once_per_place": Rule(_("This name stands here already."), "text"),
    "_is_not_part_of_itself": Rule(_("Nothing is a part of itself: choose another."), "parent"),
    "_has_alternative_text": Rule(
        _("Say in at least one language what is to be seen in the picture."), "alt_en"
    ),
}


def tell(rules: dict[str, Rule]) -> None:
    """Adds the sentences of an app; a key is a constraint's name or the end of it."""
    _rules.update(rules)


def rule_named(name: str) -> Rule | None:
    return _rules.get(name) or next((rule for end, rule in _rules.items() if name.endswith(end)), None)


def told(constraint: BaseConstraint, error: ValidationError, label_field: str) -> tuple[str, ValidationError]:
    """The field to which a broken constraint is put, "" for none, and what is said there."""
    rule = rule_named(constraint.name)
    if rule is None:
        return "", error
    return rule.field.format(label=label_field), ValidationError(rule.sentence)


def told_by_database(error: IntegrityError) -> ValidationError:
    """What to say when only the database noticed that a rule is broken."""
    broken = BrokenRule.of_any_model(error)
    if broken is None:
        return ValidationError(_("The database refused this: a rule of it is broken."))
    rule = rule_named(broken.rule.name) if broken.rule is not None else None
    return ValidationError(rule.sentence if rule else broken.message)
