"""Finds attributions: cue, source and content, by two small learned models over the parse.

The first model says which verbs, nouns and colons are cues; the second says of
each piece of the sentence around a cue whether it is content, source, cue,
none of these or to be split further. Quotations that run on over sentences and
paragraphs are then followed by rule.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby, permutations
from math import exp, log
from typing import NamedTuple, Protocol

from dateline.coding.statement_features import (
    LABELS,
    MAX_DEPTH,
    Piece,
    Sight,
    as_main_clause,
    as_main_tokens,
    candidates,
    cue_features,
    cue_tokens,
    kind_of,
    opened,
    piece_features,
    piece_tokens,
    pieces_of,
    vectors_of,
)
from dateline.coding.statement_headlines import marked
from dateline.coding.statement_quotes import Quote, quotations
from dateline.coding.statement_tags import tags
from dateline.knowledge.lexicons import SPEAKERS
from dateline.models.classifier import Classifier, Floats
from dateline.reading.analysis import Analysis

_NONE, _CONTENT, _SOURCE, _CUE, _SPLIT = range(len(LABELS))
_OUTER, _INSIDE = 1, 2
CALIBRATION = (-1.186, 0.511, 0.136, 0.062, -0.021, 0.876, -0.577, -1.015)
"""Constant and weights of :class:`Signs`, fitted by ``tools/calibration.py``."""
_HEADLINE = 0.8
"""Confidence of a statement a headline marks by punctuation."""
_LED_TO = 0.7
"""Confidence of a quotation that a sentence without a cue leads to by a colon."""
_GOES_ON = 0.6
"""Confidence that a quotation of its own goes on with the speaker before."""
_CONJOINED = 0.7
"""Confidence of a second cue found by its form alone."""
_TAGGED = 0.8
"""Confidence of a speaker named in passing that the models did not find."""
_ESTIMATE = 0.8
"""Confidence of a figure that somebody gives."""
_GIVE = frozenset(("put", "place", "give"))
_MEASURES = frozenset(
    """amount attendance casualty cost count crowd damage deficit estimate figure growth inflation loss magnitude margin
    number price probability rate risk share size speed strength support tally toll total turnout value""".split()
)
"""What is estimated: nouns whose value somebody puts at a number."""
_ASKING = frozenset("advise ask beg caution direct encourage exhort implore instruct order tell urge warn".split())
"""Verbs that with an infinitive ask somebody to act."""
_CITING = frozenset(("citing", "quoting"))
_CLOSING = frozenset(("”", '"', "''", ",", "’", "'"))
_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_DEEDS = frozenset(
    """adopt approve award celebrate charge enact fine grant highlight include introduce launch offer pass pay recall
    receive respond sign vote""".split()
)
"""Verbs that with a clause or a quotation tell of words and with a thing alone of a deed, as often as not."""
_ANSWERING = frozenset("claim count deny estimate give insist put report say speak".split())
"""Verbs with which a second speaker answers the first without a conjunction."""
_COUNTERS = frozenset("guard organiser organizer ngo rival opposition state owner operator club minister".split())
"""Nouns that count besides :data:`SPEAKERS`."""
_SAYING = frozenset(("speech", "denial", "question", "order", "refusal"))
_NESTED = frozenset(("speech", "denial", "question", "order", "refusal", "attitude", "judgement"))
_SAME_SPEAKER = frozenset(("i", "we", "you", "that", "which", "who"))


@dataclass(slots=True)
class Attribution:
    """Who said what, in tokens; ranges are half-open."""

    head: int
    """The cue's head token; the first token of the content where there is no cue."""
    cue: tuple[int, int] | None
    source: tuple[int, int] | None
    content: list[tuple[int, int]]
    confidence: float
    """Probability that source and content are right."""


class Signs(NamedTuple):
    """What the confidence of an attribution is worked out from."""

    cue: float
    """Probabilities of the models, as log odds."""
    content: float
    source: float
    clause: float
    """1 where a clause hangs on the cue, else 0."""
    quoted: float
    """1 where the content begins or ends within quotation marks."""
    unlisted: float
    """1 where the cue is no word of the lexicon and has neither clause nor quotation: a deed as often as not."""
    unnamed: float
    """1 where there is no source."""


class Scores(Protocol):
    """What gives rows of feature values their class probabilities; see :meth:`Classifier.probabilities`."""

    def probabilities(self, rows: Sequence[Sequence[str]], sizes: Sequence[int], vectors: Floats) -> Floats:
        """Class probabilities, one row for each row of feature values and of token vectors."""
        ...


PARTS = (
    "over sentences",
    "going on",
    "headlines",
    "nested",
    "second cues",
    "one holder",
    "tags",
    "plain forms",
    "coordination",
    "comment",
    "answers",
)
"""Steps beside the two models that can be left out, to measure what each is worth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Thresholds and steps of the finder; probabilities from 0 to 1."""

    threshold: float = 0.35
    """Least probability of a cue outside all other content."""
    nested: float = 0.7
    """Least probability of a cue within the content of another, read as a main clause."""
    confidence: float = 0.45
    """Least confidence of what is kept: about what is more likely right than wrong."""
    bare: float = 0.58
    """Least confidence where the content is neither a clause nor quoted and the cue a verb of no list.

    Outside the field it was trained on, the model finds attitudes in deeds ("approved the toll", "found a body").
    """
    plain: float = 0.3
    """Least confidence where the form of the words leaves no doubt: "advises people to stay", "it is feared that"."""
    deed: float = 0.95
    """Least confidence where such content hangs on a verb that then tells of a deed: "signed the bill"."""
    without: frozenset[str] = frozenset()
    """Members of :data:`PARTS` left out."""


class Finder:
    """Attributions of an article.

    Args:
        choices: Thresholds and steps.
        cues: Stands in for the cue model.
        pieces: Stands in for the piece model.
        calibrate: Signs to a confidence; it is fitted and measured through this.
    """

    def __init__(
        self,
        choices: Choices | None = None,
        *,
        cues: Scores | None = None,
        pieces: Scores | None = None,
        calibrate: Callable[[Signs], float] | None = None,
    ) -> None:
        self.choices = choices or Choices()
        learned = Classifier.load("statements/cue")
        self._words = frozenset(learned.words)
        self._cues: Scores = cues or learned
        self._pieces: Scores = pieces or Classifier.load("statements/piece")
        self._calibrate = calibrate or calibrated

    def find(self, sight: Sight) -> list[Attribution]:
        """Attributions in the order of their cues."""
        analysis = sight.analysis
        without = self.choices.without
        tokens = candidates(analysis, self._words)
        if not tokens:
            return []
        per_sentence = [len(list(group)) for _, group in groupby(tokens, analysis.sentence_of.__getitem__)]
        rows = [cue_features(sight, token) for token in tokens]
        near = [cue_tokens(sight, token) for token in tokens]
        cues: list[tuple[int, float, bool]] = []
        inner: list[tuple[int, list[str]]] = []
        scores = self._cues.probabilities(rows, per_sentence, vectors_of(analysis, near))
        for token, features, chances in zip(tokens, rows, scores.tolist(), strict=True):
            if chances[_OUTER] >= self.choices.threshold:
                cues.append((token, chances[_OUTER], True))
            elif chances[_INSIDE] >= 0.5 and "nested" not in without and _may_be_nested(analysis, token):
                inner.append((token, as_main_clause(features)))
        alone = self._cues.probabilities(
            [features for _, features in inner],
            [1] * len(inner),
            vectors_of(analysis, [as_main_tokens(cue_tokens(sight, token)) for token, _ in inner]),
        ).tolist()
        for (token, _), chances in zip(inner, alone, strict=True):
            if chances[_OUTER] >= self.choices.nested:
                cues.append((token, chances[_OUTER], False))
        cues.sort()
        labelled = self._label(sight, [token for token, _, _ in cues])
        found: list[Attribution] = []
        within: list[Attribution] = []
        for (token, chance, outer), pieces in zip(cues, labelled, strict=True):
            attribution = self._assemble(sight, token, chance, pieces)
            if attribution is None or _merely_cites(sight, attribution):
                continue
            if attribution.confidence >= self._least(sight, attribution):
                (found if outer else within).append(attribution)
        if "second cues" not in without:
            found.extend(self._conjoined(sight, found))
            found = [each for each in _side_by_side(sight, found) if each.content]
        if "tags" not in without:
            found = _tagged(sight, found)
        if "answers" not in without:
            found.extend(_answers(sight, found))
        if "one holder" not in without:
            found = _each_quotation_once(analysis, found)
        held = set[int]()
        for each in found:
            held.update(*(range(start, end) for start, end in each.content))
        within = [each for each in within if each.head in held]
        for each in within:
            each.content = _within(each, found)
        found.extend(each for each in within if each.content)
        if "headlines" not in without:
            found = _with_headlines(sight, found)
        found.extend(_estimates(sight, found))
        if "going on" not in without:
            found.extend(_left_over(sight, found))
        if "one holder" not in without:
            found = _one_level(sight, found)
        for each in found:  # quotation marks taken along may reach into the cue
            if each.cue is not None:
                each.content = _outside(each.content, each.cue)
        return sorted((each for each in found if each.content), key=lambda each: each.head)

    def _least(self, sight: Sight, each: Attribution) -> float:
        """Least confidence at which an attribution is kept."""
        a = sight.analysis
        lemma = a.lemmas[each.head].lower()
        if "plain forms" not in self.choices.without and len(each.content) == 1 and _plain(a, each.head):
            return self.choices.plain
        deed = lemma in _DEEDS
        if a.pos[each.head] != "VERB" or (kind_of(lemma, "VERB") != "-" and not deed):
            return self.choices.confidence
        if any(a.deps[kid] in ("ccomp", "xcomp") for kid in a.children[each.head]):
            return self.choices.confidence
        at = sight.quotes.at
        if any(at[start] >= 0 or at[end - 1] >= 0 for start, end in each.content):
            return self.choices.confidence
        return self.choices.deed if deed else self.choices.bare

    def _conjoined(self, sight: Sight, found: list[Attribution]) -> list[Attribution]:
        """Second cues that the parser hung on the content: "said he would order a review and warned against ..."."""
        a = sight.analysis
        heads = {each.head for each in found}
        pairs = [
            (token, each)
            for each in found
            if each.source is not None and a.tags[each.head] in _FINITE
            for start, end in each.content
            for token in range(start, end)
            if token > each.head and token not in heads and _goes_with(sight, each.head, each.source, token)
        ]
        pairs = list({token: (token, each) for token, each in pairs}.values())
        labelled = self._label(sight, [token for token, _ in pairs])
        out: list[Attribution] = []
        for (token, first), pieces in zip(pairs, labelled, strict=True):
            second = self._assemble(sight, token, 0.5, pieces)
            if second is not None and min(start for start, _ in second.content) > token:
                second.source = first.source
                second.confidence = min(first.confidence, _CONJOINED)
                out.append(second)
        return out

    def _label(self, sight: Sight, cues: list[int]) -> list[list[tuple[Piece, list[float]]]]:
        """Pieces of each cue with their probabilities, none of them still to be split."""
        done: list[list[tuple[Piece, list[float]]]] = [[] for _ in cues]
        open_: list[tuple[int, list[Piece]]] = [
            (n, pieces) for n, cue in enumerate(cues) if (pieces := pieces_of(sight, cue))
        ]
        while open_:
            rows: list[list[str]] = []
            near: list[tuple[int, ...]] = []
            for n, pieces in open_:
                rows.extend(piece_features(sight, cues[n], pieces))
                near.extend(piece_tokens(cues[n], pieces, len(sight.analysis)))
            chances = self._pieces.probabilities(
                rows, [len(pieces) for _, pieces in open_], vectors_of(sight.analysis, near)
            ).tolist()
            at = 0
            further: list[tuple[int, list[Piece]]] = []
            for n, pieces in open_:
                for piece in pieces:
                    chance = chances[at]
                    at += 1
                    splittable = (
                        piece.depth < MAX_DEPTH
                        and piece.end - piece.start > 1
                        and piece.dep != "self"
                        and not piece.dep.startswith("quote")
                    )
                    if splittable and chance[_SPLIT] == max(chance):
                        further.append((n, opened(sight, piece)))
                    else:
                        done[n].append((piece, chance[:_SPLIT]))
            open_ = further
        return done

    def _assemble(
        self, sight: Sight, cue: int, chance: float, pieces: list[tuple[Piece, list[float]]]
    ) -> Attribution | None:
        a = sight.analysis
        label = [(piece, chances, chances.index(max(chances))) for piece, chances in pieces]
        content = [piece for piece, _, best in label if best == _CONTENT]
        if not content:
            likely = max(label, key=lambda each: each[1][_CONTENT], default=None)
            if likely is None or likely[1][_CONTENT] < 0.1:
                likely = next((each for each in label if chance >= 0.9 and _follows(a, cue, each[0])), None)
            if likely is None:
                return None
            content = [likely[0]]
        held = set[int]()
        for piece in content:
            held.update(range(piece.start, piece.end))
        held.discard(cue)
        sources = [(chances[_SOURCE], piece) for piece, chances, best in label if best == _SOURCE]
        source: tuple[int, int] | None = None
        if sources:
            _, top = max(sources, key=lambda each: each[0])
            start, end = top.start, top.end
            named = sorted((piece.start, piece.end) for _, piece in sources)
            at = named.index((start, end))
            for begin, stop in reversed(named[:at]):
                if _bridged(a, stop, start):
                    start = begin
            for begin, stop in named[at + 1 :]:
                if _bridged(a, end, begin):
                    end = stop
            source = _trim(sight, start, end, sight.quotes.at[cue])
        elif (subject := _shared_subject(a, cue)) is not None:
            likely = max((chances[_SOURCE] for piece, chances in pieces if piece.head == subject), default=0.0)
            if likely >= 0.1:
                source = a.left[subject], a.right[subject] + 1
        held, source = _postposed(sight, cue, held, source)
        words = {cue}
        for piece, _, best in label:
            if best == _CUE:
                words.update(range(piece.start, piece.end))
        first = last = cue
        while first - 1 in words or (first - 2 in words and first - 1 not in held and not _in(source, first - 1)):
            first -= 1
        while last + 1 in words or (last + 2 in words and last + 1 not in held and not _in(source, last + 1)):
            last += 1
        if source is None and first < cue and a.tags[first] in ("NNP", "PRP"):
            # "Abara also stated": the parser hangs the name on the verb as it hangs the adverb
            end = next((token for token in range(first, cue) if a.tags[token] not in ("NNP", "PRP")), cue)
            source, first = (first, end), end
        held |= _of_phrases(a, held, cue)
        if "coordination" not in self.choices.without:
            held |= _coordinated(sight, held, cue)
        held.difference_update(range(first, last + 1))
        if source is not None:
            held.difference_update(range(*source))
        ranges = _ranges(sight, held, (first, last + 1))
        if "over sentences" not in self.choices.without:
            ranges = _run_on(sight, cue, ranges)
        ranges = _without_topic(sight, last, ranges)
        ranges = _without_tail(sight, cue, ranges)
        if len(ranges) > 1 and a.lowers[ranges[0][0]] == "it" and ranges[0][1] - ranges[0][0] == 1:
            del ranges[0]  # "It has been confirmed that ..."
        if "comment" not in self.choices.without:
            ranges = _without_comment(a, cue, ranges)
        ranges = [_until_semicolon(sight, cue, *each) for each in ranges]
        ranges = _with_so(sight, cue, ranges)
        ranges = _outside(ranges, (first, last + 1))
        if not ranges:
            return None
        sure = min(chances[_CONTENT] / sum(chances) for piece, chances in pieces if piece in content)
        named = max((chances[_SOURCE] for _, chances in pieces), default=0.0)
        if source is None:
            named = 1.0 - named
        if (quoted := _as_saying(a, cue)) is not None:
            source, content_from = quoted
            ranges = [(max(start, content_from), end) for start, end in ranges if end > content_from] or ranges
            last = min(last, source[0] - 1)
        signs = _signs(sight, cue, ranges, source, (chance, sure, named))
        return Attribution(cue, (first, last + 1), source, ranges, self._calibrate(signs))


def _follows(a: Analysis, cue: int, piece: Piece) -> bool:
    """Whether a clause stands right after a verb of speech, whatever the parser says: "said while rain fell"."""
    return (
        piece.start == cue + 1
        and piece.end - piece.start > 3
        and kind_of(a.lemmas[cue].lower(), a.pos[cue]) == "speech"
        and any(a.tags[token] in (*_FINITE, "MD") for token in range(piece.start, piece.end))
    )


def _plain(a: Analysis, cue: int) -> bool:
    """Whether a verb asks somebody to act, or tells without a subject that something is so."""
    if a.pos[cue] != "VERB":
        return False
    kids = {a.deps[kid]: kid for kid in a.children[cue]}
    kind = kind_of(a.lemmas[cue].lower(), "VERB")
    if "nsubjpass" in kids:
        clause = kids.get("ccomp")
        return (
            a.lowers[kids["nsubjpass"]] == "it"
            and clause is not None
            and a.lowers[a.left[clause]] == "that"
            and kind in ("speech", "attitude", "finding")
        )
    clause = kids.get("xcomp", kids.get("ccomp"))
    asked = a.lemmas[cue] in _ASKING or kind == "order"
    return (
        asked
        and a.tags[cue] in ("VBD", "VBZ", "VBP", "VBG", "VBN")
        and clause is not None
        and a.tags[clause] == "VB"
        and any(a.tags[kid] == "TO" for kid in a.children[clause])
        and ("nsubj" in kids or a.deps[cue] in ("conj", "advcl"))
        and ("dobj" in kids or any(a.deps[kid] == "nsubj" for kid in a.children[clause]))
    )


def _merely_cites(sight: Sight, each: Attribution) -> bool:
    """Whether a cue only names where another's words come from: ``The hospital, citing its director, said ...``."""
    a, at = sight.analysis, sight.quotes.at
    return (
        a.lowers[each.head] in _CITING
        and a.deps[each.head] in ("advcl", "acl", "dep", "prep")
        and a.lemmas[a.head[each.head]] in ("say", "report", "tell", "state", "add", "announce", "write", "claim")
        and all(at[start] < 0 for start, _ in each.content)
    )


def _as_saying(a: Analysis, cue: int) -> tuple[tuple[int, int], int] | None:
    """Who is quoted, and where the words begin: ``television quoted the general as saying that ...``."""
    if a.lemmas[cue] not in ("quote", "cite") or a.pos[cue] != "VERB":
        return None
    whom = a.child(cue, "dobj")
    if whom is None or a.left[whom] <= cue:
        return None
    for at in range(whom + 1, min(a.right[whom] + 12, len(a) - 1)):
        if a.lowers[at] == "as" and a.lowers[at + 1] in ("saying", "telling", "stating", "declaring"):
            end = min(a.right[whom] + 1, at)
            return (a.left[whom], end), at + 2
    return None


def _shared_subject(a: Analysis, cue: int) -> int | None:
    """The subject of the verb that a cue without one is conjoined with: ``X left the room and said that ...``."""
    if a.deps[cue] != "conj" or a.tags[cue] not in _FINITE or a.child(cue, *_SUBJECTS, "auxpass") is not None:
        return None
    above = a.head[cue]
    return a.child(above, "nsubj") if a.pos[above] in ("VERB", "AUX") else None


def _postposed(
    sight: Sight, cue: int, held: set[int], source: tuple[int, int] | None
) -> tuple[set[int], tuple[int, int] | None]:
    """Content and source where the speaker stands right after the verb that closes what is said.

    The parser at times hangs a place before the verb on it, or takes the speaker for its object: "..., California,
    said Steve Dickstein, the manager" and "“...,” added the Emirati, whose horse won".
    """
    a, at = sight.analysis, sight.quotes.at
    begin = cue + 1
    if (
        begin >= len(a)
        or kind_of(a.lemmas[cue].lower(), a.pos[cue]) != "speech"
        or a.tags[cue] not in ("VBD", "VBZ")
        or not any(token < cue for token in held)
        or (source is not None and source[0] > cue)
        or at[begin] >= 0
    ):
        return held, source
    name = next((name for name in a.names if name.start == begin and name.label == "PERSON"), None)
    if name is not None and source is not None and cue - 1 == source[1] - 1 and a.words[source[0] - 1] == ",":
        # "..., California said Steve Dickstein, ..."
        if name.end < len(a) and a.pos[name.end] == "PUNCT" and a.words[source[0]][0].isupper():
            return held | set(range(*source)), (name.start, name.end)
        return held, source
    if source is not None or a.words[cue - 1] not in _CLOSING:
        return held, source
    head = next((kid for kid in a.children[cue] if kid > cue and a.left[kid] == begin), None)
    if head is None or a.deps[head] not in ("dobj", "nsubj", "npadvmod", "attr", "oprd") or a.pos[head] == "VERB":
        return held, source
    rest = held - set(a.subtree(head))
    return (rest, (begin, a.right[head] + 1)) if rest else (held, source)


def _outside(ranges: list[tuple[int, int]], cue: tuple[int, int]) -> list[tuple[int, int]]:
    """The ranges without what they share with the cue, as a quotation that opens within it does."""
    out: list[tuple[int, int]] = []
    for start, end in ranges:
        if start < cue[1] and cue[0] < end:
            out.extend(each for each in ((start, cue[0]), (cue[1], end)) if each[0] < each[1])
        else:
            out.append((start, end))
    return out


def _of_phrases(a: Analysis, held: set[int], cue: int) -> set[int]:
    """What hangs by "of" on a noun of the content right before it, and so is content too."""
    more = set[int]()
    for token in held:
        following = token + 1
        if (
            following not in held
            and following < len(a)
            and a.lowers[following] == "of"
            and a.head[following] in held
            and a.pos[a.head[following]] == "NOUN"
            and not a.left[following] <= cue <= a.right[following]
        ):
            more.update(a.subtree(following))
    return more


def _coordinated(sight: Sight, held: set[int], cue: int) -> set[int]:
    """What is joined by "and" to quoted words of the content and quoted itself: "as “brutal” and a “disgrace”"."""
    a, at = sight.analysis, sight.quotes.at
    more = set[int]()
    for token in held:
        if token + 1 < len(a) and token + 1 not in held and a.lowers[token + 1] in ("and", "or") and at[token] >= 0:
            end = token + 2
            while end < len(a) and a.sentence_of[end] == a.sentence_of[token] and at[end] < 0 and end < token + 6:
                end += 1
            if end < len(a) and at[end] >= 0 and all(a.pos[n] not in ("VERB", "AUX") for n in range(token + 1, end)):
                stop = sight.quotes.all[at[end]].end
                if not token < cue < stop:
                    more.update(range(token + 1, stop))
    return more


def _goes_with(sight: Sight, cue: int, source: tuple[int, int], token: int) -> bool:
    """Whether a verb of saying within the content of a cue is another cue of the same source.

    It has the form of the cue and no subject of its own, and the verb it is conjoined with has none who could speak
    but the source itself: "said the plan had failed and warned ...".
    """
    a = sight.analysis
    if a.deps[token] != "conj" or a.tags[token] != a.tags[cue] or a.sentence_of[token] != a.sentence_of[cue]:
        return False
    head = a.head[token]
    if head == cue or sight.quotes.at[token] >= 0 or kind_of(a.lemmas[token].lower(), a.pos[token]) not in _SAYING:
        return False
    if a.child(token, *_SUBJECTS) is not None or a.child(token, "ccomp", "xcomp", "prep") is None:
        return False
    subject = a.child(head, *_SUBJECTS)
    if subject is None:
        return False
    word = a.lowers[subject]
    if word in ("he", "she"):
        return a.tags[a.head_of(range(*source))] in ("NN", "NNP", "PRP") and a.words[source[0]].lower() != "they"
    if word == "it":
        return True
    person = any(name.label == "PERSON" and name.start <= subject < name.end for name in a.names)
    return a.tags[subject] in ("NN", "NNP", "NNPS") and not person and a.lemmas[subject].lower() not in SPEAKERS


def _side_by_side(sight: Sight, found: list[Attribution]) -> list[Attribution]:
    """Ends content before a second cue of the same source: "it said that ... but added that ..."."""
    by_source: dict[tuple[int, int], list[Attribution]] = {}
    for each in found:
        if each.source is not None:
            by_source.setdefault(each.source, []).append(each)
    for source, several in by_source.items():
        for first, second in permutations(several[:8], 2):
            if second.cue is None or first.cue is None or source[0] > second.head:
                continue
            if _told_of(sight.analysis, first, second):
                second.content = []
                continue
            for n, (start, end) in enumerate(first.content):
                if not start < second.head < end or start <= source[0] < end:
                    continue
                kept = _trim(sight, start, second.cue[0]) if second.cue[0] > start else None
                others = [
                    each
                    for m, each in enumerate(first.content)
                    if m != n and not any(begin < each[1] and each[0] < stop for begin, stop in second.content)
                ]
                if kept is not None:
                    first.content = sorted([*others, kept])
                break
    return found


def _tagged(sight: Sight, found: list[Attribution]) -> list[Attribution]:
    """Adds who is named in passing beside what is said, and mends speaker and words where the models saw less."""
    a = sight.analysis
    by_head = {each.head: each for each in found}
    for tag in tags(sight):
        start, end = tag.content
        known = by_head.get(tag.verb)
        content = _trim(sight, start, end)
        if content is None:
            continue
        if known is None:
            rivals = [
                each
                for each in found
                if each.source is not None and each.source[0] <= tag.verb < each.source[1] and each.head < tag.verb
            ]
            if any(begin <= tag.verb < stop for each in found for begin, stop in each.content):
                continue
            found = [each for each in found if each not in rivals]
            found.append(Attribution(tag.verb, (tag.verb, tag.verb + 1), tag.source, [content], _TAGGED))
            continue
        if any(begin >= known.head for begin, _ in known.content) and not sight.quotes.at[start] >= 0:
            continue
        told = a.lemmas[tag.verb] == "tell" and known.source is not None and known.source[0] > tag.verb
        if known.source is None or (told and tag.source[1] <= tag.verb):
            known.source = _trim(sight, *tag.source) or tag.source
            if known.cue is not None and known.cue[0] < tag.source[1] <= tag.verb:
                known.cue = (tag.verb, known.cue[1])
        cut = [each for each in known.content if start <= each[0] and each[1] <= end]
        if len(cut) == len(known.content) and cut[-1][1] < content[1] and sight.quotes.at[start] < 0:
            known.content = [(min(content[0], cut[0][0]), content[1])]
    return found


def _answers(sight: Sight, found: list[Attribution]) -> list[Attribution]:
    """What a second speaker says whom only a comma parts from the first: "the army said X, the guards spoke of Y".

    He may leave out the verb: "the union said 2,500 took part, the guards 900". The first content ends there.
    """
    a, at = sight.analysis, sight.quotes.at
    heads = {each.head for each in found}
    out: list[Attribution] = []
    for each in found:
        if each.cue is None or each.source is None or a.tags[each.head] not in _FINITE:
            continue
        for number, (start, end) in enumerate(each.content):
            if start > each.head and (gap := _gapped(a, each, start, end)) is not None and at[gap[1] - 1] < 0:
                first = _trim(sight, start, gap[0] - 1)
                if first is not None:
                    each.content[number] = first
                    out.append(Attribution(each.head, each.cue, gap, [(gap[1], end)], min(each.confidence, _CONJOINED)))
                break
            verb = next((n for n in range(start + 3, end) if _answers_with(a, each, start, end, n)), None)
            subject = a.child(verb, "nsubj") if verb is not None else None
            if start < each.head or verb is None or subject is None or verb in heads or at[verb] >= 0:
                continue
            begin = a.left[subject]
            first, second = _trim(sight, start, begin - 1), _trim(sight, verb + 1, end)
            if first is None or second is None:
                continue
            if a.lowers[second[0]] in ("of", "about", "that") and second[1] - second[0] > 1:
                second = second[0] + 1, second[1]
            each.content[number] = first
            source = begin, min(a.right[subject] + 1, verb)
            out.append(Attribution(verb, (verb, verb + 1), source, [second], min(each.confidence, _CONJOINED)))
            break
    return out


def _gapped(a: Analysis, each: Attribution, start: int, end: int) -> tuple[int, int] | None:
    """Tokens of a second speaker before a bare number that ends content: "2,500 took part, the guards 900"."""
    if a.tags[end - 1] != "CD" or a.lemmas[each.head].lower() not in _ANSWERING:
        return None
    stop = end - 1
    while stop > start and (a.tags[stop - 1] == "CD" or a.lowers[stop - 1] in ("about", "only", "some", "just")):
        stop -= 1
    first = stop
    while first > start and stop - first < 6 and a.tags[first - 1] in ("DT", "NN", "NNS", "NNP", "NNPS", "JJ", "VBZ"):
        first -= 1
    if not start + 1 < first < stop or a.words[first - 1] != "," or a.tags[first] not in ("DT", "NNP", "NNPS"):
        return None
    clause = range(start, first - 1)
    if not any(a.tags[token] == "CD" for token in clause) or not any(a.tags[token] in _FINITE for token in clause):
        return None
    noun = a.lemmas[stop - 1].lower() if a.tags[stop - 1] != "VBZ" else a.lowers[stop - 1].removesuffix("s")
    heads = a.words[stop - 1][:1].isupper() or noun in SPEAKERS or noun in _COUNTERS
    return (first, stop) if heads else None


def _answers_with(a: Analysis, each: Attribution, start: int, end: int, verb: int) -> bool:
    """Whether a verb in content is a second cue: of the same tense, with a speaker of its own after a bare comma."""
    if a.tags[verb] != a.tags[each.head] or a.lemmas[verb].lower() not in _ANSWERING:
        return False
    subject = a.child(verb, "nsubj")
    if subject is None or not start + 1 < a.left[subject] <= subject < verb or a.pos[subject] == "PRON":
        return False
    begin = a.left[subject]
    clause = range(start, begin - 1)
    return (
        a.words[begin - 1] == ","
        and any(a.tags[token] in _FINITE or a.pos[token] == "VERB" for token in clause)
        and a.lowers[start] not in ("if", "when", "while", "although", "as", "after", "before", "since", "once")
        and verb + 1 < end
        and all(a.deps[kid] not in ("aux", "mark") for kid in a.children[verb])
    )


def _within(each: Attribution, found: list[Attribution]) -> list[tuple[int, int]]:
    """Content of a nested attribution that lies in the run of the holder's content where its cue stands."""
    runs = [run for other in found for run in other.content if run[0] <= each.head < run[1]]
    return [piece for piece in each.content if any(run[0] <= piece[0] and piece[1] <= run[1] for run in runs)]


def _told_of(a: Analysis, first: Attribution, second: Attribution) -> bool:
    """Whether a participle is part of what is said: "residents say they live in fear, wondering how long ..."."""
    above = a.head[second.head]
    subject = a.child(above, "nsubj")
    return (
        a.tags[second.head] == "VBG"
        and a.deps[second.head] == "advcl"
        and subject is not None
        and a.lowers[subject] in ("he", "she", "they", "it", "i", "we")
        and any(start <= above < second.head < end for start, end in first.content)
    )


def _each_quotation_once(analysis: Analysis, found: list[Attribution]) -> list[Attribution]:
    """Takes from an attribution the content beyond its own sentence that a nearer cue lays claim to."""
    sentence_of = analysis.sentence_of
    claims = [
        (start, end, sentence_of[each.head], each.head, number)
        for number, each in enumerate(found)
        for start, end in each.content
    ]
    claims.sort()
    taken: set[tuple[int, int, int]] = set()
    for at, (start, end, own, _, number) in enumerate(claims):
        far = _apart(own, sentence_of[start], sentence_of[end - 1])
        if not far:
            continue
        around = range(max(0, at - 4), min(len(claims), at + 5))
        for begin, stop, other, head, rival in (claims[n] for n in around if n != at):
            if rival == number or begin >= end or stop <= start or start <= head < end:
                continue
            near = _apart(other, sentence_of[begin], sentence_of[stop - 1])
            if near < far or (near == far and other > own and other >= sentence_of[end - 1]):
                taken.add((number, start, end))
    for number, start, end in sorted(taken):
        found[number].content.remove((start, end))
    return [each for each in found if each.content]


def _one_level(sight: Sight, found: list[Attribution]) -> list[Attribution]:
    """Leaves each quotation to one attribution, the one with the nearest cue, and to those that hold that one's cue."""
    a, quotes = sight.analysis, sight.quotes.all
    starts = [quote.start for quote in quotes]
    holders: dict[int, list[Attribution]] = {}
    for each in found:
        for start, end in each.content:
            for number in range(bisect_left(starts, start), bisect_left(starts, end)):
                if quotes[number].end <= end:
                    holders.setdefault(number, []).append(each)
    taken = False
    for number, several in sorted(holders.items()):
        if len(several) < 2:
            continue
        quote = quotes[number]
        sentence = a.sentence_of[quote.start]

        def nearness(each: Attribution, quote: Quote = quote, sentence: int = sentence) -> tuple[int, int, int]:
            away = quote.start - each.head if each.head < quote.start else each.head - quote.end
            return abs(a.sentence_of[each.head] - sentence), away, each.head

        kept: list[Attribution] = []
        for each in sorted(several, key=nearness):
            if all(_holds(each, one) or _holds(one, each) for one in kept):
                kept.append(each)
            else:
                each.content = _without(sight, each, quote)
                taken = True
    for number, several in holders.items():
        start, end = quotes[number].start, quotes[number].end
        for each in found:
            if each not in several and each.cue is not None and sight.quotes.at[each.head] != number:
                parts = [piece for piece in each.content if start <= piece[0] and piece[1] <= end]
                if parts and not any(_holds(one, each) for one in several):
                    each.content = [piece for piece in each.content if piece not in parts]
    left = [each for each in found if each.content]
    # what an attribution lost may have held the cue of another
    return _one_level(sight, left) if taken else left


def _holds(outer: Attribution, inner: Attribution) -> bool:
    """Whether an attribution is said within another: its cue stands in the other's content, which is larger."""
    larger = sum(end - start for start, end in outer.content) > sum(end - start for start, end in inner.content)
    first, last = inner.cue or (inner.head, inner.head + 1)
    return larger and any(start <= first and last <= end for start, end in outer.content)


def _without(sight: Sight, each: Attribution, quote: Quote) -> list[tuple[int, int]]:
    """The content without a quotation and what lies beyond it, seen from the cue."""
    out: list[tuple[int, int]] = []
    for start, end in each.content:
        if start <= quote.start and quote.end <= end:
            begin, stop = (start, quote.start) if each.head < quote.start else (quote.end, end)
            rest = _trim(sight, begin, stop, sight.quotes.at[each.head]) if begin < stop else None
            if rest is not None:
                out.append(rest)
        else:
            out.append((start, end))
    return out


def _apart(sentence: int, first: int, last: int) -> int:
    """Sentences between a cue and a run of content."""
    return first - sentence if sentence < first else sentence - last if sentence > last else 0


def _left_over(sight: Sight, found: list[Attribution]) -> list[Attribution]:
    """Quotations that stand alone as sentences and that no attribution holds: the speaker before goes on speaking.

    Where a colon leads to the quotation, the subject of the sentence with the colon speaks.
    """
    a = sight.analysis
    sentence_of, sentences = a.sentence_of, a.sentences
    held = bytearray(len(a))
    for each in found:
        for start, end in each.content:
            held[start:end] = b"\x01" * (end - start)
    out: list[Attribution] = []
    last: Attribution | None = None
    outer = iter(sorted((each for each in found if each.source is not None), key=lambda each: each.head))
    coming = next(outer, None)
    for quote in sight.quotes.all:
        while coming is not None and coming.head < quote.start:
            last = coming
            coming = next(outer, None)
        first = sentences[sentence_of[quote.start]][0]
        led_to = quote.start > 1 and a.words[quote.start - 1] == ":"
        if any(held[quote.start : quote.end]) or (quote.start > first + 1 and not led_to):
            continue
        stands_alone = quote.end >= len(a) or sentences[sentence_of[quote.end - 1]][1] <= quote.end + 1
        if not stands_alone or sum(a.words[token][0].isalnum() for token in range(quote.start, quote.end)) < 6:
            continue
        if led_to:
            mark = quote.start - 1
            source = _subject(a, sentences[sentence_of[mark]][0], mark)
            if source is not None and sight.quotes.at[source[0]] < 0:
                out.append(Attribution(mark, (mark, mark + 1), source, [(quote.start, quote.end)], _LED_TO))
        elif last is not None and last.source is not None:
            until = max(last.head, last.content[-1][1] - 1)
            near = sentence_of[quote.start] - sentence_of[until] <= 1
            block = a.block_of[sentence_of[quote.start]] - a.block_of[sentence_of[until]]
            if near and block <= 1 and (last.cue is None or sight.quotes.at[last.head] < 0):
                going_on = Attribution(quote.start, None, last.source, [(quote.start, quote.end)], _GOES_ON)
                out.append(going_on)
                last = going_on
    return out


def _subject(a: Analysis, start: int, end: int) -> tuple[int, int] | None:
    """Tokens of the first subject among the tokens ``[start, end)``."""
    subject = next((token for token in range(start, end) if a.deps[token] == "nsubj"), None)
    return (a.left[subject], min(a.right[subject] + 1, end)) if subject is not None else None


def _with_headlines(sight: Sight, found: list[Attribution]) -> list[Attribution]:
    """Adds what headlines mark by a colon or dash; readings of the parse that run over the mark give way."""
    for mark, source, content in marked(sight.analysis, sight.quotes):
        kept: list[Attribution] = []
        for each in found:
            first, last = min(source[0], content[0]), max(source[1], content[1])
            if not first <= each.head < last:
                kept.append(each)
            elif content[0] <= each.head < content[1]:
                each.content = [
                    (max(start, content[0]), min(end, content[1]))
                    for start, end in each.content
                    if start < content[1] and end > content[0]
                ]
                if each.content and (each.source is None or content[0] <= each.source[0] < content[1]):
                    kept.append(each)
        pieces = [content] if (whole := _trim(sight, *content)) is None else [whole]
        kept.append(Attribution(mark, (mark, mark + 1), source, pieces, _HEADLINE))
        found = kept
    return found


def _estimates(sight: Sight, found: list[Attribution]) -> list[Attribution]:
    """Figures given without a verb of speech: "the union put turnout at 2,000", "gave a magnitude of 7"."""
    a = sight.analysis
    heads = {token for each in found for token in range(*(each.cue or (each.head, each.head + 1)))}
    out: list[Attribution] = []
    for verb, lemma in enumerate(a.lemmas):
        if lemma not in _GIVE or verb in heads or a.pos[verb] != "VERB" or sight.quotes.at[verb] >= 0:
            continue
        subject, given = _speaking(a, verb), a.child(verb, "dobj")
        if subject is None or given is None:
            continue
        measured = a.lemmas[given] in _MEASURES
        end = given + 1
        if lemma != "give" and (measured or a.pos[given] == "PRON"):
            # the parser hangs "at 2,000" on the verb or on the noun
            at = next((kid for top in (verb, given) for kid in a.children[top] if a.lowers[kid] == "at"), None)
            end = a.right[at] + 1 if at is not None and _counts(a, at + 1, a.right[at] + 1) else 0
        elif lemma == "give" and measured:
            end = a.right[given] + 1
            end = end if _counts(a, given + 1, end) else 0
        else:
            continue
        start = min(a.left[given], given)
        if end <= given or any(token in heads for token in range(start, end)):
            continue
        source = a.left[subject], a.right[subject] + 1
        if source[1] <= verb and (content := _trim(sight, start, end)) is not None:
            out.append(Attribution(verb, (verb, verb + 1), source, [content], _ESTIMATE))
    return out


def _speaking(a: Analysis, verb: int) -> int | None:
    """The subject of a verb, its own or that of the verb it is conjoined to."""
    for _ in range(3):
        subject = a.child(verb, "nsubj")
        if subject is not None or a.deps[verb] != "conj":
            return subject if subject is not None and a.lowers[subject] not in _SAME_SPEAKER else None
        verb = a.head[verb]
    return None


def _counts(a: Analysis, start: int, end: int) -> bool:
    """Whether words hold a number."""
    return any(a.tags[token] == "CD" for token in range(start, end))


def _may_be_nested(analysis: Analysis, token: int) -> bool:
    """Whether a verb of saying or thinking has a clause, and a subject that is not the outer speaker ("I", "we").

    "wants it to say" and "nobody can say" say nothing.
    """
    if analysis.pos[token] != "VERB" or kind_of(analysis.lemmas[token], "VERB") not in _NESTED:
        return False
    subject = clause = False
    for kid in analysis.children[token]:
        dep = analysis.deps[kid]
        if dep == "aux" and analysis.tags[kid] in ("TO", "MD"):
            return False
        if dep == "nsubj":
            subject = analysis.lowers[kid] not in _SAME_SPEAKER
        elif dep in ("ccomp", "xcomp"):
            clause = True
    return subject and clause


def see(analysis: Analysis) -> Sight:
    """What the finder needs to know of an article."""
    return Sight(analysis, quotations(analysis))


def calibrated(signs: Signs) -> float:
    """Probability that content and source are right: a logistic regression fitted on the development articles."""
    constant, *weights = CALIBRATION
    score = constant + sum(weight * sign for weight, sign in zip(weights, signs, strict=True))
    return round(1.0 / (1.0 + exp(-score)), 4)


def _signs(
    sight: Sight,
    cue: int,
    content: list[tuple[int, int]],
    source: tuple[int, int] | None,
    chances: tuple[float, float, float],
) -> Signs:
    """The signs of an attribution; ``chances`` are those of cue, content and source."""
    a, at = sight.analysis, sight.quotes.at
    clause = any(a.deps[kid] in ("ccomp", "xcomp") for kid in a.children[cue])
    quoted = any(at[start] not in (-1, at[cue]) or at[end - 1] not in (-1, at[cue]) for start, end in content)
    unlisted = not clause and not quoted and kind_of(a.lemmas[cue].lower(), a.pos[cue]) == "-"
    one, two, three = (log(chance / (1.0 - chance)) for chance in (min(max(each, 0.001), 0.999) for each in chances))
    return Signs(one, two, three, float(clause), float(quoted), float(unlisted), float(source is None))


def _in(span: tuple[int, int] | None, token: int) -> bool:
    return span is not None and span[0] <= token < span[1]


def _bridged(a: Analysis, start: int, end: int) -> bool:
    """Whether only punctuation lies between two tokens."""
    return end >= start and all(a.pos[token] == "PUNCT" for token in range(start, end))


def _ranges(sight: Sight, held: set[int], cue: tuple[int, int]) -> list[tuple[int, int]]:
    """Runs of tokens, joined over punctuation and short function words, and trimmed of punctuation."""
    a = sight.analysis
    ranges: list[tuple[int, int]] = []
    for token in sorted(held):
        if ranges:
            start, end = ranges[-1]
            if token == end or (
                token - end < 4
                and not end <= cue[0] < token
                and a.sentence_of[end - 1] == a.sentence_of[token]
                and (
                    all(a.pos[each] in _GLUE for each in range(end, token))
                    or (token - end == 1 and a.pos[end] in ("ADV", "AUX", "SCONJ"))
                )
            ):
                ranges[-1] = (start, token + 1)
                continue
        ranges.append((token, token + 1))
    out: list[tuple[int, int]] = []
    for start, end in ranges:
        if a.lowers[start] in _CITING:
            # "reported, citing an official, that ...": the parser hangs it on the clause
            begin = next((token + 1 for token in range(start, end) if a.lowers[token] == ","), end)
        else:
            begin = start
        trimmed = _trim(sight, begin, end, sight.quotes.at[cue[0]]) if begin < end else None
        if trimmed is not None:
            out.append(trimmed)
    if len(out) > 1:
        # A stray article or the like beside the words themselves.
        out = [each for each in out if any(a.pos[token] not in _EMPTY for token in range(*each))] or out
    return out


def _run_on(sight: Sight, cue: int, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Content that starts or ends within a quotation follows it over sentences, and over paragraphs left open."""
    a = sight.analysis
    at, quotes, sentence_of = sight.quotes.at, sight.quotes.all, a.sentence_of
    out: list[tuple[int, int]] = []
    for start, end in ranges:
        begin, stop = start, end
        index = at[start]
        if index >= 0 and index != at[cue]:
            first = a.sentences[sentence_of[start]][0]
            if quotes[index].start < first and all(a.pos[each] == "PUNCT" for each in range(first, start)):
                begin = quotes[index].start
                while index and not quotes[index - 1].closed and _next_block(a, quotes[index - 1].end, begin):
                    index -= 1
                    begin = quotes[index].start
        index = at[end - 1]
        if index >= 0 and index != at[cue]:
            last = a.sentences[sentence_of[end - 1]][1]
            if all(a.pos[each] == "PUNCT" for each in range(end, min(last, quotes[index].end))):
                stop = max(stop, quotes[index].end)
                while (
                    not quotes[index].closed
                    and index + 1 < len(quotes)
                    and _next_block(a, quotes[index].end, quotes[index + 1].start)
                ):
                    index += 1
                    stop = quotes[index].end
        if out and begin < out[-1][1]:
            out[-1] = (out[-1][0], max(stop, out[-1][1]))
        else:
            out.append((begin, stop))
    return out


def _without_topic(sight: Sight, cue: int, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Drops the topic beside the words themselves: "“It’s over,” he said of the trial"."""
    a, at, quotes = sight.analysis, sight.quotes.at, sight.quotes.all

    def quotation(start: int, end: int) -> bool:
        return at[start] >= 0 and quotes[at[start]].start == start and end <= quotes[at[end - 1]].end

    if not any(quotation(start, end) for start, end in ranges):
        return ranges
    return [
        (start, end)
        for start, end in ranges
        if start < cue
        or any(at[token] >= 0 or a.pos[token] in ("VERB", "AUX") for token in range(start, end))
        or a.deps[a.head_of(range(start, end))] not in ("pobj", "prep")
    ]


def _without_tail(sight: Sight, cue: int, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Drops what trails after the verb of a whole quotation: "“It’s over,” he said, not looking up"."""
    a, at, quotes = sight.analysis, sight.quotes.at, sight.quotes.all
    start, end = a.sentences[a.sentence_of[cue]]
    before = [each for each in ranges if start - 3 <= each[0] < cue and each[1] <= cue]
    if not before or at[cue] >= 0:
        return ranges
    first, last = before[-1]
    if at[last - 1] < 0 or not quotes[at[last - 1]].closed or quotes[at[last - 1]].end > last:
        return ranges
    if at[first] < 0:
        return ranges
    return [
        each
        for each in ranges
        if not cue < each[0] < end
        or any(at[token] >= 0 for token in range(*each))
        or a.lowers[each[0]] in ("that", "because")
    ]


def _without_comment(a: Analysis, cue: int, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Drops the participle that after the verb tells of the speaking: "taxes would fall, he said, swiping at X"."""
    if not any(end <= cue for _, end in ranges):
        return ranges
    return [
        each
        for each in ranges
        if not (each[0] > cue and a.tags[each[0]] == "VBG" and a.words[each[0] - 1] == "," and a.head[each[0]] == cue)
    ]


def _with_so(sight: Sight, cue: int, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Adds what follows from the words reported: "told us that the bridge is closed, so lorries go by the coast"."""
    a, at = sight.analysis, sight.quotes.at
    stop = a.sentences[a.sentence_of[cue]][1]
    for number, (start, last) in enumerate(ranges):
        # the models may end the words on the "so"
        end = last - 2 if last - start > 3 and a.lowers[last - 1] == "so" and a.words[last - 2] == "," else last
        if start < cue or end + 3 >= stop or a.words[end] != "," or a.lowers[end + 1] != "so" or at[end + 1] >= 0:
            continue
        until = next((token for token in range(end + 2, stop) if a.words[token] in (",", ";") or at[token] >= 0), stop)
        clause = range(end + 2, until)
        if any(a.tags[token] in _FINITE or a.tags[token] == "MD" for token in clause) and a.pos[end + 2] != "ADP":
            whole = _trim(sight, start, until)
            if whole is not None:
                return [*ranges[:number], whole, *(each for each in ranges[number + 1 :] if each[0] >= whole[1])]
    return ranges


def _until_semicolon(sight: Sight, cue: int, start: int, end: int) -> tuple[int, int]:
    """What is reported up to a semicolon after which the report itself goes on: "the mayor said X; engineers disagree".

    Within quotation marks, before the cue, and where "that" takes the speech up again, it is all content.
    """
    a, at = sight.analysis, sight.quotes.at
    if start < cue:
        return start, end
    for token in range(start + 2, end - 2):
        if a.words[token] == ";" and at[token] < 0 and a.lowers[token + 1] not in _TAKES_UP:
            clause = range(token + 1, end)
            if any(a.deps[each] in ("nsubj", "nsubjpass", "expl") for each in clause):
                return start, token
    return start, end


def _next_block(a: Analysis, end: int, start: int) -> bool:
    """Whether the token ``start`` opens the block after that of the token before ``end``."""
    if start != end or start >= len(a):
        return False
    return a.block_of[a.sentence_of[start]] == a.block_of[a.sentence_of[end - 1]] + 1


_TAKES_UP = frozenset(("and", "but", "or", "that", "whether", "“", '"', "``"))
_DATELINE_ENDS = frozenset(("--", "—", "–", "-", ":"))
_EMPTY = frozenset(("PUNCT", "DET", "ADP", "CCONJ", "SCONJ", "PART", "AUX"))
_GLUE = frozenset(("PUNCT", "CCONJ", "PART", "ADP", "DET"))


def _trim(sight: Sight, start: int, end: int, inside: int = -1) -> tuple[int, int] | None:
    """A range without punctuation at its edges, but with the quotation marks that belong to it.

    Marks of the quotation ``inside``, which holds the cue too, do not.
    """
    a = sight.analysis
    pos, words = a.pos, a.words
    begin, stop = start, end
    if words[begin].isupper() and len(words[begin]) > 1 and begin in (0, a.sentences[a.sentence_of[begin]][0]):
        # "WASHINGTON -- The president said": the dateline is no part of it
        dash = next((token for token in range(begin + 1, min(begin + 8, stop)) if words[token] in _DATELINE_ENDS), None)
        if dash is not None and all(words[token].isupper() or pos[token] == "PUNCT" for token in range(begin, dash)):
            begin = dash + 1
    while begin < stop and pos[begin] == "PUNCT":
        begin += 1
    # An "and" or a relative "that" at the end opens what was left out.
    while stop > begin and (pos[stop - 1] == "PUNCT" or (stop - begin > 1 and a.tags[stop - 1] in ("CC", "WDT"))):
        stop -= 1
    if begin >= stop:
        return None
    at, quotes = sight.quotes.at, sight.quotes.all
    if at[begin] not in (-1, inside) and quotes[at[begin]].start < begin and quotes[at[begin]].start >= begin - 3:
        begin = quotes[at[begin]].start
    if at[stop - 1] not in (-1, inside):
        quote = quotes[at[stop - 1]]
        if (
            quote.closed
            and stop < quote.end <= stop + 4
            and all(pos[token] == "PUNCT" for token in range(stop, quote.end))
        ):
            stop = quote.end
    while stop < len(words) and words[stop] in (")", "]") and _unbalanced(words, begin, stop):
        stop += 1
    return begin, stop


def _unbalanced(words: list[str], start: int, end: int) -> bool:
    inside = words[start:end]
    return inside.count("(") > inside.count(")") or inside.count("[") > inside.count("]")
