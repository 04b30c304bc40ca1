"""Findings as a reader sees them: one flat row each, with the names and words that its ids and spans stand for.

The tables of the record hold ids and offsets. A list of findings needs the
names behind the ids and the words behind the offsets, and so would join five
tables and read whole texts for every page. These rows are written with the
article instead, in the same transaction, and replaced with it; they hold
nothing that the record does not say, and can be made from it again
(:func:`rows_of`). Filters and counts work on them alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from dateline.records import Actor, Article, Finding, Place, Record, Span, Statement, TimeSpan

_DIGITS = 7
"""Hexadecimal digits of an id that are in its key."""


class ArticleRow(Struct, frozen=True, kw_only=True):
    """A report without its text."""

    id: str
    key: int
    """Beginning of the id as a number, see :func:`keys`."""
    day: date | None
    """Day relative times count from: :meth:`dateline.records.Article.day`."""
    publisher: str | None
    title: str
    url: str | None
    byline: tuple[str, ...]
    dateline: str | None
    published: str | None
    updated: str | None
    language: str
    characters: int
    """Code points of the text."""
    events: int
    statements: int
    page: str
    """SHA-256 of the page as fetched, hexadecimal."""


class _Row(Struct, frozen=True, kw_only=True):
    """What all findings share."""

    id: str
    key: int
    day: date | None
    """Day of the article."""
    quote: str
    """The words of the evidence, joined by an ellipsis."""
    confidence: float
    coder: str


class ActorRow(_Row, frozen=True, kw_only=True):
    """An actor of an article."""

    name: str
    kind: str
    country: str | None
    sector: str | None
    role: str | None
    entity: str | None
    mentions: int


class PlaceRow(_Row, frozen=True, kw_only=True):
    """A mention of a place."""

    name: str
    mention: str
    kind: str
    country: str | None
    admin1: str | None
    geoname: int | None
    latitude: float | None
    longitude: float | None


class TimeRow(Struct, frozen=True, kw_only=True):
    """What finds a time expression by its id."""

    key: int


class StatementRow(_Row, frozen=True, kw_only=True):
    """Who said what."""

    speaker: str | None
    speaker_code: str | None
    speaker_keys: tuple[str, ...]
    """What the speaker can be asked for by, see :func:`keys_of`."""
    role: str | None
    via: tuple[str | None, ...]
    via_keys: tuple[str, ...]
    form: str
    stance: str
    said: str
    source_words: str | None
    cue: str | None
    earliest: date | None
    latest: date | None
    said_in: str | None


class EventRow(_Row, frozen=True, kw_only=True):
    """Who did what to whom."""

    relation: str
    mode: str | None
    cameo: str | None
    quad: int | None
    goldstein: float | None
    status: str
    sources: tuple[str | None, ...]
    source_codes: tuple[str | None, ...]
    source_countries: tuple[str | None, ...]
    source_keys: tuple[str, ...]
    targets: tuple[str | None, ...]
    target_codes: tuple[str | None, ...]
    target_countries: tuple[str | None, ...]
    target_keys: tuple[str, ...]
    place: str | None
    place_kind: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    earliest: date | None
    latest: date | None
    holder: str | None
    holder_keys: tuple[str, ...]
    trigger: str


class DyadRow(Struct, frozen=True, kw_only=True):
    """One source and one target of an event: what counting asks for, without lists."""

    event: int
    """Position of the event among those of its article."""
    quad: int | None
    goldstein: float | None
    status: str
    day: date | None
    """Day of the article."""
    happened: date | None
    """First day of the event's time, else the article's."""
    source: str | None
    """Name; none where the event has no source."""
    source_country: str | None
    source_sector: str | None
    source_entity: str | None
    target: str | None
    target_country: str | None
    target_sector: str | None
    target_entity: str | None


class FigureRow(_Row, frozen=True, kw_only=True):
    """How many, of what, and who counted."""

    low: float | None
    high: float | None
    bound: str
    change: str | None
    unit: str
    per: str | None
    counted: str | None
    head: str | None
    outcome: str | None
    place: str | None
    country: str | None
    earliest: date | None
    latest: date | None
    holder: str | None
    holder_keys: tuple[str, ...]


ROWS: dict[str, type[Struct]] = {
    "article_rows": ArticleRow,
    "actor_rows": ActorRow,
    "place_rows": PlaceRow,
    "time_rows": TimeRow,
    "statement_rows": StatementRow,
    "event_rows": EventRow,
    "figure_rows": FigureRow,
    "dyad_rows": DyadRow,
}
"""Table and row of each kind."""


NEEDS: dict[str, tuple[str, ...]] = {
    "article_rows": ("statements", "events"),
    "actor_rows": ("actors",),
    "place_rows": ("places",),
    "time_rows": ("times",),
    "statement_rows": ("actors", "times", "statements"),
    "event_rows": ("actors", "places", "times", "statements", "events"),
    "figure_rows": ("actors", "places", "times", "statements", "figures"),
    "dyad_rows": ("actors", "times", "events"),
}
"""Fields of a record that its rows are made of, beside the article."""


def keys(prefix: str) -> tuple[int, int]:
    """Lowest and highest key of the ids that begin with a letter and hexadecimal digits.

    A number is found among millions in a millisecond, a text is not. Several ids may share a key.

    Raises:
        ValueError: It is not the beginning of an id.
    """
    digits = prefix[1 : 1 + _DIGITS]
    return int(digits.ljust(_DIGITS, "0"), 16), int(digits.ljust(_DIGITS, "f"), 16)


def key_of(whole: str) -> int:
    """Key of an id: its beginning as a number; -1 for an id that is none of ours."""
    try:
        return int(whole[1 : 1 + _DIGITS].ljust(_DIGITS, "0"), 16)
    except ValueError:
        return -1


def keys_of(actors: Iterable[Actor | None]) -> tuple[str, ...]:
    """What actors can be asked for by: country, sector, both together, entity."""
    found: dict[str, None] = {}
    for actor in actors:
        if actor is None:
            continue
        if actor.country is not None:
            found[actor.country] = None
        if actor.sector is not None:
            found[actor.sector] = None
        if actor.country is not None and actor.sector is not None:
            found[f"{actor.country} {actor.sector}"] = None
        if actor.entity is not None:
            found[actor.entity] = None
    return tuple(found)


def code_of(actor: Actor) -> str:
    """Country and sector of an actor, as far as they are known."""
    return " ".join(each for each in (actor.country, actor.sector) if each is not None)


def day_of(article: Article) -> date | None:
    """Day of an article; none also where its moment cannot be read."""
    try:
        return article.day()
    except ValueError:
        return None


class _Maker:
    """The rows of one record."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.text = record.article.text
        self.day = day_of(record.article)
        self.actors: dict[str, Actor] = {each.id: each for each in record.actors}
        self.places: dict[str, Place] = {each.id: each for each in record.places}
        self.times: dict[str, TimeSpan] = {each.id: each for each in record.times}
        self.said: dict[str, Statement] = {each.id: each for each in record.statements}

    def words(self, span: Span | None) -> str | None:
        return None if span is None else self.text[span.start : span.end]

    def base(self, finding: Finding) -> dict[str, Any]:
        given = finding.provenance
        text = self.text
        return {
            "id": finding.id,
            "key": key_of(finding.id),
            "day": self.day,
            "quote": " … ".join([text[span.start : span.end] for span in given.evidence]),
            "confidence": given.confidence,
            "coder": given.coder,
        }

    def holder(self, said_in: str | None) -> tuple[str | None, tuple[str, ...]]:
        statement = self.said.get(said_in or "")
        speaker = self.actors.get(statement.speaker or "") if statement is not None else None
        return (None, ()) if speaker is None else (speaker.name, keys_of((speaker,)))

    def actor_rows(self) -> list[Struct]:
        return [
            ActorRow(
                **self.base(each),
                name=each.name,
                kind=each.kind,
                country=each.country,
                sector=each.sector,
                role=each.role,
                entity=each.entity,
                mentions=len(each.mentions),
            )
            for each in self.record.actors
        ]

    def place_rows(self) -> list[Struct]:
        return [
            PlaceRow(
                **self.base(each),
                name=each.name,
                mention=self.text[each.mention.start : each.mention.end],
                kind=each.kind,
                country=each.country,
                admin1=each.admin1,
                geoname=each.geoname,
                latitude=each.latitude,
                longitude=each.longitude,
            )
            for each in self.record.places
        ]

    def time_rows(self) -> list[Struct]:
        return [TimeRow(key=key_of(each.id)) for each in self.record.times]

    def statement_rows(self) -> list[Struct]:
        found: list[Struct] = []
        for each in self.record.statements:
            speaker = self.actors.get(each.speaker or "")
            via = [self.actors.get(one) for one in each.via]
            time = self.times.get(each.said_on or "")
            found.append(
                StatementRow(
                    **self.base(each),
                    speaker=None if speaker is None else speaker.name,
                    speaker_code=None if speaker is None else code_of(speaker),
                    speaker_keys=keys_of((speaker,)),
                    role=None if speaker is None else speaker.role,
                    via=tuple(None if one is None else one.name for one in via),
                    via_keys=keys_of(via),
                    form=each.form,
                    stance=each.stance,
                    said=" … ".join([self.text[span.start : span.end] for span in each.content]),
                    source_words=self.words(each.source),
                    cue=self.words(each.cue),
                    earliest=None if time is None else time.earliest,
                    latest=None if time is None else time.latest,
                    said_in=each.said_in,
                )
            )
        return found

    def event_rows(self) -> list[Struct]:
        found: list[Struct] = []
        for each in self.record.events:
            sources = [self.actors.get(one) for one in each.sources]
            targets = [self.actors.get(one) for one in each.targets]
            place = self.places.get(each.place or "")
            time = self.times.get(each.time or "")
            holder, holder_keys = self.holder(each.said_in)
            found.append(
                EventRow(
                    **self.base(each),
                    relation=each.relation,
                    mode=each.mode,
                    cameo=each.cameo,
                    quad=each.quad,
                    goldstein=each.goldstein,
                    status=each.status,
                    sources=tuple([None if one is None else one.name for one in sources]),
                    source_codes=tuple([None if one is None else code_of(one) for one in sources]),
                    source_countries=tuple([None if one is None else one.country for one in sources]),
                    source_keys=keys_of(sources),
                    targets=tuple([None if one is None else one.name for one in targets]),
                    target_codes=tuple([None if one is None else code_of(one) for one in targets]),
                    target_countries=tuple([None if one is None else one.country for one in targets]),
                    target_keys=keys_of(targets),
                    place=None if place is None else place.name,
                    place_kind=None if place is None else place.kind,
                    country=None if place is None else place.country,
                    latitude=None if place is None else place.latitude,
                    longitude=None if place is None else place.longitude,
                    earliest=None if time is None else time.earliest,
                    latest=None if time is None else time.latest,
                    holder=holder,
                    holder_keys=holder_keys,
                    trigger=self.text[each.trigger.start : each.trigger.end],
                )
            )
        return found

    def dyad_rows(self) -> list[Struct]:
        found: list[Struct] = []
        for position, each in enumerate(self.record.events):
            time = self.times.get(each.time or "")
            happened = None if time is None else time.earliest or time.latest
            sources = [self.actors.get(one) for one in each.sources] or [None]
            targets = [self.actors.get(one) for one in each.targets] or [None]
            found += [
                DyadRow(
                    event=position,
                    quad=each.quad,
                    goldstein=each.goldstein,
                    status=each.status,
                    day=self.day,
                    happened=happened or self.day,
                    **_side("source", source),
                    **_side("target", target),
                )
                for source in sources
                for target in targets
            ]
        return found

    def figure_rows(self) -> list[Struct]:
        found: list[Struct] = []
        for each in self.record.figures:
            place = self.places.get(each.place or "")
            time = self.times.get(each.as_of or "")
            holder, holder_keys = self.holder(each.said_in)
            found.append(
                FigureRow(
                    **self.base(each),
                    low=each.low,
                    high=each.high,
                    bound=each.bound,
                    change=each.change,
                    unit=each.unit,
                    per=each.per,
                    counted=self.words(each.counted),
                    head=each.head,
                    outcome=each.outcome,
                    place=None if place is None else place.name,
                    country=None if place is None else place.country,
                    earliest=None if time is None else time.earliest,
                    latest=None if time is None else time.latest,
                    holder=holder,
                    holder_keys=holder_keys,
                )
            )
        return found

    def article_row(self) -> ArticleRow:
        article = self.record.article
        return ArticleRow(
            id=article.id,
            key=key_of(article.id),
            day=self.day,
            publisher=article.source,
            title=article.title,
            url=article.url,
            byline=article.byline,
            dateline=article.dateline,
            published=article.published,
            updated=article.updated,
            language=article.language,
            characters=len(article.text),
            events=len(self.record.events),
            statements=len(self.record.statements),
            page=article.page.digest,
        )


def _side(name: str, actor: Actor | None) -> dict[str, str | None]:
    return {
        name: None if actor is None else actor.name,
        f"{name}_country": None if actor is None else actor.country,
        f"{name}_sector": None if actor is None else actor.sector,
        f"{name}_entity": None if actor is None else actor.entity,
    }


def rows_of(record: Record, tables: Sequence[str] = tuple(ROWS)) -> dict[str, Sequence[Any]]:
    """The rows of a record, by table, each in the order of its findings."""
    maker = _Maker(record)
    return {name: [maker.article_row()] if name == "article_rows" else getattr(maker, name)() for name in tables}
