"""``dateline sql``: a store asked in SQL."""

from __future__ import annotations

from dateline.cli.query import Layout


def sql(query: str, /, *, store: str, output: Layout = "table") -> int:
    """Ask a store in SQL, read only (DuckDB's SQL).

    Tables: articles, sentences, actors, places, times, statements, events, figures, rejections, inputs, and
    after "dateline link" copy_links, copy_groups, stories, story_members, incidents, incident_members,
    disputes and dispute_sides;
    "describe events" shows the columns of one. words(text, span) gives the words of a span.

    Args:
        query: One SELECT, FROM, DESCRIBE or EXPLAIN.
        store: The store.
        output: table, json (one object a line) or csv.
    """
    from dateline.cli import console
    from dateline.cli.query import write
    from dateline.cli.render import rows as table
    from dateline.export.flat import text
    from dateline.query import open_store

    with open_store(store, read_only=True) as opened:
        result = opened.sql(query)
        columns = result.columns
        if output != "table":
            write(columns, result.rows(), output)
            return 0
        found = list(result.rows())
        table(console.stdout(), "", columns, ([text(row[name]) for name in columns] for row in found))
    return 0
