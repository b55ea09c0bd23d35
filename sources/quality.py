"""What needs a person among sources."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cubaru.core.models import Status
from cubaru.core.quality import Check, Topic, register
from sources.models import AccessPoint, Source


def register_checks() -> None:
    at_work = ~Q(status=Status.WITHDRAWN)
    register(
        Check(
            "sources-of-unknown-origin", Source, Topic.EVIDENCE,
            _("sources of which the country is not known"),
            _("Only with it can be told whether both sides are heard."),
            lambda: at_work & Q(country=""),
        ),
        Check(
            "sources-undated", Source, Topic.DATES,
            _("sources without a date of publication"),
            _("Readers ask how near to the event it was written."),
            lambda: at_work & Q(issued_earliest__isnull=True),
        ),
        Check(
            "sources-not-to-be-found", Source, Topic.LINKS,
            _("sources that nobody could find again"),
            _("Give an address, a DOI or ISBN, or the archive and call number."),
            lambda: at_work
            & Q(doi="", isbn="", call_number="")
            & ~Q(Exists(AccessPoint.objects.filter(source=OuterRef("pk")))),
        ),
    )  # fmt: skip
