"""Words in the texts, and how much happened when."""

from __future__ import annotations

from typing import Any, Literal

from dateline.errors import ConfigError
from dateline.query.filters import Day, Filter, Place, Words
from dateline.query.result import Result
from dateline.store.warehouse import Warehouse

_DAY = "article_day(a.dateline_day, a.published, a.updated)"

Period = Literal["day", "week", "month", "quarter", "year"]


def search(
    store: Warehouse,
    text: str,
    *,
    since: Day = None,
    until: Day = None,
    limit: int | None = None,
    after: Place | None = None,
) -> Result[dict[str, Any]]:
    """Sentences with these words, whatever their case, with their offsets.

    Finds the words as they are written, also inside longer ones; no stemming,
    no ranking: sentences come in the order of arrival of their articles. Words
    of a title that is not part of the text are not found.

    Args:
        store: The store.
        text: What to look for.
        since: First day of the article, inclusive.
        until: Last day, inclusive.
        limit: At most so many.
        after: Only sentences after this place in the order of arrival.
    """
    if not text.strip():
        raise ConfigError("nothing to search for: give a word or a phrase")
    found = Filter()
    found.contains("a.text", text)
    found.between(_DAY, _DAY, since, until)
    inner = Filter(parameters=found.parameters)
    inner.contains('words(h.text, {"start": s."start", "end": s."end"})', text)
    inner.after("s.number", "s.position", after)
    if after is not None:
        found.add(f"a.number >= {found.bind(after[0])}")
    if limit is not None:
        found.parameters["limit_"] = limit
    capped = "LIMIT $limit_" if limit is not None else ""
    query = f"""WITH h AS (SELECT a.number, a.id, a.source, a.title, a.url, a.text, {_DAY} AS day
            FROM articles a {found.where()})
        SELECT h.id AS article, h.day, h.source AS publisher, h.title, h.url, s."start", s."end",
            words(h.text, {{"start": s."start", "end": s."end"}}) AS sentence
        FROM h JOIN sentences s ON s.number = h.number {inner.where()}
        ORDER BY s.number, s.position {capped}"""  # noqa: S608
    return Result(store, query, found.parameters)


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
    found.actor("f.sources", "f.number", source)
    found.actor("f.targets", "f.number", target)
    found.equals("f.status", status)
    found.upper("p.country", country)
    moment = f"coalesce(t.earliest, t.latest, {_DAY})"
    found.add(f"{moment} IS NOT NULL")
    found.between(moment, moment, since, until)
    query = f"""SELECT date_trunc('{by}', {moment})::DATE AS period, f.relation, count(*) AS events,
            count(DISTINCT f.number) AS articles, avg(f.goldstein) AS goldstein
        FROM events f JOIN articles a ON a.number = f.number
            LEFT JOIN times t ON t.number = f.number AND t.id = f."time"
            LEFT JOIN places p ON p.number = f.number AND p.id = f.place
        {found.where()} GROUP BY ALL ORDER BY ALL"""  # noqa: S608
    return Result(store, query, found.parameters)
