"""What the findings come to: counts by type, pair, period, partner and place, from the flat rows alone."""

from __future__ import annotations

from typing import Any, Literal

from dateline.query import windows
from dateline.query.filters import Day, Filter, Words
from dateline.query.search import Period
from dateline.store.warehouse import Warehouse

REAL = "f.status IN ('happened', 'ongoing')"
WHEN = "coalesce(f.earliest, f.latest, f.day)"
"""Day of an event: the first of its time, else that of its article."""


def chosen(
    store: Warehouse, *, actor: Words = None, real: bool = False, since: Day = None, until: Day = None
) -> Filter:
    """Conditions on events ``f``.

    Args:
        store: The store.
        actor: Source or target, as in :func:`dateline.query.events.events`.
        real: Only what happened or goes on.
        since: First day of the event, inclusive.
        until: Last day, inclusive.
    """
    found = Filter()
    if real:
        found.add(REAL)
    found.party(["f.source_keys", "f.target_keys"], ["f.sources", "f.targets"], actor, windows.names(store))
    found.between(WHEN, WHEN, since, until)
    return found


def types(store: Warehouse, found: Filter) -> list[dict[str, Any]]:
    """Events and articles of each type, the most frequent first, with the quad class most of them have."""
    return store.rows(
        f"""SELECT f.relation, mode(f.quad) AS quad, count(*) AS events, count(DISTINCT f.number) AS articles
        FROM event_rows f {found.where()} GROUP BY f.relation ORDER BY events DESC, f.relation""",  # noqa: S608
        found.parameters,
    )


def pairs(store: Warehouse, found: Filter, limit: int) -> list[dict[str, Any]]:
    """Pairs of countries by the events from one to the other, the most frequent first."""
    return store.rows(
        f"""WITH s AS (SELECT f.quad, f.goldstein, list_distinct(f.target_countries) AS targets,
                unnest(list_distinct(f.source_countries)) AS source FROM event_rows f {found.where()}),
            coded AS (SELECT quad, goldstein, source, unnest(targets) AS target FROM s)
        SELECT source, target, count(*) AS events, count(*) FILTER (quad <= 2) AS cooperation,
            count(*) FILTER (quad >= 3) AS conflict, avg(goldstein) AS goldstein
        FROM coded GROUP BY source, target ORDER BY events DESC, source, target LIMIT {limit}""",  # noqa: S608
        found.parameters,
    )


def ends(store: Warehouse, found: Filter) -> dict[str, Any]:
    """First and last day of events (``first``, ``last``), and of the articles they are in (``told``, ``until``)."""
    return store.rows(
        f"""SELECT min({WHEN}) AS first, max({WHEN}) AS last, min(f.day) AS told, max(f.day) AS until
        FROM event_rows f {found.where()}""",  # noqa: S608
        found.parameters,
    )[0]


def periods(store: Warehouse, found: Filter, period: Period) -> list[dict[str, Any]]:
    """Cooperation and conflict of each period, by the first day of the events."""
    counted = Filter([*found.conditions, f"{WHEN} IS NOT NULL"], found.parameters)
    return store.rows(
        f"""SELECT date_trunc('{period}', {WHEN})::DATE AS period, count(*) FILTER (f.quad <= 2) AS cooperation,
            count(*) FILTER (f.quad >= 3) AS conflict, avg(f.goldstein) AS goldstein
        FROM event_rows f {counted.where()} GROUP BY 1 ORDER BY 1""",  # noqa: S608
        found.parameters,
    )


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


def partners(store: Warehouse, who: Words, limit: int, *, since: Day = None, until: Day = None) -> list[dict[str, Any]]:
    """Who stands on the other side of an actor's events in the reports of some days, the most frequent first."""
    found = Filter()
    found.between("f.day", "f.day", since, until)
    shared = found.conditions
    sides: list[str] = []
    for one, other in (("source", "target"), ("target", "source")):
        side = Filter(list(shared), found.parameters)
        side.party([f"f.{one}_keys"], [f"f.{one}s"], who, windows.names(store))
        sides.append(
            f"""SELECT f.number, f.position, f.quad, unnest(f.{other}s) AS name,
                unnest(f.{other}_countries) AS country FROM event_rows f {side.where()}"""  # noqa: S608
        )
    return store.rows(
        f"""WITH p AS ({" UNION ALL ".join(sides)}),
            e AS (SELECT DISTINCT name, number, position, quad FROM p WHERE name IS NOT NULL),
            n AS (SELECT name, count(*) AS events, count(*) FILTER (quad <= 2) AS cooperation,
                    count(*) FILTER (quad >= 3) AS conflict
                FROM e GROUP BY name ORDER BY events DESC, name LIMIT {limit})
        SELECT n.name, min(p.country) AS country, any_value(n.events) AS events,
            any_value(n.cooperation) AS cooperation, any_value(n.conflict) AS conflict
        FROM n JOIN p ON p.name = n.name GROUP BY n.name ORDER BY events DESC, n.name""",  # noqa: S608
        found.parameters,
    )


def among(
    store: Warehouse, parties: list[str], limit: int, *, since: Day = None, until: Day = None
) -> list[dict[str, Any]]:
    """Events of some actors, by name, with one another, whichever way they go, in the reports of some days."""
    found = Filter()
    listed = f"{found.bind(parties)}::VARCHAR[]"
    found.between("f.day", "f.day", since, until)
    each = [found.bind(name) for name in parties]
    for side in ("f.sources", "f.targets"):  # one name after another is found much sooner than any of several
        found.add(" OR ".join(f"list_contains({side}, {name})" for name in each) or "false")
    return store.rows(
        f"""WITH s AS (SELECT f.number, f.position, f.quad, f.targets, unnest(f.sources) AS source
                FROM event_rows f {found.where()}),
            o AS (SELECT number, position, quad, source, unnest(targets) AS target FROM s),
            e AS (SELECT DISTINCT number, position, quad, least(source, target) AS source,
                    greatest(source, target) AS target
                FROM o WHERE source <> target AND list_contains({listed}, source) AND list_contains({listed}, target))
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
