"""Pages of people and organizations."""

from typing import Any

from django.db.models import Count, Q, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cubaru.core.facets import FilteredList
from cubaru.core.languages import best_text
from cubaru.core.linked_data import as_edition, catalogue_links
from cubaru.core.locale_names import country_name
from cubaru.core.models import Status
from cubaru.core.pages import RecordPage, Step, json_ld, paginate
from cubaru.core.querysets import public_parts
from cubaru.core.templatetags.wording import number
from people import presentation_organization as of_organization
from people import presentation_person as of_person
from people.axis import company_of, person_axis
from people.choices import Category
from people.filters import OrganizationFilterSet, PersonFilterSet
from people.lists import organization_row, person_row, register, rows_in_order
from people.models import Organization, Person
from people.presentation import monogram_names
from people.presentation_company import company_graph, company_rows
from people.succession import successions
from sources.presentation import claim_card, picture, source_rows
from sources.presentation_narrative import narrative
from sources.presentation_source import cited_works

EVENT_COUNT = Count(
    "participations__event", filter=Q(participations__event__status=Status.PUBLISHED), distinct=True
)


def person_list(request: HttpRequest) -> HttpResponse:
    found = FilteredList(request, PersonFilterSet, Person.objects.published())
    organizations = {row.slug: row.label.text for row in Organization.objects.published()}
    facets = [
        found.facet("nationality", "nationality", _("Country"), country_name),
        found.facet(
            "organization",
            "offices__organization__slug",
            _("Held an office in"),
            lambda slug: organizations.get(slug, slug),
            only=Q(offices__organization__status=Status.PUBLISHED),
        ),
    ]
    names = register(request, found.rows, "sort_name", "name")
    pages = paginate(request, names.keys)
    people = rows_in_order(Person.objects.annotate(event_count=EVENT_COUNT), pages.items)
    context = {
        "trail": [Step(_("People"))],
        "facets": facets,
        "chosen": found.chosen(facets),
        "errors": found.errors,
        "canonical_query": found.canonical_query("letter"),
        **names.languages(request),
        "letters": names.letters,
        "letter": names.chosen,
        "pages": pages,
        "rows": [person_row(person, country_name(person.nationality)) for person in people],
        "summary": ngettext("%(number)s person", "%(number)s people", pages.total)
        % {"number": number(pages.total)},
    }
    return TemplateResponse(request, "people/person_list.html", context, status=found.status)


def organization_list(request: HttpRequest) -> HttpResponse:
    found = FilteredList(request, OrganizationFilterSet, Organization.objects.published())
    facets = [found.facet("category", "category", _("Category"), _category)]
    names = register(request, found.rows, "name")
    pages = paginate(request, names.keys)
    rows = rows_in_order(Organization.objects.annotate(event_count=EVENT_COUNT), pages.items)
    context = {
        "trail": [Step(_("Organizations"))],
        "facets": facets,
        "chosen": found.chosen(facets),
        "errors": found.errors,
        "canonical_query": found.canonical_query("letter"),
        **names.languages(request),
        "pages": pages,
        "rows": [organization_row(organization) for organization in rows],
        "summary": ngettext("%(number)s organization", "%(number)s organizations", pages.total)
        % {"number": number(pages.total)},
    }
    return TemplateResponse(request, "people/organization_list.html", context, status=found.status)


class PersonPage(RecordPage):
    model = Person
    template_name = "people/person_detail.html"
    picture_name = "events:person-picture"

    def context(self, record: Person) -> dict[str, Any]:
        participations = list(record.participations.all())
        events = list({part.event_id: part.event for part in participations}.values())
        claims = list(record.claims.all())
        if events:
            of_event = type(events[0])
            prefetch_related_objects(
                events,
                public_parts(of_event, "theme_links", "theme"),
                public_parts(of_event, "participations", "person"),
            )
        if claims:
            prefetch_related_objects(claims, public_parts(type(claims[0]), "citations", "source"))
        company = company_of(record, events)
        held = successions(record.offices.all())
        images = [picture(image) for image in record.images.all()]
        latin, cyrillic = monogram_names(record)
        cited = cited_works(record.citations.all())
        return {
            "trail": [Step(_("People"), reverse("people:person-list")), Step(record.label)],
            "latin": latin,
            "cyrillic": cyrillic,
            "portrait": images[0] if images else None,
            "pictures": images[1:],
            "own_name": of_person.own_name(record),
            "names": of_person.other_names(record),
            "life": of_person.life(record),
            "country": country_name(record.nationality) if record.nationality else "",
            "description": best_text(record, "description"),
            "narrative": narrative(best_text(record, "body")),
            "axis": person_axis(record.offices.all(), events, company, held),
            "offices": of_person.office_rows(record, held),
            "company": company_rows(company),
            "company_count": len(company),
            "graph": company_graph(record, company),
            "happenings": of_person.happenings(record, participations),
            "claims": [claim_card(claim) for claim in claims],
            "sources": source_rows(record.citations.all()),
            "catalogues": catalogue_links(record),
            "json_ld": json_ld(as_edition(of_person.person_json_ld(record), self.history, cited)),
        }


class OrganizationPage(RecordPage):
    model = Organization
    template_name = "people/organization_detail.html"

    def context(self, record: Organization) -> dict[str, Any]:
        participations = list(record.participations.all())
        events = [part.event for part in participations]
        if events:
            prefetch_related_objects(events, public_parts(type(events[0]), "theme_links", "theme"))
        founded, dissolved = of_organization.dates_of(record)
        cited = cited_works(record.citations.all())
        return {
            "trail": [Step(_("Organizations"), reverse("people:organization-list")), Step(record.label)],
            "description": best_text(record, "description"),
            "category": _category(record.category),
            "founded": founded,
            "dissolved": dissolved,
            "parent": of_organization.published_parent(record),
            "parts": list(record.parts.published()),
            "names": of_organization.names_of(record),
            "successive": of_organization.successive_holders(record),
            "holders": of_organization.other_holders(record),
            "happenings": of_organization.happenings(participations),
            "sources": source_rows(record.citations.all()),
            "catalogues": catalogue_links(record),
            "json_ld": json_ld(as_edition(of_organization.organization_json_ld(record), self.history, cited)),
        }


def _category(value: str) -> str:
    return capfirst(str(Category(value).label))
