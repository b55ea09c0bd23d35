"""Persons with the claims about them: claims live in this app, above that of persons."""

from dataclasses import replace

from django.contrib import admin

from events.admin.claim import ClaimInline
from people.admin import PersonAdmin
from people.models import Person

admin.site.unregister(Person)


class PersonClaimInline(ClaimInline):
    fk_name = "person"


@admin.register(Person)
class PersonWithClaimsAdmin(PersonAdmin):
    sections = tuple(
        replace(section, inlines=(*section.inlines, PersonClaimInline)) if section.name == "how" else section
        for section in PersonAdmin.sections
    )
