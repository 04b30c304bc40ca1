"""Malformed, deep, wide and huge pages: an answer within limits."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable

import pytest

from dateline.errors import ArticleError
from dateline.intake import guard
from dateline.intake.extract import Raw
from dateline.intake.html import extract

SENTENCE = b"The harbour office said on Friday that the ferry would sail again once the storm had passed the cape. "
HEAD = b"<!doctype html><html><body><h1>Ferry to sail again</h1>"
TEXT = b"<p>" + SENTENCE * 3 + b"</p>"


def outcome(data: bytes) -> str:
    try:
        return f"{len(extract(Raw(data=data, where='page')))} read"
    except ArticleError as error:
        assert error.detail.startswith("page")
        return error.reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "binary"),
        (b"\x1f\x8b\x08\x00" + bytes(200), "binary"),
        (random.Random(5).randbytes(9000), "binary"),
        (b"<html><body></body></html>", "no article"),
        (b"<" * 100_000, "no article"),
        (b"<div>" * 10_000_000, "too large"),
        (HEAD + TEXT + b"<div>" * 100_000, "too deep"),
        (HEAD + b"<div>" * 100_000 + TEXT + b"</div>" * 100_000, "too deep"),
        (HEAD + b"<ul><li>" * 8_000 + TEXT, "too deep"),
        (HEAD + b"<b>" * 15_000 + TEXT, "too deep"),
        (HEAD + TEXT + b"<table>" + b"<tr><td>one</td><td>two</td></tr>" * 300_000, "too many nodes"),
        (HEAD + TEXT + b"<!--x-->" * 950_000, "too many nodes"),
        (HEAD + b"<p>" + b"<span>word</span> " * 200_000 + TEXT, "1 read"),
        (HEAD + b"<div>" * 300 + TEXT + b"</div>" * 300, "1 read"),
        (HEAD + TEXT + b"<table>" + b"<tr><td>one</td><td>two</td></tr>" * 40_000, "1 read"),
        (HEAD + b"<p>" + SENTENCE * 90_000, "1 read"),
        (HEAD + TEXT + b">" * 5_000_000, "1 read"),
        (HEAD + TEXT + b'<a href="' + b"x" * 5_000_000, "1 read"),
        (HEAD + TEXT + b"<script type='application/ld+json'>" + b"[" * 1_000_000, "1 read"),
        (HEAD + TEXT + b"\0" * 50_000, "1 read"),
        (HEAD + b"<span class='author'>x " * 900 + TEXT * 2, "1 read"),
        (HEAD + b"<b>" * 900 + b"x<wbr>" * 10_000 + TEXT, "1 read"),
        (HEAD + b"".join(b"<h2>Part %d</h2><p>%d " % (n, n) + SENTENCE for n in range(5000)), "1 read"),
        (HEAD + b"<p>" + "政府は。".encode() * 300_000, "1 read"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)}-{value[:12].hex()}",
)
def test_hostile_pages_end_in_time(data: bytes, reason: str) -> None:
    begin = time.monotonic()
    assert outcome(data) == reason
    assert time.monotonic() - begin < 10


def test_formatting_elements_opened_again_without_end_hit_the_memory_limit() -> None:
    fonts = b"".join(b"<font id=%d>" % number for number in range(3000))
    data = HEAD + b"<p>" + fonts + b"<p>x" * 15_000
    assert guard.doubtful(data.decode())
    begin = time.monotonic()
    assert outcome(data) in ("memory limit", "time limit", "too many nodes", "too deep")
    assert time.monotonic() - begin < 10


def test_a_tag_with_very_many_attributes_is_read_apart() -> None:
    data = HEAD + TEXT + b"<div " + b" ".join(b"a%d=x" % number for number in range(120_000)) + b">"
    assert guard.doubtful(data.decode())
    begin = time.monotonic()
    with pytest.raises(ArticleError, match="time limit"):
        extract(Raw(data=data, where="page"), guard.Limits(seconds=1.5))
    assert time.monotonic() - begin < 5


def test_ordinary_page_is_not_doubtful() -> None:
    page = (HEAD + TEXT * 200 + b"<script>" + b'{"a": "b c d", "e": [1, 2]}, ' * 50_000 + b"</script>").decode()
    assert not guard.doubtful(page)


def test_limits_can_be_set() -> None:
    with pytest.raises(ArticleError, match="too large"):
        extract(Raw(data=HEAD + TEXT, where="page"), guard.Limits(bytes=50))
    with pytest.raises(ArticleError, match="too deep"):
        extract(Raw(data=HEAD + b"<div>" * 30 + TEXT, where="page"), guard.Limits(depth=20))


def test_shape_counts_tags_and_nesting() -> None:
    page = "<div><p>a<p>b<br><ul><li>x<li>y</ul></div><DIV><span></span></div>"
    assert guard.shape(page, 100) == guard.Shape(nodes=9, depth=2)
    assert guard.shape(page, 3).nodes == 4


@pytest.mark.parametrize(
    ("data", "binary"),
    [
        (b"plain words", False),
        ("Überschüsse – „heute“".encode("cp1252"), False),
        ("新しい鉄道路線".encode("shift_jis"), False),
        ("<p>Ωμέγα".encode("utf-16-le"), False),
        ("<p>words in two bytes".encode("utf-16-be"), False),
        (b"MZ is how this sentence begins, which is no program.", False),
        (bytes(range(32)) * 20, True),
        (b"OggS\x00\x02\x03\x04" + bytes(range(32)) * 4, True),
        (b"RIFF is a word at the head of a plain sentence.", False),
        (b"\xfd7zXZ" + bytes(40), True),
        (b"\x00\x00\x00\x18ftypmp42", True),
    ],
)
def test_sniffing(data: bytes, binary: bool) -> None:
    assert (guard.sniff(data) is not None) == binary


def double(number: int) -> int:
    return number * 2


def shout(_: None) -> str:
    print("this must not get into the answer")
    return "done"


def refuse(where: str) -> None:
    raise ArticleError("no article", where)


def stumble(_: None) -> None:
    raise ValueError("not this way")


def sleep(seconds: float) -> None:
    time.sleep(seconds)


def eat(_: None) -> int:
    return len([bytes(10_000_000) for _ in range(1000)])


def die(status: int) -> None:
    os.kill(os.getpid(), status)


def test_guarded_gives_back_what_the_function_returns() -> None:
    assert guard.guarded(double, 21, seconds=20, megabytes=500) == 42
    assert guard.guarded(shout, None, seconds=20, megabytes=500) == "done"


def test_guarded_passes_article_errors_on() -> None:
    with pytest.raises(ArticleError) as caught:
        guard.guarded(refuse, "page 3", seconds=20, megabytes=500)
    assert (caught.value.reason, caught.value.detail) == ("no article", "page 3")


def test_guarded_reports_other_errors() -> None:
    with pytest.raises(RuntimeError, match="ValueError: not this way"):
        guard.guarded(stumble, None, seconds=20, megabytes=500)


@pytest.mark.parametrize(
    ("function", "argument", "reason"),
    [(sleep, 60.0, "time limit"), (eat, None, "memory limit"), (die, 9, "memory limit"), (die, 11, "memory limit")],
)
def test_guarded_outlives_its_child(function: Callable[..., object], argument: object, reason: str) -> None:
    with pytest.raises(ArticleError) as caught:
        guard.guarded(function, argument, seconds=3, megabytes=500)
    assert caught.value.reason == reason
