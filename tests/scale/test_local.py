import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dateline.errors import ConfigError, StoreError
from dateline.pipeline.run import Progress, Summary
from dateline.records import Rejection
from dateline.scale import local
from dateline.store import Taken, Warehouse, open_store
from tests.scale import fakes
from tests.scale.fakes import FakeItem
from tests.store.making import news


def _run(path: str, items: list[FakeItem | Rejection], **options: object) -> tuple[Summary, list[bytes]]:
    arguments: dict[str, object] = {"load": fakes.load, "workers": 2} | options
    with open_store(path) as store:
        summary = local.run(items, store, **arguments)  # type: ignore[arg-type]
        return summary, list(store.dump())


def test_workers_and_task_size_change_nothing(tmp_path: Path) -> None:
    tricks = {3: "refuse", 5: "two", 6: "break", 8: "partly", 11: "surrogate", 12: "code breaks", 17: "odd name"}
    items = [FakeItem(number, tricks.get(number, "")) for number in range(40)]
    summaries: list[tuple[int, int, int]] = []
    dumps: list[list[bytes]] = []
    for workers, task in ((0, 1), (1, 3), (2, 8), (3, 1)):
        summary, dump = _run(f"{tmp_path}/{workers}-{task}.duckdb", [*items], workers=workers, task=task)
        summaries.append((summary.items, summary.articles, summary.rejections))
        dumps.append(dump)
    assert summaries == [(40, 37, 5)] * 4
    assert dumps[0] == dumps[1] == dumps[2] == dumps[3]
    assert len(dumps[0]) == 37 + 5 + 40


def test_what_is_done_is_not_done_again(tmp_path: Path) -> None:
    path = f"{tmp_path}/news.duckdb"
    gone = Rejection(where="nowhere.html", reason="missing", detail="no such file")
    items = [FakeItem(1), gone, FakeItem(2, "refuse"), FakeItem(1)]
    first, before = _run(path, [*items])
    assert (first.items, first.articles, first.rejections, first.skipped) == (3, 1, 2, 1)
    again, after = _run(path, [*items])
    assert (again.items, again.articles, again.rejections, again.skipped) == (1, 0, 1, 3)
    assert after == before
    retried, _ = _run(path, [*items], retry=True)
    assert (retried.items, retried.rejections, retried.skipped) == (2, 2, 2)
    other, changed = _run(path, [*items], load=fakes.load_other)
    assert (other.items, other.articles, other.skipped) == (3, 1, 1)
    assert len(changed) == len(before)
    assert b'"pipeline":"other"' in changed[0]


def test_what_gave_no_answer_is_tried_again(tmp_path: Path) -> None:
    path = f"{tmp_path}/news.duckdb"
    _run(path, [FakeItem(1), FakeItem(2, "unavailable")], workers=0)
    with open_store(path) as store:
        assert [each.reason for each in store.rejected()] == ["no answer"]
    again, dump = _run(path, [FakeItem(1), FakeItem(2)], workers=0)
    assert (again.items, again.articles, again.skipped) == (1, 1, 1)
    assert dump == _run(f"{tmp_path}/other.duckdb", [FakeItem(1), FakeItem(2)], workers=0)[1]


def test_a_worker_that_hangs_or_dies_costs_one_item(tmp_path: Path) -> None:
    tricks = {2: "hang", 5: "die", 13: f"die once:{tmp_path}/died", 9: "code hangs", 10: "code lies"}
    items = [FakeItem(number, tricks.get(number, "")) for number in range(14)]
    summary, dump = _run(f"{tmp_path}/news.duckdb", [*items], time_limit=1.5, task=4)
    assert (summary.items, summary.articles, summary.rejections) == (14, 10, 4)
    with open_store(f"{tmp_path}/news.duckdb") as store:
        assert [(each.where, each.reason) for each in store.rejected()] == [
            ("corpus/00002.txt", "time limit"),
            ("corpus/00005.txt", "crashed"),
            ("corpus/00009.txt", "time limit"),
            ("corpus/00010.txt", "failed"),
        ]
        assert [record.article for record in store.records()] == [
            news(number).article for number in range(14) if number not in {2, 5, 9, 10}
        ]
    assert dump


def test_the_limit_is_for_a_step_not_for_an_item(tmp_path: Path) -> None:
    summary, _ = _run(f"{tmp_path}/news.duckdb", [FakeItem(1, "slow")], time_limit=1.0)
    assert (summary.articles, summary.rejections) == (9, 0)


def test_progress_counts_and_says_where(tmp_path: Path) -> None:
    seen: list[Progress] = []
    _run(f"{tmp_path}/news.duckdb", [FakeItem(1), FakeItem(2, "refuse"), FakeItem(3)], on_progress=seen.append)
    assert [(each.items, each.articles, each.rejections, each.where) for each in seen] == [
        (1, 1, 0, "corpus/00001.txt"),
        (2, 1, 1, "corpus/00002.txt"),
        (3, 2, 1, "corpus/00003.txt"),
    ]
    assert all(each.seconds > 0 and each.rate > 0 for each in seen)


@pytest.mark.parametrize(("load", "message"), [(fakes.load_none, "no such pipeline"), (fakes.load_dead, "exit code 5")])
def test_a_pipeline_that_cannot_be_loaded_stops_the_run(tmp_path: Path, load: object, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        _run(f"{tmp_path}/news.duckdb", [FakeItem(1)], load=load)


def test_a_wrong_setting_met_in_a_worker_stops_the_run(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="a setting is wrong"):
        _run(f"{tmp_path}/news.duckdb", [FakeItem(1, "config")])
    with pytest.raises(ConfigError, match="workers"):
        _run(f"{tmp_path}/news.duckdb", [], workers=-1)


def test_nothing_to_do_is_done_at_once(tmp_path: Path) -> None:
    summary, dump = _run(f"{tmp_path}/news.duckdb", [])
    assert (summary.items, summary.articles, dump) == (0, 0, [])


def test_a_store_that_fails_stops_the_run_and_its_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    executors: list[local.Processes] = []
    made = local.Processes.__init__

    def keep(self: local.Processes, *args: object, **options: object) -> None:
        made(self, *args, **options)  # type: ignore[arg-type]
        executors.append(self)

    def fail(self: Warehouse, taken: Taken) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(local.Processes, "__init__", keep)
    monkeypatch.setattr(Warehouse, "put", fail)
    with pytest.raises(StoreError, match="disk is full"):
        _run(f"{tmp_path}/news.duckdb", [FakeItem(number) for number in range(9)])
    assert executors[0]._slots == []


def _start(path: str, items: int, workers: int, task: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.scale.fakes", path, str(items), str(workers), str(task)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """What a run of the same 500 items without workers or kills leaves."""
    path = tmp_path_factory.mktemp("whole") / "news.duckdb"
    return _run(str(path), [*fakes.corpus(500)], workers=0)[1]


@pytest.mark.parametrize("kind", ["news.duckdb", "news/"], ids=["duckdb", "parquet"])
def test_three_kills_and_a_new_run_make_the_same_store(tmp_path: Path, kind: str, undisturbed: list[bytes]) -> None:
    killed = f"{tmp_path}/{kind}"
    seed = time.time_ns()
    dice = random.Random(seed)
    for _ in range(3):
        run = _start(killed, 500, dice.choice([1, 2]), dice.choice([3, 8]))
        assert run.stdout is not None
        after = dice.randrange(1, 150)
        for line in run.stdout:
            if int(line) >= after:
                break
        time.sleep(dice.random() * 0.05)
        run.send_signal(signal.SIGKILL)
        run.communicate()
    last = _start(killed, 500, 2, 8)
    out, err = last.communicate()
    assert last.returncode == 0, err
    assert out.splitlines()[-1] == "finished"
    with open_store(killed) as store:
        assert len(store) == 550
        assert list(store.dump()) == undisturbed, f"seed {seed}"


def test_ctrl_c_writes_what_is_done_and_the_next_run_goes_on(tmp_path: Path) -> None:
    path = f"{tmp_path}/news.duckdb"
    run = _start(path, 500, 2, 4)
    assert run.stdout is not None
    for line in run.stdout:
        if int(line) >= 60:
            break
    run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=30)
    assert (run.returncode, err) == (0, "")
    assert out.splitlines()[-1] == "interrupted"
    with open_store(path) as store:
        kept = len(store)
        assert 60 <= kept < 550
    again = _start(path, 500, 2, 4)
    out, _ = again.communicate()
    assert len(out.splitlines()) < 500
    with open_store(path) as store:
        assert len(store) == 550


def test_workers_end_with_their_parent(tmp_path: Path) -> None:
    import psutil

    run = _start(f"{tmp_path}/news.duckdb", 500, 2, 4)
    assert run.stdout is not None
    run.stdout.readline()
    children = psutil.Process(run.pid).children(recursive=True)
    assert len([each for each in children if "spawn_main" in " ".join(each.cmdline())]) == 2
    run.kill()
    run.communicate()
    _, alive = psutil.wait_procs(children, timeout=10)
    assert alive == []
