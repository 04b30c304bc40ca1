"""What the statement models see: cue candidates, the pieces around a cue, and their features.

A sentence falls, seen from a cue, into pieces: the subtrees of the cue's
children, then each ancestor with the subtrees of its other children. Source and
content are nearly always unions of such pieces, so a model has only to say what
each piece is. A piece that is several things at once is split into its head
and the subtrees of its children.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from dateline.coding.statement_quotes import Quotes
from dateline.knowledge.lexicons import ADJECTIVES, NOUNS, VERBS
from dateline.models.classifier import Floats
from dateline.reading.analysis import Analysis

CUE_FIELDS: tuple[tuple[str, str], ...] = (
    ("lemma", "lemma"),
    ("word", "word"),
    ("tag", "tag"),
    ("dep", "dep"),
    ("kind", "misc"),
    ("head lemma", "lemma"),
    ("head tag, dep", "misc"),
    ("subject lemma", "lemma"),
    ("subject tag, dep", "misc"),
    ("object lemma", "lemma"),
    ("object tag, dep", "misc"),
    ("clause dep, mark, side", "misc"),
    ("clause lemma", "lemma"),
    ("preposition, side", "word"),
    ("object of preposition", "lemma"),
    ("auxiliaries", "misc"),
    ("particle", "word"),
    ("adverb", "word"),
    ("word -1", "word"),
    ("word -2", "word"),
    ("word +1", "word"),
    ("word +2", "word"),
    ("quotes", "misc"),
    ("lemma, clause", "pair"),
    ("lemma, frame", "pair"),
    ("lemma, object", "pair"),
    ("lemma, word +1", "pair"),
    ("frame", "misc"),
    ("possessor", "lemma"),
    ("block, place", "misc"),
)
"""Features of a cue candidate and the space of embeddings each is looked up in."""

PIECE_FIELDS: tuple[tuple[str, str], ...] = (
    ("cue lemma", "lemma"),
    ("cue tag", "tag"),
    ("cue dep", "dep"),
    ("cue kind", "misc"),
    ("cue frame", "misc"),
    ("head lemma", "lemma"),
    ("head tag", "tag"),
    ("dep", "dep"),
    ("level, side", "misc"),
    ("path", "misc"),
    ("order", "misc"),
    ("first word", "word"),
    ("last word", "word"),
    ("word before", "word"),
    ("word after", "word"),
    ("length", "misc"),
    ("quotes", "misc"),
    ("touches", "misc"),
    ("piece before", "misc"),
    ("piece after", "misc"),
    ("cue lemma, dep", "pair"),
    ("dep, level, side", "misc"),
    ("cue lemma, level, side, dep", "pair"),
    ("inner", "lemma"),
    ("above lemma", "lemma"),
    ("above dep", "misc"),
    ("cue quotes", "misc"),
    ("subject here", "misc"),
)
"""Features of a piece and the space of embeddings each is looked up in."""

WIDTH = 96
"""Numbers of a token's vector in the parser the models were trained with."""

LABELS = ("none", "content", "source", "cue", "split")
"""What a piece can be."""

MAX_LEVEL = 6
"""Ancestors of a cue looked at."""
MAX_DEPTH = 5
"""Times a piece can be split."""
MAX_PIECES = 60
"""Pieces of a cue looked at, the nearest ones."""
MAX_LENGTH = 1_500
"""Longest piece in tokens."""

_CLAUSES = frozenset(("ccomp", "xcomp", "advcl", "acl", "pcomp", "relcl"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "expl"))
_OBJECTS = frozenset(("dobj", "attr", "acomp", "oprd", "pobj"))
_NONE = "-"


@dataclass(slots=True)
class Piece:
    """Tokens ``[start, end)`` under ``head``, seen from a cue."""

    head: int
    start: int
    end: int
    level: int
    """0 for what hangs below the cue, else how many ancestors up."""
    dep: str
    """Label of the head; ``self`` for an ancestor alone, ``quote`` for a quotation beyond the sentence."""
    depth: int = 0
    """How often it was split off."""
    above: int = -1
    """Head of the piece it was split off, or -1."""


@dataclass(slots=True)
class Sight:
    """What is worked out once an article."""

    analysis: Analysis
    quotes: Quotes
    sentence_quotes: list[bool] = field(default_factory=list[bool])

    def __post_init__(self) -> None:
        at = self.quotes.at
        self.sentence_quotes = [any(at[token] >= 0 for token in range(*s)) for s in self.analysis.sentences]


def candidates(analysis: Analysis, nouns: frozenset[str]) -> list[int]:
    """Tokens that may head a cue: verbs, "be" with a complement, nouns of the lexicon, colons."""
    found: list[int] = []
    pos, lowers, deps = analysis.pos, analysis.lowers, analysis.deps
    for token, kind in enumerate(pos):
        if kind == "VERB":
            found.append(token)
        elif kind in ("NOUN", "PROPN", "ADJ", "ADV"):
            if analysis.lemmas[token].lower() in nouns:
                found.append(token)
        elif kind == "AUX":
            if deps[token] not in ("aux", "auxpass"):
                found.append(token)
        elif lowers[token] == ":" or lowers[token] in nouns:
            found.append(token)
    return found


def kind_of(lemma: str, pos: str) -> str:
    """Kind of saying a lemma marks in the lexicon, or ``-``."""
    if pos in ("VERB", "AUX"):
        return VERBS.get(lemma, _NONE)
    if pos in ("NOUN", "PROPN"):
        return NOUNS.get(lemma, _NONE)
    return ADJECTIVES.get(lemma, _NONE)


def _quote_state(sight: Sight, start: int, end: int) -> str:
    """How quoted the tokens are: not, wholly, partly, and whether a quotation opens or ends with them."""
    at = sight.quotes.at
    first, last = at[start], at[end - 1]
    if first < 0 and last < 0:
        return "inner" if any(at[token] >= 0 for token in range(start, end)) else "no"
    if first == last:
        quote = sight.quotes.all[first]
        return (
            ("whole" if quote.start == start else "tail")
            if quote.end == end
            else ("head" if quote.start == start else "in")
        )
    return "ends" if first < 0 else "begins" if last < 0 else "both"


def cue_features(sight: Sight, token: int) -> list[str]:
    """Values of :data:`CUE_FIELDS` for a candidate."""
    a = sight.analysis
    lemmas, lowers, tags, deps, words = a.lemmas, a.lowers, a.tags, a.deps, a.words
    lemma = lemmas[token].lower()
    head = a.head[token]
    subject = subject_tag = obj = obj_tag = clause = clause_lemma = prep = prep_object = particle = adverb = (
        possessor
    ) = _NONE
    auxiliaries = ""
    frame = ""
    for kid in a.children[token]:
        dep = deps[kid]
        if dep in _SUBJECTS:
            subject, subject_tag = lemmas[kid].lower(), tags[kid] + dep
            frame += "s"
        elif dep in _OBJECTS:
            if obj == _NONE:
                obj, obj_tag = lemmas[kid].lower(), tags[kid] + dep
            frame += "o" if kid > token else "O"
        elif dep in _CLAUSES:
            if clause == _NONE or dep == "ccomp":
                mark = next((lowers[k] for k in a.children[kid] if deps[k] in ("mark", "aux") and k < kid), _NONE)
                clause = f"{dep} {mark} {kid > token} {tags[kid]}"
                clause_lemma = lemmas[kid].lower()
            frame += ("c" if kid > token else "C") if dep == "ccomp" else dep[0]
        elif dep in ("prep", "agent"):
            if prep == _NONE:
                prep = lowers[kid]
                below = a.children[kid]
                if below:
                    prep_object = lemmas[below[0]].lower()
            frame += "g" if dep == "agent" else "p"
        elif dep in ("aux", "auxpass", "neg"):
            auxiliaries += lowers[kid] + " "
            if dep == "auxpass":
                frame += "b"
        elif dep == "prt":
            particle = lowers[kid]
        elif dep == "advmod":
            adverb = lowers[kid]
        elif dep == "poss":
            possessor = tags[kid]
        elif dep == "parataxis":
            frame += "x"
    last = len(words)
    start, end = a.sentences[a.sentence_of[token]]
    at = sight.quotes.at
    after = lowers[token + 1] if token + 1 < end else "</s>"
    if at[token] >= 0:
        quotes = "inside"
    elif not sight.sentence_quotes[a.sentence_of[token]]:
        quotes = "none"
        if start and at[start - 1] >= 0 and start + 6 >= token:
            quotes = "before sentence"
        elif end < last and at[end] >= 0 and end - 3 <= token:
            quotes = "after sentence"
    else:
        near = [t for t in range(max(start, token - 5), min(end, token + 6)) if at[t] >= 0]
        quotes = "far"
        if near:
            quotes = f"{near[0] < token}{near[-1] > token}{min(abs(near[0] - token), abs(near[-1] - token)) > 2}"
    block = a.block(a.sentence_of[token]).kind[0]
    place = "first" if a.sentence_of[token] == 0 else "early" if a.sentence_of[token] < 3 else "later"
    return [
        lemma,
        words[token],
        tags[token],
        deps[token],
        kind_of(lemma, a.pos[token]),
        lemmas[head].lower() if head != token else _NONE,
        f"{tags[head]} {deps[head]} {deps[token]} {head < token}" if head != token else _NONE,
        subject,
        subject_tag,
        obj,
        obj_tag,
        clause,
        clause_lemma,
        prep,
        prep_object,
        auxiliaries,
        particle,
        adverb,
        lowers[token - 1] if token > start else "<s>",
        lowers[token - 2] if token > start + 1 else "<s>",
        after,
        lowers[token + 2] if token + 2 < end else "</s>",
        quotes,
        f"{lemma} {clause.split(' ')[0]} {prep}",
        f"{lemma} {frame}",
        f"{lemma} {obj}",
        f"{lemma} {after}",
        f"{frame} {a.pos[token]}",
        possessor,
        block + place,
    ]


def cue_tokens(sight: Sight, token: int) -> tuple[int, ...]:
    """Tokens whose vectors the cue model sees: the candidate, its head, subject, and clause or object; -1 for none."""
    a = sight.analysis
    head = a.head[token]
    subject = clause = obj = -1
    for kid in a.children[token]:
        dep = a.deps[kid]
        if dep in _SUBJECTS:
            subject = kid
        elif dep in _OBJECTS and obj < 0:
            obj = kid
        elif dep in _CLAUSES and (clause < 0 or dep == "ccomp"):
            clause = kid
    return token, head if head != token else -1, subject, clause if clause >= 0 else obj


def piece_tokens(cue: int, pieces: Sequence[Piece], count: int) -> list[tuple[int, ...]]:
    """Tokens whose vectors the piece model sees: cue, head, both ends and both neighbours; -1 for none."""
    return [
        (
            cue,
            piece.head,
            piece.start,
            piece.end - 1,
            piece.start - 1,
            piece.end if piece.end < count else -1,
        )
        for piece in pieces
    ]


def vectors_of(analysis: Analysis, tokens: Sequence[Sequence[int]]) -> Floats:
    """Vectors of the tokens of each row; zeros for -1, and everywhere where the parser gives other vectors or none."""
    if not tokens:
        return np.zeros((0, 1, WIDTH), dtype=np.float32)
    at = np.array(tokens, dtype=np.intp)
    if analysis.vectors is None or analysis.vectors.shape[1] != WIDTH:
        return np.zeros((*at.shape, WIDTH), dtype=np.float32)
    found: Floats = analysis.vectors[at]
    found[at < 0] = 0.0
    return found


def as_main_clause(features: list[str]) -> list[str]:
    """The features a cue candidate would have if its clause stood by itself, outside quotation marks.

    Corpora mark outermost attributions alone; read so, an attribution within another can be told by the same model.
    """
    changed = features.copy()
    for number, value in _MAIN_CLAUSE:
        changed[number] = value
    return changed


def as_main_tokens(tokens: tuple[int, ...]) -> tuple[int, ...]:
    """The tokens of :func:`cue_tokens` if the clause stood by itself: without the head."""
    return tokens[0], -1, *tokens[2:]


_MAIN_CLAUSE = tuple(
    ([name for name, _ in CUE_FIELDS].index(field), value)
    for field, value in (("dep", "ROOT"), ("head lemma", _NONE), ("head tag, dep", _NONE), ("quotes", "none"))
)


def pieces_of(sight: Sight, cue: int) -> list[Piece]:
    """The pieces of a cue's sentence and the quotations next to it, in text order."""
    a = sight.analysis
    left, right, deps, children = a.left, a.right, a.deps, a.children
    found = [Piece(kid, left[kid], right[kid] + 1, 0, deps[kid]) for kid in children[cue]]
    at, level = cue, 0
    while a.head[at] != at and level < MAX_LEVEL:
        above = a.head[at]
        level += 1
        found.append(Piece(above, above, above + 1, level, "self"))
        found.extend(Piece(kid, left[kid], right[kid] + 1, level, deps[kid]) for kid in children[above] if kid != at)
        at = above
    found.extend(_beyond(sight, cue))
    found.sort(key=lambda piece: (piece.start, piece.end))
    if len(found) > MAX_PIECES or (found and found[-1].end - found[0].start > MAX_LENGTH):
        # No sentence of a report: keep what is near, so that the work stays linear in the text.
        found = [piece for piece in found if piece.end - piece.start <= MAX_LENGTH]
        found.sort(key=lambda piece: min(abs(piece.start - cue), abs(piece.end - 1 - cue)))
        found = sorted(found[:MAX_PIECES], key=lambda piece: (piece.start, piece.end))
    return found


def _beyond(sight: Sight, cue: int) -> list[Piece]:
    """Quotations outside the sentence that may belong to the cue: just before it, and sentences after it."""
    a = sight.analysis
    number = a.sentence_of[cue]
    start, end = a.sentences[number]
    quotes, at = sight.quotes.all, sight.quotes.at
    found: list[Piece] = []
    if start and at[start - 1] >= 0:
        quote = quotes[at[start - 1]]
        begin = quote.start
        if at[start] != at[start - 1] and begin < start:
            found.append(Piece(quote.start, begin, start, 0, "quote before"))
    following = number + 1
    while following < len(a.sentences) and following <= number + 4:
        first = a.sentences[following][0]
        if at[first] < 0:
            break
        quote = quotes[at[first]]
        # An opening mark may hang at the end of the sentence before.
        if quote.start < first - 1 or (following == number + 1 and quote.start < end - 1):
            break
        limit = quote.end
        found.append(Piece(first, quote.start, limit, 0, f"quote after {min(2, following - number)}"))
        while following < len(a.sentences) and a.sentences[following][0] < limit:
            following += 1
        # More words in the sentence after the quotation: it has a cue of its own.
        if a.sentences[following - 1][1] > limit + 1:
            break
    return found


def opened(sight: Sight, piece: Piece) -> list[Piece]:
    """The head of a piece and the subtrees of its children, in text order."""
    a = sight.analysis
    head = piece.head
    depth = piece.depth + 1
    found = [Piece(head, head, head + 1, piece.level, "self", depth, head)]
    found.extend(
        Piece(kid, a.left[kid], a.right[kid] + 1, piece.level, a.deps[kid], depth, head) for kid in a.children[head]
    )
    found.sort(key=lambda each: each.start)
    return found


def piece_features(sight: Sight, cue: int, pieces: list[Piece]) -> list[list[str]]:
    """Values of :data:`PIECE_FIELDS` for each of a run of neighbouring pieces of a cue."""
    a = sight.analysis
    lemmas, lowers, tags, deps = a.lemmas, a.lowers, a.tags, a.deps
    cue_lemma = lemmas[cue].lower()
    kids = a.children[cue]
    cue_frame = " ".join(f"{deps[kid]}{'>' if kid > cue else '<'}" for kid in kids if deps[kid] != "punct")
    cue_kind = kind_of(cue_lemma, a.pos[cue])
    at = sight.quotes.at
    cue_quoted = "in" if at[cue] >= 0 else "out"
    has_subject = "subject" if any(deps[kid] in _SUBJECTS for kid in kids) else "no subject"
    paths = [_NONE]
    up = cue
    while a.head[up] != up and len(paths) <= MAX_LEVEL:
        paths.append(f"{paths[-1]}>{deps[up]}" if len(paths) < 4 else paths[-1])
        up = a.head[up]
    count = len(a.words)
    out: list[list[str]] = []
    last = len(pieces) - 1
    base = next((n for n, piece in enumerate(pieces) if piece.start > cue), len(pieces))
    for number, piece in enumerate(pieces):
        start, end, head, dep = piece.start, piece.end, piece.head, piece.dep
        side = ">" if start > cue else "<"
        order = number - base if side == "<" else number - base + 1
        length = end - start
        where = f"{piece.level}{side}{piece.depth}"
        inner = _NONE
        if dep in ("prep", "agent", "dative"):
            below = a.children[head]
            if below:
                inner = lemmas[below[-1]].lower()
        elif dep in ("ccomp", "xcomp", "advcl", "acl", "relcl"):
            inner = next((lowers[kid] for kid in a.children[head] if kid < head), _NONE)
        out.append(
            [
                cue_lemma,
                tags[cue],
                deps[cue],
                cue_kind,
                cue_frame,
                lemmas[head].lower(),
                tags[head],
                dep,
                where,
                paths[piece.level],
                str(max(-5, min(5, order))),
                lowers[start],
                lowers[end - 1],
                lowers[start - 1] if start else "<s>",
                lowers[end] if end < count else "</s>",
                "1" if length == 1 else "2" if length == 2 else "4" if length < 5 else "9" if length < 10 else "10",
                _quote_state(sight, start, end),
                f"{end == cue}{start == cue + 1}",
                pieces[number - 1].dep if number else _NONE,
                pieces[number + 1].dep if number < last else _NONE,
                f"{cue_lemma} {dep}",
                f"{dep} {where}",
                f"{cue_lemma} {where} {dep}",
                inner,
                lemmas[piece.above].lower() if piece.above >= 0 else _NONE,
                f"{deps[piece.above]} {dep}" if piece.above >= 0 else _NONE,
                cue_quoted,
                f"{has_subject} {dep} {paths[piece.level]}",
            ]
        )
    return out
