"""The tables of a store as Parquet, CSV or JSON lines, a piece at a time.

Rows come in the order of arrival, with the columns of
:mod:`dateline.store.schema`; memory does not grow with the store. In CSV, which
has no lists, a list or a span is its JSON, and what is absent an empty field.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO, Literal

import msgspec

from dateline.errors import ConfigError, StoreError
from dateline.export.whole import whole_file
from dateline.records import Record
from dateline.store import schema
from dateline.store.schema import TABLES, arrow
from dateline.store.warehouse import Warehouse

Format = Literal["parquet", "csv", "jsonl"]
FORMATS: tuple[Format, ...] = ("parquet", "csv", "jsonl")
WORKINGS = ("inputs", "sketches", "linked")
"""Tables that say what has been read and linked so far, for the next run: not what any report says."""

_BATCH = 4096


def export(store: Warehouse, path: str | Path, table: str, *, form: Format | None = None) -> int:
    """Write one table to a file, whole or not at all.

    Args:
        store: The store.
        path: The file; ``-`` for standard output.
        table: A table of the store, or ``records`` for one JSON object an article, exactly the record.
        form: ``parquet``, ``csv`` or ``jsonl``; by default what the file's name ends in.

    Returns:
        Rows written.

    Raises:
        ConfigError: No such table or form, or the form cannot hold it.
        StoreError: The file cannot be written.
    """
    chosen = form or _form(str(path))
    with whole_file(path) as file:
        return write(store, file, table, form=chosen)


def export_all(store: Warehouse, folder: str | Path, *, form: Format = "parquet") -> dict[str, int]:
    """Write every table but :data:`WORKINGS` to a file of its own in a folder, made where there is none.

    Returns:
        Rows written, by table.
    """
    place = Path(folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"folder {place} cannot be made: {error.strerror or error}") from error
    return {name: export(store, place / f"{name}.{form}", name, form=form) for name in TABLES if name not in WORKINGS}


def write(store: Warehouse, file: BinaryIO, table: str, *, form: Format) -> int:
    """Write one table to an open file; see :func:`export`."""
    if form not in FORMATS:
        raise ConfigError(f"no form {form!r}: there are {', '.join(FORMATS)}")
    if table == "records":
        if form != "jsonl":
            raise ConfigError(f"records nest and fit jsonl alone, not {form}; for {form}, export a table")
        return _records(store.records(), file)
    if table not in TABLES:
        raise ConfigError(f"no table {table!r}: there are {', '.join(TABLES)}, and records")
    with closing(_batches(store, table)) as batches:
        if form == "parquet":
            return _parquet(batches, file)
        if form == "csv":
            return _csv(batches, file)
        return _jsonl(batches, file)


def _form(path: str) -> Format:
    ending = Path(path).suffix.removeprefix(".").lower()
    if ending not in FORMATS:
        raise ConfigError(f"what {path!r} is to hold cannot be told from its name: say parquet, csv or jsonl")
    return ending


def _batches(store: Warehouse, table: str) -> Generator[Any]:
    order = ", ".join(schema.order(table))
    return store.stream(f"SELECT * FROM {table} ORDER BY {order}", rows=_BATCH)  # noqa: S608


def _records(records: Iterable[Record], file: BinaryIO) -> int:
    encode = msgspec.json.Encoder().encode
    rows = 0
    for record in records:
        file.write(encode(record))
        file.write(b"\n")
        rows += 1
    return rows


def _parquet(batches: Iterator[Any], file: BinaryIO) -> int:
    from pyarrow import parquet

    writers: Any = parquet
    first = next(batches)
    rows = 0
    with writers.ParquetWriter(file, first.schema, compression="zstd") as writer:
        # Row groups of one batch would be small; of a few, they are read well and still bounded.
        waiting: list[Any] = []
        for batch in batches:
            waiting.append(batch)
            rows += batch.num_rows
            if len(waiting) == 8:
                writer.write_table(arrow().Table.from_batches(waiting, schema=first.schema))
                waiting = []
        writer.write_table(arrow().Table.from_batches(waiting, schema=first.schema))
    return rows


def _csv(batches: Iterator[Any], file: BinaryIO) -> int:
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    try:
        writer = csv.writer(text, lineterminator="\n")
        encode = msgspec.json.Encoder().encode
        rows = 0
        writer.writerow(next(batches).schema.names)
        for batch in batches:
            columns = [
                [encode(value).decode() if isinstance(value, (list, dict)) else value for value in column.to_pylist()]
                for column in batch.columns
            ]
            writer.writerows(zip(*columns, strict=True))
            rows += batch.num_rows
        return rows
    finally:
        text.detach()  # the file is the caller's to close


def _jsonl(batches: Iterator[Any], file: BinaryIO) -> int:
    encode = msgspec.json.Encoder().encode
    rows = 0
    next(batches)
    for batch in batches:
        for row in batch.to_pylist():
            file.write(encode(row))
            file.write(b"\n")
        rows += batch.num_rows
    return rows
