"""Time and memory of linking at scale: copies and stories of made articles, in a store.

python -m benchmarks.speed.linking [--articles 10000 30000 100000] [--day 500] [--words 200]
python -m benchmarks.speed.linking --smoke

For each number of articles a store is filled; then copies and stories are linked, each in
a process of its own whose peak memory is read; then one more day of articles arrives and
all is brought up to date. A straight line through the memory by number of articles (least
squares) says what a million would take.

The articles are made: words by Zipf's law, stories that run over several days with names of
their own, one report in six a wire copy with some words changed. Each day has as many
articles, so that more articles are more days, as in an archive that grows.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import numpy as np

from dateline.intake.text import verbatim
from dateline.pipeline.link import copies, opened, stories
from dateline.pipeline.link.steps import MEMORY
from dateline.records import Record, Span
from dateline.store.warehouse import open_store

FIRST = date(2020, 1, 1)
VOCABULARY = 30_000
"""Words that all stories draw on."""
OWN = 14
"""Words, names above all, that a story has for itself."""
COPIED = 1 / 6
"""Share of reports that are copies of another of their day."""
CHANGED = 0.06
"""Share of a copy's words that are changed."""
MEGA = 1 << 20
LASTS = 4
"""Days that a story runs on average."""
REPORTS = 4
"""Reports of a story a day, on average."""


@dataclass(slots=True)
class Maker:
    """Days of made news, the same for the same settings.

    Args:
        day: Articles a day.
        words: Words of an article.
    """

    day: int
    words: int
    _chance: np.random.Generator = field(default_factory=lambda: np.random.default_rng(7))
    _running: list[list[str]] = field(default_factory=list[list[str]])
    _told: int = 0

    def days(self) -> Iterator[list[Record]]:
        """One day after another, without end."""
        share = 1 / np.arange(8, VOCABULARY + 8)
        edges = np.cumsum(share / share.sum())
        words = [_word(at) for at in range(VOCABULARY)]
        number = 0
        while True:
            made: list[tuple[str, str]] = []
            self._running = [each for each in self._running if self._chance.random() > 1 / LASTS]
            while len(self._running) < max(1, self.day // REPORTS):
                self._told += 1
                self._running.append([_word(VOCABULARY + self._told * OWN + at).title() for at in range(OWN)])
            for _ in range(self.day):
                if made and self._chance.random() < COPIED:
                    made.append(self._copy(*made[int(self._chance.integers(len(made)))]))
                    continue
                story = self._running[int(self._chance.integers(len(self._running)))]
                drawn = np.searchsorted(edges, self._chance.random(self.words)).clip(max=VOCABULARY - 1)
                places: list[int] = drawn.tolist()
                text = [words[at] for at in places]
                for at, which in zip(
                    self._chance.integers(self.words, size=self.words // 6).tolist(),
                    self._chance.integers(OWN, size=self.words // 6).tolist(),
                    strict=True,
                ):
                    text[at] = story[which]
                picked: list[int] = self._chance.integers(OWN, size=4).tolist()
                title = [*(story[at] for at in picked), *text[:4]]
                made.append((" ".join(title), " ".join(text)))
            when = FIRST + timedelta(number)
            yield [self._record(number * self.day + at, title, text, when) for at, (title, text) in enumerate(made)]
            number += 1

    def _copy(self, title: str, text: str) -> tuple[str, str]:
        found = text.split(" ")
        for at in np.flatnonzero(self._chance.random(len(found)) < CHANGED).tolist():
            found[at] = _word(int(self._chance.integers(VOCABULARY)))
        return title, " ".join(found)

    def _record(self, number: int, title: str, text: str, when: date) -> Record:
        article = verbatim(
            f"{title}\n\n{text}",
            url=f"https://speed.example/{number}",
            source=f"Outlet {number % 97}",
            title=title,
            published=f"{when}T{number % 24:02d}:00:00Z",
        )
        return Record(article=article, codebook="plover/1", sentences=(Span(0, len(article.text)),))


def _word(number: int) -> str:
    """A word that can be read, a different one for each number."""
    found = ""
    number += 200
    while number:
        number, at = divmod(number, 105)
        found += "bcdfghjklmnprstvwyzqx"[at % 21] + "aeiou"[at // 21]
    return found


def part(name: str, path: str, given: dict[str, int]) -> dict[str, float]:
    """One step in this process: CPU seconds, and its peak memory in megabytes."""
    if name == "fill":
        open_store(path).close()  # an empty one: what links a store does not make it
    with opened(path) as store:
        idle = _peak()
        begun = time.process_time()
        if name == "fill":
            _fill(store, given, 0, given["articles"] // given["day"])
        elif name == "arrive":
            days = given["articles"] // given["day"]
            _fill(store, given, days, days + 1)
        elif name == "copies":
            copies.update(store)
        else:
            stories.update(store)
        found = {"CPU s": time.process_time() - begun, "MB": _peak(), "idle MB": idle}
        found["database MB"] = (
            int(store.rows("SELECT sum(memory_usage_bytes) AS n FROM duckdb_memory()")[0]["n"]) / MEGA
        )
        if name == "stories":
            found["stories"] = int(store.rows("SELECT count(*) AS n FROM stories")[0]["n"])
            found["told"] = int(store.rows("SELECT count(*) AS n FROM story_members")[0]["n"])
        return found


def _fill(store: Any, given: dict[str, int], first: int, last: int) -> None:
    for number, records in enumerate(Maker(given["day"], given["words"]).days()):
        if number == last:
            break
        if number >= first:
            store.add(records)
    store.flush()


def _peak() -> float:
    # ru_maxrss would begin with that of the process that started this one.
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _apart(name: str, path: Path, given: dict[str, int]) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.speed.linking", "--part", name, str(path), json.dumps(given)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"measuring {name} failed")
    return cast("dict[str, float]", json.loads(done.stdout.splitlines()[-1]))


def measure(articles: int, day: int, words: int) -> dict[str, dict[str, float]]:
    """Time and memory of each step for so many articles."""
    given = {"articles": articles, "day": day, "words": words}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "linking.duckdb"
        found = {name: _apart(name, path, given) for name in ("fill", "copies", "stories", "arrive")}
        found["copies, one day more"] = _apart("copies", path, given)
        found["stories, one day more"] = _apart("stories", path, given)
    return found


def line(numbers: Sequence[float], values: Sequence[float]) -> tuple[float, float]:
    """Straight line through values, by least squares: its rise, and its value at 0."""
    rise, start = np.polyfit(numbers, values, 1).tolist()
    return float(rise), float(start)


STEPS = ("copies", "stories", "copies, one day more", "stories, one day more")
HEAD = f"| articles | {' | '.join(STEPS)} | stories found |\n|{'---|' * 6}"


def row(articles: int, found: dict[str, dict[str, float]]) -> str:
    """The figures of one number of articles, as a row of a Markdown table."""
    cells = [f"{found[step]['CPU s']:.1f} s, {found[step]['MB']:.0f} MB" for step in STEPS]
    told = found["stories"]
    return f"| {articles:,} | {' | '.join(cells)} | {told['stories']:,.0f} of {told['told']:,.0f} reports |"


def curve(found: dict[int, dict[str, dict[str, float]]]) -> Iterator[str]:
    """What a million articles would take in memory."""
    most = MEMORY / MEGA
    for step in STEPS[:2]:
        # The database keeps what it has read, up to its limit: that part of the curve ends, the other goes on.
        held = [each[step]["database MB"] for each in found.values()]
        own = [each[step]["MB"] - database for each, database in zip(found.values(), held, strict=True)]
        rise, start = line(list(found), own)
        kept = min(most, max(0.0, sum(line(list(found), held)[at] * by for at, by in enumerate((1e6, 1)))))
        yield (
            f"memory of {step}: {start:.0f} MB + {1024 * rise:.2f} kB an article, and what the database keeps, "
            f"{', '.join(f'{each:.0f}' for each in held)} MB here and at most {most:.0f}; "
            f"a million articles: {(start + rise * 1e6 + kept) / 1024:.2f} GB (extrapolated, least squares)"
        )


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[10_000, 30_000, 100_000])
    parser.add_argument("--day", type=int, default=500, help="articles a day")
    parser.add_argument("--words", type=int, default=200, help="words of an article")
    parser.add_argument("--smoke", action="store_true", help="a few articles, to show that it works")
    parser.add_argument("--part", nargs=3, metavar=("STEP", "STORE", "SETTINGS"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.part:
        name, path, settings = given.part
        print(json.dumps(part(name, path, json.loads(settings))))
        return
    counts, day, words = (given.articles, given.day, given.words) if not given.smoke else ([60, 120], 20, 60)
    print(f"made articles of {words} words, {day} a day; CPU seconds and peak memory, each step in its own process\n")
    print(HEAD, flush=True)
    found: dict[int, dict[str, dict[str, float]]] = {}
    for articles in counts:
        found[articles] = measure(articles, day, words)
        print(row(articles, found[articles]), flush=True)
    if len(found) > 1 and min(found) >= 1000:  # of fewer, what Python itself takes says nothing
        print("\n".join(("", *curve(found))))


if __name__ == "__main__":
    main()
