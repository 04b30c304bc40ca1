"""Words in the texts, and how much happened when."""

from __future__ import annotations

from typing import Any, Literal

from dateline.errors import ConfigError
from dateline.query.filters import Day, Filter, Place, Words
from dateline.query.result import WINDOW, Result
from dateline.query.windows import windows
from dateline.store.warehouse import Warehouse

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
    words = found.bind(text)
    found.add(f"contains(lower(h.said), lower({words}))")
    found.after("h.number", "h.position", after)
    if limit is not None:
        found.parameters["limit_"] = limit
    capped = "LIMIT $limit_" if limit is not None else ""
    query = f"""WITH r AS (SELECT a.number, a.text FROM articles a
            WHERE a.number {WINDOW} AND contains(lower(a.text), lower({words}))),
        h AS (SELECT s.number, s.position, s."start", s."end",
                substring(r.text, s."start" + 1, s."end" - s."start") AS said
            FROM r JOIN sentences s ON s.number = r.number WHERE s.number {WINDOW})
        SELECT a.id AS article, a.day, a.publisher, a.title, a.url, h."start", h."end", h.said AS sentence,
            h.number AS number_, h.position AS position_
        FROM h JOIN article_rows a ON a.number = h.number {found.where()}
        ORDER BY h.number, h.position {capped}"""  # noqa: S608 - values are bound

    def among() -> list[int] | None:
        days = Filter()
        days.between("a.day", "a.day", since, until)
        if not days.conditions:
            return None
        rows = store.rows(f"SELECT a.number FROM article_rows a {days.where()} ORDER BY 1", days.parameters)  # noqa: S608
        return [row["number"] for row in rows]

    first = 0 if after is None else after[0]
    return Result(store, query, found.parameters, limit=limit, windows=windows(store, text, among=among, since=first))


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
    found.party("f.source_keys", "array_to_string(f.sources, chr(31))", source)
    found.party("f.target_keys", "array_to_string(f.targets, chr(31))", target)
    found.equals("f.status", status)
    found.upper("f.country", country)
    moment = "coalesce(f.earliest, f.latest, f.day)"
    found.add(f"{moment} IS NOT NULL")
    found.between(moment, moment, since, until)
    query = f"""SELECT date_trunc('{by}', {moment})::DATE AS period, f.relation, count(*) AS events,
            count(DISTINCT f.number) AS articles, avg(f.goldstein) AS goldstein
        FROM event_rows f {found.where()} GROUP BY ALL ORDER BY ALL"""  # noqa: S608
    return Result(store, query, found.parameters)
