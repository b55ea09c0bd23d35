"""What languages and countries are called in the reader's language."""

from typing import Final

from babel import Locale
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cubaru.core.languages import current_language
from cubaru.core.models import Name

#: Countries that CLDR has no name for, or (in Russian) writes without ё.
COUNTRIES_OF_OUR_OWN: Final[dict[str, Promise]] = {
    "SU": gettext_lazy("Soviet Union"),
    "US": gettext_lazy("United States"),
}


def language_name(tag: str) -> str:
    """The language of a BCP 47 tag, in the nominative: “Russian”, “ruso”, “русский”; others as they are."""
    return Locale(current_language()).languages.get(tag.partition("-")[0]) or tag


def name_note(name: Name) -> str:
    """What a name of a record is: “Russian, other name”."""
    return _("%(languages)s, %(kind)s") % {
        "languages": capfirst(language_name(name.language)),
        "kind": name.get_kind_display(),
    }


def country_name(code: str) -> str:
    """The country of a two-letter code; codes without a name as they are."""
    if code in COUNTRIES_OF_OUR_OWN:
        return str(COUNTRIES_OF_OUR_OWN[code])
    return Locale(current_language()).territories.get(code) or code
