"""Times: TIMEX3 expressions and values (MEANTIME, TempEval-3), for ``score_times.py``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.quality.task import Row, drafts
from dateline.coding.times import TimeCoder

SEES = ("id", "text", "dct")


def predict(rows: Sequence[Row]) -> Iterator[Row]:
    """Time expressions of each row."""
    for row, draft in zip(rows, drafts(rows, [TimeCoder(amounts=True)]), strict=True):
        yield {
            "id": row["id"],
            "timexes": [
                {"start": t.mention.start, "end": t.mention.end, "type": t.type, "value": t.value} for t in draft.times
            ],
        }
