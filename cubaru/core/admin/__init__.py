"""Building blocks of the admin; each app registers its own records with them."""

from cubaru.core.admin import accounts as _accounts  # noqa: F401  (registers logins and groups)
from cubaru.core.admin import dashboard as _dashboard  # noqa: F401  (registers checks that have pages)
from cubaru.core.admin import history as _history  # noqa: F401  (registers the history)
from cubaru.core.admin import import_pages as _import_pages  # noqa: F401  (registers change-sets)
from cubaru.core.admin.columns import date_columns, in_languages
from cubaru.core.admin.date_help import read_date
from cubaru.core.admin.filters import MissingLanguageFilter, decade_of
from cubaru.core.admin.forms import RecordForm, RowForm, SluggedForm
from cubaru.core.admin.labels import joined, other_script, span
from cubaru.core.admin.names import NameInline
from cubaru.core.admin.parts import PartInline
from cubaru.core.admin.records import RecordAdmin, SectionedAdmin
from cubaru.core.admin.rules import Rule, tell
from cubaru.core.admin.search import Searched
from cubaru.core.admin.sections import Section

__all__ = [
    "MissingLanguageFilter",
    "NameInline",
    "PartInline",
    "RecordAdmin",
    "RecordForm",
    "RowForm",
    "Rule",
    "Searched",
    "Section",
    "SectionedAdmin",
    "SluggedForm",
    "date_columns",
    "decade_of",
    "in_languages",
    "joined",
    "other_script",
    "read_date",
    "span",
    "tell",
]
