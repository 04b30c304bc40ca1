"""Links between the records of a store: made, brought up to date, removed.

Sketches of texts are written a block at a time and kept; the links of a step
and the mark that it is done are replaced in one transaction. A kill at any
moment leaves the links of before, and the next run goes on from the sketches
that are there.
"""

from __future__ import annotations

from dataclasses import dataclass

from dateline.pipeline.link import copies, disputes, incidents, steps, stories
from dateline.pipeline.link.disputes import claims, series
from dateline.pipeline.link.steps import opened
from dateline.store.schema import LINK_TABLES
from dateline.store.warehouse import Warehouse

__all__ = ["Summary", "claims", "link", "opened", "series", "undo"]


@dataclass(frozen=True, slots=True)
class Summary:
    """What linking did."""

    articles: int
    fresh: int
    """Articles linked for the first time."""
    links: int
    """Pairs of copies, versions and parts."""
    groups: int
    """Groups of copies."""
    independent: int
    """Independent reports: articles less copies."""
    stories: int
    """Stories of two or more reports."""
    incidents: int
    """Events told more than once, counted once."""
    disputes: int
    """Counts on which reports or those they quote differ."""

    def describe(self) -> str:
        """In a sentence."""
        return (
            f"{self.articles:,} articles, {self.fresh:,} of them new: {self.links:,} pairs of copies in "
            f"{self.groups:,} groups, {self.independent:,} independent reports; "
            f"{self.stories:,} stories, {self.incidents:,} incidents, {self.disputes:,} disputes"
        )


def link(store: Warehouse) -> Summary:
    """Bring every link of a store up to date; without new articles, nothing is done.

    Adding articles one by one, in batches or all at once gives the same links.

    Raises:
        StoreError: The store is read-only or cannot be written.
    """
    store.flush()
    articles, fresh = copies.update(store)
    stories.update(store)
    incidents.update(store)
    disputes.update(store)
    voices = steps.voices(store)
    return Summary(
        articles=articles,
        fresh=fresh,
        links=int(store.rows("SELECT count(*) AS n FROM copy_links")[0]["n"]),
        groups=int(store.rows("SELECT count(*) AS n FROM copy_groups")[0]["n"]),
        independent=articles - len(voices) + len(set(voices.values())),
        stories=int(store.rows("SELECT count(*) AS n FROM stories")[0]["n"]),
        incidents=int(store.rows("SELECT count(*) AS n FROM incidents")[0]["n"]),
        disputes=int(store.rows("SELECT count(*) AS n FROM disputes")[0]["n"]),
    )


def undo(store: Warehouse) -> None:
    """Remove all that linking has made; the articles and their findings stay as they are.

    Raises:
        StoreError: The store is read-only or cannot be written.
    """
    store.write_links({}, emptied=LINK_TABLES)
