"""The event codebook: types, modes, contexts, scores, and how they map to CAMEO.

A codebook is a readable file, not code. PLOVER ships with the package
(``data/codebook/plover.toml``, with its CAMEO table in ``cameo.tsv``); a
researcher's own codebook has the same layout and may leave CAMEO out.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from dateline.errors import ConfigError

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
    examples: tuple[str, ...] = ()


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


class _File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a codebook file holds."""

    name: str
    version: str
    types: dict[str, EventType]
    title: str = ""
    cameo: str | None = None
    contexts: dict[str, str] = {}


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
        ConfigError: The file cannot be read, a key is missing, unknown or of the wrong type, or a code or
            context is used that the file does not define.
    """
    try:
        read = msgspec.toml.decode(path.read_bytes(), type=_File)
    except OSError as error:
        raise ConfigError(f"codebook {path} cannot be read: {error.strerror or error}") from error
    except (msgspec.DecodeError, ValueError) as error:
        raise ConfigError(f"codebook {path}: {error}") from error
    table = _cameo(path.parent / read.cameo) if read.cameo else {}
    book = Codebook(
        name=read.name,
        version=read.version,
        title=read.title or read.name,
        types=read.types,
        contexts=read.contexts,
        cameo=table,
    )
    if faults := problems(book):
        raise ConfigError(f"codebook {path}: " + "; ".join(faults))
    return book


def problems(book: Codebook) -> list[str]:
    """What does not hold together in a codebook: codes, modes and contexts used but not defined."""
    faults: list[str] = []
    if not book.types:
        faults.append("it defines no types")
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
