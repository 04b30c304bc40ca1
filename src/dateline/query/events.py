"""Filter the findings of a store: events, statements, figures, places, actors, articles.

Each question gives a :class:`~dateline.query.result.Result`, ordered by article
(in the order of arrival) and place in the article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar, Unpack, cast

from dateline.errors import ConfigError
from dateline.query.asked import (
    FIRST,
    ActorFilters,
    ArticleFilters,
    EventFilters,
    FigureFilters,
    Order,
    PlaceFilters,
    StatementFilters,
    described,
    gather,
)
from dateline.query.filters import Filter, Words, limited
from dateline.query.filters import Place as After
from dateline.query.ledger import ledger
from dateline.query.result import WINDOW, Result
from dateline.query.windows import ALL, FEW, SOME, Numbers, days, first_of, listed, texts, those_of, windows
from dateline.records import Actor, Article, Event, Figure, Finding, Place, Rejection, Statement
from dateline.store import schema
from dateline.store.rows import NEEDS, rows_of
from dateline.store.warehouse import Warehouse

F = TypeVar("F", bound=Finding)
Turn = Callable[[int], list[After] | None]
"""Gives the first places, at most so many, in the order asked for; nothing where it cannot tell them."""

_ARTICLE = ("article", "day", "publisher", "title", "url")
_QUOTE = ("quote", "confidence", "coder")
_DAY = f"coalesce(datediff('day', DATE '0001-01-01', {FIRST}), 9999999)"
"""Place of a row's first day among all days."""
_SIDES = ("source", "target", "actor")
_EVENT = (
    "relation",
    "mode",
    "cameo",
    "quad",
    "goldstein",
    "status",
    "sources",
    "source_codes",
    "targets",
    "target_codes",
    "place",
    "country",
    "latitude",
    "longitude",
    "earliest",
    "latest",
    "holder",
    "trigger",
)
_SQL = {"article": "a.id AS article", "publisher": "a.publisher", "title": "a.title", "url": "a.url"}
"""Columns that are not of the flat row ``f`` itself."""


def _find(
    store: Warehouse,
    kind: type[F],
    name: str,
    found: Filter,
    columns: tuple[str, ...],
    limit: int | None,
    *,
    windows: Callable[[], Iterator[str]] | None = None,
    turn: Turn | None = None,
    by: Order = "arrival",
) -> Result[F]:
    """A question about one kind of finding.

    Args:
        store: The store.
        kind: Type of the finding.
        name: Its name: ``event`` for ``events`` and their ``event_rows``.
        found: Conditions on the flat row ``f``.
        columns: Columns of the answer, beside those all kinds have.
        limit: At most so many.
        windows: Which articles count, a few at a time.
        turn: What finds the first places sooner than a look at all rows.
        by: In which order.
    """
    capped = limited(found.parameters, limit)
    names = (*_ARTICLE, *columns, *_QUOTE)
    shown = ", ".join(_SQL.get(each, f"f.{each}") for each in names)
    if by == "day":
        return _by_day(store, kind, name, found, names, capped, limit, turn)
    order = "ORDER BY f.number, f.position"
    source = f"{name}_rows"
    if windows is not None:
        source = those_of(name, found.where())
    hit = f"SELECT f.number, f.position FROM {source} f {found.where()} {order} {capped}"  # noqa: S608 - our own names
    whole = f"SELECT f.number, f.position FROM {name}_rows f {found.where()} {order} {capped}"  # noqa: S608
    flat = f"""SELECT f.id, {shown}, f.number AS number_, f.position AS position_
        FROM {name}_rows f JOIN ({hit}) h ON h.number = f.number AND h.position = f.position
            JOIN article_rows a ON a.number = f.number {order}"""  # noqa: S608
    objects = f"SELECT e.* FROM {name}s e JOIN ({hit}) f ON f.number = e.number AND f.position = e.position {order}"  # noqa: S608

    def quick(most: int) -> list[dict[str, Any]]:
        known = None if turn is None else turn(most)
        if known is not None:
            return rows_at(store, name, names, known)
        places: list[After] = []
        for window in windows() if windows else (ALL,):
            if window.startswith(ALL):  # sooner than all but those that were looked through
                places, query = [], whole
            else:
                query = hit.replace(WINDOW, window)
            rows = store.rows(query, found.used(query), checked=windows is None)
            places += [(row["number"], row["position"]) for row in rows]
            if len(places) >= most:
                break
        return rows_at(store, name, names, places[:most])

    return Result(
        store,
        flat,
        found.parameters,
        objects=objects,
        make=_reader(f"{name}s", kind),
        limit=limit,
        windows=windows,
        quick=quick,
    )


def _by_day(
    store: Warehouse,
    kind: type[F],
    name: str,
    found: Filter,
    names: Sequence[str],
    capped: str,
    limit: int | None,
    turn: Turn | None,
) -> Result[F]:
    """The same, the earliest day first: who was the first to say it. What has no day comes last."""
    order = "day_, f.number, f.position"
    shown = ", ".join(_SQL.get(each, f"f.{each}") for each in names)
    hit = f"SELECT f.number, f.position, {_DAY} AS day_ FROM {name}_rows f {found.where()} ORDER BY {order} {capped}"  # noqa: S608
    flat = f"""SELECT f.id, {shown}, h.day_, f.number AS number_, f.position AS position_
        FROM {name}_rows f JOIN ({hit}) h ON h.number = f.number AND h.position = f.position
            JOIN article_rows a ON a.number = f.number ORDER BY h.{order}"""  # noqa: S608
    objects = f"""SELECT e.* FROM {name}s e JOIN ({hit}) f ON f.number = e.number AND f.position = e.position
        ORDER BY f.{order}"""  # noqa: S608

    def quick(most: int) -> list[dict[str, Any]]:
        places = None if turn is None else turn(most)
        if places is None:
            places = [(row["day_"], row["number"], row["position"]) for row in store.rows(hit, found.parameters)]
        rows = rows_at(store, name, names, [place[1:] for place in places])
        there = {(row["number_"], row["position_"]): row for row in rows}
        return [{**there[number, position], "day_": day} for day, number, position in places]

    return Result(
        store, flat, found.parameters, objects=objects, make=_reader(f"{name}s", kind), limit=limit, quick=quick
    )


class _Days:
    """Findings of a kind in the order by day: the earliest first.

    Args:
        table: Their articles' numbers, positions and days; its rows are in that order.
    """

    def __init__(self, table: Any) -> None:
        self.number, self.position, self.day = (table.column(name).to_numpy() for name in table.column_names)

    def of(self, numbers: Any, first: int) -> Any:
        """Where in the order those of some articles stand, from a day on; of all articles where none are named."""
        import numpy as np

        begin = int(np.searchsorted(self.day, first))
        if numbers is None:
            return np.arange(begin, len(self.day))
        return begin + np.flatnonzero(np.isin(self.number[begin:], numbers, kind="table"))


def in_order_of_days(store: Warehouse, name: str, *, now: bool = False) -> _Days | None:
    """The order by day of all findings of a kind, in twelve bytes each; none where the store is not served.

    Args:
        store: The store.
        name: Kind of finding: ``statement``.
        now: Whether to make it even if the store has just changed.
    """
    known = f"{name}s by day"
    if not now and not store.settled(known):
        return None
    query = f"""SELECT f.number::INTEGER AS number, f.position::INTEGER AS position, {_DAY}::INTEGER AS day_
        FROM {name}_rows f ORDER BY day_, f.number, f.position"""  # noqa: S608 - our own names
    return store.kept(known, lambda: _Days(store.select(query)))


def _said(store: Warehouse, found: Filter, near: Numbers, first: int) -> Turn:
    """The first statements by day, of articles that may have a text.

    Args:
        store: The store.
        found: Conditions on the flat row ``f``.
        near: Which articles may count.
        first: First day that counts.
    """
    where = found.where()
    part = f"SELECT f.number, f.position, {_DAY} AS day_ FROM {those_of('statement', where + _DAY)} f {where}"  # noqa: S608

    def turn(most: int) -> list[After] | None:
        numbers = near()
        days = in_order_of_days(store, "statement")
        if days is not None:
            some = days.of(numbers, first)
            at = first_of(store, "statement", found, days.number[some], days.position[some], most, texts=True)
            if at is not None:
                columns = (days.day, days.number, days.position)
                return list(zip(*(each[some[at]].tolist() for each in columns), strict=True))
        if numbers is None or len(numbers) > SOME:
            return None
        query = part.replace(WINDOW, listed(numbers.tolist()))
        rows = store.rows(query, found.used(query), checked=False)
        return sorted((row["day_"], row["number"], row["position"]) for row in rows)[:most]

    return turn


def _deeds(store: Warehouse, asked: EventFilters, after: After | None) -> Turn:
    """The first events by arrival of some actors."""

    def turn(most: int) -> list[After] | None:
        pairs = ledger(store)
        if pairs is None:
            return None
        number, position = pairs.deeds({name: asked.get(name) for name in _SIDES}, after)
        found = gather(Filter(), EventFilters, {name: each for name, each in asked.items() if name not in _SIDES})
        at = first_of(store, "event", found, number, position, most)
        return None if at is None else list(zip(number[at].tolist(), position[at].tolist(), strict=True))

    return turn


def _after(found: Filter, by: Order, after: After | None) -> None:
    """The row comes after a place in the order, which is that of a row of such an answer."""
    if by == "arrival" or after is None:
        found.after("f.number", "f.position", after)
        return
    if len(after) != 3:
        raise ConfigError(f"after: {after} is no place in the order by day: take `next` of the page before")
    day, number, position = (found.bind(each) for each in after)
    found.add(f"({_DAY}, f.number, f.position) > ({day}, {number}, {position})")


def rows_at(store: Warehouse, name: str, columns: Sequence[str], places: Sequence[After]) -> list[dict[str, Any]]:
    """Flat rows by their articles' numbers and their positions, from the records: few rows are read sooner so.

    Args:
        store: The store.
        name: Kind of finding: ``event``.
        columns: Columns of the answer, beside the id and the place.
        places: Number of the article and position in it, in order.
    """
    table = f"{name}_rows"
    wanted: dict[int, list[int]] = {}
    for number, position in places:
        wanted.setdefault(number, []).append(position)
    result: list[dict[str, Any]] = []
    for number, record in store.partly(sorted(wanted), NEEDS[table]):
        made: Sequence[Any] = rows_of(record, (table,))[table]
        article = record.article
        of = {"article": article.id, "publisher": article.source, "title": article.title, "url": article.url}
        for position in wanted[number]:
            row: dict[str, Any] = {"id": made[position].id}
            for column in columns:
                value: Any = of[column] if column in of else getattr(made[position], column)
                row[column] = [*value] if isinstance(value, tuple) else value
            result.append({**row, "number_": number, "position_": position})
    return result


def _reader(table: str, kind: type[F]) -> Callable[[Any], list[F]]:
    del kind  # it only says what the table's rows are

    def make(batch: Any) -> list[F]:
        return cast("list[F]", schema.tables()[table].read(schema.arrow().Table.from_batches([batch])))

    return make


@described
def events(
    store: Warehouse,
    *,
    by: Order = "arrival",
    limit: int | None = None,
    after: After | None = None,
    **asked: Unpack[EventFilters],
) -> Result[Event]:
    """Who did what to whom.

    An event's days are those of its time, else the article's day; one with
    neither is left out when days are asked for.

    Args:
        store: The store.
        by: In which order: as the articles came in, or by day.
        limit: At most so many.
        after: Only what comes after this place in the order.
        asked: The filters.
    """
    found = gather(Filter(), EventFilters, asked)
    _after(found, by, after)
    turn = _deeds(store, asked, after) if by == "arrival" and any(asked.get(name) for name in _SIDES) else None
    return _find(store, Event, "event", found, _EVENT, limit, turn=turn, by=by)


def events_at(store: Warehouse, places: list[tuple[int, int]]) -> list[dict[str, Any]]:
    """Flat rows of events by their articles' numbers and their positions, in that order."""
    found = rows_at(store, "event", (*_ARTICLE, *_EVENT, *_QUOTE), places)
    return [{name: value for name, value in row.items() if not name.endswith("_")} for row in found]


@described
def statements(
    store: Warehouse,
    *,
    by: Order = "arrival",
    limit: int | None = None,
    after: After | None = None,
    **asked: Unpack[StatementFilters],
) -> Result[Statement]:
    """Who said what.

    Args:
        store: The store.
        by: In which order: as the articles came in, or by day.
        limit: At most so many.
        after: Only what comes after this place in the order.
        asked: The filters.
    """
    found = gather(Filter(), StatementFilters, asked)
    _after(found, by, after)
    columns = (
        "speaker",
        "speaker_code",
        "role",
        "via",
        "form",
        "stance",
        "said",
        "source_words",
        "cue",
        "earliest",
        "latest",
        "said_in",
    )
    first = 0 if after is None else after[0]
    text, each, turn = asked.get("text"), None, None
    if text is not None:
        near = texts(store, text)
        if by == "day":
            turn = _said(store, found, near, first)
        else:
            # Of articles with each of several words, few have them side by side: their texts tell which.
            several = text if len(text.split()) > 1 and "…" not in text else None
            most = FEW if several is None else SOME
            each = windows(store, [near], since=first, text=several, most=most)
    return _find(store, Statement, "statement", found, columns, limit, windows=each, turn=turn, by=by)


@described
def figures(
    store: Warehouse,
    *,
    by: Order = "arrival",
    limit: int | None = None,
    after: After | None = None,
    **asked: Unpack[FigureFilters],
) -> Result[Figure]:
    """How many, of what, and who counted.

    Args:
        store: The store.
        by: In which order: as the articles came in, or by day.
        limit: At most so many.
        after: Only what comes after this place in the order.
        asked: The filters.
    """
    found = gather(Filter(), FigureFilters, asked)
    _after(found, by, after)
    columns = (
        "low",
        "high",
        "bound",
        "change",
        "unit",
        "per",
        "counted",
        "head",
        "outcome",
        "place",
        "country",
        "earliest",
        "latest",
        "holder",
    )
    return _find(store, Figure, "figure", found, columns, limit, by=by)


@described
def places(
    store: Warehouse,
    *,
    limit: int | None = None,
    after: After | None = None,
    **asked: Unpack[PlaceFilters],
) -> Result[Place]:
    """Where: every mention of a place.

    Args:
        store: The store.
        limit: At most so many.
        after: Only what comes after this place in the order.
        asked: The filters.
    """
    found = gather(Filter(), PlaceFilters, asked)
    found.after("f.number", "f.position", after)
    columns = ("name", "mention", "kind", "country", "admin1", "geoname", "latitude", "longitude")
    return _find(store, Place, "place", found, columns, limit)


@described
def actors(
    store: Warehouse,
    *,
    limit: int | None = None,
    after: After | None = None,
    **asked: Unpack[ActorFilters],
) -> Result[Actor]:
    """Who: each actor of each article.

    Args:
        store: The store.
        limit: At most so many.
        after: Only what comes after this place in the order.
        asked: The filters.
    """
    found = gather(Filter(), ActorFilters, asked)
    found.after("f.number", "f.position", after)
    columns = ("name", "kind", "country", "sector", "role", "entity", "mentions")
    return _find(store, Actor, "actor", found, columns, limit)


@described
def articles(
    store: Warehouse,
    *,
    limit: int | None = None,
    after: After | None = None,
    **asked: Unpack[ArticleFilters],
) -> Result[Article]:
    """The articles themselves.

    Args:
        store: The store.
        limit: At most so many.
        after: Only what comes after this place in the order.
        asked: The filters.
    """
    found = gather(Filter(), ArticleFilters, asked)
    if after is not None:
        found.number("f.number > ?", after[0])
    text, each = asked.get("text"), None
    if text is not None:
        found.add(f"f.number {WINDOW}")
        first = 0 if after is None else after[0]
        between = days(store, asked)
        each = windows(store, [texts(store, text), *between], since=first, text=text)
    capped = limited(found.parameters, limit)
    hit = f"SELECT * FROM article_rows f {found.where()} ORDER BY f.number {capped}"  # noqa: S608
    flat = f"""SELECT f.id, f.day, f.publisher, f.title, f.url, f.byline, f.dateline, f.published, f.updated,
            f.language, f.characters, f.events, f.statements, f.page, f.number AS number_, 0 AS position_
        FROM ({hit}) f ORDER BY f.number"""  # noqa: S608
    objects = f"SELECT a.* FROM articles a JOIN ({hit}) f ON f.number = a.number ORDER BY a.number"  # noqa: S608

    def make(batch: Any) -> list[Article]:
        return [kept.article for kept in schema.tables()["articles"].read(schema.arrow().Table.from_batches([batch]))]

    return Result(
        store,
        flat,
        found.parameters,
        objects=objects,
        make=make,
        limit=limit,
        windows=each,
    )


def rejections(store: Warehouse, *, reason: Words = None, limit: int | None = None) -> Result[Rejection]:
    """What could not be read, and why.

    Args:
        store: The store.
        reason: Short code: ``empty``, ``time limit`` ...
        limit: At most so many.
    """
    found = Filter()
    found.equals("r.reason", reason)
    capped = limited(found.parameters, limit)
    hit = f"SELECT r.* FROM rejections r {found.where()} ORDER BY key, position {capped}"  # noqa: S608
    flat = f'SELECT "where", reason, detail, digest FROM ({hit})'  # noqa: S608

    def make(batch: Any) -> list[Rejection]:
        rows = schema.tables()["rejections"].read(schema.arrow().Table.from_batches([batch]))
        return [row.rejection for row in rows]

    return Result(store, flat, found.parameters, objects=hit, make=make)
