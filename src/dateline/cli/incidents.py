"""``dateline incidents``: what several reports tell of."""

from __future__ import annotations

from typing import Unpack

from dateline.cli.options import options
from dateline.cli.query import Layout, at_most
from dateline.query.asked import IncidentFilters


@options
def incidents(
    incident: str | None = None,
    /,
    *,
    store: str,
    limit: int | None = None,
    output: Layout = "table",
    **asked: Unpack[IncidentFilters],
) -> int:
    """Events told more than once, those with most independent reports first; or one of them with all who tell of it.

    Args:
        incident: Id of an incident, or of an event in it, or the first few characters: shows its events, with their
            words and why they were joined.
        store: The store, linked by "dateline link".
        limit: Rows; by default 50 in the terminal and all in JSON and CSV; 0 for all.
        output: table, json (one object a line) or csv, both with every column.
    """
    from dateline.cli import console
    from dateline.cli.linked import answer, demand
    from dateline.errors import ConfigError
    from dateline.query import open_store

    limit = at_most(limit, output)
    with open_store(store, read_only=True) as opened:
        demand(opened)
        most = limit + 1 if limit else None
        if incident is None:
            result = opened.incidents(**asked, limit=most)
            shown = {
                "id": "id",
                "day": "day",
                "relation": "type",
                "sources": "who",
                "targets": "to whom",
                "place": "where",
                "status": "status",
                "independent": "independent",
            }
        else:
            if asked:
                raise ConfigError("an incident is shown whole: leave out the options that choose incidents")
            result = opened.incident(incident, limit=most)
            if not result.count():
                raise ConfigError(
                    f"no incident {incident!r}, nor one with such an event: `dateline incidents` lists them"
                )
            shown = {
                "published": "published",
                "publisher": "publisher",
                "status": "status",
                "holder": "according to",
                "quote": "words",
                "copy_of": "copy of",
                "alike": "alike",
                "reasons": "why",
                "event": "cite",
            }
        answer(console.stdout(), "incidents" if incident is None else "events", result, shown, limit, output)
    return 0
