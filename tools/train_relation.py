"""Train the relation model: which PLOVER type two parties of a sentence stand in.

    python tools/train_relation.py TRAIN.jsonl [--folds 5] [--out src/dateline/models/weights/relation/plover.npz]
    python tools/train_relation.py TRAIN.jsonl --check [--encoder WORK]

TRAIN holds rows {"text", "events": [{"source_text", "target_text", "plover"}]}. Needs scikit-learn, which Dateline
itself does not. Prints cross-validated macro-F1 for type, penta class and binary class, then trains on all rows.
Folds keep rows of the same text together.

With WORK, where ``tools/train_encoder.py train --folds all`` left the scores of each fold by an encoder that never saw
it, ``--check`` prints them for the encoder too and for the mean of both, which is what ``dateline relate`` gives. The
rows are put to the linear model as it puts them (:func:`dateline.coding.event_relation.question`); the encoder's folds
were scored on whole texts. Printed besides: how many
types are right, how far the shares are from that, and the exponent that mends it (``event_relation.WARM``).
"""

from __future__ import annotations

import argparse
import importlib
import json
import math
import sys
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.quality.relation import figures, renamed, rows_features
from dateline.coding.event_relation import mean, warmed
from dateline.models.linear import Linear, dump
from tools.train_encoder import FOLDS as ENCODER_FOLDS
from tools.train_encoder import TYPES

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


def exponent(labels: list[str], said: list[dict[str, float]]) -> float:
    """The exponent of the shares that makes the right types likeliest (``event_relation.warmed``)."""

    def loss(each: float) -> float:
        return -sum(math.log(warmed(shares, each)[label]) for label, shares in zip(labels, said, strict=True))

    return min((n / 20 for n in range(10, 61)), key=loss)


def report(name: str, labels: list[str], said: list[dict[str, float]], fold: list[int]) -> None:
    """Print macro-F1 of type, penta class and binary class, and what makes the shares honest.

    The exponents are those of all folds but one; the calibration error is that of the one left out.
    """
    each = figures(labels, said)
    print(f"{name:8} " + ", ".join(f"{what} {value:.4f}" for what, value in each.items()))
    found: dict[int, float] = {}
    for out in sorted(set(fold)):
        kept = [n for n in range(len(labels)) if fold[n] != out]
        found[out] = exponent([labels[n] for n in kept], [said[n] for n in kept])
    mended = [warmed(shares, found[out]) for shares, out in zip(said, fold, strict=True)]
    error = figures(labels, mended)["calibration error"]
    print(f"{'':8} exponent {', '.join(f'{power:.2f}' for power in found.values())}: calibration error {error:.4f}")


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
    labels = [renamed(row["events"][0]["plover"]) for row in rows]
    seen = list(rows_features(rows))
    fold = [blake2b(row["text"].encode(), digest_size=4).digest()[0] % given.folds for row in rows]
    said: list[dict[str, float]] = [{} for _ in rows]
    for out in range(given.folds if given.folds > 1 else 0):
        kept = [n for n in range(len(rows)) if fold[n] != out]
        model = Linear.read(fit([seen[n] for n in kept], [labels[n] for n in kept]))
        for n in range(len(rows)):
            if fold[n] == out:
                said[n] = model.probabilities(seen[n])
    if given.folds > 1:
        report("linear", labels, said, fold)
    if given.encoder is not None:
        if given.folds != ENCODER_FOLDS:
            parser.error(f"the encoder has {ENCODER_FOLDS} folds")
        other = encoder_says(given.encoder, [row["text"] for row in rows], fold)
        report("encoder", labels, other, fold)
        report("both", labels, [mean(one, two) for one, two in zip(said, other, strict=True)], fold)
    if given.check:
        return
    weights = fit(seen, labels)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_bytes(weights)
    print(f"{given.out}: {len(weights):,} bytes, {len(rows)} rows")


if __name__ == "__main__":
    main()
