"""Small networks over features: what they read, score and keep."""

from __future__ import annotations

import numpy as np
import pytest

from dateline.models.net import Net, dump, softmax


def made(words: tuple[str, ...] = ()) -> bytes:
    """Two features, one number, two classes, one hidden unit."""
    weights = {
        "E": np.array([[1.0, 0.0, 0.5], [0.0, 2.0, -3.0], [0.0, 0.0, 0.0]]),
        "b": np.array([0.0, 0.5, 0.0]),
        "P": np.array([[1.0]]),
        "O": np.array([[2.0, 0.0]]),
    }
    return dump(["left", "right"], weights, words)


def test_features_and_numbers_give_scores() -> None:
    net = Net.read(made())
    numbers = np.array([[1.0], [0.0], [0.0]], dtype=np.float32)
    scores = net.scores([["left"], ["right"], []], numbers)
    # the hidden unit sees .5 + 1 of the first row, and is silent for the others
    np.testing.assert_allclose(scores, [[1.0 + 2 * 1.5, 0.5], [0.0, 2.5], [0.0, 0.5]])
    np.testing.assert_allclose(net.probabilities([["left"]], numbers[:1]).sum(), 1.0, rtol=1e-6)


def test_unknown_features_count_nothing_and_no_row_gives_none() -> None:
    net = Net.read(made())
    np.testing.assert_array_equal(net.scores([["left", "new"]]), net.scores([["left"]]))
    assert net.scores([]).shape == (0, 2)
    assert net.probabilities([]).shape == (0, 2)


def test_words_are_kept_and_bytes_are_the_same_again() -> None:
    assert Net.read(made(("strike", "talk"))).words == {"strike", "talk"}
    assert made(("strike",)) == made(("strike",))


def test_softmax_stands_large_scores() -> None:
    np.testing.assert_allclose(softmax(np.array([[1000.0, 1000.0]], dtype=np.float32)), [[0.5, 0.5]])


def test_other_bytes_are_refused() -> None:
    with pytest.raises((ValueError, OSError)):
        Net.read(b"nothing")
