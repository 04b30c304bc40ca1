"""Train the factuality model: how surely an event word happened, -3 (surely not) to 3 (surely).

python tools/train_status.py TRAIN.jsonl [--dev DEV.jsonl] [--out src/dateline/models/weights/status/factuality.npz]

Rows are {"text", "events": [{"start", "end", "score"}]}. Needs scikit-learn, which Dateline itself does not. With
--dev it prints Pearson's r and the mean absolute error there.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.quality.status import rows_features
from dateline.models.linear import Linear, dump

ALPHA = 3.0
"""L2 penalty, chosen on the development part among 1 and 3 (r .730, .745)."""
MIN_EVENTS = 4
"""A feature of fewer event words is left out."""


def read(path: Path) -> tuple[list[list[list[str]]], list[float]]:
    """Features and scores of the event words of a file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    seen = [each for row in rows_features(rows) for each in row]
    return seen, [float(event["score"]) for row in rows for event in row["events"]]


def main() -> None:
    """Train, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path)
    parser.add_argument("--dev", type=Path)
    parser.add_argument("--out", type=Path, default=Path("src/dateline/models/weights/status/factuality.npz"))
    given = parser.parse_args()
    sparse: Any = importlib.import_module("scipy.sparse")
    text: Any = importlib.import_module("sklearn.feature_extraction.text")
    linear: Any = importlib.import_module("sklearn.linear_model")
    seen, scores = read(given.train)
    columns: list[Any] = []
    vocabularies: list[list[str]] = []
    idf: list[Any] = []
    for family in range(len(seen[0])):
        vectors: Any = text.TfidfVectorizer(analyzer=list, min_df=MIN_EVENTS, sublinear_tf=True)
        columns.append(vectors.fit_transform([each[family] for each in seen]))
        vocabularies.append(list(vectors.get_feature_names_out()))
        idf.append(vectors.idf_)
    model: Any = linear.Ridge(alpha=ALPHA, solver="sparse_cg", tol=1e-5)
    model.fit(sparse.hstack(columns).tocsr(), scores)
    weights = dump(["score"], vocabularies, idf, model.coef_.reshape(-1, 1), np.array([model.intercept_]))
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_bytes(weights)
    print(f"{given.out}: {len(weights):,} bytes, {len(scores)} event words, {sum(map(len, vocabularies))} features")
    if given.dev is not None:
        trained = Linear.read(weights)
        dev, gold = read(given.dev)
        predicted = np.clip([float(trained.scores(each)[0]) for each in dev], -3, 3)
        error = np.abs(predicted - np.array(gold)).mean()
        print(f"{given.dev.name}: r {np.corrcoef(predicted, gold)[0, 1]:.4f}, mean absolute error {error:.3f}")


if __name__ == "__main__":
    main()
