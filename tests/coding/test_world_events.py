"""Events of world news: sentences of our own with what a reader would code, written before the coder saw them.

A line is a sentence and its events, ``TYPE|source|target|status`` with ``;`` between events; ``A/B`` where either type
would do, a party as a country code or in the words of the text, ``-`` for none. First run of the first set: recall .58,
precision .82; of the second, written when the first had been worked on: recall .47, precision .64; of the third, written
when both had been: recall .31, precision .61 (ten of its lines named a party or a type in other words than the record
has them and were put right later). The judge of events has since been trained on all three, so they measure no unseen
text any more.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from dateline.evaluation.gold import Reading, Wanted
from dateline.evaluation.scores import Scoring
from dateline.intake import jsonl
from dateline.intake.extract import Raw
from dateline.intake.settings import Settings
from dateline.pipeline.assembly import Reader, load
from dateline.records import Article, Record

SENTENCES = Path(__file__).parent


@cache
def coder() -> Reader:
    return load()


def _article(text: str) -> Article:
    line = json.dumps({"text": text, "published": "2025-03-07", "title": "", "language": "en"}).encode()
    article = jsonl.articles(Raw(data=line, where="sentence"), Settings())[0]
    assert isinstance(article, Article)
    return article


def _wanted(listed: str, record: Record) -> list[Wanted]:
    have = {event.relation for event in record.events}
    found: list[Wanted] = []
    for one in [] if listed == "-" else listed.split(";"):
        types, source, target, status = one.split("|")
        either = types.split("/")
        fields = {
            "relation": next((each for each in either if each in have), either[0]),
            "sources": [] if source == "-" else [source],
            "targets": [] if target == "-" else [target],
            "status": status,
        }
        found.append(Wanted((), fields))
    return found


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("name", "recall"),
    [
        ("world_events", 0.66),
        ("world_events_second", 0.66),
        ("world_events3", 0.66),
        ("world_events_short", 0.66),
        ("world_events_types", 0.48),  # types that are seldom told
        ("world_events_wire", 0.66),
    ],
)
def test_events_of_world_news(name: str, recall: float) -> None:
    lines = (SENTENCES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    records = coder().code([_article(text) for text, _ in rows])
    scoring = Scoring()
    for (_, listed), record in zip(rows, records, strict=True):
        scoring.add(Reading(record.article.text, record.article, {"events": _wanted(listed, record)}), record)
    figures = {each.measure: each for each in scoring.scores()}
    whole = figures["type, source and target"]
    missed = "\n".join(f"{each.what}: {each.where} {each.says}" for each in scoring.misses)
    assert whole.recall >= recall, missed
    assert whole.precision >= 0.8, missed
    assert all(each.right >= 0.9 * each.of for each in scoring.shares() if each.field == "status")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Clashes between rival gangs broke out in Machala on Sunday.", ("ASSAULT", "rival gangs", None)),
        ("Ecuador declared a curfew on Monday. Human Rights Watch criticised the measure.",
         ("ACCUSE", "Human Rights Watch", "Ecuador")),
        ("Relatives of the prisoners burned tyres outside the prison.", ("PROTEST", "Relatives of the prisoners", None)),
        ("Hundreds of nurses went on strike in Harare.", ("PROTEST", "Hundreds of nurses", None)),
        ("Saudi jets bombed Houthi positions in Yemen.", ("ASSAULT", "Saudi jets", "Houthis")),
        ("Turkey delivered 50 armoured vehicles to Somalia.", ("AID", "Turkey", "Somalia")),
        ("Nine people were arrested in Minsk.", ("COERCE", None, "Nine people")),
        ("The teenager was shot and killed by police in Athens.", ("ASSAULT", "police", "The teenager")),
        ("Chile and Peru accused each other of spying.", ("ACCUSE", "Chile", "Peru")),
        ("Missiles fired by Indian troops struck a mosque in Pakistan on Monday.", ("ASSAULT", "Indian troops", "a mosque")),
        ("India moved to punish Pakistan after accusing it of a raid.", ("ACCUSE", "India", "Pakistan")),
        ("Kenya summoned Ethiopia's charge d'affaires.", ("ACCUSE", "Kenya", "Ethiopia")),
        ("Prosecutors in Lyon are investigating the mayor over fraud.", ("ACCUSE", "Prosecutors", "the mayor")),
        ("Residents were urged to leave their homes.", ("REQUEST", None, "Residents")),
        ("Rebels have kidnapped up to 16 Russian advisers.", ("ASSAULT", "Rebels", "16 Russian advisers")),
        ("The ministers of Kenya and Ethiopia met in Oslo.", ("CONSULT", "The ministers of Kenya", "Ethiopia")),
    ],
)  # fmt: skip
def test_patterns_of_world_news(text: str, wanted: tuple[str, str | None, str | None]) -> None:
    [record] = coder().code([_article(text)])
    names = {actor.id: actor.name for actor in record.actors}
    found = {
        (event.relation, names[source] if source else None, names[target] if target else None)
        for event in record.events
        for source in event.sources or (None,)
        for target in event.targets or (None,)
    }
    assert wanted in found


@pytest.mark.parametrize(
    "text",
    [
        "Nine people were killed in an earthquake in Peru.",
        "Two villagers were injured when a bus crashed near Lima.",
    ],
)
def test_what_nobody_did_is_no_event(text: str) -> None:
    [record] = coder().code([_article(text)])
    assert not record.events


def test_an_army_does_not_strike_its_own_state() -> None:
    [record] = coder().code([_article("Sudan's army bombed a market in El Fasher, Sudan, killing 20 people.")])
    names = {actor.id: actor.name for actor in record.actors}
    struck = {names[target] for event in record.events if event.relation == "ASSAULT" for target in event.targets}
    assert struck == {"20 people"}
