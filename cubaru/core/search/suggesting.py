"""Suggestions while somebody types a name: for fields of the admin and of the API that choose a record."""

from cubaru.core.search.asking import Limits, Questions
from cubaru.core.search.expansion import understand
from cubaru.core.search.queries import QueryError, read_query
from cubaru.core.search.ranking import ranked
from cubaru.core.search.tables import SearchEntry


def suggest(query: str, kind: str, limit: int = 10) -> list[int]:
    """The primary keys of published records of a kind, the likeliest first; none for what cannot be read."""
    try:
        read = read_query(query, unfinished=True)
    except QueryError:
        return []
    if read.is_empty:
        return []
    understood = understand(read)
    order = ranked(Questions(understood, Limits((kind,))).candidates(), understood, "")[:limit]
    ids = dict(SearchEntry.objects.filter(id__in=[one.row for one in order]).values_list("id", "record_id"))
    return [ids[one.row] for one in order if one.row in ids]
