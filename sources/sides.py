"""From which side a source looks at these relations, by the country it comes from."""

from typing import Final

from django.db import models
from django.db.models import Case, CharField, Q, Value, When
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    CUBAN = "cuban", _("Cuban")
    RUSSIAN = "russian", _("Russian or Soviet")
    OTHER = "other", _("of other countries")
    UNKNOWN = "unknown", _("of unknown origin")


#: Those of which a source is known to be.
KNOWN: Final = (Side.CUBAN, Side.RUSSIAN, Side.OTHER)

_COUNTRIES: Final = {Side.CUBAN: ["CU"], Side.RUSSIAN: ["RU", "SU"], Side.UNKNOWN: [""]}


def is_of(side: Side, to_source: str = "source__") -> Q:
    """The condition that a source, reached by `to_source`, is of the side."""
    column = f"{to_source}country__in"
    if side == Side.OTHER:
        return ~Q(**{column: [country for some in _COUNTRIES.values() for country in some]})
    return Q(**{column: _COUNTRIES[side]})


def side_column(to_source: str = "source__") -> Case:
    """The side of a source, reached by `to_source`, as a column."""
    return Case(
        *(When(is_of(side, to_source), then=Value(side.value)) for side in Side if side != Side.OTHER),
        default=Value(Side.OTHER.value),
        output_field=CharField(),
    )
