"""Findings in the words people use, for the terminal and for pages."""

from __future__ import annotations

from collections.abc import Mapping

from dateline.records import Actor, Figure, Statement, TimeSpan


def number(amount: float) -> str:
    """A value as people write it: 10,000 or 3.5."""
    return f"{amount:,.0f}" if amount == int(amount) and abs(amount) < 1e15 else f"{amount:,.6g}"


def amount(low: float | None, high: float | None, bound: str, unit: str = "") -> str:
    """A value or range with its bound and unit: ``at least 12``, ``3 to 5 %``, ``47 people``."""
    ends = [number(end) for end in dict.fromkeys((low, high)) if end is not None]
    before = "" if bound in ("exact", "between") else f"{bound} "
    unit = _SPANS.get(unit, unit)
    if not (low == high == 1):
        unit = several(unit)
    after = "" if unit in ("", "1") else f" {unit}"  # 1 is UCUM's unit of a bare number
    return f"{before}{' to '.join(ends)}{after}"


def several(unit: str) -> str:
    """A counted noun in the plural, the last word of several; codes of measures and currencies stay as they are."""
    from dateline.knowledge.quantities import plural

    noun = unit.replace(" ", "").replace("-", "")
    common = noun.islower() and len(noun) > 2 and noun not in _CODES
    named = len(noun) > 4 and noun.istitle()  # "Palestinian"
    return plural(unit) if noun.isalpha() and (common or named) else unit


_SPANS = {"a": "year", "mo": "month", "wk": "week", "d": "day", "h": "hour", "min": "minute", "s": "second"}
"""Spans of time by their UCUM codes, which nobody reads: an age of "16 a", a delay of "9 mo"."""

_CODES = frozenset(("deg", "har", "magnitude", "min", "sen"))
"""Codes of units that look like nouns."""


def value(figure: Figure) -> str:
    """A figure as people write it: ``about 1,250 people per day ▲``; a counted noun is left to its own column."""
    text = amount(figure.low, figure.high, figure.bound, "" if figure.unit == figure.head else figure.unit)
    per = f" per {figure.per}" if figure.per else ""
    change = {"up": " ▲", "down": " ▼", None: ""}[figure.change]
    return f"{text}{per}{change}"


def interval(time: TimeSpan | None) -> str:
    """``2024-10-31``, ``2024-08-01 to 2024-08-31``, ``from 2024-11-01``; empty where unknown."""
    if time is None:
        return ""
    first, last = time.earliest, time.latest
    if first and last:
        return first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"
    if first:
        return f"from {first.isoformat()}"
    return f"until {last.isoformat()}" if last else ""


def claimant(said_in: str | None, statements: Mapping[str, Statement], actors: Mapping[str, Actor]) -> str:
    """``according to Josep Borrell``; empty where it is the reporter's own word.

    Args:
        said_in: Id of the statement that holds a finding.
        statements: The statements of the record, by id.
        actors: Its actors, by id.
    """
    statement = statements.get(said_in or "")
    if statement is None:
        return ""
    speaker = actors.get(statement.speaker or "")
    return f"according to {speaker.name}" if speaker else "according to somebody not named"
