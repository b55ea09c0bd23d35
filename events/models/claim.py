"""Claim: one checkable statement about an event or a person, with a verdict."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cubaru.core.languages import LocalText, best_text, in_some_language
from cubaru.core.models import Part, Record
from cubaru.core.models.record import SLUG
from events.choices import Confidence, Verdict
from events.models.event import Event
from events.querysets import ClaimManager
from people.models import Person
from sources.models import Citation
from sources.models.citation import citation_rules


class Claim(Part):
    """Belongs to one event or person, and may bear on further events."""

    owned_by = ("event", "person")

    slug = models.CharField(_("address"), max_length=100, unique=True, validators=[SLUG])
    event = models.ForeignKey(
        Event, verbose_name=_("event"), related_name="claims", null=True, blank=True, on_delete=models.CASCADE
    )
    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        related_name="claims",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    statement = models.TextField(_("statement"), help_text=_("One sentence that can be checked."))
    verdict = models.CharField(
        _("verdict"), max_length=12, choices=Verdict.choices, default=Verdict.UNVERIFIED
    )
    reasoning = models.TextField(_("reasoning"), blank=True, help_text=_("Why the verdict is what it is."))
    confidence = models.CharField(_("confidence"), max_length=6, choices=Confidence.choices, blank=True)
    written_by = models.CharField(_("written by"), max_length=150, blank=True)
    checked_by = models.CharField(_("checked by"), max_length=150, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    objects: ClassVar[ClaimManager["Claim"]] = ClaimManager()

    class Meta(Part.Meta):
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="claim_has_an_address"),
            models.CheckConstraint(
                condition=Q(event__isnull=False, person__isnull=True)
                | Q(event__isnull=True, person__isnull=False),
                name="claim_is_about_either_an_event_or_a_person",
            ),
            models.CheckConstraint(
                condition=in_some_language("statement"), name="claim_is_stated_in_some_language"
            ),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="claim_has_a_known_verdict"),
            models.CheckConstraint(
                condition=Q(confidence__in=["", *Confidence.values]),
                name="claim_has_a_known_confidence_or_none",
            ),
        ]

    def __str__(self) -> str:
        return self.label.text

    def get_absolute_url(self) -> str:
        return reverse("events:claim-detail", args=[self.slug])

    @property
    def label(self) -> LocalText:
        return best_text(self, "statement")

    @property
    def subject(self) -> Record:
        """The event or person that the claim is about."""
        subject = self.event or self.person
        assert subject is not None, "a constraint of the database"
        return subject


class ClaimEvent(Part):
    """A further event on which a claim bears."""

    owned_by = ("claim",)

    claim = models.ForeignKey(
        Claim, verbose_name=_("claim"), related_name="event_links", on_delete=models.CASCADE
    )
    event = models.ForeignKey(
        Event, verbose_name=_("event"), related_name="claim_links", on_delete=models.PROTECT
    )

    class Meta(Part.Meta):
        verbose_name = _("further event")
        verbose_name_plural = _("further events")
        constraints = [
            models.UniqueConstraint(fields=["claim", "event"], name="claim_bears_on_an_event_once"),
        ]

    def __str__(self) -> str:
        return str(self.event)

    def clean(self) -> None:
        super().clean()
        if self.claim.event_id is not None and self.claim.event_id == self.event_id:
            raise ValidationError({"event": _("The claim is about this event already.")})


class ClaimCitation(Citation):
    owned_by = ("claim",)

    claim = models.ForeignKey(
        Claim, verbose_name=_("claim"), related_name="citations", on_delete=models.CASCADE
    )

    class Meta(Citation.Meta):
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        constraints = citation_rules("claim_citation")
