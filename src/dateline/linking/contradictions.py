"""Disputes: counts of one thing that differ, and the history of a count.

Compared are the figures of one story that count people with the same outcome
(killed, injured, missing ...). Two contradict each other when no number satisfies
both, they hold for the same day, and two parties say so: another holder, or
another independent report. A later count is an update, not a contradiction, and
so is another count by the same holder; a rise or fall ("four more") is no count.

Missed: counts of things other than people, since whether two heads name one set
is not decided here; and a part given as if it were the whole, where it is more
than :data:`PART` of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from dateline.ids import link_id
from dateline.links import Dispute, DisputeSide

METHOD = "disputes/2"
"""Name and version of what is done here."""
PART = 0.4
"""A count below this share of another counts a part of the same people, not all of them."""
SLACK = 0.1
"""How far a count that is called about so many may be off."""

_WORD = re.compile(r"[^\W_]+")
_EMPTY = frozenset(("the", "a", "an", "of", "its", "his", "her", "their", "s"))


@dataclass(frozen=True, slots=True)
class Claim:
    """A count of people, and whose word it is."""

    id: str
    """Id of the figure."""
    article: str
    voice: str
    """The article that stands for all its copies: see :func:`dateline.linking.duplicates.voices`."""
    known: datetime
    """When the article was there at the latest."""
    story: str
    outcome: str
    day: date | None
    """Day the count holds for."""
    holder: str | None
    """Who says so; none: the report itself."""
    low: float | None
    high: float | None
    bound: str


def apart(one: Claim, other: Claim) -> bool:
    """Whether no number satisfies both counts, and neither is likely a part of the other."""
    (low, high), (least, most) = _range(one), _range(other)
    if low <= most and least <= high:
        return False
    small, large = sorted((middle(one), middle(other)))
    return large > 0 and small / large >= PART


def _range(claim: Claim) -> tuple[float, float]:
    low = float("-inf") if claim.low is None else claim.low
    high = float("inf") if claim.high is None else claim.high
    if claim.bound == "about":
        low, high = low * (1 - SLACK), high * (1 + SLACK)
    return low, high


def middle(claim: Claim) -> float:
    """The middle of a count's range, or the one end it has."""
    ends = [end for end in (claim.low, claim.high) if end is not None]
    return sum(ends) / len(ends) if ends else 0.0


def same_holder(one: str | None, other: str | None) -> bool:
    """Whether two names mean one holder: the words of one are all in the other."""
    if one is None or other is None:
        return one is other
    left, right = _words(one), _words(other)
    return bool(left and right) and (left <= right or right <= left)


def _words(name: str) -> frozenset[str]:
    return frozenset(_WORD.findall(name.lower())) - _EMPTY


def contradict(one: Claim, other: Claim) -> bool:
    """Whether two counts of one story stand against each other."""
    if (one.story, one.outcome, one.day) != (other.story, other.outcome, other.day) or not apart(one, other):
        return False
    if one.holder is None and other.holder is None:
        return one.voice != other.voice  # a report that gives two counts of its own tells how they moved
    return not same_holder(one.holder, other.holder)


def single(claims: Iterable[Claim]) -> list[Claim]:
    """Claims without those of copies: of the same voice, holder and count, the earliest known stays.

    A count that a report gives without a source, in its headline say, is the one of the source it names
    for the same number elsewhere.
    """
    ordered = sorted(claims, key=lambda each: (each.known, each.article, each.id))
    sourced = {_said(each) for each in ordered if each.holder is not None}
    kept: dict[tuple[object, ...], Claim] = {}
    for claim in ordered:
        if claim.holder is not None or _said(claim) not in sourced:
            kept.setdefault((*_said(claim), claim.day, claim.holder), claim)
    return list(kept.values())


def _said(claim: Claim) -> tuple[object, ...]:
    return claim.voice, claim.story, claim.outcome, claim.low, claim.high, claim.bound


def disputes(claims: Iterable[Claim]) -> tuple[list[Dispute], list[DisputeSide]]:
    """Disputes and their sides, in the order of their ids."""
    sets: dict[tuple[str, str, date | None], list[Claim]] = {}
    for claim in single(claims):
        sets.setdefault((claim.story, claim.outcome, claim.day), []).append(claim)
    found: list[Dispute] = []
    sides: list[DisputeSide] = []
    for (story, what, day), every in sets.items():
        against = [one for one in every if any(contradict(one, other) for other in every)]
        held: list[list[Claim]] = []
        for claim in against:
            for side in held:
                if _one_side(side[0], claim):
                    side.append(claim)
                    break
            else:
                held.append([claim])
        if len(held) < 2:
            continue
        name = link_id("dispute", story, what, "" if day is None else day.isoformat())
        found.append(Dispute(id=name, kind="figure", story=story, incident=None, what=what, day=day, sides=len(held)))
        sides += (
            DisputeSide(
                id=link_id("dispute", name, side[0].id),
                dispute=name,
                says=said(side[0]),
                holder=side[0].holder,
                low=side[0].low,
                high=side[0].high,
                bound=side[0].bound,
                findings=tuple(each.id for each in side),
                articles=tuple(dict.fromkeys(each.article for each in side)),
            )
            for side in held
        )
    return sorted(found, key=lambda each: each.id), sorted(sides, key=lambda each: each.id)


def said(claim: Claim) -> str:
    """A claim in words: ``at least 12 killed``."""
    if claim.bound == "between" and claim.low is not None and claim.high is not None:
        return f"between {claim.low:,g} and {claim.high:,g} {claim.outcome}"
    return f"{'' if claim.bound == 'exact' else claim.bound + ' '}{middle(claim):,g} {claim.outcome}"


def _one_side(one: Claim, other: Claim) -> bool:
    return same_holder(one.holder, other.holder) and (one.low, one.high, one.bound) == (
        other.low,
        other.high,
        other.bound,
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One count in the history of a count."""

    claim: Claim
    before: Claim | None
    """What the same holder said last, if it was another number."""
    part: bool
    """Whether it counts a part of the people only: it is far below what was counted before."""


def history(claims: Iterable[Claim]) -> list[Step]:
    """Counts in the order of the days they hold for, each with what its holder had said before."""
    result: list[Step] = []
    ordered = sorted(
        single(claims),
        key=lambda each: (each.story, each.outcome, each.day or date.max, each.known, middle(each), each.id),
    )
    last: dict[tuple[str, str], list[Claim]] = {}
    for claim in ordered:
        said = last.setdefault((claim.story, claim.outcome), [])
        # The missing are found; the dead and the injured of a happening do not become few again.
        part = claim.outcome != "missing" and any(middle(claim) < PART * middle(each) for each in said)
        if part:
            result.append(Step(claim, None, part=True))
            continue
        earlier = next((each for each in reversed(said) if same_holder(each.holder, claim.holder)), None)
        if claim.holder is None and earlier is not None and earlier.voice == claim.voice:
            earlier = None  # several counts of a report's own: whose each of them is, it does not say
        moved = earlier is not None and (earlier.low, earlier.high) != (claim.low, claim.high)
        result.append(Step(claim, earlier if moved else None, part=False))
        said.append(claim)
    return result
