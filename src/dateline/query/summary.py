"""What the findings come to: counts by type, pair, period, partner and place, from the flat rows alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from dateline.query.filters import Day, Filter, Words, day
from dateline.query.ledger import ledger
from dateline.store.warehouse import Warehouse

_REAL = "f.status IN ('happened', 'ongoing')"
_WHEN = "coalesce(f.earliest, f.latest, f.day)"
"""Day of an event: the first of its time, else that of its article."""


def _between(when: str, since: Day, until: Day, *, real: bool) -> Filter:
    found = Filter()
    if real:
        found.add(_REAL)
    found.between(when, when, since, until)
    return found


def types(store: Warehouse, *, since: Day = None, until: Day = None) -> list[dict[str, Any]]:
    """Events and articles of each type of what happened or goes on, with the quad class most of them have.

    Args:
        store: The store.
        since: First day of the event, inclusive.
        until: Last day, inclusive.
    """
    found = _between(_WHEN, since, until, real=True)
    return store.rows(
        f"""SELECT f.relation, mode(f.quad) AS quad, count(*) AS events, count(DISTINCT f.number) AS articles
        FROM event_rows f {found.where()} GROUP BY f.relation ORDER BY events DESC, f.relation""",  # noqa: S608
        found.parameters,
    )


def pairs(store: Warehouse, limit: int, *, since: Day = None, until: Day = None) -> list[dict[str, Any]]:
    """Pairs of countries by the events from one to the other that happened or go on, the most frequent first."""
    found = _between("f.happened", since, until, real=True)
    found.add("f.source_country IS NOT NULL AND f.target_country IS NOT NULL")
    # An event counts once for two countries, however many of each took part: first() spares telling dyads apart.
    return store.rows(
        f"""WITH n AS (SELECT f.source_country AS source, f.target_country AS target, f.number, f.event,
                first(f.quad) AS quad, first(f.goldstein) AS goldstein FROM dyad_rows f {found.where()} GROUP BY ALL)
        SELECT source, target, count(*) AS events, count(*) FILTER (quad <= 2) AS cooperation,
            count(*) FILTER (quad >= 3) AS conflict, avg(goldstein) AS goldstein
        FROM n GROUP BY source, target ORDER BY events DESC, source, target LIMIT {limit}""",  # noqa: S608
        found.parameters,
    )


_LINE = """count(*) FILTER (quad <= 2) AS cooperation, count(*) FILTER (quad >= 3) AS conflict,
    count(goldstein) AS scores, coalesce(sum(goldstein), 0) AS score, min(day) AS told, max(day) AS until"""


def days(store: Warehouse, *, since: Day = None, until: Day = None) -> list[dict[str, Any]]:
    """Cooperation and conflict of each day of what happened or goes on, in order; days without events are left out.

    ``scores`` and ``score`` are how many events have a Goldstein score, and their sum; ``told`` and ``until`` the
    first and last day of the articles they are in.

    Args:
        store: The store.
        since: First day of the event, inclusive.
        until: Last day, inclusive.
    """
    every = store.kept(
        "days",
        lambda: store.rows(
            f"""SELECT {_WHEN} AS happened, {_LINE} FROM event_rows f WHERE {_REAL}
            GROUP BY 1 HAVING happened IS NOT NULL ORDER BY 1"""  # noqa: S608 - columns of our own
        ),
    )
    first, last = (None if each is None else day(each) for each in (since, until))
    return [
        row
        for row in every
        if (first is None or row["happened"] >= first) and (last is None or row["happened"] <= last)
    ]


def recent(store: Warehouse, limit: int, *, since: Day = None, until: Day = None) -> list[dict[str, Any]]:
    """The latest reports, with how many events and statements each has."""
    found = Filter()
    found.between("f.day", "f.day", since, until)
    return store.rows(
        f"""SELECT f.number, f.id, f.day, f.publisher, f.title, f.events, f.statements FROM article_rows f
        {found.where()} ORDER BY f.day DESC NULLS LAST, f.number DESC LIMIT {limit}""",  # noqa: S608
        found.parameters,
    )


def names(
    store: Warehouse,
    who: Words,
    limit: int,
    *,
    since: Day = None,
    until: Day = None,
    order: Literal["articles", "last"] = "articles",
) -> list[dict[str, Any]]:
    """Names, roles and codes under which reports know an actor, with the days between which they do."""
    found = Filter()
    found.actor_row("f", who)
    found.between("f.day", "f.day", since, until)
    first = "last DESC NULLS LAST, articles DESC" if order == "last" else "articles DESC"
    return store.rows(
        f"""SELECT f.name, f.role, f.country, f.sector, f.kind, f.entity, count(DISTINCT f.number) AS articles,
            min(f.day) AS first, max(f.day) AS last
        FROM actor_rows f {found.where()}
        GROUP BY ALL ORDER BY {first}, f.name, f.role, f.country, f.sector, f.kind, f.entity LIMIT {limit}""",  # noqa: S608
        found.parameters,
    )


@dataclass(frozen=True, slots=True)
class Dealings:
    """An actor's events, counted."""

    partners: list[dict[str, Any]]
    """Who stands on the other side in the reports of the days, the most frequent first."""
    days: list[dict[str, Any]]
    """Cooperation and conflict of each day of events, as :func:`days` has them, whatever their status."""
    did: list[tuple[int, int]]
    """The first events they did, by number of the article and position, of all days."""
    met: list[tuple[int, int]]
    """The first that were done to them."""


def dealings(store: Warehouse, who: Words, limit: int, *, since: Day = None, until: Day = None) -> Dealings:
    """What an actor did and what was done to them, from one look at all pairs.

    Args:
        store: The store.
        who: As in :func:`dateline.query.events.events`.
        limit: Most partners, and most events on either side.
        since: First day, inclusive: of the reports for partners, of the events for days.
        until: Last day, inclusive.
    """
    held = ledger(store)
    found = None if held is None else held.sides(who)
    if held is not None and found is not None:
        return Dealings(
            held.partners(*found, limit, since, until),
            held.line(*found, since, until),
            *(held.first(each, limit) for each in found),
        )
    told = Filter()
    told.between("m.day", "m.day", since, until)
    happened = Filter(parameters=told.parameters)
    happened.between("happened", "happened", since, until)
    happened.add("happened IS NOT NULL")
    sides: list[str] = []
    for side in ("source", "target"):
        one = Filter(parameters=told.parameters)
        one.dyad((side,), who)
        sides += one.conditions
    others = " UNION ALL ".join(
        f"""SELECT m.{other} AS name, m.{other}_country AS country, m.number, m.event, m.quad FROM mine m
        {Filter([*told.conditions, f"m.is_{one}", f"m.{other} IS NOT NULL"]).where()}"""  # noqa: S608
        for one, other in (("source", "target"), ("target", "source"))
    )
    [found] = store.rows(
        f"""WITH mine AS MATERIALIZED (
            SELECT f.number, f.event, f.quad, f.goldstein, f.day, f.happened, f.source, f.target, f.source_country,
                f.target_country, coalesce({sides[0]}, false) AS is_source, coalesce({sides[1]}, false) AS is_target
            FROM dyad_rows f WHERE ({sides[0]}) OR ({sides[1]})),
        met AS (SELECT name, number, event, first(quad) AS quad, min(country) AS country
            FROM ({others}) GROUP BY name, number, event),
        partner AS (SELECT name, min(country) AS country, count(*) AS events,
                count(*) FILTER (quad <= 2) AS cooperation, count(*) FILTER (quad >= 3) AS conflict
            FROM met GROUP BY name ORDER BY events DESC, name LIMIT {limit}),
        line AS (SELECT happened, {_LINE}
            FROM (SELECT DISTINCT number, event, happened, quad, goldstein, day FROM mine {happened.where()})
            GROUP BY happened)
        SELECT (SELECT list(p ORDER BY p.events DESC, p.name) FROM partner p) AS partners,
            (SELECT list(d ORDER BY d.happened) FROM line d) AS days,
            (SELECT list(e ORDER BY e) FROM (SELECT DISTINCT (number, event) AS e FROM mine WHERE is_source
                ORDER BY 1 LIMIT {limit})) AS did,
            (SELECT list(e ORDER BY e) FROM (SELECT DISTINCT (number, event) AS e FROM mine WHERE is_target
                ORDER BY 1 LIMIT {limit})) AS met""",  # noqa: S608
        told.parameters,
    )
    lists: dict[str, list[Any]] = {name: value or [] for name, value in found.items()}
    return Dealings(**lists)


def among(
    store: Warehouse, parties: list[str], limit: int, *, since: Day = None, until: Day = None
) -> list[dict[str, Any]]:
    """Events of some actors, by name, with one another, whichever way they go, in the reports of some days."""
    held = ledger(store)
    if held is not None:
        return held.among(parties, limit, since, until)
    found = Filter()
    one = found.bind(parties)
    # Two joins with the names are quicker than looking each name up in a list.
    found.add(f"f.source IN (SELECT unnest({one}::VARCHAR[]))")
    found.add(f"f.target IN (SELECT unnest({one}::VARCHAR[]))")
    found.add("f.source <> f.target")
    found.between("f.day", "f.day", since, until)
    return store.rows(
        f"""WITH e AS (SELECT least(f.source, f.target) AS source, greatest(f.source, f.target) AS target, f.number,
                f.event, first(f.quad) AS quad FROM dyad_rows f {found.where()} GROUP BY ALL)
        SELECT source, target, count(*) AS events, count(*) FILTER (quad <= 2) AS cooperation,
            count(*) FILTER (quad >= 3) AS conflict
        FROM e GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT {limit}""",  # noqa: S608
        found.parameters,
    )


def spots(
    store: Warehouse, of: Literal["events", "places"], limit: int, *, since: Day = None, until: Day = None
) -> list[dict[str, Any]]:
    """Where events of the reports of some days happened, or which places they name, the most frequent first."""
    found = Filter()
    kind = "f.place_kind" if of == "events" else "f.kind"
    name = "f.place" if of == "events" else "f.name"
    found.add(f"f.latitude IS NOT NULL AND f.longitude IS NOT NULL AND {kind} <> 'demonym'")
    found.between("f.day", "f.day", since, until)
    table = "event_rows" if of == "events" else "place_rows"
    return store.rows(
        f"""SELECT {name} AS name, f.country, {kind} AS kind, round(f.latitude, 2) AS latitude,
            round(f.longitude, 2) AS longitude, count(*) AS n, count(DISTINCT f.number) AS articles
        FROM {table} f {found.where()}
        GROUP BY ALL ORDER BY n DESC, name, f.country, kind, latitude, longitude LIMIT {limit}""",  # noqa: S608
        found.parameters,
    )
