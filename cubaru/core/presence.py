"""Presence: which curators have the form of a record open at the moment."""

from datetime import timedelta
from typing import Any, Final

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from cubaru.core.models import OpenForm

#: The script of a form says every so often that it is still open; who has not been heard of for
#: `EXPIRES` has closed it.
HEARTBEAT: Final = timedelta(seconds=20)
EXPIRES: Final = timedelta(seconds=70)


def arrive(kind: str, record_id: int, user: AbstractBaseUser) -> list[Any]:
    """Keeps that the user has the form open; returns the others who have, the longest there first."""
    now = timezone.now()
    forms = OpenForm.objects.filter(kind=kind, record_id=record_id)
    forms.filter(seen_at__lt=now - EXPIRES).delete()
    OpenForm.objects.update_or_create(
        kind=kind, record_id=record_id, user_id=user.pk, defaults={"seen_at": now}
    )
    others = forms.exclude(user_id=user.pk).select_related("user").order_by("pk")
    return [form.user for form in others]


def leave(kind: str, record_id: int, user: AbstractBaseUser) -> None:
    OpenForm.objects.filter(kind=kind, record_id=record_id, user_id=user.pk).delete()
