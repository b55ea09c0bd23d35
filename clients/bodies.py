"""The bodies that clients send: JSON up to a size, or a merge patch (RFC 7396)."""

from typing import Any, Final

import orjson
from django.utils.translation import gettext as _
from rest_framework.parsers import BaseParser

from clients.faults import refuse
from cubaru.core.api.problems import ProblemError
from cubaru.core.document_values import refuse_what_no_database_keeps
from cubaru.core.documents import Document, DocumentError

#: Bytes of a body: far more than the longest document has.
LARGEST: Final = 1024 * 1024


class JsonParser(BaseParser):
    """Strict: no NaN, no NUL, no half of a surrogate pair, nothing behind the end, nothing too deep."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        sent = stream.read(LARGEST + 1)
        if len(sent) > LARGEST:
            raise ProblemError(413, _("A body has at most %(most)d bytes.") % {"most": LARGEST})
        try:
            body = orjson.loads(sent)
            refuse_what_no_database_keeps(body)
        except orjson.JSONDecodeError as error:
            raise ProblemError(400, _("The body is not JSON: %(reason)s") % {"reason": error}) from error
        except DocumentError as error:
            raise refuse(error.at, error.message) from error
        return body


class MergePatchParser(JsonParser):
    media_type = "application/merge-patch+json"


def merged(document: Any, patch: Any) -> Any:
    """The document with the merge patch applied (RFC 7396): null takes a key away, lists stand whole."""
    if not isinstance(patch, dict):
        return patch
    result: Document = dict(document) if isinstance(document, dict) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merged(result.get(key), value)
    return result
