"""What the pages have in common: fields of a form, pages of a list, and the sentences that findings stand in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Request

from dateline.errors import ConfigError
from dateline.ids import KINDS
from dateline.query import Store
from dateline.query.reviews import TABLES
from dateline.server.web.rendering import address

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
    kinds = sorted({kind for each in findings if (kind := KINDS.get(each[:1])) in TABLES})
    if not kinds:
        return {}
    near = ", ".join(map(str, store.numbers(list(articles)))) or "-1"
    found = " UNION ALL ".join(
        f"""SELECT number, id, evidence, confidence, coder FROM {TABLES[kind]}
        WHERE number IN ({near}) AND id IN (SELECT unnest($findings::VARCHAR[]))"""  # noqa: S608
        for kind in kinds
    )
    rows = store.rows(
        """WITH known AS (SELECT number, id, title, source, "text",
                article_day(dateline_day, published, updated) AS day
                FROM articles WHERE number IN ({near})),
            found AS ({found})
        SELECT f.id, f.evidence, f.confidence, f.coder, k.id AS article, k.title, k.source AS publisher, k.day,
            coalesce(z."start", f.evidence[1]."start") AS begin,
            coalesce(words(k.text, z), quoted(k.text, f.evidence)) AS sentence
        FROM found f JOIN known k ON k.number = f.number LEFT JOIN sentences z ON z.number = f.number
            AND z."start" <= f.evidence[1]."start" AND f.evidence[1]."start" < z."end" """.replace(
            "{found}", found
        ).replace("{near}", near),
        {"findings": list(findings)},
    )
    return {
        row["id"]: Said(
            row["id"],
            lit(row["sentence"], row["begin"], [(span["start"], span["end"]) for span in row["evidence"]]),
            row["article"],
            row["title"],
            row["publisher"],
            row["day"],
            row["confidence"],
            row["coder"],
        )
        for row in rows
    }


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
