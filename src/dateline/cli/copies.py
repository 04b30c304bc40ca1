"""``dateline copies``: reports that share their words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from dateline.cli.query import Layout, at_most

if TYPE_CHECKING:
    from dateline.query import Store


def copies(
    article: str | None = None,
    /,
    *,
    store: str,
    parts: Annotated[bool, Parameter(negative=())] = False,
    diff: Annotated[bool, Parameter(negative=())] = False,
    limit: int | None = None,
    output: Layout = "table",
) -> int:
    """Copies and versions of one report, the earliest known first, and how much they share.

    Args:
        article: Only the group of this article: its id, or the first few characters of it.
        store: The store, linked by "dateline link".
        parts: Show reports that stand inside longer ones instead.
        diff: Show what changed from one to the next, sentence by sentence; needs ARTICLE.
        limit: Rows; by default 50 in the terminal and all in JSON and CSV; 0 for all.
        output: table, json (one object a line) or csv.
    """
    from dateline.cli import console
    from dateline.cli.linked import answer, demand
    from dateline.errors import ConfigError
    from dateline.query import open_store

    limit = at_most(limit, output)
    with open_store(store, read_only=True) as opened:
        demand(opened)
        if diff:
            if article is None:
                raise ConfigError("--diff shows one report's versions: name one of them by its id")
            return _changes(opened, article, output)
        result: Any = (opened.parts if parts else opened.copies)(article=article, limit=limit + 1 if limit else None)
        shown = (
            {
                "part": "report",
                "part_publisher": "by",
                "part_title": "title",
                "whole": "stands in",
                "whole_publisher": "by",
                "whole_title": "title",
                "shared": "of its words",
            }
            if parts
            else {
                "group": "group",
                "article": "article",
                "published": "published",
                "publisher": "publisher",
                "title": "title",
                "kind": "as",
                "nearest": "of",
                "shared": "shared",
                "alike": "alike",
            }
        )
        answer(console.stdout(), "parts" if parts else "copies", result, shown, limit, output)
    return 0


def _changes(store: Store, article: str, output: Layout) -> int:
    from dateline.cli import console
    from dateline.cli.console import words
    from dateline.cli.query import SHORT, write

    found = store.changes(article)
    if output != "table":
        columns = ["before", "after", "kind", "removed", "added"]
        rows = (
            {"before": one, "after": other, "kind": each.kind, "removed": each.before, "added": each.after}
            for one, other, every in found
            for each in every
        )
        write(columns, rows, output)
        return 0
    out = console.stdout()
    for one, other, every in found:
        out.print(words(f"{one[:SHORT]} to {other[:SHORT]}: {len(every) or 'no'} changes", "bold"))
        for each in every:
            if each.before:
                out.print(words(f"- {each.before}", "red"))
            if each.after:
                out.print(words(f"+ {each.after}", "green"))
            out.print()
    return 0
