"""Fits a :class:`dateline.models.net.Net` with NumPy and SciPy: what the training of the event models shares.

The loss is the negative logarithm of the right row's or class's probability; the weights follow Adam with a rate that
rises, then falls, those of a feature only in steps that see it. Nothing depends on more than the seed and the order of
the rows.
"""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.models.net import dump

BATCH = 512
"""Rows, or groups of rows, a step."""
RATE = 4e-3
RISE = 0.15
"""Share of the steps over which the rate rises."""
DECAY = 0.1
HIDDEN_LOST, FEATURES_LOST = 0.3, 0.2
"""Share of the hidden layer and of the features left out of a step."""


def fit(
    rows: Sequence[Sequence[str]],
    vectors: NDArray[Any] | None,
    wanted: NDArray[Any],
    weight: NDArray[Any],
    *,
    groups: Sequence[int] | None = None,
    words: Sequence[str] = (),
    least: int = 5,
    hidden: int = 32,
    epochs: int = 12,
    several: int = 1,
) -> bytes:
    """A trained network, as the bytes of its weight file.

    Networks of several seeds are made one: their hidden layers stand side by side, their scores are averaged. Three err
    less than one, and the code that reads the file need not know.

    Args:
        rows: Feature strings of each row.
        vectors: Numbers of each row, or none.
        wanted: Share of each class, a row for each row; where there are groups, the shares are within a group.
        weight: Of each row; of each group and class where there are groups.
        groups: How many rows each group has: each class is then one of the rows, not one of the classes.
        words: Kept with the model.
        least: Features of fewer rows are left out.
        hidden: Size of the hidden layer of each network.
        epochs: Passes over the rows.
        several: How many networks.
    """
    sparse: Any = importlib.import_module("scipy.sparse")
    wanted, weight = wanted.astype(np.float32), weight.astype(np.float32)
    often = Counter(feature for row in rows for feature in row)
    names = sorted(feature for feature, count in often.items() if count >= least)
    index = {name: number for number, name in enumerate(names)}
    at, columns = list[int](), list[int]()
    for number, row in enumerate(rows):
        known = [index[feature] for feature in row if feature in index]
        at += [number] * len(known)
        columns += known
    table: Any = sparse.csr_matrix((np.ones(len(at), dtype=np.float32), (at, columns)), shape=(len(rows), len(names)))
    dense: Any = np.zeros((len(rows), 0), dtype=np.float32) if vectors is None else vectors.astype(np.float32)
    middle: Any = dense.mean(axis=0)
    spread: Any = dense.std(axis=0) + 1e-6
    dense = (dense - middle) / spread
    sizes = [1] * len(rows) if groups is None else list(groups)
    each = [
        _train(table, dense, wanted, weight, sizes, hidden, epochs, seed, grouped=groups is not None)
        for seed in range(several)
    ]
    classes = wanted.shape[1]
    p = {
        "E": _joined([one["E"] for one in each], classes),
        "b": _joined([one["b"] for one in each], classes),
        "P": np.concatenate([one["P"] for one in each], axis=1),
        "O": np.concatenate([one["O"] / np.float32(several) for one in each]),
    }
    # the vectors come as they are: their scale goes into the weights
    p["b"][classes:] -= (middle / spread) @ p["P"]
    p["P"] = p["P"] / spread[:, None]
    p["E"] = np.concatenate((p["E"], np.zeros((1, p["E"].shape[1]), dtype=np.float32)))
    return dump(names, p, words)


def _joined(several: Sequence[Any], classes: int) -> Any:
    """Weights of features or biases: the mean of the classes' parts, then the hidden parts side by side."""
    join: Any = np.concatenate
    return join(
        [sum(one[..., :classes] for one in several) / len(several), *(one[..., classes:] for one in several)], axis=-1
    )


def _train(
    table: Any,
    dense: Any,
    wanted: NDArray[Any],
    weight: NDArray[Any],
    groups: Sequence[int],
    hidden: int,
    epochs: int,
    seed: int,
    *,
    grouped: bool,
) -> dict[str, Any]:
    """The weights of one network."""
    chance: Any = np.random.default_rng(seed)
    classes, width = wanted.shape[1], dense.shape[1]
    join: Any = np.concatenate
    add: Any = np.add.reduceat
    most: Any = np.maximum.reduceat
    p: dict[str, Any] = {
        "E": np.concatenate(
            (np.zeros((table.shape[1], classes)), chance.normal(0, 0.08, (table.shape[1], hidden))), axis=1
        ),
        "P": chance.normal(0, max(1, width) ** -0.5, (width, hidden)),
        "O": chance.normal(0, hidden**-0.5, (hidden, classes)),
        "b": np.zeros(classes + hidden),
    }
    p = {name: each.astype(np.float32) for name, each in p.items()}
    first = {name: np.zeros_like(each) for name, each in p.items()}
    second = {name: np.zeros_like(each) for name, each in p.items()}
    sizes: Any = np.array(groups, dtype=np.intp)
    starts: Any = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    batch = BATCH // 4 if grouped else BATCH
    steps, step = epochs * -(-len(sizes) // batch), 0
    for _ in range(epochs):
        order = chance.permutation(len(sizes))
        for begin in range(0, len(order), batch):
            those: Any = order[begin : begin + batch]
            pick: Any = join([np.arange(starts[each], starts[each] + sizes[each]) for each in those])
            x: Any = table[pick]
            x.data = x.data * (chance.random(len(x.data)) >= FEATURES_LOST) / np.float32(1 - FEATURES_LOST)
            raw: Any = x @ p["E"] + p["b"]
            inner: Any = raw[:, classes:] + dense[pick] @ p["P"]
            alive: Any = (inner > 0) * (chance.random(inner.shape) >= HIDDEN_LOST) / np.float32(1 - HIDDEN_LOST)
            active: Any = inner * alive
            scores: Any = raw[:, :classes] + active @ p["O"]
            if not grouped:
                shares: Any = np.exp(scores - scores.max(axis=1, keepdims=True))
                shares /= shares.sum(axis=1, keepdims=True)
                slope: Any = (shares - wanted[pick]) * weight[pick][:, None] / len(those)
            else:
                own = np.repeat(np.arange(len(those)), sizes[those])
                edges = np.concatenate(([0], np.cumsum(sizes[those])[:-1]))
                shares = np.exp(scores - most(scores, edges, axis=0)[own])
                shares /= add(shares, edges, axis=0)[own]
                good: Any = wanted[pick] * shares  # any of several right rows will do
                sums: Any = add(good, edges, axis=0)[own]
                aim: Any = good / np.maximum(sums, 1e-9)
                slope = (shares - aim) * weight[those][own] / len(those)
            back: Any = (slope @ p["O"].T) * alive
            slopes: dict[str, Any] = {"O": active.T @ slope, "P": dense[pick].T @ back}
            both: Any = join((slope, back), axis=1)
            touched: Any = np.unique(x.indices)
            slopes["E"], slopes["b"] = np.asarray(x[:, touched].T @ both), both.sum(axis=0)
            step += 1
            done = step / steps
            rate = RATE * (min(done / RISE, 1.0) * (1 - done) + 0.01)
            for name, slope in slopes.items():
                at: Any = touched if name == "E" else slice(None)  # of the features only those that were seen
                now: Any = p[name][at]
                one: Any = first[name][at] + 0.1 * (slope - first[name][at])
                two: Any = second[name][at] + 0.001 * (slope**2 - second[name][at])
                first[name][at], second[name][at] = one, two
                pull = one / (1 - 0.9**step) / (np.sqrt(two / (1 - 0.999**step)) + 1e-8)
                pull = pull + DECAY * now if name in ("E", "P") else pull
                p[name][at] = now - (rate * pull).astype(np.float32)
    return p
