"""Parties of events through the whole pipeline: states hit through their land, conjoined adjectives, seats."""

from __future__ import annotations

import pytest

from dateline.intake.text import verbatim
from dateline.pipeline.assembly import Reader


def told(reader: Reader, text: str) -> list[str]:
    """Events as "sources TYPE targets", each party by its country, or its name where it has none."""
    [record] = reader.code([verbatim(text, published="2024-06-03")])
    known = {actor.id: actor.country or actor.name for actor in record.actors}
    return [
        " ".join(
            (
                "+".join(map(known.__getitem__, event.sources)),
                event.relation,
                "+".join(map(known.__getitem__, event.targets)),
            )
        ).strip()
        for event in record.events
    ]


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Ukrainian forces fired at the Russian border area on Sunday.", "UKR ASSAULT RUS"),
        ("Militants from Somalia attacked a Kenyan village.", "SOM ASSAULT KEN"),
        ("Rwandan troops pushed into Congo on Monday.", "RWA ASSAULT COD"),
        ("Troops of Rwanda invaded into Congolese territory.", "RWA ASSAULT COD"),
        ("A court in Guyana jailed two Brazilian men.", "GUY SANCTION BRA"),
        ("A White House memo accused Iran of hiding centrifuges.", "USA ACCUSE IRN"),
        ("Antony Blinken met his South Korean and Japanese counterparts in Tokyo.", "USA CONSULT KOR+JPN"),
        ("The Norwegian minister met Kenyan, Ugandan and Tanzanian officials.", "NOR CONSULT KEN+UGA+TZA"),
        ("Israeli and Egyptian ministers accused Iran of lying.", "ISR+EGY ACCUSE IRN"),
    ],
)
def test_parties(text: str, event: str, reader: Reader) -> None:
    assert event in told(reader, text)


def test_those_conjoined_meet_each_other(reader: Reader) -> None:
    assert told(reader, "US and Russian negotiators met on Friday in Geneva.") == ["USA CONSULT RUS", "RUS CONSULT USA"]


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("Hillary Clinton attacked Donald Trump over taxes in Iowa.", ["USA ACCUSE USA"]),
        ("Rishi Sunak has fought Keir Starmer for months.", []),
        ("Vladimir Putin attacked Ukraine in February.", ["RUS ASSAULT UKR"]),
        ("Nigerian President Bola Tinubu attacked Boko Haram in Borno.", ["NGA ASSAULT NGA"]),
        ("The first American blew up a bridge in Syria.", ["USA ASSAULT"]),  # a person, not the state; nor is Syria hit
        ("Maria Zakharova called on the UN to provide aid for civilians.", ["RUS REQUEST UNO"]),
        ("The French minister spoke with reporters in Lyon.", []),
        ("A French court sentenced five individuals to prison.", ["FRA SANCTION five individuals"]),
    ],
)
def test_politicians_fight_with_words_and_states_do_not(text: str, events: list[str], reader: Reader) -> None:
    assert told(reader, text) == events


@pytest.mark.parametrize(
    "text",
    [
        "Tourists in Kenya praised the park rangers.",  # whose they are, is not told
        "He fired his accountant in a Russian village.",
    ],
)
def test_a_place_is_no_party(text: str, reader: Reader) -> None:
    assert not [each for each in told(reader, text) if "KEN" in each or "RUS" in each]
