"""Meetings: what a curator typed, on its way to be put together with what others saved meanwhile."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from django.core import signing
from django.http import HttpRequest

from cubaru.core.admin.opened import Opened
from cubaru.core.documents import Document, kind_named
from cubaru.core.merging import Conflict, Merged, merge
from cubaru.core.models import Revision
from cubaru.core.restoring import as_it_can_be

SALT: Final = "cubaru.core.admin.meetings"
#: The hidden field with what was typed.
TYPED: Final = "typed"
CHOICES: Final = ("theirs", "mine", "text")


@dataclass(frozen=True)
class Answer:
    """What was chosen for a conflict, and what was typed beside it. `seen` tells between which texts."""

    choice: str
    text: str
    seen: str


@dataclass(frozen=True)
class Meeting:
    """What a curator typed, on its way to be put together with what others saved."""

    opened: Opened
    mine: Document
    answers: dict[str, Answer] = field(default_factory=dict)
    #: A record that was deleted is to come back with what was typed.
    brings_back: bool = False
    #: The page of conflicts was answered, be it in part.
    is_answered: bool = False

    @property
    def base(self) -> Document:
        return as_it_can_be(kind_named(self.opened.kind), self.opened.revision().document).document

    @property
    def newest(self) -> Revision | None:
        of_record = Revision.objects.filter(kind=self.opened.kind, record_id=self.opened.record_id)
        return of_record.select_related("saved_by").order_by("-number").first()

    def merged(self, theirs: Document | None, *, is_answered: bool = True) -> Merged:
        """With the answers given to the very conflicts that there are now; others are asked (again)."""
        kind, base = kind_named(self.opened.kind), self.base
        theirs = base if theirs is None else theirs
        merged = merge(kind, base, theirs, self.mine)
        answers = {
            one.path: value_of(one, answer) for one in merged.conflicts if (answer := self.answer_to(one))
        }
        return merge(kind, base, theirs, self.mine, answers=answers) if answers and is_answered else merged

    def answer_to(self, conflict: Conflict) -> Answer | None:
        """What was answered to this conflict; an answer to other texts is none."""
        answer = self.answers.get(mark_of(conflict))
        if answer is None or answer.seen != seen_of(conflict) or answer.choice not in CHOICES:
            return None
        return answer

    def signed(self, user: Any) -> str:
        kept = {"opened": asdict(self.opened), "mine": self.mine, "user": user.pk}
        return signing.dumps(kept, salt=SALT, compress=True)


def read_meeting(request: HttpRequest) -> Meeting | None:
    """What the page of conflicts sent; None if the request does not come from it."""
    try:
        kept = signing.loads(request.POST[TYPED], salt=SALT)
    except (KeyError, signing.BadSignature):
        return None
    if kept["user"] != request.user.pk:
        return None
    return Meeting(
        Opened(**kept["opened"]), kept["mine"], dict(_answers(request)), "bring_back" in request.POST, True
    )


def _answers(request: HttpRequest) -> Iterator[tuple[str, Answer]]:
    for name in request.POST:
        start, _dash, mark = name.partition("-")
        if start == "seen":
            yield (
                mark,
                Answer(
                    request.POST.get(f"choice-{mark}", ""),
                    request.POST.get(f"text-{mark}", "").replace("\r\n", "\n"),
                    request.POST[name],
                ),
            )


def mark_of(conflict: Conflict) -> str:
    """A name for the place of a conflict that can stand in a form."""
    return _hash(conflict.path)


def seen_of(conflict: Conflict) -> str:
    return _hash([conflict.base, conflict.theirs, conflict.mine])


def value_of(conflict: Conflict, answer: Answer) -> Any:
    if answer.choice == "text":
        return answer.text.strip() or None
    return conflict.theirs if answer.choice == "theirs" else conflict.mine


def _hash(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]
