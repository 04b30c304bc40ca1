"""What the commands that show links have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dateline.cli.query import SHORT, Layout, write
from dateline.errors import ConfigError
from dateline.export.flat import text

if TYPE_CHECKING:
    from rich.console import Console

    from dateline.query import Result, Store

IDS = ("id", "group", "article", "nearest", "copy_of", "part", "whole", "story", "incident", "event", "cite")
"""Columns shown shortened."""


def demand(store: Store) -> None:
    """Refuse a store without links.

    Raises:
        ConfigError: Nobody has linked it.
    """
    if not store.linked():
        raise ConfigError(f"{store.path} has no links yet: run `dateline link --store {store.path}` first")


def answer(out: Console, title: str, result: Result[Any], shown: Mapping[str, str], limit: int, output: Layout) -> None:
    """Rows of links, in the terminal with some of their columns, else with all."""
    rows = result.rows()
    if output != "table":
        write(result.columns, (row for at, row in enumerate(rows) if not limit or at < limit), output)
        return
    from dateline.cli.render import rows as table

    found = list(rows)
    more = bool(limit) and len(found) > limit
    found = found[:limit] if limit else found
    table(out, title, shown.values(), ([_cell(name, row) for name in shown] for row in found))
    if not found:
        out.print("none in this store", style="dim")
    if more:
        out.print(f"more than {limit} rows; --limit 0 shows all, --output csv writes every column", style="dim")


def _cell(name: str, row: dict[str, Any]) -> str:
    if name == "amount":
        from dateline.export.wording import amount

        return amount(row["low"], row["high"], row["bound"], "")
    value = row[name]
    if name in IDS and value is not None:
        return str(value)[:SHORT]
    if name in ("shared", "alike") and value is not None:
        return f"{100 * value:.0f}%"
    return text(value)
