"""What all addresses of the API have in common: reading only, strictly, and in a way that can be kept."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, ClassVar

import orjson
from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from cubaru.core.api.expanding import VIEWS, Expansion, expandable
from cubaru.core.api.formats import Format
from cubaru.core.api.keyset import Key, Order
from cubaru.core.api.links import list_address, plural_of
from cubaru.core.api.negotiation import ContentNegotiation
from cubaru.core.api.parameters import COMMON, Asked, asked_for, check_names, choice_fault, prune
from cubaru.core.api.problems import BadParametersError, Fault, Tombstone, WithdrawnError
from cubaru.core.api.renderers import JSONRenderer
from cubaru.core.api.schema import ApiSchema
from cubaru.core.api.throttling import ReadThrottle
from cubaru.core.chunks import chunks
from cubaru.core.context import absolute
from cubaru.core.documents import kind_named
from cubaru.core.languages import LANGUAGES
from cubaru.core.ledger import last_withdrawal
from cubaru.core.models import PastSlug, Record, Status
from cubaru.core.models.ledger_entry import Action, LedgerEntry
from cubaru.core.models.record import SLUG
from cubaru.core.published import published_document
from cubaru.core.published_rows import PublishedRecords, fill

CACHE_CONTROL = "public, max-age=60, stale-while-revalidate=600"


class ReadView(APIView):
    """An address that is read and takes only the parameters it names."""

    http_method_names = ["get", "head", "options"]
    content_negotiation_class = ContentNegotiation
    throttle_classes = [ReadThrottle]
    schema = ApiSchema()
    #: What the address gives, for the documentation.
    about: ClassVar[Any]
    #: Since when it should no longer be used, when it goes, and where that is explained (RFC 9745, RFC 8594).
    deprecated_since: ClassVar[datetime | None] = None
    gone_after: ClassVar[datetime | None] = None
    deprecation_page: ClassVar[str] = ""

    def known_parameters(self) -> list[str]:
        return ["format"]

    def repeatable_parameters(self) -> list[str]:
        return []

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Sentences and pages' addresses are in the language asked for, else in English: answers must
        # not depend on Accept-Language, or no cache could keep them for all.
        language = request.GET.get("lang")
        with translation.override(language if language in LANGUAGES else "en"):
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method in {"GET", "HEAD"}:
            known, repeatable = self.known_parameters(), self.repeatable_parameters()
            if faults := check_names(request.query_params, known, repeatable):
                raise BadParametersError(faults)

    def finalize_response(  # type: ignore[override] # redirects and problems are plain answers
        self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        answer: HttpResponseBase = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[arg-type]
        if answer.status_code < 400:
            answer.headers.setdefault("Cache-Control", CACHE_CONTROL)
            answer.headers.setdefault("Content-Language", ", ".join(self.languages_of_answer()))
        else:
            answer.headers.setdefault("Content-Language", translation.get_language() or "en")
        self._say_how_long(answer)
        if answer.status_code == 200 and hasattr(answer, "add_post_render_callback"):
            answer.add_post_render_callback(lambda done: self.unless_known(request, done))
        return answer

    def unless_known(self, request: Request, response: HttpResponse) -> HttpResponse:
        """The answer with its ETag, or 304 if that is what the client has.

        If-Modified-Since alone is not enough for a 304: an answer also changes with the records that it
        mentions.
        """
        etag = response.headers.get("ETag") or f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response.headers["ETag"] = etag
        return get_conditional_response(request, etag=etag, response=response) or response

    def _say_how_long(self, answer: HttpResponseBase) -> None:
        if self.deprecated_since is not None:
            answer.headers["Deprecation"] = f"@{int(self.deprecated_since.timestamp())}"
            if self.deprecation_page:
                link = f'<{absolute(self.deprecation_page)}>; rel="deprecation"; type="text/html"'
                answer.headers["Link"] = ", ".join(filter(None, [answer.headers.get("Link"), link]))
        if self.gone_after is not None:
            answer.headers["Sunset"] = http_date(self.gone_after.timestamp())

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        """What can be done here, in the header Allow; the description of the API says all else."""
        return Response(
            status=204, headers={"Link": f'<{absolute(reverse("api-schema"))}>; rel="describedby"'}
        )

    def languages_of_answer(self) -> list[str]:
        return list(LANGUAGES)


class ReadViewSet(ReadView, GenericViewSet[Any]):
    """One kind of record: its list, and each record by its slug."""

    model: ClassVar[type[models.Model]]
    list_serializer: ClassVar[type[Serializer[Any]]]
    detail_serializer: ClassVar[type[Serializer[Any]]]
    filterset_class: ClassVar[Any]
    #: The values of `ordering`, each with its columns; `last_column` is added, so that the order is total.
    orderings: ClassVar[dict[str, tuple[str, ...]]]
    default_ordering: ClassVar[str]
    last_column: ClassVar[str] = "slug"
    #: What it offers besides JSON.
    formats: ClassVar[tuple[type[Format], ...]] = ()
    #: Holds when a row was last changed, if it has such a column.
    moment_column: ClassVar[str] = "modified_at"
    #: Keys of documents that answers about one record do not show, or not as the document has them.
    not_in_answer: ClassVar[tuple[str, ...]] = ()
    lookup_field = "slug"
    lookup_value_regex = "[^/]+"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        #: What the answer is written as; None for JSON.
        self.chosen: Format | None = None
        self.asked = Asked(None, {})
        #: In which languages the answer's texts are, in the order they came up.
        self.languages: dict[str, None] = {}
        #: What the record that is answered links to.
        self.linked: PublishedRecords | None = None
        self.expansion = Expansion({})

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        model: Any = cls.__dict__.get("model")
        if model is not None and issubclass(model, Record):
            VIEWS[model.record_kind] = cls

    def get_renderers(self) -> list[BaseRenderer]:
        return [JSONRenderer(), *(one() for one in self.formats)]

    # Parameters ------------------------------------------------------------------------------------

    def known_parameters(self) -> list[str]:
        common = [*COMMON, *(["expand"] if self.expandable() else [])]
        if self.action != "list":
            return common
        return [*common, "ordering", "page_size", "cursor", *self.filterset_class.base_filters]

    def repeatable_parameters(self) -> list[str]:
        filters = self.filterset_class.base_filters
        return [name for name, one in filters.items() if one.is_repeatable]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.asked = asked_for(request.query_params)
        if isinstance(request.accepted_renderer, Format):
            self.chosen = request.accepted_renderer
            where = {"format": self.chosen.format}
            if self.asked.fields and not self.chosen.takes_fields:
                detail = _("In the format %(format)s no fields can be chosen.") % where
                raise BadParametersError([Fault(parameter="fields", detail=detail)])
            if self.asked.expand:
                detail = _("In the format %(format)s nothing can be expanded.") % where
                raise BadParametersError([Fault(parameter="expand", detail=detail)])

    def expandable(self) -> list[str]:
        """The names of records that `expand` can ask for."""
        return _expandable(self.get_serializer_class())

    @property
    def order(self) -> Order:
        """Raises BadParametersError."""
        name = self.request.query_params.get("ordering", self.default_ordering)
        columns = self.orderings.get(name.removeprefix("-"))
        if columns is None:
            valid = [f"{sign}{name}" for name in self.orderings for sign in ("", "-")]
            raise BadParametersError([choice_fault("ordering", name, valid)])
        language = self.asked.language or LANGUAGES[0]
        keys = [self._key(column.replace("LANGUAGE", language)) for column in (*columns, self.last_column)]
        return Order(f"{name} {keys[0].column}", tuple(keys), name.startswith("-"))

    def _key(self, column: str) -> Key:
        field = self.model._meta.get_field(column)
        assert isinstance(field, models.Field), column
        return Key(column, field, field.null)

    # Answers ---------------------------------------------------------------------------------------

    def get_serializer_class(self) -> type[Serializer[Any]]:
        return self.list_serializer if self.action == "list" else self.detail_serializer

    def get_serializer_context(self) -> dict[str, Any]:
        return {
            **super().get_serializer_context(),
            "language": self.asked.language,
            "languages": self.languages,
            "linked": self.linked,
        }

    def languages_of_answer(self) -> list[str]:
        """All, or the one asked for and those that stood in for it."""
        if self.chosen is not None and not self.chosen.is_multilingual:
            return [self.asked.language or LANGUAGES[0]]
        if self.asked.language is None:
            return list(LANGUAGES)
        return list(dict.fromkeys([self.asked.language, *self.languages]))

    def get_queryset(self) -> QuerySet[Any]:
        rows = self.readable()
        if self.action != "list":
            loaded = self.detailed(rows)
        elif self.chosen is not None and self.chosen.is_whole:
            loaded = self.described(rows)
        else:
            loaded = self.listed(rows)
        return loaded  # type: ignore[no-any-return]

    def readable(self) -> Any:
        """The rows that whoever asks may read, each with the number of its newest edition."""
        rows = self.readable_rows()
        if issubclass(self.model, Record):
            rows = rows.annotate(edition=_newest_edition(self.model, "edition"))
        return rows

    def readable_rows(self) -> Any:
        return self.model._default_manager.published()  # type: ignore[attr-defined]

    def as_in_lists(self, keys: Iterable[int]) -> Iterable[Any]:
        """The published rows with these primary keys, with what lists show of them."""
        for some in chunks(keys):
            yield from self.listed(self.readable().filter(pk__in=some))

    def as_described(self) -> Any:
        """All published rows, with what the formats that tell of them as their pages do need."""
        return self.described(self.readable())

    def listed(self, rows: Any) -> Any:
        """The rows with what an entry of a list shows of them."""
        return rows

    def described(self, rows: Any) -> Any:
        """The rows with what the formats that tell of them as their pages do need."""
        return rows.with_public_parts()

    def detailed(self, rows: Any) -> Any:
        """The rows with what the answer about one of them shows; `complete` adds the rest."""
        model: Any = self.model
        return rows.annotate(published=_newest_edition(model, "document"))

    def complete(self, row: Any) -> None:
        """Gives the row of a record the parts that its published document tells of."""
        kind = kind_named(row.record_kind)
        is_kept = row.is_published and row.published
        document = orjson.loads(row.published) if is_kept else published_document(kind, row)
        self.linked = fill(row, kind, document, self.not_in_answer)

    def serializer_of_list(self) -> Any:
        """What lists show of a record, or those fields of it that were asked for."""
        return self._as_asked(self.list_serializer)

    def _as_asked(self, kind: type[Serializer[Any]]) -> Any:
        """A serializer that shows the fields asked for, and whole what is to be expanded."""
        context = self.get_serializer_context()
        serializer = kind(context=context)
        self.expansion = Expansion(context)
        self.expansion.apply(serializer, self.asked.expand)
        if self.asked.fields:
            prune(serializer, self.asked.fields)
        return serializer

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        serializer = self.serializer_of_list()
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        assert rows is not None, "every list has pages"
        if self.chosen is None:
            response = self.get_paginated_response([serializer.to_representation(row) for row in rows])
            self.expansion.finish()
        else:
            response = self.get_paginated_response([])  # for the links to the pages beside it
            self._write(response, rows, plural_of(self.model))
        self._say_when_modified(response, rows)
        return response

    def retrieve(self, request: Request, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self._as_asked(self.detail_serializer)  # wrong names are told of before the record is looked for
        row = self.get_queryset().filter(slug=slug).first() if is_slug(slug) else None
        if row is None:
            return self._of_unpublished(request, slug)
        self.complete(row)
        serializer = self._as_asked(self.detail_serializer)
        if self.chosen is None:
            response = Response(serializer.to_representation(row))
            self.expansion.finish()
        else:
            response = Response()
            self._write(response, [row], slug)
        self._say_when_modified(response, [row])
        return response

    def _write(self, response: Response, rows: Sequence[Any], name: str) -> None:
        assert self.chosen is not None, "JSON is written by its renderer"
        response.data = self.chosen.write(rows, self)
        self.chosen.name_file(response, name)

    def _of_unpublished(self, request: Request, slug: str) -> HttpResponseBase:
        """Leads on from a past slug, also of a record that was merged. Raises Http404 or WithdrawnError."""
        if not is_slug(slug):
            raise Http404
        if (withdrawn := self.withdrawn(slug)) is not None:
            raise WithdrawnError(tombstone_of(withdrawn))
        if issubclass(self.model, Record):
            past = PastSlug.objects.filter(kind=self.model.record_kind, slug=slug).first()
            record = past and self.model._base_manager.filter(pk=past.record_id).first()
            if record and record.status == Status.WITHDRAWN:
                raise WithdrawnError(tombstone_of(record))
            if record and record.is_published:
                path = reverse(f"api-{plural_of(type(record))}-detail", args=[record.slug])
                query = request.META.get("QUERY_STRING", "")
                return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
            if record is None and (entry := last_withdrawal(self.model.record_kind, slug)) is not None:
                raise WithdrawnError(tombstone_from(entry))
        raise Http404

    def _say_when_modified(self, response: Response, rows: Sequence[Any]) -> None:
        moments = [moment for row in rows if (moment := getattr(row, self.moment_column, None))]
        if moments:
            response.headers["Last-Modified"] = http_date(max(moments).timestamp())

    def withdrawn(self, slug: str) -> Record | None:
        """The record that was withdrawn from this address, or that took with it what was here."""
        model: Any = self.model
        found: Record | None = model._base_manager.filter(slug=slug, status=Status.WITHDRAWN).first()
        return found


def tombstone_of(record: Record) -> Tombstone | None:
    """What the ledger says of the withdrawal; None for a record that readers never saw."""
    entry = (
        LedgerEntry.objects.filter(kind=record.record_kind, record_id=record.pk, action=Action.WITHDRAWAL)
        .order_by("-number")
        .first()
    )
    return tombstone_from(entry) if entry is not None else None


def tombstone_from(entry: LedgerEntry) -> Tombstone:
    return {
        "kind": entry.kind,
        "slug": entry.slug,
        "number": entry.number,
        "withdrawn_at": entry.at.isoformat(),
        "why": entry.why,
        "editions_url": list_address("editions", kind=entry.kind, slug=entry.slug),
    }


def _newest_edition(model: type[Record], column: str) -> Subquery:
    editions = LedgerEntry.objects.filter(
        kind=model.record_kind, record_id=OuterRef("pk"), action=Action.EDITION
    )
    return Subquery(editions.order_by("-number").values(column)[:1])


@cache
def _expandable(kind: type[Serializer[Any]]) -> list[str]:
    return expandable(kind())


def is_slug(text: str) -> bool:
    return re.match(SLUG.regex, text) is not None
