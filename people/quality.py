"""What needs a person among people and organizations."""

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cubaru.core.broken_links import names_what_readers_do_not_see
from cubaru.core.countries import countries_by_script
from cubaru.core.languages import language_columns
from cubaru.core.models import Status
from cubaru.core.quality import Check, Topic, register
from people.documents import ORGANIZATION
from people.models import Office, OfficeCitation, Organization, OrganizationCitation, Person, PersonName
from sources.drafts import with_broken_mentions

AT_WORK = ~Q(status=Status.WITHDRAWN)

#: The scripts of the chronicle's own languages, each with the columns of a name that are written in it.
_OWN_SCRIPTS = {"Latn": ("name_en", "name_es"), "Cyrl": ("name_ru",)}


def without_name_in_own_script() -> Q:
    """People of whose name there is no form in the script of the country that they acted for.

    Nothing is said of those whose country is not known.
    """
    countries = countries_by_script()
    lacking = Q()
    for script, columns in _OWN_SCRIPTS.items():
        unnamed = Q(nationality__in=countries[script]) & ~_has_name(script=script)
        for column in columns:
            unnamed &= Q(**{column: ""}) | Q(**{f"{column}__isnull": True})
        lacking |= unnamed
    others = [code for script, codes in countries.items() if script not in _OWN_SCRIPTS for code in codes]
    in_another = PersonName.objects.filter(person=OuterRef("pk")).exclude(script__in=_OWN_SCRIPTS)
    return AT_WORK & (lacking | Q(nationality__in=others) & ~Q(Exists(in_another)))


def _has_name(**which: str) -> Q:
    return Q(Exists(PersonName.objects.filter(person=OuterRef("pk"), **which)))


def with_overlapping_offices() -> Q:
    """People who held an office at a time when it was certainly held by another, or by them already.

    An office is a title in an organization. Vague and missing dates overlap with nothing for certain.
    """
    twins = Office.objects.filter(
        organization=OuterRef("organization"),
        start_latest__lt=OuterRef("end_earliest"),
        end_earliest__gt=OuterRef("start_latest"),
    ).exclude(pk=OuterRef("pk"))
    same_title = Q()
    for column in language_columns("title"):
        same_title |= Q(**{column: OuterRef(column)}) & ~Q(**{column: ""})
    overlapping = Office.objects.filter(Exists(twins.filter(same_title)), start_latest__lt=F("end_earliest"))
    return AT_WORK & Q(Exists(overlapping.filter(person=OuterRef("pk"))))


def with_offices_without_citation() -> Q:
    """People with a dated office that no citation vouches for."""
    offices = Office.objects.filter(person=OuterRef("pk")).exclude(start="", end="")
    return AT_WORK & Q(Exists(offices.exclude(Exists(OfficeCitation.objects.filter(office=OuterRef("pk"))))))


def register_checks() -> None:
    register(
        Check(
            "people-without-own-script", Person, Topic.PEOPLE,
            _("people without a name in their own script"),
            _("Add the name as they wrote it themselves."),
            without_name_in_own_script,
        ),
        Check(
            "people-offices-overlapping", Person, Topic.PEOPLE,
            _("people whose office overlaps with another’s"),
            _("Two people, or one twice, cannot hold one office at a time: look at the dates."),
            with_overlapping_offices,
        ),
        Check(
            "people-dates-unseen", Person, Topic.DATES,
            _("people whose birth or death nobody has seen in a source"),
            _("Look it up, cite it, and tick that it was seen."),
            lambda: AT_WORK
            & (Q(birth_verified=False) & ~Q(birth="") | Q(death_verified=False) & ~Q(death="")),
        ),
        Check(
            "people-offices-without-citation", Person, Topic.DATES,
            _("people with dated offices that no source vouches for"),
            _("Cite where the beginning and the end are said."),
            with_offices_without_citation,
        ),
        Check(
            "organizations-dates-without-citation", Organization, Topic.DATES,
            _("organizations with dates but without a citation"),
            _("Cite where the founding or the dissolution is said."),
            lambda: AT_WORK
            & ~Q(founded="", dissolved="")
            & ~Q(Exists(OrganizationCitation.objects.filter(organization=OuterRef("pk")))),
        ),
        Check(
            "people-broken-mentions", Person, Topic.LINKS,
            _("draft people whose biography cites a source that is gone or not published"),
            _("They cannot be published before that is mended."),
            lambda: with_broken_mentions(Person),
        ),
        Check(
            "organizations-broken-links", Organization, Topic.LINKS,
            _("published organizations that name what readers do not see"),
            _("Publish what they name, or take it out."),
            lambda: names_what_readers_do_not_see(ORGANIZATION),
        ),
    )  # fmt: skip
