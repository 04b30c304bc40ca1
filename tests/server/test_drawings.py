"""Drawings and comparisons, as places and words."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import ConfigError
from dateline.knowledge.gazetteer import default
from dateline.server.web.actor import land
from dateline.server.web.asking import lit
from dateline.server.web.charts import MARKS, drawing, lanes, network
from dateline.server.web.copies import compared


def test_bars_of_categories_lie_and_are_as_long_as_their_values() -> None:
    chart = drawing(["type", "n"], [["ASSAULT", 40], ["PROTEST", 10], ["AID", None]], mark="bar", x=0, y=1)
    assert chart.flat
    assert [name for _, name in chart.up] == ["ASSAULT", "PROTEST", "AID"]
    long, short = chart.marks
    assert long.width == pytest.approx(4 * short.width, abs=0.3)
    assert long.title == "type: ASSAULT, n: 40"


def test_a_line_over_days_runs_from_left_to_right_and_series_have_their_own() -> None:
    rows = [["2025-11-03", 1, "a"], ["2025-11-01", 3, "a"], ["2025-11-02", 2, "b"], ["2025-11-05", -1, "b"]]
    chart = drawing(["day", "n", "who"], rows, mark="line", x=0, y=1, series=2)
    assert chart.series == ["a", "b"]
    assert len(chart.lines) == 2
    across = [float(corner.partition(",")[0]) for corner in chart.lines[0][1].split()]
    assert across == sorted(across)
    assert [name for _, name in chart.across] == ["2025-11-01", "2025-11-03", "2025-11-05"]
    lowest = max(chart.marks, key=lambda mark: mark.y)
    assert "n: -1" in lowest.title


@pytest.mark.parametrize(
    ("mark", "x", "y", "says"),
    [("pie", 0, 1, "no mark"), ("bar", 1, 0, "no numbers"), ("bar", 0, 9, "does not have"), ("dots", 0, 1, "no row")],
)
def test_what_cannot_be_drawn_is_said(mark: str, x: int, y: int, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        drawing(["day", "n"], [["2025-11-03", None], [None, 3]], mark=mark, x=x, y=y)


cells = st.one_of(
    st.none(), st.integers(-(10**15), 10**15), st.floats(-1e12, 1e12), st.text(max_size=5), st.sampled_from(
        ["2025-01-31", "2025-13-45", "2025-02-01T10:00", ""]))  # fmt: skip


@given(
    st.lists(st.tuples(cells, st.one_of(st.none(), st.floats(-1e9, 1e9)), cells), max_size=12), st.sampled_from(MARKS)
)
def test_whatever_a_query_answers_is_drawn_inside_or_refused(rows: list[tuple[Any, ...]], mark: str) -> None:
    try:
        chart = drawing(["x", "y", "s"], rows, mark=mark, x=0, y=1, series=2)
    except ConfigError:
        return
    for each in chart.marks:
        assert -1 <= each.x <= 801
        assert -1 <= each.y <= chart.height + 1
        assert each.x + each.width <= 801
        assert 0 <= each.series <= 5


def test_reports_stand_in_lanes_in_the_order_of_time() -> None:
    def report(published: str | None, publisher: str | None, day: date | None = None) -> dict[str, Any]:
        return {"published": published, "publisher": publisher, "day": day}

    assert lanes([report("2025-11-03", "A")]) is None
    found = lanes(
        [
            report("2025-11-04T10:00:00Z", "B"),
            report("2025-11-03T09:00:00+03:00", "A"),
            report(None, "B", date(2025, 11, 4)),
            report(None, None),
        ]
    )
    assert found is not None
    assert [lane.name for lane in found.lanes] == ["A", "B"]
    assert found.lanes[0].stops[0].x < found.lanes[1].stops[0].x < found.lanes[1].stops[1].x
    assert len(lanes([report(f"2025-11-{day:02d}", f"P{day}") for day in range(1, 29)]).lanes) == 12  # type: ignore[union-attr]


def test_a_network_has_the_actor_in_the_middle_and_knows_friend_from_foe() -> None:
    def row(name: str, cooperation: int, conflict: int) -> dict[str, Any]:
        return {"name": name, "events": cooperation + conflict, "cooperation": cooperation, "conflict": conflict}

    assert network("KEN", [], []) is None
    among = [{"source": "Uganda", "target": "Sudan", "events": 1, "cooperation": 0, "conflict": 1}]
    among.append({**among[0], "target": "nobody shown"})
    found = network("KEN", [row("Uganda", 5, 1), row("Sudan", 0, 3), row("AU", 2, 2)], among)
    assert found is not None
    assert found.nodes[-1].name == "KEN"
    kinds = {edge.names: edge.kind for edge in found.edges}
    assert kinds == {
        ("Uganda", "Sudan"): "conflict",
        ("KEN", "Uganda"): "cooperation",
        ("KEN", "Sudan"): "conflict",
        ("KEN", "AU"): "both",
    }
    assert all(0 < node.x < 800 and 0 < node.y < 520 for node in found.nodes)


def test_names_beside_a_network_are_cut_to_the_room_there_is() -> None:
    names = ["EU", "National Retail Federation of America", "Committee for the Defence of Detainees", "Peru", "Chile"]
    found = network("KEN", [{"name": name, "events": 2, "cooperation": 2, "conflict": 0} for name in names], [])
    assert found is not None
    for node in found.nodes[:-1]:
        room = 400 if node.anchor == "middle" else min(node.x, 800 - node.x) - node.r - 6
        assert 9 * len(node.label) <= room
        assert node.label == node.name or (node.label[-1] == "…" and node.name.startswith(node.label[:-1]))
    assert {node.label for node in found.nodes} >= {"EU", "Peru", "Chile", "KEN"}


def test_two_versions_of_a_sentence_are_one_with_its_changes() -> None:
    parts = compared("At least 12 people were killed.", "At least 19 people were killed.")
    assert ("12", "gone") in parts
    assert ("19", "new") in parts
    assert [kind for _, kind in compared("The mill closed.", "Rain fell on Sunday night.")] == ["gone", "same", "new"]


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_comparison_holds_every_word_of_both(before: str, after: str) -> None:
    parts = compared(before, after)
    assert "".join(words for words, kind in parts if kind != "new").strip() == before.strip() or not before.strip()
    assert "".join(words for words, kind in parts if kind != "gone").strip() == after.strip() or not after.strip()


@given(
    st.text(min_size=1, max_size=40), st.integers(0, 30), st.lists(st.tuples(st.integers(0, 80), st.integers(1, 20)))
)
def test_a_lit_sentence_is_the_sentence(words: str, begin: int, spans: list[tuple[int, int]]) -> None:
    parts = lit(words, begin, sorted((start, start + length) for start, length in spans))
    assert "".join(text for text, _ in parts) == words


def test_the_outline_covers_every_degree_with_a_place_once_from_the_north() -> None:
    atlas = default()
    entries = map(atlas.entry, range(len(atlas)))
    cells = {(int(90 - entry.latitude), int(entry.longitude + 180)) for entry in entries}
    runs = [tuple(map(int, run)) for run in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", land())]
    assert [(y, x + step) for x, y, width in runs for step in range(width)] == sorted(cells)
    assert all(run[:2] != (x + width, y) for (x, y, width), run in pairwise(runs))
