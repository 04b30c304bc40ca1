"""The store behind the server: a folder that grows is seen to grow, and what is remembered is asked once."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import StoreError
from dateline.query import Store
from dateline.server import holding as module
from dateline.server.holding import KEPT, Holding
from dateline.store import open_store
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
