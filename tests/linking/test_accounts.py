from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from dateline.intake.text import verbatim
from dateline.linking.accounts import Account, Blame, accounts, disputes, kilometres
from dateline.links import Dispute, DisputeSide
from dateline.pipeline.assembly import Reader
from dateline.records import Actor, Place, Provenance, Span

WHEN = datetime(2026, 3, 4, 8, tzinfo=UTC)


def _account(number: int, words: str, holder: str | None, **other: Any) -> Account:
    stems = tuple(words.split())
    fields: dict[str, Any] = {
        "article": f"n{number}",
        "voice": f"n{number}",
        "known": WHEN,
        "story": "y1",
        "cite": f"s{number}",
        "holder": holder,
        "party": frozenset((holder or "").lower().split()),
        "stems": stems,
        "surface": stems,
        "quotes": words,
    }
    return Account(**(fields | other))


def _place(name: str, latitude: float | None, longitude: float | None = 10.0) -> Place:
    return Place(
        id=f"p{name}",
        provenance=Provenance(evidence=(Span(0, 1),), coder="made/1", confidence=1.0),
        name=name,
        latitude=latitude,
        longitude=longitude,
        kind="city",
        mention=Span(0, 1),
    )


def _actor(name: str, country: str | None, sector: str | None = "MIL") -> Actor:
    return Actor(
        id=f"a{name}",
        provenance=Provenance(evidence=(Span(0, 1),), coder="made/1", confidence=1.0),
        name=name,
        kind="armed group",
        country=country,
        sector=sector,
        mentions=(Span(0, 1),),
    )


def _kinds(*told: Account) -> list[str]:
    return [each.kind for each in disputes(told, ())[0]]


def test_a_denial_stands_against_what_others_affirm_in_the_same_words() -> None:
    yes = _account(1, "dam burst village", "residents")
    no = _account(2, "dam burst", "the state", negative=True, denies=True)
    (found,), sides = disputes((yes, no), ())
    assert (found.kind, found.story, found.incident, found.sides) == ("status", "y1", None, 2)
    assert {(side.says, side.holder, side.findings) for side in sides} == {
        ("affirmed", "residents", ("s1",)),
        ("denied", "the state", ("s2",)),
    }
    assert disputes((no, yes), ()) == disputes((yes, no), ())
    assert not _kinds(yes, _account(3, "market price rice", "the state", negative=True, denies=True))
    assert not _kinds(yes, _account(3, "dam burst", "residents", negative=True, denies=True)), "one party"
    assert not _kinds(yes, _account(3, "dam burst", "others"))


def test_days_and_places_differ_for_one_turn_of_events_only() -> None:
    sunday = _account(1, "ferry sink island", "the coast guard", days=((date(2026, 3, 1), date(2026, 3, 1)),))
    monday = _account(2, "ferry sink night", "the owner", days=((date(2026, 3, 2), date(2026, 3, 2)),))
    assert _kinds(sunday, monday) == ["day"]
    either = _account(3, "ferry sink", "the crew", days=((date(2026, 3, 1), date(2026, 3, 2)),))
    assert not _kinds(sunday, either)
    assert not _kinds(sunday, _account(4, "harbour police search", "the owner", days=monday.days))
    here = _account(1, "army sign ceasefire", "the army", places=(_place("Akla", 10.0),))
    there = _account(2, "rebels sign ceasefire", "the rebels", places=(_place("Borna", 12.0),))
    assert _kinds(here, there) == ["place"]
    near = _account(2, "rebels sign ceasefire", "the rebels", places=(_place("Akla Port", 10.1),))
    assert not _kinds(here, near)
    assert kilometres(_place("Akla", 0.0, 0.0), _place("Borna", 0.0, 1.0)) == pytest.approx(111.2, abs=0.1)


def test_a_later_day_for_what_is_to_come_is_a_postponement() -> None:
    first = _account(1, "next round held", "the ministry", days=((date(2026, 3, 14), date(2026, 3, 14)),), ahead=True)
    other = _account(2, "next round held", "the rebels", days=((date(2026, 3, 21), date(2026, 3, 21)),), ahead=True)
    assert _kinds(first, other) == ["day"]
    later = _account(3, "next round held", "the rebels", days=other.days, ahead=True, known=WHEN + timedelta(days=4))
    assert not _kinds(first, later)


def test_one_deed_of_two_actors_that_cannot_be_the_same() -> None:
    def told(number: int, who: str, country: str, holder: str) -> Account:
        return _account(
            number,
            f"{who} fired mortars village",
            holder,
            doers=((1, False, _actor(f"{who} troops", country)),),
        )

    first, other = told(1, "northern", "PRK", "Seoul"), told(2, "southern", "KOR", "Pyongyang")
    (found,), sides = disputes((first, other), ())
    assert (found.kind, found.what) == ("actor", "fired")
    assert {side.says for side in sides} == {"northern troops", "southern troops"}
    assert not _kinds(first, told(3, "border", "PRK", "Pyongyang"))
    assert not _kinds(first, told(3, "southern", "KOR", "Seoul"))


def test_blame_is_disputed_when_another_is_blamed_or_the_blamed_deny() -> None:
    def blame(number: int, holder: str, name: str, *, disowned: bool = False) -> Blame:
        return Blame(_account(number, "attack", holder), frozenset(name.lower().split()), name, disowned)

    def sides(*blames: Blame) -> list[str]:
        return sorted(side.says for side in disputes((), blames)[1])

    army = blame(1, "the doctors", "Army")
    assert sides(army, blame(2, "Army", "Rebels")) == ["by Army", "by Rebels"]
    assert sides(army, blame(2, "Army", "Army", disowned=True)) == ["by Army", "not Army"]
    assert sides(army, blame(2, "Navy", "Navy", disowned=True)) == [], "nobody blamed the navy"
    assert sides(army, blame(2, "the nurses", "Army")) == []


def _read(reader: Reader, *texts: str) -> tuple[list[Dispute], list[DisputeSide]]:
    told: list[Account] = []
    blames: list[Blame] = []
    articles = [
        verbatim(text, url=f"https://x.example/{at}", source=f"Paper {at}", title="News", published="2026-03-04")
        for at, text in enumerate(texts)
    ]
    for record in reader.code(articles):
        clauses, blamed = accounts(record, story="y1", voice=record.article.id, known=WHEN)
        told += clauses
        blames += blamed
    return disputes(told, blames)


def test_accounts_are_read_off_reports(reader: Reader) -> None:
    found, sides = _read(
        reader,
        "The mayor of Brezna, Ana Kolar, said that the bridge at the mill had collapsed on Monday. Nobody was hurt.",
        "The road ministry denied that the bridge had collapsed. It said the mill would open again in May.",
    )
    assert [each.kind for each in found] == ["status"]
    assert {side.says for side in sides} == {"affirmed", "denied"}
    found, _ = _read(
        reader,
        "The mayor of Brezna, Ana Kolar, said that the bridge at the mill had collapsed on Monday.",
        "The road ministry said that the bridge at the mill had been opened again for lorries.",
    )
    assert not found


@pytest.mark.parametrize("text", ["", " ", "\x00\ud800 “", "no " * 3000, "denied denied. Not. No? " * 40])
def test_nothing_is_raised_by_odd_text(text: str, reader: Reader) -> None:
    assert _read(reader, text or " ") == ([], [])
