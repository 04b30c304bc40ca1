"""What the format readers pass on: bytes in, pieces of articles out.

A format reader (HTML, feed, text dump, JSONL, archive) turns a :class:`Raw`
into :class:`Extract` values or raises :class:`~dateline.errors.ArticleError`;
:mod:`dateline.intake.clean` makes Articles of them, in one place.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.records import BlockKind, DatedBy, IsoTime


@dataclass(frozen=True, slots=True)
class Raw:
    """One page as it came: a file, a response, a member of an archive."""

    data: bytes
    where: str
    """For messages: path, URL or ``archive#offset``."""
    url: str | None = None
    media: str | None = None
    """Media type the sender gave, if any: ``text/html; charset=utf-8``."""
    retrieved: IsoTime | None = None
    """When it was fetched; relative times ("8 sec ago") resolve against it alone."""


@dataclass(slots=True)
class Extract:
    """One article found on a page, before cleaning."""

    title: str
    blocks: list[tuple[BlockKind, str]]
    """In reading order, headline first; text as found, not yet normalised."""
    byline: tuple[str, ...] = ()
    published: IsoTime | None = None
    updated: IsoTime | None = None
    dated_by: DatedBy | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    """As the page declares it."""
    notes: list[str] = field(default_factory=list[str])
    """What was left out or doubted, for ``--verbose``."""
