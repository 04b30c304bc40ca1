"""``/api/events``: who did what to whom."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter
from msgspec import Struct

from dateline.records import Status
from dateline.server.api.paging import After, Confidence, Limit, Row, Since, Until, Who, Words, rows, typed
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
def events(
    holding: NamedDependency[Holding],
    relation: Words = None,
    mode: Words = None,
    cameo: Annotated[
        str | None,
        QueryParameter(pattern=r"^[0-9A-Z]{1,4}$", description="CAMEO code, or its beginning."),
    ] = None,
    quad: Annotated[
        int | None,
        QueryParameter(ge=1, le=4, description="Quad class."),
    ] = None,
    source: Who = None,
    target: Who = None,
    actor: Who = None,
    status: FromQuery[list[Status] | None] = None,
    holder: Who = None,
    country: Words = None,
    since: Since = None,
    until: Until = None,
    confidence: Confidence = None,
    limit: Limit = 50,
    after: After = None,
) -> EventPage:
    """Who did what to whom, in order of arrival."""
    given = {
        "relation": relation,
        "mode": mode,
        "cameo": cameo,
        "quad": quad,
        "source": source,
        "target": target,
        "actor": actor,
        "status": status,
        "holder": holder,
        "country": country,
        "since": since,
        "until": until,
        "confidence": confidence,
    }
    with holding.asked() as store:
        found, following = rows(store, "events", given, limit=limit, after=after)
    return EventPage(rows=typed(found, EventRow), next=following)
