"""Which PLOVER relation holds between two given spans, for ``score_events.py relation``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.quality.task import Row, article
from dateline.coding.event_features import features
from dateline.coding.event_frames import Frames
from dateline.knowledge.event_lexicon import lexicon
from dateline.models.linear import Linear
from dateline.reading.analysis import Analysis
from dateline.reading.syntax import Parser
from dateline.records import Span

SEES = ("id", "text", "events.source_text", "events.target_text")


def predict(rows: Sequence[Row]) -> Iterator[Row]:
    """The most likely relation of each row's first event."""
    model = Linear.load("relation/plover")
    for row, families in zip(rows, rows_features(rows), strict=True):
        scores = model.scores(families)
        yield {"id": row["id"], "plover": model.classes[int(scores.argmax())]}


def rows_features(rows: Sequence[Row]) -> Iterator[list[list[str]]]:
    """What the model sees of each row."""
    parser = Parser()
    words = lexicon()
    for at in range(0, len(rows), 32):
        batch = rows[at : at + 32]
        for row, analysis in zip(batch, parser.parse([article(row) for row in batch]), strict=True):
            event: Row = row["events"][0] if row["events"] else {}
            sources = _tokens(analysis, event.get("source_text"))
            targets = _tokens(analysis, event.get("target_text"))
            yield features(analysis, Frames(analysis, words).all(), sources, targets)


def _tokens(analysis: Analysis, words: str | None) -> set[int]:
    at = analysis.text.find(words) if words else -1
    return set(analysis.tokens_in(Span(at, at + len(words)))) if words and at >= 0 else set()
