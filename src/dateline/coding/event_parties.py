"""Who of a sentence does a deed and to whom: every party named there is weighed, and that nobody is.

The slots of the lexicon and the generic places of syntax (subject, object, possessor, "by") are what a small model
sees of each party, with the way through the tree, what kind of actor it is, and who speaks. It is trained on openings
of articles whose every event a reader marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dateline.coding.coder import Draft
from dateline.coding.event_features import CLAUSES, MAX_WAY, chain, how_named, meet, word
from dateline.coding.event_frames import Frame, Frames
from dateline.coding.event_triggers import WIDTH, meanings
from dateline.models.net import Net, softmax
from dateline.reading.analysis import Analysis
from dateline.records import Actor, Span

MAX_NAMED = 24
"""Most mentions of a sentence that are weighed: those nearest to the trigger."""

_BESIDE = frozenset(("compound", "amod", "nmod", "poss"))

Floats = NDArray[np.float32]


class Named(NamedTuple):
    """A mention of an actor in a sentence."""

    token: int
    actor: Actor
    span: Span


def mentions(draft: Draft) -> dict[int, list[Named]]:
    """Mentions of actors by sentence, in text order."""
    a = draft.analysis
    found: dict[int, list[Named]] = {}
    for actor in draft.actors:
        for span in actor.mentions:
            tokens = a.tokens_in(span)
            if tokens:
                found.setdefault(a.sentence_of[tokens[0]], []).append(Named(a.head_of(tokens), actor, span))
    for several in found.values():
        several.sort(key=lambda each: (each.token, each.span.end - each.span.start, each.actor.id))
    return found


def shares(model: Net, rows: Sequence[Sequence[str]], vectors: Floats) -> Floats:
    """Probability of each row of :meth:`Parties.seen` to be source and target, among all rows."""
    return softmax(model.scores(rows, vectors).T).T


def vectors(a: Analysis, token: int, named: Sequence[Named]) -> Floats:
    """Numbers for the rows of :meth:`Parties.seen`: the parser's view of mention and trigger, the trigger's meaning."""
    views = a.vectors if a.vectors is not None else np.zeros((len(a), WIDTH), dtype=np.float32)
    meaning = meanings().rows([a.lemmas[token]])[0]
    rows: Floats = np.zeros((len(named) + 1, 2 * WIDTH + len(meaning)), dtype=np.float32)
    rows[:-1, :WIDTH] = views[[each.token for each in named]]
    rows[:, WIDTH : 2 * WIDTH] = views[token]
    rows[:, 2 * WIDTH :] = meaning
    return rows


class Parties:
    """The parties that deeds of one article may have, and what the model sees of them.

    Args:
        draft: The article with its actors and statements.
        look: What the tree says, with the lexicon.
        frames: All frames of the article.
    """

    def __init__(self, draft: Draft, look: Frames, frames: Sequence[Frame]) -> None:
        self.draft = draft
        self._look = look
        self._frames = {frame.trigger: frame for frame in frames}
        self._mentions = mentions(draft)
        self._sentences: dict[int, list[Frame]] = {}
        self._roles: dict[str, list[tuple[str, Frame]]] = {}
        for frame in frames:
            self._sentences.setdefault(draft.analysis.sentence_of[frame.trigger], []).append(frame)
            for side, heads in _sides(frame):
                actor = draft.actor_of(heads[0]) if heads else None
                if actor is not None:
                    self._roles.setdefault(actor.id, []).append((side, frame))

    def nearest(self, token: int) -> list[Named]:
        """The mentions of a trigger's sentence that are weighed."""
        named = self._mentions.get(self.draft.analysis.sentence_of[token], ())
        return sorted(named, key=lambda each: abs(each.token - token))[:MAX_NAMED]

    def seen(self, token: int, kind: str, named: Sequence[Named]) -> list[list[str]]:
        """What the model sees of the parties of a deed: features of each mention, and last those of "nobody".

        Args:
            token: The trigger.
            kind: The type of the event.
            named: Mentions of actors in its sentence.
        """
        draft, look, frame = self.draft, self._look, self._frames.get(token)
        a = draft.analysis
        verb = a.pos[token] in ("VERB", "AUX")
        form = ("V" if verb else "N") + ("p" if verb and look.passive(token) else "")
        subject = look.subject(token) if verb else None
        objects = look.objects(token) if verb else []
        said = draft.statement_at(a.span(token, token + 1))
        speaker = None if said is None else said.speaker
        below = chain(a, token)
        order = {side: sorted({each.token for each in named if (each.token < token) is side}) for side in (True, False)}
        order[True].reverse()
        rows: list[list[str]] = []
        for one in named:
            found = _way(a, token, one.token, below, form, kind)
            if verb:
                found += [f"is.{each}" for each in ("subject", f"subject.{kind}") if one.token == subject]
                found += [f"is.{each}" for each in ("object", f"object.{kind}") if one.token in objects]
            found += _slots(a, frame, one.token)
            found += _who(a, one, kind)
            found += self._elsewhere(token, kind, one)
            left = one.token < token
            away = sum(abs(one.token - token) >= each for each in (2, 4, 8, 15))
            rank = order[left].index(one.token)
            found += [f"type:{kind}.{form}", f"several:{min(4, len(named))}", f"left:{left}.{form}"]
            found += [f"away:{away}.{left}", f"rank:{left}.{min(3, rank)}"]
            if one.actor.id == speaker:
                found += ["speaker", f"speaker.{kind}"]
            rows.append(list(dict.fromkeys(found)))
        nobody = [
            "nobody", f"nobody.{form}", f"nobody.{kind}", f"nobody.{kind}.{form}", f"nobody:{a.lemmas[token]}",
            f"nobody.several:{min(4, len(named))}", f"nobody.dep:{a.deps[token]}",
            f"nobody.speaker:{speaker is not None}",
            f"nobody.subject:{form}.{_there(draft, subject)}",
            f"nobody.object:{form}.{_there(draft, objects[0] if objects else None)}",
        ]  # fmt: skip
        nobody += [f"nobody.kid:{a.deps[kid]}.{form}" for kid in a.children[token]]
        if frame is not None:
            nobody.append(f"nobody.frame:{bool(frame.sources)}.{bool(frame.targets)}")
        rows.append(list(dict.fromkeys(nobody)))
        return rows

    def _elsewhere(self, token: int, kind: str, one: Named) -> list[str]:
        """What a party does or suffers besides: a deed of this type in the article, another one in the sentence."""
        found = [
            f"role:{side}"
            for side, frame in self._roles.get(one.actor.id, ())
            if frame.relation == kind and frame.trigger != token
        ]
        for frame in self._sentences.get(self.draft.analysis.sentence_of[token], ()):
            if frame.trigger == token:
                continue
            for side, heads in _sides(frame):
                if one.token in heads:
                    between = min(token, one.token) < frame.trigger < max(token, one.token)
                    other = f"other:{side}.{frame.relation}"
                    found += [other, f"{other}.{kind}", f"other:{side}.between.{between}"]
        return found


def _sides(frame: Frame) -> tuple[tuple[str, Sequence[int]], tuple[str, Sequence[int]]]:
    return ("source", frame.sources), ("target", frame.targets)


def _there(draft: Draft, token: int | None) -> str:
    if token is None:
        return "none"
    return "actor" if draft.actor_of(token) is not None else draft.analysis.pos[token]


def _label(a: Analysis, token: int) -> str:
    return a.lowers[token] if a.deps[token] in ("prep", "agent") else a.deps[token]


def _way(a: Analysis, token: int, party: int, below: Sequence[int], form: str, kind: str) -> list[str]:
    """The way through the tree from a party up and down to the trigger."""
    ways = meet(chain(a, party), below)
    if ways is None:
        return ["way:none"]
    met, rise, fall = ways
    words = [_label(a, each) for each in rise]
    downs = [a.deps[each] for each in fall]
    found = [
        f"steps:{min(4, len(rise))}.{min(4, len(fall))}",
        f"meet:{a.lemmas[met]}",
        f"ends:{a.deps[rise[-1]] if rise else 'self'}.{downs[-1] if fall else 'self'}",
        f"first:{words[0] if words else 'self'}",
        f"clauses:{min(3, sum(a.deps[each] in CLAUSES for each in (*rise, *fall)))}",
    ]
    if len(rise) + len(fall) <= MAX_WAY:
        way = f"{'/'.join(words)}^{'/'.join(downs)}"
        plain = f"{'/'.join(a.deps[each] for each in rise)}^{'/'.join(downs)}"
        found += [f"way:{way}", f"way:{form}.{way}", f"plain:{form}.{plain}", f"way:{kind}.{form}.{way}"]
        found.append(f"way:{a.lemmas[token]}.{way}")
    else:
        found.append("way:long")
    found.append(f"fall:{'/'.join(downs)}" if len(fall) < 4 else "fall:long")
    found.append(f"rise:{'/'.join(words)}.{form}" if len(rise) < 4 else "rise:long")
    return found


def _slots(a: Analysis, frame: Frame | None, party: int) -> list[str]:
    """Where the lexicon's frame has a party."""
    if frame is None:
        return ["slot:none"]
    found = [f"slots:{bool(frame.sources)}.{bool(frame.targets)}"]
    for name, heads in _sides(frame):
        for number, head in enumerate(heads):
            if head == party or party in a.conjuncts(head):
                found.append(f"slot:{name}.{min(number, 2)}")
                break
            if a.left[head] <= party <= a.right[head]:
                found.append(f"inslot:{name}.{min(number, 2)}")
                break
    return found


def _who(a: Analysis, one: Named, kind: str) -> list[str]:
    how, actor = how_named(a.tags[one.token]), one.actor
    found = [
        f"kind:{actor.kind}", f"kind:{actor.kind}.{kind}", f"sector:{actor.sector}", f"sector:{actor.sector}.{kind}",
        f"how:{how}", f"how:{how}.{actor.kind}", f"country:{actor.country is not None}.{actor.kind}",
    ]  # fmt: skip
    if how != "name":
        found.append(f"noun:{a.lemmas[one.token]}")
    above = a.head[one.token]
    found.append(f"above:{word(a, above)}.{a.deps[one.token]}")
    if a.deps[one.token] == "pobj":
        found.append(f"over:{word(a, a.head[above])}.{a.lowers[above]}")
    if a.deps[one.token] in _BESIDE:
        found.append(f"beside:{a.deps[one.token]}.{a.lemmas[a.head[one.token]]}")
    return found
