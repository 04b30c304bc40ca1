"""How fast the reading room and the API answer readers who come at once.

python -m benchmarks.speed.server [--articles 100000] [--readers 20] [--think 1 0] [--folder DIR]
python -m benchmarks.speed.server --smoke

Makes a store of made news (see :mod:`benchmarks.speed.news`), once for each number
of articles where ``--folder`` names a place to keep it, starts ``dateline serve``
over it as a process of its own, and has readers in another process walk through
every page and every resource of the API: each reader takes the pages in an order
of its own, with other parameters every time, and reads each answer to its end.
Parameters are drawn as readers would: much asked names, words and months more
often than others, so that some answers have been given before and most have not.

``--think`` is the mean pause of a reader between two answers in seconds (drawn
from an exponential distribution); several are measured one after another, each
against a server just started. Times are those of the reader, from the first byte
sent to the last byte received. Prints Markdown; exit status 1 where an answer is an
error, or, with ``--max-p95``, where the 95th percentile of a page is above it.
``--after`` has the readers come so many seconds after the server has started: before, it makes ready what many pages
are made of, and those who come at once share the machine with that.
``--slowest`` lists the slowest answers and when they were asked for, which tells
those that fall together (the server has just started, others wait) from those that
are slow by themselves.
"""

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.speed import news
from dateline.query import open_store
from dateline.records import Record
from dateline.store.warehouse import Taken

SMOKE = 120
SLOWEST = 100
"""Answers that are told one by one."""
JUDGED = 500
"""Findings that readers have judged before."""
REVIEWERS = ("Ada", "Ben", "Cleo")
_POOL = 400
"""Articles whose ids the readers know."""
_PHRASES = (
    "tear gas",
    "cease-fire",
    "vote in parliament",
    "clean water and medicine",
    "crossed the border at night",
    "free and fair",
    "run out of",
    "the road to",
    "central bank",
    "second half of the year",
)
_QUERIES = (
    "SELECT relation, count(*) AS events FROM events GROUP BY 1 ORDER BY 2 DESC",
    "SELECT source, count(*) AS reports FROM articles GROUP BY 1 ORDER BY 2 DESC",
    "SELECT name, count(*) AS n FROM actors WHERE country = '{country}' GROUP BY 1 ORDER BY 2 DESC LIMIT 20",
    "SELECT id, title FROM articles WHERE published >= '{since}' ORDER BY published LIMIT 20",
    "SELECT outcome, avg(low) AS low, avg(high) AS high FROM figures WHERE head = 'person' GROUP BY 1",
)


# ---- the store ----------------------------------------------------------------------------------


def build(folder: Path, count: int, layout: str) -> Path:
    """The store of so many made articles; made where the folder does not have it."""
    recipe = blake2b(Path(news.__file__).read_bytes(), digest_size=5).hexdigest()
    path = folder / f"news-{count}-{recipe}.{layout}"
    done = folder / f"{path.name}.done"
    if done.exists():
        with open_store(path, layout=layout):  # type: ignore[arg-type]  # brought up to date where it is older
            return path
    for old in [path, *path.parent.glob(f"{path.name}.wal")]:
        if old.is_file():
            old.unlink()
    begun, cpu = time.perf_counter(), time.process_time()
    with open_store(path, layout=layout) as store:  # type: ignore[arg-type]

        def kept() -> Iterator[tuple[int, Record]]:
            for number in range(count):
                made = news.record(number, count)
                store.put(Taken(records=(made,), pipeline="made", key=f"made {number}", where=f"{number}.html"))
                yield number, made
                if (number + 1) % 10_000 == 0:
                    print(f"{number + 1:,} articles, {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)

        links = news.links(kept())
        store.write_links(links)
        rng = random.Random(11)  # noqa: S311
        for row in rng.sample(links["incident_members"], min(JUDGED, len(links["incident_members"]))):
            verdict = rng.choices(("right", "wrong"), (8, 2))[0]
            store.judge(row.event, verdict, reviewer=rng.choice(REVIEWERS), how=rng.choice(("sample", "pick")))
    done.touch()
    took = time.perf_counter() - begun, time.process_time() - cpu
    print(f"{path.name} made in {took[0]:.0f} s ({took[1]:.0f} s CPU)", file=sys.stderr)
    return path


# ---- what readers ask ---------------------------------------------------------------------------


class Asking:
    """The parameters of one reader's questions."""

    def __init__(self, seed: int, count: int, known: dict[str, list[str]]) -> None:
        self.rng = random.Random(seed)  # noqa: S311
        self.world = news.world()
        self.count = count
        self.known = known

    def one(self, kind: str) -> str:
        """An id of a kind that is in the store."""
        return self.rng.choice(self.known[kind])

    def who(self) -> str:
        """Whom a reader asks about: a country, its government, a person, an organisation."""
        rng = self.rng
        state = self.world.states.draw(rng)
        other = self.world.people.draw(rng)
        return rng.choice(
            (
                state.country or "",
                f"{state.country} GOV",
                state.entity or "",
                other.entity or other.name,
                other.name,
                self.world.bodies.draw(rng).name,
            )
        )

    def country(self) -> str:
        """Code of a country."""
        return self.world.states.draw(self.rng).country or ""

    def words(self) -> str:
        """What a reader searches for: a phrase, a rare word, a name, an everyday word."""
        rng = self.rng
        return rng.choice(
            (
                rng.choice(_PHRASES),
                self.world.words.draw(rng),
                self.world.people.draw(rng).name,
                f"the {self.world.words.draw(rng)} project",
                self.world.towns.draw(rng).name,
                "of the",
            )
        )

    def days(self) -> dict[str, str]:
        """Some weeks."""
        first = self.rng.randrange(news.DAYS - 7)
        last = min(news.DAYS, first + self.rng.choice((1, 7, 30, 90)))
        day = news.timedelta
        return {"since": str(news.FIRST + day(days=first)), "until": str(news.FIRST + day(days=last))}

    def place(self) -> str:
        """Somewhere in the order of arrival."""
        return f"{self.rng.randrange(self.count)}.0"


Made = tuple[str, dict[str, Any] | None]
"""An address, and what is posted to it as JSON or (for a page) as a form."""


def pages() -> dict[str, Callable[[Asking], Made]]:
    """What readers ask for, by name."""

    def at(path: str, **fields: str) -> Made:
        kept = {name: value for name, value in fields.items() if value}
        return (f"{path}?{urlencode(kept)}" if kept else path), None

    def query(ask: Asking) -> str:
        return ask.rng.choice(_QUERIES).format(country=ask.country(), since=ask.days()["since"])

    def judgement(ask: Asking) -> Made:
        said = {"finding": ask.one("finding"), "verdict": ask.rng.choice(("right", "wrong"))}
        return "/judge", {**said, "reviewer": ask.rng.choice(REVIEWERS), "how": "sample"}

    relation = list(news.codebook.plover().types)
    return {
        "front": lambda _: at("/"),
        "front, some weeks": lambda a: at("/", **a.days()),
        "report": lambda a: at(f"/report/{a.one('article')}"),
        "cite": lambda a: at(f"/cite/{a.one('finding')}"),
        "search": lambda a: at("/search", text=a.words()),
        "search, some weeks": lambda a: at("/search", text=a.words(), **a.days()),
        "events": lambda _: at("/events"),
        "events of a type and actor": lambda a: at("/events", relation=a.rng.choice(relation), actor=a.who()),
        "events between two": lambda a: at("/events", source=a.who(), target=a.who()),
        "events, where and when": lambda a: at("/events", country=a.country(), status="happened", **a.days()),
        "events, further on": lambda a: at("/events", relation=a.rng.choice(relation), after=a.place()),
        "statements of a speaker": lambda a: at("/statements", speaker=a.who()),
        "statements with words": lambda a: at("/statements", text=a.words()),
        "who said it first": lambda a: at("/statements", text=a.words(), by="day"),
        "statements, stance and when": lambda a: at("/statements", stance="denies", **a.days()),
        "figures": lambda a: at("/figures", counted=a.rng.choice(("people", "soldiers", "houses")), outcome="killed"),
        "figures, where and when": lambda a: at("/figures", country=a.country(), **a.days()),
        "reports": lambda a: at("/articles", publisher=a.rng.choice(("Delta", "Post", "Plain Wire")), **a.days()),
        "reports with words": lambda a: at("/articles", text=a.words()),
        "actor": lambda a: at("/actor", who=a.who()),
        "pairs of countries": lambda a: at("/dyads", period=a.rng.choice(("", "week", "year"))),
        "pairs of a country": lambda a: at("/dyads", **{a.rng.choice(("source", "target", "among")): a.country()}),
        "map": lambda a: at("/map", of=a.rng.choice(("events", "places"))),
        "map, some weeks": lambda a: at("/map", of=a.rng.choice(("events", "places")), **a.days()),
        "stories": lambda _: at("/stories"),
        "story": lambda a: at(f"/story/{a.one('story')}"),
        "disputes": lambda _: at("/disputes"),
        "incidents": lambda a: at("/incidents", **a.days()),
        "incidents of an actor": lambda a: at("/incidents", actor=a.world.people.draw(a.rng).name),
        "incident": lambda a: at(f"/incident/{a.one('incident')}"),
        "copies": lambda a: at("/copies", after=str(30 * a.rng.randrange(3)), of=a.rng.choice(("", "parts"))),
        "group of copies": lambda a: at(f"/copies/{a.one('group')}"),
        "phrase": lambda a: at("/phrase", text=a.rng.choice((a.rng.choice(_PHRASES), a.world.words.draw(a.rng)))),
        "review": lambda a: at("/review", kind=a.rng.choice(("event", "statement", "figure"))),
        "review of one": lambda a: at(f"/review/{a.one('finding')}"),
        "judgements": lambda a: at("/judgements", by=a.rng.choice(("coder", "kind", "label"))),
        "a judgement": judgement,
        "history of a figure": lambda a: at(
            "/figures", counted=a.rng.choice(("people", "soldiers")), outcome="injured", country=a.country()
        ),
        "SQL": lambda a: ("/sql", {"query": query(a)}),
        "API articles": lambda a: at("/api/articles", after=a.place(), limit="50"),
        "API article": lambda a: at(f"/api/articles/{a.one('article')}"),
        "API events": lambda a: at("/api/events", relation=a.rng.choice(relation), target=a.who(), limit="50"),
        "API statements": lambda a: at("/api/statements", speaker=a.who(), stance="asserts", limit="50"),
        "API figures": lambda a: at("/api/figures", outcome="injured", after=a.place(), limit="50"),
        "API places": lambda a: at("/api/places", name=a.world.towns.draw(a.rng).name, limit="50"),
        "API actors": lambda a: at("/api/actors", name=a.world.people.draw(a.rng).name, limit="50"),
        "API search": lambda a: at("/api/search", text=a.words(), limit="50"),
        "API cite": lambda a: at(f"/api/cite/{a.one('finding')[:12]}"),
        "API stories": lambda a: at("/api/stories", limit="50", **a.days()),
        "API pairs of a country": lambda a: at("/api/dyads", source=a.country(), limit="50"),
        "API incidents": lambda a: at("/api/incidents", relation=a.rng.choice(relation), limit="50"),
        "API disputes": lambda _: at("/api/disputes", limit="50"),
        "API judgements": lambda _: at("/api/judgements", limit="50"),
        "API sql": lambda a: ("/api/sql", {"query": query(a)}),
    }


def known(count: int) -> dict[str, list[str]]:
    """Ids of some articles, findings, stories, incidents and groups of copies of the store."""
    rng = random.Random(7)  # noqa: S311
    found: dict[str, list[str]] = {"article": [], "finding": [], "story": [], "incident": [], "group": []}
    for number in rng.sample(range(count), min(_POOL, count)):
        made = news.record(number, count)
        found["article"].append(made.article.id)
        found["finding"].append(rng.choice(made.findings()).id)
    first = [rng.randrange(max(1, count - news.STORY * 6)) // 40 * 40 for _ in range(20)]
    for story in {news.story_of(number) for number in first}:
        members = [n for n in range(count) if news.story_of(n) == story]
        rows = news.links((n, news.record(n, count)) for n in members)
        for kind, table in (("story", "stories"), ("incident", "incidents"), ("group", "copy_groups")):
            found[kind] += [each.id for each in rows[table]]
    return found


# ---- readers ------------------------------------------------------------------------------------


def _read(port: int, reader: int, count: int, ids: dict[str, list[str]], rounds: int, think: float) -> Iterator[Any]:
    """One reader: the page asked for, seconds until the answer was there, its status, its length."""
    ask = Asking(reader, count, ids)
    rng = random.Random(1000 + reader)  # noqa: S311
    every = pages()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    for _ in range(rounds):
        order = list(every)
        rng.shuffle(order)
        for name in order:
            address, body = every[name](ask)
            if think:
                # The server lets go of who is silent for 15 seconds.
                time.sleep(min(10.0, rng.expovariate(1 / think)))
            begun = time.perf_counter()
            if body is None:
                connection.request("GET", address)
            elif address.startswith("/api"):
                connection.request("POST", address, json.dumps(body), {"content-type": "application/json"})
            else:
                kind = {"content-type": "application/x-www-form-urlencoded"}
                connection.request("POST", address, urlencode(body), kind)
            answer = connection.getresponse()
            length = len(answer.read())
            yield name, time.perf_counter() - begun, answer.status, length, address, begun


def _readers(port: int, readers: int, count: int, rounds: int, think: float, out: Any) -> None:
    """Every reader, each in a thread; they wait on the server nearly all the time."""
    ids = known(count)
    found: list[Any] = []

    def go(reader: int) -> None:
        found.extend(_read(port, reader, count, ids, rounds, think))

    threads = [threading.Thread(target=go, args=(reader,)) for reader in range(readers)]
    begun = time.perf_counter()
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    out.put((found, time.perf_counter() - begun))


class Server:
    """``dateline serve`` as a process of its own."""

    def __init__(self, store: Path) -> None:
        begun = time.perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "dateline", "serve", "--store", str(store), "--port", "0"],
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        stream: Any = self._process.stderr
        line = ""
        while "http://" not in line:
            line = stream.readline()
            if not line:
                raise SystemExit("the server did not start")
        self.port = int(re.findall(r":(\d+)/", line)[0])
        self.seconds = time.perf_counter() - begun
        self._drain = threading.Thread(target=stream.read, daemon=True)
        self._drain.start()

    def spent(self) -> tuple[float, float, float]:
        """Memory now and at most (MB), and CPU seconds used, of the server and what it started."""
        now, most, cpu = 0.0, 0.0, 0.0
        for pid in _family(self._process.pid):
            try:
                status = Path(f"/proc/{pid}/status").read_text()
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            now += int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024
            most += int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1024
            cpu += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return now, most, cpu

    def stop(self) -> None:
        """End it."""
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()


def _family(pid: int) -> list[int]:
    found = [pid]
    for each in found:
        children = Path(f"/proc/{each}/task/{each}/children")
        if children.exists():
            found += [int(child) for child in children.read_text().split()]
    return found


# ---- measuring ----------------------------------------------------------------------------------


def measure(store: Path, count: int, *, readers: int, rounds: int, think: float, after: float = 0.0) -> dict[str, Any]:
    """One server and its readers, who come so many seconds after it has started."""
    server = Server(store)
    try:
        time.sleep(after)
        started = server.spent()[2]
        context = multiprocessing.get_context("spawn")
        out: Any = context.Queue()
        process = context.Process(target=_readers, args=(server.port, readers, count, rounds, think, out))
        process.start()
        found, wall = out.get()
        process.join()
        now, most, cpu = server.spent()
    finally:
        server.stop()
    by: dict[str, list[float]] = {}
    wrong: list[str] = []
    first = min(each[-1] for each in found)
    for name, seconds, status, _, address, _ in found:
        by.setdefault(name, []).append(seconds)
        if status != (303 if name == "a judgement" else 200):
            wrong.append(f"{status} {address}")
    return {
        "pages": {name: _spread(by[name]) for name in pages() if name in by},
        "all": _spread([each for times in by.values() for each in times]),
        "wrong": wrong,
        "slowest": [
            {"seconds": round(seconds, 3), "asked at": round(begun - first, 1), "page": name, "address": address}
            for name, seconds, _, _, address, begun in sorted(found, key=lambda each: -each[1])[:SLOWEST]
        ],
        "answers": len(found),
        "a second": len(found) / wall,
        "CPU ms": 1000 * (cpu - started) / len(found),
        "start s": server.seconds,
        "MB": now,
        "most MB": most,
    }


def _spread(seconds: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(seconds, n=100, method="inclusive") if len(seconds) > 1 else [seconds[0]] * 99
    return {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "max": max(seconds)}


def show(found: dict[str, Any], title: str) -> None:
    """The figures as Markdown."""
    print(f"\n| {title}, ms | p50 | p95 | p99 | max |\n|---|---|---|---|---|")
    for name, each in (*found["pages"].items(), ("**all**", found["all"])):
        print(f"| {name} | " + " | ".join(f"{1000 * each[key]:.0f}" for key in ("p50", "p95", "p99", "max")) + " |")
    print(
        f"\n{found['answers']:,} answers, {found['a second']:.1f} a second, {found['CPU ms']:.1f} ms of the server's "
        f"CPU time each; ready after {found['start s']:.1f} s; memory {found['MB']:.0f} MB, at most "
        f"{found['most MB']:.0f} MB"
    )
    for each in found["wrong"][:10]:
        print(f"ERROR {each}")


def main() -> int:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--layout", choices=("duckdb", "parquet"), default="duckdb")
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3, help="times each reader walks through all pages")
    parser.add_argument("--think", type=float, nargs="+", default=[1.0, 0.0], help="mean pause in seconds")
    parser.add_argument("--after", type=float, default=0.0, help="seconds from the server's start to the first readers")
    parser.add_argument("--folder", type=Path, help="where the store is kept for the next time")
    parser.add_argument("--max-p95", type=float, help="exit with 1 where a page's p95 is above so many milliseconds")
    parser.add_argument(
        "--slowest", type=int, default=0, help=f"list so many of the slowest answers, {SLOWEST} at most"
    )
    parser.add_argument("--json", type=Path, help="write the figures here too")
    parser.add_argument("--smoke", action="store_true", help=f"{SMOKE} articles, 4 readers, one round")
    given = parser.parse_args()
    if given.smoke:
        given.articles, given.readers, given.rounds, given.think = SMOKE, 4, 1, [0.0]
    failed = False
    every: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as passing:
        folder = given.folder or Path(passing)
        folder.mkdir(parents=True, exist_ok=True)
        store = build(folder, given.articles, given.layout)
        files = [store] if store.is_file() else [each for each in store.rglob("*") if each.is_file()]
        size = sum(each.stat().st_size for each in files) / given.articles / 1024
        print(
            f"{given.articles:,} articles of some 550 words and 70 findings, {given.layout}, {size:.1f} kB an article"
        )
        for think in given.think:
            found = measure(
                store, given.articles, readers=given.readers, rounds=given.rounds, think=think, after=given.after
            )
            pause = f"{think:g} s between two answers" if think else "no pause"
            show(found, f"{given.readers} readers, {pause}")
            for each in found["slowest"][: given.slowest]:
                print(
                    f"{1000 * each['seconds']:6.0f} ms, asked for at {each['asked at']:6.1f} s: "
                    f"{each['page']}, {each['address']}"
                )
            every[f"think {think:g}"] = found
            worst = max(each["p95"] for each in found["pages"].values())
            failed |= bool(found["wrong"]) or (given.max_p95 is not None and 1000 * worst > given.max_p95)
    if given.json:
        given.json.write_text(json.dumps(every, indent=1) + "\n", encoding="utf-8")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
