"""GraphML and GeoJSON, read back by other libraries and equal to the store."""

import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

from dateline.errors import ConfigError
from dateline.export.geojson import OF_EVENTS, SHARED, export_geojson, write_geojson
from dateline.export.graphs import EDGE, NODE, export_graph, write_graph
from dateline.export.layouts import STATUSES
from dateline.records import Record
from dateline.store.warehouse import Warehouse, open_store
from tests.export.test_eventdata import HOSTILE, several, undated
from tests.store.making import news, records

replace = msgspec.structs.replace
SPACE = "{http://graphml.graphdrawing.org/xmlns}"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    opened = open_store(tmp_path_factory.mktemp("store") / "news.duckdb")
    opened.add(news(number) for number in range(20))
    opened.add(several(number) for number in range(20, 30))
    opened.add([undated(30)])
    return opened


def read_graph(content: bytes) -> tuple[dict[str, dict[str, str]], list[dict[str, str]]]:
    """Nodes and edges as any XML reader finds them, by the names the keys declare."""
    root = ET.fromstring(content)
    keys = {key.attrib["id"]: key.attrib["attr.name"] for key in root.findall(f"{SPACE}key")}
    (graph,) = root.findall(f"{SPACE}graph")
    assert graph.attrib["edgedefault"] == "directed"

    def data(element: ET.Element) -> dict[str, str]:
        return {keys[each.attrib["key"]]: each.text or "" for each in element.findall(f"{SPACE}data")}

    nodes = [(node.attrib["id"], data(node)) for node in graph.findall(f"{SPACE}node")]
    edges = [dict(edge.attrib) | data(edge) for edge in graph.findall(f"{SPACE}edge")]
    assert len(nodes) == len(dict(nodes)), "each node once"
    assert len(edges) == len({edge["id"] for edge in edges}), "each edge once"
    assert {end for edge in edges for end in (edge["source"], edge["target"])} <= set(dict(nodes))
    return dict(nodes), edges


def test_the_graph_equals_the_store(store: Warehouse, tmp_path: Path) -> None:
    tally = export_graph(store, tmp_path / "events.graphml")
    nodes, edges = read_graph((tmp_path / "events.graphml").read_bytes())
    rows = store.rows("""
        WITH pairs AS (SELECT *, unnest(sources) AS source FROM events),
        dyads AS (SELECT *, unnest(targets) AS target FROM pairs)
        SELECT d.*, s.name AS source_name, t.name AS target_name, h.name AS holder, a.url, p.name AS place_name
        FROM dyads d JOIN actors s ON s.id = d.source AND s.number = d.number
        JOIN actors t ON t.id = d.target AND t.number = d.number JOIN articles a ON a.number = d.number
        LEFT JOIN statements w ON w.id = d.said_in AND w.number = d.number
        LEFT JOIN actors h ON h.id = w.speaker AND h.number = d.number
        LEFT JOIN places p ON p.id = d.place AND p.number = d.number
        ORDER BY d.number, d.position, list_position(d.sources, d.source), list_position(d.targets, d.target)""")
    assert len(edges) == len(rows) == tally.rows == 20 + 10 * 6 + 2
    for edge, row in zip(edges, rows, strict=True):
        assert nodes[edge["source"]]["label"] == " ".join(row["source_name"].split()) or "Ruiz" in row["source_name"]
        assert nodes[edge["target"]]["label"] == row["target_name"]
        assert (edge["event"], edge["relation"], edge["status"]) == (row["id"], row["relation"], row["status"])
        assert edge.get("cameo") == row["cameo"] and float(edge["goldstein"]) == row["goldstein"]
        assert edge["holder"] == row["holder"] == "the county governor"
        assert edge.get("place") == row["place_name"] and edge.get("url") == row["url"]
    assert tally.left == {"with nobody on one side": 10}
    # Uganda is one node, the UN too, and the general with a name; a governor is another in each article.
    labels = [node["label"] for node in nodes.values()]
    assert labels.count("Uganda") == labels.count("United Nations") == 1
    assert labels.count("the county governor") == 31
    assert nodes["state:UGA"] == {
        "label": "Uganda",
        "kind": "state",
        "country": "UGA",
        "sector": "GOV",
        "entity": "state:UGA",
    }
    assert sum("Jefa" in label for label in labels) == 1
    assert [edge["status"] == "planned" for edge in edges].count(True) == 10


def test_a_graph_of_some_statuses(store: Warehouse, tmp_path: Path) -> None:
    tally = export_graph(store, tmp_path / "x.graphml", statuses=["planned"])
    nodes, edges = read_graph((tmp_path / "x.graphml").read_bytes())
    assert tally.rows == len(edges) == 10 and {edge["status"] for edge in edges} == {"planned"}
    assert len(nodes) == 11  # ten governors and Uganda: nobody else stands at an edge
    assert tally.left["happened (see --status)"] == 42
    with pytest.raises(ConfigError, match="no status"):
        export_graph(store, tmp_path / "y", statuses=["done"])  # type: ignore[list-item]


def test_networkx_reads_the_graph(store: Warehouse, tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx")
    export_graph(store, tmp_path / "events.graphml")
    graph = networkx.read_graphml(tmp_path / "events.graphml")
    assert graph.is_directed() and graph.is_multigraph()
    assert graph.number_of_edges() == 82
    assert graph.nodes["state:UGA"]["label"] == "Uganda"


def test_located_events_equal_the_store(store: Warehouse, tmp_path: Path) -> None:
    tally = export_geojson(store, tmp_path / "e.geojson")
    content = json.loads((tmp_path / "e.geojson").read_text(encoding="utf-8"))
    assert content["type"] == "FeatureCollection"
    rows = store.rows("""
        SELECT e.id, e.relation, e.status, p.latitude, p.longitude, p.geoname, quoted(a.text, e.evidence) AS words
        FROM events e JOIN places p ON p.id = e.place AND p.number = e.number JOIN articles a ON a.number = e.number
        WHERE p.latitude IS NOT NULL ORDER BY e.number, e.position""")
    assert len(content["features"]) == len(rows) == tally.rows == 20 + 30 + 2
    assert tally.left == {"without coordinates": 10}
    for feature, row in zip(content["features"], rows, strict=True):
        assert feature["type"] == "Feature" and feature["geometry"]["type"] == "Point"
        assert feature["geometry"]["coordinates"] == [row["longitude"], row["latitude"]]
        for name in ("id", "relation", "status", "geoname", "words"):
            assert feature["properties"][name] == row[name]
        assert list(feature["properties"]) == [column.name for column in (*SHARED, *OF_EVENTS)]
    assert HOSTILE in content["features"][20]["properties"]["sources"]  # JSON holds any name as it is
    assert content["features"][-1]["properties"]["latest"] == "2024-10-31"
    assert [f["properties"]["id"] for f in content["features"]] == list(
        pd.json_normalize(content["features"])["properties.id"]
    )


def test_places_equal_the_store_by_duckdb(store: Warehouse, tmp_path: Path) -> None:
    export_geojson(store, tmp_path / "p.geojson", "places")
    shape = "STRUCT(geometry STRUCT(coordinates DOUBLE[]), properties STRUCT(id VARCHAR, words VARCHAR))[]"
    found = duckdb.sql(f"""
        WITH read AS (SELECT unnest(features) AS f FROM read_json(
            '{tmp_path / "p.geojson"}', format='unstructured', columns={{features: '{shape}'}}))
        SELECT f.properties.id, f.properties.words, f.geometry.coordinates[1], f.geometry.coordinates[2] FROM read
    """).fetchall()
    rows = store.rows("""
        SELECT p.id, words(a.text, p.mention) AS words, p.longitude, p.latitude
        FROM places p JOIN articles a USING (number) ORDER BY p.number, p.position""")
    assert found == [tuple(row.values()) for row in rows] and len(found) == 31
    with pytest.raises(ConfigError, match="no points of 'actors'"):
        export_geojson(store, tmp_path / "x", "actors")  # type: ignore[arg-type]
    with pytest.raises(ConfigError, match="no status"):
        export_geojson(store, tmp_path / "x", "places", statuses=["planned"])


def test_a_place_without_a_point_is_counted(tmp_path: Path) -> None:
    record = news(1)
    (place,) = record.places
    wrong = replace(record, places=(replace(place, latitude=91.0),))
    file = io.BytesIO()
    assert write_geojson([wrong], file, "places", frozenset()).left == {"without coordinates": 1}
    assert json.loads(file.getvalue()) == {"type": "FeatureCollection", "features": []}


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(record=records)
def test_any_record_gives_a_graph_and_points_that_parse(
    record: Record, tmp_path_factory: pytest.TempPathFactory
) -> None:
    # The types allow an id twice in a record; a record that was read has each once.
    ids: set[str] = set()
    for name in ("actors", "events"):
        kept = tuple(each for each in getattr(record, name) if each.id not in ids and not ids.add(each.id))
        record = replace(record, **{name: kept})
    if record.actors and record.events:
        ends = tuple(dict.fromkeys(actor.id for actor in record.actors))
        joined = tuple(replace(event, sources=ends, targets=ends) for event in record.events)
        record = replace(record, events=joined)
    graph, points = io.BytesIO(), io.BytesIO()
    with open_store(tmp_path_factory.mktemp("any") / "x.duckdb") as kept_store:
        kept_store.add(record)
        tally = write_graph(kept_store, graph, frozenset(STATUSES))
    _, edges = read_graph(graph.getvalue())
    assert len(edges) == tally.rows
    tally = write_geojson([record], points, "places", frozenset(STATUSES))
    assert len(json.loads(points.getvalue())["features"]) == tally.rows


def test_attributes_are_declared() -> None:
    assert all(column.meaning for column in (*NODE, *EDGE, *SHARED, *OF_EVENTS))
    names: list[Any] = [column.name for column in EDGE]
    assert len(names) == len(set(names))
