"""Train the relation model: which PLOVER type two parties of a sentence stand in.

    python tools/train_relation.py TRAIN.jsonl [--folds 5] [--out src/dateline/models/weights/relation/plover.npz]
    python tools/train_relation.py TRAIN.jsonl --check [--encoder WORK]

TRAIN holds rows {"text", "events": [{"source_text", "target_text", "plover"}]}. Needs scikit-learn, which Dateline
itself does not. Prints cross-validated macro-F1 for type, penta class and binary class, then trains on all rows.
Folds keep rows of the same text together.

With WORK, where ``tools/train_encoder.py train --folds all`` left the scores of each fold by an encoder that never saw
it, ``--check`` prints them for the encoder too and for the mean of both, which is what
:func:`dateline.coding.event_relation.careful` gives.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections import Counter
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.quality.relation import rows_features
from dateline.coding.event_relation import mean
from dateline.models.linear import Linear, dump
from tools.train_encoder import FOLDS as ENCODER_FOLDS
from tools.train_encoder import TYPES

PENTA = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "YIELD", "CONCEDE", "RETREAT"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}
C = 20.0
"""Inverse strength of the L2 penalty, chosen by cross-validation among 5, 20 (macro-F1 .823, .830)."""
MIN_TEXTS = 2
"""A feature of fewer texts is left out."""


def fit(seen: list[list[list[str]]], labels: list[str]) -> bytes:
    """A trained model, as the bytes of its weight file."""
    sparse: Any = importlib.import_module("scipy.sparse")
    text: Any = importlib.import_module("sklearn.feature_extraction.text")
    linear: Any = importlib.import_module("sklearn.linear_model")
    columns: list[Any] = []
    vocabularies: list[list[str]] = []
    idf: list[Any] = []
    for family in range(len(seen[0])):
        vectors: Any = text.TfidfVectorizer(analyzer=list, min_df=MIN_TEXTS, sublinear_tf=True)
        columns.append(vectors.fit_transform([row[family] for row in seen]))
        vocabularies.append(list(vectors.get_feature_names_out()))
        idf.append(vectors.idf_)
    model: Any = linear.LogisticRegression(C=C, max_iter=1000, class_weight="balanced")
    model.fit(sparse.hstack(columns).tocsr(), labels)
    return dump(list(model.classes_), vocabularies, idf, model.coef_.T, model.intercept_)


def macro(gold: list[Any], predicted: list[Any]) -> float:
    """Mean F1 over the classes of the gold."""
    both = Counter(one for one, two in zip(gold, predicted, strict=True) if one == two)
    golds, predictions = Counter(gold), Counter(predicted)
    return float(np.mean([2 * both[each] / (golds[each] + predictions[each]) for each in sorted(golds)]))


def encoder_says(work: Path, texts: list[str], fold: list[int]) -> list[dict[str, float]]:
    """What the encoder says of each text, trained without its fold.

    Raises:
        ValueError: A fold was trained on other rows than these.
    """
    said: list[dict[str, float]] = [{} for _ in texts]
    for out in range(ENCODER_FOLDS):
        with np.load(work / f"fold{out}.npz") as file:
            left: list[str] = file["texts"].tolist()
            scores = file["scores"].astype(float)
        there = [n for n in range(len(texts)) if fold[n] == out]
        if left != [texts[n] for n in there]:
            raise ValueError(f"{work}: fold {out} holds other rows")
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        for n, row in zip(there, shares.tolist(), strict=True):
            said[n] = {name: share for name, share in zip(TYPES, row, strict=True) if name != "NONE"}
    return said


def report(name: str, labels: list[str], said: list[dict[str, float]]) -> None:
    """Print macro-F1 of type, penta class and binary class."""
    predicted = [max(shares, key=lambda each: shares[each]) for shares in said]
    penta = macro([PENTA[each] for each in labels], [PENTA[each] for each in predicted])
    binary = macro([PENTA[each] > 2 for each in labels], [PENTA[each] > 2 for each in predicted])
    print(f"{name:8} type {macro(labels, predicted):.4f}, penta {penta:.4f}, binary {binary:.4f}")


def main() -> None:
    """Cross-validate, train, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--out", type=Path, default=Path("src/dateline/models/weights/relation/plover.npz"))
    parser.add_argument("--check", action="store_true", help="cross-validate only, write nothing")
    parser.add_argument("--encoder", type=Path, help="folder with the encoder's scores of its folds")
    given = parser.parse_args()
    rows = [json.loads(line) for line in given.train.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["events"] and row["events"][0].get("plover")]
    labels = [str(row["events"][0]["plover"]) for row in rows]
    seen = list(rows_features(rows))
    fold = [blake2b(row["text"].encode(), digest_size=4).digest()[0] % given.folds for row in rows]
    said: list[dict[str, float]] = [{} for _ in rows]
    for out in range(given.folds):
        kept = [n for n in range(len(rows)) if fold[n] != out]
        model = Linear.read(fit([seen[n] for n in kept], [labels[n] for n in kept]))
        for n in range(len(rows)):
            if fold[n] == out:
                said[n] = model.probabilities(seen[n])
    if given.folds > 1:
        report("linear", labels, said)
    if given.encoder is not None:
        if given.folds != ENCODER_FOLDS:
            parser.error(f"the encoder has {ENCODER_FOLDS} folds")
        other = encoder_says(given.encoder, [row["text"] for row in rows], fold)
        report("encoder", labels, other)
        report("both", labels, [mean(one, two) for one, two in zip(said, other, strict=True)])
    if given.check:
        return
    weights = fit(seen, labels)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_bytes(weights)
    print(f"{given.out}: {len(weights):,} bytes, {len(rows)} rows")


if __name__ == "__main__":
    main()
