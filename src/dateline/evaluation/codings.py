"""Codings of articles where they lie: a store, or the JSON lines that ``dateline read --json`` writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Self

import msgspec

from dateline.errors import ConfigError
from dateline.query import open_store
from dateline.query.store import Store
from dateline.records import Record

_BLOCK = 256
"""Records compared at once."""


class Coding:
    """The records of one coding, found by article.

    Args:
        path: A store, or a file of records as JSON lines (``.jsonl``, ``.json``, ``.ndjson``).

    Raises:
        ConfigError: A line of the file is no record.
        StoreError: There is no such store, or it cannot be read.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._store: Store | None = None
        self._lines: dict[str, Record] = {}
        if Path(path).suffix in (".jsonl", ".json", ".ndjson"):
            self._lines = {record.article.id: record for record in _lines(Path(path))}
            self.digests = {name: msgspec.json.encode(record).decode() for name, record in self._lines.items()}
            return
        self._store = open_store(path, read_only=True)
        # The digest of a record is that of its JSON: equal digests, equal records.
        self.digests = {
            row["id"]: row["digest"] for row in self._store.rows("SELECT id, digest FROM articles ORDER BY number")
        }

    def records(self, articles: Sequence[str]) -> dict[str, Record]:
        """The records of some articles, by id."""
        if self._store is None:
            return {name: self._lines[name] for name in articles if name in self._lines}
        return {record.article.id: record for record in self._store.records(articles)}

    def close(self) -> None:
        """Let go of the store, if it is one."""
        if self._store is not None:
            self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _lines(path: Path) -> Iterator[Record]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}") from error
    decoder = msgspec.json.Decoder(Record)
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip():
            try:
                yield decoder.decode(line)
            except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
                raise ConfigError(
                    f"{path}:{number} is no record: {error}; give what `dateline read --json` writes, or a store"
                ) from error


def pairs(before: Coding, after: Coding) -> Iterator[tuple[Record | None, Record | None]]:
    """The two records of each article, in the order of ``before``, then those that only ``after`` holds.

    An article whose records are equal comes as the same record twice, without being read twice.
    """
    ids = list(chain(before.digests, (name for name in after.digests if name not in before.digests)))
    for at in range(0, len(ids), _BLOCK):
        block = ids[at : at + _BLOCK]
        old = before.records([name for name in block if name in before.digests])
        equal = {name for name in block if before.digests.get(name) == after.digests.get(name)}
        new = after.records([name for name in block if name in after.digests and name not in equal])
        for name in block:
            yield old.get(name), old.get(name) if name in equal else new.get(name)
