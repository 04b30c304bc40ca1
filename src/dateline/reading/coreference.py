"""Coreference: which words of an article speak of the same person, body, state or writing.

Rules, no model. Names are bound to each other over the whole article (a headline
may use a surname before the text gives the full name); role nouns ("the minister")
and pronouns are then resolved in text order against what has been mentioned, by
number, gender, role, recency and grammatical function, after the factors that
Lappin and Leass (1994) weigh. No link is made where two readings are about equally
good. "I" and "we" are the speaker of the quotation they stand in; "we" is the body or
state, where its spokesman or official speaks. "Both leaders", "the two countries" and
"they" are the two last named together: their mention is one of both chains. Not
resolved: pronouns that stand for clauses, cataphora ("before he left, X"), second
person, and first person outside quotation marks.
"""

from __future__ import annotations

from itertools import pairwise

from dateline.knowledge import countries
from dateline.knowledge.actors import ActorTable, load
from dateline.knowledge.roles import BODIES, DOCUMENTS, FORMER, LEADS, PEOPLE, ROLES, SYNONYMS, office_keys, sector_of
from dateline.reading.analysis import Analysis, Chain, Mention, Name, Referent
from dateline.reading.mentions import (
    ANYONE,
    BODILY,
    COUNTRY_NOUNS,
    DONE_TO,
    INSIDE,
    LANDS,
    PREMISES,
    SPEECH,
    Binder,
    Cluster,
    Item,
    datelines,
    quoted,
)
from dateline.reading.names import state_phrases
from dateline.records import ActorKind

_MALE = frozenset("he him his himself".split())
_FEMALE = frozenset("she her hers herself".split())
_THING = frozenset("it its itself".split())
_MANY = frozenset("they them their theirs themselves".split())
_FIRST = frozenset("i me my mine myself we us our ours ourselves".split())
_SINGLE = frozenset("i me my mine myself".split())
_PRONOUNS = _MALE | _FEMALE | _THING | _MANY
_POSSESSIVE = frozenset("his her its their".split())
_RELATIVE = frozenset("who which that whom".split())
_POINTERS = _PRONOUNS | _FIRST | _RELATIVE
_DEFINITE = frozenset("the this that these those".split())
_INDEFINITE = frozenset("a an some several many few other another more additional new most any no both".split())
_VAGUE = frozenset(
    """top new late veteran longtime long-time then embattled young old newly - same own current incumbent outspoken
    powerful influential jailed exiled ailing visiting right left hard center centre controversial populist""".split()
)
"""Modifiers of a role noun that set nobody apart."""
_ANY_WRITING = frozenset("document paper text".split())
_SEATED = frozenset("JUD COP LEG OPP REB LAB MED EDU CRM PRM SPY PTY".split())
"""Sectors of those who act in the country they are in."""
_PARTS = frozenset("nsubj nsubjpass dobj dative agent poss appos conj ROOT attr oprd".split())
_THEIRS = frozenset(("REB", "PTY", "OPP", "BUS", "LAB", "REL", "CRM", "JRN", "EDU", "MED", "SOC", "COP", "MIL", "SPY"))
"""Sectors of bodies whose officials and spokesmen are theirs, not the government's."""
_ANYONES = frozenset(
    """spokesman spokeswoman spokesperson official representative adviser advisor aide chairman chairwoman chair chief
    head director leader boss""".split()
)
"""Offices of any body: what they are tells the body."""
_BELONG = _ANYONES | {"member"}
_RANKS = frozenset("member fighter commander operative gunman recruit cadre".split())
"""Those who are what their body is."""
_GROUP_NOUNS = frozenset(
    """group movement party militia organisation organization network fighter fighters militant militants rebel rebels
    gunman gunmen force forces insurgent insurgents faction agency company army terrorist""".split()
)
"""Nouns that after the name of a body mean the body: ``Hamas militants``, ``the Wagner group``."""
_ONE_FOR_ALL = frozenset(
    """police army military navy government parliament opposition authorities judiciary legislature media rebels rebel
    insurgents insurgent militants militant separatists separatist protester rescuers firefighters
    prosecutors""".split()
)
"""Bodies of which an article that names no country means one."""
_SURE = {"GROUP": 0.9, "PERSON": 0.85, "ORG": 0.75, "THING": 0.8}
"""Share of unnamed actors of each label that were right, of those read by hand while this was written."""
_BELOW = frozenset("relcl advcl acl pcomp xcomp ccomp".split())
"""Clauses whose subject is not who speaks in the sentence."""
_ABOUT = frozenset("some about around nearly almost over more than up to at least as many roughly".split())
_CONTROL = frozenset(
    "urge ask tell order persuade force press allow want warn pressure invite encourage advise".split()
)
"""Verbs whose object is the subject of the verb below."""
_FOR_HIS = frozenset(
    """thank praise blame criticise criticize condemn congratulate accuse punish fine fire dismiss sack jail arrest
    reward honour honor mock admire rebuke scold commend fault credit convict acquit forgive""".split()
)
"""Verbs whose object owns what follows "for" or "of": ``thanked him for his patience``."""
_MINOR = frozenset(
    """authority league front network centre center service institute museum trust society laboratory school
    college body board
    hospital clinic office club network movement operator vessel vessels ship ships boat boats submarine warship
    warships warplane warplanes aircraft jets gunboat gunship frigate destroyer corvette""".split()
)
"""Nouns for bodies that are as often places or things: alone they count as actors only where they act."""
_LOCAL = frozenset(
    """province provincial region regional county city municipal local district town village party club company bank
    union university church association federation student youth committee commission council parliament senate house
    parliamentary court team group chamber board""".split()
)
"""Words that make an office one of something smaller than the state."""
_OTHERS = {"other": "each", "another": "one"}
"""The second words of what is done to one another, and the first."""
_STATEWARD = frozenset("with by against between among to from".split())
"""Prepositions before those with whom, and to whom, something is done."""
_ARGUMENTS = frozenset("nsubj nsubjpass dobj pobj dative agent".split())
_COUNTED = frozenset("the both two these those".split())
_COUPLES: dict[str, str] = {
    noun: kind
    for kind, nouns in {
        "PERSON": """leaders presidents ministers premiers chancellors men women politicians senators candidates
            diplomats generals governors mayors lawmakers executives envoys secretaries chiefs brothers sisters""",
        "GPE": """countries nations states neighbours neighbors powers capitals governments""",
        "ORG": "companies firms banks airlines unions groups carmakers lenders carriers clubs newspapers",
        "": "sides parties rivals foes enemies allies adversaries partners pair duo two both camps",
    }.items()
    for noun in nouns.split()
}
"""Words for two named apart, and of what label both must be."""
_BARE = frozenset("leaders presidents ministers premiers sides neighbours neighbors rivals foes".split())
"""Those of them that need neither "two" nor "both"."""
_APART = frozenset("neighbouring neighboring rival warring opposing feuding nuclear-armed - nuclear armed".split())
"""Adjectives that set neither of two apart."""
_TOGETHER = frozenset("meet fight face debate marry telephone phone".split())
_EACH_OTHER = frozenset("meet talk speak negotiate clash confer fight agree sign hold trade quarrel".split())
_BETWEEN = frozenset(
    "talk meeting summit treaty deal war agreement accord ceasefire truce debate dispute border".split()
)
"""Verbs whose subject and object, or subject and "with" phrase, act together; nouns for what two have together."""
_ARMED = frozenset(
    """rebels militants insurgents guerrillas fighters gunmen jihadists islamists extremists separatists
    terrorists""".split()
)
"""Plural nouns that may mean an armed group as a whole."""
_OWN_NAME = frozenset(
    """office mission government administration cabinet ministry embassy consulate council treasury presidency
    municipality navy army senate house assembly department pentagon knesset duma bundestag guard""".split()
)
"""Bodies that no other noun stands for: "the ministry" is no council."""
_OFFICIALS = frozenset(
    """spokesman spokeswoman spokesperson official minister ambassador diplomat envoy president premier chancellor
    secretary executive ceo director chairman chairwoman chair chief head commissioner governor lawyer attorney
    negotiator general colonel major admiral commander captain""".split()
)
"""Those who say "we" for the body or state they serve."""
_INNER = frozenset("compound nmod poss pobj".split())
_SPEAKS_FOR = frozenset(
    """spokesman spokeswoman spokesperson lawyer attorney barrister solicitor counsel strategist aide adviser advisor
    pollster""".split()
)
"""Those who speak of him whom they serve."""
_CALLINGS = frozenset(
    """actor actress singer musician artist athlete player coach author writer novelist poet rapper comedian boxer
    golfer cyclist footballer goalkeeper sprinter skater billionaire tycoon businessman businesswoman politician star
    champion filmmaker painter dancer composer guitarist drummer""".split()
)
"""What someone known by name is called in the second sentence without having been called so in the first."""
_HELD = frozenset(
    """fighter militant commander gunman guerrilla operative stronghold hideout camp base position arsenal
    ringleader""".split()
)
"""What armed bodies have, and what others strike."""
_OWNS = frozenset(
    """send order deploy withdraw have lose say tell move pull train pay lead command arm recruit promise urge ask rally
    bury free mourn praise thank defend use keep deny build leave""".split()
)
"""What bodies do with their own."""
_NAMESAKES = frozenset("New East West North South Fort Port Mount San Santa Saint St. Lake".split())
"""Words that make another place of a state's or a capital's name: "New London Police Chief"."""
_HARM = frozenset(
    """murder killing death shooting stabbing rape abduction kidnapping arrest trial execution beating assault torture
    imprisonment detention slaying disappearance conviction indictment""".split()
)
_ELECTORAL = frozenset("presidential election electoral re-election reelection senate gubernatorial".split())
_MASS = frozenset("research data findings census video message".split())
"""Writings that no pronoun is bound to: what follows is as likely to speak of something else."""


def resolve(analysis: Analysis, table: ActorTable | None = None) -> None:
    """Fill ``chains`` and ``chain_of`` of an analysis whose names are corrected.

    Args:
        analysis: Changed in place: only ``chains`` and ``chain_of``.
        table: The actor tables; the package's own by default.
    """
    _Resolver(analysis, table or load()).run()


class _Resolver(Binder):
    """Role nouns and pronouns in text order, over names already bound."""

    def run(self) -> None:
        """Find the chains and store them."""
        a = self.a
        people: list[Name] = []
        bodies: list[Name] = []
        places: list[tuple[Name, countries.Term]] = []
        towns: list[Name] = []
        opening = datelines(a)
        placed = {a.quote(name.start, name.end) for name in a.names if self._lies(name)}
        bodily = {a.quote(name.start, name.end) for name in a.names if name.label != "PERSON" and self._sorted(name)}
        for name in a.names:
            if name.start in opening:
                continue
            for at in range(name.start, name.end):
                self.named[at] = True
            term = None
            if name.label != "PERSON":
                term = countries.term(a.quote(name.start, name.end))
            if term is not None:
                places.append((name, term))
                for at in range(name.start, name.end):
                    self.term_at[at] = term
            elif placed and a.quote(name.start, name.end) in placed and not self._speaks(name):
                pass  # "the island of Burias ... Burias"
            elif name.label not in ("GPE", "LOC") and self._raided(name):
                towns.append(name)  # "the shelling of Kherson", which the finder takes for someone
            elif name.label == "PERSON" or self._harmed(name):
                people.append(name)
            elif name.label in ("ORG", "NORP"):
                (people if self._is_person(name) else bodies).append(name)
            elif name.label != "PERSON" and (
                self._speaks(name)
                or a.quote(name.start, name.end) in bodily
                or (name.end - name.start > 1 and a.lowers[name.end - 1] in BODILY)
            ):
                bodies.append(Name(name.start, name.end, "ORG"))
            elif name.label in ("GPE", "LOC"):
                towns.append(name)
            if term is None:
                self.name_head[name.start] = a.head_of(range(name.start, name.end))
                if name.label != "PERSON":
                    self.body_at[name.start] = name
        phrases, terms = state_phrases(), countries.terms()
        for at, word in enumerate(a.words):
            if word in phrases and at not in self.term_at and (at == 0 or a.words[at - 1] not in _NAMESAKES):
                # Inside a longer name: "Ghanaian Sports Minister" taken for one body.
                term = terms.get(word)
                if term is not None and term.kind in ("name", "adjective"):
                    self.term_at[at] = term
        self._halves(places)
        towns.extend(self._bombed())
        self.present = frozenset(term.code for term in self.term_at.values())
        self.quoted = quoted(a)
        self._quotations()
        self._people(people)
        for name in bodies:
            self._body(name)
        nominals = self._nominals()
        for name, term in places:
            self._state(name, term)
        for name in towns:
            self._town(name)
        self._text_order(nominals)
        for at in self.quoter:
            if a.lowers[at] in _FIRST:
                self._first_person(at)
        self._employ()
        self._emit()

    # -- text order --------------------------------------------------------------------------------------

    def _text_order(self, nominals: dict[int, tuple[int, int, str]]) -> None:
        a = self.a
        tags, deps, lowers = a.tags, a.deps, a.lowers
        named = dict(self.at_token)
        parts = frozenset(self.whole.values())
        things = self.things
        for at, low in enumerate(lowers):
            if at in named:
                cluster, item = named[at]
                self.recent.append((a.sentence_of[at], cluster, item))
                self._pair(at, item, things[True])
            elif low in _COUPLES and self._couple(at, low):
                pass
            elif at in nominals:
                start, end, noun = nominals[at]
                self._nominal(start, end, at, noun)
                found = self.at_token.get(self.whole.get(at, at))
                if found is not None:
                    self._pair(at, found[1], things[True])
            elif low in _POINTERS and (low not in _RELATIVE or tags[at] in ("WP", "WDT")):
                if low in _FIRST:
                    self._first_person(at, in_order=True)
                elif low in _RELATIVE:
                    self._relative(at)
                elif tags[at][:3] == "PRP":
                    self._pronoun(at, low)
            elif low in _OTHERS and at and lowers[at - 1] == _OTHERS[low]:
                self._reciprocal(at)
            elif deps[at] in ("nsubj", "nsubjpass", "dobj", "pobj") and tags[at][:2] == "NN" and at not in parts:
                self.recent.append((a.sentence_of[at], things[tags[at][-1] == "S"], Item(at, at + 1, at)))
                continue
            else:
                continue
            if deps[at] in ("conj", "dobj", "pobj"):
                self._together(at)
            if deps[at] == "nsubj" and a.lemmas[a.head[at]] in SPEECH and not self.quoted[at]:
                found = self.at_token.get(at)
                if found is not None and deps[a.head[at]] not in _BELOW:
                    self.speaker = found[0]
                    self.speaker_sentence = a.sentence_of[at]

    def _pair(self, at: int, item: Item, pair: Cluster) -> None:
        """``X and Y``: two named apart, whom a later "they" may mean together."""
        a = self.a
        if a.deps[at] in ("nsubj", "nsubjpass") and any(a.deps[kid] == "conj" for kid in a.children[at]):
            self.recent.append((a.sentence_of[at], pair, item))

    def _together(self, at: int) -> None:
        """Those named apart by one phrase or clause whom a later "they" means: ``X and Y``, ``X met Y``."""
        a = self.a
        found = self.at_token.get(at)
        if found is None or found[0].members:
            return
        above = a.head[at]
        if a.deps[at] == "conj":
            first = above
            for _ in range(4):
                if a.deps[first] != "conj":
                    break
                first = a.head[first]
            tokens = a.conjuncts(first)
            if tokens[-1] != at or len(tokens) > 4 or a.deps[first] in ("amod", "compound", "nmod"):
                return
            item = self._members(tokens)
            if item is not None:
                for n in range(len(self.recent) - 1, -1, -1):
                    _, known, mention = self.recent[n]
                    if mention is item[1]:
                        if known is self.things[True]:
                            del self.recent[n]  # what stood for the two of them
                        break
                self.recent.append((a.sentence_of[at], *item))
            return
        verb = above
        if a.deps[at] == "pobj":
            if a.lowers[above] not in ("with", "against"):
                return
            verb = a.head[above]
            if a.deps[verb] == "dobj" and a.lemmas[verb] in _BETWEEN:
                verb = a.head[verb]
            elif a.lemmas[verb] not in _EACH_OTHER:
                return
        elif a.lemmas[verb] not in _TOGETHER:
            return
        subject = a.child(verb, "nsubj")
        if subject is None or found[0].plural or any(a.deps[kid] == "conj" for kid in a.children[subject]):
            return
        known = self.at_token.get(subject)
        if known is not None and not known[0].plural and known[0].label in ("PERSON", found[0].label):
            item = self._members([subject, at])
            if item is not None:
                self.recent.append((a.sentence_of[at], *item))

    def _members(self, tokens: list[int]) -> tuple[Cluster, Item] | None:
        """The cluster of those named at several tokens, with the first one's mention; none where one is nobody."""
        members: list[Cluster] = []
        for token in tokens:
            known = self.at_token.get(token)
            if known is None or known[0].kind is None or known[0].kind == "document":
                return None
            if known[0] not in members:
                members.append(known[0])
        if len(members) < 2:
            return None
        return self._several_as_one(members), self.at_token[tokens[0]][1]

    def _several_as_one(self, members: list[Cluster]) -> Cluster:
        key = "several:" + ",".join(str(each.order) for each in sorted(members, key=lambda each: each.order))
        known = self.by_key.get(key)
        if known is None:
            known = self.by_key[key] = Cluster("PAIR", None, "", plural=True, order=-1, members=tuple(members))
        return known

    def _couple(self, at: int, low: str) -> bool:
        """``both leaders``, ``the two countries``, ``the pair``: the two last named together, or alone."""
        a = self.a
        words = {a.lowers[kid] for kid in a.children[at] if kid < at}
        counted = low in ("pair", "duo", "two", "both") or bool(words & {"two", "both"})
        if a.deps[at] not in _ARGUMENTS:
            return False
        if low == "both":
            if a.tags[at] not in ("DT", "PRP", "NN") or words:
                return False
        elif low in ("pair", "duo", "two"):
            if words != {"the"}:
                return False
        elif (
            a.tags[at] not in ("NNS", "NNPS")
            or not (counted or low in _BARE)
            or not words & {"the", "both", "these", "those"}
            or words - _COUNTED - _APART
        ):
            return False
        for kid in a.children[at]:
            if kid > at and (a.deps[kid] in ("relcl", "acl", "appos") or a.lowers[kid] in ("of", "from", "involved")):
                return False
        members = self._both(at, low, counted)
        if members is None:
            return False
        pair = self._several_as_one(members)
        self._join(pair, Item(min((kid for kid in a.children[at] if kid < at), default=at), at + 1, at))
        return True

    def _both(self, at: int, low: str, counted: bool) -> list[Cluster] | None:
        """Who a word for two means: the last two named together that it fits, else the only two named lately."""
        sentence = self.a.sentence_of[at]
        label = _COUPLES[low]
        apart: list[Cluster] = []
        for when, cluster, item in reversed(self.recent):
            far = sentence - when
            if far > 6:
                break
            if cluster.members:
                found = self._fitting(cluster.members, label, low, counted)
                if found is not None:
                    return found
            elif low[:-1] in cluster.heads and cluster.plural:
                return None  # "two men ... the two men"
            elif (
                counted
                and far <= 2
                and item.acts
                and cluster.rank <= 2
                and cluster not in apart
                and (cluster.label == label or (not label and cluster.label in ("PERSON", "ORG", "GPE")))
            ):
                apart.append(cluster)
        if not label and len(apart) > 2:
            people = [each for each in apart if each.label == "PERSON"]
            others = [each for each in apart if each.label != "PERSON"]
            apart = people if low in ("pair", "duo", "two", "both") else others
        if len(apart) != 2:
            return None
        return self._fitting(tuple(reversed(apart)), label, low, counted)

    def _fitting(self, members: tuple[Cluster, ...], label: str, low: str, counted: bool) -> list[Cluster] | None:
        """Those of several whom a word for two may mean: themselves, or the states of two people."""
        if counted and len(members) != 2:
            return None
        labels = {each.label for each in members}
        if label == "GPE" and labels == {"PERSON"}:
            codes = [each.country for each in members if each.country is not None]
            if len(set(codes)) < len(members):
                return None
            lands = [land for code in codes if (land := self._land(code)) is not None]
            return lands if len(lands) == len(members) else None
        if label and labels != {label}:
            return None
        if label == "PERSON":
            if low in ("men", "women", "brothers", "sisters"):
                if any(each.gender == ("f" if low in ("men", "brothers") else "m") for each in members):
                    return None
            elif low == "leaders":
                if not counted and not all(each.keys & LEADS for each in members):
                    return None
            elif not all(low[:-1] in each.heads for each in members) and not counted:
                return None
        return list(members)

    def _land(self, code: str) -> Cluster | None:
        """The state with a code, which the article may name by an adjective alone."""
        known = self.by_key.get("state:" + code)
        if known is None:
            state = countries.state(code)
            if state is None:
                return None
            known = Cluster("GPE", "state", state.name, country=code, sector="GOV", rank=0, confidence=0.85)
            known.entity = "state:" + code
            known.order = len(self.clusters)
            self.clusters.append(known)
            self.by_key[known.entity] = known
        return known

    def _relative(self, at: int) -> None:
        """``troops who``: the noun that the relative clause hangs on."""
        a = self.a
        verb = a.head[at]
        if a.deps[at] in ("nsubj", "nsubjpass") and a.deps[verb] == "relcl":
            found = self.at_token.get(a.head[verb])
            if (
                found is not None
                and found[1].end <= at
                and (a.lowers[at] == "who" or found[0].label not in ("PERSON", "GROUP"))
            ):
                self._add(found[0], Item(at, at + 1, at, found[1].acts))

    # -- role nouns in text order --------------------------------------------------------------------------

    def _nominal(self, start: int, end: int, head: int, noun: str) -> None:
        a = self.a
        if head in self.at_token or self.whole.get(head, head) in self.at_token:
            return
        item = Item(start, end, head)
        key = SYNONYMS.get(noun, noun)
        plural = a.tags[head] in ("NNS", "NNPS") or (noun in PEOPLE and noun not in BODIES)
        lowers = a.lowers[start:end]
        owner = self._owner(head)
        code = next((self.term_at[at].code for at in range(start, end) if at in self.term_at), None)
        if code is None and owner is not None:
            code = owner.country
        if code is None and end > head + 2:
            for at in range(head + 2, end):
                inner = self.at_token.get(at)
                if inner is not None and inner[0].label == "ORG":
                    code = inner[0].country
                    break
        if code is None and start < head:
            code = self._region(start, head)
        if code is None:
            code = self._seated(head, noun)
        if plural and code is not None and noun != "counterpart" and self._several(start, head, noun, key):
            return
        definite = lowers[0] in _DEFINITE
        if definite and noun == "person" and a.lowers[head] == "old":
            self._aged(item)
            return
        mods = self._mods(start, head)
        if noun in COUNTRY_NOUNS:
            if definite and not plural:
                self._same_country(item)
            elif plural:
                if code is None and (
                    a.deps[head] in ("nsubj", "nsubjpass", "dobj", "conj", "poss")
                    or (a.deps[head] == "pobj" and a.lowers[a.head[head]] in _STATEWARD)
                ):
                    several = Cluster("GROUP", "unnamed group", a.quote(start, end), plural=True, rank=5, sector="GOV")
                    several.confidence = 0.7
                    several.heads = {noun}
                    self._new(several, item)
                self.recent.append((a.sentence_of[head], self.things[True], item))
            return
        if noun == "counterpart" and not any(
            a.deps[kid] == "appos" and self._names_person(kid) for kid in a.children[head]
        ):
            self._counterparts(start, head, item)
            return
        if self._predicated(start, end, head):
            return
        if (noun in LANDS or noun in PREMISES) and self._premises(head) is not None:
            self._where(item, noun, code)
            return
        if noun in ANYONE:
            plural = noun[:4] == "ever"
            someone = Cluster("GROUP", "unnamed group", noun, plural=plural, sector="CVL", rank=5, confidence=0.6)
            if not plural:
                someone.label, someone.kind = "PERSON", "person"
            self._new(someone, item)  # no "he" is bound to it
            return
        if a.tags[head][0] != "N":  # "two were killed", "those who fled"
            self._unnamed(item, noun, key, plural or noun == "people", code, None, ["a"])
            return
        beside = self.name_head.get(head + 1, -1)
        if beside < 0 and end < len(a) and (a.words[end] == "," or a.lowers[end] in ("called", "named")):
            beside = self.name_head.get(end + 1, -1)
            if beside >= 0 and a.words[end] == "," and not self._closed(beside):
                beside = -1
        for kid in (*a.children[head], beside):
            if kid > head and kid in self.at_token and (a.deps[kid] == "appos" or kid == beside):
                known = self.at_token[kid][0]
                if (known.label == "PERSON" and (noun in ROLES or self._unlisted(noun)) and not plural) or (
                    known.label == "ORG" and noun in BODIES
                ):
                    if noun == "counterpart" and owner is not None and owner.label == "PERSON":
                        self._same_office(owner, known, code)
                    elif known.label == "PERSON":
                        self._title(known, range(start, end))
                        if known.serves is None and owner is not None and owner is not known:
                            known.serves = owner
                    else:
                        known.heads |= {noun, key}
                        if known.sector is None:
                            known.sector = sector_of(noun, lowers[: head - start])
                    self._join(known, item)
                    return
        if self._unlisted(noun) and noun not in self.speaking:
            return
        if noun == "client" and owner is not None and owner.serves is not None and owner.serves.label == "PERSON":
            self._join(owner.serves, item)
            return
        if (
            noun in _GROUP_NOUNS
            and owner is not None
            and owner.entity is not None
            and owner.label == "ORG"
            and not _INDEFINITE & set(mods)
            and (owner.kind == "armed group" or noun in BODIES)
        ):
            self._join(owner, item)
            return
        sentence = a.sentence_of[head]
        if not plural and noun in ROLES:
            found = self._by_role(key, noun, mods, lowers, code, sentence, definite)
            if found is not None:
                self._join(found, item)
                return
        elif definite and owner is None:
            found = self._by_noun(key, noun, mods, code, sentence, plural)
            if found is not None:
                if noun in BODIES:
                    found.heads.add(noun)
                item.plural = plural
                self._join(found, item)
                return
        self._unnamed(item, noun, key, plural, code, owner, mods)

    def _where(self, item: Item, noun: str, code: str | None) -> None:
        """A city or a county without a name that acts, or a building that is attacked."""
        sector = "GOV" if noun in LANDS and noun not in PREMISES else PREMISES.get(noun)
        if noun in LANDS and not self._attacked(item.head):
            sector = "GOV"
        text = self.a.quote(item.start, item.end)
        body = Cluster(
            "THING" if sector != "GOV" else "GPE",
            "government body" if sector == "GOV" else "unnamed group",
            text,
            plural=self.a.tags[item.head] in ("NNS", "NNPS"),
            country=code,
            sector=sector,
            rank=5,
            confidence=0.65,
            heads={noun},
        )
        if sector == "GOV":
            known = self.by_key.get("land:" + text.lower())
            if known is not None:
                self._join(known, item)
                return
            self.by_key["land:" + text.lower()] = body
        self._new(body, item)
        self.recent.append((self.a.sentence_of[item.head], body, item))

    def _aged(self, item: Item) -> None:
        """``the 19-year-old``: the only person of the last sentences, else someone whom nothing else names."""
        sentence = self.a.sentence_of[item.head]
        near: list[Cluster] = []
        for when, cluster, mention in reversed(self.recent):
            if sentence - when > 2:
                break
            if cluster.label == "PERSON" and cluster not in near and mention.head != item.head:
                near.append(cluster)
        if len(near) == 1:
            self._join(near[0], item)
            return
        someone = Cluster("PERSON", "person", self.a.quote(item.start, item.end), sector="CVL", rank=5, confidence=0.6)
        someone.heads = {"person"}
        self._new(someone, item)

    def _unlisted(self, noun: str) -> bool:
        return noun not in ROLES and noun not in PEOPLE and noun not in BODIES and noun not in DOCUMENTS

    def _closed(self, head: int) -> bool:
        """Whether a name after a comma is followed by one too: ``the mayor, X, said``."""
        a = self.a
        found = self.at_token.get(head)
        after = found[1].end if found is not None else head + 1
        return after < len(a) and a.words[after] == "," and found is not None and len(found[0].words) > 1

    def _unnamed(
        self,
        item: Item,
        noun: str,
        key: str,
        plural: bool,
        code: str | None,
        owner: Cluster | None,
        mods: list[str],
        name: str | None = None,
    ) -> None:
        """A cluster for people or a body that only a role noun names."""
        a = self.a
        if noun in _MINOR and code is None and a.deps[item.head] not in ("nsubj", "nsubjpass"):
            return
        sector = self._rank(noun, a.lowers[item.start : item.head])
        if noun == "office" and sector is None:
            sector = owner.sector if owner is not None else "GOV"
        elif noun == "campaign" and (
            (owner is not None and owner.label == "PERSON") or _ELECTORAL & set(a.lowers[item.start : item.head])
        ):
            sector = "PTY"
        elif noun == "coalition" and code is not None and "led" in a.lowers[item.start : item.head]:
            sector = "MIL"  # "the Saudi-led coalition"
        body = owner if owner is not None else self._of_body(item)
        if body is not None and body.label == "ORG" and body.sector in _THEIRS:
            if sector == "GOV" or (sector == "MIL" and body.sector == "REB") or noun in _RANKS:
                sector = body.sector  # "a Hamas official" is no minister
        elif body is not None and body.kind == "organisation" and sector == "GOV" and noun in _ANYONES:
            sector = body.sector
        elif body is None and noun in _BELONG and sector in ("GOV", "CVL"):
            for at in range(item.head + 2, item.end):  # "members of the gang"
                if BODIES.get(a.lowers[at]) is not None and a.deps[at] == "pobj":
                    sector = BODIES[a.lowers[at]]
        elif body is not None and body.label == "GPE" and sector == "REB" and noun == "fighter":
            sector = "MIL"
        kind: ActorKind
        label = "THING"
        if noun in BODIES and not plural:
            kind, label = (
                ("government body" if sector in ("GOV", "LEG", "JUD", "MIL", "COP") else "organisation"),
                "ORG",
            )
        elif noun in PEOPLE or (noun in ROLES and plural):
            kind, label = "unnamed group", "GROUP"
        elif noun in ROLES:
            kind, label = "person", "PERSON"
        elif noun in BODIES:
            kind, label = "unnamed group", "GROUP"
        elif noun in DOCUMENTS:
            kind = "document"
        else:
            kind, label = "organisation", "ORG"
        cluster = Cluster(
            label,
            kind,
            name or a.quote(item.start, item.end),
            country=code,
            sector=sector,
            rank=5,
            plural=plural,
            confidence=_SURE[label],
            heads={noun, key},
        )
        cluster.titles.update(mods)
        if kind == "document":
            cluster.heads.update(word for word in a.lowers[item.start : item.end] if word in DOCUMENTS)
        if kind == "person":
            cluster.gender = ROLES[noun].gender
            if not _LOCAL & set(a.lowers[item.start : item.end]):
                cluster.keys = set(office_keys([*mods, noun], code))
            if "spokes" in (key, *mods):
                cluster.heads.add("spokes")
            if code is not None and not FORMER & set(mods):
                self._holder(cluster)
            if cluster.entity is not None:
                same = next((each for each in self.clusters if each.entity == cluster.entity), None)
                if same is not None:
                    self._join(same, item)
                    return
            else:
                named = self._introduced(item, cluster)
                if named is not None:
                    self._title(named, range(item.start, item.end))
                    self._join(named, item)
                    return
        elif kind == "document":
            # A headline's "new strategy" and the body's are one; what else a body names by one noun may be several.
            headline = a.block(a.sentence_of[item.head]).kind in ("headline", "subhead", "standfirst", "key_point")
            for word in sorted(cluster.heads & DOCUMENTS):
                known = self.by_key.get("writing|" + word)
                if known is not None:
                    self._join(known, item)
                    known.heads |= cluster.heads
                    return
                if headline:
                    self.by_key["writing|" + word] = cluster
        elif (code is not None or owner is not None or noun in PEOPLE) and (
            not _INDEFINITE & set(mods) if "#" not in mods else sector == "MIL"
        ):
            # Of troops, a part counted and the whole are told as one.
            told = " ".join(sorted(mod for mod in mods if mod != "#" and not ("#" in mods and mod in _ABOUT)))
            mark = f"{key}|{code}|{owner.order if owner is not None and owner.label == 'PERSON' else ''}|{told}"
            known = self.by_key.get(mark)
            if known is not None and (code is not None or owner is not None or noun in _ONE_FOR_ALL):
                self._join(known, item)
                return
            self.by_key.setdefault(mark, cluster)
        self._new(cluster, item)
        self.recent.append((a.sentence_of[item.head], cluster, item))

    def _of_body(self, item: Item) -> Cluster | None:
        """The body after "of": ``commanders of the army``."""
        for at in range(item.head + 2, item.end):
            found = self.at_token.get(at)
            if found is not None and found[0].label == "ORG" and self.a.deps[at] == "pobj":
                return found[0]
        if item.end < len(self.a) and self.a.lowers[item.end] in ("at", "with", "from"):  # "officials at the bank"
            inner = self.a.child(item.end, "pobj")
            found = self.at_token.get(inner) if inner is not None and self.a.head[item.end] == item.head else None
            if found is not None and found[0].label == "ORG":
                return found[0]
        return None

    def _introduced(self, item: Item, cluster: Cluster) -> Cluster | None:
        """Who a report's first sentence speaks of by role alone, when the next begins with a name.

        "Zambia's finance minister resigned on Tuesday ... Situmbeko Musokotwane told reporters": the usual opening of
        an agency report. Asked for: the role is the subject, nobody else is named with it, and the name is new,
        bears no other role and is the subject in its turn.
        """
        a = self.a
        sentence = a.sentence_of[item.head]
        block = a.block_of[sentence]
        if a.deps[item.head] not in ("nsubj", "nsubjpass") or a.block(sentence).kind != "paragraph":
            return None
        if any(a.block(each).kind == "paragraph" for each in range(sentence) if a.block_of[each] != block):
            return None
        if sentence and a.block_of[sentence - 1] == block:
            return None
        found: Cluster | None = None
        for each in self.clusters:
            if each.label != "PERSON" or not each.words:
                continue
            first = min(
                (one for one in each.items if a.block(a.sentence_of[one.start]).kind == "paragraph"),
                key=lambda one: one.start,
                default=None,
            )
            if first is None:
                continue
            if a.sentence_of[first.start] == sentence:
                return None
            if a.sentence_of[first.start] == sentence + 1 and a.deps[first.head] in ("nsubj", "nsubjpass"):
                plain = first.end - first.start == len(each.words) > 1
                if found is not None or not plain or (each.heads and each.rank):
                    return None
                found = each
        if found is None or (cluster.gender and found.gender and cluster.gender != found.gender):
            return None
        return found if found.rank == 1 else None

    def _mods(self, start: int, head: int) -> list[str]:
        """What sets a noun phrase apart: its modifiers but for articles and words for states; numbers as ``#``."""
        a = self.a
        found: list[str] = []
        owned = next((kid for kid in a.children[head] if a.deps[kid] == "poss"), -1)
        for at in range(a.right[owned] + 1 if owned >= 0 else start, head):
            low = a.lowers[at]
            if self.named[at] or low in _DEFINITE or a.tags[at] in ("POS", "PRP$", "HYPH", ",", "IN"):
                continue
            found.append("#" if a.tags[at] == "CD" else low)
        return found

    def _seated(self, head: int, noun: str) -> str | None:
        """Country of a body or of people that act where they are: ``a court in Guyana``, ``rebels in Chad``.

        Not of soldiers, visitors or refugees, who may be anyone's.
        """
        if sector_of(noun, ()) not in _SEATED:
            return None
        a = self.a
        for kid in a.children[head]:
            if kid > head and a.deps[kid] == "prep" and a.lowers[kid] in ("in", "from"):
                inner = a.child(kid, "pobj")
                if inner is not None and inner in self.term_at:
                    return self.term_at[inner].code
        return None

    def _several(self, start: int, head: int, noun: str, key: str) -> bool:
        """``US and Russian negotiators``: one group for each country."""
        a = self.a
        seen: list[tuple[int, int, str]] = []
        while start > 1 and a.words[start - 1] == "," and start - 2 in self.term_at and start in self.term_at:
            start -= 2  # "Kenyan, Ugandan and Tanzanian officials"
        at = start
        while at < head:
            term = self.term_at.get(at)
            end = at + 1
            if term is not None:
                while end < head and self.term_at.get(end) is term:
                    end += 1
                seen.append((at, end, term.code))
            at = end
        if len(seen) < 2 or len({code for _, _, code in seen}) < 2:
            return False
        between = [a.lowers[each] for (_, one, _), (other, _, _) in pairwise(seen) for each in range(one, other)]
        if not between or any(word not in ("and", "or", ",", "&") for word in between):
            return False
        for begin, end, code in seen:
            last = end == seen[-1][1]
            item = Item(begin, head + 1 if last else end, head if last else end - 1)
            tail = a.quote(seen[-1][1], head + 1)
            mods = self._mods(seen[-1][1], head)
            name = None if last else f"{a.quote(begin, end)} {tail}"
            self._unnamed(item, noun, key, True, code, None, mods, name)
        return True

    def _owner(self, head: int) -> Cluster | None:
        """Whose: the possessor of a noun, or the person whose name stands before it ("the Trump administration")."""
        a = self.a
        for kid in a.children[head]:
            if kid < head and (a.deps[kid] == "poss" or (a.deps[kid] in ("compound", "nmod") and self.named[kid])):
                found = self.at_token.get(kid)
                if found is None:
                    continue
                if found[0].sector is None:  # "Interior and Commerce Department officials"
                    for other in a.conjuncts(kid)[1:]:
                        second = self.at_token.get(other)
                        if second is not None and second[0].sector is not None:
                            return second[0]
                return found[0]
        return None

    def _predicated(self, start: int, end: int, head: int) -> bool:
        """Whether a phrase says what someone is ("is the president", "as president") and so names nobody new."""
        a = self.a
        dep, above = a.deps[head], a.head[head]
        if dep == "appos" and above in self.at_token:
            self._sort(self.at_token[above][0], start, head)
            return True
        if dep == "pobj" and a.lowers[above] == "as":
            return True
        if dep in ("attr", "oprd"):
            subject = a.child(above, "nsubj", "nsubjpass")
            if subject is not None and subject in self.at_token:
                cluster = self.at_token[subject][0]
                if cluster.entity is not None and a.lowers[start] in ("a", "an"):
                    return True  # "Trump is a negotiator": no office
                if dep == "attr" and cluster.label == "PERSON" and a.lowers[above] in ("is", "'s"):
                    self._title(cluster, range(start, end))
                elif dep == "attr" and a.lowers[above] in ("is", "'s", "are"):
                    self._sort(cluster, start, head)
            return subject is not None
        return False

    def _sort(self, cluster: Cluster, start: int, head: int) -> None:
        """Learn from an apposition or a predicate what sort of body it is: ``Norvolt, an energy company``."""
        noun = self.a.lowers[head]
        if cluster.label != "ORG" or cluster.entity is not None or noun not in BODIES:
            return
        cluster.heads |= {noun, SYNONYMS.get(noun, noun)}
        if cluster.sector is None:
            cluster.sector = sector_of(noun, self.a.lowers[start:head])

    def _same_office(self, owner: Cluster, known: Cluster, code: str | None) -> None:
        """``his Polish counterpart, X``: X holds in Poland the office that he holds at home."""
        known.heads |= owner.heads
        known.keys |= owner.keys
        if known.sector in (None, "ELI"):
            known.sector = owner.sector
        if known.country is None:
            known.country = code
        if known.role is None and not any(word in countries.terms() for word in (owner.role or "").split()):
            known.role = owner.role

    def _counterparts(self, start: int, head: int, item: Item) -> None:
        """``his South Korean and Japanese counterparts``: those who hold the same office elsewhere."""
        a = self.a
        owner = self._owner(head)
        seen: list[tuple[int, countries.Term]] = []
        for at in range(start, head):
            term = self.term_at.get(at)
            if term is not None and (not seen or seen[-1][1] is not term):
                seen.append((at, term))
        key = next(
            (each for each in sorted(owner.keys) if each not in ("leader", "deputy"))
            if owner is not None
            else iter(()),
            None,
        )
        if a.tags[head] in ("NNS", "NNPS") and len(seen) == 1:
            code = seen[0][1].code
            several = Cluster(
                "GROUP", "unnamed group", a.quote(item.start, item.end), country=code, plural=True, rank=5
            )
            several.sector = owner.sector if owner is not None else None
            several.confidence = 0.6
            self._new(several, item)
            self.recent.append((a.sentence_of[head], several, item))
            return
        for n, (at, term) in enumerate(seen):
            last = n + 1 == len(seen)
            end = head + 1 if last else at + 1
            while not last and end < head and self.term_at.get(end) is term:
                end += 1
            begin = start if n == 0 and last else at
            mention = Item(begin, end, head if last else end - 1)
            entity = self.table.holder(term.code, key, self.day) if key else None
            known = None
            if entity is not None:
                known = next((each for each in self.clusters if each.entity == entity.id), None)
            if known is None:
                name = f"{key} of {term.name}" if key else a.quote(begin, end)
                known = Cluster("PERSON", "person", name, country=term.code, rank=5, confidence=0.75)
                known.sector = owner.sector if owner is not None else None
                known.role = key
                if key:
                    known.keys.add(key)
                    known.heads.update(key.split()[-1:])
                if entity is not None:
                    self._known(known, entity)
                self._new(known, mention)
                self.recent.append((a.sentence_of[head], known, mention))
            else:
                self._join(known, mention)
        if not seen:
            group = Cluster(
                "GROUP" if a.tags[head] == "NNS" else "PERSON",
                "unnamed group" if a.tags[head] == "NNS" else "person",
                a.quote(item.start, item.end),
                plural=a.tags[head] == "NNS",
                rank=5,
                confidence=0.5,
            )
            self._new(group, item)

    def _holder(self, cluster: Cluster) -> None:
        """Find who holds the office that a role noun and a country name."""
        if cluster.country is None:
            return
        for key in sorted(cluster.keys - {"leader", "deputy"}):
            entity = self.table.holder(cluster.country, key, self.day)
            if entity is not None:
                self._known(cluster, entity)
                cluster.confidence = 0.85
                return

    def _join(self, cluster: Cluster, item: Item) -> None:
        self._add(cluster, item)
        sentence = self.a.sentence_of[item.head]
        self.recent.extend((sentence, each, item) for each in cluster.members)
        self.recent.append((sentence, cluster, item))

    def _same_country(self, item: Item) -> None:
        """``the country``: the state last spoken of, where no other was spoken of in between."""
        sentence = self.a.sentence_of[item.head]
        for when, cluster, _ in reversed(self.recent):
            if sentence - when > 2:
                return
            if cluster.kind == "state":
                self._join(cluster, item)
                return

    def _by_role(
        self,
        key: str,
        noun: str,
        mods: list[str],
        lowers: list[str],
        code: str | None,
        sentence: int,
        definite: bool,
    ) -> Cluster | None:
        """Whom "the minister", "Kenya's president", "the top US diplomat" mean; none where unsure."""
        keys = frozenset[str]() if _LOCAL & set(lowers) else office_keys([*mods, noun], code)
        told = {mod for mod in mods if mod not in _VAGUE and not mod.endswith("-old")}
        if told & FORMER or told & _INDEFINITE or lowers[0] in ("a", "an") or "#" in told:
            return None
        if definite or code is not None:
            for when, cluster, _ in reversed(self.recent):
                if sentence - when > 12:
                    break
                if self._fills(cluster, key, noun, keys, told, code):
                    return cluster
        if code is not None and keys:
            later = [
                each
                for each in self.clusters
                if each.rank <= 2 and each.country == code and self._fills(each, key, noun, keys, told, code)
            ]
            if len(later) == 1:
                return later[0]
        if definite and code is None and not told and noun in _CALLINGS:
            near: list[Cluster] = []
            for when, cluster, _ in reversed(self.recent):
                if sentence - when > 2:
                    break
                if cluster.label == "PERSON" and cluster.words and cluster not in near:
                    near.append(cluster)
            gender = ROLES[noun].gender
            if len(near) == 1 and not near[0].heads and near[0].gender in ("", gender or near[0].gender):
                return near[0]  # "X checked in, a court heard ... the actress": no one else is named
        return None

    def _fills(
        self, cluster: Cluster, key: str, noun: str, keys: frozenset[str], told: set[str], code: str | None
    ) -> bool:
        """Whether someone holds the office, or bears the role noun with all its modifiers."""
        if cluster.label != "PERSON" or (code is not None and cluster.country not in (None, code)):
            return False
        if keys:
            if keys & cluster.keys:
                return True
            return "leader" in keys and code is not None and bool(cluster.keys & LEADS) and not told
        if noun == "minister" and cluster.keys & {"head of government"}:
            return False
        if code is not None and cluster.country is None:
            return False
        return key in {SYNONYMS.get(each, each) for each in cluster.heads} and told <= cluster.titles

    def _by_noun(
        self, key: str, noun: str, mods: list[str], code: str | None, sentence: int, plural: bool
    ) -> Cluster | None:
        """What "the group", "the ministry", "the soldiers", "the report" mean; none where unsure."""
        told = {mod for mod in mods if mod not in _VAGUE}
        for when, cluster, _ in reversed(self.recent):
            if sentence - when > 30:
                break
            if cluster.kind is None or (code is not None and cluster.country not in (None, code)):
                continue
            if cluster.label in ("PERSON", "GPE"):
                continue
            if plural != cluster.plural:
                armed = plural and noun in _ARMED and cluster.kind == "armed group" and not told
                if armed and sentence - when <= 4 and code in (None, cluster.country):
                    return cluster
                continue
            if key in cluster.heads or noun in cluster.heads:
                if "#" in told or told <= cluster.titles | cluster.heads or not told:
                    return cluster
                continue
            if sentence - when > 3 or (code is not None and cluster.country != code):
                continue
            if cluster.kind == "document":
                if noun in _ANY_WRITING or (cluster.heads & _ANY_WRITING and noun in DOCUMENTS):
                    return cluster
            elif noun in BODIES and not plural and not told and cluster.label == "ORG":
                if cluster.sector is not None and cluster.sector == BODIES[noun] and noun not in _OWN_NAME:
                    return cluster
                if noun in ("group", "organisation", "organization", "movement", "militia") and (
                    cluster.kind in ("armed group", "organisation")
                    and cluster.sector not in ("JRN", "BUS")
                    and cluster.confidence > 0.6
                    and (cluster.rank < 5 or not cluster.heads & _MINOR)
                ):
                    return cluster
                if (
                    BODIES[noun] == "BUS"
                    and cluster.sector is None
                    and cluster.kind == "organisation"
                    and not cluster.heads
                    and sentence - when < 2
                ):
                    return cluster
                if noun in ("alliance", "bloc", "agency", "body") and cluster.country in countries.STATELESS:
                    return cluster
        return None

    # -- pronouns ----------------------------------------------------------------------------------------

    def _pronoun(self, at: int, low: str) -> None:
        a = self.a
        sentence = a.sentence_of[at]
        if low == "it" and self._empty(at):
            return
        gender = "m" if low in _MALE else "f" if low in _FEMALE else ""
        possessive = low in _POSSESSIVE and a.deps[at] == "poss"
        said = a.deps[at] == "nsubj" and a.lemmas[a.head[at]] in SPEECH
        person = bool(gender)
        inside = self.quoted[at]
        if possessive:
            first = self._conjoined(at, low, gender)
            if first is not None:
                self._refer(first, at, gender)
                return
        if low.endswith(("self", "selves")):
            own = self._reflexive(at, low, gender)
            if own is not None:
                self._refer(own, at, gender)
                return
        same = self._same_subject(at, low)
        if same >= 0:
            if same in self.at_token:
                self._refer(self.at_token[same][0], at, gender)
            return
        best = second = -9.0
        chosen: Cluster | None = None
        reached: dict[int, float] = {}
        above = frozenset(a.ancestors(at))
        nearest = next((each for each in a.ancestors(at) if a.child(each, "nsubj", "nsubjpass") is not None), -1)
        barred = self._quoter(at) if inside else None
        principal = None
        if barred is not None and person and barred.heads & _SPEAKS_FOR:
            principal = self._patron(barred, ("PERSON",))
        about = self._spoken_of(at) if inside and person else None
        held = self._strikes(at) if low in ("its", "their", "his") and possessive else 0
        after, told = (None, None) if said else self._reported(at)
        apart = () if possessive or low.endswith(("self", "selves")) else self._clause_mates(at)
        for when, cluster, item in reversed(self.recent):
            far = sentence - when
            if far > 3:
                break
            if cluster.kind is None:
                if person or cluster.plural != (low in _MANY) or (said and not cluster.members):
                    continue
                if cluster.members and any(each is barred or each in apart for each in cluster.members):
                    continue
            elif not _agrees(cluster, low, gender) and not (item.plural and low in _MANY):
                continue
            if cluster is barred or cluster is after or cluster in apart or item.start <= at < item.end:
                continue
            if said and self.quoter.get(item.head) == at:
                continue  # whom the speaker's own words name first
            score = 3.0 - far
            dep = a.deps[item.head]
            if dep in ("nsubj", "nsubjpass"):
                score += 1.2
                if far and not said and item.head > a.left[a.head[item.head]] + 2 and self._postposed(item.head):
                    score -= 0.9
                if far == 0:
                    verb = a.head[item.head]
                    if verb in above:
                        score += 1.0
                    if possessive and verb in above:
                        score += 1.6 if verb == nearest else 0.8
            elif dep in ("dobj", "agent"):
                score += 0.3
                verb = a.head[item.head]
                if far == 0 and verb in above and a.lemmas[verb] in SPEECH and a.child(verb, "ccomp") in above:
                    score -= 1.5  # "told CNN it was too costly"
                if far == 0 and possessive and verb in above and a.lemmas[verb] in _FOR_HIS and item.end <= at:
                    score += 4.0
                if far == 0 and verb in above and a.lemmas[verb] in _CONTROL and a.child(verb, "xcomp") in above:
                    score += 4.5
            elif dep == "poss":
                score += 0.5 if a.deps[a.head[item.head]] in ("nsubj", "nsubjpass") else -0.4
            elif dep in ("compound", "amod", "nmod"):
                score -= 0.6
            elif dep == "pobj" and a.deps[a.head[item.head]] == "agent":
                score += 0.5
            if cluster is self.speaker and not inside and self.speaker_sentence >= sentence - 3:
                score += 2.3 if said else 0.4
            if self.quoted[item.head] != inside:
                score -= 0.5
            if person:
                if cluster.gender == gender:
                    score += 0.7
                if cluster.rank <= 2:
                    score += 0.3
            elif cluster.kind is None:
                score -= 0.0 if cluster.members else 0.3
            elif said and cluster.kind == "document" and not self._document_speaks(item.head):
                score -= 0.8
            if inside:
                if cluster is about:
                    score += 3.0
                elif cluster is principal:
                    score += 1.0
            if told is cluster and person and a.deps[at] == "dobj" and not inside:
                score -= 0.8  # "Clark said Hall fought officers who tried to arrest him"
            if held and a.deps[item.head] in ("nsubj", "nsubjpass") and a.head[item.head] == held:
                score -= 3.0
            mark = id(cluster)
            if score <= reached.get(mark, -9.0):
                continue
            reached[mark] = score
            if cluster is chosen:
                best = score
            elif score > best:
                second = best
                best, chosen = score, cluster
            elif score > second:
                second = score
        if chosen is None or (chosen.kind is None and not chosen.members):
            return
        floor, need = (1.5, 0.5) if person else (3.0, 0.9)
        if low in _MANY:
            floor = 2.0
        if low in ("it", "them") and a.deps[at] not in ("nsubj", "nsubjpass"):
            if chosen.members and a.lowers[a.head[at]] == "between":
                floor, need = 2.0, 0.5
            else:
                floor, need = (2.5, 0.5) if low == "them" else (4.0, 1.2)
        if person and second < -8.0:
            floor = 0.8  # nobody else can be meant
        elif low in _MANY and second < -8.0 and floor < 3.0:
            floor = 1.5
        elif inside:
            floor += 0.7
        if best < floor or best - second < need:
            return
        self._refer(chosen, at, gender)

    def _reflexive(self, at: int, low: str, gender: str) -> Cluster | None:
        """``blamed himself``: the subject of the clause."""
        a = self.a
        for verb in a.ancestors(at):
            subject = a.child(verb, "nsubj", "nsubjpass")
            if subject is not None:
                found = self.at_token.get(subject)
                return found[0] if found is not None and _agrees(found[0], low, gender) else None
        return None

    def _reciprocal(self, at: int) -> None:
        """``accused each other``: the subject of the clause, if it is several."""
        a = self.a
        if a.deps[at] not in ("dobj", "pobj", "poss"):
            return
        for verb in a.ancestors(at):
            subject = a.child(verb, "nsubj", "nsubjpass")
            if subject is not None:
                found = self.at_token.get(subject)
                if found is not None and found[0].plural:
                    self._add(found[0], Item(at - 1, at + 1, at))
                return

    def _reported(self, at: int) -> tuple[Cluster | None, Cluster | None]:
        """Who speaks a clause, where that follows it (``he fled, the judge said``), and where it comes before.

        The first is not "he": a name comes before the pronoun that means it.
        """
        a = self.a
        for clause in a.ancestors(at):
            verb = a.head[clause]
            if a.deps[clause] == "ccomp" and a.lemmas[verb] in SPEECH:
                subject = a.child(verb, "nsubj")
                if subject is None or a.lowers[subject] in _PRONOUNS:
                    return None, None
                found = self.at_token.get(subject)
                if subject < at:
                    return None, found[0] if found is not None else None
                if found is not None:
                    return found[0], None
                noun = a.lowers[subject]
                for _, each, _ in reversed(self.recent):
                    if each.label == "PERSON" and noun in each.heads:
                        return each, None  # "the judge", who is read only later
                return None, None
        return None, None

    def _spoken_of(self, at: int) -> Cluster | None:
        """Whom a quotation's own cue says it is about: ``"He listened," she said of Rojas``."""
        a = self.a
        head = self.quoter.get(at, -1)
        if head < 0 or a.deps[head] != "nsubj":
            return None
        for kid in a.children[a.head[head]]:
            if a.deps[kid] == "prep" and a.lowers[kid] in ("of", "about"):
                inner = a.child(kid, "pobj")
                found = self.at_token.get(inner) if inner is not None else None
                return found[0] if found is not None else None
        return None

    def _strikes(self, at: int) -> int:
        """The verb done to what an armed body has, whose subject is rarely that body: ``killed two of its men``."""
        a = self.a
        noun = a.head[at]
        if a.lemmas[noun] not in _HELD:
            return 0
        for _ in range(6):
            dep, above = a.deps[noun], a.head[noun]
            if above == noun:
                return 0
            if dep in ("dobj", "pobj") or a.pos[noun] == "ADP" or dep == "conj":
                noun = above
                if a.pos[noun] == "VERB":
                    return noun if a.lemmas[noun] not in _OWNS else 0
                continue
            return 0
        return 0

    def _same_subject(self, at: int, low: str) -> int:
        """The same pronoun as subject of the clause before: ``he took money and he hid it``; -1 where none is."""
        a = self.a
        verb = a.head[at]
        if a.deps[at] not in ("nsubj", "nsubjpass") or a.deps[verb] != "conj":
            return -1
        before = a.child(a.head[verb], "nsubj", "nsubjpass")
        return before if before is not None and before < at and a.lowers[before] == low else -1

    def _postposed(self, head: int) -> bool:
        """Whether a speaker follows what is said: ``the rebels fled, residents said``; the news is of the rebels."""
        a = self.a
        verb = a.head[head]
        clause = a.child(verb, "ccomp")
        return clause is not None and clause < head and a.lemmas[verb] in SPEECH

    def _quotations(self) -> None:
        """For each quotation the head of the phrase that names its speaker.

        The subject of the nearest verb of saying outside quotation marks in its own sentences; where there is none,
        who spoke the quotation in the sentence before.
        """
        a = self.a
        if True not in self.quoted:
            return
        said: dict[int, list[tuple[int, int]]] = {}
        for at, dep in enumerate(a.deps):
            if dep not in ("nsubj", "pobj") or self.quoted[at]:
                continue
            above = a.head[at]
            if (dep == "nsubj" and a.lemmas[above] in SPEECH) or (
                dep == "pobj" and a.lowers[above] == "to" and a.lowers[above - 1] == "according"
            ):
                said.setdefault(a.sentence_of[at], []).append((above, at))
        start, count, inside = 0, len(a), self.quoted
        last, until = -1, -9
        while start < count:
            if not inside[start]:
                start += 1
                continue
            end = start + 1
            block = a.block_of[a.sentence_of[start]]
            while end < count and inside[end] and a.block_of[a.sentence_of[end]] == block:
                end += 1
            first, final = a.sentence_of[start], a.sentence_of[end - 1]
            near = [pair for number in range(first, final + 1) for pair in said.get(number, ())]
            head = -1
            after = [pair for pair in said.get(final + 1, ()) if pair[0] - end < 3 and a.sentences[final + 1][0] == end]
            if near:
                _, head = min(near, key=lambda pair: (max(start - pair[0], pair[0] - end + 1), pair[0]))
            elif after and a.block_of[final + 1] == block:
                head, final = after[0][1], final + 1  # '"Is he?" X asked.', where the parser ends a sentence at "?"
            elif first - until <= 1:
                head = last
            elif start and a.words[start - 1] == ":" and first and said.get(first - 1):
                head = said[first - 1][-1][1]
            for at in range(start, end):
                self.quoter[at] = head
            last, until = head, final
            start = end

    def _quoter(self, at: int) -> Cluster | None:
        """Who speaks the quoted word, and so is not "he" or "she"."""
        head = self.quoter.get(at, -1)
        if head < 0:
            return None
        found = self.at_token.get(head)
        if found is not None:
            return found[0]
        if self.a.lowers[head] not in _PRONOUNS:
            return None
        return self.speaker if self.speaker_sentence >= self.a.sentence_of[at] - 2 else None

    def _first_person(self, at: int, *, in_order: bool = False) -> None:
        """``I``, ``my``, ``we`` in a quotation: its speaker; ``we`` the body or state whose official speaks."""
        a = self.a
        head = self.quoter.get(at, -1)
        if a.tags[at][:3] != "PRP" or at in self.at_token:
            return
        if head < 0:
            # a quotation that no verb of saying stands by, soon after someone spoke
            last = self.speaker
            near = in_order and self.quoted[at] and 0 <= a.sentence_of[at] - self.speaker_sentence <= 2
            found = (last, None) if near and last is not None and last.kind == "person" and last.rank <= 2 else None
        else:
            found = self.at_token.get(head)
        if found is None or (found[0].kind is None and not found[0].members):
            return
        cluster, low = found[0], a.lowers[at]
        body = self._served(cluster) if low not in _SINGLE else None
        if body is not None and not body.items:
            body = None
        if low in _SINGLE and cluster.members:
            return
        self._add(body or cluster, Item(at, at + 1, at))
        if head < at or low in _SINGLE:
            self.recent.append((a.sentence_of[at], cluster, Item(at, at + 1, at)))

    def _served(self, cluster: Cluster) -> Cluster | None:
        """The body, state or candidate whose spokesman or official someone is, where the article speaks of it."""
        if cluster.label != "PERSON" or not cluster.heads & _OFFICIALS:
            return None
        spokes = "spokes" in {SYNONYMS.get(each, each) for each in cluster.heads}
        patron = self._patron(cluster, ("ORG", "GPE", "PERSON") if spokes else ("ORG", "GPE"))
        if patron is None and cluster.country is not None and cluster.sector == "GOV" and cluster.keys - {"deputy"}:
            return self.by_key.get("state:" + cluster.country)
        return patron

    def _body_named(self, at: int) -> Cluster | None:
        """The body whose name starts at a token inside a title; made here, of no mention, where only tables know it."""
        name = self.body_at.get(at)
        if name is None:
            return None
        entity = self._look_up(name)
        known = self.by_key.get(entity.id if entity else self.a.quote(name.start, name.end).replace("’", "'").lower())
        if known is None and entity is not None and entity.kind != "person":
            known = Cluster("ORG", entity.kind, entity.name)
            self._known(known, entity)
        return known

    def _employ(self) -> None:
        """Give named people the country and sector of the body that they speak for or are of; else call some civil."""
        for cluster in self.clusters:
            if cluster.label != "PERSON" or cluster.entity is not None:
                continue
            if cluster.sector is None and cluster.rank <= 2:
                self._of_whom(cluster)
            if not cluster.heads & _ANYONES:
                continue
            patron = self._patron(cluster, ("ORG", "PERSON"))
            if patron is None:
                continue
            if cluster.country is None:
                cluster.country = patron.country
            if cluster.sector in (None, "GOV") and (patron.sector in _THEIRS or patron.kind == "organisation"):
                cluster.sector = patron.sector

    def _of_whom(self, cluster: Cluster) -> None:
        """Sector of a named person of no title: of the body in ``X of Amnesty``, of civilians where X is done harm.

        Who is told by age, tried, arrested, hurt or killed without an office being named holds none.
        """
        a = self.a
        for item in cluster.items:
            end = item.end
            if end + 1 < len(a) and a.lowers[end] in ("of", "from", "with", "at"):
                inner = a.child(end, "pobj")
                found = self.at_token.get(inner) if inner is not None else None
                if found is not None and found[0].label == "ORG":
                    cluster.serves = found[0]
                    cluster.sector = found[0].sector
                    cluster.country = cluster.country or found[0].country
                    if cluster.sector is not None:
                        return
            told = end + 2 < len(a) and a.words[end] == "," and a.words[end + 1].isdigit()
            aged = item.start > 3 and a.lowers[item.start - 1] == "old" and a.lowers[item.start - 3] == "year"
            if aged or (told and len(a.words[end + 1]) < 3) or (cluster.country is None and self._suffers(item.head)):
                cluster.sector = "CVL"
            if cluster.sector is not None:
                cluster.confidence = min(cluster.confidence, 0.7)
                return

    def _suffers(self, head: int) -> bool:
        """Whether someone is arrested, tried, hurt or killed: ``they arrested X``, ``the murder of X``."""
        a = self.a
        while a.deps[head] == "conj" and a.head[head] < head:
            head = a.head[head]
        dep, above = a.deps[head], a.head[head]
        if dep == "pobj":
            return a.lowers[above] in ("of", "on", "against") and a.lemmas[a.head[above]] in _HARM
        if dep == "poss":
            return a.lemmas[above] in _HARM
        if dep in ("dobj", "nsubjpass"):
            return a.lemmas[above] in DONE_TO
        return dep == "nsubj" and a.lemmas[above] in ("die", "plead", "testify")

    def _patron(self, cluster: Cluster, labels: tuple[str, ...]) -> Cluster | None:
        """Whom a title or an apposition says that someone serves: ``X spokesman Y``, ``Y, a strategist for X``."""
        if cluster.serves is not None and cluster.serves.label in labels:
            return cluster.serves
        a = self.a
        for segment in (*(range(item.start, item.end) for item in cluster.items), *cluster.told):
            for at in segment:
                if a.tags[at][0] != "N" and a.tags[at] != "JJ":
                    continue
                known = self.at_token.get(at)
                if known is not None and known[0] is not cluster and known[0].label in labels:
                    return known[0]
                body = self._body_named(at)
                if body is not None and body.label in labels:
                    return body
                noun = a.lowers[at]
                if "ORG" in labels and noun in BODIES and a.deps[at] in _INNER and not self.named[at]:
                    for _, each, _ in reversed(self.recent):
                        if each.label == "ORG" and noun in each.heads:
                            return each
        return None

    def _refer(self, cluster: Cluster, at: int, gender: str) -> None:
        if gender and not cluster.gender:
            cluster.gender = gender
        self._join(cluster, Item(at, at + 1, at))

    def _conjoined(self, at: int, low: str, gender: str) -> Cluster | None:
        """``X and his wife``: the possessive of a conjunct is the first conjunct's."""
        a = self.a
        noun = a.head[at]
        for _ in range(4):
            if a.deps[noun] != "conj":
                return None
            noun = a.head[noun]
            if a.pos[noun] == "VERB":  # "met X and later his wife": the parser hangs the wife on the verb
                noun = a.child(noun, "dobj") or noun
            found = self.at_token.get(noun)
            if found is not None:
                return found[0] if _agrees(found[0], low, gender) else None
        return None

    def _clause_mates(self, at: int) -> list[Cluster]:
        """Whom grammar keeps apart from a pronoun: the other arguments of its verb."""
        a = self.a
        verb = a.head[at]
        if a.deps[at] == "pobj":
            verb = a.head[verb]
        found: list[Cluster] = []
        for kid in a.children[verb]:
            if kid != at and a.deps[kid] in ("nsubj", "nsubjpass", "dobj", "dative"):
                known = self.at_token.get(kid)
                if known is not None:
                    found.append(known[0])
        controller = self._controller(verb)
        if controller is not None and controller in self.at_token:
            found.append(self.at_token[controller][0])
        return found

    def _controller(self, verb: int) -> int | None:
        """Who does what a verb without a subject of its own says: ``accused X of shouting``, ``X left to meet``."""
        a = self.a
        dep, main = a.deps[verb], a.head[verb]
        if a.child(verb, "nsubj", "nsubjpass") is not None:
            return None
        if dep == "pcomp" and a.tags[verb] == "VBG":
            main = a.head[main]
        elif dep != "xcomp" and not (dep == "advcl" and a.tags[verb] == "VBG"):
            return None
        obj = a.child(main, "dobj")
        if obj is not None and (dep == "pcomp" or a.lemmas[main] in _CONTROL):
            return obj
        return a.child(main, "nsubj", "nsubjpass")

    # -- result ------------------------------------------------------------------------------------------

    def _emit(self) -> None:
        a = self.a
        chains: list[Chain] = []
        chain_of: dict[int, int] = {}
        kept: list[tuple[int, int, int, Cluster, list[Item]]] = []
        for cluster in self.clusters:
            items = sorted((item for item in cluster.items if item.acts), key=lambda item: (item.start, item.end))
            if not items:
                continue
            if cluster.kind == "document" and not any(self._document_speaks(item.head) for item in items):
                continue
            if (
                cluster.entity is None
                and 1 <= cluster.rank <= 2
                and not cluster.heads
                and not (
                    cluster.gender
                    and len(cluster.words) > 1
                    and any(a.deps[item.head] not in ("compound", "nmod", "amod") for item in items)
                )
                and not any(self._takes_part(item.head) for item in items)
            ):
                continue
            kept.append((items[0].start, items[0].end, cluster.order, cluster, items))
        kept.sort(key=lambda entry: entry[:3])
        for _, _, _, cluster, items in kept:
            mentions = tuple(Mention(item.start, item.end, item.head) for item in items)
            main = cluster.main if cluster.main is not None and cluster.main.acts else items[0]
            for item in items:
                chain_of.setdefault(item.head, len(chains))
            referent = None
            if cluster.kind is not None:
                referent = Referent(
                    kind=cluster.kind,
                    name=cluster.name,
                    country=cluster.country,
                    sector=cluster.sector,
                    role=cluster.role,
                    entity=cluster.entity,
                    gender=cluster.gender,
                    confidence=cluster.confidence,
                )
            chains.append(Chain(mentions, Mention(main.start, main.end, main.head), cluster.label, referent))
        a.chains = tuple(chains)
        a.chain_of = chain_of

    def _takes_part(self, head: int) -> bool:
        """Whether a name nobody knows stands where one who acts does: the name finder takes many places for people."""
        a = self.a
        dep, above = a.deps[head], a.head[head]
        if dep == "pobj":
            return a.lowers[above] not in INSIDE and a.lowers[above] not in ("on", "as")
        return dep in _PARTS

    def _document_speaks(self, head: int) -> bool:
        a = self.a
        above = a.head[head]
        if a.deps[head] == "nsubj":
            return a.lemmas[above] in SPEECH
        if a.deps[head] == "pobj":
            if a.lowers[above] == "to":
                return a.lowers[a.head[above]] == "according"
            return a.lowers[above] == "by" and a.lemmas[a.head[above]] in SPEECH
        return False


def _agrees(cluster: Cluster, low: str, gender: str) -> bool:
    if gender:
        return cluster.kind == "person" and cluster.gender in ("", gender)
    if low in _MANY:
        return cluster.plural
    return cluster.label in ("ORG", "GPE", "THING") and not cluster.plural and not cluster.heads & _MASS
