"""Fetching, against a server of our own."""

from __future__ import annotations

import gzip
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from dateline.errors import ArticleError, TransientError
from dateline.intake import Settings, fetch, sources

PAGE = (
    "<html><head><title>Dam talks fail</title></head><body><article><h1>Dam talks fail</h1>"
    + "<p>Talks on the dam failed on Monday, the water ministry said, after nine hours and without a date for more of them.</p>" * 1
    + "<p>The two ministers left by different doors, and neither of them answered when reporters asked what had gone wrong.</p>"
    + "<p>Both countries need the water of the river, and both have begun to build on their own side of the border since May.</p>"
    + "</article></body></html>"
).encode()  # fmt: skip


class Site(BaseHTTPRequestHandler):
    """Answers by path; ``seen`` holds the paths asked for."""

    seen: ClassVar[list[str]] = []
    agents: ClassVar[list[str]] = []
    failures = 0
    robots: tuple[int, bytes] = (404, b"")

    def log_message(self, *words):
        pass

    def do_GET(self):
        Site.seen.append(self.path)
        Site.agents.append(self.headers["User-Agent"])
        if self.path == "/robots.txt":
            self.answer(*Site.robots)
        elif self.path == "/page":
            self.answer(200, PAGE)
        elif self.path == "/packed":
            self.answer(200, gzip.compress(PAGE), **{"Content-Encoding": "gzip"})
        elif self.path == "/bomb":
            self.answer(200, gzip.compress(bytes(30 << 20)), **{"Content-Encoding": "gzip"})
        elif self.path == "/large":
            self.answer(200, bytes(3 << 20))
        elif self.path == "/moved":
            self.answer(302, b"", Location="/page")
        elif self.path == "/round":
            self.answer(302, b"", Location="/round")
        elif self.path == "/away":
            self.answer(302, b"", Location="file:///etc/passwd")
        elif self.path == "/flaky":
            Site.failures += 1
            self.answer(*((503, b"") if Site.failures < 2 else (200, PAGE)), **{"Retry-After": "0"})
        elif self.path == "/down":
            self.answer(503, b"", **{"Retry-After": "0"})
        elif self.path == "/slow":
            self.send_response(200)
            self.end_headers()
            threading.Event().wait(1.5)
        else:
            self.answer(404, b"")

    def answer(self, status, body, **headers):
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def server():
    site = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    site.daemon_threads = True
    threading.Thread(target=site.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{site.server_port}"
    site.shutdown()
    site.server_close()


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setattr(Site, "seen", [])
    monkeypatch.setattr(Site, "agents", [])
    monkeypatch.setattr(Site, "failures", 0)
    monkeypatch.setattr(Site, "robots", (404, b""))
    monkeypatch.setattr(fetch, "_ROBOTS", {})


HERE = Settings(private_addresses=True, page_bytes=2 << 20, retries=1, read_seconds=1.0)


def reason(url, settings=HERE):
    with pytest.raises(ArticleError) as error:
        fetch.get(url, settings=settings)
    return error.value.reason


@pytest.mark.parametrize("path", ["/page", "/moved", "/packed", "/flaky"])
def test_a_page_comes(server, path):
    raw = fetch.get(server + path, settings=HERE)
    assert raw.data == PAGE
    assert raw.url == server + ("/page" if path == "/moved" else path)
    assert raw.retrieved.endswith("Z")
    assert Site.seen[0] == "/robots.txt"
    assert set(Site.agents) == {HERE.user_agent}


def test_an_item_of_a_url_gives_articles(server):
    [item] = sources.items([server + "/page"])
    [article] = item.articles(settings=HERE)
    assert (article.title, article.source) == ("Dam talks fail", "127.0.0.1")
    assert article.retrieved


@pytest.mark.parametrize(
    ("path", "why"),
    [("/nothing", "not fetched"), ("/large", "too large"), ("/bomb", "decompression bomb"), ("/round", "not fetched"), ("/away", "bad address")],
)  # fmt: skip
def test_what_is_no_page_is_rejected(server, path, why):
    assert reason(server + path) == why


def test_robots_are_obeyed(server):
    Site.robots = (200, b"User-agent: *\nDisallow: /page\n")
    assert reason(server + "/page") == "robots"
    assert "/page" not in Site.seen
    assert fetch.get(server + "/page", settings=Settings(private_addresses=True, robots=False)).data == PAGE


def test_a_site_that_cannot_be_asked_for_its_robots_is_left_alone(server):
    Site.robots = (500, b"")
    with pytest.raises(TransientError):
        fetch.get(server + "/page", settings=HERE)
    assert "/page" not in Site.seen


def test_a_site_that_is_down_is_tried_again_and_set_aside(server):
    with pytest.raises(TransientError):
        fetch.get(server + "/down", settings=HERE)
    assert Site.seen.count("/down") == 2
    [item] = sources.items([server + "/down"])
    assert item.articles(settings=HERE)[0].reason == "no answer"


def test_a_silent_site_is_not_waited_for(server):
    with pytest.raises(TransientError):
        fetch.get(
            server + "/slow", settings=Settings(private_addresses=True, read_seconds=0.3, retries=0, robots=False)
        )


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://10.0.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data",
        "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://0.0.0.0/", "http://printer.local/", "http://100.64.0.1/",
    ],
)  # fmt: skip
def test_private_addresses_are_refused(url):
    assert reason(url, Settings(retries=0)) == "private address"


def test_a_name_is_judged_by_every_address_it_has(monkeypatch):
    addresses = [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("127.0.0.1", 80))]
    monkeypatch.setattr(fetch.socket, "getaddrinfo", lambda *_, **__: addresses)
    assert reason("http://paper.example/", Settings(retries=0)) == "private address"


def test_the_request_goes_to_the_address_that_was_checked(server, monkeypatch):
    port = int(server.rpartition(":")[2])
    monkeypatch.setattr(fetch.socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("127.0.0.1", port))])
    raw = fetch.get(f"http://paper.example:{port}/page", settings=HERE)
    assert raw.data == PAGE
    assert raw.url == f"http://paper.example:{port}/page"


@pytest.mark.parametrize("url", ["http://", "http://a:b:c/", "http://p.example:99999/"])
def test_no_address(url):
    assert reason(url) == "bad address"
