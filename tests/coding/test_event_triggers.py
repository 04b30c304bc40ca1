"""Triggers and parties as the trained models see them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from dateline.coding import event_parties, event_triggers
from dateline.coding.coder import Draft
from dateline.coding.event_candidates import shipped
from dateline.coding.event_frames import Frames
from dateline.knowledge.event_lexicon import lexicon

Drafted = Callable[..., Draft]


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
def test_types_of_words(drafted: Drafted, text: str, names: tuple[str, ...], word: str, kind: str) -> None:
    assert likeliest(drafted(text, *names, kind="government body"), word) == kind


def test_few_words_are_looked_at(drafted: Drafted) -> None:
    made = drafted("The red house by the river was sold, and police arrested the owner.")
    tokens = event_triggers.eligible(made.analysis, shipped().triggers.words)
    words = {made.analysis.lowers[token] for token in tokens}
    assert "arrested" in words
    assert words.isdisjoint({"the", "red", "by", "was", "and"})


def test_who_does_it_and_to_whom(drafted: Drafted) -> None:
    text = "The mayor said the ministry had sued the bank."
    made = drafted(text, "The mayor", "the ministry", "the bank", kind="government body")
    look = Frames(made.analysis, lexicon())
    token = made.analysis.lowers.index("sued")
    sight = event_parties.Parties(made, look, look.all())
    named = sight.nearest(token)
    rows = sight.seen(token, "ACCUSE", named)
    shares = event_parties.shares(shipped().parties, rows, event_parties.vectors(made.analysis, token, named))
    assert shares.shape == (4, 2)
    assert shares.sum(axis=0) == pytest.approx([1.0, 1.0], abs=1e-4)
    names = [*(one.actor.name for one in named), "nobody"]
    source, target = (names[int(np.argmax(shares[:, side]))] for side in (0, 1))
    assert (source, target) == ("the ministry", "the bank")


def test_without_actors_nobody_does_it(drafted: Drafted) -> None:
    made = drafted("Two men were arrested.")
    look = Frames(made.analysis, lexicon())
    token = made.analysis.lowers.index("arrested")
    sight = event_parties.Parties(made, look, look.all())
    assert sight.nearest(token) == []
    rows = sight.seen(token, "COERCE", [])
    numbers = event_parties.vectors(made.analysis, token, [])
    assert event_parties.shares(shipped().parties, rows, numbers).tolist() == [[1.0, 1.0]]


def test_a_party_knows_what_else_it_does(drafted: Drafted) -> None:
    text = "The army arrested the mayor, and the mayor accused the bank."
    made = drafted(text, "The army", "the mayor", "the bank", kind="government body")
    look = Frames(made.analysis, lexicon())
    sight = event_parties.Parties(made, look, look.all())
    token = made.analysis.lowers.index("accused")
    named = sight.nearest(token)
    rows = {one.token: row for one, row in zip(named, sight.seen(token, "ACCUSE", named), strict=False)}
    army, first = (made.analysis.lowers.index(word) for word in ("army", "mayor"))
    assert {"other:source.COERCE", "other:source.COERCE.ACCUSE", "other:source.between.True"} <= set(rows[army])
    assert "other:target.COERCE" in rows[first]
    assert not [feature for feature in rows[made.analysis.lowers.index("bank")] if feature.startswith("other:")]
