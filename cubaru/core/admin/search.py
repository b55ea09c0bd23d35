"""How curators find records in lists and where one is chosen: as readers do, and drafts too."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from cubaru.core.search.finding import for_curators
from cubaru.core.search.queries import QueryError


class Searched:
    """Left of ModelAdmin: its search is that of the site, with what readers do not see beside it.

    `status_paths` lead from a row to the status of the record that it is or belongs to.
    """

    model: Any
    search_fields: Any = ("slug",)  # that there is a search at all
    status_paths: tuple[str, ...] = ("status",)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        if not search_term.strip():
            return queryset, False
        kind: str = self.model._meta.model_name
        try:
            return queryset.filter(for_curators(search_term, kind, self.status_paths)), False
        except QueryError as error:
            if request.resolver_match is None or request.resolver_match.url_name != "autocomplete":
                messages.warning(request, str(error))
            return queryset.none(), False
