"""Reads CSL-JSON: a list of items, or one."""

import json
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from sources.importers.found import FoundEntry, ImportFileError, checked, read_text


def read_csl_json(path: Path) -> Iterator[FoundEntry]:
    """The items of a file, which is read whole. Raises ImportFileError."""
    try:
        content = json.loads("".join(read_text(path)))
    except json.JSONDecodeError as error:
        raise ImportFileError(
            f"{path.name}: "
            + _("Line %(line)d is not JSON (%(why)s).") % {"line": error.lineno, "why": error.msg}
        ) from error
    except (RecursionError, ValueError) as error:  # ValueError: a number of thousands of digits
        raise ImportFileError(f"{path.name}: " + _("The JSON is nested too deep, or broken.")) from error
    items = content if isinstance(content, list) else [content]
    for number, item in enumerate(items, start=1):
        label = _("item %(number)d") % {"number": number}
        if not isinstance(item, dict):
            raise ImportFileError(f"{path.name}, {label}: " + _("An item in curly brackets is expected."))
        if isinstance(item.get("id"), str) and item["id"]:
            label = item["id"][:100]
        yield checked(path, FoundEntry(label, item))
