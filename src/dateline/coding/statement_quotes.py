"""Quotation marks to quoted spans, in whatever typography a page uses.

Curly, straight, doubled single (``''``) and single marks; a mark that was never
closed; an apostrophe that looks like a mark. Marks inside a quotation are left
to it, so that a pair belongs to one level only.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from dateline.reading.analysis import Analysis

_MARK = re.compile(r"[“”„«»\"‘’`']")
_OPENERS = " \t\n\r\xa0\u2009([{—–-/:,;…"


@dataclass(frozen=True, slots=True)
class Quote:
    """Tokens ``[start, end)`` between a pair of marks, the marks included."""

    start: int
    end: int
    closed: bool
    """False where the block ends before the mark is closed: the quotation may run on in the next block."""


@dataclass(slots=True)
class Quotes:
    """The quotations of an article."""

    all: list[Quote] = field(default_factory=list[Quote])
    """In text order, disjoint."""
    at: list[int] = field(default_factory=list[int])
    """For each token the index of the quotation that holds it, or -1."""


def quotations(analysis: Analysis) -> Quotes:
    """Outermost quotations of an article, block by block.

    A straight or doubled mark opens where it follows a space and closes where it
    precedes one. Single marks count only when they pair up within a block and are
    no apostrophes. A second opening mark before a closing one ends the first
    quotation: more often a lost closing mark than nesting with the same mark.

    Missed: a quotation whose opening mark is lost.
    """
    count = len(analysis)
    found = Quotes(at=[-1] * count)
    text = analysis.article.text
    starts = analysis.starts
    for block in analysis.article.blocks:
        begin, stop = block.span.start, block.span.end
        for start, end, closed in _pairs(text, begin, stop):
            first = bisect_left(starts, start)
            if first and analysis.ends[first - 1] > start:
                first -= 1
            last = bisect_right(starts, end - 1)
            if found.all and first < found.all[-1].end:
                first = found.all[-1].end
            if last - first < 2:
                continue
            index = len(found.all)
            found.all.append(Quote(first, last, closed))
            for token in range(first, last):
                found.at[token] = index
    return found


def _pairs(text: str, begin: int, stop: int) -> list[tuple[int, int, bool]]:
    """Code points ``[start, end)`` of the outermost pairs in a block, and whether each is closed."""
    pairs: list[tuple[int, int, bool]] = []
    opened: int | None = None
    single_until = -1
    marks = [match.start() for match in _MARK.finditer(text, begin, stop)]
    skip = -1
    for at in marks:
        if at <= skip or at < single_until:
            continue
        mark = text[at]
        width = 1
        if mark in "'`’‘" and at + 1 < stop and text[at + 1] == mark:
            width, skip, mark = 2, at + 1, '"'
        before = text[at - 1] if at > begin else " "
        after = text[at + width] if at + width < stop else " "
        if mark == "“" and opened is not None and text[opened] == "„":
            opens = False  # „so“
        elif mark in "“„«":
            opens = True
        elif mark in "”»":
            opens = False
        elif mark == '"':
            spaced_before, spaced_after = before in _OPENERS, after.isspace() or after in ".,;:!?)]}—–"
            opens = opened is None if spaced_before == spaced_after else spaced_before
        else:
            if opened is None:
                end = _single_close(text, at, stop, marks)
                if end is not None:
                    pairs.append((at, end, True))
                    single_until = end
            continue
        if opens:
            if opened is not None:
                if mark in "„«":
                    continue
                pairs.append((opened, at, True))
            opened = at
        elif opened is not None:
            pairs.append((opened, at + width, True))
            opened = None
    if opened is not None:
        pairs.append((opened, stop, False))
    return pairs


def _single_close(text: str, at: int, stop: int, marks: list[int]) -> int | None:
    """End of the single-mark quotation that opens at ``at``, or none where the mark is an apostrophe."""
    mark = text[at]
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < stop else " "
    if mark == "’" or (before not in _OPENERS and before not in '"“') or not (after.isalnum() or after in '[("“…'):
        return None
    close = "’" if mark == "‘" else "'"
    fallback: int | None = None
    for there in marks[bisect_right(marks, at) :]:
        if there - at > 1500:
            break
        if text[there] in '“”"' and fallback is not None:
            break
        if text[there] != close:
            continue
        following = text[there + 1] if there + 1 < stop else " "
        if following.isalnum() or there == at + 1:
            continue
        if text[there - 1] in ".,!?;…":
            return there + 1
        if fallback is None or text[fallback - 2] in "sS":
            # "the workers' rights": an apostrophe after an s is the second choice
            fallback = there + 1
            if text[there - 1] not in "sS":
                return fallback
    return fallback
