"""Pairs of countries by day, week, month or year: what regressions on event data are run on.

The unit is what happened, not what was printed: after ``dateline link`` an
incident counts once, whatever number of reports tell of it, with the type, day
and status that most of them give. What stands in no incident counts once for
each report: a headline and the sentence that repeats it are one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Unpack, get_args

from dateline.errors import ConfigError
from dateline.knowledge.state_system import memberships
from dateline.query.asked import DyadFilters, Period, described, gather
from dateline.query.filters import Filter, Words
from dateline.query.result import Result
from dateline.store.warehouse import Warehouse

MOST = 2_000_000
"""Events up to which a served store has the pairs of countries at hand, some 30 bytes an event."""
HAPPENED = ("happened", "ongoing")
"""Statuses that count by default."""

COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("source", "str", "country of who did it: ISO 3166-1 alpha-3, or PLOVER's code of what is no state: IGO, NGO ..."),
    ("target", "str", "country of to whom, likewise; the same as the source for what happens within a country"),
    ("period", "date", "first day of the period; a week begins on Monday"),
    ("source_cow", "int", "number in the Correlates of War list (v2016) on the period's last day, else on its first"),
    ("target_cow", "int", "likewise; empty for what was no member of the system"),
    ("source_gw", "int", "number in Gleditsch and Ward's list of independent states, microstates left out, likewise"),
    ("target_gw", "int", "likewise"),
    ("events", "int", "what happened from source to target, each incident once"),
    ("verbal_cooperation", "int", "those of quad class 1"),
    ("material_cooperation", "int", "those of quad class 2"),
    ("verbal_conflict", "int", "those of quad class 3"),
    ("material_conflict", "int", "those of quad class 4"),
    ("goldstein_sum", "float", "sum of the Goldstein scores of those that have one; empty where none has"),
    ("goldstein_mean", "float", "their mean; empty where there is none, which is not nought"),
    ("mentions", "int", "events of reports that tell of them: what would be counted if nothing were linked"),
    ("articles", "int", "articles of the store of that period, whatever they tell: to weigh counts by coverage"),
)
"""Name, type and meaning of each column; with ``types`` one follows for each event type."""

_JOINED = """whole AS (SELECT m.event, m.incident, i.status, i.day, i.relation
        FROM incident_members m JOIN incidents i ON i.id = m.incident)"""
_ONCE = """
    doing AS (SELECT number, position, id, relation, status, coalesce(earliest, latest, "day") AS happened,
            coalesce(earliest, latest) IS NOT NULL AS timed, quad, goldstein, confidence, {targets} AS targets,
            unnest({sources}) AS source
        FROM event_rows),
    done AS (SELECT * EXCLUDE (targets), unnest(targets) AS target FROM doing),
    told AS (
        SELECT d.number, d.position, d.source, d.target, d.timed, i.incident, d.relation,
            coalesce(i.status, d.status) AS status, coalesce(i.day, d.happened) AS happened, d.quad, d.goldstein,
            d.confidence, d.relation IS NOT DISTINCT FROM i.relation AS typical
        FROM done d LEFT JOIN whole i ON i.event = d.id),
    chosen AS MATERIALIZED (SELECT *, {unit} AS unit FROM told f {where}),
    loose AS (SELECT DISTINCT number FROM chosen WHERE NOT timed),
    dated AS (SELECT number, source, target, relation, min(unit) AS unit FROM chosen
        WHERE timed AND number IN (FROM loose) GROUP BY ALL),
    joined AS (
        SELECT * FROM chosen WHERE timed UNION ALL
        SELECT c.* REPLACE (coalesce(d.unit, c.unit) AS unit)
        FROM chosen c LEFT JOIN dated d USING (number, source, target, relation) WHERE NOT c.timed),
    once AS (
        SELECT *, count(*) OVER (PARTITION BY unit, source, target) AS mentions FROM joined
        QUALIFY 1 = row_number()
            OVER (PARTITION BY unit, source, target ORDER BY typical DESC, timed DESC, number, position))"""
_COUNTRIES = "CASE WHEN len({0}_countries) > 1 THEN list_distinct({0}_countries) ELSE {0}_countries END"
"""The countries of a side, each once: several actors may be of one."""
_SECTORS = """list_distinct(list_transform(list_filter(list_zip({0}_countries, {0}_codes), lambda x:
    list_contains({1}::VARCHAR[], nullif(substr(x[2], length(x[1]) + 2), ''))), lambda x: x[1]))"""
"""Those of its actors of some sectors: a code is the country and the sector."""
_COUNTED = """
    counted AS (
        SELECT source, target, date_trunc($period, happened)::DATE AS period, count(*) AS events,
            count(*) FILTER (quad = 1) AS q1, count(*) FILTER (quad = 2) AS q2,
            count(*) FILTER (quad = 3) AS q3, count(*) FILTER (quad = 4) AS q4,
            sum(goldstein) AS total, avg(goldstein) AS average, sum(mentions)::BIGINT AS mentions {types}
        FROM once f {narrow} GROUP BY ALL)"""
_UNIT = "coalesce(incident, concat_ws(' ', number, relation, happened))"
"""What counts once for a pair: the incident, else the type and day in one report."""
_PARTIES = ("source", "target", "among")
_DAILY = "concat_ws(' ', relation, happened)"
"""Likewise with the one-a-day filter: the type and day."""
_ZEROS = """
    span AS (
        SELECT date_trunc($period, coalesce({since}, min(period)))::DATE AS first,
            date_trunc($period, coalesce({until}, max(period)))::DATE AS last FROM counted),
    grid AS (
        SELECT p.source, p.target, unnest(generate_series(s.first, s.last, $step::INTERVAL))::DATE AS period
        FROM (SELECT DISTINCT source, target FROM counted) p, span s),
    cells AS (SELECT g.*, c.* EXCLUDE (source, target, period) FROM grid g
        LEFT JOIN counted c ON c.source = g.source AND c.target = g.target AND c.period = g.period)"""
_CELLS = """
    cells AS (FROM counted)"""
_TABLE = """
    printed AS (SELECT date_trunc($period, a.day)::DATE AS period, count(*) AS articles
        FROM article_rows a GROUP BY ALL),
    member AS (SELECT unnest($systems::VARCHAR[]) AS system, unnest($countries::VARCHAR[]) AS country,
        unnest($numbers::BIGINT[]) AS number, unnest($since_::DATE[]) AS since, unnest($until_::DATE[]) AS until),
    ended AS (SELECT DISTINCT period, (period + $step::INTERVAL - INTERVAL 1 DAY)::DATE AS last FROM cells),
    numbered AS (
        SELECT m.country, p.period, m.system, arg_max(m.number, m.until) AS number
        FROM ended p JOIN member m ON m.since <= p.last AND m.until >= p.last
            OR m.since <= p.period AND m.until >= p.period
        GROUP BY ALL)
    SELECT c.source, c.target, c.period, sc.number AS source_cow, tc.number AS target_cow,
        sg.number AS source_gw, tg.number AS target_gw, coalesce(c.events, 0) AS events,
        coalesce(c.q1, 0) AS verbal_cooperation, coalesce(c.q2, 0) AS material_cooperation,
        coalesce(c.q3, 0) AS verbal_conflict, coalesce(c.q4, 0) AS material_conflict,
        c.total AS goldstein_sum, c.average AS goldstein_mean, coalesce(c.mentions, 0) AS mentions,
        coalesce(p.articles, 0) AS articles {named}
    FROM cells c LEFT JOIN printed p ON p.period = c.period
        LEFT JOIN numbered sc ON sc.country = c.source AND sc.period = c.period AND sc.system = 'cow'
        LEFT JOIN numbered tc ON tc.country = c.target AND tc.period = c.period AND tc.system = 'cow'
        LEFT JOIN numbered sg ON sg.country = c.source AND sg.period = c.period AND sg.system = 'gw'
        LEFT JOIN numbered tg ON tg.country = c.target AND tg.period = c.period AND tg.system = 'gw'
    ORDER BY c.source, c.target, c.period {limit}"""


@described
def dyads(
    store: Warehouse,
    *,
    period: Period = "month",
    one_a_day: bool = False,
    types: bool = False,
    zeros: bool = False,
    limit: int | None = None,
    **asked: Unpack[DyadFilters],
) -> Result[dict[str, Any]]:
    """Events from one country to another, counted by day, week, month or year; a row a directed pair and period.

    An incident counts once for each directed pair of countries in it, on the day most of its reports give. In one
    report, the same type between the same two on the same day counts once, and what is told without a day (a
    headline) counts with what is told with one. Three actors of one country are one. Columns: :data:`COLUMNS`.

    Args:
        store: The store; run ``dateline link`` first, or every report of an event counts.
        period: ``day``, ``week`` (from Monday), ``month`` or ``year``.
        one_a_day: Count a type at most once a day for a pair, as much work on event data does, whether or not reports
            are known to tell of one incident.
        types: Add a column for each event type in the answer's store, with the count of it.
        zeros: Add the periods in which nothing happened between the pairs there are, from the first period to the
            last (from ``since`` to ``until`` where given).
        limit: At most so many rows.
        asked: The filters.

    Raises:
        ConfigError: No such period.
    """
    if period not in get_args(Period):
        raise ConfigError(f"no period {period!r}: there are {', '.join(get_args(Period))}")
    plain = not one_a_day and all(name in _PARTIES or asked[name] is None for name in asked)
    held = at_hand(store) if plain else None
    found = gather(Filter(), DyadFilters, asked) if held else Filter()
    parts = [] if held else [_JOINED, _once(found, asked, _DAILY if one_a_day else _UNIT)]
    parameters = found.parameters
    counts, named = _types(store) if types else ("", "")
    ends = {
        name: "NULL" if day is None else f"{found.bind(str(day))}::DATE"
        for name, day in (("since", asked.get("since")), ("until", asked.get("until")))
    }
    narrow = found.where() if held else ""
    parts += [_COUNTED.format(types=counts, narrow=narrow), _ZEROS.format(**ends) if zeros else _CELLS]
    parameters |= {"period": period, "step": f"1 {period}"}
    system = memberships()
    parameters |= {
        "systems": [each.system for each in system],
        "countries": [each.country for each in system],
        "numbers": [each.number for each in system],
        "since_": [each.since for each in system],
        "until_": [each.until for each in system],
    }
    tail = "" if limit is None else "LIMIT $limit_"
    if limit is not None:
        parameters["limit_"] = limit
    query = f"WITH {','.join(parts)},{_TABLE.format(named=named, limit=tail)}"
    return Result(store, query, parameters, limit=limit, tables=held)


def _once(found: Filter, asked: Mapping[str, Any], unit: str) -> str:
    """SQL of what happened between countries, each unit once; its values go to a filter."""
    found.add("f.source IS NOT NULL AND f.target IS NOT NULL AND f.happened IS NOT NULL")
    gather(found, DyadFilters, {**asked, "status": _many(asked.get("status")) or HAPPENED})
    sectors = _many(asked.get("sector"))
    wanted = None if sectors is None else found.bind([each.upper() for each in sectors])
    sources, targets = (
        _COUNTRIES.format(side) if wanted is None else _SECTORS.format(side, wanted) for side in ("source", "target")
    )
    return _ONCE.format(where=found.where(), unit=unit, sources=sources, targets=targets)


def at_hand(store: Warehouse, *, now: bool = False) -> dict[str, Any] | None:
    """What happened between countries, each incident once, as an Arrow table that queries read as ``once``.

    To find it takes most of the time of a question, and it is the same for every period and any pair of countries.

    Args:
        store: The store.
        now: Whether to make it even if the store has just changed.

    Returns:
        Nothing where the store is not served, has just changed, or has more than :data:`MOST` events.
    """
    if not now and not store.settled("pairs of countries"):
        return None

    def made() -> dict[str, Any] | None:
        if store.rows("SELECT count(*) AS n FROM event_rows")[0]["n"] > MOST:
            return None
        found = Filter()
        query = f"""WITH {_JOINED},{_once(found, {}, _UNIT)}
            SELECT source, target, relation, happened, quad, goldstein, mentions FROM once"""  # noqa: S608 - our own SQL
        return {"once": store.select(query, found.parameters)}

    return store.kept("pairs of countries", made)


def left_out(store: Warehouse, status: Words = HAPPENED) -> Counter[str]:
    """Events of a store that no table of pairs has, by reason: nothing is dropped in silence.

    Args:
        store: The store.
        status: The statuses that are counted.
    """
    rows = store.rows(
        f"""WITH {_JOINED},
            known AS (SELECT coalesce(i.status, e.status) AS status,
                coalesce(i.day, e.earliest, e.latest, e."day") IS NOT NULL AS dated,
                list_any_value(e.source_countries) IS NOT NULL AND list_any_value(e.target_countries) IS NOT NULL
                    AS paired
            FROM event_rows e LEFT JOIN whole i ON i.event = e.id),
            every AS (SELECT status, dated, paired, count(*) AS n FROM known GROUP BY ALL)
        SELECT CASE WHEN NOT list_contains($status::VARCHAR[], status) THEN status || ' (see --status)'
                WHEN NOT paired THEN 'without a country on both sides'
                WHEN NOT dated THEN 'on an unknown day' END AS why, sum(n) AS n
        FROM every GROUP BY why HAVING why IS NOT NULL""",  # noqa: S608 - our own SQL
        {"status": _many(status) or list(HAPPENED)},
    )
    return Counter({str(row["why"]): int(row["n"]) for row in rows})


def _many(value: Words) -> list[str] | None:
    return None if value is None else [value] if isinstance(value, str) else list(value)


def _types(store: Warehouse) -> tuple[str, str]:
    """SQL that counts each type there is, and that names the counts."""
    rows = store.rows("SELECT DISTINCT relation FROM event_rows ORDER BY relation")
    names = [str(row["relation"]) for row in rows]
    counts = "".join(
        f""", count(*) FILTER (relation = '{name.replace("'", "''")}') AS "{_quoted(name)}" """ for name in names
    )
    named = "".join(f', coalesce(c."{_quoted(name)}", 0) AS "{_quoted(name)}"' for name in names)
    return counts, named


def _quoted(name: str) -> str:
    return name.replace('"', '""')
