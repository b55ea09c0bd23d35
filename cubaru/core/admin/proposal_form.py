"""ProposalForm: what a proposal would change, each thing to be taken, left, or put in other words."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from cubaru.core.choosing import Choice, choices, chosen
from cubaru.core.comparing import Difference
from cubaru.core.differences import differences
from cubaru.core.documents import Document, RecordKind, kind_named
from cubaru.core.languages import current_language
from cubaru.core.merging import ORDER, Conflict, merge
from cubaru.core.models import Proposal, ProposalState, Record, Revision
from cubaru.core.proposals import Prospect, in_conflict, prospect
from cubaru.core.reading import Path
from cubaru.core.workflow import WorkflowError


@dataclass(frozen=True)
class Line:
    """Something that the proposal changes; `key` ends the names of its fields."""

    key: str
    choice: Choice
    is_taken: bool
    #: A text that can be put in other words; None for anything else.
    text: str | None


@dataclass(frozen=True)
class Clash:
    """What the proposal and somebody else changed differently, and which of the two was chosen, if any."""

    key: str
    conflict: Conflict
    now: list[Difference]
    proposed: list[Difference]
    answer: str

    @property
    def label(self) -> str:
        return next((one.label for one in [*self.proposed, *self.now]), "")


class ProposalForm:
    """Reads what the editor chose; shows what there is to choose.

    Once the proposal is answered, or cannot be accepted any more, it shows what was proposed.
    """

    def __init__(self, proposal: Proposal, posted: QueryDict | None) -> None:
        self.proposal = proposal
        self.posted: Mapping[str, Any] = posted.dict() if posted is not None else {}
        self.kind: RecordKind = kind_named(proposal.kind)
        self.record: Record | None = self.kind.model._base_manager.filter(pk=proposal.record_id).first()
        self.lines: list[Line] = []
        self.clashes: list[Clash] = []
        self.proposed: list[Difference] = []
        self.fault = ""

    @property
    def target(self) -> Any:
        """The record, or its model if it is no longer there, to ask for rights."""
        return self.record or self.kind.model

    def read(self) -> None:
        """Fills in what is to be shown."""
        if self.proposal.state == ProposalState.WAITING:
            try:
                found = prospect(self.proposal)
            except WorkflowError as error:
                self.fault = " ".join(error.messages)
            else:
                self.clashes = self._clashes(found)
                self.lines = [self._line(choice) for choice in self._choices(found.live, found.document)]
                return
        base = Revision.objects.get(
            kind=self.kind.name, record_id=self.proposal.record_id, number=self.proposal.base
        )
        self.proposed = self._differences(base.document, self.proposal.document)

    def choose(self, found: Prospect) -> Document:
        """The document that the editor's choices make of the record. Raises WorkflowError if one lacks."""
        merged = merge(found.kind, found.base, found.live, found.mine, answers=self._answers(found))
        if merged.conflicts:
            raise WorkflowError(in_conflict())
        left, texts = set[Path](), dict[Path, str]()
        for choice in self._choices(found.live, merged.document):
            line = self._line(choice)
            if not line.is_taken:
                left.add(choice.path)
            elif line.text is not None:
                texts[choice.path] = line.text
        return chosen(found.kind, found.live, merged.document, left=left, texts=texts)

    def _differences(self, before: Document, after: Document) -> list[Difference]:
        return differences(self.kind, before, after, current_language())

    def _choices(self, live: Document, wanted: Document) -> list[Choice]:
        return choices(self.kind, live, wanted, self._differences(live, wanted))

    def _line(self, choice: Choice) -> Line:
        key = key_of(choice.path)
        was_shown = f"shown-{key}" in self.posted
        return Line(key, choice, not was_shown or f"take-{key}" in self.posted, self._text(key, choice))

    def _text(self, key: str, choice: Choice) -> str | None:
        first = choice.differences[0]
        if len(choice.differences) > 1 or not first.language or not first.after:
            return None
        typed = self.posted.get(f"text-{key}")
        return first.after if typed is None else typed.replace("\r\n", "\n").strip()

    def _clashes(self, found: Prospect) -> list[Clash]:
        if not found.conflicts:
            return []
        theirs, mine = (self._differences(found.base, one) for one in (found.live, found.mine))
        return [
            Clash(
                key, conflict, _at(conflict, theirs), _at(conflict, mine), self.posted.get(f"clash-{key}", "")
            )
            for conflict in found.conflicts
            for key in [key_of(conflict.path)]
        ]

    def _answers(self, found: Prospect) -> dict[Path, Any]:
        answers = {}
        for conflict in found.conflicts:
            match self.posted.get(f"clash-{key_of(conflict.path)}"):
                case "now":
                    answers[conflict.path] = conflict.theirs
                case "proposed":
                    answers[conflict.path] = conflict.mine
        return answers


def key_of(path: Path) -> str:
    """A path as a part of a field's name."""
    return hashlib.sha256("\n".join(path).encode()).hexdigest()[:16]


def _at(conflict: Conflict, found: list[Difference]) -> list[Difference]:
    """The differences that a conflict is about."""
    path = conflict.path[:-1] if conflict.path[-1] == ORDER else conflict.path
    return [one for one in found if one.path[: len(path)] == path]
