"""A document says all of a record: whatever state it is applied to, the record gives it back."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cubaru.core.documents import (
    Document,
    State,
    apply_document,
    digest,
    kind_named,
    kinds,
    normal_document,
    to_document,
)
from cubaru.core.models import Record, Revision
from events.models import Claim
from tests.documents import Pool, whole

pytestmark = pytest.mark.django_db

KINDS = ["source", "place", "organization", "person", "theme", "event"]
few = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)


@pytest.fixture
def pool(db: None) -> Pool:
    return Pool()


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def read_anew(record: Record) -> Document:
    return to_document(type(record)._base_manager.get(pk=record.pk))


def revisions(record: Record) -> int:
    return Revision.objects.filter(kind=record.record_kind, record_id=record.pk).count()


def claim_keys(record: Record) -> dict[str, int]:
    if record.record_kind not in {"event", "person"}:
        return {}
    owned = Claim.objects.filter(**{record.record_kind: record})
    return dict(owned.values_list("slug", "pk"))


def test_documents_of_every_kind_are_built(pool: Pool) -> None:
    assert [kind.name for kind in kinds()] == KINDS


@pytest.mark.parametrize("kind", KINDS)
@few
@given(data=st.data())
def test_document_applied_to_nothing_to_an_older_and_to_a_newer_state_comes_back(
    kind: str, pool: Pool, data: st.DataObject
) -> None:
    older = data.draw(whole(pool, kind), "older")
    newer = data.draw(whole(pool, kind), "newer")
    with taken_back():
        record, state = apply_document(older)
        assert (state, read_anew(record), revisions(record)) == (State.NEW, older, 1)
        old_claims = claim_keys(record)

        record, state = apply_document(newer)
        expected = State.UNCHANGED if older == newer else State.CHANGED
        assert (state, read_anew(record)) == (expected, newer)
        new_claims = claim_keys(record)
        kept = old_claims.keys() & new_claims.keys()
        assert {slug: old_claims[slug] for slug in kept} == {slug: new_claims[slug] for slug in kept}

        record, state = apply_document(older)
        assert (state, read_anew(record)) == (expected, older)
        assert revisions(record) == (1 if older == newer else 3)


@pytest.mark.parametrize("kind", KINDS)
@few
@given(data=st.data())
def test_document_applied_again_writes_nothing(kind: str, pool: Pool, data: st.DataObject) -> None:
    document = data.draw(whole(pool, kind))
    with taken_back():
        record, _state = apply_document(document)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            again, state = apply_document(json.loads(json.dumps(document)))
        assert (state, again) == (State.UNCHANGED, record)
        assert [query["sql"] for query in queries if not query["sql"].startswith("SELECT")] == []


@pytest.mark.parametrize("kind", KINDS)
@few
@given(data=st.data())
def test_revision_holds_the_document_and_its_digest(kind: str, pool: Pool, data: st.DataObject) -> None:
    document = data.draw(whole(pool, kind))
    with taken_back():
        record, _state = apply_document(document)
        revision = Revision.objects.get(kind=kind, record_id=record.pk)
        assert revision.document == document
        assert revision.digest == digest(document) == digest(revision.document)


@pytest.mark.parametrize("kind", KINDS)
@few
@given(data=st.data())
def test_normal_form_is_found_whatever_empty_keys_are_written(
    kind: str, pool: Pool, data: st.DataObject
) -> None:
    document = data.draw(whole(pool, kind))
    absent = [item.key for item in kind_named(kind).items if item.key not in document]
    padded: dict[str, Any] = document | {
        key: data.draw(st.sampled_from([None, "", [], {}])) for key in absent
    }
    assert normal_document(padded) == document == normal_document(document)
    assert list(normal_document(padded)) == [
        "record", "slug", "status", *(item.key for item in kind_named(kind).items if item.key in document)
    ]  # fmt: skip
