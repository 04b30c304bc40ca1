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
from dataclasses import dataclass, replace

from dateline.coding import figure_syntax as syntax
from dateline.coding.coder import Draft
from dateline.coding.figure_numbers import Amount, owner, per_at, scan
from dateline.coding.figure_syntax import Counted
from dateline.ids import finding_id
from dateline.knowledge.quantities import ANIMALS, HYPHENS, OUTCOMES, SCALES, UNITS, Outcome, singular
from dateline.reading.analysis import Analysis
from dateline.records import Actor, Change, Figure, Finding, Place, Provenance, Span, Statement, TimeSpan


class FigureCoder:
    """Finds figures and says what they count; see the module for what is left out."""

    name = "figures/1"
    needs: frozenset[type[Finding]] = frozenset({Actor, TimeSpan, Place, Statement})
    gives: type[Finding] = Figure

    def code(self, drafts: Sequence[Draft]) -> list[tuple[Finding, ...]]:
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
        last: _Last | None = None
        people: _Last | None = None
        count: _Last | None = None
        level: _Last | None = None
        counts: list[_Last] = []
        measures: dict[str, _Last] = {}
        toll = False
        for amount in amounts:
            if syntax.denied(analysis, amount):
                continue
            alike = measures.get(amount.unit.code) if amount.unit is not None else None
            if level is not None and level.sentence == analysis.sentence_of[amount.first]:
                last = level if syntax.before_change(analysis, amount) else last
            if len(counts) > 1 and syntax.recalls(analysis, amount):
                # "2,500 took part. The firm, which runs two terminals, put the number at 400": of those of like size
                count = next((each for each in reversed(counts[-3:]) if _like(each, amount)), count)
            what = self._what(draft, amount, last, people, count, alike, blocked)
            what = _befallen(draft, amount, what, last, toll)
            figure = self._figure(draft, amount, what, times, places)
            toll = toll or figure.outcome == "killed"
            before, last = last, _Last(amount, what, analysis.sentence_of[amount.first], figure)
            if before is None or before.sentence != last.sentence or not syntax.in_places(analysis, amount):
                level = last  # "900 in three towns, up from 400": not of the towns
            if amount.unit is not None:
                measures[amount.unit.code] = last
            part = amount.fraction or syntax.within(analysis, amount) or syntax.exceeds(analysis, amount)
            if what.counted is not None and not part and figure.provenance.confidence > _KNOWN:
                if _countable(amount, what):
                    count = last
                    counts.append(last)
                if amount.unit is None and syntax.is_person(analysis, what.counted.head):
                    people = last
            figures.append(figure)
        return figures

    def _what(
        self,
        draft: Draft,
        amount: Amount,
        last: _Last | None,
        people: _Last | None,
        count: _Last | None,
        alike: _Last | None,
        blocked: set[int],
    ) -> _What:
        """What an amount counts, and in which unit.

        Args:
            draft: The article.
            amount: The amount.
            last: The amount before.
            people: The last amount that counted people, not as a part of others.
            count: The last that another count may be set against: of people, things or a quantity.
            alike: The last in the same unit of measure.
            blocked: Tokens of dates and clock times.
        """
        analysis = draft.analysis
        sentence = analysis.sentence_of[amount.first]
        near = last if last is not None and last.sentence == sentence else None
        if near is not None and amount.unit is None and owner(analysis, amount) is not None:
            # "2,500 took part, the guards 900": another's count of the same
            return replace(near.what, confidence=0.6, outcome=near.figure.outcome, borrowed=True)
        if amount.age:
            return _What(
                amount.unit.code if amount.unit else "a", syntax.measured(analysis, amount, blocked), 0.9, "age"
            )
        if amount.unit is not None or amount.fraction:
            code = amount.unit.code if amount.unit is not None else "1"
            if near is not None and amount.unit is not None and _converts(analysis, near.amount, amount):
                # "87 mph (140 km/h)": the same quantity over again
                if amount.bound == "exact" and near.amount.bound != "between":
                    amount.bound = near.amount.bound
                return replace(near.what, unit=code, change=near.figure.change)
            counted = syntax.measured(analysis, amount, blocked)
            if near is not None and near.what.counted is not None and _reaches(analysis, near.amount, amount):
                counted = near.what.counted  # "fell 11 cents to $5.62": of the same thing
            if alike is not None and sentence - alike.sentence <= 1:
                if alike is near and (rowed := syntax.rowed(analysis, amount, blocked)) is not None:
                    counted = rowed
                elif syntax.as_said_of_it(analysis, amount):
                    counted = alike.what.counted
            return _What(code, counted, 0.9)
        counted = syntax.noun_after(analysis, amount, blocked)
        if counted is not None:
            lemma = singular(analysis.lowers[counted.head])
            if lemma == "point" and near is not None and near.what.unit == "%" and _restates(analysis, near, amount):
                return replace(near.what, unit="point", change=near.figure.change)
            if lemma == "time":
                return _What("time", syntax.multiplied(analysis, counted, blocked), 0.85)
            if analysis.lowers[counted.head] in OUTCOMES and analysis.tags[counted.head] != "NNS":
                return _What("person", counted, 0.85)  # "twelve of the dead"
            if analysis.lowers[counted.head] in syntax.CONDITIONS:
                whose = people.what.counted if people is not None and people.sentence == sentence else None
                return _What("person", whose, 0.8)  # "left 20 hospitalised"
            unit = UNITS.get(analysis.lowers[counted.head])
            if unit is not None:
                # "517 rushing yards", "50 previous years", "280 million of the 1.5 billion shekels"
                return _What(unit.code, syntax.measured(analysis, amount, blocked), 0.85)
            return _What(_counted_unit(draft, counted.head), counted, 0.9)
        if last is not None and sentence - last.sentence <= 1 and syntax.of_those(analysis, amount):
            # "at least 60 of them", "of which 94 were shot down"
            fits = last.amount.unit is None and _holds(last, amount)
            whole = count if count is not None and not fits and _holds(count, amount) else last
            outcome = None if syntax.has_verb(analysis, amount) else whole.figure.outcome
            return replace(whole.what, confidence=0.7, outcome=outcome, borrowed=True, change=None)
        if _is_age(draft, amount):
            noun = syntax.subject_of(analysis, amount.unit_at)
            named = noun is not None and analysis.tags[noun] not in syntax.POINTING
            return _What("a", syntax.phrase(analysis, noun) if noun is not None and named else None, 0.85, "age")
        over = syntax.older(analysis, amount) or syntax.aged_of(analysis, amount)
        if over is not None:
            return _What("a", over, 0.8, "age")
        if amount.per is None and syntax.outcome_of(analysis, amount, None) is not None:
            group = syntax.group_of(analysis, amount)
            if group is not None:
                return _What("person", Counted(group, group + 1, group), 0.6)  # "the crew of 12 was rescued"
            # "12 dead", "kills one"; after "12 people were killed", "30 are missing" are people too
            base = people if people is not None and people.sentence == sentence else near
            if base is not None and base.amount.unit is None and syntax.further(analysis, amount):
                return replace(base.what, confidence=0.7, outcome=None)  # "1,000 turkeys ... a further 1,600 have died"
            if people is not None and people.sentence == sentence and syntax.stands_in(analysis, amount):
                return _What(people.what.unit, people.what.counted, 0.8)
            same = near.what.counted if near is not None and near.what.unit == "person" else None
            if near is not None and near is people and near.figure.outcome is not None:
                return _What(near.what.unit, near.what.counted, 0.7)  # "killing 28 soldiers, capturing nine"
            return _What("person", None if same is not None and syntax.is_tally(analysis, same) else same, 0.8)
        if analysis.lowers[amount.end : amount.end + 1] == ["of"] and analysis.lowers[
            amount.end + 2 : amount.end + 3
        ] == ["own"]:
            return _What("person", None, 0.6)  # "lost eight of its own"
        if syntax.is_of_people(analysis, amount, near=people is not None and people.sentence == sentence):
            if people is not None and sentence - people.sentence <= 1:
                return _What(people.what.unit, people.what.counted, 0.7)
            return _What("person", None, 0.7)
        tally = syntax.tally_of_clause(analysis, amount)
        if tally is not None:
            return _What("1", tally, 0.7)
        bare = syntax.recalls(analysis, amount)
        if bare and count is not None and sentence - count.sentence <= 2:
            return replace(count.what, confidence=0.6, outcome=count.figure.outcome, borrowed=True, change=None)
        if (
            near is not None
            and near.amount.unit is None
            and count is not None
            and not _countable(near.amount, near.what)
        ):
            near = count if count.sentence == sentence else near  # "held 19 students for two nights; all but three"
        if near is not None:
            if _same_money(analysis, near.amount, amount):
                return _What(near.what.unit, None, 0.7)
            if near.amount.unit is None and not near.amount.fraction and near.what.counted is not None:
                # "10,000 troops, including as many as 8,000 in Kursk"
                outcome = "injured" if syntax.gravely(analysis, amount) else None
                return replace(near.what, confidence=0.7, outcome=outcome, borrowed=True)
            if _goes_on(analysis, near.amount, amount):
                what = replace(near.what, confidence=0.6, change=near.figure.change)
                gapped = syntax.gapped(analysis, amount, blocked)
                return replace(what, counted=gapped) if gapped is not None else what
            if near.figure.outcome is not None and "than" in analysis.lowers[amount.start - 2 : amount.start]:
                return replace(near.what, confidence=0.6, outcome=near.figure.outcome)  # "12 dead, more than the 9"
        dashed = syntax.before_dash(analysis, amount)
        counted = dashed or syntax.measured(analysis, amount, blocked)
        # of a bare count whose things are named nowhere, the subject is who counts
        if counted is None or (
            bare and not syntax.is_tally(analysis, counted) and not syntax.is_group(analysis, counted)
        ):
            return _What("1", None, 0.6)
        if analysis.lowers[counted.head] == "age" and amount.low is not None and 0 < amount.low < 125:
            return _What("a", counted, 0.8, "age")  # "raise the retirement age from 62 to 64"
        if analysis.lowers[counted.head] == "magnitude" and amount.low is not None and 0 < amount.low < 11:
            return _What("magnitude", counted, 0.8)
        plural = analysis.tags[counted.head] in ("NNS", "NNPS")
        if syntax.is_group(analysis, counted):
            return _What("person", counted, 0.6)  # "a crowd put at 30,000", "a crew of 24"
        return _What(_counted_unit(draft, counted.head) if plural else "1", counted, 0.6)

    def _figure(
        self,
        draft: Draft,
        amount: Amount,
        what: _What,
        times: list[tuple[int, str]],
        places: list[tuple[int, str]],
    ) -> Figure:
        analysis = draft.analysis
        counted = what.counted
        first = amount.about_from if amount.about_from >= 0 else amount.start
        evidence = analysis.span(first, amount.end)
        low, high = amount.low, amount.high
        if low == high:
            if amount.bound == "at least":
                high = None
            elif amount.bound == "at most":
                low = None
        per = amount.per
        noun = counted.head if counted is not None and counted.head >= amount.end else None
        if per is None and noun is not None and amount.unit is None and counted is not None:
            stop = analysis.sentences[analysis.sentence_of[amount.first]][1]
            found = per_at(analysis, counted.end, stop, ())
            per = found[0] if found is not None else None
        if per is None and amount.unit is not None and amount.unit.money:
            # a rate may stand beyond the sum in another currency: "9 billion shekels ($2.4 billion) a year"
            stop = analysis.sentences[analysis.sentence_of[amount.first]][1]
            beyond = syntax.past_parenthesis(analysis, amount.end, stop)
            found = per_at(analysis, beyond, stop, ()) if beyond > amount.end else None
            per = found[0] if found is not None else None
        head = what.head or (_counted_unit(draft, counted.head) if counted is not None else None)
        outcome = None
        if amount.unit is None and what.unit != "time" and (counted is None or head not in ANIMALS):
            outcome = what.outcome or syntax.outcome_of(analysis, amount, noun)
        definite = outcome is None and syntax.is_definite(analysis, amount)
        return Figure(
            id=finding_id("figure", draft.article.id, (evidence,), self.name),
            provenance=Provenance((evidence,), self.name, _KNOWN if definite else what.confidence),
            low=low,
            high=high,
            bound=amount.bound,
            change=syntax.change_of(analysis, amount) or what.change,
            unit=what.unit,
            per=per,
            counted=analysis.span(counted.start, counted.end) if counted is not None else None,
            head=head,
            outcome=outcome,
            place=_scene(draft, amount, counted, places, outcome),
            as_of=_near(draft, times, amount, counted, strict=True),
            said_in=_holder(draft, amount, evidence),
        )


_KNOWN = 0.3
"""Confidence of a number that only says how many those already known are: ``the two countries``."""


@dataclass(frozen=True, slots=True)
class _What:
    """What an amount counts."""

    unit: str
    counted: Counted | None
    confidence: float
    """Share of right values with the right unit on NewsQuant, for amounts found in the same way."""
    head: str | None = None
    outcome: Outcome | None = None
    """Where it is known without the amount's own noun and verb."""
    borrowed: bool = False
    """Whether it is what the amount before counts."""
    change: Change | None = None
    """The rise or fall of the amount that this one repeats or leans on."""


@dataclass(frozen=True, slots=True)
class _Last:
    """The amount before, for those that lean on it."""

    amount: Amount
    what: _What
    sentence: int
    figure: Figure


def _befallen(draft: Draft, amount: Amount, what: _What, last: _Last | None, toll: bool) -> _What:
    """What an amount counts, where it is a tally of people: of whom, and what befell them.

    Args:
        draft: The article.
        amount: The amount.
        what: What it counts by its own words.
        last: The amount before.
        toll: Whether the article has counted people killed before.
    """
    analysis = draft.analysis
    counted = what.counted
    at = syntax.outer(analysis, amount)
    if what.unit == "other" and (
        (last is not None and last.sentence == analysis.sentence_of[amount.first] and _of_people(analysis, last))
        or syntax.outcome_of(analysis, amount, counted.head if counted else None) is not None
    ):
        return replace(what, unit="person")  # "killed himself and six others"
    if amount.unit is not None or amount.fraction or amount.per is not None or amount.one:
        return what
    if (
        last is not None
        and last.figure.outcome is not None
        and last.sentence == analysis.sentence_of[amount.first]
        and counted is not None
        and syntax.within(analysis, amount)
        and syntax.is_person(analysis, counted.head)
    ):
        return replace(what, outcome=last.figure.outcome)  # "killing 34, among them nine children"
    if counted is None and last is not None and last.figure.outcome is not None and what.unit == "1":
        # "six people are missing. It had reported nine on Monday"
        if analysis.sentence_of[amount.first] - last.sentence <= 1 and syntax.leans(analysis, amount):
            return replace(last.what, outcome=last.figure.outcome, confidence=0.6)
        return what
    if (
        counted is not None
        and (counted.head < amount.start or syntax.is_tally(analysis, counted))
        and not what.borrowed
    ):
        of = syntax.tallied(analysis, counted)
        if of is not None:
            unit = _counted_unit(draft, of.head)
            outcome = syntax.outcome_of(analysis, amount, of.head) or syntax.befallen(analysis, counted.head)
            bare = unit in OUTCOMES or unit in syntax.CONDITIONS or unit in syntax.BODIES
            return replace(what, unit="person" if bare else unit, counted=of, outcome=outcome)
        if analysis.lowers[counted.head] in OUTCOMES and analysis.tags[counted.head] != "NNS":
            befell = OUTCOMES[analysis.lowers[counted.head]]
            return replace(what, unit="person", outcome=befell)  # "puts the homeless at 32,000"
        if syntax.is_toll(analysis, counted):
            return replace(what, unit="person", outcome="killed", confidence=0.8)
        if toll and analysis.lemmas[counted.head] in ("count", "tally"):
            return replace(what, unit="person", outcome="killed", confidence=0.7)
        if what.unit == "1" and syntax.is_tally(analysis, counted):
            befell = syntax.outcome_of(analysis, amount, counted.head)
            if befell is not None:
                return replace(what, unit="person", outcome=befell)  # "bringing the number killed to three"
        clause = analysis.child(counted.head, "acl", "relcl")
        if clause is not None and clause in analysis.ancestors(at) and syntax.leans(analysis, amount):
            # "lowered its count of people killed by the floods from 21 to 17"
            return replace(what, outcome=syntax.outcome_of(analysis, amount, counted.head))
    if (
        last is not None
        and last.figure.outcome is not None
        and last.what.counted == counted
        and last.sentence == analysis.sentence_of[amount.first]
        and (syntax.leans(analysis, amount) or syntax.exceeds(analysis, amount))
        and syntax.outcome_of(analysis, amount, None) is None
    ):
        return replace(what, outcome=last.figure.outcome, unit=last.what.unit)
    return what


def _of_people(analysis: Analysis, before: _Last) -> bool:
    """Whether an amount counted people."""
    counted = before.what.counted
    return before.what.unit == "person" or (counted is not None and syntax.is_person(analysis, counted.head))


def _countable(amount: Amount, what: _What) -> bool:
    """Whether an amount is one that another count of the same may be set against."""
    if amount.unit is None:
        return what.head != "age" and what.unit not in ("a", "night", "time", "weekend")
    return not amount.unit.time and amount.unit.code not in ("%", "magnitude")


def _holds(whole: _Last, amount: Amount) -> bool:
    """Whether an amount may be a part of another by its size."""
    most = whole.amount.high if whole.amount.high is not None else whole.amount.low
    return amount.low is None or most is None or amount.low <= most


def _like(before: _Last, amount: Amount) -> bool:
    """Whether an amount may be another count of what one before counts, by its size."""
    one, two = before.amount.low, amount.low
    return one is not None and two is not None and 0.05 * two <= one <= 20 * two


def _holder(draft: Draft, amount: Amount, evidence: Span) -> str | None:
    """The statement an amount stands in, unless it is said to be another's: ``the 72 reported by the agency``."""
    statement = draft.statement_at(evidence)
    if statement is None:
        return None
    other = syntax.own_holder(draft.analysis, amount)
    if other is None:
        return statement.id
    words = draft.analysis.span(*other)
    for each in draft.statements:
        if (
            each.source is not None
            and words.holds(each.source)
            and any(piece.holds(evidence) for piece in each.content)
        ):
            return each.id
    return None


def _converts(analysis: Analysis, before: Amount, amount: Amount) -> bool:
    """Whether an amount repeats the one before in another unit, in parentheses or after a slash."""
    if amount.unit is None or (before.unit is None and not amount.unit.money):
        return False
    if before.unit is not None and (
        before.unit.code == amount.unit.code or before.unit.money != amount.unit.money or "%" in amount.unit.code
    ):
        return False
    left = amount.about_from if amount.about_from >= 0 else amount.start
    gap = left - before.end
    if not 1 <= gap <= 2:
        return False
    return analysis.lowers[left - 1] in ("(", "/", "[", "or")


def _lead(analysis: Analysis, amount: Amount) -> int:
    """The token before an amount and the words that bound it, over ``the`` and ``a record``."""
    at = (amount.about_from if amount.about_from >= 0 else amount.start) - 1
    while at > 0 and analysis.lowers[at] in ("the", "a", "record"):
        at -= 1
    return at


def _reaches(analysis: Analysis, before: Amount, amount: Amount) -> bool:
    """Whether an amount is the level that the move before it led to: ``fell 11 cents to $5.62``."""
    at = _lead(analysis, amount)
    return at == before.end and analysis.lowers[at] in ("to", "at")


def _restates(analysis: Analysis, before: _Last, amount: Amount) -> bool:
    """Whether an amount says the one before again: ``2.3 percent, or 642 points``."""
    at = _lead(analysis, amount)
    return analysis.lowers[at] in ("or", "(", ",") and at - before.amount.end <= 1


def _same_money(analysis: Analysis, before: Amount, amount: Amount) -> bool:
    """Whether a bare number in millions is of the money named before: ``4.3 trillion yen, double the 2.2 trillion``."""
    if before.unit is None or not before.unit.money or amount.low is None or amount.low < 1e6:
        return False
    if before.start > 0 and analysis.lowers[before.start - 1] == "(":
        return False  # what stood in parentheses was the same sum in another currency
    return analysis.lowers[amount.last - 1] in SCALES


def _goes_on(analysis: Analysis, before: Amount, amount: Amount) -> bool:
    """Whether a bare number leaves out the unit of the one before: ``fell by 2 percent, B by 1``."""
    if before.unit is None or before.low is None or not amount.low or before.low == 0:
        return False
    lead = analysis.lowers[(amount.about_from if amount.about_from >= 0 else amount.start) - 1]
    if before.unit.code in ("Cel", "[degF]", "deg"):
        return lead in ("to", "by", "and", "from", "at")
    if before.unit.money:
        return False
    if before.unit.code == "%":
        return lead in ("by", "on") or (lead == "from" and amount.low <= 100)
    return lead in ("to", "by", "and", "from", "at", "of") and 0.2 <= abs(amount.low / before.low) <= 5


def _is_age(draft: Draft, amount: Amount) -> bool:
    """Whether a bare number is an age: ``he is 35``, ``life expectancy is around 73``, ``the age of 21``."""
    analysis = draft.analysis
    low = amount.low
    if low is None or not 0 < low < 125 or low != int(low) or amount.per is not None:
        return False
    left = amount.about_from if amount.about_from >= 0 else amount.start
    lowers = analysis.lowers
    if left >= 2 and lowers[left - 1] in ("between", "from") and lowers[left - 2] in ("aged", "ages"):
        return True
    if left >= 1 and lowers[left - 1] in ("aged", "age"):
        return True
    if left >= 2 and lowers[left - 1] == "of" and lowers[left - 2] in ("age", "ages"):
        return True
    if (
        left >= 1
        and lowers[left - 1] in ("is", "was", "are", "were")
        and "expectancy" in lowers[max(0, left - 10) : left]
    ):
        return True
    up = analysis.head[amount.unit_at]
    if analysis.lemmas[up] not in ("be", "turn"):
        up = analysis.head[up]
        if analysis.lemmas[up] not in ("be", "turn"):
            return False
    subject = analysis.child(up, "nsubj")
    if subject is None:
        return False
    return lowers[subject] in ("he", "she", "expectancy") or (lowers[subject] == "age" and low > 0)


def _counted_unit(draft: Draft, head: int) -> str:
    """The counted noun in the singular, with what a hyphen joins to it: ``fact-checker``."""
    analysis = draft.analysis
    word = singular(analysis.words[head] if analysis.tags[head] in ("NNP", "NNPS") else analysis.lowers[head])
    if analysis.tags[head] == "NNPS" and len(word) > 5 and word.endswith("is"):
        word = word[:-1]  # "Pakistanis": no singular ends so
    joined = head >= 2 and analysis.lowers[head - 1] in HYPHENS and analysis.ends[head - 1] == analysis.starts[head]
    if joined and analysis.ends[head - 2] == analysis.starts[head - 1] and analysis.tags[head - 2] != "CD":
        return f"{analysis.lowers[head - 2]}-{word}"
    return word


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
        if token is not None and (isinstance(each, TimeSpan) or _placed(draft.analysis, token)):
            found.append((token, each.id))
    found.sort()
    return found


_LOCATIVE = frozenset(
    "in at near across around inside outside throughout within on off along into over between".split()
)


def _placed(analysis: Analysis, token: int) -> bool:
    """Whether a place stands after a preposition of place, and so is where something is, not who does it."""
    start = max(analysis.sentences[analysis.sentence_of[token]][0], token - 5)
    for at in range(token - 1, start - 1, -1):
        if analysis.lowers[at] in _LOCATIVE:
            return True
        if analysis.tags[at] not in ("DT", "JJ", "NNP", "NN", "NNPS", "CC", ",", "VBG", "HYPH"):
            return False
    return False


def _scene(
    draft: Draft, amount: Amount, counted: Counted | None, places: list[tuple[int, str]], outcome: Outcome | None
) -> str | None:
    """Where an amount was counted; where people came to harm, that is where the deed was that harmed them.

    Without a place of its own, a count of these takes that of its verb (:meth:`Draft.place_near`), then that of the
    clause that says what happened to them: ``two drowned when a ferry sank off Oran``.
    """
    if not draft.places or _elsewhere(draft.analysis, amount, counted, places):
        return None
    near = _near(draft, places, amount, counted, strict=False)
    if near is not None or outcome is None:
        return near
    analysis = draft.analysis
    deed = counted.head if counted is not None and counted.head >= amount.end else amount.unit_at
    for _ in range(6):
        if analysis.pos[deed] == "VERB" or analysis.head[deed] == deed:
            break
        deed = analysis.head[deed]
    deeds = [deed]
    while (
        len(deeds) < 4 and (deed := next((kid for kid in analysis.children[deed] if _counts_on(analysis, kid)), -1)) > 0
    ):
        deeds.append(deed)  # "two were killed and three hurt in Oran"
    deeds += [told for verb in deeds for kid in analysis.children[verb] if (told := _told(analysis, kid)) is not None]
    verb = deeds[0]
    doer = analysis.child(verb, "nsubj", "csubj")
    if doer is None and analysis.deps[verb] == "conj":
        doer = analysis.child(analysis.head[verb], "nsubj", "csubj")
    if doer is not None and doer < amount.start:
        deeds.append(doer)  # "a strike on the port of Oran killed two"
    for each in deeds:
        place = draft.place_near(each)
        # "Kenya's army killed two" says not where
        if place is not None and (each != doer or place.mention.start > analysis.starts[each]):
            return place.id
    return None


def _counts_on(analysis: Analysis, verb: int) -> bool:
    """Whether a verb goes on from another with a count of its own."""
    return analysis.deps[verb] == "conj" and any(
        analysis.deps[kid] in ("nsubj", "nsubjpass", "dobj")
        and (analysis.tags[kid] == "CD" or analysis.child(kid, "nummod") is not None)
        for kid in analysis.children[verb]
    )


_TELLS = frozenset(("when", "after", "as", "while"))


def _told(analysis: Analysis, kid: int) -> int | None:
    """The verb of an adverbial clause below a verb, if it says in what its main clause came about."""
    if analysis.deps[kid] == "prep" and analysis.lowers[kid] in _TELLS:
        return analysis.child(kid, "pcomp")
    if analysis.deps[kid] != "advcl":
        return None
    opened = any(
        analysis.deps[each] in ("mark", "advmod") and analysis.lowers[each] in _TELLS for each in analysis.children[kid]
    )
    return kid if opened else None


def _elsewhere(analysis: Analysis, amount: Amount, counted: Counted | None, places: list[tuple[int, str]]) -> bool:
    """Whether an amount has a place of its own that is in no gazetteer: then none is better than another's."""
    hosts = {syntax.outer(analysis, amount)}
    if counted is not None and counted.head >= amount.end:
        hosts.add(counted.head)
    for host in sorted(hosts):
        for kid in analysis.children[host]:
            if kid >= amount.end and analysis.lowers[kid] in ("in", "at", "near") and analysis.deps[kid] == "prep":
                inside = range(kid, analysis.right[kid] + 1)
                named = any(analysis.tags[each] in ("NNP", "NNPS") for each in inside[:5])
                at = bisect_left(places, (kid, ""))
                if named and not (at < len(places) and places[at][0] in inside):
                    return True
    return False


_REACH = 60
"""Tokens on either side of an amount in which its place and time are looked for."""


def _near(
    draft: Draft, findings: list[tuple[int, str]], amount: Amount, counted: Counted | None, *, strict: bool
) -> str | None:
    """The finding nearest to an amount in its own clause; one that follows wins over one before.

    Where the clause has none: one of the clause above it (``strict``), or any within 12 tokens.
    """
    if not findings:
        return None
    analysis = draft.analysis
    start, end = analysis.sentences[analysis.sentence_of[amount.first]]
    at = bisect_left(findings, (max(start, amount.first - _REACH), ""))
    end = min(end, amount.first + _REACH)
    clauses: list[int] = []
    best: str | None = None
    rank: tuple[int, int] | None = None
    while at < len(findings) and findings[at][0] < end:
        token, ident = findings[at]
        at += 1
        clauses = clauses or _clauses(analysis, amount.unit_at)
        clause = _clauses(analysis, token)[0]
        distance = token - amount.first if token > amount.first else 2 * (amount.first - token)
        if clause == clauses[0] or (
            counted is not None and analysis.head[clause] == counted.head and analysis.deps[clause] in ("acl", "relcl")
        ):
            here = (0, distance)
        elif (clause in clauses) if strict else (distance <= 12):
            here = (1, distance)
        else:
            continue
        if rank is None or here < rank:
            best, rank = ident, here
    return best


_CLAUSES = frozenset(("ccomp", "advcl", "relcl", "acl", "parataxis", "pcomp", "xcomp"))


def _clauses(analysis: Analysis, token: int) -> list[int]:
    """The verb (or root) of the clause a token stands in, and those of the clauses above it."""
    head, deps = analysis.head, analysis.deps
    found: list[int] = []
    for _ in range(40):
        dep = deps[token]
        if dep in _CLAUSES or head[token] == token or (dep == "conj" and analysis.tags[token][:1] == "V"):
            found.append(token)
            if dep not in _CLAUSES:
                break
        token = head[token]
    return found or [token]
