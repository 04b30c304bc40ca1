"""The store behind the server: a folder that grows is seen to grow, and what is remembered is asked once."""

from __future__ import annotations

import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pytest

from dateline.errors import StoreError
from dateline.query import Store, open_store
from dateline.server import holding as module
from dateline.server.holding import KEPT, Holding
from tests.store.making import news


def test_what_is_added_to_a_folder_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FRESH", 0.0)
    path = tmp_path / "store"
    with open_store(path, layout="parquet") as store:
        store.add(news(1))
    holding = Holding(path, seconds=5, memory=1 << 28)
    asked: list[int] = []

    def count(store: Store) -> int:
        asked.append(len(store))
        return asked[-1]

    assert holding.remembered(("count",), count) == 1
    assert holding.remembered(("count",), count) == 1
    assert len(asked) == 1
    with open_store(path) as store:
        store.add(news(2))
    assert holding.remembered(("count",), count) == 2
    with holding.asked() as store:
        assert len(store) == 2
    holding.close()
    with pytest.raises(StoreError, match="closed"), holding.asked():
        pass
    holding.open()
    for number in range(KEPT + 5):
        holding.remembered(("count", str(number)), count)
    before = len(asked)
    holding.remembered(("count", str(KEPT + 4)), count)
    assert len(asked) == before
    holding.close()


def test_nothing_is_written_through_it(tmp_path: Path) -> None:
    path = tmp_path / "news.duckdb"
    with open_store(path) as store:
        store.add(news(1))
    holding = Holding(path, seconds=5, memory=1 << 28)
    with holding.asked() as store, pytest.raises(StoreError, match="reading only"):
        store.add(news(2))
    holding.close()


def _say(holding: Holding, finding: str, reviewer: str) -> str:
    return holding.judged(lambda store: store.judge(finding, "right", reviewer=reviewer)).id


@pytest.mark.parametrize("layout", ["duckdb", "parquet"])
def test_readers_are_answered_while_findings_are_judged(tmp_path: Path, layout: Literal["duckdb", "parquet"]) -> None:
    path = tmp_path / "news"
    with open_store(path, layout=layout) as store:
        store.add([news(1), news(2)])
        first, second = [event.id for event in store.events()][:2]
    holding = Holding(path, seconds=20, memory=1 << 28)
    with holding.asked() as reader, closing(reader.stream("SELECT range AS n FROM range(100000)", rows=1000)) as stream:
        rows = next(stream).num_rows + next(stream).num_rows
        judging = threading.Thread(target=_say, args=(holding, first, "Ada"))
        judging.start()
        judging.join(30)
        assert not judging.is_alive()  # it does not wait for the question in hand,
        with holding.asked() as store:  # nor does anybody wait for it,
            assert [row["reviewer"] for row in store.judgements().rows()] == ["Ada"]
        assert rows + sum(batch.num_rows for batch in stream) == 100_000  # nor is the question broken off
    _say(holding, second, "Ben")
    other = Holding(path, seconds=20, memory=1 << 28)
    with other.asked() as store:
        assert {row["reviewer"] for row in store.judgements().rows()} == {"Ada", "Ben"}
    other.close()
    holding.close()
    with open_store(path) as store:
        assert [row.number for row in store._marks("judgements")] == [0, 1]  # pyright: ignore[reportPrivateUsage]
    assert not [each for each in tmp_path.rglob("*judgements") if each.is_file() and each.stat().st_size]


def test_a_line_cut_short_counts_for_nothing_and_spoils_none(tmp_path: Path) -> None:
    path = tmp_path / "news.duckdb"
    with open_store(path) as store:
        store.add(news(1))
        [finding, *_] = [event.id for event in store.events()]
        store.judge(finding, "wrong", reviewer="Cleo", moment=datetime(2026, 1, 2, tzinfo=UTC))
    side = tmp_path / "news.duckdb.judgements"
    holding = Holding(path, seconds=5, memory=1 << 28)
    _say(holding, finding, "Ada")
    whole = side.read_bytes()
    side.write_bytes(whole + whole[: len(whole) // 2])
    _say(holding, finding, "Ben")
    with holding.asked() as store:
        assert [row["reviewer"] for row in store.judgements().rows()] == ["Ben", "Ada", "Cleo"]
    # Taken in twice, as after a kill between the two steps, they are there once.
    kept = side.read_bytes()
    holding.close()
    side.write_bytes(kept)
    with open_store(path) as store:
        assert [row["reviewer"] for row in store.judgements().rows()] == ["Ben", "Ada", "Cleo"]
