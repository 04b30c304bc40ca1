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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
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
_PIECE = 1 << 22
"""Hashes sorted at once."""

_WORD = re.compile(r"[^\W_]+")

Hashes = NDArray[np.uint64]
Numbers = NDArray[np.int64]


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


def candidates(hashes: NDArray[Any], lengths: Numbers) -> Numbers:
    """Pairs of texts to compare.

    Args:
        hashes: The sketches of all texts, one after the other, the texts in the order of their ids.
        lengths: Length of each text's sketch.

    Returns:
        Rows of two indices of texts, the lower first, in order.
    """
    count = len(lengths)
    owners = np.repeat(np.arange(count, dtype=np.int64), lengths)
    values = hashes.view(np.uint64)
    keys: list[Numbers] = []
    pieces = max(1, -(-len(values) // _PIECE))
    # Sketches hold small hashes: the pieces are of equal width of the lower sixteenth, the last holds the rest.
    width = (1 << 64) // SKETCH_SHARE // pieces
    bounds = [np.uint64(at * width) for at in range(pieces)]
    for at, low in enumerate(bounds):
        chosen = values >= low
        if at + 1 < pieces:
            chosen &= values < bounds[at + 1]
        part, texts = values[chosen], owners[chosen]
        order = np.argsort(part, kind="stable")
        part, texts = part[order], texts[order]
        for step in range(1, NEIGHBOURS + 1):
            same = np.flatnonzero(part[:-step] == part[step:])
            if not len(same):
                break
            keys.append(texts[same] * count + texts[same + step])
    if not keys:
        return np.empty((0, 2), dtype=np.int64)
    pairs, times = np.unique(np.concatenate(keys), return_counts=True)
    pairs = pairs[times >= CANDIDATE]
    return np.stack((pairs // count, pairs % count), axis=1)


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


def link(articles: Mapping[str, Copyable], shared: Iterable[tuple[str, str, int]]) -> list[CopyLink]:
    """Links of the pairs with their common runs, ordered by id."""
    found = (judge(articles[one], articles[other], runs) for one, other, runs in shared)
    return sorted((each for each in found if each is not None), key=lambda each: each.id)


def groups(articles: Mapping[str, Copyable], links: Iterable[CopyLink]) -> list[CopyGroup]:
    """Articles that copies and versions join, directly or through others; a part joins nothing."""
    joined = components((each.first, each.second) for each in links if each.kind != "part")
    result: list[CopyGroup] = []
    for members in joined:
        ordered = sorted(members, key=lambda each: (articles[each].known, each))
        publishers = dict.fromkeys(name for each in ordered if (name := articles[each].publisher))
        result.append(CopyGroup(id=link_id("group", ordered[0]), articles=tuple(ordered), publishers=tuple(publishers)))
    return sorted(result, key=lambda each: each.id)


def voices(links: Iterable[CopyLink]) -> dict[str, str]:
    """For each article that is not its own voice alone, the one that stands for all with the same voice.

    Copies and versions are one voice; so is a report that has another's words for half of its own.
    Articles that are not in the answer are independent of all others.
    """
    joined = components((each.first, each.second) for each in links if each.kind != "part" or each.alike >= LEANS)
    return {member: min(members) for members in joined for member in members}


def components(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The sets that pairs join, each sorted, ordered by their first member."""
    above: dict[str, str] = {}

    def top(each: str) -> str:
        while above.setdefault(each, each) != each:
            above[each] = each = above[above[each]]
        return each

    for one, other in pairs:
        low, high = sorted((top(one), top(other)))
        above[high] = low
    result: dict[str, list[str]] = {}
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
    found: list[list[int]] = candidates(hashes, lengths).tolist()
    return [(a, b, common(every[a], every[b])) for a, b in found]
