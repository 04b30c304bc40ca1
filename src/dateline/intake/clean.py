"""Extracts to Articles: the one place where text taken out of a page is normalised.

What changes: Unicode is composed (NFC); control, zero-width, soft-hyphen and bidirectional
format characters go; every run of white space becomes one space. What never changes: words,
quotation marks, dashes and their order.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from hashlib import sha256
from urllib.parse import urlsplit

from dateline.ids import article_id
from dateline.intake import datelines, dates, furniture, languages
from dateline.intake.extract import Extract, Raw
from dateline.records import Article, Block, BlockKind, Page, Span

_SPACE = re.compile(r"\s+")
# Cc less white space, soft hyphen, zero-width space, word joiner and invisible operators, byte order mark,
# bidirectional marks and overrides, interlinear and tag characters; lone surrogates are dealt with apart.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0001\U000e0020-\U000e007f]"
)
_JOINER = re.compile("(?<=[\x00-\u02ff])[\u200c\u200d]|[\u200c\u200d](?=[\x00-\u02ff])")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BY = re.compile(r"^(?:by|written by|reported by|words by|von|par|por|di|door|af|av|przez)[\s:]+(?=\S)", re.IGNORECASE)
_FOLD = re.compile(r"\W+")


def text(value: str) -> str:
    """One line of normalised text; see the module for what changes."""
    if value.isascii() and value.isprintable() and "  " not in value:
        return value.strip()
    value = _SURROGATE.sub("\ufffd", value)
    value = _INVISIBLE.sub("", value)
    if "\u200c" in value or "\u200d" in value:
        # Joiners carry meaning in Persian, Indic scripts and emoji; between Latin letters they are litter.
        value = _JOINER.sub("", value)
    return _SPACE.sub(" ", unicodedata.normalize("NFC", value)).strip()


def fold(value: str) -> str:
    """A text reduced to its letters and digits, for telling whether two lines say the same."""
    plain = value if value.isascii() else unicodedata.normalize("NFKC", value)
    return _FOLD.sub(" ", plain.casefold()).strip()


def names(byline: tuple[str, ...]) -> tuple[str, ...]:
    """Authors without ``By``, jobs, places, empty ones and repetitions, in order."""
    found: list[str] = []
    for each in byline:
        line = text(each)
        place = datelines.in_byline(line)
        # A whole line is parted into names; what a page already gives as one name is left alone.
        parted = dates.people(line) if _BY.match(line) else [line.strip(" ,;|")]
        found += [name for name in parted if place is None or name not in place.place.split(", ")]
    return tuple(dict.fromkeys(name for name in found if name))


def host(url: str | None) -> str | None:
    """The host of a URL without ``www.``, in lower case."""
    if not url:
        return None
    try:
        found = urlsplit(url).hostname
    except ValueError:
        return None
    return found.removeprefix("www.") if found else None


def _blocks(extract: Extract, title: str) -> list[tuple[BlockKind, str]]:
    """Blocks in order, cleaned, each said once, the headline first where the page shows none."""
    cleaned: list[tuple[BlockKind, str]] = [(kind, words) for kind, found in extract.blocks if (words := text(found))]
    headline = fold(title)
    paragraphs = {fold(words) for kind, words in cleaned if kind == "paragraph"}
    if title and not any(kind == "headline" for kind, _ in cleaned):
        cleaned.insert(0, ("headline", title))
    kept: list[tuple[BlockKind, str]] = []
    seen: set[tuple[str, str]] = set()
    headlines: set[str] = set()
    body = 0
    for kind, words in cleaned:
        folded = fold(words) or words
        if kind == "headline":
            if folded in headlines:
                continue
            headlines.add(folded)
        elif folded == headline and headline and body < 2 and headlines:
            continue  # the headline again, as a sub-head or an opening line
        elif kind == "standfirst" and folded in paragraphs:
            continue
        elif kind in ("paragraph", "subhead") and furniture.kind(words) in ("head", "body"):
            extract.notes.append(f"left out as furniture: {words}")
            continue
        elif kind in ("caption", "key_point", "standfirst"):
            if (kind, folded) in seen:
                continue
            seen.add((kind, folded))
        elif kind == "paragraph":
            body += 1
        kept.append((kind, words))
    return kept


def join(blocks: list[tuple[BlockKind, str]]) -> tuple[str, tuple[Block, ...]]:
    """The text of blocks with a blank line between them, and where each stands in it."""
    pieces: list[str] = []
    placed: list[Block] = []
    at = 0
    for kind, words in blocks:
        if pieces:
            at += 2
        pieces.append(words)
        placed.append(Block(kind, Span(at, at + len(words))))
        at += len(words)
    return "\n\n".join(pieces), tuple(placed)


def opening(blocks: tuple[Block, ...], whole: str, reference: date | None) -> tuple[datelines.Dateline, Span] | None:
    """The dateline of a report and where it stands: at the head of its first paragraph, else of its standfirst."""
    for kind in ("paragraph", "standfirst"):
        first = next((block for block in blocks if block.kind == kind), None)
        if first and (found := datelines.find(whole[first.span.start : first.span.end], reference=reference)):
            return found, Span(
                first.span.start, first.span.start + len(whole[first.span.start :][: found.end].rstrip())
            )
    return None


def article(extract: Extract, raw: Raw, position: int = 0, count: int = 1) -> Article:
    """The Article of an extract.

    Args:
        extract: What a format reader found.
        raw: The page it was found on.
        position: Its place on the page, from 0.
        count: How many articles the page holds.
    """
    title = text(extract.title)
    whole, blocks = join(_blocks(extract, title))
    url = extract.url or raw.url
    source = text(extract.source) if extract.source else host(url)
    moment = extract.published or extract.updated or raw.retrieved
    reference = date.fromisoformat(moment[:10]) if moment else None
    found = opening(blocks, whole, reference)
    opened = found[0] if found else None
    if opened is None:
        places = (datelines.in_byline(text(each), reference=reference) for each in extract.byline)
        opened = next((each for each in places if each), None)
    return Article(
        id=article_id(source=source, url=url, text=whole),
        url=url,
        source=source or None,
        title=title,
        byline=names(extract.byline),
        dateline=opened.place if opened else None,
        dateline_day=opened.day if opened else None,
        dateline_span=found[1] if found else None,
        published=extract.published,
        updated=extract.updated,
        retrieved=raw.retrieved,
        dated_by=extract.dated_by if extract.published or extract.updated else None,
        language=languages.settle(whole, extract.language),
        text=whole,
        blocks=blocks,
        page=Page(digest=sha256(raw.data).hexdigest(), position=position, articles=count),
    )
