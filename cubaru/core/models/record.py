"""Record: what events, persons, organizations, places, themes and sources have in common."""

from collections.abc import Collection
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cubaru.core.identifiers import addresses, validate_identifiers
from cubaru.core.languages import LocalText, best_text, in_some_language
from cubaru.core.models.past_slug import PastSlug
from cubaru.core.models.row import Row
from cubaru.core.querysets import RecordsManager

#: As JSON Schema writes it, where "$" is the very end.
SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
SLUG = RegexValidator(
    SLUG_PATTERN.replace("$", r"\Z"),
    _("An address part has small Latin letters, digits and single hyphens, such as “missile-crisis-1962”."),
)


class Status(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Record(Row):
    """A thing with an address of its own, a status, a history and one document.

    `label_field` names the translated field that the record is called by.
    """

    label_field: ClassVar[str] = "name"
    record_kind: ClassVar[str]

    slug = models.CharField(
        _("address"),
        max_length=100,
        unique=True,
        validators=[SLUG],
        help_text=_("The last part of the page's address, in English; the old one goes on working."),
    )
    status = models.CharField(_("status"), max_length=9, choices=Status.choices, default=Status.DRAFT)
    identifiers = models.JSONField(
        _("identifiers"),
        default=dict,
        blank=True,
        validators=[validate_identifiers],
        help_text=_('In other catalogues, such as {"viaf": "102325430"}.'),
    )
    #: The words of a record that readers do not see: only what they do is in the index of search.
    folded = models.TextField(editable=False, default="")
    created_at = models.DateTimeField(_("created"), editable=False, default=timezone.now)
    modified_at = models.DateTimeField(_("last changed"), editable=False, default=timezone.now)

    objects = RecordsManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"  # related managers write through it, and the history must see that

    def __str__(self) -> str:
        return self.label.text or self.slug

    def validate_unique(self, exclude: Collection[str] | None = None) -> None:
        super().validate_unique(exclude)
        past = PastSlug.objects.filter(kind=self.record_kind, slug=self.slug)
        taken = past.exclude(record_id=self.pk).first()
        if taken is not None and type(self)._base_manager.filter(pk=taken.record_id).exists():
            raise ValidationError({"slug": address_taken(self.slug)})

    @property
    def label(self) -> LocalText:
        """What the record is called, in the active language or the next that has it."""
        return best_text(self, self.label_field)

    @property
    def same_as(self) -> list[str]:
        return addresses(self.identifiers)

    @property
    def is_published(self) -> bool:
        return self.status == Status.PUBLISHED

    def get_absolute_url(self) -> str:
        return reverse(f"{self._meta.app_label}:{self.record_kind}-detail", args=[self.slug])


def address_taken(slug: str) -> str:
    """The sentence for whoever takes an address by which readers know another record."""
    return gettext("“%(slug)s” leads to another record; choose another address.") % {"slug": slug}


def record_rules(model: str, label_field: str) -> list[models.BaseConstraint]:
    """The constraints that every kind of record has; `model` begins their names."""
    return [
        models.CheckConstraint(condition=~Q(slug=""), name=f"{model}_has_an_address"),
        models.CheckConstraint(condition=Q(status__in=Status.values), name=f"{model}_has_a_known_status"),
        models.CheckConstraint(
            condition=in_some_language(label_field), name=f"{model}_is_named_in_some_language"
        ),
    ]
