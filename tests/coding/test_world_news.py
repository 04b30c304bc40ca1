"""Figures and times in world news of our own writing, against a reader's answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.coding.coder import Draft
from dateline.coding.figures import FigureCoder
from dateline.coding.times import TimeCoder
from dateline.intake.text import verbatim

HERE = Path(__file__).parent
DAY = "2023-03-16"
BOUNDS = {"=": "exact", "~": "about", ">": "at least", "<": "at most", "..": "between"}


def rows_of(name):
    rows = []
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("\t"):
            rows[-1][1].append(line[1:].split("\t"))
        elif line and not line.startswith("#"):
            rows.append((line, []))
    return rows


def drafts_of(reading, rows, *, amounts):
    analyses = reading.analyse([verbatim(text, published=DAY) for text, _ in rows])
    for (text, gold), analysis in zip(rows, analyses, strict=True):
        draft = Draft(analysis)
        draft.times = TimeCoder(amounts=amounts).code([draft])[0]
        yield text, gold, draft


def f1(right, gold, found):
    return 200 * right / (gold + found)


def ends_of(figure):
    low = figure.low if figure.low is not None else figure.high
    high = figure.high if figure.high is not None else figure.low
    return low, high


def figure_scores(reading, name):
    """F1 of values, and of values with the right bound, unit, change, counted words and outcome.

    A column for the holder, where there is one, is left to the statements.
    """
    gold_count = found_count = 0
    right = dict.fromkeys(("value", "bound", "unit", "change", "counted", "outcome"), 0)
    for text, gold, draft in drafts_of(reading, rows_of(name), amounts=False):
        figures = list(FigureCoder().code([draft])[0])
        gold_count += len(gold)
        found_count += len(figures)
        for value, bound, change, unit, per, counted, outcome, *_ in gold:
            low, _, high = value.partition("..")
            wanted = float(low), float(high or low)
            match = next(
                (each for each in figures if all(map(_close, ends_of(each), wanted))),
                None,
            )
            if match is None:
                continue
            figures.remove(match)
            words = text[match.counted.start : match.counted.end] if match.counted else "-"
            right["value"] += 1
            right["bound"] += match.bound == BOUNDS[bound]
            right["unit"] += match.unit.lower() == unit.lower() and (match.per or "-") == per
            right["change"] += (match.change or "-") == change
            right["counted"] += words == counted
            right["outcome"] += (match.outcome or "-") == outcome
    return {name: f1(count, gold_count, found_count) for name, count in right.items()}


def _close(left, right):
    return abs(left - right) <= 1e-6 * max(1.0, abs(right))


@pytest.mark.parametrize(
    ("name", "floors"),
    [
        (
            "world_figures",
            {"value": 99.5, "bound": 99.5, "unit": 97.5, "change": 98.5, "counted": 93.0, "outcome": 98.0},
        ),
        (
            "world_figures_second",
            {"value": 99.0, "bound": 99.0, "unit": 99.0, "change": 99.0, "counted": 98.5, "outcome": 98.5},
        ),
        (
            "world_figures_third",
            {"value": 99.5, "bound": 99.5, "unit": 97.5, "change": 99.5, "counted": 94.5, "outcome": 99.5},
        ),
    ],
)
def test_figures_of_world_news(reading, name, floors):
    scores = figure_scores(reading, f"{name}.tsv")
    assert {field: score for field, score in scores.items() if score < floors[field]} == {}


def time_scores(reading):
    """F1 of expressions found, and of those with the right value and type."""
    gold_count = found_count = 0
    right = dict.fromkeys(("found", "value", "type"), 0)
    for text, gold, draft in drafts_of(reading, rows_of("world_times.tsv"), amounts=True):
        times = list(draft.times)
        at = 0
        for words, kind, value in gold:
            start = text.index(words, at)
            at = start + len(words)
            match = next((each for each in times if each.mention.start < at and start < each.mention.end), None)
            if match is not None:
                times.remove(match)
            if value == "*":
                continue  # found or not, it is not counted
            gold_count += 1
            if match is None:
                continue
            found_count += 1
            right["found"] += 1
            right["value"] += match.value in value.split("|")
            right["type"] += match.type == kind
        found_count += len(times)
    return {name: f1(count, gold_count, found_count) for name, count in right.items()}


def test_times_of_world_news(reading):
    scores = time_scores(reading)
    floors = {"found": 99.0, "value": 97.0, "type": 96.0}
    assert {name: score for name, score in scores.items() if score < floors[name]} == {}
