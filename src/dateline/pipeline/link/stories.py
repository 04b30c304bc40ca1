"""Stories among the articles of a store."""

from __future__ import annotations

from dateline.linking import duplicates, stories
from dateline.pipeline.link import steps
from dateline.store.schema import Linked
from dateline.store.warehouse import Warehouse


def update(store: Warehouse) -> None:
    """Stories of all articles, made anew whenever the articles or their copies have changed."""
    copies = steps.mark(store, "copies")
    state = "" if copies is None else copies.state
    mark = steps.mark(store, "stories")
    if mark is not None and (mark.method, mark.state) == (stories.METHOD, state):
        return
    reports: list[stories.Report] = []
    numbers = [row["number"] for row in store.rows("SELECT number FROM articles ORDER BY number")]
    for at in range(0, len(numbers), steps.BLOCK):
        rows = store.rows(
            """SELECT id, title, source, "text", article_day(dateline_day, published, updated) AS day,
                published, updated, dateline_day, retrieved FROM articles
            WHERE number >= $first AND number <= $last ORDER BY number""",
            {"first": numbers[at], "last": numbers[at : at + steps.BLOCK][-1]},
        )
        reports += (
            stories.Report(
                id=row["id"],
                title=row["title"],
                publisher=row["source"],
                day=row["day"],
                terms=stories.terms(row["title"], row["text"]),
                known=steps.known(row),
            )
            for row in rows
        )
    made, members = stories.stories(reports, duplicates.voices(store.links("copy_links")))
    done = Linked(step="stories", method=stories.METHOD, state=state)
    store.write_links(
        {"stories": made, "story_members": members, "linked": steps.marks(store, done)},
        emptied=("stories", "story_members", "linked"),
    )
