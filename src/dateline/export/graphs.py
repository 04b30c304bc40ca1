"""The actors of a store and the events between them, as a GraphML graph.

The graph is directed and may have several edges between two nodes: one an
event between one source and one target. It is written as the store is read;
only the list of actors is gathered first, by the database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any, BinaryIO
from xml.sax.saxutils import escape, quoteattr

from dateline.export.eventdata import chosen
from dateline.export.layouts import STATUSES, Column, Reading, Tally, day_of, named, number_of, written
from dateline.export.whole import whole_file
from dateline.records import Actor, Event, Record, Status
from dateline.store.warehouse import Warehouse

NODE = (
    Column("label", "str", "name"),
    Column("kind", "str", "state, government body, organisation, armed group, person, document or unnamed group"),
    Column("country", "str", "ISO 3166-1 alpha-3, or PLOVER's code in its place"),
    Column("sector", "str", "PLOVER sector"),
    Column("entity", "str", "identifier in the knowledge tables"),
)
EDGE = (
    Column("relation", "str", "PLOVER type"),
    Column("mode", "str", "PLOVER mode"),
    Column("cameo", "str", "CAMEO code"),
    Column("quad", "int", "quad class by the codebook, 1 to 4"),
    Column("goldstein", "float", "GDELT's score of the code, -10 to 10"),
    Column("status", "str", "happened, ongoing, planned, expected, possible, negated or denied"),
    Column("holder", "str", "whose word it is; none: the reporter's own"),
    Column("earliest", "str", "first day of the event's time, else the article's day"),
    Column("latest", "str", "last day of it"),
    Column("place", "str", "where"),
    Column("country", "str", "ISO 3166-1 alpha-3 of the place"),
    Column("event", "str", "id of the finding, as dateline cite takes it"),
    Column("article", "str", "id of the article"),
    Column("url", "str", "its address"),
    Column("confidence", "float", "0 to 1"),
)
ONE_SIDED = "with nobody on one side"

_TYPES = {"str": "string", "int": "long", "float": "double"}
# What XML 1.0 has no character for, line breaks and tabs, which attributes would not keep.
_BREAKING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")
_PLAIN = re.compile(r"[A-Za-z0-9:._-]+")


def export_graph(store: Warehouse, path: str | Path, *, statuses: Iterable[Status] | None = None) -> Tally:
    """Write the actors of a store and the events between them, whole or not at all.

    An actor of the knowledge tables is one node in the whole store, and so is one with a proper name, kind and
    country; who is only described ("the governor", "residents") is another node in each article, since nothing
    says that they are the same.

    Args:
        store: The store.
        path: The file; ``-`` for standard output.
        statuses: Which events go out; by default all, each with its status.

    Returns:
        Rows are edges; left out are events without a source or a target.

    Raises:
        ConfigError: No such status.
        StoreError: The file cannot be written.
    """
    wanted = chosen(statuses)
    with whole_file(path) as file:
        return write_graph(store, file, frozenset(STATUSES) if wanted is None else wanted)


def write_graph(store: Warehouse, file: BinaryIO, statuses: frozenset[Status]) -> Tally:
    """Write the graph to an open file; see :func:`export_graph`."""
    tally = Tally()
    file.write(_head().encode())
    file.writelines(actor.encode() for actor in _known(store, statuses))
    file.writelines("".join(_edges(record, statuses, tally)).encode() for record in store.records())
    file.write(b"</graph>\n</graphml>\n")
    return tally


def _head() -> str:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ]
    for of, columns in (("node", NODE), ("edge", EDGE)):
        lines += [
            f'<key id="{of}-{each.name}" for="{of}" attr.name="{each.name}" attr.type="{_TYPES[each.kind]}"/>'
            for each in columns
        ]
    lines += ['<graph id="events" edgedefault="directed">', ""]
    return "\n".join(lines)


def _text(text: str) -> str:
    return _BREAKING.sub(" ", text).strip()


def _data(of: str, columns: tuple[Column, ...], values: Iterable[str | int | float | None]) -> str:
    parts: list[str] = []
    for column, value in zip(columns, values, strict=True):
        shown = _text(value) if isinstance(value, str) else written(value)
        if shown:
            parts.append(f'<data key="{of}-{column.name}">{escape(shown)}</data>')
    return "".join(parts)


def _node(identity: str, *values: str | None) -> str:
    return f"<node id={quoteattr(identity)}>{_data('node', NODE, values)}</node>\n"


def _digest(*parts: str) -> str:
    return blake2b("\x1f".join(parts).encode(), digest_size=10).hexdigest()


def _identity(actor: Actor) -> tuple[str, bool]:
    """Id of an actor's node, and whether the node stands for the actor in the whole store."""
    if actor.entity:
        plain = _PLAIN.fullmatch(actor.entity)
        return (actor.entity if plain else f"entity-{_digest(actor.entity)}"), True
    if named(actor.name, actor.kind, None):
        return f"name-{_digest(actor.kind, actor.name, actor.country or '')}", True
    return f"actor-{_text(actor.id)}", False


def _known(store: Warehouse, statuses: frozenset[Status]) -> Iterator[str]:
    """Nodes that stand for an actor in the whole store, each once."""
    used = """x.id IN (SELECT unnest(list_concat(sources, targets)) FROM events
        WHERE len(sources) > 0 AND len(targets) > 0 AND status IN (SELECT unnest($statuses::VARCHAR[])))"""
    first = ", ".join(f"first({name} ORDER BY x.number, x.position) AS {name}" for name in ("sector", "country"))
    others = f"""SELECT NULL AS entity, name, kind, nullif(coalesce(country, ''), '') AS country,
            first(sector ORDER BY x.number, x.position) AS sector
        FROM actors x WHERE coalesce(entity, '') = '' AND {used}
        GROUP BY kind, name, coalesce(country, '') ORDER BY kind, name, country"""  # noqa: S608
    entities = f"""SELECT entity, first(name ORDER BY x.number, x.position) AS name,
            first(kind ORDER BY x.number, x.position) AS kind, {first}
        FROM actors x WHERE coalesce(entity, '') <> '' AND {used} GROUP BY entity ORDER BY entity"""  # noqa: S608
    parameters: dict[str, Any] = {"statuses": sorted(statuses)}
    for query in (entities, others):
        for batch in store.stream(query, parameters):
            for row in batch.to_pylist():
                entity, name, kind = row["entity"], row["name"], row["kind"]
                if entity:
                    identity = entity if _PLAIN.fullmatch(entity) else f"entity-{_digest(entity)}"
                elif named(name, kind, None):
                    identity = f"name-{_digest(kind, name, row['country'] or '')}"
                else:
                    continue  # written with its article
                yield _node(identity, name, kind, row["country"], row["sector"], entity)


def _edges(record: Record, statuses: frozenset[Status], tally: Tally) -> Iterator[str]:
    reading = Reading(record)
    seen: set[str] = set()
    for event in record.events:
        if event.status not in statuses:
            tally.left[f"{event.status} (see --status)"] += 1
            continue
        sources = reading.known(event.sources)
        targets = reading.known(event.targets)
        if not sources or not targets:
            tally.left[ONE_SIDED] += 1
            continue
        data = _data("edge", EDGE, _values(reading, event))
        for source in sources:
            for target in targets:
                ends: list[str] = []
                for actor in (source, target):
                    identity, whole = _identity(actor)
                    ends.append(identity)
                    if not whole and identity not in seen:
                        seen.add(identity)
                        yield _node(identity, actor.name, actor.kind, actor.country, actor.sector, None)
                identity = f"edge-{number_of(event.id, source.id, target.id)}"
                yield f"<edge id={quoteattr(identity)} source={quoteattr(ends[0])} target={quoteattr(ends[1])}>"
                yield f"{data}</edge>\n"
                tally.rows += 1


def _values(reading: Reading, event: Event) -> Iterator[str | int | float | None]:
    article = reading.record.article
    first, last = reading.days(event, day_of(article))
    place = reading.places.get(event.place) if event.place else None
    yield from (event.relation, event.mode, event.cameo, event.quad, event.goldstein, event.status)
    yield reading.holder(event)
    yield first.isoformat() if first else None
    yield last.isoformat() if last else None
    yield from (place.name if place else None, place.country if place else None)
    yield from (event.id, article.id, article.url, event.provenance.confidence)
