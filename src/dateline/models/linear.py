"""Linear models over sparse features, in NumPy alone.

A model sees families of feature strings. Within a family each feature counts
``(1 + ln tf) * idf`` and the family is scaled to unit length, so that a family
with many features does not drown one with few; then one weight for each
feature and class. Trained elsewhere (``tools/``), kept as one ``.npz`` file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.models import stored

Floats = NDArray[np.float32]

VERSION = 1
"""Layout of the weight files."""


class Linear:
    """Families of feature strings to class scores.

    Args:
        classes: Names of the classes; one for a regression.
        vocabularies: For each family its features.
        idf: For each family one number a feature.
        weights: One row for each feature, family after family; one column a class.
        bias: One number a class.
    """

    def __init__(
        self,
        classes: Sequence[str],
        vocabularies: Sequence[Sequence[str]],
        idf: Sequence[NDArray[Any]],
        weights: NDArray[Any],
        bias: NDArray[Any],
    ) -> None:
        self.classes = tuple(classes)
        self._index: list[dict[str, int]] = []
        at = 0
        for vocabulary in vocabularies:
            self._index.append({feature: at + n for n, feature in enumerate(vocabulary)})
            at += len(vocabulary)
        self._idf: Floats = np.concatenate(list(idf)).astype(np.float32)
        self._weights: Floats = weights.astype(np.float32)
        self._bias: Floats = bias.astype(np.float32)

    @classmethod
    def load(cls, name: str) -> Linear:
        """Model ``<name>.npz`` of the package's weights: ``relation/plover``.

        Raises:
            ConfigError: The file is missing or has another layout.
        """
        return stored.load(name, cls.read)

    @classmethod
    def read(cls, weights: bytes) -> Linear:
        """A model from the bytes of its weight file.

        Raises:
            ValueError: The bytes are no weight file of this layout.
        """
        arrays = stored.arrays(weights, VERSION)
        count = int(arrays["families"][0])
        return cls(
            stored.lines(arrays["classes"]),
            [stored.lines(arrays[f"V{n}"]) for n in range(count)],
            [arrays[f"idf{n}"] for n in range(count)],
            arrays["W"],
            arrays["b"],
        )

    def scores(self, families: Sequence[Sequence[str]]) -> Floats:
        """One score a class; features the model does not know count nothing.

        Args:
            families: Feature strings of each family, in the model's order; a feature may come more than once.
        """
        total: Floats = self._bias.copy()
        for index, features in zip(self._index, families, strict=True):
            counts = Counter(number for feature in features if (number := index.get(feature)) is not None)
            if not counts:
                continue
            rows = np.fromiter(counts, dtype=np.intp, count=len(counts))
            often = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
            value = (1.0 + np.log(often)) * self._idf[rows]
            value /= np.sqrt(value @ value)
            total += value @ self._weights[rows]
        return total

    def probabilities(self, families: Sequence[Sequence[str]]) -> dict[str, float]:
        """Probability of each class."""
        scores = self.scores(families)
        scores = np.exp(scores - scores.max())
        scores /= scores.sum()
        return dict(zip(self.classes, scores.tolist(), strict=True))


def dump(
    classes: Sequence[str],
    vocabularies: Sequence[Sequence[str]],
    idf: Sequence[NDArray[Any]],
    weights: NDArray[Any],
    bias: NDArray[Any],
) -> bytes:
    """The bytes of a weight file; the same model gives the same bytes."""
    into = BytesIO()
    arrays: dict[str, NDArray[Any]] = {
        "version": np.array([VERSION]),
        "families": np.array([len(vocabularies)]),
        "classes": stored.packed(classes),
        "W": weights.astype(np.float16),
        "b": bias.astype(np.float32),
    }
    for n, (vocabulary, numbers) in enumerate(zip(vocabularies, idf, strict=True)):
        arrays[f"V{n}"] = stored.packed(vocabulary)
        arrays[f"idf{n}"] = numbers.astype(np.float32)
    write: Any = np.savez_compressed
    write(into, **arrays)
    return into.getvalue()
