"""What a page says about its articles: JSON-LD, meta elements, dates, names.

Read by ourselves from the one parsed tree. Values are cleaned of what sites
put into them (entities escaped twice, "By ", profile addresses), never guessed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any, cast

from dateline.records import IsoTime

_ARTICLE_TYPES = frozenset(
    [
        "Article",
        "NewsArticle",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "BackgroundNewsArticle",
        "OpinionNewsArticle",
        "ReviewNewsArticle",
        "AskPublicNewsArticle",
        "AdvertiserContentArticle",
        "SatiricalArticle",
        "BlogPosting",
        "LiveBlogPosting",
        "DiscussionForumPosting",
        "SocialMediaPosting",
        "TechArticle",
        "ScholarlyArticle",
        "Report",
        "Posting",
    ]
)
_WORD = re.compile(r"[^\W_]+")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_MAX_LD_NODES = 20_000
_MAX_DESCRIBED = 200
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def fold(text: str | None) -> str:
    """Words of a text in lower case, for comparing what two parts of a page say."""
    return " ".join(_WORD.findall((text or "").replace("\xad", "").replace("\u200b", "").casefold()))


@dataclass(slots=True)
class Described:
    """One article as JSON-LD describes it; empty where it does not say."""

    headline: str = ""
    alternative: str = ""
    description: str = ""
    body: str = ""
    authors: list[str] = field(default_factory=list[str])
    published: str = ""
    updated: str = ""
    publisher: str = ""
    url: str = ""
    language: str = ""
    kind: str = ""
    depth: int = 0
    """How deep in the document it stands: 0 for one of its own."""


@dataclass(slots=True)
class PageData:
    """What the head of a page declares, all articles alike."""

    metas: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Content of meta elements by name, property or itemprop in lower case, in page order."""
    described: list[Described] = field(default_factory=list[Described])
    title: str = ""
    canonical: str = ""
    language: str = ""
    publisher: str = ""

    def first(self, *names: str) -> str:
        """First non-empty content among meta elements of these names, in the order of the names."""
        for name in names:
            for value in self.metas.get(name, ()):
                if value:
                    return value
        return ""


def clean(value: object) -> str:
    """A value as one line of text; entities that were escaped twice are resolved."""
    if not isinstance(value, str):
        return ""
    if "&" in value:
        value = unescape(value)
    value = _NO_TEXT.sub("", value)
    if "<" in value and ">" in value:
        value = re.sub(r"</?[a-zA-Z][^<>]{0,200}>", " ", value)
    return " ".join(value.split())


# --- JSON-LD -----------------------------------------------------------------------------------------------------


def load_json(text: str) -> Any:
    """JSON as sites write it: with comments around it, control characters, trailing commas; None if beyond repair."""
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip()
    text = text.removeprefix("//<![CDATA[").removeprefix("<![CDATA[").removesuffix("//]]>").removesuffix("]]>")
    text = text.strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text), unescape(text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _types(node: dict[str, Any]) -> set[str]:
    kinds = node.get("@type") or node.get("type") or ()
    if isinstance(kinds, str):
        kinds = (kinds,)
    if not isinstance(kinds, (list, tuple)):
        return set()
    return {str(each).rsplit("/", 1)[-1].rsplit(":", 1)[-1] for each in cast("list[Any]", kinds)}


def _nodes(root: Any) -> Iterator[tuple[dict[str, Any], int, str]]:
    """Objects of a JSON-LD document in page order, with depth and the key they stand under."""
    stack: list[tuple[Any, int, str]] = [(root, 0, "")]
    seen = 0
    while stack and seen < _MAX_LD_NODES:
        value, depth, key = stack.pop()
        seen += 1
        if isinstance(value, list):
            stack.extend((each, depth, key) for each in reversed(cast("list[Any]", value)))
        elif isinstance(value, dict):
            node = cast("dict[str, Any]", value)
            yield node, depth, key
            for under, each in reversed(list(node.items())):
                if isinstance(each, (dict, list)):
                    stack.append((cast("Any", each), depth if under == "@graph" else depth + 1, under))


def _names(value: Any, known: dict[str, dict[str, Any]], hops: int = 4) -> list[str]:
    """Names in an author or publisher value: text, object, reference or list of them."""
    if hops == 0 or value is None:
        return []
    if isinstance(value, list):
        return [name for each in cast("list[Any]", value) for name in _names(each, known, hops - 1)]
    if isinstance(value, dict):
        node = cast("dict[str, Any]", value)
        found = _names(node.get("name"), known, hops - 1)
        if not found and (node.get("givenName") or node.get("familyName")):
            found = [f"{clean(node.get('givenName'))} {clean(node.get('familyName'))}".strip()]
        if not found and isinstance(ref := node.get("@id"), str) and (other := known.get(ref)) is not None:
            found = [] if other is node else _names(other.get("name"), known, hops - 1)
        return found
    name = clean(value)
    if name in known and name.startswith(("http", "#", "_:")):
        return _names(known[name].get("name"), known, hops - 1)
    return [name] if name else []


def _text(value: Any) -> str:
    """First text of a value that may be a list of texts."""
    if isinstance(value, list):
        for each in cast("list[Any]", value):
            if found := _text(each):
                return found
        return ""
    if isinstance(value, dict):
        node = cast("dict[str, Any]", value)
        return _text(node.get("@value") or node.get("name"))
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return clean(value)


def _address(node: dict[str, Any]) -> str:
    main = node.get("mainEntityOfPage")
    if isinstance(main, dict):
        main = cast("dict[str, Any]", main).get("@id") or cast("dict[str, Any]", main).get("url")
    for value in (node.get("url"), main, node.get("@id")):
        if (text := _text(value)).startswith(("http://", "https://")):
            return text
    return ""


def read_json_ld(scripts: list[str]) -> list[Described]:
    """Articles that JSON-LD scripts describe, those of the top level first, else in page order."""
    roots = [root for text in scripts if (root := load_json(text)) is not None]
    nodes = [each for root in roots for each in _nodes(root)]
    known: dict[str, dict[str, Any]] = {}
    for node, _, _ in nodes:
        ref = node.get("@id")
        if isinstance(ref, str) and (node.get("name") or ref not in known):
            known[ref] = node
    found: list[Described] = []
    for node, depth, key in nodes:
        types = _types(node)
        if not types & _ARTICLE_TYPES:
            continue
        if key in ("liveBlogUpdate", "citation", "isBasedOn", "relatedLink", "hasPart", "isPartOf", "review"):
            depth += 10  # noqa: PLW2901 - deeper than any article of its own
        one = Described(
            headline=(_text(node.get("headline")) or _text(node.get("name")))[:1000],
            alternative=_text(node.get("alternativeHeadline")) or _text(node.get("alternateName")),
            description=_text(node.get("description")),
            body=str(node.get("articleBody") or "") if isinstance(node.get("articleBody"), str) else "",
            authors=_names(node.get("author") or node.get("creator"), known),
            published=_text(node.get("datePublished")) or _text(node.get("dateCreated")),
            updated=_text(node.get("dateModified")),
            publisher=(_names(node.get("publisher"), known) or [""])[0],
            url=_address(node),
            language=_text(node.get("inLanguage")),
            kind=min(types & _ARTICLE_TYPES),
            depth=depth,
        )
        if one.headline or one.published or one.body:
            found.append(one)
        if len(found) >= _MAX_DESCRIBED:
            break
    found.sort(key=lambda one: one.depth > 0)
    return _merged(found)


def _merged(found: list[Described]) -> list[Described]:
    """One description for each article: later ones of the same headline or address only fill gaps."""
    kept: list[Described] = []
    for one in found:
        same = next(
            (
                other
                for other in kept
                if (one.headline and fold(one.headline) == fold(other.headline))
                or (one.url and one.url == other.url and (not one.headline or not other.headline))
            ),
            None,
        )
        if same is None:
            kept.append(one)
            continue
        for name in ("description", "body", "authors", "published", "updated", "publisher", "url", "language"):
            if not getattr(same, name):
                setattr(same, name, getattr(one, name))
    return kept


# --- names -------------------------------------------------------------------------------------------------------

_BY = re.compile(
    r"^(?:(?:written|reported|reporting|story|words|text|texte|edited)\s+)?(?:by|von|par|por|di|door|av|af|przez|yazan|"
    r"author|autor|autorin|auteur|autore|from)\s*:?\s+(?=\S)",
    re.IGNORECASE,
)
_APART = re.compile(r"\s*(?:[,;|•·]|\s/\s|\s(?:and|und|et|y|e|og|och|en|ve|i|with|&)\s)\s*")
_NO_NAME = re.compile(
    r"https?:|www\.|@|\d|^(?:admin|administrator|editor|redaktion|staff|null|undefined|none|guest|anonymous|root)$",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    "van von de der den del della di da du la le el al bin ben ibn y e dos das ter ten af av zu".split()
)


def split_names(text: str) -> list[str]:
    """Names in one author text: "By Ann Lee and Bo Chan" are two, "Ann Lee, Nairobi" is one with her place cut off."""
    text = _BY.sub("", " ".join(text.replace("\xa0", " ").split()))
    if not text or len(text) > 300:
        return []
    parts = [part for each in _APART.split(text) if (part := _BY.sub("", each).strip(" .:;-–—*"))]
    # "Ann Lee, Nairobi" or "Lee, Ann": a comma parts names only where all sides have two words.
    if len(parts) > 1 and not all(1 < len(part.split()) < 6 for part in parts):
        if (len(parts[0].split()) < 2 and not any(looks_named(part) for part in parts)) or _NO_NAME.search(parts[0]):
            whole = text.strip(" .,:;|-–—")
            return [whole] if len(whole) <= 80 and not _NO_NAME.search(whole) else []
        agency = parts[:1] if len(parts[0].split()) < 2 else []
        parts = agency + [part for part in parts if looks_named(part)] or parts[:1]
    return [part for part in parts if not _NO_NAME.search(part) and any(c.isalpha() for c in part)]


_IDEOGRAPHS = re.compile(r"[㐀-鿿々]{1,4}[ \u3000]?[㐀-鿿々]{1,4}|[가-힯]{2,4}")


def looks_named(text: str) -> bool:
    """Whether a text is written like a person's name: two to five words, capitalised but for particles."""
    words = text.split()
    if _IDEOGRAPHS.fullmatch(text):
        return True
    return (
        1 < len(words) < 6
        and len(text) < 50
        and all(word[0].isupper() or word.lower() in _PARTICLES for word in words)
        and words[-1][0].isupper()
        and not any(c.isdigit() for c in text)
    )


def tidy_names(names: list[str]) -> tuple[str, ...]:
    """Author names without "By", addresses and doubles, in order."""
    kept: dict[str, str] = {}
    for text in names:
        for name in split_names(text):
            kept.setdefault(fold(name), name)
    kept.pop("", None)
    return tuple(kept.values())


# --- times -------------------------------------------------------------------------------------------------------

_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:[T\s]+(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?\s*"
    r"(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}(?!\d))?)?",
    re.IGNORECASE,
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero gennaio janeiro",
            "february feb februar février febrero febbraio fevereiro",
            "march mar märz mars marzo março",
            "april apr avril abril aprile",
            "may mai mayo maggio maio",
            "june jun juni juin junio giugno junho",
            "july jul juli juillet julio luglio julho",
            "august aug août agosto",
            "september sep sept septembre septiembre settembre setembro",
            "october oct oktober octobre octubre ottobre outubro okt",
            "november nov novembre noviembre novembro",
            "december dec dezember décembre diciembre dicembre dezembro dez",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_CLOCK = (
    r"(?:\W{0,4}(?:at|um|à|a las)?\W{0,3}(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::(?P<second>\d{2}))?\s*"
    r"(?P<half>[ap]\.?m\.?)?\s*(?P<zone>UTC|GMT|Z\b|[+-]\d{2}:?\d{2})?)?"
)
_WRITTEN = (
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:de\s+)?(?P<month>{_MONTH})\.?,?\s+(?:de\s+)?(?P<year>\d{{4}})\b"
        + _CLOCK,
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b" + _CLOCK,
        re.IGNORECASE,
    ),
    re.compile(r"\b(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})\b" + _CLOCK, re.IGNORECASE),
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b" + _CLOCK, re.IGNORECASE),
    re.compile(r"\b(?P<day>\d{1,2})\.(?P<month>\d{2})\.(?P<year>\d{2})\b(?!\.)" + _CLOCK, re.IGNORECASE),
)
_AGO = re.compile(
    r"\b(\d{1,3}|an?|one)\s*(sec(?:ond)?|min(?:ute)?|h(?:ou)?r|h|m|day|d|week)s?\.?\s+ago\b", re.IGNORECASE
)
_STEP = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}


def _moment(
    year: int,
    month: int,
    day: int,
    clock: tuple[int, int, int | None, str] | None = None,
    zone: str | None = None,
) -> IsoTime | None:
    """ISO 8601 text of parts that exist; None if no such moment."""
    hour, minute, second, part = clock or (0, 0, None, "")
    try:
        datetime(year, month, day, hour, minute, second or 0)  # noqa: DTZ001 - checked, not used
    except ValueError:
        return None
    if not 1900 <= year <= 2200:
        return None
    text = f"{year:04}-{month:02}-{day:02}"
    if clock is None:
        return text
    text += f"T{hour:02}:{minute:02}"
    if second is not None:
        text += f":{second:02}{part}"
    if zone:
        zone = zone.upper()
        if zone in ("Z", "UTC", "GMT"):
            return text + "Z"
        digits = zone[1:].replace(":", "").ljust(4, "0")
        if int(digits[:2]) <= 15 and int(digits[2:]) < 60:
            return f"{text}{zone[0]}{digits[:2]}:{digits[2:]}"
    return text


def iso_time(value: str | None) -> IsoTime | None:
    """A machine-written time as ISO 8601, exactly as precise as it is given.

    Reads ISO 8601 and its common misspellings, RFC 2822 and Unix seconds or milliseconds.
    None for anything else, and for a moment that does not exist.
    """
    value = (value or "").strip()
    if not value or len(value) > 60:
        return None
    if value.isdigit() and len(value) in (10, 13):
        seconds = int(value) / (1000 if len(value) == 13 else 1)
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if match := _ISO.match(value):
        year, month, day, hour, minute, second, part, zone = match.groups()
        if hour is None:
            rest = value[match.end() :].strip()
            if value.isdigit() and len(value) != 8:
                return None
            if rest and not rest.startswith(("T", "(")) and (written := written_time(value)):
                return written
            return _moment(int(year), int(month), int(day))
        clock = (int(hour), int(minute), int(second) if second else None, f".{part}" if part else "")
        rest = value[match.end() :].strip()
        if not zone and rest[:3].upper() in ("UTC", "GMT"):
            zone = "Z"
        return _moment(int(year), int(month), int(day), clock, zone)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError):
        return written_time(value)
    if moment.tzinfo is None:
        return moment.strftime("%Y-%m-%dT%H:%M:%S") if 1900 <= moment.year <= 2200 else None
    if not 1900 <= moment.year <= 2200:
        return None
    return moment.isoformat().replace("+00:00", "Z")


def written_time(text: str) -> IsoTime | None:
    """First date written out in a short text: "Updated 3 May 2025, 2:05 pm GMT", "3.5.2025, 14:05 Uhr".

    Numeric dates with slashes are not read: which of day and month comes first is not known.
    """
    found: re.Match[str] | None = None
    for pattern in _WRITTEN:
        match = pattern.search(text[:400])
        if match and (found is None or match.start() < found.start()):
            found = match
    if found is None:
        return None
    parts = found.groupdict()
    year = int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)
    month = parts["month"].casefold()
    number = int(month) if month.isdigit() else _MONTHS[month]
    clock = None
    if parts["hour"]:
        hour = int(parts["hour"])
        half = (parts["half"] or "").lower()
        if half.startswith("p") and hour < 12:
            hour += 12
        elif half.startswith("a") and hour == 12:
            hour = 0
        clock = (hour, int(parts["minute"]), int(parts["second"]) if parts["second"] else None, "")
    day = _moment(year, number, int(parts["day"]), clock, parts["zone"])
    # An impossible clock ("24.99") is no reason to lose the day.
    return day or _moment(year, number, int(parts["day"]))


def relative_time(text: str, retrieved: IsoTime | None) -> IsoTime | None:
    """A time such as "8 sec ago", counted back from when the page was fetched; None if that is not known."""
    match = _AGO.search(text[:400])
    if match is None or retrieved is None or "T" not in retrieved:
        return None
    count = int(match[1]) if match[1].isdigit() else 1
    unit = match[2].casefold()
    try:
        moment = datetime.fromisoformat(retrieved) - timedelta(seconds=count * _STEP[unit[0]])
    except (ValueError, OverflowError):
        return None
    # No more precise than what was said.
    form = "%Y-%m-%dT%H:%M:%S" if unit[0] == "s" else "%Y-%m-%dT%H:%M" if unit[0] in "mh" else "%Y-%m-%d"
    text = moment.strftime(form)
    if "T" not in form or moment.tzinfo is None:
        return text
    zone = moment.strftime("%z")
    return text + ("Z" if zone == "+0000" else f"{zone[:3]}:{zone[3:5]}")


_URL_DAY = re.compile(r"[/_-](20\d{2}|19\d{2})[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")


def url_day(url: str | None) -> IsoTime | None:
    """The day that a page's address gives: ``/2025/05/07/``."""
    match = _URL_DAY.search(url or "")
    return _moment(int(match[1]), int(match[2]), int(match[3])) if match else None


# --- language ----------------------------------------------------------------------------------------------------

_TAG = re.compile(r"^([a-zA-Z]{2,3})(?:[-_]([a-zA-Z]{4}))?(?:[-_]([a-zA-Z]{2}|\d{3}))?(?:$|[-_.@])")


def language_tag(value: str | None) -> str | None:
    """A declared language as a BCP 47 tag: ``en_gb.UTF-8`` is ``en-GB``; None if it is none."""
    match = _TAG.match((value or "").strip())
    if match is None:
        return None
    tag = match[1].lower()
    if match[2]:
        tag += f"-{match[2].title()}"
    if match[3]:
        tag += f"-{match[3].upper()}"
    return tag
