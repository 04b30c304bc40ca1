"""What all steps of linking share: their marks, and when an article was known."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from dateline.linking import duplicates
from dateline.linking.chronology import moment
from dateline.store.backend import Share
from dateline.store.schema import Linked
from dateline.store.warehouse import Warehouse, open_backend, there

BLOCK = 512
"""Texts read, and sketches written, at once."""
TIMES = "published, updated, dateline_day, retrieved"
"""The columns that :func:`known` asks for."""
MEMORY = 256 << 20
"""Bytes that the database may keep in memory while a store is linked; without a limit it keeps every text it reads."""
SPAN = 8192
"""Numbers of articles of which all facts are read at once."""


@contextmanager
def opened(path: str | Path) -> Generator[Warehouse]:
    """A store to be linked, in bounded memory.

    Raises:
        StoreError: There is none, or it cannot be opened for writing.
    """
    there(path)
    with Warehouse(open_backend(path, share=Share(memory=MEMORY))) as store:
        yield store


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


def spans(store: Warehouse, query: str) -> Iterator[list[dict[str, Any]]]:
    """Rows of a table by ``number``, some thousand numbers at a time: to sort it, all would be in memory at once.

    Args:
        store: The store.
        query: A SELECT with a WHERE clause, of a table that has a ``number``.
    """
    top = store.rows("SELECT max(number) AS top FROM articles")[0]["top"]
    for first in range(0, 0 if top is None else int(top) + 1, SPAN):
        yield store.rows(
            f"{query} AND number >= {first} AND number < {first + SPAN} ORDER BY number",
            checked=False,
        )


def chosen(store: Warehouse, columns: str, numbers: list[int]) -> list[dict[str, Any]]:
    """Columns of articles by their numbers, ascending."""
    return store.rows(
        f"SELECT {columns} FROM articles WHERE number >= $first AND number <= $last "  # noqa: S608 - our own columns
        "AND number IN (SELECT unnest($numbers::BIGINT[])) ORDER BY number",
        {"first": numbers[0], "last": numbers[-1], "numbers": numbers},
    )


def voices(store: Warehouse, articles: Iterable[str] | None = None) -> dict[str, str]:
    """Who stands for whom among copies: see :func:`dateline.linking.duplicates.voices`.

    Args:
        store: The store.
        articles: Only these, and those that are one voice with them.
    """
    query = f"SELECT first, second FROM copy_links WHERE (kind <> 'part' OR alike >= {duplicates.LEANS})"  # noqa: S608 - a number
    if articles is None:
        joined = rows(store, f"{query} ORDER BY id")
        return duplicates.spoken((each["first"], each["second"]) for each in joined)
    pairs: set[tuple[str, str]] = set()
    known: set[str] = set()
    fresh = set(articles)
    while fresh:  # a copy's copies are one voice with it, wherever they stand
        either = " OR ".join(f"{side} IN (SELECT unnest($ids::VARCHAR[]))" for side in ("first", "second"))
        found = {
            (each["first"], each["second"]) for each in store.rows(f"{query} AND ({either})", {"ids": sorted(fresh)})
        }
        known |= fresh
        fresh = {each for pair in found for each in pair} - known
        pairs |= found
    return duplicates.spoken(sorted(pairs))
