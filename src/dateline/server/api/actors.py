"""``/api/actors``: who."""

from __future__ import annotations

from typing import Unpack

from litestar import get
from litestar.di import NamedDependency
from msgspec import Struct

from dateline.query.asked import ActorFilters
from dateline.records import ActorKind
from dateline.server.api.paging import After, Limit, Row, filtered, rows, typed
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
@filtered
def actors(
    holding: NamedDependency[Holding],
    limit: Limit = 50,
    after: After = None,
    **asked: Unpack[ActorFilters],
) -> ActorPage:
    """Each actor of each article, in order of arrival."""
    with holding.asked() as store:
        found, following = rows(store, "actors", asked, limit=limit, after=after)
    return ActorPage(rows=typed(found, ActorRow), next=following)
