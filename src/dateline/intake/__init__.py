"""Bytes to Articles: formats and pages, no language.

:func:`read` turns one page into articles; :mod:`dateline.intake.sources` finds the pages.
Nothing is dropped in silence: what cannot be read comes back as a Rejection.
"""

from __future__ import annotations

from hashlib import sha256

from dateline.errors import ArticleError
from dateline.intake.extract import Extract, Raw
from dateline.intake.settings import DEFAULTS, Settings
from dateline.records import Article, Rejection

_DEEPEST = 2  # gzip within gzip happens to careless archivists; deeper is no accident

__all__ = ["Extract", "Raw", "Settings", "read", "rejection"]


def rejection(raw: Raw, reason: str, detail: str) -> Rejection:
    """The Rejection of a page."""
    digest = sha256(raw.data).hexdigest() if raw.data else None
    return Rejection(where=raw.where, reason=reason, detail=detail, digest=digest)


def read(raw: Raw, *, settings: Settings | None = None) -> list[Article | Rejection]:
    """The articles of one page, in page order, or why there are none; never raises for bad input.

    The format is told from the bytes: HTML, RSS and Atom, JSON and JSON lines, WARC, plain text; gzip and
    zstd around any of them. A text file that holds one report and nothing else keeps its text code point
    for code point.
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
        return found
    if form == "json":
        from dateline.intake import jsonl

        return jsonl.articles(raw, settings)
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

        extracts = feeds.extract(raw)
    else:
        from dateline.intake import html

        extracts = html.extract(raw)
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
    from dateline.intake import dump, languages, sniff, text

    words = sniff.decode(raw)
    if any("\ud800" <= character <= "\udfff" for character in words):
        raise ArticleError("broken text", f"{raw.where} holds lone surrogates: save it again as UTF-8")
    if dump.is_plain(words):
        about = dump.about(words, retrieved=raw.retrieved)
        return [
            text.verbatim(
                words,
                url=raw.url,
                source=about.source,
                byline=about.byline,
                published=about.published,
                updated=about.updated,
                retrieved=raw.retrieved,
                dated_by="text",
                language=settings.language or languages.identify(words),
                digest=sha256(raw.data).hexdigest(),
            )
        ]
    return _cleaned(dump.extract(raw), raw, settings)
