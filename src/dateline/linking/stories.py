"""Stories: reports of one happening, clustered over days.

A report is a vector of its words, weighted by how rare they are among all reports
(TF-IDF). Words alone join too little: two reports of a fire may share its place
and nothing else. So each vector is first spread over its nearest neighbours,
which lets "blaze" and "fire" meet in a third report; then clusters grow
from single reports, the two most alike first, by the average over all pairs
between them (UPGMA), until that average falls below what reports of their length
must share.

Only reports at most :data:`WINDOW` days apart are compared; a story goes on for
longer when its reports follow each other closely enough. The result follows from
the set of reports: their order plays no part, and equal values are settled by id.

Missed: reports in different languages, and a happening whose reports share no
words; what joins two happenings is mostly a list ("the week in brief").
"""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from dateline.ids import link_id
from dateline.linking.chronology import NEVER
from dateline.links import Story, StoryMember

METHOD = "stories/1"
"""Name and version of what is done here."""
WINDOW = 5
"""Days that two reports may lie apart to be compared."""
TERMS = 96
"""Words kept of a report: those that weigh most."""
AROUND_SHORT, AROUND_LONG = 12, 5
"""Neighbours over which the vector of a headline, and of a whole report, is spread."""
SPREAD_TERMS = 160
"""Words kept of a vector that has been spread."""
NEAR = 0.12
"""Least cosine of a neighbour to spread over, as a share of what reports of that length must have on average."""
EDGES = 150
"""Reports, the most alike first, that a report is compared with when clusters grow."""
SHORT, LONG = 12.0, 80.0
"""Words of a headline, and of a report with its body."""
LIKE_SHORT, LIKE_LONG = 0.08, 0.42
"""Average cosine that headlines, and that whole reports, of a story must have."""

_WORD = re.compile(r"[^\W_](?:[\w'’&.-]*[^\W_])?")
_STOP = frozenset(
    """a about after all also an and any are as at be because been before being between both but by can could did do
    does during each for from further had has have he her here him his how i if in into is it its just may me more most
    my new no nor not now of off on one only or other our out over own said same say says she should so some such than
    that the their them then there these they this those through to too two under until up very was we were what when
    where which while who whom why will with would you your mr mrs ms dr told year years day days week monday tuesday
    wednesday thursday friday saturday sunday""".split()
)
_ENDINGS = ("'s", "’s", "ings", "ing", "ed", "ly", "es", "s")

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Report:
    """What has to be known of an article to place it in a story."""

    id: str
    title: str
    publisher: str | None
    day: date | None
    terms: Mapping[str, int]
    """How often each word stands in it; see :func:`terms`."""
    known: datetime = NEVER
    """When it was there at the latest."""


def terms(title: str, text: str) -> dict[str, int]:
    """Words of a report with how often they stand in it, endings and the commonest words left out.

    The headline counts again where the text does not begin with it.
    """
    body = text if text.startswith(title) else f"{title}\n{text}"
    counts = Counter(stem(word) for word in _WORD.findall(body))
    for word in _STOP:
        counts.pop(word, None)
    return dict(counts)


def stem(word: str) -> str:
    """A word in small letters without its English ending."""
    low = word.lower()
    for ending in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) >= 4 and not low.endswith("ss"):
            return low[: -len(ending)]
    return low


# ---- vectors ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Vectors:
    """Sparse rows: where each begins, its terms (ascending) and their weights."""

    starts: Numbers
    columns: Numbers
    weights: Floats

    def row(self, at: int) -> tuple[Numbers, Floats]:
        chosen = slice(int(self.starts[at]), int(self.starts[at + 1]))
        return self.columns[chosen], self.weights[chosen]


def _stack(rows: Sequence[tuple[Numbers, Floats]]) -> _Vectors:
    lengths = [len(columns) for columns, _ in rows]
    return _Vectors(
        np.concatenate(([0], np.cumsum(lengths, dtype=np.int64))).astype(np.int64),
        np.concatenate([columns for columns, _ in rows]) if rows else np.empty(0, dtype=np.int64),
        np.concatenate([weights for _, weights in rows]) if rows else np.empty(0, dtype=np.float64),
    )


def _cut(columns: Numbers, weights: Floats, most: int) -> tuple[Numbers, Floats]:
    """The heaviest terms of a row, to length 1."""
    if len(columns) > most:
        chosen = np.sort(np.lexsort((columns, -weights))[:most])
        columns, weights = columns[chosen], weights[chosen]
    length = math.sqrt(float(weights @ weights))
    return columns, weights / length if length else weights


def _vectors(reports: Sequence[Report]) -> tuple[_Vectors, list[str]]:
    """TF-IDF vectors, and the words their columns stand for."""
    seen: Counter[str] = Counter()
    for report in reports:
        seen.update(report.terms.keys())
    words = sorted(seen)
    column = {word: at for at, word in enumerate(words)}
    total = len(reports)
    rarity: Floats = np.array([math.log((1 + total) / (1 + seen[word])) + 1 for word in words])
    rows: list[tuple[Numbers, Floats]] = []
    for report in reports:
        ordered: list[tuple[int, int]] = sorted((column[word], count) for word, count in report.terms.items())
        columns: Numbers = np.fromiter((at for at, _ in ordered), dtype=np.int64, count=len(ordered))
        counts: Floats = np.fromiter((count for _, count in ordered), dtype=np.float64, count=len(ordered))
        rows.append(_cut(columns, (1 + np.log(counts)) * rarity[columns], TERMS))
    return _stack(rows), words


class _Neighbours:
    """The reports most like each, among those near enough in time.

    Args:
        vectors: Rows in the order of :func:`_ordered`.
        days: Day of each row as a number; -1 where it has none, and these first.
        width: How many columns there are.
    """

    def __init__(self, vectors: _Vectors, days: Numbers, width: int) -> None:
        owners = np.repeat(np.arange(len(days), dtype=np.int64), np.diff(vectors.starts))
        order = np.argsort(vectors.columns, kind="stable")
        self._vectors = vectors
        self._days = days
        self._owners = owners[order]
        self._weights = vectors.weights[order]
        self._starts = np.searchsorted(vectors.columns[order], np.arange(width + 1))
        self._dateless = int(np.searchsorted(days, 0))

    def of(self, at: int, most: int) -> tuple[Numbers, Floats]:
        """The rows most like one, and how much, the most alike first; itself left out."""
        if at < self._dateless:
            low, high = 0, len(self._days)
        else:
            day = int(self._days[at])
            low = int(np.searchsorted(self._days, day - WINDOW))
            high = int(np.searchsorted(self._days, day + WINDOW, side="right"))
        extra = 0 if low == 0 else self._dateless
        like = np.zeros(extra + high - low)
        columns, weights = self._vectors.row(at)
        for column, weight in zip(columns.tolist(), weights.tolist(), strict=True):
            first, last = int(self._starts[column]), int(self._starts[column + 1])
            owners = self._owners[first:last]
            inside = slice(int(np.searchsorted(owners, low)), int(np.searchsorted(owners, high)))
            like[owners[inside] - low + extra] += weight * self._weights[first:last][inside]
            if extra:
                early = slice(0, int(np.searchsorted(owners, extra)))
                like[owners[early]] += weight * self._weights[first:last][early]
        rows = np.arange(low - extra, high) if not extra else np.concatenate((np.arange(extra), np.arange(low, high)))
        like[at if at < extra else at - low + extra] = 0.0
        like = np.round(like, 9)  # sums in another order must not settle what is equal
        some = np.flatnonzero(like > 0)
        chosen = some[np.lexsort((some, -like[some]))[:most]]
        return rows[chosen], like[chosen]


def _spread(vectors: _Vectors, near: _Neighbours, around: Sequence[int], least: Floats) -> _Vectors:
    """Each vector plus the mean of its neighbours', weighted by how much they are alike."""
    rows: list[tuple[Numbers, Floats]] = []
    for at in range(len(vectors.starts) - 1):
        others, like = near.of(at, around[at])
        others, like = others[like >= least[at]], like[like >= least[at]]
        columns, weights = vectors.row(at)
        if len(others):
            share = like / like.sum()
            parts = [vectors.row(other) for other in others.tolist()]
            every = np.concatenate((columns, *(part[0] for part in parts)))
            values = np.concatenate((weights, *(part[1] * each for part, each in zip(parts, share, strict=True))))
            columns, back = np.unique(every, return_inverse=True)
            weights = np.zeros(len(columns))
            np.add.at(weights, back, values)
        rows.append(_cut(columns, weights, SPREAD_TERMS))
    return _stack(rows)


# ---- clusters -----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Cluster:
    """Reports that have been joined."""

    members: list[int]
    floor: float
    """Sum of what each of them must share."""
    days: dict[int, int]
    """Reports by day."""
    near: dict[int, float] = field(default_factory=dict[int, float])
    """Sum of the likeness of all pairs with another cluster, by its number."""


def _comparable(one: _Cluster, other: _Cluster) -> int:
    """Pairs of reports of two clusters that lie near enough in time to be compared."""
    if len(one.days) > len(other.days):
        one, other = other, one
    if set(one.days) == set(other.days) == {-1}:
        return len(one.members) * len(other.members)
    total = 0
    for day, count in one.days.items():
        if day < 0:
            total += count * len(other.members)
            continue
        total += count * other.days.get(-1, 0)
        total += count * sum(other.days.get(each, 0) for each in range(day - WINDOW, day + WINDOW + 1))
    return total


def _score(one: _Cluster, other: _Cluster, total: float) -> float:
    """How far the average likeness of two clusters lies above what it must be."""
    floor = (one.floor / len(one.members) + other.floor / len(other.members)) / 2
    return round(total / max(1, _comparable(one, other)) - floor, 9)


def _grow(edges: Mapping[tuple[int, int], float], floors: Floats, days: Numbers) -> list[list[int]]:
    """Average-link clusters; a pair without an edge counts as not alike at all."""
    clusters = {at: _Cluster([at], float(floors[at]), {int(days[at]): 1}) for at in range(len(floors))}
    heap: list[tuple[float, int, int]] = []

    def offer(one: int, other: int) -> None:
        score = _score(clusters[one], clusters[other], clusters[one].near[other])
        if score > 0:
            heapq.heappush(heap, (-score, min(one, other), max(one, other)))

    for (one, other), like in edges.items():
        clusters[one].near[other] = clusters[other].near[one] = like
    for one, other in edges:
        offer(one, other)
    fresh = len(floors)
    while heap:
        _, one, other = heapq.heappop(heap)
        if one not in clusters or other not in clusters:
            continue
        left, right = clusters.pop(one), clusters.pop(other)
        days_of = Counter(left.days)
        days_of.update(right.days)
        joined = _Cluster(left.members + right.members, left.floor + right.floor, dict(days_of))
        clusters[fresh] = joined
        for part, gone, twin in ((left, one, other), (right, other, one)):
            for each, like in part.near.items():
                if each == twin:
                    continue
                clusters[each].near.pop(gone)
                joined.near[each] = clusters[each].near[fresh] = round(joined.near.get(each, 0.0) + like, 9)
        for each in joined.near:
            offer(fresh, each)
        fresh += 1
    return sorted(sorted(each.members) for each in clusters.values())


# ---- stories ------------------------------------------------------------------------------------


def _ordered(reports: Sequence[Report]) -> list[Report]:
    return sorted(reports, key=lambda each: (each.day is not None, each.day or date.min, each.id))


def cluster(reports: Sequence[Report]) -> list[list[Report]]:
    """The stories of a set of reports, those of one report included; the earliest known first in each."""
    return [members for members, _ in _cluster(reports)]


def _cluster(reports: Sequence[Report]) -> list[tuple[list[Report], list[tuple[int, float, list[str]]]]]:
    """Stories, and for each of their reports its nearest (place in the story), how much, and why."""
    ordered = _ordered(reports)
    if not ordered:
        return []
    days = np.array([-1 if each.day is None else each.day.toordinal() for each in ordered], dtype=np.int64)
    plain, words = _vectors(ordered)
    share = [_whole(sum(each.terms.values())) for each in ordered]
    around = [round(AROUND_SHORT + (AROUND_LONG - AROUND_SHORT) * each) for each in share]
    floors: Floats = np.array([LIKE_SHORT + (LIKE_LONG - LIKE_SHORT) * each for each in share])
    vectors = _spread(plain, _Neighbours(plain, days, len(words)), around, floors * NEAR)
    near = _Neighbours(vectors, days, len(words))
    edges: dict[tuple[int, int], float] = {}
    for at in range(len(ordered)):
        others, like = near.of(at, EDGES)
        for other, each in zip(others.tolist(), like.tolist(), strict=True):
            edges[min(at, other), max(at, other)] = each
    return [
        ([ordered[at] for at in members], _reasons(members, plain, words))
        for members in (
            sorted(each, key=lambda at: (ordered[at].known, days[at], ordered[at].id))
            for each in _grow(dict(sorted(edges.items())), floors, days)
        )
    ]


def _whole(length: int) -> float:
    """Where a report of so many words lies between a headline, 0, and one with its body, 1."""
    share = (math.log(max(length, 1)) - math.log(SHORT)) / (math.log(LONG) - math.log(SHORT))
    return min(1.0, max(0.0, share))


def _reasons(members: Sequence[int], vectors: _Vectors, words: Sequence[str]) -> list[tuple[int, float, list[str]]]:
    """For each report of a story: which it is most like (by its own words), how much, and in which words."""
    rows: list[dict[int, float]] = []
    for at in members:
        columns, weights = vectors.row(at)
        rows.append(dict(zip(columns.tolist(), weights.tolist(), strict=True)))
    posted: dict[int, list[tuple[int, float]]] = {}
    for at, row in enumerate(rows):
        for column, weight in row.items():
            posted.setdefault(column, []).append((at, weight))
    result: list[tuple[int, float, list[str]]] = []
    for at, row in enumerate(rows):
        like: dict[int, float] = {}
        for column, weight in row.items():
            for other, theirs in posted[column]:
                if other != at:
                    like[other] = like.get(other, 0.0) + weight * theirs
        if not like:
            result.append((0 if at or len(members) == 1 else 1, 0.0, []))
            continue
        best = min(like, key=lambda each: (-round(like[each], 9), each))
        shared: list[tuple[float, str]] = sorted(
            (-row[column] * rows[best][column], words[column]) for column in row if column in rows[best]
        )
        result.append((best, like[best], [word for _, word in shared[:6]]))
    return result


def stories(reports: Sequence[Report], voices: Mapping[str, str]) -> tuple[list[Story], list[StoryMember]]:
    """Stories of at least two reports, and why each report is in its own.

    Args:
        reports: All of them, in any order.
        voices: Who stands for whom among copies: see :func:`dateline.linking.duplicates.voices`.
    """
    made: list[Story] = []
    members: list[StoryMember] = []
    for group, reasons in _cluster(reports):
        if len(group) < 2:
            continue
        name = link_id("story", group[0].id)  # a story keeps it while no earlier report is found
        common: Counter[str] = Counter(word for _, _, every in reasons for word in every)
        central = Counter(nearest for nearest, _, _ in reasons)
        title = group[min(range(len(group)), key=lambda at: (-central[at], -reasons[at][1], group[at].id))].title
        known = [each.day for each in group if each.day is not None]
        made.append(
            Story(
                id=name,
                title=title,
                articles=tuple(each.id for each in group),
                publishers=tuple(dict.fromkeys(each.publisher for each in group if each.publisher)),
                independent=len({voices.get(each.id, each.id) for each in group}),
                first_day=min(known, default=None),
                last_day=max(known, default=None),
                words=tuple(word for word, _ in sorted(common.items(), key=lambda each: (-each[1], each[0]))[:8]),
            )
        )
        members += (
            StoryMember(
                id=link_id("story", name, each.id),
                story=name,
                article=each.id,
                nearest=group[nearest].id,
                alike=round(like, 4),
                words=tuple(every),
            )
            for each, (nearest, like, every) in zip(group, reasons, strict=True)
        )
    return sorted(made, key=lambda each: each.id), sorted(members, key=lambda each: each.id)
