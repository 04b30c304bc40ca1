"""``/api/places``: where."""

from __future__ import annotations

from typing import Unpack

from litestar import get
from litestar.di import NamedDependency
from msgspec import Struct

from dateline.query.asked import PlaceFilters
from dateline.records import PlaceKind
from dateline.server.api.paging import After, Limit, Row, filtered, rows, typed
from dateline.server.holding import Holding
from dateline.server.problems import documented


class PlaceRow(Row, frozen=True, kw_only=True):
    """One mention of a place."""

    name: str
    """The gazetteer's name, or the mention where the place is not in it."""
    mention: str
    kind: PlaceKind
    country: str | None
    """ISO 3166-1 alpha-3."""
    admin1: str | None
    geoname: int | None
    """GeoNames id."""
    latitude: float | None
    """Degrees, WGS 84."""
    longitude: float | None


class PlacePage(Struct, frozen=True, kw_only=True):
    """A page of places."""

    rows: list[PlaceRow]
    next: str | None
    """``after`` of the next page; none after the last."""


@get("/places", sync_to_thread=True, responses=documented(400, 503), tags=["findings"])
@filtered
def places(
    holding: NamedDependency[Holding],
    limit: Limit = 50,
    after: After = None,
    **asked: Unpack[PlaceFilters],
) -> PlacePage:
    """Every mention of a place, in order of arrival."""
    with holding.asked() as store:
        found, following = rows(store, "places", asked, limit=limit, after=after)
    return PlacePage(rows=typed(found, PlaceRow), next=following)
