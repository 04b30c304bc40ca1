import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import duckdb
import msgspec
import pytest

from benchmarks.speed import news as make_news
from dateline.errors import ArticleError, ConfigError, StoreError
from dateline.records import Record, Rejection
from dateline.store import Taken, Warehouse, open_store
from dateline.store import warehouse as module
from dateline.store.rows import NEEDS, rows_of
from dateline.store.schema import LINK_TABLES, REVIEW_TABLES
from tests.store.making import news

KINDS = ["news.duckdb", "news/"]


@pytest.fixture(params=KINDS, ids=["duckdb", "parquet"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return f"{tmp_path}/{request.param}"


def _dump(path: str) -> list[bytes]:
    with open_store(path, read_only=True) as store:
        return list(store.dump())


def test_records_come_back_in_order_of_arrival(path: str) -> None:
    wanted = [news(number) for number in (3, 1, 2)]
    with open_store(path) as store:
        store.add(wanted)
        assert list(store.records()) == wanted
        assert store.record(wanted[1].article.id) == wanted[1]
        assert len(store) == 3
        assert wanted[0].article.id in store
        assert "n0" not in store
    with open_store(path) as store:  # and after it was closed
        assert list(store.records()) == wanted
        store.add(news(4))
        assert [record.article.id for record in store.records()][-1] == news(4).article.id


def test_the_same_article_is_not_added_twice(path: str) -> None:
    with open_store(path) as store:
        store.add(news(1))
        store.add([news(1), news(2), news(1)])
        store.flush()
        store.add(news(2))
        assert store.counts() == {
            "articles": 2,
            "sentences": 4,
            "actors": 4,
            "places": 2,
            "times": 2,
            "statements": 2,
            "events": 2,
            "figures": 2,
            "rejections": 0,
            "inputs": 0,
            **dict.fromkeys((*LINK_TABLES, *REVIEW_TABLES), 0),
        }


def test_coding_again_replaces_the_findings_and_keeps_the_number(path: str) -> None:
    first, again = news(1), news(1, coder="2")
    assert first.article == again.article
    with open_store(path) as store:
        store.add([first, news(2)], pipeline="one")
        store.flush()
        store.add(again, pipeline="two")
        assert list(store.records()) == [again, news(2)]
        assert store.counts()["events"] == 2
    with open_store(path) as store:
        assert [(kept.number, kept.pipeline) for kept, _ in store.stored()] == [(0, "two"), (1, "one")]


def test_the_first_of_two_copies_coded_by_one_pipeline_is_kept(path: str) -> None:
    page = news(1).article.page
    copy = msgspec.structs.replace(
        news(1),
        article=msgspec.structs.replace(news(1).article, page=msgspec.structs.replace(page, digest="1" * 64)),
    )
    for groups in ([[news(1), copy]], [[news(1)], [copy]]):
        with open_store(path) as store:
            for group in groups:
                store.add(group, pipeline="one")
                store.flush()
            assert list(store.records()) == [news(1)]


def test_rejections_are_kept_once(path: str) -> None:
    empty = Rejection(where="a.html", reason="empty", detail="nothing there")
    binary = Rejection(where="a.html", reason="binary", detail="a picture", digest="d")
    with open_store(path) as store:
        store.add([empty, news(1), binary])
        store.flush()
        store.add(empty)
        store.add_rejection(empty)
        assert list(store.rejected()) == [empty, binary]


def test_a_mark_lies_with_its_records_and_is_replaced_with_them(path: str) -> None:
    bad = Rejection(where="page.html", reason="empty", detail="the second article has no words")
    with open_store(path) as store:
        store.put(Taken(records=[news(1)], rejections=[bad], pipeline="one", key="k1", where="page.html"))
        store.put(Taken(pipeline="one", key="k2", where="other.html"))
        assert store.done(["k1", "k2", "k3"], "one") == {"k1", "k2"}
        assert store.done(["k1", "k2"], "one", clean=True) == {"k2"}
        assert store.done(["k1"], "two") == set()
        assert store.done([], "one") == set()
        store.put(Taken(records=[news(1, coder="2")], pipeline="two", key="k1", where="page.html"))
        assert store.done(["k1"], "one") == set()
        assert store.done(["k1"], "two") == {"k1"}
        assert list(store.rejected()) == []
        assert store.counts()["inputs"] == 2


def test_groups_do_not_show_in_the_content(tmp_path: Path) -> None:
    taken = [Taken(records=[news(number)], pipeline="p", key=f"k{number}", where="w") for number in range(30)]
    dumps: list[list[bytes]] = []
    for every in (1, 7, 30):
        for kind in KINDS:
            path = f"{tmp_path}/{every}{kind}"
            with open_store(path) as store:
                for number, each in enumerate(taken, 1):
                    store.put(each)
                    if number % every == 0:
                        store.flush()
            dumps.append(_dump(path))
    assert len(dumps[0]) == 60
    assert all(dump == dumps[0] for dump in dumps)


def test_two_parquet_folders_of_one_content_have_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.store.folder.SEGMENT", 8)
    monkeypatch.setattr("dateline.store.folder.MERGE_AT", 3)
    found: list[dict[str, bytes]] = []
    for every in (1, 5, 40):
        folder = tmp_path / str(every)
        with open_store(folder, layout="parquet") as store:
            for number in range(20):
                store.add(news(number), pipeline="p")
                if number % every == 0:
                    store.flush()
        found.append(
            {str(file.relative_to(folder)): file.read_bytes() for file in folder.glob("*/*.parquet") if file.is_file()}
        )
    assert len([name for name in found[0] if name.startswith("events/")]) == 3
    assert found[0] == found[1] == found[2]


def test_a_parquet_folder_opens_with_any_reader(tmp_path: Path) -> None:
    with open_store(f"{tmp_path}/news/") as store:
        store.add(news(number) for number in range(5))
    read = duckdb.sql(f"SELECT relation, count(*) FROM '{tmp_path}/news/events/*.parquet' GROUP BY ALL").fetchall()
    assert read == [("REQUEST", 5)]


def test_files_that_a_kill_left_are_not_counted_and_swept(tmp_path: Path) -> None:
    path = f"{tmp_path}/news/"
    with open_store(path) as store:
        store.add(news(1))
    (event,) = (tmp_path / "news" / "events").iterdir()
    stray = event.with_name("000000009-feed.parquet")
    stray.write_bytes(event.read_bytes())
    half = event.with_name("000000009-feed.parquet.tmp")
    half.write_bytes(b"PAR1")
    with open_store(path, read_only=True) as store:
        assert store.counts()["events"] == 1
    assert stray.exists()
    with open_store(path) as store:
        assert store.counts()["events"] == 1
        assert not stray.exists()
        assert not half.exists()


def test_a_parquet_reader_goes_on_while_another_writes(tmp_path: Path) -> None:
    path = f"{tmp_path}/news/"
    with open_store(path) as writer:
        writer.add(news(1))
        writer.flush()
        with open_store(path, read_only=True) as reader:
            writer.add(news(2))
            writer.flush()
            assert len(reader) == 1
        with open_store(path, read_only=True) as reader:
            assert len(reader) == 2


def test_what_no_column_holds_is_an_error_of_its_article(path: str) -> None:
    bad = msgspec.structs.replace(news(1), article=msgspec.structs.replace(news(1).article, text="a\ud800b"))
    huge = msgspec.structs.replace(news(1).places[0], geoname=2**70)
    with open_store(path) as store:
        with pytest.raises(ArticleError, match="surrogate"):
            store.add([news(0), bad])
        store.flush()
        store.add(msgspec.structs.replace(news(2), places=(huge,)))
        with pytest.raises(ArticleError, match=news(2).article.id):
            store.flush()
        store.add(news(3))
        assert list(store.records()) == [news(0), news(3)]


def test_names_that_are_no_utf_8_are_spelled_out(path: str) -> None:
    odd = Rejection(where="caf\udce9.html", reason="empty", detail="caf\udce9.html is empty")
    with open_store(path) as store:
        store.add(odd)
        store.put(Taken(rejections=[odd], key="k\udce9", where="caf\udce9.html"))
        assert [each.where for each in store.rejected()] == ["caf\\udce9.html"] * 2
        assert store.counts()["inputs"] == 1


def test_only_selects_are_answered(path: str) -> None:
    with open_store(path) as store:
        store.add(news(1))
        for query in (
            "DELETE FROM articles",
            "DROP TABLE articles",
            "SELECT 1; DELETE FROM articles",
            "WITH gone AS (DELETE FROM articles RETURNING *) SELECT * FROM gone",
            "COPY articles TO 'x.csv'",
            "ATTACH 'x.duckdb'",
            "SELECT * FROM read_csv('/etc/passwd')",
            "SELECT * FROM '/etc/passwd'",
            "SET threads = 1",
            "SELEKT",
            "SELECT nothing FROM articles",
            "SELECT CAST('x' AS INTEGER)",
            "",
        ):
            with pytest.raises(ConfigError):
                store.rows(query)
        assert store.rows("SELECT count(*) AS n FROM articles WHERE title LIKE $t", {"t": "Flood%"}) == [{"n": 1}]
        assert store.rows("DESCRIBE events")


def test_an_unknown_article_is_said_to_be_unknown(path: str) -> None:
    with open_store(path) as store, pytest.raises(ConfigError, match="n123"):
        store.record("n123")


# ---- what can go wrong with the files -----------------------------------------------------------


def test_one_writer_at_a_time(path: str) -> None:
    with open_store(path), pytest.raises(StoreError, match="already open"):
        open_store(path)
    with open_store(path) as store:  # and then again
        store.add(news(1))


def test_a_store_locked_by_another_process_says_so(path: str) -> None:
    script = f"""
        from dateline.store import open_store
        with open_store({path!r}) as store:
            print("open", flush=True)
            input()
    """
    holder = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    assert holder.stdout.readline() == "open\n"
    with pytest.raises(StoreError, match="in use by another process"):
        open_store(path)
    holder.communicate("\n")
    assert holder.returncode == 0
    open_store(path).close()


def test_a_read_only_store_takes_nothing_and_must_be_there(path: str) -> None:
    with pytest.raises(StoreError, match="there is no store"):
        open_store(path, read_only=True, layout="parquet" if path.endswith("/") else "duckdb")
    open_store(path).close()
    with open_store(path, read_only=True) as store:
        with pytest.raises(StoreError, match="reading only"):
            store.add(news(1))
        assert len(store) == 0
    with pytest.raises(StoreError, match="closed"):
        len(store)


def test_a_closed_store_says_so(path: str) -> None:
    store = open_store(path)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.add(news(1))


@pytest.mark.parametrize("content", [b"hello world\n" * 900, b"SQLite format 3\0" + b"\0" * 5000])
def test_a_file_of_something_else_is_left_alone(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "other.duckdb"
    file.write_bytes(content)
    with pytest.raises(StoreError, match="is no Dateline store: give another path"):
        open_store(file)
    assert file.read_bytes() == content


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "other.duckdb"
    with duckdb.connect(str(file)) as other:
        other.execute("CREATE TABLE mine (x INTEGER)")
    with pytest.raises(StoreError, match="no Dateline store"):
        open_store(file)
    with duckdb.connect(str(file)) as other:
        assert other.execute("SHOW TABLES").fetchall() == [("mine",)]


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    for read_only in (True, False):
        with pytest.raises(StoreError, match="no Dateline store"):
            open_store(tmp_path, read_only=read_only)
    assert [each.name for each in tmp_path.iterdir()] == ["mine.txt"]


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    file = tmp_path / "news.duckdb"
    file.touch()
    with pytest.raises(StoreError, match="empty"):
        open_store(file, read_only=True)
    with open_store(file) as store:
        store.add(news(1))
        assert len(store) == 1


def test_a_damaged_store_says_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "news.duckdb"
    with open_store(file) as store:
        store.add(news(number) for number in range(200))
    whole = file.read_bytes()
    file.write_bytes(whole[:5000])
    with pytest.raises(StoreError, match="damaged"):
        open_store(file)
    middle = len(whole) // 2
    file.write_bytes(whole[:4096] + os.urandom(len(whole) - 4096))
    with pytest.raises(StoreError), open_store(file) as store:
        list(store.dump())
    assert middle


def test_a_damaged_parquet_folder_says_what_to_do(tmp_path: Path) -> None:
    path = f"{tmp_path}/news/"
    with open_store(path) as store:
        store.add(news(1))
    (log,) = (tmp_path / "news" / "_log").iterdir()
    kept = log.read_bytes()
    log.write_bytes(kept[:20])
    with pytest.raises(StoreError, match="damaged"):
        open_store(path)
    log.write_bytes(kept)
    (event,) = (tmp_path / "news" / "events").iterdir()
    event.write_bytes(b"PAR1 and no more")
    with pytest.raises(StoreError), open_store(path, read_only=True) as store:
        list(store.dump())


def test_there_must_be_a_folder_for_the_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no folder"):
        open_store(tmp_path / "none" / "news.duckdb")
    with pytest.raises(StoreError, match="is a folder"):
        open_store(tmp_path, layout="duckdb")


def test_a_full_disk_is_a_store_error_and_costs_nothing_that_was_written(path: str) -> None:
    limit = 2_000 if path.endswith("/") else 40_000  # one small file a table, or one that grows
    script = f"""
        import resource, signal, sys
        from dateline.errors import StoreError
        from dateline.store import open_store
        from tests.store.making import news
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        try:
            with open_store({path!r}) as store:
                store.add(news(0))
                store.flush()
                resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
                for number in range(1, 2000):
                    store.add(news(number, text="Flood kills {{}} in Kisumu\\n\\n".format(10 + number % 90) + TEXT))
                    store.flush()
        except StoreError as error:
            print(error)
            sys.exit(7)
    """
    text = news(1).article.text.partition("\n\n")[2] + " Rain."
    lines = textwrap.dedent(script).replace(
        "TEXT", f"{text!r}.replace('11 people', f'{{10 + number % 90}} people') * 9"
    )
    done = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, check=False)
    assert done.returncode == 7, done.stderr
    assert "full" in done.stdout or "grow" in done.stdout or "cannot be" in done.stdout
    assert "Traceback" not in done.stderr
    with open_store(path) as store:
        kept = list(store.records())
        assert kept[0] == news(0)
        assert store.counts()["events"] == len(kept)  # no half article
        store.add(news(1))
        assert len(store) == len(kept) + 1


def test_a_failing_write_inside_with_shows_its_own_error(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Warehouse, pending: object) -> None:
        raise StoreError("the disk is gone")

    monkeypatch.setattr(module.Warehouse, "_change", fail)
    with pytest.raises(StoreError, match="disk is gone"), open_store(path) as store:
        store.add([news(number) for number in range(70)])


@pytest.mark.parametrize("kind", KINDS)
def test_a_kill_while_adding_leaves_whole_articles(tmp_path: Path, kind: str) -> None:
    path = f"{tmp_path}/{kind}"
    script = f"""
        from dateline.store import open_store
        from tests.store.making import news
        with open_store({path!r}) as store:
            for number in range(100_000):
                store.add(news(number))
                if number % 5 == 4:
                    store.flush()
                    print(number, flush=True)
    """
    adder = subprocess.Popen([sys.executable, "-c", textwrap.dedent(script)], stdout=subprocess.PIPE, text=True)
    assert adder.stdout is not None
    for line in adder.stdout:
        if int(line) >= 60:
            break
    adder.send_signal(signal.SIGKILL)
    adder.wait()
    adder.stdout.close()
    with open_store(path, read_only=True) as store:  # a question right after the kill, before anyone tidies up
        seen = len(store)
    with open_store(path) as store:
        assert seen == len(store)
        kept: list[Record] = list(store.records())
        assert len(kept) >= 60
        assert kept == [news(number) for number in range(len(kept))]


def test_a_part_of_a_record_gives_the_rows_of_the_whole(tmp_path: Path) -> None:
    made = [make_news.record(number, 30) for number in range(0, 30, 5)]
    with open_store(tmp_path / "news.duckdb") as store:
        store.add(made)
        numbers = list(range(len(made)))
        for table, kinds in NEEDS.items():
            parts = store.partly(numbers, kinds)
            assert [number for number, _ in parts] == numbers
            for record, (_, part) in zip(made, parts, strict=True):
                assert rows_of(part, (table,)) == rows_of(record, (table,))
                assert part.article == record.article
                assert not part.sentences
        assert [told.sentences for _, told in store.texts(numbers)] == [record.sentences for record in made]
        for record, (heading, ids) in zip(made, store.outlines(numbers), strict=True):
            assert (heading.id, heading.title) == (record.article.id, record.article.title)
            assert ids == [each.id for each in record.findings()]
