"""Cross-validation of the relation models: the encoder's folds are read as they were left, and averaged as in use."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dateline.coding.event_relation import mean
from tools.train_encoder import TYPES, which
from tools.train_relation import encoder_says, exponent

TEXTS = ["Oslo met Riga.", "Accra sued Lomé.", "Quito aided Lima.", "Tunis met Rome.", "Cairo met Paris."]


def write(folder: Path, texts: list[str]) -> None:
    for fold, text in enumerate(texts):
        scores = np.full((1, len(TYPES)), -5.0)
        scores[0, fold], scores[0, TYPES.index("NONE")] = 2.0, 2.0
        np.savez(folder / f"fold{fold}.npz", texts=np.array([text]), scores=scores)


def test_scores_of_every_fold_are_read_without_the_class_of_no_relation(tmp_path: Path) -> None:
    write(tmp_path, TEXTS)
    said = encoder_says(tmp_path, TEXTS, [0, 1, 2, 3, 4])
    for number, shares in enumerate(said):
        assert "NONE" not in shares
        assert max(shares, key=lambda each: shares[each]) == TYPES[number]
        assert sum(shares.values()) == pytest.approx(0.5, abs=0.01)


def test_folds_of_other_rows_are_refused(tmp_path: Path) -> None:
    write(tmp_path, [*TEXTS[:4], "Hanoi met Seoul."])
    with pytest.raises(ValueError, match="fold 4"):
        encoder_says(tmp_path, TEXTS, [0, 1, 2, 3, 4])


def test_mean_leaves_out_what_the_linear_model_does_not_know() -> None:
    both = mean({"AID": 0.6, "AGREE": 0.4}, {"AID": 0.1, "AGREE": 0.3, "NONE": 0.6})
    assert both == pytest.approx({"AID": 0.425, "AGREE": 0.575})


def test_folds_asked_for() -> None:
    assert (which("none"), which("all"), which("0,3")) == ([-1], [0, 1, 2, 3, 4], [0, 3])


def test_an_exponent_makes_careful_shares_surer_and_rash_ones_less_sure() -> None:
    careful = [{"A": 0.6, "B": 0.4}] * 19 + [{"A": 0.4, "B": 0.6}]
    assert exponent(["A"] * 20, careful) > 2
    rash = [{"A": 0.99, "B": 0.01}] * 20
    assert exponent(["A"] * 12 + ["B"] * 8, rash) == 0.5
