"""``dateline relate``: which relation two known parties of a sentence stand in."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from dateline.errors import ArticleError, ConfigError
from dateline.export.flat import Output
from dateline.records import Rejection, Span

if TYPE_CHECKING:
    from rich.progress import Progress

    from dateline.coding.event_relation import Relation
    from dateline.reading.analysis import Analysis

USUAL: dict[str, tuple[str, ...]] = {
    "id": ("id", "row_id", "sentence_id", "event_id", "doc_id"),
    "text": ("text", "sentence", "event_text", "body", "content"),
    "source": ("source", "source_text", "source_actor", "actor", "actor1"),
    "target": ("target", "target_text", "target_actor", "recipient", "actor2"),
    "source_start": ("source_start",),
    "source_end": ("source_end",),
    "target_start": ("target_start",),
    "target_end": ("target_end",),
}
"""Keys tried for each field of a row, first found first used, where --field says nothing."""
COLUMNS = (
    "id", "relation", "quad", "probability", "second", "second_probability",
    "source", "source_start", "source_end", "target", "target_start", "target_end",
    "trigger", "trigger_start", "trigger_end", "trigger_relation", "read_start", "read_end", "coder",
)  # fmt: skip
QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
_BATCH = 32
_MOST = 100_000
"""Longest text of a row, in characters; a sentence or paragraph is meant."""
_FOREIGN = 0.1
"""Share of rows in other languages from which their user is told."""
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A row as it came."""

    where: str
    id: str
    text: str
    source: str | Span | None
    target: str | Span | None


def relate(
    *files: Annotated[str, Parameter(allow_leading_hyphen=True)],
    text: str | None = None,
    source: str | None = None,
    target: str | None = None,
    field: Annotated[tuple[str, ...], Parameter(negative=())] = (),
    output: Output | None = None,
    quick: Annotated[bool, Parameter(negative=())] = False,
    all_types: Annotated[bool, Parameter(name="--all", negative=())] = False,
    quiet: Annotated[bool, Parameter(negative=())] = False,
) -> int:
    """Tell which PLOVER type two known parties of a sentence stand in.

    For sentences whose parties somebody or something else has found: the words of each row's source and target are
    looked for in its text. It says which relation, not whether there is one. CONCEDE and RETREAT are one type here,
    YIELD, of quad class 2; trigger_relation may tell them apart.

    Args:
        files: JSON lines, CSV or TSV with a text, a source and a target a row, or - for standard input. A row's id is
            its own or, without one, file:line.
        text: One sentence, instead of files.
        source: Words of the party that acts, in that sentence.
        target: Words of the party it is done to, in that sentence.
        field: Which key or column holds what, as source=actor1 or target=events.0.recipient; may be repeated. Fields
            are id, text, source, target, and source_start, source_end, target_start, target_end (code points, counted
            from 0), which are needed only where the first occurrence of the words is not the one meant.
        output: json (one object a line), csv or tsv; json where nothing is said; one --text is then shown in words.
        quick: The linear model alone: five times the rows a second, and five points of macro-F1 worse.
        all_types: The probabilities of all 15 types, too.
        quiet: No progress and no summary; rows set aside are told all the same.
    """
    from dateline.cli import console

    if text is not None and files:
        raise ConfigError("give files or --text, not both")
    if text is None and (source is not None or target is not None):
        raise ConfigError(
            "--source and --target are words of --text; of files, name the columns: --field source=COLUMN"
        )
    if text is not None:
        if not text.strip() or not (source or target):
            raise ConfigError("--text needs words, and --source or --target or both: words of it")
        rows: Iterable[tuple[str, Mapping[str, Any] | Rejection]] = [
            ("--text", {"id": "--text", "text": text, "source": source, "target": target})
        ]
        names = {each: (each,) for each in USUAL}
    elif not files:
        raise ConfigError("nothing to read: name files of rows, - for standard input, or give --text")
    else:
        names = _names(field)
        rows = _read(files, names["text"])
    job = _Job(names, quick=quick, everything=all_types)
    shown = text is None and not quiet and sys.stderr.isatty() and not sys.stdout.isatty()
    try:
        with _bar(shown) as bar:
            made = job.run(rows, bar)
            if text is not None and output is None:
                _show(list(made))
            else:
                _write(made, output or "json", job.columns)
    except KeyboardInterrupt:
        sys.stdout.flush()
        console.problem(f"stopped; the {job.done:,} rows related until now are written, the others are not")
        return 130
    if text is None and not quiet:
        for line in job.summary():
            console.stderr().print(line, markup=False, soft_wrap=True)
    return 1 if job.aside else 0


def _names(field: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The keys to try for each field.

    Raises:
        ConfigError: There is no such field.
    """
    from dateline.cli.run import fields

    given = fields(field)
    if odd := sorted(set(given) - set(USUAL)):
        raise ConfigError(f"--field {odd[0]}: there is no such field; there are {', '.join(USUAL)}")
    return {each: (given[each],) if each in given else usual for each, usual in USUAL.items()}


def _read(files: tuple[str, ...], text: tuple[str, ...]) -> Iterator[tuple[str, Mapping[str, Any] | Rejection]]:
    from pathlib import Path

    from dateline.intake.rows import read

    for each in files:  # at once: a wrong call stops before any work
        if each != "-" and not Path(each).is_file():
            raise ConfigError(f"there is no file {each}: check the path")
    return (row for each in files for row in read(each, needs=text))


class _Job:
    """Rows to relations, and what became of them."""

    def __init__(self, names: dict[str, tuple[str, ...]], *, quick: bool, everything: bool) -> None:
        self._names, self._quick, self._everything = names, quick, everything
        self.done = self.foreign = 0
        self.aside = Counter[str]()
        self.seconds = 0.0
        self._bar: Progress | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of a table."""
        if not self._everything:
            return COLUMNS
        from dateline.coding.event_relation import types

        return (*COLUMNS, *types())

    def run(
        self, rows: Iterable[tuple[str, Mapping[str, Any] | Rejection]], bar: Progress | None
    ) -> Iterator[dict[str, Any]]:
        """A row of the answer for each row that can be asked about."""
        import time

        from dateline.intake.text import verbatim
        from dateline.reading.syntax import Parser

        self._bar = bar
        task = None if bar is None else bar.add_task("loading the models", total=None)
        begun = time.monotonic()
        parser: Parser | None = None
        asked = self._asked(rows)
        while batch := list(islice(asked, _BATCH)):
            parser = parser or Parser()
            texts = list(dict.fromkeys(each.text for each in batch))
            parsed = dict(zip(texts, parser.parse([verbatim(each) for each in texts]), strict=True))
            for each in batch:
                try:
                    answer = self._answer(each, parsed[each.text])
                except ArticleError as error:
                    self._set_aside(error.reason, error.detail)
                    continue
                self.done += 1
                yield answer
            self.seconds = time.monotonic() - begun
            if bar is not None and task is not None:
                words = f"{self.done:,} rows, {self.done / self.seconds:.0f}/s"
                bar.update(task, description=f"{words}, {self.aside.total():,} set aside" if self.aside else words)

    def summary(self) -> Iterator[str]:
        """What became of the rows."""
        rate = f" ({self.done / self.seconds:.0f}/s)" if self.seconds else ""
        line = f"{self.done:,} rows related in {self.seconds:.1f} s{rate}"
        if self.aside:
            why = ", ".join(f"{count:,} {reason}" for reason, count in self.aside.most_common())
            line += f"; {self.aside.total():,} set aside: {why}"
        yield line
        if self.foreign > _FOREIGN * self.done:
            yield (
                f"{self.foreign:,} of them seem to be in another language than English, which the models do not read: "
                "leave these out"
            )

    def _set_aside(self, reason: str, detail: str) -> None:
        from dateline.cli import console

        self.aside[reason] += 1
        if self._bar is None:
            console.problem(detail)
        else:
            self._bar.console.print(f"dateline: {console.safe(detail)}", markup=False, soft_wrap=True)

    def _asked(self, rows: Iterable[tuple[str, Mapping[str, Any] | Rejection]]) -> Iterator[_Asked]:
        for where, row in rows:
            if isinstance(row, Rejection):
                self._set_aside(row.reason, row.detail)
                continue
            try:
                yield self._row(where, row)
            except ArticleError as error:
                self._set_aside(error.reason, error.detail)

    def _row(self, where: str, row: Mapping[str, Any]) -> _Asked:
        from dateline.intake.rows import value

        text = self._words(where, row, "text")
        if text is None or not text.strip():
            keys = ", ".join(map(str, list(row)[:12])) or "none"
            raise ArticleError(
                "without text", f"{where} has no text (its columns: {keys}): name it with --field text=COLUMN"
            )
        if len(text) > _MOST:
            raise ArticleError(
                "too long", f"{where}: the text has {len(text):,} characters: give the sentence or paragraph meant"
            )
        source, target = (self._party(where, row, each, text) for each in ("source", "target"))
        if source is None and target is None:
            keys = ", ".join(map(str, list(row)[:12]))
            raise ArticleError(
                "without parties",
                f"{where} has neither source nor target (its columns: {keys}): "
                "name them with --field source=COLUMN --field target=COLUMN",
            )
        known = value(row, self._names["id"])
        name = where if known is None or isinstance(known, dict | list) else str(known)
        if any(_SURROGATE.search(each) for each in (text, name, source, target) if isinstance(each, str)):
            raise ArticleError("broken text", f"{where}: the text holds lone surrogates: write it again as UTF-8")
        return _Asked(where, name, text, source, target)

    def _words(self, where: str, row: Mapping[str, Any], field: str) -> str | None:
        from dateline.intake.rows import value

        found = value(row, self._names[field])
        if found is not None and not isinstance(found, str):
            raise ArticleError("not words", f"{where}: its {field} is a {type(found).__name__}, not words")
        return found

    def _party(self, where: str, row: Mapping[str, Any], field: str, text: str) -> str | Span | None:
        """A party's words, or where it stands if the row says so."""
        words = self._words(where, row, field)
        words = words.strip() or None if words else None
        start, end = (self._offset(where, row, f"{field}_{each}") for each in ("start", "end"))
        if start is None and end is None:
            return words
        if start is None or (end is None and words is None):
            raise ArticleError("wrong offsets", f"{where}: the {field} has one offset of two: give both, or its words")
        end = start + len(words or "") if end is None else end
        if not 0 <= start < end <= len(text):
            raise ArticleError(
                "wrong offsets", f"{where}: the {field} at {start} to {end} is not inside the text (0 to {len(text)})"
            )
        there = text[start:end]
        if words is not None and there.split() != words.split():
            raise ArticleError(
                "wrong offsets",
                f"{where}: the {field} is {_quoted(words)}, but at {start} to {end} stands {_quoted(there)}: "
                "offsets are code points from 0, the end exclusive",
            )
        return Span(start, end)

    def _offset(self, where: str, row: Mapping[str, Any], field: str) -> int | None:
        from dateline.intake.rows import value

        found = value(row, self._names[field])
        if found is None:
            return None
        number = str(found).strip().removesuffix(".0")  # R and pandas write whole numbers beside missing ones so
        if not (number.isascii() and number.isdecimal() and len(number) < 10):
            raise ArticleError("wrong offsets", f"{where}: {field} {str(found)[:40]!r} is no whole number")
        return int(number)

    def _answer(self, asked: _Asked, analysis: Analysis) -> dict[str, Any]:
        from dateline.coding.event_relation import relate as ask
        from dateline.intake import languages

        source, target = self._spans(asked, analysis)
        try:
            found = ask(analysis, source, target, fast=self._quick)
        except ValueError as error:
            raise ArticleError("not in the text", f"{asked.where}: {error}") from error
        self.foreign += languages.identify(asked.text) not in ("en", "pcm", "und")
        answer = _flat(asked, found, source, target)
        if self._everything:
            answer |= {each: round(share, 4) for each, share in sorted(found.probabilities.items())}
        return answer

    def _spans(self, asked: _Asked, analysis: Analysis) -> tuple[Span | None, Span | None]:
        """Where the parties stand.

        Raises:
            ArticleError: One of them stands nowhere, or both at one place.
        """
        from dateline.coding.event_relation import places

        source, target = places(analysis, asked.source, asked.target)
        for name, given, found in (("source", asked.source, source), ("target", asked.target, target)):
            if given is not None and found is None:
                raise ArticleError(
                    "not in the text",
                    f"{asked.where}: the {name} {_quoted(str(given))} is not in the text: give its words as they stand "
                    f"there (another column: --field {name}=COLUMN), or none if the text names none",
                )
        if source is not None and source == target:
            words = _quoted(asked.text[source.start : source.end])
            raise ArticleError("one party", f"{asked.where}: source and target are the same words, {words}")
        return source, target


def _quoted(words: str) -> str:
    return f'"{words if len(words) <= 60 else words[:59] + "…"}"'


def _flat(asked: _Asked, found: Relation, source: Span | None, target: Span | None) -> dict[str, Any]:
    from dateline.coding.event_relation import quad

    row: dict[str, Any] = {
        "id": asked.id,
        "relation": found.type,
        "quad": quad(found.type),
        "probability": round(found.probabilities[found.type], 4),
        "second": found.second,
        "second_probability": round(found.probabilities[found.second], 4),
    }
    for name, span in (("source", source), ("target", target), ("trigger", found.trigger)):
        row[name] = asked.text[span.start : span.end] if span else None
        row[f"{name}_start"], row[f"{name}_end"] = (span.start, span.end) if span else (None, None)
    row["trigger_relation"] = found.frame.relation if found.frame is not None else None
    row["read_start"], row["read_end"] = found.read.start, found.read.end
    row["coder"] = found.coder
    return row


def _write(rows: Iterator[dict[str, Any]], output: Output, columns: tuple[str, ...]) -> None:
    from dateline.export import flat

    flat.write(sys.stdout.buffer, columns, rows, output)
    sys.stdout.flush()


def _show(rows: list[dict[str, Any]]) -> None:
    """One answer for a person."""
    from dateline.cli import console

    out = console.stdout()
    for row in rows:
        quad = f"{QUADS[row['quad'] - 1]}, quad class {row['quad']}"
        out.print(f"{row['relation']}  {row['probability']:.2f}  ({quad})", markup=False)
        out.print(f"next best  {row['second']}  {row['second_probability']:.2f}", markup=False)
        for name in ("source", "target", "trigger"):
            if row[name] is not None:
                says = f"{name}  {console.safe(row[name])}  [{row[f'{name}_start']}, {row[f'{name}_end']})"
                if name == "trigger":
                    says += f"  {row['trigger_relation']} to the lexicon"
                out.print(says, markup=False, soft_wrap=True)
        others = [each for each in row if each not in COLUMNS]
        if others:
            listed = sorted(others, key=lambda each: -row[each])
            out.print("  ".join(f"{each} {row[each]:.3f}" for each in listed), markup=False)


def _bar(shown: bool) -> Any:
    from contextlib import nullcontext

    if not shown:
        return nullcontext()
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from dateline.cli import console

    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=console.stderr(),
        transient=True,
    )
