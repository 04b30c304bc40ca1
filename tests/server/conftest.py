"""A store of our own news, some of it hostile, and a client of the application over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient

from dateline.intake.text import verbatim
from dateline.pipeline.assembly import Reader
from dateline.records import Record
from dateline.server.app import create_app
from dateline.server.settings import ServerSettings
from dateline.store import open_store
from tests.conftest import NEWS
from tests.store.making import news as plain

HOSTILE = (
    '<script>alert(1)</script> Minister "><img src=x onerror=alert(2)> says\n\n'
    "GENEVA, Nov 4 - Kenya's Foreign Minister Grace </script><script>alert(3)</script> Otieno said on Tuesday: "
    "“We accuse Uganda of \u202egnittolp\u202c against us ' onmouseover='alert(4)' and &lt;b&gt; {{7*7}} ${7*7}.”\n\n"
    "At least 12 <svg/onload=alert(5)> people were killed in Moyale, police said. 😀😀 Uganda denied it."
)
"""A report that would run a script wherever its words were taken for markup."""


@pytest.fixture(scope="session")
def news(reader: Reader) -> list[Record]:
    """Coded reports: one plain, one hostile, and twelve made by hand."""
    articles = [
        verbatim(NEWS, url="https://savannawire.example/moyale", source="Savanna Wire", published="2025-11-03"),
        verbatim(
            HOSTILE,
            url="javascript:alert(6)",
            title="</title><script>alert(7)</script>\"' \u202eevil",
            source="<img src=x onerror=alert(8)>",
            published="2025-11-04",
        ),
    ]
    return [*reader.code(articles), *(plain(number) for number in range(12))]


@pytest.fixture(scope="session")
def shelf(news: list[Record], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store."""
    path = tmp_path_factory.mktemp("server") / "news.duckdb"
    with open_store(path) as store:
        store.add(news)
    return path


SETTINGS = ServerSettings(hosts=("testserver.local", "127.0.0.1"), query_seconds=3.0, read_seconds=20.0)


@pytest.fixture(scope="module")
def client(shelf: Path) -> Iterator[TestClient[Any]]:
    with TestClient(create_app(shelf, SETTINGS)) as opened:
        yield opened


def changed(**fields: Any) -> ServerSettings:
    """The settings of the tests with some changed."""
    return msgspec.structs.replace(SETTINGS, **fields)
