"""Which articles have a word: an inverted index of the texts, for search without reading them all.

Articles stand in segments by their number; for each segment and each word of
its texts there is one row with the numbers that have it. Numbers are never
used again and a text never changes under one, so postings only grow: those of
the last segment are made anew when :data:`STEP` more articles have come. What
they do not know of yet is searched without them, so a store that was killed
before they were made gives the same answers, only later.

A search is for characters, not for words: "fire" also finds "ceasefire". Every
character is part of a word or not, whatever stands beside it. So where a text
has what is looked for, it has the words inside of it whole, a word that ends
with its first and one that begins with its last. The articles that have all
these are few; they alone are read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

SEGMENT = 8192
"""Numbers of a segment."""
STEP = 512
"""Articles that wait until postings are made of them."""
SHORTEST = 3
"""Fewest letters by which an open word is looked for: fewer are in nearly every article."""
ENOUGH = 256
"""So few articles are read rather than narrowed down by one more word."""
_WORD = r"[\p{L}\p{M}\p{N}]+"

BUILD = f"""SELECT $first::BIGINT AS number, $last::BIGINT AS last, word, list(n ORDER BY n) AS numbers
    FROM (SELECT number AS n, unnest(list_distinct(regexp_extract_all(lower("text"), '{_WORD}'))) AS word
        FROM articles WHERE number BETWEEN $first AND $last)
    GROUP BY word ORDER BY word"""  # noqa: S608 - a pattern of our own
"""The postings of a segment, up to the last number."""

Ask = Callable[[str, dict[str, Any]], Any]
"""A query with its parameters, answered by an Arrow table."""


def having(ask: Ask, text: str) -> Any:
    """Numbers of articles that may have a text in theirs, whatever its case, in order.

    Args:
        ask: Answers a query.
        text: What is looked for.

    Returns:
        A numpy array: no article that has the text is missing, most that lack it are. None where the text has no
        word by which to tell.
    """
    import numpy as np

    given = ask(f"SELECT lower($text) AS low, regexp_extract_all(lower($text), '{_WORD}') AS words", {"text": text})
    low: str = given.column("low")[0].as_py()
    words: list[str] = given.column("words")[0].as_py()
    wanted: dict[str, str] = {}
    for place, word in enumerate(words):
        opens = place == 0 and low.startswith(word)
        ends = place == len(words) - 1 and low.endswith(word)
        if (opens or ends) and len(word) < SHORTEST:
            continue
        condition = (
            "contains(word, $word)"
            if opens and ends
            else "ends_with(word, $word)"
            if opens
            else "starts_with(word, $word)"
            if ends
            else "word = $word"
        )
        wanted.setdefault(word, condition)
    if not wanted:
        return None
    known = int(ask("SELECT coalesce(max(last), -1) AS last FROM postings", {}).column("last")[0].as_py())
    found: Any = None
    # The longest words are the rarest, by and large.
    for word in sorted(wanted, key=lambda each: (-len(each), each)):
        rows = ask(f"SELECT numbers FROM postings WHERE {wanted[word]}", {"word": word})  # noqa: S608
        column = rows.column("numbers").combine_chunks()
        flat = column.flatten() if len(column) else column
        numbers = np.unique(np.asarray(flat.to_numpy(zero_copy_only=False), dtype=np.int64)) if len(column) else _none()
        found = numbers if found is None else np.intersect1d(found, numbers, assume_unique=True)
        if len(found) <= ENOUGH:
            break
    rest = ask("SELECT number FROM article_rows WHERE number > $known ORDER BY number", {"known": known})
    late = np.asarray(rest.column("number").to_numpy(), dtype=np.int64)
    return np.concatenate((found[found <= known], late))


def _none() -> Any:
    import numpy as np

    return np.empty(0, dtype=np.int64)
