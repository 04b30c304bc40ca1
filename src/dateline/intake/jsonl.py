"""JSON lines, JSON arrays and single JSON objects, one article each; their text is kept code point for code point."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, cast

import msgspec

from dateline.errors import ArticleError
from dateline.intake import dates, languages, sniff
from dateline.intake.extract import Raw
from dateline.intake.settings import Settings
from dateline.intake.text import verbatim
from dateline.records import Article, IsoTime, Rejection

USUAL: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article_text", "maintext", "articleBody", "fulltext", "full_text",
             "plain_text", "article"),
    "title": ("title", "headline"),
    "url": ("url", "link", "uri", "source_url", "canonical_url"),
    "source": ("source", "publisher", "outlet", "source_name", "publication", "source_domain", "site_name"),
    "published": ("published", "date", "published_at", "publishedAt", "date_published", "datePublished", "publish_date",
                  "date_publish", "pub_date", "pubDate", "publication_date", "timestamp", "datetime"),
    "updated": ("updated", "date_modified", "dateModified", "date_modify", "modified", "updated_at", "last_updated"),
    "retrieved": ("retrieved", "date_download", "crawled_at", "fetched", "retrieved_at", "date_crawled"),
    "language": ("language", "lang", "language_code"),
    "byline": ("byline", "authors", "author", "creator"),
}  # fmt: skip
"""Keys tried for each field of an article, first found first used, where ``Settings.fields`` says nothing."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_SECONDS = re.compile(r"[0-9]{9,13}")
"""Seconds, or thousandths of them, since 1970, where a text says them."""


def articles(raw: Raw, settings: Settings) -> list[Article | Rejection]:
    """The articles of JSON: one object a line, an array of objects, or one object.

    A line that cannot be read gives a Rejection that names it; the others are read.
    """
    if detail := unknown(settings):
        return [rejected(raw.where, "fields", detail, raw.data)]
    found: list[Article | Rejection] = []
    for where, row, data in rows(raw, settings):
        if isinstance(row, Rejection):
            found.append(row)
            continue
        try:
            found.append(article(row, where, data, raw, settings))
        except ArticleError as error:
            found.append(rejected(where, error.reason, error.detail, data))
    return found or [rejected(raw.where, "empty", f"{raw.where} holds no JSON object: leave it out", raw.data)]


def unknown(settings: Settings) -> str | None:
    """What is wrong with the names of fields in ``Settings.fields``, if anything."""
    odd = sorted(set(settings.fields) - set(USUAL))
    return f"no article field {', '.join(odd)}; there are {', '.join(USUAL)}" if odd else None


def rejected(where: str, reason: str, detail: str, data: bytes) -> Rejection:
    """The Rejection of a row of these bytes."""
    return Rejection(where=where, reason=reason, detail=detail, digest=sha256(data).hexdigest())


def rows(raw: Raw, settings: Settings) -> Iterator[tuple[str, Mapping[str, Any] | Rejection, bytes]]:
    """The objects of JSON: where each stands, the object, its bytes."""
    data = raw.data
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = sniff.decode(raw).encode("utf-8", "surrogatepass")
    data = data.removeprefix(b"\xef\xbb\xbf")
    if len(data) <= settings.page_bytes:
        try:
            whole = _decode(data)
        except ValueError:
            whole = None  # several lines, the usual case
        if isinstance(whole, list):
            for number, each in enumerate(cast("list[Any]", whole), 1):
                where = f"{raw.where}#{number}"
                piece = msgspec.json.encode(each) if _encodes(each) else repr(each).encode("utf-8", "replace")
                yield where, _mapping(each, where, piece), piece
            return
        if isinstance(whole, dict):
            first = first_line(raw)
            yield (
                (f"{raw.where}:{first}" if first > 1 or _is_lines(raw) else raw.where),
                cast("dict[str, Any]", whole),
                data,
            )
            return
    number = first_line(raw) - 1
    for line in data.split(b"\n"):
        number += 1
        piece = line.strip()
        if not piece:
            continue
        where = f"{raw.where}:{number}"
        if len(piece) > settings.page_bytes:
            detail = (
                f"{where} has {len(piece):,} bytes, more than the {settings.page_bytes:,} allowed: raise page_bytes"
            )
            yield where, rejected(where, "too large", detail, piece), piece
            continue
        try:
            row = _decode(piece)
        except ValueError as error:
            yield (
                where,
                rejected(where, "bad JSON", f"{where} is no JSON object ({error}): mend or drop the line", piece),
                piece,
            )
            continue
        yield where, _mapping(row, where, piece), piece


def _encodes(value: object) -> bool:
    try:
        msgspec.json.encode(value)
    except (UnicodeEncodeError, TypeError, ValueError):
        return False
    return True


def _decode(data: bytes) -> Any:
    try:
        return msgspec.json.decode(data)
    except msgspec.DecodeError as error:
        if b"\\u" in data and (lenient := _with_surrogates(data)) is not None:
            return lenient
        raise ValueError(str(error)) from error
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error


def _with_surrogates(data: bytes) -> Any:
    """JSON with escapes of lone surrogates, which msgspec refuses, so that the refusal can say what is wrong."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def first_line(raw: Raw) -> int:
    """The line of the file at which this piece of it begins; see :func:`dateline.intake.sources.items`."""
    found = re.search(r"first-line=(\d+)", raw.media or "")
    return int(found[1]) if found else 1


def _is_lines(raw: Raw) -> bool:
    return "jsonl" in (raw.media or "")


def _mapping(row: object, where: str, data: bytes) -> Mapping[str, Any] | Rejection:
    if isinstance(row, dict):
        return cast("dict[str, Any]", row)
    return rejected(
        where, "bad JSON", f"{where} is no JSON object but a {type(row).__name__}: give one object a line", data
    )


def _value(row: Mapping[str, Any], field: str, settings: Settings) -> Any:
    """The value of an article's field; a mapped key may be a path, as ``meta.title``."""
    key = settings.fields.get(field)
    if key is not None:
        if key in row:
            return row[key]
        value: Any = row
        for part in key.split("."):
            value = cast("dict[str, Any]", value).get(part) if isinstance(value, dict) else None
        return value
    return next((row[name] for name in USUAL[field] if row.get(name) not in (None, "", [])), None)


def _words(value: object) -> str | None:
    """A text value in one line: a string, or the name in an object such as schema.org's Person."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, dict):
        mapping = cast("dict[str, Any]", value)
        return _words(mapping.get("name") or mapping.get("title"))
    return None


def _moment(value: object) -> IsoTime | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, str) and _SECONDS.fullmatch(value.strip()):
        value = int(value)
    if isinstance(value, int | float):
        # Eight digits that make a day are one: as seconds they would all lie in August 1970.
        if 19000101 <= value <= 21001231 and (day := dates.parse(str(int(value)))):
            return day
        seconds = value / 1000 if value > 1e11 else value
        if not 0 < seconds < 1e10:
            return None
        return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return dates.parse(value) if isinstance(value, str) else None


def _byline(value: object) -> tuple[str, ...]:
    many = cast("list[Any]", value) if isinstance(value, list) else [value]
    found: list[str] = []
    for each in many:
        words = _words(each)
        if words:
            found += dates.people(words)
    return tuple(dict.fromkeys(found))


def article(row: Mapping[str, Any], where: str, data: bytes, raw: Raw, settings: Settings) -> Article:
    """The article of a row; ``data`` are the row's bytes.

    Raises:
        ArticleError: It has no text that can be read.
    """
    text = _value(row, "text", settings)
    if text is None:
        wanted = settings.fields.get("text")
        keys = ", ".join(list(row)[:12]) or "none"
        tried = f"no key {wanted!r}" if wanted else "none of the usual keys for the text"
        raise ArticleError("no text", f"{where} has {tried} (its keys: {keys}): name it with the field option text=KEY")
    if not isinstance(text, str):
        raise ArticleError("no text", f"{where}: the text is a {type(text).__name__}, not a string: name another key")
    if not text.strip():
        raise ArticleError("empty", f"{where}: the text is empty: drop the line")
    if _SURROGATE.search(text):
        raise ArticleError("broken text", f"{where}: the text holds lone surrogates: write it again as UTF-8")
    title = _words(_value(row, "title", settings))
    url, source = _words(_value(row, "url", settings)), _words(_value(row, "source", settings))
    claim = _words(_value(row, "language", settings))
    return verbatim(
        text,
        url=_sound(url),
        source=_sound(source),
        title=_sound(title),
        byline=tuple(filter(None, map(_sound, _byline(_value(row, "byline", settings))))),
        published=_moment(_value(row, "published", settings)),
        updated=_moment(_value(row, "updated", settings)),
        retrieved=_moment(_value(row, "retrieved", settings)) or raw.retrieved,
        language=settings.language or languages.settle(text, claim),
        digest=sha256(data).hexdigest(),
    )


def _sound(words: str | None) -> str | None:
    return _SURROGATE.sub("\ufffd", words) if words else None
