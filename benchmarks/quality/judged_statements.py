"""Precision of statements on world and local news, from verdicts of one reader.

    python -m benchmarks.quality.judged_statements [--data DIR] [--draw N]
    python -m benchmarks.quality.judged_statements --data DIR --recall [--openings {1,2}]

``judged/statements_world.jsonl`` holds statements drawn at random with a fixed seed from what the coder found at the
time in GeoWebNews, GeoVirus and LGL, one a line: corpus file, article id, code point offsets of source, cue and
content, and the verdicts. No text is kept. Draw 1 (34, 33 and 33 statements) showed what to mend; draw 2 (17, 17 and
16, none of them of draw 1) was made after that. ``--data`` names the folder of the corpus files; the coder as it
stands then reads the judged articles again, and the figures count the statements that it still finds.

Verdicts: ``content_right`` (the words of a statement, give or take function words and marks at the edges),
``source_right``, ``form_right``, and ``speaker``: ``right`` (the right actor, or none where the article names
none), ``wrong`` (another actor), ``none`` (no actor although there is one). Where nobody says anything the error is
``no statement`` and only the content is judged.

``judged/statements_recall.jsonl`` is the other way round: what one reader, before the coder was run on them, would
want to be told of 18 whole articles (six of each file, drawn at random among those of 150 to 420 words, none of them
judged above): source, cue and content of each statement and its kind (``speech``; ``writing``: what a report or a law
says; ``thought``: what somebody believes, fears or wants; ``optional``: what may be given or left out). A statement is
found where at least half of the words are the same (intersection over union) and the cues touch, where both have one.
``judged/statements_openings.jsonl`` holds the same for the openings of 30 other articles (11 of GeoWebNews, 9 of
GeoVirus, 10 pages; up to 1,500 code points, ``end``), six of which say nothing, ``statements_openings_second.jsonl``
for 18 more (9 of GeoVirus, 9 pages), drawn after the misses of the first were read; ``DIR`` may hold the corpus files
themselves or folders of them.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import cast

from benchmarks.quality.task import Row, drafts
from dateline.coding.actors import ActorCoder
from dateline.coding.statements import StatementCoder
from dateline.coding.times import TimeCoder
from dateline.records import Statement

JUDGED = Path(__file__).parent / "judged" / "statements_world.jsonl"
WANTED = Path(__file__).parent / "judged" / "statements_recall.jsonl"
OPENINGS = (WANTED.with_name("statements_openings.jsonl"), WANTED.with_name("statements_openings_second.jsonl"))
KINDS = ("speech", "writing", "thought")


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


@dataclass(slots=True)
class Reading:
    """What was wanted of whole articles, and what was found."""

    wanted: list[Row]
    found: list[tuple[str, Statement]]
    """Article id and statement."""
    pairs: list[tuple[int, int]]
    """Numbers of a wanted and of a found statement that are one."""

    def recall(self, kind: str | None = None) -> Share:
        """Share of the wanted statements of a kind, or of all but the optional ones, that are found."""
        numbers = {
            n for n, row in enumerate(self.wanted) if row["kind"] == kind or (kind is None and row["kind"] in KINDS)
        }
        return Share(sum(n in numbers for n, _ in self.pairs), len(numbers))

    def precision(self) -> Share:
        """Share of what is found that was wanted or may be given."""
        return Share(len(self.pairs), len(self.found))

    def sources(self) -> Share:
        """Share of the wanted statements found whose source is the same words or, like the wanted one, none."""
        right = total = 0
        for n, m in self.pairs:
            wanted, source = self.wanted[n]["source"], self.found[m][1].source
            if self.wanted[n]["cue"] is None:
                continue  # goes on: its source stands elsewhere
            total += 1
            right += (
                source is None if wanted is None else source is not None and _touch(wanted, (source.start, source.end))
            )
        return Share(right, total)


def _touch(one: Sequence[int], other: Sequence[int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _words(text: str, spans: Iterable[tuple[int, int]]) -> set[int]:
    """Offsets of the words that lie in the spans."""
    return {match.start() + start for start, end in spans for match in re.finditer(r"\w+", text[start:end])}


def read_whole(data: Path, wanted: Path = WANTED) -> Reading:
    """Read the articles of the recall file and pair what is found with what is wanted."""
    rows = [json.loads(line) for line in wanted.read_text(encoding="utf-8").splitlines()]
    ends: dict[tuple[str, str], int | None] = {
        (row["file"], row["id"]): row.get("end") for row in rows if "read" in row
    }
    out = Reading([row for row in rows if "kind" in row], [], [])
    for file in sorted({file for file, _ in ends}):
        path = data / file if (data / file).exists() else next(data.glob(f"*/{file}"))
        some: list[Row] = []
        for line in path.read_text(encoding="utf-8").splitlines():
            row = cast("Row", json.loads(line))
            if (file, row["id"]) in ends:
                text = row["text"] if "text" in row else "\n\n".join(row["articles"][0]["paragraphs"])
                some.append({**row, "text": text[: ends[file, row["id"]]]})
        for article, draft in zip(some, drafts(some, [ActorCoder(), TimeCoder(), StatementCoder()]), strict=True):
            text, base = article["text"], len(out.found)
            out.found.extend((article["id"], each) for each in draft.statements)
            close: list[tuple[float, int, int]] = []
            for n, row in enumerate(out.wanted):
                if (row["file"], row["id"]) != (file, article["id"]):
                    continue
                said = _words(text, ((start, end) for start, end in row["content"]))
                for m, (_, each) in enumerate(out.found[base:], start=base):
                    cue = (each.cue.start, each.cue.end) if each.cue is not None else None
                    if cue is not None and row["cue"] is not None and not _touch(cue, row["cue"]):
                        continue
                    words = _words(text, ((span.start, span.end) for span in each.content))
                    same = len(said & words) / max(1, len(said | words))
                    if same >= 0.5:
                        close.append((same, -n, -m))
            taken: set[int] = set()
            for _, n, m in sorted(close, reverse=True):
                if not {-n, ~-m} & taken:
                    taken.update((-n, ~-m))
                    out.pairs.append((-n, -m))
    return out


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
    asked.add_argument("--recall", action="store_true", help="the articles read whole, instead of the draws")
    asked.add_argument("--openings", type=int, choices=(1, 2), help="with --recall: these openings instead")
    given = asked.parse_args()
    if given.recall:
        if not given.data:
            asked.error("--recall needs --data")
        number = cast("int | None", given.openings)
        read = read_whole(given.data, OPENINGS[number - 1] if number else WANTED)
        print(f"precision  {read.precision()}")
        print(f"recall     {read.recall()}")
        for kind in KINDS:
            print(f"  {kind:8} {read.recall(kind)}")
        print(f"source     {read.sources()}")
        return
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
