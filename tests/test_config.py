from pathlib import Path

import pytest

from dateline import config
from dateline.errors import ConfigError


def test_the_shipped_configuration_names_the_six_coders() -> None:
    assert set(config.load().coders) == {"actors", "places", "times", "statements", "events", "figures"}


def test_an_unknown_name_says_which_there_are() -> None:
    with pytest.raises(ConfigError, match="plover-en"):
        config.load("plover-fr")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('name = "x"\ncoders = []\nbatsh = 3\n', "batsh"),
        ('name = "x"\ncoders = []\nbatch = 0\n', "batch"),
        ('name = "x"\ncoders = "actors"\n', "coders"),
        ("name = \n", "x.toml"),
    ],
)
def test_a_wrong_file_says_what_is_wrong(tmp_path: Path, text: str, word: str) -> None:
    path = tmp_path / "x.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=word):
        config.load(path)


def test_a_missing_file_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        config.load(tmp_path / "none.toml")


def test_a_file_that_is_no_text_is_a_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "binary.toml"
    path.write_bytes(b"\x8c\xff\x00")
    with pytest.raises(ConfigError, match=r"binary\.toml is no text in UTF-8"):
        config.load(path)
