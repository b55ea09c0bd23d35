"""EventRelation: what an event is to another."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cubaru.core.models import Part
from events.choices import INVERSE, Relation
from events.models.event import Event


class EventRelation(Part):
    """Belongs to the event it is told from; the other event shows it under its inverse name."""

    owned_by = ("from_event",)

    from_event = models.ForeignKey(
        Event, verbose_name=_("event"), related_name="relations", on_delete=models.CASCADE
    )
    to_event = models.ForeignKey(
        Event, verbose_name=_("other event"), related_name="inverse_relations", on_delete=models.PROTECT
    )
    relation = models.CharField(
        _("relation"), max_length=11, choices=Relation.choices, default=Relation.SEE_ALSO
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        constraints = [
            models.CheckConstraint(
                condition=Q(relation__in=Relation.values), name="event_relation_is_of_a_known_kind"
            ),
            models.CheckConstraint(
                condition=~Q(from_event=F("to_event")),
                name="event_is_not_related_to_itself",
                violation_error_message=_("An event cannot be related to itself."),
            ),
            models.UniqueConstraint(
                fields=["from_event", "to_event", "relation"], name="event_relation_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_relation_display()} {self.to_event}"

    @property
    def inverse_label(self) -> str:
        """What the relation is called from the other event."""
        return str(INVERSE[Relation(self.relation)])
