"""``dateline history``: how a count moved."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from dateline.cli.query import SHORT, Layout


def history(
    story: str | None = None,
    /,
    *,
    store: str,
    what: Annotated[str | None, Parameter(name=("--what", "--outcome"))] = None,
    plot: Path | None = None,
    output: Layout = "table",
) -> int:
    """The counts in a story as series: when, how many, by whose word, and how each holder's count moved.

    A series holds all claims about one quantity: the killed, the people aboard, the houses destroyed.
    Copies of a report count once. "moved" is the change since the same holder's last count;
    "a part": far below what was counted before, so most likely not of all.

    Args:
        story: Id of a story, or its first few characters; all stories without it.
        store: The store, linked by "dateline link".
        what: Only what is counted: killed, injured, missing, detained, displaced, or a word such as house.
        plot: Draw the series into this file: SVG, or a page that holds it where the name ends in .html.
        output: table, json (one object a line) or csv.
    """
    from dateline.cli import console
    from dateline.cli.linked import demand
    from dateline.cli.query import write
    from dateline.cli.render import rows as table
    from dateline.export.flat import text
    from dateline.pipeline.link import series
    from dateline.query import open_store

    wanted = None if what is None else what.strip().lower()
    with open_store(store, read_only=True) as opened:
        demand(opened)
        rows = [row for row in series(opened, story) if wanted is None or wanted in row["what"].lower()]
    if plot is not None:
        _draw(rows, plot)
    columns = [
        "series",
        "story",
        "what",
        "day",
        "until",
        "low",
        "high",
        "bound",
        "part",
        "moved",
        "holder",
        "publisher",
    ]
    columns += ["quote", "cite"]
    if output != "table":
        write(columns, rows, output)
        return 0
    from dateline.export.wording import amount

    out = console.stdout()
    heads = ("story", "what", "day", "how many", "moved", "according to", "in", "words", "cite")
    table(
        out,
        "history",
        heads,
        (
            (
                row["story"][:SHORT],
                row["what"],
                text(row["day"]) if row["until"] is None else f"before {text(row['until'])}",
                amount(row["low"], row["high"], row["bound"], ""),
                "a part" if row["part"] else "" if row["moved"] is None else f"{row['moved']:+,g}",
                text(row["holder"]),
                text(row["publisher"]),
                _short(row["quote"]),
                row["cite"][:SHORT],
            )
            for row in rows
        ),
    )
    if not rows:
        out.print("no counts that can be compared in the stories of this store", style="dim")
    return 0


def _draw(rows: list[dict[str, object]], path: Path) -> None:
    from dateline.errors import ConfigError
    from dateline.export import chart

    names = list(dict.fromkeys(str(row["what"]) for row in rows))
    drawing = chart.history(rows, title="How the counts moved: " + ", ".join(names) if names else "")
    if path.suffix.lower() in (".html", ".htm"):
        drawing = chart.page(drawing)
    try:
        path.write_text(drawing, encoding="utf-8")
    except OSError as error:
        raise ConfigError(
            f"cannot write the plot to {path}: {error.strerror}; give a file in a folder there is"
        ) from error


def _short(words: str) -> str:
    """The beginning of a sentence; JSON and CSV hold the whole."""
    return words if len(words) <= 90 else words[:89].rsplit(" ", 1)[0] + " …"
