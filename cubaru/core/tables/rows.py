"""Rows of a table as changes of records: which record a row is about, and what it is before and after."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cubaru.core.chunks import chunks
from cubaru.core.document_values import Document, DocumentError
from cubaru.core.documents import RecordKind, normal_document, to_document
from cubaru.core.languages import language_columns
from cubaru.core.models import PastSlug, Status
from cubaru.core.names.transliteration import by_system, is_russian
from cubaru.core.slugs import slug_of
from cubaru.core.tables.kinds import PartTable, RecordTable, Table

#: The spelling of Russian words in addresses.
SPELLING = "English press"

Texts = Mapping[str, str]


@dataclass
class Change:
    """What a row does to a record; without `before` it makes a new one."""

    kind: RecordKind
    slug: str
    record_id: int | None
    before: Document | None
    document: Document

    def error(self, at: str, message: str) -> DocumentError:
        return DocumentError(at, f"{self.slug}: {message}")


class Present:
    """The records that rows are about, as they are now and as the rows before leave them."""

    def __init__(self) -> None:
        self._documents: dict[tuple[str, str], tuple[int, Document]] = {}
        self._asked: set[tuple[str, str]] = set()
        self._moved: dict[tuple[str, str], str] = {}

    def load(self, kind: RecordKind, slugs: Iterable[str]) -> None:
        """Reads the records with these slugs, past ones too, at once."""
        new = {slug for slug in slugs if slug} - {slug for name, slug in self._asked if name == kind.name}
        for some in chunks(sorted(new)):
            self._asked |= {(kind.name, slug) for slug in some}
            self._read(kind, slug__in=some)
            missing = [slug for slug in some if (kind.name, slug) not in self._documents]
            past = dict(
                PastSlug.objects.filter(kind=kind.name, slug__in=missing).values_list("slug", "record_id")
            )
            now = self._read(kind, pk__in=set(past.values())) if past else {}
            self._moved |= {(kind.name, slug): now[key] for slug, key in past.items() if key in now}

    def find(self, kind: RecordKind, slug: str) -> tuple[int, Document] | None:
        """Primary key and document of the record with this slug, or of the one that had it once."""
        self.load(kind, [slug])
        return self._documents.get((kind.name, self._moved.get((kind.name, slug), slug)))

    def learn(self, kind: RecordKind, record_id: int, document: Document) -> None:
        self._documents[(kind.name, document["slug"])] = (record_id, document)

    def _read(self, kind: RecordKind, **wanted: Any) -> dict[int, str]:
        records = kind.model._base_manager.filter(**wanted).prefetch_related(*kind.prefetch())
        found = {record.pk: to_document(record) for record in records}
        for key, document in found.items():
            self.learn(kind, key, document)
        return {key: document["slug"] for key, document in found.items()}


class Rows:
    """Reads the rows of a table one after the other; `paths` are the columns of the cells, "" for none.

    With `empties` an empty cell takes away what a record has; else it leaves that alone.
    """

    def __init__(self, table: Table, paths: Sequence[str], *, empties: bool) -> None:
        self.table, self.empties = table, empties
        self.columns = [table.column(path) if path else None for path in paths]
        self.present = Present()
        self.seen: dict[str, int] = {}

    def load(self, rows: Iterable[Sequence[str]]) -> None:
        """Reads at once the records that the rows are about."""

    def read(self, number: int, cells: Sequence[str]) -> Change:
        """What the row does. Raises DocumentError."""
        raise NotImplementedError

    def start_again(self) -> None:
        self.seen.clear()

    def texts(self, cells: Sequence[str]) -> dict[str, str]:
        pairs = zip(self.columns, cells, strict=False)
        return {column.path: cell for column, cell in pairs if column is not None}

    def leave_out(self, cells: list[str], key: str) -> bool:
        """Empties the cells of a row that the key is about; False if none can be missed.

        What tells which record the row is about is never left out.
        """
        needed = {"slug", "identifiers", *self._named_by()}
        about = [
            place
            for place, column in enumerate(self.columns[: len(cells)])
            if column is not None
            and cells[place]
            and column.path not in needed
            and _concerns(key, column.path)
        ]
        for place in about:
            cells[place] = ""
        return bool(about)

    def slug_in(self, texts: Texts) -> str:
        """The address in the row, or one made of its words. Raises DocumentError."""
        given = texts.get("slug", "").strip() or self._known_by(texts)
        if given:
            return given
        words = next((texts[path] for path in self._named_by() if texts.get(path, "").strip()), "")
        if not words:
            raise DocumentError("slug", _("A row needs an address, or words to make one of."))
        slug = slug_of(" ".join(_latin(word) for word in words.split()))
        if not slug:
            raise DocumentError(
                "slug", _("Write an address in Latin letters: there are no words to make it of.")
            )
        return slug

    def once(self, slug: str, number: int) -> None:
        """Raises DocumentError if a row before was about the same."""
        other = self.seen.setdefault(slug, number)
        if other != number:
            raise DocumentError(
                "slug",
                _("Row %(row)d has this address too: “%(slug)s”.") % {"row": other, "slug": slug},
            )

    def put(self, document: Document, texts: Texts, leave: Iterable[str], *, is_new: bool) -> None:
        for column in self.columns:
            if column is None or column.path in leave:
                continue
            text = texts[column.path]
            if text or self.empties or is_new:
                column.put(document, text)

    def _known_by(self, texts: Texts) -> str:
        return ""

    def _named_by(self) -> list[str]:
        name = self.table.named_by
        return [name, *(path.replace(f"{name}_", f"{name}.") for path in language_columns(name))]


class RecordRows(Rows):
    table: RecordTable

    def load(self, rows: Iterable[Sequence[str]]) -> None:
        slugs = []
        for cells in rows:
            try:
                slugs.append(self.slug_in(self.texts(cells)))
            except DocumentError:  # told when the row is read
                continue
        self.present.load(self.table.kind, slugs)

    def read(self, number: int, cells: Sequence[str]) -> Change:
        texts, kind = self.texts(cells), self.table.kind
        slug = self.slug_in(texts)
        found = self.present.find(kind, slug)
        record_id, before = found or (None, None)
        after: Document = dict(before) if before else {"record": kind.name, "slug": slug}
        self.once(after["slug"], number)
        self.put(after, texts, ("slug",), is_new=before is None)
        after["status"] = after.get("status") or (before or {}).get("status") or Status.DRAFT.value
        return Change(kind, after["slug"], record_id, before, normal_document(after))

    def _known_by(self, texts: Texts) -> str:
        """The address of the one record that has an identifier of the row."""
        column = self.table.column("identifiers")
        text = texts.get("identifiers", "")
        if column is None or not text:
            return ""
        found: Document = {}
        column.put(found, text)
        for name, value in (found["identifiers"] or {}).items():
            if isinstance(value, str) and name.isidentifier():
                same = self.table.kind.model._base_manager.filter(**{f"identifiers__{name}": value})
                slugs = list(same.values_list("slug", flat=True)[:2])
                if len(slugs) == 1:
                    return str(slugs[0])
        return ""


class PartRows(Rows):
    table: PartTable

    def __init__(self, table: PartTable, paths: Sequence[str], *, empties: bool) -> None:
        super().__init__(table, paths, empties=empties)
        self._owners: dict[str, tuple[RecordKind, str]] = {}

    def load(self, rows: Iterable[Sequence[str]]) -> None:
        texts = [self.texts(cells) for cells in rows]
        for some in chunks(self._slug_or_none(one) for one in texts):
            self._load_owners([slug for slug in some if slug])
        for kind in self.table.kinds:
            known = [slug for owner, slug in self._owners.values() if owner is kind]
            self.present.load(kind, [*known, *(one.get(kind.name, "") for one in texts)])

    def read(self, number: int, cells: Sequence[str]) -> Change:
        texts, key = self.texts(cells), self.table.key
        slug = self.slug_in(texts)
        kind, owner = self._owner(slug, texts)
        found = self.present.find(kind, owner)
        if found is None:
            model = kind.model._meta.verbose_name
            raise DocumentError(
                kind.name, _("There is no %(kind)s “%(slug)s”.") % {"kind": model, "slug": owner}
            )
        record_id, before = found
        self.once(slug, number)
        parts = list(before.get(key, []))
        place = next((at for at, part in enumerate(parts) if part.get("slug") == slug), len(parts))
        part: Document = dict(parts[place]) if place < len(parts) else {"slug": slug}
        owners = [kind.name for kind in self.table.kinds]
        self.put(part, texts, ("slug", *owners), is_new=place == len(parts))
        after = normal_document(before | {key: [*parts[:place], part, *parts[place + 1 :]]})
        return Change(kind, before["slug"], record_id, before, after)

    def _owner(self, slug: str, texts: Texts) -> tuple[RecordKind, str]:
        given = [
            (kind, texts[kind.name].strip()) for kind in self.table.kinds if texts.get(kind.name, "").strip()
        ]
        known = self._owners.get(slug)
        if known is None:
            if len(given) != 1:
                columns = ", ".join(kind.name for kind in self.table.kinds)
                raise DocumentError(
                    "slug", _("A new row needs exactly one of: %(columns)s.") % {"columns": columns}
                )
            return given[0]
        for kind, other in given:
            found = self.present.find(kind, other)
            if (kind, found[1]["slug"] if found else other) != known:
                raise DocumentError(
                    kind.name,
                    _("This belongs to “%(slug)s”; an import does not move it.") % {"slug": known[1]},
                )
        return known

    def _slug_or_none(self, texts: Texts) -> str:
        try:
            return self.slug_in(texts)
        except DocumentError:  # told when the row is read
            return ""

    def _load_owners(self, slugs: Sequence[str]) -> None:
        links = [f"{kind.name}__slug" for kind in self.table.kinds]
        rows = self.table.model._base_manager.filter(slug__in=slugs).values_list("slug", *links)
        for slug, *owners in rows:
            for kind, owner in zip(self.table.kinds, owners, strict=True):
                if owner is not None:
                    self._owners[slug] = (kind, owner)


def _concerns(key: str, path: str) -> bool:
    """Whether a key of a document, such as "offices[2].start", stands in the column of the path."""
    return bool(key) and (
        key == path or key.startswith((f"{path}.", f"{path}[")) or path.startswith(f"{key}.")
    )


def rows_of(table: Table, paths: Sequence[str], *, empties: bool) -> Rows:
    if isinstance(table, PartTable):
        return PartRows(table, paths, empties=empties)
    assert isinstance(table, RecordTable)
    return RecordRows(table, paths, empties=empties)


def _latin(word: str) -> str:
    letters = "".join(letter for letter in word if letter.isalpha())
    return by_system(letters)[SPELLING] if is_russian(letters) else word
