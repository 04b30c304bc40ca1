"""Copies among the articles of a store: sketches kept, pairs compared, groups made."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from hashlib import blake2b
from sys import intern

import numpy as np

from dateline.linking import duplicates
from dateline.linking.duplicates import Copyable, Hashes, Numbers
from dateline.pipeline.link import steps
from dateline.store.schema import Linked, Sketch
from dateline.store.warehouse import Warehouse

_FACTS = """
    SELECT id, source, url, published, updated, dateline_day, retrieved FROM articles ORDER BY number"""
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
    for row in steps.rows(store, _FACTS):
        whole.update(repr((row["id"], row["published"], row["updated"], row["dateline_day"])).encode())
    state = f"{last} {whole.hexdigest()}"
    if mark is not None and mark.method == duplicates.METHOD and mark.state == state:
        return int(top["n"]), 0
    _sketch(store)
    table = store.select(
        "SELECT number, article, runs, hashes FROM sketches WHERE method = $method ORDER BY article",
        {"method": duplicates.METHOD},
    )
    ids: list[str] = table.column("article").to_pylist()
    numbers: list[int] = table.column("number").to_pylist()
    hashes = table.column("hashes").combine_chunks()
    lengths = np.asarray(hashes.value_lengths().to_numpy(zero_copy_only=False), dtype=np.int64)
    flat = np.asarray(hashes.flatten().to_numpy(zero_copy_only=False), dtype=np.int64)
    runs = table.column("runs").to_numpy()
    del table, hashes
    pairs = duplicates.candidates(flat, lengths)
    del flat
    # Of most texts nothing more is asked: only those that may be copies are described.
    things = _things(store, {ids[at]: int(runs[at]) for at in np.unique(pairs).tolist()})
    arrived = np.array(numbers, dtype=np.int64)
    recent = (
        np.maximum(arrived[pairs[:, 0]], arrived[pairs[:, 1]]) > before if len(pairs) else np.empty(0, dtype=np.bool_)
    )
    kept = _kept(store, pairs[~recent], ids) if before >= 0 else []
    fresh: list[list[int]] = pairs[recent].tolist()
    kept += ((ids[a], ids[b], runs) for a, b, runs in _compare(store, fresh, numbers))
    links = duplicates.link(things, kept)
    done = Linked(step="copies", method=duplicates.METHOD, state=state)
    store.write_links(
        {"copy_links": links, "copy_groups": duplicates.groups(things, links), "linked": steps.marks(store, done)},
        emptied=("copy_links", "copy_groups", "linked"),
    )
    return int(top["n"]), sum(number > before for number in numbers)


def _things(store: Warehouse, runs: dict[str, int]) -> dict[str, Copyable]:
    """The articles of these ids, with the number of runs in their texts."""
    found: dict[str, Copyable] = {}
    for row in steps.rows(store, _FACTS):
        if row["id"] in runs:
            publisher = row["source"] and intern(row["source"])
            found[row["id"]] = Copyable(row["id"], publisher, row["url"], steps.known(row), runs[row["id"]])
    return found


def _kept(store: Warehouse, pairs: Numbers, ids: list[str]) -> list[tuple[str, str, int]]:
    """Pairs that were linked before and are still to be compared, with their runs."""
    place = {each: at for at, each in enumerate(ids)}
    keys = pairs[:, 0] * len(ids) + pairs[:, 1]
    result: list[tuple[str, str, int]] = []
    for each in store.links("copy_links"):
        a, b = sorted((place[each.first], place[each.second]))
        at = int(np.searchsorted(keys, a * len(ids) + b))
        if at < len(keys) and int(keys[at]) == a * len(ids) + b:
            result.append((ids[a], ids[b], each.runs))
    return result


def _sketch(store: Warehouse) -> None:
    """Sketches of the texts that have none yet, written a block at a time."""
    stale = store.rows("SELECT count(*) AS n FROM sketches WHERE method <> $method", {"method": duplicates.METHOD})
    if stale[0]["n"]:
        store.write_links({}, emptied=("sketches",))
    missing = [
        row["number"]
        for row in store.rows("SELECT number FROM articles WHERE number NOT IN (SELECT number FROM sketches)")
    ]
    missing.sort()
    for at in range(0, len(missing), steps.BLOCK):
        rows: list[Sketch] = []
        for number, article, text in _texts(store, missing[at : at + steps.BLOCK]):
            runs = duplicates.runs(text)
            hashes: list[int] = duplicates.sketch(runs).view(np.int64).tolist()
            rows.append(
                Sketch(number=number, article=article, method=duplicates.METHOD, runs=len(runs), hashes=tuple(hashes))
            )
        store.write_links({"sketches": rows})


def _texts(store: Warehouse, numbers: list[int]) -> Iterator[tuple[int, str, str]]:
    rows = store.rows(
        'SELECT number, id, "text" FROM articles WHERE number >= $first AND number <= $last '
        "AND number IN (SELECT unnest($numbers::BIGINT[])) ORDER BY number",
        {"first": numbers[0], "last": numbers[-1], "numbers": numbers},
    )
    for row in rows:
        yield row["number"], row["id"], row["text"]


def _compare(store: Warehouse, pairs: list[list[int]], numbers: list[int]) -> Iterator[tuple[int, int, int]]:
    """Pairs of indices with the runs their texts have in common; texts are read in blocks, the last kept."""
    kept: OrderedDict[int, Hashes] = OrderedDict()
    # Near numbers first: copies often come together, and lie together in the store.
    pairs = sorted(pairs, key=lambda pair: (min(numbers[pair[0]], numbers[pair[1]]), pair))
    for at in range(0, len(pairs), steps.BLOCK):
        block = pairs[at : at + steps.BLOCK]
        needed = sorted({numbers[each] for pair in block for each in pair})
        for number in needed:
            if number in kept:
                kept.move_to_end(number)
        absent = [number for number in needed if number not in kept]
        if absent:
            for number, _, text in _texts(store, absent):
                kept[number] = duplicates.runs(text)
        for a, b in block:
            yield a, b, duplicates.common(kept[numbers[a]], kept[numbers[b]])
        while len(kept) > _KEPT:
            kept.popitem(last=False)
