"""Which PLOVER relation holds between two given spans, for ``score_events.py relation``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.quality.task import Row, article
from dateline.coding.event_features import features
from dateline.coding.event_frames import Frame, Frames
from dateline.coding.event_relation import careful
from dateline.knowledge.event_lexicon import lexicon
from dateline.reading.analysis import Analysis
from dateline.reading.syntax import Parser
from dateline.records import Span

SEES = ("id", "text", "events.source_text", "events.target_text")


def predict(rows: Sequence[Row]) -> Iterator[Row]:
    """The most likely relation of each row's first event."""
    for row, seen in zip(rows, _pairs(rows), strict=True):
        shares = careful(*seen)
        yield {"id": row["id"], "plover": max(shares, key=lambda each: shares[each])}


def rows_features(rows: Sequence[Row]) -> Iterator[list[list[str]]]:
    """What the linear model sees of each row."""
    for seen in _pairs(rows):
        yield features(*seen)


def _pairs(rows: Sequence[Row]) -> Iterator[tuple[Analysis, list[Frame], set[int], set[int]]]:
    """Each row parsed, its frames and the tokens of the two parties."""
    parser = Parser()
    words = lexicon()
    for at in range(0, len(rows), 32):
        batch = rows[at : at + 32]
        for row, analysis in zip(batch, parser.parse([article(row) for row in batch]), strict=True):
            event: Row = row["events"][0] if row["events"] else {}
            sources = _tokens(analysis, event.get("source_text"))
            targets = _tokens(analysis, event.get("target_text"))
            yield analysis, Frames(analysis, words).all(), sources, targets


def _tokens(analysis: Analysis, words: str | None) -> set[int]:
    at = analysis.text.find(words) if words else -1
    return set(analysis.tokens_in(Span(at, at + len(words)))) if words and at >= 0 else set()
