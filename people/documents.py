"""The documents of organizations and persons."""

from cubaru.core.document_items import Link, Parts, Plain, Texts, When, identifiers, names
from cubaru.core.documents import RecordKind
from people.models import Organization, Person
from sources.documents import Narrative, citations, images, keep_narrative_citations
from sources.rules import narrative_rule

ORGANIZATION = RecordKind(
    name="organization",
    plural="organizations",
    model=Organization,
    items=[
        Texts("name"),
        Texts("description"),
        Plain("category"),
        When("founded"),
        When("dissolved"),
        Link("parent"),
        names(),
        citations(),
        identifiers(),
    ],
    searched=("name", "names.text", "description"),
)

NARRATIVE = Narrative("body")

PERSON = RecordKind(
    name="person",
    plural="people",
    model=Person,
    items=[
        Texts("name"),
        Texts("sort_name"),
        Texts("description"),
        NARRATIVE,
        Plain("nationality"),
        When("birth"),
        Plain("birth_verified"),
        Link("birth_place"),
        When("death"),
        Plain("death_verified"),
        Link("death_place"),
        names(),
        Parts(
            "offices",
            [Texts("title"), Link("organization"), When("start"), When("end"), citations()],
            identity=("title", "organization"),
        ),
        citations(),
        images(),
        identifiers(),
    ],
    searched=("name", "names.text", "description", "claims.statement"),
    rules=[narrative_rule("body")],
    derive=[keep_narrative_citations(NARRATIVE)],
)
