"""The sample corpus of reports that differ, through the whole pipeline, against floors."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benchmarks.quality import disputes as corpus
from dateline.pipeline.assembly import Reader
from dateline.pipeline.link import link
from dateline.query import links
from dateline.store.warehouse import open_store

GOLD: list[dict[str, Any]] = json.loads(corpus.GOLD.read_text(encoding="utf-8"))
ROWS = [json.loads(line) for line in corpus.CORPUS.read_text(encoding="utf-8").splitlines()]
FLOORS = {
    "precision": 0.90,
    "recall": 0.78,
    "sides": 0.78,
    "history points": 0.55,
    "story precision": 0.80,
    "story recall": 0.65,
    "copy precision": 1.0,
    "copy recall": 1.0,
}
"""With the stories that are found. Set a little under what is measured; they may rise."""
GIVEN = {"precision": 0.90, "recall": 0.78, "sides": 0.78, "history points": 0.82}
"""With the stories of the gold."""
TRAPS = 0.05


@pytest.fixture(scope="module")
def store(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with corpus.linked(tmp_path_factory.mktemp("disputes"), reader.read_all(str(corpus.CORPUS))) as opened:
        yield opened


def test_the_corpus_is_what_it_says() -> None:
    assert len(ROWS) >= 96
    assert len({row["outlet"] for row in ROWS}) >= 10
    assert len(GOLD) >= 8
    words = [len(row["body"].split()) for row in ROWS]
    assert min(words) >= 145
    assert max(words) <= 400
    texts = {row["id"]: row["headline"] + "\n" + row["body"] for row in ROWS}
    told = [each for happening in GOLD for each in happening["reports"]]
    assert len(told) == len(set(told))
    for happening in GOLD:
        passages: list[list[str]] = [
            *(word for incident in happening.get("incidents", ()) for word in incident["words"]),
            *(word for dispute in happening["disputes"] for side in dispute["sides"] for word in side["words"]),
            *(word for history in happening["histories"] for point in history["points"] for word in point["words"]),
            *(word for trap in happening["traps"] for word in trap["words"]),
        ]
        for name, words_ in passages:
            assert name in happening["reports"]
            assert words_ in texts[name], (name, words_)
        for dispute in happening["disputes"]:
            assert len(dispute["sides"]) >= 2
            assert set(dispute["kinds"]) <= {"figure", "day", "place", "actor", "status"}
    assert all(date.fromisoformat(row["date"][:10]) for row in ROWS)


def test_what_a_reader_must_be_shown_is_found(store: Any) -> None:
    score = corpus.measure(store, GOLD)
    figures = score.figures()
    notes = "\n".join(score.notes)
    for name, floor in FLOORS.items():
        assert figures[name] >= floor, f"{name} {figures[name]:.3f} is below {floor}\n{notes}"
    assert figures["traps"] <= TRAPS, notes


def test_more_is_found_where_the_stories_are_known(store: Any, tmp_path: Path) -> None:
    with open_store(tmp_path / "given.duckdb") as given:
        given.add_all(store.records())
        link(given)
        corpus.give_stories(given, GOLD)
        score = corpus.measure(given, GOLD)
    figures = score.figures()
    for name, floor in GIVEN.items():
        assert figures[name] >= floor, f"{name} {figures[name]:.3f} is below {floor}\n" + "\n".join(score.notes)
    assert figures["traps"] <= TRAPS


def test_every_side_is_shown_with_its_words(store: Any) -> None:
    rows: list[dict[str, Any]] = list(links.disputes(store).rows())
    assert rows
    for row in rows:
        assert row["quote"]
        assert row["cite"]
        assert row["says"]
    sides: dict[str, int] = {}
    for row in rows:
        sides[row["id"]] = sides.get(row["id"], 0) + 1
    assert min(sides.values()) >= 2


def test_the_measure_sees_what_is_missing_and_what_is_wrong(store: Any, tmp_path: Path) -> None:
    """With nothing found, nothing is reached; with gold about other reports, all that is found is wrong."""
    with open_store(tmp_path / "empty.duckdb") as empty:
        empty.add_all(store.records())
        score = corpus.measure(empty, GOLD)
    assert (score.recall(), score.precision(), score.found) == (0.0, 0.0, 0)
    nothing: dict[str, Any] = {"disputes": [], "histories": [], "traps": []}
    bare = [happening | nothing for happening in GOLD]
    score = corpus.measure(store, bare)
    assert score.found > 10
    assert score.precision() == 0.0


def test_pairs_of_figures_are_labelled() -> None:
    def side(text: str, number: str, day: str) -> dict[str, Any]:
        start = text.index(number)
        return {"text": text, "start": start, "end": start + len(number), "date": day}

    monday, tuesday = "2026-03-02", "2026-03-03"
    police = side("Police in Arvel said on Monday that 12 people were killed in the Arvel bus crash.", "12", monday)
    rows = [
        (
            "CONFLICT",
            side("The Arvel hospital said on Monday that 17 people were killed in the bus crash.", "17", monday),
        ),
        ("UPDATE", side("Police in Arvel said on Tuesday that 14 people were killed in the bus crash.", "14", tuesday)),
        ("AGREE", side("At least 10 people were killed in the Arvel bus crash, police said.", "10", monday)),
        ("DIFFERENT", side("The bus that crashed in Arvel had 52 seats, police said.", "52", monday)),
    ]
    found = list(corpus.predict([{"n": at, "a": police, "b": each} for at, (_, each) in enumerate(rows)]))
    assert [each["label"] for each in found] == [label for label, _ in rows]
    assert [each["n"] for each in found] == [0, 1, 2, 3]


def test_a_file_of_pairs_gets_the_labels_its_scorer_reads(tmp_path: Path) -> None:
    text = "Police in Arvel said on Monday that 12 people were killed in the Arvel bus crash."
    other = "The Arvel hospital said on Monday that 17 people were killed in the bus crash."
    pair = {"n": 7, "first": {"text": text, "start": text.index("12")}, "second": {"text": other, "number": "17"}}
    (tmp_path / "pairs.jsonl").write_text(json.dumps(pair | {"label": "CONFLICT"}) + "\n", encoding="utf-8")
    out = tmp_path / "found.jsonl"
    assert corpus.main(["predict", str(tmp_path / "pairs.jsonl"), "--out", str(out)]) == 0
    assert [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()] == [
        {"n": 7, "label": "CONFLICT"}
    ]


def test_what_a_reader_must_be_shown_of_pairs() -> None:
    gold = {"a": "CONFLICT", "b": "UPDATE", "c": "AGREE", "d": "DIFFERENT"}
    found = {"a": "UPDATE", "b": "AGREE", "c": "CONFLICT", "d": "DIFFERENT"}
    assert corpus.surface(gold, found) == (0.5, 0.5, 0.5)


def test_pairs_that_were_labelled_are_offsets_without_text() -> None:
    rows = [json.loads(line) for line in corpus.PAIRS.read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 200
    assert {row["split"] for row in rows} == {"dev", "blind"}
    assert {row["label"] for row in rows} == {"CONFLICT", "UPDATE", "AGREE", "DIFFERENT"}
    assert all(set(row[side]) == {"id", "start", "end"} for row in rows for side in ("first", "second"))
    stories = {split: {row["story"] for row in rows if row["split"] == split} for split in ("dev", "blind")}
    assert not stories["dev"] & stories["blind"]
