"""``/api/figures``: how many, of what, and who counted."""

from __future__ import annotations

from datetime import date
from typing import Unpack

from litestar import get
from litestar.di import NamedDependency
from msgspec import Struct

from dateline.query.asked import FigureFilters, Outcome
from dateline.records import Bound, Change
from dateline.server.api.paging import After, By, Limit, Row, filtered, rows, typed
from dateline.server.holding import Holding
from dateline.server.problems import documented


class FigureRow(Row, frozen=True, kw_only=True):
    """One figure."""

    low: float | None
    high: float | None
    bound: Bound
    change: Change | None
    unit: str
    """UCUM code, ISO 4217 code, ``%``, or the counted noun in the singular."""
    per: str | None
    counted: str | None
    """The words that say what is counted."""
    head: str | None
    outcome: Outcome | None
    place: str | None
    country: str | None
    earliest: date | None
    latest: date | None
    holder: str | None
    """Who claims it; none: the reporter's own word."""


class FigurePage(Struct, frozen=True, kw_only=True):
    """A page of figures."""

    rows: list[FigureRow]
    next: str | None
    """``after`` of the next page; none after the last."""


@get("/figures", sync_to_thread=True, responses=documented(400, 503), tags=["findings"])
@filtered
def figures(
    holding: NamedDependency[Holding],
    by: By = "arrival",
    limit: Limit = 50,
    after: After = None,
    **asked: Unpack[FigureFilters],
) -> FigurePage:
    """How many, of what, and who counted."""
    with holding.asked() as store:
        found, following = rows(store, "figures", {**asked, "by": by}, limit=limit, after=after)
    return FigurePage(rows=typed(found, FigureRow), next=following)
