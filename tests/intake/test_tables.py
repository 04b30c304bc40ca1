"""Tables of articles, CSV and TSV: a row an article, as JSON lines are read."""

from __future__ import annotations

import gzip
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.intake import Raw, Settings, read, sources
from dateline.records import Article, Rejection

HARBOUR = "The port authority said on Monday that two ferries had collided off the harbour wall."
DAM = "Engineers opened the gates of the dam on Tuesday, and the lower town was cleared."


def table(tmp_path, content, name="articles.csv", settings=None):
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    found = list(sources.items([str(path)], settings=settings))
    assert all(pickle.loads(pickle.dumps(item)) == item for item in found)
    return [each for item in found for each in item.articles(settings=settings)]


def reasons(found):
    return [each.reason if isinstance(each, Rejection) else "read" for each in found]


def test_usual_names_whatever_their_case_and_text_kept(tmp_path):
    text = 'OSLO, Nov 3 (Wire) - The minister said "no".\r\n\r\nShe left,  he stayed; both\u00a0wept.\u2028Done.'
    quoted = text.replace('"', '""')
    found = table(
        tmp_path,
        "\ufeffHeadline,Body,Date,Source,Byline,URL\r\n"
        f'"Minister, again, says no","{quoted}","November 4, 2025 Tuesday",Paper,Ada Roe; Bo Moe,https://p.example/1\r\n',
    )
    [one] = found
    assert isinstance(one, Article)
    assert one.text == text
    assert (one.title, one.source, one.url) == ("Minister, again, says no", "Paper", "https://p.example/1")
    assert (one.published, one.dated_by, one.byline) == ("2025-11-04", "record", ("Ada Roe", "Bo Moe"))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (f'"doc_id","text","day"\n"a","{HARBOUR}","x"\n"b","{DAM}",NA\n', "r.csv"),
        (f'doc_id;Text;day\na;"{HARBOUR}";x\nb;"{DAM}";y\n', "semicolons.csv"),
        (f"doc_id\ttext\nx\t{HARBOUR}\ny\t{DAM}\n", "tabs.tsv"),
        (f"doc_id\tFull text\nx\t{HARBOUR}\ny\t{DAM}", "tabs.csv"),
        (f"text\n{HARBOUR}\n{DAM}\n", "one.tsv"),
        (f'\n\ntext\n{HARBOUR}\n\n"{DAM}"\n\n\n', "blank.csv"),
        (f'id,text\n1,{HARBOUR}\n2,"{DAM}"\n' + ",\n" * 100, "spreadsheet.csv"),
    ],
)
def test_delimiters_and_names(tmp_path, content, name):
    assert [each.text for each in table(tmp_path, content, name)] == [HARBOUR, DAM]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings(tmp_path, encoding):
    text = f"{HARBOUR} The café stayed open, “as ever”, said José"
    content = f'id;title;text\n1;Überfahrt;"{HARBOUR}"\n2;Fähre;{text}\n'.encode(encoding)
    assert [(each.title, each.text) for each in table(tmp_path, content)] == [("Überfahrt", HARBOUR), ("Fähre", text)]


def test_columns_by_option(tmp_path):
    content = f"text,Article Text,day\nnot this,{HARBOUR},05mar2024\n"
    settings = Settings(fields={"text": "article text", "published": "day"})
    [one] = table(tmp_path, content, settings=settings)
    assert (one.text, one.published) == (HARBOUR, "2024-03-05")


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("20240305", "2024-03-05"), ("1762236000", "2025-11-04T06:00:00Z"), ("Tuesday, 5 March 2024", "2024-03-05"),
        ("NA", None), ("5", None), ("2024", None),
    ],
)  # fmt: skip
def test_dates(tmp_path, said, day):
    [one] = table(tmp_path, f'text,date\n"{HARBOUR}","{said}"\n')
    assert one.published == day


@pytest.mark.parametrize(
    ("content", "fields", "reason", "words"),
    [
        ("id,words\n1,x\n2,y\n", {}, "no text column", ("id, words", "--field text=COLUMN")),
        (f"id,text\n1,{HARBOUR}\n", {"text": "body"}, "no text column", ("'body'", "id, text")),
        (f"id,text\n1,{HARBOUR}\n", {"headline": "id"}, "fields", ("headline", "title")),
        ("id,text\n", {}, "empty", ("no row",)),
        ("\n\n\n", {}, "empty", ()),
        ('"id,text\n1,2\n', {}, "bad table", ("column names",)),
        ("id,text\r1,words\r2,words\r", {}, "bad table", ()),
        (b"PK\x03\x04\x14\x00\x06\x00", {}, "binary", ()),
    ],
)
def test_a_table_that_cannot_be_read_is_one_error(tmp_path, content, fields, reason, words):
    [one] = table(tmp_path, content, settings=Settings(fields=fields))
    assert one.reason == reason
    assert all(word in one.detail for word in words)


def test_rows_that_cannot_be_read_are_named_and_the_rest_is_read(tmp_path):
    found = table(
        tmp_path,
        f'id,text,day\n1,{DAM.replace(",", "")},x\n2,{DAM},x\n3,"line\none",\n4,,x\n5,NA,x\n6,"a "b" c",x\n7,"{DAM}",x\n'
        '8,"never closed,x\n9,text,x\n',
    )
    assert reasons(found) == ["read", "bad row", "read", "empty", "empty", "bad row", "read", "bad row"]
    assert [each.where.rpartition(":")[2] for each in found if isinstance(each, Rejection)] == [
        "3",
        "6",
        "7",
        "8",
        "10",
    ]
    assert "4 fields, the header has 3" in found[1].detail


def test_rows_in_runs_keep_their_lines_when_they_hold_line_breaks(tmp_path):
    rows = [f'{n},"{HARBOUR}\n\nReport {n}."\n' for n in range(100)]
    path = tmp_path / "many.csv"
    path.write_text("id,text\n" + "".join(rows) + "last,one,many\n")
    found = list(sources.items([str(path)]))
    assert [item.where.rpartition(":")[2] for item in found] == ["2", "98", "194", "290"]
    taken = [each for item in found for each in item.articles()]
    assert [each.text[-4:-1].strip(" t") for each in taken[:-1]] == [str(n) for n in range(100)]
    assert taken[-1].where == f"{path}:302"
    with path.open("a") as more:
        more.write(f"x,{HARBOUR}\n")
    again = [item.key for item in sources.items([str(path)])]
    assert again[:3] == [item.key for item in found[:3]]
    assert again[3] != found[3].key


def test_compressed_tables_hold_the_same(tmp_path):
    content = "id,text\n" + "".join(f'{n},"{HARBOUR}\n{n}"\n' for n in range(50)) + "1\n"
    plain = table(tmp_path, content, "a.csv")
    packed = table(tmp_path, gzip.compress(content.encode()), "a.csv.gz")
    assert [each.text for each in packed[:-1]] == [each.text for each in plain[:-1]]
    assert packed[-1].where.endswith("a.csv.gz:102")
    [cut] = table(tmp_path, gzip.compress(content.encode())[:40], "b.csv.gz")
    assert cut.reason == "truncated"


def test_huge_fields(tmp_path):
    text = f"{HARBOUR}\n" * 4000
    [one] = table(tmp_path, f'id,text\n1,"{text}"\n')
    assert one.text == text
    settings = Settings(page_bytes=10_000)
    content = f'id,text\n1,"{text}"\n2,{HARBOUR}\n3,{"a" * 50_000}\n4,"{DAM}"\n'
    for name in ("a.csv", "a.csv.gz"):
        found = table(tmp_path, gzip.compress(content.encode()) if "gz" in name else content, name, settings)
        assert reasons(found) == ["too large", "read", "too large", "read"]
        assert [each.where.rpartition(":")[2] for each in found[::2]] == ["2", "4004"]
        assert "lines 2 to 4002" in found[0].detail


def test_a_table_is_told_by_its_name_or_media_type_alone(tmp_path):
    content = f"id,text\n1,{HARBOUR}\n"
    [one] = table(tmp_path, content, "a.txt")
    assert one.text == content
    [other] = read(Raw(content.encode(), "https://p.example/a", media="text/csv; charset=utf-8"))
    assert other.text == HARBOUR
    [broken] = read(Raw(f"id,text\n1,{HARBOUR},\n".encode(), "a", media="text/csv"))
    assert broken.where == "a:2"


def test_a_choice_of_columns_makes_a_refused_table_new(tmp_path):
    (tmp_path / "a.csv").write_text(f"id,words\n1,{HARBOUR}\n")
    keys = [
        next(iter(sources.items([str(tmp_path / "a.csv")], settings=Settings(fields=fields)))).key
        for fields in ({}, {"text": "nothing"}, {"text": "words"})
    ]
    assert len(set(keys)) == 3


@given(st.lists(st.text(alphabet='a,;\t"\n\r b', max_size=12), max_size=8), st.sampled_from(",;\t"))
def test_any_rubbish_under_a_header_is_told(rows, delimiter):
    content = f"id{delimiter}text\n" + "\n".join(rows)
    found = read(Raw(content.encode(), "r", media="text/csv"))
    assert found
    assert all(isinstance(each, Article | Rejection) for each in found)
    assert all(getattr(each, "reason", "") != "failed" for each in found)
