"""Made news for measuring: records whose words, names, places and numbers spread as those of a news archive do.

No text of anybody's: sentences are put together from forms written here, names
of people and rare words from syllables, places from the gazetteer. A few names
and words are in very many articles, most in few (Zipf's law), so that an index
has to do with both. Every span holds the words that its finding is about.
Articles come in stories, and some of a story are copies of its first.

An article depends on its number and on the count of the whole archive (which
sets its day) alone.
"""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate, groupby
from typing import Any, Generic, TypeVar, get_args

from dateline.ids import article_id, finding_id, link_id
from dateline.knowledge import codebook
from dateline.knowledge.countries import states
from dateline.knowledge.gazetteer import CITY, default
from dateline.links import (
    CopyGroup,
    CopyLink,
    Dispute,
    DisputeSide,
    Incident,
    IncidentMember,
    Link,
    Story,
    StoryMember,
)
from dateline.records import (
    Actor,
    Article,
    Block,
    Bound,
    Event,
    Figure,
    Page,
    Place,
    Provenance,
    Record,
    Span,
    Stance,
    Statement,
    Status,
    TimeSpan,
)
from dateline.store import schema

T = TypeVar("T")

FIRST = date(2025, 1, 1)
DAYS = 365
STORY = 8
"""Articles of a story; they lie :data:`_APART` numbers from one another."""
_APART = 5
_VERBS = {
    "AGREE": "reached an accord with",
    "CONSULT": "met",
    "SUPPORT": "backed",
    "CONCEDE": "made concessions to",
    "COOPERATE": "began joint patrols with",
    "AID": "sent relief to",
    "RETREAT": "pulled its troops back from",
    "REQUEST": "appealed for help to",
    "ACCUSE": "accused",
    "REJECT": "turned down the offer of",
    "THREATEN": "threatened",
    "PROTEST": "marched against",
    "SANCTION": "imposed sanctions on",
    "MOBILIZE": "massed forces near",
    "COERCE": "detained officials of",
    "ASSAULT": "shelled positions of",
}
_CUES = ("said", "told reporters", "said in a statement", "warned", "announced", "insisted", "wrote", "added")
_SAID = (
    "the talks on {0} would go on until both sides agree to a cease-fire",
    "no decision about the {0} had been made before the vote in parliament",
    "the people of the {0} district needed clean water and medicine at once",
    "prices of {0} had risen faster than wages and the government had to act",
    "the attack near {0} was carried out by gunmen who crossed the border at night",
    "the court would hear the case of the {0} company next week",
    "they had found no evidence of {0} in the samples taken from the river",
    "elections in {0} would be free and fair whatever the opposition claimed",
    "the army had taken control of the road to {0} after days of fighting",
    "schools and hospitals around {0} would stay closed for the rest of the week",
    "investors were losing patience with the delays at the {0} terminal",
    "it was too early to say who was behind the {0} affair",
)
_PLAIN = (
    "The {0} project has been delayed several times since it was first announced by the ministry",
    "Heavy rain flooded streets in the {0} quarter and cut power to thousands of homes",
    "Analysts at the {0} institute expect growth to slow in the second half of the year",
    "Witnesses described long queues outside the {0} market as shops ran out of bread and fuel",
    "Under the {0} plan the central bank would lend to farmers at a lower rate",
    "The report by the {0} commission runs to several hundred pages and names no names",
    "Police fired tear gas to disperse a crowd that had gathered in front of the {0} embassy",
    "Rescue workers searched the rubble of a {0} building through the night",
    "A spokesman for the {0} union did not answer calls asking for comment",
    "The dispute over the {0} islands goes back to the end of the last war",
    "Trade between the two has fallen by a third since the {0} crossing was closed",
    "Doctors at the {0} clinic said that they had run out of beds and of vaccine",
)
_COUNTED = (("people", "person"), ("soldiers", "soldier"), ("civilians", "civilian"), ("houses", "house"))
_OUTCOMES = ("killed", "injured", "missing", "detained", "displaced")
_ROLES = (
    ("president", "GOV"),
    ("prime minister", "GOV"),
    ("foreign minister", "GOV"),
    ("defence minister", "MIL"),
    ("army spokesman", "MIL"),
    ("opposition leader", "OPP"),
    ("police chief", "COP"),
    ("rebel commander", "REB"),
    ("union leader", "CVL"),
    ("bank director", "BUS"),
)
_PUBLISHERS = tuple(f"{a} {b}" for a in ("Harbour", "Delta", "Northern", "Plain") for b in ("Post", "Wire", "Courier"))
_BOUNDS: dict[Bound, str] = {"exact": "", "at least": "At least ", "about": "About ", "at most": "Up to "}
_ONSETS = ("b", "br", "d", "dr", "f", "g", "h", "k", "kl", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "z")
_NUCLEI = ("a", "e", "i", "o", "u", "ai", "ou")
_CODAS = ("", "", "n", "r", "s", "l", "m", "k")


class Spread(Generic[T]):
    """Things of which the first is drawn most often, the n-th about 1/n times as often."""

    def __init__(self, things: Sequence[T], *, flat: float = 2.0) -> None:
        self.things = things
        self._sums = list(accumulate(1 / (rank + flat) for rank in range(len(things))))

    def draw(self, rng: random.Random) -> T:
        """One of them."""
        return self.things[bisect(self._sums, rng.random() * self._sums[-1])]


@dataclass(frozen=True, slots=True)
class Party:
    """Someone in the news."""

    name: str
    words: str
    kind: Any
    country: str | None
    sector: str | None
    role: str | None = None
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Town:
    """Somewhere in the news."""

    name: str
    geoname: int | None
    latitude: float
    longitude: float
    country: str


class World:
    """Everybody and everything the news is about."""

    def __init__(self) -> None:
        rng = random.Random(20251122)  # noqa: S311 - made data, no secret
        words = sorted({_word(rng) for _ in range(60_000)})
        rng.shuffle(words)
        self.words = Spread(words, flat=20)
        nations = [state for state in states().values() if state.name.isascii()]
        rng.shuffle(nations)
        self.states = Spread(
            [Party(each.name, each.name, "state", each.code, "GOV", entity=f"state:{each.code}") for each in nations]
        )
        people: list[Party] = []
        for number in range(6000):
            role, sector = rng.choice(_ROLES)
            name = f"{_word(rng).title()} {_word(rng).title()}"
            country = self.states.draw(rng).country
            known = f"person:made-{number}" if number % 4 == 0 else None
            people.append(Party(name, name, "person", country, sector, role, known))
        self.people = Spread(people, flat=5)
        kinds = (("Party", "OPP"), ("Group", "BUS"), ("Front", "REB"), ("Committee", "NGO"), ("Council", "GOV"))
        bodies: list[Party] = []
        for _ in range(1500):
            last, sector = rng.choice(kinds)
            kind = "armed group" if sector == "REB" else "organisation"
            name = f"{_word(rng).title()} {last}"
            bodies.append(Party(name, name, kind, self.states.draw(rng).country, sector))
        self.bodies = Spread(bodies, flat=5)
        gazetteer = default()
        towns = [gazetteer.entry(number) for number in range(0, 24_000, 6)]
        self.towns = Spread(
            [
                Town(each.name, each.geoname, each.latitude, each.longitude, each.country)
                for each in towns
                if each.level == CITY and each.country and each.name.isascii()
            ],
            flat=10,
        )


@cache
def world() -> World:
    """The one world; made in a second."""
    return World()


def _word(rng: random.Random) -> str:
    return "".join(
        rng.choice(_ONSETS) + rng.choice(_NUCLEI) + rng.choice(_CODAS) for _ in range(rng.choice((2, 2, 3, 3, 4)))
    )


class _Writing:
    """One article while it is written: its text so far and what was found in it."""

    def __init__(self, number: int, count: int) -> None:
        self.world = world()
        self.origin = origin(number)
        self.rng = random.Random(self.origin)  # noqa: S311 - made data, no secret
        self.number = number
        self.day = FIRST + timedelta(days=(number * DAYS) // max(1, count))
        # Reports of one story draw the same cast, first among equals.
        story = random.Random(-1 - story_of(number))  # noqa: S311
        self.topic = [self.world.words.draw(story) for _ in range(4)]
        self.parties = [self.world.states.draw(story) for _ in range(2)]
        self.parties += [self.world.people.draw(story) for _ in range(3)]
        self.parties += [self.world.bodies.draw(story)]
        self.parties += [self.world.people.draw(self.rng), self.world.bodies.draw(self.rng)]
        self.parties = list({each.name: each for each in self.parties}.values())
        self.towns = [self.world.towns.draw(story), self.world.towns.draw(story), self.world.towns.draw(self.rng)]
        self.cause = story.choice(tuple(_VERBS))
        self.toll = (story.choice(_OUTCOMES), story.choice(_COUNTED), story.randrange(3, 90))
        self.text: list[str] = []
        self.at = 0
        self.sentences: list[Span] = []
        self.blocks: list[Block] = []
        self.mentions: dict[str, list[Span]] = {}
        self.found: dict[str, list[Any]] = {name: [] for name in ("places", "times", "statements", "events", "figures")}
        self.later: list[tuple[Any, Any, Span, dict[str, Any]]] = []

    def put(self, words: str) -> Span:
        """Write words."""
        self.text.append(words)
        start, self.at = self.at, self.at + len(words)
        return Span(start, self.at)

    def who(self, party: Party) -> Span:
        """Name somebody."""
        span = self.put(party.words)
        self.mentions.setdefault(party.name, []).append(span)
        return span

    def where(self) -> tuple[Span, int]:
        """Name a place: its words, and which of the found places it is."""
        town = self.rng.choice(self.towns)
        span = self.put(town.name)
        self.later.append((Place, "place", span, {"town": town}))
        return span, len(self.later) - 1

    def when(self) -> tuple[Span, int]:
        """Name a day of the last week."""
        day = self.day - timedelta(days=self.rng.randrange(7))
        span = self.put(f"on {day:%A}")
        self.later.append((TimeSpan, "time", span, {"day": day}))
        return span, len(self.later) - 1

    def ended(self, start: int) -> None:
        """End a sentence."""
        self.put(".")
        self.sentences.append(Span(start, self.at))
        self.put(" ")

    def plain(self) -> None:
        """A sentence without findings."""
        start = self.at
        word = self.rng.choice(self.topic) if self.rng.random() < 0.3 else self.world.words.draw(self.rng)
        self.put(self.rng.choice(_PLAIN).format(word.title()))
        self.ended(start)

    def saying(self) -> None:
        """Somebody says something."""
        rng = self.rng
        start = self.at
        speaker = rng.choice(self.parties[2:])
        word = rng.choice(self.topic) if rng.random() < 0.5 else self.world.words.draw(rng)
        words = rng.choice(_SAID).format(word)
        direct = rng.random() < 0.4
        fields: dict[str, Any] = {"form": "direct" if direct else "indirect", "speaker": speaker.name}
        fields["stance"] = rng.choices(get_args(Stance), (80, 6, 5, 4, 5))[0]
        if direct:
            fields["content"] = self.put(f"“{words[0].upper()}{words[1:]},”")
            self.put(" ")
            fields["source"] = self.who(speaker)
            self.put(" ")
            fields["cue"] = self.put(rng.choice(_CUES))
            self.put(" ")
            _, fields["time"] = self.when()
        else:
            fields["source"] = self.who(speaker)
            self.put(" ")
            fields["cue"] = self.put(rng.choice(_CUES))
            self.put(" ")
            _, fields["time"] = self.when()
            self.put(" that ")
            fields["content"] = self.put(words)
        self.later.append((Statement, "statement", Span(start, self.at), fields))
        self.ended(start)

    def happening(self) -> None:
        """Somebody does something to somebody."""
        rng = self.rng
        start = self.at
        relation = self.cause if rng.random() < 0.4 else rng.choice(tuple(_VERBS))
        source, target = rng.sample(self.parties, 2)
        self.who(source)
        self.put(" ")
        trigger = self.put(_VERBS[relation])
        self.put(" ")
        self.who(target)
        self.put(" in ")
        _, place = self.where()
        self.put(" ")
        _, time = self.when()
        fields: dict[str, Any] = {
            "relation": relation,
            "source": source.name,
            "target": target.name,
            "place": place,
            "time": time,
        }
        holder = None
        if rng.random() < 0.4:
            speaker = rng.choice(self.parties[2:])
            self.put(", ")
            named = self.who(speaker)
            self.put(" ")
            cue = self.put("said")
            held = {"speaker": speaker.name, "source": named, "cue": cue, "form": "indirect", "stance": "asserts"}
            content = Span(start, named.start - 2)
            self.later.append((Statement, "statement", Span(start, self.at), {**held, "content": content}))
            holder = len(self.later) - 1
        fields["trigger"] = trigger
        fields["said_in"] = holder
        fields["status"] = rng.choices(get_args(Status), (60, 8, 10, 6, 6, 5, 5))[0]
        self.later.append((Event, "event", trigger, fields))
        self.ended(start)

    def counting(self) -> None:
        """So many of something."""
        rng = self.rng
        start = self.at
        outcome, (plural, head), toll = self.toll
        if rng.random() < 0.3:
            outcome, (plural, head) = rng.choice(_OUTCOMES), rng.choice(_COUNTED)
        value = toll + rng.choice((0, 0, 0, 1, 2, 5))
        bound = rng.choice(tuple(_BOUNDS))
        first = self.put(f"{_BOUNDS[bound]}{value}")
        self.put(" ")
        counted = self.put(plural)
        self.put(f" were {outcome} in ")
        _, place = self.where()
        self.put(" ")
        _, time = self.when()
        fields = {"value": value, "bound": bound, "head": head, "outcome": outcome, "counted": counted}
        self.later.append((Figure, "figure", Span(first.start, counted.end), {**fields, "place": place, "time": time}))
        self.ended(start)

    def record(self) -> Record:
        """The whole article: some 550 words."""
        rng = self.rng
        toll = self.toll
        title = f"{self.parties[0].words} and {self.parties[1].words}: {toll[1][0]} {toll[0]} near {self.towns[0].name}"
        self.blocks.append(Block("headline", self.put(title)))
        self.sentences.append(Span(0, self.at))
        steps = [self.happening] * 6 + [self.saying] * 6 + [self.counting] * 4 + [self.plain] * 18
        rng.shuffle(steps)
        if self.origin != self.number:  # a copy is cut at the end
            steps = steps[:-3]
        for first in range(0, len(steps), 3):
            self.put("\n\n" if first == 0 else "\n")
            start = self.at
            for step in steps[first : first + 3]:
                step()
            self.blocks.append(Block("paragraph", Span(start, self.at)))
        text = "".join(self.text)
        own = random.Random(-1_000_000 - self.number)  # noqa: S311
        publisher = own.choice(_PUBLISHERS)
        url = f"https://{publisher.lower().replace(' ', '-')}.example/{self.day:%Y/%m}/{self.number}"
        article = Article(
            id=article_id(source=publisher, url=url, text=text),
            url=url,
            source=publisher,
            title=title,
            byline=(own.choice(self.world.people.things).name,),
            published=f"{self.day}T{own.randrange(24):02}:{own.randrange(60):02}:00Z",
            dated_by="meta",
            language="en",
            text=text,
            blocks=tuple(self.blocks),
            page=Page(digest="0" * 64, position=0, articles=1),
        )
        return Record(article=article, codebook="plover/1", sentences=tuple(self.sentences), **self._findings(article))

    def _findings(self, article: Article) -> dict[str, Any]:
        rng = self.rng
        made = 0

        def base(kind: Any, span: Span) -> dict[str, Any]:
            nonlocal made
            made += 1
            confidence = round(0.5 + rng.random() / 2, 2)
            return {
                "id": finding_id(kind, article.id, (span,), f"{kind}s/made", str(made)),
                "provenance": Provenance((span,), f"{kind}s/made", confidence),
            }

        actors: dict[str, Actor] = {}
        for party in self.parties:
            mentions = self.mentions.get(party.name)
            if mentions:
                actors[party.name] = Actor(
                    **base("actor", mentions[0]),
                    name=party.name,
                    kind=party.kind,
                    country=party.country,
                    sector=party.sector,
                    role=party.role,
                    entity=party.entity,
                    mentions=tuple(mentions),
                )
        types = codebook.plover().types
        ids: list[Any] = []
        found = self.found
        for cls, kind, span, given in self.later:
            fields = base(kind, span)
            ids.append(fields["id"])
            if cls is Place:
                town: Town = given["town"]
                made_place = Place(
                    **fields,
                    name=town.name,
                    geoname=town.geoname,
                    latitude=town.latitude,
                    longitude=town.longitude,
                    country=town.country,
                    kind="city",
                    mention=span,
                )
                found["places"].append(made_place)
            elif cls is TimeSpan:
                day = given["day"]
                found["times"].append(
                    TimeSpan(
                        **fields,
                        earliest=day,
                        latest=day,
                        grain="day",
                        type="DATE",
                        value=day.isoformat(),
                        mention=span,
                    )
                )
            elif cls is Statement:
                found["statements"].append(
                    Statement(
                        **fields,
                        speaker=actors[given["speaker"]].id,
                        source=given["source"],
                        cue=given["cue"],
                        content=(given["content"],),
                        form=given["form"],
                        stance=given["stance"],
                        said_on=ids[given["time"]] if "time" in given else None,
                    )
                )
            elif cls is Event:
                entry = types[given["relation"]]
                found["events"].append(
                    Event(
                        **fields,
                        relation=given["relation"],
                        mode=next(iter(entry.modes), None) if rng.random() < 0.4 else None,
                        cameo=entry.cameo,
                        quad=entry.quad,
                        goldstein=entry.score,
                        trigger=given["trigger"],
                        sources=(actors[given["source"]].id,),
                        targets=(actors[given["target"]].id,),
                        place=ids[given["place"]],
                        time=ids[given["time"]],
                        status=given["status"],
                        said_in=None if given["said_in"] is None else ids[given["said_in"]],
                    )
                )
            else:
                value = float(given["value"])
                found["figures"].append(
                    Figure(
                        **fields,
                        low=None if given["bound"] == "at most" else value,
                        high=None if given["bound"] == "at least" else value,
                        bound=given["bound"],
                        unit=given["head"],
                        counted=given["counted"],
                        head=given["head"],
                        outcome=given["outcome"],
                        place=ids[given["place"]],
                        as_of=ids[given["time"]],
                    )
                )
        return {"actors": tuple(actors.values()), **{name: tuple(each) for name, each in found.items()}}


def record(number: int, count: int) -> Record:
    """The record of an article of an archive of so many."""
    return _Writing(number, count).record()


def story_of(number: int) -> int:
    """Which story an article belongs to: members lie a few numbers apart."""
    block = STORY * _APART
    return number // block * _APART + number % _APART


def origin(number: int) -> int:
    """Of which article it is a copy: itself, or the first of its story."""
    block = STORY * _APART
    place = number % block // _APART
    copies = 3 if story_of(number) % 10 == 0 else 1
    return number - place * _APART if place > STORY - 1 - copies else number


def links(records: Iterator[tuple[int, Record]]) -> dict[str, list[Any]]:
    """What linking would say of the articles, given in their order: copies, stories, incidents, disputes."""
    rows: dict[str, list[Any]] = {name: [] for name in schema.LINKS}
    rows["linked"] = [schema.Linked(step=step, method="made", state="") for step in ("copies", "stories", "incidents")]
    block = STORY * _APART
    for _, some in groupby(records, key=lambda pair: pair[0] // block):  # a story ends with its block
        stories: dict[int, list[tuple[int, Record]]] = {}
        for number, each in some:
            stories.setdefault(story_of(number), []).append((number, each))
        for members in stories.values():
            if len(members) > 1:
                for row in _story(members):
                    rows[_TABLES[type(row)]].append(row)
    return rows


_TABLES: dict[type[Link], str] = {
    CopyLink: "copy_links",
    CopyGroup: "copy_groups",
    Story: "stories",
    StoryMember: "story_members",
    Incident: "incidents",
    IncidentMember: "incident_members",
    Dispute: "disputes",
    DisputeSide: "dispute_sides",
}


def _story(numbered: Sequence[tuple[int, Record]]) -> Iterator[Link]:
    """A story and all that is in it."""
    members = [each for _, each in numbered]
    ids = tuple(each.article.id for each in members)
    copied = [each.article.id for number, each in numbered if origin(number) != number]
    days = [day for each in members if (day := each.article.day())]
    story = Story(
        id=link_id("story", *ids),
        title=members[0].article.title,
        articles=ids,
        publishers=tuple(dict.fromkeys(each.article.source or "" for each in members)),
        independent=len(ids) - len(copied),
        first_day=min(days),
        last_day=max(days),
        words=tuple(members[0].article.title.lower().split()[:4]),
    )
    yield story
    for each in ids:
        nearest = ids[0] if each != ids[0] else ids[1]
        row = link_id("story", story.id, each)
        yield StoryMember(id=row, story=story.id, article=each, nearest=nearest, alike=0.6, words=story.words)
    if copied:
        alike = (ids[0], *copied)
        brought = [each.article.source or "" for each in members if each.article.id in alike]
        yield CopyGroup(id=link_id("group", *alike), articles=alike, publishers=tuple(dict.fromkeys(brought)))
        for each in copied:
            row = link_id("copy", ids[0], each)
            yield CopyLink(id=row, first=ids[0], second=each, kind="copy", runs=480, shared=0.95, alike=0.9)
        part = CopyLink(
            id=link_id("copy", ids[1], ids[2]), first=ids[1], second=ids[2], kind="part", runs=90, shared=0.8, alike=0.3
        )
        yield part
    yield from _incidents(story, members)
    yield from _dispute(story, members)


def _incidents(story: Story, members: Sequence[Record]) -> Iterator[Link]:
    """The same deed by the same ones to the same ones in several events."""
    told: dict[tuple[str, str, str], list[tuple[Record, Event]]] = {}
    names = {actor.id: actor.name for each in members for actor in each.actors}
    for each in members:
        for event in each.events:
            told.setdefault((event.relation, names[event.sources[0]], names[event.targets[0]]), []).append(
                (each, event)
            )
    for (relation, source, target), events in told.items():
        articles = tuple(dict.fromkeys(each.article.id for each, _ in events))
        if len(events) < 2:
            continue
        first, event = events[0]
        place = next((each for each in first.places if each.id == event.place), None)
        row = link_id("incident", *(each.id for _, each in events))
        speakers = {each.id: each.speaker or "" for record, _ in events for each in record.statements}
        held = [names.get(speakers.get(each.said_in or "", "")) for _, each in events]
        yield Incident(
            id=row, story=story.id, relation=relation, mode=event.mode, trigger=first.quote(event.trigger),
            sources=(source,), targets=(target,), place=place.name if place else None,
            country=place.country if place else None, day=story.first_day, status=event.status, events=len(events),
            articles=articles, publishers=tuple(dict.fromkeys(each.article.source or "" for each, _ in events)),
            independent=len(articles), holders=tuple(dict.fromkeys(name for name in held if name)),
        )  # fmt: skip
        for (record, each), holder in zip(events, held, strict=True):
            yield IncidentMember(
                id=link_id("incident", row, each.id), incident=row, article=record.article.id, event=each.id,
                holder=holder, status=each.status, alike=0.8, reasons=(f"same trigger: {_VERBS[relation]}",),
            )  # fmt: skip


def _dispute(story: Story, members: Sequence[Record]) -> Iterator[Link]:
    """What the first two reports of a story that count the same thing give for it, where that differs."""
    seen: dict[str, tuple[Figure, Record]] = {}
    for each in members:
        for figure in each.figures:
            before = seen.setdefault(figure.outcome or "", (figure, each))
            if before[1] is not each and before[0].low is not None and figure.low not in (None, before[0].low):
                row = link_id("dispute", before[0].id, figure.id)
                yield Dispute(
                    id=row, kind="figure", story=story.id, incident=None, what=figure.outcome or "",
                    day=story.first_day, sides=2,
                )  # fmt: skip
                for one, of in (before, (figure, each)):
                    yield DisputeSide(
                        id=link_id("dispute", row, one.id), dispute=row, says=f"{one.low:g} {one.outcome}", holder=None,
                        low=one.low, high=one.high, bound=one.bound, findings=(one.id,), articles=(of.article.id,),
                    )  # fmt: skip
                return
