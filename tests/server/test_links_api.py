"""Links over REST: what ``dateline link`` makes, with its filters and pages."""

from __future__ import annotations

from typing import Any

import pytest
from litestar.testing import TestClient

from dateline.pipeline import link as linking
from dateline.query import open_store
from dateline.server.app import create_app
from tests.linking.test_incidents import COURIER, WIRE
from tests.linking.test_link_store import NEWS
from tests.server.conftest import SETTINGS


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("links") / "news.duckdb"
    with open_store(path) as store:
        store.add([*NEWS, WIRE, COURIER])
        linking.link(store)
    with TestClient(create_app(path, SETTINGS)) as client:
        yield client


def test_incidents_are_listed_filtered_and_shown_with_their_events(linked: Any) -> None:
    page = linked.get("/api/incidents").json()
    assert {row["relation"] for row in page["rows"]} == {"ASSAULT", "CONSULT"}
    assert page["more"] is False
    [attack] = linked.get("/api/incidents?relation=ASSAULT&country=KEN&independent=2&actor=rebels").json()["rows"]
    assert (attack["events"], attack["reports"], attack["status"]) == (2, 2, "happened")
    assert linked.get("/api/incidents?since=2025-03-03&until=2025-03-03&relation=ASSAULT").json()["rows"] == [attack]
    assert linked.get("/api/incidents?independent=3").json()["rows"] == []
    assert linked.get("/api/incidents?status=denied&relation=").json()["rows"] == []
    first = linked.get("/api/incidents?limit=1").json()
    second = linked.get("/api/incidents?limit=1&skip=1").json()
    assert (first["more"], second["more"]) == (True, False)
    assert first["rows"] + second["rows"] == page["rows"]
    members = linked.get(f"/api/incident-events?incident={attack['id']}").json()["rows"]
    assert [row["publisher"] for row in members] == ["Wire", "Courier"]
    assert members[0]["quote"].startswith("Rebels attacked the harbour")
    assert members == linked.get(f"/api/incident-events?incident={members[1]['event']}").json()["rows"]


def test_stories_copies_and_disputes_are_listed(linked: Any) -> None:
    stories = linked.get("/api/stories?text=river").json()["rows"]
    assert stories
    assert all(row["reports"] >= row["independent"] for row in stories)
    copies = linked.get(f"/api/copies?article={NEWS[0].article.id}").json()["rows"]
    assert copies[0]["place"] == 1
    assert linked.get("/api/disputes?limit=5").json()["rows"] == []
    assert linked.get("/api/incidents?story=; DROP").status_code == 400
