"""What all steps of linking share: their marks, and when an article was known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from dateline.linking.chronology import moment
from dateline.store.schema import Linked
from dateline.store.warehouse import Warehouse

BLOCK = 512
"""Texts read, and sketches written, at once."""


def mark(store: Warehouse, step: str) -> Linked | None:
    """The mark of a step; none where it was never done."""
    return next((each for each in store.links("linked") if each.step == step), None)


def marks(store: Warehouse, done: Linked) -> list[Linked]:
    """All marks, with this one in place of the one of its step."""
    return [*(each for each in store.links("linked") if each.step != done.step), done]


def known(row: dict[str, Any]) -> Any:
    """When an article was there at the latest, from a row with its times."""
    day: date | None = row["dateline_day"]
    return moment(row["published"] or row["updated"] or (day.isoformat() if day else None) or row["retrieved"])


def rows(store: Warehouse, query: str) -> Iterator[dict[str, Any]]:
    """Rows of a SELECT one after the other: of a million, dictionaries would take a gigabyte at once."""
    for batch in store.stream(query, rows=1024):
        yield from batch.to_pylist()
