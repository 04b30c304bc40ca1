"""Stories: reports of one happening, for ``score_stories.py``.

Rows have a text, or a headline alone; their order, and the minute at which a crawler met them, play no part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from benchmarks.quality.task import Row
from dateline.linking import stories

SEES = ("id", "text", "title", "time", "date", "publisher")


def predict(rows: Sequence[Row]) -> Iterator[Row]:
    """The cluster of each row."""
    reports: list[stories.Report] = []
    for row in rows:
        when = row.get("time") or row.get("date")
        title: str = row.get("title") or ""
        reports.append(
            stories.Report(
                id=row["id"],
                title=title,
                publisher=row.get("publisher"),
                day=date.fromisoformat(when[:10]) if when else None,
                terms=stories.terms(title, row.get("text") or ""),
            )
        )
    found = {each.id: f"c{at}" for at, group in enumerate(stories.cluster(reports)) for each in group}
    for row in rows:
        yield {"id": row["id"], "cluster": found[row["id"]]}
