"""Small networks over sparse features and a few dense numbers, in NumPy alone.

A row is a list of feature strings and a vector. Each feature has a row of
weights, which are summed and, with a projection of the vector, give a hidden
layer; that and the features' own weights give one score a class. Trained
elsewhere (``tools/``), kept as one ``.npz`` file.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.models import stored

Floats = NDArray[np.float32]

VERSION = 1
"""Layout of the weight files."""


class Net:
    """Rows of features to class scores.

    Args:
        vocabulary: The features.
        weights: ``E`` (a row for each feature, and one of zeros: first its part of the scores, then of the hidden
            layer), ``b`` (both biases), ``P`` (the vector's part of the hidden layer), ``O`` (hidden layer to scores).
        words: A word list kept with the model, for the caller's use.
    """

    def __init__(self, vocabulary: Sequence[str], weights: dict[str, NDArray[Any]], words: Sequence[str] = ()) -> None:
        self.words = frozenset(words)
        self._index = {feature: number for number, feature in enumerate(vocabulary)}
        self._table: Floats = weights["E"].astype(np.float32)
        self._bias: Floats = weights["b"].astype(np.float32)
        self._project: Floats = weights["P"].astype(np.float32)
        self._out: Floats = weights["O"].astype(np.float32)

    @classmethod
    def load(cls, name: str) -> Net:
        """Model ``<name>.npz`` of the package's weights: ``events/triggers``.

        Raises:
            ConfigError: The file is missing or has another layout.
        """
        return stored.load(name, cls.read)

    @classmethod
    def read(cls, weights: bytes) -> Net:
        """A model from the bytes of its weight file.

        Raises:
            ValueError: The bytes are no weight file of this layout.
        """
        arrays = stored.arrays(weights, VERSION)
        texts = {name: stored.lines(arrays[name]) for name in ("vocabulary", "words")}
        return cls(texts["vocabulary"], arrays, texts["words"])

    def scores(self, rows: Sequence[Sequence[str]], vectors: Floats | None = None) -> Floats:
        """Scores of each class, one row for each row of features; features the model does not know count nothing.

        Args:
            rows: Feature strings, each once in a row.
            vectors: Numbers of each row; none where the model was trained without.
        """
        classes = self._out.shape[1]
        if not rows:
            return np.zeros((0, classes), dtype=np.float32)
        look = self._index.get
        found: list[int] = []
        starts: list[int] = []
        for row in rows:
            starts.append(len(found))
            found += [number for feature in row if (number := look(feature)) is not None]
            found.append(len(self._index))  # zeros: no row is empty
        total: Floats = np.add.reduceat(self._table.take(found, axis=0), starts, axis=0) + self._bias
        hidden = total[:, classes:]
        if vectors is not None:
            hidden = hidden + vectors @ self._project
        return (total[:, :classes] + np.maximum(hidden, 0.0) @ self._out).astype(np.float32)

    def probabilities(self, rows: Sequence[Sequence[str]], vectors: Floats | None = None) -> Floats:
        """Probability of each class, one row for each row of features."""
        return softmax(self.scores(rows, vectors))


def softmax(scores: Floats) -> Floats:
    """Probabilities from the scores of each row."""
    shares = np.exp(scores - scores.max(axis=-1, keepdims=True, initial=-np.inf))
    return (shares / shares.sum(axis=-1, keepdims=True)).astype(np.float32)


def dump(vocabulary: Sequence[str], weights: dict[str, NDArray[Any]], words: Sequence[str] = ()) -> bytes:
    """The bytes of a weight file; the same model gives the same bytes."""
    into = BytesIO()
    write: Any = np.savez_compressed
    write(
        into,
        version=np.array([VERSION]),
        vocabulary=stored.packed(vocabulary),
        words=stored.packed(words),
        **{name: weights[name].astype(np.float16) for name in ("E", "b", "P", "O")},
    )
    return into.getvalue()
