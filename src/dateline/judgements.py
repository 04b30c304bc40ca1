"""What people say of findings: the type of a judgement.

A judgement stands beside a finding and changes nothing of it. It keeps the finding as it was judged, so that it
can be read, counted and exported when a corpus has been coded again and the finding is no longer there.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Verdict = Literal["right", "wrong", "corrected", "withdrawn"]
How = Literal["sample", "pick"]


class Judgement(Struct, frozen=True, kw_only=True):
    """One reader's verdict on one finding; a later one by the same reader takes its place, and both are kept."""

    id: str
    """Digest of the finding, the reviewer and the moment; see :func:`dateline.ids.judgement_id`."""
    number: int
    """Place in the order in which judgements were made, from 0."""
    article: str
    """Id of the article."""
    finding: str
    """Id of the finding."""
    kind: str
    """``event``, ``statement``, ``figure``, ``time``, ``place`` or ``actor``."""
    label: str
    """What sort of its kind: an event's relation, a statement's stance, a figure's outcome; may be empty."""
    coder: str
    """Who read it: ``events/1``."""
    confidence: float
    """How sure the coder was, 0 to 1."""
    verdict: Verdict
    """``corrected``: something is there, but a field is wrong; ``withdrawn``: the reviewer takes it back."""
    correction: str | None
    """Fields as they should be, a JSON object; none unless corrected."""
    note: str | None
    reviewer: str
    """Who judged, in their own words; nobody checks it."""
    made: str
    """When, ISO 8601 in UTC."""
    how: How
    """``sample``: drawn by lot; ``pick``: the reader came upon it. Only a sample measures precision."""
    said: str
    """The finding as it was judged, as JSON."""
    quote: str
    """Its words, joined by an ellipsis."""
