"""The flat table of a question as JSON lines, CSV or TSV, a row at a time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO, Literal, cast

Output = Literal["json", "csv", "tsv"]


def text(value: object) -> str:
    """A value of a table as text: lists joined, coordinates short, nothing for none."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(text(each) for each in cast("list[object]", value))
    if isinstance(value, float):
        return f"{value:.6g}"
    return str(value)


def write(file: BinaryIO, columns: Iterable[str], rows: Iterable[Mapping[str, Any]], output: Output) -> int:
    """Rows as JSON lines, CSV or TSV, in UTF-8; returns how many.

    In tables the first line names the columns, what is absent is an empty cell, and the values of a list are parted by
    semicolons; numbers keep all their digits.
    """
    count = 0
    if output == "json":
        import msgspec

        encode = msgspec.json.Encoder().encode
        for row in rows:
            file.write(encode(row) + b"\n")
            count += 1
        return count
    stream = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    try:
        writer = csv.writer(stream, delimiter="\t" if output == "tsv" else ",")
        names = list(columns)
        writer.writerow(names)
        for row in rows:
            count += 1
            writer.writerow([row[name] if isinstance(row[name], float) else text(row[name]) for name in names])
    finally:
        stream.detach()  # the file is the caller's to close
    return count
