"""Who did what to whom: PLOVER events from the frames of the lexicon and the actors of the draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateline.coding.coder import Draft
from dateline.coding.event_candidates import Candidates, Models, shipped
from dateline.coding.event_judge import LEAST, Candidate, probabilities
from dateline.ids import finding_id
from dateline.knowledge.codebook import Codebook, plover
from dateline.knowledge.event_lexicon import Lexicon, lexicon, of_codebook
from dateline.records import Actor, Event, Finding, Place, Provenance, Statement, TimeSpan

ABOUT = frozenset(("ACCUSE", "REJECT", "REQUEST", "SUPPORT", "THREATEN", "SANCTION"))
"""Types of words about others' deeds: when and where those were done says nothing of when the words were spoken."""

UNJUDGED = 0.66
"""Confidence of an event of a researcher's own type, which no reader has judged: that of all candidates."""


class EventCoder:
    """Finds events and says who did them to whom, where, when, and whether they happened.

    Candidates are the lexicon's frames with their parties and what the models of triggers and parties make of other
    words; the judge keeps those that are as likely as :data:`dateline.coding.event_judge.LEAST`. Misses events whose
    parties the actor coder does not know, and most parties named in another sentence than the event.

    A type that is not PLOVER's is coded whoever its parties are; without a target only where its codebook says that
    the target is optional.

    Args:
        codebook: Types, modes, scores and patterns; PLOVER unless another is given.
        words: The lexicon whose types the codebook defines; its own patterns unless given.
        models: Those of the package unless given.
    """

    name = "events.plover/1"
    needs: frozenset[type[Finding]] = frozenset((Actor, Place, TimeSpan, Statement))
    gives: type[Finding] = Event

    def __init__(
        self, codebook: Codebook | None = None, words: Lexicon | None = None, models: Models | None = None
    ) -> None:
        self.codebook = codebook or plover()
        self._models = models
        self.name = f"events.{self.codebook.name}/1"
        self._candidates = Candidates(
            self.codebook, words or (lexicon() if codebook is None else of_codebook(codebook)), models
        )

    @classmethod
    def of_codebook(cls, codebook: Codebook) -> EventCoder:
        """The coder of a codebook's types."""
        return cls(codebook)

    def code(self, drafts: Sequence[Draft]) -> list[tuple[Finding, ...]]:
        """Events of each draft, in text order."""
        return [tuple(self.events(draft)) for draft in drafts]

    def events(self, draft: Draft, least: float = LEAST) -> list[Event]:
        """Events of a draft that are as likely as ``least``, in text order."""
        return [self._event(draft, one, sure) for sure, one in self.kept(draft, least)]

    def kept(self, draft: Draft, least: float = LEAST) -> list[tuple[float, Candidate]]:
        """Candidates that are judged to be events, each with its probability, in text order.

        Args:
            draft: The article with the findings that events need.
            least: Least probability of one that is kept.
        """
        likely = [(sure, one) for sure, one in self._judged(draft) if sure >= least]
        best: dict[tuple[int, bool], tuple[float, Candidate]] = {}
        for sure, one in likely:
            key = (one.frame.trigger, one.view is None)
            if key not in best or sure > best[key][0]:
                best[key] = (sure, one)
        found: list[tuple[float, Candidate]] = []
        seen: set[tuple[object, ...]] = set()
        for sure, one in sorted(likely, key=lambda pair: pair[1].frame.trigger):
            top = best[one.frame.trigger, one.view is None][1]
            # those who meet meet each other: what a joint frame gives stands together
            if one is top or (one.frame is top.frame and one.frame.joint and not one.guessed and not top.guessed):
                told = (draft.analysis.sentence_of[one.frame.trigger], one.frame.relation, *one.ids())
                if told not in seen:
                    seen.add(told)
                    found.append((sure, one))
        return found

    def _judged(self, draft: Draft) -> list[tuple[float, Candidate]]:
        """The candidates of a draft, each with how likely it is an event with the right type and parties."""
        found = list(self.candidates(draft))
        asked = [one for one in found if one.view is not None]
        sure = iter(probabilities((self._models or shipped()).judge, draft.analysis, asked) if asked else ())
        return [(UNJUDGED if one.view is None else next(sure), one) for one in found]

    def candidates(self, draft: Draft) -> Iterator[Candidate]:
        """What may be events with their parties, before it is judged which are.

        Args:
            draft: The article with the findings that events need.
        """
        return self._candidates.of(draft)

    def _event(self, draft: Draft, candidate: Candidate, sure: float) -> Event:
        """The event of a candidate."""
        frame, sources, targets = candidate.frame, candidate.sources, candidate.targets
        a = draft.analysis
        trigger = a.span(frame.trigger, frame.trigger + 1)
        spans = {trigger}
        spans.update(a.span(word, word + 1) for word in frame.words)
        spans.update(a.span(token, token + 1) for _, token in (*sources, *targets))
        evidence = tuple(sorted(spans))
        carrier = frame.carrier
        statement = draft.statement_at(trigger)
        physical = frame.relation not in ABOUT
        time = draft.time_near(frame.trigger, carrier, physical=physical)
        place = draft.place_near(frame.trigger, carrier, physical=physical, travel=frame.mode == "visit")
        goldstein, intensity = self.codebook.goldstein(frame.cameo)
        code = self.codebook.cameo.get(frame.cameo) if frame.cameo else None
        source_ids, target_ids = candidate.ids()
        apart = (frame.relation, *source_ids, ">", *target_ids)
        return Event(
            id=finding_id("event", draft.article.id, evidence, self.name, *apart),
            provenance=Provenance(evidence=evidence, coder=self.name, confidence=round(sure, 2)),
            relation=frame.relation,
            mode=frame.mode,
            contexts=code.contexts if code is not None else (),
            cameo=frame.cameo,
            quad=self.codebook.types[frame.relation].quad,
            goldstein=goldstein,
            intensity=intensity,
            trigger=trigger,
            sources=source_ids,
            targets=target_ids,
            place=place.id if place is not None else None,
            time=time.id if time is not None else None,
            status=candidate.status,
            said_in=statement.id if statement is not None else None,
        )
