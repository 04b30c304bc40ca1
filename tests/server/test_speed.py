"""The benchmark of the server still works: every page and resource answers its readers."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from benchmarks.speed import server

ROOT = Path(__file__).parents[2]


def test_readers_get_every_page() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.speed.server", "--smoke"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ERROR" not in done.stdout
    for name in server.pages():
        assert re.search(rf"^\| {re.escape(name)} \|( \d+ \|){{4}}$", done.stdout, re.MULTILINE), name
