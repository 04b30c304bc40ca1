"""Number words, units of measure, currencies, and the words that bound a number.

Units carry their UCUM code (https://ucum.org), currencies their ISO 4217 code.
The tables hold what news uses, in English; they are our own writing.

:func:`read_number` is the one reader of numbers for times and figures alike. It
reads ``10,000``, ``1.5 million``, ``two dozen``, ``twenty-five``, ``two and a half``,
``3 1/2``, ``4.3M`` and ``.001``. It misses Roman numerals, numbers spelt with
a comma for the decimal point (``1,5 Prozent``) and numbers cut by an apostrophe.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

ONES: dict[str, int] = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
TENS: dict[str, int] = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
SCALES: dict[str, float] = {
    "hundred": 1e2,
    "thousand": 1e3,
    "lakh": 1e5,
    "million": 1e6,
    "crore": 1e7,
    "billion": 1e9,
    "trillion": 1e12,
    "quadrillion": 1e15,
}
SHORT_SCALES: dict[str, float] = {
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "mil": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "bln": 1e9,
    "t": 1e12,
    "tn": 1e12,
    "trn": 1e12,
}
"""Scales cut short, as written against a digit (``4.3M``, ``$13.6 bn``)."""

COLLECTIVE: dict[str, tuple[float, float]] = {
    "dozen": (12, 120),
    "dozens": (12, 120),
    "tens": (10, 100),
    "scores": (20, 200),
    "hundreds": (100, 1_000),
    "thousands": (1_000, 10_000),
    "millions": (1e6, 1e7),
    "billions": (1e9, 1e10),
    "trillions": (1e12, 1e13),
    "lakhs": (1e5, 1e6),
    "crores": (1e7, 1e8),
}
"""Plural collectives as a range, from one of the unit up to ten of them."""

ORDINALS: dict[str, int] = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        start=1,
    )
}
ORDINALS |= {"thirtieth": 30}

FRACTIONS: dict[str, float] = {
    "half": 1 / 2,
    "halves": 1 / 2,
    "third": 1 / 3,
    "thirds": 1 / 3,
    "quarter": 1 / 4,
    "quarters": 1 / 4,
    "fourth": 1 / 4,
    "fourths": 1 / 4,
    "fifth": 1 / 5,
    "fifths": 1 / 5,
    "sixth": 1 / 6,
    "sixths": 1 / 6,
    "seventh": 1 / 7,
    "sevenths": 1 / 7,
    "eighth": 1 / 8,
    "eighths": 1 / 8,
    "ninth": 1 / 9,
    "ninths": 1 / 9,
    "tenth": 1 / 10,
    "tenths": 1 / 10,
}
VULGAR: dict[str, float] = {
    "½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅖": 2 / 5, "⅗": 3 / 5,
    "⅘": 4 / 5, "⅙": 1 / 6, "⅚": 5 / 6, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8, "⅒": 1 / 10,
}  # fmt: skip

HYPHENS = frozenset("-‐‑–—−")
DASHES = frozenset("-‐‑–—−~")

_DIGITS = re.compile(
    r"(?P<sign>[-−+])?(?P<body>\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"(?P<vulgar>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅒])?"
)
_RATIO = re.compile(r"(\d{1,3})[/⁄](\d{1,4})$")
MAX_DIGITS = 300
"""Digits beyond which a run of digits is no number but a code: a float holds no more."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number read from tokens ``[start, end)``."""

    start: int
    end: int
    value: float
    rest: str = ""
    """What stands against the digits in the same token: ``km/h`` in ``80km/h``."""
    fraction: bool = False
    """Whether it is a part of one: ``two-thirds``, ``half``."""
    words: bool = False
    """Whether it is spelt out with letters alone."""


def read_digits(word: str) -> tuple[float, str] | None:
    """Value of the digits that open a word, and what follows them; none where it opens otherwise."""
    if len(word) > MAX_DIGITS:
        return None
    match = _DIGITS.match(word)
    if match is None:
        if word and word[0] in VULGAR:
            return VULGAR[word[0]], word[1:]
        return None
    try:  # \d holds digits of every script, and float() reads them all
        value = float(match["body"].replace(",", ""))
    except ValueError:
        return None
    if match["vulgar"]:
        value += VULGAR[match["vulgar"]]
    if match["sign"] in ("-", "−"):
        value = -value
    return value, word[match.end() :]


def read_number(lowers: Sequence[str], at: int, stop: int) -> Number | None:
    """The number that starts at a token; none where none starts there.

    Args:
        lowers: Tokens in lower case.
        at: First token to read.
        stop: Token to stop before: the end of the sentence.
    """
    word = lowers[at]
    if word in ONES or word in TENS or word in SCALES or word in ("a", "an", "half"):
        return _spelt(lowers, at, stop)
    ratio = _RATIO.match(word)
    if ratio and int(ratio[2]):
        return Number(at, at + 1, int(ratio[1]) / int(ratio[2]), fraction=True)
    read = read_digits(word)
    if read is None:
        return None
    value, rest = read
    end = at + 1
    if rest in SHORT_SCALES and (rest not in ("m", "b", "t", "k") or True):
        scale = SHORT_SCALES[rest]
        if rest in ("m", "b", "t"):
            # "10m" is metres as often as millions: the caller decides by what stands around it.
            return Number(at, end, value, rest)
        return Number(at, end, value * scale)
    if rest:
        return Number(at, end, value, rest)
    if end < stop:
        ratio = _RATIO.match(lowers[end])
        if ratio and int(ratio[2]) and int(ratio[1]) < int(ratio[2]) and value == int(value):
            return Number(at, end + 1, value + int(ratio[1]) / int(ratio[2]))
        if lowers[end] in VULGAR:
            return Number(at, end + 1, value + VULGAR[lowers[end]])
    value, end = _scaled(lowers, value, end, stop)
    return Number(at, end, value)


def _scaled(lowers: Sequence[str], value: float, end: int, stop: int) -> tuple[float, int]:
    """A value times the scale words that follow it: ``1.5 million``, ``3 and a half million``."""
    while end < stop:
        word = lowers[end]
        if word in HYPHENS and end + 1 < stop and lowers[end + 1] in SCALES:
            value *= SCALES[lowers[end + 1]]
            end += 2
        elif word in SCALES or word in ("bn", "mn", "mln", "bln", "tn", "trn"):
            value *= SCALES.get(word) or SHORT_SCALES[word]
            end += 1
        elif word in ("dozen", "score") and end > 0:
            value *= 12 if word == "dozen" else 20
            end += 1
        else:
            break
    return value, end


def _spelt(lowers: Sequence[str], at: int, stop: int) -> Number | None:
    """A number in words: cardinals, with ``and a half`` and fractions."""
    end = at
    total = 0.0
    group = 0.0
    last = 0  # the size of the part read last: ones follow tens, tens follow hundreds
    read = False
    word = lowers[at]
    if word in ("a", "an"):
        if at + 1 >= stop:
            return None
        following = lowers[at + 1]
        if following in ("dozen", "score"):
            return Number(at, at + 2, 12 if following == "dozen" else 20, words=True)
        if following in ("half", "third", "quarter", "fifth", "tenth"):
            if following != "half" and not (at + 2 < stop and lowers[at + 2] == "of"):
                return None
            return Number(at, at + 2, FRACTIONS[following], fraction=True, words=True)
        if following not in SCALES:
            return None
        group, end, read, last = 1.0, at + 1, True, 1
    elif word == "half":
        return Number(at, at + 1, 0.5, fraction=True, words=True)
    while end < stop:
        word = lowers[end]
        if word in HYPHENS and read and end + 1 < stop and (lowers[end + 1] in ONES or lowers[end + 1] in SCALES):
            following = lowers[end + 1]
            if following in ONES and last != 10:
                break
            end += 1
            word = following
        if word == "and" and read and last >= 100 and end + 1 < stop:
            following = lowers[end + 1]
            if following in ONES or following in TENS:
                end += 1
                word = following
        if word in ONES:
            if read and (last <= 1 or (last == 10 and ONES[word] > 9)):
                break
            group += ONES[word]
            last = 1
        elif word in TENS:
            if read and last <= 10:
                break
            group += TENS[word]
            last = 10
        elif word == "hundred":
            if read and last >= 100:
                break
            group = (group or 1.0) * 100
            last = 100
        elif word in SCALES:
            if not read:
                group = 1.0
            total += (group or 1.0) * SCALES[word] if last < 1000 or group else 0.0
            if group == 0.0 and last >= 1000:
                total *= SCALES[word]
            group = 0.0
            last = 1000
        elif word == "dozen" and read and last == 1:
            return Number(at, end + 1, (total + group) * 12, words=True)
        else:
            break
        read = True
        end += 1
    if not read:
        return None
    value = total + group
    # "two-thirds", "one third of", "three quarters"
    probe = end + 1 if end < stop and lowers[end] in HYPHENS else end
    if probe < stop and 1 <= value < 10 and last == 1 and lowers[probe] in FRACTIONS:
        part = lowers[probe]
        plural = part.endswith("s")
        if (value > 1 and plural) or (value == 1 and not plural and (probe > end or _of_follows(lowers, probe, stop))):
            return Number(at, probe + 1, value * FRACTIONS[part], fraction=True, words=True)
    if end + 2 < stop and lowers[end] == "and" and lowers[end + 1] == "a" and lowers[end + 2] in ("half", "quarter"):
        value += FRACTIONS[lowers[end + 2]]
        value, end = _scaled(lowers, value, end + 3, stop)
    return Number(at, end, value, words=True)


def _of_follows(lowers: Sequence[str], at: int, stop: int) -> bool:
    return at + 1 < stop and lowers[at + 1] in ("of", "the")
