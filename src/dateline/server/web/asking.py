"""What the pages have in common: fields of a form, pages of a list, and the sentences that findings stand in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Request

from dateline.errors import ConfigError
from dateline.query import Store
from dateline.query.cite import stood
from dateline.query.windows import listed
from dateline.server.web.rendering import address
from dateline.store.rows import day_of

Asked = Request[Any, Any, Any]
ROWS = 50
"""Rows of a page."""
FARTHEST = 100_000
"""Most rows a list of links is turned over."""


def given(request: Asked, names: Iterable[str]) -> dict[str, str]:
    """Fields of a form that were filled in; of one given twice, the last."""
    return {name: value[:500] for name in names if (value := str(request.query_params.get(name, "")).strip())}


def following(path: str, asked: Mapping[str, str], after: str | None) -> str:
    """Address of the next page; empty after the last."""
    return address(path, asked, after=after) if after else ""


def place(request: Asked) -> int:
    """How many rows of a list of links come before this page.

    Raises:
        ConfigError: ``after`` is no such number.
    """
    text = request.query_params.get("after", "0")
    if not (text.isascii() and text.isdecimal() and len(text) < 7 and int(text) <= FARTHEST):
        raise ConfigError(f"after: {text[:40]!r} is no place in a list: take the link to the next page")
    return int(text)


def turned(
    path: str, asked: Mapping[str, str], found: list[dict[str, Any]], at: int, rows: int
) -> tuple[list[dict[str, Any]], str]:
    """The rows of a page, of which one more was asked for, and the address of the next."""
    more = len(found) > rows and at + rows <= FARTHEST
    return found[:rows], following(path, asked, str(at + rows) if more else None)


def reported(store: Store, articles: Iterable[str]) -> list[dict[str, Any]]:
    """Reports by their ids, without their texts."""
    numbers = store.numbers(list(articles))
    if not numbers:
        return []
    return store.rows(
        f"""SELECT id, title, publisher, url, coalesce(published, updated) AS published, day FROM article_rows
        WHERE number {listed(numbers)}""",  # noqa: S608 - numbers
        checked=False,
    )


@dataclass(slots=True)
class Said:
    """The sentence a finding stands in."""

    id: str
    parts: list[tuple[str, bool]]
    """Its words, and whether they are the finding's evidence."""
    article: str
    title: str
    publisher: str | None
    day: date | None
    confidence: float
    coder: str


def sentences(store: Store, findings: Collection[str], articles: Collection[str]) -> dict[str, Said]:
    """The sentences of findings, by the findings' ids.

    Args:
        store: The store.
        findings: Their ids.
        articles: Ids of the articles they are in, which spares looking at all others.
    """
    if not findings:
        return {}
    said: dict[str, Said] = {}
    for name, each in stood(store, findings, articles).items():
        article, of = each.record.article, each.finding.provenance
        said[name] = Said(
            name,
            lit(each.words, each.begin, [(span.start, span.end) for span in of.evidence]),
            article.id,
            article.title,
            article.source,
            day_of(article),
            of.confidence,
            of.coder,
        )
    return said


def lit(words: str, begin: int, spans: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    """A stretch of text cut where spans begin and end.

    Args:
        words: The stretch.
        begin: Where it stands in its text.
        spans: Places in that text, in order.
    """
    parts: list[tuple[str, bool]] = []
    at = 0
    for first, last in spans:
        start, end = max(at, first - begin), min(len(words), last - begin)
        if start < end:
            parts += [(words[at:start], False), (words[start:end], True)]
            at = end
    return [each for each in [*parts, (words[at:], False)] if each[0]]
