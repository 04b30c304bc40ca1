"""Which words of an article tell an event, and of which type: a model where the lexicon has no pattern.

The lexicon knows some thousand words in some hundred patterns. The model, trained on openings of articles whose every
event a reader marked, sees the word, its meaning as a vector, the parser's view of it in its sentence, what stands
around it, who acts there, what the article is about, and what the lexicon says of it; so "lambast" is near
"criticise", and "struck" in a sports report is not an attack. Most words are never asked about: a list kept with the
model says which can tell an event at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dateline.coding.coder import Draft
from dateline.coding.event_features import word
from dateline.coding.event_frames import Frame, Frames
from dateline.knowledge.event_lexicon import Lexicon
from dateline.models.net import Net
from dateline.models.words import Words
from dateline.reading.analysis import Analysis

TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
"""PLOVER's types in the order of the model's classes, of which the first is "no event"."""

_CONTENT = frozenset(("NOUN", "VERB", "ADJ"))
_ACTED = frozenset(("nsubj", "dobj", "nsubjpass", "poss", "amod", "compound", "dative"))

Floats = NDArray[np.float32]


WIDTH = 96
"""Numbers in the parser's view of a word."""


@cache
def meanings() -> Words:
    """Vectors of what words mean."""
    return Words.load("incidents/words")


def eligible(analysis: Analysis, words: frozenset[str]) -> list[int]:
    """Tokens that may tell an event: verbs, nouns and participles that the list knows."""
    return [
        token
        for token, (pos, lemma) in enumerate(zip(analysis.pos, analysis.lemmas, strict=True))
        if lemma in words
        and (pos in ("VERB", "NOUN") or (pos == "ADJ" and analysis.lowers[token].endswith(("ed", "ing"))))
    ]


def shares(model: Net, draft: Draft, look: Frames, frames: Sequence[Frame], tokens: Sequence[int]) -> Floats:
    """Probability of "no event" and of each of :data:`TYPES`, a row for each token."""
    if not tokens:
        return np.zeros((0, len(TYPES) + 1), dtype=np.float32)
    return model.probabilities(*seen(draft, look, frames, tokens))


def seen(draft: Draft, look: Frames, frames: Sequence[Frame], tokens: Sequence[int]) -> tuple[list[list[str]], Floats]:
    """What the model sees of tokens: features and vectors, a row for each.

    Args:
        draft: The article with its actors.
        look: What the tree says, with the lexicon.
        frames: All frames of the article.
        tokens: Some of its tokens.
    """
    sight = _Sight(draft, look, frames)
    return [sight.features(token) for token in tokens], vectors(draft.analysis, tokens)


def vectors(a: Analysis, tokens: Sequence[int]) -> Floats:
    """Meaning of the word, the parser's view of it, mean meaning of its sentence and of the article."""
    known = meanings()
    content = [token for token, pos in enumerate(a.pos) if pos in _CONTENT]
    meaning = known.rows([a.lemmas[token] for token in content])
    width = known.width
    sentences: Floats = np.zeros((len(a.sentences), width), dtype=np.float32)
    counts: Floats = np.zeros((len(a.sentences), 1), dtype=np.float32)
    which = [a.sentence_of[token] for token in content]
    np.add.at(sentences, which, meaning)
    np.add.at(counts, which, 1.0)
    article = sentences.sum(axis=0) / max(1, len(content))
    sentences /= np.maximum(counts, 1.0)
    parsed = a.vectors[list(tokens)] if a.vectors is not None else np.zeros((len(tokens), WIDTH), dtype=np.float32)
    return np.concatenate(
        (
            known.rows([a.lemmas[token] for token in tokens]),
            parsed,
            sentences[[a.sentence_of[token] for token in tokens]],
            np.broadcast_to(article, (len(tokens), width)),
        ),
        axis=1,
    ).astype(np.float32)


class _Sight:
    """Features of tokens of one article."""

    def __init__(self, draft: Draft, look: Frames, frames: Sequence[Frame]) -> None:
        self.draft = draft
        self.analysis = draft.analysis
        self.look = look
        self.frames = {frame.trigger: frame for frame in frames}
        told = Counter(frame.relation for frame in frames)
        self.article = [f"article:{kind}.{min(3, count)}" for kind, count in told.items()]
        self.near: dict[int, dict[str, None]] = {}
        for frame in frames:
            self.near.setdefault(self.analysis.sentence_of[frame.trigger], {})[frame.relation] = None
        self.acting: dict[int, int] = {}

    def _who(self, token: int, name: str) -> list[str]:
        actor = self.draft.actor_of(token)
        if actor is None:
            return [f"{name}.none:{self.analysis.pos[token]}"]
        return [f"{name}.kind:{actor.kind}", f"{name}.sector:{actor.sector}", f"{name}.country:{bool(actor.country)}"]

    def features(self, token: int) -> list[str]:
        """Feature strings of a token, each once."""
        a = self.analysis
        lemma, pos, dep, head = a.lemmas[token], a.pos[token], a.deps[token], a.head[token]
        above = a.lemmas[head] if head != token else "ROOT"
        found = [
            f"word:{lemma}", f"word:{lemma}.{pos}", f"tag:{a.tags[token]}", f"dep:{dep}", f"pos:{pos}.{dep}",
            f"head:{above}", f"head:{above}.{dep}", f"headpos:{a.pos[head]}.{dep}",
        ]  # fmt: skip
        found += _listed(self.look.lexicon, lemma)
        frame = self.frames.get(token)
        if frame is not None:
            found += [
                "frame",
                f"frame:{frame.relation}",
                f"frame:{frame.relation}.{frame.sense.operator}",
                f"frame:{frame.relation}.{min(2, len(frame.sense.tests))}",
            ]
        if token in self.look.used:
            found.append("used")
        if head != token and (over := self.frames.get(head)) is not None:
            found.append(f"headframe:{over.relation}.{dep}")
        if dep == "pobj":
            top = a.head[head]
            found += [f"over:{a.lemmas[top]}", f"over:{a.lemmas[top]}.{a.lowers[head]}"]
            if (over := self.frames.get(top)) is not None:
                found.append(f"overframe:{over.relation}")
        for kid in a.children[token]:
            label = a.deps[kid]
            found.append(f"kid:{label}")
            if not a.tags[kid].startswith("NNP"):
                found.append(f"kid:{label}:{a.lemmas[kid]}")
            if label in ("prep", "agent"):
                for noun in a.children[kid]:
                    if a.deps[noun] == "pobj":
                        found += [*self._who(noun, f"to.{a.lowers[kid]}"), f"to:{word(a, noun)}"]
            elif label in _ACTED:
                found += self._who(kid, label)
            if (under := self.frames.get(kid)) is not None:
                found.append(f"kidframe:{label}.{under.relation}")
        sentence = a.sentence_of[token]
        start, end = a.sentences[sentence]
        found += [f"near{step}:{word(a, token + step)}" for step in (-2, -1, 1, 2) if start <= token + step < end]
        if pos == "VERB":
            subject = self.look.subject(token)
            if subject is not None:
                found += [*self._who(subject, "subject"), f"subject:{word(a, subject)}"]
            if objects := self.look.objects(token):
                found += [*self._who(objects[0], "object"), f"object:{word(a, objects[0])}"]
        if sentence not in self.acting:
            self.acting[sentence] = sum(self.draft.actor_of(each) is not None for each in range(start, end))
        found += [f"actors:{min(3, self.acting[sentence])}", f"sentence:{min(3, sentence)}"]
        found += [f"beside:{kind}" for kind in self.near.get(sentence, ()) if frame is None or kind != frame.relation]
        return list(dict.fromkeys((*found, *self.article)))


def _listed(lexicon: Lexicon, lemma: str) -> list[str]:
    """What the lexicon has of a word, whether or not its conditions hold."""
    found = [
        f"{name}:{sense.relation or sense.operator}"
        for name, table in (("verb", lexicon.verbs), ("noun", lexicon.nouns))
        for sense in table.get(lemma, ())
    ]
    return list(dict.fromkeys(found)) or ["unlisted"]
