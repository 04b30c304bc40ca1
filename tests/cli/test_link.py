import json
from pathlib import Path

import pytest

from dateline.cli import main
from dateline.query import open_store
from tests.linking.test_link_store import NEWS, _tolls


@pytest.fixture
def store(tmp_path: Path) -> str:
    path = str(tmp_path / "news.duckdb")
    with open_store(path) as opened:
        opened.add(NEWS)
    return path


def test_a_store_is_linked_asked_and_undone(store: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["copies", "--store", store]) == 2
    assert "dateline link" in capfd.readouterr().err
    assert main(["link", "--store", store]) == 0
    assert "6 articles" in capfd.readouterr().err
    assert main(["copies", "--store", store]) == 0
    shown = capfd.readouterr().out
    assert "Courier" in shown
    assert "Monitor" in shown
    assert main(["copies", "--store", store, "--output", "json", "--limit", "0"]) == 0
    rows = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert len(rows) == 5
    assert main(["copies", "--parts", "--store", store]) == 0
    assert "Ledger" in capfd.readouterr().out
    assert main(["copies", NEWS[0].article.id[:10], "--diff", "--store", store]) == 0
    assert "+ At least 19 people were killed" in capfd.readouterr().out
    assert main(["copies", "--diff", "--store", store]) == 2
    assert main(["link", "--undo", "--store", store]) == 0
    capfd.readouterr()
    assert main(["copies", "--store", store]) == 2


def test_stories_are_listed_and_one_is_shown_as_a_timeline(store: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["link", "--store", store]) == 0
    assert "stories" in capfd.readouterr().err
    assert main(["stories", "--store", store]) == 0
    assert "River bursts its banks" in capfd.readouterr().out
    assert main(["stories", NEWS[0].article.id[:9], "--store", store, "--output", "json"]) == 0
    rows = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert rows[0]["article"] == NEWS[0].article.id
    assert main(["stories", "y0000", "--store", store]) == 2
    assert main(["stories", NEWS[0].article.id, "--text", "river", "--store", store]) == 2


def test_disputes_and_the_history_of_a_count_are_shown(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "tolls.duckdb")
    with open_store(path) as opened:
        opened.add(_tolls())
    assert main(["disputes", "--store", path]) == 2
    assert main(["link", "--store", path]) == 0
    assert "1 disputes" in capfd.readouterr().err
    assert main(["disputes", "--store", path]) == 0
    shown = capfd.readouterr().out
    assert "the Red Cross" in shown
    assert "the interior ministry" in shown
    assert main(["history", "--store", path, "--outcome", "killed", "--output", "json"]) == 0
    assert [json.loads(line)["low"] for line in capfd.readouterr().out.splitlines()] == [20, 29]
    assert main(["history", "--store", path]) == 0
    assert "killed" in capfd.readouterr().out
    assert main(["history", "--store", path, "--outcome", "missing"]) == 0
    assert "no counts" in capfd.readouterr().out


def test_a_mistyped_store_is_not_made(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for missing in (tmp_path / "nwes.duckdb", tmp_path / "news-store"):
        if missing.suffix == "":
            missing.mkdir()
        assert main(["link", "--store", str(missing)]) == 2
        assert "there is no store" in capfd.readouterr().err
    assert not (tmp_path / "nwes.duckdb").exists()
    assert not any((tmp_path / "news-store").iterdir())
