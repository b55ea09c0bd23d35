"""What holds for every date, however it is written."""

import re
from calendar import monthrange
from datetime import date, timedelta

from convertdate import julian
from hypothesis import assume, given
from hypothesis import strategies as st

from cubaru.core.date_words import in_short_words, in_words, precision_in_words, words_without_year
from cubaru.core.dates import Calendar, DateError, HistoricalDate, Precision, parse
from cubaru.core.dates_grammar import LIMIT

LANGUAGES = ("en", "es", "ru")
SIGNS = ("", "", "", "?", "~", "%")
DAYS = st.dates(date(2, 1, 1), date(9990, 12, 31))
CALENDARS = st.sampled_from(Calendar)


def text_of(day: date, calendar: Calendar) -> str:
    """A day as its calendar names it; the converter is not ours."""
    if calendar is Calendar.GREGORIAN:
        return day.isoformat()
    return "{:04}-{:02}-{:02}".format(*julian.from_gregorian(day.year, day.month, day.day))


@st.composite
def points(draw: st.DrawFn, day: date, calendar: Calendar) -> str:
    """A date that may be `day`: some of its digits, components and signs."""
    components = text_of(day, calendar).split("-")[: draw(st.sampled_from((1, 2, 3, 3)))]
    if draw(st.booleans()):
        components = [
            "".join("X" if draw(st.integers(0, 3)) == 0 else digit for digit in digits)
            for digits in components
        ]
    if len(components) == 2 and draw(st.integers(0, 3)) == 0:
        components[1] = str(draw(st.integers(21, 41)))
    sign = st.sampled_from(SIGNS)
    return "-".join(f"{draw(sign)}{digits}{draw(sign)}" for digits in components)


@st.composite
def intervals(draw: st.DrawFn, calendar: Calendar) -> str:
    first, last = sorted((draw(DAYS), draw(DAYS)))
    start, end = draw(points(first, calendar)), draw(points(last, calendar))
    empty = st.sampled_from(("", ".."))
    return draw(st.sampled_from((f"{start}/{end}", f"{start}/{draw(empty)}", f"{draw(empty)}/{end}")))


@st.composite
def sets(draw: st.DrawFn, calendar: Calendar) -> str:
    ordered = sorted(draw(st.lists(DAYS, min_size=1, max_size=5)))
    members = [draw(points(day, calendar)) for day in ordered]
    if draw(st.booleans()):
        members[0] = f"..{members[0]}"
    if draw(st.booleans()):
        members[-1] = f"{members[-1]}.." if ".." not in members[-1] else members[-1]
    if len(members) > 2 and draw(st.booleans()):
        members[1:3] = [f"{members[1].strip('.')}..{members[2].strip('.')}"]
    return draw(st.sampled_from(("[{}]", "{{{}}}"))).format(",".join(members))


@st.composite
def expressions(draw: st.DrawFn, calendar: Calendar) -> str:
    """Texts that the grammar allows; a season may turn an interval round, which is then refused."""
    return draw(st.one_of(points(draw(DAYS), calendar), intervals(calendar), sets(calendar)))


def accepted(text: str, calendar: Calendar) -> HistoricalDate:
    try:
        return parse(text, calendar)
    except DateError:
        # Only a season can do this to a text of the grammar: every other one names a day that exists.
        assert re.search(r"-[?~%]?(2[1-9]|3\d|4[01])", text) or len(text) > LIMIT, text
        assume(False)
        raise


CASES = CALENDARS.flatmap(lambda calendar: st.tuples(expressions(calendar), st.just(calendar)))


@given(CASES)
def test_accepted_text_comes_back_unchanged(case: tuple[str, Calendar]) -> None:
    text, calendar = case
    found = accepted(text, calendar)
    assert found.edtf == str(found) == text
    assert found == parse(found.edtf, found.calendar)


@given(CASES)
def test_bounds_are_ordered(case: tuple[str, Calendar]) -> None:
    found = accepted(*case)
    assert date.min <= found.earliest <= found.latest <= date.max


@given(CASES)
def test_signs_are_never_lost_and_never_made_up(case: tuple[str, Calendar]) -> None:
    found = accepted(*case)
    assert found.approximate is any(sign in found.edtf for sign in "~%")
    assert found.uncertain is any(sign in found.edtf for sign in "?%")
    words = {language: in_words(found, language) for language in LANGUAGES}
    if found.approximate:
        assert re.search(r"\bc\.|approximate", words["en"])
        assert re.search("hacia|aproximad", words["es"])
        assert re.search("около|примерно|приблизительно", words["ru"])
        assert all("c. " in in_short_words(found, language) for language in ("en", "es"))
    if found.uncertain:
        assert re.search("possibly|uncertain", words["en"])
        assert re.search("posiblemente|inciert", words["es"])
        assert "предположительно" in words["ru"]
        assert all("?" in in_short_words(found, language) for language in LANGUAGES)


@given(CASES)
def test_words_are_whole_in_every_language(case: tuple[str, Calendar]) -> None:
    found = accepted(*case)
    for language in LANGUAGES:
        for say in (in_words, in_short_words, precision_in_words, words_without_year):
            words = say(found, language)
            assert words == words.strip()
            assert words or (say is words_without_year and found.precision is Precision.YEAR)
            assert not re.search("[\u2009\u202f]|  |None|\\(\\)", words)
            assert words.count("(") == words.count(")")


@given(st.data(), DAYS, CALENDARS)
def test_date_covers_each_day_that_it_may_be(data: st.DataObject, day: date, calendar: Calendar) -> None:
    text = data.draw(
        points(day, calendar).filter(lambda text: not re.search(r"-[?~%]?(2[1-9]|3\d|4[01])[?~%]?$", text))
    )
    found = accepted(text, calendar)
    assert found.earliest <= day <= found.latest


@given(st.data(), st.dates(date(1000, 1, 1), date(2999, 12, 31)), CALENDARS)
def test_bounds_are_those_of_all_days_counted_one_by_one(
    data: st.DataObject, day: date, calendar: Calendar
) -> None:
    text = text_of(day, calendar)
    unknown = data.draw(st.sets(st.sampled_from((3, 5, 6, 8, 9))))
    text = "".join("X" if place in unknown else sign for place, sign in enumerate(text))
    text = text[: data.draw(st.sampled_from((4, 7, 10)))]
    pattern = re.compile(text.replace("X", "[0-9]"))
    decade = int(text[:3]) * 10
    fitting = [
        counted
        for counted in (date(decade, 1, 1) - timedelta(days=1) + timedelta(days=n) for n in range(3720))
        if pattern.match(text_of(counted, calendar))
    ]
    found = parse(text, calendar)
    assert (found.earliest, found.latest) == (fitting[0], fitting[-1])


@given(st.integers(1, 9999), st.integers(1, 12), st.integers(1, 31), CALENDARS)
def test_days_that_do_not_exist_are_refused_and_no_others(
    year: int, month: int, day: int, calendar: Calendar
) -> None:
    exists = day <= (
        julian.month_length(year, month) if calendar is Calendar.JULIAN else monthrange(year, month)[1]
    )
    assume(calendar is Calendar.GREGORIAN or 1 < year < 9999)
    try:
        parse(f"{year:04}-{month:02}-{day:02}", calendar)
    except DateError:
        assert not exists
    else:
        assert exists


@given(st.data(), DAYS, CALENDARS)
def test_open_and_unknown_ends_are_never_alike(data: st.DataObject, day: date, calendar: Calendar) -> None:
    text = data.draw(points(day, calendar))
    opened, unknown = accepted(f"{text}/..", calendar), accepted(f"{text}/", calendar)
    assert opened != unknown
    assert (opened.open_end, opened.unknown_end) == (unknown.unknown_end, unknown.open_end) == (True, False)
    for language in LANGUAGES:
        assert in_words(opened, language) != in_words(unknown, language)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A text of the grammar with something put in, taken out or doubled."""
    text, _calendar = draw(CASES)
    for _change in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(text)))
        put_in = draw(st.one_of(st.sampled_from("0139X?~%-/.,[]{} TYES"), st.characters(), st.just(text)))
        text = text[:place] + put_in + text[place + draw(st.integers(0, 2)) :]
    return text


@given(
    st.one_of(
        damaged(),
        st.text(),
        st.text("0123456789X-/.?~%[]{},", max_size=20),
        st.from_regex(r"\A[\[{]?[0-9X]{4}(-[0-9X]{2}){0,2}[?~%]?[/.,]{0,2}[0-9X]{0,4}[\]}]?\Z"),
    ),
    CALENDARS,
)
def test_any_other_text_is_read_or_refused_with_a_sentence(text: str, calendar: Calendar) -> None:
    found, sentence = None, ""
    try:
        found = parse(text, calendar)
    except DateError as refusal:
        sentence = str(refusal)
    if found is None:
        assert sentence.endswith(".")
        assert "%(" not in sentence.replace(text, "")
        return
    assert found.edtf == text
    assert len(text) <= LIMIT
    assert found.earliest <= found.latest
    assert all(in_words(found, language) for language in LANGUAGES)
