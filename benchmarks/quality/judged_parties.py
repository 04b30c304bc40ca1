"""Whether the parties of annotated events are actors, with a sector and a country.

    python -m benchmarks.quality.judged_parties --data DIR

``judged/parties.jsonl`` holds the parties of the PLOVER events that readers marked in 213 openings of articles: corpus
file, article id, code point offsets of the words that name the party, whether the reader is sure that a coder must
find the event, and whether the words are a pronoun. No text is kept. None of these articles was read while the first
actor rules were made; parties that were no actors in some of them were read for later ones.

A party is found where an actor has a mention around the head of its words. That the sector and the country are right
is not asked here: of 150 parties drawn from others nine in ten were.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.quality.judged_events import by_article
from benchmarks.quality.judged_statements import Share
from benchmarks.quality.task import Row
from dateline.coding.actors import ActorCoder
from dateline.coding.coder import Draft
from dateline.coding.places import PlaceCoder
from dateline.coding.setting import settled
from dateline.records import Actor, Span

PARTIES = Path(__file__).parent / "judged" / "parties.jsonl"


def meant(draft: Draft, span: Span) -> Actor | None:
    """The actor whose mention the head of a party's words stands in, the shortest where several do."""
    a = draft.analysis
    tokens = a.tokens_in(span)
    if not tokens:
        return None
    head = a.head_of(tokens)
    at = Span(a.starts[head], a.ends[head])
    around = [
        (mention.end - mention.start, number, actor)
        for number, actor in enumerate(draft.actors)
        for mention in actor.mentions
        if mention.holds(at)
    ]
    return min(around, key=lambda each: each[:2])[2] if around else None


def found(data: Path, rows: Sequence[Row]) -> Iterator[tuple[Row, Actor | None]]:
    """Each party with the actor that it is, where it is one."""
    for mine, draft in by_article(data, rows, [ActorCoder(), PlaceCoder()]):
        draft.actors = settled(draft)
        for row in mine:
            yield row, meant(draft, Span(*row["party"]))


def main() -> None:
    """Print the shares, of nouns and of pronouns."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    rows = [json.loads(line) for line in PARTIES.read_text(encoding="utf-8").splitlines()]
    pairs = list(found(asked.parse_args().data, rows))
    for pronoun, kind in ((False, "nouns"), (True, "pronouns")):
        for sure in (False, True):
            some = [who for row, who in pairs if row["pronoun"] == pronoun and (row["sure"] or not sure)]
            actors = [who for who in some if who is not None]
            print(
                f"{kind}{', sure' if sure else ''}: an actor {Share(len(actors), len(some))}, "
                f"with a sector {Share(sum(who.sector is not None for who in actors), len(some))}, "
                f"with a country {Share(sum(who.country is not None for who in actors), len(some))}"
            )


if __name__ == "__main__":
    main()
