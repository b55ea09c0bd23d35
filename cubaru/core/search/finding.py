"""Which records of one kind a query finds: a condition for lists that have an order of their own.

A list holds all that is found, where the search looks at the best. What readers see is found by the index;
what only curators see is not in it, and is found by the words of its column `folded`.
"""

from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from cubaru.core.folding import fold
from cubaru.core.models.record import Status
from cubaru.core.search import fulltext
from cubaru.core.search.asking import Limits, Questions
from cubaru.core.search.expansion import Understood, understand
from cubaru.core.search.queries import QueryError, read_query
from cubaru.core.search.tables import SearchEntry


def published(query: str, kind: str) -> Q:
    """The published records of a kind, or claims, in which all that was asked for stands.

    Raises QueryError, with a sentence for who asked.
    """
    return _published(_understood(query, unfinished=False), kind)


def for_curators(query: str, kind: str, statuses: Sequence[str] = ("status",)) -> Q:
    """The same, and beside the published ones those that readers do not see; the last word may go on.

    `statuses` are paths to the status of the record that a row is or belongs to; `folded` stands beside that.
    """
    understood = _understood(query, unfinished=True)
    condition = _published(understood, kind)
    for status in statuses:
        condition |= _hidden(understood, status)
    return condition


def _understood(query: str, *, unfinished: bool) -> Understood:
    read = read_query(query, unfinished=unfinished)
    if read.is_empty:
        raise QueryError(_("Type a word, a name or a date to look for."))
    return understand(read)


def _published(understood: Understood, kind: str) -> Q:
    wanted = Questions(understood, Limits((kind,))).with_all()
    if kind == "claim":
        rows = RawSQL(*fulltext.all_rows(wanted))  # noqa: S611 tokens are quoted where they are written
        return Q(slug__in=SearchEntry.objects.filter(id__in=rows).values("slug"))
    return Q(pk__in=RawSQL(*fulltext.all_records(wanted)))  # noqa: S611 likewise


def _hidden(understood: Understood, status: str) -> Q:
    """Records that readers do not see and whose words have all that was asked for, in any known spelling."""
    column = status.removesuffix("status") + "folded__contains"
    condition = ~Q(**{status: Status.PUBLISHED})
    for meaning in understood.meanings:
        spellings = {meaning.word.shown, *meaning.forms.values()}
        condition &= _any(column, spellings)
    query = understood.query
    for words in [*query.phrases, *([query.date_words] if query.date else [])]:
        condition &= _any(column, [" ".join(words)])
    for words in query.without:
        condition &= ~_any(column, [" ".join(words)])
    return condition


def _any(column: str, texts: Iterable[str]) -> Q:
    condition = Q()
    for text in sorted({fold(text) for text in texts}):
        condition |= Q(**{column: text})
    return condition
