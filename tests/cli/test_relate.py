"""``dateline relate``: rows in, types out, and what is said of rows that cannot be asked about."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from dateline.cli import main
from dateline.cli.relate import COLUMNS
from dateline.coding.event_relation import types

CSV = """id,sentence,actor1,actor2
1,Peru accused Chile of spying on its embassy.,Peru,Chile
2,Gunmen killed nine farmers.,gunmen,nine farmers
3,Peru thanked Chile.,Rwanda,Chile
4,Thousands marched through Quito over the price of fuel.,Thousands,NA
5,Kenya thanked nobody.,Kenya,Kenya
6,,a,b
7,Kenya waited.,,
8,too many,cells,here,now
"""


def asked(tmp_path: Path, capfd: pytest.CaptureFixture[str], content: str, *options: str, name: str = "pairs.csv"):
    """Exit status, standard output, lines of standard error."""
    (tmp_path / name).write_text(content, encoding="utf-8")
    status = main(["relate", str(tmp_path / name), *options])
    out, err = capfd.readouterr()
    return status, out, [line.replace(f"{tmp_path}/", "") for line in err.splitlines()]


def answered(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_each_row_is_answered_or_said_why_not(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    status, out, said = asked(tmp_path, capfd, CSV)
    assert status == 1
    rows = answered(out)
    assert [(row["id"], row["relation"], row["quad"]) for row in rows] == [
        ("1", "ACCUSE", 3),
        ("2", "ASSAULT", 4),
        ("4", "PROTEST", 4),
    ]
    assert all(tuple(row) == COLUMNS for row in rows)
    texts = {each["id"]: each["sentence"] for each in csv.DictReader(io.StringIO(CSV))}
    for row in rows:
        for party in ("source", "target", "trigger"):
            if row[party] is not None:
                text = texts[str(row["id"])]
                assert text[slice(row[f"{party}_start"], row[f"{party}_end"])] == row[party]  # type: ignore[arg-type]
    assert rows[1]["source"] == "Gunmen"
    assert (rows[0]["trigger"], rows[0]["trigger_relation"]) == ("accused", "ACCUSE")
    assert rows[2]["target"] is rows[2]["target_start"] is None
    problems = sorted(line.removeprefix("dateline: ") for line in said if line.startswith("dateline: "))
    starts = (
        'pairs.csv:4: the source "Rwanda" is not in the text',
        'pairs.csv:6: source and target are the same words, "Kenya"',
        "pairs.csv:7 has no text (its columns: id, actor1, actor2)",
        "pairs.csv:8 has neither source nor target (its columns: id, sentence)",
        "pairs.csv:9 has 5 fields, the header has 4",
    )
    assert len(problems) == len(starts)
    for line, start in zip(problems, starts, strict=True):
        assert line.startswith(start)
    assert said[-1].startswith("3 rows related in ")
    assert "5 set aside: " in said[-1]


def test_both_models_or_one_and_every_layout(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    two = "\n".join(CSV.splitlines()[:3])
    status, out, said = asked(tmp_path, capfd, two, "--quick", "--all", "--output", "csv", "--quiet")
    assert (status, said) == (0, [])
    tables = list(csv.DictReader(io.StringIO(out)))
    assert tuple(tables[0]) == (*COLUMNS, *types())
    assert [row["coder"] for row in tables] == ["relation.quick/1"] * 2
    assert sum(float(tables[0][each]) for each in types()) == pytest.approx(1, abs=0.002)
    assert float(tables[0]["ACCUSE"]) == float(tables[0]["probability"])
    status, out, _ = asked(tmp_path, capfd, two, "--quick", "--all", "--output", "tsv")
    assert list(csv.DictReader(io.StringIO(out), delimiter="\t")) == tables
    _, out, _ = asked(tmp_path, capfd, two)
    assert [row["coder"] for row in answered(out)] == ["relation/1"] * 2


def test_json_lines_with_paths_offsets_and_no_id(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text = "Mali waited. Mali thanked Togo for its troops."
    rows = [
        {"text": text, "events": [{"from": "Mali", "to": "Togo"}]},
        {"text": text, "source_start": 13, "source_end": 17, "events": [{"to": "Togo"}]},
        {"text": text, "source_start": "0.0", "events": [{"from": "Mali", "to": "Togo"}]},
        {"text": text, "source_start": 1, "events": [{"from": "Mali", "to": "Togo"}]},
        {"text": text, "source_start": 1, "events": [{"to": "Togo"}]},
        {"text": text, "source_start": 40, "source_end": 99, "events": [{"to": "Togo"}]},
        {"text": text, "source_start": True, "events": [{"from": "Mali"}]},
        {"text": 7, "events": []},
        {"text": "\ud800 Mali", "events": [{"from": "Mali"}]},
    ]
    content = "\n".join(map(json.dumps, rows))
    options = ("--field", "source=events.0.from", "--field", "target=events.0.to", "--quick")
    status, out, said = asked(tmp_path, capfd, content, *options, name="x.jsonl")
    assert status == 1
    found = answered(out)
    assert [(str(row["id"]).rpartition("/")[2], row["source_start"]) for row in found] == [
        ("x.jsonl:1", 13),  # in one sentence with the target
        ("x.jsonl:2", 13),
        ("x.jsonl:3", 0),
    ]
    assert [row["relation"] for row in found[:2]] == ["SUPPORT", "SUPPORT"]
    reasons = said[-1].partition("set aside: ")[2]
    assert reasons == "4 wrong offsets, 1 not words, 1 broken text"
    assert any('at 1 to 5 stands "ali "' in line for line in said)


def test_one_sentence_for_a_person(capfd: pytest.CaptureFixture[str]) -> None:
    call = ["relate", "--text", "Peru accused Chile of spying.", "--source", "Peru", "--target", "Chile"]
    assert main(call) == 0
    out, err = capfd.readouterr()
    assert out.startswith("ACCUSE  ") and "verbal conflict, quad class 3" in out
    assert "source  Peru  [0, 4)" in out and "trigger  accused  [5, 12)  ACCUSE" in out
    assert not err
    assert main([*call, "--output", "json", "--all"]) == 0
    assert answered(capfd.readouterr().out)[0]["relation"] == "ACCUSE"


@pytest.mark.parametrize(
    ("call", "says"),
    [
        ([], "nothing to read"),
        (["x.csv", "--text", "a"], "not both"),
        (["x.csv", "--source", "a"], "--field source=COLUMN"),
        (["nowhere.csv"], "there is no file nowhere.csv"),
        (["x.csv", "--field", "party=a"], "there is no such field"),
        (["x.csv", "--field", "source"], "text=body"),
        (["x.csv", "--output", "xml"], "--output"),
        (["--text", " ", "--source", "a"], "--text needs words"),
        (["--text", "Peru waited."], "--source or --target"),
    ],
)
def test_wrong_calls(
    call: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.csv").write_text("id,text\n1,a\n", encoding="utf-8")
    assert main(["relate", *call]) == 2
    out, err = capfd.readouterr()
    assert not out
    assert says in err and err.count("\n") == 1


@pytest.mark.parametrize(
    "content", ["", "a\n", "\x00\x01\x02", "{", "[]", "[[[[", "id,text,source,target\n,,,\n", "\n\n"]
)
def test_rubbish_is_set_aside(content: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    status, out, said = asked(tmp_path, capfd, content)
    assert (status, out) == (1, "")
    assert said[-1].startswith("0 rows related")
    assert not any("Traceback" in line for line in said)


def test_a_table_without_the_column_is_said_once(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    table = "id,words,source\n" + "1,Peru waited.,Peru\n" * 9
    status, out, said = asked(tmp_path, capfd, table, "--field", "text=passage")
    assert (status, out, len(said)) == (1, "", 2)
    assert said[0] == "dateline: pairs.csv has no column passage (its columns: id, words, source): --field text=COLUMN"
    status, out, _ = asked(tmp_path, capfd, table, "--field", "text=Words", "--quick")
    assert (status, len(answered(out))) == (0, 9)


def test_stopped_by_its_user(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("dateline.intake.languages.identify", stop)
    status, _, said = asked(tmp_path, capfd, CSV, "--quick")
    assert status == 130
    assert said[-1].startswith("dateline: stopped; the 0 rows")


def test_rows_in_another_language_are_said(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    spanish = "El gobierno del Perú acusó ayer a Chile de espiar a su embajada en Lima."
    status, _, said = asked(tmp_path, capfd, f"text,source,target\n{spanish},Perú,Chile\n", "--quick")
    assert status == 0
    assert said[-1].startswith("1 of them seem to be in another language")
