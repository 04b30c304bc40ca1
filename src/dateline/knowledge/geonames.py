"""A larger gazetteer of the user's own: the package's with a GeoNames dump laid over it.

The dump is ``allCountries.txt`` (or one country's file, or the zip of either) as
https://download.geonames.org/export/dump/ publishes it: 19 columns parted by
tabs, one place a line. Everything the package knows stays as it is (hand-written
seas and regions, abbreviations, demonyms, publishers); what it lacks is added.

Nothing is held in memory but a number for each place: rows and names go through
a temporary SQLite file, which sorts them on disk.
"""

from __future__ import annotations

import contextlib
import io
import os
import sqlite3
import tempfile
import unicodedata
import zipfile
from array import array
from collections.abc import Callable, Generator, Iterator
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import IO, Any, BinaryIO, Final, NamedTuple, cast

from dateline.errors import ConfigError
from dateline.knowledge import gazetteer as g
from dateline.knowledge.gazetteer import BLOCK, base36, header
from dateline.knowledge.gazetteer import key as key_of

COLUMNS: Final = 19
MAX_FAULTS: Final = 20
"""Faults after which reading stops."""
STEP: Final = 20_000
"""Lines between two reports of progress."""

_PLACES = frozenset(("PPL", "PPLA", "PPLA2", "PPLA3", "PPLA4", "PPLA5", "PPLC", "PPLF", "PPLG", "PPLL", "PPLS", "PPLX",
                     "STLMT"))  # fmt: skip
"""Populated places that are one: none in ruins, abandoned, or of the past."""
_UNITS = {"ADM1": g.ADMIN1, "ADM2": g.ADMIN2, "ADM3": g.ADMIN3, "ADM4": g.ADMIN3, "ADMD": g.ADMIN3}
_OTHERS = {
    **dict.fromkeys(("ISL", "ISLS", "MT", "MTS", "PEN", "CAPE", "PASS", "VLC", "DSRT", "VAL", "PLAT", "RGN", "RGNE",
                     "PRK", "AREA", "OAS", "ATOL"), g.REGION),
    **dict.fromkeys(("LK", "LKS", "STM", "BAY", "GULF", "STRT", "SEA", "RSV", "CNL", "SD", "CHN", "LGN"), g.WATER),
    **dict.fromkeys(("AIRP", "AIRB", "DAM", "PS", "PRT", "CMPRF", "REFC", "MIL", "INSM", "NSY"), g.FACILITY),
}  # fmt: skip
"""Features of nature and of the hand that news names, by their GeoNames code."""


class Fault(NamedTuple):
    """What is wrong in a line of a dump."""

    line: int
    says: str


class Built(NamedTuple):
    """What a build came to."""

    lines: int
    """Lines read."""
    added: int
    """Places that the package did not have."""
    places: int
    """Places in all."""
    names: int
    """Different names in all, by their key."""


class DumpError(ConfigError):
    """A dump that is none: its faults by line."""

    def __init__(self, path: Path, faults: list[Fault]) -> None:
        self.faults = tuple(faults)
        told = "\n".join(f"{path}:{fault.line}: {fault.says}" for fault in faults)
        super().__init__(f"{path} is no GeoNames dump:\n{told}")


def latin(text: str) -> bool:
    """Whether a name is written in Latin letters, begins as a name does, and is no airport code."""
    if not text or len(text) > 60 or not (text[0].isupper() or text[0] in "'’‘`ʻ" or text.startswith(("al-", "el-"))):
        return False
    if any(0xD800 <= ord(c) < 0xE000 for c in text):
        return False
    letters = [c for c in text if c.isalpha()]
    if len(letters) < 3 or (len(letters) <= 4 and text.isupper()):
        return False
    return all(c.isascii() or unicodedata.name(c, "").startswith("LATIN") for c in letters)


class Row(NamedTuple):
    """One line of a dump that is a place for the gazetteer."""

    geoname: int
    name: str
    plain: str
    others: str
    latitude: int
    """Hundred-thousandths of a degree, WGS 84."""
    longitude: int
    """Hundred-thousandths of a degree, WGS 84."""
    level: int
    country: str
    admin1: str
    admin2: str
    population: int
    capital: bool


def parse(line: str) -> Row | str | None:
    """The place of a line; what is wrong with it; or none for what the gazetteer does not hold."""
    parts = line.rstrip("\r\n").split("\t")
    if len(parts) != COLUMNS:
        return f"{len(parts)} columns where a dump has {COLUMNS}"
    kind, code = parts[6], parts[7]
    if kind == "P":
        level = g.CITY if code in _PLACES or not code else -1
    elif kind == "A":
        level = _UNITS.get(code, -1)
    else:
        level = _OTHERS.get(code, -1)
    if level < 0:
        return None
    try:
        geoname = int(parts[0])
        latitude, longitude = float(parts[4]), float(parts[5])
        population = int(parts[14] or 0)
    except ValueError as error:
        return str(error)
    if not 0 < geoname < 2**32:
        return f"geonameid {geoname} is out of range"
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return f"there is no point at latitude {parts[4]}, longitude {parts[5]}"
    return Row(
        geoname,
        parts[1],
        parts[2],
        parts[3],
        round(latitude * 1e5),
        round(longitude * 1e5),
        level,
        parts[8],
        parts[10],
        parts[11],
        min(max(population, 0), 2**32 - 1),
        code == "PPLC",
    )


def build(
    dump: Path,
    out: Path,
    *,
    least: int = 0,
    progress: Callable[[int, int], None] | None = None,
    base: Path | None = None,
) -> Built:
    """Compile a dump into a gazetteer file, to be named in the configuration as ``gazetteer``.

    The same dump and package give the same bytes. The file is written beside its
    place and moved there when it is whole.

    Args:
        dump: ``allCountries.txt``, a country's file, or the zip of either.
        out: The file to write.
        least: Populated places with fewer people are left out; 0 keeps those whose count GeoNames does not know, too.
        progress: Told how many bytes are read, and of how many.
        base: The gazetteer to lay it over; the package's by default.

    Raises:
        DumpError: Lines that are no dump's, up to :data:`MAX_FAULTS` of them; nothing is written.
        ConfigError: The dump cannot be read, or the file cannot be written.
    """
    package = g.Gazetteer(base or g.unpack())
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(prefix=f".{out.name}-", dir=out.parent)
    except OSError as error:
        raise ConfigError(f"{out} cannot be written: {error.strerror}") from error
    try:
        with tempfile.TemporaryDirectory(prefix="dateline-", dir=out.parent) as folder, os.fdopen(handle, "w+b") as to:
            spool = _Spool(Path(folder), package)
            try:
                lines = spool.take(dump, least, progress)
                added = spool.added
                names = spool.write(to)
                places = spool.places
            finally:
                spool.close()
        Path(part).chmod(0o644)  # a temporary file is its owner's alone
        Path(part).replace(out)
    except (OSError, sqlite3.Error, zipfile.BadZipFile, UnicodeDecodeError) as error:
        raise ConfigError(f"{dump} cannot be compiled into {out}: {error}") from error
    finally:
        with contextlib.suppress(OSError):
            Path(part).unlink()
    return Built(lines, added, places, names)


@contextlib.contextmanager
def _opened(dump: Path) -> Generator[tuple[IO[bytes], int]]:
    """The bytes of a dump, unzipped, and how many there are."""
    if zipfile.is_zipfile(dump):
        with zipfile.ZipFile(dump) as archive:
            inside = [each for each in archive.infolist() if each.filename.lower().endswith(".txt")]
            inside = [each for each in inside if not each.filename.lower().endswith("readme.txt")]
            if len(inside) != 1:
                raise ConfigError(f"{dump} holds {len(inside)} text files where the zip of a dump has one")
            with archive.open(inside[0]) as stream:
                yield stream, inside[0].file_size
    else:
        with dump.open("rb") as stream:
            yield stream, dump.stat().st_size


def _first(pair: tuple[str, int, int]) -> str:
    return pair[0]


class _Spool:
    """Rows and names on their way: a temporary SQLite file that is asked for them in order."""

    def __init__(self, folder: Path, package: g.Gazetteer) -> None:
        self._package = package
        self._folder = folder
        self._db = sqlite3.connect(folder / "spool.sqlite", isolation_level=None)
        self._db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536; PRAGMA temp_store=FILE;"
            f"PRAGMA temp_store_directory='{str(folder).replace(chr(39), chr(39) * 2)}';"
            "CREATE TABLE place (id INTEGER PRIMARY KEY, geoname INT, name TEXT, latitude INT, longitude INT,"
            " country INT, level INT, flags INT, population INT, unit1 TEXT, unit2 TEXT, old INT);"
            "CREATE TABLE name (key TEXT, id INT, how INT);"
            "BEGIN;"
        )
        self.added = 0
        self.places = 0
        self._codes = package.country_codes
        self._country = {code: number for number, code in enumerate(self._codes, 1)}
        self._of_unit: dict[str, int] = {}
        """Spool id of each first- and second-order unit by its codes, ``KE.05`` and ``KE.05.012``."""
        self._next = len(package)

    def close(self) -> None:
        """Let go of the temporary file."""
        self._db.close()

    def take(self, dump: Path, least: int, progress: Callable[[int, int], None] | None) -> int:
        """Spool the package and the dump; the number of lines."""
        known = self._package.numbers()
        iso3 = g.alpha3_codes()
        faults: list[Fault] = []
        rows: list[tuple[Any, ...]] = []
        names: list[tuple[str, int, int]] = []
        read = number = 0
        with _opened(dump) as (stream, size):
            for number, raw in enumerate(stream, 1):
                read += len(raw)
                if number % STEP == 0:
                    self._flush(rows, names)
                    if progress is not None:
                        progress(read, size)
                try:
                    row = parse(raw.decode("utf-8"))
                except UnicodeDecodeError:
                    row = "no UTF-8"
                if row is None:
                    continue
                if isinstance(row, str):
                    faults.append(Fault(number, row))
                    if len(faults) == MAX_FAULTS:
                        break
                    continue
                country = self._country.get(iso3.get(row.country, ""), 0)
                place = known.get(row.geoname)
                if place is None:
                    if row.level == g.CITY and row.population < least:
                        continue
                    if not country and row.level in (g.CITY, g.ADMIN1, g.ADMIN2, g.ADMIN3):
                        continue
                    place = self._next
                    if not self._name(place, row, names):
                        continue
                    self._next += 1
                    self.added += 1
                    unit1 = f"{row.country}.{row.admin1}" if row.admin1 and row.level != g.ADMIN1 else None
                    unit2 = f"{unit1}.{row.admin2}" if unit1 and row.admin2 and row.level != g.ADMIN2 else None
                    flags = g.CAPITAL if row.capital else 0
                    rows.append((place, row.geoname, row.name, row.latitude, row.longitude, country, row.level, flags,
                                 row.population, unit1, unit2, None))  # fmt: skip
                if row.level == g.ADMIN1:
                    self._of_unit.setdefault(f"{row.country}.{row.admin1}", place)
                elif row.level == g.ADMIN2:
                    self._of_unit.setdefault(f"{row.country}.{row.admin1}.{row.admin2}", place)
        self._flush(rows, names)
        if faults:
            raise DumpError(dump, faults)
        if not number:
            raise DumpError(dump, [Fault(1, "an empty file")])
        self._take_package()
        if progress is not None:
            progress(size, size)
        return number

    def _flush(self, rows: list[tuple[Any, ...]], names: list[tuple[str, int, int]]) -> None:
        self._db.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", rows)
        self._db.executemany("INSERT INTO name VALUES (?,?,?)", names)
        rows.clear()
        names.clear()

    def _take_package(self) -> None:
        """Spool what the package has."""
        package = self._package
        rows: list[tuple[Any, ...]] = []
        names: list[tuple[str, int, int]] = []
        for number in range(len(package)):
            entry = package.entry(number)
            rows.append((number, entry.geoname or 0, entry.name, round(entry.latitude * 1e5),
                         round(entry.longitude * 1e5), self._country.get(entry.country or "", 0), entry.level,
                         entry.flags, entry.population, None, None, number))  # fmt: skip
            if len(rows) == STEP:
                self._flush(rows, names)
        for folded, refs in package.lines():
            names.extend((folded, number, how) for number, how in refs)
            if len(names) > STEP:
                self._flush(rows, names)
        self._flush(rows, names)

    def _name(self, place: int, row: Row, names: list[tuple[str, int, int]]) -> bool:
        """Spool the names of a row; whether it has any that can be looked up."""
        told = {
            folded: g.ALTERNATE
            for each in row.others.split(",")
            if latin(each) and len(folded := key_of(each)) > 1 and not folded.isdigit()
        }
        for each in (row.name, row.plain):
            if latin(each) and len(folded := key_of(each)) > 1 and not folded.isdigit():
                told[folded] = g.PRIMARY
        names.extend((folded, place, how) for folded, how in told.items())
        return bool(told)

    def write(self, to: BinaryIO) -> int:
        """Write the file; the number of names."""
        db = self._db
        db.execute("COMMIT")
        count = self._next
        self.places = count
        order = array("I", [0]) * count
        """New number of each spooled id."""
        query = "FROM place ORDER BY population DESC, geoname, name, id"
        for number, (spooled,) in enumerate(db.execute(f"SELECT id {query}")):
            order[spooled] = number

        def column(code: str) -> array[int]:
            return array(code, [0]) * count

        geoname, population, admin1, admin2 = column("I"), column("I"), column("I"), column("I")
        latitude, longitude = column("i"), column("i")
        country, level, flags = bytearray(count), bytearray(count), bytearray(count)
        named = array("I", [0])
        titles = self._file("titles")
        said = 0
        fields = "id, geoname, name, latitude, longitude, country, level, flags, population, unit1, unit2, old"
        for number, row in enumerate(db.execute(f"SELECT {fields} {query}")):
            title = row[2].encode()
            titles.write(title)
            said += len(title)
            named.append(said)
            geoname[number], latitude[number], longitude[number] = row[1], row[3], row[4]
            country[number], level[number], flags[number], population[number] = row[5], row[6], row[7], row[8]
            if row[11] is not None:
                entry = self._package.entry(row[11])
                units = entry.admin1, entry.admin2
            else:
                units = self._of_unit.get(row[9] or ""), self._of_unit.get(row[10] or "")
            admin1[number], admin2[number] = (0 if unit is None else order[unit] + 1 for unit in units)
        lines = self._file("lines")
        firsts, offsets, names = self._lines(lines, order)
        parts: list[tuple[str, Any]] = [
            ("geoname", geoname), ("latitude", latitude), ("longitude", longitude), ("population", population),
            ("admin1", admin1), ("admin2", admin2), ("named", named), ("offsets", offsets), ("country", country),
            ("level", level), ("flags", flags), ("names", titles), ("firsts", "\n".join(firsts).encode()),
            ("lines", lines),
        ]  # fmt: skip
        tables = {
            table: {text: order[spooled] for text, spooled in entries.items()}
            for table, entries in self._package.tables().items()
        }
        self._assemble(to, parts, {"countries": self._codes, **tables})
        return names

    def _file(self, name: str) -> BinaryIO:
        return (self._folder / name).open("w+b")

    def _lines(self, lines: BinaryIO, order: array[int]) -> tuple[list[str], array[int], int]:
        """Write the sorted names; every so-manieth, where it starts, and how many there are."""
        firsts: list[str] = []
        offsets = array("I")
        at = lines.write(b"\n")
        count = 0
        # The binary order of UTF-8 is that of the strings.
        rows: Any = self._db.execute("SELECT key, id, how FROM name ORDER BY key")
        pairs = cast("Iterator[tuple[str, int, int]]", rows)
        for folded, group in groupby(pairs, key=_first):
            if count % BLOCK == 0:
                firsts.append(folded)
                offsets.append(at - 1)
            count += 1
            last = 0
            told: list[str] = []
            before = -1
            for number, how in sorted((order[spooled], how) for _, spooled, how in group):
                if number != before:  # the closest tie of several
                    told.append(base36(number - last) + ("", "A", "B")[how])
                last = before = number
            at += lines.write(f"{folded}\t{' '.join(told)}\n".encode())
        offsets.append(at - 1)
        return firsts, offsets, count

    def _assemble(self, to: BinaryIO, parts: list[tuple[str, Any]], head: dict[str, Any]) -> None:
        """Head and sections into one file, with a digest of the sections in the head."""
        streams: list[tuple[str, BinaryIO, int]] = []
        digest = sha256()
        for name, content in parts:
            stream: BinaryIO = content if hasattr(content, "seek") else io.BytesIO(bytes(content))
            size = stream.seek(0, io.SEEK_END)
            stream.seek(0)
            while chunk := stream.read(1 << 20):
                digest.update(chunk)
            streams.append((name, stream, size))
        head = {**head, "digest": digest.hexdigest()}
        opening, starts = header(head, {name: size for name, _, size in streams})
        to.write(opening)
        for name, stream, _ in streams:
            to.write(b"\0" * (starts[name] - to.tell()))
            stream.seek(0)
            while chunk := stream.read(1 << 20):
                to.write(chunk)
            stream.close()
