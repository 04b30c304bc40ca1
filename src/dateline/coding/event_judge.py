"""Whether an event that the lexicon found is one, and who did it to whom.

A frame of the lexicon is a candidate. A small linear model, trained on candidates that a reader judged, sees which
sense of which word it is, how the sentence is built around it, who the parties are, and how likely the relation models
hold its type between these two; its probability is the event's confidence, and what is less likely than
:data:`LEAST` is no event. Only a candidate near that line is worth the encoder's time.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from dateline.coding.event_features import FOLD, chain
from dateline.coding.event_frames import Frame
from dateline.coding.event_relation import careful, quick
from dateline.models.linear import Linear
from dateline.reading.analysis import Analysis
from dateline.records import Actor

LEAST = 0.47
"""Least probability of an event that is kept."""
DOUBT = (0.44, 0.5)
"""Between these the encoder is asked too."""

ALONE = ("PROTEST", "MOBILIZE")
"""Types that are often done to nobody: that there is no target says nothing against them."""
NEAR = 3
"""How many words to either side of the trigger are looked at."""
MAX_PATH = 5
"""Longest path between a party and the trigger that is told apart."""
FAR = 12
"""How many words behind the trigger a "by" is looked for."""
_BESIDE = ("compound", "nmod", "amod")
_PLACED = frozenset(("in", "at", "near", "off", "across", "outside"))
_CLAUSES = frozenset(("ccomp", "advcl", "relcl", "conj", "acl", "pcomp", "xcomp", "parataxis"))

Party = tuple[Actor, int]
"""An actor and the token that names it."""

_KIDS = ("dobj", "prt", "prep", "xcomp", "ccomp", "attr", "nsubjpass", "nsubj")
_WORDS = ("dobj", "prt", "prep", "xcomp", "nsubjpass")


@cache
def _model() -> Linear:
    return Linear.load("events/right")


def probability(
    analysis: Analysis,
    frame: Frame,
    frames: Sequence[Frame],
    sources: Sequence[Party],
    targets: Sequence[Party],
    status: str,
) -> float:
    """Probability that type, source and target of a candidate are right.

    Args:
        analysis: The article.
        frame: The candidate.
        frames: All frames of the article, in text order.
        sources: Who does it; may be empty where the text does not say.
        targets: Whom it is done to; may be empty.
        status: Whether it happened, as the event will say.
    """
    seen = candidate(analysis, frame, sources, targets, status)
    between = pair(analysis, frame, frames, sources, targets)
    share = _right(seen, frame, quick(*between))
    if DOUBT[0] <= share <= DOUBT[1]:
        share = _right(seen, frame, careful(*between))
    return share


def pair(
    analysis: Analysis, frame: Frame, frames: Sequence[Frame], sources: Sequence[Party], targets: Sequence[Party]
) -> tuple[Analysis, list[Frame], set[int], set[int], range]:
    """What the relation models are asked about a candidate: frames of its sentence, tokens of its parties."""
    sentence = analysis.sentence_of[frame.trigger]
    start, end = analysis.sentences[sentence]
    near = [each for each in frames if start <= each.trigger < end]
    by = {token for _, head in sources for token in analysis.subtree(head) if start <= token < end}
    to = {token for _, head in targets for token in analysis.subtree(head) if start <= token < end} - by
    return analysis, near, by, to, range(sentence, sentence + 1)


def _right(seen: list[str], frame: Frame, shares: dict[str, float]) -> float:
    return _model().probabilities([list(dict.fromkeys((*seen, *relation(frame, shares))))])["right"]


def relation(frame: Frame, shares: dict[str, float]) -> list[str]:
    """Features of how the relation models see a candidate's parties."""
    share = shares.get(FOLD.get(frame.relation, frame.relation))
    if share is None:  # a researcher's own type
        return []
    level = sum(share >= each for each in (0.03, 0.1, 0.3, 0.6, 0.9))
    return [f"share:{level}", *(f"share>{each}" for each in range(level))]


def candidate(a: Analysis, frame: Frame, sources: Sequence[Party], targets: Sequence[Party], status: str) -> list[str]:
    """Features of a candidate without the relation models."""
    trigger = frame.trigger
    verb = a.pos[trigger] in ("VERB", "AUX")
    kind = frame.relation
    found = [
        f"type:{kind}",
        f"mode:{kind}.{frame.mode}",
        f"word:{a.lemmas[trigger].lower()}",
        f"sense:{verb}.{kind}.{a.lemmas[trigger].lower()}.{frame.sense.cameo}",
        f"pos:{a.pos[trigger]}",
        f"tag:{a.tags[trigger]}",
        f"dep:{a.deps[trigger]}",
        f"tests:{min(3, len(frame.sense.tests))}",
        f"status:{status}",
        f"operator:{frame.sense.operator}",
    ]
    found += [name for name, there in (("joint", frame.joint), ("spoken", frame.spoken is not None)) if there]
    if frame.carrier is not None:
        found.append("carrier")
    if frame.below is not None:
        found += ["below", f"below:{kind}<{frame.below.relation}"]
    for kid in a.children[trigger]:
        dep = a.deps[kid]
        if dep in _KIDS:
            found.append(f"kid:{dep}")
            if dep in _WORDS and a.pos[kid] != "PROPN":
                found.append(f"kid:{dep}:{a.lemmas[kid].lower()}")
    start, end = a.sentences[a.sentence_of[trigger]]
    found += [
        f"near:{_word(a, token)}"
        for token in range(max(start, trigger - NEAR), min(end, trigger + NEAR + 1))
        if token != trigger
    ]
    if frame.sources:
        found.append(f"s.first:{_word(a, frame.sources[0])}")
    if frame.targets:
        found.append(f"t.first:{kind}:{_word(a, frame.targets[0])}")
    found += _side("s", a, frame, sources, frame.sources)
    found += _side("t", a, frame, targets, frame.targets)
    one, two = sources[0][0] if sources else None, targets[0][0] if targets else None
    found.append(f"kinds:{one.kind if one else None}>{two.kind if two else None}")
    found.append(f"sectors:{one.sector if one else None}>{two.sector if two else None}")
    sure = min((actor.provenance.confidence for actor, _ in (*sources, *targets)), default=0.0)
    found.append(f"sure:{sum(sure >= each for each in (0.5, 0.65, 0.8, 0.9))}")
    return found


def _side(name: str, a: Analysis, frame: Frame, parties: Sequence[Party], heads: Sequence[int]) -> list[str]:
    if not parties:
        alone = "alone" if frame.relation in ALONE else "none"
        found = [f"{name}:{alone}", f"{name}:none|{frame.relation}"]
        if any(a.tags[noun].startswith("NNP") for noun in _where(a, frame)):
            found.append(f"{name}:{alone}.place")
        if name == "s":  # it may yet stand beside the deed: "the police shooting", "was shot and killed by police"
            trigger = frame.trigger
            end = a.sentences[a.sentence_of[trigger]][1]
            found += [f"s:none.beside:{_word(a, kid)}" for kid in a.children[trigger] if a.deps[kid] in _BESIDE]
            found += ["s:none.by"] * ("by" in a.lowers[trigger + 1 : min(end, trigger + FAR)])
        return found
    actor, token = parties[0]
    tag = a.tags[token]
    how = "pronoun" if tag.startswith("PRP") else "name" if tag.startswith("NNP") else "adj" if tag == "JJ" else "noun"
    away = abs(token - frame.trigger)
    found = [
        f"{name}.kind:{actor.kind}",
        f"{name}.kind:{actor.kind}|{frame.relation}",
        f"{name}.sector:{actor.sector}",
        f"{name}.how:{how}",
        f"{name}.dep:{a.deps[token]}",
        f"{name}.own:{a.head[token] == frame.trigger}",
        f"{name}.left:{token < frame.trigger}",
        f"{name}.country:{actor.country is not None}",
        f"{name}.entity:{actor.entity is not None}",
        f"{name}.away:{sum(away >= each for each in (3, 7, 15))}",
        f"{name}.head:{token in heads[:1]}",
    ]
    if how != "name":
        found.append(f"{name}.word:{a.lemmas[token].lower()}")
    if len(parties) > 1:
        found.append(f"{name}.several")
    elif any(a.deps[kid] == "conj" for kid in a.children[token]):
        found.append(f"{name}.others")
    up, down = chain(a, token), chain(a, frame.trigger)
    met = next((each for each in down if each in up), None)
    if met is None:
        return [*found, f"{name}.path:none"]
    rise, fall = ([a.deps[each] for each in way[: way.index(met)]] for way in (up, down))
    path = f"{'/'.join(rise)}^{'/'.join(fall)}" if len(rise) + len(fall) <= MAX_PATH else "long"
    return [
        *found,
        f"{name}.path:{path}",
        f"{name}.steps:{min(4, len(rise))}.{min(4, len(fall))}",
        f"{name}.meet:{a.lemmas[met].lower()}",
        f"{name}.clauses:{min(3, sum(each in _CLAUSES for each in (*rise, *fall)))}",
    ]


def _where(a: Analysis, frame: Frame) -> list[int]:
    """Nouns behind a preposition of place at the trigger or at the verb that carries it."""
    return [
        noun
        for top in (frame.trigger, frame.carrier)
        if top is not None
        for kid in a.children[top]
        if a.deps[kid] == "prep" and a.lowers[kid] in _PLACED and (noun := a.child(kid, "pobj")) is not None
    ]


def _word(a: Analysis, token: int) -> str:
    return "N" if a.tags[token].startswith("NNP") else a.lemmas[token].lower()
