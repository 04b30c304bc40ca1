"""States: their names, adjectives, people, capitals and the seats that stand for a government."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

TermKind = Literal["name", "adjective", "person", "people", "capital", "city", "seat"]

STATELESS: dict[str, str] = {
    "IGO": "intergovernmental organisation",
    "UNO": "United Nations",
    "EUR": "European Union and its bodies",
    "NGO": "international non-governmental organisation",
    "ISM": "militant movement across borders",
    "IMG": "armed group across borders",
    "MNC": "multinational company",
}
"""PLOVER's codes in place of a country for actors that belong to no state."""


@dataclass(frozen=True, slots=True)
class State:
    """One state, or a territory that PLOVER codes as one."""

    code: str
    """ISO 3166-1 alpha-3; KOS for Kosovo; the former code of a dissolved state."""
    alpha2: str | None
    name: str
    names: tuple[str, ...]
    """Every name, the usual one first."""
    adjectives: tuple[str, ...]
    people: tuple[tuple[str, str], ...]
    """Nouns for its people, singular and plural."""
    capitals: tuple[str, ...]
    """Cities that stand for the government in news: ``Beijing``."""
    cities: tuple[str, ...]
    """Capitals and seats that never stand for the government alone: too many other meanings."""
    seats: tuple[str, ...]
    """Buildings and streets that stand for the government: ``Kremlin``."""


@dataclass(frozen=True, slots=True)
class Term:
    """What a word or phrase has to do with a state."""

    code: str
    kind: TermKind
    name: str
    """The state's usual name."""


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)


def _people(adjectives: tuple[str, ...], irregular: str) -> tuple[tuple[str, str], ...]:
    pairs = [tuple(pair.split("/")) for pair in _split(irregular)]
    # "Russian, Russians", "Iraqi, Iraqis"; "Chinese", "French", "Dutch" have no such plural.
    pairs += [(word, word + "s") for word in adjectives if word.endswith(("an", "i", "ian", "k", "ot", "b"))]
    return tuple((one, many) for one, many in dict.fromkeys(pairs))


@cache
def states() -> dict[str, State]:
    """Every state by code, in the order of the table."""
    found: dict[str, State] = {}
    text = files("dateline.knowledge").joinpath("data/actors/states.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith(("#", "alpha3\t")):
            continue
        code, alpha2, name, others, adjectives, people, capitals, seats = line.split("\t")
        usual = _split(adjectives)
        towns = _split(capitals)
        houses = _split(seats)
        found[code] = State(
            code=code,
            alpha2=alpha2 or None,
            name=name,
            names=(name, *_split(others)),
            adjectives=usual,
            people=_people(usual, people),
            capitals=tuple(town for town in towns if not town.endswith("!")),
            cities=tuple(town[:-1] for town in (*towns, *houses) if town.endswith("!")),
            seats=tuple(house for house in houses if not house.endswith("!")),
        )
    return found


@cache
def terms() -> dict[str, Term]:
    """Every word and phrase for a state as written, curly apostrophes as straight ones.

    Where a term belongs to two states the first in the table has it, but for names of the state itself;
    "Congolese" and "Congo" are the larger of the two.
    """
    found: dict[str, Term] = {}
    order: tuple[TermKind, ...] = ("name", "adjective", "people", "person", "capital", "seat", "city")
    for kind in order:
        for state in states().values():
            for term in _terms_of(state, kind):
                found.setdefault(term.replace("’", "'"), Term(state.code, kind, state.name))
    found["Congolese"] = Term("COD", "adjective", "Democratic Republic of the Congo")
    return found


@cache
def regions() -> dict[str, str]:
    """Code of the state that a part of a state or a people within it belongs to, by name as written.

    They tell the country of people named after them; alone they never stand for the state. "Punjab" or "Tamil",
    which two states share, are the one that news means more often.
    """
    found: dict[str, str] = {}
    text = files("dateline.knowledge").joinpath("data/actors/regions.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith(("#", "alpha3\t")):
            continue
        code, places, peoples = line.split("\t")
        for name in (*_split(places), *_split(peoples)):
            found.setdefault(name, code)
            found.setdefault(name + "s", code)
    return found


def _terms_of(state: State, kind: TermKind) -> tuple[str, ...]:
    if kind == "name":
        return state.names
    if kind == "adjective":
        return state.adjectives
    if kind == "people":
        return tuple(many for _, many in state.people)
    if kind == "person":
        return tuple(one for one, _ in state.people)
    if kind == "capital":
        return state.capitals
    return state.seats if kind == "seat" else state.cities


def term(phrase: str) -> Term | None:
    """What a phrase has to do with a state; its case counts ("US", not "us"; "TURKEY" in capitals is read too)."""
    phrase = phrase.replace("’", "'")
    found = terms().get(phrase)
    if found is None and len(phrase) > 3 and phrase.isupper():
        found = terms().get(phrase.title())
    return found


def state(code: str) -> State | None:
    """The state of an alpha-3 code."""
    return states().get(code)
