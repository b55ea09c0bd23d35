"""The inline of citations: where a statement can be checked."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cubaru.core.admin import PartInline, in_languages, joined


class CitationInline(PartInline):
    """A concrete one names its model; each kind of record has a table of citations of its own."""

    lines = (("source", "stance", "locator"), "quotation", in_languages("note"))
    autocomplete_fields = ("source",)
    heights = {"quotation": 2, "note": 2}
    verbose_name = _("citation")
    verbose_name_plural = _("citations")

    def summary(self, part: Any) -> str:
        return joined(str(part.source) if part.source_id else "", part.locator, part.get_stance_display())
