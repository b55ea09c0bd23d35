"""NarrativeCitation: a source that a narrative cites, kept so that the database holds the link."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cubaru.core.models import Part
from sources.models.source import Source


class NarrativeCitation(Part):
    """Read from the text with each change; what is typed there decides, these rows only follow."""

    source = models.ForeignKey(
        Source, verbose_name=_("source"), related_name="%(class)ss", on_delete=models.PROTECT
    )

    class Meta(Part.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.source.slug
