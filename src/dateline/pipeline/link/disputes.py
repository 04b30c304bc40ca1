"""Disputes among the findings of a store, and the history of its counts."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from dateline.linking import accounts, contradictions, duplicates
from dateline.linking.contradictions import Claim
from dateline.pipeline.link import steps
from dateline.records import Record
from dateline.store.schema import Linked
from dateline.store.warehouse import Warehouse

METHOD = f"{contradictions.METHOD} {accounts.METHOD}"
"""Name and version of what is done here."""
_MEMBERS = """
    SELECT m.story, a.id AS article, a.published, a.updated, a.dateline_day, a.retrieved
    FROM story_members m JOIN articles a ON a.id = m.article WHERE starts_with(m.story, $begins) ORDER BY a.number"""


def claims(store: Warehouse, story: str | None = None) -> list[Claim]:
    """The figures of stories that can be compared, with whose word they are.

    Args:
        store: A linked store.
        story: Only this story: its id, or the beginning of it.
    """
    return [
        claim
        for member, voice, record in _reports(store, story)
        for claim in contradictions.claims(record, story=member["story"], voice=voice, known=steps.known(member))
    ]


def _reports(store: Warehouse, story: str | None = None) -> Iterator[tuple[dict[str, Any], str, Record]]:
    """Records of the reports in stories, each with its place in its story and the voice it is."""
    voices = duplicates.voices(store.links("copy_links"))
    begins = "" if story is None else story.strip().lower()
    members = {row["article"]: row for row in store.rows(_MEMBERS, {"begins": begins})}
    for record in store.records(list(members)):
        name = record.article.id
        yield members[name], voices.get(name, name), record


def update(store: Warehouse) -> None:
    """Disputes of all stories, made anew whenever the stories or the findings have changed."""
    grouped = steps.mark(store, "stories")
    whole = blake2b(("" if grouped is None else grouped.state).encode(), digest_size=8)
    for row in store.rows("SELECT id, digest FROM articles ORDER BY id"):
        whole.update(f"{row['id']} {row['digest']}\n".encode())
    mark = steps.mark(store, "disputes")
    if mark is not None and (mark.method, mark.state) == (METHOD, whole.hexdigest()):
        return
    counts: list[Claim] = []
    told: list[accounts.Account] = []
    blames: list[accounts.Blame] = []
    for member, voice, record in _reports(store):
        known = steps.known(member)
        counts += contradictions.claims(record, story=member["story"], voice=voice, known=known)
        clauses, blamed = accounts.accounts(record, story=member["story"], voice=voice, known=known)
        told += clauses
        blames += blamed
    found, sides = contradictions.disputes(counts)
    more, others = accounts.disputes(told, blames)
    found, sides = (
        sorted((*found, *more), key=lambda each: each.id),
        sorted((*sides, *others), key=lambda each: each.id),
    )
    done = Linked(step="disputes", method=METHOD, state=whole.hexdigest())
    store.write_links(
        {"disputes": found, "dispute_sides": sides, "linked": steps.marks(store, done)},
        emptied=("disputes", "dispute_sides", "linked"),
    )


def series(store: Warehouse, story: str | None = None) -> list[dict[str, Any]]:
    """The history of the counts in stories: a row a count, a series after another, each in the order of days.

    Args:
        store: A linked store.
        story: Only this story: its id, or the beginning of it.
    """
    steps = contradictions.history(claims(store, story))
    words = {
        row["id"]: row
        for row in store.rows(
            """SELECT f.id, a.source, coalesce(words(a.text, z), quoted(a.text, f.evidence)) AS quote
            FROM figures f JOIN articles a ON a.number = f.number LEFT JOIN sentences z ON z.number = f.number
                AND z."start" <= f.evidence[1]."start" AND f.evidence[1]."start" < z."end"
            WHERE f.id IN (SELECT unnest($ids::VARCHAR[]))""",
            {"ids": [step.claim.id for step in steps]},
        )
    }
    return [
        {
            "series": step.series,
            "story": step.claim.story,
            "what": step.claim.what(),
            "day": step.claim.day,
            "known": step.claim.known,
            "low": step.claim.low,
            "high": step.claim.high,
            "bound": step.claim.bound,
            "part": step.part,
            "moved": None
            if step.before is None
            else contradictions.middle(step.claim) - contradictions.middle(step.before),
            "holder": step.claim.holder,
            "party": step.party,
            "publisher": words[step.claim.id]["source"],
            "quote": words[step.claim.id]["quote"],
            "cite": step.claim.id,
        }
        for step in steps
    ]
