"""Identifiers derived from content: the same input and version give the same id.

An id is a letter for the kind and 20 hexadecimal digits (80 bits) of a BLAKE2b
digest: with a billion findings the chance of any collision is under 1 in 2 million.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Literal

from dateline.records import Span

FindingKind = Literal["actor", "place", "time", "statement", "event", "figure"]
LinkKind = Literal["copy", "group", "story", "incident", "dispute"]

_LETTER: dict[str, str] = {
    "article": "n",
    "actor": "a",
    "place": "p",
    "time": "t",
    "statement": "s",
    "event": "e",
    "figure": "f",
}
KINDS: dict[str, str] = {letter: kind for kind, letter in _LETTER.items()}
"""Kind by the first letter of an id."""
_LINK_LETTER: dict[LinkKind, str] = {"copy": "c", "group": "g", "story": "y", "incident": "i", "dispute": "d"}


def _digest(letter: str, parts: Iterable[str]) -> str:
    # The unit separator keeps ("ab", "c") apart from ("a", "bc"); it cannot stand in normalised text.
    return letter + blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def article_id(*, source: str | None, url: str | None, text: str) -> str:
    """Identifier of an article: digest of publisher, url and text."""
    return _digest(_LETTER["article"], (source or "", url or "", text))


def finding_id(kind: FindingKind, article: str, evidence: Iterable[Span], coder: str, *apart: str) -> str:
    """Identifier of a finding.

    Args:
        kind: The finding's kind.
        article: Id of the article it was found in.
        evidence: The spans of its provenance.
        coder: The coder's name and version.
        apart: What sets it apart from another finding of the same coder on the same words
            (an event's relation, say); may be empty.
    """
    return _digest(_LETTER[kind], (article, *(f"{s.start}-{s.end}" for s in evidence), coder, *apart))


def link_id(kind: LinkKind, *parts: str) -> str:
    """Identifier of a link: digest of the ids of what it links, in the link's own order."""
    return _digest(_LINK_LETTER[kind], parts)


def judgement_id(finding: str, reviewer: str, made: str) -> str:
    """Identifier of a judgement: digest of the finding's id, the reviewer and the moment."""
    return _digest("j", (finding, reviewer, made))
