"""``/api/articles``: the reports, and the record of one."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Unpack

from litestar import get
from litestar.di import NamedDependency
from litestar.params import PathParameter
from msgspec import Struct

from dateline.errors import ConfigError
from dateline.query.asked import ArticleFilters
from dateline.records import Record
from dateline.server.api.paging import After, Limit, filtered, rows, typed
from dateline.server.holding import Holding
from dateline.server.problems import NotFoundError, documented


class ArticleRow(Struct, frozen=True, kw_only=True):
    """One report, without its text."""

    id: str
    day: date | None
    publisher: str | None
    title: str
    url: str | None
    byline: list[str]
    dateline: str | None
    published: str | None
    updated: str | None
    language: str
    characters: int
    """Length of the text in code points."""
    events: int
    statements: int
    page: str
    """SHA-256 of the page as fetched, hexadecimal."""


class ArticlePage(Struct, frozen=True, kw_only=True):
    """A page of reports."""

    rows: list[ArticleRow]
    next: str | None
    """``after`` of the next page; none after the last."""


@get("/articles", sync_to_thread=True, responses=documented(400, 503), tags=["articles"])
@filtered
def articles(
    holding: NamedDependency[Holding],
    limit: Limit = 50,
    after: After = None,
    **asked: Unpack[ArticleFilters],
) -> ArticlePage:
    """The reports, in order of arrival."""
    with holding.asked() as store:
        found, following = rows(store, "articles", asked, limit=limit, after=after)
    return ArticlePage(rows=typed(found, ArticleRow), next=following)


@get("/articles/{article:str}", sync_to_thread=True, responses=documented(400, 404, 503), tags=["articles"])
def article_record(
    holding: NamedDependency[Holding],
    article: Annotated[str, PathParameter(max_length=40, description="Id of an article.")],
) -> Record:
    """Everything read in one report: exactly what ``dateline read --json`` prints."""
    with holding.asked() as store:
        try:
            return store.record(article)
        except ConfigError as error:
            raise NotFoundError(f"no article {article!r} in the store") from error
