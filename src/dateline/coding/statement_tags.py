"""Speakers named in passing beside what they say: "..., police allege", "“...,” the mayor, Ivo Blau, said".

The parser often takes the clause for the object, a compound or an apposition of the speaker, and then the models find
no cue, the wrong speaker or half of the words. The order of the words is plain: a clause or a quotation, a comma, a
noun phrase, a verb of saying (or the verb first), and after them no clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.coding.statement_features import Sight

_VERBS = """
acknowledge add admit allege announce argue assert believe claim concede conclude confirm contend continue declare
disclose estimate explain fear insist maintain note observe predict recall remark reply report respond reveal say show
state suggest suspect tell think warn write
""".split()
_ASIDE = "exclaim joke laugh muse quip reflect share shout sigh smile whisper yell".split()
_IRREGULAR = {"said": "say", "told": "tell", "thought": "think", "wrote": "write"}
_BEHIND = frozenset(
    "added alleged announced argued claimed concluded confirmed continued declared estimated explained insisted noted "
    "predicted recalled remarked replied reported said says stated warned wrote writes adds".split()
)
"""Forms that stand before their speaker: ", said the mayor"."""
_NOMINAL = frozenset("NN NNS NNP NNPS PRP PRP$ DT JJ POS CD CC HYPH , VBN -LRB- -RRB- RB".split())
_HEADS = frozenset(("NN", "NNS", "NNP", "NNPS", "PRP"))
_OF = frozenset(("of", "for", "from", "at", "in", "with"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_CLOSING = frozenset(("”", '"', "''", "’", "'"))
_LONGEST = 24
"""Tokens of a speaker with what is said of him."""


def _forms(verbs: Sequence[str]) -> frozenset[str]:
    """Finite forms of regular verbs."""
    found = set[str]()
    for verb in verbs:
        if verb.endswith("y") and verb[-2] not in "aeiou":
            found |= {verb, verb[:-1] + "ies", verb[:-1] + "ied"}
        elif verb.endswith("e"):
            found |= {verb, verb + "s", verb + "d"}
        else:
            found |= {verb, verb + "s", verb + "ed"}
    return frozenset(found)


_SAYS = (_forms(_VERBS) | frozenset(_IRREGULAR) | {"admitted"}) - {"thinked", "sayed", "telled"}
_SAYS_ASIDE = _SAYS | _forms(_ASIDE)
_ALSO_NOUNS = frozenset("claim claims estimate estimates fear fears note notes report reports state states".split())
"""Forms that are verbs only where the tagger says so; others it may take for nouns ("police allege")."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A verb of saying in passing, who says it and what; ranges of tokens are half-open."""

    verb: int
    source: tuple[int, int]
    content: tuple[int, int]


def tags(sight: Sight) -> list[Tag]:
    """The tags of an article, at most one a sentence, in text order.

    Missed: those before what is said ("Police allege that ..."), and those between two halves of it.
    """
    a, at = sight.analysis, sight.quotes.at
    found: list[Tag] = []
    for start, end in a.sentences:
        for verb in range(end - 1, start + 2, -1):
            if a.lowers[verb] not in _SAYS_ASIDE or at[verb] >= 0 or a.tags[verb] in ("NNP", "NNPS"):
                continue
            if a.lowers[verb] in _ALSO_NOUNS and a.pos[verb] != "VERB":
                continue
            tag = _before(sight, start, end, verb) or _behind(sight, start, end, verb)
            if tag is not None:
                found.append(tag)
                break
    return found


def _before(sight: Sight, start: int, end: int, verb: int) -> Tag | None:
    """The speaker stands before the verb, and after it no clause."""
    a = sight.analysis
    after = verb + 1
    clause = next((n for n in range(after, end) if a.tags[n] in _FINITE or a.lowers[n] in ("that", "to")), end)
    if clause < end and not any(a.pos[n] == "PUNCT" for n in range(after, clause)):
        return None
    begin = _speaker_begins(sight, start, verb)
    return _made(sight, start, verb, (begin, verb), begin) if begin is not None else None


def _speaker_begins(sight: Sight, start: int, verb: int) -> int | None:
    """First token of the noun phrase right before a verb, where a comma or a quotation's end stands before it."""
    a, at = sight.analysis, sight.quotes.at
    # an apposition closed by a comma was opened by one: "a deckhand, Ivo Blau, told"
    closed = a.words[verb - 1] == ","
    commas = int(closed)
    token = verb - 1 - closed
    while token > start and verb - token < _LONGEST:
        if at[token] >= 0 or (a.words[token] in _CLOSING and a.pos[token] == "PUNCT"):
            return token + 1
        if a.words[token] == ",":
            if not commas:
                return token + 1
            commas -= 1
        elif a.tags[token] not in _NOMINAL and a.lowers[token] not in _OF:
            return None
        token -= 1
    return None


def _behind(sight: Sight, start: int, end: int, verb: int) -> Tag | None:
    """The speaker stands behind the verb."""
    a, at = sight.analysis, sight.quotes.at
    if a.lowers[verb] not in _BEHIND:
        return None
    if a.words[verb - 1] != "," and not (at[verb - 1] >= 0 and a.words[verb - 1] in _CLOSING):
        return None
    stop = verb + 1
    while stop < end and stop - verb < _LONGEST and at[stop] < 0:
        if a.words[stop] == "," or (a.tags[stop] not in _NOMINAL and a.lowers[stop] not in _OF - {"in", "with"}):
            break
        stop += 1
    if stop < end and (a.tags[stop] in _FINITE or a.lowers[stop] in ("to", "that")):
        return None
    return _made(sight, start, verb, (verb + 1, stop), verb)


def _made(sight: Sight, start: int, verb: int, source: tuple[int, int], until: int) -> Tag | None:
    """The tag, where a noun speaks and what is said is a quotation that ends here or a whole clause."""
    a, at = sight.analysis, sight.quotes.at
    if not any(a.tags[token] in _HEADS for token in range(*source)) or a.tags[source[0]] in ("CC", "IN", "RB", ","):
        return None
    last = until - 1
    while last > start and a.words[last] == "," and at[last] < 0:
        last -= 1
    if at[last] >= 0:
        quote = sight.quotes.all[at[last]]
        if quote.end <= until and quote.closed and quote.start >= start:
            return Tag(verb, source, (quote.start, quote.end))
        return None
    if a.lowers[verb] not in _SAYS or at[start] >= 0 or not _OPENS.isdisjoint(a.lowers[start : start + 2]):
        return None
    if not any(a.tags[token] in _FINITE for token in range(start, last + 1)):
        return None
    return Tag(verb, source, (start, last + 1))


_OPENS = frozenset(("if", "when", "while", "although", "though", "as", "after", "before", "since", "because", "unless"))
"""What opens a clause that leads to the verb and is not what is said: "As the water rose, the mayor said no word"."""
