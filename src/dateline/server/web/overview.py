"""What happened, counted: by type, by pair of countries, by period; and the bars of the timeline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dateline.errors import ConfigError
from dateline.query import Store
from dateline.query.filters import Filter

_DAY = "article_day(a.dateline_day, a.published, a.updated)"
_WHEN = f"coalesce(t.earliest, t.latest, {_DAY})"
_FROM = """FROM events f JOIN articles a ON a.number = f.number
    LEFT JOIN times t ON t.number = f.number AND t.id = f."time" """
_REAL = "f.status IN ('happened', 'ongoing')"
PAIRS = 12
"""Pairs of countries shown."""
RECENT = 12
"""Reports shown."""


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
    since: str
    until: str


def overview(store: Store, since: str = "", until: str = "") -> Overview:
    """The front page.

    Args:
        store: The store.
        since: First day, ISO 8601; empty for all.
        until: Last day.
    """
    found = Filter()
    found.add(_REAL)
    found.between(_WHEN, _WHEN, since or None, until or None)
    where, given = found.where(), found.parameters
    types = store.rows(
        f"""SELECT f.relation, mode(f.quad) AS quad, count(*) AS events, count(DISTINCT f.number) AS articles
            {_FROM} {where} GROUP BY f.relation ORDER BY events DESC, f.relation""",
        given,
    )
    most = max((row["events"] for row in types), default=1)
    for row in types:
        row["share"] = round(100 * row["events"] / most, 1)
    pairs = store.rows(
        f"""WITH hit AS (SELECT f.number, f.id, f.sources, f.targets, f.quad, f.goldstein {_FROM} {where}),
            who AS (SELECT number, id, country FROM actors
                WHERE country IS NOT NULL AND number IN (SELECT number FROM hit)),
            s AS (SELECT number, id, quad, goldstein, targets, unnest(sources) AS source FROM hit),
            st AS (SELECT number, id, quad, goldstein, source, unnest(targets) AS target FROM s),
            coded AS (SELECT DISTINCT st.number, st.id, st.quad, st.goldstein, x.country AS source, y.country AS target
                FROM st JOIN who x ON x.number = st.number AND x.id = st.source
                    JOIN who y ON y.number = st.number AND y.id = st.target)
        SELECT source, target, count(*) AS events, count(*) FILTER (quad <= 2) AS cooperation,
            count(*) FILTER (quad >= 3) AS conflict, avg(goldstein) AS goldstein
        FROM coded GROUP BY source, target ORDER BY events DESC, source, target LIMIT {PAIRS}""",  # noqa: S608
        given,
    )
    recent = Filter()
    recent.between(_DAY, _DAY, since or None, until or None)
    reports = store.rows(
        f"""WITH hit AS (SELECT a.number, a.id, {_DAY} AS day, a.source AS publisher, a.title FROM articles a
                {recent.where()} ORDER BY day DESC NULLS LAST, a.number DESC LIMIT {RECENT})
        SELECT hit.*, (SELECT count(*) FROM events e WHERE e.number = hit.number) AS events,
            (SELECT count(*) FROM statements s WHERE s.number = hit.number) AS statements
        FROM hit ORDER BY day DESC NULLS LAST, number DESC""",  # noqa: S608
        recent.parameters,
    )
    return Overview(store.counts(), types, pairs, timeline(store, where, given), reports, since, until)


def timeline(store: Store, where: str, given: dict[str, Any], *, joins: str = "") -> Timeline:
    """Events a period, the period chosen so that at most some hundred bars stand side by side."""
    [ends] = store.rows(
        f"SELECT min({_WHEN}) AS first, max({_WHEN}) AS last {_FROM} {joins} {where}",
        given,
    )
    first, last = ends["first"], ends["last"]
    if first is None:
        return Timeline([], "day", 0)
    days = (last - first).days
    period = "day" if days <= 100 else "week" if days <= 700 else "month" if days <= 3000 else "year"
    rows = store.rows(
        f"""SELECT date_trunc('{period}', {_WHEN})::DATE AS period, count(*) FILTER (f.quad <= 2) AS cooperation,
            count(*) FILTER (f.quad >= 3) AS conflict, avg(f.goldstein) AS goldstein
            {_FROM} {joins} {where} AND {_WHEN} IS NOT NULL GROUP BY 1 ORDER BY 1""",
        given,
    )
    bars = [
        Bar(row["period"], _end(row["period"], period), row["cooperation"], row["conflict"], row["goldstein"])
        for row in rows
    ]
    return placed(bars, period)


def _end(first: date, period: str) -> date:
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
    begin = bars[0].first
    span = max(1, (bars[-1].last - begin).days + 1)
    for bar in bars:
        bar.x = round(800 * (bar.first - begin).days / span, 2)
        bar.width = round(max(2.0, min(48.0, 800 * ((bar.last - bar.first).days + 1) / span * 0.86)), 2)
        bar.x = min(bar.x, 800 - bar.width)
        bar.up = round(80 * bar.cooperation / max(1, top), 2)
        bar.down = round(80 * bar.conflict / max(1, top), 2)
    return Timeline(bars, period, top)
