"""In which country those act whom nothing they are called places: "police", "the government", "teachers".

Who reads "NAIROBI — Police fired tear gas" takes the police for Kenya's. Such an actor gets the country that speaks for
itself: that of a place in its own noun phrase, that of the place where its sentence happens, that of the dateline, or
the one that most of the article is about. It is marked as taken from the setting, since no word names it.
"""

from __future__ import annotations

from collections import Counter

import msgspec

from dateline.coding.coder import Draft
from dateline.knowledge.countries import STATELESS
from dateline.reading.analysis import Analysis
from dateline.records import Actor, Place

KINDS = frozenset(("unnamed group", "government body", "organisation", "person", "armed group"))
LEAST = 3
"""Fewest votes that decide."""

_ABROAD = frozenset(
    """abroad allied allies foreign foreigners global international internationally migrants multinational outside
    overseas regional refugees tourist tourists travellers travelers visiting visitor visitors
    west western world worldwide""".split()
)
"""Words of a name that say an actor is not of the place it is in."""
_WHERE = frozenset(("in", "at", "near", "from", "across", "of", "around", "outside", "inside", "on"))


def settled(draft: Draft) -> tuple[Actor, ...]:
    """The actors of a draft, those without a country with that of their setting where one is clear."""
    lacking = [
        actor
        for actor in draft.actors
        if actor.country is None
        and actor.sector is not None
        and actor.entity is None  # the tables would have said its country
        and actor.kind in KINDS
        and _ABROAD.isdisjoint(actor.name.lower().split())
    ]
    if not lacking:
        return draft.actors
    a = draft.analysis
    names = {span for actor in draft.actors if actor.kind == "organisation" for span in actor.mentions}
    places = [
        place
        for place in draft.places
        # "Agence France-Presse" does not set the scene in France
        if place.country and place.kind != "demonym" and not any(span.holds(place.mention) for span in names)
    ]
    by_sentence: dict[int, list[Place]] = {}
    for place in places:
        token = a.token_at(place.mention.start)
        if token is not None:
            by_sentence.setdefault(a.sentence_of[token], []).append(place)
    whole = _of_article(draft, places)
    found: dict[str, Actor] = {}
    for actor in lacking:
        country = _country(draft, actor, by_sentence, whole)
        if country is not None:
            found[actor.id] = msgspec.structs.replace(actor, country=country, country_from="setting")
    return tuple(found.get(actor.id, actor) for actor in draft.actors)


def _of_article(draft: Draft, places: list[Place]) -> tuple[str | None, int]:
    """The country that the dateline or most of the article names, and its votes."""
    span = draft.article.dateline_span
    votes = Counter[str]()
    for place in places:
        votes[place.country or ""] += 1
    for actor in draft.actors:
        if actor.country and actor.country not in STATELESS:
            votes[actor.country] += min(3, len(actor.mentions))
    for place in places:
        if span is not None and span.holds(place.mention):
            return place.country, LEAST + (1 if votes[place.country or ""] > 1 else 0)
    if not votes:
        return None, 0
    (best, most), *rest = votes.most_common(2)
    if most >= 2 and most >= 0.6 * sum(votes.values()) and (not rest or most >= 2 * rest[0][1]):
        return best, LEAST
    return None, 0


def _country(
    draft: Draft, actor: Actor, by_sentence: dict[int, list[Place]], whole: tuple[str | None, int]
) -> str | None:
    """The country that has most votes, if it has enough and no other has as many."""
    a = draft.analysis
    votes = Counter[str]()
    if whole[0] is not None:
        votes[whole[0]] += whole[1]
    for mention in actor.mentions[:4]:
        tokens = a.tokens_in(mention)
        if not tokens:
            continue
        head = a.head_of(tokens)
        if any(a.lowers[token] in _ABROAD for token in range(tokens[0], min(a.right[head], tokens[-1] + 3) + 1)):
            return None  # "aid workers from abroad"
        here = by_sentence.get(a.sentence_of[head], ())
        own = {place.country for place in here if _within(a, place, head)}
        if len(own) == 1:
            return own.pop()
        countries = {place.country for place in here}
        if len(countries) == 1:
            votes[countries.pop() or ""] += 2
    if not votes:
        return None
    (best, most), *rest = votes.most_common(2)
    if most < LEAST or (rest and rest[0][1] >= most):
        return None
    return best


def _within(a: Analysis, place: Place, head: int) -> bool:
    """Whether a place stands in an actor's noun phrase: "police in Manila", "the Goma police"."""
    tokens = a.tokens_in(place.mention)
    if not tokens:
        return False
    token = a.head_of(tokens)
    for _ in range(4):
        if token == head:
            return True
        if a.deps[token] in ("compound", "nmod", "poss", "appos", "conj"):
            token = a.head[token]
        elif a.deps[token] == "pobj" and a.lowers[a.head[token]] in _WHERE:
            token = a.head[a.head[token]]
        else:
            return False
    return token == head
