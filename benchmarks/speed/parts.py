"""The measurements, each run in a process of its own: ``python -m benchmarks.speed.parts PART NUMBER``.

What to measure on comes as JSON on standard input, the figures go as JSON to standard output.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, cast

import thinc.api

from benchmarks.speed import texts
from dateline.config import load as load_config
from dateline.pipeline.assembly import Reader, load
from dateline.reading import coreference, names
from dateline.reading.syntax import Parser
from dateline.scale import local
from dateline.store import open_store

SAMPLES = Path(__file__).parents[2] / "samples" / "news"
PAGE = SAMPLES / "gazette-port-strike.html"
CHUNK = 8
"""Articles between turns of parser and pipeline."""


class Clock:
    """CPU seconds by stage, measured around the stage's own functions."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def around(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its CPU time counted."""

        def timed(*args: Any, **options: Any) -> Any:
            begun = time.process_time()
            try:
                return function(*args, **options)
            finally:
                self.seconds[stage] += time.process_time() - begun

        return timed


def stages(data: dict[str, Any], rounds: int) -> dict[str, Any]:
    """CPU time of the bare parser and of every stage of the pipeline."""
    items = _items(data)
    config = load_config(data["config"])
    begun = time.process_time()
    reader = Reader(config)
    loading = time.process_time() - begun
    bare = _bare(config.parser)
    clock = Clock()
    cast("Any", Parser).parse = clock.around("parser", Parser.parse)
    cast("Any", names).correct = clock.around("names", names.correct)
    cast("Any", coreference).resolve = clock.around("coreference", coreference.resolve)
    for coder in reader.coders:
        stage = coder.name.partition("/")[0]
        cast("Any", coder).code = clock.around(stage, coder.code)
    articles = [article for item in items for article in item.articles(settings=None)]
    words = sum(len(article.text.split()) for article in articles)
    groups = [articles[at : at + CHUNK] for at in range(0, len(articles), CHUNK)]
    # Once before the clock starts: caches fill, code is compiled.
    reader.code(groups[0])
    bare([article.text for article in groups[0]])
    clock.seconds.clear()
    parsing = whole = 0.0
    for _ in range(rounds):
        for group in groups:
            begun = time.process_time()
            bare([article.text for article in group])
            middle = time.process_time()
            reader.code(group)
            parsing += middle - begun
            whole += time.process_time() - middle
    parts = dict(clock.seconds)
    parts["rest"] = whole - sum(parts.values())
    count = len(articles) * rounds
    return {
        "articles": len(articles),
        "words": words,
        "bare parser ms": 1000 * parsing / count,
        "pipeline ms": 1000 * whole / count,
        "ratio": whole / parsing,
        "words/s bare": words * rounds / parsing,
        "words/s pipeline": words * rounds / whole,
        "stages ms": {name: 1000 * seconds / count for name, seconds in parts.items()},
        "load s": loading,
    }


def _bare(package: str) -> Callable[[list[str]], None]:
    """The parser alone, with the components and the matrix product that reading uses."""
    engine: Any = thinc.api
    engine.set_current_ops(engine.NumpyOps(use_blis=False))
    module: Any = importlib.import_module(package)
    pipeline: Any = module.load(exclude=["attribute_ruler", "senter", "lemmatizer"])

    def parse(texts: list[str]) -> None:
        for _ in pipeline.pipe(texts, batch_size=CHUNK):
            pass

    return parse


def whole_run(data: dict[str, Any], workers: int) -> dict[str, Any]:
    """Articles a second and peak memory of a run into a fresh store, held to as many cores as workers."""
    cores = -1
    if hasattr(os, "sched_setaffinity"):
        chosen = sorted(os.sched_getaffinity(0))[:workers]
        cores = len(chosen)
        os.sched_setaffinity(0, chosen)
    items = _items(data)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "speed.duckdb"
        with open_store(path) as store:
            summary = local.run(items, store, partial(load, data["config"]), workers=workers)
        size = path.stat().st_size
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
        "parent CPU ms": 1000 * (parent.ru_utime + parent.ru_stime) / summary.articles,
        "store kB": size / 1024 / summary.articles,
    }


def start_up(repeats: int) -> dict[str, Any]:
    """Wall and CPU seconds of ``dateline read`` on one page, and the imports that take longest."""
    command = [sys.executable, "-m", "dateline", "read", str(PAGE), "--json"]
    walls: list[float] = []
    cpus: list[float] = []
    for _ in range(repeats):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begun = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        walls.append(time.perf_counter() - begun)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpus.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    traced = subprocess.run(
        [sys.executable, "-X", "importtime", *command[1:]],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    packages: dict[str, float] = defaultdict(float)
    for match in re.finditer(r"^import time:\s+(\d+) \|\s+\d+ \| +(\S+)", traced.stderr, re.MULTILINE):
        packages[match[2].partition(".")[0]] += int(match[1]) / 1e6
    top = sorted(packages.items(), key=lambda pair: -pair[1])
    return {
        "wall s": min(walls),
        "wall s median": sorted(walls)[len(walls) // 2],
        "CPU s": min(cpus),
        "imports s": sum(packages.values()),
        "imports by package s": dict(top[:12]),
    }


def _items(data: dict[str, Any]) -> list[Any]:

    if data["smoke"]:
        return texts.from_samples(SAMPLES)
    found = texts.from_jsonl([Path(each) for each in data["data"]], field=data["field"], limit=data["articles"])
    if not found:
        raise SystemExit("no texts: give JSONL files with a text in each line, and its key with --field")
    return found


PARTS: dict[str, Callable[[dict[str, Any], int], dict[str, Any]]] = {
    "stages": stages,
    "run": whole_run,
    "start-up": lambda _, repeats: start_up(repeats),
}

if __name__ == "__main__":
    print(json.dumps(PARTS[sys.argv[1]](json.load(sys.stdin), int(sys.argv[2]))))
