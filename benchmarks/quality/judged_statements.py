"""Precision of statements on world and local news, from verdicts of one reader.

    python -m benchmarks.quality.judged_statements [--data DIR] [--draw N]

``judged/statements_world.jsonl`` holds statements drawn at random with a fixed seed from what the coder found at the
time in GeoWebNews, GeoVirus and LGL, one a line: corpus file, article id, code point offsets of source, cue and
content, and the verdicts. No text is kept. Draw 1 (34, 33 and 33 statements) showed what to mend; draw 2 (17, 17 and
16, none of them of draw 1) was made after that. ``--data`` names the folder of the corpus files; the coder as it
stands then reads the judged articles again, and the figures count the statements that it still finds.

Verdicts: ``content_right`` (the words of a statement, give or take function words and marks at the edges),
``source_right``, ``form_right``, and ``speaker``: ``right`` (the right actor, or none where the article names
none), ``wrong`` (another actor), ``none`` (no actor although there is one). Where nobody says anything the error is
``no statement`` and only the content is judged.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import cast

from benchmarks.quality.task import Row, drafts
from dateline.coding.actors import ActorCoder
from dateline.coding.statements import StatementCoder
from dateline.coding.times import TimeCoder

JUDGED = Path(__file__).parent / "judged" / "statements_world.jsonl"


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many are right."""

    right: int
    judged: int

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the share, 0 to 1."""
        if not self.judged:
            return 0.0, 1.0
        z, n, p = 1.96, self.judged, self.right / self.judged
        middle, half = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.right}/{self.judged} = {self.right / max(1, self.judged):.2f} ({low:.2f} to {high:.2f})"


def load(path: Path = JUDGED) -> list[Row]:
    """The verdicts."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def shares(rows: Sequence[Row]) -> dict[str, Share]:
    """Share of each verdict that is right; ``speaker`` counts the statements that were given one."""

    def share(values: list[bool]) -> Share:
        return Share(sum(values), len(values))

    real = [row for row in rows if row["error"] != "no statement"]
    return {
        "is a statement": Share(len(real), len(rows)),
        "content": share([row["content_right"] for row in rows]),
        "source": share([row["source_right"] for row in real]),
        "speaker, where given": share([row["speaker"] == "right" for row in real if row["speaker"] != "none"]),
        "form": share([row["form_right"] for row in real]),
    }


def still_found(rows: Sequence[Row], data: Path) -> list[Row]:
    """The judged statements that the coder as it stands finds again, with the same source, cue and content."""
    found: set[str] = set()
    for file in sorted({row["file"] for row in rows}):
        wanted = {row["id"] for row in rows if row["file"] == file}
        lines = (data / file).read_text(encoding="utf-8").splitlines()
        articles = [article for line in lines if (article := cast("Row", json.loads(line)))["id"] in wanted]
        coders = [ActorCoder(), TimeCoder(), StatementCoder()]
        for article, draft in zip(articles, drafts(articles, coders), strict=True):
            for each in draft.statements:
                spans = [
                    [[span.start, span.end] for span in part]
                    for part in ((each.source,) if each.source else (), (each.cue,) if each.cue else (), each.content)
                ]
                found.add(json.dumps([file, article["id"], spans]))

    def key(row: Row) -> str:
        spans = [[row["source"]] if row["source"] else [], [row["cue"]] if row["cue"] else [], row["content"]]
        return json.dumps([row["file"], row["id"], spans])

    return [row for row in rows if key(row) in found]


def main() -> None:
    """Print the figures, the error classes and, for each, how many there are."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--data", type=Path, help="folder of the corpus files, to count only what is still found")
    asked.add_argument("--draw", type=int, help="this draw alone")
    given = asked.parse_args()
    rows = [row for row in load() if given.draw in (None, row["draw"])]
    if given.data:
        kept = still_found(rows, given.data)
        print(f"{len(kept)} of {len(rows)} judged statements are still found")
        rows = kept
    for name, share in shares(rows).items():
        print(f"{name:22} {share}")
    for error, count in Counter(row["error"] for row in rows if row["error"]).most_common():
        print(f"  {error:20} {count}")


if __name__ == "__main__":
    main()
