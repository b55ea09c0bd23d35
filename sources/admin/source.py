"""The admin of sources."""

from typing import Any

from django.contrib import admin
from django.db.models import Value
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cubaru.core.admin import (
    PartInline,
    RecordAdmin,
    RecordForm,
    Rule,
    Section,
    date_columns,
    decade_of,
    in_languages,
    joined,
    read_date,
    tell,
)
from cubaru.core.admin.counts import count_of
from cubaru.core.admin.labels import day, short_day
from sources.admin.creators import CreatorsField
from sources.models import AccessPoint, Citation, Source

tell(
    {
        "access_point_stands_once_per_source": Rule(_("This address stands here already."), "url"),
        "a_doi_belongs_to_one_source": Rule(_("Another source has this DOI already."), "doi"),
    }
)


class AccessPointInline(PartInline):
    model = AccessPoint
    lines = (("url", "archived_url"), ("label", "accessed_on"))
    verbose_name_plural = _("where it can be read")


class SourceForm(RecordForm):
    def _words_for_slug(self) -> str:
        data = self.cleaned_data
        return str(
            data.get("title_translated_en") or data.get("title_transliterated") or data.get("title") or ""
        )


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    form = SourceForm
    sections = (
        Section(
            "what",
            _("What it is"),
            (
                ("kind", "type"),
                ("language", "country"),
                ("title", "title_transliterated"),
                in_languages("title_translated"),
                "creators",
                in_languages("note"),
            ),
        ),
        Section(
            "when",
            _("When and where it was published"),
            (
                date_columns("issued"),
                "issued_reading",
                ("container_title", "volume", "issue", "pages"),
                ("publisher", "publisher_place"),
                ("doi", "isbn"),
            ),
        ),
        Section(
            "where",
            _("Where it is kept and read"),
            (("archive", "collection", "call_number"), "basis"),
            (AccessPointInline,),
        ),
        Section(
            "publication", _("Publication"), (("slug", "status"), "identifiers", "csl", ("why", "minor"))
        ),
    )
    typed_in_lines = {**RecordAdmin.typed_in_lines, "creators": CreatorsField}
    readonly_fields = ("issued_reading",)
    issued_reading = read_date("issued")
    language_fields = ("title_translated", "note")
    list_display = ("__str__", "creator_list", "when", "kind", "type", "status", "citation_count")
    list_filter = ("status", "kind", "type", decade_of("issued"), "basis", "language", "country")
    search_help_text = _("By title, creator, publisher, archive or call number, in any script.")

    def get_queryset(self, request: HttpRequest) -> Any:
        # Citations live in the apps above this one, each with a table of its own.
        tables = [
            (relation.related_model, relation.field.name)
            for relation in Source._meta.related_objects
            if issubclass(relation.related_model, Citation)
        ]
        total = sum((count_of(model, link) for model, link in tables), start=Value(0))
        return super().get_queryset(request).annotate(citation_count=total)

    @admin.display(description=_("creators"))
    def creator_list(self, source: Source) -> str:
        return ", ".join(source.creator_names)

    @admin.display(description=_("published"), ordering="issued_earliest")
    def when(self, source: Source) -> str:
        return day(source, "issued")

    @admin.display(description=_("cited"), ordering="citation_count")
    def citation_count(self, source: Any) -> int:
        return int(source.citation_count)

    def choice_label(self, record: Source) -> str:
        return joined(
            str(record),
            ", ".join(record.creator_names[:2]),
            short_day(record, "issued"),
            record.container_title,
        )
