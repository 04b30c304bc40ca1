"""Number words and units."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.knowledge import quantities
from dateline.knowledge.quantities import ONES, TENS, read_number, singular


@pytest.mark.parametrize(
    ("words", "value", "end"),
    [
        ("10,000 troops", 10_000, 1),
        ("1.5 million people", 1_500_000, 2),
        ("twenty - five men", 25, 3),
        ("two hundred and six votes", 206, 4),
        ("a hundred men", 100, 2),
        ("two and a half million", 2_500_000, 5),
        ("three thousand four hundred", 3_400, 4),
        ("two - thirds of it", 2 / 3, 3),
        ("two dozen", 24, 2),
        ("4 hundred million", 4e8, 3),
        ("3 1/2 miles", 3.5, 2),
        (".001 per cent", 0.001, 1),
        ("nineteen ninety", 19, 1),
        ("12,34,567 votes", 1_234_567, 1),
        ("6bn", 6e9, 1),
    ],
)
def test_numbers(words, value, end):
    number = read_number(words.split(), 0, len(words.split()))
    assert number is not None
    assert (number.value, number.end) == (pytest.approx(value), end)


def test_no_number():
    for words in ("and", "a man", "th", "", "x5"):
        assert read_number([words] if " " not in words else words.split(), 0, len(words.split()) or 1) is None


@given(
    st.lists(
        st.sampled_from([*ONES, *TENS, "hundred", "thousand", "million", "and", "a", "-", "half", "dozen"]),
        min_size=1,
        max_size=12,
    )
)
def test_words_in_any_order_read_without_error(words):
    number = read_number(words, 0, len(words))
    assert number is None or (number.value >= 0 and 0 < number.end <= len(words))


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("troops", "troop"),
        ("cities", "city"),
        ("people", "person"),
        ("buses", "bus"),
        ("boxes", "box"),
        ("crewmen", "crewman"),
        ("grandchildren", "grandchild"),
        ("gas", "gas"),
        ("crisis", "crisis"),
    ],
)
def test_singular(plural, one):
    assert singular(plural) == one


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("person", "people"),
        ("crewman", "crewmen"),
        ("human", "humans"),
        ("bus", "buses"),
        ("boss", "bosses"),
        ("troops", "troops"),
        ("sheep", "sheep"),
        ("aid convoy", "aid convoys"),
        ("city", "cities"),
        ("fact-checker", "fact-checkers"),
        ("grandchild", "grandchildren"),
    ],
)
def test_plural(one, many):
    assert quantities.plural(one) == many


def test_every_unit_has_a_code_and_a_name():
    for form, unit in {**quantities.UNITS, **quantities.SYMBOLS}.items():
        assert form and unit.code and unit.name
        assert not unit.code.isspace()
