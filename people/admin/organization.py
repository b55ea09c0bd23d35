"""The admin of organizations."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cubaru.core.admin import (
    MissingLanguageFilter,
    NameInline,
    RecordAdmin,
    Rule,
    Section,
    date_columns,
    in_languages,
    joined,
    other_script,
    read_date,
    span,
    tell,
)
from cubaru.core.admin.counts import count_of
from people.models import Organization, OrganizationCitation, OrganizationName
from sources.admin import CitationInline

tell(
    {
        "organization_is_not_dissolved_before_it_is_founded": Rule(
            _("An organization is not dissolved before it is founded."), "dissolved"
        )
    }
)


class OrganizationNameInline(NameInline):
    model = OrganizationName


class OrganizationCitationInline(CitationInline):
    model = OrganizationCitation


@admin.register(Organization)
class OrganizationAdmin(RecordAdmin):
    sections = (
        Section(
            "what",
            _("What it is and when"),
            (
                in_languages("name"),
                in_languages("description"),
                ("category", "parent"),
                date_columns("founded"),
                "founded_reading",
                date_columns("dissolved"),
                "dissolved_reading",
            ),
            (OrganizationNameInline,),
        ),
        Section("how", _("How we know"), (), (OrganizationCitationInline,)),
        Section("publication", _("Publication"), (("slug", "status"), "identifiers", ("why", "minor"))),
    )
    readonly_fields = ("founded_reading", "dissolved_reading")
    founded_reading = read_date("founded", _("founded, reads as"))
    dissolved_reading = read_date("dissolved", _("dissolved, reads as"))
    language_fields = ("name", "description")
    autocomplete_fields = ("parent",)
    list_display = ("__str__", "category", "years", "parent", "status", "languages", "citation_count")
    list_filter = ("status", "category", MissingLanguageFilter)
    list_select_related = ("parent",)
    search_help_text = _("By any name, in any script.")

    def get_queryset(self, request: HttpRequest) -> Any:
        counted = count_of(OrganizationCitation, "organization")
        return super().get_queryset(request).annotate(citation_count=counted)

    @admin.display(description=_("years"), ordering="founded_earliest")
    def years(self, organization: Organization) -> str:
        return span(organization, "founded", "dissolved")

    @admin.display(description=_("citations"), ordering="citation_count")
    def citation_count(self, organization: Any) -> int:
        return int(organization.citation_count)

    def choice_label(self, record: Organization) -> str:
        return joined(str(record), other_script(record, "name"), record.get_category_display())
