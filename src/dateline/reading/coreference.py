"""Coreference: which words of an article speak of the same person, body, state or writing.

Rules, no model. Names are bound to each other over the whole article (a headline
may use a surname before the text gives the full name); role nouns ("the minister")
and pronouns are then resolved in text order against what has been mentioned, by
number, gender, role, recency and grammatical function, after the factors that
Lappin and Leass (1994) weigh. No link is made where two readings are about equally
good. Not resolved: pronouns that stand for clauses, cataphora ("before he left, X"),
"they" for two people named apart, and first and second person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from dateline.knowledge import countries
from dateline.knowledge.actors import FAMILY_FIRST, ActorTable, Entity, load, slug
from dateline.knowledge.given_names import GENDER
from dateline.knowledge.roles import BODIES, DOCUMENTS, FORMER, LEADS, PEOPLE, ROLES, SYNONYMS, office_keys
from dateline.reading.analysis import Analysis, Chain, Mention, Name, Referent
from dateline.reading.names import state_phrases
from dateline.records import ActorKind

SPEECH = frozenset(
    """say tell add claim state declare announce argue insist note warn explain admit acknowledge deny allege assert
    believe think suggest urge call demand ask report confirm reply respond stress reiterate write tweet post vow
    pledge promise predict estimate conclude comment remark recall observe testify contend maintain complain accuse
    describe point caution emphasize emphasise underline hint indicate reveal concede agree hope expect fear want plan
    propose recommend condemn criticise criticize denounce praise welcome reject refuse decline order threaten signal
    show find speak continue quip joke lament boast recount quote cite propose appeal""".split()
)
"""Verbs whose subject speaks or takes a stand."""

_INSIDE = frozenset("in at near inside across throughout around within outside through via off along above".split())
_PLACE_NOUNS = frozenset(
    """region city town village border capital coast province district territory area airport street suburb island
    peninsula river sea lake mountain valley desert soil side north south east west county port square airspace
    waters countryside shore mainland frontier enclave outskirt neighborhood neighbourhood hospital hotel beach prison
    time embassy consulate""".split()
)
_MODIFIERS = frozenset(
    ("det", "amod", "compound", "nmod", "nummod", "poss", "quantmod", "predet", "advmod", "npadvmod")
)
_MALE = frozenset("he him his himself".split())
_FEMALE = frozenset("she her hers herself".split())
_THING = frozenset("it its itself".split())
_MANY = frozenset("they them their theirs themselves".split())
_PRONOUNS = _MALE | _FEMALE | _THING | _MANY
_POSSESSIVE = frozenset("his her its their".split())
_RELATIVE = frozenset("who which that whom".split())
_DEFINITE = frozenset("the this that these those".split())
_INDEFINITE = frozenset("a an some several many few other another more additional new most any no both".split())
_MISTER = {
    **dict.fromkeys(("mr", "mr.", "sir", "lord", "king", "prince"), "m"),
    **dict.fromkeys(("mrs", "mrs.", "ms", "ms.", "miss", "dame", "lady", "queen", "princess"), "f"),
}
_TITLE_WORDS = frozenset(
    "state sen sen. rep rep. gov gov. gen gen. dr dr. lt lt. col col. maj maj. capt capt. prof prof. rev rev.".split()
)
_TITLE_LINKS = frozenset(
    "of and for acting visiting outgoing incoming the a an - ousted exiled retired jailed & 's ’s".split()
)
_COUNTRY_NOUNS = frozenset("country nation kingdom republic".split())
_OF = frozenset(("of", "for"))
_VAGUE = frozenset(
    """top new late veteran longtime long-time then embattled young old newly - same own current incumbent outspoken
    powerful influential jailed exiled ailing visiting right left hard center centre controversial populist""".split()
)
"""Modifiers of a role noun that set nobody apart."""
_ANY_WRITING = frozenset("document paper text".split())
_NOT_PEOPLE = frozenset(
    """doctrine act bill award prize street avenue road river hotel university college school bridge park center centre
    stadium airport bay lake mountain island county news times post agency party committee council church hospital
    festival cup league championship treaty agreement accord plan law amendment day week corollary building tower
    square hill beach station poll consult pipeline bank case show plaza mall palace channel strait route highway
    airlines theatre theater museum canal dam""".split()
)
"""Last words of names that the parser takes for people and that are none."""


@dataclass(slots=True)
class _Item:
    """One mention while it is being resolved."""

    start: int
    end: int
    head: int
    acts: bool = True


@dataclass(slots=True, eq=False)
class _Cluster:
    """Mentions that speak of one thing."""

    label: str
    kind: ActorKind | None
    name: str
    gender: str = ""
    plural: bool = False
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    heads: set[str] = field(default_factory=set[str])
    """Nouns it has been called by."""
    titles: set[str] = field(default_factory=set[str])
    """All words of its titles."""
    keys: set[str] = field(default_factory=set[str])
    """Offices in general terms."""
    entity: str | None = None
    confidence: float = 0.8
    items: list[_Item] = field(default_factory=list[_Item])
    rank: int = 9
    """How good its name is: 0 the tables, 1 a full name, 2 a part, 5 a role noun."""
    main: _Item | None = None
    words: tuple[str, ...] = ()
    order: int = 0
    """Place among the clusters, to break ties."""


def resolve(analysis: Analysis, table: ActorTable | None = None) -> None:
    """Fill ``chains`` and ``chain_of`` of an analysis whose names are corrected.

    Args:
        analysis: Changed in place: only ``chains`` and ``chain_of``.
        table: The actor tables; the package's own by default.
    """
    _Resolver(analysis, table or load()).run()


class _Resolver:
    """Everything about one article while its chains are found."""

    def __init__(self, analysis: Analysis, table: ActorTable) -> None:
        self.a = analysis
        self.table = table
        self.day = analysis.article.day()
        count = len(analysis)
        self.clusters: list[_Cluster] = []
        self.at_token: dict[int, tuple[_Cluster, _Item]] = {}
        """Cluster and mention by head token."""
        self.named: list[bool] = [False] * count
        self.used: list[bool] = [False] * count
        """Tokens that are part of a title or a role noun phrase."""
        self.by_key: dict[str, _Cluster] = {}
        self.words: list[str] = []
        self.present: frozenset[str] = frozenset()
        """Countries the article speaks of."""
        self.term_at: dict[int, countries.Term] = {}
        """Term for a state by each of its tokens."""
        self.whole: dict[int, int] = {}
        """Partitive word by the noun it is part of: "hundreds" of "hundreds of farmers"."""
        self.name_head: dict[int, int] = {}
        """Head of each name by its first token."""
        self.recent: list[tuple[int, _Cluster, _Item]] = []
        """Mentions so far in text order, with their sentence."""
        self.things = {plural: _Cluster("PAIR", None, "", plural=plural, order=-1) for plural in (False, True)}
        """Stand-ins for all that cannot act, singular and plural: what a pronoun may mean instead."""
        self.speaker: _Cluster | None = None
        self.speaker_sentence = -99
        self.quoted: list[bool] = []
        self.quoter: dict[int, int] = {}
        """Subject of the verb of saying outside the quote marks, by sentence."""

    # -- the whole ---------------------------------------------------------------------------------------

    def run(self) -> None:
        """Find the chains and store them."""
        a = self.a
        people: list[Name] = []
        bodies: list[Name] = []
        places: list[tuple[Name, countries.Term]] = []
        opening = _datelines(a)
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
            elif name.label == "PERSON":
                people.append(name)
            elif name.label in ("ORG", "NORP"):
                (people if self._is_person(name) else bodies).append(name)
            elif name.label != "PERSON" and self._speaks(name):
                bodies.append(Name(name.start, name.end, "ORG"))
            if term is None:
                self.name_head[name.start] = a.head_of(range(name.start, name.end))
        phrases, terms = state_phrases(), countries.terms()
        for at, word in enumerate(a.words):
            if word in phrases and at not in self.term_at:
                # Inside a longer name: "Ghanaian Sports Minister" taken for one body.
                term = terms.get(word)
                if term is not None and term.kind in ("name", "adjective"):
                    self.term_at[at] = term
        self.present = frozenset(term.code for term in self.term_at.values())
        self.quoted = _quoted(a)
        self._people(people)
        for name in bodies:
            self._body(name)
        nominals = self._nominals()
        for name, term in places:
            self._state(name, term)
        self._text_order(nominals)
        self._emit()

    def _new(self, cluster: _Cluster, item: _Item) -> _Cluster:
        cluster.order = len(self.clusters)
        self.clusters.append(cluster)
        self._add(cluster, item)
        cluster.main = item
        return cluster

    def _add(self, cluster: _Cluster, item: _Item) -> None:
        part = self.whole.get(item.head)
        if part is not None and item.start <= part:
            item.head = part  # the tree hangs on "hundreds", not on "farmers"
        cluster.items.append(item)
        self.at_token[item.head] = (cluster, item)

    def _is_person(self, name: Name) -> bool:
        """Whether what the finder takes for a body is a person by its role: ``X, the group's spokesman``."""
        a = self.a
        if name.end - name.start < 2 or a.words[name.start] in self.table.phrases:
            return False
        head = a.head_of(range(name.start, name.end))
        return any(
            a.deps[kid] == "appos" and kid > head and a.tags[kid] == "NN" and a.lowers[kid] in ROLES
            for kid in a.children[head]
        )

    def _speaks(self, name: Name) -> bool:
        """Whether a name is the subject of a verb of saying: a town or a product that speaks is a body."""
        a = self.a
        head = a.head_of(range(name.start, name.end))
        return a.deps[head] == "nsubj" and a.lemmas[a.head[head]] in SPEECH

    def _look_up(self, name: Name) -> Entity | None:
        """Who the tables say a name is."""
        if not self.words:
            self.words = [word.replace("’", "'") if "’" in word else word for word in self.a.words]
        if self.words[name.start] not in self.table.phrases:
            return None
        match = self.table.match(self.words, name.start, self.day, self.present)
        if match is None or match[0] != name.end - name.start:
            return None
        return self.table.entity(match[1])

    # -- people ------------------------------------------------------------------------------------------

    def _people(self, names: list[Name]) -> None:
        a = self.a
        kept = [name for name in names if a.lowers[name.end - 1] not in _NOT_PEOPLE]
        things = {a.words[name.start] for name in kept if name.end - name.start == 1 and self._is_it(name.start)}
        things -= {a.words[name.end - 1] for name in kept if name.end - name.start > 1}
        for name in kept:
            if name.end - name.start == 1 and a.words[name.start] in things:
                self._body(Name(name.start, name.end, "ORG"))
        kept = [name for name in kept if name.start not in self.at_token]
        for name in kept:
            if name.end - name.start > 1:
                self._full_name(name)
        for name in kept:
            if name.end - name.start == 1:
                self._surname(name)
        for cluster in self.clusters:
            cluster.items.sort(key=lambda item: item.start)
            for item in cluster.items:
                self._apposition(cluster, item)
            if not cluster.gender and len(cluster.words) > 1:
                cluster.gender = GENDER.get(cluster.words[0].lower(), "")

    def _is_it(self, at: int) -> bool:
        """Whether what bears a name is a thing to its own text: ``Norvolt said it had no choice``."""
        a = self.a
        if a.deps[at] != "nsubj" or a.lemmas[a.head[at]] not in SPEECH:
            return False
        clause = a.child(a.head[at], "ccomp")
        subject = a.child(clause, "nsubj") if clause is not None else None
        return subject is not None and a.lowers[subject] == "it" and not self._empty(subject)

    def _full_name(self, name: Name) -> None:
        a = self.a
        words = tuple(a.words[name.start : name.end])
        text = a.quote(name.start, name.end)
        item, segment = self._titled(name)
        entity = self._look_up(name)
        if entity is not None and entity.kind != "person":
            entity = None
        cluster: _Cluster | None = None
        for each in self.clusters:
            if entity is not None and each.entity == entity.id:
                cluster = each
                break
            if entity is None and each.label == "PERSON" and _same_person(each.words, words):
                cluster = each
                break
        if cluster is None:
            cluster = self._new(_Cluster("PERSON", "person", text, rank=1, words=words, confidence=0.9), item)
            if entity is not None:
                self._known(cluster, entity)
        else:
            self._add(cluster, item)
            if entity is None and len(words) > len(cluster.words):
                cluster.words = words
                cluster.name = text
        self._title(cluster, segment)

    def _known(self, cluster: _Cluster, entity: Entity) -> None:
        """Take what the tables know of a person or body."""
        cluster.entity = entity.id
        cluster.name = entity.name
        cluster.rank = 0
        cluster.gender = entity.gender or cluster.gender
        cluster.country = entity.country
        cluster.confidence = max(cluster.confidence, 0.93)
        if entity.kind != "person":
            cluster.sector = entity.sector
            cluster.heads |= {word for name in entity.names for word in name.lower().split() if word in BODIES}
            return
        office = self.table.office_of(entity.id, self.day)
        if office is not None:
            cluster.role = office.title
            cluster.country = office.country
            cluster.sector = office.sector
            cluster.keys |= office.keys
            words = office.title.lower().split()
            cluster.heads |= {word for word in words if word in ROLES}
            cluster.titles.update(words)
        else:
            # PLOVER's "elite" is someone of note without office, former holders above all.
            first = entity.offices[0].since if entity.offices else None
            held = self.day is None or (first is not None and first <= self.day)
            cluster.sector = "ELI" if held else None

    def _surname(self, name: Name) -> None:
        a = self.a
        word = a.words[name.start]
        item, segment = self._titled(name)
        found = [
            each
            for each in self.clusters
            if each.label == "PERSON" and len(each.words) > 1 and self._is_called(each, word)
        ]
        if len(found) > 1:
            role = self._role_words(segment)
            gender = next((_MISTER[low] for at in segment if (low := a.lowers[at]) in _MISTER), "")
            fitting = [each for each in found if role & each.heads] if role else []
            if gender and not fitting:
                fitting = [each for each in found if each.gender == gender]
            before = [each for each in found if each.items[0].start < name.start]
            found = fitting[:1] or [max(before or found, key=lambda each: len(each.items))]
        if not found:
            found = [each for each in self.clusters if each.label == "PERSON" and each.words == (word,)][:1]
        if found:
            cluster = found[0]
            self._add(cluster, item)
        else:
            cluster = self._new(_Cluster("PERSON", "person", word, rank=2, words=(word,), confidence=0.7), item)
        self._title(cluster, segment)
        if cluster.entity is None and cluster.rank == 2 and self.table.has_surname(word):
            self._bare(cluster, word)

    def _bare(self, cluster: _Cluster, word: str) -> None:
        """Find who is meant by a surname whose full name the article never gives."""
        wanted = frozenset((cluster.country,)) if cluster.country else self.present
        entity = self.table.bare(word, self.day, wanted, titled=bool(cluster.heads or cluster.country))
        if entity is not None and all(each.entity != entity.id for each in self.clusters):
            self._known(cluster, entity)
            cluster.confidence = 0.85

    def _is_called(self, cluster: _Cluster, word: str) -> bool:
        words = cluster.words
        if words[-1] == word:
            return True
        if words[0] == word and (word in FAMILY_FIRST or len(word) > 2):
            return True
        return cluster.entity is not None and cluster.name.endswith(" " + word)

    def _titled(self, name: Name) -> tuple[_Item, range]:
        """The mention with the title before the name, and the tokens of the title."""
        a = self.a
        start = name.start
        sentence = a.sentences[a.sentence_of[start]][0]
        left = start
        role = -1
        at = start - 1
        while at >= sentence and start - at <= 12:
            tag, low = a.tags[at], a.lowers[at]
            if low in _MISTER or low in _TITLE_WORDS or (low in ROLES and tag[:2] in ("NN", "JJ")):
                role = at if role < 0 else role
                left = at
            elif role < 0 or (tag in ("NNS", "NNPS") and low[:-1] in ROLES):
                if role >= 0 or low not in ("of", "and", "affairs", "defence", "defense", "staff") or at + 1 != start:
                    break
                break
            elif tag in ("DT", "PRP$"):
                left = at
                break
            elif (
                tag in ("NNP", "NNPS", "NN", "NNS", "JJ", "HYPH") or at in self.term_at or low in ("acting", "visiting")
            ):
                left = at
            elif low not in _TITLE_LINKS and tag != "POS":
                break
            elif low in _OF and a.lowers[role] in ROLES:
                break  # "a spokesman for President X" is not X
            elif low == "-" and at > sentence and a.starts[at] > a.ends[at - 1]:
                break
            at -= 1
        head = a.head_of(range(name.start, name.end))
        if role < 0:
            # "chief of police X", "head of Interpol X"
            for at in range(start - 2, max(start - 6, sentence), -1):
                if a.tags[at + 1][:2] not in ("NN", "JJ", "DT", "PO"):
                    break
                if a.lowers[at] in _OF and a.lowers[at - 1] in ROLES and a.tags[at - 1] in ("NN", "NNP"):
                    role, left = at - 1, self._extent(at - 1)[0]
                    break
        if role < 0:
            return _Item(start, name.end, head), range(start, start)
        # "Minister A and Minister B": what stands before "and" is another's unless it is part of one title.
        for token in range(role, left, -1):
            if a.lowers[token] == "and" and any(a.lowers[each] in ROLES for each in range(left, token)):
                left = token + 1
                break
        for token in range(left, start):
            self.used[token] = True
        return _Item(left, name.end, head), range(left, start)

    def _role_words(self, segment: Iterable[int]) -> set[str]:
        return {self.a.lowers[at] for at in segment if self.a.lowers[at] in ROLES}

    def _title(self, cluster: _Cluster, segment: range) -> None:
        """Learn office, country and gender from the words of a title, an apposition or a predicate."""
        a = self.a
        codes = [self.term_at[at].code for at in segment if at in self.term_at]
        for at in reversed(segment):
            if a.tags[at] == "POS":  # "the man's lawyer X": X is no man on that account
                segment = range(at + 1, segment.stop)
                break
        if not segment:
            return
        words = [a.lowers[at] for at in segment]
        for word in words:
            gender = _MISTER.get(word) or (ROLES[word].gender if word in ROLES else "")
            if gender and not cluster.gender:
                cluster.gender = gender
        role = self._role_words(segment)
        if not role:
            return
        if codes and cluster.country is None:
            cluster.country = codes[0]
        head = next(at for at in reversed(segment) if a.lowers[at] in ROLES)
        if any(word in FORMER for word in words):
            if cluster.sector is None and cluster.entity is None:
                cluster.sector = "ELI" if ROLES[a.lowers[head]].sector == "GOV" else ROLES[a.lowers[head]].sector
            cluster.titles.update(words)
            return
        cluster.heads |= role
        cluster.titles.update(words)
        cluster.keys |= office_keys(words, codes[0] if codes else cluster.country)
        if cluster.sector in (None, "ELI"):
            cluster.sector = ROLES[a.lowers[head]].sector
            if "opposition" in words:
                cluster.sector = "OPP"
            elif "rebel" in words or "separatist" in words:
                cluster.sector = "REB"
            elif cluster.sector == "GOV" and "party" in words:
                cluster.sector = "PTY"
        if cluster.role is None:
            start, end = segment[0], segment[-1] + 1
            for at in segment:
                if at in self.term_at or a.tags[at] in ("POS", "DT", "PRP$") or a.lowers[at] in _MISTER:
                    if at < head:
                        start = at + 1
                    elif a.lowers[at - 1] not in _OF:
                        end = at
                        break
            if start < end:
                cluster.role = a.quote(start, end)

    def _apposition(self, cluster: _Cluster, item: _Item) -> None:
        """``X, the foreign minister of Y``."""
        a = self.a
        for kid in a.children[item.head]:
            if a.deps[kid] == "appos" and kid > item.head and not self.named[kid] and a.lowers[kid] in ROLES:
                start, end = self._extent(kid)
                segment = range(start, end)
                self._title(cluster, segment)
                for at in segment:
                    self.used[at] = True

    # -- bodies ------------------------------------------------------------------------------------------

    def _body(self, name: Name) -> None:
        a = self.a
        if any(self.used[at] for at in range(name.start, name.end)):
            return
        text = a.quote(name.start, name.end)
        head = a.head_of(range(name.start, name.end))
        entity = self._look_up(name)
        if entity is not None and entity.kind == "person":
            entity = None
        item = _Item(name.start, name.end, head)
        if name.label == "NORP" and entity is None:
            # "European", "Democratic" alone name nobody; "Europeans", "Democrats" do.
            if a.tags[head] in ("NNPS", "NNS") and a.lowers[head].endswith("s"):
                self._keyed(
                    "people:" + a.lowers[head], _Cluster("NORP", "unnamed group", text, plural=True, rank=3), item
                )
            return
        key = entity.id if entity is not None else text.replace("’", "'").lower()
        cluster = self.by_key.get(key)
        if cluster is None:
            if entity is None and self._headline_only(name):
                return
            lowers = a.lowers[name.start : name.end]
            noun = next((word for word in (lowers[-1], *lowers) if word in BODIES), None)
            sector = BODIES[noun] if noun else None
            kind: ActorKind = "government body" if sector in ("GOV", "MIL", "COP", "JUD", "LEG") else "organisation"
            cluster = _Cluster("ORG", kind, text, sector=sector, rank=1, confidence=0.75)
            cluster.heads = {word for word in lowers if word in BODIES}
            cluster.country = next((code for at in range(name.start, name.end) if (code := self._code_in(at))), None)
            if cluster.country is None and name.start > 0:
                before = name.start - 1
                if a.tags[before] == "POS":
                    before -= 1
                cluster.country = self._code_in(before)
            cluster = self._new(cluster, item)
            self.by_key[key] = cluster
            if entity is not None:
                self._known(cluster, entity)
                cluster.kind = entity.kind
        else:
            self._add(cluster, item)
        if a.tags[head] == "NNPS" and name.end - name.start == 1:
            cluster.plural = True
        self._acronym(cluster, name)

    def _headline_only(self, name: Name) -> bool:
        """Whether a name stands in a headline alone: capitals there make names of common words."""
        a = self.a
        block = a.block(a.sentence_of[name.start])
        if block.kind not in ("headline", "subhead") or (name.end - name.start == 1 and a.words[name.start].isupper()):
            return False
        words = a.words[name.start : name.end]
        return not any(
            a.words[other.start : other.end] == words
            and a.block(a.sentence_of[other.start]).kind not in ("headline", "subhead")
            for other in a.names
        )

    def _keyed(self, key: str, cluster: _Cluster, item: _Item) -> _Cluster:
        """Add a mention to the cluster of a key, made here if it is the first."""
        known = self.by_key.get(key)
        if known is None:
            known = self.by_key[key] = self._new(cluster, item)
        else:
            self._add(known, item)
        return known

    def _code_in(self, at: int) -> str | None:
        if at < 0:
            return None
        words = self.a.words
        term = self.term_at.get(at)
        if term is None and words[at][0].isupper():
            known = countries.terms()
            term = (known.get(f"{words[at]} {words[at + 1]}") if at + 1 < len(words) else None) or known.get(words[at])
        return term.code if term is not None and term.kind in ("name", "adjective", "capital") else None

    def _acronym(self, cluster: _Cluster, name: Name) -> None:
        """``Korean Central News Agency (KCNA)``: the letters in brackets name the same body."""
        a = self.a
        end = name.end
        if end + 2 < len(a) and a.words[end] == "(" and a.words[end + 2] == ")":
            short = a.words[end + 1]
            initials = "".join(a.words[at][0] for at in range(name.start, name.end) if a.words[at][0].isalpha())
            if short.isupper() and len(short) > 1 and short.lower()[0] in initials.lower():
                self.by_key.setdefault(short.lower(), cluster)

    # -- role nouns, groups, writings ----------------------------------------------------------------------

    def _extent(self, head: int) -> tuple[int, int]:
        """The noun phrase around a noun: determiners and modifiers before it, "of"/"for" phrases after it."""
        a = self.a
        start, end = head, head + 1
        for kid in reversed(a.children[head]):
            if kid < head and a.deps[kid] in _MODIFIERS and a.right[kid] + 1 >= start - 1:
                start = min(start, a.left[kid])
        for at in range(head - 1, start - 1, -1):
            if a.words[at] in _BREAKS:
                start = at + 1
                break
        for kid in a.children[head]:
            if kid > head and a.deps[kid] == "prep" and a.lowers[kid] in _OF and kid == end:
                inner = a.child(kid, "pobj")
                if inner is not None and inner - kid < 8:
                    end = inner + 1
                    more = a.child(inner, "prep")
                    if more is not None and a.lowers[more] == "of" and more == end:
                        last = a.child(more, "pobj")
                        if last is not None and last - more < 6:
                            end = last + 1
                break
        while start < head and (a.deps[start] in ("punct", "cc") or a.lowers[start] in ("not", "only", "just", "even")):
            start += 1
        return start, end

    def _nominals(self) -> dict[int, tuple[int, int, str]]:
        """Noun phrases of people, bodies and writings: start, end and noun, by head."""
        a = self.a
        found: dict[int, tuple[int, int, str]] = {}
        for at, tag in enumerate(a.tags):
            if tag[:2] != "NN" or self.named[at] or self.used[at]:
                continue
            low = a.lowers[at]
            noun = low if low in _NOUNS else (a.lemmas[at] if a.lemmas[at] in _NOUNS else None)
            if noun is None and tag in ("NNPS", "NNP") and low.endswith("s") and low[:-1] in _NOUNS:
                noun = low[:-1]
            if noun is None or a.deps[at] in ("compound", "nmod") or (low in _PARTITIVES and self._of(at)):
                continue
            if noun in _PART_NOUNS and not self._heads_people(at, noun):
                continue
            start, end = self._extent(at)
            if a.deps[at] == "pobj" and a.lowers[a.head[at]] == "of":
                part = a.head[a.head[at]]
                if a.lowers[part] in _PARTITIVES and a.head[at] == part + 1 and not self.named[part]:
                    start = min(start, self._extent(part)[0])
                    self.whole[at] = part
            found[at] = (start, end, noun)
            for token in range(start, end):
                self.used[token] = True
        return found

    def _of(self, at: int) -> bool:
        return at + 1 < len(self.a) and self.a.lowers[at + 1] == "of"

    def _heads_people(self, at: int, noun: str) -> bool:
        """Whether "head", "chair", "media" ... stand for people here: "head of", "the chair", never "social media"."""
        a = self.a
        before = a.lowers[at - 1] if at else ""
        if noun == "media":
            return before != "social"
        if noun == "side":
            return any(kid in self.term_at for kid in a.children[at])
        if a.lowers[at] != noun:  # "heads", "chairs"
            return any(a.lowers[kid] == "of" for kid in a.children[at]) and noun == "head"
        return any(a.lowers[kid] == "of" for kid in a.children[at]) or a.words[at][0].isupper()

    # -- states ------------------------------------------------------------------------------------------

    def _state(self, name: Name, term: countries.Term) -> None:
        a = self.a
        if term.kind == "person" or any(self.used[at] for at in range(name.start, name.end)):
            return
        head = a.head_of(range(name.start, name.end))
        item = _Item(name.start, name.end, head)
        text = a.quote(name.start, name.end)
        if term.kind == "seat":
            seat = _Cluster("ORG", "government body", text, country=term.code, sector="GOV", rank=1, confidence=0.9)
            seat.entity = "seat:" + slug(text)
            self._keyed(f"seat:{term.code}:{text.lower()}", seat, item)
            return
        if term.kind == "people":
            group = _Cluster("NORP", "unnamed group", text, country=term.code, plural=True, rank=3, confidence=0.7)
            group.sector = "CVL"
            self._keyed("people:" + term.code, group, item)
            return
        item.acts = self._acts(head, term)
        land = _Cluster("GPE", "state", term.name, country=term.code, sector="GOV", rank=0, confidence=0.93)
        land.entity = "state:" + term.code
        cluster = self._keyed(land.entity, land, item)
        main = cluster.main
        if main is not None and a.deps[main.head] in ("compound", "amod") and a.deps[head] not in ("compound", "amod"):
            cluster.main = item

    def _acts(self, head: int, term: countries.Term) -> bool:
        """Whether a state's name stands for the state, not for the land or the city."""
        a = self.a
        dep = a.deps[head]
        above = a.head[head]
        for _ in range(20):  # up a list of names; a bound for broken parses
            if dep != "conj":
                break
            head = above
            dep, above = a.deps[head], a.head[head]
        city = term.kind in ("capital", "city")
        if dep in ("amod", "compound", "nmod", "poss"):
            lemma = a.lemmas[above].lower()
            if lemma in _PLACE_NOUNS or (self.named[above] and above != head and dep != "poss"):
                return False
            return not city or (dep == "poss" and term.kind == "capital")
        if dep == "pobj":
            word = a.lowers[above]
            if city:
                return term.kind == "capital" and word in ("with", "by", "against", "between")
            return word not in _INSIDE or word == "at"
        if city:
            if term.kind == "city":
                return False
            if dep in ("nsubj", "nsubjpass"):
                verb = a.lemmas[above]
                return verb not in _OF_CITIES and (dep == "nsubj" or verb in SPEECH | _TO_STATE)
            return dep in ("dobj", "dative", "agent") and a.lemmas[above] in SPEECH | _TO_STATE
        return True

    # -- text order --------------------------------------------------------------------------------------

    def _text_order(self, nominals: dict[int, tuple[int, int, str]]) -> None:
        a = self.a
        tags, deps, lowers = a.tags, a.deps, a.lowers
        named = dict(self.at_token)
        parts = frozenset(self.whole.values())
        things = self.things
        for at, dep in enumerate(deps):
            if dep == "nsubj" and a.lemmas[a.head[at]] in SPEECH and not self.quoted[at]:
                self.quoter.setdefault(a.sentence_of[at], at)
        for at, low in enumerate(lowers):
            if at in named:
                cluster, item = named[at]
                self.recent.append((a.sentence_of[at], cluster, item))
                self._pair(at, item, things[True])
            elif at in nominals:
                start, end, noun = nominals[at]
                self._nominal(start, end, at, noun)
                found = self.at_token.get(self.whole.get(at, at))
                if found is not None:
                    self._pair(at, found[1], things[True])
            elif low in _PRONOUNS:
                if tags[at][:3] == "PRP":
                    self._pronoun(at, low)
            elif low in _RELATIVE and tags[at] in ("WP", "WDT"):
                self._relative(at)
            elif deps[at] in ("nsubj", "nsubjpass", "dobj", "pobj") and tags[at][:2] == "NN" and at not in parts:
                self.recent.append((a.sentence_of[at], things[tags[at][-1] == "S"], _Item(at, at + 1, at)))
                continue
            else:
                continue
            if deps[at] == "nsubj" and a.lemmas[a.head[at]] in SPEECH and not self.quoted[at]:
                found = self.at_token.get(at)
                if found is not None:
                    self.speaker = found[0]
                    self.speaker_sentence = a.sentence_of[at]

    def _pair(self, at: int, item: _Item, pair: _Cluster) -> None:
        """``X and Y``: two named apart, whom a later "they" may mean together."""
        a = self.a
        if a.deps[at] in ("nsubj", "nsubjpass") and any(a.deps[kid] == "conj" for kid in a.children[at]):
            self.recent.append((a.sentence_of[at], pair, item))

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
                self._add(found[0], _Item(at, at + 1, at, found[1].acts))

    # -- role nouns in text order --------------------------------------------------------------------------

    def _nominal(self, start: int, end: int, head: int, noun: str) -> None:
        a = self.a
        if head in self.at_token or self.whole.get(head, head) in self.at_token:
            return
        item = _Item(start, end, head)
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
        if plural and code is not None and noun != "counterpart" and self._several(start, head, noun, key):
            return
        definite = lowers[0] in _DEFINITE
        mods = self._mods(start, head)
        if noun in _COUNTRY_NOUNS:
            if definite and not plural:
                self._same_country(item)
            elif plural:
                self.recent.append((a.sentence_of[head], self.things[True], item))
            return
        if noun == "counterpart":
            self._counterparts(start, head, item)
            return
        if self._predicated(start, end, head):
            return
        beside = self.name_head.get(head + 1, -1)
        if beside < 0 and end < len(a) and (a.words[end] == "," or a.lowers[end] in ("called", "named")):
            beside = self.name_head.get(end + 1, -1)
            if beside >= 0 and a.words[end] == "," and not self._closed(beside):
                beside = -1
        for kid in (*a.children[head], beside):
            if kid > head and kid in self.at_token and (a.deps[kid] == "appos" or kid == beside):
                known = self.at_token[kid][0]
                if (known.label == "PERSON" and noun in ROLES and not plural) or (
                    known.label == "ORG" and noun in BODIES
                ):
                    if known.label == "PERSON":
                        self._title(known, range(start, end))
                    self._join(known, item)
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
                self._join(found, item)
                return
        self._unnamed(item, noun, key, plural, code, owner, mods)

    def _closed(self, head: int) -> bool:
        """Whether a name after a comma is followed by one too: ``the mayor, X, said``."""
        a = self.a
        found = self.at_token.get(head)
        after = found[1].end if found is not None else head + 1
        return after < len(a) and a.words[after] == "," and found is not None and len(found[0].words) > 1

    def _unnamed(
        self,
        item: _Item,
        noun: str,
        key: str,
        plural: bool,
        code: str | None,
        owner: _Cluster | None,
        mods: list[str],
        name: str | None = None,
    ) -> None:
        """A cluster for people or a body that only a role noun names."""
        a = self.a
        if noun in _MINOR and a.deps[item.head] not in ("nsubj", "nsubjpass"):
            return
        sector = PEOPLE.get(noun) or (ROLES[noun].sector if noun in ROLES else BODIES.get(noun))
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
        else:
            kind = "document"
        if noun in ROLES and "opposition" in mods:
            sector = "OPP"
        cluster = _Cluster(
            label,
            kind,
            name or a.quote(item.start, item.end),
            country=code,
            sector=sector,
            rank=5,
            plural=plural,
            confidence=0.6,
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
        elif (
            (code is not None or owner is not None or noun in PEOPLE)
            and not _INDEFINITE & set(mods)
            and ("#" not in mods or sector == "MIL")
        ):
            told = " ".join(sorted(mod for mod in mods if mod != "#"))
            mark = f"{key}|{code}|{owner.order if owner is not None and owner.label == 'PERSON' else ''}|{told}"
            known = self.by_key.get(mark)
            if known is not None and (code is not None or owner is not None or noun in _ONE_FOR_ALL):
                self._join(known, item)
                return
            self.by_key.setdefault(mark, cluster)
        self._new(cluster, item)
        self.recent.append((a.sentence_of[item.head], cluster, item))

    def _introduced(self, item: _Item, cluster: _Cluster) -> _Cluster | None:
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
        found: _Cluster | None = None
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

    def _region(self, start: int, head: int) -> str | None:
        """Country of a part of a state, or a people in one, that stands before a noun: ``Chechen rebels``."""
        words, known = self.a.words, countries.regions()
        for at in range(start, head):
            if words[at][0].isupper():
                code = known.get(f"{words[at]} {words[at + 1]}") or known.get(words[at])
                if code is not None:
                    return code
        return None

    def _several(self, start: int, head: int, noun: str, key: str) -> bool:
        """``US and Russian negotiators``: one group for each country."""
        a = self.a
        seen: list[tuple[int, int, str]] = []
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
            item = _Item(begin, head + 1 if last else end, head if last else end - 1)
            tail = a.quote(seen[-1][1], head + 1)
            mods = self._mods(seen[-1][1], head)
            name = None if last else f"{a.quote(begin, end)} {tail}"
            self._unnamed(item, noun, key, True, code, None, mods, name)
        return True

    def _owner(self, head: int) -> _Cluster | None:
        """Whose: the possessor of a noun, or the person whose name stands before it ("the Trump administration")."""
        a = self.a
        for kid in a.children[head]:
            if kid < head and (a.deps[kid] == "poss" or (a.deps[kid] in ("compound", "nmod") and self.named[kid])):
                found = self.at_token.get(kid)
                if found is not None:
                    return found[0]
        return None

    def _predicated(self, start: int, end: int, head: int) -> bool:
        """Whether a phrase says what someone is ("is the president", "as president") and so names nobody new."""
        a = self.a
        dep, above = a.deps[head], a.head[head]
        if dep == "appos" and above in self.at_token:
            return True
        if dep == "pobj" and a.lowers[above] == "as":
            return True
        if dep in ("attr", "oprd"):
            subject = a.child(above, "nsubj", "nsubjpass")
            if subject is not None and subject in self.at_token:
                cluster = self.at_token[subject][0]
                if dep == "attr" and cluster.label == "PERSON" and a.lowers[above] in ("is", "'s"):
                    self._title(cluster, range(start, end))
            return subject is not None
        return False

    def _counterparts(self, start: int, head: int, item: _Item) -> None:
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
            several = _Cluster(
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
            mention = _Item(begin, end, head if last else end - 1)
            entity = self.table.holder(term.code, key, self.day) if key else None
            known = None
            if entity is not None:
                known = next((each for each in self.clusters if each.entity == entity.id), None)
            if known is None:
                name = f"{key} of {term.name}" if key else a.quote(begin, end)
                known = _Cluster("PERSON", "person", name, country=term.code, rank=5, confidence=0.75)
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
            group = _Cluster(
                "GROUP" if a.tags[head] == "NNS" else "PERSON",
                "unnamed group" if a.tags[head] == "NNS" else "person",
                a.quote(item.start, item.end),
                plural=a.tags[head] == "NNS",
                rank=5,
                confidence=0.5,
            )
            self._new(group, item)

    def _holder(self, cluster: _Cluster) -> None:
        """Find who holds the office that a role noun and a country name."""
        if cluster.country is None:
            return
        for key in sorted(cluster.keys - {"leader", "deputy"}):
            entity = self.table.holder(cluster.country, key, self.day)
            if entity is not None:
                self._known(cluster, entity)
                cluster.confidence = 0.85
                return

    def _join(self, cluster: _Cluster, item: _Item) -> None:
        self._add(cluster, item)
        self.recent.append((self.a.sentence_of[item.head], cluster, item))

    def _same_country(self, item: _Item) -> None:
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
    ) -> _Cluster | None:
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
        return None

    def _fills(
        self, cluster: _Cluster, key: str, noun: str, keys: frozenset[str], told: set[str], code: str | None
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
    ) -> _Cluster | None:
        """What "the group", "the ministry", "the soldiers", "the report" mean; none where unsure."""
        told = {mod for mod in mods if mod not in _VAGUE}
        for when, cluster, _ in reversed(self.recent):
            if sentence - when > 30:
                break
            if cluster.kind is None or (code is not None and cluster.country not in (None, code)):
                continue
            if cluster.label in ("PERSON", "GPE") or (plural != cluster.plural and plural):
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
                if cluster.sector is not None and cluster.sector == BODIES[noun] and noun not in ("office", "mission"):
                    return cluster
                if noun in ("group", "organisation", "organization", "movement", "militia") and (
                    cluster.kind in ("armed group", "organisation") and cluster.sector not in ("JRN", "BUS")
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
        best = second = -9.0
        chosen: _Cluster | None = None
        reached: dict[int, float] = {}
        above = frozenset(a.ancestors(at))
        nearest = next((each for each in a.ancestors(at) if a.child(each, "nsubj", "nsubjpass") is not None), -1)
        barred = self._quoter(sentence) if inside else None
        apart = () if possessive or low.endswith(("self", "selves")) else self._clause_mates(at)
        for when, cluster, item in reversed(self.recent):
            far = sentence - when
            if far > 3:
                break
            if cluster.kind is None:
                if person or said or cluster.plural != (low in _MANY):
                    continue
            elif not _agrees(cluster, low, gender):
                continue
            if cluster is barred or cluster in apart or item.start <= at < item.end:
                continue
            score = 3.0 - far
            dep = a.deps[item.head]
            if dep in ("nsubj", "nsubjpass"):
                score += 1.2
                if far == 0:
                    verb = a.head[item.head]
                    if verb in above:
                        score += 1.0
                    if possessive and verb in above:
                        score += 1.6 if verb == nearest else 0.8
            elif dep in ("dobj", "agent"):
                score += 0.3
                verb = a.head[item.head]
                if (
                    far == 0
                    and verb in above
                    and a.lemmas[verb] in _CONTROL
                    and a.child(verb, "xcomp", "ccomp") in above
                ):
                    score += 4.2
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
                score -= 0.3
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
        if chosen is None or chosen.kind is None:
            return
        floor, need = (1.5, 0.5) if person else (3.0, 0.8)
        if low in _MANY:
            floor = 2.0
        if low in ("it", "them") and a.deps[at] not in ("nsubj", "nsubjpass"):
            floor, need = 4.0, 1.2
        if inside:
            floor += 0.7
        if best < floor or best - second < need:
            return
        self._refer(chosen, at, gender)

    def _quoter(self, sentence: int) -> _Cluster | None:
        """Who speaks the quoted words of a sentence, and so is not "he" or "she" in them."""
        a = self.a
        for near in (sentence, sentence + 1, sentence - 1):
            head = self.quoter.get(near)
            if head is not None and a.block_of[near] == a.block_of[sentence]:
                found = self.at_token.get(head)
                if found is not None:
                    return found[0]
                if a.lowers[head] not in _PRONOUNS:
                    return None
        return self.speaker if self.speaker_sentence >= sentence - 2 else None

    def _refer(self, cluster: _Cluster, at: int, gender: str) -> None:
        if gender and not cluster.gender:
            cluster.gender = gender
        self._join(cluster, _Item(at, at + 1, at))

    def _conjoined(self, at: int, low: str, gender: str) -> _Cluster | None:
        """``X and his wife``: the possessive of a conjunct is the first conjunct's."""
        a = self.a
        noun = a.head[at]
        for _ in range(4):
            if a.deps[noun] != "conj":
                return None
            noun = a.head[noun]
            found = self.at_token.get(noun)
            if found is not None:
                return found[0] if _agrees(found[0], low, gender) else None
        return None

    def _clause_mates(self, at: int) -> list[_Cluster]:
        """Whom grammar keeps apart from a pronoun: the other arguments of its verb."""
        a = self.a
        verb = a.head[at]
        if a.deps[at] == "pobj":
            verb = a.head[verb]
        found: list[_Cluster] = []
        for kid in a.children[verb]:
            if kid != at and a.deps[kid] in ("nsubj", "nsubjpass", "dobj", "dative"):
                known = self.at_token.get(kid)
                if known is not None:
                    found.append(known[0])
        return found

    def _empty(self, at: int) -> bool:
        """Whether an "it" stands for no thing: weather, time, a clause."""
        a = self.a
        verb = a.head[at]
        dep = a.deps[at]
        if dep != "nsubj":
            return dep == "expl" or (dep == "dobj" and a.lemmas[verb] in ("make", "find", "take"))
        lemma = a.lemmas[verb]
        if lemma in ("seem", "appear", "happen", "rain", "snow", "emerge", "turn", "matter", "take"):
            return True
        kids = {a.deps[kid] for kid in a.children[verb]}
        if lemma == "be":
            return bool(kids & {"acomp", "attr", "ccomp", "advcl", "oprd", "prep", "xcomp", "csubj"})
        return "csubj" in kids or ("auxpass" in kids and "ccomp" in kids)

    # -- result ------------------------------------------------------------------------------------------

    def _emit(self) -> None:
        a = self.a
        chains: list[Chain] = []
        chain_of: dict[int, int] = {}
        kept: list[tuple[int, int, int, _Cluster, list[_Item]]] = []
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
                and not any(self._takes_part(item.head) for item in items)
            ):
                continue
            kept.append((items[0].start, items[0].end, cluster.order, cluster, items))
        kept.sort(key=lambda entry: entry[:3])
        for _, _, _, cluster, items in kept:
            mentions = tuple(Mention(item.start, item.end, item.head) for item in items)
            main = cluster.main if cluster.main is not None and cluster.main.acts else items[0]
            for item in items:
                chain_of[item.head] = len(chains)
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
            return a.lowers[above] not in _INSIDE and a.lowers[above] not in ("on", "as")
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


_BREAKS = frozenset(': ; ( ) , — – “ ” " / | • [ ]'.split())
_PARTS = frozenset("nsubj nsubjpass dobj dative agent poss appos conj ROOT attr".split())
_GROUP_NOUNS = frozenset(
    """group movement party militia organisation organization network fighter fighters militant militants rebel rebels
    gunman gunmen force forces insurgent insurgents faction agency company army terrorist""".split()
)
"""Nouns that after the name of a body mean the body: ``Hamas militants``, ``the Wagner group``."""
_PART_NOUNS = frozenset("head chair chief board media office body side".split())
_ONE_FOR_ALL = frozenset(
    """police army military navy government parliament opposition authorities judiciary legislature media rebels rebel
    insurgents insurgent militants militant separatists separatist protester rescuers firefighters prosecutors""".split()
)
"""Bodies of which an article that names no country means one."""
_NOUNS = frozenset(ROLES) | frozenset(PEOPLE) | frozenset(BODIES) | DOCUMENTS | _COUNTRY_NOUNS
_TO_STATE = frozenset(
    """urge press accuse warn criticise criticize sanction ask blame help support attack invade threaten pressure provoke
    condemn tell back arm persuade force push isolate punish counter contain oppose recognise recognize thank""".split()
)
_OF_CITIES = frozenset("be lie sit stand wake shake host burn flood celebrate mourn sleep boast look feel grow".split())
"""Verbs whose subject is the city when it is a capital."""


def _same_person(known: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether two full names can be one person's: same last word, first words equal or one an initial."""
    if known == words:
        return True
    if len(known) < 2 or len(words) < 2 or known[-1] != words[-1]:
        return False
    one, other = known[0].rstrip("."), words[0].rstrip(".")
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def _agrees(cluster: _Cluster, low: str, gender: str) -> bool:
    if gender:
        return cluster.kind == "person" and cluster.gender in ("", gender)
    if low in _MANY:
        return cluster.plural
    return cluster.label in ("ORG", "GPE", "THING") and not cluster.plural and not cluster.heads & _MASS


def _datelines(a: Analysis) -> frozenset[int]:
    """Tokens of the datelines that open paragraphs: ``WASHINGTON:``, ``NAIROBI, Kenya (AP) —``."""
    found: set[int] = set()
    block = -1
    for number, (start, end) in enumerate(a.sentences):
        if a.block_of[number] == block:
            continue
        block = a.block_of[number]
        first = a.words[start]
        if len(first) < 3 or not first.isupper():
            continue
        for at in range(start, min(start + 12, end)):
            if a.words[at] in (":", "—", "–", "-", "--") and at > start:
                if a.words[at] != ":" or a.block(number).kind == "paragraph":
                    found.update(range(start, at))
                break
            if a.pos[at] in ("VERB", "AUX") or a.tags[at] == "DT":
                break
    return frozenset(found)


def _quoted(a: Analysis) -> list[bool]:
    """For each token whether it stands in quote marks; each block begins outside."""
    inside = False
    found: list[bool] = []
    block = -1
    sentence_of, block_of = a.sentence_of, a.block_of
    for at, word in enumerate(a.words):
        here = block_of[sentence_of[at]]
        if here != block:
            inside, block = False, here
        if word in _MARKS:
            inside = not inside if word == '"' else word in ("“", "``")
            found.append(True)
        else:
            found.append(inside)
    return found


_CONTROL = frozenset(
    "urge ask tell order persuade force press allow want warn pressure invite encourage advise".split()
)
"""Verbs whose object is the subject of the verb below."""
_PARTITIVES = frozenset(
    """hundred thousand dozen million ten number majority minority group handful percent % many some most several
    hundreds thousands dozens millions tens scores score few half crowd couple rest two three four five""".split()
)
_MINOR = frozenset(
    """league front network centre center service institute museum trust society laboratory school college body board
    hospital clinic office club network movement operator""".split()
)
"""Nouns for bodies that are as often places or things: alone they count as actors only where they act."""
_LOCAL = frozenset(
    """province provincial region regional county city municipal local district town village party club company bank
    union university church association federation student youth committee commission council parliament senate house
    parliamentary court team group chamber board""".split()
)
"""Words that make an office one of something smaller than the state."""
_MASS = frozenset("research data findings census video message".split())
"""Writings that no pronoun is bound to: what follows is as likely to speak of something else."""
_MARKS = frozenset(("“", "”", '"', "``", "''"))
