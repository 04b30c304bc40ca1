"""What the relation model sees of a sentence: its words without the parties, lexicon frames, the tree around them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dateline.coding.event_frames import Frame
from dateline.reading.analysis import Analysis

FAMILIES = ("words", "frames", "tree")

_NAMES = ("NNP", "NNPS", "CD")
_PLAIN = ("NNP", "NNPS", "DT", "IN")
_PRONOUNS = ("it", "he", "she", "they", "we")
FOLD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
"""PLOVER types that the models know as one."""
MAX_UP = 14
"""How far up the tree a path is followed."""
MAX_PATH = 8
"""Longest path between the parties that is told apart."""
MAX_WAY = 5
"""Longest way between a party and the word that tells the event that is told apart."""
CLAUSES = frozenset(("ccomp", "advcl", "relcl", "conj", "acl", "pcomp", "xcomp", "parataxis"))
"""Relations that lead into another clause."""


def between(
    analysis: Analysis, frames: Sequence[Frame], sources: set[int], targets: set[int]
) -> list[tuple[float, Frame]]:
    """Frames of the article by how well they fit two parties given as tokens, the best first."""
    a = analysis
    ranked: list[tuple[float, int, Frame]] = []
    for frame in frames:
        first = frame.sources[0] if frame.sources else -1
        acts = any(t in sources or (a.deps[t] == "conj" and a.head[t] in sources) for t in frame.sources)
        stands = any(t in targets or any(each in targets for each in a.subtree(t)) for t in frame.targets)
        if not stands and frame.joint:
            stands = any(each in targets for t in frame.sources for each in a.conjuncts(t))
        unnamed = not acts and first >= 0 and a.lowers[first] in _PRONOUNS
        fit = 2.0 * acts + stands + 0.5 * (first in sources) + 0.7 * unnamed
        ranked.append((fit, -frame.trigger, frame))
    ranked.sort(key=lambda each: each[:2], reverse=True)
    return [(fit, frame) for fit, _, frame in ranked]


def features(
    analysis: Analysis, frames: Sequence[Frame], sources: set[int], targets: set[int], sentences: range | None = None
) -> list[list[str]]:
    """Feature strings of one pair of parties, a list for each of :data:`FAMILIES`.

    Args:
        analysis: The parsed text.
        frames: Lexicon frames of the text, or of its sentences that matter.
        sources: Tokens of the party that acts; may be empty.
        targets: Tokens of the party it is done to; may be empty.
        sentences: The sentences whose words count; all where not given.
    """
    if sentences is None:
        start, end = 0, len(analysis)
    else:
        start, end = analysis.sentences[sentences[0]][0], analysis.sentences[sentences[-1]][1]
    ranked = between(analysis, frames, sources, targets)
    return [
        _words(analysis, sources, targets, range(start, end)),
        _frames(analysis, ranked),
        _tree(analysis, sources, targets),
    ]


def _words(a: Analysis, sources: set[int], targets: set[int], tokens: range) -> list[str]:
    words: list[str] = []
    for token in tokens:
        if token in sources:
            word = "SRC"
        elif token in targets:
            word = "TGT"
        elif a.tags[token] in _NAMES:
            word = "N"
        elif a.words[token][0].isalnum():
            words.append(a.lemmas[token].lower())
            continue
        else:
            continue
        if not words or words[-1] != word:
            words.append(word)
    found = [f"w:{word}" for word in words]
    found += [f"b:{one} {two}" for one, two in pairwise(words)]
    if "SRC" in words:
        at = words.index("SRC") + 1
        found += [f"after:{word}" for word in words[at : at + 7]]
    return found


def _frames(a: Analysis, ranked: Sequence[tuple[float, Frame]]) -> list[str]:
    if not ranked:
        return ["none"]
    fit, best = ranked[0]
    level = "2" if fit >= 2.5 else "1" if fit >= 1 else "0"
    relation = FOLD.get(best.relation, best.relation)
    found = [
        f"fit{level}:{relation}",
        f"is:{relation}",
        f"mode:{best.relation}.{best.mode}",
        f"cameo:{best.cameo}",
        f"word:{a.lemmas[best.trigger].lower()}:{best.sense.relation}.{best.sense.cameo}.{best.sense.operator}",
    ]
    if level == "2":
        found.append(f"both:{relation}")
    if best.below is not None:
        found.append(f"below:{best.relation}:{best.below.relation}")
    found += [f"aux:{a.lowers[kid]}" for kid in a.children[best.trigger] if a.deps[kid] in ("aux", "neg", "prt")]
    found += [f"also:{FOLD.get(frame.relation, frame.relation)}" for _, frame in ranked[1:3]]
    return found


def _head(a: Analysis, tokens: set[int]) -> int | None:
    for token in sorted(tokens):
        if a.head[token] == token or a.head[token] not in tokens:
            return token
    return None


def chain(a: Analysis, token: int) -> list[int]:
    """A token and the heads above it, nearest first, :data:`MAX_UP` at most."""
    found = [token]
    while a.head[token] != token and len(found) < MAX_UP:
        token = a.head[token]
        found.append(token)
    return found


def meet(up: Sequence[int], down: Sequence[int]) -> tuple[int, Sequence[int], Sequence[int]] | None:
    """Where two words' ways up the tree meet, and what each has below that; none if they do not.

    Args:
        up: The :func:`chain` of one word.
        down: That of the other.
    """
    met = next((each for each in down if each in up), None)
    return None if met is None else (met, up[: up.index(met)], down[: down.index(met)])


def how_named(tag: str) -> str:
    """How a word of a tag names a party: a pronoun, a name, an adjective or a noun."""
    return "pronoun" if tag.startswith("PRP") else "name" if tag.startswith("NNP") else "adj" if tag == "JJ" else "noun"


def word(a: Analysis, token: int) -> str:
    """The lemma of a word, of every proper name the same."""
    return "N" if a.tags[token].startswith("NNP") else a.lemmas[token]


def _tree(a: Analysis, sources: set[int], targets: set[int]) -> list[str]:
    found: list[str] = []
    source, target = _head(a, sources), _head(a, targets)
    up = [] if source is None else chain(a, source)
    down = [] if target is None else chain(a, target)
    if source is not None:
        found.append(f"sdep:{a.deps[source]}")
        verb = next((each for each in up[1:] if a.pos[each] in ("VERB", "AUX")), None)
        if verb is not None:
            found += _verb(a, verb)
        if (ways := meet(up, down)) is not None:
            met, rise, fall = ways
            if len(rise) + 1 + len(fall) < MAX_PATH:
                steps = "/".join(a.deps[each] for each in rise)
                found.append(f"path:{steps}^" + "\\".join(a.deps[each] for each in reversed(fall)))
            else:
                found.append("path:long")
            found += [f"on:{a.lemmas[each].lower()}" for each in dict.fromkeys((*(*rise, met)[1:], *fall[1:]))]
    if target is not None:
        found.append(f"tdep:{a.deps[target]}")
        found += [f"tv:{a.lemmas[each].lower()}" for each in down[1:4]]
    found += [f"tw:{a.lemmas[each].lower()}" for each in sorted(targets) if a.tags[each] not in _PLAIN]
    found += [f"sw:{a.lemmas[each].lower()}" for each in sorted(sources) if a.tags[each] not in _PLAIN]
    return found


_NEAR = ("aux", "neg", "prt", "auxpass")
_BELOW = ("dobj", "xcomp", "ccomp", "attr", "acomp", "nsubjpass", "advcl", "conj")
_DEEP = ("dobj", "xcomp", "prep", "aux", "neg", "amod", "compound")


def _verb(a: Analysis, verb: int) -> list[str]:
    """The verb the source stands with, and what stands around it."""
    lemma = a.lemmas[verb].lower()
    found = [f"sv:{lemma}"]
    for kid in a.children[verb]:
        dep = a.deps[kid]
        if dep in _NEAR:
            found.append(f"sv.{dep}:{a.lowers[kid]}")
        elif dep in _BELOW:
            word = a.lemmas[kid].lower()
            found += [f"sv.{dep}:{word}", f"sv:{lemma}.{dep}:{word}"]
            found += [f"sv..{a.deps[k]}:{a.lemmas[k].lower()}" for k in a.children[kid] if a.deps[k] in _DEEP]
        elif dep == "prep":
            found.append(f"sv.prep:{a.lowers[kid]}")
    return found
