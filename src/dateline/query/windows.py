"""Which articles a search reads, a few at a time.

A list shows the first fifty rows that have the words asked for. So articles
that may have them are read in the order of arrival, few at first, then more at
once, until there are enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from dateline.store.warehouse import Warehouse

_FIRST = 64
_GROWTH = 4
_MOST = 2048
"""Articles read at once. More than that, and the database reads the whole table instead."""


def windows(
    store: Warehouse, text: str, *, among: Callable[[], Sequence[int] | None] | None = None, since: int = 0
) -> Callable[[], Iterator[str]]:
    """Ends of conditions on an article's number, which together hold for every article that may have a text.

    Args:
        store: The store.
        text: What is looked for.
        among: Numbers of the articles that count, in order; all without it.
        since: Lowest number that counts.

    Returns:
        What looks them up, each time anew: ``IN (3, 17, ...)`` or ``BETWEEN 0 AND 63``.
    """

    def made() -> Iterator[str]:
        import numpy as np

        found: Any = store.having(text)
        chosen = None if among is None else among()
        if chosen is not None:
            only = np.asarray(chosen, dtype=np.int64)
            found = only if found is None else np.intersect1d(found, only, assume_unique=True)
        if found is None:
            yield from _ranges(store, since)
            return
        found = found[np.searchsorted(found, since) :]
        size, at = _FIRST, 0
        while at < len(found) or at == 0:
            listed = ", ".join(map(str, found[at : at + size].tolist()))
            yield f"IN ({listed})" if listed else "IN (-1)"
            at += size
            size = min(_MOST, size * _GROWTH)

    return made


def _ranges(store: Warehouse, since: int) -> Iterator[str]:
    top = store.rows("SELECT coalesce(max(number), -1) AS top FROM article_rows")[0]["top"]
    size, at = _FIRST, since
    while at <= top or at == since:
        yield f"BETWEEN {at} AND {at + size - 1}"
        at += size
        size *= _GROWTH
