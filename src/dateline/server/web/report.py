"""A record laid out for reading: its text cut where marks begin and end, and its findings as cards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from dateline.export.page import marks_of
from dateline.export.wording import claimant, interval, value
from dateline.ids import article_id
from dateline.records import Actor, Article, Finding, Record, Span

TAGS = {"headline": "h1", "subhead": "h2", "caption": "figcaption", "key_point": "li", "standfirst": "p"}
AT = "at"
"""Anchor of the place a search leads to."""


@dataclass(slots=True)
class Piece:
    """Words with the same marks."""

    text: str
    kinds: str = ""
    findings: str = ""
    """Ids, the innermost finding first."""
    anchors: list[str] = field(default_factory=list[str])
    """Findings whose evidence begins here."""


@dataclass(slots=True)
class Part:
    """A block of the article."""

    tag: str
    kind: str
    pieces: list[Piece]


@dataclass(slots=True)
class Card:
    """One finding beside the text."""

    id: str
    kind: str
    head: str
    words: str
    notes: list[str]
    actors: list[tuple[str, str]]
    """Names in it, with what finds them on the actor's page."""
    confidence: float
    coder: str


@dataclass(slots=True)
class Layout:
    """A report's page."""

    article: Article
    parts: list[Part]
    groups: list[tuple[str, list[Card]]]
    unchanged: bool


def unchanged(article: Article) -> bool:
    """Whether the text, publisher and url still give the article's id."""
    return article_id(source=article.source, url=article.url, text=article.text) == article.id


def layout(record: Record, at: int | None = None) -> Layout:
    """The page of a record.

    Args:
        record: The record.
        at: Code point of the text that gets the anchor :data:`AT`.
    """
    marks = marks_of(record)
    starts: dict[int, list[str]] = {}
    for finding in record.findings():
        starts.setdefault(finding.provenance.evidence[0].start, []).append(finding.id)
    if at is not None:
        starts.setdefault(at, []).append(AT)
    parts = [
        Part(TAGS.get(block.kind, "p"), block.kind, pieces(record.article.text, block.span, marks, starts))
        for block in record.article.blocks
    ]
    return Layout(record.article, parts, cards(record), unchanged(record.article))


def pieces(
    text: str, within: Span, marks: Sequence[tuple[Span, str, str]], starts: dict[int, list[str]] | None = None
) -> list[Piece]:
    """A stretch of text cut wherever a mark begins or ends: marks may overlap, elements may not."""
    inside = [mark for mark in marks if mark[0].overlaps(within)]
    cuts = {within.start, within.end}
    for span, _, _ in inside:
        cuts.update((max(span.start, within.start), min(span.end, within.end)))
    anchors = {place: ids for place, ids in (starts or {}).items() if within.start <= place < within.end}
    cuts.update(anchors)
    found: list[Piece] = []
    for start, end in pairwise(sorted(cuts)):
        here = [(kind, finding) for span, kind, finding in inside if span.start <= start and end <= span.end]
        found.append(
            Piece(
                text[start:end],
                " ".join(dict.fromkeys(kind for kind, _ in here)),
                " ".join(dict.fromkeys(finding for _, finding in reversed(here))),
                anchors.get(start, []),
            )
        )
    return found


def who(actor: Actor) -> str:
    """What finds an actor again in other reports: the entity where it is known, else the name."""
    return actor.entity or actor.name


def cards(record: Record) -> list[tuple[str, list[Card]]]:
    """The findings of a record as cards, kind by kind."""
    actors = {each.id: each for each in record.actors}
    statements = {each.id: each for each in record.statements}
    times = {each.id: each for each in record.times}
    places = {each.id: each for each in record.places}

    def named(ids: Iterable[str | None]) -> list[tuple[str, str]]:
        known = [actors[each] for each in ids if each in actors]
        return [(actor.name, who(actor)) for actor in known]

    said: list[Card] = []
    for statement in record.statements:
        speaker = actors.get(statement.speaker or "")
        source = record.quote(statement.source) if statement.source else "nobody named"
        words = " … ".join(record.quote(span) for span in statement.content)
        notes = [statement.form, statement.stance, interval(times.get(statement.said_on or ""))]
        head = speaker.name if speaker else source
        said.append(_card(statement, "statement", head, words, notes, named([statement.speaker, *statement.via])))
    done: list[Card] = []
    for event in record.events:
        sources, targets = named(event.sources), named(event.targets)
        place = places.get(event.place or "")
        head = f"{_names(sources)} → {event.relation} → {_names(targets)}"
        notes = [
            event.status,
            event.mode or "",
            f"CAMEO {event.cameo}" if event.cameo else "",
            f"Goldstein {event.goldstein:+.1f}" if event.goldstein is not None else "",
            interval(times.get(event.time or "")),
            place.name if place else "",
            claimant(event.said_in, statements, actors),
        ]
        done.append(_card(event, "event", head, record.quote(event.trigger), notes, [*sources, *targets]))
    counted: list[Card] = []
    for figure in record.figures:
        place = places.get(figure.place or "")
        notes = [
            figure.outcome or "",
            place.name if place else "",
            interval(times.get(figure.as_of or "")),
            claimant(figure.said_in, statements, actors),
        ]
        words = record.quote(figure.counted) if figure.counted else figure.head or ""
        counted.append(_card(figure, "figure", value(figure), words, notes, []))
    when = [
        _card(each, "time", record.quote(each.mention), each.value or "", [interval(each)], []) for each in record.times
    ]
    where = [
        _card(
            each,
            "place",
            record.quote(each.mention),
            each.name,
            [
                each.kind,
                each.country or "",
                f"{each.latitude:.2f}, {each.longitude:.2f}"
                if each.latitude is not None and each.longitude is not None
                else "",
            ],
            [],
        )
        for each in record.places
        if each.kind != "demonym"
    ]
    cast = [
        _card(
            each,
            "actor",
            each.name,
            each.role or "",
            [each.kind, " ".join(filter(None, (each.country, each.sector))), f"{len(each.mentions)} mentions"],
            [(each.name, who(each))],
        )
        for each in record.actors
    ]
    groups = [
        ("Who said what", said),
        ("Who did what to whom", done),
        ("What was counted", counted),
        ("When", when),
        ("Where", where),
        ("Who", cast),
    ]
    return [(name, cards) for name, cards in groups if cards]


def _names(named: Sequence[tuple[str, str]]) -> str:
    return ", ".join(name for name, _ in named) or "—"


def _card(
    finding: Finding, kind: str, head: str, words: str, notes: Iterable[str], actors: Iterable[tuple[str, str]]
) -> Card:
    return Card(
        id=finding.id,
        kind=kind,
        head=head,
        words=words,
        notes=[each for each in notes if each],
        actors=list(dict.fromkeys(actors)),
        confidence=finding.provenance.confidence,
        coder=finding.provenance.coder,
    )
