"""Stories: reports of one happening, clustered over days.

A report is a vector of its words, weighted by how rare they are among the reports
of its days (TF-IDF); the words that its address adds count too. Words alone join
too little: two reports of a fire may share its place and nothing else. So each
vector is first spread over its nearest neighbours, which lets "blaze" and "fire"
meet in a third report.

The reports of one day are clustered first: clusters grow from single reports, the
two most alike first, by the average over all pairs between them (UPGMA), until
that average falls below what reports of their length must share. Each cluster
then follows the one most like it of the :data:`SOON` days before, if it is alike
enough; what hangs together so is a story, which may go on for weeks.

How much alike is enough depends on whom and what they name (:func:`marks`): people and
bodies, places smaller than a country, exact counts. Reports of later days tell other things
in other words, but still of the same people at the same place. A mark counts for one
where no more than one cluster of a day has it, and for less the more have it. Clusters with
two marks or more in common may lie up to :data:`WINDOW` days apart.

So the clusters of a day follow from the reports of :data:`REACH` days around it, and
what they follow from no more than :data:`WINDOW` days before: a new report changes
nothing farther away, and stories follow from the set of reports alone. Their order
plays no part, and equal values are settled by id.

Missed: reports in different languages; a happening whose reports share no words;
a report without a day, which is compared only with others without one. What joins
two happenings is mostly a list ("the week in brief").
"""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import unquote, urlsplit

import numpy as np
from numpy.typing import NDArray

from dateline.ids import link_id
from dateline.linking.chronology import NEVER, known
from dateline.linking.duplicates import components
from dateline.links import Story, StoryMember
from dateline.records import Record

METHOD = "stories/3"
"""Name and version of what is done here."""
SOON = 5
"""Days that a cluster may lie behind the one it follows for its words."""
WINDOW = 14
"""Days that it may lie behind for the marks that both have."""
REACH = 2
"""Days around a day whose reports say how rare a word is, and lend their vectors."""
TERMS = 96
"""Words kept of a report: those that weigh most."""
AROUND_SHORT, AROUND_LONG = 40, 5
"""Neighbours over which the vector of a headline, and of a whole report, is spread."""
LENT_SHORT, LENT_LONG = 1.5, 1.0
"""Weight of what the neighbours lend, beside the vector of a headline, and of a whole report."""
SPREAD_TERMS = 160
"""Words kept of a vector that has been spread."""
FEW = 1.0
"""Neighbours lend all that only where their cosines add up to so much, in what reports of that length must share: a
report with a single faint neighbour does not become like it."""
NEAR = 0.12
"""Least cosine of a neighbour to spread over, as a share of what reports of that length must have on average."""
FAINT = 0.2
"""Cosines below this share of what they must be on average count as none when clusters grow."""
EDGES = 150
"""Reports, the most alike first, that a report is compared with when clusters grow."""
SHORT, LONG = 12.0, 40.0
"""Words of a headline, and of a report with its body."""
LIKE_SHORT, LIKE_LONG = 0.12, 0.42
"""Average cosine that headlines, and that whole reports, of a cluster must have."""
FOLLOWS = 1.6
"""Average cosine that a cluster must have with the one it follows, in that of the reports of a cluster; where one of
them has no marks."""
STRANGE = 1.7
"""The same where both have marks, but none in common."""
KIN = 0.35
"""What each mark in common takes off that; at most :data:`KIN_MOST` of them count."""
KIN_MOST = 2.0
LATE_KIN = 1.5
"""Marks in common from which clusters may lie more than :data:`SOON` days apart."""
LEAST = 10
"""Counts below it are the same by chance."""
NAMED = 0.1
"""What a mark in common counts beside the cosine of two reports, where those are chosen through which days are tied."""
SHOWN = 6
"""Words shown at most of what a report shares with the one it is joined to."""
SHOWN_STORY = 8
"""The same of what the reports of a story share."""
SHOWN_MARKS = 3
"""Names and counts among them, which come first."""

_WORD = re.compile(r"[^\W_](?:[\w'’&.-]*[^\W_])?")
_SLUG = re.compile(r"[^\W\d_]+")
_STOP = frozenset(
    """a about after all also an and any are as at be because been before being between both but by can could did do
    does during each for from further had has have he her here him his how i if in into is it its just may me more most
    my new no nor not now of off on one only or other our out over own said same say says she should so some such than
    that the their them then there these they this those through to too two under until up very was we were what when
    where which while who whom why will with would you your mr mrs ms dr told year years day days week monday tuesday
    wednesday thursday friday saturday sunday""".split()
)
_KINDS = {"who": 1, "where": 0, "count": 2}
"""The order in which marks are shown."""
_ENDINGS = ("'s", "’s", "ings", "ing", "ed", "ly", "es", "s")

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]


# ---- reports ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Report:
    """What has to be known of an article to place it in a story; see :func:`report`."""

    id: str
    title: str
    publisher: str | None
    day: date | None
    terms: Mapping[str, int]
    """How often each word stands in it; see :func:`terms`."""
    known: datetime = NEVER
    """When it was there at the latest."""
    forms: Mapping[str, str] = field(default_factory=dict[str, str])
    """Each of these words as it is mostly written there."""
    length: int = 0
    """Words in it, the commonest left out."""
    marks: Mapping[str, str] = field(default_factory=dict[str, str])
    """Whom and what it names; see :func:`marks`."""


def of(record: Record) -> Report:
    """A report from what was read in an article."""
    article = record.article
    return report(
        article.id,
        title=article.title or "",
        text=article.text,
        url=article.url,
        publisher=article.source,
        day=article.day(),
        known=known(article),
        named=marks(record),
    )


def marks(record: Record) -> dict[str, str]:
    """What sets a happening apart, of what was read in an article.

    Named people and bodies; places smaller than a country, but not the one of the dateline, where a reporter has a
    desk; exact counts of ten and more, with what is counted. Each as it is told apart, ``who``, ``where`` or ``count``
    before it, and as the article or the gazetteer writes it.
    """
    found: dict[str, str] = {}
    for actor in record.actors:
        words = actor.name.split()
        capital = sum(each[:1].isupper() for each in words)
        named = len(words) == capital >= 2 if actor.kind == "person" else capital and capital >= min(2, len(words))
        if named and actor.kind not in ("state", "document", "unnamed group"):
            found[f"who {actor.name.lower()}"] = actor.name
    article = record.article
    line = article.dateline_span
    desks = {each.geoname or each.name for each in record.places if line and line.holds(each.mention)}
    for place in record.places:
        wide = place.geoname is not None and place.kind in ("country", "demonym", "region")
        if not wide and (place.geoname or place.name) not in desks:
            found[f"where {place.geoname or place.name.lower()}"] = place.name
    for figure in record.figures:
        if figure.bound == "exact" and figure.low is not None and figure.low == figure.high and figure.low >= LEAST:
            what = figure.outcome or figure.head or figure.unit
            words = f"{figure.low:,.10g} {figure.outcome}"
            if figure.outcome is None:
                spans = (figure.provenance.evidence[0], *([figure.counted] if figure.counted else []))
                words = " ".join(
                    article.text[each.start : each.end]
                    for each in spans
                    if each == spans[0] or not spans[0].holds(each)
                )
            found[f"count {what} {figure.low:g}"] = " ".join(words.split())
    return found


def report(
    id: str,  # noqa: A002 - the name of the field
    *,
    title: str,
    text: str,
    url: str | None = None,
    publisher: str | None = None,
    day: date | None = None,
    known: datetime = NEVER,
    named: Mapping[str, str] | None = None,
) -> Report:
    """A report from an article's words, and its marks where they are known."""
    counts, forms, length = _read(title, text, url)
    return Report(id, title, publisher, day, counts, known, forms, length, named or {})


def terms(title: str, text: str, url: str | None = None) -> dict[str, int]:
    """Words of a report with how often they stand in it, endings and the commonest words left out.

    The headline counts again where the text does not begin with it; so do the words of the address that name
    the report ("/2025/05/03/market-fire-in-lindal.html").
    """
    return _read(title, text, url)[0]


def _read(title: str, text: str, url: str | None) -> tuple[dict[str, int], dict[str, str], int]:
    """Counts of terms, their usual forms, and the number of words without those of the address."""
    body = text if text.startswith(title) else f"{title}\n{text}"
    written: dict[str, dict[str, int]] = {}
    for form, times in Counter(_WORD.findall(body)).items():
        if (word := stem(form)) not in _STOP:
            written.setdefault(word, {})[form] = times
    counts = {word: sum(every.values()) for word, every in written.items()}
    length = sum(counts.values())
    for form in named(url):
        if (word := stem(form)) not in _STOP:
            counts[word] = counts.get(word, 0) + 1
            written.setdefault(word, {form: 1})
    forms = {word: usual(every) if len(every) > 1 else next(iter(every)) for word, every in written.items()}
    return counts, forms, length


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A word in small letters without its English ending."""
    low = word.lower()
    for ending in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) >= 4 and not low.endswith("ss"):
            return low[: -len(ending)]
    return low


def usual(forms: Mapping[str, int]) -> str:
    """The form a word is mostly written in; of equals the one in small letters, then the shortest."""
    return min(forms, key=lambda each: (-forms[each], not each.islower(), len(each), each))


def named(url: str | None) -> list[str]:
    """Words of an address that name the report: those of the part of its path that has most, each once."""
    if not url:
        return []
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:  # no address at all
        return []
    best: list[str] = []
    for part in path.split("/"):
        stop = part.rfind(".")
        words = [word for word in _SLUG.findall(part if stop < 0 else part[:stop]) if 3 <= len(word) <= 14]
        if len(words) > max(1, len(best)):
            best = words
    return list(dict.fromkeys(word.lower() for word in best))


# ---- vectors ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
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
    length = math.sqrt(float((weights * weights).sum()))
    return columns, weights / length if length else weights


def _sum(rows: Sequence[tuple[Numbers, Floats]]) -> tuple[Numbers, Floats]:
    """Rows added up."""
    columns, back = np.unique(np.concatenate([each for each, _ in rows]), return_inverse=True)
    weights = np.bincount(back, np.concatenate([each for _, each in rows]), minlength=len(columns))
    return columns, weights.astype(np.float64, copy=False)


@lru_cache(maxsize=1 << 18)
def _column(word: str) -> int:
    """Number of a term: the same in every set of reports, so that sums are made in the same order."""
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)


@dataclass(frozen=True, slots=True)
class _Read:
    """A report with its terms as numbers."""

    report: Report
    columns: Numbers
    counts: Floats
    whole: float
    """Where it lies between a headline, 0, and a report with its body, 1."""

    @staticmethod
    def of(each: Report) -> _Read:
        columns = np.fromiter(map(_column, each.terms), dtype=np.int64, count=len(each.terms))
        counts = np.fromiter(each.terms.values(), dtype=np.float64, count=len(each.terms))
        order = np.argsort(columns)
        length = each.length or sum(each.terms.values())
        share = (math.log(max(length, 1)) - math.log(SHORT)) / (math.log(LONG) - math.log(SHORT))
        return _Read(each, columns[order], 1 + np.log(counts[order]), min(1.0, max(0.0, share)))

    def between(self, short: float, long: float) -> float:
        return short + (long - short) * self.whole


def _vectors(reads: Sequence[_Read]) -> _Vectors:
    """TF-IDF vectors of reports."""
    seen, times = np.unique(np.concatenate([each.columns for each in reads]), return_counts=True)
    rarity = np.log((1 + len(reads)) / (1 + times)) + 1
    return _stack(
        [_cut(each.columns, each.counts * rarity[np.searchsorted(seen, each.columns)], TERMS) for each in reads]
    )


class _Index:
    """How much rows are like another: an inverted index."""

    def __init__(self, vectors: _Vectors) -> None:
        self._count = len(vectors.starts) - 1
        order = np.argsort(vectors.columns, kind="stable")
        self._owners = np.repeat(np.arange(self._count, dtype=np.int64), np.diff(vectors.starts))[order]
        self._weights = vectors.weights[order]
        self._columns, self._starts, self._lengths = np.unique(
            vectors.columns[order], return_index=True, return_counts=True
        )

    def like(self, columns: Numbers, weights: Floats) -> Floats:
        """Cosine of every row with one."""
        if not len(self._columns):
            return np.zeros(self._count)
        at = np.minimum(np.searchsorted(self._columns, columns), len(self._columns) - 1)
        known = self._columns[at] == columns
        at, weights = at[known], weights[known]
        lengths = self._lengths[at]
        ends = np.cumsum(lengths)
        picked = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(self._starts[at] - ends + lengths, lengths)
        found = np.bincount(
            self._owners[picked], self._weights[picked] * np.repeat(weights, lengths), minlength=self._count
        )
        return np.round(found.astype(np.float64, copy=False), 9)  # sums in another order must not settle what is equal


def _most(like: Floats, most: int) -> Numbers:
    """The places of the highest values above 0, the highest first, equals in their order."""
    some = np.flatnonzero(like > 0)
    if len(some) > most:
        least = np.partition(like[some], -most)[-most]
        some = some[like[some] >= least]
    return some[np.lexsort((some, -like[some]))[:most]]


# ---- the clusters of a day ------------------------------------------------------------------------


@dataclass(slots=True)
class _Cluster:
    """Reports that have been joined."""

    members: list[int]
    floor: float
    """Sum of what each of them must share."""
    near: dict[int, float] = field(default_factory=dict[int, float])
    """Sum of the likeness of all pairs with another cluster, by its number."""


def _score(one: _Cluster, other: _Cluster, total: float) -> float:
    """How far the average likeness of two clusters lies above what it must be."""
    floor = (one.floor / len(one.members) + other.floor / len(other.members)) / 2
    return round(total / (len(one.members) * len(other.members)) - floor, 9)


def _grow(edges: Mapping[tuple[int, int], float], floors: Floats) -> list[list[int]]:
    """Average-link clusters; a pair without an edge counts as not alike at all."""
    clusters = {at: _Cluster([at], float(floors[at])) for at in range(len(floors))}
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
        joined = _Cluster(left.members + right.members, left.floor + right.floor)
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


@dataclass(frozen=True, slots=True)
class _Day:
    """The clusters of a day."""

    reads: list[_Read]
    """Its reports, ordered by id."""
    plain: _Vectors
    clusters: list[list[int]]
    floors: list[float]
    """What a cluster's reports must share on average."""
    middles: list[tuple[Numbers, Floats]]
    """Mean vector of each cluster."""
    marks: list[frozenset[str]]
    """Marks of its reports."""


def _day(reads: list[_Read], around: Sequence[_Read]) -> _Day:
    """The clusters of a day.

    Args:
        reads: Its reports, ordered by id.
        around: Those of the days around it, ordered by day and id.
    """
    every = [*reads, *around]
    vectors = _vectors(every)
    index = _Index(vectors)
    floors = np.array([each.between(LIKE_SHORT, LIKE_LONG) for each in reads])
    rows: list[tuple[Numbers, Floats]] = []
    for at, read in enumerate(reads):
        columns, weights = vectors.row(at)
        like = index.like(columns, weights)
        like[at] = 0.0
        like[like < floors[at] * NEAR] = 0.0
        near = _most(like, round(read.between(AROUND_SHORT, AROUND_LONG)))
        if len(near):
            lent = like[near] * (read.between(LENT_SHORT, LENT_LONG) / max(float(like[near].sum()), FEW * floors[at]))
            parts = [
                (vectors.row(other)[0], vectors.row(other)[1] * each) for other, each in zip(near, lent, strict=True)
            ]
            columns, weights = _sum([(columns, weights), *parts])
        rows.append(_cut(columns, weights, SPREAD_TERMS))
    spread = _stack(rows)
    index = _Index(spread)
    edges: dict[tuple[int, int], float] = {}
    for at in range(len(reads)):
        like = index.like(*spread.row(at))
        like[at] = 0.0
        like[like < floors[at] * FAINT] = 0.0
        near = _most(like, EDGES)
        for other, each in zip(near.tolist(), like[near].tolist(), strict=True):
            edges[min(at, other), max(at, other)] = each
    clusters = _grow(dict(sorted(edges.items())), floors)
    middles: list[tuple[Numbers, Floats]] = []
    for members in clusters:
        columns, weights = _sum([rows[at] for at in members])
        middles.append((columns, weights / len(members)))
    return _Day(
        reads,
        _stack([vectors.row(at) for at in range(len(reads))]),
        clusters,
        [float(floors[members].mean()) for members in clusters],
        middles,
        [frozenset[str]().union(*(reads[at].report.marks for at in members)) for members in clusters],
    )


# ---- how they hang together -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tie:
    """Why a report is in the story of another, of the same day or earlier."""

    article: str
    nearest: str
    alike: float
    """Cosine of the words of both, 0 to 1."""
    words: tuple[str, ...]
    """Names and counts that both have, then the words that weigh most, as the report writes them."""


def ties(
    days: Collection[date | None],
    load: Callable[[date | None], Iterable[Report]],
    wanted: Collection[date | None] | None = None,
) -> Iterator[tuple[date | None, list[Tie]]]:
    """The ties of the reports of each day; only a few days are in memory at a time.

    Args:
        days: All days that have reports, none standing for reports without a day.
        load: Gives the reports of a day.
        wanted: Days whose ties are asked for; all where none are given.
    """
    asked = set(days if wanted is None else wanted) & set(days)
    if None in asked:
        yield None, _ties(_day(_ordered(load(None)), ()), ())
    dated = sorted(each for each in days if each is not None)
    goals = sorted(each for each in asked if each is not None)
    numbers = np.array([each.toordinal() for each in goals], dtype=np.int64)
    reads: dict[date, list[_Read]] = {}
    before: deque[tuple[date, _Day]] = deque()
    for day in dated:
        # A day's clusters are needed for its own ties, and for those of the days that may follow it.
        at = int(np.searchsorted(numbers, day.toordinal()))
        if at == len(goals) or goals[at].toordinal() - day.toordinal() > WINDOW:
            continue
        context = [each for each in dated if abs((each - day).days) <= REACH]
        for gone in [each for each in reads if each < context[0]]:
            del reads[gone]
        for each in context:
            if each not in reads:
                reads[each] = _ordered(load(each))
        own = _day(reads[day], [read for each in context if each != day for read in reads[each]])
        while before and (day - before[0][0]).days > WINDOW:
            before.popleft()
        if day in asked:
            yield day, _ties(own, [((day - each).days, there) for each, there in before])
        # Of the reports themselves nothing but their ids is needed any more.
        bare = [replace(each, report=replace(each.report, terms={}, forms={})) for each in own.reads]
        before.append((day, replace(own, reads=bare)))


def _ordered(reports: Iterable[Report]) -> list[_Read]:
    return [_Read.of(each) for each in sorted(reports, key=lambda each: each.id)]


def _ties(day: _Day, before: Sequence[tuple[int, _Day]]) -> list[Tie]:
    """The ties of the reports of a day to each other and to those of the days before, so many days ago."""
    earlier = [(each, at) for _, each in before for at in range(len(each.clusters))]
    index = _Index(_stack([each.middles[at] for each, at in earlier]))
    floors = np.array([each.floors[at] for each, at in earlier])
    late = np.array([ago > SOON for ago, each in before for _ in each.clusters], dtype=np.bool_)
    kinship = _Kinship([each.marks for _, each in before])
    found: list[Tie] = []
    for at, members in enumerate(day.clusters):
        first = min(members, key=lambda each: (day.reads[each].report.known, day.reads[each].report.id))
        if earlier:
            kin, both = kinship.of(day.marks[at])
            need = np.where(both, STRANGE - KIN * np.minimum(kin, KIN_MOST), FOLLOWS)
            score = index.like(*day.middles[at]) - need * (floors + day.floors[at]) / 2
            score[late & (kin < LATE_KIN)] = -1.0
            best = len(score) - 1 - int(np.argmax(np.round(score, 9)[::-1]))  # the latest of equals
            if score[best] > 0:
                first, tie = _bridge(day, members, *earlier[best])
                found.append(tie)
        found += _tree(day, members, first)
    return found


class _Kinship:
    """How many marks clusters of some days have in common with another."""

    def __init__(self, days: Sequence[Sequence[frozenset[str]]]) -> None:
        self._having: dict[str, list[int]] = {}
        most: Counter[str] = Counter()
        marked: list[bool] = []
        for day in days:
            times: Counter[str] = Counter()
            for each in day:
                for mark in each:
                    self._having.setdefault(mark, []).append(len(marked))
                times.update(each)
                marked.append(bool(each))
            most |= times
        self._most = most
        self._marked = np.array(marked, dtype=np.bool_)

    def of(self, marks: frozenset[str]) -> tuple[Floats, NDArray[np.bool_]]:
        """Marks that each cluster shares with these, and whether both have any.

        A mark counts for less the more clusters of one day have it.
        """
        found = np.zeros(len(self._marked))
        for mark in sorted(marks & self._having.keys()):
            found[self._having[mark]] += 1 / self._most[mark]
        return found, self._marked & bool(marks)


def _bridge(day: _Day, members: Sequence[int], other: _Day, at: int) -> tuple[int, Tie]:
    """Of a cluster and the one it follows, the two reports most alike in words and marks."""
    theirs = other.clusters[at]
    index = _Index(_stack([other.plain.row(each) for each in theirs]))
    best = (-1.0, members[0], theirs[0])
    for each in members:
        like = index.like(*day.plain.row(each))
        mine = day.reads[each].report.marks.keys()
        like += [NAMED * len(mine & other.reads[one].report.marks.keys()) for one in theirs]
        most = int(np.argmax(like))
        if like[most] > best[0]:
            best = (float(like[most]), each, theirs[most])
    _, one, its = best
    return one, _tie(day.reads[one], day.plain.row(one), other.reads[its], other.plain.row(its))


def _tree(day: _Day, members: Sequence[int], first: int) -> list[Tie]:
    """Ties of the reports of a cluster, each to the most like it of those joined before (Prim's algorithm)."""
    if len(members) < 2:
        return []
    rows = [day.plain.row(each) for each in members]
    index = _Index(_stack(rows))
    done = members.index(first)
    best = np.full(len(members), -1.0)
    nearest = np.zeros(len(members), dtype=np.int64)
    waiting = np.ones(len(members), dtype=np.bool_)
    found: list[Tie] = []
    while True:
        waiting[done] = False
        if not waiting.any():
            return found
        like = index.like(*rows[done])
        closer = waiting & (like > best)
        best[closer], nearest[closer] = like[closer], done
        done = int(np.argmax(np.where(waiting, best, -2.0)))
        its = int(nearest[done])
        found.append(_tie(day.reads[members[done]], rows[done], day.reads[members[its]], rows[its]))


def _tie(one: _Read, mine: tuple[Numbers, Floats], other: _Read, its: tuple[Numbers, Floats]) -> Tie:
    """A tie and its words."""
    _, here, there = np.intersect1d(mine[0], its[0], assume_unique=True, return_indices=True)
    weights = np.round(mine[1][here] * its[1][there], 9)
    words = {_column(word): word for word in one.report.terms}
    shared: list[tuple[float, str]] = sorted(
        zip((-weights).tolist(), (words[each] for each in mine[0][here].tolist()), strict=True)
    )
    named = sorted(
        one.report.marks.keys() & other.report.marks.keys(), key=lambda each: (_KINDS[each.split(" ")[0]], each)
    )
    chosen = [one.report.marks[each] for each in named[:SHOWN_MARKS]]
    chosen += [one.report.forms.get(word, word) for _, word in shared if not word.isdigit()]
    alike = round(min(1.0, float(weights.sum())), 4)
    alike = round(min(1.0, float(weights.sum())), 4)
    return Tie(one.report.id, other.report.id, alike, _once(chosen, SHOWN))


def _once(words: Iterable[str], most: int) -> tuple[str, ...]:
    """The first of them, without those that only say a part of one before ("Moraes" after "Lidia Moraes")."""
    chosen: list[str] = []
    said: set[str] = set()
    for each in words:
        parts = {stem(word) for word in _WORD.findall(each)}
        if len(chosen) < most and not parts <= said:
            chosen.append(each)
            said |= parts
    return tuple(chosen)


# ---- stories ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fact:
    """What has to be known of an article to tell of it in a story."""

    title: str
    publisher: str | None
    day: date | None
    known: datetime


def told(
    found: Iterable[Tie], facts: Mapping[str, Fact], voices: Mapping[str, str]
) -> tuple[list[Story], list[StoryMember]]:
    """Stories, and why each report is in its own, from the ties of all reports.

    Args:
        found: At most one tie an article.
        facts: What is known of the articles.
        voices: Who stands for whom among copies: see :func:`dateline.linking.duplicates.voices`.
    """
    by_article = {each.article: each for each in found}
    led: dict[str, list[Tie]] = {}
    for tie in by_article.values():
        led.setdefault(tie.nearest, []).append(tie)
    made: list[Story] = []
    members: list[StoryMember] = []
    for group in components((each.article, each.nearest) for each in by_article.values()):
        group.sort(key=lambda each: (facts[each].known, each))
        name = link_id("story", group[0])  # a story keeps it while no earlier report is found
        votes: Counter[str] = Counter()
        written: dict[str, Counter[str]] = {}
        first: dict[str, int] = {}
        for each in group:
            for place, word in enumerate(by_article[each].words if each in by_article else ()):
                votes[stem(word)] += 1
                first[stem(word)] = min(place, first.get(stem(word), place))
                written.setdefault(stem(word), Counter())[word] += 1

        def telling(each: tuple[str, int], first: Mapping[str, int] = first) -> tuple[int, int, str]:
            """What most ties have first, and of those what tells most in one of them."""
            return -each[1], first[each[0]], each[0]

        known = [day for each in group if (day := facts[each].day) is not None]
        made.append(
            Story(
                id=name,
                title=facts[_central(group, by_article, led)].title,
                articles=tuple(group),
                publishers=tuple(dict.fromkeys(each for one in group if (each := facts[one].publisher))),
                independent=len({voices.get(each, each) for each in group}),
                first_day=min(known, default=None),
                last_day=max(known, default=None),
                words=_once(
                    (usual(written[word]) for word, _ in sorted(votes.items(), key=telling)),
                    SHOWN_STORY,
                ),
            )
        )
        for each in group:
            tie = by_article.get(each)
            other = None if tie is None else tie.nearest
            if tie is None:  # the first: it has no tie of its own, and is shown with the report most like it
                tie = min(led[each], key=lambda one: (-one.alike, one.article))
                other = tie.article
            members.append(
                StoryMember(
                    id=link_id("story", name, each),
                    story=name,
                    article=each,
                    nearest=other or "",
                    alike=tie.alike,
                    words=tie.words,
                )
            )
    return sorted(made, key=lambda each: each.id), sorted(members, key=lambda each: each.id)


def _central(group: Sequence[str], ties: Mapping[str, Tie], led: Mapping[str, Sequence[Tie]]) -> str:
    """The report of a story that is most like those joined to it."""

    def weight(each: str) -> float:
        own = ties[each].alike if each in ties else 0.0
        return round(own + sum(tie.alike for tie in led.get(each, ())), 4)

    return min(group, key=lambda each: (-weight(each), each))


def stories(reports: Sequence[Report], voices: Mapping[str, str]) -> tuple[list[Story], list[StoryMember]]:
    """Stories of at least two reports, and why each report is in its own.

    Args:
        reports: All of them, in any order.
        voices: Who stands for whom among copies: see :func:`dateline.linking.duplicates.voices`.
    """
    return told(
        _all(reports), {each.id: Fact(each.title, each.publisher, each.day, each.known) for each in reports}, voices
    )


def cluster(reports: Sequence[Report]) -> list[list[Report]]:
    """The stories of a set of reports, those of one report included; the earliest known first in each."""
    by_id = {each.id: each for each in reports}
    joined = components([*((each.article, each.nearest) for each in _all(reports)), *((each, each) for each in by_id)])
    return [
        sorted((by_id[each] for each in group), key=lambda each: (each.known, each.day or date.min, each.id))
        for group in joined
    ]


def _all(reports: Sequence[Report]) -> list[Tie]:
    by_day: dict[date | None, list[Report]] = {}
    for each in reports:
        by_day.setdefault(each.day, []).append(each)
    return [tie for _, found in ties(by_day, lambda day: by_day[day]) for tie in found]
