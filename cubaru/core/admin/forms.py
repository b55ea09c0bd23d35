"""Forms of records and of their parts: whatever is wrong is said in a sentence, at its field."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cubaru.core.admin.rules import told
from cubaru.core.admin.widgets import RecordSelect
from cubaru.core.fields import historical_date_fields
from cubaru.core.languages import LANGUAGES
from cubaru.core.slugs import free_slug


class RowForm(forms.ModelForm):  # type: ignore[type-arg]
    """A record or a part. Also the constraints over columns that are derived from a date are checked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            widget = field.widget
            if isinstance(widget, RelatedFieldWidgetWrapper):
                widget = widget.widget
            if isinstance(widget, RecordSelect):
                widget.known = self.instance._state.fields_cache.get(name)

    @cached_property
    def changed_data(self) -> list[str]:
        changed: list[str] = super().changed_data
        # Where a new row stands says nothing yet: a row left empty is none.
        return [] if self.instance.pk is None and changed == ["position"] else changed

    #: What a folded row is called; set by its inline.
    label_of: Callable[[Any], str] = str

    @property
    def summary(self) -> str:
        return type(self).label_of(self.instance)

    def _post_clean(self) -> None:
        # Django would leave out the constraints over derived columns, and name the others where all see it.
        with constraints_later(self.instance):
            super()._post_clean()  # type: ignore[misc]
        self.check_constraints()

    def check_constraints(self) -> None:
        exclude = self._get_validation_exclusions()  # type: ignore[attr-defined]
        exclude.discard(self.instance._meta.pk.name)  # not typed, but known
        for field in historical_date_fields(type(self.instance)):
            if field.name in self.fields and field.name not in self.errors:
                field.pre_save(self.instance, add=False)
                exclude -= {f"{field.name}_{suffix}" for suffix in field.derived}
        label_field = getattr(self.instance, "label_field", "")
        for model, constraints in self.instance.get_constraints():
            for constraint in constraints:
                try:
                    constraint.validate(model, self.instance, exclude=exclude)
                except ValidationError as error:
                    self.put(*told(constraint, error, label_field))

    def put(self, field: str, error: ValidationError) -> None:
        """Adds an error at the field, or above the form if the form has no such field.

        What is wrong with a translated field stands at its first language.
        """
        columns = (field, f"{field}_{LANGUAGES[0]}")
        self.add_error(next((column for column in columns if column in self.fields), None), error)


@contextmanager
def constraints_later(instance: Any) -> Iterator[None]:
    """Within it, `full_clean` of this one instance checks no constraints."""
    instance.validate_constraints = lambda exclude=None: None
    try:
        yield
    finally:
        del instance.validate_constraints


class SluggedForm(RowForm):
    """Makes the address of a new row from what it is called, if the curator leaves it empty."""

    #: The field that the row is called by; a record knows its own.
    named_by = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields and self.instance.pk is None:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Made from the English words if left empty.")

    def _post_clean(self) -> None:
        if self.instance.pk is None and "slug" in self.fields and "slug" not in self.errors:
            slug = self.cleaned_data.get("slug") or free_slug(type(self.instance), self._words_for_slug())
            self.cleaned_data["slug"] = slug
            if not slug:
                self.add_error(
                    "slug", _("Write an address in Latin letters: there are no words to make it of.")
                )
        super()._post_clean()

    def _words_for_slug(self) -> str:
        field = self.named_by or self.instance.label_field
        named = (self.cleaned_data.get(f"{field}_{language}") for language in LANGUAGES)
        return next(filter(None, named), "") or str(self.cleaned_data.get(field) or "")


class RecordForm(SluggedForm):
    """Asks why, and shows what was refused when the whole record was looked at."""

    #: What the end of the recording said about the record as a whole.
    refusal: ValidationError | None = None

    why = forms.CharField(
        label=_("Reason for the change"),
        required=False,
        max_length=300,
        help_text=_("Kept in the history, beside your name."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    minor = forms.BooleanField(
        label=_("Minor change"),
        required=False,
        help_text=_("A comma or a slip of the pen: translations need no second look."),
    )

    @cached_property
    def changed_data(self) -> list[str]:
        return [name for name in super().changed_data if name not in {"why", "minor"}]

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.refusal is None:
            return
        if hasattr(self.refusal, "error_dict"):
            for field, errors in self.refusal.error_dict.items():
                self.put(field, ValidationError(errors))
        else:
            self.put("", self.refusal)
