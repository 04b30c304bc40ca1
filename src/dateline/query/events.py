"""Filter the findings of a store: events, statements, figures, places, actors, articles.

Each question gives a :class:`~dateline.query.result.Result`, ordered by article
(in the order of arrival) and place in the article.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar, cast

from dateline.query.filters import Day, Filter, Words, limited
from dateline.query.filters import Place as After
from dateline.query.result import WINDOW, Result
from dateline.query.windows import ALL, FEW, days, texts, windows
from dateline.records import Actor, Article, Event, Figure, Finding, Place, Rejection, Statement
from dateline.store import schema
from dateline.store.rows import rows_of
from dateline.store.warehouse import Warehouse

F = TypeVar("F", bound=Finding)

_ARTICLE = ("article", "day", "publisher", "title", "url")
_QUOTE = ("quote", "confidence", "coder")
_SQL = {"article": "a.id AS article", "publisher": "a.publisher", "title": "a.title", "url": "a.url"}
"""Columns that are not of the flat row ``f`` itself."""
_FIRST = "coalesce(f.earliest, f.latest, f.day)"
_LAST = "coalesce(f.latest, f.earliest, f.day)"


def _find(
    store: Warehouse,
    kind: type[F],
    name: str,
    found: Filter,
    columns: tuple[str, ...],
    limit: int | None,
    *,
    windows: Callable[[], Iterator[str]] | None = None,
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
    """
    capped = limited(found.parameters, limit)
    names = (*_ARTICLE, *columns, *_QUOTE)
    order = "ORDER BY f.number, f.position"
    source = f"{name}_rows"
    if windows is not None:
        # Of what a condition needs, only the rows of the articles that count are read; without being told so, the
        # database tries the costliest condition on every row first.
        needed = sorted({"number", "position", *re.findall(r"\bf\.(\w+)", found.where())})
        source = f"(WITH n AS MATERIALIZED (SELECT {', '.join(needed)} FROM {source} WHERE number {WINDOW}) FROM n)"  # noqa: S608
    hit = f"SELECT f.number, f.position FROM {source} f {found.where()} {order} {capped}"  # noqa: S608 - our own names
    whole = f"SELECT f.number, f.position FROM {name}_rows f {found.where()} {order} {capped}"  # noqa: S608
    shown = ", ".join(_SQL.get(each, f"f.{each}") for each in names)
    flat = f"""SELECT f.id, {shown}, f.number AS number_, f.position AS position_
        FROM {name}_rows f JOIN ({hit}) h ON h.number = f.number AND h.position = f.position
            JOIN article_rows a ON a.number = f.number {order}"""  # noqa: S608
    objects = f"SELECT e.* FROM {name}s e JOIN ({hit}) f ON f.number = e.number AND f.position = e.position {order}"  # noqa: S608

    def quick(most: int) -> list[dict[str, Any]]:
        places: list[tuple[int, int]] = []
        for window in windows() if windows else (ALL,):
            query = whole if window.startswith(ALL) else hit.replace(WINDOW, window)
            used = {key: value for key, value in found.parameters.items() if f"${key}" in query}
            places += [(row["number"], row["position"]) for row in store.rows(query, used, checked=windows is None)]
            if len(places) >= most:
                break
        return _shown(store, name, names, places[:most])

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


def _shown(store: Warehouse, name: str, columns: Sequence[str], places: list[tuple[int, int]]) -> list[dict[str, Any]]:
    """Flat rows by their articles' numbers and their positions, from the records: few rows are read sooner so."""
    table = f"{name}_rows"
    wanted: dict[int, list[int]] = {}
    for number, position in places:
        wanted.setdefault(number, []).append(position)
    result: list[dict[str, Any]] = []
    for stored, record in store.whole(sorted(wanted)):
        made: Sequence[Any] = rows_of(record, (table,))[table]
        article = record.article
        of = {"article": article.id, "publisher": article.source, "title": article.title, "url": article.url}
        for position in wanted[stored.number]:
            row: dict[str, Any] = {"id": made[position].id}
            for column in columns:
                value: Any = of[column] if column in of else getattr(made[position], column)
                row[column] = [*value] if isinstance(value, tuple) else value
            result.append({**row, "number_": stored.number, "position_": position})
    return result


def _reader(table: str, kind: type[F]) -> Callable[[Any], list[F]]:
    del kind  # it only says what the table's rows are

    def make(batch: Any) -> list[F]:
        return cast("list[F]", schema.tables()[table].read(schema.arrow().Table.from_batches([batch])))

    return make


def events(
    store: Warehouse,
    *,
    relation: Words = None,
    mode: Words = None,
    cameo: str | None = None,
    quad: int | None = None,
    source: Words = None,
    target: Words = None,
    actor: Words = None,
    status: Words = None,
    holder: Words = None,
    country: Words = None,
    since: Day = None,
    until: Day = None,
    confidence: float | None = None,
    limit: int | None = None,
    after: After | None = None,
) -> Result[Event]:
    """Who did what to whom.

    An event's days are those of its time, else the article's day; one with
    neither is left out when days are asked for.

    Args:
        store: The store.
        relation: PLOVER type: ``REQUEST``.
        mode: PLOVER mode.
        cameo: CAMEO code, or its beginning: ``14`` has ``141`` in it.
        quad: Quad class, 1 to 4.
        source: Who did it: ``CHN``, ``CHN GOV``, ``state:CHN`` or part of a name.
        target: To whom.
        actor: Source or target.
        status: ``happened``, ``planned``, ``denied`` ...
        holder: Whose word it is: the speaker of the statement that holds the event.
        country: Where it happened, ISO 3166-1 alpha-3.
        since: First day, inclusive.
        until: Last day, inclusive.
        confidence: At least this.
        limit: At most so many.
        after: Only what comes after this place in the order of arrival.
    """
    found = Filter()
    found.after("f.number", "f.position", after)
    found.upper("f.relation", relation)
    found.equals("f.mode", mode)
    if cameo is not None:
        found.add(f"starts_with(f.cameo, {found.bind(cameo)})")
    found.number("f.quad = ?", quad)
    found.deed(("source",), source)
    found.deed(("target",), target)
    found.deed(("source", "target"), actor)
    found.equals("f.status", status)
    found.speaker("f.holder_keys", "f.holder", holder)
    found.upper("f.country", country)
    found.between(_FIRST, _LAST, since, until)
    found.number("f.confidence >= ?", confidence)
    columns = (
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
    return _find(store, Event, "event", found, columns, limit)


def statements(
    store: Warehouse,
    *,
    speaker: Words = None,
    text: str | None = None,
    stance: Words = None,
    form: Words = None,
    via: Words = None,
    since: Day = None,
    until: Day = None,
    confidence: float | None = None,
    limit: int | None = None,
    after: After | None = None,
) -> Result[Statement]:
    """Who said what.

    Args:
        store: The store.
        speaker: ``CHN``, ``CHN GOV``, ``state:CHN`` or part of a name.
        text: Words in what was said, whatever their case.
        stance: ``asserts``, ``denies``, ``asks``, ``orders``, ``declines``.
        form: ``direct``, ``indirect``, ``mixed``.
        via: Who relayed it.
        since: First day it was said (else the article's day), inclusive.
        until: Last day, inclusive.
        confidence: At least this.
        limit: At most so many.
        after: Only what comes after this place in the order of arrival.
    """
    found = Filter()
    found.after("f.number", "f.position", after)
    found.speaker("f.speaker_keys", "f.speaker", speaker)
    found.contains("f.said", text)
    found.equals("f.stance", stance)
    found.equals("f.form", form)
    found.party("f.via_keys", "f.via", via)
    found.between(_FIRST, _LAST, since, until)
    found.number("f.confidence >= ?", confidence)
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
    each = None
    if text is not None:
        each = windows(store, [texts(store, text)], since=0 if after is None else after[0], most=FEW)
    return _find(store, Statement, "statement", found, columns, limit, windows=each)


def figures(
    store: Warehouse,
    *,
    counted: str | None = None,
    unit: Words = None,
    outcome: Words = None,
    bound: Words = None,
    at_least: float | None = None,
    at_most: float | None = None,
    holder: Words = None,
    country: Words = None,
    since: Day = None,
    until: Day = None,
    confidence: float | None = None,
    limit: int | None = None,
    after: After | None = None,
) -> Result[Figure]:
    """How many, of what, and who counted.

    Args:
        store: The store.
        counted: Words in what is counted, or its head noun.
        unit: UCUM or ISO 4217 code, ``%``, or the counted noun.
        outcome: ``killed``, ``injured``, ``missing``, ``detained``, ``displaced``.
        bound: ``exact``, ``about``, ``at least``, ``at most``, ``between``.
        at_least: The value may be so high.
        at_most: The value may be so low.
        holder: Who claims it.
        country: Where, ISO 3166-1 alpha-3.
        since: First day it holds for (else the article's day), inclusive.
        until: Last day, inclusive.
        confidence: At least this.
        limit: At most so many.
        after: Only what comes after this place in the order of arrival.
    """
    found = Filter()
    found.after("f.number", "f.position", after)
    found.any_contains(("f.counted", "f.head"), counted)
    found.equals("f.unit", unit)
    found.equals("f.outcome", outcome)
    found.equals("f.bound", bound)
    found.number("f.high IS NULL OR f.high >= ?", at_least)
    found.number("f.low IS NULL OR f.low <= ?", at_most)
    found.speaker("f.holder_keys", "f.holder", holder)
    found.upper("f.country", country)
    found.between(_FIRST, _LAST, since, until)
    found.number("f.confidence >= ?", confidence)
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
    return _find(store, Figure, "figure", found, columns, limit)


def places(
    store: Warehouse,
    *,
    name: str | None = None,
    country: Words = None,
    kind: Words = None,
    geoname: int | None = None,
    confidence: float | None = None,
    limit: int | None = None,
    after: After | None = None,
) -> Result[Place]:
    """Where: every mention of a place.

    Args:
        store: The store.
        name: Part of the gazetteer's name or of the words of the mention.
        country: ISO 3166-1 alpha-3.
        kind: ``country``, ``region``, ``city``, ``water``, ``facility``, ``demonym``.
        geoname: GeoNames id.
        confidence: At least this.
        limit: At most so many.
        after: Only what comes after this place in the order of arrival.
    """
    found = Filter()
    found.after("f.number", "f.position", after)
    found.any_contains(("f.name", "f.mention"), name)
    found.upper("f.country", country)
    found.equals("f.kind", kind)
    found.number("f.geoname = ?", geoname)
    found.number("f.confidence >= ?", confidence)
    columns = ("name", "mention", "kind", "country", "admin1", "geoname", "latitude", "longitude")
    return _find(store, Place, "place", found, columns, limit)


def actors(
    store: Warehouse,
    *,
    name: str | None = None,
    country: Words = None,
    sector: Words = None,
    kind: Words = None,
    entity: Words = None,
    confidence: float | None = None,
    limit: int | None = None,
    after: After | None = None,
) -> Result[Actor]:
    """Who: each actor of each article.

    Args:
        store: The store.
        name: Part of the name.
        country: ISO 3166-1 alpha-3, or a PLOVER code such as ``IGO``.
        sector: PLOVER sector: ``GOV``.
        kind: ``state``, ``person`` ...
        entity: Identifier in the knowledge tables: ``state:USA``.
        confidence: At least this.
        limit: At most so many.
        after: Only what comes after this place in the order of arrival.
    """
    found = Filter()
    found.after("f.number", "f.position", after)
    found.contains("f.name", name)
    found.upper("f.country", country)
    found.upper("f.sector", sector)
    found.equals("f.kind", kind)
    found.equals("f.entity", entity)
    found.number("f.confidence >= ?", confidence)
    columns = ("name", "kind", "country", "sector", "role", "entity", "mentions")
    return _find(store, Actor, "actor", found, columns, limit)


def articles(
    store: Warehouse,
    *,
    text: str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    language: Words = None,
    since: Day = None,
    until: Day = None,
    limit: int | None = None,
    after: After | None = None,
) -> Result[Article]:
    """The articles themselves.

    Args:
        store: The store.
        text: Words in the text, whatever their case.
        title: Words in the title.
        publisher: Part of the publisher's name.
        url: Beginning of the address.
        language: BCP 47 tag.
        since: First day, by :meth:`~dateline.records.Article.day`, inclusive.
        until: Last day, inclusive.
        limit: At most so many.
        after: Only what comes after this place in the order of arrival.
    """
    found = Filter()
    if after is not None:
        found.number("f.number > ?", after[0])
    each = None
    if text is not None:
        found.add(f"f.number {WINDOW}")
        first = 0 if after is None else after[0]
        each = windows(store, [texts(store, text), *days(store, since, until)], since=first, text=text)
    found.contains("f.title", title)
    found.contains("f.publisher", publisher)
    if url is not None:
        found.add(f"starts_with(f.url, {found.bind(url)})")
    found.equals("f.language", language)
    found.between("f.day", "f.day", since, until)
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
