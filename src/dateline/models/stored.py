"""Weight files of the package: found by name, read whole, their layout checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.resources import files
from io import BytesIO
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from dateline.errors import ConfigError

T = TypeVar("T")


def load(name: str, read: Callable[[bytes], T]) -> T:
    """What ``read`` makes of the weights ``<name>.npz``.

    Args:
        name: As ``relation/plover``.
        read: From the bytes of the file to the model.

    Raises:
        ConfigError: The file is missing or has another layout.
    """
    path = files("dateline.models").joinpath("weights", *f"{name}.npz".split("/"))
    try:
        return read(path.read_bytes())
    except (OSError, ValueError, KeyError) as error:
        raise ConfigError(f"weights {name!r} cannot be read ({error}); reinstall the package") from error


def arrays(stored: bytes, version: int) -> dict[str, NDArray[Any]]:
    """The arrays of a weight file, by name.

    Args:
        stored: The bytes of the file.
        version: Of the layout that the caller reads; the file's own stands in its array ``version``.

    Raises:
        ValueError: The bytes are no file of that layout.
    """
    with np.load(BytesIO(stored), allow_pickle=False) as file:
        found: dict[str, NDArray[Any]] = {key: file[key] for key in file.files}
    if int(found.get("version", np.zeros(1))[0]) != version:
        raise ValueError("another layout than this version reads")
    return found


def lines(array: NDArray[Any]) -> list[str]:
    """The strings of an array that :func:`packed` made."""
    return bytes(array).decode().split("\n")


def packed(strings: Sequence[str]) -> NDArray[np.uint8]:
    """Strings as one array of bytes, a line each.

    None of them may hold a line feed. No strings at all come back from :func:`lines` as one empty string.
    """
    return np.frombuffer("\n".join(strings).encode(), dtype=np.uint8)
