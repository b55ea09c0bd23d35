"""The feed of corrections that were accepted."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from cubaru.core.context import absolute
from cubaru.core.feeds import AtomFeed
from readers.models import Correction
from readers.presentation import Credited, credited

MOST_CORRECTIONS = 30

if TYPE_CHECKING:
    CorrectionFeed = Feed[tuple[Correction, Credited], None]
else:  # Django's takes no type arguments when it runs
    CorrectionFeed = Feed


class AcceptedCorrections(CorrectionFeed):
    """What changed because a reader said so."""

    feed_type = AtomFeed
    author_name = "cubaru"

    def title(self) -> str:
        return _("cubaru: corrections from readers")

    def subtitle(self) -> str:
        return _("What changed because a reader said so.")

    def link(self) -> str:
        return absolute(reverse("readers:correction-list"))

    def feed_url(self) -> str:
        return absolute(reverse("readers:correction-feed"))

    def feed_guid(self) -> str:
        return absolute(reverse("readers:correction-feed"))

    def items(self) -> list[tuple[Correction, Credited]]:
        newest = list(Correction.objects.accepted().select_related("changed")[:MOST_CORRECTIONS])
        return list(zip(newest, credited(newest), strict=True))

    def item_title(self, item: tuple[Correction, Credited]) -> str:
        return item[1].title.text

    def item_description(self, item: tuple[Correction, Credited]) -> str:
        # Atom takes it for HTML.
        return escape(item[1].answer.text)

    def item_link(self, item: tuple[Correction, Credited]) -> str:
        return absolute(f"{reverse('readers:correction-list')}#{item[1].anchor}")

    def item_guid(self, item: tuple[Correction, Credited]) -> str:
        return self.item_link(item)

    def item_pubdate(self, item: tuple[Correction, Credited]) -> datetime:
        return item[0].answered_at or item[0].sent_at

    def item_updateddate(self, item: tuple[Correction, Credited]) -> datetime:
        return self.item_pubdate(item)
