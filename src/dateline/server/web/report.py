"""A record laid out for reading: its blocks in marked pieces, and its findings as cards."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.export.cards import Card, Piece, cards, marks_of, pieces
from dateline.ids import article_id
from dateline.records import Article, Record

TAGS = {"headline": "h1", "subhead": "h2", "caption": "figcaption", "key_point": "li", "standfirst": "p"}
AT = "at"
"""Anchor of the place a search leads to."""


@dataclass(slots=True)
class Part:
    """A block of the article."""

    tag: str
    kind: str
    pieces: list[Piece]


@dataclass(slots=True)
class Layout:
    """A report's page."""

    article: Article
    parts: list[Part]
    groups: list[tuple[str, list[Card]]]
    unchanged: bool


def unchanged(article: Article) -> bool:
    """Whether the text, publisher and url still give the article's id."""
    return article_id(source=article.source, url=article.url, text=article.text) == article.id


def layout(record: Record, at: int | None = None) -> Layout:
    """The page of a record.

    Args:
        record: The record.
        at: Code point of the text that gets the anchor :data:`AT`.
    """
    marks = marks_of(record)
    starts: dict[int, list[str]] = {}
    for finding in record.findings():
        starts.setdefault(finding.provenance.evidence[0].start, []).append(finding.id)
    if at is not None:
        starts.setdefault(at, []).append(AT)
    parts = [
        Part(TAGS.get(block.kind, "p"), block.kind, pieces(record.article.text, block.span, marks, starts))
        for block in record.article.blocks
    ]
    return Layout(record.article, parts, cards(record), unchanged(record.article))
