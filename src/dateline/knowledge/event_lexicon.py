"""The lexicon of events: which verbs and nouns name an event, in which frame, and who stands where.

The lexicon is data of our own writing (``data/events``): ``verbs.tsv`` and
``nouns.tsv`` with one sense a line, ``classes.tsv`` with the word classes they
refer to, ``compose.toml`` with what a verb of asking, refusing, promising,
threatening or ending makes of the event below it. The files say in their
first lines what the columns hold.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from dateline.errors import ConfigError
from dateline.knowledge import event_patterns
from dateline.knowledge.codebook import Codebook, plover

DATA = Path(__file__).parent / "data" / "events"


def words_of(text: str) -> frozenset[str]:
    """Words of a list written as one text."""
    return frozenset(text.split())


OPERATORS = words_of(
    """
    request reject agree intend vow threaten end light undergo told want warn fail none
    """
)
"""What a sense may do to the event below it; the first seven have a table in ``compose.toml``."""


class Test(NamedTuple):
    """One condition of a sense: any of ``flags`` (or, with ``words``, one of these words at ``flags[0]``)."""

    flags: tuple[str, ...]
    words: frozenset[str] | None
    negated: bool


@dataclass(frozen=True, slots=True)
class Sense:
    """One line of the lexicon."""

    tests: tuple[Test, ...]
    relation: str | None
    mode: str | None
    cameo: str | None
    operator: str | None
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    line: int
    """Line of the file, for messages and confidence tables."""


class Outcome(NamedTuple):
    """What an operator makes of an event: relation none where nothing is left, "same" where it stays as it is."""

    relation: str | None
    mode: str | None
    cameo: str | None


SAME = Outcome("same", None, None)
NOTHING = Outcome(None, None, None)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Senses by lemma, word classes, composition tables."""

    verbs: dict[str, tuple[Sense, ...]]
    nouns: dict[str, tuple[Sense, ...]]
    classes: dict[str, frozenset[str]]
    tables: dict[str, dict[str, Outcome]]

    def compose(self, operator: str, relation: str) -> Outcome:
        """What an operator makes of an event of a type."""
        table = self.tables.get(operator)
        if table is None:
            return SAME
        return table.get(relation) or table["other"]


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with Dateline."""
    return load(DATA, plover())


_LIKE = {1: "CONSULT", 2: "COOPERATE", 3: "ACCUSE", 4: "COERCE"}
"""PLOVER type by quad class whose compositions a researcher's type shares."""


def of_codebook(book: Codebook) -> Lexicon:
    """The lexicon of a codebook: the patterns of its types, before PLOVER's senses where it extends PLOVER.

    Without PLOVER its verbs of asking, refusing, threatening and ending stay, and what is only asked for, refused,
    threatened or ended is no event; what is planned, agreed or vowed is one, with the status "planned".
    """
    base = lexicon()
    if not book.own and book.extends and not any(_patterns(book)):
        return base
    verbs: dict[str, list[Sense]] = {}
    nouns: dict[str, list[Sense]] = {}
    for number, (relation, mode, text) in enumerate(_patterns(book), 1):
        pattern = event_patterns.parse(text)
        tests = [
            Test((each.where,), each.words or None, negated=False)
            for each in pattern.conditions
            if each.words or each.where[0] == "+" or each.where == "obj"
        ]
        sense = Sense(
            tests=tuple(tests),
            relation=relation,
            mode=mode,
            cameo=book.cameo_of(relation, mode),
            operator=None,
            sources=pattern.sources,
            targets=pattern.targets,
            line=number,
        )
        for word in pattern.words:
            (nouns if pattern.nominal else verbs).setdefault(word, []).append(sense)
    for found in (*verbs.values(), *nouns.values()):
        found.sort(key=lambda sense: -len(sense.tests))  # the exact ones first, as in the lexicon's files
    for own, known in ((verbs, base.verbs), (nouns, base.nouns)):
        for word, senses in known.items():
            kept = senses if book.extends else [_bare(each) for each in senses if each.operator is not None]
            if kept:
                own.setdefault(word, []).extend(kept)
    tables = {name: dict(table) for name, table in base.tables.items()}
    for name, table in tables.items():
        if book.extends:
            for relation in sorted(book.own):
                table[relation] = table.get(_LIKE[book.types[relation].quad]) or table["other"]
        else:
            tables[name] = {"other": SAME if name in ("agree", "intend", "vow") else NOTHING}
    return Lexicon(
        verbs={word: tuple(senses) for word, senses in verbs.items()},
        nouns={word: tuple(senses) for word, senses in nouns.items()},
        classes=base.classes,
        tables=tables,
    )


def _patterns(book: Codebook) -> Iterator[tuple[str, str | None, str]]:
    for relation, kind in book.types.items():
        for mode, each in kind.modes.items():
            for text in each.patterns:
                yield relation, mode, text
        for text in kind.patterns:
            yield relation, None, text


def _bare(sense: Sense) -> Sense:
    return replace(sense, relation=None, mode=None, cameo=None)


def load(folder: Path, book: Codebook) -> Lexicon:
    """Read a lexicon and check it against the codebook whose types it names.

    Raises:
        ConfigError: A line has too many columns, or a class, operator, type, mode or code that is not defined.
    """
    classes = {cells[0]: frozenset(cells[1].split()) for _, cells in _lines(folder / "classes.tsv") if len(cells) == 2}
    tables = _tables(folder / "compose.toml", book)
    return Lexicon(
        verbs=_senses(folder / "verbs.tsv", classes, book, ("subj",), ("obj", "to", "with", "against", "on", "at")),
        nouns=_senses(
            folder / "nouns.tsv",
            classes,
            book,
            ("poss", "by", "mod", "subj"),
            ("on", "against", "of", "with", "to"),
        ),
        classes=classes,
        tables=tables,
    )


def _lines(path: Path) -> list[tuple[int, list[str]]]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"lexicon {path} cannot be read: {error.strerror or error}") from error
    return [
        (number, [cell.strip() for cell in line.split("\t")])
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip() and not line.startswith("#")
    ]


def _senses(
    path: Path,
    classes: dict[str, frozenset[str]],
    book: Codebook,
    sources: tuple[str, ...],
    targets: tuple[str, ...],
) -> dict[str, tuple[Sense, ...]]:
    found: dict[str, list[Sense]] = {}
    for number, cells in _lines(path):
        where = f"lexicon {path}, line {number}"
        if len(cells) > 6:
            raise ConfigError(f"{where}: {len(cells)} columns where there are at most 6")
        words, when, event, cameo, source, target = [*cells, *("" for _ in range(6 - len(cells)))]
        kind, _, operator = event.partition("@")
        relation, _, mode = kind.partition(".")
        if operator and operator not in OPERATORS:
            raise ConfigError(f"{where}: no operator is called {operator!r}")
        _check(where, book, relation, mode, cameo)
        sense = Sense(
            tests=tuple(_test(each, classes, where) for each in when.split()),
            relation=relation or None,
            mode=mode or None,
            cameo=cameo or (book.cameo_of(relation, mode) if relation else None),
            operator=operator or None,
            sources=tuple(source.split()) or sources,
            targets=tuple(target.split()) or targets,
            line=number,
        )
        for word in words.split():
            found.setdefault(word, []).append(sense)
    return {word: tuple(senses) for word, senses in found.items()}


def _check(where: str, book: Codebook, relation: str, mode: str, cameo: str) -> None:
    if relation and relation not in book.types:
        raise ConfigError(f"{where}: the codebook has no type {relation!r}")
    if mode and mode not in book.types[relation].modes:
        raise ConfigError(f"{where}: the codebook has no mode {relation}.{mode}")
    if cameo and cameo not in book.cameo:
        raise ConfigError(f"{where}: {cameo!r} is no CAMEO code")


def _test(text: str, classes: dict[str, frozenset[str]], where: str) -> Test:
    head, equals, listed = text.partition("=")
    if not equals:
        negated = text.startswith("-") and "," not in text
        flags = tuple((text[1:] if negated else text).split(","))
        if not all(flags):
            raise ConfigError(f"{where}: {text!r} is no condition")
        return Test(flags, None, negated)
    words: set[str] = set()
    for word in listed.split(","):
        if word.startswith("@"):
            if word[1:] not in classes:
                raise ConfigError(f"{where}: there is no word class {word!r}")
            words |= classes[word[1:]]
        elif word:
            words.add(word)
    negated = head.startswith("-")
    return Test((head[1:] if negated else head,), frozenset(words), negated)


def _tables(path: Path, book: Codebook) -> dict[str, dict[str, Outcome]]:
    read: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    tables: dict[str, dict[str, Outcome]] = {}
    for operator, rows in read.items():
        table = tables[operator] = {}
        for below, outcome in rows.items():
            if below != "other" and below not in book.types:
                raise ConfigError(f"lexicon {path}, [{operator}]: the codebook has no type {below!r}")
            if outcome == ["same"]:
                table[below] = SAME
            elif outcome == ["none"]:
                table[below] = NOTHING
            else:
                relation, mode, cameo = outcome
                _check(f"lexicon {path}, [{operator}] {below}", book, relation, mode, cameo)
                table[below] = Outcome(relation, mode or None, cameo)
        if "other" not in table:
            raise ConfigError(f"lexicon {path}, [{operator}]: it does not say what becomes of all other types")
    return tables
