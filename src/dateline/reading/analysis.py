"""The type of a parsed article: what every coder reads.

Tokens are numbered through the article and kept as parallel lists, not as
objects: a coder touches a few hundred of them and pays only for those. No
parser type leaks out, so that another parser can stand in.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.records import ActorKind, Article, Block, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Name:
    """A named span: tokens ``[start, end)`` and what kind of thing it names."""

    start: int
    end: int
    label: str
    """PERSON, ORG, GPE, LOC, NORP, FAC, EVENT, LAW, PRODUCT or WORK_OF_ART (OntoNotes 5)."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One noun phrase of a coreference chain: tokens ``[start, end)`` around ``head``."""

    start: int
    end: int
    head: int


@dataclass(frozen=True, slots=True)
class Referent:
    """Who or what a chain speaks of, where it is someone who can act or speak."""

    kind: ActorKind
    name: str
    """Fullest name: of the knowledge tables, else of the text."""
    country: str | None = None
    """ISO 3166-1 alpha-3, or a PLOVER code without a state."""
    sector: str | None = None
    role: str | None = None
    entity: str | None = None
    gender: str = ""
    """``m``, ``f`` or empty."""
    confidence: float = 0.8
    """Probability that all of this is right."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Mentions that refer to one thing, in text order."""

    mentions: tuple[Mention, ...]
    main: Mention
    """The mention that names it best."""
    label: str
    """Name label as in :class:`Name`; GROUP or THING for what has no name."""
    referent: Referent | None = None
    """None for what cannot act."""


@dataclass(slots=True)
class Analysis:
    """Sentences, tokens, tree, names and chains of one article.

    All token lists have one entry a token. ``head[i] == i`` marks a root. No
    token is white space, and neither a sentence nor a subtree crosses a block.
    """

    article: Article
    words: list[str] = field(default_factory=list[str])
    lowers: list[str] = field(default_factory=list[str])
    lemmas: list[str] = field(default_factory=list[str])
    """Lower case, but for proper nouns."""
    tags: list[str] = field(default_factory=list[str])
    """Penn Treebank tags."""
    pos: list[str] = field(default_factory=list[str])
    """Universal POS tags."""
    deps: list[str] = field(default_factory=list[str])
    """ClearNLP labels: nsubj, dobj, nsubjpass, agent, ccomp, pobj ..."""
    head: list[int] = field(default_factory=list[int])
    starts: list[int] = field(default_factory=list[int])
    """Code point where the token starts, in ``article.text``."""
    ends: list[int] = field(default_factory=list[int])
    children: list[list[int]] = field(default_factory=list[list[int]])
    """Dependents of each token, in text order."""
    left: list[int] = field(default_factory=list[int])
    """First token of the token's subtree."""
    right: list[int] = field(default_factory=list[int])
    """Last token of the token's subtree, inclusive."""
    sentence_of: list[int] = field(default_factory=list[int])
    sentences: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    """Tokens ``[start, end)`` of each sentence."""
    block_of: list[int] = field(default_factory=list[int])
    """Index into ``article.blocks`` of each sentence (not token)."""
    vectors: NDArray[np.float32] | None = None
    """The parser's own vector of each token in its context, one row a token; none where the parser has none."""
    names: tuple[Name, ...] = ()
    chains: tuple[Chain, ...] = ()
    chain_of: dict[int, int] = field(default_factory=dict[int, int])
    """Index into ``chains`` by the head token of a mention."""

    def __len__(self) -> int:
        return len(self.words)

    @property
    def text(self) -> str:
        """The article's text."""
        return self.article.text

    def span(self, start: int, end: int) -> Span:
        """Characters of the tokens ``[start, end)``."""
        return Span(self.starts[start], self.ends[end - 1])

    def quote(self, start: int, end: int) -> str:
        """Words of the tokens ``[start, end)``, as they stand in the text."""
        return self.article.text[self.starts[start] : self.ends[end - 1]]

    def subtree(self, token: int) -> range:
        """Tokens between the edges of the token's subtree (a projective tree has no others)."""
        return range(self.left[token], self.right[token] + 1)

    def ancestors(self, token: int) -> Iterator[int]:
        """Heads of the token, nearest first, without the token itself."""
        while self.head[token] != token:
            token = self.head[token]
            yield token

    def child(self, token: int, *deps: str) -> int | None:
        """First dependent of the token with one of these labels."""
        for kid in self.children[token]:
            if self.deps[kid] in deps:
                return kid
        return None

    def conjuncts(self, token: int) -> list[int]:
        """The token and everything conjoined to it below it, in text order."""
        found = [token]
        for each in found:
            found.extend(kid for kid in self.children[each] if self.deps[kid] == "conj")
        return sorted(found)

    def token_at(self, offset: int) -> int | None:
        """The token that covers a code point, or the next one after it; none past the last."""
        at = bisect_right(self.starts, offset) - 1
        if at >= 0 and offset < self.ends[at]:
            return at
        return at + 1 if at + 1 < len(self.starts) else None

    def tokens_in(self, span: Span) -> range:
        """Tokens that share a code point with the span."""
        first = bisect_right(self.ends, span.start)
        last = first
        while last < len(self.starts) and self.starts[last] < span.end:
            last += 1
        return range(first, last)

    def head_of(self, tokens: range) -> int:
        """The token of a span whose own head lies outside it (the last such, for a broken span)."""
        for token in reversed(tokens):
            if self.head[token] == token or self.head[token] not in tokens:
                return token
        return tokens[-1]

    def block(self, sentence: int) -> Block:
        """The block a sentence stands in."""
        return self.article.blocks[self.block_of[sentence]]
