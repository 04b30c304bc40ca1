"""Judgements through the server: kept, given out, refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from dateline.records import Record
from dateline.server.app import create_app
from dateline.store import open_store
from tests.server.conftest import SETTINGS, changed


@pytest.fixture(params=["news.duckdb", "news/"], ids=["duckdb", "parquet"])
def room(request: pytest.FixtureRequest, news: list[Record], tmp_path: Path) -> Iterator[TestClient[Any]]:
    path = f"{tmp_path}/{request.param}"
    with open_store(path) as store:
        store.add(news[:3])
    with TestClient(create_app(path, SETTINGS)) as opened:
        yield opened


def test_a_judgement_is_kept_seen_and_given_out(room: TestClient[Any], news: list[Record]) -> None:
    event, other = news[0].events[0], news[2].events[0]
    sent = {"finding": event.id, "verdict": "corrected", "reviewer": "Ada", "correction": {"status": "denied"}}
    answer = room.post("/api/judgements", json=sent)
    assert answer.status_code == 201
    assert answer.json()["finding"] == event.id
    room.post("/api/judgements", json={"finding": other.id, "verdict": "right", "reviewer": "Ada", "how": "sample"})
    page = room.get("/api/judgements?limit=1").json()
    assert [row["finding"] for row in page["rows"]] == [other.id]
    [row] = room.get(f"/api/judgements?after={page['next']}").json()["rows"]
    assert (row["correction"], row["stale"]) == ({"status": "denied"}, False)
    [rate] = room.get("/api/judgements/precision?by=kind").json()
    assert (rate["judged"], rate["right"], rate["corrected"]) == (2, 1, 1)
    gold = room.get("/api/judgements/gold?how=sample")
    assert gold.headers["content-type"].startswith("application/x-ndjson")
    [line] = [json.loads(each) for each in gold.text.splitlines()]
    assert line["cite"]["id"] == other.id
    assert room.get(f"/report/{news[0].article.id}").status_code == 200


def test_a_form_is_kept_and_leads_back_to_this_server_alone(room: TestClient[Any], news: list[Record]) -> None:
    event = news[0].events[0].id
    form = {"finding": event, "verdict": "right", "reviewer": "Zoë", "back": f"/report/{news[0].article.id}#{event}"}
    answer = room.post("/judge", data=form, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, form["back"])
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    for away in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/\n/x"):
        answer = room.post("/judge", data={**form, "back": away}, follow_redirects=False)
        assert answer.headers["location"] == f"/review/{event}"
    nameless = room.post("/judge", data={**form, "reviewer": "", "verdict": "wrong"}, follow_redirects=False)
    assert nameless.status_code == 303  # the browser remembers the name
    [row] = room.get("/api/judgements").json()["rows"]
    assert (row["reviewer"], row["verdict"]) == ("Zoë", "wrong")
    for wrong in ({"verdict": "maybe"}, {"verdict": "corrected", "is-status": "odd"}):
        answer = room.post("/judge", data={**form, **wrong})
        assert answer.status_code == 400
        assert 'role="alert"' in answer.text
    assert room.post("/judge", data={**form, "finding": "e0000000"}).status_code == 404


def test_another_site_cannot_judge(room: TestClient[Any], news: list[Record]) -> None:
    form = {"finding": news[0].events[0].id, "verdict": "right", "reviewer": "Eve"}
    for headers in ({"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}):
        assert room.post("/judge", data=form, headers=headers).status_code == 403
        assert room.post("/api/judgements", json=form, headers=headers).status_code == 403
    assert room.get("/api/judgements").json()["rows"] == []


def test_a_store_served_for_reading_says_so(news: list[Record], tmp_path: Path) -> None:
    path = tmp_path / "news.duckdb"
    with open_store(path) as store:
        store.add(news[:2])
    event = news[0].events[0].id
    with TestClient(create_app(path, changed(judgements=False))) as room:
        sent = {"finding": event, "verdict": "right", "reviewer": "Ada"}
        refused = room.post("/api/judgements", json=sent)
        assert refused.status_code == 403
        assert "--read-only" in refused.json()["detail"]
        assert "--read-only" in room.get("/review").text
        assert 'action="/judge"' not in room.get(f"/review/{event}").text
        assert room.get("/api/judgements").json()["rows"] == []
