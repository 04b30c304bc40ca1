"""A saved news page: its articles, each with what the page says of it.

One parse with Lexbor, one walk (:mod:`dateline.intake.blocks`), then sums over the sequence of text pieces:

1. Elements that declare themselves furniture are believed, unless they hold much of the page's prose.
2. Articles are told apart by headings of one level, each alone in an element with prose of its own.
3. The body is the smallest element that holds nearly all prose between headline and end; what in it is named or
   built like furniture is left out, captions are kept apart.
4. JSON-LD is bound to an article by headline, address or text, never by position.

trafilatura reads the page again only where these signals are weak.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from typing import Any
from urllib.parse import urljoin, urlsplit

from dateline.errors import ArticleError
from dateline.intake import blocks as b
from dateline.intake import guard
from dateline.intake.blocks import Node, PageTree, Piece
from dateline.intake.extract import Extract, Raw
from dateline.intake.metadata import (
    Described,
    clean,
    fold,
    iso_time,
    language_tag,
    looks_named,
    read_json_ld,
    relative_time,
    tidy_names,
    url_day,
    written_time,
)
from dateline.records import BlockKind, DatedBy, IsoTime

SPLIT_PROSE = 800
"""Characters of its own prose that make a part of a page an article beside others."""
_MOST_ARTICLES = 100
"""More parts of a page than this are not articles side by side."""
_OUT = b.HIDDEN | b.FURNITURE | b.COMMENT
_CJK = re.compile(r"[぀-ヿ㐀-鿿가-힯฀-๿]")
_END = re.compile(r"[.!?…。！？:;][\"'”’»«“„)\]]*\s*$")
_PROSE_TAGS = {"p": 1.0, "blockquote": 0.8, "td": 0.3, "li": 0.4, "dd": 0.3, "dt": 0.1, "th": 0.0, "summary": 0.1}


@dataclass(slots=True)
class _Page:
    """A page with what is computed once for all its articles."""

    tree: PageTree
    raw: Raw
    text: list[str]
    """Pieces with whitespace folded."""
    length: list[float]
    """Their lengths, in characters of Latin text."""
    flags: list[int]
    """Flags of each piece, inherited ones included."""
    weight: list[float]
    sums: list[float]
    """Prose before each piece."""
    described: list[Described]
    site: str | None = None
    """The site's name for itself, once asked for."""

    def prose(self, node: Node) -> float:
        """Prose that an element holds, in characters of Latin text."""
        return self.sums[node.last] - self.sums[node.first]


def _length(text: str) -> float:
    """Length in characters of Latin text: a character of a script without letters tells as much as two and a half."""
    if text.isascii():
        return len(text)
    return len(text) + 1.5 * len(_CJK.findall(text))


def _weigh(piece: Piece, text: str, length: float) -> float:
    if length < 25 or piece.linked * 2 > len(piece.text):
        return 0.0
    tag = piece.node.tag
    if tag in b.HEADINGS:
        return 0.0
    share = _PROSE_TAGS.get(tag)
    if share is None:
        # Text straight in a div: prose if it reads like a sentence.
        share = 0.7 if length >= 80 and _END.search(text[-20:]) else 0.2
    return share * length


_DOUBTFUL = (
    b.FURNITURE
    | b.HIDDEN
    | b.ASIDE
    | b.SOFT
    | b.BYLINE
    | b.STANDFIRST
    | b.KEY_POINTS
    | b.QUOTE
    | b.EMBED
    | b.BOX
    | b.TEASER
    | b.PAYWALL
    | b.CAPTION
    | b.IMAGE
)
_SMALL = b.BYLINE | b.STANDFIRST | b.KEY_POINTS | b.CAPTION
_NOT_INHERITED = b.HEADLINE | b.BODY | b.IMAGE | b.PAYWALL
_NO_PROSE = _OUT | b.CAPTION | b.LINK | b.ASIDE | b.KEY_POINTS | b.BYLINE | b.BOX | b.TEASER | b.EMBED | b.QUOTE
_HALF_PROSE = b.SOFT | b.TABLE | b.FIGURE | b.STANDFIRST


def _judge(tree: PageTree, raw: Raw) -> _Page:
    """Weigh the pieces and decide which elements to believe that they are furniture."""
    pieces = tree.pieces
    text = [" ".join(piece.text.split()) for piece in pieces]
    length = [_length(words) for words in text]
    weight = [_weigh(piece, words, size) for piece, words, size in zip(pieces, text, length, strict=True)]
    # What tags alone rule out is no prose to measure furniture by.
    for node in tree.nodes:
        # Some systems wrap the whole page in a form.
        flag = 0 if node.tag == "form" else b.own_tag(node.tag)
        node.flags = flag | (node.parent.flags if node.parent else 0)
    for at, piece in enumerate(pieces):
        if piece.node.flags & (b.CAPTION | b.LINK | b.FURNITURE):
            weight[at] = 0.0
    seen: set[str] = set()
    headings = [0] * (len(pieces) + 1)
    for at, words in enumerate(text):
        headings[at + 1] = headings[at] + (pieces[at].node.tag in ("h1", "h2", "h3"))
        if weight[at]:
            if words in seen:
                weight[at] = 0.0
            seen.add(words)
    sums = list(accumulate(weight, initial=0.0))
    much = 0.35 * sums[-1]
    # Elements of one template are believed or not together: a site may wrap each paragraph in a "card".
    alike: dict[str, float] = {}
    for node in tree.nodes:
        if node.own & _DOUBTFUL:
            alike[node.signature] = alike.get(node.signature, 0.0) + sums[node.last] - sums[node.first]
    for node in tree.nodes:
        own = node.own
        held = sums[node.last] - sums[node.first]
        if own & _DOUBTFUL and alike[node.signature] > much:
            own &= ~_DOUBTFUL
        if own & b.COMMENT and held > much:
            own &= ~b.COMMENT
        if own & _SMALL and held > 1500:
            own &= ~_SMALL
        few = node.last - node.first <= 4 and held < 600 and headings[node.last] == headings[node.first]
        if own & b.IMAGE and few and not own & b.BODY:
            own |= b.CAPTION
        if own & b.HIDDEN and own & b.PAYWALL and node.tag == "p":
            own &= ~b.HIDDEN
        if node.tag == "blockquote" and node.parent is not None and node.parent.flags & b.FIGURE:
            own |= b.QUOTE
        node.flags = own | (node.parent.flags & ~_NOT_INHERITED if node.parent else 0)
    flags = [piece.node.flags | piece.inline for piece in pieces]
    for at, flag in enumerate(flags):
        if flag & _NO_PROSE:
            weight[at] = 0.0
        elif flag & _HALF_PROSE:
            weight[at] *= 0.5
    return _Page(
        tree=tree,
        raw=raw,
        text=text,
        length=length,
        flags=flags,
        weight=weight,
        sums=list(accumulate(weight, initial=0.0)),
        described=read_json_ld(tree.scripts),
    )


# --- titles ------------------------------------------------------------------------------------------------------

_SITE = re.compile(r"\s+[|–—\-·•*:»/]+\s+|\s*[|｜]\s*")


def _alike(one: str, other: str) -> bool:
    """Whether two folded texts are one headline: equal, one within the other, or mostly the same words."""
    if not one or not other:
        return False
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) >= 15 and short in long:
        return True
    a, c = set(short.split()), set(long.split())
    return len(a) > 3 and len(a & c) >= 0.6 * len(a | c)


def _without_site(text: str, known: list[str], site: str) -> str:
    """A title without the name of the site at its end or start.

    A tail is taken for the site's name if it is like it, or if what stands before it is a headline known from
    elsewhere on the page. A kicker before the headline stays.
    """
    for other in known:
        short = len(other)
        if 8 <= short < len(text) <= short + 60 and text.startswith(other) and _SITE.match(text, short):
            return other
    parts = list(_SITE.finditer(text))
    while parts and site and _is_site(text[parts[-1].end() :], site) and len(text[: parts[-1].start()].strip()) > 8:
        text = text[: parts.pop().start()].strip()
    if parts and site and _is_site(text[: parts[0].start()], site) and len(text[parts[0].end() :].strip()) > 8:
        text = text[parts[0].end() :].strip()
    return text


_KICKER = re.compile(r"\s+[|–—\-·•*»]+\s+|\s*[|｜]\s*|:\s+")


def _without_kickers(social: str, shown: str) -> tuple[str, str]:
    """Social title and heading without what each says before the headline, where the rest is the same.

    "Transport: Line opens at last" and "Lusaka - Line opens at last" are both "Line opens at last"; so is a heading
    with a kicker that no mark parts from the headline, if the social title gives the headline alone.
    """
    one, other = fold(social), fold(shown)
    if not one or not other or one == other:
        return social, shown
    if len(one.split()) > 3 and other.endswith(" " + one):
        return social, social
    rests = {fold(shown[match.end() :]): match for match in _KICKER.finditer(shown)}
    for match in _KICKER.finditer(social):
        rest = fold(social[match.end() :])
        if len(rest.split()) > 3 and (same := rests.get(rest)):
            # Two ways of saying one thing are no kickers, but the headline's first half.
            if not set(fold(social[: match.start()]).split()) & set(fold(shown[: same.start()]).split()):
                return shown[same.end() :], shown[same.end() :]
            break
    return social, shown


def _is_site(part: str, site: str) -> bool:
    one, other = fold(part).replace(" ", ""), fold(site).replace(" ", "")
    return bool(one) and bool(other) and (one in other or other in one)


def _pick_title(shown: list[str], described: str, social: str, other: str, title: str, site: str) -> str:
    """The headline that most of a page's sources agree on.

    Args:
        shown: Headings of the page, the article's own first.
        described: Headline in its JSON-LD.
        social: ``og:title``.
        other: ``twitter:title``.
        title: The page's title element.
        site: Name of the site.
    """
    raw = [social, shown[0] if shown else "", described, other]
    tidy = [_without_site(each, [o for o in raw if o and o != each], site) if each else "" for each in raw]
    tidy[0], tidy[1] = _without_kickers(tidy[0], tidy[1])
    folds = [fold(each) for each in tidy]
    if not any(folds):
        return _without_site(title, [], site)
    # What the page shows and what it gives to be shared, word for word the same, is what its readers know it by; the
    # others are often written for search engines.
    if folds[0] and folds[0] == folds[1]:
        return tidy[1]
    whole = fold(title)
    headings = {fold(each) for each in shown}
    votes: dict[str, float] = {}
    for at, name in enumerate(folds):
        if name:
            # A second social title is mostly a copy of the first.
            votes[name] = votes.get(name, 0.0) + (0.4 if at == 3 else 1.0)
    if folds[0] and not folds[2]:
        votes[folds[0]] += 0.6
    for name in votes:
        if name in headings and name != folds[1]:
            votes[name] += 1.0
        if whole.startswith(name):
            votes[name] += 0.5
    best = max((at for at in range(4) if folds[at]), key=lambda at: (votes[folds[at]], -at))
    # Where one says the other and more, the more is a kicker or the site's name.
    if folds[0] != folds[best] and folds[0] in folds[best] and len(folds[0].split()) > 3:
        return tidy[0]
    return tidy[best]


# --- articles on the page ----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Region:
    """The part of a page that holds one article."""

    node: Node
    heading: int | None
    """Piece of the headline."""
    described: Described | None = None
    whole: bool = True
    """Whether what the page says of itself holds for it: it is the only article, or the one the page names."""


def _up(node: Node) -> list[Node]:
    chain: list[Node] = []
    at: Node | None = node
    while at is not None:
        chain.append(at)
        at = at.parent
    return chain


def _headings(page: _Page) -> list[int]:
    """Pieces that may be headlines: h1 to h3 with words, not in furniture."""
    found: list[int] = []
    for at, piece in enumerate(page.tree.pieces):
        if page.flags[at] & _OUT:
            continue
        node: Node | None = piece.node
        for _ in range(3):
            if node is None or node.tag in ("h1", "h2", "h3"):
                break
            node = node.parent
        if node is not None and node.tag in ("h1", "h2", "h3") and node.last - node.first <= 3:
            found.append(at)
    return found


def _level(page: _Page, at: int) -> int:
    return _heading_level(page.tree.pieces[at].node)


def _heading_level(node: Node | None) -> int:
    for _ in range(4):
        if node is None:
            return 9
        if node.tag in b.HEADINGS:
            return b.HEADINGS[node.tag]
        node = node.parent
    return 9


def _distinct_prose(page: _Page, node: Node, seen: set[str]) -> float:
    total = 0.0
    for at in range(node.first, node.last):
        if page.weight[at] > 0 and page.text[at] not in seen:
            seen.add(page.text[at])
            total += page.weight[at]
    return total


def _split(page: _Page) -> list[_Region]:
    """Several articles of a page, if it holds several: see the module's text, point 2."""
    pieces = page.tree.pieces
    headings = _headings(page)
    if len(headings) < 2:
        return []
    own = [d for d in page.described if d.depth == 0 and d.headline]
    names = [fold(d.headline) for d in own]
    for level in (1, 2, 3):
        at_level = [at for at in headings if _level(page, at) == level]
        if len(at_level) < 2:
            continue
        places = sorted(at_level)
        found: list[_Region] = []
        seen: set[str] = set()
        titles: set[str] = set()
        for at in places:
            # Climb while no other heading of the level comes in.
            best: Node | None = None
            declared: Node | None = None
            for node in _up(pieces[at].node):
                inside = bisect_left(places, node.last) - bisect_left(places, node.first)
                if inside > 1:
                    break
                best = node
                if node.tag == "article":
                    declared = node
            if best is not None and declared is not None and page.prose(declared) > 0.8 * page.prose(best):
                best = declared
            title = fold(page.text[at])
            if best is None or best.parent is None or title in titles:
                continue
            if page.prose(best) >= SPLIT_PROSE and _distinct_prose(page, best, seen) >= SPLIT_PROSE:
                titles.add(title)
                found.append(_Region(best, at, whole=False))
        if not 2 <= len(found) <= _MOST_ARTICLES:
            continue
        bound = [_bind(fold(page.text[r.heading or 0]), own, names) for r in found]
        told = len({id(d) for d in bound if d is not None}) >= 2
        if level > 1 and not told:
            # Sections of one article look the same; a headline above them says that they are.
            outer = [h for h in headings if _level(page, h) < level and h < found[0].node.first]
            if outer or any(d.kind == "LiveBlogPosting" for d in page.described):
                continue
            if not all(_declares_article(r.node) for r in found):
                continue
        elif not told and not (
            all(_declares_article(r.node) for r in found) or len({r.node.signature for r in found}) == 1
        ):
            continue
        said = [fold(_without_site(clean(each[:500]), [], _site(page))) for each in page.tree.metas.get("og:title", ())]
        for region, one in zip(found, bound, strict=True):
            region.described = one
            # What the head of the page says holds for the article whose headline it gives, and for no other.
            if any(_alike(each, fold(page.text[region.heading or 0])) for each in said):
                region.whole = True
                said = []
        return found
    return []


def _declares_article(node: Node) -> bool:
    at: Node | None = node
    while at is not None and at.first == node.first and at.last == node.last:
        if at.tag == "article" or "Article" in (at.attributes.get("itemtype") or ""):
            return True
        at = at.parent
    return node.tag == "article"


def _bind(heading: str, own: list[Described], names: list[str]) -> Described | None:
    """The description whose headline is this one."""
    for one, name in zip(own, names, strict=True):
        if name == heading:
            return one
    for one, name in zip(own, names, strict=True):
        if _alike(name, heading):
            return one
    return None


def _only(page: _Page) -> _Region:
    """The page as one article."""
    tree = page.tree
    site = _site(page)
    metas = [clean(tree.metas.get(name, [""])[0][:500]) for name in ("og:title", "twitter:title")]
    title = clean(tree.title[:500])
    targets = [fold(_without_site(each, [], site)) for each in metas if each]
    targets += [fold(d.headline) for d in page.described[:8] if d.depth == 0]
    targets.append(fold(_without_site(title, [], site)))
    described = _describe(page, targets)
    if described is not None:
        targets.insert(0, fold(described.headline))
    best: tuple[float, int] | None = None
    total = page.sums[-1]
    for at in _headings(page):
        name = fold(page.text[at])
        level = _level(page, at)
        score = 3.0 if any(name == each for each in targets) else 1.5 if any(_alike(name, t) for t in targets) else 0.0
        score += {1: 2.0, 2: 0.5}.get(level, 0.0)
        if page.flags[at] & b.HEADLINE:
            score += 0.5
        # A headline comes before the prose, not after it.
        score -= 3.0 * (page.sums[at] / total if total else 0.0)
        if len(name) < 5:
            score -= 2.0
        # Of headlines shown twice the later is nearer the text.
        if score >= 2.0 and (best is None or score >= best[0]):
            best = (score, at)
    return _Region(tree.root, best[1] if best else _titled(page)[0], described)


def _describe(page: _Page, targets: list[str]) -> Described | None:
    """Which of the page's descriptions is of the page's one article."""
    own = [d for d in page.described if d.depth < 10]
    if not own:
        return None
    if len(own) == 1:
        return own[0]
    addresses = {_path(u) for u in (page.raw.url, page.tree.canonical, *page.tree.metas.get("og:url", ())) if u}

    def score(one: Described) -> float:
        return (
            (2.0 if one.headline and fold(one.headline) in targets[:2] else 0.0)
            + (1.0 if any(_alike(fold(one.headline), each) for each in targets) else 0.0)
            + (2.0 if one.url and _path(one.url) in addresses else 0.0)
            + (0.5 if one.depth == 0 else 0.0)
            + (0.4 if one.published else 0.0)
            + (0.3 if one.authors else 0.0)
        )

    return max(own, key=score)


def _path(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return parts.path.rstrip("/") or parts.netloc


def _site(page: _Page) -> str:
    """The site's name for itself; its host where it tells none."""
    if page.site is None:
        page.site = _named(page) or _titled(page)[1] or _host(page.raw.url or page.tree.canonical or "")
    return page.site


def _named(page: _Page) -> str:
    for name in ("og:site_name", "application-name", "al:ios:app_name", "twitter:app:name:iphone"):
        for value in page.tree.metas.get(name, ()):
            if text := clean(value):
                return text
    return next((one.publisher for one in page.described if one.publisher), "")


_HEAD_PIECES = 1000
"""Pieces from the start of a page among which its headline is looked for."""
_FOOT_PIECES = 200
"""Pieces at the end of a page among which its line about rights is looked for."""
_RIGHTS = re.compile(r"©|\(c\)|copyright|all rights reserved", re.IGNORECASE)


def _titled(page: _Page) -> tuple[int | None, str]:
    """The piece that says the headline which the page's title holds, and the site's name beside it in the title.

    What stands beside the headline is the site's name if the page bears it out: above the headline, in its line
    about rights, or in its address.
    """
    title = " ".join(page.tree.title[:500].split())
    for part in b.title_parts(title):
        name = fold(part)
        at = next(
            (
                at
                for at, words in enumerate(page.text[:_HEAD_PIECES])
                if len(words) < len(part) + 20 and page.sums[at] <= 0.2 * page.sums[-1] and fold(words) == name
            ),
            None,
        )
        if at is None or page.tree.pieces[at].linked * 2 > len(page.tree.pieces[at].text):
            continue
        before, _, after = title.partition(part)
        beside = (_SITE.split(after)[-1] or _SITE.split(before)[0]).strip(" |｜-–—·•*:»/")
        words = fold(beside)
        if not 2 < len(beside) <= 60 or written_time(beside):
            return at, ""
        host = _host(page.raw.url or page.tree.canonical or "").partition(".")[0].replace("-", "")
        borne_out = words.replace(" ", "") == host or any(fold(text) == words for text in page.text[:at])
        borne_out = borne_out or any(
            len(text) < 300 and _RIGHTS.search(text) and words in fold(text) for text in page.text[-_FOOT_PIECES:]
        )
        return at, beside if borne_out and not _BYLINE.match(beside) else ""
    return None, ""


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


# --- one article -------------------------------------------------------------------------------------------------

_BOLD_HEAD = 120
_STOCK = re.compile(
    r"^(?:advertisement|advertising|anzeige|werbung|publicidad|publicité|pubblicità|reklam[ae]?|annons|sponsored|"
    r"story continues below|article continues (?:below|after)|continue reading|read more|read also|also read|see also|"
    r"more on this|related(?: \w+)?|share(?: this)?(?: \w+)?|follow us|sign up|subscribe|loading|listen|"
    r"lesen sie auch|mehr zum thema|lee también|lire aussi|leggi anche|short url|print|comments?|recommended|"
    r"watch(?: more)?|click here|scroll to continue)\b[^.!?]{0,60}:?$",
    re.IGNORECASE,
)


def _container(page: _Page, region: _Region) -> Node:
    """The smallest element that holds nearly all the region's prose, and stands below its headline's ancestors."""
    pieces = page.tree.pieces
    start, stop = region.node.first, region.node.last
    # Prose by the element around its paragraphs: the largest is the seed.
    around: dict[int, float] = {}
    holder: dict[int, Node] = {}
    for at in range(start, stop):
        if weight := page.weight[at]:
            node = pieces[at].node.parent or pieces[at].node
            if pieces[at].node.tag not in _PROSE_TAGS:
                node = pieces[at].node
            for up, share in ((node, 1.0), (node.parent, 0.5), (node.parent.parent if node.parent else None, 0.25)):
                if up is not None:
                    around[id(up)] = around.get(id(up), 0.0) + weight * share
                    holder[id(up)] = up
    if not around:
        return region.node
    seed = holder[max(around, key=lambda key: (around[key], holder[key].depth))]
    chain = _up(seed)
    top = len(chain) - 1
    if region.heading is not None:
        above = {id(node) for node in _up(pieces[region.heading].node)}
        top = next((at for at, node in enumerate(chain) if id(node) in above), top)
    for at, node in enumerate(chain):
        if node is region.node:
            top = min(top, at)
    whole = page.prose(chain[top])
    for node in chain[: top + 1]:
        if page.prose(node) >= 0.9 * whole:
            return node
    return chain[top]


def _read(page: _Page, region: _Region) -> Extract:
    text = page.text
    body = _container(page, region)
    described = region.described
    site = _site(page)
    start, stop = _head(page, region, body), body.last
    headline = _title(page, region, site)
    notes: list[str] = []
    kinds = _kinds(page, region, body, start, stop, headline, notes)
    found: list[tuple[BlockKind, str]] = []
    if headline:
        found.append(("headline", headline))
    found.extend((kind, text[at]) for at, kind in kinds)
    published, updated, dated_by = _dates(page, region, start, kinds)
    url: str | None = (described.url if described else "") or (
        page.tree.canonical or next(iter(page.tree.metas.get("og:url", ())), "") if region.whole else ""
    )
    if url and page.raw.url:
        url = urljoin(page.raw.url, url)
    if not url or not url.startswith(("http://", "https://")):
        url = page.raw.url
    return Extract(
        title=headline,
        blocks=found,
        byline=_byline(page, region, start, kinds),
        published=published,
        updated=updated,
        dated_by=dated_by,
        source=(described.publisher if described and described.publisher else "") or site or None,
        url=url,
        language=_language(page, described),
        notes=notes,
    )


def _head(page: _Page, region: _Region, body: Node) -> int:
    """Where to begin reading: after the headline where it stands first; else where the article's element begins."""
    text, heading = page.text, region.heading
    if heading is not None and heading < body.last:
        # Shown twice, once above and once at the text: what lies between belongs to the article.
        name = text[heading]
        return next(at for at in range(max(region.node.first, heading - 30), heading + 1) if text[at] == name) + 1
    node: Node | None = body
    while node is not None and node is not region.node:
        if node.tag in ("article", "main"):
            return max(node.first, body.first - 15)
        node = node.parent
    return body.first if region.whole else region.node.first


def _title(page: _Page, region: _Region, site: str) -> str:
    tree = page.tree
    heading = _whole_heading(page, region.heading) if region.heading is not None else ""
    if not region.whole:
        return heading
    social, other = (clean(tree.metas.get(name, [""])[0][:500]) for name in ("og:title", "twitter:title"))
    shown = [heading] if heading else []
    # A heading of the first level tells the title even where it stands in a breadcrumb or is hidden.
    shown += [page.text[node.first] for node in tree.nodes if node.tag == "h1" and node.last == node.first + 1]
    described = region.described.headline if region.described else ""
    return _pick_title(shown, described, social, other, clean(tree.title[:500]), site)


_ASIDES = b.ASIDE | b.BOX | b.EMBED | b.QUOTE | b.TEASER
_CELLS = frozenset(("li", "dd", "dt", "td", "th"))


def _frame(page: _Page, at: int) -> str:
    """Signature of the element that a paragraph's template puts around it."""
    holder = page.tree.pieces[at].node
    node: Node | None = holder
    if holder.tag in _CELLS:
        while node is not None and (node.tag in _CELLS or node.tag in ("ul", "ol", "dl", "tr", "tbody", "table")):
            node = node.parent
    elif holder.tag in _PROSE_TAGS and holder.parent is not None:
        node = holder.parent
    # Further classes tell of position and state ("last", "narrow").
    return node.signature.partition(" ")[0] if node is not None else ""


def _left_out(page: _Page, body: Node) -> set[int]:
    """Pieces in elements within the body that are articles of their own: teasers, by their little prose."""
    nested = [
        node
        for node in page.tree.nodes
        if node.tag == "article" and node.depth > body.depth and body.first <= node.first and node.last <= body.last
    ]
    held = sum(page.prose(node) for node in nested)
    if not nested or held > 0.3 * page.prose(body):
        return set()
    return {at for node in nested for at in range(node.first, node.last)}


def _whole_heading(page: _Page, at: int) -> str:
    """The headline with its kicker, where one heading element holds both."""
    node: Node | None = page.tree.pieces[at].node
    while node is not None and node.tag not in b.HEADINGS:
        node = node.parent
    if node is None or not 1 < node.last - node.first <= 3:
        return page.text[at]
    parts = [page.text[i] for i in range(node.first, node.last) if not page.flags[i] & _OUT]
    joined = " ".join(parts)
    # Without a mark between them two lines are no one headline, unless the page says so elsewhere.
    said = {fold(clean(each[:500])) for name in ("og:title", "twitter:title") for each in page.tree.metas.get(name, ())}
    said |= {fold(one.headline) for one in page.described}
    if any(part.endswith((":", "–", "—", "|")) for part in parts[:-1]) or fold(joined) in said:
        return joined
    return page.text[at]


def _kinds(
    page: _Page, region: _Region, body: Node, start: int, stop: int, headline: str, notes: list[str]
) -> list[tuple[int, BlockKind]]:
    """What each piece of the article is, in reading order; furniture is left out, boxes with a note."""
    pieces, text, flags = page.tree.pieces, page.text, page.flags
    described = region.described
    shown = fold(text[region.heading]) if region.heading is not None else ""
    titles = {fold(headline), shown} - {""}
    found: list[tuple[int, BlockKind]] = []
    seen: set[str] = set()
    summaries = [
        folded
        for each in (
            described.description if described else "",
            *(page.tree.metas.get(name, [""])[0] for name in ("description", "og:description") if region.whole),
        )
        if len(folded := fold(clean(each[:2000]))) >= 20
    ]
    out = _left_out(page, body)
    frames: Counter[str] = Counter()
    for at in range(start, stop):
        if page.weight[at]:
            frames[_frame(page, at)] += int(page.weight[at])
    enough = 0.15 * sum(frames.values())
    main = {frame for frame, held in frames.items() if held >= enough} or set(frames)
    if len(main) > 1:
        # What begins only after the largest frame has ended, and is much smaller, is no part of the text.
        ends: dict[str, int] = {}
        begins: dict[str, int] = {}
        for at in range(start, stop):
            if page.weight[at] and (frame := _frame(page, at)) in main:
                ends[frame] = at
                begins.setdefault(frame, at)
        largest = max(main, key=lambda frame: (frames[frame], frame))
        main = {f for f in main if begins[f] < ends[largest] or frames[f] > 0.25 * frames[largest]}
    first = next(
        (
            at
            for at in range(start, stop)
            if page.weight[at] >= 40 and at not in out and not flags[at] & b.STANDFIRST and _frame(page, at) in main
        ),
        start,
    )
    # The body's own paragraphs may begin outside its main frame; their class tells.
    beside = 0
    own = pieces[first].node.signature if first < stop and pieces[first].node.attributes.get("class") else ""
    last = stop
    while last > first and not (page.weight[last - 1] and _frame(page, last - 1) in main):
        last -= 1
    lead = _lead_heads(page, start, first, last)
    for at in range(start, stop):
        piece, words, flag = pieces[at], text[at], flags[at]
        if at in out or not any(c.isalnum() for c in words):
            continue
        if flag & _OUT and (at >= first or flag & b.HIDDEN):
            continue
        folded = fold(words)
        if folded in titles or folded in seen or _STOCK.match(words):
            continue
        if at in lead:
            kind = "subhead"
        elif at < first:
            kind = _head_kind(piece, words, page.length[at], flag, summaries, folded, own)
        else:
            kind = _kind(piece, words, page.length[at], flag, at - first, summaries, folded)
            if kind is None and _long_link(piece, words, flag) and _frame(page, at) in main:
                kind = "paragraph"
        if kind is None:
            beside += at >= first and bool(flag & (b.BOX | b.EMBED | b.QUOTE)) and len(words) > 40
            continue
        if kind == "paragraph" and (at >= last or flag & b.STANDFIRST) and _frame(page, at) not in main:
            continue
        if at >= last and kind == "subhead":
            continue
        if kind == "paragraph" and piece.node.tag in b.HEADINGS:
            continue
        seen.add(folded)
        found.append((at, kind))
    if beside:
        notes.append(f"{beside} pieces of text in boxes, embedded posts and pull quotes left out")
    found = _once(page, _agreeing(page, region, found))
    # Sub-heads head something: the last ones of an article are furniture.
    while found and found[-1][1] == "subhead":
        found.pop()
    return found


def _lead_heads(page: _Page, start: int, first: int, last: int) -> set[int]:
    """Headings straight above the first paragraph that are built like sub-heads further down: a live blog's first."""
    pieces, flags = page.tree.pieces, page.flags
    heads: set[int] = set()
    for at in range(first - 1, max(start, first - 4) - 1, -1):
        if pieces[at].node.tag in b.HEADINGS and not flags[at] & (_OUT | b.STANDFIRST | b.LINK | b.CAPTION):
            heads.add(at)
        elif not flags[at] & b.BYLINE and page.length[at] > 20:
            break
    if not heads:
        return heads
    later = {pieces[at].node.signature for at in range(first, last) if pieces[at].node.tag in b.HEADINGS}
    return {at for at in heads if pieces[at].node.signature in later}


_BYLINE = re.compile(
    r"^(?:by|von|par|por|di|door|av|af|przez|text|autor(?:in)?|kolumne von|ein kommentar von)\b[^.!?]{2,80}$",
    re.IGNORECASE,
)


def _head_kind(
    piece: Piece, words: str, length: float, flag: int, summaries: list[str], folded: str, own: str
) -> BlockKind | None:
    """What a piece between headline and first paragraph is; None for furniture."""
    linked = piece.linked / len(piece.text)
    tag = piece.node.tag
    if length >= 20 and linked < 0.5 and not flag & (b.FIGURE | b.CAPTION) and _summary(folded, summaries):
        return "standfirst"
    if flag & (_OUT | b.ASIDE | b.BOX | b.EMBED | b.QUOTE):
        return None
    if flag & (b.CAPTION | b.FIGURE):
        return "caption" if length > 8 else None
    if flag & b.KEY_POINTS:
        return "key_point" if linked < 0.3 and length >= 20 else None
    if linked >= 0.5 or length < 20 or flag & b.BYLINE:
        return None
    if flag & b.STANDFIRST:
        return "key_point" if tag == "li" else "standfirst"
    if own and piece.node.signature == own:
        return "paragraph"
    if flag & (b.TEASER | b.SOFT | b.LINK) or length < 50 or linked > 0.3:
        return None
    if tag not in ("p", "h2", "h3", "h4", "div") or _BYLINE.match(words) or (length < 90 and written_time(words)):
        return None
    return "standfirst"


def _kind(
    piece: Piece, words: str, length: float, flag: int, after: int, summaries: list[str], folded: str
) -> BlockKind | None:
    """What a piece of the body is; ``after`` is its distance from the first paragraph. None for furniture."""
    linked = piece.linked / len(piece.text)
    tag = piece.node.tag
    if flag & b.CAPTION or (flag & b.FIGURE and tag not in ("p", "td", "blockquote")):
        return "caption" if length > 8 else None
    if after == 0 and linked < 0.5 and _summary(folded, summaries):
        return "standfirst"
    if flag & _ASIDES:
        return None
    heading = tag in b.HEADINGS or _heading_level(piece.node) < 9
    if heading:
        return "subhead" if linked < 0.5 and length < 200 else None
    if linked > 0.6 or (flag & b.STANDFIRST and flag & b.SOFT and tag == "p"):
        return None
    if flag & b.SOFT and (linked > 0.25 or length < 60):
        return None
    if flag & b.BYLINE and length < 250:
        return None
    if length < 100 and _BYLINE.match(words) and not _END.search(words[-20:]):
        return None
    if tag in ("p", "blockquote"):
        if length < _BOLD_HEAD and piece.bold >= 0.9 * len(words) and not _END.search(words[-20:]):
            return "subhead"
        return "paragraph"
    if tag in ("li", "dd", "dt"):
        return "paragraph" if linked < 0.4 and length >= 20 else None
    return "paragraph" if length >= 60 and (_END.search(words[-20:]) or length > 150) else None


def _long_link(piece: Piece, words: str, flag: int) -> bool:
    """Whether it is a paragraph most of which is one link, but which reads like any other."""
    if piece.node.tag != "p" or flag & (_ASIDES | b.SOFT | b.BYLINE | b.CAPTION):
        return False
    return len(words) > 100 and piece.linked < 0.9 * len(piece.text) and bool(_END.search(words[-20:]))


_MOST_SEARCHED = 50_000_000
"""Characters to search through at most when texts are looked for in others."""


def _once(page: _Page, found: list[tuple[int, BlockKind]]) -> list[tuple[int, BlockKind]]:
    """Leave out a piece that says again in one what three or more paragraphs say."""
    plain = [(at, page.text[at]) for at, kind in found if kind == "paragraph"]
    again: set[int] = set()
    for at, whole in [each for each in plain if 400 < len(each[1]) < _MOST_SEARCHED // len(plain)][:50]:
        held = [
            len(words)
            for other, words in plain
            if other != at and other not in again and 60 < len(words) < len(whole) and words[:80] in whole
        ]
        if len(held) >= 3 and sum(held) > 0.5 * len(whole):
            again.add(at)
    return [(at, kind) for at, kind in found if at not in again]


def _agreeing(page: _Page, region: _Region, found: list[tuple[int, BlockKind]]) -> list[tuple[int, BlockKind]]:
    """Leave out what the article's JSON-LD body does not hold, where that body is plainly the whole text."""
    described = region.described
    if described is None or not 500 <= len(described.body) < _MOST_SEARCHED // (len(found) + 1):
        return found
    body = fold(clean(described.body)).replace(" ", "")
    inside: dict[int, bool] = {}
    held = total = 0
    shares: dict[str, list[int]] = {}
    for at, kind in found:
        if kind == "paragraph":
            words = fold(page.text[at]).replace(" ", "")
            inside[at] = words[:60] in body or (len(words) > 120 and words[-60:] in body)
            share = shares.setdefault(_frame(page, at), [0, 0])
            share[inside[at]] += len(words)
            total += len(words)
            held += len(words) * inside[at]
    if held < 0.55 * total or held < 0.8 * len(body):
        return found
    last = max(at for at, yes in inside.items() if yes)
    kept: list[tuple[int, BlockKind]] = []
    for at, kind in found:
        if kind == "paragraph" and not inside[at]:
            outside, within = shares[_frame(page, at)]
            if at > last or outside > within:
                continue
        kept.append((at, kind))
    return kept


def _summary(folded: str, summaries: list[str]) -> bool:
    for each in summaries:
        if folded == each or (len(folded) >= 40 and (each.startswith(folded[:60]) or folded in each)):
            return True
        if len(each) >= 40 and folded.startswith(each[: max(40, len(each) - 12)]) and len(folded) < 1.6 * len(each):
            return True
    return False


def _language(page: _Page, described: Described | None) -> str | None:
    metas = page.tree.metas
    for value in (
        page.tree.language,
        described.language if described else "",
        *metas.get("og:locale", ()),
        *metas.get("content-language", ()),
        *metas.get("language", ()),
    ):
        if tag := language_tag(value):
            return tag
    return None


# --- byline ------------------------------------------------------------------------------------------------------


_AUTHOR_METAS = (
    "author",
    "article:author",
    "articleauthor",
    "sailthru.author",
    "parsely-author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "citation_author",
    "cxenseparse:author",
    "dcsext.author",
    "og:article:author",
)
_NOT_NAMES = re.compile(
    r"\b(?:min|mins|minutes?|read|uhr|updated|published|posted|follow|share|email|comments?|photo|foto|bild|bildrechte|rights|quelle|source|news|politics|image|"
    r"january|february|march|april|june|july|august|september|october|november|december|"
    r"mon|tue|wed|thu|fri|sat|sun|am|pm|gmt|utc|subscribe|newsletter|editor|reporter|correspondent|staff)\b",
    re.IGNORECASE,
)


def _byline(page: _Page, region: _Region, start: int, kinds: list[tuple[int, BlockKind]]) -> tuple[str, ...]:
    """Names of the authors: from JSON-LD, meta elements or the page, persons before the house itself."""
    described = region.described
    site = _site(page)
    houses = [site, _host(page.raw.url or page.tree.canonical), described.publisher if described else ""]

    def persons(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in names if not any(_of_house(name, house) for house in houses if house))

    declared = tidy_names(described.authors) if described else ()
    if found := persons(declared):
        return found
    if region.whole:
        for name in _AUTHOR_METAS:
            names = tidy_names([clean(each) for each in page.tree.metas.get(name, ())])
            if found := tuple(n for n in persons(names) if looks_named(n)):
                return found
            declared = declared or names
    end = next((at for at, kind in kinds if kind == "paragraph"), start)
    low, high = max(region.node.first, start - 8), min(region.node.last, end + 3)
    near = [
        words
        for at, words in page.tree.names
        if low <= at <= end and at < len(page.flags) and not page.flags[at] & (b.CAPTION | b.HIDDEN | b.ASIDE)
    ]
    shown = [
        page.text[at]
        for at in range(low, high)
        if at < len(page.text)
        and page.length[at] < 120
        and (page.flags[at] & b.BYLINE or _BYLINE.match(page.text[at]))
        and not page.flags[at] & (b.CAPTION | b.HIDDEN)
    ]
    for texts in (near, shown):
        names = tidy_names([_before_time(" ".join(each.split())) for each in texts])
        if found := tuple(n for n in persons(names) if looks_named(n) and not _NOT_NAMES.search(n)):
            return found[:8]
    # A name alone on a line above the text or below it.
    prose = [at for at, kind in kinds if kind == "paragraph" and page.length[at] > 60]
    if prose:
        last = next((at for at, kind in reversed(kinds) if kind in ("paragraph", "subhead")), prose[-1])
        for at in (*range(max(start, prose[0] - 3), prose[0]), *((last,) if last > prose[-1] else ())):
            if not page.flags[at] & (b.CAPTION | b.HIDDEN | b.FIGURE | _OUT) and page.tree.pieces[at].node.tag == "p":
                names = persons(tidy_names(_SLASH.split(page.text[at])))
                if names and all(looks_named(n) and not _NOT_NAMES.search(n) for n in names):
                    return names
    # What an element declares to be the author may be an agency or the desk.
    return (
        declared
        or tuple(
            name
            for name in tidy_names([" ".join(each.split()) for each in near])
            if len(name) < 40 and not _FURTHER.search(name)
        )[:3]
    )


def _of_house(name: str, house: str) -> bool:
    """Whether a name is the publisher's or a part of it: "MDR Thüringen" of "MDR.DE"."""
    first = name.split(maxsplit=1)[0]
    return _is_site(name, house) or (first.isupper() and len(first) > 2 and fold(first) == fold(house).split(" ")[0])


_FURTHER = re.compile(r"\d|ago$|\b(?:share|follow|read|min|updated|published|comments?)\b", re.IGNORECASE)
_SLASH = re.compile(r"\s*/\s*")
_BY_NAME = re.compile(r"\b(?:[Bb]y|BY|[Vv]on|VON|[Pp]ar|[Pp]or)\s+(?=[A-ZÀ-Þ])")


def _before_time(words: str) -> str:
    """A byline without the date before or behind the names."""
    if by := _BY_NAME.search(words):
        words = words[by.start() :]
    match = re.search(r"\d", words)
    return words[: match.start()] if match else words


# --- times -------------------------------------------------------------------------------------------------------

_PUBLISHED = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "publishdate",
    "pubdate",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date.created",
    "article.published",
    "published_time",
    "publication_date",
    "publish_date",
    "article:published",
    "article_date_original",
    "displaydate",
    "citation_publication_date",
    "rnews:datepublished",
    "originalpublicationdate",
    "timestamp",
)
_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "article:modified",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
    "modified_time",
    "lastmod",
)
_DATED_WORDS = re.compile(r"publish|posted|veröffentlicht|publi[cé]|pubblicat|stand:|\d\d[:.]\d\d", re.IGNORECASE)
_MODIFIED_WORDS = re.compile(r"updat|modif|aktualis|mis à jour|actualiz|aggiorn|atualiz|edited|revis", re.IGNORECASE)


def _dates(
    page: _Page, region: _Region, start: int, kinds: list[tuple[int, BlockKind]]
) -> tuple[IsoTime | None, IsoTime | None, DatedBy | None]:
    described, metas = region.described, page.tree.metas
    published = updated = None
    by: DatedBy | None = None
    if described:
        published, updated = iso_time(described.published), iso_time(described.updated)
        if published or updated:
            by = "json-ld"
    if region.whole:
        if published is None or "T" not in published:
            for name in _PUBLISHED:
                value = next((t for each in metas.get(name, ()) if (t := iso_time(each))), None)
                if value and (published is None or ("T" in value and value[:10] == published[:10])):
                    published, by = value, "meta"
                    break
        if updated is None:
            for name in _MODIFIED:
                if value := next((t for each in metas.get(name, ()) if (t := iso_time(each))), None):
                    updated = value
                    by = by or "meta"
                    break
    if published is None or "T" not in published:
        shown = _shown(page, region, start, kinds)
        for value, modified, how in shown:
            if modified and updated is None:
                updated, by = value, by or how
            elif not modified and (published is None or ("T" not in published and value[:10] == published[:10])):
                published, by = value, how
    if published is None and region.whole:
        for url in (page.raw.url, page.tree.canonical):
            if value := url_day(url):
                published, by = value, "url"
                break
    return published, updated, by


def _shown(
    page: _Page, region: _Region, start: int, kinds: list[tuple[int, BlockKind]]
) -> list[tuple[IsoTime, bool, DatedBy]]:
    """Times shown near the headline: machine-readable ones first, each with whether it is an update."""
    low = max(region.node.first, start - 12)
    first = next((at for at, kind in kinds if kind == "paragraph"), start)
    high = min(region.node.last, first + 3)
    found: list[tuple[IsoTime, bool, DatedBy]] = []
    for at, attributes, words in page.tree.times:
        if low <= at <= high:
            near = f"{words} {attributes.get('class') or ''} {attributes.get('itemprop') or ''} " + (
                page.text[at] if at < len(page.text) and len(page.text[at]) < 120 else ""
            )
            value = iso_time(attributes.get("datetime")) or written_time(words)
            if value:
                found.append((value, bool(_MODIFIED_WORDS.search(near)), "html"))
    loose: list[tuple[IsoTime, bool, DatedBy]] = []
    for at in range(low, high):
        words, flag = page.text[at], page.flags[at]
        if len(words) > 160 or flag & (b.CAPTION | b.FIGURE) or (at >= first and not flag & b.BYLINE):
            continue
        if value := written_time(words) or relative_time(words, page.raw.retrieved):
            into = found if flag & b.BYLINE or _DATED_WORDS.search(words) else loose
            into.append((value, bool(_MODIFIED_WORDS.search(words)), "text"))
    found += loose
    return found


# --- the page ----------------------------------------------------------------------------------------------------

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_MEDIA_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# As browsers read the names: the larger set that pages in fact use.
_LABELS = {
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "sjis": "cp932",
    "windows-31j": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ksc5601": "cp949",
    "big5": "big5hkscs",
    "x-euc-jp": "euc_jp",
    "utf8": "utf-8",
    "unicode": "utf-8",
    "utf-16": "utf-8",  # a page whose declaration can be read is not in UTF-16
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
}


def decode(data: bytes, media: str | None = None) -> str:
    """A page's text, by its byte order mark, else as UTF-8 if it is that, else as declared, else as detected.

    A declaration is believed only if the bytes bear it out; UTF-8 with a few broken bytes is still UTF-8. NULs and
    what cannot be decoded never raise: NULs go, the rest becomes U+FFFD.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace").replace("\0", "")
    if b"\0" in data[:8192] and (name := guard.wide(data[:8192])):
        return data.decode(name, "replace").replace("\0", "")
    declared: list[str] = []
    for match in (
        _MEDIA_CHARSET.search(media or ""),
        _XML_CHARSET.search(data[:400]),
        _META_CHARSET.search(data[:8192]),
    ):
        if match:
            label = match[1]
            label = (label.decode("ascii") if isinstance(label, bytes) else label).lower()
            declared.append(_LABELS.get(label, label))
    if b"\x1b" in data and (japanese := next((n for n in declared if n.startswith("iso-2022")), None)):
        declared = [japanese]
    else:
        try:
            return data.decode("utf-8").replace("\0", "")
        except UnicodeDecodeError:
            pass
        text = data.decode("utf-8", "replace")
        broken = text.count("\ufffd")
        if broken * 20 < len(data) - len(data.translate(None, bytes(range(128, 256)))):
            return text.replace("\0", "")
    for name in declared:
        if name == "utf-8":
            continue
        try:
            return data.decode(name).replace("\0", "")
        except (UnicodeDecodeError, LookupError):
            continue
    from resiliparse.parse.encoding import detect_encoding

    detect: Any = detect_encoding
    # The head of a page is markup; its prose tells the encoding better.
    high = [at for at in range(0, len(data), max(1, len(data) // 64)) if max(data[at : at + 512], default=0) > 127]
    start = max(0, high[0] - 2048) if high else 0
    guess = str(detect(data[start : start + 262_144]))
    guesses = [_LABELS.get(guess, guess), *(name for name in declared if name != "utf-8"), "cp1252"]
    for name in guesses:
        if name == "utf-8":
            continue
        try:
            text = data.decode(name, "replace")
        except LookupError:
            continue
        return text.replace("\0", "")
    return data.decode("utf-8", "replace").replace("\0", "")


def extract(raw: Raw, limits: guard.Limits = guard.LIMITS) -> list[Extract]:
    """The articles of an HTML page, in page order.

    Args:
        raw: The page as fetched.
        limits: What it may cost.

    Raises:
        ArticleError: Nothing can be read: "empty", "binary", "too large", "too deep", "too many nodes",
            "no article", "time limit" or "memory limit".
    """
    data = raw.data
    if not data.strip():
        raise ArticleError("empty", f"{raw.where}: nothing but white space; fetch or save it again")
    if len(data) > limits.bytes:
        raise ArticleError(
            "too large", f"{raw.where}: {len(data):,} bytes, more than the limit of {limits.bytes:,}; raise the limit"
        )
    if kind := guard.sniff(data):
        raise ArticleError("binary", f"{raw.where} is {kind}")
    text = decode(data, raw.media)
    if not guard.doubtful(text, limits):
        return parse(text, raw, limits)
    shape = guard.shape(text, limits.nodes)
    # An estimate of the depth can be wrong; only where it is far off is it enough to refuse the page unread.
    if shape.depth > 5 * limits.depth:
        raise ArticleError(
            "too deep", f"{raw.where}: elements nest over {limits.depth:,} deep, more than any page: leave it out"
        )
    if shape.nodes > limits.nodes:
        raise ArticleError("too many nodes", f"{raw.where}: more than {limits.nodes:,} elements: split it")
    try:
        return guard.guarded(_parse_apart, (text, raw, limits), seconds=limits.seconds, megabytes=limits.megabytes)
    except ArticleError as error:
        if error.detail.startswith(raw.where):
            raise
        raise ArticleError(error.reason, f"{raw.where}: {error.detail}") from None


def _parse_apart(call: tuple[str, Raw, guard.Limits]) -> list[Extract]:
    text, raw, limits = call
    return parse(text, raw, limits)


def parse(text: str, raw: Raw, limits: guard.Limits = guard.LIMITS) -> list[Extract]:
    """The articles of a decoded page; :func:`extract` without its checks before the parse.

    Raises:
        ArticleError: "too deep", "too many nodes" or "no article".
    """
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    try:
        parser: Any = LexborHTMLParser(text)
    except (SelectolaxError, MemoryError):
        raise ArticleError("memory limit", f"{raw.where}: the parser ran out of memory") from None
    try:
        tree = b.read(parser, most=3 * limits.nodes, deepest=limits.depth)
    except b.BeyondLimitsError as error:
        said = (
            f"nests over {limits.depth:,} deep" if str(error) == "too deep" else f"has over {3 * limits.nodes:,} nodes"
        )
        raise ArticleError(
            str(error), f"{raw.where}: the page {said}, more than any page of news: leave it out"
        ) from None
    page = _judge(tree, raw)
    regions = _split(page) or [_only(page)]
    found = [_read(page, region) for region in regions]
    found = [each for each in found if any(kind == "paragraph" for kind, _ in each.blocks)]
    small = len(text) < _SECOND_MOST and len(tree.nodes) < limits.plain_nodes and tree.depth < 200
    if not found and small:
        found = _second_reading(page, text)
    if not found:
        raise ArticleError("no article", f"{raw.where}: no running text found")
    for each in found:
        if each.published is None and each.updated is None and len(found) == 1 and small:
            _guess_date(each, text)
    return found


_SECOND_MOST = 2_000_000
"""Characters below which a page is given to the slower libraries, which are far from linear."""


def _second_reading(page: _Page, text: str) -> list[Extract]:
    """The page as trafilatura reads it, for pages whose prose does not look like any."""
    if sum(map(len, page.text)) < 250:
        return []
    import trafilatura

    read: Any = trafilatura.extract
    words: str | None = read(text, favor_precision=True, include_comments=False, include_tables=False)
    lines = [" ".join(line.split()) for line in (words or "").splitlines()]
    lines = [line for line in lines if line]
    if sum(map(len, lines)) < 250:
        return []
    one = _read(page, _only(page))
    one.blocks = [each for each in one.blocks if each[0] == "headline"]
    one.blocks.extend(("paragraph", line) for line in lines if fold(line) != fold(one.title))
    one.notes.append("read with trafilatura: the page's own signals were weak")
    return [one]


def _guess_date(one: Extract, text: str) -> None:
    """A day that htmldate takes for the day of publication, marked as the guess it is."""
    import htmldate

    find: Any = htmldate.find_date
    try:
        guess: str | None = find(text, original_date=True, extensive_search=False)
    except Exception:  # noqa: BLE001 - a guess is not worth a page
        return
    if guess and (day := iso_time(guess)):
        one.published, one.dated_by = day, "guess"
        one.notes.append("the day is htmldate's guess")
