"""Numbers of states in the two lists that political scientists join data on, by day.

The Correlates of War list (v2016) and Gleditsch and Ward's list of independent
states, for the years since 1990. A number changes where a state does: Germany
is 260 before its unification in the one list and 255 after it, and 260 all
along in the other. Both lists have states only: no IGO, no territory; the
second leaves out microstates, which its authors list apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal, cast

System = Literal["cow", "gw"]


@dataclass(frozen=True, slots=True)
class Membership:
    """A state in a list, under one number."""

    system: System
    """``cow``: Correlates of War; ``gw``: Gleditsch and Ward."""
    country: str
    """ISO 3166-1 alpha-3, or ``KOS``; states that are gone have their former code."""
    number: int
    since: date
    """First day; the earliest there is where it lies before 1990."""
    until: date
    """Last day; the latest there is where it lasts."""


@cache
def memberships() -> tuple[Membership, ...]:
    """Every membership since 1990, by list, country and day."""
    found: list[Membership] = []
    data = files("dateline.knowledge").joinpath("data", "state_system.tsv").read_text(encoding="utf-8")
    for line in data.splitlines():
        if line.startswith(("#", "system\t")):
            continue
        system, country, number, since, until = line.split("\t")
        found.append(
            Membership(
                system=cast("System", system),
                country=country,
                number=int(number),
                since=date.fromisoformat(since) if since else date.min,
                until=date.fromisoformat(until) if until else date.max,
            )
        )
    return tuple(found)


def number(system: System, country: str, day: date) -> int | None:
    """Number of a country in a list on a day since 1990; none where it was no member.

    Args:
        system: ``cow`` or ``gw``.
        country: ISO 3166-1 alpha-3, or ``KOS``.
        day: The day.
    """
    for each in memberships():
        if each.system == system and each.country == country and each.since <= day <= each.until:
            return each.number
    return None
