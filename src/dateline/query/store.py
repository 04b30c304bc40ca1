"""The store one works with: what a Warehouse keeps, and the questions one can ask it.

``dateline.open_store`` gives this class. The layer below, :mod:`dateline.store`,
knows tables; the questions are functions of this layer that take the store
first, so that each is also a method here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dateline.query import dyads as pairing
from dateline.query import events as finding
from dateline.query import links as linking
from dateline.query import reviews as reviewing
from dateline.query import search as searching
from dateline.query.cite import cite as cite_finding
from dateline.query.result import Result
from dateline.store.warehouse import Layout, Warehouse, open_backend


class Store(Warehouse):
    """A store with its questions; see :func:`open_store`."""

    events = finding.events
    statements = finding.statements
    figures = finding.figures
    places = finding.places
    actors = finding.actors
    articles = finding.articles
    rejections = finding.rejections
    dyads = pairing.dyads
    search = searching.search
    timeline = searching.timeline
    cite = cite_finding
    copies = linking.copies
    parts = linking.parts
    changes = linking.changes
    stories = linking.stories
    story = linking.story
    incidents = linking.incidents
    incident = linking.incident
    support = linking.support
    disputes = linking.disputes
    linked = linking.linked
    judge = reviewing.judge
    judgements = reviewing.judgements
    precision = reviewing.precision
    gold = reviewing.gold

    def sql(self, query: str, parameters: dict[str, Any] | None = None) -> Result[dict[str, Any]]:
        """The answer to one SELECT over the tables of the store; nothing can be changed by it.

        Beside DuckDB's own functions there are ``words(text, span)``, ``quoted(text, spans)`` and
        ``article_day(dateline_day, published, updated)``.

        Args:
            query: SELECT, FROM, DESCRIBE or EXPLAIN.
            parameters: Values of ``$name`` in it.

        Raises:
            ConfigError: The query is wrong or would do more than read; raised when the answer is used.
        """
        return Result(self, query, parameters)


def open_store(path: str | Path, *, read_only: bool = False, layout: Layout = "auto") -> Store:
    """Open a store, making it where there is none.

    One process writes at a time. Several may read a DuckDB file while nobody
    writes it, and a Parquet folder at any time.

    Args:
        path: A DuckDB file, or a folder of Parquet files when it is a folder or ends with ``/``.
        read_only: Add nothing; the store must be there.
        layout: Say which of the two it is instead of reading it off the path.

    Raises:
        StoreError: It is in use, damaged, not a store, newer than this package, or absent when reading only.
    """
    return Store(open_backend(path, read_only=read_only, layout=layout))
