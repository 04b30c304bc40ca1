"""Bytes to Articles: formats and pages, no language.

:func:`read` turns one page into articles; :mod:`dateline.intake.sources` finds the pages.
Nothing is dropped in silence: what cannot be read comes back as a Rejection.
"""

from __future__ import annotations

import contextlib
import re
from datetime import date
from hashlib import sha256

from dateline.errors import ArticleError
from dateline.intake.extract import Extract, Raw
from dateline.intake.settings import DEFAULTS, MEGABYTE, Settings
from dateline.records import Article, Rejection

_MOST_LINES = 50_000
_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_DEEPEST = 2  # gzip within gzip happens to careless archivists; deeper is no accident

__all__ = ["Extract", "Raw", "Settings", "read", "rejection"]


def rejection(raw: Raw, reason: str, detail: str) -> Rejection:
    """The Rejection of a page."""
    digest = sha256(raw.data).hexdigest() if raw.data else None
    return Rejection(where=raw.where, reason=reason, detail=detail, digest=digest)


def read(raw: Raw, *, settings: Settings | None = None) -> list[Article | Rejection]:
    """The articles of one page, in page order, or why there are none; never raises for bad input.

    The format is told from the bytes: HTML, RSS and Atom, JSON and JSON lines, WARC, plain text; gzip and
    zstd around any of them. Tables alone are told by their media type. A text file that holds one report and
    nothing else keeps its text code point for code point.
    """
    chosen = settings or DEFAULTS
    try:
        return _dispatch(raw, chosen)
    except ArticleError as error:
        return [rejection(raw, error.reason, error.detail)]
    except RecursionError:
        return [rejection(raw, "too deep", f"{raw.where} is nested deeper than any page: leave it out")]
    except MemoryError:
        return [rejection(raw, "too large", f"{raw.where} needs more memory than there is: split it")]
    except Exception as error:  # noqa: BLE001 - one page must never end a run; the tests see to it that none comes here
        what = f"{type(error).__name__}: {error}"[:300]
        return [rejection(raw, "failed", f"{raw.where} could not be read ({what}): leave it out, and tell us")]


def _dispatch(raw: Raw, settings: Settings, depth: int = 0) -> list[Article | Rejection]:
    from dateline.intake import sniff

    if not raw.data.strip():
        raise ArticleError("empty", f"{raw.where} holds nothing: fetch it again or leave it out")
    form = sniff.form(raw)
    if form in ("gzip", "zstd"):
        from dateline.intake import archives

        if archives.is_archive(raw.data):
            form = "warc"
        elif depth >= _DEEPEST:
            raise ArticleError("decompression bomb", f"{raw.where} is compressed {depth} times over: leave it out")
        else:
            return _dispatch(archives.expanded(raw, settings), settings, depth + 1)
    if form == "warc":
        from dateline.intake import archives

        found: list[Article | Rejection] = []
        for each in archives.records(raw, settings):
            found += [each] if isinstance(each, Rejection) else read(each, settings=settings)
        if not found:
            raise ArticleError(
                "no article", f"{raw.where} is an archive without a page that could be news: leave it out"
            )
        return found
    if form == "json":
        from dateline.intake import jsonl

        return jsonl.articles(raw, settings)
    if form == "table":
        from dateline.intake import tables

        return tables.articles(raw, settings)
    if len(raw.data) > settings.page_bytes:
        raise ArticleError(
            "too large",
            f"{raw.where} has {len(raw.data):,} bytes, more than the {settings.page_bytes:,} allowed: "
            "split it or raise page_bytes",
        )
    if form == "text":
        return _text(raw, settings)
    if form == "feed":
        from dateline.intake import feeds

        extracts = feeds.extract(raw, settings)
    else:
        from dateline.intake import guard, html

        limits = guard.Limits(
            bytes=settings.page_bytes, seconds=settings.page_seconds, megabytes=settings.page_memory // MEGABYTE
        )
        extracts = html.extract(raw, limits)
    return _cleaned(extracts, raw, settings)


def _cleaned(extracts: list[Extract], raw: Raw, settings: Settings) -> list[Article | Rejection]:
    from dateline.intake import clean

    if not extracts:
        raise ArticleError("no article", f"{raw.where} holds no report that could be found: give the report's own page")
    found: list[Article | Rejection] = []
    for position, each in enumerate(extracts):
        if settings.language:
            each.language = settings.language
        found.append(clean.article(each, raw, position, len(extracts)))
    return found


def _text(raw: Raw, settings: Settings) -> list[Article | Rejection]:
    from dateline.intake import clean, dump, languages, sniff, text

    words = sniff.decode(raw)
    if words.isspace() or not any(map(str.isalpha, words)):
        raise ArticleError("no text", f"{raw.where} holds no letter: give a report")
    if words.count("\n") > _MOST_LINES:
        raise ArticleError(
            "too large", f"{raw.where} has more than {_MOST_LINES:,} lines, more than any page: split it"
        )
    page = dump.Dump(words, retrieved=raw.retrieved)
    named = _day_in_name(raw.where) if settings.dates_in_names else None
    if page.is_plain():
        about = page.about()
        return [
            text.verbatim(
                words,
                url=raw.url,
                source=about.source,
                byline=clean.names(about.byline),
                published=about.published or (None if about.updated else named),
                updated=about.updated,
                retrieved=raw.retrieved,
                dated_by="text" if about.published or about.updated else "record",
                language=settings.language or languages.identify(words),
                digest=sha256(raw.data).hexdigest(),
            )
        ]
    extracts = page.extracts()
    for each in extracts:
        if named is not None and each.published is None and each.updated is None:
            each.published, each.dated_by = named, "record"
    return _cleaned(extracts, raw, settings)


def _day_in_name(where: str) -> str | None:
    """The one day that a file's name gives, ISO 8601; none where it gives none, or several."""
    name = where.replace("\\", "/").rpartition("/")[2]
    found: set[str] = set()
    for parts in _IN_NAME.findall(name):
        with contextlib.suppress(ValueError):
            found.add(date(*map(int, parts)).isoformat())
    return found.pop() if len(found) == 1 else None
