"""The benchmark of linking at scale still runs, and its line through the figures is one."""

from pathlib import Path

import pytest

from benchmarks.speed import linking


def test_the_steps_run_on_made_news_and_find_its_stories_and_copies(tmp_path: Path) -> None:
    given = {"articles": 60, "day": 20, "words": 60}
    path = str(tmp_path / "made.duckdb")
    found = {name: linking.part(name, path, given) for name in ("fill", "copies", "stories", "arrive")}
    assert all(each["MB"] > 0 for each in found.values())
    assert 0 < found["stories"]["stories"] < found["stories"]["told"] <= 60
    more = linking.part("stories", path, given)
    assert more["told"] > found["stories"]["told"]
    shown = linking.row(60, {**found, "copies, one day more": found["copies"], "stories, one day more": more})
    assert shown.startswith("| 60 |")


def test_made_news_is_the_same_each_time() -> None:
    first = next(linking.Maker(10, 50).days())
    assert first == next(linking.Maker(10, 50).days())
    assert len({each.article.id for each in first}) == 10


def test_a_million_is_read_off_a_straight_line() -> None:
    rise, start = linking.line([10_000, 30_000, 100_000], [120.0, 160.0, 300.0])
    assert (rise, start) == pytest.approx((0.002, 100.0))
    steps = {step: {"MB": 100.0, "database MB": 20.0, "CPU s": 1.0} for step in linking.STEPS}
    double = {step: {"MB": 150.0, "database MB": 20.0, "CPU s": 1.0} for step in linking.STEPS}
    shown = list(linking.curve({10_000: steps, 60_000: double}))
    assert "a million articles: 1.06 GB" in shown[0]
