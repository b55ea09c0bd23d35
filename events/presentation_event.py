"""What the page of one event shows, part by part; wants an event loaded `with_public_parts()`."""

from dataclasses import dataclass, replace
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
    beside: dict[str, list[Mention]]


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
    beside: dict[str, list[tuple[Event, Mention]]] = {}
    directions = [
        (relation.to_event, relation, str(relation.get_relation_display()), followed, led_here)
        for relation in event.relations.all()
    ] + [
        (relation.from_event, relation, relation.inverse_label, led_here, followed)
        for relation in event.inverse_relations.all()
    ]
    for other, relation, name, effects, causes in directions:
        shown = mention(other, relation=name, note=best_text(relation, "note"))
        match relation.relation:
            case Relation.LED_TO:
                effects.append((other, shown))
            case Relation.RESPONDS_TO:
                causes.append((other, shown))
            case _:
                beside.setdefault(name, []).append((other, replace(shown, relation="")))
    return Course(
        in_order_of_date(led_here),
        in_order_of_date(followed),
        {name: in_order_of_date(events) for name, events in beside.items()},
    )


def sections(page: dict[str, Any]) -> list[dict[str, str]]:
    """The contents of the page: what it has of each part."""
    course_of_events: Course = page["course"]
    parts = [
        ("narrative", _("Narrative"), page["narrative"]),
        ("pictures", _("Pictures"), page["pictures"]),
        ("claims", _("Claims checked"), page["claims"]),
        ("participants", _("Participants"), page["participants"]),
        ("course", _("What led here"), course_of_events.led_here or course_of_events.followed),
        ("related", _("Related events"), course_of_events.beside),
        ("sources", _("Sources"), page["sources"]),
        ("cite", _("Cite this page"), page["is_citable"]),
    ]
    return [{"anchor": anchor, "title": title} for anchor, title, is_there in parts if is_there]
