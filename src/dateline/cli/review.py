"""``dateline review``: what readers say of findings, as a table, as precision, as gold."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any, Unpack

import msgspec
from cyclopts import App, Parameter

from dateline.cli.options import options
from dateline.cli.query import Layout, at_most
from dateline.errors import ConfigError
from dateline.judgements import How, Verdict
from dateline.query.asked import JudgementFilters
from dateline.query.reviews import By

review = App(
    name="review",
    help="Judge findings right, wrong or corrected; count how often a coder is right; give judgements out as gold.",
    help_format="markdown",
    help_epilogue="",
)


@review.command
def judge(
    finding: str,
    verdict: Verdict,
    /,
    *,
    store: str,
    by: str,
    field: Annotated[tuple[str, ...], Parameter(negative=())] = (),
    note: str | None = None,
    how: How = "pick",
) -> int:
    """Say whether a finding is right; the finding itself stays as it is.

    Args:
        finding: Id of the finding, or its first few characters.
        verdict: right, wrong, corrected, or withdrawn to take back what you said.
        store: The store.
        by: Who judges.
        field: With corrected: a field as it should be, as status=denied; may be repeated.
        note: Anything to add.
        how: sample if the finding was drawn by lot, pick if you came upon it.
    """
    from dateline.cli import console
    from dateline.query import open_store
    from dateline.store.warehouse import there

    correction: dict[str, str] = {}
    for each in field:
        name, sign, value = each.partition("=")
        if not sign:
            raise ConfigError(f"--field {each!r}: write it as name=value")
        correction[name.strip()] = value
    there(store)
    with open_store(store) as opened:
        made = opened.judge(finding, verdict, reviewer=by, correction=correction, note=note, how=how)
    out = console.stdout()
    out.print(f"{made.kind} {made.finding}: {made.verdict}, {made.reviewer}", markup=False, soft_wrap=True)
    return 0


@review.command(name="list")
@options
def listed(
    *,
    store: str,
    history: Annotated[bool, Parameter(negative=())] = False,
    limit: int | None = None,
    output: Layout = "table",
    **asked: Unpack[JudgementFilters],
) -> int:
    """What readers have said, the latest first.

    Args:
        store: The store.
        history: What was superseded or taken back, too.
        limit: Rows; by default 50 in the terminal and all in JSON and CSV; 0 for all.
        output: table, json or csv.
    """
    from dateline.cli import console
    from dateline.cli.linked import answer
    from dateline.query import open_store

    shown = {
        "made": "when",
        "reviewer": "who",
        "verdict": "verdict",
        "finding": "cite",
        "label": "sort",
        "quote": "words",
        "correction": "instead",
        "note": "note",
        "stale": "stale",
    }
    limit = at_most(limit, output)
    with open_store(store, read_only=True) as opened:
        result = opened.judgements(**asked, history=history, limit=limit + 1 if limit else None)
        answer(console.stdout(), "judgements", result, shown, limit, output)
    return 0


@review.command
def precision(*, store: str, of: By = "coder", how: How | None = None, output: Layout = "table") -> int:
    """How many of the judged findings are right, with Wilson's 95 % interval.

    Args:
        store: The store.
        of: coder, kind, or label (an event's relation, a statement's stance ...).
        how: sample counts only findings drawn by lot, which is the fair measure.
        output: table, json or csv.
    """
    from dateline.cli import console
    from dateline.cli.query import write
    from dateline.cli.render import rows as table
    from dateline.query import open_store

    with open_store(store, read_only=True) as opened:
        found: list[dict[str, Any]] = [msgspec.to_builtins(each) for each in opened.precision(by=of, how=how)]
    columns = ["of", "kind", "judged", "right", "corrected", "wrong", "differ", "precision", "low", "high"]
    if output != "table":
        write(columns, found, output)
        return 0
    out = console.stdout()
    heads = (of, "kind", "judged", "right", "corrected", "wrong", "differ", "precision", "95 % interval")
    cells = (
        (*(str(row[name]) for name in columns[:7]), f"{row['precision']:.1%}", f"{row['low']:.1%} to {row['high']:.1%}")
        for row in found
    )
    table(out, "precision", heads, cells)
    if not found:
        out.print("nothing has been judged yet: `dateline serve`, then Review", style="dim", markup=False)
    return 0


@review.command
def gold(*, store: str, to: Path | None = None, how: How | None = None) -> int:
    """Every judgement that stands as JSON lines: the finding as it was judged, the verdict, and its citation.

    Args:
        store: The store.
        to: File to write; standard output without it.
        how: sample: only findings drawn by lot.
    """
    from dateline.cli import console
    from dateline.export.whole import whole_file
    from dateline.query import open_store

    count = 0
    with open_store(store, read_only=True) as opened, whole_file("-" if to is None else to) as file:
        for each in opened.gold(how=how):
            file.write(msgspec.json.encode(each) + b"\n")
            count += 1
    if to is None:
        sys.stdout.flush()
    else:
        console.stderr().print(f"{to}: {count:,} rows", markup=False, soft_wrap=True)
    return 0
