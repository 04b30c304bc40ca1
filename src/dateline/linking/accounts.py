"""Disputes about whether, who, when and where: accounts of one happening that differ.

An :class:`Account` is one clause of a report: what it tells, in words without
their endings, whose word it is, whether it affirms or denies, and the days, places
and actors named in it. Two accounts of a story are about one thing when they share
the words that weigh most in it (words for the same turn of events, "sank" and
"capsized", count as one word). They stand against each other when two parties give them, and

* one denies or negates what the other affirms (``status``);
* both tell the same deed of actors that cannot be the same, or different parties are blamed for
  it, or the one that is blamed denies it (``actor``);
* they give days that have none in common (``day``), or places that lie apart (``place``).

A later day for what is still to come is a postponement, not a contradiction.

Missed: accounts that share no words, irony, and contradictions that follow only from
knowledge of the world ("two districts had more votes than voters").
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from dateline.ids import link_id
from dateline.linking.contradictions import SIDE_BY_SIDE, party_of, same_party, words_of
from dateline.linking.stories import stem
from dateline.links import Dispute, DisputeKind, DisputeSide
from dateline.records import Actor, Place, Record, Span, Statement, TimeSpan

METHOD = "accounts/2"
"""Name and version of what is done here."""
DENIED = 0.5
"""Share of the weight of a denial's words that what it denies must have; of a negation's: :data:`NEGATED`."""
NEGATED = 0.6
SURE = 0.75
"""The same share where the reporter's own word is denied."""
SCOPE = 5
"""Words after a negation that it is about."""
ALIKE = 0.5
"""Share of the weight of the shorter account's words that two must share to tell of one thing."""
COMMON = 300
"""Accounts of a story with a word, from which on the word does not count."""
APART = 25.0
"""Kilometres that two places must lie apart."""
MONTH, YEAR = 31, 366
"""Days that two days, and two months, may lie apart to be of one thing."""
STALE = timedelta(hours=36)
"""How much later a report may be whose day for what is to come contradicts, and does not postpone."""

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
BREAK = re.compile(
    r"[;:()“”\"—–]|,\s|\s-\s|\b(?:while|whereas|but|because|when|after|before|although|which|who)\b|"
    r"\band (?=(?:should|would|could|might)\b)",
    re.IGNORECASE,
)
NOT = re.compile(r"\b(?:no(?! votes?\b)|not|never|none|nothing|nobody|neither|nor|intact)\b|n['’]t\b", re.IGNORECASE)
UNSURE = re.compile(
    r"(?:\bnot|n['’]t|\bnever)\s+(?:yet\s+)?(?:think|know|believe|want|say|said|expect|comment|understand|remember|care|"
    r"only|just|all|every|immediately|clear|sure|aware)\b|"
    r"\b(?:do|does) not\b|\b(?:do|does)n['’]t\b|\bno (?:longer|one knows|shortage|matter|doubt|comment|immediate)\b",
    re.IGNORECASE,
)
"""Negations that say nothing of whether it happened."""
_UNTIL = re.compile(r"\bnot\b.*\b(?:until|before)\b", re.IGNORECASE)
"""What did happen, only later: "was not warned until Wednesday"."""
_PRONOUN = re.compile(r"^\W*(?:that )?(?:it|they|this|he|she)\b", re.IGNORECASE)
_REFUSED = re.compile(
    r"\b(?:den(?:y|ies|ied)|reject(?:s|ed)?|refut(?:es|ed)|disput(?:es|ed)|contradict(?:s|ed))\s+(?:all )?(?:of )?"
    r"(?:that|this|it|th(?:e|is|at|ese) (?:claim|accusation|allegation|report|charge|account|version)s?)\s*(?:[.;,]|$)",
    re.IGNORECASE,
)
"""A denial of what was just said: "The governor denied that."."""
_NEXT = 2
"""Sentences after a statement in which it is denied in this way."""
_DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|refut\w+|disput(?:es|ed|ing)|(?:reject|dismiss)(?:s|es|ed|ing)? (?:claims?|reports?|"
    r"accusations?|allegations?|suggestions?))\b",
    re.IGNORECASE,
)
OPEN = re.compile(
    r"\b(?:whether|if|could|(?-i:may)|wants?|wanted|hoped?|hopes|might|should|unless|investigat\w+|allegedly)\b|\?",
    re.IGNORECASE,
)
AHEAD = re.compile(r"\b(?:will|would)\b", re.IGNORECASE)
BLAME = re.compile(r"\b(?:blam\w+|accus\w+)\b", re.IGNORECASE)
_ANSWERS = re.compile(
    r"^\W*(?:any |all |its |their |his |her |the )?(?:responsib|involve|charge|claim|accusation|allegation)",
    re.IGNORECASE,
)
_FOR = re.compile(r"\b(?:for|of)\s+\w", re.IGNORECASE)
_OWNS = re.compile(r"^\W*(?:\w+\W+)?responsib", re.IGNORECASE)
_BEHIND = re.compile(r"\b(?:was|were|is|are|stood|had been) (?:behind|responsible for)\b", re.IGNORECASE)
_DISOWNS = re.compile(
    r"\b(?:responsib\w+|involve\w*|role|hand|part|carr(?:y|ied|ying) out|attack\w*|bomb\w*|str(?:ike|uck|iking)|"
    r"shell\w*|fir(?:e|ed|ing)|hit|kill\w*|shot|shoot\w*)\b",
    re.IGNORECASE,
)
DEED = re.compile(
    r"\b(?:attack\w*|bomb\w*|strik\w*|struck|shell\w*|fir(?:e|ed|ing)|kill\w*|shot|shoot\w*|blast\w*|explo\w*|"
    r"raid\w*|massacre\w*|assassinat\w*|murder\w*|kidnap\w*|abduct\w*|crash\w*|sabotag\w*|leak\w*|hack\w*|behind|"
    r"responsib\w*|ambush\w*|violence|death\w*)\b",
    re.IGNORECASE,
)
BROKE = re.compile(
    r"\b(?:broke|broken|break(?:s|ing)?|violat\w+|breach\w*|start(?:s|ed|ing)?|began|provok\w+)\b",
    re.IGNORECASE,
)
"""What one is blamed for besides a :data:`DEED`: "the army had broken the truce"."""
PAST = re.compile(r"ed$|^(?:struck|hit|shot|held|began|broke|sank|won|took|shut|cut|set|fought|seized|burnt)$")

_BY = re.compile(r"\b(?:am|is|are|was|were|be|been|being|by|to|who|of|with|in|at|on)\s*(?:\w+ly\s*)?$", re.IGNORECASE)
"""What stands before a verb whose subject is not its doer: "was arrested"."""
_WITHIN = re.compile(
    r"\b(?:in|at|near|off|outside|inside|around|of|on|from|above|below|beside)\s+(?:\w+\s+){0,3}$", re.IGNORECASE
)
_MORE = re.compile(r"\s+(?:in|of|from|with)\s", re.IGNORECASE)
_PEOPLE = frozenset(("CVL", "OPP", "REB", "CRM", "UAF", "SEP", "EDU", "LAB", "REL"))
"""Sectors of those who serve no state; of those who do: :data:`_STATE`."""
_STATE = frozenset(("GOV", "MIL", "COP", "SPY", "JUD", "LEG"))
PLAIN = frozenset(
    """a about after again all almost already also am an and another any are around as at be because been before being
    both but by can could did do does during each every few first for from further had has have he her here him his how
    i in into is it its just last later least less like made make many may me more most much my near nearly neither new
    no none nor not nothing now of off on once one only or other our out over own per put said same say saying says she
    should since so some such than that the their them then there these they this those three through to told too two
    under until up us very was we were what when where which while who whom whose why will with without would yet you
    your mr mrs ms monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow january february
    march april may june july august september october november december jan feb mar apr jun jul aug sept oct nov dec
    morning afternoon evening night noon midnight day days week weeks month months year years statement reporters
    spokesman spokeswoman spokesperson deny denied denies denying reject rejected rejects claim claimed claims according
    never nobody cannot received receive receives get gets got getting conduct conducted conducting carried carrying
    give gave given giving had having do done""".split()
) - {"march"}

SAME = {
    word: words.split()[0]
    for words in (
        "sink sank sunk sinks sinking capsize capsized capsizes capsizing overturn overturned overturns foundered",
        "collapse collapsed collapses burst bursts breach breached breaks broke broken failed fail failing",
        "explode exploded explodes explosion blast blasts detonate detonated",
        "crash crashed crashes collide collided collision derail derailed derailment",
        "lock locked locks locking chained padlocked bolted",
        "open opened opens unlocked",
        "shut shuts closed close closes closing closure",
        "halt halted halts stop stopped stops stopping suspended suspend",
        "sign signed signs signing concluded conclude agree agreed agreement agrees",
        "ceasefire truce armistice",
        "kill killed kills killing dead die died dies",
        "strike struck strikes hit hits bomb bombed bombs bombing attack attacked attacks shell shelled shelling",
        "shoot shot shoots shooting fire fired fires firing",
        "seize seized captured capture captures",
        "win won wins winning winner victory elected",
        "arrest arrested arrests detained detain detains detention",
        "begin began begun begins start started starts starting",
        "troop troops soldier soldiers serviceman servicemen",
        "cross crossed crosses crossing entered enter enters",
        "resign resigned resigns quit quits",
        "leave left leaves withdrew withdraw withdrawn withdraws",
        "gate gates door doors exit exits",
        "vote voted votes voting ballot ballots election",
        "meet met meets meeting meetings talks round",
        "blaze fire wildfire fires blazes",
        "burn burnt burned burns",
        "fraud irregularities irregularity rigging rigged",
        "pay paid pays payment",
    )
    for word in words.split()
}
"""Words for one turn of events, and for its commonest objects, as one word."""


@dataclass(frozen=True, slots=True)
class Account:
    """A clause of a report: what it tells, and whose word it is."""

    article: str
    voice: str
    known: datetime
    story: str
    cite: str
    """Id of the finding that shows it."""
    holder: str | None
    party: frozenset[str]
    stems: tuple[str, ...]
    """Its words that tell something, in order, without endings."""
    surface: tuple[str, ...]
    """The same words as written."""
    negative: bool = False
    denies: bool = False
    """Whether a denial is reported ("denied that"), not a negation alone."""
    days: tuple[tuple[date, date], ...] = ()
    ahead: bool = False
    """Whether its day is still to come on the day of the report."""
    places: tuple[Place, ...] = ()
    doers: tuple[tuple[int, bool, Actor], ...] = ()
    """Actors named in it, each with the number of stems up to its end, and whether more of its phrase follows."""
    quotes: str = ""
    """The clause as written."""
    at: int = 0
    """Where it begins in its article."""


@dataclass(frozen=True, slots=True)
class Blame:
    """Who is said to have done it, or says they have not."""

    account: Account
    culprit: frozenset[str]
    """Every word the report has for them."""
    name: str
    disowned: bool
    """Whether the culprit denies it."""


# ---- from records to accounts -------------------------------------------------------------------


def accounts(record: Record, *, story: str, voice: str, known: datetime) -> tuple[list[Account], list[Blame]]:
    """The accounts and the blame in a report, in text order."""
    text = record.article.text
    actors = {each.id: each for each in record.actors}
    index = Index(record)
    plain = Account(record.article.id, voice, known, story, "", None, frozenset(), (), ())
    found: list[tuple[int, Account]] = []
    blames: list[Blame] = []
    taken: list[Span] = []
    for said in record.statements:
        if said.stance not in ("asserts", "denies"):
            continue
        speaker = actors.get(said.speaker or "")
        source = None if said.source is None else record.quote(said.source)
        holder = source if speaker is None else speaker.name
        party = words_of(holder or "") if speaker is None else party_of(record, speaker)
        base = replace(plain, cite=said.id, holder=holder, party=party)
        denies = said.stance == "denies"
        blames += _blames(record, index, said, speaker, base)
        if _ANSWERS.match(record.quote(said.content[0])):
            taken += said.content
            continue  # "responsibility", "involvement": who did it, not whether it happened
        for span in said.content:
            taken.append(span)
            for piece in [span] if denies else _clauses(text, span):
                account = index.account(base, piece, denies=denies)
                if account is not None:
                    found.append((piece.start, account))
    for sentence in record.sentences:
        for piece in _clauses(text, sentence):
            if any(piece.start < span.end and span.start < piece.end for span in taken):
                continue
            cite = index.cite(piece) or index.cite(sentence)
            account = None if cite is None else index.account(replace(plain, cite=cite), piece, denies=False)
            if account is not None:
                found.append((piece.start, account))
    found.sort(key=lambda each: (each[0], each[1].cite))
    found += _refused(record, index, [each for _, each in found])
    return [account for _, account in found], blames


def _refused(record: Record, index: Index, told: Sequence[Account]) -> list[tuple[int, Account]]:
    """Denials that name what they deny by a pronoun, as denials of what another party has just affirmed."""
    text = record.article.text
    result: list[tuple[int, Account]] = []
    for number, sentence in enumerate(record.sentences):
        verb = _REFUSED.search(text, sentence.start, sentence.end)
        cite = index.cite(sentence)
        if verb is None or cite is None:
            continue
        speaker = next(
            (actor for at, actor in index.mentions if sentence.start <= at.start and at.end <= verb.start()), None
        )
        begin = record.sentences[max(number - _NEXT, 0)].start
        before = [each for each in told if begin <= each.at < verb.start() and each.holder and not each.negative]
        if speaker is None or not before or before[-1].at >= sentence.start:
            continue
        denied = next(each for each in before if each.cite == before[-1].cite)  # what the statement began with
        words = text[sentence.start : sentence.end]
        holder = {"holder": speaker.name, "party": party_of(record, speaker), "cite": cite, "at": sentence.start}
        result.append((sentence.start, replace(denied, negative=True, denies=True, quotes=words, **holder)))
    return result


def _clauses(text: str, span: Span) -> list[Span]:
    """The clauses of a stretch of text."""
    result: list[Span] = []
    start = span.start
    for cut in BREAK.finditer(text, span.start, span.end):
        if cut.start() - start > 8:
            result.append(Span(start, cut.start()))
            start = cut.end()
    if span.end - start > 8:
        result.append(Span(start, span.end))
    return result


class Index:
    """The findings of a record by where they stand."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.text = record.article.text
        self.today = record.article.day()
        self.counted = {each.as_of for each in record.figures if each.outcome is not None}
        """Times that a count holds for: the next day's count tells of the same happening."""
        self.mentions = sorted(
            ((mention, actor) for actor in record.actors for mention in actor.mentions),
            key=lambda each: (each[0], each[1].id),
        )
        self.cites = sorted(
            (finding.provenance.evidence[0], rank, finding.id)
            for rank, findings in enumerate((record.events, record.times, record.places, record.figures, record.actors))
            for finding in findings
        )

    def cite(self, span: Span) -> str | None:
        """The finding that shows a clause best."""
        inside = [(rank, at, name) for at, rank, name in self.cites if span.holds(at)]
        return min(inside)[2] if inside else None

    def account(self, base: Account, span: Span, *, denies: bool) -> Account | None:
        """The account of a clause; none where it tells too little, or leaves open whether it is so."""
        words = self.text[span.start : span.end]
        if OPEN.search(words) or (not denies and UNSURE.search(words)):
            return None
        ahead = AHEAD.search(words) is not None
        named = [
            place
            for place in self.record.places
            if span.holds(place.mention) and _WITHIN.search(self.text[span.start : place.mention.start])
        ]
        dated = [time for time in self.record.times if span.holds(time.mention)]
        drop = {at for finding in (*named, *dated) for at in range(finding.mention.start, finding.mention.end)}
        stems: list[str] = []
        surface: list[str] = []
        offsets: list[int] = []
        for token in _TOKEN.finditer(words):
            at = span.start + token.start()
            low = token[0].lower().removesuffix("'s").removesuffix("’s")
            if low in PLAIN or low[0].isdigit() or at in drop:
                continue
            stems.append(SAME.get(low) or stem(low))
            surface.append(token[0])
            offsets.append(at)
        if not stems or (ahead and not (named or dated)):
            return None  # "would": what is to come, where its day or place is told; else what might be
        days = [days_of(time) for time in dated if time.id not in self.counted]
        doers = [
            (
                sum(offset < mention.end for offset in offsets),
                _MORE.match(self.text, mention.end, span.end) is not None,
                actor,
            )
            for mention, actor in self.mentions
            if span.holds(mention)
        ]
        return replace(
            base,
            stems=tuple(stems),
            surface=tuple(surface),
            negative=denies or bool(_DENIAL.search(words)) or (bool(NOT.search(words)) and not _UNTIL.search(words)),
            denies=denies or bool(_DENIAL.search(words)),
            days=tuple(day for day in days if day is not None),
            ahead=ahead or (self.today is not None and any(day is not None and day[0] > self.today for day in days)),
            places=tuple(named),
            doers=tuple(doers),
            quotes=words,
            at=span.start,
        )


def days_of(time: TimeSpan) -> tuple[date, date] | None:
    """The days of a time expression that names days or a month, not years."""
    if time.earliest is None or time.latest is None or time.type not in ("DATE", "TIME"):
        return None
    return (time.earliest, time.latest) if (time.latest - time.earliest).days <= MONTH else None


def _blames(record: Record, index: Index, said: Statement, speaker: Actor | None, base: Account) -> list[Blame]:
    cue = "" if said.cue is None else record.quote(said.cue)
    span = said.content[0]
    words = " … ".join(record.quote(each) for each in said.content)
    account = replace(base, quotes=words)
    if said.stance == "denies":
        if speaker is None or not _DISOWNS.search(words):
            return []
        return [Blame(account, base.party, speaker.name, disowned=True)]
    if _OWNS.match(words) and cue.lower().startswith(("claim", "took", "take")) and speaker is not None:
        return [Blame(account, base.party, speaker.name, disowned=False)]
    first = next((each for each in index.mentions if span.holds(each[0])), None)
    if first is None:
        return []
    mention, culprit = first
    lead = record.article.text[span.start : mention.start]
    accuses = BLAME.search(cue) and len(lead.split()) <= 4 and (DEED.search(words) or _FOR.search(words))
    behind = _BEHIND.search(record.article.text, mention.end, span.end)
    if not accuses and (behind is None or behind.start() - mention.end > 3):
        return []
    return [Blame(account, party_of(record, culprit), culprit.name, disowned=False)]


# ---- comparing ----------------------------------------------------------------------------------


def disputes(
    told: Sequence[Account], blames: Sequence[Blame], answers: Iterable[tuple[DisputeKind, Pair]] = ()
) -> tuple[list[Dispute], list[DisputeSide]]:
    """Disputes about status, actors, days and places in stories, and their sides, in the order of their ids.

    Args:
        told: The accounts of all reports.
        blames: Who is said to have done it.
        answers: What a report itself sets side by side: see :mod:`dateline.linking.replies`.
    """
    found: list[Dispute] = []
    sides: list[DisputeSide] = []
    stories: dict[str, list[Account]] = {}
    for account in told:
        stories.setdefault(account.story, []).append(account)
    replies: dict[str, list[tuple[DisputeKind, Pair]]] = {}
    for kind, pair in answers:
        replies.setdefault(pair.one.story, []).append((kind, pair))
    for story, every in sorted(stories.items()):
        found_in = _Story(every).pairs()
        for kind, pair in replies.get(story, ()):
            found_in[kind].append(pair)
        for kind, pairs in found_in.items():
            for group in _joined(pairs):
                _write(kind, group, found, sides)
    for _, group in sorted(_by_story(blames).items()):
        _write_blame(group, found, sides)
    return sorted(found, key=lambda each: each.id), sorted(sides, key=lambda each: each.id)


def _by_story(blames: Iterable[Blame]) -> dict[str, list[Blame]]:
    result: dict[str, list[Blame]] = {}
    for blame in sorted(blames, key=lambda each: (each.account.known, each.account.article, each.account.cite)):
        result.setdefault(blame.account.story, []).append(blame)
    return result


@dataclass(frozen=True, slots=True)
class Pair:
    """Two accounts that stand against each other: how much they share, and what each holds."""

    one: Account
    other: Account
    shared: float
    first: str
    second: str
    what: str


class _Story:
    """The accounts of a story, and how rare their words are in it."""

    def __init__(self, every: Sequence[Account]) -> None:
        kept: dict[tuple[object, ...], Account] = {}
        for account in sorted(every, key=lambda each: (each.known, each.article, each.cite, each.quotes)):
            kept.setdefault((account.voice, account.stems, account.negative), account)
        self.accounts = list(kept.values())
        self.posted: dict[str, list[int]] = {}
        for at, account in enumerate(self.accounts):
            for word in dict.fromkeys(account.stems):
                self.posted.setdefault(word, []).append(at)
        total = len(self.accounts)
        self.weight = {word: math.log(1 + total / len(where)) for word, where in self.posted.items()}

    def pairs(self) -> dict[DisputeKind, list[Pair]]:
        """Accounts that stand against each other, by what they differ in."""
        result: dict[DisputeKind, list[Pair]] = {"status": [], "actor": [], "day": [], "place": []}
        for at, one in enumerate(self.accounts):
            near: Counter[int] = Counter()
            for word in dict.fromkeys(one.stems):
                where = self.posted[word]
                if len(where) <= COMMON:
                    near.update(each for each in where if each > at)
            for to in sorted(near):
                other = self.accounts[to]
                if one.voice == other.voice and one.cite == other.cite:
                    continue
                for kind, rule in _RULES.items():
                    pair = rule(self, one, other)
                    if pair is not None:
                        result[kind].append(pair)
        return result

    def shared(self, one: Account, other: Account) -> tuple[set[str], float, float]:
        """Words two accounts share, and their weight as a share of the first's and of the second's."""
        left, right = set(one.stems), set(other.stems)
        both = left & right
        weigh = sum(self.weight[word] for word in sorted(both))
        return (
            both,
            weigh / sum(self.weight[word] for word in sorted(left)),
            weigh / sum(self.weight[word] for word in sorted(right)),
        )

    def name(self, both: set[str], account: Account) -> str:
        """The word that names what is told: the heaviest that is shared, as written."""
        best = max(
            zip(account.stems, account.surface, strict=True),
            key=lambda each: (each[0] in both, each[0] in SAME, self.weight[each[0]], each[0]),
        )
        return best[1].lower()


def _rivals(one: Account, other: Account) -> bool:
    """Whether two parties speak; a report's own word stands for its voice."""
    if one.holder is None and other.holder is None:
        return one.voice != other.voice
    if one.holder is None or other.holder is None:
        return True
    together = one.article == other.article
    return not same_party(one.holder, one.party, other.holder, other.party, together=together)


def _status(story: _Story, one: Account, other: Account) -> Pair | None:
    if one.negative == other.negative:
        return None
    yes, no = (other, one) if one.negative else (one, other)
    if not _rivals(yes, no) or _DENIAL.search(yes.quotes):
        return None
    both, share, _ = story.shared(no, yes)
    need = DENIED if no.denies else NEGATED
    if share < need or len(both) < (1 if no.denies and share >= NEGATED else 2):
        return None
    if not no.denies and (no.holder is None or yes.holder is None or not _scoped(no, both)):
        return None
    if yes.holder is None and (len(both) < 3 or no.holder is None or share < SURE):
        return None
    return Pair(yes, no, share, "affirmed", "denied" if no.denies else "negated", story.name(both, yes))


def _scoped(account: Account, both: set[str]) -> bool:
    """Whether what is shared stands close after the negation, or "intact" says it."""
    found = NOT.search(account.quotes)
    if found is None or found[0].lower() == "intact":
        return found is not None
    near = {word.lower() for word in account.quotes[found.end() :].split()[:SCOPE]}
    return any(
        word in both and written.lower() in near for word, written in zip(account.stems, account.surface, strict=True)
    )


def _actor(story: _Story, one: Account, other: Account) -> Pair | None:
    if one.negative or other.negative or not _rivals(one, other) or (one.holder is None and other.holder is None):
        return None
    sourced = one.holder is not None and other.holder is not None
    places = {pair: at for at, pair in reversed(list(enumerate(zip(one.stems, one.stems[1:], strict=False))))}
    for at, pair in enumerate(zip(other.stems, other.stems[1:], strict=False)):
        if pair not in places or at == 0 or places[pair] == 0 or pair[0] == pair[1]:
            continue
        verb = other.surface[at].lower()
        if not PAST.search(verb) or not PAST.search(one.surface[places[pair]].lower()):
            continue
        left, right = _doer(one, places[pair]), _doer(other, at)
        if left is None or right is None or not _different(left, right, sourced=sourced):
            continue
        _, share, back = story.shared(one, other)
        return Pair(one, other, max(share, back), left.name, right.name, verb)
    return None


def _doer(account: Account, before: int) -> Actor | None:
    """The actor named just before the verb, at the head of the clause."""
    if before >= len(account.surface) or _BY.search(_until(account, before)):
        return None
    return next((actor for at, more, actor in account.doers if at == before or (more and 0 < before - at <= 2)), None)


def _until(account: Account, stem_at: int) -> str:
    """The words of a clause before one of its stems."""
    at = -1
    for word in account.surface[: stem_at + 1]:
        at = account.quotes.find(word, at + 1)
    return account.quotes[: max(at, 0)]


def _different(one: Actor, other: Actor, *, sourced: bool) -> bool:
    """Whether two actors cannot be the same: another country, or servants of the state and others.

    Where one of the accounts is the reporter's own, only the latter counts.
    """
    if sourced and one.country is not None and other.country is not None and one.country != other.country:
        return True
    if words_of(one.name) & words_of(other.name):
        return False
    if one.sector is None or other.sector is None:
        return False
    return (one.sector in _STATE and other.sector in _PEOPLE) or (one.sector in _PEOPLE and other.sector in _STATE)


def _both_say(one: Account, other: Account) -> bool:
    """Whether two parties affirm it, each in so many words: a reporter's own clause may be of anything."""
    return not (one.negative or other.negative or one.holder is None or other.holder is None) and _rivals(one, other)


def _day(story: _Story, one: Account, other: Account) -> Pair | None:
    if not one.days or not other.days or not _both_say(one, other):
        return None
    if any(start <= until and begin <= end for start, end in one.days for begin, until in other.days):
        return None
    if one.ahead != other.ahead or (one.ahead and abs(one.known - other.known) > STALE):
        return None
    first, second = one.days[0], other.days[0]
    if abs((first[0] - second[0]).days) > (MONTH if first[0] == first[1] else YEAR):
        return None
    both, share, back = story.shared(one, other)
    if not _one_thing(both, max(share, back)) and not (both and _goes_on(one, other)):
        return None
    return Pair(one, other, max(share, back), on_days(first), on_days(second), story.name(both, one))


def on_days(days: tuple[date, date]) -> str:
    """Days in words."""
    first, last = days
    return f"on {first}" if (last - first).days <= 1 else f"between {first} and {last}"


def _place(story: _Story, one: Account, other: Account) -> Pair | None:
    if not one.places or not other.places or not _both_say(one, other):
        return None
    if one.ahead != other.ahead or (one.ahead and abs(one.known - other.known) > STALE):
        return None
    left, right = one.places[-1], other.places[-1]
    if not far(left, right) or any(not far(a, b) for a in one.places for b in other.places):
        return None
    both, share, back = story.shared(one, other)
    if not _one_thing(both, max(share, back)):
        return None
    return Pair(one, other, max(share, back), f"in {left.name}", f"in {right.name}", story.name(both, one))


def _goes_on(one: Account, other: Account) -> bool:
    """Whether an account goes on from the other: "it occurred on Monday, they said. It was on Tuesday, others said"."""
    first, second = sorted((one, other), key=lambda each: each.at)
    return (
        one.article == other.article
        and second.at - first.at < SIDE_BY_SIDE
        and bool(_PRONOUN.match(second.quotes) or _UNTIL.search(second.quotes))
    )


def _one_thing(both: set[str], share: float) -> bool:
    """Whether two accounts tell of one turn of events."""
    turn = any(word in _TURNS for word in both)
    return share >= ALIKE and len(both) >= (2 if turn else 3)


_TURNS = frozenset(SAME.values())


def far(one: Place, other: Place) -> bool:
    """Whether two places lie apart and neither holds the other."""
    if "country" in (one.kind, other.kind) or "demonym" in (one.kind, other.kind):
        return one.kind == other.kind == "country" and one.country != other.country
    if "region" in (one.kind, other.kind) and one.kind != other.kind:
        return False
    if one.name == other.name or words_of(one.name) & words_of(other.name):
        return False
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return True
    return kilometres(one, other) >= APART


def kilometres(one: Place, other: Place) -> float:
    """Great-circle distance of two places with coordinates."""
    a, b = math.radians(one.latitude or 0.0), math.radians(other.latitude or 0.0)
    across = math.radians((other.longitude or 0.0) - (one.longitude or 0.0))
    chord = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(min(1.0, chord)))


_RULES: dict[DisputeKind, Callable[[_Story, Account, Account], Pair | None]] = {
    "status": _status,
    "actor": _actor,
    "day": _day,
    "place": _place,
}


# ---- from pairs to disputes ---------------------------------------------------------------------


def _joined(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Pairs that have an account in common, together; the pair that shares most first."""
    groups: list[tuple[set[tuple[str, str]], list[Pair]]] = []
    for pair in pairs:
        keys = {(each.cite, each.quotes) for each in (pair.one, pair.other)}
        touched = [group for group in groups if group[0] & keys]
        merged = [pair]
        for group in touched:
            keys |= group[0]
            merged += group[1]
            groups.remove(group)
        groups.append((keys, merged))
    return [
        sorted(group, key=lambda each: (-each.shared, each.one.known, each.one.cite, each.other.cite))
        for _, group in groups
    ]


def _write(kind: DisputeKind, group: Sequence[Pair], found: list[Dispute], sides: list[DisputeSide]) -> None:
    held: dict[str, list[Account]] = {}
    for pair in group:
        for says, account in ((pair.first, pair.one), (pair.second, pair.other)):
            into = held.setdefault("denied" if says == "negated" else says, [])
            if account not in into:
                into.append(account)
    if len(held) < 2:
        return
    best = group[0]
    name = link_id("dispute", best.one.story, kind, best.what, *sorted((best.one.cite, best.other.cite)))
    day = next((each.days[0][0] for each in (best.one, best.other) if each.days), None)
    found.append(
        Dispute(id=name, kind=kind, story=best.one.story, incident=None, what=best.what, day=day, sides=len(held))
    )
    sides += (_side(name, says, accounts) for says, accounts in held.items())


def _side(dispute: str, says: str, accounts: Sequence[Account]) -> DisputeSide:
    return DisputeSide(
        id=link_id("dispute", dispute, says),
        dispute=dispute,
        says=says,
        holder="; ".join(dict.fromkeys(each.holder for each in accounts if each.holder)) or None,
        low=None,
        high=None,
        bound=None,
        findings=tuple(dict.fromkeys(each.cite for each in accounts)),
        articles=tuple(dict.fromkeys(each.article for each in accounts)),
    )


def _write_blame(blames: Sequence[Blame], found: list[Dispute], sides: list[DisputeSide]) -> None:
    """Who did it: a side for each culprit, and one for each that denies it."""
    held: list[tuple[list[Blame], str]] = []
    for blame in blames:
        says = f"not {blame.name}" if blame.disowned else f"by {blame.name}"
        for group, _ in held:
            if group[0].disowned == blame.disowned and _one_culprit(group[0], blame):
                group.append(blame)
                break
        else:
            held.append(([blame], says))
    blamed = [each for each in held if not each[0][0].disowned]
    # A denial counts where its speaker is blamed; two culprits, where different parties name them.
    kept = [
        each
        for each in held
        if not each[0][0].disowned or any(_one_culprit(each[0][0], other[0][0]) for other in blamed)
    ]
    if len(kept) < 2 or len({each.account.holder for group, _ in kept for each in group}) < 2:
        return
    first = kept[0][0][0].account
    name = link_id("dispute", first.story, "actor", "blame", first.cite)
    found.append(
        Dispute(id=name, kind="actor", story=first.story, incident=None, what="blame", day=None, sides=len(kept))
    )
    sides += (_side(name, says, [each.account for each in group]) for group, says in kept)


def _one_culprit(one: Blame, other: Blame) -> bool:
    return same_party(one.name, one.culprit, other.name, other.culprit)
