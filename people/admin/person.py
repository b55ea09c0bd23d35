"""The admin of people."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cubaru.core.admin import (
    MissingLanguageFilter,
    NameInline,
    PartInline,
    RecordAdmin,
    Rule,
    Section,
    date_columns,
    decade_of,
    in_languages,
    joined,
    other_script,
    read_date,
    span,
    tell,
)
from cubaru.core.admin.counts import count_of
from people.lists import lived
from people.models import Office, OfficeCitation, Person, PersonCitation, PersonImage, PersonName
from sources.admin import CitationInline, ImageInline

_UNKNOWN = _("A date that is not known cannot have been seen in a source.")

tell(
    {
        "person_does_not_die_before_birth": Rule(_("Nobody dies before being born."), "death"),
        "person_birth_is_verified_only_when_known": Rule(_UNKNOWN, "birth_verified"),
        "person_death_is_verified_only_when_known": Rule(_UNKNOWN, "death_verified"),
        "office_has_a_title_in_some_language": Rule(
            _("Give the office a title in at least one language."), "title_en"
        ),
        "office_does_not_end_before_it_starts": Rule(_("An office does not end before it starts."), "end"),
    }
)


class PersonNameInline(NameInline):
    model = PersonName


class PersonCitationInline(CitationInline):
    model = PersonCitation


class PersonImageInline(ImageInline):
    model = PersonImage


class OfficeCitationInline(CitationInline):
    model = OfficeCitation


class OfficeInline(PartInline):
    model = Office
    lines = (
        in_languages("title"),
        "organization",
        date_columns("start"),
        "start_reading",
        date_columns("end"),
        "end_reading",
    )
    readonly_fields = ("start_reading", "end_reading")
    start_reading = read_date("start", _("from, reads as"))
    end_reading = read_date("end", _("until, reads as"))
    autocomplete_fields = ("organization",)
    inlines = (OfficeCitationInline,)

    def summary(self, part: Office) -> str:
        organization = str(part.organization) if part.organization_id else ""
        return joined(str(part), organization, span(part, "start", "end"))


@admin.register(Person)
class PersonAdmin(RecordAdmin):
    sections: ClassVar[tuple[Section, ...]] = (
        Section(
            "who",
            _("Who it is"),
            (
                in_languages("name"),
                in_languages("sort_name"),
                in_languages("description"),
                "nationality",
            ),
            (PersonNameInline,),
        ),
        Section(
            "life",
            _("Life"),
            (
                date_columns("birth"),
                "birth_reading",
                ("birth_place", "birth_verified"),
                date_columns("death"),
                "death_reading",
                ("death_place", "death_verified"),
                in_languages("body"),
            ),
        ),
        Section("offices", _("Offices held"), (), (OfficeInline,)),
        Section("how", _("How we know"), (), (PersonCitationInline,)),
        Section("images", _("Images"), (), (PersonImageInline,)),
        Section("publication", _("Publication"), (("slug", "status"), "identifiers", ("why", "minor"))),
    )
    readonly_fields = ("birth_reading", "death_reading")
    birth_reading = read_date("birth", _("birth, reads as"))
    death_reading = read_date("death", _("death, reads as"))
    heights = {"body": 12}
    language_fields = ("name", "description", "body")
    autocomplete_fields = ("birth_place", "death_place")
    list_display = (
        "__str__",
        "in_other_script",
        "years",
        "nationality",
        "status",
        "languages",
        "citation_count",
    )
    list_filter = ("status", "nationality", decade_of("birth", _("decade of birth")), MissingLanguageFilter)
    search_help_text = _("By any name, in any script: Jruschov finds Хрущёв.")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).annotate(citation_count=count_of(PersonCitation, "person"))

    @admin.display(description=_("in the other script"))
    def in_other_script(self, person: Person) -> str:
        return other_script(person, "name")

    @admin.display(description=_("years"), ordering="birth_earliest")
    def years(self, person: Person) -> str:
        return lived(person)

    @admin.display(description=_("citations"), ordering="citation_count")
    def citation_count(self, person: Any) -> int:
        return int(person.citation_count)

    def choice_label(self, record: Person) -> str:
        return joined(str(record), other_script(record, "name"), lived(record))
