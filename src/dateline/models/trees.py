"""Boosted regression trees, in NumPy alone.

A row of numbers goes down every tree to a leaf; the leaves' values are summed and
give a probability by the logistic function. Trained elsewhere (``tools/``), kept
as one ``.npz`` file.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.models import stored

Floats = NDArray[np.float64]

VERSION = 1
"""Layout of the weight files."""


class Trees:
    """Rows of numbers to probabilities.

    Args:
        columns: Names of the numbers of a row.
        arrays: ``roots`` (a node a tree), and for each node ``feature`` (-1 in a leaf), ``threshold`` (at most it
            goes left), ``left``, ``right`` and ``value``; ``base`` is added to the sum.
    """

    def __init__(self, columns: Sequence[str], arrays: dict[str, NDArray[Any]]) -> None:
        self.columns = tuple(columns)
        self._roots = arrays["roots"].astype(np.int64)
        feature = arrays["feature"].astype(np.int64)
        leaf = feature < 0
        here = np.arange(len(feature))
        self._feature = np.where(leaf, 0, feature)
        self._threshold = arrays["threshold"].astype(np.float32)
        # A leaf leads to itself, so that all rows can go down equally far.
        self._next = np.stack(
            (np.where(leaf, here, arrays["right"]), np.where(leaf, here, arrays["left"])), axis=1
        ).astype(np.int64)
        self._value = arrays["value"].astype(np.float64)
        self._depth = int(arrays["depth"][0])
        self._base = float(arrays["base"][0])

    @classmethod
    def load(cls, name: str) -> Trees:
        """Model ``<name>.npz`` of the package's weights: ``incidents/pairs``.

        Raises:
            ConfigError: The file is missing or has another layout.
        """
        return stored.load(name, cls.read)

    @classmethod
    def read(cls, weights: bytes) -> Trees:
        """A model from the bytes of its file.

        Raises:
            ValueError: The bytes are no file of this layout.
        """
        arrays = stored.arrays(weights, VERSION)
        return cls(stored.lines(arrays["columns"]), arrays)

    def probabilities(self, rows: NDArray[np.float32]) -> Floats:
        """One probability a row.

        Args:
            rows: A column for each of :attr:`columns`.
        """
        total: Floats = np.full(len(rows), self._base)
        if not len(rows):
            return total
        width = rows.shape[1]
        flat = np.ascontiguousarray(rows, dtype=np.float32).reshape(-1)
        base = np.arange(len(rows), dtype=np.int64) * width
        for root in self._roots.tolist():
            node = np.full(len(rows), root, dtype=np.int64)
            for _ in range(self._depth):
                low = flat[base + self._feature[node]] <= self._threshold[node]
                node = self._next[node, low.astype(np.int64)]
            total += self._value[node]
        return 1.0 / (1.0 + np.exp(-total))


def dump(columns: Sequence[str], trees: Sequence[Any], base: float) -> bytes:
    """The bytes of a weight file; the same trees give the same bytes.

    Args:
        columns: Names of the columns of a row.
        trees: Node tables with ``feature_idx``, ``num_threshold``, ``left``, ``right``, ``value``, ``is_leaf``,
            ``depth``, as scikit-learn's histogram boosting has them.
        base: Added to the sum of the leaves.
    """
    starts = np.cumsum([0, *(len(each) for each in trees)])[:-1]
    every = np.concatenate(list(trees))
    shift = np.repeat(starts, [len(each) for each in trees])
    leaf = every["is_leaf"].astype(bool)
    into = BytesIO()
    write: Any = np.savez_compressed
    write(
        into,
        version=np.array([VERSION]),
        columns=stored.packed(columns),
        roots=starts.astype(np.int32),
        feature=np.where(leaf, -1, every["feature_idx"].astype(np.int64)).astype(np.int16),
        threshold=np.where(leaf, 0, every["num_threshold"]).astype(np.float32),
        left=np.where(leaf, 0, every["left"] + shift).astype(np.int32),
        right=np.where(leaf, 0, every["right"] + shift).astype(np.int32),
        value=np.where(leaf, every["value"], 0).astype(np.float32),
        depth=np.array([int(every["depth"].max())]),
        base=np.array([base]),
    )
    return into.getvalue()
