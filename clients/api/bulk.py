"""The address for several writes at once."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from clients.api.views import ForClients, told
from clients.bodies import JsonParser
from clients.bulk import write_all
from clients.idempotency import once
from clients.models import Token
from clients.models.token import Scope
from clients.writing import Written


class BulkView(ForClients):
    subject = "bulk"
    about = _("Up to 100 writes, all of them or none.")
    http_method_names = ["post", "options"]
    parser_classes = [JsonParser]

    def scope_needed(self) -> Scope | None:
        return Scope.WRITE if self.request.method == "POST" else None

    def post(self, request: Request) -> Response:
        return once(request, lambda: self._write(request))

    def _write(self, request: Request) -> Response:
        token = request.auth
        assert isinstance(token, Token)
        return Response({"results": write_all(request.data, token=token, tell=_result)})


def _result(written: Written) -> dict[str, Any]:
    status, body, headers = told(written)
    return {"status": status, "etag": headers.get("ETag"), "body": body}
