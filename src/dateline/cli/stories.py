"""``dateline stories``: reports of one happening."""

from __future__ import annotations

from typing import Unpack

from dateline.cli.options import options
from dateline.cli.query import Layout, at_most
from dateline.query.asked import StoryFilters


@options
def stories(
    story: str | None = None,
    /,
    *,
    store: str,
    limit: int | None = None,
    output: Layout = "table",
    **asked: Unpack[StoryFilters],
) -> int:
    """Stories, those with most independent reports first; or the timeline of one, and why each report is in it.

    Args:
        story: Id of a story, or of an article in it, or the first few characters: shows its timeline.
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
        if story is None:
            result = opened.stories(**asked, limit=most)
            shown = {
                "id": "id",
                "title": "title",
                "reports": "reports",
                "independent": "independent",
                "first_day": "from",
                "last_day": "to",
                "words": "in common",
            }
        else:
            if asked:
                raise ConfigError("a story is shown whole: leave out --text, --since and --until")
            result = opened.story(story, limit=most)
            if not result.count():
                raise ConfigError(f"no story {story!r}, nor one with such an article: `dateline stories` lists them")
            shown = {
                "published": "published",
                "article": "article",
                "publisher": "publisher",
                "title": "title",
                "copy_of": "copy of",
                "nearest": "most like",
                "alike": "alike",
                "words": "in",
            }
        answer(console.stdout(), "stories" if story is None else "timeline", result, shown, limit, output)
    return 0
