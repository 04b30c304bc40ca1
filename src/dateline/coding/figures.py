"""How many: the ledger of figures.

An amount (:mod:`dateline.coding.figure_numbers`) becomes a figure by what it
counts (:mod:`dateline.coding.figure_syntax`), where, as of when, and the
statement that claims it. Left out: dates and clock times (they are the times
coder's), ordinals, years, scores, telephone numbers, numbers inside names, ages
given by a bare number, and vague amounts without any number ("many", "several").
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from dateline.coding import figure_syntax as syntax
from dateline.coding.coder import Draft
from dateline.coding.figure_numbers import Amount, scan
from dateline.coding.figure_syntax import Counted
from dateline.ids import finding_id
from dateline.knowledge.quantities import singular
from dateline.records import Figure, Finding, Place, Provenance, Span, Statement, TimeSpan

_PRONOUNS = frozenset("it he she they we i you this that these those which who there".split())


class FigureCoder:
    """Finds figures and says what they count; see the module for what is left out."""

    name = "figures/1"
    needs: frozenset[type[Finding]] = frozenset({TimeSpan, Place, Statement})
    gives: type[Finding] = Figure

    def code(self, drafts: Sequence[Draft]) -> list[tuple[Figure, ...]]:
        """Figures of each draft, in text order."""
        return [tuple(self._read(draft)) for draft in drafts]

    def _read(self, draft: Draft) -> list[Figure]:
        analysis = draft.analysis
        blocked = _blocked(draft)
        amounts = scan(analysis, blocked)
        if not amounts:
            return []
        times = _by_token(draft, draft.times)
        places = _by_token(draft, draft.places)
        figures: list[Figure] = []
        before: tuple[int, Counted, str] | None = None
        for amount in amounts:
            sentence = analysis.sentence_of[amount.first]
            unit, counted, head, confidence = self._what(draft, amount, before)
            if amount.unit is None and not amount.fraction and counted is not None:
                before = (sentence, counted, unit)
            figures.append(self._figure(draft, amount, unit, counted, head, confidence, times, places))
        return figures

    def _what(
        self, draft: Draft, amount: Amount, before: tuple[int, Counted, str] | None
    ) -> tuple[str, Counted | None, int | None, float]:
        """Unit, counted phrase, its head, and how sure."""
        analysis = draft.analysis
        if amount.unit is not None or amount.fraction:
            code = amount.unit.code if amount.unit is not None else "1"
            noun = syntax.measured(analysis, amount)
            if noun is None or analysis.lowers[noun] in _PRONOUNS:
                return code, None, noun, 0.9
            return code, syntax.phrase(analysis, noun), noun, 0.9
        counted = syntax.noun_after(analysis, amount)
        if counted is not None:
            return _counted_unit(draft, counted.head), counted, counted.head, 0.9
        sentence = analysis.sentence_of[amount.first]
        if before is not None and before[0] == sentence:
            # "10,000 troops, including as many as 8,000 in Kursk"
            return before[2], before[1], before[1].head, 0.8
        noun = syntax.measured(analysis, amount)
        if noun is not None and analysis.lowers[noun] not in _PRONOUNS:
            phrase = syntax.phrase(analysis, noun)
            plural = analysis.tags[noun] in ("NNS", "NNPS")
            return _counted_unit(draft, noun) if plural else "1", phrase, noun, 0.75
        return "1", None, None, 0.7

    def _figure(
        self,
        draft: Draft,
        amount: Amount,
        unit: str,
        counted: Counted | None,
        head: int | None,
        confidence: float,
        times: list[tuple[int, str]],
        places: list[tuple[int, str]],
    ) -> Figure:
        analysis = draft.analysis
        evidence = analysis.span(amount.start, amount.end)
        low, high = amount.low, amount.high
        if amount.bound == "at least":
            high = None
        elif amount.bound == "at most":
            low = None
        noun = counted.head if counted is not None else None
        after = noun if noun is not None and noun >= amount.end else None
        statement = draft.statement_at(evidence)
        return Figure(
            id=finding_id("figure", draft.article.id, (evidence,), self.name),
            provenance=Provenance((evidence,), self.name, confidence),
            low=low,
            high=high,
            bound=amount.bound,
            change=syntax.change_of(analysis, amount),
            unit=unit,
            per=amount.per,
            counted=analysis.span(counted.start, counted.end) if counted is not None else None,
            head="age" if amount.age else (singular(analysis.lowers[head]) if head is not None else None),
            outcome=None if amount.unit is not None else syntax.outcome_of(analysis, amount, after),
            place=_near(draft, places, amount),
            as_of=_near(draft, times, amount),
            said_in=statement.id if statement is not None else None,
        )


def _counted_unit(draft: Draft, head: int) -> str:
    analysis = draft.analysis
    word = analysis.words[head] if analysis.tags[head] in ("NNP", "NNPS") else analysis.lowers[head]
    return singular(word)


def _blocked(draft: Draft) -> set[int]:
    """Tokens of dates and clock times; durations and rates are amounts too and stay."""
    analysis = draft.analysis
    tokens: set[int] = set()
    for time in draft.times:
        if time.type in ("DATE", "TIME"):
            tokens.update(analysis.tokens_in(time.mention))
    return tokens


def _by_token(draft: Draft, findings: Sequence[TimeSpan] | Sequence[Place]) -> list[tuple[int, str]]:
    """First token and id of each finding that has a day or a point, in text order."""
    found: list[tuple[int, str]] = []
    for each in findings:
        if isinstance(each, TimeSpan):
            if each.earliest is None and each.latest is None:
                continue
        elif each.kind == "demonym":
            continue
        token = draft.analysis.token_at(each.mention.start)
        if token is not None:
            found.append((token, each.id))
    found.sort()
    return found


def _near(draft: Draft, findings: list[tuple[int, str]], amount: Amount) -> str | None:
    """The finding nearest to an amount in its own clause; one that follows wins over one before."""
    if not findings:
        return None
    analysis = draft.analysis
    start, end = analysis.sentences[analysis.sentence_of[amount.first]]
    at = bisect_left(findings, (start, ""))
    clause: int | None = None
    best: str | None = None
    rank: tuple[bool, int] | None = None
    while at < len(findings) and findings[at][0] < end:
        token, ident = findings[at]
        at += 1
        if clause is None:
            clause = _clause(analysis_head(draft), analysis.deps, amount.unit_at)
        here = (
            _clause(analysis_head(draft), analysis.deps, token) != clause,
            token - amount.first if token > amount.first else 2 * (amount.first - token),
        )
        if rank is None or here < rank:
            best, rank = ident, here
    return best if rank is not None and (not rank[0] or rank[1] <= 12) else None


def analysis_head(draft: Draft) -> list[int]:
    """Heads of the draft's tokens."""
    return draft.analysis.head


def _clause(head: list[int], deps: list[str], token: int) -> int:
    """The verb (or root) of the clause a token stands in."""
    for _ in range(30):
        if deps[token] in ("ROOT", "ccomp", "advcl", "relcl", "acl", "conj", "parataxis", "pcomp", "xcomp") or head[token] == token:
            return token
        token = head[token]
    return token


__all__ = ["FigureCoder", "Span"]
