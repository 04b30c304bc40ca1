"""Train the models of events: which words tell one, who does it to whom, and which candidates are right.

    python -m tools.train_events DATA [--check] [--out src/dateline/models/weights/events]

DATA is the folder of the benchmark corpora. Readers marked every event of the parts of articles that
``events_openings.jsonl`` and ``events_middles.jsonl`` in ``benchmarks/quality/judged`` name: offsets of trigger and
parties, type, no text. From them come

* ``triggers.npz``: the type, if any, that a verb, noun or participle tells (:mod:`dateline.coding.event_triggers`);
* ``parties.npz``: which mention of its sentence does it and suffers it (:mod:`dateline.coding.event_parties`);
* ``right.npz``, the judge: whether type, source and target of a candidate are right
  (:mod:`dateline.coding.event_judge`). Candidates are made by models that have not seen their article. In an opening a
  candidate is right if it is one that the reader marked. Besides, with their own weights, verdicts on single candidates
  (``events_plain.jsonl``), candidates between the given parties of PLV's training part, those of ``end_to_end_dev``,
  where countries are known, and our own sentences of world news in ``tests/coding``.

Reports of our own, whose every event is marked (``benchmarks/quality/reports``), train all three as the articles do.

Needs scikit-learn and SciPy, which Dateline itself does not; about fifteen minutes on a core. ``--check``
cross-validates by article and writes nothing: recall and precision on the openings, as
``benchmarks/quality/judged_events_recall.py`` counts them, for several lines between event and none.
"""

from __future__ import annotations

import argparse
import importlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.quality import own_reports
from benchmarks.quality.end_to_end import country_codes
from benchmarks.quality.judged_events import MIDDLES, OPENINGS, by_article, coded, load
from benchmarks.quality.judged_events_recall import Reading, compare, of_type, parties, parts, report, same, within
from benchmarks.quality.task import Row
from dateline.coding import event_judge, event_parties, event_triggers
from dateline.coding.coder import Draft
from dateline.coding.event_candidates import Models
from dateline.coding.event_features import FOLD
from dateline.coding.event_frames import Frames
from dateline.coding.event_judge import Candidate, numbers
from dateline.coding.events import EventCoder
from dateline.knowledge.event_lexicon import lexicon
from dateline.models.net import Net
from dateline.models.words import Words
from dateline.records import Actor
from tools.fit_net import fit

WORLD, KNOWN, OWN = 0.5, 3.0, 3.0
"""Weight of a candidate of PLV, of end_to_end_dev, of our own sentences, against one of an opening."""
UNSURE, DOUBTED = 0.7, 0.4
"""Weight of an event of which its reader was not sure; and how right such a candidate is to the judge: an analyst who
goes through what was kept would drop most of them as private or marginal."""
OLD, FRESH = 0.5, 8
"""Weight of a verdict of a draw before this one: the rules have been mended after them."""
LAST = 18
"""Last draw the judge is trained on: a later one measures it."""
SENTENCES = Path(__file__).parents[1] / "tests" / "coding"
FOLDS = 5
SEVERAL, JUDGES = 3, 5
"""Networks that are made one: of triggers and of parties, of the judge."""
LINES = (0.4, 0.45, 0.5, 0.6, 0.7)
"""Lines between event and none that ``--check`` tries."""
TELLING = 0.05
"""Share of its occurrences in which a word must be expected to tell an event to be worth a look."""
OFTEN, SELDOM = 15, 0.01
"""A word seen so often that told an event in less than this share is not looked at either."""


@dataclass(slots=True)
class Opening:
    """What was read of an article, and which events it has."""

    draft: Draft
    rows: list[Row]
    fold: int
    whole: bool = True
    """Whether it has no other events."""


@dataclass(slots=True)
class Example:
    """A candidate and whether it is right."""

    fold: int
    seen: list[str]
    numbers: list[float]
    right: float
    """1 if it is, 0 if not, between them where its reader was not sure."""
    weight: float


def fold_of(name: str) -> int:
    """Which part of a cross-validation an article belongs to."""
    return blake2b(name.encode(), digest_size=4).digest()[0] % FOLDS


def openings(data: Path) -> list[Opening]:
    """The annotated parts of articles."""
    rows = [row for path in (OPENINGS, MIDDLES) for row in load(path)]
    return [
        Opening(draft, those, fold_of(f"{those[0]['file']} {those[0]['id']}"))
        for those, draft in by_article(data, rows)
    ]


def written() -> list[Opening]:
    """Reports of our own, but for those that are held back to measure."""
    paths = (path for path in sorted(own_reports.REPORTS.glob("*.txt")) if path != own_reports.HELD)
    those = [one for path in paths for one in own_reports.load(path)]
    read_ = zip(those, own_reports.drafts(those), strict=True)
    return [Opening(draft, one.rows, fold_of(one.name)) for one, draft in read_]


def sentences(data: Path) -> list[Opening]:
    """Sentences of PLV's training part and of our own, as openings: their parties and types are known.

    What tells the event is not: it is the trigger of the lexicon's frame of that type, where there is but one.
    """
    found: list[Opening] = []
    rows = read(data / "events" / "plv_train.jsonl")
    for row, draft in zip(rows, coded(rows), strict=True):
        event = row["events"][0]
        spans = [_place(row["text"], event[side]) for side in ("source_text", "target_text")]
        wanted = [({event["plover"]}, [[[each.start, each.stop]] for each in spans])]
        found.append(_sentence(draft, wanted, row["id"], whole=False))
    for text, listed, draft in own():
        wanted = [
            (
                {FOLD.get(kind, kind) for kind in types.split("/")},
                [_spans([one for one in draft.actors if _is_called(side, one, text)]) for side in sides],
            )
            for types, *sides, _ in listed
        ]
        found.append(_sentence(draft, wanted, text, whole=True))
    return found


def _spans(actors: Sequence[Actor]) -> list[list[int]]:
    return [[span.start, span.end] for actor in actors for span in actor.mentions]


def _sentence(
    draft: Draft, wanted: Sequence[tuple[set[str], list[list[list[int]]]]], name: str, *, whole: bool
) -> Opening:
    a = draft.analysis
    frames = Frames(a, lexicon()).all()
    rows: list[Row] = []
    for types, (sources, targets) in wanted:
        telling = [frame for frame in frames if FOLD.get(frame.relation, frame.relation) in types]
        if len(telling) != 1:
            whole = False
            continue
        token = telling[0].trigger
        rows.append(
            {"trigger": [a.starts[token], a.ends[token]], "relation": telling[0].relation, "sure": True,
             "sources": sources, "targets": targets}
        )  # fmt: skip
    return Opening(draft, [{"read": True, "end": len(a.text)}, *rows], fold_of(name), whole)


# ---- triggers and parties -----------------------------------------------------------------------


def marked(opening: Opening) -> list[tuple[int, Row]]:
    """The events of an opening, each with the token that tells it."""
    a = opening.draft.analysis
    found: list[tuple[int, Row]] = []
    for row in opening.rows:
        if "trigger" in row:
            start, end = row["trigger"]
            tokens = [token for token in range(len(a)) if a.starts[token] < end and a.ends[token] > start]
            telling = [token for token in tokens if a.pos[token] in ("VERB", "NOUN", "ADJ", "PROPN")] or tokens
            top = (token for token in telling if a.head[token] not in tokens or a.head[token] == token)
            found.append((next(top, telling[0]), row))
    return found


def telling(those: Sequence[Opening]) -> list[str]:
    """Words that can tell an event: of the lexicon, of the openings, and those near them in meaning."""
    linear: Any = importlib.import_module("sklearn.linear_model")
    count, told = Counter[str](), Counter[str]()
    for opening in those:
        a, read = opening.draft.analysis, parts(opening.rows)
        count.update(
            lemma
            for lemma, pos, start in zip(a.lemmas, a.pos, a.starts, strict=True)
            if pos in ("VERB", "NOUN", "ADJ") and within(read, start)
        )
        told.update(a.lemmas[token] for token, _ in marked(opening))
    known = Words.load("incidents/words")
    seen = sorted(word for word in count if word in known)
    table = known.rows(seen)
    model: Any = linear.LogisticRegression(C=3, max_iter=300)
    model.fit(
        np.concatenate((table, table)),
        [True] * len(seen) + [False] * len(seen),
        sample_weight=[told[word] for word in seen] + [max(0, count[word] - told[word]) for word in seen],
    )
    every = sorted(known)
    near = {
        word for word, share in zip(every, model.predict_proba(known.rows(every))[:, 1], strict=True) if share > TELLING
    }
    near |= {*told, *lexicon().verbs, *lexicon().nouns}
    return sorted(word for word in near if count[word] < OFTEN or told[word] >= SELDOM * count[word])


def fit_triggers(those: Sequence[Opening]) -> bytes:
    """The model of triggers, as the bytes of its weight file."""
    words = telling(those)
    names = ("none", *event_triggers.TYPES)
    seen, vectors, wanted, weights = list[list[str]](), list[Any](), list[list[float]](), list[float]()
    for opening in those:
        a, inside = opening.draft.analysis, parts(opening.rows)
        look = Frames(a, lexicon())
        frames = look.all()
        tokens = {*event_triggers.eligible(a, frozenset(words)), *(frame.trigger for frame in frames)}
        told: dict[int, Row] = {}
        for token, row in marked(opening):
            told.setdefault(token, row)
        read = sorted(token for token in tokens if within(inside, a.starts[token]) and (opening.whole or token in told))
        rows, numbers_ = event_triggers.seen(opening.draft, look, frames, read)
        seen += rows
        vectors.append(numbers_)
        for token in read:
            row = told.get(token)
            kind = "none" if row is None else row["relation"]
            wanted.append([float(name == kind) for name in names])
            weights.append(1.0 if row is None or row["sure"] else UNSURE)
    return fit(
        seen, np.concatenate(vectors), np.array(wanted), np.array(weights), words=words, epochs=10, several=SEVERAL
    )


def fit_parties(those: Sequence[Opening]) -> bytes:
    """The model of parties, as the bytes of its weight file."""
    seen, wanted, weights, sizes = list[list[str]](), list[Any](), list[list[float]](), list[int]()
    vectors = list[Any]()
    for opening in those:
        draft = opening.draft
        look = Frames(draft.analysis, lexicon())
        sight = event_parties.Parties(draft, look, look.all())
        for token, row in marked(opening):
            if not opening.whole and not all(parties(row)):
                continue
            near = sight.nearest(token)
            rows = sight.seen(token, row["relation"], near)
            right = np.zeros((len(rows), 2), dtype=np.float32)
            weight = [1.0 if row["sure"] else UNSURE] * 2
            for side, spans in enumerate(parties(row)):
                # the mention that the reader marked; else another of the same actor
                here = [any(one.span.start < end and start < one.span.end for start, end in spans) for one in near]
                if not any(here):
                    here = [same(spans, [one.actor]) for one in near]
                right[:-1, side] = here
                right[-1, side] = not any(here)
                if spans and not any(here):
                    weight[side] = 0.0  # somebody, but no actor of the sentence: that teaches neither who nor nobody
            seen += rows
            vectors.append(event_parties.vectors(draft.analysis, token, near))
            wanted.append(right)
            sizes.append(len(rows))
            weights.append(weight)
    return fit(
        seen,
        np.concatenate(vectors),
        np.concatenate(wanted),
        np.array(weights),
        groups=sizes,
        least=3,
        epochs=10,
        several=SEVERAL,
    )


# ---- the judge ----------------------------------------------------------------------------------


def read(path: Path) -> list[Row]:
    """Rows of a file of JSON lines, each dated by a whole date or not at all, as the articles that were judged."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [{**row, "date": date if len(date := row.get("date") or "") == 10 else None} for row in rows]


def example(draft: Draft, one: Candidate, fold: int, right: float, weight: float) -> Example:
    """What the judge sees of a candidate, with what is known of it."""
    if one.view is None:
        raise ValueError("a candidate that nobody judges")
    return Example(fold, event_judge.seen(draft.analysis, one), numbers(one.view), right, weight)


def annotated(those: Iterable[Opening], models: Sequence[Models]) -> Iterator[Example]:
    """Candidates of the openings: right if the reader marked them."""
    for opening in those:
        draft, read_, events = opening.draft, parts(opening.rows), marked(opening)
        a = draft.analysis
        every = EventCoder(models=models[opening.fold]).candidates(draft)
        found = [one for one in every if within(read_, a.starts[one.frame.trigger])]
        fits = [[_is(one, row, token, a.sentence_of) for token, row in events] for one in found]
        exact = {number for each in fits for number, fit_ in enumerate(each) if fit_ == "exact"}
        for one, each in zip(found, fits, strict=True):
            right = [
                1.0 if events[n][1]["sure"] else DOUBTED
                for n, fit_ in enumerate(each)
                if fit_ == "exact" or (fit_ == "near" and n not in exact)
            ]
            yield example(draft, one, opening.fold, max(right, default=0.0), 1.0)


def _is(one: Candidate, row: Row, token: int, sentence_of: list[int]) -> str | None:
    """Whether a candidate is a marked event: told by the same word, by another of the sentence, or not at all."""
    if sentence_of[one.frame.trigger] != sentence_of[token]:
        return None
    if not of_type(row, one.frame.relation, one.frame.cameo):
        return None
    sides = ([actor for actor, _ in side] for side in (one.sources, one.targets))
    if not all(same(spans, side) for spans, side in zip(parties(row), sides, strict=True)):
        return None
    return "exact" if one.frame.trigger == token else "near"


def judged(data: Path, models: Sequence[Models]) -> Iterator[Example]:
    """Candidates that a reader judged."""
    verdicts = [row for row in load() if row["draw"] <= LAST]
    for those, draft in by_article(data, verdicts):
        fold = fold_of(f"{those[0]['file']} {those[0]['id']}")
        found = list(EventCoder(models=models[fold]).candidates(draft))
        starts = draft.analysis.starts
        for row in those:
            for one in found:
                if starts[one.frame.trigger] != row["trigger"][0] or one.frame.relation != row["relation"]:
                    continue
                if _first(one.sources) != set(row["sources"]):
                    continue
                if "targets" in row and _first(one.targets) != set(row["targets"]):
                    continue
                weight = 1.0 if row["draw"] >= FRESH else OLD
                yield example(draft, one, fold, row["right"], weight)
                break


def _first(side: list[Any]) -> set[int]:
    return {min(mention.start for mention in actor.mentions) for actor, _ in side}


def given_pairs(data: Path, models: Sequence[Models]) -> Iterator[Example]:
    """Candidates of PLV's sentences that stand between the two given parties, one way or the other."""
    rows = read(data / "events" / "plv_train.jsonl")
    for row, draft in zip(rows, coded(rows), strict=True):
        event, a = row["events"][0], draft.analysis
        source, target = (_place(row["text"], event[side]) for side in ("source_text", "target_text"))
        fold = fold_of(row["id"])
        found = list(EventCoder(models=models[fold]).candidates(draft))
        for one in found:
            by, to = ({a.starts[token] for _, token in side} for side in (one.sources, one.targets))
            acts, suffers = bool(by.intersection(source)), bool(to.intersection(target))
            turned = bool(by.intersection(target)) and bool(to.intersection(source)) and not one.frame.joint
            same = FOLD.get(one.frame.relation, one.frame.relation) == event["plover"]
            if acts and suffers and (same or len(found) == 1):
                right = same
            elif turned or (acts and same and not one.targets):
                right = False
            else:
                continue  # another event of the sentence: nobody said whether it is one
            yield example(draft, one, fold, right, WORLD)


def _place(text: str, words: str | None) -> range:
    at = text.find(words) if words else -1
    return range(at, at + len(words)) if words and at >= 0 else range(0)


def known_countries(data: Path, models: Sequence[Models]) -> Iterator[Example]:
    """Candidates of end_to_end_dev: right if the gold has an event of their type and countries."""
    rows = read(data / "events" / "end_to_end_dev.jsonl")
    for row, draft in zip(rows, coded(rows), strict=True):
        gold = {
            (event["source"][:3], event["target"][:3], FOLD.get(event["plover"], event["plover"]))
            for event in row["events"]
            if event["target"]
        }
        fold = fold_of(row["id"])
        for one in list(EventCoder(models=models[fold]).candidates(draft)):
            kind = FOLD.get(one.frame.relation, one.frame.relation)
            # what has no target was done to where it was done, as the gold sees it
            to_whom = country_codes(draft, one.targets) if one.targets else _places(draft, one.frame.trigger)
            pairs = {(by, to, kind) for by in country_codes(draft, one.sources) for to in to_whom}
            if pairs:
                yield example(draft, one, fold, bool(pairs & gold), KNOWN)


def own_sentences(models: Sequence[Models]) -> Iterator[Example]:
    """Candidates of our own sentences of world news: right if type, source and target are among those wanted."""
    for text, wanted, draft in own():
        fold = fold_of(text)
        for one in list(EventCoder(models=models[fold]).candidates(draft)):
            right = any(
                one.frame.relation in types.split("/")
                and _called(source, one.sources, text)
                and _called(target, one.targets, text)
                for types, source, target, _ in wanted
            )
            yield example(draft, one, fold, right, OWN)


def own() -> Iterator[tuple[str, list[list[str]], Draft]]:
    """Our own sentences of world news: text, events (type, source, target, status), draft."""
    for path in sorted(SENTENCES.glob("world_events*.tsv")):
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
        texts: list[Row] = [{"text": text, "date": "2025-03-07"} for text, _ in rows]
        for (text, listed), draft in zip(rows, coded(texts), strict=True):
            yield text, [] if listed == "-" else [event.split("|") for event in listed.split(";")], draft


def _called(named: str, side: list[Any], text: str) -> bool:
    if named == "-" or not side:
        return named == "-" and not side
    return any(_is_called(named, actor, text) for actor, _ in side)


def _is_called(named: str, actor: Actor, text: str) -> bool:
    names = {actor.name.lower(), actor.country or "", *(text[each.start : each.end].lower() for each in actor.mentions)}
    return named in names or named.lower() in names


def _places(draft: Draft, trigger: int) -> set[str]:
    a = draft.analysis
    inside = a.span(*a.sentences[a.sentence_of[trigger]])
    found = (place for place in draft.places if place.kind != "demonym" and inside.holds(place.mention))
    return {place.country for place in found if place.country}


def fit_judge(examples: Sequence[Example]) -> bytes:
    """A trained judge, as the bytes of its weight file."""
    wanted = np.array([[1.0 - each.right, each.right] for each in examples], dtype=np.float32)
    vectors = np.array([each.numbers for each in examples], dtype=np.float32)
    weights = np.array([each.weight for each in examples], dtype=np.float32)
    return fit([each.seen for each in examples], vectors, wanted, weights, epochs=8, several=JUDGES)


def fit_sight(those: Sequence[Opening]) -> tuple[bytes, bytes]:
    """Models of triggers and parties, as the bytes of their files."""
    return fit_triggers(those), fit_parties(those)


def main() -> None:
    """Cross-validate or train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--check", action="store_true", help="cross-validate only, write nothing")
    parser.add_argument("--out", type=Path, default=Path("src/dateline/models/weights/events"))
    given = parser.parse_args()
    read_ = openings(given.data)
    reports = written()
    more = [*sentences(given.data), *reports]
    without: list[Models] = []
    unjudged = Net.read(fit([["a"], ["b"]], None, np.eye(2), np.ones(2), least=1, epochs=1))
    for fold in range(FOLDS):
        triggers, who = fit_sight([each for each in (*read_, *more) if each.fold != fold])
        without.append(Models(Net.read(triggers), Net.read(who), unjudged))
        print(f"fold {fold}: triggers and parties trained", flush=True)
    examples = list(
        chain(
            annotated((*read_, *reports), without),
            judged(given.data, without),
            given_pairs(given.data, without),
            known_countries(given.data, without),
            own_sentences(without),
        )
    )
    print(f"{len(examples)} candidates, {sum(each.right > 0 for each in examples)} of them right", flush=True)
    if given.check:
        check({"articles": read_, "our own reports": reports}, without, examples)
        return
    given.out.mkdir(parents=True, exist_ok=True)
    for name, weights in zip(
        ("triggers", "parties", "right"), (*fit_sight([*read_, *more]), fit_judge(examples)), strict=True
    ):
        path = given.out / f"{name}.npz"
        path.write_bytes(weights)
        print(f"{path}: {len(weights):,} bytes", flush=True)


def check(sets: dict[str, list[Opening]], without: Sequence[Models], examples: Sequence[Example]) -> None:
    """Print what is found of each set by models that have not seen them, for each of :data:`LINES`."""
    coders: list[EventCoder] = []
    for fold in range(FOLDS):
        judge = Net.read(fit_judge([each for each in examples if each.fold != fold]))
        coders.append(EventCoder(models=Models(without[fold].triggers, without[fold].parties, judge)))
    for name, those in sets.items():
        for line in LINES:
            out = Reading([], 0, {})
            for opening in those:
                compare(coders[opening.fold], opening.draft, opening.rows, out, least=line)
            print(f"{name}, kept from {line} on")
            report(out)


if __name__ == "__main__":
    main()
