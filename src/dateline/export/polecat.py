"""POLECAT: 40 columns with a header, PLOVER's types as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import version

from dateline.export.layouts import Cell, Column, Layout, Reading, Tally, dyads, named, part
from dateline.knowledge.codebook import Codebook, plover
from dateline.knowledge.country_codes import codes
from dateline.records import Actor, Event, Place, Record, Status

QUADS = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}
NONE = "None"
"""What POLECAT's files write for an actor or recipient, or a piece of one, that there is not."""


@cache
def _version() -> str:
    return version("dateline")


def _score(book: Codebook | None, event: Event) -> float | None:
    return book.score(event.relation, event.mode) if book is not None and event.relation in book.types else None


def _quad(book: Codebook | None, event: Event) -> str:
    known = book.types.get(event.relation) if book is not None else None
    return QUADS.get(known.quad if known else event.quad or 0, "")


def _actor(reading: Reading, actor: Actor | None, event: Event) -> list[Cell]:
    if actor is None:
        return [NONE] * 8
    known = codes().get(actor.country or "")
    sector = actor.sector or NONE
    raw = part(reading.words(reading.mention(actor, event.trigger)), ";")
    return [
        part(actor.name, ";") or NONE,
        actor.country or NONE,
        (known.cow if known else "") or NONE,
        sector,
        sector,
        actor.role or NONE,
        raw or NONE,
        NONE,
    ]


def _place(reading: Reading, place: Place | None) -> list[Cell]:
    if place is None:
        return [None] * 10
    return [
        place.name,
        place.name if place.kind == "city" else "",
        "",
        place.admin1,
        place.country,
        place.latitude,
        place.longitude,
        place.geoname,
        reading.words(place.mention),
        place.kind,
    ]


def _names(names: Iterator[str]) -> str:
    return ";".join(dict.fromkeys(name for each in names if (name := part(each, ";"))))


def _rows(record: Record, statuses: frozenset[Status], tally: Tally) -> Iterator[Sequence[Cell]]:
    reading = Reading(record)
    article = record.article
    book = plover() if record.codebook.startswith("plover/") else None
    published = (article.published or article.updated or "")[:10]
    known = [actor for actor in record.actors if named(actor.name, actor.kind, actor.entity)]
    people = _names(actor.name for actor in known if actor.kind == "person")
    bodies = _names(actor.name for actor in known if actor.kind in ("organisation", "government body", "armed group"))
    places = _names(place.name for place in record.places if place.kind != "demonym")
    language = "English" if article.language.split("-")[0] == "en" else article.language
    serial: dict[str, int] = {}
    for dyad in dyads(reading, statuses, tally, cameo=False):
        event = dyad.event
        serial[event.id] = serial.get(event.id, 0) + 1
        yield [
            f"{event.id}-{serial[event.id]}" if dyad.several else event.id,
            dyad.day.isoformat(),
            event.relation,
            event.mode,
            _score(book, event),
            _quad(book, event),
            ";".join(part(each, ";") for each in event.contexts),
            *_actor(reading, dyad.source, event),
            *_actor(reading, dyad.target, event),
            *_place(reading, dyad.place),
            article.source,
            published,
            people,
            bodies,
            places,
            language,
            f"dateline {_version()} {record.codebook}",
        ]


def _actor_columns(which: str, said: str) -> tuple[Column, ...]:
    return (
        Column(f"{which} Name", "str", f"{said}; None where nobody"),
        Column(
            f"{which} Country", "str", "ISO 3166-1 alpha-3, or PLOVER's code in its place (IGO, UNO, EUR ...); None"
        ),
        Column(f"{which} COW", "str", "number of the state in the Correlates of War system; None"),
        Column(f"Primary {which} Sector", "str", "PLOVER sector; None"),
        Column(f"{which} Sectors", "str", "the same: the store has one sector an actor"),
        Column(f"{which} Title", "str", "office held on the article's day, or role the text gives; None"),
        Column(f"{which} Name Raw", "str", "the words of the mention nearest to the event's trigger"),
        Column(f"Wikipedia {which} ID", "str", "None: not known"),
    )


POLECAT = Layout(
    name="polecat",
    title="POLECAT",
    source="Header of the weekly files, Harvard Dataverse, doi:10.7910/DVN/AJGVIT",
    row="an event between one actor and one recipient; an event of two actors and three recipients is six rows",
    columns=(
        Column(
            "Event ID", "str", "id of the finding, as dateline cite takes it; with -1, -2 ... where it has several rows"
        ),
        Column("Event Date", "str", "YYYY-MM-DD: first day of the event's time, else the article's day"),
        Column("Event Type", "str", "PLOVER type, or type of the codebook in use"),
        Column("Event Mode", "str", "PLOVER mode; may be empty"),
        Column(
            "Intensity", "float", "PLOVER's score of the mode, else of the type, -10 to 10; empty for other codebooks"
        ),
        Column(
            "Quad Code",
            "str",
            "VERBAL COOPERATION, MATERIAL COOPERATION, VERBAL CONFLICT, MATERIAL CONFLICT; by PLOVER",
        ),
        Column("Contexts", "str", "PLOVER contexts, parted by semicolons"),
        *_actor_columns("Actor", "who did it"),
        *_actor_columns("Recipient", "to whom"),
        Column("Placename", "str", "the gazetteer's name of the place"),
        Column("City", "str", "the same, where it is a city"),
        Column("District", "str", "empty: not kept"),
        Column("Province", "str", "first-order unit"),
        Column("Country", "str", "ISO 3166-1 alpha-3"),
        Column("Latitude", "float", "degrees, WGS 84"),
        Column("Longitude", "float", "degrees, WGS 84"),
        Column("GeoNames ID", "int", "GeoNames id"),
        Column("Raw Placename", "str", "the words of the mention"),
        Column("Feature Type", "str", "country, region, city, water, facility or demonym"),
        Column("Source", "str", "publisher"),
        Column("Publication Date", "str", "YYYY-MM-DD: published, else updated; may be empty"),
        Column("Story People", "str", "people named in the article, parted by semicolons"),
        Column("Story Organizations", "str", "organisations, government bodies and armed groups named in the article"),
        Column("Story Locations", "str", "places in the article"),
        Column("Language", "str", "English, or the BCP 47 tag"),
        Column("Version", "str", "dateline, its version and the codebook's"),
    ),
    header=True,
    lost=(
        "status (planned, denied ...)",
        "whose word it is",
        "CAMEO code",
        "last day of a longer time",
        "address of the article",
        "confidence",
        "coder",
        "evidence",
    ),
    rows=_rows,
    file="events.polecat.txt",
)
