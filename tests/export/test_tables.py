import csv
import io
import json
import sys
from pathlib import Path

import duckdb
import msgspec
import pyarrow.parquet as pq
import pytest

from dateline.errors import ConfigError, StoreError
from dateline.export.tables import WORKINGS, export, export_all
from dateline.records import Record, Rejection
from dateline.store import schema
from dateline.store.schema import TABLES
from dateline.store.warehouse import Warehouse, open_store
from tests.store.making import news


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    opened = open_store(tmp_path_factory.mktemp("store") / "news.duckdb")
    opened.add(news(number) for number in range(30))
    opened.add(Rejection(where='a "quoted", name.html', reason="empty", detail="two\nlines"))
    return opened


def test_parquet_holds_every_table_to_the_last_field(store: Warehouse, tmp_path: Path) -> None:
    rows = export_all(store, tmp_path / "out")
    assert rows == {name: count for name, count in store.counts().items() if name not in WORKINGS}
    parts = {name: pq.read_table(tmp_path / "out" / f"{name}.parquet") for name in schema.ARTICLE_TABLES}
    assert [record for _, record in schema.unpack(parts)] == list(store.records())
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == sorted(
        f"{name}.parquet" for name in TABLES if name not in ("inputs", "sketches", "linked")
    )


def test_csv_reads_back_with_another_reader(store: Warehouse, tmp_path: Path) -> None:
    file = tmp_path / "events.csv"
    assert export(store, file, "events") == 30
    lines = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
    event = news(7).events[0]
    assert lines[7]["cameo"] == "020"
    assert json.loads(lines[7]["sources"]) == list(event.sources)
    assert json.loads(lines[7]["trigger"]) == {"start": event.trigger.start, "end": event.trigger.end}
    assert lines[7]["mode"] == ""
    assert duckdb.sql(f"SELECT count(*) FROM read_csv('{file}')").fetchall() == [(30,)]
    assert export(store, tmp_path / "rejections.csv", "rejections") == 1
    (row,) = csv.DictReader(io.StringIO((tmp_path / "rejections.csv").read_bytes().decode()))
    assert (row["where"], row["detail"]) == ('a "quoted", name.html', "two\nlines")


def test_json_lines_hold_rows_or_whole_records(store: Warehouse, tmp_path: Path) -> None:
    assert export(store, tmp_path / "records.jsonl", "records") == 30
    lines = (tmp_path / "records.jsonl").read_bytes().splitlines()
    assert [msgspec.json.decode(line, type=Record) for line in lines] == list(store.records())
    assert export(store, tmp_path / "times.txt", "times", form="jsonl") == 30
    assert json.loads((tmp_path / "times.txt").read_text().splitlines()[0])["earliest"] == "2024-11-04"


def test_standard_output_and_empty_tables(store: Warehouse, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    caught = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(sys, "stdout", caught)
    assert export(store, "-", "inputs", form="csv") == 0
    assert caught.buffer.getvalue() == b"key,pipeline,where,articles,rejections\n"  # type: ignore[attr-defined]
    assert export(store, tmp_path / "inputs.parquet", "inputs") == 0
    assert pq.read_table(tmp_path / "inputs.parquet").num_rows == 0


def test_a_wrong_call_says_what_there_is(store: Warehouse, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no table 'verbs'"):
        export(store, tmp_path / "x.csv", "verbs")
    with pytest.raises(ConfigError, match="jsonl alone"):
        export(store, tmp_path / "x.csv", "records")
    with pytest.raises(ConfigError, match="say parquet"):
        export(store, tmp_path / "x.doc", "events")
    with pytest.raises(ConfigError, match="no form"):
        export(store, tmp_path / "x", "events", form="xml")  # type: ignore[arg-type]
    with pytest.raises(StoreError, match="cannot be written"):
        export(store, tmp_path / "none" / "x.csv", "events")
    assert list(tmp_path.iterdir()) == []
