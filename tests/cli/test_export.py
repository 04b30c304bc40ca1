"""``dateline export``: one command line for tables, layouts, points and graphs."""

import csv
import io
import json
from pathlib import Path

import pytest

from dateline.cli import main
from dateline.export.eventdata import LAYOUTS
from dateline.store.warehouse import open_store
from tests.export.test_eventdata import several
from tests.store.making import news


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("store") / "news.duckdb"
    with open_store(path) as opened:
        opened.add(news(number) for number in range(5))
        opened.add([several(5)])
    return str(path)


def test_tables_as_before(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "events", "--store", store, "--to", str(tmp_path / "events.csv")]) == 0
    assert len(list(csv.DictReader(io.StringIO((tmp_path / "events.csv").read_text())))) == 9
    assert main(["export", "all", "--store", store, "--to", str(tmp_path / "all"), "--form", "csv"]) == 0
    assert main(["export", "--as", "csv", "--store", store, "--to", str(tmp_path / "same")]) == 0
    names = sorted(file.name for file in (tmp_path / "all").iterdir())
    assert "events.csv" in names and names == sorted(file.name for file in (tmp_path / "same").iterdir())
    capsys.readouterr()
    assert main(["export", "records", "--store", store, "--as", "jsonl"]) == 0
    assert capsys.readouterr().out.count("\n") == 6


@pytest.mark.parametrize("name", LAYOUTS)
def test_layouts(name: str, store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "out.txt"
    assert main(["export", "--as", name, "--store", store, "--to", str(file)]) == 0
    said = capsys.readouterr().err.splitlines()
    rows = len(file.read_text().splitlines()) - LAYOUTS[name].header
    assert said[0] == f"{file}: {rows:,} rows"
    assert (said[-1].startswith(f"{name} has no place for: ") and "confidence" in said[-1]) or name == "mentions"
    if name != "gkg":
        assert "1 planned (see --status)" in said[1]
    assert main(["export", "--as", name, "--store", store]) == 0
    assert capsys.readouterr().out == file.read_text()


def test_statuses(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["export", "--as", "polecat", "--store", store, "--to", str(tmp_path / "x")]
    for chosen, rows in ((["planned"], 1), (["planned", "ongoing"], 2), (["all"], 5 + 7)):
        assert main([*call, *(part for each in chosen for part in ("--status", each))]) == 0
        assert f": {rows} rows" in capsys.readouterr().err
    assert main([*call, "--status", "done"]) == 2


def test_points_and_graphs_by_the_files_name(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--store", store, "--to", str(tmp_path / "x.geojson")]) == 0
    assert "8 points" in capsys.readouterr().err
    assert main(["export", "places", "--store", store, "--to", str(tmp_path / "x.geojson")]) == 0
    assert len(json.loads((tmp_path / "x.geojson").read_text())["features"]) == 6
    assert main(["export", "--store", store, "--to", str(tmp_path / "x.graphml")]) == 0
    assert "11 edges" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["--to", "x.csv"], "say what to export"),
        (["--as", "csv", "--to", "x.csv"], "say what to export"),
        (["--as", "csv"], "say what to export"),
        ([], "say what to export"),
        (["places", "--as", "gdelt"], "gdelt holds events"),
        (["events", "--as", "csv", "--status", "planned"], "a column of their own"),
        (["--as", "gkg", "--status", "planned"], "takes no status"),
        (["verbs", "--to", "x.csv"], "no table 'verbs'"),
    ],
)
def test_a_wrong_call(
    call: list[str],
    said: str,
    store: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["export", *call, "--store", store]) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
