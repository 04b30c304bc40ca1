"""Train the weights of the place coder: ``python tools/train_places.py GOLD.jsonl... [--folds 5]``.

Reads corpora in the form of the ``places`` task (a row: ``text``, ``toponyms``
with ``start``, ``end``, ``lat``, ``lon``; see ``benchmarks/quality/places.py``)
and writes ``src/dateline/coding/places.json``. Nothing is drawn at random: the
same corpora and parser give the same file. With ``--folds`` it prints the scores
of cross-validation by article first. Needs SciPy, at training time alone.

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


def cross_validate(data: Sequence[Example], coder: p.PlaceCoder, folds: int) -> None:
    """Print precision, recall and F1 within 161 km, by threshold, and how honest the chances are."""
    told: list[tuple[Example, list[tuple[float, p.Spot]]]] = []
    for fold in range(folds):
        weights = train([each for at, each in enumerate(data) if at % folds != fold], coder)
        trained = p.PlaceCoder(coder.gazetteer, weights=weights)
        told += [(each, predictions(trained, each)) for at, each in enumerate(data) if at % folds == fold]
    points = sum(each.get("lat") is not None and not each.get("ignore") for e, _ in told for each in e.row["toponyms"])
    for threshold in (0.25, 0.3, 0.35, 0.4, 0.5):
        given = hits = 0
        for example, chances in told:
            for (chance, spot), gold in zip(chances, example.gold, strict=True):
                if chance < threshold or not scored(gold):
                    continue
                entry = spot.sense.candidates[spot.sense.best]
                given += 1
                hits += gold is not None and kilometres(gold, entry.latitude, entry.longitude) <= NEAR
        precision, recall = hits / given, hits / points
        print(
            f"{threshold:.2f}  P {precision:.3f}  R {recall:.3f}  F {2 * precision * recall / (precision + recall):.3f}"
        )
    bins: dict[int, list[float]] = {}
    for example, chances in told:
        for (chance, spot), gold in zip(chances, example.gold, strict=True):
            if scored(gold):
                entry = spot.sense.candidates[spot.sense.best]
                near = (
                    gold is not None and kilometres(gold, entry.latitude, entry.longitude) <= NEAR_ENOUGH[entry.level]
                )
                bins.setdefault(min(9, int(chance * 10)), []).append(float(near))
    for number, values in sorted(bins.items()):
        share = sum(values) / len(values)
        print(f"chance {number / 10:.1f} to {number / 10 + 0.1:.1f}: {share:.3f} right of {len(values)}")


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    arguments = parser.parse_args()
    coder = p.PlaceCoder(weights={"rounds": [], "accept": {"bias": 0.0}, "threshold": THRESHOLD})
    rows = [json.loads(line) for path in arguments.gold for line in path.read_text("utf-8").splitlines()]
    data = examples(coder, rows)
    if arguments.folds:
        cross_validate(data, coder, arguments.folds)
    out = Path(p.__file__).with_name("places.json")
    out.write_text(json.dumps(train(data, coder), indent=1, sort_keys=True) + "\n", "utf-8")
    print(f"{out}: trained on {len(data)} articles, {sum(len(each.spots) for each in data)} spots")


if __name__ == "__main__":
    main()
