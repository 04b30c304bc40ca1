"""Worker processes on this machine.

Each worker loads the pipeline once, takes a few items at a time and sends
their results back; the parent alone writes the store. A worker that hangs or
dies is replaced; the items it had are each tried once more, alone, and the one
that does it again is set aside. Results come out in the order of the items, so
neither the number of workers nor the size of a task changes the store.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import connection
from types import FrameType
from typing import Any, Self, cast

import msgspec

from dateline.errors import ConfigError
from dateline.pipeline.run import Coding, Executor, Here, Item, Progress, Result, Summary, work
from dateline.pipeline.run import run as run_items
from dateline.records import Rejection
from dateline.scale.checkpoint import Checkpoint
from dateline.store.schema import writable
from dateline.store.warehouse import Warehouse

TIME_LIMIT = 60.0
"""Seconds a worker may be silent: it reports after every article read and every few coded."""
LOAD_LIMIT = 300.0
"""Seconds a worker may take to load the pipeline."""
TASK = 8
"""Items handed to a worker at once."""
_POLL = 0.25
"""Seconds between looks at the stop sign."""
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""One thread a worker: more would fight over the cores the other workers use."""

# The first byte of what a worker sends says what it is.
_BEAT, _DIGEST, _ERROR, _RESULTS = b"b", b"d", b"e", b"r"
packed = msgspec.msgpack.Encoder().encode
"""Results to bytes, as workers send them."""
unpacked = msgspec.msgpack.Decoder(list[Result]).decode
"""The bytes back to results."""


# ---- in the worker ------------------------------------------------------------------------------


def _follow_parent() -> None:
    """Die with the parent, however it dies, and take what we started along."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
    _kill_group(os.getpid())
    os._exit(1)


def _kill_group(pid: int) -> None:
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if os.getpgid(pid) == pid:  # a worker killed before it had a group of its own is in ours
                os.killpg(pid, signal.SIGKILL)


def _worker(pipe: Any, load: Callable[[], Coding]) -> None:
    """Main function of a worker process."""
    if hasattr(os, "setpgrp"):
        os.setpgrp()  # Ctrl-C is the parent's to handle, and a kill reaches our own children
    threading.Thread(target=_follow_parent, daemon=True).start()
    try:
        reader = load()
        gc.freeze()  # the pipeline stays until the end: to look through it for garbage takes 2 % of the reading
        pipe.send_bytes(_DIGEST + reader.digest.encode())
        while (items := _next(pipe)) is not None:
            pipe.send_bytes(_RESULTS + packed(work(reader, items, partial(pipe.send_bytes, _BEAT))))
    except ConfigError as error:
        pipe.send_bytes(_ERROR + str(error).encode("utf-8", "replace"))
    except (BrokenPipeError, ConnectionResetError):
        os._exit(1)  # the parent has gone: nobody is left to tell


def _next(pipe: Any) -> list[Item] | None:
    try:
        return cast("list[Item]", pipe.recv())
    except EOFError:
        return None


# ---- in the parent ------------------------------------------------------------------------------


@dataclass(slots=True)
class Task:
    """Items with their places in the order."""

    items: list[tuple[int, Item]]
    alone: bool = False
    """Whether this is the second and last try."""


@dataclass(slots=True)
class Slot:
    """One worker."""

    process: Any
    pipe: Any
    deadline: float
    ready: bool = False
    task: Task | None = None


@dataclass(slots=True)
class Processes:
    """The executor of worker processes.

    Args:
        load: Makes the Reader, in each worker; picklable.
        workers: How many.
        time_limit: Seconds one step of an item may take: reading it, or coding a few of its articles.
        task: Items handed to a worker at once.
    """

    load: Callable[[], Coding]
    workers: int = 1
    time_limit: float = TIME_LIMIT
    task: int = TASK
    _slots: list[Slot] = field(default_factory=list[Slot])
    _digest: str = ""

    def start(self) -> str:
        """Start the workers and wait until the first has loaded the pipeline.

        Raises:
            ConfigError: The pipeline cannot be loaded.
        """
        while len(self._slots) < self.workers:
            self._slots.append(self._spawn())
        while not any(slot.ready for slot in self._slots):
            for slot in self._wait(LOAD_LIMIT):
                self._receive(slot)
            self._overdue()
        return self._digest

    def _spawn(self) -> Slot:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_worker, args=(theirs, self.load), name="dateline-worker")
        before = {name: os.environ.get(name) for name in _THREADS}
        os.environ.update(dict.fromkeys(_THREADS, "1"))  # read by the numeric libraries when they load
        try:
            process.start()
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value
        theirs.close()
        return Slot(process, ours, deadline=time.monotonic() + LOAD_LIMIT)

    def map(self, items: Iterable[Item], stop: Callable[[], bool]) -> Iterator[Result]:
        """One result an item, in the order of the items; ends early once ``stop`` says so."""
        source = enumerate(items)
        again: deque[Task] = deque()
        results: dict[int, Result] = {}
        window = self.workers * self.task * 4
        following = 0  # place of the next result to give out
        read = 0  # items taken from the source
        exhausted = False
        while not stop():
            for slot in self._slots:
                if slot.task is not None or not slot.ready:
                    continue
                if again:
                    self._give(slot, again.popleft())
                elif not exhausted and read - following < window:
                    taken = [pair for _, pair in zip(range(self.task), source, strict=False)]
                    exhausted = len(taken) < self.task
                    read += len(taken)
                    if taken:
                        self._give(slot, Task(taken))
            while following in results:
                yield results.pop(following)
                following += 1
            if exhausted and following == read:
                return
            for slot in self._wait(_POLL):
                results.update(self._receive(slot, again))
            results.update(self._overdue(again))

    def _give(self, slot: Slot, task: Task) -> None:
        slot.task = task
        slot.deadline = time.monotonic() + self.time_limit
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # its death is noticed where it is read
            slot.pipe.send([item for _, item in task.items])

    def _wait(self, seconds: float) -> list[Slot]:
        """Slots that have something to say, or have died."""
        busy = {slot.pipe: slot for slot in self._slots if slot.task is not None or not slot.ready}
        if not busy:
            return []
        now = time.monotonic()
        nearest = min(slot.deadline for slot in busy.values())
        heard = connection.wait(list(busy), timeout=max(0.0, min(seconds, nearest - now)))
        return [busy[cast("Any", pipe)] for pipe in heard]

    def _receive(self, slot: Slot, again: deque[Task] | None = None) -> list[tuple[int, Result]]:
        """What a worker sends: news of its loading, a sign of life, or results."""
        try:
            message: bytes = slot.pipe.recv_bytes()
        except (EOFError, OSError):
            slot.process.join(5)
            return self._lost(slot, "crashed", f"ended with exit code {slot.process.exitcode}", again)
        slot.deadline = time.monotonic() + self.time_limit
        kind, body = message[:1], message[1:]
        if kind == _ERROR:
            raise ConfigError(body.decode())
        if kind == _DIGEST:
            digest = body.decode()
            self._digest = self._digest or digest
            if digest != self._digest:
                raise ConfigError("the workers loaded different pipelines: was the package changed during the run?")
            slot.ready = True
        task = slot.task
        if kind != _RESULTS or task is None:
            return []
        slot.task = None
        return [(index, result) for (index, _), result in zip(task.items, unpacked(body), strict=True)]

    def _overdue(self, again: deque[Task] | None = None) -> list[tuple[int, Result]]:
        """Replace workers that have been silent for too long."""
        now = time.monotonic()
        late = [slot for slot in self._slots if now > slot.deadline and (slot.task is not None or not slot.ready)]
        what = f"took longer than {self.time_limit:g} s"
        return [pair for slot in late for pair in self._lost(slot, "time limit", what, again)]

    def _lost(self, slot: Slot, reason: str, what: str, again: deque[Task] | None) -> list[tuple[int, Result]]:
        """Replace a worker; try its items again, or set aside the one that failed alone."""
        self._end(slot)
        if not slot.ready:
            raise ConfigError(
                f"a worker {what if reason == 'crashed' else f'took longer than {LOAD_LIMIT:g} s'} while it loaded the "
                "pipeline: is there memory for so many workers, and does a script that starts a run guard it with "
                "`if __name__ == '__main__':`?"
            )
        self._slots[self._slots.index(slot)] = self._spawn()
        task = slot.task
        if task is None or again is None:
            return []
        if not task.alone:
            again.extend(Task([pair], alone=True) for pair in task.items)
            return []
        ((index, item),) = task.items
        rejection = Rejection(
            where=writable(item.where),
            reason=reason,
            detail=f"the worker that read it {what}, twice; the rest of the run went on without it",
        )
        return [
            (index, Result(key=item.key and writable(item.key), where=writable(item.where), rejections=(rejection,)))
        ]

    def _end(self, slot: Slot) -> None:
        pid = slot.process.pid
        if pid is not None and slot.process.is_alive():
            _kill_group(pid)
            slot.process.kill()
        slot.process.join()
        slot.pipe.close()

    def close(self) -> None:
        """End the workers."""
        for slot in self._slots:
            self._end(slot)
        self._slots.clear()


class _Interrupt:
    """Turns the first Ctrl-C into a stop sign; the second one interrupts as ever."""

    def __init__(self) -> None:
        self.asked = False
        self._before: Any = None

    def __call__(self) -> bool:
        return self.asked

    def _handle(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self.asked = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._handle)
        return self

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)


def run(
    items: Iterable[Item | Rejection],
    store: Warehouse,
    load: Callable[[], Coding],
    *,
    workers: int = 1,
    time_limit: float = TIME_LIMIT,
    task: int = TASK,
    ray: str | None = None,
    retry: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
) -> Summary:
    """Code a corpus into a store, going on where an earlier run stopped.

    The first Ctrl-C ends it: what is done is written, the rest is left for the next run.

    Args:
        items: The inputs, as ``intake.sources.items`` gives them; rejections among them are kept.
        store: Open for writing.
        load: Makes the Reader; picklable, as ``functools.partial(dateline.load, "plover-en")`` is.
        workers: Processes that read; 0 reads in this one, where nothing can be stopped at a time limit.
        time_limit: Seconds one step of an input may take.
        task: Items handed to a worker at once; never changes the result.
        ray: Address of a Ray cluster whose workers to use instead of this machine's processes; see
            :mod:`dateline.scale.ray`. With it, 0 workers are one on every core of the cluster.
        retry: Do inputs with a rejection again.
        on_progress: Called after every input.

    Raises:
        ConfigError: The pipeline cannot be loaded.
        StoreError: The store cannot be written; what was written before stays.
    """
    if workers < 0 or task < 1 or time_limit <= 0:
        raise ConfigError("workers must be 0 or more, task 1 or more, and the time limit more than 0 seconds")
    executor: Executor
    if ray is not None:
        from dateline.scale.ray import Cluster

        executor = Cluster(load, workers=workers, time_limit=time_limit, task=task, address=ray)
    else:
        executor = Processes(load, workers=workers, time_limit=time_limit, task=task) if workers else Here(load)
    with _Interrupt() as stop:
        try:
            pipeline = executor.start()
            checkpoint = Checkpoint(store, pipeline, retry=retry)
            return run_items(
                checkpoint.pending(items),
                store,
                executor,
                pipeline=pipeline,
                skipped=lambda: checkpoint.skipped,
                on_progress=on_progress,
                stop=stop,
            )
        finally:
            executor.close()
