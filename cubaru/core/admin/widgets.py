"""Widgets: choosing a record by any of its names."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models


class RecordSelect(AutocompleteSelect):
    """Django's autocomplete, labelled as the list of choices is.

    `known` is the record that the row holds already: showing it asks nothing of the database, or a page
    with fifty citations would ask fifty times.
    """

    known: models.Model | None = None

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        chosen = [item for item in value if item not in self.choices.field.empty_values]
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        for record in self._records(chosen):
            options.append(self.create_option(name, record.pk, self._label(record), True, len(options)))
        return [(None, options, 0)]

    def _records(self, keys: list[str]) -> list[models.Model]:
        if self.known is not None and keys == [str(self.known.pk)]:
            return [self.known]
        if not keys:
            return []
        try:
            return list(self.choices.queryset.filter(pk__in=keys))
        except ValueError:  # somebody typed into the address bar
            return []

    def _label(self, record: models.Model) -> str:
        labelled: Any = self.admin_site.get_model_admin(type(record))
        return str(labelled.choice_label(record))
