"""What readers sent, as the first page of the desk counts it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cubaru.core import quality
from cubaru.core.quality import PageCheck, Topic
from cubaru.core.roles import Right, may
from readers.models import Correction


def register_checks() -> None:
    waiting = PageCheck(
        "corrections-waiting",
        Topic.READERS,
        _("corrections from readers that wait for an answer"),
        _("Accept or decline each, and say why."),
        _waiting,
        lambda: f"{reverse('admin:readers_correction_changelist')}?status__exact=waiting",
    )
    quality.register(waiting)
    quality.await_review(waiting)


def _waiting(user: Any, state: str) -> int | None:
    return Correction.objects.waiting().count() if may(user, Right.CHANGE, Correction) else None
