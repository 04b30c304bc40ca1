"""Names to candidate places: an embedded gazetteer.

About 280,000 places and 580,000 names, compiled from GeoNames by
``tools/build_gazetteer.py`` into one compressed file of the package. At first
use it is unpacked, in under a second and without a network, into the user's
cache; from there it is mapped into memory, so that a process pays for the
pages it touches and several processes share them.

The unpacked file holds one column of numbers for each attribute of a place
and one sorted list of ``key TAB places`` lines. Every 128th key is kept in
memory, so a lookup is one bisection and one search in a few kilobytes: 3 µs
with the numbers read, against 10 µs for the bare SELECT of the same table in
SQLite, and nothing has to be indexed at first use.
"""

from __future__ import annotations

import contextlib
import json
import mmap
import os
import tempfile
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from msgspec import Struct

from dateline.errors import ConfigError
from dateline.records import PlaceKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DATA: Final = Path(__file__).parent / "data" / "gazetteer"
"""Folder of the packed gazetteer and of the tables it is made from."""

MAGIC: Final = b"dateline gazetteer 1\n"

BLOCK: Final = 128
"""Lines a block: every so-manieth key is kept in memory."""

LEVELS: Final = ("country", "admin1", "admin2", "admin3", "city", "region", "continent", "water", "facility")
"""What kind of thing an entry is, by its number; ``region`` is a natural or historical one."""
COUNTRY, ADMIN1, ADMIN2, ADMIN3, CITY, REGION, CONTINENT, WATER, FACILITY = range(9)

_KIND: Final[tuple[PlaceKind, ...]] = (
    "country",
    "region",
    "region",
    "region",
    "city",
    "region",
    "region",
    "water",
    "facility",
)

PRIMARY, ALTERNATE, BASE = range(3)
"""How a name belongs to a place: its usual name, another one, its name without the generic word (county, oblast)."""


CAPITAL, LISTED, NEWSWORTHY = 1, 2, 4
"""Flags: the capital of its country; written down by hand because the news names it (a sea, a region, a palace); a
city or unit that news of the world names without saying where it lies."""


class Entry(Struct, frozen=True, gc=False):
    """One place of the gazetteer."""

    number: int
    """Position in the gazetteer, by falling population."""
    name: str
    geoname: int | None
    latitude: float
    """Degrees, WGS 84."""
    longitude: float
    """Degrees, WGS 84."""
    country: str | None
    """ISO 3166-1 alpha-3; none for what lies in several countries or none."""
    admin1: int | None
    """Number of the first-order unit it lies in."""
    admin2: int | None
    """Number of the second-order unit it lies in."""
    population: int
    """People, 0 where unknown."""
    level: int
    """Index into :data:`LEVELS`."""
    flags: int = 0
    """:data:`CAPITAL`, :data:`LISTED` and :data:`NEWSWORTHY`."""

    @property
    def kind(self) -> PlaceKind:
        """The record's kind of place."""
        return _KIND[self.level]


_SPACED = str.maketrans(dict.fromkeys('-‐‑–—/_,;:()[]"“”&+', " ") | dict.fromkeys(".'’‘`´ʻʼ‛ʹʺ″′!?*", ""))
_FOLDED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ə": "e"})
_LONG = {"st": "saint", "mt": "mount", "ft": "fort", "ste": "sainte"}


@lru_cache(maxsize=65536)
def key(text: str) -> str:
    """The form under which a name is looked up.

    Lower case, without diacritics, apostrophes and full stops, hyphens as spaces, ``St``, ``Mt`` and ``Ft`` in full:
    ``St. John's`` and ``Saint Johns`` are one. The key of a text is that of its words joined by spaces.
    """
    low = text.casefold().translate(_SPACED)
    if not low.isascii():
        parts = unicodedata.normalize("NFKD", low.translate(_FOLDED))
        low = "".join(each for each in parts if not unicodedata.combining(each)).translate(_FOLDED)
        low = low.casefold().translate(_SPACED)
    words = low.split()
    return " ".join([_LONG.get(word, word) for word in words])


class Gazetteer:
    """The unpacked gazetteer, mapped into memory.

    Args:
        path: The unpacked file, as :func:`unpack` returns it.

    Raises:
        ConfigError: The file is no gazetteer of this version.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as stream:
            self._map = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        view = memoryview(self._map)
        if bytes(view[: len(MAGIC)]) != MAGIC:
            raise ConfigError(f"{path} is no gazetteer of this version; delete it and build it anew")
        start = len(MAGIC) + 8
        size = int.from_bytes(view[len(MAGIC) : start], "little")
        head = json.loads(bytes(view[start : start + size]))
        at: dict[str, tuple[int, int]] = {name: (a, b) for name, (a, b) in head["sections"].items()}

        def column(name: str, code: Literal["I", "i", "B"]) -> memoryview:
            a, b = at[name]
            return view[a:b].cast(code)

        self._geoname = column("geoname", "I")
        self._latitude = column("latitude", "i")
        self._longitude = column("longitude", "i")
        self._population = column("population", "I")
        self._admin1 = column("admin1", "I")
        self._admin2 = column("admin2", "I")
        self._named = column("named", "I")
        self._country = column("country", "B")
        self._level = column("level", "B")
        self._flags = column("flags", "B")
        self._names = at["names"][0]
        self._lines = at["lines"][0]
        self._offsets = column("offsets", "I")
        a, b = at["firsts"]
        self._firsts = self._map[a:b].decode().split("\n")
        self._countries: list[str | None] = [None, *head["countries"]]
        self.digest: str = head.get("digest", "")
        """Digest of what a gazetteer of the user's own holds; empty for the package's."""
        self._exact: dict[str, int] = head["exact"]
        self._demonyms: dict[str, int] = head["demonyms"]
        self._publishers: dict[str, int] = head["publishers"]
        self._tld: dict[str, int] = head["tld"]
        self.country_entry: dict[str, int] = head["country_entry"]
        """Number of each country's entry, by ISO alpha-3."""
        self._entries: dict[int, Entry] = {}
        self._found: dict[str, tuple[tuple[int, int], ...]] = {}

    def __len__(self) -> int:
        return len(self._level)

    @property
    def country_codes(self) -> list[str]:
        """ISO 3166-1 alpha-3 of the countries, in the file's order."""
        return [code for code in self._countries if code is not None]

    def numbers(self) -> dict[int, int]:
        """Number of each place that has a GeoNames id, by that id."""
        return {geoname: number for number, geoname in enumerate(self._geoname) if geoname}

    def points(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Latitude and longitude of every place by its number, in degrees, as :meth:`entry` gives them one by one."""
        import numpy as np

        return np.asarray(self._latitude) / 1e5, np.asarray(self._longitude) / 1e5

    def tables(self) -> dict[str, dict[str, int]]:
        """Numbers by abbreviation, demonym, publisher, top-level domain and country, as the head holds them."""
        return {
            "country_entry": self.country_entry,
            "exact": self._exact,
            "demonyms": self._demonyms,
            "publishers": self._publishers,
            "tld": self._tld,
        }

    def lines(self) -> Iterator[tuple[str, tuple[tuple[int, int], ...]]]:
        """All names in order, each with its places as :meth:`find` gives them."""
        start, stop = self._lines + 1, self._lines + self._offsets[len(self._offsets) - 1]
        while start < stop:
            end = self._map.find(b"\n", start)
            name, _, refs = self._map[start:end].partition(b"\t")
            yield name.decode(), _read_refs(refs.decode())
            start = end + 1

    def entry(self, number: int) -> Entry:
        """The place of a number."""
        known = self._entries.get(number)
        if known is None:
            if len(self._entries) > 20_000:
                self._entries.clear()
            name = self._map[self._names + self._named[number] : self._names + self._named[number + 1]].decode()
            known = self._entries[number] = Entry(
                number,
                name,
                self._geoname[number] or None,
                self._latitude[number] / 1e5,
                self._longitude[number] / 1e5,
                self._countries[self._country[number]],
                self._admin1[number] - 1 if self._admin1[number] else None,
                self._admin2[number] - 1 if self._admin2[number] else None,
                self._population[number],
                self._level[number],
                self._flags[number],
            )
        return known

    def find(self, name: str) -> tuple[tuple[int, int], ...]:
        """Numbers of the places a :func:`key` may name, by falling population, each with how it bears the name."""
        known = self._found.get(name)
        if known is None:
            if len(self._found) > 50_000:
                self._found.clear()
            known = self._found[name] = self._search(name)
        return known

    def _search(self, name: str) -> tuple[tuple[int, int], ...]:
        block = bisect_right(self._firsts, name) - 1
        if block < 0 or "\n" in name or "\t" in name:
            return ()
        start = self._lines + self._offsets[block]
        stop = self._lines + self._offsets[block + 1]
        try:
            # Every block starts with the line feed that ends the line before it.
            line = b"\n" + name.encode() + b"\t"
        except UnicodeEncodeError:  # a lone surrogate
            return ()
        at = self._map.find(line, start, stop)
        if at < 0:
            return ()
        return _read_refs(self._map[at + len(line) : self._map.find(b"\n", at + len(line), stop + 1)].decode())

    def abbreviation(self, text: str) -> int | None:
        """Number of the place that an abbreviation names, written exactly so: ``U.S.``, ``Calif.``, ``NSW``."""
        return self._exact.get(text)

    def demonym(self, name: str) -> int | None:
        """Number of the place whose people or things a :func:`key` describes: ``kenyan``, ``parisians``."""
        return self._demonyms.get(name)

    def publisher(self, source: str | None, url: str | None) -> int | None:
        """Number of the place a publisher writes from: its city where known, else the country of its address.

        Args:
            source: The publisher as :attr:`dateline.records.Article.source` gives it; a host counts.
            url: The article's address.
        """
        for text in (url, source):
            if not text or " " in text.strip() or "." not in text:
                continue
            host = text.split("://")[-1].split("/")[0].split(":")[0].lower()
            parts = host.split(".")
            for at in range(len(parts) - 1):
                found = self._publishers.get(".".join(parts[at:]))
                if found is not None:
                    return found
            found = self._tld.get(parts[-1])
            if found is not None:
                return found
        return None

    @property
    def abbreviations(self) -> dict[str, int]:
        """All abbreviations with the number of their place."""
        return self._exact


def _read_refs(refs: str) -> tuple[tuple[int, int], ...]:
    """Places of a line: differences of numbers, base 36; a capital at the end says how the name is borne."""
    found: list[tuple[int, int]] = []
    number = 0
    for ref in refs.split(" "):
        how = ALTERNATE if ref[-1] == "A" else BASE if ref[-1] == "B" else PRIMARY
        number += int(ref if how == PRIMARY else ref[:-1], 36)
        found.append((number, how))
    return tuple(found)


def base36(number: int) -> str:
    """A number in digits and lower-case letters, as :meth:`Gazetteer.find` reads it."""
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
        if not number:
            return digits


def header(head: dict[str, Any], sizes: dict[str, int]) -> tuple[bytes, dict[str, int]]:
    """The opening bytes of a gazetteer file, and where each section starts.

    Args:
        head: What the head holds beside the places of the sections.
        sizes: Bytes of each section, in order; each starts at a multiple of eight.
    """
    head = {**head, "sections": {}}
    size = 0
    packed = b""
    for _ in range(3):  # the offsets' own digits move the sections: settles at once, as the head is padded
        at = len(MAGIC) + 8 + size
        for name, length in sizes.items():
            at += -at % 8
            head["sections"][name] = [at, at + length]
            at += length
        packed = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
        size = len(packed) + -len(packed) % 4096
    starts = {name: start for name, (start, _) in head["sections"].items()}
    return MAGIC + size.to_bytes(8, "little") + packed.ljust(size), starts


def unpack(folder: Path | None = None, progress: Callable[[str], None] | None = None) -> Path:
    """The unpacked gazetteer's file; made first where it is not there yet.

    Two processes may unpack at once: each writes a file of its own, and the last renames it over the other's equal
    one. Where the folder cannot be written, a folder for temporary files stands in.

    Args:
        folder: Where to keep it; the user's cache folder by default.
        progress: Told in one line what is being done, where something is.

    Raises:
        ConfigError: The packed file is missing or damaged, or no folder can be written.
    """
    digest = (DATA / "gazetteer.sha256").read_text("ascii").split()[0]
    name = f"gazetteer-{digest[:16]}.bin"
    if folder is None:
        from platformdirs import user_cache_dir

        folder = Path(user_cache_dir("dateline"))
    spare = Path(tempfile.gettempdir()) / f"dateline-{os.getuid() if hasattr(os, 'getuid') else 'cache'}"
    for each in (folder, spare):
        path = each / name
        with contextlib.suppress(OSError):
            if path.stat().st_size > 0:
                return path
    if progress:
        progress("unpacking the gazetteer (once, a second or two)")
    content = _unpacked(digest)
    problem: OSError | None = None
    for each in (folder, spare):
        try:
            return _write(each, name, content)
        except OSError as error:
            problem = error
    raise ConfigError(f"the gazetteer can be unpacked neither into {folder} nor into {spare}: {problem}")


def _unpacked(digest: str) -> bytes:
    import zstandard

    path = DATA / "gazetteer.zst"
    try:
        content = zstandard.ZstdDecompressor(max_window_size=2**25).decompress(path.read_bytes())
    except (OSError, zstandard.ZstdError) as error:
        raise ConfigError(f"the packed gazetteer {path} cannot be read ({error}); install dateline again") from error
    if sha256(content).hexdigest() != digest:
        raise ConfigError(f"the packed gazetteer {path} is damaged; install dateline again")
    return content


def _write(folder: Path, name: str, content: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(prefix=f".{name}-", dir=folder)
    path = folder / name
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        try:
            Path(part).replace(path)
        except PermissionError:
            # Windows keeps a mapped file from being replaced; another process's is as good.
            if not path.exists():
                raise
    finally:
        with contextlib.suppress(OSError):
            Path(part).unlink()
    return path


@lru_cache(maxsize=1)
def default() -> Gazetteer:
    """The package's gazetteer, unpacked and opened once a process."""
    return Gazetteer(unpack())


@lru_cache(maxsize=1)
def alpha3_codes() -> dict[str, str]:
    """ISO 3166-1 alpha-3 by alpha-2."""
    lines = (DATA / "countries.tsv").read_text("utf-8").splitlines()
    return {line.split("\t")[1]: line.split("\t")[0] for line in lines if line and line[0] != "#"}


def opened(path: Path) -> Gazetteer:
    """A gazetteer file of the user's own, made by ``dateline gazetteer build``.

    Raises:
        ConfigError: It cannot be read, or is no gazetteer of this version.
    """
    try:
        return Gazetteer(path)
    except (OSError, ValueError) as error:
        raise ConfigError(f"the gazetteer {path} cannot be read: {error}") from error


@lru_cache(maxsize=1)
def _countries() -> tuple[dict[str, str], dict[str, str]]:
    names: dict[str, str] = {}
    peoples: dict[str, str] = {}
    for line in (DATA / "countries.tsv").read_text("utf-8").splitlines():
        if not line or line[0] == "#":
            continue
        code, _, written, adjectives = line.split("\t")
        for each in written.split("|"):
            names[each if each.isupper() else key(each)] = code
        for each in adjectives.split("|"):
            if each:
                peoples[key(each)] = code
                peoples.setdefault(key(each + "s"), code)
    peoples.update(dict.fromkeys(("english", "englishman", "scottish", "scots", "welsh"), "GBR"))
    return names, peoples


def countries() -> dict[str, str]:
    """ISO alpha-3 by a country's name: its :func:`key`, or the abbreviation as written (``US``)."""
    return _countries()[0]


def demonyms() -> dict[str, str]:
    """ISO alpha-3 by the :func:`key` of a demonym or adjective, singular or plural."""
    return _countries()[1]


def country_of(name: str) -> str | None:
    """ISO 3166-1 alpha-3 of a country's name, abbreviation, demonym or adjective; none if it is none.

    Needs no gazetteer file: ``country_of("Kenyans") == "KEN"``.
    """
    names, peoples = _countries()
    folded = key(name)
    found = names.get(name) or peoples.get(folded)
    if found is None and not folded.startswith("the "):
        return names.get(folded) if folded not in ("us", "car") else None
    return found or names.get(folded.removeprefix("the "))
