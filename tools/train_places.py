"""Train the weights of the place coder: ``python -m tools.train_places GOLD.jsonl... [--check]``.

Reads corpora in the form of the ``places`` task (a row: ``text``, ``toponyms``
with ``start``, ``end``, ``lat``, ``lon``; see ``benchmarks/quality/places.py``)
and writes ``src/dateline/models/weights/places/places.json``. Nothing is drawn
at random: the same corpora and parser give the same file. With ``--check`` it
writes nothing and prints the scores of cross-validation by article, a table by
corpus: end to end within 161 km, the same with the publisher unknown, and the
accuracy within 161 km where the gold spans are given. Needs SciPy, at training
time alone.

Resolution: a log-linear model over the candidates of a name, fitted so that the
mass on candidates within 161 km of the gold is largest; the second round sees
the votes of the first. Acceptance: logistic regression; right is a spot on a gold
toponym whose candidate is near enough for its kind (a country's or a region's point
is a convention, and reference works differ by hundreds of kilometres).
"""

from __future__ import annotations

import argparse
import importlib
import json
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import structs

from benchmarks.quality.places import SEES
from benchmarks.quality.task import Row, article
from dateline.coding import places as p
from dateline.knowledge.gazetteer import Entry
from dateline.reading import Reading
from dateline.reading.analysis import Analysis

ROUNDS = 2
NEAR = 161.0
"""Kilometres within which a point counts as right."""
NEAR_ENOUGH = (1000.0, 400.0, 161.0, 161.0, 161.0, 1500.0, 2000.0, 1000.0, 161.0)
"""The same for acceptance, by level of the candidate."""
NEIGHBOUR = 0.4
"""Worth of a candidate within that distance that is another entry than the gold's."""
RANK_PENALTY = 0.2
ACCEPT_PENALTY = 2.0
RAREST = 4
"""Features of acceptance seen less often are left out."""
THRESHOLD = 0.3
PIECE = 3
"""Sentences of a piece."""

Array = Any


@dataclass(slots=True)
class Example:
    """One article, its spots and the gold toponym of each."""

    row: Row
    analysis: Analysis
    spots: list[p.Spot]
    senses: list[p.Sense]
    gold: list[Row | None]


def kilometres(one: Row, latitude: float, longitude: float) -> float:
    """Great-circle distance to a gold toponym."""
    a, b = math.radians(one["lat"]), math.radians(latitude)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(longitude - one["lon"]) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(half)))


def examples(coder: p.PlaceCoder, rows: Sequence[Row]) -> list[Example]:
    """Parse and look up."""
    reading = Reading()
    found: list[Example] = []
    for at in range(0, len(rows), 8):
        batch = rows[at : at + 8]
        seen = [{name: row[name] for name in SEES if name in row} for row in batch]
        for row, analysis in zip(batch, reading.analyse([article(each) for each in seen]), strict=True):
            found.append(example_of(coder, row, analysis, 0, len(analysis.sentences)))
    return found


def example_of(coder: p.PlaceCoder, row: Row, analysis: Analysis, first: int, last: int) -> Example:
    """An example of some sentences of an article."""
    spots = [spot for spot in coder.spots(analysis) if first <= analysis.sentence_of[spot.start] < last]
    gold = [gold_of(row, analysis, spot) for spot in spots]
    return Example(row, analysis, spots, coder.senses(spots, analysis), gold)


def variants(coder: p.PlaceCoder, example: Example) -> list[Example]:
    """The same article from an unknown publisher, and its pieces of a few sentences each.

    Without them the model leans on the publisher's home and on long articles, and reads "Paris, Texas" in a
    headline as France.
    """
    bare = replace(example.analysis, article=structs.replace(example.analysis.article, url=None, source=None))
    count = len(bare.sentences)
    found = [example_of(coder, example.row, bare, 0, count)]
    found += [example_of(coder, example.row, example.analysis, at, at + PIECE) for at in range(0, count, PIECE)]
    return found


def gold_of(row: Row, analysis: Analysis, spot: p.Spot) -> Row | None:
    """The gold toponym that shares most with a spot."""
    start, end = analysis.starts[spot.start], analysis.ends[spot.end - 1]
    best, most = None, 0
    for each in row["toponyms"]:
        shared = min(end, each["end"]) - max(start, each["start"])
        if shared > most:
            best, most = each, shared
    return best


def scored(gold: Row | None) -> bool:
    """Whether a spot teaches anything: no gold, or gold with a point."""
    return gold is None or (gold.get("lat") is not None and not gold.get("ignore"))


def merit(aim: Row, entry: Entry) -> float:
    """How right a candidate is: 1 for the gold's own entry, less for its neighbours (a city's county)."""
    if kilometres(aim, entry.latitude, entry.longitude) > NEAR:
        return 0.0
    same = aim.get("geonameid")
    return 1.0 if not same or int(same) == entry.geoname else NEIGHBOUR


def minimise(loss: Callable[[Array], tuple[float, Array]], size: int) -> Array:
    """Weights of the least loss."""
    solver: Any = importlib.import_module("scipy.optimize")
    return solver.minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x


def matrix(rows: Sequence[dict[str, float]], names: Sequence[str]) -> Array:
    """A dense matrix of features."""
    column = {name: at for at, name in enumerate(names)}
    found = np.zeros((len(rows), len(names)))
    for at, row in enumerate(rows):
        for name, value in row.items():
            if name in column:
                found[at, column[name]] = value
    return found


def train_round(data: Sequence[Example], voted: bool) -> dict[str, float]:
    """Weights of one round of resolution."""
    rows: list[dict[str, float]] = []
    right: list[float] = []
    starts: list[int] = []
    counts: list[int] = []
    for example in data:
        golds: dict[int, list[Row]] = {}
        for spot, gold in zip(example.spots, example.gold, strict=True):
            if gold is not None and scored(gold) and spot.kind != "demonym":
                golds.setdefault(id(spot.sense), []).append(gold)
        for sense in example.senses:
            aims = golds.get(id(sense))
            if not aims or len(sense.candidates) < 2:
                continue
            mass = [sum(merit(aim, each) for aim in aims) / len(aims) for each in sense.candidates]
            if not any(mass):
                continue
            starts.append(len(rows))
            counts.append(len(sense.spots))
            right += mass
            for at, fixed in enumerate(sense.fixed):
                rows.append(dict(fixed) | (dict(zip(p.VOTES, sense.votes[at], strict=True)) if voted else {}))
    names = sorted({name for row in rows for name in row})
    features = matrix(rows, names)
    group = np.repeat(np.arange(len(starts)), np.diff([*starts, len(rows)]))
    mass_right, begin, weight = np.array(right), np.array(starts), np.log1p(np.array(counts))

    def loss(w: Array) -> tuple[float, Array]:
        score = features @ w
        power = np.exp(score - np.maximum.reduceat(score, begin)[group])
        chance = power / np.add.reduceat(power, begin)[group]
        good = np.add.reduceat(chance * mass_right, begin) + 1e-6
        pull = (chance - chance * mass_right / good[group]) * weight[group]
        return (
            float(-(weight * np.log(good)).sum() + RANK_PENALTY * (w**2).sum()),
            features.T @ pull + 2 * RANK_PENALTY * w,
        )

    return dict(zip(names, map(float, minimise(loss, len(names))), strict=True))


def train_acceptance(coder: p.PlaceCoder, data: Sequence[Example]) -> dict[str, float]:
    """Weights of the logistic regression; ``bias`` among them."""
    rows: list[dict[str, float]] = []
    right: list[float] = []
    for example in data:
        coder.resolve(example.senses)
        evidence = coder.evidence(example.analysis, example.spots)
        for spot, row, gold in zip(example.spots, evidence, example.gold, strict=True):
            if not scored(gold):
                continue
            entry = spot.sense.candidates[spot.sense.best]
            near = gold is not None and kilometres(gold, entry.latitude, entry.longitude) <= NEAR_ENOUGH[entry.level]
            rows.append(row)
            right.append(float(near))
    often = Counter(name for row in rows for name in row)
    names = sorted(name for name, count in often.items() if count >= RAREST)
    features, aim = matrix(rows, names), np.array(right)

    def loss(w: Array) -> tuple[float, Array]:
        score = features @ w[1:] + w[0]
        pull = 1 / (1 + np.exp(-score)) - aim
        value = np.logaddexp(0, -score * (2 * aim - 1)).sum() + ACCEPT_PENALTY * (w[1:] ** 2).sum()
        return float(value), np.concatenate([[pull.sum()], features.T @ pull + 2 * ACCEPT_PENALTY * w[1:]])

    weights = minimise(loss, len(names) + 1)
    return {"bias": float(weights[0]), **dict(zip(names, map(float, weights[1:]), strict=True))}


def train(data: Sequence[Example], empty: p.PlaceCoder) -> dict[str, Any]:
    """All weights."""
    rounds: list[dict[str, float]] = []
    coder = p.PlaceCoder(empty.gazetteer, weights={"rounds": rounds, "accept": {"bias": 0.0}, "threshold": THRESHOLD})
    wider = [*data, *(each for example in data for each in variants(empty, example))]
    for number in range(ROUNDS):
        if number:
            for example in wider:
                coder.resolve(example.senses)
                coder.vote(example.senses)
        rounds.append(train_round(wider, voted=number > 0))
    accept = train_acceptance(coder, wider)
    return {
        "rounds": [{name: round(value, 4) for name, value in weights.items()} for weights in rounds],
        "accept": {name: round(value, 4) for name, value in accept.items()},
        "threshold": THRESHOLD,
    }


def predictions(coder: p.PlaceCoder, example: Example) -> list[tuple[float, p.Spot]]:
    """Chance of each spot of an article."""
    coder.resolve(example.senses)
    return list(zip(coder.acceptance(example.analysis, example.spots), example.spots, strict=True))


@dataclass(slots=True)
class Told:
    """What a model trained without an article says of it."""

    corpus: str
    example: Example
    chances: list[tuple[float, p.Spot]]
    bare: tuple[Example, list[tuple[float, p.Spot]]]
    """The same, the publisher unknown."""
    given: Example
    """The spots of the gold spans."""


def given_spans(coder: p.PlaceCoder, example: Example) -> Example:
    """The example with spots on its gold spans; in those the gazetteer lacks, on the first name it knows."""
    analysis = example.analysis
    starts = {start: at for at, start in enumerate(analysis.starts)}
    ends = {end: at + 1 for at, end in enumerate(analysis.ends)}
    spans: list[tuple[int, int]] = []
    for gold in sorted(example.row["toponyms"], key=lambda each: (each["start"], -each["end"])):
        start, end = starts.get(gold["start"]), ends.get(gold["end"])
        if not scored(gold):
            continue
        if start is None or end is None or not coder.spots_at(analysis, [(start, end)]):
            inner = [s for s in example.spots if s.kind != "demonym" and gold_of(example.row, analysis, s) is gold]
            if not inner:
                continue
            start, end = inner[0].start, inner[0].end
        if not spans or start >= spans[-1][1]:
            spans.append((start, end))
    spots = coder.spots_at(analysis, spans)
    gold = [gold_of(example.row, analysis, spot) for spot in spots]
    return Example(example.row, analysis, spots, coder.senses(spots, analysis), gold)


def is_hit(gold: Row | None, spot: p.Spot) -> bool:
    """Whether a spot lies on a gold toponym and its point within 161 km of the gold's."""
    entry = spot.sense.candidates[spot.sense.best]
    return gold is not None and kilometres(gold, entry.latitude, entry.longitude) <= NEAR


def tally(example: Example, chances: Sequence[tuple[float, p.Spot]], threshold: float) -> tuple[int, int]:
    """Spots given and right; each gold toponym is found once, by the spot that shares most with it."""
    taken: set[int] = set()
    given = hits = 0
    for (chance, spot), gold in zip(chances, example.gold, strict=True):
        if chance < threshold or not scored(gold):
            continue
        given += 1
        if is_hit(gold, spot) and id(gold) not in taken:
            hits += 1
            taken.add(id(gold))
    return given, hits


def cross_validate(
    data: Sequence[Example], corpora: Sequence[str], coder: p.PlaceCoder, folds: int, threshold: float
) -> None:
    """Print the table by corpus, how honest the chances are, and what the parser's other names are worth."""
    told: list[Told] = []
    for fold in range(folds):
        weights = train([each for at, each in enumerate(data) if at % folds != fold], coder)
        trained = p.PlaceCoder(coder.gazetteer, weights=weights)
        for at, each in enumerate(data):
            if at % folds == fold:
                bare = variants(coder, each)[0]
                given = given_spans(coder, each)
                trained.resolve(given.senses)
                told.append(
                    Told(corpora[at], each, predictions(trained, each), (bare, predictions(trained, bare)), given)
                )
    print("corpus          articles  toponyms      P      R     F1   F1 publisher unknown   Acc@161 gold spans")
    for corpus in dict.fromkeys(corpora):
        mine = [each for each in told if each.corpus == corpus]
        points = sum(gold.get("lat") is not None and scored(gold) for t in mine for gold in t.example.row["toponyms"])
        whole = [tally(each.example, each.chances, threshold) for each in mine]
        bare = [tally(*each.bare, threshold) for each in mine]
        spans = sum(is_hit(gold, s) for t in mine for s, gold in zip(t.given.spots, t.given.gold, strict=True))
        given, hits = (sum(column) for column in zip(*whole, strict=True))
        bare_given, bare_hits = (sum(column) for column in zip(*bare, strict=True))
        print(
            f"{corpus:15} {len(mine):8d} {points:9d}  {hits / given:5.3f}  {hits / points:5.3f}  "
            f"{2 * hits / (given + points):5.3f}  {2 * bare_hits / (bare_given + points):20.3f}  {spans / points:19.3f}"
        )
    bins: dict[int, list[float]] = {}
    for each in told:
        for (chance, spot), gold in zip(each.chances, each.example.gold, strict=True):
            if scored(gold):
                entry = spot.sense.candidates[spot.sense.best]
                near = (
                    gold is not None and kilometres(gold, entry.latitude, entry.longitude) <= NEAR_ENOUGH[entry.level]
                )
                bins.setdefault(min(9, int(chance * 10)), []).append(float(near))
    for number, values in sorted(bins.items()):
        share = sum(values) / len(values)
        print(f"chance {number / 10:.1f} to {number / 10 + 0.1:.1f}: {share:.3f} right of {len(values)}")
    unplaced: dict[str, list[bool]] = {}
    for each in told:
        analysis, row = each.example.analysis, each.example.row
        taken = {token for chance, spot in each.chances if chance >= threshold for token in range(spot.start, spot.end)}
        for name in analysis.names:
            if name.label in p.UNPLACED and taken.isdisjoint(range(name.start, name.end)):
                start, end = analysis.starts[name.start], analysis.ends[name.end - 1]
                found = any(start < gold["end"] and gold["start"] < end for gold in row["toponyms"])
                unplaced.setdefault(name.label, []).append(found)
    for label, values in sorted(unplaced.items()):
        print(f"{label} without a point: {sum(values) / len(values):.3f} a gold toponym of {len(values)}")


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--check", action="store_true", help="cross-validate, write nothing")
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--threshold", type=float, default=THRESHOLD)
    arguments = parser.parse_args()
    coder = p.PlaceCoder(weights={"rounds": [], "accept": {"bias": 0.0}, "threshold": THRESHOLD})
    told = [(path.stem, json.loads(line)) for path in arguments.gold for line in path.read_text("utf-8").splitlines()]
    data = examples(coder, [row for _, row in told])
    if arguments.check:
        cross_validate(data, [corpus for corpus, _ in told], coder, arguments.folds, arguments.threshold)
        return
    out = p.WEIGHTS
    out.write_text(json.dumps(train(data, coder), indent=1, sort_keys=True) + "\n", "utf-8")
    print(f"{out}: trained on {len(data)} articles, {sum(len(each.spots) for each in data)} spots")


if __name__ == "__main__":
    main()
