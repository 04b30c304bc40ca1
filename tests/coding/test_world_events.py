"""Events of world news: sentences of our own with what a reader would code, written before the coder saw them.

A line is a sentence and its events, ``TYPE|source|target|status`` with ``;`` between events; ``A/B`` where either type
would do, a party as a country code or in the words of the text, ``-`` for none. First run: recall .58, precision .82.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.evaluation.gold import Reading, Wanted
from dateline.evaluation.scores import Scoring
from dateline.intake import jsonl
from dateline.intake.extract import Raw
from dateline.intake.settings import Settings
from dateline.pipeline.assembly import load
from dateline.records import Article, Record

SENTENCES = Path(__file__).parent / "world_events.tsv"


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
def test_events_of_world_news() -> None:
    rows = [line.split("\t") for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
    records = load().code([_article(text) for text, _ in rows])
    scoring = Scoring()
    for (_, listed), record in zip(rows, records, strict=True):
        scoring.add(Reading(record.article.text, record.article, {"events": _wanted(listed, record)}), record)
    figures = {each.measure: each for each in scoring.scores()}
    whole = figures["type, source and target"]
    missed = "\n".join(f"{each.what}: {each.where} {each.says}" for each in scoring.misses)
    assert whole.recall >= 0.66, missed
    assert whole.precision >= 0.8, missed
    assert all(each.right >= 0.95 * each.of for each in scoring.shares() if each.field == "status")
