"""``dateline query``: a store asked for one kind of thing."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import App, Parameter

from dateline.errors import ConfigError
from dateline.records import Bound, Form, Stance, Status

if TYPE_CHECKING:
    from dateline.query import Result, Store

Layout = Literal["table", "json", "csv"]
Many = Annotated[tuple[str, ...], Parameter(negative=())]
Flag = Annotated[bool, Parameter(negative=())]
StatusChoice = Annotated[tuple[Status, ...], Parameter(negative=(), show_choices=False)]
StanceChoice = Annotated[tuple[Stance, ...], Parameter(negative=(), show_choices=False)]
FormChoice = Annotated[tuple[Form, ...], Parameter(negative=(), show_choices=False)]
BoundChoice = Annotated[tuple[Bound, ...], Parameter(negative=(), show_choices=False)]

LIMIT = 50
"""Rows shown in the terminal when no limit is given; 0 shows all."""
SHORT = 9
"""Characters of an id shown; enough to cite it among some millions."""

query = App(
    name="query",
    help="Ask a store for one kind of thing; every kind has filters of its own: dateline query events --help",
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
def events(
    *,
    store: str,
    relation: Many = (),
    mode: Many = (),
    cameo: str | None = None,
    source: Many = (),
    target: Many = (),
    actor: Many = (),
    status: StatusChoice = (),
    holder: Many = (),
    country: Many = (),
    since: str | None = None,
    until: str | None = None,
    confidence: float | None = None,
    limit: int | None = None,
    output: Layout = "table",
) -> int:
    """Who did what to whom.

    Args:
        store: The store.
        relation: PLOVER type, as PROTEST; may be repeated, as most of these may.
        mode: PLOVER mode.
        cameo: CAMEO code, or its beginning: 14 has 141 in it.
        source: Who did it: KEN, "KEN GOV", or part of a name.
        target: To whom.
        actor: Source or target.
        status: happened, ongoing, planned, expected, possible, negated or denied.
        holder: Whose word it is.
        country: Where it happened, ISO 3166-1 alpha-3.
        since: First day, as 2025-11-01.
        until: Last day.
        confidence: At least this, 0 to 1.
        limit: Rows; by default 50 in the terminal and all in JSON and CSV; 0 for all.
        output: table, json (one object a line) or csv, both with every column.
    """
    given = {
        "relation": relation,
        "mode": mode,
        "cameo": cameo,
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
    return _answer("events", store, given, limit, output)


@query.command
def dyads(
    *,
    store: str,
    period: Literal["day", "week", "month", "year"] = "month",
    source: Many = (),
    target: Many = (),
    among: Many = (),
    sector: Many = (),
    relation: Many = (),
    status: StatusChoice = (),
    since: str | None = None,
    until: str | None = None,
    confidence: float | None = None,
    one_a_day: Flag = False,
    types: Flag = False,
    zeros: Flag = False,
    limit: int | None = None,
    output: Layout = "table",
) -> int:
    """Pairs of countries by day, week, month or year: counts, Goldstein scores, COW and Gleditsch-Ward numbers.

    An incident counts once, whatever number of reports tell of it: run "dateline link" first. Only what happened or
    goes on is counted, unless --status says otherwise. CSV and JSON hold all rows and columns, for R, Stata or pandas.

    Args:
        store: The store.
        period: What is counted together; a week begins on Monday.
        source: Country that does it, ISO 3166-1 alpha-3; may be repeated, as most of these may.
        target: Country to which it is done.
        among: Both are of these: --among RUS --among UKR has both directions.
        sector: PLOVER sector of both: GOV, MIL ...; by default all actors of a country.
        relation: PLOVER type, as SANCTION.
        status: happened, ongoing, planned, expected, possible, negated or denied.
        since: First day of the event, as 2025-11-01.
        until: Last day.
        confidence: At least this, 0 to 1.
        one_a_day: Count a type at most once a day for a pair (the one-a-day filter).
        types: Add a column for each event type.
        zeros: Add the periods without events, for each pair there is.
        limit: Rows; by default 50 in the terminal and all in JSON and CSV; 0 for all.
        output: table, json (one object a line) or csv, both with every column.
    """
    from dateline.cli import console
    from dateline.query import open_store
    from dateline.query.dyads import HAPPENED, left_out

    given = {
        "source": source,
        "target": target,
        "among": among,
        "sector": sector,
        "relation": relation,
        "status": status,
        "since": since,
        "until": until,
        "confidence": confidence,
    }
    flags = {"period": period, "one_a_day": one_a_day, "types": types, "zeros": zeros}
    with open_store(store, read_only=True) as opened:
        _ask(opened, "dyads", given | flags, limit, output)
        err = console.stderr()
        left = left_out(opened, status or HAPPENED)
        if left:
            says = ", ".join(f"{count:,} {why}" for why, count in sorted(left.items()))
            err.print(f"events of the store that are in no pair: {says}", style="dim", soft_wrap=True, markup=False)
        if not opened.linked():
            says = f"reports are not linked, so each report of an event counts: dateline link --store {store}"
            err.print(says, style="dim", soft_wrap=True, markup=False)
    return 0


@query.command
def statements(
    *,
    store: str,
    speaker: Many = (),
    text: str | None = None,
    stance: StanceChoice = (),
    form: FormChoice = (),
    via: Many = (),
    since: str | None = None,
    until: str | None = None,
    confidence: float | None = None,
    limit: int | None = None,
    output: Layout = "table",
) -> int:
    """Who said what.

    Args:
        store: The store.
        speaker: CHN, "CHN GOV", or part of a name.
        text: Words in what was said.
        stance: asserts, denies, asks, orders or declines.
        form: direct, indirect or mixed.
        via: Who relayed it.
        since: First day it was said (else the article's day).
        until: Last day.
        confidence: At least this, 0 to 1.
        limit: Rows; by default 50 in the terminal and all in JSON and CSV; 0 for all.
        output: table, json or csv.
    """
    given = {
        "speaker": speaker,
        "text": text,
        "stance": stance,
        "form": form,
        "via": via,
        "since": since,
        "until": until,
        "confidence": confidence,
    }
    return _answer("statements", store, given, limit, output)


@query.command
def figures(
    *,
    store: str,
    counted: str | None = None,
    unit: Many = (),
    outcome: Many = (),
    bound: BoundChoice = (),
    at_least: float | None = None,
    at_most: float | None = None,
    holder: Many = (),
    country: Many = (),
    since: str | None = None,
    until: str | None = None,
    confidence: float | None = None,
    limit: int | None = None,
    output: Layout = "table",
) -> int:
    """What was counted, and by whom.

    Args:
        store: The store.
        counted: Words in what is counted.
        unit: UCUM or ISO 4217 code, %, or the counted noun.
        outcome: killed, injured, missing, detained or displaced.
        bound: exact, about, "at least", "at most" or between.
        at_least: The value may be so high.
        at_most: The value may be so low.
        holder: Who claims it.
        country: Where, ISO 3166-1 alpha-3.
        since: First day it holds for (else the article's day).
        until: Last day.
        confidence: At least this, 0 to 1.
        limit: Rows; by default 50 in the terminal and all in JSON and CSV; 0 for all.
        output: table, json or csv.
    """
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
    return _answer("figures", store, given, limit, output)


@query.command
def places(
    *,
    store: str,
    name: str | None = None,
    country: Many = (),
    kind: Many = (),
    limit: int | None = None,
    output: Layout = "table",
) -> int:
    """Where.

    Args:
        store: The store.
        name: Part of the place's name or of the words of the mention.
        country: ISO 3166-1 alpha-3.
        kind: country, region, city, water, facility or demonym.
        limit: Rows; by default 50 in the terminal and all in JSON and CSV; 0 for all.
        output: table, json or csv.
    """
    return _answer("places", store, {"name": name, "country": country, "kind": kind}, limit, output)


@query.command
def actors(
    *,
    store: str,
    name: str | None = None,
    country: Many = (),
    sector: Many = (),
    kind: Many = (),
    limit: int | None = None,
    output: Layout = "table",
) -> int:
    """Who is in the reports.

    Args:
        store: The store.
        name: Part of the name.
        country: ISO 3166-1 alpha-3, or a PLOVER code such as IGO.
        sector: PLOVER sector: GOV, MIL, REB ...
        kind: state, person, organisation, "armed group" ...
        limit: Rows; by default 50 in the terminal and all in JSON and CSV; 0 for all.
        output: table, json or csv.
    """
    return _answer("actors", store, {"name": name, "country": country, "sector": sector, "kind": kind}, limit, output)


@query.command
def articles(
    *,
    store: str,
    text: str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    language: Many = (),
    since: str | None = None,
    until: str | None = None,
    limit: int | None = None,
    output: Layout = "table",
) -> int:
    """The reports themselves.

    Args:
        store: The store.
        text: Words in the text.
        title: Words in the headline.
        publisher: Part of the publisher's name.
        language: BCP 47 tag, as en.
        since: First day.
        until: Last day.
        limit: Rows; by default 50 in the terminal and all in JSON and CSV; 0 for all.
        output: table, json or csv.
    """
    given = {
        "text": text,
        "title": title,
        "publisher": publisher,
        "language": language,
        "since": since,
        "until": until,
    }
    return _answer("articles", store, given, limit, output)


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
def search(
    text: str,
    /,
    *,
    store: str,
    since: str | None = None,
    until: str | None = None,
    limit: int | None = None,
    output: Layout = "table",
) -> int:
    """Sentences with these words.

    Args:
        text: What to look for.
        store: The store.
        since: First day of the article.
        until: Last day.
        limit: Rows; by default 50 in the terminal and all in JSON and CSV; 0 for all.
        output: table, json or csv.
    """
    return _answer("search", store, {"text": text, "since": since, "until": until}, limit, output)


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


def _answer(kind: str, path: str, given: dict[str, Any], limit: int | None, output: Layout) -> int:
    from dateline.query import open_store

    with open_store(path, read_only=True) as store:
        _ask(store, kind, given, limit, output)
    return 0


def _ask(store: Store, kind: str, given: dict[str, Any], limit: int | None, output: Layout) -> None:
    limit = at_most(limit, output)
    asked = {name: value for name, value in given.items() if value not in (None, ())}
    # One more than is shown, to know whether there are more.
    result: Result[Any] = getattr(store, kind)(**asked, limit=limit + 1 if limit else None)
    found = _show(kind, result, limit, output, store)
    if not found:
        for line in _nowhere(store, kind, asked):
            print(f"dateline: {line}", file=sys.stderr)


_LISTED = {
    "events": {
        "relation": "event_rows.relation",
        "mode": "event_rows.mode",
        "country": "event_rows.country",
    },
    "dyads": {
        "source": "actor_rows.country",
        "target": "actor_rows.country",
        "among": "actor_rows.country",
        "sector": "actor_rows.sector",
        "relation": "event_rows.relation",
    },
    "figures": {
        "unit": "figure_rows.unit",
        "outcome": "figure_rows.outcome",
        "country": "figure_rows.country",
    },
    "places": {"country": "place_rows.country", "kind": "place_rows.kind"},
    "actors": {"country": "actor_rows.country", "sector": "actor_rows.sector", "kind": "actor_rows.kind"},
    "articles": {"language": "article_rows.language"},
    "rejections": {"reason": "rejections.reason"},
}
"""Column that holds what an option is compared with, where it holds codes of a list rather than any words."""


def _nowhere(store: Store, kind: str, asked: dict[str, Any]) -> Iterator[str]:
    """Why an answer is empty, where a code asked for stands nowhere in the store: most often it is mistyped."""
    for name, column in _LISTED.get(kind, {}).items():
        table, _, field = column.partition(".")
        wanted: tuple[str, ...] = asked.get(name, ())
        if not wanted:
            continue
        counted = f"SELECT {field} AS code, count(*) AS n FROM {table} WHERE {field} IS NOT NULL GROUP BY {field}"  # noqa: S608 - our own names
        known = [str(row["code"]) for row in store.rows(f"{counted} ORDER BY n DESC, code")]
        folded = {each.casefold() for each in known}
        for each in wanted:
            if each.casefold() not in folded:
                shown = ", ".join(known[:12]) + (" ..." if len(known) > 12 else "")
                yield f"--{name} {each}: no such {name} in this store" + (f"; it has {shown}" if known else "")


def _show(kind: str, result: Result[Any], limit: int, output: Layout, store: Store) -> int:
    """Print the rows; returns how many there were."""
    from dateline.cli import console

    rows = result.rows()
    if output != "table":
        return write(result.columns, (row for at, row in enumerate(rows) if not limit or at < limit), output)
    from dateline.cli.render import rows as table

    shown = _SHOWN[kind]
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
    if name == "value":
        from dateline.export.wording import amount

        return amount(row["low"], row["high"], row["bound"], "" if row["unit"] == row["head"] else row["unit"])
    if name == "relation":
        return " ".join(str(row[each]) for each in ("relation", "mode", "cameo") if row[each])
    return text(row[name])


def text(value: object) -> str:
    """A value of a table as text: lists joined, coordinates short, nothing for none."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(text(each) for each in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if isinstance(value, float):
        return f"{value:.6g}"
    return str(value)


def write(columns: Iterable[str], rows: Iterable[dict[str, Any]], output: Layout) -> int:
    """Rows as JSON lines or CSV to standard output, in UTF-8 whatever the locale says; returns how many."""
    count = 0
    if output == "json":
        import msgspec

        for row in rows:
            sys.stdout.buffer.write(msgspec.json.encode(row) + b"\n")
            count += 1
        sys.stdout.flush()
        return count
    import csv
    import io

    stream = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(stream)
    names = list(columns)
    writer.writerow(names)
    for row in rows:
        count += 1
        writer.writerow(
            [
                "" if row[name] is None else row[name] if isinstance(row[name], float) else text(row[name])
                for name in names
            ]
        )
    stream.detach()
    return count
