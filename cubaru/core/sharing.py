"""How a page looks where it is shared (Open Graph): in the head of every page."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from cubaru.core.context import absolute
from cubaru.core.models import Record


class SharePicture(NamedTuple):
    """The size is that of cubaru/core/posters.py."""

    url: str
    alt: str
    width: int = 1200
    height: int = 630


def picture_of_site() -> SharePicture:
    return SharePicture(absolute(reverse("picture")), _("cubaru: a chronicle of Cuban–Russian relations"))


def picture_of_record(name: str, record: Record, edition: int) -> SharePicture:
    """The record's own picture; `name` is that of its address, to which the edition is added.

    So whoever shows it fetches it anew when the record has changed, and else never.
    """
    address = absolute(reverse(name, args=[record.slug]))
    return SharePicture(f"{address}?edition={edition}", f"{record.label.text} · cubaru")
