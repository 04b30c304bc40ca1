"""What a question gives: nothing is read before it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from typing import Any, Generic, TypeVar

from dateline.errors import ConfigError
from dateline.store.warehouse import Warehouse

T = TypeVar("T")


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
    """

    def __init__(
        self,
        store: Warehouse,
        flat: str,
        parameters: dict[str, Any] | None = None,
        *,
        objects: str | None = None,
        make: Callable[[Any], list[T]] | None = None,
    ) -> None:
        self._store = store
        self._flat = flat
        self._objects = flat if objects is None else objects
        self._parameters = parameters or {}
        self._make = make

    def __iter__(self) -> Iterator[T]:
        with closing(self._batches(self._objects)) as stream:
            for batch in stream:
                yield from batch.to_pylist() if self._make is None else self._make(batch)

    def count(self) -> int:
        """How many rows there are."""
        counted = f"SELECT count(*) AS n FROM ({self._flat})"  # noqa: S608 - our own SQL or one checked to only read
        return int(self._store.rows(counted, self._used(counted))[0]["n"])

    def __repr__(self) -> str:
        return f"<Result: {', '.join(self.columns)}>"

    @property
    def columns(self) -> list[str]:
        """Names of the flat table's columns."""
        with closing(self.batches()) as stream:
            return list(next(stream).schema.names)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Rows of the flat table as dictionaries."""
        with closing(self._batches(self._flat)) as stream:
            for batch in stream:
                yield from batch.to_pylist()

    def batches(self) -> Generator[Any]:
        """The flat table as Arrow record batches; the first is empty and carries the schema."""
        return self._store.stream(self._flat, self._used(self._flat))

    def to_arrow(self) -> Any:
        """The flat table as a ``pyarrow.Table``."""
        return self._store.select(self._flat, self._used(self._flat))

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
        return self._store.stream(query, self._used(query))

    def _used(self, query: str) -> dict[str, Any]:
        """The parameters that a query names; DuckDB refuses others."""
        return {name: value for name, value in self._parameters.items() if f"${name}" in query}


def _demand(library: str) -> Any:
    import importlib

    try:
        return importlib.import_module(library)
    except ImportError as error:
        raise ConfigError(f"{library} is not installed: pip install 'dateline[{library}]'") from error
