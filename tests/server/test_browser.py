"""The reading room in a real browser: marks, keys, forms, and nothing asked of another machine."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from dateline.records import Record
from dateline.server.app import create_app
from tests.server.conftest import changed

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
playwright: Any = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def place(shelf: Path) -> Iterator[str]:
    """The address of a server."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(shelf, changed()), log_level="error", lifespan="on"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture
def watched(browser: Any, place: str) -> Iterator[Any]:
    """A page that must not complain, run a dialogue or ask another machine for anything."""
    trouble: list[str] = []
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    page = context.new_page()
    page.on("console", lambda message: trouble.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("dialog", lambda dialog: (trouble.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda asked: None if asked.url.startswith(place) else trouble.append(asked.url))
    yield page
    context.close()
    assert trouble == []


def test_every_page_opens_without_complaint(watched: Any, place: str, news: list[Record]) -> None:
    hostile = news[1]
    pages = [
        "/",
        "/events",
        "/statements",
        "/figures?counted=people",
        "/articles",
        "/search?text=alert",
        "/actor?who=KEN",
        "/map?of=places",
        "/sql",
        "/read",
    ]
    pages += [f"/report/{hostile.article.id}", f"/cite/{hostile.statements[0].id}"]
    for width in (1200, 390):
        watched.set_viewport_size({"width": width, "height": 800})
        for each in pages:
            watched.goto(place + each)
            assert watched.evaluate("document.documentElement.scrollWidth") <= width, each
            assert watched.locator("h1, .citation").count() >= 1


def test_marks_and_cards_lead_to_each_other(watched: Any, place: str, news: list[Record]) -> None:
    record = news[0]
    event = record.events[0]
    watched.goto(f"{place}/report/{record.article.id}#w-{event.id}")
    assert watched.locator(f"#{event.id}.lit").count() == 1
    statement = record.statements[0]
    watched.locator(f"#{statement.id} button").click()
    assert watched.url.endswith(f"#{statement.id}")
    assert watched.locator(f"mark.lit[data-of~='{statement.id}']").count() >= 1
    watched.keyboard.press("Escape")
    assert watched.locator(".lit").count() == 0
    watched.locator("article mark.event").first.click()
    assert watched.locator(".card.lit").count() == 1
    watched.keyboard.press("n")
    assert watched.locator(".card.lit").count() == 1
    watched.locator(f"#{event.id} a", has_text="cite").click()
    assert f"/cite/{event.id}" in watched.url
    assert watched.locator(".check.good").count() == 1


def test_a_tap_on_a_phone_shows_the_finding(watched: Any, place: str, news: list[Record]) -> None:
    watched.set_viewport_size({"width": 390, "height": 800})
    watched.goto(f"{place}/report/{news[0].article.id}")
    watched.locator("article mark.event").first.click()
    assert watched.locator("#sheet .card").is_visible()


def test_search_sql_and_reading_a_text(watched: Any, place: str) -> None:
    watched.goto(place)
    watched.keyboard.press("/")
    watched.keyboard.type("border crossing")
    watched.keyboard.press("Enter")
    watched.wait_for_url("**/search?text=border+crossing")
    assert watched.locator(".found mark").count() >= 1
    watched.locator(".found a").first.click()
    assert "at=" in watched.url
    watched.goto(f"{place}/sql")
    watched.fill("#query", "SELECT 40 + 2 AS answer")
    watched.locator("#query").press("Control+Enter")
    watched.wait_for_selector("td")
    assert watched.locator("td").inner_text() == "42"
    watched.goto(f"{place}/read")
    watched.fill("#text", "Kenya accused Uganda of closing the border on Monday, police said.")
    watched.get_by_role("button", name="Read", exact=True).click()
    watched.wait_for_selector("article mark", timeout=60_000)
    assert "not stored" in watched.locator(".facts.end").inner_text()
