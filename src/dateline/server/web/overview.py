"""What happened, counted: by type, by pair of countries, by period; and the bars of the timeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dateline.errors import ConfigError
from dateline.query import Store, summary
from dateline.server.web.disputes import Differing, latest
from dateline.server.web.stories import listed

PAIRS = 12
"""Pairs of countries shown."""
RECENT = 12
"""Reports shown."""
AROUND = timedelta(days=31)
"""Time before the first and after the last report that the timeline shows."""
STORIES = 6
"""Stories shown."""
DISPUTES = 4
"""Disputes shown."""


@dataclass(slots=True)
class Bar:
    """One period of the timeline."""

    first: date
    last: date
    cooperation: int
    conflict: int
    goldstein: float | None
    x: float = 0.0
    width: float = 0.0
    up: float = 0.0
    down: float = 0.0


@dataclass(slots=True)
class Timeline:
    """Cooperation above the line, conflict below it; lengths in the units of an 800 by 180 drawing."""

    bars: list[Bar]
    period: str
    top: int
    """Events of the tallest bar."""


@dataclass(slots=True)
class Overview:
    """What the front page shows."""

    counts: dict[str, int]
    types: list[dict[str, Any]]
    pairs: list[dict[str, Any]]
    timeline: Timeline
    recent: list[dict[str, Any]]
    stories: list[dict[str, Any]]
    disputes: list[Differing]
    since: str
    until: str


def overview(store: Store, since: str = "", until: str = "") -> Overview:
    """The front page.

    Args:
        store: The store.
        since: First day, ISO 8601; empty for all.
        until: Last day.
    """
    between: dict[str, Any] = {"since": since or None, "until": until or None}
    types = summary.types(store, **between)
    most = max((row["events"] for row in types), default=1)
    for row in types:
        row["share"] = round(100 * row["events"] / most, 1)
    pairs = summary.pairs(store, PAIRS, **between)
    reports = summary.recent(store, RECENT, **between)
    days = {name: value for name, value in (("since", since), ("until", until)) if value}
    told = listed(store, {**days, "order": "latest"}, rows=STORIES)[:STORIES]
    line = timeline(summary.days(store, **between), asked=bool(days))
    return Overview(
        store.kept("counts", store.counts),
        types,
        pairs,
        line,
        reports,
        told,
        [] if days else latest(store, DISPUTES),
        since,
        until,
    )


def timeline(rows: Sequence[dict[str, Any]], *, asked: bool) -> Timeline:
    """Events a period, the period chosen so that at most some hundred bars stand side by side.

    Args:
        rows: Events by day, see :func:`dateline.query.summary.days`.
        asked: Whether days were asked for: then all of them are shown, else those around the reports.
    """
    if not rows:
        return Timeline([], "day", 0)
    first, last = rows[0]["happened"], rows[-1]["happened"]
    told = [row["told"] for row in rows if row["told"] is not None]
    # What reports recall from years before, or expect in years, would press what they report into a few bars.
    if not asked and told:
        until = max(row["until"] for row in rows if row["until"] is not None)
        first, last = max(first, min(told) - AROUND), min(last, until + AROUND)
    days = (last - first).days
    period = "day" if days <= 100 else "week" if days <= 700 else "month" if days <= 3000 else "year"
    sums: dict[date, list[dict[str, Any]]] = {}
    for row in rows:
        if first <= row["happened"] <= last:
            sums.setdefault(_begin(row["happened"], period), []).append(row)
    bars: list[Bar] = []
    for begin, some in sums.items():
        scores = sum(row["scores"] for row in some)
        score = sum(row["score"] for row in some) / scores if scores else None
        cooperation, conflict = (sum(row[name] for row in some) for name in ("cooperation", "conflict"))
        bars.append(Bar(begin, end(begin, period), cooperation, conflict, score))
    return placed(bars, period)


def _begin(day: date, period: str) -> date:
    """The first day of a day's period; weeks begin on Monday."""
    if period == "week":
        return day - timedelta(days=day.weekday())
    if period == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if period == "year" else day


def end(first: date, period: str) -> date:
    """The last day of a period."""
    if period == "day":
        return first
    if period == "week":
        return first + timedelta(days=6)
    if period == "month":
        return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    if period == "year":
        return first.replace(month=12, day=31)
    raise ConfigError(f"no period {period!r}")


def placed(bars: list[Bar], period: str) -> Timeline:
    """The bars with their places in the drawing; time runs evenly, so days without events are gaps."""
    top = max((max(bar.cooperation, bar.conflict) for bar in bars), default=0)
    if not bars:
        return Timeline([], period, 0)
    begin = bars[0].first
    span = max(1, (bars[-1].last - begin).days + 1)
    for bar in bars:
        bar.x = round(800 * (bar.first - begin).days / span, 2)
        bar.width = round(max(2.0, min(48.0, 800 * ((bar.last - bar.first).days + 1) / span * 0.86)), 2)
        bar.x = min(bar.x, 800 - bar.width)
        bar.up = round(80 * bar.cooperation / max(1, top), 2)
        bar.down = round(80 * bar.conflict / max(1, top), 2)
    return Timeline(bars, period, top)
