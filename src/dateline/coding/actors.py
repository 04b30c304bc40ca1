"""Who: one actor for everyone who acts or speaks in an article, with all their mentions."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.coding.coder import Draft
from dateline.ids import finding_id
from dateline.records import Actor, Finding, Provenance


class ActorCoder:
    """Turns the coreference chains that can act into actors."""

    name = "actors/1"
    needs: frozenset[type[Finding]] = frozenset()
    gives: type[Finding] = Actor

    def code(self, drafts: Sequence[Draft]) -> list[tuple[Finding, ...]]:
        """Actors of each draft, in the order of their first mention."""
        return [self._actors(draft) for draft in drafts]

    def _actors(self, draft: Draft) -> tuple[Finding, ...]:
        analysis = draft.analysis
        found: list[Finding] = []
        for chain in analysis.chains:
            who = chain.referent
            if who is None:
                continue
            mentions = tuple(dict.fromkeys(analysis.span(each.start, each.end) for each in chain.mentions))
            evidence = mentions[:5]
            found.append(
                Actor(
                    id=finding_id("actor", draft.article.id, evidence, self.name, who.entity or who.name),
                    provenance=Provenance(evidence=evidence, coder=self.name, confidence=who.confidence),
                    name=who.name,
                    kind=who.kind,
                    country=who.country,
                    country_from="name" if who.country else None,
                    sector=who.sector,
                    role=who.role,
                    entity=who.entity,
                    mentions=mentions,
                )
            )
        return tuple(found)
