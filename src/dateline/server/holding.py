"""One store behind many requests: a connection a question, each with a time limit."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Any, TypeVar, cast

from dateline.errors import DatelineError, StoreError
from dateline.judgements import Judgement
from dateline.query import Store, open_store
from dateline.store.backend import Backend, Change, Share
from dateline.store.warehouse import open_backend

FRESH = 2.0
"""Seconds between looks at whether a folder of Parquet files has changed."""


KEPT = 256
"""Answers remembered."""

T = TypeVar("T")


class TooSlowError(DatelineError):
    """A question took longer than it may."""


class ReadOnlyError(DatelineError):
    """The store is served for reading, and something was to be changed."""


class _Watched(threading.local):
    """The connections the present thread has opened since its limit began."""

    def __init__(self) -> None:
        self.cursors: list[Any] | None = None


class _Shared:
    """A backend for several threads: connections are made one at a time, and can be stopped."""

    def __init__(self, path: Path, memory: int) -> None:
        self.path = path
        self.read_only = True
        self.judges = True
        self.serves = True
        self._memory = memory
        self._lock = threading.Lock()
        self._watched = _Watched()
        self._state = self._stamp()
        self._looked = time.monotonic()
        self._backend = self._open()

    def _open(self) -> Backend:
        return open_backend(self.path, read_only=True, share=Share(memory=self._memory, threads=1))

    def _stamp(self) -> tuple[str, ...]:
        """Changes when another process has written a folder; a DuckDB file cannot change while it is read."""
        log = self.path / "_log"
        return tuple(sorted(each.name for each in log.glob("*.json"))) if log.is_dir() else ()

    def state(self) -> tuple[str, ...]:
        """Look whether the store has changed, now and then; the state that answers are remembered for."""
        with self._lock:
            return self._fresh()

    def _fresh(self) -> tuple[str, ...]:
        if time.monotonic() - self._looked > FRESH:
            self._looked = time.monotonic()
            stamp = self._stamp()
            if stamp != self._state:
                # The old one goes when the last question to it has been answered.
                self._backend, self._state = self._open(), stamp
        return self._state

    def cursor(self) -> Any:
        """A connection of one's own, counted to the limit of the present thread."""
        with self._lock:
            self._fresh()
            cursor = self._backend.cursor()
        if self._watched.cursors is not None:
            self._watched.cursors.append(cursor)
        return cursor

    @contextlib.contextmanager
    def limited(self, seconds: float) -> Generator[None]:
        """Stop what the present thread asks inside after so many seconds."""
        cursors: list[Any] = []
        late = threading.Event()

        def stop() -> None:
            late.set()
            for cursor in cursors:
                with contextlib.suppress(Exception):
                    cursor.interrupt()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        before, self._watched.cursors = self._watched.cursors, cursors
        timer.start()
        try:
            yield
        except DatelineError as error:
            if late.is_set():
                raise TooSlowError(
                    f"the question took longer than {seconds:g} seconds and was stopped: ask for less, or narrow it"
                ) from error
            raise
        finally:
            timer.cancel()
            self._watched.cursors = before

    def write(self, change: Change) -> None:
        """Nothing is written here."""
        raise StoreError(f"store {self.path} is served for reading only ({len(change.tables)} tables refused)")

    def close(self) -> None:
        """Let go of the store."""
        with self._lock:
            self._backend.close()

    def judge(self, rows: Sequence[Judgement]) -> None:
        """Keep judgements beside the store, while others go on asking."""
        self._backend.judge(rows)


class Holding:
    """The store a server reads.

    Args:
        path: The store.
        seconds: Longest time one question may take.
        memory: Most memory of all questions together, in bytes.
        judged: Whether judgements may be kept.

    Raises:
        StoreError: It cannot be opened for reading.
    """

    def __init__(self, path: str | Path, *, seconds: float, memory: int, judged: bool = True) -> None:
        self.path = Path(path)
        """Where the store lies."""
        self.still = not self.path.is_dir()
        """Whether it cannot change while it is served, but for judgements."""
        self.no_judgements = _why_not(self.path) if judged else "this server was started with --read-only"
        """Why no judgement can be kept; none where it can."""
        self._seconds = seconds
        self._judging = threading.Lock()
        self._judged = False
        self._memory = memory
        self._kept: dict[tuple[Any, ...], Any] = {}
        self._making: dict[tuple[Any, ...], threading.Lock] = {}
        self._keeping = threading.Lock()
        self._open: tuple[_Shared, Store] | None = None
        self.open()

    def open(self) -> None:
        """Open the store, if it is not open."""
        if self._open is None:
            import numpy as np  # noqa: F401 - loaded now, not while the first reader waits  # pyright: ignore[reportUnusedImport]
            import pyarrow as pa  # noqa: F401  # pyright: ignore[reportUnusedImport]

            shared = _Shared(self.path, self._memory)
            self._open = shared, Store(shared)

    def remembered(self, key: tuple[str, ...], make: Callable[[Store], T]) -> T:
        """What ``make`` makes of the store, kept until the store changes.

        Args:
            key: What was asked; the answer must depend on nothing else.
            make: Asks the store.
        """
        with self.asked() as store:
            whole = (self.state(), *key)
            with self._keeping:
                making = self._making.setdefault(whole, threading.Lock())
            try:
                with making:  # who asks the same meanwhile waits for the one answer
                    with self._keeping:
                        if whole in self._kept:
                            self._kept[whole] = self._kept.pop(whole)  # the last to go
                            return cast("T", self._kept[whole])
                    made = make(store)
                    with self._keeping:
                        self._kept[whole] = made
                        while len(self._kept) > KEPT:
                            del self._kept[next(iter(self._kept))]
                    return made
            finally:
                with self._keeping:
                    self._making.pop(whole, None)

    def state(self) -> tuple[str, ...]:
        """Another one whenever the store has changed."""
        return self._open[0].state() if self._open else ()

    @contextlib.contextmanager
    def asked(self) -> Generator[Store]:
        """The store, for one request.

        Raises:
            TooSlowError: What was asked inside took longer than it may.
        """
        if self._open is None:
            raise StoreError(f"store {self.path} is closed")
        shared, store = self._open
        with shared.limited(self._seconds):
            yield store

    def judged(self, make: Callable[[Store], Judgement]) -> Judgement:
        """A judgement that ``make`` makes, once it is kept; readers go on asking meanwhile.

        Raises:
            ReadOnlyError: No judgement can be kept.
            StoreError: It cannot be written.
        """
        if self.no_judgements is not None:
            raise ReadOnlyError(f"judgements cannot be kept: {self.no_judgements}")
        with self._judging, self.asked() as store:  # one after another: each has its place in the order
            made = make(store)
            self._judged = True
            return made

    def close(self) -> None:
        """Let go of the store, with the judgements taken into it; it can be opened again."""
        if self._open is not None:
            self._open[1].close()
            self._open = None
            if self._judged:
                self._judged = False
                with contextlib.suppress(StoreError):  # in another's hands: who writes it next takes them
                    open_store(self.path).close()


def _why_not(path: Path) -> str | None:
    """Why nothing can be kept beside a store, as far as one can tell without trying."""
    if os.access(path, os.W_OK) and (path.is_dir() or os.access(path.absolute().parent, os.W_OK)):
        return None
    return "the store may not be written by whoever serves it"
