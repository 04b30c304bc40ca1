"""Which PLOVER type two parties of a sentence stand in, where it is known who the parties are.

For researchers who have sentences with their parties (dyads coded by hand, the output of another coder) and want the
type: ``dateline relate`` asks :func:`relate`, and so does the benchmark. The event coder does not: it
finds parties itself, and what this module says adds nothing to what its own networks see.

Two models that err differently are asked. The linear one (``relation/plover``) sees lexicon frames, words and tree and
answers in half a millisecond; the encoder (``relation/encoder``) reads the sentence with the parties marked and takes
40 times as long. Their mean is better than either by three points of macro-F1 (types, cross-validated). They know 15
types: CONCEDE and RETREAT are one, YIELD, as CAMEO has it. They say which relation, not whether there is one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from dateline.coding.event_features import FOLD, between, features
from dateline.coding.event_frames import Frame, Frames
from dateline.knowledge.codebook import plover
from dateline.knowledge.event_lexicon import lexicon
from dateline.models.encoder import PairEncoder
from dateline.models.linear import Linear
from dateline.reading.analysis import Analysis
from dateline.records import Span

BOTH, QUICK = "relation/1", "relation.quick/1"
"""Names and versions of the two models together, and of the linear model alone."""
WARM = {BOTH: 1.25, QUICK: 1.0}
"""Exponent of the shares that makes probabilities of them (:func:`warmed`): the models' mean is too careful. The one
of least log loss in cross-validation, between 1.2 and 1.3 in each fold (``tools/train_relation.py --check``)."""
MOST_PLACES = 20
"""Occurrences of a party's words that are looked at."""
_FIT = 1.0
"""How well a frame must fit the parties (:func:`between`) to be shown: one of them stands where the frame wants it."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What two parties of a text are to each other, most likely."""

    probabilities: dict[str, float]
    """Of each of the 15 types, the likeliest first."""
    coder: str
    """:data:`BOTH` or :data:`QUICK`."""
    read: Span
    """The sentences that were read."""
    frame: Frame | None
    """The event of the lexicon that fits the parties best, one of the likeliest type before others; none if none fits.
    Its ``relation`` may be another type, and may say whether YIELD is CONCEDE or RETREAT."""
    trigger: Span | None
    """The word that tells it."""

    @property
    def type(self) -> str:
        """The likeliest type."""
        return next(iter(self.probabilities))

    @property
    def second(self) -> str:
        """The next."""
        return list(self.probabilities)[1]


def types() -> tuple[str, ...]:
    """The 15 types, by name."""
    return tuple(sorted(_linear().classes))


def quad(relation: str) -> int:
    """The quad class of a type: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.

    YIELD is 2, as CAMEO's 08 is; PLOVER counts its part CONCEDE as 1.

    Raises:
        KeyError: There is no such type.
    """
    return 2 if relation == "YIELD" else plover().types[relation].quad


def relate(analysis: Analysis, source: Span | None, target: Span | None, *, fast: bool = False) -> Relation:
    """The relation of two parties, with what it was told by.

    Args:
        analysis: The parsed text; nothing but tokens and tree is needed.
        source: Words of the party that acts; none where the text does not say who.
        target: Words of the party it is done to; none where there is none.
        fast: Ask the linear model alone.

    Raises:
        ValueError: The text holds no word.
    """
    asked = question(analysis, source, target)
    _, frames, sources, targets, sentences = asked
    if not sentences:
        raise ValueError("the text holds no word")
    coder = QUICK if fast else BOTH
    shares = warmed((quick if fast else careful)(*asked), WARM[coder])
    ranked = dict(sorted(shares.items(), key=lambda each: (-each[1], each[0])))
    type_ = next(iter(ranked))
    fitting = [(fit, frame) for fit, frame in between(analysis, frames, sources, targets) if fit >= _FIT]
    fitting.sort(key=lambda each: FOLD.get(each[1].relation, each[1].relation) == type_, reverse=True)
    frame = fitting[0][1] if fitting else None
    return Relation(
        probabilities=ranked,
        coder=coder,
        read=analysis.span(analysis.sentences[sentences[0]][0], analysis.sentences[sentences[-1]][1]),
        frame=frame,
        trigger=analysis.span(frame.trigger, frame.trigger + 1) if frame is not None else None,
    )


Question = tuple[Analysis, list[Frame], set[int], set[int], range]
"""Text, frames, tokens of source and target, sentences that are read: what both models are asked."""


def question(analysis: Analysis, source: Span | None, target: Span | None) -> Question:
    """What the models are asked about two parties.

    They read the sentences from the first that holds a party to the last; all where none does. A word of both parties
    is the source's.
    """
    a = analysis
    sources = set(a.tokens_in(source)) if source is not None else set[int]()
    targets = set(a.tokens_in(target)) if target is not None else set[int]()
    there = [a.sentence_of[token] for token in (*sources, *targets)]
    sentences = range(min(there), max(there) + 1) if there else range(len(a.sentences))
    start, end = (a.sentences[sentences[0]][0], a.sentences[sentences[-1]][1]) if sentences else (0, 0)
    frames = [frame for frame in Frames(a, lexicon()).all() if start <= frame.trigger < end]
    return a, frames, sources, targets - sources or targets, sentences


def places(analysis: Analysis, source: str | Span | None, target: str | Span | None) -> tuple[Span | None, Span | None]:
    """Where the words of two parties stand in a text; none for what is not there.

    Of several occurrences those are taken that do not overlap, then those in one sentence (or the fewest apart), then
    the first of the source and of the target. Words are found as they are written; where they are not, whatever the
    case and the white space. They are looked for as whole words first, then as the beginnings of words: "Iran" is found
    in "Iranian" only if it stands nowhere else, and "nan" is not found in "finance".

    Args:
        analysis: The parsed text.
        source: Words of the one party, or where they stand if that is known.
        target: The same of the other.
    """
    one, two = (
        [party] if isinstance(party, Span) else occurrences(analysis.text, party) if party else []
        for party in (source, target)
    )
    if not one or not two:
        return (one[0] if one else None, two[0] if two else None)
    in_one, in_two = (
        [analysis.sentence_of[tokens[0]] if (tokens := analysis.tokens_in(span)) else 0 for span in spans]
        for spans in (one, two)
    )
    first, second = min(
        ((i, j) for i in range(len(one)) for j in range(len(two))),
        key=lambda pair: (one[pair[0]].overlaps(two[pair[1]]), abs(in_one[pair[0]] - in_two[pair[1]]), pair),
    )
    return one[first], two[second]


def occurrences(text: str, words: str) -> list[Span]:
    """Where words stand in a text, :data:`MOST_PLACES` at most: see :func:`places`."""
    pieces = words.split()
    if not pieces:
        return []
    loose = r"\s+".join(map(re.escape, pieces))
    for pattern, flags in ((re.escape(words.strip()), 0), (loose, 0), (loose, re.IGNORECASE)):
        for whole in (rf"(?<!\w){pattern}(?!\w)", rf"(?<!\w){pattern}"):
            found = _compiled(whole, flags).finditer(text)
            spans = [Span(*each.span()) for _, each in zip(range(MOST_PLACES), found, strict=False)]
            if spans:
                return spans
    return []


@lru_cache(maxsize=512)
def _compiled(pattern: str, flags: int) -> re.Pattern[str]:
    return re.compile(pattern, flags)


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
    """Share of each type by the linear model alone.

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
    """Share of each type by both models; the arguments are those of :func:`quick`."""
    one = quick(analysis, frames, sources, targets, sentences)
    start, end = 0, len(analysis)
    if sentences:
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


def warmed(shares: Mapping[str, float], exponent: float) -> dict[str, float]:
    """Shares of one raised to a power and made shares of one again: above 1 surer, below less sure.

    Their order stays. Temperature scaling (Guo et al. 2017) does the same to scores.
    """
    raised = {each: max(share, 1e-12) ** exponent for each, share in shares.items()}
    total = sum(raised.values())
    return {each: share / total for each, share in raised.items()}
