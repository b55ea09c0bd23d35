"""Who else has a record open: said above its form when it is opened, and by a script from then on."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import ngettext

from cubaru.core.admin.curators import joined_names
from cubaru.core.documents import DocumentError, kind_named
from cubaru.core.presence import arrive, leave
from cubaru.core.roles import Right, may


def presence(request: HttpRequest, kind: str, record_id: int) -> HttpResponse:
    """A form says that it is still open, and is told who else has it open; or that it was left."""
    assert request.user.is_authenticated, "the desk is for those signed in"
    try:
        model = kind_named(kind).model
    except DocumentError:
        raise Http404 from None
    record = model._base_manager.filter(pk=record_id).first()
    if not may(request.user, Right.VIEW, record or model):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST"})
    if "leave" in request.POST:
        leave(kind, record_id, request.user)
        return JsonResponse({})
    return JsonResponse({"others": others_at(kind, record_id, request.user) if record else ""})


def others_at(kind: str, record_id: int, user: Any) -> str:
    """The sentence that says who else has the record open, "" if nobody has; the user has it from now on."""
    others = arrive(kind, record_id, user)
    if not others:
        return ""
    return ngettext(
        "%(names)s has this record open too. Nothing is overwritten: whoever saves second sees both texts.",
        "%(names)s have this record open too. Nothing is overwritten: whoever saves later sees all texts.",
        len(others),
    ) % {"names": joined_names(others, user)}


def presence_url(kind: str, record_id: int) -> str:
    return reverse("admin:presence", args=[kind, record_id])
