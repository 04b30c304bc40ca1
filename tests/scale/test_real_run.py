"""The real pipeline on real inputs, killed and run again; takes as long as four start-ups."""

import random
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

from dateline.intake import sources
from dateline.pipeline.assembly import load
from dateline.scale import local
from dateline.store import open_store

SAMPLES = Path(__file__).parents[2] / "samples" / "news"

REPORT = """{town} council votes to close {count} schools

{town} - The council of {town} voted on Tuesday to close {count} schools by September, its chair said.
"We have {count} buildings that nobody can heat," {name} told reporters after the meeting.

Teachers protested outside the hall. The union called on the education ministry to stop the plan, and
the ministry said at least {pupils} pupils would be moved.
"""


def _corpus(folder: Path) -> None:
    towns = ["Tamana", "Orlick", "Vesna Bay", "Port Ansel", "Grunmark"]
    for number in range(40):
        text = REPORT.format(
            town=towns[number % 5], count=number + 2, name=f"Ada Brandt-{number}", pupils=100 + 7 * number
        )
        (folder / f"report-{number:02d}.txt").write_text(text, encoding="utf-8")


def test_the_real_pipeline_killed_and_run_again_makes_the_same_store(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    _corpus(corpus)
    given = [str(corpus), str(SAMPLES)]
    killed = tmp_path / "killed.duckdb"
    script = f"""
if __name__ == "__main__":
    from functools import partial
    from dateline.intake import sources
    from dateline.pipeline.assembly import load
    from dateline.scale import local
    from dateline.store import open_store
    with open_store({str(killed)!r}) as store:
        local.run(
            sources.items({given!r}), store, partial(load, "plover-en"), workers=2, task=2,
            on_progress=lambda progress: print(progress.items, flush=True),
        )
"""
    program = tmp_path / "program.py"
    program.write_text(script, encoding="utf-8")
    dice = random.Random(time.time_ns())
    for _ in range(2):
        run = subprocess.Popen([sys.executable, str(program)], stdout=subprocess.PIPE, text=True)
        assert run.stdout is not None
        after = dice.randrange(1, 20)
        for line in run.stdout:
            if int(line) >= after:
                break
        run.send_signal(signal.SIGKILL)
        run.communicate()
    subprocess.run([sys.executable, str(program)], check=True, stdout=subprocess.DEVNULL)
    with open_store(tmp_path / "whole.duckdb") as store:
        summary = local.run(sources.items(given), store, partial(load, "plover-en"), workers=0)
        assert summary.articles >= 55
        whole = list(store.dump())
        counts = store.counts()
    assert all(counts[kind] for kind in ("actors", "places", "times", "statements", "events", "figures"))
    with open_store(killed) as store:
        for left, right in zip(store.dump(), whole, strict=True):
            assert left == right
        again = local.run(sources.items(given), store, partial(load, "plover-en"), workers=1)
        assert (again.articles, again.skipped) == (0, summary.items)
        assert list(store.dump()) == whole
