"""Recall of events on whole articles: pairing, on text of our own."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.quality.judged_events_recall import WANTED, read_whole

TEXT = "KYIV - Russia attacked Poland on Monday. France condemned the attack. The mayor opened a library."


def place(words: str) -> list[int]:
    at = TEXT.index(words)
    return [at, at + len(words)]


def corpus(folder: Path, wanted: Sequence[Mapping[str, object]]) -> Path:
    """A folder as the corpora lie, with one article, and what is wanted of it."""
    (folder / "times").mkdir()
    row = {"id": "7", "text": TEXT, "dct": "2025-03-07"}
    (folder / "times" / "meantime_dev.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    named = {"file": "meantime_dev.jsonl", "id": "7"}
    path = folder / "wanted.jsonl"
    lines = [{**named, "read": True}, *({**named, **each} for each in wanted)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_wanted_events_are_found_by_sentence_type_and_parties(tmp_path: Path):
    attacked = {"trigger": place("attacked"), "relation": "ASSAULT", "source": place("Russia"), "sure": True}
    path = corpus(
        tmp_path,
        [
            {**attacked, "target": place("Poland")},
            {"trigger": place("condemned"), "relation": "REJECT", "alt": ["ACCUSE"], "source": place("France")}
            | {"target": place("Russia"), "sure": True},
            {
                "trigger": place("opened"),
                "relation": "AID",
                "source": place("The mayor"),
                "target": None,
                "sure": False,
            },
        ],
    )
    read = read_whole(tmp_path, path)
    assert (read.recall(parties=False).right, read.recall(parties=False).judged) == (2, 2)
    assert read.recall(sure=False, relation="AID").right == 0
    assert read.recall(relation="REJECT").judged == 1
    assert read.found >= 2


def test_wrong_party_is_found_by_type_alone(tmp_path: Path):
    wanted = {"trigger": place("attacked"), "relation": "ASSAULT", "source": place("France"), "target": place("Poland")}
    read = read_whole(tmp_path, corpus(tmp_path, [{**wanted, "sure": True}]))
    assert read.recall().right == 0
    assert read.recall(parties=False).right == 1
    assert read.precision().right == 0


def test_the_file_of_wanted_events_names_every_article_it_wants_events_of():
    rows = [json.loads(line) for line in WANTED.read_text(encoding="utf-8").splitlines()]
    read = {(row["file"], row["id"]) for row in rows if row.get("read")}
    assert {(row["file"], row["id"]) for row in rows} == read
    assert all(row["trigger"][0] < row["trigger"][1] for row in rows if "trigger" in row)
    assert len(read) == 24
