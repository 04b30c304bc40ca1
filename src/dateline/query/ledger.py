"""Who did what to whom, in columns of numbers: what a served store counts for an actor's page.

Such a page looks through all pairs of actors several times. In the database each
look reads names, countries and sectors as text; here an actor is a number, and
a look takes some passes over arrays of numbers. They take 29 bytes a pair, are
made once for each state of the store, and only where there are not more than
:data:`MOST` pairs. An actor with very many is counted by the database, which
sorts sooner. The counts are those of :mod:`dateline.query.summary`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dateline.errors import ConfigError
from dateline.query.filters import CODE, CODES, Day, Words, day
from dateline.store.warehouse import Warehouse

MOST = 2_000_000
"""Pairs of actors (some six to an article) up to which they are kept in memory."""
FEW = 10_000
"""Pairs of one actor up to which they are counted here."""
_NEVER = -(2**31)
"""A day that is not known."""
_EPOCH = date(1970, 1, 1)
_SEPARATOR, _NOTHING = "\x1f", "\x1e"
_SIDE = """concat_ws(chr(31), coalesce({0}, chr(30)), coalesce({0}_country, chr(30)), coalesce({0}_sector, chr(30)),
    coalesce({0}_entity, chr(30)))"""
_PAIRS = f"""
    SELECT d.number::INTEGER AS number, d.event::INTEGER AS event, coalesce(d.quad, 0)::TINYINT AS quad, d.goldstein,
        coalesce(d.day - DATE '1970-01-01', {_NEVER})::INTEGER AS day,
        coalesce(d.happened - DATE '1970-01-01', {_NEVER})::INTEGER AS happened,
        {_SIDE.format("d.source")} AS source, {_SIDE.format("d.target")} AS target
    FROM dyad_rows d ORDER BY d.number, d.position"""  # noqa: S608 - a number


@dataclass(frozen=True, slots=True)
class Party:
    """An actor as pairs name them."""

    name: str | None
    country: str | None
    sector: str | None
    entity: str | None
    low: str
    """The name in small letters."""


class Ledger:
    """All pairs of a store.

    Args:
        store: The store; it is read once.
    """

    def __init__(self, store: Warehouse) -> None:
        import numpy as np

        table = store.select(_PAIRS)
        column: Any = {name: table.column(name) for name in table.column_names}
        self.number = column["number"].to_numpy()
        self.position = column["event"].to_numpy()
        self.quad = column["quad"].to_numpy()
        self.day = column["day"].to_numpy()
        self.happened = column["happened"].to_numpy()
        self.scores, self.score = self._coded(column["goldstein"])
        # One number for each event: its pairs follow one another.
        new = np.ones(len(self.number), dtype=bool)
        new[1:] = (self.number[1:] != self.number[:-1]) | (self.position[1:] != self.position[:-1])
        self.event = (np.cumsum(new) - 1).astype(np.int32)
        self.begins = np.flatnonzero(new).astype(np.int32)
        pa = _arrow()
        both = pa.chunked_array([*column["source"].chunks, *column["target"].chunks], type=pa.string())
        names, codes = self._coded(both)
        self.source, self.target = codes[: len(self.number)], codes[len(self.number) :]
        lows = store.rows(
            "SELECT list_transform($names::VARCHAR[], lambda x: lower(x)) AS low",
            {"names": [name.partition(_SEPARATOR)[0] for name in names]},
        )[0]["low"]
        self.parties: list[Party] = []
        for name, low in zip(names, lows, strict=True):
            parts = [None if each == _NOTHING else each for each in name.split(_SEPARATOR)]
            self.parties.append(Party(parts[0], parts[1], parts[2], parts[3], "" if parts[0] is None else low))
        # Several parties share a name, or a country: numbers for those.
        self.names, self.named = _numbered([each.name for each in self.parties])
        self.countries, self.country = _numbered([each.country for each in self.parties])

    @staticmethod
    def _coded(column: Any) -> tuple[list[Any], Any]:
        """The values of a column, and for each row the place of its value; -1 for none."""
        import numpy as np

        coded = column.combine_chunks().dictionary_encode()
        if hasattr(coded, "chunks"):
            coded = coded.chunk(0) if coded.num_chunks else _arrow().array([], type=column.type).dictionary_encode()
        indices = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
        return coded.dictionary.to_pylist(), indices

    def called(self, who: Words) -> Any:
        """Which parties are the one asked for: see :meth:`dateline.query.filters.Filter.dyad`."""
        import numpy as np

        given = [who] if isinstance(who, str) else list(who or ())
        if not given:
            raise ConfigError("an empty list names no actor: give a code or a name")
        found = np.zeros(len(self.parties) + 1, dtype=bool)  # the last one stands for nobody
        for each in given:
            pair, low = CODES.fullmatch(each), each.lower()
            if pair:
                hits = [party.country == pair[1] and party.sector == pair[2] for party in self.parties]
            elif CODE.fullmatch(each):
                hits = [each in (party.country, party.sector) for party in self.parties]
            elif ":" in each:
                hits = [party.entity == each for party in self.parties]
            else:
                hits = [low in party.low and party.name is not None for party in self.parties]
            found[:-1] |= hits
        return found

    def between(self, days: Any, since: Day, until: Day) -> Any:
        """Which of some days lie between two; unknown ones do not, unless all do."""
        import numpy as np

        found = np.ones(len(days), dtype=bool)
        if since is not None:
            found &= days >= (day(since) - _EPOCH).days
        if until is not None:
            found &= (days <= (day(until) - _EPOCH).days) & (days != _NEVER)
        return found

    # ---- what it is asked -----------------------------------------------------------------------

    def sides(self, who: Words) -> tuple[Any, Any] | None:
        """The pairs in which an actor is source, and those in which it is target; none where they are very many."""
        import numpy as np

        here = self.called(who)
        did, met = np.flatnonzero(here[self.source]), np.flatnonzero(here[self.target])
        return (did, met) if len(did) + len(met) <= FEW else None

    def deeds(self, sides: Mapping[str, Words], after: tuple[int, ...] | None) -> tuple[Any, Any]:
        """Articles' numbers and positions of the events with somebody on a side, in the order of arrival.

        Args:
            sides: Who is ``source``, ``target``, and ``actor``, which is either: one at least; where several are
                given, all hold.
            after: Only events after this number and position.
        """
        import numpy as np

        events: Any = None
        for side, who in sides.items():
            if who is None:
                continue
            here = self.called(who)
            pairs = here[self.source] | here[self.target] if side == "actor" else here[getattr(self, side)]
            has = self.event[np.flatnonzero(pairs)]
            has = has[np.flatnonzero(np.diff(has, prepend=-1))]  # in order: those of one event follow one another
            events = has if events is None else events[np.isin(events, has, assume_unique=True, kind="table")]
        rows = self.begins[events]
        number, position = self.number[rows], self.position[rows]
        if after is not None:
            later = (number > after[0]) | ((number == after[0]) & (position > after[1]))
            number, position = number[later], position[later]
        return number, position

    def partners(self, did: Any, met: Any, limit: int, since: Day, until: Day) -> list[dict[str, Any]]:
        """Who stands on the other side, the most frequent first."""
        import numpy as np

        rows = np.concatenate([did, met])
        others = np.concatenate([self.target[did], self.source[met]])
        keep = (self.named[others] >= 0) & self.between(self.day[rows], since, until)
        rows, others = rows[keep], others[keep]
        country = self.country[others]
        names, group = np.unique(self.named[others], return_inverse=True)
        least: dict[int, str] = {}
        codes: set[tuple[int, int]] = set(zip(group.tolist(), country.tolist(), strict=True))
        for at, code in codes:
            if code >= 0:
                least[at] = min(least.get(at, self.countries[code]), self.countries[code])
        rows, key = self._once(group.astype(np.int64), rows)
        events = np.bincount(key, minlength=len(names))
        good, bad = self._sides(key, rows, len(names))
        listed: list[dict[str, Any]] = [
            {
                "name": self.names[int(names[at])],
                "country": least.get(at),
                "events": int(events[at]),
                "cooperation": int(good[at]),
                "conflict": int(bad[at]),
            }
            for at in range(len(names))
        ]
        return sorted(listed, key=lambda row: (-row["events"], row["name"]))[:limit]

    def line(self, did: Any, met: Any, since: Day, until: Day) -> list[dict[str, Any]]:
        """Cooperation and conflict of each day of an actor's events, of some days."""
        import numpy as np

        rows = self.begins[np.unique(self.event[np.concatenate([did, met])])]
        days = self.happened[rows]
        return self._line(rows[(days != _NEVER) & self.between(days, since, until)])

    def first(self, rows: Any, limit: int) -> list[tuple[int, int]]:
        """The first events of some pairs, by number of the article and position."""
        import numpy as np

        begins = self.begins[np.unique(self.event[rows])[:limit]]
        return list(zip(self.number[begins].tolist(), self.position[begins].tolist(), strict=True))

    def among(self, parties: Sequence[str], limit: int, since: Day, until: Day) -> list[dict[str, Any]]:
        """As :func:`dateline.query.summary.among`."""
        import numpy as np

        asked = set(parties)
        wanted = np.asarray([*(name in asked for name in self.names), False])
        inside = wanted[self.named]
        rows = np.flatnonzero(inside[self.source] & inside[self.target])
        one, other = self.named[self.source[rows]], self.named[self.target[rows]]
        keep = (one != other) & self.between(self.day[rows], since, until)
        rows, one, other = rows[keep], one[keep], other[keep]
        key = np.minimum(one, other).astype(np.int64) * len(self.names) + np.maximum(one, other)
        rows, key = self._once(key, rows)
        pairs, group, events = np.unique(key, return_inverse=True, return_counts=True)
        good, bad = self._sides(group, rows, len(pairs))
        listed: list[dict[str, Any]] = []
        for at in range(len(pairs)):
            source, target = sorted(self.names[each] for each in divmod(int(pairs[at]), len(self.names)))
            counts = {"events": int(events[at]), "cooperation": int(good[at]), "conflict": int(bad[at])}
            listed.append({"source": source, "target": target, **counts})
        return sorted(listed, key=lambda row: (-row["events"], row["source"], row["target"]))[:limit]

    # ---- what the answers share -----------------------------------------------------------------

    def _once(self, key: Any, rows: Any) -> tuple[Any, Any]:
        """Pairs and their keys, each event once for each key."""
        import numpy as np

        whole = key * (len(self.begins) + 1) + self.event[rows]
        _, at = np.unique(whole, return_index=True)
        return rows[at], key[at]

    def _sides(self, group: Any, rows: Any, size: int) -> tuple[Any, Any]:
        """How many of each group are cooperation, and conflict."""
        import numpy as np

        quad = self.quad[rows]
        good = np.bincount(group[(quad > 0) & (quad <= 2)], minlength=size)
        return good, np.bincount(group[quad >= 3], minlength=size)

    def _line(self, rows: Any) -> list[dict[str, Any]]:
        """Cooperation and conflict by day, of pairs that stand for an event each."""
        import numpy as np

        if not len(rows):
            return []
        days, group = np.unique(self.happened[rows], return_inverse=True)
        good, bad = self._sides(group, rows, len(days))
        score = self.score[rows]
        scored = np.bincount(group[score >= 0], minlength=len(days))
        values = np.asarray([*self.scores, 0.0])
        total = np.bincount(group, weights=np.where(score >= 0, values[score], 0.0), minlength=len(days))
        told = self.day[rows]
        first, last = np.full(len(days), 2**31 - 1), np.full(len(days), _NEVER)
        known = told != _NEVER
        np.minimum.at(first, group[known], told[known])
        np.maximum.at(last, group[known], told[known])
        return [
            {
                "happened": _date(days[at]),
                "cooperation": int(good[at]),
                "conflict": int(bad[at]),
                "scores": int(scored[at]),
                "score": float(total[at]),
                "told": _date(first[at]) if last[at] != _NEVER else None,
                "until": _date(last[at]) if last[at] != _NEVER else None,
            }
            for at in range(len(days))
        ]


def ledger(store: Warehouse, *, now: bool = False) -> Ledger | None:
    """The pairs of a store that is served; none where it is not, has too many, or has just changed.

    Args:
        store: The store.
        now: Whether to make it even if it has just changed.
    """
    if not store.settled("ledger") and not now:
        return None

    def made() -> Ledger | None:
        many = store.rows("SELECT count(*) AS n FROM dyad_rows")[0]["n"]
        return Ledger(store) if 0 < many <= MOST else None

    return store.kept("ledger", made)


def _numbered(values: list[str | None]) -> tuple[list[str], Any]:
    """Different values, and for each its number, -1 for none; one more at the end for nobody."""
    import numpy as np

    known: dict[str, int] = {}
    codes = [-1 if each is None else known.setdefault(each, len(known)) for each in values]
    return list(known), np.asarray([*codes, -1], dtype=np.int32)


def _date(days: Any) -> date:
    return _EPOCH + timedelta(days=int(days))


def _arrow() -> Any:
    import pyarrow as pa

    return pa
