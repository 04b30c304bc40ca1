"""``/api/figures``: how many, of what, and who counted."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter
from msgspec import Struct

from dateline.records import Bound, Change
from dateline.server.api.paging import After, Confidence, Limit, Row, Since, Text, Until, Who, Words, rows, typed
from dateline.server.holding import Holding
from dateline.server.problems import documented

Outcome = Literal["killed", "injured", "missing", "detained", "displaced"]


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
def figures(
    holding: NamedDependency[Holding],
    counted: Text = None,
    unit: Words = None,
    outcome: FromQuery[list[Outcome] | None] = None,
    bound: FromQuery[list[Bound] | None] = None,
    at_least: Annotated[float | None, QueryParameter(description="The value may be so high.")] = None,
    at_most: Annotated[float | None, QueryParameter(description="The value may be so low.")] = None,
    holder: Who = None,
    country: Words = None,
    since: Since = None,
    until: Until = None,
    confidence: Confidence = None,
    limit: Limit = 50,
    after: After = None,
) -> FigurePage:
    """How many, of what, and who counted, in order of arrival."""
    given = {
        "counted": counted,
        "unit": unit,
        "outcome": outcome,
        "bound": bound,
        "at_least": at_least,
        "at_most": at_most,
        "holder": holder,
        "country": country,
        "since": since,
        "until": until,
        "confidence": confidence,
    }
    with holding.asked() as store:
        found, following = rows(store, "figures", given, limit=limit, after=after)
    return FigurePage(rows=typed(found, FigureRow), next=following)
