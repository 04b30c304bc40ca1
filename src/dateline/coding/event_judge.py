"""Whether a candidate is an event, and who did it to whom.

A frame of the lexicon with its parties is a candidate, and so is what the models of triggers and parties make of a
word. A small network, trained on candidates that readers judged, sees which sense of which word it is, how the
sentence is built around it, who the parties are, and how likely the other models hold its type and its parties; its
probability is the event's confidence, and what is less likely than :data:`LEAST` is no event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dateline.coding.event_features import CLAUSES, MAX_WAY, chain, how_named, meet, word
from dateline.coding.event_frames import Frame
from dateline.models.net import Net
from dateline.reading.analysis import Analysis
from dateline.records import Actor, Status

LEAST = 0.4
"""Least probability of an event that is kept."""

ALONE = ("PROTEST", "MOBILIZE")
"""Types that are often done to nobody: that there is no target says nothing against them."""
NEAR = 3
"""How many words to either side of the trigger are looked at."""
FAR = 12
"""How many words behind the trigger a "by" is looked for."""
_BESIDE = ("compound", "nmod", "amod")
_PLACED = frozenset(("in", "at", "near", "off", "across", "outside"))

Party = tuple[Actor, int]
"""An actor and the token that names it."""

_KIDS = ("dobj", "prt", "prep", "xcomp", "ccomp", "attr", "nsubjpass", "nsubj")
_WORDS = ("dobj", "prt", "prep", "xcomp", "nsubjpass")


class View(NamedTuple):
    """What the models of triggers and parties think of a candidate; all are probabilities."""

    kind: float
    """That its trigger tells an event of its type."""
    best: float
    """Of the likeliest type of the trigger."""
    none: float
    """That the trigger tells no event."""
    source: float
    """That its source is the source."""
    target: float
    best_source: float
    """Of the likeliest source."""
    best_target: float
    nobody: float
    """That it has no source or no target, whichever is likelier."""


def numbers(view: View) -> list[float]:
    """Numbers that the judge sees of a candidate: log-odds of what the other models think."""
    return [odds(each) for each in (*view, view.kind * view.source * view.target)]


def odds(share: float) -> float:
    """Log-odds of a probability, at most some six to either side."""
    return log((share + 0.002) / (1.002 - share))


@dataclass(slots=True)
class Candidate:
    """A frame with its parties: an event, if it is judged to be one."""

    frame: Frame
    sources: list[Party]
    """Who does it, each with the token that names it; empty where nobody is named: "two people were arrested"."""
    targets: list[Party]
    """Whom it is done to; may be empty."""
    status: Status
    """Whether it happened, as the event will say."""
    view: View | None = None
    """What the models of triggers and parties think of it; none for a researcher's own types, which nobody judges."""
    guessed: bool = False
    """Whether type or parties are these models' and not the lexicon's."""

    def ids(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Ids of the sources and of the targets."""
        return tuple(actor.id for actor, _ in self.sources), tuple(actor.id for actor, _ in self.targets)


def probabilities(model: Net, analysis: Analysis, candidates: Sequence[Candidate]) -> list[float]:
    """Probability that type, source and target of each candidate of an article are right; each must have a view."""
    if not candidates:
        return []
    vectors: NDArray[np.float32] = np.array([numbers(one.view) for one in candidates if one.view], dtype=np.float32)
    return model.probabilities([seen(analysis, one) for one in candidates], vectors)[:, 1].tolist()


def seen(a: Analysis, one: Candidate) -> list[str]:
    """Features of a candidate without what other models think, each once."""
    frame, sources, targets = one.frame, one.sources, one.targets
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
        f"status:{one.status}",
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
        f"near:{word(a, token)}"
        for token in range(max(start, trigger - NEAR), min(end, trigger + NEAR + 1))
        if token != trigger
    ]
    if frame.sources:
        found.append(f"s.first:{word(a, frame.sources[0])}")
    if frame.targets:
        found.append(f"t.first:{kind}:{word(a, frame.targets[0])}")
    found += _side("s", a, frame, sources, frame.sources)
    found += _side("t", a, frame, targets, frame.targets)
    by, to = sources[0][0] if sources else None, targets[0][0] if targets else None
    found.append(f"kinds:{by.kind if by else None}>{to.kind if to else None}")
    found.append(f"sectors:{by.sector if by else None}>{to.sector if to else None}")
    sure = min((actor.provenance.confidence for actor, _ in (*sources, *targets)), default=0.0)
    found.append(f"sure:{sum(sure >= each for each in (0.5, 0.65, 0.8, 0.9))}")
    return list(dict.fromkeys(found))


def _side(name: str, a: Analysis, frame: Frame, parties: Sequence[Party], heads: Sequence[int]) -> list[str]:
    if not parties:
        alone = "alone" if frame.relation in ALONE else "none"
        found = [f"{name}:{alone}", f"{name}:none|{frame.relation}"]
        if any(a.tags[noun].startswith("NNP") for noun in _where(a, frame)):
            found.append(f"{name}:{alone}.place")
        if name == "s":  # it may yet stand beside the deed: "the police shooting", "was shot and killed by police"
            trigger = frame.trigger
            end = a.sentences[a.sentence_of[trigger]][1]
            found += [f"s:none.beside:{word(a, kid)}" for kid in a.children[trigger] if a.deps[kid] in _BESIDE]
            found += ["s:none.by"] * ("by" in a.lowers[trigger + 1 : min(end, trigger + FAR)])
        return found
    actor, token = parties[0]
    how = how_named(a.tags[token])
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
    ways = meet(chain(a, token), chain(a, frame.trigger))
    if ways is None:
        return [*found, f"{name}.path:none"]
    met, *both = ways
    rise, fall = ([a.deps[each] for each in way] for way in both)
    path = f"{'/'.join(rise)}^{'/'.join(fall)}" if len(rise) + len(fall) <= MAX_WAY else "long"
    return [
        *found,
        f"{name}.path:{path}",
        f"{name}.steps:{min(4, len(rise))}.{min(4, len(fall))}",
        f"{name}.meet:{a.lemmas[met].lower()}",
        f"{name}.clauses:{min(3, sum(each in CLAUSES for each in (*rise, *fall)))}",
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
