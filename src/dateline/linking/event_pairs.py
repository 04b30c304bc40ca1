"""Are two event words of one story about the same thing? What can be seen of a pair.

Everything is taken from records: the trigger, the words of its sentence before and
after it, the actors, places and times found there, and what the reports of the
story have in common. No parser and no encoder of sentences runs here.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.knowledge import lexicons
from dateline.knowledge.event_kin import kin
from dateline.knowledge.event_lexicon import lexicon
from dateline.models.words import Words
from dateline.records import Record, Span

NEAR = 6
"""Words on either side that count as near."""
LIKE = 0.3
"""Cosine of two words that may mean the same."""
MOST = 150
"""Mentions that one mention is compared with."""
_BLOCK = 256
"""Rows of the table of all pairs that are looked at at once."""

_WORD = re.compile(r"[^\W_](?:[\w'’&.-]*[^\W_])?")
_STOP = frozenset(
    """a about above after again against all also although am among an and any are as at away be because been before
    being below between both but by can could did do does doing down during each either else even ever every few for
    from further had has have having he her here hers herself him himself his how however i if in into is it its itself
    just less may me might more most much must my near never no nor not now of off on once one only onto or other our
    out over own per rather same shall she should since so some such than that the their them then there these they
    this those though through thus to too toward towards under until up upon us very via was we were what when where
    whether which while who whom whose why will with within without would yet you your mr mrs ms dr""".split()
)
_NEGATIONS = frozenset(("not", "n't", "never", "no", "without", "nobody", "neither", "nor", "fail", "deny", "refuse"))
_LIGHT = frozenset(
    """be have do make take get give go come put keep let begin start continue stop end finish happen occur follow
    cause lead bring result become remain stay set hold carry use try seem appear need want""".split()
)
_PARTICLES = frozenset(
    """up down in into out off on over away back to at for with from of by about after through around along
    under against as""".split()
)

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Mention:
    """An event word in its sentence."""

    id: str
    article: str
    sentence: int
    """Which of the article it is, from 0."""
    at: int
    """Code point where the word starts."""
    head: str
    """Its plain form."""
    form: str
    """As it stands, in small letters."""
    words: tuple[str, ...]
    """Plain forms of all words that name the event, the head among them."""
    before: tuple[str, ...]
    """Plain forms of the words of the sentence before it, the nearest first, the commonest words left out."""
    after: tuple[str, ...]
    names_before: frozenset[str]
    """Words with a capital letter, in small letters."""
    names_after: frozenset[str]
    numbers: frozenset[str]
    who_before: frozenset[str]
    """Words of the names of actors before it in the sentence, whatever they are called there."""
    who_after: frozenset[str]
    where: frozenset[str]
    """Places in the sentence."""
    when: frozenset[str]
    """Times in the sentence, as TIMEX3 values."""
    negated: bool


@cache
def vocabulary() -> Words:
    """The words with vectors that ship with Dateline."""
    return Words.load("incidents/words")


@cache
def _relations() -> dict[str, frozenset[str]]:
    """PLOVER types that a verb or noun can mean."""
    found: dict[str, set[str]] = {}
    for table in (lexicon().verbs, lexicon().nouns):
        for word, senses in table.items():
            found.setdefault(word, set()).update(each.relation for each in senses if each.relation)
    return {word: frozenset(each) for word, each in found.items()}


def mentions(record: Record, spans: Sequence[tuple[str, Sequence[Span]]]) -> list[Mention]:
    """Event words of a record as they are compared.

    Args:
        record: The record.
        spans: Id and words of each event; the first span is the trigger.
    """
    text = record.article.text
    starts = [each.start for each in record.sentences]
    who = [(span.start, name_words(actor.name)) for actor in record.actors for span in actor.mentions]
    where = [(each.mention.start, each.name.lower()) for each in record.places]
    when = [(each.mention.start, each.value) for each in record.times if each.value]
    read: dict[int, list[tuple[int, str]]] = {}
    result: list[Mention] = []
    for name, every in spans:
        trigger = every[0]
        number = max(0, bisect_right(starts, trigger.start) - 1)
        sentence = record.sentences[number] if record.sentences else Span(0, len(text))
        if number not in read:
            read[number] = [
                (found.start() + sentence.start, found.group())
                for found in _WORD.finditer(text[sentence.start : sentence.end])
            ]
        result.append(
            _mention(record.article.id, name, number, sentence, trigger, every, read[number], who, where, when, text)
        )
    return result


def name_words(name: str) -> frozenset[str]:
    """The words of a name that tell it from others, in small letters."""
    return frozenset(word for word in _WORD.findall(name.lower()) if word not in _STOP and len(word) > 1)


def _mention(
    article: str,
    name: str,
    number: int,
    sentence: Span,
    trigger: Span,
    every: Sequence[Span],
    tokens: Sequence[tuple[int, str]],
    who: Sequence[tuple[int, frozenset[str]]],
    where: Sequence[tuple[int, str]],
    when: Sequence[tuple[int, str]],
    text: str,
) -> Mention:
    known = vocabulary()
    own = [found.group() for span in every for found in _WORD.finditer(text[span.start : span.end])]
    named = _WORD.findall(text[trigger.start : trigger.end])
    head = _head(named) if named else text[trigger.start : trigger.end]
    before: list[str] = []
    after: list[str] = []
    names: tuple[set[str], set[str]] = (set(), set())
    numbers: set[str] = set()
    negated = False
    last = -1
    for at, (start, word) in enumerate(tokens):
        if any(span.start <= start < span.end for span in every):
            continue
        late = start > trigger.start
        low = word.lower()
        if not late:
            last = at
        if low[0].isdigit():
            numbers.add(low.replace(",", ""))
        if low in _STOP:
            continue
        if word[0].isupper() and (at > 0 or low not in known):
            names[late].add(low.removesuffix("'s").removesuffix("’s"))
        (after if late else before).append(known.lemma(word))
    for _, word in tokens[max(0, last - 3) : last + 1]:
        low = word.lower()
        if low in _NEGATIONS or low.endswith(("n't", "n’t")):
            negated = True
    before.reverse()
    inside = [(start, words) for start, words in who if sentence.start <= start < sentence.end]
    return Mention(
        id=name,
        article=article,
        sentence=number,
        at=trigger.start,
        head=known.lemma(head),
        form=head.lower(),
        words=tuple(dict.fromkeys(known.lemma(word) for word in own if word.lower() not in _PARTICLES))
        or (head.lower(),),
        before=tuple(before),
        after=tuple(after),
        names_before=frozenset(names[0]),
        names_after=frozenset(names[1]),
        numbers=frozenset(numbers),
        who_before=frozenset[str]().union(*(words for start, words in inside if start < trigger.start)),
        who_after=frozenset[str]().union(*(words for start, words in inside if start > trigger.start)),
        where=frozenset(place for start, place in where if sentence.start <= start < sentence.end),
        when=frozenset(value for start, value in when if sentence.start <= start < sentence.end),
        negated=negated,
    )


def _head(words: Sequence[str]) -> str:
    """The word that carries a phrase: the last one, or the one before a preposition or particle."""
    for at, word in enumerate(words):
        if at and word.lower() in _PARTICLES:
            return words[at - 1]
    return words[-1]


def terms(text: str) -> Counter[str]:
    """Plain words of a text, with how often they stand in it."""
    known = vocabulary()
    return Counter(known.lemma(word) for word in _WORD.findall(text) if word.lower() not in _STOP)


# ---- a story's mentions ---------------------------------------------------------------------------


class Scene:
    """The mentions of one story, ready to be compared.

    Args:
        found: The mentions.
        texts: Words of each article of the story: see :func:`terms`.
    """

    def __init__(self, found: Sequence[Mention], texts: Mapping[str, Counter[str]]) -> None:
        known = vocabulary()
        self.mentions = list(found)
        spread = Counter(word for each in texts.values() for word in each)
        total = len(texts)
        self._rarity = {word: math.log((1 + total) / (0.5 + often)) + 0.3 for word, often in spread.items()}
        self._unseen = math.log((1 + total) / 0.5) + 0.3
        holders: dict[str, set[str]] = {}
        for each in found:
            holders.setdefault(each.head, set()).add(each.article)
        self._told = {head: len(articles) / max(1, total) for head, articles in holders.items()}
        blank: Floats = np.zeros(known.width, dtype=np.float32)

        def mean(words: Sequence[str]) -> Floats:
            vector = blank.copy()
            for word in words:
                row = known.vector(word)
                if row is not None:
                    vector += np.float32(self._weight(word)) * row
            length = math.sqrt(float(vector @ vector))
            return vector / length if length else vector

        self._heads: Floats = np.array([mean((each.head,)) for each in found], dtype=np.float32)
        self._spans: Floats = np.array([mean(each.words) for each in found], dtype=np.float32)
        self._befores: Floats = np.array([mean(each.before[:NEAR]) for each in found], dtype=np.float32)
        self._afters: Floats = np.array([mean(each.after[:NEAR]) for each in found], dtype=np.float32)
        self._wholes: Floats = np.array([mean(each.before + each.after) for each in found], dtype=np.float32)
        self._bags = [
            tuple(
                self._bag(words)
                for words in (
                    each.before[:NEAR],
                    each.after[:NEAR],
                    each.before[:NEAR] + each.after[:NEAR],
                    each.before + each.after + each.words,
                )
            )
            for each in found
        ]
        self._articles_bags = {
            name: self._scaled({word: (1 + math.log(often)) * self._weight(word) for word, often in each.items()})
            for name, each in texts.items()
        }
        self._relations = [_relations().get(each.head, frozenset[str]()) for each in found]
        nothing = frozenset[int]()
        self._kin = [frozenset[int]().union(*(kin().get(word, nothing) for word in each.words)) for each in found]
        self._kinds = [lexicons.VERBS.get(each.head) or lexicons.NOUNS.get(each.head) for each in found]

    def _weight(self, word: str) -> float:
        return self._rarity.get(word, self._unseen)

    def _bag(self, words: Sequence[str]) -> dict[str, float]:
        return self._scaled({word: self._weight(word) for word in words})

    @staticmethod
    def _scaled(bag: dict[str, float]) -> dict[str, float]:
        length = math.sqrt(sum(value * value for value in bag.values()))
        return {word: value / length for word, value in bag.items()} if length else bag

    def candidates(self) -> list[tuple[int, int]]:
        """Pairs worth a look: of the same word, of words that mean alike, or of one kind of event.

        Of a mention with many such, the :data:`MOST` whose sentences are most like its own.
        """
        count = len(self.mentions)
        numbers: dict[str, int] = {}
        heads = np.array([numbers.setdefault(each.head, len(numbers)) for each in self.mentions])
        labels = [{*map(str, lines), *types} for lines, types in zip(self._kin, self._relations, strict=True)]
        every = sorted({label for each in labels for label in each})
        kinds: Floats = np.array([[label in each for label in every] for each in labels], dtype=np.float32)
        kinds = kinds.reshape(count, len(every))
        found: set[tuple[int, int]] = set()
        for first in range(0, count, _BLOCK):
            block = slice(first, first + _BLOCK)
            like = self._heads[block] @ self._heads.T
            chosen = (like >= LIKE) | (heads[block, None] == heads) | (kinds[block] @ kinds.T > 0)
            order = np.round(like + self._wholes[block] @ self._wholes.T, 5)
            for at, row in enumerate(chosen, first):
                row[at] = False
                others = np.flatnonzero(row)
                if len(others) > MOST:
                    others = others[np.lexsort((others, -order[at - first, others]))[:MOST]]
                found.update((min(at, other), max(at, other)) for other in others.tolist())
        return sorted(found)

    def features(self, pairs: Sequence[tuple[int, int]]) -> Floats:
        """One row a pair; the columns are :data:`COLUMNS`."""
        if not pairs:
            return np.zeros((0, len(COLUMNS)), dtype=np.float32)
        left = np.array([i for i, _ in pairs])
        right = np.array([j for _, j in pairs])

        def cosine(one: Floats, other: Floats) -> Floats:
            return np.einsum("ij,ij->i", one[left], other[right])

        dense = [
            cosine(self._heads, self._heads),
            cosine(self._spans, self._spans),
            cosine(self._befores, self._befores),
            cosine(self._afters, self._afters),
            np.maximum(cosine(self._befores, self._afters), cosine(self._afters, self._befores)),
            cosine(self._wholes, self._wholes),
            np.maximum(cosine(self._heads, self._wholes), cosine(self._wholes, self._heads)),
        ]
        rows = np.array([self._row(i, j) for i, j in pairs], dtype=np.float32)
        return np.concatenate((np.stack(dense, axis=1), rows), axis=1)

    def _row(self, i: int, j: int) -> list[float]:
        a, b = self.mentions[i], self.mentions[j]
        one, other = self._bags[i], self._bags[j]
        same = a.article == b.article
        kinds = self._kinds[i], self._kinds[j]
        told = sorted((self._told[a.head], self._told[b.head]))
        return [
            a.head == b.head,
            a.form == b.form,
            _prefix(a.head, b.head),
            _share(a.words, b.words),
            len(a.words) + len(b.words),
            _agree(self._relations[i], self._relations[j]),
            _agree(self._kin[i], self._kin[j]),
            a.head in _LIGHT or b.head in _LIGHT,
            (kinds[0] == "speech") + (kinds[1] == "speech"),
            (kinds[0] is not None) + (kinds[1] is not None),
            *told,
            _cosine(one[0], other[0]),
            _cosine(one[1], other[1]),
            max(_cosine(one[0], other[1]), _cosine(one[1], other[0])),
            _cosine(one[2], other[2]),
            _cosine(one[3], other[3]),
            (a.head in other[2]) + (b.head in one[2]),
            _agree(a.names_before, b.names_before),
            _agree(a.names_after, b.names_after),
            self._common(a.names_before | a.names_after, b.names_before | b.names_after),
            _agree(a.numbers, b.numbers),
            _agree(a.who_before, b.who_before),
            _agree(a.who_after, b.who_after),
            _agree(a.who_before | a.who_after, b.who_before | b.who_after),
            _agree(a.where, b.where),
            _agree(a.when, b.when),
            same,
            abs(a.sentence - b.sentence) if same else -1.0,
            min(a.sentence, b.sentence),
            max(a.sentence, b.sentence),
            _cosine(self._articles_bags[a.article], self._articles_bags[b.article]),
            a.negated != b.negated,
            a.negated + b.negated,
            a.form.endswith("ing") + b.form.endswith("ing"),
            _agree(frozenset(a.before[:2]), frozenset(b.before[:2])),
            _agree(frozenset(a.after[:2]), frozenset(b.after[:2])),
        ]

    def _common(self, one: frozenset[str], other: frozenset[str]) -> float:
        return sum(self._weight(word) for word in one & other)


COLUMNS = (
    "heads", "spans", "befores", "afters", "crosses", "wholes", "head in whole",
    "same head", "same form", "prefix", "words", "length", "relation", "kin", "light", "speech", "kinds",
    "told least", "told most",
    "before", "after", "cross", "near", "sentence", "head near",
    "names before", "names after", "names", "numbers", "who before", "who after", "who", "where", "when",
    "same article", "distance", "first sentence", "last sentence", "articles", "negation", "negated",
    "ing", "next before", "next after",
)  # fmt: skip
"""What the columns of the features hold."""


def _prefix(one: str, other: str) -> float:
    """Letters that two words begin with alike, as a share of the longer one."""
    at = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        at += 1
    return at / max(len(one), len(other), 1)


def _share(one: Sequence[str], other: Sequence[str]) -> float:
    a, b = set(one), set(other)
    return len(a & b) / len(a | b) if a and b else 0.0


def _agree(one: frozenset[Any], other: frozenset[Any]) -> float:
    """1 to 0 for what two sets have in common, as a share of the smaller; -1 where nothing; -0.5 where one is empty."""
    if not one or not other:
        return -0.5
    shared = len(one & other)
    return shared / min(len(one), len(other)) if shared else -1.0


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    if len(one) > len(other):
        one, other = other, one
    return sum(value * other[word] for word, value in one.items() if word in other)
