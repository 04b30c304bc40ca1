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

from dateline.records import Status

CopyKind = Literal["copy", "version", "part"]
DisputeKind = Literal["figure", "day", "place", "actor", "status"]


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
    """Headline of the report that is most like those joined to it."""
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
    """What the reports have in common, as they mostly write it, the most telling first: why they were joined. Names,
    places and counts that they share, and words."""


class StoryMember(Link, frozen=True, kw_only=True):
    """An article in a story, and why."""

    story: str
    article: str
    nearest: str
    """The article through which it belongs to the story: the most like it of its day, or of a few days before."""
    alike: float
    """How much the two are alike, 0 to 1: cosine of their weighted words."""
    words: tuple[str, ...]
    """Places, people, bodies and counts that both name, then the words that weigh most, as the article writes them."""


class Incident(Link, frozen=True, kw_only=True):
    """One thing that happened, or is said to have, and the events of reports that tell of it; two or more."""

    story: str
    """Id of the story."""
    relation: str
    """Relation most of its events have, each independent report counting once; see :attr:`Event.relation`."""
    mode: str | None
    """Mode most events of that relation have."""
    trigger: str
    """The word most reports name it with, as the earliest known of them writes it."""
    sources: tuple[str, ...]
    """Names of those who did it, as most reports know them; empty where none says."""
    targets: tuple[str, ...]
    """Names of those it was done to."""
    place: str | None
    """Name of the place most reports give, the smallest of those that lie within one another."""
    country: str | None
    """Country of that place (ISO 3166-1 alpha-3)."""
    day: date | None
    """Day most reports give; the first one where they give several days."""
    status: Status
    """Status most independent reports and holders give it."""
    events: int
    """How many events of reports it joins."""
    articles: tuple[str, ...]
    """Ids of their articles, the earliest known first."""
    publishers: tuple[str, ...]
    """Who reported it, in the same order, each once."""
    independent: int
    """Independent reports: those articles less copies."""
    holders: tuple[str, ...]
    """Who is said to say so, each once, in the order of the articles; the reporters themselves left out."""


class IncidentMember(Link, frozen=True, kw_only=True):
    """An event in an incident, and why."""

    incident: str
    article: str
    event: str
    """Id of the event."""
    holder: str | None
    """Who says so; none: the reporter's own word."""
    status: Status
    """Status it has there."""
    alike: float
    """How likely it is the same as the event of the incident it is most like, 0 to 1."""
    reasons: tuple[str, ...]
    """What the two have in common, such as ``same trigger: attack``, ``both on 2024-10-21``."""


class Dispute(Link, frozen=True, kw_only=True):
    """What independent reports, or those they quote, give differently: a count, a day, a place, who, whether."""

    kind: DisputeKind
    """What differs: a ``figure``, the ``day``, ``place`` or ``actor`` of an incident, or its ``status``."""
    story: str | None
    """Id of the story; none where a single report sets its sides against each other."""
    incident: str | None
    """Id of the incident that its sides tell of; none where they name no event of several reports."""
    what: str
    """Of a figure, what befell the people counted (``killed``, ``injured``, ``missing``, ``detained``,
    ``displaced``, ``ill``, ``rescued``, ``aboard``, ``laid off``) or what is counted; else the word that names the
    incident."""
    day: date | None
    """Day the counts hold for, or of the incident."""
    sides: int
    """How many stand against each other."""


class DisputeSide(Link, frozen=True, kw_only=True):
    """What one side of a dispute says."""

    dispute: str
    says: str
    """What it holds, in words: ``at least 12 killed``, ``on 2024-10-21``, ``denied``."""
    holder: str | None
    """Who says so; none: the reports themselves."""
    low: float | None
    """Of a figure: its lower end."""
    high: float | None
    bound: str | None
    """Of a figure; none for what is no figure."""
    findings: tuple[str, ...]
    """Ids of the figures or events, to be cited; copies left out."""
    articles: tuple[str, ...]
    """Ids of their articles."""
