"""``/api/sql``: the store asked in SQL, read only."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from decimal import Decimal
from typing import Annotated, Any, cast

from litestar import post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta, Struct

from dateline.server.holding import Holding
from dateline.server.problems import documented
from dateline.server.settings import ServerSettings

_DEEPEST = 12


class Question(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One query."""

    query: Annotated[str, Meta(min_length=1, max_length=20_000)]
    """One SELECT, FROM, DESCRIBE or EXPLAIN, in DuckDB's SQL."""


class SqlAnswer(Struct, frozen=True, kw_only=True):
    """A table."""

    columns: list[str]
    rows: list[list[Any]]
    """Values in the order of the columns; what JSON does not have is written as text."""
    cut: bool
    """Whether there were more rows than are given."""


@post("/sql", status_code=200, sync_to_thread=True, responses=documented(400, 413, 503), tags=["sql"])
def sql(
    holding: NamedDependency[Holding], settings: NamedDependency[ServerSettings], data: JSONBody[Question]
) -> SqlAnswer:
    """The answer to one query; nothing can be changed by it, and no file but the store can be read."""
    return ask(holding, settings, data.query)


def ask(holding: Holding, settings: ServerSettings, query: str) -> SqlAnswer:
    """The answer to one query, no longer than the settings allow."""
    found: list[list[Any]] = []
    columns: list[str] = []
    size = 0
    cut = False
    # Few rows at a time: one row may be large, and what is read beyond the limit is wasted.
    with holding.asked() as store, closing(store.stream(query, rows=256)) as stream:
        for batch in stream:
            columns = list(batch.schema.names)
            # By place, not by name: a query may give two columns one name.
            values: list[list[Any]] = [batch.column(place).to_pylist() for place in range(batch.num_columns)]
            for each in zip(*values, strict=True):
                if len(found) >= settings.sql_rows or size > settings.sql_bytes:
                    cut = True
                    break
                row = [plain(value) for value in each]
                size += sum(len(value) if isinstance(value, str) else 32 for value in row)
                found.append(row)
            if cut:
                break
    return SqlAnswer(columns=columns, rows=found, cut=cut)


def plain(value: Any, depth: int = 0) -> Any:
    """A value as JSON has it; what JSON does not have, as text."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return value if abs(value) < 2**53 else str(value)
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else str(value)  # noqa: PLR0124 - not a number
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if depth < _DEEPEST and isinstance(value, dict):
        known = cast("dict[Any, Any]", value)
        return {str(key): plain(each, depth + 1) for key, each in known.items()}
    if depth < _DEEPEST and isinstance(value, list | tuple):
        return [plain(each, depth + 1) for each in cast("list[Any]", value)]
    return str(value)[:10_000]
