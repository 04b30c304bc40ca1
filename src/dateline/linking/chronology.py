"""When a report was known: one order of all articles, whatever precision their pages give."""

from __future__ import annotations

from datetime import UTC, datetime, time

from dateline.records import Article

NEVER = datetime.max.replace(tzinfo=UTC)
"""What an article without any time counts as."""


def moment(written: str | None) -> datetime:
    """An ISO 8601 time as a moment; without a zone it is taken as UTC, without an hour as the end of the day."""
    if not written:
        return NEVER
    found = datetime.fromisoformat(written)
    if len(written) <= 10:
        return datetime.combine(found.date(), time.max, UTC)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def known(article: Article) -> datetime:
    """When an article was there at the latest: published, else updated, else its dateline's day, else retrieved."""
    day = article.dateline_day.isoformat() if article.dateline_day else None
    return moment(article.published or article.updated or day or article.retrieved)
