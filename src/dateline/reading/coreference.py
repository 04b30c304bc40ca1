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

from dateline.knowledge import countries
from dateline.knowledge.actors import FAMILY_FIRST, ActorTable, Entity, load, slug
from dateline.knowledge.roles import BODIES, DOCUMENTS, FORMER, LEADS, PEOPLE, ROLES, SYNONYMS, office_keys
from dateline.reading.analysis import Analysis, Chain, Mention, Name, Referent
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

_PLACE_PREPOSITIONS = frozenset(
    """in at near inside across throughout around within outside over through via off along into onto above beyond
    toward towards from to between""".split()
)
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
_DEFINITE = frozenset("the this that these those".split())
_MISTER = {"mr": "m", "mr.": "m", "sir": "m", "lord": "m", "king": "m", "prince": "m", "mrs": "f", "mrs.": "f"}
_MISTER |= {"ms": "f", "ms.": "f", "miss": "f", "dame": "f", "lady": "f", "queen": "f", "princess": "f"}
_COUNTRY_NOUNS = frozenset("country nation kingdom republic".split())
_OF = frozenset(("of", "for"))


@dataclass(slots=True)
class _Item:
    """One mention while it is being resolved."""

    start: int
    end: int
    head: int
    acts: bool = True


@dataclass(slots=True)
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
    keys: set[str] = field(default_factory=set[str])
    """Offices in general terms."""
    entity: str | None = None
    confidence: float = 0.8
    items: list[_Item] = field(default_factory=list[_Item])
    rank: int = 9
    """How good its name is: 0 the tables, 1 a full name, 2 a part, 5 a role noun."""
    main: _Item | None = None
    words: tuple[str, ...] = ()


def resolve(analysis: Analysis, table: ActorTable | None = None) -> None:
    """Fill ``chains`` and ``chain_of`` of an analysis whose names are corrected.

    Args:
        analysis: Changed in place: only ``chains`` and ``chain_of``.
        table: The actor tables; the package's own by default.
    """
    _Resolver(analysis, table or load()).run()


class _Resolver:
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

    # -- the whole ---------------------------------------------------------------------------------------

    def run(self) -> None:
        a = self.a
        people: list[Name] = []
        bodies: list[Name] = []
        places: list[tuple[Name, countries.Term]] = []
        for name in a.names:
            for at in range(name.start, name.end):
                self.named[at] = True
            term = countries.term(a.quote(name.start, name.end)) if name.label != "PERSON" else None
            if term is not None:
                places.append((name, term))
                for at in range(name.start, name.end):
                    self.term_at[at] = term
            elif name.label == "PERSON":
                people.append(name)
            elif name.label in ("ORG", "NORP"):
                bodies.append(name)
        self.present = frozenset(term.code for _, term in places)
        self._people(people)
        for name in bodies:
            self._body(name)
        nominals = self._nominals()
        for name, term in places:
            self._state(name, term)
        self._text_order(nominals)
        self._emit()

    def _new(self, cluster: _Cluster, item: _Item) -> _Cluster:
        self.clusters.append(cluster)
        self._add(cluster, item)
        cluster.main = item
        return cluster

    def _add(self, cluster: _Cluster, item: _Item) -> None:
        cluster.items.append(item)
        self.at_token[item.head] = (cluster, item)

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
        full = [name for name in names if name.end - name.start > 1]
        for name in full:
            self._full_name(name)
        for name in names:
            if name.end - name.start == 1:
                self._surname(name)
        for cluster in self.clusters:
            cluster.items.sort(key=lambda item: item.start)
            if cluster.label == "PERSON":
                for item in cluster.items:
                    self._apposition(cluster, item)
        del a

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
            cluster = self._new(
                _Cluster("PERSON", "person", text, rank=1, words=words, confidence=0.9),
                item,
            )
            if entity is not None:
                self._known(cluster, entity)
        else:
            self._add(cluster, item)
            if entity is None and len(words) > len(cluster.words):
                cluster.words = words
                cluster.name = text
        self._title(cluster, item, segment)

    def _known(self, cluster: _Cluster, entity: Entity) -> None:
        cluster.entity = entity.id
        cluster.name = entity.name
        cluster.rank = 0
        cluster.gender = entity.gender or cluster.gender
        cluster.country = entity.country
        cluster.sector = entity.sector
        cluster.confidence = max(cluster.confidence, 0.93)
        if entity.kind == "person":
            office = self.table.office_of(entity.id, self.day)
            if office is not None:
                cluster.role = office.title
                cluster.country = office.country
                cluster.sector = office.sector
                cluster.keys |= office.keys
                cluster.heads |= {word for word in office.title.lower().split() if word in ROLES}

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
            fitting = [each for each in found if role & each.heads] if role else []
            before = [each for each in found if each.items[0].start < name.start]
            found = fitting[:1] or [max(before or found, key=lambda each: len(each.items))]
        if not found:
            known = [each for each in self.clusters if each.label == "PERSON" and each.words == (word,)]
            found = known[:1]
        if found:
            cluster = found[0]
            self._add(cluster, item)
        else:
            cluster = self._new(_Cluster("PERSON", "person", word, rank=2, words=(word,), confidence=0.7), item)
        self._title(cluster, item, segment)
        if cluster.entity is None and cluster.rank == 2 and self.table.has_surname(word):
            wanted = [cluster.country] if cluster.country else []
            entity = self.table.by_surname(word, self.day, wanted)
            if entity is not None and (cluster.country or word not in _COMMON_SURNAMES):
                known = next((each for each in self.clusters if each.entity == entity.id), None)
                if known is None:
                    self._known(cluster, entity)

    def _is_called(self, cluster: _Cluster, word: str) -> bool:
        words = cluster.words
        if words[-1] == word:
            return True
        if words[0] == word and word in FAMILY_FIRST:
            return True
        if cluster.entity is not None and word in cluster.name.split()[-1:]:
            return True
        return words[0] == word and len(word) > 2

    def _titled(self, name: Name) -> tuple[_Item, range]:
        """The mention with the title before the name, and the tokens of the title."""
        a = self.a
        start = name.start
        sentence = a.sentences[a.sentence_of[start]][0]
        at = start - 1
        left = start
        last_role = -1
        while at >= sentence and start - at <= 12:
            tag, low = a.tags[at], a.lowers[at]
            if (
                tag in ("NNP", "NNPS", "NN", "NNS", "JJ", "POS", "HYPH", "PRP$")
                or low
                in (
                    "of",
                    "and",
                    "for",
                    "acting",
                    "visiting",
                    "outgoing",
                    "incoming",
                    "the",
                    "a",
                    "an",
                    "-",
                    "ousted",
                    "exiled",
                )
                or low in _MISTER
                or (at in self.term_at)
            ):
                if (
                    low in ROLES
                    or low in _MISTER
                    or low in ("state", "sen.", "rep.", "gov.", "gen.", "dr.", "president")
                ):
                    last_role = at if last_role < 0 else last_role
                    left = at
                elif low in ("the", "a", "an"):
                    if last_role >= 0:
                        left = at
                    break
                elif last_role >= 0 and tag != "POS" and low not in ("of", "and", "for", "-"):
                    left = at
                elif last_role < 0 and low in ("and", "of", "for"):
                    break
                at -= 1
                continue
            break
        if last_role < 0:
            return _Item(
                start, name.end, name.end - 1 if self._outside(name) is None else self._outside(name) or start
            ), range(start, start)
        # "told reporters President X", "Minister A and Minister B": the title starts after another's end.
        for token in range(left, start):
            if a.lowers[token] == "and" and token > left and any(a.lowers[t] in ROLES for t in range(left, token)):
                if token + 1 <= last_role:
                    left = token + 1
        head = a.head_of(range(name.start, name.end))
        for token in range(left, start):
            self.used[token] = True
        return _Item(left, name.end, head), range(left, start)

    def _outside(self, name: Name) -> int | None:
        return self.a.head_of(range(name.start, name.end))

    def _role_words(self, segment: Iterable[int]) -> set[str]:
        return {self.a.lowers[at] for at in segment if self.a.lowers[at] in ROLES}

    def _title(self, cluster: _Cluster, item: _Item, segment: range) -> None:
        """Learn office, country and gender from the words of a title or an apposition."""
        a = self.a
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
        codes = [self.term_at[at].code for at in segment if at in self.term_at]
        former = any(word in FORMER for word in words)
        if codes and cluster.country is None:
            cluster.country = codes[0]
        if former:
            return
        cluster.heads |= role
        cluster.keys |= office_keys(words, codes[0] if codes else cluster.country)
        if cluster.sector is None:
            head = next(a.lowers[at] for at in reversed(segment) if a.lowers[at] in ROLES)
            cluster.sector = ROLES[head].sector
        if cluster.role is None:
            keep = [
                at
                for at in segment
                if at not in self.term_at and a.tags[at] not in ("POS", "DT", "PRP$") and a.lowers[at] not in _MISTER
            ]
            if keep:
                cluster.role = " ".join(a.words[at] for at in keep).removeprefix("- ").strip() or None

    def _apposition(self, cluster: _Cluster, item: _Item) -> None:
        a = self.a
        for kid in a.children[item.head]:
            if a.deps[kid] == "appos" and kid > item.head and not self.named[kid] and a.lowers[kid] in ROLES:
                start, end = self._extent(kid)
                segment = range(start, end)
                self._title(cluster, item, segment)
                for at in segment:
                    self.used[at] = True

    # -- bodies ------------------------------------------------------------------------------------------

    def _body(self, name: Name) -> None:
        a = self.a
        if any(self.used[at] for at in range(name.start, name.end)):
            return
        text = a.quote(name.start, name.end)
        head = a.head_of(range(name.start, name.end))
        if a.deps[head] == "compound" and a.lowers[a.head[head]] in ROLES:
            return
        item = _Item(name.start, name.end, head)
        entity = self._look_up(name)
        if entity is not None and entity.kind == "person":
            entity = None
        key = entity.id if entity is not None else text.replace("’", "'").lower()
        cluster = self.by_key.get(key)
        if cluster is None:
            lowers = a.lowers[name.start : name.end]
            noun = next((word for word in (lowers[-1], *lowers) if word in BODIES), None)
            sector = BODIES[noun] if noun else None
            kind: ActorKind = "organisation"
            if sector in ("GOV", "MIL", "COP", "JUD", "LEG"):
                kind = "government body"
            cluster = _Cluster("ORG", kind, text, sector=sector, rank=1, confidence=0.75)
            cluster.heads = {word for word in lowers if word in BODIES}
            cluster.country = next((self._code_in(at) for at in range(name.start, name.end) if self._code_in(at)), None)
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
        self._acronym(cluster, name)

    def _code_in(self, at: int) -> str | None:
        if at < 0:
            return None
        term = self.term_at.get(at) or countries.terms().get(self.a.words[at])
        return term.code if term is not None else None

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
        while start < head and a.deps[start] in ("punct", "cc"):
            start += 1
        return start, end

    def _nominals(self) -> list[tuple[int, int, int, str]]:
        """Noun phrases of people, bodies and writings: start, end, head, noun; in text order."""
        a = self.a
        found: list[tuple[int, int, int, str]] = []
        for at, tag in enumerate(a.tags):
            if tag[:2] != "NN" or self.named[at] or self.used[at]:
                continue
            low = a.lowers[at]
            noun = low if low in _NOUNS else (a.lemmas[at] if a.lemmas[at] in _NOUNS else None)
            if noun is None and tag in ("NNPS", "NNP") and low.endswith("s") and low[:-1] in _NOUNS:
                noun = low[:-1]
            if noun is None or a.deps[at] in ("compound", "nmod"):
                continue
            start, end = self._extent(at)
            found.append((start, end, at, noun))
            for token in range(start, end):
                self.used[token] = True
        return found

    # -- states ------------------------------------------------------------------------------------------

    def _state(self, name: Name, term: countries.Term) -> None:
        a = self.a
        if any(self.used[at] for at in range(name.start, name.end)):
            return
        head = a.head_of(range(name.start, name.end))
        item = _Item(name.start, name.end, head)
        if term.kind == "seat":
            text = a.quote(name.start, name.end)
            key = "seat:" + term.code + ":" + text.lower()
            cluster = self.by_key.get(key)
            if cluster is None:
                cluster = self._new(
                    _Cluster(
                        "ORG",
                        "government body",
                        text,
                        country=term.code,
                        sector="GOV",
                        rank=1,
                        confidence=0.9,
                        entity="seat:" + slug(text),
                    ),
                    item,
                )
                self.by_key[key] = cluster
            else:
                self._add(cluster, item)
            return
        if term.kind == "people":
            key = "people:" + term.code
            cluster = self.by_key.get(key)
            if cluster is None:
                cluster = self._new(
                    _Cluster(
                        "NORP",
                        "unnamed group",
                        a.quote(name.start, name.end),
                        country=term.code,
                        plural=True,
                        sector="CVL",
                        rank=3,
                        confidence=0.7,
                    ),
                    item,
                )
                self.by_key[key] = cluster
            else:
                self._add(cluster, item)
            return
        if term.kind == "person":
            return
        item.acts = self._acts(head, term)
        key = "state:" + term.code
        cluster = self.by_key.get(key)
        if cluster is None:
            cluster = self._new(
                _Cluster(
                    "GPE", "state", term.name, country=term.code, sector="GOV", rank=0, confidence=0.93, entity=key
                ),
                item,
            )
            self.by_key[key] = cluster
        else:
            self._add(cluster, item)
            if a.deps[head] not in ("compound", "amod"):
                if cluster.main is not None and a.deps[cluster.main.head] in ("compound", "amod"):
                    cluster.main = item

    def _acts(self, head: int, term: countries.Term) -> bool:
        """Whether a state's name stands for the state, not for the land or the city."""
        a = self.a
        dep = a.deps[head]
        above = a.head[head]
        while dep == "conj":
            head = above
            dep, above = a.deps[head], a.head[head]
        if dep in ("amod", "compound", "nmod", "poss"):
            lemma = a.lemmas[above].lower()
            if lemma in _PLACE_NOUNS or self.named[above]:
                return False
            return term.kind != "capital" or dep == "poss"
        if dep == "pobj":
            word = a.lowers[above]
            if term.kind in ("capital", "city"):
                return (
                    word in ("with", "by", "against", "between", "of")
                    and a.pos[a.head[above]] in ("VERB", "NOUN")
                    and (word != "of")
                )
            return word not in _INSIDE
        if term.kind == "capital":
            if dep == "nsubj":
                return a.lemmas[above] not in ("be", "lie", "sit", "stand", "wake", "shake") or True
            return dep in ("dobj", "dative", "agent") and a.lemmas[above] in SPEECH | _TO_STATE
        return term.kind != "city"

    # -- text order --------------------------------------------------------------------------------------

    def _text_order(self, nominals: list[tuple[int, int, int, str]]) -> None:
        a = self.a
        nominal_at = {head: (start, end, noun) for start, end, head, noun in nominals}
        self.speaker: _Cluster | None = None
        self.speaker_sentence = -99
        self.recent: list[tuple[int, _Cluster, _Item]] = []
        self.quoted = _quoted(a)
        named = dict(self.at_token)
        for at in range(len(a)):
            low = a.lowers[at]
            if at in named:
                cluster, item = named[at]
                self.recent.append((a.sentence_of[at], cluster, item))
            elif at in nominal_at:
                start, end, noun = nominal_at[at]
                self._nominal(start, end, at, noun)
            elif low in _PRONOUNS and a.tags[at] in ("PRP", "PRP$"):
                self._pronoun(at, low)
            else:
                continue
            found = self.at_token.get(at)
            if found is not None:
                self._speaks(at, found[0])

    def _speaks(self, at: int, cluster: _Cluster) -> None:
        a = self.a
        if a.deps[at] == "nsubj" and a.lemmas[a.head[at]] in SPEECH and not self.quoted[at]:
            self.speaker = cluster
            self.speaker_sentence = a.sentence_of[at]

    def _nominal(self, start: int, end: int, head: int, noun: str) -> None:
        a = self.a
        if head in self.at_token:
            return
        item = _Item(start, end, head)
        key = SYNONYMS.get(noun, noun)
        plural = a.tags[head] in ("NNS", "NNPS") or noun in PEOPLE
        code = next((self.term_at[at].code for at in range(start, end) if at in self.term_at), None)
        lowers = a.lowers[start:end]
        definite = lowers[0] in _DEFINITE
        words = [low for low in lowers if low not in _DEFINITE]
        if noun in _COUNTRY_NOUNS:
            if definite and not plural:
                self._same_country(item)
            return
        if definite and not plural and noun in ROLES:
            found = self._by_role(key, noun, words, code, a.sentence_of[head])
            if found is not None:
                self._join(found, item)
                return
        if definite and (noun in BODIES or noun in DOCUMENTS or plural):
            found = self._by_noun(key, noun, words, code, a.sentence_of[head], plural)
            if found is not None:
                self._join(found, item)
                return
        sector = PEOPLE.get(noun) or (ROLES[noun].sector if noun in ROLES else BODIES.get(noun))
        kind: ActorKind | None
        label = "THING"
        if noun in ROLES and not plural:
            kind, label = "person", "PERSON"
        elif noun in PEOPLE or (noun in ROLES and plural):
            kind, label = "unnamed group", "GROUP"
            if noun in BODIES and sector in ("GOV", "LEG", "JUD", "MIL") and not a.tags[head].endswith("S"):
                kind = "government body"
        elif noun in BODIES:
            kind, label = (
                ("government body" if sector in ("GOV", "LEG", "JUD", "MIL", "COP") else "organisation"),
                "ORG",
            )
        else:
            kind = "document"
        text = a.quote(start, end)
        if noun in BODIES and not plural and kind == "government body" and code is not None:
            known = self.by_key.get(f"{key}:{code}")
            if known is not None:
                self._join(known, item)
                return
        cluster = _Cluster(
            label, kind, text, country=code, sector=sector, rank=5, plural=plural, confidence=0.6, heads={noun, key}
        )
        if kind == "person" and noun in ROLES:
            cluster.gender = ROLES[noun].gender
            cluster.keys = set(office_keys(words, code))
            if not any(word in FORMER for word in words):
                self._holder(cluster)
        if kind == "government body" and code is not None:
            self.by_key[f"{key}:{code}"] = cluster
        self._new(cluster, item)
        self.recent.append((a.sentence_of[head], cluster, item))

    def _holder(self, cluster: _Cluster) -> None:
        if cluster.country is None:
            return
        for key in sorted(cluster.keys - {"leader", "deputy"}):
            entity = self.table.holder(cluster.country, key, self.day)
            if entity is not None:
                self._known(cluster, entity)
                return

    def _join(self, cluster: _Cluster, item: _Item) -> None:
        self._add(cluster, item)
        self.recent.append((self.a.sentence_of[item.head], cluster, item))

    def _same_country(self, item: _Item) -> None:
        sentence = self.a.sentence_of[item.head]
        for when, cluster, _ in reversed(self.recent):
            if sentence - when > 2:
                return
            if cluster.kind == "state":
                self._join(cluster, item)
                return

    def _by_role(self, key: str, noun: str, words: list[str], code: str | None, sentence: int) -> _Cluster | None:
        keys = office_keys(words, code)
        best: _Cluster | None = None
        for when, cluster, _ in reversed(self.recent):
            if cluster.label != "PERSON" or sentence - when > 12:
                continue
            if code is not None and cluster.country not in (None, code):
                continue
            fits = key in {SYNONYMS.get(each, each) for each in cluster.heads} or bool(keys & cluster.keys)
            if keys and cluster.keys and not keys & cluster.keys:
                fits = "leader" in keys and bool(cluster.keys & LEADS)
            if fits:
                best = cluster
                break
        return best

    def _by_noun(
        self, key: str, noun: str, words: list[str], code: str | None, sentence: int, plural: bool
    ) -> _Cluster | None:
        for when, cluster, _ in reversed(self.recent):
            if sentence - when > 12:
                continue
            if code is not None and cluster.country not in (None, code):
                continue
            if cluster.label == "PERSON" and not plural:
                continue
            if key in cluster.heads or noun in cluster.heads:
                return cluster
            if noun in BODIES and not plural and len(words) == 1 and cluster.label == "ORG":
                if cluster.sector is not None and cluster.sector == BODIES[noun] and sentence - when < 4:
                    return cluster
                if noun in ("group", "organisation", "organization", "movement") and sentence - when < 4:
                    if cluster.kind in ("armed group", "organisation"):
                        return cluster
        return None

    # -- pronouns ----------------------------------------------------------------------------------------

    def _pronoun(self, at: int, low: str) -> None:
        a = self.a
        sentence = a.sentence_of[at]
        if low in _THING and self._empty(at):
            return
        gender = "m" if low in _MALE else "f" if low in _FEMALE else ""
        scores: dict[int, float] = {}
        who: dict[int, _Cluster] = {}
        for when, cluster, item in reversed(self.recent):
            far = sentence - when
            if far > 3:
                break
            if not _agrees(cluster, low, gender) or self._bound(at, item, low):
                continue
            score = 3.0 - far
            dep = a.deps[item.head]
            if dep in ("nsubj", "nsubjpass"):
                score += 1.2
                if far == 0 and self._governs(item.head, at):
                    score += 1.0
                if low in _POSSESSIVE and a.head[item.head] in a.ancestors(at):
                    score += 1.0
            elif dep in ("dobj", "agent"):
                score += 0.4
            elif dep in ("poss", "compound", "amod", "nmod"):
                score -= 0.6
            if cluster is self.speaker and self.speaker_sentence >= sentence - 3:
                score += 0.8
                if a.deps[at] == "nsubj" and a.lemmas[a.head[at]] in SPEECH and not self.quoted[at]:
                    score += 1.5
            if self.quoted[item.head] != self.quoted[at]:
                score -= 0.5
            if gender and cluster.gender == gender:
                score += 0.7
            if cluster.rank <= 2:
                score += 0.3
            mark = id(cluster)
            if score > scores.get(mark, -9.0):
                scores[mark] = score
                who[mark] = cluster
        if not scores:
            return
        ranked = sorted(scores.items(), key=lambda pair: (-pair[1], self.clusters.index(who[pair[0]])))
        margin = ranked[0][1] - ranked[1][1] if len(ranked) > 1 else 9.0
        floor = 3.0 if low in _THING or low in _MANY else 1.5
        need = 0.8 if low in _THING or low in _MANY else 0.5
        if ranked[0][1] < floor or margin < need:
            return
        cluster = who[ranked[0][0]]
        if gender and not cluster.gender:
            cluster.gender = gender
        item = _Item(at, at + 1, at)
        self._add(cluster, item)
        self.recent.append((sentence, cluster, item))

    def _governs(self, subject: int, at: int) -> bool:
        """Whether a pronoun stands in a clause below the verb of a subject."""
        verb = self.a.head[subject]
        return any(above == verb for above in self.a.ancestors(at))

    def _bound(self, at: int, item: _Item, low: str) -> bool:
        """Whether grammar keeps a pronoun apart from a mention: arguments of one verb, or one inside the other."""
        a = self.a
        if item.start <= at < item.end:
            return True
        if low in _POSSESSIVE and a.deps[at] == "poss":
            return False
        if low.endswith(("self", "selves")):
            return False
        if a.head[at] == a.head[item.head]:
            return True
        above = a.head[at]
        return a.deps[at] == "pobj" and a.head[above] == a.head[item.head] and a.deps[item.head] == "nsubj"

    def _empty(self, at: int) -> bool:
        """Whether an "it" stands for no thing: weather, time, a clause."""
        a = self.a
        verb = a.head[at]
        if a.deps[at] in ("expl",):
            return True
        if a.deps[at] != "nsubj":
            return a.deps[at] == "dobj" and a.lemmas[verb] in ("make", "find", "take")
        lemma = a.lemmas[verb]
        kids = [(a.deps[kid], a.lowers[kid]) for kid in a.children[verb]]
        if lemma in ("seem", "appear", "happen", "rain", "snow", "emerge", "turn", "matter"):
            return True
        if lemma == "be":
            return any(dep in ("acomp", "attr", "ccomp", "advcl", "oprd", "prep", "xcomp", "csubj") for dep, _ in kids)
        if lemma == "take":
            return True
        return any(dep in ("csubj",) for dep, _ in kids)

    # -- result ------------------------------------------------------------------------------------------

    def _emit(self) -> None:
        a = self.a
        chains: list[Chain] = []
        chain_of: dict[int, int] = {}
        kept: list[tuple[int, _Cluster, list[_Item]]] = []
        for cluster in self.clusters:
            items = sorted((item for item in cluster.items if item.acts), key=lambda item: (item.start, item.end))
            if not items:
                continue
            if cluster.kind == "document" and not any(self._subject_speaks(item.head) for item in items):
                continue
            kept.append((items[0].start, cluster, items))
        kept.sort(key=lambda entry: (entry[0], entry[2][0].end))
        for _, cluster, items in kept:
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

    def _subject_speaks(self, head: int) -> bool:
        a = self.a
        if a.deps[head] == "nsubj":
            return a.lemmas[a.head[head]] in SPEECH
        above = a.head[head]
        if a.deps[head] == "pobj":
            return a.lowers[above] == "to" and a.lowers[a.head[above]] == "according"
        return False


_NOUNS = frozenset(ROLES) | frozenset(PEOPLE) | frozenset(BODIES) | DOCUMENTS | _COUNTRY_NOUNS
_TO_STATE = frozenset(
    """urge press accuse warn criticise criticize sanction ask blame help support attack invade threaten pressure provoke
    condemn tell back arm persuade force push isolate punish counter contain oppose recognise recognize thank""".split()
)
_COMMON_SURNAMES = frozenset(
    "May Brown Johnson Bush Clinton Major Smith Jones King Young Rice Powell Lee Kim Park".split()
)


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
        return cluster.label == "PERSON" and cluster.kind == "person" and cluster.gender in ("", gender)
    if low in _MANY:
        return cluster.plural or (cluster.label == "ORG" and cluster.kind != "government body")
    return cluster.label in ("ORG", "GPE", "THING") and not cluster.plural


def _quoted(a: Analysis) -> list[bool]:
    """For each token whether it stands in quote marks; each block begins outside, unless it opens with a mark."""
    inside = False
    found: list[bool] = []
    block = -1
    for at, word in enumerate(a.words):
        here = a.block_of[a.sentence_of[at]]
        if here != block:
            inside, block = False, here
        if word in ("“", "``"):
            inside = True
            found.append(True)
        elif word in ("”", "''"):
            found.append(True)
            inside = False
        elif word == '"':
            inside = not inside
            found.append(True)
        else:
            found.append(inside)
    return found
