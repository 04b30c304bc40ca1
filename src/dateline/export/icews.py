"""ICEWS: 20 columns with a header, CAMEO codes with ICEWS's intensities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateline.export.layouts import Cell, Column, Layout, Reading, Tally, dyads, number_of
from dateline.knowledge.codebook import plover
from dateline.knowledge.country_codes import name as country_name
from dateline.records import Actor, Place, Record, Status

SECTORS = {
    "COP": "Government,Police",
    "GOV": "Government",
    "JUD": "Government,Judicial",
    "LEG": "Government,Legislative / Parliamentary",
    "MIL": "Government,Military",
    "SPY": "Government,Intelligence Ministry",
    "REB": "Dissident,Rebel",
    "UAF": "Unidentified Forces",
    "PRM": "Unidentified Forces",
    "OPP": "Parties,Opposition",
    "PTY": "Parties",
    "BUS": "Social,Business",
    "AGR": "Social,Agricultural",
    "CRM": "Criminals / Gangs",
    "CVL": "Social,General Population / Civilian / Social",
    "EDU": "Social,Education",
    "ELI": "Elite",
    "JRN": "Social,Media",
    "LAB": "Social,Labor",
    "MED": "Social,Medical / Health",
    "REF": "Social,Refugees / Displaced",
    "REL": "Social,National Religious",
    "SOC": "Social",
}
"""Sectors in ICEWS's words, by PLOVER sector."""
STATELESS = {
    "IGO": "International Government Organization",
    "UNO": "International Government Organization,Global",
    "EUR": "International Government Organization,Regional",
    "NGO": "Nongovernmental Organization (International)",
    "MNC": "Multinational Corporation",
    "ISM": "International Dissident",
    "IMG": "International Dissident",
}
"""Sectors of bodies that belong to no state, by PLOVER's code in place of a country."""


def _actor(actor: Actor | None) -> list[Cell]:
    if actor is None:
        return [None, None, None]
    parts = [STATELESS.get(actor.country or "", ""), SECTORS.get(actor.sector or "", "")]
    sectors = "" if actor.kind == "state" else ",".join(each for each in parts if each)
    return [actor.name, sectors, country_name(actor.country)]


def _place(place: Place | None) -> list[Cell]:
    if place is None:
        return [None] * 6
    region = place.kind == "region" and place.admin1 is None
    return [
        place.name if place.kind in ("city", "facility") else "",
        "",
        place.admin1 or (place.name if region else ""),
        country_name(place.country),
        place.latitude,
        place.longitude,
    ]


def _text(code: str) -> str:
    known = plover().cameo.get(code)
    return known.label.partition(", not spec")[0] if known else ""


def _rows(record: Record, statuses: frozenset[Status], tally: Tally) -> Iterator[Sequence[Cell]]:
    reading = Reading(record)
    story = number_of(record.article.id)
    for dyad in dyads(reading, statuses, tally, cameo=True):
        event = dyad.event
        yield [
            dyad.number,
            dyad.day.isoformat(),
            *_actor(dyad.source),
            _text(event.cameo or ""),
            event.cameo,
            event.intensity,
            *_actor(dyad.target),
            story,
            reading.sentence(event.trigger) or None,
            record.article.source,
            *_place(dyad.place),
        ]


ICEWS = Layout(
    name="icews",
    title="ICEWS",
    source="Header of the yearly files, Harvard Dataverse, doi:10.7910/DVN/28075",
    row="an event between one source and one target; an event of two sources and three targets is six rows",
    columns=(
        Column("Event ID", "int", "63 bits of a digest of the event, its source and its target, as GlobalEventID"),
        Column("Event Date", "str", "YYYY-MM-DD: first day of the event's time, else the article's day"),
        Column("Source Name", "str", "who did it; empty where nobody"),
        Column(
            "Source Sectors", "str", "PLOVER's sector in ICEWS's words, parted by commas; empty for states themselves"
        ),
        Column("Source Country", "str", "English name of the country; empty for bodies of no state"),
        Column("Event Text", "str", "what the CAMEO code is called"),
        Column("CAMEO Code", "str", "keep it as text, leading zeros count"),
        Column(
            "Intensity", "float", "ICEWS's score of the code, -10 to 10 (it differs from GDELT's for 016, 022 and 164)"
        ),
        Column("Target Name", "str", "to whom; empty where nobody"),
        Column("Target Sectors", "str", "as Source Sectors"),
        Column("Target Country", "str", "as Source Country"),
        Column("Story ID", "int", "63 bits of a digest of the article"),
        Column("Sentence Number", "int", "sentence the trigger stands in, from 1, headline included"),
        Column("Publisher", "str", "publisher"),
        Column("City", "str", "the place, where it is a city or a building"),
        Column("District", "str", "empty: not kept"),
        Column("Province", "str", "first-order unit"),
        Column("Country", "str", "English name of the country"),
        Column("Latitude", "float", "degrees, WGS 84"),
        Column("Longitude", "float", "degrees, WGS 84"),
    ),
    header=True,
    lost=(
        "status (planned, denied ...)",
        "whose word it is",
        "PLOVER type, mode and contexts",
        "last day of a longer time",
        "address of the article",
        "confidence",
        "coder",
        "evidence",
        "role",
        "GeoNames id",
    ),
    rows=_rows,
    file="events.icews.tab",
)
