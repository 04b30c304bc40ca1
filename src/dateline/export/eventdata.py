"""A store in the layouts that event-data scripts already read: GDELT, POLECAT, ICEWS.

The store is read a block of articles at a time, so memory does not grow with
it; the file is there whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from dateline.errors import ConfigError
from dateline.export.gdelt import EVENTS, GKG, MENTIONS, Told, counting
from dateline.export.icews import ICEWS
from dateline.export.layouts import STATUSES, Layout, Tally, write
from dateline.export.polecat import POLECAT
from dateline.export.whole import whole_file
from dateline.query.links import support
from dateline.records import Status
from dateline.store.warehouse import Warehouse

LAYOUTS: dict[str, Layout] = {each.name: each for each in (EVENTS, MENTIONS, GKG, POLECAT, ICEWS)}
"""Every layout by the name the command line gives it."""


def chosen(statuses: Iterable[Status] | None) -> frozenset[Status] | None:
    """Statuses as a set; none for the default.

    Raises:
        ConfigError: One of them is no status.
    """
    if statuses is None:
        return None
    found = frozenset(statuses)
    if unknown := sorted(found - set(STATUSES)):
        raise ConfigError(f"no status {unknown[0]!r}: there are {', '.join(STATUSES)}")
    return found


def export_layout(store: Warehouse, path: str | Path, name: str, *, statuses: Iterable[Status] | None = None) -> Tally:
    """Write a store in a published layout, whole or not at all.

    Args:
        store: The store.
        path: The file; ``-`` for standard output.
        name: ``gdelt``, ``mentions``, ``gkg``, ``polecat`` or ``icews``.
        statuses: Which events go out; by default those that happened or are going on, since no layout can say
            which is which. The knowledge graph has no events and takes none.

    Returns:
        How many rows were written, and what was left out.

    Raises:
        ConfigError: No such layout or status.
        StoreError: The file cannot be written.
    """
    layout = LAYOUTS.get(name)
    if layout is None:
        raise ConfigError(f"no layout {name!r}: there are {', '.join(LAYOUTS)}")
    if statuses is not None and not layout.by_status:
        raise ConfigError(f"{name} has a row an article, not an event: it takes no status")
    wanted = chosen(statuses)
    if layout is EVENTS:
        layout = counting(
            {row["event"]: Told(row["mentions"], row["sources"], row["articles"]) for row in support(store).rows()}
        )
    with whole_file(path) as file:
        return write(layout, store.records(), file, wanted)
