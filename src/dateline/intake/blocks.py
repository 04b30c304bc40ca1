"""A page as a sequence of text blocks, each with the elements around it.

One walk over the parsed tree gives the blocks of running text in reading
order; every element knows which blocks it holds, so that sums over any part of
the page are sums over a slice. No judgement is made here beyond what an
element's own tag, class and role say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

# What an element declares itself to be. A flag is inherited by all it holds.
HIDDEN = 1
FURNITURE = 2
"""Navigation, sharing, comments, newsletters and their like, by tag, role or class."""
CAPTION = 4
BYLINE = 8
STANDFIRST = 16
KEY_POINTS = 32
QUOTE = 64
"""A pull quote: words of the article shown a second time."""
SOFT = 128
"""Named like a teaser, card or widget: furniture if mostly links."""
LINK = 256
FIGURE = 512
TABLE = 1024
HEADLINE = 2048
BODY = 4096
"""Declared to be the article's body."""
EMBED = 8192
ASIDE = 16384
BOX = 32768
"""A box beside the running text: facts, a profile, a list of products."""
TEASER = 65536
"""Leads to another article."""
IMAGE = 131072
COMMENT = 262144
PAYWALL = 524288

BREAK = "\x1e"
"""Stands for a ``br`` element in a piece's text."""

INLINE = frozenset(
    [
        "a",
        "b",
        "strong",
        "i",
        "em",
        "span",
        "u",
        "s",
        "small",
        "sub",
        "sup",
        "abbr",
        "cite",
        "code",
        "font",
        "mark",
        "q",
        "time",
        "wbr",
        "ins",
        "del",
        "bdi",
        "bdo",
        "data",
        "dfn",
        "kbd",
        "samp",
        "var",
        "tt",
        "big",
        "nobr",
        "label",
        "acronym",
    ]
)
_DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "select",
        "option",
        "textarea",
        "object",
        "embed",
        "canvas",
        "math",
        "audio",
        "video",
        "source",
        "track",
        "input",
        "map",
        "area",
        "datalist",
        "progress",
        "meter",
        "head",
        "title",
        "meta",
        "link",
        "base",
        "param",
        "picture",
        "frame",
        "frameset",
        "noframes",
        "noembed",
        "dialog",
    ]
)
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}

_WORDS: dict[int, str] = {
    FURNITURE: """
        recirc recirculation disqus share shares sharing social socials follow followus cookie cookies
        consent gdpr ad ads outbrain taboola dianomi signup login signin register registration regwall popup
        popover modal overlay tooltip toolbar toolbox menu nav navbar navi navigation footer masthead topbar
        sidebar sidebars tags taglist tagcloud topics keywords hashtags copyright disclaimer trending
        popular mostread readmore readalso alsoread readnext whatsnext upnext poll quiz donate donation
        donations rating ratings bookmark bookmarks linkbox linklist morelinks pagination pager prevnext
        feedback reactions reaction skiplink skiplinks toc metered werbung anzeige publicidad publicite
        reklam banner marketing affiliate crosslinks relacionadas relacionados similar yarpp notification
        notifications actions shopping bio about addtoany sociable whatsapp placeholder
    """,
    COMMENT: "comment comments kommentar kommentare comentarios commentaires",
    CAPTION: """
        caption captions figcaption imagecaption wpcaption credit credits photocredit bildunterschrift
        legend legende mediainfo imagecredit imgcaption picturecaption cutline pictsrc mediacaption
    """,
    IMAGE: "image images img photo photos picture pictures foto fotos bild bilder media mediablock imagen",
    BYLINE: """
        by byline bylines author authors autor autoren autorin auteur autore writer writers date dates
        datetime time times timestamp pubdate pubtime published dateline datum fecha readingtime readtime
        contributor contributors metadata meta infos info attribution lastupdated modified updated lineinfo
    """,
    STANDFIRST: """
        standfirst lead lede leadtext intro introtext introduction einleitung vorspann preface excerpt
        subtitle subheadline subhead subheading dek deck summary strapline abstract teasertext leadin chapo
        chapeau entradilla sumario ingress perex bajada sommario catenaccio occhiello shorttext
        firstparagraph subline standfirsttext articlesubtitle articlelead articledescription sapo resumo
    """,
    KEY_POINTS: """
        keypoints keypoint highlights takeaways takeaway bullets bulletpoints bulletpoint summarylist tldr
        keytakeaways keyfacts storyhighlights summarybullets
    """,
    QUOTE: "pullquote pullquotes quotebox",
    BOX: """
        factbox factboxes infobox infoboxes infokasten kasten faktaboks faktabox faktaruta factsbox boxout
        sidebox expandablebox fichas productbox
    """,
    TEASER: "teaser teasers card cards linkcard linkteaser storycard postcard promobox",
    SOFT: """
        widget widgets carousel slider slideshow gallery galleries list listing aside more read also box
        video player audio listen embed live ticker series package collection latest news headlines stories
        links link external tip see topic tag top next previous
    """,
    HEADLINE: "headline headlines title heading hed",
    BODY: """
        articlebody storybody entrycontent postcontent articletext storytext articlecontent bodytext
        postbody storycontent articlebodytext bodycopy maincopy contentbody articlecontents textcontent
        richtext
    """,
    EMBED: "tweet twitter instagram facebook tiktok oembed twittertweet",
    PAYWALL: "paywall paywalled premium subscriber subscribers subscriberonly locked",
}
_BEGINNINGS = re.compile(
    r"(?:related|recommend|newsletter|advert|promo(?!te|ting)|sponsor|subscri(?!ber)|breadcrumb|comment)[a-z]*"
)
_FLAG = {word: flag for flag, words in _WORDS.items() for word in words.split()}
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_APART = re.compile(r"[^a-z]+")
_NAMED = re.compile(r"[A-Za-z_-]+\d*")
_AUTHOR_LINK = re.compile(r"/(?:authors?|autor(?:en|es|in)?|auteurs?|autore|profile|people|by|redakteur|journalist)/")
_OF_OTHERS = re.compile(r"(?:(?:has|no|with|without|not|hide|show)[-_A-Z]|no(?:ad|comment))")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_NUMBER = re.compile(r"\d+")
_PARAGRAPH = re.compile(rf"{BREAK}\s*{BREAK}[\s{BREAK}]*")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN_WORDS = (
    "visually-hidden",
    "visuallyhidden",
    "sr-only",
    "screen-reader",
    "screenreader",
    "u-hidden",
    "is-hidden",
)
_ROLES = {
    "navigation": FURNITURE,
    "banner": 0,
    "contentinfo": FURNITURE,
    "complementary": ASIDE,
    "dialog": FURNITURE,
    "alertdialog": FURNITURE,
    "search": FURNITURE,
    "menu": FURNITURE,
    "menubar": FURNITURE,
    "toolbar": FURNITURE,
    "tooltip": FURNITURE,
    "tablist": FURNITURE,
}
_PROPS = {
    "articlebody": BODY,
    "headline": HEADLINE,
    "author": BYLINE,
    "datepublished": BYLINE,
    "datemodified": BYLINE,
    "caption": CAPTION,
    "copyrightholder": CAPTION,
    "description": STANDFIRST,
    "comment": COMMENT,
}
_TAGS = {
    "nav": FURNITURE,
    "footer": FURNITURE,
    "form": FURNITURE,
    "button": FURNITURE,
    "aside": ASIDE,
    "figcaption": CAPTION,
    "figure": FIGURE,
    "table": TABLE,
    "a": LINK,
    "address": BYLINE,
    "caption": CAPTION,
}


_SHORT = frozenset(word for word in _FLAG if len(word) <= 3)
_HASH = re.compile(r"__(?=[\w-]*[A-Z0-9])[\w-]{4,8}$")
"""What CSS modules put behind a name; chance makes words of it."""
_ENDINGS: tuple[tuple[str, int], ...] = (
    ("author", BYLINE),
    ("byline", BYLINE),
    ("caption", CAPTION),
    ("teaser", TEASER),
    ("newsletter", FURNITURE),
    ("infobox", BOX),
    ("factbox", BOX),
)


@lru_cache(maxsize=65536)
def class_flags(names: str) -> int:
    """Flags that the words of a class or id attribute stand for.

    Words are read singly and in pairs: ``article-body``, ``articleBody`` and ``ArticleBody_x3f`` alike. A name that
    tells of something else the element has or lacks ("has-sidebar", "no-ads") says nothing of the element.
    """
    flags = 0
    for name in names.split()[:12]:
        flags |= _name_flags(name)
    return flags


@lru_cache(maxsize=65536)
def _name_flags(name: str) -> int:
    if len(name) > 80 or ":" in name or _OF_OTHERS.match(name):
        return 0
    flags = HIDDEN if any(word in name for word in _HIDDEN_WORDS) else 0
    name = _HASH.sub("", name)
    words = [word.lower() for word in _TOKEN.findall(name)][:10]
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else ""
        if word == "sidebar" and following in ("grid", "layout"):
            continue
        if word not in _SHORT or word in _APART.split(name.lower()):
            flags |= _FLAG.get(word, 0)
        if len(word) > 4 and _BEGINNINGS.fullmatch(word):
            flags |= COMMENT if word.startswith("comment") else FURNITURE
        elif len(word) > 8:
            for ending, flag in _ENDINGS:
                if word.endswith(ending):
                    flags |= flag
        if following and len(word) + len(following) > 5:
            flags |= _FLAG.get(word + following, 0)
    return flags


@dataclass(slots=True, eq=False)
class Node:
    """An element that holds text, with the slice of blocks it holds."""

    tag: str
    attributes: dict[str, str | None]
    parent: Node | None
    depth: int
    own: int
    """Flags of the element itself."""
    first: int = 0
    last: int = 0
    """It holds the blocks ``first`` to ``last``, the last excluded."""
    flags: int = 0
    """Its own and inherited flags, once judged."""
    sign: str = ""

    @property
    def signature(self) -> str:
        """Tag and classes without numbers: what elements of one template share."""
        if not self.sign:
            names = self.attributes.get("class") or ""
            self.sign = f"{self.tag}.{_NUMBER.sub('#', names) if names else ''}"
        return self.sign


@dataclass(slots=True, eq=False)
class Piece:
    """A run of text not broken by a block-level element."""

    node: Node
    """The nearest block-level element around it."""
    text: str
    linked: int
    """Characters of it inside links."""
    bold: int
    inline: int
    """Flags of an inline element that holds all of it, 0 if none does."""


@dataclass(slots=True)
class PageTree:
    """A page's pieces, elements and what its head declares."""

    root: Node
    pieces: list[Piece]
    nodes: list[Node]
    """In document order."""
    scripts: list[str]
    """JSON-LD scripts."""
    metas: dict[str, list[str]]
    title: str
    canonical: str
    language: str
    times: list[tuple[int, dict[str, str | None], str]]
    """``time`` elements and the like: place in the sequence of pieces, attributes, text."""
    names: list[tuple[int, str]]
    """Texts of inline elements that declare themselves an author's name: place in the sequence, text."""
    depth: int
    """Deepest nesting of elements that hold something."""


class BeyondLimitsError(ValueError):
    """The tree is larger or deeper than allowed; the message says which, as a rejection's reason."""


def read(parser: Any, *, most: int = 1_000_000, deepest: int = 1_000) -> PageTree:
    """Everything of a parsed page (a ``LexborHTMLParser``) that extraction needs; the tree is not used after.

    Raises:
        BeyondLimitsError: The tree holds more than ``most`` nodes, or nests deeper than ``deepest``.
    """
    metas: dict[str, list[str]] = {}
    for each in parser.css("meta"):
        attributes = each.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = attributes.get("content")
        if name and content:
            metas.setdefault(name.strip().lower(), []).append(content)
    scripts = [text for each in parser.css('script[type^="application/ld"]') if (text := each.text())]
    head = parser.css_first("head title")
    title = head.text() if head is not None else ""
    canonical = parser.css_first('link[rel="canonical"]')
    root = parser.root
    body = parser.body
    start, pieces, nodes, times, names = walk(
        body if body is not None else root, most, deepest, frozenset(title_parts(title))
    )
    return PageTree(
        root=start,
        pieces=pieces,
        nodes=nodes,
        scripts=scripts,
        metas=metas,
        title=title,
        canonical=(canonical.attributes.get("href") or "") if canonical is not None else "",
        language=(root.attributes.get("lang") or "") if root is not None else "",
        times=times,
        names=names,
        depth=max(node.depth for node in nodes),
    )


_TELLING = frozenset(("id", "role", "itemprop", "hidden", "aria-hidden", "style", "rel", "href"))
"""Attributes besides ``class`` that tell what an element is."""


def own_tag(tag: str) -> int:
    """Flags that an element's tag alone stands for."""
    return _TAGS.get(tag, 0)


def _own(tag: str, attributes: dict[str, str | None]) -> int:
    flags = _TAGS.get(tag, 0)
    for name, value in attributes.items():
        if name == "class":
            if value:
                flags |= class_flags(value)
        elif name not in _TELLING:
            continue
        elif name == "hidden":
            flags |= HIDDEN
        elif not value:
            continue
        elif name == "id":
            # An id with digits inside is a machine's; a number at its end counts copies.
            if tag not in HEADINGS and len(value) < 60 and _NAMED.fullmatch(value):
                flags |= class_flags(value)
        elif name == "role":
            flags |= _ROLES.get(value, 0)
        elif name == "itemprop":
            flags |= _PROPS.get(value.lower(), 0)
        elif name == "aria-hidden":
            if value == "true":
                flags |= HIDDEN
        elif name == "style":
            if _HIDDEN_STYLE.search(value):
                flags |= HIDDEN
        elif tag == "a" and (value == "author" if name == "rel" else _AUTHOR_LINK.search(value)):
            flags |= BYLINE
    return flags


_MARK = re.compile(r"\s+[|–—\-·•*:»/]+\s+|\s*[|｜]\s*")
"""What stands between headline and site in a page's title."""


def title_parts(title: str) -> list[str]:
    """What of a page's title may be the headline, longest first: the whole, and it without its first or last parts."""
    title = " ".join(title[:500].split())
    marks = list(_MARK.finditer(title))[:8]
    found = [title, *(title[: mark.start()] for mark in marks), *(title[mark.end() :] for mark in marks)]
    return sorted((each for each in found if len(each) > 8 and " " in each), key=len, reverse=True)


def _parts(text: str, tag: str, heads: frozenset[str]) -> list[str]:
    """Paragraphs of a text with line breaks: what two breaks part, or one where every line is long.

    A line that the page's title holds is a headline, and the lines with it are byline and date.
    """
    found: list[str] = []
    for part in _PARAGRAPH.split(_BLANK_LINE.sub(BREAK * 2, text) if tag == "pre" else text):
        lines = [line for line in part.split(BREAK) if line and not line.isspace()]
        if len(lines) > 1 and (
            all(len(line.strip()) > 80 for line in lines) or any(" ".join(line.split()) in heads for line in lines)
        ):
            found += lines
        elif lines:
            found.append("\n".join(lines))
    return found


def walk(
    body: Any, most: int, deepest: int, heads: frozenset[str] = frozenset()
) -> tuple[Node, list[Piece], list[Node], list[tuple[int, dict[str, str | None], str]], list[tuple[int, str]]]:
    """Pieces and elements below a selectolax body element in document order, with times and names among them.

    Iterative, so that nesting costs no stack; linear in the number of nodes. ``heads`` are texts that are a headline
    where a line of its own says them.

    Raises:
        BeyondLimitsError: As for :func:`read`.
    """
    root = Node("body", {}, None, 0, 0)
    nodes = [root]
    pieces: list[Piece] = []
    times: list[tuple[int, dict[str, str | None], str]] = []
    names: list[tuple[int, str]] = []
    buffer: list[str] = []
    holder = root
    linked = bold = 0
    within: list[Node] = []  # inline elements open around the next text
    common: list[Node] | None = None  # those open around all text so far of this piece
    current = root

    def flush() -> None:
        nonlocal linked, bold, common
        if buffer:
            text = "".join(buffer)
            buffer.clear()
            if not text.isspace():
                inline = 0
                for each in common or ():
                    inline |= each.own
                parts = _parts(text, holder.tag, heads) if BREAK in text or holder.tag == "pre" else None
                if parts is not None:
                    # How much of each part is linked is known on average only.
                    whole = sum(map(len, parts)) or 1
                    for part in parts:
                        share = len(part) / whole
                        pieces.append(Piece(holder, part, int(linked * share), int(bold * share), inline))
                else:
                    pieces.append(Piece(holder, text, linked, bold, inline))
            linked = bold = 0
            common = None

    node = body.child
    # Each entry: the element to go on after, the element that was current, whether it was inline, and where its
    # text begins: the number of pieces and of parts in the buffer.
    stack: list[tuple[Any, Node, bool, int, int]] = []
    in_link = in_bold = walked = 0
    while True:
        if node is None:
            if not stack:
                break
            raw, before, inline, piece, part = stack.pop()
            if inline:
                within.pop()
                # A name takes few parts; many would make nested elements quadratic.
                if current.own & BYLINE and piece == len(pieces) and part < len(buffer) <= part + 8:
                    names.append((piece, "".join(buffer[part:])))
                tag = current.tag
                if tag == "a":
                    in_link -= 1
                elif tag in ("b", "strong"):
                    in_bold -= 1
            else:
                flush()
            current.last = len(pieces) + (1 if inline and buffer else 0)
            current = before
            node = raw.next
            continue
        tag = node.tag
        walked += 1
        if walked > most:
            raise BeyondLimitsError("too many nodes")
        if tag == "-text":
            text = node.text_content
            if text:
                if not buffer:
                    if text.isspace():
                        node = node.next
                        continue
                    holder = current
                    while holder.tag in INLINE and holder.parent is not None:
                        holder = holder.parent
                    # Inline elements around the block-level one do not count: they are among its ancestors.
                    common = [each for each in within if each.depth > holder.depth]
                elif common and not text.isspace():
                    keep = 0
                    inner = [each for each in within if each.depth > holder.depth]
                    for one, other in zip(common, inner, strict=False):
                        if one is not other:
                            break
                        keep += 1
                    del common[keep:]
                buffer.append(text)
                if in_link:
                    linked += len(text)
                if in_bold:
                    bold += len(text)
            node = node.next
            continue
        if tag == "br":
            if buffer:
                buffer.append(BREAK)
            node = node.next
            continue
        if tag in _DROPPED or tag is None or tag[0] in "-!":
            node = node.next
            continue
        attributes: dict[str, str | None] = node.attributes
        child = node.child
        inline = tag in INLINE
        if tag == "time" or (attributes and "datetime" in attributes):
            # A time in a time would make this quadratic.
            shown = child is not None and tag == "time" and not any(each.tag == "time" for each in within[-3:])
            times.append((len(pieces), attributes, node.text(deep=True, separator=" ") if shown else ""))
        if child is None:
            if not inline:
                flush()
            node = node.next
            continue
        if not inline:
            flush()
        if current.depth >= deepest:
            raise BeyondLimitsError("too deep")
        element = Node(tag, attributes, current, current.depth + 1, _own(tag, attributes), len(pieces))
        nodes.append(element)
        if inline:
            within.append(element)
            if tag == "a":
                in_link += 1
            elif tag in ("b", "strong"):
                in_bold += 1
        stack.append((node, current, inline, len(pieces), len(buffer)))
        current = element
        node = child
    flush()
    root.last = len(pieces)
    return root, pieces, nodes, times, names
