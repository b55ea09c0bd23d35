"""What forms of the desk have in common: fields typed a line each, addresses, sentences for broken rules."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from cubaru.core.admin.line_fields import IdentifiersField
from cubaru.core.admin.rules import rule_named, told_by_database
from cubaru.core.slugs import LONGEST, free_slug
from events.models import Event
from tests.factories import EventFactory


def test_identifiers_come_back_from_lines_as_they_were() -> None:
    field = IdentifiersField(required=False)
    identifiers = {"viaf": "64007537", "wikidata": "Q35314"}
    assert field.prepare_value(identifiers) == "viaf: 64007537\nwikidata: Q35314"
    assert field.clean(field.prepare_value(identifiers)) == identifiers
    assert not field.has_changed(identifiers, "viaf: 64007537\r\nwikidata: Q35314\r\n")
    assert not field.has_changed({}, "")


def test_a_line_that_is_no_identifier_is_named() -> None:
    with pytest.raises(ValidationError, match="64007537"):
        IdentifiersField(required=False).clean("64007537")


@pytest.mark.django_db
class TestAddresses:
    def test_is_made_of_the_words_in_small_latin_letters(self) -> None:
        assert free_slug(Event, "Mikoyán visits Havana, 1960") == "mikoyan-visits-havana-1960"

    def test_is_numbered_when_another_record_has_it(self) -> None:
        EventFactory.create(slug="a-visit")
        EventFactory.create(slug="a-visit-2")
        assert free_slug(Event, "A visit") == "a-visit-3"

    def test_is_cut_between_two_words(self) -> None:
        slug = free_slug(Event, "sugar " * 40)
        assert len(slug) <= LONGEST
        assert slug.endswith("-sugar")

    def test_is_empty_when_there_is_no_latin_letter(self) -> None:
        assert free_slug(Event, "Хрущёв") == ""


def test_every_rule_a_curator_can_break_has_a_sentence() -> None:
    from django.apps import apps

    from cubaru.core.models import Part, Record

    # These hold what no form can get wrong: choices, required fields, columns that are derived.
    ends = (
        "_has_an_address",
        "_starts_before_it_ends",
        "_has_both_bounds_or_none",
        "_is_not_empty",
        "_is_1_to_5",
    )
    untold = [
        constraint.name
        for model in apps.get_models()
        if issubclass(model, Record | Part)
        for constraint in model._meta.constraints
        if rule_named(constraint.name) is None
        and not constraint.name.endswith(ends)
        and "_known_" not in constraint.name
        and "_per_narrative_of_" not in constraint.name  # read from the text, never typed
    ]
    assert [
        name
        for name in untold
        if not name.endswith(("_has_a_title", "_has_a_credit", "_has_a_licence", "_digest_and_size"))
    ] == []


def test_what_only_the_database_noticed_is_told_in_the_words_of_the_rule() -> None:
    error = IntegrityError("CHECK constraint failed: office_does_not_end_before_it_starts")
    assert told_by_database(error).messages == ["An office does not end before it starts."]
    taken = IntegrityError("UNIQUE constraint failed: events_claim.slug")
    assert told_by_database(taken).messages == ["This is in use already, and may be only once."]
    assert told_by_database(IntegrityError("something new")).messages == [
        "The database refused this: a rule of it is broken."
    ]
