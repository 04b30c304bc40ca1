"""Numbers with their units in the tokens of a sentence: what a figure is made of.

One pass from left to right: a number, a range if another number follows, the
currency before or the unit after it, what it is for each of ("a day"), and the
words that bound it. Names (``Boeing 787``), dates, clock times, scores, telephone
numbers and enumerations are left out.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from dateline.knowledge import quantities as known
from dateline.knowledge.quantities import HYPHENS, Number, Unit
from dateline.knowledge.roles import PEOPLE, ROLES
from dateline.reading.analysis import Analysis
from dateline.records import Bound

_PARTS = frozenset(("third", "quarter", "fifth", "tenth"))
"""Fractions that are ordinals or units unless ``a`` stands before them."""
_STARTERS = frozenset((*known.ONES, *known.TENS, *known.SCALES, "half")) | frozenset(known.COLLECTIVE) | _PARTS
_SEVERAL = frozenset(("several", "few", "couple"))
_PLACED = frozenset("top bottom first last final next other".split())
_NAMED_BEFORE = frozenset(
    "no no. nos. number page pages chapter section article resolution room flight highway route channel level phase "
    "category figure table line gate terminal platform unit division group act type mark size grade rank game week day "
    "version model series volume part item paragraph verse step stage area zone sector "
    "apollo windows iphone ios android galaxy covid".split()
)
"""Nouns whose number names one of them: ``page 5``, ``Resolution 1701``, ``Category 4``."""
_NOT_JOINED = frozenset("way time tier off sided dimensional horse pronged track fold hander some".split())
"""Words that a number and a hyphen join into an adjective which counts nothing: ``three-way talks``, ``a one-off``."""
_BANDS = frozenset("group gang council band club committee".split())
"""Nouns whose number word after ``of`` is a name: ``the Group of Seven``."""
_OUTCOME_OF_PLAY = frozenset(
    "margin ratio vote lead loss win victory draw odds majority score defeat decision basis".split()
)
"""Nouns after two numbers that are a score or a ratio: ``a 3-1 win``, ``a 2 to 1 margin``."""
_LASTING = frozenset(
    "in within for than least just only every after about over under past last next first almost".split()
)
_TO = frozenset(("to", "-", "–", "—", "‑", "or", "and"))


@dataclass(slots=True)
class Amount:
    """A number or range with its unit, over tokens ``[start, end)``."""

    start: int
    end: int
    low: float | None
    high: float | None
    bound: Bound
    unit: Unit | None
    per: str | None
    first: int
    """First token of the number itself, after a currency sign."""
    last: int
    """Token before which the number ends."""
    unit_at: int
    """Token of the unit, else of the last number: what hangs in the tree."""
    descending: bool = False
    """Whether a range was given from high to low ("from 20 to 15")."""
    fraction: bool = False
    words: bool = False
    age: bool = False
    one: bool = False
    """Whether it is the word ``one``."""
    about_from: int = -1
    """First token of the words that bound it, or -1."""


def scan(analysis: Analysis, blocked: Container[int]) -> list[Amount]:
    """Amounts of an article in text order; ``blocked`` tokens belong to dates and clock times."""
    lowers = analysis.lowers
    found: list[Amount] = []
    starts = [
        at
        for at, word in enumerate(lowers)
        if (word in _STARTERS if word.isalpha() else _holds_digit(word)) and at not in blocked
    ]
    past = -1
    ends = analysis.sentences
    for at in starts:
        if at < past:
            continue
        start, stop = ends[analysis.sentence_of[at]]
        amount = _read(analysis, at, start, stop, blocked)
        if amount is not None:
            found.append(amount)
            past = amount.end
        else:
            past = max(past, _code_end(analysis, at, stop))
    return found


def _holds_digit(word: str) -> bool:
    # "1", "US$5", "~25", "$-50.8bn": digits stand first or last, but for units behind them.
    return word[0].isdecimal() or word[-1].isdecimal() or any(map(str.isdecimal, word)) or word in known.VULGAR


def _code_end(analysis: Analysis, at: int, stop: int) -> int:
    """End of a chain of numbers and hyphens that is a telephone number, a score or a code."""
    lowers = analysis.lowers
    end = at + 1
    while end + 1 < stop and lowers[end] in HYPHENS and lowers[end + 1][0].isdecimal():
        end += 2
    return end


def _read(analysis: Analysis, at: int, start: int, stop: int, blocked: Container[int]) -> Amount | None:
    lowers = analysis.lowers
    word = lowers[at]
    if (word in known.COLLECTIVE and not word.startswith(("dozen", "score"))) or word in ("dozens", "scores"):
        return _collective(analysis, at, start, stop)
    first = at
    money: Unit | None = None
    lead = ""
    number: Number | None
    several = False
    if word.isalpha():
        number = None if word in _PARTS else known.read_number(lowers, at, stop)
        if at > start and lowers[at - 1] in ("a", "an"):
            with_article = known.read_number(lowers, at - 1, stop)
            if with_article is not None:
                number, first = with_article, at - 1
            elif word in _PARTS and lowers[at - 2 : at - 1] in (["by"], ["than"], ["nearly"], ["about"]):
                after = analysis.tags[at + 1] if at + 1 < stop else "."
                if after[:1] not in ("N", "J", "H"):
                    number, first = Number(at - 1, at + 1, known.FRACTIONS[word], fraction=True, words=True), at - 1
        several = word in known.SCALES and at > start and lowers[at - 1] in _SEVERAL
        if word == "half" and not _half(analysis, at, start, stop):
            return None
    else:
        number, money, lead = _digits(analysis, at, stop)
        if money is not None and at > start and lowers[at - 1] == "$" and lowers[at][0].isalpha():
            first = at - 1  # "$US55", whose sign is a token of its own
    if number is None or _is_name(analysis, number, start, stop, money):
        return None
    # A currency sign before the number: "$", "US $", "HK $".
    if money is None and first > start:
        money, first = _sign_before(analysis, first, start)
    end = number.end
    value = number.value
    rest = number.rest
    if money is not None and (spaced := _spaced(lowers, number)) is not None:
        value, end = spaced
        number = Number(number.start, end, value)
    minus = first > start and lowers[first - 1] in ("minus", "negative", "−") and not number.words
    if minus:
        value = -value
        first -= 1
    unit, end, value, unit_at = _unit_after(analysis, number, rest, value, end, stop, money)
    if unit is None and rest and number.rest and not _known_rest(rest):
        return None
    if unit is None and not rest and first > start and lowers[first - 1] == "magnitude" and 0 < value < 11:
        unit = _unit("magnitude")
    of = end + 1 < stop and lowers[end] == "of"
    if unit is None and number.fraction and end + 1 + of < stop and lowers[end + of] in ("a", "an"):
        # "half a kilometre" and "a third of a mile" are lengths, "half a cake" a share
        unit, upto, unit_token = _following(analysis, end + 1 + of, stop)
        if unit is not None:
            end, unit_at = upto, unit_token
    if unit is None and not rest:
        share = _share(lowers, number, stop)
        if share is not None:
            value, end = share
            number = Number(number.start, end, value, fraction=True, words=number.words)
    amount = Amount(
        first, end, value, value, "exact", unit, None, at, number.end, unit_at,
        fraction=number.fraction, words=number.words,
        one=number.words and number.end - number.start == 1 and word == "one",
    )  # fmt: skip
    if lead in ("~", "≈", "±"):
        amount.bound = "about"
    elif lead == ">":
        amount.bound = "at least"
    elif lead in ("<", "sub-"):
        amount.bound = "at most"
    if several:
        amount.low, amount.high, amount.bound = 2 * value, 9 * value, "between"
    else:
        _range(analysis, amount, start, stop, blocked)
    _per(analysis, amount, stop, blocked)
    _age(analysis, amount, stop)
    _bound(analysis, amount, start, stop)
    return amount if _holds(analysis, amount, start, stop) else None


def _spaced(lowers: list[str], number: Number) -> tuple[float, int] | None:
    """Value and end of a sum whose decimals a space parts from it: ``$2. 6 million``, over a sentence's seeming end."""
    at = number.end
    if lowers[at - 1 : at] and lowers[at - 1].endswith(".") and lowers[at - 1][:-1].isdecimal():
        whole, rest = lowers[at - 1][:-1], lowers[at : at + 2]
    else:
        whole, rest = lowers[at - 1], lowers[at + 1 : at + 3] if lowers[at : at + 1] == ["."] else []
        at += 1
    if len(rest) < 2 or not whole.isdecimal() or not rest[0].isdecimal() or len(rest[0]) > 2:
        return None
    scale = known.SCALES.get(rest[1])
    if scale is None or scale < 1e6 or number.end - number.start > 1:
        return None
    return round(float(f"{whole}.{rest[0]}") * scale, 2), at + 2


def _half(analysis: Analysis, at: int, start: int, stop: int) -> bool:
    """Whether ``half`` is a share: no half of a match or year, no ``half-brother``."""
    lowers = analysis.lowers
    after = lowers[at + 1] if at + 1 < stop else ""
    before = lowers[at - 1] if at > start else ""
    if (
        before in ("first", "second", "this", "that", "the", "last", "next", "each", "and", "half")
        or after in known.HYPHENS
    ):
        return False
    return after in ("of", "the", "a", "an", "its", "their", "his", "her", "our", "that", "this", "are", "were") or (
        before in known.BOUNDS or before in ("by", "in", "than")
    )


def _share(lowers: list[str], number: Number, stop: int) -> tuple[float, int] | None:
    """``one in five``, ``two out of three``: a fraction, and where it ends."""
    at = number.end
    if not (1 <= number.value <= 9 and number.value == int(number.value)) or at + 1 >= stop:
        return None
    if lowers[at] == "out" and lowers[at + 1] == "of" and at + 2 < stop:
        at += 2
        if lowers[at] == "every" and at + 1 < stop:
            at += 1
    elif lowers[at] == "in" and number.value <= 4:
        at += 1
        if lowers[at] == "every" and at + 1 < stop:
            at += 1
    else:
        return None
    whole = known.read_number(lowers, at, stop)
    if whole is None or whole.rest or whole.fraction or not number.value < whole.value <= 100_000:
        return None
    if 1000 < whole.value < 2200 and "," not in lowers[at]:
        return None  # "one in 2019"
    return number.value / whole.value, whole.end


def _known_rest(rest: str) -> bool:
    return rest in known.UNITS or rest in known.SHORT_SCALES or rest in known.SYMBOLS


def _digits(analysis: Analysis, at: int, stop: int) -> tuple[Number | None, Unit | None, str]:
    """A number whose token holds digits, with the currency and sign written against it."""
    lowers = analysis.lowers
    word = lowers[at]
    if word[0].isdecimal() or word[0] == ".":
        return known.read_number(lowers, at, stop), None, ""
    match = known.PREFIXED.match(word)
    if match is None or len(word) > known.MAX_DIGITS:
        if word in known.VULGAR:
            return Number(at, at + 1, known.VULGAR[word], fraction=True), None, ""
        number = known.read_number(lowers, at, stop) if word[0] in "+-−" else None
        return number, None, ""
    sign = match["sign"] or ""
    inner = [match["digits"], *lowers[at + 1 : min(at + 4, stop)]]
    number = known.read_number(inner, 0, len(inner))
    if number is None:
        return None, None, ""
    code = known.CURRENCY_SIGNS.get(sign, "")
    if sign in ("us", "a", "hk"):
        if at == 0 or not lowers[at - 1].endswith("$"):
            return None, None, ""
        code = {"us": "USD", "a": "AUD", "hk": "HKD"}[sign]
    value = -number.value if match["minus"] or match["lead"] == "minus-" else number.value
    number = Number(at, at + number.end, value, number.rest, number.fraction)
    return number, _CURRENCY.get(code), match["lead"] or ""


_CURRENCY: dict[str, Unit] = {
    unit.code: unit for unit in (*known.UNITS.values(), *known.SYMBOLS.values()) if unit.money
}


def _sign_before(analysis: Analysis, at: int, start: int) -> tuple[Unit | None, int]:
    """The currency sign or code in the tokens before a number, and where it starts."""
    lowers = analysis.lowers
    sign = lowers[at - 1]
    code = known.CURRENCY_SIGNS.get(sign)
    if not code:
        return None, at
    if sign.isalpha() and not analysis.words[at - 1].isupper() and sign != "rs":
        return None, at
    first = at - 1
    if sign == "$" and first > start:
        before = lowers[first - 1]
        joined = known.DOLLARS.get(before)
        if (
            joined
            and analysis.words[first - 1].isupper()
            and (before != "a" or analysis.ends[first - 1] == analysis.starts[first])
        ):
            return _CURRENCY[joined], first - 1
    return _CURRENCY.get(code), first


def _unit_after(
    analysis: Analysis, number: Number, rest: str, value: float, end: int, stop: int, money: Unit | None
) -> tuple[Unit | None, int, float, int]:
    """The unit after a number: its token ends the amount; a scale cut short multiplies the value."""
    lowers, words = analysis.lowers, analysis.words
    at_token = number.end - 1
    if rest:
        # Stuck to the digits: "80km", "640bhp", "10m", "4.3M".
        cased = words[at_token][-len(rest) :]
        if money is not None and rest in known.SHORT_SCALES:
            return money, end, known.scaled(value, known.SHORT_SCALES[rest]), at_token
        if rest == "p":
            return _unit("penny"), end, value, at_token
        if rest == "pc":
            return _unit("%"), end, value, at_token
        unit = known.SYMBOLS.get(cased) or known.UNITS.get(rest)
        if unit is not None and not (cased == "M" or rest in ("bn", "tn")):
            joined, upto = _longest(analysis, end, stop, rest)
            return joined or unit, upto if joined else end, value, at_token
        if rest in known.SHORT_SCALES:
            value = known.scaled(value, known.SHORT_SCALES[rest])
            unit, upto, at = _following(analysis, end, stop)
            return unit, upto, value, at if unit else at_token
        if rest.startswith("-") or rest in ("x", "th"):
            return None, end, value, at_token
        return None, end, value, at_token
    if end < stop:
        word = words[end]
        low = lowers[end].rstrip(".") or "."
        near = analysis.starts[end] == analysis.ends[end - 1]
        # "m" against a number is millions of money, metres otherwise.
        if low in known.SHORT_SCALES and (
            money is not None or (near and (word == "M" or low in ("bn", "mn", "mln", "tn", "k")))
        ):
            value = known.scaled(value, known.SHORT_SCALES[low])
            end += 1
            if money is not None:
                return money, end, value, end - 1
            unit, upto, at = _following(analysis, end, stop)
            return unit, upto, value, at if unit else number.end - 1
        if money is not None:
            # "$76 US", "$1.5 Canadian"
            if word in ("US", "USD", "U.S.") and money.code == "USD":
                end += 1
            return money, end, value, number.end - 1
        if word in ("p", "p.") and (near or end + 1 == stop or not analysis.tags[end + 1].startswith("N")):
            return _unit("penny"), end + 1, value, end
        if low == "pc":
            return _unit("%"), end + 1, value, end
        unit, upto, at = _following(analysis, end, stop)
        if unit is not None:
            return unit, upto, value, at
    return money, end, value, number.end - 1


def _unit(code: str) -> Unit:
    return _BY_CODE[code]


_BY_CODE: dict[str, Unit] = {unit.code: unit for unit in (*known.UNITS.values(), *known.SYMBOLS.values())}
_SHORT_WORDS = frozenset(
    ("in", "a", "m", "c", "g", "w", "v", "k", "t", "mp", "ps", "stone", "bar", "won", "rand", "sen", "lei", "real")
)


def _following(analysis: Analysis, at: int, stop: int) -> tuple[Unit | None, int, int]:
    """A unit that starts at a token, after a hyphen too: the unit, where it ends, and its token."""
    if at >= stop:
        return None, at, at
    lowers = analysis.lowers
    begin = at
    if lowers[at] in HYPHENS and at + 1 < stop:
        begin = at + 1
    symbol = known.SYMBOLS.get(analysis.words[begin])
    if symbol is not None:
        joined, upto = _longest(analysis, begin + 1, stop, lowers[begin])
        return joined or symbol, upto if joined else begin + 1, begin
    if lowers[begin] not in known.UNIT_WORDS:
        return None, at, at
    unit, upto = _longest(analysis, begin, stop, "")
    if unit is None or (
        lowers[begin] in _SHORT_WORDS and unit.name == lowers[begin] and analysis.tags[begin][:1] == "V"
    ):
        return None, at, at
    # "second", "quarter", "degree" after a number are units in the plural or behind a hyphen only.
    return unit, upto, upto - 1


def _longest(analysis: Analysis, at: int, stop: int, begun: str) -> tuple[Unit | None, int]:
    """The longest unit over the tokens from ``at``, after the word ``begun`` where one was read."""
    lowers = analysis.lowers
    for end in range(min(stop, at + known.LONGEST_UNIT), at, -1):
        form = " ".join(lowers[at:end])
        if end == stop or end - at > 1:
            form = form.rstrip(".") or form
        if begun:
            form = f"{begun} {form}"
        unit = known.UNITS.get(form) or (known.UNITS.get(form.replace(" - ", " ")) if " - " in form else None)
        if unit is not None:
            return unit, end
    return None, at


def _range(analysis: Analysis, amount: Amount, start: int, stop: int, blocked: Container[int]) -> None:
    """Widen an amount to a range where ``to``, a dash, ``and`` after ``between``, or ``or`` and a number follow."""
    lowers = analysis.lowers
    at = amount.end
    stuck_to = at < stop and lowers[at].startswith("to-") and lowers[at][3:4].isdecimal()
    if stuck_to:
        at -= 1
    elif at + 1 >= stop or lowers[at] not in _TO or at + 1 in blocked:
        return
    link = "to" if stuck_to else lowers[at]
    before = lowers[amount.start - 1] if amount.start > start else ""
    aged = before in ("ages", "age", "aged") or (before == "of" and lowers[amount.start - 2] == "ages")
    if link == "and" and before != "between" and not (aged and before == "of"):
        return
    second = at + 1
    if link == "to" and lowers[second] in HYPHENS and second + 1 < stop:
        second += 1
    sign: Unit | None = None
    if lowers[second] in known.CURRENCY_SIGNS and second + 1 < stop:
        sign = _CURRENCY.get(known.CURRENCY_SIGNS[lowers[second]])
        second += 1
        if lowers[second] == "$" and second + 1 < stop:
            second += 1
    if second in blocked:
        return
    lead = ""
    if lowers[second].isalpha():
        number = known.read_number(lowers, second, stop) if lowers[second] in _STARTERS else None
    elif _holds_digit(lowers[second]):
        number, stuck, lead = _digits(analysis, second, stop)
        sign = sign or stuck
    else:
        return
    if number is None or (lead and lead != "to-") or number.fraction != amount.fraction:
        return
    if sign is not None and (amount.unit is None or amount.unit.code != sign.code):
        return
    if sign is None and amount.unit is not None and amount.unit.money:
        own = _following(analysis, number.end, stop)[0]
        if own is not None and own.code != amount.unit.code:
            return  # "110 yen to 1 dollar"
    unit, end, value, unit_at = _unit_after(
        analysis,
        number,
        number.rest,
        number.value,
        number.end,
        stop,
        sign or (amount.unit if amount.unit and amount.unit.money else None),
    )
    if amount.unit is not None and unit is not None and unit.code != amount.unit.code:
        return
    if number.rest and unit is None:
        return
    if (
        link == "to"
        and not stuck_to
        and before not in ("from", "between")
        and _moves(analysis, amount, before, unit, sign)
    ):
        return
    if end < stop and lowers[end] in _OUTCOME_OF_PLAY:
        return
    low = amount.low if amount.low is not None else 0.0
    counted = unit is not None or amount.unit is not None
    scale = value / (plain if (plain := _plain(lowers, second, number)) else 1.0)
    scaled = low * scale if scale >= 1000 and 0 < low < 1000 and low <= value / scale else low
    if before == "from" and link == "to":
        if not counted and value < low and not _noun_follows(analysis, end, stop):
            return  # "lowered its count from 21 to 17": one level, then another
        if _from_level(analysis, amount):
            amount.low = amount.high = scaled
            amount.unit = amount.unit or unit
            return
    if (link == "or" and not (counted or number.words)) or (link == "or" and value <= low):
        return
    if link in HYPHENS:
        if end < stop and lowers[end] in HYPHENS and end + 1 < stop and lowers[end + 1][0].isdecimal():
            return  # a telephone number or code
        if unit is None and amount.unit is None and not _noun_follows(analysis, end, stop):
            return  # a score
        if value < low:
            return
    if (
        link == "to"
        and not counted
        and before not in ("from", "between")
        and not aged
        and not _noun_follows(analysis, end, stop)
    ):
        return
    # "1 to 2 thousand", "$89 to $93 billion": the scale of the second counts for both.
    low = scaled
    amount.descending = value < low
    amount.low, amount.high = min(low, value), max(low, value)
    amount.bound = "about" if amount.bound == "about" else "between"
    amount.unit = amount.unit or unit
    amount.end, amount.last, amount.unit_at = end, number.end, unit_at
    amount.one = False


def _moves(analysis: Analysis, amount: Amount, before: str, unit: Unit | None, sign: Unit | None) -> bool:
    """Whether ``to`` leads to a new level (``rose 8 % to 3.65``, ``up by $4bn to $41bn``), no range."""
    if amount.unit is None and (unit is not None or sign is not None):
        return False  # "by 1 to 1.5 degrees"
    if amount.unit is not None and unit is None and sign is None:
        return True
    if before in ("by", "up", "down"):
        return True
    at = amount.unit_at
    for _ in range(3):
        head = analysis.head[at]
        if head == at:
            return False
        at = head
        if analysis.tags[at][:1] == "V":
            lemma = analysis.lemmas[at]
            return lemma in known.RISE or lemma in known.FALL
    return False


_SHIFTS = frozenset(
    "go change move lower revise widen narrow double triple halve quadruple shift bring take swing accelerate slow "
    "rise creep raise bump push pull shoot ramp balloon".split()
)


def _from_level(analysis: Analysis, amount: Amount) -> bool:
    """Whether ``from`` an amount ``to`` another tells two levels of one thing: ``grew from 41 to 56``, no range."""
    at = amount.unit_at
    for _ in range(5):
        up = analysis.head[at]
        if up == at:
            return False
        at = up
        lemma = analysis.lemmas[at]
        if lemma in known.RISE or lemma in known.FALL or lemma in _SHIFTS:
            return True
        if analysis.tags[at][:1] == "V":
            return False
    return False


def _plain(lowers: list[str], at: int, number: Number) -> float:
    """The value of the first word of a number, without the scales after it."""
    read = known.read_digits(lowers[at])
    if read is None:
        match = known.PREFIXED.match(lowers[at])
        read = known.read_digits(match["digits"]) if match else None
    if read is not None:
        return read[0] if read[0] > 0 else 1.0
    if number.end - at > 1 and lowers[number.end - 1] in known.SCALES:
        return number.value / known.SCALES[lowers[number.end - 1]]
    return number.value


def _noun_follows(analysis: Analysis, at: int, stop: int) -> bool:
    """Whether a plural noun comes within three words."""
    for each in range(at, min(at + 4, stop)):
        tag = analysis.tags[each]
        if tag in ("NNS", "NNPS"):
            return True
        if tag not in ("JJ", "NN", "NNP", "VBN", "VBG", "JJR", "HYPH", "POS"):
            return False
    return False


def per_at(analysis: Analysis, at: int, stop: int, blocked: Container[int]) -> tuple[str, int] | None:
    """What a value is for each of, read at the token after it, and where that ends.

    ``per barrel``, ``a day``, ``/kg``, ``annually``, ``-a-day``; but not the ``a year`` of "a year earlier".
    """
    if at >= stop or at in blocked:
        return None
    lowers = analysis.lowers
    word = lowers[at]
    if word in known.PER_ADVERBS and word != "each":
        return known.PER_ADVERBS[word], at + 1
    hyphen = word in HYPHENS
    if hyphen and at + 1 < stop:
        at += 1
        word = lowers[at]
    if word not in ("per", "/", "a", "an", "each", "every") or at + 1 >= stop:
        return None
    noun = at + 1
    if hyphen and noun < stop and lowers[noun] in HYPHENS:
        noun += 1
    if noun >= stop:
        return None
    name = lowers[noun]
    unit, end = _longest(analysis, noun, stop, "")
    if word in ("per", "/"):
        if unit is None and not name.isalpha():
            return None
    elif name not in known.PER_NOUNS or lowers[noun + 1 : noun + 2] in (["earlier"], ["ago"], ["later"], ["before"]):
        return None
    return (unit.name, end) if unit is not None else (known.singular(name), noun + 1)


def _per(analysis: Analysis, amount: Amount, stop: int, blocked: Container[int]) -> None:
    found = per_at(analysis, amount.end, stop, blocked)
    if found is not None:
        amount.per, amount.end = found


def _age(analysis: Analysis, amount: Amount, stop: int) -> None:
    """``50-year-old``, ``18 months old``: an age."""
    if amount.unit is None or amount.unit.code not in ("a", "mo", "wk", "d"):
        return
    lowers = analysis.lowers
    at = amount.end
    while at < stop and lowers[at] in HYPHENS:
        at += 1
    if at < stop and lowers[at] in ("old", "olds"):
        amount.age = True
        amount.end = at + 1


def _bound(analysis: Analysis, amount: Amount, start: int, stop: int) -> None:
    """The bound by the words before the amount, else by those after it."""
    lowers = analysis.lowers
    left = amount.start
    if (
        left > start
        and lowers[left - 1] in ("the", "a", "an", "another", "just", "only", "nearly")
        and lowers[left - 1] not in known.BOUNDS
    ):
        left -= 1
    definite = left < amount.start and lowers[left] == "the"
    for size in range(min(known.LONGEST_BOUND, left - start), 0, -1):
        kind = known.BOUNDS.get(" ".join(lowers[left - size : left]))
        if kind is None:
            continue
        if definite and kind != "about":
            return  # "below the $5bn sought": another amount is compared with this one
        if size == 1 and not _adverbial(analysis, left - 1, amount):
            continue
        if amount.bound in ("exact", "between"):
            amount.bound = kind if amount.bound == "exact" or kind == "about" else amount.bound
        amount.about_from = left - size
        return
    at = amount.end
    for size in (2, 1):
        if at + size <= stop:
            kind = known.BOUNDS_AFTER.get(" ".join(lowers[at : at + size]))
            if (
                kind is not None
                and amount.bound == "exact"
                and (size == 2 or lowers[at] == "+" or analysis.starts[at] == analysis.ends[at - 1])
            ):
                amount.bound = kind
                amount.end = at + size
                return


def _adverbial(analysis: Analysis, at: int, amount: Amount) -> bool:
    """Whether a single word before a number bounds it, and is no preposition of place or time."""
    word = analysis.lowers[at]
    if word in ("over", "within", "under", "below", "above", "beyond", "near"):
        # "over the border" never comes this far; "over two years" is a time, "over 200 people" a bound.
        if amount.unit is not None and amount.unit.time and word in ("over", "within"):
            return False
        return not (word in ("within", "beyond", "near") and amount.unit is None)
    if word == "some":
        return amount.low is not None and not amount.one
    return True


def _holds(analysis: Analysis, amount: Amount, start: int, stop: int) -> bool:
    """Whether an amount counts something: bare digits need a noun, a bound, a verb of measure or a rate."""
    if amount.unit is not None:
        unit = amount.unit
        if unit.time and not amount.age:
            # "a five-year award": an attribute, which is a time, not a count
            if amount.end > amount.last and analysis.lowers[amount.last] in HYPHENS:
                return False
            if amount.one and (amount.start == start or analysis.lowers[amount.start - 1] not in _LASTING):
                return False  # "one day he will be king"
        return True
    if amount.per is not None or amount.bound != "exact":
        return True
    lowers, tags = analysis.lowers, analysis.tags
    if amount.low != amount.high:
        return True
    if amount.one:
        return _one_counts(analysis, amount, stop)
    if amount.fraction:
        # "9/11", "24/7", but "1/16 of a pint"
        slashed = amount.last - amount.first == 1 and "/" in lowers[amount.first]
        return not slashed or (amount.end < stop and lowers[amount.end] in ("of", "the", "a", "an"))
    at = amount.first
    before = lowers[at - 1] if at > start else ""
    after = lowers[amount.end] if amount.end < stop else ""
    if at == start and amount.end < stop and after in (".", ")", ":"):
        return False  # an enumeration
    if before == "(" and after == ")":
        return False
    if after in HYPHENS and amount.end + 1 < stop and lowers[amount.end + 1][0].isdecimal():
        return False
    if (
        before in HYPHENS
        and at - 2 >= start
        and (lowers[at - 2][0].isdecimal() or analysis.ends[at - 1] == analysis.starts[at])
    ):
        return False
    value = amount.low or 0.0
    if not amount.words and amount.last - amount.first == 1 and lowers[at].isdecimal():
        if len(lowers[at]) >= 9:
            return False  # a code
        if 1900 <= value <= 2100 and len(lowers[at]) == 4 and not _noun_follows(analysis, amount.end, stop):
            return False  # a year
        if before == "," and value < 120 and after in (",", ".", ";", ""):
            if at - 2 >= start and after != "" and _bears_age(analysis, at - 2) and value > 1:
                amount.age, amount.unit = True, _unit("a")  # "Maddon, 66, has"
                return True
            if after == ",":
                return False
        if len(lowers[at]) > 1 and lowers[at][0] == "0":
            return False
    if before in _PLACED and not _noun_follows(analysis, amount.end, stop):
        return before == "other" and analysis.deps[at].startswith("nsubj")
    if _tally(analysis, amount, start, stop) or _clock(analysis, amount, stop):
        return False
    after_tag = tags[amount.end] if amount.end < stop else "."
    if after_tag in ("NN", "NNS", "NNPS", "JJ", "JJR", "JJS", "VBN", "VBG", "HYPH", "NNP"):
        return True
    if _in_row(analysis, amount, start, stop) or owner(analysis, amount) is not None:
        return True
    # A number that stands alone has to be what something is, costs, reaches or is put at.
    return tags[at - 1] in _BEFORE_BARE if at > start else True


_BEFORE_BARE = frozenset(
    ("IN", "TO", "VBD", "VBZ", "VBP", "VB", "VBN", "VBG", "CC", "RB", ",", ":", "DT", "JJ", "-LRB-", "RP", "NNS")
) | {"WDT", "WP"}
"""Tags of words after which a number may stand without a noun: ``killing 18``, ``of which 94``."""


def _in_row(analysis: Analysis, amount: Amount, start: int, stop: int) -> bool:
    """Whether a bare number has a verb of its own or is what another has of the same: ``the Liberals 11``.

    Only numbers that can be no part of a name before them: spelt, grouped, or after a plural.
    """
    at, lowers, tags = amount.first, analysis.lowers, analysis.tags
    grouped = amount.words or "," in lowers[at] or amount.last - at > 1
    if grouped and analysis.deps[at].startswith("nsubj") and tags[analysis.head[at]][:1] == "V":
        return True  # "according to the union 9,000 walked out"
    if not grouped and tags[at - 1] not in ("NNS", "NNPS"):
        return False
    if amount.end < stop and lowers[amount.end] not in (",", ".", ";", "and", "while", "but"):
        return False
    first = at - 1
    while first > start and tags[first] in ("NN", "NNP", "NNS", "NNPS", "JJ"):
        first -= 1
    if first == at - 1 or first <= start:
        return False
    if lowers[first] in ("the", "its"):
        first -= 1
    return lowers[first] in (",", "and", "while", ";", "but") and any(
        tags[each] == "CD" and tags[each + 1] in ("NNS", "JJ", "CD", "IN") for each in range(start, first)
    )


_LEVELS = frozenset(
    "put stand remain stay value estimate set cap close open end trade peak rank finish hold keep stop "
    "settle fix number be hover top hit".split()
)
"""Lemmas of verbs that put a value ``at`` a number which is no time of day."""


_OCLOCK = frozenset("at by from until till to before after around about past since between and near".split())
"""What stands before the hour: ``by eight in the morning``."""


def owner(analysis: Analysis, amount: Amount) -> tuple[int, int] | None:
    """Whose a number is that shares the verb and the noun of the one before: ``2,500 took part, the guards 900``.

    The tokens of a noun phrase between a comma and the number, after which the clause ends.
    """
    lowers, tags = analysis.lowers, analysis.tags
    start, stop = analysis.sentences[analysis.sentence_of[amount.first]]
    end, left = amount.end, amount.about_from if amount.about_from >= 0 else amount.start
    if amount.end < stop and analysis.pos[end] != "PUNCT" and lowers[end] not in ("and", "but", "while"):
        return None
    first = left
    while first - 1 > start and left - first < 6 and tags[first - 1] in _OWNING:
        first -= 1
    noun = left - 1
    if first == left or lowers[first - 1] not in (",", ";", "and", "while", "but") or not lowers[noun].isalpha():
        return None
    named = tags[first] in ("DT", "NNP", "NNPS", "PRP$") and (tags[noun][:1] == "N" or first < noun)
    if not named or (tags[first] == "DT" and lowers[first] not in ("the", "a", "an")):
        return None
    before = [at for at in range(start, first - 1) if tags[at] == "CD"]
    verb = any(tags[at] in ("VBD", "VBZ", "VBP") for at in range(start, first - 1))
    return (first, left) if before and verb else None


_OWNING = frozenset(("DT", "NN", "NNS", "NNP", "NNPS", "JJ", "PRP$", "POS", "VBZ"))
"""Tags within the name of whose a number is; a tagger may take the last noun for a verb ("the guards 900")."""


def _clock(analysis: Analysis, amount: Amount, stop: int) -> bool:
    """Whether a small number is a time of day: ``left at six``, ``by eight in the morning``."""
    lowers, at = analysis.lowers, amount.first
    if amount.unit is None and amount.low is not None and 1 <= amount.low <= 12 and amount.low == int(amount.low):
        end = amount.end
        if lowers[end : end + 2] == ["in", "the"] and lowers[end + 2 : end + 3] in (
            ["morning"],
            ["afternoon"],
            ["evening"],
        ):
            return at > 0 and lowers[at - 1] in _OCLOCK
        if lowers[end : end + 2] == ["at", "night"] or lowers[end : end + 1] in (["o'clock"], ["o’clock"]):
            return at > 0 and lowers[at - 1] in _OCLOCK
    if at == 0 or lowers[at - 1] != "at" or amount.low is None or not 1 <= amount.low <= 12 or amount.end > at + 1:
        return False
    if amount.low != int(amount.low) or (amount.end < stop and analysis.tags[amount.end][:1] in ("N", "J", "H")):
        return False
    verb = analysis.head[at - 1]
    if analysis.lemmas[verb] in ("leave", "bring") and analysis.child(verb, "dobj") is not None:
        return False  # "leaving the toll at six"
    return analysis.tags[verb][:1] == "V" and analysis.lemmas[verb] not in _LEVELS


_VOTING = frozenset("vote voted votes voting by passed approved rejected won lost beat adopted".split())


def _tally(analysis: Analysis, amount: Amount, start: int, stop: int) -> bool:
    """Whether a bare number is one side of a vote or match told as two: ``voted 84 to 12``, ``won 21 to 7``."""
    lowers, at, end = analysis.lowers, amount.first, amount.end
    if end + 1 < stop and lowers[end] == "to" and lowers[end + 1][0].isdecimal() and at > start:
        return lowers[at - 1] in _VOTING and not _noun_follows(analysis, end + 2, stop)
    if at - 3 >= start and lowers[at - 1] == "to" and lowers[at - 2][0].isdecimal():
        return lowers[at - 3] in _VOTING and not _noun_follows(analysis, end, stop)
    return False


def _bears_age(analysis: Analysis, at: int) -> bool:
    """Whether a number between commas after a token is the age of whom it names."""
    if analysis.tags[at] in ("NNP", "NNPS"):
        within = [name.label for name in analysis.names if name.start <= at < name.end]
        return "PERSON" in within or not within
    return analysis.tags[at] == "NN" and (analysis.lowers[at] in ROLES or analysis.lowers[at] in PEOPLE)


def _one_counts(analysis: Analysis, amount: Amount, stop: int) -> bool:
    """Whether ``one`` counts a noun, and is neither a pronoun nor part of ``one another``."""
    at = amount.first
    head = analysis.head[at]
    lowers = analysis.lowers
    after = lowers[amount.end] if amount.end < stop else ""
    if after == "of":
        return True
    if analysis.deps[at].startswith("nsubj") and analysis.lemmas[head] in known.OUTCOMES:
        return True  # "one was killed", "one died"
    if analysis.deps[at] == "nummod" and head > at and analysis.tags[head] in ("NN", "NNS", "NNP") and head - at < 6:
        return after not in ("another", "day") and lowers[head] != "another"
    return False


def _is_name(analysis: Analysis, number: Number, start: int, stop: int, money: Unit | None) -> bool:
    """Whether a number is part of a name: ``iPhone 11``, ``Resolution 1701``, ``Group 7``."""
    at, end = number.start, number.end
    lowers, tags = analysis.lowers, analysis.tags
    if money is not None or at == start:
        return False
    before = lowers[at - 1]
    tag = tags[at - 1]
    if lowers[at][0] in known.HYPHENS and before.isalpha() and tag in ("NNP", "NN"):
        return True
    after_tag = tags[end] if end < stop else ""
    after = lowers[end] if end < stop else ""
    if known.CURRENCY_SIGNS.get(before):
        return False
    if number.words and analysis.words[at][0].isupper() and after_tag in ("NNP", "NNPS") and end - at == 1:
        return True  # "Zero Hedge", "Seven Network"
    if (
        number.words
        and analysis.words[at][0].isupper()
        and (before == "big" or (before == "of" and at - 2 >= start and lowers[at - 2] in _BANDS))
    ):
        return True
    if after == "block" and lowers[end + 1 : end + 2] == ["of"] and not number.words:
        return True  # "the 500 block of Taylor Street"
    if after in HYPHENS and end + 1 < stop and analysis.starts[end] == analysis.ends[end - 1]:
        joined = lowers[end + 1]
        if joined in _NOT_JOINED or (joined == "state" and lowers[end + 2 : end + 3] == ["solution"]):
            return True
    if (after in _OUTCOME_OF_PLAY and before in _TO) or (
        after in _TO and end + 2 < stop and lowers[end + 2] in _OUTCOME_OF_PLAY and not number.rest
    ):
        return True
    symbol = end < stop and (after in ("%", "°") or after in known.UNIT_WORDS or analysis.words[end] in known.SYMBOLS)
    if before == "covid":
        return True
    if before == "#" or before in _NAMED_BEFORE:
        return not (after in known.UNIT_WORDS or after_tag == "NNS") or before in ("no.", "no", "nos.")
    if ":" in lowers[at] or (number.rest and ":" in number.rest):
        return True
    if after in HYPHENS and end + 1 < stop and lowers[end + 1] in known.UNIT_WORDS:
        return False
    grouped = "," in lowers[at] or "." in lowers[at] or end - at > 1 or number.rest or number.words
    if not grouped and not symbol and _model(analysis, at, start):
        return True
    if tag in ("NNP", "NNPS") and not grouped and analysis.words[at - 1][0].isupper():
        if symbol:
            return False
        if tag == "NNPS" and after in (",", ".", ";", "and") and lowers[at - 2] == "the":
            return False  # "the Greens took 14 seats, the Liberals 11"
        return after_tag != "NNS" or analysis.deps[at] not in ("nummod", "quantmod")
    if (
        before in HYPHENS
        and analysis.ends[at - 1] == analysis.starts[at]
        and at - 2 >= start
        and not lowers[at - 2][0].isdecimal()
        and lowers[at - 2] not in _STARTERS
        and not number.words
    ):
        # "Covid-19", "TA-35", but not "15-22" or "four-, five-"
        return analysis.ends[at - 2] == analysis.starts[at - 1]
    if after_tag == "NNP" and not grouped and not symbol:
        # "the new 737 Max", "9 Elm Street": a model or an address, unless a plural ends the name
        return not _noun_follows(analysis, end, stop) or (tag == "JJ" and at - 2 >= start and tags[at - 2] == "CD")
    return False


def _model(analysis: Analysis, at: int, start: int) -> bool:
    """Whether the digits at a token belong to a model's letters: ``AK 47``, ``F - 16``, ``MH 17``."""
    before = at - 2 if at - 2 >= start and analysis.lowers[at - 1] in HYPHENS else at - 1
    word = analysis.words[before]
    return word.isalpha() and word.isupper() and len(word) <= 4 and analysis.tags[before] in ("NNP", "NN", "NNPS")


def _collective(analysis: Analysis, at: int, start: int, stop: int) -> Amount | None:
    """``dozens``, ``hundreds of thousands``: a range."""
    lowers = analysis.lowers
    low, high = known.COLLECTIVE[lowers[at]]
    end = at + 1
    if analysis.tags[at] not in ("NNS", "NN", "CD", "NNP"):
        return None
    while end + 1 < stop and lowers[end] == "of" and lowers[end + 1] in known.COLLECTIVE:
        more = known.COLLECTIVE[lowers[end + 1]][0]
        low, high = low * more, high * more
        end += 2
    of = end < stop and lowers[end] == "of"
    following = end + 1 if of else end
    if not of and lowers[at] == "scores":
        return None
    unit, upto, unit_at = _following(analysis, following, stop)
    if unit is not None and unit.time and not of:
        unit = None
    if (
        not of
        and unit is None
        and end < stop
        and lowers[end] not in ("more", ".", ",")
        and analysis.tags[end] not in ("VBD", "VBN", "VBP", "IN")
    ):
        return None
    first = at
    del start
    return Amount(first, upto if unit else end, low, high, "between", unit, None, at, end, unit_at if unit else at)
