"""``dateline incidents``: what several reports tell of."""

from __future__ import annotations

from typing import Any

from dateline.cli.query import Layout, at_most


def incidents(
    incident: str | None = None,
    /,
    *,
    store: str,
    relation: list[str] | None = None,
    actor: list[str] | None = None,
    status: list[str] | None = None,
    country: list[str] | None = None,
    story: str | None = None,
    since: str | None = None,
    until: str | None = None,
    independent: int | None = None,
    limit: int | None = None,
    output: Layout = "table",
) -> int:
    """Events told more than once, those with most independent reports first; or one of them with all who tell of it.

    Args:
        incident: Id of an incident, or of an event in it, or the first few characters: shows its events, with their
            words and why they were joined.
        store: The store, linked by "dateline link".
        relation: PLOVER type: ASSAULT.
        actor: On either side: country or sector (CHN, GOV), both ("CHN GOV"), or part of a name.
        status: What most reports say: happened, planned, denied ...
        country: ISO 3166-1 alpha-3 of the place.
        story: Only this story: its id, or the first few characters of it.
        since: Only what happened on this day or later, as 2025-11-01.
        until: Only what happened on this day or earlier.
        independent: At least so many independent reports: copies count once.
        limit: Rows; by default 50 in the terminal and all in JSON and CSV; 0 for all.
        output: table, json (one object a line) or csv, both with every column.
    """
    from dateline.cli import console
    from dateline.cli.linked import answer, demand
    from dateline.errors import ConfigError
    from dateline.query import open_store

    given: dict[str, Any] = {
        "relation": relation,
        "actor": actor,
        "status": status,
        "country": country,
        "story": story,
        "since": since,
        "until": until,
        "independent": independent,
    }
    asked = {name: value for name, value in given.items() if value is not None}
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
