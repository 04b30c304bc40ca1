"""Copies among the articles of a store: sketches kept, pairs compared, groups made.

Of an article only its id, its number and its sketch are in memory, as numbers in arrays; what else has to be known is
read for the few that may be copies, some hundred pairs at a time, and the links are rows of an Arrow table as soon as
they are made. :mod:`benchmarks.speed.linking` measures what a million articles take.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from sys import intern

import numpy as np
from numpy.typing import NDArray

from dateline.linking import duplicates
from dateline.linking.duplicates import Copyable, Hashes, Numbers, Sketches
from dateline.links import CopyGroup, CopyLink
from dateline.pipeline.link import steps
from dateline.store.schema import Linked, Sketch
from dateline.store.warehouse import Warehouse

_FACTS = f"number, id, source, url, {steps.TIMES}"
_KEPT = 8192
"""Texts whose runs are kept in memory while pairs are compared."""


def update(store: Warehouse) -> tuple[int, int]:
    """Links and groups of copies; gives the number of articles, and of those that are new."""
    top = store.rows("SELECT max(number) AS top, count(*) AS n FROM articles")[0]
    last = -1 if top["top"] is None else int(top["top"])
    mark = steps.mark(store, "copies")
    before = -1
    if mark is not None and mark.method == duplicates.METHOD:
        before = int(mark.state.partition(" ")[0])
    whole = blake2b(digest_size=8)  # of what is known beside the texts: a new coding may date articles otherwise
    for rows in steps.spans(store, "SELECT id, published, updated, dateline_day FROM articles WHERE true"):
        for row in rows:
            whole.update(repr((row["id"], row["published"], row["updated"], row["dateline_day"])).encode())
    state = f"{last} {whole.hexdigest()}"
    if mark is not None and mark.method == duplicates.METHOD and mark.state == state:
        return int(top["n"]), 0
    _sketch(store)
    known = _Known.of(store, last)
    pairs = known.candidates()
    recent = known.numbers[pairs].max(axis=1, initial=-1) > before
    kept = known.linked(store, pairs[~recent]) if before >= 0 else np.empty((0, 3), dtype=np.int64)
    fresh = np.append(pairs[recent], np.full((int(recent.sum()), 1), -1), axis=1)
    del pairs, recent
    joined: list[tuple[int, int]] = []

    def links() -> Iterator[CopyLink]:
        for each in (kept, fresh):
            for a, b, link in _judge(store, known, each):
                if link.kind != "part":
                    joined.append((a, b))
                yield link

    def groups() -> Iterator[CopyGroup]:
        every = duplicates.components(joined)
        for at in range(0, len(every), steps.BLOCK):
            some = every[at : at + steps.BLOCK]
            known.read(store, sorted(each for group in some for each in group), texts=False)
            yield from (duplicates.group(known.kept[each][0] for each in group) for group in some)
            known.forget()

    done = Linked(step="copies", method=duplicates.METHOD, state=state)
    store.write_links(
        # In this order: the groups follow from the links.
        {"copy_links": links(), "copy_groups": groups(), "linked": steps.marks(store, done)},
        emptied=("copy_links", "copy_groups", "linked"),
    )
    return int(top["n"]), int((known.numbers > before).sum())


@dataclass(slots=True)
class _Known:
    """The sketched articles, each known by its place in the order of arrival among them."""

    numbers: Numbers
    runs: Numbers
    ids: NDArray[np.bytes_]
    """As bytes: an id takes 21 of them, and 70 as text."""
    ranks: Numbers
    """The place of each in the order of ids."""
    sketches: list[tuple[Numbers, Hashes]]
    """Lengths and hashes, a block after the other."""
    kept: OrderedDict[int, tuple[Copyable, Hashes | None]]
    """What was read of the last few, with the runs of their texts."""

    @classmethod
    def of(cls, store: Warehouse, last: int) -> _Known:
        """All that have sketches."""
        numbers = [np.empty(0, dtype=np.int64)]
        runs = [np.empty(0, dtype=np.int64)]
        ids: list[NDArray[np.bytes_]] = [np.empty(0, dtype="S1")]
        sketches: list[tuple[Numbers, Hashes]] = []
        for first in range(0, last + 1, steps.SPAN):
            table = store.select(
                "SELECT number, article, runs, hashes FROM sketches WHERE method = $method "
                "AND number >= $first AND number < $end ORDER BY number",
                {"method": duplicates.METHOD, "first": first, "end": first + steps.SPAN},
            )
            if not table.num_rows:
                continue
            numbers.append(table.column("number").to_numpy())
            runs.append(table.column("runs").to_numpy())
            ids.append(np.array([each.encode() for each in table.column("article").to_pylist()]))
            lengths: list[Numbers] = []
            flat: list[Hashes] = []
            for chunk in table.column("hashes").chunks:
                lengths.append(chunk.value_lengths().to_numpy(zero_copy_only=False).astype(np.int64))
                # A copy: the table itself is let go.
                flat.append(chunk.flatten().to_numpy(zero_copy_only=False).astype(np.int64).view(np.uint64))
            sketches.append((np.concatenate(lengths), np.concatenate(flat)))
        every = np.concatenate(ids)
        ranks = np.empty(len(every), dtype=np.int64)
        ranks[np.argsort(every)] = np.arange(len(every))
        return cls(np.concatenate(numbers), np.concatenate(runs), every, ranks, sketches, OrderedDict())

    def candidates(self) -> Numbers:
        """Pairs to compare; the sketches are let go."""
        blocks: list[Sketches] = []
        at = 0
        for lengths, hashes in self.sketches:
            blocks.append(Sketches(self.ranks[at : at + len(lengths)], lengths, hashes))
            at += len(lengths)
        self.sketches = []
        pairs = duplicates.candidates(blocks, len(self.ids))
        places = np.empty(len(self.ids), dtype=np.int64)
        places[self.ranks] = np.arange(len(self.ids))
        return places[pairs]

    def linked(self, store: Warehouse, pairs: Numbers) -> Numbers:
        """Those pairs that were linked before, with the runs that their texts have in common."""
        order = np.argsort(self.ranks)
        ids = self.ids[order]
        keys = np.sort(pairs.min(axis=1) * len(ids) + pairs.max(axis=1))
        found = [np.empty((0, 3), dtype=np.int64)]
        for batch in store.stream("SELECT first, second, runs FROM copy_links ORDER BY id"):
            if not batch.num_rows:
                continue
            ends: list[Numbers] = []
            there = np.ones(batch.num_rows, dtype=np.bool_)
            for name in ("first", "second"):
                names = np.array([each.encode() for each in batch.column(name).to_pylist()])
                at = np.minimum(np.searchsorted(ids, names), len(ids) - 1)
                there &= ids[at] == names
                ends.append(order[at])
            key = np.minimum(*ends) * len(ids) + np.maximum(*ends)
            at = np.minimum(np.searchsorted(keys, key), len(keys) - 1)
            there &= (keys[at] == key) if len(keys) else False
            found.append(np.stack((*ends, batch.column("runs").to_numpy()), axis=1)[there])
        return np.concatenate(found)

    def read(self, store: Warehouse, places: list[int], *, texts: bool) -> None:
        """Have these at hand, with the runs of their texts or without."""
        absent: list[int] = []
        for each in places:
            there = self.kept.get(each)
            if there is None or (texts and there[1] is None):
                absent.append(each)
            else:
                self.kept.move_to_end(each)
        if not absent:
            return
        numbers: list[int] = self.numbers[absent].tolist()
        by_number = dict(zip(numbers, absent, strict=True))
        for row in steps.chosen(store, f'{_FACTS}, "text"' if texts else _FACTS, sorted(numbers)):
            at = by_number[row["number"]]
            self.kept[at] = (
                Copyable(
                    row["id"],
                    row["source"] and intern(row["source"]),
                    row["url"],
                    steps.known(row),
                    int(self.runs[at]),
                ),
                duplicates.runs(row["text"]) if texts else None,
            )
            self.kept.move_to_end(at)

    def forget(self) -> None:
        """Keep the last few only."""
        while len(self.kept) > _KEPT:
            self.kept.popitem(last=False)


def _judge(store: Warehouse, known: _Known, pairs: Numbers) -> Iterator[tuple[int, int, CopyLink]]:
    """The links among pairs of places, each with the runs their texts have in common; texts are read where it is -1."""
    # Near numbers first: copies often come together, and lie together in the store.
    order = np.lexsort((pairs.max(axis=1, initial=-1), pairs.min(axis=1, initial=len(known.ids))))
    for at in range(0, len(pairs), steps.BLOCK):
        block: list[list[int]] = pairs[order[at : at + steps.BLOCK]].tolist()
        known.read(
            store,
            sorted({each for a, b, _ in block for each in (a, b)}),
            texts=any(shared < 0 for _, _, shared in block),
        )
        for a, b, shared in block:
            (one, its), (other, others) = known.kept[a], known.kept[b]
            found = shared if its is None or others is None or shared >= 0 else duplicates.common(its, others)
            link = duplicates.judge(one, other, found)
            if link is not None:
                yield a, b, link
        known.forget()


def _sketch(store: Warehouse) -> None:
    """Sketches of the texts that have none yet, written a block at a time."""
    stale = store.rows("SELECT count(*) AS n FROM sketches WHERE method <> $method", {"method": duplicates.METHOD})
    if stale[0]["n"]:
        store.write_links({}, emptied=("sketches",))
    table = store.select("SELECT number FROM articles WHERE number NOT IN (SELECT number FROM sketches)")
    missing: Numbers = np.sort(table.column("number").to_numpy())
    for at in range(0, len(missing), steps.BLOCK):
        rows: list[Sketch] = []
        for row in steps.chosen(store, 'number, id, "text"', missing[at : at + steps.BLOCK].tolist()):
            runs = duplicates.runs(row["text"])
            hashes: list[int] = duplicates.sketch(runs).view(np.int64).tolist()
            rows.append(
                Sketch(
                    number=row["number"],
                    article=row["id"],
                    method=duplicates.METHOD,
                    runs=len(runs),
                    hashes=tuple(hashes),
                )
            )
        store.write_links({"sketches": rows})
