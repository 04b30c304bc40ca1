import random
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.linking import stories
from dateline.linking.stories import Report, cluster, terms

FIRE = (
    (
        "A fire swept through the covered market of Lindal on Friday night and destroyed 60 stalls, the fire service said. "
        "Two firefighters were taken to hospital. The Lindal market was built in 1911."
    ),
    (
        "Traders in Lindal picked through the ashes of their stalls on Saturday after the blaze in the covered market. "
        "Mayor Ines Corvo promised them a hall of their own within a month."
    ),
    (
        "The blaze at the Lindal market began in a fuse box, investigators of the fire service said. Mayor Ines Corvo called "
        "for checks of every stall."
    ),
)
TREATY = (
    (
        "Ministers from nine states signed a fishing treaty in Tromvik that sets quotas for herring and mackerel until 2031. "
        "Tromvik had hosted the talks for a week."
    ),
    (
        "The herring treaty signed at Tromvik leaves mackerel quotas too high, marine biologists warned, and asked ministers "
        "to open talks again."
    ),
    "Parliament ratified the Tromvik treaty on herring and mackerel quotas by 88 votes to 20.",
)
DAY = date(2025, 5, 2)


def _reports(texts: tuple[str, ...], name: str, *, start: date | None = DAY, step: int = 1) -> list[Report]:
    return [
        stories.report(
            f"{name}{at}",
            title=text.split(".")[0],
            text=text,
            publisher=f"P{at}",
            day=None if start is None else start + timedelta(at * step),
        )
        for at, text in enumerate(texts)
    ]


def _names(found: list[list[Report]]) -> list[list[str]]:
    return sorted(sorted(each.id for each in group) for group in found)


def test_two_happenings_of_one_week_are_two_stories() -> None:
    found = _names(cluster(_reports(FIRE, "fire") + _reports(TREATY, "treaty")))
    assert found == [["fire0", "fire1", "fire2"], ["treaty0", "treaty1", "treaty2"]]


def test_the_order_of_reports_plays_no_part() -> None:
    every = _reports(FIRE, "fire") + _reports(TREATY, "treaty") + _reports(TREATY, "dateless", start=None)
    expected = stories.stories(every, {})
    for seed in range(6):
        random.Random(seed).shuffle(every)
        assert stories.stories(every, {}) == expected


def test_the_same_words_months_later_are_another_story() -> None:
    later = _reports(FIRE, "later", start=DAY + timedelta(200))
    found = _names(cluster(_reports(FIRE, "fire") + later))
    assert found == [["fire0", "fire1", "fire2"], ["later0", "later1", "later2"]]


def test_a_story_goes_on_while_its_reports_follow_each_other() -> None:
    every = _reports(TREATY * 4, "treaty", step=stories.WINDOW - 1)
    (group,) = cluster(every)
    days = sorted(each.day for each in group if each.day)
    assert (days[-1] - days[0]).days > 5 * stories.WINDOW
    assert all((b - a).days < stories.WINDOW for a, b in pairwise(days))


def test_a_story_says_who_reported_it_and_why_they_were_joined() -> None:
    made, members = stories.stories(
        _reports(FIRE, "fire") + _reports(TREATY, "treaty"), {"fire1": "fire0", "fire0": "fire0"}
    )
    fire = next(each for each in made if "fire0" in each.articles)
    assert fire.articles == ("fire0", "fire1", "fire2")
    assert fire.publishers == ("P0", "P1", "P2")
    assert fire.independent == 2
    assert (fire.first_day, fire.last_day) == (DAY, DAY + timedelta(2))
    assert "Lindal" in fire.words
    second = next(each for each in members if each.article == "fire2")
    assert second.story == fire.id
    assert second.nearest in ("fire0", "fire1")
    assert 0 < second.alike <= 1
    assert "market" in second.words


def test_reports_alone_make_no_story() -> None:
    assert stories.stories([_reports(FIRE, "fire")[0], _reports(TREATY, "treaty")[0]], {}) == ([], [])
    assert stories.stories([], {}) == ([], [])


def test_words_are_counted_without_endings_and_without_the_commonest() -> None:
    assert terms("Flooded towns", "Flooded towns. The town’s floods are flooding.") == {"flood": 3, "town": 2}
    assert terms("", "") == {}


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.text("abcd ", max_size=30), st.one_of(st.none(), st.integers(1, 40))), max_size=25))
def test_every_report_is_in_one_story(rows: list[tuple[str, int | None]]) -> None:
    every = [
        Report(f"r{at:02d}", "", None, None if day is None else date(2025, 1, 1) + timedelta(day), terms("", text))
        for at, (text, day) in enumerate(rows)
    ]
    assert sorted(each.id for group in cluster(every) for each in group) == [each.id for each in every]
