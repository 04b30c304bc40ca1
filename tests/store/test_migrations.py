from pathlib import Path

import duckdb
import pytest

from dateline.errors import StoreError
from dateline.store import migrations, open_store
from dateline.store.migrations import MIGRATIONS, Migration
from tests.store.making import news

NEXT = Migration(len(MIGRATIONS) + 1, "a column more", ("ALTER TABLE articles ADD COLUMN later VARCHAR",))


@pytest.fixture(params=["news.duckdb", "news/"], ids=["duckdb", "parquet"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return f"{tmp_path}/{request.param}"


def _add_migration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, NEXT))
    monkeypatch.setattr(migrations, "CURRENT", NEXT.number)


def test_migrations_are_numbered_without_gaps() -> None:
    assert [step.number for step in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))
    assert len(MIGRATIONS) == migrations.CURRENT


def test_a_store_of_version_1_is_brought_up_to_date(tmp_path: Path) -> None:
    # The fixture is made by the first migration alone, as the first release made it.
    file = tmp_path / "old.duckdb"
    with duckdb.connect(str(file)) as old:
        old.execute("CREATE TABLE dateline (version INTEGER, record VARCHAR)")
        old.execute("INSERT INTO dateline VALUES (1, '1')")
        for statement in MIGRATIONS[0].statements:
            old.execute(statement)
        old.execute(
            "INSERT INTO articles (number, id, title, text, language, codebook, pipeline, digest, byline, blocks, page)"
            " VALUES (0, 'n1', 'Old', 'Rain fell.', 'en', 'plover/1', '', '', [], [], "
            "{'digest': '', 'position': 0, 'articles': 1})"
        )
    with open_store(file) as store:
        (record,) = store.records()
        assert record.article.title == "Old"
        store.add(news(1))
        assert len(store) == 2


def test_an_older_store_gets_what_is_missing_and_keeps_its_content(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(path) as store:
        store.add([news(1), news(2)])
        before = list(store.dump())
    _add_migration(monkeypatch)
    with pytest.raises(StoreError, match="dateline link --store"):
        open_store(path, read_only=True)
    with open_store(path) as store:
        assert list(store.dump()) == before
    with open_store(path, read_only=True) as store:
        assert list(store.dump()) == before


def test_a_migration_that_fails_leaves_the_store_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "news.duckdb"
    with open_store(path) as store:
        store.add(news(1))
    broken = Migration(NEXT.number, "broken", (*NEXT.statements, "ALTER TABLE nowhere ADD COLUMN x INTEGER"))
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, broken))
        patch.setattr(migrations, "CURRENT", broken.number)
        with pytest.raises(StoreError):
            open_store(path)
    with open_store(path) as store:
        assert "later" not in store.select("FROM articles").column_names
        assert len(store) == 1


def test_a_newer_store_is_refused_untouched(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        _add_migration(patch)
        with open_store(path) as store:
            assert len(store) == 0
    for read_only in (True, False):
        with pytest.raises(StoreError, match=f"version {NEXT.number}.*newer one"):
            open_store(path, read_only=read_only)
