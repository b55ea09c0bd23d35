"""The description of the API: valid OpenAPI 3.1, and true of what the API answers."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator

from cubaru.api import KINDS
from cubaru.core.api.schema import api_document
from cubaru.core.documents import kinds, to_document
from tests.conftest import ROOT

pytestmark = pytest.mark.django_db

LISTS = {
    "events": "Event",
    "people": "Person",
    "organizations": "Organization",
    "places": "Place",
    "themes": "Theme",
    "sources": "Source",
    "claims": "Claim",
}
#: Claims are written in the documents of their records.
WRITTEN = [plural for plural in LISTS if plural != "claims"]


@cache
def document() -> dict[str, Any]:
    return api_document("en")


def faults(name: str, answer: Any) -> list[str]:
    """What is wrong with an answer that should be of the named type; keys not described are wrong too."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": closed_schemas()}}
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    return [f"{'.'.join(map(str, fault.path))}: {fault.message}" for fault in validator.iter_errors(answer)]


@cache
def closed_schemas() -> dict[str, Any]:
    """The schemas, none of them open to further keys."""
    schemas: dict[str, Any] = json.loads(json.dumps(document()["components"]["schemas"]))
    for schema in schemas.values():
        if "properties" in schema:
            schema["additionalProperties"] = False
    return schemas


def test_the_description_is_valid_openapi(client: Client) -> None:
    answer = client.get("/api/v1/schema/")
    assert answer.json()["openapi"].startswith("3.1")
    assert list(OpenAPIV31SpecValidator(answer.json()).iter_errors()) == []


def test_the_committed_description_is_that_of_the_code() -> None:
    committed = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))
    assert committed == document(), "the API and docs/openapi.json differ: run `make schema`"


def test_every_example_of_a_parameter_is_answered(client: Client) -> None:
    tried = 0
    for path, operations in document()["paths"].items():
        for parameter in operations.get("get", {}).get("parameters", []):
            for example in parameter["schema"].get("examples", []):
                if parameter["in"] == "query" and "{" not in path:
                    needed = {"q": "Castro"} if path == "/api/v1/search/" else {}
                    response = client.get(path, {**needed, parameter["name"]: example})
                    assert response.status_code == 200, (path, parameter["name"], response.content)
                    tried += 1
    assert tried > 40


def test_every_error_that_an_address_can_give_is_described() -> None:
    for path, operations in document()["paths"].items():
        for method, operation in operations.items():
            described = set(operation["responses"])
            assert {"400", "405", "406", "429", "500"} <= described, path
            assert ("404" in described) == ("{" in path), path
            if method == "get":
                assert {"200", "304"} <= described, path
                assert ("410" in described) == path.endswith("{slug}/"), path
            else:
                assert {"401", "403", "409", "413", "415", "422"} <= described, path
                is_about_a_state = method in {"patch", "delete"} or "{slug}/" in path
                assert ({"412", "428"} <= described) == is_about_a_state, path
    schemas = document()["components"]["schemas"]
    assert {"LanguageMap", "Text", "HistoricalDate", "Problem", "Fault", "Tombstone"} <= set(schemas)


def test_every_kind_is_described(client: Client) -> None:
    paths = document()["paths"]
    methods = {
        path: also
        for plural in WRITTEN
        for path, also in (
            (f"/api/v1/{plural}/", {"get", "post"}),
            (f"/api/v1/{plural}/{{slug}}/", {"get", "patch", "delete"}),
        )
    }
    for plural in KINDS:
        for path in (f"/api/v1/{plural}/", f"/api/v1/{plural}/{{slug}}/"):
            operation = paths[path]["get"]
            assert operation["description"]
            assert {"200", "304", "400", "406", "429"} <= set(operation["responses"])
            assert set(paths[path]) == methods.get(path, {"get"})
    assert set(LISTS) == set(KINDS)


@pytest.mark.parametrize("plural", WRITTEN)
def test_every_write_is_described_with_its_document(plural: str) -> None:
    paths, schemas = document()["paths"], document()["components"]["schemas"]
    path = f"/api/v1/{plural}/"
    body = paths[path]["post"]["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    kind = next(kind for kind in kinds() if kind.plural == plural)
    schema = schemas[body.rpartition("/")[2]]
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    for record in kind.model._base_manager.prefetch_related(*kind.prefetch()):
        assert list(validator.iter_errors(to_document(record))) == [], record.slug
    for step in ("submit", "publish", "withdraw"):
        operation = paths[f"{path}{{slug}}/{step}/"]["post"]
        assert operation["security"] == [{"token": []}]
        assert {"If-Match", "Idempotency-Key"} <= {one["name"] for one in operation["parameters"]}


def test_names_of_operations_are_given_once() -> None:
    names = [operation["operationId"] for path in document()["paths"].values() for operation in path.values()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("plural", LISTS)
def test_every_parameter_of_a_list_is_described_and_no_other(plural: str) -> None:
    described = {
        parameter["name"]: parameter
        for parameter in document()["paths"][f"/api/v1/{plural}/"]["get"]["parameters"]
    }
    view = KINDS[plural](action="list")
    assert set(described) == set(view.known_parameters())
    assert all(parameter["description"] for parameter in described.values())


def whole_list(client: Client, plural: str) -> Iterator[Any]:
    path = f"/api/v1/{plural}/?page_size=100"
    while path:
        page = client.get(path).json()
        yield page
        address = urlsplit(page["next"] or "")
        path = f"{address.path}?{address.query}" if page["next"] else ""


@pytest.mark.parametrize("plural", LISTS)
def test_every_record_in_a_list_is_as_described(client: Client, plural: str) -> None:
    name = LISTS[plural]
    for page in whole_list(client, plural):
        assert faults(f"Paginated{name}List", page) == []
        for record in page["results"]:
            assert faults(name, record) == [], record["slug"]


@pytest.mark.parametrize("plural", LISTS)
def test_every_format_is_described_and_no_other(plural: str) -> None:
    offered = {"json": "application/json", **{one.format: one.media_type for one in KINDS[plural].formats}}
    for path in (f"/api/v1/{plural}/", f"/api/v1/{plural}/{{slug}}/"):
        operation = document()["paths"][path]["get"]
        parameters = {parameter["name"]: parameter for parameter in operation["parameters"]}
        assert parameters["format"]["schema"]["enum"] == list(offered)
        assert list(operation["responses"]["200"]["content"]) == list(offered.values())


@pytest.mark.parametrize(("plural", "name"), [("editions", "Edition"), ("changes", "Change")])
def test_the_ledger_is_as_described(client: Client, plural: str, name: str) -> None:
    page = client.get(f"/api/v1/{plural}/?page_size=100").json()
    assert faults(f"Paginated{name}List", page) == []
    assert [fault for entry in page["results"] for fault in faults(name, entry)] == []
    operation = document()["paths"][f"/api/v1/{plural}/"]["get"]
    described = {parameter["name"] for parameter in operation["parameters"]}
    assert described == {
        "kind",
        "slug",
        "since",
        "ordering",
        "page_size",
        "cursor",
        "lang",
        "fields",
        "format",
    }


@pytest.mark.parametrize("number", [1, 200])
def test_an_edition_is_as_described(client: Client, number: int) -> None:
    assert faults("EditionDetail", client.get(f"/api/v1/editions/{number}/").json()) == []
    operation = document()["paths"]["/api/v1/editions/{number}/"]["get"]
    assert {parameter["name"] for parameter in operation["parameters"]} == {"number", "format"}


@pytest.mark.parametrize("plural", LISTS)
@pytest.mark.parametrize("lang", ["", "ru"])
def test_records_are_as_described(client: Client, plural: str, lang: str) -> None:
    slugs = [record["slug"] for page in whole_list(client, plural) for record in page["results"]]
    for slug in slugs[:: max(1, len(slugs) // 15)]:
        response = client.get(f"/api/v1/{plural}/{slug}/", {"lang": lang} if lang else {})
        assert faults(f"{LISTS[plural]}Detail", response.json()) == [], slug


def test_the_check_of_answers_finds_what_is_wrong(client: Client) -> None:
    event = client.get("/api/v1/events/missile-crisis-1962/").json()
    assert faults("EventDetail", event) == []
    assert faults("EventDetail", event | {"colour": "red"}) != []
    assert faults("EventDetail", event | {"importance": 6}) != []
    assert faults("EventDetail", event | {"title": {"fr": "Crise"}}) != []
    assert faults("EventDetail", {key: event[key] for key in event if key != "date"}) != []
    wrong_date = event["date"] | {"earliest": "in October"}
    assert faults("EventDetail", event | {"date": wrong_date}) != []


@pytest.mark.parametrize(
    "path",
    ["/api/v1/events/?nope=1", "/api/v1/events/nothing/", "/api/v1/events/?format=pdf", "/api/nothing"],
)
def test_problems_are_as_described(client: Client, path: str) -> None:
    assert faults("Problem", client.get(path).json()) == []


def test_the_list_of_kinds_is_as_described_and_its_addresses_answer(client: Client) -> None:
    root = client.get("/api/v1/").json()
    assert faults("Root", root) == []
    assert [kind["name"] for kind in root["kinds"]] == list(KINDS)
    for address in [
        root["documentation"],
        root["schema"],
        root["editions"],
        root["changes"],
        *(kind["url"] for kind in root["kinds"]),
    ]:
        assert client.get(urlsplit(address).path).status_code == 200
    assert all(set(kind["description"]) == {"en", "es", "ru"} for kind in root["kinds"])


@pytest.mark.parametrize("language", ["es", "ru"])
def test_the_description_has_the_same_shape_in_each_language(language: str) -> None:
    def shape(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                key: shape(inner) for key, inner in value.items() if key not in {"description", "summary"}
            }
        return [shape(inner) for inner in value] if isinstance(value, list) else value

    assert shape(api_document(language)) == shape(document())
