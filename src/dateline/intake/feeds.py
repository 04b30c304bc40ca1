"""RSS and Atom: entries with their full text become articles; of an entry with only a summary, the summary does."""

from __future__ import annotations

import re
from html import unescape
from typing import Any, cast
from urllib.parse import urljoin, urlsplit

from dateline.errors import ArticleError
from dateline.intake import dates
from dateline.intake.extract import Extract, Raw
from dateline.intake.settings import DEFAULTS, MEGABYTE, Settings
from dateline.records import BlockKind, IsoTime

_BLOCKS: dict[str, BlockKind] = {
    "p": "paragraph", "li": "paragraph", "blockquote": "paragraph", "pre": "paragraph", "td": "paragraph",
    "dd": "paragraph",
    "h1": "subhead", "h2": "subhead", "h3": "subhead", "h4": "subhead", "h5": "subhead", "h6": "subhead",
    "figcaption": "caption", "caption": "caption",
}  # fmt: skip
_SKIP = frozenset(
    ("script", "style", "noscript", "iframe", "svg", "form", "button", "aside", "nav", "object", "template", "select")
)
_BREAKS = frozenset("div section article header footer main ul ol dl table tr tbody figure hr body".split())
# What publishing programs append to every entry.
_TAIL = re.compile(
    r"^(?:the post .{1,200} (?:first )?appeared (?:first )?on .{1,100}\.?|"
    r"(?:continue reading|read (?:more|on|the (?:full|rest))|\[?…\]?|\[?\.\.\.\]?).{0,120}|"
    r"comments?|submitted by .{1,80}|\[?link\]?(?:\s+\[?comments\]?)?)$",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_ZONE = re.compile(r"(?:Z|[+-]\d{2}:?\d{2}|\b[A-Z]{1,5})\)?\s*$")
_PLAIN_TAGS = 20_000
_FULL = 600  # code points of a summary that carries paragraphs of its own and so is the text


def extract(raw: Raw, settings: Settings = DEFAULTS) -> list[Extract]:
    """The articles of a feed, in its order.

    Raises:
        ArticleError: It is no feed, has no entries, or takes too long or too much memory.
    """
    # The parser takes up to a millisecond an entry, and time in the square of the nesting.
    if len(raw.data) <= MEGABYTE and raw.data.count(b"<") <= _PLAIN_TAGS:
        return parse(raw)
    from dateline.intake import guard

    try:
        return guard.guarded(parse, raw, seconds=settings.page_seconds, megabytes=settings.page_memory // MEGABYTE)
    except ArticleError as error:
        raise ArticleError(error.reason, f"{raw.where}: {error.detail.removeprefix(raw.where)}: split it") from None


def parse(raw: Raw) -> list[Extract]:
    """The articles of a feed, whatever that takes; :func:`extract` without its limits."""
    import feedparser

    parser: Any = feedparser
    location = raw.url or ""
    headers = {"content-location": location, "content-type": raw.media or "application/xml"}
    # Of markup only the text is taken, so that neither cleaning nor resolving what stands in it is of use.
    feed: Any = parser.parse(raw.data, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    entries: list[Any] = list(feed.get("entries") or [])
    if not entries:
        why = feed.get("bozo_exception")
        raise ArticleError(
            "no article" if not why else "bad feed",
            f"{raw.where} has no entries{f' ({why})' if why else ''}: check that it is an RSS or Atom feed",
        )
    channel: Any = feed.get("feed") or {}
    return [each for each in (_entry(entry, channel, raw) for entry in entries) if each is not None]


def _parts(entry: Any, key: str) -> list[dict[str, Any]]:
    """The values of a field that feedparser gives as a list of mappings."""
    return cast("list[dict[str, Any]]", entry.get(key) or [])


def _detail(entry: Any, key: str) -> dict[str, Any]:
    """The value of a field that feedparser gives as a mapping."""
    return cast("dict[str, Any]", entry.get(key) or {})


def _plain(value: str | None) -> str:
    """Text of a title: without markup, entities read."""
    return unescape(re.sub(r"<[^<>]{1,200}>", " ", value or "")).strip()


def _entry(entry: Any, channel: Any, raw: Raw) -> Extract | None:
    contents = [str(part.get("value") or "") for part in _parts(entry, "content")]
    summary = str(entry.get("summary") or "")
    body = max(contents, key=len, default="")
    if not body and len(summary) >= _FULL and "<p" in summary.lower():
        body, summary = summary, ""
    notes: list[str] = []
    title = _plain(entry.get("title"))
    blocks: list[tuple[BlockKind, str]] = [("headline", title)] if title else []
    lead = fragment(summary) if summary and summary != body else []
    text = fragment(body) if body else []
    # A content that says no more than the summary is the summary.
    if text and lead and sum(len(words) for _, words in text) <= sum(len(words) for _, words in lead):
        text = []
    if text:
        opening = " ".join(words for _, words in text)[:2000]
        first = lead[0][1].rstrip(" .…[]") if lead else ""
        if first and first[:80] not in opening:
            blocks.extend(("standfirst", words) for _, words in lead)
        blocks += text
    elif lead:
        blocks += lead
        notes.append("the feed gives only a summary of this article: fetch its link for the text")
    else:
        notes.append("the feed gives only the headline of this article: fetch its link for the text")
    if not blocks:
        return None
    return Extract(
        title=title,
        blocks=blocks,
        byline=_authors(entry),
        published=_moment(entry, "published"),
        updated=_moment(entry, "updated"),
        dated_by="feed",
        source=_plain(_detail(entry, "source").get("title") or channel.get("title")) or None,
        url=_link(entry, channel, raw),
        language=_language(entry, channel),
        notes=notes,
    )


def _authors(entry: Any) -> tuple[str, ...]:
    names = [str(each.get("name") or "") for each in _parts(entry, "authors")]
    written = str(entry.get("author") or "")
    if not any(names) or "@" in written:
        names = [written]
    found: list[str] = []
    for name in names:
        # "desk@paper.example (Jane Doe)" is RSS 2.0's way of naming an author.
        inner = re.search(r"\(([^()]+)\)", name)
        clean = inner[1] if inner and "@" in name else name
        if clean and "@" not in clean:
            found += dates.people(clean)
    return tuple(dict.fromkeys(found))


def _moment(entry: Any, field: str) -> IsoTime | None:
    """A date of an entry, no more precise than it is written."""
    # feedparser gives the publication for a missing update, and says with a warning that this will end.
    if field not in entry:
        return None
    words = str(entry[field] or "")
    if exact := dates.parse(words):
        return exact
    parsed = entry.get(f"{field}_parsed")
    if parsed is None:
        return None
    day = f"{parsed[0]:04d}-{parsed[1]:02d}-{parsed[2]:02d}"
    if not _CLOCK.search(words):
        return day
    zone = "Z" if _ZONE.search(words.strip()) else ""
    return f"{day}T{parsed[3]:02d}:{parsed[4]:02d}:{parsed[5]:02d}{zone}"


def _link(entry: Any, channel: Any, raw: Raw) -> str | None:
    link: str | None = entry.get("link") or next(
        (each.get("href") for each in _parts(entry, "links") if each.get("rel") in (None, "alternate")), None
    )
    if not link:
        identity = str(entry.get("id") or "")
        link = identity if identity.startswith(("http://", "https://")) else None
    if not link:
        return None
    base = str(raw.url or channel.get("link") or "")
    joined = urljoin(base, link.strip())
    return joined if urlsplit(joined).scheme in ("http", "https") else None


def _language(entry: Any, channel: Any) -> str | None:
    parts = [*_parts(entry, "content"), _detail(entry, "title_detail"), channel]
    return next((str(part["language"]) for part in parts if part.get("language")), None)


def fragment(markup: str) -> list[tuple[BlockKind, str]]:
    """The blocks of a piece of HTML: paragraphs, sub-heads, list entries, captions; scripts and forms left out."""
    if "<" not in markup:
        text = unescape(markup)
        return [("paragraph", piece.strip()) for piece in re.split(r"\n\s*\n", text) if piece.strip()]
    from selectolax.lexbor import LexborHTMLParser

    tree: Any = LexborHTMLParser(f"<body>{markup}</body>")
    blocks: list[tuple[BlockKind, str]] = []
    held: list[str] = []
    current: list[BlockKind] = ["paragraph"]

    def close() -> None:
        words = re.sub(r"\s+", " ", "".join(held)).strip()
        held.clear()
        if words and not _TAIL.match(words):
            blocks.append((current[-1], words))

    # A stack in place of recursion: markup may be nested deeper than Python's own stack.
    stack: list[tuple[Any, str]] = [(tree.body, "in")] if tree.body is not None else []
    while stack:
        node, way = stack.pop()
        tag = node.tag
        block = tag in _BLOCKS
        if way == "out":
            close()
            if block:
                current.pop()
            continue
        if tag == "-text":
            held.append(node.text_content or "")
            continue
        if tag in _SKIP or tag.startswith("-") or tag == "_comment":
            continue
        if tag == "br":
            held.append("\n")
            previous = node.prev
            while previous is not None and previous.tag == "-text" and not (previous.text_content or "").strip():
                previous = previous.prev
            if previous is not None and previous.tag == "br":
                close()
            continue
        if block or tag in _BREAKS:
            close()
            stack.append((node, "out"))
            if block:
                current.append(_BLOCKS[tag])
        children: list[tuple[Any, str]] = []
        child = node.child
        while child is not None:
            children.append((child, "in"))
            child = child.next
        stack.extend(reversed(children))
    close()
    return blocks
