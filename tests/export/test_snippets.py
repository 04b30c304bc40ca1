"""The snippets of docs/how-to/export.md run, where the language and its libraries are present."""

import importlib.util
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from dateline.export.geojson import export_geojson
from dateline.export.graphs import export_graph
from dateline.export.tables import export
from dateline.query import open_store
from tests.export.test_eventdata import several
from tests.store.making import news

ROOT = Path(__file__).parent.parent.parent
BLOCK = re.compile(r"^```(python|r)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DYADS = ROOT / "docs" / "how-to" / "dyads.md"
BLOCKS = BLOCK.findall((ROOT / "docs" / "how-to" / "export.md").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("exported")
    with open_store(place / "news.duckdb") as store:
        store.add(news(number) for number in range(5))
        store.add([several(5)])
        for file in ("events.parquet", "figures.jsonl", "statements.csv"):
            export(store, place / file, file.split(".")[0])
        export_geojson(store, place / "events.geojson")
        export_graph(store, place / "events.graphml")
    return place


def test_every_kind_has_a_snippet_for_both_languages() -> None:
    assert sorted(language for language, _ in BLOCKS) == ["python"] * 3 + ["r"] * 4


@pytest.mark.parametrize("code", [code for language, code in BLOCKS if language == "python"])
def test_python(code: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for library in re.findall(r"^import (\w+)", code, re.MULTILINE):
        if importlib.util.find_spec(library) is None:
            pytest.skip(f"{library} is not installed")
    monkeypatch.chdir(folder)
    names: dict[str, Any] = {}
    exec(code, names)
    if "events" in names:
        assert (len(names["events"]), len(names["figures"]), len(names["statements"])) == (9, 6, 6)
        assert names["happened"].fetchall() == [("REQUEST", 7)]
    if "points" in names:
        assert len(names["points"]) == 8 and "properties.status" in names["points"]
    if "graph" in names:
        assert names["graph"].number_of_edges() == 11


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
@pytest.mark.parametrize("code", [code for language, code in BLOCKS if language == "r"])
def test_r(code: str, folder: Path) -> None:
    for library in re.findall(r"^library\((\w+)\)", code, re.MULTILINE):
        there = subprocess.run(["Rscript", "-e", f"library({library})"], capture_output=True, check=False)
        if there.returncode:
            pytest.skip(f"R's {library} is not installed")
    done = subprocess.run(["Rscript", "-e", code], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_pairs_of_countries_in_r(tmp_path: Path) -> None:
    [code] = [code for _, code in BLOCK.findall(DYADS.read_text(encoding="utf-8")) if "read.csv" in code]
    with open_store(tmp_path / "news.duckdb") as store:
        store.add(news(number) for number in range(5))
        store.dyads(types=True).to_pandas().to_csv(tmp_path / "dyads.csv", index=False)
    done = subprocess.run(["Rscript", "-e", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
