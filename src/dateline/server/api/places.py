"""``/api/places``: where."""

from __future__ import annotations

from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter
from msgspec import Struct

from dateline.records import PlaceKind
from dateline.server.api.paging import After, Confidence, Limit, Row, Text, Words, rows, typed
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
def places(
    holding: NamedDependency[Holding],
    name: Text = None,
    country: Words = None,
    kind: FromQuery[list[PlaceKind] | None] = None,
    geoname: Annotated[
        int | None,
        QueryParameter(ge=0, le=2**53, schema_extra={"minimum": 0}, description="GeoNames id."),
    ] = None,
    confidence: Confidence = None,
    limit: Limit = 50,
    after: After = None,
) -> PlacePage:
    """Every mention of a place, in order of arrival."""
    given = {"name": name, "country": country, "kind": kind, "geoname": geoname, "confidence": confidence}
    with holding.asked() as store:
        found, following = rows(store, "places", given, limit=limit, after=after)
    return PlacePage(rows=typed(found, PlaceRow), next=following)
