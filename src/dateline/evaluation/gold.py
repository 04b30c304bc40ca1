"""A reading by hand: articles with the findings a person wants found in them.

One JSON object a line. The article is given as Dateline takes any JSON lines
(``text`` with ``title``, ``url``, ``source``, ``published`` ...) or whole, as
``article``, the way ``dateline read --json`` writes it. Beside it stand lists by
kind: ``events``, ``statements``, ``figures``, ``places``, ``times``, ``actors``. A kind
that is absent was not read by hand, and is not scored; an empty list says that
there is none. Findings have the fields of the record; those left out are not
scored. Where the record has the id of an actor, a name, a mention's words or a
country code will do: ``"sources": ["RUS"]``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import msgspec

from dateline.errors import ConfigError
from dateline.evaluation.views import KINDS
from dateline.intake import jsonl
from dateline.intake.extract import Raw
from dateline.intake.settings import Settings
from dateline.records import Article, Rejection, Span
from dateline.store.schema import FINDINGS

_SPANS = {"mention", "mentions", "source", "cue", "content", "trigger", "counted", "evidence"}
_ANCHOR = {
    "actors": ("mentions", "mention"),
    "places": ("mention",),
    "times": ("mention",),
    "statements": ("content",),
    "events": ("trigger",),
    "figures": ("evidence", "counted"),
}
_NEEDED = {"places": "mention", "times": "mention", "statements": "content", "actors": "mentions", "events": "relation"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A finding as a person wants it."""

    anchor: tuple[Span, ...]
    """Where it stands; empty where the reading does not say."""
    fields: Mapping[str, Any]
    """What the reading says of it; spans as tuples of :class:`Span`."""

    def says(self, name: str) -> bool:
        """Whether the reading says anything of a field."""
        return name in self.fields


@dataclass(frozen=True, slots=True)
class Reading:
    """One article read by hand."""

    where: str
    article: Article
    wanted: dict[str, list[Wanted]]
    """Findings by kind; a kind that was not read is absent."""


def readings(path: Path) -> Iterator[Reading]:
    """The articles of a corpus read by hand, in the file's order.

    Raises:
        ConfigError: The file cannot be read, or a line is no such article; the message names the line.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}") from error
    empty = True
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip():
            empty = False
            yield _reading(line, f"{path}:{number}")
    if empty:
        raise ConfigError(f"{path} holds no article: one JSON object a line, as docs/how-to/score.md shows")


def _reading(line: bytes, where: str) -> Reading:
    try:
        row: Any = json.loads(line)
    except UnicodeDecodeError as error:
        raise ConfigError(f"{where} is no text in UTF-8: give one JSON object a line") from error
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{where} is no JSON ({error}): give one JSON object a line") from error
    if not isinstance(row, dict):
        raise ConfigError(f"{where} is no JSON object: one article a line")
    given = cast("dict[str, Any]", row)
    article = _article(given, line, where)
    wanted: dict[str, list[Wanted]] = {}
    for kind in KINDS:
        if kind in given:
            found: Any = given[kind]
            if not isinstance(found, list):
                raise ConfigError(f"{where}: {kind} is a list of findings, not {type(found).__name__}")
            wanted[kind] = [
                _wanted(each, kind, f"{where}: {kind}[{at}]", article)
                for at, each in enumerate(cast("list[Any]", found))
            ]
    if not wanted:
        raise ConfigError(
            f"{where} was read for nothing: give at least one of {', '.join(KINDS)}, if only an empty list"
        )
    return Reading(where, article, wanted)


def _article(row: dict[str, Any], line: bytes, where: str) -> Article:
    whole = row.get("article")
    if isinstance(whole, dict):
        try:
            return msgspec.convert(whole, Article)
        except msgspec.ValidationError as error:
            raise ConfigError(f"{where}: article: {error}") from error
    taken = jsonl.articles(Raw(data=line, where=where), Settings())
    if len(taken) != 1 or isinstance(taken[0], Rejection):
        reason = taken[0].detail if taken and isinstance(taken[0], Rejection) else "several articles in a line"
        raise ConfigError(f"{where}: {reason}")
    return taken[0]


def _wanted(given: Any, kind: str, where: str, article: Article) -> Wanted:
    if not isinstance(given, dict):
        raise ConfigError(f"{where} is an object with the fields of the record, not {type(given).__name__}")
    row = dict(cast("dict[str, Any]", given))
    provenance = row.pop("provenance", None)
    if isinstance(provenance, dict) and "evidence" not in row:
        row["evidence"] = cast("dict[str, Any]", provenance).get("evidence", [])
    known = {field.name for field in msgspec.structs.fields(FINDINGS[kind])} | {"evidence", "mention", "note"}
    for name in row:
        if name not in known:
            raise ConfigError(f"{where} has no field {name!r}; there are {', '.join(sorted(known - {'provenance'}))}")
    need = _NEEDED.get(kind)
    if need is not None and need not in row and not (need == "mentions" and "mention" in row):
        raise ConfigError(f"{where} lacks {need!r}, without which it cannot be found")
    if kind == "figures" and row.get("low") is None and row.get("high") is None:
        raise ConfigError(f"{where} lacks 'low' and 'high'; give at least one (both, when the value is exact)")
    fields = {
        name: _spans(value, f"{where}.{name}", article) if name in _SPANS else value for name, value in row.items()
    }
    anchor = next((fields[name] for name in _ANCHOR[kind] if fields.get(name)), ())
    return Wanted(anchor=tuple(sorted(anchor)), fields=fields)


def _spans(value: Any, where: str, article: Article) -> tuple[Span, ...]:
    """Spans as the record writes them, one or a list, or the words themselves where they stand once in the text."""
    if value is None:
        return ()
    many: list[Any]
    if isinstance(value, list):
        many = cast("list[Any]", value)
        if len(many) == 2 and all(isinstance(each, int) for each in many):
            many = [many]
    else:
        many = [value]
    return tuple(_span(each, where, article) for each in many)


def _span(value: Any, where: str, article: Article) -> Span:
    if isinstance(value, str):
        at = article.text.find(value)
        if not value or at < 0:
            raise ConfigError(f"{where}: the words {value!r} are not in the text; copy them from it")
        if article.text.find(value, at + 1) >= 0:
            raise ConfigError(
                f'{where}: the words {value!r} stand more than once in the text; give {{"start": .., "end": ..}}'
            )
        return Span(at, at + len(value))
    try:
        span = Span(*cast("list[int]", value)) if isinstance(value, list) else msgspec.convert(value, Span)
    except (msgspec.ValidationError, ValueError, TypeError) as error:
        raise ConfigError(
            f'{where}: a span is {{"start": 0, "end": 5}}, [0, 5] or words of the text: {error}'
        ) from error
    if span.end > len(article.text):
        raise ConfigError(f"{where}: the span ends at {span.end}, the text has {len(article.text)} code points")
    return span
