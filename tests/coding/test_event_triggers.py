"""Triggers and parties as the trained models see them."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from dateline.coding import event_parties, event_triggers
from dateline.coding.coder import Draft
from dateline.coding.event_frames import Frames
from dateline.coding.events import shipped
from dateline.ids import finding_id
from dateline.intake.text import verbatim
from dateline.knowledge.event_lexicon import lexicon
from dateline.reading.syntax import Parser
from dateline.records import Actor, Provenance, Span


@cache
def parser() -> Parser:
    return Parser()


def draft(text: str, *names: str) -> Draft:
    """A draft whose actors are people and bodies of the given names."""
    article = verbatim(text)
    made = Draft(next(iter(parser().parse([article]))))
    found: list[Actor] = []
    for name in names:
        span = Span(text.index(name), text.index(name) + len(name))
        found.append(
            Actor(
                id=finding_id("actor", article.id, (span,), "test/1"),
                provenance=Provenance(evidence=(span,), coder="test/1", confidence=0.9),
                name=name,
                kind="government body",
                country="NOR",
                sector="GOV",
                mentions=(span,),
            )
        )
    made.actors = tuple(found)
    return made


def likeliest(made: Draft, word: str) -> str:
    look = Frames(made.analysis, lexicon())
    token = made.analysis.lowers.index(word)
    [shares] = event_triggers.shares(shipped().triggers, made, look, look.all(), [token])
    assert float(shares.sum()) == pytest.approx(1.0, abs=1e-4)
    return ("none", *event_triggers.TYPES)[int(np.argmax(shares))]


@pytest.mark.parametrize(
    ("text", "names", "word", "kind"),
    [
        ("The senator scolded the ministry over the delay.", ("The senator", "the ministry"), "scolded", "ACCUSE"),
        ("Police arrested two men in Bergen on Friday.", ("Police", "two men"), "arrested", "COERCE"),
        ("Gunmen kidnapped the mayor in Kaduna.", ("Gunmen", "the mayor"), "kidnapped", "ASSAULT"),
        ("The team scored twice in the second half.", ("The team",), "scored", "none"),
        ("The recipe needs two eggs and a spoon of sugar.", (), "needs", "none"),
    ],
)
def test_types_of_words(text: str, names: tuple[str, ...], word: str, kind: str) -> None:
    assert likeliest(draft(text, *names), word) == kind


def test_few_words_are_looked_at() -> None:
    made = draft("The red house by the river was sold, and police arrested the owner.")
    tokens = event_triggers.eligible(made.analysis, shipped().triggers.words)
    words = {made.analysis.lowers[token] for token in tokens}
    assert "arrested" in words
    assert words.isdisjoint({"the", "red", "river", "house", "and"})


def test_who_does_it_and_to_whom() -> None:
    text = "The mayor said the ministry had sued the bank."
    made = draft(text, "The mayor", "the ministry", "the bank")
    look = Frames(made.analysis, lexicon())
    token = made.analysis.lowers.index("sued")
    named = event_parties.nearest(event_parties.mentions(made), made.analysis, token)
    frames = {frame.trigger: frame for frame in look.all()}
    rows = event_parties.seen(made, look, token, "ACCUSE", frames.get(token), named)
    shares = event_parties.shares(shipped().parties, rows)
    assert shares.shape == (4, 2)
    assert shares.sum(axis=0) == pytest.approx([1.0, 1.0], abs=1e-4)
    names = [*(one.actor.name for one in named), "nobody"]
    source, target = (names[int(np.argmax(shares[:, side]))] for side in (0, 1))
    assert (source, target) == ("the ministry", "the bank")


def test_without_actors_nobody_does_it() -> None:
    made = draft("Two men were arrested.")
    look = Frames(made.analysis, lexicon())
    rows = event_parties.seen(made, look, made.analysis.lowers.index("arrested"), "COERCE", None, [])
    assert event_parties.shares(shipped().parties, rows).tolist() == [[1.0, 1.0]]
    assert event_parties.mentions(made) == {}
