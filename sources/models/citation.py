"""Citation: a pointer into a source, with what the source does to the statement."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cubaru.core.models import Part
from sources.choices import Stance
from sources.models.source import Source

MOST_WORDS_QUOTED = 50


def validate_quotation(text: str) -> None:
    """A quotation is short: what is longer belongs to its author."""
    words = len(text.split())
    if words > MOST_WORDS_QUOTED:
        raise ValidationError(
            ngettext(
                "A quotation has at most %(most)d words; this one has %(words)d word.",
                "A quotation has at most %(most)d words; this one has %(words)d words.",
                words,
            )
            % {"most": MOST_WORDS_QUOTED, "words": words}
        )


class Citation(Part):
    """Each kind of record that cites has a table of its own, so that the database holds the link."""

    source = models.ForeignKey(
        Source, verbose_name=_("source"), related_name="%(class)ss", on_delete=models.PROTECT
    )
    stance = models.CharField(_("stance"), max_length=11, choices=Stance.choices, default=Stance.SUPPORTS)
    locator = models.CharField(
        _("locator"), max_length=200, blank=True, help_text=_("Such as “doc. 84” or “p. 12”.")
    )
    quotation = models.TextField(_("quotation"), max_length=600, blank=True, validators=[validate_quotation])
    note = models.TextField(_("what the source shows"), blank=True)

    class Meta(Part.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.source.slug}, {self.locator}" if self.locator else self.source.slug


def citation_rules(model: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(condition=Q(stance__in=Stance.values), name=f"{model}_has_a_known_stance"),
    ]
