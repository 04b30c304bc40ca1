"""Statements that a headline marks by punctuation: ``Minister: talks will go on``, ``Talks will go on: minister``.

Running text says who speaks; a headline drops the verb. The rule asks for a
block that is a headline or key point, a short noun phrase that can speak on one
side of a colon (or of a spaced dash, where it stands last), and on the other a
verb or, before a speaker who stands last, a count or share: ``Growth at 2%: bank``.
"""

from __future__ import annotations

from dateline.coding.statement_quotes import Quotes
from dateline.knowledge.lexicons import SPEAKERS
from dateline.reading.analysis import Analysis

_NOMINAL = frozenset(("NOUN", "PROPN", "ADJ", "DET", "NUM", "PART", "ADP", "CCONJ", "VERB"))
_DASHES = frozenset(("-", "–", "—"))
_COUNTING = frozenset(("bank", "commission", "guard", "institute", "treasury"))
"""Who besides :data:`SPEAKERS` is named last, after what it counts or foresees."""
_AFTER_COUNT = frozenset("% percent per dead killed injured wounded hurt missing feared trapped displaced".split())
_LONGEST = 7
"""Tokens of a speaker in a headline."""


def marked(analysis: Analysis, quotes: Quotes) -> list[tuple[int, tuple[int, int], tuple[int, int]]]:
    """Mark, speaker and content (tokens, half-open) of each headline or key point that has them.

    Missed: speakers that are places ("Kyiv: ..."), for these mostly name the scene.
    """
    found: list[tuple[int, tuple[int, int], tuple[int, int]]] = []
    named = _named(analysis)
    for start, end in _blocks(analysis):
        marks = [
            token
            for token in range(start + 1, end - 1)
            if quotes.at[token] < 0 and (analysis.words[token] == ":" or analysis.words[token] in _DASHES)
        ]
        if not marks:
            continue
        first, last = marks[0], marks[-1]
        if (
            analysis.words[first] == ":"
            and _speaks(analysis, named, start, first)
            and (_clause(analysis, first + 1, end) or _demand(analysis, start, first, end))
        ):
            found.append((first, (start, first), (first + 1, _without_stop(analysis, end))))
            continue
        spaced = analysis.words[last] == ":" or (
            analysis.starts[last] > analysis.ends[last - 1] and analysis.starts[last + 1] > analysis.ends[last]
        )
        if (
            spaced
            and (_speaks(analysis, named, last + 1, end) or _counts(analysis, last + 1, end))
            and (_clause(analysis, start, last) or _counted(analysis, start, last))
        ):
            found.append((last, (last + 1, _without_stop(analysis, end)), (start, last)))
    return found


def _blocks(analysis: Analysis) -> list[tuple[int, int]]:
    """Tokens of each headline and key point."""
    found: list[tuple[int, int]] = []
    blocks = analysis.article.blocks
    previous = -1
    for number, (start, end) in enumerate(analysis.sentences):
        block = analysis.block_of[number]
        if blocks[block].kind not in ("headline", "key_point"):
            continue
        if block == previous:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
        previous = block
    return found


def _named(analysis: Analysis) -> dict[str, str]:
    """Last words of people's and organisations' names anywhere in the article, to the label met most often."""
    counts: dict[tuple[str, str], int] = {}
    for name in analysis.names:
        key = (analysis.words[name.end - 1], name.label)
        counts[key] = counts.get(key, 0) + 1
    best: dict[str, tuple[int, str]] = {}
    for (word, label), count in sorted(counts.items()):
        if word not in best or count > best[word][0]:
            best[word] = (count, label)
    return {word: label for word, (_, label) in best.items()}


def _speaks(analysis: Analysis, named: dict[str, str], start: int, end: int) -> bool:
    """Whether the tokens are a short noun phrase for someone who can speak."""
    while end > start and analysis.pos[end - 1] == "PUNCT":
        end -= 1
    if not 0 < end - start <= _LONGEST or any(
        analysis.pos[token] not in _NOMINAL or ("VERB" in analysis.pos[token] and analysis.tags[token] != "VBN")
        for token in range(start, end)
    ):
        return False
    # The head of the phrase: what stands before its first preposition.
    head = next((token - 1 for token in range(start + 1, end) if analysis.pos[token] == "ADP"), end - 1)
    word = analysis.words[head]
    if analysis.lemmas[head].lower() in SPEAKERS or analysis.lowers[head] in SPEAKERS:
        return True
    return named.get(word) in ("PERSON", "ORG") and analysis.pos[head] in ("PROPN", "NOUN")


def _counts(analysis: Analysis, start: int, end: int) -> bool:
    """Whether the tokens are one who counts, or a role alone, which the parser may take for a verb (``: report``)."""
    while end > start and analysis.pos[end - 1] == "PUNCT":
        end -= 1
    if end - start == 1 and analysis.lowers[start] in SPEAKERS:
        return True
    return (
        0 < end - start <= 3
        and analysis.lowers[end - 1] in _COUNTING
        and all(analysis.pos[token] in ("NOUN", "PROPN", "ADJ", "DET") for token in range(start, end))
    )


def _counted(analysis: Analysis, start: int, end: int) -> bool:
    """Whether the tokens say how many, without a verb: ``40 dead in ferry sinking``, ``Growth at 2%``."""
    return end - start >= 2 and any(
        analysis.tags[token] == "CD" and analysis.lowers[token + 1] in _AFTER_COUNT for token in range(start, end - 1)
    )


def _demand(analysis: Analysis, start: int, mark: int, end: int) -> bool:
    """Whether a role alone is followed by a "no" or "more": ``Army chief: no talks with rebels``."""
    return (
        end - mark > 3
        and analysis.lowers[mark + 1] in ("no", "not", "more", "we", "enough", "time")
        and any(analysis.lowers[token] in SPEAKERS for token in range(start, mark))
    )


def _clause(analysis: Analysis, start: int, end: int) -> bool:
    """Whether there is a verb among the tokens."""
    return end - start >= 2 and any(
        analysis.pos[token] in ("VERB", "AUX") or analysis.tags[token] == "MD" for token in range(start, end)
    )


def _without_stop(analysis: Analysis, end: int) -> int:
    return end - 1 if analysis.words[end - 1] in (".", ";") else end
