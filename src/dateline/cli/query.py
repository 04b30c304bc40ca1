"""``dateline query``: a store asked for one kind of thing."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import App, Parameter

from dateline.errors import ConfigError

if TYPE_CHECKING:
    from dateline.query import Result, Store

Layout = Literal["table", "json", "csv"]
Many = Annotated[tuple[str, ...], Parameter(negative=())]

LIMIT = 50
"""Rows shown when no limit is given; 0 shows all."""
SHORT = 9
"""Characters of an id shown; enough to cite it among some millions."""

query = App(
    name="query",
    help="Ask a store for events, statements, figures, places, actors, articles, rejections, or words.",
    help_format="plaintext",
    help_epilogue="",
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
    status: Many = (),
    holder: Many = (),
    country: Many = (),
    since: str | None = None,
    until: str | None = None,
    confidence: float | None = None,
    limit: int = LIMIT,
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
        limit: Rows shown; 0 for all.
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
def statements(
    *,
    store: str,
    speaker: Many = (),
    text: str | None = None,
    stance: Many = (),
    form: Many = (),
    via: Many = (),
    since: str | None = None,
    until: str | None = None,
    confidence: float | None = None,
    limit: int = LIMIT,
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
        limit: Rows shown; 0 for all.
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
    bound: Many = (),
    at_least: float | None = None,
    at_most: float | None = None,
    holder: Many = (),
    country: Many = (),
    since: str | None = None,
    until: str | None = None,
    confidence: float | None = None,
    limit: int = LIMIT,
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
        limit: Rows shown; 0 for all.
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
    limit: int = LIMIT,
    output: Layout = "table",
) -> int:
    """Where.

    Args:
        store: The store.
        name: Part of the place's name or of the words of the mention.
        country: ISO 3166-1 alpha-3.
        kind: country, region, city, water, facility or demonym.
        limit: Rows shown; 0 for all.
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
    limit: int = LIMIT,
    output: Layout = "table",
) -> int:
    """Who is in the reports.

    Args:
        store: The store.
        name: Part of the name.
        country: ISO 3166-1 alpha-3, or a PLOVER code such as IGO.
        sector: PLOVER sector: GOV, MIL, REB ...
        kind: state, person, organisation, "armed group" ...
        limit: Rows shown; 0 for all.
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
    limit: int = LIMIT,
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
        limit: Rows shown; 0 for all.
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
def rejections(*, store: str, reason: Many = (), limit: int = LIMIT, output: Layout = "table") -> int:
    """What could not be read, and why.

    Args:
        store: The store.
        reason: Short code: empty, "time limit" ...
        limit: Rows shown; 0 for all.
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
    limit: int = LIMIT,
    output: Layout = "table",
) -> int:
    """Sentences with these words.

    Args:
        text: What to look for.
        store: The store.
        since: First day of the article.
        until: Last day.
        limit: Rows shown; 0 for all.
        output: table, json or csv.
    """
    return _answer("search", store, {"text": text, "since": since, "until": until}, limit, output)


def _answer(kind: str, path: str, given: dict[str, Any], limit: int, output: Layout) -> int:
    from dateline.query import open_store

    if limit < 0:
        raise ConfigError(f"--limit {limit}: give how many rows to show, or 0 for all")
    asked = {name: value for name, value in given.items() if value not in (None, ())}
    with open_store(path, read_only=True) as store:
        # One more than is shown, to know whether there are more.
        result: Result[Any] = getattr(store, kind)(**asked, limit=limit + 1 if limit else None)
        _show(kind, result, limit, output, store)
    return 0


def _show(kind: str, result: Result[Any], limit: int, output: Layout, store: Store) -> None:
    from dateline.cli import console

    rows = result.rows()
    if output != "table":
        write(result.columns, (row for at, row in enumerate(rows) if not limit or at < limit), output)
        return
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


def write(columns: Iterable[str], rows: Iterable[dict[str, Any]], output: Layout) -> None:
    """Rows as JSON lines or CSV to standard output, in UTF-8 whatever the locale says."""
    if output == "json":
        import msgspec

        for row in rows:
            sys.stdout.buffer.write(msgspec.json.encode(row) + b"\n")
        sys.stdout.flush()
        return
    import csv
    import io

    stream = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(stream)
    names = list(columns)
    writer.writerow(names)
    for row in rows:
        writer.writerow(
            [
                "" if row[name] is None else row[name] if isinstance(row[name], float) else text(row[name])
                for name in names
            ]
        )
    stream.detach()
