import io
import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from dateline.cli import COMMANDS, main
from dateline.cli.console import safe, stdout
from dateline.cli.render import show
from dateline.config import Config
from dateline.intake import Settings
from dateline.pipeline import assembly
from dateline.pipeline.assembly import Reader
from dateline.records import Record
from tests.conftest import NEWS
from tests.store.making import news


@pytest.fixture(autouse=True)
def _one_reader(monkeypatch: pytest.MonkeyPatch, reader: Reader) -> None:
    """The pipeline is loaded once for all these tests."""

    def load(config: Config, *, settings: Settings) -> Reader:
        reader.settings = settings
        return reader

    monkeypatch.setattr(assembly, "load", load)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(NEWS, encoding="utf-8")
    return path


def test_a_record_is_laid_out_for_a_person(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(page)]) == 0
    shown = capsys.readouterr().out
    assert "Kenya and Ethiopia agree to reopen border crossing" in shown
    for title in ("Who said what", "Who did what to whom", "What was counted"):
        assert title in shown
    assert "Otieno" in shown
    assert "\x1b[" not in shown, "no colours where there is no terminal"
    assert max(map(len, shown.splitlines())) <= 120


def test_json_is_exactly_the_record(page: Path, capfdbinary: pytest.CaptureFixture[bytes], reader: Reader) -> None:
    assert main(["read", str(page), "--json"]) == 0
    lines = capfdbinary.readouterr().out.splitlines()
    records = [msgspec.json.decode(line, type=Record) for line in lines]
    assert records == list(reader.read(page))
    first = json.loads(lines[0])
    assert first["article"]["text"] == NEWS
    assert set(first["statements"][0]["content"][0]) == {"start", "end"}


def test_two_readings_give_the_same_bytes(page: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    main(["read", str(page), "--json"])
    first = capfdbinary.readouterr().out
    main(["read", str(page), "--json"])
    assert capfdbinary.readouterr().out == first


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    stream = io.TextIOWrapper(io.BytesIO(NEWS.encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    assert main(["read", "-"]) == 0
    assert "Otieno" in capsys.readouterr().out


def test_a_page_is_written(page: Path, tmp_path: Path) -> None:
    assert main(["read", str(page), "--html", str(tmp_path / "out.html")]) == 0
    html = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert html.startswith("<!doctype html>")
    assert 'class="card event"' in html


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", bytes(range(256)) * 40, b"\x1f\x8b\x08\x00cut"]
)
def test_rubbish_is_set_aside_with_one_line_and_status_1(
    data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "rubbish"
    path.write_bytes(data)
    assert main(["read", str(path)]) == 1
    caught = capsys.readouterr()
    assert caught.out == ""
    assert caught.err.startswith("dateline: ")
    assert len(caught.err.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["read"],
        ["read", "nowhere.html"],
        ["nonsense"],
        ["read", "x", "--config", "plover-xx"],
        ["run", "--store", "x.duckdb"],
        ["query", "events", "--store", "nowhere.duckdb"],
        ["read", "x", "--retrieved", "yesterday"],
    ],
)
def test_a_wrong_call_is_status_2_without_traceback(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    caught = capsys.readouterr()
    assert "Traceback" not in caught.err
    assert caught.err.strip()
    assert list(tmp_path.iterdir()) == []


def test_the_fetch_time_dates_relative_furniture(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    text = "Dam wall holds after night of rain\n\nUpdated 8 min ago\nFollow\n\n" + "\n\n".join(
        f"LUSAKA: Engineers said on Friday that wall {n} of the Kariba dam had held after a night of heavy rain."
        for n in range(9)
    )
    page = tmp_path / "page.txt"
    page.write_text(text, encoding="utf-8")
    main(["read", str(page), "--json"])
    assert json.loads(capfdbinary.readouterr().out)["article"]["updated"] is None
    main(["read", str(page), "--json", "--retrieved", "2025-12-05T10:20:00+02:00"])
    assert json.loads(capfdbinary.readouterr().out)["article"]["updated"].startswith("2025-12-05T10:12")


def test_text_cannot_drive_the_terminal() -> None:
    assert safe("a\x1b[31mb\u202ec\nd") == "a�[31mb�c d"


def test_help_teaches(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    for command in COMMANDS:
        assert command in shown


def test_a_closed_pipe_is_no_error(page: Path) -> None:
    command = f"{sys.executable} -m dateline read {page} --all | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_in_a_narrow_terminal_words_have_room(
    page: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.cli.console.PLAIN_WIDTH", 80)
    assert main(["read", str(page)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    at = next(number for number, line in enumerate(lines) if " → AGREE" in line and "happened" in line)
    assert lines[at + 1].startswith("    Kenya and Ethiopia agree to reopen border crossing"), "words below the event"


def test_a_vague_count_is_shown_as_it_was_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "report.txt"
    path.write_text("Shelling in Kharvan\n\nKHARVAN, 14 March 2025 - Shells wounded dozens of people on Friday.\n")
    assert main(["read", str(path)]) == 0
    shown = capsys.readouterr().out
    assert "dozens (12 to 120)" in shown
    assert "dated 2025-03-14" in shown


def test_what_is_too_long_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    bare = Record(article=news(1).article, codebook="plover/1", sentences=())
    show(bare, stdout(), most=100)
    assert "and no more than 100 are coded" in capsys.readouterr().out
    show(bare, stdout(), most=100_000)
    assert "nothing in the text that the pipeline codes" in capsys.readouterr().out
