"""The documentation is run: commands and Python of the tutorial, reference pages against the code."""

import contextlib
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.cli import COMMANDS

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _expected(lines: list[str]) -> list[str]:
    """Lines that must stand in the output; an ellipsis stands for anything."""
    return [line.strip() for line in lines if line.strip() and "…" not in line]


def _console(block: str, folder: Path) -> None:
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    for piece in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *wanted = piece.splitlines()
        done = subprocess.run(
            command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode in (0, 1), f"{command}\n{done.stderr}"
        assert "Traceback" not in done.stderr
        # Columns move with the widest cell: compare words, not the space between them.
        output = {" ".join(line.split()) for line in (done.stdout + done.stderr).splitlines()}
        for line in _expected(wanted):
            assert any(" ".join(line.split()) in each for each in output), f"{command}\nlacks: {line}\n{done.stdout}"


@pytest.mark.timeout(240)
@pytest.mark.parametrize("page", ["score.md"])
def test_guides_run(page: str, tmp_path: Path) -> None:
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    blocks = BLOCK.findall((ROOT / "docs" / "how-to" / page).read_text(encoding="utf-8"))
    assert blocks
    for language, block in blocks:
        assert language == "console"
        _console(block, tmp_path)


@pytest.mark.timeout(240)
@pytest.mark.parametrize(("page", "least"), [("tutorial", 6), ("how-to/disputes", 4), ("how-to/dyads", 3)])
def test_the_tutorial_runs(page: str, least: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    blocks = BLOCK.findall((ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8"))
    assert len(blocks) >= least
    for language, block in blocks:
        if language == "console":
            _console(block, tmp_path)
            continue
        code, _, wanted = block.partition("\n# prints\n")
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, f"{page}.md", "exec"), names)
        for line in _expected([each.removeprefix("# ") for each in wanted.splitlines()]):
            assert line in printed.getvalue(), f"{code}\nlacks: {line}\n{printed.getvalue()}"


def test_reference_pages_are_current() -> None:
    done = subprocess.run(
        [sys.executable, "tools/reference.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented_and_helps(command: str) -> None:
    assert f"dateline {command}" in (ROOT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "dateline", command, "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) > 8


def test_nothing_committed_names_a_private_place() -> None:
    """Paths of one machine and hosts of one registry have no place in the project."""
    private = re.compile(r"/work/|/root/|/opt/pypi|/tmp/work")
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in done.stdout.splitlines():
        path = ROOT / name
        if (
            path.suffix in {".py", ".md", ".toml", ".lock", ".sh", ".yml", ".txt", ".tsv", ".cff", ""}
            and path.is_file()
        ):
            found = private.search(path.read_text(encoding="utf-8", errors="replace"))
            assert found is None or name == "tests/test_docs.py", f"{name}: {found}"


FILE = re.compile(r"^```\w+ title=\"([^\"]+)\"\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.timeout(240)
@pytest.mark.parametrize("page", ["codebook", "actors", "relate"])
def test_worked_examples_run(page: str, tmp_path: Path) -> None:
    """Files that a page shows are written as it names them; then its commands must say what it says."""
    text = (ROOT / "docs" / "how-to" / f"{page}.md").read_text(encoding="utf-8")
    files = FILE.findall(text)
    assert len(files) >= 2
    for name, content in files:
        (tmp_path / name).write_text(content, encoding="utf-8")
    blocks = [block for language, block in BLOCK.findall(text) if language == "console"]
    assert blocks
    for block in blocks:
        _console(block, tmp_path)
