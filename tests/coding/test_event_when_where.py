"""When and where a deed was done: our own sentences of world news, each with a deed, the words that date and place it."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.quality.task import drafts
from dateline.coding.coder import Draft
from dateline.coding.events import ABOUT
from dateline.coding.places import PlaceCoder
from dateline.coding.times import TimeCoder
from dateline.knowledge.event_lexicon import lexicon

HERE = Path(__file__).parent


def same(found: str, wanted: str) -> bool:
    """Whether the words are those wanted, or a part of them or around them."""
    return found == wanted or ("-" not in (found, wanted) and (found in wanted or wanted in found))


def read(draft: Draft, word: str) -> tuple[str, str]:
    """The words that date and place a deed; a dash for none."""
    a = draft.analysis
    token = a.token_at(a.text.index(word))
    assert token is not None
    words = lexicon()
    senses = (words.verbs if a.pos[token] == "VERB" else words.nouns).get(a.lemmas[token].lower(), ())
    physical = not senses or any(sense.relation not in ABOUT for sense in senses)
    travel = any(sense.mode == "visit" for sense in senses)
    time = draft.time_near(token, physical=physical)
    place = draft.place_near(token, physical=physical, travel=travel)
    spans = (each.mention if each is not None else None for each in (time, place))
    when, where = (a.text[span.start : span.end] if span is not None else "-" for span in spans)
    return when, where


@pytest.mark.parametrize(
    ("name", "times", "places"), [("event_when_where.tsv", 0.97, 0.94), ("event_when_where_second.tsv", 0.96, 0.9)]
)
def test_deeds_have_their_own_time_and_place(name: str, times: float, places: float):
    rows = [line.split("\t") for line in (HERE / name).read_text(encoding="utf-8").splitlines()]
    made = drafts([{"text": row[0], "date": "2025-05-08"} for row in rows], [PlaceCoder(), TimeCoder()])
    right = [0, 0]
    wrong: list[str] = []
    for (text, word, when, where), draft in zip(rows, made, strict=True):
        found = read(draft, word)
        marks = [same(*pair) for pair in zip(found, (when, where), strict=True)]
        right = [count + mark for count, mark in zip(right, marks, strict=True)]
        if not all(marks):
            wrong.append(f"{word}: {found} for {(when, where)} in {text}")
    assert right[0] / len(rows) >= times, wrong
    assert right[1] / len(rows) >= places, wrong
