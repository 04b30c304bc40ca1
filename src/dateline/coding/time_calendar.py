"""Calendar intervals and their TIMEX3 values.

Weeks are ISO 8601 weeks, Monday to Sunday. Seasons are the meteorological ones
of the northern hemisphere, as TIMEX3 has them. Functions that count from a day
return none where the result leaves the years 1 to 9999.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import TH, relativedelta

from dateline.records import Grain


@dataclass(frozen=True, slots=True)
class Interval:
    """Inclusive days, their grain and TIMEX3 value."""

    earliest: date | None
    latest: date | None
    grain: Grain | None
    value: str


def day(when: date) -> Interval:
    """One day."""
    return Interval(when, when, "day", when.isoformat())


def week(when: date) -> Interval:
    """The week that holds a day."""
    year, number, weekday = when.isocalendar()
    first = _moved(when, 1 - weekday)
    return Interval(first, _moved(when, 7 - weekday), "week", f"{year:04}-W{number:02}")


def weekend(when: date) -> Interval:
    """Saturday and Sunday of the week that holds a day."""
    year, number, weekday = when.isocalendar()
    return Interval(_moved(when, 6 - weekday), _moved(when, 7 - weekday), "day", f"{year:04}-W{number:02}-WE")


def month(year: int, number: int) -> Interval:
    """A month of a year."""
    last = calendar.monthrange(year, number)[1]
    return Interval(date(year, number, 1), date(year, number, last), "month", f"{year:04}-{number:02}")


def quarter(year: int, number: int) -> Interval:
    """A calendar quarter, 1 to 4."""
    return Interval(date(year, 3 * number - 2, 1), month(year, 3 * number).latest, "quarter", f"{year:04}-Q{number}")


def half(year: int, number: int) -> Interval:
    """A half year, 1 or 2."""
    return Interval(date(year, 6 * number - 5, 1), month(year, 6 * number).latest, "quarter", f"{year:04}-H{number}")


def season(year: int, name: str) -> Interval:
    """A season; the winter of a year is the one that begins in its December."""
    value = f"{year:04}-{name}"
    if name == "WI":
        end = month(year + 1, 2).latest if year < MAXYEAR else date(year, 12, 31)
        return Interval(date(year, 12, 1), end, "quarter", value)
    first = {"SP": 3, "SU": 6, "FA": 9}[name]
    return Interval(date(year, first, 1), month(year, first + 2).latest, "quarter", value)


def year(number: int) -> Interval:
    """A calendar year."""
    return Interval(date(number, 1, 1), date(number, 12, 31), "year", f"{number:04}")


def years(first: int, last: int, value: str) -> Interval:
    """A run of calendar years."""
    return Interval(date(first, 1, 1), date(last, 12, 31), "year", value)


def decade(first: int) -> Interval:
    """The ten years from a year that ends in 0."""
    return Interval(date(first, 1, 1), date(first + 9, 12, 31), "decade", f"{first // 10:03}")


def century(number: int) -> Interval:
    """A century by its ordinal: the 20th runs, as news has it, from 1900 to 1999."""
    first = max((number - 1) * 100, MINYEAR)
    return Interval(date(first, 1, 1), date((number - 1) * 100 + 99, 12, 31), "century", f"{number - 1:02}")


def holiday(name: str, of: int) -> date:
    """Day of a holiday in a year."""
    if name == "easter":
        return easter(of)
    if name == "thanksgiving":
        return date(of, 11, 1) + relativedelta(weekday=TH(4))
    number, on = {"christmas": (12, 25), "xmas": (12, 25), "halloween": (10, 31)}[name]
    return date(of, number, on)


def feast(number: int, on: tuple[int, ...] | int) -> date | None:
    """A holiday of a year.

    Args:
        number: The year.
        on: Days after Easter; or month and day; or month, ISO weekday and which of them (-1 the last).
    """
    if isinstance(on, int):
        return shift(easter(number), "day", on) if 1583 <= number <= 4099 else None
    if len(on) == 2:
        return date(number, on[0], on[1])
    return nth(number, *on)


def nth(number: int, of: int, weekday: int, which: int) -> date | None:
    """The first, second ... or (-1) last of an ISO weekday in a month; none where the month has no such."""
    last = calendar.monthrange(number, of)[1]
    if which < 0:
        day_of = last - (date(number, of, last).isoweekday() - weekday) % 7
    else:
        day_of = 1 + (weekday - date(number, of, 1).isoweekday()) % 7 + 7 * (which - 1)
    return date(number, of, day_of) if 1 <= day_of <= last else None


def shift(when: date, unit: str, count: float) -> date | None:
    """A day moved by so many units; none where that leaves the calendar."""
    try:
        if unit == "week":
            return when + timedelta(days=round(7 * count))
        if unit == "fortnight":
            return when + timedelta(days=round(14 * count))
        if unit == "weekend":
            return when + timedelta(days=round(7 * count))
        if unit == "day":
            return when + timedelta(days=round(count))
        if unit in ("hour", "minute", "second"):
            return when + timedelta(days=int(count * {"hour": 3600, "minute": 60, "second": 1}[unit] / 86400))
        months = round(
            count * {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}.get(unit, 12000)
        )
        if abs(months) > 12 * MAXYEAR:
            return None
        return when + relativedelta(months=months)
    except (OverflowError, ValueError):
        return None


def unit_of(when: date, unit: str) -> Interval:
    """The calendar unit that holds a day."""
    if unit == "week":
        return week(when)
    if unit == "weekend":
        return weekend(when)
    if unit == "month":
        return month(when.year, when.month)
    if unit == "quarter":
        return quarter(when.year, (when.month + 2) // 3)
    if unit == "half":
        return half(when.year, 1 if when.month < 7 else 2)
    if unit == "year":
        return year(when.year)
    if unit == "decade":
        return decade(when.year // 10 * 10) if 10 <= when.year < 9990 else year(when.year)
    if unit == "century":
        return century(when.year // 100 + 1)
    return day(when)


def _moved(when: date, days: int) -> date | None:
    try:
        return when + timedelta(days=days)
    except OverflowError:
        return None
