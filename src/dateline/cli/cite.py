"""``dateline cite``: a finding back to its words."""

from __future__ import annotations

import sys
from typing import Annotated

from cyclopts import Parameter


def cite(finding: str, /, *, store: str, json: Annotated[bool, Parameter(negative=())] = False) -> int:
    """Lead a finding back to its words, and check that the stored text is the one that was read.

    Args:
        finding: The id of a finding or an article, or its first few characters.
        store: The store.
        json: Print the citation as JSON.
    """
    import msgspec

    from dateline.cli import console
    from dateline.cli.console import words
    from dateline.query import open_store

    with open_store(store, read_only=True) as opened:
        citation = opened.cite(finding)
        # Where there is no address, the file leads back; looked for only then, since it is in no index.
        read = 'SELECT "where" FROM inputs WHERE list_contains(articles, $id) ORDER BY "where" LIMIT 1'
        files = [] if citation.url else opened.rows(read, {"id": citation.article})
    if json:
        sys.stdout.buffer.write(msgspec.json.encode(citation) + b"\n")
        sys.stdout.flush()
        return 0 if citation.unchanged else 1
    from rich.table import Table

    out = console.stdout()
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    spans = ", ".join(f"[{span.start}, {span.end})" for span in citation.spans)
    made = f"{citation.coder}, confidence {citation.confidence:.2f}" if citation.confidence is not None else ""
    check = (
        "the stored text is the one that was read"
        if citation.unchanged
        else "THE STORED TEXT HAS CHANGED since it was read"
    )
    for name, value, style in (
        (citation.kind, f"“{citation.quote}”", "bold"),
        ("in the sentence", citation.context, ""),
        ("title", citation.title, ""),
        ("publisher", citation.source or "", ""),
        ("url", citation.url or "", ""),
        ("read from", "".join(str(each["where"]) for each in files), ""),
        ("published", citation.published or "", ""),
        ("code points", f"{spans} of article {citation.article}", ""),
        ("coder", made, ""),
        ("page", f"sha256 {citation.page}", "dim"),
        ("check", check, "green" if citation.unchanged else "bold red"),
    ):
        if value:
            table.add_row(name, words(value, style))
    out.print(table)
    return 0 if citation.unchanged else 1
