"""Precision of events on plain news, from verdicts of one reader.

    python -m benchmarks.quality.judged_events [--draw N] [--data DIR]

``judged/events_plain.jsonl`` holds events drawn at random (fixed seeds, at most two an article) from what the coder
found at the time in articles of LGL, GeoWebNews, GeoVirus and PolNeAR that no event rule had been tuned on, one a
line: corpus file, article id, code point offsets of the trigger and of the first mention of each source, type,
confidence, verdict and error class. No text is kept. ``right`` means type, source and target together; status and
place are not judged.

Draw 1 (100) came before the rules it led to, draws 2 to 5 (60 each, other articles but for draw 5, which took events
not seen before from the articles of 2 to 4) each after the rules made of the draws before. Draw 6 (110, other articles
again) came before the judge of events was trained; draw 7 (37, of the same articles) took the types that were weak
until then and is no measure of the whole. Draw 8 (100, other articles) came after the judge and rules made of 6 and 7,
draw 9 (94, other articles) after rules made of 8 and a judge trained on 1 to 8; the judge that ships has seen all nine.
From draw 6 on the first mention of each target is kept too. ``--data`` names the folder
of the corpus files: the coder as it stands reads the articles again, and only what it still finds with the same type is
counted. That figure is of rules made after reading these very errors, and no measure of new text.

Error classes: ``who`` (an actor is someone else), ``source`` and ``target`` (another actor of the sentence, or none),
``target missed`` (named, but not found), ``type`` (an event of another type), ``sense`` (no such event: another
meaning of the word), ``attack in words``.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from benchmarks.quality.judged_statements import Share
from benchmarks.quality.task import Row, drafts
from dateline.coding.actors import ActorCoder
from dateline.coding.events import EventCoder
from dateline.coding.places import PlaceCoder
from dateline.coding.statements import StatementCoder
from dateline.coding.times import TimeCoder

JUDGED = Path(__file__).parent / "judged" / "events_plain.jsonl"


def load(path: Path = JUDGED) -> list[Row]:
    """The verdicts."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def share(rows: Sequence[Row]) -> Share:
    """Share of events whose type, source and target are all right."""
    return Share(sum(row["right"] for row in rows), len(rows))


def still_found(rows: Sequence[Row], data: Path) -> list[Row]:
    """The judged events that the coder as it stands finds again: same trigger and type."""
    found: set[tuple[str, str, int, str]] = set()
    for file in sorted({row["file"] for row in rows}):
        wanted = {row["id"] for row in rows if row["file"] == file}
        lines = (data / file).read_text(encoding="utf-8").splitlines()
        articles = [article for line in lines if (article := cast("Row", json.loads(line)))["id"] in wanted]
        # dated as they were when judged: by a whole date only
        dated = [
            {"text": row["text"], "date": row.get("date") if len(row.get("date") or "") == 10 else None}
            for row in articles
        ]
        coders = [ActorCoder(), PlaceCoder(), TimeCoder(), StatementCoder(), EventCoder()]
        for article, draft in zip(articles, drafts(dated, coders), strict=True):
            found.update((file, article["id"], event.trigger.start, event.relation) for event in draft.events)
    return [row for row in rows if (row["file"], row["id"], row["trigger"][0], row["relation"]) in found]


def main() -> None:
    """Print precision by draw, type and file, and how many errors there are of each class."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--data", type=Path, help="folder of the corpus files, to count only what is still found")
    asked.add_argument("--draw", type=int, help="this draw alone")
    given = asked.parse_args()
    rows = [row for row in load() if given.draw in (None, row["draw"])]
    if given.data:
        kept = still_found(rows, given.data)
        print(f"{len(kept)} of {len(rows)} judged events are still found")
        rows = kept
    print(f"{'all':28} {share(rows)}")
    for key in ("draw", "file", "relation"):
        for value in sorted({row[key] for row in rows}):
            print(f"  {key} {value!s:20} {share([row for row in rows if row[key] == value])}")
    for error, count in Counter(row["error"] for row in rows if row["error"]).most_common():
        print(f"  error: {error:18} {count}")


if __name__ == "__main__":
    main()
