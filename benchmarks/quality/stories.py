"""Stories: reports of one happening, for ``score_stories.py``.

python -m benchmarks.quality.stories FILE.jsonl --scorer score_stories.py [--batches 2]

Rows have a text, or a headline alone, and often an address; their order, and the minute at which a crawler met
them, play no part. To show it, the command adds the rows to a store in five orders, each shuffled by a seed of its
own, a batch at a time, links after every batch, and prints the score of each order and their mean.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.quality.task import Row
from dateline.intake.text import verbatim
from dateline.linking import stories
from dateline.pipeline.link import copies
from dateline.pipeline.link import stories as step
from dateline.query import open_store
from dateline.records import Record, Span

SEES = ("id", "text", "title", "time", "date", "publisher", "url")
SEEDS = (1, 2, 3, 4, 5)
"""Of the orders in which rows arrive."""


def predict(rows: Sequence[Row]) -> Iterator[Row]:
    """The cluster of each row."""
    reports = [
        stories.report(
            row["id"],
            title=row.get("title") or "",
            text=row.get("text") or "",
            url=row.get("url"),
            publisher=row.get("publisher"),
            day=_day(row),
        )
        for row in rows
    ]
    found = {each.id: f"c{at}" for at, group in enumerate(stories.cluster(reports)) for each in group}
    for row in rows:
        yield {"id": row["id"], "cluster": found[row["id"]]}


def _day(row: Row) -> date | None:
    when = row.get("time") or row.get("date")
    return date.fromisoformat(when[:10]) if when else None


def arriving(rows: Sequence[Row], seed: int, batches: int) -> list[Row]:
    """The cluster of each row when they come to a store in a shuffled order, a batch at a time."""
    order = list(rows)
    random.Random(seed).shuffle(order)  # noqa: S311 - an order, no secret
    articles = {row["id"]: _record(row) for row in order}
    found: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "stories.duckdb") as store:
        size = -(-len(order) // batches)
        for at in range(0, len(order), size):
            store.add([articles[row["id"]] for row in order[at : at + size]])
            store.flush()
            copies.update(store)
            step.update(store)
        for each in store.links("story_members"):
            found[each.article] = each.story
    names = {name: record.article.id for name, record in articles.items()}
    return [{"id": row["id"], "cluster": found.get(names[row["id"]], row["id"])} for row in rows]


def _record(row: Row) -> Record:
    day = _day(row)
    title = row.get("title") or None
    article = verbatim(
        row.get("text") or title or "",
        url=f"{row.get('url') or 'https://stories.example/'}#{row['id']}",  # rows alike but for their id stay apart
        source=row.get("publisher"),
        title=title,
        published=None if day is None else day.isoformat(),
    )
    return Record(article=article, codebook="plover/1", sentences=(Span(0, len(article.text)),))


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, help="rows with their story")
    parser.add_argument("--scorer", type=Path, required=True, help="score_stories.py")
    parser.add_argument("--batches", type=int, default=2, help="batches in which the rows arrive")
    given = parser.parse_args()
    with given.file.open(encoding="utf-8") as lines:
        rows = [{key: value for key, value in json.loads(each).items() if key in SEES} for each in lines]
    scores: list[float] = []
    for seed in SEEDS:
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as to:
            to.writelines(json.dumps(row) + "\n" for row in arriving(rows, seed, given.batches))
            to.flush()
            command = [sys.executable, str(given.scorer), str(given.file), to.name]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
        result: dict[str, Any] = json.loads(done.stdout)
        scores.append(float(result["b3"][2]))
        print(f"order of seed {seed}, {given.batches} batches: B3 {scores[-1]:.2f}", flush=True)
    print(f"mean of {len(SEEDS)} orders: B3 {sum(scores) / len(scores):.2f}")


if __name__ == "__main__":
    main()
