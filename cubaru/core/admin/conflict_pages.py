"""The page that asks what is to stand where two curators changed the same.

It needs no script: each conflict is a group of choices, and everything typed goes along in the page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from cubaru.core.admin.curators import joined_names, savers_since
from cubaru.core.admin.meetings import Meeting, mark_of, seen_of
from cubaru.core.comparing import Piece, marked_words
from cubaru.core.differences import DeskReader, Difference, differences, labelled
from cubaru.core.document_items import Links, Parts, Plain, Texts
from cubaru.core.documents import Document, RecordKind, kind_named
from cubaru.core.languages import OWN_NAMES, current_language
from cubaru.core.merging import Conflict, Merged, Spot
from cubaru.core.reading import Entry, label_of
from cubaru.core.restoring import title_of

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

ALSO_CARRIED: Final = ("kept", "minor", "note")


@dataclass(frozen=True)
class Version:
    """One side of a conflict, for reading: words, with what differs from the base marked, or a whole part."""

    pieces: tuple[Piece, ...] = ()
    entries: tuple[Entry, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.pieces or self.entries)


@dataclass(frozen=True)
class Question:
    """A conflict, put to a curator."""

    mark: str
    seen: str
    label: str
    language: str
    base: Version
    theirs: Version
    mine: Version
    #: The text to be edited, None where there is none.
    text: str | None
    choice: str
    is_part: bool


class Asker:
    """Puts the conflicts of a meeting in words; related records are called as they are now."""

    def __init__(self, kind: RecordKind, meeting: Meeting, theirs: Document) -> None:
        self.meeting = meeting
        base, saved, mine = labelled(kind, [meeting.base, theirs, meeting.mine])
        language = current_language()
        self.readers = {
            "base": DeskReader(kind, base, language),
            "theirs": DeskReader(kind, saved, language),
            "mine": DeskReader(kind, mine, language),
        }

    def question(self, conflict: Conflict) -> Question:
        mark = mark_of(conflict)
        given = self.meeting.answers.get(mark)
        versions = {side: self._version(conflict, side) for side in self.readers}
        return Question(
            mark=mark,
            seen=seen_of(conflict),
            label=" · ".join(filter(None, self._labels(conflict))),
            language=conflict.spot.language,
            text=(given.text if given and given.text else conflict.mine or "") if is_text(conflict) else None,
            # What was typed with an answer to other texts stays, the answer does not.
            choice=answer.choice if (answer := self.meeting.answer_to(conflict)) else "",
            is_part=conflict.what == "part",
            **versions,
        )

    def _labels(self, conflict: Conflict) -> Iterator[str]:
        spot = conflict.spot
        for around, row in spot.rows:
            yield label_of(around.model, around.item)
            yield self._title_of_part(around, row)
        yield label_of(spot.model, spot.item)
        if spot.language:
            yield OWN_NAMES[spot.language]
        elif conflict.what == "order":
            yield _("order")
        elif conflict.what == "part":
            row = conflict.theirs or conflict.mine
            yield self._title_of_part(spot, row)

    def _title_of_part(self, spot: Spot, row: Any) -> str:
        assert isinstance(spot.item, Parts), "rows stand in lists of parts"
        return self.readers["mine"].title_of_part(spot.model, spot.item, row)

    def _version(self, conflict: Conflict, side: str) -> Version:
        value, reader = getattr(conflict, side), self.readers[side]
        item = conflict.spot.item
        if conflict.what == "part" and isinstance(item, Parts) and not isinstance(item, Links):
            return Version(entries=tuple(reader.part(conflict.spot.model, item, value or {})))
        text = self._words(conflict, side, value)
        if side == "base" or not text:
            return Version(pieces=(Piece("same", text),) if text else ())
        before = self._words(conflict, "base", conflict.base)
        return Version(pieces=tuple(marked_words(before, text)))

    def _words(self, conflict: Conflict, side: str, value: Any) -> str:
        if value is None:
            return ""
        spot, reader = conflict.spot, self.readers[side]
        if conflict.what == "order":
            return "; ".join(self._title(conflict, key) for key in value)
        if isinstance(spot.item, Texts):
            return str(value)
        return reader.words(spot.model, spot.item, [value] if conflict.what == "part" else value)

    def _title(self, conflict: Conflict, key: str) -> str:
        """What a row of a list is called by which the order is told."""
        if isinstance(conflict.spot.item, Links):
            return self.readers["mine"].words(conflict.spot.model, conflict.spot.item, [key])
        for reader in self.readers.values():
            _labels, titles = reader.orders().get(conflict.path[:-1], ((), {}))
            if key in titles:
                return titles[key]
        return key


def is_text(conflict: Conflict) -> bool:
    """Whether a third text can be written: where there is text, and not a choice."""
    if conflict.what != "value":
        return False
    if isinstance(conflict.spot.item, Texts):
        return True
    if not isinstance(conflict.spot.item, Plain):
        return False
    column = conflict.spot.model._meta.get_field(conflict.spot.item.attribute)
    return isinstance(column, models.CharField | models.TextField) and not column.choices


@dataclass(frozen=True)
class Asked:
    """What the page is about. Without `theirs` the record is deleted, and may be brought back or not."""

    meeting: Meeting
    theirs: Document | None
    #: The row whose form it was, if it is there.
    row: models.Model | None
    may_bring_back: bool = False
    fault: str = ""


def conflict_page(desk: "ModelAdmin[Any]", request: HttpRequest, asked: Asked) -> HttpResponse:
    meeting, theirs, row = asked.meeting, asked.theirs, asked.row
    kind, language = kind_named(meeting.opened.kind), current_language()
    merged = meeting.merged(theirs, is_answered=False)  # what was answered can be answered differently
    asker = Asker(kind, meeting, theirs if theirs is not None else meeting.base)
    context = {
        **desk.admin_site.each_context(request),
        "title": _("This record was deleted") if theirs is None else _("Two have changed this record"),
        "opts": desk.opts,
        "original": row,
        "name": title_of(meeting.mine),
        "typed": meeting.signed(request.user),
        "carried": [(name, request.POST[name]) for name in request.POST if _is_carried(name)],
        "why": request.POST.get("why", ""),
        "names": joined_names(savers_since(meeting.opened), request.user),
        "newest": meeting.newest,
        "questions": [asker.question(conflict) for conflict in merged.conflicts],
        "together": _without_question(kind, theirs, merged, language) if theirs is not None else [],
        "typed_differences": differences(kind, meeting.base, meeting.mine, language),
        "is_deleted": theirs is None,
        "may_bring_back": asked.may_bring_back,
        "is_again": meeting.is_answered,
        "open_questions": sum(meeting.answer_to(conflict) is None for conflict in merged.conflicts),
        "fault": asked.fault,
    }
    return TemplateResponse(request, "admin/conflicts.html", context)


def _without_question(kind: RecordKind, theirs: Document, merged: Merged, language: str) -> list[Difference]:
    """What of mine goes into what is saved now, beside what is asked."""
    asked = [conflict.path for conflict in merged.conflicts]
    return [
        difference
        for difference in differences(kind, theirs, merged.document, language)
        if not any(difference.path[: len(path)] == path for path in asked)
    ]


def _is_carried(name: str) -> bool:
    """What goes along from the form beside the record: how it was to be saved, whether it was minor."""
    return name.startswith("_") or name in ALSO_CARRIED
