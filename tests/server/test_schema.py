"""Requests drawn from the OpenAPI document: every answer is one that the document allows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from dateline.server.app import create_app
from tests.server.conftest import SETTINGS

schemathesis: Any = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
checks: Any = pytest.importorskip("schemathesis.specs.openapi.checks", reason="schemathesis is not installed")


CODED = {"relation", "mode", "country", "among", "source", "target", "after"}


def test_answers_are_as_the_document_says(shelf: Path) -> None:
    schema = schemathesis.openapi.from_asgi(
        "/openapi/openapi.json", create_app(shelf, SETTINGS), headers={"Host": "testserver.local"}
    )
    operations = [each.ok() for each in schema.get_all_operations()]
    assert len(operations) >= 11
    for operation in operations:
        # What is a query or an article no schema can say: such a body may be refused.
        free = operation.path in ("/api/sql", "/api/read", "/api/search", "/api/judgements")
        _tried(operation, [checks.positive_data_acceptance] if free else [])


def _tried(operation: Any, allowed: list[Any]) -> None:
    @settings(
        max_examples=6,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def each(case: Any) -> None:
        asked = case.query or {}
        # Nor which codes there are, nor that a place in one order is none in the other.
        refusable = [checks.positive_data_acceptance] if CODED & asked.keys() else []
        case.call_and_validate(headers={"Host": "testserver.local"}, excluded_checks=[*allowed, *refusable])

    each()
