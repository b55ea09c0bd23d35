"""The inline of names, the same for all kinds of record."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from cubaru.core.admin.parts import Line, PartInline


class NameInline(PartInline):
    lines: ClassVar[tuple[Line, ...]] = (("text", "language", "script", "kind", "scheme"),)
    is_line = True
    verbose_name = _("name")
    verbose_name_plural = _("names")

    def summary(self, part: Any) -> str:
        return str(part.text)
