"""A small transformer encoder that reads two marked spans of a sentence, in NumPy alone.

The layers of MiniLM-L6 (Wang et al. 2020), fine-tuned elsewhere (``tools/train_encoder.py``): behind the first layers a
learned vector is added to every piece of the source and of the target, and the means over sentence, source and target
go through one dense layer. Weights are kept as int8 with one scale a row, the vocabulary is cut to what news needs.
Milliseconds a sentence, so for chosen sentences.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.models import stored

Floats = NDArray[np.float32]

VERSION = 1
"""Layout of the weight files."""
MAX_PIECES = 128
"""Pieces read of a sentence; of a longer one those around the spans."""
MAX_WORD = 60
"""Longest word that is cut into pieces; a longer one is unknown."""
_BEFORE = 20


class WordPieces:
    """Cuts text into the pieces of a BERT vocabulary, lower case and without accents, with their places in the text.

    Args:
        pieces: The vocabulary; ``[UNK]``, ``[CLS]`` and ``[SEP]`` are in it, later pieces of a word begin with ``##``.
    """

    def __init__(self, pieces: Sequence[str]) -> None:
        self._index = {piece: number for number, piece in enumerate(pieces)}
        self.unknown, self.first, self.last = (self._index[each] for each in ("[UNK]", "[CLS]", "[SEP]"))

    def cut(self, text: str) -> list[tuple[int, int, int]]:
        """Number of each piece with where its word's letters start and end in the text."""
        found: list[tuple[int, int, int]] = []
        word: list[tuple[str, int]] = []
        for at, char in enumerate(text):
            kind = unicodedata.category(char)
            if kind[0] in "ZC" or char.isspace():
                self._word(word, found)
            elif _mark(char, kind):
                self._word(word, found)
                self._word([(char, at)], found)
            else:
                plain = char.lower() if char.isascii() else unicodedata.normalize("NFD", char.lower())
                word += [(each, at) for each in plain if unicodedata.category(each) != "Mn"]
        self._word(word, found)
        return found

    def _word(self, letters: list[tuple[str, int]], found: list[tuple[int, int, int]]) -> None:
        """Cut one word, longest pieces first, and empty it."""
        if not letters:
            return
        word = "".join(each for each, _ in letters)
        start, pieces = 0, list[tuple[int, int, int]]()
        while start < len(word) and len(word) <= MAX_WORD:
            for end in range(len(word), start, -1):
                number = self._index.get(word[start:end] if start == 0 else "##" + word[start:end])
                if number is not None:
                    pieces.append((number, letters[start][1], letters[end - 1][1] + 1))
                    start = end
                    break
            else:
                break
        if start < len(word):
            pieces = [(self.unknown, letters[0][1], letters[-1][1] + 1)]
        found += pieces
        letters.clear()


def _mark(char: str, kind: str) -> bool:
    """Whether a character is a word of its own: punctuation, ASCII symbols, Chinese characters."""
    return (
        kind[0] == "P"
        or (char.isascii() and not char.isalnum() and char.isprintable())
        or "\u4e00" <= char <= "\u9fff"
        or "\u3400" <= char <= "\u4dbf"
    )


class PairEncoder:
    """Sentences with two marked spans to class probabilities.

    Args:
        arrays: The arrays of a weight file, as :meth:`read` finds them.
    """

    def __init__(self, arrays: dict[str, NDArray[Any]]) -> None:
        self.classes = tuple(stored.lines(arrays["classes"]))
        self.pieces = WordPieces(stored.lines(arrays["pieces"]))
        self._words: NDArray[np.int8] = arrays["words"]
        self._word_scale: Floats = arrays["words.scale"].astype(np.float32)
        self._positions: Floats = arrays["positions"].astype(np.float32)
        self._norm = _pair(arrays, "norm")
        self._roles: Floats = arrays["roles"].astype(np.float32)
        self._roles_at = int(arrays["roles_at"][0])
        self._heads = int(arrays["heads"][0])
        self._layers = [
            {
                **{name: _dense(arrays, f"{n}.{name}") for name in ("qkv", "out", "up", "down")},
                **{name: _pair(arrays, f"{n}.{name}") for name in ("norm1", "norm2")},
            }
            for n in range(int(arrays["layers"][0]))
        ]
        self._top = (arrays["top"].astype(np.float32), arrays["top.bias"].astype(np.float32))

    @classmethod
    def load(cls, name: str) -> PairEncoder:
        """Model ``<name>.npz`` of the package's weights: ``relation/encoder``; read once a process.

        Raises:
            ConfigError: The file is missing or has another layout.
        """
        return _load(name)

    @classmethod
    def read(cls, weights: bytes) -> PairEncoder:
        """A model from the bytes of its weight file.

        Raises:
            ValueError: The bytes are no weight file of this layout.
        """
        return cls(stored.arrays(weights, VERSION))

    def probabilities(
        self, text: str, source: tuple[int, int] | None, target: tuple[int, int] | None
    ) -> dict[str, float]:
        """Probability of each class.

        Args:
            text: A sentence.
            source: Where the words of the first span start and end in it; none where it has none.
            target: The same of the second span.
        """
        scores = self.scores(text, source, target)
        scores = np.exp(scores - scores.max())
        scores /= scores.sum()
        return dict(zip(self.classes, scores.tolist(), strict=True))

    def scores(self, text: str, source: tuple[int, int] | None, target: tuple[int, int] | None) -> Floats:
        """One score a class; see :meth:`probabilities`."""
        pieces = self.pieces.cut(text)
        roles = [
            1
            if source and start < source[1] and end > source[0]
            else 2
            if target and start < target[1] and end > target[0]
            else 0
            for _, start, end in pieces
        ]
        if len(pieces) > MAX_PIECES - 2:
            marked = next((at for at, role in enumerate(roles) if role), 0)
            cut = max(0, min(marked - _BEFORE, len(pieces) - MAX_PIECES + 2))
            pieces, roles = pieces[cut : cut + MAX_PIECES - 2], roles[cut : cut + MAX_PIECES - 2]
        numbers = np.array([self.pieces.first, *(number for number, _, _ in pieces), self.pieces.last], dtype=np.intp)
        role = np.array([0, *roles, 0], dtype=np.intp)
        x: Floats = self._words[numbers].astype(np.float32) * self._word_scale[numbers, None]
        x = _normal(x + self._positions[: len(numbers)], self._norm)
        for n, layer in enumerate(self._layers):
            if n == self._roles_at:
                x = x + self._roles[role]
            x = self._layer(x, layer)
        means = [x.mean(axis=0)]
        for side in (1, 2):
            inside = role == side
            means.append(x[inside].mean(axis=0) if inside.any() else np.zeros(x.shape[1], dtype=np.float32))
        weight, bias = self._top
        return np.concatenate(means) @ weight + bias

    def _layer(self, x: Floats, layer: dict[str, tuple[Floats, Floats]]) -> Floats:
        count, width = x.shape
        weight, bias = layer["qkv"]
        # heads first: (3, heads, pieces, width of a head)
        query, key, value = (x @ weight + bias).reshape(count, 3, self._heads, -1).transpose(1, 2, 0, 3)
        near: NDArray[Any] = query @ key.transpose(0, 2, 1) / np.float32(np.sqrt(width // self._heads))
        near = np.exp(near - near.max(axis=-1, keepdims=True))
        near /= near.sum(axis=-1, keepdims=True)
        seen: NDArray[Any] = (near @ value).transpose(1, 0, 2).reshape(count, width)
        weight, bias = layer["out"]
        out: NDArray[Any] = seen @ weight + bias
        x = _normal(x + out, layer["norm1"])
        weight, bias = layer["up"]
        up = x @ weight + bias
        up *= 0.5 * (1.0 + np.tanh(0.7978846 * (up + 0.044715 * up * up * up)))
        weight, bias = layer["down"]
        down: NDArray[Any] = up @ weight + bias
        return _normal(x + down, layer["norm2"])


@cache
def _load(name: str) -> PairEncoder:
    return stored.load(name, PairEncoder.read)


def _pair(arrays: dict[str, NDArray[Any]], name: str) -> tuple[Floats, Floats]:
    return arrays[name].astype(np.float32), arrays[f"{name}.bias"].astype(np.float32)


def _dense(arrays: dict[str, NDArray[Any]], name: str) -> tuple[Floats, Floats]:
    """A dense layer's weights, back from int8 with one scale an output, and its bias."""
    scale = arrays[f"{name}.scale"].astype(np.float32)
    return np.ascontiguousarray(arrays[name].T.astype(np.float32) * scale), arrays[f"{name}.bias"].astype(np.float32)


def _normal(x: NDArray[Any], norm: tuple[Floats, Floats]) -> Floats:
    x = x - x.mean(axis=-1, keepdims=True)
    spread: NDArray[Any] = np.sqrt((x * x).mean(axis=-1, keepdims=True) + np.float32(1e-12))
    made: NDArray[Any] = x / spread * norm[0] + norm[1]
    return made


def dump(
    classes: Sequence[str], pieces: Sequence[str], arrays: dict[str, NDArray[Any]], *, heads: int, roles_at: int
) -> bytes:
    """The bytes of a weight file; the same model gives the same bytes.

    Args:
        classes: Names of the classes.
        pieces: The vocabulary, one for each row of ``words``.
        arrays: ``words``, ``positions``, ``norm``, ``roles``, for each layer ``<n>.qkv``, ``<n>.out``, ``<n>.up``,
            ``<n>.down`` (one row an output), ``<n>.norm1``, ``<n>.norm2``, and ``top`` (one column a class), each
            dense layer and norm with its ``.bias``.
        heads: Attention heads.
        roles_at: Layer before which the spans are marked.
    """
    kept: dict[str, NDArray[Any]] = {
        "version": np.array([VERSION]),
        "classes": stored.packed(classes),
        "pieces": stored.packed(pieces),
        "heads": np.array([heads]),
        "roles_at": np.array([roles_at]),
        "layers": np.array([sum(name.endswith(".qkv") for name in arrays)]),
    }
    for name, values in arrays.items():
        if name == "words" or name.endswith((".qkv", ".out", ".up", ".down")):
            scale: NDArray[Any] = np.abs(values).max(axis=1) / 127.0 + 1e-12
            kept[name] = np.round(values / scale[:, None]).astype(np.int8)
            kept[f"{name}.scale"] = scale.astype(np.float32)
        else:
            kept[name] = values.astype(np.float16 if name == "positions" else np.float32)
    into = BytesIO()
    write: Any = np.savez_compressed
    write(into, **kept)
    return into.getvalue()
