"""Search by postings finds what reading every text finds, however the store came to its content."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.query import Store, open_store
from dateline.store import folder, postings
from dateline.store.warehouse import open_backend
from tests.store.making import news

PIECES = (
    "Gas", "tear gas", "TEARGAS", "cease-fire", "ceasefire", "Ärzte", "ärzte", "İzmir", "ΟΔΟΣ", "“we", "we”", "12", "1,200",
    "naïve", "nai\u0308ve", "東京", "the", "of the", "x", "—", "...", "it's", "\u00a0", "E.U.", "straße",
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map(" ".join)
asked = st.one_of(
    st.sampled_from(PIECES),
    st.tuples(st.sampled_from(PIECES), st.sampled_from(PIECES)).map(" ".join),
    texts.flatmap(lambda text: st.integers(0, len(text) - 1).map(lambda at: text[at : at + 9])),
    st.text(max_size=4),
)
SUFFIX = (
    "\n\nNAIROBI - Floods killed {0} people in Kisumu on Monday, the county governor said. "
    '"We asked Uganda for help," she told reporters.'
)


def _filled(path: Path, bodies: list[str], layout: Literal["duckdb", "parquet"] = "duckdb") -> Store:
    with open_store(path, layout=layout) as store:
        for number, body in enumerate(bodies):
            store.add(news(number, text=body + SUFFIX.format(10 + number % 90)))
    return open_store(path, read_only=True)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Segments of a few articles, so that few articles make several."""
    monkeypatch.setattr(postings, "SEGMENT", 8)
    monkeypatch.setattr(folder, "SEGMENT", 8)
    monkeypatch.setattr(postings, "STEP", 3)


def _scanned(store: Store, words: str) -> list[int]:
    query = 'SELECT number FROM articles WHERE contains(lower("text"), lower($words)) ORDER BY 1'
    return [row["number"] for row in store.rows(query, {"words": words})]


@settings(max_examples=12, deadline=None)
@given(bodies=st.lists(texts, min_size=1, max_size=20), words=st.lists(asked.filter(bool), min_size=4, max_size=12))
def test_postings_miss_nothing_that_reading_finds(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[str], words: list[str]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "SEGMENT", 8)
        patch.setattr(postings, "STEP", 3)
        store = _filled(tmp_path_factory.mktemp("postings") / "news.duckdb", bodies)
        for each in words:
            found = store.having(each)
            there = _scanned(store, each)
            assert found is None or set(there) <= set(found.tolist())
            if each.strip():
                listed = [row["id"] for row in store.articles(text=each, limit=100).rows()]
                ids = {row["number"]: row["id"] for row in store.rows("SELECT number, id FROM articles")}
                assert listed == [ids[number] for number in there]
                assert listed == store.articles(text=each).to_arrow().column("id").to_pylist()
                assert list(store.search(each, limit=500).rows()) == store.search(each).to_arrow().to_pylist()
                said = [row["id"] for row in store.statements(text=each, limit=100).rows()]
                scan = "SELECT id FROM statement_rows WHERE contains(lower(said), lower($w)) ORDER BY number, position"
                assert said == [row["id"] for row in store.rows(scan, {"w": each})]
                assert said == store.statements(text=each).to_arrow().column("id").to_pylist()
        store.close()


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("layout", ["duckdb", "parquet"])
def test_what_no_posting_knows_is_found_too(tmp_path: Path, layout: Literal["duckdb", "parquet"]) -> None:
    path = tmp_path / "news"
    store = _filled(path, [f"zebra{number} quagga" for number in range(10)], layout)
    assert store.rows("SELECT max(last) AS last FROM postings")[0]["last"] == 8
    assert [row["sentence"] for row in store.search("zebra9", limit=5).rows()] == ["zebra9 quagga"]
    assert store.having("zebra5").tolist() == [5, 9]
    assert len(list(store.search("QUAGGA", limit=5).rows())) == 5
    assert store.search("quagga").count() == 10
    store.close()


@pytest.mark.usefixtures("small")
def test_a_store_killed_before_its_postings_gets_them_later(tmp_path: Path) -> None:
    path = tmp_path / "news.duckdb"
    killed = open_store(path)
    killed.add(news(number) for number in range(20))
    killed.flush()
    killed._backend.close()  # pyright: ignore[reportPrivateUsage] - a kill: nothing that close() does has happened
    with open_store(path, read_only=True) as store:
        assert store.search("Kisumu").count() == 40
    with open_store(path):
        pass
    with open_store(path, read_only=True) as store:
        assert store.rows("SELECT max(last) AS last FROM postings")[0]["last"] == 17
        assert store.search("Kisumu").count() == 40


@pytest.mark.usefixtures("small")
def test_folders_of_one_content_have_the_same_postings(tmp_path: Path) -> None:
    def content(path: Path) -> dict[str, bytes]:
        return {each.name: each.read_bytes() for each in sorted(path.glob("postings/*.parquet"))}

    with open_store(tmp_path / "one", layout="parquet") as store:
        store.add(news(number) for number in range(20))
    for stop in (4, 11, 20):
        with open_store(tmp_path / "two", layout="parquet") as store:
            store.add(news(number) for number in range(stop))
    assert content(tmp_path / "one") == content(tmp_path / "two")
    assert len(content(tmp_path / "one")) == 3


@pytest.mark.parametrize("layout", ["duckdb", "parquet"])
def test_rows_are_replaced_with_their_article(tmp_path: Path, layout: Literal["duckdb", "parquet"]) -> None:
    path = tmp_path / "news"
    with open_store(path, layout=layout) as store:
        store.add(news(1), pipeline="a")
        store.add(news(2), pipeline="a")
        store.add(news(1, coder="2"), pipeline="b")
    with open_store(path, read_only=True) as store:
        rows: list[dict[str, Any]] = store.rows("SELECT number, coder FROM event_rows ORDER BY number")
        assert rows == [{"number": 0, "coder": "events/2"}, {"number": 1, "coder": "events/1"}]
        assert store.rows("SELECT count(*) AS n FROM article_rows")[0]["n"] == 2


def test_a_folder_keeps_to_its_share_of_the_machine(tmp_path: Path) -> None:
    from dateline.store.backend import Share

    for layout in ("duckdb", "parquet"):
        path = tmp_path / layout
        with open_store(path, layout=layout) as store:
            store.add(news(1))
        backend = open_backend(path, read_only=True, share=Share(memory=64 << 20, threads=1))
        cursor = backend.cursor()
        given = cursor.execute("SELECT current_setting('memory_limit'), current_setting('threads')").fetchall()
        assert given == [("64.0 MiB", 1)]
        cursor.close()
        backend.close()
