"""``dateline link``: what the reports of a store say together."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter


def link(*, store: str, undo: Annotated[bool, Parameter(negative=())] = False) -> int:
    """Find what belongs together across the reports of a store: copies, stories, disputes.

    Run it again after adding articles: only what is new is read. The result does not depend on the
    order in which articles came, and it may be stopped at any time.

    Args:
        store: The store.
        undo: Remove all links instead; articles and findings stay as they are.
    """
    from dateline.cli import console
    from dateline.pipeline import link as linking

    out = console.stderr()
    with linking.opened(store) as opened:
        if undo:
            linking.undo(opened)
            out.print(f"links removed; {store} holds {len(opened):,} articles", markup=False)
            return 0
        summary = linking.link(opened)
    out.print(summary.describe(), markup=False, soft_wrap=True)
    return 0
