"""The verdicts on casualties of real news: whole, without text, and what the figures in the documentation come from."""

from __future__ import annotations

import json
from pathlib import Path

JUDGED = Path(__file__).parent.parent / "benchmarks" / "quality" / "judged" / "casualties.jsonl"


def rows():
    return [json.loads(line) for line in JUDGED.read_text(encoding="utf-8").splitlines()]


def test_every_verdict_is_whole_and_holds_no_text():
    for row in rows():
        assert set(row) == {"corpus", "id", "start", "end", "sample", "outcome", "first", "now"}
        assert row["start"] < row["end"]
        assert row["outcome"] in {"killed", "injured", "missing", "detained", "displaced", "none"}
        assert {row["first"], row["now"]} <= {"right", "wrong", "missed"}


def test_shares_by_sample():
    def right(sample, when):
        told = [row for row in rows() if row["sample"] == sample]
        return sum(row[when] == "right" for row in told), len(told)

    assert (right(1, "first"), right(1, "now")) == ((23, 32), (32, 32))
    assert (right(2, "first"), right(2, "now")) == ((30, 35), (33, 35))
