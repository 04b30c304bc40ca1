"""Findings in the words people use."""

from __future__ import annotations

import pytest

from dateline.export.wording import amount


@pytest.mark.parametrize(
    ("low", "high", "bound", "unit", "said"),
    [
        (23, 23, "exact", "a", "23 years"),
        (1, 1, "exact", "mo", "1 month"),
        (3, 5, "between", "wk", "3 to 5 weeks"),
        (90, None, "at least", "min", "at least 90 minutes"),
        (47, 47, "exact", "person", "47 people"),
        (12, 12, "exact", "USD", "12 USD"),
        (5, 5, "exact", "km", "5 km"),
        (2, 2, "exact", "1", "2"),
    ],
)
def test_amounts(low: float, high: float | None, bound: str, unit: str, said: str) -> None:
    assert amount(low, high, bound, unit) == said
