"""Fitting of small networks: what can be learnt is learnt, and the same rows give the same file."""

from __future__ import annotations

import numpy as np
import pytest

from dateline.models.net import Net, softmax

pytest.importorskip("scipy")

from tools.fit_net import fit


def test_classes_are_learnt_from_features_and_numbers() -> None:
    rows = [["a"], ["b"]] * 60
    numbers = np.array([[0.0], [0.0], [3.0], [3.0]] * 30)
    # a says yes, but for large numbers
    wanted = np.array([[1, 0], [0, 1], [0, 1], [0, 1]] * 30)
    made = fit(rows, numbers, wanted, np.ones(120), epochs=200)
    net = Net.read(made)
    best = net.scores(rows[:4], numbers[:4].astype(np.float32)).argmax(axis=1)
    assert best.tolist() == [0, 1, 1, 1]
    assert fit(rows, numbers, wanted, np.ones(120), epochs=200) == made


def test_one_row_of_a_group_is_learnt() -> None:
    groups = [["near"], ["far"], ["none"], ["far"], ["none"]]
    wanted = np.array([[1], [0], [0], [0], [1]])
    made = fit(groups * 40, None, np.tile(wanted, (40, 1)), np.ones((80, 1)), groups=[3, 2] * 40, epochs=60)
    shares = softmax(Net.read(made).scores([["far"], ["near"], ["none"]]).T)[0]
    assert shares.argmax() == 1
    assert shares[2] > shares[0]


def test_several_networks_made_one_score_as_the_mean_of_each() -> None:
    rows = [["a"], ["b"], ["a", "b"], ["c"]] * 30
    numbers = np.array([[0.0], [1.0], [2.0], [3.0]] * 30)
    wanted = np.array([[1, 0], [0, 1], [1, 0], [0, 1]] * 30)
    one, two = (Net.read(fit(rows, numbers, wanted, np.ones(120), epochs=200, several=many)) for many in (1, 2))
    given = rows[:4], numbers[:4].astype(np.float32)
    apart = 2 * two.scores(*given) - one.scores(*given)  # the second network's part
    assert apart.argmax(axis=1).tolist() == one.scores(*given).argmax(axis=1).tolist() == [0, 1, 0, 1]
    assert np.abs(apart - one.scores(*given)).max() > 1e-4
