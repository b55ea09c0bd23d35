"""Documents: what is refused and how it is told, what is kept, and what the words of a record are."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from cubaru.core.documents import (
    Document,
    DocumentError,
    apply_document,
    canonical,
    digest,
    normal_document,
    words_of,
)
from cubaru.core.history import recording
from cubaru.core.languages import texts
from cubaru.core.models import Part, Record, Revision, Status
from events.models import Event
from tests.databases import database_digest
from tests.documents import Pool, whole
from tests.factories import (
    ClaimFactory,
    EventFactory,
    OrganizationFactory,
    PersonFactory,
    PlaceFactory,
    SourceFactory,
    ThemeFactory,
)
from tests.mikoyan import CITED, CLAIM, EVENT, NAME, event

pytestmark = pytest.mark.django_db

# What is refused -----------------------------------------------------------------------------------

IMAGE: Document = {"file": "images/a.png", "sha256": "0" * 64, "width": 1, "height": 1, "credit": "Prensa",
                   "licence": "public domain", "alt": {"en": "Two men."}}  # fmt: skip

# ruff: noqa: E501 (one case a line)
MALFORMED: list[tuple[str, Any, str, str]] = [
    ("not a map", ["event"], "", "a map in curly brackets"),
    ("nothing", None, "", "a map in curly brackets"),
    ("no kind", {"slug": "a"}, "record", "not a kind of record"),
    ("unknown kind", event(record="battle"), "record", "“battle” is not a kind of record; known are source"),
    ("no slug", {key: EVENT[key] for key in EVENT if key != "slug"}, "slug", "needs a slug"),
    ("slug with capitals", event(slug="Mikoyan"), "slug", "small Latin letters"),
    ("slug that ends in a line break", event(slug="mikoyan\n"), "slug", "small Latin letters"),
    ("slug that is too long", event(slug="a" * 101), "slug", "at most 100 characters"),
    ("unknown status", event(status="lost"), "status", "“lost” is not a status; known are draft"),
    ("unknown key", event(titel={"en": "x"}), "titel", "There is no such key; known are record, slug"),
    ("unknown language", event(title={"de": "x"}), "title.de", "no such key; known are en, es, ru"),
    ("no title", event(title={}), "title", "at least one language"),
    ("titles that are empty", event(title={"en": "", "es": None}), "title", "at least one language"),
    ("title that is too long", event(title={"en": "x", "es": "x" * 201}), "title.es", "at most 200 characters"),
    ("importance beyond its range", event(importance=6), "importance", "less than or equal to 5"),
    ("importance beyond any column", event(importance=10**6), "importance", "from 0 to 32767"),
    ("importance that is a text", event(importance="4"), "importance", "whole number"),
    ("importance that is true", event(importance=True), "importance", "whole number"),
    ("unknown verification", event(verification="heard"), "verification", "not a valid choice"),
    ("impossible day", event(date={"edtf": "1900-02-29"}), "date.edtf", "Julian"),
    ("unknown calendar", event(date={"edtf": "1900", "calendar": "lunar"}), "date.calendar", "not a calendar"),
    ("unknown key of a date", event(date={"iso": "1900"}), "date.iso", "no such key"),
    ("words that are too long", event(date={"words": "x" * 201}), "date.words", "at most 200 characters"),
    ("unknown theme", event(themes=["trade", "sport"]), "themes[1]", "There is no theme “sport”"),
    ("theme that stands twice", event(themes=["trade", "trade"]), "themes[1]", "theme stands once per event"),
    ("theme that is a map", event(themes=[{"slug": "trade"}]), "themes[0]", "A text"),
    ("themes that are no list", event(themes="trade"), "themes", "A list in square brackets"),
    ("name that stands twice", event(names=[NAME, NAME]), "names[1]", "event name stands once per event"),
    ("scheme of no transliteration", event(names=[NAME | {"scheme": "ISO 9"}]), "names[0]", "has a scheme only"),
    ("name without a text", event(names=[NAME | {"text": ""}]), "names[0].text", "must not be empty"),
    ("script that is none", event(names=[NAME | {"script": "Cyrillic"}]), "names[0].script", "ISO 15924"),
    ("name of an unknown kind", event(names=[NAME | {"kind": "nick"}]), "names[0].kind", "valid choice"),
    ("participant that is nobody", event(participants=[{"role": "host"}]), "participants[0]",
     "either a person or an organization"),
    ("participant that is two", event(participants=[{"person": "castro", "organization": "cm", "role": "host"}]),
     "participants[0]", "either a person or an organization"),
    ("participant in no role", event(participants=[{"person": "castro", "role": "hero"}]),
     "participants[0].role", "valid choice"),
    ("unknown participant", event(participants=[{"person": "nobody", "role": "host"}]),
     "participants[0].person", "There is no person “nobody”"),
    ("citation of nothing", event(citations=[{"stance": "supports"}]), "citations[0].source", "slug of a record"),
    ("citation of an unknown source", event(citations=[CITED, CITED | {"source": "none"}]),
     "citations[1].source", "There is no source “none”"),
    ("unknown stance", event(citations=[CITED | {"stance": "doubts"}]), "citations[0].stance", "valid choice"),
    ("quotation of 51 words", event(citations=[CITED | {"quotation": "word " * 51}]), "citations[0].quotation",
     "at most 50 words; this one has 51 words"),
    ("two claims with one slug", event(claims=[CLAIM, CLAIM]), "claims[1].slug", "in use already"),
    ("claim of another event", event(claims=[CLAIM | {"slug": "claim-taken"}]), "claims[0].slug", "in use"),
    ("claim without an address", event(claims=[CLAIM | {"slug": ""}]), "claims[0].slug", "must not be empty"),
    ("claim without a statement", event(claims=[CLAIM | {"statement": {}}]), "claims[0].statement", "one language"),
    ("unknown verdict", event(claims=[CLAIM | {"verdict": "true"}]), "claims[0].verdict", "valid choice"),
    ("verdict without evidence", event(claims=[CLAIM | {"verdict": "corroborated"}]), "claims", "supporting"),
    ("day that is none", event(claims=[CLAIM | {"checked_on": "2024-02-30"}]), "claims[0].checked_on",
     "“2024-02-30” is not a day"),
    ("day of a week", event(claims=[CLAIM | {"checked_on": "2024-W01-1"}]), "claims[0].checked_on", "not a day"),
    ("citation of a claim of nothing", event(claims=[CLAIM | {"citations": [{"stance": "supports"}]}]),
     "claims[0].citations[0].source", "slug of a record"),
    ("unknown relation", event(relations=[{"event": "crisis", "relation": "like"}]), "relations[0].relation",
     "valid choice"),
    ("image outside of the store", event(images=[IMAGE | {"file": "../a.png"}]), "images[0].file", "stored file"),
    ("image with a wrong digest", event(images=[IMAGE | {"sha256": "0"}]), "images[0].sha256", "64 hexadecimal"),
    ("image without a size", event(images=[IMAGE | {"width": 0}]), "images[0]", "file with digest and size"),
    ("image without a licence", event(images=[IMAGE | {"licence": ""}]), "images[0].licence", "must not be empty"),
    ("image without alternative text", event(images=[IMAGE | {"alt": {}}]), "images[0].alt", "one language"),
    ("unknown catalogue", event(identifiers={"isbn": "1"}), "identifiers", "not a catalogue known here"),
    ("identifier of another form", event(identifiers={"viaf": "x"}), "identifiers", "not an identifier of VIAF"),
    ("identifiers in a list", event(identifiers=["1"]), "identifiers", "Identifiers are a map"),
    ("NUL in a title", event(title={"en": "a\0b"}), "title.en", "a character here that is none"),
    ("NUL in a key", event(identifiers={"vi\0af": "1"}), "identifiers", "a character here that is none"),
    ("half of a pair", event(body={"ru": "\ud83d"}), "body.ru", "a character here that is none"),
    ("number without an end", event(importance=float("inf")), "importance", "too large"),
    ("number that is none", event(importance=float("nan")), "importance", "too large"),
    ("number that JSON does not keep", event(importance=2**53), "importance", "too large"),
    ("key that is a number", event(title={1: "x"}), "title", "The keys of a map are texts"),
    ("what is not JSON", event(title={"en": {"x"}}), "title.en", "neither text, number"),
]  # fmt: skip


@pytest.fixture
def known(empty_database: None) -> None:
    """A small database with the records that the documents above name."""
    for factory, slug in [(ThemeFactory, "trade"), (PersonFactory, "castro"), (OrganizationFactory, "cm"),
                          (SourceFactory, "frus"), (EventFactory, "crisis")]:  # fmt: skip
        factory(slug=slug)
    ClaimFactory.create(slug="claim-taken")


@pytest.mark.parametrize("is_there", [False, True], ids=["new", "there"])
def test_malformed_document_is_refused_by_key_and_changes_nothing(known: None, is_there: bool) -> None:
    if is_there:
        apply_document(event(themes=["trade"], claims=[CLAIM | {"slug": "claim-two"}], names=[NAME]))
    before = database_digest()
    for name, document, at, message in MALFORMED:
        with pytest.raises(DocumentError) as caught:
            apply_document(document)
        assert caught.value.at == at, name
        assert message in caught.value.message, name
        assert database_digest() == before, name


def test_lists_that_lie_too_deep_in_each_other_are_refused() -> None:
    deep: Any = "x"
    for _level in range(5000):
        deep = [deep]
    with pytest.raises(DocumentError, match="too deep"):
        normal_document({"record": "source", "csl": deep})


@pytest.mark.parametrize("kind", ["source", "place", "organization", "person", "theme", "event"])
@examples(
    max_examples=1,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(data=st.data())
def test_wrong_type_under_any_key_is_refused_by_that_key(
    kind: str, empty_database: None, data: st.DataObject
) -> None:
    document = data.draw(whole(Pool(), kind, every_key=True))
    before = database_digest()
    for path, broken in mistyped(document):
        with pytest.raises(DocumentError) as caught:
            apply_document(broken)
        assert caught.value.at, path
        assert path.startswith(caught.value.at), path
    assert database_digest() == before


def mistyped(document: Document) -> Iterator[tuple[str, Any]]:
    """The document with one value at a time replaced by one of another type, and where that stands."""
    for path, steps, value in places(document, "", ()):
        for wrong in wrong_types(value):
            broken = deepcopy(document)
            inner: Any = broken
            for step in steps[:-1]:
                inner = inner[step]
            inner[steps[-1]] = wrong
            yield path, broken


def places(value: Any, path: str, steps: tuple[Any, ...]) -> Iterator[tuple[str, tuple[Any, ...], Any]]:
    if steps:
        yield path, steps, value
    if steps[:1] == ("csl",):  # holds any JSON below
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, f"{path}.{key}" if path else key, (*steps, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from places(inner, f"{path}[{number}]", (*steps, number))


def wrong_types(value: Any) -> list[Any]:
    if isinstance(value, bool):
        return ["yes", 1, [True]]
    if isinstance(value, int | float):
        return ["1", True, [1], {"en": 1}] + ([1.5] if isinstance(value, int) else [])
    if isinstance(value, str):
        return [5, True, ["x"], {"x": "x"}]
    return ["x", 5, True, {"x": 1} if isinstance(value, list) else ["x"]]


def test_record_of_another_kind_is_refused() -> None:
    with pytest.raises(DocumentError) as caught:
        apply_document(EVENT, PlaceFactory.create())
    assert caught.value.at == "record"


def test_address_of_another_record_is_refused() -> None:
    other = EventFactory.create(slug="mikoyan-visit")
    record = EventFactory.create()
    for slug in ("mikoyan-visit", "moved-visit"):
        with pytest.raises(DocumentError, match="leads to another record") as caught:
            apply_document(event(slug="mikoyan-visit"), record)
        assert caught.value.at == "slug"
        other.slug = "moved-visit"
        other.save()  # now the first address is a former one
        assert slug


def test_doi_of_another_source_is_refused() -> None:
    SourceFactory.create(doi="10.1162/jcws.2002.4.1.32")
    source: Document = {"record": "source", "slug": "again", "status": "draft", "title": "Again",
                        "doi": "10.1162/jcws.2002.4.1.32"}  # fmt: skip
    with pytest.raises(DocumentError) as caught:
        apply_document(source)
    assert (caught.value.at, caught.value.message) == (
        "doi", "The rule “a doi belongs to one source” is broken."
    )  # fmt: skip


def test_error_that_is_caught_inside_a_larger_change_leaves_the_rest() -> None:
    with recording():
        apply_document(event())
        with pytest.raises(DocumentError):
            apply_document(event(title={"en": "Changed"}, names=[NAME, NAME]))
    found = Event.objects.get(slug="mikoyan-visit")
    assert texts(found, "title") == EVENT["title"]
    assert not found.names.exists()
    assert Revision.objects.filter(kind="event", record_id=found.pk).count() == 1


# Bytes and words -----------------------------------------------------------------------------------


def test_canonical_form_is_the_same_whatever_the_order_of_keys() -> None:
    turned = dict(reversed(EVENT.items()))
    assert canonical(EVENT) == canonical(turned)
    assert digest(EVENT) == digest(turned)
    assert canonical({"b": 1.0, "a": "ё"}) == '{"a":"ё","b":1}'.encode()


def test_words_are_texts_under_the_paths_and_no_codes() -> None:
    document = event(
        title={"en": "Visit", "ru": "Визит"},
        names=[NAME],
        claims=[CLAIM | {"statement": {"es": "Vino Mikoyán."}, "verdict": "disputed"}],
    )
    words = words_of(document | {"status": "draft"}, ["title", "names.text", "claims.statement", "summary"])
    assert words == "visit\nвизит\nвизит микояна\nvino mikoyan."


def test_words_are_kept_only_of_what_readers_do_not_see() -> None:
    record = EventFactory.create(title_en="Mikoyan opens", status=Status.DRAFT)
    assert "mikoyan opens" in Event.objects.get(pk=record.pk).folded
    record.status = Status.PUBLISHED
    record.save()
    assert Event.objects.get(pk=record.pk).folded == ""


# What is written about them ------------------------------------------------------------------------


def test_example_in_the_docs_is_a_document_in_its_normal_form() -> None:
    page = (Path(settings.BASE_DIR) / "docs" / "documents.md").read_text(encoding="utf-8")
    [example] = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    document = json.loads(example)
    assert list(normal_document(document).items()) == list(document.items())


def test_every_model_is_named_in_the_docs() -> None:
    page = (Path(settings.BASE_DIR) / "docs" / "model.md").read_text(encoding="utf-8")
    models_here = [model for model in apps.get_models() if issubclass(model, Record | Part)]
    assert [model.__name__ for model in models_here if model.__name__ not in page] == []
