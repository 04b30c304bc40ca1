"""Recall of events on whole articles that one reader annotated before the coder was run on them.

    python -m benchmarks.quality.judged_events_recall --data DIR [--show]

``judged/events_recall.jsonl`` holds, for 24 articles of MEANTIME and Fundus, every PLOVER event the reader would want
of a coder: corpus file, article id, code point offsets of the trigger, source and target (none where nobody is named),
type, types that would do as well (``alt``), and whether the reader is sure that a coder must find it. A line with
``read`` names an article, of which some have no event. No text is kept.

A wanted event is found when an event of the same sentence has its type, or another that will do, and source and target
are those wanted: an actor with a mention at the words, or nobody where nobody is named. ``type`` asks for sentence and
type alone. Precision is the share of the events found that are wanted, surely or not: what the reader left out counts
as wrong.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.quality.judged_events import articles, coded
from benchmarks.quality.judged_statements import Share
from benchmarks.quality.task import Row
from dateline.coding.coder import Draft
from dateline.coding.event_features import FOLD
from dateline.coding.events import EventCoder
from dateline.records import Actor, Event

WANTED = Path(__file__).parent / "judged" / "events_recall.jsonl"


@dataclass(slots=True)
class Reading:
    """What was wanted of whole articles, and what was found."""

    wanted: list[Row]
    found: int
    """Events the coder found."""
    pairs: dict[int, bool]
    """Number of each wanted event that was found by type, and whether its parties are right."""

    def recall(self, *, sure: bool = True, parties: bool = True, relation: str | None = None) -> Share:
        """Share of the wanted events that are found.

        Args:
            sure: Only those a coder must find.
            parties: Source and target must be right too.
            relation: Only those of this type.
        """
        numbers = [
            number
            for number, row in enumerate(self.wanted)
            if (row["sure"] or not sure) and relation in (None, row["relation"])
        ]
        return Share(sum(self.pairs.get(n, False) if parties else n in self.pairs for n in numbers), len(numbers))

    def precision(self) -> Share:
        """Share of the events found that are wanted with their parties, surely or not."""
        return Share(sum(self.pairs.values()), self.found)


def read_whole(data: Path, wanted: Path = WANTED, *, show: bool = False) -> Reading:
    """Code the annotated articles and pair what is found with what is wanted, each once."""
    rows: list[Row] = [json.loads(line) for line in wanted.read_text(encoding="utf-8").splitlines()]
    out = Reading([row for row in rows if "trigger" in row], 0, {})
    coder = EventCoder()
    for file in sorted({row["file"] for row in rows}):
        ids = {row["id"] for row in rows if row["file"] == file}
        some = [row for row in articles(data, file) if row["id"] in ids]
        for article, draft in zip(some, coded(some), strict=True):
            found: list[Event] = [each for each in coder.code([draft])[0] if isinstance(each, Event)]
            out.found += len(found)
            close: list[tuple[int, bool, int, int]] = []
            for number, row in enumerate(out.wanted):
                if (row["file"], row["id"]) == (file, article["id"]):
                    close += [
                        (-score, not right, number, at)
                        for at, event in enumerate(found)
                        if (made := _fits(draft, row, event)) is not None
                        for score, right in [made]
                    ]
            taken: set[int] = set()
            for _, wrong, number, at in sorted(close):
                if number not in out.pairs and at not in taken:
                    taken.add(at)
                    out.pairs[number] = not wrong
            if show:
                _show(draft, found, taken, [n for n, row in enumerate(out.wanted) if row["id"] == article["id"]], out)
    return out


def _fits(draft: Draft, row: Row, event: Event) -> tuple[int, bool] | None:
    """How well an event fits a wanted one, and whether its parties are right; none where it is another."""
    a = draft.analysis
    one, other = a.token_at(row["trigger"][0]), a.token_at(event.trigger.start)
    if one is None or other is None or a.sentence_of[one] != a.sentence_of[other]:
        return None
    types = {FOLD.get(each, each) for each in (row["relation"], *row.get("alt", ()))}
    if FOLD.get(event.relation, event.relation) not in types:
        return None
    actors = {actor.id: actor for actor in draft.actors}
    right = [
        _party(row[side], [actors[each] for each in parties])
        for side, parties in (("source", event.sources), ("target", event.targets))
    ]
    return 2 * sum(right) + (one == other), all(right)


def _party(wanted: Sequence[int] | None, found: list[Actor]) -> bool:
    if wanted is None or not found:
        return wanted is None and not found
    return any(span.start < wanted[1] and wanted[0] < span.end for actor in found for span in actor.mentions)


def _show(draft: Draft, found: list[Event], taken: set[int], numbers: list[int], out: Reading) -> None:
    text = draft.analysis.text
    names = {actor.id: actor.name for actor in draft.actors}
    for number in numbers:
        if not out.pairs.get(number, False):
            row = out.wanted[number]
            words = [text[slice(*row[side])] if row[side] else "-" for side in ("trigger", "source", "target")]
            print(
                "missed" if number not in out.pairs else "parties",
                "sure" if row["sure"] else "",
                row["relation"],
                words,
            )
    for at, event in enumerate(found):
        if at not in taken:
            sides = [[names[each] for each in side] for side in (event.sources, event.targets)]
            print("more", event.relation, text[event.trigger.start : event.trigger.end], *sides)


def main() -> None:
    """Print recall by type, and precision."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    asked.add_argument("--show", action="store_true", help="print what was missed and what was found besides")
    given = asked.parse_args()
    read = read_whole(given.data, show=given.show)
    print(f"recall, sure ones            {read.recall()}")
    print(f"recall, sure ones, type only {read.recall(parties=False)}")
    print(f"recall, all                  {read.recall(sure=False)}")
    print(f"precision                    {read.precision()}")
    for relation, _ in Counter(row["relation"] for row in read.wanted if row["sure"]).most_common():
        by_type = read.recall(relation=relation, parties=False)
        print(f"  {relation:10} {read.recall(relation=relation)}   type only {by_type}")


if __name__ == "__main__":
    main()
