"""``/api/stories``, ``/api/incidents``, ``/api/disputes``, ``/api/copies``: what several reports say together."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Unpack

from litestar import get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from msgspec import Struct

from dateline.links import CopyKind, DisputeKind
from dateline.query.asked import IncidentFilters, StoryFilters, refused
from dateline.query.result import Result
from dateline.records import Status
from dateline.server.api.paging import Limit, filled, filtered, typed
from dateline.server.holding import Holding
from dateline.server.problems import documented

Skip = Annotated[
    int,
    QueryParameter(ge=0, le=1_000_000, schema_extra={"minimum": 0}, description="Rows to leave out before the first."),
]
Id = Annotated[str | None, QueryParameter(pattern=r"^[a-z][0-9a-f]{0,20}$", description="An id, or its beginning.")]


class StoryRow(Struct, frozen=True, kw_only=True):
    """Reports of one happening."""

    id: str
    title: str
    reports: int
    independent: int
    """Reports less copies."""
    publishers: int
    first_day: date | None
    last_day: date | None
    words: list[str]
    """What they have in common."""
    articles: list[str]
    """Ids, the earliest known first."""


class IncidentRow(Struct, frozen=True, kw_only=True):
    """Events of reports that are one."""

    id: str
    story: str
    title: str
    """Of the story."""
    relation: str
    mode: str | None
    trigger: str
    sources: list[str]
    targets: list[str]
    place: str | None
    country: str | None
    day: date | None
    status: Status
    independent: int
    """Reports less copies."""
    reports: int
    publishers: int
    events: int
    holders: list[str]
    articles: list[str]


class MemberRow(Struct, frozen=True, kw_only=True):
    """An event in an incident, and why."""

    incident: str
    event: str
    article: str
    publisher: str | None
    published: str | None
    relation: str
    status: Status
    holder: str | None
    trigger: str
    quote: str
    copy_of: str
    alike: float
    reasons: list[str]
    title: str
    url: str | None


class DisputeRow(Struct, frozen=True, kw_only=True):
    """One side of a dispute."""

    id: str
    """Of the dispute: its sides share it."""
    kind: DisputeKind
    story: str | None
    """None where a single report sets its sides against each other."""
    incident: str | None
    title: str | None
    what: str
    day: date | None
    says: str
    holder: str | None
    low: float | None
    high: float | None
    bound: str | None
    reports: int
    quote: str
    cite: str
    """Id of the finding to cite."""
    publisher: str | None
    url: str | None


class CopyRow(Struct, frozen=True, kw_only=True):
    """An article in a group of copies."""

    group: str
    place: int
    """Place among them, the earliest known first, from 1."""
    size: int
    article: str
    publisher: str | None
    published: str | None
    title: str
    kind: CopyKind
    nearest: str
    """The article of the group it is most like."""
    runs: int
    shared: float
    alike: float
    url: str | None


class StoryPage(Struct, frozen=True, kw_only=True):
    """A page of stories."""

    rows: list[StoryRow]
    more: bool
    """Whether rows follow."""


class IncidentPage(Struct, frozen=True, kw_only=True):
    """A page of incidents."""

    rows: list[IncidentRow]
    more: bool


class MemberPage(Struct, frozen=True, kw_only=True):
    """A page of the events of an incident."""

    rows: list[MemberRow]
    more: bool


class DisputePage(Struct, frozen=True, kw_only=True):
    """A page of disputes."""

    rows: list[DisputeRow]
    more: bool


class CopyPage(Struct, frozen=True, kw_only=True):
    """A page of copies."""

    rows: list[CopyRow]
    more: bool


def _cut(result: Result[dict[str, Any]], skip: int, limit: int) -> tuple[list[dict[str, Any]], bool]:
    found = list(result.rows())[skip:]
    return found[:limit], len(found) > limit


@get("/stories", sync_to_thread=True, responses=documented(400, 503), tags=["links"])
@filtered
def stories(
    holding: NamedDependency[Holding], limit: Limit = 50, skip: Skip = 0, **asked: Unpack[StoryFilters]
) -> StoryPage:
    """Reports of one happening, those with most independent reports first."""
    with holding.asked() as store:
        found, more = _cut(store.stories(**filled(asked), limit=skip + limit + 1), skip, limit)
    return StoryPage(rows=typed(found, StoryRow), more=more)


@get("/incidents", sync_to_thread=True, responses=documented(400, 503), tags=["links"])
@filtered
def incidents(
    holding: NamedDependency[Holding], limit: Limit = 50, skip: Skip = 0, **asked: Unpack[IncidentFilters]
) -> IncidentPage:
    """What several reports tell of, that with most independent reports first."""
    given = filled(asked)
    with holding.asked() as store:
        found, more = _cut(store.incidents(**given, limit=skip + limit + 1), skip, limit)
        if not found:
            refused(store, IncidentFilters, given)
    return IncidentPage(rows=typed(found, IncidentRow), more=more)


@get("/incident-events", sync_to_thread=True, responses=documented(400, 503), tags=["links"])
def incident_events(
    holding: NamedDependency[Holding],
    incident: Annotated[
        str,
        QueryParameter(pattern=r"^[ei][0-9a-f]{4,20}$", description="Id of an incident or of an event in it."),
    ],
    limit: Limit = 50,
    skip: Skip = 0,
) -> MemberPage:
    """The events of an incident, the earliest known report first, each with its words and why it is in it."""
    with holding.asked() as store:
        found, more = _cut(store.incident(incident, limit=skip + limit + 1), skip, limit)
    return MemberPage(rows=typed(found, MemberRow), more=more)


@get("/disputes", sync_to_thread=True, responses=documented(400, 503), tags=["links"])
def disputes(holding: NamedDependency[Holding], story: Id = None, limit: Limit = 50, skip: Skip = 0) -> DisputePage:
    """What reports or those they quote differ on, a row a side."""
    with holding.asked() as store:
        found, more = _cut(store.disputes(**filled({"story": story}), limit=skip + limit + 1), skip, limit)
    return DisputePage(rows=typed(found, DisputeRow), more=more)


@get("/copies", sync_to_thread=True, responses=documented(400, 503), tags=["links"])
def copies(holding: NamedDependency[Holding], article: Id = None, limit: Limit = 50, skip: Skip = 0) -> CopyPage:
    """Copies and versions of one report, a row an article."""
    with holding.asked() as store:
        found, more = _cut(store.copies(**filled({"article": article}), limit=skip + limit + 1), skip, limit)
    return CopyPage(rows=typed(found, CopyRow), more=more)
