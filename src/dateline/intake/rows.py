"""Rows that are no articles: JSON lines and tables as mappings, every key kept.

Whoever has sentences with something known about them (their parties, say) brings them in this form; what a key means is
for the caller to say. The form is told from the bytes: what begins with ``{`` or ``[`` is JSON, anything else a table.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, cast

from dateline.errors import ArticleError, ConfigError
from dateline.intake import archives, jsonl, sources, tables
from dateline.intake.extract import Raw
from dateline.intake.settings import DEFAULTS, Settings
from dateline.records import Rejection

Row = tuple[str, Mapping[str, Any] | Rejection]
"""``file:line`` and what stands there, or why it cannot be read."""


def read(source: str, settings: Settings = DEFAULTS, *, needs: Sequence[str] = ()) -> Iterator[Row]:
    """The rows of a file, or of standard input where ``source`` is ``-``; gzip and zstd are unpacked.

    A row that cannot be read comes as a Rejection, and so does a file that is no table.

    Args:
        source: Path of the file.
        settings: Its ``page_bytes`` bound a row.
        needs: Names of columns of which a table must have one, or none of its rows is read; see :func:`value`.

    Raises:
        ConfigError: There is no such file, or it may not be read.
    """
    try:
        if source == "-":
            yield from _rows(sys.stdin.buffer, source, settings, needs)
            return
        with Path(source).open("rb") as stream:
            yield from _rows(stream, source, settings, needs)
    except ArticleError as error:
        yield source, Rejection(where=source, reason=error.reason, detail=error.detail)
    except OSError as error:
        raise ConfigError(f"{source} cannot be read ({error.strerror or error}): check the path") from error


def _rows(stream: Any, where: str, settings: Settings, needs: Sequence[str]) -> Iterator[Row]:
    buffered: Any = stream if hasattr(stream, "peek") else io.BufferedReader(cast("io.RawIOBase", stream))
    while packed := archives.packing(head := buffered.peek(8192)[:8192]):
        buffered = archives.open_expanded(buffered, packed, where, settings)
    plain = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe\x00 \t\r\n")
    name = where.removesuffix(".gz").removesuffix(".zst")
    json = plain.startswith((b"{", b"[")) or Path(name).suffix in sources.LINES
    empty = True
    for row in _json(buffered, head, where, settings) if json else _table(buffered, head, where, settings, needs):
        empty = False
        yield row
    if empty:
        raise ArticleError("empty", f"{where} holds no row: leave it out")


def _json(stream: BinaryIO, head: bytes, where: str, settings: Settings) -> Iterator[Row]:
    if sources.looks_like_lines(head) or not head.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith((b"{", b"[")):
        for _, data, first, too_long in sources.chunks(stream, settings):
            if too_long:
                place = f"{where}:{first}"
                detail = f"{place} is longer than the {settings.page_bytes:,} bytes allowed: leave it out"
                yield place, Rejection(where=place, reason="too large", detail=detail)
                continue
            media = f"application/jsonl; first-line={first}"
            yield from ((place, row) for place, row, _ in jsonl.rows(Raw(data, where, media=media), settings))
        return
    # An array, or one object over several lines.
    data = stream.read(settings.page_bytes + 1)
    if len(data) > settings.page_bytes:
        raise ArticleError(
            "too large",
            f"{where} is one piece of JSON of more than {settings.page_bytes:,} bytes: write one object a line",
        )
    yield from ((place, row) for place, row, _ in jsonl.rows(Raw(data, where), settings))


def _table(stream: BinaryIO, head: bytes, where: str, settings: Settings, needs: Sequence[str]) -> Iterator[Row]:
    name = where.removesuffix(".gz").removesuffix(".zst")
    media = tables.MEDIA[".tsv" if name.endswith(".tsv") else ".csv"]
    found, _ = tables.lines(stream, head, where, settings)
    header = tables.header(found, where, media)
    if needs and value(dict.fromkeys(header.names, True), needs) is None:
        names = ", ".join(header.names[:20])[:300]
        raise ArticleError(
            "no such column", f"{where} has no column {' or '.join(needs)} (its columns: {names}): --field text=COLUMN"
        )
    for run in tables.runs(found, header, settings):
        if run.data is None:
            place = f"{where}:{run.first}"
            reason, detail = tables.too_large(place, run, settings)
            yield place, Rejection(where=place, reason=reason, detail=detail)
            continue
        raw = Raw(header.data + run.data, where, media=f"{media}; first-line={run.first}")
        yield from tables.rows(raw, settings)


def value(row: Mapping[str, Any], names: Sequence[str]) -> Any:
    """The value of the first of some keys that a row has, none where it has none of them or nothing in it.

    A key is the row's own, whatever its case and punctuation, or a path into what lies in the row: ``meta.actor``,
    ``events.0.source``.
    """
    folded: dict[str, str] | None = None
    for name in names:
        if row.get(name) not in (None, ""):
            return row[name]
        if folded is None:
            folded = {}
            for key in row:
                folded.setdefault(tables.plain(str(key)), key)
        key = folded.get(tables.plain(name))
        found: Any = row[key] if key is not None else _at(row, name.split(".")) if "." in name else None
        if found not in (None, ""):
            return found
    return None


def _at(found: Any, path: Sequence[str]) -> Any:
    for step in path:
        if isinstance(found, list):
            listed = cast("list[Any]", found)
            found = listed[int(step)] if step.isdecimal() and int(step) < len(listed) else None
        else:
            found = cast("dict[str, Any]", found).get(step) if isinstance(found, dict) else None
    return found
