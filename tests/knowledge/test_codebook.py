"""The event codebook: what ships, and what a codebook of one's own may and may not say."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import ConfigError
from dateline.knowledge.codebook import check, load, plover, quad_of_root
from dateline.knowledge.event_lexicon import lexicon, of_codebook

OWN = """
name = "harbour"
version = "3"
[types.STRIKE]
quad = 4
definition = "Dockers stop work."
[types.STRIKE.modes.wildcat]
definition = "Without a ballot."
score = -4.5
[types.SETTLE]
quad = 1
score = 3
definition = "Both sides sign."
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_plover_has_its_sixteen_types_with_quad_classes() -> None:
    quads = {name: kind.quad for name, kind in plover().types.items()}
    assert quads == {
        "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2,
        "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3,
        "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
    }  # fmt: skip
    assert plover().id == "plover/1"


def test_every_type_and_mode_is_defined_in_words() -> None:
    for kind in plover().types.values():
        assert len(kind.definition) > 20
        assert kind.examples
        assert all(mode.definition for mode in kind.modes.values())


@pytest.mark.parametrize(
    ("code", "gdelt", "icews"),
    [("042", 1.9, 1.9), ("016", -2.0, -5.0), ("022", 3.2, 3.4), ("164", -7.0, -6.5), ("195", -10.0, -10.0)],
)
def test_goldstein_scales_differ_where_gdelt_and_icews_do(code: str, gdelt: float, icews: float) -> None:
    assert plover().goldstein(code) == (gdelt, icews)


def test_unknown_code_has_no_score() -> None:
    assert plover().goldstein("155") == (None, None)  # not a CAMEO code, though some tables list it
    assert plover().goldstein(None) == (None, None)


def test_mode_score_and_code_go_before_those_of_the_type() -> None:
    book = plover()
    assert book.score("CONSULT", "visit") == 4.0
    assert book.score("CONSULT") == 2.5
    assert book.score("PROTEST", "vandalize") == -5.0  # the mode has none of its own
    assert book.cameo_of("ASSAULT", "drone") == "195"
    assert book.cameo_of("ASSAULT", "no such mode") == "190"
    with pytest.raises(KeyError):
        book.score("INVESTIGATE")


def test_cameo_maps_to_plover_and_quad_classes_follow_gdelt() -> None:
    table = plover().cameo
    assert len(table) == 311
    assert (table["0841"].relation, table["0841"].mode) == ("RETREAT", "release")
    assert table["021"].relation is None
    assert [quad_of_root(code) for code in ("01", "057", "0871", "09", "141", "15", "2042")] == [1, 1, 2, 2, 3, 4, 4]
    assert quad_of_root("21") is None
    assert quad_of_root("") is None


def test_a_codebook_of_ones_own(tmp_path: Path) -> None:
    book = load(write(tmp_path, OWN))
    assert book.id == "harbour/3"
    assert book.score("STRIKE", "wildcat") == -4.5
    assert book.score("STRIKE") is None
    assert book.cameo_of("SETTLE") is None


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("quad = 4", "quad = 5"), "quad"),
        (("quad = 4", "quads = 4"), "quad"),
        (("score = 3", "score = 300"), "score"),
        (('definition = "Both sides sign."', ""), "definition"),
        (("score = 3", 'cameo = "057"'), "057"),
        (("[types.SETTLE]", "[types.SETTLE"), "line"),
    ],
)
def test_faults_are_named(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        load(write(tmp_path, OWN.replace(*change)))


def test_missing_files_are_named(tmp_path: Path) -> None:
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\x8c\xff\x00")
    with pytest.raises(ConfigError, match=r"binary\.toml is no text in UTF-8"):
        load(binary)
    with pytest.raises(ConfigError, match=r"nowhere\.toml"):
        load(tmp_path / "nowhere.toml")
    with pytest.raises(ConfigError, match=r"codes\.tsv"):
        load(write(tmp_path, 'cameo = "codes.tsv"\n' + OWN))


def test_cameo_table_faults_are_given_by_line(tmp_path: Path) -> None:
    (tmp_path / "codes.tsv").write_text("code\tlabel\tgoldstein\tintensity\n01\tSay\t0\tmuch\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="line 2"):
        load(write(tmp_path, 'cameo = "codes.tsv"\n' + OWN))
    (tmp_path / "codes.tsv").write_text(
        "code\tlabel\tgoldstein\tintensity\ttype\n01\tSay\t0\t0\tSTRIKE\n01\tSay\t0\t0\tSTRIKE\n", encoding="utf-8"
    )
    with pytest.raises(ConfigError, match="line 3"):
        load(write(tmp_path, 'cameo = "codes.tsv"\n' + OWN))
    (tmp_path / "codes.tsv").write_text(
        "code\tlabel\tgoldstein\tintensity\ttype\tmode\tcontexts\n01\tSay\t0\t0\tWALK\n02\tAsk\t0\t0\tSTRIKE\tsit\tsea\n",
        encoding="utf-8",
    )
    with pytest.raises(ConfigError, match=r"WALK.*STRIKE\.sit.*sea"):
        load(write(tmp_path, 'cameo = "codes.tsv"\n' + OWN))


def test_faults_come_by_line(tmp_path: Path) -> None:
    text = OWN.replace("quad = 4", "quad = 9").replace(
        'definition = "Both sides sign."', 'definition = "x"\nscores = 1'
    )
    path = write(tmp_path, text + 'patterns = ["{source} settle {target} {target}"]\n[types.walk]\n')
    faults, _ = check(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [lines[fault.line - 1] for fault in faults] == ["quad = 9", "scores = 1", "[types.walk]"]
    with pytest.raises(ConfigError, match=r"line 5.*line 14"):
        load(path)


def test_patterns_are_checked_and_a_type_without_them_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, OWN + 'patterns = [\n  "{source} settle with {target}",\n  "{source} sign",\n  "sign",\n]\n')
    faults, examples = check(path)
    assert [(fault.line, fault.says.split(":")[0]) for fault in faults] == [
        (4, "STRIKE has no patterns, so it is never found"),
        (17, "pattern 'sign'"),
    ]
    assert examples == []


def test_a_codebook_that_extends_plover_has_its_types_too(tmp_path: Path) -> None:
    more = '[types.PROTEST]\nquad = 4\ndefinition = "As PLOVER, and"\npatterns = ["{source} picket {target}"]\n'
    book = load(write(tmp_path, 'extends = "plover"' + OWN + more))
    assert set(book.types) == {*plover().types, "STRIKE", "SETTLE"}
    assert book.own == {"STRIKE", "SETTLE"}
    assert "demo" in book.types["PROTEST"].modes
    words = of_codebook(book)
    assert words.verbs["picket"][0].relation == "PROTEST"
    assert words.verbs["accuse"] == lexicon().verbs["accuse"]
    assert words.compose("request", "STRIKE").relation == "REQUEST"


def test_without_plover_only_own_types_are_coded(tmp_path: Path) -> None:
    words = of_codebook(load(write(tmp_path, OWN + 'patterns = ["{source} settle with {target}"]\n')))
    relations = {sense.relation for senses in (*words.verbs.values(), *words.nouns.values()) for sense in senses}
    assert relations == {None, "SETTLE"}
    assert words.compose("request", "SETTLE").relation is None
    assert words.compose("intend", "SETTLE").relation == "same"


def test_plover_keeps_its_lexicon() -> None:
    assert of_codebook(plover()) is lexicon()
