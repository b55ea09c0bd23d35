"""Identifiers of records in other catalogues: which are known, and the address each stands for."""

import re
from typing import Final, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class Scheme(NamedTuple):
    label: str
    pattern: str
    address: str


SCHEMES: Final = {
    "wikidata": Scheme("Wikidata", r"Q[1-9]\d*", "https://www.wikidata.org/entity/{}"),
    "viaf": Scheme("VIAF", r"\d+", "https://viaf.org/viaf/{}"),
    "isni": Scheme("ISNI", r"\d{15}[\dX]", "https://isni.org/isni/{}"),
    "geonames": Scheme("GeoNames", r"\d+", "https://sws.geonames.org/{}/"),
    # A record number in the people data set of the U.S. Office of the Historian; it has no public address.
    "historyatstate_people": Scheme("HistoryAtState/people", r"\d+", ""),
}


def validate_identifiers(value: object) -> None:
    """Refuses what is not a map of known schemes to well-formed identifiers."""
    if not isinstance(value, dict):
        raise ValidationError(_('Identifiers are a map such as {"viaf": "102325430"}.'))
    for name, identifier in value.items():
        scheme = SCHEMES.get(name)
        if scheme is None:
            known = ", ".join(SCHEMES)
            raise ValidationError(
                _("“%(name)s” is not a catalogue known here; known are %(known)s.")
                % {"name": name, "known": known}
            )
        if not isinstance(identifier, str) or not re.fullmatch(scheme.pattern, identifier):
            raise ValidationError(
                _("“%(value)s” is not an identifier of %(name)s.")
                % {"value": identifier, "name": scheme.label}
            )


def addresses(identifiers: dict[str, str]) -> list[str]:
    """The web addresses (schema.org sameAs) of the identifiers that have one, in the order of SCHEMES."""
    return [
        scheme.address.format(identifiers[name])
        for name, scheme in SCHEMES.items()
        if scheme.address and name in identifiers
    ]
