"""What may be events, before it is judged which are: frames of the lexicon and likely words, each with its parties.

Gates here know which deeds are told without a doer or a target, what is business or sport between private people,
what is an attack in words, and what a state's land says of whom a deed is done to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from dateline.coding import event_parties, event_triggers
from dateline.coding.coder import Draft
from dateline.coding.event_features import FOLD
from dateline.coding.event_frames import Frame, Frames
from dateline.coding.event_judge import Candidate, Party, View
from dateline.coding.status_judge import judged
from dateline.knowledge.codebook import Codebook
from dateline.knowledge.countries import STATELESS, term
from dateline.knowledge.event_lexicon import Lexicon, Sense, words_of
from dateline.models.net import Net
from dateline.reading.analysis import Analysis
from dateline.records import Actor, Status

_MODIFIERS = ("poss", "amod", "compound", "nmod", "nn")
_INNER = ("by", "from", "of", "between", "against", "with", "for")
_WHERE = ("in", "at", "near", "on", "off", "across", "along", "inside", "into", "outside", "around", "over", "within")

ALONE = frozenset(("PROTEST", "MOBILIZE", "RETREAT"))
"""Types that need nobody they are done to."""

WHERE_COUNTS = frozenset(("PROTEST", "MOBILIZE", "ASSAULT", "COERCE", "RETREAT", "CONCEDE", "AID"))
"""Types whose target can be the state or place they are done in: "a curfew in Montenegro"."""

SPEAKERS = frozenset(("GOV", "MIL", "REB", "OPP", "LEG", "PTY", "IGO"))
"""Sectors whose "must" is a demand: a minister's, not an analyst's."""

ABOUT_DEEDS = frozenset(("ACCUSE", "REJECT"))
"""Types that can be about a deed told before, whose doer is then their target."""

HOSTILE = frozenset(("ASSAULT", "MOBILIZE", "COERCE", "SANCTION", "THREATEN", "REJECT", "REQUEST", "ACCUSE"))
"""Types of deeds that one condemns or rejects."""

POLITICAL = frozenset(
    ("GOV", "MIL", "REB", "OPP", "COP", "JUD", "LEG", "SPY", "UAF", "PTY", "PRM", "CRM", "LAB", "EDU")
)
"""Sectors whose deeds are events though the party has no known country: unnamed rebels, students, police."""


PUBLIC = frozenset(("GOV", "MIL", "REB", "OPP", "COP", "JUD", "LEG", "SPY", "UAF", "PTY", "PRM", "CRM"))
"""Sectors of public life: what two others do to each other is business, sport or private, but for :data:`ANYONE`."""

ANYONE = frozenset(("PROTEST", "ASSAULT", "COERCE"))
"""Types that are events whoever the parties are."""


_TALKERS = frozenset(("person", "organisation", "unnamed group"))
_CROWDS = frozenset(("CVL", "OPP", "REF", "EDU", "LAB", "REB"))
_CIVIL = frozenset((None, "GOV", "LEG", "PTY", "OPP", "ELI", "JUD", "BUS", "JRN", "SOC", "EDU", "REL"))
_FOES = frozenset(("state", "armed group"))
_ARMED = frozenset(("MIL", "REB", "COP", "UAF", "SPY", "CRM", "PRM"))
_WORDS = frozenset(("attack", "assail", "assault"))
_TAKEN_UP = frozenset(("measure", "move", "decision", "step", "action", "order", "act"))
"""Nouns that take up a deed told before."""
_UNAIMED = frozenset(("ACCUSE", "REJECT", "REQUEST", "THREATEN", "CONCEDE", "COERCE", "ASSAULT"))
"""Types that one may do to a thing or a plan, and so to nobody."""
_SPOKEN = frozenset(("ACCUSE", "REQUEST", "REJECT", "SUPPORT", "THREATEN", "CONSULT"))
"""What anybody may say to a public party."""
_RULERS = frozenset(("GOV", "MIL", "REB", "COP", "JUD", "LEG", "SPY", "UAF", "PRM", "CRM"))
_SUFFERERS = frozenset(("person", "unnamed group", "organisation", "armed group"))
_BLAMED = _SUFFERERS | {"state", "government body"}
_SUFFERED = {
    "ASSAULT": _SUFFERERS,
    "COERCE": _SUFFERERS,
    "SANCTION": _SUFFERERS,
    "RETREAT": _SUFFERERS,
    "AID": _SUFFERERS,
    "ACCUSE": _BLAMED,
    "REQUEST": _BLAMED,
}
"""Types whose events are told without those who do them, and whom they are then done to."""
_FORCES = words_of("police officer army military soldier troop gang militant rebel trooper deputy")
_TOLD = frozenset(("ask", "urge", "order", "advise", "tell", "instruct", "command", "direct", "invite", "subpoena"))
_HURT = frozenset(("kill", "wound", "injure", "displace", "destroy", "hit", "strike", "maul"))
_DEEDS = words_of(
    """
    killing murder assassination massacre slaughter shooting bombing airstrike shelling abduction kidnapping beheading
    arrest detention imprisonment deportation expulsion extradition eviction lawsuit prosecution dismissal removal
    firing sacking ouster release
    """
)
"""Nouns of deeds that are told by whom they are done to alone."""
_PRONOUNS = {
    "it": frozenset(("state", "organisation", "government body", "armed group")),
    "them": frozenset(("unnamed group", "armed group")),
    "him": frozenset(("person",)),
    "her": frozenset(("person",)),
}
"""What kind of party an object pronoun can stand for."""
_THINGS = words_of(
    """
    missile rocket drone bomb shell mortar bullet shot blast explosion strike airstrike attack raid shelling bombing
    bombardment gunfire assault ambush offensive shooting fire mine grenade projectile barrage salvo
    """
)
"""What kills and destroys at somebody's hands."""
_ARMED_WITH = words_of(
    "bomb suicide militant terror terrorist gun knife arson sword car rocket missile drone acid grenade"
)
_DISASTERS = words_of(
    """
    accident crash collision earthquake quake tremor aftershock flood flooding storm cyclone hurricane typhoon tornado
    avalanche landslide mudslide wildfire blaze tsunami eruption volcano lightning drought heatwave disease outbreak
    virus epidemic cholera influenza crush stampede derailment collapse capsize
    """
)
_RIVALS = frozenset(("rival", "opposing", "warring", "feuding", "competing", "two", "three"))
_DEFINITE = frozenset(("the", "this", "that", "these", "those"))
_BACK = frozenset(("fire", "hit", "shoot", "strike"))
_NO = frozenset(("no", "any", "neither"))
_CONTESTS = frozenset(("fight", "battle", "clash", "skirmish", "fighting", "offensive"))


def _by_things(a: Analysis, frame: Frame) -> bool:
    """Whether it is a weapon or an attack that does the deed: "a missile struck", "the shelling killed"."""
    if frame.relation != "ASSAULT" or not frame.sources:
        return False
    thing = frame.sources[0]
    return a.pos[thing] in ("NOUN", "PROPN") and a.lemmas[thing].lower() in _THINGS


def _public(actor: Actor) -> bool:
    if actor.kind in ("state", "government body", "armed group") or actor.sector in PUBLIC:
        return True
    return actor.country in ("IGO", "UNO", "EUR", "ISM")


def _several(draft: Draft, frame: Frame, sources: list[Party]) -> bool:
    """Whether one noun names several who are each other's foes: "rival gangs"."""
    a = draft.analysis
    return (
        len(sources) == 1
        and sources[0][0].kind == "unnamed group"
        and any(
            a.tags[noun] == "NNS" and any(a.lowers[kid] in _RIVALS for kid in a.children[noun])
            for noun in frame.sources
        )
    )


IMPOSED = "163"
"""CAMEO's code of an embargo, a boycott or sanctions."""

LIKELY = 0.06
"""Least probability of a type that makes a word a candidate where the lexicon has no frame of that type."""


@dataclass(frozen=True, slots=True)
class Models:
    """The models that see triggers and parties, and the one that judges."""

    triggers: Net
    parties: Net
    judge: Net


@cache
def shipped() -> Models:
    """The models of the package."""
    return Models(Net.load("events/triggers"), Net.load("events/parties"), Net.load("events/right"))


class Candidates:
    """Finds what may be events.

    Args:
        codebook: Types, modes, scores and patterns.
        words: The lexicon whose types the codebook defines.
        models: Those of triggers and parties; of the package unless given.
    """

    def __init__(self, codebook: Codebook, words: Lexicon, models: Models | None) -> None:
        self.codebook = codebook
        self._lexicon = words
        self._models = models
        own = {name: codebook.types[name] for name in codebook.own}
        self._alone = ALONE | {name for name, kind in own.items() if kind.target == "optional"}
        self._anyone = ANYONE | codebook.own
        self._where_counts = WHERE_COUNTS | {name for name, kind in own.items() if kind.quad in (2, 4)}

    def of(self, draft: Draft) -> Iterator[Candidate]:
        """What may be events with their parties, before it is judged which are.

        Where several stand at one word, one of them is the event at most. First comes what the lexicon's frames and
        slots say, then what the models of triggers and parties think, where that is something else.

        Args:
            draft: The article with the findings that events need.
        """
        if not draft.actors:
            return
        look = Frames(draft.analysis, self._lexicon)
        frames = look.all()
        who = _Who(draft)
        judged = len(self.codebook.own) < len(self.codebook.types)
        views = _Views(draft, look, frames, self._models or shipped()) if judged else None
        before: list[Candidate] = []
        for frame in frames:
            for sources, targets in self._of(draft, who, frame, before):
                before.append(Candidate(frame, sources, targets, status_of(draft.analysis, frame)))
                if views is not None and frame.relation not in self.codebook.own:
                    before[-1].view = views.of(before[-1])
                yield before[-1]
        if views is None:
            return
        told = {(one.frame.trigger, one.frame.relation, *one.ids()) for one in before}
        for token, kind in views.likely():
            if kind in self.codebook.types and token not in look.used:
                one = self._guess(views, token, kind)
                if one is not None and (token, one.frame.relation, *one.ids()) not in told:
                    yield one

    def _guess(self, views: _Views, token: int, kind: str) -> Candidate | None:
        """The candidate that the models make of a word and a type; none of accidents, and of talks with the press."""
        draft = views.draft
        frame = views.frames.get(token)
        if frame is None and (sense := views.look.sense(token)) is not None and sense.operator == "none":
            return None  # "declined to comment"
        if frame is None or FOLD.get(frame.relation, frame.relation) != FOLD.get(kind, kind):
            if frame is not None and frame.relation != frame.sense.relation:
                return None  # "will hold talks" is what the lexicon makes of it
            frame = self._frame(views.look, token, kind)
        a = draft.analysis
        sources, targets = views.parties(token, frame.relation)
        if frame.relation == "ASSAULT":
            targets = self._abroad(sources, targets)
        elif frame.relation in ABOUT_DEEDS:
            targets = [pair for pair in targets if not self._suffers(draft, pair[1])]
        if not sources and a.lemmas[token] in _HURT and self._disaster(a, token):
            return None
        if self._nobody(draft, [*sources, *targets]) or _with_press(frame, sources, targets):
            return None
        if sources and not self._deed(draft, frame, sources, targets):
            return None
        one = Candidate(frame, sources, targets, status_of(a, frame), guessed=True)
        one.view = views.of(one)
        return one

    def _frame(self, look: Frames, token: int, kind: str) -> Frame:
        """A frame where the lexicon has none of a type: with the mode and code of the word's sense, if it has one."""
        a = look.analysis
        verb = a.pos[token] in ("VERB", "AUX")
        sense = next((each for each in look.listed(token) if each.relation == kind and each.operator is None), None)
        sense = sense or Sense((), kind, None, self.codebook.cameo_of(kind, None), None, (), (), 0)
        carrier = None if verb else look.carrier(token)
        return Frame(
            kind, sense.mode, sense.cameo, token, sense,
            words=[token] if carrier is None else [carrier, token], carrier=carrier,
        )  # fmt: skip

    def _of(
        self, draft: Draft, who: _Who, frame: Frame, before: list[Candidate]
    ) -> Iterable[tuple[list[Party], list[Party]]]:
        if frame.relation not in self.codebook.types:
            return
        sources = who.first(self._acting(draft, frame))
        if sources and not any(actor.country or actor.sector in POLITICAL for actor, _ in sources):
            sources = who.among(sources[0][1]) or sources
        if not sources:
            sources = self._by_weapon(draft, frame, before)
        if not sources:
            if targets := self._suffering(draft, who, frame):
                yield [], targets
            return
        if self._nobody(draft, sources):
            return
        private = frame.relation not in self.codebook.own and not any(
            actor.country
            or actor.sector in POLITICAL
            or (frame.relation == "PROTEST" and actor.kind == "unnamed group")
            for actor, _ in sources
        )
        if (
            private
            and frame.relation not in _SPOKEN
            and (
                frame.relation != "ASSAULT"
                or not all(actor.kind in ("person", "unnamed group") for actor, _ in sources)
            )
        ):
            return
        if frame.spoken is not None and not any(actor.sector in SPEAKERS for actor, _ in sources):
            return
        out = {actor.id for actor, _ in sources}
        targets = who.first(
            frame.targets,
            without=out,
            where=frame.relation in self._where_counts,
            # one meets a person, not a person's car; but one condemns or bombs what is someone's
            own=frame.relation == "CONSULT" and frame.below is None,
        )
        if not targets and frame.targets:
            targets = self._other(draft, frame.targets[0], out)
        if frame.relation in ("ASSAULT", "COERCE"):
            targets = self._abroad(sources, targets or self._landed(draft, frame, who, out))
        # a report accuses; that a letter is looked into or a report blamed is done to no party
        targets = [pair for pair in targets if pair[0].kind != "document"]
        if frame.relation in ABOUT_DEEDS:
            targets = [pair for pair in targets if not self._suffers(draft, pair[1])]
            if not targets:
                targets = self._doers(draft, frame, before, out)
        if self._nobody(draft, targets) or (private and not targets):
            return
        if (
            private
            and frame.relation in _SPOKEN
            and not (
                any(_public(actor) for actor, _ in targets)
                and frame.mode != "visit"  # singers tour a country too
                and all(actor.kind != "document" for actor, _ in sources)
            )
        ):
            return
        if frame.relation not in self._anyone and not any(
            _public(actor) or (actor.country == "NGO" and frame.relation == "AID") for actor, _ in (*sources, *targets)
        ):
            return
        if _with_press(frame, sources, targets):
            return
        if not self._deed(draft, frame, sources, targets):
            return
        if targets:
            yield sources, targets
        elif (
            frame.joint
            and draft.analysis.lemmas[frame.trigger].lower() in _CONTESTS
            and _several(draft, frame, sources)
        ):
            yield sources, sources  # "clashes between rival gangs"
        elif (
            frame.joint
            and draft.analysis.pos[frame.trigger] != "VERB"
            and (others := who.first(frame.sources[1:], without=out))
        ):
            yield sources, others  # "Greek-Turkish talks", "the joint US-Philippine exercises"
        elif frame.joint and len(several := self._members(draft.analysis, who, frame, sources)) > 1:
            # "the two met": each does it with the others
            for actor in several:
                yield [actor], [other for other in several if other is not actor]
        elif (
            frame.relation in self._alone
            or frame.cameo in ("1723", "1724")
            or self._somewhere(draft, frame)
            or self._unaimed(draft, frame, sources)
        ):
            yield sources, []

    def _suffering(self, draft: Draft, who: _Who, frame: Frame) -> list[Party]:
        """Whom a deed was done to by nobody named: "nine people were arrested", "the murder of the mayor"."""
        a = draft.analysis
        trigger = frame.trigger
        kinds = _SUFFERED.get(frame.relation)
        if kinds is None or (frame.below is not None and frame.relation != "REQUEST"):
            return []
        mode = frame.mode
        if (frame.relation == "RETREAT" and mode != "release") or (frame.relation == "SANCTION" and mode is None):
            return []
        if mode == "destroy" or a.lemmas[trigger] in ("force", "compel", "coerce"):
            return []
        if a.pos[trigger] == "VERB":
            if a.child(trigger, "nsubjpass") is None and not _by_things(a, frame):
                return []
            if frame.sources and not _by_things(a, frame):
                return []
        elif any(
            a.head[token] != trigger or a.deps[token] == "poss" or a.lemmas[token].lower() in _FORCES
            for token in frame.sources
        ):
            return []
        elif a.lemmas[trigger] in ("lawsuit", "prosecution") and a.deps[trigger] in ("dobj", "obj"):
            return []  # who files it does it
        elif a.lemmas[trigger] not in _DEEDS and not any(
            a.lemmas[kid] in _ARMED_WITH for kid in a.children[trigger] if a.deps[kid] in _MODIFIERS
        ):
            return []  # an attack may be one of words
        if a.lemmas[trigger] in _HURT and self._disaster(a, trigger):
            return []
        heads = frame.targets
        if frame.relation == "REQUEST":  # "residents were told to leave"; not "anyone is asked to call the police"
            asked = a.child(trigger, "nsubjpass")
            heads = [] if asked is None or a.lemmas[trigger] not in _TOLD else [asked]
        targets = [pair for pair in who.first(heads) if pair[0].kind in kinds]
        return [] if self._nobody(draft, targets) else targets

    @staticmethod
    def _disaster(a: Analysis, trigger: int) -> bool:
        """Whether the sentence speaks of an accident or a disaster, that kills as well as people do."""
        start, end = a.sentences[a.sentence_of[trigger]]
        return not _DISASTERS.isdisjoint(a.lemmas[start:end])

    @staticmethod
    def _members(a: Analysis, who: _Who, frame: Frame, sources: list[Party]) -> list[Party]:
        """Those whom one noun names together: "the ministers of France and Germany met"."""
        noun = frame.sources[0]
        if len(sources) == 1 and a.tags[noun] == "NNS":
            for kid in a.children[noun]:
                inner = a.child(kid, "pobj")
                if a.deps[kid] == "prep" and a.lowers[kid] in ("of", "from") and inner is not None:
                    return who.named(inner)
        return sources

    @staticmethod
    def _by_weapon(draft: Draft, frame: Frame, before: list[Candidate]) -> list[Party]:
        """Whose attack it was that did it, where that was told before: "the strikes killed 26 people"."""
        a = draft.analysis
        if a.pos[frame.trigger] != "VERB" or not _by_things(a, frame):
            return []
        thing = frame.sources[0]
        if not any(a.lowers[kid] in _DEFINITE for kid in a.children[thing]):
            return []
        for told in reversed(before):
            if told.frame.relation == "ASSAULT":
                return [(actor, thing) for actor, _ in told.sources]
        return []

    @staticmethod
    def _other(draft: Draft, token: int, without: set[str]) -> list[Party]:
        """Who a pronoun that is done to stands for, where the sentence names but one other party before it."""
        a = draft.analysis
        if a.lowers[token] not in _PRONOUNS:
            return []
        start, _ = a.sentences[a.sentence_of[token]]
        found = {
            actor.id: (actor, token)
            for each in range(start, token)
            if (actor := draft.actor_of(each)) is not None and actor.id not in without
        }
        [*parties] = found.values()
        kinds = (
            ("person",)
            if a.lowers[token] in ("him", "her")
            else ("state", "organisation", "armed group", "unnamed group")
        )
        return parties if len(parties) == 1 and parties[0][0].kind in kinds else []

    def _landed(self, draft: Draft, frame: Frame, who: _Who, without: set[str]) -> list[Party]:
        """The state in whose land a thing was struck, where the parser hangs the place on the verb."""
        a = draft.analysis
        if not frame.targets:
            return []
        places = [
            inner
            for kid in a.children[frame.trigger if frame.carrier is None else frame.carrier]
            if a.deps[kid] == "prep" and a.lowers[kid] in _WHERE and (inner := a.child(kid, "pobj")) is not None
        ]
        return [pair for pair in who.first(places, without=without, where=True) if pair[0].kind == "state"]

    def _abroad(self, sources: list[Party], targets: list[Party]) -> list[Party]:
        """Targets without the state whose own army, police or government acts: it does not strike itself."""
        homes = {actor.country for actor, _ in sources if actor.sector in ("MIL", "COP", "GOV", "LEG", "JUD")}
        return [pair for pair in targets if pair[0].kind != "state" or pair[0].country not in homes]

    def _acting(self, draft: Draft, frame: Frame) -> list[int]:
        """Where to look for sources; "the Paris attacks" are not the work of Paris."""
        a = draft.analysis
        if frame.relation != "ASSAULT" or a.pos[frame.trigger] == "VERB":
            return frame.sources
        return [
            token
            for token in frame.sources
            if a.head[token] != frame.trigger
            or a.deps[token] == "poss"
            or (known := term(a.words[token])) is None
            or known.kind not in ("capital", "city")
        ]

    def _deed(self, draft: Draft, frame: Frame, sources: list[Party], targets: list[Party]) -> bool:
        """Whether the deed is one at all, given who the parties are; turns its type where they make it another.

        A politician or a party that "attacks" anyone but a state, troops or an armed group does so in words, and what
        they "fight" or "battle" out among them is a contest. A withdrawal from a body of states moves no troops.
        """
        lemma = draft.analysis.lemmas[frame.trigger].lower()
        if lemma == "assault" and draft.analysis.pos[frame.trigger] == "VERB":
            return True  # the verb, unlike the noun, is not used of words
        if frame.relation == "ASSAULT" and frame.below is None and (lemma in _WORDS or lemma in _CONTESTS):
            if any(actor.kind not in _TALKERS for actor, _ in sources):
                return True
            if any(actor.sector not in _CIVIL and not (actor.sector == "CVL" and actor.entity) for actor, _ in sources):
                return True
            if any(actor.kind in _FOES or actor.sector in _ARMED for actor, _ in targets):
                return True
            if any(actor.sector is None and actor.entity is None for actor, _ in sources) and not any(
                actor.sector in POLITICAL or actor.sector == "ELI" or actor.entity
                for actor, _ in targets or (sources if frame.joint else [])
            ):
                return True  # whoever nobody knows may well use fists
            if lemma in _CONTESTS or not targets:
                return False
            frame.relation, frame.mode, frame.cameo = "ACCUSE", "disapprove", "111"
        elif lemma == "suspend" and frame.relation == "SANCTION" and frame.below is None:
            return not all(actor.kind in ("person", "unnamed group") for actor, _ in targets)  # from a job, a team
        elif lemma == "capture" and frame.relation == "COERCE" and all(actor.kind in _FOES for actor, _ in targets):
            return False  # a place, a prize, a state in an election
        elif frame.relation == "MOBILIZE" and frame.mode == "troops":
            if all(actor.country in STATELESS and actor.sector not in _ARMED for actor, _ in sources):
                frame.relation, frame.mode, frame.cameo = "AID", None, "070"  # aid workers, no troops
        elif frame.relation == "CONSULT" and frame.mode == "visit":
            # crowds travel, officials visit
            return not all(actor.sector in _CROWDS and actor.kind == "unnamed group" for actor, _ in sources)
        elif (
            frame.relation == "RETREAT"
            and frame.mode == "withdraw"
            and targets
            and all(actor.kind == "organisation" and actor.country in STATELESS for actor, _ in targets)
        ):
            frame.relation, frame.cameo = "SANCTION", "160"
        return True

    def _doers(self, draft: Draft, frame: Frame, before: list[Candidate], without: set[str]) -> list[Party]:
        """Who did the deed that a noun takes up again: "condemned the launch", after a launch was told.

        One who hits back without saying at whom, hits at whoever spoke against them last.
        """
        a = draft.analysis
        for token in frame.targets:
            types = {sense.relation for sense in self._lexicon.nouns.get(a.lemmas[token], ())} & HOSTILE
            if a.lemmas[token] in _TAKEN_UP and any(a.lowers[kid] in _DEFINITE for kid in a.children[token]):
                types = HOSTILE - {"ACCUSE", "REQUEST"}
            if not types:
                continue
            for told in reversed(before):
                if told.frame.relation in types and not without.intersection(actor.id for actor, _ in told.sources):
                    return [(actor, token) for actor, _ in told.sources]
        if frame.relation == "REJECT" or a.lemmas[frame.trigger] in _BACK:
            for told in reversed(before):
                if told.frame.relation in ("ACCUSE", "REQUEST", "THREATEN") and without.intersection(
                    actor.id for actor, _ in told.targets
                ):
                    return [(actor, frame.trigger) for actor, _ in told.sources]
        return []

    def _nobody(self, draft: Draft, parties: list[Party]) -> bool:
        """Whether a party is none at all: "no candidate", "any candidate"."""
        a = draft.analysis
        return any(a.lowers[kid] in _NO for _, token in parties for kid in a.children[token] if a.deps[kid] == "det")

    def _suffers(self, draft: Draft, token: int) -> bool:
        """Whether a state is named as where or to whom a violent deed is done: it has not earned the blame for it.

        "Opposed the Iraq invasion" and "criticised the Gaza blockade" against "the Russian invasion".
        """
        a = draft.analysis
        noun = a.head[token]
        return (
            a.deps[token] in _MODIFIERS
            and a.deps[token] != "poss"
            and a.tags[token] in ("NNP", "NNPS")
            and (known := term(a.words[token])) is not None
            and known.kind not in ("adjective", "person")
            and any(sense.relation in ("ASSAULT", "COERCE") for sense in self._lexicon.nouns.get(a.lemmas[noun], ()))
        )

    def _somewhere(self, draft: Draft, frame: Frame) -> bool:
        """Whether a violent or coercive event without a known target says where it was done."""
        if frame.relation not in self._where_counts or not draft.places:
            return False
        a = draft.analysis
        below = a.span(a.left[frame.trigger], a.right[frame.trigger] + 1)
        return any(place.kind != "demonym" and below.holds(place.mention) for place in draft.places)

    def _unaimed(self, draft: Draft, frame: Frame, sources: list[Party]) -> bool:
        """Whether public bodies or leaders do it to nobody in particular: "police are investigating a theft"."""
        a = draft.analysis
        if frame.spoken is not None or not all(
            actor.sector in _RULERS or actor.kind in ("state", "armed group") for actor, _ in sources
        ):
            return False
        # a target that a pronoun or a name stands for is a target that was not found
        if not all(a.pos[token] in ("NOUN", "VERB", "AUX") for token in frame.targets):
            return False
        kind = f"{frame.relation}.{frame.mode}"
        if kind in ("ACCUSE.investigate", "COERCE.seize", "COERCE.censor"):
            return True
        return (
            frame.relation in _UNAIMED
            and (frame.relation != "REQUEST" or a.lemmas[frame.trigger] in ("demand", "request", "seek"))
            and frame.below is None
            and a.pos[frame.trigger] == "VERB"
            and any(a.pos[token] == "NOUN" and a.head[token] == frame.trigger for token in frame.targets)
        )


def status_of(analysis: Analysis, frame: Frame) -> Status:
    """Whether the event of a frame happened."""
    if frame.uttered:
        return "happened"
    return judged(analysis, frame.trigger if frame.spoken is None else frame.spoken, frame.carrier).status()


def _with_press(frame: Frame, sources: list[Party], targets: list[Party]) -> bool:
    """Whether somebody speaks to the press, which is a statement and no meeting."""
    if frame.relation != "CONSULT" or not targets:
        return False
    return any(all(actor.sector == "JRN" for actor, _ in side) for side in (sources, targets))


class _Views:
    """What the models of triggers and parties think of the words of one article."""

    def __init__(self, draft: Draft, look: Frames, frames: Sequence[Frame], models: Models) -> None:
        self.draft = draft
        self.look = look
        self.frames = {frame.trigger: frame for frame in frames}
        self._models = models
        tokens = sorted({*event_triggers.eligible(draft.analysis, models.triggers.words), *self.frames})
        self._shares = dict(
            zip(tokens, event_triggers.shares(models.triggers, draft, look, frames, tokens), strict=True)
        )
        self._parties = event_parties.Parties(draft, look, frames)
        self._weighed: dict[tuple[int, str], tuple[list[event_parties.Named], event_parties.Floats]] = {}

    def likely(self) -> Iterator[tuple[int, str]]:
        """Words that may tell an event, each with its likeliest type."""
        for token, shares in self._shares.items():
            best = int(shares[1:].argmax())
            if shares[best + 1] >= LIKELY:
                kind = event_triggers.TYPES[best]
                yield token, "COERCE" if kind == "SANCTION" and self.imposes(token) else kind

    def imposes(self, token: int) -> bool:
        """Whether a word tells of sanctions or an embargo: COERCE to PLOVER, SANCTION to many readers."""
        return any(sense.cameo == IMPOSED for sense in self.look.listed(token))

    def _weigh(self, token: int, kind: str) -> tuple[list[event_parties.Named], event_parties.Floats]:
        """Mentions in the sentence of a trigger, and how likely each is either side; the last row is "nobody"."""
        if (token, kind) not in self._weighed:
            named = self._parties.nearest(token)
            rows = self._parties.seen(token, kind, named)
            numbers = event_parties.vectors(self.draft.analysis, token, named)
            self._weighed[token, kind] = named, event_parties.shares(self._models.parties, rows, numbers)
        return self._weighed[token, kind]

    def parties(self, token: int, kind: str) -> tuple[list[Party], list[Party]]:
        """The likeliest source and target of a deed, each with those conjoined to it."""
        named, shares = self._weigh(token, kind)
        sources, targets = (self._side(named, shares[:, side]) for side in (0, 1))
        acting = {actor.id for actor, _ in sources}
        return sources, [pair for pair in targets if pair[0].id not in acting]

    def _side(self, named: Sequence[event_parties.Named], shares: event_parties.Floats) -> list[Party]:
        """The likeliest of a side; what several mentions of an actor have counts together."""
        weight: dict[str, float] = {}
        for each, share in zip(named, shares.tolist(), strict=False):
            weight[each.actor.id] = weight.get(each.actor.id, 0.0) + share
        best = max(weight, key=lambda each: weight[each], default="")
        if not best or weight[best] < float(shares[-1]):
            return []
        rows = [row for row, each in enumerate(named) if each.actor.id == best]
        one = named[max(rows, key=lambda row: float(shares[row]))]
        several = self.draft.named_in(one.token)
        return several if any(actor.id == best for actor, _ in several) else [(one.actor, one.token)]

    def of(self, one: Candidate) -> View:
        """What the models think of a candidate."""
        token, kind = one.frame.trigger, one.frame.relation
        shares = self._shares[token]
        named, weighed = self._weigh(token, kind)
        share = float(shares[1 + event_triggers.TYPES.index(kind)])
        if kind == "COERCE" and self.imposes(token):
            share += float(shares[1 + event_triggers.TYPES.index("SANCTION")])
        sides: list[float] = []
        for side, parties in enumerate((one.sources, one.targets)):
            ids = {actor.id for actor, _ in parties}
            rows = [row for row, each in enumerate(named) if each.actor.id in ids] or [len(named)]
            sides.append(float(weighed[rows, side].sum()))
        return View(
            kind=share,
            best=max(share, float(shares[1:].max())),
            none=float(shares[0]),
            source=sides[0],
            target=sides[1],
            best_source=float(weighed[:, 0].max()),
            best_target=float(weighed[:, 1].max()),
            nobody=float(weighed[-1].max()),
        )


class _Who:
    """Actors behind noun phrases of one draft."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.analysis: Analysis = draft.analysis
        self._states = {actor.country: actor for actor in reversed(draft.actors) if actor.kind == "state"}

    def _at(self, token: int) -> Actor | None:
        """The actor at a token; a demonym or a state's name as a place gives the state, if it acts in the article."""
        actor = self.draft.actor_of(token)
        if actor is None and self._states and self.analysis.tags[token] in ("JJ", "NNP", "NNPS"):
            known = term(self.analysis.words[token])
            # "the first American" is a person, not the state
            if known is not None and (known.kind not in ("adjective", "person") or self._modifies(token)):
                return self._states.get(known.code)
        return actor

    def _modifies(self, token: int) -> bool:
        for _ in range(4):
            if self.analysis.deps[token] != "conj":
                break
            token = self.analysis.head[token]
        return self.analysis.deps[token] in _MODIFIERS

    def first(
        self, tokens: Iterable[int], *, without: set[str] | None = None, where: bool = False, own: bool = False
    ) -> list[Party]:
        """Actors of the first noun phrase that names any that is not among ``without``."""
        for token in tokens:
            found = [
                (actor, at)
                for actor, at in self.named(token, where=where, own=own)
                if not without or actor.id not in without
            ]
            if found:
                return found
        return []

    def among(self, token: int) -> list[Party]:
        """Those named as some of a group: "the allies, including France and Germany"."""
        a = self.analysis
        for kid in a.children[token]:
            if a.deps[kid] == "prep" and a.lowers[kid] == "including" and (inner := a.child(kid, "pobj")) is not None:
                return self.named(inner)
        return []

    def _listed(self, token: int) -> list[int]:
        """A noun and those conjoined to it; in "A, B and C" the parser may hang B on A as an apposition."""
        a = self.analysis
        found = a.conjuncts(token)
        for kid in a.children[token]:
            if a.deps[kid] != "appos" or a.pos[kid] != "PROPN" or a.tags[token] == "NNS":
                continue
            if a.child(kid, "conj") is not None:
                found += a.conjuncts(kid)
        if found == [token] and a.pos[token] == "NOUN" and a.tags[token] == "NNS":
            for kid in a.children[token]:  # "the candidates, A and B": A and B say who they are
                if a.deps[kid] == "appos" and kid > token and a.child(kid, "conj") is not None:
                    return a.conjuncts(kid)
        return found

    def named(self, token: int, *, where: bool = False, own: bool = False, depth: int = 0) -> list[Party]:
        """Actors that a noun phrase names: as a whole, else by its possessor, a modifier, a preposition."""
        a = self.analysis
        found: list[Party] = []
        for each in self._listed(token):
            several = self.draft.named_in(each)
            actor = self._at(each)
            if actor is not None and not several:
                several = [(actor, each)]
            found += [pair for pair in several if all(pair[0] is not other for other, _ in found)]
        if found or depth > 2:
            return found
        if a.deps[token] == "appos" and a.pos[a.head[token]] == "PROPN":
            # "X, a committeewoman of the party who backs her": X does, not the party
            actor = self.draft.actor_of(a.head[token])
            if actor is not None and actor.kind == "person":
                return [(actor, a.head[token])]
        for kid in a.children[token]:
            if a.deps[kid] in _MODIFIERS and not (own and a.deps[kid] == "poss"):
                found = self.named(kid, depth=2)  # "India's charge d'affaires": a modifier's own
                if found:
                    return found
        for names in (_INNER, _WHERE) if where else (_INNER,):
            for kid in a.children[token]:
                if a.deps[kid] in ("prep", "agent") and a.lowers[kid] in names:
                    inner = a.child(kid, "pobj")
                    if inner is not None and (found := self.named(inner, where=where, depth=depth + 1)):
                        return found
        return found
