"""What a harvester asks for: a verb, its arguments, and the place in a list where it goes on."""

import base64
import binascii
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

import orjson
from django.http import QueryDict

from cubaru.core.api.ledger import LARGEST_NUMBER
from cubaru.core.documents import kinds

PREFIX: Final = "oai_dc"
_SECOND: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_LIST: Final = ({"metadataPrefix"}, {"from", "until", "set"}, True)
#: For each verb: what it needs, what else it takes, and whether its list goes on by token.
VERBS: Final[dict[str, tuple[set[str], set[str], bool]]] = {
    "Identify": (set(), set(), False),
    "ListMetadataFormats": (set(), {"identifier"}, False),
    "ListSets": (set(), set(), True),
    "GetRecord": ({"identifier", "metadataPrefix"}, set(), False),
    "ListIdentifiers": _LIST,
    "ListRecords": _LIST,
}


class OaiError(Exception):
    """One of the protocol's errors; where the arguments are wrong, the answer does not repeat them."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True)
class Asked:
    """`after` is the ledger's number after which the list goes on, `given` how many came before it."""

    verb: str
    arguments: dict[str, str] = field(default_factory=dict)
    first: datetime | None = None
    end: datetime | None = None
    kind: str = ""
    after: int = 0
    given: int = 0

    @property
    def identifier(self) -> str:
        return self.arguments.get("identifier", "")


def read(query: QueryDict) -> Asked:
    """Raises OaiError."""
    for name, values in query.lists():
        if len(values) > 1:
            raise OaiError("badVerb" if name == "verb" else "badArgument", f"“{name[:80]}” is given twice.")
    arguments = {str(name): str(value) for name, value in query.items()}
    verb = arguments.pop("verb", "")
    if verb not in VERBS:
        raise OaiError("badVerb", f"The verb is one of {', '.join(VERBS)}.")
    needed, further, goes_on = VERBS[verb]
    token = arguments.get("resumptionToken")
    if goes_on and token is not None:
        if len(arguments) > 1:
            raise OaiError("badArgument", "With resumptionToken there is no other argument.")
        return _resumed(verb, token)
    if unknown := arguments.keys() - needed - further:
        raise OaiError("badArgument", f"“{min(unknown)[:80]}” is no argument of {verb}.")
    if missing := needed - arguments.keys():
        raise OaiError("badArgument", f"{verb} needs {', '.join(sorted(missing))}.")
    if arguments.get("metadataPrefix", PREFIX) != PREFIX:
        raise OaiError("cannotDisseminateFormat", f"The format offered here is {PREFIX}.")
    return _with_bounds(verb, arguments)


def _with_bounds(verb: str, arguments: dict[str, str], after: int = 0, given: int = 0) -> Asked:
    first, until = (_moment(arguments.get(name), name) for name in ("from", "until"))
    if "from" in arguments and "until" in arguments:
        if len(arguments["from"]) != len(arguments["until"]):
            raise OaiError("badArgument", "“from” and “until” are written to the same granularity.")
        if first and until and until < first:
            raise OaiError("badArgument", "“until” is before “from”.")
    step = timedelta(days=1) if _DAY.fullmatch(arguments.get("until", "")) else timedelta(seconds=1)
    kind = next((one.name for one in kinds() if one.plural == arguments.get("set")), "")
    if "set" in arguments and not kind:
        raise OaiError("noRecordsMatch", "There is no such set.")
    return Asked(verb, arguments, first, until + step if until else None, kind, after, given)


def _moment(text: str | None, name: str) -> datetime | None:
    if text is None:
        return None
    try:
        if _SECOND.fullmatch(text):
            return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        if _DAY.fullmatch(text):
            moment = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
            if moment.year < 9999:
                return moment
    except ValueError:
        pass
    raise OaiError("badArgument", f"“{name}” is written as YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.")


def token_after(asked: Asked, number: int, given: int) -> str:
    """Stands for the rest of the list. It holds all of the question, so that no server has to remember it."""
    plain = [asked.verb, {**asked.arguments}, number, given]
    return base64.urlsafe_b64encode(orjson.dumps(plain)).rstrip(b"=").decode()


def _resumed(verb: str, token: str) -> Asked:
    try:
        padded = token.encode("ascii") + b"=" * (-len(token) % 4)
        told, arguments, after, given = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        needed, further, _goes_on = VERBS[verb]
        is_good = told == verb and needed <= set(arguments) <= needed | further
        numbers = all(isinstance(one, int) and 0 <= one <= LARGEST_NUMBER for one in (after, given))
        if is_good and numbers and all(isinstance(value, str) for value in arguments.values()):
            return _with_bounds(verb, arguments, after, given)
    except (ValueError, TypeError, AttributeError, binascii.Error, OaiError):
        pass
    raise OaiError("badResumptionToken", "This token was not given here; begin the list again.")
