"""Which PLOVER type two parties of a sentence stand in, by two models that err differently.

The linear model (``relation/plover``) sees lexicon frames, words and tree and answers in half a millisecond; the
encoder (``relation/encoder``) reads the sentence with the parties marked and takes 40 times as long. Their mean is
better than either by three points of macro-F1 (types, cross-validated).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from dateline.coding.event_features import features
from dateline.coding.event_frames import Frame
from dateline.models.encoder import PairEncoder
from dateline.models.linear import Linear
from dateline.reading.analysis import Analysis


@cache
def _linear() -> Linear:
    return Linear.load("relation/plover")


def quick(
    analysis: Analysis,
    frames: Sequence[Frame],
    sources: set[int],
    targets: set[int],
    sentences: range | None = None,
) -> dict[str, float]:
    """Probability of each type by the linear model alone.

    Args:
        analysis: The parsed text.
        frames: Lexicon frames of the sentences that matter.
        sources: Tokens of the party that acts; may be empty.
        targets: Tokens of the party it is done to; may be empty.
        sentences: The sentences whose words count; all where not given.
    """
    return _linear().probabilities(features(analysis, frames, sources, targets, sentences))


def careful(
    analysis: Analysis,
    frames: Sequence[Frame],
    sources: set[int],
    targets: set[int],
    sentences: range | None = None,
) -> dict[str, float]:
    """Probability of each type by both models; the arguments are those of :func:`quick`."""
    one = quick(analysis, frames, sources, targets, sentences)
    start, end = 0, len(analysis)
    if sentences is not None:
        start, end = analysis.sentences[sentences[0]][0], analysis.sentences[sentences[-1]][1]
    if start == end:
        return one
    base = analysis.starts[start]

    def place(tokens: set[int]) -> tuple[int, int] | None:
        inside = [token for token in tokens if start <= token < end]
        return (analysis.starts[min(inside)] - base, analysis.ends[max(inside)] - base) if inside else None

    text = analysis.text[base : analysis.ends[end - 1]]
    return mean(one, PairEncoder.load("relation/encoder").probabilities(text, place(sources), place(targets)))


def mean(one: Mapping[str, float], two: Mapping[str, float]) -> dict[str, float]:
    """Mean of what the linear model and the encoder say.

    Args:
        one: Probability of each type by the linear model.
        two: Probability of each type by the encoder, which knows "no relation" besides: that is left out.
    """
    known = sum(two[each] for each in one)
    return {each: (share + two[each] / known) / 2 for each, share in one.items()}
