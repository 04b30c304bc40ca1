"""Conditions of a question, gathered as SQL and its parameters.

Every value goes to the database as a parameter, never as part of the SQL.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dateline.errors import ConfigError

CODE = re.compile(r"[A-Z]{3}")
CODES = re.compile(r"([A-Z]{3}) ([A-Z]{3})")

Words = str | Sequence[str] | None
"""One value, or several of which any will do."""
Day = date | str | None
"""A day, or its ISO 8601 form."""
Place = tuple[int, ...]
"""A place in an order: the article's number and the position in it; where the order is by day, the day before them."""


def limited(parameters: dict[str, Any], most: int | None) -> str:
    """The LIMIT clause of a question, its number among the parameters; empty where all rows are wanted."""
    if most is None:
        return ""
    parameters["limit_"] = most
    return "LIMIT $limit_"


@dataclass(slots=True)
class Filter:
    """Conditions that all have to hold."""

    conditions: list[str] = field(default_factory=list[str])
    parameters: dict[str, Any] = field(default_factory=dict[str, Any])

    def bind(self, value: Any) -> str:
        """A value's place in the SQL."""
        # Underscores at both ends: no name is the beginning of another's.
        name = f"v_{len(self.parameters)}_"
        self.parameters[name] = value
        return f"${name}"

    def add(self, condition: str) -> None:
        """One more condition."""
        self.conditions.append(condition)

    def equals(self, column: str, value: Words) -> None:
        """The column has one of the values."""
        if value is not None:
            listed = [value] if isinstance(value, str) else list(value)
            self.add(f"list_contains({self.bind(listed)}::VARCHAR[], {column})")

    def upper(self, column: str, value: Words) -> None:
        """The column, a code in capitals, has one of the values, however they are written."""
        if value is not None:
            self.equals(column, [each.upper() for each in ([value] if isinstance(value, str) else value)])

    def contains(self, expression: str, text: str | None) -> None:
        """The text has these words in it, whatever their case."""
        if text is not None:
            self.add(f"contains(lower({expression}), lower({self.bind(text)}))")

    def any_contains(self, columns: Sequence[str], text: str | None) -> None:
        """One of some columns has these words in it, whatever their case."""
        if text is not None:
            words = self.bind(text)
            # Column by column: each different value of a column is then looked at once.
            self.add(" OR ".join(f"contains(lower({column}), lower({words}))" for column in columns))

    def number(self, condition: str, value: float | None) -> None:
        """A condition with ``?`` for the number."""
        if value is not None:
            self.add(condition.replace("?", self.bind(value)))

    def between(self, first: str, last: str, since: Day, until: Day) -> None:
        """The days ``first`` to ``last`` of a row touch the days asked for, both inclusive."""
        if since is not None:
            self.add(f"{last} >= {self.bind(day(since))}::DATE")
        if until is not None:
            self.add(f"{first} <= {self.bind(day(until))}::DATE")

    def after(self, number: str, position: str, place: Place | None) -> None:
        """The row comes after a place in the order of arrival.

        Raises:
            ConfigError: It is a place in another order.
        """
        if place is not None:
            if len(place) != 2:
                raise ConfigError(f"after: {place} is no place in the order of arrival: take `next` of the page before")
            first, then = self.bind(place[0]), self.bind(place[1])
            self.add(f"{number} >= {first}")  # lets the database pass over what lies before
            self.add(f"{number} > {first} OR {position} > {then}")

    def actor(self, ids: str, number: str, who: Words) -> None:
        """One of the actors in a list of ids is the one asked for.

        Args:
            ids: SQL of the list of actor ids.
            number: SQL of the article's number.
            who: ``CHN`` (country or sector), ``CHN GOV`` (both), ``state:CHN`` (entity), or part of a name.
        """
        if who is not None:
            self.add(
                f"EXISTS (SELECT 1 FROM actors x WHERE x.number = {number} AND list_contains({ids}, x.id) "  # noqa: S608
                f"AND ({self._called('x.name', 'x.', who)}))"
            )

    def speaker(self, keys: str, name: str, who: Words) -> None:
        """The one in a column of flat rows is the one asked for; as :meth:`actor`, without a join.

        Args:
            keys: Column of what they can be asked for by: codes and entities.
            name: Column of their name.
            who: ``CHN`` (country or sector), ``CHN GOV`` (both), ``state:CHN`` (entity), or part of a name.
        """
        self._party(keys, who, lambda each: f"contains(lower({name}), lower({self.bind(each)}))")

    def party(self, keys: str, names: str, who: Words) -> None:
        """One of those in lists of flat rows is the one asked for; as :meth:`speaker`.

        Args:
            keys: Column of what they can be asked for by.
            names: Column of their names.
            who: As in :meth:`speaker`.
        """
        # Joined by a character that stands in no name, so that no part of a name reaches over two.
        self._party(
            keys, who, lambda each: f"contains(lower(array_to_string({names}, chr(31))), lower({self.bind(each)}))"
        )

    def _party(self, keys: str, who: Words, named: Callable[[str], str]) -> None:
        if who is None:
            return
        given = [who] if isinstance(who, str) else list(who)
        if not given:
            raise ConfigError("an empty list names no actor: give a code or a name")
        self.add(
            " OR ".join(f"list_contains({keys}, {self.bind(each)})" if coded(each) else named(each) for each in given)
        )

    def dyad(self, sides: Sequence[str], who: Words) -> None:
        """A dyad ``f`` has the one asked for on one of its sides.

        Args:
            sides: ``source``, ``target``.
            who: As in :meth:`speaker`.
        """
        if who is not None:
            self.add(" OR ".join(self._called(f"f.{side}", f"f.{side}_", who) for side in sides))

    def deed(self, sides: Sequence[str], who: Words) -> None:
        """An event ``f`` has the one asked for on one of its sides, by its dyads."""
        if who is not None:
            inner = Filter(parameters=self.parameters)
            inner.dyad(sides, who)
            self.add(f"(f.number, f.position) IN (SELECT (f.number, f.event) FROM dyad_rows f {inner.where()})")  # noqa: S608

    def actor_row(self, alias: str, who: Words) -> None:
        """A row of the actors themselves is the one asked for, as :meth:`actor`."""
        if who is not None:
            self.add(self._called(f"{alias}.name", f"{alias}.", who))

    def _called(self, name: str, prefix: str, who: str | Sequence[str]) -> str:
        """That an actor is one of those asked for, in SQL: by the column of the name and what begins those of codes."""
        either: list[str] = []
        for each in [who] if isinstance(who, str) else who:
            pair = CODES.fullmatch(each)
            if pair:
                one, two = self.bind(pair[1]), self.bind(pair[2])
                either.append(f"({prefix}country = {one} AND {prefix}sector = {two})")
            elif CODE.fullmatch(each):
                code = self.bind(each)
                either.append(f"{prefix}country = {code} OR {prefix}sector = {code}")
            elif ":" in each:
                either.append(f"{prefix}entity = {self.bind(each)}")
            else:
                either.append(f"contains(lower({name}), lower({self.bind(each)}))")
        if not either:
            raise ConfigError("an empty list names no actor: give a code or a name")
        return " OR ".join(either)

    def used(self, query: str) -> dict[str, Any]:
        """The parameters that a query names; DuckDB refuses others."""
        return {name: value for name, value in self.parameters.items() if f"${name}" in query}

    def where(self) -> str:
        """The WHERE clause; empty without conditions."""
        return f"WHERE {' AND '.join(f'({each})' for each in self.conditions)}" if self.conditions else ""


def coded(who: str) -> bool:
    """Whether somebody is asked for by a code or an entity, not by a name."""
    return bool(CODE.fullmatch(who) or CODES.fullmatch(who) or ":" in who)


def day(value: date | str) -> date:
    """A day from its ISO form.

    Raises:
        ConfigError: It is no date.
    """
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ConfigError(f"{value!r} is no day: write it as 2024-10-31") from error
