"""Incidents: one thing that happened, and the events of the reports that tell of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from dateline.query import Store
from dateline.query.asked import IncidentFilters, gather
from dateline.query.filters import Filter
from dateline.server.holding import Holding
from dateline.server.problems import NotFoundError
from dateline.server.web.asking import Asked, Said, given, place, sentences, turned
from dateline.server.web.disputes import Differing, disputes_about
from dateline.server.web.forms import DAYS, formed
from dateline.server.web.rendering import page

SHOWN = 40
"""Incidents of a page."""
FEW = 6
"""Names that are looked up one by one."""
MEMBERS = 100
"""Most events of an incident that are shown."""
FORM = formed(
    IncidentFilters,
    {
        "relation": "Type",
        "actor": ("Who, or to whom", "part of a name"),
        "status": "Status",
        "country": ("Where", "KEN"),
    }
    | DAYS,
)


@dataclass(slots=True)
class Member:
    """An event of an incident."""

    row: dict[str, Any]
    said: Said | None


@dataclass(slots=True)
class Incident:
    """The page of an incident."""

    row: dict[str, Any]
    members: list[Member]
    disputes: list[Differing]


def _listed(store: Store, asked: dict[str, str], at: int) -> list[dict[str, Any]]:
    found = gather(Filter(), IncidentFilters, {name: value for name, value in asked.items() if name != "actor"})
    if "actor" in asked:
        called = _called(store, asked["actor"])
        sides = ("i.sources", "i.targets")
        if len(called) > FEW:
            every = found.bind(called)
            found.add(" OR ".join(f"list_has_any({side}, {every}::VARCHAR[])" for side in sides))
        else:  # one name in a list is found many times as fast as one of several
            each = [found.bind(name) for name in called]
            found.add(" OR ".join(f"list_contains({side}, {name})" for name in each for side in sides) or "false")
    return store.rows(
        f"""SELECT i.id, i.story, i.relation, i.trigger, i.sources, i.targets, i.place, i.country, i.day, i.status,
            i.events, i.independent, i.holders FROM incidents i {found.where()}
        ORDER BY i.independent DESC, i.events DESC, i.day DESC NULLS LAST, i.id LIMIT {SHOWN + 1} OFFSET {at}""",  # noqa: S608
        found.parameters,
    )


def _called(store: Store, text: str) -> list[str]:
    """Names of actors of incidents that have a text in them, whatever its case."""
    [low] = store.rows("SELECT lower($text) AS low", {"text": text})
    return [name for name, plain in names(store) if low["low"] in plain]


def names(store: Store) -> list[tuple[str, str]]:
    """Names of actors of incidents, each also in small letters: a few thousand, asked for many times."""

    def made() -> list[tuple[str, str]]:
        rows = store.rows(
            """SELECT name, lower(name) AS low FROM (SELECT DISTINCT unnest(list_concat(sources, targets)) AS name
            FROM incidents) WHERE name IS NOT NULL ORDER BY name"""
        )
        return [(row["name"], row["low"]) for row in rows]

    return store.kept("names of incidents", made)


def seen(store: Store, id_: str) -> Incident:
    """An incident.

    Raises:
        NotFoundError: There is none of that id.
    """
    rows = store.rows("SELECT * FROM incidents WHERE id = $id", {"id": id_})
    if not rows:
        raise NotFoundError(f"no incident {id_[:40]!r} in the store: it may have been linked anew")
    [row] = rows
    row["title"] = next(
        (each["title"] for each in store.rows("SELECT title FROM stories WHERE id = $id", {"id": row["story"]})), None
    )
    order = {article: at for at, article in enumerate(row["articles"])}
    members = store.rows(
        "SELECT article, event, holder, status, alike, reasons FROM incident_members WHERE incident = $id", {"id": id_}
    )
    members.sort(key=lambda each: (order.get(each["article"], len(order)), each["event"]))
    members = members[:MEMBERS]
    said = sentences(store, [each["event"] for each in members], {each["article"] for each in members})
    return Incident(row, [Member(each, said.get(each["event"])) for each in members], disputes_about(store, row["id"]))


@get("/incidents", sync_to_thread=True, include_in_schema=False)
def incidents(request: Asked, holding: NamedDependency[Holding]) -> Response[str]:
    """One thing that happened, many reports."""
    asked, at = given(request, [each.name for each in FORM.fields]), place(request)
    with holding.asked() as store:
        found = _listed(store, asked, at)
        linked = bool(found) or store.linked()
    rows, following = turned("/incidents", asked, found, at, SHOWN)
    return page("incidents.html", here="/incidents", form=FORM, given=asked, rows=rows, next=following, linked=linked)


@get("/incident/{id_:str}", sync_to_thread=True, include_in_schema=False)
def incident(holding: NamedDependency[Holding], id_: FromPath[str]) -> Response[str]:
    """One incident, with who tells of it."""
    with holding.asked() as store:
        found = seen(store, id_)
    return page("incident.html", here="/incidents", seen=found)
