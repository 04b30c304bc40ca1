"""What to read: files, folders, globs, standard input and URLs to work items.

Items come in a fixed order (sources as given, folders by name), say what to read and read nothing yet, so that a
worker process can do it. Each has a key that stays the same while its input does, for resuming.
"""

from __future__ import annotations

import contextlib
import glob
import io
import os
import stat
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, cast

from dateline.errors import ArticleError, ConfigError, TransientError
from dateline.intake import archives, read, tables
from dateline.intake.extract import Raw
from dateline.intake.settings import DEFAULTS, Settings
from dateline.records import Article, Rejection

PAGES = frozenset((".txt", ".text", ".htm", ".html", ".xhtml", ".shtml", ".xml", ".rss", ".atom", ".rdf", ".feed"))
LINES = frozenset((".json", ".jsonl", ".ndjson", ".jl"))
TABLES = frozenset(tables.MEDIA)
ARCHIVES = frozenset((".warc",))
PACKED = frozenset((".gz", ".zst"))
_CHUNK_LINES = 32
_CHUNK_BYTES = 1 << 18


@dataclass(frozen=True, slots=True)
class Item(ABC):
    """One piece of work; it can be sent to another process."""

    where: str
    """For messages: path, URL, ``archive#offset`` or ``file:line``."""
    key: str
    """Stable identity: what it is and which version of it; equal keys hold equal content."""

    @abstractmethod
    def load(self, settings: Settings = DEFAULTS) -> Raw:
        """The bytes.

        Raises:
            ArticleError: They cannot be had.
            TransientError: They cannot be had now.
        """

    def articles(self, *, settings: Settings | None = None) -> list[Article | Rejection]:
        """Load and read; what goes wrong with the input comes as a Rejection."""
        chosen = settings or DEFAULTS
        try:
            raw = self.load(chosen)
        except ArticleError as error:
            return [Rejection(where=self.where, reason=error.reason, detail=error.detail)]
        except TransientError as error:
            return [Rejection(where=self.where, reason="no answer", detail=f"{error}: try again later")]
        except OSError as error:
            detail = f"{self.where} cannot be read ({error.strerror or error}): check that it exists and may be read"
            return [Rejection(where=self.where, reason="unreadable", detail=detail)]
        if chosen.retrieved and raw.retrieved is None:
            raw = replace(raw, retrieved=chosen.retrieved)
        return read(raw, settings=chosen)


@dataclass(frozen=True, slots=True)
class FileItem(Item):
    """A file that is one page."""

    path: str

    def load(self, settings: Settings = DEFAULTS) -> Raw:
        """The file's bytes."""
        with Path(self.path).open("rb") as stream:
            data = stream.read(settings.page_bytes + 1)
        if len(data) > settings.page_bytes:
            raise ArticleError(
                "too large",
                f"{self.where} is larger than the {settings.page_bytes:,} bytes a page may have: "
                "split it or raise page_bytes",
            )
        return Raw(data, self.where)


@dataclass(frozen=True, slots=True)
class LinesItem(Item):
    """Some lines of a JSONL file."""

    path: str
    offset: int
    length: int
    first: int
    """Number of the first line, from 1."""

    def load(self, settings: Settings = DEFAULTS) -> Raw:  # noqa: ARG002 — the lines were measured when they were found
        """The lines' bytes."""
        return Raw(_part(self.path, self.offset, self.length), self.path, media=_media(self.first))


@dataclass(frozen=True, slots=True)
class RowsItem(Item):
    """Some rows of a table."""

    path: str
    offset: int
    length: int
    head: bytes
    """The line of column names."""
    media: str

    def load(self, settings: Settings = DEFAULTS) -> Raw:  # noqa: ARG002 — the rows were measured when they were found
        """The line of column names and the rows' bytes."""
        return Raw(self.head + _part(self.path, self.offset, self.length), self.path, media=self.media)


@dataclass(frozen=True, slots=True)
class RecordItem(Item):
    """A record of a web archive."""

    path: str
    offset: int

    def load(self, settings: Settings = DEFAULTS) -> Raw:
        """The record's page."""
        return archives.record_at(Path(self.path), self.offset, self.path, settings)


@dataclass(frozen=True, slots=True)
class UrlItem(Item):
    """A page on the web."""

    def load(self, settings: Settings = DEFAULTS) -> Raw:
        """The page as the site sends it now."""
        from dateline.intake import fetch

        return fetch.get(self.where, settings=settings)


@dataclass(frozen=True, slots=True)
class HeldItem(Item):
    """A page already in hand: from standard input, or from an archive that must be read in one go."""

    raw: Raw

    def load(self, settings: Settings = DEFAULTS) -> Raw:  # noqa: ARG002 — there is nothing left to load
        """The page."""
        return self.raw


@dataclass(frozen=True, slots=True)
class RejectedItem(Item):
    """What was found and cannot be read."""

    reason: str
    detail: str

    def load(self, settings: Settings = DEFAULTS) -> Raw:  # noqa: ARG002 — there is nothing to load
        """Always raises."""
        raise ArticleError(self.reason, self.detail)


def _part(path: str, offset: int, length: int) -> bytes:
    with Path(path).open("rb") as stream:
        stream.seek(offset)
        return stream.read(length)


def _media(first: int) -> str:
    return f"application/jsonl; first-line={first}"


def is_url(source: str) -> bool:
    """Whether a source is a web address."""
    return source.lower().startswith(("http://", "https://"))


def items(
    sources: Sequence[str], *, settings: Settings | None = None, store: str | Path | None = None
) -> Iterator[Item]:
    """The work that sources hold, in a fixed order.

    Args:
        sources: Paths of files and folders, globs, ``-`` for standard input, http(s) URLs.
        settings: Limits and choices.
        store: A store that is no news, should it lie in a folder or among the matches of a glob: its files are
            passed over.

    Raises:
        ConfigError: A path that does not exist, a glob that matches nothing, a scheme other than http and https.
    """
    chosen = settings or DEFAULTS
    planned = [(source, _planned(source)) for source in sources]  # at once: a wrong call stops before any work
    return _all(planned, chosen, None if store is None else os.path.realpath(store))


def _planned(source: str) -> list[str] | None:
    """The paths a source stands for; none where it is no path."""
    if source == "-" or is_url(source):
        return None
    if not source:
        raise ConfigError("an empty source: name a file, a folder, a URL, or - for standard input")
    if os.path.lexists(source):
        return [source]
    scheme, colon, _ = source.partition("://")
    if colon and scheme.isalpha():
        raise ConfigError(f"{source}: only http and https addresses can be fetched, not {scheme}")
    if glob.has_magic(source):
        matches = sorted(glob.glob(source, recursive=True))  # noqa: PTH207 — patterns with absolute paths and **
        if not matches:
            raise ConfigError(f"{source} matches no file: check the pattern, and quote it in the shell")
        return matches
    raise ConfigError(f"there is no {source}: check the path")


def _all(planned: list[tuple[str, list[str] | None]], settings: Settings, store: str | None) -> Iterator[Item]:
    seen: set[str] = set()
    for source, paths in planned:
        if paths is None:
            if source in seen:
                continue
            seen.add(source)
            if source == "-":
                yield from _stream(cast("BinaryIO", sys.stdin.buffer), "-", "-", settings)
            else:
                yield UrlItem(source, source)
            continue
        for path in paths:
            # A folder that a ** pattern named brings its files itself.
            if len(paths) > 1 and (os.path.isdir(path) or _belongs(path, store)):  # noqa: PTH112
                continue
            if os.path.isdir(path):  # noqa: PTH112
                yield from _folder(path, settings, seen, (), store)
            else:
                yield from _file(path, settings, seen, named=True)


def _belongs(path: str, store: str | None) -> bool:
    """Whether a path is a store's, or that of a file beside it: news.duckdb.wal, news.duckdb.judgements."""
    if store is None:
        return False
    full = os.path.realpath(path)
    return full == store or full.startswith(f"{store}.")


def _folder(
    folder: str, settings: Settings, seen: set[str], above: tuple[str, ...], store: str | None
) -> Iterator[Item]:
    real = os.path.realpath(folder)
    if real in above:
        yield _rejected(folder, "directory loop", f"{folder} leads back to a folder it lies in: remove the link")
        return
    try:
        with os.scandir(folder) as found:
            names = sorted(entry.name for entry in found)
    except OSError as error:
        yield _rejected(folder, "unreadable", f"{folder} cannot be listed ({error.strerror}): check who may read it")
        return
    if "_log" in names and _is_store(folder):
        yield _rejected(folder, "store", f"{folder} is a store of Dateline's, not news: keep stores elsewhere")
        return
    if not names and not above:
        yield _rejected(folder, "empty", f"{folder} is an empty folder: check the path")
    beside = os.path.basename(store) if store else ""  # noqa: PTH119
    for name in names:
        path = os.path.join(folder, name)  # noqa: PTH118 — plain strings: a corpus has millions
        if beside and name.startswith(beside) and _belongs(path, store):
            continue
        if name.startswith(".") and not settings.hidden:
            yield _rejected(path, "hidden", f"{path} is hidden: name it itself, or set hidden")
        elif os.path.isdir(path):  # noqa: PTH112
            if os.path.islink(path) and not settings.follow_links:  # noqa: PTH114
                yield _rejected(path, "link", f"{path} is a link to a folder: name the folder, or set follow_links")
            else:
                yield from _folder(path, settings, seen, (*above, real), store)
        else:
            yield from _file(path, settings, seen, named=False)


def _is_store(folder: str) -> bool:
    """Whether a folder is a store of Parquet files, told by its log; see :mod:`dateline.store.folder`."""
    with contextlib.suppress(OSError):
        for entry in sorted(Path(folder, "_log").glob("*.json"))[:1]:
            with entry.open("rb") as stream:
                return b'"dateline-parquet"' in stream.read(256)
    return False


def _rejected(path: str, reason: str, detail: str) -> RejectedItem:
    return RejectedItem(_shown(path), f"{os.path.abspath(path)}|{reason}", reason, _shown(detail))  # noqa: PTH100


def _shown(path: str) -> str:
    """A path that can be written anywhere: names that are no UTF-8 come with lone surrogates."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _file(path: str, settings: Settings, seen: set[str], *, named: bool) -> Iterator[Item]:
    full = os.path.abspath(path)  # noqa: PTH100 — resolving links would hide what the user named
    if full in seen:
        return
    seen.add(full)
    where = _shown(path)
    try:
        state = os.stat(path)  # noqa: PTH116
    except OSError as error:
        loop = error.errno == 40  # too many levels of links
        reason = "directory loop" if loop else "unreadable"
        yield _rejected(path, reason, f"{where} cannot be reached ({error.strerror}): mend or remove the link")
        return
    if not stat.S_ISREG(state.st_mode):
        yield _rejected(path, "not a file", f"{where} is a pipe, socket or device: read it through standard input")
        return
    suffixes = [suffix.lower() for suffix in Path(path).suffixes]
    last = suffixes[-1] if suffixes else ""
    inner = suffixes[-2] if last in PACKED and len(suffixes) > 1 else ""
    kind = inner if last in PACKED else last
    if not named and kind not in PAGES | LINES | TABLES | ARCHIVES and not (last in PACKED and not inner):
        known = " ".join(sorted(PAGES | LINES | TABLES | ARCHIVES))
        detail = (
            f"{where}: files of this kind are not looked into ({known}, and .gz or .zst of them, are): name it itself"
        )
        yield _rejected(path, "unknown kind of file", detail)
        return
    key = f"{full}|{state.st_size}|{state.st_mtime_ns}"
    if not state.st_size:
        yield _rejected(path, "empty", f"{where} is an empty file: fetch it again or leave it out")
        return
    try:
        yield from _split(path, where, key, kind, last, settings)
    except OSError as error:
        yield _rejected(
            path, "unreadable", f"{where} cannot be read ({error.strerror or error}): check who may read it"
        )


def _split(path: str, where: str, key: str, kind: str, last: str, settings: Settings) -> Iterator[Item]:
    """The items of a file, told by its suffix and, where that does not say, by its first bytes."""
    if kind in PAGES:
        yield FileItem(where, key, path)
        return
    with Path(path).open("rb") as stream:
        head = stream.read(8192)
        stream.seek(0)
        if kind in ARCHIVES or archives.is_archive(head):
            yield from _records(path, where, key, settings)
        elif kind in TABLES:
            yield from _table(stream, path, where, key, kind, settings)
        elif packed := archives.packing(head):
            if kind in LINES or not kind or kind in PACKED:
                reader = archives.open_expanded(stream, packed, where, settings)
                yield from _stream(cast("BinaryIO", reader), where, key, settings)
            else:
                yield FileItem(where, key, path)
        elif (kind in LINES and last not in PACKED) or looks_like_lines(head):
            yield from _lines(stream, path, where, key, settings)
        else:
            yield FileItem(where, key, path)


def _records(path: str, where: str, key: str, settings: Settings) -> Iterator[Item]:
    empty = True
    try:
        for found in archives.scan(Path(path), where, settings):
            empty = False
            if isinstance(found, Rejection):
                yield RejectedItem(found.where, f"{key}|{found.where}", found.reason, found.detail)
            elif found.raw:
                yield HeldItem(found.raw.where, f"{key}#{found.number}", found.raw)
            else:
                yield RecordItem(f"{where}#{found.offset}", f"{key}#{found.offset}", path, found.offset)
        if empty:
            yield _rejected(
                path, "no article", f"{where} is an archive without a page that could be news: leave it out"
            )
    except ArticleError as error:
        yield RejectedItem(where, f"{key}|{error.reason}", error.reason, error.detail)


def looks_like_lines(head: bytes) -> bool:
    """Whether a file begins with a whole JSON object on one line."""
    import msgspec

    line = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")[0].strip()
    if not line.startswith(b"{"):
        return False
    if line.endswith(b"}"):
        try:
            return isinstance(msgspec.json.decode(line), dict)
        except (msgspec.DecodeError, RecursionError):
            return False
    return len(line) > 4096  # a line longer than the head that was read


def _lines(stream: BinaryIO, path: str, where: str, key: str, settings: Settings) -> Iterator[Item]:
    head = stream.read(8192)
    stream.seek(0)
    if not looks_like_lines(head):
        # An array or one object over several lines; or a first line that is broken, which the reader will say.
        yield FileItem(where, key, path)
        return
    for start, data, first, too_long in chunks(stream, settings):
        if too_long:
            place = f"{where}:{first}"
            detail = f"{place} is longer than the {settings.page_bytes:,} bytes allowed: raise page_bytes"
            yield RejectedItem(place, f"{key}:{first}", "too large", detail)
        else:
            # By content, not by the file's size: what stood in a file before it grew is not read again.
            version = f"{os.path.abspath(path)}:{first}|{sha256(data).hexdigest()}"  # noqa: PTH100
            yield LinesItem(f"{where}:{first}", version, path, start, len(data), first)


def _table(
    stream: Any, path: str, where: str, key: str, kind: str, settings: Settings, *, inside: bool = False
) -> Iterator[Item]:
    """The rows of a table, some an item; a table that does not say where its text is is one rejection.

    With ``inside``, its bytes are not those of a file, and cannot be found there again.
    """
    try:
        while packed := archives.packing(head := stream.peek(8192)[:8192]):
            stream, inside = archives.open_expanded(stream, packed, where, settings), True
        lines, own = tables.lines(stream, head, where, settings)
        header = tables.header(lines, where, tables.MEDIA[kind])
        tables.columns(header, where, settings)
        empty = True
        for run in tables.runs(lines, header, settings):
            empty = False
            place = f"{where}:{run.first}"
            if run.data is None:
                yield RejectedItem(place, f"{key}:{run.first}", *tables.too_large(place, run, settings))
                continue
            media = f"{tables.MEDIA[kind]}; first-line={run.first}"
            data = header.data + run.data
            digest = sha256(data).hexdigest()
            if inside or not own:
                yield HeldItem(place, f"{key}:{run.first}|{digest}", Raw(data, where, media=media))
            else:
                version = f"{os.path.abspath(path)}:{run.first}|{digest}"  # noqa: PTH100 — by content, as lines are
                yield RowsItem(place, version, path, run.offset, run.length, header.data, media)
        if empty:
            yield _rejected(path, "empty", f"{where} has columns and no row: leave it out")
    except ArticleError as error:
        # The choice of columns is part of the key: called again with another, the table is not done.
        chosen = "|".join(f"{field}={column}" for field, column in sorted(settings.fields.items()))
        yield RejectedItem(where, f"{key}|{error.reason}|{chosen}", error.reason, error.detail)


def chunks(stream: BinaryIO, settings: Settings) -> Iterator[tuple[int, bytes, int, bool]]:
    """Runs of lines as (offset, bytes, number of the first line, whether it is one line that is too long)."""
    offset, number = 0, 1
    start, first, size = 0, 1, 0
    held: list[bytes] = []
    while line := stream.readline(settings.page_bytes + 2):
        if len(line) > settings.page_bytes + 1 and not line.endswith(b"\n"):
            if held:
                yield start, b"".join(held), first, False
            held, size = [], 0
            length = len(line)
            while not line.endswith(b"\n") and (line := stream.readline(1 << 20)):
                length += len(line)
            yield offset, b"", number, True
            offset, number = offset + length, number + 1
            start, first = offset, number
            continue
        held.append(line)
        size += len(line)
        offset, number = offset + len(line), number + 1
        if len(held) >= _CHUNK_LINES or size >= _CHUNK_BYTES:
            yield start, b"".join(held), first, False
            held, size = [], 0
            start, first = offset, number
    if held and any(line.strip() for line in held):
        yield start, b"".join(held), first, False


def _stream(stream: BinaryIO, where: str, key: str, settings: Settings) -> Iterator[Item]:
    """The items of bytes that can be read only once."""
    buffered: Any = stream if hasattr(stream, "peek") else io.BufferedReader(cast("io.RawIOBase", stream))
    try:
        head: bytes = buffered.peek(8192)[:8192]
        packed = archives.packing(head)
        if archives.is_archive(head):
            yield from _stream_records(buffered, head, packed, where, key, settings)
        elif packed:
            yield from _stream(
                cast("BinaryIO", archives.open_expanded(buffered, packed, where, settings)), where, key, settings
            )
        elif looks_like_lines(head):
            for _, data, first, too_long in chunks(buffered, settings):
                place = f"{where}:{first}"
                if too_long:
                    detail = f"{place} is longer than the {settings.page_bytes:,} bytes allowed: raise page_bytes"
                    yield RejectedItem(place, f"{key}:{first}", "too large", detail)
                else:
                    held = Raw(data, where, media=_media(first))
                    yield HeldItem(place, f"{key}:{first}|{sha256(data).hexdigest()}", held)
        elif tables.looks_like(head, where, settings):
            yield from _table(buffered, where, where, key, ".csv", settings, inside=True)
        else:
            yield _whole(buffered, where, key, settings)
    except ArticleError as error:
        yield RejectedItem(where, f"{key}|{error.reason}", error.reason, error.detail)


def _whole(stream: BinaryIO, where: str, key: str, settings: Settings) -> Item:
    data = stream.read(settings.page_bytes + 1)
    if len(data) > settings.page_bytes:
        detail = (
            f"{where} holds more than the {settings.page_bytes:,} bytes a page may have: split it or raise page_bytes"
        )
        return RejectedItem(where, f"{key}|too large", "too large", detail)
    return HeldItem(where, f"{key}|{sha256(data).hexdigest()}", Raw(data, where))


def _stream_records(
    stream: Any, head: bytes, packed: archives.Packing | None, where: str, key: str, settings: Settings
) -> Iterator[Item]:
    for found in archives.scan_stream(stream, head, packed, where, settings):
        if isinstance(found, Rejection):
            yield RejectedItem(found.where, f"{key}|{found.where}", found.reason, found.detail)
        elif found.raw:
            digest = sha256(found.raw.data).hexdigest()
            yield HeldItem(found.raw.where, f"{key}#{found.number}|{digest}", found.raw)
