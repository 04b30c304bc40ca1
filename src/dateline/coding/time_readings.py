"""What the rules of the time grammar mean: one reading a rule, each a date, a time, a duration or a set.

A reading gets the scene (tokens, the article's day, the dates read so far) and the
match, and gives the value and the days, or none where the words are no time after
all: grammar finds candidates, and the reading has the last word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date, timedelta

from dateline.coding import time_calendar as cal
from dateline.coding import time_grammar as grammar
from dateline.coding.time_calendar import Interval
from dateline.knowledge.quantities import FRACTIONS, ORDINALS, read_number
from dateline.reading.analysis import Analysis
from dateline.records import Grain, TimexType

_PAST = -1
_FUTURE = 1

_LETTER: dict[str, tuple[str, str]] = {
    "second": ("PT", "S"),
    "minute": ("PT", "M"),
    "hour": ("PT", "H"),
    "day": ("P", "D"),
    "weekend": ("P", "WE"),
    "week": ("P", "W"),
    "month": ("P", "M"),
    "quarter": ("P", "Q"),
    "half": ("P", "H"),
    "year": ("P", "Y"),
    "decade": ("P", "DE"),
    "century": ("P", "CE"),
    "millennium": ("P", "ML"),
}
_GRAIN: dict[str, Grain] = {
    "second": "second",
    "minute": "minute",
    "hour": "hour",
    "day": "day",
    "weekend": "day",
    "week": "week",
    "fortnight": "week",
    "month": "month",
    "quarter": "quarter",
    "half": "quarter",
    "year": "year",
    "decade": "decade",
    "century": "century",
    "millennium": "century",
}

_SCHEDULED = frozenset(
    "reopen begin start open meet arrive take visit end expire face return travel launch come leave play host resume "
    "vote go kick close convene gather hold head depart land fly sit due conclude finish".split()
)
_MODALS = frozenset(
    ("will", "would", "shall", "'ll", "’ll", "wo", "may", "might", "could", "can", "should", "must", "ca")
)
_PERFECT = frozenset(("have", "'ve", "’ve"))
_BEFORE_NOW = frozenset(("had", "has", "have", "'ve", "’ve", "was", "were", "did", "been"))
_IS = frozenset(("is", "are", "be", "'s", "’s", "'re", "’re", "am"))
_PLANNING = frozenset(
    "plan expect set schedule agree want hope intend promise vow decide prepare aim need urge call ready due likely "
    "poise slate go seek invite ask".split()
)
_LOOKING_BACK = frozenset(
    "fail manage begin start help continue use force allow cause lead stop cease happen serve travel refuse".split()
)
_AHEAD = frozenset("by until till ahead before starting beginning effective".split())
_COUNTED_BEFORE = frozenset(
    "$ £ € ¥ # us$ no no. number page channel section article resolution flight highway".split()
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a reading makes of a match."""

    type: TimexType
    value: str
    earliest: date | None = None
    latest: date | None = None
    grain: Grain | None = None
    confidence: float = 0.9
    """Share of right values of the reading on MEANTIME where it has ten or more, a guess beside those elsewhere."""
    start: int | None = None
    """First and last token where the mention is not the whole match."""
    end: int | None = None


class Scene:
    """What the readings look at: the tokens, the article's day, and the dates read so far."""

    __slots__ = ("analysis", "anchor", "end", "here", "last", "start")

    def __init__(self, analysis: Analysis, anchor: date | None) -> None:
        self.analysis = analysis
        self.anchor = anchor
        self.last: Found | None = None
        """The date read last in the article, for "the same day" and "two years later"."""
        self.here: tuple[int, Found] | None = None
        """The day read last in the sentence, with its token, for clock times."""
        self.start = 0
        self.end = 0

    def enter(self, start: int, end: int) -> None:
        """Go on to the next sentence."""
        self.start, self.end = start, end
        self.here = None

    def remember(self, found: Found, at: int) -> None:
        """Keep a dated expression for those that lean on it."""
        if found.type in ("DATE", "TIME") and found.earliest is not None and found.latest is not None:
            self.last = found
            if found.grain == "day":
                self.here = (at, found)

    def lower(self, at: int) -> str:
        """The word at a token of the sentence, else an empty string."""
        return self.analysis.lowers[at] if self.start <= at < self.end else ""

    def tag(self, at: int) -> str:
        """The tag at a token of the sentence, else an empty string."""
        return self.analysis.tags[at] if self.start <= at < self.end else ""

    def direction(self, match: re.Match[str]) -> int:
        """Whether an expression lies before the article's day or after it, by preposition and tense."""
        before = self.lower(match.start() - 1)
        if before == "since" or (before == "of" and self.lower(match.start() - 2) == "as"):
            return _PAST
        tense = self._tense(match.start(), match.end())
        if before in _AHEAD and tense == 0:
            return _FUTURE
        return tense or _PAST

    def _tense(self, start: int, end: int) -> int:
        """Tense of the verb an expression hangs on: past, future, or 0 where the sentence has none."""
        analysis = self.analysis
        head, tags, deps, lowers = analysis.head, analysis.tags, analysis.deps, analysis.lowers
        at = analysis.head_of(range(start, end))
        # "to bounce back from Monday's debate": inside a noun phrase the tense says less.
        inside = tags[at][:1] != "V" and tags[_host(analysis, at)][:1] in ("N", "J")
        for _ in range(40):
            tag = tags[at]
            if tag == "MD":
                return _FUTURE
            if tag[:1] == "V":
                words = {lowers[kid] for kid in analysis.children[at] if deps[kid] in ("aux", "auxpass")}
                if words & _MODALS:
                    return _PAST if words & _PERFECT and "will" not in words else _FUTURE
                if "to" in words:
                    above = head[at]
                    if "have" in words:
                        return _PAST
                    if above != at and analysis.lemmas[above] in _LOOKING_BACK:
                        at = above
                        continue
                    return _FUTURE if not inside or analysis.lemmas[above] in _PLANNING else 0
                if words & _BEFORE_NOW or tag == "VBD":
                    return _PAST
                if tag == "VBN":
                    if words & _IS:
                        return 0 if inside else _FUTURE
                    if deps[at] in ("acl", "ROOT", "ccomp", "advcl", "conj"):
                        return _PAST
                elif tag in ("VBZ", "VBP"):
                    # "The summit opens on Monday", but "forces hold territory since fighting in August"
                    return _FUTURE if analysis.lemmas[at] in _SCHEDULED and not inside else 0
                elif tag == "VB":
                    return _FUTURE
                elif deps[at] == "pcomp" and lowers[head[at]] in ("after", "since"):
                    return _PAST
                elif words & _IS:
                    return 0 if inside else _FUTURE
            above = head[at]
            if above == at:
                return 0
            at = above
        return 0


def _host(analysis: Analysis, at: int) -> int:
    """The token an expression is attached to, over its preposition."""
    up = analysis.head[at]
    return analysis.head[up] if analysis.tags[up] == "IN" else up


# --- numbers and spans ---------------------------------------------------------------------------


def _count(scene: Scene, match: re.Match[str], group: str = "count") -> float | None:
    """The number of units a group names; none where it is vague ("several", "a few")."""
    at, end = match.span(group)
    lowers = scene.analysis.lowers
    word = lowers[at]
    if word in ("a", "an"):
        if end - at == 1:
            return 1.0
        return None
    if word in ("couple", "few", "several", "many", "some"):
        return None
    if word in ("other", "second", "alternate"):
        return 2.0
    if word == "half":
        return 0.5
    number = read_number(lowers, at, end)
    if number is None:
        return None
    return number.value


def _period(unit: str, count: float | None) -> str:
    """TIMEX3 value of a duration: ``P2Y``, ``PT30M``, ``PXD`` where the count is vague."""
    if unit == "fortnight":
        unit, count = "week", None if count is None else 2 * count
    head, tail = _LETTER[unit]
    if count is None:
        return f"{head}X{tail}"
    if unit in ("decade", "century", "millennium"):
        head, tail, count = "P", "Y", count * {"decade": 10, "century": 100, "millennium": 1000}[unit]
    return f"{head}{count:.0f}{tail}" if count == int(count) else f"{head}{count:g}{tail}"


def _unit(scene: Scene, match: re.Match[str], group: str = "unit") -> str:
    return grammar.UNITS[scene.analysis.lowers[match.start(group)]]


def _word(scene: Scene, match: re.Match[str], group: str) -> str:
    """The first word of a group, or an empty string where the rule has no such group or it took no part."""
    if group not in match.re.groupindex:
        return ""
    at = match.start(group)
    return "" if at < 0 else scene.analysis.lowers[at]


def _date(interval: Interval, confidence: float = 0.9) -> Found:
    return Found("DATE", interval.value, interval.earliest, interval.latest, interval.grain, confidence)


def _unknown(value: str, grain: Grain | None, kind: TimexType = "DATE") -> Found:
    return Found(kind, value, grain=grain, confidence=0.8)


def _narrowed(found: Found, edge: str) -> Found:
    """The part of an interval that ``early``, ``late``, ``mid`` or ``the end of`` leaves; the value stays."""
    if not edge or found.earliest is None or found.latest is None:
        return found
    days = (found.latest - found.earliest).days + 1
    if days < 3:
        return found
    third = days // 3
    if edge in ("early", "beginning", "start", "turn"):
        return replace(found, latest=found.earliest + timedelta(days=third))
    if edge in ("late", "end", "close"):
        return replace(found, earliest=found.latest - timedelta(days=third))
    if edge in ("mid", "middle"):
        return replace(
            found, earliest=found.earliest + timedelta(days=third), latest=found.latest - timedelta(days=third)
        )
    return found


def _about_now(scene: Scene, found: Found, edge: str) -> Found:
    """``earlier this month`` ends at the article's day and ``later this month`` begins there."""
    anchor = scene.anchor
    if anchor is None or found.earliest is None or found.latest is None:
        return found
    if edge == "earlier" and found.earliest <= anchor <= found.latest:
        return replace(found, latest=anchor)
    if edge in ("later", "rest", "remainder") and found.earliest <= anchor <= found.latest:
        return replace(found, earliest=anchor)
    return _narrowed(found, edge)


# --- readings: whole dates -----------------------------------------------------------------------


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_NUMERIC = re.compile(r"(\d+)[-/.](\d+)[-/.](\d+)")


def _numeric(scene: Scene, match: re.Match[str]) -> Found | None:
    """``2011-08-08``; ``7/8/07`` month first, as American news has it, unless that is no date."""
    read = _NUMERIC.match(scene.lower(match.start()))
    if read is None:
        return None
    a, b, c = (int(part) for part in read.groups())
    if len(read[1]) == 4:
        when = _make(a, b, c)
    else:
        year = c + (2000 if c < 50 else 1900) if len(read[3]) == 2 else c
        when = _make(year, a, b) or _make(year, b, a)
    return _date(cal.day(when)) if when and when.year >= 1000 else None


def _isodate(scene: Scene, match: re.Match[str]) -> Found | None:
    when = _make(*(int(scene.lower(match.start(group))) for group in ("year", "month", "day")))
    return _date(cal.day(when)) if when else None


def _ordinal(word: str) -> int:
    if word in ORDINALS:
        return ORDINALS[word]
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else 0


def _monthday(scene: Scene, match: re.Match[str]) -> Found | None:
    month = grammar.MONTHS[_word(scene, match, "month")]
    day = _ordinal(_word(scene, match, "day"))
    last = _ordinal(_word(scene, match, "day2")) if match.re.groupindex.get("day2") else 0
    if not 1 <= day <= 31:
        return None
    if last and not day < last <= 31:
        return None
    year = _word(scene, match, "year")
    if year:
        when = _make(int(year), month, day)
    elif month == 9 and day == 11 and scene.lower(match.end()) in _ELEVENTH:
        when = date(2001, 9, 11)
    elif scene.anchor is None:
        return _unknown(f"XXXX-{month:02}-{day:02}", "day")
    elif _word(scene, match, "rel"):
        when = _make_in(scene.anchor.year + _steps(_word(scene, match, "rel")), month, day)
    else:
        when = _nearest(scene, match, scene.anchor, month, day)
    if when is None:
        return None
    if last:
        until = _make(when.year, month, last)
        if until is None:
            return None
        return Found("DATE", f"{when.isoformat()}/{until.isoformat()}", when, until, "day", 0.85)
    return _date(cal.day(when), 0.97)


_ELEVENTH = frozenset("attack attacks terrorist terror hijackers hijackings".split())


def _nearest(scene: Scene, match: re.Match[str], anchor: date, month: int, day: int) -> date | None:
    """The month and day before or after the article's day, by tense; a near one against the tense wins."""
    options = [when for year in (anchor.year - 1, anchor.year, anchor.year + 1) if (when := _make_in(year, month, day))]
    if not options:
        return None
    past = [when for when in options if when <= anchor]
    coming = [when for when in options if when >= anchor]
    if scene.direction(match) == _FUTURE:
        return min(coming) if coming else max(past)
    if not past:
        return min(coming)
    # "The trial, set for March 20, ..." in past tense: within a quarter ahead against most of a year back.
    if coming and (min(coming) - anchor).days <= 75 and (anchor - max(past)).days > 200:
        return min(coming)
    return max(past)


def _make_in(year: int, month: int, day: int) -> date | None:
    return _make(year, month, day) if 1 <= year <= MAXYEAR else None


def _dayofmonth(scene: Scene, match: re.Match[str]) -> Found | None:
    """``on the 28th``: of the month of the article's day or of the one beside it, by tense."""
    day = _ordinal(_word(scene, match, "day"))
    after = scene.tag(match.end())
    if scene.lower(match.start() - 1) not in _DAY_LEADS or after[:1] in ("N", "J", "C") or not 1 <= day <= 31:
        return None  # "the 28th session", "on the 5th floor"
    anchor = scene.anchor
    if anchor is None:
        return _unknown("XXXX-XX-XX", "day")
    ahead = scene.direction(match) == _FUTURE
    for step in range(3):
        first = cal.shift(anchor.replace(day=1), "month", step if ahead else -step)
        when = _make(first.year, first.month, day) if first else None
        if when is not None and (when >= anchor if ahead else when <= anchor):
            return _date(cal.day(when), 0.8)
    return None


_DAY_LEADS = frozenset("on until till by since through before after to".split())


def _monthyear(scene: Scene, match: re.Match[str]) -> Found | None:
    month = grammar.MONTHS[_word(scene, match, "month")]
    found = _date(cal.month(int(_word(scene, match, "year")), month), 0.95)
    return _narrowed(found, _word(scene, match, "edge"))


def _month(scene: Scene, match: re.Match[str]) -> Found | None:
    """A month without a year: the last one gone by, or the next to come by tense."""
    word = _word(scene, match, "month")
    at = match.start("month")
    if word in ("may", "march", "june", "april", "august", "jan", "jan.") and not _month_by_context(scene, at):
        return None
    number = grammar.MONTHS[word]
    edge = _word(scene, match, "edge")
    if scene.anchor is None:
        shared = _shared_year(scene, match.end(), number)
        return (
            _narrowed(_date(cal.month(shared, number), 0.88), edge)
            if shared
            else _unknown(f"XXXX-{number:02}", "month")
        )
    year = _shared_year(scene, match.end(), number) or _year_of(scene, match, scene.anchor, number)
    if year is None:
        return None
    return _narrowed(_date(cal.month(year, number), 0.88), edge)


_LINKS = frozenset(("to", "and", "or", "-", "–", "—", "through", "until", "till"))


def _shared_year(scene: Scene, at: int, month: int) -> int | None:
    """The year that the second of two months gives the first: ``from March to May 2026``."""
    other = grammar.MONTHS.get(scene.lower(at + 1))
    year = scene.lower(at + 2)
    if other is None or scene.lower(at) not in _LINKS or not re.fullmatch(r"(?:1[89]|20)\d\d", year):
        return None
    return int(year) - (month > other)


def _year_of(scene: Scene, match: re.Match[str], anchor: date, month: int) -> int | None:
    if scene.direction(match) == _FUTURE:
        year = anchor.year if month >= anchor.month else anchor.year + 1
    else:
        year = anchor.year if month <= anchor.month else anchor.year - 1
        # Past tense about the next weeks ("was set for November"): eleven months back is less likely.
        if month > anchor.month and month - anchor.month <= 2:
            year = anchor.year
    return year if 1 <= year <= MAXYEAR else None


_MONTH_LEADS = frozenset(
    "in since until till by during from between last next this early late mid before after through to and of around "
    "for every each throughout about , ( – - or and".split()
)


def _month_by_context(scene: Scene, at: int) -> bool:
    """Whether a word that is also a name or verb (May, April, August) is the month here."""
    if scene.lower(at - 1) in _MONTH_LEADS:
        following = scene.tag(at + 1)
        return not (following == "NNP" and scene.lower(at - 1) in ("to", "and", "of", "by", "from", "for", ",", "("))
    return scene.lower(at + 1) in ("'s", "’s") and scene.lower(at) in ("april", "august", "june", "march")


def _edgemonth(scene: Scene, match: re.Match[str]) -> Found | None:
    number = grammar.MONTHS[_word(scene, match, "month")]
    year = _word(scene, match, "year")
    if year:
        found = _date(cal.month(int(year), number), 0.95)
    elif scene.anchor is None:
        return _unknown(f"XXXX-{number:02}", "month")
    else:
        of = _year_of(scene, match, scene.anchor, number)
        if of is None:
            return None
        found = _date(cal.month(of, number))
    return _narrowed(found, _word(scene, match, "edge"))


def _monthof(scene: Scene, match: re.Match[str]) -> Found | None:
    """``last August``, ``next March``, ``August this year``."""
    number = grammar.MONTHS[_word(scene, match, "month")]
    rel = _word(scene, match, "rel")
    anchor = scene.anchor
    if anchor is None:
        return _unknown(f"XXXX-{number:02}", "month")
    if match.re.groupindex.get("unit"):
        if _unit(scene, match) != "year":
            return None
        year = anchor.year + {"last": -1, "next": 1}.get(rel, 0)
    elif rel in ("last", "past"):
        year = anchor.year if number < anchor.month else anchor.year - 1
    elif rel in ("next", "coming", "upcoming"):
        year = anchor.year if number > anchor.month else anchor.year + 1
    else:
        year = anchor.year
    if not 1 <= year <= MAXYEAR:
        return None
    edge = _word(scene, match, "edge")
    return _narrowed(_date(cal.month(year, number)), edge)


# --- readings: weekdays and parts of the day ------------------------------------------------------


def _weekday_date(scene: Scene, match: re.Match[str], anchor: date, number: int, rel: str) -> date | None:
    ahead = (number - anchor.isoweekday()) % 7
    if rel in ("last", "past") or rel in ("previous", "preceding", "prior"):
        days = ahead - 7
    elif rel in ("next", "coming", "upcoming", "following"):
        days = ahead or 7
    elif rel in ("this", "current"):
        days = ahead if scene.direction(match) == _FUTURE or ahead == 0 else ahead - 7
    elif scene.direction(match) == _FUTURE:
        days = ahead
    else:
        days = ahead - 7 if ahead else 0
    return cal.shift(anchor, "day", days)


def _weekday(scene: Scene, match: re.Match[str]) -> Found | None:
    word = _word(scene, match, "wday")
    if word in ("sun", "sat", "mon", "wed") and scene.lower(match.end()) not in (",", "."):
        return None
    number = grammar.WEEKDAYS[word]
    part = grammar.PARTS.get(_word(scene, match, "part"), "") if match.re.groupindex.get("part") else ""
    if scene.anchor is None:
        value = f"XXXX-WXX-{number}"
        return _unknown(f"{value}T{part}" if part else value, "day", "TIME" if part else "DATE")
    when = _weekday_date(scene, match, scene.anchor, number, _word(scene, match, "rel"))
    if when is None:
        return None
    if part:
        return Found("TIME", f"{when.isoformat()}T{part}", when, when, "hour", 0.9)
    return _date(cal.day(when), 0.95)


def _weekdayweek(scene: Scene, match: re.Match[str]) -> Found | None:
    """``Monday next week``."""
    number = grammar.WEEKDAYS[_word(scene, match, "wday")]
    if _unit(scene, match) != "week":
        return None
    if scene.anchor is None:
        return _unknown(f"XXXX-WXX-{number}", "day")
    weeks = {"last": -1, "next": 1}.get(_word(scene, match, "rel"), 0)
    when = cal.shift(scene.anchor, "day", number - scene.anchor.isoweekday() + 7 * weeks)
    return _date(cal.day(when)) if when else None


def _weekdaydate(scene: Scene, match: re.Match[str]) -> Found | None:
    return _monthday_of(scene, match)


def _monthday_of(scene: Scene, match: re.Match[str]) -> Found | None:
    """A weekday with its date: the date decides; without a year the weekday helps to find it."""
    month = grammar.MONTHS[_word(scene, match, "month")]
    day = _ordinal(_word(scene, match, "day"))
    weekday = grammar.WEEKDAYS[_word(scene, match, "wday")]
    year = _word(scene, match, "year")
    if year:
        when = _make(int(year), month, day)
    elif scene.anchor is None:
        return _unknown(f"XXXX-{month:02}-{day:02}", "day")
    else:
        anchor = scene.anchor
        around = (anchor.year + step for step in (0, 1, -1))
        fitting = [each for of in around if (each := _make_in(of, month, day)) and each.isoweekday() == weekday]
        when = min(fitting, key=lambda each: abs((each - anchor).days)) if fitting else None
        if when is None:
            when = _nearest(scene, match, scene.anchor, month, day) if 1 <= day <= 31 else None
    return _date(cal.day(when), 0.97) if when else None


def _weekdays(scene: Scene, match: re.Match[str]) -> Found | None:
    number = grammar.WEEKDAYS[_word(scene, match, "wday")]
    part = grammar.PARTS.get(_word(scene, match, "part"), "") if match.re.groupindex.get("part") else ""
    return Found("SET", f"XXXX-WXX-{number}" + (f"T{part}" if part else ""), grain="day", confidence=0.85)


def _part(scene: Scene, match: re.Match[str]) -> Found | None:
    """``this morning``, ``last night``."""
    part = grammar.PARTS[_word(scene, match, "part")]
    last = _word(scene, match, "rel") == "last"
    if last and part not in ("NI", "EV"):
        return None
    if scene.anchor is None:
        return _unknown(f"XXXX-XX-XXT{part}", "hour", "TIME")
    when = cal.shift(scene.anchor, "day", -1 if last else 0)
    return Found("TIME", f"{when.isoformat()}T{part}", when, when, "hour", 0.92) if when else None


_DEICTIC = {"today": 0, "yesterday": -1, "tomorrow": 1}


def _deictic(scene: Scene, match: re.Match[str]) -> Found | None:
    if scene.tag(match.start() - 1) in ("DT", "JJ", "JJR") and scene.tag(match.start()) == "NN":
        return None  # "a brighter tomorrow"
    if scene.anchor is None:
        return _unknown("XXXX-XX-XX", "day")
    when = cal.shift(scene.anchor, "day", _DEICTIC[_word(scene, match, "day")])
    return _date(cal.day(when), 0.93) if when else None


def _daypart(scene: Scene, match: re.Match[str]) -> Found | None:
    part = grammar.PARTS[_word(scene, match, "part")]
    if scene.anchor is None:
        return _unknown(f"XXXX-XX-XXT{part}", "hour", "TIME")
    when = cal.shift(scene.anchor, "day", _DEICTIC[_word(scene, match, "day")])
    return Found("TIME", f"{when.isoformat()}T{part}", when, when, "hour", 0.93) if when else None


def _tonight(scene: Scene, match: re.Match[str]) -> Found | None:
    del match
    if scene.anchor is None:
        return _unknown("XXXX-XX-XXTNI", "hour", "TIME")
    return Found("TIME", f"{scene.anchor.isoformat()}TNI", scene.anchor, scene.anchor, "hour", 0.85)


_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d\d))?")
_CLOCK_LEADS = frozenset(
    "at by until till from around about before after since to and between - – ( , @ roughly".split()
)


def _clock(scene: Scene, match: re.Match[str]) -> Found | None:
    """A time of day, on the day named in the same sentence, else the article's."""
    if match.re.groupindex.get("noon"):
        word = _word(scene, match, "noon")
        if scene.lower(match.start() - 1) not in _CLOCK_LEADS:
            return None
        hour, minute = (0, 0) if word == "midnight" else (12, 0)
        half = ""
    else:
        token = _word(scene, match, "time")
        read = _CLOCK.match(token)
        if read and scene.tag(match.start("time")) == "CD" and token[read.end() :].replace(".", "").isdecimal():
            return None  # "1,200 am"
        if read:
            hour, minute = int(read[1]), int(read[2] or 0)
        else:
            number = read_number(scene.analysis.lowers, match.start("time"), match.start("time") + 1)
            if number is None:
                return None
            hour, minute = int(number.value), 0
        half = _word(scene, match, "ampm") if match.re.groupindex.get("ampm") else token[len(read[0]) if read else 0 :]
        part = _word(scene, match, "part")
        if hour > 24 or minute > 59 or (half[:1] in ("a", "p") and not 1 <= hour <= 12):
            return None
        if half[:1] == "p" or part in ("afternoon", "evening", "night"):
            hour = hour % 12 + 12
        elif half[:1] == "a":
            hour %= 12
        elif match.re.pattern.startswith("(?P<time>w"):
            return None
    zone = _word(scene, match, "zone")
    if zone and "(" in scene.analysis.lowers[match.start() : match.end()] and scene.lower(match.end() - 1) != ")":
        zone = ""  # "(GMT +8)": another zone
    clock = f"T{hour:02}:{minute:02}" + ("Z" if zone in ("gmt", "utc") else "")
    end = match.end()
    if not zone and _word(scene, match, "zone"):
        end = match.end("ampm") if _word(scene, match, "ampm") else match.end("time")
    day = scene.here[1] if scene.here is not None else None
    when = day.earliest if day is not None else _day_after(scene, match, end) or scene.anchor
    if when is None:
        return Found("TIME", f"XXXX-XX-XX{clock}", grain="minute", confidence=0.8, end=end)
    return Found("TIME", f"{when.isoformat()}{clock}", when, when, "minute", 0.75, end=end)


def _day_after(scene: Scene, match: re.Match[str], at: int) -> date | None:
    """The day named right after a clock time: ``5 p.m. local time on Friday``."""
    if scene.anchor is None:
        return None
    while scene.lower(at) in ("local", "time"):
        at += 1
    if scene.lower(at) in ("on", ","):
        at += 1
    word = scene.lower(at)
    if word in _DEICTIC:
        return cal.shift(scene.anchor, "day", _DEICTIC[word])
    if word in grammar.WEEKDAYS and not word.endswith("s"):
        return _weekday_date(scene, match, scene.anchor, grammar.WEEKDAYS[word], "")
    return None


def _feast(scene: Scene, match: re.Match[str]) -> Found | None:
    """``Boxing Day``, ``Good Friday 2024``: in the year given, else the one before or after by tense."""
    start, end = match.span("feast")
    on = grammar.FEASTS.get(" ".join(scene.analysis.lowers[start:end]))
    if on is None:
        return None
    year = _word(scene, match, "year")
    if year:
        when = cal.feast(int(year), on)
        return _date(cal.day(when), 0.9) if when else None
    anchor = scene.anchor
    if anchor is None:
        if isinstance(on, int) or len(on) != 2:
            return _unknown("XXXX-XX-XX", "day")
        return _unknown(f"XXXX-{on[0]:02}-{on[1]:02}", "day")
    if not 1600 < anchor.year < 4000:
        return None
    options = [each for step in (-1, 0, 1) if (each := cal.feast(anchor.year + step, on)) is not None]
    rel = _word(scene, match, "rel")
    if rel == "next" or (not rel and scene.direction(match) == _FUTURE):
        fitting = [each for each in options if each >= anchor][:1]
    elif rel == "this":
        fitting = [each for each in options if each.year == anchor.year]
    else:
        fitting = [each for each in options if each <= anchor][-1:]
    return _date(cal.day(fitting[0]), 0.85) if fitting else None


def _ordinalof(scene: Scene, match: re.Match[str]) -> Found | None:
    """``the first Monday of March``, ``the last week of February 2024``, ``the third day of May``."""
    word = _word(scene, match, "ord")
    which = -1 if word in ("last", "final") else (1 if word == "opening" else _ordinal(word))
    if not (which == -1 or 1 <= which <= 31):
        return None
    month = grammar.MONTHS[_word(scene, match, "month")]
    unit = grammar.UNITS.get(_word(scene, match, "unit"), "")
    if _word(scene, match, "unit") and unit not in ("day", "week", "weekend"):
        return None
    year = _word(scene, match, "year")
    if year:
        of: int | None = int(year)
    elif scene.anchor is None:
        return _unknown("XXXX-XX-XX", _GRAIN[unit or "day"])
    else:
        of = _year_of(scene, match, scene.anchor, month)
    if of is None:
        return None
    last = cal.month(of, month).latest
    when: date | None
    if unit == "week":
        # the calendar week that has most of its days in those seven
        when = cal.shift(last, "day", -3) if which < 0 and last else _make(of, month, 7 * which - 3)
        return _date(cal.week(when), 0.75) if when else None
    if unit == "weekend":
        when = cal.nth(of, month, 6, which)
        return _date(cal.weekend(when), 0.8) if when else None
    if unit == "day":
        when = last if which < 0 else _make(of, month, which)
    else:
        when = cal.nth(of, month, grammar.WEEKDAYS[_word(scene, match, "wday")], which)
    return _date(cal.day(when), 0.9) if when else None


def _nextto(scene: Scene, match: re.Match[str]) -> Found | None:
    """``the day before yesterday``, ``the day after tomorrow``."""
    unit, word = _unit(scene, match), _word(scene, match, "dir")
    if unit not in ("day", "week") or word not in ("before", "after"):
        return None
    if scene.anchor is None:
        return _unknown("XXXX-XX-XX", "day")
    base = cal.shift(scene.anchor, "day", _DEICTIC[_word(scene, match, "day")])
    when = cal.shift(base, unit, 1 if word == "after" else -1) if base else None
    return _date(cal.day(when), 0.9) if when else None


def _weekdaysago(scene: Scene, match: re.Match[str]) -> Found | None:
    """``three Mondays ago``."""
    number = grammar.WEEKDAYS[_word(scene, match, "wday")]
    count = _count(scene, match)
    if scene.anchor is None:
        return _unknown(f"XXXX-WXX-{number}", "day")
    if count is None or not 1 <= count <= 60 or count != int(count):
        return None
    when = cal.shift(scene.anchor, "day", -((scene.anchor.isoweekday() - number - 1) % 7 + 1) - 7 * (count - 1))
    return _date(cal.day(when), 0.85) if when else None


def _weekendof(scene: Scene, match: re.Match[str]) -> Found | None:
    """``over the weekend``: the one gone by, or the next to come by tense."""
    if _unit(scene, match) != "weekend" or scene.lower(match.start() - 1) not in (
        "over",
        "at",
        "on",
        "during",
        "through",
        "since",
        "until",
    ):
        return None
    if scene.tag(match.end()).startswith("NN"):
        return None
    if scene.anchor is None:
        return _unknown("XXXX-WXX-WE", "day")
    ahead = scene.direction(match) == _FUTURE
    when = scene.anchor if ahead or scene.anchor.isoweekday() >= 6 else cal.shift(scene.anchor, "week", -1)
    return _date(cal.weekend(when), 0.8) if when else None


# --- readings: about now --------------------------------------------------------------------------


def _ago(scene: Scene, match: re.Match[str]) -> Found | None:
    """``two years ago``: the unit that lies so far back; hours and less lie on the day itself."""
    if match.re.groupindex.get("stuck"):
        word = _word(scene, match, "stuck")
        digits = re.match(r"\d+", word)
        tail = word[digits.end() :] if digits else ""
        unit = grammar.UNITS.get(tail.rstrip("s"), "") or grammar.UNITS.get(tail, "day")
        count: float | None = float(digits[0]) if digits else None
    else:
        unit = _unit(scene, match)
        count = _count(scene, match)
        if match.group("andhalf") and count is not None:
            count += 0.5
    return _counted_back(scene, unit, count, -1)


def _counted_back(scene: Scene, unit: str, count: float | None, sign: int, origin: date | None = None) -> Found:
    """A date so many units before or after another."""
    base = origin or scene.anchor
    grain = _GRAIN[unit]
    past = sign < 0
    if count is None:
        if base is None:
            return _unknown("PAST_REF" if past else "FUTURE_REF", grain)
        return Found(
            "DATE", "PAST_REF" if past else "FUTURE_REF", None if past else base, base if past else None, grain, 0.8
        )
    if base is None:
        blank = {"week": "XXXX-WXX", "month": "XXXX-XX", "quarter": "XXXX-QX", "year": "XXXX", "decade": "XXX"}
        return _unknown(blank.get(unit, "XXXX-XX-XX"), grain)
    when = cal.shift(base, unit, sign * count)
    if when is None:
        return _unknown("PAST_REF" if past else "FUTURE_REF", grain)
    if unit in ("hour", "minute", "second"):
        return Found("TIME", when.isoformat(), min(when, base), max(when, base), grain, 0.75)
    if count != int(count) and unit == "year":
        unit = "month"
    if unit in ("decade", "century", "millennium"):
        unit = "year"
    elif unit == "fortnight":
        unit = "week"
    return _date(cal.unit_of(when, unit), 0.82)


def _thesedays(scene: Scene, match: re.Match[str]) -> Found | None:
    """``these days``: now."""
    if scene.lower(match.start()) != "these" or _unit(scene, match) != "day":
        return None
    return Found("DATE", "PRESENT_REF", scene.anchor, scene.anchor, None, 0.75)


def _longago(scene: Scene, match: re.Match[str]) -> Found | None:
    """``long ago``, ``a while ago``."""
    del match
    return Found("DATE", "PAST_REF", None, scene.anchor, None, 0.75)


def _yearearlier(scene: Scene, match: re.Match[str]) -> Found | None:
    """``the year-earlier quarter``, ``a year-ago level``: a year before the date read last, else before the article."""
    unit = _unit(scene, match)
    if unit not in ("year", "month", "week", "quarter") or _word(scene, match, "dir") not in ("earlier", "ago"):
        return None
    last = scene.last
    of = grammar.UNITS.get(_word(scene, match, "of"), "")
    base = last.earliest if last is not None and last.earliest is not None else scene.anchor
    if base is None:
        return _unknown("XXXX", _GRAIN[unit])
    when = cal.shift(base, unit, -1)
    if when is None:
        return None
    size = of if of in ("quarter", "month", "week", "half") else unit
    return _date(cal.unit_of(when, size), 0.65)


def _firstof(scene: Scene, match: re.Match[str]) -> Found | None:
    """``the first nine months of 1989``: a duration with its days."""
    unit = _unit(scene, match)
    count = _count(scene, match)
    year = _word(scene, match, "year")
    if unit not in ("day", "week", "month", "quarter") or count is None or count != int(count):
        return None
    anchor = scene.anchor
    of = int(year) if year else (anchor.year + _steps(_word(scene, match, "other")) if anchor else None)
    value = _period(unit, count)
    if of is None or not 1 < of < MAXYEAR - 10:
        return Found("DURATION", value, grain=_GRAIN[unit], confidence=0.8)
    start, end = date(of, 1, 1), date(of, 12, 31)
    if _word(scene, match, "rel") == "last":
        first = cal.shift(end, unit, -count)
        return Found("DURATION", value, cal.shift(first, "day", 1) if first else None, end, _GRAIN[unit], 0.8)
    stop = cal.shift(start, unit, count)
    return Found("DURATION", value, start, cal.shift(stop, "day", -1) if stop else None, _GRAIN[unit], 0.85)


def _shift(scene: Scene, match: re.Match[str]) -> Found | None:
    """``two years later``, ``a week earlier``: counted from the date read last."""
    unit = _unit(scene, match)
    direction = _word(scene, match, "dir")
    if direction == "previously" and scene.lower(match.end()) not in (".", ",", ";", ""):
        return None
    if direction == "before" and scene.tag(match.end())[:1] not in (".", ",", ":", ""):
        # "two days before the vote" counts from an event, which is not dated here.
        return Found("DURATION", _period(unit, _count(scene, match)), grain=_GRAIN[unit], end=match.end() - 1)
    if direction == "later" and scene.lower(match.end()) == "than":
        return Found("DURATION", _period(unit, _count(scene, match)), grain=_GRAIN[unit], end=match.end() - 1)
    sign = 1 if direction == "later" else -1
    count = _count(scene, match)
    if count is not None and match.group("unit") and scene.last is not None:
        found = _counted_back(scene, unit, count, sign, scene.last.earliest)
        coarse = scene.last.grain in ("year", "decade", "century") and found.grain != "year"
        if found.type == "DATE" and (coarse or (scene.last.grain in ("month", "quarter") and unit in ("day", "week"))):
            return _unknown("XXXX-XX-XX", _GRAIN[unit])
        return replace(found, confidence=0.6)
    if sign < 0 and count is not None and scene.anchor is not None:
        return replace(_counted_back(scene, unit, count, sign), confidence=0.6)
    return _unknown("XXXX-XX-XX" if count is not None else ("FUTURE_REF" if sign > 0 else "PAST_REF"), _GRAIN[unit])


def _window(scene: Scene, match: re.Match[str]) -> Found | None:
    """``the past two years``, ``the next four days``: a duration that touches the article's day."""
    unit = _unit(scene, match)
    rel = _word(scene, match, "rel")
    count = _count(scene, match) if match.re.groupindex.get("count") else 1.0
    if rel == "last" and scene.tag(match.start("rel"))[:1] == "V":
        return Found("DURATION", _period(unit, count), grain=_GRAIN[unit], confidence=0.8, start=match.start("count"))
    ahead = rel in ("next", "coming", "upcoming", "following")
    value = _period(unit, count)
    anchor = scene.anchor
    if anchor is None or rel in ("following", "previous", "preceding", "prior"):
        return Found("DURATION", value, grain=_GRAIN[unit], confidence=0.85)
    if count is None:
        open_end = cal.shift(anchor, "day", 1)
        if ahead:
            return Found("DURATION", value, open_end, None, _GRAIN[unit], 0.85)
        return Found("DURATION", value, None, anchor, _GRAIN[unit], 0.85)
    other = cal.shift(anchor, unit, count if ahead else -count)
    if ahead:
        return Found("DURATION", value, anchor, other, _GRAIN[unit], 0.9)
    return Found("DURATION", value, other, anchor, _GRAIN[unit], 0.9)


def _open(scene: Scene, match: re.Match[str]) -> Found | None:
    """``the coming days``, ``recent years``: open at the far end."""
    unit = _unit(scene, match)
    rel = _word(scene, match, "rel")
    anchor = scene.anchor
    grain = _GRAIN[unit]
    value = _period(unit, None)
    if rel == "recent":
        return Found("DATE", "PAST_REF", None, anchor, grain, 0.75)
    if rel in ("last", "past") and scene.tag(match.start())[:1] == "V":
        return None
    if anchor is None or rel == "following":
        return Found("DURATION", value, grain=grain, confidence=0.8)
    if rel in ("coming", "upcoming", "next"):
        return Found("DURATION", value, cal.shift(anchor, "day", 1), None, grain, 0.88)
    return Found("DURATION", value, None, anchor, grain, 0.85)


def _steps(rel: str) -> int:
    if rel in ("last", "latest", "previous", "preceding", "prior"):
        return -1
    return 1 if rel in ("next", "coming", "upcoming", "following", "ensuing", "subsequent") else 0


def _unitfrom(scene: Scene, match: re.Match[str]) -> Found | None:
    """``last week``, ``next month``, ``this year``, ``the following day``."""
    unit = _unit(scene, match)
    rel = _word(scene, match, "rel")
    grain = _GRAIN[unit]
    if unit in ("second", "minute", "hour", "millennium"):
        return None
    edge = _word(scene, match, "edge")
    fiscal = match.group("fiscal") is not None
    opening = scene.lower(match.start())
    blank = {"week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "quarter": "XXXX-QX", "year": "XXXX"}
    steps = _steps(rel)
    leaning = rel in ("previous", "preceding", "prior", "following", "same", "ensuing", "subsequent") or (
        unit == "day" and rel in ("next", "last") and opening == "the"
    )
    if unit == "day" and rel in ("last", "this"):
        return None  # "the last day", "this day"
    if leaning:
        if scene.last is None and scene.anchor is not None and steps < 0:
            # nothing told yet: before the article itself
            before = cal.shift(scene.anchor, "week" if unit == "weekend" else unit, steps)
            return _date(cal.unit_of(before, unit), 0.5) if before and unit != "fortnight" else None
        if scene.last is None or scene.last.earliest is None or scene.last.latest is None:
            return _unknown(blank.get(unit, "XXXX-XX-XX"), grain)
        if unit == "day" and scene.last.grain != "day":
            return _unknown("XXXX-XX-XX", grain)
        base = scene.last.earliest
        confidence = 0.65
    elif scene.anchor is None:
        return _unknown(("FY" if fiscal else "") + blank.get(unit, "XXX"), grain)
    else:
        base = scene.anchor
        confidence = 0.9
    if unit == "fortnight":
        when, size = cal.shift(base, "week", 2 * steps), "week"
    else:
        when, size = cal.shift(base, "week" if unit == "weekend" else unit, steps), unit
    if when is None:
        return None
    found = _date(cal.unit_of(when, size), confidence)
    if fiscal:
        return replace(found, value=f"FY{when.year:04}", earliest=None, latest=None, confidence=0.7)
    return _about_now(scene, found, edge)


def _edgeunit(scene: Scene, match: re.Match[str]) -> Found | None:
    """``the end of the year``, ``year-end``, ``the beginning of next month``."""
    unit = _unit(scene, match)
    if unit in ("second", "minute", "hour", "day", "millennium", "fortnight"):
        return None
    rel = _word(scene, match, "rel")
    grain = _GRAIN[unit]
    if scene.anchor is None:
        return _unknown({"week": "XXXX-WXX", "month": "XXXX-XX", "year": "XXXX"}.get(unit, "XXXX"), grain)
    when = cal.shift(scene.anchor, "week" if unit == "weekend" else unit, _steps(rel))
    if when is None:
        return None
    fiscal = bool(match.re.groupindex.get("fiscal")) and match.group("fiscal") is not None
    found = _date(cal.unit_of(when, unit), 0.85)
    if fiscal:
        return replace(found, value=f"FY{when.year:04}", earliest=None, latest=None)
    return _about_now(scene, found, _word(scene, match, "edge"))


def _theyear(scene: Scene, match: re.Match[str]) -> Found | None:
    """``later in the year``."""
    unit = _unit(scene, match)
    if unit not in ("day", "week", "month", "year", "decade") or scene.anchor is None:
        return None
    return _about_now(scene, _date(cal.unit_of(scene.anchor, unit), 0.8), _word(scene, match, "rel"))


# --- readings: quarters, seasons, years -----------------------------------------------------------


def _quarter(scene: Scene, match: re.Match[str]) -> Found | None:
    """``the third quarter of 2012``, ``first half``; without a year the one next to the article's day."""
    groups = match.re.groupindex
    word = _word(scene, match, "ord")
    number = _ordinal(word)
    if word == "final":
        number = 4 if _word(scene, match, "unit") == "quarter" else 2
    if word == "opening":
        return None
    is_half = _word(scene, match, "unit") == "half"
    if not 1 <= number <= (2 if is_half else 4):
        return None
    letter = "H" if is_half else "Q"
    make = cal.half if is_half else cal.quarter
    year = _word(scene, match, "year")
    fiscal = ("fiscal" in groups and match.group("fiscal")) or ("fiscal2" in groups and match.group("fiscal2"))
    if year:
        found = _date(make(int(year), number), 0.93)
    elif scene.anchor is None:
        return _unknown(f"XXXX-{letter}{number}", "quarter")
    elif "rel" in groups and match.group("rel"):
        if _word(scene, match, "of") != "year":
            return None
        of = scene.anchor.year + _steps(_word(scene, match, "rel"))
        found = _date(make(of, number), 0.9) if 1 <= of < MAXYEAR else None
        if found is None:
            return None
    else:
        current = (scene.anchor.month + 2) // 3 if not is_half else (1 if scene.anchor.month < 7 else 2)
        of = scene.anchor.year
        owner = scene.last if scene.lower(match.start() - 1) in ("'s", "’s") else None
        before = scene.lower(match.start() - 1)
        if owner is not None and owner.grain == "year" and owner.earliest is not None:
            of = owner.earliest.year  # "last year's fourth quarter"
        elif len(before) == 4 and before.isdecimal() and 1400 <= int(before) < 2200:
            of = int(before)  # "the 1988 fourth-quarter results"
        elif scene.direction(match) == _FUTURE:
            of += number < current
        else:
            of -= number > current
        if not 1 <= of < MAXYEAR:
            return None
        found = _date(make(of, number), 0.75)
    return _fiscal_part(found) if fiscal else found


def _fewquarter(scene: Scene, match: re.Match[str]) -> Found | None:
    """``Q3 2024``, ``H1``, ``Q2 FY2025``."""
    name = _word(scene, match, "name")
    if not scene.analysis.words[match.start("name")][:1].isupper():
        return None
    number = int(name[1])
    make = cal.quarter if name[0] == "q" else cal.half
    year, fiscal = _word(scene, match, "year"), _word(scene, match, "fiscal")
    if not year and fiscal.startswith("fy"):
        year = fiscal[2:] if len(fiscal) == 6 else f"20{fiscal[2:]}"
    if not year:
        if fiscal or scene.lower(match.start() - 1) not in _QUARTER_LEADS:
            return None  # "Q4" as a name
        if scene.anchor is None:
            return _unknown(f"XXXX-{name.upper()}", "quarter")
        current = (scene.anchor.month + 2) // 3 if name[0] == "q" else (1 if scene.anchor.month < 7 else 2)
        of = scene.anchor.year
        of += (number < current) if scene.direction(match) == _FUTURE else -(number > current)
        return _date(make(of, number), 0.75) if 1 <= of < MAXYEAR else None
    found = _date(make(int(year), number), 0.9)
    return _fiscal_part(found) if fiscal else found


def _fiscal_part(found: Found) -> Found:
    """A part of a fiscal year: its months are not known, so its days stay open."""
    return replace(found, value=f"FY{found.value}", earliest=None, latest=None, confidence=0.7)


_QUARTER_LEADS = frozenset("in for during of by since until the from to and this last , (".split())


def _decadeword(scene: Scene, match: re.Match[str]) -> Found | None:
    """``the eighties``: of the century before this one, as news has it."""
    first = 1900 + 10 * grammar.DECADES[_word(scene, match, "decade")]
    if scene.lower(match.start() - 1) not in ("in", "of", "since", "during", "from", "through", "until", "to", "by"):
        return None  # temperatures and marks are in the eighties, too, but mostly without a preposition of time
    return _narrowed(_date(cal.decade(first), 0.75), _word(scene, match, "edge"))


def _season(scene: Scene, match: re.Match[str]) -> Found | None:
    word = _word(scene, match, "season")
    name = grammar.SEASONS[word]
    rel = _word(scene, match, "rel")
    year = _word(scene, match, "year")
    before = scene.lower(match.start() - 1)
    if (
        not rel
        and not year
        and before not in ("in", "during", "since", "by", "until", "of", "early", "late", "through")
    ):
        return None
    if word == "fall" and rel == "the" and scene.lower(match.end()) == "of":
        return None
    if (
        rel == "the"
        and not year
        and before not in ("in", "during", "over", "by", "through", "of", "for", "since", "until")
    ):
        return None
    if year:
        return _narrowed(_date(cal.season(int(year), name), 0.93), _word(scene, match, "edge"))
    anchor = scene.anchor
    if anchor is None:
        return _unknown(f"XXXX-{name}", "quarter")
    if not 2 <= anchor.year < MAXYEAR:
        return None
    options = [cal.season(anchor.year + step, name) for step in (-1, 0, 1)]
    if rel in ("last", "past"):
        fitting = [each for each in options if each.latest and each.latest < anchor]
    elif rel in ("next", "coming", "upcoming"):
        fitting = [each for each in options if each.earliest and each.earliest > anchor][:1]
    elif rel in ("this", "current"):
        fitting = [options[1]]
        if name == "WI" and anchor.month <= 3:
            fitting = [options[0]]
    elif scene.direction(match) == _FUTURE:
        fitting = [each for each in options if each.latest and each.latest >= anchor][:1]
    else:
        fitting = [each for each in options if each.earliest and each.earliest <= anchor]
    if not fitting:
        return None
    return _narrowed(_date(fitting[-1], 0.8), _word(scene, match, "edge"))


def _holiday(scene: Scene, match: re.Match[str]) -> Found | None:
    name = _word(scene, match, "holiday")
    extra = _word(scene, match, "eve")
    if extra and extra not in ("eve", "day"):
        return None
    if scene.lower(match.end()) in (
        "tree",
        "trees",
        "card",
        "cards",
        "carol",
        "carols",
        "egg",
        "eggs",
        "gift",
        "gifts",
    ):
        return None
    year = _word(scene, match, "year")
    rel = _word(scene, match, "rel")
    anchor = scene.anchor
    if year:
        when: date | None = cal.holiday(name, int(year))
    elif anchor is None:
        fixed = grammar.HOLIDAYS[name]
        return _unknown(f"XXXX-{fixed[0]:02}-{fixed[1]:02}" if fixed else "XXXX-XX-XX", "day")
    elif not 1600 < anchor.year < 4000:  # Easter is reckoned for these
        return None
    else:
        options = [cal.holiday(name, anchor.year + step) for step in (-1, 0, 1)]
        ahead = rel == "next" or (not rel and scene.direction(match) == _FUTURE)
        if rel == "this":
            when = options[1]
        elif ahead:
            when = next(each for each in options if each >= anchor)
        else:
            when = max(each for each in options if each <= anchor)
    if extra == "eve":
        when = cal.shift(when, "day", -1)
    return _date(cal.day(when), 0.6) if when else None


def _fiscal(scene: Scene, match: re.Match[str]) -> Found | None:
    """A fiscal year: its months differ by country and firm, so the days stay open."""
    name = _word(scene, match, "fy")
    year = int(_word(scene, match, "year") or (name[2:] if len(name) == 6 else f"20{name[2:]}"))
    return Found("DATE", f"FY{year:04}", None, None, "year", 0.85)


_DATED = frozenset("polls elections games olympics sales results talks earnings profits revenues protests".split())
_YEAR_AFTER = frozenset("in since until by during from before after through between circa".split())
_YEAR_LEADS = frozenset(
    "in since by from until till of during before after to through between and early late mid for circa around about "
    "year ( , – - fiscal season on than january as".split()
)


def _year(scene: Scene, match: re.Match[str]) -> Found | None:
    """A bare year: four digits are also counts, prices and models, so the words around decide."""
    at = match.start("year")
    number = int(scene.lower(at))
    before, after, after_tag = scene.lower(at - 1), scene.lower(at + 1), scene.tag(at + 1)
    edge = _word(scene, match, "edge")
    if before in _COUNTED_BEFORE or before in ("+", "±") or after in ("%", "per", "percent", ":", "°", "x", "/"):
        return None
    if after in grammar.UNITS and not edge:
        return None
    ceiling = (scene.anchor.year if scene.anchor else 2030) + 120
    if not edge:
        if not 1400 <= number <= ceiling:
            return None
        lead = before in _YEAR_AFTER
        named = scene.analysis.words[at + 1][:1].isupper() if at + 1 < scene.end else False
        if after_tag == "NNS" and not (named and 1900 <= number <= 2100) and after not in _DATED:
            # "2000 people"; "the 2010 elections" has a determiner and a year near today.
            if not (scene.tag(at - 1) in ("DT", "PRP$", "POS") and number >= 1900):
                return None
        elif not lead and not number >= 1900:
            return None
        if (
            not lead
            and scene.tag(at - 1) == "NNP"
            and after_tag in ("NN", "NNS")
            and before not in _YEAR_LEADS
            and after not in _DATED
        ):
            return None  # a model: "Samsung 1950 monitor"
        if not lead and before in ("over", "than", "nearly", "almost", "least", "about", "some", "around"):
            return None
        if (
            before == "to"
            and scene.lower(at - 2).replace(",", "").isdecimal()
            and not 1400 < _int(scene.lower(at - 2)) < 2200
        ):
            return None
    if number >= MAXYEAR - 10 or number < 1:
        return None
    found = _date(cal.year(number), 0.96)
    if edge in ("mid", "middle"):
        found = replace(found, value=f"{number:04}")
    return _narrowed(found, edge)


def _int(word: str) -> int:
    digits = word.replace(",", "")
    return int(digits) if digits.isdecimal() and len(digits) < 9 else 0


def _edgeyear(scene: Scene, match: re.Match[str]) -> Found | None:
    found = _date(cal.year(int(_word(scene, match, "year"))), 0.92)
    return _narrowed(found, _word(scene, match, "edge"))


def _yearspan(scene: Scene, match: re.Match[str]) -> Found | None:
    """``2010-11``, ``1939-1945``."""
    first = int(_word(scene, match, "year"))
    tail = _word(scene, match, "year2")
    last = int(tail) if len(tail) == 4 else first // 100 * 100 + int(tail)
    if len(tail) == 1 or not first < last <= first + 100 or scene.lower(match.end()) in ("-", "–"):
        return None
    return Found("DATE", f"{first:04}/{last:04}", date(first, 1, 1), date(last, 12, 31), "year", 0.8)


def _decade(scene: Scene, match: re.Match[str]) -> Found | None:
    digits = re.search(r"\d+", _word(scene, match, "decade"))
    if digits is None:
        return None
    text = digits[0]
    if len(text) == 2:
        lead = scene.lower(match.start("decade") - 1)
        if lead in ("his", "her", "their", "my", "our") or scene.lower(match.start() - 2) in ("his", "her", "their"):
            return None  # an age: "in her late 40s"
        if not match.group().startswith("1") and lead not in ("'", "’"):
            return None
        first = 1900 + int(text) if int(text) >= 20 else 2000 + int(text)
    else:
        first = int(text)
    if first % 10:
        return None
    return _narrowed(_date(cal.decade(first), 0.93), _word(scene, match, "edge"))


def _midyear(scene: Scene, match: re.Match[str]) -> Found | None:
    """``mid-2011``, ``mid-March``, ``early-1990s`` written as one token."""
    word = _word(scene, match, "mid")
    edge, tail = re.split(r"[-‑–]", word, maxsplit=1)
    year = _word(scene, match, "year")
    digits = re.match(r"['’]?(\d+)", tail)
    if digits:
        if tail.endswith("s"):
            first = int(digits[1]) if len(digits[1]) == 4 else 1900 + int(digits[1])
            return _narrowed(_date(cal.decade(first // 10 * 10)), edge)
        return _narrowed(_date(cal.year(int(digits[1]))), edge)
    if tail in grammar.MONTHS:
        number = grammar.MONTHS[tail]
        if year:
            return _narrowed(_date(cal.month(int(year), number)), edge)
        if scene.anchor is None:
            return _unknown(f"XXXX-{number:02}", "month")
        of = _year_of(scene, match, scene.anchor, number)
        return _narrowed(_date(cal.month(of, number)), edge) if of else None
    if tail in grammar.WEEKDAYS and scene.anchor is not None:
        when = _weekday_date(scene, match, scene.anchor, grammar.WEEKDAYS[tail], "")
        return _date(cal.day(when)) if when else None
    return None


def _century(scene: Scene, match: re.Match[str]) -> Found | None:
    if _unit(scene, match) != "century":
        return None
    number = _ordinal(_word(scene, match, "ord"))
    if not 1 <= number <= 30:
        return None
    return _narrowed(_date(cal.century(number), 0.9), _word(scene, match, "edge"))


# --- readings: sets and amounts -------------------------------------------------------------------


def _every(scene: Scene, match: re.Match[str]) -> Found | None:
    unit = _unit(scene, match)
    count = _count(scene, match) if match.group("count") else 1.0
    return Found("SET", _period(unit, count), grain=_GRAIN[unit], confidence=0.85)


def _everypart(scene: Scene, match: re.Match[str]) -> Found | None:
    part = grammar.PARTS[_word(scene, match, "part")]
    return Found("SET", f"XXXX-XX-XXT{part}", grain="day", confidence=0.85)


def _frequency(scene: Scene, match: re.Match[str]) -> Found | None:
    word = _word(scene, match, "freq")
    if scene.tag(match.start()) == "NNP":
        return None  # "the Daily Mail"
    return Found("SET", grammar.SETS[word], confidence=0.65)


def _rate(scene: Scene, match: re.Match[str]) -> Found | None:
    """``per year``, ``twice a week``."""
    unit = _unit(scene, match)
    word = _word(scene, match, "per")
    if word in ("/", "each") and scene.tag(match.start() - 1)[:2] not in ("CD", "NN", "IN", "VB", ",", ""):
        return None
    start = match.start() + 1 if word in ("once", "twice", "times") else match.start()
    return Found("SET", _period(unit, 1.0), grain=_GRAIN[unit], confidence=0.85, start=start)


def _duration(scene: Scene, match: re.Match[str]) -> Found | None:
    groups = match.re.groupindex
    unit = _unit(scene, match)
    start = match.start("count") if "count" in groups else match.start("half")
    if "old" in groups and match.group("old"):
        return None  # an age
    word = scene.lower(start)
    if scene.lower(match.end()) in ("old", "olds", "-old") or scene.lower(start - 1) in ("aged", "age", "$", "£", "€"):
        return None
    singular = match.group("unit") in "uSQ"
    if "count" in groups:
        if word in ("many", "some") and unit == "day" and singular:
            return None
        if word == "many" and scene.lower(start - 1) == "as":
            return None  # "the third in as many days"
        if word == "some" and singular:
            return None
        if singular and match.group("hyphen") is None and word not in ("one", "1", "a", "half"):
            after = scene.tag(match.end())
            # "15 day trip" for "15-day trip"; "in 2018 year"
            if not after.startswith("NN") and unit not in ("minute", "second"):
                return None
        count = _count(scene, match)
        if unit == "second" and singular and match.group("hyphen") is None:
            return None  # "one second-half goal", "two second places"
        if unit == "quarter":
            of = match.group("hyphen") is None and scene.lower(match.end()) == "of"
            return None if of else _amount(unit, count)
        if match.group("andhalf") and count is not None:
            count += 0.5
        if word == "one" and unit == "day" and singular and scene.lower(start - 1) in ("", "``", '"', "“"):
            return Found("DATE", "XXXX-XX-XX", grain="day", confidence=0.5)  # "One day" opens a tale
    else:
        count = FRACTIONS["half"]
    return _amount(unit, count)


_HALVES = {
    "year": ("month", 12),
    "decade": ("year", 10),
    "century": ("year", 100),
    "hour": ("minute", 60),
    "minute": ("second", 60),
}


def _amount(unit: str, count: float | None) -> Found:
    if count == FRACTIONS["half"] and unit in _HALVES:
        unit, whole = _HALVES[unit]
        count = whole / 2
    value = _period(unit, count)
    return Found("DURATION", value, grain=_GRAIN[unit], confidence=0.85)


_SPAN_LEADS = frozenset(
    "for in within over than after about nearly almost under least only of every once just last during around".split()
)


def _aunit(scene: Scene, match: re.Match[str]) -> Found | None:
    """``a year`` is a rate after a number, a duration after ``for`` or ``than``, and else often neither."""
    unit = _unit(scene, match)
    at = match.start("count")
    if match.group("old") or scene.lower(match.end()) == "old":
        return None
    word = scene.lower(at)
    before, before_tag = scene.lower(at - 1), scene.tag(at - 1)
    if unit in ("quarter", "second") and word not in ("a", "an"):
        return None
    if unit == "second" or (unit == "quarter" and scene.lower(match.end()) == "of"):
        return None
    count = 1.5 if match.group("andhalf") else _count(scene, match)
    if match.group("about") or before in _SPAN_LEADS or (before == "more"):
        return Found("DURATION", _period(unit, count), grain=_GRAIN[unit], confidence=0.85)
    if word not in ("a", "an"):
        return None
    rated = before in ("%", "twice", "once") or (
        (before_tag in ("CD", "NNS", "NN") or before == "times")
        and scene.analysis.deps[match.start("unit")] in ("npadvmod", "pobj", "dobj", "appos", "prep", "nmod")
    )
    if rated:
        return Found("SET", _period(unit, 1.0), grain=_GRAIN[unit], confidence=0.8)
    after = scene.lower(match.end())
    if unit in ("day", "minute") and after not in ("after", "before", "earlier", "later", "since"):
        return None  # "a day of mourning", "wait a minute"
    if scene.tag(match.end()).startswith("NN") or after == "of":
        return None  # "a year end", "a century of war"
    return Found("DURATION", _period(unit, count), grain=_GRAIN[unit], confidence=0.75)


_VAGUE_LEADS = frozenset(
    "for over in after within of during through lasting took take takes last spent spend spending".split()
)


def _units(scene: Scene, match: re.Match[str]) -> Found | None:
    """``for years``, ``decades-long``: a duration without a count."""
    unit = _unit(scene, match)
    if match.group("old") or scene.lower(match.end()) == "old":
        return None
    if unit in ("quarter", "second", "half"):
        return None
    at = match.start("unit")
    before = scene.lower(at - 1)
    value = _period(unit, None)
    if match.group("hyphen"):
        if scene.lower(match.end()) == "long":
            return Found("DURATION", value, grain=_GRAIN[unit], confidence=0.85, end=match.end() + 1)
        return None
    after = scene.lower(match.end())
    if after == "ago":
        return Found("DATE", "PAST_REF", None, scene.anchor, _GRAIN[unit], 0.85, end=match.end() + 1)
    if after in ("before", "after") and not match.group("of") and before not in ("the", "two", "of"):
        # "hours before the vote": how far from an event that is not dated here
        return Found("DURATION", value, grain=_GRAIN[unit], confidence=0.7)
    if after in ("later", "earlier") and not match.group("of"):
        return Found("DURATION", value, grain=_GRAIN[unit], confidence=0.6)
    if match.group("of") is None and before in (
        "for",
        "after",
        "in",
        "over",
        "within",
        "of",
        "take",
        "took",
        "lasted",
        "last",
    ):
        return Found("DURATION", value, grain=_GRAIN[unit], confidence=0.8)
    if before == "the" and scene.lower(at - 2) in ("over", "through", "down"):
        return Found("DURATION", value, grain=_GRAIN[unit], confidence=0.8, start=at - 1)
    return None


def _same(scene: Scene, match: re.Match[str]) -> Found | None:
    """``the same day``, ``that year``: the unit around the date read last."""
    rel = _word(scene, match, "rel")
    word = _word(scene, match, "unit")
    if word in grammar.PARTS:
        part = grammar.PARTS[word]
        if scene.here is None or scene.here[1].earliest is None:
            return _unknown(f"XXXX-XX-XXT{part}", "hour", "TIME") if rel == "that" else None
        when = scene.here[1].earliest
        return Found("TIME", f"{when.isoformat()}T{part}", when, when, "hour", 0.5)
    unit = grammar.UNITS[word]
    if unit in ("second", "minute", "hour", "millennium", "fortnight"):
        return None
    if scene.last is None or scene.last.earliest is None or (unit == "day" and scene.last.grain != "day"):
        blank = {"week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "quarter": "XXXX-QX", "year": "XXXX"}
        return _unknown(blank.get(unit, "XXXX-XX-XX"), _GRAIN[unit])
    return _date(cal.unit_of(scene.last.earliest, unit), 0.5)


def _theother(scene: Scene, match: re.Match[str]) -> Found | None:
    """``the day before``, ``the year after``: next to the date read last."""
    unit = _unit(scene, match)
    word = _word(scene, match, "dir")
    if word == "since" or unit in ("second", "minute", "hour", "fortnight", "millennium"):
        return None
    if word in ("before", "after") and scene.tag(match.end())[:1] not in (".", ",", ":", "", "C"):
        return None  # "the day before the vote"
    sign = 1 if word.startswith("after") else -1
    if scene.last is None or scene.last.earliest is None or (unit == "day" and scene.last.grain != "day"):
        if scene.anchor is None or sign > 0:
            return _unknown("XXXX-XX-XX", _GRAIN[unit])
        return replace(_counted_back(scene, unit, 1.0, -1), confidence=0.5)
    return replace(_counted_back(scene, unit, 1.0, sign, scene.last.earliest), confidence=0.6)


def _future(scene: Scene, match: re.Match[str]) -> Found | None:
    word = _word(scene, match, "future")
    if scene.tag(match.end()).startswith("NN") or scene.lower(match.start() - 1) not in (
        "in",
        "for",
        "of",
        "from",
        "into",
        "about",
        "to",
    ):
        return None
    ahead = word == "future"
    anchor = scene.anchor
    if ahead:
        return Found("DATE", "FUTURE_REF", cal.shift(anchor, "day", 1) if anchor else None, None, None, 0.85)
    return Found("DATE", "PAST_REF", None, anchor, None, 0.85)


def _reference(scene: Scene, match: re.Match[str]) -> Found | None:
    word = _word(scene, match, "ref")
    if word == "soon" and scene.lower(match.start() - 1) in ("as", "how", "too", "so", "very"):
        return None
    if word == "soon" and scene.lower(match.end()) in ("after", "afterwards", "to"):
        return None
    if scene.lower(match.end()) in ("-", "–"):
        return None  # "the now-closed mine"
    value = grammar.REFERENCES[word]
    anchor = scene.anchor
    if value == "PRESENT_REF":
        return Found("DATE", value, anchor, anchor, None, 0.65)
    if value == "PAST_REF":
        return Found("DATE", value, None, anchor, None, 0.65)
    return Found("DATE", value, anchor, None, None, 0.65)


def _moment(scene: Scene, match: re.Match[str]) -> Found | None:
    return Found("DATE", "PRESENT_REF", scene.anchor, scene.anchor, None, 0.8, start=match.start() + 1)


READINGS: dict[str, Callable[[Scene, re.Match[str]], Found | None]] = {
    "numeric": _numeric,
    "isodate": _isodate,
    "monthday": _monthday,
    "dayofmonth": _dayofmonth,
    "yearearlier": _yearearlier,
    "firstof": _firstof,
    "longago": _longago,
    "thesedays": _thesedays,
    "monthyear": _monthyear,
    "edgemonth": _edgemonth,
    "weekday": _weekday,
    "weekdayweek": _weekdayweek,
    "weekdaydate": _weekdaydate,
    "weekdays": _weekdays,
    "part": _part,
    "daypart": _daypart,
    "deictic": _deictic,
    "tonight": _tonight,
    "feast": _feast,
    "ordinalof": _ordinalof,
    "nextto": _nextto,
    "weekdaysago": _weekdaysago,
    "weekendof": _weekendof,
    "fewquarter": _fewquarter,
    "decadeword": _decadeword,
    "clock": _clock,
    "ago": _ago,
    "shift": _shift,
    "window": _window,
    "open": _open,
    "unitfrom": _unitfrom,
    "edgeunit": _edgeunit,
    "monthof": _monthof,
    "quarter": _quarter,
    "season": _season,
    "holiday": _holiday,
    "fiscal": _fiscal,
    "edgeyear": _edgeyear,
    "yearspan": _yearspan,
    "decade": _decade,
    "midyear": _midyear,
    "century": _century,
    "year": _year,
    "month": _month,
    "every": _every,
    "everypart": _everypart,
    "frequency": _frequency,
    "rate": _rate,
    "duration": _duration,
    "aunit": _aunit,
    "units": _units,
    "same": _same,
    "theother": _theother,
    "future": _future,
    "reference": _reference,
    "moment": _moment,
    "theyear": _theyear,
}
