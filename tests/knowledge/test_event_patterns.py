"""Patterns of a codebook's own types, read without a parser."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.knowledge.event_patterns import Condition, parse


def _shown(conditions: tuple[Condition, ...]) -> list[str]:
    return [each.where + ("=" + ",".join(sorted(each.words)) if each.words else "") for each in conditions]


@pytest.mark.parametrize(
    ("text", "words", "conditions", "sources", "targets"),
    [
        ("{source} evict/displace {target}", "evict displace", ["obj"], "subj", "obj"),
        ("{source} march on the {target}", "march", ["+on"], "subj", "on"),
        ("{source} crack down on {target}", "crack", ["prt=down", "+on"], "subj", "on"),
        ("{source} drive {target} out", "drive", ["obj", "prt=out"], "subj", "obj"),
        ("{source} return land/farm to {target}", "return", ["obj=farm,land", "+to"], "subj", "to"),
        ("{source} drive {target} from a home/village", "drive", ["obj", "+from=home,village"], "subj", "obj"),
        ("{source} walk out of talk", "walk", ["prt=out", "+of=talk"], "subj", ""),
        ("the eviction of {target} by {source}", "eviction", [], "poss by mod subj", "of"),
        ("{source}'s raid on {target}", "raid", [], "poss by mod subj", "on"),
        ("a raid of {source} on {target}", "raid", [], "poss by mod subj of", "on"),
    ],
)
def test_patterns(text: str, words: str, conditions: list[str], sources: str, targets: str) -> None:
    found = parse(text)
    assert found.words == tuple(words.split())
    assert _shown(found.conditions) == conditions
    assert found.sources == tuple(sources.split())
    assert found.targets == tuple(targets.split())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{source}", "no verb"),
        ("evict {target}", "begins with neither"),
        ("{source} grant deed {target}", "preposition must stand before"),
        ("{source} order troop to leave {target}", "preposition must stand before"),
        ("{source} Evict {target}", "small letters"),
        ("{source} march on", "nothing stands after"),
        ("{source} evict {target} by {source}", "once each"),
        ("the eviction {target}", "needs a preposition"),
        ("{source} kick {target} ball", "preposition or the end"),
    ],
)
def test_what_is_no_pattern_is_said(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse(text)


@given(st.lists(st.sampled_from(["{source}", "{target}", "{source}'s", "the", "raid", "on", "out", "a/b", "", "X"])))
def test_any_text_is_read_or_refused(tokens: list[str]) -> None:
    try:
        found = parse(" ".join(tokens))
    except ValueError:
        return
    assert found.words
