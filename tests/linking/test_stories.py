import random
from datetime import date, timedelta
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.linking import stories
from dateline.linking.stories import Report, cluster, terms
from dateline.records import Actor, ActorKind, Figure, Place, Provenance, Record, Span
from tests.linking.making import report

FIRE = (
    (
        "A fire swept through the covered market of Lindal on Friday night and destroyed 60 stalls, the fire service said. "
        "Two firefighters were taken to hospital. The Lindal market was built in 1911."
    ),
    (
        "Traders in Lindal picked through the ashes of their stalls on Saturday after the blaze in the covered market. "
        "Mayor Ines Corvo promised them a hall of their own within a month."
    ),
    (
        "The blaze at the Lindal market began in a fuse box, investigators of the fire service said. Mayor Ines Corvo called "
        "for checks of every stall."
    ),
)
TREATY = (
    (
        "Ministers from nine states signed a fishing treaty in Tromvik that sets quotas for herring and mackerel until 2031. "
        "Tromvik had hosted the talks for a week."
    ),
    (
        "The herring treaty signed at Tromvik leaves mackerel quotas too high, marine biologists warned, and asked ministers "
        "to open talks again."
    ),
    "Parliament ratified the Tromvik treaty on herring and mackerel quotas by 88 votes to 20.",
)
DAY = date(2025, 5, 2)


def _reports(texts: tuple[str, ...], name: str, *, start: date | None = DAY, step: int = 1) -> list[Report]:
    return [
        stories.report(
            f"{name}{at}",
            title=text.split(".")[0],
            text=text,
            publisher=f"P{at}",
            day=None if start is None else start + timedelta(at * step),
        )
        for at, text in enumerate(texts)
    ]


def _names(found: list[list[Report]]) -> list[list[str]]:
    return sorted(sorted(each.id for each in group) for group in found)


def test_two_happenings_of_one_week_are_two_stories() -> None:
    found = _names(cluster(_reports(FIRE, "fire") + _reports(TREATY, "treaty")))
    assert found == [["fire0", "fire1", "fire2"], ["treaty0", "treaty1", "treaty2"]]


def test_the_order_of_reports_plays_no_part() -> None:
    every = _reports(FIRE, "fire") + _reports(TREATY, "treaty") + _reports(TREATY, "dateless", start=None)
    expected = stories.stories(every, {})
    for seed in range(6):
        random.Random(seed).shuffle(every)
        assert stories.stories(every, {}) == expected


def test_the_same_words_months_later_are_another_story() -> None:
    later = _reports(FIRE, "later", start=DAY + timedelta(200))
    found = _names(cluster(_reports(FIRE, "fire") + later))
    assert found == [["fire0", "fire1", "fire2"], ["later0", "later1", "later2"]]


def test_a_story_goes_on_while_its_reports_follow_each_other() -> None:
    every = _reports(TREATY * 4, "treaty", step=stories.SOON - 1)
    (group,) = cluster(every)
    days = sorted(each.day for each in group if each.day)
    assert (days[-1] - days[0]).days > 5 * stories.SOON
    assert all((b - a).days < stories.SOON for a, b in pairwise(days))


def test_a_story_says_who_reported_it_and_why_they_were_joined() -> None:
    made, members = stories.stories(
        _reports(FIRE, "fire") + _reports(TREATY, "treaty"), {"fire1": "fire0", "fire0": "fire0"}
    )
    fire = next(each for each in made if "fire0" in each.articles)
    assert fire.articles == ("fire0", "fire1", "fire2")
    assert fire.publishers == ("P0", "P1", "P2")
    assert fire.independent == 2
    assert (fire.first_day, fire.last_day) == (DAY, DAY + timedelta(2))
    assert "Lindal" in fire.words
    second = next(each for each in members if each.article == "fire2")
    assert second.story == fire.id
    assert second.nearest in ("fire0", "fire1")
    assert 0 < second.alike <= 1
    assert "market" in second.words


def test_reports_alone_make_no_story() -> None:
    assert stories.stories([_reports(FIRE, "fire")[0], _reports(TREATY, "treaty")[0]], {}) == ([], [])
    assert stories.stories([], {}) == ([], [])


def test_words_are_counted_without_endings_and_without_the_commonest() -> None:
    assert terms("Flooded towns", "Flooded towns. The town’s floods are flooding.") == {"flood": 3, "town": 2}
    assert terms("", "") == {}


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.text("abcd ", max_size=30), st.one_of(st.none(), st.integers(1, 40))), max_size=25))
def test_every_report_is_in_one_story(rows: list[tuple[str, int | None]]) -> None:
    every = [
        Report(f"r{at:02d}", "", None, None if day is None else date(2025, 1, 1) + timedelta(day), terms("", text))
        for at, (text, day) in enumerate(rows)
    ]
    assert sorted(each.id for group in cluster(every) for each in group) == [each.id for each in every]


INQUIRY = (
    "Inspectors had warned of the fuse box in the covered market twice before the blaze, a report to the council shows. "
    "Mayor Ines Corvo put the letters aside, according to investigators, and no trader in Lindal was told. The fire service "
    "had asked for checks of the stalls in March. The judge who led the inquiry wants a new law that makes such warnings "
    "public, and damages that the county shares with insurers."
)


def _inquiry(days: int, named: dict[str, str]) -> list[Report]:
    """A report of the fire, and one in other words some days later."""
    first = stories.report("first", title="", text=" ".join(FIRE), day=DAY, named=named)
    return [first, stories.report("later", title="", text=INQUIRY, day=DAY + timedelta(days), named=named)]


def test_reports_in_other_words_follow_when_they_name_the_same_people_at_the_same_place() -> None:
    both = {"who ines corvo": "Ines Corvo", "where lindal": "Lindal", "count stall 60": "60 stalls"}
    assert len(cluster(_inquiry(stories.REACH + 1, {}))) == 2
    assert len(cluster(_inquiry(stories.REACH + 1, both))) == 1
    assert len(cluster(_inquiry(stories.SOON + 4, both))) == 1
    assert len(cluster(_inquiry(stories.SOON + 4, {"where lindal": "Lindal"}))) == 2, "a place alone joins nothing late"
    assert len(cluster(_inquiry(stories.WINDOW + 1, both))) == 2
    (made,) = stories.stories(_inquiry(stories.REACH + 1, both), {})[0]
    assert made.words[:3] == ("Lindal", "Ines Corvo", "60 stalls")
    assert not {"Ines", "Corvo", "60"} & set(made.words)


def test_what_many_happenings_of_a_day_name_joins_none_of_them() -> None:
    named = {"who ines corvo": "Ines Corvo", "where lindal": "Lindal"}
    crowd = [
        stories.report(
            f"crowd{at}", title="", text=" ".join(f"w{at}x{word}" for word in range(30)), day=DAY, named=named
        )
        for at in range(12)
    ]
    together = cluster(_inquiry(stories.REACH + 1, named))
    assert len(together) == 1
    assert len(cluster([*_inquiry(stories.REACH + 1, named), *crowd])) == 2 + len(crowd)


def test_a_report_with_one_faint_neighbour_does_not_become_like_it(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = (" ".join(FIRE), " ".join(TREATY) + " Two firefighters stood at the market hall, in case a fire broke out.")
    every = [stories.report(text[:9], title="", text=text, day=DAY) for text in texts]
    assert len(cluster(every)) == 2
    monkeypatch.setattr(stories, "FEW", 0.0)
    assert len(cluster(every)) == 1


def test_marks_are_named_people_and_bodies_small_places_and_exact_counts() -> None:
    text = "PORT AVEL (Wire) - Ines Corvo of the Harbour Board said in Lindal that 60 stalls burnt and 12 people died."
    article = msgspec.structs.replace(
        report(text, source="Wire", published=None).article, dateline_span=Span(0, text.index("Ines"))
    )

    def seen(words: str) -> Provenance:
        at = text.index(words)
        return Provenance(evidence=(Span(at, at + len(words)),), coder="test/1", confidence=1.0)

    def actor(name: str, kind: ActorKind, words: str) -> Actor:
        return Actor(id=name, provenance=seen(words), name=name, kind=kind, mentions=seen(words).evidence)

    def place(name: str, geoname: int | None, words: str) -> Place:
        return Place(
            id=words, provenance=seen(words), name=name, geoname=geoname, kind="city", mention=seen(words).evidence[0]
        )

    def count(low: float, words: str, unit: str) -> Figure:
        outcome = "killed" if unit == "person" else None
        return Figure(
            id=words, provenance=seen(words), low=low, high=low, bound="exact", unit=unit, head=unit, outcome=outcome
        )

    record = Record(
        article=article,
        codebook="plover/1",
        sentences=(Span(0, len(text)),),
        actors=(
            actor("Ines Corvo", "person", "Ines Corvo"),
            actor("Harbour Board", "organisation", "Harbour Board"),
            actor("a neighbour", "person", "said"),
            actor("Avelia", "state", "AVEL"),
        ),
        places=(place("Port Avel", 7, "PORT AVEL"), place("Lindal", None, "Lindal")),
        figures=(count(60, "60 stalls", "stall"), count(12, "12", "person"), count(2, "Wire", "boat")),
    )
    assert stories.marks(record) == {
        "who ines corvo": "Ines Corvo",
        "who harbour board": "Harbour Board",
        "where lindal": "Lindal",
        "count stall 60": "60 stalls",
        "count killed 12": "12 killed",
    }
    made = stories.of(record)
    assert (made.id, made.marks) == (article.id, stories.marks(record))
