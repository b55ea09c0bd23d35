"""Curators by name, as others at the desk are told of them."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from cubaru.core.admin.opened import Opened
from cubaru.core.models import Revision


def name_of(user: Any) -> str:
    """Their full name, or what they sign in with; the system where nobody signed in."""
    if user is None:
        return _("the system")
    return str(user.get_full_name() or user.get_username())


def joined_names(users: Iterable[Any], reader: Any) -> str:
    """Several names in one sentence; the reader is “you”."""
    names = [_("you, in another window") if user == reader else name_of(user) for user in users]
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def savers_since(opened: Opened) -> list[Any]:
    """Who has saved the record since a form of it was opened; None is the system."""
    newer = Revision.objects.filter(kind=opened.kind, record_id=opened.record_id, number__gt=opened.number)
    savers = newer.order_by("number").select_related("saved_by")
    return list(dict.fromkeys(revision.saved_by for revision in savers.defer("document")))
