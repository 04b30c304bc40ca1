"""``dateline method``: what a paper says of its data."""

from __future__ import annotations

import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter


def method(
    *,
    store: str,
    config: str = "plover-en",
    actors: Path | None = None,
    codebook: Path | None = None,
    json: Annotated[bool, Parameter(negative=())] = False,
) -> int:
    """Say of a store what a paper's methods section has to: version, digests, corpus, counts, checks, reference.

    The digest of a pipeline stands for code, tables, weights, parser and settings: whoever has the same digest and the
    same input gets the same bytes. The text says so if the store was coded by something else than what is installed.

    Args:
        store: The store.
        config: Pipeline the store was coded with: one that ships, or a TOML file.
        actors: The table of persons and bodies it was coded with, if it was.
        codebook: The event codebook it was coded with, if it was.
        json: Print the facts as JSON.
    """
    import msgspec

    from dateline.config import load as load_config
    from dateline.config import with_tables
    from dateline.export import method as said
    from dateline.pipeline.assembly import contents, load
    from dateline.query import open_store

    with open_store(store, read_only=True) as opened:
        chosen = with_tables(load_config(config), codebook=codebook, actors=actors)
        reader = load(chosen)
        try:
            parser = f"{chosen.parser} {version(chosen.parser)}"
        except PackageNotFoundError:
            parser = chosen.parser
        here = said.Installed(
            version=version("dateline"),
            python=platform.python_version(),
            config=chosen.name,
            pipeline=reader.digest,
            contents=contents(),
            parser=parser,
            coders=tuple(each.name for each in reader.coders),
        )
        found = said.method(opened, here)
    text = msgspec.json.encode(found) if json else said.wording(found).encode()
    sys.stdout.buffer.write(text + b"\n")
    sys.stdout.flush()
    return 0
