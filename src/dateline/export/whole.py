"""A file that is written as a whole or not at all."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Generator
from pathlib import Path
from typing import BinaryIO

from dateline.errors import StoreError


@contextlib.contextmanager
def whole_file(path: str | Path) -> Generator[BinaryIO]:
    """A file open for writing, put in its place when all has been written; ``-`` is standard output.

    Until then it has another name; a failure leaves what was there before as it was.

    Raises:
        StoreError: The file cannot be written.
    """
    if str(path) == "-":
        yield sys.stdout.buffer
        return
    place = Path(path)
    passing = place.with_name(place.name + ".tmp")
    try:
        with passing.open("wb") as file:
            yield file
        passing.replace(place)
    except OSError as error:
        with contextlib.suppress(OSError):
            passing.unlink()
        raise StoreError(f"{place} cannot be written: {error.strerror or error}") from error
    except BaseException:
        with contextlib.suppress(OSError):
            passing.unlink()
        raise
