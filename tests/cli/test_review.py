"""``dateline review``: judge, list, count, give out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.cli import main
from dateline.query import open_store
from tests.store.making import news


@pytest.fixture
def store(tmp_path: Path) -> str:
    path = tmp_path / "news.duckdb"
    with open_store(path) as opened:
        opened.add(news(number) for number in range(3))
    return str(path)


def _events(store: str) -> list[str]:
    with open_store(store, read_only=True) as opened:
        return [event.id for event in opened.events()]


def test_a_finding_is_judged_counted_and_given_out(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second, _ = _events(store)
    assert main(["review", "judge", first, "right", "--by", "Ada", "--how", "sample", "--store", store]) == 0
    fix = ["--field", "status=denied", "--note", "They deny it."]
    assert main(["review", "judge", second[:10], "corrected", "--by", "Ada", *fix, "--store", store]) == 0
    capsys.readouterr()
    assert main(["review", "list", "--store", store, "--output", "json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["finding"], row["verdict"]) for row in rows] == [(second, "corrected"), (first, "right")]
    assert main(["review", "precision", "--store", store, "--of", "kind", "--output", "csv"]) == 0
    head, line = capsys.readouterr().out.splitlines()
    assert head == "of,kind,judged,right,corrected,wrong,differ,precision,low,high"
    assert line.startswith("event,event,2,1,1,0,0,0.5,0.09")
    assert main(["review", "precision", "--store", store]) == 0
    assert "50.0%" in capsys.readouterr().out
    out = tmp_path / "gold.jsonl"
    assert main(["review", "gold", "--store", store, "--how", "sample", "--to", str(out)]) == 0
    [gold] = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert gold["finding"]["id"] == gold["cite"]["id"] == first
    assert main(["review", "gold", "--store", store]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_a_wrong_call_says_what_to_do(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    event = _events(store)[0]
    for given, says in (
        ([event, "corrected", "--by", "Ada", "--field", "denied"], "name=value"),
        ([event, "withdrawn", "--by", "Ada"], "nothing of"),
        (["e000000", "right", "--by", "Ada"], "no event"),
    ):
        assert main(["review", "judge", *given, "--store", store]) == 2
        assert says in " ".join(capsys.readouterr().err.split())


def test_gold_goes_to_a_file_that_can_be_written(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["review", "gold", "--store", store, "--to", str(tmp_path / "gold.jsonl")]) == 0
    assert "gold.jsonl: 0 rows" in capsys.readouterr().err
    assert main(["review", "gold", "--store", store, "--to", str(tmp_path / "none" / "gold.jsonl")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_a_mistyped_store_is_not_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "nwes.duckdb"
    assert main(["review", "judge", "e0000000", "right", "--by", "Ada", "--store", str(missing)]) == 2
    assert "there is no store" in capsys.readouterr().err
    assert not missing.exists()
