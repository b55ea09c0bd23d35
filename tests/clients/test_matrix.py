"""Every role, kind and right once more: what the table of docs/roles.md says of records holds for tokens."""

from typing import Any

import pytest

from cubaru.core.documents import kind_named
from cubaru.core.history import recording
from cubaru.core.models import Record, Status
from cubaru.core.roles import Right
from cubaru.core.roles_table import rows
from tests.clients.helpers import Program, program
from tests.core.test_roles import FACTORIES, MEANS, RECORDS, ROLES, STEPS, cell, each_state, name_of
from tests.core.test_workflow import member

pytestmark = pytest.mark.django_db

#: What the API does of what the table tells; the rest is for the desk.
TRIED = {Right.VIEW, Right.ADD, Right.CHANGE, Right.PROPOSE, Right.DELETE, *STEPS} - {Right.SEND_BACK}
ONLY_AT_THE_DESK = {Right.SEND_BACK, Right.ANSWER, Right.MERGE, Right.IMPORT}
DRAFTS = {"own draft", "draft"}


def test_every_right_is_tried_here_or_only_at_the_desk() -> None:
    for model in RECORDS:
        assert {right for right, _scopes in rows(model)} == TRIED | ONLY_AT_THE_DESK


def path_of(record: Record) -> str:
    return f"/api/v1/{kind_named(record.record_kind).plural}/{record.slug}/"


def a_change(record: Record) -> dict[str, Any]:
    return {record.label_field: {"es": "Otro nombre"}}


def new_document(model: Any) -> dict[str, Any]:
    """A document like that of a record that is there."""
    from cubaru.core.documents import to_document

    with recording():
        record = FACTORIES[model.record_kind].create(status=Status.DRAFT)
    document = to_document(record)
    record.delete()
    return document


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("model", RECORDS, ids=name_of)
def test_a_token_begins_records_as_the_table_says(model: Any, role: str) -> None:
    writer = program(member(role, "somebody"))
    path = f"/api/v1/{kind_named(model.record_kind).plural}/"
    status = writer.post(path, new_document(model)).status_code
    assert (status == 201) == (cell(model, Right.ADD, role) == "yes"), status


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("model", RECORDS, ids=name_of)
def test_a_token_sees_what_the_table_says(model: Any, role: str) -> None:
    user = member(role, "somebody")
    writer = program(user)
    sees = MEANS[cell(model, Right.VIEW, role)] | {"published"}
    for state, record in each_state(FACTORIES[model.record_kind], user).items():
        for path in (path_of(record), f"{path_of(record)}document/"):
            assert (writer.get(path).status_code == 200) == (state in sees), (state, path)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("model", RECORDS, ids=name_of)
def test_a_token_changes_or_proposes_as_the_table_says(model: Any, role: str) -> None:
    user = member(role, "somebody")
    writer = program(user)
    for state, record in each_state(FACTORIES[model.record_kind], user).items():
        changes, proposes = (
            state in MEANS[cell(model, right, role)] for right in (Right.CHANGE, Right.PROPOSE)
        )
        expected = 200 if changes else 202 if proposes else 403
        answer = writer.patch(path_of(record), a_change(record), if_match="*")
        assert answer.status_code == expected, (state, answer.content)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("model", RECORDS, ids=name_of)
def test_a_token_deletes_drafts_as_the_table_says(model: Any, role: str) -> None:
    user = member(role, "somebody")
    writer = program(user)
    for state, record in each_state(FACTORIES[model.record_kind], user).items():
        allowed = state in MEANS[cell(model, Right.DELETE, role)] & DRAFTS
        status = writer.delete(path_of(record), if_match="*").status_code
        assert status == (204 if allowed else 403 if state in DRAFTS else 409), state


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("right", sorted(TRIED & set(STEPS)))
@pytest.mark.parametrize("model", RECORDS, ids=name_of)
def test_a_token_takes_steps_as_the_table_says(model: Any, right: Right, role: str) -> None:
    user = member(role, "somebody")
    writer = program(user)
    for state, record in each_state(FACTORIES[model.record_kind], user).items():
        own = right == Right.PUBLISH and state == "own in review"  # nobody publishes their own writing
        begins = state in STEPS[right] and not own
        allowed = begins and state in MEANS[cell(model, right, role)]
        status = _step(writer, record, right)
        assert status == (200 if allowed else 403 if begins else 409), state


def _step(writer: Program, record: Record, right: Right) -> int:
    answer = writer.post(f"{path_of(record)}{right.value}/", {"note": "a trial"}, if_match="*")
    status: int = answer.status_code
    return status
