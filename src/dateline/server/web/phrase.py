"""The way of a phrase: who used it first, who took it up, and who relayed it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dateline.query import Store
from dateline.query.filters import Filter

SHOWN = 30
"""Most speakers and relays shown."""
LOOKED = 400
"""Most reports whose texts are looked through for the first."""
FEW = 5000
"""Most reports that may have a phrase whose statements are read, the earliest known."""
# The moment a report was known decides between two of one day; one without an hour counts from the day's end.
_KNOWN = "coalesce(a.published, a.updated, a.day::VARCHAR)"
_MOMENT = f"CASE WHEN length({_KNOWN}) <= 10 THEN {_KNOWN} || 'T24' ELSE {_KNOWN} END"


@dataclass(slots=True)
class Way:
    """What the page shows."""

    reports: int
    """Reports with the phrase in their text."""
    more: bool
    """Whether there may be others, later than the :data:`LOOKED` that were looked through."""
    first: dict[str, Any] | None
    """The first of them."""
    statements: int
    """Statements with the phrase."""
    rest: bool
    """Whether there may be others, in reports later than the :data:`FEW`."""
    speakers: list[dict[str, Any]]
    """Each speaker's first use in a statement, in the order of days."""
    relays: list[dict[str, Any]]
    """Who relayed such statements."""


def way(store: Store, text: str) -> Way:
    """The way of a phrase through the reports of a store.

    The phrase is found as it is written, whatever its case. A statement counts on the day it was said where the
    report gives one, else on the report's day.
    """
    found = Filter()
    words = found.bind(text)
    numbers = store.having(text)  # reports that may have it, by their words; none where that cannot be told
    among = ""
    if numbers is not None:
        among = f"f.number IN (SELECT unnest({found.bind(numbers.tolist())}::BIGINT[])) AND "
    looked = store.rows(
        f"""WITH near AS (SELECT a.number, row_number() OVER (ORDER BY {_MOMENT} NULLS LAST, a.number) AS place
                FROM article_rows a WHERE {among.replace("f.", "a.")} true ORDER BY place LIMIT {LOOKED + 1}),
            hit AS (SELECT n.place, a.number, strpos(lower(a.text), lower({words})) AS at, a.text
                FROM near n JOIN articles a ON a.number = n.number WHERE n.place <= {LOOKED}
                    AND contains(lower(a.text), lower({words})))
        SELECT (SELECT count(*) FROM near) AS candidates, (SELECT count(*) FROM hit) AS reports, a.id AS article,
            a.title, a.publisher, a.day, h.at - 1 AS at,
            substring(h.text, greatest(1, h.at - 120), 240 + length({words})) AS around
        FROM hit h JOIN article_rows a ON a.number = h.number ORDER BY h.place LIMIT 1""",  # noqa: S608
        _used(found, among),
    )
    rows = store.rows(
        f"""WITH near AS (SELECT a.number FROM article_rows a WHERE {among.replace("f.", "a.")} true
                ORDER BY {_MOMENT} NULLS LAST, a.number LIMIT {FEW}),
            said AS MATERIALIZED (SELECT f.number, f.position, f.via,
                coalesce(f.speaker, f.source_words, 'nobody named') AS speaker,
                coalesce(f.earliest, f.latest, f.day) AS day
            FROM statement_rows f WHERE f.number IN (FROM near) AND contains(lower(f.said), lower({words}))),
            told AS (SELECT s.number, s.position, s.speaker, s.day, {_MOMENT} AS moment, a.id AS article, a.title,
                    a.publisher
                FROM said s JOIN article_rows a ON a.number = s.number),
            first AS (SELECT *, count(*) OVER (PARTITION BY speaker) AS uses,
                count(DISTINCT number) OVER (PARTITION BY speaker) AS reports, count(*) OVER () AS statements
                FROM told QUALIFY row_number() OVER (PARTITION BY speaker
                    ORDER BY day NULLS LAST, moment NULLS LAST, number, position) = 1
                ORDER BY day NULLS LAST, moment NULLS LAST, number, position LIMIT {SHOWN}),
            relayed AS (SELECT number, position, day, unnest(via) AS name FROM said),
            relays AS (SELECT name, count(DISTINCT (number, position)) AS statements,
                    count(DISTINCT number) AS reports, min(day) AS first
                FROM relayed WHERE name IS NOT NULL GROUP BY name ORDER BY statements DESC, name LIMIT {SHOWN})
        SELECT f.*, r.id, r.role, r.said, r.stance, r.confidence, r.coder,
            (SELECT list(x ORDER BY x.statements DESC, x.name) FROM relays x) AS relays
        FROM first f JOIN statement_rows r ON r.number = f.number AND r.position = f.position
        ORDER BY f.day NULLS LAST, f.moment NULLS LAST, f.number, f.position""",  # noqa: S608
        _used(found, among),
    )
    first = looked[0] if looked else None
    return Way(
        first["reports"] if first else 0,
        bool(first) and first["candidates"] > LOOKED,
        first,
        rows[0]["statements"] if rows else 0,
        (numbers is None and len(store) > FEW) or (numbers is not None and len(numbers) > FEW),
        rows,
        (rows[0]["relays"] or []) if rows else [],
    )


def _used(found: Filter, among: str) -> dict[str, Any]:
    """The parameters; DuckDB refuses those that a query does not name."""
    return found.parameters if among else {name: value for name, value in found.parameters.items() if name == "v_0_"}
