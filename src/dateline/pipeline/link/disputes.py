"""Disputes among the findings of a store, and the history of its counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import chain
from typing import Any

from msgspec.structs import replace

from dateline.linking import accounts, concerned, contradictions, duplicates, replies
from dateline.linking.chronology import known
from dateline.linking.contradictions import Claim
from dateline.links import Dispute, DisputeSide, Story
from dateline.pipeline.link import incidents, steps
from dateline.query.cite import around
from dateline.records import Record
from dateline.store.schema import Linked
from dateline.store.warehouse import Warehouse

METHOD = f"{contradictions.METHOD} {accounts.METHOD} {replies.METHOD}"
"""Name and version of what is done here."""
_MEMBERS = "SELECT story, article FROM story_members WHERE starts_with(story, $begins)"


def claims(store: Warehouse, story: str | None = None) -> list[Claim]:
    """The figures of stories that can be compared, with whose word they are.

    Args:
        store: A linked store.
        story: Only this story: its id, or the beginning of it.
    """
    return [
        claim
        for member, voice, record in _reports(store, story)
        for claim in contradictions.claims(record, story=member, voice=voice, known=known(record.article))
    ]


def _reports(store: Warehouse, story: str | None = None) -> Iterator[tuple[str, str, Record]]:
    """Records of the reports in stories, in the order of arrival, each with its story and the voice it is."""
    begins = "" if story is None else story.strip().lower()
    members = {row["article"]: row["story"] for row in store.rows(_MEMBERS, {"begins": begins})}
    voices = steps.voices(store, None if story is None else members)
    for record in store.records(list(members)):
        name = record.article.id
        yield members[name], voices.get(name, name), record


def update(store: Warehouse) -> None:
    """Disputes of all stories, and of single reports that set two parties against each other.

    Only what has changed since is looked at again: a story's reports, copies or incidents, or a report.
    """
    voices = duplicates.voices(store.links("copy_links"))
    stories: list[Story] = store.links("stories")
    records = {row["id"]: row["digest"] for row in store.rows("SELECT id, digest FROM articles ORDER BY id")}
    members: dict[str, dict[str, str]] = {}
    held: dict[str, list[str]] = {}
    for each in store.links("incident_members"):
        members.setdefault(each.article, {})[each.event] = each.incident
        held.setdefault(each.article, []).append(f"{each.event} {each.incident}")
    now = {each.id: incidents.digest(each, voices, records) for each in stories}
    for each in stories:
        now[each.id] += _digest(pair for article in each.articles for pair in sorted(held.get(article, ())))
    told = {article for each in stories for article in each.articles}
    alone = {article: digest[:16] for article, digest in records.items() if article not in told}
    mark = steps.mark(store, "disputes")
    before: dict[str, str] = {}
    if mark is not None and mark.method == METHOD:
        before = dict(pair.split(":", 1) for pair in mark.state.split())
        if before == now | alone:
            return
    kept = {name for name, digest in (now | alone).items() if before.get(name) == digest}
    sides: list[DisputeSide] = store.links("dispute_sides")
    whose = {side.dispute: side.articles[0] for side in sides if side.articles}
    found = [each for each in store.links("disputes") if (each.story or whose.get(each.id)) in kept]
    ids = {each.id for each in found}
    sides = [each for each in sides if each.dispute in ids]
    whole = incidents.told_in(store, [each for each in stories if each.id not in kept])
    single = _single(store, [article for article in alone if article not in kept])
    for story, reports in chain(whole, single):
        new, their = _disputes(story, reports, voices, members)
        found += new
        sides += their
    found.sort(key=lambda each: each.id)
    sides.sort(key=lambda each: each.id)
    state = " ".join(f"{name}:{digest}" for name, digest in sorted((now | alone).items()))
    store.write_links(
        {
            "disputes": found,
            "dispute_sides": sides,
            "linked": steps.marks(store, Linked(step="disputes", method=METHOD, state=state)),
        },
        emptied=("disputes", "dispute_sides", "linked"),
    )


def _digest(words: Iterable[str]) -> str:
    whole = blake2b(digest_size=4)
    for each in words:
        whole.update(f"{each}\n".encode())
    return whole.hexdigest()


def _single(store: Warehouse, articles: list[str]) -> Iterator[tuple[None, list[Record]]]:
    """Records that belong to no story, read a block at a time."""
    for at in range(0, len(articles), steps.BLOCK):
        for record in store.records(articles[at : at + steps.BLOCK]):
            yield None, [record]


def _disputes(
    story: str | None, reports: list[Record], voices: dict[str, str], members: dict[str, dict[str, str]]
) -> tuple[list[Dispute], list[DisputeSide]]:
    """What the reports of a story, or one report, give differently."""
    counts: list[Claim] = []
    told: list[accounts.Account] = []
    blames: list[accounts.Blame] = []
    turns: list[replies.Turn] = []
    for record in reports:
        name = record.article.id
        into, voice, at = story or "", voices.get(name, name), known(record.article)
        counts += contradictions.claims(record, story=into, voice=voice, known=at)
        clauses, blamed = accounts.accounts(record, story=into, voice=voice, known=at)
        told += clauses
        blames += blamed
        turns += replies.turns(record, story=into, voice=voice, known=at)
    found, sides = contradictions.disputes(counts)
    more, others = accounts.disputes(told, blames, replies.pairs(turns))
    found += more
    sides += others
    if story is None:
        return [replace(each, story=None) for each in found], sides
    return concerned.tied(found, sides, reports, members), sides


def series(store: Warehouse, story: str | None = None) -> list[dict[str, Any]]:
    """The history of the counts in stories: a row a count, a series after another, each in the order of days.

    A count that a report only recalls ("an earlier toll of 27") has no day but one that it was told ``until``.

    Args:
        store: A linked store.
        story: Only this story: its id, or the beginning of it.
    """
    found: list[Claim] = []
    words: dict[str, tuple[str | None, str]] = {}
    for member, voice, record in _reports(store, story):
        figures = {each.id: each for each in record.figures}
        for claim in contradictions.claims(record, story=member, voice=voice, known=known(record.article)):
            found.append(claim)
            words[claim.id] = record.article.source, around(record, figures[claim.id]).words
    return [
        {
            "series": step.series,
            "story": step.claim.story,
            "what": step.claim.what(),
            "day": None if step.claim.earlier else step.claim.day,
            "until": step.claim.day if step.claim.earlier else None,
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
            "publisher": words[step.claim.id][0],
            "quote": words[step.claim.id][1],
            "cite": step.claim.id,
        }
        for step in contradictions.history(found)
    ]
