"""Sources in the API."""

import pytest
from django.test import Client

from tests.factories import SourceFactory

pytestmark = pytest.mark.django_db


def found(client: Client, query: str) -> list[str]:
    response = client.get(f"/api/v1/sources/?page_size=100&{query}")
    assert response.status_code == 200, response.content
    return [record["slug"] for record in response.json()["results"]]


def test_a_source_has_what_a_reference_needs(client: Client) -> None:
    source = SourceFactory.create(
        slug="book", title="Операция «Анадырь»", title_transliterated="Operatsiia Anadyr'",
        title_translated_en="Operation Anadyr", language="ru", issued="1997", doi="10.1000/182",
        creators=[
            {"role": "author", "family": "Грибков", "given": "А. И."}, {"role": "editor", "literal": "MID"},
        ],
    )  # fmt: skip
    source.access.create(url="https://archive.example/1", accessed_on="2026-01-02")
    told = client.get("/api/v1/sources/book/").json()
    assert told["title"] == "Операция «Анадырь»"
    assert told["title_translated"] == {"en": "Operation Anadyr"}
    assert told["creators"] == [
        {"role": "author", "family": "Грибков", "given": "А. И."},
        {"role": "editor", "literal": "MID"},
    ]
    assert told["issued"]["edtf"] == "1997"
    assert told["access"] == [
        {"url": "https://archive.example/1", "archived_url": "", "accessed_on": "2026-01-02", "label": ""}
    ]
    assert told["events_url"].endswith("/api/v1/events/?source=book")
    assert told["claims_url"].endswith("/api/v1/claims/?source=book")


def test_sources_are_found_by_kind_type_language_and_words(client: Client) -> None:
    SourceFactory.create(
        slug="film", kind="primary", type="motion_picture", language="eo", title="Mi estas Kubo"
    )
    assert found(client, "language=eo") == ["film"]
    assert found(client, "type=motion_picture&language=eo&language=ru&kind=primary&q=KUBO") == ["film"]
    assert found(client, "language=eo&kind=secondary") == []
