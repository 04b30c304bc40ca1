"""``/api/events``: who did what to whom."""

from __future__ import annotations

from datetime import date
from typing import Unpack

from litestar import get
from litestar.di import NamedDependency
from msgspec import Struct

from dateline.query.asked import EventFilters
from dateline.records import Status
from dateline.server.api.paging import After, By, Limit, Row, filtered, rows, typed
from dateline.server.holding import Holding
from dateline.server.problems import documented


class EventRow(Row, frozen=True, kw_only=True):
    """One event, with names beside the codes."""

    relation: str
    """PLOVER type."""
    mode: str | None
    cameo: str | None
    quad: int | None
    goldstein: float | None
    status: Status
    sources: list[str]
    source_codes: list[str]
    """Country and PLOVER sector of each source."""
    targets: list[str]
    target_codes: list[str]
    place: str | None
    country: str | None
    """ISO 3166-1 alpha-3 of the place."""
    latitude: float | None
    longitude: float | None
    earliest: date | None
    latest: date | None
    holder: str | None
    """Who says so; none: the reporter's own word."""
    trigger: str


class EventPage(Struct, frozen=True, kw_only=True):
    """A page of events."""

    rows: list[EventRow]
    next: str | None
    """``after`` of the next page; none after the last."""


@get("/events", sync_to_thread=True, responses=documented(400, 503), tags=["findings"])
@filtered
def events(
    holding: NamedDependency[Holding],
    by: By = "arrival",
    limit: Limit = 50,
    after: After = None,
    **asked: Unpack[EventFilters],
) -> EventPage:
    """Who did what to whom."""
    with holding.asked() as store:
        found, following = rows(store, "events", {**asked, "by": by}, limit=limit, after=after)
    return EventPage(rows=typed(found, EventRow), next=following)
