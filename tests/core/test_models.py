"""What all records have in common; the rules of the history's own tables."""

from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from cubaru.core.documents import kinds
from cubaru.core.models import (
    ChangeSet,
    ChangeSetRow,
    Part,
    PastSlug,
    Proposal,
    ProposalState,
    Purpose,
    Record,
    Revision,
    RowState,
    Stage,
    Step,
)
from cubaru.core.models.name import LANGUAGE_TAG, SCRIPT_CODE
from cubaru.core.models.record import SLUG
from tests.databases import Breach, rules_of
from tests.factories import EventFactory, PlaceFactory, SourceFactory


def a_revision() -> Revision:
    return Revision.objects.get(kind="event", record_id=EventFactory().pk)


def a_past_slug() -> PastSlug:
    return PastSlug.objects.create(kind="event", slug="former", record_id=EventFactory().pk)


def a_change_set() -> ChangeSet:
    return ChangeSet.objects.create(purpose=Purpose.IMPORT, table="place", title="places.csv")


def a_row_of_a_change_set() -> ChangeSetRow:
    return ChangeSetRow.objects.create(change_set=a_change_set(), number=2, state=RowState.UNCHANGED)


def a_step() -> Step:
    return Step.objects.create(kind="event", record_id=1, before="draft", after="in_review")


def a_proposal(**columns: Any) -> Proposal:
    return Proposal.objects.create(kind="event", record_id=1, base=1, document={}, **columns)


BREACHES = [
    Breach("revision_numbers_of_a_record_are_unique", a_revision, twice=True),
    Breach("past_slug_leads_to_one_record", a_past_slug, {"record_id": 0}, twice=True),
    Breach("step_leads_from_one_known_status_to_another", a_step, {"after": "draft"}),
    Breach(
        "proposal_has_a_known_state",
        a_proposal,
        {"state": "lost"},
        {"state": ProposalState.DECLINED, "answered_at": timezone.now()},
    ),
    Breach("proposal_waits_until_it_is_answered", a_proposal, {"state": ProposalState.DECLINED}),
    Breach("change_set_has_a_known_purpose", a_change_set, {"purpose": "guess"}),
    Breach("change_set_is_applied_before_it_is_undone", a_change_set, {"stage": Stage.UNDONE}),
    Breach("rows_of_a_change_set_are_numbered_once", a_row_of_a_change_set, twice=True),
    Breach("change_set_row_has_a_known_state", a_row_of_a_change_set, {"state": "lost"}),
]


@pytest.mark.django_db
@pytest.mark.parametrize("breach", BREACHES, ids=str)
def test_database_refuses_a_row_that_breaks_a_rule(breach: Breach) -> None:
    breach.is_refused()


def test_every_rule_of_the_history_is_broken_once() -> None:
    assert {breach.rule for breach in BREACHES} == rules_of(
        Revision, PastSlug, Step, Proposal, ChangeSet, ChangeSetRow
    )


def test_every_record_has_a_kind_and_every_part_belongs_somewhere() -> None:
    models_here = apps.get_models()
    records = {model for model in models_here if issubclass(model, Record)}
    assert records == {kind.model for kind in kinds()}
    for model in models_here:
        if issubclass(model, Part):
            for name in model.owned_by:
                owner = model._meta.get_field(name)
                assert isinstance(owner, models.ForeignKey), (model, name)
                assert owner.remote_field.on_delete is models.CASCADE, (model, name)


def test_links_to_other_records_protect_them() -> None:
    for model in apps.get_models():
        if issubclass(model, Part | Record):
            owned_by = getattr(model, "owned_by", ())
            for column in model._meta.concrete_fields:
                if isinstance(column, models.ForeignKey) and column.name not in owned_by:
                    assert column.remote_field.on_delete is models.PROTECT, (model, column.name)


def test_kinds_stand_after_those_they_link_to() -> None:
    assert [kind.name for kind in kinds()] == ["source", "place", "organization", "person", "theme", "event"]


@pytest.mark.parametrize("slug", ["a", "1902", "missile-crisis-1962", "a-1-b"])
def test_address_has_small_letters_digits_and_single_hyphens(slug: str) -> None:
    SLUG(slug)


@pytest.mark.parametrize("slug", ["", "-a", "a-", "a--b", "A", "a b", "ñ", "a_b", "a\n", "кризис", "a/b"])
def test_any_other_address_is_refused(slug: str) -> None:
    with pytest.raises(ValidationError):
        SLUG(slug)


@pytest.mark.parametrize("tag", ["ru", "es-CU", "zh-Hant-TW", "grc"])
def test_language_is_a_tag(tag: str) -> None:
    LANGUAGE_TAG(tag)


@pytest.mark.parametrize("tag", ["", "Russian", "ru_RU", "ru\n", "r"])
def test_any_other_language_is_refused(tag: str) -> None:
    with pytest.raises(ValidationError, match="BCP 47"):
        LANGUAGE_TAG(tag)


@pytest.mark.parametrize("code", ["latn", "Latin", "LATN", "Lat", ""])
def test_script_is_a_code(code: str) -> None:
    SCRIPT_CODE("Latn")
    with pytest.raises(ValidationError, match="ISO 15924"):
        SCRIPT_CODE(code)


@pytest.mark.django_db
def test_record_is_called_by_its_name_or_else_by_its_address() -> None:
    assert str(PlaceFactory(name_en="Cienfuegos")) == "Cienfuegos"
    assert str(EventFactory.build(title_en="", title_es="", title_ru="", slug="unnamed")) == "unnamed"
    assert str(SourceFactory(title="Письмо")) == "Письмо"


@pytest.mark.django_db
def test_record_is_the_same_as_in_other_catalogues() -> None:
    assert PlaceFactory(identifiers={"geonames": "3553478"}).same_as == ["https://sws.geonames.org/3553478/"]


@pytest.mark.django_db
@pytest.mark.parametrize("factory", [EventFactory, PlaceFactory, SourceFactory])
def test_address_of_a_record_is_used_once(factory: type[EventFactory]) -> None:
    record = factory()
    again = type(record)(slug=record.slug)
    with pytest.raises(ValidationError, match="already exists"):
        again.validate_unique()
