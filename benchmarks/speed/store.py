"""Cost of adding to a store and of asking it, on made records the size of news.

python -m benchmarks.speed.store [--articles 20000] [--layout duckdb|parquet]
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from dateline.ids import article_id, finding_id
from dateline.query import Store, open_store
from dateline.records import (
    Actor,
    Article,
    Block,
    Event,
    Figure,
    Page,
    Place,
    Provenance,
    Record,
    Span,
    Statement,
    TimeSpan,
)
from dateline.store.warehouse import Taken

_WORDS = (
    "the a minister said talks would continue on Monday as protesters gathered in the capital and police fired tear "
    "gas killing 12 people as they told reporters after the vote in parliament was delayed until next week by a court"
).split()
_COUNTRIES = ("USA", "CHN", "RUS", "KEN", "FRA", "BRA", "IND", "ZAF", "MEX", "JPN")
_RELATIONS = ("AGREE", "CONSULT", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "COERCE", "ASSAULT")


class Maker:
    """Records of one length whose findings refer to one another, the same for a seed."""

    def __init__(self, number: int) -> None:
        self.random = random.Random(number)  # noqa: S311 - made data, no secret
        self.text = f"Report {number}. " + " ".join(self.random.choices(_WORDS, k=750))
        self.id = article_id(source="Speed", url=f"https://speed.example/{number}", text=self.text)
        self.number = number
        self.made = 0

    def span(self) -> Span:
        """Somewhere in the text."""
        start = self.random.randrange(len(self.text) - 40)
        return Span(start, start + self.random.randrange(3, 40))

    def base(self, kind: Any) -> dict[str, Any]:
        """Fields that all findings have."""
        self.made += 1
        span = self.span()
        return {
            "id": finding_id(kind, self.id, [span], f"{kind}s/1", str(self.made)),
            "provenance": Provenance((span,), f"{kind}s/1", round(self.random.random(), 2)),
        }

    def record(self) -> Record:
        """12 actors, 10 places, 8 times, 10 statements, 14 events, 8 figures, 35 sentences."""
        pick = self.random.choice
        day = date(2020, 1, 1) + timedelta(days=self.number % 1500)
        actors = tuple(
            Actor(
                **self.base("actor"),
                name=pick(_WORDS).title(),
                kind="state",
                country=pick(_COUNTRIES),
                sector=pick(("GOV", "MIL", "OPP")),
                mentions=tuple(self.span() for _ in range(4)),
            )
            for _ in range(12)
        )
        places = tuple(
            Place(
                **self.base("place"),
                name="Nairobi",
                geoname=184745,
                latitude=-1.28,
                longitude=36.8,
                country=pick(_COUNTRIES),
                kind="city",
                mention=self.span(),
            )
            for _ in range(10)
        )
        times = tuple(
            TimeSpan(**self.base("time"), earliest=day, latest=day, grain="day", type="DATE", mention=self.span())
            for _ in range(8)
        )
        statements = tuple(
            Statement(**self.base("statement"), speaker=pick(actors).id, content=(self.span(),), form="direct")
            for _ in range(10)
        )
        events = tuple(
            Event(
                **self.base("event"),
                relation=pick(_RELATIONS),
                cameo="141",
                quad=pick((1, 2, 3, 4)),
                goldstein=-6.5,
                trigger=self.span(),
                sources=(pick(actors).id,),
                targets=(pick(actors).id,),
                place=pick(places).id,
                time=pick(times).id,
                status=pick(("happened", "planned", "denied")),
                said_in=pick((None, pick(statements).id)),
            )
            for _ in range(14)
        )
        figures = tuple(
            Figure(**self.base("figure"), low=12.0, high=12.0, bound="exact", unit="person", counted=self.span())
            for _ in range(8)
        )
        article = Article(
            id=self.id,
            url=f"https://speed.example/{self.number}",
            source="Speed",
            title=f"Report {self.number}",
            published=f"{day}T08:00:00Z",
            language="en",
            text=self.text,
            blocks=(Block("paragraph", Span(0, len(self.text))),),
            page=Page(digest="0" * 64, position=0, articles=1),
        )
        step = len(self.text) // 35
        return Record(
            article=article,
            codebook="plover/1",
            sentences=tuple(Span(at * step, (at + 1) * step) for at in range(35)),
            actors=actors,
            places=places,
            times=times,
            statements=statements,
            events=events,
            figures=figures,
        )


def _fill(store: Store, count: int) -> float:
    """CPU seconds of adding, making the records left out."""
    spent = 0.0
    for number in range(count):
        record = Maker(number).record()
        begun = time.process_time()
        store.put(Taken(records=(record,), pipeline="speed", key=f"key {number}", where=f"{number}.html"))
        spent += time.process_time() - begun
    begun = time.process_time()
    store.flush()
    return spent + time.process_time() - begun


def _questions(store: Store, count: int) -> Iterator[tuple[str, Callable[[], object]]]:
    some = Maker(count // 2)
    record = some.record()
    yield "a record by id", lambda: store.record(some.id)
    yield "cite by 12 characters of an id", lambda: store.cite(record.events[3].id[:12])
    yield (
        "events: relation, target, status",
        lambda: store.events(relation="REQUEST", target="CHN GOV", status="happened").to_arrow(),
    )
    yield (
        "the same, first 50",
        lambda: store.events(relation="REQUEST", target="CHN GOV", status="happened", limit=50).to_arrow(),
    )
    yield (
        "events of a month in a country",
        lambda: store.events(country="KEN", since="2021-03-01", until="2021-03-31").to_arrow(),
    )
    yield "statements with a phrase, first 50", lambda: store.statements(text="tear gas", limit=50).to_arrow()
    yield "timeline by month", lambda: store.timeline(by="month").to_arrow()
    yield "search for a phrase, first 50", lambda: store.search("vote in parliament", limit=50).to_arrow()
    yield "which of 256 inputs are done", lambda: store.done([f"key {number}" for number in range(256)], "speed")


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--layout", choices=("duckdb", "parquet"), default="duckdb")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "speed"
        with open_store(path, layout=given.layout) as store:
            spent = _fill(store, given.articles)
        size = sum(file.stat().st_size for file in ([path] if path.is_file() else path.rglob("*.parquet")))
        print(f"{given.articles:,} articles of 750 words and 62 findings, {given.layout}\n\n| | |\n|---|---|")
        print(f"| adding | {1000 * spent / given.articles:.1f} ms CPU an article |")
        print(f"| size | {size / 1024 / given.articles:.1f} kB an article |")
        with open_store(path, layout=given.layout, read_only=True) as store:
            for name, ask in _questions(store, given.articles):
                ask()
                walls: list[float] = []
                for _ in range(5):
                    begun = time.perf_counter()
                    ask()
                    walls.append(time.perf_counter() - begun)
                print(f"| {name} | {1000 * sorted(walls)[2]:.0f} ms |")
        print(f"| peak memory | {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB |")


if __name__ == "__main__":
    main()
