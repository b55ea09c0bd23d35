"""What readers fill in: a correction, and a class set."""

import re
from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from readers.models.class_set import LONGEST_NOTE, LONGEST_TITLE
from readers.tokens import Fault

LONGEST_TEXT: Final = 2000
#: More links than a source needs are an advertisement.
MOST_LINKS: Final = 3
_LINK: Final = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

#: Nobody sees this field; programs that fill in whatever there is do.
TRAP: Final = "homepage"


class ReadersForm(forms.Form):
    """A form without an account. What keeps out programs says so in sentences that a person can act on."""

    token = forms.CharField(widget=forms.HiddenInput, required=False)
    homepage = forms.CharField(required=False, max_length=500)

    def clean_homepage(self) -> str:
        if self.cleaned_data[TRAP]:
            raise ValidationError(_("A field that people do not see was filled in: leave it empty."))
        return ""

    def fault(self, text: str) -> None:
        self.add_error(None, text)

    def summary(self) -> list[dict[str, str]]:
        """The errors for parts/error_summary.html, each once."""
        found = []
        for name, messages in self.errors.items():
            field = "" if name in {"__all__", TRAP, "token"} else f"id_{name}"
            found += [{"field": field, "text": str(message)} for message in messages]
        return found


class CorrectionForm(ReadersForm):
    wrong = forms.CharField(
        label=gettext_lazy("What is wrong?"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Say what is wrong.")},
    )
    proposed = forms.CharField(
        label=gettext_lazy("What should it say?"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    source = forms.CharField(
        label=gettext_lazy("Which source says so?"),
        help_text=gettext_lazy(
            "A reference or a link, with the page or document number. Without one it is a hint: "
            "nothing changes until a source is found."
        ),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    credit = forms.CharField(
        label=gettext_lazy("Name for the credit"),
        help_text=gettext_lazy("Shown in the public list if the correction is accepted."),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy(
            "Only the editors see it, to ask you back. You can delete it at any time; it goes by itself "
            "once you have an answer."
        ),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean(self) -> dict[str, Any]:
        said = {name: _CONTROLS.sub(" ", text) for name, text in self.cleaned_data.items()}
        if links_in(said.get(name, "") for name in ("wrong", "proposed", "source")) > MOST_LINKS:
            self.fault(
                ngettext(
                    "Give at most %(count)s link.", "Give at most %(count)s links.", MOST_LINKS
                ) % {"count": MOST_LINKS}
            )  # fmt: skip
        if links_in([said.get("credit", "")]):
            self.add_error("credit", _("A name has no link in it."))
        return said


class ClassSetForm(ReadersForm):
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=LONGEST_TITLE,
        error_messages={"required": gettext_lazy("Give the set a title.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Note for the class"),
        help_text=gettext_lazy("What to look for, what to ask. It is printed above the events."),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        said = {name: _CONTROLS.sub(" ", text) for name, text in self.cleaned_data.items()}
        if links_in([said.get("title", ""), said.get("note", "")]):
            self.fault(_("The title and the note of a set cannot hold links."))
        return said


def links_in(texts: Iterable[str]) -> int:
    return sum(len(_LINK.findall(text)) for text in texts)


def sentence_of(fault: Fault) -> str:
    """What to do about a token that is not as it should be; what was typed stays in the form."""
    return {
        Fault.MISSING: _("The form came without its seal. Please send it once more."),
        Fault.QUICK: _("That was quicker than a person fills in a form. Please send it once more."),
        Fault.OLD: _("The form was open for too long. Check what you wrote, and send it once more."),
    }[fault]
