"""The same run on Ray; a small cluster on this machine."""

from pathlib import Path

import pytest

from dateline.errors import ConfigError
from dateline.scale import local
from dateline.store import open_store
from tests.scale import fakes
from tests.scale.fakes import FakeItem

pytest.importorskip("ray", reason="Ray is not installed")
pytestmark = [pytest.mark.timeout(180), pytest.mark.filterwarnings("ignore")]  # Ray's own warnings are not ours


def test_a_cluster_gives_the_same_store_as_one_process(tmp_path: Path) -> None:
    tricks = {3: "refuse", 5: "two", 6: "break", 8: "partly", 12: "code breaks"}
    items = [FakeItem(number, tricks.get(number, "")) for number in range(30)]
    with open_store(tmp_path / "here.duckdb") as store:
        local.run(items, store, fakes.load, workers=0)
        here = list(store.dump())
    hard = [*items, FakeItem(30, "die"), FakeItem(31, "hang"), FakeItem(32)]
    with open_store(tmp_path / "ray.duckdb") as store:
        first = local.run(items, store, fakes.load, workers=2, task=4, ray="local")
        assert list(store.dump()) == here
        assert (first.items, first.rejections) == (30, 4)
        second = local.run(hard, store, fakes.load, workers=2, task=2, ray="local", time_limit=3)
        assert (second.items, second.skipped) == (3, 30)
        lost = [(each.where, each.reason) for each in store.rejected()][-2:]
        assert lost == [("corpus/00030.txt", "crashed"), ("corpus/00031.txt", "time limit")]
        assert [record.article.url for record in store.records()][-1].endswith("/32")  # type: ignore[union-attr]


def test_what_is_wrong_is_said(tmp_path: Path) -> None:
    with open_store(tmp_path / "news.duckdb") as store:
        with pytest.raises(ConfigError, match="no such pipeline"):
            local.run([FakeItem(1)], store, fakes.load_none, workers=1, ray="local")
        with pytest.raises(ConfigError, match="no Ray cluster"):
            local.run([FakeItem(1)], store, fakes.load, workers=1, ray="127.0.0.1:1")
