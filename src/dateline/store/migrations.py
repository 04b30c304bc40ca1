"""Numbered migrations: how a store of an older version becomes one of this version.

A migration never changes once it has been released: a store in somebody's
hands was made by it. :mod:`dateline.store.schema` follows the records of
today; a test compares what all migrations together make with what the records
ask for, so that a change of a record without a migration fails.

Only forward: a store of a newer version is refused, with advice, untouched.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.errors import StoreError
from dateline.store import schema

_SPAN = 'STRUCT("start" BIGINT, "end" BIGINT)'
_BLOCK = 1024
"""Articles whose rows are made at once."""
_OWNED = "number BIGINT, article VARCHAR, position BIGINT"
_FINDING = f"{_OWNED}, id VARCHAR, evidence {_SPAN}[], coder VARCHAR, confidence DOUBLE"
_ROW = """number BIGINT, position BIGINT, id VARCHAR, key BIGINT, "day" DATE, quote VARCHAR, confidence DOUBLE,
    coder VARCHAR"""


_ROWS_OF_7 = (
    "article_rows",
    "actor_rows",
    "place_rows",
    "time_rows",
    "statement_rows",
    "event_rows",
    "figure_rows",
)


def _remade(connection: Any, make: Callable[[list[Any]], dict[str, Any]]) -> None:
    """Add the rows that are made of every article that is there."""
    [(top,)] = connection.execute("SELECT max(number) FROM articles").fetchall()
    for first in range(0, -1 if top is None else top + 1, _BLOCK):
        parts = {
            name: connection.sql(
                f"SELECT * FROM {name} WHERE number BETWEEN {first} AND {first + _BLOCK - 1} "  # noqa: S608
                f"ORDER BY {', '.join(schema.order(name))}"
            ).to_arrow_table()
            for name in schema.ARTICLE_TABLES
        }
        for name, rows in make(schema.unpack(parts)).items():
            connection.register("incoming", rows)
            connection.execute(f"INSERT INTO {name} BY NAME SELECT * FROM incoming")  # noqa: S608
            connection.unregister("incoming")


@dataclass(frozen=True, slots=True)
class Migration:
    """One step from version ``number - 1`` to version ``number``."""

    number: int
    title: str
    statements: tuple[str, ...]
    then: Callable[[Any], None] | None = None
    """What no SQL says, done to the connection after all migrations of a store that has articles."""


MIGRATIONS: tuple[Migration, ...] = (
    Migration(
        1,
        "articles, sentences, six kinds of findings, rejections, inputs done",
        (
            f"""CREATE TABLE articles (
                number BIGINT, id VARCHAR, url VARCHAR, source VARCHAR, title VARCHAR, byline VARCHAR[],
                dateline VARCHAR, dateline_day DATE, dateline_span {_SPAN},
                published VARCHAR, updated VARCHAR, retrieved VARCHAR, dated_by VARCHAR, language VARCHAR,
                "text" VARCHAR,
                blocks STRUCT(kind VARCHAR, span {_SPAN})[],
                page STRUCT(digest VARCHAR, position BIGINT, articles BIGINT),
                codebook VARCHAR, pipeline VARCHAR, digest VARCHAR)""",
            f'CREATE TABLE sentences ({_OWNED}, "start" BIGINT, "end" BIGINT)',
            f"""CREATE TABLE actors ({_FINDING}, name VARCHAR, kind VARCHAR, country VARCHAR, sector VARCHAR,
                role VARCHAR, entity VARCHAR, mentions {_SPAN}[])""",
            f"""CREATE TABLE places ({_FINDING}, name VARCHAR, geoname BIGINT, latitude DOUBLE, longitude DOUBLE,
                country VARCHAR, admin1 VARCHAR, kind VARCHAR, mention {_SPAN})""",
            f"""CREATE TABLE times ({_FINDING}, earliest DATE, latest DATE, grain VARCHAR, "type" VARCHAR,
                "value" VARCHAR, mention {_SPAN})""",
            f"""CREATE TABLE statements ({_FINDING}, speaker VARCHAR, source {_SPAN}, cue {_SPAN}, content {_SPAN}[],
                form VARCHAR, stance VARCHAR, via VARCHAR[], said_on VARCHAR, said_in VARCHAR)""",
            f"""CREATE TABLE events ({_FINDING}, relation VARCHAR, mode VARCHAR, contexts VARCHAR[], cameo VARCHAR,
                quad BIGINT, goldstein DOUBLE, intensity DOUBLE, trigger {_SPAN}, sources VARCHAR[], targets VARCHAR[],
                place VARCHAR, "time" VARCHAR, status VARCHAR, said_in VARCHAR)""",
            f"""CREATE TABLE figures ({_FINDING}, low DOUBLE, high DOUBLE, bound VARCHAR, change VARCHAR, unit VARCHAR,
                per VARCHAR, counted {_SPAN}, head VARCHAR, outcome VARCHAR, place VARCHAR, as_of VARCHAR,
                said_in VARCHAR)""",
            """CREATE TABLE rejections (key VARCHAR, pipeline VARCHAR, position BIGINT, "where" VARCHAR,
                reason VARCHAR, detail VARCHAR, digest VARCHAR)""",
            """CREATE TABLE inputs (key VARCHAR, pipeline VARCHAR, "where" VARCHAR, articles VARCHAR[],
                rejections BIGINT)""",
            # What a person at the SQL prompt needs most: the words of a span, counted as the record counts
            # them, those of a finding's evidence, and the day an article's relative times count from.
            'CREATE MACRO words(body, span) AS substring(body, span."start" + 1, span."end" - span."start")',
            "CREATE MACRO quoted(body, spans) AS array_to_string([words(body, s) for s in spans], ' … ')",
            """CREATE MACRO article_day(dateline_day, published, updated) AS
                coalesce(dateline_day, try_cast(substring(coalesce(published, updated), 1, 10) AS DATE))""",
        ),
    ),
    Migration(
        2,
        "links: copies and their groups",
        (
            "CREATE TABLE sketches (number BIGINT, article VARCHAR, method VARCHAR, runs BIGINT, hashes BIGINT[])",
            "CREATE TABLE linked (step VARCHAR, method VARCHAR, state VARCHAR)",
            """CREATE TABLE copy_links (id VARCHAR, "first" VARCHAR, "second" VARCHAR, kind VARCHAR, runs BIGINT,
                shared DOUBLE, alike DOUBLE)""",
            "CREATE TABLE copy_groups (id VARCHAR, articles VARCHAR[], publishers VARCHAR[])",
        ),
    ),
    Migration(
        3,
        "links: stories and their members",
        (
            """CREATE TABLE stories (id VARCHAR, title VARCHAR, articles VARCHAR[], publishers VARCHAR[],
                independent BIGINT, first_day DATE, last_day DATE, words VARCHAR[])""",
            """CREATE TABLE story_members (id VARCHAR, story VARCHAR, article VARCHAR, nearest VARCHAR, alike DOUBLE,
                words VARCHAR[])""",
        ),
    ),
    Migration(
        4,
        "links: disputes",
        (
            "CREATE TABLE disputes (id VARCHAR, story VARCHAR, what VARCHAR, day DATE, sides BIGINT)",
            """CREATE TABLE dispute_sides (id VARCHAR, dispute VARCHAR, holder VARCHAR, low DOUBLE, high DOUBLE,
                bound VARCHAR, findings VARCHAR[], articles VARCHAR[])""",
        ),
    ),
    Migration(
        5,
        "links: incidents and their members; disputes about more than figures",
        (
            """CREATE TABLE incidents (id VARCHAR, story VARCHAR, relation VARCHAR, mode VARCHAR, trigger VARCHAR,
                sources VARCHAR[], targets VARCHAR[], place VARCHAR, country VARCHAR, "day" DATE, status VARCHAR,
                events BIGINT, articles VARCHAR[], publishers VARCHAR[], independent BIGINT, holders VARCHAR[])""",
            """CREATE TABLE incident_members (id VARCHAR, incident VARCHAR, article VARCHAR, event VARCHAR,
                holder VARCHAR, status VARCHAR, alike DOUBLE, reasons VARCHAR[])""",
            # Disputes follow from the rest: the next linking makes them again.
            "DROP TABLE disputes",
            "DROP TABLE dispute_sides",
            """CREATE TABLE disputes (id VARCHAR, kind VARCHAR, story VARCHAR, incident VARCHAR, what VARCHAR,
                "day" DATE, sides BIGINT)""",
            """CREATE TABLE dispute_sides (id VARCHAR, dispute VARCHAR, says VARCHAR, holder VARCHAR, low DOUBLE,
                high DOUBLE, bound VARCHAR, findings VARCHAR[], articles VARCHAR[])""",
            "DELETE FROM linked WHERE step = 'disputes'",
        ),
    ),
    Migration(
        6,
        "judgements of readers",
        (
            """CREATE TABLE judgements (id VARCHAR, number BIGINT, article VARCHAR, finding VARCHAR, kind VARCHAR,
                label VARCHAR, coder VARCHAR, confidence DOUBLE, verdict VARCHAR, correction VARCHAR, note VARCHAR,
                reviewer VARCHAR, made VARCHAR, how VARCHAR, said VARCHAR, quote VARCHAR)""",
        ),
    ),
    Migration(
        7,
        "flat rows of findings, postings of words, a way to an article by its number",
        (
            """CREATE TABLE article_rows (number BIGINT, id VARCHAR, key BIGINT, "day" DATE, publisher VARCHAR,
                title VARCHAR, url VARCHAR, byline VARCHAR[], dateline VARCHAR, published VARCHAR, updated VARCHAR,
                language VARCHAR, characters BIGINT, events BIGINT, statements BIGINT, page VARCHAR)""",
            f"""CREATE TABLE actor_rows ({_ROW}, name VARCHAR, kind VARCHAR, country VARCHAR, sector VARCHAR,
                role VARCHAR, entity VARCHAR, mentions BIGINT)""",
            f"""CREATE TABLE place_rows ({_ROW}, name VARCHAR, mention VARCHAR, kind VARCHAR, country VARCHAR,
                admin1 VARCHAR, geoname BIGINT, latitude DOUBLE, longitude DOUBLE)""",
            "CREATE TABLE time_rows (number BIGINT, position BIGINT, key BIGINT)",
            f"""CREATE TABLE statement_rows ({_ROW}, speaker VARCHAR, speaker_code VARCHAR, speaker_keys VARCHAR[],
                role VARCHAR, via VARCHAR[], via_keys VARCHAR[], form VARCHAR, stance VARCHAR, said VARCHAR,
                source_words VARCHAR, cue VARCHAR, earliest DATE, latest DATE, said_in VARCHAR)""",
            f"""CREATE TABLE event_rows ({_ROW}, relation VARCHAR, mode VARCHAR, cameo VARCHAR, quad BIGINT,
                goldstein DOUBLE, status VARCHAR, sources VARCHAR[], source_codes VARCHAR[],
                source_countries VARCHAR[], source_keys VARCHAR[], targets VARCHAR[], target_codes VARCHAR[],
                target_countries VARCHAR[], target_keys VARCHAR[], place VARCHAR, place_kind VARCHAR,
                country VARCHAR, latitude DOUBLE, longitude DOUBLE, earliest DATE, latest DATE, holder VARCHAR,
                holder_keys VARCHAR[], trigger VARCHAR)""",
            f"""CREATE TABLE figure_rows ({_ROW}, low DOUBLE, high DOUBLE, bound VARCHAR, change VARCHAR,
                unit VARCHAR, per VARCHAR, counted VARCHAR, head VARCHAR, outcome VARCHAR, place VARCHAR,
                country VARCHAR, earliest DATE, latest DATE, holder VARCHAR, holder_keys VARCHAR[])""",
            "CREATE TABLE postings (number BIGINT, last BIGINT, word VARCHAR, numbers BIGINT[])",
            # Texts are long: without it, one of them costs the unpacking of its two thousand neighbours.
            "CREATE INDEX articles_by_number ON articles (number)",
        ),
        lambda connection: _remade(connection, lambda pairs: schema.pack_rows(pairs, _ROWS_OF_7)),
    ),
    Migration(
        8,
        "whole records in one piece, events by pairs of actors, words found by their keys",
        (
            "CREATE TABLE packed (number BIGINT, data BLOB)",
            """CREATE TABLE dyad_rows (number BIGINT, position BIGINT, event BIGINT, quad BIGINT, goldstein DOUBLE,
                status VARCHAR, "day" DATE, happened DATE, source VARCHAR, source_country VARCHAR,
                source_sector VARCHAR, source_entity VARCHAR, target VARCHAR, target_country VARCHAR,
                target_sector VARCHAR, target_entity VARCHAR)""",
            # Postings follow from the texts: whoever writes next makes them again.
            "DROP TABLE postings",
            "CREATE TABLE postings (number BIGINT, last BIGINT, word VARCHAR, key BIGINT, numbers BIGINT[])",
            "CREATE INDEX packed_by_number ON packed (number)",
            "CREATE INDEX article_rows_by_number ON article_rows (number)",
            "CREATE INDEX statement_rows_by_number ON statement_rows (number)",
        ),
        lambda connection: _remade(
            connection, lambda pairs: {**schema.pack_rows(pairs, ("dyad_rows",)), **schema.pack_whole(pairs)}
        ),
    ),
    Migration(
        9,
        "what an actor's country is taken from",
        ("ALTER TABLE actors ADD COLUMN country_from VARCHAR",),
    ),
)
"""Every migration, in order."""

CURRENT = MIGRATIONS[-1].number
"""Version of the stores this package writes."""


def migrate(connection: Any, version: int, *, migrations: Sequence[Migration] | None = None) -> int:
    """Bring the database behind a connection from ``version`` to the newest one.

    Runs inside the caller's transaction, so that a store is never left between
    two versions.

    Returns:
        The version it has now.

    Raises:
        StoreError: The store is newer than this package.
    """
    steps = MIGRATIONS if migrations is None else migrations
    newest = steps[-1].number
    if version > newest:
        raise StoreError(
            f"the store has version {version}, and this Dateline reads up to {newest}: "
            "use the Dateline that wrote it, or a newer one"
        )
    ahead = [step for step in steps if step.number > version]
    for step in ahead:
        for statement in step.statements:
            connection.execute(statement)
    for step in ahead:
        if step.then is not None and version:
            step.then(connection)
    return newest
