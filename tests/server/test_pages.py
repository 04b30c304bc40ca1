"""The reading room: every page, without a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from dateline.query import open_store
from dateline.records import Record
from dateline.server.app import create_app
from dateline.server.web.charts import history
from dateline.server.web.rendering import address, environment, harmless, web_address
from tests.conftest import NEWS
from tests.server.conftest import SETTINGS, changed, pages_of


class _Seen(HTMLParser):
    """Elements and attributes that could run or fetch something, and the text."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str | None] = []
        self.bad: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script":
            self.scripts.append(given.get("src"))
        if tag in ("img", "iframe", "object", "embed", "style", "base", "form") and tag != "form":
            self.bad.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.bad.append(f"{tag} {name}")
            if name in ("href", "src", "action"):
                self.links.append(value or "")
            if name == "id":
                self.ids.append(value or "")


def _seen(html: str) -> _Seen:
    seen = _Seen()
    seen.feed(html)
    return seen


def _inert(html: str) -> None:
    seen = _seen(html)
    assert [each for each in seen.scripts if not re.fullmatch(r"/static/room\.js\?v=[0-9a-f]{12}", each or "")] == []
    assert len(seen.scripts) == 1
    assert seen.bad == []
    assert not any(re.match(r"\s*(javascript|data|vbscript):", link, re.IGNORECASE) for link in seen.links)
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", html)
    assert len(seen.ids) == len(set(seen.ids))


@pytest.fixture(scope="module")
def room(linked_shelf: Path) -> Iterator[TestClient[Any]]:
    with TestClient(create_app(linked_shelf, SETTINGS)) as opened:
        yield opened


def test_every_page_is_whole_and_inert(room: TestClient[Any], news: list[Record]) -> None:
    for each in pages_of(news):
        answer = room.get(each)
        assert answer.status_code == 200, each
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert "</html>" in answer.text
        _inert(answer.text)


def test_every_page_is_whole_where_nothing_is_linked_or_judged(client: TestClient[Any], news: list[Record]) -> None:
    for each in pages_of(news):
        answer = client.get(each)
        named = each.startswith(("/story/", "/incident/", "/copies/"))
        assert answer.status_code == (404 if named else 200), each
        _inert(answer.text)
    assert "dateline link" in client.get("/stories").text


def test_the_hostile_report_is_inert_and_whole(client: TestClient[Any], news: list[Record]) -> None:
    record = news[1]
    pages = [f"/report/{record.article.id}", f"/cite/{record.article.id}"]
    pages += [f"/cite/{finding.id}" for finding in record.findings()]
    pages += [
        "/search?text=alert",
        "/search?text=%3Cscript%3E",
        "/statements?text=accuse",
        "/events?actor=%22%3E%3Cimg",
    ]
    for each in pages:
        answer = client.get(each)
        assert answer.status_code == 200
        _inert(answer.text)
    shown = client.get(pages[0]).text
    words = unescape(re.sub(r"<[^>]*>", "", shown))
    assert '<script>alert(1)</script> Minister "><img src=x' in words
    assert "{{7*7}}" in words
    assert 'href="javascript' not in shown


def test_every_word_and_finding_of_a_report_is_on_its_page(client: TestClient[Any], news: list[Record]) -> None:
    record = news[0]
    html = client.get(f"/report/{record.article.id}").text
    ids = set(_seen(html).ids)
    for finding in (*record.statements, *record.events, *record.figures, *record.times, *record.actors):
        assert finding.id in ids
        assert f"w-{finding.id}" in ids
    text = " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())
    for block in record.article.blocks:
        assert " ".join(record.quote(block.span).split()) in text
    assert "The stored text is the one that was read" in text
    assert f'href="{record.article.url}"' in html


def test_a_citation_shows_its_words_in_their_sentence(client: TestClient[Any], news: list[Record]) -> None:
    record = news[0]
    event = record.events[0]
    html = client.get(f"/cite/{event.id}").text
    for span in event.provenance.evidence:
        assert f">{record.quote(span)}</mark>" in html
    assert "✓ The stored text is the one that was read." in html
    assert f'href="/report/{record.article.id}#w-{event.id}"' in html


def test_a_changed_text_is_said_to_be_changed(shelf: Path, tmp_path: Path, news: list[Record]) -> None:
    import shutil

    import duckdb

    copy = tmp_path / "changed.duckdb"
    shutil.copy(shelf, copy)
    connection: Any = duckdb.connect(str(copy))
    connection.execute(
        "UPDATE articles SET text = replace(text, 'Moyale', 'Mombas') WHERE id = ?", [news[0].article.id]
    )
    connection.close()
    with TestClient(create_app(copy, changed())) as client:
        for page in (f"/cite/{news[0].events[0].id}", f"/report/{news[0].article.id}"):
            assert "✗ The stored text has changed since it was read" in client.get(page).text


def test_lists_lead_through_their_pages(client: TestClient[Any], shelf: Path) -> None:
    with open_store(shelf, read_only=True) as store:
        wanted = [row["id"] for row in store.actors().rows()]
        figures = [row["id"] for row in store.figures().rows()]
    assert wanted
    html = client.get("/figures").text
    assert re.findall(r'href="/cite/(f[0-9a-f]{20})"', html) == figures[:50]
    assert "That is all." in html


def test_the_front_page_counts_what_happened(client: TestClient[Any], shelf: Path) -> None:
    with open_store(shelf, read_only=True) as store:
        [row] = store.rows(
            "SELECT count(*) AS n FROM events WHERE relation = 'REQUEST' AND status IN ('happened', 'ongoing')"
        )
    html = client.get("/").text
    found = re.search(r'relation=REQUEST">REQUEST</a>.*?<td class="n">(\d+)</td>', html, re.DOTALL)
    assert found is not None
    assert int(found[1]) == row["n"]
    assert "<title>2024-11-04" in html
    assert client.get("/?since=1990-01-01&until=1990-01-02").status_code == 200


def test_a_search_lights_the_words_and_leads_to_the_place(client: TestClient[Any]) -> None:
    html = client.get("/search?text=moyale+border").text
    assert '<mark class="figure">Moyale border</mark>' in html
    found = re.search(r'href="(/report/n[0-9a-f]{20}\?at=\d+)#at"', html)
    assert found is not None
    assert '<span class="anchor" id="at"></span>' in client.get(found[1]).text


def test_sql_and_its_download(client: TestClient[Any]) -> None:
    query = "SELECT '<b>x</b>' AS \"<i>\", 1 AS n"
    html = client.post("/sql", data={"query": query}).text
    assert "&lt;b&gt;x&lt;/b&gt;</td>" in html
    _inert(html)
    table = client.post("/sql", data={"query": query, "form": "csv"})
    assert table.text.splitlines() == ["<i>,n", "<b>x</b>,1"]
    assert "attachment" in table.headers["content-disposition"]
    refused = client.post("/sql", data={"query": "DROP TABLE events"}).text
    assert "only reads" in refused
    assert client.post("/sql", data={"query": "SELECT 1"}, headers={"origin": "http://evil.example"}).status_code == 403


def test_a_text_of_ones_own_is_read_and_not_kept(client: TestClient[Any]) -> None:
    html = client.post("/read", data={"text": NEWS}).text
    assert "This text was read and not stored" in html
    assert "/cite/" not in html
    _inert(html)
    assert "holds nothing" in client.post("/read", data={"text": ""}).text


@pytest.mark.parametrize(
    ("address", "status"),
    [("/nothing", 404), ("/report/n0", 404), ("/cite/x", 404), ("/events?since=x", 400), ("/figures?at_least=x", 400),
     ("/events?after=%3Cscript%3E", 400), ("/static/../pages.py", 404), ("/static/none.js", 404)],
)  # fmt: skip
def test_errors_are_pages(client: TestClient[Any], address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    _inert(answer.text)


def test_static_files_may_be_kept(client: TestClient[Any]) -> None:
    for link in re.findall(r"/static/[^\"]+", client.get("/").text):
        answer = client.get(link)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert "http://" not in answer.text.replace("http://www.w3.org/2000/svg", "")
        assert "https://" not in answer.text


def test_templates_escape_and_addresses_are_safe() -> None:
    made = environment().from_string("<p title='{{ x }}'>{{ x }}</p>").render(x="'><script>\u202e")
    assert made == "<p title='&#39;&gt;&lt;script&gt;�'>&#39;&gt;&lt;script&gt;�</p>"
    assert harmless("a\nb") == "a\nb"
    assert web_address("javascript:1") == ""
    assert web_address("https://x.example") == "https://x.example"
    assert address("/events", {"a": "x&y", "b": ""}, c=None) == "/events?a=x%26y"


def test_a_history_needs_two_dated_figures() -> None:
    from datetime import date

    row = {"earliest": date(2025, 1, 1), "latest": None, "day": None, "low": 3.0, "high": None, "holder": None}
    assert history([row]) is None
    plot = history([row, row | {"earliest": date(2025, 1, 11), "low": 6.0, "holder": "police"}])
    assert plot is not None
    assert [point.x for point in plot.points] == [70.0, 780.0]
    assert plot.points[0].low > plot.points[1].low
    assert plot.holders == ["the reporter", "police"]


def test_an_actor_is_seen_from_all_sides(client: TestClient[Any], news: list[Record]) -> None:
    html = client.get("/actor?who=UGA").text
    text = " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())
    assert "the county governor" in text.partition("With whom")[2].partition("What they did")[0]
    assert "REQUEST" in text.partition("What was done to them")[2]
    assert "<title>2024-11-04" in html
    governor = client.get("/actor?who=county+governor").text
    assert "We asked Uganda for help," in governor
    assert "Nobody of that name" in client.get("/actor?who=nobody").text


def test_the_map_has_a_circle_where_events_were(client: TestClient[Any]) -> None:
    html = client.get("/map").text
    assert re.search(r"<title>Kisumu, KEN: 12 in 12 reports</title><circle cx=\"214.75\" cy=\"90.1\"", html)
    assert "M0 " in html or 'd="M' in html
    assert client.get("/map?since=1990-01-01&until=1990-01-02").text.count("<circle") == 0


def test_pairs_of_countries_lead_to_their_events_and_to_one_file(room: TestClient[Any]) -> None:
    page = room.get("/dyads?source=KEN&target=UGA&period=week").text
    assert "What Kenya did to Uganda" in page
    assert 'href="/dyads?period=week&amp;source=UGA&amp;target=KEN"' in page
    assert 'href="/events?source=KEN&amp;target=UGA&amp;since=2024-11-04&amp;until=2024-11-10"' in page
    [file] = re.findall(r'href="(/api/dyads\.csv[^"]*)"', page)
    answer = room.get(unescape(file))
    assert answer.headers["content-type"].startswith("text/csv")
    lines = answer.text.splitlines()
    assert lines[0].startswith("source,target,period,source_cow,target_cow,")
    assert len(lines) > 1
    assert all(line.startswith("KEN,UGA,") for line in lines[1:])
    assert "All pairs" in room.get("/").text


def test_a_form_keeps_what_was_written_in_it_when_it_cannot_be_meant(room: TestClient[Any]) -> None:
    for address_, says in (
        ("/events?country=KNE", "country: &#39;KNE&#39; is no code of the kind; the store has"),
        ("/figures?at_least=many", "At least: &#39;many&#39; is no number"),
        ("/statements?since=yesterday", "&#39;yesterday&#39; is no day: write it as 2024-10-31"),
        ("/dyads?among=KEN+UGG", "among: &#39;UGG&#39; is no code of the kind"),
        ("/dyads?confidence=much", "Confidence at least: &#39;much&#39; is no number"),
    ):
        answer = room.get(address_)
        assert answer.status_code == 400
        assert f'<p class="fault" role="alert">{says}' in answer.text
        assert re.search(r'<details class="fold"><summary>Filters <span class="tag">', answer.text)


def test_statements_by_day_begin_with_the_earliest(room: TestClient[Any]) -> None:
    days = re.findall(r'<p class="soft">(\d{4}-\d\d-\d\d) ·', room.get("/statements?by=day").text)
    assert days == sorted(days)
    assert len(set(days)) > 1


def test_a_place_on_the_map_leads_to_what_happened_there(room: TestClient[Any]) -> None:
    page = room.get("/map?since=2024-11-01").text
    links = {unescape(each) for each in re.findall(r'href="(/events\?place=[^"]*)"', page)}
    assert "/events?place=Kisumu&since=2024-11-01" in links
    events = room.get("/events?place=kisumu&since=2024-11-01").text
    assert 'name="place" value="kisumu"' in events
    assert events.count(">in Kisumu</span>") >= 12
    assert room.get("/api/figures?place=kisu").json()["rows"]
