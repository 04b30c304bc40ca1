"""A quick pipeline and inputs that misbehave, importable by worker processes.

Run as a script it codes a corpus into a store, so that a test can kill it:
``python -m tests.scale.fakes STORE ITEMS WORKERS TASK``.
"""

import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from dateline.errors import ArticleError, ConfigError, TransientError
from dateline.records import Article, Record, Rejection
from dateline.scale import local
from dateline.store import open_store
from tests.store.making import news


@dataclass(frozen=True, slots=True)
class FakeItem:
    """An input that reads as the record of its number, or does what ``trick`` says."""

    number: int
    trick: str = ""

    @property
    def where(self) -> str:
        return f"corpus/{self.number:05d}.txt" + ("\udcff" if self.trick == "odd name" else "")

    @property
    def key(self) -> str:
        return f"key {self.number:05d}" + ("\udcff" if self.trick == "odd name" else "")

    def articles(self, *, settings: float) -> Iterator[Article | Rejection]:
        article = news(self.number).article
        kind, _, detail = self.trick.partition(":")
        match kind:
            case "hang":
                time.sleep(3600)
            case "die":
                os.kill(os.getpid(), signal.SIGKILL)
            case "die once":
                marker = Path(detail)
                if not marker.exists():
                    marker.touch()
                    os._exit(9)
            case "refuse":
                raise ArticleError("empty", "nothing there")
            case "unavailable":
                raise TransientError("no answer")
            case "break":
                raise RuntimeError("a defect")
            case "config":
                raise ConfigError("a setting is wrong")
            case "surrogate":
                article = msgspec.structs.replace(article, text=article.text + "\ud800")
            case "partly":
                yield Rejection(where=self.where, reason="empty", detail="the first article has no words")
            case "two":
                yield news(self.number + 100_000).article
            case "slow":
                for each in range(8):
                    time.sleep(0.2)
                    yield news(200_000 + each).article
        if kind in {"code breaks", "code hangs", "code lies"}:
            article = msgspec.structs.replace(article, byline=(kind,))
        yield article


class FakeReader:
    """Codes by looking the number up."""

    def __init__(self, digest: str = "fake", seconds: float = 0.0) -> None:
        self.digest = digest
        self.settings = seconds

    def code(self, articles: Sequence[Article]) -> list[Record]:
        return [self._one(article) for article in articles]

    def _one(self, article: Article) -> Record:
        time.sleep(self.settings)
        if article.byline == ("code breaks",):
            raise ZeroDivisionError("a defect")
        if article.byline == ("code hangs",):
            time.sleep(3600)
        number = int((article.url or "").rpartition("/")[2])
        record = msgspec.structs.replace(news(number), article=article)
        if article.byline == ("code lies",):
            return msgspec.structs.replace(record, codebook=3)
        return record


def load() -> FakeReader:
    return FakeReader()


def load_slow() -> FakeReader:
    return FakeReader(seconds=0.003)


def load_other() -> FakeReader:
    return FakeReader("other")


def load_none() -> FakeReader:
    raise ConfigError("no such pipeline")


def load_dead() -> FakeReader:
    os._exit(5)


def corpus(count: int) -> list[FakeItem]:
    return [FakeItem(number, "two" if number % 10 == 0 else "") for number in range(count)]


def main() -> None:
    path, count, workers, task = sys.argv[1], *map(int, sys.argv[2:5])
    with open_store(path) as store:
        summary = local.run(
            corpus(count),
            store,
            load_slow,
            workers=workers,
            task=task,
            on_progress=lambda progress: print(progress.articles, flush=True),
        )
    print("interrupted" if summary.interrupted else "finished", flush=True)


if __name__ == "__main__":
    main()
