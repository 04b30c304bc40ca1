"""Files, folders, globs and standard input as work items."""

from __future__ import annotations

import gzip
import io
import json
import pickle
import sys
from pathlib import Path

import pytest

from dateline.errors import ConfigError
from dateline.intake import Settings, sources
from dateline.records import Article

TEXT = "Dam talks fail\n\nTalks on the dam failed on Monday, the ministry said.\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b" / "c.txt").write_text(TEXT.replace("dam", "well"))
    (tmp_path / "d.jsonl").write_text("".join(json.dumps({"text": f"{TEXT} {n}"}) + "\n" for n in range(70)))
    (tmp_path / "e.bin").write_bytes(b"\0\1")
    (tmp_path / ".hidden.txt").write_text(TEXT)
    (tmp_path / "empty.txt").write_text("")
    return tmp_path


def brief(found):
    return [(Path(item.where).name, type(item).__name__) for item in found]


def test_a_folder_in_order_with_what_cannot_be_read(folder):
    found = list(sources.items([str(folder)]))
    assert brief(found) == [
        (".hidden.txt", "RejectedItem"),
        ("a.txt", "FileItem"),
        ("c.txt", "FileItem"),
        ("d.jsonl:1", "LinesItem"),
        ("d.jsonl:33", "LinesItem"),
        ("d.jsonl:65", "LinesItem"),
        ("e.bin", "RejectedItem"),
        ("empty.txt", "RejectedItem"),
    ]
    assert [item.articles()[0].reason for item in found if isinstance(item, sources.RejectedItem)] == [
        "hidden", "unknown kind of file", "empty",
    ]  # fmt: skip
    assert brief(sources.items([str(folder)])) == brief(found)


def test_items_travel_and_say_the_same_there(folder):
    for item in sources.items([str(folder)]):
        there = pickle.loads(pickle.dumps(item))
        assert there == item
        assert there.articles() == item.articles()


def test_lines_come_whole_and_once(folder):
    path = str(folder / "d.jsonl")
    texts = [each.text for item in sources.items([path]) for each in item.articles()]
    assert texts == [f"{TEXT} {n}" for n in range(70)]
    (folder / "d.jsonl.gz").write_bytes(gzip.compress((folder / "d.jsonl").read_bytes()))
    assert [each.text for item in sources.items([path + ".gz"]) for each in item.articles()] == texts


def test_keys_tell_versions_apart(folder):
    def keys():
        return [item.key for item in sources.items([str(folder)])]

    before = keys()
    assert len(set(before)) == len(before)
    assert keys() == before
    (folder / "a.txt").write_text(TEXT + "More.")
    assert [one == two for one, two in zip(before, keys(), strict=True)].count(False) == 1


def test_a_file_that_grew_keeps_the_keys_of_what_it_held(folder):
    path = folder / "d.jsonl"
    before = [item.key for item in sources.items([str(path)])]
    with path.open("a") as more:
        more.write(json.dumps({"text": TEXT}) + "\n")
    after = [item.key for item in sources.items([str(path)])]
    assert before[:2] == after[:2]
    assert before[2] != after[2]


def test_a_file_named_twice_is_read_once(folder):
    path = str(folder / "a.txt")
    assert len(list(sources.items([path, path, str(folder)]))) == len(list(sources.items([str(folder)])))


def test_globs(folder):
    assert brief(sources.items([str(folder / "**" / "*.txt")])) == [
        ("a.txt", "FileItem"), ("c.txt", "FileItem"), ("empty.txt", "RejectedItem"),
    ]  # fmt: skip


@pytest.mark.parametrize("source", ["no/such/file.txt", "no-such-*.txt", "ftp://p.example/a", ""])
def test_a_wrong_source_stops_at_once(source):
    with pytest.raises(ConfigError):
        sources.items([source])


def test_a_folder_that_leads_into_itself(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text(TEXT)
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    found = {Path(i.where).name: i.articles() for i in sources.items([str(tmp_path)])}
    assert {name: getattr(each[0], "reason", "read") for name, each in found.items()} == {
        "loop": "directory loop", "x.txt": "read", "gone.txt": "unreadable", "self.txt": "directory loop",
    }  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        gzip.compress(TEXT.encode()),
        json.dumps({"text": TEXT}).encode(),
        gzip.compress(json.dumps({"text": TEXT}).encode() + b"\n" + json.dumps({"text": TEXT + "2"}).encode()),
    ],
)
def test_standard_input(monkeypatch, data):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    found = [each for item in sources.items(["-"]) for each in item.articles()]
    assert found[0].text == TEXT
    assert all(isinstance(each, Article) for each in found)


def test_a_file_that_vanishes_between_listing_and_loading(folder):
    [item] = sources.items([str(folder / "a.txt")])
    (folder / "a.txt").unlink()
    assert item.articles()[0].reason == "unreadable"


def test_limits(folder):
    small = Settings(page_bytes=60)
    path = folder / "e.jsonl"
    path.write_text(
        json.dumps({"text": "Short one."})
        + "\n"
        + json.dumps({"text": "long " * 40})
        + "\n"
        + json.dumps({"text": "Last one."})
    )
    found = [each for item in sources.items([str(path)], settings=small) for each in item.articles(settings=small)]
    assert [getattr(each, "reason", "read") for each in found] == ["read", "too large", "read"]
    assert found[1].where.endswith(":2")
    [large] = sources.items([str(folder / "a.txt")], settings=small)
    assert large.articles(settings=small)[0].reason == "too large"


def test_an_address_is_an_item_that_fetches_nothing_yet():
    [item] = sources.items(["https://p.example/a"])
    assert (type(item).__name__, item.key) == ("UrlItem", "https://p.example/a")


def test_a_store_in_a_folder_is_left_out(folder):
    log = folder / "b" / "store" / "_log"
    log.mkdir(parents=True)
    (log / "000000000.json").write_text('{"format":"dateline-parquet","version":1}')
    (log.parent / "articles").mkdir()
    (log.parent / "articles" / "x.parquet").write_bytes(b"PAR1")
    other = folder / "b" / "wire" / "_log"
    other.mkdir(parents=True)
    (other / "1.json").write_text(json.dumps({"text": TEXT}))
    found = list(sources.items([str(folder / "b")]))
    assert [(item.where.removeprefix(f"{folder}/b/"), type(item).__name__) for item in found] == [
        ("c.txt", "FileItem"),
        ("store", "RejectedItem"),
        ("wire/_log/1.json:1", "LinesItem"),
    ]
    assert found[1].articles()[0].reason == "store"


def test_the_store_that_is_written_is_passed_over(folder, monkeypatch):
    before = list(sources.items([str(folder)]))
    for name in ("news.duckdb", "news.duckdb.wal", "news.duckdb.judgements", "news.duckdb-old"):
        (folder / name).write_bytes(b"x")
    (folder / "shelf" / "_log").mkdir(parents=True)
    (folder / "shelf" / "_log" / "1.json").write_text('{"format":"dateline-parquet","version":1}')
    found = brief(sources.items([str(folder)], store=str(folder / "news.duckdb")))
    assert found == [*brief(before), ("news.duckdb-old", "RejectedItem"), ("shelf", "RejectedItem")]
    monkeypatch.chdir(folder)
    found = brief(sources.items(["."], store="shelf/"))
    assert [each for each in found if each[0].startswith(("news", "shelf"))] == [
        (name, "RejectedItem")
        for name in ("news.duckdb", "news.duckdb-old", "news.duckdb.judgements", "news.duckdb.wal")
    ]
    assert brief(sources.items(["n*", "a*"], store="news.duckdb")) == [
        ("news.duckdb-old", "FileItem"),
        ("a.txt", "FileItem"),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("packed", [False, True])
def test_a_table_on_standard_input(monkeypatch, delimiter, packed):
    rows = [("title", "Full text"), ("Dam", TEXT), ("Well", TEXT.replace("dam", "well"))]
    data = "".join(delimiter.join(f'"{each}"' for each in row) + "\n" for row in rows).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(data) if packed else data)))
    settings = Settings(fields={"text": "full text"})
    found = [each for item in sources.items(["-"], settings=settings) for each in item.articles(settings=settings)]
    assert [(each.title, each.text) for each in found] == [("Dam", TEXT), ("Well", TEXT.replace("dam", "well"))]


def test_a_column_on_standard_input_that_was_asked_for(monkeypatch):
    data = f"story\n{TEXT.splitlines()[2]}\n".replace(",", "")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
    settings = Settings(fields={"text": "Story"})
    [item] = sources.items(["-"], settings=settings)
    assert [each.text for each in item.articles(settings=settings)] == [
        "Talks on the dam failed on Monday the ministry said."
    ]


@pytest.mark.parametrize(
    "data", ["Text, video and sound\n\nThe station said so, on Monday.\n", "text\nThe dam.\n", "a,b\nc,d\n"]
)
def test_a_text_with_commas_on_standard_input_is_no_table(monkeypatch, data):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
    [item] = sources.items(["-"])
    assert item.articles()[0].text.strip() == data.strip()
