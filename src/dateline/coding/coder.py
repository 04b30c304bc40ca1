"""What a coder is, and the draft in which coders meet.

Coders never import each other. A coder declares which findings it needs and
which it gives; the pipeline orders them and refuses needs that nothing meets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from dateline.reading.analysis import Analysis
from dateline.records import (
    Actor,
    Article,
    Event,
    Figure,
    Finding,
    Place,
    Record,
    Span,
    Statement,
    TimeSpan,
)

KINDS: dict[type[Finding], str] = {
    Actor: "actors",
    Place: "places",
    TimeSpan: "times",
    Statement: "statements",
    Event: "events",
    Figure: "figures",
}
"""Field of a draft and of a record that holds each kind of finding."""


_Mentioned = TypeVar("_Mentioned", TimeSpan, Place)
_WHERE = frozenset(
    "in at near on off across along inside into outside around over within through throughout toward towards".split()
)
_OWN_CLAUSE = frozenset(("ROOT", "ccomp", "relcl", "parataxis", "csubj"))
"""A clause of these takes neither time nor place from the one above it."""
_ELSEWHERE = frozenset("about after amid before despite for over since".split())
"""What stands after one of these is another matter: "put the army on alert after clashes in Kosovo"."""
_PART_OF = frozenset(("compound", "amod", "nmod", "poss", "nummod", "nn"))


@dataclass(slots=True)
class Draft:
    """An analysed article and what the coders so far have found in it."""

    analysis: Analysis
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[TimeSpan, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()
    _by_token: dict[int, tuple[Actor, ...]] | None = field(default=None, repr=False)

    @property
    def article(self) -> Article:
        """The article."""
        return self.analysis.article

    def actor_of(self, token: int) -> Actor | None:
        """The actor whose mention covers a token; the shortest mention where several do, the first who share it."""
        found = self._actors_at(token)
        return found[0] if found else None

    def _actors_at(self, token: int) -> tuple[Actor, ...]:
        """The actors whose shortest mention covers a token: several where they share it, as "the two leaders" do."""
        if self._by_token is None:
            shared: dict[Span, tuple[Actor, ...]] = {}
            for actor in self.actors:
                for span in actor.mentions:
                    shared[span] = (*shared.get(span, ()), actor)
            self._by_token = {
                index: several
                # longest first, so that shorter ones overwrite
                for span, several in sorted(shared.items(), key=lambda pair: pair[0].start - pair[0].end)
                for index in self.analysis.tokens_in(span)
            }
        return self._by_token.get(token, ())

    def actors_in(self, token: int) -> tuple[Actor, ...]:
        """The actors a noun phrase names: its head's and those conjoined to it, each once.

        Several adjectives before a noun may name one actor each ("his South Korean and Japanese counterparts").
        """
        return tuple(actor for actor, _ in self.named_in(token))

    def named_in(self, token: int) -> list[tuple[Actor, int]]:
        """The actors of :meth:`actors_in`, each with the token that names it."""
        found: dict[str, tuple[Actor, int]] = {}
        a = self.analysis
        for each in a.conjuncts(token):
            several = self._actors_at(each)
            if not several:
                continue
            head = several[0]
            if head.kind != "state":
                for kid in a.children[each]:
                    if kid < each and a.deps[kid] in ("amod", "compound", "nmod"):
                        for inner in (kid, *a.children[kid]):
                            actor = self.actor_of(inner)
                            if actor is not None and actor.kind == head.kind and actor.sector == head.sector:
                                found.setdefault(actor.id, (actor, inner))
            for actor in several:
                found.setdefault(actor.id, (actor, each))
        return list(found.values())

    def statement_at(self, span: Span) -> Statement | None:
        """The innermost statement whose content holds a span."""
        best: Statement | None = None
        size = 0
        for statement in self.statements:
            for piece in statement.content:
                if piece.holds(span) and (best is None or piece.end - piece.start < size):
                    best, size = statement, piece.end - piece.start
        return best

    def time_near(self, token: int, carrier: int | None = None, *, physical: bool = True) -> TimeSpan | None:
        """The time expression that dates a deed: the nearest of those that hang closest to it in the tree.

        "The 2021 deal" does not date what is demanded of it, nor a relative clause's time the main clause's verb.

        Args:
            token: The verb or noun that names the deed.
            carrier: The verb that carries the noun, as "launched" does "an attack".
            physical: Whether the deed is done to what its objects are, rather than about them: one that condemns an
                attack is not dated by when the attack was.
        """
        found = [
            time
            for time in self._within(token, self.times)
            if time.type not in ("DURATION", "SET") or time.earliest or time.latest
        ]
        return self._nearest(found, token, carrier, physical, None)

    def place_near(
        self, token: int, carrier: int | None = None, *, physical: bool = True, travel: bool = False
    ) -> Place | None:
        """The place after a preposition of place that hangs closest to a deed, or in the name of what it is done to.

        Demonyms place nothing. The arguments are those of :meth:`time_near`; where the deed is a journey, it is where
        it leads to.
        """
        found = [place for place in self._within(token, self.places) if place.kind != "demonym"]
        return self._nearest(found, token, carrier, physical, _WHERE | {"to"} if travel else _WHERE)

    def _within(self, token: int, found: Sequence[_Mentioned]) -> list[_Mentioned]:
        """Findings whose mention stands in a token's sentence."""
        if not found:
            return []
        inside = self.analysis.span(*self.analysis.sentences[self.analysis.sentence_of[token]])
        return [each for each in found if inside.holds(each.mention)]

    def _nearest(
        self,
        found: Sequence[_Mentioned],
        token: int,
        carrier: int | None,
        physical: bool,
        where: frozenset[str] | None,
    ) -> _Mentioned | None:
        if not found:
            return None
        a = self.analysis
        steps = _steps(a, token, carrier)
        best: _Mentioned | None = None
        rank: tuple[int, int] | None = None
        for each in found:
            tokens = a.tokens_in(each.mention)
            if not tokens:
                continue
            head, named = _hangs_on(a, a.head_of(tokens), where)
            if named and head not in tokens and (whose := self.actor_of(head)) is not None and whose.kind == "person":
                continue  # "the president of Brazil"
            step = _step(a, head, named, steps, token, physical=physical, times=where is None)
            if step is not None and (rank is None or (step, abs(tokens[0] - token)) < rank):
                best, rank = each, (step, abs(tokens[0] - token))
        return best

    def record(self, codebook: str) -> Record:
        """The finished record."""
        sentences = tuple(self.analysis.span(start, end) for start, end in self.analysis.sentences)
        return Record(
            article=self.article,
            codebook=codebook,
            sentences=sentences,
            actors=self.actors,
            places=self.places,
            times=self.times,
            statements=self.statements,
            events=self.events,
            figures=self.figures,
        )


def _steps(a: Analysis, token: int, carrier: int | None) -> dict[int, int]:
    """Words whose time and place are a deed's too, each with how far it is: itself, its verb, the verbs before it."""
    steps = {token: 0}
    if carrier is not None:
        steps[carrier] = 0
    at = token if carrier is None else carrier
    for _ in range(8):
        dep, above = a.deps[at], a.head[at]
        if above == at or dep in _OWN_CLAUSE:
            break
        if dep in ("advcl", "acl") and any(a.deps[kid] in ("mark", "nsubj", "nsubjpass") for kid in a.children[at]):
            break  # "after he had warned them"
        at = above
        steps.setdefault(at, len(steps))
    return steps


def _hangs_on(a: Analysis, token: int, where: frozenset[str] | None) -> tuple[int, bool]:
    """The word that a time or place says when or where of, and whether it is part of that word's noun phrase.

    Args:
        a: The article.
        token: Head of the expression.
        where: Prepositions that place; any will do for a time.
    """
    for _ in range(8):
        dep, above = a.deps[token], a.head[token]
        if above == token:
            break
        if dep == "pobj":
            if a.lowers[above] == "of":
                return a.head[above], True
            if where is not None and a.lowers[above] not in where:
                return above, True  # "to", "from": on the way
            token = above
            for _ in range(4):  # "from", "since", "until before": prepositions on prepositions
                if a.deps[token] not in ("prep", "pcomp") or a.pos[a.head[token]] != "ADP":
                    break
                token = a.head[token]
            return a.head[token], False
        if dep in ("npadvmod", "advmod", "prep", "tmod"):
            if a.deps[above] in ("npadvmod", "advmod", "prep") or a.pos[above] in ("ADP", "ADV", "SCONJ"):
                token = above  # "late on Sunday", "a day after"
                continue
            return above, where is not None
        if dep in ("conj", "appos", "dep"):
            token = above
            continue
        return (above, True) if dep in _PART_OF else (token, True)
    return token, True


def _step(
    a: Analysis, head: int, named: bool, steps: dict[int, int], token: int, *, physical: bool, times: bool
) -> int | None:
    """How far a deed is from the word that a time or place hangs on; none where it says nothing of the deed."""
    if head in steps and not (named and head != token):
        return 2 * steps[head]
    if a.pos[head] == "ADP":
        return None
    # nouns below the deed: "bombed a depot in the east", "struck the port of Odesa"
    at = head
    for _ in range(8):
        if a.pos[at] in ("VERB", "AUX"):
            return None  # of another deed
        above = a.head[at]
        if above == at or a.deps[at] == "csubj":
            return None
        if a.deps[at] in ("nsubj", "nsubjpass"):  # "police in Manila arrested": for want of another
            return 2 * len(steps) + 1 if above in steps and not named and (physical or times) else None
        if a.lowers[at] in _ELSEWHERE and a.lowers[head] != "time":  # "for the second time this week"
            return None
        if above == token or (above in steps and steps[above] <= steps[token] + 1):
            break
        at = above
    else:
        return None
    if named and times:
        return None  # "the 2021 deal"
    return 2 * steps.get(a.head[at], 0) + 1 if physical else None


class Coder(Protocol):
    """Fills one kind of finding and changes nothing else."""

    name: str
    """Name and version, as in :attr:`Provenance.coder`: ``figures/1``."""
    needs: frozenset[type[Finding]]
    gives: type[Finding]

    def code(self, drafts: Sequence[Draft]) -> list[tuple[Finding, ...]]:
        """Findings of each draft, in text order; the drafts stay as they are.

        The result for one draft never depends on the others of the batch.
        """
        ...
