"""What the presentation tags draw and write."""

import re
from datetime import date
from html import unescape

import pytest
from django.template import Context, Template
from django.test import override_settings
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cubaru.core.languages import LocalText
from cubaru.core.templatetags.charts import Bin, NamedEvent, TimelineChart, month_ruler, timeline_chart
from cubaru.core.templatetags.monograms import first_letters
from cubaru.core.templatetags.wording import in_language, locator, mark_cyrillic, number


def render(source: str, **context: object) -> str:
    return Template("{% load charts glyphs monograms wording %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("language", "value", "written"),
    [
        ("en", 4218, "4,218"),
        ("es", 4218, "4218"),
        ("ru", 26114, "26\u00a0114"),
        ("es", 26114, "26\u00a0114"),
        ("en", 7, "7"),
    ],
)
def test_numbers_are_grouped_as_their_readers_do(language: str, value: int, written: str) -> None:
    with translation.override(language):
        assert number(value) == written


def test_cyrillic_runs_are_marked_outside_russian_pages() -> None:
    with translation.override("en"):
        assert mark_cyrillic("Pravda (Правда, 5 мая) & co") == (
            'Pravda (<span lang="ru">Правда</span>, 5 <span lang="ru">мая</span>) &amp; co'
        )
    with translation.override("ru"):
        assert mark_cyrillic("Правда") == "Правда"


@given(st.text(alphabet=st.sampled_from("ab<&Жё́- ,1"), max_size=40))
def test_marking_cyrillic_loses_no_character_and_escapes_the_rest(text: str) -> None:
    with translation.override("en"):
        marked = mark_cyrillic(text)
    assert unescape(re.sub(r'<span lang="ru">|</span>', "", marked)) == text


@pytest.mark.parametrize("text", ["statement 2", "whole item", "second and third paragraphs", "page 70"])
def test_places_in_a_source_are_english_on_other_pages(text: str) -> None:
    with translation.override("es"):
        assert locator(text) == f'<span lang="en">{text}</span>'
    with translation.override("en"):
        assert locator(text) == text


@pytest.mark.parametrize("text", ["doc. 84", "p. 12", "XIV, 3", "12–14", "", "T. I", "TEI 45"])
def test_numbers_and_abbreviations_are_of_no_language(text: str) -> None:
    with translation.override("ru"):
        assert locator(text) == text


def test_russian_in_an_english_place_in_a_source_stays_russian() -> None:
    with translation.override("ru"):
        assert locator("section «Куба»") == '<span lang="en">section «<span lang="ru">Куба</span>»</span>'


def test_text_in_another_language_says_so() -> None:
    with translation.override("en"):
        assert in_language("Куба", "ru") == '<span lang="ru">Куба</span>'
        assert in_language("Cuba", "en") == "Cuba"
        labelled = render("{% local_text text %}", text=LocalText("Куба", "ru", is_fallback=True))
    assert '<span lang="ru">Куба</span>' in labelled
    assert "In Russian" in labelled


def test_text_in_the_reader_s_language_stands_alone() -> None:
    assert render("{% local_text text %}", text=LocalText("Cuba", "en", is_fallback=False)).strip() == "Cuba"


@pytest.mark.parametrize(
    ("sort_name", "letters"), [("Mikoyan, Anastas", "Mi"), ("O'Higgins, B.", "Oh"), ("Ё", "Ё"), ("", "")]
)
def test_monogram_takes_two_letters_of_the_surname(sort_name: str, letters: str) -> None:
    assert first_letters(sort_name) == letters


def test_evidence_is_drawn_counted_and_said() -> None:
    with translation.override("en"):
        drawn = render("{% evidence 2 1 %}")
    assert drawn.count('class="fill-blue"') == 2
    assert drawn.count("url(#hatch-red)") == 1
    assert "2 for, 1 against" in drawn
    assert "2 sources support this." in drawn
    assert "1 source contradicts this." in drawn


def test_no_evidence_draws_nothing() -> None:
    assert render("{% evidence 0 0 %}").strip() == ""


def test_verdict_names_itself_and_its_number() -> None:
    with translation.override("en"):
        assert "Disputed" in render('{% verdict "disputed" %}')
        assert "1,204 disputed" in render('{% verdict "disputed" count=1204 %}')


def test_unknown_glyphs_are_refused() -> None:
    with pytest.raises(Exception, match="No glyph for 'maybe'"):
        render('{% verdict "maybe" %}')


def test_month_ruler_marks_the_days_of_one_year() -> None:
    drawn = month_ruler(date(1960, 2, 4), date(1960, 2, 13))
    assert len(drawn["cells"]) == 12
    assert drawn["form"] == "solid"
    assert drawn["x"] == f"{34 / 366 * 100:.3f}%"
    assert month_ruler(date(1960, 2, 1), date(1960, 2, 29))["form"] == "outline"
    assert month_ruler(date(1960, 2, 1), date(1960, 2, 29), is_vague=True)["form"] == "hatched"


@pytest.mark.parametrize(
    "days", [(None, None), (date(1960, 1, 1), None), (date(1959, 12, 1), date(1960, 1, 1))]
)
def test_month_ruler_is_not_drawn_over_several_years_or_open_dates(
    days: tuple[date | None, date | None],
) -> None:
    assert month_ruler(*days)["cells"] == []
    assert "<svg" not in render("{% month_ruler first last %}", first=days[0], last=days[1])


def test_lone_event_among_thousands_still_shows() -> None:
    chart = timeline_chart(TimelineChart("", [Bin(0, 0.5, 1, "1902"), Bin(0.5, 0.5, 9000, "1962")], []))
    assert [bar["height"] for bar in chart["bars"]] == ["3", "220"]


def test_year_without_events_has_no_bar() -> None:
    assert timeline_chart(TimelineChart("", [Bin(0, 1, 0, "1903")], []))["bars"][0]["height"] == "0"


@override_settings(USE_THOUSAND_SEPARATOR=True)
@pytest.mark.parametrize("language", ["en", "es", "ru"])
def test_coordinates_are_the_same_in_every_language(language: str) -> None:
    chart = TimelineChart(
        "Events", [Bin(0.125, 0.25, 3, "1902")], [], [NamedEvent(0.2, 3, "1902", ("Name",), "/x/")]
    )
    with translation.override(language):
        drawn = render("{% timeline_chart chart %}", chart=chart)
    assert 'x="12.500%"' in drawn
    assert not re.search(r'\b(?:[xy][12]?|c[xy]|width|height)="[^"]*[,\u00a0\s][^"]*"', drawn)


def test_leader_of_a_name_ends_on_its_bar() -> None:
    chart = timeline_chart(
        TimelineChart(
            "", [Bin(0, 0.5, 2, "a"), Bin(0.5, 0.5, 4, "b")], [], [NamedEvent(0.6, 0, "b", ("B",), "/b/")]
        )
    )
    assert chart["named"][0]["bottom"] == chart["bars"][1]["y"]
