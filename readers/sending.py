"""Whether a form that came in is taken: its seal, who sent it, and how often."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from readers import tokens
from readers.forms import ReadersForm, sentence_of
from readers.throttling import may_send


def about_of(request: HttpRequest, name: str) -> tuple[str, tokens.Fault | None]:
    """What the token of the form says, and what is wrong with it."""
    return tokens.read(name, request.POST.get("token", ""))


def is_taken(request: HttpRequest, name: str, form: ReadersForm, fault: tokens.Fault | None) -> bool:
    """Whether the form is right; otherwise it says why. Only what is right is counted as sent."""
    if tokens.is_foreign(request):
        form.fault(_("Another site sent this form. Please fill it in here."))
    elif fault is not None:
        form.fault(sentence_of(fault))
    if not form.is_valid():
        return False
    if not may_send(request, name):
        form.fault(_("Too much came from your address within an hour. Please send it again later."))
        return False
    return True
