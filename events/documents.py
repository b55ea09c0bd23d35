"""The documents of themes and events, and the claims in those of events and persons."""

from cubaru.core.document_items import Day, Link, Links, Parts, Plain, Texts, When, identifiers, names
from cubaru.core.documents import RecordKind
from events.models import Event, Theme
from events.rules import claims_are_checked_by_another, verdicts_rest_on_citations
from sources.documents import Narrative, citations, images, keep_narrative_citations
from sources.rules import narrative_rule


def claims() -> Parts:
    return Parts(
        "claims",
        [
            Plain("slug"),
            Texts("statement"),
            Plain("verdict"),
            Texts("reasoning"),
            Plain("confidence"),
            Plain("written_by"),
            Plain("checked_by"),
            Day("checked_on"),
            Links("also_about", "event", attribute="event_links"),
            citations(),
        ],
        identity=("slug",),
    )


CLAIM_RULES = [verdicts_rest_on_citations, claims_are_checked_by_another]

THEME = RecordKind(
    name="theme",
    plural="themes",
    model=Theme,
    items=[
        Texts("name"),
        Texts("description"),
        Plain("lane"),
        Plain("position"),
        identifiers(),
    ],
    searched=("name", "description"),
)

NARRATIVE = Narrative("body")

EVENT = RecordKind(
    name="event",
    plural="events",
    model=Event,
    items=[
        Texts("title"),
        Texts("summary"),
        NARRATIVE,
        When("date"),
        Texts("date_note"),
        Plain("importance"),
        Plain("verification"),
        Links("themes", "theme", attribute="theme_links"),
        Links("places", "place", attribute="place_links"),
        names(Link("source")),
        Parts(
            "participants",
            [Link("person"), Link("organization"), Plain("role"), Texts("note")],
            attribute="participations",
            identity=("person", "organization", "role"),
        ),
        Parts(
            "relations",
            [Link("event", "to_event"), Plain("relation"), Texts("note")],
            identity=("event", "relation"),
        ),
        claims(),
        citations(),
        images(),
        identifiers(),
    ],
    searched=("title", "names.text", "summary", "body", "claims.statement"),
    rules=[narrative_rule("body"), *CLAIM_RULES],
    derive=[keep_narrative_citations(NARRATIVE)],
)
