"""What the published layouts of event data have in common: columns, cells, and one row a dyad.

A layout is a table in text: cells parted by tabs, one line a row, no quoting.
So a cell holds no control character, and a straight double quote, which most
loaders would take for the beginning of a quoted cell, becomes a single one.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import blake2b
from typing import BinaryIO, Literal
from urllib.parse import urlsplit

from dateline.records import Actor, Article, Event, Place, Record, Span, Statement, Status, TimeSpan

Cell = str | int | float | None
Kind = Literal["int", "float", "str"]

HELD: frozenset[Status] = frozenset(("happened", "ongoing"))
"""What goes out by default where a layout cannot say whether an event happened."""
STATUSES: tuple[Status, ...] = ("happened", "ongoing", "planned", "expected", "possible", "negated", "denied")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a layout."""

    name: str
    """As the layout's publisher has it."""
    kind: Kind
    meaning: str
    """What we put there; empty cells included."""


@dataclass(slots=True)
class Tally:
    """What an export did, and what it could not take along."""

    rows: int = 0
    left: Counter[str] = field(default_factory=Counter[str])
    """Findings left out, by reason."""
    noted: Counter[str] = field(default_factory=Counter[str])
    """Rows that say less than the store does, by what is missing."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One published layout."""

    name: str
    title: str
    source: str
    """Who published it, and where."""
    row: str
    """What one row is."""
    columns: tuple[Column, ...]
    header: bool
    """Whether the first line names the columns."""
    lost: tuple[str, ...]
    """What of the record it cannot hold."""
    rows: Callable[[Record, frozenset[Status], Tally], Iterable[Sequence[Cell]]]
    """Rows of one article."""
    by_status: bool = True
    """Whether rows are events, chosen by their status."""
    file: str = "events.tsv"
    """What such a file is usually called."""

    @property
    def names(self) -> list[str]:
        """Names of the columns, in order."""
        return [column.name for column in self.columns]


# ---- cells --------------------------------------------------------------------------------------

_BREAKING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]+")


def clean(text: str | None) -> str:
    """A text as a cell can hold it: control characters and line breaks become a space, ``"`` becomes ``'``."""
    if not text:
        return ""
    return _BREAKING.sub(" ", text).replace('"', "'").strip()


def part(text: str | None, marks: str) -> str:
    """A text as a piece of a cell can hold it: the marks that part pieces become spaces too."""
    cleaned = clean(text)
    for mark in marks:
        cleaned = cleaned.replace(mark, " ")
    return " ".join(cleaned.split())


def written(cell: Cell) -> str:
    """A cell in the file: numbers in their shortest form, nothing for None and what is no number."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, int):
        return str(cell)
    if not math.isfinite(cell):
        return ""
    return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)


def write(
    layout: Layout, records: Iterable[Record], file: BinaryIO, statuses: frozenset[Status] | None = None
) -> Tally:
    """Write records in a layout, one after the other.

    Args:
        layout: The layout.
        records: What to write; read as they are asked for.
        file: Open for writing.
        statuses: Which events go out; by default those that happened or are going on.

    Returns:
        How many rows were written, and what was left out.
    """
    tally = Tally()
    chosen = HELD if statuses is None else statuses
    if layout.header:
        file.write(("\t".join(layout.names) + "\n").encode())
    width = len(layout.columns)
    for record in records:
        lines: list[str] = []
        for row in layout.rows(record, chosen, tally):
            if len(row) != width:
                raise ValueError(f"{layout.name}: a row of {len(row)} cells, not {width}")
            lines.append("\t".join(map(written, row)) + "\n")
        tally.rows += len(lines)
        file.write("".join(lines).encode())
    return tally


# ---- what several layouts ask of a record -------------------------------------------------------


def number_of(*parts: str) -> int:
    """An integer of 63 bits that stands for content: the same parts give the same number."""
    return int.from_bytes(blake2b("\x1f".join(parts).encode(), digest_size=8).digest(), "big") >> 1


def day_of(article: Article) -> date | None:
    """The article's day; none where its page gives a date that no calendar has."""
    try:
        return article.day()
    except ValueError:
        return None


def stamp(article: Article) -> str:
    """When the article came to be known, ``YYYYMMDDHHMMSS`` in UTC: fetched, else published, else updated.

    A time without a zone is taken as it stands, a day without a time as its beginning.
    """
    for moment in (article.retrieved, article.published, article.updated):
        if moment is None:
            continue
        try:
            when = datetime.fromisoformat(moment)
            if when.tzinfo is not None:
                when = when.astimezone(UTC)
        except (ValueError, OverflowError):
            continue
        return f"{when.year:04}{when:%m%d%H%M%S}"
    return ""


def host(article: Article) -> str:
    """The host of the article's address without ``www.``, else its publisher."""
    try:
        found = urlsplit(article.url or "").hostname or ""
    except ValueError:
        found = ""
    return found.removeprefix("www.") or article.source or ""


def on_the_web(article: Article) -> bool:
    """Whether the article has an address on the web."""
    return bool(article.url) and str(article.url).lower().startswith(("http://", "https://"))


def identifier(article: Article) -> str:
    """The article's address, else a citation: publisher, title, day."""
    if article.url:
        return article.url
    day = day_of(article)
    return ", ".join(each for each in (article.source, article.title, day.isoformat() if day else None) if each)


_DESCRIBED = frozenset(
    """a an the this that these those his her its their our my your some many several most all both few no any another
    other at about around nearly almost more over up one two three four five six seven eight nine ten""".split()
)


def named(name: str, kind: str, entity: str | None) -> bool:
    """Whether an actor has a name of its own, rather than a description: ``Rights groups``, ``Her cousin``.

    Told from the tables, else from its form: a capital first, no article, possessive or number before it, and, in a
    name of several words, another capital. A group that a sentence begins with ("Soldiers") is told by its kind.
    """
    if entity:
        return True
    words = name.split()
    if kind == "unnamed group" or not words or not words[0][0].isupper() or words[0].casefold() in _DESCRIBED:
        return False
    return len(words) == 1 or any(word[0].isupper() for word in words[1:])


@dataclass(slots=True)
class Reading:
    """A record with its findings by id."""

    record: Record
    actors: dict[str, Actor] = field(init=False)
    places: dict[str, Place] = field(init=False)
    times: dict[str, TimeSpan] = field(init=False)
    statements: dict[str, Statement] = field(init=False)
    _starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.actors = {actor.id: actor for actor in self.record.actors}
        self.places = {place.id: place for place in self.record.places}
        self.times = {time.id: time for time in self.record.times}
        self.statements = {statement.id: statement for statement in self.record.statements}
        self._starts = [sentence.start for sentence in self.record.sentences]

    def known(self, ids: Iterable[str]) -> list[Actor]:
        """The actors of ids, each once."""
        return [self.actors[each] for each in dict.fromkeys(ids) if each in self.actors]

    def sentence(self, span: Span) -> int:
        """Number of the sentence a span begins in, from 1; 0 where it lies before the first."""
        return bisect_right(self._starts, span.start)

    def mention(self, actor: Actor, span: Span) -> Span:
        """The mention of an actor nearest to a span, one in the same sentence first."""
        where = self.sentence(span)

        def far(mention: Span) -> tuple[bool, int]:
            return self.sentence(mention) != where, abs(mention.start - span.start)

        return min(actor.mentions, key=far, default=actor.provenance.evidence[0])

    def words(self, span: Span) -> str:
        """The words of a span."""
        return self.record.quote(span)

    def holder(self, event: Event) -> str | None:
        """Name of the speaker of the statement that holds an event; none: the reporter's own word, or nobody named."""
        statement = self.statements.get(event.said_in) if event.said_in else None
        speaker = self.actors.get(statement.speaker) if statement and statement.speaker else None
        return speaker.name if speaker else None

    def days(self, event: Event, article_day: date | None) -> tuple[date | None, date | None]:
        """First and last day of an event: of its time where that has days, else the article's."""
        time = self.times.get(event.time) if event.time else None
        if time is not None and (time.earliest or time.latest):
            return time.earliest, time.latest
        return article_day, article_day


@dataclass(frozen=True, slots=True)
class Dyad:
    """One event between one source and one target, on one day."""

    event: Event
    source: Actor | None
    target: Actor | None
    day: date
    place: Place | None
    number: int
    """Integer for the event and the two, the same at every export."""
    several: bool
    """Whether the event has more pairs than this one."""


def dyads(reading: Reading, statuses: frozenset[Status], tally: Tally, *, cameo: bool) -> Iterator[Dyad]:
    """Events as layouts have them, one row a pair of source and target.

    Left out and counted are events of another status, without a day, and, where ``cameo`` is asked for, without
    a code of CAMEO. An event without a source or target gives one row with that side empty.
    """
    record = reading.record
    article_day = day_of(record.article)
    for event in record.events:
        if event.status not in statuses:
            tally.left[f"{event.status} (see --status)"] += 1
            continue
        if cameo and not event.cameo:
            tally.left["without a CAMEO code"] += 1
            continue
        first, last = reading.days(event, article_day)
        day = first or last
        if day is None:
            tally.left["on an unknown day"] += 1
            continue
        sources = reading.known(event.sources) or [None]
        targets = reading.known(event.targets) or [None]
        several = len(sources) * len(targets) > 1
        longer = first != last
        for source in sources:
            for target in targets:
                tally.noted["that give one day of a longer time"] += longer
                yield Dyad(
                    event=event,
                    source=source,
                    target=target,
                    day=day,
                    place=reading.places.get(event.place) if event.place else None,
                    number=number_of(event.id, source.id if source else "", target.id if target else ""),
                    several=several,
                )
