"""What a question gives: nothing is read before it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from typing import Any, Generic, TypeVar

from dateline.errors import ConfigError
from dateline.store.schema import arrow
from dateline.store.warehouse import Warehouse

T = TypeVar("T")

WINDOW = "/* window */"
"""Stands in the SQL of a question that is asked of a few articles at a time, after their number."""
_PLACE = ("day_", "number_", "position_")
"""Columns of a flat table that say where a row stands in the order, and are not shown."""
_FEW = 1000
"""So few rows are read at once."""


class Result(Generic[T]):
    """The answer to a question, as a table or as objects, in a fixed order.

    Iterating gives the record's own types (dictionaries, for SQL); the
    ``to_`` methods and :meth:`rows` give a flat table with names, words and
    cites beside the codes. Each use asks the store anew, and reads it in pieces.

    Args:
        store: The store.
        flat: SQL of the flat table.
        parameters: Values of ``$name`` in the SQL.
        objects: SQL of the objects' own rows, where it is not the flat table.
        make: Arrow table of those rows to objects; dictionaries without it.
        limit: Most rows that the SQL gives.
        windows: What gives the ends of conditions that take the place of :data:`WINDOW`, one after another: the
            answer is that of all of them, up to the limit.
        quick: What gives the same rows of the flat table, :data:`_PLACE` included, with less planning; used where
            they are few.
        tables: Arrow tables that the SQL names, beside those of the store.
    """

    def __init__(
        self,
        store: Warehouse,
        flat: str,
        parameters: dict[str, Any] | None = None,
        *,
        objects: str | None = None,
        make: Callable[[Any], list[T]] | None = None,
        limit: int | None = None,
        windows: Callable[[], Iterator[str]] | None = None,
        quick: Callable[[int], list[dict[str, Any]]] | None = None,
        tables: Mapping[str, Any] | None = None,
    ) -> None:
        self._store = store
        self._flat = flat
        self._objects = flat if objects is None else objects
        self._parameters = parameters or {}
        self._make = make
        self._limit = limit
        self._windows = windows
        self._quick = quick
        self._tables = tables

    def __iter__(self) -> Iterator[T]:
        with closing(self._batches(self._objects)) as stream:
            for batch in stream:
                yield from _plain(batch).to_pylist() if self._make is None else self._make(batch)

    def count(self) -> int:
        """How many rows there are."""
        total = 0
        for query in self._queries(f"SELECT count(*) AS n FROM ({self._flat})"):  # noqa: S608 - our own SQL or one checked to only read
            total += int(self._store.rows(query, self._used(query), tables=self._tables)[0]["n"])
            if self._limit is not None and total >= self._limit:
                return self._limit
        return total

    def __repr__(self) -> str:
        return f"<Result: {', '.join(self.columns)}>"

    @property
    def columns(self) -> list[str]:
        """Names of the flat table's columns."""
        with closing(self.batches()) as stream:
            return list(next(stream).schema.names)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Rows of the flat table as dictionaries."""
        for row, _ in self.placed():
            yield row

    def placed(self) -> Iterator[tuple[dict[str, Any], tuple[int, ...]]]:
        """Rows of the flat table, each with its place in the order they come in; none where rows have no place."""
        for row in self._rows():
            yield row, tuple(row.pop(each) for each in _PLACE if each in row)

    def _rows(self) -> Iterator[dict[str, Any]]:
        if self._limit is None or self._limit > _FEW:
            with closing(self._batches(self._flat)) as stream:
                for batch in stream:
                    yield from batch.to_pylist()
            return
        if self._quick is not None:
            yield from self._quick(self._limit)
            return
        left = self._limit
        for query in self._queries(self._flat):
            checked = self._windows is None
            found = self._store.rows(query, self._used(query), checked=checked, tables=self._tables)[:left]
            left -= len(found)
            yield from found
            if left <= 0:
                return

    def batches(self) -> Generator[Any]:
        """The flat table as Arrow record batches; the first is empty and carries the schema."""
        with closing(self._batches(self._flat)) as stream:
            for batch in stream:
                yield _plain(batch)

    def to_arrow(self) -> Any:
        """The flat table as a ``pyarrow.Table``."""
        with closing(self.batches()) as stream:
            first = next(stream)
            return arrow().Table.from_batches(list(stream), schema=first.schema)

    def to_pandas(self) -> Any:
        """The flat table as a ``pandas.DataFrame``.

        Raises:
            ConfigError: pandas is not installed.
        """
        _demand("pandas")
        return self.to_arrow().to_pandas()

    def to_polars(self) -> Any:
        """The flat table as a ``polars.DataFrame``.

        Raises:
            ConfigError: polars is not installed.
        """
        polars = _demand("polars")
        return polars.from_arrow(self.to_arrow())

    def _batches(self, query: str) -> Generator[Any]:
        left = self._limit
        for place, each in enumerate(self._queries(query)):
            with closing(self._store.stream(each, self._used(each), tables=self._tables)) as stream:
                for part, batch in enumerate(stream):
                    if part == 0:  # empty: the schema
                        if place == 0:
                            yield batch
                        continue
                    kept = batch if left is None else batch.slice(0, left)
                    left = None if left is None else left - kept.num_rows
                    yield kept
            if left is not None and left <= 0:
                return

    def _queries(self, query: str) -> Iterator[str]:
        if self._windows is None:
            yield query
            return
        for window in self._windows():
            yield query.replace(WINDOW, window)

    def _used(self, query: str) -> dict[str, Any]:
        """The parameters that a query names; DuckDB refuses others."""
        return {name: value for name, value in self._parameters.items() if f"${name}" in query}


def _plain(batch: Any) -> Any:
    """A batch without the columns that are not shown."""
    shown = [name for name in batch.schema.names if name not in _PLACE]
    # By name only where there is something to leave out: a query of a user's own may give two columns one name.
    return batch if len(shown) == len(batch.schema.names) else batch.select(shown)


def _demand(library: str) -> Any:
    import importlib

    try:
        return importlib.import_module(library)
    except ImportError as error:
        raise ConfigError(f"{library} is not installed: pip install 'dateline[{library}]'") from error
