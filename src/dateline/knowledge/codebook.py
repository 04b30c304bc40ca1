"""The event codebook: types, modes, contexts, scores, and how they map to CAMEO.

A codebook is a readable file, not code. PLOVER ships with the package
(``data/codebook/plover.toml``, with its CAMEO table in ``cameo.tsv``); a
researcher's own codebook has the same layout and may leave CAMEO out. Its
types are found by the patterns it gives them (:mod:`dateline.knowledge.event_patterns`);
one that says ``extends = "plover"`` adds its types to PLOVER's.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, cast

import msgspec
from msgspec import Meta, Struct

from dateline.errors import ConfigError
from dateline.knowledge import event_patterns

DATA = Path(__file__).parent / "data" / "codebook"

Score = Annotated[float, Meta(ge=-10, le=10)]
Quad = Annotated[int, Meta(ge=1, le=4)]


class Mode(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How an event of a type is done."""

    definition: str
    score: Score | None = None
    """Intensity, -10 to 10; none where the codebook gives the mode no score."""
    cameo: str | None = None
    """CAMEO code given when only the mode is known."""
    patterns: tuple[str, ...] = ()
    """What it looks like in a sentence: see :mod:`dateline.knowledge.event_patterns`."""


class EventType(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One type of event."""

    definition: str
    quad: Quad
    """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    score: Score | None = None
    target: Literal["required", "optional"] = "optional"
    """Whether an event without someone it is done to can be of this type."""
    cameo: str | None = None
    """CAMEO code given when nothing more exact is known."""
    modes: dict[str, Mode] = {}
    patterns: tuple[str, ...] = ()
    """What it looks like in a sentence: see :mod:`dateline.knowledge.event_patterns`."""
    examples: tuple[str, ...] = ()
    """Sentences that are of the type; ``{source}`` and ``{target}`` stand for any two parties."""


class CameoCode(Struct, frozen=True, kw_only=True):
    """One CAMEO code with its two Goldstein scales and its place in PLOVER."""

    code: str
    """Two digits (root), three (base) or four; text, leading zeros count."""
    label: str
    goldstein: float
    """Goldstein scale as GDELT gives it, -10 to 10."""
    intensity: float
    """Goldstein scale as ICEWS gives it, -10 to 10."""
    relation: str | None = None
    """PLOVER type; none for roots and for statements and appeals (01, 02), which PLOVER leaves out."""
    mode: str | None = None
    contexts: tuple[str, ...] = ()


class Codebook(Struct, frozen=True, kw_only=True):
    """Types, contexts and CAMEO codes of one codebook."""

    name: str
    version: str
    title: str
    types: dict[str, EventType]
    contexts: dict[str, str]
    cameo: dict[str, CameoCode]
    own: frozenset[str] = frozenset()
    """Types that are not PLOVER's: coded by their patterns, whoever the parties are."""
    extends: bool = False
    """Whether PLOVER's types are coded too."""

    @property
    def id(self) -> str:
        """Name and version, as :attr:`dateline.records.Record.codebook` gives it."""
        return f"{self.name}/{self.version}"

    def score(self, relation: str, mode: str | None = None) -> float | None:
        """The codebook's own score of a type, or of one of its modes where that has one.

        Raises:
            KeyError: The codebook has no such type.
        """
        kind = self.types[relation]
        if mode is not None and mode in kind.modes and kind.modes[mode].score is not None:
            return kind.modes[mode].score
        return kind.score

    def cameo_of(self, relation: str, mode: str | None = None) -> str | None:
        """The CAMEO code that stands for a type and mode when nothing more exact is known.

        Raises:
            KeyError: The codebook has no such type.
        """
        kind = self.types[relation]
        if mode is not None and mode in kind.modes and kind.modes[mode].cameo is not None:
            return kind.modes[mode].cameo
        return kind.cameo

    def goldstein(self, code: str | None) -> tuple[float | None, float | None]:
        """Goldstein score of a CAMEO code as GDELT gives it, and as ICEWS gives it; none for an unknown code."""
        known = self.cameo.get(code) if code else None
        return (known.goldstein, known.intensity) if known else (None, None)


class Fault(NamedTuple):
    """Something wrong in a codebook file."""

    line: int
    """Counted from 1; 0 where it concerns the whole file."""
    says: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.says}" if self.line else self.says


def quad_of_root(code: str) -> int | None:
    """Quad class of a CAMEO code as GDELT gives it: roots 01-05 are 1, 06-09 2, 10-14 3, 15-20 4.

    PLOVER differs: it counts protest (14) as material conflict and investigation (09) as verbal conflict.
    """
    root = code[:2]
    if not (len(root) == 2 and root.isascii() and root.isdigit() and "01" <= root <= "20"):
        return None
    return 1 if root <= "05" else 2 if root <= "09" else 3 if root <= "14" else 4


def load(path: Path) -> Codebook:
    """Read a codebook from a TOML file.

    Raises:
        ConfigError: The file cannot be read, a key is missing, unknown or of the wrong type, a pattern cannot be
            read, or a code or context is used that the file does not define. The message gives the lines.
    """
    book, faults = read(path)
    if book is None or faults:
        raise ConfigError(f"codebook {path}: " + "; ".join(map(str, faults)))
    return book


def read(path: Path) -> tuple[Codebook | None, list[Fault]]:
    """A codebook from a TOML file, and everything that is wrong in it; no codebook where it is too wrong to be read.

    Raises:
        ConfigError: The file, or its table of CAMEO codes, cannot be read at all.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(f"codebook {path} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"codebook {path} is no text in UTF-8: save it as that, or give another") from error
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = re.search(r"\(at line (\d+)", str(error))
        return None, [Fault(int(said[1]) if said else 0, str(error))]
    lines = _Lines(text)
    faults: list[Fault] = []
    heads: dict[str, str] = {}
    for key in ("name", "version", "title", "extends", "cameo"):
        value = data.get(key, "" if key not in ("name", "version") else None)
        if isinstance(value, str):
            heads[key] = value
        else:
            faults.append(Fault(lines.at((), key), f"{key} is missing" if value is None else f"{key} must be text"))
    known = ("name", "version", "title", "extends", "cameo", "types", "contexts")
    faults += [Fault(lines.at((), key), f"there is no key {key!r}") for key in data if key not in known]
    if heads.get("name") and not re.fullmatch(r"[a-z0-9][a-z0-9-]*", heads["name"]):
        faults.append(Fault(lines.at((), "name"), "the name may hold small letters, digits and hyphens"))
    if heads.get("extends", "") not in ("", "plover"):
        faults.append(Fault(lines.at((), "extends"), "the only codebook that can be extended is plover"))
    contexts: dict[str, str] = _converted(data.get("contexts", {}), dict[str, str], ("contexts",), lines, faults) or {}
    types: dict[str, EventType] = {}
    given = data.get("types", {})
    for name, body in cast("dict[str, Any]", given).items() if isinstance(given, dict) else ():
        kind = _converted(body, EventType, ("types", name), lines, faults)
        if kind is None:
            continue
        if not re.fullmatch(r"[A-Z][A-Z0-9_-]*", name):
            faults.append(Fault(lines.at(("types", name)), f"{name!r}: a type is written in capital letters"))
        types[name] = kind
        _patterns(kind.patterns, ("types", name), lines, faults)
        for mode, each in kind.modes.items():
            _patterns(each.patterns, ("types", name, "modes", mode), lines, faults)
    extends = heads.get("extends") == "plover"
    base = plover() if extends else None
    own = frozenset(types) - (frozenset(base.types) if base is not None else frozenset())
    shipped = path.resolve().parent == DATA.resolve()
    table = _cameo(path.parent / heads["cameo"]) if heads.get("cameo") else {}
    if base is not None:
        table = base.cameo | table
        contexts = base.contexts | contexts
        types = base.types | {
            name: msgspec.structs.replace(kind, modes=base.types[name].modes | kind.modes)
            if name in base.types
            else kind
            for name, kind in types.items()
        }
    book = Codebook(
        name=heads.get("name", ""),
        version=heads.get("version", ""),
        title=heads.get("title") or heads.get("name", ""),
        types=types,
        contexts=contexts,
        cameo=table,
        own=frozenset() if shipped else own,
        extends=extends or shipped,
    )
    for says in problems(book):
        if not types and faults:
            break  # what is wrong with them has been said
        where = re.match(r"(?:type|mode) (\w+)(?:\.(\S+))? ", says)
        at = ("types", where[1], "modes", where[2]) if where and where[2] else ("types", where[1] if where else "")
        faults.append(Fault(lines.at(at, "cameo") if where else 0, says))
    faults.sort(key=lambda fault: fault.line)
    return (book if types else None), faults


def _converted(value: Any, kind: Any, at: tuple[str, ...], lines: _Lines, faults: list[Fault]) -> Any:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        says = str(error)
        said = re.search(r"(?:field|`\$\.)[ `]*`?(\w+)", says)
        key = said[1] if said else ""
        if key == "modes" and isinstance(value, Mapping):  # say which
            modes = cast("Mapping[str, Any]", value).get("modes")
            for mode, body in cast("Mapping[str, Any]", modes).items() if isinstance(modes, Mapping) else ():
                before = len(faults)
                _converted(body, Mode, (*at, "modes", mode), lines, faults)
                if len(faults) > before:
                    return None
        faults.append(Fault(lines.at(at, key), f"{'.'.join(at[1:]) or at[0]}: {says}"))
        return None


def _patterns(patterns: tuple[str, ...], at: tuple[str, ...], lines: _Lines, faults: list[Fault]) -> None:
    for pattern in patterns:
        try:
            event_patterns.parse(pattern)
        except ValueError as error:
            faults.append(Fault(lines.text(at, pattern), f"pattern {pattern!r}: {error}"))


class _Lines:
    """Where tables, keys and texts stand in a TOML file that is known to be one."""

    def __init__(self, text: str) -> None:
        self._texts = text.split("\n")
        self._keys: dict[tuple[str, ...], int] = {}
        table: tuple[str, ...] = ()
        for number, line in enumerate(self._texts, 1):
            if header := re.match(r"\s*\[([^\[\]]+)\]\s*(?:#.*)?$", line):
                table = tuple(part.strip().strip("\"'") for part in header[1].split("."))
                self._keys.setdefault(table, number)
            elif key := re.match(r"\s*([\w-]+|\"[^\"]+\")\s*=", line):
                self._keys.setdefault((*table, key[1].strip('"')), number)

    def at(self, table: tuple[str, ...], key: str = "") -> int:
        """Line of a key, or of its table where the key is missing."""
        found = self._keys.get((*table, key)) if key else None
        return found or self._keys.get(table, 0)

    def text(self, table: tuple[str, ...], text: str) -> int:
        """Line of a text inside a table."""
        start = self.at(table)
        for number in range(max(start, 1), len(self._texts) + 1):
            if f'"{text}"' in self._texts[number - 1] or f"'{text}'" in self._texts[number - 1]:
                return number
        return start


def check(path: Path) -> tuple[list[Fault], list[tuple[int, str, str]]]:
    """Everything that is wrong in a codebook file, and its example sentences: line, type, sentence.

    A type of one's own without patterns counts as wrong here, though a coder of one's own could use it. Examples are
    given only where nothing is wrong: whether they are coded as their type, a pipeline can tell.

    Raises:
        ConfigError: The file, or its table of CAMEO codes, cannot be read at all.
    """
    book, faults = read(path)
    if book is None:
        return faults, []
    lines = _Lines(path.read_text(encoding="utf-8-sig"))
    faults += [
        Fault(lines.at(("types", name)), f"{name} has no patterns, so it is never found")
        for name in sorted(book.own)
        if not book.types[name].patterns and not any(each.patterns for each in book.types[name].modes.values())
    ]
    if faults:
        return sorted(faults, key=lambda fault: fault.line), []
    data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    return [], [
        (lines.text(("types", name), example), name, example)
        for name in data["types"]
        for example in book.types[name].examples
    ]


def problems(book: Codebook) -> list[str]:
    """What does not hold together in a codebook: codes, modes and contexts used but not defined."""
    faults: list[str] = []
    if not book.types:
        faults.append("it defines no types that can be read")
    for name, kind in book.types.items():
        used = [
            (f"type {name}", kind.cameo),
            *((f"mode {name}.{mode}", each.cameo) for mode, each in kind.modes.items()),
        ]
        faults += [
            f"{where} uses CAMEO code {code!r}, which is not in its table"
            for where, code in used
            if code is not None and code not in book.cameo
        ]
    for row in book.cameo.values():
        if row.relation is None:
            continue
        kind = book.types.get(row.relation)
        if kind is None:
            faults.append(f"CAMEO code {row.code} maps to the type {row.relation!r}, which is not defined")
        elif row.mode is not None and row.mode not in kind.modes:
            faults.append(f"CAMEO code {row.code} maps to the mode {row.relation}.{row.mode}, which is not defined")
        faults += [
            f"CAMEO code {row.code} has the context {context!r}, which is not defined"
            for context in row.contexts
            if context not in book.contexts
        ]
    return faults


@cache
def plover() -> Codebook:
    """The codebook that ships with Dateline."""
    return load(DATA / "plover.toml")


def _cameo(path: Path) -> dict[str, CameoCode]:
    """Read a table of CAMEO codes: tab-separated, ``#`` for comments, a header line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ConfigError(f"CAMEO table {path} cannot be read: {error.strerror or error}") from error
    table: dict[str, CameoCode] = {}
    header: list[str] | None = None
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            continue
        row = dict(zip(header, cells, strict=False))
        try:
            code = CameoCode(
                code=row["code"],
                label=row["label"],
                goldstein=float(row["goldstein"]),
                intensity=float(row["intensity"]),
                relation=row.get("type") or None,
                mode=row.get("mode") or None,
                contexts=tuple((row.get("contexts") or "").split()),
            )
        except (KeyError, ValueError) as error:
            raise ConfigError(f"CAMEO table {path}, line {number}: {error}") from error
        if code.code in table:
            raise ConfigError(f"CAMEO table {path}, line {number}: code {code.code} is given twice")
        table[code.code] = code
    return table
