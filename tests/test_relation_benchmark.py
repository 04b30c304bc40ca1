"""The measure of the relation models, on sentences of our own: it runs, and its figures are what they say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.quality.relation import by_class, calibration, figures, macro, main, predict, renamed
from dateline.coding.event_relation import quad

ROWS = [
    ("Peru accused Chile of spying on its embassy.", "Peru", "Chile", "ACCUSE"),
    ("The rebels freed twelve aid workers on Sunday.", "The rebels", "twelve aid workers", "RETREAT"),
    ("Oslo demanded that Riga hand over the suspect.", "Oslo", "Riga", "DEMAND"),
    ("Gunmen killed nine farmers in the north.", "Gunmen", "nine farmers", "ASSAULT"),
    ("Police arrested a recipient nobody named.", "Police", "a person", "COERCE"),
]


def test_a_file_is_scored_by_one_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "rows.jsonl"
    rows = [
        {"id": str(n), "text": text, "events": [{"source_text": source, "target_text": target, "plover": label}]}
        for n, (text, source, target, label) in enumerate(ROWS)
    ]
    rows.append({"id": "none", "text": "Nothing.", "events": []})
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert main([str(path)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("5 rows")
    assert said[1].split() == ["type", "1.0000"]
    assert any(line.split() == ["YIELD", "1.000", "of", "1"] for line in said)
    assert [each["plover"] for each in predict(rows[:2])] == ["ACCUSE", "YIELD"]
    path.write_text(json.dumps(rows[-1]), encoding="utf-8")
    with pytest.raises(SystemExit, match="no row"):
        main([str(path), "--quick"])


def test_classes_count_the_same_each() -> None:
    assert macro(["A", "A", "A", "B"], ["A", "A", "A", "A"]) == pytest.approx((6 / 7 + 0) / 2)
    assert by_class(["A", "B"], ["B", "B"]) == {"A": 0.0, "B": pytest.approx(2 / 3)}


def test_figures_of_types_quads_and_sides() -> None:
    said = [{"ACCUSE": 0.9, "REJECT": 0.1}, {"ACCUSE": 0.6, "REJECT": 0.4}]
    found = figures(["ACCUSE", "REJECT"], said)
    assert (found["right"], found["penta"], found["binary"]) == (0.5, 1.0, 1.0)
    assert found["type"] == pytest.approx((2 / 3 + 0) / 2)


def test_calibration_error() -> None:
    assert calibration([1.0] * 10, [True] * 10) == 0
    assert calibration([0.9] * 10, [False] * 10) == pytest.approx(0.9)


def test_types_of_other_editions() -> None:
    assert [renamed(each) for each in ("CONCEDE", "RETREAT", "DEMAND", "AID")] == ["YIELD", "YIELD", "REQUEST", "AID"]
    assert quad(renamed("CONCEDE")) == 2
