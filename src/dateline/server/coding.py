"""Coding what a reader sends, in a process of its own that can be ended.

A hostile page may be slow or hungry; the server stays up. The process opens no
connection to anywhere: whatever an input names, nothing is fetched.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sys
import threading
from multiprocessing.connection import Connection
from typing import Any

import msgspec
from msgspec import Struct

from dateline.errors import ArticleError, DatelineError, TransientError
from dateline.intake.extract import Raw
from dateline.records import Record, Rejection
from dateline.server.settings import ServerSettings

LOAD_SECONDS = 120.0
"""Longest time the pipeline may take to load."""
WAITING = 4
"""Requests that may wait for the process at once; more are sent away."""


class Coded(Struct, frozen=True, kw_only=True):
    """What was read in a body."""

    records: tuple[Record, ...]
    rejections: tuple[Rejection, ...]
    """Pieces of the body that could not be read, and why."""


class BusyError(TransientError):
    """Too many requests wait already."""


class CodingProcess:
    """The process, started when first needed and again when it was ended."""

    def __init__(self, settings: ServerSettings) -> None:
        self._settings = settings
        self._turn = threading.Lock()
        self._queue = threading.Semaphore(WAITING)
        self._process: Any = None
        self._pipe: Connection | None = None

    def read(self, raw: Raw) -> Coded:
        """Code one body.

        Raises:
            ArticleError: It took too long or too much memory.
            BusyError: Too many others wait.
        """
        if not self._queue.acquire(blocking=False):
            raise BusyError(f"{WAITING} texts are being read already: try again in a few seconds")
        try:
            with self._turn:
                return self._read(raw)
        finally:
            self._queue.release()

    def _read(self, raw: Raw) -> Coded:
        pipe = self._started()
        seconds = self._settings.read_seconds
        try:
            pipe.send_bytes(msgspec.msgpack.encode((raw.data, raw.url, raw.media, raw.retrieved)))
            if not pipe.poll(seconds):
                self.close()
                raise ArticleError("time limit", f"the body took longer than {seconds:g} seconds: send less at once")
            answer = pipe.recv_bytes()
        except (EOFError, OSError) as error:
            self.close()
            raise ArticleError(
                "failed", "the process that read the body ended, most likely for want of memory: send less at once"
            ) from error
        if answer[:1] == b"!":
            raise ArticleError("failed", answer[1:].decode("utf-8", "replace"))
        return msgspec.msgpack.decode(answer, type=Coded)

    def _started(self) -> Connection:
        if self._pipe is not None and self._process is not None and self._process.is_alive():
            return self._pipe
        self.close()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._settings), daemon=True)
        self._process.start()
        theirs.close()
        self._pipe = ours
        try:
            ready = ours.poll(LOAD_SECONDS) and ours.recv_bytes()
        except (EOFError, OSError):
            ready = b""
        if ready != b"ready":
            self.close()
            said = ready.decode("utf-8", "replace") if ready else "it ended without a word"
            raise DatelineError(f"the pipeline could not be loaded: {said}")
        return ours

    def close(self) -> None:
        """End the process."""
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None
        if self._process is not None:
            self._process.kill()
            self._process.join(5)
            self._process = None


def _serve(pipe: Connection, settings: ServerSettings) -> None:
    """What the process does: load, then one body after another."""
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (settings.read_memory, settings.read_memory))
    try:
        from dateline.config import load as load_config
        from dateline.config import with_tables
        from dateline.pipeline.assembly import load

        reader = load(with_tables(load_config(settings.config), codebook=settings.codebook, actors=settings.actors))
    except DatelineError as error:
        pipe.send_bytes(str(error).encode())
        return
    # From here on the process speaks to its parent alone.
    sys.addaudithook(_no_network)
    pipe.send_bytes(b"ready")
    while True:
        try:
            message = pipe.recv_bytes()
        except (EOFError, OSError):
            return
        data, url, media, retrieved = msgspec.msgpack.decode(
            message, type=tuple[bytes, str | None, str | None, str | None]
        )
        raw = Raw(data=data, where="the body", url=url, media=media, retrieved=retrieved)
        try:
            found = list(reader.read_all(raw))
            answer = msgspec.msgpack.encode(
                Coded(
                    records=tuple(each for each in found if isinstance(each, Record)),
                    rejections=tuple(each for each in found if isinstance(each, Rejection)),
                )
            )
        except Exception as error:  # noqa: BLE001 - one body must not end the process
            answer = f"!{type(error).__name__}: {error}"[:300].encode("utf-8", "replace")
        pipe.send_bytes(answer)


def _no_network(event: str, _: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        raise PermissionError("a body sent to the server is read as it is: nothing is fetched")
