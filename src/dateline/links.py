"""What several articles say together: the types of the links between records.

Like :mod:`dateline.records`, these are frozen msgspec Structs that serve JSON
and the store alike. A link names articles and findings by their ids and says why
it was made; everything here follows from the records alone and can be removed
and made again.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

CopyKind = Literal["copy", "version", "part"]


class Link(Struct, frozen=True, kw_only=True):
    """What all links share."""

    id: str
    """Digest of what is linked; see :func:`dateline.ids.link_id`."""


class CopyLink(Link, frozen=True, kw_only=True):
    """Two articles that share their words."""

    first: str
    """Id of the article known earlier; of the report inside the other, where the kind is ``part``."""
    second: str
    """Id of the other."""
    kind: CopyKind
    """``copy``; ``version``: the same publisher brought its report up to date, or cut it; ``part``: the first
    stands in the second, which has more of its own."""
    runs: int
    """Runs of three words the two have in common."""
    shared: float
    """Those as a share of the shorter text's runs, 0 to 1."""
    alike: float
    """Those as a share of the runs of both together, 0 to 1."""


class CopyGroup(Link, frozen=True, kw_only=True):
    """Articles that are copies or versions of one report: one voice, not several."""

    articles: tuple[str, ...]
    """Ids, the earliest known first; one published on a day without an hour counts from the end of the day."""
    publishers: tuple[str, ...]
    """Who brought it, in the same order, each once."""


class Story(Link, frozen=True, kw_only=True):
    """Reports of one happening and what came of it, over hours or weeks."""

    title: str
    """Headline of the report that is most like all others."""
    articles: tuple[str, ...]
    """Ids, the earliest known first."""
    publishers: tuple[str, ...]
    """Who reported it, in the same order, each once."""
    independent: int
    """Independent reports: articles less copies."""
    first_day: date | None
    """Day of the first report; none where no report has a day."""
    last_day: date | None
    words: tuple[str, ...]
    """What the reports have in common, the most telling words first: why they were joined."""


class StoryMember(Link, frozen=True, kw_only=True):
    """An article in a story, and why."""

    story: str
    article: str
    nearest: str
    """The article of the story it is most like."""
    alike: float
    """How much, 0 to 1: cosine of their weighted words."""
    words: tuple[str, ...]
    """The words that weigh most in that, the heaviest first."""


class Dispute(Link, frozen=True, kw_only=True):
    """A count that independent reports, or those they quote, give differently for one day of a story."""

    story: str
    """Id of the story."""
    what: str
    """What befell the people counted: ``killed``, ``injured``, ``missing``, ``detained``, ``displaced``."""
    day: date | None
    """Day the counts hold for."""
    sides: int
    """How many stand against each other."""


class DisputeSide(Link, frozen=True, kw_only=True):
    """What one side of a dispute says."""

    dispute: str
    holder: str | None
    """Who says so; none: the reports themselves."""
    low: float | None
    high: float | None
    bound: str
    findings: tuple[str, ...]
    """Ids of the figures, to be cited; copies left out."""
    articles: tuple[str, ...]
    """Ids of their articles."""
