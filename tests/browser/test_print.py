"""What a page is on paper: each citation can be read, and found, from the sheet alone."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from tests.conftest import Site


@pytest.fixture
def sheet(chromium: Any, site: Site) -> Iterator[Any]:
    context = chromium.new_context(base_url=site.url)
    yield context.new_page()
    context.close()


def printed(page: Any) -> list[str]:
    """The text of each printed page, as `bare` leaves it."""
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    return [bare(sheet.extract_text()) for sheet in PdfReader(BytesIO(pdf)).pages]


def bare(text: str) -> str:
    """Without spaces, since lines break wherever the paper ends, and marks of quotation, which styles add."""
    return re.sub(r"[\s\u00ad\u200b“”«»„]+", "", text)


def texts(page: Any, selector: str) -> list[str]:
    return [bare(text) for text in page.locator(selector).all_text_contents()]


@pytest.mark.parametrize("path", ["/en/events/missile-crisis-1962/", "/ru/events/trade-agreement-1960/"])
def test_each_citation_of_an_event_can_be_read_on_paper(sheet: Any, site: Site, path: str) -> None:
    sheet.goto(path)
    cited = texts(sheet, ".source-list__reference") + texts(sheet, ".citations > li")
    addresses = sheet.eval_on_selector_all(
        ".source-list a[rel=external]", "links => links.map((link) => link.href)"
    )
    pages = printed(sheet)
    whole = "".join(pages)
    assert len(cited) >= 4
    for text in [*cited, *map(bare, addresses)]:
        assert text in whole, text
    for page in pages:
        assert bare(f"{site.url}{path}editions/1/") in page, "each page says which edition it is"
    assert bare("Suggest a correction") not in whole
    assert bare("Copy citation") not in whole


def test_a_class_set_is_printed_in_two_languages_with_its_sources(sheet: Any, site: Site) -> None:
    sheet.goto("/en/sets/new/?event=trade-agreement-1960&event=missile-crisis-1962&title=To+October")
    sheet.wait_for_timeout(3500)  # as long as a person takes at least
    sheet.get_by_role("button", name="Save the set").click()
    sheet.get_by_role("link", name="English + русский").click()
    references = texts(sheet, ".source-list__reference")
    addresses = texts(sheet, ".handout-addresses a")
    places = texts(sheet, ".handout-cited > span")
    pages = printed(sheet)
    whole = "".join(pages)
    assert len(references) >= 5
    for text in [*references, *addresses, *places]:
        assert text in whole, text
    for title in ("Cuban Missile Crisis (October Crisis)", "Карибский кризис"):
        assert bare(title) in whole
    assert bare(f"{site.url}/en/events/missile-crisis-1962/editions/1/") in whole
    for page in pages:
        assert bare(sheet.url.split("?")[0]) in page
    assert bare("Make another set") not in whole
