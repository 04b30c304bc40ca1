"""Did it happen? The mood of an event from tense, modals, negation and what it hangs on.

From the trigger up the tree: the verb's own auxiliaries, then each verb or
noun that embeds it ("expects them to", "refused to", "denied", "a plan to"),
until a clause that stands on its own. The classes of embedding words follow
the implicative and factive verbs of Karttunen (1971) and Sauri's FactBank
(2009), in lists of our own.

What is missed: irony, negation far from its verb, and events whose failure
only a later sentence tells.
"""

from __future__ import annotations

from dataclasses import dataclass

from dateline.knowledge.event_lexicon import words_of
from dateline.knowledge.quantities import ORDINALS
from dateline.reading.analysis import Analysis
from dateline.records import Status

_POSSIBLE_MODALS = frozenset(("may", "might", "could"))
_ABLE_MODALS = frozenset(("can", "ca"))
_ABLES = frozenset(("able", "allow", "permit", "enable", "let", "capable", "free", "authorise", "authorize"))
_DUTY_MODALS = frozenset(("must", "should", "ought"))
_FUTURE_MODALS = frozenset(("will", "'ll", "’ll", "shall", "wo", "would", "'d", "’d"))

_PLANS = words_of(
    """
    plan intend prepare vow pledge promise agree threaten decide schedule aim want hope offer propose set opt
    choose commit undertake resolve swear slate mean go ready due willing determined prepared eager poised wish
    consider mull weigh decision intention agreement deal contract commitment threat proposal preparation order
    design means
    """
)
_EXPECTS = words_of(
    """
    expect anticipate predict forecast likely project foresee certain sure bound destine assume reckon
    """
)
_ASKS = words_of(
    """
    urge demand ask call request tell press pressure require appeal beg recommend advise encourage invite insist
    need suggest lobby warn instruct push petition bid wish desire hope chance opportunity option ability right
    power permission way possibility risk  unable
    effort attempt try seek struggle strive campaign possible difficult hard easy important necessary order
    """
)
_FAILS = words_of(
    """
    fail refuse decline avoid neglect forget prevent stop cease halt quit avert block thwart foil cancel abandon
    scrap refrain bar ban forbid prohibit dissuade abort failure refusal inability postpone delay shelve reject
    oppose unable unwilling lack
    """
)
_DENIES = frozenset(("deny", "disavow", "denial", "refute", "dispute"))
_DOUBTS = words_of(
    """
    doubt suspect fear allege accuse blame charge believe think wonder guess speculate rumour rumor
    suspicion allegation imagine pretend
    """
)
_GOES_ON = frozenset(("continue", "keep", "remain", "go"))
_SAYS = words_of(
    """
    say tell announce report confirm state add declare note show reveal find know acknowledge admit explain
    write learn realise realize see hear stress reiterate
    """
)
_NOT = frozenset(("not", "n't", "n’t", "never", "nor", "neither", "no", "hardly", "without"))
_PERHAPS = frozenset(
    ("perhaps", "possibly", "maybe", "allegedly", "supposedly", "potentially", "probably", "likely", "purportedly")
)
_PLANNED = frozenset(
    ("planned", "proposed", "upcoming", "future", "forthcoming", "scheduled", "next", "prospective", "intended")
)
_UNSURE = frozenset(
    ("possible", "potential", "alleged", "suspected", "would-be", "attempted", "threatened", "likely", "any")
)
_LOOMING = frozenset(("imminent", "expected", "looming", "impending", "anticipated"))
_ONGOING = frozenset(("ongoing", "continuing", "current", "continued", "unrelenting", "daily"))
_UNDONE = frozenset(("cancelled", "canceled", "aborted", "failed", "abandoned", "scrapped", "no"))
_IF = frozenset(("if", "unless", "whether", "provided", "assuming"))
_OCCURS = frozenset(
    ("take", "begin", "start", "occur", "happen", "go", "continue", "follow", "come", "resume", "open", "erupt")
)

_NOT_ONLY = (["only"], ["just"], ["merely"], ["simply"])
_CALLED_OFF = frozenset(
    ("cancel", "postpone", "delay", "shelve", "scrap", "abandon", "avert", "block", "suspend", "halt")
)
_TURNS_DOWN = frozenset(("reject", "oppose", "refuse", "decline", "deny", "dispute", "refute", "block"))
_SPOKEN = words_of(
    """
    proposal offer call request demand claim charge allegation accusation suggestion appeal bid plan statement remark
    """
)
"""Nouns of speech: turning down their object does not undo the speaking."""
_PAPER = words_of("deal bill plan project proposal law measure programme program amendment reform merger scheme idea")
_KNOWN_WHEN_TOLD = words_of(
    """
    deal agreement result profit loss death arrest decision victory win pact truce ceasefire accord settlement finding
    verdict earnings discovery figure sales revenue success charge report
    """
)
_TOLD_OF = frozenset("say believe think claim allege report rumour rumor understand suppose presume fear".split())
_PERFORMED = frozenset(
    "thank congratulate say add point stress apologise apologize express welcome remind note".split()
)
_BARE = frozenset("let make help see watch hear have".split())
"""Verbs that take an infinitive without ``to``."""
_WHEN = frozenset(("when", "before", "after", "until", "till", "once", "as"))

_GERUND = frozenset(("for", "from", "of", "in", "after", "by", "with", "on", "about"))
"""Prepositions before a gerund that a verb or noun asks for: "plans for", "insist on"."""

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")

MAX_UP = 8
"""How many embedding words are looked at."""


@dataclass(slots=True)
class Mood:
    """What the words around an event say of its reality."""

    negated: bool = False
    denied: bool = False
    future: bool = False
    expected: bool = False
    possible: bool = False
    conditional: bool = False
    ongoing: bool = False
    able: bool = False
    """Can be done, or is allowed; whether it is done remains open."""
    asked: bool = False
    """Wanted or tried, not known to have been done."""

    def status(self) -> Status:
        """The event's status in the record."""
        if self.denied:
            return "denied"
        if self.negated:
            return "negated"
        if self.possible or self.conditional or self.asked or (self.able and not self.future):
            return "possible"
        if self.expected:
            return "expected"
        if self.future:
            return "planned"
        return "ongoing" if self.ongoing else "happened"


def mood(analysis: Analysis, token: int, carrier: int | None = None) -> Mood:
    """The mood of the event that a token triggers.

    Args:
        analysis: The parsed article.
        token: The trigger: a verb or a noun.
        carrier: The verb that carries a nominal event, where the caller knows it: its tense is the event's.
    """
    found = Mood()
    a = analysis
    at = token
    if a.pos[token] not in ("VERB", "AUX"):
        _modifiers(a, token, found)
        copula = a.head[token]
        if carrier is not None or (a.deps[token] in ("acomp", "attr") and a.lemmas[copula] == "be"):
            at = copula if carrier is None else carrier
            _own(a, at, found)
        else:
            at = _noun(a, token, found)
            if at < 0:
                return found
    else:
        _own(a, at, found)
    _climb(a, at, found)
    return found


def _own(a: Analysis, verb: int, found: Mood) -> None:
    """The verb's own auxiliaries, negation, adverbs and marks."""
    tag = a.tags[verb]
    be = ""
    to = condition = False
    for kid in a.children[verb]:
        dep, low = a.deps[kid], a.lowers[kid]
        if dep == "neg" or (dep in ("advmod", "preconj", "cc", "det") and low in _NOT):
            found.negated = not found.negated
        elif dep in ("aux", "auxpass"):
            if low in _FUTURE_MODALS:
                found.future = True
            elif low in _POSSIBLE_MODALS:
                found.possible = True
            elif low in _ABLE_MODALS:
                found.able = True
            elif low in _DUTY_MODALS:
                found.asked = True
            elif a.tags[kid] == "TO":
                to = True
            elif a.lemmas[kid] == "be" and dep == "aux":
                be = low
        elif dep == "mark" and low in _IF:
            found.conditional = True
        elif dep == "advmod" and low in _PERHAPS:
            found.possible = True
        elif dep == "advcl" and any(
            a.deps[each] == "mark" and a.lowers[each] in ("if", "unless") for each in a.children[kid]
        ):
            condition = True
        elif dep in ("nsubj", "nsubjpass") and any(
            a.deps[each] == "det" and a.lowers[each] in ("no", "neither") for each in a.children[kid]
        ):
            found.negated = not found.negated
    if (
        tag == "VB"
        and a.deps[verb] == "ROOT"
        and not to
        and not found.future
        and not any(a.deps[kid] in ("aux", *_SUBJECTS) for kid in a.children[verb])
    ):
        found.asked = True  # an imperative
    if condition and (found.future or found.possible or found.asked):
        found.conditional = True  # the main clause of a condition, when it has a modal
    if tag == "VBG" and be in ("is", "are", "am", "'s", "’s", "'re", "’re", "been"):
        found.ongoing = True
    if to and a.deps[verb] in ("advcl", "acl", "relcl", "ROOT", "conj") and not found.future:
        above = a.head[verb]
        known = a.lemmas[above].lower() in _FAILS | _ASKS | _DOUBTS | _DENIES | _EXPECTS
        if a.deps[verb] != "conj" and not known and not _ranked(a, above):
            found.future = True


def _ranked(a: Analysis, noun: int) -> bool:
    """Whether a noun is told by its rank: "the first woman to lead the bank" leads it."""
    return any(
        a.deps[kid] == "amod" and (a.lowers[kid] in ORDINALS or a.lowers[kid] in ("last", "only"))
        for kid in a.children[noun]
    )


def _modifiers(a: Analysis, noun: int, found: Mood) -> None:
    for kid in a.children[noun]:
        low = a.lowers[kid]
        if low in _PLANNED:
            found.future = True
        elif low in _UNSURE:
            found.possible = True
        elif low in _LOOMING:
            found.expected = True
        elif low in _ONGOING:
            found.ongoing = True
        elif low in _UNDONE or (
            low == "not" and a.lowers[kid + 1 : kid + 2] not in (["only"], ["just"], ["merely"], ["simply"])
        ):
            found.negated = True
        elif a.deps[kid] in ("acl", "relcl"):
            lemma = a.lemmas[kid].lower()
            if a.tags[kid] == "VBN" and lemma in _CALLED_OFF:
                found.negated = True
            elif (lemma in _OCCURS or lemma in _CARRIES) and any(a.tags[each] == "TO" for each in a.children[kid]):
                found.future = True  # "a summit to be held in May"


def _noun(a: Analysis, noun: int, found: Mood) -> int:
    """Where a nominal event hangs; -1 where nothing above it bears on it."""
    for _ in range(MAX_UP):
        dep, head = a.deps[noun], a.head[noun]
        if head == noun:
            return -1
        lemma = a.lemmas[head].lower()
        if dep == "conj":
            noun = head
            continue
        if dep in ("compound", "amod", "nmod"):
            noun = head
            continue
        if dep == "pobj":
            above = a.head[head]
            word = a.lemmas[above].lower()
            if a.lowers[head] == "without":
                found.negated = True
            if a.pos[above] in ("VERB", "AUX") and a.lowers[head] in ("for", "in", "on", "to", "with", "into", "at"):
                _inherit(a, noun, above, found)
            if a.lowers[head] == "of" and a.pos[above] == "NOUN" and a.deps[above] != "pobj":
                noun = above
                continue
            if a.pos[above] in ("VERB", "AUX", "NOUN", "ADJ"):
                if word in (
                    "call",
                    "press",
                    "push",
                    "appeal",
                    "plead",
                    "ask",
                    "bid",
                    "need",
                    "chance",
                    "hope",
                    "demand",
                ) and (a.lowers[head] in ("for", "of")):
                    found.asked = True
                elif word in ("plan", "prepare", "intention", "schedule", "proposal") and a.lowers[head] in (
                    "for",
                    "to",
                    "on",
                    "of",
                ):
                    found.future = True
                elif word in (
                    "threat",
                    "risk",
                    "possibility",
                    "prospect",
                    "fear",
                    "danger",
                    "warning",
                    "suspicion",
                    "accusation",
                ):
                    found.possible = True
                elif word in ("lack", "absence", "cancellation", "failure", "postponement", "delay") and (
                    a.lowers[head] in ("of", "in")
                ):
                    found.negated = True
            return -1
        if dep in ("dobj", "obj", "nsubjpass", "attr"):
            if lemma in _TURNS_DOWN and a.lemmas[noun].lower() in _SPOKEN:
                return -1  # what was turned down had been put forward
            if lemma in ("announce", "unveil") and a.lemmas[noun].lower() not in _KNOWN_WHEN_TOLD:
                # "announced job cuts": still to come, where it was not told of before
                found.future |= not any(
                    a.deps[kid] == "poss" or (a.deps[kid] == "det" and a.lowers[kid] not in ("a", "an", "another"))
                    for kid in a.children[noun]
                )
            if lemma == "kill" and a.lemmas[noun].lower() in _PAPER:
                found.negated = True
            _embedded(lemma, found, noun=True)
            if a.pos[head] in ("VERB", "AUX") and (lemma in _OCCURS or lemma in _CARRIES):
                _own(a, head, found)
                return head
            if a.pos[head] in ("VERB", "AUX"):
                _inherit(a, noun, head, found)
            return -1
        if dep == "nsubj" and a.pos[head] in ("VERB", "AUX"):
            probe = Mood()
            _own(a, head, probe)
            if lemma in _OCCURS:
                _own(a, head, found)
                return head
            if (probe.future or probe.possible) and not any(
                a.deps[kid] == "det" and a.lowers[kid] in ("the", "this", "that", "these", "those")
                for kid in a.children[noun]
            ):
                found.possible = True
            return -1
        return -1
    return -1


def _inherit(a: Analysis, noun: int, verb: int, found: Mood) -> None:
    """A deed not told before that a coming deed is done to is coming too: "to fund a search"."""
    if any(
        a.deps[kid] in ("det", "poss") and a.lowers[kid] not in ("a", "an", "any", "another")
        for kid in a.children[noun]
    ):
        return
    above = mood(a, verb)
    found.future |= above.future
    found.possible |= above.possible
    found.asked |= above.asked
    found.expected |= above.expected


_CARRIES = words_of(
    """
    launch hold conduct stage make mount impose carry give provide sign reach have do host attend join complete
    finish perform execute lead issue declare order commit see
    """
)


def _embedded(lemma: str, found: Mood, *, noun: bool = False) -> bool:
    """Apply an embedding word; whether it settles the matter."""
    if lemma in _DENIES:
        found.denied = True
    elif lemma in _FAILS:
        found.negated = not found.negated
        return False
    elif lemma in _EXPECTS:
        found.expected = True
    elif lemma in _PLANS:
        if noun and lemma in ("want", "hope", "threaten", "consider", "offer", "propose"):
            found.possible = lemma != "want"
            found.asked = lemma == "want"
        else:
            found.future = True
    elif lemma in _ASKS:
        found.asked = True
    elif lemma in _DOUBTS:
        found.possible = True
    elif lemma in _ABLES:
        found.able = True
    elif lemma in _GOES_ON:
        found.ongoing = True
        return False
    else:
        return False
    return True


def _climb(a: Analysis, at: int, found: Mood) -> None:
    """From a verb up through the words it hangs on."""
    for _ in range(MAX_UP):
        dep, head = a.deps[at], a.head[at]
        if head == at:
            return
        lemma = a.lemmas[head].lower()
        if dep == "conj" and a.pos[head] in ("VERB", "AUX"):
            # "will arrest and deport": the auxiliaries of the first hold for the second, unless it has its own
            if any(
                a.deps[kid] in ("aux", "nsubj", "nsubjpass", "auxpass") and a.tags[kid] != "TO"
                for kid in a.children[at]
            ):
                if a.deps[head] == "ccomp":
                    at = head
                    continue
                return
            if a.tags[at] in ("VBD", "VBZ", "VBP"):
                return
            _own(a, head, found)
        elif dep == "xcomp":
            infinitive = any(a.tags[kid] == "TO" for kid in a.children[at])
            if infinitive and lemma == "be":
                found.future = True  # "is to be held"
            elif (
                infinitive
                and lemma == "have"
                and any(a.lowers[kid] == "yet" for kid in (*a.children[head], *a.children[at]))
            ):
                found.negated = not found.negated  # "has yet to vote"
            elif infinitive and (
                lemma in ("appear", "seem")
                or (lemma in _TOLD_OF and any(a.deps[kid] == "auxpass" for kid in a.children[head]))
            ):
                found.possible = True  # "is said to hold"
            elif lemma == "like" and a.lemmas[at].lower() in _PERFORMED and not found.negated:
                return  # "I would like to thank": said and done
            _embedded(lemma, found)
            if lemma == "go" and a.tags[head] == "VBG":
                found.future, found.ongoing = True, False
            if a.pos[head] in ("VERB", "AUX", "ADJ"):
                verb = a.head[head] if a.pos[head] == "ADJ" else head
                ongoing = found.ongoing
                _own(a, verb, found)
                if lemma not in _GOES_ON:
                    found.ongoing = ongoing
        elif dep in ("ccomp", "pcomp"):
            above = head if dep == "ccomp" else a.head[head]
            word = a.lemmas[above].lower()
            if word in _SAYS:
                negated = any(a.deps[kid] == "neg" for kid in a.children[above])
                if negated:
                    found.possible = True
                return
            infinitive = any(a.tags[kid] == "TO" for kid in a.children[at]) or (
                a.tags[at] == "VB" and word in _BARE and a.child(at, "aux") is None
            )
            if dep == "pcomp" and a.lowers[head] == "without":
                found.negated = True
            if (
                word in _EXPECTS
                or word in _DENIES
                or word in _DOUBTS
                or word in _FAILS
                or infinitive
                or word in ("insist", "demand")
            ):
                _embedded(word, found)
            if dep == "pcomp" and a.lowers[head] in _GERUND and (word in _PLANS or word in _ASKS):
                _embedded(word, found)
            negated = any(a.deps[kid] == "neg" for kid in a.children[above])
            if infinitive and dep == "ccomp" and word not in _DENIES:
                # "will allow users to record", "did not let him go": the auxiliaries of the verb above hold for it
                _own(a, above, found)
            elif negated and word not in _DENIES:
                if word in _FAILS:
                    found.negated = not found.negated
                elif word in _EXPECTS | _DOUBTS | _PLANS:
                    found.possible = True
            at = above
            continue
        elif dep == "advcl":
            if any(a.deps[kid] == "mark" and a.lowers[kid] in _IF for kid in a.children[at]):
                found.conditional = True
            when = any(a.lowers[kid] in _WHEN and a.deps[kid] in ("mark", "advmod") for kid in a.children[at])
            if when and (
                a.tags[at] in ("VBZ", "VBP")
                or any(a.lowers[kid] in ("before", "until", "till") for kid in a.children[at])
            ):
                # "will wear it when it arrives": as much to come as what it is told with
                found.future |= mood(a, head).future
            if a.tags[at] == "VBG" and not any(a.deps[kid] in ("aux", "mark") for kid in a.children[at]):
                own = Mood()
                _own(a, head, own)
                found.future |= own.future
                found.possible |= own.possible
            return
        elif dep in ("acl", "relcl"):
            if a.tags[at] == "VB" and any(a.tags[kid] == "TO" for kid in a.children[at]):
                _embedded(lemma, found)
            elif lemma in (
                "possibility",
                "risk",
                "chance",
                "allegation",
                "suspicion",
                "fear",
                "claim",
                "rumour",
                "rumor",
                "accusation",
            ):
                found.possible = True
            elif lemma == "denial":
                found.denied = True
            return
        else:
            return
        at = head
