"""The six verbs."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cubaru.core.api.views import is_slug
from cubaru.core.context import absolute
from cubaru.core.documents import kinds
from cubaru.core.feeds import without_controls
from cubaru.core.models.ledger_entry import Action, LedgerEntry
from cubaru.oai.dublin_core import DC, OAI_DC, SCHEMA, SCHEMA_LOCATION, dublin_core
from cubaru.oai.requests import PREFIX, Asked, OaiError, read, token_after

OAI: Final = "http://www.openarchives.org/OAI/2.0/"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
PAGE: Final = 100
#: What the answer repeats of the question.
ATTRIBUTES: Final = ("verb", "identifier", "metadataPrefix", "from", "until", "set", "resumptionToken")

register_namespace("oai_dc", OAI_DC)
register_namespace("dc", DC)
register_namespace("xsi", XSI)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: HttpRequest) -> HttpResponse:
    """Every answer is XML with status 200, as the protocol wants it, also where something was wrong."""
    root = Element("OAI-PMH", {"xmlns": OAI, SCHEMA_LOCATION: f"{OAI} {OAI}OAI-PMH.xsd"})
    SubElement(root, "responseDate").text = _utc(timezone.now())
    told = SubElement(root, "request")
    told.text = absolute(reverse("oai"))
    given = request.POST if request.method == "POST" else request.GET
    for name, value in given.items():
        if name in ATTRIBUTES:
            told.set(name, without_controls(str(value)))
    with translation.override("en"):
        try:
            asked = read(given)
            answer = Element(asked.verb)
            ANSWERS[asked.verb](asked, answer)
            root.append(answer)
        except OaiError as error:
            if error.code in {"badVerb", "badArgument"}:
                told.attrib.clear()  # they may not even be what the schema lets stand there
            SubElement(root, "error", {"code": error.code}).text = str(error)
    content = tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(content, content_type="text/xml; charset=utf-8")


# Items ---------------------------------------------------------------------------------------------


def items() -> QuerySet[LedgerEntry]:
    """The newest entry of each record under each slug that it has or had."""
    newer = LedgerEntry.objects.filter(
        kind=OuterRef("kind"), slug=OuterRef("slug"), number__gt=OuterRef("number")
    )
    return LedgerEntry.objects.filter(~Exists(newer), kind__in=[kind.name for kind in kinds()])


def is_deleted(entry: LedgerEntry) -> bool:
    return entry.action != Action.EDITION


def identifier_of(entry: LedgerEntry) -> str:
    return f"oai:{urlsplit(settings.SITE_URL).hostname}:{_plural(entry)}/{entry.slug}"


def _plural(entry: LedgerEntry) -> str:
    return next(kind.plural for kind in kinds() if kind.name == entry.kind)


def _item(identifier: str) -> LedgerEntry:
    """Raises OaiError."""
    start = f"oai:{urlsplit(settings.SITE_URL).hostname}:"
    plural, _slash, slug = identifier.removeprefix(start).partition("/")
    kind = next((one.name for one in kinds() if one.plural == plural), "")
    known = identifier.startswith(start) and kind and is_slug(slug)
    entry = items().filter(kind=kind, slug=slug).first() if known else None
    if entry is None:
        raise OaiError("idDoesNotExist", f"Identifiers are written as {start}events/SLUG.")
    return entry


def _page(asked: Asked) -> list[LedgerEntry]:
    """One more than is shown, if there is more. Raises OaiError."""
    rows = items().filter(number__gt=asked.after).order_by("number")
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.first:
        rows = rows.filter(at__gte=asked.first)
    if asked.end:
        rows = rows.filter(at__lt=asked.end)
    if asked.verb == "ListIdentifiers":
        rows = rows.defer("document")
    found = list(rows[: PAGE + 1])
    if not found and not asked.after:
        raise OaiError("noRecordsMatch", "Nothing was changed in that time.")
    return found


# Answers -------------------------------------------------------------------------------------------


def _identify(asked: Asked, answer: Element) -> None:
    first = LedgerEntry.objects.order_by("number").defer("document").first()
    for name, text in (
        ("repositoryName", "cubaru"),
        ("baseURL", absolute(reverse("oai"))),
        ("protocolVersion", "2.0"),
        ("adminEmail", settings.CONTACT_EMAIL),
        ("earliestDatestamp", _utc(first.at if first else timezone.now())),
        ("deletedRecord", "persistent"),
        ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
    ):
        SubElement(answer, name).text = text


def _formats(asked: Asked, answer: Element) -> None:
    if asked.identifier:
        _item(asked.identifier)
    one = SubElement(answer, "metadataFormat")
    for name, text in (("metadataPrefix", PREFIX), ("schema", SCHEMA), ("metadataNamespace", OAI_DC)):
        SubElement(one, name).text = text


def _sets(asked: Asked, answer: Element) -> None:
    for kind in kinds():
        one = SubElement(answer, "set")
        SubElement(one, "setSpec").text = kind.plural
        SubElement(one, "setName").text = str(kind.model._meta.verbose_name_plural)


def _record(asked: Asked, answer: Element) -> None:
    _add_record(answer, _item(asked.identifier))


def _list(asked: Asked, answer: Element) -> None:
    found = _page(asked)
    for entry in found[:PAGE]:
        if asked.verb == "ListIdentifiers":
            _add_header(answer, entry)
        else:
            _add_record(answer, entry)
    has_more = len(found) > PAGE
    if has_more or asked.after:
        token = SubElement(answer, "resumptionToken", {"cursor": str(asked.given)})
        token.text = token_after(asked, found[PAGE - 1].number, asked.given + PAGE) if has_more else None


def _add_record(answer: Element, entry: LedgerEntry) -> None:
    record = SubElement(answer, "record")
    _add_header(record, entry)
    if not is_deleted(entry):
        SubElement(record, "metadata").append(dublin_core(json.loads(entry.document)))


def _add_header(parent: Element, entry: LedgerEntry) -> None:
    header = SubElement(parent, "header", {"status": "deleted"} if is_deleted(entry) else {})
    SubElement(header, "identifier").text = identifier_of(entry)
    SubElement(header, "datestamp").text = _utc(entry.at)
    SubElement(header, "setSpec").text = _plural(entry)


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


ANSWERS: Final[dict[str, Callable[[Asked, Element], None]]] = {
    "Identify": _identify,
    "ListMetadataFormats": _formats,
    "ListSets": _sets,
    "GetRecord": _record,
    "ListIdentifiers": _list,
    "ListRecords": _list,
}
