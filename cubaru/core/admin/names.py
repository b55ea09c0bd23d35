"""The inline of names, the same for all kinds of record."""

from typing import Any, ClassVar

from django.utils.translation import pgettext_lazy

from cubaru.core.admin.parts import Line, PartInline


class NameInline(PartInline):
    lines: ClassVar[tuple[Line, ...]] = (("text", "language", "script", "kind", "scheme"),)
    is_line = True
    verbose_name = pgettext_lazy("of anything", "name")
    verbose_name_plural = pgettext_lazy("of anything", "names")

    def summary(self, part: Any) -> str:
        return str(part.text)
