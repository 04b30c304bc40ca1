"""Done-marks: what an earlier run has finished is not done again.

A mark is keyed by the input's key (the same while its bytes are the same) and
the pipeline's digest, and lies in the store itself, written in the transaction
that writes the input's records. So there is no second file that could disagree
with the store, and a new pipeline does everything anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from typing import Any

from dateline.pipeline.run import Item
from dateline.records import Rejection
from dateline.store.schema import writable
from dateline.store.warehouse import Warehouse

_ASK = 256
"""Inputs asked for at once."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A source that could not be opened, as an item whose reading gives the rejection."""

    rejection: Rejection
    key: None = None

    @property
    def where(self) -> str:
        """What could not be opened."""
        return self.rejection.where

    def articles(self, *, settings: Any) -> Iterable[Rejection]:
        """The rejection alone."""
        del settings
        return (self.rejection,)


class Checkpoint:
    """Passes over what a store has from the same pipeline.

    Args:
        store: The store.
        pipeline: Digest of the pipeline.
        retry: Do again what was set aside: inputs all of which, or part of which, were rejected.
    """

    def __init__(self, store: Warehouse, pipeline: str, *, retry: bool = False) -> None:
        self._store = store
        self._pipeline = pipeline
        self._retry = retry
        self.skipped = 0
        """Inputs passed over so far."""

    def pending(self, items: Iterable[Item | Rejection]) -> Iterator[Item]:
        """The items still to be done, in order, each key once."""
        seen: set[bytes] = set()  # digests: a run may have millions of keys
        source = iter(items)
        while block := list(islice(source, _ASK)):
            keys = [writable(item.key) for item in block if not isinstance(item, Rejection) and item.key is not None]
            done = self._store.done(keys, self._pipeline, clean=self._retry)
            for item in block:
                if isinstance(item, Rejection):
                    yield Refused(item)
                    continue
                if item.key is not None:
                    key = writable(item.key)
                    mark = blake2b(key.encode(), digest_size=16).digest()
                    if key in done or mark in seen:
                        self.skipped += 1
                        continue
                    seen.add(mark)
                yield item
