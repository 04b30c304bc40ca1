"""When: expressions, values and days, on news of our own writing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.coding import time_calendar as cal
from dateline.coding import time_grammar as grammar
from dateline.coding.coder import Draft
from dateline.coding.times import TimeCoder
from dateline.intake.text import verbatim
from dateline.reading.analysis import Analysis

WEDNESDAY = "2025-03-12"


def times_in(reading, text, published=WEDNESDAY, amounts=True):
    draft = Draft(reading.analyse([verbatim(text, published=published)])[0])
    return [
        (text[t.mention.start : t.mention.end], t.value, t.earliest, t.latest)
        for t in TimeCoder(amounts=amounts).code([draft])[0]
    ]


def one(reading, text, published=WEDNESDAY):
    found = times_in(reading, text, published)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "mention", "value"),
    [
        ("The treaty was signed on March 7, 2024 in Lima.", "March 7, 2024", "2024-03-07"),
        ("The treaty was signed on 7 March 2024 in Lima.", "7 March 2024", "2024-03-07"),
        ("The treaty was signed on the 7th of March in Lima.", "the 7th of March", "2025-03-07"),
        ("The invasion of February 2022 changed that.", "February 2022", "2022-02"),
        ("The bridge fell in 1987 after a flood.", "1987", "1987"),
        ("The ministry published the figures on 2024-11-30.", "2024-11-30", "2024-11-30"),
        ("Factories closed in the 1990s across the valley.", "the 1990s", "199"),
        ("The mosque was built in the 16th century.", "the 16th century", "15"),
        ("Exports rose in the third quarter of 2023.", "the third quarter of 2023", "2023-Q3"),
        ("The bank lost money in the first half of 2023.", "the first half of 2023", "2023-H1"),
        ("Spending in fiscal 2026 will shrink.", "fiscal 2026", "FY2026"),
        ("It earned less than in the year-ago quarter.", "the year-ago quarter", "2024-Q1"),
        ("The 2019 fourth-quarter results were poor.", "fourth-quarter", "2019-Q4"),
        ("Orders fell in the first nine months of 2024.", "the first nine months of 2024", "P9M"),
        ("The mill closed long ago.", "long ago", "PAST_REF"),
        ("These days the mill is a museum.", "These days", "PRESENT_REF"),
        ("The mill burned on the night of March 9.", "the night of March 9", "2025-03-09TNI"),
        ("The court will rule on the 28th.", "the 28th", "2025-03-28"),
        ("The court ruled on the 28th.", "the 28th", "2025-02-28"),
        ("Claims rose in the latest week.", "the latest week", "2025-W10"),
        ("The company will open the plant in mid-2026.", "mid-2026", "2026"),
        ("They lived through the winter of 1944.", "the winter of 1944", "1944-WI"),
        ("The force served there in 2010-11 under a mandate.", "2010-11", "2010/2011"),
    ],
)
def test_whole_dates(reading, text, mention, value):
    assert (mention, value) in [each[:2] for each in times_in(reading, text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The minister resigned on Monday.", "2025-03-10"),
        ("The minister will resign on Monday.", "2025-03-17"),
        ("The minister resigned on Wednesday.", "2025-03-12"),
        ("The summit opens on Friday.", "2025-03-14"),
        ("The court is expected to rule on Friday.", "2025-03-14"),
        ("The rebels failed to take the town on Friday.", "2025-03-07"),
        ("Rebels seized the town in January.", "2025-01"),
        ("Rebels seized the town in August.", "2024-08"),
        ("The base will close in August.", "2025-08"),
        ("The troops hold the town after fighting their way in last August.", "2024-08"),
        ("The parade was held on June 18.", "2024-06-18"),
        ("The parade will be held on June 18.", "2025-06-18"),
        ("Prices fell last week.", "2025-W10"),
        ("Prices will fall next month.", "2025-04"),
        ("The talks failed this year.", "2025"),
        ("The talks failed last night.", "2025-03-11TNI"),
        ("The talks failed this morning.", "2025-03-12TMO"),
        ("The talks failed two years ago.", "2023"),
        ("The talks failed three months ago.", "2024-12"),
        ("The talks failed ten days ago.", "2025-03-02"),
        ("The talks will resume tomorrow.", "2025-03-13"),
        ("The talks failed last weekend.", "2025-W10-WE"),
        ("The talks failed on Sunday, March 9.", "2025-03-09"),
        ("The talks failed on June 16th of last year.", "2024-06-16"),
        ("Protesters discussed problems during Monday's debate.", "2025-03-10"),
    ],
)
def test_against_the_day(reading, text, value):
    assert one(reading, text)[1] == value


@pytest.mark.parametrize(
    ("text", "mention", "value", "earliest", "latest"),
    [
        # mention within the text, TIMEX3 value, first and last day; the article is of Wednesday 12 March 2025
        ("The vote is set for 4 May 2025.", "4 May 2025", "2025-05-04", "2025-05-04", "2025-05-04"),
        ("The vote is set for May 4.", "May 4", "2025-05-04", "2025-05-04", "2025-05-04"),
        ("The dam burst on Friday.", "Friday", "2025-03-07", "2025-03-07", "2025-03-07"),
        ("The dam will open on Friday.", "Friday", "2025-03-14", "2025-03-14", "2025-03-14"),
        ("The dam burst on Friday night.", "Friday night", "2025-03-07TNI", "2025-03-07", "2025-03-07"),
        ("The dam burst last Friday.", "last Friday", "2025-03-07", "2025-03-07", "2025-03-07"),
        ("The dam burst yesterday.", "yesterday", "2025-03-11", "2025-03-11", "2025-03-11"),
        (
            "The dam burst the day before yesterday.",
            "the day before yesterday",
            "2025-03-10",
            "2025-03-10",
            "2025-03-10",
        ),
        ("The dam reopens the day after tomorrow.", "the day after tomorrow", "2025-03-14", "2025-03-14", "2025-03-14"),
        ("The dam burst three Mondays ago.", "three Mondays ago", "2025-02-24", "2025-02-24", "2025-02-24"),
        ("The dam burst three days ago.", "three days ago", "2025-03-09", "2025-03-09", "2025-03-09"),
        ("The dam burst a week ago.", "a week ago", "2025-W10", "2025-03-03", "2025-03-09"),
        ("The dam burst a fortnight ago.", "a fortnight ago", "2025-W09", "2025-02-24", "2025-03-02"),
        ("The dam burst two weekends ago.", "two weekends ago", "2025-W09-WE", "2025-03-01", "2025-03-02"),
        ("The dam burst five months ago.", "five months ago", "2024-10", "2024-10-01", "2024-10-31"),
        ("The dam burst twenty years ago.", "twenty years ago", "2005", "2005-01-01", "2005-12-31"),
        ("The dam burst half a century ago.", "half a century ago", "1975", "1975-01-01", "1975-12-31"),
        ("The dam burst a year and a half ago.", "a year and a half ago", "2023-09", "2023-09-01", "2023-09-30"),
        ("The dam burst this week.", "this week", "2025-W11", "2025-03-10", "2025-03-16"),
        ("The dam burst earlier this week.", "earlier this week", "2025-W11", "2025-03-10", "2025-03-12"),
        ("The dam will open later this week.", "later this week", "2025-W11", "2025-03-12", "2025-03-16"),
        ("The dam will open early next week.", "early next week", "2025-W12", "2025-03-17", "2025-03-19"),
        ("The dam burst last week.", "last week", "2025-W10", "2025-03-03", "2025-03-09"),
        ("The dam burst over the weekend.", "the weekend", "2025-W10-WE", "2025-03-08", "2025-03-09"),
        ("The dam will open next weekend.", "next weekend", "2025-W12-WE", "2025-03-22", "2025-03-23"),
        ("The dam burst last month.", "last month", "2025-02", "2025-02-01", "2025-02-28"),
        ("The dam will open next month.", "next month", "2025-04", "2025-04-01", "2025-04-30"),
        ("The dam burst in early March.", "early March", "2025-03", "2025-03-01", "2025-03-11"),
        ("The dam burst in mid-February.", "mid-February", "2025-02", "2025-02-10", "2025-02-19"),
        ("The dam burst in November.", "November", "2024-11", "2024-11-01", "2024-11-30"),
        ("The dam will open in November.", "November", "2025-11", "2025-11-01", "2025-11-30"),
        (
            "The dam burst on the first Monday of March.",
            "the first Monday of March",
            "2025-03-03",
            "2025-03-03",
            "2025-03-03",
        ),
        (
            "The dam burst on the last day of February.",
            "the last day of February",
            "2025-02-28",
            "2025-02-28",
            "2025-02-28",
        ),
        (
            "It was built in the last week of February 2024.",
            "the last week of February 2024",
            "2024-W09",
            "2024-02-26",
            "2024-03-03",
        ),
        (
            "It was built in the last Sunday of May 2024.",
            "the last Sunday of May 2024",
            "2024-05-26",
            "2024-05-26",
            "2024-05-26",
        ),
        ("Sales fell in Q3 2024.", "Q3 2024", "2024-Q3", "2024-07-01", "2024-09-30"),
        ("Sales fell in Q4.", "Q4", "2024-Q4", "2024-10-01", "2024-12-31"),
        ("Sales fell in H1 2024.", "H1 2024", "2024-H1", "2024-01-01", "2024-06-30"),
        ("Sales fell in the second half of 2024.", "the second half of 2024", "2024-H2", "2024-07-01", "2024-12-31"),
        ("Sales fell in the fourth quarter.", "the fourth quarter", "2024-Q4", "2024-10-01", "2024-12-31"),
        (
            "Sales fell in the first quarter of last year.",
            "the first quarter of last year",
            "2024-Q1",
            "2024-01-01",
            "2024-03-31",
        ),
        ("Sales fell in FY2024.", "FY2024", "FY2024", None, None),
        (
            "Sales fell in the second quarter of fiscal 2025.",
            "the second quarter of fiscal 2025",
            "FY2025-Q2",
            None,
            None,
        ),
        ("Sales fell in the last fiscal year.", "the last fiscal year", "FY2024", None, None),
        ("She sang there in the summer of 2010.", "the summer of 2010", "2010-SU", "2010-06-01", "2010-08-31"),
        ("She sang there last summer.", "last summer", "2024-SU", "2024-06-01", "2024-08-31"),
        ("She will sing there next spring.", "next spring", "2026-SP", "2026-03-01", "2026-05-31"),
        ("She sang there last winter.", "last winter", "2024-WI", "2024-12-01", "2025-02-28"),
        ("She sang there in the 1980s.", "the 1980s", "198", "1980-01-01", "1989-12-31"),
        ("She sang there in the eighties.", "the eighties", "198", "1980-01-01", "1989-12-31"),
        ("She sang there in the late 1960s.", "the late 1960s", "196", "1966-09-01", "1969-12-31"),
        ("It was built in the 19th century.", "the 19th century", "18", "1800-01-01", "1899-12-31"),
        ("It stood from 2019-2021.", "2019-2021", "2019/2021", "2019-01-01", "2021-12-31"),
        ("They met on March 3-5, 2025.", "March 3-5, 2025", "2025-03-03/2025-03-05", "2025-03-03", "2025-03-05"),
        ("Shots were fired on Christmas Eve.", "Christmas Eve", "2024-12-24", "2024-12-24", "2024-12-24"),
        ("The shop reopens on New Year's Day.", "New Year's Day", "2026-01-01", "2026-01-01", "2026-01-01"),
        ("The march was held on Valentine's Day.", "Valentine's Day", "2025-02-14", "2025-02-14", "2025-02-14"),
        ("The march will be held on May Day.", "May Day", "2025-05-01", "2025-05-01", "2025-05-01"),
        ("The march was held on Good Friday.", "Good Friday", "2024-03-29", "2024-03-29", "2024-03-29"),
        ("The march was held on Boxing Day 2023.", "Boxing Day 2023", "2023-12-26", "2023-12-26", "2023-12-26"),
        ("The march was held on Memorial Day.", "Memorial Day", "2024-05-27", "2024-05-27", "2024-05-27"),
        ("The march will be held on Easter Monday.", "Easter Monday", "2025-04-21", "2025-04-21", "2025-04-21"),
        ("Rain will fall for the next three days.", "the next three days", "P3D", "2025-03-12", "2025-03-15"),
        ("Rain fell for the past six weeks.", "the past six weeks", "P6W", "2025-01-29", "2025-03-12"),
        ("The tower will be done by the end of the year.", "the end of the year", "2025", "2025-09-01", "2025-12-31"),
        ("The talks failed two days before the vote.", "two days", "P2D", None, None),
        ("The talks failed hours before the vote.", "hours", "PTXH", None, None),
    ],
)
def test_values_and_days_as_a_calendar_has_them(reading, text, mention, value, earliest, latest):
    found = one(reading, text)
    assert (found[0], found[1]) == (mention, value)
    assert tuple(day and day.isoformat() for day in found[2:]) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The shop was closed from December to February.", ["2024-12", "2025-02"]),
        ("The ban will run from March to May 2026.", ["2026-03", "2026-05"]),
        ("The ban ran from November to May 2023.", ["2022-11", "2023-05"]),
        ("The strike ran from 2019 to 2021.", ["2019", "2021"]),
        ("The strike lasted between Monday and Wednesday.", ["2025-03-10", "2025-03-12"]),
        ("The siege will end at 5 p.m. on Friday.", ["2025-03-14T17:00"]),
        ("The siege ended at 7 a.m. local time on Sunday.", ["2025-03-09T07:00"]),
    ],
)
def test_both_ends_of_a_range(reading, text, values):
    assert [value for _, value, *_ in times_in(reading, text)] == values


def test_a_date_that_stands_alone_dates_an_article_without_one(reading):
    text = "Dam bursts near Alden\n\nSeptember 1, 2007\n\nThe dam burst on Friday, officials said today."
    assert [value for _, value, *_ in times_in(reading, text, published=None)] == [
        "2007-09-01",
        "2007-08-31",
        "2007-09-01",
    ]
    text = "The treaty of September 1, 2007 has lapsed.\n\nThe dam burst on Friday."
    assert [value for _, value, *_ in times_in(reading, text, published=None)] == ["2007-09-01", "XXXX-WXX-5"]


def test_open_and_closed_ends(reading):
    assert one(reading, "The army will attack in the coming days.")[1:] == ("PXD", date(2025, 3, 13), None)
    assert one(reading, "The army has lost ground over the past two years.")[1:] == (
        "P2Y",
        date(2023, 3, 12),
        date(2025, 3, 12),
    )
    assert one(reading, "The plan covers the next four years.")[2:] == (date(2025, 3, 12), date(2029, 3, 12))
    mention, value, earliest, latest = one(reading, "The team will arrive early next week.")
    assert (mention, value) == ("early next week", "2025-W12")
    assert earliest == date(2025, 3, 17)
    assert latest is not None and latest < date(2025, 3, 23)
    mention, _, _, latest = one(reading, "The rocket was launched earlier this month.")
    assert (mention, latest) == ("earlier this month", date(2025, 3, 12))


def test_clock_times_lie_on_the_day_named_beside_them(reading):
    found = times_in(reading, "The blast came on Tuesday at 6:40 p.m. in the old town.")
    assert [value for _, value, *_ in found] == ["2025-03-11", "2025-03-11T18:40"]
    assert one(reading, "The blast came at around 9.25 am in the old town.")[1] == "2025-03-12T09:25"


def test_amounts_are_given_on_demand_only(reading):
    text = "The pipeline carries oil every day, has cost 20 years of work and recently leaked for three hours."
    values = [value for _, value, *_ in times_in(reading, text)]
    assert values == ["P1D", "P20Y", "PAST_REF", "PT3H"]
    assert times_in(reading, text, amounts=False) == []


def test_what_is_no_time(reading):
    for text in (
        "The army may march through the valley and spring a trap.",
        "About 2000 people live there.",
        "The 22-year-old woman was born blind.",
        "He finished second in the race.",
        "The device cost $2015 and Samsung sold 1950 units.",
    ):
        assert times_in(reading, text) == [], text


def test_without_a_day_nothing_is_guessed(reading):
    text = (
        "The minister resigned on Monday, two years ago, last week, in August and on June 18, "
        "and will return tomorrow, next year or in the coming days. It was 1998."
    )
    found = times_in(reading, text, published=None)
    assert len(found) >= 8
    for mention, value, earliest, latest in found:
        if mention != "1998":
            assert earliest is None and latest is None, (mention, value)
    assert found[-1][2:] == (date(1998, 1, 1), date(1998, 12, 31))


def test_batches_change_nothing(reading):
    texts = [
        "The base will close in August.",
        "Two days later it rained.",
        "The strike began on Monday and ended May 3.",
    ]
    drafts = [Draft(a) for a in reading.analyse([verbatim(t, published=WEDNESDAY) for t in texts])]
    coder = TimeCoder()
    together = coder.code(drafts)
    assert together == [coder.code([draft])[0] for draft in drafts]
    assert coder.code(drafts) == together


_PIECES = st.sampled_from(
    (
        "last next this the past coming early late mid Q3 H1 FY2024 New Year's Eve Day Good eighties yesterday weekend Mondays before year years week month Monday Friday March May August 7 31 30th "
        "2024 9999 1000 99 ago later earlier before in on of - / : 12:30 25:99 p.m. UTC quarter half first third "
        "century 1990s ' s a an every few several two thousand million billion day days hours and or to until decade "
        "decades weekend Easter summer February 29 0 000 0000 fiscal end \u0000 🚀 “ ."
    ).split(" ")
)


@given(
    st.lists(_PIECES, min_size=1, max_size=25).map(" ".join),
    st.sampled_from([None, "0001-01-01", "9999-12-31", "2024-02-29", "2025-03-12"]),
)
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_words_on_any_day_give_sound_intervals(reading, text, published):
    draft = Draft(reading.analyse([verbatim(text, published=published)])[0])
    coder = TimeCoder(amounts=True)
    found = coder.code([draft])[0]
    assert coder.code([draft])[0] == found
    end = 0
    for each in found:
        assert each.mention.start >= end
        end = each.mention.end
        if each.earliest and each.latest:
            assert each.earliest <= each.latest


_CLASS_WORDS = {
    "d": "7",
    "n": "1,200",
    "y": "1998",
    "O": "21st",
    "k": "12:30",
    "$": "6pm",
    "j": "1990s",
    "J": "mid-2011",
}
_CLASS_WORDS |= {"X": "2011-08-08", "{": "8sec"}


@st.composite
def _rule_words(draw):
    """Words that a rule of the grammar matches, whatever the rule."""
    rule = draw(st.sampled_from(grammar.RULES))
    letters = draw(st.from_regex(rule.pattern, fullmatch=True))
    by_letter = {}
    for word, letter in grammar._WORDS.items():
        by_letter.setdefault(letter, []).append(word)
    words = [_CLASS_WORDS[x] if x in _CLASS_WORDS else draw(st.sampled_from(by_letter.get(x, ["x"]))) for x in letters]
    return [
        *draw(st.sampled_from([[], ["in"], ["for"], ["since"]])),
        *words,
        *draw(st.sampled_from([[], ["."], ["people"]])),
    ]


@given(
    _rule_words(),
    st.sampled_from([None, "0001-01-01", "9999-12-31", "2024-02-29"]),
    st.sampled_from(["NN", "CD", "VBD"]),
)
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_rule_fails_on_what_it_matches(words, published, tag):
    text = " ".join(words)
    starts = [sum(len(w) + 1 for w in words[:n]) for n in range(len(words))]
    size = len(words)
    analysis = Analysis(
        verbatim(text, published=published),
        words=words,
        lowers=[w.lower() for w in words],
        lemmas=words,
        tags=[tag] * size,
        pos=["X"] * size,
        deps=["ROOT"] + ["dep"] * (size - 1),
        head=[0] * size,
        starts=starts,
        ends=[s + len(w) for s, w in zip(starts, words, strict=True)],
        children=[list(range(1, size)), *([[] for _ in range(size - 1)])],
        left=list(range(size)),
        right=list(range(size)),
        sentence_of=[0] * size,
        sentences=[(0, size)],
        block_of=[0],
    )
    for each in TimeCoder(amounts=True).code([Draft(analysis)])[0]:
        if each.earliest and each.latest:
            assert each.earliest <= each.latest


@given(st.dates(), st.sampled_from(sorted(set(grammar.UNITS.values()))), st.floats(-1e7, 1e7))
def test_moving_a_day_stays_in_the_calendar(when, unit, count):
    moved = cal.shift(when, unit, count)
    if moved is not None:
        assert moved >= when if count >= 0 else moved <= when


@given(st.dates(), st.sampled_from(["week", "weekend", "month", "quarter", "half", "year", "decade", "century", "day"]))
def test_a_unit_holds_its_day(when, unit):
    interval = cal.unit_of(when, unit)
    if unit != "weekend" and interval.earliest and interval.latest:
        assert interval.earliest <= when <= interval.latest


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The party won 68 seats, up from 61 four years ago.", "four years ago"),
        ("It hired 250 workers, up from 190 three years earlier.", "three years earlier"),
        ("The port was founded 4 hundred years ago.", "4 hundred years ago"),
        ("The port was founded two hundred years ago.", "two hundred years ago"),
        ("Some lost work twenty-five years ago.", "twenty-five years ago"),
    ],
)
def test_a_number_before_the_years_is_no_part_of_them(reading, text, words):
    [analysis] = reading.analyse([verbatim(text, published="2025-03-12")])
    [found] = TimeCoder().code([Draft(analysis)])[0]
    assert text[found.mention.start : found.mention.end] == words
