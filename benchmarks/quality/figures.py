"""Figures: quantities in news sentences (NewsQuant), for ``score_figures.py``.

The corpus names units in words (``dollar per barrel``), takes a rise or fall, else
the bound, as the change, and its concept is who or what the quantity belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from benchmarks.quality.task import Row, drafts
from dateline.coding import figure_syntax as syntax
from dateline.coding.coder import Draft
from dateline.coding.figures import FigureCoder
from dateline.coding.times import TimeCoder
from dateline.knowledge.quantities import HYPHENS, UNIT_NAMES, singular
from dateline.records import Figure

SEES = ("id", "text")
_BOUND = {"exact": "=", "between": "=", "about": "~", "at least": ">", "at most": "<"}
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SKIP = frozenset(("DT", "PRP$", "IN", "CC", "TO", "MD", "HYPH", "POS", "WDT", "WP", "PDT"))


def predict(rows: Sequence[Row]) -> Iterator[Row]:
    """Quantities of each row."""
    for row, draft in zip(rows, drafts(rows, [TimeCoder(), FigureCoder()]), strict=True):
        yield {"id": row["id"], "quantities": quantities(draft)}


def quantities(draft: Draft) -> list[Row]:
    """Quantities of a draft; two levels (``rose from 240 to 273``) are one range to the corpus."""
    found: list[Row] = []
    before: Figure | None = None
    for figure in draft.figures:
        if _is_age_in_passing(draft, figure):
            continue
        quantity = _quantity(draft, figure)
        if before is not None and _levels(draft, before, figure):
            value = [found[-1]["value"], quantity["value"]]
            found[-1] = {**found[-1], "value": value, "end": quantity["end"]}
            before = None
            continue
        found.append(quantity)
        before = figure
    return found


def _is_age_in_passing(draft: Draft, figure: Figure) -> bool:
    """Whether it is an age between commas (``Maddon, 66, has``), of which the corpus leaves most out."""
    evidence = figure.provenance.evidence[0]
    bare = draft.article.text[evidence.start : evidence.end].isdecimal()
    return figure.unit == "a" and bare and draft.article.text[: evidence.start].rstrip().endswith(",")


def _levels(draft: Draft, first: Figure, second: Figure) -> bool:
    """Whether two figures are the levels between which something moved: ``from`` the one ``to`` the other."""
    analysis = draft.analysis
    if not (first.low == first.high and second.low == second.high) or second.unit not in (first.unit, "1"):
        return False
    left = analysis.tokens_in(first.provenance.evidence[0])
    right = analysis.tokens_in(second.provenance.evidence[0])
    if left[0] == 0 or analysis.sentence_of[left[0]] != analysis.sentence_of[right[0]]:
        return False
    near = right[0] - left[-1] <= 8
    return near and analysis.lowers[left[0] - 1] == "from" and analysis.lowers[right[0] - 1] == "to"


def _quantity(draft: Draft, figure: Figure) -> Row:
    evidence = figure.provenance.evidence[0]
    low = figure.low if figure.low is not None else figure.high
    high = figure.high if figure.high is not None else figure.low
    if _descends(draft.article.text[evidence.start : evidence.end]):
        low, high = high, low
    return {
        "value": low if low == high else [low, high],
        "normalized_unit": _unit(draft, figure),
        "change": figure.change or _BOUND[figure.bound],
        "referred_concepts": _concept(draft, figure),
        "start": evidence.start,
        "end": evidence.end,
    }


def _descends(words: str) -> bool:
    """Whether a range is written from high to low, which the corpus keeps: ``4.8 to 4.7 percent``."""
    numbers = [float(each.replace(",", "")) for each in _NUMBER.findall(words)]
    return len(numbers) == 2 and numbers[0] > numbers[1] and ("illion" not in words and "usand" not in words)


def _unit(draft: Draft, figure: Figure) -> str:
    if figure.unit == "time":
        return "count"
    if figure.unit == "penny" and draft.article.text[: figure.provenance.evidence[0].end].endswith(("p", "p.")):
        return "point"  # what the corpus takes the British "p" for
    if figure.head == "age" and figure.unit in UNIT_NAMES:
        return f"{UNIT_NAMES[figure.unit]} of age"
    if figure.unit in UNIT_NAMES:
        name = UNIT_NAMES[figure.unit]
    elif figure.unit == "1":
        # The corpus counts a fraction in percent of its noun.
        share = _is_share(figure)
        noun = _counted(draft, figure).removesuffix(" 1") if share and figure.counted is not None else "-"
        if share and figure.head is not None and noun != "-":
            noun = f"{noun} {figure.head}" if noun != "1" else figure.head
        name = f"% {noun}" if share else "-"
    else:
        name = _counted(draft, figure)
    return f"{name} per {figure.per}" if figure.per else name


def _is_share(figure: Figure) -> bool:
    return figure.low is not None and figure.low == figure.high and 0 < figure.low < 1


def _counted(draft: Draft, figure: Figure) -> str:
    """The counted noun with its adjectives, as the corpus has it: ``european country``."""
    if figure.counted is None:
        return figure.unit
    analysis = draft.analysis
    tokens = analysis.tokens_in(figure.counted)
    if any(analysis.lowers[t] in HYPHENS for t in tokens):
        # "first-team players" is one word and the noun
        *before, last = analysis.article.text[figure.counted.start : figure.counted.end].lower().split()
        return " ".join([*before, singular(last)])
    words = [
        {"best": "good", "proudest": "proud", "largest": "large", "biggest": "big"}.get(
            analysis.lowers[t], analysis.lowers[t]
        )
        for t in analysis.tokens_in(figure.counted)
        if analysis.tags[t] not in _SKIP and analysis.lowers[t] != "most"
    ]
    unit = "people" if figure.unit == "person" and words[-1:] == ["people"] else figure.unit
    return " ".join([*words[:-1], unit])


def _concept(draft: Draft, figure: Figure) -> list[str] | str:
    """What is measured, and the subject of the clause: the corpus names both where it can."""
    analysis = draft.analysis
    evidence = figure.provenance.evidence[0]
    found: list[str] = []
    if figure.unit == "1" and figure.counted is not None and _is_share(figure):
        return "-"  # the unit names it: "% British population"
    tokens = analysis.tokens_in(evidence)
    if figure.counted is not None:
        if figure.unit in UNIT_NAMES or figure.unit in ("1", "time"):
            found.append(analysis.article.text[figure.counted.start : figure.counted.end])
        tokens = range(tokens[0], max(tokens[-1], analysis.tokens_in(figure.counted)[-1]) + 1)
    at = analysis.head_of(tokens)
    if (
        not found
        and tokens[0] >= 2
        and analysis.lowers[tokens[0] - 1] == "("
        and analysis.tags[tokens[0] - 2].startswith("N")
        and analysis.lowers[tokens[0] - 2].isalpha()
    ):
        phrase = syntax.phrase(analysis, tokens[0] - 2)  # "Wei Lin (12 points)"
        return analysis.quote(phrase.start, phrase.end)
    if analysis.deps[at] == "pobj" and not found:
        above = analysis.head[analysis.head[at]]
        if analysis.tags[above] in ("NN", "NNS", "NNP", "NNPS") and analysis.lowers[above].isalpha():
            phrase = syntax.phrase(analysis, above)
            found.append(analysis.quote(phrase.start, phrase.end))
    if not found and figure.counted is not None:
        for kid in analysis.children[analysis.head_of(analysis.tokens_in(figure.counted))]:
            if analysis.deps[kid] == "prep" and analysis.lowers[kid] == "of":
                found = [analysis.quote(kid + 1, analysis.right[kid] + 1)]
    subject = syntax.subject_of(analysis, at)
    if subject is not None and subject not in tokens and analysis.tags[subject] not in syntax.POINTING:
        phrase = syntax.phrase(analysis, subject)
        found.append(analysis.quote(phrase.start, phrase.end))
    return found or "-"
