"""The way of a phrase: who used it first, who took it up, and who relayed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from dateline.query import Store
from dateline.query.events import rows_at
from dateline.query.filters import Filter
from dateline.query.windows import listed

SHOWN = 30
"""Most speakers and relays shown."""
LOOKED = 200
"""Most reports whose texts are looked through for the first, those of the earliest days."""
FEW = 1000
"""Most reports that may have a phrase whose statements are read, the earliest known."""
BLOCKS = 48
"""Most stretches of the store in which they may lie: each is read as a whole."""
_BLOCK = 256
"""Reports of a stretch."""
DENSE = 8
"""Reports that lie between two of them, on average, where all are read."""
_STATEMENT = ("article", "title", "publisher", "role", "said", "stance", "confidence", "coder")
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
    near = _near(store, text)
    first, reports = _first(store, text, near[:LOOKED])
    few = _few(near)
    rows = _statements(store, text, few)
    return Way(
        reports,
        len(near) > LOOKED,
        first,
        len(rows),
        len(few) if len(near) > len(few) else 0,
        _speakers(store, rows),
        _relays(rows),
    )


def _near(store: Store, text: str) -> Any:
    """Numbers of the reports that may have a phrase, by their words, those of the earliest days first."""
    import numpy as np

    ordered = by_day(store)
    numbers = store.having(text)  # none where it cannot be told
    return ordered if numbers is None else ordered[np.isin(ordered, numbers, kind="table")]


def by_day(store: Store) -> Any:
    """Numbers of all reports, those of the earliest days first."""
    return store.kept(
        "articles by day",
        lambda: store.select("SELECT number FROM article_rows ORDER BY day NULLS LAST, number").column(0).to_numpy(),
    )


def _few(near: Any) -> list[int]:
    """Those of the reports, the earliest known first, whose statements are read."""
    import numpy as np

    few = near[:FEW]
    _, at = np.unique(few // _BLOCK, return_index=True)
    begins = np.sort(at)
    return few[: begins[BLOCKS]].tolist() if len(begins) > BLOCKS else few.tolist()


def _first(store: Store, text: str, near: Any) -> tuple[dict[str, Any] | None, int]:
    """The first report with a phrase, and how many of these have it."""
    found = Filter()
    words = found.bind(text)
    looked = store.rows(
        f"""WITH hit AS MATERIALIZED (SELECT number, "text" FROM articles WHERE number {listed(near.tolist())}),
            has AS (SELECT number, strpos(lower(text), lower({words})) AS at, text FROM hit
                WHERE contains(lower(text), lower({words})))
        SELECT (SELECT count(*) FROM has) AS reports, a.id AS article, a.title, a.publisher, a.day, h.at - 1 AS at,
            substring(h.text, greatest(1, h.at - 120), 240 + length({words})) AS around
        FROM has h JOIN article_rows a ON a.number = h.number
        ORDER BY a.day NULLS LAST, {_MOMENT} NULLS LAST, a.number LIMIT 1""",  # noqa: S608
        found.parameters,
        checked=False,
    )
    return (looked[0], looked[0]["reports"]) if looked else (None, 0)


def _statements(store: Store, text: str, few: list[int]) -> list[dict[str, Any]]:
    """Statements with a phrase in some reports, as far as it takes to count them."""
    if not few:
        return []
    found = Filter()
    has = f"contains(lower(said), lower({found.bind(text)}))"
    low, high = min(few), max(few)
    if DENSE * len(few) > high - low:
        # They lie close together: what lies between is read with them, and left out afterwards.
        source = f"""statement_rows WHERE number BETWEEN {low} AND {high} AND {has}
            AND number IN (SELECT unnest({found.bind(few)}::BIGINT[]))"""
    else:
        # Numbers first: beside the other condition, the database would look through every statement.
        source = f"""(WITH n AS MATERIALIZED (SELECT number, position, speaker, source_words, via, earliest, latest,
            day, said FROM statement_rows WHERE number {listed(sorted(few))}) FROM n) WHERE {has}"""  # noqa: S608 - numbers
    rows = store.rows(
        f"""SELECT number, position, via, coalesce(speaker, source_words, 'nobody named') AS speaker,
            coalesce(earliest, latest, day) AS day FROM {source}""",  # noqa: S608 - values are bound
        found.parameters,
        checked=False,
    )
    known = {
        row["number"]: row["moment"]
        for row in store.rows(
            f"""SELECT number, {_MOMENT} AS moment FROM article_rows a
            WHERE number IN (SELECT unnest($numbers::BIGINT[]))""",  # noqa: S608 - columns of our own
            {"numbers": sorted({row["number"] for row in rows})},
        )
    }
    for row in rows:
        row["moment"] = known[row["number"]]
    return rows


def _speakers(store: Store, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each speaker's first statement, in the order of days."""
    said: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(rows, key=_order):
        said.setdefault(row["speaker"], []).append(row)
    firsts = list(islice(said.values(), SHOWN))
    shown = rows_at(store, "statement", _STATEMENT, [(each[0]["number"], each[0]["position"]) for each in firsts])
    at = {(row["number_"], row["position_"]): row for row in shown}
    return [
        {
            **at[each[0]["number"], each[0]["position"]],
            **each[0],
            "uses": len(each),
            "reports": len({row["number"] for row in each}),
        }
        for each in firsts
        if (each[0]["number"], each[0]["position"]) in at
    ]


def _order(row: dict[str, Any]) -> tuple[Any, ...]:
    """By day, then by the moment the report was known; what has none comes last."""
    return row["day"] or date.max, row["moment"] or "~", row["number"], row["position"]


def _relays(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Who relayed statements, the most frequent first."""
    told: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        for name in {each for each in row["via"] if each is not None}:
            told.setdefault(name, []).append(row)
    found = sorted(told.items(), key=lambda pair: (-len(pair[1]), pair[0]))[:SHOWN]
    return [
        {
            "name": name,
            "statements": len(each),
            "reports": len({row["number"] for row in each}),
            "first": min((row["day"] for row in each if row["day"] is not None), default=None),
        }
        for name, each in found
    ]
