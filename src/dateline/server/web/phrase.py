"""The way of a phrase: who used it first, who took it up, and who relayed it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dateline.query import Store
from dateline.query.filters import Filter
from dateline.query.windows import listed

SHOWN = 30
"""Most speakers and relays shown."""
LOOKED = 400
"""Most reports whose texts are looked through for the first, those of the earliest days."""
FEW = 2000
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
    among: int
    """How many reports they were counted in, the earliest, where there may be others later; else 0."""
    speakers: list[dict[str, Any]]
    """Each speaker's first use in a statement, in the order of days."""
    relays: list[dict[str, Any]]
    """Who relayed such statements."""


def way(store: Store, text: str) -> Way:
    """The way of a phrase through the reports of a store.

    The phrase is found as it is written, whatever its case. A statement counts on the day it was said where the
    report gives one, else on the report's day.
    """
    import numpy as np

    found = Filter()
    words = found.bind(text)
    # Reports that may have it, by their words, those of the earliest days first.
    ordered: Any = store.select("SELECT number FROM article_rows ORDER BY day NULLS LAST, number").column(0).to_numpy()
    numbers = store.having(text)  # none where it cannot be told
    near = ordered if numbers is None else ordered[np.isin(ordered, numbers, kind="table")]
    window = listed(near[:LOOKED].tolist())
    looked = store.rows(
        f"""WITH hit AS MATERIALIZED (SELECT number, "text" FROM articles WHERE number {window}),
            has AS (SELECT number, strpos(lower(text), lower({words})) AS at, text FROM hit
                WHERE contains(lower(text), lower({words})))
        SELECT (SELECT count(*) FROM has) AS reports, a.id AS article, a.title, a.publisher, a.day, h.at - 1 AS at,
            substring(h.text, greatest(1, h.at - 120), 240 + length({words})) AS around
        FROM has h JOIN article_rows a ON a.number = h.number
        ORDER BY a.day NULLS LAST, {_MOMENT} NULLS LAST, a.number LIMIT 1""",  # noqa: S608
        found.parameters,
        checked=False,
    )
    rows = store.rows(
        f"""WITH there AS MATERIALIZED (SELECT number, position, said
                FROM statement_rows WHERE number {listed(sorted(near[:FEW].tolist()))}),
            hit AS MATERIALIZED (SELECT number, position FROM there WHERE contains(lower(said), lower({words}))),
            said AS MATERIALIZED (SELECT f.number, f.position, f.via,
                coalesce(f.speaker, f.source_words, 'nobody named') AS speaker,
                coalesce(f.earliest, f.latest, f.day) AS day
            FROM hit h JOIN statement_rows f ON f.number = h.number AND f.position = h.position),
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
        found.parameters,
        checked=False,
    )
    first = looked[0] if looked else None
    return Way(
        first["reports"] if first else 0,
        len(near) > LOOKED,
        first,
        rows[0]["statements"] if rows else 0,
        FEW if len(near) > FEW else 0,
        rows,
        (rows[0]["relays"] or []) if rows else [],
    )
