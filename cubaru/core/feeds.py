"""Feeds, as every reader of XML takes them."""

import re
from typing import Any, Final

from django.utils.feedgenerator import Atom1Feed

#: Control characters, which neither XML nor a calendar can hold.
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def without_controls(text: str) -> str:
    return _CONTROLS.sub(" ", text)


class AtomFeed(Atom1Feed):
    """Django's, in which no text of a record can break the document."""

    def add_item(self, title: str, link: str, description: str, *args: Any, **kwargs: Any) -> None:
        kwargs["categories"] = [without_controls(name) for name in kwargs.get("categories") or ()]
        super().add_item(without_controls(title), link, without_controls(description), *args, **kwargs)
