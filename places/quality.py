"""What needs a person among places."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cubaru.core.broken_links import names_what_readers_do_not_see
from cubaru.core.models import Status
from cubaru.core.quality import Check, Topic, register
from places.documents import PLACE
from places.models import Place


def register_checks() -> None:
    register(
        Check(
            "places-not-on-the-map", Place, Topic.LINKS,
            _("places that are not on the map"), _("Give the latitude and longitude."),
            lambda: ~Q(status=Status.WITHDRAWN) & Q(latitude__isnull=True),
        ),
        Check(
            "places-broken-links", Place, Topic.LINKS,
            _("published places that name what readers do not see"),
            _("Publish what they name, or take it out."),
            lambda: names_what_readers_do_not_see(PLACE),
        ),
    )  # fmt: skip
