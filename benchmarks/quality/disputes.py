"""Disputes, stories, copies and histories on the sample corpus of reports that differ, and pairs of figures.

python -m benchmarks.quality.disputes [--split dev|second|third|"held out"|fresh|blind|last] [--given-stories] [--show]

The corpus is samples/disputes/reports.jsonl; samples/disputes.gold.json says what a reader must be shown.
A dispute is found when one of its kinds is, with the sentences (for figures: the numbers) of two of its
sides; one marked "may" is neither wanted nor wrong. A second dispute found for the same one counts as right,
and is counted as a repeat.
A trap is fallen into when two of its passages are shown as two sides of a dispute.

python -m benchmarks.quality.disputes predict PAIRS.jsonl --out PRED.jsonl
python -m benchmarks.quality.disputes pairs --data FOLDER [--split dev|blind]

``predict`` labels pairs of figures CONFLICT, UPDATE, AGREE or DIFFERENT, as score_disputes.py reads them: rows
``{"n", "first", "second"}`` (or ``"a"``, ``"b"``), each of the two a text with the offsets of a number,
``{"text", "start", "end"}``, or with the number as written (``"number"``), and a ``date`` where known. ``pairs``
compares it with the 380 pairs that we labelled ourselves, judged/number_pairs.jsonl: offsets into the documents of
FOLDER/ecbplus_train.jsonl and ecbplus_dev.jsonl, whose text is not kept here. They were drawn at random from pairs of
figures of one unit, of two documents of a story, with unequal values, whose sentences share three words or more.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any, cast

import dateline
from benchmarks.quality.task import Row, article
from dateline.linking import contradictions
from dateline.linking.contradictions import Claim
from dateline.links import Story, StoryMember
from dateline.pipeline.link import incidents, link, series
from dateline.pipeline.link.disputes import update
from dateline.records import Figure, Record
from dateline.store.warehouse import open_store

CORPUS = Path(__file__).parents[2] / "samples" / "disputes" / "reports.jsonl"
GOLD = CORPUS.parents[1] / "disputes.gold.json"
PAIRS = Path(__file__).with_name("judged") / "number_pairs.jsonl"
SEES = ("n", "first", "second", "a", "b", "left", "right")
SIDES = (("first", "a", "left"), ("second", "b", "right"))
REACH = 12
"""Characters that the offset given for a number may be off: "about 200" begins before "200"."""

Words = list[list[str]]


@dataclass(slots=True)
class Passages:
    """Where the words of the gold stand in the reports of a store."""

    texts: dict[str, str]
    """Text of each report, by its name."""
    copies: dict[str, list[str]]
    """Each report's copies, itself among them."""

    def spans(self, words: Iterable[Sequence[str]]) -> set[tuple[str, int, int]]:
        """Report, start and end of every place where the words stand, also in copies."""
        found: set[tuple[str, int, int]] = set()
        for name, phrase in words:
            for each in self.copies.get(name, [name]):
                at = self.texts.get(each, "").find(phrase)
                while at >= 0:
                    found.add((each, at, at + len(phrase)))
                    at = self.texts[each].find(phrase, at + 1)
        return found


@dataclass(slots=True)
class Shown:
    """A side of a dispute that was found."""

    words: set[tuple[str, int, int]]
    low: float | None
    high: float | None

    def holds(self, spans: set[tuple[str, int, int]], values: Sequence[float] | None) -> bool:
        """Whether it shows a passage, with its number."""
        if values and self.low is not None and self.low not in values:
            return False
        if values and self.low is None and self.high is not None and self.high not in values:
            return False
        return any(
            one == other and start < end and begin < stop
            for one, start, stop in spans
            for other, begin, end in self.words
        )


@dataclass(slots=True)
class Score:
    """What was found of what a reader must be shown."""

    wanted: int = 0
    reached: int = 0
    found: int = 0
    right: int = 0
    repeats: int = 0
    traps: int = 0
    fallen: int = 0
    sides: int = 0
    sides_reached: int = 0
    points: int = 0
    points_reached: int = 0
    series: int = 0
    series_reached: int = 0
    clusters: tuple[float, float] = (1.0, 1.0)
    copies: tuple[float, float] = (1.0, 1.0)
    told: int = 0
    told_reached: int = 0
    together: int = 0
    together_reached: int = 0
    together_wrong: int = 0
    tied: int = 0
    notes: list[str] = field(default_factory=list[str])

    def precision(self) -> float:
        """Disputes found that are right, 0 to 1."""
        return self.right / self.found if self.found else 0.0

    def recall(self) -> float:
        """Disputes a reader must be shown that were found, 0 to 1."""
        return self.reached / self.wanted if self.wanted else 0.0

    def figures(self) -> dict[str, float]:
        """All figures by name."""
        return {
            "precision": self.precision(),
            "recall": self.recall(),
            "found": self.found,
            "wanted": self.wanted,
            "repeats": self.repeats,
            "sides": self.sides_reached / self.sides if self.sides else 0.0,
            "traps": self.fallen / self.traps if self.traps else 0.0,
            "history points": self.points_reached / self.points if self.points else 0.0,
            "histories": self.series_reached / self.series if self.series else 0.0,
            "incident words": self.told_reached / self.told if self.told else 0.0,
            "incident precision": self.together_reached / ((self.together_reached + self.together_wrong) or 1),
            "incident recall": self.together_reached / self.together if self.together else 0.0,
            "disputes tied": self.tied / self.found if self.found else 0.0,
            "story precision": self.clusters[0],
            "story recall": self.clusters[1],
            "copy precision": self.copies[0],
            "copy recall": self.copies[1],
        }


def measure(store: Any, gold: Sequence[Mapping[str, Any]], split: str | None = None) -> Score:
    """Compare the links of a store that holds the corpus with the gold.

    Args:
        store: A linked store; see :func:`linked`.
        gold: Happenings of the gold file.
        split: Only happenings of this split, such as ``dev`` or ``held out``.
    """
    chosen = [each for each in gold if split is None or each["split"] == split]
    names = {each for happening in chosen for each in happening["reports"]}
    records = {record.article.id: record for record in store.records()}
    name = {key: str(record.article.url).rsplit("/", 1)[1] for key, record in records.items()}
    copies = {each: group for happening in gold for group in happening["copies"] for each in group}
    passages = Passages({name[key]: record.article.text for key, record in records.items()}, copies)
    places = {
        finding.id: (name[key], span.start, span.end)
        for key, record in records.items()
        for finding in record.findings()
        for span in finding.provenance.evidence
    }
    evidence: dict[str, set[tuple[str, int, int]]] = {}
    for key, record in records.items():
        for finding in record.findings():
            spans = finding.provenance.evidence
            if not isinstance(finding, Figure):  # the sentence is what is shown; a figure is told by its number too
                first = spans[0].start
                spans = tuple(each for each in record.sentences if each.start <= first < each.end) or spans
            evidence[finding.id] = {(name[key], span.start, span.end) for span in spans}
    score = Score()
    _disputes(store, chosen, names, passages, evidence, score)
    _histories(store, chosen, passages, places, score)
    _incidents(store, chosen, passages, places, score)
    _groups(store, chosen, name, names, score)
    return score


def _disputes(
    store: Any,
    chosen: Sequence[Mapping[str, Any]],
    names: set[str],
    passages: Passages,
    evidence: Mapping[str, set[tuple[str, int, int]]],
    score: Score,
) -> None:
    shown: dict[str, list[Shown]] = {}
    for side in store.links("dispute_sides"):
        words = {place for finding in side.findings for place in evidence[finding]}
        shown.setdefault(side.dispute, []).append(Shown(words, side.low, side.high))
    wanted = [(happening["happening"], each) for happening in chosen for each in happening["disputes"]]
    spans = [[passages.spans(side["words"]) for side in each["sides"]] for _, each in wanted]
    reached: dict[int, set[int]] = {}
    for dispute in store.links("disputes"):
        held = shown[dispute.id]
        if not any(report in names for side in held for report, _, _ in side.words):
            continue
        score.tied += dispute.incident is not None
        best: tuple[int, set[int]] | None = None
        for at, (_, each) in enumerate(wanted):
            if dispute.kind not in each["kinds"]:
                continue
            met = {
                number
                for number, side in enumerate(each["sides"])
                if any(one.holds(spans[at][number], side["value"]) for one in held)
            }
            if len(met) >= 2 and (best is None or len(met) > len(best[1])):
                best = at, met
        _trapped(chosen, held, passages, score)
        if best is None:
            score.found += 1
            score.notes.append(f"wrong: {dispute.kind} {dispute.what} {[sorted(side.words) for side in held]}")
            continue
        again = best[0] in reached
        reached[best[0]] = reached.get(best[0], set()) | best[1]
        if not wanted[best[0]][1].get("may"):
            score.found += 1
            score.right += 1
            score.repeats += again
    for at, (happening, each) in enumerate(wanted):
        if each.get("may"):
            continue
        score.wanted += 1
        score.sides += len(each["sides"])
        score.reached += at in reached
        score.sides_reached += len(reached.get(at, ()))
        if at not in reached:
            score.notes.append(f"missed: {happening} {'/'.join(each['kinds'])} {each['about']}")


def _trapped(chosen: Sequence[Mapping[str, Any]], held: Sequence[Shown], passages: Passages, score: Score) -> None:
    for happening in chosen:
        for trap in happening["traps"]:
            first, second = (passages.spans([each]) for each in trap["words"])
            if any(
                (one.holds(first, None) and other.holds(second, None))
                or (one.holds(second, None) and other.holds(first, None))
                for one, other in combinations(held, 2)
            ):
                score.fallen += 1
                score.notes.append(f"trap: {happening['happening']} {trap['why']} {trap['words']}")


def _histories(
    store: Any,
    chosen: Sequence[Mapping[str, Any]],
    passages: Passages,
    places: Mapping[str, tuple[str, int, int]],
    score: Score,
) -> None:
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in series(store):
        rows.setdefault(row["series"], []).append(row)
    for happening in chosen:
        score.traps += len(happening["traps"])
        for each in happening["histories"]:
            best = 0
            for group in rows.values():
                here = [(places[row["cite"]][0], row["low"], row["high"]) for row in group]
                met = sum(
                    any((low or high) == point["value"] and at in named for at, low, high in here)
                    for point in each["points"]
                    for named in [{name for name, *_ in passages.spans(point["words"])}]
                )
                best = max(best, met)
            score.series += 1
            score.series_reached += best == len(each["points"])
            score.points += len(each["points"])
            score.points_reached += best
            if best < len(each["points"]):
                score.notes.append(
                    f"history: {happening['happening']} {each['about']}: {best} of {len(each['points'])}"
                )


def _incidents(
    store: Any,
    chosen: Sequence[Mapping[str, Any]],
    passages: Passages,
    places: Mapping[str, tuple[str, int, int]],
    score: Score,
) -> None:
    """Pairs of passages of a happening whose events are one: found together, or with others.

    A passage counts where an event begins in it ("incident words": the share that do), and pairs of passages that are
    copies of each other do not.
    """
    within: dict[str, set[str]] = {}
    triggers = {
        event.id: (places[event.id][0], event.trigger.start) for record in store.records() for event in record.events
    }
    for member in store.links("incident_members"):
        within.setdefault(member.event, set()).add(member.incident)
    for happening in chosen:
        read: list[tuple[int, frozenset[str], set[str]]] = []
        for number, incident in enumerate(happening.get("incidents", ())):
            for words in incident["words"]:
                spans = passages.spans([words])
                events = {
                    event
                    for event, (report, at) in triggers.items()
                    if any(report == name and start <= at < end for name, start, end in spans)
                }
                score.told += 1
                score.told_reached += bool(events)
                if events:
                    read.append((number, frozenset(events), {name for each in events for name in within.get(each, ())}))
        for (first, events, one), (second, others, other) in combinations(read, 2):
            if events & others:
                continue
            joined = bool(one & other)
            score.together += first == second
            score.together_reached += joined and first == second
            score.together_wrong += joined and first != second


def _groups(
    store: Any,
    chosen: Sequence[Mapping[str, Any]],
    name: Mapping[str, str],
    names: set[str],
    score: Score,
) -> None:
    """Pairs of reports in one story and in one group of copies."""
    told = {(a, b) for each in chosen for a, b in combinations(sorted(each["reports"]), 2)}
    same = {(a, b) for each in chosen for group in each["copies"] for a, b in combinations(sorted(group), 2)}
    score.clusters = _pairs(store.links("stories"), told, name, names)
    score.copies = _pairs(store.links("copy_groups"), same, name, names)


def _pairs(
    groups: Iterable[Any], wanted: set[tuple[str, str]], name: Mapping[str, str], names: set[str]
) -> tuple[float, float]:
    found = {
        pair
        for group in groups
        for pair in combinations(sorted(name[each] for each in group.articles), 2)
        if names.intersection(pair)
    }
    right = len(found & wanted)
    return (right / len(found) if found else 1.0, right / len(wanted) if wanted else 1.0)


def linked(folder: Path, records: Iterable[Any] | None = None) -> Any:
    """A linked store of the corpus in ``folder``; read by the default pipeline where no records are given."""
    store = open_store(folder / "disputes.duckdb")
    store.add_all(dateline.load().read_all(str(CORPUS)) if records is None else records)
    link(store)
    return store


def give_stories(store: Any, gold: Sequence[Mapping[str, Any]]) -> None:
    """Put the stories of the gold in place of those found, and make the disputes anew."""
    ids = {str(record.article.url).rsplit("/", 1)[1]: record.article.id for record in store.records()}
    stories: list[Story] = []
    members: list[StoryMember] = []
    for happening in gold:
        story = f"y{happening['happening']}"
        reports = tuple(ids[name] for name in happening["reports"])
        stories.append(
            Story(
                id=story,
                title=happening["happening"],
                articles=reports,
                publishers=(),
                independent=len(reports),
                first_day=None,
                last_day=None,
                words=(),
            )
        )
        members += (
            StoryMember(id=f"{story}{at}", story=story, article=each, nearest=each, alike=1.0, words=())
            for at, each in enumerate(reports)
        )
    store.write_links({"stories": stories, "story_members": members}, emptied=("stories", "story_members", "linked"))
    incidents.update(store)
    update(store)


def predict(rows: Sequence[Row]) -> Iterator[Row]:
    """A label for each pair of figures."""
    reader = dateline.load()
    sides = [tuple(_side(row, keys) for keys in SIDES) for row in rows]
    texts = list({(side["text"], side.get("date")): side for pair in sides for side in pair}.values())
    read: dict[tuple[str, str | None], Record] = {}
    for at in range(0, len(texts), 16):
        block = texts[at : at + 16]
        for side, record in zip(block, reader.code([article(each) for each in block]), strict=True):
            read[side["text"], side.get("date")] = record
    for row, pair in zip(rows, sides, strict=True):
        found = [_claim(read[side["text"], side.get("date")], side, number) for number, side in enumerate(pair)]
        first, second = found
        label = "DIFFERENT" if first is None or second is None else contradictions.label(first, second)
        yield {"n": row["n"], "label": label}


def _side(row: Row, keys: Sequence[str]) -> Row:
    """The text of one side of a pair, with where its number starts."""
    given = next((row[key] for key in keys if key in row), None)
    side: Row = dict(cast("Row", given)) if isinstance(given, dict) else {"text": given or ""}
    side["text"] = str(next((side[key] for key in ("text", "sentence", "context") if side.get(key)), ""))
    if side.get("start") is None:
        side["start"] = max(0, side["text"].find(str(side.get("number", ""))))
    return side


def _claim(record: Record, side: Row, number: int) -> Claim | None:
    """The count at a side's offset, or the one nearest to it in its sentence."""
    known = datetime(2000, 1, 1 + number, tzinfo=UTC)
    every = contradictions.claims(record, story="", voice=str(number), known=known)
    start = int(side["start"])
    here = [each for each in every if abs(each.at - start) <= REACH]
    return min(here, key=lambda each: abs(each.at - start), default=None)


def surface(gold: Mapping[str, str], found: Mapping[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of CONFLICT and UPDATE together: what a reader must be shown."""
    shown = {"CONFLICT", "UPDATE"}
    both = sum(gold[n] in shown and found[n] in shown for n in gold)
    said = sum(found[n] in shown for n in gold)
    wanted = sum(label in shown for label in gold.values())
    return both / said if said else 0.0, both / wanted if wanted else 0.0, 2 * both / ((said + wanted) or 1)


def judged(folder: Path, split: str | None) -> list[Row]:
    """Pairs that we labelled, with their texts."""
    files = (folder / f"ecbplus_{part}.jsonl" for part in ("train", "dev"))
    texts = {row["id"]: row["text"] for path in files for row in map(json.loads, path.open(encoding="utf-8"))}
    rows = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    return [
        {**row, **{side: {**row[side], "text": texts[row[side]["id"]]} for side in ("first", "second")}}
        for row in rows
        if split is None or row["split"] == split
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quality.disputes",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--split", choices=("dev", "second", "third", "held out", "fresh", "blind", "last"))
    parser.add_argument("--given-stories", action="store_true", help="with the stories of the gold, not those found")
    parser.add_argument("--show", action="store_true", help="name what is missed or wrong")
    parser.add_argument("what", nargs="?", choices=("corpus", "predict", "pairs"), default="corpus")
    parser.add_argument("rows", nargs="?", type=Path, help="of predict: pairs of figures")
    parser.add_argument("--out", type=Path, help="of predict: where the labels go")
    parser.add_argument("--data", type=Path, help="of pairs: the folder of ecbplus_train.jsonl and ecbplus_dev.jsonl")
    given = parser.parse_args(arguments)
    if given.what == "predict":
        if given.rows is None or given.out is None:
            parser.error("predict needs a file of pairs and --out")
        rows = [json.loads(line) for line in given.rows.read_text(encoding="utf-8").splitlines() if line.strip()]
        seen = [{key: row[key] for key in SEES if key in row} for row in rows]
        given.out.write_text("".join(f"{json.dumps(each)}\n" for each in predict(seen)), encoding="utf-8")
        return 0
    if given.what == "pairs":
        if given.data is None:
            parser.error("pairs needs --data")
        rows = judged(given.data, given.split)
        labels = {each["n"]: each["label"] for each in predict(rows)}
        figures = surface({row["n"]: row["label"] for row in rows}, labels)
        print(f"{len(rows)} pairs: precision {figures[0]:.3f}, recall {figures[1]:.3f}, F1 {figures[2]:.3f}")
        return 0
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder, linked(Path(folder)) as store:
        if given.given_stories:
            give_stories(store, gold)
        score = measure(store, gold, given.split)
    for name, value in score.figures().items():
        print(f"{name:<16} {value:.3f}")
    if given.show:
        print("\n".join(score.notes))
    return 0


if __name__ == "__main__":
    sys.exit(main())
