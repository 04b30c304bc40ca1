from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from dateline.errors import ConfigError, StoreError
from dateline.pipeline import link as linking
from dateline.pipeline.link import steps as parts
from dateline.query import open_store
from dateline.records import Record
from dateline.store.schema import LINK_TABLES
from dateline.store.warehouse import Warehouse
from tests.linking.making import OTHER, WIRE, edited, invented, report
from tests.store.making import news

NEWS = [
    report(WIRE, source="Wire", published="2025-03-04T06:00:00Z"),
    report(edited(WIRE, 1), source="Courier", published="2025-03-04T09:00:00Z"),
    report(OTHER, source="Gazette", published="2025-03-04T10:00:00Z"),
    report(WIRE.replace("12 people", "19 people"), source="Wire", published="2025-03-04T12:00:00Z"),
    report(f"{invented(7, 300)} {WIRE}", source="Ledger", published="2025-03-05"),
    report(edited(OTHER, 5, 0.03), source="Monitor", published="2025-03-03"),
]


@pytest.fixture(params=["news.duckdb", "news/"], ids=["duckdb", "parquet"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return f"{tmp_path}/{request.param}"


def _links(store: Warehouse) -> list[list[object]]:
    """Every link, whatever the articles' numbers."""
    return [store.links(name) for name in LINK_TABLES if name not in ("sketches", "linked")]


def _at_once(folder: Path, records: Sequence[Record]) -> list[list[object]]:
    with open_store(folder / "whole.duckdb") as store:
        store.add(records)
        linking.link(store)
        return _links(store)


def test_one_by_one_in_batches_or_all_at_once_gives_the_same_links(path: str, tmp_path: Path) -> None:
    whole = _at_once(tmp_path, NEWS)
    assert [len(each) for each in whole[:2]] == [len(whole[0]), 2]
    with open_store(path) as store:
        for record in reversed(NEWS):
            store.add(record)
            linking.link(store)
    with open_store(path) as store:
        assert _links(store) == whole
        summary = linking.link(store)
        assert (summary.fresh, summary.articles) == (0, len(NEWS))
        assert _links(store) == whole
        # Wire, its copy, its version and the report that holds it, half of whose words it is; the strike twice.
        assert summary.independent == 3
    with open_store(tmp_path / "batches.duckdb") as store:
        for batch in (NEWS[3:], NEWS[:3]):
            store.add(batch)
            linking.link(store)
        assert _links(store) == whole


def test_links_can_be_removed_and_made_again(path: str) -> None:
    with open_store(path) as store:
        store.add(NEWS)
        before = list(store.dump())
        linking.link(store)
        links = _links(store)
        made = list(store.dump())
        linking.undo(store)
        assert list(store.dump()) == before
        linking.link(store)
        assert _links(store) == links
        assert list(store.dump()) == made


def test_a_kill_between_any_two_writes_loses_nothing(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = _at_once(tmp_path, NEWS)
    monkeypatch.setattr(parts, "BLOCK", 2)
    write = Warehouse.write_links
    steps = 0

    class Killed(BaseException):
        pass

    for survived in range(12):
        left = survived

        def dying(self: Warehouse, *given: object, **named: object) -> None:
            nonlocal left, steps
            if left == 0:
                raise Killed
            left -= 1
            steps += 1
            write(self, *given, **named)  # type: ignore[arg-type]

        with open_store(path) as store, monkeypatch.context() as patch:
            if not survived:
                store.add(NEWS)
            patch.setattr(Warehouse, "write_links", dying)
            try:
                linking.link(store)
            except Killed:
                assert _links(store)[0] in ([], whole[0])
                continue
        break
    assert steps >= 4
    with open_store(path) as store:
        linking.link(store)
        assert _links(store) == whole


def test_what_changed_between_versions_is_shown_in_sentences(path: str) -> None:
    with open_store(path) as store:
        store.add([NEWS[0], NEWS[3]])
        linking.link(store)
        ((before, after, changes),) = store.changes(NEWS[3].article.id[:12])
        assert (before, after) == (NEWS[0].article.id, NEWS[3].article.id)
        (change,) = changes
        assert change.kind == "changed"
        assert "12 people were killed" in change.before
        assert "19 people were killed" in change.after
        with pytest.raises(ConfigError, match="no article"):
            store.changes("n0000")


def test_groups_and_parts_can_be_asked_for(path: str) -> None:
    with open_store(path) as store:
        store.add(NEWS)
        assert not store.linked()
        linking.link(store)
        assert store.linked()
        rows = list(store.copies(article=NEWS[0].article.id).rows())
        assert [row["publisher"] for row in rows] == ["Wire", "Courier", "Wire"]
        assert all(0 < row["alike"] <= 1 for row in rows)
        assert store.copies().count() == 5
        assert {row["whole_publisher"] for row in store.parts().rows()} == {"Ledger"}
        assert store.copies(limit=1).count() == 1


def test_links_of_a_read_only_store_stay(path: str) -> None:
    with open_store(path) as store:
        store.add(NEWS)
        linking.link(store)
    with open_store(path, read_only=True) as store:
        with pytest.raises(StoreError, match="reading only"):
            linking.undo(store)
        with pytest.raises(ConfigError, match="holds no links"):
            store.links("articles")
        assert store.linked()


def test_an_empty_store_links_to_nothing(path: str) -> None:
    with open_store(path) as store:
        summary = linking.link(store)
        assert summary.articles == summary.links == summary.independent == 0


def test_stories_are_listed_with_their_timeline(path: str) -> None:
    with open_store(path) as store:
        store.add(NEWS)
        linking.link(store)
        listed = list(store.stories().rows())
        flood = next(row for row in listed if NEWS[0].article.id in row["articles"])
        assert flood["reports"] >= 3
        assert flood["independent"] < flood["reports"]
        assert store.stories(text="dockers").count() == 1
        assert store.stories(until="2025-03-01").count() == 0
        assert store.stories(since="2025-03-04", limit=1).count() == 1
        timeline = list(store.story(flood["id"][:10]).rows())
        assert [row["article"] for row in timeline] == flood["articles"]
        assert timeline[1]["copy_of"] == NEWS[0].article.id
        assert list(store.story(NEWS[0].article.id).rows()) == timeline


def _tolls() -> list[Record]:
    """Two reports of one flood with another toll each, as the coders would have read them."""
    result: list[Record] = []
    for number, (toll, speaker) in enumerate(((20, "the interior ministry"), (29, "the Red Cross"))):
        record = news(
            toll - 10,
            text=f'Flood kills {toll} in Kisumu\n\nNAIROBI (Lake Wire) - Floods killed {toll} people in Kisumu on Monday, the county governor said. Crowds slept in schools near the lake. "We asked Uganda for help," she told reporters in the {"north" if number else "south"} of the town.',
        )
        holder = msgspec.structs.replace(record.actors[0], name=speaker)
        figure = msgspec.structs.replace(record.figures[0], said_in=record.statements[0].id)
        result.append(msgspec.structs.replace(record, actors=(holder, *record.actors[1:]), figures=(figure,)))
    return result


def test_a_dispute_shows_both_sides_with_words_to_cite(path: str) -> None:
    # Close enough in wording to be copies, they would be one voice; the holders still differ.
    with open_store(path) as store:
        store.add([*_tolls(), NEWS[2]])
        summary = linking.link(store)
        assert (summary.stories, summary.disputes) == (1, 1)
        sides = list(store.disputes().rows())
        assert [(side["holder"], side["low"]) for side in sides] == [
            ("the interior ministry", 20.0),
            ("the Red Cross", 29.0),
        ]
        assert all(str(int(side["low"])) in store.cite(side["cite"]).quote for side in sides)
        assert all("Floods killed" in side["quote"] for side in sides)
        assert store.disputes(story="y0000").count() == 0
        rows = linking.series(store)
        assert [(row["what"], row["low"], row["moved"]) for row in rows] == [
            ("killed", 20.0, None),
            ("killed", 29.0, None),
        ]
        links = _links(store)
        linking.undo(store)
        linking.link(store)
        assert _links(store) == links
