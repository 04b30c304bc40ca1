"""Rows that are no articles: JSON lines and tables with every key kept."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import ConfigError
from dateline.intake.rows import read, value
from dateline.intake.settings import Settings
from dateline.records import Rejection

ROWS = [{"id": "a", "text": "Fiji thanked Tonga.", "actor": "Fiji"}, {"id": "b", "text": "Two\nlines", "actor": "é"}]
CSV = 'id,text,actor\na,Fiji thanked Tonga.,Fiji\nb,"Two\nlines",é\n'


def rows(path: Path, content: str | bytes, settings: Settings | None = None):
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return [
        (where.rpartition("/")[2], row.reason if isinstance(row, Rejection) else dict(row))
        for where, row in (read(str(path), settings) if settings else read(str(path)))
    ]


@pytest.mark.parametrize(
    ("name", "content", "places"),
    [
        ("x.jsonl", "\n".join(map(json.dumps, ROWS)), ["x.jsonl:1", "x.jsonl:2"]),
        ("x.txt", "\n\n".join(map(json.dumps, ROWS)), ["x.txt:1", "x.txt:3"]),
        ("x.json", json.dumps(ROWS, indent=2), ["x.json#1", "x.json#2"]),
        ("x.json", json.dumps(ROWS), ["x.json#1", "x.json#2"]),
        ("x.csv", CSV, ["x.csv:2", "x.csv:3"]),
        ("x.dat", CSV.replace(",", ";"), ["x.dat:2", "x.dat:3"]),
        ("x.tsv", CSV.replace(",", "\t"), ["x.tsv:2", "x.tsv:3"]),
        ("x.csv.gz", gzip.compress(CSV.encode()), ["x.csv.gz:2", "x.csv.gz:3"]),
        ("x.csv", "\ufeff" + CSV, ["x.csv:2", "x.csv:3"]),
        ("x.csv", CSV.encode("utf-16"), ["x.csv:2", "x.csv:3"]),
        ("x.csv", CSV.encode("latin-1"), ["x.csv:2", "x.csv:3"]),
        ("x.jsonl.gz", gzip.compress("\n".join(map(json.dumps, ROWS)).encode()), ["x.jsonl.gz:1", "x.jsonl.gz:2"]),
    ],
)
def test_every_form_gives_the_same_rows(name: str, content: str | bytes, places: list[str], tmp_path: Path) -> None:
    assert rows(tmp_path / name, content) == list(zip(places, ROWS, strict=True))


def test_standard_input_may_be_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(CSV.encode())))
    assert [row for _, row in read("-")] == ROWS


def test_a_broken_row_is_said_and_the_others_are_read(tmp_path: Path) -> None:
    assert rows(tmp_path / "x.csv", "id,text\n1,a,b\n2,c\n,\n3,NA\n") == [
        ("x.csv:2", "bad row"),
        ("x.csv:3", {"id": "2", "text": "c"}),
        ("x.csv:5", {"id": "3"}),
    ]
    assert rows(tmp_path / "x.jsonl", '{"id": 1}\n{oh\n[2]\n{"id": 3}') == [
        ("x.jsonl:1", {"id": 1}),
        ("x.jsonl:2", "bad JSON"),
        ("x.jsonl:3", "bad JSON"),
        ("x.jsonl:4", {"id": 3}),
    ]


def test_of_columns_of_one_name_the_first_filled_counts(tmp_path: Path) -> None:
    assert rows(tmp_path / "x.csv", "a,b,a\n,1,2\n3,4,5\n") == [
        ("x.csv:2", {"a": "2", "b": "1"}),
        ("x.csv:3", {"a": "3", "b": "4"}),
    ]


def test_a_row_too_long_is_left_out(tmp_path: Path) -> None:
    small = Settings(page_bytes=200)
    long = "x" * 500
    assert rows(tmp_path / "x.csv", f"id,text\n1,a\n2,{long}\n3,b\n", small) == [
        ("x.csv:2", {"id": "1", "text": "a"}),
        ("x.csv:3", "too large"),
        ("x.csv:4", {"id": "3", "text": "b"}),
    ]
    assert rows(tmp_path / "x.jsonl", f'{{"id": 1}}\n{{"id": "{long}"}}\n{{"id": 3}}\n', small) == [
        ("x.jsonl:1", {"id": 1}),
        ("x.jsonl:2", "too large"),
        ("x.jsonl:3", {"id": 3}),
    ]
    assert rows(tmp_path / "x.json", json.dumps([long], indent=1), small) == [("x.json", "too large")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "empty"), (b"a,b\n", "empty"), (b"\n\n", "empty"), (b"%PDF-1.7 a", "binary"), (b"PK\x03\x04" + b"\0" * 40, "binary")],
)  # fmt: skip
def test_what_is_no_table(content: bytes, reason: str, tmp_path: Path) -> None:
    assert rows(tmp_path / "x.csv", content) == [("x.csv", reason)]


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="nowhere"):
        list(read(str(tmp_path / "nowhere.csv")))
    with pytest.raises(ConfigError):
        list(read(str(tmp_path)))


@given(st.binary(max_size=300), st.sampled_from(["x.csv", "x.tsv", "x.jsonl", "x"]))
def test_rubbish_raises_nothing(tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str) -> None:
    path = tmp_path_factory.mktemp("rubbish") / name
    path.write_bytes(data)
    for where, row in read(str(path)):
        assert where.startswith(str(path))
        assert isinstance(row, Rejection) or row is not None


def test_values_by_name_or_path() -> None:
    row = {"Source Actor": "Fiji", "empty": "", "x.y": 1, "x": {"y": 2, "z": 3}, "events": [{"to": "Tonga"}], "n": 0}
    assert value(row, ("source_actor",)) == "Fiji"
    assert value(row, ("empty", "n")) == 0
    assert (value(row, ("x.y",)), value(row, ("x.z",))) == (1, 3)
    assert value(row, ("events.0.to",)) == "Tonga"
    assert value(row, ("events.1.to", "events.to", "n.0", "none")) is None
