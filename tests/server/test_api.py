"""The REST API: every resource, its filters and pages, and what it refuses."""

from __future__ import annotations

import base64
import threading
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient

from dateline.query import open_store
from dateline.records import Record
from dateline.server.access import refusal
from dateline.server.app import create_app
from tests.conftest import NEWS
from tests.server.conftest import SETTINGS, changed

LISTS = ("articles", "events", "statements", "figures", "places", "actors")


@pytest.mark.parametrize("kind", LISTS)
def test_pages_together_are_the_whole_list_in_its_order(client: TestClient[Any], shelf: Path, kind: str) -> None:
    with open_store(shelf, read_only=True) as store:
        whole = [row["id"] for row in getattr(store, kind)().rows()]
    found: list[str] = []
    after = ""
    for _ in range(len(whole)):
        page = client.get(f"/api/{kind}?limit=4{after}").json()
        assert 0 < len(page["rows"]) <= 4
        found += [row["id"] for row in page["rows"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert found == whole
    assert len(whole) > 8


def test_a_right_code_that_nothing_has_gives_an_empty_list(client: TestClient[Any]) -> None:
    for each in ("events?country=NZL", "events?relation=RETREAT", "figures?country=nzl", "actors?country=IGO&name=zzz"):
        assert client.get(f"/api/{each}").json() == {"rows": [], "next": None}


@pytest.mark.parametrize("kind", ["events", "statements", "figures"])
def test_pages_by_day_begin_with_the_earliest(client: TestClient[Any], shelf: Path, kind: str) -> None:
    with open_store(shelf, read_only=True) as store:
        whole = [row["id"] for row in getattr(store, kind)(by="day").rows()]
        arrived = [row["id"] for row in getattr(store, kind)().rows()]
    found: list[dict[str, Any]] = []
    after = ""
    while True:
        page = client.get(f"/api/{kind}?by=day&limit=5{after}").json()
        found += page["rows"]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert [row["id"] for row in found] == whole
    assert sorted(whole) == sorted(arrived)
    days = [row["earliest"] or row["latest"] or row["day"] for row in found]
    assert days == sorted(days)
    assert len(set(days)) > 1


def test_sentences_come_in_pages_and_slice_the_text(client: TestClient[Any]) -> None:
    first = client.get("/api/search?text=KISUMU&limit=5").json()
    assert len(first["rows"]) == 5
    rest = client.get(f"/api/search?text=KISUMU&limit=400&after={first['next']}").json()
    assert rest["next"] is None
    keys = [(row["article"], row["start"]) for row in first["rows"] + rest["rows"]]
    assert len(set(keys)) == len(keys) > 12
    row = rest["rows"][0]
    text = client.get(f"/api/articles/{row['article']}").json()["article"]["text"]
    assert text[row["start"] : row["end"]] == row["sentence"]
    assert "kisumu" in row["sentence"].lower()


def test_filters_are_those_of_the_query(client: TestClient[Any]) -> None:
    requests = client.get("/api/events", params={"relation": "REQUEST", "country": "KEN", "target": "UGA"}).json()
    assert len(requests["rows"]) == 12
    row = requests["rows"][0]
    assert row["sources"] == ["the county governor"]
    assert row["target_codes"] == ["UGA GOV"]
    assert row["earliest"] == "2024-11-04"
    assert row["holder"] == "the county governor"
    assert client.get("/api/events?relation=REQUEST&since=2024-11-05&until=2024-11-06").json()["rows"] == []
    assert client.get("/api/statements", params={"text": "open", "speaker": "Otieno"}).json()["rows"]
    two = client.get("/api/figures?outcome=killed&outcome=injured&at_least=30&bound=about").json()["rows"]
    assert {row["outcome"] for row in two} == {"injured"}
    assert client.get("/api/actors?entity=state:UGA&kind=state&limit=500").json()["rows"]
    assert client.get("/api/places?name=kisumu&kind=city").json()["rows"][0]["geoname"] == 191245


def test_the_record_and_its_citation_are_exact(client: TestClient[Any], news: list[Record]) -> None:
    record = news[0]
    answer = client.get(f"/api/articles/{record.article.id}")
    assert msgspec.json.decode(answer.content, type=Record) == record
    event = record.events[0]
    cited = client.get(f"/api/cite/{event.id}").json()
    assert cited["unchanged"] is True
    assert cited["quote"] == record.quote(event)
    assert client.get(f"/api/cite/{event.id[:12]}").json() == cited


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("events?limit=0", 400, "limit"),
        ("events?limit=501", 400, "limit"),
        ("events?after=x", 400, "after"),
        ("events?since=yesterday", 400, "since: no day: write it as 2024-10-31"),
        ("events?country=KNE", 400, "country: 'KNE' is no code of the kind; the store has KEN"),
        ("events?relation=PROTETS", 400, "relation: 'PROTETS' is no code of the kind; the store has"),
        ("incidents?country=KNE", 400, "country: 'KNE'"),
        ("statements?by=day&after=1.2", 400, "no place in the order by day"),
        ("events?status=maybe", 400, "status"),
        ("events?confidence=2", 400, "confidence"),
        ("search", 400, "text"),
        ("search?text=%20", 400, "search"),
        ("articles/n0", 404, "n0"),
        ("cite/e00000000000000000000", 404, "no event"),
        ("cite/zz", 404, "no id"),
        ("nothing", 404, "Not Found"),
    ],
)
def test_a_wrong_request_gets_a_problem(client: TestClient[Any], address: str, status: int, words: str) -> None:
    answer = client.get(f"/api/{address}")
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("application/problem+json")
    problem = answer.json()
    assert problem["status"] == status
    assert words in problem["detail"]
    assert "/tmp" not in answer.text


def test_sql_reads_the_store_and_nothing_else(client: TestClient[Any], tmp_path: Path) -> None:
    answer = client.post("/api/sql", json={"query": "SELECT 1 AS a, 2 AS a, 'nan'::DOUBLE, DATE '2024-01-02', [1.5]"})
    assert answer.json()["rows"] == [[1, 2, "nan", "2024-01-02", ["1.5"]]]
    counted = client.post("/api/sql", json={"query": "SELECT count(*) AS n FROM events WHERE relation = 'REQUEST'"})
    assert counted.json()["rows"][0][0] >= 12
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    for query in (
        "DELETE FROM events",
        "SELECT 1; SELECT 2",
        f"FROM '{secret}'",
        f"COPY events TO '{tmp_path}/x.csv'",
        f"ATTACH '{tmp_path}/y.db'",
        "SET memory_limit = '100GB'",
        "INSTALL httpfs",
        "nonsense",
    ):
        refused = client.post("/api/sql", json={"query": query})
        assert refused.status_code == 400, query
    assert [each.name for each in tmp_path.iterdir()] == ["secret.csv"]
    many = client.post("/api/sql", json={"query": "SELECT * FROM range(5000)"}).json()
    assert (len(many["rows"]), many["cut"]) == (SETTINGS.sql_rows, True)
    large = client.post("/api/sql", json={"query": "SELECT repeat('x', 1000000) FROM range(500)"})
    assert len(large.content) < 2 * SETTINGS.sql_bytes


def test_a_question_that_takes_too_long_is_stopped(shelf: Path) -> None:
    with TestClient(create_app(shelf, changed(query_seconds=0.3))) as client:
        answer = client.post("/api/sql", json={"query": "SELECT count(*) FROM range(1000000000000)"})
        assert answer.status_code == 503
        assert "0.3 seconds" in answer.json()["detail"]
        assert client.get("/api/events?limit=1").status_code == 200


def test_many_readers_at_once_get_the_same_answers(client: TestClient[Any]) -> None:
    addresses = [f"/api/{kind}?limit=3" for kind in LISTS]
    wanted = {address: client.get(address).json() for address in addresses}
    wrong: list[str] = []

    def ask() -> None:
        wrong.extend(address for address in addresses if client.get(address).json() != wanted[address])

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_what_is_sent_is_coded_and_not_stored(client: TestClient[Any], shelf: Path) -> None:
    sent = client.post(
        "/api/read?url=https://savannawire.example/x&retrieved=2025-11-03T10:00:00Z",
        content=NEWS.encode(),
        headers={"content-type": "text/plain"},
    )
    assert sent.status_code == 200
    [record] = sent.json()["records"]
    assert record["article"]["url"] == "https://savannawire.example/x"
    assert {event["relation"] for event in record["events"]} >= {"AGREE"}
    page = "<html><head><title>Ministers meet</title></head><body><article><h1>Ministers meet</h1>" + "".join(
        f"<p>{paragraph}</p>" for paragraph in NEWS.split("\n\n")
    )
    [other] = client.post("/api/read", content=page, headers={"content-type": "text/html"}).json()["records"]
    assert other["statements"]
    with open_store(shelf, read_only=True) as store:
        assert record["article"]["id"] not in store
    empty = client.post("/api/read", content=b"")
    assert (empty.status_code, empty.headers["content-type"]) == (422, "application/problem+json")
    assert client.post("/api/read", content=b"\xff\xd8\xff\xe0" + bytes(3000)).status_code == 422
    assert client.post("/api/read", content=b"x" * (SETTINGS.body_bytes + 1)).status_code == 413
    assert client.post("/api/read?retrieved=now", content=NEWS).status_code == 400


def test_a_text_that_takes_too_long_ends_its_process_not_the_server(shelf: Path) -> None:
    with TestClient(create_app(shelf, changed(read_seconds=0.05))) as client:
        late = client.post("/api/read", content=NEWS * 400)
        assert late.status_code == 422
        assert "0.05 seconds" in late.json()["detail"]
        assert client.get("/api/events?limit=1").status_code == 200


def test_every_answer_has_the_headers(client: TestClient[Any]) -> None:
    for address in ("/api/events?limit=1", "/api/nothing", "/nothing", "/openapi/openapi.json"):
        headers = client.get(address).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_strange_names_and_other_sites_are_refused(client: TestClient[Any]) -> None:
    assert client.get("/api/events", headers={"host": "rebound.example"}).status_code == 421
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}):
        assert client.post("/api/read", content=NEWS, headers=headers).status_code == 403
    own = {"origin": "http://testserver.local", "sec-fetch-site": "same-origin"}
    assert client.post("/api/sql", json={"query": "SELECT 1"}, headers=own).status_code == 200


def test_a_token_opens_the_door() -> None:
    settings = changed(token="correct horse battery")
    host = (b"host", b"127.0.0.1:8400")

    def asked(header: str | None) -> int | None:
        sent = [host] if header is None else [host, (b"authorization", header.encode())]
        refused = refusal(settings, "GET", sent)
        return refused and refused.status

    basic = base64.b64encode(b"anyone:correct horse battery").decode()
    assert asked("Bearer correct horse battery") is None
    assert asked(f"Basic {basic}") is None
    for wrong in (None, "", "Bearer", "Bearer wrong", "Basic !!", f"Basic {base64.b64encode(b'a:b').decode()}"):
        assert asked(wrong) == 401
    assert refusal(settings, "GET", [(b"host", b"[::1]:80"), (b"authorization", b"Bearer x")]) is not None


def test_the_openapi_document_lists_every_resource(client: TestClient[Any]) -> None:
    document = client.get("/openapi/openapi.json").json()
    assert {f"/api/{kind}" for kind in (*LISTS, "search", "sql", "read", "cite/{finding}")} <= document["paths"].keys()
    for path, methods in document["paths"].items():
        assert path.startswith("/api/")
        for operation in methods.values():
            assert operation["description"]
            assert "application/problem+json" in operation["responses"]["400"]["content"]
