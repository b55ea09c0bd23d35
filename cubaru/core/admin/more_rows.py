"""Adding a part to a record without scripts: the form comes back as it was filled in, with one more row."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = object

#: The name of the button below a list of parts; its value says which list.
BUTTON = "_add_part"
MOST_ROWS = 1000
#: What stands for the number of the empty row: in names of its fields, and of the lists within it.
EMPTY = ("__prefix__", "empty")


class MoreRows(ModelAdmin):
    """Stands left of what saves: a form that asks for a row is not saved."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        prefix = request.POST.get(BUTTON, "")
        if prefix and (posted := with_one_more(request.POST, prefix)) is not None:
            request.POST = posted  # type: ignore[assignment]
            request.refusal = ValidationError(  # type: ignore[attr-defined]
                _("There is one more row to be filled in. Nothing is saved yet.")
            )
            extra_context = {**(extra_context or {}), "row_added": True}
        return super().changeform_view(request, object_id, form_url, extra_context)


def with_one_more(posted: QueryDict, prefix: str) -> QueryDict | None:
    """The form with one more row in the formset `prefix`; None if it has no such formset, or is full.

    The row is what the empty one, which every form carries along, was sent as.
    """
    total = posted.get(f"{prefix}-TOTAL_FORMS", "")
    if not (total.isascii() and total.isdecimal() and int(total) < MOST_ROWS):
        return None
    more = posted.copy()
    for name in posted:
        for empty in EMPTY:
            if name.startswith(f"{prefix}-{empty}-"):
                field = name.removeprefix(f"{prefix}-{empty}-")
                more.setlist(f"{prefix}-{total}-{field}", posted.getlist(name))
    more[f"{prefix}-{total}-position"] = total
    more[f"{prefix}-TOTAL_FORMS"] = str(int(total) + 1)
    return more
