"""``dateline disputes``: where reports differ."""

from __future__ import annotations

from dateline.cli.query import Layout, at_most


def disputes(story: str | None = None, /, *, store: str, limit: int | None = None, output: Layout = "table") -> int:
    """What independent reports, or those they quote, give differently: a count, a day, a place, who did it, whether.

    Every side is shown with its words and an id to cite. A later count is an update and no dispute:
    see "dateline history".

    Args:
        story: Only this story: its id, or the first few characters of it.
        store: The store, linked by "dateline link".
        limit: Rows; by default 50 in the terminal and all in JSON and CSV; 0 for all.
        output: table, json (one object a line) or csv, both with every column.
    """
    from dateline.cli import console
    from dateline.cli.linked import answer, demand
    from dateline.query import open_store

    limit = at_most(limit, output)
    with open_store(store, read_only=True) as opened:
        demand(opened)
        shown = {
            "story": "story",
            "kind": "about",
            "what": "what",
            "says": "says",
            "holder": "according to",
            "reports": "reports",
            "quote": "words",
            "cite": "cite",
        }
        result = opened.disputes(story=story, limit=limit + 1 if limit else None)
        answer(console.stdout(), "disputes", result, shown, limit, output)
    return 0
