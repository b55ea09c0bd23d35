"""Dumps hold all that is published, in every format alike, and the page of data offers them."""

import csv
import hashlib
import json
import re
import sqlite3
from io import StringIO
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pyld import jsonld  # type: ignore[import-untyped]

from cubaru.core.documents import canonical, kinds
from cubaru.core.dumps import making
from cubaru.core.ledger import content_version
from cubaru.core.models import LedgerEntry
from events.models import Event
from tests.factories import ClaimCitationFactory, ClaimFactory, EventFactory

pytestmark = pytest.mark.django_db


def made(folder: Path) -> Path:
    call_command("make_dumps", str(folder), stdout=StringIO())
    return next(folder.glob("20*"))


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_dump_holds_what_is_published_in_every_format(tmp_path: Path) -> None:
    EventFactory.create(slug="secret-draft", status="draft")
    event = EventFactory.create(slug="dumped", title_en="=1+1", date="1962-10-16/1962-10-28")
    ClaimCitationFactory.create(claim=ClaimFactory.create(slug="dumped-claim", event=event), locator="p. 7")
    dump = made(tmp_path)
    assert dump.name.endswith(f"-{content_version()}")
    assert not any(b"secret-draft" in path.read_bytes() for path in dump.iterdir())
    database = sqlite3.connect(f"file:{dump / 'chronicle.sqlite3'}?mode=ro", uri=True)
    for kind in kinds():
        slugs = sorted(kind.model._default_manager.filter(status="published").values_list("slug", flat=True))
        told = lines(dump / f"{kind.plural}.jsonl")
        assert sorted(line["document"]["slug"] for line in told) == slugs
        for line in told[:20]:
            assert hashlib.sha256(canonical(line["document"])).hexdigest() == line["digest"]
        rows = table(dump / f"{kind.plural}.csv")
        assert sorted(row["slug"] for row in rows) == slugs
        assert sorted(slug for (slug,) in database.execute(f"SELECT slug FROM {kind.plural}")) == slugs
        columns = pyarrow.parquet.read_table(dump / f"{kind.plural}.parquet")
        assert sorted(columns["slug"].to_pylist()) == slugs
    database.close()


def test_tables_tell_of_parts_dates_and_languages(tmp_path: Path) -> None:
    event = EventFactory.create(slug="dumped", title_en="=1+1", date="1962-10-16/1962-10-28")
    ClaimCitationFactory.create(claim=ClaimFactory.create(slug="dumped-claim", event=event), locator="p. 7")
    dump = made(tmp_path)
    row = next(row for row in table(dump / "events.csv") if row["slug"] == "dumped")
    assert (row["title.en"], row["title.ru"]) == ("'=1+1", "Микоян посещает Гавану")
    assert (row["date.edtf"], row["date.earliest"], row["date.latest"]) == (
        "1962-10-16/1962-10-28", "1962-10-16", "1962-10-28",
    )  # fmt: skip
    crisis = next(row for row in table(dump / "events.csv") if row["slug"] == "missile-crisis-1962")
    stored = Event.objects.get(slug="missile-crisis-1962")
    themes = [link.theme.slug for link in stored.theme_links.select_related("theme")]
    assert crisis["themes"] == "; ".join(themes)
    database = sqlite3.connect(f"file:{dump / 'chronicle.sqlite3'}?mode=ro", uri=True)
    joined = database.execute(
        "SELECT claim.slug, citation.locator FROM events_claims AS claim"
        " JOIN events_claims_citations AS citation USING (record, claims_position)"
        " WHERE claim.record = 'dumped'"
    ).fetchall()
    database.close()
    assert joined == [("dumped-claim", "p. 7")]
    parts = pyarrow.parquet.read_table(dump / "events.claims.citations.parquet").to_pylist()
    assert [part["locator"] for part in parts if part["record"] == "dumped"] == ["p. 7"]


def test_csv_is_described_as_csv_on_the_web(tmp_path: Path) -> None:
    dump = made(tmp_path)
    described = json.loads((dump / "csv-metadata.json").read_text())
    assert described["@context"] == "http://www.w3.org/ns/csvw"
    assert {one["url"] for one in described["tables"]} == {path.name for path in dump.glob("*.csv")}
    columns_of = {one["url"]: one["tableSchema"]["columns"] for one in described["tables"]}
    for one in described["tables"]:
        with (dump / one["url"]).open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        columns = one["tableSchema"]["columns"]
        assert [column["titles"] for column in columns] == header
        names = [column["name"] for column in columns]
        assert len(set(names)) == len(names)
        assert set(one["tableSchema"]["primaryKey"]) <= set(names)
        rows = table(dump / one["url"])
        keys = [
            tuple(row[titles] for titles in header[: len(one["tableSchema"]["primaryKey"])]) for row in rows
        ]
        assert len(set(keys)) == len(keys)
        for key in one["tableSchema"].get("foreignKeys", []):
            known = {column["name"] for column in columns_of[key["reference"]["resource"]]}
            assert set(key["reference"]["columnReference"]) <= known
        for column in columns:
            cells = [row[column["titles"]] for row in rows if row[column["titles"]]]
            shape = {"integer": r"-?\d+", "double": r"-?[\d.e-]+", "boolean": "true|false",
                     "date": r"\d{4}-\d\d-\d\d"}.get(column["datatype"], r"(?s).*")  # fmt: skip
            assert all(re.fullmatch(shape, value) for value in cells), column


def test_linked_data_of_a_dump_expands_without_the_site(tmp_path: Path) -> None:
    def refuse(url: str, options: Any) -> Any:
        raise AssertionError(url)

    document = json.loads((made(tmp_path) / "chronicle.jsonld").read_text(encoding="utf-8"))
    published = sum(kind.model._default_manager.filter(status="published").count() for kind in kinds())
    assert len(document["@graph"]) == published
    some = {**document, "@graph": document["@graph"][::25]}
    expanded = jsonld.expand(some, {"documentLoader": refuse})
    assert len(expanded) == len(some["@graph"])


def test_changes_of_a_dump_are_the_whole_ledger(tmp_path: Path) -> None:
    event = EventFactory.create(slug="gone")
    event.status = "withdrawn"
    event.save()
    told = lines(made(tmp_path) / "changes.jsonl")
    assert [line["number"] for line in told] == list(range(1, content_version() + 1))
    assert (told[-1]["action"], told[-1]["slug"]) == ("withdrawal", "gone")
    hashes = list(LedgerEntry.objects.order_by("number").values_list("hash", flat=True))
    assert [line["hash"] for line in told] == hashes


def test_checksums_are_those_of_the_files(tmp_path: Path) -> None:
    dump = made(tmp_path)
    told = dict(line.split("  ")[::-1] for line in (dump / "SHA256SUMS").read_text().splitlines())
    assert set(told) == {path.name for path in dump.iterdir()} - {"SHA256SUMS"}
    assert all(hashlib.sha256((dump / name).read_bytes()).hexdigest() == told[name] for name in told)
    manifest = json.loads((dump / "manifest.json").read_text())
    assert {file["name"]: file["sha256"] for file in manifest["files"]}.items() <= told.items()
    assert set(manifest["licences"]) == {"texts", "data"}


def test_a_dump_is_never_made_twice_nor_altered(tmp_path: Path) -> None:
    dump = made(tmp_path)
    before = {path.name: path.stat().st_mtime_ns for path in dump.iterdir()}
    said = StringIO()
    call_command("make_dumps", str(tmp_path), stdout=said)
    assert "never made twice" in said.getvalue()
    assert {path.name: path.stat().st_mtime_ns for path in dump.iterdir()} == before
    EventFactory.create()
    call_command("make_dumps", str(tmp_path), stdout=StringIO())
    assert len(list(tmp_path.iterdir())) == 2


def test_a_dump_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(folder: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(making, "_write_changes", fail)
    with pytest.raises(CommandError, match="No space left"):
        call_command("make_dumps", str(tmp_path))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("language", ["en", "es", "ru"])
def test_page_of_data_offers_the_newest_dump(
    client: Client, tmp_path: Path, settings: Any, language: str
) -> None:
    settings.DUMPS_ROOT = str(tmp_path)
    assert client.get(f"/{language}/data/").status_code == 200
    dump = made(tmp_path)
    page = client.get(f"/{language}/data/").content.decode()
    assert dump.name in page
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert script is not None
    dataset = json.loads(script[1])
    assert dataset["@type"] == "Dataset"
    assert len(dataset["license"]) == 2
    for download in dataset["distribution"][::12]:
        path = download["contentUrl"].removeprefix("https://localhost")
        assert f'href="{path}"' in page
        answer: Any = client.get(path)
        content = b"".join(answer.streaming_content)
        assert hashlib.sha256(content).hexdigest() == download["sha256"]
        assert "immutable" in answer.headers["Cache-Control"]
        answer.close()


@pytest.mark.parametrize("name", ["nothing.csv", "..%2f..%2fmanage.py", "%2e%2e", ".hidden", "events.csv%00"])
def test_nothing_but_the_files_of_a_dump_is_given(
    client: Client, tmp_path: Path, settings: Any, name: str
) -> None:
    settings.DUMPS_ROOT = str(tmp_path)
    (tmp_path / ".hidden").write_text("secret")
    dump = made(tmp_path)
    (dump / ".hidden").write_text("secret")
    assert client.get(f"/dumps/{dump.name}/{name}").status_code == 404
    assert client.get(f"/dumps/2020-01-01-1/{name}").status_code == 404
