"""The items that documents are made of: each reads one key from a row, and writes it back."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from cubaru.core.fields import HistoricalDateField
from cubaru.core.languages import LANGUAGES, texts
from cubaru.core.models.past_slug import PastSlug
from cubaru.core.models.record import Record
from cubaru.core.models.row import Part

Document = dict[str, Any]


class State(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class DocumentError(ValueError):
    """A document that cannot be applied: `at` is the key ("participants[2].role"), the message says why."""

    def __init__(self, at: str, message: str) -> None:
        super().__init__(f"{at}: {message}" if at else message)
        self.at = at
        self.message = message


class Related:
    """Finds records by slug, also by a past one; remembers what it found."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Record | None] = {}

    def find(self, model: type[Record], slug: str) -> Record | None:
        key = (model.record_kind, slug)
        if self._found.get(key) is None:
            record = model._base_manager.filter(slug=slug).first()
            if record is None:
                past = PastSlug.objects.filter(kind=model.record_kind, slug=slug).first()
                record = past and model._base_manager.filter(pk=past.record_id).first()
            self._found[key] = record
        return self._found[key]

    def get(self, model: type[Record], slug: object, at: str) -> Record:
        record = self.find(model, slug) if isinstance(slug, str) else None
        if record is None:
            raise DocumentError(
                at, _("There is no %(kind)s “%(slug)s”.") % {"kind": model._meta.verbose_name, "slug": slug}
            )
        return record

    def learn(self, record: Record) -> None:
        self._found[(record.record_kind, record.slug)] = record


class Item:
    """One key of a document. `read` gives its value, `write` sets it; None stands for an absent key."""

    is_link = False

    def __init__(self, key: str, attribute: str = "") -> None:
        self.key = key
        self.attribute = attribute or key

    def read(self, row: Any) -> Any:
        raise NotImplementedError

    def write(self, row: Any, value: Any, at: str, related: Related) -> None:
        raise NotImplementedError

    def prefetch(self) -> list[str]:
        return []


class Plain(Item):
    """A text, number or boolean, or a JSON list or map, in a column of the same kind."""

    def read(self, row: Any) -> Any:
        return getattr(row, self.attribute)

    def write(self, row: Any, value: Any, at: str, related: Related) -> None:
        column = row._meta.get_field(self.attribute)
        if value is None:
            value = column.get_default()
        elif isinstance(column, models.CharField | models.TextField) and not isinstance(value, str):
            raise DocumentError(at, _("A text in quotation marks is expected."))
        elif isinstance(column, models.BooleanField) and not isinstance(value, bool):
            raise DocumentError(at, _("true or false is expected."))
        setattr(row, self.attribute, value)


class Day(Item):
    """A day, written as YYYY-MM-DD."""

    def read(self, row: Any) -> Any:
        day = getattr(row, self.attribute)
        return day.isoformat() if day else None

    def write(self, row: Any, value: Any, at: str, related: Related) -> None:
        try:
            day = row._meta.get_field(self.attribute).to_python(value)
        except ValidationError as error:
            raise DocumentError(at, " ".join(error.messages)) from error
        setattr(row, self.attribute, day)


class Texts(Item):
    """A language map in the columns of a translated field."""

    def read(self, row: Any) -> Any:
        return texts(row, self.attribute)

    def write(self, row: Any, value: Any, at: str, related: Related) -> None:
        by_language = _a_map(value, at, LANGUAGES)
        for language in LANGUAGES:
            text = by_language.get(language, "")
            if not isinstance(text, str):
                raise DocumentError(f"{at}.{language}", _("A text in quotation marks is expected."))
            setattr(row, f"{self.attribute}_{language}", text)


class When(Item):
    """A historical date: EDTF, calendar, the source's own words."""

    def read(self, row: Any) -> Any:
        edtf, words = getattr(row, self.attribute), getattr(row, f"{self.attribute}_words")
        value = {"edtf": edtf, "calendar": getattr(row, f"{self.attribute}_calendar")} if edtf else {}
        return value | ({"words": words} if words else {})

    def write(self, row: Any, value: Any, at: str, related: Related) -> None:
        date = _a_map(value, at, ("edtf", "calendar", "words"))
        field = row._meta.get_field(self.attribute)
        assert isinstance(field, HistoricalDateField)
        for key, attribute in (("edtf", ""), ("calendar", "_calendar"), ("words", "_words")):
            column = row._meta.get_field(f"{self.attribute}{attribute}")
            text = date.get(key, column.get_default())
            if not isinstance(text, str):
                raise DocumentError(f"{at}.{key}", _("A text in quotation marks is expected."))
            setattr(row, column.name, text)


class Link(Item):
    """Another record, by slug."""

    is_link = True

    def read(self, row: Any) -> Any:
        linked = getattr(row, self.attribute)
        return linked.slug if linked else None

    def write(self, row: Any, value: Any, at: str, related: Related) -> None:
        target = row._meta.get_field(self.attribute).related_model
        setattr(row, self.attribute, related.get(target, value, at) if value is not None else None)

    def prefetch(self) -> list[str]:
        return [self.attribute]


class Parts(Item):
    """The rows of a part, in order, as a list of maps.

    `identity` are the keys by which a row of an older state is known again, so that it keeps its
    primary key (and with it a claim its address) when the rest of it changes.
    """

    def __init__(
        self, key: str, items: Sequence[Item], *, attribute: str = "", identity: Sequence[str] = ()
    ) -> None:
        super().__init__(key, attribute)
        self.items = items
        self.identity = identity or [item.key for item in items]

    def read(self, row: Any) -> Any:
        return [self.read_one(part) for part in self._rows(row)]

    def read_one(self, part: Part) -> Any:
        values = ((item.key, item.read(part)) for item in self.items)
        return {key: value for key, value in values if value not in ("", None, [], {})}

    def prefetch(self) -> list[str]:
        inner = [f"{self.attribute}__{lookup}" for item in self.items for lookup in item.prefetch()]
        return [self.attribute, *inner]

    def write(self, row: Any, value: Any, at: str, related: Related) -> None:
        wanted = self._wanted(value, at)
        present = [(part, self.read_one(part)) for part in self._rows(row)]
        matches = self._match(wanted, present)
        kept = {part.pk for part in matches if part is not None}
        for part, _document in present:  # first, so that no new row collides with an old one
            if part.pk not in kept:
                part.delete()
        documents = {part.pk: document for part, document in present}
        for position, (document, match) in enumerate(zip(wanted, matches, strict=True)):
            part = match or self._new_part(row)
            if match is None or documents[match.pk] != document or match.position != position:
                part.position = position
                self._write_one(part, document, f"{at}[{position}]", related)

    def _rows(self, row: Any) -> list[Part]:
        # Sorted here, not by the database, so that prefetched rows serve.
        rows: list[Part] = list(getattr(row, self.attribute).all()) if row.pk else []
        return sorted(rows, key=lambda part: (part.position, part.pk))

    def _new_part(self, row: Any) -> Part:
        relation = row._meta.get_field(self.attribute)
        part: Part = relation.related_model(**{relation.field.name: row})
        return part

    def _wanted(self, value: Any, at: str) -> list[Any]:
        if value is None:
            return []
        if not isinstance(value, list):
            raise DocumentError(at, _("A list in square brackets is expected."))
        for position, document in enumerate(value):
            _a_map(document, f"{at}[{position}]", [item.key for item in self.items])
        return value

    def _match(self, wanted: list[Any], present: list[tuple[Part, Any]]) -> list[Part | None]:
        """For each wanted document the row that is to become it: an equal one, else one with its identity."""
        free = list(present)
        matches: list[Part | None] = [None] * len(wanted)
        for equal in (lambda a, b: a == b, self._same_identity):
            for index, document in enumerate(wanted):
                found = next(
                    (pair for pair in free if matches[index] is None and equal(pair[1], document)), None
                )
                if found is not None:
                    matches[index] = found[0]
                    free.remove(found)
        return matches

    def _same_identity(self, one: Any, other: Any) -> bool:
        return all(one.get(key) == other.get(key) for key in self.identity)

    def _write_one(self, part: Part, document: Any, at: str, related: Related) -> None:
        nested = [item for item in self.items if isinstance(item, Parts)]
        for item in self.items:
            if item not in nested:
                item.write(part, document.get(item.key), f"{at}.{item.key}", related)
        save_checked(part, at)
        for item in nested:
            item.write(part, document.get(item.key), f"{at}.{item.key}", related)


class Links(Parts):
    """Other records in order, by slug, through a part with one link: ["diplomacy", "trade"]."""

    def __init__(self, key: str, link: str, *, attribute: str = "") -> None:
        self.link = Link(link)
        super().__init__(key, [self.link], attribute=attribute)

    def read_one(self, part: Part) -> Any:
        return self.link.read(part)

    def _wanted(self, value: Any, at: str) -> list[Any]:
        if value is not None and not isinstance(value, list):
            raise DocumentError(at, _("A list in square brackets is expected."))
        return value or []

    def _same_identity(self, one: Any, other: Any) -> bool:
        return bool(one == other)

    def _write_one(self, part: Part, document: Any, at: str, related: Related) -> None:
        self.link.write(part, document, at, related)
        save_checked(part, at)


def save_checked(row: Record | Part, at: str) -> None:
    """Saves a row after the checks of its fields; every fault becomes a DocumentError that names its key."""
    links = [field.name for field in row._meta.concrete_fields if field.is_relation]
    try:
        row.clean_fields(exclude=links)  # links were resolved, asking the database again is slow
        row.clean()
        with transaction.atomic():
            row.save()
    except ValidationError as error:
        raise _document_error(row, error, at) from error
    except IntegrityError as error:
        raise DocumentError(at, _("A rule of the database is broken: %(rule)s.") % {"rule": error}) from error


def _document_error(row: models.Model, error: ValidationError, at: str) -> DocumentError:
    if not hasattr(error, "error_dict"):
        return DocumentError(at, " ".join(error.messages))
    column, messages = next(iter(error.message_dict.items()))
    key = ".".join(part for part in (at, "" if column == "__all__" else column) if part)
    return DocumentError(key, " ".join(messages))


def _a_map(value: Any, at: str, known: Sequence[str]) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise DocumentError(at, _("A map in curly brackets is expected."))
    for key in _unknown(value, known):
        raise DocumentError(
            f"{at}.{key}", _("There is no such key; known are %(known)s.") % {"known": ", ".join(known)}
        )
    return value


def _unknown(value: dict[str, Any], known: Sequence[str]) -> Iterator[str]:
    return (key for key in value if key not in known)


#: The items of a name.
NAME = (Plain("text"), Plain("language"), Plain("script"), Plain("kind"), Plain("scheme"))


def names(*more: Item) -> Parts:
    """The names of a record, each with `more` items (the source of an event's name)."""
    return Parts("names", [*NAME, *more], identity=("text", "language", "kind"))
