"""``dateline query`` and ``dateline method``: what is shown, what is written, and what a mistyped call is told."""

import csv
import io
import json
import socket
from pathlib import Path

import msgspec
import pytest

from dateline.cli import COMMANDS, EXAMPLES, main
from dateline.export import method
from dateline.store.warehouse import Taken, open_store
from tests.store.making import news


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("store") / "news.duckdb"
    with open_store(path) as opened:
        opened.add(news(number) for number in range(60))
    return str(path)


def test_a_terminal_gets_some_rows_and_a_file_all(store: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["query", "events", "--store", store]) == 0
    assert b"more than 50 rows" in capsysbinary.readouterr().out
    for output in ("csv", "json"):
        assert main(["query", "events", "--store", store, "--output", output]) == 0
        assert len(capsysbinary.readouterr().out.splitlines()) == 60 + (output == "csv")
    assert main(["query", "events", "--store", store, "--output", "csv", "--limit", "3"]) == 0
    assert len(capsysbinary.readouterr().out.splitlines()) == 4
    assert main(["query", "events", "--store", store, "--limit", "-1"]) == 2
    assert b"--limit -1: give how many rows" in capsysbinary.readouterr().err


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (["events", "--country", "Kenya"], "--country Kenya: no such country in this store; it has KEN"),
        (["events", "--relation", "PROTETS"], "--relation PROTETS: no such relation in this store; it has REQUEST"),
        (["figures", "--unit", "hurts"], "--unit hurts: no such unit in this store; it has "),
        (["dyads", "--among", "KEN", "--among", "UAG"], "--among UAG: no such among in this store; it has "),
    ],
)
def test_a_code_that_stands_nowhere_is_named(
    call: list[str], told: str, store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["query", *call, "--store", store]) == 0
    assert told in capsys.readouterr().err
    assert main(["query", "events", "--store", store, "--country", "ken", "--relation", "request"]) == 0
    assert not capsys.readouterr().err


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (["raed", "x"], 'dateline: Unknown command "raed". Did you mean "read"?'),
        (["raed", "x"], "copies, codebook ...; see dateline --help"),
        (["query", "figures", "--store", "x", "--outcome", "hurt"], 'Invalid value "hurt" for --outcome. Choose from'),
        (["read"], "dateline: read needs PAGE; see dateline read --help"),
        (["run", "x"], "dateline: run needs --store; see dateline run --help"),
        (["read", "a", "b"], "dateline: read takes one page; for several, dateline run; see dateline read --help"),
        (["cite", "a", "b", "--store", "x"], "dateline: cite takes no more arguments: b; see dateline cite --help"),
        (["query", "events", "--store", "x", "--status", "happend"], 'Did you mean "happened"?'),
        (["query", "events", "--store", "x", "--limit", "many"], "see dateline query events --help"),
    ],
)
def test_a_wrong_call_gets_one_line(call: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(call) == 2
    said = capsys.readouterr()
    assert not said.out
    assert told in said.err
    assert len(said.err.splitlines()) == 1


def test_pairs_of_countries(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["query", "dyads", "--store", store, "--period", "month"]
    assert main(call) == 0
    said = capsys.readouterr()
    assert "KEN UGA 2024-11-01 60 60" in " ".join(said.out.split())
    assert f"reports are not linked, so each report of an event counts: dateline link --store {store}" in said.err
    assert main([*call, "--one-a-day", "--types", "--output", "csv"]) == 0
    [row] = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["events"], row["mentions"], row["source_cow"], row["REQUEST"]) == ("1", "60", "501", "1")


def test_help_shows_calls_that_exist(capsys: pytest.CaptureFixture[str]) -> None:
    assert set(EXAMPLES) <= set(COMMANDS)
    for calls in EXAMPLES.values():
        assert all(len(each) < 78 for each in calls), "an example is broken where it stands in 80 columns"
    assert main(["run", "--help"]) == 0
    shown = capsys.readouterr().out
    assert "An input that cannot be read is kept" in shown
    assert "[default: False]" not in shown and "[default: ()]" not in shown


def test_what_a_paper_says(store: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["method", "--store", store]) == 0
    said = capsysbinary.readouterr().out.decode()
    assert "60 articles by 1 publishers, dated from 2024-11-05 to 2024-11-05" in said
    assert "60 events (60 happened), 60 statements, 60 figures" in said
    assert "Reports were not linked" in said
    assert "BUT the store was not coded, or not all of it, by what is installed here" in said
    assert main(["method", "--store", store, "--json"]) == 0
    facts = json.loads(capsysbinary.readouterr().out)
    assert facts["articles"] == 60 and facts["installed"]["coders"]
    cff = (Path(__file__).parent.parent.parent / "CITATION.cff").read_text(encoding="utf-8")
    assert f'title: "{method.TITLE}"' in cff and f'name: "{method.AUTHOR}"' in cff
    assert f'date-released: "{method.YEAR}-' in cff
    assert f"version: {facts['installed']['version']}\n" in cff


def test_a_port_that_is_taken_is_told(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main(["serve", "--store", store, "--port", port]) == 2
    assert f"http://127.0.0.1:{port}/ cannot be served: Address already in use; give another --port" in (
        capsys.readouterr().err
    )


def test_a_citation_of_a_file_names_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = news(1)
    record = msgspec.structs.replace(record, article=msgspec.structs.replace(record.article, url=None))
    with open_store(tmp_path / "files.duckdb") as opened:
        opened.put(Taken(records=[record], key="reports/flood.txt", where="reports/flood.txt"))
    main(["cite", record.events[0].id, "--store", str(tmp_path / "files.duckdb")])
    assert "read from reports/flood.txt" in " ".join(capsys.readouterr().out.split())


def test_no_id_or_day_is_broken_in_a_narrow_terminal(
    store: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.cli.console.PLAIN_WIDTH", 80)
    for kind in ("events", "statements", "figures", "places", "actors", "articles"):
        assert main(["query", kind, "--store", store, "--limit", "2", "--output", "json"]) == 0
        ids = [json.loads(line)["id"][:9] for line in capsys.readouterr().out.splitlines()]
        assert main(["query", kind, "--store", store, "--limit", "2"]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert max(map(len, lines)) <= 80
        assert all(any(each in line for line in lines) for each in ids), kind
        if kind in ("events", "statements", "figures", "articles"):
            assert any("2024-11-05" in line for line in lines), kind


def test_by_day_shows_the_day_that_counts(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "events", "--store", store, "--by", "day", "--limit", "3"]) == 0
    assert " day " in (shown := capsys.readouterr().out)
    assert "article's day" not in shown
    assert shown.count("2024-11-04") == 3  # the article's is the fifth


def test_an_incident_is_named_without_an_option(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["incidents", "i000000", "--store", store]) == 2
    told = capsys.readouterr().err
    assert "dateline link" in told  # the store is not linked: the call itself is right
    assert "no more arguments" not in told
    assert main(["incidents", "i000000", "--status", "sometimes", "--store", store]) == 2
    assert 'Invalid value "sometimes" for --status' in capsys.readouterr().err
