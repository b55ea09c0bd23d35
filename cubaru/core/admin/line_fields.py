"""Form fields that are typed one item a line, where the column holds JSON."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cubaru.core.identifiers import SCHEMES


class LinesField(forms.CharField):
    """Items of a JSON column, a line each. A subclass says how an item is written and read."""

    help: Any = ""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea)
        super().__init__(**kwargs)
        self.widget.attrs |= {"rows": 2, "spellcheck": "false"}

    def items(self, value: Any) -> list[str]:
        """The lines of a value."""
        raise NotImplementedError

    def value_of(self, lines: list[str]) -> Any:
        """The value of the lines. Raises ValidationError."""
        raise NotImplementedError

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else "\n".join(self.items(value or []))

    def to_python(self, value: Any) -> Any:
        return self.value_of([line.strip() for line in str(value or "").splitlines() if line.strip()])

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != (initial or self.value_of([])))
        except ValidationError:
            return True


class IdentifiersField(LinesField):
    """Identifiers in other catalogues, such as “viaf: 102325430”."""

    help = format_lazy(
        gettext_lazy("One a line, such as “viaf: 102325430”. Known are {known}."), known=", ".join(SCHEMES)
    )

    def items(self, value: Any) -> list[str]:
        return [f"{name}: {identifier}" for name, identifier in dict(value).items()]

    def value_of(self, lines: list[str]) -> Any:
        found = {}
        for line in lines:
            name, colon, identifier = (part.strip() for part in line.partition(":"))
            if not (name and colon and identifier):
                raise ValidationError(
                    _("“%(line)s” is not an identifier: write one a line, such as “viaf: 102325430”."),
                    params={"line": line},
                )
            found[name] = identifier
        return found


class JSONLineError(ValidationError):
    def __init__(self, line: str) -> None:
        super().__init__(_("“%(line)s” cannot be read."), params={"line": line})


def from_json(line: str) -> Any:
    """What a line in braces says. Raises JSONLineError."""
    try:
        return json.loads(line)
    except ValueError:
        raise JSONLineError(line) from None
