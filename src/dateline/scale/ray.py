"""Workers of a Ray cluster.

The same work as :mod:`dateline.scale.local` gives to processes of this machine,
given to actors on as many machines as Ray has. The parent still writes the
store alone, in the order of the items, so the result is the same to the byte.
Inputs are read where the worker runs: files need the same path on every
machine, and what is fetched is fetched from there.
"""

from __future__ import annotations

import os
import socket
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from dateline.errors import ConfigError
from dateline.pipeline.run import Coding, Item, Result, work
from dateline.scale.local import LOAD_LIMIT, Processes, Slot, Task, packed, unpacked

LOCAL = "local"
"""Address that starts a cluster on this machine, for the time of the run."""


def _ray() -> Any:
    # Ray turns off accelerators it finds unused; that it will stop doing so is no news to a user of ours.
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    try:
        import ray
    except ImportError as error:
        raise ConfigError("--ray needs Ray: pip install 'dateline[ray]'") from error
    return cast("Any", ray)


def _reach(address: str) -> None:
    """Knock where an address names a host and a port: Ray itself would wait for minutes.

    Raises:
        ConfigError: Nobody answers.
    """
    host, colon, port = address.removeprefix("ray://").rpartition(":")
    if colon and port.isdecimal():
        try:
            socket.create_connection((host, int(port)), timeout=5).close()
        except (OSError, OverflowError) as error:
            raise _absent(address, error) from error


def _absent(address: str, error: Exception) -> ConfigError:
    reason = str(error).splitlines()[0] if str(error) else type(error).__name__
    return ConfigError(
        f"no Ray cluster at {address!r} ({reason}): start one with `ray start --head`, "
        f"or give --ray {LOCAL} to start one on this machine"
    )


class _Worker:
    """What an actor holds: the pipeline, loaded once."""

    def __init__(self, load: Callable[[], Coding]) -> None:
        self._error = ""
        try:
            self._reader: Coding | None = load()
        except ConfigError as error:
            self._reader, self._error = None, str(error)

    def digest(self) -> tuple[str, str]:
        """Digest of the pipeline, and what was wrong with it."""
        return ("" if self._reader is None else self._reader.digest, self._error)

    def work(self, items: list[Item]) -> bytes:
        """Results of some items."""
        if self._reader is None:
            raise ConfigError(self._error)
        return packed(work(self._reader, items))


@dataclass(slots=True)
class Cluster(Processes):
    """The executor of Ray actors.

    Args:
        load: Makes the Reader, in each worker.
        workers: How many actors, each with one core; 0 for one on every core the cluster has.
        time_limit: Seconds an item may take.
        task: Items handed to a worker at once.
        address: Of the cluster, as Ray takes it: ``auto``, ``host:port``, ``ray://host:port``; ``local`` starts one.
    """

    address: str = "auto"
    _started: bool = False

    def start(self) -> str:
        """Join or start the cluster, start the workers, and wait until the first has loaded the pipeline.

        Raises:
            ConfigError: There is no such cluster, Ray is not installed, or the pipeline cannot be loaded.
        """
        ray = _ray()
        if not ray.is_initialized():
            local = self.address == LOCAL
            _reach(self.address)
            options = {"num_cpus": self.workers or None, "include_dashboard": False} if local else {}
            try:
                ray.init(
                    address=LOCAL if local else self.address, log_to_driver=False, logging_level="ERROR", **options
                )
            except (ConnectionError, OSError, ValueError, RuntimeError, ray.exceptions.RayError) as error:
                raise _absent(self.address, error) from error
            self._started = True
        self.workers = self.workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
        # super() does not see through the new class that slots make of this one.
        return Processes.start(self)

    def _spawn(self) -> Slot:
        ray = _ray()
        threads = {"env_vars": dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")}
        actor = ray.remote(num_cpus=1)(_Worker).options(runtime_env=threads).remote(self.load)
        return Slot(actor, actor.digest.remote(), deadline=time.monotonic() + LOAD_LIMIT)

    def _give(self, slot: Slot, task: Task) -> None:
        slot.task = task
        # Nothing is heard of an actor before it is done: the limit is that of all its items.
        slot.deadline = time.monotonic() + self.time_limit * len(task.items)
        slot.pipe = slot.process.work.remote([item for _, item in task.items])

    def _wait(self, seconds: float) -> list[Slot]:
        busy = {slot.pipe: slot for slot in self._slots if slot.task is not None or not slot.ready}
        if not busy:
            return []
        nearest = min(slot.deadline for slot in busy.values()) - time.monotonic()
        done, _ = _ray().wait(list(busy), num_returns=1, timeout=max(0.0, min(seconds, nearest)))
        return [busy[each] for each in done]

    def _receive(self, slot: Slot, again: deque[Task] | None = None) -> list[tuple[int, Result]]:
        ray = _ray()
        try:
            answer: Any = ray.get(slot.pipe)
        except ray.exceptions.RayError as error:
            return self._lost(slot, "crashed", f"ended ({type(error).__name__})", again)
        if not slot.ready:
            digest, wrong = answer
            if wrong:
                raise ConfigError(wrong)
            self._digest = self._digest or digest
            if digest != self._digest:
                raise ConfigError("the workers loaded different pipelines: install one version on every machine")
            slot.ready = True
            return []
        task = slot.task
        if task is None:
            return []
        slot.task = None
        return [(index, result) for (index, _), result in zip(task.items, unpacked(answer), strict=True)]

    def _end(self, slot: Slot) -> None:
        _ray().kill(slot.process)

    def close(self) -> None:
        """End the workers, and the cluster if it was started here."""
        Processes.close(self)
        if self._started:
            _ray().shutdown()
            self._started = False
