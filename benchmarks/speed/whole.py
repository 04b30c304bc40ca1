"""Articles a second and memory of a whole run: intake, coding, store."""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.speed import texts
from dateline.pipeline.assembly import load
from dateline.pipeline.run import Summary
from dateline.scale import local
from dateline.store import open_store


def measure(data: dict[str, Any], workers: int) -> dict[str, Any]:
    """Articles a second and peak memory of a run into a fresh store, held to as many cores as workers."""
    cores = -1
    if hasattr(os, "sched_setaffinity"):
        chosen = sorted(os.sched_getaffinity(0))[:workers]
        cores = len(chosen)
        os.sched_setaffinity(0, chosen)
    items = texts.chosen(data)
    reader = partial(load, data["config"])
    with tempfile.TemporaryDirectory() as folder:
        # A run of nothing first: what it costs to load is not what an article costs.
        idle, _, _ = _run(Path(folder) / "nothing.duckdb", [], reader, 1)
        coding, writing, summary = _run(Path(folder) / "speed.duckdb", items, reader, workers)
        size = (Path(folder) / "speed.duckdb").stat().st_size
    used = (coding - workers * idle + writing) / summary.articles
    if summary.rejections:
        raise SystemExit(f"{summary.rejections} articles were set aside; the figures would not count")
    # Kilobytes on Linux; of the children, the largest one.
    parent = resource.getrusage(resource.RUSAGE_SELF)
    worker = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "workers": workers,
        "cores": cores,
        "articles": summary.articles,
        "seconds": summary.seconds,
        "articles/s": summary.articles / summary.seconds,
        "parent MB": parent.ru_maxrss / 1024,
        "worker MB": worker.ru_maxrss / 1024,
        "CPU ms": 1000 * used,
        "articles/s a core": 1 / used,
        "writing CPU ms": 1000 * writing / summary.articles,
        "store kB": size / 1024 / summary.articles,
    }


def _run(path: Path, items: list[Any], reader: Any, workers: int) -> tuple[float, float, Summary]:
    """CPU seconds of the workers and of the parent, and what the run did."""
    before = _cpu(resource.RUSAGE_CHILDREN), _cpu(resource.RUSAGE_SELF)
    with open_store(path) as store:
        summary = local.run(items, store, reader, workers=workers)
    return _cpu(resource.RUSAGE_CHILDREN) - before[0], _cpu(resource.RUSAGE_SELF) - before[1], summary


def _cpu(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    print(json.dumps(measure(json.load(sys.stdin), int(sys.argv[1]))))
