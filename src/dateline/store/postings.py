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

import re
from collections.abc import Callable
from typing import Any

SEGMENT = 8192
"""Numbers of a segment."""
STEP = 512
"""Articles that wait until postings are made of them."""
SHORTEST = 3
"""Fewest letters by which an open word is looked for: fewer are in nearly every article."""
ENOUGH = 1024
"""So few articles are read rather than narrowed down by one more word."""
_MOST_WORDS = 2
"""Most words by which articles are told."""
_ASCII = re.compile(r"[a-z0-9]+")
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

    low, words = _words(ask, text)
    wanted: dict[str, tuple[bool, bool]] = {}
    for place, word in enumerate(words):
        opens = place == 0 and low.startswith(word)
        ends = place == len(words) - 1 and low.endswith(word)
        if (opens or ends) and len(word) < SHORTEST:
            continue
        wanted.setdefault(word, (opens, ends))
    # The longest words are the rarest, by and large.
    chosen = sorted(wanted, key=lambda each: (-len(each), each))[:_MOST_WORDS]
    if not chosen:
        return None
    found: Any = None
    for word in chosen:
        condition = _CONDITIONS[wanted[word]]
        rows = ask(f"SELECT numbers FROM postings WHERE {condition}", {"word": word})  # noqa: S608 - a value is bound
        numbers = _numbers(rows.column("numbers"))
        found = numbers if found is None else np.intersect1d(found, numbers, assume_unique=True)
        if len(found) <= ENOUGH:
            break
    late = ask(
        "SELECT number FROM article_rows WHERE number > (SELECT coalesce(max(last), -1) FROM postings)", {}
    ).column("number")
    return np.union1d(found, np.asarray(late.to_numpy(), dtype=np.int64))


_CONDITIONS = {
    (True, True): "contains(word, $word)",
    (True, False): "ends_with(word, $word)",
    (False, True): "starts_with(word, $word)",
    (False, False): "word = $word",
}
"""What a word of the index has to be, by whether the word looked for may be longer at its beginning and its end."""


def _words(ask: Ask, text: str) -> tuple[str, list[str]]:
    """A text in small letters, and its words."""
    if text.isascii():
        return text.lower(), _ASCII.findall(text.lower())
    # Which characters are letters, and what their small forms are, is for the database to say: it made the index.
    given = ask(f"SELECT lower($text) AS low, regexp_extract_all(lower($text), '{_WORD}') AS words", {"text": text})
    return given.column("low")[0].as_py(), given.column("words")[0].as_py()


def _numbers(lists: Any) -> Any:
    """The numbers of some postings, in order, each once."""
    import numpy as np

    lists = lists.combine_chunks()
    if hasattr(lists, "chunks"):  # several versions give a chunked array with one chunk or none
        lists = lists.chunk(0) if lists.num_chunks else None
    if lists is None or not len(lists):
        return np.empty(0, dtype=np.int64)
    return np.unique(np.asarray(lists.flatten().to_numpy(zero_copy_only=False), dtype=np.int64))
