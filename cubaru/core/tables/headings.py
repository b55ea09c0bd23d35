"""Which column a heading means: our own headings, and the names of the fields in every language."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.utils import translation

from cubaru.core.document_columns import Texts, When
from cubaru.core.folding import fold
from cubaru.core.languages import LANGUAGES
from cubaru.core.reading import label_of
from cubaru.core.tables.columns import Column

#: What else people call a column.
ALSO: Final = {
    "slug": ("slug", "id", "clave", "ключ"),
    "latitude": ("lat",),
    "longitude": ("lon", "lng", "long"),
}
#: How languages are called beside a heading, as “Título (inglés)”.
LANGUAGE_WORDS: Final = {
    "en": ("en", "english", "ingles", "en ingles", "английский", "на английском", "англ"),
    "es": ("es", "spanish", "espanol", "en espanol", "испанский", "на испанском", "исп"),
    "ru": ("ru", "russian", "ruso", "en ruso", "русский", "на русском", "рус"),
}


def guessed(headings: Sequence[str], columns: Iterable[Column]) -> list[Column | None]:
    """For each heading the column that it names; each column once, by the first heading that names it."""
    by_name: dict[str, Column] = {}
    for column in columns:
        for name in names_of(column):
            by_name.setdefault(name, column)
    found: list[Column | None] = []
    for heading in headings:
        column_meant = by_name.get(_plain(heading))
        found.append(column_meant if column_meant not in found else None)
    return found


def names_of(column: Column) -> list[str]:
    """The folded names of a column, the surest first."""
    names = [column.path, *ALSO.get(column.path, ())]
    for language in LANGUAGES:
        with translation.override(language):
            label = label_of(column.model, column.item)
            if isinstance(column.item, Texts):
                names += [f"{label} {word}" for word in LANGUAGE_WORDS[column.language]]
                if language == column.language:  # “Título” alone is the title in Spanish
                    names.append(label)
            elif isinstance(column.item, When) and column.path != column.item.key:
                names.append(f"{label} {_inner_label(column)}")
            else:
                names.append(label)
    return [_plain(name) for name in names]


def title_of(column: Column) -> str:
    """What the column is called in the active language, with its language where it has one."""
    label = label_of(column.model, column.item)
    if isinstance(column.item, Texts):
        return f"{label} · {column.language}"
    if isinstance(column.item, When) and column.path != column.item.key:
        return f"{label} · {_inner_label(column)}"
    return label


def _inner_label(column: Column) -> str:
    """What the calendar of a date, or the source's words for it, is called."""
    field: Any = column.model._meta.get_field(f"{column.item.attribute}_{column.path.rpartition('.')[2]}")
    return str(field.verbose_name)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", fold(text)).strip()
