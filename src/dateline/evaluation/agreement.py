"""Agreement between coders: two persons who read the same articles, and each of them with a coding.

Two questions are asked, as content analysis asks them. Do both find something
in the same places: for each sentence, whether a coder has a finding of the kind
in it. And where both have one, do they say the same of it: findings are paired
by the words they stand on, as many code points in common as can be, and each
field is compared. Chance is taken out by Cohen's kappa (Cohen 1960) and by
Krippendorff's alpha for two coders (Krippendorff 2004, chapter 11), nominal, or
interval where values are numbers. Intervals are 95 % bootstrap intervals over
articles.

Findings that a person gives without words (an event without a trigger) cannot
be placed; they are left out and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from msgspec import Struct

from dateline.evaluation.gold import Reading
from dateline.evaluation.scores import RESAMPLES, SEED
from dateline.evaluation.views import KINDS, overlap, shared, views
from dateline.records import Actor, Record, Span

FIELDS: dict[str, tuple[str, ...]] = {
    "actors": ("country", "sector", "kind"),
    "places": ("country", "kind", "geoname"),
    "times": ("earliest", "latest"),
    "statements": ("speaker", "form", "stance"),
    "events": ("relation", "mode", "status", "sources", "targets"),
    "figures": ("low", "high", "bound", "unit", "outcome"),
}
"""Fields compared where both have the finding; parties by country, else by name."""
NUMBERS = frozenset(("low", "high"))
PARTIES = frozenset(("speaker", "sources", "targets"))
PRESENCE = "in the sentence"
NONE = "(none)"


class Agreement(Struct, frozen=True, kw_only=True):
    """How far two coders agree in one thing."""

    one: str
    other: str
    kind: str
    what: str
    """A field, or :data:`PRESENCE`: whether a sentence has a finding of the kind."""
    units: int
    """Sentences, or findings that both have."""
    agree: float
    """Share of units of which both say the same."""
    kappa: float | None
    """Cohen's; none where both say one and the same of everything, and chance cannot be told from agreement."""
    alpha: float | None
    """Krippendorff's, likewise."""
    interval: tuple[float, float] | None
    """Bounds of alpha, 95 %; none where it is undefined."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding of a coder, as it is compared."""

    anchor: tuple[Span, ...]
    says: Mapping[str, Any]


@dataclass(frozen=True, slots=True, order=True)
class Party:
    """Somebody as a coder gives them: by country, by name, or by both."""

    country: str
    """Empty where the coder gives none."""
    name: str
    """In small letters; empty where the coder gives a code alone."""

    def same(self, other: Party) -> bool:
        """Whether the two may be one: the same country, or the same name where a country is not given by both."""
        if self.country and other.country:
            return self.country == other.country
        return bool(self.name) and self.name == other.name

    @property
    def label(self) -> str:
        """What is counted."""
        return self.country or self.name or NONE


Coded = dict[str, list[Placed]]
"""A coder's findings in one article, by kind; a kind that was not read is absent."""


def of_reading(reading: Reading) -> tuple[Coded, int]:
    """What a person has, and how many findings stand nowhere."""
    actors: dict[str, Mapping[str, Any]] = {}
    for each in reading.wanted.get("actors", ()):
        words = (reading.article.text[span.start : span.end] for span in each.anchor)
        for key in (each.fields.get("id"), each.fields.get("name"), *words):
            if key:
                actors.setdefault(str(key), each.fields)

    def party(named: Any) -> Party:
        text = str(named).strip()
        known = actors.get(text)
        if known is not None:
            return Party(str(known.get("country") or ""), str(known.get("name") or text).casefold())
        return Party(text, "") if len(text) == 3 and text.isupper() else Party("", text.casefold())

    coded: Coded = {}
    nowhere = 0
    for kind, listed in reading.wanted.items():
        coded[kind] = []
        for each in listed:
            if not each.anchor:
                nowhere += 1
                continue
            says = {name: each.fields[name] for name in FIELDS[kind] if each.says(name)}
            for name in ("sources", "targets"):
                if name in says:
                    says[name] = tuple(sorted({party(one) for one in says[name] or ()}))
            if says.get("speaker") is not None:
                says["speaker"] = party(says["speaker"])
            coded[kind].append(Placed(each.anchor, says))
    return coded, nowhere


def of_record(record: Record) -> Coded:
    """What a coding has."""
    actors = {each.id: each for each in record.actors}

    def party(one: str | None) -> Party | None:
        actor: Actor | None = actors.get(one or "")
        return None if actor is None else Party(actor.country or "", actor.name.casefold())

    coded: Coded = {}
    seen = views(record)
    for kind in KINDS:
        findings: Sequence[Any] = getattr(record, kind)
        coded[kind] = []
        for finding, view in zip(findings, seen[kind], strict=True):
            says = {name: view.fields[name] for name in FIELDS[kind]}
            if kind == "events":
                for name in ("sources", "targets"):
                    says[name] = tuple(sorted({found for each in getattr(finding, name) if (found := party(each))}))
            if kind == "statements":
                says["speaker"] = party(finding.speaker)
            anchor = view.anchor
            if kind == "figures" and finding.counted and not any(finding.counted.overlaps(each) for each in anchor):
                anchor = tuple(sorted((*anchor, finding.counted)))
            coded[kind].append(Placed(anchor, says))
    return coded


@dataclass(slots=True)
class Agreeing:
    """Agreement of two coders over articles; :meth:`add` each, then ask for :meth:`result`."""

    one: str
    other: str
    _pairs: dict[tuple[str, str], list[list[tuple[Any, Any]]]] = field(
        default_factory=dict[tuple[str, str], list[list[tuple[Any, Any]]]]
    )

    def add(self, one: Coded, other: Coded, sentences: Sequence[Span]) -> None:
        """Count one article.

        Args:
            one: What the first coder has in it.
            other: What the second has.
            sentences: The article's sentences, in text order.
        """
        for kind in KINDS:
            if kind not in one or kind not in other:
                continue
            here = [(_in(each, one[kind]), _in(each, other[kind])) for each in sentences]
            self._pairs.setdefault((kind, PRESENCE), []).append(here)
            both = _paired(one[kind], other[kind])
            for name in FIELDS[kind]:
                said = [(a.says[name], b.says[name]) for a, b in both if name in a.says and name in b.says]
                self._pairs.setdefault((kind, name), []).append([_values(a, b, name) for a, b in said])

    def result(self) -> list[Agreement]:
        """Agreement by kind and field, where there is anything to compare."""
        found: list[Agreement] = []
        for (kind, what), articles in self._pairs.items():
            units = sum(map(len, articles))
            if not units:
                continue
            tables, distances = _tables(articles, interval=what in NUMBERS)
            whole = tables.sum(axis=0)
            drawn = np.random.default_rng(SEED).multinomial(
                len(articles), [1 / len(articles)] * len(articles), RESAMPLES
            )
            alphas = [_alpha(row, distances) for row in _rows(np.tensordot(drawn, tables, axes=1))]
            known = [each for each in alphas if each is not None]
            alpha = _alpha(whole, distances)
            low, high = np.percentile(known, (2.5, 97.5)) if known else (0.0, 0.0)
            found.append(
                Agreement(
                    one=self.one,
                    other=self.other,
                    kind=kind,
                    what=what,
                    units=units,
                    agree=float(np.trace(whole)) / units,
                    kappa=cohen(whole),
                    alpha=alpha,
                    interval=None if alpha is None else (float(low), float(high)),
                )
            )
        return found


def _rows(array: Any) -> Sequence[Any]:
    return array


def _in(sentence: Span, findings: Sequence[Placed]) -> bool:
    """Whether a finding begins in a sentence: each stands in one."""
    return any(sentence.start <= each.anchor[0].start < sentence.end for each in findings)


def _paired(one: Sequence[Placed], other: Sequence[Placed]) -> list[tuple[Placed, Placed]]:
    """Pairs of findings on words in common, one to one, those with most in common first."""
    near = sorted(
        (-overlap(a.anchor, b.anchor), i, j)
        for i, a in enumerate(one)
        for j, b in enumerate(other)
        if shared(a.anchor, b.anchor) > 0
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    pairs: list[tuple[int, int]] = []
    for _, i, j in near:
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((i, j))
    return [(one[i], other[j]) for i, j in sorted(pairs)]


def _values(one: Any, other: Any, name: str) -> tuple[Any, Any]:
    """A field of two findings as it is compared; parties that may be one have one label."""
    if name in NUMBERS:
        return None if one is None else float(one), None if other is None else float(other)
    if name == "speaker":
        one, other = (() if each is None else (each,) for each in (one, other))
    if name in PARTIES:
        labels: dict[Party, str] = {}
        for each in (*one, *other):
            alike = [labels[known] for known in labels if each.same(known)]
            labels[each] = alike[0] if alike else each.label
        return _joined(labels[each] for each in one), _joined(labels[each] for each in other)
    return NONE if one is None else str(one), NONE if other is None else str(other)


def _joined(labels: Iterable[str]) -> str:
    return "; ".join(sorted(set(labels))) or NONE


def _tables(articles: Sequence[Sequence[tuple[Any, Any]]], *, interval: bool) -> tuple[Any, Any]:
    """For each article how often the one coder says this and the other that; and how far the values lie apart."""
    seen = Counter(each for article in articles for pair in article for each in pair)
    values: list[Any] = sorted(seen, key=lambda each: (each is None, each if isinstance(each, float) else str(each)))
    place = {value: at for at, value in enumerate(values)}
    tables = np.zeros((len(articles), len(values), len(values)))
    for at, article in enumerate(articles):
        for a, b in article:
            tables[at, place[a], place[b]] += 1
    numbers = interval and all(isinstance(each, float) for each in values)
    apart = np.subtract.outer(values, values) ** 2.0 if numbers else 1.0 - np.eye(len(values))
    return tables, apart


def cohen(table: Any) -> float | None:
    """Cohen's kappa of a square table of counts; none where chance alone would give full agreement."""
    counts = np.asarray(table, dtype=np.float64)
    total = counts.sum()
    if not total:
        return None
    chance = float(counts.sum(axis=0) @ counts.sum(axis=1)) / total**2
    return None if chance >= 1 else float((np.trace(counts) / total - chance) / (1 - chance))


def krippendorff(table: Any, *, values: Sequence[float] | None = None) -> float | None:
    """Krippendorff's alpha of two coders, from a square table of counts.

    Args:
        table: How often the first says the one value and the second the other.
        values: The values as numbers, for the interval metric; else the nominal one.

    Returns:
        Alpha; none where nothing varies.
    """
    size = len(np.asarray(table))
    apart = 1.0 - np.eye(size) if values is None else np.subtract.outer(values, values) ** 2.0
    return _alpha(np.asarray(table, dtype=np.float64), apart)


def _alpha(table: Any, apart: Any) -> float | None:
    coincidences = table + table.T
    each = coincidences.sum(axis=0)
    total = each.sum()
    expected = float(each @ apart @ each)
    if expected <= 0:
        return None
    return float(1 - (total - 1) * (coincidences * apart).sum() / expected)
