"""Words that can name one and the same event: "heist" and "robbery", "quake" and "tremor".

The list is data of our own writing, ``data/events/kin.txt``, a kind of event a line.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

PATH = Path(__file__).parent / "data" / "events" / "kin.txt"


@cache
def kin() -> dict[str, frozenset[int]]:
    """For each word, in its plain form, the kinds of event that it can name, by their line."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(PATH.read_text(encoding="utf-8").splitlines(), 1):
        if not line.startswith("#"):
            for word in line.split():
                found.setdefault(word, set()).add(number)
    return {word: frozenset(lines) for word, lines in found.items()}
