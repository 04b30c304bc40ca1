"""Links between articles: copies, and what changed between two versions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Unpack

from msgspec import Struct

from dateline.errors import ConfigError
from dateline.query.asked import IncidentFilters, StoryFilters, described, gather
from dateline.query.cite import stood
from dateline.query.filters import Filter, limited
from dateline.query.result import Result
from dateline.query.versions import differences
from dateline.store.warehouse import Warehouse

_COPIES = """
    WITH member AS (
        SELECT g.id, unnest(g.articles) AS article, generate_subscripts(g.articles, 1) AS place, len(g.articles) AS size
        FROM copy_groups g),
    reason AS (
        SELECT m.article, max_by(c, c.alike) AS best
        FROM member m JOIN copy_links c ON c.kind <> 'part' AND (c.first = m.article OR c.second = m.article)
        GROUP BY m.article)
    SELECT m.id AS "group", m.place, m.size, m.article, a.source AS publisher,
        coalesce(a.published, a.updated) AS published, a.title, r.best.kind AS kind,
        CASE WHEN r.best.first = m.article THEN r.best.second ELSE r.best.first END AS nearest,
        r.best.runs AS runs, r.best.shared AS shared, r.best.alike AS alike, a.url
    FROM member m JOIN articles a ON a.id = m.article JOIN reason r ON r.article = m.article
    {where} ORDER BY m.size DESC, m.id, m.place {limit}"""
_PARTS = """
    SELECT c.id, c.first AS part, p.source AS part_publisher, p.title AS part_title,
        c.second AS whole, w.source AS whole_publisher, w.title AS whole_title, c.runs, c.shared, c.alike
    FROM copy_links c JOIN articles p ON p.id = c.first JOIN articles w ON w.id = c.second
    WHERE c.kind = 'part' {where} ORDER BY c.alike DESC, c.id {limit}"""
_STORIES = """
    SELECT s.id, s.title, len(s.articles) AS reports, s.independent, len(s.publishers) AS publishers,
        s.first_day, s.last_day, s.words, s.articles
    FROM stories s {where} ORDER BY s.independent DESC, len(s.articles) DESC, s.id {limit}"""
_STORY = """
    SELECT m.story, article_day(a.dateline_day, a.published, a.updated) AS day,
        coalesce(a.published, a.updated) AS published, m.article, a.source AS publisher, a.title,
        coalesce(g.articles[1], m.article) AS copy_of, m.nearest, m.alike, m.words, a.url
    FROM story_members m JOIN stories s ON s.id = m.story JOIN articles a ON a.id = m.article
        LEFT JOIN copy_groups g ON list_contains(g.articles, m.article)
    WHERE starts_with(m.story, $story)
        OR m.story IN (SELECT o.story FROM story_members o WHERE starts_with(o.article, $story))
    ORDER BY m.story, list_position(s.articles, m.article) {limit}"""
_INCIDENTS = """
    SELECT i.id, i.story, s.title, i.relation, i.mode, i.trigger, i.sources, i.targets, i.place, i.country, i.day,
        i.status, i.independent, len(i.articles) AS reports, len(i.publishers) AS publishers, i.events, i.holders,
        i.articles
    FROM incidents i JOIN stories s ON s.id = i.story
    {where} ORDER BY i.independent DESC, len(i.holders) DESC, i.events DESC, i.id {limit}"""
_INCIDENT = """
    SELECT m.incident, e.id AS event, m.article, a.source AS publisher, coalesce(a.published, a.updated) AS published,
        e.relation, m.status, m.holder, words(a.text, e.trigger) AS trigger,
        coalesce(words(a.text, z), quoted(a.text, e.evidence)) AS quote,
        coalesce(g.articles[1], m.article) AS copy_of, m.alike, m.reasons, a.title, a.url
    FROM incident_members m JOIN incidents i ON i.id = m.incident JOIN events e ON e.id = m.event
        JOIN articles a ON a.number = e.number LEFT JOIN sentences z ON z.number = e.number
            AND z."start" <= e.trigger."start" AND e.trigger."start" < z."end"
        LEFT JOIN copy_groups g ON list_contains(g.articles, m.article)
    WHERE starts_with(m.incident, $incident)
        OR m.incident IN (SELECT o.incident FROM incident_members o WHERE starts_with(o.event, $incident))
    ORDER BY m.incident, list_position(i.articles, m.article), e.position {limit}"""
_SUPPORT = """
    SELECT m.event, m.incident, i.events AS mentions, len(i.articles) AS articles,
        greatest(len(i.publishers), 1) AS sources, i.independent
    FROM incident_members m JOIN incidents i ON i.id = m.incident {where} ORDER BY m.event"""
# What is shown is chosen first: the words of a side stand in one of its articles, and only those are read.
_UNSHOWN = ("independent", "side", "finding", "articles")
_CITED = " UNION ALL ".join(
    f"SELECT number, id, evidence FROM {table} WHERE number IN (FROM near) AND id IN (SELECT finding FROM shown)"  # noqa: S608
    for table in ("figures", "events", "statements", "times", "places", "actors")
)
_SHOWN = """
    SELECT d.id, d.kind, d.story, d.incident, s.title, s.independent, d.what, d.day, x.id AS side, x.says, x.holder,
        x.low, x.high, x.bound, len(x.articles) AS reports, x.findings[1] AS finding, x.articles
    FROM disputes d LEFT JOIN stories s ON s.id = d.story JOIN dispute_sides x ON x.dispute = d.id
    {where} ORDER BY s.independent DESC NULLS LAST, d.story, d.day, d.what, d.id, x.low, x.high, x.id {limit}"""
_DISPUTES = """
    WITH shown AS MATERIALIZED ({shown}),
    near AS MATERIALIZED (SELECT number FROM article_rows WHERE id IN (SELECT unnest(articles) FROM shown)),
    cited AS ({cited}),
    told AS MATERIALIZED (SELECT number, "text", source, title, url FROM articles WHERE number IN (FROM near)),
    around AS MATERIALIZED (SELECT number, "start", "end" FROM sentences WHERE number IN (FROM near))
    SELECT d.id, d.kind, d.story, d.incident, coalesce(d.title, a.title) AS title, d.what, d.day,
        d.says, d.holder, d.low, d.high, d.bound, d.reports,
        coalesce(words(a.text, z), quoted(a.text, f.evidence)) AS quote, f.id AS cite, a.source AS publisher, a.url
    FROM shown d JOIN cited f ON f.id = d.finding JOIN told a ON a.number = f.number
        LEFT JOIN around z ON z.number = f.number
            AND z."start" <= f.evidence[1]."start" AND f.evidence[1]."start" < z."end"
    ORDER BY d.independent DESC NULLS LAST, d.story, d.day, d.what, d.id, d.low, d.high, d.side"""


class Change(Struct, frozen=True, kw_only=True):
    """One change between two versions of a report."""

    kind: str
    """``added``, ``removed`` or ``changed``."""
    before: str
    """The sentences of the earlier version; empty where added."""
    after: str
    """Those of the later; empty where removed."""


def copies(store: Warehouse, *, article: str | None = None, limit: int | None = None) -> Result[dict[str, Any]]:
    """Groups of copies, a row an article, the earliest known of each group first.

    ``nearest`` is the article of the group that it is most like, with the runs of three words both have,
    as a share of the shorter text's (``shared``) and of both together's (``alike``).

    Args:
        store: The store; see ``dateline link``.
        article: Only the group of this article: its id, or the beginning of it.
        limit: At most so many rows.
    """
    where, given = "", _of(article)
    if article is not None:
        where = "WHERE m.id IN (SELECT id FROM member WHERE starts_with(article, $article))"
    return Result(store, _COPIES.format(where=where, limit=limited(given, limit)), given)


def parts(store: Warehouse, *, article: str | None = None, limit: int | None = None) -> Result[dict[str, Any]]:
    """Reports that stand inside longer ones, as an agency's in a newspaper's.

    Args:
        store: The store.
        article: Only those with this article on either side: its id, or the beginning of it.
        limit: At most so many rows.
    """
    where = "" if article is None else "AND (starts_with(c.first, $article) OR starts_with(c.second, $article))"
    given = _of(article)
    return Result(store, _PARTS.format(where=where, limit=limited(given, limit)), given)


def changes(store: Warehouse, article: str) -> list[tuple[str, str, list[Change]]]:
    """What changed from version to version of a report, sentence by sentence.

    Args:
        store: The store.
        article: Id of one of the articles of a group of copies, or the beginning of it.

    Returns:
        Ids of the earlier and the later article, and what changed, for each two in the order they were known.

    Raises:
        ConfigError: No article of that id has copies.
    """
    members = [row["article"] for row in copies(store, article=article).rows()]
    if not members:
        raise ConfigError(f"no article {article!r} with copies in {store.path}: `dateline copies` lists them")
    texts = {
        row["id"]: row["text"]
        for row in store.rows(
            'SELECT id, "text" FROM articles WHERE id IN (SELECT unnest($ids::VARCHAR[]))', {"ids": members}
        )
    }
    result: list[tuple[str, str, list[Change]]] = []
    for before, after in pairwise(members):
        old, new = texts[before], texts[after]
        found = [
            Change(
                kind=each.kind,
                before="" if each.before is None else old[each.before.start : each.before.end],
                after="" if each.after is None else new[each.after.start : each.after.end],
            )
            for each in differences(old, new)
        ]
        result.append((before, after, found))
    return result


@described
def stories(store: Warehouse, *, limit: int | None = None, **asked: Unpack[StoryFilters]) -> Result[dict[str, Any]]:
    """Stories, those with most independent reports first.

    Args:
        store: The store; see ``dateline link``.
        limit: At most so many.
        asked: The filters.
    """
    found = gather(Filter(), StoryFilters, asked)
    return Result(store, _STORIES.format(where=found.where(), limit=limited(found.parameters, limit)), found.parameters)


def story(store: Warehouse, story: str, *, limit: int | None = None) -> Result[dict[str, Any]]:
    """The timeline of a story: its reports, the earliest known first, each with why it is in it.

    ``nearest`` is the report of the story it is most like, ``words`` what both have that weighs most;
    ``copy_of`` is the earliest known of its copies, itself where there are none.

    Args:
        store: The store.
        story: Id of the story or of one of its articles, or the beginning of one.
        limit: At most so many rows.
    """
    given: dict[str, Any] = {"story": story.strip().lower()}
    return Result(store, _STORY.format(limit=limited(given, limit)), given)


@described
def incidents(
    store: Warehouse, *, limit: int | None = None, **asked: Unpack[IncidentFilters]
) -> Result[dict[str, Any]]:
    """Events that several reports, or one of them several times, tell of: most independent reports first.

    Args:
        store: The store; see ``dateline link``.
        limit: At most so many.
        asked: The filters.
    """
    story = asked.get("story")
    found = gather(Filter(), IncidentFilters, asked if story is None else {**asked, "story": story.strip().lower()})
    return Result(
        store, _INCIDENTS.format(where=found.where(), limit=limited(found.parameters, limit)), found.parameters
    )


def incident(store: Warehouse, incident: str, *, limit: int | None = None) -> Result[dict[str, Any]]:
    """The events of an incident, the earliest known report first, each with its words and why it is in it.

    ``alike`` is how likely it is the same as the event of the incident it is most like, ``reasons`` what the two
    have in common; ``copy_of`` is the earliest known of the report's copies, itself where there are none.

    Args:
        store: The store.
        incident: Id of the incident or of one of its events, or the beginning of one.
        limit: At most so many rows.
    """
    given: dict[str, Any] = {"incident": incident.strip().lower()}
    return Result(store, _INCIDENT.format(limit=limited(given, limit)), given)


def support(store: Warehouse, events: Sequence[str] | None = None) -> Result[dict[str, Any]]:
    """Of each event that is in an incident: the incident, and how many tell of it.

    ``mentions`` counts events, ``articles`` reports, ``sources`` publishers (at least 1), ``independent`` reports
    less copies. An event without a row stands alone.

    Args:
        store: The store; see ``dateline link``.
        events: Only these, by id.
    """
    if events is None:
        return Result(store, _SUPPORT.format(where=""), {})
    where = "WHERE m.event IN (SELECT unnest($events::VARCHAR[]))"
    return Result(store, _SUPPORT.format(where=where), {"events": list(events)})


def disputes(store: Warehouse, *, story: str | None = None, limit: int | None = None) -> Result[dict[str, Any]]:
    """On what reports or those they quote differ, a row a side, with its sentence and the id to cite.

    Args:
        store: The store; see ``dateline link``.
        story: Only those of this story: its id, or the beginning of it.
        limit: At most so many rows.
    """
    found = Filter()
    if story is not None:
        found.add(f"starts_with(d.story, {found.bind(story.strip().lower())})")
    shown = _SHOWN.format(where=found.where(), limit=limited(found.parameters, limit))

    def quick(_: int) -> list[dict[str, Any]]:
        return _told(store, store.rows(shown, found.parameters))

    return Result(store, _DISPUTES.format(shown=shown, cited=_CITED), found.parameters, limit=limit, quick=quick)


def _told(store: Warehouse, sides: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sides of disputes with their words, from the records: few rows are read sooner so."""
    # The first finding mostly stands in the first article.
    said = stood(store, {row["finding"] for row in sides}, {row["articles"][0] for row in sides if row["articles"]})
    rest = [row for row in sides if row["finding"] not in said]
    said |= stood(store, {row["finding"] for row in rest}, {each for row in rest for each in row["articles"][1:]})
    result: list[dict[str, Any]] = []
    for row in sides:
        if row["finding"] in said:
            words = said[row["finding"]]
            article = words.record.article
            shown = {name: value for name, value in row.items() if name not in _UNSHOWN}
            title = article.title if row["title"] is None else row["title"]
            more = {"quote": words.words, "cite": row["finding"], "publisher": article.source, "url": article.url}
            result.append({**shown, "title": title, **more})
    return result


def linked(store: Warehouse) -> bool:
    """Whether links have been made at all."""
    return bool(store.rows("SELECT count(*) AS n FROM linked")[0]["n"])


def _of(article: str | None) -> dict[str, Any]:
    return {} if article is None else {"article": article.strip().lower()}
