"""Precision of events on plain news, from verdicts of readers.

    python -m benchmarks.quality.judged_events [--draw N] [--data DATA]
    python -m benchmarks.quality.judged_events --data DATA --list LIST [--count 120] [--seed 1] [--least P]
    python -m benchmarks.quality.judged_events --verdicts LIST.verdicts.jsonl --list LIST --draw N

``judged/events_plain.jsonl`` holds events drawn at random (fixed seeds, at most two an article) from what the coder
found at the time in articles of LGL, GeoWebNews, GeoVirus and PolNeAR that no event rule had been tuned on, one a
line: corpus file, article id, code point offsets of the trigger and of the first mention of each source, type,
confidence, verdict and error class. No text is kept. ``right`` means type, source and target together; status and
place are not judged.

Draw 1 (100) came before the rules it led to, draws 2 to 5 (60 each, other articles but for draw 5, which took events
not seen before from the articles of 2 to 4) each after the rules made of the draws before. Draw 6 (110, other articles
again) came before the judge of events was trained; draw 7 (37, of the same articles) took the types that were weak
until then and is no measure of the whole. Draw 8 (100, other articles) came after the judge and rules made of 6 and 7,
draw 9 (94, other articles) after rules made of 8 and a judge trained on 1 to 8. Draws 10 and 11 took what the judge
doubts too (from .2 on; what it kept has a confidence of .45 or more), each by another reader: 10 (250) of articles
nobody had read, of ECB+, MEANTIME and pages of news sites besides, with rules and judge made of 1 to 9, 11 (177) of the
older articles, where nobody had judged that candidate. Draws 12 to 14 (140, 130, 110) took from the articles of 10 only
what rules made since then find and nobody had judged, events without a doer or a target above all; the reader was the
one who trains the judge, without seeing its opinion. They are harder than the whole and no measure of it. Draw 15 (112,
kept events of articles nobody had read, by another reader) came after all these rules and a judge trained on 1 to 14.
Draw 16 (130, what has a probability of .4 or more, of other articles again, celebrities and soft news among them) came
after the models were learned from whole openings, draw 17 (28 that are not in 16, of 47) is what the coder before them
found in the same articles, by another reader; 19 events both judged, and agreed on 18. The judge that ships has seen 1
to 17. Draw 18 (110, from .4 on, articles nobody had read) came after it, and is the last the judge is trained on; draw
19 (90, other articles) came after that. Draws 20 and 21 are of models trained on reports of our own, with another judge
than ships: 20 (120) of articles in which no draw before had found an event, so that all it has is new and doubtful, 21
(114) of any articles no model is trained on, some of them in 19 or 20 too. Draw 22 (110) is of the models that ship, in
the LGL, GeoWebNews, GeoVirus and PolNeAR articles no model is trained on. From draw 6 on the first mention of each
target is kept too.

``--data`` names the folder of the benchmark corpora: the coder as it stands reads the articles again, and only what it
still finds with the same type is counted. That figure is of rules made after reading these very errors, and no measure
of new text.

``--list`` draws events to be judged, of articles nobody has judged, at most two an article: LIST.txt shows each in its
text, LIST.jsonl has its row. A reader writes LIST.verdicts.jsonl, a line an event: ``{"n": 0, "right": false, "error":
"sense"}``; the third form appends rows with verdicts to the file above.

Error classes: ``who`` (an actor is someone else), ``source`` and ``target`` (another actor of the sentence, or none),
``source missed`` and ``target missed`` (named, but not found), ``type`` (an event of another type), ``sense`` (no such
event: another meaning of the word), ``attack in words``.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from benchmarks.quality.judged_statements import Share
from benchmarks.quality.task import Row, drafts
from dateline.coding.actors import ActorCoder
from dateline.coding.coder import Coder, Draft
from dateline.coding.event_judge import LEAST, Candidate, Party
from dateline.coding.events import EventCoder
from dateline.coding.places import PlaceCoder
from dateline.coding.statements import StatementCoder
from dateline.coding.times import TimeCoder
from dateline.records import Event

CORPORA = {
    "lgl_dev.jsonl": "places",
    "gwn_dev.jsonl": "places",
    "geovirus_dev.jsonl": "places",
    "polnear_train.jsonl": "statements",
    "ecbplus_train.jsonl": "incidents",
    "meantime_dev.jsonl": "times",
    "fundus_dev.jsonl": "pages",
}
"""Files of plain news, and the folder each lies in."""
PER_ARTICLE = 2
"""Most events drawn from one article."""
ENGLISH = 0.08
"""Least share of "the", "of", "and", "to" in a text that is taken for English."""
JUDGED = Path(__file__).parent / "judged" / "events_plain.jsonl"
OPENINGS = Path(__file__).parent / "judged" / "events_openings.jsonl"
"""Openings of articles with all their events; see :mod:`benchmarks.quality.judged_events_recall`."""
MIDDLES = OPENINGS.with_name("events_middles.jsonl")
"""Parts of articles from further down, in the same way."""


def articles(data: Path, file: str) -> Iterator[Row]:
    """Articles of a corpus file as they are judged: id, text, and date if it is a whole one."""
    for line in (data / CORPORA[file] / file).read_text(encoding="utf-8").splitlines():
        row = cast("Row", json.loads(line))
        text, date = row.get("text"), row.get("date") or row.get("dct") or ""
        if text is None:  # a page: its first article
            page = row["articles"][0]
            text, date = "\n\n".join(page["paragraphs"]), (page["published"] or "")[:10]
        yield {"id": str(row["id"]), "text": text, "date": date if len(date) == 10 else None}


def coded(rows: Sequence[Row]) -> Iterator[Draft]:
    """Drafts with the findings that events need."""
    return drafts(rows, [ActorCoder(), PlaceCoder(), TimeCoder(), StatementCoder()])


def by_article(
    data: Path, rows: Sequence[Row], coders: Sequence[Coder] | None = None
) -> Iterator[tuple[list[Row], Draft]]:
    """The articles that rows name, by corpus file, each with its rows and its draft.

    Args:
        data: Folder of the corpora.
        rows: Rows with ``file`` and ``id``.
        coders: Whose findings the drafts have, in the order of their needs; those that events need unless given.
    """
    for file in sorted({row["file"] for row in rows}):
        of: dict[str, list[Row]] = {}
        for row in rows:
            if row["file"] == file:
                of.setdefault(row["id"], []).append(row)
        those = [article for article in articles(data, file) if article["id"] in of]
        read = coded(those) if coders is None else drafts(those, coders)
        for article, draft in zip(those, read, strict=True):
            yield of[article["id"]], draft


def load(path: Path = JUDGED) -> list[Row]:
    """The verdicts."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def share(rows: Sequence[Row]) -> Share:
    """Share of events whose type, source and target are all right."""
    return Share(sum(row["right"] for row in rows), len(rows))


def still_found(rows: Sequence[Row], data: Path) -> list[Row]:
    """The judged events that the coder as it stands finds again: same trigger and type."""
    found: set[tuple[str, str, int, str]] = set()
    coder = EventCoder()
    for (first, *_), draft in by_article(data, rows):
        draft.events = cast("tuple[Event, ...]", coder.code([draft])[0])
        found.update((first["file"], first["id"], event.trigger.start, event.relation) for event in draft.events)
    return [row for row in rows if (row["file"], row["id"], row["trigger"][0], row["relation"]) in found]


@dataclass(slots=True)
class Drawn:
    """A candidate to be judged."""

    file: str
    article: str
    draft: Draft
    candidate: Candidate
    probability: float


def draw(pool: Iterable[tuple[str, str, Draft]], count: int, seed: int, least: float) -> list[Drawn]:
    """Candidates drawn at random, in text order.

    Args:
        pool: Articles to draw from: file, id, draft.
        count: How many at most.
        seed: Of the random numbers.
        least: Least probability of what is drawn; :data:`dateline.coding.event_judge.LEAST` gives events alone.
    """
    chance = random.Random(seed)  # noqa: S311
    coder = EventCoder()
    found: list[Drawn] = []
    for file, article, draft in pool:
        mine = [Drawn(file, article, draft, one, share) for share, one in coder.kept(draft, least)]
        chance.shuffle(mine)
        found += mine[:PER_ARTICLE]
    order = {(each.file, each.article): number for number, each in enumerate(found)}
    chance.shuffle(found)
    return sorted(found[:count], key=lambda each: (order[each.file, each.article], each.candidate.frame.trigger))


def fresh(data: Path, seed: int, count: int) -> Iterator[tuple[str, str, Draft]]:
    """English articles nobody has judged or annotated, drawn at random, with their drafts."""
    judged = {(row["file"], row["id"]) for path in (JUDGED, OPENINGS, MIDDLES) for row in load(path)}
    rows: list[Row] = []
    for file in CORPORA:
        for article in articles(data, file):
            words = article["text"].lower().split()
            english = sum(word in ("the", "of", "and", "to") for word in words) >= ENGLISH * len(words) > 0
            if english and (file, article["id"]) not in judged:
                rows.append({**article, "file": file})
    random.Random(seed).shuffle(rows)  # noqa: S311
    rows = sorted(rows[:count], key=lambda row: (row["file"], row["id"]))
    for row, draft in zip(rows, coded(rows), strict=True):
        yield row["file"], row["id"], draft


def shown(number: int, one: Drawn) -> str:
    """A candidate in its text, for a reader."""
    a, frame = one.draft.analysis, one.candidate.frame
    sentence = a.sentence_of[frame.trigger]
    start, end = (a.starts[a.sentences[sentence][0]], a.ends[a.sentences[sentence][1] - 1])
    before = a.text[a.starts[a.sentences[max(0, sentence - 3)][0]] : start]
    told = f"{a.text[start : a.starts[frame.trigger]]}>>{a.words[frame.trigger]}<<{a.text[a.ends[frame.trigger] : end]}"

    def parties(side: Sequence[Party]) -> str:
        named = (
            f'{actor.name}[{actor.kind},{actor.country},{actor.sector}] at "{a.quote(max(0, token - 2), token + 1)}"'
            for actor, token in side
        )
        return " ".join("; ".join(named).split()) or "-"

    return (
        f"#{number} {frame.relation}.{frame.mode} ({one.candidate.status})  {one.file} {one.article[:40]}\n"
        f"   S: {parties(one.candidate.sources)}\n   T: {parties(one.candidate.targets)}\n"
        f"   ({' '.join(before.split())[-500:]})\n   {' '.join(told.split())}\n"
    )


def row_of(one: Drawn) -> Row:
    """A candidate as the file of verdicts keeps it, without its verdict."""
    a, frame = one.draft.analysis, one.candidate.frame
    sources, targets = (
        [min(mention.start for mention in actor.mentions) for actor, _ in side]
        for side in (one.candidate.sources, one.candidate.targets)
    )
    return {
        "file": one.file,
        "id": one.article,
        "trigger": [a.starts[frame.trigger], a.ends[frame.trigger]],
        "relation": frame.relation,
        "sources": sources,
        "targets": targets,
        "confidence": round(one.probability, 2),
    }


def write(drawn: Sequence[Drawn], out: Path) -> None:
    """A list to be judged: OUT.txt to read, OUT.jsonl with the rows."""
    out.with_suffix(".txt").write_text(
        "\n".join(shown(number, one) for number, one in enumerate(drawn)), encoding="utf-8"
    )
    lines = (json.dumps(row_of(one)) + "\n" for one in drawn)
    out.with_suffix(".jsonl").write_text("".join(lines), encoding="utf-8")


def judged(rows: Path, verdicts: Path, number: int) -> list[Row]:
    """Rows of a list with the verdicts of its reader.

    Raises:
        ValueError: An event of the list has no verdict.
    """
    drawn = load(rows)
    said = {row["n"]: row for row in load(verdicts)}
    if sorted(said) != list(range(len(drawn))):
        raise ValueError(f"{verdicts}: not one verdict for each of {len(drawn)} events")
    return [
        {"draw": number, **{key: value for key, value in row.items() if key != "draw"}, "right": said[n]["right"],
         "error": said[n].get("error")}
        for n, row in enumerate(drawn)
    ]  # fmt: skip


def main() -> None:
    """Print precision by draw, type and file, and how many errors there are of each class; or draw, or add a draw."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--data", type=Path, help="folder of the corpora; alone: count only what is still found")
    asked.add_argument("--draw", type=int, help="this draw alone; with --verdicts: its number")
    asked.add_argument("--list", type=Path, help="the list to be judged, without its ending")
    asked.add_argument("--count", type=int, default=120, help="events to draw")
    asked.add_argument("--articles", type=int, default=300, help="articles to draw them from")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--least", type=float, default=LEAST, help="least probability of what is drawn")
    asked.add_argument("--verdicts", type=Path, help="the verdicts on a list, to be kept with the others")
    given = asked.parse_args()
    if given.verdicts:
        rows = judged(given.list.with_suffix(".jsonl"), given.verdicts, given.draw)
        with JUDGED.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)
        print(f"{len(rows)} verdicts added: {share(rows)}")
        return
    if given.list:
        drawn = draw(fresh(given.data, given.seed, given.articles), given.count, given.seed, given.least)
        write(drawn, given.list)
        print(f"{len(drawn)} events of {len({(each.file, each.article) for each in drawn})} articles")
        return
    rows = [row for row in load() if given.draw in (None, row["draw"])]
    if given.data:
        kept = still_found(rows, given.data)
        print(f"{len(kept)} of {len(rows)} judged events are still found")
        rows = kept
    print(f"{'all':28} {share(rows)}")
    for key in ("draw", "file", "relation"):
        for value in sorted({row[key] for row in rows}):
            print(f"  {key} {value!s:20} {share([row for row in rows if row[key] == value])}")
    for error, count in Counter(row["error"] for row in rows if row["error"]).most_common():
        print(f"  error: {error:18} {count}")


if __name__ == "__main__":
    main()
