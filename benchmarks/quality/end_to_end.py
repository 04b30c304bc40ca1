"""Who did what to whom, from the text alone, for ``score_events.py end-to-end``.

The gold writes each party as a country, and knows unions and organisations of
states only as IGO and transnational movements as IMG. A party without a
country of its own takes that of the place of the event, as the gold's coders
did; an event without one has no dyad and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.quality.task import Row, drafts
from dateline.coding.actors import ActorCoder
from dateline.coding.coder import Draft
from dateline.coding.events import EventCoder
from dateline.coding.places import PlaceCoder
from dateline.coding.statements import StatementCoder
from dateline.coding.times import TimeCoder
from dateline.records import Actor

SEES = ("id", "text", "date")

_GOLD_CODES = {"UNO": "IGO", "EUR": "IGO", "ISM": "IMG"}


def predict(rows: Sequence[Row]) -> Iterator[Row]:
    """Events of each row as country dyads."""
    dated = [{**row, "date": row["date"] if len(row.get("date") or "") == 10 else None} for row in rows]
    coders = [ActorCoder(), PlaceCoder(), TimeCoder(), StatementCoder(), EventCoder()]
    for row, draft in zip(rows, drafts(dated, coders), strict=True):
        yield {"id": row["id"], "events": list(dyads(draft))}


def dyads(draft: Draft) -> Iterator[Row]:
    """Events of a draft, one for each source and target that have a country."""
    country = {actor.id: actor.country or _home(draft, actor) for actor in draft.actors}
    sector = {actor.id: actor.sector for actor in draft.actors}
    where = {place.id: place.country for place in draft.places if place.kind != "demonym"}
    for event in draft.events:
        place = where.get(event.place or "")
        for source in event.sources:
            for target in event.targets or (None,):
                by, to = country[source], place if target is None else country[target] or place
                if by and to:
                    code = (_GOLD_CODES.get(by, by), sector[source] or "")
                    yield {
                        "source": " ".join(code).strip(),
                        "target": " ".join((_GOLD_CODES.get(to, to), sector.get(target or "") or "")).strip(),
                        "plover": event.relation,
                    }


def country_codes(draft: Draft, parties: Sequence[tuple[Actor, int]]) -> set[str]:
    """The gold's codes of the parties that have a country."""
    known = {actor.country or _home(draft, actor) for actor, _ in parties}
    return {_GOLD_CODES.get(each, each) for each in known if each}


def _home(draft: Draft, actor: Actor) -> str | None:
    """Country of a place that the words for an actor name: "the mayor of the city of Nablus"."""
    for place in draft.places:
        if place.country and any(mention.holds(place.mention) for mention in actor.mentions):
            return place.country
    return None
