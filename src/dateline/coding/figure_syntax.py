"""What an amount counts, read off the tree: noun phrase, outcome, rise or fall, clause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dateline.coding.figure_numbers import Amount
from dateline.knowledge import quantities as known
from dateline.reading.analysis import Analysis
from dateline.records import Change

Outcome = Literal["killed", "injured", "missing", "detained", "displaced"]

_SUBJECT = ("nsubj", "nsubjpass", "csubj", "expl")
_INSIDE = frozenset(("compound", "amod", "nmod", "poss", "nummod", "quantmod", "npadvmod", "advmod", "case", "det", "punct", "neg", "prt"))
_NOMINAL = frozenset(("NN", "NNS", "NNP", "NNPS"))
_MODIFIER = frozenset(("JJ", "JJR", "JJS", "VBN", "VBG", "NN", "NNP", "NNS", "NNPS", "HYPH", "POS", "RB", "CD", "AFX", ":"))
_OF_NOUN = frozenset("percent % half third quarter most majority".split())


@dataclass(frozen=True, slots=True)
class Counted:
    """A noun phrase: tokens ``[start, end)`` around ``head``."""

    start: int
    end: int
    head: int


def noun_after(analysis: Analysis, amount: Amount) -> Counted | None:
    """The noun phrase an amount stands in front of: ``10,000 North Korean troops``.

    Follows the tree where the number hangs on a noun to its right, and else the
    tags: a tagger is right about nouns more often than a parser about lists.
    """
    stop = analysis.sentences[analysis.sentence_of[amount.first]][1]
    at = amount.end
    tags, lowers, head = analysis.tags, analysis.lowers, analysis.head
    of = False
    if at < stop and lowers[at] == "of" and at + 1 < stop:
        of = True
        at += 1
        while at < stop and tags[at] in ("DT", "PRP$", "PDT"):
            at += 1
    elif at < stop and lowers[at] in ("more", "other", "another", "additional", "extra", "further"):
        at += 1
    start = at
    noun = -1
    limit = min(stop, at + 8)
    while at < limit:
        tag = tags[at]
        if tag in _NOMINAL:
            noun = at
            if tag in ("NNS", "NNPS") and not (at + 1 < stop and tags[at + 1] in ("NNS", "NN") and head[at] == at + 1):
                break
        elif tag == "POS" and noun >= 0 and at + 1 < limit:
            pass
        elif tag == "CC" and at > start and at + 1 < limit and tags[at + 1] in ("JJ", "NN", "NNP", "VBN") and noun < 0:
            pass  # "digital and physical sales"
        elif tag not in _MODIFIER and not (lowers[at] == "," and tags[at - 1] == "JJ" and tags[at + 1 : at + 2] == ["JJ"]):
            break
        elif tag == "RB" and not (at + 1 < stop and tags[at + 1] in ("JJ", "VBN", "VBG", "HYPH")):
            break
        elif tag == "VBG" and noun >= 0:
            break
        elif tag == "VBN" and noun >= 0:
            break
        elif tag == ":" and lowers[at] not in known.HYPHENS:
            break
        elif tag == "CD" and noun >= 0:
            break
        at += 1
    if noun < 0:
        return None
    del of
    return Counted(start, noun + 1, noun)


def phrase(analysis: Analysis, noun: int) -> Counted:
    """The noun phrase of a head: its modifiers before it, and an ``of`` phrase after it."""
    tags, deps, lowers = analysis.tags, analysis.deps, analysis.lowers
    start = noun
    sentence = analysis.sentences[analysis.sentence_of[noun]][0]
    while (
        start - 1 >= sentence
        and noun - start < 8
        and analysis.head[start - 1] != start - 1
        and deps[start - 1] in _INSIDE
        and noun - 8 <= analysis.head[start - 1] <= noun
        and tags[start - 1] not in (",", ".", "``", "''", "-LRB-", "-RRB-")
    ):
        start -= 1
    while start < noun and (tags[start] in ("DT", "PRP$", "PDT", "POS", "CD", "RB", ":", "$", "IN", "WP$") or lowers[start] in known.BOUNDS):
        start += 1
    end = noun + 1
    for kid in analysis.children[noun]:
        if kid > noun and deps[kid] == "prep" and lowers[kid] == "of" and analysis.right[kid] - kid <= 6:
            end = max(end, analysis.right[kid] + 1)
            break
    return Counted(start, end, noun)


def subject_of(analysis: Analysis, token: int) -> int | None:
    """The subject of the clause a token stands in: of its verb, or of the verb that lends it one."""
    deps, head = analysis.deps, analysis.head
    at = token
    for _ in range(12):
        if analysis.tags[at][:1] == "V" or analysis.pos[at] == "AUX" or deps[at] == "ROOT":
            found = analysis.child(at, *_SUBJECT)
            if found is not None and found != token and deps[found] != "expl":
                if analysis.lowers[found] in ("which", "that", "who") and deps[at] == "relcl":
                    return head[at]
                return found
            if deps[at] in ("acl", "relcl"):
                return head[at] if analysis.tags[head[at]] in _NOMINAL else None
            if deps[at] == "advcl" and analysis.tags[at] == "VBG":
                pass
        if head[at] == at:
            return None
        at = head[at]
    return None


def measured(analysis: Analysis, amount: Amount) -> int | None:
    """The noun a measure, a sum or a share is of: head token, or none.

    ``a 278 kg tuna`` and ``10 percent of turnover`` name it beside the unit;
    otherwise it is the noun the amount is attached to (``a fine of $10m``), or
    the subject of its verb (``the flight lasted 87 minutes``).
    """
    deps, head, tags, lowers = analysis.deps, analysis.head, analysis.tags, analysis.lowers
    start, stop = analysis.sentences[analysis.sentence_of[amount.first]]
    at = amount.unit_at
    if amount.end < stop and lowers[amount.end] == "of":
        for kid in range(amount.end, min(amount.end + 8, stop)):
            if deps[kid] == "pobj" and head[kid] == amount.end:
                return kid
    for _ in range(4):
        up = head[at]
        if up == at:
            break
        dep = deps[at]
        if dep in ("nummod", "quantmod", "compound", "nmod", "amod", "npadvmod") and amount.start <= up < amount.end:
            at = up
            continue
        break
    dep, up = deps[at], head[at]
    if dep in ("nummod", "compound", "nmod", "amod", "quantmod", "poss") and up >= amount.end and tags[up] in _NOMINAL:
        return up
    if dep in ("nummod", "appos") and tags[up] in _NOMINAL and up != at:
        return up
    if dep == "npadvmod" and tags[up][:2] == "JJ":
        # "90 miles wide": the width is of the adjective's own noun
        at, dep, up = up, deps[up], head[up]
        if dep == "amod":
            return up
    if dep == "pobj":
        prep, above = up, head[up]
        if tags[above] in _NOMINAL and above not in range(amount.start, amount.end) and lowers[prep] in (
            "of", "at", "for", "to", "by", "from", "with", "in", "between", "under", "over", "around",
        ):  # fmt: skip
            return above
        subject = subject_of(analysis, above)
        return subject if subject is not None and subject not in range(amount.start, amount.end) else None
    subject = subject_of(analysis, at)
    if subject is None or subject in range(amount.start, amount.end):
        return None
    del start
    return subject


def change_of(analysis: Analysis, amount: Amount) -> Change | None:
    """Whether the amount is the size of a rise or a fall: ``fell 7 %``, ``up $43bn``, ``by 3 %``."""
    deps, head, lemmas, lowers = analysis.deps, analysis.head, analysis.lemmas, analysis.lowers
    start, stop = analysis.sentences[analysis.sentence_of[amount.first]]
    left = amount.about_from if amount.about_from >= 0 else amount.start
    before = lowers[left - 1] if left > start else ""
    if before in ("up", "down") and lowers[left] != "to":
        return "up" if before == "up" else "down"
    if amount.end < stop and lowers[amount.end] in ("higher", "lower", "up", "down") and lowers[amount.end + 1 : amount.end + 2] != ["than"]:
        return "up" if lowers[amount.end] in ("higher", "up") else "down"
    if amount.first > start and lowers[amount.first - 1 : amount.first] == ["+"]:
        return "up"
    at = amount.unit_at
    for _ in range(4):
        if head[at] != at and (amount.start <= head[at] < amount.end or deps[at] in ("nummod", "quantmod") and head[at] < amount.end):
            at = head[at]
        else:
            break
    up = head[at]
    dep = deps[at]
    if dep == "pobj" and lowers[up] in ("by", "of"):
        if lowers[up] == "of" and lemmas[head[up]] not in ("increase", "decrease", "rise", "fall", "drop", "decline", "gain"):
            return None
        up = head[up]
    elif dep not in ("dobj", "npadvmod", "advmod", "attr", "oprd", "ccomp", "dep", "nsubj", "pobj"):
        return None
    elif dep == "pobj" and lowers[up] != "between":
        return None
    elif dep == "pobj":
        up = head[up]
    if dep == "dobj" and (amount.unit is None or amount.unit.time):
        return None
    lemma = lemmas[up]
    if lemma in known.RISE:
        return "up"
    if lemma in known.FALL:
        return "down"
    return None


def outcome_of(analysis: Analysis, amount: Amount, noun: int | None) -> Outcome | None:
    """What befell those counted, by the noun itself, its modifiers or its verb."""
    lemmas, deps, head, children = analysis.lemmas, analysis.deps, analysis.head, analysis.children
    table = known.OUTCOMES
    stop = analysis.sentences[analysis.sentence_of[amount.first]][1]
    at = amount.unit_at if noun is None else noun
    found = table.get(lemmas[at]) or table.get(analysis.lowers[at])
    if found is None and noun is not None:
        for kid in children[noun]:
            if deps[kid] in ("amod", "acl", "relcl", "compound", "advcl"):
                found = table.get(analysis.lowers[kid]) or table.get(lemmas[kid])
                if found is not None and deps[kid] == "relcl" and not _befalls(analysis, kid):
                    found = None
                if found is not None:
                    break
    if found is None and noun is None and amount.end < stop:
        found = table.get(analysis.lowers[amount.end])  # "12 dead", "40 wounded"
    if found is None:
        up, dep = head[at], deps[at]
        if dep == "conj" and up != at:
            dep, up = deps[up], head[up]
        lemma = lemmas[up]
        kind = table.get(lemma)
        if kind is not None and analysis.tags[up][:1] == "V":
            passive = dep == "nsubjpass" or analysis.tags[up] == "VBN"
            intransitive = lemma in ("die", "perish", "flee", "disappear", "vanish", "drown")
            if (intransitive and dep.startswith("nsubj")) or (not intransitive and (dep == "dobj" or (passive and dep.startswith("nsubj")))):
                found = kind
        elif dep == "dobj" and lemma in ("leave", "report", "declare", "list"):
            for kid in children[up]:
                if kid > at and analysis.lowers[kid] in table:
                    found = table[analysis.lowers[kid]]
                    break
    return found  # type: ignore[return-value]


def _befalls(analysis: Analysis, verb: int) -> bool:
    """Whether the one a relative clause hangs on suffers its verb: ``who were killed``, ``who died``."""
    if analysis.child(verb, "auxpass", "nsubjpass") is not None:
        return True
    return analysis.lemmas[verb] in ("die", "perish", "flee", "disappear", "vanish", "drown")
