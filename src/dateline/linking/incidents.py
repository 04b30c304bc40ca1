"""Incidents: events of several reports that are one thing that happened.

Only events of one story are compared. A learned model says of two events how
likely they are the same, from their words, their sentences and who, where and
when stands in these (:mod:`dateline.linking.event_pairs`); what the coders know
beyond that (type, days, to whom it was done) raises or lowers it.
Groups then grow from single events, the likeliest two first, by the average over
all pairs between them (UPGMA), until that falls below :data:`ALIKE`.

Two events with the same words in the same sentence, as copies have them, are one
before anything is compared, so that copies weigh nothing. The result follows from
the set of events: their order plays no part, and equal values are settled by id.

Missed: one thing told in words that share nothing ("the raid", "it"), and two of
the same kind on one day at one place, which are taken for one.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TypeVar, get_args

from dateline.errors import ConfigError
from dateline.ids import link_id
from dateline.knowledge.quantities import read_number
from dateline.linking import event_pairs
from dateline.linking.event_pairs import Mention, Scene
from dateline.links import Incident, IncidentMember
from dateline.models.trees import Trees
from dateline.records import Actor, Event, Place, Record, Span, Status, TimeSpan

METHOD = "incidents/2"
"""Name and version of what is done here."""
ALIKE = 0.35
"""Average probability of being the same that the events of an incident must have."""
SAME_TYPE = 1.0
"""Log-odds that two events of one type with different triggers gain,"""
OTHER_TYPE = -1.1
"""that two of different types with different triggers lose,"""
SAME_TARGET = 0.75
"""and that two with a target in common gain: by logistic regression over 335 pairs of events that the coder finds
in ECB+ (that their sources agree adds nothing)."""
TURNED = -6.0
"""Log-odds lost where the one did to the other what the other did to the one, in types that have a direction."""
A_DAY = -1.5
"""Log-odds lost for each day that lies between theirs, and half of that for the first, which may be the reporter's
clock; at most :data:`FAR`. This and :data:`TURNED` are judged, not fitted: the articles of ECB+ have no dates, and
eight turned pairs say little."""
FAR = -6.0
BOTH_WAYS = frozenset(("CONSULT", "AGREE", "COOPERATE"))
"""Types that have no direction."""

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Told:
    """An event of a report, with all that decides where it belongs."""

    event: Event
    mention: Mention
    voice: str
    """The article that stands for all its copies: see :func:`dateline.linking.duplicates.voices`."""
    known: datetime
    """When the article was there at the latest."""
    publisher: str | None
    words: str
    """The trigger as it stands in the text."""
    sentence: str
    """Its sentence, in small letters, with single spaces, and the place of the trigger in it."""
    sources: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    place: Place | None
    first: date | None
    """First and last day it can have happened on; none where the report does not say."""
    last: date | None
    holder: str | None
    """Who says so; none: the reporter."""

    @property
    def order(self) -> tuple[datetime, str, int, str]:
        """The earliest known first."""
        return (self.known, self.mention.article, self.mention.at, self.event.id)


def told(record: Record, *, voice: str, known: datetime) -> list[Told]:
    """The events of a record.

    Args:
        record: The record.
        voice: The article that stands for all its copies.
        known: When it was there at the latest.
    """
    text = record.article.text
    actors = {each.id: each for each in record.actors}
    places = {each.id: each for each in record.places}
    times = {each.id: each for each in record.times}
    speakers = {each.id: actors.get(each.speaker or "") for each in record.statements}
    spoken = {span for actor in record.actors for span in actor.mentions}
    spans: list[tuple[str, Sequence[Span]]] = []
    for event in record.events:
        # The evidence holds the words of the frame and those of the parties; the former name the event.
        others = [
            span
            for span in event.provenance.evidence
            if span != event.trigger and not any(each.holds(span) for each in spoken)
        ]
        spans.append((event.id, (event.trigger, *others)))
    result: list[Told] = []
    for event, mention in zip(record.events, event_pairs.mentions(record, spans), strict=True):
        first, last = _days(times.get(event.time or ""))
        speaker = speakers.get(event.said_in or "")
        sentence = record.sentences[mention.sentence] if record.sentences else Span(0, len(text))
        result.append(
            Told(
                event=event,
                mention=mention,
                voice=voice,
                known=known,
                publisher=record.article.source,
                words=text[event.trigger.start : event.trigger.end],
                sentence=" ".join(text[sentence.start : sentence.end].lower().split())
                + f" @{' '.join(text[sentence.start : event.trigger.start].split()).count(' ')}",
                sources=tuple(actors[each] for each in event.sources if each in actors),
                targets=tuple(actors[each] for each in event.targets if each in actors),
                place=places.get(event.place or ""),
                first=first,
                last=last,
                holder=None if speaker is None else speaker.name,
            )
        )
    return result


def _days(time: TimeSpan | None) -> tuple[date | None, date | None]:
    """The days of a time, where it has a first and a last one and says so of no more than a month."""
    if time is None or time.earliest is None or time.latest is None or (time.latest - time.earliest).days > 31:
        return None, None
    return time.earliest, time.latest


# ---- which are the same ---------------------------------------------------------------------------


@cache
def _model() -> Trees:
    model = Trees.load("incidents/pairs")
    if model.columns != event_pairs.COLUMNS:
        raise ConfigError("weights 'incidents/pairs' were trained on other columns; reinstall the package")
    return model


def grouped(found: Sequence[Mention], texts: Mapping[str, Counter[str]]) -> list[list[Mention]]:
    """Mentions of events of one story, those of one event together; single ones too.

    Args:
        found: The mentions, in any order.
        texts: Words of each article of the story: see :func:`dateline.linking.event_pairs.terms`.
    """
    ordered = sorted(found, key=lambda each: (each.article, each.at, each.id))
    scene = Scene(ordered, texts)
    pairs = scene.candidates()
    like = _model().probabilities(scene.features(pairs))
    return [
        [ordered[at] for at in members] for members in grow(len(ordered), dict(zip(pairs, like.tolist(), strict=True)))
    ]


def grow(count: int, alike: Mapping[tuple[int, int], float], least: float = ALIKE) -> list[list[int]]:
    """Average-link clusters of the numbers below ``count``; a pair that is not given counts as not alike at all.

    Args:
        count: How many there are.
        alike: How alike two are, 0 to 1; the lower number first.
        least: Average that the pairs of two clusters must exceed for them to be joined.
    """
    members = {at: [at] for at in range(count)}
    near: dict[int, dict[int, float]] = {at: {} for at in range(count)}
    heap: list[tuple[float, int, int]] = []
    for (one, other), value in alike.items():
        like = round(value, 6)  # sums in another order must not settle what is equal
        near[one][other] = near[other][one] = like
        if like > least:
            heap.append((-like, one, other))
    heapq.heapify(heap)
    fresh = count
    while heap:
        _, one, other = heapq.heappop(heap)
        if one not in members or other not in members:
            continue
        joined = members.pop(one) + members.pop(other)
        members[fresh] = joined
        sums: dict[int, float] = {}
        for part in (near.pop(one), near.pop(other)):
            for each, like in part.items():
                if each not in (one, other):
                    sums[each] = round(sums.get(each, 0.0) + like, 6)
        near[fresh] = sums
        for each, like in sums.items():
            theirs = near[each]
            theirs.pop(one, None)
            theirs.pop(other, None)
            theirs[fresh] = like
            average = round(like / (len(joined) * len(members[each])), 6)
            if average > least:
                heapq.heappush(heap, (-average, each, fresh))
        fresh += 1
    return sorted(sorted(each) for each in members.values())


def _shift(one: Told, other: Told) -> float:
    """What the log-odds of being the same gain or lose by what the coders know of two events."""
    shift = 0.0
    if one.mention.head != other.mention.head:
        shift += SAME_TYPE if one.event.relation == other.event.relation else OTHER_TYPE
    if one.first is not None and other.first is not None and one.last is not None and other.last is not None:
        gap = max((other.first - one.last).days, (one.first - other.last).days)
        if gap > 0:
            shift += max(FAR, A_DAY * (gap - 0.5))
    straight = _meet(one.sources, other.sources)
    crossed = _meet(one.sources, other.targets) or _meet(one.targets, other.sources)
    if _meet(one.targets, other.targets):
        shift += SAME_TARGET
    elif crossed and not straight and one.event.relation not in BOTH_WAYS:
        shift += TURNED
    return shift


def _meet(one: Sequence[Actor], other: Sequence[Actor]) -> bool:
    return any(_one(a, b) for a in one for b in other)


def _moved(probability: float, shift: float) -> float:
    odds = math.exp(shift) * probability
    return odds / (odds + 1.0 - probability)


def _one(one: Actor, other: Actor) -> bool:
    """Whether two actors of different reports are the same, or one is part of the other's state."""
    if one.entity is not None and one.entity == other.entity:
        return True
    of_state = "state" in (one.kind, other.kind) or one.sector == other.sector
    if of_state and one.country is not None and one.country == other.country:
        return True
    words = event_pairs.name_words(one.name), event_pairs.name_words(other.name)
    return bool(words[0] & words[1])


def incidents(
    story: str, found: Iterable[Told], texts: Mapping[str, Counter[str]]
) -> tuple[list[Incident], list[IncidentMember]]:
    """Incidents of one story, those of two or more events, and why each event is in its own.

    Args:
        story: Id of the story.
        found: The events of its reports, in any order.
        texts: Words of each of its reports: see :func:`dateline.linking.event_pairs.terms`.
    """
    ordered = sorted(found, key=lambda each: each.order)
    # Events of one trigger, and of one sentence that several reports have, are one from the start.
    first_of: dict[Hashable, int] = {}
    firsts: list[int] = []
    group_of: list[int] = []
    for at, each in enumerate(ordered):
        here = first_of.get((each.mention.article, each.mention.at))
        group = first_of.get(each.sentence) if here is None else here
        if group is None:
            group = len(firsts)
            firsts.append(at)
        first_of.setdefault((each.mention.article, each.mention.at), group)
        first_of.setdefault(each.sentence, group)
        group_of.append(group)
    scene = Scene([ordered[at].mention for at in firsts], texts)
    pairs = scene.candidates()
    like = _model().probabilities(scene.features(pairs))
    alike = {
        (one, other): _moved(value, _shift(ordered[firsts[one]], ordered[firsts[other]]))
        for (one, other), value in zip(pairs, like.tolist(), strict=True)
    }
    together: list[list[int]] = [[] for _ in firsts]
    for at, group in enumerate(group_of):
        together[group].append(at)
    made: list[Incident] = []
    members: list[IncidentMember] = []
    for groups in grow(len(firsts), alike):
        every = sorted(at for group in groups for at in together[group])
        if len(every) < 2:
            continue
        events = [ordered[at] for at in every]
        incident = _incident(story, events)
        made.append(incident)
        for at in every:
            near, value = _nearest(at, group_of[at], groups, firsts, together, alike)
            members.append(
                IncidentMember(
                    id=link_id("incident", incident.id, ordered[at].event.id),
                    incident=incident.id,
                    article=ordered[at].mention.article,
                    event=ordered[at].event.id,
                    holder=ordered[at].holder,
                    status=ordered[at].event.status,
                    alike=round(value, 4),
                    reasons=reasons(ordered[at], ordered[near]),
                )
            )
    return sorted(made, key=lambda each: each.id), sorted(members, key=lambda each: each.id)


def _nearest(
    at: int,
    group: int,
    groups: Sequence[int],
    firsts: Sequence[int],
    together: Sequence[Sequence[int]],
    alike: Mapping[tuple[int, int], float],
) -> tuple[int, float]:
    """The event of an incident that one of its events is most like, and how much."""
    twins = [each for each in together[group] if each != at]
    if twins:
        return twins[0], 1.0
    best = max(
        (each for each in groups if each != group),
        key=lambda each: (round(alike.get((min(group, each), max(group, each)), 0.0), 6), -each),
    )
    return firsts[best], alike.get((min(group, best), max(group, best)), 0.0)


def reasons(one: Told, other: Told) -> tuple[str, ...]:
    """What two events have in common, in words."""
    found: list[str] = []
    a, b = one.mention, other.mention
    if one.sentence == other.sentence or (a.article, a.at) == (b.article, b.at):
        found.append("same words")
    elif a.head == b.head:
        found.append(f"same trigger: {a.head}")
    else:
        found.append(f"triggers alike: {a.head}, {b.head}")
    if one.event.relation == other.event.relation:
        found.append(f"same type: {one.event.relation}")
    if one.first is not None and one.first == one.last == other.first == other.last:
        found.append(f"both on {one.first.isoformat()}")
    for what, mine, theirs in (("source", one.sources, other.sources), ("target", one.targets, other.targets)):
        name = next((x.name for x in mine for y in theirs if _one(x, y)), None)
        if name is not None:
            found.append(f"same {what}: {name}")
    if one.place is not None and other.place is not None and one.place.name == other.place.name:
        found.append(f"same place: {one.place.name}")
    shared = sorted((set(a.before) | set(a.after)) & (set(b.before) | set(b.after)))
    named = [word for word in shared if word in a.names_before | a.names_after | a.numbers] or shared
    if named and found[0] != "same words":
        found.append(f"both name: {', '.join(named[:4])}")
    return tuple(found)


# ---- what an incident is ----------------------------------------------------------------------------


def _incident(story: str, events: Sequence[Told]) -> Incident:
    """What the events of an incident say together; ``events`` in their order."""
    voices = {each.voice for each in events}
    relation = most((each.event.relation, each.voice) for each in events)[0]
    of_relation = [each for each in events if each.event.relation == relation]
    head = most((each.mention.head, each.voice) for each in of_relation)[0]
    named = next(each for each in of_relation if each.mention.head == head)
    country, place = _place(events)
    dated = most((each.first, each.voice) for each in events if each.first is not None and each.first == each.last)
    holders = dict.fromkeys(each.holder for each in events if each.holder is not None)
    return Incident(
        id=link_id("incident", events[0].event.id),
        story=story,
        relation=relation,
        mode=most((each.event.mode, each.voice) for each in of_relation)[0],
        trigger=named.words,
        sources=_parties((each, each.sources) for each in of_relation),
        targets=_parties((each, each.targets) for each in of_relation),
        place=place,
        country=country,
        day=dated[0] if dated else None,
        status=_status(events),
        events=len(events),
        articles=tuple(dict.fromkeys(each.mention.article for each in events)),
        publishers=tuple(dict.fromkeys(each.publisher for each in events if each.publisher)),
        independent=len(voices),
        holders=tuple(holders),
    )


def most(said: Iterable[tuple[T, Hashable]]) -> list[T]:
    """What different voices say, what most of them say first; what was said first breaks a tie."""
    backed: dict[T, set[Hashable]] = {}
    for value, voice in said:
        backed.setdefault(value, set()).add(voice)
    return sorted(backed, key=lambda value: -len(backed[value]))


def _parties(said: Iterable[tuple[Told, tuple[Actor, ...]]]) -> tuple[str, ...]:
    """Names of those whom at least half as many voices name as the one whom most do; the named before the counted.

    Reports count the same people differently, so a count is no part of a name; people of whom nothing but their
    number is said are left out beside others.
    """
    names: dict[str, list[tuple[str, str]]] = {}
    named: dict[str, bool] = {}
    for each, actors in said:
        for actor in actors:
            name = _uncounted(actor)
            key = actor.entity or name.lower()
            names.setdefault(key, []).append((name, each.voice))
            named[key] = named.get(key, False) or name == actor.name
    if telling := [key for key in names if key not in _ANYBODY]:
        names = {key: names[key] for key in telling}
    backed = {key: len({voice for _, voice in every}) for key, every in names.items()}
    top = max(backed.values(), default=0)
    chosen = sorted((key for key in names if 2 * backed[key] >= top), key=lambda key: (-backed[key], not named[key]))
    return tuple(dict.fromkeys(most(names[key])[0] for key in chosen))


_ABOUT = frozenset(
    "a about almost an another approximately around as at estimated few fewer further least less many more most nearly "
    "no of only other over roughly some than the to total up".split()
)
"""Words that stand before a number, or between it and what is counted."""
_MANY = frozenset("couple dozen dozens hundreds millions pair scores tens thousands".split())
_ANYBODY = frozenset(("people", "persons", "person", "others", "more", "them", "these", "those"))


def _uncounted(actor: Actor) -> str:
    """An actor's name without the number that it begins with: ``About 45,000 dockworkers`` are dockworkers.

    A name that holds a number ("Seven Network", "the 47-person crew") stays.
    """
    if actor.entity is not None or actor.kind not in ("unnamed group", "organisation", "person"):
        return actor.name
    words = actor.name.split()
    lowers = actor.name.lower().split()
    at, counted = 0, False
    while at < len(words):
        number = None if lowers[at] in ("a", "an") else read_number(lowers, at, len(words))
        if number is not None and not number.rest:
            at, counted = number.end, True
        elif lowers[at] in _MANY:
            at, counted = at + 1, True
        elif lowers[at] in _ABOUT:
            at += 1
        else:
            break
    if not counted:
        return actor.name
    if at == len(words):
        return "people"
    proper = words[at][0].isupper() and actor.kind != "unnamed group"
    return actor.name if proper else " ".join(words[at:])


def _place(events: Sequence[Told]) -> tuple[str | None, str | None]:
    """Country, and the name of the place in it that most voices give, a country's own name last."""
    placed = [(each.place, each.voice) for each in events if each.place is not None]
    if not placed:
        return None, None
    country = most((place.country, voice) for place, voice in placed)[0]
    inside = [(place, voice) for place, voice in placed if place.country == country]
    narrow = [(place.name, voice) for place, voice in inside if place.kind != "country"]
    return country, most(narrow or [(place.name, voice) for place, voice in inside])[0]


def _status(events: Sequence[Told]) -> Status:
    """What most voices and holders say; of equals, the one that says more."""
    rank = {each: at for at, each in enumerate(get_args(Status))}
    backed: dict[Status, set[tuple[str, str | None]]] = {}
    for each in events:
        backed.setdefault(each.event.status, set()).add((each.voice, each.holder))
    return min(backed, key=lambda each: (-len(backed[each]), rank[each]))
