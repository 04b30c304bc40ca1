"""What changed between two texts, sentence by sentence."""

from __future__ import annotations

import difflib
import re
from typing import Literal

from msgspec import Struct

from dateline.records import Span

_WORD = re.compile(r"[^\W_]+")
# Ends after a mark and the quotes that close on it, before a space; or at a line's end.
_END = re.compile(r"[.!?]+[\"'”’)\]]*(?=\s)|\n")


class Difference(Struct, frozen=True, kw_only=True):
    """One change between two texts, in whole sentences."""

    kind: Literal["added", "removed", "changed"]
    before: Span | None
    """Where it stands in the earlier text."""
    after: Span | None
    """Where it stands in the later one."""


def differences(before: str, after: str) -> list[Difference]:
    """What was added, removed and changed, in the order of the later text.

    Sentences are compared by their words: another comma or capital is no change.
    """
    old, new = _sentences(before), _sentences(after)
    matcher = difflib.SequenceMatcher(None, _words(before, old), _words(after, new), autojunk=False)
    return [
        Difference(
            kind="added" if tag == "insert" else "removed" if tag == "delete" else "changed",
            before=Span(old[i].start, old[j - 1].end) if j > i else None,
            after=Span(new[k].start, new[m - 1].end) if m > k else None,
        )
        for tag, i, j, k, m in matcher.get_opcodes()
        if tag != "equal"
    ]


def _words(text: str, spans: list[Span]) -> list[str]:
    return [" ".join(_WORD.findall(text[span.start : span.end].lower())) for span in spans]


def _sentences(text: str) -> list[Span]:
    """Sentences by their marks alone, which is enough to lay two texts side by side; those without words left out."""
    ends = [match.end() for match in _END.finditer(text)]
    result: list[Span] = []
    start = 0
    for end in (*ends, len(text)):
        piece = text[start:end]
        if _WORD.search(piece):
            lead = len(piece) - len(piece.lstrip())
            result.append(Span(start + lead, start + len(piece.rstrip())))
        start = end
    return result
