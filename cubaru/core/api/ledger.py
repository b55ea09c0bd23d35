"""The ledger in the API: each edition as it was published, and all changes in their order."""

from collections.abc import Mapping
from typing import Any

import orjson
from django import forms
from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cubaru.core.api.filter_fields import MOST_VALUES, Filter
from cubaru.core.api.links import page_of_slug, record_address
from cubaru.core.api.pagination import KeysetPagination
from cubaru.core.api.parameters import choice_fault, shortened
from cubaru.core.api.serializers import ReadSerializer
from cubaru.core.api.views import ReadViewSet, is_slug
from cubaru.core.context import absolute
from cubaru.core.documents import kind_named, kinds
from cubaru.core.ledger import content_version
from cubaru.core.models.ledger_entry import Action, LedgerEntry
from cubaru.core.models.record import SLUG_PATTERN

#: An edition never changes, so neither does the answer.
FOR_EVER = "public, max-age=31536000, immutable"
#: Followers ask what is new: a kept answer is asked for again each time, by its ETag.
ASK_AGAIN = "public, no-cache"
LARGEST_NUMBER = 2**63 - 1


# What answers say --------------------------------------------------------------------------------


class EntrySerializer(ReadSerializer):
    """What editions and changes have in common."""

    number = serializers.IntegerField(
        read_only=True, min_value=1, help_text=_("Its place in the ledger, counted from 1 without gaps.")
    )
    kind = serializers.CharField(read_only=True, help_text=_("Kind of the record, such as event."))
    slug = serializers.CharField(read_only=True, help_text=_("The slug that the record had then."))
    at = serializers.DateTimeField(read_only=True)
    why = serializers.CharField(read_only=True, help_text=_("The editors' reason; may be empty."))
    record_url = serializers.SerializerMethodField()

    @extend_schema_field({"type": "string", "format": "uri", "description": _("The record in this API.")})
    def get_record_url(self, entry: LedgerEntry) -> str:
        return record_address(entry.kind, entry.target or entry.slug)


class EditionSerializer(EntrySerializer):
    """An edition in a list: a state of a record that was published."""

    edition = serializers.IntegerField(
        read_only=True, min_value=1, help_text=_("Its number among the editions of the record.")
    )
    digest = serializers.CharField(
        read_only=True, help_text=_("SHA-256 of the document as canonical JSON (RFC 8785).")
    )
    hash = serializers.CharField(
        read_only=True, help_text=_("SHA-256 of the entry and of the hash before it.")
    )
    previous_hash = serializers.CharField(
        read_only=True, help_text=_("The hash of the ledger's entry before; empty for the first.")
    )
    url = serializers.SerializerMethodField()
    html_url = serializers.SerializerMethodField()

    @extend_schema_field({"type": "string", "format": "uri", "description": _("The edition in this API.")})
    def get_url(self, entry: LedgerEntry) -> str:
        return edition_address(entry.number)

    @extend_schema_field(
        {"type": "string", "format": "uri", "description": _("The edition as a page for readers.")}
    )
    def get_html_url(self, entry: LedgerEntry) -> str:
        plural = kind_named(entry.kind).plural
        return absolute(reverse("edition-detail", args=[plural, entry.slug, entry.edition]))


class EditionDetailSerializer(EditionSerializer):
    """An edition with what was published."""

    document = serializers.SerializerMethodField()

    @extend_schema_field(
        {
            "type": "object",
            "description": _("The published document, byte for byte as it is in the ledger."),
            "required": ["record", "slug"],
            "properties": {"record": {"type": "string"}, "slug": {"type": "string"}},
            "additionalProperties": True,
        }
    )
    def get_document(self, entry: LedgerEntry) -> Any:
        return orjson.Fragment(entry.document)


class ChangeSerializer(EntrySerializer):
    """One thing that readers could notice: an edition, a withdrawal, a new address or a merge."""

    action = serializers.ChoiceField(Action.choices, read_only=True)
    target = serializers.CharField(
        read_only=True, help_text=_("The new slug, or the record that it was merged into; else empty.")
    )
    edition = serializers.IntegerField(
        read_only=True, min_value=1, allow_null=True, help_text=_("The number of the edition, if it is one.")
    )
    html_url = serializers.SerializerMethodField()
    document_url = serializers.SerializerMethodField()

    @extend_schema_field({"type": "string", "format": "uri", "description": _("The page for readers.")})
    def get_html_url(self, entry: LedgerEntry) -> str:
        return page_of_slug(entry.kind, entry.target or entry.slug)

    @extend_schema_field(
        {
            "type": ["string", "null"],
            "format": "uri",
            "description": _("What was published; null for what is no edition."),
        }
    )
    def get_document_url(self, entry: LedgerEntry) -> str | None:
        return edition_address(entry.number) if entry.action == Action.EDITION else None


def edition_address(number: int) -> str:
    return absolute(reverse("api-editions-detail", args=[number]))


# What lists are narrowed by ------------------------------------------------------------------------


class KindsField(forms.Field):
    """Names of kinds of records."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[str]:
        wanted = list(dict.fromkeys(name for name in value or [] if name))
        valid = kind_names()
        for name in wanted:
            if name not in valid:
                raise forms.ValidationError(choice_fault("kind", name, valid)["detail"])
        return wanted


class KindsFilter(Filter):
    field_class = KindsField
    is_repeatable = True

    @property
    def schema(self) -> dict[str, Any]:  # type: ignore[override] # known once the apps are ready
        return {"type": "array", "items": {"type": "string", "enum": kind_names()}, "minItems": 1}

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs.filter(kind__in=value) if value else qs


class SlugsField(forms.Field):
    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[str]:
        slugs = list(dict.fromkeys(slug for slug in value or [] if slug))
        if len(slugs) > MOST_VALUES:
            raise forms.ValidationError(_t("At most %(most)d values can be given.") % {"most": MOST_VALUES})
        for slug in slugs:
            if not is_slug(slug):
                raise forms.ValidationError(_t("“%(slug)s” is not a slug.") % {"slug": shortened(slug)})
        return slugs


class SlugsFilter(Filter):
    """Entries of the records that have, or once had, one of the slugs."""

    field_class = SlugsField
    is_repeatable = True
    schema = {
        "type": "array",
        "items": {"type": "string", "pattern": SLUG_PATTERN, "maxLength": 100},
        "minItems": 1,
        "maxItems": MOST_VALUES,
    }

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        if not value:
            return qs
        named = LedgerEntry.objects.filter(kind__in=kind_names(), slug__in=value).order_by()
        owners: dict[str, set[int]] = {}
        for kind, record in named.values_list("kind", "record_id").distinct():
            owners.setdefault(kind, set()).add(record)
        condition = Q(pk__in=[])
        for kind, records in owners.items():
            condition |= Q(kind=kind, record_id__in=records)
        return qs.filter(condition)


class NumberField(forms.Field):
    def clean(self, value: Any) -> int | None:
        if not value:
            return None
        text = str(value)
        if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= LARGEST_NUMBER):
            raise forms.ValidationError(_t("Expected is the number of an entry of the ledger, or 0."))
        return int(text)


class SinceFilter(Filter):
    field_class = NumberField
    schema = {"type": "integer", "minimum": 0, "maximum": LARGEST_NUMBER}

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs if value is None else qs.filter(number__gt=value)


def kind_names() -> list[str]:
    return sorted(kind.name for kind in kinds())


class LedgerFilterSet(FilterSet):
    kind = KindsFilter(help_text=_("Only records of this kind."))
    slug = SlugsFilter(help_text=_("Only the record with this slug, present or past."))
    since = SinceFilter(help_text=_("Only what came after the entry with this number."))


# Views ---------------------------------------------------------------------------------------------


class LedgerViewSet(ReadViewSet):
    """Rows of the ledger in their order."""

    model = LedgerEntry
    filterset_class = LedgerFilterSet
    orderings = {"number": ()}
    last_column = "number"
    moment_column = "at"
    lookup_field = "number"
    lookup_value_regex = "[1-9][0-9]{0,17}"


class EditionViewSet(LedgerViewSet):
    subject = "editions"
    about = _("Every state of a record that was published, for ever as it was, newest first.")
    list_serializer = EditionSerializer
    detail_serializer = EditionDetailSerializer
    default_ordering = "-number"

    def known_parameters(self) -> list[str]:
        # One edition has one answer, which is kept for ever: nothing can be chosen of it.
        return super().known_parameters() if self.action == "list" else ["format"]

    def get_queryset(self) -> QuerySet[Any]:
        editions = LedgerEntry.objects.filter(action=Action.EDITION)
        return editions.defer("document") if self.action == "list" else editions

    def retrieve(  # type: ignore[override] # addressed by number
        self, request: Request, number: str, *args: Any, **kwargs: Any
    ) -> Response:
        entry = self.get_queryset().filter(number=int(number)).first()
        if entry is None:
            raise Http404
        serializer = EditionDetailSerializer(context=self.get_serializer_context())
        return Response(
            serializer.to_representation(entry),
            headers={
                "ETag": f'"{entry.digest}"',
                "Cache-Control": FOR_EVER,
                "Last-Modified": http_date(entry.at.timestamp()),
            },
        )


class ChangesPagination(KeysetPagination):
    """Also says up to which entry of the ledger the list goes, so that a follower asks on from there."""

    newest = 0

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any] | None:
        # Read first, and nothing after it shown: what comes meanwhile is after `newest`, and so not missed.
        self.newest = content_version()
        return super().paginate_queryset(queryset.filter(number__lte=self.newest), request, view)

    def get_paginated_response(self, data: Any) -> Response:
        response = super().get_paginated_response(data)
        response.data = {**(response.data or {}), "newest": self.newest}
        response.headers["Cache-Control"] = ASK_AGAIN
        return response

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        described: Mapping[str, Any] = super().get_paginated_response_schema(schema)
        newest = {
            "type": "integer",
            "minimum": 0,
            "description": _(
                "Number of the newest entry: once `next` is null, ask again with it as `since`."
            ),
        }
        return {
            **described,
            "required": [*described["required"], "newest"],
            "properties": {**described["properties"], "newest": newest},
        }


class ChangeViewSet(LedgerViewSet):
    subject = "changes"
    about = _("The ledger in order: all that readers could notice, to be followed by programs for ever.")
    list_serializer = ChangeSerializer
    detail_serializer = ChangeSerializer
    pagination_class = ChangesPagination
    default_ordering = "number"

    def get_queryset(self) -> QuerySet[Any]:
        return LedgerEntry.objects.defer("document")
