"""What an amount counts, read off the tree: noun phrase, outcome, rise or fall, clause."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from dateline.coding.figure_numbers import Amount
from dateline.knowledge import quantities as known
from dateline.knowledge.quantities import Outcome
from dateline.knowledge.roles import PEOPLE, ROLES
from dateline.reading.analysis import Analysis
from dateline.records import Change

_INSIDE = frozenset(
    (
        "compound",
        "amod",
        "nmod",
        "poss",
        "nummod",
        "quantmod",
        "npadvmod",
        "advmod",
        "case",
        "det",
        "punct",
        "neg",
        "prt",
    )
)
_NOMINAL = frozenset(("NN", "NNS", "NNP", "NNPS"))
_MODIFIER = frozenset(
    ("JJ", "JJR", "JJS", "VBN", "VBG", "NN", "NNP", "NNS", "NNPS", "HYPH", "POS", "RB", "CD", "AFX", ":")
)
_TOTALS = frozenset("average total record maximum minimum mean median high low".split())
"""Nouns that say how an amount was reckoned, not of what."""
_THIRD_PERSON = frozenset("it they he she".split())
POINTING = frozenset(("PRP", "DT", "WDT", "WP", "EX", "PRP$", "WP$"))
"""Tags of words that stand for a noun and name nothing themselves."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A noun phrase: tokens ``[start, end)`` around ``head``."""

    start: int
    end: int
    head: int


def noun_after(analysis: Analysis, amount: Amount, blocked: Container[int] = ()) -> Counted | None:
    """The noun phrase an amount stands in front of: ``10,000 North Korean troops``.

    Reads tags, not the tree: a tagger is right about nouns more often than a parser
    about lists. ``blocked`` tokens belong to times, and no phrase runs into them.
    """
    stop = analysis.sentences[analysis.sentence_of[amount.first]][1]
    at = amount.end
    tags, lowers = analysis.tags, analysis.lowers
    if at + 1 < stop and lowers[at] in known.HYPHENS and analysis.ends[at - 1] == analysis.starts[at]:
        # "a 16-member council" counts members
        return Counted(at + 1, at + 2, at + 1) if tags[at + 1] in _NOMINAL else None
    if at < stop and lowers[at] == "of" and at + 1 < stop:
        at += 1
        while at < stop and tags[at] in ("DT", "PRP$", "PDT", "CD"):
            at += 1
        if (
            at < stop
            and tags[at] in ("JJ", "NN", "VBN", "NNS")
            and lowers[at] in known.OUTCOMES
            and (at + 1 == stop or tags[at + 1] not in (*_NOMINAL, "JJ", "HYPH"))
        ):
            return Counted(at, at + 1, at)  # "twelve of the dead"
    elif at < stop and lowers[at] in ("more", "other", "another", "additional", "extra", "further"):
        at += 1
    return _run(analysis, at, stop, blocked)


def multiplied(analysis: Analysis, times: Counted, blocked: Container[int]) -> Counted | None:
    """What a number of times is of: ``three times the price``, ``6.5 times earnings``."""
    stop = analysis.sentences[analysis.sentence_of[times.head]][1]
    at = times.end
    while at < stop and analysis.tags[at] in ("DT", "PRP$"):
        at += 1
    return _run(analysis, at, stop, blocked)


def _run(analysis: Analysis, at: int, stop: int, blocked: Container[int]) -> Counted | None:
    """The noun phrase whose modifiers start at a token, up to its plural or its last noun."""
    tags, lowers, head = analysis.tags, analysis.lowers, analysis.head
    start = at
    noun = -1
    limit = min(stop, at + 8)
    while at < limit and at not in blocked:
        tag = tags[at]
        following = tags[at + 1] if at + 1 < stop else ""
        if tag in _NOMINAL and lowers[at][0].isalnum():
            noun = at
            if tag in ("NNS", "NNPS") and not (following in ("NNS", "NN") and head[at] == at + 1):
                break
        elif tag == "POS":
            if noun < 0:
                break
        elif tag == "CC":
            adjectives = noun < 0 and at > start and following in ("JJ", "NN", "NNP", "VBN")
            names = noun >= 0 and tags[noun] == "NNP" and tags[at + 1 : at + 3] in (["NNP", "NNS"], ["JJ", "NNS"])
            if not (adjectives or names):  # "digital and physical sales", "Kia and Hyundai vehicles"
                break
        elif lowers[at] == "," and tags[at - 1] == "JJ" and following == "JJ":
            pass
        elif (
            tag not in _MODIFIER
            or (tag in ("VBG", "VBN") and noun >= 0 and lowers[at - 1] not in known.HYPHENS)
            or (tag == "CD" and noun >= 0 and not (analysis.words[noun].isupper() and following in _NOMINAL))
            or (tag == "RB" and following not in ("JJ", "VBN", "VBG", "HYPH"))
            or (tag == ":" and lowers[at] not in known.HYPHENS)
        ):
            break
        at += 1
    return Counted(start, noun + 1, noun) if noun >= 0 else None


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
    while start < noun and (
        tags[start] in ("DT", "PRP$", "PDT", "POS", "CD", "RB", ":", "$", "IN", "WP$") or lowers[start] in known.BOUNDS
    ):
        start += 1
    while start < noun and lowers[start] in known.HYPHENS:
        # "-year-old general", what "54" leaves over
        start += 2
        if start >= noun or analysis.starts[start] == analysis.ends[start - 1]:
            continue
        break
    start = min(start, noun)
    end = noun + 1
    if tags[noun] == "NNP" and end < len(analysis) and tags[end] == "CD" and analysis.head[end] == noun:
        end += 1  # "S&P 500"
    for kid in analysis.children[noun]:
        if kid > noun and deps[kid] == "prep" and lowers[kid] == "of" and analysis.right[kid] - kid <= 6:
            end = max(end, analysis.right[kid] + 1)
            break
    return Counted(start, end, noun)


def subject_of(analysis: Analysis, token: int) -> int | None:
    """The subject of the clause a token stands in: of its verb, or of the verb that lends it one.

    A relative pronoun gives way to the noun it stands for, a personal pronoun to the
    subject of the clause above, where there is one.
    """
    deps, head, lowers = analysis.deps, analysis.head, analysis.lowers
    at = token
    pronoun: int | None = None
    for _ in range(14):
        if analysis.tags[at][:1] == "V" or analysis.pos[at] == "AUX" or deps[at] == "ROOT":
            found = analysis.child(at, "nsubj", "nsubjpass", "csubj")
            if found is not None and found != token:
                if lowers[found] in ("which", "that", "who") and deps[at] == "relcl":
                    return head[at]
                if lowers[found] not in _THIRD_PERSON:
                    return pronoun if pronoun is not None and analysis.tags[found] not in _NOMINAL else found
                pronoun = found if pronoun is None else pronoun
            elif (
                found is None and deps[at] == "conj" and (coordinated := _subject_as_conjunct(analysis, at)) is not None
            ):
                return coordinated
            elif deps[at] in ("acl", "relcl") and not (analysis.tags[at] == "VB" and deps[head[at]] == "dobj"):
                # but "announced plans to lay off 6,000": who plans lays off
                return head[at] if analysis.tags[head[at]] in _NOMINAL else pronoun
        if head[at] == at:
            return pronoun
        at = head[at]
    return pronoun


def _subject_as_conjunct(analysis: Analysis, verb: int) -> int | None:
    """The subject that a parser joined to the noun before: ``was 2.5 F and the voltage was 5 volts``."""
    first = analysis.head[verb]
    for at in range(verb - 1, max(first, verb - 12), -1):
        if analysis.tags[at][:1] == "V":
            return None
        if analysis.deps[at] == "conj" and analysis.tags[at] in _NOMINAL and first < analysis.head[at] < at:
            joined = analysis.left[at]
            return at if joined > first and analysis.tags[joined - 1] == "CC" else None
    return None


def outer(analysis: Analysis, amount: Amount) -> int:
    """The token by which an amount hangs in the tree."""
    at = amount.unit_at
    for _ in range(6):
        up = analysis.head[at]
        if up == at or not amount.start <= up < amount.end:
            break
        at = up
    return at


def measured(analysis: Analysis, amount: Amount, blocked: Container[int] = ()) -> Counted | None:
    """The noun phrase a measure, a sum or a share is of, or none.

    ``a 278 kg tuna`` and ``10 percent of turnover`` name it beside the unit;
    otherwise it is the noun the amount is attached to (``a fine of $10m``), or
    the subject of its verb (``the flight lasted 87 minutes``).
    """
    deps, head, tags, lowers = analysis.deps, analysis.head, analysis.tags, analysis.lowers
    stop = analysis.sentences[analysis.sentence_of[amount.first]][1]
    after = past_parenthesis(analysis, amount.end, stop)
    if after < stop and (lowers[after] == "of" or (lowers[after] == "in" and amount.unit is not None)):
        inside = lowers[after] == "in"
        for kid in range(after + 1, min(after + 8, stop)):
            if deps[kid] == "pobj" and head[kid] == after and kid not in blocked:
                if inside and (
                    tags[kid] not in ("NNS", "NN")
                    or not amount.start <= head[after] < amount.end
                    or (amount.unit is not None and not amount.unit.money and amount.unit.code != "%")
                ):
                    break
                return _named(analysis, kid, amount, after + 1) if tags[kid] not in POINTING else None
    beside = gapped(analysis, amount, blocked)
    if beside is not None:
        return beside
    if after < stop and _attributive(analysis, amount, after):
        found = _run(analysis, after + (lowers[after] in known.HYPHENS), stop, blocked)
        if found is not None:
            return found
    moved = _moved(analysis, amount, blocked)
    if moved is not None:
        return moved
    at = outer(analysis, amount)
    dep, up = deps[at], head[at]
    inner = range(amount.start, amount.end)
    if dep == "dobj" and amount.unit is not None and amount.unit.code == "%":
        receiver = analysis.child(up, "dative")
        if receiver is not None and tags[receiver] in _NOMINAL:
            return _named(analysis, receiver, amount)  # "gave Diallo 58.2 percent"
    if amount.unit is not None and _set_apart(analysis, amount, at, after, stop):
        return None
    if (
        dep in ("nummod", "compound", "nmod", "amod", "quantmod", "poss")
        and up >= after
        and up not in blocked
        and tags[up] in _NOMINAL
        and lowers[up] not in known.UNIT_WORDS
        and not _signed(analysis, after)
    ):
        return _named(analysis, up, amount, after)
    if lowers[up] == "magnitude" and deps[up] == "pobj" and tags[head[head[up]]] in _NOMINAL:
        up = head[head[up]]  # "an earthquake of magnitude 6.8"
    if dep in ("nummod", "appos") and tags[up] in _NOMINAL and up not in inner and up not in blocked:
        return _named(analysis, up, amount)
    lasting = amount.unit is not None and amount.unit.time and not amount.age
    if lasting and dep in ("npadvmod", "dobj") and analysis.child(up, "dative") is not None:
        return None  # "gave the council ten days"
    if dep == "pobj" and lowers[up] == "for" and amount.unit is not None and amount.unit.money:
        bought = analysis.child(head[up], "dobj") if analysis.lemmas[head[up]] in _TRADING else None
        if bought is not None and tags[bought] in _NOMINAL and bought < amount.start:
            return _named(analysis, bought, amount)  # "buy four frigates for 3.2 billion euros"
    if dep == "npadvmod" and (tags[up][:2] == "JJ" or lowers[up] in ("higher", "lower")):
        # "90 miles wide": the width is of the adjective's own noun
        at, dep, up = up, deps[up], head[up]
        if dep == "amod":
            return _named(analysis, up, amount)
    verb = head[up] if dep == "pobj" and lowers[up] in ("by", "to", "from", "at") else up
    if tags[verb][:1] == "V" and dep in ("pobj", "npadvmod", "oprd", "advmod", "acomp") and verb not in inner:
        # "raised the toll to 40", "cut output by 2 percent", "pulled the index 0.7 percent lower"
        object_ = analysis.child(verb, "dobj")
        if (
            object_ is not None
            and object_ < amount.start
            and object_ not in inner
            and object_ not in blocked
            and tags[object_] in _NOMINAL
        ):
            return _named(analysis, object_, amount)
    if dep == "pobj":
        above = head[up]
        if lasting and _lasts(analysis, amount):
            return None  # "its highest level in six months"
        if tags[above] in _NOMINAL and above not in inner and lowers[up] in _ATTACHING and above not in blocked:
            if analysis.lemmas[above] not in _TOTALS:
                return _named(analysis, above, amount)
            subject = subject_of(analysis, above)
            return _named(analysis, above if subject is None or subject in inner else subject, amount)
        at = above
    if lasting and _lasts(analysis, amount):
        return None  # "can borrow for fifty years": how long, of nothing named
    if dep == "nsubj" and amount.unit is None:
        return None  # "the company said 1,500 took part": it has a verb of its own
    if (
        dep == "dobj"
        and amount.unit is None
        and tags[head[at]][:1] == "V"
        and analysis.lemmas[head[at]] not in _MEASURING
    ):
        return None  # "acquitted three"
    subject = subject_of(analysis, at)
    if subject is not None and subject not in inner and subject not in blocked and tags[subject] not in POINTING:
        return _named(analysis, subject, amount)
    return _beside(analysis, amount, blocked) if subject is None else None


def _signed(analysis: Analysis, at: int) -> bool:
    """Whether a dash with spaces stands at a token, before who says so: ``Prices rise 4 percent - ministry``."""
    return (
        analysis.lowers[at] in known.HYPHENS
        and analysis.starts[at] > analysis.ends[at - 1]
        and at + 1 < len(analysis.starts)
        and analysis.starts[at + 1] > analysis.ends[at]
    )


def gapped(analysis: Analysis, amount: Amount, blocked: Container[int]) -> Counted | None:
    """The noun right before an amount whose verb is left out or that stands in a row.

    ``A fell 2 percent, B by 1``, ``prices rose 2 percent and fats between 3 and 4``, ``Dow +0.2%``.
    """
    tags, lowers = analysis.tags, analysis.lowers
    start = analysis.sentences[analysis.sentence_of[amount.first]][0]
    left = amount.about_from if amount.about_from >= 0 else amount.start
    signed = lowers[amount.first][:1] in ("+", "-") and amount.unit is not None
    at = left - 1
    if not signed:
        if at <= start or lowers[at] not in ("by", "between"):
            return None
        at -= 1
    elif at - 1 > start and tags[at] == "CD" and tags[at - 1] in ("NNP", "NNPS"):
        return Counted(at - 1, at + 1, at - 1)  # "S&P 500 +0.3%"
    if not signed and at - 1 > start and lowers[at] in _MOVES and tags[at - 1] in _NOMINAL:
        at -= 1  # "but tin decrease by 1": a verb taken for a noun
    if at < start or tags[at] not in _NOMINAL or at in blocked:
        return None
    first = at
    joined = False
    while first - 1 >= start and tags[first - 1] in ("NNP", "NNPS", "NN", "NNS", "JJ", "DT", "CC", "HYPH"):
        if tags[first - 1] == "CC" and (
            signed
            or joined
            or tags[first - 2][:2] != "NN"
            or not lowers[first - 2].isalpha()
            or lowers[first - 2] in known.UNIT_WORDS
        ):
            break
        if not lowers[first - 1].isalpha():
            break
        joined = joined or tags[first - 1] == "CC"
        first -= 1
    if tags[first] == "DT":
        first += 1
    if not signed and (first <= start or lowers[first - 1] not in (",", "and", "but", "while", "with")):
        return None
    while first < at and tags[first] in ("CC", "DT"):
        first += 1
    return Counted(first, at + 1, at)


def _beside(analysis: Analysis, amount: Amount, blocked: Container[int]) -> Counted | None:
    """The noun right before an amount, over a parenthesis or colon: ``Dow +0.2%``, ``Wei Lin (12 points)``."""
    start = analysis.sentences[analysis.sentence_of[amount.first]][0]
    at = (amount.about_from if amount.about_from >= 0 else amount.start) - 1
    while at > start and analysis.lowers[at] in ("(", ":", ",", "at", "of", "was", "is", "by", "-", "–", "—"):
        at -= 1
    if at < start or analysis.tags[at] not in _NOMINAL or at in blocked:
        return None
    return _named(analysis, at, amount)


def before_dash(analysis: Analysis, amount: Amount) -> Counted | None:
    """The plural noun that a number after a dash or colon is put beside: ``casualties they suffered - some 900``."""
    start = analysis.sentences[analysis.sentence_of[amount.first]][0]
    at = (amount.about_from if amount.about_from >= 0 else amount.start) - 1
    if at <= start or analysis.tags[at] != ":" or analysis.lowers[at] == ";":
        return None
    for each in range(at - 1, max(start - 1, at - 15), -1):
        if analysis.tags[each] == "NNS" and not analysis.deps[each].startswith("nsubj"):
            return phrase(analysis, each)
    return None


_MEASURING = (
    known.RISE
    | known.FALL
    | frozenset(
        "be cost weigh measure last total reach hit stand average exceed top span cover stretch run fetch trade sell "
        "close open end finish settle yield produce generate contain hold carry store consume emit use earn make "
        "take have include comprise represent constitute account equal number amount come remain become stay sit "
        "peak bottom pass surpass near approach touch deliver rate score record post report show see register "
        "start begin extend travel fly go move drive swim sail flow get pack boast feature offer accelerate turn "
        "return require".split()
    )
)
"""Lemmas of verbs whose amount may measure their subject; any other does something with the amount."""


def _set_apart(analysis: Analysis, amount: Amount, at: int, after: int, stop: int) -> bool:
    """Whether a measure says how far off, how long or how much someone deals with, and measures nothing named.

    ``hit 60 miles west of the port``, ``sentenced to 12 years``, ``the bank sold $200 million``.
    """
    unit = amount.unit
    lowers, deps, head = analysis.lowers, analysis.deps, analysis.head
    if unit is None:
        return False
    if (unit.code in _LENGTHS or unit.code == "[nmi_i]") and after < stop and lowers[after] in _BEARINGS:
        return True
    verb = head[at]
    passive = False
    if deps[at] == "pobj":
        if lowers[verb] not in ("to", "for") or not (unit.money or unit.time):
            return False
        verb = head[verb]
        passive = analysis.child(verb, "auxpass", "nsubjpass") is not None
        if unit.time:
            return passive and analysis.lemmas[verb] in ("sentence", "jail", "imprison", "condemn")
        return False
    if deps[at] != "dobj" or analysis.tags[verb][:1] != "V":
        return False
    if unit.time and analysis.lemmas[verb] in _TIME_GIVEN:
        return True  # "gets 15 years"
    return analysis.lemmas[verb] not in _MEASURING


_TIME_GIVEN = frozenset("get receive serve face spend have give allow grant offer ask need".split())
"""Lemmas of verbs whose subject a time is no measure of."""
_BEARINGS = frozenset(
    "north south east west northeast northwest southeast southwest off from away inland offshore below beneath "
    "outside downstream upstream".split()
)
_TRADING = frozenset("buy sell purchase acquire trade auction order lease rent".split())
_ATTACHING = frozenset("of at for to by from with in between under over around".split())


def _named(analysis: Analysis, noun: int, amount: Amount, first: int = 0) -> Counted:
    """The phrase of a noun, not reaching back before a token, and without the amount itself."""
    found = phrase(analysis, noun)
    left = amount.about_from if amount.about_from >= 0 else amount.start
    start = max(found.start, min(first, noun))
    end = found.end
    if noun < left < end:
        end = noun + 1
    elif start <= left <= noun:
        start = min(amount.end, noun)
    return Counted(start, end, noun)


def _lasts(analysis: Analysis, amount: Amount) -> bool:
    """Whether an amount of time says how long or how often something is done, and is no measure of its subject."""
    left = amount.about_from if amount.about_from >= 0 else amount.start
    if left and analysis.lowers[left - 1] in ("another", "further", "additional"):
        left -= 1
    if amount.end < len(analysis) and analysis.lowers[amount.end] in ("after", "before", "since", "later", "earlier"):
        return True  # "seven years after the vote"
    if left == 0:
        return False
    before = analysis.lowers[left - 1]
    if before in ("for", "every", "over", "within", "in", "after", "before"):
        return True
    counted = before in ("last", "past", "next", "first", "final", "coming")
    return counted and left > 1 and analysis.lowers[left - 2] in ("the", "for", "in")


def past_parenthesis(analysis: Analysis, at: int, stop: int) -> int:
    """The token after a short parenthesis that opens at a token: ``8 miles (13 km) of tunnels``."""
    if at < stop and analysis.lowers[at] == "(":
        for end in range(at + 1, min(at + 7, stop)):
            if analysis.lowers[end] == ")":
                return end + 1 if end + 1 < stop and analysis.lowers[end + 1] not in (",", ".") else at
    return at


_SPREAD = frozenset(("ranging", "totaling", "totalling", "worth", "valued", "costing", "averaging"))


def _moved(analysis: Analysis, amount: Amount, blocked: Container[int]) -> Counted | None:
    """The noun before ``, up 3 %`` or ``ranging from 3 to 4 %``: what moved, or is worth so much."""
    tags, lowers = analysis.tags, analysis.lowers
    start = analysis.sentences[analysis.sentence_of[amount.first]][0]
    at = (amount.about_from if amount.about_from >= 0 else amount.start) - 1
    if at > start and lowers[at] in ("from", "between") and lowers[at - 1] in _SPREAD:
        at -= 1
    if at <= start or (lowers[at] not in ("up", "down") and lowers[at] not in _SPREAD):
        return None
    comma = lowers[at - 1] == ","
    at -= 2 if comma else 1
    if at < start or at in blocked or tags[at] not in _NOMINAL:
        return None
    if comma and lowers[at + 2] in ("up", "down") and tags[at] not in ("NNP", "NNPS"):
        return None  # "sales were $3bn in the quarter, up 4 percent"
    return _named(analysis, at, amount)


def _attributive(analysis: Analysis, amount: Amount, at: int) -> bool:
    """Whether an amount qualifies the noun right after it: ``$800 oven``, ``0.6 per cent fee``, ``5 W charger``."""
    tags = analysis.tags
    participle = tags[at] in ("VBG", "VBN") and at + 1 < len(analysis) and tags[at + 1] in ("NN", "NNS", "JJ")
    if not (participle or tags[at] in ("NN", "NNS", "NNP", "NNPS", "JJ", "HYPH")) or amount.unit is None:
        return False
    unit = amount.unit
    last = analysis.lowers[amount.end - 1]
    if analysis.lowers[at] in known.HYPHENS:
        return analysis.ends[at - 1] == analysis.starts[at] and at + 1 < len(analysis) and tags[at + 1] in _NOMINAL
    if unit.money or unit.code == "%":
        return True
    # A unit in the plural is a noun by itself: "15 miles north".
    return not (last.endswith("s") and last != "celsius" and len(last) > 2)


_MOVING = frozenset("fall plunge tumble climb jump leap slide drop slip".split())
_LENGTHS = frozenset(("m", "km", "[ft_i]", "[mi_i]", "[yd_i]"))


def change_of(analysis: Analysis, amount: Amount) -> Change | None:
    """Whether the amount is the size of a rise or a fall: ``fell 7 %``, ``up $43bn``, ``by 3 %``."""
    deps, head, lemmas, lowers = analysis.deps, analysis.head, analysis.lemmas, analysis.lowers
    start, stop = analysis.sentences[analysis.sentence_of[amount.first]]
    left = amount.about_from if amount.about_from >= 0 else amount.start
    before = lowers[left - 1] if left > start else ""
    if before in ("up", "down") and lowers[left] != "to":
        if deps[left - 1] == "prt" and (
            amount.unit is None or amount.unit.code != "%"
        ):  # "gave up 500 yards", "set up two camps"
            return None
        if left - 2 >= start and _carries(analysis, left - 2) and (amount.unit is None or amount.unit.code != "%"):
            return None  # "shot down 40 drones", "picked up 12 survivors"
        return "up" if before == "up" else "down"
    if before in ("to", "at", "from", "until", "with"):
        return None
    after = lowers[amount.end] if amount.end < stop else ""
    if after in ("fewer", "more") and lowers[amount.end + 1 : amount.end + 2] == ["than"]:
        return "down" if after == "fewer" else "up"
    if after in ("higher", "lower", "up", "down") and lowers[amount.end + 1 : amount.end + 2] not in (["than"], ["to"]):
        return "up" if after in ("higher", "up") else "down"
    if lowers[amount.first].startswith("+") or before == "+":
        return "up"
    at = outer(analysis, amount)
    if deps[at] == "conj" and amount.unit is not None and lowers[at] == lowers[head[at]]:
        at = head[at]  # "rose 0.4 percent on the month and 3.1 percent on the year"
    up = head[at]
    dep = deps[at]
    if dep == "pobj" and lowers[up] in ("by", "of"):
        if lowers[up] == "of" and lemmas[head[up]] not in (
            "increase",
            "decrease",
            "rise",
            "fall",
            "drop",
            "decline",
            "gain",
        ):
            return None
        up = head[up]
    elif dep not in ("dobj", "npadvmod", "advmod", "attr", "oprd", "ccomp", "dep", "nsubj", "pobj") or (
        dep == "pobj" and lowers[up] not in ("between", "under", "over", "around", "about", "within")
    ):
        return None
    elif dep == "pobj":
        if amount.unit is not None and amount.unit.time:
            return None  # "grew over three years"
        up = head[up]
    if amount.unit is None and dep in ("dobj", "nsubj"):
        return None
    if dep == "dobj" and amount.unit is not None and amount.unit.time:
        return None
    lemma = lemmas[up]
    if deps[at] == "pobj" and lemma not in known.RISE and lemma not in known.FALL:
        # "revised upward by 4 percent"
        for kid in analysis.children[up]:
            if deps[kid] == "advmod" and (lowers[kid] in known.RISE or lowers[kid] in known.FALL):
                lemma = lowers[kid]
    if lemma in _MOVING and amount.unit is not None and amount.unit.code in _LENGTHS:
        return None  # "fell 150 metres to his death"
    if lemma in known.RISE:
        return "up"
    if lemma == "lose" and dep == "dobj" and amount.unit is not None and amount.unit.money:
        subject = analysis.child(up, "nsubj")
        if subject is None or lemmas[subject] not in _QUOTED:
            return None  # "the plant lost 96 million euros": a loss is no fall
    if lemma in known.FALL:
        return "down"
    return None


def _carries(analysis: Analysis, at: int) -> bool:
    """Whether ``up`` or ``down`` after a token belongs to its verb and tells no move: ``shot down``."""
    lemma = analysis.lemmas[at]
    level = lemma in ("be", "go", "come", "stand", "move", "end", "finish", "close", "trade", "have")
    return analysis.tags[at][:1] == "V" and not level and lemma not in known.RISE and lemma not in known.FALL


_QUOTED = frozenset("share stock price value index currency bond futures crude oil gold capitalisation".split())
"""Lemmas of what has a price that falls where it loses money."""
_UNDERGONE = frozenset(("die", "perish", "flee", "disappear", "vanish", "drown"))
_MOVES = known.RISE | known.FALL
_TALLIES = frozenset("number total tally count toll figure estimate".split())
"""Nouns that stand for a count of something: what is counted hangs on them by ``of``."""
_TALLYING = frozenset(("count", "put", "report", "give", "say", "estimate", "record", "tally", "list", "register"))
_FINDING = frozenset(
    "count recover find pull retrieve register identify bury discover exhume unearth collect record dig drag "
    "lie return remove see receive".split()
)
_LEVEL_LEADS = frozenset("from to than at of with against including".split())


def tallied(analysis: Analysis, counted: Counted) -> Counted | None:
    """Who is counted where the phrase is a tally: the people of ``the number of people killed by floods``."""
    if analysis.lemmas[counted.head].lower() not in _TALLIES:
        return None
    for kid in analysis.children[counted.head]:
        if analysis.deps[kid] == "prep" and analysis.lowers[kid] == "of" and kid > counted.head:
            inside = analysis.child(kid, "pobj")
            for below in (kid + 1, kid + 2):
                if inside is None and below < len(analysis) and analysis.lowers[below] in known.OUTCOMES:
                    inside = below  # "the number of dead", "of confirmed dead"
            if inside is None or analysis.tags[inside] in ("CD", *POINTING):
                return None
            found = phrase(analysis, inside)
            return Counted(max(found.start, kid + 1), inside + 1, inside)
    return None


def befallen(analysis: Analysis, tally: int) -> Outcome | None:
    """What befell those of whom a tally is, by a clause that a parser hangs on the tally itself."""
    for kid in analysis.children[tally]:
        if analysis.deps[kid] in ("acl", "relcl") and analysis.lemmas[kid] in known.OUTCOMES:
            return known.OUTCOMES[analysis.lemmas[kid]]
    return None


def is_tally(analysis: Analysis, counted: Counted) -> bool:
    """Whether a phrase is a count and not what is counted: ``death toll``."""
    return analysis.lemmas[counted.head].lower() in _TALLIES


def _governor(analysis: Analysis, amount: Amount) -> int:
    """The verb that an amount is subject or object of, or hangs on by a preposition; -1 where there is none."""
    at = outer(analysis, amount)
    up = analysis.head[at]
    if analysis.deps[at] == "pobj":
        up = analysis.head[up]
    return up if up != at and analysis.tags[up][:1] == "V" else -1


def tally_of_clause(analysis: Analysis, amount: Amount) -> Counted | None:
    """The tally that the verb of a bare number puts at it: ``the number of dead rose to 46``, ``put the missing at 9``.

    None for a tally that does not say of whom: see :func:`recalls`.
    """
    verb = _governor(analysis, amount)
    at = outer(analysis, amount)
    for _ in range(3):
        # a parser may hang the number on what befell them: "bringing the number of people killed to 58"
        if verb < 0 or analysis.deps[verb] not in ("acl", "pcomp", "pobj", "prep", "relcl"):
            break
        verb = analysis.head[verb]
        if is_tally(analysis, Counted(verb, verb + 1, verb)) and verb < amount.start:
            return phrase(analysis, verb) if tallied(analysis, Counted(verb, verb + 1, verb)) is not None else None
    if verb < 0 or analysis.deps[at] not in ("pobj", "attr", "dobj", "npadvmod", "oprd"):
        return None
    for kid in analysis.children[verb]:
        if analysis.deps[kid] not in ("nsubj", "nsubjpass", "dobj"):
            continue
        if kid >= amount.start and (analysis.deps[kid] != "dobj" or analysis.lowers[amount.start - 1] != "to"):
            continue  # but "brings to 17 the number of journalists killed"
        of = Counted(kid, kid + 1, kid)
        named = is_tally(analysis, of) and (tallied(analysis, of) is not None or is_toll(analysis, of))
        adjective = analysis.lowers[kid] in _STATES and analysis.tags[kid] in ("NN", "JJ", "NNS", "VBN")
        if named or adjective:
            return phrase(analysis, kid)
    return None


_GIVING = frozenset(
    "give report count estimate claim cite record register tally publish announce acknowledge admit confirm".split()
)


def recalls(analysis: Analysis, amount: Amount) -> bool:
    """Whether a bare number is another count of what was counted last and does not say so itself.

    ``put the number at 1,200``, ``spoke of 400``, ``a figure of 85,000``, ``gave 15,900``, ``there were 250``.
    """
    lowers, lemmas, deps = analysis.lowers, analysis.lemmas, analysis.deps
    at = outer(analysis, amount)
    up = analysis.head[at]
    if deps[at] == "pobj":
        above = analysis.head[up]
        if lowers[up] == "of":
            if lemmas[above] == "speak" or lemmas[above] == "talk":
                return True
            return lemmas[above] in _TALLIES and analysis.tags[above] == "NN"
        if lowers[up] == "at" and lemmas[above] in ("put", "estimate", "place", "set"):
            if deps[above] in ("relcl", "acl"):
                return False  # "a crowd that was put at 85,000"
            subject = analysis.child(above, "dobj") or analysis.child(above, "nsubjpass")
            return subject is None or lowers[subject] in ("it", "this", "that") or lemmas[subject] in _TALLIES
        return False
    if deps[at] == "dobj":
        return lemmas[up] in _GIVING
    return (
        deps[at] == "attr"
        and lemmas[up] == "be"
        and analysis.child(up, "expl") is not None
        and lowers[amount.end : amount.end + 1] != ["of"]
    )


def as_said_of_it(analysis: Analysis, amount: Amount) -> bool:
    """Whether a measure is told of a pronoun in its own clause: ``it was 58 percent``, ``it has fallen by 18``."""
    verb = _governor(analysis, amount)
    if verb < 0:
        at = outer(analysis, amount)
        verb = analysis.head[at] if analysis.pos[analysis.head[at]] == "AUX" else -1
    if verb < 0:
        return False
    subject = analysis.child(verb, "nsubj")
    if subject is None or analysis.lowers[subject] != "it":
        return False
    return analysis.deps[verb] in ("ccomp", "ROOT") and lemma_moves(analysis, verb)


def before_change(analysis: Analysis, amount: Amount) -> bool:
    """Whether an amount is what another has changed from: ``up from 400``, ``compared with 30``."""
    at = (amount.about_from if amount.about_from >= 0 else amount.start) - 1
    while at > 0 and analysis.lowers[at] in ("the", "just", "only", "about"):
        at -= 1
    if at < 1:
        return False
    lead, before = analysis.lowers[at], analysis.lowers[at - 1]
    return (lead == "from" and before in ("up", "down", ",")) or (lead in ("with", "to") and before == "compared")


def in_places(analysis: Analysis, amount: Amount) -> bool:
    """Whether an amount counts where something is: ``in three towns``, ``across 12 provinces``."""
    at = (amount.about_from if amount.about_from >= 0 else amount.start) - 1
    if amount.unit is not None or at < 0:
        return False
    at -= analysis.lowers[at] == "the"
    return analysis.lowers[at] in ("in", "across", "throughout", "at", "within", "from")


def lemma_moves(analysis: Analysis, verb: int) -> bool:
    """Whether a verb tells a level or a move of its subject."""
    lemma = analysis.lemmas[verb]
    return lemma in ("be", "stand", "reach", "remain") or lemma in known.RISE or lemma in known.FALL


def exceeds(analysis: Analysis, amount: Amount) -> bool:
    """Whether an amount is how many more or fewer than another counts: ``eight more than the police have counted``."""
    return analysis.lowers[amount.end : amount.end + 2] in (["more", "than"], ["fewer", "than"])


def is_definite(analysis: Analysis, amount: Amount) -> bool:
    """Whether a small number word says how many those known already are, and counts nobody anew: ``the two countries``.

    What a part is of does count: ``three of the five bridges``.
    """
    at = amount.start - 1
    if not amount.words or amount.low is None or not 2 <= amount.low <= 9 or amount.bound != "exact" or at < 0:
        return False
    if analysis.lowers[at] not in ("the", "these", "those", "its", "their", "both"):
        return False
    if amount.end >= len(analysis) or analysis.tags[amount.end] not in _MODIFIER or amount.unit is not None:
        return False
    return not (at > 1 and analysis.lowers[at - 1] == "of" and analysis.tags[at - 2] == "CD")


def rowed(analysis: Analysis, amount: Amount, blocked: Container[int]) -> Counted | None:
    """The name right before an amount in a row of such: ``Moraes had 49.6 percent and Brandt 49.1 percent``."""
    tags, lowers = analysis.tags, analysis.lowers
    start = analysis.sentences[analysis.sentence_of[amount.first]][0]
    end = amount.about_from if amount.about_from >= 0 else amount.start
    if end - 2 > start and lowers[end - 1] in ("on", "at", "with"):
        end -= 1
    first = end
    while first - 1 > start and tags[first - 1] in ("NNP", "NNPS") and first - 1 not in blocked:
        first -= 1
    if first == end and tags[end - 1] in ("NN", "NNS", "JJ") and lowers[end - 1] not in known.UNIT_WORDS:
        while first - 1 > start and tags[first - 1] in ("NN", "NNS", "JJ") and first - 1 not in blocked:
            first -= 1
        if tags[first - 1] in ("DT", "PRP$") and lowers[first - 2] in (",", "and", "while", ";"):
            return Counted(first, end, end - 1)  # "Diallo 58 percent and his rival 38"
        first = end
    if first == end:
        at = amount.end + 1
        stop = analysis.sentences[analysis.sentence_of[amount.first]][1]
        if at < stop and lowers[at - 1] == "for" and tags[at] in ("NNP", "NNPS") and at not in blocked:
            while at + 1 < stop and tags[at + 1] in ("NNP", "NNPS"):
                at += 1
            return Counted(amount.end + 1, at + 1, at)  # "to 46.6 percent for Costa"
        return None
    ahead = lowers[first - 2 : first] in (["ahead", "of"], ["followed", "by"], ["front", "of"])
    if lowers[first - 1] not in (",", "and", "but", "while", ";") and not ahead:
        return None
    return Counted(first, end, end - 1)


def denied(analysis: Analysis, amount: Amount) -> bool | None:
    """Whether an amount is said not to be so: ``340, not 430``.

    Returns:
        True where nobody holds it, False where somebody is said to (``not 162 as the coast guard has said``), none
        where it is not denied.
    """
    left = amount.about_from if amount.about_from >= 0 else amount.start
    if left < 1 or analysis.lowers[left - 1] != "not":
        return None
    if amount.one:
        return True  # "not one soldier crossed the border"
    if left < 2:
        return None
    if analysis.lowers[left - 2] not in (",", "and", "-", "–", "—", "(", ";"):
        return None
    stop = analysis.sentences[analysis.sentence_of[amount.first]][1]
    after = analysis.lowers[amount.end : min(stop, amount.end + 4)]
    return not ("as" in after or "claimed" in after or "reported" in after or "announced" in after)


def own_holder(analysis: Analysis, amount: Amount) -> tuple[int, int] | None:
    """Tokens of who else gave an amount that another sets beside his own: ``the 72 reported by the agency``."""
    stop = analysis.sentences[analysis.sentence_of[amount.first]][1]
    at = amount.end
    while at < min(stop, amount.end + 4) and analysis.tags[at][:1] in ("N", "J"):
        at += 1
    if at + 2 < stop and analysis.lemmas[at] in _TALLYING | _GIVING and analysis.lowers[at + 1] == "by":
        left = amount.about_from if amount.about_from >= 0 else amount.start
        if analysis.tags[at] in ("VBN", "VBD") and analysis.lowers[left - 1] == "the":
            return at + 2, min(stop, at + 9)
    if at + 1 < stop and analysis.lowers[at] == "as" and analysis.lowers[amount.start - 1] == "not":
        return at + 1, min(stop, at + 8)
    return None


def of_those(analysis: Analysis, amount: Amount) -> bool:
    """Whether an amount is a part of what was counted before: ``60 of them``, ``of which 94``."""
    lowers = analysis.lowers
    if lowers[amount.end : amount.end + 1] == ["of"]:
        return lowers[amount.end + 1 : amount.end + 2] in (["them"], ["whom"], ["these"], ["those"], ["which"])
    left = amount.about_from if amount.about_from >= 0 else amount.start
    return left >= 2 and lowers[left - 2] == "of" and lowers[left - 1] in ("which", "whom", "these", "those")


def has_verb(analysis: Analysis, amount: Amount) -> bool:
    """Whether an amount is the subject or object of a verb, and so has its own tale told."""
    at = outer(analysis, amount)
    dep = analysis.deps[at]
    return (dep.startswith("nsubj") or dep == "dobj") and analysis.tags[analysis.head[at]][:1] == "V"


def stands_in(analysis: Analysis, amount: Amount) -> bool:
    """Whether a bare number is the subject of a verb or hangs on the amount before: ``30 were wounded``."""
    dep = analysis.deps[outer(analysis, amount)]
    return dep.startswith("nsubj") or dep in ("conj", "appos")


def further(analysis: Analysis, amount: Amount) -> bool:
    """Whether an amount is said to come on top of the one before: ``a further 1,600``, ``another 30``, ``12 more``."""
    at = amount.start - 1
    if at >= 0 and analysis.lowers[at] in ("further", "another", "additional"):
        return True
    return amount.end < len(analysis) and analysis.lowers[amount.end] in ("more", "others")


_DONE_TO_PEOPLE = frozenset(
    "rescue save treat hospitalise hospitalize evacuate arrest free release sentence infect elect hire vaccinate "
    "deport pardon charge convict acquit discharge trap indict expel execute".split()
)
_COMING = frozenset("come arrive leave enter remain stay live work sleep".split())
_DONE_BY_PEOPLE = frozenset(
    "survive escape surrender march gather protest attend defect desert enlist resign abstain vote walk flock queue "
    "rally return cross sign register apply petition".split()
)


def is_of_people(analysis: Analysis, amount: Amount, *, near: bool) -> bool:
    """Whether a bare number is of people by its verb: ``59 were rescued``, ``acquitted three``, ``1,500 took part``.

    Args:
        analysis: The article.
        amount: The number.
        near: Whether its sentence has counted people before.
    """
    aboard = analysis.lowers[amount.end : amount.end + 2]
    if aboard[:1] == ["aboard"] or aboard == ["on", "board"]:
        return True
    at = outer(analysis, amount)
    dep, up = analysis.deps[at], analysis.head[at]
    lemma = analysis.lemmas[up]
    if dep == "dobj":
        return (lemma in _DONE_TO_PEOPLE or lemma == "employ") and amount.start > up
    left = amount.about_from if amount.about_from >= 0 else amount.start
    joined = analysis.lowers[amount.end : amount.end + 1] == ["and"] and left and analysis.tags[left - 1][:1] == "V"
    if joined or not dep.startswith("nsubj"):
        return False  # "the toll reached 40 and 30 were rescued": a parser may join the two
    if lemma in _COMING:
        return near
    if lemma == "take":
        part = analysis.child(up, "dobj")
        return part is not None and analysis.lowers[part] == "part"
    if lemma == "trap" or lemma in _DONE_TO_PEOPLE:
        return True
    return dep == "nsubj" and lemma in _DONE_BY_PEOPLE


def aged_of(analysis: Analysis, amount: Amount) -> Counted | None:
    """Whose age a bare number after ``of`` is: ``a man of 72``."""
    at = amount.start - 2
    if at < 0 or amount.low is None or not 0 < amount.low < 120 or analysis.lowers[at + 1] != "of":
        return None
    if analysis.tags[at] != "NN" or analysis.lowers[at] in BODIES or not is_person(analysis, at):
        return None  # but "a crew of 24"
    found = phrase(analysis, at)
    return Counted(found.start, at + 1, at)


BODIES = frozenset(
    "crew family staff team group squad public population audience crowd delegation workforce garrison "
    "congregation electorate".split()
)
"""Nouns for people taken together: a number of one is of its people, and no age."""


def within(analysis: Analysis, amount: Amount) -> bool:
    """Whether an amount is said to be part of the one before: ``including four children``, ``among them nine``."""
    lowers = analysis.lowers
    left = amount.about_from if amount.about_from >= 0 else amount.start
    if left and lowers[left - 1] == "including":
        return True
    at = outer(analysis, amount)
    if analysis.deps[at] == "nummod":
        at = analysis.head[at]
    for _ in range(4):
        if analysis.deps[at] != "conj":
            break
        at = analysis.head[at]
        if analysis.deps[at] == "pobj" and lowers[analysis.head[at]] == "including":
            return True  # "including a pregnant woman and three children"
    return left > 1 and lowers[left - 2] == "among" and lowers[left - 1] in ("them", "whom", "those", "these")


def older(analysis: Analysis, amount: Amount) -> Counted | None:
    """The people whose age an amount after them bounds: ``adults over 65``."""
    at = amount.about_from - 1
    if amount.about_from < 0 or at < 0:
        return None
    years = amount.low if amount.low is not None else amount.high
    if analysis.lowers[at + 1] not in ("over", "under", "above", "below") or years is None or not 0 < years < 120:
        return None
    if analysis.tags[at] != "NNS" or not is_person(analysis, at):
        return None
    return phrase(analysis, at)


def is_toll(analysis: Analysis, counted: Counted) -> bool:
    """Whether a phrase is a count of the dead without saying so: ``flood toll``, but not ``road tolls``."""
    if analysis.lemmas[counted.head].lower() != "toll" or analysis.tags[counted.head] in ("NNS", "NNPS"):
        return False
    before = {analysis.lowers[kid] for kid in analysis.children[counted.head]}
    return not before & {"road", "bridge", "tunnel", "highway", "motorway", "per"}


def leans(analysis: Analysis, amount: Amount) -> bool:
    """Whether an amount is another count of what the one before counts: ``down from 30``, ``counted 8``."""
    left = amount.about_from if amount.about_from >= 0 else amount.start
    if _is_whole(analysis, amount):
        return False
    if left > 1 and analysis.lowers[left - 1] == "the":
        left -= 1
    if left > 0 and analysis.lowers[left - 1] in _LEVEL_LEADS:
        return True
    at = outer(analysis, amount)
    if analysis.deps[at] == "conj":
        at = analysis.head[at]
    up = analysis.head[at]
    return analysis.deps[at] in ("dobj", "ccomp", "npadvmod") and analysis.lemmas[up] in _TALLYING


_CARRIED_OUT = frozenset("contract manoeuvre maneuver order trade transaction turn warrant will writ".split())
"""What is executed and lives on."""
_DEPLOYED = frozenset("force marine peacekeeper serviceman soldier troop".split())
"""Who is pulled out by those who sent them."""


def outcome_of(analysis: Analysis, amount: Amount, noun: int | None) -> Outcome | None:
    """What befell those counted, by the noun itself, its modifiers or its verb; people alone are trapped or freed."""
    found = _outcome_of(analysis, amount, noun)
    if found == "killed" and noun is not None and known.singular(analysis.lowers[noun]) in _CARRIED_OUT:
        return None
    if found not in ("trapped", "rescued", "infected", "released"):
        return found
    if noun is not None:
        return found if _lives(analysis, noun) else None
    left = amount.about_from if amount.about_from >= 0 else amount.start
    joined = analysis.lowers[amount.end : amount.end + 1] == ["and"] and left and analysis.tags[left - 1][:1] == "V"
    return None if joined else found  # "the toll reached 40 and 30 were rescued": a parser may join the two


def _lives(analysis: Analysis, noun: int) -> bool:
    """Whether a noun is one for people, by what they are or by what befell them (``hostages``, ``the wounded``)."""
    lemma = known.singular(analysis.lowers[noun])
    return is_person(analysis, noun) or lemma in known.OUTCOMES or lemma in BODIES or lemma == "hostage"


def _outcome_of(analysis: Analysis, amount: Amount, noun: int | None) -> Outcome | None:
    lemmas, deps, head, children = analysis.lemmas, analysis.deps, analysis.head, analysis.children
    table = known.OUTCOMES
    if noun is not None and analysis.lowers[noun] == "head":
        return None  # "90,000 head of cattle"
    if noun is not None and not known.ANIMALS.isdisjoint(
        known.singular(w) for w in analysis.lowers[noun - 1 : noun + 1]
    ):
        return None  # "1,000 turkeys", "swine deaths"
    stop = analysis.sentences[analysis.sentence_of[amount.first]][1]
    at = amount.unit_at if noun is None else noun
    host = at
    if noun is not None and amount.end < stop and analysis.lowers[amount.end] == "of":
        host = outer(analysis, amount)  # "12 of the 43 people detained": a part has a verb of its own
    if lemmas[head[host]] in _RELEASING and deps[host] in ("dobj", "nsubjpass"):
        return "released" if lemmas[head[host]] in _FREEING else None
    if amount.start > 1 and analysis.lowers[amount.start - 2 : amount.start] == ["all", "but"]:
        return None  # "all but two of the 19 men"
    if host != at and (of_part := _by_verb(analysis, amount, noun, host)) is not None:
        return of_part
    found = table.get(lemmas[at]) or table.get(analysis.lowers[at])
    if noun is not None and analysis.lowers[at] in ("wound", "wounds"):
        found = None  # "two shallow wounds"
    bodies = found is None and noun is not None and lemmas[at] in ("body", "corpse")
    if bodies and (lemmas[at] == "corpse" or _found(analysis, at)):
        found = "killed"  # "recovered four bodies", but not "two bodies of the Union"
    if found is None and noun is not None:
        for kid in children[noun]:
            if deps[kid] in ("amod", "acl", "relcl", "compound", "advcl"):
                found = table.get(analysis.lowers[kid]) or table.get(lemmas[kid])
                if found is not None and deps[kid] == "relcl" and not _befalls(analysis, kid, noun):
                    found = None
                if found is None and deps[kid] == "relcl" and lemmas[kid] in ("be", "remain"):
                    state = analysis.child(kid, "acomp", "attr")
                    if state is not None and analysis.lowers[state] in _STATES:
                        found = table[analysis.lowers[state]]  # "24 workers who are dead"
                if found == "detained" and lemmas[kid] in _TAKEN and not is_person(analysis, noun):
                    found = None  # "two captured tanks"
                if found is not None:
                    break
    if found is None and noun is not None and noun + 1 < stop and analysis.lowers[noun + 1] in _STATES:
        found = table[analysis.lowers[noun + 1]]  # "and one man dead"
    if (
        found is None
        and noun is not None
        and lemmas[at] == "life"
        and (lemmas[head[at]] in _TAKING or lemmas[head[outer(analysis, amount)]] in _TAKING)
    ):
        found = "killed"
    if found is None and noun is not None and _of_bodies(analysis, noun):
        found = "killed"
    if found is None and noun is not None and lemmas[at] == "hostage" and lemmas[head[at]] in ("take", "hold", "seize"):
        found = "detained"
    if found is None and locked_up(analysis, amount.end if noun is None else noun + 1):
        found = "detained" if noun is None or is_person(analysis, noun) else None
    if found is None and noun is None:
        before = (amount.about_from if amount.about_from >= 0 else amount.start) - 1
        if before >= 0 and analysis.lowers[before] in _HEADLINE:
            found = table[_HEADLINE[analysis.lowers[before]]]  # a tagger may take the verb of a headline for a noun
    if found is None and noun is None and amount.end < stop:
        following = amount.end
        if analysis.lowers[following] in ("still", "others", "more", "confirmed") and following + 1 < stop:
            following += 1
        found = table.get(analysis.lowers[following])
        if found is None and analysis.tags[following] in ("VBN", "VBD") and analysis.child(following, "dobj") is None:
            held = "detained" if analysis.lowers[following] == "held" else None
            found = table.get(lemmas[following]) or held  # "three arrested after a raid", "43 held"
        # "12 dead", "40 wounded", "17 still missing"
    if found is not None or _is_whole(analysis, amount):
        return found
    return _by_verb(analysis, amount, noun, at)


def _among(analysis: Analysis, verb: int) -> Outcome | None:
    """What befell those whom a verb counts among others: ``among the dead were four children``."""
    for kid in analysis.children[verb]:
        if analysis.lowers[kid] == "among" and kid < verb:
            for below in range(kid + 1, min(kid + 4, verb)):
                if analysis.lowers[below] in known.OUTCOMES:
                    return known.OUTCOMES[analysis.lowers[below]]
    return None


def _is_whole(analysis: Analysis, amount: Amount) -> bool:
    """Whether only a part of those counted is told of: the ten of ``killed five of the ten hostages``."""
    left = (amount.about_from if amount.about_from >= 0 else amount.start) - 1
    if left > 0 and analysis.tags[left] in ("DT", "PRP$"):
        left -= 1
    return left > 0 and analysis.lowers[left] == "of" and analysis.tags[left - 1] == "CD"


def _by_verb(analysis: Analysis, amount: Amount, noun: int | None, at: int) -> Outcome | None:
    """What befell those counted by the verb that governs them at a token, or by the noun they stand beside."""
    lemmas, deps, head, children = analysis.lemmas, analysis.deps, analysis.head, analysis.children
    table = known.OUTCOMES
    found: Outcome | None = None
    up, dep = head[at], deps[at]
    if dep == "pobj" and analysis.lowers[up] == "of" and amount.start <= head[up] < amount.end:
        # "hundreds of families fled": the verb governs the hundreds
        at = outer(analysis, amount)
        up, dep = head[at], deps[at]
    if dep == "pobj" and analysis.lowers[up] == "of" and analysis.lowers[head[up]] in ("total", "record"):
        at = head[up]  # "a total of 43 suspects have been arrested"
        up, dep = head[at], deps[at]
    if noun is None and (group := group_of(analysis, amount)) is not None:
        at = group  # "the crew of 12 was rescued"
        up, dep = head[at], deps[at]
    if dep == "pobj" and analysis.lowers[up] == "including" and analysis.tags[head[up]] in _NOMINAL:
        at = head[up]  # "patients including about 60 children were evacuated"
        up, dep = head[at], deps[at]
    if dep == "appos" and up < at:
        return table.get(lemmas[up])  # "the prisoners, 49 Ukrainians and 48 Russians"
    if dep == "conj" and up != at:
        if table.get(lemmas[up]) and analysis.tags[up] == "NNS" and amount.start - up <= 2:
            return table.get(lemmas[up])  # a parser may join an apposition
        at = up
        dep, up = deps[up], head[up]
        if dep == "appos" and up < at:
            return table.get(lemmas[up])
    if dep.startswith("nsubj") and deps[up] == "aux":
        up = head[up]  # a parser may hang a subject on the auxiliary
    if dep.startswith("nsubj") and lemmas[up] in _HEARSAY:
        below = analysis.child(up, "xcomp", "oprd", "acomp", "ccomp")
        if below is not None and analysis.lowers[below] in _STATES:
            return table[analysis.lowers[below]]  # "were confirmed dead"
        if below is not None and lemmas[below] in table:
            # "are known to have died", "are believed to have been killed"
            dep = "nsubjpass" if analysis.child(below, "auxpass") is not None else "nsubj"
            up = below
    lemma = lemmas[up]
    kind = table.get(lemma)
    if kind is None and analysis.tags[up][:1] == "V" and dep in ("nsubj", "nsubjpass", "dobj"):
        if dep == "nsubj" and lemma in ("suffer", "sustain") and _is_wound(analysis, analysis.child(up, "dobj")):
            return "injured"
        if dep in ("nsubjpass", "dobj") and _to_death(analysis, up):
            return "killed"  # "shot dead three men", "were beaten to death"
        if dep == "nsubjpass" and lemma in ("find", "locate", "trace") and analysis.child(up, "neg") is not None:
            return "missing" if noun is None or is_person(analysis, noun) else None  # "seven have not been found"
        if dep == "dobj" and lemma == "hold" and noun is not None and is_person(analysis, noun):
            captor = analysis.child(up, "nsubj")
            return "detained" if captor is not None and is_person(analysis, captor) else None  # "police held 19 men"
        if dep == "nsubjpass" and lemma in ("hold", "seize", "round") and (noun is None or is_person(analysis, noun)):
            return "detained"
        if dep == "nsubj" and lemma == "lose" and _homes(analysis, analysis.child(up, "dobj")):
            return "displaced"  # "lost their homes"
        if _driven_out(analysis, up):
            return "displaced"
        if dep != "nsubj" and lemma in ("pull", "pluck", "dig") and _saved(analysis, up):
            sent = noun is not None and known.singular(analysis.lowers[noun]) in _DEPLOYED
            return None if sent else "rescued"
        if dep != "nsubj" and lemma in _TREATING and _for_wounds(analysis, up):
            return "injured"
    if kind is not None and analysis.tags[up][:1] == "V":
        passive = dep == "nsubjpass" or analysis.tags[up] == "VBN"
        if kind == "detained" and noun is not None and lemma in _TAKEN:
            kind = kind if is_person(analysis, noun) else None
        intransitive = lemma in _UNDERGONE and not (lemma == "drown" and dep == "dobj")
        if (intransitive and dep.startswith("nsubj")) or (
            not intransitive and (dep == "dobj" or (passive and dep.startswith("nsubj")))
        ):
            found = kind
    elif lemma == "be" and (told := _among(analysis, up)) is not None:
        found = told
    elif dep.startswith("nsubj") and analysis.lowers[up] == "missing":
        found = "missing"
    elif dep.startswith("nsubj") and lemma in ("be", "remain", "go", "lie", "fear", "leave", "list", "report"):
        for kid in children[up]:
            if deps[kid] in ("acomp", "oprd", "xcomp", "attr", "ccomp") and kid > at:
                found = found or table.get(analysis.lowers[kid])
    elif dep == "dobj" and lemma in ("include", "comprise", "number"):
        subject = analysis.child(up, "nsubj")
        found = table.get(analysis.lowers[subject]) if subject is not None else None  # "the dead include two men"
    elif dep == "dobj" and lemma in ("leave", "report", "declare", "list"):
        for kid in children[up]:
            if kid > at and analysis.lowers[kid] in table:
                found = table[analysis.lowers[kid]]
                break
    return found


_PEOPLE = frozenset(
    "person people man woman child boy girl civilian soldier troop migrant refugee patient passenger resident villager "
    "inmate hostage victim survivor citizen national tourist pilgrim baby teenager infant adult youth minor relative "
    "bystander police policeman officer guard crew staff member miner worker sailor commuter driver shopper "
    "worshipper worshiper mourner spectator pedestrian motorist casualty other adolescent toddler foreigner local "
    "parent mother father son daughter brother sister family".split()
)


_STATES = frozenset("dead injured wounded missing homeless displaced hurt unaccounted".split())
"""Adjectives of :data:`OUTCOMES` that stand after their noun."""
CONDITIONS = frozenset("hospitalised hospitalized infected trapped stranded sick ill rescued released unharmed".split())
"""Words for a state of people that is no outcome: ``left 20 hospitalised``."""
_TAKING = frozenset(("claim", "cost", "take", "lose"))
_HEADLINE = {"kills": "kill", "killing": "kill", "injures": "injure", "injuring": "injure", "wounds": "wound",
             "wounding": "wound", "hurts": "hurt", "displaces": "displace", "displacing": "displace"}  # fmt: skip
_HEARSAY = frozenset(
    "know believe think fear presume report confirm say declare pronounce estimate feel find reckon suppose".split()
)


_TAKEN = frozenset(("capture", "captured", "abduct", "hold", "seize"))
"""Lemmas of what is done to people and to things alike."""
_FREEING = frozenset("release free liberate pardon discharge".split())
_RELEASING = frozenset("release free acquit discharge liberate pardon exonerate repatriate".split())
_TREATING = frozenset("treat hospitalize hospitalise take rush admit fly airlift bring".split())
_WOUNDS = frozenset("wound injury burn fracture bruise cut concussion shrapnel inhalation".split())
_BADLY = frozenset("seriously critically badly severely gravely slightly lightly gravely".split())
_HOMES = frozenset("home house".split())


def _homes(analysis: Analysis, noun: int | None) -> bool:
    """Whether a noun is the homes of those who lose or leave them."""
    if noun is None or analysis.lemmas[noun] not in _HOMES:
        return False
    return any(analysis.tags[kid] == "PRP$" for kid in analysis.children[noun])


def group_of(analysis: Analysis, amount: Amount) -> int | None:
    """The group that a bare number tells the size of: ``the crew of 12``."""
    at = outer(analysis, amount)
    of = analysis.head[at]
    if analysis.deps[at] != "pobj" or analysis.lowers[of] != "of" or analysis.lowers[analysis.head[of]] not in BODIES:
        return None
    return analysis.head[of]


def _saved(analysis: Analysis, verb: int) -> bool:
    """Whether those a verb pulls out of somewhere live: ``pulled alive from the rubble``, ``plucked from the sea``."""
    words = {analysis.lowers[kid] for kid in analysis.children[verb]}
    return "alive" in words or (bool(words & {"from", "out"}) and not words & {"dead", "lifeless"})


def _driven_out(analysis: Analysis, verb: int) -> bool:
    """Whether a verb drives people from where they live: ``forced from their homes``, ``forced to leave``."""
    if analysis.lemmas[verb] not in ("force", "drive", "chase", "expel", "oblige"):
        return False
    for kid in analysis.children[verb]:
        if analysis.deps[kid] == "prep" and analysis.lowers[kid] in ("from", "out"):
            inside = analysis.child(kid, "pobj")
            below = analysis.child(kid, "prep")
            inside = inside if below is None else analysis.child(below, "pobj")
            if inside is not None and analysis.lemmas[inside] in _HOMES | {"village", "land"}:
                return True
        if analysis.deps[kid] == "xcomp" and analysis.lemmas[kid] in ("flee", "evacuate"):
            return True
        if analysis.deps[kid] == "xcomp" and analysis.lemmas[kid] in ("leave", "abandon"):
            return _homes(analysis, analysis.child(kid, "dobj"))
    return False


def _to_death(analysis: Analysis, verb: int) -> bool:
    """Whether a verb ends in the death of whom it is done to: ``shot dead``, ``beaten to death``."""
    for kid in analysis.children[verb]:
        if analysis.lowers[kid] == "dead" and analysis.lemmas[verb] in ("shoot", "gun", "strike", "stab", "cut"):
            return True
        if kid > verb and analysis.lowers[kid : kid + 2] == ["to", "death"]:
            return analysis.lemmas[verb] not in ("sentence", "condemn", "threaten")
    return False


def _for_wounds(analysis: Analysis, verb: int) -> bool:
    """Whether people are treated for, or taken to hospital with, wounds: ``were treated for burns``."""
    for kid in analysis.children[verb]:
        hurt = analysis.deps[kid] == "prep" and analysis.lowers[kid] in ("for", "with")
        if hurt and _is_wound(analysis, analysis.child(kid, "pobj")):
            return True
    return False


def _is_wound(analysis: Analysis, noun: int | None) -> bool:
    return noun is not None and analysis.lemmas[noun] in _WOUNDS


def _of_bodies(analysis: Analysis, noun: int) -> bool:
    """Whether the bodies of those counted are found: ``recovered the bodies of six others``."""
    up = analysis.head[noun]
    if analysis.deps[noun] != "pobj" or analysis.lowers[up] != "of":
        return False
    bodies = analysis.head[up]
    if analysis.lowers[bodies] not in ("bodies", "corpses", "remains"):
        return False
    return _found(analysis, bodies)


def _found(analysis: Analysis, bodies: int) -> bool:
    """Whether bodies are found, counted or carried off, so that those who have died are meant."""
    clauses = (kid for kid in analysis.children[bodies] if analysis.deps[kid] in ("acl", "relcl"))
    return any(analysis.lemmas[verb] in _FINDING for verb in (analysis.head[bodies], *clauses))


def locked_up(analysis: Analysis, at: int) -> bool:
    """Whether the words from a token on say that somebody is locked up: ``four in custody``, ``12 under arrest``."""
    return analysis.lowers[at : at + 2] in (
        ["in", "custody"], ["in", "detention"], ["in", "jail"], ["in", "prison"], ["under", "arrest"],
        ["behind", "bars"], ["taken", "prisoner"], ["taken", "hostage"], ["taken", "captive"],
    )  # fmt: skip


def gravely(analysis: Analysis, amount: Amount) -> bool:
    """Whether a bare number is of those hurt worst or least: ``13 seriously``, ``11 with severe burns``."""
    lowers = analysis.lowers
    after = lowers[amount.end : amount.end + 5]
    if after[:2] in (["of", "them"], ["of", "whom"]):
        after = after[2:]
    if after[:1] and after[0] in _BADLY:
        return True
    return after[:1] == ["with"] and any(known.singular(word) in _WOUNDS for word in after[1:4])


def is_group(analysis: Analysis, counted: Counted) -> bool:
    """Whether a phrase names people taken together, of whom a bare number may be: ``the crowd``."""
    return analysis.lowers[counted.head] in BODIES


def is_person(analysis: Analysis, noun: int) -> bool:
    """Whether a noun is one for people, by its role or because it names a nation's people."""
    lemma = known.singular(analysis.lowers[noun])
    if lemma in _PEOPLE or lemma in PEOPLE or lemma in ROLES:
        return True
    return analysis.tags[noun] == "NNPS"  # "49 Ukrainians"


def _befalls(analysis: Analysis, verb: int, noun: int) -> bool:
    """Whether the one a relative clause hangs on suffers its verb: ``who were killed``, ``they had abducted``."""
    subject = analysis.child(verb, "nsubj", "nsubjpass")
    if subject is not None and analysis.lowers[subject] not in ("who", "which", "that"):
        # "14 of whom died" tells of others than the noun; "the men they abducted" suffer it
        pronoun = analysis.child(verb, "dobj")
        held = pronoun is None or analysis.lowers[pronoun] in ("who", "whom", "which", "that")
        kept = analysis.tags[subject] != "CD" and analysis.lemmas[verb] not in _UNDERGONE
        return held and kept and is_person(analysis, noun)
    if analysis.child(verb, "auxpass", "nsubjpass") is not None:
        return True
    return analysis.lemmas[verb] in _UNDERGONE
