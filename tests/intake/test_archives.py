"""gzip, zstd and WARC, whole and damaged."""

from __future__ import annotations

import gzip

import pytest
import zstandard

from dateline.errors import ArticleError
from dateline.intake import Raw, Settings, archives, read, sources
from dateline.records import Article

PARAGRAPHS = "".join(
    f"<p>The minister said on Monday that report number {n} would be given to parliament before the end of the year, and "
    "that nobody had asked her to change a word of it.</p>"
    for n in range(6)
)


def page(number: int) -> bytes:
    return f"<html><head><title>Report {number}</title></head><body><article><h1>Minister promises report {number}</h1>{PARAGRAPHS}</article></body></html>".encode()


def record(number: int, *, kind="response", status="200 OK", media="text/html", body: bytes | None = None) -> bytes:
    body = page(number) if body is None else body
    http = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
        f"WARC-Date: 2025-11-03T10:00:00Z\r\nWARC-Target-URI: https://p.example/{number}\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


RECORDS = [
    record(0, kind="request", body=b""),
    record(1),
    record(2, media="image/png", body=b"\x89PNG"),
    record(3, status="404 Not Found"),
    record(4),
    record(5),
]
MEMBERS = [gzip.compress(each, mtime=0) for each in RECORDS]


def taken(path):
    found = [each for item in sources.items([str(path)]) for each in item.articles()]
    return [each.title.split()[-1] if isinstance(each, Article) else each.reason for each in found]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.warc", b"".join(RECORDS)),
        ("a.warc.gz", b"".join(MEMBERS)),
        ("single.warc.gz", gzip.compress(b"".join(RECORDS), mtime=0)),
        ("a.warc.zst", b"".join(zstandard.ZstdCompressor().compress(each) for each in RECORDS)),
        ("single.warc.zst", zstandard.ZstdCompressor().compress(b"".join(RECORDS))),
        ("noname", b"".join(MEMBERS)),
    ],
)
def test_pages_are_found_and_the_rest_passed_over(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    assert taken(path) == ["1", "4", "5"]
    [first, *_] = read(Raw(data, name))
    assert (first.url, first.retrieved) == ("https://p.example/1", "2025-11-03T10:00:00Z")


def test_a_dictionary_in_the_first_frame(tmp_path):
    dictionary = zstandard.train_dictionary(4096, [record(n) + bytes([n]) * 50 for n in range(200)])
    packer = zstandard.ZstdCompressor(dict_data=dictionary)
    frame = dictionary.as_bytes()
    data = b"\x5d\x2a\x4d\x18" + len(frame).to_bytes(4, "little") + frame + b"".join(map(packer.compress, RECORDS))
    (tmp_path / "a.warc.zst").write_bytes(data)
    assert taken(tmp_path / "a.warc.zst") == ["1", "4", "5"]


def test_a_damaged_member_costs_itself_only(tmp_path):
    damaged = bytearray(b"".join(MEMBERS))
    at = len(b"".join(MEMBERS[:4])) + 60  # inside record 4
    for place in range(at, at + 60):
        damaged[place] ^= 0x5A
    (tmp_path / "a.warc.gz").write_bytes(damaged)
    assert taken(tmp_path / "a.warc.gz") == ["1", "corrupt record", "5"]


def test_a_damaged_plain_record_costs_itself_only(tmp_path):
    broken = RECORDS[4].replace(b"WARC/1.0\r\n", b"WXYZ/9.9\r\n", 1)
    (tmp_path / "a.warc").write_bytes(b"".join([*RECORDS[:4], broken, RECORDS[5]]))
    assert taken(tmp_path / "a.warc") == ["1", "corrupt record", "5"]


@pytest.mark.parametrize("parts", [MEMBERS, RECORDS])
def test_an_archive_cut_short_says_so(tmp_path, parts):
    path = tmp_path / ("a.warc.gz" if parts is MEMBERS else "a.warc")
    path.write_bytes(b"".join(parts)[:-100])
    found = taken(path)
    assert found[:2] == ["1", "4"]
    assert set(found[2:]) <= {"truncated", "corrupt record"}
    assert found[2:]


def test_a_record_larger_than_a_page_is_rejected(tmp_path):
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(record(1, body=b"<p>x</p>" * 50_000), mtime=0) + MEMBERS[4])
    small = Settings(page_bytes=100_000)
    found = [
        each
        for item in sources.items([str(tmp_path / "a.warc.gz")], settings=small)
        for each in item.articles(settings=small)
    ]
    assert [getattr(each, "reason", "read") for each in found] == ["too large", "read"]


def test_an_archive_without_pages_says_so(tmp_path):
    (tmp_path / "a.warc.gz").write_bytes(MEMBERS[0] + MEMBERS[2])
    assert taken(tmp_path / "a.warc.gz") == ["no article"]


TEXT = ("Dam talks fail\n\n" + "Talks on the dam failed on Monday, and nobody said why they had begun. " * 3).encode()


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.ZstdCompressor().compress])
def test_compressed_pages(pack):
    [one] = read(Raw(pack(TEXT), "a.txt.gz"))
    assert one.text == TEXT.decode()
    [cut] = read(Raw(pack(TEXT)[:-9], "a.txt.gz"))
    assert cut.reason in ("truncated", "corrupt")
    [bomb] = read(Raw(pack(bytes(50 << 20)), "a.txt.gz"))
    assert bomb.reason == "decompression bomb"


def test_members_one_after_another_are_one_page():
    [one] = read(Raw(gzip.compress(TEXT[:50]) + gzip.compress(TEXT[50:]) + bytes(512), "a.txt.gz"))
    assert one.text == TEXT.decode()


def test_compression_within_compression_ends():
    packed = TEXT
    for _ in range(2):
        packed = gzip.compress(packed)
    assert isinstance(read(Raw(packed, "a.gz"))[0], Article)
    for _ in range(3):
        packed = gzip.compress(packed)
    assert read(Raw(packed, "a.gz"))[0].reason == "decompression bomb"


def test_random_bytes_behind_the_magic_are_corrupt():
    with pytest.raises(ArticleError) as error:
        archives.expanded(Raw(b"\x1f\x8b\x08\x00" + bytes(range(200)), "a.gz"), Settings())
    assert error.value.reason in ("corrupt", "truncated")
