"""``dateline history``: how a count moved."""

from __future__ import annotations

from typing import Literal

from dateline.cli.query import SHORT, Layout

Outcome = Literal["killed", "injured", "missing", "detained", "displaced"]


def history(
    story: str | None = None, /, *, store: str, outcome: Outcome | None = None, output: Layout = "table"
) -> int:
    """The counts of people in a story as a series: when, how many, by whose word, and how it moved.

    Copies of a report count once. "moved" is the change since the same holder's last count;
    "a part": far below what was counted before, so most likely not of all.

    Args:
        story: Id of a story, or its first few characters; all stories without it.
        store: The store, linked by "dateline link".
        outcome: killed, injured, missing, detained or displaced.
        output: table, json (one object a line) or csv.
    """
    from dateline.cli import console
    from dateline.cli.linked import demand
    from dateline.cli.query import text, write
    from dateline.cli.render import rows as table
    from dateline.pipeline.link import series
    from dateline.query import open_store

    with open_store(store, read_only=True) as opened:
        demand(opened)
        rows = [row for row in series(opened, story) if outcome is None or row["what"] == outcome]
    columns = ["story", "what", "day", "low", "high", "bound", "part", "moved", "holder", "publisher", "quote", "cite"]
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
                text(row["day"]),
                amount(row["low"], row["high"], row["bound"], ""),
                "a part" if row["part"] else "" if row["moved"] is None else f"{row['moved']:+g}",
                text(row["holder"]),
                text(row["publisher"]),
                _short(row["quote"]),
                row["cite"][:SHORT],
            )
            for row in rows
        ),
    )
    if not rows:
        out.print("no counts of people in the stories of this store", style="dim")
    return 0


def _short(words: str) -> str:
    """The beginning of a sentence; JSON and CSV hold the whole."""
    return words if len(words) <= 90 else words[:89].rsplit(" ", 1)[0] + " …"
