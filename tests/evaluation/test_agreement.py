"""Agreement of coders: the coefficients against worked examples, and readings against each other."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.cli import main
from dateline.evaluation.agreement import PRESENCE, Agreeing, Agreement, cohen, krippendorff, of_reading
from dateline.evaluation.gold import readings
from dateline.records import Span

TEXT = "Kenya condemned Uganda. Soldiers killed 12 people. Rain fell in Kisumu."
SENTENCES = [Span(0, 23), Span(24, 50), Span(51, 71)]


def test_coefficients_of_worked_examples() -> None:
    # Two psychiatrists, 100 patients, three diagnoses: agreement .70, by chance .41.
    assert cohen([[44, 5, 1], [7, 20, 3], [9, 5, 6]]) == pytest.approx((0.70 - 0.41) / 0.59)
    # Two observers, ten items, two values: Krippendorff's alpha .095, six of ten agree.
    assert krippendorff([[5, 1], [3, 1]]) == pytest.approx(0.095, abs=0.001)
    # Perfect, and nothing that varies.
    assert cohen([[3, 0], [0, 4]]) == krippendorff([[3, 0], [0, 4]]) == 1
    assert cohen([[7]]) is None and krippendorff([[7]]) is None
    # Numbers: a near miss costs less than a far one.
    near, far = (krippendorff([[4, 1, 0], [0, 4, 0], [0, 0, 1]], values=each) for each in ([1, 2, 50], [1, 40, 50]))
    assert near is not None and far is not None and near > far


@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=3, max_size=3))
def test_coefficients_are_at_most_one_and_alpha_takes_no_side(table: list[list[int]]) -> None:
    for value in (cohen(table), krippendorff(table)):
        assert value is None or value <= 1
    turned = [list(row) for row in zip(*table, strict=True)]
    assert krippendorff(table) == pytest.approx(krippendorff(turned))


def _corpus(path: Path, **findings: object) -> Path:
    path.write_text(json.dumps({"title": "", "text": TEXT, "published": "2025-03-07", **findings}), encoding="utf-8")
    return path


def _agreement(ada: Path, bo: Path) -> dict[tuple[str, str], Agreement]:
    agreeing = Agreeing("ada", "bo")
    for one, other in zip(readings(ada), readings(bo), strict=True):
        agreeing.add(of_reading(one)[0], of_reading(other)[0], SENTENCES)
    return {(each.kind, each.what): each for each in agreeing.result()}


def test_readings_against_each_other(tmp_path: Path) -> None:
    condemned = {
        "relation": "ACCUSE",
        "trigger": "condemned",
        "sources": ["KEN"],
        "targets": ["UGA"],
        "status": "happened",
    }
    killed = {"relation": "ASSAULT", "trigger": "killed", "sources": ["Soldiers"], "status": "happened"}
    ada = _corpus(tmp_path / "ada.jsonl", events=[condemned, killed], statements=[])
    bo = _corpus(
        tmp_path / "bo.jsonl",
        events=[
            {**condemned, "relation": "REJECT", "sources": ["KEN"]},
            {**killed, "sources": ["soldiers"]},
            {"relation": "AID", "trigger": "fell"},
            {"relation": "AID"},
        ],
        figures=[],
    )
    found = _agreement(ada, bo)
    assert {kind for kind, _ in found} == {"events"}, "only what both have read"
    here = found["events", PRESENCE]
    assert (here.units, here.agree) == (3, pytest.approx(2 / 3))
    assert (found["events", "relation"].units, found["events", "relation"].agree) == (2, 0.5)
    assert found["events", "sources"].agree == 1 and found["events", "sources"].kappa == 1
    assert found["events", "targets"].units == 1, "bo gives none for the second"
    assert found["events", "status"].alpha is None, "nothing varies"
    assert of_reading(next(readings(bo)))[1] == 1, "an event that stands nowhere"


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = Path(__file__).parent.parent.parent / "samples" / "gold" / "three-reports.jsonl"
    lines = gold.read_text(encoding="utf-8").splitlines()
    other = tmp_path / "bo.jsonl"
    other.write_text("\n".join(lines[:2]), encoding="utf-8")
    assert main(["score", str(gold), "--other", str(other), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["articles"], said["only_in_some"]) == (2, 1)
    coders = {(each["one"], each["other"]) for each in said["agreement"]}
    assert coders == {("three-reports", "bo"), ("three-reports", "Dateline"), ("bo", "Dateline")}
    assert all(each["agree"] == 1 for each in said["agreement"] if each["other"] == "bo")
    assert main(["score", str(gold), "--other", str(other)]) == 0
    shown = capsys.readouterr()
    assert "three-reports with bo" in shown.out and "kappa" in shown.out
    assert "1 articles that not everybody has read are left out" in shown.err
