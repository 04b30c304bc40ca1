"""From a finding back to its words: where they stand, and whether the text is still the one that was read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass

from msgspec import Struct

from dateline.errors import ConfigError
from dateline.ids import KINDS, article_id
from dateline.records import Article, Finding, Record, Span
from dateline.store.rows import keys
from dateline.store.warehouse import Warehouse

SHORTEST = 4
"""Fewest characters of an id that are taken for one."""


class Citation(Struct, frozen=True, kw_only=True):
    """Everything needed to check a finding without Dateline."""

    id: str
    kind: str
    """``event``, ``statement`` ...; ``article`` where an article itself is cited."""
    article: str
    """Id of the article."""
    url: str | None
    source: str | None
    """Publisher."""
    title: str
    published: str | None
    retrieved: str | None
    spans: tuple[Span, ...]
    """The evidence: code points of the article's text, half-open; the headline for an article."""
    quote: str
    """The words of the spans, joined by an ellipsis."""
    sentences: tuple[Span, ...]
    """The sentences around the spans, in text order."""
    context: str
    """Their words, joined by an ellipsis."""
    coder: str | None
    confidence: float | None
    unchanged: bool
    """Whether the stored text, publisher and url still give the article's id, and the spans lie in the text."""
    page: str
    """SHA-256 of the page as fetched, hexadecimal."""


def cite(store: Warehouse, what: str | Finding | Article) -> Citation:
    """The words behind a finding.

    Args:
        store: The store.
        what: A finding or an article, its id, or the first few characters of the id.

    Raises:
        ConfigError: Nothing, or more than one thing, has such an id.
    """
    found, kind, article = resolve(store, what if isinstance(what, str) else what.id)
    record = store.record(article)
    if kind == "article":
        return _cite(record, record.article.id, kind, _headline(record.article), None)
    for finding in record.findings():
        if finding.id == found:
            return _cite(record, found, kind, finding.provenance.evidence, finding)
    raise ConfigError(f"{found} is not in the record of {article}: the store changed while it was read; ask again")


@dataclass(frozen=True, slots=True)
class Stood:
    """Where a finding stands."""

    record: Record
    finding: Finding
    begin: int
    """Where the sentence around the first of its evidence begins; the evidence itself where there is no sentence."""
    words: str
    """That sentence; else the words of the evidence, joined by an ellipsis."""


def stood(store: Warehouse, findings: Collection[str], articles: Collection[str]) -> dict[str, Stood]:
    """Where findings stand, by their ids; those that are not there are left out.

    Args:
        store: The store.
        findings: Their ids.
        articles: Ids of the articles they are in, whose records are read for it.
    """
    wanted = set(findings)
    return {
        finding.id: around(record, finding)
        for _, record in store.whole(store.numbers(list(articles)))
        for finding in record.findings()
        if finding.id in wanted
    }


def around(record: Record, finding: Finding) -> Stood:
    """Where a finding of a record stands."""
    first = finding.provenance.evidence[0].start
    at = bisect_right(record.sentences, first, key=lambda span: span.start) - 1
    if at >= 0 and first < record.sentences[at].end:
        return Stood(record, finding, record.sentences[at].start, record.quote(record.sentences[at]))
    return Stood(record, finding, first, record.quote(finding))


def resolve(store: Warehouse, given: str) -> tuple[str, str, str]:
    """Whole id, kind and article of an id or its beginning.

    Raises:
        ConfigError: Nothing, or more than one thing, has such an id.
    """
    prefix = given.strip().lower()
    kind = KINDS.get(prefix[:1])
    if kind is None:
        letters = ", ".join(f"{letter} ({name})" for letter, name in KINDS.items())
        raise ConfigError(f"{given!r} is no id: ids begin with {letters}")
    if len(prefix) < SHORTEST:
        raise ConfigError(f"{given!r} is too short for an id: give at least {SHORTEST} characters")
    try:
        low, high = keys(prefix)
    except ValueError:
        raise ConfigError(f"no {kind} {given!r} in {store.path}") from None
    near = store.rows(
        f"SELECT DISTINCT number FROM {kind}_rows WHERE key BETWEEN $low AND $high ORDER BY number LIMIT 500",  # noqa: S608
        {"low": low, "high": high},
    )
    there = sorted(
        (each, heading.id)
        for heading, findings in store.outlines([row["number"] for row in near])
        for each in ([heading.id] if kind == "article" else findings)
        if each.startswith(prefix)
    )[:4]
    rows = [{"id": each, "article": article} for each, article in there]
    exact = [row for row in rows if row["id"] == prefix]
    if not rows:
        raise ConfigError(f"no {kind} {given!r} in {store.path}")
    if len(rows) > 1 and not exact:
        listed = ", ".join(row["id"] for row in rows[:3])
        raise ConfigError(f"{given!r} begins more than one id ({listed} ...): give more characters")
    row = exact[0] if exact else rows[0]
    return row["id"], kind, row["article"]


def _headline(article: Article) -> tuple[Span, ...]:
    heads = tuple(block.span for block in article.blocks if block.kind == "headline")
    return heads[:1] or tuple(block.span for block in article.blocks[:1])


def _cite(record: Record, found: str, kind: str, spans: tuple[Span, ...], finding: Finding | None) -> Citation:
    article = record.article
    around = tuple(sentence for sentence in record.sentences if any(sentence.overlaps(span) for span in spans)) or spans
    same = article_id(source=article.source, url=article.url, text=article.text) == article.id
    return Citation(
        id=found,
        kind=kind,
        article=article.id,
        url=article.url,
        source=article.source,
        title=article.title,
        published=article.published,
        retrieved=article.retrieved,
        spans=spans,
        quote=" … ".join(map(record.quote, spans)),
        sentences=around,
        context=" … ".join(map(record.quote, around)),
        coder=None if finding is None else finding.provenance.coder,
        confidence=None if finding is None else finding.provenance.confidence,
        unchanged=same and all(span.end <= len(article.text) for span in spans),
        page=article.page.digest,
    )
