"""Compressed pages and web archives: gzip, zstd, WARC.

fastwarc reads the records. It stops at a corrupt one, so :func:`scan` looks for the next record behind the
damage and goes on; it ends in silence at a cut file, so the end is checked too.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast

from dateline.errors import ArticleError
from dateline.intake.extract import Raw
from dateline.intake.settings import MEGABYTE, Settings
from dateline.records import Rejection

Packing = Literal["gzip", "zstd"]

GZIP = b"\x1f\x8b\x08"
ZSTD = b"\x28\xb5\x2f\xfd"
ZSTD_DICTIONARY = b"\x5d\x2a\x4d\x18"
_READABLE = (
    "text/html",
    "application/xhtml",
    "text/plain",
    "application/rss",
    "application/atom",
    "text/xml",
    "application/xml",
)
_INPUT = 1 << 16
# zstd can turn 4 bytes into 128 kB, so it gets its input in pieces that cannot fill the memory.
_ZSTD_INPUT = 256


def packing(head: bytes) -> Packing | None:
    """How the bytes that begin a file are compressed, if they are."""
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    return "zstd" if head.startswith((ZSTD, ZSTD_DICTIONARY)) else None


def expand(stream: BinaryIO, form: Packing, where: str, settings: Settings) -> Iterator[bytes]:
    """The decompressed bytes of a stream, piece by piece, members and frames one after another.

    Raises:
        ArticleError: It is cut short or corrupt, or it grows past ``Settings.ratio``.
    """
    taken = given = 0
    finished = True
    unpack: Any = None
    zstd = _zstd_factory() if form == "zstd" else None
    waiting = b""
    while True:
        if not waiting:
            waiting = stream.read(_INPUT)
            if not waiting:
                break
            taken += len(waiting)
        if unpack is None:
            if form == "gzip" and not waiting.strip(b"\0"):
                waiting = b""  # zeros behind the last member: padding of tapes and blocks
                continue
            unpack = zlib.decompressobj(wbits=31) if zstd is None else zstd.decompressobj()
            finished = False
        try:
            if zstd is None:
                piece = unpack.decompress(waiting, MEGABYTE)
                rest = unpack.unconsumed_tail or unpack.unused_data
                if not piece and not rest and not unpack.eof:
                    waiting = b""
                    continue
            else:
                head, tail = waiting[:_ZSTD_INPUT], waiting[_ZSTD_INPUT:]
                piece = unpack.decompress(head)
                rest = (unpack.unused_data if unpack.eof else b"") + tail
        except (zlib.error, *_zstd_errors(zstd)) as error:
            raise ArticleError(
                "corrupt", f"{where} is no sound {form} data ({error}): fetch or compress it again"
            ) from error
        if unpack.eof:
            unpack, finished = None, True
        waiting = rest
        given += len(piece)
        if given > MEGABYTE and given > settings.ratio * (taken - len(waiting)):
            raise ArticleError(
                "decompression bomb",
                f"{where} grows more than {settings.ratio} times when decompressed: leave it out, or raise the ratio",
            )
        if piece:
            yield piece
    if not finished:
        raise ArticleError("truncated", f"{where} ends in the middle of its {form} data: fetch it again")


def _zstd_factory() -> Any:
    import zstandard

    # Windows above 128 MB are refused: they are a way to ask for memory, not a page.
    return zstandard.ZstdDecompressor(max_window_size=1 << 27)


def _zstd_errors(zstd: Any) -> tuple[type[Exception], ...]:
    if zstd is None:
        return ()
    import zstandard

    return (cast("type[Exception]", zstandard.ZstdError),)


def expanded(raw: Raw, settings: Settings) -> Raw:
    """A compressed page, decompressed.

    Raises:
        ArticleError: As :func:`expand`, or the page is larger than ``Settings.page_bytes``.
    """
    form = packing(raw.data)
    if form is None:
        return raw
    pieces: list[bytes] = []
    size = 0
    for piece in expand(io.BytesIO(raw.data), form, raw.where, settings):
        size += len(piece)
        if size > settings.page_bytes:
            raise ArticleError(
                "too large",
                f"{raw.where} holds more than the {settings.page_bytes:,} bytes allowed once decompressed: "
                "split it or raise page_bytes",
            )
        pieces.append(piece)
    return Raw(b"".join(pieces), raw.where, raw.url, raw.media, raw.retrieved)


class Expanded(io.RawIOBase):
    """A compressed stream as a readable one; errors as :func:`expand`."""

    def __init__(self, stream: BinaryIO, form: Packing, where: str, settings: Settings) -> None:
        super().__init__()
        self._pieces = expand(stream, form, where, settings)
        self._rest = b""

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Fill the buffer with what comes next; 0 at the end."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = piece
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


def open_expanded(stream: BinaryIO, form: Packing, where: str, settings: Settings) -> io.BufferedReader:
    """A buffered reader over a compressed stream."""
    return io.BufferedReader(Expanded(stream, form, where, settings), 1 << 17)


@dataclass(frozen=True, slots=True)
class Found:
    """One record of an archive that may hold news."""

    offset: int
    """Where the record's member begins in the file; -1 where it cannot be read by itself."""
    number: int
    """Its place among all records, from 0."""
    url: str | None
    raw: Raw | None
    """The page, where it had to be read at once because ``offset`` is no help."""


def _is_news(record: Any) -> bool:
    kind = str(record.record_type)
    if kind == "response":
        if not record.is_http or record.http_headers is None:
            return False
        status = record.http_headers.status_code
        media = (record.http_content_type or "text/html").lower()
        return status == 200 and media.startswith(_READABLE)
    media = (record.headers.get("Content-Type") or "").lower()
    return kind in ("resource", "conversion") and media.startswith(_READABLE)


def _page(record: Any, where: str, settings: Settings) -> Raw:
    """The payload of a record.

    Raises:
        ArticleError: It is larger than a page may be.
    """
    # Conversions (WET files) are text that a crawler took out of a page.
    media = record.headers.get("Content-Type")
    if str(record.record_type) == "response" and record.http_headers is not None:
        media = record.http_headers.get("Content-Type") or "text/html"
    data: bytes = record.reader.read(settings.page_bytes + 1)
    if len(data) > settings.page_bytes:
        raise ArticleError(
            "too large", f"{where} is a record of more than {settings.page_bytes:,} bytes: raise page_bytes"
        )
    # What the archive promises and does not hold is cut off, not short; packed payloads are checked by their packing.
    packed = record.http_headers is not None and record.http_headers.get("Content-Encoding")
    if not packed and len(data) < record.content_length:
        raise ArticleError("truncated", f"{where} ends in the middle of its page: fetch the archive again")
    retrieved = record.headers.get("WARC-Date")
    return Raw(data, where, record.headers.get("WARC-Target-URI"), media, _date(retrieved))


def _date(value: str | None) -> str | None:
    from dateline.intake import dates

    return dates.parse(value) if value else None


class _Forward:
    """A stream as fastwarc wants one: what it reads, and how far it is."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        data: bytes = self._stream.read(size)
        self._at += len(data)
        return data

    def tell(self) -> int:
        return self._at


def _iterate(stream: Any) -> Iterator[Any]:
    """The records of a stream.

    Raises:
        OSError: One is damaged. A panic of fastwarc's own, which is no Exception, comes as this too.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    iterator: Any = ArchiveIterator
    try:
        yield from iterator(stream, record_types=WarcRecordType.any_type, parse_http=True, auto_decode="all")
    except (Exception, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        raise OSError(f"the reader of archives gave up: {error}") from error


def scan(path: Path, where: str, settings: Settings) -> Iterator[Found | Rejection]:
    """The news records of an archive, in order, and what of it could not be read.

    Records of other kinds (requests, images, redirects, pages not found) are no news and are passed over.
    """
    with path.open("rb") as stream:
        head = stream.read(8)
        stream.seek(0)
        if head.startswith(ZSTD_DICTIONARY):
            yield from _scan_stream(_with_dictionary(stream, where), where, settings)
            return
        packed = packing(head)
        magic = {"gzip": GZIP, "zstd": ZSTD, None: b"WARC/"}[packed]
        size = path.stat().st_size
        if not _by_record(path, magic, packed):
            source: BinaryIO = stream
            if packed:
                source = cast("BinaryIO", open_expanded(stream, packed, where, settings))
            yield from _scan_stream(source, where, settings)
            return
        yield from _scan_members(path, where, magic, packed, size, settings)


def _by_record(path: Path, magic: bytes, packed: Packing | None) -> bool:
    """Whether each record begins its own gzip member or zstd frame, so that it can be read by its offset."""
    if packed is None:
        return True
    try:
        with path.open("rb") as stream, path.open("rb") as peek:
            records = _iterate(stream)
            next(records)
            second = next(records, None)
            if second is None:
                return True
            peek.seek(second.stream_pos)
            return second.stream_pos > 0 and peek.read(len(magic)) == magic
    except Exception:  # noqa: BLE001 — whatever is wrong with it, the scan finds it and says where
        return True


def _scan_members(
    path: Path, where: str, magic: bytes, packed: Packing | None, size: int, settings: Settings
) -> Iterator[Found | Rejection]:
    start, number, last = 0, 0, -1
    damaged = False
    while True:
        failure: Exception | None = None
        waiting: Found | None = None
        with path.open("rb") as stream:
            stream.seek(start)
            base = start if stream.tell() == start else 0
            try:
                for record in _iterate(stream):
                    at = _position(record.stream_pos, base)
                    if waiting:
                        yield waiting
                        waiting = None
                    last, damaged = at, False
                    if _is_news(record):
                        waiting = Found(at, number, record.headers.get("WARC-Target-URI"), None)
                    number += 1
            except ArticleError:
                raise
            except Exception as error:  # noqa: BLE001 — fastwarc raises several kinds, none of them documented
                failure = error
        if failure is None:
            cut = _cut(path, max(last, start), packed, size)
            if waiting and waiting.offset != cut:
                yield waiting
            if cut is not None:
                yield _rejection(where, cut, "truncated", "the archive ends in the middle of a record: fetch it again")
            return
        if waiting:
            try:
                record_at(path, waiting.offset, where, settings)
            except ArticleError as error:
                if error.reason == "too large":
                    yield waiting
            else:
                yield waiting
        if not damaged:
            yield _rejection(
                where,
                max(last, start),
                "corrupt record",
                f"a record after this place cannot be read ({failure}); reading went on behind it",
            )
            damaged = True
        following = _next_record(path, max(last, start) + 1, magic, packed)
        if following is None:
            return
        start = last = following


def _position(stream_pos: int, base: int) -> int:
    # fastwarc counts from the stream's own beginning when it can tell where it stands.
    return stream_pos if stream_pos >= base else base + stream_pos


def _rejection(where: str, at: int, reason: str, what: str) -> Rejection:
    return Rejection(where=f"{where}#{at}", reason=reason, detail=f"{where}#{at}: {what}")


def _next_record(path: Path, start: int, magic: bytes, packed: Packing | None) -> int | None:
    """The next place at or after ``start`` where a record begins, or none."""
    needle = magic if packed else b"\nWARC/1."
    with path.open("rb") as stream:
        stream.seek(start)
        at, before = start, b""
        while block := stream.read(MEGABYTE):
            window = before + block
            found = window.find(needle)
            while found >= 0:
                place = at - len(before) + found + (0 if packed else 1)
                if packed is None or _opens_record(path, place, packed):
                    return place
                found = window.find(needle, found + 1)
            at += len(block)
            before = window[-(len(needle) - 1) :]
    return None


def _opens_record(path: Path, place: int, packed: Packing) -> bool:
    with path.open("rb") as stream:
        stream.seek(place)
        data = stream.read(4096)
    try:
        if packed == "gzip":
            return zlib.decompressobj(wbits=31).decompress(data, 64).startswith(b"WARC/")
        return _zstd_factory().decompressobj().decompress(data[:1024]).startswith(b"WARC/")
    except Exception:  # noqa: BLE001 — three bytes that looked like a member's head and were not
        return False


def _cut(path: Path, last: int, packed: Packing | None, size: int) -> int | None:
    """Where the archive is cut off, or none: the offset of the member that does not end.

    ``last`` is where the last readable record begins.
    """
    with path.open("rb") as stream:
        stream.seek(last)
        if packed is None:
            return _cut_plain(stream, last, size)
        start = last
        unpack: Any = None
        waiting = b""
        zstd = _zstd_factory() if packed == "zstd" else None
        position = last
        while True:
            if not waiting:
                waiting = stream.read(_INPUT)
                if not waiting:
                    return start if unpack is not None else None
                position += len(waiting)
            if unpack is None:
                if not waiting.strip(b"\0"):
                    waiting = b""
                    continue
                start = position - len(waiting)
                unpack = zlib.decompressobj(wbits=31) if zstd is None else zstd.decompressobj()
            try:
                if zstd is None:
                    unpack.decompress(waiting, MEGABYTE)
                    rest = unpack.unconsumed_tail or unpack.unused_data
                else:
                    unpack.decompress(waiting[:_ZSTD_INPUT])
                    rest = (unpack.unused_data if unpack.eof else b"") + waiting[_ZSTD_INPUT:]
            except Exception:  # noqa: BLE001 — damage behind the last record
                return start
            if unpack.eof:
                unpack = None
            waiting = rest


def _cut_plain(stream: BinaryIO, last: int, size: int) -> int | None:
    head = stream.read(1 << 16)
    end = head.find(b"\r\n\r\n")
    if end < 0:
        return last if head.strip() else None
    length = next(
        (line.partition(b":")[2] for line in head[:end].split(b"\r\n") if line.lower().startswith(b"content-length:")),
        b"0",
    )
    try:
        finish = last + end + 4 + int(length)
    except ValueError:
        return last
    if finish > size:
        return last
    stream.seek(finish)
    rest = stream.read(1 << 16)
    return finish if rest.strip() else None


def record_at(path: Path, offset: int, where: str, settings: Settings) -> Raw:
    """The page of the record that begins at an offset.

    Raises:
        ArticleError: It cannot be read, or is larger than a page may be.
    """
    place = f"{where}#{offset}"
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            record = next(_iterate(stream))
            return _page(record, place, settings)
    except (ArticleError, FileNotFoundError):
        raise
    except StopIteration:
        raise ArticleError("truncated", f"{place}: no whole record begins here: fetch the archive again") from None
    except Exception as error:
        raise ArticleError("corrupt record", f"{place} cannot be read ({error}): fetch the archive again") from error


def _scan_stream(stream: Any, where: str, settings: Settings) -> Iterator[Found | Rejection]:
    """Records of a stream that can only be read from its beginning; damage ends it."""
    number = 0
    try:
        for record in _iterate(_Forward(stream)):
            if _is_news(record):
                place = f"{where}#{number}"
                try:
                    raw = _page(record, place, settings)
                except ArticleError as error:
                    yield Rejection(where=place, reason=error.reason, detail=error.detail)
                else:
                    yield Found(-1, number, raw.url, raw)
            number += 1
    except ArticleError as error:
        yield Rejection(where=f"{where}#{number}", reason=error.reason, detail=error.detail)
    except Exception as error:  # noqa: BLE001 — as in the scan of members
        yield _rejection(where, number, "corrupt record", f"nothing after this record can be read ({error})")


def _with_dictionary(stream: BinaryIO, where: str) -> BinaryIO:
    """A ``.warc.zst`` whose first frame holds the dictionary of all others, decompressed."""
    import zstandard

    module: Any = zstandard
    stream.read(4)
    length = int.from_bytes(stream.read(4), "little")
    if length > 16 * MEGABYTE:
        raise ArticleError("decompression bomb", f"{where} has a dictionary of {length:,} bytes: leave it out")
    dictionary = stream.read(length)
    if dictionary.startswith(ZSTD):
        dictionary = module.ZstdDecompressor().decompress(dictionary, max_output_size=16 * MEGABYTE)
    unpack = module.ZstdDecompressor(dict_data=module.ZstdCompressionDict(dictionary), max_window_size=1 << 27)
    return cast("BinaryIO", io.BufferedReader(unpack.stream_reader(stream, read_across_frames=True), 1 << 17))


def scan_stream(
    stream: Any, head: bytes, form: Packing | None, where: str, settings: Settings
) -> Iterator[Found | Rejection]:
    """The news records of an archive that can be read only once; ``head`` is its first bytes, not yet taken."""
    if head.startswith(ZSTD_DICTIONARY):
        stream = _with_dictionary(stream, where)
    elif form:
        stream = open_expanded(stream, form, where, settings)
    yield from _scan_stream(stream, where, settings)


def records(raw: Raw, settings: Settings) -> Iterator[Raw | Rejection]:
    """The pages of an archive held in memory; see :func:`scan`."""
    for found in scan_stream(io.BytesIO(raw.data), raw.data[:8], packing(raw.data), raw.where, settings):
        if isinstance(found, Rejection):
            yield found
        elif found.raw:
            yield found.raw


def is_archive(data: bytes) -> bool:
    """Whether compressed or plain bytes begin a WARC."""
    form = packing(data)
    if form is None:
        return data.startswith(b"WARC/")
    if data.startswith(ZSTD_DICTIONARY):
        return True
    try:
        if form == "gzip":
            return zlib.decompressobj(wbits=31).decompress(data[:4096], 64).startswith(b"WARC/")
        return _zstd_factory().decompressobj().decompress(data[:1024]).startswith(b"WARC/")
    except Exception:  # noqa: BLE001 — not even compressed data: the caller's expansion says so
        return False
