"""Pairs of countries: what one did to the other, by day, week, month or year."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency

from dateline.errors import ConfigError
from dateline.knowledge import countries
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
MOST = 2000
"""Most rows that are turned over; the file has all."""
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


_QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
_COUNTRIES = ("source", "target", "among")


@dataclass(slots=True)
class Pairs:
    """What the page shows."""

    rows: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    """Pairs by period, the latest first, where a country is asked for; else pairs, those with most events first."""
    of: int = 0
    """How many rows the file has."""
    timeline: Timeline = field(default_factory=lambda: Timeline([], "month", 0))
    linked: bool = True


@get("/dyads", sync_to_thread=True, include_in_schema=False)
def dyads(request: Asked, holding: NamedDependency[Holding]) -> Response[str]:
    """Pairs of countries."""
    asked = given(request, [each.name for each in FORM.fields])
    at = place(request)
    seen, known, fault = Pairs(), dict[str, Any](), ""
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
        named=_named,
        narrow=any(name in asked for name in _COUNTRIES),
        rows=rows,
        left=holding.remembered(("dyads left out",), left_out),
        next=following,
        table=address("/api/dyads.csv", known),
        data=address("/api/dyads", known, limit=500),
    )


def _named(code: str) -> str:
    """A country's usual name, as a reader knows it; of any other code, nothing."""
    known = countries.state(code)
    return known.name if known else countries.STATELESS.get(code, "")


def wanted(asked: dict[str, str]) -> dict[str, Any]:
    """What the form says, as the question takes it: several countries may stand in a field."""
    many = {name: each.replace(",", " ").split() for name, each in asked.items() if name in _COUNTRIES}
    return {name: FORM.value(name, value) for name, value in asked.items()} | many


def pairs(store: Store, asked: dict[str, str]) -> Pairs:
    """The table and its chart.

    Args:
        store: The store.
        asked: What the form says.

    Raises:
        ConfigError: A field says what cannot be meant.
    """
    known = wanted(asked)
    table: Any = store.dyads(**known).to_arrow()
    if not table.num_rows:
        refused(store, DyadFilters, known)
    period = asked.get("period", "month")
    days = _summed(table, ["period"], ("period", "descending"), BARS)[::-1]
    bars = [
        Bar(row["period"], end(row["period"], period), row["cooperation"], row["conflict"], row["goldstein_mean"])
        for row in days
    ]
    if any(name in asked for name in _COUNTRIES):
        order = [("period", "descending"), ("source", "ascending"), ("target", "ascending")]
        rows: list[dict[str, Any]] = table.sort_by(order).slice(0, MOST).to_pylist()
        for row in rows:
            row["end"] = end(row["period"], period)
    else:
        rows = _summed(table, ["source", "target"], ("events", "descending"), MOST)
    return Pairs(rows, table.num_rows, placed(bars, period), store.linked())


def _summed(table: Any, by: list[str], first: tuple[str, str], most: int) -> list[dict[str, Any]]:
    """Rows of the table added up, with the mean of their Goldstein scores: those that come first by a column."""
    import pyarrow.compute

    compute: Any = pyarrow.compute
    mean = table["goldstein_mean"]
    # How many have a score: from sum and mean; where both are nought all have, but for types without one.
    scored = compute.if_else(compute.equal(mean, 0.0), table["events"], compute.divide(table["goldstein_sum"], mean))
    names = ["events", *_QUADS, "goldstein_sum", "mentions", "scored"]
    added = table.append_column("scored", scored).group_by(by).aggregate([(name, "sum") for name in names])
    added = added.rename_columns([name.removesuffix("_sum") for name in added.column_names])
    rows: list[dict[str, Any]] = []
    for row in (
        added.sort_by([first, *((name, "ascending") for name in by if name != first[0])]).slice(0, most).to_pylist()
    ):
        mean = row["goldstein_sum"] / row["scored"] if row["scored"] else None
        some = [row[name] for name in _QUADS]
        rows.append({**row, "goldstein_mean": mean, "cooperation": sum(some[:2]), "conflict": sum(some[2:])})
    return rows
