"""``dateline query``: a store asked for one kind of thing."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal, Unpack

from cyclopts import App, Parameter

from dateline.cli.options import options
from dateline.errors import ConfigError
from dateline.export import flat
from dateline.query.asked import (
    KINDS,
    ActorFilters,
    ArticleFilters,
    DyadFilters,
    EventFilters,
    FigureFilters,
    Order,
    Period,
    PlaceFilters,
    SearchFilters,
    StatementFilters,
    unknown,
)

if TYPE_CHECKING:
    from dateline.query import Result, Store

Layout = Literal["table", "json", "csv"]
Many = Annotated[tuple[str, ...], Parameter(negative=())]
Flag = Annotated[bool, Parameter(negative=())]

LIMIT = 50
"""Rows shown in the terminal when no limit is given; 0 shows all."""
SHORT = 9
"""Characters of an id shown; enough to cite it among some millions."""

query = App(
    name="query",
    help="Ask a store for one kind of thing; every kind has filters of its own: dateline query events --help. "
    "An option shown with three dots may be given more than once, and any will do: --country KEN --country UGA.",
    help_format="markdown",
    help_epilogue="""
Examples:

    dateline query events --store news.duckdb --relation PROTEST --country KEN
    dateline query statements --store news.duckdb --speaker ruto
    dateline query figures --store news.duckdb --output csv > figures.csv
    dateline query dyads --store news.duckdb --output csv > dyads.csv
    dateline query search "border crossing" --store news.duckdb
""",
)
_SHOWN: dict[str, dict[str, str]] = {
    "events": {
        "id": "id",
        "day": "article's day",
        "sources": "source",
        "relation": "event",
        "targets": "target",
        "status": "status",
        "holder": "according to",
        "quote": "words",
    },
    "statements": {
        "id": "id",
        "day": "article's day",
        "speaker": "speaker",
        "form": "form",
        "stance": "stance",
        "said": "words",
    },
    "figures": {
        "id": "id",
        "day": "article's day",
        "value": "figure",
        "counted": "of what",
        "outcome": "outcome",
        "holder": "according to",
        "quote": "words",
    },
    "places": {
        "id": "id",
        "mention": "as written",
        "name": "place",
        "country": "country",
        "latitude": "latitude",
        "longitude": "longitude",
        "title": "in",
    },
    "actors": {
        "id": "id",
        "name": "name",
        "kind": "kind",
        "country": "country",
        "sector": "sector",
        "role": "role",
        "title": "in",
    },
    "articles": {
        "id": "id",
        "day": "day",
        "publisher": "publisher",
        "title": "title",
        "events": "events",
        "statements": "statements",
    },
    "dyads": {
        "source": "source",
        "target": "target",
        "period": "period",
        "events": "events",
        "verbal_cooperation": "verbal coop.",
        "material_cooperation": "material coop.",
        "verbal_conflict": "verbal conflict",
        "material_conflict": "material conflict",
        "goldstein_mean": "Goldstein mean",
        "mentions": "mentions",
    },
    "rejections": {"where": "where", "reason": "reason", "detail": "what to do"},
    "search": {"article": "article", "day": "day", "publisher": "publisher", "sentence": "sentence"},
}
"""Columns shown in the terminal, with their headings; JSON and CSV hold all."""


@query.command
@options
def events(
    *,
    store: str,
    by: Order = "arrival",
    limit: int | None = None,
    output: Layout = "table",
    **asked: Unpack[EventFilters],
) -> int:
    """Who did what to whom.

    Args:
        store: The store.
        by: The order: as the articles came in, or by day, to see who was first.
        limit: Rows; by default 50 in the terminal and all in JSON and CSV; 0 for all.
        output: table, json (one object a line) or csv, both with every column.
    """
    return _answer("events", store, {**asked, "by": by}, limit, output)


@query.command
@options
def dyads(
    *,
    store: str,
    period: Period = "month",
    one_a_day: Flag = False,
    types: Flag = False,
    zeros: Flag = False,
    limit: int | None = None,
    output: Layout = "table",
    **asked: Unpack[DyadFilters],
) -> int:
    """Pairs of countries by day, week, month or year: counts, Goldstein scores, COW and Gleditsch-Ward numbers.

    An incident counts once, whatever number of reports tell of it: run "dateline link" first. CSV and JSON hold all
    rows and columns, for R, Stata or pandas.

    Args:
        store: The store.
        period: What is counted together; a week begins on Monday.
        one_a_day: Count a type at most once a day for a pair (the one-a-day filter).
        types: Add a column for each event type.
        zeros: Add the periods without events, for each pair there is.
        limit: Rows; by default 50 in the terminal and all in JSON and CSV; 0 for all.
        output: table, json (one object a line) or csv, both with every column.
    """
    from dateline.cli import console
    from dateline.query import open_store
    from dateline.query.dyads import HAPPENED, left_out

    flags = {"period": period, "one_a_day": one_a_day, "types": types, "zeros": zeros}
    with open_store(store, read_only=True) as opened:
        _ask(opened, "dyads", {**asked, **flags}, limit, output)
        err = console.stderr()
        left = left_out(opened, asked.get("status") or HAPPENED)
        if left:
            says = ", ".join(f"{count:,} {why}" for why, count in sorted(left.items()))
            err.print(f"events of the store that are in no pair: {says}", style="dim", soft_wrap=True, markup=False)
        if not opened.linked():
            says = f"reports are not linked, so each report of an event counts: dateline link --store {store}"
            err.print(says, style="dim", soft_wrap=True, markup=False)
    return 0


@query.command
@options
def statements(
    *,
    store: str,
    by: Order = "arrival",
    limit: int | None = None,
    output: Layout = "table",
    **asked: Unpack[StatementFilters],
) -> int:
    """Who said what.

    Args:
        store: The store.
        by: The order: as the articles came in, or by day, to see who was first.
        limit: Rows; by default 50 in the terminal and all in JSON and CSV; 0 for all.
        output: table, json (one object a line) or csv, both with every column.
    """
    return _answer("statements", store, {**asked, "by": by}, limit, output)


@query.command
@options
def figures(
    *,
    store: str,
    by: Order = "arrival",
    limit: int | None = None,
    output: Layout = "table",
    **asked: Unpack[FigureFilters],
) -> int:
    """What was counted, and by whom.

    Args:
        store: The store.
        by: The order: as the articles came in, or by day, to see who was first.
        limit: Rows; by default 50 in the terminal and all in JSON and CSV; 0 for all.
        output: table, json (one object a line) or csv, both with every column.
    """
    return _answer("figures", store, {**asked, "by": by}, limit, output)


@query.command
@options
def places(
    *,
    store: str,
    limit: int | None = None,
    output: Layout = "table",
    **asked: Unpack[PlaceFilters],
) -> int:
    """Where.

    Args:
        store: The store.
        limit: Rows; by default 50 in the terminal and all in JSON and CSV; 0 for all.
        output: table, json (one object a line) or csv, both with every column.
    """
    return _answer("places", store, asked, limit, output)


@query.command
@options
def actors(
    *,
    store: str,
    limit: int | None = None,
    output: Layout = "table",
    **asked: Unpack[ActorFilters],
) -> int:
    """Who is in the reports.

    Args:
        store: The store.
        limit: Rows; by default 50 in the terminal and all in JSON and CSV; 0 for all.
        output: table, json (one object a line) or csv, both with every column.
    """
    return _answer("actors", store, asked, limit, output)


@query.command
@options
def articles(
    *,
    store: str,
    limit: int | None = None,
    output: Layout = "table",
    **asked: Unpack[ArticleFilters],
) -> int:
    """The reports themselves.

    Args:
        store: The store.
        limit: Rows; by default 50 in the terminal and all in JSON and CSV; 0 for all.
        output: table, json (one object a line) or csv, both with every column.
    """
    return _answer("articles", store, asked, limit, output)


@query.command
def rejections(*, store: str, reason: Many = (), limit: int | None = None, output: Layout = "table") -> int:
    """What could not be read, and why.

    Args:
        store: The store.
        reason: Short code: empty, "time limit" ...
        limit: Rows; by default 50 in the terminal and all in JSON and CSV; 0 for all.
        output: table, json or csv.
    """
    return _answer("rejections", store, {"reason": reason}, limit, output)


@query.command
@options
def search(
    text: str,
    /,
    *,
    store: str,
    limit: int | None = None,
    output: Layout = "table",
    **asked: Unpack[SearchFilters],
) -> int:
    """Sentences with these words.

    Args:
        text: What to look for.
        store: The store.
        limit: Rows; by default 50 in the terminal and all in JSON and CSV; 0 for all.
        output: table, json or csv.
    """
    return _answer("search", store, {"text": text, **asked}, limit, output)


def at_most(limit: int | None, output: Layout) -> int:
    """Rows to give; 0 for all. A terminal gets some, a file or a program all, unless it is said otherwise.

    Raises:
        ConfigError: It is less than nought.
    """
    if limit is None:
        return LIMIT if output == "table" else 0
    if limit < 0:
        raise ConfigError(f"--limit {limit}: give how many rows to show, or 0 for all")
    return limit


def _answer(kind: str, path: str, given: Mapping[str, object], limit: int | None, output: Layout) -> int:
    from dateline.query import open_store

    with open_store(path, read_only=True) as store:
        _ask(store, kind, given, limit, output)
    return 0


def _ask(store: Store, kind: str, given: Mapping[str, object], limit: int | None, output: Layout) -> None:
    limit = at_most(limit, output)
    asked = {name: value for name, value in given.items() if value not in (None, ())}
    # One more than is shown, to know whether there are more.
    result: Result[Any] = getattr(store, kind)(**asked, limit=limit + 1 if limit else None)
    found = _show(kind, result, limit, output, store, by_day=asked.get("by") == "day")
    if not found:
        for line in _nowhere(store, kind, asked):
            print(f"dateline: {line}", file=sys.stderr)


def _nowhere(store: Store, kind: str, asked: dict[str, Any]) -> Iterator[str]:
    """Why an answer is empty, where a code asked for stands nowhere in the store: most often it is mistyped."""
    if kind not in KINDS:
        return
    for name, code, known in unknown(store, KINDS[kind], asked):
        shown = ", ".join(known[:12]) + (" ..." if len(known) > 12 else "")
        yield f"--{name} {code}: no such {name} in this store" + (f"; it has {shown}" if known else "")


def _show(kind: str, result: Result[Any], limit: int, output: Layout, store: Store, *, by_day: bool = False) -> int:
    """Print the rows; returns how many there were. In the order by day, their day is that of the finding."""
    from dateline.cli import console

    rows = result.rows()
    if output != "table":
        return write(result.columns, (row for at, row in enumerate(rows) if not limit or at < limit), output)
    from dateline.cli.render import rows as table

    shown = _SHOWN[kind]
    if by_day:
        shown = {"when" if name == "day" else name: "day" if name == "day" else head for name, head in shown.items()}
    found = list(rows)
    more = bool(limit) and len(found) > limit
    found = found[:limit] if limit else found
    out = console.stdout()
    table(out, kind, shown.values(), ([_cell(name, row) for name in shown] for row in found))
    if not found:
        out.print(f"nothing of the kind among {len(store):,} articles", style="dim")
    if more:
        out.print(f"more than {limit} rows; --limit 0 shows all, --output csv writes every column", style="dim")
    return len(found)


def _cell(name: str, row: dict[str, Any]) -> str:
    if name == "id":
        return str(row[name])[:SHORT]
    if name == "when":
        return flat.text(row["earliest"] or row["latest"] or row["day"])
    if name == "value":
        from dateline.export.wording import amount

        return amount(row["low"], row["high"], row["bound"], "" if row["unit"] == row["head"] else row["unit"])
    if name == "relation":
        return " ".join(str(row[each]) for each in ("relation", "mode", "cameo") if row[each])
    return flat.text(row[name])


def write(columns: Iterable[str], rows: Iterable[dict[str, Any]], output: flat.Output) -> int:
    """Rows as JSON lines or CSV to standard output, in UTF-8 whatever the locale says; returns how many."""
    count = flat.write(sys.stdout.buffer, columns, rows, output)
    sys.stdout.flush()
    return count
