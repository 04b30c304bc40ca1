"""What is the same for every reader is made once, for as long as the store is; what is not, each time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient

from dateline.query import Store, open_store
from dateline.server import answers, app, holding
from dateline.server.app import create_app
from dateline.server.settings import ServerSettings
from tests.store.making import news

SETTINGS = ServerSettings(hosts=("testserver.local",))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is asked of the store."""
    found: list[str] = []
    rows, stream = Store.rows, Store.stream

    def noted(self: Store, query: str, *given: object, **more: object) -> object:
        found.append(query)
        return rows(self, query, *given, **more)  # type: ignore[arg-type]

    def streamed(self: Store, query: str, *given: object, **more: object) -> object:
        found.append(query)
        return stream(self, query, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(app, "warmed", lambda _: None)  # asks too, at any moment
    monkeypatch.setattr(Store, "rows", noted)
    monkeypatch.setattr(Store, "stream", streamed)
    yield found


def test_a_page_is_made_once(tmp_path: Path, asked: list[str]) -> None:
    path = tmp_path / "news.duckdb"
    with open_store(path) as store:
        store.add([news(1), news(2)])
    with TestClient(create_app(path, SETTINGS)) as reader:
        for address in ("/events", "/events?relation=ASSAULT", "/api/events?limit=3", "/articles", "/stories"):
            first = reader.get(address)
            asked.clear()
            again = reader.get(address)
            assert not asked
            assert (again.status_code, again.content, again.headers) == (200, first.content, first.headers)
            assert "content-security-policy" in again.headers
        # A judgement would change these, or a reviewer's name.
        finding = reader.get("/api/events").json()["rows"][0]["id"]
        for address in ("/judgements", f"/review/{finding}", "/api/judgements", f"/cite/{finding}"):
            reader.get(address)
            asked.clear()
            assert reader.get(address).status_code == 200
            assert asked
        reader.get("/events?relation=REQUEST&after=wrong")
        asked.clear()
        assert reader.get("/events?after=wrong").status_code == 400


def test_a_page_is_made_again_when_the_store_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "FRESH", 0.0)
    path = tmp_path / "store"
    with open_store(path, layout="parquet") as store:
        store.add(news(1))
    with TestClient(create_app(path, SETTINGS)) as reader:
        assert len(reader.get("/api/articles").json()["rows"]) == 1
        assert len(reader.get("/api/articles").json()["rows"]) == 1
        with open_store(path) as store:
            store.add(news(2))
        assert len(reader.get("/api/articles").json()["rows"]) == 2


def test_memory_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: list[str]) -> None:
    path = tmp_path / "news.duckdb"
    with open_store(path) as store:
        store.add(news(1))
    served = create_app(path, SETTINGS)
    with TestClient(served) as reader:
        size = len(reader.get("/articles?title=a0").content)
        assert served.answers is not None
        monkeypatch.setattr(served.answers, "_most", 3 * size + 100)
        for number in (1, 2, 3):
            reader.get(f"/articles?title=a{number}")
        asked.clear()
        reader.get("/articles?title=a3")
        assert not asked
        reader.get("/articles?title=a0")
        assert asked
        monkeypatch.setattr(answers, "LARGEST", 10)
        reader.get("/articles?title=b")
        asked.clear()
        reader.get("/articles?title=b")
        assert asked
