"""A record's findings as cards and its words as marked pieces: what the page of a file and the reading room show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from dateline.export.wording import claimant, interval, several, value
from dateline.records import Actor, Figure, Finding, Record, Span


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


def marks_of(record: Record) -> list[tuple[Span, str, str]]:
    """What is marked in the text: span, kind, finding."""
    marks: list[tuple[Span, str, str]] = []
    for statement in record.statements:
        marks.extend((span, "statement", statement.id) for span in statement.content)
        if statement.cue:
            marks.append((statement.cue, "cue", statement.id))
        if statement.source:
            marks.append((statement.source, "source", statement.id))
    marks.extend((event.trigger, "event", event.id) for event in record.events)
    marks.extend((span, "figure", figure.id) for figure in record.figures for span in figure.provenance.evidence)
    marks.extend((time.mention, "time", time.id) for time in record.times)
    marks.extend((place.mention, "place", place.id) for place in record.places if place.kind != "demonym")
    return sorted(marks)


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
        counted.append(_card(figure, "figure", value(figure), _of(figure, record), notes, []))
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


def _of(figure: Figure, record: Record) -> str:
    """What a figure counts, as it reads after a number: a "47-person crew" is 47 people."""
    one = figure.low == figure.high == 1
    if figure.counted is None:
        words = figure.head or ""
        return words if one or figure.unit != figure.head else several(words)
    words = record.quote(figure.counted)
    end = figure.provenance.evidence[0].end
    joined = figure.counted.start == end + 1 and record.article.text[end] in "-‐‑–"
    return several(words) if joined and not one and figure.unit == figure.head else words


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
