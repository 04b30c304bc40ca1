"""The language of a text: the page's claim, checked against the text."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

_TAG = re.compile(r"^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SAMPLE = 3000  # code points: longer samples change no answer and cost time
_LEAST = 24  # letters below which no text tells its language

# Words that make up a fourth or more of any English news text and are rare in every other language together.
_ENGLISH = frozenset(
    """
    the of and to in a that for on with was is by at from as it he said has be were are his have had an who their which
    but they would will this been not after its when she her we you i about more than or also into over could there
    what some
    """.split()
)
# Shared with Dutch, German, Danish, Swedish, French or Spanish text: no evidence by themselves.
_WEAK = frozenset("a in is was be he had an or i we are over for on at her as of has".split())


def canonical(tag: str | None) -> str | None:
    """A tag in BCP 47 form (``en_us`` to ``en-US``), none where it is no tag."""
    if not tag or not _TAG.match(tag.strip()):
        return None
    first, *rest = re.split("[-_]", tag.strip())
    parts = [first.lower()]
    for part in rest:
        if len(part) == 2:
            parts.append(part.upper())
        elif len(part) == 4 and part.isalpha():
            parts.append(part.title())
        else:
            parts.append(part.lower())
    return "-".join(parts)


def is_plainly_english(text: str) -> bool:
    """Whether function words alone show a text to be English, which spares loading the identifier.

    Never true of another language's prose; false for short or odd English, which the identifier then reads.
    """
    words = [word.lower() for word in _WORD.findall(text[:_SAMPLE])]
    if len(words) < 20:
        return False
    hits = [word for word in words if word in _ENGLISH]
    strong = sum(word not in _WEAK for word in hits)
    return len(hits) >= 0.25 * len(words) and strong >= 0.12 * len(words)


@cache
def _identifier() -> Any:
    import py3langid

    return py3langid


def identify(text: str) -> str:
    """BCP 47 tag of a text's language, ``und`` where there is too little of it."""
    sample = text[:_SAMPLE]
    if sum(map(str.isalpha, sample)) < _LEAST:
        return "und"
    if is_plainly_english(sample):
        return "en"
    language: str = _identifier().classify(sample)[0]
    return "und" if language == "zxx" else language


def settle(text: str, claim: str | None) -> str:
    """The claimed tag where the text bears it out or is too short to tell, else the text's own language.

    Near relatives that identifiers confuse (Norwegian and Danish, Serbian and Croatian ...) pass as claimed.
    """
    tag = canonical(claim)
    found = identify(text)
    if tag is None:
        return found
    if found == "und" or _kin(tag) == _kin(found):
        return tag
    return found if len(text) >= 200 else tag


_KIN = {
    **dict.fromkeys(("no", "nb", "nn", "da"), "nordic"),
    **dict.fromkeys(("hr", "sr", "bs", "sh", "cnr"), "serbo-croatian"),
    **dict.fromkeys(("ms", "id"), "malay"),
    **dict.fromkeys(("zh", "yue", "wuu"), "chinese"),
    **dict.fromkeys(("tl", "fil"), "tagalog"),
    **dict.fromkeys(("ar", "arz", "ary"), "arabic"),
    **dict.fromkeys(("fa", "prs", "tg"), "persian"),
    **dict.fromkeys(("gl", "pt"), "galician"),
    **dict.fromkeys(("de", "gsw", "lb"), "german"),
    **dict.fromkeys(("he", "iw"), "hebrew"),
    **dict.fromkeys(("uz", "uzs"), "uzbek"),
    **dict.fromkeys(("en", "pcm"), "english"),
}


def _kin(tag: str) -> str:
    primary = tag.partition("-")[0]
    return _KIN.get(primary, primary)
