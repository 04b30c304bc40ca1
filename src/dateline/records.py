"""What one article says: the types of the record.

Every type is a frozen msgspec Struct. The same class gives the JSON, its JSON
Schema, the OpenAPI document and the Arrow schema of the store. A
:class:`Span` is half-open and counts Unicode code points of
:attr:`Article.text`, so ``article.text[span.start:span.end]`` are the words.

msgspec checks a value when it is decoded, not when it is built; the
``__post_init__`` methods guard the invariants that a type cannot state.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

RECORD_VERSION = "1"
"""Version of the record's layout; a change of it needs a store migration."""

IsoTime = Annotated[
    str,
    Meta(
        pattern=r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$",
        description="ISO 8601, as precise as the page is: a date, a local time, or a time with zone",
    ),
]
"""A moment exactly as precise as the page gives it: never padded, never guessed."""

BlockKind = Literal["headline", "standfirst", "key_point", "caption", "subhead", "paragraph"]
ActorKind = Literal[
    "state",
    "government body",
    "organisation",
    "armed group",
    "person",
    "document",
    "unnamed group",
]
Form = Literal["direct", "indirect", "mixed"]
Stance = Literal["asserts", "denies", "asks", "orders", "declines"]
Status = Literal["happened", "ongoing", "planned", "expected", "possible", "negated", "denied"]
Bound = Literal["exact", "about", "at least", "at most", "between"]
Change = Literal["up", "down"]
Outcome = Literal["killed", "injured", "missing", "detained", "displaced", "trapped", "rescued", "infected", "released"]
Grain = Literal["second", "minute", "hour", "day", "week", "month", "quarter", "year", "decade", "century"]
CountryFrom = Literal["name", "setting"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
PlaceKind = Literal["country", "region", "city", "water", "facility", "demonym"]
DatedBy = Literal["json-ld", "meta", "html", "text", "url", "feed", "record", "guess"]


class Span(Struct, frozen=True, order=True, gc=False):
    """Half-open ``[start, end)`` in Unicode code points of :attr:`Article.text`.

    Browsers count UTF-16 units, so a server slices the text, not the page.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not [{self.start}, {self.end})")

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Whether ``other`` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end


class Provenance(Struct, frozen=True, gc=False):
    """The words that support a finding, and the coder that read them."""

    evidence: tuple[Span, ...]
    """In text order, never empty."""
    coder: str
    """Name and version: ``events.plover/1``."""
    confidence: float
    """Probability that the finding is right, 0 to 1."""

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError("a finding needs at least one span of evidence")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence is a probability, not {self.confidence}")


class Block(Struct, frozen=True, gc=False):
    """One piece of an article's text and what it is on the page."""

    kind: BlockKind
    span: Span


class Page(Struct, frozen=True, kw_only=True, gc=False):
    """The page an article was taken from."""

    digest: str
    """SHA-256 of the page's bytes as fetched, hexadecimal."""
    position: int
    """Place of the article on the page, from 0."""
    articles: int
    """How many articles the page holds."""


class Article(Struct, frozen=True, kw_only=True, gc=False):
    """One report as taken from its page; its text never changes after intake."""

    id: str
    """Digest of source, url and text."""
    url: str | None
    source: str | None
    """Publisher: the site's own name for itself, else its host."""
    title: str
    byline: tuple[str, ...] = ()
    """Names of the authors, in the page's order."""
    dateline: str | None = None
    """Place that opens the report, as written: ``WASHINGTON``."""
    dateline_day: date | None = None
    """Day given in the dateline, where it gives one: ``NAIROBI, Nov 3``."""
    dateline_span: Span | None = None
    """Where the dateline stands, its separator included: no sentence of the report crosses it."""
    published: IsoTime | None = None
    updated: IsoTime | None = None
    retrieved: IsoTime | None = None
    dated_by: DatedBy | None = None
    """Where ``published`` (else ``updated``) was read."""
    language: str = "und"
    """BCP 47 tag; ``und`` where it could not be told."""
    text: str
    blocks: tuple[Block, ...]
    """In text order, disjoint; together they hold every word of the text."""
    page: Page

    def day(self) -> date | None:
        """The day relative times count from: dateline day, else published, else updated, else none."""
        if self.dateline_day is not None:
            return self.dateline_day
        moment = self.published or self.updated
        return date.fromisoformat(moment[:10]) if moment else None


class Finding(Struct, frozen=True, kw_only=True, gc=False):
    """What all findings share."""

    id: str
    """Digest of article, kind, evidence, coder and what sets it apart; see :mod:`dateline.ids`."""
    provenance: Provenance


class Actor(Finding, frozen=True, kw_only=True, gc=False):
    """Someone who acts or speaks, with every mention of them in the article."""

    name: str
    """Fullest name in the article or the knowledge tables: ``Antony Blinken``."""
    kind: ActorKind
    country: str | None = None
    """ISO 3166-1 alpha-3, or a PLOVER code without a state: IGO UNO EUR NGO ISM IMG MNC."""
    sector: str | None = None
    """PLOVER sector: GOV MIL REB OPP COP JUD LEG SPY UAF PTY BUS CVL JRN MED CRM ..."""
    role: str | None = None
    """Office held at the article's date, or the role the text gives: ``Secretary of State``."""
    entity: str | None = None
    """Identifier in the knowledge tables: ``state:USA``, ``person:antony-blinken``."""
    mentions: tuple[Span, ...]
    """In text order: names, titles, role nouns and pronouns."""
    country_from: CountryFrom | None = None
    """What the country is taken from: what the actor is called and the tables on it (``name``), or, where no word
    places it, the scene the report sets (``setting``; right in about nine of ten). None without a country."""


class Place(Finding, frozen=True, kw_only=True, gc=False):
    """One mention of a place."""

    name: str
    """The gazetteer's name, or the mention where the place is not in it."""
    geoname: int | None = None
    latitude: float | None = None
    """Degrees, WGS 84, -90 to 90."""
    longitude: float | None = None
    """Degrees, WGS 84, -180 to 180."""
    country: str | None = None
    """ISO 3166-1 alpha-3."""
    admin1: str | None = None
    kind: PlaceKind
    mention: Span


class TimeSpan(Finding, frozen=True, kw_only=True, gc=False):
    """One time expression, resolved against :meth:`Article.day` where it can be."""

    earliest: date | None = None
    """First day, inclusive; none where unknown or open."""
    latest: date | None = None
    """Last day, inclusive; none where unknown or open."""
    grain: Grain | None = None
    type: TimexType
    value: str | None = None
    """TIMEX3 value: ``2024-10-31``, ``P2Y``, ``FUTURE_REF``."""
    mention: Span

    def __post_init__(self) -> None:
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError(f"{self.earliest} is later than {self.latest}")


class Statement(Finding, frozen=True, kw_only=True, gc=False):
    """Who said what, in which words."""

    speaker: str | None = None
    """Actor id; none where the text names nobody."""
    source: Span | None = None
    """The words that name the speaker."""
    cue: Span | None = None
    """The words that mark the saying: ``said``, ``according to``."""
    content: tuple[Span, ...]
    """What is said, without the cue and the source, in text order."""
    form: Form
    stance: Stance = "asserts"
    via: tuple[str, ...] = ()
    """Actor ids of those who relayed it, nearest to the reader first."""
    said_on: str | None = None
    """Time id of when it was said."""
    said_in: str | None = None
    """Statement id of the statement that holds this one."""


class Event(Finding, frozen=True, kw_only=True, gc=False):
    """Who did what to whom."""

    relation: str
    """PLOVER type: AGREE ... ASSAULT, or one of the codebook in use."""
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    """CAMEO code, kept as text: leading zeros count."""
    quad: int | None = None
    """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    goldstein: float | None = None
    """Goldstein score of the CAMEO code as GDELT gives it, -10 to 10."""
    intensity: float | None = None
    """Score of the same code as ICEWS gives it, -10 to 10."""
    trigger: Span
    sources: tuple[str, ...] = ()
    """Actor ids."""
    targets: tuple[str, ...] = ()
    """Actor ids; empty where the event has no target."""
    place: str | None = None
    """Place id."""
    time: str | None = None
    """Time id."""
    status: Status
    said_in: str | None = None
    """Statement id of the statement that holds the event; none: the reporter's own word."""


class Figure(Finding, frozen=True, kw_only=True, gc=False):
    """How many, of what, and who counted."""

    low: float | None = None
    """Lower end; equal to ``high`` when one value is given; none when open."""
    high: float | None = None
    bound: Bound
    change: Change | None = None
    """Whether the value is a rise or a fall."""
    unit: str
    """UCUM code, ISO 4217 code, ``%``, or the counted noun in the singular."""
    per: str | None = None
    """What the value is for each of: ``day`` in "1,250 a day"."""
    counted: Span | None = None
    """The words that say what is counted, with their qualifiers."""
    head: str | None = None
    """Head noun of ``counted``, singular."""
    outcome: Outcome | None = None
    """What befell the people counted."""
    place: str | None = None
    """Place id."""
    as_of: str | None = None
    """Time id."""
    said_in: str | None = None
    """Statement id of the statement that claims it; none: the reporter's own word."""

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"a figure's low {self.low} is above its high {self.high}")


class Record(Struct, frozen=True, kw_only=True, gc=False):
    """Everything read in one article."""

    article: Article
    codebook: str
    """Name and version of the event codebook: ``plover/1``."""
    sentences: tuple[Span, ...]
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[TimeSpan, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()

    def quote(self, what: Finding | Span) -> str:
        """The words of a span, or of a finding's evidence joined by an ellipsis."""
        if isinstance(what, Span):
            return self.article.text[what.start : what.end]
        return " … ".join(self.quote(span) for span in what.provenance.evidence)

    def findings(self) -> tuple[Finding, ...]:
        """All findings, kind by kind, in the order of the fields."""
        return (*self.actors, *self.places, *self.times, *self.statements, *self.events, *self.figures)


class Rejection(Struct, frozen=True, kw_only=True, gc=False):
    """Input that could not be read, and why: nothing is dropped in silence."""

    where: str
    """File, URL, or place in an archive: ``news.warc.gz#3120``."""
    reason: str
    """Short code: ``empty``, ``binary``, ``too large``, ``too deep``, ``time limit`` ..."""
    detail: str
    """One sentence for a person: what was found and what to do."""
    digest: str | None = None
    """SHA-256 of the bytes, where they were read."""
