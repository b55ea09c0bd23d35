"""Creators of a source, typed one a line: “Szulc, Tad”, “Granma”, “Chang, Laurence (editor)”."""

import json
import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from cubaru.core.admin.line_fields import LinesField, from_json
from sources.choices import CreatorRole
from sources.creators import Creator, name_inverted

_ROLE = re.compile(rf"\s*\(({'|'.join(CreatorRole.values)})\)$")


class CreatorsField(LinesField):
    """What no line could say in words stands as JSON in braces, so that nothing is lost."""

    help = _("One a line: “Szulc, Tad”, “Granma” or, if not the author, “Chang, Laurence (editor)”.")

    def items(self, value: Any) -> list[str]:
        return [line_of(creator) for creator in value]

    def value_of(self, lines: list[str]) -> Any:
        return [creator_of(line) for line in lines]


def line_of(creator: Creator) -> str:
    name = name_inverted(creator)
    if "family" in creator and "given" not in creator:
        name += ","
    role = creator.get("role", "")
    line = name if role == CreatorRole.AUTHOR else f"{name} ({role})"
    is_plain = not line.startswith("{") and line == line.strip() and creator_of(line) == creator
    return line if is_plain else json.dumps(creator, ensure_ascii=False)


def creator_of(line: str) -> Any:
    """The creator that a line names. Raises ValidationError on broken JSON; the rest is checked later."""
    if line.startswith("{"):
        return from_json(line)
    role = CreatorRole.AUTHOR.value
    if found := _ROLE.search(line):
        role, line = found.group(1), line[: found.start()]
    family, comma, given = (part.strip() for part in line.partition(","))
    if not comma:
        return {"role": role, "literal": family}
    return {"role": role, "family": family, **({"given": given} if given else {})}
