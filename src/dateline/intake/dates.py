"""Moments and names as pages print them: ``3 Nov 2025 14:05 GMT``, ``8 sec ago``, ``By Jane Doe and John Roe``.

Nothing is guessed. A day without a year, a numeric date whose day and month cannot be told apart, and a relative time
without the moment of fetching give none; a zone that means several (IST, CST outside America) is left out.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateline.records import IsoTime

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero janeiro gennaio januari",
            "february feb februar février fevrier febrero fevereiro febbraio februari",
            "march mar märz maerz mars marzo março marco maart",
            "april apr avril abril aprile",
            "may mai mayo maio maggio mei",
            "june jun juni juin junio junho giugno",
            "july jul juli juillet julio julho luglio",
            "august aug août aout agosto augustus",
            "september sept sep septembre septiembre setembro settembre",
            "october oct oktober okt octobre octubre outubro ottobre",
            "november nov novembre noviembre novembro",
            "december dec dezember dez décembre decembre diciembre dezembro dicembre",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,?\s+)?"
_ORDINAL = r"(?:st|nd|rd|th|\.)?"
_DAYS = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>0\d|1[0-2])(?P<d>[0-2]\d|3[01])(?!\d)"),
    re.compile(
        rf"{_WEEKDAY}(?P<d>\d{{1,2}}){_ORDINAL}(?:\s+|-|\s+(?:of|de)\s+)(?P<name>{_MONTH})"
        r"(?:\s*,?\s+|-|\s+de\s+)(?P<y>\d{4})\b",
        re.IGNORECASE,
    ),
    re.compile(rf"{_WEEKDAY}(?P<name>{_MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})\b", re.IGNORECASE),
    re.compile(r"(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4})(?!\d)"),
)  # fmt: skip
_CLOCK = re.compile(
    r"[T\s,|•·@–—-]*(?:(?:at|um|à)\s+)?(?P<h>\d{1,2})(?:[:.h](?P<min>\d{2})(?::(?P<s>\d{2})(?:[.,]\d{1,9})?)?)?"
    r"\s*(?P<half>[ap]\.?\s?m\.?)?\s*(?:hrs|hours|uhr|h)?"
    r"\s*(?P<zone>Z\b|[\[(]?(?:(?:GMT|UTC)\s*)?[+-]\d{1,2}(?::?\d{2})?(?!\d)[\])]?|[\[(]?[A-Z]{1,5}[\])]?(?![\w]))?",
    re.IGNORECASE,
)
_REGIONS = {
    # Standard and summer names are one: papers print EST in July.
    **dict.fromkeys(("ET", "EST", "EDT"), "America/New_York"),
    **dict.fromkeys(("CT", "CDT"), "America/Chicago"),
    **dict.fromkeys(("MT", "MDT"), "America/Denver"),
    **dict.fromkeys(("PT", "PST", "PDT"), "America/Los_Angeles"),
}
_OFFSETS = {
    "Z": 0, "GMT": 0, "UTC": 0, "UT": 0, "WET": 0, "CET": 60, "CEST": 120, "MEZ": 60, "MESZ": 120, "EET": 120,
    "EEST": 180, "MSK": 180, "EAT": 180, "CAT": 120, "SAST": 120, "WAT": 60, "PKT": 300, "NPT": 345, "WIB": 420,
    "ICT": 420,
    "HKT": 480, "SGT": 480, "PHT": 480, "MYT": 480, "AWST": 480, "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660,
    "NZST": 720, "NZDT": 780, "BRT": -180, "TRT": 180,
}  # fmt: skip
_AGO = re.compile(
    r"^(?:about\s+|an?\s+)?(?P<n>\d{1,4}|an?|few|one)?\s*"
    r"(?P<unit>s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|weeks?|months?|years?)\.?\s+ago$",
    re.IGNORECASE,
)
_NOW = re.compile(r"^(?:just now|moments? ago|a moment ago|now)$", re.IGNORECASE)


def parse(value: str) -> IsoTime | None:
    """A moment as precise as it is written, or none where the words are not exactly one moment."""
    words = " ".join(value.split()).strip(" .,;|•·()[]")
    if not words or len(words) > 80:
        return None
    for pattern in _DAYS:
        if found := pattern.match(words):
            day = _day(found)
            return _with_clock(day, words[found.end() :]) if day else None
    # The clock first: "14:05 GMT, 3 November 2025".
    if ((clock := _CLOCK.match(words)) and clock["min"]) or (clock and clock["half"]):
        rest = words[clock.end() :].lstrip(" ,|•·–—-").removeprefix("on ")
        for pattern in _DAYS:
            if (found := pattern.fullmatch(rest)) and (day := _day(found)):
                return _moment(day, clock)
    if re.match(r"^[A-Za-z]{3}, \d", words):
        try:
            return iso(parsedate_to_datetime(words))
        except (ValueError, TypeError, IndexError):
            return None
    return None


def _day(found: re.Match[str]) -> date | None:
    group = found.groupdict()
    try:
        if group.get("a"):
            first, second = int(group["a"]), int(group["b"])
            if group["sep"] == "." or first > 12:
                return date(int(group["y"]), second, first)
            if second > 12:
                return date(int(group["y"]), first, second)
            return date(int(group["y"]), first, second) if first == second else None
        month = MONTHS[group["name"].rstrip(".").lower()] if group.get("name") else int(group["m"])
        return date(int(group["y"]), month, int(group["d"]))
    except ValueError:
        return None


def _with_clock(day: date, rest: str) -> IsoTime | None:
    if not rest.strip(" ,.|"):
        return day.isoformat()
    clock = _CLOCK.fullmatch(rest)
    if clock is None or not (clock["min"] or clock["half"]):
        return None
    return _moment(day, clock)


def _moment(day: date, clock: re.Match[str]) -> IsoTime | None:
    hour, minute, second = int(clock["h"]), int(clock["min"] or 0), clock["s"]
    if half := clock["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.lower().startswith("p") else 0)
    try:
        local = datetime(day.year, day.month, day.day, hour, minute, int(second or 0))  # noqa: DTZ001 — the zone comes below, if any
    except ValueError:
        return None
    text = local.isoformat(timespec="seconds" if second else "minutes")
    return text + _zone(clock["zone"], local)


def _zone(words: str | None, local: datetime) -> str:
    """The offset a zone stands for, empty where it is not known or means several."""
    if not words:
        return ""
    name = words.strip("[]() ").upper()
    if name in _REGIONS:
        try:
            shift = local.replace(tzinfo=ZoneInfo(_REGIONS[name])).utcoffset()
        except ZoneInfoNotFoundError:
            return ""
        return _offset(int((shift or timedelta()).total_seconds() // 60))
    if name == "BST":
        # British Summer Time half the year; a winter BST is Bangladesh's.
        return "+01:00" if 4 <= local.month <= 10 else ""
    if name in _OFFSETS:
        return _offset(_OFFSETS[name])
    if found := re.fullmatch(r"(?:GMT|UTC)?\s*([+-])(\d{1,2})(?::?(\d{2}))?", name):
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        return _offset(minutes if found[1] == "+" else -minutes) if minutes <= 14 * 60 else ""
    return ""


def _offset(minutes: int) -> str:
    if minutes == 0:
        return "Z"
    sign = "+" if minutes > 0 else "-"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def iso(moment: datetime) -> IsoTime:
    """A datetime in the record's form."""
    text = moment.isoformat(timespec="seconds")
    return text.replace("+00:00", "Z")


def ago(value: str, retrieved: IsoTime | None) -> IsoTime | None:
    """What "8 sec ago" meant when the page was fetched, or none where that is not known.

    Seconds and minutes give a moment to the minute; hours and days give the day, where their rounding leaves no
    doubt of it; weeks and longer give none.
    """
    if retrieved is None or "T" not in retrieved:
        return None
    try:
        then = datetime.fromisoformat(retrieved)
    except ValueError:
        return None
    words = " ".join(value.split()).strip(" .")
    if _NOW.match(words):
        return _minute(then)
    found = _AGO.match(words)
    if not found:
        return None
    count = int(found["n"]) if (found["n"] or "").isdigit() else 1
    unit = found["unit"].lower()[0] if not found["unit"].lower().startswith("mo") else "x"
    if unit == "s":
        return _minute(then - timedelta(seconds=count))
    if unit == "m":
        return _minute(then - timedelta(minutes=count))
    if unit == "h":
        late, early = then - timedelta(hours=count), then - timedelta(hours=count + 1)
        return late.date().isoformat() if late.date() == early.date() else None
    if unit == "d" and count <= 6:
        return (then - timedelta(days=count)).date().isoformat()
    return None


def _minute(moment: datetime) -> IsoTime:
    return moment.isoformat(timespec="minutes").replace("+00:00", "Z")


def is_relative(value: str) -> bool:
    """Whether the words are a time told from now: ``8 sec ago``."""
    words = " ".join(value.split()).strip(" .")
    return bool(_AGO.match(words) or _NOW.match(words))


def now() -> IsoTime:
    """This moment, to the second."""
    return iso(datetime.now(UTC))


_AND = re.compile(r"\s*(?:;|\||\s&\s|\s+and\s+|\s+und\s+|\s+et\s+|\s+y\s+|,\s*(?:and\s+)?)\s*")
_BY = re.compile(
    r"^(?:by|written by|reported by|words by|story by|report by|von|par|por|di|door)[\s:]+(?=\S)", re.IGNORECASE
)
_JOB = re.compile(
    r"\b(?:correspondents?|reporters?|editors?|writers?|staff|bureau|chief|desk|agency|agencies|analysts?|columnists?|producers?|"
    r"contributors?|team|news|in [A-Z]|at [A-Z])\b",
    re.IGNORECASE,
)


def is_job(words: str) -> bool:
    """Whether words in a byline are a job, a desk or a place, not a name: ``Nairobi correspondents``."""
    return bool(_JOB.search(words))


def people(line: str) -> list[str]:
    """The names in a byline, without ``By`` and without the jobs that follow them."""
    found: list[str] = []
    for piece in _AND.split(_BY.sub("", line.strip())):
        name = re.sub(r"\s+(?:in|at|for)\s+[A-Z].*$", "", piece).strip(" .,;|")
        if not name or (found and _JOB.search(name)) or len(name) > 60:
            continue
        found.append(name)
    return found
