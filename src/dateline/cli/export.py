"""``dateline export``: a store for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast, get_args

from cyclopts import Parameter

from dateline.errors import ConfigError

if TYPE_CHECKING:
    from dateline.export.geojson import What
    from dateline.export.layouts import Tally
    from dateline.export.tables import Format
    from dateline.query import Store
    from dateline.records import Status

Form = Literal["parquet", "csv", "jsonl", "geojson", "graphml", "gdelt", "mentions", "gkg", "polecat", "icews"]
Choice = Literal["happened", "ongoing", "planned", "expected", "possible", "negated", "denied", "all"]

_HOLDS = {
    "geojson": ("events", "places"),
    "graphml": ("events",),
    "gdelt": ("events",),
    "mentions": ("events",),
    "gkg": ("articles",),
    "polecat": ("events",),
    "icews": ("events",),
}
"""What each layout that is no table can be asked for; the first is what it gives unasked."""


def export(
    what: str | None = None,
    /,
    *,
    store: str,
    to: str = "-",
    form: Annotated[Form | None, Parameter(name=("--as", "--form"))] = None,
    status: Annotated[tuple[Choice, ...], Parameter(negative=())] = (),
) -> int:
    """Write a store as tables, as points on a map, as a graph, or as GDELT, POLECAT and ICEWS have event data.

    Args:
        what: A table: events, statements, figures, places, times, actors, articles, sentences,
            rejections, judgements; of links: stories, incidents, disputes, copy_groups ...; records for
            one JSON object an article, exactly the record; all for every table into a folder. Event-data
            layouts know what they hold and need none; geojson has events, or places.
        store: The store.
        to: The file, or with all the folder; - for standard output.
        form: parquet, csv or jsonl (tables); geojson; graphml (actors and the events between them);
            gdelt, mentions, gkg (GDELT 2.0), polecat, icews. By default what the file's name ends in.
        status: Which events go out; may be repeated. By default happened and ongoing in gdelt,
            mentions, polecat and icews, which cannot say which is which; all in geojson and graphml.
    """
    from dateline.query import open_store

    given, form = form, form or _ending(to)
    if form in _HOLDS:
        holds = _HOLDS[form]
        if what is None:
            what = holds[0]
        elif what not in holds:
            raise ConfigError(
                f"{form} holds {' or '.join(holds)}, not {what}: leave {what} out, or export it as a table"
            )
        with open_store(store, read_only=True) as opened:
            _report(form, to, _layout(opened, form, what, to, status))
        return 0
    if status:
        raise ConfigError("tables hold every status in a column of their own: take --status with another layout")
    if what is None:
        if given is None or to == "-" or _ending(to) is not None:
            raise ConfigError("say what to export: a table such as events, records or all; or a layout with --as")
        what = "all"
    with open_store(store, read_only=True) as opened:
        return _tables(opened, what, to, cast("Format | None", form))


def _ending(to: str) -> Form | None:
    """What a file's name says; none where it says nothing, and tables say why."""
    ending = Path(to).suffix.removeprefix(".").lower()
    return cast("Form", ending) if ending in get_args(Form) else None


def _tables(store: Store, what: str, to: str, form: Format | None) -> int:
    from dateline.cli import console
    from dateline.export import tables

    if what == "all":
        if to == "-":
            raise ConfigError("export all: give the folder with --to")
        for name, count in tables.export_all(store, Path(to), form=form or "parquet").items():
            console.stderr().print(f"{name}: {count:,} rows", markup=False)
        # Nothing is left out in silence.
        says = f"left out: {', '.join(tables.WORKINGS)}, which say only what was read and linked so far"
        console.stderr().print(says, style="dim", soft_wrap=True, markup=False)
        return 0
    count = tables.export(store, to, what, form=form)
    if to != "-":
        console.stderr().print(f"{to}: {count:,} rows", markup=False)
    return 0


def _layout(store: Store, form: str, what: str, to: str, status: tuple[Choice, ...]) -> Tally:
    from dateline.export.layouts import STATUSES

    statuses = STATUSES if "all" in status else cast("tuple[Status, ...]", status)
    if form == "geojson":
        from dateline.export.geojson import export_geojson

        return export_geojson(store, to, cast("What", what), statuses=statuses or None)
    if form == "graphml":
        from dateline.export.graphs import export_graph

        return export_graph(store, to, statuses=statuses or None)
    from dateline.export.eventdata import export_layout

    return export_layout(store, to, form, statuses=statuses or None)


def _report(form: str, to: str, tally: Tally) -> None:
    """What was written, what was left out, and what the layout has no room for: nothing is dropped in silence."""
    from dateline.cli import console
    from dateline.export.eventdata import LAYOUTS

    unit = {"geojson": "points", "graphml": "edges"}.get(form, "rows")
    lines: list[str] = []
    if to != "-":
        lines.append(f"{to}: {tally.rows:,} {unit}")
    if tally.left:
        lines.append("left out: " + ", ".join(f"{count:,} {why}" for why, count in sorted(tally.left.items())))
    noted = [f"{count:,} {unit} {what}" for what, count in sorted(tally.noted.items()) if count]
    if noted:
        lines.append("of these: " + ", ".join(noted))
    if form in LAYOUTS:
        lines.append(f"{form} has no place for: " + ", ".join(LAYOUTS[form].lost))
    for line in lines:
        console.stderr().print(line, markup=False, soft_wrap=True)
