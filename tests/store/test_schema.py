import io

import duckdb
import msgspec
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.records import Record
from dateline.store import migrations, schema
from dateline.store.schema import Stored
from tests.store.making import news, records


def _stored(found: list[Record]) -> list[tuple[Stored, Record]]:
    return [
        (Stored(number=number, article=record.article, codebook=record.codebook, pipeline="p", digest="d"), record)
        for number, record in enumerate(found)
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(records, min_size=1, max_size=3))
def test_any_record_comes_back_from_arrow_parquet_and_duckdb(found: list[Record]) -> None:
    pairs = _stored(found)
    packed = schema.pack(pairs)
    assert schema.unpack(packed) == pairs

    through_parquet = {}
    for name, table in packed.items():
        file = io.BytesIO()
        pq.write_table(table, file)
        through_parquet[name] = pq.read_table(file)
    assert schema.unpack(through_parquet) == pairs

    database = duckdb.connect()
    migrations.migrate(database, 0)
    through_duckdb = {}
    for name, table in packed.items():
        database.register("incoming", table)
        database.execute(f"INSERT INTO {name} BY NAME SELECT * FROM incoming")
        order = "number" if name == "articles" else "number, position"
        through_duckdb[name] = database.sql(f"SELECT * FROM {name} ORDER BY {order}").to_arrow_table()
    database.close()
    assert schema.unpack(through_duckdb) == pairs


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(records, min_size=1, max_size=3))
def test_any_record_comes_back_from_its_piece(found: list[Record]) -> None:
    pairs = _stored(found)
    packed = schema.tables()["packed"].read(schema.pack_whole(pairs)["packed"])
    assert [schema.unpack_whole(each.number, each.data) for each in packed] == pairs


def test_a_column_stands_for_every_field_of_every_type() -> None:
    tables = schema.tables()
    for name, kind in schema.FINDINGS.items():
        fields = [field.name for field in msgspec.structs.fields(kind) if field.name != "provenance"]
        assert set(tables[name].names) == {"number", "article", "position", "evidence", "coder", "confidence", *fields}
    article = {field.name for field in msgspec.structs.fields(schema.Article)}
    assert article <= set(tables["articles"].names)
    assert {field.name for field in msgspec.structs.fields(Record)} - {"article", "codebook"} == {
        "sentences",
        *schema.FINDINGS,
    }


def test_the_migrations_make_the_tables_that_the_records_ask_for() -> None:
    database = duckdb.connect()
    migrations.migrate(database, 0)
    for name, table in schema.tables().items():
        made = database.sql(f"FROM {name}").to_arrow_table().schema
        assert made.names == table.names, name
        assert [_plain(field.type) for field in made] == [_plain(field.type) for field in table.schema], name
    database.close()


def _plain(kind: object) -> str:
    """A type's name without the names of list items, which DuckDB chooses otherwise."""
    return str(kind).replace("<l: ", "<item: ")


def test_words_of_a_span_count_code_points() -> None:
    database = duckdb.connect()
    migrations.migrate(database, 0)
    query = """SELECT words('é😀👩‍👧 ends', {'start': 1, 'end': 4}) AS quoted"""
    assert database.sql(query).fetchall() == [("é😀👩‍👧 ends"[1:4],)]
    database.close()


def test_no_records_make_no_tables() -> None:
    assert schema.pack([]) == {}


def test_names_of_files_that_are_no_utf_8_are_spelled_out() -> None:
    assert schema.writable("caf\udce9.txt") == "caf\\udce9.txt"
    assert schema.writable("café.txt") == "café.txt"


def test_a_plain_record_makes_one_row_a_finding() -> None:
    packed = schema.pack(_stored([news(1), news(2)]))
    assert {name: table.num_rows for name, table in packed.items()} == {
        "articles": 2,
        "sentences": 4,
        "actors": 4,
        "places": 2,
        "times": 2,
        "statements": 2,
        "events": 2,
        "figures": 2,
    }
    with pytest.raises(KeyError):
        _ = packed["rejections"]
