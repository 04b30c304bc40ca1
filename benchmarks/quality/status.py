"""Did it happen? Labels (MEANTIME) and scores (UDS-IH2) of given event words, for ``score_status.py``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.quality.task import Row, article
from dateline.coding.status import Mood
from dateline.coding.status_features import features
from dateline.coding.status_judge import judged
from dateline.models.linear import Linear
from dateline.reading.analysis import Analysis
from dateline.reading.syntax import Parser
from dateline.records import Span

SEES = ("id", "text", "events.start", "events.end")


def predict(rows: Sequence[Row]) -> Iterator[Row]:
    """A label by rule and a score by the model for each event word of each row."""
    model = Linear.load("status/factuality")
    for row, found in zip(rows, _events(rows), strict=True):
        events: list[Row] = []
        for event, (analysis, token) in zip(row["events"], found, strict=True):
            score = float(model.scores(features(analysis, token))[0])
            events.append(
                {
                    "start": event["start"],
                    "end": event["end"],
                    "label": label(judged(analysis, token)),
                    "score": round(min(3.0, max(-3.0, score)), 4),
                }
            )
        yield {"id": row["id"], "events": events}


def label(state: Mood) -> str:
    """The corpus's label for a mood: it counts what is merely expected or asked for as possible."""
    future = state.future or state.expected
    if state.negated or state.denied:
        return "NEGATED_FUTURE" if future or state.asked else "NEGATED"
    if state.conditional:
        return "CONDITIONAL"
    if state.possible or state.asked or state.expected:
        return "POSSIBLE"
    return "FUTURE" if future else "HAPPENED"


def rows_features(rows: Sequence[Row]) -> Iterator[list[list[list[str]]]]:
    """What the model sees of each event word of each row."""
    for found in _events(rows):
        yield [features(analysis, token) for analysis, token in found]


def _events(rows: Sequence[Row]) -> Iterator[list[tuple[Analysis, int]]]:
    """The head token of each row's event words."""
    parser = Parser()
    for at in range(0, len(rows), 32):
        batch = rows[at : at + 32]
        for row, analysis in zip(batch, parser.parse([article(row) for row in batch]), strict=True):
            spans = [Span(event["start"], event["end"]) for event in row["events"]]
            yield [(analysis, analysis.head_of(analysis.tokens_in(span))) for span in spans]
