"""The relations of an event, told from it and told of it elsewhere, in one question to the database."""

from django.db.models import Q

from cubaru.core.published_rows import keep_as_prefetched
from events.models import Event, EventRelation


def load_relations(event: Event) -> None:
    """As prefetching `relations` and `inverse_relations` would, without what is not published."""
    either = Q(from_event=event, to_event__status="published") | Q(
        to_event=event, from_event__status="published"
    )
    told = list(EventRelation.objects.filter(either).select_related("from_event", "to_event"))
    keep_as_prefetched(event, "relations", [part for part in told if part.from_event_id == event.pk])
    keep_as_prefetched(event, "inverse_relations", [part for part in told if part.to_event_id == event.pk])
