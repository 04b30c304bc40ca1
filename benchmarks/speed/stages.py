"""CPU time of the bare parser and of every stage of the pipeline, in one process."""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any, cast

import thinc.api

from benchmarks.speed import texts
from dateline.config import load as load_config
from dateline.pipeline.assembly import Reader
from dateline.reading import coreference, names
from dateline.reading.syntax import Parser, quicken

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


def measure(data: dict[str, Any], rounds: int) -> dict[str, Any]:
    """CPU time of the bare parser and of every stage of the pipeline."""
    items = texts.chosen(data)
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
    """The parser alone, with the components, the matrix product and the maximum that reading uses."""
    engine: Any = thinc.api
    engine.set_current_ops(engine.NumpyOps(use_blis=False))
    module: Any = importlib.import_module(package)
    pipeline: Any = module.load(exclude=["attribute_ruler", "senter", "lemmatizer"])
    quicken(pipeline)

    def parse(texts: list[str]) -> None:
        for _ in pipeline.pipe(texts, batch_size=CHUNK):
            pass

    return parse


if __name__ == "__main__":
    print(json.dumps(measure(json.load(sys.stdin), int(sys.argv[1]))))
