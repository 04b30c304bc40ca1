"""Places and located events as GeoJSON (RFC 7946): points in WGS 84, longitude first."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Literal

import msgspec

from dateline.errors import ConfigError
from dateline.export.eventdata import chosen
from dateline.export.layouts import STATUSES, Column, Reading, Tally, day_of
from dateline.export.whole import whole_file
from dateline.records import Place, Record, Status
from dateline.store.warehouse import Warehouse

What = Literal["events", "places"]

SHARED = (
    Column("id", "str", "id of the finding, as dateline cite takes it"),
    Column("place", "str", "the gazetteer's name"),
    Column("kind", "str", "country, region, city, water, facility or demonym"),
    Column("country", "str", "ISO 3166-1 alpha-3"),
    Column("admin1", "str", "first-order unit"),
    Column("geoname", "int", "GeoNames id"),
    Column("words", "str", "the words that support the finding"),
    Column("confidence", "float", "0 to 1"),
    Column("article", "str", "id of the article"),
    Column("title", "str", "its headline"),
    Column("url", "str", "its address"),
    Column("publisher", "str", "its publisher"),
    Column("day", "str", "its day"),
)
OF_EVENTS = (
    Column("relation", "str", "PLOVER type"),
    Column("mode", "str", "PLOVER mode"),
    Column("cameo", "str", "CAMEO code"),
    Column("quad", "int", "quad class by the codebook, 1 to 4"),
    Column("goldstein", "float", "GDELT's score of the code, -10 to 10"),
    Column("status", "str", "happened, ongoing, planned, expected, possible, negated or denied"),
    Column("holder", "str", "whose word it is; null: the reporter's own"),
    Column("sources", "str", "list of names: who did it"),
    Column("targets", "str", "list of names: to whom"),
    Column("earliest", "str", "first day of the event's time, else the article's day"),
    Column("latest", "str", "last day of it"),
)


def export_geojson(
    store: Warehouse, path: str | Path, what: What = "events", *, statuses: Iterable[Status] | None = None
) -> Tally:
    """Write what has coordinates, one point a finding, whole or not at all.

    Args:
        store: The store.
        path: The file; ``-`` for standard output.
        what: ``events``, at their places, or ``places``: every mention.
        statuses: Which events go out; by default all, each with its status.

    Returns:
        Rows are points; left out is what has no coordinates.

    Raises:
        ConfigError: No such thing or status.
        StoreError: The file cannot be written.
    """
    if what not in ("events", "places"):
        raise ConfigError(f"no points of {what!r}: there are events and places")
    if what == "places" and statuses is not None:
        raise ConfigError("places have no status: leave it out, or export events")
    wanted = chosen(statuses)
    with whole_file(path) as file:
        return write_geojson(store.records(), file, what, frozenset(STATUSES) if wanted is None else wanted)


def write_geojson(records: Iterable[Record], file: BinaryIO, what: What, statuses: frozenset[Status]) -> Tally:
    """Write points to an open file; see :func:`export_geojson`."""
    tally = Tally()
    encode = msgspec.json.Encoder().encode
    file.write(b'{"type": "FeatureCollection", "features": [')
    for record in records:
        for feature in _events(record, statuses, tally) if what == "events" else _places(record, tally):
            file.write(b",\n" if tally.rows else b"\n")
            file.write(encode(feature))
            tally.rows += 1
    file.write(b"\n]}\n")
    return tally


def _point(place: Place | None) -> list[float] | None:
    if place is None or place.latitude is None or place.longitude is None:
        return None
    if not (math.isfinite(place.latitude) and math.isfinite(place.longitude)):
        return None
    if not (-90 <= place.latitude <= 90 and -180 <= place.longitude <= 180):
        return None
    return [place.longitude, place.latitude]


def _feature(point: list[float], properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": point}, "properties": properties}


def _shared(record: Record, identity: str, place: Place, words: str, confidence: float) -> dict[str, Any]:
    article = record.article
    day = day_of(article)
    return {
        "id": identity,
        "place": place.name,
        "kind": place.kind,
        "country": place.country,
        "admin1": place.admin1,
        "geoname": place.geoname,
        "words": words,
        "confidence": confidence,
        "article": article.id,
        "title": article.title,
        "url": article.url,
        "publisher": article.source,
        "day": day,
    }


def _places(record: Record, tally: Tally) -> Iterator[dict[str, Any]]:
    for place in record.places:
        point = _point(place)
        if point is None:
            tally.left["without coordinates"] += 1
            continue
        words = record.quote(place.mention)
        yield _feature(point, _shared(record, place.id, place, words, place.provenance.confidence))


def _events(record: Record, statuses: frozenset[Status], tally: Tally) -> Iterator[dict[str, Any]]:
    reading = Reading(record)
    for event in record.events:
        if event.status not in statuses:
            tally.left[f"{event.status} (see --status)"] += 1
            continue
        place = reading.places.get(event.place) if event.place else None
        point = _point(place)
        if place is None or point is None:
            tally.left["without coordinates"] += 1
            continue
        first, last = reading.days(event, day_of(record.article))
        shared = _shared(record, event.id, place, record.quote(event), event.provenance.confidence)
        own = {
            "relation": event.relation,
            "mode": event.mode,
            "cameo": event.cameo,
            "quad": event.quad,
            "goldstein": event.goldstein,
            "status": event.status,
            "holder": reading.holder(event),
            "sources": [actor.name for actor in reading.known(event.sources)],
            "targets": [actor.name for actor in reading.known(event.targets)],
            "earliest": first,
            "latest": last,
        }
        yield _feature(point, shared | own)
