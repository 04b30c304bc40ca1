"""News reports of our own, every event of them marked: some train the event models, others measure them.

    python -m benchmarks.quality.own_reports [FILE ...] [--show]

``reports/*.txt`` are invented reports, a sentence a line, in the manner of news agencies and papers; what a sentence
tells stands below it::

    # 2023-05-14
    Kenya expels two Sudanese diplomats as row deepens
    - expels | SANCTION | Kenya | two Sudanese diplomats

    NAIROBI - Kenya on Sunday ordered two envoys to leave, accusing Khartoum of arming rebels.
    - ordered | SANCTION,REQUEST | Kenya | two envoys
    - accusing | ACCUSE | Kenya | Khartoum
    - arming | AID | Khartoum | rebels | 0

``#`` begins a report with its day, a blank line a paragraph. An event has its trigger, its type and others that would
do as well, source and target as the sentence names them, and 0 where its reader is not sure that a coder must find it.
``-`` is nobody, `` ; `` parts several, ``@words`` are those of another sentence: the last before it, else the first.

Without files the reports that no model is trained on (``held.txt``) are read by the models of the package, and recall
and precision printed, as :mod:`benchmarks.quality.judged_events_recall` counts them.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.quality.judged_events import coded
from benchmarks.quality.judged_events_recall import Reading, compare, report
from benchmarks.quality.task import Row
from dateline.coding.coder import Draft
from dateline.coding.event_triggers import TYPES
from dateline.coding.events import EventCoder

REPORTS = Path(__file__).parent / "reports"
HELD = REPORTS / "held.txt"
"""Reports no model is trained on."""

_DAY = re.compile(r"# (\d{4}-\d\d-\d\d)")


@dataclass(slots=True)
class Report:
    """A report with its events."""

    name: str
    """File and number: ``briefs.7``."""
    date: str
    text: str = ""
    rows: list[Row] = field(default_factory=list[Row])
    """What was read, and the events, as in ``judged/events_openings.jsonl``."""


def load(path: Path) -> list[Report]:
    """The reports of a file.

    Raises:
        ValueError: A line that is not as said above, or words that do not stand in their sentence; it names the line.
    """
    found: list[Report] = []
    marks: list[list[tuple[int, tuple[int, int], str]]] = []
    sentence, gap = (0, 0), False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if day := _DAY.fullmatch(line):
            found.append(Report(f"{path.stem}.{len(found)}", day[1]))
            marks.append([])
            sentence, gap = (0, 0), False
        elif not line.strip():
            gap = True
        elif not found:
            raise ValueError(f"{path.name}:{number}: before the first report; begin one with a line like # 2024-05-14")
        elif line.startswith("- "):
            marks[-1].append((number, sentence, line[2:]))
        else:
            before = found[-1].text
            apart = "" if not before else "\n\n" if gap else " "
            sentence, gap = (len(before) + len(apart), len(before) + len(apart) + len(line)), False
            found[-1].text += apart + line
    for one, those in zip(found, marks, strict=True):
        one.rows.append({"read": True, "start": 0, "end": len(one.text)})
        for number, sentence, mark in those:
            try:
                one.rows.append(_event(one.text, sentence, mark))
            except ValueError as wrong:
                raise ValueError(f"{path.name}:{number}: {wrong}") from None
    return found


def _event(text: str, sentence: tuple[int, int], mark: str) -> Row:
    fields = [each.strip() for each in mark.split("|")]
    if len(fields) not in (4, 5) or fields[4:] not in ([], ["0"], ["1"]):
        raise ValueError("an event has trigger | TYPE | source | target, and | 0 if it is not sure")
    relation, *others = (each.strip() for each in fields[1].split(","))
    if unknown := [each for each in (relation, *others) if each not in TYPES]:
        raise ValueError(f"no type of PLOVER: {unknown[0]}")
    row: Row = {
        "trigger": _place(text, sentence, fields[0]),
        "relation": relation,
        "sources": [_place(text, sentence, words) for words in _several(fields[2])],
        "targets": [_place(text, sentence, words) for words in _several(fields[3])],
        "sure": fields[4:] != ["0"],
    }
    return {**row, "alt": others} if others else row


def _several(words: str) -> list[str]:
    return [] if words == "-" else [each.strip() for each in words.split(" ; ")]


def _place(text: str, sentence: tuple[int, int], words: str) -> list[int]:
    """Where words stand in their sentence; with ``@`` the nearest in the text."""
    start, end = sentence
    elsewhere = words.startswith("@")
    pattern = re.compile(rf"(?<!\w){re.escape(words.removeprefix('@'))}(?!\w)")
    places = [each.span() for each in pattern.finditer(text)]
    if elsewhere:
        chosen = [place for place in places if place[1] <= start][-1:] or places
    else:
        chosen = [place for place in places if start <= place[0] and place[1] <= end]
    if not chosen:
        raise ValueError(f"{words!r} does not stand in the {'report' if elsewhere else 'sentence'}")
    return list(chosen[0])


def drafts(reports: Sequence[Report]) -> Iterator[Draft]:
    """The reports with the findings that events need."""
    return coded([{"id": one.name, "text": one.text, "date": one.date} for one in reports])


def measured(reports: Sequence[Report], *, show: bool = False) -> Reading:
    """What the models of the package find of reports."""
    out = Reading([], 0, {})
    coder = EventCoder()
    for one, draft in zip(reports, drafts(reports), strict=True):
        compare(coder, draft, one.rows, out, show=show)
    return out


def main() -> None:
    """Print recall and precision."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("files", type=Path, nargs="*", help="files of reports (default: those no model has seen)")
    asked.add_argument("--show", action="store_true", help="print what was missed and what was found besides")
    given = asked.parse_args()
    try:
        reports = [one for path in given.files or [HELD] for one in load(path)]
    except (OSError, ValueError) as wrong:
        asked.error(str(wrong))
    report(measured(reports, show=given.show))


if __name__ == "__main__":
    main()
