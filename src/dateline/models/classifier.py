"""Small classifiers over categorical features, in NumPy alone.

A model is an embedding for every value of a feature and a projection of the
parser's vectors of a few tokens, a dense layer, a second one that also sees the
neighbours and the maximum of the row's group, and an output. It is trained
elsewhere (``tools/``) and kept as one ``.npz`` file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.models import stored

Floats = NDArray[np.float32]

VERSION = 2
"""Layout of the weight files."""


class Classifier:
    """Rows of feature values to class probabilities.

    Args:
        fields: For each feature the space its values are looked up in.
        vocabulary: For each space its values, the first with number 1; 0 stands for all others.
        weights: Arrays ``E.<space>``, ``P`` (token vectors to fewer numbers), ``W1``, ``b1``, ``W2``, ``b2``, ``W3``,
            ``b3``.
        words: A word list kept with the model, for the caller's use.
    """

    def __init__(
        self,
        fields: Sequence[str],
        vocabulary: Mapping[str, Sequence[str]],
        weights: dict[str, NDArray[Any]],
        words: Sequence[str] = (),
    ) -> None:
        numbers = {space: {value: n + 1 for n, value in enumerate(values)} for space, values in vocabulary.items()}
        self.fields = tuple(fields)
        self.words = tuple(words)
        self._lookups = [numbers[space].get for space in fields]
        tables = {space: weights[f"E.{space}"].astype(np.float32) for space in vocabulary}
        self._tables: list[Floats] = [tables[space] for space in fields]
        self._projection: Floats = weights["P"].astype(np.float32)
        self._layers: list[tuple[Floats, Floats]] = [
            (weights[f"W{n}"].astype(np.float32), weights[f"b{n}"].astype(np.float32)) for n in (1, 2, 3)
        ]

    @classmethod
    def load(cls, name: str) -> Classifier:
        """Model ``<name>.npz`` of the package's weights: ``statements/cue``.

        Raises:
            ConfigError: The file is missing or has another layout.
        """
        return stored.load(name, cls.read)

    @classmethod
    def read(cls, weights: bytes) -> Classifier:
        """A model from the bytes of its weight file.

        Raises:
            ValueError: The bytes are no weight file of this layout.
        """
        arrays = stored.arrays(weights, VERSION)
        fields = stored.lines(arrays["fields"])
        vocabulary = {
            key.removeprefix("V."): stored.lines(value) for key, value in arrays.items() if key.startswith("V.")
        }
        words = stored.lines(arrays["words"]) if "words" in arrays else ()
        return cls(fields, vocabulary, arrays, words)

    def probabilities(self, rows: Sequence[Sequence[str]], sizes: Sequence[int], vectors: Floats) -> Floats:
        """Class probabilities, one row for each row of feature values.

        Args:
            rows: Feature values, group after group.
            sizes: How many rows each group has, none of them 0; rows see their own group alone.
            vectors: Token vectors of each row (rows, tokens, numbers); zeros where there is no such token.
        """
        if not rows:
            return np.zeros((0, len(self._layers[-1][1])), dtype=np.float32)
        # Column by column, so that the look-ups run inside map.
        columns = [
            table.take(list(map(look, column, repeat(0))), axis=0)
            for look, table, column in zip(self._lookups, self._tables, zip(*rows, strict=True), strict=True)
        ]
        # One product of two matrices: NumPy multiplies a stack of small ones one by one.
        columns.append((vectors.reshape(-1, vectors.shape[-1]) @ self._projection).reshape(len(rows), -1))
        seen: Floats = np.concatenate(columns, axis=1, dtype=np.float32)
        (first, bias1), (second, bias2), (third, bias3) = self._layers
        hidden = np.maximum(seen @ first + bias1, 0.0)
        counts = np.asarray(sizes, dtype=np.intp)
        starts = np.concatenate(([0], np.cumsum(counts)[:-1]))
        width = hidden.shape[1]
        around = np.zeros((len(rows), 4 * width), dtype=np.float32)
        around[:, :width] = hidden
        around[1:, width : 2 * width] = hidden[:-1]
        around[:-1, 2 * width : 3 * width] = hidden[1:]
        around[starts, width : 2 * width] = 0.0
        around[starts[1:] - 1, 2 * width : 3 * width] = 0.0
        around[:, 3 * width :] = np.repeat(np.maximum.reduceat(hidden, starts, axis=0), counts, axis=0)
        hidden = np.maximum(around @ second + bias2, 0.0)
        scores: Floats = hidden @ third + bias3
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        return (scores / scores.sum(axis=1, keepdims=True)).astype(np.float32)
