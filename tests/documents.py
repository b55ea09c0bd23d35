"""Whole documents of every kind, for Hypothesis to build."""

import string
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from cubaru.core.documents import Document
from cubaru.core.languages import LANGUAGES
from cubaru.core.models import NameKind, Status
from events.choices import Confidence, Lane, Relation, Verdict, Verification
from events.role_vocabulary import Role
from people.choices import Category
from sources.choices import Basis, CreatorRole, SourceKind, SourceType, Stance
from tests.factories import (
    EventFactory,
    OrganizationFactory,
    PersonFactory,
    PlaceFactory,
    SourceFactory,
    ThemeFactory,
)

Documents = st.SearchStrategy[Document]
Strategies = dict[str, st.SearchStrategy[Any]]

#: What no database keeps is refused elsewhere; everything else has to come back.
text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30)
texts = st.dictionaries(st.sampled_from(LANGUAGES), text, min_size=1)
#: Without citations, which have tests of their own.
narratives = texts.map(lambda texts: {language: text.replace("@", "—") for language, text in texts.items()})
day = st.dates().map(lambda day: day.isoformat())
degree = st.floats(-90, 90, allow_nan=False).map(lambda value: value + 0.0)
digest = st.binary(min_size=32, max_size=32).map(lambda some: some.hex())
country = st.text(string.ascii_uppercase, min_size=2, max_size=2)
url = st.integers(1, 9999).map(lambda number: f"https://history.state.gov/d{number}")

EARLY = [("1902", "gregorian"), ("1900-02-29", "julian"), ("189X", "gregorian"), ("1897-06?", "julian")]
LATE = [
    ("1978-10-21", "gregorian"),
    ("1964~", "gregorian"),
    ("1967-22", "gregorian"),
    ("1962/..", "gregorian"),
]
ANY = [*EARLY, *LATE, ("1917-10", "julian"), ("[1933,1934]", "gregorian"), ("1959/1961", "julian")]


def dates(expressions: list[tuple[str, str]]) -> Documents:
    dated = st.sampled_from(expressions).map(lambda pair: {"edtf": pair[0], "calendar": pair[1]})
    words = st.fixed_dictionaries({"words": text})
    return st.one_of(dated, words, st.builds(lambda one, other: one | other, dated, words))


def some(one: st.SearchStrategy[Any], by: Callable[[Any], Any] | None = None) -> st.SearchStrategy[list[Any]]:
    """A few of these, no two with the same value of `by`."""
    return st.lists(one, min_size=1, max_size=3, unique_by=by)


def among(choices: Any) -> st.SearchStrategy[str]:
    return st.sampled_from(choices.values)


class Pool:
    """Records that documents may name; their slugs, by kind."""

    def __init__(self) -> None:
        factories = {
            "source": SourceFactory, "place": PlaceFactory, "organization": OrganizationFactory,
            "person": PersonFactory, "theme": ThemeFactory, "event": EventFactory,
        }  # fmt: skip
        self.records = {kind: [factory() for _number in range(3)] for kind, factory in factories.items()}

    def link(self, kind: str) -> st.SearchStrategy[str]:
        return st.sampled_from([record.slug for record in self.records[kind]])


def whole(pool: Pool, kind: str, *, every_key: bool = False) -> Documents:
    """Documents of a kind in their normal form, all with one slug."""
    required, optional = {
        "source": _source, "place": _place, "organization": _organization,
        "person": _person, "theme": _theme, "event": _event,
    }[kind](pool)  # fmt: skip
    head: Strategies = {"record": st.just(kind), "slug": st.just(f"whole-{kind}"), "status": among(Status)}
    identifiers = st.fixed_dictionaries({}, optional={"wikidata": st.just("Q1035"), "viaf": st.just("59102")})
    optional["identifiers"] = identifiers.filter(bool)
    if every_key:
        return st.fixed_dictionaries(head | required | optional).map(_consistent)
    return st.fixed_dictionaries(head | required, optional=optional).map(_consistent)


def _consistent(document: Document) -> Document:
    """As the rules over whole records have it: what is verified is known, and verdicts rest on citations."""
    for claim in document.get("claims", []):
        if claim.get("written_by") == claim.get("checked_by"):
            claim.pop("checked_by", None)
        sources: dict[str, set[str]] = {stance: set() for stance in Stance.values}
        for citation in claim.get("citations", []):
            sources[citation["stance"]].add(citation["source"])
        if sources["supports"] - sources["asserts"]:
            claim["verdict"] = Verdict.CORROBORATED.value
        elif sources["contradicts"]:
            claim["verdict"] = Verdict.CONTRADICTED.value
    for event in ("birth", "death"):
        if f"{event}_verified" in document and "edtf" not in document.get(event, {}):
            document[f"{event}_verified"] = False
    return document


def _names(pool: Pool, **more: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Document]]:
    plain = st.sampled_from([NameKind.NATIVE.value, NameKind.ALIAS.value, NameKind.BIRTH.value])
    name: Strategies = {"text": text, "language": st.sampled_from(["ru", "es", "pt-BR"]),
                        "script": st.sampled_from(["Latn", "Cyrl"])}  # fmt: skip
    transliteration: Strategies = {"kind": st.just("transliteration"), "scheme": st.just("ISO 9")}
    one = st.one_of(
        st.fixed_dictionaries(name | {"kind": plain}, optional=more),
        st.fixed_dictionaries(name | transliteration, optional=more),
    )
    return some(one, by=lambda name: (name["text"], name["language"], name["kind"]))


def _citations(pool: Pool) -> st.SearchStrategy[list[Document]]:
    required: Strategies = {"source": pool.link("source"), "stance": among(Stance)}
    return some(st.fixed_dictionaries(required, optional={"locator": text, "quotation": text, "note": texts}))


def _images(pool: Pool) -> st.SearchStrategy[list[Document]]:
    required: Strategies = {
        "file": digest.map(lambda digest: f"images/{digest}.png"), "sha256": digest,
        "width": st.integers(1, 9000), "height": st.integers(1, 9000), "credit": text, "licence": text,
        "alt": texts,
    }  # fmt: skip
    optional: Strategies = {
        "licence_url": url, "caption": texts, "source": pool.link("source"), "origin_url": url,
    }  # fmt: skip
    return some(st.fixed_dictionaries(required, optional=optional))


def _claims(pool: Pool) -> st.SearchStrategy[list[Document]]:
    required: Strategies = {
        "slug": st.sampled_from(["claim-one", "claim-two", "claim-three", "claim-four"]),
        "statement": texts, "verdict": st.sampled_from(["imprecise", "disputed", "unverified"]),
    }  # fmt: skip
    optional: Strategies = {
        "reasoning": texts, "confidence": among(Confidence), "written_by": text, "checked_by": text,
        "checked_on": day, "also_about": some(pool.link("event"), by=str), "citations": _citations(pool),
    }  # fmt: skip
    return some(st.fixed_dictionaries(required, optional=optional), by=lambda claim: claim["slug"])


def _source(pool: Pool) -> tuple[Strategies, Strategies]:
    role = {"role": among(CreatorRole)}
    creator = st.one_of(
        st.fixed_dictionaries({**role, "literal": text}),
        st.fixed_dictionaries({**role, "family": text}, optional={"given": text}),
    )
    access = st.fixed_dictionaries(
        {"url": url}, optional={"archived_url": url, "accessed_on": day, "label": text}
    )
    csl: Any = st.recursive(
        st.one_of(text, st.booleans(), st.none(), st.integers(-(2**53) + 1, 2**53 - 1), st.floats(0.1, 0.9)),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(text, inner, max_size=2),
        max_leaves=5,
    )
    optional: Strategies = {
        "title_transliterated": text, "title_translated": texts, "container_title": text,
        "creators": some(creator), "issued": dates(ANY), "publisher": text, "publisher_place": text,
        "volume": text, "issue": text, "pages": text, "language": st.sampled_from(["ru", "es-CU"]),
        "doi": st.just("10.1162/jcws.2002.4.1.32"), "isbn": st.just("9780393317909"), "archive": text,
        "collection": text, "call_number": text, "access": some(access, by=lambda access: access["url"]),
        "basis": among(Basis), "note": texts, "csl": st.dictionaries(text, csl, min_size=1, max_size=3),
    }  # fmt: skip
    return {"kind": among(SourceKind), "type": among(SourceType), "title": text}, optional


def _place(pool: Pool) -> tuple[Strategies, Strategies]:
    where = {"latitude": degree, "longitude": degree}
    optional: Strategies = {
        "description": texts, "country": country, "parent": pool.link("place"), "names": _names(pool),
    }  # fmt: skip
    return {"name": texts, **where}, optional


def _organization(pool: Pool) -> tuple[Strategies, Strategies]:
    optional: Strategies = {
        "description": texts, "founded": dates(EARLY), "dissolved": dates(LATE),
        "parent": pool.link("organization"), "names": _names(pool), "citations": _citations(pool),
    }  # fmt: skip
    return {"name": texts, "category": among(Category)}, optional


def _person(pool: Pool) -> tuple[Strategies, Strategies]:
    office = st.fixed_dictionaries(
        {"title": texts, "organization": pool.link("organization")},
        optional={"start": dates(EARLY), "end": dates(LATE), "citations": _citations(pool)},
    )
    optional: Strategies = {
        "sort_name": texts, "description": texts, "body": narratives, "nationality": country,
        "birth": dates(EARLY), "birth_place": pool.link("place"), "death": dates(LATE),
        "death_place": pool.link("place"), "names": _names(pool), "offices": some(office),
        "claims": _claims(pool), "citations": _citations(pool), "images": _images(pool),
    }  # fmt: skip
    return {"name": texts, "birth_verified": st.booleans(), "death_verified": st.booleans()}, optional


def _theme(pool: Pool) -> tuple[Strategies, Strategies]:
    required: Strategies = {"name": texts, "lane": among(Lane), "position": st.integers(0, 2**31 - 1)}
    return required, {"description": texts}


def _event(pool: Pool) -> tuple[Strategies, Strategies]:
    role: Strategies = {"role": among(Role)}
    participant = st.one_of(
        st.fixed_dictionaries({"person": pool.link("person"), **role}, optional={"note": texts}),
        st.fixed_dictionaries({"organization": pool.link("organization"), **role}, optional={"note": texts}),
    )
    relation = st.fixed_dictionaries(
        {"event": pool.link("event"), "relation": among(Relation)}, optional={"note": texts}
    )
    optional: Strategies = {
        "summary": texts, "body": narratives, "date": dates(ANY), "date_note": texts,
        "themes": some(pool.link("theme"), by=str), "places": some(pool.link("place"), by=str),
        "names": _names(pool, source=pool.link("source")),
        "participants": some(
            participant, by=lambda one: (one.get("person"), one.get("organization"), one["role"])
        ),
        "relations": some(relation, by=lambda one: (one["event"], one["relation"])),
        "claims": _claims(pool), "citations": _citations(pool), "images": _images(pool),
    }  # fmt: skip
    required = {"title": texts, "importance": st.integers(1, 5), "verification": among(Verification)}
    return required, optional
