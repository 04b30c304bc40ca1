"""One actor through the reports: who they are, with whom they deal, over time; and where things were."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.query import Store, summary
from dateline.query.events import events_at
from dateline.server.web.charts import Network, network
from dateline.server.web.overview import Timeline, timeline

SHOWN = 12
"""Rows of each list."""
SPOTS = 400
"""Most places on the map."""
_drawing = threading.Lock()


@dataclass(slots=True)
class Portrait:
    """What the actor's page shows."""

    names: list[dict[str, Any]]
    timeline: Timeline
    partners: list[dict[str, Any]]
    network: Network | None
    did: list[dict[str, Any]]
    met: list[dict[str, Any]]
    said: list[dict[str, Any]]


def portrait(store: Store, who: str, since: str = "", until: str = "") -> Portrait:
    """An actor between two days.

    Args:
        store: The store.
        who: Country or sector (``KEN``), both (``KEN GOV``), entity (``state:KEN``) or part of a name.
        since: First day, ISO 8601; empty for all.
        until: Last day: names and roles are those known by then, the latest first.
    """
    days = since or None, until or None
    between: dict[str, Any] = {"since": days[0], "until": days[1]}
    order = "last" if until else "articles"
    names = summary.names(store, who, SHOWN, **between, order=order)
    counted = summary.dealings(store, who, SHOWN, **between)
    among = summary.among(store, [row["name"] for row in counted.partners], 30, **between)
    given: dict[str, Any] = {**between, "limit": SHOWN}
    if since or until:  # an event's days reach from the first to the last of its time
        did, met = (list(store.events(**{side: who}, **given).rows()) for side in ("source", "target"))
    else:
        did, met = (list(events_at(store, places)) for places in (counted.did, counted.met))
    return Portrait(
        names,
        timeline(counted.days, asked=bool(since or until)),
        counted.partners,
        network(who, counted.partners, among),
        did,
        met,
        list(store.statements(speaker=who, **given).rows()),
    )


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
    kind = "places" if of == "places" else "events"
    rows = summary.spots(store, kind, SPOTS, since=since or None, until=until or None)
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


def land() -> str:
    """The inhabited world as an SVG path: every degree in which the gazetteer knows a place."""
    with _drawing:  # who asks for it while it is drawn waits for that
        return _land()


@cache
def _land() -> str:
    import numpy as np

    from dateline.knowledge.gazetteer import default

    latitude, longitude = default().points()
    # One number a cell, row by row from the north: 361 columns, as 180° E begins one of its own.
    cells = np.unique((90 - latitude).astype(np.int64) * 361 + (longitude + 180).astype(np.int64)).tolist()
    return _path([(cell % 361, cell // 361) for cell in cells])


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
