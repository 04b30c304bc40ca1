"""Stories: what several reports tell together, with their disputes and how their counts moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from dateline.errors import ConfigError
from dateline.pipeline.link import series
from dateline.query import Store
from dateline.query.filters import Filter
from dateline.server.holding import Holding
from dateline.server.problems import NotFoundError
from dateline.server.web.asking import Asked, given, place, turned
from dateline.server.web.charts import Lanes, Plot, history, lanes
from dateline.server.web.disputes import Differing, disputes_of
from dateline.server.web.rendering import page

SHOWN = 30
"""Stories of a page."""
REPORTS = 200
"""Most reports of a story that are shown."""
TRACED = 60
"""Most reports of a story whose counts are traced from one to the next."""
_FIELDS = ("text", "since", "until", "order")
_COLUMNS = """s.id, s.title, len(s.articles) AS reports, s.independent, s.publishers, s.first_day, s.last_day, s.words,
    (SELECT count(*) FROM disputes d WHERE d.story = s.id) AS disputes"""
ORDERS = {
    "largest": "s.independent DESC, len(s.articles) DESC, s.last_day DESC NULLS LAST, s.id",
    "latest": "s.last_day DESC NULLS LAST, s.independent DESC, s.id",
}


@dataclass(slots=True)
class Report:
    """A report of a story."""

    row: dict[str, Any]
    copies: list[dict[str, Any]]
    """Its copies and versions in the story."""


@dataclass(slots=True)
class Told:
    """The page of a story."""

    row: dict[str, Any]
    reports: list[Report]
    lanes: Lanes | None
    disputes: list[Differing]
    histories: list[tuple[str, Plot | None, list[dict[str, Any]]]]
    """What is counted, its plot, and its counts."""
    incidents: list[dict[str, Any]]


def listed(store: Store, asked: dict[str, str], *, at: int = 0, rows: int = SHOWN) -> list[dict[str, Any]]:
    """Stories, and one more than a page has where there are more."""
    found = Filter()
    if "text" in asked:
        words = found.bind(asked["text"])
        found.add(
            f"""contains(lower(s.title), lower({words})) OR list_contains(s.words, lower({words})) OR s.id IN
            (SELECT m.story FROM story_members m JOIN article_rows a ON a.id = m.article
            WHERE contains(lower(a.title), lower({words})))"""  # noqa: S608 - a parameter
        )
    found.between("s.first_day", "s.last_day", asked.get("since"), asked.get("until"))
    order = ORDERS.get(asked.get("order", ""), ORDERS["largest"])
    return store.rows(
        f"SELECT {_COLUMNS} FROM stories s {found.where()} ORDER BY {order} LIMIT {rows + 1} OFFSET {at}",  # noqa: S608
        found.parameters,
    )


def told(store: Store, story: str) -> Told:
    """A story.

    Raises:
        NotFoundError: There is none of that id.
    """
    rows = store.rows(f"SELECT {_COLUMNS}, s.articles FROM stories s WHERE s.id = $id", {"id": story})  # noqa: S608
    if not rows:
        raise NotFoundError(f"no story {story[:40]!r} in the store: it may have been linked anew")
    row = rows[0]
    members = store.rows(
        """WITH m AS (SELECT * FROM story_members WHERE story = $id LIMIT 1000),
            g AS (SELECT id, articles, unnest(articles) AS article FROM copy_groups
                WHERE list_has_any(articles, (SELECT list(article) FROM m)))
        SELECT m.article, m.nearest, m.alike, m.words, a.title, a.publisher, a.url,
            coalesce(a.published, a.updated) AS published, a.day, g.id AS copies, n.publisher AS nearest_publisher
        FROM m JOIN article_rows a ON a.id = m.article LEFT JOIN article_rows n ON n.id = m.nearest
            LEFT JOIN g ON g.article = m.article
        ORDER BY list_position($order::VARCHAR[], m.article)""",
        {"id": story, "order": row["articles"]},
    )[:REPORTS]
    reports: list[Report] = []
    first: dict[str, Report] = {}
    for member in members:
        group = member["copies"]
        member["again"] = bool(group) and group in first
        if member["again"]:
            first[group].copies.append(member)
        else:
            reports.append(Report(member, []))
            if group:
                first[group] = reports[-1]
    counts: dict[str, tuple[str, list[dict[str, Any]]]] = {}
    if len(row["articles"]) <= TRACED:
        for step in series(store, story):
            counts.setdefault(step["series"], (step["what"], []))[1].append(step)
    histories = [
        (what, history([_pointed(step) for step in steps if not step["part"]]), steps)
        for what, steps in counts.values()
    ]
    incidents = store.rows(
        """SELECT id, relation, trigger, sources, targets, place, day, status, independent FROM incidents
        WHERE story = $id ORDER BY independent DESC, day, id LIMIT 40""",
        {"id": story},
    )
    return Told(row, reports, lanes(members), disputes_of(store, story), histories, incidents)


def _pointed(step: dict[str, Any]) -> dict[str, Any]:
    """A count as the plot takes it."""
    return {
        "id": step["cite"], "earliest": step["day"], "latest": None, "day": None, "low": step["low"],
        "high": step["high"], "bound": step["bound"], "unit": "", "head": step["what"], "per": None, "change": None,
        "counted": step["what"], "holder": step["holder"] or step["publisher"],
    }  # fmt: skip


@get("/stories", sync_to_thread=True, include_in_schema=False)
def stories(request: Asked, holding: NamedDependency[Holding]) -> Response[str]:
    """What was told over days, by several."""
    asked, at = given(request, _FIELDS), place(request)
    if asked.get("order", "largest") not in ORDERS:
        raise ConfigError(f"no order {asked['order'][:20]!r}: {', '.join(ORDERS)}")
    with holding.asked() as store:
        found = listed(store, asked, at=at)
        linked = bool(found) or store.linked()
    rows, following = turned("/stories", asked, found, at, SHOWN)
    return page(
        "stories.html", here="/stories", given=asked, rows=rows, next=following, linked=linked, orders=list(ORDERS)
    )


@get("/story/{story:str}", sync_to_thread=True, include_in_schema=False)
def story(holding: NamedDependency[Holding], story: FromPath[str]) -> Response[str]:
    """One story."""
    seen = holding.remembered(("story", story[:40]), lambda store: told(store, story))
    return page("story.html", here="/stories", seen=seen)
