"""Candidates of the lexicon and the judge that keeps or drops them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dateline.coding.coder import Draft
from dateline.coding.event_candidates import shipped
from dateline.coding.event_judge import LEAST, Candidate, View, numbers, probabilities, seen
from dateline.coding.events import EventCoder
from dateline.records import Event

Drafted = Callable[..., Draft]

CLEAR = ("Peru accused Chile of spying on its embassy.", "Peru", "Chile")


def test_a_clear_deed_is_kept_with_its_probability(drafted: Drafted) -> None:
    made = drafted(*CLEAR)
    first, *_ = EventCoder().candidates(made)
    assert first.frame.relation == "ACCUSE"
    assert not first.guessed
    event, *_ = EventCoder().code([made])[0]
    assert isinstance(event, Event)
    assert event.relation == "ACCUSE"
    assert LEAST <= event.provenance.confidence <= 1
    assert event.provenance.confidence > 0.7


def test_what_the_judge_doubts_is_no_event(drafted: Drafted, monkeypatch: pytest.MonkeyPatch) -> None:
    made = drafted(*CLEAR)

    def doubt(_model: object, _analysis: object, candidates: list[Candidate]) -> list[float]:
        return [LEAST - 0.01] * len(candidates)

    monkeypatch.setattr("dateline.coding.events.probabilities", doubt)
    assert EventCoder().code([made]) == [()]


def test_features_of_a_candidate_say_what_it_is(drafted: Drafted) -> None:
    made = drafted(*CLEAR)
    one, *_ = EventCoder().candidates(made)
    features = set(seen(made.analysis, one))
    assert {"type:ACCUSE", "word:accuse", "status:happened", "s.kind:state", "t.kind:state"} <= features
    assert "kinds:state>state" in features
    alone = seen(made.analysis, replace(one, targets=[]))
    assert {"t:none", "t:none|ACCUSE"} <= set(alone)
    assert "s:none" in seen(made.analysis, replace(one, sources=[]))


VIEW = View(
    kind=0.9, best=0.9, none=0.05, source=0.8, target=0.7, best_source=0.8, best_target=0.7, nobody=0.1
)  # fmt: skip


def test_the_judge_sees_what_other_models_think_as_log_odds() -> None:
    asked = numbers(VIEW)
    assert len(asked) == len(VIEW) + 1
    assert asked[0] > 2
    assert asked[2] < -2
    assert asked[-1] == pytest.approx(0.016, abs=0.02)


def test_the_judge_follows_what_other_models_think(drafted: Drafted) -> None:
    made = drafted(*CLEAR)
    one, *_ = EventCoder().candidates(made)
    bad = VIEW._replace(kind=0.02, best=0.1, none=0.9, source=0.05, target=0.05)
    doubted, held = probabilities(shipped().judge, made.analysis, [replace(one, view=view) for view in (bad, VIEW)])
    assert doubted < held - 0.2


def test_no_candidates_are_judged_without_a_model_being_asked(drafted: Drafted) -> None:
    assert probabilities(shipped().judge, drafted(*CLEAR).analysis, []) == []
