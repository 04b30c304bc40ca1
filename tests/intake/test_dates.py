"""Moments as precise as they are written, and none where they cannot be known."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.intake import dates


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("01 November 2024", "2024-11-01"),
        ("3 Nov 2025 14:05 GMT", "2025-11-03T14:05Z"),
        ("2025-11-03T14:05:22+03:00", "2025-11-03T14:05:22+03:00"),
        ("2026-04-15 12:36:37.620301+00:00", "2026-04-15T12:36:37Z"),
        ("Nov 3, 2025, 2:05 PM ET", "2025-11-03T14:05-05:00"),
        ("July 3, 2025 at 2:05 p.m. EST", "2025-07-03T14:05-04:00"),
        ("Monday 3 November 2025 14.05 GMT", "2025-11-03T14:05Z"),
        ("Tuesday, November 4, 2025 - 10:15 (GMT+3)", "2025-11-04T10:15+03:00"),
        ("14:05 GMT, 3 November 2025", "2025-11-03T14:05Z"),
        ("Mon, 03 Nov 2025 14:05:00 +0000", "2025-11-03T14:05:00Z"),
        ("20250103", "2025-01-03"),
        ("13/11/2025 09:10", "2025-11-13T09:10"),
        ("11/13/2025", "2025-11-13"),
        ("04.11.2025", "2025-11-04"),
        ("1. März 2024", "2024-03-01"),
        ("12 de marzo de 2024", "2024-03-12"),
        ("November 3rd, 2025", "2025-11-03"),
        ("2025-11-03 14:05 IST", "2025-11-03T14:05"),
    ],
)
def test_moments(words, moment):
    assert dates.parse(words) == moment


@pytest.mark.parametrize(
    "words",
    ["03/11/2025", "3 November", "yesterday", "2024", "30 February 2025", "25:99, 3 November 2025", "", "the 3 November 2025 vote"],
)  # fmt: skip
def test_what_cannot_be_told_is_none(words):
    assert dates.parse(words) is None


def test_relative_times_need_the_moment_of_fetching():
    assert dates.ago("8 sec ago", None) is None
    assert dates.ago("8 sec ago", "2025-12-05") is None
    assert dates.ago("8 sec ago", "2025-12-05T10:00:00Z") == "2025-12-05T09:59Z"
    assert dates.ago("5 minutes ago", "2025-12-05T10:00:00+02:00") == "2025-12-05T09:55+02:00"
    assert dates.ago("2 hours ago", "2025-12-05T10:00:00Z") == "2025-12-05"
    assert dates.ago("2 hours ago", "2025-12-05T02:30:00Z") is None  # before or after midnight
    assert dates.ago("3 days ago", "2025-12-05T10:00:00Z") == "2025-12-02"
    assert dates.ago("2 weeks ago", "2025-12-05T10:00:00Z") is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Doe and John Roe, Nairobi correspondents", ["Jane Doe", "John Roe"]),
        ("Jane Doe in Nairobi", ["Jane Doe"]),
        ("By A. B. Smith; Ana de la Cruz", ["A. B. Smith", "Ana de la Cruz"]),
    ],
)
def test_people(line, names):
    assert dates.people(line) == names


@given(st.text(max_size=100))
def test_any_text_may_come(text):
    found = dates.parse(text)
    assert found is None or re.match(r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?$", found)
    dates.people(text)
