"""WebhookForm: an address, and what is sent there."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cubaru.core.documents import kinds
from cubaru.core.models import Action
from hooks.addresses import RefusedAddressError, checked
from hooks.models import Webhook


class WebhookForm(forms.ModelForm):  # type: ignore[type-arg]
    address = forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "vURLField"}),
        help_text=_("It begins with https:// and leads to a host of the open internet."),
    )
    actions = forms.MultipleChoiceField(
        label=_("Tell of"), choices=Action.choices, widget=forms.CheckboxSelectMultiple, initial=Action.values
    )
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of records"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all kinds, also those to come."),
    )

    class Meta:
        model = Webhook
        fields = ("address", "actions", "kinds", "notify", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "kinds" not in self.fields:  # read only
            return
        choices = [(kind.name, capfirst(str(kind.model._meta.verbose_name_plural))) for kind in kinds()]
        self.fields["kinds"].choices = choices  # type: ignore[attr-defined]
        self.fields["actions"].choices = [  # type: ignore[attr-defined]
            (value, capfirst(str(label))) for value, label in Action.choices
        ]

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        try:
            checked(address)
        except RefusedAddressError as error:
            raise ValidationError(str(error)) from error
        return address

    def _post_clean(self) -> None:
        # Switching it on or off brings more with it, and is done before the rules are asked.
        if "is_active" in self.changed_data:
            if self.cleaned_data.get("is_active"):
                self.instance.switch_on()
            else:
                self.instance.switch_off()
        super()._post_clean()  # type: ignore[misc]
