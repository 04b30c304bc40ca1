"""Judgements made while a store is only read: kept in a file beside it until somebody opens it for writing.

A DuckDB file that is read cannot be written, and who serves a store to readers
should not make them wait for each judgement. So a judgement is one more line of
a small file; whoever reads the store takes its lines for rows of the table, and
whoever opens it for writing next takes them into the table.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from dateline.judgements import Judgement
from dateline.store import schema


class Beside:
    """The file beside a store.

    Args:
        path: Where it is, once there is a judgement in it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._turn = threading.Lock()
        self._seen: tuple[int, int] | None = None
        self._table: Any = None

    def add(self, rows: Sequence[Judgement]) -> None:
        """Add judgements; they are on the disk when this returns."""
        with self._path.open("a+b") as file:
            _alone(file)
            end = file.seek(0, os.SEEK_END)
            if end:  # a kill may have cut the last line short: it stays apart, and counts for nothing
                file.seek(end - 1)
                torn = file.read(1) != b"\n"
                file.write(b"\n" if torn else b"")
            file.write(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
            file.flush()
            os.fsync(file.fileno())

    def shown(self, kept: Callable[[], list[Judgement]]) -> Any:
        """The table of judgements with those of the file, as Arrow; none where the file adds nothing.

        Args:
            kept: Gives those of the store itself; asked when the file has changed.
        """
        try:
            now = self._path.stat()
        except OSError:
            return None
        if not now.st_size:
            return None
        with self._turn:
            state = (now.st_mtime_ns, now.st_size)
            if self._seen != state:
                rows: list[Judgement] = kept()
                there = {row.id for row in rows}
                rows += [row for row in self._read() if row.id not in there]
                rows.sort(key=lambda row: row.number)
                self._table = schema.tables()["judgements"].build(rows)
                self._seen = state
            return self._table

    def moved(self, keep: Callable[[list[Judgement]], None]) -> None:
        """Give the judgements of the file to the store, and empty it when it has them."""
        if not self._path.exists() or not self._path.stat().st_size:
            return
        with self._path.open("r+b") as file:
            _alone(file)
            keep(self._read())
            # Not removed: somebody may wait to add a line to this very file.
            file.truncate(0)

    def _read(self) -> list[Judgement]:
        decode = msgspec.json.Decoder(Judgement).decode
        found: list[Judgement] = []
        for line in self._path.read_bytes().splitlines():
            try:
                found.append(decode(line))
            except (msgspec.MsgspecError, UnicodeDecodeError):
                continue  # cut short by a kill before its judgement was said to be kept
        return found


def _alone(file: Any) -> None:
    """Wait until nobody else writes the file; until it is closed, nobody does."""
    try:
        import fcntl
    except ImportError:  # Windows: one server a store is the user's to keep
        return
    fcntl.flock(file, fcntl.LOCK_EX)
