"""``dateline diff``: what a re-coding changed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

from cyclopts import Parameter

if TYPE_CHECKING:
    from dateline.evaluation.changes import Change, Comparison

Kind = Literal["actors", "places", "times", "statements", "events", "figures"]

SHOWN = 20
"""Changes printed where nobody says how many."""


def diff(
    before: str,
    after: str,
    /,
    *,
    kind: tuple[Kind, ...] = (),
    limit: int = SHOWN,
    json: Annotated[bool, Parameter(negative=())] = False,
) -> int:
    """Lay two codings of the same articles side by side: what was added, removed, and read otherwise.

    Findings are compared by the words they stand on and by what they say, not by their ids.

    Args:
        before: The earlier coding: a store, or records as JSON lines ("dateline read --json > before.jsonl").
        after: The later one.
        kind: Only changes of this kind (events, say); may be given again.
        limit: Changes shown; 0 for all.
        json: Print every change as one JSON object a line instead.
    """
    import msgspec

    from dateline.cli import console
    from dateline.evaluation.changes import Comparison, changes
    from dateline.evaluation.codings import Coding, pairs

    counted = Comparison()
    shown: list[Change] = []
    wanted = 0
    with Coding(before) as old, Coding(after) as new:
        for change in changes(pairs(old, new), counted):
            if kind and change.kind not in kind:
                continue
            wanted += 1
            if json:
                sys.stdout.buffer.write(msgspec.json.encode(change) + b"\n")
            elif not limit or len(shown) < limit:
                shown.append(change)
    if json:
        sys.stdout.flush()
        return 0
    out = console.stdout()
    _summary(counted, kind)
    _list(shown)
    if wanted > len(shown):
        out.print(f"{wanted - len(shown):,} more changes; --limit 0 shows all, --json writes them", style="dim")
    return 0


def _summary(counted: Comparison, kinds: tuple[Kind, ...]) -> None:
    from dateline.cli import console
    from dateline.cli.render import rows

    out = console.stdout()
    out.print(
        f"{counted.articles:,} articles in both, {counted.same:,} of them read the same; "
        f"{counted.only_before:,} only before, {counted.only_after:,} only after"
    )
    rows(
        out,
        "findings",
        ("kind", "same", "changed", "added", "removed", "fields that changed most"),
        (
            (
                name,
                f"{tally.same:,}",
                f"{tally.changed:,}",
                f"{tally.added:,}",
                f"{tally.removed:,}",
                ", ".join(f"{field} {count:,}" for field, count in tally.fields.most_common(4)),
            )
            for name, tally in counted.kinds.items()
            if not kinds or name in kinds
        ),
    )


def _list(shown: list[Change]) -> None:
    from dateline.cli import console
    from dateline.cli.render import rows

    if shown:
        rows(
            console.stdout(),
            "changes",
            ("article", "kind", "what", "words", "how"),
            ((each.article[:10], each.kind, each.what, _short(each.words, 60), _how(each)) for each in shown),
        )


def _how(change: Change) -> str:
    if change.what == "changed":
        return "; ".join(f"{name}: {_value(old)} → {_value(new)}" for name, (old, new) in change.fields.items())
    side = 1 if change.what == "added" else 0
    telling = ("relation", "sources", "targets", "status", "speaker", "name", "low", "high", "unit", "value")
    return "; ".join(f"{name}: {_value(change.fields[name][side])}" for name in telling if name in change.fields)


def _value(value: Any) -> str:
    if value is None or value == ():
        return "none"
    if isinstance(value, tuple):
        return _short(", ".join(str(each) for each in cast("tuple[Any, ...]", value)), 50)
    return f"{value:g}" if isinstance(value, float) else _short(str(value), 50)


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
