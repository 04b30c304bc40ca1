"""Where: names of places, found and resolved to one point each.

Three steps, each deterministic and the last two learned:

1. *Spots*: stretches of capitalised words that the gazetteer or a table of demonyms knows, the longest first, whatever
   the parser calls them, so that places inside the names of organisations are seen too.
2. *Resolution*: one place a name and article ("one sense per article"; a name that follows a comma as container counts
   as another name). Every candidate is scored by population, kind, containment ("Paris, Texas"), the publisher's home
   and the votes of the article's other names for its country, its first-order unit and its neighbourhood. Two passes
   of a log-linear model, the second with the votes of the first.
3. *Acceptance*: the probability that the words name that place at all and that the point is right, by logistic
   regression over the parser's label, the words around, what the same words are elsewhere in the article, and how sure
   the resolution is.

The weights are those of ``models/weights/places``; ``tools/train_places.py`` makes them.

Missed: places that the gazetteer lacks (streets, most buildings, hamlets under 500 people; the parser's GPE, LOC and
FAC names among them are given without a point), places named in lower case, and two senses of one name in one article.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from dateline import ids
from dateline.coding.coder import Draft
from dateline.knowledge import gazetteer as g
from dateline.knowledge.gazetteer import Entry, Gazetteer, key
from dateline.knowledge.given_names import GENDER
from dateline.reading.analysis import Analysis, Name
from dateline.records import Finding, Place, PlaceKind, Provenance

NAME = "places/1"
WEIGHTS = Path(__file__).parents[1] / "models" / "weights" / "places" / "places.json"
LONGEST = 6
"""Tokens of the longest name looked for."""
CANDIDATES = 24
"""Candidates kept for one name: the most populous."""

_JOINS = frozenset(
    """of the and de la le les del al el du des da do dos das di van der den upon on sur in under au aux en
    lez am an bei ob im es ez ed los las ul bin - – / ' & e y i 's ’s ’""".split()
)
"""Tokens that a name may hold but neither begin nor end with."""
_NEVER = frozenset(
    """a an the i he she it we they you in on at by for from to of and or but if as so no not is was are
    were be been has have had do did will would can could may might must shall should this that these those
    there here what when where who why how which while after before since until during with without about
    over under between among because however although though also all any both each every few many most more
    much some such only own same than then too very just his her its our their my your him them us me one
    two three four five six seven eight nine ten monday tuesday wednesday thursday friday saturday sunday
    january february march april june july august september october november december mr mrs ms dr sen rep
    gov gen col lt sgt capt rev prof hon president minister prime king queen prince princess senator
    governor mayor judge chief general colonel police sheriff court school university company bank church
    road street avenue team club party government council committee department ministry office association
    board university college hospital airport park news times post press media photo story today yesterday
    tomorrow god christmas easter ramadan lord lady sir saint st mount fort new old north south east west
    northern southern eastern western central bay river lake city town county state district province island
    islands valley man men woman women people children home house club centre center group international
    national federal local democrat democrats republican republicans labour liberal conservative congress
    senate parliament act law bill internet twitter facebook google youtube com www http email phone tel fax
    web site page copyright said says first second third last next best good great early late now yes please
    thanks""".split()
)
"""Single words never looked up: the gazetteer has a hamlet for most of them."""
_COMPASS = frozenset(
    """north south east west northern southern eastern western central northeast northwest southeast southwest
    northeastern northwestern southeastern southwestern upper lower mid downtown""".split()
)
_UNIT = {
    word: kind
    for kind, words in {
        "second": """county parish borough counties""",
        "first": """region province oblast krai governorate prefecture state states territory republic
        provinces district municipality regency canton""",
        "office": """department police sheriff fire council court government parliament ministry embassy
        army military officials authorities commission board chamber mayor governor""",
        "team": """city fc united rovers athletic bulldogs tigers eagles hawks wildcats lakers bulls bears
        giants jets""",
        "city": """town village township suburb neighborhood neighbourhood""",
        "water": """river creek lake bay sea gulf ocean strait canal harbor harbour reservoir bayou falls""",
        "street": """street avenue road highway boulevard drive lane route st. ave. rd. blvd. bridge square
        turnpike parkway""",
        "building": """university college school schools hospital airport stadium church park museum library
        center centre hall prison jail academy institute high elementary middle theatre theater station mall
        hotel club fairgrounds""",
        "paper": """times post news herald gazette journal tribune press daily dispatch register mercury
        star chronicle sun sentinel mail express telegraph observer inquirer""",
        "firm": """inc. inc corp. corp co. co ltd ltd. llc bank company group airlines insurance energy
        industries motors""",
    }.items()
    for word in words.split()
}
"""What a name is or belongs to, by the word after it."""
_TITLE = frozenset(
    """mr mr. mrs mrs. ms ms. miss dr dr. sir dame lord lady president chancellor sen. rep. gov. gen. lt. col. sgt.
    capt. maj. cpl. pvt. prof. rev. hon. king queen prince princess pope judge justice coach quarterback pitcher
    detective officer deputy senator congressman congresswoman secretary ambassador professor actor actress
    singer author writer director chairman chairwoman spokesman spokeswoman attorney lawyer""".split()
)
_HONORIFIC = frozenset("mr mr. mrs mrs. ms ms. miss dr dr. sir dame".split())
_NAMESAKES = frozenset(
    """paris chelsea brooklyn sydney victoria georgia jordan lincoln savannah israel india asia kenya milan
    austin dallas houston jackson madison charlotte florence virginia carolina adelaide alexandria geneva lourdes
    santiago orlando diego regina kingston preston carson clinton wilson denver phoenix memphis london camden
    chester lance""".split()
)
"""Places whose names people are given too."""
_PLACED = frozenset(
    """in at near from to across around throughout outside inside toward towards into via through between
    along""".split()
)
_SAYS = frozenset(
    """said says told added asked explained noted wrote thinks believes recalled argued insisted joked smiled""".split()
)


def _read_weights() -> dict[str, Any]:
    return json.loads(WEIGHTS.read_text("utf-8"))


@dataclass(slots=True)
class Spot:
    """A stretch of tokens that may name a place."""

    start: int
    end: int
    key: str
    refs: tuple[tuple[int, int], ...]
    kind: str
    """``name``, ``abbreviation`` or ``demonym``."""
    label: str = ""
    """The parser's label of the name it lies in; empty where in none."""
    fit: str = ""
    """``=`` the whole name, ``<`` within it, ``~`` across its edge."""
    first: bool = False
    """Whether it opens the name it lies in."""
    last: bool = False
    container: bool = False
    """Whether it follows another spot and a comma."""
    unit: str = ""
    """What the word after it says it is."""
    sense: Sense = field(init=False, repr=False)


@dataclass(slots=True)
class Sense:
    """What the spots of one name in one article mean: one place."""

    key: str
    spots: list[Spot]
    candidates: list[Entry]
    hows: list[int]
    fixed: list[dict[str, float]] = field(default_factory=list[dict[str, float]])
    """Features of each candidate that the votes do not change."""
    chances: list[float] = field(default_factory=list[float])
    """Probability of each candidate."""
    weight: float = 1.0
    votes: list[list[float]] = field(default_factory=list[list[float]])

    @property
    def best(self) -> int:
        """Index of the likeliest candidate."""
        return max(range(len(self.chances)), key=self.chances.__getitem__)


VOTES = ("country votes", "country share", "unit votes", "unit share", "near votes", "near share")
"""What the other names of the article say for a candidate: its country, its first-order unit, its neighbourhood."""
_LEVEL = tuple(f"is {level}" for level in g.LEVELS)
_ORDER = ("first", "second", "third")
_LARGER = frozenset(("first", "second"))


class PlaceCoder:
    """Gives a :class:`Place` for each mention of a place.

    Args:
        gazetteer: The package's own by default, unpacked at the first use.
        threshold: Findings less likely than this are left out.
        weights: The models' weights; the package's own by default.
    """

    name = NAME
    needs: frozenset[type[Finding]] = frozenset()
    gives: type[Finding] = Place

    def __init__(
        self,
        gazetteer: Gazetteer | None = None,
        *,
        threshold: float | None = None,
        weights: dict[str, Any] | None = None,
    ) -> None:
        self._gazetteer = gazetteer
        model = weights or _read_weights()
        self._rounds: list[dict[str, float]] = model["rounds"]
        self._accept: dict[str, float] = model["accept"]
        self._threshold: float = model["threshold"] if threshold is None else threshold

    @classmethod
    def of_gazetteer(cls, gazetteer: Gazetteer) -> PlaceCoder:
        """The coder with a gazetteer of the user's own."""
        return cls(gazetteer)

    @property
    def gazetteer(self) -> Gazetteer:
        """The gazetteer in use."""
        if self._gazetteer is None:
            self._gazetteer = g.default()
        return self._gazetteer

    def code(self, drafts: Sequence[Draft]) -> list[tuple[Finding, ...]]:
        """Places of each draft, in text order."""
        return [self._code(draft.analysis) for draft in drafts]

    def _code(self, analysis: Analysis) -> tuple[Finding, ...]:
        spots = self.spots(analysis)
        senses = self.senses(spots, analysis)
        self.resolve(senses)
        found: list[tuple[int, Place]] = []
        taken: set[int] = set()
        for spot, chance in zip(spots, self.acceptance(analysis, spots), strict=True):
            if chance >= self._threshold:
                entry = spot.sense.candidates[spot.sense.best]
                found.append((spot.start, self._place(analysis, spot, entry, chance)))
                taken.update(range(spot.start, spot.end))
        found.extend(
            (name.start, self._unplaced(analysis, name))
            for name in analysis.names
            if name.label in UNPLACED and taken.isdisjoint(range(name.start, name.end))
        )
        found.sort(key=lambda pair: pair[0])
        return tuple(place for _, place in found)

    def _place(self, analysis: Analysis, spot: Spot, entry: Entry, chance: float) -> Place:
        span = analysis.span(spot.start, spot.end)
        kind: PlaceKind = "demonym" if spot.kind == "demonym" else entry.kind
        admin1 = self.gazetteer.entry(entry.admin1).name if entry.admin1 is not None else None
        return Place(
            id=ids.finding_id("place", analysis.article.id, (span,), NAME),
            provenance=Provenance((span,), NAME, round(chance, 3)),
            name=entry.name,
            geoname=entry.geoname,
            latitude=entry.latitude,
            longitude=entry.longitude,
            country=entry.country,
            admin1=admin1,
            kind=kind,
            mention=span,
        )

    def _unplaced(self, analysis: Analysis, name: Name) -> Place:
        start = name.start + (analysis.lowers[name.start] == "the" and name.end - name.start > 1)
        end = name.end - (analysis.tags[name.end - 1] == "POS" and name.end - start > 1)
        span = analysis.span(start, end)
        kind = UNPLACED[name.label]
        return Place(
            id=ids.finding_id("place", analysis.article.id, (span,), NAME),
            provenance=Provenance((span,), NAME, _UNPLACED_CHANCE[name.label]),
            name=analysis.quote(start, end),
            kind=kind,
            mention=span,
        )

    # Spots

    def spots(self, analysis: Analysis) -> list[Spot]:
        """What may name a place, in text order, disjoint."""
        words = analysis.words
        label_at = _labels(analysis)
        found: list[Spot] = []
        for begin, stop in analysis.sentences:
            at = begin
            while at < stop:
                word = words[at]
                if not (word[0].isupper() or (len(word) > 3 and word[2] == "-" and word[3].isupper())):
                    at += 1
                    continue
                if at > begin and analysis.lowers[at - 1] in _HONORIFIC:
                    while at < stop and words[at][0].isupper():  # a person, whatever the words
                        at += 1
                    continue
                spot = self._match(analysis, at, stop, label_at)
                if spot is None:
                    at += 1
                    continue
                self._surround(spot, analysis, found[-1] if found else None, label_at)
                found.append(spot)
                at = spot.end
        return found

    def spots_at(self, analysis: Analysis, spans: Sequence[tuple[int, int]]) -> list[Spot]:
        """Spots where someone else has found the names: to resolve them alone.

        Args:
            analysis: The article.
            spans: First token and the one after the last of each name, in text order, disjoint. Names that the
                gazetteer lacks have no spot.
        """
        label_at = _labels(analysis)
        found: list[Spot] = []
        for start, end in spans:
            spot = self._known(analysis, start, end)
            if spot is not None:
                self._surround(spot, analysis, found[-1] if found else None, label_at)
                found.append(spot)
        return found

    def _known(self, analysis: Analysis, start: int, end: int) -> Spot | None:
        text = analysis.quote(start, end)
        for written in (text, text.upper(), text + "."):
            exact = self.gazetteer.abbreviation(written)
            if exact is not None:
                return Spot(start, end, written, ((exact, g.PRIMARY),), "abbreviation")
        folded = key(text)
        for each in (folded, folded.removeprefix("the "), f"the {folded}"):
            refs = self.gazetteer.find(each)
            if refs:
                return Spot(start, end, each, refs, "name")
        demonym = self.gazetteer.demonym(folded)
        return None if demonym is None else Spot(start, end, folded, ((demonym, g.PRIMARY),), "demonym")

    def _match(self, analysis: Analysis, at: int, stop: int, label_at: dict[int, Name]) -> Spot | None:
        """The longest name that starts at a token."""
        gazetteer, words, lowers = self.gazetteer, analysis.words, analysis.lowers
        whole, starts, ends = analysis.article.text, analysis.starts, analysis.ends
        end = at + 1
        limit = min(stop, at + LONGEST)
        while end < limit and (words[end][0].isupper() or lowers[end] in _JOINS):
            end += 1
        name = label_at.get(at)
        for last in range(end, at, -1):
            low = lowers[last - 1]
            if low in _JOINS and last - at > 1:
                continue
            text = words[at] if last == at + 1 else whole[starts[at] : ends[last - 1]]
            if last - at <= 2:
                exact = gazetteer.abbreviation(text)
                if exact is None and last == at + 1 and ("." in text or (last < stop and words[last] == ".")):
                    exact = gazetteer.abbreviation(text + ".")
                if exact is not None:
                    if _abbreviates(text, words, at):
                        return Spot(at, last, text, ((exact, g.PRIMARY),), "abbreviation")
                    if text[-1] == "." or text.isupper():
                        continue
            if at and lowers[at - 1] == "the":
                refs = gazetteer.find("the " + key(text))
                if refs:
                    return Spot(at, last, "the " + key(text), refs, "name")
            if last == at + 1 and (low in _NEVER or len(low) < 3):
                continue
            folded = key(text)
            if not folded:
                continue
            demonym = gazetteer.demonym(folded)
            if demonym is not None and not (
                name is not None and name.label in ("GPE", "LOC") and gazetteer.find(folded)
            ):
                return Spot(at, last, folded, ((demonym, g.PRIMARY),), "demonym")
            refs = gazetteer.find(folded)
            if refs:
                return Spot(at, last, folded, refs, "name")
        return None

    def _surround(self, spot: Spot, analysis: Analysis, before: Spot | None, label_at: dict[int, Name]) -> None:
        name = label_at.get(spot.start) or label_at.get(spot.end - 1)
        if name is not None:
            start = name.start + (analysis.lowers[name.start] == "the" and spot.start > name.start)
            end = name.end - (analysis.tags[name.end - 1] == "POS" and spot.end < name.end)
            spot.label = name.label
            spot.first = spot.start == start
            spot.last = spot.end == end
            if spot.first and spot.last:
                spot.fit = "="
            elif start <= spot.start and spot.end <= end:
                spot.fit = "<"
            else:
                spot.fit = "~"
        words = analysis.words
        if spot.end < len(words) and analysis.sentence_of[spot.end] == analysis.sentence_of[spot.start]:
            spot.unit = _UNIT.get(analysis.lowers[spot.end], "")
        if (
            before is not None
            and before.kind != "demonym"
            and before.end + 1 == spot.start
            and words[before.end] in (",", "(")
            and spot.kind != "demonym"
        ):
            spot.container = True

    # Resolution

    def senses(self, spots: list[Spot], analysis: Analysis) -> list[Sense]:
        """Spots gathered by name, with their candidates and what is known of these before any vote."""
        gazetteer = self.gazetteer
        grouped: dict[tuple[str, bool], Sense] = {}
        for spot in spots:
            sense = grouped.get((spot.key, spot.container))
            if sense is None:
                pairs = spot.refs[:CANDIDATES]
                sense = grouped[spot.key, spot.container] = Sense(
                    spot.key, [], [gazetteer.entry(number) for number, _ in pairs], [how for _, how in pairs]
                )
            spot.sense = sense
            sense.spots.append(spot)
        found = list(grouped.values())
        inside: dict[int, dict[int, bool]] = {}
        holding: dict[int, set[int]] = {}
        for one, two in pairwise(spots):
            if two.container:
                self._contain(one.sense, two.sense, inside, holding)
        for one, two in zip(spots, spots[2:], strict=False):
            if two.container and two.start - one.end <= 6:
                self._contain(one.sense, two.sense, inside, {})
        home = self._home(analysis)
        host = _host(analysis)
        for sense in found:
            self._describe(sense, inside.get(id(sense), {}), holding.get(id(sense), set()), home, host)
        return found

    @staticmethod
    def _contain(one: Sense, two: Sense, inside: dict[int, dict[int, bool]], holding: dict[int, set[int]]) -> None:
        for outer, how in zip(two.candidates, two.hows, strict=True):
            sure = how == g.PRIMARY and outer.level in (g.COUNTRY, g.ADMIN1)
            for inner in one.candidates:
                if _holds(outer, inner):
                    held = inside.setdefault(id(one), {})
                    held[inner.number] = held.get(inner.number, False) or sure
                    holding.setdefault(id(two), set()).add(outer.number)

    def _home(self, analysis: Analysis) -> Entry | None:
        number = self.gazetteer.publisher(analysis.article.source, analysis.article.url)
        return self.gazetteer.entry(number) if number is not None else None

    @staticmethod
    def _describe(sense: Sense, inside: dict[int, bool], holding: set[int], home: Entry | None, host: str) -> None:
        """Fill in what is known of each candidate before any vote, by the name of the feature."""
        units = {spot.unit for spot in sense.spots}
        container = sense.spots[0].container
        sense.weight = max(_TRUST.get((spot.label, spot.fit), 0.3) for spot in sense.spots)
        squeezed = sense.key.replace(" ", "")
        in_host = len(squeezed) > 4 and squeezed in host
        cities = [each for each in sense.candidates if each.level == g.CITY][:6]
        order = 0
        for entry, how in zip(sense.candidates, sense.hows, strict=True):
            level = entry.level
            row = {"population": math.log10(entry.population + 1) / 4, _LEVEL[level]: 1.0}
            if not entry.population:
                row["unpeopled"] = 1.0
            if how == g.PRIMARY:
                if order < 3:
                    row[_ORDER[order]] = 1.0
                order += 1
            else:
                row["alternate" if how == g.ALTERNATE else "base"] = 1.0
                if cities and level in (g.ADMIN2, g.ADMIN3):
                    row["unit beside city"] = 1.0
            if entry.flags:
                if entry.flags & g.CAPITAL:
                    row["capital"] = 1.0
                if entry.flags & g.LISTED:
                    row["listed"] = 1.0
                if entry.flags & g.NEWSWORTHY and how == g.PRIMARY:
                    row["newsworthy"] = 1.0
            if entry.number in inside:
                row["inside next"] = 1.0
                if inside[entry.number]:
                    row["inside unit next"] = 1.0
            if entry.number in holding:
                row["holds previous"] = 1.0
            if container and level in (g.COUNTRY, g.ADMIN1):
                row["container"] = 1.0
            if in_host and level == g.CITY:
                row["in host"] = 1.0
            if level == g.CITY:
                if "city" in units:
                    row["said city"] = 1.0
                if units & _LARGER:
                    row["said larger"] = 1.0
            elif level in (g.ADMIN1, g.ADMIN2, g.ADMIN3):
                if any(
                    city.country == entry.country and (entry.number == city.admin1 or _gap(city, entry) < 100)
                    for city in cities
                ):
                    row["unit after comma round city" if container else "unit round city"] = 1.0
                    if "second" in units or "first" in units:
                        row["said unit round city"] = 1.0
                if "first" in units:
                    row["said unit"] = 1.0
                if "second" in units and level == g.ADMIN2:
                    row["said county"] = 1.0
            elif level == g.WATER and "water" in units:
                row["said water"] = 1.0
            if home is not None:
                if entry.country != home.country:
                    row["abroad"] = 1.0
                elif level != g.COUNTRY:
                    row["home country"] = 1.0
                    if home.admin1 is not None and home.admin1 in (entry.admin1, entry.number):
                        row["home unit"] = 1.0
                    gap = _gap(entry, home) if home.level == g.CITY else 1000.0
                    if gap < 400:
                        row["home near"] = math.exp(-gap / 60)
            sense.fixed.append(row)

    def resolve(self, senses: list[Sense], rounds: int | None = None) -> None:
        """Set the chances of every candidate, round by round."""
        for number, weights in enumerate(self._rounds[:rounds]):
            if number:
                self.vote(senses)
            said = [weights.get(name, 0.0) for name in VOTES]
            for sense in senses:
                if len(sense.candidates) == 1:
                    sense.chances = [1.0]
                    continue
                scores: list[float] = []
                for at, row in enumerate(sense.fixed):
                    score = 0.0
                    for name, value in row.items():
                        score += weights.get(name, 0.0) * value
                    if number:
                        a, b, c, d, e, f = sense.votes[at]
                        score += said[0] * a + said[1] * b + said[2] * c + said[3] * d + said[4] * e + said[5] * f
                    scores.append(score)
                top = max(scores)
                powers = [math.exp(score - top) for score in scores]
                total = sum(powers)
                sense.chances = [power / total for power in powers]

    def vote(self, senses: list[Sense]) -> None:
        """Gather what the other names say for each candidate's country, unit and neighbourhood."""
        countries: dict[str, float] = {}
        units: dict[int, float] = {}
        cells: dict[tuple[int, int], float] = {}
        own: list[tuple[dict[str, float], dict[int, float], dict[tuple[int, int], float]]] = []
        total = 0.0
        for sense in senses:
            mine: tuple[dict[str, float], dict[int, float], dict[tuple[int, int], float]] = ({}, {}, {})
            weight = sense.weight * (1 + math.log(len(sense.spots)))
            total += weight
            for entry, chance in zip(sense.candidates, sense.chances, strict=True):
                if chance < 0.02:
                    continue
                part = weight * chance
                if entry.country:
                    countries[entry.country] = countries.get(entry.country, 0.0) + part
                    mine[0][entry.country] = mine[0].get(entry.country, 0.0) + part
                unit = entry.number if entry.level == g.ADMIN1 else entry.admin1
                if unit is not None:
                    units[unit] = units.get(unit, 0.0) + part
                    mine[1][unit] = mine[1].get(unit, 0.0) + part
                if entry.level in (g.CITY, g.ADMIN2, g.ADMIN3, g.FACILITY):
                    row, column = _cell(entry)
                    for a in (row - 1, row, row + 1):
                        for b in (column - 1, column, column + 1):
                            cells[a, b] = cells.get((a, b), 0.0) + part
                            mine[2][a, b] = mine[2].get((a, b), 0.0) + part
            own.append(mine)
        for sense, mine in zip(senses, own, strict=True):
            sense.votes = []
            rest = total - sense.weight * (1 + math.log(len(sense.spots))) + 1.0
            for entry in sense.candidates:
                country = countries.get(entry.country, 0.0) - mine[0].get(entry.country, 0.0) if entry.country else 0.0
                number = entry.number if entry.level == g.ADMIN1 else entry.admin1
                unit = units.get(number, 0.0) - mine[1].get(number, 0.0) if number is not None else 0.0
                cell = _cell(entry)
                near = cells.get(cell, 0.0) - mine[2].get(cell, 0.0)
                sense.votes.append(
                    [math.log1p(country), country / rest, math.log1p(unit), unit / rest, math.log1p(near), near / rest]
                )

    # Acceptance

    def acceptance(self, analysis: Analysis, spots: list[Spot]) -> list[float]:
        """Probability, for each spot, that it names a place and the resolution is right."""
        weights = self._accept
        bias = weights["bias"]
        chances: list[float] = []
        for features in self.evidence(analysis, spots):
            score = bias
            for name, value in features.items():
                score += weights.get(name, 0.0) * value
            chances.append(1 / (1 + math.exp(-max(-30.0, min(30.0, score)))))
        return chances

    def evidence(self, analysis: Analysis, spots: list[Spot]) -> list[dict[str, float]]:
        """What speaks for and against each spot, by the name of the feature."""
        lowers, words, tags = analysis.lowers, analysis.words, analysis.tags
        surnames = _surnames(analysis)
        placed: dict[str, int] = {}
        located: dict[str, int] = {}
        for spot in spots:
            if spot.start and lowers[spot.start - 1] in _PLACED and spot.label != "PERSON":
                located[spot.key] = located.get(spot.key, 0) + 1
            if spot.label in ("GPE", "LOC") and spot.fit == "=":
                placed[spot.key] = placed.get(spot.key, 0) + 1
        plain = {low for low, word in zip(lowers, words, strict=True) if low == word}
        rows: list[dict[str, float]] = []
        count = len(words)
        for spot in spots:
            start, end = spot.start, spot.end
            begin, stop = analysis.sentences[analysis.sentence_of[start]]
            sense = spot.sense
            best = sense.best
            entry = sense.candidates[best]
            group = spot.kind if spot.kind != "name" else "name"
            tag = f"{spot.label or 'none'}{spot.fit}"
            row: dict[str, float] = {f"{group} {tag}": 1.0}
            size = math.log10(entry.population + 1) / 4
            row["population"] = size
            row[f"level {entry.level}"] = 1.0
            how = sense.hows[best]
            if how == g.BASE and spot.unit in _LARGER and lowers[end] == words[end]:
                how = g.PRIMARY  # "Kursk region" is the unit's usual name in English
            row[f"how {how}"] = 1.0
            mass, rival = _agreed(sense, best)
            row["chance"] = sense.chances[best]
            row["mass"] = mass
            row["unsure"] = float(mass < 0.5)
            row["above rival"] = max(-0.5, min(1.5, math.log10((entry.population + 1000) / (rival + 1000)) / 2))
            if sense.votes:
                row["country share"] = sense.votes[best][1]
                row["unit share"] = sense.votes[best][3]
                row["near share"] = sense.votes[best][5]
                row["near votes"] = min(1.0, sense.votes[best][4])
                row["lonely"] = float(sense.votes[best][0] < 0.05)
            known = sense.fixed[best]
            if "inside next" in known:
                row["contained"] = 1.0
            if spot.container:
                row["container" if "holds previous" in known else "after comma"] = 1.0
            if known.get("home near", 0.0) > 0.1:
                row["home"] = 1.0
            if entry.flags & g.CAPITAL:
                row["capital"] = 1.0
            if entry.flags & g.LISTED:
                row["listed"] = 1.0
            if entry.flags & g.NEWSWORTHY and how == g.PRIMARY:
                row["newsworthy"] = 1.0
            if end - start > 1:
                row["words"] = min(3.0, end - start - 1.0)
            if spot.unit:
                row[f"unit {spot.unit}"] = 1.0
                if spot.unit in _LARGER or spot.unit == "city":
                    # "Kursk region" and "Union Township" part here.
                    row["unit in lower case" if lowers[end] == words[end] else "unit in capitals"] = 1.0
                if spot.fit == "<":
                    row[f"inside unit {spot.unit}"] = 1.0
            if spot.fit == "<":
                row[f"{spot.label} {'first' if spot.first else 'last' if spot.last else 'middle'}"] = 1.0
            if placed.get(spot.key, 0) - (spot.label in ("GPE", "LOC") and spot.fit == "=") > 0:
                row["placed elsewhere"] = 1.0
                if spot.label == "PERSON":
                    row["person placed elsewhere"] = 1.0
            low = lowers[start]
            if end == start + 1:
                if low in plain:
                    row["common"] = 1.0
                if low in surnames:
                    row["surname"] = 1.0
                    if spot.label not in ("GPE", "LOC"):
                        row["surname unplaced"] = 1.0
                if tags[start] not in ("NNP", "NNPS"):
                    row[
                        "tag " + ("JJ" if tags[start] == "JJ" else "NN" if tags[start] in ("NN", "NNS") else "other")
                    ] = 1.0
                if words[start].isupper() and len(low) > 3:
                    row["capitals"] = 1.0
                    if start == begin:
                        row["capitals first"] = 1.0
            if spot.kind == "demonym":
                row["demonym " + tags[end - 1]] = 1.0
                if lowers[end - 1].endswith("s") and tags[end - 1] in ("NNS", "NNPS"):
                    row["people"] = 1.0
            before = lowers[start - 1] if start > begin else ""
            if located.get(spot.key, 0) > (before in _PLACED and spot.label != "PERSON"):
                row["located elsewhere"] = 1.0
            if before == "the" and start - 1 > begin:
                row["the"] = 1.0
                before = lowers[start - 2]
            if before in _PLACED:
                row["in" if before == "in" else "placed"] = 1.0
                row[f"placed {spot.label in ('GPE', 'LOC', 'FAC')}"] = 1.0
            elif before == "of":
                row["of"] = 1.0
            elif before in _TITLE:
                row["title"] = 1.0
            elif before in _COMPASS:
                row["compass"] = 1.0
            elif before and words[start - 1][0].isupper() and before != "the" and spot.fit != "<":
                row["capital before"] = 1.0
            if not before:
                row["sentence first"] = 1.0
            if (
                (low in GENDER or low in _NAMESAKES)
                and (end == start + 1 and end < stop and words[end][0].isupper())
                and not spot.unit
            ):
                row["given name"] = 1.0
            if end < stop:
                after = lowers[end]
                if words[end][0].isupper() and spot.fit != "<":
                    row["capital after"] = 1.0
                elif after in _SAYS:
                    row["says"] = 1.0
                elif after in ("'s", "’s", "'"):
                    row["possessive"] = 1.0
                elif after == "-":
                    row["hyphen"] = 1.0
                elif after == "based":
                    row["based"] = 1.0
            if start > begin and words[start - 1] == "-":
                row["hyphen before"] = 1.0
            if end < count and spot.kind == "name" and spot.fit == "" and not spot.unit:
                row["unnamed"] = 1.0
            rows.append(row)
        return rows


_TRUST = {
    ("GPE", "="): 1.0,
    ("LOC", "="): 1.0,
    ("NORP", "="): 1.0,
    ("GPE", "<"): 0.6,
    ("LOC", "<"): 0.6,
    ("GPE", "~"): 0.7,
    ("FAC", "<"): 0.6,
    ("FAC", "="): 0.5,
    ("ORG", "<"): 0.5,
    ("ORG", "="): 0.3,
    ("PERSON", "="): 0.1,
    ("PERSON", "<"): 0.05,
    ("PERSON", "~"): 0.1,
}
"""How much a name counts in the votes, by what the parser calls it."""


def _agreed(sense: Sense, best: int) -> tuple[float, int]:
    """Chance of a candidate with its like (its county, its canton), and the population of its largest rival."""
    if len(sense.candidates) == 1:
        return 1.0, 0
    entry = sense.candidates[best]
    mass, rival = 0.0, 0
    for other, chance in zip(sense.candidates, sense.chances, strict=True):
        if other.country == entry.country and (
            other.number in (entry.number, entry.admin1, entry.admin2)
            or entry.number in (other.admin1, other.admin2)
            or _gap(other, entry) < 100
        ):
            mass += chance
        elif other.population > rival:
            rival = other.population
    return mass, rival


def _host(analysis: Analysis) -> str:
    """Letters of the publisher's address or name: ``lancasteronlinecom``."""
    article = analysis.article
    text = article.url.split("://")[-1].split("/")[0] if article.url else article.source or ""
    return "".join(each for each in text.lower() if each.isalnum())


UNPLACED: dict[str, PlaceKind] = {"GPE": "city", "LOC": "region", "FAC": "facility"}
"""Kind of a place that only the parser knows, by its label."""
_UNPLACED_CHANCE = {"GPE": 0.32, "LOC": 0.45, "FAC": 0.52}
"""Share of such names that a reader marked as places, in LGL, GeoWebNews and GeoVirus (226, 95 and 201 names)."""


def _labels(analysis: Analysis) -> dict[int, Name]:
    return {token: name for name in analysis.names for token in range(name.start, name.end)}


def _surnames(analysis: Analysis) -> set[str]:
    """Words of the names of people that the article gives in full."""
    found: set[str] = set()
    for name in analysis.names:
        if name.label == "PERSON" and name.end - name.start > 1:
            found.update(analysis.lowers[name.start : name.end])
    return found


def _abbreviates(text: str, words: list[str], at: int) -> bool:
    """Whether an abbreviation stands where it can only be the place: after a comma, or clear by itself."""
    bare = text.replace(".", "")
    if text in _CLEAR or (text.count(".") > 1 and len(bare) > 1):
        return True
    if len(bare) > 2 and bare.isupper():
        return True
    return at >= 2 and words[at - 1] == "," and words[at - 2][0].isupper()


_CLEAR = frozenset(
    """US UK EU UAE U.S NYC USA USSR DRC NSW Ala. Ariz. Calif. Colo. Conn. Fla. Kan. Kans. Mass. Mich. Minn. Mont. Neb.
    Nebr. Nev. Okla. Tenn. Tex. Wis. Wisc. Wyo. Alta. Ont. Sask. Qld. Qld""".split()
)
"""Abbreviations that are a place wherever they stand."""


def _holds(outer: Entry, inner: Entry) -> bool:
    """Whether one place lies in the other, as far as the gazetteer says."""
    if outer.number == inner.number:
        return False
    if outer.level == g.COUNTRY:
        return outer.country == inner.country and inner.level != g.COUNTRY
    if outer.level in (g.ADMIN1, g.ADMIN2):
        return outer.number in (inner.admin1, inner.admin2)
    if outer.level == g.REGION and outer.country is not None:
        return outer.country == inner.country and _gap(outer, inner) < 300
    return False


def _gap(one: Entry, two: Entry) -> float:
    """Kilometres between two places, on a flat map: right to some percent below 500."""
    high = (one.latitude - two.latitude) * 111.2
    wide = (one.longitude - two.longitude) % 360
    wide = min(wide, 360 - wide) * 111.2 * math.cos(math.radians((one.latitude + two.latitude) / 2))
    return math.hypot(high, wide)


def _cell(entry: Entry) -> tuple[int, int]:
    """A box of one degree of latitude and one and a half of longitude."""
    return math.floor(entry.latitude), math.floor(entry.longitude / 1.5)
