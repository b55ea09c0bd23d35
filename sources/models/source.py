"""Source: a document, book, article, page or archive item that can be cited."""

import datetime as dt
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cubaru.core.countries import COUNTRY
from cubaru.core.dates import HistoricalDate
from cubaru.core.fields import HistoricalDateField, historical_date, historical_date_rules
from cubaru.core.languages import LocalText
from cubaru.core.models import Part, Record, Status
from cubaru.core.models.name import LANGUAGE_TAG
from sources.choices import Basis, SourceKind, SourceType
from sources.creators import name_in_order, validate_creators
from sources.querysets import SourceManager

DOI = RegexValidator(
    r"^10\.\d{4,9}/\S+\Z", _("A DOI begins with “10.” and has a slash, such as 10.1162/jcws.2002.4.1.32.")
)
ISBN = RegexValidator(r"^(\d{9}[\dX]|\d{13})\Z", _("An ISBN has 10 or 13 digits, written without hyphens."))


def validate_csl(value: object) -> None:
    """Refuses what is not a map."""
    if not isinstance(value, dict):
        raise ValidationError(_('Further CSL fields are a map such as {"genre": "telegram"}.'))


class Source(Record):
    """What can be cited, with CSL underneath: `csl` keeps the CSL fields that have no column here.

    `title` is in the source's own language and script; `title_translated` helps those who cannot read it.
    """

    record_kind = "source"
    label_field = "title_translated"

    kind = models.CharField(_("kind"), max_length=9, choices=SourceKind.choices, default=SourceKind.SECONDARY)
    type = models.CharField(_("type"), max_length=22, choices=SourceType.choices, default=SourceType.DOCUMENT)
    title = models.CharField(
        _("title"), max_length=500, help_text=_("In the source's own language and script.")
    )
    title_transliterated = models.CharField(_("title in Latin letters"), max_length=500, blank=True)
    title_translated = models.CharField(_("title, translated"), max_length=500, blank=True)
    container_title = models.CharField(
        _("published in"), max_length=300, blank=True, help_text=_("The journal, newspaper, book or site.")
    )
    creators = models.JSONField(_("creators"), default=list, blank=True, validators=[validate_creators])
    issued = HistoricalDateField(_("date of publication"))
    issued_words: str
    issued_calendar: str
    issued_earliest: dt.date | None
    issued_latest: dt.date | None
    issued_precision: str
    issued_approximate: bool
    issued_uncertain: bool
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    publisher_place = models.CharField(_("place of publication"), max_length=200, blank=True)
    volume = models.CharField(_("volume"), max_length=40, blank=True)
    issue = models.CharField(_("issue"), max_length=40, blank=True)
    pages = models.CharField(_("pages"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=20, blank=True, validators=[LANGUAGE_TAG])
    country = models.CharField(
        _("country of origin"), max_length=2, blank=True, validators=[COUNTRY],
        help_text=_("That of its author or publisher; SU for the Soviet Union. Empty if not known."),
    )  # fmt: skip
    doi = models.CharField(_("DOI"), max_length=200, blank=True, validators=[DOI])
    isbn = models.CharField(_("ISBN"), max_length=13, blank=True, validators=[ISBN])
    archive = models.CharField(_("archive"), max_length=300, blank=True)
    collection = models.CharField(_("collection"), max_length=300, blank=True)
    call_number = models.CharField(_("call number"), max_length=200, blank=True)
    basis = models.CharField(
        _("basis"), max_length=9, choices=Basis.choices, blank=True, help_text=_("How much of it was read.")
    )
    note = models.TextField(_("note"), blank=True)
    csl = models.JSONField(_("further CSL fields"), default=dict, blank=True, validators=[validate_csl])

    objects: ClassVar[SourceManager["Source"]] = SourceManager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ("title", "pk")
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="source_has_an_address"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="source_has_a_known_status"),
            models.CheckConstraint(condition=~Q(title=""), name="source_has_a_title"),
            models.CheckConstraint(condition=Q(kind__in=SourceKind.values), name="source_has_a_known_kind"),
            models.CheckConstraint(condition=Q(type__in=SourceType.values), name="source_has_a_known_type"),
            models.CheckConstraint(
                condition=Q(basis__in=["", *Basis.values]), name="source_has_a_known_basis_or_none"
            ),
            models.UniqueConstraint(fields=["doi"], condition=~Q(doi=""), name="a_doi_belongs_to_one_source"),
            *historical_date_rules("source", "issued"),
        ]
        indexes = [models.Index(fields=["status", "title", "id"], name="sources_in_order_of_title")]

    @property
    def label(self) -> LocalText:
        """The title in the source's own language: what it is called is not ours to translate."""
        return LocalText(self.title, self.language or "und", False)

    @property
    def issued_date(self) -> HistoricalDate | None:
        return historical_date(self, "issued")

    @property
    def creator_names(self) -> list[str]:
        """The names of the authors, or else of the editors and translators, as they are said."""
        authors = [name_in_order(creator) for creator in self.creators if creator["role"] == "author"]
        return authors or [name_in_order(creator) for creator in self.creators]


class AccessPoint(Part):
    """Where a source can be read: an address, its archived copy, and the day somebody read it there."""

    owned_by = ("source",)

    source = models.ForeignKey(
        Source, verbose_name=_("source"), related_name="access", on_delete=models.CASCADE
    )
    url = models.URLField(_("address"), max_length=1000)
    archived_url = models.URLField(_("archived copy"), max_length=1000, blank=True)
    accessed_on = models.DateField(_("accessed on"), null=True, blank=True)
    label = models.CharField(
        _("label"), max_length=200, blank=True, help_text=_("What is read there, if a part.")
    )

    class Meta(Part.Meta):
        verbose_name = _("access point")
        verbose_name_plural = _("access points")
        constraints = [
            models.CheckConstraint(condition=~Q(url=""), name="access_point_has_an_address"),
            models.UniqueConstraint(fields=["source", "url"], name="access_point_stands_once_per_source"),
        ]

    def __str__(self) -> str:
        return self.url
