"""What several articles say together: the types of the links between records.

Like :mod:`dateline.records`, these are frozen msgspec Structs that serve JSON
and the store alike. A link names articles and findings by their ids and says why
it was made; everything here follows from the records alone and can be removed
and made again.
"""

from __future__ import annotations

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
