"""Two codings of the same articles."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from dateline import open_store
from dateline.cli import main
from dateline.evaluation.changes import Comparison, changes
from dateline.evaluation.codings import Coding, pairs
from dateline.evaluation.views import align, overlap, shared, views
from dateline.records import Actor, Article, Block, Event, Page, Provenance, Record, Span, TimeSpan

TEXT = "Kenya's parliament condemned the raid on Friday. Uganda denied that its troops crossed the border."


def _at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def _proof(words: str, coder: str = "events/1") -> Provenance:
    return Provenance((_at(words),), coder, 0.8)


def record(
    *, status: str = "happened", version: str = "1", source: str = "Kenya's parliament", day: bool = True
) -> Record:
    """One report, coded by some version of a coder."""
    article = Article(
        id="n1", url=None, source="The Ledger", title="Raid", text=TEXT, language="en",
        blocks=(Block("paragraph", Span(0, len(TEXT))),), page=Page(digest="0" * 64, position=0, articles=1),
    )  # fmt: skip
    actor = Actor(
        id=f"a{version}1", name=source, kind="government body", country="KEN", sector="LEG",
        mentions=(_at("Kenya's parliament"),), provenance=_proof("Kenya's parliament"),
    )  # fmt: skip
    event = Event(
        id=f"e{version}1", relation="ACCUSE", trigger=_at("condemned"), sources=(actor.id,),
        time=f"t{version}1" if day else None, status=status, provenance=_proof("condemned"),  # type: ignore[arg-type]
    )  # fmt: skip
    friday = TimeSpan(
        id=f"t{version}1", type="DATE", value="2025-03-07", earliest=date(2025, 3, 7), latest=date(2025, 3, 7),
        mention=_at("Friday"), provenance=_proof("Friday"),
    )  # fmt: skip
    return Record(
        article=article, codebook="plover/1", sentences=(Span(0, 48),), actors=(actor,),
        times=(friday,) if day else (), events=(event,),
    )  # fmt: skip


def _compare(before: Record, after: Record) -> tuple[Comparison, dict[tuple[str, str], dict[str, object]]]:
    counted = Comparison()
    found = list(changes([(before, after)], counted))
    return counted, {(each.kind, each.what): dict(each.fields) for each in found}


def test_another_version_with_the_same_reading_is_no_change() -> None:
    counted, found = _compare(record(version="1"), record(version="2"))
    assert found == {}
    assert (counted.articles, counted.same) == (1, 1)
    assert counted.kinds["events"].same == 1


def test_a_field_that_changed_is_named_with_both_values() -> None:
    counted, found = _compare(record(status="happened"), record(status="denied"))
    assert found == {("events", "changed"): {"status": ("happened", "denied")}}
    assert counted.kinds["events"].fields == {"status": 1}
    assert counted.same == 0


def test_a_reference_changes_with_what_it_stands_for() -> None:
    _, found = _compare(record(), record(source="National Assembly"))
    assert found[("events", "changed")] == {"sources": (("Kenya's parliament",), ("National Assembly",))}
    assert found[("actors", "changed")]["name"] == ("Kenya's parliament", "National Assembly")


def test_what_is_gone_is_removed_and_the_rest_says_what_it_lost() -> None:
    counted, found = _compare(record(), record(day=False))
    assert found[("times", "removed")]["value"] == ("2025-03-07", None)
    assert found[("events", "changed")] == {"time": ("2025-03-07", None)}
    assert counted.kinds["times"].removed == 1
    _, back = _compare(record(day=False), record())
    assert back[("times", "added")]["value"] == (None, "2025-03-07")


def test_alignment_pairs_by_words_in_common_then_by_agreement() -> None:
    both = views(record())["events"] * 2
    assert [(a is not None, b is not None) for a, b in align(both, both[:1])] == [(True, True), (True, False)]
    assert shared((Span(0, 5), Span(8, 10)), (Span(3, 9),)) == 3
    assert overlap((Span(0, 4),), (Span(2, 6),)) == pytest.approx(2 / 6)
    assert overlap((Span(0, 4),), (Span(4, 6),)) == 0


@pytest.mark.parametrize("kind", ["duckdb", "folder"])
def test_stores_and_lines_give_the_same_comparison(
    tmp_path: Path, kind: str, capfd: pytest.CaptureFixture[str]
) -> None:
    def written(name: str, *records: Record) -> str:
        path = f"{tmp_path / name}.duckdb" if kind == "duckdb" else f"{tmp_path / name}/"
        with open_store(path) as store:
            store.add(records)
        (tmp_path / f"{name}.jsonl").write_bytes(b"\n".join(msgspec.json.encode(each) for each in records))
        return path

    other = record()
    other = msgspec.structs.replace(other, article=msgspec.structs.replace(other.article, id="n2"))
    before, after = written("before", record(), other), written("after", record(status="denied"))
    with Coding(before) as old, Coding(after) as new, Coding(str(tmp_path / "before.jsonl")) as lines:
        stored = list(pairs(old, new))
        assert stored == list(pairs(lines, new))
    assert [(a is not None, b is not None) for a, b in stored] == [(True, True), (True, False)]

    assert main(["diff", before, after]) == 0
    out = capfd.readouterr().out
    assert "1 articles in both, 0 of them read the same; 1 only before, 0 only after" in out
    assert "happened → denied" in out
    assert main(["diff", before, str(tmp_path / "after.jsonl"), "--json", "--kind", "events"]) == 0
    line = msgspec.json.decode(capfd.readouterr().out)
    assert (line["kind"], line["what"], line["fields"]) == ("events", "changed", {"status": ["happened", "denied"]})


def test_what_is_no_coding_is_refused_by_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "notes.jsonl"
    path.write_text('{"text": "Not a record."}\n')
    assert main(["diff", str(path), str(path)]) == 2
    assert f"{path}:1 is no record" in capfd.readouterr().err
    assert main(["diff", str(tmp_path / "none.jsonl"), str(path)]) == 2
    assert main(["diff", str(tmp_path / "none.duckdb"), str(path)]) == 2
    assert "there is no store" in capfd.readouterr().err
