"""Train the judge of events: which candidates of the lexicon are events with the right type, source and target.

    python -m tools.train_events DATA [--check] [--out src/dateline/models/weights/events/right.npz]

DATA is the folder of the benchmark corpora. Verdicts are those of ``benchmarks/quality/judged/events_plain.jsonl``. The
articles are read again; a candidate that is the judged one (same trigger, type and sources) gets its verdict. Rules
were made after reading the older draws, so what is left of them is right more often than new text is: draws made after
the rules count three times. Added with less weight, as world news that the judged articles are poor in: PLV's training
part, where a candidate between the two given parties is right if its type is the given one, and ``end_to_end_dev``,
where its countries are known. Our own sentences of world news in ``tests/coding`` count in full. On PLV the relation
model is at home, so there the judge does not see it. Needs
scikit-learn, which Dateline itself does not.

``--check`` cross-validates by article: log-loss, area under the curve, precision by share kept, calibration error.
"""

from __future__ import annotations

import argparse
import importlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.quality.end_to_end import country_codes
from benchmarks.quality.judged_events import articles, coded, load
from benchmarks.quality.task import Row
from dateline.coding.coder import Draft
from dateline.coding.event_features import FOLD
from dateline.coding.event_frames import Frame
from dateline.coding.event_judge import LEAST, candidate, pair, relation
from dateline.coding.event_relation import quick
from dateline.coding.events import Candidate, EventCoder
from dateline.models.linear import Linear, dump

C = 1.0
"""Inverse strength of the L2 penalty."""
WORLD, KNOWN, OWN = 0.5, 2.0, 1.0
"""Weight of a candidate of PLV, of end_to_end_dev, of our own sentences, against a judged one."""
SENTENCES = Path(__file__).parents[1] / "tests" / "coding"
MIN_CANDIDATES = 3
"""A feature of fewer candidates is left out."""
FRESH = 8
"""From this draw on verdicts came after the rules that the draws before led to."""
NEWEST = 3.0
"""Weight of such a verdict."""
FOLDS = 10


@dataclass(slots=True)
class Example:
    """A candidate and whether it is right."""

    group: str
    """Its article: never in two folds."""
    seen: list[str]
    right: bool
    weight: float


def read(path: Path) -> list[Row]:
    """Rows of a file of JSON lines, each dated by a whole date or not at all, as the articles that were judged."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [{**row, "date": date if len(date := row.get("date") or "") == 10 else None} for row in rows]


def features(draft: Draft, frames: list[Frame], one: Candidate) -> list[str]:
    """What the judge sees of a candidate."""
    a = draft.analysis
    status = EventCoder.status(a, one.frame)
    shares = quick(*pair(a, one.frame, frames, one.sources, one.targets))
    return [*candidate(a, one.frame, one.sources, one.targets, status), *relation(one.frame, shares)]


def judged(data: Path) -> Iterator[Example]:
    """Candidates that a reader judged."""
    coder = EventCoder()
    verdicts = load()
    for file in sorted({row["file"] for row in verdicts}):
        of: dict[str, list[Row]] = {}
        for row in verdicts:
            if row["file"] == file:
                of.setdefault(row["id"], []).append(row)
        those = [article for article in articles(data, file) if article["id"] in of]
        for article, draft in zip(those, coded(those), strict=True):
            frames: list[Frame] = []
            found = list(coder.candidates(draft, frames))
            starts = draft.analysis.starts
            for row in of[article["id"]]:
                for one in found:
                    if starts[one.frame.trigger] != row["trigger"][0] or one.frame.relation != row["relation"]:
                        continue
                    if _first(one.sources) != set(row["sources"]):
                        continue
                    if "targets" in row and _first(one.targets) != set(row["targets"]):
                        continue
                    weight = NEWEST if row["draw"] >= FRESH else 1.0
                    yield Example(f"{file} {row['id']}", features(draft, frames, one), row["right"], weight)
                    break


def _first(parties: list[Any]) -> set[int]:
    return {min(mention.start for mention in actor.mentions) for actor, _ in parties}


def given_pairs(data: Path) -> Iterator[Example]:
    """Candidates of PLV's sentences that stand between the two given parties, one way or the other."""
    coder = EventCoder()
    rows = read(data / "events" / "plv_train.jsonl")
    for row, draft in zip(rows, coded(rows), strict=True):
        event, a = row["events"][0], draft.analysis
        source, target = (_place(row["text"], event[side]) for side in ("source_text", "target_text"))
        frames: list[Frame] = []
        found = list(coder.candidates(draft, frames))
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
            seen = [each for each in features(draft, frames, one) if not each.startswith("share")]
            yield Example(row["id"], seen, right, WORLD)


def _place(text: str, words: str | None) -> range:
    at = text.find(words) if words else -1
    return range(at, at + len(words)) if words and at >= 0 else range(0)


def known_countries(data: Path) -> Iterator[Example]:
    """Candidates of end_to_end_dev: right if the gold has an event of their type and countries."""
    coder = EventCoder()
    rows = read(data / "events" / "end_to_end_dev.jsonl")
    for row, draft in zip(rows, coded(rows), strict=True):
        gold = {
            (event["source"][:3], event["target"][:3], FOLD.get(event["plover"], event["plover"]))
            for event in row["events"]
            if event["target"]
        }
        frames: list[Frame] = []
        for one in list(coder.candidates(draft, frames)):
            kind = FOLD.get(one.frame.relation, one.frame.relation)
            # what has no target was done to where it was done, as the gold sees it
            to_whom = country_codes(draft, one.targets) if one.targets else _places(draft, one.frame.trigger)
            pairs = {(by, to, kind) for by in country_codes(draft, one.sources) for to in to_whom}
            if pairs:
                yield Example(row["id"], features(draft, frames, one), bool(pairs & gold), KNOWN)


def own_sentences() -> Iterator[Example]:
    """Candidates of our own sentences of world news: right if type, source and target are among those wanted."""
    coder = EventCoder()
    for path in sorted(SENTENCES.glob("world_events*.tsv")):
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
        texts: list[Row] = [{"text": text, "date": "2025-03-07"} for text, _ in rows]
        for (text, listed), draft in zip(rows, coded(texts), strict=True):
            wanted = [] if listed == "-" else [event.split("|") for event in listed.split(";")]
            frames: list[Frame] = []
            for one in list(coder.candidates(draft, frames)):
                right = any(
                    one.frame.relation in types.split("/")
                    and _called(source, one.sources, text)
                    and _called(target, one.targets, text)
                    for types, source, target, _ in wanted
                )
                yield Example(text, features(draft, frames, one), right, OWN)


def _called(named: str, parties: list[Any], text: str) -> bool:
    if named == "-" or not parties:
        return named == "-" and not parties
    names: set[str] = set()
    for actor, _ in parties:
        names |= {
            actor.name.lower(),
            actor.country or "",
            *(text[each.start : each.end].lower() for each in actor.mentions),
        }
    return named in names or named.lower() in names


def _places(draft: Draft, trigger: int) -> set[str]:
    a = draft.analysis
    inside = a.span(*a.sentences[a.sentence_of[trigger]])
    found = (place for place in draft.places if place.kind != "demonym" and inside.holds(place.mention))
    return {place.country for place in found if place.country}


def fit(examples: list[Example]) -> bytes:
    """A trained judge, as the bytes of its weight file."""
    linear: Any = importlib.import_module("sklearn.linear_model")
    sparse: Any = importlib.import_module("scipy.sparse")
    often = Counter(feature for each in examples for feature in set(each.seen))
    names = sorted(feature for feature, count in often.items() if count >= MIN_CANDIDATES)
    index = {name: number for number, name in enumerate(names)}
    rows, columns, values = list[int](), list[int](), list[float]()
    for at, each in enumerate(examples):
        known = sorted({index[feature] for feature in each.seen if feature in index})
        rows += [at] * len(known)
        columns += known
        values += [len(known) ** -0.5] * len(known)
    table = sparse.csr_matrix((values, (rows, columns)), shape=(len(examples), len(names)))
    model: Any = linear.LogisticRegression(C=C, max_iter=1000)
    model.fit(table, [each.right for each in examples], sample_weight=[each.weight for each in examples])
    weights = np.stack([-model.coef_[0], model.coef_[0]], axis=1) / 2
    bias = np.array([-model.intercept_[0], model.intercept_[0]]) / 2
    return dump(["wrong", "right"], [names], [np.ones(len(names))], weights, bias)


def check(examples: list[Example]) -> None:
    """Cross-validate by article, on the judged candidates alone."""
    metrics: Any = importlib.import_module("sklearn.metrics")
    fold = [blake2b(each.group.encode(), digest_size=4).digest()[0] % FOLDS for each in examples]
    share = np.zeros(len(examples))
    for out in range(FOLDS):
        model = Linear.read(fit([each for each, number in zip(examples, fold, strict=True) if number != out]))
        for at, each in enumerate(examples):
            if fold[at] == out:
                share[at] = model.probabilities([sorted(set(each.seen))])["right"]
    for name, those in (
        (
            "judged",
            [
                at
                for at, each in enumerate(examples)
                if each.group.split()[0].endswith(".jsonl") and each.weight < NEWEST
            ],
        ),
        ("fresh", [at for at, each in enumerate(examples) if each.weight == NEWEST]),
        ("world", [at for at, each in enumerate(examples) if each.weight == WORLD]),
    ):
        right = np.array([examples[at].right for at in those])
        score = share[those]
        kept = score >= LEAST
        bins = np.minimum((score * 10).astype(int), 9)
        error = sum(
            abs(right[bins == each].mean() - score[bins == each].mean()) * (bins == each).mean() for each in set(bins)
        )
        print(
            f"{name}: {len(those)}, right {right.mean():.3f}; kept {kept.mean():.3f}, right {right[kept].mean():.3f}, "
            f"of the right ones lost {1 - (kept & right).sum() / right.sum():.3f}; log-loss "
            f"{metrics.log_loss(right, score):.4f}, AUC {metrics.roc_auc_score(right, score):.3f}, ECE {error:.3f}"
        )


def main() -> None:
    """Cross-validate or train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--check", action="store_true", help="cross-validate only, write nothing")
    parser.add_argument("--out", type=Path, default=Path("src/dateline/models/weights/events/right.npz"))
    given = parser.parse_args()
    examples = [*judged(given.data), *given_pairs(given.data), *known_countries(given.data), *own_sentences()]
    if given.check:
        check(examples)
        return
    weights = fit(examples)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_bytes(weights)
    print(f"{given.out}: {len(weights):,} bytes, {len(examples)} candidates")


if __name__ == "__main__":
    main()
