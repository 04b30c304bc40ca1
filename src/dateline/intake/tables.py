"""Tables of articles, comma, semicolon or tab between their fields: a row an article, the way JSON lines go.

A row may hold line breaks in quotes, so the bytes are cut into rows by the same reader of CSV that takes them apart
later, and no more than one run of rows is held at a time.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

import msgspec

from dateline.errors import ArticleError
from dateline.intake import guard, jsonl, sniff
from dateline.intake.extract import Raw
from dateline.intake.settings import Settings
from dateline.records import Article, Rejection

MEDIA = {".csv": "text/csv", ".tsv": "text/tab-separated-values"}
"""Suffixes of files that are read as tables, and the media types that say so."""

_RUN_ROWS = 32
_RUN_BYTES = 1 << 18
_MOST_HEADER = 1 << 20
_MOMENTS = ("published", "updated", "retrieved")
_WEEKDAY = re.compile(r",?\s*\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b,?", re.IGNORECASE)
_STATA = re.compile(r"\b(\d{1,2})([A-Za-z]{3})((?:19|20)\d\d)\b")


@dataclass(frozen=True, slots=True)
class Header:
    """The line that names a table's columns."""

    data: bytes
    """As it came, without a byte order mark."""
    names: tuple[str, ...]
    delimiter: str
    lines: int
    """Lines of the file it takes, blank ones before it included."""
    length: int
    """Bytes of the file it takes, likewise."""


@dataclass(frozen=True, slots=True)
class Run:
    """Some rows one after another, or one that is too long to be held."""

    offset: int
    length: int
    first: int
    """Number of the first line, from 1."""
    last: int
    data: bytes | None
    """None for a row that is too long."""


class _TooLongError(Exception):
    """A row has more bytes than a page may have."""


class _Lines:
    """Lines for :func:`csv.reader`, kept until the row that they belong to is whole."""

    def __init__(self, lines: Iterator[bytes], most: int) -> None:
        self._lines, self._most = lines, most
        self.held: list[bytes] = []
        self.size = self.ends = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.held.append(line)
        self.size += len(line)
        self.ends += line.endswith(b"\n")
        if self.size > self._most + 2:
            raise _TooLongError
        # Any byte is a character here; quotes, delimiters and line ends stay what they are in every encoding read.
        return line.decode("latin-1")

    def begin(self) -> None:
        """Forget what was kept."""
        self.held, self.size, self.ends = [], 0, 0

    def skip(self) -> None:
        """Read on, keeping nothing, to the end of the row that is too long."""
        quotes = sum(line.count(b'"') for line in self.held)
        line = self.held[-1]
        self.held = []
        while (quotes % 2 or not line.endswith(b"\n")) and (line := next(self._lines, b"")):
            quotes += line.count(b'"')
            self.size += len(line)
            self.ends += line.endswith(b"\n")


def lines(stream: BinaryIO, head: bytes, where: str, settings: Settings) -> tuple[Iterator[bytes], bool]:
    """The lines of a table, and whether they are its own bytes: UTF-16, as Excel writes it, comes as UTF-8.

    Args:
        stream: The table, at its beginning.
        head: Its first bytes, not taken from the stream.
        where: For messages.
        settings: A longer line than ``page_bytes`` comes in pieces.

    Raises:
        ArticleError: The bytes begin like a file of another kind, a spreadsheet say.
    """
    if what := guard.magic(head):
        raise ArticleError("binary", f"{where} is {what}")
    marked = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    encoding = "utf-16" if marked else guard.wide(head)
    most = settings.page_bytes + 3  # one more than a row may have with its line end, so that a piece is seen to be one
    if encoding is None:
        return iter(lambda: stream.readline(most), b""), True
    return _recoded(stream, encoding, most), False


def _recoded(stream: BinaryIO, encoding: str, most: int) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    rest = b""
    while block := stream.read(1 << 16):
        *whole, rest = (rest + decoder.decode(block).encode("utf-8", "replace")).split(b"\n")
        for line in whole:
            yield line + b"\n"
        if len(rest) >= most:
            yield rest
            rest = b""
    if rest := rest + decoder.decode(b"", final=True).encode("utf-8", "replace"):
        yield rest


def header(found: Iterator[bytes], where: str, media: str) -> Header:
    """The first line that is not blank, and what stands between the fields.

    The delimiter is the one of comma, semicolon and tab that makes the most columns.

    Raises:
        ArticleError: There is no such line, or it does not end.
    """
    data, count, length = b"", 0, 0
    for line in found:
        count, length = count + 1, length + len(line)
        data += line.removeprefix(b"\xef\xbb\xbf") if count == 1 else line
        if len(data) > _MOST_HEADER:
            break
        if not data.strip():
            data = b""
        elif data.count(b'"') % 2 == 0:
            words = _characters(data, where, media)
            if "\r" in words.rstrip("\r\n"):
                break
            usual = "\t" if media.startswith(MEDIA[".tsv"]) else ","
            split = {each: next(csv.reader([words], delimiter=each)) for each in (usual, ",", ";", "\t")}
            delimiter = max(split, key=lambda each: len(split[each]))
            return Header(data, tuple(name.strip() for name in split[delimiter]), delimiter, count, length)
    if not data:
        raise ArticleError("empty", f"{where} holds nothing: write the table again or leave it out")
    raise ArticleError("bad table", f"{where} has no line of column names that ends: write the table again as CSV")


def columns(head: Header, where: str, settings: Settings) -> dict[str, tuple[int, ...]]:
    """The columns of each field of an article, best first, told as for JSON, whatever the case of their names.

    Raises:
        ArticleError: There is none for the text, or ``Settings.fields`` has a field that articles have not.
    """
    if unknown := jsonl.unknown(settings):
        raise ArticleError("fields", unknown)
    places: dict[str, int] = {}
    for place, name in enumerate(head.names):
        places.setdefault(plain(name), place)
    taken: dict[str, tuple[int, ...]] = {}
    for field, usual in jsonl.USUAL.items():
        wanted = settings.fields.get(field)
        if wanted is not None and wanted in head.names:
            taken[field] = (head.names.index(wanted),)
            continue
        keys = dict.fromkeys(map(plain, usual if wanted is None else (wanted,)))
        taken[field] = tuple(places[key] for key in keys if key in places)
    if not taken["text"]:
        wanted = settings.fields.get("text")
        tried = f"no column {wanted!r}" if wanted else "no column with a usual name of the text"
        names = ", ".join(name or '""' for name in head.names[:20]) + (", ..." if len(head.names) > 20 else "")
        raise ArticleError(
            "no text column", f"{where} has {tried} (its columns: {names}): say which holds it with --field text=COLUMN"
        )
    return taken


def looks_like(head: bytes, where: str, settings: Settings) -> bool:
    """Whether bytes that do not say what they are begin like a table of articles.

    They do where their first line names a column for the text: the one that was asked for, or a usual one beside
    another of ours.
    """
    try:
        found, _ = lines(io.BytesIO(head), head, where, settings)
        taken = columns(header(found, where, MEDIA[".csv"]), where, settings)
    except ArticleError:
        return False
    return "text" in settings.fields or sum(map(bool, taken.values())) > 1


def plain(name: str) -> str:
    """A column's name without case and punctuation: "Full text", full_text and fullText are one."""
    return re.sub(r"[\W_]+", "", name).casefold() or name


def runs(found: Iterator[bytes], head: Header, settings: Settings) -> Iterator[Run]:
    """The rows under a header, some at a time."""
    offset, number = head.length, head.lines + 1
    start, first, size = offset, number, 0
    held: list[bytes] = []
    blank = b" \r\n" + head.delimiter.encode()  # spreadsheets leave many such rows at the end
    for data, length, ends in _rows(found, head.delimiter, settings):
        if data is None or len(held) >= _RUN_ROWS or size >= _RUN_BYTES:
            if any(row.replace(b'""', b"").strip(blank) for row in held):
                yield Run(start, size, first, number - 1, b"".join(held))
            start, first, size, held = offset, number, 0, []
        last = number + max(ends, 1) - 1
        if data is None:
            yield Run(offset, length, number, last, None)
        else:
            held.append(data)
            size += length
        offset, number = offset + length, last + 1
        if data is None:
            start, first = offset, number
    if any(row.replace(b'""', b"").strip(blank) for row in held):
        yield Run(start, size, first, number - 1, b"".join(held))


def _rows(found: Iterator[bytes], delimiter: str, settings: Settings) -> Iterator[tuple[bytes | None, int, int]]:
    """Each row's bytes (none where they are too many), their number, and the line ends among them."""
    _allow_long_fields(settings)
    kept = _Lines(found, settings.page_bytes)
    reader = csv.reader(kept, delimiter=delimiter)
    while True:
        kept.begin()
        try:
            next(reader)
        except StopIteration:
            return
        except csv.Error:
            pass  # whoever takes the row apart says what is wrong with it
        except _TooLongError:
            kept.skip()
            yield None, kept.size, kept.ends
            continue
        yield b"".join(kept.held), kept.size, kept.ends


def _allow_long_fields(settings: Settings) -> None:
    csv.field_size_limit(max(csv.field_size_limit(), settings.page_bytes + 2))


def too_large(where: str, run: Run, settings: Settings) -> tuple[str, str]:
    """Reason and detail of the rejection of a row that is too long."""
    reach = f" (lines {run.first} to {run.last})" if run.last > run.first else ""
    detail = (
        f"{where}{reach} has {run.length:,} bytes, more than the {settings.page_bytes:,} allowed: raise page_bytes, "
        "or close a quote that stays open"
    )
    return "too large", detail


def articles(raw: Raw, settings: Settings) -> list[Article | Rejection]:
    """The articles of a table, or of a header with some of its rows.

    A row that cannot be read gives a Rejection that names its line; the others are read.

    Raises:
        ArticleError: The table has no header, or no column for the text.
    """
    media = raw.media or ""
    own, _ = lines(io.BytesIO(raw.data), raw.data[:8192], raw.where, settings)
    head = header(own, raw.where, media)
    taken = columns(head, raw.where, settings)
    unnamed = msgspec.structs.replace(settings, fields={})
    found: list[Article | Rejection] = []
    for where, values, piece in _placed(own, head, raw, settings):
        if isinstance(values, Rejection):
            found.append(values)
            continue
        try:
            found.append(jsonl.article(_row(values, taken, where), where, piece, raw, unnamed))
        except ArticleError as error:
            found.append(jsonl.rejected(where, error.reason, error.detail, piece))
    if not found:
        raise ArticleError("empty", f"{raw.where} has columns and no row: leave it out")
    return found


def rows(raw: Raw, settings: Settings) -> Iterator[tuple[str, dict[str, str] | Rejection]]:
    """The rows of a table, or of a header with some of its rows: where each stands, its values by column.

    What is missing (an empty cell, NA) is left out, and so are blank rows; of columns of one name the first that is
    filled counts.

    Raises:
        ArticleError: The table has no header.
    """
    own, _ = lines(io.BytesIO(raw.data), raw.data[:8192], raw.where, settings)
    head = header(own, raw.where, raw.media or "")
    for where, values, _ in _placed(own, head, raw, settings):
        if isinstance(values, Rejection):
            yield where, values
        else:
            named: dict[str, str] = {}
            for name, value in zip(head.names, values, strict=True):
                if value.strip():
                    named.setdefault(name, value)
            yield where, named


def _placed(
    own: Iterator[bytes], head: Header, raw: Raw, settings: Settings
) -> Iterator[tuple[str, list[str] | Rejection, bytes]]:
    """The rows under a header that are not blank: where each stands, its values, its bytes."""
    media = raw.media or ""
    number = jsonl.first_line(raw) if "first-line=" in media else head.lines + 1
    for data, length, ends in _rows(own, head.delimiter, settings):
        where, first = f"{raw.where}:{number}", number
        number += max(ends, 1)
        if data is None:
            reason, detail = too_large(where, Run(0, length, first, number - 1, None), settings)
            yield where, Rejection(where=where, reason=reason, detail=detail), b""
            continue
        piece = data.strip(b"\r\n")
        try:
            values = _values(data, head, where, media)
        except ArticleError as error:
            yield where, jsonl.rejected(where, error.reason, error.detail, piece), piece
            continue
        if values is not None:
            yield where, values, piece


def _characters(data: bytes, where: str, media: str) -> str:
    # Rows are whole: an odd byte at the end is another encoding, not a cut, so it must not stand at the end.
    return sniff.decode(Raw(data + b"    ", where, media=media))[:-4]


def _values(data: bytes, head: Header, where: str, media: str) -> list[str] | None:
    """A row's values; none for a blank one, as spreadsheets leave them at the end.

    Raises:
        ArticleError: It does not fit the header.
    """
    if not data.strip():
        return None
    words = _characters(data, where, media)
    try:
        values = next(csv.reader([words], delimiter=head.delimiter, strict=True))
    except csv.Error as error:
        raise ArticleError(
            "bad row", f"{where} is no row of the table ({error}): put fields in quotes and double the quotes in them"
        ) from error
    # R writes NA for what is missing.
    values = ["" if value == "NA" else value for value in values]
    if not any(map(str.strip, values)):
        return None
    if len(values) != len(head.names):
        raise ArticleError(
            "bad row",
            f"{where} has {len(values)} fields, the header has {len(head.names)}: "
            "put fields that hold the delimiter or line breaks in quotes",
        )
    return values


def _row(values: list[str], taken: Mapping[str, tuple[int, ...]], where: str) -> dict[str, Any]:
    """A row as JSON would have it.

    Raises:
        ArticleError: It has no text.
    """
    row: dict[str, Any] = {}
    for field, places in taken.items():
        value = next((values[place] for place in places if values[place].strip()), "")
        if value:
            row[jsonl.USUAL[field][0]] = _moment(value) if field in _MOMENTS else value
    if "text" not in row:
        raise ArticleError("empty", f"{where}: the text is empty: drop the row")
    return row


def _moment(value: str) -> str:
    """A moment as it can be parsed: LexisNexis' weekday left out, Stata's 05mar2024 spaced."""
    return _STATA.sub(r"\1 \2 \3", _WEEKDAY.sub("", value.strip()))
