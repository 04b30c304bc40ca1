import dataclasses
import json
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline.cli import main
from dateline.errors import ConfigError
from dateline.export.eventdata import export_layout
from dateline.intake.text import verbatim
from dateline.linking import chronology, event_pairs
from dateline.linking.event_pairs import COLUMNS, Scene
from dateline.linking.incidents import Told, _parties, _uncounted, grow, incidents, most, told  # pyright: ignore[reportPrivateUsage]
from dateline.links import Incident
from dateline.models.trees import Trees
from dateline.models.words import Words
from dateline.pipeline import link as linking
from dateline.pipeline.link import incidents as step
from dateline.query import open_store
from dateline.records import Actor, Event, Place, Provenance, Record, Span, Statement, TimeSpan

HARBOUR = (
    "Rebels attacked the harbour of Port Ellery on Monday, the army said. Two guards were wounded. "
    "President Mara Lunde condemned the attack and met the governor on Tuesday."
)
DAWN = (
    "The assault on the harbour at Port Ellery began before dawn, said residents, who saw rebels in boats attack the "
    "guards. Mara Lunde flew in on Tuesday and met Governor Olu Brandt."
)


def _span(text: str, words: str, nth: int = 0) -> Span:
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def _made(
    text: str,
    *events: tuple[str, str, str, str],
    source: str = "Wire",
    published: str = "2025-03-04T06:00:00Z",
    status: str = "happened",
    day: date | None = None,
    holder: str | None = None,
    country: str | None = "KEN",
) -> Record:
    """A record with events: trigger, relation, source and target as they stand in the text."""
    article = verbatim(text, url=f"https://{source.lower()}.example/1", source=source, title=None, published=published)
    actors: dict[str, Actor] = {}

    def party(name: str) -> str:
        span = _span(text, name)
        actors.setdefault(
            name,
            Actor(
                id=f"a{article.id[1:9]}{len(actors)}",
                provenance=Provenance(evidence=(span,), coder="actors/1", confidence=0.9),
                name=name.removeprefix("the "),
                kind="unnamed group",
                mentions=(span,),
            ),
        )
        return actors[name].id

    made: list[Event] = []
    found: dict[str, Any] = {"times": (), "statements": (), "places": ()}
    for number, (trigger, relation, one, other) in enumerate(events):
        span = _span(text, trigger)
        sentence = "Port Ellery"
        if day is not None:
            time = TimeSpan(
                id=f"t{article.id[1:9]}",
                provenance=Provenance(evidence=(span,), coder="times/1", confidence=0.9),
                earliest=day,
                latest=day,
                grain="day",
                type="DATE",
                value=day.isoformat(),
                mention=span,
            )
            found["times"] = (time,)
        if holder is not None:
            found["statements"] = (
                Statement(
                    id=f"s{article.id[1:9]}",
                    provenance=Provenance(evidence=(span,), coder="statements/1", confidence=0.9),
                    speaker=party(holder),
                    content=(span,),
                    form="indirect",
                    stance="asserts",
                ),
            )
        if sentence in text:
            found["places"] = (
                Place(
                    id=f"p{article.id[1:9]}",
                    provenance=Provenance(evidence=(span,), coder="places/1", confidence=0.9),
                    name=sentence,
                    country=country,
                    kind="city",
                    mention=_span(text, sentence),
                ),
            )
        made.append(
            Event(
                id=f"e{article.id[1:9]}{number}",
                provenance=Provenance(evidence=(span,), coder="events.plover/1", confidence=0.7),
                relation=relation,
                cameo={"ASSAULT": "190", "CONSULT": "040", "REJECT": "120"}[relation],
                trigger=span,
                sources=(party(one),),
                targets=(party(other),) if other else (),
                place=f"p{article.id[1:9]}" if found["places"] else None,
                time=f"t{article.id[1:9]}" if day else None,
                status=status,  # type: ignore[arg-type]
                said_in=f"s{article.id[1:9]}" if holder else None,
            )
        )
    starts = [0, *(at + 2 for at in range(len(text) - 1) if text[at : at + 2] == ". ")]
    sentences = tuple(Span(a, b) for a, b in zip(starts, [*starts[1:], len(text)], strict=True))
    return Record(
        article=article,
        codebook="plover/1",
        sentences=sentences,
        actors=tuple(actors.values()),
        events=tuple(made),
        **found,
    )


WIRE = _made(
    HARBOUR,
    ("attacked", "ASSAULT", "Rebels", "guards"),
    ("met", "CONSULT", "Mara Lunde", "governor"),
    day=date(2025, 3, 3),
)
COURIER = _made(
    DAWN,
    ("assault", "ASSAULT", "rebels", "guards"),
    ("met", "CONSULT", "Mara Lunde", "Olu Brandt"),
    source="Courier",
    published="2025-03-04T09:00:00Z",
)


def _told(*records: Record, voices: dict[str, str] | None = None) -> list[Told]:
    return [
        each
        for record in records
        for each in told(
            record,
            voice=(voices or {}).get(record.article.id, record.article.id),
            known=chronology.known(record.article),
        )
    ]


def _texts(*records: Record) -> dict[str, Counter[str]]:
    return {record.article.id: event_pairs.terms(record.article.text) for record in records}


def _found(*records: Record, voices: dict[str, str] | None = None) -> list[Incident]:
    return incidents("y1", _told(*records, voices=voices), _texts(*records))[0]


def test_two_reports_of_one_attack_and_one_meeting_make_two_incidents() -> None:
    found, members = incidents("y1", _told(WIRE, COURIER), _texts(WIRE, COURIER))
    by = {each.relation: each for each in found}
    assert set(by) == {"ASSAULT", "CONSULT"}
    attack = by["ASSAULT"]
    assert (attack.events, attack.independent, attack.publishers) == (2, 2, ("Wire", "Courier"))
    assert (attack.trigger, attack.place, attack.country, attack.day) == (
        "attacked",
        "Port Ellery",
        "KEN",
        date(2025, 3, 3),
    )
    assert attack.articles == (WIRE.article.id, COURIER.article.id)
    assert by["CONSULT"].sources == ("Mara Lunde",)
    why = {each.event: each.reasons for each in members}
    assert any(reason.startswith("triggers alike: attack, assault") for reason in why[WIRE.events[0].id])
    assert "same trigger: meet" in why[WIRE.events[1].id]
    assert "same source: Mara Lunde" in why[WIRE.events[1].id]
    assert all(0 <= each.alike <= 1 for each in members)


def test_copies_are_one_voice_and_change_no_group() -> None:
    copy = _made(
        HARBOUR,
        ("attacked", "ASSAULT", "Rebels", "guards"),
        ("met", "CONSULT", "Mara Lunde", "governor"),
        source="Mirror",
        published="2025-03-04T11:00:00Z",
    )
    voices = {WIRE.article.id: "n1", copy.article.id: "n1"}
    plain = _found(WIRE, COURIER)
    assert [each.id for each in _found(WIRE, COURIER, copy, voices=voices)] == [each.id for each in plain]
    for each in _found(WIRE, COURIER, copy, voices=voices):
        assert (each.events, each.independent, len(each.articles)) == (3, 2, 3)
    # A copy alone makes an incident of one independent report: the same words.
    [attack] = [each for each in _found(WIRE, copy, voices=voices) if each.relation == "ASSAULT"]
    assert (attack.independent, attack.events) == (1, 2)
    _, members = incidents("y1", _told(WIRE, copy, voices=voices), _texts(WIRE, copy))
    assert {each.reasons[0] for each in members} == {"same words"}


@given(st.permutations([WIRE, COURIER]), st.randoms(use_true_random=False))
@settings(max_examples=8, deadline=None)
def test_the_order_of_events_plays_no_part(records: list[Record], chance: Any) -> None:
    every = _told(*records)
    chance.shuffle(every)
    assert incidents("y1", every, _texts(*records)) == incidents("y1", _told(WIRE, COURIER), _texts(WIRE, COURIER))


def test_what_happened_on_a_day_far_from_the_other_is_another_event() -> None:
    text = "The army of Velia attacked rebels near Port Ellery on Friday, residents said."
    near = _made(text, ("attacked", "ASSAULT", "The army of Velia", "rebels"), source="Echo", day=date(2025, 3, 7))
    assert not [each for each in _found(WIRE, near) if each.relation == "ASSAULT"]


def test_who_hits_back_does_not_do_the_same_again() -> None:
    text = "The guards attacked the rebels in their harbour of Port Ellery on Monday, the army said."
    back = _made(text, ("attacked", "ASSAULT", "guards", "rebels"), source="Echo")
    assert not [each for each in _found(WIRE, back) if each.relation == "ASSAULT"]


def test_a_status_is_what_most_voices_and_holders_give() -> None:
    again = HARBOUR.replace("on Monday", "at night")
    records = [
        _made(HARBOUR, ("attacked", "ASSAULT", "Rebels", "guards"), source="A", holder="the army"),
        _made(again, ("attacked", "ASSAULT", "Rebels", "guards"), source="B", status="denied", holder="President"),
        _made(DAWN, ("assault", "ASSAULT", "rebels", "guards"), source="C"),
    ]
    [found] = [each for each in _found(*records) if each.relation == "ASSAULT"]
    assert found.status == "happened"
    assert found.holders == ("army", "President")
    assert found.independent == 3


def test_events_of_one_trigger_are_one_from_the_start() -> None:
    record = _made(HARBOUR, ("met", "CONSULT", "Mara Lunde", "governor"))
    turned = Event(
        id="e0",
        provenance=record.events[0].provenance,
        relation="CONSULT",
        trigger=record.events[0].trigger,
        sources=record.events[0].targets,
        targets=record.events[0].sources,
        status="happened",
    )
    both = Record(
        article=record.article,
        codebook=record.codebook,
        sentences=record.sentences,
        actors=record.actors,
        events=(*record.events, turned),
    )
    [found] = _found(both)
    assert (found.events, found.independent) == (2, 1)


@pytest.mark.parametrize("text", ["", "\x00", "😀 😀", "x " * 3000, "“" * 50, "\ud800 hit"])
def test_garbage_raises_nothing(text: str) -> None:
    article = verbatim(text or "-", url=None, source=None, title=None, published=None)
    record = Record(article=article, codebook="plover/1", sentences=())
    spans = [("e1", (Span(0, 1),)), ("e2", (Span(0, min(5, len(article.text))),))]
    found = event_pairs.mentions(record, spans)
    scene = Scene(found, {article.id: event_pairs.terms(article.text)})
    assert scene.features([(0, 1)]).shape == (1, len(COLUMNS))
    assert np.isfinite(scene.features([(0, 1)])).all()
    assert incidents("y", [], {}) == ([], [])


@given(
    st.integers(1, 7).flatmap(
        lambda n: st.tuples(
            st.just(n),
            st.dictionaries(
                st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda p: p[0] < p[1]), st.floats(0, 1)
            ),
        )
    )
)
@settings(deadline=None)
def test_every_one_is_in_one_cluster_and_the_average_lies_above_the_threshold(
    made: tuple[int, dict[Any, float]],
) -> None:
    count, alike = made
    clusters = grow(count, alike, 0.5)
    assert sorted(at for each in clusters for at in each) == list(range(count))
    for each in clusters:
        inside = [alike.get((a, b), 0.0) for a in each for b in each if a < b]
        assert not inside or sum(inside) / len(inside) > 0.49
    assert grow(count, dict(reversed(alike.items())), 0.5) == clusters


def test_most_counts_voices_not_words() -> None:
    assert most([("a", 1), ("b", 2), ("b", 3), ("a", 1), ("a", 1)]) == ["b", "a"]
    assert most([("late", 1), ("early", 2)]) == ["late", "early"]


def test_plain_forms_of_words() -> None:
    known = event_pairs.vocabulary()
    forms = {
        "attacked": "attack", "hoped": "hope", "stopped": "stop", "shootings": "shoot", "buses": "bus", "struck": "strike",
        "carried": "carry", "Moscow's": "moscow", "zzyzxes": "zzyzxe", "": "",
    }  # fmt: skip
    assert {word: known.lemma(word) for word in forms} == forms
    assert known.vector("zzyzx") is None
    like = [float(known.vector("earthquake") @ known.vector(word)) for word in ("quake", "verdict")]  # type: ignore[operator]
    assert like[0] > 0.5 > like[1]


def test_weights_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    for kind in (Trees, Words):
        with pytest.raises(ConfigError, match="nowhere"):
            kind.load("incidents/nowhere")


def test_trees_read_left_and_right() -> None:
    arrays: dict[str, Any] = {
        "roots": np.array([0]),
        "feature": np.array([0, -1, -1]),
        "threshold": np.array([0.5, 0, 0]),
        "left": np.array([1, 0, 0]),
        "right": np.array([2, 0, 0]),
        "value": np.array([0, -2.0, 2.0]),
        "depth": np.array([1]),
        "base": np.array([0.0]),
    }
    found = Trees(["x"], arrays).probabilities(np.array([[0.5], [0.6]], dtype=np.float32))
    assert found[0] == pytest.approx(1 / (1 + np.exp(2)))
    assert found[1] == pytest.approx(1 / (1 + np.exp(-2)))
    assert len(Trees(["x"], arrays).probabilities(np.zeros((0, 1), dtype=np.float32))) == 0


def test_known_is_a_moment() -> None:
    assert chronology.known(WIRE.article) == datetime(2025, 3, 4, 6, tzinfo=UTC)


# ---- in a store -------------------------------------------------------------------------------------

STRIKE = (
    "Dockers walked out at Port Marrow on Friday over night shifts. The Dockers Union rejected an offer by the port "
    "authority, and the strike spread to two more terminals by noon."
)
STRIKES = [
    _made(
        STRIKE.replace("Friday", day) + tail,
        ("rejected", "REJECT", "The Dockers Union", "the port authority"),
        source=name,
        published=f"2025-06-1{number}T08:00:00Z",
    )
    for number, (name, day, tail) in enumerate(
        [("Tide", "Friday", ""), ("Quay", "June 13", " Ferries were not touched by the walkout, their operator said.")]
    )
]
REPORTS = [
    WIRE,
    COURIER,
    *STRIKES,
    _made(
        HARBOUR,
        ("attacked", "ASSAULT", "Rebels", "guards"),
        ("met", "CONSULT", "Mara Lunde", "governor"),
        source="Mirror",
        published="2025-03-04T11:00:00Z",
    ),
]


def _links(store: Any) -> list[list[Any]]:
    return [store.links("incidents"), store.links("incident_members")]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> list[list[Any]]:
    with open_store(tmp_path_factory.mktemp("whole") / "all.duckdb") as store:
        store.add(REPORTS)
        linking.link(store)
        return _links(store)


@pytest.mark.parametrize("name", ["news.duckdb", "news/"])
def test_one_by_one_or_all_at_once_gives_the_same_incidents(tmp_path: Path, name: str, whole: list[list[Any]]) -> None:
    assert {each.relation: each.independent for each in whole[0]} == {"ASSAULT": 2, "CONSULT": 2, "REJECT": 1}
    with open_store(f"{tmp_path}/{name}") as store:
        for record in reversed(REPORTS):
            store.add(record)
            linking.link(store)
        assert _links(store) == whole
        linking.undo(store)
        assert _links(store) == [[], []]
        linking.link(store)
        assert _links(store) == whole


def test_only_stories_that_changed_are_looked_at_again(
    tmp_path: Path, whole: list[list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[set[str]] = []
    real = step.incidents.incidents

    def watched(story: str, found: list[Told], texts: dict[str, Counter[str]]) -> Any:
        seen.append(set(texts))
        return real(story, found, texts)

    monkeypatch.setattr(step.incidents, "incidents", watched)
    with open_store(tmp_path / "news.duckdb") as store:
        store.add([*REPORTS[:2], *STRIKES])
        linking.link(store)
        assert len(seen) == 2
        seen.clear()
        linking.link(store)
        assert seen == []
        store.add(REPORTS[4])
        linking.link(store)
        assert seen == [{REPORTS[at].article.id for at in (0, 1, 4)}]
        assert _links(store) == whole


def test_a_kill_while_incidents_are_made_loses_nothing(
    tmp_path: Path, whole: list[list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: Any) -> Any:
        raise KeyboardInterrupt

    with open_store(tmp_path / "news.duckdb") as store:
        store.add(REPORTS)
        with monkeypatch.context() as patch:
            patch.setattr(step.incidents, "incidents", killed)
            with pytest.raises(KeyboardInterrupt):
                linking.link(store)
    with open_store(tmp_path / "news.duckdb") as store:
        assert _links(store) == [[], []]
        linking.link(store)
        assert _links(store) == whole


def test_questions_about_incidents(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "news.duckdb")
    with open_store(path) as store:
        store.add(REPORTS)
    assert main(["incidents", "--store", path]) == 2
    assert "dateline link" in capfd.readouterr().err
    with open_store(path) as store:
        linking.link(store)
        assert [row["relation"] for row in store.incidents(independent=2, actor="lunde").rows()] == ["CONSULT"]
        assert not list(store.incidents(since="2025-03-04").rows())
        assert [row["day"] for row in store.incidents(until="2025-03-03", relation="assault").rows()] == [
            date(2025, 3, 3)
        ]
        assert not list(store.incidents(country="UGA").rows())
        support = {row["event"]: row for row in store.support([WIRE.events[0].id, "e0"]).rows()}
        assert list(support) == [WIRE.events[0].id]
        row = support[WIRE.events[0].id]
        assert (row["mentions"], row["articles"], row["sources"], row["independent"]) == (3, 3, 3, 2)
        assert len(list(store.support().rows())) == 8
    capfd.readouterr()
    assert main(["incidents", "--store", path, "--relation", "ASSAULT"]) == 0
    assert "ASSAULT" in capfd.readouterr().out
    assert main(["incidents", WIRE.events[0].id, "--store", path, "--output", "json"]) == 0
    rows = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [row["publisher"] for row in rows] == ["Wire", "Courier", "Mirror"]
    assert main(["incidents", "i000", "--store", path]) == 2
    with open_store(path, read_only=True) as store:
        export_layout(store, tmp_path / "events.csv", "gdelt")
    cells = [line.split("\t") for line in (tmp_path / "events.csv").read_text(encoding="utf-8").splitlines()]
    assert sorted({(row[26], *row[31:34]) for row in cells}) == [
        ("040", "3", "3", "3"),
        ("120", "2", "2", "2"),
        ("190", "3", "3", "3"),
    ]
    assert main(["incidents", WIRE.events[0].id, "--story", "y", "--store", path]) == 2


@pytest.mark.parametrize(
    ("name", "kind", "shown"),
    [
        ("Three men", "unnamed group", "men"),
        ("At least 12 villagers", "unnamed group", "villagers"),
        ("About 45,000 dockworkers", "unnamed group", "dockworkers"),
        ("dozens of farm hands", "unnamed group", "farm hands"),
        ("tens of thousands of people", "unnamed group", "people"),
        ("Two Kenyans", "unnamed group", "Kenyans"),
        ("One soldier", "person", "soldier"),
        ("More than 200 business groups", "organisation", "business groups"),
        ("a further 40", "unnamed group", "people"),
        ("an estimated half a million workers", "unnamed group", "workers"),
        # a number in a name, or beside a group, is part of it
        ("Seven Network", "organisation", "Seven Network"),
        ("the 47-person crew", "unnamed group", "the 47-person crew"),
        ("the other villagers", "unnamed group", "the other villagers"),
        ("a group of villagers", "unnamed group", "a group of villagers"),
        ("2nd Division", "organisation", "2nd Division"),
    ],
)
def test_a_count_is_no_part_of_a_name(name: str, kind: Any, shown: str) -> None:
    span = Span(0, 1)
    actor = Actor(
        id="a",
        provenance=Provenance(evidence=(span,), coder="actors/1", confidence=0.9),
        name=name,
        kind=kind,
        mentions=(span,),
    )
    assert _uncounted(actor) == shown


def test_an_incident_names_who_is_named_first_and_counts_of_the_same_people_once() -> None:
    one = "Raiders seized 12 villagers and Olu Brandt near Port Ellery on Monday. The governor condemned it."
    two = "On Monday raiders seized 14 villagers, two others and Olu Brandt near Port Ellery, the army said on Tuesday."
    first = _made(one, ("seized", "ASSAULT", "Raiders", "12 villagers"))
    second = _made(two, ("seized", "ASSAULT", "raiders", "14 villagers"), source="Post")

    def add(record: Record, *names: str) -> Told:
        [event] = told(record, voice=record.article.id, known=datetime(2025, 3, 4, tzinfo=UTC))
        more = tuple(replace(event.targets[0], id=name, name=name) for name in names)
        return dataclasses.replace(event, targets=(*event.targets, *more))

    found = [add(first, "Olu Brandt"), add(second, "two others", "Olu Brandt")]
    assert _parties((each, each.targets) for each in found) == ("Olu Brandt", "villagers")
