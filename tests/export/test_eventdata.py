"""Published layouts: exact to the letter, read back by other loaders, equal to the store."""

import io
import shutil
import subprocess
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.errors import ConfigError, StoreError
from dateline.export import eventdata, gdelt, loading
from dateline.export.eventdata import LAYOUTS, export_layout
from dateline.export.layouts import HELD, STATUSES, clean, host, named, stamp, write
from dateline.knowledge import actors, country_codes
from dateline.knowledge.countries import STATELESS
from dateline.records import Actor, Place, Provenance, Record, Span
from dateline.store.warehouse import Warehouse, open_store
from tests.store.making import news, records

replace = msgspec.structs.replace
HOSTILE = 'Gen.\tAna "La\nJefa"\x00 Ruiz\r\u2028'

EVENT_COLUMNS = (
    "GlobalEventID Day MonthYear Year FractionDate Actor1Code Actor1Name Actor1CountryCode Actor1KnownGroupCode "
    "Actor1EthnicCode Actor1Religion1Code Actor1Religion2Code Actor1Type1Code Actor1Type2Code Actor1Type3Code "
    "Actor2Code Actor2Name Actor2CountryCode Actor2KnownGroupCode Actor2EthnicCode Actor2Religion1Code "
    "Actor2Religion2Code Actor2Type1Code Actor2Type2Code Actor2Type3Code IsRootEvent EventCode EventBaseCode "
    "EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone Actor1Geo_Type "
    "Actor1Geo_FullName Actor1Geo_CountryCode Actor1Geo_ADM1Code Actor1Geo_ADM2Code Actor1Geo_Lat Actor1Geo_Long "
    "Actor1Geo_FeatureID Actor2Geo_Type Actor2Geo_FullName Actor2Geo_CountryCode Actor2Geo_ADM1Code "
    "Actor2Geo_ADM2Code Actor2Geo_Lat Actor2Geo_Long Actor2Geo_FeatureID ActionGeo_Type ActionGeo_FullName "
    "ActionGeo_CountryCode ActionGeo_ADM1Code ActionGeo_ADM2Code ActionGeo_Lat ActionGeo_Long ActionGeo_FeatureID "
    "DATEADDED SOURCEURL"
).split()
MENTION_COLUMNS = (
    "GlobalEventID EventTimeDate MentionTimeDate MentionType MentionSourceName MentionIdentifier SentenceID "
    "Actor1CharOffset Actor2CharOffset ActionCharOffset InRawText Confidence MentionDocLen MentionDocTone "
    "MentionDocTranslationInfo Extras"
).split()
GKG_COLUMNS = (
    "GKGRECORDID V2.1DATE V2SOURCECOLLECTIONIDENTIFIER V2SOURCECOMMONNAME V2DOCUMENTIDENTIFIER V1COUNTS V2.1COUNTS "
    "V1THEMES V2ENHANCEDTHEMES V1LOCATIONS V2ENHANCEDLOCATIONS V1PERSONS V2ENHANCEDPERSONS V1ORGANIZATIONS "
    "V2ENHANCEDORGANIZATIONS V1.5TONE V2.1ENHANCEDDATES V2GCAM V2.1SHARINGIMAGE V2.1RELATEDIMAGES "
    "V2.1SOCIALIMAGEEMBEDS V2.1SOCIALVIDEOEMBEDS V2.1QUOTATIONS V2.1ALLNAMES V2.1AMOUNTS V2.1TRANSLATIONINFO "
    "V2EXTRASXML"
).split()
POLECAT_HEADER = (
    "Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|Actor Country|Actor COW|"
    "Primary Actor Sector|Actor Sectors|Actor Title|Actor Name Raw|Wikipedia Actor ID|Recipient Name|"
    "Recipient Country|Recipient COW|Primary Recipient Sector|Recipient Sectors|Recipient Title|Recipient Name Raw|"
    "Wikipedia Recipient ID|Placename|City|District|Province|Country|Latitude|Longitude|GeoNames ID|Raw Placename|"
    "Feature Type|Source|Publication Date|Story People|Story Organizations|Story Locations|Language|Version"
)
ICEWS_HEADER = (
    "Event ID|Event Date|Source Name|Source Sectors|Source Country|Event Text|CAMEO Code|Intensity|Target Name|"
    "Target Sectors|Target Country|Story ID|Sentence Number|Publisher|City|District|Province|Country|Latitude|"
    "Longitude"
)


def several(number: int) -> Record:
    """A report whose event has two sources and two targets, one of them the UN, and events of other kinds."""
    record = news(number)
    (event,) = record.events
    governor, uganda = record.actors
    un = replace(
        governor,
        id=f"a-un-{number}",
        name="United Nations",
        kind="organisation",
        country="UNO",
        sector=None,
        entity="body:united-nations",
    )
    hostile = replace(uganda, id=f"a-h-{number}", name=HOSTILE, kind="person", country="ROU", sector="MIL", entity=None)
    more = replace(event, sources=(governor.id, hostile.id), targets=(uganda.id, un.id), goldstein=3.0, intensity=3.4)
    others = (
        replace(event, id=f"e-p-{number}", status="planned"),
        replace(event, id=f"e-c-{number}", cameo=None, status="ongoing", mode="assist", contexts=("economic", "legal")),
        replace(event, id=f"e-n-{number}", cameo="1031", targets=(), place=None, time=None, quad=3, goldstein=-5.0),
    )
    return replace(record, actors=(governor, uganda, un, hostile), events=(more, *others))


def undated(number: int) -> Record:
    record = news(number)
    article = replace(record.article, published=None, url=None)
    (event,) = record.events
    (time,) = record.times
    longer = replace(time, id=f"t-{number}", earliest=date(2024, 10, 1), latest=date(2024, 10, 31), grain="month")
    return replace(
        record,
        article=article,
        times=(longer,),
        events=(replace(event, id=f"e-u-{number}", time=None), replace(event, id=f"e-l-{number}", time=longer.id)),
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    opened = open_store(tmp_path_factory.mktemp("store") / "news.duckdb")
    opened.add(news(number) for number in range(20))
    opened.add(several(number) for number in range(20, 30))
    opened.add([undated(30)])
    return opened


@pytest.fixture(scope="module")
def files(store: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    for name, layout in LAYOUTS.items():
        export_layout(store, folder / layout.file, name)
    assert len(list(folder.iterdir())) == len(LAYOUTS)
    return folder


def by_pandas(name: str, files: Path, monkeypatch: pytest.MonkeyPatch) -> pd.DataFrame:
    monkeypatch.chdir(files)
    names: dict[str, Any] = {}
    exec(loading.pandas(LAYOUTS[name], LAYOUTS[name].file), names)
    return names["table"]


def by_duckdb(name: str, files: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    monkeypatch.chdir(files)
    names: dict[str, Any] = {}
    exec(loading.duckdb(LAYOUTS[name], LAYOUTS[name].file), names)
    return names["table"].fetchall()


def expected(store: Warehouse, *, cameo: bool = True) -> list[dict[str, Any]]:
    """The dyads that go out, asked of the store in SQL: another way than the export's."""
    return store.rows(f"""
        WITH pairs AS (
            SELECT *, unnest(CASE WHEN len(sources) = 0 THEN [NULL] ELSE sources END) AS source FROM events
            WHERE status IN ('happened', 'ongoing') {"AND cameo IS NOT NULL" if cameo else ""}),
        dyads AS (SELECT *, unnest(CASE WHEN len(targets) = 0 THEN [NULL] ELSE targets END) AS target FROM pairs)
        SELECT b.id, b.cameo, b.relation, b.mode, b.goldstein, b.intensity, b.contexts, s.name AS source,
            t.name AS target, s.country AS source_country, t.country AS target_country,
            coalesce(w.earliest, w.latest, try_cast(left(coalesce(a.published, a.updated), 10) AS DATE)) AS day,
            p.name AS place, p.latitude, p.longitude, p.geoname, a.url, a.source AS publisher, b.confidence,
            b.trigger.start AS start, length(a.text) AS size,
            words(a.text, p.mention) AS raw_place
        FROM dyads b JOIN articles a USING (number)
        LEFT JOIN actors s ON s.id = b.source AND s.number = b.number
        LEFT JOIN actors t ON t.id = b.target AND t.number = b.number
        LEFT JOIN places p ON p.id = b.place AND p.number = b.number
        LEFT JOIN times w ON w.id = b.time AND w.number = b.number
        WHERE day IS NOT NULL
        ORDER BY b.number, b.position, list_position(b.sources, b.source), list_position(b.targets, b.target)""")


def filled(values: Any) -> list[Any]:
    return [None if pd.isna(value) else value for value in values]


def test_columns_are_the_published_ones() -> None:
    assert LAYOUTS["gdelt"].names == EVENT_COLUMNS and len(EVENT_COLUMNS) == 61
    assert LAYOUTS["mentions"].names == MENTION_COLUMNS and len(MENTION_COLUMNS) == 16
    assert LAYOUTS["gkg"].names == GKG_COLUMNS and len(GKG_COLUMNS) == 27
    assert LAYOUTS["polecat"].names == POLECAT_HEADER.split("|") and len(LAYOUTS["polecat"].columns) == 40
    assert LAYOUTS["icews"].names == ICEWS_HEADER.split("|") and len(LAYOUTS["icews"].columns) == 20


def test_only_polecat_and_icews_have_a_header(files: Path) -> None:
    first = {
        name: (files / layout.file).read_text(encoding="utf-8").splitlines()[0] for name, layout in LAYOUTS.items()
    }
    assert first["polecat"] == POLECAT_HEADER.replace("|", "\t")
    assert first["icews"] == ICEWS_HEADER.replace("|", "\t")
    assert first["gdelt"].split("\t")[0].isdigit()
    assert first["mentions"].split("\t")[0].isdigit()
    assert first["gkg"].startswith("20241105050000-")


def test_gdelt_events_read_back_equal_the_store(store: Warehouse, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = expected(store)
    frame = by_pandas("gdelt", files, monkeypatch)
    assert list(frame.columns) == EVENT_COLUMNS
    assert len(frame) == len(rows) == 20 + 10 * 5 + 1
    assert frame["GlobalEventID"].is_unique
    assert list(frame["EventCode"]) == [row["cameo"] for row in rows]
    assert list(frame["EventBaseCode"]) == [row["cameo"][:3] for row in rows]
    assert list(frame["EventRootCode"]) == [row["cameo"][:2] for row in rows]
    assert list(frame["GoldsteinScale"]) == [row["goldstein"] for row in rows]
    assert list(frame["Day"]) == [int(f"{row['day']:%Y%m%d}") for row in rows]
    assert list(frame["MonthYear"]) == [int(f"{row['day']:%Y%m}") for row in rows]
    for column, field in (("Actor1Name", "source"), ("Actor2Name", "target")):
        assert filled(frame[column]) == [clean((row[field] or "").upper()) or None for row in rows]
    assert filled(frame["ActionGeo_Lat"]) == [row["latitude"] for row in rows]
    assert filled(frame["ActionGeo_Long"]) == [row["longitude"] for row in rows]
    assert list(frame["SOURCEURL"])[:-1] == [row["url"] for row in rows][:-1]
    assert frame["SOURCEURL"].iloc[-1] == "Lake Wire, Flood kills 40 in Kisumu"
    assert frame["AvgTone"].isna().all()
    again = by_duckdb("gdelt", files, monkeypatch)
    assert [list(row) for row in again] == [filled(row) for row in frame.itertuples(index=False)]


def test_one_gdelt_row_to_the_letter(store: Warehouse, tmp_path: Path) -> None:
    with open_store(tmp_path / "one.duckdb") as one:
        one.add(news(7))
        export_layout(one, tmp_path / "one.CSV", "gdelt")
    line = (tmp_path / "one.CSV").read_bytes().decode()
    assert line.endswith("\n") and line.count("\n") == 1
    cells = line.rstrip("\n").split("\t")
    assert cells[1:5] == ["20241104", "202411", "2024", "2024.9151"]  # (11 * 30 + 4) / 365
    assert cells[5:15] == ["KENGOV", "THE COUNTY GOVERNOR", "KEN", "", "", "", "", "GOV", "", ""]
    assert cells[15:25] == ["UGAGOV", "UGANDA", "UGA", "", "", "", "", "GOV", "", ""]
    assert cells[25:35] == ["1", "020", "020", "02", "1", "3", "1", "1", "1", ""]
    assert cells[35:51] == ["0", *[""] * 7] * 2
    assert cells[51:59] == ["4", "Kisumu, Kenya", "KE", "", "", "-0.1", "34.75", ""]
    assert cells[59:] == ["20241105050000", "https://lakewire.example/7"]


def test_mentions_read_back_equal_the_store(store: Warehouse, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = expected(store)
    frame = by_pandas("mentions", files, monkeypatch)
    assert list(frame["GlobalEventID"]) == list(by_pandas("gdelt", files, monkeypatch)["GlobalEventID"])
    assert list(frame["ActionCharOffset"]) == [row["start"] for row in rows]
    assert list(frame["MentionDocLen"]) == [row["size"] for row in rows]
    assert list(frame["Confidence"]) == [round(100 * row["confidence"]) for row in rows]
    assert list(frame["MentionType"]) == [1] * (len(rows) - 1) + [2]
    assert set(frame["MentionSourceName"]) == {"lakewire.example", "Lake Wire"}
    texts = {record.article.url: record for record in store.records()}
    for row in frame.head(20).itertuples():
        record = texts[row.MentionIdentifier]
        text = record.article.text
        assert text[row.Actor1CharOffset :].startswith("she")  # nearest to the trigger, in its sentence
        assert text[row.Actor2CharOffset :].startswith("Uganda")
        sentence = record.sentences[row.SentenceID - 1]
        assert sentence.start <= row.ActionCharOffset < sentence.end
        assert row.InRawText == 0  # "she" is no name
    again = by_duckdb("mentions", files, monkeypatch)
    assert [list(row) for row in again] == [filled(row) for row in frame.itertuples(index=False)]


def test_polecat_reads_back_equal_the_store(store: Warehouse, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = expected(store, cameo=False)
    frame = by_pandas("polecat", files, monkeypatch)
    assert len(frame) == len(rows) == 20 + 10 * 6 + 1
    assert frame["Event ID"].is_unique
    assert [
        each.rpartition("-")[0] if each.startswith("e") and each.count("-") == 1 else each for each in frame["Event ID"]
    ][20:24] == [row["id"] for row in rows[20:24]]
    assert list(frame["Event ID"])[:20] == [row["id"] for row in rows[:20]]
    assert list(frame["Event Date"]) == [row["day"].isoformat() for row in rows]
    assert list(frame["Event Type"]) == [row["relation"] for row in rows]
    assert filled(frame["Event Mode"]) == [row["mode"] for row in rows]
    assert filled(frame["Contexts"]) == [";".join(row["contexts"]) or None for row in rows]
    assert set(frame["Quad Code"]) == {"VERBAL CONFLICT"}  # REQUEST, whatever the CAMEO code
    assert set(frame["Intensity"]) == {0.0, 0.5}
    assert list(frame["Actor Country"]) == [row["source_country"] for row in rows]
    assert list(frame["Recipient Country"]) == [row["target_country"] or "None" for row in rows]
    assert list(frame["Recipient Name"]) == [clean(row["target"]) or "None" for row in rows]
    assert filled(frame["GeoNames ID"]) == [row["geoname"] for row in rows]
    assert filled(frame["Raw Placename"]) == [row["raw_place"] for row in rows]
    assert frame["Actor COW"].iloc[0] == "501" and frame["Recipient COW"].iloc[0] == "500"
    again = by_duckdb("polecat", files, monkeypatch)
    assert [list(row) for row in again] == [filled(row) for row in frame.itertuples(index=False)]


def test_icews_reads_back_equal_the_store(store: Warehouse, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = expected(store)
    frame = by_pandas("icews", files, monkeypatch)
    assert list(frame["Event ID"]) == list(by_pandas("gdelt", files, monkeypatch)["GlobalEventID"])
    assert list(frame["Event Date"]) == [row["day"].isoformat() for row in rows]
    assert list(frame["CAMEO Code"]) == [row["cameo"] for row in rows]
    assert filled(frame["Intensity"]) == [row["intensity"] for row in rows]
    assert filled(frame["Source Name"]) == [clean(row["source"]) or None for row in rows]
    assert filled(frame["Latitude"]) == [row["latitude"] for row in rows]
    assert frame["Event Text"].iloc[0] == "Appeal"
    assert frame["Source Country"].iloc[0] == "Kenya"
    assert set(frame["Publisher"]) == {"Lake Wire"}
    again = by_duckdb("icews", files, monkeypatch)
    assert [list(row) for row in again] == [filled(row) for row in frame.itertuples(index=False)]


def test_the_knowledge_graph_reads_back_equal_the_store(
    store: Warehouse, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = by_pandas("gkg", files, monkeypatch)
    kept = list(store.records())
    assert len(frame) == len(kept) == 31
    assert frame["GKGRECORDID"].is_unique
    for row, record in zip(frame.to_dict("records"), kept, strict=True):
        text = record.article.text
        assert row["V2DOCUMENTIDENTIFIER"] == record.article.url or record.article.url is None
        (figure,) = record.figures
        kind, count, thing, *where, offset = row["V2.1COUNTS"].split("#")
        assert (kind, int(count), thing) == ("KILL", figure.low, "people")
        assert where == ["4", "Kisumu, Kenya", "KE", "", "-0.1", "34.75", ""]
        assert text[int(offset) :].startswith(count)
        assert row["V1COUNTS"] == row["V2.1COUNTS"].rpartition("#")[0]
        at, length, verb, quote = row["V2.1QUOTATIONS"].split("|")
        assert text[int(at) : int(at) + int(length)] == quote == "We asked Uganda for help,"
        assert verb == "told reporters"
        assert row["V2GCAM"] == f"wc:{len(text.split())}"
        name, start = row["V2.1ALLNAMES"].split(";")[0].split(",")
        assert name == "Uganda" and text[int(start) :].startswith("Uganda")
        amount, thing, start = row["V2.1AMOUNTS"].split(",")
        assert (float(amount), thing) == (figure.low, "people") and text[int(start) :].startswith(amount)
        if record.times[0].grain == "day":
            assert row["V2.1ENHANCEDDATES"] == f"3#11#4#2024#{text.index('Monday')}"
        else:
            assert row["V2.1ENHANCEDDATES"] == f"2#10#0#2024#{text.index('Monday')}"
    assert frame["V2.1DATE"].iloc[-1] == 0 and frame["GKGRECORDID"].iloc[-1].startswith("0" * 14 + "-")
    assert frame["V1.5TONE"].isna().all() and frame["V1THEMES"].isna().all()
    again = by_duckdb("gkg", files, monkeypatch)
    assert [list(row) for row in again] == [filled(row) for row in frame.itertuples(index=False)]


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
@pytest.mark.parametrize("name", LAYOUTS)
def test_r_loads_every_layout(name: str, files: Path, store: Warehouse) -> None:
    layout = LAYOUTS[name]
    code = loading.r(layout, layout.file) + "cat(nrow(table), ncol(table), sep = ' ')\n"
    done = subprocess.run(["Rscript", "-e", code], cwd=files, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lines = (files / layout.file).read_text(encoding="utf-8").count("\n") - layout.header
    assert done.stdout == f"{lines} {len(layout.columns)}"


def test_what_is_left_out_is_counted(store: Warehouse, tmp_path: Path) -> None:
    tally = export_layout(store, tmp_path / "x", "gdelt")
    assert tally.rows == 71
    assert tally.left == {"planned (see --status)": 10, "without a CAMEO code": 10, "on an unknown day": 1}
    assert tally.noted["that give one day of a longer time"] == 1
    assert export_layout(store, tmp_path / "x", "polecat").left == {
        "planned (see --status)": 10,
        "on an unknown day": 1,
    }
    assert export_layout(store, tmp_path / "x", "gdelt", statuses=["planned"]).rows == 10
    everything = export_layout(store, tmp_path / "x", "polecat", statuses=STATUSES)
    assert everything.rows == 20 + 10 * 7 + 1
    assert export_layout(store, tmp_path / "x", "gkg").left == {}


@pytest.mark.parametrize("kind", ["again.duckdb", "folder/"])
def test_the_same_content_gives_the_same_bytes(kind: str, store: Warehouse, files: Path, tmp_path: Path) -> None:
    with open_store(f"{tmp_path}/{kind}") as again:
        again.add(store.records())
        for name, layout in LAYOUTS.items():
            export_layout(again, tmp_path / layout.file, name)
            assert (tmp_path / layout.file).read_bytes() == (files / layout.file).read_bytes()


def test_an_actor_named_twice_is_one_row() -> None:
    record = several(1)
    event = record.events[0]
    source, target = event.sources[0], event.targets[0]
    doubled = replace(event, sources=(source, source, "a-gone"), targets=(target, target))
    file = io.BytesIO()
    assert write(LAYOUTS["gdelt"], [replace(record, events=(doubled,))], file).rows == 1
    gone = replace(event, sources=("a-gone", "a-lost"))
    file = io.BytesIO()
    assert write(LAYOUTS["gdelt"], [replace(record, events=(gone,))], file).rows == 2
    assert [line.split("\t")[6] for line in file.getvalue().decode().splitlines()] == ["", ""]


def test_a_failure_leaves_what_was_there(store: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "events.CSV"
    file.write_text("before")

    def breaks(*arguments: Any) -> Any:
        yield [0] * 61
        raise RuntimeError("on the way")

    monkeypatch.setitem(eventdata.LAYOUTS, "gdelt", _with_rows(breaks))
    with pytest.raises(RuntimeError, match="on the way"):
        export_layout(store, file, "gdelt")
    assert file.read_text() == "before"
    assert [each.name for each in tmp_path.iterdir()] == ["events.CSV"]
    with pytest.raises(StoreError, match="cannot be written"):
        export_layout(store, tmp_path / "none" / "x", "polecat")


def _with_rows(rows: Any) -> Any:
    import dataclasses

    return dataclasses.replace(LAYOUTS["gdelt"], rows=rows)


def test_a_wrong_call_says_what_there_is(store: Warehouse, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no layout 'cameo'"):
        export_layout(store, tmp_path / "x", "cameo")
    with pytest.raises(ConfigError, match="no status 'done'"):
        export_layout(store, tmp_path / "x", "gdelt", statuses=["done"])  # type: ignore[list-item]
    with pytest.raises(ConfigError, match="takes no status"):
        export_layout(store, tmp_path / "x", "gkg", statuses=["planned"])
    assert list(tmp_path.iterdir()) == []


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(records, max_size=3), st.sampled_from(sorted(LAYOUTS)))
def test_no_record_breaks_a_row(many: list[Record], name: str) -> None:
    layout = LAYOUTS[name]
    file = io.BytesIO()
    tally = write(layout, many, file, frozenset(STATUSES))
    text = file.getvalue().decode()
    lines = text.splitlines()
    assert len(lines) == tally.rows + layout.header
    assert all(line.count("\t") == len(layout.columns) - 1 for line in lines)
    assert "\x00" not in text and '"' not in text
    if tally.rows:
        frame = pd.read_csv(  # without saying that nothing is quoted: the default of many scripts
            io.BytesIO(file.getvalue()), sep="\t", header=None, dtype=str, keep_default_na=False, skip_blank_lines=False
        )
        assert frame.shape == (len(lines), len(layout.columns))
        assert frame.map(str).agg("\t".join, axis=1).tolist() == lines


@given(st.text())
def test_a_cell_keeps_its_words(text: str) -> None:
    cell = clean(text)
    assert len(cell.splitlines()) <= 1 and "\t" not in cell
    assert clean(cell) == cell
    kept = [each for each in text if each.isalnum()]
    assert [each for each in cell if each.isalnum()] == kept


def actor(**fields: Any) -> Actor:
    span = Span(0, 1)
    base: dict[str, Any] = {
        "id": "a1",
        "provenance": Provenance(evidence=(span,), coder="t/1", confidence=1.0),
        "name": "X",
        "kind": "state",
        "mentions": (span,),
    }
    return Actor(**(base | fields))


@pytest.mark.parametrize(
    ("fields", "code", "country", "group", "types"),
    [
        ({"country": "KEN", "sector": "MIL"}, "KENMIL", "KEN", "", ("MIL",)),
        ({"country": "ROU"}, "ROM", "ROM", "", ()),
        ({"country": "UNO", "entity": "body:united-nations"}, "IGOUNO", "", "UNO", ("IGO",)),
        ({"country": "UNO", "entity": "body:world-health-organization"}, "IGOUNOWHO", "", "WHO", ("IGO",)),
        ({"country": "IGO", "sector": "MIL", "entity": "body:nato"}, "IGOMILNAT", "", "NAT", ("IGO", "MIL")),
        ({"country": "EUR", "entity": "body:european-union"}, "IGOEUREEC", "EUR", "EEC", ("IGO",)),
        ({"country": "PSE", "sector": "REB", "entity": "group:hamas"}, "PSEREBHMS", "PSE", "HMS", ("REB",)),
        ({"country": "USA", "sector": "JRN"}, "USAMED", "USA", "", ("MED",)),
        ({"sector": "UAF"}, "UAF", "", "", ("UAF",)),
        ({"country": "KEN", "sector": "PTY"}, "KEN", "KEN", "", ()),
    ],
)
def test_cameo_actor_codes(fields: dict[str, Any], code: str, country: str, group: str, types: tuple[str, ...]) -> None:
    assert gdelt.actor_code(actor(**fields)) == gdelt.ActorCode(code, country, group, types)


def test_groups_are_entities_of_the_tables() -> None:
    table = actors.load()
    for entity in gdelt.GROUPS:
        assert table.entity(entity).id == entity
    assert {len(code) for code in gdelt.GROUPS.values()} == {3}
    assert set(STATELESS) == set(gdelt._STATELESS)


def place(**fields: Any) -> Place:
    span = Span(0, 1)
    base: dict[str, Any] = {
        "id": "p1",
        "provenance": Provenance(evidence=(span,), coder="t/1", confidence=1.0),
        "mention": span,
        "latitude": 1.5,
        "longitude": -2.0,
    }
    return Place(**(base | fields))


@pytest.mark.parametrize(
    ("fields", "cells"),
    [
        ({"name": "Germany", "kind": "country", "country": "DEU"}, (1, "Germany", "GM", "GM", "GM")),
        ({"name": "Texas", "kind": "region", "country": "USA"}, (2, "Texas, United States", "US", "USTX", "TX")),
        (
            {"name": "Austin", "kind": "city", "country": "USA", "admin1": "Texas"},
            (3, "Austin, Texas, United States", "US", "USTX", ""),
        ),
        (
            {"name": "Basra", "kind": "city", "country": "IRQ", "admin1": "Basra"},
            (4, "Basra, Basra, Iraq", "IZ", "", ""),
        ),
        ({"name": "Bavaria", "kind": "region", "country": "DEU"}, (5, "Bavaria, Germany", "GM", "", "")),
        ({"name": "Gaza City", "kind": "city", "country": "PSE"}, (4, "Gaza City, Palestine", "GZ", "", "")),
        ({"name": "Ramallah", "kind": "city", "country": "PSE"}, (4, "Ramallah, Palestine", "WE", "", "")),
        ({"name": "Black Sea", "kind": "water", "country": None}, (0, "", "", "", "")),
    ],
)
def test_places_as_gdelt_has_them(fields: dict[str, Any], cells: tuple[Any, ...]) -> None:
    found = gdelt.geo(place(**fields))
    assert (found.type, found.name, found.country, found.adm1, found.feature) == cells
    assert (found.latitude, found.longitude) == ((1.5, -2.0) if cells[0] else (None, None))


def test_country_codes() -> None:
    known = country_codes.codes()
    assert (known["CHN"].fips, known["CHE"].fips, known["AUS"].fips, known["AUT"].fips) == ("CH", "SZ", "AS", "AU")
    assert (known["GBR"].cow, known["UKR"].cow, known["KOS"].cow) == ("200", "369", "347")
    fips = [each.fips for code, each in known.items() if each.fips and code != "XKX"]
    assert len(fips) == len(set(fips)) and all(len(each) == 2 for each in fips)
    assert country_codes.name("GRL") == "Greenland" and country_codes.name("QQQ") == ""


def test_moments_and_hosts() -> None:
    article = news(1).article
    assert stamp(article) == "20241105050000"
    assert stamp(replace(article, retrieved="2024-11-06")) == "20241106000000"
    assert stamp(replace(article, published="2024-11-05T08:00")) == "20241105080000"
    assert stamp(replace(article, published="2024-02-31")) == ""
    assert host(replace(article, url="https://www.Example.org:8080/a")) == "example.org"
    assert host(replace(article, url="http://[broken")) == "Lake Wire"
    assert gdelt.fraction(2015, 12, 31) == "2016.0712"
    assert {"happened", "ongoing"} == HELD


@pytest.mark.parametrize(
    ("name", "kind", "entity", "is_name"),
    [
        ("Katja Holm", "person", None, True),
        ("Interpol", "organisation", None, True),
        ("the army", "government body", "body:x", True),
        ("Bank of Velmora", "organisation", None, True),
        ("Her cousin", "person", None, False),
        ("Rights groups", "organisation", None, False),
        ("At least five people", "person", None, False),
        ("A doctors’ association", "organisation", None, False),
        ("Soldiers", "unnamed group", None, False),
        ("", "person", None, False),
    ],
)
def test_names_and_descriptions(name: str, kind: str, entity: str | None, is_name: bool) -> None:
    assert named(name, kind, entity) is is_name


def test_quotations_lose_their_marks_and_keep_their_place() -> None:
    text = 'Fire at Rudby mill\n\n"We got out by #2 | the yard," Ida Moss said. She called it a “very near thing” on Monday.'
    record = news(1)
    (statement,) = record.statements
    start = text.index('"We')
    end = text.index(" Ida")
    direct = replace(statement, content=(Span(start, end),), cue=None)
    mixed_at = text.index("it a")
    mixed = replace(
        statement, form="mixed", content=(Span(mixed_at, text.index(" on Monday")),), cue=Span(end + 1, end + 4)
    )
    said = replace(record, article=replace(record.article, text=text), statements=(direct, mixed))
    file = io.BytesIO()
    write(LAYOUTS["gkg"], [said], file)
    found = file.getvalue().decode().rstrip("\n").split("\t")[22].split("#")
    assert [each.split("|")[2:] for each in found] == [["", "We got out by 2 the yard,"], ["Ida", "very near thing"]]
    assert [text[int(at) : int(at) + int(size)] for at, size, *_ in (each.split("|") for each in found)] == [
        "We got out by #2 | the yard,",
        "very near thing",
    ]


def test_rows_are_written_as_records_come() -> None:
    file = io.BytesIO()
    sizes: list[int] = []

    def stream() -> Any:
        for number in range(50):
            sizes.append(file.tell())
            yield news(number)

    write(LAYOUTS["gdelt"], stream(), file)
    assert all(after > before for before, after in pairwise(sizes))


def test_counts_of_people_alone() -> None:
    (figure,) = news(3).figures
    assert gdelt.counted(figure) == 13
    assert gdelt.counted(replace(figure, low=None, bound="at most")) == 13
    assert gdelt.counted(replace(figure, change="up")) is None
    assert gdelt.counted(replace(figure, outcome=None)) is None
    assert gdelt.counted(replace(figure, low=None, high=None)) is None


def test_the_dictionary_says_something_of_every_column() -> None:
    for layout in LAYOUTS.values():
        assert all(column.meaning for column in layout.columns)
        assert layout.lost and layout.row
