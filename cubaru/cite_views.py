"""Citations of editions and of sources, as files for reference managers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cubaru.core.documents import RecordKind
from cubaru.core.edition_links import edition_link
from cubaru.core.models import LedgerEntry
from cubaru.core.reading import title_of_edition
from sources.cited_pages import item_of_path
from sources.csl import CslItem, source_item
from sources.models import Source
from sources.page_citations import FORMATS, edition_item


def edition_citation(
    request: HttpRequest, kind: RecordKind, slug: str, number: int, file_format: str
) -> HttpResponse:
    """The citation of one edition, for ever the same."""
    entry = LedgerEntry.objects.filter(kind=kind.name, slug=slug, edition=number).first()
    if entry is None:
        raise Http404(_("There is no such edition."))
    link = edition_link(entry)
    return _file(edition_item(title_of_edition(entry), link), file_format, f"{slug}-{number}")


def source_citation(request: HttpRequest, slug: str, file_format: str) -> HttpResponse:
    """The source itself, as a reference manager takes it."""
    source = Source.objects.published().with_public_parts().filter(slug=slug).first()
    if source is None:
        raise Http404(_("There is no such page."))
    return _file(source_item(source), file_format, slug)


def page_citation(request: HttpRequest, file_format: str) -> HttpResponse:
    """The citation of a list as it is filtered, or of a claim: the page whose path is in `?of=`."""
    item = item_of_path(request.GET.get("of", ""))
    if item is None:
        raise Http404(_("There is no such page."))
    return _file(item, file_format, item["id"])


def _file(item: CslItem, file_format: str, name: str) -> HttpResponse:
    if file_format not in FORMATS:
        raise Http404(_("Formats are %(formats)s.") % {"formats": ", ".join(FORMATS)})
    wanted = FORMATS[file_format]
    return HttpResponse(
        "".join(wanted.write([item])),
        content_type=f"{wanted.content_type}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.{wanted.ending}"'},
    )
