"""Counts by pair of countries and period: each happening once, with the numbers other data are joined on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dateline.errors import ConfigError
from dateline.ids import finding_id
from dateline.links import Incident, IncidentMember
from dateline.query import Store, open_store
from dateline.query.columns import FLAT
from dateline.query.dyads import COLUMNS, left_out
from dateline.records import Actor, Event, Record, Status
from tests.store.making import news

FIRST, LATER = date(2024, 11, 4), date(2024, 12, 2)


def _event(record: Record, number: int, **fields: Any) -> Event:
    (event,) = record.events
    own = finding_id("event", record.article.id, [event.trigger], "events/1", str(number))
    return msgspec.structs.replace(event, id=own, **fields)


def _report(number: int, *events: dict[str, Any]) -> Record:
    """A report of events between Kenya (an official and its army) and Uganda."""
    record = news(number)
    governor, uganda = record.actors
    army = msgspec.structs.replace(
        governor, id=finding_id("actor", record.article.id, governor.mentions, "actors/1", "army"), sector="MIL"
    )
    actors: dict[str, tuple[Actor, ...]] = {"KEN": (governor,), "both": (governor, army), "UGA": (uganda,), "": ()}
    made: list[Event] = []
    for at, each in enumerate(events):
        given = {"source": "KEN", "target": "UGA"} | each
        source, target = given.pop("source"), given.pop("target")
        ids = {"sources": tuple(a.id for a in actors[source]), "targets": tuple(a.id for a in actors[target])}
        made.append(_event(record, at, **ids, **given))
    return msgspec.structs.replace(record, actors=(governor, uganda, army), events=tuple(made))


@pytest.fixture(params=["news.duckdb", "news/"], ids=["duckdb", "parquet"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with open_store(f"{tmp_path}/{request.param}") as opened:
        yield opened


def _cells(store: Store, **asked: Any) -> dict[tuple[str, str, str], int]:
    return {
        (row["source"], row["target"], row["period"].isoformat()): row["events"] for row in store.dyads(**asked).rows()
    }


def test_a_row_a_pair_and_period_with_its_numbers(store: Store) -> None:
    conflict = {"relation": "ASSAULT", "quad": 4, "goldstein": -9.0}
    store.add([_report(1, {}, conflict), _report(2, {"source": "UGA", "target": "KEN"})])
    rows = list(store.dyads(period="month").rows())
    assert [name for name, _, _ in COLUMNS] == list(rows[0])
    assert rows[0] == {
        "source": "KEN",
        "target": "UGA",
        "period": date(2024, 11, 1),
        "source_cow": 501,
        "target_cow": 500,
        "source_gw": 501,
        "target_gw": 500,
        "events": 2,
        "verbal_cooperation": 1,
        "material_cooperation": 0,
        "verbal_conflict": 0,
        "material_conflict": 1,
        "goldstein_sum": -6.0,
        "goldstein_mean": -3.0,
        "mentions": 2,
        "articles": 2,
    }
    assert [(row["source"], row["events"]) for row in rows] == [("KEN", 2), ("UGA", 1)]
    types = next(store.dyads(types=True).rows())
    assert (types["ASSAULT"], types["REQUEST"]) == (1, 1)


def test_periods(store: Store) -> None:
    store.add([_report(1, {})])
    (time,) = news(1).times
    assert time.earliest == FIRST and FIRST.weekday() == 0
    for period, first in (("day", FIRST), ("week", FIRST), ("month", date(2024, 11, 1)), ("year", date(2024, 1, 1))):
        assert list(_cells(store, period=period)) == [("KEN", "UGA", first.isoformat())]
    with pytest.raises(ConfigError, match="no period 'decade': there are day, week, month, year"):
        store.dyads(period="decade")  # pyright: ignore[reportArgumentType]


def test_what_one_report_says_twice_counts_once(store: Store) -> None:
    # Two actors of a country; the same again in another sentence; a headline, which has no day of its own.
    store.add([_report(1, {"source": "both"}, {}, {"time": None})])
    assert list(_cells(store).values()) == [1]
    assert next(store.dyads().rows())["mentions"] == 3
    assert list(_cells(store, sector="MIL")) == []


def test_reports_count_apart_until_they_are_linked(store: Store) -> None:
    reports = [_report(number, {}) for number in (1, 2, 3)]
    store.add(reports)
    assert list(_cells(store).values()) == [3]
    assert list(_cells(store, one_a_day=True).values()) == [1]
    events = [record.events[0] for record in reports[:2]]
    incident = Incident(
        id="i1",
        story="y1",
        relation="REQUEST",
        mode=None,
        trigger="asked",
        sources=(),
        targets=(),
        place=None,
        country=None,
        day=LATER,
        status="happened",
        events=2,
        articles=tuple(record.article.id for record in reports[:2]),
        publishers=(),
        independent=2,
        holders=(),
    )
    members = [
        IncidentMember(
            id=f"m{at}",
            incident="i1",
            article=record.article.id,
            event=event.id,
            holder=None,
            status="happened",
            alike=0.9,
            reasons=(),
        )
        for at, (record, event) in enumerate(zip(reports[:2], events, strict=True))
    ]
    store.write_links({"incidents": [incident], "incident_members": members})
    assert _cells(store) == {("KEN", "UGA", "2024-11-01"): 1, ("KEN", "UGA", "2024-12-01"): 1}
    assert [row["mentions"] for row in store.dyads().rows()] == [1, 2]


def test_filters(store: Store) -> None:
    store.add([_report(1, {}), _report(2, {"source": "UGA", "target": "KEN", "relation": "AID"})])
    assert list(_cells(store, source="ken")) == [("KEN", "UGA", "2024-11-01")]
    assert list(_cells(store, relation="AID")) == [("UGA", "KEN", "2024-11-01")]
    assert len(_cells(store, among=["KEN", "UGA"])) == 2
    assert not _cells(store, among=["KEN", "TZA"])
    assert not _cells(store, since="2024-11-05")
    assert len(_cells(store, since="2024-11-04", until="2024-11-04")) == 2
    assert not _cells(store, confidence=0.99)
    assert store.dyads(limit=1).count() == 1


@pytest.mark.parametrize("status", ["planned", "denied"])
def test_only_what_happened_counts(store: Store, status: Status) -> None:
    store.add([_report(1, {"status": status}, {"target": ""}, {"status": "ongoing"})])
    assert list(_cells(store).values()) == [1]
    assert left_out(store) == {f"{status} (see --status)": 1, "without a country on both sides": 1}
    assert list(_cells(store, status=status).values()) == [1]


def test_periods_without_events(store: Store) -> None:
    store.add([_report(1, {})])
    found = _cells(store, period="day", zeros=True, since="2024-11-03", until="2024-11-06")
    assert [(day[-2:], events) for (_, _, day), events in found.items()] == [("03", 0), ("04", 1), ("05", 0), ("06", 0)]
    empty = next(store.dyads(period="day", zeros=True, since="2024-11-03").rows())
    assert (empty["source_cow"], empty["goldstein_sum"], empty["articles"]) == (501, None, 0)


def test_an_empty_store_has_no_pairs(store: Store) -> None:
    assert store.dyads(zeros=True, types=True).count() == 0
    assert not left_out(store)


@pytest.mark.parametrize("kind", FLAT)
def test_every_column_is_described(kind: str, store: Store) -> None:
    store.add([news(1)])
    assert [name for name, _ in FLAT[kind]] == getattr(store, kind)().columns
