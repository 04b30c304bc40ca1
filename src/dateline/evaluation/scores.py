"""A coding against a reading by hand: precision, recall and F1 by kind, with intervals, and what was missed.

A measure is a question about a pair, one wanted finding and one found; the two
lists are paired one to one so that as many pairs as can be answer yes (maximum
bipartite matching), and precision, recall and F1 count those. What else the
reading says of a finding (a status, a form) is scored as a share of the pairs
of the kind's first measure. Intervals are 95 % bootstrap intervals over articles.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from msgspec import Struct

from dateline.evaluation.gold import Reading, Wanted
from dateline.evaluation.views import overlap, shared, views
from dateline.records import Actor, Event, Figure, Finding, Place, Record, Span, Statement, TimeSpan

RESAMPLES = 1000
"""Bootstrap resamples behind an interval."""
SEED = 20_240_101
NEAR = 161.0
"""Kilometres within which a place counts as found: the 100 miles the geoparsing literature uses."""
WORDS = 0.5
"""Share of code points in common (Jaccard) from which two statements have the same words."""
_EARTH = 6371.0088


class Score(Struct, frozen=True, kw_only=True):
    """One measure of one kind."""

    kind: str
    measure: str
    right: int
    found: int
    """Findings of the coding that could have been right."""
    wanted: int
    """Findings of the reading by hand."""
    precision: float
    recall: float
    f1: float
    interval: tuple[float, float]
    """Bounds of F1, 95 %."""


class Share(Struct, frozen=True, kw_only=True):
    """How often one field was right in the findings that were found."""

    kind: str
    field: str
    right: int
    of: int


class Miss(Struct, frozen=True, kw_only=True):
    """A finding that was wanted and not found, or found and not wanted."""

    where: str
    kind: str
    what: str
    """``missed`` or ``extra``."""
    words: str
    says: dict[str, Any]
    finding: str | None
    """Id of the extra finding."""


class _Party:
    """Whether an actor of a record is the one a reading names."""

    def __init__(self, reading: Reading, record: Record) -> None:
        self._actors = {each.id: each for each in record.actors}
        self.record = record
        self._wanted = {
            str(each.fields["id"]): each for each in reading.wanted.get("actors", ()) if each.fields.get("id")
        }

        self.anchors = {
            str(each.fields["id"]): each.anchor
            for kind in ("places", "times")
            for each in reading.wanted.get(kind, ())
            if each.fields.get("id")
        }
        """Where the places and times stand that the reading refers to by id."""

    def same(self, named: Any, actor_id: str | None) -> bool:
        """Whether they are the same; none is the same as none."""
        if named is None or actor_id is None:
            return named is None and actor_id is None
        actor = self._actors.get(actor_id)
        if actor is None:
            return False
        wanted = self._wanted.get(str(named))
        if wanted is not None:
            return shared(wanted.anchor, actor.mentions) > 0 or self._called(wanted.fields.get("name"), actor)
        return self._called(named, actor)

    def _called(self, named: Any, actor: Actor) -> bool:
        name = str(named).strip()
        if len(name) == 3 and name.isupper() and actor.country is not None:
            return actor.country == name
        names = {actor.name, actor.entity or "", *(self.record.quote(span) for span in actor.mentions)}
        return name.casefold() in {each.casefold() for each in names if each}


@dataclass(frozen=True, slots=True)
class _Dyad:
    """One source and one target of an event, as layouts of event data list them."""

    event: Event
    source: str | None
    target: str | None


@dataclass(slots=True)
class _Counts:
    right: list[int] = field(default_factory=list[int])
    found: list[int] = field(default_factory=list[int])
    wanted: list[int] = field(default_factory=list[int])


@dataclass(slots=True)
class Scoring:
    """Counts over articles; :meth:`add` each, then ask for :meth:`scores` and :meth:`shares`."""

    articles: int = 0
    misses: list[Miss] = field(default_factory=list[Miss])
    _counts: dict[tuple[str, str], _Counts] = field(default_factory=dict[tuple[str, str], _Counts])
    _shares: dict[tuple[str, str], list[int]] = field(default_factory=dict[tuple[str, str], list[int]])

    def add(self, reading: Reading, record: Record) -> None:
        """Count one article."""
        self.articles += 1
        party = _Party(reading, record)
        for kind, listed in reading.wanted.items():
            wanted, found = (
                (_dyads_wanted(listed), _dyads(record)) if kind == "events" else (listed, getattr(record, kind))
            )
            for measure, same in _MEASURES[kind]:
                pairs = pair(wanted, found, same, party)
                self._count(kind, measure, len(pairs), len(found), len(wanted))
                if measure == _MEASURES[kind][0][0]:
                    findings = [each.event if isinstance(each, _Dyad) else each for each in found]
                    self._fields(kind, [(wanted[i], findings[j]) for i, j in pairs], party)
                    self._miss(reading, record, kind, wanted, findings, pairs)

    def _count(self, kind: str, measure: str, right: int, found: int, wanted: int) -> None:
        counts = self._counts.setdefault((kind, measure), _Counts())
        counts.right.append(right)
        counts.found.append(found)
        counts.wanted.append(wanted)

    def _fields(self, kind: str, pairs: Iterable[tuple[Wanted, Finding]], party: _Party) -> None:
        for want, found in pairs:
            for name in _FIELDS[kind]:
                if not want.says(name):
                    continue
                share = self._shares.setdefault((kind, name), [0, 0])
                share[0] += _agrees(want.fields[name], name, found, party)
                share[1] += 1

    def _miss(
        self,
        reading: Reading,
        record: Record,
        kind: str,
        wanted: Sequence[Wanted],
        found: Sequence[Finding],
        pairs: Sequence[tuple[int, int]],
    ) -> None:
        got = {i for i, _ in pairs}
        good = {j for _, j in pairs}
        seen = {each.id: each for each in views(record)[kind]}
        for i, want in enumerate(wanted):
            if i not in got:
                words = " … ".join(record.quote(span) for span in want.anchor)
                says = {name: value for name, value in want.fields.items() if not isinstance(value, tuple)}
                self.misses.append(
                    Miss(where=reading.where, kind=kind, what="missed", words=words, says=says, finding=None)
                )
        for j, each in enumerate(found):
            if j not in good:
                view = seen[each.id]
                says = {name: value for name, value in view.fields.items() if value not in (None, ())}
                self.misses.append(
                    Miss(where=reading.where, kind=kind, what="extra", words=view.words, says=says, finding=each.id)
                )

    def scores(self) -> list[Score]:
        """Precision, recall and F1 of each measure."""
        result: list[Score] = []
        for (kind, measure), counts in self._counts.items():
            right, found, wanted = sum(counts.right), sum(counts.found), sum(counts.wanted)
            result.append(
                Score(
                    kind=kind,
                    measure=measure,
                    right=right,
                    found=found,
                    wanted=wanted,
                    precision=right / found if found else 0.0,
                    recall=right / wanted if wanted else 0.0,
                    f1=_f1(right, found, wanted),
                    interval=_interval(counts),
                )
            )
        return result

    def shares(self) -> list[Share]:
        """How often each field was right where the finding was found."""
        return [Share(kind=kind, field=name, right=right, of=of) for (kind, name), (right, of) in self._shares.items()]


def _dyads(record: Record) -> list[_Dyad]:
    return [
        _Dyad(each, source, target)
        for each in record.events
        for source in each.sources or (None,)
        for target in each.targets or (None,)
    ]


def _dyads_wanted(wanted: Iterable[Wanted]) -> list[Wanted]:
    return [
        Wanted(each.anchor, {**each.fields, "source": source, "target": target})
        for each in wanted
        for source in each.fields.get("sources") or (None,)
        for target in each.fields.get("targets") or (None,)
    ]


def _f1(right: float, found: float, wanted: float) -> float:
    return 2 * right / (found + wanted) if found + wanted else 0.0


def _interval(counts: _Counts) -> tuple[float, float]:
    rows = np.array([counts.right, counts.found, counts.wanted], dtype=np.float64)
    drawn = np.random.default_rng(SEED).integers(0, rows.shape[1], size=(RESAMPLES, rows.shape[1]))
    right, found, wanted = (row[drawn].sum(axis=1) for row in rows)
    scores = np.divide(2 * right, found + wanted, out=np.zeros_like(right), where=found + wanted > 0)
    low, high = np.percentile(scores, (2.5, 97.5))
    return float(low), float(high)


def pair(
    wanted: Sequence[Wanted], found: Sequence[Any], same: Callable[[Wanted, Any, _Party], bool], party: _Party
) -> list[tuple[int, int]]:
    """A largest set of pairs, one to one, that are the same (Kuhn's augmenting paths).

    It grows from the pairs with most words in common, so that where several would do, a finding meets its like.
    """
    edges = [[j for j, each in enumerate(found) if same(want, each, party)] for want in wanted]
    near = sorted((-overlap(wanted[i].anchor, _anchor(found[j])), i, j) for i, ends in enumerate(edges) for j in ends)
    partner: dict[int, int] = {}
    placed: set[int] = set()
    for _, i, j in near:
        if i not in placed and j not in partner:
            partner[j] = i
            placed.add(i)

    def place(i: int, seen: set[int]) -> bool:
        for j in edges[i]:
            if j in seen:
                continue
            seen.add(j)
            if j not in partner or place(partner[j], seen):
                partner[j] = i
                return True
        return False

    for i in range(len(wanted)):
        if i not in placed:
            place(i, set())
    return sorted((i, j) for j, i in partner.items())


def _anchor(found: Any) -> tuple[Span, ...]:
    """Where a finding of the coding stands."""
    if isinstance(found, _Dyad):
        return (found.event.trigger,)
    if isinstance(found, Actor):
        return found.mentions
    if isinstance(found, Statement):
        return found.content
    return found.provenance.evidence


# ---- the measures of each kind --------------------------------------------------------------------


def _mentioned(want: Wanted, actor: Actor, _: _Party) -> bool:
    return shared(want.anchor, actor.mentions) > 0


def _marked(want: Wanted, found: Place | TimeSpan, _: _Party) -> bool:
    return shared(want.anchor, (found.mention,)) > 0


def _near(want: Wanted, place: Place, party: _Party) -> bool:
    return _marked(want, place, party) and _kilometres(want, place) <= NEAR


def _kilometres(want: Wanted, place: Place) -> float:
    """Great-circle distance (haversine); infinite where the coding has no point, nought where the reading has none."""
    latitude, longitude = want.fields.get("latitude"), want.fields.get("longitude")
    if latitude is None or longitude is None:
        return 0.0
    if place.latitude is None or place.longitude is None:
        return math.inf
    phi, theta = math.radians(latitude), math.radians(place.latitude)
    half = (math.radians(place.latitude - latitude) / 2, math.radians(place.longitude - longitude) / 2)
    chord = math.sin(half[0]) ** 2 + math.cos(phi) * math.cos(theta) * math.sin(half[1]) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(chord)))


def _dated(want: Wanted, time: TimeSpan, party: _Party) -> bool:
    named = [name for name in ("value", "earliest", "latest") if want.says(name)]
    return _marked(want, time, party) and all(_agrees(want.fields[name], name, time, party) for name in named)


def _worded(want: Wanted, statement: Statement, _: _Party) -> bool:
    return overlap(want.anchor, statement.content) >= WORDS


def _spoken(want: Wanted, statement: Statement, party: _Party) -> bool:
    return _worded(want, statement, party) and party.same(want.fields.get("speaker"), statement.speaker)


def _valued(want: Wanted, figure: Figure, _: _Party) -> bool:
    spans = (*figure.provenance.evidence, *((figure.counted,) if figure.counted else ()))
    if want.anchor and not any(span.overlaps(other) for span in want.anchor for other in spans):
        return False
    return all(_number(want.fields[name]) == getattr(figure, name) for name in ("low", "high") if want.says(name))


def _united(want: Wanted, figure: Figure, party: _Party) -> bool:
    return _valued(want, figure, party) and (not want.says("unit") or want.fields["unit"] == figure.unit)


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _typed(want: Wanted, dyad: _Dyad, _: _Party) -> bool:
    named = not want.anchor or shared(want.anchor, (dyad.event.trigger,)) > 0
    return named and want.fields["relation"] == dyad.event.relation


def _between(want: Wanted, dyad: _Dyad, party: _Party) -> bool:
    return party.same(want.fields["source"], dyad.source) and party.same(want.fields["target"], dyad.target)


def _whole(want: Wanted, dyad: _Dyad, party: _Party) -> bool:
    return _typed(want, dyad, party) and _between(want, dyad, party)


_MEASURES: dict[str, tuple[tuple[str, Callable[[Wanted, Any, _Party], bool]], ...]] = {
    "actors": (("a mention in common", _mentioned),),
    "places": (("found", _marked), (f"within {NEAR:.0f} km", _near)),
    "times": (("found", _marked), ("found, value right", _dated)),
    "statements": (("words", _worded), ("words and speaker", _spoken)),
    "events": (("type, source and target", _whole), ("source and target", _between), ("type", _typed)),
    "figures": (("value", _valued), ("value and unit", _united)),
}
"""Measures by kind; what else the reading says is scored in the pairs of the first."""
_FIELDS: dict[str, tuple[str, ...]] = {
    "actors": ("name", "kind", "country", "sector", "role", "entity"),
    "places": ("name", "geoname", "country", "kind"),
    "times": ("value", "earliest", "latest", "type", "grain"),
    "statements": ("speaker", "cue", "source", "form", "stance", "via"),
    "events": ("mode", "cameo", "status", "place", "time"),
    "figures": ("bound", "change", "unit", "per", "counted", "outcome"),
}


def _agrees(want: Any, name: str, found: Finding, party: _Party) -> bool:
    """Whether a field of a finding says what the reading says of it."""
    value: Any = getattr(found, name)
    record = party.record
    if name == "speaker":
        return party.same(want, value)
    if name == "via":
        return len(want or ()) == len(value) and all(map(party.same, want or (), value))
    if name in ("cue", "source", "counted"):
        return (not want and value is None) or (bool(want) and value is not None and shared(want, (value,)) > 0)
    if name in ("place", "time"):
        held: Any = next((each for each in (*record.places, *record.times) if each.id == value), None)
        if want is None or held is None:
            return want is None and held is None
        if str(want) in party.anchors:
            return shared(party.anchors[str(want)], (held.mention,)) > 0
        says = {record.quote(held.mention), getattr(held, "name", None), getattr(held, "value", None)}
        return str(want).casefold() in {each.casefold() for each in says if each}
    if name in ("earliest", "latest"):
        return want == (None if value is None else value.isoformat())
    if isinstance(want, str) and isinstance(value, str):
        return want.casefold() == value.casefold()
    return want == value
