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
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import md5
from typing import Any

SEGMENT = 8192
"""Numbers of a segment."""
STEP = 512
"""Articles that wait until postings are made of them."""
SHORTEST = 3
"""Fewest letters by which an open word is looked for: fewer are in nearly every article."""
ENOUGH = 1024
"""So few articles are read rather than narrowed down by one more word."""
KEPT = 1 << 24
"""Bytes of marks that are kept: at 100,000 articles, those of 1,300 words."""
_MOST_WORDS = 2
"""Most words by which articles are told."""
_AT_ONCE = 500
"""Words whose postings one query reads."""
_ASCII = re.compile(r"[a-z0-9]+")
_WORD = r"[\p{L}\p{M}\p{N}]+"

BUILD = f"""SELECT $first::BIGINT AS number, $last::BIGINT AS last, word,
        ('0x' || substr(md5(word), 1, 12))::BIGINT AS key, list(n ORDER BY n) AS numbers
    FROM (SELECT number AS n, unnest(list_distinct(regexp_extract_all(lower("text"), '{_WORD}'))) AS word
        FROM articles WHERE number BETWEEN $first AND $last)
    GROUP BY word ORDER BY word"""  # noqa: S608 - a pattern of our own
"""The postings of a segment, up to the last number."""

Ask = Callable[[str, dict[str, Any]], Any]
"""A query with its parameters, answered by an Arrow table."""
Keep = Callable[[str, Callable[[], Any]], Any]
"""What is made of the tables under a name, kept until they change."""


def key(word: str) -> int:
    """Number by which the postings of a word are found: among numbers one is found much sooner than among words."""
    return int(md5(word.encode(), usedforsecurity=False).hexdigest()[:12], 16)


@dataclass(slots=True)
class _Extent:
    """How far the postings of a store reach."""

    last: int
    """Highest number of an article that they know of; -1 without any."""
    late: Any
    """Numbers of the articles after it."""
    size: int
    """One more than the highest number of all."""


def having(ask: Ask, keep: Keep, text: str) -> Any:
    """Numbers of articles that may have a text in theirs, whatever its case, in order.

    Args:
        ask: Answers a query.
        keep: Keeps what is made of the tables until they change.
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
    extent: _Extent = keep("postings: extent", lambda: _extent(ask))
    # One mark an article: sets as long as the store are cut and joined sooner so than as sorted numbers.
    found: Any = None
    for word in chosen:
        here = _marks(ask, keep, extent.size, word, *wanted[word])
        found = here if found is None else found & here
        if np.count_nonzero(found) <= ENOUGH:
            break
    found[extent.late] = True  # not in the postings yet
    return np.flatnonzero(found)


def _marks(ask: Ask, keep: Keep, size: int, word: str, opens: bool, ends: bool) -> Any:
    """Which articles have a word in theirs; those of the words last asked for are kept, a bit an article."""
    import numpy as np

    known: OrderedDict[tuple[str, bool, bool], Any] = keep("postings: marks", OrderedDict)
    asked = word, opens, ends
    bits = known.pop(asked, None)
    if bits is None:
        inside = {word}
        if opens or ends:
            inside = set(_lines(keep("postings: words", lambda: _vocabulary(ask)), word, opens=opens, ends=ends))
        here = np.zeros(size, dtype=bool)
        for numbers in _postings(ask, [key(each) for each in inside]):
            here[numbers] = True
        bits = np.packbits(here)
    known[asked] = bits
    while len(known) > 1 and len(known) * len(bits) > KEPT:
        known.popitem(last=False)
    return np.unpackbits(bits, count=size).astype(bool)


def _extent(ask: Ask) -> _Extent:
    last = ask("SELECT coalesce(max(last), -1) AS last FROM postings", {}).column("last")[0].as_py()
    late = ask(f"SELECT number FROM article_rows WHERE number > {last} ORDER BY number", {}).column("number").to_numpy()  # noqa: S608 - a number
    return _Extent(last, late, max(last, int(late[-1]) if len(late) else -1) + 1)


def _vocabulary(ask: Ask) -> str:
    """Every word of the postings, one a line, to look up those that have others inside."""
    rows = ask("SELECT DISTINCT word FROM postings ORDER BY word", {}).column("word").to_pylist()
    return "\n".join(["", *rows, ""])


def _lines(words: str, wanted: str, *, opens: bool, ends: bool) -> Iterator[str]:
    """Lines that have a word in them: anywhere if it is open at both ends, else where it is closed."""
    part = ("" if opens else "\n") + wanted + ("" if ends else "\n")
    at = words.find(part)
    while at >= 0:
        begin = words.rfind("\n", 0, at + 1) + 1
        end = words.find("\n", at + len(part) - 1)
        yield words[begin:end]
        at = words.find(part, end)


def _postings(ask: Ask, keys: Sequence[int]) -> Iterator[Any]:
    """The numbers of some words' postings."""
    for at in range(0, len(keys), _AT_ONCE):
        listed = ", ".join(map(str, keys[at : at + _AT_ONCE]))
        lists = ask(f"SELECT numbers FROM postings WHERE key IN ({listed})", {}).column("numbers")  # noqa: S608 - numbers
        for chunk in lists.chunks:
            yield chunk.flatten().to_numpy(zero_copy_only=False)


def _words(ask: Ask, text: str) -> tuple[str, list[str]]:
    """A text in small letters, and its words."""
    if text.isascii():
        return text.lower(), _ASCII.findall(text.lower())
    # Which characters are letters, and what their small forms are, is for the database to say: it made the index.
    given = ask(f"SELECT lower($text) AS low, regexp_extract_all(lower($text), '{_WORD}') AS words", {"text": text})
    return given.column("low")[0].as_py(), given.column("words")[0].as_py()
