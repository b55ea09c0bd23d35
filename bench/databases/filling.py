"""Fills a SQLite database with events and all that belongs to them."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from django.core.management import call_command
from django.db import connection, models, transaction

from bench.databases.analyses import Analyses
from bench.databases.events import PERSON, Made, events
from bench.databases.texts import PEOPLE
from bench.make_corpus import make_themes
from cubaru.core.bulk_rows import write_rows
from cubaru.core.documents import apply_document
from cubaru.core.fields import historical_date_fields
from cubaru.core.ledger import entry_hash
from cubaru.core.models import LedgerEntry, Record
from cubaru.core.published import label_map
from cubaru.core.search import fulltext
from cubaru.core.search.entries import entries_of
from cubaru.core.search.tables import SearchEntry
from cubaru.core.search.vocabulary import Changes
from events.models import Event, EventTheme, Participation, Theme
from people.models import Person

#: So many events are written at once, and so many in one transaction together with the words of their index.
AT_ONCE, TOGETHER = 5_000, 50_000
#: When the first event was published; the others follow, one a second.
STARTED: Final = datetime(2026, 1, 1, tzinfo=UTC)

(_EVENT_DATE,) = historical_date_fields(Event)


def fill(size: int) -> None:
    """Where it was cut off, it goes on."""
    there = Event.objects.count()
    if there >= size:
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = OFF")
        cursor.execute("PRAGMA cache_size = -1000000")  # kB: indexes grow in no order
        cursor.execute("INSERT INTO core_searchtext (core_searchtext, rank) VALUES ('hashsize', 67108864)")
    if not there:
        _make_what_events_link_to()
    made = islice(events(size), there, None)
    filler = _Filler()
    while there < size:
        end = min(size, there + TOGETHER)
        with transaction.atomic():
            while there < end:
                some = list(islice(made, min(AT_ONCE, end - there)))
                filler.write(some)
                there += len(some)
            filler.write_words()
        print(f"{there:,} events", flush=True)
    call_command("rebuild_timeline")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO core_searchtext (core_searchtext, rank) VALUES ('hashsize', 1048576)")
        cursor.execute("INSERT INTO core_searchtext (core_searchtext) VALUES ('optimize')")
        cursor.execute("ANALYZE")


def _make_what_events_link_to() -> None:
    for theme in make_themes():
        apply_document(theme)
    for number, name in enumerate(PEOPLE, start=1):
        apply_document({
            "record": "person", "slug": PERSON.format(number), "status": "published", "name": name,
            "sort_name": name, "nationality": "RU",
        })  # fmt: skip


class _Filler:
    """Writes events in order; the ledger's last entry is known only here."""

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, int]] = {}
        self.labels: dict[str, dict[str, dict[str, str]]] = {}
        for model in (Theme, Person):
            records: list[Record] = list(model._base_manager.all())
            self.keys[model.record_kind] = {record.slug: record.pk for record in records}
            self.labels[model.record_kind] = {record.slug: label_map(record) for record in records}
        self.analyses = Analyses()
        self.changes = Changes()
        self.last = LedgerEntry.objects.latest("number")
        self.plain = _values(Event(status="published"))

    def write(self, some: list[Made]) -> None:
        published = [self._published(made.document) for made in some]
        _write(Event, (event_row(made, self.plain) for made in some))
        _write(EventTheme, (row for made in some for row in self._theme_rows(made)))
        _write(Participation, (row for made in some for row in self._person_rows(made)))
        _write(LedgerEntry, (self._edition(made, text) for made, text in zip(some, published, strict=True)))
        entries, postings = [], []
        for made, text in zip(some, published, strict=True):
            (entry,) = entries_of("event", made.pk, json.loads(text))
            analysis = self.analyses.of(entry, made.base, made.words)
            self.changes.add(analysis)
            entries.append(entry)
            postings.append(analysis.posting)
        _write(SearchEntry, (_values(entry) for entry in entries))
        fulltext.write(postings)

    def write_words(self) -> None:
        self.changes.write()
        self.changes = Changes()

    def _published(self, document: dict[str, Any]) -> str:
        """The published document in the canonical form, which for plain texts is that of Python."""
        people = [part["person"] for part in document.get("participants", [])]
        labels = {"theme": {slug: self.labels["theme"][slug] for slug in document["themes"]}}
        if people:
            labels["person"] = {slug: self.labels["person"][slug] for slug in people}
        public = {key: value for key, value in document.items() if key != "status"} | {"labels": labels}
        return json.dumps(public, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def _theme_rows(self, made: Made) -> Iterator[dict[str, Any]]:
        for position, slug in enumerate(made.document["themes"]):
            yield {"event_id": made.pk, "theme_id": self.keys["theme"][slug], "position": position}

    def _person_rows(self, made: Made) -> Iterator[dict[str, Any]]:
        for position, part in enumerate(made.document.get("participants", [])):
            key = self.keys["person"][part["person"]]
            yield {
                "event_id": made.pk,
                "person_id": key,
                "role": part["role"],
                "note": "",
                "position": position,
            }

    def _edition(self, made: Made, text: str) -> dict[str, Any]:
        self.last = LedgerEntry(
            number=self.last.number + 1, action="edition", kind="event", record_id=made.pk, edition=1,
            slug=made.document["slug"], document=text, digest=hashlib.sha256(text.encode()).hexdigest(),
            at=STARTED + timedelta(seconds=made.pk), previous_hash=self.last.hash,
        )  # fmt: skip
        self.last.hash = entry_hash(self.last)
        return _values(self.last)


def event_row(made: Made, plain: dict[str, Any]) -> dict[str, Any]:
    """The columns of an event, as the database takes them; `plain` are those of any event."""
    document = made.document
    edtf = document.get("date", {}).get("edtf", "")
    moment = _plain(STARTED + timedelta(seconds=made.pk))
    texts = {
        f"{name}_{language}": text
        for name in ("title", "summary", "body")
        for language, text in document[name].items()
    }
    return plain | texts | _date_columns(edtf) | {
        "id": made.pk, "slug": document["slug"], "title": document["title"]["en"],
        "importance": document["importance"], "verification": document["verification"], "date": edtf,
        "created_at": moment, "modified_at": moment,
    }  # fmt: skip


@lru_cache(maxsize=100_000)
def _date_columns(edtf: str) -> dict[str, Any]:
    columns = _EVENT_DATE.derived_columns(edtf, "gregorian")
    return {name: _plain(value) for name, value in columns.items()}


def _values(row: models.Model) -> dict[str, Any]:
    return {str(column.column): _plain(getattr(row, column.attname)) for column in row._meta.concrete_fields}


def _plain(value: Any) -> Any:
    """A value as both databases take it."""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S.%f}"
    return value if value is None or isinstance(value, bool | int) else str(value)


def _write(model: type[models.Model], rows: Iterable[dict[str, Any]]) -> None:
    """Writes rows that all have the same columns."""
    written = list(rows)
    if written:
        write_rows(model, list(written[0]), [list(row.values()) for row in written])
