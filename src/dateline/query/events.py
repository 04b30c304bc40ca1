"""Filter the findings of a store: events, statements, figures, places, actors, articles.

Each question gives a :class:`~dateline.query.result.Result`, ordered by article
(in the order of arrival) and place in the article.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar, cast

from dateline.query.filters import Day, Filter, Words
from dateline.query.filters import Place as After
from dateline.query.result import Result
from dateline.records import Actor, Article, Event, Figure, Finding, Place, Rejection, Statement
from dateline.store import schema
from dateline.store.warehouse import Warehouse

F = TypeVar("F", bound=Finding)

_ARTICLE = """f.article, article_day(a.dateline_day, a.published, a.updated) AS day,
    a.source AS publisher, a.title, a.url"""
_CODE = "concat_ws(' ', {0}.country, {0}.sector)"
_QUOTE = "quoted(a.text, f.evidence) AS quote, f.confidence, f.coder"
_DAY = "article_day(a.dateline_day, a.published, a.updated)"
_JOINS = {
    "a": "JOIN articles a ON a.number = f.number",
    "t": "LEFT JOIN times t ON t.number = f.number AND t.id = f.{0}",
    "p": "LEFT JOIN places p ON p.number = f.number AND p.id = f.place",
    # The speaker of the statement that holds a finding; the reporter's own word has none.
    "said": "LEFT JOIN statements said ON said.number = f.number AND said.id = f.said_in",
    "holder": "LEFT JOIN actors holder ON holder.number = f.number AND holder.id = said.speaker",
    "s": "LEFT JOIN actors s ON s.number = f.number AND s.id = f.speaker",
    "c": "LEFT JOIN cast_of c ON c.number = f.number",
}
"""What a finding refers to, by alias."""
# Names and codes of an article's actors by id, for those articles alone that have a row in the answer.
_CAST = """, cast_of AS (
    SELECT number, map(list(id), list(name)) AS names, map(list(id), list(concat_ws(' ', country, sector))) AS codes
    FROM actors WHERE number IN (SELECT number FROM hit) GROUP BY number)"""


def _find(
    store: Warehouse, kind: type[F], table: str, found: Filter, columns: str, limit: int | None, *, time: str = ""
) -> Result[F]:
    """A question about one kind of finding.

    Args:
        store: The store.
        kind: Type of the finding.
        table: Its table.
        found: Conditions on the finding ``f`` and on what it refers to, by the aliases of :data:`_JOINS`.
        columns: Columns of the flat table, from the same aliases.
        limit: At most so many.
        time: The finding's field that refers to a time.
    """
    if limit is not None:
        found.parameters["limit_"] = limit
    capped = "LIMIT $limit_" if limit is not None else ""
    where = found.where()
    hit = f"SELECT f.* FROM {table} f {_joins(where, time)} {where} ORDER BY f.number, f.position {capped}"  # noqa: S608
    names = _CAST if re.search(r"\bc\.", columns) else ""
    flat = (
        f"WITH hit AS ({hit}){names} SELECT f.id, {columns} FROM hit f {_joins(columns, time)} "  # noqa: S608
        "ORDER BY f.number, f.position"
    )
    return Result(store, flat, found.parameters, objects=hit, make=_reader(table, kind))


def _joins(used: str, time: str) -> str:
    """The joins that an expression needs, and no others: a join with the articles reads their texts."""
    needed = [alias for alias in _JOINS if re.search(rf"\b{alias}\.", used)]
    if "holder" in needed and "said" not in needed:
        needed.insert(needed.index("holder"), "said")
    return " ".join(_JOINS[alias].format(time) for alias in needed)


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
    found.actor("f.sources", "f.number", source)
    found.actor("f.targets", "f.number", target)
    found.actor("list_concat(f.sources, f.targets)", "f.number", actor)
    found.equals("f.status", status)
    found.actor("[said.speaker]", "f.number", holder)
    found.upper("p.country", country)
    found.between(f"coalesce(t.earliest, t.latest, {_DAY})", f"coalesce(t.latest, t.earliest, {_DAY})", since, until)
    found.number("f.confidence >= ?", confidence)
    columns = f"""{_ARTICLE}, f.relation, f.mode, f.cameo, f.quad, f.goldstein, f.status,
        [c.names[x] for x in f.sources] AS sources, [c.codes[x] for x in f.sources] AS source_codes,
        [c.names[x] for x in f.targets] AS targets, [c.codes[x] for x in f.targets] AS target_codes,
        p.name AS place, p.country, p.latitude, p.longitude, t.earliest, t.latest,
        holder.name AS holder, words(a.text, f.trigger) AS trigger, {_QUOTE}"""
    return _find(store, Event, "events", found, columns, limit, time='"time"')


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
    found.actor("[f.speaker]", "f.number", speaker)
    if text is not None:
        # The text as a whole first: most articles do not have the words at all.
        words = found.bind(text)
        found.add(f"f.number IN (SELECT number FROM articles WHERE contains(lower(text), lower({words})))")  # noqa: S608
        found.add(f"contains(lower(quoted(a.text, f.content)), lower({words}))")
    found.equals("f.stance", stance)
    found.equals("f.form", form)
    found.actor("f.via", "f.number", via)
    found.between(f"coalesce(t.earliest, t.latest, {_DAY})", f"coalesce(t.latest, t.earliest, {_DAY})", since, until)
    found.number("f.confidence >= ?", confidence)
    columns = f"""{_ARTICLE}, s.name AS speaker, {_CODE.format("s")} AS speaker_code, s.role,
        [c.names[x] for x in f.via] AS via, f.form, f.stance, quoted(a.text, f.content) AS said,
        words(a.text, f.source) AS source_words, words(a.text, f.cue) AS cue, t.earliest, t.latest, f.said_in,
        {_QUOTE}"""
    return _find(store, Statement, "statements", found, columns, limit, time="said_on")


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
    found.contains("concat_ws(' ', words(a.text, f.counted), f.head)", counted)
    found.equals("f.unit", unit)
    found.equals("f.outcome", outcome)
    found.equals("f.bound", bound)
    found.number("f.high IS NULL OR f.high >= ?", at_least)
    found.number("f.low IS NULL OR f.low <= ?", at_most)
    found.actor("[said.speaker]", "f.number", holder)
    found.upper("p.country", country)
    found.between(f"coalesce(t.earliest, t.latest, {_DAY})", f"coalesce(t.latest, t.earliest, {_DAY})", since, until)
    found.number("f.confidence >= ?", confidence)
    columns = f"""{_ARTICLE}, f.low, f.high, f.bound, f.change, f.unit, f.per,
        words(a.text, f.counted) AS counted, f.head, f.outcome, p.name AS place, p.country,
        t.earliest, t.latest, holder.name AS holder, {_QUOTE}"""
    return _find(store, Figure, "figures", found, columns, limit, time="as_of")


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
    found.contains("concat_ws(' ', f.name, words(a.text, f.mention))", name)
    found.upper("f.country", country)
    found.equals("f.kind", kind)
    found.number("f.geoname = ?", geoname)
    found.number("f.confidence >= ?", confidence)
    columns = f"""{_ARTICLE}, f.name, words(a.text, f.mention) AS mention, f.kind, f.country, f.admin1, f.geoname,
        f.latitude, f.longitude, {_QUOTE}"""
    return _find(store, Place, "places", found, columns, limit)


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
    columns = f"""{_ARTICLE}, f.name, f.kind, f.country, f.sector, f.role, f.entity,
        len(f.mentions) AS mentions, {_QUOTE}"""
    return _find(store, Actor, "actors", found, columns, limit)


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
    found.after("a.number", "0", after)
    found.contains("a.text", text)
    found.contains("a.title", title)
    found.contains("a.source", publisher)
    if url is not None:
        found.add(f"starts_with(a.url, {found.bind(url)})")
    found.equals("a.language", language)
    found.between(_DAY, _DAY, since, until)
    if limit is not None:
        found.parameters["limit_"] = limit
    capped = "LIMIT $limit_" if limit is not None else ""
    hit = f"SELECT a.* FROM articles a {found.where()} ORDER BY a.number {capped}"  # noqa: S608
    flat = f"""WITH hit AS ({hit}),
        n_events AS (SELECT number, count(*) AS n FROM events WHERE number IN (SELECT number FROM hit) GROUP BY number),
        n_said AS (SELECT number, count(*) AS n FROM statements WHERE number IN (SELECT number FROM hit)
            GROUP BY number)
        SELECT a.id, {_DAY} AS day, a.source AS publisher, a.title, a.url, a.byline, a.dateline, a.published,
            a.updated, a.language, length(a.text) AS characters, coalesce(e.n, 0) AS events,
            coalesce(s.n, 0) AS statements, a.page.digest AS page
        FROM hit a LEFT JOIN n_events e ON e.number = a.number LEFT JOIN n_said s ON s.number = a.number
        ORDER BY a.number"""  # noqa: S608

    def make(batch: Any) -> list[Article]:
        return [kept.article for kept in schema.tables()["articles"].read(schema.arrow().Table.from_batches([batch]))]

    return Result(store, flat, found.parameters, objects=hit, make=make)


def rejections(store: Warehouse, *, reason: Words = None, limit: int | None = None) -> Result[Rejection]:
    """What could not be read, and why.

    Args:
        store: The store.
        reason: Short code: ``empty``, ``time limit`` ...
        limit: At most so many.
    """
    found = Filter()
    found.equals("r.reason", reason)
    if limit is not None:
        found.parameters["limit_"] = limit
    capped = "LIMIT $limit_" if limit is not None else ""
    hit = f"SELECT r.* FROM rejections r {found.where()} ORDER BY key, position {capped}"  # noqa: S608
    flat = f'SELECT "where", reason, detail, digest FROM ({hit})'  # noqa: S608

    def make(batch: Any) -> list[Rejection]:
        rows = schema.tables()["rejections"].read(schema.arrow().Table.from_batches([batch]))
        return [row.rejection for row in rows]

    return Result(store, flat, found.parameters, objects=hit, make=make)
