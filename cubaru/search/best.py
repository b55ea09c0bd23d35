"""The best match, as a search shows it first: its picture or monogram, its names, its dates."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from cubaru.core.models import Status
from cubaru.core.templatetags.wording import in_language, number
from cubaru.search.rows import Row, text_of
from events.filters import EventFilterSet
from events.models import Event
from events.presentation import count_of_claims, count_of_events, count_of_sources
from people.models import Person
from sources.presentation import Picture, picture

#: So many of its other names are shown.
MOST_NAMES = 4


@dataclass(frozen=True, slots=True)
class Best:
    """`row` as any hit, with a text of its own; `names` are what it is called otherwise."""

    row: Row
    text: SafeString
    picture: Picture | None
    names: SafeString
    facts: list[str]
    events: str
    events_url: str


def best_of(row: Row) -> Best:
    record = row.record
    images = record.images.all()[:1] if hasattr(record, "images") else []
    events, events_url = _events(record)
    return Best(
        row=row,
        text=text_of(row.hit, record, with_names=False),
        picture=picture(images[0]) if images else None,
        names=_names(record),
        facts=_facts(record),
        events=events,
        events_url=events_url,
    )


def _names(record: Any) -> SafeString:
    """Other names, each once, those in another script first."""
    if not hasattr(record, "names"):
        return SafeString("")
    shown = record.label.text
    found = {name.text: name.language.split("-")[0] for name in record.names.all() if name.text != shown}
    is_latin = shown[:1].isascii()
    ordered = sorted(found, key=lambda text: text[:1].isascii() == is_latin)
    return format_html_join(" · ", "{}", ((in_language(text, found[text]),) for text in ordered[:MOST_NAMES]))


def _facts(record: Any) -> list[str]:
    if isinstance(record, Event):
        return [
            words(count)
            for words, count in (
                (count_of_claims, record.claims.count()),
                (count_of_sources, _published_sources(record)),
            )
            if count
        ]
    offices = record.offices.count() if isinstance(record, Person) else 0
    return (
        [ngettext("%(number)s office", "%(number)s offices", offices) % {"number": number(offices)}]
        if offices
        else []
    )


def _published_sources(event: Event) -> int:
    cited = event.citations.filter(source__status=Status.PUBLISHED)
    return cited.values("source").distinct().count()


def _events(record: Any) -> tuple[str, str]:
    """How many events it has to do with, and their list; "" for none."""
    kind: str = record._meta.model_name
    if kind not in EventFilterSet.base_filters:
        return "", ""
    query = QueryDict(mutable=True)
    query[kind] = record.slug
    count = EventFilterSet(query, queryset=Event.objects.published()).qs.count()
    if not count:
        return "", ""
    return count_of_events(count), f"{reverse('events:event-list')}?{query.urlencode()}"
