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
from dateline.server.web.asking import Asked, given, place, reported, turned
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
_COLUMNS = "s.id, s.title, len(s.articles) AS reports, s.independent, s.publishers, s.first_day, s.last_day, s.words"
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
    shown = store.rows(
        f"SELECT {_COLUMNS} FROM stories s {found.where()} ORDER BY {order} LIMIT {rows + 1} OFFSET {at}",  # noqa: S608
        found.parameters,
    )
    disputed = store.rows(
        "SELECT story, count(*) AS n FROM disputes WHERE story IN (SELECT unnest($ids::VARCHAR[])) GROUP BY story",
        {"ids": [row["id"] for row in shown]},
    )
    many = {row["story"]: row["n"] for row in disputed}
    return [{**row, "disputes": many.get(row["id"], 0)} for row in shown]


def told(store: Store, story: str) -> Told:
    """A story.

    Raises:
        NotFoundError: There is none of that id.
    """
    rows = store.rows(f"SELECT {_COLUMNS}, s.articles FROM stories s WHERE s.id = $id", {"id": story})  # noqa: S608
    if not rows:
        raise NotFoundError(f"no story {story[:40]!r} in the store: it may have been linked anew")
    row = rows[0]
    members = _members(store, story, row["articles"])
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


def _members(store: Store, story: str, articles: list[str]) -> list[dict[str, Any]]:
    """The first reports of a story, each with the one it is most like and the group of copies it is in."""
    shown = articles[:REPORTS]
    members = {
        row["article"]: row
        for row in store.rows(
            "SELECT article, nearest, alike, words FROM story_members WHERE story = $id", {"id": story}
        )
    }
    nearest = {members[each]["nearest"] for each in shown if each in members} - {None}
    about = {row["id"]: row for row in reported(store, {*shown, *nearest})}
    copies = {
        article: row["id"]
        for row in store.rows(
            "SELECT id, articles FROM copy_groups WHERE list_has_any(articles, $ids::VARCHAR[]) ORDER BY id",
            {"ids": shown},
        )
        for article in row["articles"]
    }
    return [
        {
            **about[each],
            **members[each],
            "copies": copies.get(each),
            "nearest_publisher": about.get(members[each]["nearest"], {}).get("publisher"),
        }
        for each in shown
        if each in members and each in about
    ]


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
