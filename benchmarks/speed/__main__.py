"""Measure speed, memory and start-up.

python -m benchmarks.speed --data DIR_OR_FILE.jsonl [...] [--articles N] [--json FILE] [--max-ratio 1.5]
python -m benchmarks.speed --smoke

Prints, as Markdown:

* each stage's CPU time beside the bare parser's: the same spaCy components with the same
  settings, run over the same whole texts in the same process, turn by turn with the pipeline,
  so that a busy machine slows both;
* articles a second of whole runs (intake, coding, store) held to one core and to two, and
  their peak memory, each in a process of its own;
* the start-up of ``dateline read`` on one page, and where its time goes.

CPU time is user and system time of one process with one thread. ``--smoke`` measures the
sample news once, to show that the benchmark still works; its figures mean little.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast


def _apart(part: str, data: dict[str, Any], number: int) -> dict[str, Any]:
    """A measurement in a process of its own."""
    command = [sys.executable, "-m", f"benchmarks.speed.{part}", str(number)]
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    done = subprocess.run(
        command, input=json.dumps(data), stdout=subprocess.PIPE, text=True, check=False, env={**os.environ, **one}
    )
    if done.returncode:
        raise SystemExit(f"measuring {part} failed")
    return cast("dict[str, Any]", json.loads(done.stdout.splitlines()[-1]))


def _table(rows: Sequence[tuple[str, str]], head: tuple[str, str]) -> None:
    print(f"\n| {head[0]} | {head[1]} |\n|---|---|")
    for name, value in rows:
        print(f"| {name} | {value} |")


def _show(found: dict[str, Any]) -> None:
    speed: dict[str, Any] = found["stages"]
    per = speed["words"] / speed["articles"]
    print(f"{speed['articles']} articles of {per:.0f} words on average; {os.cpu_count()} cores")
    bare = speed["bare parser ms"]
    rows = [("bare parser", f"{bare:.1f} ms, 1.00")]
    rows += [(f"· {name}", f"{ms:.1f} ms, {ms / bare:.2f}") for name, ms in speed["stages ms"].items()]
    rows.append(("**pipeline**", f"**{speed['pipeline ms']:.1f} ms, {speed['ratio']:.2f}**"))
    rows.append(("words/s, bare parser / pipeline", f"{speed['words/s bare']:,.0f} / {speed['words/s pipeline']:,.0f}"))
    _table(rows, ("stage", "CPU an article, times the bare parser"))
    rows = [
        (
            f"{run['workers']} worker(s) on {run['cores']} core(s)",
            (
                f"{run['articles/s']:.1f} articles/s by the clock, {run['articles/s a core']:.1f} a core by CPU time "
                f"({run['CPU ms']:.0f} ms, {run['writing CPU ms']:.1f} of them writing); memory "
                f"{run['parent MB']:.0f} MB + {run['worker MB']:.0f} MB a worker; "
                f"store {run['store kB']:.0f} kB an article"
            ),
        )
        for run in found["runs"]
    ]
    _table(rows, ("whole run", "intake, coding, store"))
    start = found["start-up"]
    rows = [
        ("`dateline read`, one page", f"{start['wall s']:.2f} s ({start['CPU s']:.2f} s CPU)"),
        ("· imports", f"{start['imports s']:.2f} s, traced"),
        *((f"·· {name}", f"{seconds:.2f} s") for name, seconds in start["imports by package s"].items()),
        ("· loading the pipeline", f"{speed['load s']:.2f} s CPU, after most of the imports"),
    ]
    _table(rows, ("start-up", "best of several"))


def main() -> int:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", nargs="+", default=[], help="JSONL files, or folders of them, with a text a line")
    parser.add_argument("--field", default="text", help="key of the text in each line")
    parser.add_argument("--articles", type=int, default=200, help="how many texts, spread evenly; 0 for all")
    parser.add_argument("--config", default="plover-en", help="the pipeline: one that ships, or a TOML file")
    parser.add_argument("--rounds", type=int, default=1, help="times over the texts, for the stages")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], help="runs to measure, by workers and cores")
    parser.add_argument("--max-ratio", type=float, help="exit with 1 above this ratio of pipeline to bare parser")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    parser.add_argument("--smoke", action="store_true", help="measure the sample news once")
    given = parser.parse_args()
    if not given.smoke and not given.data:
        parser.error("give texts with --data, or --smoke")
    data = {
        "config": given.config,
        "data": given.data,
        "field": given.field,
        "articles": given.articles,
        "smoke": given.smoke,
    }
    found: dict[str, Any] = {
        "stages": _apart("stages", data, given.rounds),
        "runs": [_apart("whole", data, workers) for workers in ([1] if given.smoke else given.workers)],
        "start-up": _apart("start", data, 1 if given.smoke else 3),
    }
    _show(found)
    if given.json:
        given.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    if given.max_ratio is not None and found["stages"]["ratio"] > given.max_ratio:
        print(f"\nthe pipeline takes {found['stages']['ratio']:.2f} times the bare parser, above {given.max_ratio}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
