"""Words in the texts, and how much happened when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from typing import Any, Literal, Unpack

from dateline.errors import ConfigError
from dateline.query.asked import SearchFilters, described
from dateline.query.filters import Day, Filter, Place, Words, limited
from dateline.query.result import WINDOW, Result
from dateline.query.windows import days, texts, windows, with_text
from dateline.store.rows import day_of
from dateline.store.warehouse import Warehouse

_AT_ONCE = 16
"""Articles whose sentences are looked through at once."""
Period = Literal["day", "week", "month", "quarter", "year"]


@described
def search(
    store: Warehouse,
    text: str,
    *,
    limit: int | None = None,
    after: Place | None = None,
    **asked: Unpack[SearchFilters],
) -> Result[dict[str, Any]]:
    """Sentences with these words, whatever their case, with their offsets.

    Finds the words as they are written, also inside longer ones; no stemming,
    no ranking: sentences come in the order of arrival of their articles. Words
    of a title that is not part of the text are not found.

    Args:
        store: The store.
        text: What to look for.
        limit: At most so many.
        after: Only sentences after this place in the order of arrival.
        asked: The filters.
    """
    if not text.strip():
        raise ConfigError("nothing to search for: give a word or a phrase")
    found = Filter()
    words = found.bind(text)
    found.add(f"contains(lower(h.said), lower({words}))")
    found.after("h.number", "h.position", after)
    capped = limited(found.parameters, limit)
    query = f"""WITH t AS MATERIALIZED (SELECT number, "text" FROM articles WHERE number {WINDOW}),
        r AS (SELECT t.number, t.text FROM t WHERE contains(lower(t.text), lower({words}))),
        h AS (SELECT s.number, s.position, s."start", s."end",
                substring(r.text, s."start" + 1, s."end" - s."start") AS said
            FROM r JOIN sentences s ON s.number = r.number WHERE s.number {WINDOW})
        SELECT a.id AS article, a.day, a.publisher, a.title, a.url, h."start", h."end", h.said AS sentence,
            h.number AS number_, h.position AS position_
        FROM h JOIN article_rows a ON a.number = h.number {found.where()}
        ORDER BY h.number, h.position {capped}"""  # noqa: S608 - values are bound

    first = 0 if after is None else after[0]
    each = windows(store, [texts(store, text), *days(store, asked)], since=first)

    def quick(most: int) -> list[dict[str, Any]]:
        return _first(store, text, each() if each else (), most, after)

    return Result(store, query, found.parameters, limit=limit, windows=each, quick=quick)


def _first(store: Warehouse, text: str, windows: Iterable[str], most: int, after: Place | None) -> list[dict[str, Any]]:
    """The first sentences that have a text, in the order of arrival, by queries that cost next to no planning."""
    found: list[dict[str, Any]] = []
    for window in windows:
        numbers = sorted(row["number"] for row in with_text(store, window, text))
        for at in range(0, len(numbers), _AT_ONCE):
            places = [
                (number, told.article, position, span)
                for number, told in store.texts(numbers[at : at + _AT_ONCE])
                for position, span in enumerate(told.sentences)
                if after is None or (number, position) > after
            ]
            said = [article.text[span.start : span.end] for _, article, _, span in places]
            has = _having(store, said, text)
            for (number, article, position, span), sentence in compress(zip(places, said, strict=True), has):
                found.append(
                    {
                        "article": article.id,
                        "day": day_of(article),
                        "publisher": article.source,
                        "title": article.title,
                        "url": article.url,
                        "start": span.start,
                        "end": span.end,
                        "sentence": sentence,
                        "number_": number,
                        "position_": position,
                    }
                )
            if len(found) >= most:
                return found[:most]
    return found


def _having(store: Warehouse, texts: Sequence[str], text: str) -> list[bool]:
    """Which of some texts have a text in them, whatever its case."""
    low = text.lower()
    known = [text.isascii() and each.isascii() for each in texts]
    # What the small form of any other letter is, the database says here as everywhere.
    rest = [each for each, plain in zip(texts, known, strict=True) if not plain]
    answers: Iterator[bool] = iter(())
    if rest:
        answers = iter(
            store.rows(
                "SELECT list_transform($texts::VARCHAR[], lambda x: contains(lower(x), lower($words))) AS has",
                {"texts": rest, "words": text},
            )[0]["has"]
        )
    return [low in each.lower() if plain else next(answers) for each, plain in zip(texts, known, strict=True)]


def timeline(
    store: Warehouse,
    *,
    by: Period = "day",
    relation: Words = None,
    source: Words = None,
    target: Words = None,
    status: Words = None,
    country: Words = None,
    since: Day = None,
    until: Day = None,
) -> Result[dict[str, Any]]:
    """Events a period: how many, in how many articles, how cooperative.

    An event counts on the first day of its time, else on the article's day;
    without either it is not counted.

    Args:
        store: The store.
        by: Length of a period.
        relation: PLOVER type.
        source: Who did it, as in :func:`dateline.query.events.events`.
        target: To whom.
        status: ``happened`` ...
        country: Where it happened.
        since: First day, inclusive.
        until: Last day, inclusive.
    """
    if by not in ("day", "week", "month", "quarter", "year"):
        raise ConfigError(f"no period {by!r}: day, week, month, quarter or year")
    found = Filter()
    found.upper("f.relation", relation)
    found.deed(("source",), source)
    found.deed(("target",), target)
    found.equals("f.status", status)
    found.upper("f.country", country)
    moment = "coalesce(f.earliest, f.latest, f.day)"
    found.add(f"{moment} IS NOT NULL")
    found.between(moment, moment, since, until)
    query = f"""SELECT date_trunc('{by}', {moment})::DATE AS period, f.relation, count(*) AS events,
            count(DISTINCT f.number) AS articles, avg(f.goldstein) AS goldstein
        FROM event_rows f {found.where()} GROUP BY ALL ORDER BY ALL"""  # noqa: S608
    return Result(store, query, found.parameters)
