"""Event frames: which words name an event, and which noun phrases stand around them.

Works on the tree alone, before it is known who the noun phrases are. A verb or
noun of the lexicon whose conditions hold gives a frame; a verb of asking,
refusing, promising, threatening or ending takes the frame below it and makes
its own of it ("refused to meet" is a refusal, not a meeting), as PETRARCH-2
composes verb codes (Norris, Schrodt and Beieler 2017), but over a dependency
tree and with PLOVER types.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dateline.knowledge.event_lexicon import Lexicon, Outcome, Sense, Test, words_of
from dateline.reading.analysis import Analysis

_SUBJECTS = ("nsubj", "csubj")
_PASSIVE = ("nsubjpass", "auxpass", "csubjpass")
_OBJECTS = ("dobj", "obj")
_CLAUSES = ("xcomp", "ccomp")
_NAMES = ("NNP", "NNPS")
_RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))
_MODIFIERS = ("amod", "compound", "nmod", "nn")
_MUST = frozenset(("must", "should", "ought"))
_WILL = frozenset(("will", "'ll", "’ll", "would", "'d", "shall", "wo"))
_READY = frozenset(("ready", "willing", "set", "prepared", "determined", "eager", "due", "poised"))
_PORTION = words_of(
    """
    round series wave string number set spate campaign barrage package day form lot kind type part group hundred
    thousand dozen million score handful member majority couple pair team some many most several one two three
    all both each half crowd ten rest bulk use act case range wealth % percent batch state contingent
    """
)
"""Nouns that stand for what follows their "of"."""

_NO_CARRIERS = (None, "none", "told", "want", "warn", "fail")
_HARM = frozenset(("ASSAULT", "COERCE", "SANCTION", "PROTEST", "MOBILIZE"))
_PAPERS = words_of(
    """
    letter statement response reply message note report resolution petition tweet post communique memo email order
    speech law bill decree ruling rule measure verdict
    """
)
_BEING = words_of("consider do be become remain stay have feel seem look mean know understand matter last exist like")
"""Verbs of being: what must or should be so is not a deed of anybody's."""
_MUTUAL = words_of("agree sign conclude reach settle consent deal")
"""Verbs of agreeing that several do with each other, where "promise" and "plan" are each one's own."""
_ASKED_BY = {
    "call": ("on", "upon"),
    "rely": ("on", "upon"),
    "count": ("on", "upon"),
    "depend": ("on", "upon"),
    "prevail": ("on", "upon"),
    "plead": ("with",),
    "appeal": ("to",),
    "wait": ("for",),
    "push": ("for",),
    "press": ("for",),
    "arrange": ("for",),
    "look": ("to",),
}
"""Prepositions that bring in who is to do what the clause below the verb says."""
_PRONOUNS = frozenset(("it", "he", "she", "they", "we", "i"))

MAX_DEPTH = 12
"""How many events may be composed into one."""
MAX_SPAN = 40
"""How many tokens to either side a word "anywhere below" is looked for in."""
MAX_UP = 12
"""How far up the tree a missing subject is looked for."""


@dataclass(slots=True)
class Frame:
    """One event as the tree shows it; all numbers are tokens."""

    relation: str
    mode: str | None
    cameo: str | None
    trigger: int
    sense: Sense
    words: list[int] = field(default_factory=list[int])
    """Trigger and what else carries the meaning (the support verb, the verb below), in no order."""
    sources: list[int] = field(default_factory=list[int])
    """Heads of the noun phrases to look for sources in, the first that names an actor wins."""
    targets: list[int] = field(default_factory=list[int])
    below: Frame | None = None
    """The frame that went into this one."""
    joint: bool = False
    """Whether those who do it do it with each other when there is no target."""
    carrier: int | None = None
    """The verb that carries a nominal event: its tense and mood are the event's."""
    uttered: bool = False
    """Whether saying so is the act: a refusal or threat made of "will not lift", "will strike"."""
    spoken: int | None = None
    """The verb of saying that is itself the act ("*said* Rome must act"): its mood is the event's."""


_JOINT = frozenset(("CONSULT", "COOPERATE", "AGREE"))
_SWAPPED = frozenset(("exchange", "swap", "trade"))


class Frames:
    """Frames of one article; every question about a token is answered once.

    Args:
        analysis: The parsed article.
        lexicon: Senses and composition tables.
    """

    def __init__(self, analysis: Analysis, lexicon: Lexicon) -> None:
        self.analysis = analysis
        self.lexicon = lexicon
        self._frames: dict[int, Frame | None] = {}
        self._senses: dict[int, Sense | None] = {}
        self._preps: dict[int, list[tuple[str, int]]] = {}
        self._carried: dict[int, int | None] = {}
        self._depth = 0
        self._days = lexicon.classes["day"]
        self.used: set[int] = set()
        """Triggers of frames that went into another one."""

    # -- what the tree says -------------------------------------------------

    def passive(self, verb: int, depth: int = 0) -> bool:
        """Whether a verb is passive, reduced relative clauses ("troops trained by") among them."""
        a = self.analysis
        if any(a.deps[kid] in _PASSIVE for kid in a.children[verb]):
            return True
        if a.tags[verb] != "VBN":
            return False
        if a.deps[verb] in ("acl", "amod"):
            return True
        if a.deps[verb] == "conj" and a.tags[a.head[verb]] == "VBN" and depth < MAX_UP:
            no_aux = not any(a.deps[kid] in ("aux", *_SUBJECTS) for kid in a.children[verb])
            return no_aux and self.passive(a.head[verb], depth + 1)
        if any(a.deps[kid] == "agent" for kid in a.children[verb]):
            return True
        return a.deps[verb] == "advcl" and not any(
            a.deps[kid] in ("aux", *_SUBJECTS, *_OBJECTS) for kid in a.children[verb]
        )

    def objects(self, verb: int, depth: int = 0) -> list[int]:
        """Heads of what the verb is done to."""
        a = self.analysis
        if self.passive(verb):
            for kid in a.children[verb]:
                if a.deps[kid] == "nsubjpass":
                    return [self._antecedent(kid, verb)]
            if a.deps[verb] == "acl":
                return [a.head[verb]]
            if a.deps[verb] == "conj" and a.tags[a.head[verb]] == "VBN" and depth < MAX_UP:
                return self.objects(a.head[verb], depth + 1)
            return [kid for kid in a.children[verb] if a.deps[kid] in _OBJECTS]
        found = [kid for kid in a.children[verb] if a.deps[kid] in _OBJECTS]
        if not found and (up := a.child(verb, "prt")) is not None and a.lowers[up] == "up":
            # "kidnapped up to 16 advisers": the parser takes "up" for a particle
            found = [noun for name, noun in self.preps(up) if name == "to" and a.child(noun, "nummod") is not None]
        if not found and a.deps[verb] == "relcl":
            # "the soldiers they captured", "the city which they took"
            subjects = [kid for kid in a.children[verb] if a.deps[kid] in _SUBJECTS]
            if subjects and a.lowers[subjects[0]] not in _RELATIVE and not a.child(verb, "prep", "prt"):
                found = [a.head[verb]]
        return [self._antecedent(each, verb) for each in found]

    def subject(self, verb: int) -> int | None:
        """Head of who does it, looked for up the tree where the clause has none of its own."""
        a = self.analysis
        if self.passive(verb):
            for kid in a.children[verb]:
                if a.deps[kid] == "agent":
                    return a.child(kid, "pobj", "pcomp")
            for name, noun in self.preps(verb):
                if name == "by":
                    return noun
            return self._shared_agent(verb)
        return self._subject(verb, 0)

    def _shared_agent(self, verb: int) -> int | None:
        """Who does a passive deed, named at the deed beside it: "was shot and killed *by police*"."""
        a = self.analysis
        near = [kid for kid in a.children[verb] if a.deps[kid] == "conj" and a.tags[kid] == "VBN"]
        if a.deps[verb] == "conj" and a.tags[a.head[verb]] == "VBN":
            if any(a.deps[kid] in ("aux", "auxpass") for kid in a.children[verb]):
                return None  # "was held by police and should be freed"
            near.append(a.head[verb])
        for other in near:
            if any(a.deps[kid] == "nsubjpass" for kid in a.children[other]) and other != a.head[verb]:
                continue  # another's lot
            for kid in a.children[other]:
                if a.deps[kid] == "agent":
                    return a.child(kid, "pobj", "pcomp")
        return None

    def _subject(self, verb: int, depth: int) -> int | None:
        a = self.analysis
        for kid in a.children[verb]:
            if a.deps[kid] in _SUBJECTS:
                return self._antecedent(kid, verb)
        head, dep = a.head[verb], a.deps[verb]
        if head == verb or depth > MAX_UP:
            return None
        if dep in ("acl", "relcl") and a.pos[head] in ("NOUN", "PROPN", "PRON", "NUM"):
            # "forces fighting in", but "a plan to", "the decision to": whose plan it is
            if a.tags[verb] == "VB":
                return self._owner(head)
            return head
        if dep == "xcomp" and (asked := self._asked(head)) is not None:
            return asked
        if dep == "pcomp":
            above = a.head[head]
            if a.lowers[head] == "over":
                return None  # "a row over funding the clinics"
            if a.pos[above] in ("VERB", "AUX"):
                # "accused Iran of arming": the object does it; "after meeting": the subject
                if a.lowers[head] in ("of", "from", "for", "with") and (objects := self.objects(above)):
                    return objects[0]
                return self._plain_subject(above, depth + 1)
            return self._owner(above)
        if (
            dep == "xcomp"
            and a.lemmas[head] not in ("vow", "promise", "threaten", "agree", "use", "take", "need")
            and (own := self.objects(head))
        ):
            return own[0]
        if a.pos[head] in ("VERB", "AUX") or dep == "conj":
            return self._plain_subject(head, depth + 1)
        if a.pos[head] == "ADJ":  # "is ready to send"
            return self._plain_subject(a.head[head], depth + 1)
        return None

    def _asked(self, verb: int) -> int | None:
        """Whose deed the clause below a verb with a preposition is: "called *on the agencies* to go on"."""
        lead = _ASKED_BY.get(self.analysis.lemmas[verb])
        if lead is None:
            return None
        return next((noun for name, noun in self.preps(verb) if name in lead), None)

    def _plain_subject(self, verb: int, depth: int) -> int | None:
        """The grammatical subject, of a passive verb too: who "was forced to leave"."""
        a = self.analysis
        for kid in a.children[verb]:
            if a.deps[kid] == "nsubjpass":
                return self._antecedent(kid, verb)
        return self._subject(verb, depth)

    def _owner(self, noun: int) -> int | None:
        """Whose noun it is: its possessor, or the subject of the verb it is the object of."""
        a = self.analysis
        own = a.child(noun, "poss")
        if own is not None:
            return own
        for name, whose in self.preps(noun):
            if name in ("by", "from", "of"):
                return whose
        while a.deps[noun] == "conj" and a.head[noun] != noun:  # "used batons and gas to break up"
            noun = a.head[noun]
        head = a.head[noun]
        if a.deps[noun] in (*_OBJECTS, "attr") and a.pos[head] in ("VERB", "AUX"):
            return self._plain_subject(head, MAX_UP)
        return noun if a.deps[noun] in _SUBJECTS else None

    def _antecedent(self, noun: int, verb: int) -> int:
        a = self.analysis
        if a.lowers[noun] in _RELATIVE and a.tags[noun] in ("WP", "WDT"):
            clause = verb
            for _ in range(MAX_UP):
                if a.deps[clause] == "relcl":
                    return a.head[clause]
                if a.head[clause] == clause:
                    break
                clause = a.head[clause]
        return noun

    def preps(self, token: int) -> list[tuple[str, int]]:
        """Prepositions below a token, each with the head of what follows; "on behalf of" goes by its first word."""
        known = self._preps.get(token)
        if known is not None:
            return known
        a = self.analysis
        found: list[tuple[str, int]] = []
        for kid in a.children[token]:
            if a.lowers[kid] == "according":
                continue  # who says so, is no party to it
            if a.deps[kid] in ("prep", "agent"):
                nouns = [each for each in a.children[kid] if a.deps[each] == "pobj"]
                if nouns:
                    found.append((a.lowers[kid], nouns[0]))
                    continue
                for each in a.children[kid]:  # "from within Syria", "out of Lebanon"
                    if a.deps[each] in ("prep", "pcomp"):
                        inner = a.child(each, "pobj")
                        if inner is not None:
                            found.append((a.lowers[each], inner))
                        elif a.deps[each] == "pcomp":
                            found.append((a.lowers[kid], each))
            elif a.deps[kid] == "dative":
                inner = a.child(kid, "pobj")
                found.append(("dative", kid) if inner is None else (a.lowers[kid], inner))
        self._preps[token] = found
        return found

    def clauses(self, verb: int) -> list[int]:
        """Verbs of the clauses that complete a verb: "agreed to *send*", "said it would *send*"."""
        a = self.analysis
        found = [kid for kid in a.children[verb] if a.deps[kid] in _CLAUSES]
        if not found:
            found = [
                kid
                for kid in a.children[verb]
                if a.deps[kid] == "advcl"
                and a.tags[kid] == "VB"
                and any(a.tags[aux] == "TO" for aux in a.children[kid])
            ]
        return found

    def _through(self, noun: int) -> int:
        """The noun that a noun of portion stands for: "a series of *attacks*"."""
        a = self.analysis
        if a.lemmas[noun].lower() in _PORTION:
            for name, inner in self.preps(noun):
                if name == "of":
                    return inner
        return noun

    def _when(self, noun: int) -> bool:
        a = self.analysis
        # in "met the envoy Tuesday" the parser may take the day for the head of the name
        return a.lowers[noun] in self._days and a.child(noun, "compound", "poss", "nmod") is None

    def _outer(self, noun: int) -> int:
        """The noun of portion that stands for a noun; the noun itself where none does."""
        a = self.analysis
        of = a.head[noun]
        if a.deps[noun] == "pobj" and a.lowers[of] == "of" and a.lemmas[a.head[of]].lower() in _PORTION:
            return a.head[of]
        return noun

    # -- conditions -----------------------------------------------------------

    def listed(self, token: int) -> Sequence[Sense]:
        """The senses of a word, whether or not their conditions hold."""
        a = self.analysis
        table = self.lexicon.verbs if a.pos[token] in ("VERB", "AUX") else self.lexicon.nouns
        return table.get(a.lemmas[token], ())

    def sense(self, token: int) -> Sense | None:
        """The first sense of a token whose conditions hold."""
        if token in self._senses:
            return self._senses[token]
        self._senses[token] = None  # a sense that asks about itself finds none
        a = self.analysis
        pos = a.pos[token]
        found: Sense | None = None
        if pos in ("VERB", "AUX"):
            senses = self.lexicon.verbs.get(a.lemmas[token])
        elif pos == "NOUN" or (pos == "PROPN" and a.lowers[token] != a.words[token]):
            senses = self.lexicon.nouns.get(a.lemmas[token] if pos == "NOUN" else a.lowers[token])
        else:
            senses = None
        if senses:
            verb = pos not in ("NOUN", "PROPN")
            for each in senses:
                if all(self._holds(test, token, verb) for test in each.tests):
                    found = each
                    break
        self._senses[token] = found
        return found

    def _holds(self, test: Test, token: int, verb: bool) -> bool:
        if test.words is None:
            return any(self._flag(flag, token, verb) for flag in test.flags) is not test.negated
        flag, words = test.flags[0], test.words
        a = self.analysis
        heads: Iterator[int] | list[int]
        if flag == "obj":
            heads = self.objects(token)
        elif flag == "subj":
            subject = self.subject(token)
            heads = [] if subject is None else [subject]
        elif flag == "prt":
            heads = [kid for kid in a.children[token] if a.deps[kid] in ("prt", "advmod", "prep")]
        elif flag == "mod":
            heads = [kid for kid in a.children[token] if a.deps[kid] in _MODIFIERS]
        elif flag == "any":
            first, last = max(a.left[token], token - MAX_SPAN), min(a.right[token], token + MAX_SPAN)
            heads = [each for each in range(first, last + 1) if each != token]
        else:
            heads = [noun for name, noun in self._all_preps(token) if name == flag[1:]]
        named = "nnp" in words
        hit = any(
            a.lemmas[each].lower() in words
            or a.lowers[each] in words
            or a.lemmas[self._through(each)].lower() in words
            or (named and a.tags[each] in _NAMES)
            for each in heads
        )
        return hit is not test.negated

    def _flag(self, flag: str, token: int, verb: bool) -> bool:
        a = self.analysis
        if flag[0] == "+":
            word = flag[1:]
            if word == "for" and verb and self._for_clause(token):
                return True
            return any(a.lowers[kid] == word and a.deps[kid] == "prep" for kid in a.children[token]) or any(
                name == word for name, _ in self._all_preps(token)
            )
        if flag == "obj":
            return bool(self.objects(token))
        if flag == "objname":
            return any(a.tags[each] in _NAMES for each in self.objects(token))
        if flag == "comp":
            return (
                bool(self.clauses(token))
                if verb
                else any(a.deps[kid] in ("acl", "xcomp", "ccomp") for kid in a.children[token])
            )
        if flag == "light":
            return self._carrier(token) is not None
        if flag == "poss":
            return a.child(token, "poss") is not None
        if flag == "whose":  # "wants Japan to take part"
            return any(a.deps[kid] in _SUBJECTS for clause in self.clauses(token) for kid in a.children[clause])
        if flag == "plural":
            subject = self.subject(token) if verb else token
            return subject is not None and (
                len(a.conjuncts(subject)) > 1
                or a.tags[subject] in ("NNS", "NNPS")
                or a.lowers[subject] in ("they", "we", "both", "two")
            )
        raise ValueError(f"the lexicon has an unknown condition {flag!r}")

    def _for_clause(self, verb: int) -> bool:
        """Whether the clause below brings its subject in with "for": "called for the president to resign"."""
        a = self.analysis
        return any(
            a.deps[kid] == "mark" and a.lowers[kid] == "for"
            for clause in self.clauses(verb)
            for kid in a.children[clause]
        )

    def _all_preps(self, token: int) -> list[tuple[str, int]]:
        """Prepositions of a verb and of its object: the parser attaches them to either."""
        a = self.analysis
        found = self.preps(token)
        if a.pos[token] in ("VERB", "AUX"):
            for noun in self.objects(token):
                if a.head[noun] == token:
                    found = found + self.preps(noun)
            particle = a.child(token, "prt")
            if particle is not None:
                found = found + self.preps(particle)
        else:
            outer = self._outer(token)
            if outer != token:  # "a state of siege in"
                found = found + self.preps(outer)
            carrier = self._carrier(token)
            if carrier is not None:  # "carried out strikes on Friday against"
                found = found + [pair for pair in self._all_preps(carrier) if pair[1] not in (token, outer)]
        return found

    def _carrier(self, noun: int) -> int | None:
        if noun not in self._carried:
            self._carried[noun] = None  # a verb whose sense asks about this noun
            self._carried[noun] = self.carrier(noun)
        return self._carried[noun]

    def carrier(self, noun: int) -> int | None:
        """The verb that carries a nominal event ("*launched* an attack", "*agreed* to talks"); none for other verbs."""
        a = self.analysis
        for _ in range(3):
            if a.deps[noun] == "conj":
                noun = a.head[noun]
            elif (outer := self._outer(noun)) != noun:
                noun = outer
            else:
                break
        dep, head = a.deps[noun], a.head[noun]
        if dep in (*_OBJECTS, "nsubjpass"):
            verb = head
        elif dep == "pobj" and a.pos[a.head[head]] in ("VERB", "AUX"):
            verb = a.head[head]
            sense = self.sense(verb)
            operator = None if sense is None else sense.operator
            leads = ("in", "with") if operator == "light" else ("for", "to", "on", "into", "of", "with", "about", "in")
            return verb if operator not in _NO_CARRIERS and a.lowers[head] in leads else None
        else:
            return None
        if a.pos[verb] not in ("VERB", "AUX"):
            return None
        sense = self.sense(verb)
        return verb if sense is not None and sense.operator not in _NO_CARRIERS else None

    # -- frames ---------------------------------------------------------------

    def all(self) -> list[Frame]:
        """Frames of the article in text order, without those that went into another."""
        a = self.analysis
        verbs, nouns = self.lexicon.verbs, self.lexicon.nouns
        found: list[Frame] = []
        demanded: set[int] = set()
        for token, tag in enumerate(a.tags):
            if tag == "MD" and a.lowers[token] in _MUST and (demand := self._demand(token)) is not None:
                found.append(demand)
                demanded.add(demand.trigger)
        for token, lemma in enumerate(a.lemmas):
            pos = a.pos[token]
            if token in demanded:
                continue
            if pos in ("VERB", "AUX"):
                if lemma in verbs and (frame := self.frame(token)) is not None:
                    found.append(frame)
            elif pos == "NOUN":
                if lemma in nouns and (frame := self.frame(token)) is not None:
                    found.append(frame)
            elif (
                pos == "PROPN"
                and a.lowers[token] in nouns
                and not self._when(token)
                and (frame := self.frame(token)) is not None
            ):
                found.append(frame)
        kept = [frame for frame in found if frame.trigger not in self.used]
        kept.sort(key=lambda frame: frame.trigger)
        return kept

    def frame(self, token: int) -> Frame | None:
        """The frame a token triggers, if any."""
        if token in self._frames:
            return self._frames[token]
        if self._depth > MAX_DEPTH:
            return None
        self._frames[token] = None  # cuts circles
        self._depth += 1
        sense = self.sense(token)
        frame: Frame | None = None
        if sense is not None:
            verb = self.analysis.pos[token] in ("VERB", "AUX")
            if sense.operator is not None:
                frame = self._operated(token, sense, verb)
            elif sense.relation is not None:
                frame = self._plain(token, sense, verb)
            if frame is not None:
                if verb:
                    frame = self._intended(frame, token)
                elif frame.carrier is not None and self._light(frame.carrier):
                    frame = self._intended(frame, frame.carrier)
        self._depth -= 1
        self._frames[token] = frame
        return frame

    def _plain(self, token: int, sense: Sense, verb: bool) -> Frame:
        carrier = None if verb else self._carrier(token)
        frame = Frame(
            sense.relation or "",
            sense.mode,
            sense.cameo,
            token,
            sense,
            words=[token] if carrier is None else [carrier, token],
            joint=(sense.relation in _JOINT and sense.mode != "visit")
            or sense.cameo in ("057", "190", "050", "0871")
            or self.analysis.lemmas[token] in _SWAPPED,
            carrier=carrier,
        )
        look = self._verb_slot if verb else self._noun_slot
        frame.sources = [each for slot in sense.sources for each in look(token, slot)]
        frame.targets = [each for slot in sense.targets for each in look(token, slot)]
        if verb and (writer := self._writer(token)) is not None:
            frame.sources.append(writer)
        if verb and frame.relation == "ASSAULT" and frame.sources:
            frame.sources += self._fired(frame.sources[0])
        if verb and any(self._mutual(each) for each in frame.targets):
            frame.targets = [each for each in frame.targets if not self._mutual(each)]
            frame.joint = True
        if verb and not frame.sources and frame.relation == "ASSAULT" and self.passive(token):
            self._by_deed(frame)
        if carrier is not None and not frame.targets:
            # "engaged the patrol in a firefight"
            frame.targets = [each for each in self.objects(carrier) if token not in self._conjoined(each)]
        return frame

    def _fired(self, weapon: int) -> list[int]:
        """Who sent a weapon that does the deed: "missiles *fired from India* struck", "a bomb *planted by* rebels"."""
        a = self.analysis
        return [
            noun
            for kid in a.children[weapon]
            if a.deps[kid] == "acl" and a.tags[kid] == "VBN"
            for name, noun in self.preps(kid)
            if name in ("by", "from")
        ]

    def _mutual(self, noun: int) -> bool:
        """Whether it is "each other" or "one another"."""
        a = self.analysis
        return a.lowers[noun] in ("other", "another") and noun > 0 and a.lowers[noun - 1] in ("each", "one")

    def _writer(self, verb: int) -> int | None:
        """Who speaks in what is written: "sent a letter *demanding* answers", "passed a law that *bars* aid"."""
        a = self.analysis
        paper = a.head[verb]
        if a.lemmas[paper] not in _PAPERS or not (
            (a.deps[verb] == "acl" and a.tags[verb] == "VBG")
            or (
                a.deps[verb] == "relcl"
                and any(a.tags[kid] == "WDT" and a.deps[kid] == "nsubj" for kid in a.children[verb])
            )
        ):
            return None
        if (own := a.child(paper, "poss")) is not None:
            return own
        clause = a.head[paper]
        return self._plain_subject(clause, 0) if a.deps[paper] in _OBJECTS and a.pos[clause] == "VERB" else None

    def _by_deed(self, frame: Frame) -> None:
        """Find who did it in the deed it was done in: "were killed in an ambush by jihadists"."""
        for name, noun in self.preps(frame.trigger):
            if name not in ("in", "during", "by", "after", "of", "from"):
                continue
            deed = self.frame(noun)
            if deed is not None and deed.relation == "ASSAULT" and deed.sources:
                frame.sources = list(deed.sources)
                frame.words.append(noun)
                self.used.add(noun)
                return

    def _conjoined(self, noun: int) -> list[int]:
        return [each for one in self.analysis.conjuncts(noun) for each in (one, self._through(one))]

    def _verb_slot(self, verb: int, slot: str) -> list[int]:
        a = self.analysis
        if slot == "subj":
            subject = self.subject(verb)
            return [] if subject is None else [subject]
        if slot == "obj":
            found = self.objects(verb)
            return found + [each for noun in found for each in self._aboard(noun)]
        if slot == "comp":
            found: list[int] = []
            own = self.subject(verb)
            sense = self.sense(verb)
            own_deed = sense is not None and sense.operator in ("agree", "reject", "threaten", "vow", "intend")
            for clause in self.clauses(verb):
                if own_deed and any(a.deps[k] in _SUBJECTS for k in a.children[clause]):
                    continue  # "agreed that Rome should act" is not done to Rome
                found += [k for k in a.children[clause] if a.deps[k] in ("nsubj", "nsubjpass") and k != own]
                inner = self.frame(clause)
                if inner is not None:
                    found += inner.targets
                else:
                    around = self.objects(clause) + [noun for _, noun in self.preps(clause)]
                    found += [each for each in around if a.pos[each] == "PROPN"]
            return found
        return [noun for name, noun in self._all_preps(verb) if name == slot and not self._when(noun)]

    def _aboard(self, noun: int) -> list[int]:
        """Whom a vessel or vehicle carries: "turned back a boat *carrying* 40 Syrians"."""
        a = self.analysis
        return [
            each
            for kid in a.children[noun]
            if a.deps[kid] == "acl" and a.lemmas[kid] == "carry"
            for each in self.objects(kid)
        ]

    def _noun_slot(self, noun: int, slot: str) -> list[int]:
        a = self.analysis
        if slot == "poss":
            own = a.child(noun, "poss")
            return [] if own is None else [own]
        if slot == "mod":
            return [kid for kid in a.children[noun] if a.deps[kid] in _MODIFIERS]
        if slot == "subj":
            carrier = self._carrier(noun)
            if carrier is None:
                prep = a.head[noun]
                if a.deps[noun] == "pobj" and a.lowers[prep] == "for" and a.pos[a.head[prep]] == "VERB":
                    goes = self.subject(a.head[prep])  # "flew to Oslo for talks with"
                    return [] if goes is None else [goes]
                return []
            sense = self.sense(carrier)
            if sense is not None and sense.operator == "undergo":
                return []
            subject = self.subject(carrier)
            if subject is None and a.lemmas[carrier] in ("engage", "involve"):  # "were engaged in fighting"
                subject = self._plain_subject(carrier, 0)
            return [] if subject is None else [subject]
        found = [each for name, each in self.preps(noun) if name == slot and not self._when(each)]
        if not found and (outer := self._outer(noun)) != noun:
            found = [each for name, each in self.preps(outer) if name == slot and each != noun]
        if not found and slot != "of":
            carrier = self._carrier(noun)
            if carrier is not None:
                found = [n for name, n in self._all_preps(carrier) if name == slot and n != noun and not self._when(n)]
        if slot == "between" and found:
            found = [pair for each in found for pair in a.conjuncts(each)]
        return found

    def _below(self, token: int, verb: bool, depth: int = 0) -> tuple[int, Frame] | None:
        """The frame an operator acts on, and the token that leads to it."""
        a = self.analysis
        paths: list[int] = []
        if verb:
            paths += self.clauses(token)
            paths += [self._through(each) for each in self.objects(token)]
            paths += [
                self._through(noun)
                for name, noun in self._all_preps(token)
                if name in ("for", "to", "on", "in", "with", "of") and noun not in paths
            ]
            for name, noun in self.preps(token):
                if name == "for":  # "called for the president to resign"
                    paths += [
                        kid for kid in a.children[noun] if a.deps[kid] in ("acl", "relcl") and a.tags[kid] == "VB"
                    ]
            for kid in a.children[token]:  # "ready to", "from meeting"
                if a.deps[kid] == "prep" and (inner := a.child(kid, "pcomp")) is not None:
                    paths.append(inner)
        else:
            paths += [kid for kid in a.children[token] if a.deps[kid] in ("acl", "xcomp", "ccomp")]
            paths += [self._through(noun) for name, noun in self.preps(token) if name in ("for", "to", "of")]
        for path in paths:
            for each in a.conjuncts(path):
                if each != path and a.child(each, *_SUBJECTS) is not None:
                    continue  # a clause with a subject of its own is another matter
                frame = self.frame(each)
                if frame is not None:
                    return path, frame
                if (
                    depth < 3
                    and self._light(each)
                    and (found := self._below(each, verb=True, depth=depth + 1)) is not None
                ):
                    return path, found[1]  # "agreed to hold talks"
        return None

    def _light(self, token: int) -> bool:
        sense = self.sense(token)
        return sense is not None and sense.operator == "light"

    def _operated(self, token: int, sense: Sense, verb: bool) -> Frame | None:
        operator = sense.operator or "none"
        if operator == "none":
            return None
        below = self._below(token, verb)
        if operator in ("light", "undergo"):
            if operator == "undergo" and below is not None and verb:
                subject = self.subject(token)
                if subject is not None:
                    below[1].targets = [subject, *below[1].targets]
            return None  # the noun's own frame says it all
        if below is None:
            return self._plain(token, sense, verb) if sense.relation is not None else None
        path, inner = below
        a = self.analysis
        subject = self.subject(token) if verb else None
        if operator == "told":
            if not any(a.tags[aux] == "TO" for aux in a.children[path]):
                return None
            operator = "request"
        elif operator == "want":
            own = [kid for kid in a.children[path] if a.deps[kid] == "nsubj"]
            operator = "request" if own or self.objects(token) else "vow"
        elif operator == "warn":
            if inner.sources[:1] != ([subject] if subject is not None else []) and not self._same(
                inner.sources, subject
            ):
                return None
            operator = "vow"
        elif operator == "fail":
            if inner.relation not in ("CONSULT", "AGREE", "SUPPORT"):
                return None
            outcome = Outcome("REJECT", "meet", "127")
            return self._composed(token, sense, inner, outcome, verb)
        elif operator == "end" and not verb:
            return None
        outcome = self.lexicon.compose(operator, inner.relation)
        if outcome.relation == "same":
            return None
        if outcome.relation is None:
            self.used.add(inner.trigger)
            return None
        frame = self._composed(token, sense, inner, outcome, verb)
        if operator == "request":
            # who is asked: the addressee, else whoever would do it, else whoever it would be done to
            look = self._verb_slot if verb else self._noun_slot
            named = [each for slot in sense.targets if slot not in ("comp", "from", "of") for each in look(token, slot)]
            other = [each for slot in ("from", "of") if slot in sense.targets for each in look(token, slot)]
            doers = [each for each in inner.sources if each != subject]
            # an object that is itself the deed asked for comes last: "demanded the withdrawal of"
            deeds = [each for each in named if each == path or self._through(each) == path]
            named = [each for each in named if each not in deeds]
            frame.targets = [*named, *doers, *other, *inner.targets, *deeds]
        return frame

    def _same(self, tokens: list[int], subject: int | None) -> bool:
        """Whether those who would do it may be the subject: a pronoun, or something of theirs ("his government")."""
        a = self.analysis
        if subject is None or not tokens:
            return False
        own = a.child(tokens[0], "poss")
        return a.lowers[tokens[0]] in _PRONOUNS or (own is not None and a.tags[own] == "PRP$")

    def _composed(self, token: int, sense: Sense, inner: Frame, outcome: Outcome, verb: bool) -> Frame:
        frame = Frame(
            outcome.relation or "",
            outcome.mode,
            outcome.cameo,
            token,
            sense,
            words=[token, *inner.words],
            below=inner,
            joint=outcome.relation in _JOINT
            and (outcome.relation != "AGREE" or self.analysis.lemmas[token].lower() in _MUTUAL),
        )
        look = self._verb_slot if verb else self._noun_slot
        frame.sources = [each for slot in sense.sources for each in look(token, slot)]
        if verb and (writer := self._writer(token)) is not None:
            frame.sources.append(writer)
        if not frame.sources and (not verb or (self.passive(token) and sense.operator != "request")):
            frame.sources = list(inner.sources)
        named = [each for slot in sense.targets if slot != "comp" for each in look(token, slot)]
        frame.targets = [*named, *inner.targets]
        if outcome.relation == "THREATEN" and verb:
            for clause in (token, *self.clauses(token)):
                if (other := self._condition(clause)) is not None:
                    frame.targets.append(other)
        self.used.add(inner.trigger)
        return frame

    def _intended(self, frame: Frame, verb: int) -> Frame:
        """Turn the future: "will meet" is an agreement to meet, "will not lift" a refusal to lift (PLOVER's rule)."""
        if frame.relation in ("AGREE", "REJECT", "THREATEN", "REQUEST", "ACCUSE"):
            return frame
        a = self.analysis
        will = ready = negated = maybe = False
        for kid in a.children[verb]:
            if a.deps[kid] == "neg" or (a.lowers[kid] == "longer" and a.lowers[kid - 1] == "no"):
                negated = True
            elif a.deps[kid] == "aux" and a.lowers[kid] in _WILL:
                will = True
            elif a.deps[kid] == "aux" and a.lowers[kid] in ("may", "might", "could"):
                maybe = True
        if any(a.deps[kid] == "mark" and a.lowers[kid] in ("if", "unless") for kid in a.children[verb]):
            return frame
        head = a.head[verb]
        if a.deps[verb] == "xcomp":
            lemma = a.lemmas[head].lower()
            if lemma == "go" and a.tags[head] == "VBG":
                will = True
                negated = negated or a.child(head, "neg") is not None
            elif lemma in _READY or a.lowers[head] in _READY:
                ready = True
        if maybe and not negated and frame.relation in _HARM and (other := self._condition(verb)) is not None:
            will = True
        if not (will or ready):
            return frame
        if not negated:
            other = self._condition(verb)
            if other is not None or self._says_of_self(verb):
                outcome = self.lexicon.compose("threaten" if other is not None else "vow", frame.relation)
                if outcome.relation == "THREATEN" and frame.relation in _HARM:
                    frame.relation, frame.mode, frame.cameo = "THREATEN", outcome.mode, outcome.cameo
                    frame.uttered = True
                    frame.targets += [] if other is None else [other]
                    return frame
        outcome = self.lexicon.compose("reject" if negated else "intend", frame.relation)
        if negated and frame.relation not in ("AID", "COOPERATE", "SUPPORT", "CONSULT", "CONCEDE", "RETREAT"):
            return frame
        if outcome.relation in (None, "same"):
            return frame
        frame.relation, frame.mode, frame.cameo = str(outcome.relation), outcome.mode, outcome.cameo
        frame.uttered = negated
        return frame

    def _condition(self, verb: int) -> int | None:
        """Whose deed a threat depends on: "unless *Tehran* stops"."""
        a = self.analysis
        for kid in a.children[verb]:
            if a.deps[kid] == "advcl" and any(
                a.deps[each] == "mark" and a.lowers[each] in ("if", "unless", "until") for each in a.children[kid]
            ):
                subject = a.child(kid, "nsubj", "nsubjpass")
                if subject is not None and a.tags[subject] != "PRP":
                    return subject
        return None

    def _says_of_self(self, verb: int) -> bool:
        """Whether the subject announces its own deed: "said it would strike"."""
        a = self.analysis
        head = a.head[verb]
        if a.deps[verb] != "ccomp" or a.lemmas[head] not in self.lexicon.classes["say"]:
            return False
        subject = a.child(verb, "nsubj")
        if a.lemmas[head] == "announce":
            return subject is not None
        return subject is not None and a.lowers[subject] in _PRONOUNS

    def _demand(self, modal: int) -> Frame | None:
        """Read "Paris said Rome must act" as a request, when one party says what another must do."""
        a = self.analysis
        verb = a.head[modal]
        if a.pos[verb] not in ("VERB", "AUX"):
            return None
        said = verb
        for _ in range(3):
            if a.deps[said] == "ccomp":
                break
            if a.head[said] == said:
                return None
            said = a.head[said]
        saying = a.head[said]
        if a.deps[said] != "ccomp" or a.lemmas[saying] not in self.lexicon.classes["say"]:
            return None
        if a.lemmas[verb] in _BEING and a.child(verb, "auxpass") is None:
            return None  # "must be", "should become": a wish, no deed asked for
        speaker = self._subject(saying, MAX_UP)
        whose = [kid for kid in a.children[verb] if a.deps[kid] in ("nsubj", "nsubjpass")]
        if speaker is None or not whose or a.lowers[whose[0]] in ("it", "we", "i", "there", "this", "that"):
            return None
        inner = self.frame(verb)
        outcome = (
            self.lexicon.compose("request", inner.relation)
            if inner is not None
            else Outcome("REQUEST", "change", "104")
        )
        sense = _DEMAND
        frame = Frame(
            "REQUEST", outcome.mode, outcome.cameo, verb, sense, words=[modal, verb], below=inner, spoken=saying
        )
        frame.sources, frame.targets = [speaker], whose
        return frame


_DEMAND = Sense((), "REQUEST", "change", "104", None, ("subj",), ("subj",), 0)
