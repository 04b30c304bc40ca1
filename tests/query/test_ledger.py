"""What is counted at hand while a store is served is what the database counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks.speed import news
from dateline.errors import ConfigError
from dateline.query import Store, open_store, summary
from dateline.query import ledger as module
from dateline.query import windows as looking
from dateline.query.dyads import at_hand
from dateline.query.events import in_order_of_days
from dateline.query.ledger import ledger
from dateline.store.backend import File

DAYS: tuple[dict[str, str], ...] = (
    {},
    {"since": "2025-03-01", "until": "2025-06-30"},
    {"until": "2025-05-01"},
    {"since": "2025-09-01"},
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("ledger") / "news.duckdb"
    with open_store(made) as store:
        store.add(news.record(number, 90) for number in range(90))
        store.write_links(news.links((number, news.record(number, 90)) for number in range(90)))
    return made


def served(path: Path) -> Store:
    """The store as a server has it."""
    backend = File(path, read_only=True)
    backend.serves = True
    return Store(backend)


def known(store: Store) -> list[str]:
    """Whom one may ask for: codes, an entity, names, and nobody."""
    rows = store.rows(
        "SELECT source, source_country, source_entity FROM dyad_rows WHERE source_country IS NOT NULL "
        "GROUP BY ALL ORDER BY count(*) DESC, 1, 2, 3 LIMIT 6"
    )
    found = [rows[0]["source_country"], f"{rows[1]['source_country']} GOV", "GOV", "a", rows[2]["source"][1:].upper()]
    return [*found, *[row["source_entity"] for row in rows if row["source_entity"]][:2], "ÉTAT of nowhere"]


def test_counts_are_those_of_the_database(path: Path) -> None:
    with open_store(path, read_only=True) as plain, served(path) as quick:
        held = ledger(quick, now=True)
        assert held is not None
        everyone: list[Any] = [*known(plain), known(plain)[:3]]
        for days in DAYS:
            for who in everyone:
                there = summary.dealings(plain, who, 8, **days)
                found = held.sides(who)
                assert found is not None
                assert held.partners(*found, 8, days.get("since"), days.get("until")) == there.partners
                line = held.line(*found, days.get("since"), days.get("until"))
                assert [{**row, "score": round(row["score"], 6)} for row in line] == [
                    {**row, "score": round(row["score"], 6)} for row in there.days
                ]
                assert [held.first(each, 8) for each in found] == [there.did, there.met]
            names = [row["name"] for row in summary.dealings(plain, known(plain)[0], 12).partners]
            assert held.among(names, 9, days.get("since"), days.get("until")) == summary.among(plain, names, 9, **days)
        assert any(summary.dealings(plain, who, 8).partners for who in everyone)
        with pytest.raises(ConfigError, match="empty list"):
            held.sides([])


def test_it_is_made_for_a_store_that_is_served_and_asked_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(path, read_only=True) as plain:
        assert all(ledger(plain) is None for _ in range(6))
    with served(path) as quick:
        assert ledger(quick) is None
        assert [ledger(quick) is None for _ in range(4)][-1] is False
        who = known(quick)[0]
        counted = summary.dealings(quick, who, 8)
        monkeypatch.setattr(module, "FEW", 0)  # very many pairs: the database counts them
        assert summary.dealings(quick, who, 8).partners == counted.partners
    with served(path) as quick:
        monkeypatch.setattr(module, "MOST", 1)
        assert ledger(quick, now=True) is None


def test_pairs_of_countries_at_hand_are_those_of_the_database(path: Path) -> None:
    with open_store(path, read_only=True) as plain, served(path) as quick:
        assert at_hand(quick) is None  # asked for too seldom to be worth making
        held = at_hand(quick, now=True)
        assert held is not None
        assert at_hand(quick) is held
        first = next(iter(plain.dyads().rows()))
        country = str(first["source"])
        everything: list[dict[str, Any]] = [
            {"source": country},
            {"target": [country.lower(), str(first["target"])]},
            {"among": (country, str(first["target"])), "zeros": True},
            {"types": True, "period": "year"},
            {"limit": 3, "source": None},
            {"relation": "ACCUSE"},
            {"status": "happened"},
            {"one_a_day": True},
            *({"period": period} for period in ("day", "week", "month", "year")),
            *DAYS[1:],
        ]
        for asked in everything:
            there = list(plain.dyads(**asked).rows())
            assert there or "relation" in asked
            assert list(quick.dyads(**asked).rows()) == there
            assert quick.dyads(**asked).count() == len(there)
        with pytest.raises(TypeError, match="no filter"):
            quick.dyads(contry="KEN")  # pyright: ignore[reportCallIssue]


def test_by_day_at_hand_is_that_of_the_database(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "_TURN", 8)  # so that several turns are taken
    monkeypatch.setattr(looking, "_TURNS", 64)
    with open_store(path, read_only=True) as plain, served(path) as quick:
        assert in_order_of_days(quick, "statement", now=True) is not None
        for text in ("the", "e", "minister", "of the", "tear gas", "clean water and medicine", "no such words", "É"):
            for more in ({}, {"stance": "asserts"}, {"since": "2025-04-01", "until": "2025-09-01"}):
                there = plain.statements(by="day", text=text, **more).to_arrow().to_pylist()
                for limit in (1, 7, 60):
                    rows = list(quick.statements(by="day", text=text, **more, limit=limit).placed())
                    assert [row for row, _ in rows] == there[:limit]
                    assert list(plain.statements(by="day", text=text, **more, limit=limit).placed()) == rows
                    if rows:
                        more_rows = quick.statements(by="day", text=text, **more, limit=limit, after=rows[-1][1]).rows()
                        assert list(more_rows) == there[limit : 2 * limit]


def test_events_of_actors_at_hand_are_those_of_the_database(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "_TURN", 4)
    monkeypatch.setattr(looking, "_TURNS", 64)
    with open_store(path, read_only=True) as plain, served(path) as quick:
        assert ledger(quick, now=True) is not None
        everyone: list[Any] = [*known(plain), known(plain)[:3]]
        for who in everyone:
            asked_of: list[dict[str, Any]] = [
                {"actor": who},
                {"source": who, "relation": ["ACCUSE", "ASSAULT", "CONSULT"]},
                {"target": who, "status": "happened", "since": "2025-03-01", "until": "2025-10-01"},
                {"source": who, "target": everyone[0]},
                {"actor": who, "target": everyone[0], "confidence": 0.5},
            ]
            for asked in asked_of:
                there = plain.events(**asked).to_arrow().to_pylist()
                for limit in (1, 9, 60):
                    rows = list(quick.events(**asked, limit=limit).placed())
                    assert [row for row, _ in rows] == there[:limit]
                    if rows:
                        more = quick.events(**asked, limit=limit, after=rows[-1][1]).rows()
                        assert list(more) == there[limit : 2 * limit]
