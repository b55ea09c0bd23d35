"""Claims: edited within their event or person, and found by a list of their own."""

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cubaru.core.admin import (
    PartInline,
    RecordForm,
    Rule,
    Searched,
    Section,
    SectionedAdmin,
    SluggedForm,
    in_languages,
    joined,
    tell,
)
from cubaru.core.admin.counts import count_of
from cubaru.core.admin.exports import Exported
from events.models import Claim, ClaimCitation, ClaimEvent
from sources.admin import CitationInline

tell(
    {
        "claim_is_about_either_an_event_or_a_person": Rule(_("Choose either an event or a person.")),
        "claim_is_stated_in_some_language": Rule(
            _("State the claim in at least one language."), "statement_en"
        ),
        "claim_bears_on_an_event_once": Rule(_("This event stands here already."), "event"),
    }
)


class ClaimCitationInline(CitationInline):
    model = ClaimCitation


class ClaimEventInline(PartInline):
    model = ClaimEvent
    lines = ("event",)
    is_line = True
    autocomplete_fields = ("event",)
    verbose_name_plural = _("also bears on")


class ClaimForm(SluggedForm):
    named_by = "statement"


class ClaimInline(PartInline):
    model = Claim
    form = ClaimForm
    lines = (
        in_languages("statement"),
        ("verdict", "confidence"),
        in_languages("reasoning"),
        ("written_by", "checked_by", "checked_on"),
        "slug",
    )
    inlines = (ClaimCitationInline, ClaimEventInline)
    show_change_link = True

    def summary(self, part: Claim) -> str:
        return joined(str(part), part.get_verdict_display())


class ClaimRecordForm(RecordForm):
    named_by = "statement"


class AboutFilter(admin.SimpleListFilter):
    title = _("about")
    parameter_name = "about"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("event", _("an event")), ("person", _("a person"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() in {"event", "person"}:
            return queryset.filter(**{f"{self.value()}__isnull": False})
        return queryset


class CheckedFilter(admin.SimpleListFilter):
    title = _("check")
    parameter_name = "checked"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("checked")), ("no", _("not yet checked"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        unchecked = Q(checked_by="") & Q(checked_on__isnull=True)
        match self.value():
            case "yes":
                return queryset.exclude(unchecked)
            case "no":
                return queryset.filter(unchecked)
            case _:
                return queryset


@admin.register(Claim)
class ClaimAdmin(Exported, Searched, SectionedAdmin):
    form = ClaimRecordForm
    sections = (
        Section(
            "what",
            _("What is claimed, and about what"),
            (in_languages("statement"), ("event", "person")),
            (ClaimEventInline,),
        ),
        Section("verdict", _("The verdict"), (("verdict", "confidence"), in_languages("reasoning"))),
        Section(
            "how", _("How we know"), (("written_by", "checked_by", "checked_on"),), (ClaimCitationInline,)
        ),
        Section("publication", _("Publication"), ("slug", ("why", "minor"))),
    )
    language_fields = ("statement", "reasoning")
    autocomplete_fields = ("event", "person")
    list_display = ("__str__", "about", "verdict", "confidence", "languages", "citation_count", "checked_on")
    list_filter = ("verdict", "confidence", AboutFilter, CheckedFilter)
    list_select_related = ("event", "person")
    ordering = ("slug",)
    status_paths = ("event__status", "person__status")
    search_help_text = _("By words of the statement, or of the event or person it is about.")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(citation_count=count_of(ClaimCitation, "claim"))

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {}

    def view_on_site(self, obj: Claim) -> str | None:
        return obj.get_absolute_url() if obj.subject.is_published else None

    @admin.display(description=_("about"))
    def about(self, claim: Claim) -> str:
        return str(claim.subject)

    @admin.display(description=_("citations"), ordering="citation_count")
    def citation_count(self, claim: Any) -> int:
        return int(claim.citation_count)
