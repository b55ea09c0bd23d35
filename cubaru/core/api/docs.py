"""The documentation of the API as pages: what holds everywhere, and each kind with forms to try it.

The pages are made from the same description that programs read (`/api/v1/schema/`); the answers in them are
real ones, given by the same views.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlencode

import orjson
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views import View

from cubaru.core.api.json_html import json_html
from cubaru.core.api.schema import api_document
from cubaru.core.api.types import Described, described_types
from cubaru.core.context import absolute
from cubaru.core.languages import LANGUAGES, current_language

#: What the forms hold when a page is opened, so that its answers are short.
FIRST_LIST = {"page_size": "1"}


@dataclass(frozen=True)
class Answer:
    """A request and what the API answered: `data` is JSON, `address` its whole address."""

    address: str
    status: int
    data: Any

    @property
    def html(self) -> SafeString:
        return json_html(self.data)


@dataclass(frozen=True)
class Input:
    """One parameter in a form."""

    name: str
    description: str
    value: str
    choices: list[str]
    example: str


class DocumentationView(View):
    kinds: ClassVar[dict[str, Any]] = {}
    http_method_names = ["get", "head"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        language = request.GET.get("in", "")
        with translation.override(language if language in LANGUAGES else current_language()):
            return super().dispatch(request, *args, **kwargs)

    def page(
        self, request: HttpRequest, template: str, current: str, context: dict[str, Any]
    ) -> HttpResponse:
        tabs = [(_("Guide"), reverse("api-docs"), "")]
        tabs += [(plural, reverse("api-docs-kind", args=[plural]), plural) for plural in self.kinds]
        suffix = f"?in={request.GET['in']}" if request.GET.get("in") in LANGUAGES else ""
        return render(
            request,
            template,
            {
                "tabs": [
                    {"title": title, "url": url + suffix, "is_current": name == current}
                    for title, url, name in tabs
                ],
                "alternates": [(code, absolute(f"{request.path}?in={code}")) for code in LANGUAGES],
                "schema_url": reverse("api-schema"),
                "chosen_language": request.GET.get("in", ""),
                **context,
            },
        )


class ApiGuide(DocumentationView):
    """What holds for all kinds, with one request and its answer."""

    def get(self, request: HttpRequest) -> HttpResponse:
        example = {
            "from": "1962-10",
            "to": "1962-11",
            "importance_min": "5",
            "lang": current_language(),
            "page_size": "1",
        }
        kinds = [
            {"name": plural, "about": view.about, "url": reverse("api-docs-kind", args=[plural])}
            for plural, view in self.kinds.items()
        ]
        refused = {"year": "1962"}
        return self.page(
            request,
            "api/guide.html",
            "",
            {
                "kinds": kinds,
                "editions_url": reverse("api-editions-list"),
                "changes_url": reverse("api-changes-list"),
                "example": ask(self.kinds["events"], "list", reverse("api-events-list"), example),
                "refusal": ask(self.kinds["themes"], "list", reverse("api-themes-list"), refused),
                "dates": ["1962-10-22", "1962-10", "196X", "1962-10~", "1960/1964", "1902/.."],
            },
        )


class KindPage(DocumentationView):
    """One kind: its list and one of its records, each with a form and the answer, and its fields."""

    def get(self, request: HttpRequest, plural: str) -> HttpResponse:
        view = self.kinds.get(plural)
        if view is None:
            raise Http404
        document = api_document(current_language())
        list_path = f"/api/v1/{plural}/"
        record_path = f"{list_path}{{slug}}/"
        list_inputs = inputs_of(document, list_path, self._given(request, "list", FIRST_LIST))
        listed = ask(view, "list", reverse(f"api-{plural}-list"), filled(list_inputs))
        record_inputs = inputs_of(
            document, record_path, self._given(request, "record", {"slug": self._first_slug(view, plural)})
        )
        return self.page(
            request,
            "api/kind.html",
            plural,
            {
                "plural": plural,
                "about": view.about,
                "list_path": list_path,
                "record_path": record_path,
                "list_inputs": list_inputs,
                "record_inputs": record_inputs,
                "listed": listed,
                "record": self._record(view, plural, filled(record_inputs)),
                "types": list(types_of(document, record_path)),
                "formats": [
                    {
                        "name": one.format,
                        "media_type": one.media_type,
                        "url": absolute(f"{list_path}?format={one.format}"),
                    }
                    for one in view(action="list").get_renderers()
                ],
            },
        )

    def _given(self, request: HttpRequest, form: str, first: dict[str, str]) -> dict[str, str]:
        """What was filled into one of the two forms; the other keeps what it holds at first."""
        if request.GET.get("form") != form:
            return first
        return {name: str(value) for name, value in request.GET.items() if name not in {"form", "in"}}

    def _first_slug(self, view: Any, plural: str) -> str:
        answer = ask(view, "list", reverse(f"api-{plural}-list"), {"page_size": "1", "fields": "slug"})
        results = answer.data.get("results") or [{"slug": ""}]
        return str(results[0]["slug"])

    def _record(self, view: Any, plural: str, given: dict[str, str]) -> Answer | None:
        slug = given.pop("slug", "")
        if not slug or "/" in slug:
            return None
        return ask(view, "retrieve", reverse(f"api-{plural}-detail", args=[slug]), given, slug=slug)


def ask(view: Any, action: str, path: str, given: dict[str, str], **kwargs: str) -> Answer:
    """What the view of the API answers to the parameters."""
    query = urlencode(given)
    inner = HttpRequest()
    inner.method = "GET"
    inner.path = inner.path_info = path
    inner.META = {"QUERY_STRING": query, "REMOTE_ADDR": "127.0.0.1", "HTTP_ACCEPT": "application/json"}
    inner.GET = QueryDict(query)
    handler = view.as_view({"get": action}, throttle_classes=[])
    response = handler(inner, **kwargs)
    if hasattr(response, "render"):
        response = response.render()
    data = orjson.loads(response.content) if response.content else {"location": response.headers["Location"]}
    return Answer(absolute(f"{path}?{query}" if query else path), response.status_code, data)


def inputs_of(document: dict[str, Any], path: str, given: dict[str, str]) -> list[Input]:
    """The parameters of an address as a form shows them; the cursor is left to the answers' links."""
    inputs = []
    for parameter in document["paths"][path]["get"]["parameters"]:
        name, schema = parameter["name"], parameter["schema"]
        inner = schema.get("items", schema)
        if name not in {"cursor", "format"}:
            inputs.append(
                Input(
                    name=name,
                    description=parameter.get("description", ""),
                    value=given.get(name, ""),
                    choices=[str(choice) for choice in inner.get("enum", [])],
                    example=str(next(iter(schema.get("examples", [])), "")),
                )
            )
    return inputs


def filled(inputs: list[Input]) -> dict[str, str]:
    return {one.name: one.value for one in inputs if one.value}


def types_of(document: dict[str, Any], path: str) -> Iterator[Described]:
    """The type of a record and all types within it, each once."""
    response = document["paths"][path]["get"]["responses"]["200"]
    schema = response["content"]["application/json"]["schema"]["anyOf"][0]
    return described_types(document, schema["$ref"].rpartition("/")[2])
