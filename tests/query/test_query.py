import importlib
import warnings
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from dateline.errors import ConfigError
from dateline.query import Citation, Result, Store, cite, open_store
from dateline.records import Actor, Event, Figure, Place, Record, Rejection, Span, Statement
from tests.store.making import news


def _changed(record: Record) -> Record:
    """The same report with an event planned by Uganda, in the reporter's own word, without day or place."""
    (event,) = record.events
    governor, uganda = record.actors
    planned = msgspec.structs.replace(
        event,
        relation="AID",
        cameo="070",
        quad=2,
        sources=(uganda.id,),
        targets=(governor.id,),
        status="planned",
        said_in=None,
        place=None,
        time=None,
    )
    said = msgspec.structs.replace(record.statements[0], stance="denies", form="indirect", via=(uganda.id,))
    many = msgspec.structs.replace(record.figures[0], low=None, high=500.0, bound="at most", said_in=said.id)
    return msgspec.structs.replace(record, events=(planned,), statements=(said,), figures=(many,))


@pytest.fixture(scope="module", params=["news.duckdb", "news/"], ids=["duckdb", "parquet"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("store")
    with open_store(f"{folder}/{request.param}") as opened:
        opened.add([news(1), news(2), _changed(news(3))])
        opened.add(Rejection(where="x.html", reason="empty", detail="nothing there"))
        yield opened


def _titles(result: Result[object]) -> list[int]:
    """Numbers of the reports in an answer."""
    return [int(row["url"].rpartition("/")[2]) for row in result.rows()]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ({}, [1, 2, 3]),
        ({"relation": "REQUEST"}, [1, 2]),
        ({"relation": ["request", "AID"]}, [1, 2, 3]),
        ({"relation": "PROTEST"}, []),
        ({"cameo": "02"}, [1, 2]),
        ({"quad": 2}, [3]),
        ({"source": "KEN"}, [1, 2]),
        ({"source": "KEN GOV"}, [1, 2]),
        ({"source": "KEN MIL"}, []),
        ({"source": "GOVERNOR"}, [1, 2]),
        ({"source": "the County Governor"}, [1, 2]),
        ({"source": ["UGA", "KEN"]}, [1, 2, 3]),
        ({"target": "UGA"}, [1, 2]),
        ({"target": "state:UGA"}, [1, 2]),
        ({"actor": "uganda"}, [1, 2, 3]),
        ({"status": "planned"}, [3]),
        ({"holder": "governor"}, [1, 2]),
        ({"country": "ken"}, [1, 2]),
        ({"since": "2024-11-04", "until": "2024-11-04"}, [1, 2]),
        ({"since": date(2024, 11, 5)}, [3]),  # without a time of its own: the article's day
        ({"until": "2024-11-03"}, []),
        ({"confidence": 0.8}, [1, 2, 3]),
        ({"confidence": 0.81}, []),
        ({"limit": 2}, [1, 2]),
        ({"relation": "AID", "source": "UGA", "status": "planned", "limit": 5}, [3]),
    ],
)
def test_events_are_filtered(store: Store, question: dict[str, object], answer: list[int]) -> None:
    found = store.events(**question)  # type: ignore[arg-type]
    assert found.count() == len(answer)
    assert _titles(found) == answer
    assert [event.trigger for event in found] == [news(number).events[0].trigger for number in answer]


def test_an_event_row_tells_the_whole_story(store: Store) -> None:
    row = next(store.events(relation="REQUEST").rows())
    assert row == {
        "id": news(1).events[0].id,
        "article": news(1).article.id,
        "day": date(2024, 11, 5),
        "publisher": "Lake Wire",
        "title": "Flood kills 11 in Kisumu",
        "url": "https://lakewire.example/1",
        "relation": "REQUEST",
        "mode": None,
        "cameo": "020",
        "quad": 1,
        "goldstein": 3.0,
        "status": "happened",
        "sources": ["the county governor"],
        "source_codes": ["KEN GOV"],
        "targets": ["Uganda"],
        "target_codes": ["UGA GOV"],
        "place": "Kisumu",
        "country": "KEN",
        "latitude": -0.1,
        "longitude": 34.75,
        "earliest": date(2024, 11, 4),
        "latest": date(2024, 11, 4),
        "holder": "the county governor",
        "trigger": "asked",
        "quote": "asked",
        "confidence": 0.8,
        "coder": "events/1",
    }


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ({}, [1, 2, 3]),
        ({"speaker": "KEN"}, [1, 2, 3]),
        ({"speaker": "UGA"}, []),
        ({"text": "HELP"}, [1, 2, 3]),
        ({"text": "kisumu"}, []),  # in the report, but not in what was said
        ({"stance": "denies"}, [3]),
        ({"form": ["direct", "mixed"]}, [1, 2]),
        ({"via": "Uganda"}, [3]),
        ({"since": "2024-11-05", "until": "2024-11-05", "confidence": 0.5, "limit": 1}, [1]),
    ],
)
def test_statements_are_filtered(store: Store, question: dict[str, object], answer: list[int]) -> None:
    found = store.statements(**question)  # type: ignore[arg-type]
    assert _titles(found) == answer
    assert all(isinstance(each, Statement) for each in found)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ({}, [1, 2, 3]),
        ({"counted": "PEOPLE"}, [1, 2, 3]),
        ({"counted": "houses"}, []),
        ({"unit": "person", "outcome": "killed", "bound": "exact"}, [1, 2]),
        ({"at_least": 12}, [2, 3]),
        ({"at_most": 11}, [1, 3]),  # "at most 500" may be 11
        ({"holder": "KEN GOV"}, [3]),
        ({"country": "KEN", "since": "2024-11-04", "until": "2024-11-04", "limit": 9}, [1, 2, 3]),
    ],
)
def test_figures_are_filtered(store: Store, question: dict[str, object], answer: list[int]) -> None:
    found = store.figures(**question)  # type: ignore[arg-type]
    assert _titles(found) == answer
    assert all(isinstance(each, Figure) for each in found)


def test_places_actors_articles_and_rejections(store: Store) -> None:
    assert [
        type(each) for each in store.places(name="KISUMU", country="KEN", kind="city", geoname=191245, limit=1)
    ] == [Place]
    assert store.places(country="UGA").count() == 0
    found = list(store.actors(name="ugan", country="uga", sector="gov", kind="state", entity="state:UGA"))
    assert found == [news(number).actors[1] for number in (1, 2, 3)]
    assert isinstance(found[0], Actor)
    asked = store.articles(
        text="FLOODS", title="kills 12", publisher="lake", url="https://lakewire", language="en", since="2024-11-05"
    )
    assert list(asked) == [news(2).article]
    assert [(row["events"], row["characters"]) for row in asked.rows()] == [(1, len(news(2).article.text))]
    assert store.articles(until="2024-11-04").count() == 0
    assert store.articles(limit=2).count() == 2
    assert [each.reason for each in store.rejections(reason="empty", limit=3)] == ["empty"]
    assert next(store.rejections().rows())["where"] == "x.html"
    assert store.rejections(reason="binary").count() == 0


def test_tables_come_as_arrow_pandas_and_polars(store: Store) -> None:
    asked = store.events(relation="REQUEST")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what pandas thinks of its own dependencies is not our test
        frame = asked.to_pandas()
    assert asked.to_arrow().num_rows == len(frame) == len(asked.to_polars()) == 2
    assert list(frame.columns) == asked.to_arrow().column_names == asked.columns == asked.to_polars().columns
    assert frame["cameo"].tolist() == ["020", "020"]
    assert "relation" in repr(asked)
    assert sum(batch.num_rows for batch in asked.batches()) == 2
    nothing = store.events(relation="PROTEST")
    assert (nothing.to_arrow().num_rows, nothing.columns) == (0, asked.columns)


def test_a_missing_library_is_named(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(ConfigError, match=r"pip install 'dateline\[polars\]'"):
        store.events().to_polars()


def test_sql_reads_and_only_reads(store: Store) -> None:
    asked = store.sql("SELECT relation, count(*) AS n FROM events GROUP BY ALL ORDER BY ALL")
    assert list(asked) == [{"relation": "AID", "n": 1}, {"relation": "REQUEST", "n": 2}]
    said = store.sql(
        "SELECT words(a.text, s.cue) AS cue, quoted(a.text, s.content) AS said FROM statements s "
        "JOIN articles a USING (number) WHERE a.url = $url",
        {"url": "https://lakewire.example/1"},
    )
    assert list(said) == [{"cue": "told reporters", "said": "We asked Uganda for help,"}]
    with pytest.raises(ConfigError, match="only reads"):
        list(store.sql("DELETE FROM events"))
    assert store.events().count() == 3


def test_a_value_is_never_part_of_the_query(store: Store) -> None:
    nasty = "x'; DROP TABLE events; --"
    assert store.events(source=nasty, relation=nasty, country=nasty, cameo=nasty).count() == 0
    assert store.statements(text=nasty).count() == 0
    assert list(store.search(nasty)) == []
    assert store.events().count() == 3


def test_questions_that_make_no_sense_are_said_to(store: Store) -> None:
    with pytest.raises(ConfigError, match="2024-10-31"):
        store.events(since="last week")
    with pytest.raises(ConfigError, match="empty list"):
        store.events(source=[])
    with pytest.raises(ConfigError, match="nothing to search"):
        store.search("  ")
    with pytest.raises(ConfigError, match="no period"):
        store.timeline(by="fortnight")  # type: ignore[arg-type]


def test_search_gives_sentences_with_offsets(store: Store) -> None:
    hits = list(store.search("floods KILLED 12"))
    assert [hit["article"] for hit in hits] == [news(2).article.id]
    text = news(2).article.text
    assert text[hits[0]["start"] : hits[0]["end"]] == hits[0]["sentence"]
    assert "Floods killed 12" in hits[0]["sentence"]
    assert store.search("kisumu").count() == 6  # headline and sentence of each
    assert store.search("kisumu", since="2024-11-05", until="2024-11-05", limit=4).count() == 4
    assert store.search("kisumu", until="2024-11-04").count() == 0


def test_a_timeline_counts_events_by_period(store: Store) -> None:
    assert list(store.timeline(by="month")) == [
        {"period": date(2024, 11, 1), "relation": "AID", "events": 1, "articles": 1, "goldstein": 3.0},
        {"period": date(2024, 11, 1), "relation": "REQUEST", "events": 2, "articles": 2, "goldstein": 3.0},
    ]
    asked = store.timeline(relation="REQUEST", source="KEN", target="UGA", status="happened", country="KEN")
    assert [row["period"] for row in asked] == [date(2024, 11, 4)]
    assert store.timeline(since="2024-11-06").count() == 0


# ---- cites --------------------------------------------------------------------------------------


def test_a_cite_leads_from_a_finding_to_its_words(store: Store) -> None:
    record = news(2)
    (event,) = record.events
    found = store.cite(event.id)
    assert found == Citation(
        id=event.id,
        kind="event",
        article=record.article.id,
        url="https://lakewire.example/2",
        source="Lake Wire",
        title="Flood kills 12 in Kisumu",
        published="2024-11-05T08:00:00+03:00",
        retrieved=None,
        spans=event.provenance.evidence,
        quote="asked",
        sentences=record.sentences[1:],
        context=record.quote(record.sentences[1]),
        coder="events/1",
        confidence=0.8,
        unchanged=True,
        page="0" * 64,
    )
    assert cite(store, event) == cite(store, event.id[:14]) == cite(store, event.id.upper()) == found


def test_every_kind_can_be_cited_and_quotes_its_words(store: Store) -> None:
    record = news(1)
    for finding in record.findings():
        found = store.cite(finding)
        assert found.quote == record.quote(finding)
        assert found.unchanged
    whole = store.cite(record.article)
    assert (whole.kind, whole.quote, whole.coder) == ("article", "Flood kills 11 in Kisumu", None)


def test_an_unclear_cite_says_why(store: Store) -> None:
    for given, message in (
        ("zzzz", "no id"),
        ("", "no id"),
        ("e", "too short"),
        ("e%%%%%%", "no event"),
        ("effffffffffffffffffff", "no event"),
    ):
        with pytest.raises(ConfigError, match=message):
            store.cite(given)


def test_a_prefix_of_several_ids_is_refused(tmp_path: Path) -> None:
    twins = [msgspec.structs.replace(news(number).times[0], id=f"t0000{number}") for number in (1, 2)]
    with open_store(tmp_path / "news.duckdb") as store:
        store.add(
            msgspec.structs.replace(news(number), times=(twin,)) for number, twin in zip((1, 2), twins, strict=True)
        )
        with pytest.raises(ConfigError, match="more than one"):
            store.cite("t0000")
        assert store.cite("t00001").id == "t00001"


def test_a_changed_text_is_found_out(tmp_path: Path) -> None:
    record = news(1)
    forged = msgspec.structs.replace(
        record, article=msgspec.structs.replace(record.article, text=record.article.text.replace("killed", "spared"))
    )
    late = msgspec.structs.replace(
        news(2).figures[0],
        provenance=msgspec.structs.replace(news(2).figures[0].provenance, evidence=(Span(5_000, 5_010),)),
    )
    with open_store(tmp_path / "news.duckdb") as store:
        store.add([forged, msgspec.structs.replace(news(2), figures=(late,))])
        assert not store.cite(record.events[0]).unchanged
        beyond = store.cite(late)
        assert not beyond.unchanged
        assert beyond.quote == ""


def test_iteration_is_lazy(tmp_path: Path) -> None:
    with open_store(tmp_path / "news.duckdb") as store:
        store.add(news(number) for number in range(200))
        answer = iter(store.events())
        first = next(answer)
        assert isinstance(first, Event)
        store.add(news(999))  # writing goes on while an answer is being read
        store.flush()
        assert sum(1 for _ in answer) == 199
        assert store.events().count() == 201
