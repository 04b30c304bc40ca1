"""Copies: pairs of articles that share their words, for ``score_copies.py``.

The scorer wants one JSON list of pairs, not a prediction a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.quality.task import Row, article
from dateline.linking import duplicates

SEES = ("id", "text", "publisher", "date")


def predict(rows: Sequence[Row]) -> Iterator[list[list[str]]]:
    """One list: every pair of rows that is linked."""
    ordered = sorted(rows, key=lambda row: row["id"])
    things = [duplicates.copyable(article(row), len(duplicates.runs(row["text"]))) for row in ordered]
    yield [
        [ordered[a]["id"], ordered[b]["id"]]
        for a, b, shared in duplicates.pairs([row["text"] for row in ordered])
        if duplicates.judge(things[a], things[b], shared)
    ]
