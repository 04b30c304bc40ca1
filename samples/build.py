"""Build the sample web archive: `python samples/build.py` writes samples/news/crawl.warc.gz, the same bytes each time.

Two pages stand in it as a crawler would have stored them, with the request of one, a redirect, an image and a page that
was not found beside them, which a reader of news must pass over.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import uuid
from pathlib import Path

HERE = Path(__file__).parent
TARGET = HERE / "news" / "crawl.warc.gz"
PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
HARBOUR = "https://harbourwire.example/2024/10/04/us-ports-strike-suspended"
COURIER = "https://lakesidecourier.example/news/solt-declares-emergency"


def record(kind: str, uri: str, date: str, media: str, block: bytes) -> bytes:
    """One WARC 1.1 record in a gzip member of its own; its id comes from its content."""
    name = uuid.uuid5(uuid.NAMESPACE_URL, f"{kind} {uri} {hashlib.sha256(block).hexdigest()}")
    digest = base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()
    head = [
        "WARC/1.1",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:{name}>",
        f"WARC-Date: {date}",
        *([f"WARC-Target-URI: {uri}"] if uri else []),
        f"WARC-Block-Digest: sha1:{digest}",
        f"Content-Type: {media}",
        f"Content-Length: {len(block)}",
    ]
    return gzip.compress("\r\n".join(head).encode() + b"\r\n\r\n" + block + b"\r\n\r\n", compresslevel=9, mtime=0)


def response(uri: str, date: str, status: str, media: str, body: bytes, *more: str) -> bytes:
    """The record of an answer."""
    head = "\r\n".join((f"HTTP/1.1 {status}", f"Content-Type: {media}", f"Content-Length: {len(body)}", *more))
    return record("response", uri, date, "application/http; msgtype=response", head.encode() + b"\r\n\r\n" + body)


def build() -> bytes:
    """The archive's bytes."""
    html = "text/html; charset=utf-8"
    info = b"software: samples/build.py\r\nformat: WARC File Format 1.1\r\n"
    ask = f"GET {HARBOUR.partition('.example')[2]} HTTP/1.1\r\nHost: harbourwire.example\r\n\r\n".encode()
    return b"".join(
        (
            record("warcinfo", "", "2025-11-06T06:00:00Z", "application/warc-fields", info),
            record("request", HARBOUR, "2025-11-06T06:00:01Z", "application/http; msgtype=request", ask),
            response(
                HARBOUR,
                "2025-11-06T06:00:01Z",
                "200 OK",
                html,
                (HERE / "archive/port-strike-suspended.html").read_bytes(),
            ),
            response(
                COURIER.replace("https", "http"),
                "2025-11-06T06:00:03Z",
                "301 Moved Permanently",
                html,
                b"",
                f"Location: {COURIER}",
            ),
            response(
                COURIER,
                "2025-11-06T06:00:04Z",
                "200 OK",
                html,
                (HERE / "archive/tamana-flood-emergency.html").read_bytes(),
            ),
            response("https://lakesidecourier.example/p/dot.gif", "2025-11-06T06:00:05Z", "200 OK", "image/gif", PIXEL),
            response(
                "https://lakesidecourier.example/old",
                "2025-11-06T06:00:06Z",
                "404 Not Found",
                html,
                b"<h1>Not found</h1>",
            ),
        )
    )


if __name__ == "__main__":
    TARGET.write_bytes(build())
