"""What is no news: a Rejection with a reason and what to do, within time and memory, and never an exception."""

from __future__ import annotations

import gzip
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.intake import Raw, read
from dateline.records import Article, Rejection

MEGABYTE = 1 << 20


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\xef\xbb\xbf", "no text"),
        (b"%PDF-1.7\n1 0 obj", "pdf"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "binary"),
        (b"PK\x03\x04" + bytes(50), "binary"),
        (bytes(range(256)) * 20, "binary"),
        (bytes(1000), "binary"),
        (gzip.compress(b"Talks on the dam failed. " * 50)[:40], "truncated"),
        (gzip.compress(b"Talks on the dam failed. " * 50)[:-6] + b"xxxxxx", "corrupt"),
        (gzip.compress(bytes(60 * MEGABYTE)), "decompression bomb"),
        (b"Talks on the dam \xed\xa0\x80 failed on Monday.", "broken text"),
        (b'{"text": "half \\ud800 a pair"}', "broken text"),
        (b"[" * 100_000, "bad JSON"),
        (b'{"text":' * 100_000, "bad JSON"),
        (b"WARC/1.0\r\nnonsense\r\n\r\n", "no article"),
        (b"... --- ... 12:30", "no text"),
        (b"a\n" * 100_000, "too large"),
        (b"x" * (10 * MEGABYTE + 1), "too large"),
        (b"<html><body>" + b"<div>" * 200_000, "too deep"),
        (b"<html><body><p>Two words</p></body></html>", "no article"),
        (b"<rss version='2.0'><channel></channel></rss>", "no article"),
    ],
)
def test_rubbish_is_rejected_in_time_with_a_reason_and_advice(data, reason):
    begun = time.monotonic()
    [one] = read(Raw(data, "rubbish"))
    assert time.monotonic() - begun < 10
    assert isinstance(one, Rejection)
    assert (one.where.startswith("rubbish"), one.reason) == (True, reason)
    assert "rubbish" in one.detail
    if reason != "binary":
        assert ": " in one.detail  # what was found: what to do
    assert (one.digest is None) == (not data)


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("Le président a déclaré à la presse que la réunion était reportée à une date ultérieure.", "latin-1"),
        ("“We will not go,” the minister said – and left the café for €5.", "cp1252"),
        ("The minister said that the talks would go on.", "utf-16"),
        ("The minister said that the talks would go on.", "utf-16-le"),
        ("Министр заявил, что переговоры продолжатся в понедельник. Правительство обещало помощь районам.", "cp1251"),
        (
            "首相は月曜日、協議は続くと述べた。政府は被災地への支援を約束した。来週には新たな会議が開かれる。",
            "shift_jis",
        ),
        ("Der Präsident sagte, die Gespräche gingen weiter.", "utf-8-sig"),
    ],
)
def test_encodings_are_read_right(words, encoding):
    [one] = read(Raw(words.encode(encoding), "a.txt"))
    assert one.text == words


def test_a_declared_encoding_is_believed_where_the_bytes_allow_it():
    [one] = read(Raw("Премьер сказал нет.".encode("koi8-r"), "a.txt", media="text/plain; charset=koi8-r"))
    assert one.text == "Премьер сказал нет."
    [other] = read(Raw("Élan vital à Paris".encode(), "a.txt", media="text/plain; charset=latin-1"))
    assert other.text == "Élan vital à Paris"


def test_a_broken_byte_does_not_change_the_encoding():
    text = "Der Präsident sagte, die Gespräche gingen weiter. Österreich stimmte zu. "
    [one] = read(Raw(text.encode() * 3 + b"\xff" + text.encode(), "a.txt"))
    assert one.text == text * 3 + "\ufffd" + text


def test_a_few_nuls_cost_nothing():
    [one] = read(Raw(b"The minister\0 said no to all of it, and left the room without a word to anybody.", "a.txt"))
    assert isinstance(one, Article)


@pytest.mark.parametrize(
    "data",
    [
        b"The minister said no. " * 400_000,
        b"A " * 1_000_000,
        b'He said "no"! ' * 100_000,
        b"x" + b" " * 5_000_000 + b"y",
    ],
    ids=["sentence", "capitals", "quotes", "spaces"],
)
def test_long_lines_take_linear_time(data):
    begun = time.process_time()
    [one] = read(Raw(data, "a.txt"))
    assert time.process_time() - begun < 10
    assert isinstance(one, Article)


HEADS = [
    b"", b"<html><body>", b"<rss><channel><item>", b"{", b'{"text":"', b"[", b"WARC/1.0\r\n", b"\x1f\x8b\x08\x00", b"\x28\xb5\x2f\xfd",
    b"\xff\xfe", b"\x5d\x2a\x4d\x18", b"By Jane Doe\n", b"Updated 3 Nov 2025\n", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9999\r\n\r\n",
]  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(HEADS),
    st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass"))),
)
def test_no_bytes_raise(head, tail):
    found = read(Raw(head + tail, "fuzz"))
    assert found
    for each in found:
        if isinstance(each, Rejection):
            assert each.reason != "failed", each.detail
            assert each.detail
        else:
            assert each.text.strip()
