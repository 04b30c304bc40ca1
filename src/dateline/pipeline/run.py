"""A corpus through a pipeline into a store: one input at a time, failures set aside.

The run knows no process and no cluster: an :class:`Executor` turns items into
results, in the order of the items, and the run writes them in that order. So
the store's content depends on the inputs and the pipeline alone, never on how
the work was split.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol

import msgspec
from msgspec import Struct

from dateline.errors import ArticleError, ConfigError, StoreError, TransientError
from dateline.records import Article, Record, Rejection
from dateline.store.schema import writable, written
from dateline.store.warehouse import Taken, Warehouse

FLUSH_SECONDS = 2.0
"""Longest time finished articles wait for others before they are written."""
PASSING = frozenset(("no answer",))
"""Reasons that may have gone by the next run, which tries such inputs again."""
CODE_AT_ONCE = 16
"""Articles given to the pipeline together; never changes a result."""


class Item(Protocol):
    """One input of a run: small, picklable, read only when its turn comes."""

    @property
    def where(self) -> str:
        """File, URL or place in an archive, for messages."""
        ...

    @property
    def key(self) -> str | None:
        """The same while the input's bytes are the same; none for what leaves no mark."""
        ...

    def articles(self, *, settings: Any) -> Iterable[Article | Rejection]:
        """Read it."""
        ...


class Coding(Protocol):
    """What a run needs of a Reader."""

    @property
    def digest(self) -> str:
        """Changes when records may change."""
        ...

    @property
    def settings(self) -> Any:
        """Limits and options of intake."""
        ...

    def code(self, articles: Sequence[Article]) -> list[Record]:
        """Records of articles, in order."""
        ...


class Result(Struct, frozen=True, kw_only=True):
    """What was made of one item."""

    key: str | None
    where: str
    records: tuple[Record, ...] = ()
    rejections: tuple[Rejection, ...] = ()


class Executor(Protocol):
    """Turns items into results, here or elsewhere."""

    def start(self) -> str:
        """Load the pipeline and give its digest.

        Raises:
            ConfigError: It cannot be loaded.
        """
        ...

    def map(self, items: Iterable[Item], stop: Callable[[], bool]) -> Iterator[Result]:
        """One result an item, in the order of the items; ends early once ``stop`` says so."""
        ...

    def close(self) -> None:
        """Let go of what was started."""
        ...


class Progress(Struct, frozen=True, kw_only=True):
    """How far a run is."""

    items: int
    """Inputs done in this run, skipped ones not counted."""
    articles: int
    rejections: int
    skipped: int
    """Inputs done by an earlier run."""
    seconds: float
    """Since the pipeline was loaded."""
    where: str
    """The last input done; empty before the first."""

    @property
    def rate(self) -> float:
        """Articles a second."""
        return self.articles / self.seconds if self.seconds > 0 else 0.0


class Summary(Struct, frozen=True, kw_only=True):
    """What a run did."""

    items: int
    articles: int
    """Articles read, those that the store already had among them."""
    rejections: int
    skipped: int
    seconds: float
    """Wall clock, loading the pipeline left out."""
    interrupted: bool
    """Whether it was stopped before the last input; the same call goes on from there."""


_encode = msgspec.msgpack.Encoder().encode
_record = msgspec.msgpack.Decoder(Record)


def work(reader: Coding, items: Sequence[Item], beat: Callable[[], None] = lambda: None) -> list[Result]:
    """Read and code items: one result an item, in order, whatever happens.

    Args:
        reader: The pipeline.
        items: What to read; split as one likes, the results are the same.
        beat: Called after every step, to show that work goes on.
    """
    articles: list[tuple[int, Article]] = []
    rejections: list[list[Rejection]] = [[] for _ in items]
    for index, item in enumerate(items):
        for taken in _read(item, reader.settings):
            if isinstance(taken, Rejection):
                rejections[index].append(taken)
            else:
                articles.append((index, taken))
            beat()
    records: list[list[Record]] = [[] for _ in items]
    for at in range(0, len(articles), CODE_AT_ONCE):
        group = articles[at : at + CODE_AT_ONCE]
        coded = _code(reader, [(items[index].where, article) for index, article in group])
        for (index, _), made in zip(group, coded, strict=True):
            if isinstance(made, Rejection):
                rejections[index].append(made)
            else:
                records[index].append(made)
        beat()
    return [
        Result(
            key=None if item.key is None else writable(item.key),
            where=writable(item.where),
            records=tuple(records[index]),
            rejections=tuple(map(written, rejections[index])),
        )
        for index, item in enumerate(items)
    ]


def _read(item: Item, settings: Any) -> Iterator[Article | Rejection]:
    try:
        yield from item.articles(settings=settings)
    except ArticleError as error:
        yield Rejection(where=item.where, reason=error.reason, detail=error.detail)
    except TransientError as error:
        yield Rejection(where=item.where, reason="no answer", detail=f"{error}: run again to try again")
    except (ConfigError, StoreError):
        raise
    except Exception as error:  # noqa: BLE001 - a defect met in one input is its rejection, not the end of the run
        yield _failed(item.where, "reading", error)


def _code(reader: Coding, group: Sequence[tuple[str, Article]]) -> list[Record | Rejection]:
    try:
        made = _coded(reader, [article for _, article in group])
    except Exception as error:  # noqa: BLE001 - as above: find the article that does it
        if len(group) == 1:
            return [_failed(group[0][0], "coding", error, group[0][1])]
        return [result for one in group for result in _code(reader, [one])]
    return [_checked(where, record) for (where, _), record in zip(group, made, strict=True)]


def _coded(reader: Coding, articles: Sequence[Article]) -> list[Record]:
    made = reader.code(articles)
    if [record.article.id for record in made] != [article.id for article in articles]:
        raise ValueError(f"{len(articles)} articles gave {len(made)} records, or others' records")
    return made


def _checked(where: str, record: Record) -> Record | Rejection:
    """The record as it comes back from bytes, so that nothing reaches the store which is not of its type."""
    try:
        return _record.decode(_encode(record))
    except UnicodeEncodeError:
        return Rejection(
            where=where,
            reason="not Unicode",
            detail="its text holds a lone surrogate, which no file can; decode it again with the right encoding",
            digest=record.article.page.digest,
        )
    except (msgspec.ValidationError, OverflowError, TypeError) as error:
        return _failed(where, "checking", error, record.article)


def _failed(where: str, doing: str, error: Exception, article: Article | None = None) -> Rejection:
    which = f" article {article.id}" if article else ""
    return Rejection(
        where=where,
        reason="failed",
        detail=f"{doing}{which} failed with {type(error).__name__}: {str(error)[:200]}; this is a defect, report it",
        digest=article.page.digest if article else None,
    )


class Here:
    """The executor without processes: for tests, debugging and small inputs.

    Nothing can be stopped at a time limit here.

    Args:
        load: Makes the Reader.
    """

    def __init__(self, load: Callable[[], Coding]) -> None:
        self._load = load
        self._reader: Coding | None = None

    def start(self) -> str:
        """Load the pipeline and give its digest."""
        self._reader = self._load()
        return self._reader.digest

    def map(self, items: Iterable[Item], stop: Callable[[], bool]) -> Iterator[Result]:
        """One result an item, in order."""
        if self._reader is None:
            self.start()
        assert self._reader is not None  # noqa: S101 - start has just set it
        for item in items:
            if stop():
                return
            yield from work(self._reader, [item])

    def close(self) -> None:
        """Nothing to let go of."""


def run(
    items: Iterable[Item],
    store: Warehouse,
    executor: Executor,
    *,
    pipeline: str,
    skipped: Callable[[], int] = lambda: 0,
    on_progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Summary:
    """Code items into a store.

    An item's records, rejections and mark enter the store in one transaction,
    with those of its neighbours; what a kill cuts off, the next run does.

    Args:
        items: What is to be done, less what the store already has; see :mod:`dateline.scale.checkpoint`.
        store: Open for writing.
        executor: Started.
        pipeline: The digest it gave.
        skipped: How many inputs have been passed over so far.
        on_progress: Called after every item.
        stop: Asked between items; once it says yes, what is done is written and the run ends.

    Raises:
        StoreError: The store cannot be written; what was written before stays.
        ConfigError: The pipeline cannot work.
    """
    begun = flushed = time.monotonic()
    done = articles = rejections = 0
    for result in executor.map(items, stop):
        store.put(
            Taken(
                records=result.records,
                rejections=result.rejections,
                pipeline=pipeline,
                key=result.key,
                where=result.where,
                finished=not any(rejection.reason in PASSING for rejection in result.rejections),
            )
        )
        done += 1
        articles += len(result.records)
        rejections += len(result.rejections)
        now = time.monotonic()
        if now - flushed > FLUSH_SECONDS:
            store.flush()
            flushed = now
        if on_progress is not None:
            on_progress(
                Progress(
                    items=done,
                    articles=articles,
                    rejections=rejections,
                    skipped=skipped(),
                    seconds=now - begun,
                    where=result.where,
                )
            )
    store.flush()
    return Summary(
        items=done,
        articles=articles,
        rejections=rejections,
        skipped=skipped(),
        seconds=time.monotonic() - begun,
        interrupted=stop(),
    )
