"""Dated knowledge of who is who: office-holders, bodies, armed groups.

The tables are our own (``data/actors/SOURCES.md``). A term of office ends on the
day before ``until``; where ``until`` is empty the holder was still in office when
the table was last checked (:data:`CHECKED`), and a later day answers the same.
A user's table in the same columns can be laid over them: see :func:`load`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path

from dateline.errors import ConfigError
from dateline.knowledge import countries
from dateline.knowledge.roles import LEADS, office_keys
from dateline.records import ActorKind

CHECKED = date(2025, 6, 1)
"""Day to which the tables of offices were last checked."""

PERSON_COLUMNS = ("name", "other_names", "gender", "country", "sector", "office", "since", "until")
BODY_COLUMNS = ("name", "other_names", "country", "sector", "kind", "since", "until")
_PERSON_FILES = ("leaders.tsv", "ministers.tsv", "heads.tsv")
_BODY_FILES = ("organisations.tsv", "armed_groups.tsv", "bodies.tsv")


@dataclass(frozen=True, slots=True)
class Office:
    """One term in one office."""

    title: str
    """As news writes it: ``Secretary of State``."""
    country: str | None
    sector: str | None
    since: date | None
    until: date | None
    """First day no longer in office; none: still held when the table was checked."""
    keys: frozenset[str]
    """The office in general terms: see :func:`dateline.knowledge.roles.office_keys`."""

    def held_on(self, day: date | None) -> bool:
        """Whether the office was held on a day; with no day, whether it is held still."""
        if day is None:
            return self.until is None
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Entity:
    """A person or body of the tables."""

    id: str
    """``person:antony-blinken``, ``body:nato``, ``group:hamas``."""
    name: str
    names: tuple[str, ...]
    kind: ActorKind
    country: str | None
    sector: str | None
    gender: str
    """``m``, ``f`` or empty."""
    offices: tuple[Office, ...]
    """In order of their start."""
    since: date | None = None
    until: date | None = None


def words_of(phrase: str) -> tuple[str, ...]:
    """A phrase as the parser cuts it: at spaces, around hyphens between letters, before a possessive ending."""
    if "’" in phrase or "'" in phrase:
        phrase = _CLITIC.sub(r" \1", phrase.replace("’", "'"))
    if "-" in phrase:
        phrase = _HYPHEN.sub(" - ", phrase)
    return tuple(phrase.split())


def slug(name: str) -> str:
    """A name as part of an identifier: lower case, ASCII, hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


_CLITIC = re.compile(r"('s)(?=\s|$)")
_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")


class ActorTable:
    """Look-up by name, surname, office and day.

    Args:
        people: Rows in the order of :data:`PERSON_COLUMNS`, one a term of office.
        bodies: Rows in the order of :data:`BODY_COLUMNS`.
        meant: Ids that are meant whatever countries a text speaks of: those of a user's table.
    """

    def __init__(
        self,
        people: Iterable[Sequence[str]],
        bodies: Iterable[Sequence[str]],
        meant: frozenset[str] = frozenset(),
    ) -> None:
        self._meant = meant
        self._rows: dict[str, list[Sequence[str]]] = {}
        self._body: dict[str, Sequence[str]] = {}
        self._surname: dict[str, list[str]] = {}
        self._office: dict[tuple[str, str], list[str]] | None = None
        self._entity: dict[str, Entity] = {}
        self.phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        """Ids by the words of a name, by first word; the longest name first."""
        for row in people:
            identity = "person:" + slug(row[0])
            known = self._rows.setdefault(identity, [])
            known.append(row)
            if len(known) == 1:
                self._name(row[0], identity)
                surname = surname_of(row[0], row[3])
                if surname != row[0]:
                    self._surname.setdefault(surname, []).append(identity)
            for other in _list(row[1]):
                if " " in other or other.startswith("="):
                    self._name(other.lstrip("="), identity)
                    ids = self._surname.setdefault(surname_of(other, row[3]), []) if " " in other else [identity]
                    if identity not in ids:
                        ids.append(identity)
                else:
                    ids = self._surname.setdefault(other, [])
                    if identity not in ids:
                        ids.append(identity)
        for row in bodies:
            identity = _body_id(row)
            self._body[identity] = row
            for each in (row[0], *_list(row[1])):
                self._name(each, identity)
        for entries in self.phrases.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def _name(self, name: str, identity: str) -> None:
        words = words_of(name)
        if words:
            self.phrases.setdefault(words[0], []).append((words, identity))

    def entity(self, identity: str) -> Entity:
        """The entity of an id.

        Raises:
            KeyError: No such id.
        """
        found = self._entity.get(identity)
        if found is None:
            rows = self._rows.get(identity)
            found = _person(identity, rows) if rows else _body(identity, self._body[identity])
            self._entity[identity] = found
        return found

    def match(
        self, words: Sequence[str], at: int, day: date | None = None, present: frozenset[str] = frozenset()
    ) -> tuple[int, str] | None:
        """The longest known name that starts at a word: how many words, and its id.

        Args:
            words: The words of a text, as :func:`words_of` cuts them.
            at: Where the name starts.
            day: Day of the text: of two of one name, the one in office or in being is meant.
            present: Countries the text speaks of. A body of a state counts only where its country is among them:
                many states have a Congress, and "PAP" is a party here and an agency there.
        """
        size = 0
        best: str | None = None
        rank = -1
        for known, identity in self.phrases.get(words[at], ()):
            if len(known) < size:
                break
            if len(known) > 1 and tuple(words[at : at + len(known)]) != known:
                continue
            here = self._fit(identity, known, day, present)
            if here > rank:
                size, best, rank = len(known), identity, here
        return (size, best) if best is not None else None

    def _fit(self, identity: str, known: tuple[str, ...], day: date | None, present: frozenset[str]) -> int:
        """How well an entity fits day and countries of a text: -1 where it is not meant."""
        row = self._body.get(identity)
        if row is None:
            return 1 + any(office.held_on(day) for office in self.entity(identity).offices)
        country, since, until = row[2], _day(row[5]), _day(row[6])
        if identity in self._meant:
            return 3
        if len(known) == 1 and day is not None and ((since and day < since) or (until and (day - until).days > 365)):
            return -1
        if country in countries.STATELESS:
            return 1
        if country in present:
            return 2
        if identity.startswith("group:") or row[3] in ("JRN", "EDU", "BUS"):
            return 1 if sum(map(len, known)) > 4 or not "".join(known).isupper() else 0
        return 0 if country == "USA" and not present else -1

    def named(self, name: str) -> Entity | None:
        """The entity of a full name, alias or acronym."""
        words = words_of(name)
        entries = self.phrases.get(words[0], []) if words else []
        for known, identity in entries:
            if known == words:
                return self.entity(identity)
        return None

    def by_surname(self, surname: str, day: date | None, wanted: Iterable[str] = ()) -> Entity | None:
        """Who a bare surname means: the only one of that name in office on the day.

        Args:
            surname: ``Merkel``; for names written family name first, that name (``Xi``).
            day: Day of the article.
            wanted: Countries the article speaks of; when given, one of them must be the person's.

        Returns:
            None where nobody or more than one fits. Who held office in the five years before or comes to hold one in
            the two years after counts only if nobody of that name is in office.
        """
        found = [self.entity(identity) for identity in self._surname.get(surname, ())]
        countries_wanted = frozenset(wanted)
        if countries_wanted:
            found = [each for each in found if any(office.country in countries_wanted for office in each.offices)]
        if day is None and len(found) == 1:
            return found[0]
        now = [each for each in found if any(office.held_on(day) for office in each.offices)]
        if len(now) > 1:  # of two of a name, who leads a state
            now = [each for each in now if any(o.held_on(day) and o.keys & LEADS for o in each.offices)] or now
        if len(now) == 1:
            return now[0]
        if now or day is None:
            return None
        near = [each for each in found if any(_near(office, day) for office in each.offices)]
        return near[0] if len(near) == 1 else None

    def bare(self, word: str, day: date | None, present: frozenset[str], *, titled: bool = False) -> Entity | None:
        """Who a surname means that stands alone, the full name nowhere in the text.

        Args:
            word: The surname.
            day: Day of the text.
            present: Countries the text speaks of.
            titled: Whether an office or a country stands with it; without, a surname that many bear means nobody.

        Returns:
            None where unsure: the person's country is not spoken of and is none of those in every reader's mind.
        """
        if word in ALSO_WORDS and not titled:
            return None
        entity = self.by_surname(word, day, present) if present else None
        if entity is None:
            entity = self.by_surname(word, day)
            if entity is not None:
                held = self.office_of(entity.id, day)
                if (held.country if held is not None else entity.country) not in MAJOR:
                    entity = None
        return entity

    def has_surname(self, surname: str) -> bool:
        """Whether anybody in the tables has the surname."""
        return surname in self._surname

    def office_of(self, entity: str, day: date | None) -> Office | None:
        """The office held on a day; the latest begun where there are several; none where there was none."""
        held = [office for office in self.entity(entity).offices if office.held_on(day)]
        return max(held, key=lambda office: office.since or date.min) if held else None

    def holder(self, country: str, key: str, day: date | None) -> Entity | None:
        """Who held an office, in the general terms of :func:`office_keys`, on a day; none where unsure."""
        if self._office is None:
            self._office = {}
            for identity, rows in self._rows.items():
                for row in rows:
                    for each in office_keys(row[5].split(), row[3]):
                        ids = self._office.setdefault((row[3], each), [])
                        if identity not in ids:
                            ids.append(identity)
        found = [
            each
            for each in map(self.entity, self._office.get((country, key), ()))
            if any(office.held_on(day) and key in office.keys and office.country == country for office in each.offices)
        ]
        return found[0] if len(found) == 1 else None


def surname_of(name: str, country: str | None) -> str:
    """The word a person is called by after first mention: the family name, wherever it stands."""
    words = name.split()
    while len(words) > 1 and words[-1] in ("Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"):
        words.pop()
    if len(words) > 1 and country in ("CHN", "TWN", "PRK", "KOR", "VNM", "HKG", "KHM") and words[0] in FAMILY_FIRST:
        return words[0]
    for at, word in enumerate(words[1:], 1):
        if word.lower() in PARTICLES:
            return " ".join(words[at:]) if word[0].isupper() or word in ("van", "von", "de", "al") else words[-1]
    return words[-1]


PARTICLES = frozenset("van von de der den di da del della dos du la le el al bin ibn ben ter".split())
"""Words inside a surname."""

FAMILY_FIRST = frozenset(
    """Xi Li Wang Zhang Liu Chen Yang Zhao Huang Zhou Wu Xu Sun Hu Zhu Gao Lin He Guo Ma Luo Liang Song Zheng Xie Han
    Tang Feng Yu Dong Xiao Cheng Cao Yuan Deng Fu Shen Zeng Peng Lu Su Jiang Cai Jia Ding Wei Xue Ye Yan Pan Du Dai Xia
    Zhong Wen Qin Hua Tsai Lai Chiang Ban Kim Lee Park Yoon Moon Choi Jung Kang Cho Jang Lim Oh Seo Shin Kwon Hwang Ahn
    Roh Chun Chung Hong Nam Ri Pak Choe Jo Jong Thae Nguyen Tran Le Pham Hoang Phan Vu Vo Dang Bui Do Ho Ngo To Truong
    Hun Sok Ing Chea Sam Leung Lam Tung Tsang Zelikow Qi Qian Meng Shi Tan Mao Cui Geng Bo Ling Rong Goh""".split()
)
"""Family names written before the given name in Chinese, Korean, Vietnamese and Khmer names."""


MAJOR = frozenset("USA RUS CHN GBR FRA DEU JPN IND ISR UKR TUR IRN UNO EUR VAT PRK IGO".split())
"""Whose leaders news calls by a bare surname without saying whence they are."""
ALSO_WORDS = frozenset(
    """May Brown Johnson Major Smith Jones King Young Rice Powell Lee Kim Park Moon Hope Price Power Burns Cook Reed Fox
    Key English Little Long Short Straw Snow Carter Perry Miller Davis Wilson Taylor Rudd Day Bell Berger Kohl Marin
    Martin Harris Thomas Michel Clark Khan Singh Ali Hassan Ahmed Mohamed Ibrahim Hussein Chen Wang Li Wu Lam Su Ho To
    Scott Turner Collins Howard Lopez Garcia Sanchez Gonzalez Diaz Castro Santos Silva Costa Franco Petro Faye Banda
    Rasmussen Andersson Persson Stubb Mills Grant Wallace Mitchell Morrison Sessions Gates Christopher Cohen Lynch
    Ryan Reid Holder Robertson Summers Hunt Hague Raab Robinson Murray Graham Paul Warren Walker Jordan Adams Cotton
    Booker Abbott Greene Kemp James Bragg Shapiro Ellison Omar Haley Cheney Scott Foster Ford Andrews Lewis Jackson
    Williams Emanuel Brewer Sanders Christie Cruz Wine Kennedy Starr Palin Collins Musk Jobs""".split()
)
"""Surnames of office-holders that many others bear, or that are words."""


def _near(office: Office, day: date) -> bool:
    if office.until is not None and office.until <= day:
        return (day - office.until).days < 5 * 365
    return office.since is not None and office.since > day and (office.since - day).days < 2 * 365


def _list(cell: str) -> list[str]:
    return [part for part in cell.split(";") if part]


@lru_cache(maxsize=20_000)
def _day(cell: str) -> date | None:
    if not cell:
        return None
    parts = [int(part) for part in cell.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def _person(identity: str, rows: Sequence[Sequence[str]]) -> Entity:
    offices = [
        Office(
            title=row[5],
            country=row[3] or None,
            sector=row[4] or None,
            since=_day(row[6]),
            until=_day(row[7]),
            keys=office_keys(row[5].split(), row[3]),
        )
        for row in rows
    ]
    offices.sort(key=lambda office: office.since or date.min)
    first = rows[0]
    others = dict.fromkeys(other.lstrip("=") for row in rows for other in _list(row[1]))
    return Entity(
        id=identity,
        name=first[0],
        names=(first[0], *others),
        kind="person",
        country=first[3] or None,
        sector=first[4] or None,
        gender=next((row[2] for row in rows if row[2]), ""),
        offices=tuple(offices),
    )


_KINDS: dict[str, ActorKind] = {
    "government body": "government body",
    "organisation": "organisation",
    "armed group": "armed group",
    "state": "state",
}


def _body_id(row: Sequence[str]) -> str:
    return ("group:" if row[4] == "armed group" else "body:") + slug(row[0])


def _body(identity: str, row: Sequence[str]) -> Entity:
    return Entity(
        id=identity,
        name=row[0],
        names=(row[0], *_list(row[1])),
        kind=_KINDS[row[4]],
        country=row[2] or None,
        sector=row[3] or None,
        gender="",
        offices=(),
        since=_day(row[5]),
        until=_day(row[6]),
    )


def _rows(text: str, columns: tuple[str, ...], where: str) -> list[list[str]]:
    return [cells for _, cells in _numbered(text.split("\n"), columns, where)]


def _numbered(
    lines: Iterable[str], columns: tuple[str, ...], where: str, first: int = 1
) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(lines, first):
        if not line.strip() or line.startswith(("#", columns[0] + "\t")):
            continue
        cells = line.split("\t")
        if len(cells) != len(columns):
            raise ConfigError(
                f"{where}, line {number}: {len(cells)} columns instead of {len(columns)} ({', '.join(columns)})"
            )
        yield number, cells


def digest(overlay: Path) -> str:
    """Digest of a user's table: of its content, not of where it lies.

    Raises:
        ConfigError: It cannot be read.
    """
    try:
        return blake2b(overlay.read_bytes(), digest_size=8).hexdigest()
    except OSError as error:
        raise ConfigError(f"actor table {overlay} cannot be read: {error.strerror or error}") from error


def load(overlay: Path | None = None) -> ActorTable:
    """The tables of the package, with a user's laid over them.

    Args:
        overlay: A TSV file whose first line names either :data:`PERSON_COLUMNS` or :data:`BODY_COLUMNS`; where a
            later line names the others, the rows after it are of that kind. A row about a person or body that the
            package knows replaces all that it says about it.

    Raises:
        ConfigError: The overlay cannot be read or a row of it is malformed; the message gives the line.
    """
    if overlay is None:
        return _packaged()
    people, bodies = _packaged_rows()
    try:
        text = overlay.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(f"actor table {overlay} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"actor table {overlay} is no text in UTF-8: save it as that, or give another") from error
    own: dict[tuple[str, ...], list[list[str]]] = {PERSON_COLUMNS: [], BODY_COLUMNS: []}
    columns: tuple[str, ...] | None = None
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        header = tuple(line.rstrip().split("\t"))
        if header in own:
            columns = header
        elif columns is not None:
            for _, row in _numbered([line], columns, str(overlay), number):
                _check(row, columns, f"{overlay}, line {number}")
                own[columns].append(row)
        elif line.strip() and not line.startswith("#"):
            break
    if columns is None:
        raise ConfigError(
            f"{overlay}: the first line must name the columns, parted by tabs: "
            f"{' '.join(PERSON_COLUMNS)}, or {' '.join(BODY_COLUMNS)}"
        )
    persons = {slug(row[0]) for row in own[PERSON_COLUMNS]}
    others = {slug(row[0]) for row in own[BODY_COLUMNS]}
    return ActorTable(
        [*own[PERSON_COLUMNS], *(row for row in people if slug(row[0]) not in persons)],
        [*own[BODY_COLUMNS], *(row for row in bodies if slug(row[0]) not in others)],
        frozenset(map(_body_id, own[BODY_COLUMNS])),
    )


def _check(row: Sequence[str], columns: tuple[str, ...], where: str) -> None:
    cells = dict(zip(columns, row, strict=True))
    if not slug(cells["name"]):
        raise ConfigError(f"{where}: a name with Latin letters or digits is needed to tell the entity by")
    country = cells["country"]
    if country and country not in countries.STATELESS and countries.state(country) is None:
        raise ConfigError(f"{where}: country {country!r} is neither an ISO alpha-3 code nor one of PLOVER's")
    if "kind" in cells and cells["kind"] not in _KINDS:
        raise ConfigError(f"{where}: kind {cells['kind']!r} is none of {', '.join(_KINDS)}")
    for column in ("since", "until"):
        try:
            _day(cells[column])
        except ValueError as error:
            raise ConfigError(f"{where}: {column} {cells[column]!r} is no date like 2024-10-31") from error
    since, until = _day(cells["since"]), _day(cells["until"])
    if since and until and since >= until:
        raise ConfigError(f"{where}: the term ends ({until}) before it begins ({since})")


def _packaged_rows() -> tuple[list[list[str]], list[list[str]]]:
    folder = files("dateline.knowledge").joinpath("data/actors")
    people: list[list[str]] = []
    bodies: list[list[str]] = []
    for names, columns, rows in ((_PERSON_FILES, PERSON_COLUMNS, people), (_BODY_FILES, BODY_COLUMNS, bodies)):
        for name in names:
            file = folder.joinpath(name)
            if file.is_file():
                rows.extend(_rows(file.read_text(encoding="utf-8"), columns, name))
    return people, bodies


@cache
def _packaged() -> ActorTable:
    return ActorTable(*_packaged_rows())
