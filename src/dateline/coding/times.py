"""When: time expressions, each resolved to an interval against the article's day.

The grammar (:mod:`dateline.coding.time_grammar`) finds the words; the readings
(:mod:`dateline.coding.time_readings`) say which days they mean. Mentions follow the habits of TIMEX3 (no
preposition, modifiers such as ``early`` inside). A weekday or month without a
year lies before or after the article's day by the tense of the verb it hangs on.

An article without a day takes the one that stands alone among its first lines, if there is one; else relative
expressions get no dates, and their value keeps ``X`` for what is not known (``XXXX-WXX-4``). Not read: times that
only an event gives ("since the war"), Islamic and other calendars, times of day
resolved to another time zone, and holidays that move by the moon or from country to country.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dateline.coding import time_grammar as grammar
from dateline.coding.coder import Draft
from dateline.coding.time_readings import READINGS, Found, Scene
from dateline.ids import finding_id
from dateline.reading.analysis import Analysis
from dateline.records import Finding, Provenance, TimeSpan


class TimeCoder:
    """Finds time expressions and resolves them; see the module for what is read and what is not.

    Args:
        amounts: Also give the expressions of TIMEX3 that say how long, how often or nothing
            certain, and so place nothing on the calendar: ``20 years``, ``a day``, ``recently``.
            A record leaves them out by default: lengths and rates are figures there.
    """

    name = "times/1"
    needs: frozenset[type[Finding]] = frozenset()
    gives: type[Finding] = TimeSpan

    def __init__(self, *, amounts: bool = False) -> None:
        self._amounts = amounts

    def code(self, drafts: Sequence[Draft]) -> list[tuple[Finding, ...]]:
        """Time expressions of each draft, in text order, none overlapping another."""
        return [tuple(self._read(draft)) for draft in drafts]

    def _read(self, draft: Draft) -> list[TimeSpan]:
        analysis = draft.analysis
        article = analysis.article
        letters = grammar.classes(analysis.lowers, analysis.words, analysis.tags)
        scene = Scene(analysis, article.day() or _day_line(analysis, letters))
        found: list[TimeSpan] = []
        for start, end in analysis.sentences:
            at = start
            scene.enter(start, end)
            clocks: dict[int, int] = {}  # where a day would follow a clock time, and the first token of that
            while True:
                hit = grammar.first(letters, at, end)
                if hit is None:
                    break
                rule, match = hit
                read = READINGS[rule](scene, match)
                if read is None:
                    at = match.start() + 1
                    continue
                at = match.end()
                first = match.start() if read.start is None else read.start
                last = match.end() if read.end is None else read.end
                if read.type == "DATE" and read.grain == "day" and read.earliest is not None:
                    clock = clocks.pop(first, None)
                    if clock is not None and found and found[-1].mention.start == analysis.starts[clock]:
                        # "8 p.m. local time on Sunday" is one time, of that Sunday
                        time = (found.pop().value or "T").partition("T")[2]
                        read = replace(read, type="TIME", value=f"{read.value}T{time}", grain="minute")
                        first = clock
                    else:
                        part, start_at = _part_of(analysis, first, start)
                        if part:
                            read = replace(read, type="TIME", value=f"{read.value}T{part}", grain="hour")
                            first = start_at
                elif rule == "clock":
                    clocks[_past_on(analysis, last, end)] = first
                mention = analysis.span(first, last)
                scene.remember(read, first)
                if not self._amounts and not _placed(read):
                    continue
                found.append(
                    TimeSpan(
                        id=finding_id("time", article.id, (mention,), self.name),
                        provenance=Provenance((mention,), self.name, read.confidence),
                        earliest=read.earliest,
                        latest=read.latest,
                        grain=read.grain,
                        type=read.type,
                        value=read.value,
                        mention=mention,
                    )
                )
        return found


def _past_on(analysis: Analysis, at: int, end: int) -> int:
    """The token after ``local time``, ``on`` or a comma: where the day of a clock time stands."""
    while at < end and analysis.lowers[at] in ("local", "time", "on", ",", "the", "of"):
        at += 1
    return at


def _part_of(analysis: Analysis, at: int, start: int) -> tuple[str, int]:
    """The part of the day named before a day, and its first token: ``the night of March 9``, ``dawn on 6 May``."""
    lowers = analysis.lowers
    if at - 2 < start or lowers[at - 1] not in ("of", "on") or lowers[at - 2] not in grammar.PARTS:
        return "", at
    if lowers[at - 2].endswith("s"):
        return "", at
    first = at - 2
    return grammar.PARTS[lowers[first]], first - 1 if first > start and lowers[first - 1] == "the" else first


def _day_line(analysis: Analysis, letters: str) -> date | None:
    """The day of an article without one, where a full date stands alone among its first lines."""
    for start, end in analysis.sentences[:_DAY_LINES]:
        hit = grammar.first(letters, start, end)
        if hit is None or hit[0] not in ("numeric", "isodate", "monthday", "weekdaydate"):
            continue
        rule, match = hit
        if match.start() == start and all(word in _ENDS for word in analysis.lowers[match.end() : end]):
            scene = Scene(analysis, None)
            scene.enter(start, end)
            read = READINGS[rule](scene, match)
            if read is not None and read.earliest is not None and read.earliest == read.latest:
                return read.earliest
    return None


_DAY_LINES = 4
_ENDS = frozenset((".", "-", "–", "—", ":", ",", "|"))


def _placed(found: Found) -> bool:
    """Whether an expression places something on the calendar, or would if the article had a day."""
    if found.type in ("DURATION", "SET"):
        return found.earliest is not None or found.latest is not None
    return not found.value.endswith("_REF") or (found.value == "FUTURE_REF" and found.grain is not None)
