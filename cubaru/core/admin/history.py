"""The history and the former addresses, to be read only."""

import json
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cubaru.core.admin.lists import Listed
from cubaru.core.models import PastSlug, Revision


class ReadOnlyAdmin(Listed):
    """Shows what the history wrote; nobody changes it."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    list_display = ("slug", "kind", "number", "what", "saved_at", "saved_by", "why")
    list_filter = ("kind", "is_deletion")
    list_select_related = ("saved_by",)
    search_fields = ("slug", "why")
    search_help_text = _("By address or reason.")
    date_hierarchy = "saved_at"
    ordering = ("-saved_at", "-pk")
    fields = ("kind", "slug", "number", "saved_at", "saved_by", "why", "is_deletion", "digest", "whole")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup == "record_id" or super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        revisions = super().get_queryset(request)
        match = request.resolver_match
        is_list = match is not None and match.url_name is not None and match.url_name.endswith("_changelist")
        return revisions.defer("document") if is_list else revisions

    @admin.display(description=_("what"))
    def what(self, revision: Revision) -> str:
        return gettext("deleted") if revision.is_deletion else gettext("saved")

    @admin.display(description=_("document"))
    def whole(self, revision: Revision) -> SafeString:
        return format_html(
            '<pre class="document" tabindex="0">{}</pre>',
            json.dumps(revision.document, ensure_ascii=False, indent=1),
        )


@admin.register(PastSlug)
class PastSlugAdmin(ReadOnlyAdmin):
    list_display = ("slug", "kind", "record_id")
    list_filter = ("kind",)
    search_fields = ("slug",)
    ordering = ("kind", "slug")
