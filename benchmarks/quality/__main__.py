"""Predict, score and compare with the floors.

python -m benchmarks.quality predict TASK INPUT.jsonl --out PRED.jsonl
python -m benchmarks.quality run --data DIR [--task TASK ...] [--keep DIR]
python -m benchmarks.quality smoke

DIR holds one folder a task with its development files and ``score_TASK.py``. ``predict``
passes a task only what a user would have of each row (its ``SEES``): the gold is removed
before any of our code sees the row. ``smoke`` runs every task on a few sentences of our
own, to show that each still works where no corpus is at hand.
"""

from __future__ import annotations

import argparse
import importlib
import json
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from benchmarks.quality.task import Row, Task

FLOORS = Path(__file__).with_name("floors.toml")
TASKS = (
    "statements",
    "relation",
    "end-to-end",
    "places",
    "times",
    "figures",
    "status",
    "pages",
    "copies",
    "stories",
    "incidents",
)


@dataclass(frozen=True, slots=True)
class Measure:
    """One development file: how it is scored and which figures count."""

    task: str
    name: str
    gold: str
    scorer: tuple[str, ...]
    """Script and its first arguments; GOLD and PRED follow, then ``tail``."""
    figures: dict[str, tuple[str | int, ...]]
    """Name to the path inside the scorer's JSON."""
    tail: tuple[str, ...] = ()
    lower_is_better: tuple[str, ...] = ()
    rows: str | None = None
    """What to predict, where it is not the gold with the answers taken out."""
    in_sample: bool = False
    """Whether the shipped weights were trained on these rows: scored only when asked for, said so, without a floor."""


_PAGES: dict[str, tuple[str | int, ...]] = {
    each: (each,) for each in ("F1", "title", "standfirst", "day", "minute", "authors F1", "caption leak")
}
MEASURES = (
    Measure(
        "statements",
        "polnear_dev",
        "statements/polnear_dev.jsonl",
        ("statements/score_statements.py",),
        {
            "attribution": ("attribution", "F1"),
            "speech attribution": ("speech_subset", "attribution", "F1"),
            "content tokens": ("token", "content", "F1"),
            "cue tokens": ("token", "cue", "F1"),
            "source tokens": ("token", "source", "F1"),
            "exact content": ("fragment_exact", "content", "F1"),
            "exact cue": ("fragment_exact", "cue", "F1"),
            "exact source": ("fragment_exact", "source", "F1"),
        },
        tail=("--json",),
    ),
    Measure(
        "relation",
        "plv_train",
        "events/plv_train.jsonl",
        ("events/score_events.py", "relation"),
        {each: (f"{each} macro-F1",) for each in ("root", "penta", "binary")},
        in_sample=True,
    ),
    Measure(
        "end-to-end",
        "end_to_end_dev",
        "events/end_to_end_dev.jsonl",
        ("events/score_events.py", "end-to-end"),
        {"dyad": ("dyad", "f1"), "dyad + root": ("dyad + root", "f1"), "root": ("root", "f1")},
    ),
    *(
        Measure(
            "places",
            f"{corpus}_dev",
            f"places/{corpus}_dev.jsonl",
            ("places/score_places.py",),
            {"within 161 km": ("end_to_end161", "f1"), "found": ("recognition_overlap", "f1")},
            tail=("--json",),
        )
        for corpus in ("lgl", "gwn", "geovirus")
    ),
    Measure(
        "times",
        "meantime_dev",
        "times/meantime_dev.jsonl",
        ("times/score_times.py",),
        {"value": ("value", 2), "relaxed": ("relaxed", 2), "type": ("type", 2)},
    ),
    Measure(
        "figures",
        "newsquant_dev",
        "figures/newsquant_dev.jsonl",
        ("figures/score_figures.py",),
        {
            "value": ("value", 2),
            "value + unit": ("value+unit", 2),
            "value + change": ("value+change", 2),
            "value + counted": ("value+concept_partial", 2),
        },
    ),
    Measure(
        "status",
        "meantime_docs_dev",
        "status/meantime_docs_dev.jsonl",
        ("status/score_status.py",),
        {"accuracy": ("acc",), "macro-F1": ("macroF1",)},
    ),
    Measure("status", "uds_ih2_dev", "status/uds_ih2_dev.jsonl", ("status/score_status.py",), {"r": ("r",)}),
    Measure(
        "pages",
        "fundus_dev",
        "pages/fundus_dev.jsonl",
        ("pages/score_pages.py",),
        _PAGES,
        lower_is_better=("caption leak",),
    ),
    Measure(
        "pages",
        "spliced",
        "pages/spliced.jsonl",
        ("pages/score_pages.py",),
        {"split F1": ("split F1",), "leak": ("leak",), "F1": ("F1",)},
        lower_is_better=("leak",),
    ),
    Measure(
        "copies",
        "synth_dev",
        "copies/synth_dev_gold.json",
        ("copies/score_copies.py",),
        {"F1": ("F1",), "precision": ("P",), "recall": ("R",)},
        rows="copies/synth_dev.jsonl",
    ),
    *(
        Measure(
            "stories",
            corpus,
            f"stories/{corpus}.jsonl",
            ("stories/score_stories.py",),
            {"B3": ("b3", 2), "pairs": ("pair", 2)},
        )
        for corpus in ("ecbplus_dev", "uci_titles_dev")
    ),
    Measure(
        "incidents",
        "ecbplus_dev",
        "incidents/ecbplus_dev.jsonl",
        ("incidents/score_incidents.py",),
        {"CoNLL": ("conll",), "B3": ("b3", 2), "pairs": ("pair", 2)},
    ),
)


def task(name: str) -> Task:
    """The module of a task.

    Raises:
        SystemExit: There is no such task.
    """
    if name not in TASKS:
        sys.exit(f"no task {name!r}; there are {', '.join(TASKS)}")
    return cast("Task", importlib.import_module(f"benchmarks.quality.{name.replace('-', '_')}"))


def visible(row: Row, sees: Sequence[str]) -> Row:
    """What a task may see of a row; ``events.start`` keeps only that key of each of the events."""
    seen: Row = {}
    for path in sees:
        key, _, inner = path.partition(".")
        if key not in row:
            continue
        if not inner:
            seen[key] = row[key]
            continue
        rows: list[Row] = row[key]
        kept: list[Row] = seen.setdefault(key, [{} for _ in rows])
        for into, each in zip(kept, rows, strict=True):
            if inner in each:
                into[inner] = each[inner]
    return seen


def predict(name: str, source: Path, out: Path) -> float:
    """Predict every row of a file.

    Args:
        name: The task.
        source: JSONL of rows; file names in rows are relative to its folder.
        out: JSONL of predictions, written whole or not at all.

    Returns:
        Seconds it took.
    """
    module = task(name)
    rows: list[Row] = []
    with source.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                rows.append(visible(json.loads(line), module.SEES))
            except json.JSONDecodeError as error:
                sys.exit(f"{source}:{number}: no JSON: {error}")
    for row in rows:
        if "html" in row:  # a file beside the input
            row["html"] = str(source.parent / str(row["html"]))
    begin = time.perf_counter()
    partial = out.with_name(out.name + ".part")
    with partial.open("w", encoding="utf-8") as to:
        for prediction in module.predict(rows):
            to.write(json.dumps(prediction, ensure_ascii=False) + "\n")
    partial.replace(out)
    return time.perf_counter() - begin


def score(measure: Measure, data: Path, predicted: Path) -> dict[str, float]:
    """The figures that count, from the task's own scorer."""
    script, *first = measure.scorer
    command = [sys.executable, str(data / script), *first, str(data / measure.gold), str(predicted), *measure.tail]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")
    result: Any = json.loads(done.stdout)
    figures: dict[str, float] = {}
    for name, path in measure.figures.items():
        value = result
        for step in path:
            value = value[step]
        figures[name] = float(value or 0.0)
    return figures


def floors() -> dict[str, dict[str, float]]:
    """Lowest (for what is better low: highest) figures allowed, by measure."""
    return tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}


def _run(data: Path, chosen: Sequence[str], keep: Path | None) -> int:
    limits = floors()
    fallen = 0
    print(f"{'measure':<28} {'figure':<20} {'value':>9} {'floor':>9}  seconds")
    with tempfile.TemporaryDirectory() as temporary:
        folder = keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for measure in MEASURES:
            if measure.task not in chosen if chosen else measure.in_sample:
                continue
            out = folder / f"{measure.task}.{measure.name}.jsonl"
            seconds = predict(measure.task, data / (measure.rows or measure.gold), out)
            for name, value in score(measure, data, out).items():
                floor = limits.get(f"{measure.task}.{measure.name}", {}).get(name)
                worse = floor is not None and (
                    value > floor + 1e-9 if name in measure.lower_is_better else value < floor - 1e-9
                )
                fallen += worse
                shown = "-" if floor is None else f"{floor:9.3f}"
                row = f"{measure.task + ' ' + measure.name:<28} {name:<20} {value:9.3f} {shown:>9}  {seconds:7.1f}"
                print(row + ("  BELOW" if worse else "  IN-SAMPLE" if measure.in_sample else ""), flush=True)
    if not chosen or "relation" in chosen:
        print(
            f"relation: trained on its one file; cross-validated by python tools/train_relation.py "
            f"{data}/events/plv_train.jsonl --check; any other file: python -m benchmarks.quality.relation FILE.jsonl"
        )
    if fallen:
        print(f"{fallen} figures fell below their floors", file=sys.stderr)
    return 1 if fallen else 0


def smoke_rows(name: str) -> Iterator[Row]:
    """A few rows of our own for each task, in the layout of its corpus."""
    text = (
        "NAIROBI, Nov 3 - Kenya's foreign minister said on Monday that talks with Ethiopia would resume next week.\n\n"
        "“We have agreed to keep the border open,” she told reporters. At least 12 people were killed in Moyale.\n"
    )
    row: Row = {"id": "ours-1", "text": text, "date": "2025-11-03"}
    if name == "relation":
        row["events"] = [{"source_text": "Kenya's foreign minister", "target_text": "Ethiopia"}]
    if name == "status":
        at = text.index("killed")
        row["events"] = [{"start": at, "end": at + len("killed")}]
    if name == "incidents":
        at = text.index("killed")
        row["mentions"] = [{"start": at, "end": at + len("killed"), "kind": "EVENT"}]
    yield row


def _smoke() -> int:
    for name in TASKS:
        if name == "pages":  # pages are tested with the HTML samples
            continue
        module = task(name)
        rows = [visible(row, module.SEES) for row in smoke_rows(name)]
        predictions = list(module.predict(rows))
        if name != "copies" and [each["id"] for each in predictions] != [row["id"] for row in rows]:
            print(f"{name}: predictions do not match the rows", file=sys.stderr)
            return 1
        print(f"{name}: {json.dumps(predictions[0])[:160]}")
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quality", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("predict", help="write predictions for one file")
    one.add_argument("task", metavar="TASK", help=", ".join(TASKS))
    one.add_argument("input", type=Path, metavar="INPUT.jsonl")
    one.add_argument("--out", type=Path, required=True, metavar="PRED.jsonl")
    every = commands.add_parser("run", help="predict and score the development files")
    every.add_argument("--data", type=Path, required=True, metavar="DIR")
    every.add_argument("--task", action="append", default=[], choices=TASKS)
    every.add_argument("--keep", type=Path, metavar="DIR", help="keep the predictions here")
    commands.add_parser("smoke", help="every task on a few sentences of our own")
    given = parser.parse_args(arguments)
    if given.command == "predict":
        if not given.input.is_file():
            sys.exit(f"no file {given.input}")
        seconds = predict(given.task, given.input, given.out)
        print(f"{given.out}: written in {seconds:.1f} s", file=sys.stderr)
        return 0
    if given.command == "run":
        if not given.data.is_dir():
            sys.exit(f"no folder {given.data}; give the folder that holds one folder a task")
        return _run(given.data, given.task, given.keep)
    return _smoke()


if __name__ == "__main__":
    sys.exit(main())
