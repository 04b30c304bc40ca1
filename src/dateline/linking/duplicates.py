"""Copies: reports that share their words, whoever publishes them.

A text is taken as its runs of three words, each hashed to 64 bits. A sketch
keeps the runs whose hash is small (a scaled MinHash, as Irber et al. 2022 and
sourmash have it), and at least :data:`SKETCH_LEAST` of them, so that a text of a
hundred words is found inside one of a thousand, which a MinHash of fixed size
cannot do. Texts whose sketches share hashes are compared run by run.

Which texts are compared follows from the set of texts, not from the order in
which they came: texts that share a run are put in the order of their ids, and
each is compared with the next few. More texts add pairs of their own and may
take some away between others, but never add a pair of old ones; so what was
found once need not be looked for again.

Missed: a copy translated, or rewritten so that fewer than one run in six is
shared, and a passage of fewer than :data:`LEAST_RUNS` runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from dateline.ids import link_id
from dateline.linking.chronology import known
from dateline.links import CopyGroup, CopyKind, CopyLink
from dateline.records import Article

METHOD = "copies/1"
"""Name and version of what is done here."""
SKETCH_SHARE = 16
"""One run in so many is kept in the sketch."""
SKETCH_LEAST = 32
"""Runs kept at least, of a text that has as many."""
NEIGHBOURS = 8
"""A text is compared with so many others, on either side, of those that share a run with it."""
CANDIDATE = 2
"""Hashes that two sketches must share for their texts to be compared."""
LEAST_RUNS = 15
"""Runs that two texts must share to be linked, unless almost all of both are the same."""
ALIKE = 0.18
"""Copies: common runs, as a share of the runs of both texts together."""
SHARED = 0.5
"""Copies: common runs, as a share of the shorter text's runs."""
WHOLE = 0.75
"""Share of its runs that must stand in the longer text for the shorter to be a part of it."""
OWN = 0.67
"""A text has more of its own where the part in it has at most this share of its runs."""
LEANS = 0.5
"""A report that holds another is no voice of its own from this share of runs in common."""
_PIECE = 1 << 19
"""Hashes sorted at once, about."""
_SOME = 64
"""One hash in so many is looked at to cut them into pieces."""

_WORD = re.compile(r"[^\W_]+")

Hashes = NDArray[np.uint64]
Numbers = NDArray[np.int64]
T = TypeVar("T", int, str)


@dataclass(frozen=True, slots=True)
class Copyable:
    """What has to be known of an article to link it, beside its text."""

    id: str
    publisher: str | None
    url: str | None
    known: datetime
    """When it was there at the latest."""
    runs: int
    """Different runs in its text."""


def copyable(article: Article, runs: int) -> Copyable:
    """What of an article is needed here."""
    return Copyable(article.id, article.source, article.url, known(article), runs)


# ---- sketches -----------------------------------------------------------------------------------


def runs(text: str) -> Hashes:
    """Hashes of the different runs of three words of a text, ascending.

    Words are letters and digits, whatever their case; a text of fewer than three has none.
    """
    words = _WORD.findall(text.lower())
    if len(words) < 3:
        return np.empty(0, dtype=np.uint64)
    codes = np.fromiter(
        map(crc32, " ".join(words).encode("utf-8", "surrogatepass").split(b" ")), dtype=np.uint64, count=len(words)
    )
    # A weighted sum, then the finaliser of SplitMix64 (Steele et al. 2014): every bit depends on all three words.
    mixed = (
        codes[:-2] * np.uint64(0x9E3779B97F4A7C15)
        + codes[1:-1] * np.uint64(0xC2B2AE3D27D4EB4F)
        + codes[2:] * np.uint64(0x165667B19E3779F9)
    )
    mixed ^= mixed >> np.uint64(30)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return np.unique(mixed)


def sketch(found: Hashes) -> Hashes:
    """The runs with the smallest hashes: one in :data:`SKETCH_SHARE`, at least :data:`SKETCH_LEAST`."""
    limit = np.uint64((1 << 64) // SKETCH_SHARE)
    return found[: max(SKETCH_LEAST, int(np.searchsorted(found, limit)))]


# ---- which to compare ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sketches:
    """The sketches of some texts."""

    places: Numbers
    """Each text's place in the order of all ids."""
    lengths: Numbers
    """Hashes in its sketch."""
    hashes: Hashes
    """The sketches one after the other."""


def candidates(blocks: Sequence[Sketches], count: int) -> Numbers:
    """Pairs of texts to compare.

    Beside the sketches themselves, memory is taken for :data:`_PIECE` hashes and for the pairs that share one.

    Args:
        blocks: The sketches of all texts, in any order.
        count: How many texts there are.

    Returns:
        Rows of two places of texts, the lower first, in order.
    """
    keys: list[Numbers] = []
    bounds = _bounds(blocks)
    for low, high in zip(bounds, [*bounds[1:], None], strict=True):
        part, texts = _piece(blocks, low, high)
        if len(part) < 2:
            continue
        # Most hashes stand in one text alone: only the others are put in the order of their texts.
        order = np.argsort(part)
        part = part[order]
        again = part[1:] == part[:-1]
        held = np.append(again, False) | np.append(False, again)
        part, texts = part[held], texts[order[held]]
        order = np.lexsort((texts, part))
        part, texts = part[order], texts[order]
        for step in range(1, NEIGHBOURS + 1):
            same = np.flatnonzero(part[:-step] == part[step:])
            if not len(same):
                break
            keys.append(texts[same] * count + texts[same + step])
    found = np.concatenate(keys) if keys else np.empty(0, dtype=np.int64)
    del keys
    found.sort()
    firsts = np.flatnonzero(np.append(True, found[1:] != found[:-1])) if len(found) else found
    pairs = found[firsts[np.diff(np.append(firsts, len(found))) >= CANDIDATE]]
    return np.stack((pairs // count, pairs % count), axis=1) if count else np.empty((0, 2), dtype=np.int64)


def _bounds(blocks: Sequence[Sketches]) -> list[np.uint64]:
    """The least hash of each piece, so that all have about as many."""
    pieces = -(-sum(len(each.hashes) for each in blocks) // _PIECE)
    if pieces < 2:
        return [np.uint64(0)]
    some = np.sort(np.concatenate([each.hashes[::_SOME] for each in blocks]))
    edges = np.unique(some[np.arange(1, pieces) * len(some) // pieces])
    return [np.uint64(0), *edges]


def _piece(blocks: Sequence[Sketches], low: np.uint64, high: np.uint64 | None) -> tuple[Hashes, Numbers]:
    """The hashes from one bound to the next, and the texts whose they are."""
    parts: list[Hashes] = []
    texts: list[Numbers] = []
    for each in blocks:
        chosen = each.hashes >= low
        if high is not None:
            chosen &= each.hashes < high
        at = np.flatnonzero(chosen)
        parts.append(each.hashes[at])
        texts.append(each.places[np.searchsorted(np.cumsum(each.lengths), at, side="right")])
    if not parts:
        return np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int64)
    return np.concatenate(parts), np.concatenate(texts)


def common(one: Hashes, other: Hashes) -> int:
    """Runs that two texts have in common."""
    return len(np.intersect1d(one, other, assume_unique=True))


# ---- what they are to each other ----------------------------------------------------------------


def judge(one: Copyable, other: Copyable, shared: int) -> CopyLink | None:
    """The link between two articles with so many runs in common; none where they are no copies."""
    shorter, longer = sorted((one, other), key=lambda each: (each.runs, each.id))
    if not shorter.runs:
        return None
    inside = shared / shorter.runs
    alike = shared / (shorter.runs + longer.runs - shared)
    if shared < LEAST_RUNS and alike < 0.8:
        return None
    if alike < ALIKE and inside < SHARED:
        return None
    early, late = sorted((one, other), key=lambda each: (each.known, each.id))
    kind: CopyKind = "copy"
    first, second = early, late
    if (one.publisher and one.publisher == other.publisher) or (one.url and one.url == other.url):
        kind = "version"
    elif inside >= WHOLE and shorter.runs <= OWN * longer.runs and shorter.known <= longer.known:
        # Cut from the longer, a short text is a copy; taken up into the longer, it is a part of it.
        kind, first, second = "part", shorter, longer
    return CopyLink(
        id=link_id("copy", *sorted((one.id, other.id))),
        first=first.id,
        second=second.id,
        kind=kind,
        runs=shared,
        shared=round(inside, 4),
        alike=round(alike, 4),
    )


def group(members: Iterable[Copyable]) -> CopyGroup:
    """The group of articles that copies and versions join, directly or through others."""
    ordered = sorted(members, key=lambda each: (each.known, each.id))
    return CopyGroup(
        id=link_id("group", ordered[0].id),
        articles=tuple(each.id for each in ordered),
        publishers=tuple(dict.fromkeys(each.publisher for each in ordered if each.publisher)),
    )


def voices(links: Iterable[CopyLink]) -> dict[str, str]:
    """For each article that is not its own voice alone, the one that stands for all with the same voice.

    Copies and versions are one voice; so is a report that has another's words for half of its own.
    Articles that are not in the answer are independent of all others.
    """
    return spoken((each.first, each.second) for each in links if each.kind != "part" or each.alike >= LEANS)


def spoken(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The same from the pairs that are one voice."""
    joined = components(pairs)
    return {member: min(members) for members in joined for member in members}


def components(pairs: Iterable[tuple[T, T]]) -> list[list[T]]:
    """The sets that pairs of ids, or of numbers, join: each sorted, ordered by their first member."""
    above: dict[T, T] = {}

    def top(each: T) -> T:
        while above.setdefault(each, each) != each:
            above[each] = each = above[above[each]]
        return each

    for one, other in pairs:
        low, high = sorted((top(one), top(other)))
        above[high] = low
    result: dict[T, list[T]] = {}
    for each in sorted(above):
        result.setdefault(top(each), []).append(each)
    return sorted(result.values())


# ---- all at once --------------------------------------------------------------------------------


def pairs(texts: Sequence[str]) -> list[tuple[int, int, int]]:
    """Pairs of texts that share runs, with how many; the texts in the order of their ids, all in memory."""
    every = [runs(text) for text in texts]
    sketches = [sketch(each) for each in every]
    lengths = np.array([len(each) for each in sketches], dtype=np.int64)
    hashes = np.concatenate(sketches) if sketches else np.empty(0, dtype=np.uint64)
    block = Sketches(np.arange(len(texts), dtype=np.int64), lengths, hashes)
    found: list[list[int]] = candidates([block], len(texts)).tolist()
    return [(a, b, common(every[a], every[b])) for a, b in found]
