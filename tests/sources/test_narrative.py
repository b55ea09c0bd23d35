"""Narratives: Markdown with citations, as safe HTML with numbered footnotes."""

import re
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from cubaru.core.models import PastSlug
from events.models import Event
from sources.narrative import LOCATOR_WORDS, MOST_CHARACTERS, NarrativeError, Pointer, cited_keys, render
from sources.rules import narrative_faults
from tests.factories import EventFactory, PersonFactory, SourceFactory

TEXT = """# Prelude

The alert began on the 22nd [@frus-11, doc. 84; see @castro-1992, p. 12].

- a list [@frus-11, doc. 84; see @castro-1992, p. 12]
- and *more* [@castro-1992]
"""


def test_equal_citations_share_a_footnote_and_each_mark_has_its_way_back() -> None:
    first, second = render(TEXT).footnotes
    assert first.pointers == (Pointer("frus-11", "doc. 84"), Pointer("castro-1992", "p. 12", "see"))
    assert (first.number, first.marks, first.line) == (1, ("mark-1", "mark-1-2"), 3)
    assert (second.number, second.pointers, second.line) == (2, (Pointer("castro-1992"),), 6)


def test_marks_in_the_text_lead_to_the_footnotes() -> None:
    tree: Any = html.fragment_fromstring(str(render(TEXT).html), create_parent=True)
    marks = {sup.get("id"): sup[0].get("href") for sup in tree.iter("sup")}
    assert marks == {"mark-1": "#note-1", "mark-1-2": "#note-1", "mark-2": "#note-2"}


def test_headings_begin_below_those_of_the_page() -> None:
    assert "<h3>Prelude</h3>" in render(TEXT).html


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("a\n\nb [@Castro]", 3, "Castro"),
        ("[@castro, somewhere]", 1, "somewhere"),
        ("one\ntwo [@castro; frus]", 2, "frus"),
        ("> quoted\n> [@castro,p.]", 2, "p."),
        ("[write to us@example.org]", 1, "us@example.org"),
        ("x" * (MOST_CHARACTERS + 1), 1, "60000"),
    ],
)
def test_faults_name_their_line(text: str, line: int, part: str) -> None:
    with pytest.raises(NarrativeError, match=re.escape(part)) as caught:
        render(text)
    assert caught.value.line == line
    assert str(caught.value).startswith(f"Line {line}: ")


@pytest.mark.parametrize("word", LOCATOR_WORDS)
def test_every_stated_word_begins_a_locator(word: str) -> None:
    assert render(f"[@castro, {word} 12]").footnotes[0].pointers == (Pointer("castro", f"{word} 12"),)


@pytest.mark.parametrize(
    "text", ["[a link](https://example.org/@castro)", "\\[@castro\\]", "`[@castro]`", "a@b.org"]
)
def test_what_only_looks_like_a_citation_is_none(text: str) -> None:
    assert render(text).footnotes == ()


KEYS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
LOCATORS = st.one_of(
    st.just(""),
    st.integers(1, 999).map(str),
    st.tuples(st.sampled_from(LOCATOR_WORDS), st.integers(1, 999)).map(lambda pair: f"{pair[0]} {pair[1]}"),
)


@given(st.lists(st.tuples(KEYS, LOCATORS), min_size=1, max_size=5))
def test_what_is_cited_comes_out_as_it_went_in(pointers: list[tuple[str, str]]) -> None:
    inside = "; ".join(f"@{key}, {locator}" if locator else f"@{key}" for key, locator in pointers)
    (footnote,) = render(f"Text [{inside}].").footnotes
    assert [(pointer.key, pointer.locator) for pointer in footnote.pointers] == pointers


TAGS = {
    "a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "strong",
    "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip


@given(st.text(max_size=300))
def test_any_text_is_rendered_as_harmless_html_or_refused(text: str) -> None:
    try:
        rendered = render(text)
    except NarrativeError:
        return
    assert set(re.findall(r"<\s*(\w+)", rendered.html)) <= TAGS


@pytest.mark.django_db
def test_faults_of_a_narrative_are_told_with_line_and_key() -> None:
    SourceFactory.create(slug="known")
    SourceFactory.create(slug="still-a-draft", status="draft")
    assert narrative_faults("[@known]\n\n[@unknown] [@still-a-draft, p. 1]") == [
        "Line 3: there is no published source “unknown”.",
        "Line 3: there is no published source “still-a-draft”.",
    ]


@pytest.mark.django_db
def test_a_source_is_still_cited_by_its_former_key() -> None:
    source = SourceFactory.create(slug="old-key")
    source.slug = "new-key"
    source.save()
    assert PastSlug.objects.filter(slug="old-key").exists()
    assert narrative_faults("[@old-key]") == []


@pytest.mark.django_db
def test_a_draft_may_be_half_written_but_not_published(client: Client) -> None:
    from django.core.exceptions import ValidationError

    event = EventFactory.create(status="draft", body_en="To be found [@nothing-yet, p. 3].")
    event.status = "published"
    with pytest.raises(ValidationError, match="nothing-yet"):
        event.save()
    assert Event.objects.get(pk=event.pk).status == "draft"


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "es", "ru"])
def test_pages_show_the_narrative_with_its_footnotes_in_every_language(client: Client, language: str) -> None:
    SourceFactory.create(
        slug="szulc-1986", title="Fidel", creators=[{"role": "author", "family": "Szulc"}], issued="1986"
    )
    texts = {f"body_{code}": f"Text {code} [@szulc-1986, p. 70]." for code in ("en", "es", "ru")}
    event, person = EventFactory.create(**texts), PersonFactory.create(**texts)
    for record, plural in ((event, "events"), (person, "people")):
        page: Any = html.fromstring(client.get(f"/{language}/{plural}/{record.slug}/").content)
        (mark,) = page.xpath('//sup[@class="note-mark"]')
        (note,) = page.xpath('//*[@id="note-1"]')
        assert f"Text {language}" in page.text_content()
        assert mark[0].get("href") == "#note-1"
        assert "Szulc 1986, p. 70" in " ".join(note.text_content().split())
        assert note.xpath('.//a[@href="#mark-1"]')


def test_keys_are_given_with_their_lines() -> None:
    assert cited_keys(TEXT) == [(3, "frus-11"), (3, "castro-1992"), (6, "castro-1992")]
