"""The plate that stands where a portrait would: two letters of the surname in both scripts."""

from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("parts/monogram.html")
def monogram(latin: str, cyrillic: str = "", plate: bool = False) -> dict[str, Any]:
    """A monogram from sort names ("Mikoyan, Anastas", "Микоян, Анастас"); `plate` is the large form.

    Decorative: it is hidden from screen readers, since the name always stands beside it.
    """
    return {"latin": first_letters(latin), "cyrillic": first_letters(cyrillic), "plate": plate}


def first_letters(sort_name: str) -> str:
    """The first two letters of the surname, the first one large: "O'Higgins" gives "Oh"."""
    letters = [letter for letter in sort_name.split(",", maxsplit=1)[0] if letter.isalpha()][:2]
    return "".join(letters).capitalize()
