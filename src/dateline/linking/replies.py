"""Disputes within one report: what one party says right after another, and against it.

News sets the sides of a dispute beside each other: one party speaks, and a
sentence or two later another answers, often in words that make sense only as an
answer ("it was working", "she had received none", "Vidmar denied this"). A
:class:`Turn` is what one party says, or the report says of it, in one go. A turn
answers an earlier one of another party, at most :data:`NEAR` sentences before it, when

* it denies or rejects what was said, by a pronoun or in words of the earlier turn;
* one of the two negates what the other affirms, or uses the opposite word ("broken",
  "working"), and they share a word or the answer begins with a pronoun;
* both tell one deed of different doers ("demonstrators threw the stones", "provocateurs had
  thrown them"), or each party says that the other did wrong;
* both give a day, or a place, for one thing, and these differ.

Words count as shared when they have one plain form, belong to one turn of events
(:data:`dateline.linking.accounts.SAME`) or have vectors that are close (:data:`KIN`).

Missed: answers given more than :data:`NEAR` sentences later (accounts of a whole story
are compared in :mod:`dateline.linking.accounts`), and those that take knowledge of the world.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from dateline.linking import accounts
from dateline.linking.accounts import Account, Pair
from dateline.linking.contradictions import named, party_of, same_party, words_of
from dateline.linking.event_pairs import vocabulary
from dateline.links import DisputeKind
from dateline.records import Record, Span, Statement

METHOD = "replies/1"
"""Name and version of what is done here."""
NEAR = 3
"""Sentences between a turn and its answer."""
KIN = 0.6
"""Cosine from which on two words count as shared."""
SHORT = 5
"""Words of a negation that needs no word in common with what it answers: "she had received none"."""
LONG = 26
"""Words from which on what is said tells of too much to be set against another's by one word."""
PLAIN_DEED = 15
"""The same where one deed is told of two doers."""
COVERED = 0.5
"""Share of the words of a negated clause that what it answers must have;"""
CLAUSE = 3
"""words of such a clause where it begins with what the other begins with too;"""
REFUSED = 0.4
"""and of those of a denial."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_ANAPHOR = re.compile(
    r"^\W*(?:(?:all |any |both )?(?:of )?(?:this|that|it|them|these|those)\W*$|(?:all |any |both |such )?"
    r"(?:(?:the|its|his|her|their|an?|any|such|these|those|this|that) (?:\w+ )?)?(?:accusation|allegation|claim|charge|"
    r"suggestion|criticism|rumou?r|statement|report|account|version|figure|number)s?\W*$|"
    r"(?P<deed>(?:any |all |its |his |her |their )?(?:responsibility|involvement|wrongdoing|role)\b))",
    re.IGNORECASE,
)
"""What is denied where it is not said again."""
_FALSE = re.compile(
    r"\b(?:(?:this|it|report|claim|accusation|allegation|account|figure|story)s?\s+(?:is|was|are|were|as)\s+"
    r"(?:\w+\s+)?(?:an? )?|(?:this|it) (?:an? )?)"
    r"(?:lies?|false|untrue|wrong|baseless|unfounded|nonsense|not true|incorrect|invented|fabricat\w+|propaganda|"
    r"slander|absurd|ridiculous|fiction)\b",
    re.IGNORECASE,
)
"""A denial without a verb of denying: "the Front called this a lie"."""
_DENIAL = re.compile(r"^\W*(?:and |but |also )?(?:den(?:y|ies|ied)|reject(?:s|ed)?|dismiss(?:es|ed)?)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"^\W*(?:that |but |and )?(?:it|they|this|these|he|she|none|nothing|nobody|not)\b", re.IGNORECASE)
_PUT = re.compile(
    r"^(?P<who>[^.;:\"“”]{2,60}?)\s(?:has |had |have )?(?:\w+ly |earlier |later |also |first )?"
    r"(?P<verb>spoken of|spoke of|speaks of|named|gave|put)\s",
)
_ELLIPSIS = re.compile(
    r"^\W*(?:that )?(?:it|they|he|she|this|that) (?:(?:did|does|was|is|had|has|were|are|will|would) not|\w+n['’]t)\W*$",
    re.IGNORECASE,
)
"""A negation that leaves out what it negates: "it did not"."""
_IGNORANT = re.compile(
    r"\b(?:kn[eo]wn?|know) nothing (?:of|about) (?:it|this|that|them)\b|\bnothing to do with (?:it|this|that|them)\b",
    re.IGNORECASE,
)
_CURT = re.compile(r"\b(?:none|nothing|nobody|never|no|not (?:one|a single))\b", re.IGNORECASE)
_LIGHT = frozenset("take make get have give go come do say tell person number figure thing way time year".split())
"""Words that two turns may share without telling of one thing."""
_HELP = frozenset(
    "has have had is are was were be been being will would could can may might did does do said say says".split()
)
_OPPOSED: tuple[tuple[str, str], ...] = (
    ("broken faulty defective defunct", "work function intact operate"),
    ("close shut lock chain seal bolt padlock", "open unlock"),
    ("restore reconnect", "without"),
    ("withdraw retreat", "remain still stay"),
    ("accident accidental careless carelessness", "deliberate deliberately arson sabotage intentional"),
    ("unanimous unanimously", "split majority dissent divide"),
    ("legal lawful valid", "illegal unlawful void invalid annul"),
    ("die dead", "alive"),
    ("peaceful peacefully", "violent violence"),
    ("voluntary voluntarily willingly", "force coerce"),
    ("safe harmless", "toxic contaminate poison pollute unsafe"),
)
"""Words that cannot both be true of one thing, in their plain forms."""


@cache
def _sides() -> dict[str, frozenset[tuple[int, bool]]]:
    found: dict[str, set[tuple[int, bool]]] = {}
    for at, pair in enumerate(_OPPOSED):
        for side, words in zip((False, True), pair, strict=True):
            for word in words.split():
                found.setdefault(accounts.SAME.get(word, word), set()).add((at, side))
    return {word: frozenset(each) for word, each in found.items()}


@dataclass(frozen=True, slots=True)
class Turn:
    """What one party says in one go."""

    account: Account
    """Whose word it is, and what shows it."""
    number: int
    """Sentence it stands in, or begins in."""
    words: tuple[str, ...]
    """Plain forms of the words that tell something, names among them, in text order."""
    names: frozenset[str]
    """Those with a capital letter."""
    first: tuple[str, ...]
    """Those before its first verb: whom or what it is about."""
    verb: str
    """The word after these, as written."""
    refuses: bool
    """Whether it denies or rejects something."""
    points: bool
    """Whether what it refuses is named by a pronoun only."""
    disowns: bool
    """Whether it refuses the blame for a deed."""
    blames: bool
    negative: bool
    size: int
    """Words in all."""


def turns(record: Record, *, story: str, voice: str, known: datetime) -> list[Turn]:
    """The turns of a report, in text order."""
    index = accounts.Index(record)
    actors = {each.id: each for each in record.actors}
    starts = [each.start for each in record.sentences]
    plain = Account(record.article.id, voice, known, story, "", None, frozenset(), (), ())
    found: list[Turn] = []
    told: set[int] = set()
    for said in sorted(record.statements, key=lambda each: (each.content[0], each.id)):
        speaker = actors.get(said.speaker or "")
        source = None if said.source is None else record.quote(said.source)
        holder, party = (speaker.name, party_of(record, speaker)) if speaker is not None else (source, frozenset[str]())
        if speaker is None and source is not None:
            holder, party = named(record, source)
        if said.stance not in ("asserts", "denies") or holder is None:
            continue
        if source is not None:
            party |= words_of(source)
        span = Span(said.content[0].start, said.content[-1].end)
        number = _number(starts, (said.cue or span).start)
        told.add(number)
        base = replace(plain, cite=said.id, holder=holder, party=party, at=span.start)
        found.append(_turn(record, index, base, number, span, said))
    for number, sentence in enumerate(record.sentences):
        if number in told:
            continue
        words = record.article.text[sentence.start : sentence.end]
        match = _PUT.match(words)
        cite = index.cite(sentence)
        if match is None or cite is None:
            continue
        holder, party = named(record, match["who"])
        if holder is None:
            continue
        span = Span(sentence.start + match.end(), sentence.end)
        base = replace(plain, cite=cite, holder=holder, party=party, at=span.start)
        found.append(_turn(record, index, base, number, span, None))
    return sorted(found, key=lambda each: (each.account.at, each.account.cite))


def _number(starts: Sequence[int], at: int) -> int:
    """Number of the sentence that holds an offset."""
    number = 0
    for each, start in enumerate(starts):
        if start > at:
            break
        number = each
    return number


def _turn(
    record: Record, index: accounts.Index, base: Account, number: int, span: Span, said: Statement | None
) -> Turn:
    text = record.article.text
    quotes = text[span.start : span.end]
    cue = "" if said is None or said.cue is None else record.quote(said.cue)
    own = words_of(base.holder or "")
    if said is not None and said.source is not None:
        own |= words_of(record.quote(said.source))
    lemma = vocabulary().lemma
    words: list[str] = []
    names: set[str] = set()
    first: list[str] = []
    verb, deed = False, ""
    for token in _WORD.finditer(quotes):
        low = token[0].lower().removesuffix("'s").removesuffix("’s")
        if low in _HELP or low.endswith(("n't", "n’t")):
            verb = verb or bool(first)
        if low in accounts.PLAIN or low in own or low in _HELP or low[0].isdigit():
            continue
        plain = accounts.SAME.get(low) or lemma(low)
        words.append(plain)
        if token[0][0].isupper() and (token.start() > 1 or not low.islower()):
            names.add(plain)
        verb = verb or (bool(first) and accounts.PAST.search(low) is not None)
        if verb:
            deed = deed or low
        else:
            first.append(plain)
    denies = said is not None and said.stance == "denies"
    false = _FALSE.search(f"{cue} {quotes}") or _IGNORANT.search(quotes) or _ELLIPSIS.match(quotes)
    refuses = denies or false is not None or _DENIAL.match(quotes) is not None
    anaphor = _ANAPHOR.match(quotes) if denies else None
    points = anaphor is not None or (false is not None and not denies)
    places = tuple(place for place in record.places if span.holds(place.mention))
    dated = [time for time in record.times if span.holds(time.mention)]
    days = tuple(
        day for day in (accounts.days_of(time) for time in dated if time.id not in index.counted) if day is not None
    )
    account = replace(
        base,
        stems=tuple(words),
        surface=tuple(words),
        quotes=quotes,
        places=places,
        days=days,
        ahead=accounts.AHEAD.search(quotes) is not None,
        denies=refuses,
    )
    return Turn(
        account=account,
        number=number,
        words=tuple(words),
        names=frozenset(names),
        first=tuple(first),
        verb=deed,
        refuses=refuses,
        points=points,
        disowns=anaphor is not None and anaphor["deed"] is not None,
        blames=accounts.BLAME.search(cue) is not None,
        negative=accounts.NOT.search(quotes) is not None and not accounts.UNSURE.search(quotes),
        size=len(quotes.split()),
    )


# ---- answers ------------------------------------------------------------------------------------


def pairs(told: Iterable[Turn]) -> list[tuple[DisputeKind, Pair]]:
    """Turns that stand against each other, report by report."""
    reports: dict[str, list[Turn]] = {}
    for turn in told:
        reports.setdefault(turn.account.article, []).append(turn)
    result: dict[tuple[str, str, str], tuple[DisputeKind, Pair]] = {}
    for every in reports.values():
        for at, answer in enumerate(every):
            earlier = [
                each
                for each in reversed(every[:at])
                if 0 <= answer.number - each.number <= NEAR
                and each.account.cite != answer.account.cite
                and _rivals(each, answer)
            ]
            for rule in _RULES:
                found = next((pair for each in earlier if (pair := rule(each, answer)) is not None), None)
                if found is not None:
                    key = found[1].one.voice, found[1].one.quotes, found[1].other.quotes
                    result.setdefault(key, found)  # copies say it again
                    break
    return list(result.values())


def _rivals(one: Turn, other: Turn) -> bool:
    a, b = one.account, other.account
    return not same_party(a.holder, a.party, b.holder, b.party, together=True)


def shared(one: Sequence[str], other: Sequence[str]) -> set[str]:
    """Words of the second that the first has too, or one close to it."""
    return {word for word in other if any(word == each or _close(word, each) for each in one)}


@cache
def _close(one: str, other: str) -> bool:
    known = vocabulary()
    a, b = known.vector(one), known.vector(other)
    if a is None or b is None:
        return False
    size = math.sqrt(float(a @ a) * float(b @ b))
    return size > 0 and float(a @ b) / size >= KIN


def _common(one: Turn, other: Turn) -> set[str]:
    """Words of the second that the first has too, names and light words left out."""
    return shared(one.words, other.words) - other.names - _LIGHT


def _pair(one: Turn, other: Turn, first: str, second: str, both: Iterable[str]) -> Pair:
    what = next((word for word in one.words if word in both), one.words[0] if one.words else "claim")
    return Pair(one.account, other.account, 1.0, first, second, what)


def _refusal(one: Turn, answer: Turn) -> tuple[DisputeKind, Pair] | None:
    """A denial of what was just said."""
    if not answer.refuses or one.refuses:
        return None
    both = shared(one.words, answer.words) - _LIGHT
    telling = [word for word in answer.words if word not in _LIGHT]
    if not answer.points and (not both or len(both) < REFUSED * len(set(telling))):
        return None
    if answer.points and (answer.number - one.number > 1 or one.size < 2):
        return None
    if answer.disowns and not one.blames and not (_party_words(answer.account) & {*one.words, *one.names}):
        return None
    kind: DisputeKind = "actor" if one.blames else "status"
    first = "affirmed" if kind == "status" else f"said by {one.account.holder}"
    return kind, _pair(one, answer, first, "denied", both)


def _negation(one: Turn, answer: Turn) -> tuple[DisputeKind, Pair] | None:
    """One negates what the other affirms."""
    if one.refuses or answer.refuses or not (one.negative or answer.negative) or not _closed(one, answer):
        return None
    both: set[str] = set()
    yes, no = one, answer
    for yes, no in ((one, answer), (answer, one)):
        both = _negated(yes, no) if no.negative else set()
        if both:
            break
    quotes = answer.account.quotes
    curt = answer.negative and not one.negative and SHORT >= answer.size > 2 and answer.number - one.number <= 2
    if not both and not (curt and _CURT.search(quotes) and not answer.names):
        return None
    if not both:
        yes, no = one, answer
    return "status", _pair(yes, no, "affirmed", "denied", both)


def _closed(one: Turn, answer: Turn) -> bool:
    """Whether neither leaves open whether it is so, or tells of too much."""
    return not any(
        accounts.OPEN.search(each.account.quotes)
        or each.size > LONG
        or each.account.quotes.startswith(("to ", "not to "))
        for each in (one, answer)
    )


def _negated(yes: Turn, no: Turn) -> set[str]:
    """Words of a negated clause that the other turn affirms, where they are most of it."""
    lemma = vocabulary().lemma
    affirmed = {
        accounts.SAME.get(low) or lemma(low)
        for clause in _pieces(yes.account.quotes)
        if accounts.NOT.search(clause) is None
        for low in (token[0].lower().removesuffix("'s").removesuffix("’s") for token in _WORD.finditer(clause))
    }
    for clause in _pieces(no.account.quotes):
        found = accounts.NOT.search(clause)
        if found is None or re.search(r"\belse\b", clause):
            continue
        words: list[str] = []
        for token in _WORD.finditer(clause):
            low = token[0].lower().removesuffix("'s").removesuffix("’s")
            if low not in accounts.PLAIN and low not in _HELP and not low[0].isdigit():
                words.append(accounts.SAME.get(low) or lemma(low))
        telling = {word for word in words if word in no.words and word not in _LIGHT}
        both = shared([word for word in yes.words if word in affirmed], sorted(telling))
        about = shared(yes.first, no.first) & both
        if both - no.names and (len(both) >= COVERED * len(telling) or (about and len(telling) <= CLAUSE)):
            return both
    return set()


def _pieces(quotes: str) -> list[str]:
    """The clauses of what is said, also those that "and" joins."""
    return [piece for clause in accounts.BREAK.split(quotes) for piece in re.split(r"\band\b", clause)]


def _opposites(one: Turn, answer: Turn) -> tuple[DisputeKind, Pair] | None:
    """Words that cannot both be true."""
    if one.refuses or answer.refuses or one.negative != answer.negative or not _closed(one, answer):
        return None
    table = _sides()
    left = {label: word for word in one.words for label in table.get(word, ())}
    right = {label: word for word in answer.words for label in table.get(word, ())}
    against = [(left[line, not side], word) for (line, side), word in right.items() if (line, not side) in left]
    if not against or any(label in right for label in left):
        return None
    both = _common(one, answer) - {word for _, word in against}
    if not both and not _PRONOUN.match(answer.account.quotes):
        return None
    return "status", _pair(one, answer, "affirmed", "denied", {against[0][0]})


def _blame(one: Turn, answer: Turn) -> tuple[DisputeKind, Pair] | None:
    """Each says that the other did it."""
    if one.refuses or answer.refuses:
        return None
    a, b = one.account, answer.account
    if not (accounts.DEED.search(a.quotes) and (accounts.DEED.search(b.quotes) or accounts.BROKE.search(b.quotes))):
        return None
    if not one.first or not all(
        accounts.DEED.match(each.verb) or accounts.BROKE.match(each.verb) for each in (one, answer)
    ):
        return None
    if not _names(one, a) and _names(answer, a):
        return "actor", _pair(one, answer, f"by {b.holder}", f"by {a.holder}", shared(one.words, answer.words))
    return None


def _names(turn: Turn, party: Account) -> bool:
    """Whether a turn begins with a party."""
    return bool(_party_words(party).intersection(turn.first[:3]))


def _party_words(party: Account) -> set[str]:
    """Plain forms of the words for who speaks."""
    return {vocabulary().lemma(word) for word in words_of(party.holder or "") | party.party if word[:1] != "@"}


def _doer(one: Turn, answer: Turn) -> tuple[DisputeKind, Pair] | None:
    """One deed, told of two doers."""
    if one.refuses or answer.refuses or one.negative or answer.negative or not one.first or not answer.first:
        return None
    if (
        max(one.size, answer.size) > PLAIN_DEED
        or shared(one.first, answer.first)
        or len(answer.words) <= len(answer.first)
        or len(one.words) <= len(one.first)
    ):
        return None
    verb = answer.words[len(answer.first)]
    if verb != one.words[len(one.first)] or verb in _LIGHT or not answer.verb:
        return None
    rest = set(one.words[len(one.first) + 1 :]) & set(answer.words[len(answer.first) + 1 :])
    if not rest and not re.search(r"\b(?:them|it|him|her|this)\b", answer.account.quotes):
        return None
    return "actor", _pair(one, answer, f"by {' '.join(one.first)}", f"by {' '.join(answer.first)}", {verb})


def _setting(one: Turn, answer: Turn) -> tuple[DisputeKind, Pair] | None:
    """One thing, told of two days or places."""
    a, b = one.account, answer.account
    if one.refuses or answer.refuses or one.negative != answer.negative:
        return None
    if not _closed(one, answer):
        return None
    places = {word for place in b.places for word in words_of(place.name)}
    rest = [word for word in answer.words if word not in places]
    both = shared(one.words, rest) - answer.names
    bare = not rest
    goes_on = (
        bare
        or (_PRONOUN.match(b.quotes) is not None and (both or len(rest) <= 2))
        or (len(both) >= 2 and shared(one.first, answer.first))
    )
    if not goes_on:
        return None
    if a.days and b.days and not any(s <= u and t <= e for s, e in a.days for t, u in b.days):
        return "day", _pair(one, answer, accounts.on_days(a.days[0]), accounts.on_days(b.days[0]), both)
    if a.places and b.places and all(accounts.far(x, y) for x in a.places for y in b.places):
        return "place", _pair(one, answer, f"in {a.places[-1].name}", f"in {b.places[-1].name}", both)
    return None


_RULES = (_refusal, _blame, _negation, _opposites, _doer, _setting)
