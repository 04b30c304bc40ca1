"""Stories among the articles of a store: only the days around what is new are clustered again."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.linking import stories
from dateline.linking.stories import Fact, Numbers, Report, Tie
from dateline.links import Story
from dateline.pipeline.link import steps
from dateline.store import schema
from dateline.store.schema import Linked
from dateline.store.warehouse import Warehouse

_FACTS = """
    SELECT number, id, digest, article_day(dateline_day, published, updated) AS day,
        published, updated, dateline_day, retrieved FROM articles WHERE true"""
_NEVER = -1
"""The day of a report that has none."""
_FIRST, _TICK = datetime.min.replace(tzinfo=UTC), timedelta(microseconds=1)
_APART = "\x1f"
"""Between words: it stands in none."""


def update(store: Warehouse) -> None:
    """Stories of all articles; a day is clustered again where the reports it follows from have changed."""
    copies = steps.mark(store, "copies")
    mark = steps.mark(store, "stories")
    known = _Known.of(store)
    state = " ".join(
        ["" if copies is None else copies.state.replace(" ", ","), *sorted(map(_entry, known.digests.items()))]
    )
    before: set[str] = set()
    if mark is not None and mark.method == stories.METHOD:
        if mark.state == state:
            return
        before = set(mark.state.split(" ")[1:])
    now = {_entry(each): each[0] for each in known.digests.items()}
    changed = {now[each] for each in now.keys() - before} | {_day(each) for each in before - now.keys()}
    wanted = touched(changed) & known.digests.keys()

    if before:
        _keep(store, known, wanted)
    days = known.by_day()
    for _, made in stories.ties(days, lambda day: reports(store, days[day].tolist()), wanted):
        known.tie(made)
    tables = schema.tables()
    members: list[Any] = []

    def told() -> Iterator[Story]:
        voices = steps.voices(store)
        for found, facts in known.groups(store):
            some, theirs = stories.told(found, facts, voices)
            members.append(tables["story_members"].gather(theirs))
            yield from some

    listed = tables["stories"].gather(told())
    done = Linked(step="stories", method=stories.METHOD, state=state)
    store.write_links(
        {
            "stories": listed,
            "story_members": tables["story_members"].joined(members),
            "linked": steps.marks(store, done),
        },
        emptied=("stories", "story_members", "linked"),
    )


@dataclass(slots=True)
class _Known:
    """All articles by their place in the order of arrival, and the ties found so far: a few numbers each."""

    numbers: Numbers
    ids: NDArray[np.bytes_]
    sorted: Numbers
    """Places in the order of ids."""
    days: Numbers
    """Ordinal of each article's day; -1 without one."""
    times: Numbers
    """When each was known, in microseconds since the year 1."""
    digests: dict[date | None, int]
    """Of what is known of the articles of a day."""
    nearest: Numbers
    """The place to which each is tied; its own without a tie."""
    alike: NDArray[np.float64]
    words: list[str | None]

    @classmethod
    def of(cls, store: Warehouse) -> _Known:
        """What the store has, without ties."""
        numbers, days, times = array("q"), array("q"), array("q")
        ids: list[NDArray[np.bytes_]] = [np.empty(0, dtype="S1")]
        digests: dict[date | None, int] = {}
        for rows in steps.spans(store, _FACTS):
            ids.append(np.array([row["id"].encode() for row in rows]))
            for row in rows:
                day: date | None = row["day"]
                numbers.append(row["number"])
                days.append(_NEVER if day is None else day.toordinal())
                times.append((steps.known(row) - _FIRST) // _TICK)
                digests[day] = digests.get(day, 0) + _digest(row)  # a sum: whatever their order
        every = np.concatenate(ids)
        return cls(
            np.array(numbers),
            every,
            np.argsort(every),
            np.array(days),
            np.array(times),
            digests,
            np.arange(len(every)),
            np.zeros(len(every)),
            [None] * len(every),
        )

    def by_day(self) -> dict[date | None, Numbers]:
        """Numbers of the articles of each day, ascending."""
        order = np.argsort(self.days, kind="stable")
        found, starts = np.unique(self.days[order], return_index=True)
        parts = np.split(self.numbers[order], starts[1:])
        every: list[int] = found.tolist()
        return {None if day == _NEVER else date.fromordinal(day): part for day, part in zip(every, parts, strict=False)}

    def places(self, names: list[str]) -> Numbers:
        """Places of articles by their ids; -1 for those that are not there."""
        if not names or not len(self.ids):
            return np.full(len(names), -1, dtype=np.int64)
        wanted = np.array([each.encode() for each in names])
        at = self.sorted[np.minimum(np.searchsorted(self.ids, wanted, sorter=self.sorted), len(self.ids) - 1)]
        return np.where(self.ids[at] == wanted, at, -1)

    def tie(self, found: Sequence[Tie]) -> None:
        """Keep ties."""
        mine: list[int] = self.places([each.article for each in found]).tolist()
        theirs: list[int] = self.places([each.nearest for each in found]).tolist()
        for one, other, each in zip(mine, theirs, found, strict=True):
            self.nearest[one], self.alike[one], self.words[one] = other, each.alike, _APART.join(each.words)

    def groups(self, store: Warehouse) -> Iterator[tuple[list[Tie], dict[str, Fact]]]:
        """The ties of whole stories, with what is known of their reports, some hundred stories at a time."""
        first = self.nearest
        for _ in range(len(first).bit_length()):  # each time twice as far along the ties
            first = first[first]
        order = np.argsort(first, kind="stable")
        edges = np.append(np.flatnonzero(np.diff(first[order], prepend=-1)), len(order)) if len(order) else order
        sizes = np.diff(edges)
        block: list[int] = []
        for start, size in zip(edges[:-1][sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
            block += order[start : start + size].tolist()
            if len(block) >= steps.BLOCK:
                yield self._described(store, block)
                block = []
        if block:
            yield self._described(store, block)

    def _described(self, store: Warehouse, places: list[int]) -> tuple[list[Tie], dict[str, Fact]]:
        ids: list[bytes] = self.ids[places].tolist()
        near: list[bytes] = self.ids[self.nearest[places]].tolist()
        ties = [
            Tie(
                one.decode(),
                other.decode(),
                float(self.alike[at]),
                tuple(words.split(_APART)) if words else (),
            )
            for at, one, other in zip(places, ids, near, strict=True)
            if (words := self.words[at]) is not None
        ]
        numbers: list[int] = np.sort(self.numbers[places]).tolist()
        columns = "id, title, source, article_day(dateline_day, published, updated) AS day, " + steps.TIMES
        facts = {
            row["id"]: Fact(row["title"], row["source"], row["day"], steps.known(row))
            for row in steps.chosen(store, columns, numbers)
        }
        return ties, facts


def touched(changed: set[date | None]) -> set[date | None]:
    """Days whose ties may be others now that the reports of some have changed."""
    return {
        None if day is None else day + timedelta(step)
        for day in changed
        for step in range(-stories.REACH, stories.REACH + stories.WINDOW + 1)
    }


def _keep(store: Warehouse, known: _Known, wanted: set[date | None]) -> None:
    """Keep the ties of before that still hold: those of reports on other days."""
    again = np.array([_NEVER if each is None else each.toordinal() for each in wanted], dtype=np.int64)
    shown = np.full(len(known.ids), -1, dtype=np.int64)
    for batch in store.stream("SELECT article, nearest FROM story_members ORDER BY id"):
        mine, other = (known.places(batch.column(name).to_pylist()) for name in ("article", "nearest"))
        there = (mine >= 0) & (other >= 0)
        shown[mine[there]] = other[there]
    ranks = np.empty(len(known.ids), dtype=np.int64)
    ranks[known.sorted] = np.arange(len(ranks))
    mine = np.flatnonzero(shown >= 0)
    other = shown[mine]
    day, before = known.days[mine], known.days[other]
    holds = ~np.isin(day, again) & ((day == _NEVER) | ((before != _NEVER) & (before <= day)))
    # The first report of a story has no tie of its own, and is shown with another's.
    first = (known.times[mine] < known.times[other]) | (
        (known.times[mine] == known.times[other]) & (ranks[mine] < ranks[other])
    )
    kept = np.zeros(len(known.ids), dtype=np.bool_)
    kept[mine[holds & ~((shown[other] == mine) & first)]] = True
    for row in steps.rows(store, "SELECT article, nearest, alike, words FROM story_members ORDER BY id"):
        at = int(known.places([row["article"]])[0])
        if at >= 0 and kept[at]:
            known.tie([Tie(row["article"], row["nearest"], row["alike"], tuple(row["words"]))])


def _digest(row: dict[str, Any]) -> int:
    """Digest of an article and what was read in it."""
    return int.from_bytes(blake2b(f"{row['id']} {row['digest']}".encode(), digest_size=8).digest())


def _entry(item: tuple[date | None, int]) -> str:
    day, digest = item
    return f"{day or ''}:{digest % (1 << 64):x}"


def _day(entry: str) -> date | None:
    written = entry.partition(":")[0]
    return date.fromisoformat(written) if written else None


def reports(store: Warehouse, numbers: list[int]) -> Iterator[Report]:
    """Reports by their numbers in the store, ascending; a block at a time."""
    for at in range(0, len(numbers), steps.BLOCK):
        for _, record in store.whole(numbers[at : at + steps.BLOCK]):
            yield stories.of(record)
