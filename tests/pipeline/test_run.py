from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from dateline.errors import ConfigError
from dateline.pipeline import run as module
from dateline.pipeline.run import Here, Progress, run, work
from dateline.records import Article, Record
from dateline.store import open_store
from tests.scale.fakes import FakeItem, FakeReader
from tests.store.making import news


def test_every_item_gives_one_result_in_order() -> None:
    tricks = ["", "refuse", "two", "partly", "unavailable", "break", "surrogate", "code breaks", "code lies", ""]
    items = [FakeItem(number, trick) for number, trick in enumerate(tricks)]
    results = work(FakeReader(), items)
    assert [(len(each.records), [r.reason for r in each.rejections]) for each in results] == [
        (1, []),
        (0, ["empty"]),
        (2, []),
        (1, ["empty"]),
        (0, ["no answer"]),
        (0, ["failed"]),
        (0, ["not Unicode"]),
        (0, ["failed"]),
        (0, ["failed"]),
        (1, []),
    ]
    assert results[0].records == (news(0),)
    assert [(each.key, each.where) for each in results] == [(item.key, item.where) for item in items]


def test_a_rejection_says_what_failed_and_where() -> None:
    (broken,) = work(FakeReader(), [FakeItem(4, "break")])
    (rejection,) = broken.rejections
    assert rejection.where == "corpus/00004.txt"
    assert rejection.detail.startswith("reading failed with RuntimeError: a defect")
    (broken,) = work(FakeReader(), [FakeItem(5, "code breaks")])
    assert news(5).article.id in broken.rejections[0].detail
    assert broken.rejections[0].digest == news(5).article.page.digest


def test_how_items_are_grouped_changes_nothing() -> None:
    items = [FakeItem(number, "two" if number % 3 else "code breaks") for number in range(30)]
    together = work(FakeReader(), items)
    assert together == [result for item in items for result in work(FakeReader(), [item])]


def test_a_wrong_setting_is_no_rejection() -> None:
    with pytest.raises(ConfigError, match="a setting"):
        work(FakeReader(), [FakeItem(1, "config")])


def test_names_that_are_no_utf_8_are_spelled_out() -> None:
    (result,) = work(FakeReader(), [FakeItem(1, "odd name")])
    assert result.where == "corpus/00001.txt\\udcff"
    assert result.key == "key 00001\\udcff"


def test_work_shows_that_it_goes_on() -> None:
    beats: list[int] = []
    work(FakeReader(), [FakeItem(number) for number in range(20)], lambda: beats.append(1))
    assert len(beats) == 22  # each article read, and two groups coded


def test_results_are_written_as_they_come_and_the_rest_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FLUSH_SECONDS", 1e9)
    seen: list[tuple[int, int]] = []
    with open_store(tmp_path / "news.duckdb") as store:

        def look(progress: Progress) -> None:
            with monkeypatch.context() as patch:
                patch.setattr(store, "flush", lambda: None)  # asking would write what waits
                seen.append((progress.articles, len(store)))

        executor = Here(FakeReader)
        items = [FakeItem(number) for number in range(130)]
        summary = run(items, store, executor, pipeline=executor.start(), on_progress=look)
        assert (summary.items, summary.articles, summary.interrupted) == (130, 130, False)
        assert len(store) == 130
    assert [written for _, written in seen] == [0] * 63 + [64] * 64 + [128] * 3

    monkeypatch.setattr(module, "FLUSH_SECONDS", 0.0)
    seen.clear()
    with open_store(tmp_path / "slow.duckdb") as store:
        run([FakeItem(number) for number in range(3)], store, Here(FakeReader), pipeline="fake", on_progress=look)
    assert [written for _, written in seen] == [1, 2, 3]


def test_a_stop_sign_ends_the_run_between_items(tmp_path: Path) -> None:
    with open_store(tmp_path / "news.duckdb") as store:
        done: list[Progress] = []
        summary = run(
            [FakeItem(number) for number in range(9)],
            store,
            Here(FakeReader),
            pipeline="fake",
            on_progress=done.append,
            stop=lambda: len(done) == 4,
        )
        assert (summary.items, summary.interrupted, len(store)) == (4, True, 4)


def test_a_reader_that_gives_too_few_records_is_a_defect_not_a_loss() -> None:
    class Short(FakeReader):
        def code(self, articles: Sequence[Article]) -> list[Record]:
            return super().code(articles)[:-1]

    results = work(Short(), [FakeItem(1), FakeItem(2)])
    assert [[each.reason for each in result.rejections] for result in results] == [["failed"], ["failed"]]


def test_a_rate_needs_time() -> None:
    none = Progress(items=0, articles=0, rejections=0, skipped=0, seconds=0.0, where="")
    assert none.rate == 0.0
    assert msgspec.structs.replace(none, articles=5, seconds=2.0).rate == 2.5
