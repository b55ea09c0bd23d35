"""Correction: what a reader says is wrong in the chronicle, and what the editors made of it."""

import hashlib
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cubaru.core.languages import LANGUAGES
from cubaru.core.models import LedgerEntry
from cubaru.core.querysets import RowT
from readers.codes import LENGTH, new_code


class Subject(models.TextChoices):
    """What a correction can be about."""

    CLAIM = "claim", _("claim")
    EVENT = "event", _("event")
    PERSON = "person", _("person")
    ORGANIZATION = "organization", _("organization")
    PLACE = "place", _("place")
    THEME = "theme", _("theme")
    SOURCE = "source", _("source")
    PAGE = "page", _("another page")


class CorrectionStatus(models.TextChoices):
    WAITING = "waiting", _("waiting")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")


class CorrectionQuerySet(models.QuerySet[RowT]):
    def waiting(self) -> Self:
        """What nobody has answered yet, what has waited longest first."""
        return self.filter(status=CorrectionStatus.WAITING).order_by("sent_at", "pk")

    def accepted(self) -> Self:
        """What readers see in the list of corrections, the newest first."""
        return self.filter(status=CorrectionStatus.ACCEPTED).order_by("-answered_at", "-pk")


CorrectionManager = models.Manager.from_queryset(CorrectionQuerySet)


class Correction(models.Model):
    """A hint of a reader to a claim, a record or another page, in the edition that they saw.

    `slug` is the address of the claim or record, or the path of another page. `seen` is the newest edition
    of the record when the form was opened (of a claim: of the record that it belongs to), `changed` the
    one with which the hint was followed. The e-mail address is gone once there is an answer.
    """

    code = models.CharField(_("code"), max_length=LENGTH, unique=True, default=new_code, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Subject.choices, editable=False)
    slug = models.CharField(_("address"), max_length=200, editable=False)
    seen = models.ForeignKey(
        LedgerEntry,
        verbose_name=_("edition that the reader saw"),
        related_name="+",
        null=True,
        on_delete=models.PROTECT,
        editable=False,
    )
    language = models.CharField(_("language"), max_length=2, editable=False)
    wrong = models.TextField(_("what is wrong"), editable=False)
    proposed = models.TextField(_("what it should say"), blank=True, editable=False)
    source = models.TextField(_("source that says so"), blank=True, editable=False)
    credit = models.CharField(_("name for the credit"), max_length=100, blank=True, editable=False)
    email = models.EmailField(_("e-mail address"), blank=True, editable=False)
    #: SHA-256 of what was said about what: the same is not kept twice.
    digest = models.CharField(max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)

    status = models.CharField(
        _("status"),
        max_length=8,
        choices=CorrectionStatus.choices,
        default=CorrectionStatus.WAITING,
        editable=False,
    )
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        related_name="+",
        null=True,
        on_delete=models.SET_NULL,
        editable=False,
    )
    changed = models.ForeignKey(
        LedgerEntry,
        verbose_name=_("edition that follows it"),
        related_name="+",
        null=True,
        on_delete=models.PROTECT,
        editable=False,
    )

    objects: ClassVar[CorrectionManager["Correction"]] = CorrectionManager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ("-sent_at", "-pk")
        indexes = [models.Index(fields=["status", "answered_at"], name="corrections_by_answer")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(kind__in=Subject.values) & ~Q(slug=""), name="correction_is_about_something_known"
            ),
            models.CheckConstraint(condition=~Q(wrong=""), name="correction_says_what_is_wrong"),
            models.CheckConstraint(
                condition=Q(language__in=LANGUAGES), name="correction_is_in_a_language_of_the_site"
            ),
            models.CheckConstraint(
                condition=Q(kind=Subject.PAGE) | Q(seen__isnull=False),
                name="correction_of_a_record_names_its_edition",
            ),
            models.CheckConstraint(
                condition=Q(status=CorrectionStatus.WAITING, answer="", answered_at__isnull=True)
                | Q(
                    status__in=[CorrectionStatus.ACCEPTED, CorrectionStatus.DECLINED],
                    answered_at__isnull=False,
                )
                & ~Q(answer=""),
                name="only_a_decided_correction_has_an_answer",
            ),
            models.CheckConstraint(
                condition=Q(status=CorrectionStatus.WAITING) | Q(email=""),
                name="only_a_waiting_correction_keeps_an_email",
            ),
            models.CheckConstraint(
                condition=Q(status=CorrectionStatus.ACCEPTED) | Q(changed__isnull=True),
                name="only_an_accepted_correction_was_followed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.slug}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.digest = self.digest or digest_of(self.kind, self.slug, self.wrong, self.proposed)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The page that only its sender knows."""
        return reverse("readers:correction-sent", args=[self.code])

    @property
    def is_waiting(self) -> bool:
        return self.status == CorrectionStatus.WAITING


def digest_of(kind: str, slug: str, *texts: str) -> str:
    """The same for texts that differ in spaces and capitals only."""
    said = [kind, slug, *(" ".join(text.casefold().split()) for text in texts)]
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()
