"""``/api/actors``: who."""

from __future__ import annotations

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from msgspec import Struct

from dateline.records import ActorKind
from dateline.server.api.paging import After, Confidence, Limit, Row, Text, Words, rows, typed
from dateline.server.holding import Holding
from dateline.server.problems import documented


class ActorRow(Row, frozen=True, kw_only=True):
    """One actor of one article."""

    name: str
    kind: ActorKind
    country: str | None
    """ISO 3166-1 alpha-3, or a PLOVER code without a state."""
    sector: str | None
    """PLOVER sector."""
    role: str | None
    entity: str | None
    """Identifier in the knowledge tables."""
    mentions: int


class ActorPage(Struct, frozen=True, kw_only=True):
    """A page of actors."""

    rows: list[ActorRow]
    next: str | None
    """``after`` of the next page; none after the last."""


@get("/actors", sync_to_thread=True, responses=documented(400, 503), tags=["findings"])
def actors(
    holding: NamedDependency[Holding],
    name: Text = None,
    country: Words = None,
    sector: Words = None,
    kind: FromQuery[list[ActorKind] | None] = None,
    entity: Words = None,
    confidence: Confidence = None,
    limit: Limit = 50,
    after: After = None,
) -> ActorPage:
    """Each actor of each article, in order of arrival."""
    given = {
        "name": name,
        "country": country,
        "sector": sector,
        "kind": kind,
        "entity": entity,
        "confidence": confidence,
    }
    with holding.asked() as store:
        found, following = rows(store, "actors", given, limit=limit, after=after)
    return ActorPage(rows=typed(found, ActorRow), next=following)
