"""``dateline run``: what its user is told of articles that will not answer as hoped."""

from pathlib import Path

import msgspec

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
