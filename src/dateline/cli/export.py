"""``dateline export``: a store's tables for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

Form = Literal["parquet", "csv", "jsonl"]


def export(table: str, /, *, store: str, to: str = "-", form: Form | None = None) -> int:
    """Write a store's tables as Parquet, CSV or JSON lines.

    Args:
        table: events, statements, figures, places, times, actors, articles, sentences, rejections or
            inputs; records for one JSON object an article, exactly the record; all for every table
            into a folder.
        store: The store.
        to: The file, or with all the folder; - for standard output.
        form: parquet, csv or jsonl; by default what the file's name ends in.
    """
    from dateline.cli import console
    from dateline.export import tables
    from dateline.query import open_store

    with open_store(store, read_only=True) as opened:
        if table == "all":
            from dateline.errors import ConfigError

            if to == "-":
                raise ConfigError("export all: give the folder with --to")
            for name, count in tables.export_all(opened, Path(to), form=form or "parquet").items():
                console.stderr().print(f"{name}: {count:,} rows", markup=False)
            return 0
        count = tables.export(opened, to, table, form=form)
        if to != "-":
            console.stderr().print(f"{to}: {count:,} rows", markup=False)
    return 0
