"""Creators of a source: a list of CSL names, each with its role."""

from typing import TypedDict

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sources.choices import CreatorRole


class Creator(TypedDict, total=False):
    """Either `literal` (a body, or a name that has no parts) or `family` with or without `given`."""

    role: str
    family: str
    given: str
    literal: str


def validate_creators(value: object) -> None:
    """Refuses what is not a list of creators, saying which entry is wrong."""
    if not isinstance(value, list):
        raise ValidationError(_('Creators are a list such as [{"role": "author", "family": "Szulc"}].'))
    for number, creator in enumerate(value, start=1):
        if not _is_creator(creator):
            raise ValidationError(
                _("Creator %(number)d needs a role (%(roles)s) and either a family name or a literal name.")
                % {"number": number, "roles": ", ".join(CreatorRole.values)}
            )


def _is_creator(creator: object) -> bool:
    if not isinstance(creator, dict) or not all(isinstance(part, str) and part for part in creator.values()):
        return False
    if creator.get("role") not in CreatorRole.values:
        return False
    return set(creator) in ({"role", "literal"}, {"role", "family"}, {"role", "family", "given"})


def name_in_order(creator: Creator) -> str:
    """The name as it is said, such as Tad Szulc."""
    return creator.get("literal") or " ".join(filter(None, [creator.get("given"), creator.get("family")]))


def name_inverted(creator: Creator) -> str:
    """The name as it is sorted, such as Szulc, Tad."""
    return creator.get("literal") or ", ".join(filter(None, [creator.get("family"), creator.get("given")]))
