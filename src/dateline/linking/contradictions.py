"""Disputes about figures: claims of one count that differ, and the history of a count.

A figure of a report becomes a :class:`Claim`: how many of what, for which day, and
whose word it is. The holder is the speaker of the statement that the figure
stands in; else it is read off the words around the number ("the institute put
the toll at 19", "19, not 23 as the mayor has said"). A bare number ("police have
spoken of 400") counts what was counted before it.

Two claims of a story are of one quantity (:func:`same_quantity`) when they count
people with the same outcome, or the same thing in the same unit, in words that
agree. They contradict each other when no number satisfies both, they hold for the
same day, and two parties say so: another holder, or another independent report.
A later count is an update, not a contradiction, and so is another count by the same
holder; a rise or fall ("four more") is no count.

Missed: quantities that two reports name with no word in common ("inside", "in the
building") and that no report sets side by side; a part given as if it were the whole,
where it is more than :data:`PART` of it; conversions of units and currencies.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from dateline.ids import link_id
from dateline.knowledge.quantities import SYMBOLS, UNITS, plural
from dateline.knowledge.roles import PEOPLE, ROLES
from dateline.linking.event_pairs import vocabulary
from dateline.links import Dispute, DisputeSide
from dateline.records import Actor, Figure, Record, Span, Statement, TimeSpan

METHOD = "disputes/4"
"""Name and version of what is done here."""
SIDE_BY_SIDE = 400
"""Characters within which a report gives the counts of two parties side by side."""
SCENE = 4
"""Words that two sentences share when they tell of one happening."""
RETOLD = 0.4
"""Share of the shorter sentence's words that the other has when it tells the same."""
DISTINCT = 20
"""A number from which on a holder who gives it twice means the same count."""
PART_BESIDE = 0.15
"""The same where a report gives the counts of two parties one after the other."""
PART = 0.4
"""A count below this share of another counts a part of the same things, not all of them."""
SLACK = 0.05
"""How far a count that is called about so many may be off."""
AT_LEAST = 1.3
"""How far "at least" reaches where another party's count stands beside it."""
NEARBY = 2
"""Sentences over which a bare number goes back to what was counted last."""
BACKGROUND = 60
"""Days before the report from which on a count is of another happening."""
YEARLY = 550
"""The same for what is counted by the year: cars made, money lost."""
LASTING = 3
"""Days for which a count of what does not grow by the hour (people aboard, houses) stands."""

Label = Literal["CONFLICT", "UPDATE", "AGREE", "DIFFERENT"]

_WORD = re.compile(r"[^\W_]+")
_EMPTY = frozenset("the a an of its his her their s official officials spokesman spokeswoman spokesperson".split())
_TALLY = frozenset(
    "number figure toll count crowd estimate total tally output production participation attendance".split()
)
"""Heads that say that something is counted, not what."""
_BODIES = frozenset(
    """body victim dead toll person number injured wounded missing casualty arrest death injury fatality detention
    detainee case patient infection""".split()
)
"""Heads of people counted by what befell them, whoever they are."""
_CODES = frozenset(unit.code for units in (UNITS, SYMBOLS) for unit in units.values())
"""Units of measure and currencies, as figures have them: all other units are counted nouns."""
_TIMES = frozenset(("s", "min", "h", "d", "wk", "mo", "a"))
"""UCUM codes of time: a duration is compared only where the words around it agree."""
_PLAIN = frozenset(
    """we i you a about after all almost also among an and another are around as at be because been before being both
    but by
    cent did do does down during each for from had has have he her his if in including into is it its least less more
    most nearly no not of off on one only or other out over own per percent said says she so some still such than that
    the their them then there these they this those through to under until up was were when where which while who will
    with would people person persons number figure total according reported told say monday tuesday wednesday thursday
    friday saturday sunday january february march april june july august september october november december morning
    evening night noon day today yesterday""".split()
)
"""Words that tell nothing of what is counted."""
_TELLING = frozenset(
    "s put puts gave gives given spoke spoken speak speaks counted counts count estimated estimates estimate".split()
)
_SAYS_NOTHING = _PLAIN | _TELLING
_CUT = re.compile(r"[,;:()\"“”—–]|\s-\s|\b(?:while|whereas|but|because|when|after|although)\b", re.IGNORECASE)
_CONTRAST = re.compile(r"\b(?:while|whereas|but|not|against|although|though|contradict\w*|than the)\b", re.IGNORECASE)
_COUNTING = re.compile(
    r"\b(?:put|puts|gave|gives|given|estimate[sd]?|count(?:s|ed)|report(?:s|ed)|sp(?:oke|oken|eak|eaks) of|"
    r"acknowledge[sd]?|record(?:s|ed)|rais(?:es|ed)|knows? of|knew of|register(?:s|ed)|confirm(?:s|ed)|"
    r"measure[sd]|clock(?:s|ed)|stood by|stand(?:s)? by|still says?|says?|said|told \w+)\b",
    re.IGNORECASE,
)
_RELAYS = re.compile(
    r"measure|clock|record|rais|kn[eo]ws? of|puts?|gave|gives|estimate|counts?|counted|sp|acknowledge|stood|stands?",
    re.IGNORECASE,
)
_SOURCED = re.compile(
    r"^[^,;.]{0,24}?,?\s(?:by|according to)\s+((?:the |its |his |her |their )?[\w'’. -]{2,60}?)"
    r"(?=\s(?:has|have|had|said|says|and|in|on)\b|[,;.]|$)",
    re.IGNORECASE,
)
"""Whose count it is, after the number: "put at 85,000 by the police"."""
_AS_SAID = re.compile(
    r"^[^,;.]{0,24}?,?\s(?:as|than)\s+((?:the |its |his |her |their )?[\w'’. -]{2,60}?)"
    r"\s(?:has |have |had )?(?:said|says|reported|claimed|claims|counted|put it|gave|given|announced)\b",
    re.IGNORECASE,
)
"""Another's count, after the number: "not 162, as the coast guard has said"."""
_HELPERS = re.compile(r"\s+(?:has|have|had|is|was|were|earlier|later|also|again|since|still|has also)$", re.IGNORECASE)
_RETOLD = re.compile(r"\s+(?:said|\w+e[sd]|\w+ts)(?: \w+)? that (?:it|he|she|they)$", re.IGNORECASE)
"""One who speaks of himself: "the Red Cross repeated that it"."""
_PART = re.compile(r"\s+(?:more\s+)?of\s+(?:the|them|those|these|its|his|her|their|whom|which)\b", re.IGNORECASE)
_THERE = re.compile(r"\bthere (?:were|are|had been|have been)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
"""What makes "15,000 of them" all of them."""
_AMONG = re.compile(r"\b(?:including|among (?:them|whom|those)|of (?:them|whom))\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_MORE = re.compile(r"\s+(?:more|others?|additional|further|extra)\b(?!\s+than)", re.IGNORECASE)
_ANOTHER = re.compile(r"\b(?:another|additional|a further|an extra|some other|the other)\s+$", re.IGNORECASE)
"""An addition to a count is no count."""
_THAN = re.compile(r"\bthan (?:the|its|their)\s+$", re.IGNORECASE)
"""What sets a count beside another's: "far more than the 72 reported by the agency"."""
_MILLION = re.compile(r"\b(?:million|billion|trillion)\b", re.IGNORECASE)
_HOUR = re.compile(r"\b(?:at|by|until|before|after)\s+$", re.IGNORECASE)
_BEFELL: tuple[tuple[str, frozenset[str], re.Pattern[str]], ...] = (
    ("killed", frozenset(("death", "fatality")), re.compile(r"\b(?:died|drowned|perished|were dead)\b")),
    (
        "displaced",
        frozenset(("homeless", "evacuee")),
        re.compile(
            r"\b(?:lost their homes?|(?:made|left|been left|were) homeless|homeless|displaced|evacuated|"
            r"(?:driven|forced) (?:out|from)|taken out of|moved to safety|had fled)\b"
        ),
    ),
    (
        "ill",
        frozenset(("infection",)),
        re.compile(r"\b(?:(?:fell|fallen|taken|made) (?:ill|sick)|infected|sickened|poisoned|tested positive)\b"),
    ),
    (
        "rescued",
        frozenset(("survivor",)),
        re.compile(r"\b(?:rescued|saved|survived|(?:pulled|plucked|brought|taken) (?:alive )?(?:from the|ashore))\b"),
    ),
    (
        "laid off",
        frozenset(("redundancy", "layoff")),
        re.compile(r"\b(?:(?:lose|lost|losing) (?:their )?(?:work|jobs?)|laid off|made redundant|sacked)\b"),
    ),
    ("aboard", frozenset(), re.compile(r"\b(?:on board|aboard)\b")),
)
"""What else befell people, by the noun that counts them or by the words after it in its clause."""
_AS_OUTCOME: dict[str | None, str | None] = {"infected": "ill", "trapped": None, "released": None}
"""Outcomes of figures that go by another name here, or that reports name too seldom to be set apart by."""
_NEARLY = re.compile(
    r"\b(?:nearly|almost|close to|just under|not quite)\s+(?:an? |the )?(?:[\w.,$€£]+\s?){1,3}$", re.IGNORECASE
)
_SOFT = frozenset(("ill", "rescued", "aboard", "laid off", None))
"""Outcomes that a report need not name: "94 were taken ill", "130 children had been treated"."""
_CUT_JOBS = re.compile(r"\b(?:cut|cuts|cutting|shed|sheds|shedding|axe[sd]?|slash\w*|scrap\w*|lose|lost|cost|go)\b")
_FOUND = re.compile(r"\b(?:killed|dead|died|recover\w*|found|shown|seen|saw|counted|pulled|brought|dug|retriev\w*)\b")
"""What makes a body one of the dead, not a body of the state."""
_DISEASE = re.compile(r"\b(?:outbreaks?|epidemics?|pandemics?|virus\w*|infect\w+|diseases?|cholera|fever|poisoning)\b")
_SICK = frozenset(("case", "patient"))
"""Heads of the ill where a report is about a disease."""
_BEFORE = re.compile(
    r"\b(?:from|instead of|rather than|than|not)\s+(?:the|an?|about|some|at least|more than|earlier)?\s*$",
    re.IGNORECASE,
)
"""What stands before a number that is no longer, or not, the count: "44 from 47", "instead of the 1,800"."""
_EARLIER = re.compile(
    r"\b(?:earlier|previous|initial|preliminary|provisional|prior|original|former)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:tolls?|counts?|figures?|tall(?:y|ies)|estimates?|numbers?|reports?|totals?|statements?)\b[^,;.]{0,45}$"
    r"|\b(?:earlier|previously|initially|at first|had first)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:said|put|gave|given|reported|counted|estimated|spoke|spoken|announced|stood|been|was)\b[^,;.]{0,40}$",
    re.IGNORECASE,
)
"""What stands before a count that a report only recalls: "an earlier toll of 27", "had previously put it at 27"."""
_RECALLED = re.compile(
    r"^(?:\s+[\w-]+){0,3}?\s+(?:(?:as\s+)?(?:reported|given|announced|counted|said|stated)\s+"
    r"(?:earlier|previously|initially|before|at first)|(?:earlier|previously|initially)\s+"
    r"(?:reported|given|announced|counted|estimated|thought|feared))\b",
    re.IGNORECASE,
)
"""The same behind it: "the 27 reported earlier"."""
_PRONOUN = re.compile(r"^(?:it|he|she|they|who|which|that)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claim:
    """How many of what, and whose word it is."""

    id: str
    """Id of the figure."""
    article: str
    voice: str
    """The article that stands for all its copies: see :func:`dateline.linking.duplicates.voices`."""
    known: datetime
    """When the article was there at the latest."""
    story: str
    outcome: str | None
    """What befell the people counted; none for other counts."""
    day: date | None
    """Day the count holds for."""
    holder: str | None
    """Who says so; none: the report itself."""
    low: float | None
    high: float | None
    bound: str
    unit: str = "person"
    per: str | None = None
    head: str | None = None
    """Noun of what is counted, singular."""
    change: str | None = None
    under: bool = False
    """Whether it is nearly so many, and not more."""
    governor: str | None = None
    """Plain form of the last word before the number that tells something, in its clause."""
    follows: tuple[str, ...] = ()
    """Plain forms of the first two such words after it."""
    kind: str | None = None
    """Plain form of the word after "of": of what kind the things counted are."""
    names: frozenset[str] = frozenset()
    """Names in what is counted: the ``armenian`` of "Armenian soldiers"."""
    about: frozenset[str] = frozenset()
    """Words of its clause that say what is counted, without their endings."""
    party: frozenset[str] = frozenset()
    """Every word the report uses for the holder: name, office, organisation."""
    at: int = 0
    """Offset of the figure in its article."""
    source: str | None = None
    """The words that name the holder where the figure stands."""
    sentence: frozenset[str] = frozenset()
    """Words of its sentence, without their endings; names keep their capitals."""
    along: frozenset[float] = frozenset()
    """Other numbers of its unit in its sentence: a sentence that gives both counts two things."""
    beside: frozenset[str] = frozenset()
    """Ids of figures that the report itself sets against this one, or takes for the same count."""
    earlier: bool = False
    """Whether the report only recalls it: ``raising an earlier toll of 27``. It holds for some day before."""

    def what(self) -> str:
        """What is counted, in a word or two."""
        if self.outcome is not None:
            return self.outcome
        head = self.head if self.head is not None and self.head != self.unit else None
        if self.unit in ("1", "person"):
            return head or ("people" if self.unit == "person" else "number")
        return f"{self.unit} {head}" if head else self.unit


# ---- from records to claims ---------------------------------------------------------------------


def claims(record: Record, *, story: str, voice: str, known: datetime) -> list[Claim]:
    """The counts of a report that can be compared with others, in text order."""
    if not record.figures:
        return []
    text = record.article.text
    people = {each.id: each for each in record.actors}
    said = {each.id: each for each in record.statements}
    times = {each.id: each for each in record.times}
    today = record.article.day()
    ailing = _DISEASE.search(text) is not None
    ordered = sorted(record.figures, key=lambda each: (each.provenance.evidence[0], each.id))
    spots = _sentences(record.sentences, [each.provenance.evidence[0].start for each in ordered])
    result: list[Claim] = []
    places: list[int] = []
    for figure, (number, sentence) in zip(ordered, spots, strict=True):
        statement = said.get(figure.said_in or "")
        if (statement is not None and statement.stance != "asserts") or (figure.low is None and figure.high is None):
            continue
        span = figure.provenance.evidence[0]
        before, after = text[sentence.start : span.start], text[figure.provenance.evidence[-1].end : sentence.end]
        if figure.head == "age":
            continue
        if _MORE.match(after) or _ANOTHER.search(before):
            continue
        if (
            (_PART.match(after) and figure.unit != "%" and not _THERE.search(before))
            or _AMONG.search(before)
            or _vague(figure)
        ):
            continue
        holder, party = _holder(record, statement, people, before, after, result[-1] if result else None, span.start)
        versus = _THAN.search(before) is not None and _SOURCED.match(after) is not None
        if _BEFORE.search(before) and places[-1:] == [number] and not versus and not _AS_SAID.match(after):
            continue
        if _HOUR.search(before) and not _COUNTING.search(_CUT.split(before)[-1]) and figure.unit == "1":
            continue
        told = times.get(figure.as_of or "") or _earliest(record.times, sentence)
        as_of = _as_of(text, told, today)
        lasting = figure.outcome is None and figure.unit != "person"
        if as_of is not None and today is not None and (today - as_of).days > (YEARLY if lasting else BACKGROUND):
            continue
        counted = figure.counted
        outcome = _AS_OUTCOME.get(figure.outcome, figure.outcome) or _befell(figure, before, after, ailing=ailing)
        bare = versus or _bare(figure, statement, text)
        claim = Claim(
            id=figure.id,
            article=record.article.id,
            voice=voice,
            known=known,
            story=story,
            outcome=outcome,
            day=as_of or today,
            holder=holder,
            low=figure.low,
            high=figure.high,
            bound=figure.bound,
            unit="1" if bare and figure.unit not in ("%", "person") and _nominal(figure.unit) else figure.unit,
            per=figure.per,
            head=None if bare else figure.head,
            change=figure.change,
            governor=next(reversed(_plain(_CUT.split(before)[-1].split()[-4:])), None),
            follows=tuple(_plain(_CUT.split(after)[0].split()[:7])[:2]),
            kind=_kind(after, figure.head),
            under=_NEARLY.search(f"{before} {text[span.start : span.end]}") is not None,
            names=_whose(before, holder) - {figure.head or ""}
            if figure.unit == "%"
            else (frozenset() if counted is None or bare else _names(text[counted.start : counted.end])),
            about=_about(before, after, holder),
            party=party,
            at=span.start,
            source=None if statement is None or statement.source is None else record.quote(statement.source),
            sentence=_content(text[sentence.start : sentence.end]),
            earlier=_EARLIER.search(_CUT.split(before)[-1]) is not None or _RECALLED.match(after) is not None,
        )
        if bare or (claim.outcome is None and not claim.about and claim.unit not in _TIMES):
            claim = _inherit(claim, number, result, places)
        result.append(_set_beside(claim, number, before, result, places))
        places.append(number)
    _look_ahead(result, places)
    return [
        replace(
            claim,
            along=frozenset(
                middle(other)
                for other, where in zip(result, places, strict=True)
                if where == place and other.unit == claim.unit and not _beside(claim, other)
            )
            - {middle(claim)},
        )
        for claim, place in zip(result, places, strict=True)
    ]


def _befell(figure: Figure, before: str, after: str, *, ailing: bool) -> str | None:
    """What befell the people counted, where the figure itself does not say."""
    head = figure.head or ""
    clause = f"{_CUT.split(before)[-1]} | {_CUT.split(after)[0]}".lower()
    if head in _SICK and ailing:
        return "ill"
    if head in ("body", "corpse"):
        return "killed" if _FOUND.search(clause) else None
    if head == "job" and _CUT_JOBS.search(clause):
        return "laid off"
    for outcome, heads, words in _BEFELL:
        if head in heads:
            return outcome
        if (figure.unit == "person" or head in PEOPLE or head in ROLES or head in _BROAD) and words.search(
            clause.partition("|")[2]
        ):
            return outcome
    return None


def _vague(figure: Figure) -> bool:
    """Whether a figure is an order of magnitude: hundreds, thousands."""
    return figure.bound == "between" and bool(figure.low and figure.high and figure.high >= 5 * figure.low)


def _as_of(text: str, time: TimeSpan | None, today: date | None) -> date | None:
    """The day a count holds for, where the text gives one: "Tuesday's earthquake" does not, nor next week."""
    if time is None or time.latest is None or (today is not None and time.latest > today):
        return None
    return None if text[time.mention.end : time.mention.end + 2] in ("'s", "’s") else time.latest


def _earliest(times: Sequence[TimeSpan], sentence: Span) -> TimeSpan | None:
    """The time in a sentence that may be of another happening: "died when the building collapsed in 2013"."""
    inside = [time for time in times if time.latest is not None and sentence.holds(time.mention)]
    old = min(inside, key=lambda time: time.latest or date.max, default=None)
    return old if old is not None and old.grain in ("year", "decade", "century", "month") else None


def _sentences(sentences: Sequence[Span], starts: Sequence[int]) -> list[tuple[int, Span]]:
    """The sentence each offset lies in, with its number; both in text order."""
    result: list[tuple[int, Span]] = []
    at = 0
    for start in starts:
        while at + 1 < len(sentences) and sentences[at].end <= start:
            at += 1
        result.append((at, sentences[at] if sentences else Span(start, start + 1)))
    return result


def _nominal(unit: str) -> bool:
    """Whether a unit is a counted noun, not a measure or a currency."""
    return unit.islower() and len(unit) > 2 and unit not in _CODES


def _bare(figure: Figure, statement: Statement | None, text: str) -> bool:
    """Whether a figure does not say what it counts: no noun, one of tallies, or the one who counts."""
    if figure.outcome is not None:
        return False
    if figure.unit == "1" and _MILLION.search(
        text[figure.provenance.evidence[0].start : figure.provenance.evidence[-1].end]
    ):
        return True  # "it would cost 140 million"
    if figure.counted is None or figure.head is None:
        return figure.unit not in _TIMES and not re.fullmatch(r"[A-Z]{3}", figure.unit)
    if figure.head in _TALLY:
        return True
    source = None if statement is None else statement.source
    if source is not None and source.overlaps(figure.counted):
        return True
    start = figure.provenance.evidence[0].start
    between = text[figure.counted.end : start].lstrip()
    # "The number of cases stands at 1,480" says what is counted.
    return figure.counted.end < start and _RELAYS.search(between) is not None and not between.startswith("stand")


def _inherit(claim: Claim, number: int, earlier: Sequence[Claim], places: Sequence[int]) -> Claim:
    """A bare count with the quantity of the one before it that it can be a count of."""
    for other, place in zip(reversed(earlier), reversed(places), strict=True):
        if number - place > NEARBY:
            break
        measured = claim.unit not in ("1", "person")
        fits = claim.unit == other.unit if measured else other.unit not in _TIMES and other.unit not in "1%"
        if not fits or (claim.unit == "%" and claim.change != other.change):
            continue
        if claim.names and other.names and not claim.names & other.names:
            continue
        small, large = sorted((middle(claim), middle(other)))
        if large > 0 and small / large >= PART / 2:
            holder, party = claim.holder, claim.party
            again = claim.source and other.source and holder == other.holder and middle(claim) != middle(other)
            if again and claim.source and not words_of(claim.source) & words_of(other.source or ""):
                holder, party = claim.source, words_of(claim.source)
            return replace(
                claim,
                holder=holder,
                party=party,
                outcome=other.outcome,
                unit=other.unit,
                per=other.per,
                head=other.head,
                names=claim.names or other.names,
                about=claim.about | other.about,
                beside=frozenset((other.id,)) | other.beside,
            )
    return claim


def _look_ahead(found: list[Claim], places: Sequence[int]) -> None:
    """A bare count before any other takes the quantity of the next: "it stood by its 34. Others said 51 had died"."""
    for at, (claim, place) in enumerate(zip(found, places, strict=True)):
        if claim.unit == "1" and claim.head is None and claim.holder is not None and not claim.beside:
            after = [(each, where) for each, where in zip(found[at + 1 :], places[at + 1 :], strict=True)][:1]
            if after and after[0][0].holder not in (None, claim.holder) and after[0][1] - place <= 1:
                found[at] = _inherit(claim, place, [after[0][0]], [place])


def _set_beside(claim: Claim, number: int, before: str, earlier: Sequence[Claim], places: Sequence[int]) -> Claim:
    """A count that its own sentence sets against another of the same unit: "118, not 162"."""
    for other, place in zip(reversed(earlier), reversed(places), strict=True):
        if place != number:
            break
        between = before[-(claim.at - other.at) :]
        if (claim.unit, claim.per, claim.change) == (other.unit, other.per, other.change) and _CONTRAST.search(between):
            return replace(claim, beside=claim.beside | {other.id})
    return claim


def _holder(
    record: Record,
    statement: Statement | None,
    actors: Mapping[str, Actor],
    before: str,
    after: str,
    last: Claim | None,
    at: int,
) -> tuple[str | None, frozenset[str]]:
    """Who says so, and every word the report has for them."""
    found = _AS_SAID.match(after)
    versus = _THAN.search(before) is not None
    if found is None and (versus or (statement is None and (_COUNTING.search(before) or " according to " in after))):
        found = _SOURCED.match(after)
    if found is not None:
        return named(record, found[1])
    pieces = _CUT.split(before)
    if statement is not None:
        other = _tells(record, pieces, last, at) if _relayed(pieces[-1]) else None
        if other is not None and other[0] is not None:
            return other
        speaker = actors.get(statement.speaker or "")
        if speaker is not None:
            return speaker.name, party_of(record, speaker)
        if statement.source is not None:
            words = record.quote(statement.source)
            return _before(record, statement) if _PRONOUN.match(words) else named(record, words)
        return None, frozenset()
    return _tells(record, pieces, last, at)


def _before(record: Record, statement: Statement) -> tuple[str | None, frozenset[str]]:
    """Who spoke last before a statement of "she"."""
    return _last_speaker(record, statement.content[0].start) or (None, frozenset())


def _last_speaker(record: Record, at: int) -> tuple[str, frozenset[str]] | None:
    """The actor who spoke last before an offset."""
    actors = {each.id: each for each in record.actors}
    earlier = [each for each in record.statements if each.content[0].end < at and each.speaker in actors]
    if not earlier:
        return None
    speaker = actors[max(earlier, key=lambda each: (each.content[0], each.id)).speaker or ""]
    return speaker.name, party_of(record, speaker)


def _relayed(clause: str) -> bool:
    """Whether a clause within a statement gives another's count: "officials said one; lawyers spoke of 45"."""
    verb = _COUNTING.search(clause)
    return verb is not None and _RELAYS.match(verb[0]) is not None


def _tells(record: Record, pieces: Sequence[str], last: Claim | None, at: int) -> tuple[str | None, frozenset[str]]:
    """Who counts in the clause before a number: the subject of "put", "counted", "spoke of"."""
    clause = pieces[-1]
    verb = _COUNTING.search(clause)
    if verb is None:
        return None, frozenset()
    subject = clause[: verb.start()].strip()
    while (shorter := _HELPERS.sub("", subject)) != subject:
        subject = shorter
    subject = _RETOLD.sub("", subject.removeprefix("that "))
    if _PRONOUN.match(subject):
        if subject.lower() in ("who", "which") and len(pieces) > 1:
            return named(record, pieces[-2].strip())
        return _last_speaker(record, at) or ((None, frozenset()) if last is None else (last.holder, last.party))
    if (
        not subject
        and len(pieces) > 2
        and re.match(r"\s*(?:which|who|whose)\b|\s*(?:an?|the|its|his|her)\s", pieces[-2])
    ):
        subject = pieces[-3].strip()  # "The union, which campaigned for it, put the number at"
    if not subject or len(subject) > 80 or subject.lower().startswith("and "):
        return None, frozenset()
    return named(record, subject)


def named(record: Record, words: str) -> tuple[str | None, frozenset[str]]:
    """The actor that some words name, else the words themselves."""
    words = words.strip().rstrip(".'’")
    wanted = words_of(words)
    if not wanted or words[0].isdigit():
        return None, frozenset()
    last = words_of(words.split(" of ")[0].split()[-1])
    for actor in record.actors:
        known = words_of(actor.name)
        # "Peru's Geophysical Institute" is not Peru: the last word of a name says what it is.
        if wanted <= known or (known and known <= wanted and last <= known):
            return actor.name, party_of(record, actor) | wanted
    return words, wanted


def party_of(record: Record, actor: Actor) -> frozenset[str]:
    """Every word the report has for an actor."""
    words = set(words_of(actor.name)) | words_of(actor.role or "")
    for mention in actor.mentions:
        if mention.end - mention.start > 4:
            words |= words_of(record.quote(mention))
    if actor.country is not None:
        words.add(f"@{actor.country}")
        if actor.kind == "state":
            words.add("@")  # speaks for its ministries, and they for it
    return frozenset(words)


def _names(phrase: str) -> frozenset[str]:
    words = phrase.split()
    return frozenset(word.lower() for word in words if word[:1].isupper() and word.lower() not in _PLAIN)


def _whose(before: str, holder: str | None) -> frozenset[str]:
    """Who has a share: the names before it in its clause; "we" and "she" are who says so."""
    clause = re.split(r"\band\b", _CUT.split(before)[-1])[-1]
    if _COUNTING.search(clause):
        return frozenset()  # those who count
    named = _names(clause.replace("’s", "").replace("'s", ""))
    if not named and re.search(r"\b(?:we|i|he|she|they)\b", clause, re.IGNORECASE) and holder is not None:
        return frozenset(word for word in words_of(holder) if not word.isdigit())
    return named


def _about(before: str, after: str, holder: str | None) -> frozenset[str]:
    """Words of the clause around a number, the holder's left out."""
    left = _CUT.split(before)[-1].split()[-9:]
    right = _CUT.split(after)[0].split()[:9]
    words = {word.lower() for word in _WORD.findall(" ".join((*left, "|", *right)))}
    drop = _SAYS_NOTHING | words_of(holder or "")
    lemma = vocabulary().lemma
    return frozenset(lemma(word) for word in words if word not in drop and not word[0].isdigit())


def _plain(words: Sequence[str]) -> list[str]:
    """Plain forms of the words that tell something."""
    lemma = vocabulary().lemma
    found = [each for word in words for each in _WORD.findall(word)]
    return [lemma(word) for word in found if word.lower() not in _SAYS_NOTHING and not word[0].isdigit()]


def _kind(after: str, head: str | None) -> str | None:
    """The word after "of" where that follows what is counted at once."""
    words = after.split()[:5]
    if head is None or "of" not in words[1:3]:
        return None
    found = _plain(words[words.index("of", 1) + 1 :][:2])
    return found[0] if found else None


def _content(sentence: str) -> frozenset[str]:
    """Words of a sentence that tell something; a name, which has a capital within the sentence, as it is."""
    words = _WORD.findall(sentence)
    named = {word for word in words[1:] if word[0].isupper() and word.lower() not in _PLAIN}
    lemma = vocabulary().lemma
    low = {lemma(word) for word in words if word not in named and word.lower() not in _PLAIN and not word[0].isdigit()}
    return frozenset(named | low)


# ---- comparing ----------------------------------------------------------------------------------


def apart(one: Claim, other: Claim) -> bool:
    """Whether no number satisfies both counts, and neither is likely a part of the other."""
    (low, high), (least, most) = _range(one), _range(other)
    if _side_by_side(one, other):  # "at least 11", says one party, and another, 18
        high, most = min(high, AT_LEAST * low), min(most, AT_LEAST * least)
    if low <= most and least <= high:
        return False
    small, large = sorted((middle(one), middle(other)))
    least = PART_BESIDE if _side_by_side(one, other) else PART
    return large > 0 and (small / large >= least or _beside(one, other) or _measure(one))


def _side_by_side(one: Claim, other: Claim) -> bool:
    """Whether a report gives the counts of two parties one after the other."""
    if one.article != other.article or abs(one.at - other.at) >= SIDE_BY_SIDE:
        return False
    return one.holder is not None and other.holder is not None and not _one_party(one, other)


def _measure(claim: Claim) -> bool:
    """Whether a unit of measure is counted, so that less is no part: metres, degrees, but not money."""
    return claim.unit != "1" and not _nominal(claim.unit) and not re.fullmatch(r"[A-Z]{3}", claim.unit)


def _beside(one: Claim, other: Claim) -> bool:
    """Whether a report itself sets the two against each other."""
    return one.id in other.beside or other.id in one.beside


def _range(claim: Claim) -> tuple[float, float]:
    low = float("-inf") if claim.low is None else claim.low
    high = float("inf") if claim.high is None else claim.high
    if claim.bound == "about":
        low, high = low * (1 - SLACK), high if claim.under else high * (1 + SLACK)
    return low, high


def middle(claim: Claim) -> float:
    """The middle of a count's range, or the one end it has."""
    ends = [end for end in (claim.low, claim.high) if end is not None]
    return sum(ends) / len(ends) if ends else 0.0


def same_quantity(one: Claim, other: Claim) -> bool:
    """Whether two claims of a story count the same thing."""
    if _beside(one, other):
        return True
    if one.names and other.names and not one.names & other.names:
        return False  # Armenian soldiers and Azerbaijani ones
    if one.outcome != other.outcome and {one.outcome, other.outcome} <= _SOFT:
        one, other = replace(one, outcome=None), replace(other, outcome=None)
    if one.outcome is not None or other.outcome is not None:
        return one.outcome == other.outcome and one.change == other.change and _same_people(one.head, other.head)
    if (one.per, one.change) != (other.per, other.change):
        return False
    if (one.low, one.high) == (other.low, other.high) and middle(one) >= DISTINCT and _kin(one, other):
        return True
    shared = len(one.about & other.about)
    if one.unit == other.unit == "%" and one.names and one.names & other.names:
        return True  # the share of one party or person
    if _people(one) and _people(other) and _side_by_side(one, other) and one.head == other.head:
        small, large = sorted((middle(one), middle(other)))
        return shared >= 1 or small >= large / 2
    if _people(one) and _people(other):
        return shared >= 1 and (one.head == other.head or shared >= 2 or "person" in (one.unit, other.unit))
    if one.unit != other.unit and _side_by_side(one, other):
        loose, strict = (one, other) if one.unit in ("person", "1") else (other, one)
        lemma = vocabulary().lemma
        if loose.unit in ("person", "1") and lemma(strict.unit) in {lemma(word) for word in loose.about}:
            return True  # "347,000 had voted no", "331,000 no votes"
    if one.unit != other.unit or one.unit == "1":
        return one.unit == other.unit and one.head is not None and one.head == other.head and shared >= 2
    if _side_by_side(one, other) and one.unit not in _TIMES and (shared >= 1 or _nominal(one.unit)):
        return True
    if _other_kind(one, other):
        return False
    if _governed(one, other):
        return True
    if _nominal(one.unit):
        sourced = one.holder is not None and other.holder is not None
        told = shared - len({one.unit, one.head} & one.about & other.about)
        return shared >= 1 and told >= (0 if sourced else 1 if one.change is None else 2)
    if one.unit in _TIMES:
        return one.head == other.head and shared >= 3
    sourced = one.holder is not None and other.holder is not None
    return shared >= (1 if sourced and _measure(one) else 2) and (
        one.head == other.head or None in (one.head, other.head)
    )


def _governed(one: Claim, other: Claim) -> bool:
    """Whether the same word leads to both numbers, or the same two follow: "fell 150 metres", "falling 200 metres"."""
    if one.unit != other.unit or one.unit in ("1", "%", "person"):
        return False
    return (one.governor is not None and one.governor == other.governor) or (
        len(one.follows) > 1 and one.follows == other.follows
    )


def _other_kind(one: Claim, other: Claim) -> bool:
    """Whether what is counted is of another kind: "counts of murder", "count of kidnapping"."""
    return one.unit == other.unit and None not in (one.kind, other.kind) and one.kind != other.kind


def _kin(one: Claim, other: Claim) -> bool:
    """Whether two claims of one number are of one party, or count people, or the same things."""
    return (
        one.holder is not None
        and _one_party(one, other)
        and (one.unit == other.unit or (_people(one) and _people(other)))
    )


def _people(claim: Claim) -> bool:
    return claim.unit == "person" or claim.unit in PEOPLE or claim.unit in ROLES


def _same_people(one: str | None, other: str | None) -> bool:
    """Whether heads can name one group of people: soldiers and troops do, officers and protesters do not."""
    return (
        one == other
        or one is None
        or other is None
        or one in _BODIES
        or other in _BODIES
        or (((one in _BROAD) or (other in _BROAD)) and not ({one, other} & _ARMED and {one, other} & _UNARMED))
    )


_BROAD = frozenset("people man woman civilian resident villager passenger worker soldier serviceman troop".split())


_ARMED = frozenset("soldier serviceman troop fighter policeman officer marine".split())
_UNARMED = frozenset("civilian villager passenger resident worker child woman girl boy pupil student fisherman".split())


def same_holder(one: str | None, other: str | None) -> bool:
    """Whether two names mean one holder: the words of one are all in the other."""
    if one is None or other is None:
        return one is other
    left, right = words_of(one), words_of(other)
    return bool(left and right) and (left <= right or right <= left)


def _two_things(one: Claim, other: Claim) -> bool:
    """Whether the sentence of one gives the number of the other too, and no two parties are named for them."""
    if one.holder is not None and other.holder is not None and not _one_party(one, other):
        return False
    return middle(other) in one.along or middle(one) in other.along


def _one_party(one: Claim, other: Claim) -> bool:
    if _beside(one, other) and one.source and other.source and not words_of(one.source) & words_of(other.source):
        return False  # nobody gives two counts in a row: "the company" after "the union" is no union
    together = one.article == other.article
    return same_party(one.holder, one.party, other.holder, other.party, together=together)


def same_party(
    one: str | None, party: frozenset[str], other: str | None, also: frozenset[str], *, together: bool = False
) -> bool:
    """Whether one party speaks: the same name, or one speaks for the other.

    Args:
        one: A holder's name.
        party: Every word its report has for it: name, office, organisation; and ``@`` with its country.
        other: Another's.
        also: Every word for that one.
        together: Whether one report names both; "the defence ministry" of another report may be any country's.
    """
    if one is None or other is None:
        return one is other
    lands = {each for each in party if each[:1] == "@" != each}, {each for each in also if each[:1] == "@" != each}
    if all(lands) and not lands[0] & lands[1]:
        return False  # the defence ministries of two countries
    if all(lands) and "@" in party | also:
        return True  # a state and its ministry
    left, right = words_of(one), words_of(other)
    if not left or not right:
        return False
    if left <= right or right <= left:
        short, far = (one, lands[1]) if len(left) < len(right) else (other, lands[0])
        return together or left == right or not far or any(word[0].isupper() for word in short.split()[1:])
    apart = left ^ right
    if all(lands) and len(apart) == 2 and len({word[:4] for word in apart}) == 1:
        return True  # "Armenian defence ministry", "Armenia's defence ministry"
    return left <= also or right <= party


def words_of(name: str) -> frozenset[str]:
    """The words of a name that tell it from others, in small letters."""
    return frozenset(_WORD.findall(name.lower())) - _EMPTY


def _one_day(one: Claim, other: Claim) -> bool:
    if one.day == other.day or _side_by_side(one, other):
        return True
    return (
        one.outcome is None
        and one.day is not None
        and other.day is not None
        and (abs((one.day - other.day).days) <= LASTING)
    )


def _grown(one: Claim, other: Claim) -> bool:
    """Whether the count of a later day is the higher: an update, whoever gives it."""
    if one.day is None or other.day is None or one.day == other.day or _side_by_side(one, other):
        return False
    early, late = (one, other) if one.day < other.day else (other, one)
    return middle(early) < middle(late)


def _outdated(one: Claim, other: Claim) -> bool:
    """Whether a report's own count of one day had grown by the time of the other."""
    early, late = sorted((one, other), key=lambda each: (each.known, each.article, each.id))
    if one.outcome == "rescued" and one.article != other.article:
        return early.known < late.known and middle(early) < middle(late)
    grows = one.outcome in ("killed", "injured", "detained", "displaced", "ill")
    return (
        grows
        and early.known < late.known
        and middle(early) < middle(late)
        and (early.holder is None or late.holder is None)
    )


def contradict(one: Claim, other: Claim) -> bool:
    """Whether two counts of one story stand against each other."""
    if one.story != other.story or not _one_day(one, other) or not apart(one, other) or not same_quantity(one, other):
        return False
    if _two_things(one, other) or not _told_apart(one, other) or _grown(one, other):
        return False
    if one.holder is None and other.holder is None:
        # A report that gives two counts of its own tells how they moved.
        return one.voice != other.voice and not _outdated(one, other)
    return not _one_party(one, other) and not _outdated(one, other)


def label(one: Claim, other: Claim) -> Label:
    """What a reader has to be told of two figures.

    Returns:
        ``CONFLICT``: two parties differ; ``UPDATE``: the count moved, or was corrected; ``AGREE``: one
        number satisfies both; ``DIFFERENT``: they count different things, or one a part of the other.
    """
    if _two_things(one, other) or not (
        _same_sentence(one, other) or (same_quantity(one, other) and _one_scene(one, other))
    ):
        return "DIFFERENT"
    if not apart(one, other):
        (low, high), (least, most) = _range(one), _range(other)
        return "AGREE" if low <= most and least <= high else "DIFFERENT"
    return "CONFLICT" if contradict(one, replace(other, story=one.story)) else "UPDATE"


def _told_apart(one: Claim, other: Claim) -> bool:
    """Whether two counts are surely of one thing: people with an outcome, or said by two, or in like sentences.

    Reports are full of counts of the same noun (games, seasons, years) that have nothing to do with each other.
    """
    if one.outcome is not None or _beside(one, other):
        return True
    if _side_by_side(one, other):
        return True
    if one.holder is not None and other.holder is not None:
        return _one_scene(one, other) or len(one.about & other.about) > 1
    return _same_sentence(one, other)


def _one_scene(one: Claim, other: Claim) -> bool:
    """Whether the sentences of two figures can be of one happening: they share a name, or one names nobody."""
    left = {word for word in one.sentence if word[0].isupper()}
    right = {word for word in other.sentence if word[0].isupper()}
    return not left or not right or bool(left & right)


def _same_sentence(one: Claim, other: Claim) -> bool:
    """Whether two figures of a unit stand in sentences that tell the same."""
    if (one.outcome, one.unit, one.per, one.change) != (other.outcome, other.unit, other.per, other.change):
        return False
    if not _one_scene(one, other):
        return False
    shared = len(one.sentence & other.sentence)
    least = min(len(one.sentence), len(other.sentence))
    return shared >= SCENE and shared >= RETOLD * least and (one.unit not in _TIMES or one.head == other.head)


# ---- disputes -----------------------------------------------------------------------------------


def single(claims: Iterable[Claim]) -> list[Claim]:
    """Claims without those of copies: of the same voice, holder and count, the earliest known stays.

    A count that a report gives without a source, in its headline say, is the one of the source it names
    for the same number elsewhere.
    """
    ordered = sorted(claims, key=lambda each: (each.known, each.article, each.at, each.id))
    sourced = {_said(each) for each in ordered if each.holder is not None}
    kept: dict[tuple[object, ...], Claim] = {}
    for claim in ordered:
        if claim.holder is not None or _said(claim) not in sourced:
            kept.setdefault((*_said(claim), claim.day, claim.holder), claim)
    return list(kept.values())


def _said(claim: Claim) -> tuple[object, ...]:
    what = claim.outcome or (claim.unit, claim.head, claim.per, claim.change)
    return claim.voice, claim.story, what, claim.low, claim.high, claim.bound


def disputes(claims: Iterable[Claim]) -> tuple[list[Dispute], list[DisputeSide]]:
    """Disputes about figures and their sides, in the order of their ids."""
    stories: dict[str, list[Claim]] = {}
    for claim in single(claims):
        stories.setdefault(claim.story, []).append(claim)
    found: list[Dispute] = []
    sides: list[DisputeSide] = []
    for story, every in stories.items():
        for against in _groups(every):
            held = _sides(against)
            if len(held) < 2:
                continue
            what, day = against[0].what(), against[0].day
            name = link_id("dispute", story, "figure", what, against[0].id)
            found.append(
                Dispute(id=name, kind="figure", story=story, incident=None, what=what, day=day, sides=len(held))
            )
            sides += (
                DisputeSide(
                    id=link_id("dispute", name, side[0].id),
                    dispute=name,
                    says=said(side[0]),
                    holder="; ".join(dict.fromkeys(each.holder for each in side if each.holder)) or None,
                    low=side[0].low,
                    high=side[0].high,
                    bound=side[0].bound,
                    findings=tuple(each.id for each in side),
                    articles=tuple(dict.fromkeys(each.article for each in side)),
                )
                for side in held
            )
    return sorted(found, key=lambda each: each.id), sorted(sides, key=lambda each: each.id)


def _joined(claims: Sequence[Claim], joins: Callable[[Claim, Claim], bool]) -> list[list[Claim]]:
    """Claims joined directly or through a third; each group in the order of ``claims``."""
    root = list(range(len(claims)))

    def find(at: int) -> int:
        while root[at] != at:
            root[at] = at = root[root[at]]
        return at

    for at, one in enumerate(claims):
        for to in range(at):
            if find(to) != find(at) and joins(claims[to], one):
                first, second = sorted((find(to), find(at)))
                root[second] = first
    result: dict[int, list[Claim]] = {}
    for at, claim in enumerate(claims):
        result.setdefault(find(at), []).append(claim)
    return list(result.values())


def _groups(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Claims that contradict each other, what reports set side by side first.

    Groups with two numbers in common are one. Two counts that one report disputes apart stay apart,
    whatever else could be either.
    """
    root = list(range(len(claims)))
    inside: list[list[int]] = [[at] for at in root]
    pairs = [(at, to) for at in root for to in range(at) if contradict(claims[to], claims[at])]
    pairs.sort(key=lambda each: (_asunder(claims[each[0]], claims[each[1]]), each))
    for at, to in pairs:
        first, second = sorted((root[at], root[to]))
        if first == second or _two_disputes([claims[x] for x in inside[first]], [claims[x] for x in inside[second]]):
            continue
        for each in inside[second]:
            root[each] = first
        inside[first] += inside[second]
        inside[second] = []
    groups: list[list[Claim]] = []
    for members in inside:
        group = [claims[at] for at in sorted(members)]
        if len(group) < 2:
            continue
        numbers = {middle(each) for each in group}
        same = next(
            (
                each
                for each in groups
                if len(numbers.intersection(map(middle, each))) > 1
                and group[0].outcome == each[0].outcome
                and _one_day(group[0], each[0])
            ),
            None,
        )
        if same is None:
            groups.append(group)
        else:
            same += group
    return groups


def _asunder(one: Claim, other: Claim) -> int:
    """How far apart two counts stand; those that no report sets side by side are the farthest."""
    return abs(one.at - other.at) if _side_by_side(one, other) else SIDE_BY_SIDE


def _two_disputes(one: Sequence[Claim], other: Sequence[Claim]) -> bool:
    """Whether one report has two counts in each of two groups that share no number."""
    if {middle(each) for each in one} & {middle(each) for each in other}:
        return False
    left = Counter(each.article for each in one)
    right = Counter(each.article for each in other)
    return any(count > 1 and right[article] > 1 for article, count in left.items())


def said(claim: Claim) -> str:
    """A claim in words: ``at least 12 killed``."""
    what = claim.what()
    if claim.outcome is None and _nominal(claim.unit) and middle(claim) != 1:
        what = plural(what)
    if claim.bound == "between" and claim.low is not None and claim.high is not None:
        return f"between {claim.low:,g} and {claim.high:,g} {what}"
    return f"{'' if claim.bound == 'exact' else claim.bound + ' '}{middle(claim):,.10g} {what}"


def _sides(claims: Sequence[Claim]) -> list[list[Claim]]:
    """What each party says in the end, one side for a number; the claims of a side that are sourced come first."""
    parties: list[list[Claim]] = []
    for claim in claims:
        into = next((party for party in parties if _speaks(party, claim)), None)
        if into is None:
            parties.append([claim])
        else:
            into.append(claim)
    sides: dict[float, list[Claim]] = {}
    for party in parties:
        last = max(party, key=lambda each: (each.day or date.min, each.known, each.at))
        sides.setdefault(middle(last), []).extend(each for each in party if middle(each) == middle(last))
    return [sorted(side, key=lambda each: each.holder is None) for side in sides.values()]


def _speaks(party: Sequence[Claim], claim: Claim) -> bool:
    if claim.holder is None:
        return party[0].holder is None and party[0].voice == claim.voice
    return party[0].holder is not None and any(_one_party(each, claim) for each in party)


# ---- history ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """One count in the history of a count."""

    claim: Claim
    before: Claim | None
    """What the same holder said last, if it was another number."""
    part: bool
    """Whether it counts a part of the people only: it is far below what was counted before."""
    party: str | None = None
    """Who speaks, by one name for the whole series."""
    series: str = ""
    """Id of the series: all claims of one story about one quantity."""


def series(claims: Iterable[Claim]) -> list[list[Claim]]:
    """Claims of one quantity together, each list with two or more different counts."""
    stories: dict[str, list[Claim]] = {}
    for claim in single(claims):
        stories.setdefault(claim.story, []).append(claim)
    result: list[list[Claim]] = []
    for _, every in sorted(stories.items()):
        counts = [claim for claim in every if claim.change is None or claim.unit == "%"]
        groups = _joined(counts, _one_series)
        result += (group for group in groups if len({(each.low, each.high) for each in group}) > 1)
    return result


def _one_series(one: Claim, other: Claim) -> bool:
    if one.outcome is not None:
        return one.outcome == other.outcome
    small, large = sorted((middle(one), middle(other)))
    if not large or small / large < PART / 2 or one.change != other.change:
        return False
    if same_quantity(one, other):
        return True
    if one.unit != other.unit or one.unit in _TIMES or _people(one):
        return False
    # A noun is mostly counted for one thing in a story; a measure, where a word says of what.
    return _nominal(one.unit) or (_measure(one) and one.unit != "%" and bool(one.about & other.about))


def history(claims: Iterable[Claim]) -> list[Step]:
    """Counts, a series after another, in the order of the days they hold for, each with what its holder had said.

    A count that a report only recalls stands before that report's own, and is left out where another tells it.
    """
    result: list[Step] = []
    for group in series(claims):
        name = link_id("dispute", "history", group[0].story, group[0].what(), min(each.id for each in group))
        said: list[Claim] = []
        names: list[Claim] = []
        fresh = {middle(each) for each in group if not each.earlier}
        told = [each for each in group if not each.earlier or middle(each) not in fresh]
        told.sort(key=lambda each: (each.day or date.max, not each.earlier, each.known, middle(each), each.id))
        for claim in told:
            speaker = next((each for each in names if each.holder is not None and _one_party(each, claim)), None)
            if speaker is None:
                names.append(claim)
                speaker = claim
            # The missing are found; the dead and the injured of a happening do not become few again.
            part = claim.outcome not in (None, "missing") and any(middle(claim) < PART * middle(each) for each in said)
            earlier = None if part else next((each for each in reversed(said) if _one_party(each, claim)), None)
            if claim.holder is None and earlier is not None and earlier.voice == claim.voice:
                earlier = None  # several counts of a report's own: whose each of them is, it does not say
            moved = earlier is not None and (earlier.low, earlier.high) != (claim.low, claim.high)
            result.append(Step(claim, earlier if moved else None, part=part, party=speaker.holder, series=name))
            if not part:
                said.append(claim)
    return result
