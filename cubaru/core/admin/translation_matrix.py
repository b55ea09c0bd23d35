"""What the matrix of translations shows: which records, in what state in each language, and how many."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cubaru.core.admin.columns import LANGUAGE_NAMES
from cubaru.core.document_places import field_id, words_for
from cubaru.core.documents import RecordKind, kind_named, kinds
from cubaru.core.languages import LANGUAGES
from cubaru.core.models import Record, Status, TranslationState
from cubaru.core.pages import address_with
from cubaru.core.roles import Right, may

#: The states of a record in a language. It is missing something, or something is stale, or all is current.
STATES: Final = {
    "missing": gettext_lazy("missing"),
    "stale": gettext_lazy("stale"),
    "current": gettext_lazy("current"),
}
#: A cell names so many texts; the record's own page has all of them.
MOST_NAMED: Final = 3


@dataclass(frozen=True)
class Text:
    """A text that lacks or is stale, and where it is written."""

    label: str
    url: str
    state: str


@dataclass(frozen=True)
class Cell:
    """How a record stands in a language."""

    language: str
    name: str
    missing: int
    stale: int
    texts: list[Text] = field(default_factory=list)
    more: int = 0

    @property
    def state(self) -> str:
        return "stale" if self.stale else "missing" if self.missing else "current"


@dataclass(frozen=True)
class MatrixRow:
    state: TranslationState
    label: str
    kind: str
    status: str
    url: str
    cells: list[Cell]
    may_confirm: bool


@dataclass(frozen=True)
class Choice:
    """A choice of a filter."""

    label: str
    url: str
    is_current: bool
    count: int | None = None


class Matrix:
    """The matrix as a request asks for it; what it does not know it leaves out, as lists of the desk do."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.kinds = [kind for kind in kinds() if may(request.user, Right.VIEW, kind.model)]
        self.kind = self._asked("kind", [kind.name for kind in self.kinds])
        self.language = self._asked("language", LANGUAGES)
        self.state = self._asked("state", [*STATES, "all"])
        self.status = self._asked("status", Status.values)

    def _asked(self, name: str, known: Sequence[str]) -> str:
        value = self.request.GET.get(name, "")
        return value if value in known else ""

    def rows(self) -> QuerySet[TranslationState]:
        """The records asked for; without a state those on which there is work."""
        rows = self._visible().filter(kind=self.kind) if self.kind else self._visible()
        if self.status:
            rows = rows.filter(status=self.status)
        languages = [self.language] if self.language else list(LANGUAGES)
        if self.state == "all":
            return rows
        return rows.filter(in_state(self.state or "work", languages))

    def _visible(self) -> QuerySet[TranslationState]:
        return TranslationState.objects.filter(is_gone=False, kind__in=[kind.name for kind in self.kinds])

    def totals(self) -> "Totals":
        """The counts of all records of the kind and status, in one query."""
        rows = self._visible()
        if self.status:
            rows = rows.filter(status=self.status)
        counts = {
            f"{state}_{language}": Count("pk", filter=in_state(state, [language]))
            for state in STATES
            for language in LANGUAGES
        }
        found: Any = (
            rows.order_by()
            .values("kind")
            .annotate(
                work=Count("pk", filter=in_state("work", LANGUAGES)),
                **{f"n_{name}": one for name, one in counts.items()},
            )
        )
        return Totals(self, {row["kind"]: row for row in found})


def in_state(state: str, languages: Sequence[str]) -> Q:
    """Records that are so in one of the languages; with "current" in all of them. "work" is not current."""
    condition = Q()
    for language in languages:
        missing, stale = Q(**{f"missing_{language}__gt": 0}), Q(**{f"stale_{language}__gt": 0})
        match state:
            case "missing":
                condition |= missing
            case "stale":
                condition |= stale
            case "work":
                condition |= missing | stale
            case _:
                condition &= ~missing & ~stale
    return condition


@dataclass(frozen=True)
class Totals:
    matrix: Matrix
    by_kind: dict[str, dict[str, Any]]

    def table(self) -> Iterator[tuple[str, str, list[Choice]]]:
        """For each language how many records are in each state, with where they are listed."""
        chosen = [row for kind, row in self.by_kind.items() if self.matrix.kind in {"", kind}]
        for language in LANGUAGES:
            yield (
                language,
                str(LANGUAGE_NAMES[language]),
                [
                    Choice(
                        str(title),
                        address_with(self.matrix.request, language=language, state=state),
                        (language, state) == (self.matrix.language, self.matrix.state),
                        sum(row[f"n_{state}_{language}"] for row in chosen),
                    )
                    for state, title in STATES.items()
                ],
            )

    def kinds(self) -> list[Choice]:
        """The kinds, with how many of their records there is work on."""
        request = self.matrix.request
        total = sum(row["work"] for row in self.by_kind.values())
        return [
            Choice(_("All kinds"), address_with(request, kind=None), not self.matrix.kind, total),
            *(
                Choice(
                    plural_of(kind),
                    address_with(request, kind=kind.name),
                    kind.name == self.matrix.kind,
                    self.by_kind.get(kind.name, {}).get("work", 0),
                )
                for kind in self.matrix.kinds
            ),
        ]


def plural_of(kind: RecordKind) -> str:
    name = str(kind.model._meta.verbose_name_plural)
    return name[:1].upper() + name[1:]


def shown_rows(states: Sequence[TranslationState], request: HttpRequest) -> list[MatrixRow]:
    """The rows with what the records are called: one query for each kind among them."""
    by_kind: dict[str, list[int]] = {}
    for state in states:
        by_kind.setdefault(state.kind, []).append(state.record_id)
    records: dict[tuple[str, int], Record] = {
        (name, record.pk): record
        for name, ids in by_kind.items()
        for record in kind_named(name).model._base_manager.filter(pk__in=ids)
    }
    return [
        _row(state, records[(state.kind, state.record_id)], request)
        for state in states
        if (state.kind, state.record_id) in records
    ]


def _row(state: TranslationState, record: Record, request: HttpRequest) -> MatrixRow:
    return MatrixRow(
        state,
        str(record),
        str(record._meta.verbose_name),
        str(Status(state.status).label),
        reverse("admin:record_translations", args=[state.kind, state.record_id]),
        [cell_of(state, language) for language in LANGUAGES],
        may(request.user, Right.CHANGE, record),
    )


def cell_of(state: TranslationState, language: str) -> Cell:
    kind = kind_named(state.kind)
    form = form_of(kind, state.record_id)
    places = [(at, "stale") for at, told in state.texts.items() if language in told.get("stale", {})]
    places += [(at, "missing") for at, told in state.texts.items() if language in told.get("missing", [])]
    named = [
        Text(words_for(kind, at), f"{form}#{field_id(kind, at, language)}", how)
        for at, how in places[:MOST_NAMED]
    ]
    return Cell(
        language,
        str(LANGUAGE_NAMES[language]),
        getattr(state, f"missing_{language}"),
        getattr(state, f"stale_{language}"),
        named,
        max(0, len(places) - MOST_NAMED),
    )


def form_of(kind: RecordKind, record_id: int) -> str:
    """The address of a record's form."""
    options = kind.model._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[record_id])
