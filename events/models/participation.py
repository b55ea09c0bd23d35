"""Participation: a person or an organization takes part in an event in a role."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cubaru.core.models import Part
from events.models.event import Event
from events.role_vocabulary import Role
from people.models import Organization, Person


class Participation(Part):
    owned_by = ("event",)

    event = models.ForeignKey(
        Event, verbose_name=_("event"), related_name="participations", on_delete=models.CASCADE
    )
    person = models.ForeignKey(
        Person, verbose_name=_("person"), related_name="participations", null=True, blank=True,
        on_delete=models.PROTECT,
    )  # fmt: skip
    organization = models.ForeignKey(
        Organization, verbose_name=_("organization"), related_name="participations", null=True, blank=True,
        on_delete=models.PROTECT,
    )  # fmt: skip
    role = models.CharField(_("role"), max_length=30, choices=Role.choices, default=Role.PARTICIPANT)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, organization__isnull=True)
                | Q(person__isnull=True, organization__isnull=False),
                name="participation_is_of_either_a_person_or_an_organization",
                violation_error_message=_("Choose either a person or an organization."),
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="participation_has_a_known_role"),
            models.UniqueConstraint(
                fields=["event", "person", "role"], name="person_has_a_role_once_per_event",
                condition=Q(person__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["event", "organization", "role"], name="organization_has_a_role_once_per_event",
                condition=Q(organization__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.participant)

    @property
    def participant(self) -> Person | Organization:
        participant = self.person or self.organization
        assert participant is not None, "a constraint of the database"
        return participant
