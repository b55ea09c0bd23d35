"""Identifiers in other catalogues: which are well formed, and the addresses they stand for."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from cubaru.core.identifiers import SCHEMES, addresses, validate_identifiers


@pytest.mark.parametrize(
    "identifiers",
    [
        {},
        {"wikidata": "Q1035"},
        {"viaf": "102325430", "isni": "000000012103263X", "geonames": "3553478"},
        {"historyatstate_people": "100776"},
    ],
)
def test_well_formed_identifiers_are_accepted(identifiers: dict[str, str]) -> None:
    validate_identifiers(identifiers)


@pytest.mark.parametrize(
    ("identifiers", "message"),
    [
        ([], "Identifiers are a map"),
        ("Q1035", "Identifiers are a map"),
        (None, "Identifiers are a map"),
        ({"orcid": "1"}, "“orcid” is not a catalogue known here; known are wikidata, viaf"),
        ({"wikidata": "Q0"}, "“Q0” is not an identifier of Wikidata"),
        ({"viaf": "12 "}, "“12 ” is not an identifier of VIAF"),
        ({"viaf": "12\n"}, "is not an identifier of VIAF"),
        ({"viaf": 12}, "“12” is not an identifier of VIAF"),
        ({"isni": "00000001210326"}, "is not an identifier of ISNI"),
    ],
)
def test_malformed_identifiers_are_refused_by_name(identifiers: Any, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        validate_identifiers(identifiers)


def test_addresses_are_those_of_catalogues_that_have_them_in_a_fixed_order() -> None:
    identifiers = {"historyatstate_people": "100776", "viaf": "1", "wikidata": "Q1"}
    assert addresses(identifiers) == ["https://www.wikidata.org/entity/Q1", "https://viaf.org/viaf/1"]
    assert addresses({}) == []


def test_every_address_is_a_secure_one() -> None:
    assert all(scheme.address == "" or scheme.address.startswith("https://") for scheme in SCHEMES.values())
