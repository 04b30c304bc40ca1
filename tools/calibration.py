"""Does a statement's confidence mean what it says?

    python -m tools.calibration --data DIR [--plot docs/img/statements_reliability.svg]

``DIR`` holds ``polnear_dev.jsonl`` and ``score_statements.py``. A statement counts as right where the scorer's
ATTRIBUTION does: at least half the content's words (intersection over union) and the right source. Prints the
reliability table, the expected calibration error (ten bins) with a bootstrap interval over articles, the error with
the numbers of :data:`dateline.coding.statement_finder.CALIBRATION` fitted on three quarters of the articles and
measured on the last, in turn, and those numbers fitted on all (fitted on what the models propose, before the least
confidence that the coder asks for; measured on what it keeps); draws the table as SVG.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality.statements import attribution, outermost
from benchmarks.quality.task import Row, drafts
from dateline.coding.coder import Draft
from dateline.coding.statement_finder import CALIBRATION, Choices, Finder, Signs, calibrated
from dateline.coding.statements import StatementCoder

BINS = 10
Floats = NDArray[np.float64]


@dataclass(slots=True)
class Outcomes:
    """One entry a statement."""

    confidence: Floats
    right: Floats
    """1 where content and source are right, else 0."""
    article: NDArray[np.intp]
    signs: Floats
    """See :class:`Signs`; not a number where a rule set the confidence."""


def scorer(path: Path) -> Any:
    """The scorer of the task, as a module."""
    spec = importlib.util.spec_from_file_location("score_statements", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def right_ones(score: Any, text: str, gold: list[Row], found: list[Row]) -> set[int]:
    """Numbers of the predicted attributions that are right."""
    _, pairs, (golds, predictions) = score.score_article(text, gold, found)
    tokens = score.tokenise(text)
    words = [text[start:end] for start, end in tokens]
    token_at = score.span_index(tokens, len(text))
    right: set[int] = set()
    for one, other in pairs:
        source = score.toks(gold[golds[one]]["source"], token_at)
        said = score.toks(found[predictions[other]]["source"], token_at)
        if (score.heads(source, words) & said) if source else not said:
            right.add(predictions[other])
    return right


def outcomes(rows: Sequence[Row], parsed: Sequence[Draft], score: Any, choices: Choices) -> Outcomes:
    """What the coder finds in the rows, and whether it is right."""
    seen: dict[float, Signs] = {}

    def remember(signs: Signs) -> float:
        value = calibrated(signs)
        while value in seen and seen[value] != signs:
            value += 1e-9  # keeps apart what rounds to the same number
        seen[value] = signs
        return value

    confidence: list[float] = []
    right: list[bool] = []
    article: list[int] = []
    signs: list[Signs] = []
    for number, (row, statements) in enumerate(
        zip(rows, StatementCoder(Finder(choices, calibrate=remember)).code(parsed), strict=True)
    ):
        found = outermost(statements)
        good = right_ones(score, row["text"], row["attributions"], [attribution(each, row["text"]) for each in found])
        for each, statement in enumerate(found):
            value = statement.provenance.confidence
            confidence.append(value)
            right.append(each in good)
            article.append(number)
            signs.append(seen.get(value, Signs(*[np.nan] * len(Signs._fields))))
    return Outcomes(np.array(confidence), np.array(right, dtype=float), np.array(article), np.array(signs))


def fitted(signs: Floats, right: Floats) -> Floats:
    """Constant and weights of a logistic regression, by Newton's method with a weak ridge on the weights."""
    inputs = np.column_stack([np.ones(len(signs)), signs])
    ridge = np.diag([0.0, *[0.1] * signs.shape[1]])
    weights = np.zeros(inputs.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (chance - right) + ridge @ weights
        bend = (inputs * (chance * (1 - chance))[:, None]).T @ inputs + ridge
        weights -= np.linalg.solve(bend, slope)
    return weights


def table(confidence: Floats, right: Floats) -> list[tuple[int, float, float]]:
    """Statements, mean confidence and share that is right, for each bin; zeros for an empty one."""
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    found: list[tuple[int, float, float]] = []
    for number in range(BINS):
        here = bins == number
        count = int(here.sum())
        found.append((count, float(confidence[here].mean()), float(right[here].mean())) if count else (0, 0.0, 0.0))
    return found


def error(confidence: Floats, right: Floats) -> float:
    """Expected calibration error: mean distance of confidence and share, weighted by the bins' statements."""
    return sum(count * abs(mean - share) for count, mean, share in table(confidence, right)) / max(1, len(right))


def drawn(rows: Sequence[tuple[int, float, float]], title: str) -> str:
    """The reliability plot as SVG: share that is right over mean confidence, bars for the number of statements."""
    left, top, size = 50, 30, 260
    most = max(count for count, _, _ in rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 330 345" role="img" aria-label="{title}">',
        '<g font-family="sans-serif" font-size="11">',
        '<rect width="330" height="345" fill="#fff"/>',
        f'<text x="{left}" y="18" font-size="12">{title}</text>',
    ]
    for number in range(0, BINS + 1, 2):
        at, up = left + size * number / BINS, top + size * (1 - number / BINS)
        parts.append(f'<path d="M{at:.0f} {top}V{top + size}M{left} {up:.0f}H{left + size}" stroke="#ddd"/>')
        parts.append(f'<text x="{at:.0f}" y="{top + size + 15}" text-anchor="middle">{number / BINS:.1f}</text>')
        parts.append(f'<text x="{left - 6}" y="{up + 4:.0f}" text-anchor="end">{number / BINS:.1f}</text>')
    width = size / BINS
    for number, (count, mean, share) in enumerate(rows):
        if not count:
            continue
        high = 0.3 * size * count / most
        at = left + number * width
        parts.append(
            f'<rect x="{at + 2:.1f}" y="{top + size - high:.1f}" width="{width - 4:.1f}" height="{high:.1f}" '
            'fill="#c9d7e8"/>'
        )
        parts.append(
            f'<text x="{at + width / 2:.1f}" y="{top + size - high - 3:.1f}" text-anchor="middle" '
            f'font-size="8" fill="#567">{count}</text>'
        )
        parts.append(
            f'<circle cx="{left + size * mean:.1f}" cy="{top + size * (1 - share):.1f}" r="4" fill="#1f4e79"/>'
        )
    parts.append(f'<path d="M{left} {top + size}L{left + size} {top}" stroke="#888" stroke-dasharray="4 3"/>')
    parts.append(f'<text x="{left + size / 2:.0f}" y="{top + size + 33}" text-anchor="middle">confidence</text>')
    middle = top + size // 2
    parts.append(
        f'<text x="14" y="{middle}" text-anchor="middle" transform="rotate(-90 14 {middle})">share that is right</text>'
    )
    return "\n".join([*parts, "</g>", "</svg>"]) + "\n"


def main() -> None:
    """Measure, print and draw."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--data", type=Path, required=True, help="folder of polnear_dev.jsonl and its scorer")
    asked.add_argument("--plot", type=Path, help="where to write the reliability plot")
    given = asked.parse_args()
    lines = (given.data / "polnear_dev.jsonl").read_text(encoding="utf-8").splitlines()
    articles: list[Row] = [json.loads(line) for line in lines]
    inputs = [{key: row[key] for key in ("id", "text", "date", "publisher") if key in row} for row in articles]
    parsed, score = list(drafts(inputs, [])), scorer(given.data / "score_statements.py")
    got = outcomes(articles, parsed, score, Choices())
    every = outcomes(articles, parsed, score, Choices(confidence=0.0, bare=0.0))
    print("| confidence | statements | mean confidence | share right |\n|---|---|---|---|")
    rows = table(got.confidence, got.right)
    for number, (count, mean, share) in enumerate(rows):
        if count:
            print(f"| {number / BINS:.1f} to {(number + 1) / BINS:.1f} | {count} | {mean:.3f} | {share:.3f} |")
    of_article: list[NDArray[np.intp]] = [
        np.flatnonzero(got.article == number) for number in range(int(got.article.max()) + 1)
    ]
    rng = np.random.default_rng(1)
    again: list[float] = []
    for _ in range(500):
        picks: list[int] = rng.integers(len(of_article), size=len(of_article)).tolist()
        some: NDArray[np.intp] = np.concatenate([of_article[pick] for pick in picks])
        again.append(error(got.confidence[some], got.right[some]))
    low, high = np.quantile(again, (0.025, 0.975))
    print(f"\nexpected calibration error {error(got.confidence, got.right):.3f} (95 %: {low:.3f} to {high:.3f})")
    learned = np.flatnonzero(np.isfinite(got.signs[:, 0]))
    all_learned = np.flatnonzero(np.isfinite(every.signs[:, 0]))
    refitted = got.confidence.copy()
    for fold in range(4):
        held = learned[got.article[learned] % 4 == fold]
        rest = all_learned[every.article[all_learned] % 4 != fold]
        weights = fitted(every.signs[rest], every.right[rest])
        refitted[held] = 1 / (1 + np.exp(-(weights[0] + got.signs[held] @ weights[1:])))
    print(f"fitted anew, four folds by article: {error(refitted, got.right):.3f}")
    values = ", ".join(f"{value:.3f}" for value in fitted(every.signs[all_learned], every.right[all_learned]))
    print(f"CALIBRATION on all of them ({values}); in the package {CALIBRATION}")
    if given.plot:
        given.plot.parent.mkdir(parents=True, exist_ok=True)
        given.plot.write_text(drawn(rows, "Statements: confidence and truth (PolNeAR dev)"), encoding="utf-8")


if __name__ == "__main__":
    main()
