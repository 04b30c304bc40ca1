"""The verdicts on events of plain news: whole, without text, and what the figures in the documentation come from."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.quality.judged_events import coded, draw, judged, load, row_of, share, write
from dateline.coding.coder import Draft
from dateline.coding.event_judge import LEAST
from dateline.knowledge.codebook import plover

CLASSES = {"who", "source", "target", "source missed", "target missed", "type", "sense", "attack in words"}


def test_every_verdict_is_whole_and_holds_no_text() -> None:
    rows = load()
    told = {
        (
            row["draw"],
            row["file"],
            row["id"],
            row["trigger"][0],
            row["relation"],
            *row["sources"],
            None,
            *row.get("targets", ()),
        )
        for row in rows
    }
    assert len(told) == len(rows)
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
    by_draw = [share([row for row in rows if row["draw"] == number]) for number in (1, 2, 3, 4, 5)]
    assert [(each.right, each.judged) for each in by_draw] == [(68, 100), (40, 60), (38, 60), (40, 60), (36, 60)]
    kept = [row for row in rows if row["draw"] == 10 and row["confidence"] >= 0.45]
    assert (share(kept).right, share(kept).judged) == (171, 225)


def pool(*texts: str) -> list[tuple[str, str, Draft]]:
    rows = [{"text": text, "date": "2025-03-07"} for text in texts]
    return [("made.jsonl", str(number), draft) for number, draft in enumerate(coded(rows))]


DEEDS = (
    "Norway accused Peru of spying. Peru condemned Norway. Norway expelled the ambassador of Peru.",
    "France imposed sanctions on Belarus. Belarus accused France of meddling.",
    "The weather in Oslo was mild on Friday.",
)


def test_a_draw_takes_few_of_an_article_and_repeats_itself() -> None:
    drafts = pool(*DEEDS)
    drawn = draw(drafts, 10, 7, LEAST)
    assert Counter(one.article for one in drawn) == {"0": 2, "1": 2}
    assert [row_of(one) for one in drawn] == [row_of(one) for one in draw(drafts, 10, 7, LEAST)]
    assert all(one.probability >= LEAST for one in drawn)
    assert len(draw(drafts, 3, 7, LEAST)) == 3


def test_a_list_shows_the_text_and_keeps_rows_without_it(tmp_path: Path) -> None:
    drawn = draw(pool(*DEEDS[1:]), 10, 7, LEAST)
    write(drawn, tmp_path / "list")
    told = (tmp_path / "list.txt").read_text(encoding="utf-8")
    assert told.startswith("#0 ")
    assert ">>accused<< France of meddling." in told
    assert "(France imposed sanctions on Belarus.)" in told
    rows = load(tmp_path / "list.jsonl")
    assert [set(row) for row in rows] == [{"file", "id", "trigger", "relation", "sources", "targets", "confidence"}] * 2
    verdicts = tmp_path / "list.verdicts.jsonl"
    verdicts.write_text('{"n": 1, "right": false, "error": "who"}\n{"n": 0, "right": true, "error": null}\n')
    added = judged(tmp_path / "list.jsonl", verdicts, 12)
    assert [(row["draw"], row["right"], row["error"]) for row in added] == [(12, True, None), (12, False, "who")]
    verdicts.write_text('{"n": 1, "right": false, "error": "who"}\n')
    with pytest.raises(ValueError, match="not one verdict for each of 2"):
        judged(tmp_path / "list.jsonl", verdicts, 12)
