"""Did it happen: tense, modals, negation, embedding words."""

from __future__ import annotations

from functools import cache

import pytest

from dateline.coding import status_judge
from dateline.coding.status import Mood, mood
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
        ("The visit was long awaited but not a surprise.", "surprise", "negated"),
        ("The law will allow farmers to sell water.", "sell", "planned"),
        ("The guards did not let the envoy enter the camp.", "enter", "negated"),
        ("The flag will fly when the king arrives in Oslo.", "arrives", "planned"),
        ("A summit is to be held in Quito in May.", "held", "planned"),
        ("The rebels are said to hold the dam.", "hold", "possible"),
        ("The rebels appear to be leaving the town.", "leaving", "possible"),
        ("She was the first woman to lead the bank.", "lead", "happened"),
        ("I would like to thank the pilots.", "thank", "happened"),
        ("If it rains again, the dam could break.", "break", "possible"),
        ("The council rejected the proposal.", "proposal", "happened"),
        ("The ministry announced job cuts.", "cuts", "planned"),
        ("The ministry announced a deal.", "deal", "happened"),
        ("The court has yet to rule on the appeal.", "rule", "negated"),
        ("The army withdrew before the envoys arrived.", "arrived", "happened"),
    ],
)
def test_status(text: str, word: str, status: str) -> None:
    analysis = parse(text)
    assert mood(analysis, analysis.words.index(word)).status() == status


def test_a_condition_makes_its_main_clause_conditional() -> None:
    analysis = parse("If the dam broke, the valley would flood.")
    assert mood(analysis, analysis.words.index("flood")).conditional
    assert not mood(parse("The valley would flood."), 3).conditional


class _Scores:
    """A model that gives every event word one score."""

    def __init__(self, score: float) -> None:
        self._score = score

    def scores(self, families: object) -> list[float]:
        return [self._score]


def test_the_model_is_asked_of_a_bare_verb_the_rules_say_nothing_of(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = parse("It costs nine euros to join.")
    join = bare.words.index("join")
    assert mood(bare, join) == Mood()
    told = parse("The police arrested the man on Friday.")
    arrested = told.words.index("arrested")
    monkeypatch.setattr(status_judge, "_model", lambda: _Scores(-1.0))
    assert status_judge.judged(bare, join).possible
    assert status_judge.judged(told, arrested) == Mood()
    monkeypatch.setattr(status_judge, "_model", lambda: _Scores(1.0))
    assert status_judge.judged(bare, join) == Mood()


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
