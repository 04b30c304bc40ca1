"""Pairs of countries: what one did to the other, by day, week, month or year."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency

from dateline.errors import ConfigError
from dateline.query import Store
from dateline.query.asked import DyadFilters, refused
from dateline.query.dyads import left_out
from dateline.server.holding import Holding
from dateline.server.web.asking import Asked, given, place, turned
from dateline.server.web.forms import DAYS, Field, Form, formed
from dateline.server.web.overview import Bar, Timeline, end, placed
from dateline.server.web.rendering import address, page

SHOWN = 100
"""Rows of a page."""
BARS = 120
"""Most bars of the chart: those of the latest periods."""
FORM = Form(
    (
        Field("period", "By", kind="choice", choices=("day", "week", "year"), blank="month"),
        *formed(
            DyadFilters,
            {
                "source": ("Who", "KEN"),
                "target": ("To whom", "UGA"),
                "among": ("Both of", "KEN UGA"),
                "relation": "Type",
            }
            | DAYS
            | {"confidence": ("Confidence at least", "0.5")},
        ).fields,
    )
)


_COUNTRIES = ("source", "target", "among")


@dataclass(slots=True)
class Pairs:
    """What the page shows."""

    rows: list[dict[str, Any]]
    timeline: Timeline
    ends: dict[date, date] = field(default_factory=dict[date, date])
    """Last day of each period, by its first."""
    left: Counter[str] = field(default_factory=Counter[str])
    """Events of the store that are in no pair, by why."""
    linked: bool = True


@get("/dyads", sync_to_thread=True, include_in_schema=False)
def dyads(request: Asked, holding: NamedDependency[Holding]) -> Response[str]:
    """Pairs of countries."""
    asked = given(request, [each.name for each in FORM.fields])
    at = place(request)
    seen, known, fault = Pairs([], Timeline([], "month", 0)), dict[str, Any](), ""
    try:
        known = wanted(asked)
        seen = holding.remembered(
            ("dyads", *(f"{name}={value}" for name, value in asked.items())), lambda s: pairs(s, asked)
        )
    except ConfigError as error:
        fault = str(error)
    rows, following = turned("/dyads", asked, seen.rows[at : at + SHOWN + 1], at, SHOWN)
    return page(
        "dyads.html",
        status=400 if fault else 200,
        here="/dyads",
        form=FORM,
        given=asked,
        fault=fault,
        seen=seen,
        rows=rows,
        next=following,
        table=address("/api/dyads.csv", known),
        data=address("/api/dyads", known, limit=500),
    )


def wanted(asked: dict[str, str]) -> dict[str, Any]:
    """What the form says, as the question takes it: several countries may stand in a field."""
    many = {name: each.replace(",", " ").split() for name, each in asked.items() if name in _COUNTRIES}
    return {name: FORM.value(name, value) for name, value in asked.items()} | many


def pairs(store: Store, asked: dict[str, str]) -> Pairs:
    """The table and its chart, the latest periods first.

    Args:
        store: The store.
        asked: What the form says.

    Raises:
        ConfigError: A field says what cannot be meant.
    """
    known = wanted(asked)
    rows = list(store.dyads(**known).rows())
    if not rows:
        refused(store, DyadFilters, known)
    rows.sort(key=lambda row: row["period"], reverse=True)  # stays in the order of codes within a period
    period = asked.get("period", "month")
    ends = {row["period"]: end(row["period"], period) for row in rows}
    return Pairs(rows, _drawn(rows, ends, period), ends, left_out(store), store.linked())


def _drawn(rows: list[dict[str, Any]], ends: dict[date, date], period: str) -> Timeline:
    """All the pairs together, the latest periods."""
    bars: dict[date, Bar] = {}
    scores: dict[date, list[tuple[float, float]]] = {}
    for row in rows:
        first = row["period"]
        bar = bars.setdefault(first, Bar(first, ends[first], 0, 0, None))
        bar.cooperation += row["verbal_cooperation"] + row["material_cooperation"]
        bar.conflict += row["verbal_conflict"] + row["material_conflict"]
        if row["goldstein_mean"]:
            scores.setdefault(first, []).append((row["goldstein_sum"], row["goldstein_sum"] / row["goldstein_mean"]))
    for first, some in scores.items():
        bars[first].goldstein = sum(each for each, _ in some) / sum(count for _, count in some)
    return placed([bars[first] for first in sorted(bars)][-BARS:], period)
