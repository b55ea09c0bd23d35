"""Names of creators as CSL-JSON has them."""

from collections.abc import Sequence

from sources.creators import Creator

CslName = dict[str, object]


def csl_names(role: str, creators: Sequence[Creator]) -> list[CslName]:
    """The names of the creators with the role."""
    names = [creator for creator in creators if creator["role"] == role]
    return [{key: part for key, part in creator.items() if key != "role"} for creator in names]


def creators_of(role: str, names: object) -> list[Creator]:
    """The creators that CSL names stand for.

    A particle goes with the family name, a suffix with the given one.
    """
    if not isinstance(names, list):
        return []
    return [creator for name in names if (creator := _creator(role, name))]


def _creator(role: str, name: object) -> Creator | None:
    if not isinstance(name, dict):
        return None
    if literal := _part(name, "literal"):
        return {"role": role, "literal": literal}
    particles = [_part(name, "dropping-particle"), _part(name, "non-dropping-particle")]
    family = " ".join(filter(None, [*particles, _part(name, "family")]))
    given = ", ".join(filter(None, [_part(name, "given"), _part(name, "suffix")]))
    if not family:
        return {"role": role, "literal": given} if given else None
    return {"role": role, "family": family, "given": given} if given else {"role": role, "family": family}


def _part(name: CslName, key: str) -> str:
    value = name.get(key)
    return value.strip() if isinstance(value, str) else ""
