"""Recall of events on whole articles, or their openings, that a reader annotated before the coder was run on them.

    python -m benchmarks.quality.judged_events_recall --data DIR [--wanted FILE] [--show]

``judged/events_recall.jsonl`` holds, for 24 articles of MEANTIME and Fundus, every PLOVER event the reader would want
of a coder: corpus file, article id, code point offsets of the trigger, source and target (none where nobody is named),
type, types that would do as well (``alt``), and whether the reader is sure that a coder must find it. A line with
``read`` names an article, of which some have no event, and what was read of it (``start`` and ``end``, code points), if
that is not the whole; an article that was read in several parts has several such lines. No text is kept.
``judged/events_openings.jsonl`` has the openings of 805 articles, annotated in the same way,
``judged/events_middles.jsonl`` 760 parts of some 2,200 characters, from further down in 337 of these articles and of
423 others; several parties of one side stand in ``sources`` and ``targets``. The event models are trained on both.
``judged/events_recall_openings.jsonl`` has 26 openings, ``judged/events_recall_windows.jsonl`` 88 parts of articles
from anywhere, that they have not seen.

A wanted event is found when an event of the same sentence has its type, or another that will do, and source and target
are those wanted: an actor with a mention at the words, or nobody where nobody is named. ``type`` asks for sentence and
type alone. Precision is the share of the events found that are wanted, surely or not: what the reader left out counts
as wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.quality.judged_events import by_article
from benchmarks.quality.judged_statements import Share
from benchmarks.quality.task import Row
from dateline.coding.coder import Draft
from dateline.coding.event_candidates import IMPOSED
from dateline.coding.event_features import FOLD
from dateline.coding.event_judge import LEAST
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

    def precision(self, *, parties: bool = True) -> Share:
        """Share of the events found that are wanted, surely or not, with their parties if these must be right too."""
        return Share(sum(self.pairs.values()) if parties else len(self.pairs), self.found)


def read_whole(data: Path, wanted: Path = WANTED, *, show: bool = False) -> Reading:
    """Code the annotated articles and pair what is found with what is wanted, each once."""
    rows: list[Row] = [json.loads(line) for line in wanted.read_text(encoding="utf-8").splitlines()]
    out = Reading([], 0, {})
    coder = EventCoder()
    for those, draft in by_article(data, rows):
        compare(coder, draft, those, out, show=show)
    return out


def compare(
    coder: EventCoder, draft: Draft, rows: Sequence[Row], out: Reading, *, show: bool = False, least: float = LEAST
) -> None:
    """Pair what is found in one article with what is wanted of it, each once, and add both to what was read.

    Args:
        coder: The coder.
        draft: The article with the findings that events need.
        rows: Its rows of the file.
        out: What was read before.
        show: Whether to print what was missed and what was found besides.
        least: Least probability of an event.
    """
    read = parts(rows)
    found = [each for each in coder.events(draft, least) if within(read, each.trigger.start)]
    first = len(out.wanted)
    out.wanted += [row for row in rows if "trigger" in row]
    out.found += len(found)
    close = sorted(
        (-made[0], not made[1], number, at)
        for number, row in enumerate(out.wanted[first:], first)
        for at, event in enumerate(found)
        if (made := _fits(draft, row, event)) is not None
    )
    taken: set[int] = set()
    for _, wrong, number, at in close:
        if number not in out.pairs and at not in taken:
            taken.add(at)
            out.pairs[number] = not wrong
    if show:
        _show(draft, found, taken, range(first, len(out.wanted)), out)


def parts(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """The parts of an article that were read: code points of start and end."""
    return [(row.get("start", 0), row.get("end", sys.maxsize)) for row in rows if "read" in row]


def within(parts: Sequence[tuple[int, int]], offset: int) -> bool:
    """Whether a place of the text lies in one of its parts."""
    return any(start <= offset < end for start, end in parts)


def parties(row: Row) -> list[list[Sequence[int]]]:
    """Offsets of the sources and of the targets of a wanted event."""
    return [row[f"{side}s"] if f"{side}s" in row else [row[side]] if row[side] else [] for side in ("source", "target")]


def _fits(draft: Draft, row: Row, event: Event) -> tuple[int, bool] | None:
    """How well an event fits a wanted one, and whether its parties are right; none where it is another."""
    a = draft.analysis
    one, other = a.token_at(row["trigger"][0]), a.token_at(event.trigger.start)
    if one is None or other is None or a.sentence_of[one] != a.sentence_of[other]:
        return None
    if not of_type(row, event.relation, event.cameo):
        return None
    actors = {actor.id: actor for actor in draft.actors}
    right = [
        same(wanted, [actors[each] for each in side])
        for wanted, side in zip(parties(row), (event.sources, event.targets), strict=True)
    ]
    return 2 * sum(right) + (one == other), all(right)


def of_type(row: Row, relation: str, cameo: str | None) -> bool:
    """Whether a type is one that a reader gave; sanctions are COERCE to PLOVER, SANCTION to many readers."""
    types = {FOLD.get(each, each) for each in (row["relation"], *row.get("alt", ()))}
    return FOLD.get(relation, relation) in types or (cameo == IMPOSED and "SANCTION" in types)


def same(wanted: Sequence[Sequence[int]], found: Sequence[Actor]) -> bool:
    """Whether one of those found is one of those wanted, or nobody is both."""
    if not wanted or not found:
        return not wanted and not found
    return any(
        span.start < end and start < span.end for start, end in wanted for actor in found for span in actor.mentions
    )


def _show(draft: Draft, found: list[Event], taken: set[int], numbers: range, out: Reading) -> None:
    text = draft.analysis.text
    names = {actor.id: actor.name for actor in draft.actors}
    for number in numbers:
        if not out.pairs.get(number, False):
            row = out.wanted[number]
            words = [text[slice(*row["trigger"])], *([text[slice(*each)] for each in side] for side in parties(row))]
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
    asked.add_argument("--wanted", type=Path, default=WANTED, help="file of what is wanted")
    asked.add_argument("--show", action="store_true", help="print what was missed and what was found besides")
    given = asked.parse_args()
    report(read_whole(given.data, given.wanted, show=given.show))


def report(read: Reading) -> None:
    """Print recall and precision, and recall by type."""
    print(f"recall, sure ones            {read.recall()}")
    print(f"recall, sure ones, type only {read.recall(parties=False)}")
    print(f"recall, all                  {read.recall(sure=False)}")
    print(f"precision                    {read.precision()}")
    print(f"precision, type only         {read.precision(parties=False)}")
    for relation, _ in Counter(row["relation"] for row in read.wanted if row["sure"]).most_common():
        by_type = read.recall(relation=relation, parties=False)
        print(f"  {relation:10} {read.recall(relation=relation)}   type only {by_type}")


if __name__ == "__main__":
    main()
