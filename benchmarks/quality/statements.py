"""Task statements: attributions of whole articles, as the PolNeAR corpus draws them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.quality.task import Row, drafts
from dateline.coding.statements import StatementCoder
from dateline.records import Finding, Span, Statement

SEES = ("id", "text", "date", "publisher")


def predict(rows: Sequence[Row]) -> Iterator[Row]:
    """Source, cue and content spans of the statements of each article.

    The corpus marks outermost statements that have a cue alone, so statements within statements and quotations
    that merely go on are left out.
    """
    for row, draft in zip(rows, drafts(rows, [StatementCoder()]), strict=True):
        found = outermost(draft.statements)
        yield {"id": row["id"], "attributions": [attribution(each, row["text"]) for each in found]}


def outermost(statements: Sequence[Finding]) -> list[Statement]:
    """The statements a corpus of outermost, cued attributions can hold."""
    return [
        each for each in statements if isinstance(each, Statement) and each.said_in is None and each.cue is not None
    ]


def attribution(statement: Statement, text: str) -> dict[str, list[list[int]]]:
    """A statement as a row of the corpus."""
    return {
        "source": [_source(statement.source, text)] if statement.source else [],
        "cue": [[statement.cue.start, statement.cue.end]] if statement.cue else [],
        "content": [[span.start, span.end] for span in statement.content],
    }


def _source(span: Span, text: str) -> list[int]:
    """The source as the corpus draws it: with the comma that closes an apposition ("Ms. Oduya, a lawyer,")."""
    closes = text[span.end : span.end + 1] == "," and "," in text[span.start : span.end]
    return [span.start, span.end + closes]
