"""The way of a phrase: who used it first, who took it up, and who relayed it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dateline.query import Store
from dateline.query.filters import Filter

SHOWN = 30
"""Most speakers, relays and reports shown."""
_DAY = "article_day(a.dateline_day, a.published, a.updated)"
# The moment a report was known decides between two of one day; one without an hour counts from the day's end.
_KNOWN = "coalesce(a.published, a.updated, a.dateline_day::VARCHAR, a.retrieved)"
_MOMENT = f"CASE WHEN length({_KNOWN}) <= 10 THEN {_KNOWN} || 'T24' ELSE {_KNOWN} END"


@dataclass(slots=True)
class Way:
    """What the page shows."""

    reports: int
    """Reports with the phrase in their text."""
    first: dict[str, Any] | None
    """The first of them."""
    statements: int
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
    hit = f"SELECT a.number FROM articles a WHERE contains(lower(a.text), lower({words}))"  # noqa: S608
    first = store.rows(
        f"""SELECT a.id AS article, a.title, a.source AS publisher, {_DAY} AS day,
            count(*) OVER () AS reports, strpos(lower(a.text), lower({words})) - 1 AS at,
            substring(a.text, greatest(1, strpos(lower(a.text), lower({words})) - 120),
                240 + length({words})) AS around
        FROM articles a WHERE a.number IN ({hit}) ORDER BY {_MOMENT} NULLS LAST, a.number LIMIT 1""",  # noqa: S608
        found.parameters,
    )
    rows = store.rows(
        f"""WITH said AS (
            SELECT f.id, f.number, f.position, f.via, f.stance, f.confidence, f.coder, f.article,
                coalesce(s.name, words(a.text, f.source), 'nobody named') AS speaker, s.role,
                quoted(a.text, f.content) AS said, coalesce(t.earliest, t.latest, {_DAY}) AS day, {_MOMENT} AS moment,
                a.title, a.source AS publisher
            FROM statements f JOIN articles a ON a.number = f.number
                LEFT JOIN actors s ON s.number = f.number AND s.id = f.speaker
                LEFT JOIN times t ON t.number = f.number AND t.id = f.said_on
            WHERE f.number IN ({hit}) AND contains(lower(quoted(a.text, f.content)), lower({words})))
        SELECT *, count(*) OVER (PARTITION BY speaker) AS uses,
            count(DISTINCT article) OVER (PARTITION BY speaker) AS reports, count(*) OVER () AS statements
        FROM said QUALIFY row_number() OVER (PARTITION BY speaker
            ORDER BY day NULLS LAST, moment NULLS LAST, number, position) = 1
        ORDER BY day NULLS LAST, moment NULLS LAST, number, position LIMIT {SHOWN}""",  # noqa: S608
        found.parameters,
    )
    relays = store.rows(
        f"""WITH said AS (SELECT f.number, f.article, f.id, unnest(f.via) AS via FROM statements f
                JOIN articles a ON a.number = f.number
                WHERE f.number IN ({hit}) AND len(f.via) > 0
                    AND contains(lower(quoted(a.text, f.content)), lower({words})))
        SELECT x.name, count(DISTINCT s.id) AS statements, count(DISTINCT s.number) AS reports, min({_DAY}) AS first
        FROM said s JOIN actors x ON x.number = s.number AND x.id = s.via JOIN articles a ON a.number = s.number
        GROUP BY x.name ORDER BY statements DESC, x.name LIMIT {SHOWN}""",  # noqa: S608
        found.parameters,
    )
    return Way(
        first[0]["reports"] if first else 0,
        first[0] if first else None,
        rows[0]["statements"] if rows else 0,
        rows,
        relays,
    )
