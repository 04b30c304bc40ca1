"""A coding against a reading by hand."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline import open_store
from dateline.cli import main
from dateline.errors import ConfigError
from dateline.evaluation.gold import Wanted, readings
from dateline.evaluation.scores import Scoring, pair
from dateline.records import Record, Span
from tests.evaluation.test_diff import TEXT, record


def _gold(path: Path, **kinds: object) -> Path:
    path.write_text(json.dumps({"title": "Raid", "text": TEXT, **kinds}) + "\n")
    return path


def _scores(gold: Path, coded: Record) -> dict[tuple[str, str], tuple[int, int, int]]:
    scoring = Scoring()
    for reading in readings(gold):
        scoring.add(reading, coded)
    return {(each.kind, each.measure): (each.right, each.found, each.wanted) for each in scoring.scores()}


def test_parties_can_be_named_by_words_codes_or_ids(tmp_path: Path) -> None:
    for named in ("KEN", "kenya's parliament"):
        gold = _gold(
            tmp_path / "gold.jsonl",
            events=[{"relation": "ACCUSE", "sources": [named], "targets": [], "status": "denied"}],
        )
        assert _scores(gold, record())[("events", "type, source and target")] == (1, 1, 1)
    by_id = _gold(
        tmp_path / "gold.jsonl",
        actors=[{"id": "x", "name": "Parliament", "mentions": ["Kenya's parliament"]}],
        events=[{"relation": "ACCUSE", "sources": ["x"], "trigger": "condemned"}],
    )
    assert _scores(by_id, record())[("events", "type, source and target")] == (1, 1, 1)
    other = _gold(tmp_path / "gold.jsonl", events=[{"relation": "ACCUSE", "sources": ["UGA"]}])
    got = _scores(other, record())
    assert got[("events", "type, source and target")] == (0, 1, 1)
    assert got[("events", "type")] == (1, 1, 1)


def test_only_what_was_read_is_scored(tmp_path: Path) -> None:
    got = _scores(_gold(tmp_path / "gold.jsonl", places=[]), record())
    assert {kind for kind, _ in got} == {"places"}


def test_fields_are_scored_where_the_reading_gives_them(tmp_path: Path) -> None:
    gold = _gold(tmp_path / "g.jsonl", events=[{"relation": "ACCUSE", "sources": ["KEN"], "status": "denied"}],
                 times=[{"mention": "Friday", "value": "2025-03-08"}])  # fmt: skip
    scoring = Scoring()
    for reading in readings(gold):
        scoring.add(reading, record())
    assert [(each.field, each.right, each.of) for each in scoring.shares()] == [("value", 0, 1), ("status", 0, 1)]
    dated = {each.measure: each.f1 for each in scoring.scores() if each.kind == "times"}
    assert dated == {"found": 1.0, "found, value right": 0.0}


def test_misses_name_what_was_missed_and_what_is_extra(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with open_store(tmp_path / "news.duckdb") as store:
        store.add(record())
    gold = _gold(tmp_path / "gold.jsonl", events=[{"relation": "REQUEST", "sources": ["UGA"], "trigger": "denied"}])
    misses = tmp_path / "misses.jsonl"
    assert main(["score", str(gold), "--store", str(tmp_path / "news.duckdb"), "--misses", str(misses)]) == 0
    found = {row["what"]: row for row in map(json.loads, misses.read_text().splitlines())}
    assert (found["missed"]["words"], found["missed"]["says"]["relation"]) == ("denied", "REQUEST")
    assert (found["extra"]["words"], found["extra"]["finding"]) == ("condemned", "e11")
    assert "0.000" in capfd.readouterr().out


def test_a_record_scores_full_marks_against_itself(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    sample = Path(__file__).parents[2] / "samples" / "news" / "monitor-two-reports.html"
    assert main(["read", str(sample), "--json"]) == 0
    gold = tmp_path / "gold.jsonl"
    gold.write_text(capfd.readouterr().out)
    assert main(["score", str(gold), "--json"]) == 0
    figures = json.loads(capfd.readouterr().out)
    assert figures["articles"] == 2
    assert {(each["precision"], each["recall"]) for each in figures["scores"]} == {(1.0, 1.0)}
    assert all(each["right"] == each["of"] for each in figures["fields"])
    assert main(["diff", str(gold), str(gold)]) == 0
    assert "2 articles in both, 2 of them read the same" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("not json", "is no JSON"),
        ("[1]", "is no JSON object"),
        ('{"title": "x", "events": []}', "usual keys for the text"),
        ('{"text": "A b c."}', "was read for nothing"),
        ('{"text": "A b c.", "events": 3}', "events is a list of findings"),
        ('{"text": "A b c.", "events": [3]}', "events[0] is an object"),
        ('{"text": "A b c.", "events": [{}]}', "lacks 'relation'"),
        ('{"text": "A b c.", "events": [{"relation": "AID", "colour": 1}]}', "has no field 'colour'"),
        ('{"text": "A b c.", "places": [{"mention": "Paris"}]}', "are not in the text"),
        ('{"text": "A b A.", "places": [{"mention": "A"}]}', "stand more than once"),
        ('{"text": "A b c.", "places": [{"mention": [0, 99]}]}', "ends at 99"),
        ('{"text": "A b c.", "places": [{"mention": [3, 1]}]}', "a span is"),
        ('{"text": "A b c.", "figures": [{"unit": "USD"}]}', "lacks 'low' and 'high'"),
    ],
)
def test_a_bad_line_is_refused_with_its_number(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(f"\n{line}\n")
    with pytest.raises(ConfigError) as caught:
        list(readings(path))
    assert f"{path}:2" in str(caught.value)
    assert told in str(caught.value)


def test_a_line_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b"\n\x8c\xff")
    with pytest.raises(ConfigError, match=r"gold\.jsonl:2 is no text in UTF-8"):
        list(readings(path))


def test_an_empty_corpus_and_an_unknown_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n")
    with pytest.raises(ConfigError, match="holds no article"):
        list(readings(tmp_path / "empty.jsonl"))
    with open_store(tmp_path / "news.duckdb") as store:
        store.add(record())
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"text": "Another text.", "places": []}')
    assert main(["score", str(gold), "--store", str(tmp_path / "news.duckdb")]) == 2


@given(st.lists(st.lists(st.booleans(), min_size=4, max_size=4), min_size=1, max_size=6))
def test_pairing_is_one_to_one_and_as_large_as_can_be(rows: list[list[bool]]) -> None:
    whole = record()
    wanted = [Wanted((Span(i, i + 1),), {}) for i in range(len(rows))]
    found = [msgspec.structs.replace(whole.events[0], id=str(j)) for j in range(4)]
    pairs = pair(wanted, found, lambda want, each, _: rows[want.anchor[0].start][int(each.id)], None)  # type: ignore[arg-type]
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(rows[i][j] for i, j in pairs)

    def largest(i: int, used: frozenset[int]) -> int:
        if i == len(rows):
            return 0
        best = largest(i + 1, used)
        return max([best, *(1 + largest(i + 1, used | {j}) for j in range(4) if rows[i][j] and j not in used)])

    assert len(pairs) == largest(0, frozenset())


def test_the_interval_holds_the_score_and_narrows_with_articles(tmp_path: Path) -> None:
    good = _gold(tmp_path / "good.jsonl", events=[{"relation": "ACCUSE", "sources": ["KEN"]}])
    bad = _gold(tmp_path / "bad.jsonl", events=[{"relation": "AID", "sources": ["KEN"]}])

    def interval(times: int) -> tuple[float, float]:
        scoring = Scoring()
        for _ in range(times):
            for path in (good, bad):
                for reading in readings(path):
                    scoring.add(reading, record())
        first = scoring.scores()[0]
        assert first.interval[0] <= first.f1 == 0.5 <= first.interval[1]
        return first.interval

    few, many = interval(2), interval(40)
    assert many[1] - many[0] < few[1] - few[0]
