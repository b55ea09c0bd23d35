"""Sources as items of CSL-JSON (schema 1.0.2), and back, without loss.

A document has more to say than CSL has fields for. Whatever `from_csl` would not restore from the standard
fields stands, as computed by difference, in `custom["cubaru"]`; so every document comes back as it was.
The other way round, what CSL says and a document has no field for is kept in the document's `csl`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import slugify

from cubaru.core.documents import Document, to_document
from cubaru.core.folding import fold
from cubaru.core.languages import FALLBACK, LANGUAGES, LocalText
from cubaru.core.models import Status
from cubaru.core.models.name import LANGUAGE_TAG
from cubaru.core.models.record import SLUG
from sources.choices import CreatorRole, SourceKind, SourceType
from sources.creators import Creator
from sources.csl_dates import DocumentDate, csl_date, dated, document_date, with_numbers
from sources.csl_names import creators_of, csl_names
from sources.documents import SOURCE
from sources.latin import in_latin_letters
from sources.models import Source
from sources.models.source import DOI, ISBN

CslItem = dict[str, Any]

#: Keys of a document and of an item that hold the same text.
PLAIN: Final = {
    "title": "title",
    "container_title": "container-title",
    "publisher": "publisher",
    "publisher_place": "publisher-place",
    "volume": "volume",
    "issue": "issue",
    "pages": "page",
    "language": "language",
    "doi": "DOI",
    "isbn": "ISBN",
    "archive": "archive",
    "call_number": "call-number",
}

#: Types of CSL that the chronicle has no type for, and the nearest that it has.
_NEAREST_TYPE: Final = {
    "bill": SourceType.LEGISLATION,
    "classic": SourceType.BOOK,
    "entry": SourceType.ENTRY_ENCYCLOPEDIA,
    "entry-dictionary": SourceType.ENTRY_ENCYCLOPEDIA,
    "figure": SourceType.GRAPHIC,
    "periodical": SourceType.BOOK,
    "post": SourceType.POST_WEBLOG,
    "regulation": SourceType.LEGISLATION,
    "standard": SourceType.REPORT,
}

_KEYS_OF_A_DOCUMENT: Final = ["record", "slug", "status", *(item.key for item in SOURCE.items)]
#: What the values of a document are, where not texts.
_SHAPES: Final = {"creators": list, "access": list} | dict.fromkeys(
    ("title_translated", "issued", "note", "csl", "identifiers"), dict
)
_LONGEST_SLUG: Final = 100


def source_item(source: Source) -> CslItem:
    """The item of a source as it is now. Prefetch `access` for many."""
    return to_csl(to_document(source))


def to_csl(document: Document) -> CslItem:
    """The item of CSL-JSON that says all that the document of a source says."""
    item: CslItem = {"id": document["slug"]}
    further = document.get("csl") or {}
    for field in _FIELDS:
        own = field.write(document)
        # What a foreign file said goes out as it came in, as long as it still means what the record says.
        foreign = {key: further[key] for key in field.keys if key in further}
        if foreign and field.read(item | own | foreign) == field.read(item | own):
            own |= foreign
        item |= own
    item |= {key: value for key, value in further.items() if key not in item and key not in _HANDLED}
    custom: Any = further.get("custom")
    custom = {} if isinstance(custom, dict) and "cubaru" in custom else custom
    rest = _difference(document, from_csl(item | {"custom": custom}))
    if rest and not isinstance(custom, dict):  # no map, as CSL wants it: it stands in the rest
        custom, rest = {}, _difference(document, from_csl(item))
    custom = custom | {"cubaru": rest} if rest else custom
    return item | ({"custom": custom} if custom else {})


def from_csl(item: CslItem) -> Document:
    """The document of a source that an item describes; foreign items become drafts.

    Values that fit no field of the document, or only in part, stay in its `csl`. Nothing is checked that
    `apply_document` checks: an item without a title gives a document without one.
    """
    found: Document = {"record": "source", "slug": "", "status": Status.DRAFT, "kind": SourceKind.SECONDARY}
    found["type"] = SourceType.DOCUMENT
    further: CslItem = {}
    for field in _FIELDS:
        part = {key: field.normal(item[key]) for key in field.keys if key in item}
        own = field.read(item)
        written = field.write(found | own)
        further |= {key: item[key] for key, value in part.items() if written.get(key) != value}
        found["creators"] = found.get("creators", []) + own.pop("creators", [])
        found |= own
    further |= {key: value for key, value in item.items() if key not in _HANDLED}
    custom, rest = _custom_and_rest(item)
    further |= {"custom": custom} if custom else {}
    found["slug"], citation_key = _slug(item, found)
    if citation_key:
        further.setdefault("citation-key", citation_key)
    found |= {"csl": further} | rest
    return {key: found[key] for key in _KEYS_OF_A_DOCUMENT if found.get(key) not in (None, "", [], {})}


def is_own(item: CslItem) -> bool:
    """Whether the item comes from an export of a chronicle like this one."""
    return bool(_custom_and_rest(item)[1])


def issued_of(item: CslItem) -> DocumentDate:
    """The date of publication as a document has it, as exactly as the item tells it."""
    exact = _custom_and_rest(item)[1].get("issued")
    return exact if isinstance(exact, dict) else document_date(with_numbers(item.get("issued")))


def page_entry(
    title: LocalText, url: str, on: date, edition: int | None = None, authors: str = "cubaru"
) -> CslItem:
    """The item by which a page of the chronicle itself is cited; `on` is the day of its edition."""
    item: CslItem = {
        "id": slugify(f"{authors} {url.rstrip('/').rpartition('/')[2]} {edition or ''}") or "cubaru",
        "type": str(SourceType.WEBPAGE),
        "title": title.text,
        "author": [{"literal": authors}],
        "container-title": "cubaru",
        "issued": csl_date(dated(on.isoformat())),
        "language": title.language,
        "URL": url,
    }
    return item | ({"version": str(edition)} if edition else {})


def _difference(document: Document, restored: Document) -> Document:
    """What must be put on the restored document to make it the document; None for what must go."""
    rest = {}
    for key in _KEYS_OF_A_DOCUMENT:
        if document.get(key) != restored.get(key):
            rest[key] = document.get(key)
    return rest


def _custom_and_rest(item: CslItem) -> tuple[Any, Document]:
    """Other programs' custom fields, and ours."""
    custom: Any = item.get("custom")
    rest = custom.get("cubaru") if isinstance(custom, dict) else None
    if not isinstance(rest, dict) or not _is_rest(rest):
        return custom, {}
    return {key: value for key, value in custom.items() if key != "cubaru"}, rest


def _is_rest(rest: dict[str, Any]) -> bool:
    """Whether it could be a part of a document: each key known, each value of its kind."""
    return all(
        key in _KEYS_OF_A_DOCUMENT and (value is None or isinstance(value, _SHAPES.get(key, str)))
        for key, value in rest.items()
    ) and all(
        isinstance(access, dict) and isinstance(access.get("url"), str) for access in rest.get("access") or []
    )


def _slug(item: CslItem, found: Document) -> tuple[str, str]:
    """The address part, and the key by which the file cites the item where that is another."""
    key = str(item["id"]) if isinstance(item.get("id"), str | int) else ""
    if re.match(SLUG.regex, key) and len(key) <= _LONGEST_SLUG and not key.isdigit():
        return key, ""
    if len(key) <= 60 and "/" not in key and (slug := latin_slug(key)) and not slug.isdigit():
        return slug, key
    creators: list[Creator] = found.get("creators", [])
    name = next((creator.get("family") or creator.get("literal", "") for creator in creators), "")
    year = found.get("issued", {}).get("edtf", "")[:4]
    title = " ".join(str(found.get("title", "")).split()[:6])
    return latin_slug(f"{name} {year} {title}") or "source", ""


def latin_slug(words: str) -> str:
    """An address part made of the words; "" where they have neither letters nor digits known here."""
    slug = re.sub(r"-+", "-", slugify(fold(in_latin_letters(words))).replace("_", "-")).strip("-")
    if len(slug) > _LONGEST_SLUG:
        slug = slug[: _LONGEST_SLUG + 1].rpartition("-")[0] or slug[:_LONGEST_SLUG]
    return slug


# What each of the standard fields holds of a document -----------------------------------------------


@dataclass(frozen=True)
class _Field:
    """`read` takes from a whole item, and `write` from a whole document, what belongs to `keys` of CSL.

    `normal` is a value without what no two programs write alike.
    """

    keys: tuple[str, ...]
    read: Callable[[CslItem], Document]
    write: Callable[[Document], CslItem]
    normal: Callable[[Any], Any] = lambda value: value


def _text(value: object) -> str:
    """A text, or a number in its place, without space around."""
    is_text = isinstance(value, str | int) and not isinstance(value, bool)
    return str(value).strip() if is_text else ""


def _doi(value: object) -> str:
    return re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", _text(value), flags=re.IGNORECASE)


def _isbn(value: object) -> str:
    return re.sub(r"[\s-]", "", _text(value)).upper()


def _first_isbn(value: object) -> str:
    """The first of several ISBN; all of them stay in `csl`."""
    candidates = [value, *re.split(r"[\s,;]+", _text(value))]
    return next((isbn for one in candidates if re.match(ISBN.regex, isbn := _isbn(one))), "")


def _language(value: object) -> str:
    first, separator, others = _text(value).replace("_", "-").partition("-")
    return first.lower() + separator + others


_NORMAL: Final[dict[str, Callable[[object], str]]] = {"doi": _doi, "isbn": _isbn, "language": _language}
_PATTERN: Final = {"doi": DOI.regex, "isbn": ISBN.regex, "language": LANGUAGE_TAG.regex}


def _plain(key: str, csl_key: str) -> _Field:
    normal = _NORMAL.get(key, _text)
    reading = _first_isbn if key == "isbn" else normal
    pattern = _PATTERN.get(key)
    longest: int = getattr(Source._meta.get_field(key), "max_length")  # noqa: B009 — the stubs do not know it

    def read(item: CslItem) -> Document:
        value = reading(item.get(csl_key))
        # A title that is too long is refused with a sentence; it would be missed in `csl`.
        has_place = (len(value) <= longest or key == "title") and (not pattern or re.match(pattern, value))
        return {key: value} if value and has_place else {}

    def write(document: Document) -> CslItem:
        return {csl_key: document[key]} if document.get(key) else {}

    return _Field((csl_key,), read, write, normal)


def _names(role: CreatorRole) -> _Field:
    def read(item: CslItem) -> Document:
        found = creators_of(str(role), item.get(role))
        return {"creators": found} if found else {}

    def write(document: Document) -> CslItem:
        names = csl_names(str(role), document.get("creators", []))
        return {str(role): names} if names else {}

    return _Field((str(role),), read, write)


def _read_collection(item: CslItem) -> Document:
    """Within an archive a collection is a part of it; elsewhere it is a series."""
    key = "archive_collection" if "archive_collection" in item or "archive" in item else "collection-title"
    value = _text(item.get(key))
    return {"collection": value} if value and len(value) <= 300 else {}


def _write_collection(document: Document) -> CslItem:
    key = "archive_collection" if document.get("archive") else "collection-title"
    return {key: document["collection"]} if document.get("collection") else {}


def _read_type(item: CslItem) -> Document:
    value = item.get("type")
    if not isinstance(value, str):
        return {}
    return {"type": value if value in SourceType.values else str(_NEAREST_TYPE.get(value, "document"))}


def _read_issued(item: CslItem) -> Document:
    found = document_date(with_numbers(item.get("issued")))
    return {"issued": found} if found else {}


def _write_issued(document: Document) -> CslItem:
    found = csl_date(document.get("issued", {}))
    return {"issued": found} if found else {}


def _read_access(item: CslItem) -> Document:
    url = _text(item.get("URL"))
    if not url or len(url) > 1000:
        return {}
    try:
        URLValidator()(url)
    except ValidationError:
        return {}
    day = document_date(with_numbers(item.get("accessed"))).get("edtf", "")
    return {"access": [{"url": url} | ({"accessed_on": day} if len(day) == len("1962-10-22") else {})]}


def _write_access(document: Document) -> CslItem:
    access: list[dict[str, str]] = document.get("access", [])
    first = access[0] if access else {}
    found: CslItem = {"URL": first["url"]} if first.get("url") else {}
    return found | ({"accessed": csl_date(dated(first["accessed_on"]))} if first.get("accessed_on") else {})


def _language_of_note(language: object) -> str:
    primary = _language(language).partition("-")[0]
    return primary if primary in LANGUAGES else "en"


def _read_note(item: CslItem) -> Document:
    text = _text(item.get("note"))
    return {"note": {_language_of_note(item.get("language")): text}} if text else {}


def _write_note(document: Document) -> CslItem:
    notes = document.get("note", {})
    languages = (_language_of_note(document.get("language")), *FALLBACK)
    text = next((notes[language] for language in languages if notes.get(language)), "")
    return {"note": text} if text else {}


_FIELDS: Final = [
    _Field(("type",), _read_type, lambda document: {"type": document["type"]} if "type" in document else {}),
    *(_plain(key, csl_key) for key, csl_key in PLAIN.items()),
    _Field(("archive_collection", "collection-title"), _read_collection, _write_collection, _text),
    *(_names(role) for role in CreatorRole),
    _Field(("issued",), _read_issued, _write_issued, with_numbers),
    _Field(("URL", "accessed"), _read_access, _write_access, with_numbers),
    _Field(("note",), _read_note, _write_note),
]
#: Keys of an item that are not simply handed on to `csl`.
_HANDLED: Final = {"id", "custom", *(key for field in _FIELDS for key in field.keys)}
