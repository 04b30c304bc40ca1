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
from importlib.resources import files

from dateline.records import Bound, Outcome

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
    **{
        word: value
        for value, word in enumerate(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
            start=1,
        )
    },
    "thirtieth": 30,
}

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
    if rest:
        # "10m" is metres as often as millions: the caller decides by what stands around it.
        if rest in SHORT_SCALES and rest not in ("m", "b", "t"):
            return Number(at, end, scaled(value, SHORT_SCALES[rest]))
        return Number(at, end, value, rest)
    if end < stop:
        ratio = _RATIO.match(lowers[end])
        if ratio and int(ratio[2]) and int(ratio[1]) < int(ratio[2]) and value == int(value):
            return Number(at, end + 1, value + int(ratio[1]) / int(ratio[2]))
        if lowers[end] in VULGAR:
            return Number(at, end + 1, value + VULGAR[lowers[end]])
    value, end = _scaled(lowers, value, end, stop)
    return Number(at, end, value)


def scaled(value: float, scale: float) -> float:
    """A value times a scale, without what binary fractions add: 4.1 billion is 4,100,000,000."""
    return float(f"{value * scale:.15g}")


def _scaled(lowers: Sequence[str], value: float, end: int, stop: int) -> tuple[float, int]:
    """A value times the scale words that follow it: ``1.5 million``, ``3 and a half million``."""
    while end < stop:
        word = lowers[end]
        if word in HYPHENS and end + 1 < stop and lowers[end + 1] in SCALES:
            value = scaled(value, SCALES[lowers[end + 1]])
            end += 2
        elif word in SCALES or word in ("bn", "mn", "mln", "bln", "tn", "trn"):
            value = scaled(value, SCALES.get(word) or SHORT_SCALES[word])
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
        if at + 2 < stop and lowers[at + 1] == "a" and (lowers[at + 2] in SCALES or lowers[at + 2] == "dozen"):
            return Number(at, at + 3, SCALES.get(lowers[at + 2], 12) / 2, words=True)
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


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure or a currency."""

    code: str
    """UCUM code, or ISO 4217 code for money; a plain word where neither has one (``basis point``)."""
    name: str
    """English name in the singular."""
    money: bool = False
    time: bool = False


def _read_units() -> list[tuple[str, bool, Unit]]:
    """Form, whether it is matched as written, and unit, for every form of ``data/quantities/units.tsv``.

    Forms are parted by commas, their tokens by spaces; one with ``=`` before it is
    matched as written, others in any case.
    """
    rows: list[tuple[str, bool, Unit]] = []
    table = files("dateline.knowledge").joinpath("data/quantities/units.tsv").read_text(encoding="utf-8")
    for line in table.splitlines()[1:]:
        kind, code, name, forms = line.split("\t")
        unit = Unit(code, name, kind == "money", kind == "time")
        rows.extend((form.removeprefix("="), form.startswith("="), unit) for form in forms.split(", "))
    return rows


_ROWS = _read_units()
UNITS: dict[str, Unit] = {form: unit for form, cased, unit in _ROWS if not cased}
"""Unit by its form in lower case, tokens joined by spaces."""
SYMBOLS: dict[str, Unit] = {form: unit for form, cased, unit in _ROWS if cased}
"""Unit by a form that is matched as written: ``W``, ``€``, ``HK$``."""
UNIT_NAMES: dict[str, str] = {unit.code: unit.name for _, _, unit in _ROWS}
"""English name by code."""
UNIT_WORDS = frozenset(form.split()[0] for form in UNITS)
LONGEST_UNIT = max(len(form.split()) for form in UNITS)

CURRENCY_SIGNS: dict[str, str] = {
    "$": "USD", "us$": "USD", "$us": "USD", "usd": "USD", "u.s.$": "USD", "£": "GBP", "gbp": "GBP", "€": "EUR",
    "eur": "EUR", "¥": "JPY", "jpy": "JPY", "₹": "INR", "rs": "INR", "rs.": "INR", "inr": "INR", "₽": "RUB",
    "₪": "ILS", "nis": "ILS", "₩": "KRW", "₦": "NGN", "₱": "PHP", "a$": "AUD", "au$": "AUD", "$a": "AUD", "aud": "AUD",
    "c$": "CAD", "ca$": "CAD", "$c": "CAD", "cad": "CAD", "nz$": "NZD", "hk$": "HKD", "s$": "SGD", "nt$": "TWD",
    "r$": "BRL", "rm": "MYR", "chf": "CHF", "cny": "CNY", "rmb": "CNY", "sek": "SEK", "nok": "NOK", "dkk": "DKK",
    "ksh": "KES", "y=": "JPY", "ps": "GBP", "#": "",
}  # fmt: skip
"""Currency by the sign or code before a number, in lower case. ``PS`` and ``Y=`` are what some wire
archives make of the pound and yen signs."""
DOLLARS: dict[str, str] = {
    "us": "USD", "u.s.": "USD", "hk": "HKD", "a": "AUD", "au": "AUD", "c": "CAD", "ca": "CAD", "nz": "NZD", "s": "SGD",
    "nt": "TWD", "r": "BRL",
}  # fmt: skip
"""Currency by the letters before a dollar sign that stands by itself."""
PREFIXED = re.compile(
    r"(?P<lead>[~≈±<>]|minus-|sub-|now-|to-|pre-|plus-)?"
    r"(?P<sign>us\$|a\$|au\$|c\$|ca\$|nz\$|hk\$|s\$|nt\$|r\$|\$us|\$a|\$c|usd|eur|gbp|aud|cad|jpy|cny|rmb|chf|inr|ps|rm|rs\.?|"
    r"nis|y=|us|a|hk|ksh|[$£€¥₹₽₪₩₦₱])?(?P<minus>[-−])?(?P<digits>\.?\d.*)$"
)
"""A token that holds digits behind a sign: ``RM23.50``, ``~25``, ``minus-5``, ``$-50.8bn``."""

_ABOUT = """
about, around, some, roughly, approximately, nearly, almost, circa, ca., approx, approx., close to, an estimated,
estimated, averaged, averaging, averages, averaged roughly, in the region of, virtually, ~, ≈, barely, near,
something like, more or less, give or take
"""
_AT_LEAST = """
at least, more than, over, above, no fewer than, no less than, not less than, upwards of, upward of, north of,
in excess of, exceeding, a minimum of, minimum of, greater than, well over, just over, over than, a little over,
slightly over, slightly more than, at a minimum, beyond, >, well above, exceeded, exceeds, exceed, surpassed, topped,
surpassing, topping, just above, higher than, longer than, larger than
"""
_AT_MOST = """
as many as, as much as, up to, at most, no more than, not more than, a maximum of, maximum of, fewer than, less than,
under, below, just under, well under, no greater than, <, just below, a little under, slightly less than,
slightly under, lower than, as high as, shorter than, south of, not exceeding, less then, sub, a cap of, limit of,
within
"""


def _phrases(kind: Bound, phrases: str) -> dict[str, Bound]:
    return dict.fromkeys((phrase.strip() for phrase in phrases.replace("\n", " ").split(", ")), kind)


BOUNDS: dict[str, Bound] = {
    **_phrases("about", _ABOUT),
    **_phrases("at least", _AT_LEAST),
    **_phrases("at most", _AT_MOST),
}
"""Bound by the words before a number."""
LONGEST_BOUND = max(len(phrase.split()) for phrase in BOUNDS)
BOUNDS_AFTER: dict[str, Bound] = {
    "or more": "at least",
    "or so": "about",
    "or less": "at most",
    "or fewer": "at most",
    "or higher": "at least",
    "or over": "at least",
    "and over": "at least",
    "or under": "at most",
    "or older": "at least",
    "and above": "at least",
    "and more": "at least",
    "or above": "at least",
    "or below": "at most",
    "or thereabouts": "about",
    "at least": "at least",
    "at most": "at most",
    "plus": "at least",
    "+": "at least",
}
"""Bound by the words after a number and its unit."""

RISE = frozenset(
    "rise increase climb gain jump surge soar advance grow rally rebound add up higher upward spike double swell "
    "expand appreciate strengthen skyrocket leap improve edge inch boost hike raise tick growth upwards".split()
)
FALL = frozenset(
    "fall drop decline lose slide plunge tumble slip decrease sink shed dip plummet down lower downward shrink "
    "weaken slump cut reduce contract ease trim crash retreat depreciate slash decrement pare downwards".split()
)
"""Lemmas of verbs and adverbs under which an amount is a change."""

PER_NOUNS = frozenset(
    "second minute hour day night week month quarter year decade century share barrel gallon ounce tonne ton pound "
    "kilo kilogram litre liter mile kilometre kilometer head person unit piece ticket seat game household family "
    "vehicle car bottle gram bushel acre hectare foot metre meter pop capita child student vote employee worker "
    "player season match square barrel dose pack user customer".split()
)
"""Nouns after ``a`` or ``per`` that a value is counted for each of."""
PER_ADVERBS: dict[str, str] = {
    "annually": "year",
    "yearly": "year",
    "monthly": "month",
    "weekly": "week",
    "daily": "day",
    "hourly": "hour",
    "nightly": "night",
    "apiece": "piece",
    "each": "each",
}

OUTCOMES: dict[str, Outcome] = {
    **dict.fromkeys(
        ("kill", "die", "dead", "death", "fatality", "slay", "murder", "massacre", "perish", "execute", "drown",
         "assassinate", "behead", "killed", "slain", "hanged", "executed"),
        "killed",
    ),
    **dict.fromkeys(("injure", "injured", "wound", "wounded", "hurt", "injury", "maim"), "injured"),
    **dict.fromkeys(("missing", "unaccounted", "disappear", "vanish"), "missing"),
    **dict.fromkeys(
        ("detain", "detainee", "arrest", "jail", "imprison", "detention", "prisoner", "captive", "abduct", "kidnap",
         "capture", "abductee", "captured", "arrested", "detained", "abducted", "kidnapped", "jailed"),
        "detained",
    ),
    **dict.fromkeys(
        ("displace", "displaced", "flee", "evacuate", "evacuated", "refugee", "evacuee", "homeless", "uproot"),
        "displaced",
    ),
    **dict.fromkeys(("trap", "trapped", "strand", "stranded", "entomb", "entombed"), "trapped"),
    **dict.fromkeys(("rescue", "rescued"), "rescued"),
    **dict.fromkeys(("infect", "infected"), "infected"),
    **dict.fromkeys(("released", "freed"), "released"),
}  # fmt: skip
"""What befell the people counted, by the lemma of noun, verb or adjective, and by participles that a tagger
may take for adjectives."""

ANIMALS = frozenset(
    "animal livestock swine pig hog piglet cattle cow calf bull ox bird chicken hen turkey duck goose swan poultry "
    "sheep lamb goat horse camel donkey mule dog cat whale dolphin elephant rhino rhinoceros fish salmon bee bat "
    "monkey gorilla chimpanzee tiger lion leopard bear wolf seal deer buffalo antelope reindeer koala kangaroo turtle "
    "penguin mink rabbit hare rat mouse snake shark".split()
)
"""Nouns whose deaths are not casualties."""

_IRREGULAR: dict[str, str] = {
    pair.partition(":")[0]: pair.partition(":")[2]
    for pair in (
        "people:person men:man women:woman children:child feet:foot teeth:tooth mice:mouse geese:goose lives:life "
        "wives:wife knives:knife wolves:wolf fishermen:fisherman policemen:policeman servicemen:serviceman "
        "gunmen:gunman firemen:fireman businessmen:businessman lawmen:lawman congressmen:congressman "
        "countrymen:countryman militiamen:militiaman airmen:airman seamen:seaman analyses:analysis crises:crisis "
        "criteria:criterion phenomena:phenomenon viruses:virus buses:bus series:series species:species "
        "aircraft:aircraft news:news means:means headquarters:headquarters troops:troop forces:force leaves:leaf "
        "loaves:loaf movies:movie cookies:cookie zombies:zombie calories:calorie ties:tie lies:lie dies:die pies:pie "
        "rookies:rookie shoes:shoe canoes:canoe cases:case houses:house horses:horse causes:cause courses:course "
        "licenses:license bases:base axes:axe heroes:hero votes:vote sorties:sortie prairies:prairie"
    ).split()
}


def singular(noun: str) -> str:
    """The singular of an English noun in lower case, by rule; a form that is singular already stays."""
    known = _IRREGULAR.get(noun)
    if known is not None:
        return known
    for plural, one in (("women", "woman"), ("men", "man"), ("children", "child")):
        if noun.endswith(plural) and len(noun) > len(plural):
            return noun.removesuffix(plural) + one
    if len(noun) < 4 or not noun.endswith("s") or noun.endswith(("ss", "us", "is", "ous")):
        return noun
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        return noun[:-2]
    return noun[:-1]


_PLURALS = {one: many for many, one in _IRREGULAR.items()}
_ALIKE = frozenset(
    """
    aircraft bison cattle dead deer displaced fish headquarters homeless injured livestock means missing
    news personnel police poultry salmon series sheep shrimp spacecraft species staff wounded
    """.split()
)
"""What is the same whether of one or of many."""


def plural(noun: str) -> str:
    """The plural of an English noun, by rule: ``houses``, ``bodies``, ``fact-checkers``; one that ends in s stays."""
    if noun in _PLURALS:
        return _PLURALS[noun]
    last = noun[max(noun.rfind(" "), noun.rfind("-")) + 1 :]
    if last in _ALIKE or noun.endswith("people"):
        return noun
    for one, many in (("woman", "women"), ("man", "men"), ("child", "children"), ("person", "people")):
        if noun.endswith(one) and last not in ("human", "german", "roman"):
            return noun.removesuffix(one) + many
    if noun.endswith(("ss", "us")):
        return f"{noun}es"
    if noun.endswith("s"):
        return noun
    if noun.endswith("y") and noun[-2:-1] not in ("a", "e", "o", "u"):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("x", "z", "ch", "sh")) else f"{noun}s"
