"""What a benchmark task is.

A task lives in a module of its name here and defines

* ``SEES``: the keys of a row that a user would have too; all others, the gold
  among them, are removed before ``predict`` gets the row;
* ``predict(rows)``: predictions in the format of the task's scorer: one a row, but
  for copies, which are one list of pairs of all rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from dateline.coding.coder import KINDS, Coder, Draft
from dateline.intake.text import verbatim
from dateline.reading import Reading
from dateline.records import Article

Row = dict[str, Any]


class Task(Protocol):
    """The shape of a task module."""

    SEES: tuple[str, ...]

    def predict(self, rows: Sequence[Row]) -> Iterator[Row]:
        """Predictions, one a row."""
        ...


def article(row: Row) -> Article:
    """The article of a row: its text kept as it is; dated by ``date`` or ``dct`` where given."""
    return verbatim(
        row["text"],
        url=row.get("url"),
        source=row.get("publisher") or row.get("domain"),
        title=row.get("title"),
        published=row.get("date") or row.get("dct"),
    )


def drafts(rows: Sequence[Row], coders: Sequence[Coder], reading: Reading | None = None) -> Iterator[Draft]:
    """Drafts of the rows with the findings of ``coders``, which must come in the order of their needs."""
    reading = reading or Reading()
    for at in range(0, len(rows), 8):
        batch = [Draft(each) for each in reading.analyse([article(row) for row in rows[at : at + 8]])]
        for coder in coders:
            for draft, found in zip(batch, coder.code(batch), strict=True):
                setattr(draft, KINDS[coder.gives], found)
        yield from batch
