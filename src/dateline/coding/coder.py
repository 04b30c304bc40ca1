"""What a coder is, and the draft in which coders meet.

Coders never import each other. A coder declares which findings it needs and
which it gives; the pipeline orders them and refuses needs that nothing meets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

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
    _by_token: dict[int, Actor] | None = field(default=None, repr=False)

    @property
    def article(self) -> Article:
        """The article."""
        return self.analysis.article

    def actor_of(self, token: int) -> Actor | None:
        """The actor whose mention covers a token; the shortest mention where several do."""
        if self._by_token is None:
            spans = sorted(
                ((span, actor) for actor in self.actors for span in actor.mentions),
                key=lambda pair: pair[0].start - pair[0].end,  # longest first, so that shorter ones overwrite
            )
            self._by_token = {index: actor for span, actor in spans for index in self.analysis.tokens_in(span)}
        return self._by_token.get(token)

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
            head = self.actor_of(each)
            if head is None:
                continue
            if head.kind != "state":
                for kid in a.children[each]:
                    if kid < each and a.deps[kid] in ("amod", "compound", "nmod"):
                        for inner in (kid, *a.children[kid]):
                            actor = self.actor_of(inner)
                            if actor is not None and actor.kind == head.kind and actor.sector == head.sector:
                                found.setdefault(actor.id, (actor, inner))
            found.setdefault(head.id, (head, each))
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

    def time_near(self, token: int) -> TimeSpan | None:
        """The time expression that dates a verb or noun: in its own clause, the nearest one."""
        analysis = self.analysis
        start, end = analysis.sentences[analysis.sentence_of[token]]
        inside = analysis.span(start, end)
        below = analysis.subtree(token)
        best: TimeSpan | None = None
        rank: tuple[bool, int] | None = None
        for time in self.times:
            if not inside.holds(time.mention):
                continue
            at = analysis.tokens_in(time.mention)
            if not at:
                continue
            here = (at[0] not in below, abs(at[0] - token))
            if rank is None or here < rank:
                best, rank = time, here
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
