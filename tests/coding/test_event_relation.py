"""Which relation two given parties stand in: where their words are, what is asked, what comes back."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.coding.event_relation import (
    BOTH,
    MOST_PLACES,
    QUICK,
    careful,
    occurrences,
    places,
    quad,
    question,
    quick,
    relate,
    types,
    warmed,
)
from dateline.intake.text import verbatim
from dateline.knowledge.codebook import plover
from dateline.reading.analysis import Analysis
from dateline.reading.syntax import Parser
from dateline.records import Span


@cache
def _parser() -> Parser:
    return Parser()


@cache
def parsed(text: str) -> Analysis:
    return _parser().parse([verbatim(text)])[0]


def told(text: str, source: str | None, target: str | None, *, fast: bool = False):
    analysis = parsed(text)
    return relate(analysis, *places(analysis, source, target), fast=fast)


def where(text: str, source: str | None, target: str | None) -> tuple[str | None, ...]:
    """The parties' words with a star where they begin and end in the text."""
    spans = places(parsed(text), source, target)
    return tuple(f"{text[: each.start]}*{text[each.start : each.end]}*" if each else None for each in spans)


CLEAR = ("Peru accused Chile of spying on its embassy.", "Peru", "Chile")


@pytest.mark.parametrize(
    ("text", "source", "target", "relation", "class_"),
    [
        (*CLEAR, "ACCUSE", 3),
        ("Norway sent 200 tonnes of flour to Malawi after the cyclone.", "Norway", "Malawi", "AID", 2),
        ("The rebels freed twelve aid workers on Sunday.", "The rebels", "twelve aid workers", "YIELD", 2),
        ("Ghana's president met the head of Togo's parliament in Accra.", "Ghana's president", "Togo", "CONSULT", 1),
        ("Gunmen killed nine farmers in the north.", "Gunmen", "nine farmers", "ASSAULT", 4),
        ("Thousands marched through Quito over the price of fuel.", "Thousands", None, "PROTEST", 4),
    ],
)
@pytest.mark.parametrize("fast", [False, True])
def test_relations_nobody_would_doubt(
    text: str, source: str, target: str | None, relation: str, class_: int, fast: bool
) -> None:
    found = told(text, source, target, fast=fast)
    assert (found.type, quad(found.type)) == (relation, class_)
    assert found.probabilities[relation] > 0.6
    assert found.second != relation
    assert sum(found.probabilities.values()) == pytest.approx(1, abs=1e-4)
    assert [*found.probabilities.values()] == sorted(found.probabilities.values(), reverse=True)
    assert found.coder == (QUICK if fast else BOTH)


def test_both_models_give_shares_of_one() -> None:
    analysis = parsed(CLEAR[0])
    asked = question(analysis, *places(analysis, *CLEAR[1:]))
    for shares in (quick(*asked), careful(*asked)):
        assert sum(shares.values()) == pytest.approx(1, abs=1e-4)
        assert max(shares, key=lambda each: shares[each]) == "ACCUSE"


def test_who_does_it_and_who_suffers_it_make_a_difference() -> None:
    text = "Peru, which had accused Chile of spying, met Brazil's envoy."
    assert told(text, "Peru", "Chile").type == "ACCUSE"
    assert told(text, "Peru", "Brazil's envoy").type == "CONSULT"


def test_the_words_that_tell_it() -> None:
    found = told(*CLEAR)
    assert found.trigger is not None and found.frame is not None
    assert CLEAR[0][found.trigger.start : found.trigger.end] == "accused"
    assert found.frame.relation == "ACCUSE"
    freed = told("The rebels freed twelve aid workers on Sunday.", "The rebels", "twelve aid workers")
    assert freed.frame is not None and freed.frame.relation == "RETREAT"  # which of the two that YIELD may be
    assert told("A quiet day for Peru.", "Peru", None).trigger is None


def test_only_the_sentences_of_the_parties_are_read() -> None:
    text = "Gunmen killed nine farmers. Peru accused Chile of spying on its embassy. Police shot at strikers."
    found = told(text, "Peru", "Chile")
    assert text[found.read.start : found.read.end] == CLEAR[0]
    alone = told(*CLEAR)
    assert found.probabilities == pytest.approx(alone.probabilities, abs=1e-5)
    both = told(text, "Gunmen", "Chile")
    assert text[both.read.start : both.read.end] == text[: text.index(" Police")]


@pytest.mark.parametrize(
    ("text", "source", "target", "wanted"),
    [
        ("Iran's envoy met Iraq's.", "Iran", "Iraq", ("*Iran*", "Iran's envoy met *Iraq*")),
        # whole words before parts of words
        ("Iranians praised Iran.", "Iranians", "Iran", ("*Iranians*", "Iranians praised *Iran*")),
        ("Iranians praised Oman.", "Iran", "Oman", ("*Iran*", "Iranians praised *Oman*")),
        # not the same words twice, unless there are no others
        ("Chad's army fought Chad's rebels.", "Chad", "Chad", ("*Chad*", "Chad's army fought *Chad*")),
        ("Cuban exiles left.", "Cuban exiles", "Cuban", ("*Cuban exiles*", "*Cuban*")),
        # in one sentence, if both stand in one
        ("Togo waited. Mali thanked Togo.", "Mali", "Togo", ("Togo waited. *Mali*", "Togo waited. Mali thanked *Togo*")),
        # case and white space where nothing stands as it is written
        ("The  Red\nCross thanked Fiji.", "the red cross", "FIJI", ("*The  Red\nCross*", "The  Red\nCross thanked *Fiji*")),
        ("Peru waited.", "Chile", None, (None, None)),
        ("Peru's finances suffered.", "nan", "Peru", (None, "*Peru*")),
        ("Peru waited.", " ", "Peru", (None, "*Peru*")),
        ("Mr. (Bo) C++ left.", "(Bo)", "C++", ("Mr. *(Bo)*", "Mr. (Bo) *C++*")),
    ],
)  # fmt: skip
def test_where_parties_stand(text: str, source: str, target: str | None, wanted: tuple[str | None, ...]) -> None:
    assert where(text, source, target) == wanted


def test_a_place_that_is_known_is_kept() -> None:
    text = "Mali waited. Mali thanked Togo."
    analysis = parsed(text)
    late = Span(13, 17)
    assert places(analysis, late, "Togo")[0] == late
    assert places(analysis, "Togo", Span(0, 4)) == (Span(26, 30), Span(0, 4))


@given(st.text(max_size=40), st.text(max_size=6))
def test_occurrences_quote_the_words(text: str, words: str) -> None:
    found = occurrences(text, words)
    assert len(found) <= MOST_PLACES
    assert found == sorted(found)
    pieces = words.split()
    for span in found:
        there = text[span.start : span.end].split()
        assert there == pieces or [each.lower() for each in there] == [each.lower() for each in pieces] or found
    if pieces and f" {words.strip()} " in f" {text} ":
        assert found and all(text[span.start : span.end] == words.strip() for span in found)


@pytest.mark.parametrize(
    "text", ["x", "🙂🙂 ⚔️", "\x00\x01 a", "((((", "Peru " * 3000, "He said “no", "第一 第二", "a\ud800b"]
)
def test_odd_text_is_answered(text: str) -> None:
    analysis = parsed(text)
    source = analysis.span(0, 1)
    for fast in (True, False):
        assert sum(relate(analysis, source, None, fast=fast).probabilities.values()) == pytest.approx(1, abs=1e-4)
        assert relate(analysis, None, None, fast=fast).read.end <= len(text)


def test_text_without_a_word_is_refused() -> None:
    with pytest.raises(ValueError, match="no word"):
        relate(parsed(" \n "), None, None)


def test_quad_classes_are_the_codebooks() -> None:
    for each in types():
        assert quad(each) == (2 if each == "YIELD" else plover().types[each].quad)
    assert len(types()) == 15


def test_warming_keeps_the_order_and_one_as_sum() -> None:
    shares = {"A": 0.6, "B": 0.3, "C": 0.1, "D": 0.0}
    surer = warmed(shares, 2.0)
    assert list(surer) == sorted(surer, key=lambda each: -surer[each])
    assert sum(surer.values()) == pytest.approx(1)
    assert surer["A"] == pytest.approx(0.36 / 0.46)
    assert warmed(shares, 1.0) == pytest.approx(shares, abs=1e-9)
