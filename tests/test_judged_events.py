"""The verdicts on events of plain news: whole, without text, and what the figures in the documentation come from."""

from __future__ import annotations

from benchmarks.quality.judged_events import load, share
from dateline.knowledge.codebook import plover

CLASSES = {"who", "source", "target", "target missed", "type", "sense", "attack in words"}


def test_every_verdict_is_whole_and_holds_no_text() -> None:
    rows = load()
    assert len({(row["file"], row["id"], row["trigger"][0], row["relation"], *row["sources"]) for row in rows}) == len(
        rows
    )
    for row in rows:
        assert set(row) - {"targets"} == {
            "draw", "file", "id", "trigger", "relation", "sources", "confidence", "right", "error",
        }  # fmt: skip
        assert row["trigger"][0] < row["trigger"][1]
        assert row["relation"] in plover().types
        assert (row["error"] is None) is row["right"]
        assert row["error"] in {None, *CLASSES}


def test_precision_by_draw() -> None:
    rows = load()
    by_draw = [share([row for row in rows if row["draw"] == draw]) for draw in (1, 2, 3, 4, 5)]
    assert [(each.right, each.judged) for each in by_draw] == [(68, 100), (40, 60), (38, 60), (40, 60), (36, 60)]
