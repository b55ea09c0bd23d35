"""Imports as change-sets: tried out, applied whole or not at all, and undone as one action."""

import hashlib
import io
import zipfile
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cubaru.core.change_pairs import ChangeSetError
from cubaru.core.change_sets import Hindrance, apply, obstacles, undo
from cubaru.core.importing import prepare, preview
from cubaru.core.ledger import content_version
from cubaru.core.models import ChangeSet, LedgerEntry, Revision, RowState, Stage
from cubaru.core.roles import Role
from cubaru.core.tables.columns import Cell, cells_of
from cubaru.core.tables.csv_files import written_csv
from cubaru.core.tables.files import TableError
from cubaru.core.tables.kinds import table_named, tables
from cubaru.core.tables.reading import read_table
from cubaru.core.verification import check_ledger
from events.models import Claim, Event
from places.models import Place
from tests.core.test_workflow import member
from tests.databases import records_digest
from tests.desk_forms import page_of
from tests.factories import ClaimFactory, PlaceFactory

pytestmark = pytest.mark.django_db


def prepared(table: str, headings: list[str], *rows: list[Cell], by: Any = None) -> ChangeSet:
    """A change-set of a CSV file with these rows."""
    known = table_named(table)
    assert known is not None
    content = b"".join(written_csv(headings, rows))
    return prepare(known, read_table(content), title=f"{table}.csv", by=by)


def states(change_set: ChangeSet) -> list[str]:
    return list(change_set.rows.order_by("number").values_list("state", flat=True))


def faults(change_set: ChangeSet, language: str = "en") -> list[str]:
    rows = change_set.rows.filter(state=RowState.BROKEN).order_by("number")
    return [f"{row.number}: {at}: {fault}" for row in rows for at, fault in row.faults[language]]


def client_of(role: str) -> Client:
    """The browser of somebody in this role."""
    client = Client()
    client.force_login(member(role, "somebody"), backend="django.contrib.auth.backends.ModelBackend")
    return client


PLACES = ["slug", "name.en", "name.es", "name.ru", "latitude", "longitude", "names", "parent"]


def word(number: int) -> str:
    """A name unlike all others, so that nothing has to be compared with anything."""
    return (
        hashlib.sha256(str(number).encode())
        .hexdigest()[:12]
        .translate(str.maketrans("0123456789", "ghijklmnop"))
    )


def thousand_places() -> list[list[Cell]]:
    rows: list[list[Cell]] = [
        [f"mill-{number}", word(number), word(number), word(number), 21.5, -78.0,
         f"{word(-number)} | language: es | script: Latn | kind: alias", "mill-0" if number else ""]
        for number in range(1_000)
    ]  # fmt: skip
    rows[7][0] = "havana"  # a place that is there already
    rows[7][7] = ""
    return rows


def havana() -> Any:
    return Place.objects.get(slug="havana")


def test_a_thousand_rows_are_previewed_applied_and_undone_to_the_last_bit(curator: Any) -> None:
    before = records_digest()
    change_set = prepared("place", PLACES, *thousand_places(), by=curator)
    assert states(change_set) == ["new"] * 7 + ["changed"] + ["new"] * 992
    assert records_digest() == before
    apply(change_set, by=curator)
    assert change_set.stage == Stage.APPLIED
    assert Place.objects.get(slug="mill-999").parent.slug == "mill-0"  # type: ignore[union-attr]
    assert havana().name_en == word(7)
    assert records_digest() != before
    again = prepared("place", PLACES, *thousand_places(), by=curator)
    assert set(states(again)) == {"unchanged"}
    undo(change_set, by=curator)
    assert records_digest() == before
    assert list(check_ledger()) == [""] * LedgerEntry.objects.count()


# What rows mean ------------------------------------------------------------------------------------


def test_a_row_without_an_address_gets_one_of_its_words_and_is_known_again() -> None:
    rows: list[list[Cell]] = [["Порт-Артур", ""], ["", "Sagua de Tánamo"]]
    first = prepared("place", ["Название", "nombre (español)"], *rows)
    apply(first, by=None)
    assert set(
        Place.objects.filter(slug__in=["port-artur", "sagua-de-tanamo"]).values_list("status", flat=True)
    ) == {"draft"}
    assert states(prepared("place", ["Название", "nombre (español)"], *rows)) == ["unchanged", "unchanged"]


def test_a_row_is_known_by_an_identifier() -> None:
    place = PlaceFactory.create(identifiers={"geonames": "3553478"})
    change_set = prepared("place", ["name.en", "identifiers"], ["Elsewhere", "geonames: 3553478"])
    assert [row.slug for row in change_set.rows.all()] == [place.slug]


def test_a_row_with_a_former_address_changes_the_record_and_leaves_its_address() -> None:
    place = PlaceFactory.create(slug="fort-once")
    place.slug = "fort-now"
    place.save()
    apply(prepared("place", ["slug", "name.es"], ["fort-once", "Fuerte"]), by=None)
    place.refresh_from_db()
    assert (place.slug, place.name_es) == ("fort-now", "Fuerte")


def test_empty_cells_leave_what_is_there_unless_they_are_to_take_it_away() -> None:
    place = PlaceFactory.create(country="CU")
    change_set = prepared("place", ["slug", "country"], [place.slug, ""])
    assert states(change_set) == ["unchanged"]
    change_set.empties = True
    change_set.save()
    preview(change_set)
    assert states(change_set) == ["changed"]
    apply(change_set, by=None)
    place.refresh_from_db()
    assert place.country == ""


def test_a_broken_row_says_why_in_each_language_and_keeps_all_from_being_applied() -> None:
    before = records_digest()
    change_set = prepared(
        "event", ["slug", "title.en", "date", "importance", "places"],
        ["good-1962", "Good", "1962-10", 3, "havana"], ["bad-1962", "Bad", "1962-13", 3, ""],
        ["bad-link", "Bad", "1962", 3, "atlantis"], ["good-1962", "Twice", "1962", 3, ""],
        ["bad-number", "Bad", "1962", "many", ""],
    )  # fmt: skip
    assert states(change_set) == ["new", "broken", "broken", "broken", "broken"]
    assert [fault.split(":")[:2] for fault in faults(change_set)] == [
        ["3", " date.edtf"], ["4", " places[0]"], ["5", " slug"], ["6", " importance"],
    ]  # fmt: skip
    assert faults(change_set, "es") != faults(change_set, "en") != faults(change_set, "ru")
    with pytest.raises(ChangeSetError):
        apply(change_set, by=None)
    assert records_digest() == before


def test_a_row_tells_all_its_faults_at_once(desk: Client) -> None:
    change_set = prepared(
        "event", ["slug", "title.en", "date", "importance", "places", "themes"],
        ["bad-1962", "Bad", "1962-13", "many", "havana;atlantis", "nowhere"],
        ["good-1962", "Good", "1962-10", 3, "", ""],
    )  # fmt: skip
    assert states(change_set) == ["broken", "new"]
    for language in ("en", "es", "ru"):
        told = [fault.split(": ")[1] for fault in faults(change_set, language)]
        assert sorted(told) == ["date.edtf", "importance", "places[1]", "themes[0]"]
    page = page_of(desk.get(f"/admin/core/changeset/{change_set.pk}/change/").content)
    assert len(page.find_class("change-row__fault")) == 4


def test_a_fault_of_what_tells_the_record_stands_alone() -> None:
    change_set = prepared(
        "event", ["slug", "title.en", "date"], ["", "", "1962-13"], ["Bad Slug!", "Bad", "1962"]
    )
    assert [fault.split(": ")[1] for fault in faults(change_set)] == ["slug", "slug"]


def test_rows_that_were_tried_out_before_show_their_one_fault(desk: Client) -> None:
    change_set = prepared("event", ["slug", "title.en", "date"], ["bad-1962", "Bad", "1962-13"])
    change_set.rows.update(faults={"en": ["date.edtf", "There is no month 13."]})
    page = page_of(desk.get(f"/admin/core/changeset/{change_set.pk}/change/").content)
    (told,) = page.find_class("change-row__fault")
    assert told.text_content() == "Date: There is no month 13."


def test_rows_may_link_to_records_that_come_later_in_the_file() -> None:
    change_set = prepared("place", ["slug", "name.en", "latitude", "longitude", "parent"],
                          ["pier", "Pier", 23, -82, "port"], ["port", "Port", 23, -82, ""])  # fmt: skip
    before = records_digest()
    apply(change_set, by=None)
    assert Place.objects.get(slug="pier").parent == Place.objects.get(slug="port")
    undo(change_set, by=None)
    assert records_digest() == before


def test_claims_are_imported_into_their_events_and_out_again() -> None:
    claim = ClaimFactory.create()
    before = records_digest()
    change_set = prepared(
        "claim", ["slug", "event", "statement.en", "citations"],
        [claim.slug, "", "Said otherwise.", ""],
        ["new-claim-1", claim.event.slug, "A new one.", "essay | stance: asserts | locator: p. 1"],
        ["new-claim-2", claim.event.slug, "Another.", ""],
        ["new-claim-3", "", "About nothing.", ""],
    )  # fmt: skip
    assert states(change_set) == ["changed", "changed", "changed", "broken"]
    change_set.rows.filter(state="broken").delete()
    apply(change_set, by=None)
    assert Claim.objects.filter(event=claim.event).count() == 3
    undo(change_set, by=None)
    assert records_digest() == before


# Undoing -------------------------------------------------------------------------------------------


def test_published_records_are_withdrawn_by_the_undo_and_go_on_when_they_come_again(client: Client) -> None:
    rows: list[Cell] = ["short-lived", "published", "Short-lived", 23, -82]
    headings = ["slug", "status", "name.en", "latitude", "longitude"]
    before = records_digest()
    change_set = prepared("place", headings, rows)
    apply(change_set, by=None)
    assert client.get("/en/places/short-lived/").status_code == 200
    undo(change_set, by=None)
    assert records_digest() == before
    assert client.get("/en/places/short-lived/").status_code == 410
    assert client.get("/api/v1/places/short-lived/").status_code == 410
    assert client.get("/en/places/short-lived/editions/1/").status_code == 200
    assert client.get("/en/places/never-there/").status_code == 404
    apply(prepared("place", headings, rows), by=None)
    editions = LedgerEntry.objects.filter(kind="place", slug="short-lived", action="edition")
    assert list(editions.order_by("number").values_list("edition", flat=True)) == [1, 2]
    assert client.get("/en/places/short-lived/").status_code == 200


def test_what_was_changed_since_is_told_and_left_only_if_asked() -> None:
    mine, theirs = PlaceFactory.create(), PlaceFactory.create()
    change_set = prepared("place", ["slug", "name.es"], [mine.slug, "Uno"], [theirs.slug, "Dos"])
    apply(change_set, by=None)
    theirs.refresh_from_db()
    theirs.name_ru = "Два"
    theirs.save()
    assert [(one.pair.slug, one.why) for one in obstacles(change_set)] == [(theirs.slug, Hindrance.CHANGED)]
    with pytest.raises(ChangeSetError):
        undo(change_set, by=None)
    assert change_set.stage == Stage.APPLIED
    undo(change_set, by=None, leave=True)
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.name_es, theirs.name_es) == ("La Habana", "Dos")
    assert [row.slug for row in change_set.rows.filter(is_left=True)] == [theirs.slug]


def test_a_new_record_that_others_link_to_is_not_taken_from_them() -> None:
    change_set = prepared(
        "place", ["slug", "name.en", "latitude", "longitude"], ["linked-to", "L", 1, 1], ["free", "F", 1, 1]
    )
    apply(change_set, by=None)
    child = PlaceFactory.create(parent=Place.objects.get(slug="linked-to"))
    assert [(one.pair.slug, one.why) for one in obstacles(change_set)] == [("linked-to", Hindrance.LINKED)]
    undo(change_set, by=None, leave=True)
    assert Place.objects.get(pk=child.pk).parent.slug == "linked-to"  # type: ignore[union-attr]
    assert not Place.objects.filter(slug="free").exists()


def test_events_that_lead_to_each_other_go_together() -> None:
    before = records_digest()
    change_set = prepared(
        "event", ["slug", "title.en", "relations"],
        ["one-1962", "One", "two-1962 | relation: led_to"],
        ["two-1962", "Two", "one-1962 | relation: see_also"],
    )  # fmt: skip
    apply(change_set, by=None)
    event = Event.objects.get(slug="one-1962")
    undo(change_set, by=None)
    assert records_digest() == before
    last = Revision.objects.filter(kind="event", record_id=event.pk).latest("number")
    assert last.is_deletion
    assert last.document["relations"] == [{"event": "two-1962", "relation": "led_to"}]


def test_nobody_publishes_by_an_import_that_they_prepared_themselves(curator: Any, settings: Any) -> None:
    settings.FOUR_EYES = True
    row: list[Cell] = ["seen-by-two", "published", "Seen", 1, 1]
    change_set = prepared("place", ["slug", "status", "name.en", "latitude", "longitude"], row, by=curator)
    with pytest.raises(ChangeSetError, match="another editor"):
        apply(change_set, by=curator)
    settings.FOUR_EYES = False
    apply(change_set, by=curator)


def test_a_record_changed_after_the_preview_is_not_written_over() -> None:
    place: Any = PlaceFactory.create()
    change_set = prepared("place", ["slug", "name.es"], [place.slug, "Otra"])
    place.name_es = "La de otra persona"
    place.save()
    with pytest.raises(ChangeSetError, match=place.slug):
        apply(change_set, by=None)
    place.refresh_from_db()
    assert place.name_es == "La de otra persona"


# Everything out and in again -----------------------------------------------------------------------


@pytest.mark.parametrize("name", [table.name for table in tables()])
def test_the_export_of_the_whole_corpus_changes_nothing(name: str) -> None:
    table = table_named(name)
    assert table is not None
    headings = [column.path for column in table.columns]
    documents = table.documents(table.model._base_manager.order_by("pk")[:60])
    change_set = prepared(name, headings, *(cells_of(table.columns, document) for document in documents))
    assert list(change_set.columns) == headings
    assert set(states(change_set)) == {"unchanged"}, faults(change_set)


# At the desk ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_a_filtered_list_is_exported_and_holds_no_formula(desk: Client, file_format: str) -> None:
    PlaceFactory.create(slug="formula", name_en="=1+1 formula")
    address = reverse("admin:places_place_export", args=[file_format])
    response: Any = desk.get(f"{address}?q=formula")
    table = read_table(b"".join(response.streaming_content))
    assert [row[1][0] for row in table.rows] == ["formula"]
    assert "=1+1 formula" in table.rows[0][1]
    chosen = {"action": f"export_{file_format}", "_selected_action": Place.objects.get(slug="formula").pk}
    response = desk.post(reverse("admin:places_place_changelist"), chosen)
    content = b"".join(response.streaming_content)
    assert read_table(content).rows == table.rows
    if file_format == "csv":
        assert b",'=1+1 formula," in content


def test_a_file_is_previewed_applied_and_undone_at_the_desk(desk: Client, tmp_path: Any) -> None:
    before, version = records_digest(), content_version()
    file = tmp_path / "places.csv"
    file.write_bytes("dirección;nombre;latitude;longitude\nsagua;Sagua;22,8;-80,07\n".encode("cp1252"))
    with file.open("rb") as upload:
        response = desk.post(
            reverse("admin:core_changeset_add"), {"table": "place", "file": upload}, follow=True
        )
    (address, _status) = response.redirect_chain[-1]
    assert b"Sagua" in response.content
    assert records_digest() == before
    desk.post(address, {"_apply": "1"})
    assert Place.objects.get(slug="sagua").longitude == -80.07
    assert b"1" in desk.get(address).content
    desk.post(address, {"_undo": "1"})
    assert records_digest() == before
    assert content_version() == version


@pytest.mark.parametrize(
    "content",
    [b"", b"slug,name.en\n", b"PK\x03\x04 nonsense", b"\xd0\xcf\x11\xe0 old", b"a,b\n\0,1\n", b"a\n1,2\n"],
)
def test_what_is_no_table_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(TableError):
        read_table(content)


def test_a_file_that_unpacks_to_too_much_is_not_unpacked() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/worksheets/sheet1.xml", b"0" * 101 * 2**20)
    assert len(packed.getvalue()) < 2**20
    with pytest.raises(TableError, match="unpacked"):
        read_table(packed.getvalue())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8_r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_usual_encodings_and_delimiters_are_told(encoding: str, delimiter: str) -> None:
    lines = [["адрес", "название"], ["moscow", "Москва, столица; город"], ["havana", "Гавана на Кубе"]]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)
    table = read_table(text.encode(encoding))
    assert [table.headings, *(cells for _number, cells in table.rows)] == lines


def test_a_contributor_imports_nothing() -> None:
    contributor = client_of(Role.CONTRIBUTOR)
    assert contributor.get(reverse("admin:core_changeset_add")).status_code == 403
    change_set = prepared("place", ["slug", "name.en"], ["havana", "H"])
    address = reverse("admin:core_changeset_change", args=[change_set.pk])
    assert contributor.get(address).status_code == 403
    assert contributor.post(address, {"_apply": "1"}).status_code == 403
    page = contributor.get(reverse("admin:places_place_changelist")).content
    assert b"export/csv/" in page
    assert b"changeset/add/?table" not in page
