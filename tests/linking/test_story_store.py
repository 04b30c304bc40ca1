"""Stories in a store: what comes later is joined to what is there, as if all had come at once."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.linking import stories
from dateline.links import Story, StoryMember
from dateline.pipeline.link import copies, steps
from dateline.pipeline.link import stories as step
from dateline.query import open_store
from dateline.records import Record
from dateline.store.warehouse import Warehouse
from tests.linking.making import report

TOPICS = (
    "flood river Oldbridge dam sluice rescue boats toll governor bridge rain army pumps lock villages",
    "dockers strike Ellery port union wage container vote ships exporters quay shifts deal stoppage",
    "fire market Lindal stalls firefighters blaze traders Corvo ashes fuse hall investigators roof",
)
DAY = date(2025, 3, 1)


def _written(topic: int, day: int | None, seed: int) -> Record:
    """A short report: most words of its topic, some of its own."""
    chance = random.Random(f"{topic} {day} {seed}")
    words = chance.sample(TOPICS[topic].split(), 9) + [f"w{chance.randrange(400)}" for _ in range(4)]
    words += chance.sample(TOPICS[(topic + 1) % len(TOPICS)].split(), chance.randrange(3))
    chance.shuffle(words)
    published = None if day is None else f"{DAY + timedelta(day)}T{chance.randrange(24):02d}:00:00Z"
    return report(f"Report {seed} {' '.join(words)}.", source=f"Outlet{seed}", published=published)


def _link(store: Warehouse) -> tuple[list[Story], list[StoryMember]]:
    store.flush()
    copies.update(store)
    step.update(store)
    return store.links("stories"), store.links("story_members")


def _all_at_once(folder: Path, records: Sequence[Record]) -> tuple[list[Story], list[StoryMember]]:
    with open_store(folder / f"whole-{len(list(folder.iterdir()))}.duckdb") as store:
        store.add(records)
        return _link(store)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.one_of(st.none(), st.integers(0, 24)), st.integers(0, 99)),
        min_size=2,
        max_size=24,
        unique=True,
    ),
    st.integers(1, 8),
    st.randoms(use_true_random=False),
)
def test_stories_do_not_depend_on_when_their_reports_came(
    tmp_path: Path, rows: list[tuple[int, int | None, int]], size: int, chance: random.Random
) -> None:
    records = [_written(*each) for each in rows]
    whole = _all_at_once(tmp_path, records)
    chance.shuffle(records)
    found: tuple[list[Story], list[StoryMember]] = ([], [])
    with open_store(tmp_path / f"parts-{len(list(tmp_path.iterdir()))}.duckdb") as store:
        for at in range(0, len(records), size):
            store.add(records[at : at + size])
            found = _link(store)
    assert found == whole


def test_only_the_days_around_what_is_new_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = [_written(day % 3, day, seed) for day in range(60) for seed in range(3)]
    read: set[date | None] = set()

    reports = step.reports

    def noted(store: Warehouse, numbers: list[int]) -> Iterator[stories.Report]:
        for each in reports(store, numbers):
            read.add(each.day)
            yield each

    monkeypatch.setattr(step, "reports", noted)
    with open_store(tmp_path / "news.duckdb") as store:
        store.add(records)
        _link(store)
        assert len(read) == 60
        read.clear()
        store.add([_written(0, 59, 90)])
        found = _link(store)
        # Ties change within REACH of the new report; theirs lead WINDOW back, and words are weighed REACH around.
        assert min(each for each in read if each) == DAY + timedelta(59 - 2 * stories.REACH - stories.WINDOW)
        read.clear()
        _link(store)
        assert not read
        mark = steps.mark(store, "stories")
        assert mark is not None
        assert mark.method == stories.METHOD
        assert found == _all_at_once(tmp_path, [*records, _written(0, 59, 90)])


def test_a_report_that_is_dated_anew_leaves_its_story(tmp_path: Path) -> None:
    records = [_written(1, day, day) for day in (0, 1, 2, 3)]
    dated = msgspec.structs.replace(records[2].article, published="2025-06-01T08:00:00Z")
    anew = msgspec.structs.replace(records[2], article=dated)
    with open_store(tmp_path / "news.duckdb") as store:
        store.add(records)
        assert [len(each.articles) for each in _link(store)[0]] == [4]
        store.add(anew)
        after = _link(store)
    assert [len(each.articles) for each in after[0]] == [3]
    assert after == _all_at_once(tmp_path, [*records[:2], records[3], anew])
