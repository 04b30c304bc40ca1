"""Stories: reports of one happening, for ``score_stories.py``.

Rows have a text, or a headline alone, and often an address; their order, and the minute at which a crawler met
them, play no part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from benchmarks.quality.task import Row
from dateline.linking import stories

SEES = ("id", "text", "title", "time", "date", "publisher", "url")


def predict(rows: Sequence[Row]) -> Iterator[Row]:
    """The cluster of each row."""
    reports: list[stories.Report] = []
    for row in rows:
        when = row.get("time") or row.get("date")
        reports.append(
            stories.report(
                row["id"],
                title=row.get("title") or "",
                text=row.get("text") or "",
                url=row.get("url"),
                publisher=row.get("publisher"),
                day=date.fromisoformat(when[:10]) if when else None,
            )
        )
    found = {each.id: f"c{at}" for at, group in enumerate(stories.cluster(reports)) for each in group}
    for row in rows:
        yield {"id": row["id"], "cluster": found[row["id"]]}
