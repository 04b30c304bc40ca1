"""``/api/search``: words in the texts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Unpack

from litestar import get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from msgspec import Struct

from dateline.query.asked import SearchFilters
from dateline.server.api.paging import After, Limit, cut, filled, filtered, place, typed
from dateline.server.holding import Holding
from dateline.server.problems import documented


class SentenceRow(Struct, frozen=True, kw_only=True):
    """One sentence that has the words."""

    article: str
    """Id of the article."""
    day: date | None
    publisher: str | None
    title: str
    url: str | None
    start: int
    """First code point of the sentence in the article's text."""
    end: int
    """The code point after its last."""
    sentence: str


class SentencePage(Struct, frozen=True, kw_only=True):
    """A page of sentences."""

    rows: list[SentenceRow]
    next: str | None
    """``after`` of the next page; none after the last."""


@get("/search", sync_to_thread=True, responses=documented(400, 503), tags=["articles"])
@filtered
def search(
    holding: NamedDependency[Holding],
    text: Annotated[
        str, QueryParameter(min_length=1, max_length=500, description="A word or phrase as it is written.")
    ],
    limit: Limit = 50,
    after: After = None,
    **asked: Unpack[SearchFilters],
) -> SentencePage:
    """Sentences with these words, whatever their case, in order of arrival."""
    return sentences(holding, text, asked, limit, after)


def sentences(holding: Holding, text: str, asked: Mapping[str, object], limit: int, after: str | None) -> SentencePage:
    """One page of sentences."""
    with holding.asked() as store:
        found, following = cut(store.search(text, **filled(asked), limit=limit + 1, after=place(after)), limit)
    return SentencePage(rows=typed(found, SentenceRow), next=following)
