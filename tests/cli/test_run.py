"""``dateline run``: what its user is told of articles that will not answer as hoped."""

from pathlib import Path

import msgspec
import pytest

from dateline.cli import main
from dateline.cli.run import _noted  # pyright: ignore[reportPrivateUsage]
from dateline.config import load
from dateline.query import open_store
from tests.store.making import news


def test_articles_without_a_day_in_another_language_or_too_long(tmp_path: Path) -> None:
    def changed(number: int, **fields: object):
        record = news(number)
        return msgspec.structs.replace(record, article=msgspec.structs.replace(record.article, **fields))

    config = load("plover-en")
    with open_store(tmp_path / "news.duckdb") as store:
        store.add([news(1), changed(2, language="en-GB"), changed(3, language="und")])
        assert not list(_noted(store, config))
        store.add([changed(4, published=None, dateline_day=None, updated=None), changed(5, language="es")])
        undated, foreign = _noted(store, config)
        assert undated.startswith("of them without a day: 1;") and "--field published=KEY" in undated
        assert foreign == "of them in another language than en, stored but not coded: 1"
        limits = msgspec.structs.replace(config.limits, article_characters=50)
        *_, long = _noted(store, msgspec.structs.replace(config, limits=limits))
        assert long.startswith("of them longer than 50 characters, stored but not coded: 5;")


def test_another_choice_of_fields_changes_nothing_of_what_was_read(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "rows.jsonl").write_text('{"text": "Kenya accused Uganda.", "body": "Uganda denied it on Monday."}\n')
    call = ["run", str(tmp_path), "--store", str(tmp_path / "news.duckdb"), "--workers", "0", "--quiet"]
    assert main(call) == 0
    assert "stays as it was read" not in capfd.readouterr().err
    assert main([*call, "--field", "text=body"]) == 0  # and the store that lies in the folder is no input
    told = capfd.readouterr().err
    assert "1 inputs done before" in told
    assert "what was done before stays as it was read then" in told
    with open_store(tmp_path / "news.duckdb", read_only=True) as store:
        assert [record.article.text for record in store.records()] == ["Kenya accused Uganda."]
