"""Findings as they compare: where they stand, and what they say, with references spelled out.

Ids hold the version of the coder that made a finding, and refer to other
findings by theirs. Two codings of one text are compared by words and values
instead: a :class:`View` names the speaker where the finding holds an id.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateline.records import Actor, Event, Figure, Finding, Place, Record, Span, Statement, TimeSpan
from dateline.store.schema import FINDINGS

KINDS = tuple(FINDINGS)
"""Kinds of findings, as a record names them."""


@dataclass(frozen=True, slots=True)
class View:
    """A finding, to be compared."""

    id: str
    anchor: tuple[Span, ...]
    """Where it stands: an event's trigger, a statement's words and cue, an actor's mentions."""
    words: str
    """The words there."""
    fields: dict[str, Any]
    """What it says: text, numbers, dates, and tuples of text; no ids, no confidence."""


class _Names:
    """What the ids in a record stand for."""

    def __init__(self, record: Record) -> None:
        self.actors = {each.id: each.name for each in record.actors}
        self.places = {each.id: each.name for each in record.places}
        self.times = {each.id: each.value or record.quote(each.mention) for each in record.times}
        self.holders = {
            each.id: self.actors.get(each.speaker or "", "" if each.source is None else record.quote(each.source))
            for each in record.statements
        }

    def of_actors(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(self.actors.get(each, each) for each in ids))


def views(record: Record) -> dict[str, list[View]]:
    """The findings of a record by kind, in the record's order."""
    names = _Names(record)
    return {
        "actors": [_actor(each, record) for each in record.actors],
        "places": [_place(each, record) for each in record.places],
        "times": [_time(each, record) for each in record.times],
        "statements": [_statement(each, record, names) for each in record.statements],
        "events": [_event(each, record, names) for each in record.events],
        "figures": [_figure(each, record, names) for each in record.figures],
    }


def _view(finding: Finding, record: Record, anchor: Sequence[Span], fields: dict[str, Any]) -> View:
    spans = tuple(sorted(anchor)) or finding.provenance.evidence
    return View(finding.id, spans, " … ".join(record.quote(span) for span in spans), fields)


def _cut(record: Record, span: Span | None) -> str | None:
    return None if span is None else record.quote(span)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _actor(actor: Actor, record: Record) -> View:
    view = _view(
        actor,
        record,
        actor.mentions,
        {
            "name": actor.name,
            "kind": actor.kind,
            "country": actor.country,
            "sector": actor.sector,
            "role": actor.role,
            "entity": actor.entity,
            "mentions": tuple(f"{span.start}-{span.end}" for span in actor.mentions),
        },
    )
    return View(view.id, view.anchor, actor.name, view.fields)


def _place(place: Place, record: Record) -> View:
    fields = {
        "name": place.name,
        "geoname": place.geoname,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "country": place.country,
        "admin1": place.admin1,
        "kind": place.kind,
    }
    return _view(place, record, (place.mention,), fields)


def _time(time: TimeSpan, record: Record) -> View:
    fields = {
        "earliest": _day(time.earliest),
        "latest": _day(time.latest),
        "grain": time.grain,
        "type": time.type,
        "value": time.value,
    }
    return _view(time, record, (time.mention,), fields)


def _statement(statement: Statement, record: Record, names: _Names) -> View:
    fields = {
        "speaker": names.actors.get(statement.speaker or ""),
        "source": _cut(record, statement.source),
        "cue": _cut(record, statement.cue),
        "content": tuple(record.quote(span) for span in statement.content),
        "form": statement.form,
        "stance": statement.stance,
        "via": tuple(names.actors.get(each, each) for each in statement.via),
        "said_on": names.times.get(statement.said_on or ""),
        "said_in": names.holders.get(statement.said_in or ""),
    }
    return _view(statement, record, statement.content, fields)


def _event(event: Event, record: Record, names: _Names) -> View:
    fields = {
        "relation": event.relation,
        "mode": event.mode,
        "contexts": tuple(sorted(event.contexts)),
        "cameo": event.cameo,
        "sources": names.of_actors(event.sources),
        "targets": names.of_actors(event.targets),
        "place": names.places.get(event.place or ""),
        "time": names.times.get(event.time or ""),
        "status": event.status,
        "said_in": names.holders.get(event.said_in or ""),
    }
    return _view(event, record, (event.trigger,), fields)


def _figure(figure: Figure, record: Record, names: _Names) -> View:
    fields = {
        "low": figure.low,
        "high": figure.high,
        "bound": figure.bound,
        "change": figure.change,
        "unit": figure.unit,
        "per": figure.per,
        "counted": _cut(record, figure.counted),
        "head": figure.head,
        "outcome": figure.outcome,
        "place": names.places.get(figure.place or ""),
        "as_of": names.times.get(figure.as_of or ""),
        "said_in": names.holders.get(figure.said_in or ""),
    }
    return _view(figure, record, figure.provenance.evidence, fields)


def shared(one: Sequence[Span], other: Sequence[Span]) -> int:
    """Code points that two lists of spans, each disjoint and in text order, have in common."""
    total = at = 0
    for span in one:
        while at < len(other) and other[at].end <= span.start:
            at += 1
        ahead = at
        while ahead < len(other) and other[ahead].start < span.end:
            total += min(span.end, other[ahead].end) - max(span.start, other[ahead].start)
            ahead += 1
    return total


def overlap(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Code points in common as a share of all that either covers, 0 to 1 (Jaccard)."""
    common = shared(one, other)
    whole = sum(span.end - span.start for span in (*one, *other)) - common
    return common / whole if whole else 0.0


def align(before: Sequence[View], after: Sequence[View]) -> list[tuple[View | None, View | None]]:
    """Pairs of findings of one kind and text that are the same finding in two codings.

    Two belong together when they stand on words in common; of several, those on more words in common,
    then those that agree in more fields, go first. Each is in one pair; what has no partner is paired with none.

    Returns:
        Pairs in the order of ``before``, then those only in ``after``.
    """
    scored: list[tuple[float, int, int, int]] = []
    for i, one in enumerate(before):
        for j, other in enumerate(after):
            if one.anchor[-1].end <= other.anchor[0].start or other.anchor[-1].end <= one.anchor[0].start:
                continue
            alike = overlap(one.anchor, other.anchor)
            if alike > 0:
                agree = sum(value == other.fields[name] for name, value in one.fields.items())
                scored.append((-alike, -agree, i, j))
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in sorted(scored):
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    pairs: list[tuple[View | None, View | None]] = [
        (one, after[partner[i]] if i in partner else None) for i, one in enumerate(before)
    ]
    pairs += ((None, other) for j, other in enumerate(after) if j not in taken)
    return pairs
