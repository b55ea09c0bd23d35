"""How readers see dates in three languages. In expected words "_" stands for a no-break space."""

from dataclasses import dataclass

import pytest
from babel.dates import get_month_names
from django.conf import settings

from cubaru.core.date_words import from_to, in_short_words, in_words, precision_in_words, words_without_year
from cubaru.core.dates import Calendar, parse
from cubaru.core.dates_languages import WORDINGS, calendar_month
from cubaru.core.dates_russian import GENITIVE_MONTHS

LANGUAGES = ("en", "es", "ru")

# Every date of the starter corpus, as its events, people, offices and sources have them.
CORPUS = [
    "1835~", "1848~", "1868", "1876", "1878", "1881", "1884", "1888", "1889", "1890", "1892", "1893",
    "1894", "1895", "1897", "1898", "1899-12-20", "1901", "1901-01-16", "1902", "1902-05-20", "1902-05-26",
    "1902-07-06", "1902~", "1903", "1904", "1906", "1907", "1908", "1909", "1911", "1913", "1913-02-07",
    "1913-07", "1913-08-14", "1914", "1915-03-13/1915-03", "1917", "1917-02-07/1918-12", "1917-10", "1918",
    "1918-07-17", "1919", "1919-12~", "1920-01-21", "1920-12-20", "1922", "1923", "1924", "1924-01-27",
    "1924?", "1925", "1925-07-04", "1925-08-16", "1925-08-16/1925-08-17", "1925-11-10/1925-12-09",
    "1925-12-07", "1926", "1927", "1927-01", "1928", "1929", "1929-01-10", "1929~", "1930", "1930-04-14",
    "1930/1933-05", "1931", "1931~", "1932", "1933", "1933-08", "1933-09-15", "1933~/1934~", "1934",
    "1934-01-16", "1935", "1936", "1936-12-17", "1936/1939", "1937", "1937-03-06", "1939", "1940",
    "1941-06/1941-07", "1941-11", "1941-12", "1942", "1942-10-05", "1942-10-05/1942-10-14", "1943",
    "1943-05-28", "1943-07-20", "1943-08", "1943~", "1944", "1945-01-30", "1946", "1946-03-29", "1947",
    "1949", "1950", "1951", "1952", "1952-03-21", "1952-04-03", "1953-03-05", "1953-05", "1953-09-07",
    "1955", "1956", "1956-06", "1957", "1957-12-31/1958-01", "1958", "1959", "1959-01-01", "1959-01-10",
    "1959-03-24", "1959-06-12", "1959-07", "1959-09", "1959-10", "1959-10-01", "1959-11", "1960",
    "1960-02-04/1960-02-13", "1960-02-13", "1960-02-15", "1960-02-22", "1960-04-19", "1960-05-08",
    "1960-05-17", "1960-05-22", "1960-05-30", "1960-06-29/1960-07-01", "1960-06/1960-07", "1960-07-04",
    "1960-07-09", "1960-07-18", "1960-08", "1960-08-18", "1960-09-14", "1960-09-20", "1960-10",
    "1960-10/1960-12", "1960-11-16", "1961", "1961-01-03", "1961-01-20", "1961-02-23", "1961-04-16",
    "1961-04-17/1961-04-19", "1961-04-18/1961-04-22", "1961-07-03", "1961-07-24/1961-07-26", "1961-12-02",
    "1961~", "1962", "1962-01-09", "1962-02-03", "1962-03", "1962-03-12", "1962-03-26", "1962-05-24",
    "1962-05-29", "1962-07", "1962-07-07", "1962-07/1962-10", "1962-08-27/1962-09-02", "1962-09-11",
    "1962-10-14", "1962-10-16/1962-10-28", "1962-10-18", "1962-10-22", "1962-10-23",
    "1962-10-23/1962-10-25", "1962-10-24/1962-11-20", "1962-10-26", "1962-10-27", "1962-10-28",
    "1962-11-02/1962-11-26", "1962-11-22", "1963", "1963-01-14", "1963-01-15", "1963-02-06", "1963-03-06",
    "1963-03-22", "1963-04", "1963-04-27/1963-06-03", "1963-10-01", "1963-11-22", "1963?", "1964",
    "1964-01", "1964-01-13/1964-01-23", "1964-03-04", "1964-05-13/1964-06-04", "1964-07-28", "1964-10",
    "1964-11", "1965", "1965-03/1965-04", "1965-10", "1966-10-23/1966-11-20", "1967", "1967-06-25",
    "1967-06-26", "1967-06-28", "1967-07-07", "1967-07-12", "1968", "1968-01", "1968-01~/1968-03~",
    "1968-02-09", "1968-04-15", "1968-08-20/1968-08-21", "1968-08-23", "1968-08-24", "1969", "1969-06",
    "1969-07", "1969-11-12/1969-11-19", "1970", "1970-04-04/1970-05", "1970-04-18", "1970-04-22",
    "1970-08-04", "1970-09", "1970-09-25", "1970-09/1970-10", "1970~/1991~", "1971",
    "1971-05-21/1971-06-04", "1972-06-26/1972-07-05", "1972-07", "1972-07-11", "1972-12-23", "1973",
    "1973-01-03", "1973-01-04", "1973/1975", "1974-01-28/1974-02-03", "1974-01-30", "1974-02-11", "1975",
    "1975-11-05", "1976", "1977", "1977-11/1978-03", "1977?", "1978", "1978-02-23", "1978-10-19",
    "1978-11-15", "1979", "1979-04", "1979-08-29/1979-10-01", "1980", "1980-01-06", "1980-01-09",
    "1980-01-16", "1980-09-18/1980-09-26", "1981", "1982", "1982-11", "1982-12-29", "1982~", "1983",
    "1983-05-13", "1983-11", "1984", "1984-08-15", "1985", "1985-03", "1985-06-28", "1986", "1987",
    "1988-12-22", "1989", "1989-04-02/1989-04-05", "1989-04-04", "1989-04-06", "1989-06-12/1989-07-13",
    "1989-07-13", "1989-08-04", "1989-08-05", "1989-12-07~", "1990", "1990-03", "1990-03-29", "1990-08",
    "1990-08-31", "1990-12-06", "1990-12-31", "1990?", "1991", "1991-01-20", "1991-08", "1991-08-18",
    "1991-09-05~", "1991-09-06", "1991-09-09", "1991-09-11", "1991-09-12", "1991-11-14/1991-12-02",
    "1991-12", "1991-12-25", "1992", "1992-01-23", "1992-01-24", "1992-07", "1992-07-20", "1992-09-05",
    "1992-11-03", "1993", "1993-06-15", "1994", "1995", "1995-03", "1995-10-10", "1996", "1996-04",
    "1996-04-26", "1996-05-22", "1997", "1998", "1999", "1999-12-31", "2000", "2000-12-13/2000-12-17",
    "2000-12-16", "2001", "2001-03-22", "2001-06-19", "2001-10-17", "2002", "2004", "2004-01-27",
    "2006-09-28", "2007", "2007-04", "2008", "2008-01-20", "2008-02", "2008-08-02", "2008-08-22",
    "2008-10-19?", "2008-11-27/2008-11-28", "2008-11-28", "2008-12", "2009", "2009-01-16", "2009-01-27",
    "2009-01-28", "2009-01-28/2009-02-04", "2010", "2010-04", "2010-06", "2010-06-29", "2011", "2011-08",
    "2012", "2012-05", "2012-07", "2012-07-17", "2012-10", "2012-10-10", "2013-02", "2013-02-21",
    "2013-06-07", "2013-10-25", "2013-12-10", "2014", "2014-05-08", "2014-07", "2014-07-03",
    "2014-07-04~/2014-07-11", "2014-07-05", "2014-07-11", "2014-07-16", "2014-07-17", "2014-07-22",
    "2014-08-15", "2015", "2015-03", "2015-03-13", "2015-03-24", "2015-05-11", "2015-10-20", "2015-10-22",
    "2015-10-23", "2016-02-12", "2016-02-13", "2016-03-29", "2016-11-25", "2017", "2017-05", "2017-05-03",
    "2017-05-29", "2017-06-01", "2017-06/2020-02", "2017-07-24", "2017-09-18", "2017-10-30", "2017-11-26",
    "2017-11-30", "2017-11/2018-01", "2018", "2018-01", "2018-02-22", "2018-03-30", "2018-04-18",
    "2018-08-08", "2018-11-02", "2018-11-05", "2019", "2019-01", "2019-01-26", "2019-02-19", "2019-06-18",
    "2019-06-26", "2019-07-19", "2019-09-17", "2019-10", "2019-10-03/2019-10-04", "2019-10-17", "2020",
    "2020-01", "2020-02-13", "2020-11-06", "2020-12-02", "2020-12-11", "2021", "2021-02-04", "2021-06",
    "2021-12-02", "2022", "2022-01-13", "2022-02-22", "2022-02-22/2022-06-11", "2022-02-28/2022-04-07",
    "2022-03", "2022-03-02", "2022-03-04", "2022-03-22", "2022-04-07", "2022-05-04", "2022-05-21",
    "2022-06", "2022-06-12", "2022-07-14", "2022-07-14/2022-07-18", "2022-07-18", "2022-07-26",
    "2022-07-26/2022-07-28", "2022-07-28", "2022-09", "2022-09-01", "2022-09-19", "2022-10", "2022-10-12",
    "2022-11", "2022-11-22", "2023", "2023-01-03", "2023-01-23", "2023-05", "2023-05-10", "2023-05-19",
    "2023-05-20", "2023-06", "2023-06-21", "2023-06-22", "2023-07", "2023-07-01", "2023-09-04",
    "2023-09-05", "2023-09-06", "2023-09-07", "2023-09-08", "2023-09-10", "2023?", "2024", "2024-02-19",
    "2024-02-28", "2024-03-11", "2024-05", "2024-05-07/2024-05-09", "2024-05-08", "2024-05-09",
    "2024-06-06", "2024-06-07", "2024-06-08", "2024-06-12/2024-06-17", "2024-07-27",
    "2024-07-27/2024-07-30", "2024-07-28", "2024-10-08", "2024-12-13", "2024-12-24", "2024-12-27",
    "2025-01-01", "2025-01-23", "2025-01-29/2025-02-19", "2025-02", "2025-02-19", "2025-03-13/2025-10-15",
    "2025-03-26", "2025-04-21", "2025-04-30", "2025-05-07", "2025-05-07/2025-05-09", "2025-05/2025-11",
    "2025-08-16", "2025-10", "2025-10-07", "2025-10-16", "2025-11-21", "2026-01/2026-03", "2026-02",
    "2026-02-12", "2026-02-13", "2026-02-21", "2026-03-08/2026-03-31", "2026-03-18", "2026-03-19",
    "2026-03-31",
]  # fmt: skip


def seen(words: str) -> str:
    return words.replace("\u00a0", "_")


@dataclass(frozen=True)
class Row:
    """One example in `docs/dates.md`."""

    text: str
    calendar: Calendar
    words: tuple[str, ...]
    bounds: tuple[str, ...]


def rows_of_documentation() -> list[Row]:
    """The examples of all tables; the head of a table names the calendar if it is not the Gregorian one."""
    rows = []
    calendar = Calendar.GREGORIAN
    for line in (settings.BASE_DIR / "docs" / "dates.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0].startswith("EDTF"):
            calendar = Calendar.JULIAN if "Julian" in cells[0] else Calendar.GREGORIAN
        elif len(cells) == 6 and cells[0].startswith("`"):
            rows.append(Row(cells[0].strip("`"), calendar, tuple(cells[1:4]), tuple(cells[4:])))
    return rows


@pytest.mark.parametrize("row", rows_of_documentation(), ids=lambda row: f"{row.calendar}:{row.text}")
def test_tables_in_the_documentation_are_true(row: Row) -> None:
    date = parse(row.text, row.calendar)
    assert tuple(in_words(date, language).replace("\u00a0", " ") for language in LANGUAGES) == row.words
    assert (str(date.earliest), str(date.latest)) == row.bounds


def test_tables_in_the_documentation_are_read_whole() -> None:
    rows = rows_of_documentation()
    assert len(rows) > 120
    assert {row.calendar for row in rows} == set(Calendar)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_dates_of_the_corpus_are_said_alike(language: str) -> None:
    assert len(set(CORPUS)) == len(CORPUS)
    for say in (in_words, in_short_words):
        assert len({say(parse(text), language) for text in CORPUS}) == len(CORPUS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_of_the_corpus_are_said_with_their_years_and_signs(language: str) -> None:
    signs = {"en": ("c.", "approximately", "possibly"), "es": ("hacia", "aproximad", "posiblemente"),
             "ru": ("около", "пр", "предположительно")}[language]  # fmt: skip
    for text in CORPUS:
        date = parse(text)
        words = in_words(date, language)
        assert str(date.earliest.year) in words
        assert str(date.latest.year) in words
        assert any(sign in words for sign in signs[:2]) or not date.approximate
        assert (signs[2] in words) is date.uncertain


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_months_agree_with_babel(language: str) -> None:
    names = get_month_names("wide", context="stand-alone", locale=language)
    assert WORDINGS[language].months == tuple(names[month] for month in range(1, 13))
    assert calendar_month(1962, 10, language).startswith(names[10])


def test_russian_genitives_of_months_agree_with_babel() -> None:
    names = get_month_names("wide", context="format", locale="ru")
    assert tuple(names[month] for month in range(1, 13)) == GENITIVE_MONTHS


@pytest.mark.parametrize(
    ("text", "english", "spanish", "russian"),
    [
        ("1962-10-16", "16 Oct 1962", "16 oct. 1962", "16_окт. 1962"),
        ("1962-05-16", "16 May 1962", "16 may. 1962", "16_мая 1962"),
        ("1962-10", "Oct 1962", "oct. 1962", "окт. 1962"),
        ("1962", "1962", "1962", "1962"),
        ("196X", "1960s", "años 1960", "1960-е"),
        ("19XX", "20th century", "s. XX", "XX_в."),
        ("18XX/19XX", "19th–20th centuries", "ss. XIX-XX", "XIX–XX_вв."),
        ("1962-10-16/1962-10-28", "16–28 Oct 1962", "16-28 oct. 1962", "16–28_окт. 1962"),
        ("1960-06-29/1960-07-01", "29 Jun – 1 Jul 1960", "29 jun. - 1 jul. 1960", "29_июня_— 1_июля 1960"),
        ("1960-10/1960-12", "Oct–Dec 1960", "oct.-dic. 1960", "окт._— дек. 1960"),
        ("1957-12-31/1958-01", "31 Dec 1957 – Jan 1958", "31 dic. 1957 - ene. 1958",
         "31_дек. 1957_— янв. 1958"),
        ("1936/1939", "1936–1939", "1936-1939", "1936–1939"),
        ("1961~", "c. 1961", "c. 1961", "ок. 1961"),
        ("1963?", "1963?", "1963?", "1963?"),
        ("1963%", "c. 1963?", "c. 1963?", "ок. 1963?"),
        ("2004-06~-11", "c. 11 Jun 2004", "c. 11 jun. 2004", "ок. 11_июня 2004"),
        ("1933~/1934~", "c. 1933–1934", "c. 1933-1934", "ок. 1933–1934"),
        ("2014-07-04~/2014-07-11", "c. 4 Jul 2014 – 11 Jul 2014", "c. 4 jul. 2014 - 11 jul. 2014",
         "ок. 4_июля 2014_— 11_июля 2014"),
        ("[1933~..1935]", "between c. 1933 and 1935", "entre c. 1933 y 1935",
         "не ранее ок. 1933 и не позднее 1935"),
        ("1902~/..", "since c. 1902", "desde c. 1902", "с ок. 1902"),
        ("[1933,1934]", "1933 or 1934", "1933 o 1934", "1933 или 1934"),
        ("1985-04-XX", "Apr 1985", "abr. 1985", "апр. 1985"),
        ("1902-07-06", "23 Jun (O.S.) / 6 Jul 1902", "23 jun. (a._e.) / 6 jul. 1902",
         "23_июня (6_июля) 1902"),
    ],
)  # fmt: skip
def test_short_words_fit_tight_places(text: str, english: str, spanish: str, russian: str) -> None:
    date = parse(text)
    assert tuple(seen(in_short_words(date, language)) for language in LANGUAGES) == (
        english,
        spanish,
        russian,
    )


@pytest.mark.parametrize(
    ("text", "english", "spanish", "russian"),
    [
        ("1962-10-16", "16 October", "16 de octubre", "16_октября"),
        ("1962-10", "October", "octubre", "октябрь"),
        ("1962", "", "", ""),
        ("1962-10-16/1962-10-28", "16–28 October", "del 16 al 28 de octubre", "16–28_октября"),
        ("1960-10/1960-12", "October–December", "de octubre a diciembre", "октябрь_— декабрь"),
        ("1902-22", "summer", "verano", "лето"),
        ("1902-33", "first quarter of the year", "primer trimestre", "I_квартал"),
        ("1902-40", "first half of the year", "primer semestre", "первая половина года"),
        ("1962-10-16~", "c. 16 October", "hacia el 16 de octubre", "около 16_октября"),
        ("[1968-08-21..1968-08-31]", "late August", "finales de agosto", "конец августа"),
        ("[1960-01..1960-04]", "early in the year", "principios de año", "начало года"),
        ("[1962-10-07,1962-10-08]", "7 or 8 October", "7 u 8 de octubre", "7 или 8_октября"),
        ("1985-04-XX", "April (day unknown)", "abril (día desconocido)", "апрель (день неизвестен)"),
        ("1902-07-06", "23 June (O.S.) / 6 July", "23 de junio (a._e.) / 6 de julio", "23_июня (6_июля)"),
        ("1900-01-05", "24 December 1899 (O.S.) / 5 January", "24 de diciembre de 1899 (a._e.) / 5 de enero",
         "24_декабря 1899_г. (5_января)"),
    ],
)  # fmt: skip
def test_words_beside_a_year_leave_it_out(text: str, english: str, spanish: str, russian: str) -> None:
    date = parse(text)
    words = tuple(seen(words_without_year(date, language)) for language in LANGUAGES)
    assert words == (english, spanish, russian)


@pytest.mark.parametrize(
    "text",
    ["1961~", "1963?", "196X", "1936/1939", "1957-12-31/1958-01", "1902/..", "1902/", "1962-10-16/..",
     "[..1960]", "[1933,1934]", "1962-10/1962", "156X-12-25", "2004-XX"],
)  # fmt: skip
@pytest.mark.parametrize("language", LANGUAGES)
def test_words_beside_a_year_stay_whole_where_the_year_is_not_all(text: str, language: str) -> None:
    assert words_without_year(parse(text), language) == in_words(parse(text), language)


def test_words_beside_a_year_count_it_by_the_gregorian_calendar() -> None:
    assert (
        words_without_year(parse("1917-12-25", Calendar.JULIAN), "en")
        == "25 December 1917 (O.S.) / 7 January"
    )
    assert words_without_year(parse("1917-10", Calendar.JULIAN), "en") == "October (O.S.)"
    assert words_without_year(parse("1917", Calendar.JULIAN), "en") == "1917 (O.S.)"


@pytest.mark.parametrize(
    ("text", "english", "spanish", "russian"),
    [
        ("1962-10-16", "Known to the day", "Se conoce el día", "Известно с точностью до дня"),
        ("1962-10", "Known to the month", "Se conoce el mes", "Известно с точностью до месяца"),
        ("1962", "Known to the year", "Se conoce el año", "Известно с точностью до года"),
        ("1985-04-XX", "Known to the month", "Se conoce el mes", "Известно с точностью до месяца"),
        ("196X", "Known to the decade", "Se conoce el decenio", "Известно с точностью до десятилетия"),
        ("XXXX", "Year not known", "No se conoce el año", "Год неизвестен"),
        ("1961~", "Given to the year; approximate", "Se indica el año; aproximada",
         "Указано с точностью до года; приблизительно"),
        ("1963%", "Given to the year; approximate; uncertain", "Se indica el año; aproximada; incierta",
         "Указано с точностью до года; приблизительно; предположительно"),
        ("1962-10-16/1962-10-28", "Both ends known to the day", "De ambos extremos se conoce el día",
         "Начало и окончание: известно с точностью до дня"),
        ("1957-12-31/1958-01", "Start known to the day; end known to the month",
         "Del comienzo se conoce el día; del fin se conoce el mes",
         "Начало: известно с точностью до дня; окончание: известно с точностью до месяца"),
        ("1902/..", "Start known to the year; open end", "Del comienzo se conoce el año; fin abierto",
         "Начало: известно с точностью до года; окончание открыто"),
        ("/1902", "End known to the year; start unknown", "Del fin se conoce el año; comienzo desconocido",
         "Окончание: известно с точностью до года; начало неизвестно"),
        ("[1968-08-21..1968-08-31]", "Known to a part of the month", "Se conoce la parte del mes",
         "Известно с точностью до части месяца"),
        ("[1933,1934]", "One of these dates", "Una de estas fechas", "Одна из этих дат"),
        ("{1933,1934}", "Each of these dates", "Cada una de estas fechas", "Каждая из этих дат"),
    ],
)  # fmt: skip
def test_precision_is_told_honestly(text: str, english: str, spanish: str, russian: str) -> None:
    date = parse(text)
    notes = tuple(precision_in_words(date, language) for language in LANGUAGES)
    assert notes == (english, spanish, russian)


@pytest.mark.parametrize(
    ("start", "end", "english", "spanish", "russian"),
    [
        ("1926", "2016-11-25", "1926 – 25 Nov 2016", "1926 - 25 nov. 2016", "1926_— 25_нояб. 2016"),
        ("1894", "1971", "1894–1971", "1894-1971", "1894–1971"),
        ("1962-07", "", "from Jul 1962", "desde jul. 1962", "с июля 1962"),
        ("1962-07", "1962-07/..", "from Jul 1962", "desde jul. 1962", "с июля 1962"),
        ("", "1964-10", "until Oct 1964", "hasta oct. 1964", "до окт. 1964"),
        ("1848~", "1926", "c. 1848 – 1926", "c. 1848 - 1926", "ок. 1848_— 1926"),
        ("1962-07", "1962-07", "Jul 1962", "jul. 1962", "июль 1962"),
        ("[1960,1962]", "", "from 1960 or 1962", "desde 1960 o 1962", "с 1960 или 1962"),
        ("", "", "", "", ""),
    ],
)
def test_two_dates_are_said_as_one_period(
    start: str, end: str, english: str, spanish: str, russian: str
) -> None:
    first, last = (parse(text) if text else None for text in (start, end))
    said = [from_to(first, last, language, short=True) for language in LANGUAGES]
    assert said == [english, spanish, russian.replace("_", "\u00a0")]


def test_two_dates_in_different_calendars_are_each_said_in_full() -> None:
    birth, death = parse("1895-11-13", Calendar.JULIAN), parse("1978-10-21")
    words = from_to(birth, death, "en")
    assert words == f"{in_words(birth, 'en')} – 21 October 1978"


def test_region_of_a_language_makes_no_difference() -> None:
    assert in_words(parse("1962-10"), "es-cu") == "octubre de 1962"


def test_language_without_words_is_named() -> None:
    for say in (in_words, in_short_words, words_without_year, precision_in_words):
        with pytest.raises(LookupError, match="“fr”"):
            say(parse("1962"), "fr")
