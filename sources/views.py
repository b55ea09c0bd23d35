"""Pages of sources."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cubaru.core.facets import FilteredList
from cubaru.core.languages import best_text
from cubaru.core.linked_data import as_edition
from cubaru.core.locale_names import language_name
from cubaru.core.pages import RecordPage, Step, json_ld, paginate
from cubaru.core.templatetags.wording import number
from sources.choices import SourceKind, SourceType
from sources.citing import asserted_statements, citing_groups, count_citations
from sources.filters import SourceFilterSet
from sources.models import Source
from sources.presentation import source_links, source_reference
from sources.presentation_source import (
    list_row,
    own_title,
    source_facts,
    source_json_ld,
    statement_row,
    translated_title,
    verdict_counts,
)


def source_list(request: HttpRequest) -> HttpResponse:
    found = FilteredList(request, SourceFilterSet, Source.objects.published())
    facets = [
        found.facet("kind", "kind", _("Kind"), lambda value: capfirst(str(SourceKind(value).label))),
        found.facet("type", "type", _("Type"), lambda value: capfirst(str(SourceType(value).label))),
        found.facet("language", "language", _("Language"), lambda tag: capfirst(language_name(tag))),
    ]
    pages = paginate(request, found.rows)
    counts = count_citations(pages.items)
    context = {
        "trail": [Step(_("Sources"))],
        "facets": facets,
        "chosen": found.chosen(facets),
        "errors": found.errors,
        "canonical_query": found.canonical_query(),
        "pages": pages,
        "rows": [list_row(source, counts[source.pk]) for source in pages.items],
        "summary": ngettext("%(number)s source", "%(number)s sources", pages.total)
        % {"number": number(pages.total)},
    }
    return TemplateResponse(request, "sources/source_list.html", context, status=found.status)


class SourcePage(RecordPage):
    model = Source
    template_name = "sources/source_detail.html"

    def context(self, record: Source) -> dict[str, Any]:
        statements = [statement_row(citation) for citation in asserted_statements(record)]
        return {
            "trail": [Step(_("Sources"), reverse("sources:source-list")), Step(own_title(record))],
            "reference": source_reference(record),
            "title": own_title(record),
            "translated": translated_title(record),
            "facts": source_facts(record),
            "links": source_links(record),
            "note": best_text(record, "note"),
            "bare_title": f"{record.title}.",
            "statements": statements,
            "verdicts": verdict_counts(statements),
            "groups": citing_groups(record),
            "json_ld": json_ld(as_edition(source_json_ld(record), self.history)),
        }
