"""Parts are added without scripts: a button sends the form, which comes back with one more row."""

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from cubaru.core.admin.more_rows import MOST_ROWS, with_one_more
from cubaru.core.models import Revision
from tests.desk_forms import page_of
from tests.factories import ClaimFactory, EventFactory


def everything_in(content: bytes) -> dict[str, Any]:
    """All that a browser without scripts sends, the empty rows too."""
    (form,) = [form for form in page_of(content).forms if (form.get("id") or "").endswith("_form")]
    # Browsers leave out the first end of line of a textarea.
    return {name: (value or "").removeprefix("\n") for name, value in form.form_values()}


@pytest.fixture
def event(db: None) -> Any:
    event = EventFactory.create(title_en="Mikoyan visits Havana")
    ClaimFactory.create(event=event)
    return event


def test_a_claim_is_added_within_its_event_and_a_citation_within_the_claim(desk: Client, event: Any) -> None:
    address = f"/admin/events/event/{event.pk}/change/"
    revisions = Revision.objects.count()
    form = everything_in(desk.get(address).content)
    answer = desk.post(address, {**form, "title_en": "Not lost", "_add_part": "claims"})
    form = everything_in(answer.content)
    assert answer.status_code == 200
    assert (form["claims-TOTAL_FORMS"], form["claims-1-statement_en"]) == ("2", "")
    answer = desk.post(address, {**form, "_add_part": "claims-1-citations"})
    form = everything_in(answer.content)
    assert form["claims-1-citations-0-quotation"] == ""
    assert form["title_en"] == "Not lost"
    page = page_of(answer.content)
    assert "Nothing is saved yet" in page.xpath("//*[@class='row-added']")[0].text_content()
    assert page.xpath("//*[@class='faults'] | //*[@class='part-body']//*[@class='errorlist']") == []
    assert Revision.objects.count() == revisions
    form |= {"claims-1-statement_en": "A claim typed without scripts.", "_continue": "Save"}
    assert desk.post(address, form).status_code == 302
    event.refresh_from_db()
    assert event.title_en == "Not lost"
    assert event.claims.filter(statement_en="A claim typed without scripts.").exists()


def test_the_button_is_there_for_every_list_of_parts(desk: Client, event: Any) -> None:
    page = page_of(desk.get(f"/admin/events/event/{event.pk}/change/").content)
    offered = set(page.xpath("//noscript//button[@name='_add_part']/@value"))
    assert {"themes", "names", "participations", "claims", "claims-0-citations", "images"} <= {
        name.replace("theme_links", "themes") for name in offered
    }
    (first, *_others) = page.xpath("//form[@id='event_form']//*[@type='submit']/@name")
    assert first == "_continue"  # what Enter presses


def test_a_row_left_empty_is_none(desk: Client, event: Any) -> None:
    address = f"/admin/events/event/{event.pk}/change/"
    form = everything_in(desk.get(address).content)
    form = everything_in(desk.post(address, {**form, "_add_part": "participations"}).content)
    assert desk.post(address, {**form, "_continue": "Save"}).status_code == 302
    assert event.participations.count() == 0


@pytest.mark.parametrize("typed", ["0", "x", "-1", ""])
def test_any_position_typed_is_shown_again(desk: Client, event: Any, typed: str) -> None:
    ClaimFactory.create(event=event)
    address = f"/admin/events/event/{event.pk}/change/"
    form = everything_in(desk.get(address).content) | {"claims-0-position": "0", "claims-1-position": typed}
    assert desk.post(address, {**form, "_add_part": "claims"}).status_code == 200


@pytest.mark.parametrize("total", ["", "x", "-1", "²", str(MOST_ROWS)])
def test_what_is_no_number_of_rows_adds_none(total: str) -> None:
    posted = QueryDict(mutable=True)
    posted["claims-TOTAL_FORMS"] = total
    assert with_one_more(posted, "claims") is None
    assert with_one_more(posted, "nothing") is None
