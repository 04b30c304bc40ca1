"""Make the pictures of the guides anew, from a store made of the sample news.

python tools/screenshots.py              docs/how-to/images/*.png
python tools/screenshots.py --all DIR    every kind of page, wide and on a phone, light and dark, into a folder

Needs Chromium, and Playwright from the test extra.
"""

from __future__ import annotations

import argparse
import re
import shutil
import socket
import tempfile
import threading
import time
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from playwright import sync_api

from dateline.cli import main as dateline
from dateline.server.app import create_app
from dateline.server.settings import ServerSettings

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "how-to" / "images"
playwright: Any = sync_api
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WIDE, PHONE = (1200, 860), (390, 800)


def store(path: Path) -> None:
    """The sample news, read and linked."""
    samples = ROOT / "samples"
    for source in (samples / "news", samples / "disputes" / "reports.jsonl"):
        dateline(["run", str(source), "--store", str(path)])
    dateline(["link", "--store", str(path)])


@contextmanager
def served(path: Path, settings: ServerSettings | None = None) -> Generator[str]:
    """The address of the reading room over a store."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(path, settings), log_level="error", lifespan="on"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@contextmanager
def chromium() -> Generator[Any]:
    """A browser."""
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def found(base: str, path: str, pattern: str) -> str:
    """The first address on a page that is like this."""
    text = urllib.request.urlopen(base + path).read().decode()  # noqa: S310 - our own server
    seen = re.search(pattern, text)
    if seen is None:
        raise SystemExit(f"nothing like {pattern} on {path}")
    return seen[1]


def places(base: str) -> dict[str, str]:
    """Addresses of one page of each kind."""
    story = found(base, "/stories", r'href="(/story/y[0-9a-f]+)">[^<]*[Qq]uake')
    report = found(base, story, r'href="(/report/n[0-9a-f]+)"')
    return {
        "front": "/",
        "report": report,
        "story": story,
        "stories": "/stories",
        "disputes": "/disputes?text=quake",
        "incidents": "/incidents",
        "incident": found(base, "/incidents", r'href="(/incident/i[0-9a-f]+)"'),
        "copies": "/copies",
        "copy_group": found(base, "/copies", r'href="(/copies/[gn][0-9a-f]+)"'),
        "events": "/events",
        "events-filtered": "/events?relation=REQUEST&status=happened",
        "events-wrong": "/events?country=KNE",
        "statements": "/statements?by=day",
        "phrase": "/phrase?text=talks",
        "figures": "/figures?counted=people",
        "articles": "/articles",
        "actor": "/actor?who=KOR",
        "dyads": "/dyads",
        "dyad": "/dyads?source=RUS",
        "map": "/map?of=places",
        "search": "/search?text=flood",
        "review": "/review?kind=event&label=ASSAULT",
        "judgements": "/judgements",
        "sql": "/sql",
        "read": "/read",
        "cite": found(base, report, r'href="(/cite/e[0-9a-f]+)"'),
        "missing": "/report/n0",
    }


def pictures(base: str, browser: Any) -> None:
    """The pictures of the guides."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    page = browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]}).new_page()
    known = places(base)
    for name in ("front", "story", "disputes", "map", "dyads"):
        page.goto(base + known[name])
        page.screenshot(path=IMAGES / f"{name}.png")
    page.goto(base + known["report"])
    page.locator("article mark.event, article mark.figure").first.click()
    page.mouse.move(5, 5)
    page.screenshot(path=IMAGES / "report.png")
    page.goto(base + known["review"])
    page.get_by_label("Your name").fill("Ada")
    page.get_by_role("button", name="Right", exact=True).click()
    page.wait_for_load_state()
    page.get_by_text("Correct it").click()
    page.screenshot(path=IMAGES / "review.png")


def everything(base: str, browser: Any, folder: Path) -> None:
    """Every kind of page, wide and on a phone, light and dark."""
    folder.mkdir(parents=True, exist_ok=True)
    for scheme in ("light", "dark"):
        for device, (width, height) in (("wide", WIDE), ("phone", PHONE)):
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
            page = context.new_page()
            for name, path in places(base).items():
                page.goto(base + path)
                page.screenshot(path=folder / f"{name}-{device}-{scheme}.png")
            context.close()


def main() -> None:
    """Make a store, serve it, take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", type=Path, metavar="DIR", help="every kind of page, for looking at")
    parser.add_argument("--store", type=Path, help="a store made before, instead of a new one")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.store or Path(folder) / "news.duckdb"
        if not path.exists():
            store(path)
        # The pictures of a review leave a judgement: in a copy.
        shown = Path(folder) / "shown.duckdb"
        shutil.copy(path, shown)
        with served(shown) as base, chromium() as browser:
            if given.all:
                everything(base, browser, given.all)
            else:
                pictures(base, browser)


if __name__ == "__main__":
    main()
