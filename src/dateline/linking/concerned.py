"""Which incident a dispute is about.

A dispute is about the incident of which most of its sides tell: an event of it has its
trigger in a sentence that shows the side. Of several, the one told by most sides and then
by most of their sentences; where only one side names an event, that one must be the only one
in the sentence. Where no side does, it is the incident that the word for what is disputed names
("killed", "shelled"), if the story has but one of these.

Missed: sides that name the event by a pronoun only.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from dateline.linking.accounts import SAME
from dateline.linking.event_pairs import vocabulary
from dateline.links import Dispute, DisputeSide
from dateline.records import Record


def tied(
    found: Sequence[Dispute],
    sides: Sequence[DisputeSide],
    reports: Sequence[Record],
    members: Mapping[str, Mapping[str, str]],
) -> list[Dispute]:
    """Disputes with their incidents.

    Args:
        found: Disputes of a story.
        sides: Their sides.
        reports: The reports of the story.
        members: Of each article, its events that belong to incidents, with the incident.
    """
    shown = _shown(reports, members)
    named = _named(reports, members)
    held: dict[str, list[DisputeSide]] = {}
    for side in sides:
        held.setdefault(side.dispute, []).append(side)
    result: list[Dispute] = []
    for each in found:
        of_word = named.get(_plain(each.what), frozenset())
        told = _incident(held.get(each.id, ()), shown) or (next(iter(of_word)) if len(of_word) == 1 else None)
        result.append(replace(each, incident=told))
    return result


def _plain(word: str) -> str:
    """A word for a turn of events in its plain form, the same for words that mean the same."""
    low = next(iter(word.lower().split()[::-1]), "")
    return SAME.get(low) or vocabulary().lemma(low)


def _named(reports: Sequence[Record], members: Mapping[str, Mapping[str, str]]) -> dict[str, frozenset[str]]:
    """Incidents by the words that their events begin with."""
    found: dict[str, set[str]] = {}
    for record in reports:
        own = members.get(record.article.id, {})
        for event in record.events:
            if event.id in own:
                found.setdefault(_plain(record.quote(event.trigger)), set()).add(own[event.id])
    return {word: frozenset(each) for word, each in found.items()}


def _shown(reports: Sequence[Record], members: Mapping[str, Mapping[str, str]]) -> dict[str, Counter[str]]:
    """For each finding the incidents whose events stand in its sentence, with how many."""
    result: dict[str, Counter[str]] = {}
    for record in reports:
        own = members.get(record.article.id)
        if not own:
            continue
        inside: dict[int, Counter[str]] = {}
        for event in record.events:
            incident = own.get(event.id)
            if incident is not None:
                inside.setdefault(_sentence(record, event.trigger.start), Counter())[incident] += 1
        for finding in record.findings():
            told = inside.get(_sentence(record, finding.provenance.evidence[0].start))
            if told:
                result[finding.id] = told
    return result


def _sentence(record: Record, at: int) -> int:
    """Number of the sentence that holds an offset."""
    return bisect_right(record.sentences, at, key=lambda each: each.start) - 1


def _incident(sides: Sequence[DisputeSide], shown: Mapping[str, Counter[str]]) -> str | None:
    backed: Counter[str] = Counter()
    told: Counter[str] = Counter()
    alone: set[str] = set()
    for side in sides:
        here = [shown[finding] for finding in side.findings if finding in shown]
        for each in {incident for counter in here for incident in counter}:
            backed[each] += 1
            told[each] += sum(each in counter for counter in here)
        alone.update(*(counter for counter in here if len(counter) == 1))
    named = [each for each in backed if backed[each] > 1] or sorted(alone)
    return min(named, key=lambda each: (-backed[each], -told[each], each), default=None)
