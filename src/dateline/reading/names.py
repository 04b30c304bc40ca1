"""Names put right: what the parser's name finder misses, cuts badly or mislabels.

Three sources are laid over the parser's names: terms for states, names in the
actor tables, and the surnames of people whose full name the article gives.
"""

from __future__ import annotations

from functools import cache

from dateline.knowledge import countries
from dateline.knowledge.actors import FAMILY_FIRST, PARTICLES, ActorTable, load, words_of
from dateline.knowledge.given_names import GENDER
from dateline.knowledge.roles import BODIES, NAMED_BODIES, ROLES
from dateline.reading.analysis import Analysis, Name

_LABEL_OF = {
    "name": "GPE",
    "capital": "GPE",
    "city": "GPE",
    "seat": "ORG",
    "adjective": "NORP",
    "person": "NORP",
    "people": "NORP",
}
_ALSO_PEOPLE = frozenset("Jordan Chad Georgia Israel Sofia Victoria Kenya Paris Lima Austin Sydney London".split())
"""Places that are given names or surnames too: the parser's PERSON stands."""
_GIVEN_TOO = frozenset("hunter dean porter earl chase page marshal mason tanner carter sailor".split())
"""Nouns for people that are given names too."""
_TITLES = frozenset(
    """mr mr. mrs mrs. ms ms. miss dr dr. sir dame lord lady sen sen. rep rep. gov gov. gen gen. lt lt. col col. maj
    maj. capt capt. sgt sgt. prof prof. rev rev. hon hon. king queen prince princess president pope sheikh ayatollah
    baroness baron count father sister brother judge justice""".split()
)
NOT_PEOPLE = frozenset(
    """doctrine act bill award prize street avenue road river hotel university college school bridge park center centre
    stadium airport bay lake mountain island county news times post agency party committee council church hospital
    festival cup league championship treaty agreement accord plan law amendment day week corollary building tower
    square hill beach station poll consult pipeline bank case show plaza mall palace channel strait route highway
    airlines theatre theater museum canal dam""".split()
)
"""Last words of names that the parser takes for people and that are none."""
_ADDRESS = frozenset("mr mr. mrs mrs. ms ms. sen. rep. gov. dr. gen. sgt. lt. capt. col. detective senator".split())
_PERSONS = (
    frozenset(ROLES)
    - frozenset(BODIES)
    - frozenset(
        """employer owner rival ally opponent supplier producer manufacturer client customer broadcaster competitor host
    partner lender creditor champion developer distributor retailer exporter importer broker landlord publisher winner
    star nominee contender challenger fugitive suspect""".split()
    )
)
"""Nouns for persons that are never bodies."""
_TRADES = frozenset("airline broadcaster retailer insurer lender brewer".split())
"""What companies are, before their name at the start of a sentence, where it too bears a capital."""
_SAYS = frozenset(
    """say tell add claim announce argue insist explain admit deny allege urge call ask confirm reply respond vow
    pledge accuse denounce testify complain write tweet question refuse reject condemn demand fire choose""".split()
)
"""What those say or do who may be named though the finder does not know them."""
_SUFFERED = frozenset("arrest jail charge sentence convict kill shoot murder indict endorse accuse sue detain".split())
"""What is done to them."""
_SURNAMED = frozenset("NNP NNPS NN NNS VBN JJ".split())
"""Tags that a surname may bear without being doubted."""
_NOT_NAMES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december mr mrs ms dr the url short follow updated advertisement""".split()
)


@cache
def state_phrases() -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
    """Words of each term for a state, its label and the state's code, by first word, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for phrase, term in countries.terms().items():
        words = words_of(phrase)
        found.setdefault(words[0], []).append((words, _LABEL_OF[term.kind], term.code))
        if len(phrase) > 4 and " " not in phrase and phrase.isalpha():
            found.setdefault(phrase.upper(), []).append(((phrase.upper(),), _LABEL_OF[term.kind], term.code))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return found


def correct(analysis: Analysis, table: ActorTable | None = None) -> None:
    """Replace the names of an analysis by better ones, disjoint and in text order.

    Args:
        analysis: Changed in place: only ``names``.
        table: The actor tables; the package's own by default.
    """
    table = table or load()
    words = analysis.words
    known, present = _known(analysis, table)
    taken = [False] * len(words)
    kept: list[Name] = []
    parsed = [
        _hyphened(analysis, better)
        for name in analysis.names
        if (better := _trimmed(analysis, name)) is not None and not _says(analysis, name)
    ]
    by_start = {name.start: name for name in parsed}
    for name in known:
        if any(taken[name.start : name.end]):
            continue
        rival = next(
            (
                by_start[at]
                for at in range(max(0, name.start - 8), name.end)
                if at in by_start and by_start[at].end > name.start
            ),
            None,
        )
        if rival is not None:
            wider = rival.start <= name.start and rival.end >= name.end
            if wider and name.label == "PERSON" and name.end - name.start > 1 and _headline(analysis, rival):
                by_start.pop(rival.start, None)
                parsed = [each for each in parsed if each is not rival]
                wider = False  # "Rand Paul Scores Hit"
            if wider and (rival.end - rival.start) > (name.end - name.start):
                continue  # "Bank of England" is no state
            if wider and rival.label == "PERSON" and words[name.start] in _ALSO_PEOPLE:
                continue
        kept.append(name)
        for at in range(name.start, name.end):
            taken[at] = True
    for name in parsed:
        if not any(taken[name.start : name.end]):
            kept.append(name)
            for at in range(name.start, name.end):
                taken[at] = True
    _given(analysis, kept, taken)
    _unnamed(analysis, kept, taken)
    kept.sort(key=lambda name: name.start)
    _spread(analysis, kept, taken)
    _office_holders(analysis, table, present, kept, taken, {name.start for name in known})
    analysis.names = tuple(sorted(kept, key=lambda name: name.start))


def _says(analysis: Analysis, name: Name) -> bool:
    """Whether what is taken for a title is a sentence in quotation marks: it has a finite verb."""
    return name.label == "WORK_OF_ART" and any(
        tag in ("VBD", "VBZ", "VBP", "MD") for tag in analysis.tags[name.start : name.end]
    )


def _headline(analysis: Analysis, name: Name) -> bool:
    """Whether a name is of words of a line in title case, of which the finder takes too many for a name."""
    sentence = analysis.sentence_of[name.start]
    last = analysis.lowers[name.end - 1]
    if last in NOT_PEOPLE or last in BODIES or last in ("jr.", "jr", "sr.", "sr", "ii", "iii"):
        return False
    start, end = analysis.sentences[sentence]
    words = [word for word in analysis.words[start:end] if len(word) > 3 and word.isalpha()]
    return len(words) > 3 and sum(word[0].isupper() for word in words) > 0.8 * len(words)


def _known(analysis: Analysis, table: ActorTable) -> tuple[list[Name], frozenset[str]]:
    """Names of states and of the tables, leftmost longest; and the countries spoken of."""
    words = [word.replace("’", "'") if "’" in word else word for word in analysis.words]
    phrases = state_phrases()
    present: set[str] = set()
    states: dict[int, tuple[int, str]] = {}
    for at, word in enumerate(words):
        for parts, label, code in phrases.get(word, ()):
            if len(parts) == 1 or tuple(words[at : at + len(parts)]) == parts:
                states[at] = (len(parts), label)
                present.add(code)
                break
    spoken_of = frozenset(present)
    day = analysis.article.day()
    count = len(words)
    found: list[Name] = []
    at = 0
    while at < count:
        size, label = states.get(at, (0, ""))
        if words[at] in table.phrases:
            match = table.match(words, at, day, spoken_of)
            if match is not None and match[0] >= size:
                size, label = match[0], "PERSON" if match[1].startswith("person:") else "ORG"
        if size:
            found.append(Name(at, at + size, label))
            at += size
        else:
            at += 1
    return found, spoken_of


def _hyphened(analysis: Analysis, name: Name) -> Name:
    """A person's name with what hangs on it by a hyphen, which the parser cuts off: "Seo Min-jae"."""
    words, starts, ends, end = analysis.words, analysis.starts, analysis.ends, name.end
    if name.label != "PERSON":
        return name
    while end < len(analysis) and starts[end] == ends[end - 1] and "-" in (words[end], words[end - 1]):
        if words[end] != "-" and analysis.tags[end] not in ("NN", "NNP"):
            break
        end += 1
    while words[end - 1] == "-" and end > name.end:
        end -= 1
    return Name(name.start, end, name.label)


def _trimmed(analysis: Analysis, name: Name) -> Name | None:
    """A name without titles, articles and possessive endings; none where no name is left."""
    start, end = name.start, name.end
    words, lowers, tags = analysis.words, analysis.lowers, analysis.tags
    while end > start and (
        tags[end - 1] == "POS" or lowers[end - 1] in ("'s", "’s", "’", "'", ",", ".", "-", '"', "”")
    ):
        end -= 1
    while start < end and (
        lowers[start] in ("the", "a", "an", "'s", "’s", '"', "“", "-") or tags[start] in ("DT", "POS")
    ):
        start += 1
    for at in range(start + 1, end):
        if words[at] in ("(", "[", ";", ":", "/"):
            end = at
            break
    if name.label == "PERSON":
        while start < end - 1 and (
            lowers[start] in _TITLES
            or (lowers[start] in ROLES and lowers[start] not in _GIVEN_TOO)
            or words[start].islower()
            or (lowers[start] == "crown" and lowers[start + 1].startswith("prince"))
        ):
            start += 1
        while end - 1 > start and words[end - 1].islower():
            end -= 1
    if name.label == "PERSON":
        # "Hans Van" of "Hans Van den Broek": the finder stops at a small particle.
        after = end
        while after < len(words) and lowers[after] in PARTICLES:
            after += 1
        # "Njuguna" of "Njuguna Ndung'u": the tree holds together what the finder cuts.
        if (
            after == end < len(words)
            and tags[end] == "NNP"
            and analysis.deps[end - 1] == "compound"
            and analysis.head[end - 1] == end
            and lowers[end] not in ROLES
            and not words[end].isupper()
        ):
            end += 1
            after = end
        if (
            after < len(words)
            and (after > end or lowers[end - 1] in PARTICLES)
            and words[after][0].isupper()
            and tags[after] in ("NNP", "NNPS")
            and analysis.sentence_of[after] == analysis.sentence_of[start]
        ):
            end = after + 1
    label = name.label
    if (
        label == "ORG"
        and end - start > 1
        and start == analysis.sentences[analysis.sentence_of[start]][0]
        and (lowers[start] in _TRADES or lowers[start].endswith("maker"))
    ):
        start += 1  # "Steelmaker Ferrum"
    if (
        label in ("ORG", "PRODUCT", "NORP", "FAC", "WORK_OF_ART")
        and 1 < end - start < 4
        and lowers[start] in GENDER
        and not words[start].isupper()
        and lowers[end - 1] not in NOT_PEOPLE
        and lowers[end - 1] not in BODIES
        and all(tags[at] == "NNP" for at in range(start, end))
    ):
        label = "PERSON"  # "Aminata Diallo" taken for a body
    if (
        label in ("ORG", "PRODUCT", "NORP", "FAC")
        and 2 < end - start < 5
        and lowers[start] in ROLES
        and lowers[end - 1] not in NOT_PEOPLE
        and lowers[end - 1] not in BODIES
        and not words[end - 1].isupper()
        and all(tags[at] in ("NNP", "NNPS") for at in range(start, end))
    ):
        label, start = "PERSON", start + 1  # "Actress Ines Duarte"
    if label in ("ORG", "PRODUCT", "NORP", "FAC", "WORK_OF_ART", "PERSON") and end - start > 3:
        at = next((at for at in range(end - 3, start, -1) if lowers[at] in _PERSONS), -1)
        if at < 0 and end - start > 4:
            at = end - 4 if lowers[end - 4] in _PERSONS else -1
        if at > 0 and all(
            tags[token] == "NNP"
            and lowers[token] not in BODIES
            and lowers[token] not in NOT_PEOPLE
            and lowers[token] not in NAMED_BODIES
            and words[token] not in countries.terms()
            for token in range(at + 1, end)
        ):
            label, start = "PERSON", at + 1  # "Manitoba Premier Brian Lund"
    if start >= end or not any(words[at][0].isupper() for at in range(start, end)):
        return None
    if end - start == 1 and (
        lowers[start] in _NOT_NAMES
        or (lowers[start] in ROLES and (name.label == "PERSON" or (words[start].isupper() and label == "ORG")))
    ):
        return None  # "the CEO", "the MEC for health"
    return Name(start, end, label)


def _given(analysis: Analysis, names: list[Name], taken: list[bool]) -> None:
    """Name people the parser missed: a known given name, or a form of address, before a proper noun."""
    words, lowers, tags, deps = analysis.words, analysis.lowers, analysis.tags, analysis.deps
    last = len(words) - 1
    at = 0
    while at < last:
        low = lowers[at]
        start = -1
        if tags[at] == "NNP" and tags[at + 1] == "NNP" and not taken[at]:
            if low in GENDER and words[at][0].isupper() and deps[at] == "compound":
                start = at
            elif low in _ADDRESS:
                start = at + 1
        if start < 0:
            at += 1
            continue
        end = start + 1
        while end <= last and tags[end] == "NNP" and deps[end - 1] == "compound" and not taken[end]:
            end += 1
        if start == at and end == at + 1 and taken[end] and low not in NOT_PEOPLE:
            # "the farmer Ana Petrova": the finder knows the surname alone, and takes it for a place
            wrong = next((n for n, name in enumerate(names) if name.start == end == name.end - 1), None)
            if (
                wrong is not None
                and names[wrong].label != "PERSON"
                and deps[end] in ("nsubj", "nsubjpass", "appos")
                and words[end] not in countries.terms()
                and lowers[end] not in BODIES
            ):
                names[wrong] = Name(at, end + 1, "PERSON")
                taken[at] = True
                at = end + 1
                continue
        if not any(taken[start:end]) and (end - start > 1 or start > at) and lowers[end - 1] not in ROLES:
            names.append(Name(start, end, "PERSON"))
            for token in range(start, end):
                taken[token] = True
        at = max(end, at + 1)


def _unnamed(analysis: Analysis, names: list[Name], taken: list[bool]) -> None:
    """Name those the parser missed who say something, or to whom is done what is done to people alone."""
    words, lowers, tags, deps = analysis.words, analysis.lowers, analysis.tags, analysis.deps
    for at, tag in enumerate(tags):
        if tag != "NNP" or taken[at]:
            continue
        dep = deps[at]
        if dep not in ("nsubj", "nsubjpass", "dobj"):
            continue
        above = analysis.head[at]
        if analysis.lemmas[above] not in (_SAYS if dep == "nsubj" else _SUFFERED) or tags[above] == "NNP":
            continue
        word, low = words[at], lowers[at]
        if (
            not word[0].isupper()
            or len(word) < 3
            or low in ROLES
            or low in BODIES
            or low in _NOT_NAMES
            or low in NAMED_BODIES
            or low in NOT_PEOPLE
            or low.rstrip("s") in ROLES
            or word in countries.terms()
            or any(analysis.deps[kid] not in ("punct", "case") for kid in analysis.children[at])
            or (at + 1 < len(words) and tags[at + 1] in ("NNP", "NNPS", "HYPH"))
            or _titled_line(analysis, at)
        ):
            continue
        names.append(Name(at, at + 1, "ORG" if word.isupper() or not word.isalpha() else "PERSON"))
        taken[at] = True


def _titled_line(analysis: Analysis, at: int) -> bool:
    """Whether most words of a sentence bear capitals, which then make no names."""
    start, end = analysis.sentences[analysis.sentence_of[at]]
    words = [word for word in analysis.words[start:end] if word.isalpha() and len(word) > 3]
    return 2 * sum(word[0].isupper() for word in words) > len(words)


def _spread(analysis: Analysis, names: list[Name], taken: list[bool]) -> None:
    """Name each later surname of someone whose full name stands in the article."""
    words, tags = analysis.words, analysis.tags
    surnames: set[str] = set()
    firsts: set[str] = set()
    """First names that the article later uses alone: ``Marco``."""
    short: set[str] = set()
    full = {tuple(words[n.start : n.end]) for n in names if n.label == "PERSON" and n.end - n.start == 2}
    for number, name in enumerate(names):
        if (
            name.end - name.start > 3
            and tuple(words[name.start : name.start + 2]) in full
            and _headline(analysis, name)
        ):
            names[number] = Name(name.start, name.start + 2, "PERSON")  # "Rand Paul Scores Hit On ..."
            continue
        if name.label in ("ORG", "GPE", "LOC", "FAC", "PRODUCT") and (
            _by_role(analysis, name) or _by_self(analysis, name)
        ):
            names[number] = Name(name.start, name.end, "PERSON")
        if names[number].label == "PERSON" and name.end - name.start > 1:
            surnames.add(words[name.end - 1])
            if analysis.lowers[name.start] in GENDER or words[name.start] in FAMILY_FIRST:
                firsts.add(words[name.start])
        elif (
            name.label == "ORG"
            and words[name.end : name.end + 1] == ["("]
            and words[name.end + 2 : name.end + 3] == [")"]
            and words[name.end + 1].isupper()
            and len(words[name.end + 1]) > 1
        ):
            short.add(words[name.end + 1])
    if short:
        for at, word in enumerate(words):
            if word in short and not taken[at]:
                names.append(Name(at, at + 1, "ORG"))
                taken[at] = True
    if not surnames:
        return
    for at, name in enumerate(names):
        word = words[name.start]
        if (
            name.label != "PERSON"
            and name.end - name.start == 1
            and (word in surnames or (word in firsts and name.label in ("ORG", "PRODUCT")))
            and word not in countries.terms()
        ):
            names[at] = Name(name.start, name.end, "PERSON")
    _namesakes(analysis, names, surnames)
    loud = {word.upper() for word in surnames if len(word) > 3}
    meant = surnames | firsts | loud
    for at, word in enumerate(words):
        if word not in meant or taken[at]:
            continue
        if word in surnames:
            named = word[0].isupper() and (tags[at] in _SURNAMED or _mistaken(analysis, at))
        else:
            named = tags[at] == "NNP"
        if named:
            names.append(Name(at, at + 1, "PERSON"))
            taken[at] = True


def _mistaken(analysis: Analysis, at: int) -> bool:
    """Whether a surname is tagged as the verb that it is elsewhere: ``Will described``, ``when Grant left``."""
    tags, tag = analysis.tags, analysis.tags[at]
    after = tags[at + 1] if at + 1 < len(tags) else ""
    if tag == "MD":
        return after in ("VBD", "VBZ", "POS", ",", "VBN")
    inner = at > analysis.sentences[analysis.sentence_of[at]][0] and analysis.words[at - 1] not in ("“", '"', "``", ":")
    return inner and tag in ("VB", "VBP", "VBZ", "VBD", "VBG", "RB")


def _by_role(analysis: Analysis, name: Name) -> bool:
    """Whether a name of two words is in apposition to what a person is: ``her lawyer, Nina Holt,``."""
    words, lowers = analysis.words, analysis.lowers
    if name.end - name.start != 2 or words[name.end - 1].isupper() or lowers[name.end - 1] in NOT_PEOPLE | set(BODIES):
        return False
    head = analysis.head[name.end - 1]
    if analysis.deps[name.end - 1] == "oprd" and lowers[head] in ("named", "called") and head + 1 == name.start:
        whom = analysis.head[head]  # "a cook named Ana Petrova"
        return analysis.deps[head] == "acl" and (lowers[whom] in _PERSONS or lowers[whom] in ("man", "woman"))
    return (
        analysis.deps[name.end - 1] == "appos"
        and head < name.start
        and analysis.tags[head] == "NN"
        and lowers[head] in _PERSONS
        and analysis.deps[name.start] == "compound"
        and words[name.start] not in countries.terms()
    )


def _by_self(analysis: Analysis, name: Name) -> bool:
    """Whether a name of two or three words is a person's by an age or by "he": ``Brett Holm, 38,``, ``X said he``."""
    words, lowers, end = analysis.words, analysis.lowers, name.end
    if end - name.start > 3 or lowers[end - 1] in NOT_PEOPLE or lowers[end - 1] in BODIES:
        return False
    if any(analysis.tags[at] != "NNP" or words[at].isupper() for at in range(name.start, end)):
        return False
    aged = end + 2 < len(words) and words[end] == "," and words[end + 1].isdigit() and words[end + 2] == ","
    if aged and end - name.start > 1:
        return (
            15 < int(words[end + 1]) < 100 and len(words[end + 1]) == 2 and words[name.start] not in countries.terms()
        )
    head = analysis.head_of(range(name.start, end))
    verb = analysis.head[head]
    clause = analysis.child(verb, "ccomp")
    subject = analysis.child(clause, "nsubj", "nsubjpass") if clause is not None else None
    return (
        analysis.deps[head] == "nsubj"
        and subject is not None
        and subject > head
        and lowers[subject] in ("he", "she")
        and analysis.lemmas[verb] in ("say", "tell", "claim", "testify", "admit", "deny")
    )


def _namesakes(analysis: Analysis, names: list[Name], surnames: set[str]) -> None:
    """Name people who bear a country's or a city's name: "Richard Holland ... Holland said".

    Only where the article never speaks of the place as a place: "in Holland", "the Holland team".
    """
    terms = countries.terms()
    shared = {word for word in surnames if word in terms}
    if not shared:
        return
    whole = {name.end - 1 for name in names if name.end - name.start > 1}
    for at, word in enumerate(analysis.words):
        if word in shared and at not in whole and analysis.deps[at] not in ("nsubj", "nsubjpass", "poss", "dobj"):
            before = analysis.lowers[at - 1] if at else ""
            if analysis.deps[at] != "pobj" or before in ("in", "from", "at", "near", "across", "outside", "throughout"):
                shared.discard(word)
    for number, name in enumerate(names):
        if name.end - name.start == 1 and analysis.words[name.start] in shared:
            names[number] = Name(name.start, name.end, "PERSON")


def _office_holders(
    analysis: Analysis,
    table: ActorTable,
    present: frozenset[str],
    names: list[Name],
    taken: list[bool],
    known: set[int],
) -> None:
    """Name the bare surnames of those in office that the parser missed or took for something else."""
    words, tags = analysis.words, analysis.tags
    day = analysis.article.day()
    meant: dict[str, bool] = {}
    single = {
        name.start: at
        for at, name in enumerate(names)
        if name.end - name.start == 1 and name.label != "PERSON" and name.start not in known
    }
    for at, word in enumerate(words):
        if not table.has_surname(word) or (taken[at] and at not in single):
            continue
        if not taken[at] and (tags[at][:2] not in ("NN", "JJ") or (at and words[at - 1] in ("“", '"', "the", "The"))):
            continue
        if word not in meant:
            meant[word] = word not in countries.terms() and table.bare(word, day, present) is not None
        if not meant[word]:
            continue
        if at in single:
            names[single[at]] = Name(at, at + 1, "PERSON")
        else:
            names.append(Name(at, at + 1, "PERSON"))
            taken[at] = True
