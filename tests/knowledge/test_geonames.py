"""A larger gazetteer from a dump of our own making, in the published layout."""

from __future__ import annotations

import zipfile
from array import array
from pathlib import Path

import pytest

from dateline.coding.coder import Draft
from dateline.coding.places import PlaceCoder
from dateline.config import load as load_config
from dateline.errors import ConfigError
from dateline.intake.text import verbatim
from dateline.knowledge import gazetteer as g
from dateline.knowledge.geonames import DumpError, build, parse
from dateline.pipeline.assembly import load


def line(number, name, latitude, longitude, kind, code, country, admin1="", admin2="", population=0, others=""):
    return "\t".join(
        (str(number), name, name, others, str(latitude), str(longitude), kind, code, country, "", admin1, admin2, "",
         "", str(population), "", "", "Africa/Nairobi", "2025-01-01")
    )  # fmt: skip


DUMP = [
    line(4_100_000_001, "Kwetu County", 0.5, 36.0, "A", "ADM1", "KE", "99"),
    line(4_100_000_002, "Mbalimbali", 0.51, 36.01, "P", "PPL", "KE", "99", population=420, others="Bali Mbali,Мбали"),
    line(4_100_000_003, "Kijijidogo", 0.52, 36.02, "P", "PPL", "KE", "99"),
    line(4_100_000_004, "Lake Zuriziwa", 0.6, 36.1, "H", "LK", "KE", "99"),
    line(4_100_000_005, "Magofu", 0.6, 36.1, "P", "PPLQ", "KE", "99"),
    line(4_100_000_006, "Duka la Juma", 0.6, 36.1, "S", "RET", "KE", "99"),
    line(184745, "Nairobi", 0.0, 0.0, "P", "PPLC", "KE", "05", population=1),
    line(4_100_000_007, "東京村", 35.0, 139.0, "P", "PPL", "JP", "40", population=5),
]


def tiny(path):
    """A gazetteer of one place, laid out by hand."""
    sections = {
        "geoname": array("I", [184745]), "latitude": array("i", [-128333]), "longitude": array("i", [3681667]),
        "population": array("I", [4_397_073]), "admin1": array("I", [0]), "admin2": array("I", [0]),
        "named": array("I", [0, 7]), "offsets": array("I", [0, 10]), "country": b"\1", "level": bytes([g.CITY]),
        "flags": bytes([g.CAPITAL]), "names": b"Nairobi", "firsts": b"nairobi", "lines": b"\nnairobi\t0\n",
    }  # fmt: skip
    parts = {name: bytes(content) for name, content in sections.items()}
    tables = {"exact": {"NBO": 0}, "demonyms": {}, "publishers": {}, "tld": {}, "country_entry": {}}
    head, starts = g.header({"countries": ["KEN", "JPN"], **tables}, {name: len(part) for name, part in parts.items()})
    content = bytearray(head)
    for name, part in parts.items():
        content += b"\0" * (starts[name] - len(content)) + part
    path.write_bytes(content)
    return path


@pytest.fixture(scope="module")
def larger(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("larger")
    dump = folder / "KE.txt"
    dump.write_text("\n".join(DUMP) + "\n", encoding="utf-8")
    out = folder / "places.bin"
    seen: list[tuple[int, int]] = []
    built = build(dump, out, progress=lambda read, size: seen.append((read, size)))
    assert (built.lines, built.added) == (8, 4)
    assert seen[-1] == (dump.stat().st_size, dump.stat().st_size)
    assert [each.name for each in folder.iterdir() if each.name.startswith(".")] == []
    return out


def named(gazetteer, name):
    return [gazetteer.entry(number) for number, _ in gazetteer.find(g.key(name))]


def test_what_the_dump_has_is_added(larger):
    own = g.opened(larger)
    (village,) = named(own, "Mbalimbali")
    assert (village.name, village.country, village.population, village.kind) == ("Mbalimbali", "KEN", 420, "city")
    assert (village.latitude, village.longitude) == (0.51, 36.01)
    assert village.admin1 is not None
    assert own.entry(village.admin1).name == "Kwetu County"
    assert named(own, "Bali Mbali") == [village]
    assert [each.kind for each in named(own, "Lake Zuriziwa")] == ["water"]


def test_ruins_shops_and_other_scripts_are_left_out(larger):
    own = g.opened(larger)
    assert named(own, "Magofu") == named(own, "Duka la Juma") == named(own, "東京村") == []


def test_the_packages_places_stay_as_they_are(larger):
    own, package = g.opened(larger), g.default()
    assert len(own) == len(package) + 4
    for name in ("Nairobi", "Gaza", "Black Sea", "Paris", "Springfield"):
        ours = [(each.name, each.geoname, each.latitude, each.population, each.flags) for each in named(own, name)]
        theirs = [(e.name, e.geoname, e.latitude, e.population, e.flags) for e in named(package, name)]
        assert sorted(map(str, ours)) == sorted(map(str, theirs))
    for ask in (
        lambda at: at.demonym("kenyan"),
        lambda at: at.abbreviation("U.S."),
        lambda at: at.country_entry["FRA"],
    ):
        assert own.entry(ask(own)).geoname == package.entry(ask(package)).geoname
    units = [(own.entry(e.admin1).name if e.admin1 is not None else "") for e in named(own, "Springfield")]
    assert {"Illinois", "Missouri", "Massachusetts"} <= set(units)


def test_the_same_dump_gives_the_same_bytes_zipped_or_not(larger, tmp_path):
    dump = larger.with_name("KE.txt")
    base = tiny(tmp_path / "tiny.bin")
    build(dump, tmp_path / "first.bin", base=base)
    packed = tmp_path / "KE.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(dump, "KE.txt")
        archive.writestr("readme.txt", "of the archive")
    out = tmp_path / "again.bin"
    assert build(packed, out, base=base)[1:] == (4, 5, 6)
    assert out.read_bytes() == (tmp_path / "first.bin").read_bytes()
    own = g.opened(out)
    assert own.abbreviation("NBO") == 0
    assert [each.population for each in named(own, "Nairobi")] == [4_397_073]


def test_small_places_can_be_left_out(larger, tmp_path):
    out = tmp_path / "few.bin"
    assert build(larger.with_name("KE.txt"), out, least=100, base=tiny(tmp_path / "tiny.bin")).added == 3
    assert named(g.opened(out), "Kijijidogo") == []


def test_faults_are_told_by_line_and_nothing_is_written(tmp_path):
    dump = tmp_path / "bad.txt"
    rows = [DUMP[0], "four\tcolumns\tare\tfew", line("x1", "Aba", 1, 2, "P", "PPL", "KE"),
            line(5, "Abe", 91, 2, "P", "PPL", "KE")]  # fmt: skip
    dump.write_text("\n".join(rows), encoding="utf-8")
    out = tmp_path / "bad.bin"
    with pytest.raises(DumpError) as caught:
        build(dump, out, base=tiny(tmp_path / "tiny"))
    assert [(fault.line, fault.says.split(":")[0]) for fault in caught.value.faults] == [
        (2, "4 columns where a dump has 19"),
        (3, "invalid literal for int() with base 10"),
        (4, "there is no point at latitude 91, longitude 2"),
    ]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["bad.txt", "tiny"]


def test_a_missing_dump_and_a_file_that_is_no_gazetteer_are_refused(tmp_path):
    with pytest.raises(ConfigError, match="cannot be compiled"):
        build(tmp_path / "none.txt", tmp_path / "out.bin")
    (tmp_path / "junk.bin").write_bytes(b"junk")
    with pytest.raises(ConfigError, match="no gazetteer of this version"):
        g.opened(tmp_path / "junk.bin")
    with pytest.raises(ConfigError, match="cannot be read"):
        g.opened(tmp_path / "none.bin")


def test_other_features_are_none_of_ours():
    assert parse(line(9, "Nyumba", 1, 2, "S", "HSE", "KE")) is None


def test_the_configuration_names_it(larger, tmp_path, reading):
    text = "Floods killed four people in Mbalimbali, Kenya, on Monday."
    draft = Draft(reading.analyse([verbatim(text)])[0])
    assert "Mbalimbali" in {place.name for place in PlaceCoder(g.opened(larger)).code([draft])[0] if place.geoname}

    conf = tmp_path / "mine.toml"
    conf.write_text(f'name = "mine"\ncoders = ["places"]\ngazetteer = "{larger.as_posix()}"\n')
    reader = load(load_config(conf))
    assert reader.digest != load(load_config(conf).__class__(name="mine", coders=("places",))).digest
    (place,) = [each for each in reader.code([verbatim(text)])[0].places if each.name == "Mbalimbali"]
    assert place.geoname == 4_100_000_002
