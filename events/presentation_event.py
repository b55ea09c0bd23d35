"""What the page of one event shows, part by part; wants an event loaded `with_public_parts()`."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cubaru.core.date_words import in_words, precision_in_words, words_without_year
from cubaru.core.languages import LocalText, best_text, current_language, texts
from events.choices import Relation
from events.models import Event
from events.presentation import Mention, in_order_of_date, mention
from people.presentation import Participant, participant


@dataclass(frozen=True, slots=True)
class DateBlock:
    """parts/date_block.html."""

    year: str
    is_span: bool
    words: str
    earliest: date
    latest: date
    is_vague: bool
    notes: list[LocalText | str]


@dataclass(frozen=True, slots=True)
class Course:
    """What led to the event and what followed, and what it is a part of, has as parts or goes with."""

    led_here: list[Mention]
    followed: list[Mention]
    beside: list[Mention]


def date_block(event: Event) -> DateBlock | None:
    """The date as the head of the page sets it; None when undated."""
    when = event.when
    if when is None:
        return None
    language = current_language()
    first, last = when.earliest.year, when.latest.year
    opens, closes = first > date.min.year, last < date.max.year
    is_span = first != last
    year = f"{first if opens else ''}–{last if closes else ''}" if is_span else str(first)
    notes: list[LocalText | str] = [precision_in_words(when, language)]
    if note := best_text(event, "date_note"):
        notes.append(note)
    if event.date_words:
        notes.append(_("In the source’s words: “%(words)s”.") % {"words": event.date_words})
    return DateBlock(
        year=year,
        is_span=is_span,
        words=in_words(when, language) if is_span else words_without_year(when, language),
        earliest=when.earliest,
        latest=when.latest,
        is_vague=when.approximate or when.uncertain,
        notes=notes,
    )


def other_names(event: Event) -> list[LocalText]:
    """Its title in the other languages, then what else it is called, each in its own language."""
    shown = event.label
    names = {
        text: LocalText(text, language, True)
        for language, text in texts(event, "title").items()
        if language != shown.language
    }
    for name in event.names.all():
        if name.text != shown.text:
            is_foreign = name.language.split("-")[0] != current_language()
            names.setdefault(name.text, LocalText(name.text, name.language, is_foreign))
    return list(names.values())


def participants(event: Event) -> list[Participant]:
    """Who took part, in which role, and the offices each held that day."""
    return [
        participant(
            part.participant,
            role=part.get_role_display(),
            note=best_text(part, "note"),
            first=event.date_earliest,
            last=event.date_latest,
        )
        for part in event.participations.all()
    ]


def course(event: Event) -> Course:
    """Relations in both directions, each under the name it has from this event."""
    led_here: list[tuple[Event, Mention]] = []
    followed: list[tuple[Event, Mention]] = []
    beside: list[tuple[Event, Mention]] = []
    for relation in event.relations.all():
        other = relation.to_event
        shown = mention(other, relation=relation.get_relation_display(), note=best_text(relation, "note"))
        side = {Relation.LED_TO: followed, Relation.RESPONDS_TO: led_here}.get(
            Relation(relation.relation), beside
        )
        side.append((other, shown))
    for relation in event.inverse_relations.all():
        other = relation.from_event
        shown = mention(other, relation=relation.inverse_label, note=best_text(relation, "note"))
        side = {Relation.LED_TO: led_here, Relation.RESPONDS_TO: followed}.get(
            Relation(relation.relation), beside
        )
        side.append((other, shown))
    return Course(in_order_of_date(led_here), in_order_of_date(followed), in_order_of_date(beside))


def sections(page: dict[str, Any]) -> list[dict[str, str]]:
    """The contents of the page: what it has of each part."""
    course_of_events: Course = page["course"]
    parts = [
        ("narrative", _("Narrative"), page["body"]),
        ("pictures", _("Pictures"), page["pictures"]),
        ("claims", _("Claims checked"), page["claims"]),
        ("participants", _("Participants"), page["participants"]),
        ("course", _("What led here"), course_of_events.led_here or course_of_events.followed),
        ("related", _("Related events"), course_of_events.beside),
        ("sources", _("Sources"), page["sources"]),
        ("cite", _("Cite this page"), True),
    ]
    return [{"anchor": anchor, "title": title} for anchor, title, is_there in parts if is_there]
