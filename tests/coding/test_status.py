"""Did it happen: tense, modals, negation, embedding words."""

from __future__ import annotations

from functools import cache

import pytest

from dateline.coding.status import mood
from dateline.coding.status_features import FAMILIES, features
from dateline.intake.text import verbatim
from dateline.models.linear import Linear
from dateline.reading.analysis import Analysis
from dateline.reading.syntax import Parser


@cache
def parser() -> Parser:
    return Parser()


def parse(text: str) -> Analysis:
    return parser().parse([verbatim(text)])[0]


@pytest.mark.parametrize(
    ("text", "word", "status"),
    [
        ("The army attacked the town on Monday.", "attacked", "happened"),
        ("The army did not attack the town.", "attack", "negated"),
        ("The army never attacked the town.", "attacked", "negated"),
        ("The army is attacking the town.", "attacking", "ongoing"),
        ("The army has been shelling the town for weeks.", "shelling", "ongoing"),
        ("The minister will visit Oslo next week.", "visit", "planned"),
        ("The minister plans to visit Oslo.", "visit", "planned"),
        ("The minister is going to visit Oslo.", "visit", "planned"),
        ("Analysts expect the minister to visit Oslo.", "visit", "expected"),
        ("The minister may visit Oslo.", "visit", "possible"),
        ("If the army attacks the town, thousands will flee.", "attacks", "possible"),
        ("The envoy urged the rebels to release the hostages.", "release", "possible"),
        ("The rebels refused to release the hostages.", "release", "negated"),
        ("The rebels failed to release the hostages.", "release", "negated"),
        ("The company denied that it bribed the minister.", "bribed", "denied"),
        ("The ministry said that the army attacked the town.", "attacked", "happened"),
        ("The minister was accused of stealing public money.", "stealing", "possible"),
        ("A planned visit to Oslo drew crowds.", "visit", "planned"),
        ("The rebels will arrest and deport the aid workers.", "deport", "planned"),
        ("The storm was not a surprise.", "surprise", "negated"),
    ],
)
def test_status(text: str, word: str, status: str) -> None:
    analysis = parse(text)
    assert mood(analysis, analysis.words.index(word)).status() == status


def test_a_carrying_verb_gives_its_tense_to_the_noun() -> None:
    analysis = parse("The two sides will hold talks in Geneva.")
    talks, hold = analysis.words.index("talks"), analysis.words.index("hold")
    assert mood(analysis, talks, hold).status() == "planned"


def test_a_negation_does_not_cross_to_a_verb_of_its_own() -> None:
    analysis = parse("The army did not attack the town and withdrew on Monday.")
    assert mood(analysis, analysis.words.index("withdrew")).status() == "happened"


def test_the_model_ranks_as_a_reader_would() -> None:
    model = Linear.load("status/factuality")

    def score(text: str, word: str) -> float:
        analysis = parse(text)
        return float(model.scores(features(analysis, analysis.words.index(word)))[0])

    happened = score("The police arrested the man on Friday.", "arrested")
    hoped = score("I hope the police arrest the man.", "arrest")
    assert happened > 2 > hoped
    assert score("The police did not arrest the man.", "arrest") < happened - 2


def test_every_token_of_rubbish_has_a_mood_and_features() -> None:
    for text in ("not not if if would to to", "“ ( will [ no", "\u0000 🙂 not", "a " * 300 + "will"):
        analysis = parse(text)
        for token in range(len(analysis)):
            mood(analysis, token).status()
            assert len(features(analysis, token)) == len(FAMILIES)
