"""A report that comes as text, kept code point for code point."""

from __future__ import annotations

import re
from datetime import date
from hashlib import sha256
from itertools import pairwise

from dateline.ids import article_id
from dateline.intake import clean
from dateline.records import Article, Block, BlockKind, DatedBy, IsoTime, Page, Span

_ENDS = re.compile(r"[.!?…:;。！？।؟]['\"”’»)\]]*$|[”»]$")
_BULLET = re.compile(r"^(?:[•‣▪●◦■·*–—-])\s+(?=\S)")
_DASHED = re.compile(r"^([-–—*])\s*\S.*\S\s*\1$")
_WIDEST = 120  # code points: no mail or wire program wraps later

Line = tuple[int, int]
"""Start and end of a line in its text, without the white space around it; empty lines have start == end."""


def lines(text: str) -> list[Line]:
    """Where the lines of a text stand, white space at either end left out."""
    found: list[Line] = []
    at = 0
    for line in text.splitlines(keepends=True):
        start = at + len(line) - len(line.lstrip())
        found.append((start, max(start, at + len(line.rstrip()))))
        at += len(line)
    return found


def wrapped_at(text: str, at: list[Line]) -> int | None:
    """The width at which a program broke the lines of a text, or none if its breaks are its author's.

    A break is forced when the first word of the next line would not have fitted; in a wrapped text nearly all
    breaks inside a paragraph are.
    """
    pairs = [(one, two) for one, two in pairwise(at) if one[0] < one[1] and two[0] < two[1]]
    if len(pairs) < 4:
        return None
    width = max(end - start for start, end in at)
    if not 40 <= width <= _WIDEST:
        return None
    forced = sum(_forced(text, one, two, width) for one, two in pairs)
    return width if forced >= 0.7 * len(pairs) else None


def _forced(text: str, one: Line, two: Line, width: int) -> bool:
    word = text[two[0] : two[1]].split(None, 1)[0]
    return one[1] - one[0] + 1 + len(word) > width - 6


def paragraphs(text: str) -> list[Line]:
    """Where the paragraphs of a text stand.

    Blank lines part them. Without blank lines every line is one; with them, a line break inside a piece parts
    it where the line before is a sentence's end or a heading over a long line, unless the text is wrapped.
    """
    at = lines(text)
    width = wrapped_at(text, at)
    blank = _has_gap(at)
    found: list[Line] = []
    open_piece = False
    for number, (start, end) in enumerate(at):
        if start == end:
            open_piece = False
            continue
        if open_piece and not _parts(text, at[number - 1], (start, end), width=width, blank=blank):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
        open_piece = True
    return found


def _has_gap(at: list[Line]) -> bool:
    filled = [number for number, (start, end) in enumerate(at) if start < end]
    return bool(filled) and filled[-1] - filled[0] + 1 > len(filled)


def _parts(text: str, before: Line, line: Line, *, width: int | None, blank: bool) -> bool:
    if width is not None:
        # The last line of a paragraph is short of the width; blank lines, where there are any, are a surer sign.
        return not blank and not _forced(text, before, line, width)
    if not blank:
        return True
    words = text[before[0] : before[1]]
    if _ENDS.search(words[-12:]) or _BULLET.match(text[line[0] : line[1]]):
        return True
    return len(words) < 100 and line[1] - line[0] > 100 and text[line[0]].isupper()


def _kind(text: str, number: int, at: list[Line], *, body: bool) -> BlockKind:
    start, end = at[number]
    words = text[start:end]
    last = number == len(at) - 1
    if number == 0:
        return "headline" if not last and len(words) < 200 and not words.endswith(".") else "paragraph"
    if _DASHED.match(words) and len(words) < 100 and not last:
        return "subhead"
    if not body and _BULLET.match(words):
        return "key_point"
    if body and not last and len(words) < 80 and not _ENDS.search(words[-12:]) and not _BULLET.match(words):
        follows = text[at[number + 1][0] : at[number + 1][1]]
        if words[:1].isupper() and len(follows) > len(words) and words[-1] not in ",-–—":
            return "subhead"
    return "paragraph"


def verbatim(
    text: str,
    *,
    url: str | None = None,
    source: str | None = None,
    title: str | None = None,
    byline: tuple[str, ...] = (),
    published: IsoTime | None = None,
    updated: IsoTime | None = None,
    retrieved: IsoTime | None = None,
    dated_by: DatedBy = "record",
    language: str = "en",
    digest: str | None = None,
) -> Article:
    """An article whose text is exactly ``text``, so that offsets hold against the user's own copy.

    A first paragraph without a full stop, under 200 characters, is the headline. See :func:`paragraphs`
    for what parts the text.

    Args:
        text: The report.
        url: Its address.
        source: Its publisher. Where neither it nor an address is given: the agency that the dateline names
            ("LUSAKA, Nov 3 (Harbour Wire) -"), else none.
        title: Its headline; the text's own first line where none is given.
        byline: Its authors.
        published: When it was published.
        updated: When it was last changed.
        retrieved: When it was fetched.
        dated_by: Where the dates were read, if there are any.
        language: BCP 47 tag.
        digest: SHA-256 of the page's bytes, where they are not the text's own.
    """
    at = paragraphs(text)
    blocks: list[Block] = []
    body = False
    for number, (start, end) in enumerate(at):
        kind = _kind(text, number, at, body=body)
        body = body or kind == "paragraph"
        blocks.append(Block(kind, Span(start, end)))
    if title is None:
        title = (
            clean.text(text[blocks[0].span.start : blocks[0].span.end])
            if blocks and blocks[0].kind == "headline"
            else ""
        )
    moment = published or updated or retrieved
    found = clean.opening(tuple(blocks), text, date.fromisoformat(moment[:10]) if moment else None)
    if source is None and url is None and found is not None:
        source = found[0].agency
    return Article(
        id=article_id(source=source, url=url, text=text),
        url=url,
        source=source,
        title=title,
        byline=byline,
        dateline=found[0].place if found else None,
        dateline_day=found[0].day if found else None,
        dateline_span=found[1] if found else None,
        published=published,
        updated=updated,
        retrieved=retrieved,
        dated_by=dated_by if published or updated else None,
        language=language,
        text=text,
        blocks=tuple(blocks),
        page=Page(digest=digest or sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), position=0, articles=1),
    )
