from datetime import UTC, date, datetime
from typing import Any

import pytest

from dateline.linking.contradictions import Claim, apart, contradict, disputes, history, same_holder

DAY = date(2025, 3, 4)


def _claim(number: int, count: float | None, holder: str | None = None, **other: Any) -> Claim:
    fields: dict[str, Any] = {
        "id": f"f{number}",
        "article": f"n{number}",
        "voice": f"n{number}",
        "known": datetime(2025, 3, 4, 8, tzinfo=UTC),
        "story": "y1",
        "outcome": "killed",
        "day": DAY,
        "holder": holder,
        "low": count,
        "high": count,
        "bound": "exact",
    }
    return Claim(**(fields | other))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (_claim(1, 19), _claim(2, 23), True),
        (_claim(1, 19), _claim(2, 19), False),
        (_claim(1, 12, high=None, bound="at least"), _claim(2, 19), False),
        (_claim(1, 21, high=None, bound="at least"), _claim(2, 19), True),
        (_claim(1, 15, high=25.0, bound="between"), _claim(2, 19), False),
        (_claim(1, 20, bound="about"), _claim(2, 21), False),
        (_claim(1, 20, bound="about"), _claim(2, 25), True),
        (_claim(1, 4), _claim(2, 19), False),  # the four of one village
    ],
)
def test_counts_are_apart_when_no_number_satisfies_both(one: Claim, other: Claim, expected: bool) -> None:
    assert apart(one, other) is apart(other, one) is expected


def test_an_update_and_a_correction_by_the_same_holder_are_no_contradiction() -> None:
    ministry = _claim(1, 19, "the interior ministry")
    assert contradict(ministry, _claim(2, 23, "the Red Cross"))
    assert not contradict(ministry, _claim(2, 23, "the Red Cross", day=date(2025, 3, 5)))
    assert not contradict(ministry, _claim(2, 23, "The interior ministry of Velmora"))
    assert not contradict(ministry, _claim(2, 23, "the Red Cross", outcome="missing"))
    assert not contradict(ministry, _claim(2, 23, "the Red Cross", story="y2"))
    assert contradict(_claim(1, 19), _claim(2, 23))
    assert not contradict(_claim(1, 19), _claim(2, 23, voice="n1")), "one report tells how its own count moved"


def test_holders_are_the_same_when_one_name_holds_the_other() -> None:
    assert same_holder("Red Cross", "the Velmora Red Cross")
    assert not same_holder("Red Cross", "Red Crescent")
    assert not same_holder("the", "police")
    assert same_holder(None, None)
    assert not same_holder(None, "police")


def test_copies_count_once_and_a_headline_is_the_word_of_the_source_in_the_text() -> None:
    every = [
        _claim(1, 19, voice="n1"),
        _claim(1, 19, "the interior ministry", voice="n1", id="f1b"),
        _claim(2, 19, "the interior ministry", voice="n1", known=datetime(2025, 3, 4, 9, tzinfo=UTC)),
        _claim(3, 23, "the Red Cross"),
        _claim(4, 23, "the Red Cross"),
    ]
    (dispute,), sides = disputes(reversed(every))
    assert (dispute.story, dispute.what, dispute.day, dispute.sides) == ("y1", "killed", DAY, 2)
    assert {(side.holder, side.low, side.findings) for side in sides} == {
        ("the interior ministry", 19.0, ("f1b",)),
        ("the Red Cross", 23.0, ("f3", "f4")),
    }
    assert disputes(every) == disputes(reversed(every))
    assert disputes(every[:3]) == ([], [])


def test_a_history_says_how_the_count_of_each_holder_moved() -> None:
    every = [
        _claim(3, 17, "the ministry", day=date(2025, 3, 6)),
        _claim(1, 12, "the ministry", bound="at least", high=None),
        _claim(2, 19, "the interior ministry", day=date(2025, 3, 5)),
        _claim(4, 23, "the Red Cross", day=date(2025, 3, 5)),
        _claim(5, 4, "the mayor", day=date(2025, 3, 6)),
    ]
    steps = history(every)
    assert [step.claim.low for step in steps] == [12, 19, 23, 4, 17]
    assert [None if step.before is None else step.before.low for step in steps] == [None, 12, None, None, 19]
    assert [step.part for step in steps] == [False, False, False, True, False]
    own = [_claim(1, 21), _claim(2, 17, day=date(2025, 3, 6)), _claim(3, 25, voice="n2", day=date(2025, 3, 6))]
    assert [step.before and step.before.low for step in history(own)] == [None, 21, None]
    few = history([_claim(1, 30, outcome="missing"), _claim(2, 6, outcome="missing", day=date(2025, 3, 6))])
    assert not any(step.part for step in few), "the missing are found"


def test_a_count_that_a_report_only_recalls_stands_before_its_own() -> None:
    recalled = _claim(2, 27, day=date(2025, 3, 6), earlier=True)
    own = _claim(2, 31, day=date(2025, 3, 6), id="f2b")
    assert [step.claim.low for step in history([own, recalled])] == [27, 31]
    told = _claim(1, 27, "the ministry")
    assert [step.claim.id for step in history([own, recalled, told])] == [told.id, own.id], "told by another: once"
