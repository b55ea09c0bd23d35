"""Countries by their codes, and the script in which each writes."""

from collections import defaultdict
from functools import cache
from typing import Final

from babel.core import get_global
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

COUNTRY = RegexValidator(r"^[A-Z]{2}\Z", _("A country is an ISO 3166 code of two capitals, such as CU."))

#: States that are no more, with the script they wrote in.
_FORMER: Final = {"SU": "Cyrl", "CS": "Latn", "DD": "Latn", "YU": "Latn"}


@cache
def countries_by_script() -> dict[str, tuple[str, ...]]:
    """The countries that write mostly in each script ("Cyrl"), by CLDR's likely subtags."""
    found: dict[str, set[str]] = defaultdict(set)
    territories = {code for code in get_global("territory_currencies") if len(code) == 2} - _FORMER.keys()
    likely = get_global("likely_subtags")
    for code in territories:
        # What CLDR does not name is written as most languages are: und is en-Latn-US.
        script = likely.get(f"und_{code}", "en_Latn_US").split("_")[1]
        found[script].add(code)
    for code, script in _FORMER.items():
        found[script].add(code)
    return {script: tuple(sorted(codes)) for script, codes in sorted(found.items())}
