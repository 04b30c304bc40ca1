"""Incidents: given event words of many articles, those of one event together, for ``score_incidents.py``.

The stories the articles fall into are our own too: only events of one story are compared. Of the marked words
only the place and that they name an event is seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from benchmarks.quality import stories
from benchmarks.quality.task import Row, article, drafts
from dateline.coding.actors import ActorCoder
from dateline.coding.places import PlaceCoder
from dateline.coding.times import TimeCoder
from dateline.linking import event_pairs, incidents
from dateline.linking.event_pairs import Mention
from dateline.records import Span

SEES = ("id", "text", "title", "date", "url", "mentions.start", "mentions.end", "mentions.kind", "mentions.selected")
KIND = "EVENT"


def predict(rows: Sequence[Row]) -> Iterator[Row]:
    """The chain of each event word of each row."""
    chains: dict[tuple[str, int, int], str] = {}
    for number, (found, texts) in enumerate(read(rows)):
        for at, group in enumerate(incidents.grouped([each for each, _ in found], texts)):
            members = {each.id for each in group}
            for mention, key in found:
                if mention.id in members:
                    chains[key] = f"{number}.{at}"
    for row in rows:
        yield {
            "id": row["id"],
            "mentions": [
                {"start": each["start"], "end": each["end"], "chain": chains[row["id"], each["start"], each["end"]]}
                for each in events(row)
            ],
        }


def events(row: Row) -> list[Row]:
    """The marked event words of a row that count, each once."""
    kept: dict[tuple[int, int], Row] = {}
    for each in row.get("mentions", ()):
        if each.get("kind", KIND) == KIND and each.get("selected", True):
            kept.setdefault((each["start"], each["end"]), each)
    return list(kept.values())


def read(rows: Sequence[Row]) -> list[tuple[list[tuple[Mention, tuple[str, int, int]]], dict[str, Counter[str]]]]:
    """For each story its mentions, with their row's id and their span, and the words of its articles."""
    clusters = {each["id"]: each["cluster"] for each in stories.predict(rows)}
    result: dict[str, tuple[list[tuple[Mention, tuple[str, int, int]]], dict[str, Counter[str]]]] = {}
    for row, draft in zip(rows, drafts(rows, (ActorCoder(), PlaceCoder(), TimeCoder())), strict=True):
        found, texts = result.setdefault(clusters[row["id"]], ([], {}))
        marked = events(row)
        spans = [(f"{row['id']}:{each['start']}-{each['end']}", (Span(each["start"], each["end"]),)) for each in marked]
        mentions = event_pairs.mentions(draft.record("plover/1"), spans)
        found += (
            (mention, (row["id"], each["start"], each["end"])) for mention, each in zip(mentions, marked, strict=True)
        )
        texts[draft.article.id] = event_pairs.terms(article(row).text)
    return [result[cluster] for cluster in sorted(result)]
