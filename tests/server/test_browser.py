"""The reading room in a real browser: marks, keys, forms, and nothing asked of another machine."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from dateline.records import Record
from tests.server.conftest import changed, pages_of

screenshots: Any = pytest.importorskip("tools.screenshots", reason="playwright is not installed")
pytestmark = pytest.mark.skipif(screenshots.CHROMIUM is None, reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def place(linked_shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over a copy of the linked store, which may be written."""
    shelf = tmp_path_factory.mktemp("served") / "news.duckdb"
    shutil.copy(linked_shelf, shelf)
    with screenshots.served(shelf, changed()) as base:
        yield base


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with screenshots.chromium() as opened:
        yield opened


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
    for width in (1200, 390):
        watched.set_viewport_size({"width": width, "height": 800})
        for each in pages_of(news):
            watched.goto(place + each)
            assert watched.evaluate("document.documentElement.scrollWidth") <= width, each
            assert watched.locator("h1, .citation").count() >= 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Any, place: str, news: list[Record], scheme: str) -> None:
    axe = resources.files(pytest.importorskip("axe_playwright_python")) / "axe.min.js"
    context = browser.new_context(color_scheme=scheme)
    context.add_init_script(axe.read_text(encoding="utf-8"))
    page = context.new_page()
    found: list[str] = []
    # What a filter changes has been looked at above; every page is seen in both schemes, at one width in each.
    for number, each in enumerate(each for each in pages_of(news) if "?" not in each or "who=" in each):
        page.set_viewport_size({"width": (1200, 390)[(number + (scheme == "dark")) % 2], "height": 800})
        page.goto(place + each)
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        for fault in result["violations"]:
            where = "; ".join(str(node["target"]) for node in fault["nodes"][:3])
            found.append(f"{each}: {fault['impact']} {fault['id']} at {where}")
    context.close()
    assert found == []


def test_a_reader_judges_corrects_and_takes_back(watched: Any, place: str, news: list[Record]) -> None:
    record = news[0]
    event = record.events[0]
    card = watched.locator(f"#{event.id}")
    watched.goto(f"{place}/report/{record.article.id}")
    card.get_by_role("link", name="Judge:").click()  # nobody is known yet: the page of the finding asks for a name
    watched.get_by_label("Your name").fill("Ada")
    watched.get_by_role("button", name="Right", exact=True).click()
    watched.wait_for_url(f"**/report/{record.article.id}#{event.id}")
    assert card.locator(".verdict-right").inner_text() == "right"
    with watched.expect_navigation():
        card.get_by_role("button", name="Take back").click()
    assert card.locator(".verdict-right").count() == 0
    with watched.expect_navigation():
        card.get_by_role("button", name="Wrong:").click()  # the browser remembers the name
    assert card.locator(".verdict-wrong").count() == 1
    card.get_by_role("link", name="Correct:").click()
    watched.get_by_text("Correct it").click()
    watched.get_by_label("status").select_option("denied")
    watched.get_by_label("Note").fill("They deny it.")
    watched.get_by_role("button", name="Keep the correction").click()
    watched.wait_for_url(f"**/report/{record.article.id}#{event.id}")
    assert card.locator(".verdict-corrected").count() == 1
    watched.goto(f"{place}/judgements")
    row = watched.locator("table").last.locator("tbody tr").first
    assert "status: denied" in row.inner_text()
    assert "They deny it." in row.inner_text()
    with watched.expect_navigation():
        row.get_by_role("button", name="Take back").click()
    assert "They deny it." not in watched.locator("table").last.inner_text()
    with watched.expect_download() as download:
        watched.get_by_role("link", name="Download as gold").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["reviewer"] for line in lines} == {"Cy", "<b onclick=alert(11)>Eve"}


def test_a_sample_is_gone_through_by_keyboard(watched: Any, place: str) -> None:
    watched.goto(f"{place}/review?kind=figure")
    watched.get_by_label("Your name").fill("Bo")
    seen: set[str] = set()
    for _ in range(3):
        seen.add(watched.locator("input[name=finding]").get_attribute("value"))
        watched.get_by_role("button", name="Right", exact=True).focus()
        with watched.expect_navigation():
            watched.keyboard.press("Enter")
    assert len(seen) == 3
    assert "You have judged 3" in watched.locator(".lede").inner_text()


def test_marks_and_cards_lead_to_each_other(watched: Any, place: str, news: list[Record]) -> None:
    record = news[0]
    event = record.events[0]
    watched.goto(f"{place}/report/{record.article.id}#w-{event.id}")
    assert watched.locator(f"#{event.id}.lit").count() == 1
    statement = record.statements[0]
    watched.locator(f"#{statement.id} [data-show]").click()
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
    watched.fill("#query", "SELECT relation, count(*) AS n FROM events GROUP BY ALL ORDER BY n DESC")
    watched.get_by_role("button", name="Run").click()
    watched.get_by_label("Chart").select_option("bar")
    watched.get_by_role("button", name="Draw").click()
    watched.wait_for_selector("figure.answer rect")
    assert watched.locator("figure.answer rect").count() == watched.locator("tbody tr").count()
    with watched.expect_download() as download:
        watched.get_by_role("button", name="Download JSON").click()
    assert json.loads(Path(download.value.path()).read_bytes())["columns"] == ["relation", "n"]
    watched.goto(f"{place}/read")
    watched.fill("#text", "Kenya accused Uganda of closing the border on Monday, police said.")
    watched.get_by_role("button", name="Read", exact=True).click()
    watched.wait_for_selector("article mark", timeout=60_000)
    assert "not stored" in watched.locator(".facts.end").inner_text()
