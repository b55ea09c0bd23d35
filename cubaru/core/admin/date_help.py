"""How a historical date reads in each language: beside its field, and at once while it is typed."""

from typing import TYPE_CHECKING, Any, Final

from django.contrib.admin import display
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cubaru.core.date_words import in_words
from cubaru.core.dates import Calendar, DateError, HistoricalDate
from cubaru.core.fields import HistoricalDateField, derived_columns, historical_date, parsed
from cubaru.core.languages import LANGUAGES

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

READS_AS: Final = gettext_lazy("reads as")


def read_date(field: str, description: "StrOrPromise" = READS_AS) -> Any:
    """A read-only field: how the historical date reads in each language, and the days that it may touch.

    It has the place in which `dates.js` says the same while the date is typed.
    """

    @display(description=description)
    def reading(self: Any, row: models.Model) -> SafeString:
        try:
            date = historical_date(row, field)
        except DateError:  # said at the field itself
            date = None
        context: dict[str, Any] = {"field": field}
        if date is not None:
            context |= {"words": words_of(date), "days": days_of(date)}
        return render_to_string("admin/parts/date_reading.html", context)

    return reading


def typed_date(request: HttpRequest) -> JsonResponse:
    """How the date typed so far (`edtf`, `calendar`) reads: `words` and `days`, or what is wrong (`fault`).

    The sentence is the one that saving would say. Nothing typed: nothing said.
    """
    calendar = request.GET.get("calendar", Calendar.GREGORIAN.value)
    try:
        text = _typed.clean(request.GET.get("edtf", ""))
        derived_columns("date", text, calendar)
    except ValidationError as error:
        return JsonResponse({"fault": " ".join(error.messages)})
    if not text:
        return JsonResponse({})
    date = parsed(text, Calendar(calendar))
    return JsonResponse({"words": words_of(date), "days": days_of(date)})


#: Checks what is typed as the forms do.
_typed: Final[Any] = HistoricalDateField(companions=False).formfield()


def words_of(date: HistoricalDate) -> dict[str, str]:
    return {language: in_words(date, language) for language in LANGUAGES}


def days_of(date: HistoricalDate) -> str:
    """The earliest and the latest day: "earliest 1962-10-16, latest 1962-10-28"."""
    no_earliest, no_latest = date.open_start or date.unknown_start, date.open_end or date.unknown_end
    earliest = _("no earliest day") if no_earliest else _("earliest %(day)s") % {"day": date.earliest}
    latest = _("no latest day") if no_latest else _("latest %(day)s") % {"day": date.latest}
    return f"{earliest}, {latest}"
