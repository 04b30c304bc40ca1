"""``dateline read``: one page, its record shown."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import msgspec
from cyclopts import Parameter

from dateline.errors import ConfigError
from dateline.records import IsoTime, Record, Rejection


def read(
    page: Annotated[str, Parameter(allow_leading_hyphen=True)],
    /,
    *,
    json: Annotated[bool, Parameter(negative=())] = False,
    html: Path | None = None,
    config: str = "plover-en",
    actors: Path | None = None,
    codebook: Path | None = None,
    retrieved: str | None = None,
    all_findings: Annotated[bool, Parameter(name="--all", negative=())] = False,
) -> int:
    """Read one page and show what it says.

    Args:
        page: A file (HTML, text, feed, JSONL, WARC), a URL, or - for standard input.
        json: Print the record itself, one JSON object an article.
        html: Write a self-contained page with the evidence highlighted to this file.
        config: Pipeline: one that ships, or a TOML file.
        actors: A table of persons and bodies of your own (TSV), laid over the built-in ones.
        codebook: An event codebook of your own (TOML) in place of PLOVER's.
        retrieved: When the page was fetched (ISO 8601 with zone). "8 sec ago" counts from it;
            without it such a time stays unknown.
        all_findings: Show places, times and actors without a role in the record, too.
    """
    from dateline.cli import console
    from dateline.config import load as load_config
    from dateline.config import with_tables
    from dateline.pipeline.assembly import intake_settings, load

    if retrieved:
        try:
            retrieved = msgspec.convert(retrieved, IsoTime)
        except msgspec.ValidationError as error:
            raise ConfigError(f"--retrieved {retrieved!r}: give ISO 8601, as 2025-12-05T10:20:00+02:00") from error
    chosen = with_tables(load_config(config), codebook=codebook, actors=actors)
    reader = load(chosen, settings=intake_settings(chosen, retrieved=retrieved))
    records: list[Record] = []
    status = 0
    for each in reader.read_all(page):
        if isinstance(each, Rejection):
            console.problem(f"{each.where}: {each.reason}: {each.detail}")
            status = 1
            continue
        records.append(each)
        if json:
            # Bytes, not print(): the output is UTF-8 whatever the locale says.
            sys.stdout.buffer.write(msgspec.json.encode(each) + b"\n")
    if html is not None:
        from dateline.export.page import write_page

        write_page(records, html)
        if not json:
            console.stderr().print(f"{html}: {len(records)} articles", style="dim")
    elif not json:
        from dateline.cli.render import show

        out = console.stdout()
        for record in records:
            show(record, out, everything=all_findings, most=chosen.limits.article_characters)
    sys.stdout.flush()
    return status
