"""Filters are said once: what the questions, the API and the command line show of them."""

from __future__ import annotations

import inspect
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cyclopts import App

from dateline.cli.incidents import incidents
from dateline.cli.query import query
from dateline.cli.review import review
from dateline.cli.stories import stories
from dateline.query import Store, asked, open_store
from dateline.server.app import create_app
from tests.store.making import news

COMMANDS: dict[str, App] = {"stories": App(), "incidents": App(), "judgements": review["list"]}
COMMANDS["stories"].default(stories)
COMMANDS["incidents"].default(incidents)


@pytest.mark.parametrize("kind", asked.KINDS)
def test_a_question_names_its_filters(kind: str) -> None:
    question = getattr(Store, kind)
    told = inspect.signature(question).parameters
    for name, each in asked.filters(asked.KINDS[kind]).items():
        assert told[name].kind is inspect.Parameter.KEYWORD_ONLY
        assert f"        {name}: {each.help}" in (question.__doc__ or "")


def test_the_api_and_the_command_line_have_each_filter(tmp_path: Path) -> None:
    path = tmp_path / "empty.duckdb"
    open_store(path).close()
    document: Any = create_app(path).openapi_schema.to_schema()
    for kind, of in asked.KINDS.items():
        known = asked.filters(of)
        parameters = {each["name"]: each for each in document["paths"][f"/api/{kind}"]["get"]["parameters"]}
        for name, each in known.items():
            assert parameters[name]["description"].startswith(each.help)
            assert ("array" in str(parameters[name]["schema"])) == each.many
        command = COMMANDS[kind] if kind in COMMANDS else query[kind]
        names = {option for argument in command.assemble_argument_collection() for option in argument.names}
        assert {f"--{name.replace('_', '-')}" for name in known} <= names


def test_a_filter_that_is_none_is_refused(tmp_path: Path) -> None:
    with open_store(tmp_path / "news.duckdb") as store:
        store.add([news(1)])
        wrong: Any = {"relatoin": "REQUEST"}
        with pytest.raises(TypeError, match="no filter 'relatoin': there are relation, mode"):
            store.events(**wrong)
        assert list(store.events(relation=None, status=["happened", "ongoing"]))


def test_by_day_the_earliest_comes_first_whatever_came_in_first(tmp_path: Path) -> None:
    later, sooner = news(20), news(1)
    days = {"earliest": date(2024, 10, 1), "latest": date(2024, 10, 2)}
    sooner = msgspec.structs.replace(
        sooner,
        article=msgspec.structs.replace(sooner.article, published="2024-10-02T08:00:00Z", dateline_day=None),
        times=tuple(msgspec.structs.replace(each, **days) for each in sooner.times),
    )
    with open_store(tmp_path / "news.duckdb") as store:
        store.add([later, sooner])
        for kind in ("events", "statements", "figures"):
            first = next(iter(getattr(store, kind)(by="day")))
            assert first == getattr(sooner, kind)[0]
            assert [row["id"] for row in getattr(store, kind)(by="day", limit=1).rows()] == [first.id]
            assert next(iter(getattr(store, kind)())) == getattr(later, kind)[0]
        said = store.statements(by="day", text="uganda").to_arrow().column("id").to_pylist()
        assert said == [sooner.statements[0].id, later.statements[0].id]
