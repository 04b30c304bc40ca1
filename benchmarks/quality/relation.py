"""Which PLOVER type holds between two given parties, told as ``dateline relate`` tells it.

    python -m benchmarks.quality.relation FILE.jsonl [--quick]

FILE holds rows {"id", "text", "events": [{"source_text", "target_text", "plover"}]}, as ``score_events.py relation``
reads them. Prints macro-F1 of type (CONCEDE and RETREAT as one), penta class and binary class, how many are right, how
far the probabilities are from that, and F1 by type. A row with no party in its text is answered all the same.

The models are trained on the training part of PLV: on that file the figures say nothing of other sentences. What they
are worth is told by cross-validation (``tools/train_relation.py --check``) or by a file that was held back.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.quality.task import Row, article
from dateline.coding.event_features import FOLD, features
from dateline.coding.event_relation import Question, Relation, places, quad, question, relate
from dateline.reading.analysis import Analysis
from dateline.reading.syntax import Parser
from dateline.records import Span

SEES = ("id", "text", "events.source_text", "events.target_text")
_BANDS = 10


def predict(rows: Sequence[Row]) -> Iterator[Row]:
    """The most likely relation of each row's first event."""
    for row, found in zip(rows, relations(rows), strict=True):
        yield {"id": row["id"], "plover": found.type}


def relations(rows: Sequence[Row], *, fast: bool = False) -> Iterator[Relation]:
    """What the models say of each row's first event; ``fast``: the linear one alone."""
    for analysis, source, target in _asked(rows):
        yield relate(analysis, source, target, fast=fast)


def rows_features(rows: Sequence[Row]) -> Iterator[list[list[str]]]:
    """What the linear model sees of each row."""
    for asked in _asked(rows):
        seen: Question = question(*asked)
        yield features(*seen)


def _asked(rows: Sequence[Row]) -> Iterator[tuple[Analysis, Span | None, Span | None]]:
    """Each row parsed, and where its parties stand."""
    parser = Parser()
    for at in range(0, len(rows), 32):
        batch = rows[at : at + 32]
        for row, analysis in zip(batch, parser.parse([article(row) for row in batch]), strict=True):
            event: Row = row["events"][0] if row["events"] else {}
            yield analysis, *places(analysis, event.get("source_text"), event.get("target_text"))


def renamed(label: str) -> str:
    """The models' name of a type as any edition of PLOVER has it."""
    return "REQUEST" if label == "DEMAND" else FOLD.get(label, label)


def by_class(gold: Sequence[Any], predicted: Sequence[Any]) -> dict[Any, float]:
    """F1 of each class of the gold."""
    both = Counter(one for one, two in zip(gold, predicted, strict=True) if one == two)
    golds, predictions = Counter(gold), Counter(predicted)
    return {each: 2 * both[each] / (golds[each] + predictions[each]) for each in sorted(golds)}


def macro(gold: Sequence[Any], predicted: Sequence[Any]) -> float:
    """Mean F1 over the classes of the gold."""
    scores = by_class(gold, predicted)
    return sum(scores.values()) / len(scores)


def figures(labels: Sequence[str], said: Sequence[dict[str, float]]) -> dict[str, float]:
    """Macro-F1 of type, penta class and binary class, the share that is right, and the calibration error.

    Args:
        labels: The right type of each row, by the model's name.
        said: The probability of each type, a row each.
    """
    predicted = [max(shares, key=lambda each: shares[each]) for shares in said]
    return {
        "type": macro(labels, predicted),
        "penta": macro([*map(quad, labels)], [*map(quad, predicted)]),
        "binary": macro([quad(each) > 2 for each in labels], [quad(each) > 2 for each in predicted]),
        "right": sum(one == two for one, two in zip(labels, predicted, strict=True)) / len(labels),
        "calibration error": calibration(
            [max(shares.values()) for shares in said], [*map(str.__eq__, labels, predicted)]
        ),
    }


def calibration(sure: Sequence[float], right: Sequence[bool]) -> float:
    """Expected calibration error: how far the mean probability is from the share right, over ten equal parts."""
    order = sorted(range(len(sure)), key=lambda n: sure[n])
    off = 0.0
    for band in range(_BANDS):
        part = order[band * len(order) // _BANDS : (band + 1) * len(order) // _BANDS]
        off += abs(sum(sure[n] for n in part) - sum(right[n] for n in part))
    return off / len(order)


def main(arguments: Sequence[str] | None = None) -> int:
    """Score a file; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quality.relation",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", type=Path, metavar="FILE.jsonl")
    parser.add_argument("--quick", action="store_true", help="the linear model alone")
    given = parser.parse_args(arguments)
    if not given.file.is_file():
        sys.exit(f"no file {given.file}")
    rows = [json.loads(line) for line in given.file.read_text(encoding="utf-8").splitlines() if line.strip()]
    rows = [row for row in rows if row["events"] and row["events"][0].get("plover")]
    if not rows:
        sys.exit(f"{given.file} holds no row with a type under events[0].plover")
    labels = [renamed(row["events"][0]["plover"]) for row in rows]
    said = [found.probabilities for found in relations(rows, fast=given.quick)]
    print(f"{len(rows):,} rows; on sentences that the models were trained on, these figures say nothing of others")
    for name, value in figures(labels, said).items():
        print(f"{name:<20} {value:.4f}")
    predicted = [next(iter(each)) for each in said]
    for name, value in by_class(labels, predicted).items():
        print(f"  {name:<18} {value:.3f}  of {labels.count(name)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
