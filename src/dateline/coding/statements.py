"""Who said what, in which words: attributions to statements of the record.

The finder reads cue, source and content; this module resolves the speaker to an
actor, tells form and stance, dates the saying, and links statements that hold
others or were passed on by a third party.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.coding.coder import Draft
from dateline.coding.statement_features import Sight, kind_of
from dateline.coding.statement_finder import Attribution, Finder, see
from dateline.ids import finding_id
from dateline.knowledge.lexicons import NO_COMMENT
from dateline.reading.analysis import Analysis
from dateline.records import Actor, Finding, Form, Provenance, Span, Stance, Statement, TimeSpan

_CHARGES = frozenset(
    (
        "accusation",
        "allegation",
        "assertion",
        "charge",
        "claim",
        "criticism",
        "insinuation",
        "involvement",
        "notion",
        "report",
        "responsibility",
        "rumor",
        "rumour",
        "suggestion",
        "wrongdoing",
    )
)
"""What one denies by rejecting it."""
_CITING = frozenset(("citing", "quoting"))
_COMMANDS = frozenset(("ask", "tell", "warn", "advise", "order", "instruct", "command", "direct", "forbid", "beg"))
"""Verbs that with an infinitive ask for an act."""
_RELAYS = frozenset(("tell", "say", "speak", "confirm", "admit", "explain"))
"""Verbs with an addressee: "told Reuters"."""


class StatementCoder:
    """Fills :attr:`Draft.statements`.

    Missed: statements whose cue is neither a verb, a listed noun or adjective
    nor a colon; a source that stands in another sentence than its cue.

    Args:
        finder: Stands in for the usual finder, to measure other choices.
    """

    name = "statements/1"
    needs: frozenset[type[Finding]] = frozenset((Actor, TimeSpan))
    gives: type[Finding] = Statement

    def __init__(self, finder: Finder | None = None) -> None:
        self._finder = finder or Finder()

    def code(self, drafts: Sequence[Draft]) -> list[tuple[Finding, ...]]:
        """Statements of each draft, in the order of their first words."""
        return [self._code(draft) for draft in drafts]

    def _code(self, draft: Draft) -> tuple[Finding, ...]:
        sight = see(draft.analysis)
        attributions = self._finder.find(sight)
        speakers = [_speaker(draft, each) for each in attributions]
        holders = _holders(attributions)
        ids = [
            finding_id("statement", draft.article.id, _evidence(draft.analysis, each), self.name, str(each.head))
            for each in attributions
        ]
        found: list[Statement] = []
        for n, each in enumerate(attributions):
            actor, relays = speakers[n]
            via = list(relays)
            holder = holders[n]
            seen = {n}
            while holder is not None and holder not in seen:
                seen.add(holder)
                outer = speakers[holder][0]
                if outer is not None:
                    via.insert(0, outer.id)
                holder = holders[holder]
            analysis = draft.analysis
            outer_holder = holders[n]
            time = _said_on(draft, each) if each.cue else None
            found.append(
                Statement(
                    id=ids[n],
                    provenance=Provenance(
                        evidence=_evidence(analysis, each), coder=self.name, confidence=each.confidence
                    ),
                    speaker=actor.id if actor else None,
                    source=analysis.span(*each.source) if each.source else None,
                    cue=analysis.span(*each.cue) if each.cue else None,
                    content=tuple(analysis.span(*piece) for piece in each.content),
                    form=_form(sight, each),
                    stance=_stance(sight, each),
                    via=tuple(dict.fromkeys(name for name in via if actor is None or name != actor.id)),
                    said_on=time.id if time else None,
                    said_in=ids[outer_holder] if outer_holder is not None else None,
                )
            )
        found.sort(key=lambda statement: (statement.provenance.evidence[0], statement.id))
        return tuple(found)


def _evidence(analysis: Analysis, each: Attribution) -> tuple[Span, ...]:
    spans = {analysis.span(*piece) for piece in each.content}
    spans.update(analysis.span(*words) for words in (each.cue, each.source) if words is not None)
    return tuple(sorted(spans))


def _holders(attributions: list[Attribution]) -> list[int | None]:
    """For each attribution the smallest other one whose content holds its cue."""
    ranges = sorted((end - start, start, end, n) for n, each in enumerate(attributions) for start, end in each.content)
    found: list[int | None] = []
    for n, each in enumerate(attributions):
        size = sum(end - start for start, end in each.content)
        found.append(
            next(
                (
                    m
                    for _, start, end, m in ranges
                    if m != n
                    and start <= each.head < end
                    # of two that hold each other's cue only the larger is the outer one
                    and (sum(e - s for s, e in attributions[m].content), -m) > (size, -n)
                ),
                None,
            )
        )
    return found


def _speaker(draft: Draft, each: Attribution) -> tuple[Actor | None, tuple[str, ...]]:
    """The actor who speaks, and the actors who relay it."""
    analysis = draft.analysis
    relays: list[str] = []
    actor: Actor | None = None
    if each.source is not None:
        actor = _actor(draft, analysis.head_of(range(*each.source)), range(*each.source))
        if actor is not None and actor.name.lower().startswith(("no ", "nobody", "none ")):
            actor = None  # "no mechanic ever came, he says": he is not nobody
    if each.cue is None:
        return actor, ()
    cue = each.head
    end = analysis.sentences[analysis.sentence_of[cue]][1]
    for token in (*analysis.children[cue], *range(cue + 1, min(cue + 4, end))):
        if analysis.lowers[token] in _CITING:
            # "Reuters reported, citing an official": the official speaks, Reuters relays
            cited = analysis.child(token, "dobj")
            # "citing information from the ministry" makes nobody speak
            origin = next(iter(draft.actors_in(cited)), None) if cited is not None else None
            if origin is not None and origin is not actor:
                if actor is not None:
                    relays.append(actor.id)
                actor = origin
            break
    if analysis.lemmas[cue] in ("quote", "cite"):
        subject = analysis.child(cue, "nsubj")
        relay = draft.actor_of(subject) if subject is not None else None
        if relay is not None and relay is not actor:
            relays.append(relay.id)  # "television quoted the general as saying"
    if analysis.lemmas[cue] in _RELAYS:
        for kid in analysis.children[cue]:
            heard = draft.actor_of(kid) if analysis.deps[kid] in ("dobj", "dative") else None
            if heard is None or heard is actor or heard.sector not in ("MED", "JRN"):
                continue
            if heard.kind != "unnamed group":  # "told Reuters", but not "told reporters", who were merely there
                relays.append(heard.id)
    return actor, tuple(relays)


def _actor(draft: Draft, head: int, tokens: range) -> Actor | None:
    """The first actor a noun phrase names: its head's, else the one that covers most of it."""
    found = draft.actors_in(head)
    if found:
        return found[0]
    for token in tokens:
        if draft.analysis.deps[token] in ("appos", "poss", "compound", "pobj"):
            continue
        actor = draft.actor_of(token)
        if actor is not None:
            return actor
    for token in tokens:  # "the police chief, Renata Couto"
        if draft.analysis.deps[token] == "appos" and (actor := draft.actor_of(token)) is not None:
            return actor
    return None


def _form(sight: Sight, each: Attribution) -> Form:
    """Direct where nearly all words stand within quotation marks, mixed where some do."""
    if each.cue is None:
        return "direct"
    at = sight.quotes.at
    words = sight.analysis.words
    own = at[each.head]
    # A quotation never closed runs over its own cue: "It's over, she said.
    open_ = own >= 0 and not sight.quotes.all[own].closed
    total = quoted = 0
    for start, end in each.content:
        for token in range(start, end):
            if words[token][:1].isalnum():
                total += 1
                quoted += at[token] >= 0 and (at[token] != own or (open_ and token < each.head))
    if not quoted:
        return "indirect"
    return "direct" if quoted >= 0.95 * total else "mixed"


def _stance(sight: Sight, each: Attribution) -> Stance:
    a = sight.analysis
    cue = each.head
    lemma = a.lemmas[cue].lower()
    kind = kind_of(lemma, a.pos[cue])
    lowers = a.lowers
    kids = {a.deps[kid]: kid for kid in reversed(a.children[cue])}
    negated = "neg" in kids
    if lemma in NO_COMMENT:
        above = a.head[cue]
        if negated or (a.deps[cue] == "xcomp" and kind_of(a.lemmas[above], a.pos[above]) == "refusal"):
            return "declines"
    if kind == "denial":
        return "asserts" if negated else "denies"
    if kind == "refusal" and not negated:
        return "declines"
    infinitive = "xcomp" in kids and any(a.tags[kid] == "TO" for kid in a.children[kids["xcomp"]])
    clause = kids.get("ccomp", kids.get("xcomp"))
    to_clause = clause is not None and a.tags[clause] == "VB" and any(a.tags[kid] == "TO" for kid in a.children[clause])
    if lemma in _COMMANDS and (infinitive or to_clause):
        return "orders"
    if lemma == "plead" and not any(lowers[kid] in ("for", "with") for kid in a.children[cue]):
        return "asserts"  # "pleaded guilty"
    if lemma == "call" and any(lowers[kid] in ("for", "on", "upon") for kid in a.children[cue]):
        return "orders"
    if lemma == "reject" and "dobj" in kids and a.lemmas[kids["dobj"]].lower() in _CHARGES:
        return "denies"
    if kind == "order":
        return "asserts" if negated else "orders"
    if kind == "question" or a.words[each.content[-1][1] - 1] == "?":
        return "asks"
    last = each.content[-1][1]
    if last >= 2 and a.words[last - 2] == "?" and sight.quotes.at[last - 1] >= 0:
        return "asks"
    return "asserts"


def _said_on(draft: Draft, each: Attribution) -> TimeSpan | None:
    """The time expression that hangs on the cue itself, outside content and source; the nearest where several do."""
    analysis = draft.analysis
    start, end = analysis.sentences[analysis.sentence_of[each.head]]
    first, last = analysis.starts[start], analysis.ends[end - 1]
    best: TimeSpan | None = None
    near = 0
    for time in draft.times:
        if time.mention.start >= last or time.mention.end <= first or time.type in ("DURATION", "SET"):
            continue
        tokens = analysis.tokens_in(time.mention)
        if not tokens:
            continue
        if any(begin <= tokens[0] < stop for begin, stop in each.content):
            continue
        head = analysis.head_of(tokens)
        for above in analysis.ancestors(head):
            if above == each.head or analysis.pos[above] in ("VERB", "AUX"):
                head = above
                break
        distance = abs(tokens[0] - each.head)
        if head != each.head and distance > 3:
            continue
        if best is None or distance < near:
            best, near = time, distance
    return best
