"""A report that comes as text, kept code point for code point."""

from __future__ import annotations

import re
from hashlib import sha256

from dateline.ids import article_id
from dateline.records import Article, Block, BlockKind, IsoTime, Page, Span

_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_LINE = re.compile(r"\n\s*")


def verbatim(
    text: str,
    *,
    url: str | None = None,
    source: str | None = None,
    title: str | None = None,
    published: IsoTime | None = None,
    language: str = "en",
) -> Article:
    """An article whose text is exactly ``text``, so that offsets hold against the user's own copy.

    Paragraphs are what blank lines part, or single line breaks where there are no blank lines.
    A first paragraph without a full stop, under 200 characters, is the headline.
    """
    gap = _BLANK if _BLANK.search(text.strip()) else _LINE
    blocks: list[Block] = []
    at = 0
    for end, after in [*((m.start(), m.end()) for m in gap.finditer(text)), (len(text), len(text))]:
        piece = text[at:end]
        start = at + len(piece) - len(piece.lstrip())
        stop = at + len(piece.rstrip())
        if start < stop:
            kind: BlockKind = "paragraph"
            if not blocks and after < len(text) and stop - start < 200 and not text[start:stop].endswith("."):
                kind = "headline"
            blocks.append(Block(kind, Span(start, stop)))
        at = after
    if title is None:
        title = text[blocks[0].span.start : blocks[0].span.end] if blocks and blocks[0].kind == "headline" else ""
    return Article(
        id=article_id(source=source, url=url, text=text),
        url=url,
        source=source,
        title=title,
        published=published,
        dated_by="record" if published else None,
        language=language,
        text=text,
        blocks=tuple(blocks),
        page=Page(digest=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), position=0, articles=1),
    )
