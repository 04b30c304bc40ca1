"""``/api/dyads``: pairs of countries by day, week, month or year."""

from __future__ import annotations

import io
from datetime import date
from typing import Annotated, Any, Unpack

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from msgspec import Struct

from dateline.errors import ConfigError
from dateline.export import flat
from dateline.query.asked import DyadFilters, Period, refused
from dateline.server.api.links import Skip
from dateline.server.api.paging import Limit, filled, filtered, typed
from dateline.server.holding import Holding
from dateline.server.problems import documented

MOST = 200_000
"""Most rows of one CSV file."""

Each = Annotated[Period, QueryParameter(description="What is counted together; a week begins on Monday.")]
OneADay = Annotated[bool, QueryParameter(description="Count a type at most once a day for a pair.")]
Zeros = Annotated[bool, QueryParameter(description="Add the periods without events, for each pair there is.")]
Types = Annotated[bool, QueryParameter(description="Add a column for each event type.")]


class DyadRow(Struct, frozen=True, kw_only=True):
    """Events from one country to another in one period."""

    source: str
    """Country of who did it: ISO 3166-1 alpha-3, or PLOVER's code of what is no state."""
    target: str
    period: date
    """Its first day."""
    source_cow: int | None
    """Number in the Correlates of War list."""
    target_cow: int | None
    source_gw: int | None
    """Number in Gleditsch and Ward's list."""
    target_gw: int | None
    events: int
    """Each incident once."""
    verbal_cooperation: int
    material_cooperation: int
    verbal_conflict: int
    material_conflict: int
    goldstein_sum: float | None
    goldstein_mean: float | None
    mentions: int
    """Events of reports that tell of them."""
    articles: int
    """Articles of the store of that period, whatever they tell."""


class DyadPage(Struct, frozen=True, kw_only=True):
    """A page of pairs and periods."""

    rows: list[DyadRow]
    more: bool
    """Whether rows follow."""


@get("/dyads", sync_to_thread=True, responses=documented(400, 503), tags=["links"])
@filtered
def dyads(
    holding: NamedDependency[Holding],
    period: Each = "month",
    one_a_day: OneADay = False,
    zeros: Zeros = False,
    limit: Limit = 50,
    skip: Skip = 0,
    **asked: Unpack[DyadFilters],
) -> DyadPage:
    """Pairs of countries by period, in the order of their codes: what happened or goes on, each incident once."""
    found = table(holding, asked, period=period, one_a_day=one_a_day, zeros=zeros, limit=skip + limit + 1).slice(skip)
    return DyadPage(rows=typed(found.slice(0, limit).to_pylist(), DyadRow), more=found.num_rows > limit)


@get("/dyads.csv", sync_to_thread=True, responses=documented(400, 503), media_type="text/csv", tags=["links"])
@filtered
def dyads_csv(
    holding: NamedDependency[Holding],
    period: Each = "month",
    one_a_day: OneADay = False,
    types: Types = False,
    zeros: Zeros = False,
    **asked: Unpack[DyadFilters],
) -> Response[bytes]:
    """The same as one CSV file with all rows, which R, Stata and pandas load from this address."""
    found = table(holding, asked, period=period, one_a_day=one_a_day, types=types, zeros=zeros, limit=MOST + 1)
    if found.num_rows > MOST:
        raise ConfigError(
            f"more than {MOST:,} rows: ask for fewer pairs or longer periods, or use dateline query dyads --output csv"
        )
    file = io.BytesIO()
    flat.write(file, found.column_names, (row for batch in found.to_batches() for row in batch.to_pylist()), "csv")
    return Response(
        file.getvalue(), media_type="text/csv", headers={"content-disposition": 'attachment; filename="dyads.csv"'}
    )


def table(holding: Holding, asked: DyadFilters, *, limit: int, **flags: Any) -> Any:
    """Pairs and periods as an Arrow table.

    Raises:
        ConfigError: There are none because a code asked for is none.
    """
    given = filled(asked)
    with holding.asked() as store:
        found: Any = store.dyads(**given, **flags, limit=limit).to_arrow()
        if not found.num_rows:
            refused(store, DyadFilters, given)
    return found
