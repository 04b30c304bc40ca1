"""What readers say of findings: kept apart, superseded and taken back, counted, given out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import ConfigError, StoreError
from dateline.query import Store, open_store
from dateline.query.reviews import drawn, fields_of, fitting, wilson
from dateline.records import Record
from tests.store.making import news


@pytest.fixture(params=["news.duckdb", "news/"], ids=["duckdb", "parquet"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with open_store(f"{tmp_path}/{request.param}") as opened:
        opened.add(news(number) for number in range(4))
        yield opened


def _records(store: Store) -> list[Record]:
    return list(store.records())


def test_a_judgement_is_kept_beside_the_finding_and_changes_nothing(store: Store) -> None:
    before = _records(store)
    event = before[0].events[0]
    made = store.judge(
        event.id[:12],
        "corrected",
        reviewer="  Ada   L. ",
        correction={"status": "denied", "targets": "Uganda", "mode": ""},
        note="They denied it.",
        moment=datetime(2026, 3, 1, 12, tzinfo=UTC),
    )
    assert (made.finding, made.kind, made.reviewer, made.label) == (event.id, "event", "Ada L.", event.relation)
    assert made.made == "2026-03-01T12:00:00.000000Z"
    assert _records(store) == before
    [row] = store.judgements().rows()
    assert msgspec.json.decode(row["correction"]) == {"status": "denied", "targets": "Uganda"}
    assert (row["stale"], row["superseded"], row["quote"]) == (False, False, before[0].quote(event))
    assert row["title"] == before[0].article.title


def test_a_later_judgement_takes_the_place_of_an_earlier_one_and_both_are_kept(store: Store) -> None:
    event = _records(store)[0].events[0]
    store.judge(event.id, "right", reviewer="Ada")
    store.judge(event.id, "wrong", reviewer="Ada")
    store.judge(event.id, "right", reviewer="Bo")
    assert [(row["reviewer"], row["verdict"]) for row in store.judgements().rows()] == [
        ("Bo", "right"),
        ("Ada", "wrong"),
    ]
    store.judge(event.id, "withdrawn", reviewer="Ada")
    assert [row["reviewer"] for row in store.judgements().rows()] == ["Bo"]
    past = [(row["verdict"], row["superseded"]) for row in store.judgements(history=True, finding=event.id).rows()]
    assert past == [("withdrawn", False), ("right", False), ("wrong", True), ("right", True)]
    with pytest.raises(ConfigError, match="nothing of"):
        store.judge(event.id, "withdrawn", reviewer="Ada")
    assert [row["number"] for row in store.judgements(history=True, limit=2, after=3).rows()] == [2, 1]


def test_judgements_outlive_a_new_coding(store: Store) -> None:
    record = _records(store)[0]
    kept, gone = record.events[0], record.statements[0]
    store.judge(kept.id, "right", reviewer="Ada")
    store.judge(gone.id, "wrong", reviewer="Ada")
    changed = msgspec.structs.replace(record, statements=(), events=tuple(
        msgspec.structs.replace(each, said_in=None) for each in record.events))  # fmt: skip
    store.add(changed, pipeline="another")
    stale = {row["finding"]: row["stale"] for row in store.judgements().rows()}
    assert stale == {kept.id: False, gone.id: True}
    first, second = store.gold()
    assert first["cite"]["url"] == record.article.url
    assert first["finding"]["id"] == kept.id
    assert first["finding"]["names"]["sources"]
    assert second["cite"] is None
    assert second["quote"] == record.quote(gone)
    assert msgspec.convert(second["finding"], type(gone)) == gone


@pytest.mark.parametrize(
    ("finding", "verdict", "fields", "says"),
    [
        ("e", "right", {}, "too short"),
        ("e00000000", "right", {}, "no event"),
        ("EVENT", "maybe", {}, "no verdict"),
        ("EVENT", "corrected", {}, "what should stand there"),
        ("EVENT", "right", {"status": "denied"}, "only a corrected"),
        ("EVENT", "corrected", {"low": "3"}, "no field of a event"),
        ("EVENT", "corrected", {"status": "odd"}, "none of happened"),
        ("FIGURE", "corrected", {"low": "many"}, "no number"),
        ("FIGURE", "corrected", {"low": "nan"}, "no number"),
        ("FIGURE", "corrected", {"unit": "x" * 3000}, "characters"),
        ("ARTICLE", "right", {}, "is a report"),
    ],
)
def test_what_cannot_be_kept_is_refused(
    store: Store, finding: str, verdict: str, fields: dict[str, str], says: str
) -> None:
    record = _records(store)[0]
    ids = {"EVENT": record.events[0].id, "FIGURE": record.figures[0].id, "ARTICLE": record.article.id}
    with pytest.raises(ConfigError, match=says):
        store.judge(ids.get(finding, finding), verdict, reviewer="Ada", correction=fields)  # type: ignore[arg-type]
    with pytest.raises(ConfigError, match="who judges"):
        store.judge(record.events[0].id, "right", reviewer=" ")
    assert list(store.judgements(history=True).rows()) == []


def test_a_store_open_for_reading_refuses(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.duckdb") as store:
        store.add(news(1))
    with open_store(tmp_path / "a.duckdb", read_only=True) as store, pytest.raises(StoreError, match="reading only"):
        store.judge(_records(store)[0].events[0].id, "right", reviewer="Ada")


def test_precision_counts_a_finding_once_and_the_majority(store: Store) -> None:
    events = [record.events[0].id for record in _records(store)]
    for name, verdicts in {"Ada": "rrw", "Bo": "rww", "Cy": "r"}.items():
        for finding, verdict in zip(events, verdicts, strict=False):
            store.judge(finding, "right" if verdict == "r" else "wrong", reviewer=name, how="sample")
    store.judge(events[3], "corrected", reviewer="Ada", note="Not so.")
    [row] = store.precision(by="kind")
    assert (row.of, row.judged, row.right, row.corrected, row.wrong, row.differ) == ("event", 4, 1, 1, 2, 1)
    assert (row.low, row.high) == wilson(1, 4)
    assert store.precision(by="label", how="sample")[0].judged == 3
    with pytest.raises(ConfigError, match="no precision by"):
        store.precision(by="moon")  # type: ignore[arg-type]


def test_a_sample_goes_through_all_findings_once(store: Store) -> None:
    wanted = {event.id for record in _records(store) for event in record.events}
    seen: set[str] = set()
    while (each := drawn(store, kind="event", reviewer="Ada")) is not None:
        assert each not in seen
        seen.add(each)
        store.judge(each, "right", reviewer="Ada", how="sample")
    assert seen == wanted
    assert drawn(store, kind="event", reviewer="Bo") == min(wanted)
    store.judge(min(wanted), "withdrawn", reviewer="Ada")
    assert drawn(store, kind="event", reviewer="Ada") == min(wanted)


def test_every_field_of_a_finding_can_be_sent_back_as_a_correction(store: Store) -> None:
    for record in _records(store)[:2]:
        for finding in record.findings():
            kind = type(finding).__name__.lower().replace("timespan", "time")
            fields = fields_of(finding, record)
            assert any(fields.values())
            assert fitting(kind, fields).keys() == {name for name, value in fields.items() if value}


@given(st.integers(0, 400).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_holds_the_share_and_narrows(case: tuple[int, int]) -> None:
    hits, of = case
    low, high = wilson(hits, of)
    assert 0 <= low < high <= 1
    if of:
        assert low - 1e-9 <= hits / of <= high + 1e-9
        wide = wilson(hits * 4, of * 4)
        assert wide[1] - wide[0] < high - low


def test_the_interval_is_that_of_the_books() -> None:
    # 81 of 263: Newcombe (1998), table I, method 3
    low, high = wilson(81, 263)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
