"""The grammar of English time expressions: word classes, and rules over them.

Every token gets one letter for its class, so that an article is a string as
long as its tokens, and a rule is a regular expression over that string. Rules
are written with class names (``LAST UNIT``), compiled to letters once. Most
tokens belong to no class and are skipped without a look at the rules.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.knowledge.quantities import ONES, ORDINALS, TENS

OTHER = "."

MONTHS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        "january jan jan.", "february feb feb.", "march mar. mar", "april apr apr.", "may", "june jun jun.",
        "july jul jul.", "august aug aug.", "september sept sept. sep sep.", "october oct oct.",
        "november nov nov.", "december dec dec.",
    ),
    start=1,
):  # fmt: skip
    MONTHS.update(dict.fromkeys(_names.split(), _number))
WEEKDAYS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        "monday mondays mon mon.", "tuesday tuesdays tue tue. tues tues.", "wednesday wednesdays wed wed.",
        "thursday thursdays thu thu. thur thur. thurs thurs.", "friday fridays fri fri.",
        "saturday saturdays sat sat.", "sunday sundays sun sun.",
    ),
    start=1,
):  # fmt: skip
    WEEKDAYS.update(dict.fromkeys(_names.split(), _number))
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
PARTS = {
    "morning": "MO", "mornings": "MO", "afternoon": "AF", "afternoons": "AF", "evening": "EV", "evenings": "EV",
    "night": "NI", "nights": "NI", "dawn": "MO", "dusk": "EV", "lunchtime": "MI",
}  # fmt: skip
UNITS = {
    "second": "second", "seconds": "second", "sec": "second", "secs": "second",
    "minute": "minute", "minutes": "minute", "min": "minute", "mins": "minute",
    "hour": "hour", "hours": "hour", "hr": "hour", "hrs": "hour",
    "day": "day", "days": "day", "week": "week", "weeks": "week", "wk": "week", "wks": "week",
    "fortnight": "fortnight", "fortnights": "fortnight", "weekend": "weekend", "weekends": "weekend",
    "month": "month", "months": "month", "quarter": "quarter", "quarters": "quarter",
    "semester": "half", "semesters": "half",
    "year": "year", "years": "year", "yr": "year", "yrs": "year",
    "decade": "decade", "decades": "decade", "century": "century", "centuries": "century",
    "millennium": "millennium", "millennia": "millennium",
}  # fmt: skip
HOLIDAYS = {
    "christmas": (12, 25), "xmas": (12, 25), "halloween": (10, 31), "easter": None, "thanksgiving": None,
}  # fmt: skip
"""Month and day, or none where the day moves from year to year."""
FEASTS: dict[str, tuple[int, ...] | int] = {
    "new year 's day": (1, 1), "new year's day": (1, 1), "new year ’s day": (1, 1), "epiphany": (1, 6),
    "valentine 's day": (2, 14), "valentine ’s day": (2, 14), "international women 's day": (3, 8),
    "international women ’s day": (3, 8), "women 's day": (3, 8), "women ’s day": (3, 8),
    "st. patrick 's day": (3, 17), "st patrick 's day": (3, 17), "st. patrick ’s day": (3, 17),
    "st patrick ’s day": (3, 17), "earth day": (4, 22), "may day": (5, 1), "juneteenth": (6, 19),
    "bastille day": (7, 14), "all saints ' day": (11, 1), "all saints ’ day": (11, 1), "armistice day": (11, 11),
    "veterans day": (11, 11), "christmas day": (12, 25), "boxing day": (12, 26), "new year 's eve": (12, 31),
    "new year ’s eve": (12, 31), "christmas eve": (12, 24),
    "martin luther king day": (1, 1, 3), "presidents day": (2, 1, 3), "presidents ' day": (2, 1, 3),
    "memorial day": (5, 1, -1), "labor day": (9, 1, 1), "columbus day": (10, 1, 2), "thanksgiving day": (11, 4, 4),
    "ash wednesday": -46, "palm sunday": -7, "maundy thursday": -3, "good friday": -2, "easter sunday": 0,
    "easter monday": 1, "ascension day": 39, "whit sunday": 49, "whit monday": 50,
}  # fmt: skip
"""Holidays of more than one word, by their tokens: month and day; month, ISO weekday and which; days after Easter.

Left out: what another country keeps on another day (Independence Day, Labour Day, Mother's Day), and feasts that go
by the moon.
"""
_FEASTS: dict[str, list[tuple[str, ...]]] = {}
for _feast in FEASTS:
    _FEASTS.setdefault(_feast.split()[0], []).append(tuple(_feast.split()))
DECADES = {
    name: first
    for first, name in enumerate("twenties thirties forties fifties sixties seventies eighties nineties".split(), 2)
}
REFERENCES = {
    "now": "PRESENT_REF", "currently": "PRESENT_REF", "presently": "PRESENT_REF", "nowadays": "PRESENT_REF",
    "recently": "PAST_REF", "lately": "PAST_REF",
    "soon": "FUTURE_REF",
}  # fmt: skip
SETS = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "fortnightly": "P2W", "monthly": "P1M",
    "quarterly": "P3M", "annual": "P1Y", "annually": "P1Y", "yearly": "P1Y", "biennial": "P2Y",
}  # fmt: skip

# Class name: its letters. A letter is given once; a name may take in the letters of others.
_LETTERS = {
    "THE": "1", "AN": "2", "OF": "3", "IN": "4", "ON": "5", "AT": "6", "AND": "7", "OR": "8", "TO": "9", "THAN": "0",
    "NUM": "d", "BIG": "n", "YEAR": "y", "NW": "w", "HALF": "h", "COUPLE": "c", "FEW": "f", "HYPHEN": "-", "COMMA": ",",
    "POSS": "'", "PER": "/", "MONTH": "m", "WDAY": "W", "WDAYS": "V", "UNIT1": "u", "UNITS": "U", "SECOND": "S",
    "QUARTER": "Q", "ORDW": "o", "ORDD": "O", "LAST": "l", "PAST": "p", "PREV": "b", "NEXT": "N", "COMING": "C",
    "FOLLOWING": "F", "THIS": "t", "THAT": "T", "SAME": "s", "RECENT": "r", "EARLY": "e", "EARLIER": "E", "LATER": "L",
    "AGO": "a", "PART": "P", "DEICTIC": "D", "TONIGHT": "G", "SEASON": "z", "EVERY": "v", "FREQ": "q", "REF": "R",
    "MORE": "M", "APPROX": "x", "CLOCK": "k", "AMPM": "A", "ZONE": "Z", "OCLOCK": "K", "EDGE": "g", "FISCAL": "Y",
    "FIRST": "i", "DECADE": "j", "HOLIDAY": "H", "MIDYEAR": "J", "NUMDATE": "X", "AFTER": "B", "NOON": "I",
    "FUTURE": "=", "ALL": "+", "ALTERNATE": "!", "AMOMENT": "@", "EVE": "&", "TIMES": "*",
    "SPAN": "~", "COLON": ":", "TIMEAMPM": "$", "LPAREN": "(", "LATE": "<", "OLD": ">", "OVERNIGHT": "?", "WITHIN": "[",
    "MID": "]", "SO": "^", "NEAR": "|", "LEAST": "`", "NUMUNIT": "{", "FAR": "}",
    "FEAST": "φ", "FEASTS": "ψ", "QTR": "κ", "FYEAR": "η", "DECADEW": "δ",
    "LONG": "λ", "WHILE": "μ", "SCALE": "σ",
}  # fmt: skip
_NAMES = {
    **{name: re.escape(letter) for name, letter in _LETTERS.items()},
    "UNIT": "[uUSQ]",
    "SINGULAR": "[uSQ]",
    "ORD": "[oOSi]",
    "EARLYLATE": "[e<]",
    "DIGITS": "[dny]",
}

_WORDS: dict[str, str] = {}


def _put(name: str, words: str) -> None:
    for word in words.split():
        _WORDS[word] = _LETTERS[name]


_put("THE", "the")
_put("AN", "a an")
_put("OF", "of")
_put("IN", "in during")
_put("ON", "on")
_put("AT", "at")
_put("AND", "and")
_put("OR", "or")
_put("TO", "to through till until")
_put("THAN", "than")
_put("NW", " ".join([*(set(ONES) - {"zero"}), *TENS, "dozen"]))
_put("SCALE", "hundred thousand")
_put("HALF", "half")
_put("COUPLE", "couple")
_put("FEW", "few several many some")
_put("HYPHEN", "- – — ‑ ‐ −")
_put("COMMA", ",")
_put("POSS", "'s ’s ' ’")
_put("PER", "per / each")
_put("MONTH", " ".join(MONTHS))
_put("WDAY", " ".join(word for word in WEEKDAYS if not word.endswith("days")))
_put("WDAYS", "mondays tuesdays wednesdays thursdays fridays saturdays sundays")
_put("UNIT1", " ".join(word for word in UNITS if not word.endswith("s")))
_put("UNITS", " ".join(word for word in UNITS if word.endswith("s")) + " centuries millennia")
_put("SECOND", "second")
_put("QUARTER", "quarter")
_put("ORDW", " ".join(set(ORDINALS) - {"first", "second"}) + " final")
_put("FIRST", "first opening")
_put("LAST", "last latest")
_put("PAST", "past")
_put("PREV", "previous preceding prior")
_put("NEXT", "next")
_put("COMING", "coming upcoming")
_put("FOLLOWING", "following ensuing subsequent")
_put("THIS", "this these current")
_put("THAT", "that those")
_put("SAME", "same")
_put("RECENT", "recent")
_put("EARLY", "early")
_put("LATE", "late")
_put("MID", "mid middle")
_put("EARLIER", "earlier before previously")
_put("LATER", "later")
_put("AFTER", "after since afterward afterwards")
_put("AGO", "ago")
_put("PART", " ".join(PARTS))
_put("DEICTIC", "today yesterday tomorrow")
_put("TONIGHT", "tonight")
_put("SEASON", " ".join(SEASONS))
_put("EVERY", "every")
_put("FREQ", " ".join(SETS))
_put("REF", " ".join(REFERENCES))
_put("MORE", "more less fewer longer")
_put("APPROX", "about around approximately almost nearly roughly over under just only barely exactly")
_put("AMPM", "a.m. p.m. am pm a.m p.m")
_put("ZONE", "gmt utc est edt et pst pdt pt cst cdt ct mst bst cet cest ist msk jst kst aest local")
_put("OCLOCK", "o'clock o’clock oclock")
_put("EDGE", "end beginning start rest remainder close turn course")
_put("FISCAL", "fiscal financial")
_put("HOLIDAY", " ".join(HOLIDAYS))
_put("NOON", "noon midnight midday")
_put("FUTURE", "future")
_put("ALL", "all entire whole full")
_put("AMOMENT", "moment")
_put("EVE", "eve")
_put("TIMES", "once twice times")
_put("SPAN", "period")
_put("COLON", ":")
_put("LPAREN", "( ) gmt+")
_put("OLD", "old")
_put("LONG", "long")
_put("WHILE", "while")
_put("OVERNIGHT", "overnight")
_put("WITHIN", "within")
_put("SO", "so")
_put("FAR", "far")
_put("NEAR", "near foreseeable immediate distant")
_put("LEAST", "least most")
_put("ALTERNATE", "other alternate")
_put("QTR", "q1 q2 q3 q4 h1 h2")
_put("FYEAR", " ".join(f"fy{number:04}" for number in range(1990, 2060)))
_put("FYEAR", " ".join(f"fy{number:02}" for number in range(100)))
_put("DECADEW", " ".join(DECADES))

_NUMBERLIKE = re.compile(
    r"(?P<num>\d{1,2})$|(?P<year>1[0-9]\d\d|20\d\d|21\d\d)$|(?P<big>\d[\d,]*(?:\.\d+)?)$|(?P<ord>\d{1,2}(?:st|nd|rd|th))$"
    r"|(?P<dec>(?:1[0-9]|20)\d0['’]?s|['’]?\d0['’]?s)$|(?P<clock>\d{1,2}[:.]\d\d(?::\d\d)?)$"
    r"|(?P<ampm>\d{1,2}(?:[:.]\d\d)?(?:am|pm|a\.m\.?|p\.m\.?))$"
    r"|(?P<date>\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}(?P<sep>[/.])\d{1,2}(?P=sep)(?:\d{4}|\d\d))$"
    r"|(?P<iso>\d{4}-\d\d-\d\dt\d\d:\d\d\S*)$|(?P<unit>\d{1,3}(?:sec|min|hr|hrs|yr|yrs)s?)$"
)
_NUMBER_CLASS = {
    "num": "NUM", "year": "YEAR", "big": "BIG", "ord": "ORDD", "dec": "DECADE", "clock": "CLOCK", "ampm": "TIMEAMPM",
    "date": "NUMDATE", "iso": "NUMDATE", "unit": "NUMUNIT",
}  # fmt: skip
_MID = re.compile(r"(?:mid|early|late)[-‑–](?:(?:1[5-9]|20)\d\ds?|[a-z]+|['’]?\d0s)$")

_AMBIGUOUS = frozenset(
    (
        "may",
        "march",
        "mar",
        "fall",
        "spring",
        "sun",
        "sat",
        "mon",
        "wed",
        "jan",
        "second",
        "past",
        "jun",
        "et",
        "pt",
        "ct",
    )
)


def _odd(word: str) -> str:
    """Class of a word that is in no list: digits, or a compound with ``mid-``."""
    first = word[0]
    if first.isdecimal() or first in "'’":
        match = _NUMBERLIKE.match(word)
        if match and match.lastgroup:
            return _LETTERS[_NUMBER_CLASS[match.lastgroup]]
    elif first in "mel" and _MID.match(word):
        tail = word.split(word[3] if first == "m" else word[len("early") if first == "e" else len("late")], 1)[-1]
        if tail[0].isdecimal() or tail[0] in "'’" or tail in MONTHS or tail in WEEKDAYS or tail in SEASONS:
            return _LETTERS["MIDYEAR"]
        if tail in UNITS or tail in PARTS:
            return _LETTERS["MIDYEAR"]
    return OTHER


def classes(lowers: Sequence[str], words: Sequence[str], tags: Sequence[str]) -> str:
    """The class letters of an article's tokens, as one string."""
    get = _WORDS.get
    letters = [get(word) or (_odd(word) if word[:1] <= "9" or word[0] in "mel’" else OTHER) for word in lowers]
    for at in [at for at, word in enumerate(lowers) if word in _AMBIGUOUS]:
        if not _is_time(lowers[at], words[at], tags[at], lowers[at - 1] if at else ""):
            letters[at] = OTHER
    for at in [at for at, word in enumerate(lowers) if word in _FEASTS]:
        for feast in _FEASTS[lowers[at]]:
            if words[at][:1].isupper() and tuple(lowers[at : at + len(feast)]) == feast:
                letters[at : at + len(feast)] = _LETTERS["FEAST"], *_LETTERS["FEASTS"] * (len(feast) - 1)
    return "".join(letters)


def _is_time(lower: str, word: str, tag: str, before: str) -> bool:
    """Whether a word that is also another word stands for a time here."""
    if lower in ("et", "pt", "ct"):
        return word.isupper()
    if lower in ("may", "march", "mar", "jan", "jun", "sun", "sat", "mon", "wed"):
        return word[0].isupper() and tag != "MD" and not (lower in ("may", "march") and tag.startswith("VB"))
    if lower in ("fall", "spring"):
        return tag in ("NN", "NNP") and before not in ("a", "an", "to", "free", "hot", "its", "his", "her", "their")
    if lower == "past":
        return tag in ("JJ", "NN", "RB", "NNP") or before == "the"
    return True


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern of time expression and the name of the reading that resolves it."""

    name: str
    pattern: re.Pattern[str]


# After digits only a scale goes on: of "up from 61 four years ago" the years are four.
_CARD = r"(?:DIGITS(?:(?:HYPHEN)?SCALE)*|(?:NW|SCALE)(?:(?:HYPHEN)?(?:NW|SCALE))*)"
_VAGUE = r"(?:(?:AN)?COUPLE(?:OF)?|(?:AN)?FEW)"
_COUNT = rf"(?:{_CARD}AND AN HALF|{_CARD}|{_VAGUE})"
_ABOUT = r"(?:(?:APPROX|MORE THAN|AT LEAST)(?:THE)?)?"

_SOURCE: tuple[tuple[str, str], ...] = (
    # Whole dates
    ("numeric", r"(?P<date>NUMDATE)"),
    ("isodate", r"(?P<year>YEAR)HYPHEN(?P<month>NUM)HYPHEN(?P<day>NUM)"),
    (
        "monthday",
        (r"(?P<edge>EARLYLATE)?(?P<month>MONTH)(?:THE)?(?P<day>NUM|ORDD)(?:HYPHEN|TO|AND)(?P<day2>NUM|ORDD)"
        r"(?:COMMA)?(?P<year>YEAR)?"),
    ),
    ("monthday", r"(?P<month>MONTH)(?:THE)?(?P<day>NUM|ORDD)(?:OF)?(?P<rel>LAST|THIS|NEXT)UNIT1"),
    ("monthday", r"(?P<edge>EARLYLATE)?(?P<month>MONTH)(?:THE)?(?P<day>NUM|ORDD)(?:(?:COMMA)?(?P<year>YEAR))?"),
    (
        "monthday",
        (r"(?:THE)?(?P<day>NUM|ORDD)(?:HYPHEN|TO|AND)(?P<day2>NUM|ORDD)(?:OF)?(?P<month>MONTH)(?:(?:COMMA)?"
        r"(?P<year>YEAR))?"),
    ),
    ("monthday", r"(?:THE)?(?P<day>NUM|ORDD|ORDW|FIRST|SECOND)(?:OF)?(?P<month>MONTH)(?:(?:COMMA)?(?P<year>YEAR))?"),
    ("monthyear", r"(?:(?P<edge>EARLYLATE|MID)(?:HYPHEN|IN)?)?(?P<month>MONTH)(?:COMMA|OF|IN)?(?P<year>YEAR)"),
    ("edgemonth", r"THE(?:THE)?(?P<edge>EDGE|MID)OF(?P<month>MONTH)(?:(?:COMMA)?(?P<year>YEAR))?"),
    # Holidays of several words, and what is counted within a month
    ("feast", r"(?P<rel>LAST|NEXT|THIS)?(?P<feast>FEAST(?:FEASTS)*)(?:(?:COMMA)?(?P<year>YEAR))?"),
    (
        "ordinalof",
        (r"(?:THE)?(?P<ord>ORD|LAST)(?:(?P<wday>WDAY)|(?P<unit>UNIT1))(?:OF|IN)(?P<month>MONTH)(?:(?:COMMA)?"
        r"(?P<year>YEAR))?"),
    ),
    ("nextto", r"(?:THE)?(?P<unit>UNIT1)(?P<dir>EARLIER|AFTER)(?P<day>DEICTIC)"),
    ("weekdaysago", rf"(?P<count>{_CARD})(?P<wday>WDAYS|WDAY)AGO"),
    # Weekdays
    (
        "weekday",
        (r"(?:(?P<edge>EARLYLATE|EARLIER|LATER)(?:ON)?)?(?P<rel>LAST|PAST|NEXT|COMING|THIS|FOLLOWING|PREV)?"
        r"(?P<wday>WDAY)(?P<half>EARLYLATE)?(?P<part>PART)"),
    ),
    ("weekdayweek", r"(?P<wday>WDAY)(?:OF)?(?P<rel>LAST|NEXT|THIS)(?P<unit>UNIT1)"),
    ("weekdaydate", r"(?P<wday>WDAY)(?:COMMA)(?P<month>MONTH)(?P<day>NUM|ORDD)(?:(?:COMMA)?(?P<year>YEAR))?"),
    (
        "weekdaydate",
        (r"(?P<wday>WDAY)(?:COMMA)?(?:THE)?(?P<day>NUM|ORDD)(?:OF)?(?P<month>MONTH)(?:(?:COMMA)?"
        r"(?P<year>YEAR))?"),
    ),
    (
        "weekday",
        (r"(?:(?P<edge>EARLYLATE|EARLIER|LATER)(?:ON)?)?(?P<rel>LAST|PAST|NEXT|COMING|THIS|FOLLOWING|PREV)?"
        r"(?P<wday>WDAY)"),
    ),
    ("weekdays", r"(?:EVERY)(?:SECOND|ALTERNATE)?(?P<wday>WDAY)(?P<part>PART)?"),
    ("weekdays", r"(?P<wday>WDAYS)"),
    # Parts of today and its neighbours
    ("part", r"(?P<edge>EARLYLATE|EARLIER|LATER)?(?P<rel>THIS|LAST)(?P<part>PART)"),
    ("daypart", r"(?P<edge>EARLYLATE|EARLIER|LATER)?(?P<day>DEICTIC)(?P<part>PART)"),
    ("deictic", r"(?:(?P<edge>EARLYLATE|EARLIER|LATER)(?:ON)?)?(?P<day>DEICTIC)"),
    ("tonight", r"(?P<edge>LATER)?TONIGHT"),
    ("tonight", r"OVERNIGHT"),
    # Clock times
    ("clock", r"(?P<time>CLOCK|NUM|BIG)(?P<ampm>AMPM)(?:(?:LPAREN)?(?P<zone>ZONE)(?:LPAREN)?)?"),
    ("clock", r"(?P<time>TIMEAMPM)(?:(?:LPAREN)?(?P<zone>ZONE)(?:LPAREN)?)?"),
    ("clock", r"(?P<time>CLOCK)(?:(?:LPAREN)?(?P<zone>ZONE)(?:LPAREN)?)"),
    ("clock", r"(?P<time>NUM|NW)(?:OCLOCK)(?:IN THE(?P<part>PART))?"),
    ("clock", r"(?P<noon>NOON)"),
    # Before and after now
    ("ago", r"(?P<stuck>NUMUNIT)AGO"),
    ("longago", r"(?:LONG|AN WHILE)AGO"),
    (
        "ago",
        (rf"{_ABOUT}(?P<count>{_COUNT}|AN|HALF AN)(?:HYPHEN)?(?P<unit>UNIT)(?:AND AN (?P<andhalf>HALF))?"
        rf"(?P<dir>AGO)"),
    ),
    ("shift", rf"{_ABOUT}(?P<count>{_COUNT}|AN)(?P<unit>UNIT)(?P<dir>EARLIER|LATER)"),
    # Spans that end or start now
    (
        "window",
        (rf"(?:THE|THIS)?(?P<rel>LAST|PAST|PREV|NEXT|COMING|FOLLOWING)(?P<count>{_COUNT})(?:(?:TO|HYPHEN|OR)"
        rf"(?P<count2>{_CARD}))?(?P<unit>UNIT)(?:OR SO)?"),
    ),
    ("window", r"(?:THE|THIS)(?P<rel>PAST)(?P<unit>SINGULAR)"),
    ("open", r"(?:THE)?(?P<rel>COMING|NEXT|FOLLOWING|LAST|PAST|RECENT)(?P<unit>UNITS)(?:(?:AND|OR)(?:UNITS))?"),
    # Calendar units about now
    (
        "unitfrom",
        (r"(?:(?:THE)?(?P<edge>EARLYLATE|EARLIER|LATER|MID)(?:IN)?)?"
        r"(?P<rel>LAST|NEXT|THIS|COMING|PREV|FOLLOWING)(?P<fiscal>FISCAL)?(?P<unit>SINGULAR)"),
    ),
    ("unitfrom", r"THE(?P<rel>LAST|NEXT|THIS|COMING|PREV|FOLLOWING|SAME)(?P<fiscal>FISCAL)?(?P<unit>SINGULAR)"),
    (
        "edgeunit",
        (r"(?:THE)?(?:EARLYLATE)?(?P<edge>EDGE|MID)OF(?:THE|(?P<rel>LAST|NEXT|THIS|COMING|PREV))"
        r"(?P<fiscal>FISCAL)?(?P<unit>SINGULAR)"),
    ),
    ("edgeunit", r"(?:THE)?(?P<unit>UNIT1)(?:HYPHEN|POSS)(?P<edge>EDGE)"),
    ("yearearlier", r"(?:THE|AN)?(?P<unit>UNIT1)HYPHEN(?P<dir>EARLIER|AGO)(?P<of>SINGULAR|SPAN)?"),
    (
        "firstof",
        (rf"THE(?P<rel>FIRST|LAST)(?P<count>{_CARD})(?P<unit>UNITS)OF"
        r"(?:(?P<year>YEAR)|(?:THE|(?P<other>LAST|THIS|NEXT))UNIT1)"),
    ),
    ("monthof", r"(?:(?P<edge>EARLYLATE|EARLIER|LATER)(?:IN)?)?(?P<rel>LAST|PAST|NEXT|THIS|COMING)(?P<month>MONTH)"),
    ("monthof", r"(?P<month>MONTH)(?:OF)?(?P<rel>LAST|NEXT|THIS)(?P<unit>UNIT1)"),
    # Quarters, halves, seasons, holidays
    (
        "quarter",
        (r"(?:THE)?(?P<fiscal>FISCAL)?(?P<ord>ORD)(?:HYPHEN)?(?P<unit>QUARTER|HALF)(?:OF(?:THE)?|IN|COMMA)?"
        r"(?P<fiscal2>FISCAL)?(?:(?P<year>YEAR)|(?P<rel>LAST|THIS|NEXT)(?P<of>UNIT1))"),
    ),
    ("quarter", r"(?:THE)?(?P<fiscal>FISCAL)?(?P<ord>ORD)(?:HYPHEN)?(?P<unit>QUARTER)(?:OF THE UNIT1)?"),
    ("quarter", r"(?:THE)?(?P<ord>FIRST|SECOND)(?:HYPHEN)?(?P<unit>HALF)(?:OF THE UNIT1)"),
    (
        "season",
        (r"(?P<edge>EARLYLATE|MID|EARLIER|LATER)?(?P<rel>LAST|PAST|NEXT|THIS|COMING|THE)?(?P<season>SEASON)"
        r"(?:OF)?(?P<year>YEAR)?"),
    ),
    ("holiday", r"(?P<rel>LAST|NEXT|THIS)?(?P<holiday>HOLIDAY)(?P<eve>EVE|UNIT1)?(?P<year>YEAR)?"),
    ("fewquarter", r"(?P<name>QTR)(?:OF|COMMA)?(?P<fiscal>FISCAL|FYEAR)?(?P<year>YEAR)?"),
    # Years, decades, centuries
    ("fiscal", r"(?P<fy>FYEAR)"),
    ("decadeword", r"THE(?:(?P<edge>EARLYLATE|MID)(?:HYPHEN)?)?(?P<decade>DECADEW)"),
    ("fiscal", r"(?:THE)?FISCAL(?:UNIT1)?(?P<year>YEAR)"),
    ("edgeyear", r"(?:THE)?(?P<edge>EDGE|MID)OF(?P<year>YEAR)"),
    ("yearspan", r"(?P<year>YEAR)(?:HYPHEN)(?P<year2>YEAR|NUM)"),
    ("decade", r"(?:THE)?(?:(?P<edge>EARLYLATE|MID)(?:HYPHEN)?)?(?P<decade>DECADE)"),
    ("midyear", r"(?P<mid>MIDYEAR)(?P<year>YEAR)?"),
    ("century", r"(?:THE)?(?:(?P<edge>EARLYLATE|MID)(?:HYPHEN)?)?(?P<ord>ORD)(?:HYPHEN)?(?P<unit>UNIT1)"),
    ("year", r"(?:(?P<edge>EARLYLATE|MID)(?:HYPHEN|IN)?)?(?P<year>YEAR)"),
    ("month", r"(?:(?P<edge>EARLYLATE|MID|EARLIER|LATER)(?:HYPHEN|IN)?)?(?P<month>MONTH)"),
    # Sets
    ("every", rf"EVERY(?P<count>{_CARD}|FEW|ALTERNATE|SECOND)?(?P<unit>UNIT)"),
    ("everypart", r"EVERY(?P<part>PART)"),
    ("frequency", r"(?P<freq>FREQ)"),
    ("rate", r"(?P<per>PER|TIMES(?:AN)|TIMES(?:PER))(?P<unit>SINGULAR)"),
    # Amounts
    (
        "duration",
        (rf"{_ABOUT}(?P<count>{_COUNT})(?:(?:TO|HYPHEN|OR)(?P<count2>{_CARD}))?(?P<hyphen>HYPHEN)?"
        rf"(?P<unit>UNIT)(?:(?:AND)?(?:AN)(?P<andhalf>HALF))?(?P<old>(?:HYPHEN)?OLD)?"),
    ),
    ("duration", rf"{_ABOUT}(?:(?P<half>HALF)(?:HYPHEN)?(?:AN)?)(?:HYPHEN)?(?P<unit>UNIT1)"),
    (
        "aunit",
        (rf"(?P<about>{_ABOUT})(?P<count>AN|NW)(?P<unit>SINGULAR)(?P<old>HYPHEN OLD)?(?:AND AN "
        rf"(?P<andhalf>HALF))?"),
    ),
    ("units", r"(?P<unit>UNITS)(?P<hyphen>HYPHEN)?(?P<of>OF)?(?P<old>OLD)?"),
    # References
    ("same", r"(?:THE|THAT|THIS)(?P<rel>SAME)(?P<unit>SINGULAR|PART)"),
    ("same", r"(?P<rel>THAT)(?P<unit>SINGULAR|PART)"),
    ("theother", r"THE(?P<unit>UNIT1)(?P<dir>EARLIER|AFTER)"),
    ("thesedays", r"THIS(?P<unit>UNITS)"),
    ("future", r"(?:THE)(?:NEAR|COMING)?(?P<future>FUTURE|PAST)"),
    ("reference", r"(?P<more>MORE)?(?P<ref>REF)"),
    ("moment", r"(?:AT)(?:THE|THIS|THAT)(?P<moment>AMOMENT)"),
    ("theyear", r"(?:SO FAR)?(?P<rel>LATER|EARLIER)IN THE(?P<unit>UNIT1)"),
    ("weekendof", r"THE(?P<unit>UNIT1)"),
    ("dayofmonth", r"THE(?P<day>ORDD)"),
)  # fmt: skip
_IDENTIFIER = re.compile(r"\b[A-Z][A-Z0-9]+\b")


def _compile(source: str) -> str:
    def letter(match: re.Match[str]) -> str:
        return _NAMES[match[0]]

    return _IDENTIFIER.sub(letter, source).replace(" ", "")


RULES: tuple[Rule, ...] = tuple(Rule(name, re.compile(_compile(source))) for name, source in _SOURCE)
_MASTER = re.compile(
    "|".join(f"(?P<r{n}>{re.sub(r'[?]P<[a-z0-9]+>', '?:', _compile(source))})" for n, (_, source) in enumerate(_SOURCE))
)
# A rule can only start on these; the others are looked at as the middle of a match alone.
_START = re.compile(r"[^.\-,'347:()>@&~^}9|ψδ]")


def first(letters: str, at: int, end: int) -> tuple[str, re.Match[str]] | None:
    """The first match of a rule in tokens ``[at, end)``: the name of its reading, and the match."""
    match_at, find = _MASTER.match, _START.search
    while at < end:
        begin = find(letters, at, end)
        if begin is None:
            return None
        at = begin.start()
        found = match_at(letters, at, end)
        if found is not None and found.end() > at:
            rule = RULES[int((found.lastgroup or "r0")[1:])]
            match = rule.pattern.match(letters, at, end)
            if match is not None:
                return rule.name, match
        at += 1
    return None
