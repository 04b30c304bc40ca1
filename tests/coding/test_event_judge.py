"""Candidates of the lexicon and the judge that keeps or drops them."""

from __future__ import annotations

from functools import cache

import pytest

from dateline.coding.coder import Draft
from dateline.coding.event_frames import Frame
from dateline.coding.event_judge import LEAST, View, candidate, numbers, pair, probability
from dateline.coding.event_relation import careful, quick
from dateline.coding.events import Candidate, EventCoder, shipped
from dateline.ids import finding_id
from dateline.intake.text import verbatim
from dateline.reading.syntax import Parser
from dateline.records import Actor, Event, Provenance, Span


@cache
def draft(text: str, *names: str) -> Draft:
    """A draft whose actors are states of the given names."""
    article = verbatim(text)
    made = Draft(next(iter(Parser().parse([article]))))
    found: list[Actor] = []
    for name in names:
        at = text.index(name)
        span = Span(at, at + len(name))
        found.append(
            Actor(
                id=finding_id("actor", article.id, (span,), "test/1"),
                provenance=Provenance(evidence=(span,), coder="test/1", confidence=0.9),
                name=name,
                kind="state",
                country=name[:3].upper(),
                sector="GOV",
                mentions=(span,),
            )
        )
    made.actors = tuple(found)
    return made


def found(text: str, *names: str) -> tuple[Draft, list[Candidate], list[Frame]]:
    frames: list[Frame] = []
    made = draft(text, *names)
    return made, list(EventCoder().candidates(made, frames)), frames


CLEAR = ("Peru accused Chile of spying on its embassy.", "Peru", "Chile")


def test_a_clear_deed_is_kept_with_its_probability() -> None:
    made, candidates, _ = found(*CLEAR)
    assert candidates[0].frame.relation == "ACCUSE"
    assert not candidates[0].guessed
    event, *_ = EventCoder().code([made])[0]
    assert isinstance(event, Event)
    assert event.relation == "ACCUSE"
    assert LEAST <= event.provenance.confidence <= 1
    assert event.provenance.confidence > 0.7


def test_what_the_judge_doubts_is_no_event(monkeypatch: pytest.MonkeyPatch) -> None:
    made = draft(*CLEAR)

    def doubt(*_: object) -> float:
        return LEAST - 0.01

    monkeypatch.setattr("dateline.coding.events.probability", doubt)
    assert EventCoder().code([made]) == [()]


def test_both_models_give_shares_of_one() -> None:
    made, (one, *_), frames = found(*CLEAR)
    between = pair(made.analysis, one.frame, frames, one.sources, one.targets)
    for shares in (quick(*between), careful(*between)):
        assert sum(shares.values()) == pytest.approx(1, abs=1e-4)
        assert max(shares, key=lambda each: shares[each]) == "ACCUSE"


def test_features_of_a_candidate_say_what_it_is() -> None:
    made, (one, *_), _ = found(*CLEAR)
    seen = candidate(made.analysis, one.frame, one.sources, one.targets, "happened")
    assert {"type:ACCUSE", "word:accuse", "s.kind:state", "t.kind:state", "kinds:state>state"} <= set(seen)
    alone = candidate(made.analysis, one.frame, one.sources, [], "happened")
    assert {"t:none", "t:none|ACCUSE"} <= set(alone)
    assert "s:none" in candidate(made.analysis, one.frame, [], one.targets, "happened")


VIEW = View(
    kind=0.9, best=0.9, none=0.05, source=0.8, target=0.7, best_source=0.8, best_target=0.7, nobody=0.1
)  # fmt: skip


def test_the_judge_sees_what_other_models_think_as_log_odds() -> None:
    seen = numbers(VIEW, {"ACCUSE": 0.5}, "ACCUSE")
    assert len(seen) == len(VIEW) + 2
    assert seen[0] > 2
    assert seen[2] < -2
    assert seen[-1] == pytest.approx(0.0)
    assert numbers(VIEW, {"YIELD": 0.5}, "RETREAT") == seen
    assert numbers(VIEW, {}, "ACCUSE")[-1] < -6


def test_the_judge_follows_what_other_models_think() -> None:
    made, (one, *_), frames = found(*CLEAR)
    bad = VIEW._replace(kind=0.02, best=0.1, none=0.9, source=0.05, target=0.05)
    given = (shipped().judge, made.analysis, one.frame, frames, one.sources, one.targets, "happened")
    assert probability(*given, bad) < probability(*given, VIEW) - 0.2


@pytest.mark.parametrize(
    ("text", "names", "types"),
    [
        ("No candidate endorsed Peru.", ("candidate", "Peru"), []),
        ("Norway opposed the Iraq invasion.", ("Norway", "Iraq"), []),
        ("Norway warned against a rash answer to Peru.", ("Norway", "Peru"), []),
        ("Norway warned Peru against crossing the border.", ("Norway", "Peru"), ["REQUEST"]),
        ("Norway refused to meet Peru.", ("Norway", "Peru"), ["REJECT"]),
        ("Norway received a poor rating from Peru.", ("Norway", "Peru"), []),
        ("Norway withdrew from the race against Peru.", ("Norway", "Peru"), []),
        ("Norway withdrew from Peru.", ("Norway", "Peru"), ["RETREAT"]),
        ("Norway blamed the delay on Peru.", ("Norway", "Peru"), ["ACCUSE"]),
        ("Norway advised Peru to accept the plan.", ("Norway", "Peru"), ["REQUEST"]),
    ],
)
def test_events_of_one_verb(text: str, names: tuple[str, ...], types: list[str]) -> None:
    events = EventCoder().code([draft(text, *names)])[0]
    assert [event.relation for event in events if isinstance(event, Event) and event.targets] == types
