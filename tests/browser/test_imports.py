"""An import at the desk, as a curator makes it: a file, its preview, another column, applied, undone."""

import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from tests.browser.axe import faults
from tests.browser.desk import sign_in
from tests.conftest import Site

ROWS = """dirección;Nombre;Cómo se llama;latitud;longitud
havana;La Habana;;23,1136;-82,3666
puerto-padre;Puerto Padre;Пуэрто-Падре;21,195;-76,601
"""


def status_of(site: Site, path: str) -> int:
    try:
        with urllib.request.urlopen(f"{site.url}{path}", timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_a_file_is_previewed_mapped_applied_and_undone(page: Any, site: Site, tmp_path: Path) -> None:
    file = tmp_path / "lugares.csv"
    file.write_bytes(ROWS.encode("utf-8-sig"))
    sign_in(page, site)
    page.goto("/admin/places/place/")
    page.get_by_role("link", name="Import", exact=True).click()
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Show what it would change").click()
    page.get_by_text("one heading is left out").wait_for()
    assert faults(page) == []
    page.get_by_label("Cómo se llama").select_option("name.ru")
    page.get_by_role("button", name="Preview again").click()
    rows = page.locator(".change-row")
    assert rows.nth(0).locator(".change-row__state").inner_text() == "unchanged"
    rows.nth(1).get_by_text("The whole record").click()
    assert "Пуэрто-Падре" in rows.nth(1).inner_text()
    page.get_by_role("button", name="Apply all").click()
    page.get_by_text("Applied: lugares.csv").wait_for()
    rows.nth(1).get_by_role("link", name="Puerto Padre").click()
    assert page.locator("#id_name_ru").input_value() == "Пуэрто-Падре"
    page.go_back()
    page.get_by_role("button", name="Undo all").click()
    page.get_by_text("Undone: lugares.csv").wait_for()
    assert rows.nth(1).get_by_role("link").count() == 0
    assert status_of(site, "/en/places/puerto-padre/") == 404  # it was a draft all the time
    assert status_of(site, "/en/places/havana/") == 200
