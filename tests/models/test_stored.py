"""Strings among the arrays of a weight file."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.models import stored

WORDS = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]))


@given(st.lists(WORDS, min_size=1))
def test_strings_come_back_as_they_were_packed(strings: list[str]) -> None:
    assert stored.lines(stored.packed(strings)) == strings


def test_no_strings_come_back_as_one_that_is_empty() -> None:
    assert stored.lines(stored.packed([])) == [""]
