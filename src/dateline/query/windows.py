"""Which articles a search reads, a few at a time.

A list shows the first fifty rows that have the words asked for. So articles
that may have them are read in the order of arrival, few at first, then more at
once, until there are enough.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from dateline.query.asked import ArticleFilters, SearchFilters, gather
from dateline.query.filters import Filter
from dateline.query.result import WINDOW
from dateline.store.warehouse import Warehouse

ALL = ">= "
"""Begins the condition that holds for all articles."""
FEW = 2048
"""Articles of which a few columns are read sooner than those of all."""
SOME = 8 * FEW
"""Articles whose texts are read sooner than a few columns of all."""
_TURN, _TURNS = 256, 8192
"""Findings that are looked through one after another, at first and at most."""
_FIRST = 64
_GROWTH = 4
_MOST = 2048
"""Articles read at once. More than that, and the database reads the whole table instead."""


Numbers = Callable[[], Any]
"""Gives a sorted numpy array of numbers of articles; none where all count."""


def texts(store: Warehouse, text: str) -> Numbers:
    """Articles that may have a text in theirs."""
    return lambda: store.having(text)


def days(store: Warehouse, asked: SearchFilters | ArticleFilters) -> list[Numbers]:
    """Articles of the days asked for."""
    found = gather(Filter(), SearchFilters, {name: asked.get(name) for name in ("since", "until")})
    if not found.conditions:
        return []
    query = f"SELECT f.number FROM article_rows f {found.where()} ORDER BY 1"  # noqa: S608 - values are bound
    return [lambda: _column(store, query, found.parameters)]


def _column(store: Warehouse, query: str, parameters: dict[str, Any]) -> Any:
    import numpy as np

    return np.asarray(store.select(query, parameters).column(0).to_numpy(), dtype=np.int64)


def _both(given: Iterable[Numbers]) -> Any:
    """What all of them give."""
    import numpy as np

    found: Any = None
    for each in given:
        numbers = each()
        if numbers is not None:
            found = numbers if found is None else found[np.isin(found, numbers, kind="table")]
    return found


def windows(
    store: Warehouse, given: Sequence[Numbers], *, since: int = 0, text: str | None = None, most: int | None = None
) -> Callable[[], Iterator[str]] | None:
    """Ends of conditions on an article's number, which together hold for every article that counts.

    Args:
        store: The store.
        given: Which articles count: those that all of these give.
        since: Lowest number that counts.
        text: Only articles that have this in their texts, which are read for it.
        most: Where more articles than so many may count, the first few are looked through, which lie close together;
            of the rest no text is read, and one condition, :data:`ALL` and the lowest number, holds for them.

    Returns:
        What looks them up, each time anew: ``IN (3, 17, ...)`` or ``BETWEEN 0 AND 63``. None where nothing is given.
    """
    if not given:
        return None

    def made() -> Iterator[str]:
        import numpy as np

        found: Any = _both(given)
        if most is not None and (found is None or len(found) > most):
            last = since + _FIRST - 1
            if found is None:
                yield f"BETWEEN {since} AND {last}"
            else:
                at = int(np.searchsorted(found, since))
                some = found[at : at + _FIRST].tolist()
                yield listed(some)
                last = some[-1] if some else last
            yield f"{ALL}{last + 1}"
            return
        if found is None:
            yield from _ranges(store, since)
            return
        found = found[np.searchsorted(found, since) :]
        size, at = _FIRST, 0
        while at < len(found) or at == 0:
            yield listed(found[at : at + size].tolist())
            at += size
            # Where no text is read for it, all the others cost little more than a few of them.
            size = _MOST if most is not None and text is None else min(_MOST, size * _GROWTH)

    if text is None:
        return made
    return lambda: (
        each if each.startswith(ALL) else listed(sorted(row["number"] for row in with_text(store, each, text)))
        for each in made()
    )


def with_text(store: Warehouse, window: str, text: str, columns: str = "t.number") -> list[dict[str, Any]]:
    """Those of some articles that have a text in theirs.

    The texts are looked up first: with both conditions beside each other, the database would read all texts.
    """
    return store.rows(
        f'WITH t AS MATERIALIZED (SELECT number, "text" FROM articles WHERE number {window}) '  # noqa: S608 - numbers
        f"SELECT {columns} FROM t WHERE contains(lower(t.text), lower($words))",
        {"words": text},
        checked=False,
    )


def those_of(name: str, conditions: str) -> str:
    """The flat rows of the articles of a window, as far as some conditions need them, in SQL.

    Of what a condition needs, only the rows of the articles that count are read; without being told so, the database
    tries the costliest condition on every row first.

    Args:
        name: Kind of finding: ``event``.
        conditions: On the flat row ``f``.
    """
    needed = sorted({"number", "position", *re.findall(r"\bf\.(\w+)", conditions)})
    return f"(WITH n AS MATERIALIZED (SELECT {', '.join(needed)} FROM {name}_rows WHERE number {WINDOW}) FROM n)"  # noqa: S608


def first_of(
    store: Warehouse, name: str, found: Filter, number: Any, position: Any, most: int, *, texts: bool = False
) -> Any:
    """Which of some findings are the first that meet conditions.

    Args:
        store: The store.
        name: Kind of finding: ``event``.
        found: Conditions on the flat row ``f``.
        number: Their articles' numbers, in the order they are shown in.
        position: Their positions.
        most: How many are wanted.
        texts: Whether conditions are on long texts, which are then read of these articles alone.

    Returns:
        Their places in that order; none where so few meet the conditions that a look at all rows takes less.
    """
    import numpy as np

    if not found.conditions:
        return np.arange(min(most, len(number)))
    source = those_of(name, found.where()) if texts else f"{name}_rows"
    query = f"SELECT f.number, f.position FROM {source} f {found.where()}"  # noqa: S608 - our own names
    if not texts:
        query += " AND f.number IN (SELECT unnest($numbers_::BIGINT[]))"
    has: list[int] = []
    begin, end = 0, _TURN
    while begin < len(number) and len(has) < most:
        if end > _TURNS:
            return None
        here = number[begin:end].tolist()
        numbers = sorted(set(here))
        given = found.used(query)
        if texts:
            rows = store.rows(query.replace(WINDOW, listed(numbers)), given, checked=False)
        else:
            rows = store.rows(query, {**given, "numbers_": numbers})
        good = {(row["number"], row["position"]) for row in rows}
        places = zip(here, position[begin:end].tolist(), strict=True)
        has += [at for at, place in enumerate(places, begin) if place in good]
        # As many as should do, by those that did so far.
        begin, end = end, end * 2 * most // max(1, len(has))
    return np.asarray(has[:most], dtype=np.int64)


def listed(numbers: Sequence[int]) -> str:
    """Condition that a number is one of these."""
    return f"IN ({', '.join(map(str, numbers)) or '-1'})"


def _ranges(store: Warehouse, since: int) -> Iterator[str]:
    top = store.rows("SELECT coalesce(max(number), -1) AS top FROM article_rows")[0]["top"]
    size, at = _FIRST, since
    while at <= top or at == since:
        yield f"BETWEEN {at} AND {at + size - 1}"
        at += size
        size *= _GROWTH
