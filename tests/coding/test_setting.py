"""Countries of actors whom no word places, taken from where the report is set."""

from __future__ import annotations

import pytest

from benchmarks.quality.task import drafts
from dateline.coding.actors import ActorCoder
from dateline.coding.places import PlaceCoder
from dateline.coding.setting import settled


def countries(text: str) -> dict[str, tuple[str | None, str | None]]:
    """Country of each actor and where it is from, by the actor's name."""
    (draft,) = drafts([{"text": text, "date": "2025-03-07"}], [ActorCoder(), PlaceCoder()])
    return {actor.name: (actor.country, actor.country_from) for actor in settled(draft)}


def test_dateline_gives_the_country_of_those_whom_no_word_places():
    found = countries(
        "NAIROBI, March 7 - Police fired tear gas at teachers who marched on parliament.\n\n"
        "The education ministry called the strike illegal. Nairobi has seen three such marches this year."
    )
    assert found["Police"] == ("KEN", "setting")
    assert found["The education ministry"] == ("KEN", "setting")


def test_place_in_the_noun_phrase_counts_for_more_than_the_dateline():
    found = countries(
        "NAIROBI, March 7 - Kenya sent an envoy to Somalia on Friday.\n\n"
        "Residents of Kismayo and police in Mogadishu reported gunfire. Nairobi denied any part in it."
    )
    assert found["Residents of Kismayo"] == ("SOM", "setting")


def test_words_that_name_a_country_stay():
    found = countries("KABUL, March 7 - German soldiers left Kabul on Friday. Afghan police said nothing.")
    assert found["German soldiers"][1] == "name"
    assert found["German soldiers"][0] == "DEU"


@pytest.mark.parametrize("name", ["Foreign investors", "International monitors", "Experts from abroad"])
def test_foreigners_are_not_of_the_place_they_are_in(name: str):
    found = countries(f"HARARE, March 7 - {name} left Harare on Friday, and Zimbabwe let them go.")
    assert all(country != "ZWE" or how != "setting" for who, (country, how) in found.items() if who != "Zimbabwe")


def test_two_countries_that_are_named_as_often_decide_nothing():
    found = countries(
        "Officials met on Friday. Peru and Chile have a quarrel. Chile blamed Peru and Peru blamed Chile."
    )
    assert found["Officials"] == (None, None)
