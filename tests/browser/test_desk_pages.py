"""Every page of the desk: shuts nobody out, complains of nothing, fits its window, in light and dark.

Pages are taken from the addresses of the desk; `test_every_page_of_the_desk_is_looked_at` tells which are
left out.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.urls import URLPattern, reverse

from tests.browser.axe import CONTRAST, faults
from tests.browser.desk import first_form, sign_in
from tests.conftest import Site

#: The lists of records; each also has a form to add one, and one to change its first.
LISTS = (
    "events/event/",
    "events/claim/",
    "events/theme/",
    "people/person/",
    "people/organization/",
    "places/place/",
    "sources/source/",
    "auth/user/",
    "auth/group/",
    "clients/token/",
    "hooks/webhook/",
)

#: Lists of what comes by itself, to which nobody adds.
COME_BY_THEMSELVES = (
    "core/revision/",
    "core/pastslug/",
    "core/changeset/",
    "hooks/delivery/",
    "readers/correction/",
    "readers/classset/",
)

#: The starter corpus has no token and no webhook.
FURNISH = """
from django.contrib.auth import get_user_model
from clients.models import Token
from clients.tokens import make_token
from hooks.models import Webhook
if not Token.objects.exists():
    make_token(get_user_model().objects.first(), name="Reading")
    Webhook.objects.create(address="https://example.org/cubaru", actions=["edition"])
"""

#: Pages that want a record, by the ends of their names, as addresses below the form of an event and a claim.
OF_RECORDS = {
    "history": "{event}history/",
    "revision": "{event}history/1/",
    "preview": "{event}preview/",
    "step": "{event}step/withdraw/",
    "delete": "{claim}delete/",
    "secret": "{webhook}secret/",
    "test": "{webhook}test/",
}

#: What is no page of its own: answers to scripts and to forms, and pages of what the starter corpus has not.
NO_PAGES = {
    "language", "typed_date", "presence", "jsi18n", "autocomplete", "view_on_site", "logout", "login",
    "app_list", "proposal", "proposal_preview", "deleted_record", "record_translations", "join", None,
}  # fmt: skip


def names_of(patterns: Iterable[Any]) -> Iterator[str | None]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name
        else:
            yield from names_of(pattern.url_patterns)


def own_pages() -> dict[str, str]:
    """The names of pages that are no lists and forms of a model, with their addresses."""
    names = {each.name for each in admin.site.get_urls() if isinstance(each, URLPattern)} - NO_PAGES
    return {name: reverse(f"admin:{name}").removeprefix("/admin/") for name in sorted(filter(None, names))}


def addresses(page: Any) -> list[str]:
    """All pages to be looked at, without /admin/."""
    first = {listed: first_form(page, listed).removesuffix("change/") for listed in LISTS}
    event = first["events/event/"]
    records = {
        "event": event, "claim": first["events/claim/"], "webhook": first["hooks/webhook/"],
    }  # fmt: skip
    found = [*own_pages().values(), *COME_BY_THEMSELVES, "core/changeset/add/"]
    found += [address.format(**records) for address in OF_RECORDS.values()]
    number = event.split("/")[-2]
    found += [f"join/?kind=event&first={number}", f"translations/event/{number}/"]
    for listed, one in first.items():
        found += [listed, f"{listed}add/", *([f"{one}change/"] if one else [])]
    return found


@pytest.fixture(scope="module", autouse=True)
def furnished(site: Site) -> None:
    site.furnish(FURNISH)


@pytest.fixture(scope="module")
def inspected(chromium: Any, site: Site) -> Iterator[Any]:
    """A signed-in page without the policy, which would stop axe from styling what it measures."""
    context = chromium.new_context(base_url=site.url, bypass_csp=True, locale="en-GB")
    page = context.new_page()
    sign_in(page, site)
    yield page
    context.close()


def test_no_page_of_the_desk_shuts_anybody_out(inspected: Any) -> None:
    found = {}
    for address in addresses(inspected):
        inspected.emulate_media(color_scheme="light")
        answer = inspected.goto(f"/admin/{address}")
        assert answer.status == 200, address
        inspected.evaluate("for (const row of document.querySelectorAll('details')) row.open = true")
        in_light = faults(inspected)
        inspected.emulate_media(color_scheme="dark")
        if wrong := [*in_light, *faults(inspected, CONTRAST)]:
            found[address] = wrong
    assert found == {}


def test_the_sign_in_shuts_nobody_out(chromium: Any, site: Site) -> None:
    context = chromium.new_context(base_url=site.url, bypass_csp=True)
    page = context.new_page()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto("/admin/login/")
        assert faults(page) == [], scheme
    context.close()


def test_no_page_of_the_desk_scrolls_sideways_or_breaks_its_policy(page: Any, site: Site) -> None:
    """The fixture fails the test on any complaint of the console."""
    sign_in(page, site)
    too_wide = []
    for address in addresses(page):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(f"/admin/{address}")
        for width in (1280, 768, 375):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
                too_wide.append((address, width))
    assert too_wide == []


def test_every_page_of_the_desk_is_looked_at() -> None:
    looked_at = {address.strip("/").replace("/", "_") for address in (*LISTS, *COME_BY_THEMSELVES)}
    models = {f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry}
    assert models == looked_at
    of_models = {
        name.split("_", 2)[2] for name in names_of(admin.site.get_urls()) if name and name.count("_") >= 2
        and "_".join(name.split("_", 2)[:2]) in models
    }  # fmt: skip
    # An export is a file, and tokens are revoked by a button.
    no_pages = {"changelist", "add", "change", "password_change", "export", "revoke"}
    assert of_models - no_pages == set(OF_RECORDS)
