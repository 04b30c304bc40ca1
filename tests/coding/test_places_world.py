"""Cities and regions that news of the world names: looked up, and read in one sentence without any other hint."""

import math
from functools import cache
from pathlib import Path

import pytest

from dateline.coding.coder import Draft
from dateline.coding.places import PlaceCoder
from dateline.intake.text import verbatim
from dateline.knowledge import gazetteer as g
from dateline.reading import Reading

TABLE = Path(__file__).parents[1] / "knowledge" / "world.tsv"
ROWS = [
    (name, country, float(latitude), float(longitude), float(off), bool(rest))
    for name, country, latitude, longitude, off, *rest in (
        line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#")
    )
]


def kilometres(place, latitude, longitude):
    a, b = math.radians(place.latitude), math.radians(latitude)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(longitude - place.longitude) / 2) ** 2
    return 12742 * math.asin(math.sqrt(half))


def right(place, country, latitude, longitude, off):
    return (country == "-" or place.country in (country, None)) and kilometres(place, latitude, longitude) <= off


@cache
def read():
    """Places of one sentence about each row."""
    texts = [f"At least three people were wounded in {row[0]} on Tuesday, officials said." for row in ROWS]
    drafts = [Draft(each) for each in Reading().analyse([verbatim(text) for text in texts])]
    return {
        row[0]: [place for place in found if row[0] in text[place.mention.start : place.mention.end]]
        for row, text, found in zip(ROWS, texts, PlaceCoder().code(drafts), strict=True)
    }


def test_every_one_is_in_the_gazetteer():
    atlas = g.default()
    lacking = [
        row[0]
        for row in ROWS
        if not any(
            right(atlas.entry(number), *row[1:5])
            for name in (g.key(row[0]), "the " + g.key(row[0]))
            for number, _ in atlas.find(name)
        )
    ]
    assert lacking == []


def test_one_sentence_is_enough_for_nearly_all():
    rows = [row for row in ROWS if not row[5]]
    wrong = [row[0] for row in rows if not any(p.latitude is not None and right(p, *row[1:5]) for p in read()[row[0]])]
    assert len(wrong) <= len(rows) * 0.02, wrong


@pytest.mark.parametrize("name", ["Kursk", "Geneva", "Cardiff", "New York", "Sao Paulo", "Chechnya", "Tigray"])
def test_a_well_known_name_is_sure_in_a_short_text(name):
    country, latitude, longitude, off = next(row[1:5] for row in ROWS if row[0] == name)
    place = read()[name][0]
    assert right(place, country, latitude, longitude, off)
    assert place.provenance.confidence > 0.5
