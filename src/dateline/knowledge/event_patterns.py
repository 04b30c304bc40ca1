"""Patterns of a codebook's own types: how a researcher says what an event looks like in a sentence.

A pattern is a short sentence with ``{source}`` and ``{target}`` in it. Words are base forms, as a dictionary
lists them; alternatives are parted by a slash; articles count for nothing:

* a verb and its object: ``{source} evict/displace {target}``
* a particle: ``{source} drive {target} out``, ``{source} crack down on {target}``
* a preposition: ``{source} march on {target}``
* an object of its own: ``{source} sign deal/accord with {target}``
* a condition beside the target: ``{source} drive {target} from home/house/village``
* a noun that names the event: ``the eviction of {target} by {source}``, ``{source}'s eviction of {target}``

A verb is found in every tense, in the passive and in relative clauses; what the pattern names must stand in the
sentence, other words may stand there too.
"""

from __future__ import annotations

import re
from typing import NamedTuple

SOURCE, TARGET = "{source}", "{target}"
PREPOSITIONS = frozenset(
    """about across against along among around at before behind between by for from in inside into near of off on onto
    outside over through to toward towards under upon with within without""".split()
)
PARTICLES = frozenset("apart aside away back down forward off out over through together up".split())
_ARTICLES = frozenset(("the", "a", "an", "some", "its", "their", "his", "her"))
_WORDS = re.compile(r"[a-z][a-z-]*(?:/[a-z][a-z-]*)*")


class Condition(NamedTuple):
    """What must stand at a place of the sentence: ``obj``, ``prt`` or a preposition with ``+`` before it."""

    where: str
    words: frozenset[str]
    """One of these; any word where empty."""


class Pattern(NamedTuple):
    """One pattern, read."""

    words: tuple[str, ...]
    nominal: bool
    conditions: tuple[Condition, ...]
    sources: tuple[str, ...]
    targets: tuple[str, ...]


def parse(text: str) -> Pattern:
    """Read a pattern.

    Raises:
        ValueError: It does not follow the grammar above; the message says where.
    """
    tokens = [token for token in text.rstrip(".").split() if token not in _ARTICLES]
    if text.count(SOURCE) > 1 or text.count(TARGET) > 1:
        raise ValueError(f"{SOURCE} and {TARGET} may stand in it once each")
    nominal = bool(tokens) and tokens[0] != SOURCE
    if nominal and tokens[0] == SOURCE + "'s":
        tokens = tokens[1:]
    elif nominal and text.split(maxsplit=1)[0] not in _ARTICLES:
        raise ValueError(f"it begins with neither {SOURCE} nor {SOURCE}'s nor an article")
    elif not nominal:
        tokens = tokens[1:]
    if not tokens:
        raise ValueError("it names no verb or noun")
    words = _alternatives(tokens[0])
    conditions: list[Condition] = []
    sources = ["poss", "by", "mod", "subj"] if nominal else ["subj"]
    targets: list[str] = []
    at = 1
    while at < len(tokens):
        token, after = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
        at += 1
        if token == TARGET:
            if nominal:
                raise ValueError(f"after a noun, {TARGET} needs a preposition: the eviction of {TARGET}")
            if any(each.where == "obj" for each in conditions):
                raise ValueError(f"a verb has one object: a preposition must stand before {TARGET}")
            targets.append("obj")
            conditions.append(Condition("obj", frozenset()))
        elif token == SOURCE:
            raise ValueError(f"{SOURCE} stands at the beginning, or after by")
        elif token in PARTICLES and not (token in PREPOSITIONS and after is not None):
            conditions.append(Condition("prt", frozenset((token,))))
        elif token in PREPOSITIONS:
            if after is None:
                raise ValueError(f"nothing stands after {token!r}")
            at += 1
            if after == TARGET:
                targets.append(token)
                conditions.append(Condition("+" + token, frozenset()))
            elif after == SOURCE:
                if not nominal:
                    raise ValueError(f"with a verb, {SOURCE} stands at the beginning")
                if token not in sources:
                    sources.append(token)
            else:
                conditions.append(Condition("+" + token, frozenset(_alternatives(after))))
        elif nominal:
            raise ValueError(f"{token!r} stands where a preposition was expected")
        else:
            if any(each.where == "obj" for each in conditions):
                raise ValueError(f"{token!r} stands where a preposition or the end was expected")
            conditions.append(Condition("obj", frozenset(_alternatives(token))))
    if nominal:  # a noun's complements may be left out: "the evictions", by whom is told elsewhere
        conditions = [each for each in conditions if each.words]
    return Pattern(words, nominal, tuple(conditions), tuple(sources), tuple(targets))


def _alternatives(token: str) -> tuple[str, ...]:
    if not _WORDS.fullmatch(token):
        raise ValueError(f"{token!r} is no word in small letters, nor several parted by slashes")
    return tuple(token.split("/"))
