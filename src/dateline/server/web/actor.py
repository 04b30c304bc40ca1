"""One actor through the reports: who they are, with whom they deal, over time; and where things were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.query import Store
from dateline.query.filters import Filter
from dateline.server.web.overview import Timeline, timeline

_DAY = "article_day(a.dateline_day, a.published, a.updated)"
SHOWN = 12
"""Rows of each list."""


@dataclass(slots=True)
class Portrait:
    """What the actor's page shows."""

    names: list[dict[str, Any]]
    timeline: Timeline
    partners: list[dict[str, Any]]
    did: list[dict[str, Any]]
    met: list[dict[str, Any]]
    said: list[dict[str, Any]]


def portrait(store: Store, who: str) -> Portrait:
    """An actor, by country or sector (``KEN``), both (``KEN GOV``), entity (``state:KEN``) or part of a name."""
    found = Filter()
    found.actor("[f.id]", "f.number", who)
    names = store.rows(
        f"""SELECT f.name, f.role, f.country, f.sector, f.kind, f.entity, count(DISTINCT f.number) AS articles,
            min({_DAY}) AS first, max({_DAY}) AS last
        FROM actors f JOIN articles a ON a.number = f.number {found.where()}
        GROUP BY ALL ORDER BY articles DESC, f.name, f.role, f.country, f.sector, f.kind, f.entity LIMIT {SHOWN}""",  # noqa: S608 - values are bound
        found.parameters,
    )
    part = Filter()
    partners = store.rows(
        _PARTNERS.format(source=_side("sources", who, part), target=_side("targets", who, part)), part.parameters
    )
    line = Filter()
    line.actor("list_concat(f.sources, f.targets)", "f.number", who)
    return Portrait(
        names,
        timeline(store, line.where(), line.parameters),
        partners,
        list(store.events(source=who, limit=SHOWN).rows()),
        list(store.events(target=who, limit=SHOWN).rows()),
        list(store.statements(speaker=who, limit=SHOWN).rows()),
    )


def _side(column: str, who: str, found: Filter) -> str:
    """Condition that the actor stands on one side of an event."""
    side = Filter(parameters=found.parameters)
    side.actor(f"f.{column}", "f.number", who)
    return side.conditions[0]


_PARTNERS = """WITH pairs AS (
        SELECT f.number, f.id, f.quad, unnest(f.targets) AS other FROM events f WHERE {source}
        UNION ALL
        SELECT f.number, f.id, f.quad, unnest(f.sources) AS other FROM events f WHERE {target})
    SELECT x.name, any_value(x.country ORDER BY x.country) AS country, count(DISTINCT p.id) AS events,
        count(DISTINCT p.id) FILTER (p.quad <= 2) AS cooperation, count(DISTINCT p.id) FILTER (p.quad >= 3) AS conflict
    FROM pairs p JOIN actors x ON x.number = p.number AND x.id = p.other
    GROUP BY x.name ORDER BY events DESC, x.name LIMIT 12"""


# ---- the map ------------------------------------------------------------------------------------


@dataclass(slots=True)
class Spot:
    """A place on the map; one degree is one unit of the drawing, 0 at 180° W, 90° N."""

    x: float
    y: float
    size: float
    row: dict[str, Any]


def spots(store: Store, *, of: str, since: str = "", until: str = "") -> list[Spot]:
    """Where events happened, or which places are named, the most frequent first.

    Args:
        store: The store.
        of: ``events`` or ``places``.
        since: First day, ISO 8601; empty for all.
        until: Last day.
    """
    found = Filter()
    found.add("p.latitude IS NOT NULL AND p.longitude IS NOT NULL AND p.kind <> 'demonym'")
    found.between(_DAY, _DAY, since or None, until or None)
    joins = "JOIN places p ON p.number = f.number AND p.id = f.place" if of == "events" else ""
    table = "events f" if of == "events" else "places p"
    number = "f.number" if of == "events" else "p.number"
    rows = store.rows(
        f"""SELECT p.name, p.country, p.kind, round(p.latitude, 2) AS latitude, round(p.longitude, 2) AS longitude,
            count(*) AS n, count(DISTINCT p.number) AS articles
        FROM {table} {joins} JOIN articles a ON a.number = {number} {found.where()}
        GROUP BY ALL ORDER BY n DESC, p.name, p.country, p.kind, latitude, longitude LIMIT 400""",  # noqa: S608 - names of our own, values bound
        found.parameters,
    )
    most = max((row["n"] for row in rows), default=1)
    return [
        Spot(
            round(row["longitude"] + 180, 2),
            round(90 - row["latitude"], 2),
            round(0.8 + 4.2 * (row["n"] / most) ** 0.5, 2),
            row,
        )
        for row in rows
    ]


@cache
def land() -> str:
    """The inhabited world as an SVG path: every degree in which the gazetteer knows a place."""
    from dateline.knowledge.gazetteer import default

    known = default()
    cells: set[tuple[int, int]] = set()
    for number in range(len(known)):
        entry = known.entry(number)
        cells.add((int(entry.longitude + 180), int(90 - entry.latitude)))
    return _path(sorted(cells, key=lambda cell: (cell[1], cell[0])))


def _path(cells: Sequence[tuple[int, int]]) -> str:
    """Cells as runs along their rows."""
    parts: list[str] = []
    at = 0
    while at < len(cells):
        x, y = cells[at]
        end = at
        while end + 1 < len(cells) and cells[end + 1] == (cells[end][0] + 1, y):
            end += 1
        width = cells[end][0] - x + 1
        parts.append(f"M{x} {y}h{width}v1h-{width}z")
        at = end + 1
    return "".join(parts)
