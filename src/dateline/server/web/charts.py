"""Drawings of a few numbers, as places in an SVG: no script, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

WIDTH, HEIGHT = 800.0, 220.0
_LEFT, _TOP, _BOTTOM = 70.0, 12.0, 30.0
SERIES = 5
"""Claimants told apart by their marks; the rest share one."""


@dataclass(slots=True)
class Point:
    """One figure of a plot."""

    x: float
    high: float
    low: float
    series: int
    row: dict[str, Any]


@dataclass(slots=True)
class Plot:
    """The history of one counted thing: time to the right, value upwards, one mark a figure."""

    points: list[Point]
    holders: list[str]
    first: date
    last: date
    top: float


def history(rows: Sequence[dict[str, Any]]) -> Plot | None:
    """Where the figures of a list stand over time, by claimant; none where fewer than two have a day and a value.

    A figure with one end ("at least 24") stands at that end.
    """
    known: list[tuple[date, float, float, dict[str, Any]]] = []
    for row in rows:
        day = row["earliest"] or row["latest"] or row["day"]
        ends = [float(end) for end in (row["low"], row["high"]) if end is not None]
        if day is not None and ends and ends[0] >= 0:
            known.append((day, ends[0], ends[-1], row))
    if len(known) < 2:
        return None
    holders = list(dict.fromkeys(row["holder"] or "the reporter" for _, _, _, row in known))
    first, last = min(each[0] for each in known), max(each[0] for each in known)
    top = max(each[2] for each in known) or 1.0
    span = max(1, (last - first).days)

    def across(day: date) -> float:
        return round(_LEFT + (WIDTH - _LEFT - 20) * (day - first).days / span, 1)

    def down(amount: float) -> float:
        return round(HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * amount / top, 1)

    points = [
        Point(across(day), down(high), down(low), min(holders.index(row["holder"] or "the reporter"), SERIES), row)
        for day, low, high, row in known
    ]
    return Plot(points, holders[: SERIES + 1], first, last, top)
