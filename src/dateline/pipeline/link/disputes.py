"""Disputes among the findings of a store, and the history of its counts."""

from __future__ import annotations

from datetime import date
from hashlib import blake2b
from typing import Any

from dateline.linking import contradictions, duplicates
from dateline.linking.contradictions import Claim
from dateline.pipeline.link import steps
from dateline.store.schema import Linked
from dateline.store.warehouse import Warehouse

_CLAIMS = """
    SELECT f.id, f.article, m.story, f.outcome, f.low, f.high, f.bound, holder.name AS holder,
        article_day(a.dateline_day, a.published, a.updated) AS day, t.latest AS as_of,
        a.published, a.updated, a.dateline_day, a.retrieved
    FROM figures f JOIN articles a ON a.number = f.number JOIN story_members m ON m.article = f.article
        LEFT JOIN times t ON t.number = f.number AND t.id = f.as_of
        LEFT JOIN statements said ON said.number = f.number AND said.id = f.said_in
        LEFT JOIN actors holder ON holder.number = f.number AND holder.id = said.speaker
    WHERE f.outcome IS NOT NULL AND f.change IS NULL AND f.per IS NULL AND f.unit <> '%'
        AND coalesce(f.low, f.high) IS NOT NULL AND (said.stance IS NULL OR said.stance = 'asserts')
    ORDER BY f.number, f.position"""


def claims(store: Warehouse) -> list[Claim]:
    """The counts of people in stories, with whose word they are."""
    voices = duplicates.voices(store.links("copy_links"))
    result: list[Claim] = []
    for row in store.rows(_CLAIMS):
        article: str = row["article"]
        day: date | None = row["day"]
        as_of: date | None = row["as_of"]
        if as_of is not None and (day is None or as_of <= day):  # nobody counts the dead of next week
            day = as_of
        result.append(
            Claim(
                id=row["id"],
                article=article,
                voice=voices.get(article, article),
                known=steps.known(row),
                story=row["story"],
                outcome=row["outcome"],
                day=day,
                holder=row["holder"],
                low=row["low"],
                high=row["high"],
                bound=row["bound"],
            )
        )
    return result


def update(store: Warehouse) -> None:
    """Disputes of all stories, made anew whenever the stories or the findings have changed."""
    told = steps.mark(store, "stories")
    whole = blake2b(("" if told is None else told.state).encode(), digest_size=8)
    for row in store.rows("SELECT id, digest FROM articles ORDER BY id"):
        whole.update(f"{row['id']} {row['digest']}\n".encode())
    mark = steps.mark(store, "disputes")
    if mark is not None and (mark.method, mark.state) == (contradictions.METHOD, whole.hexdigest()):
        return
    found, sides = contradictions.disputes(claims(store))
    done = Linked(step="disputes", method=contradictions.METHOD, state=whole.hexdigest())
    store.write_links(
        {"disputes": found, "dispute_sides": sides, "linked": steps.marks(store, done)},
        emptied=("disputes", "dispute_sides", "linked"),
    )


def series(store: Warehouse, story: str | None = None) -> list[dict[str, Any]]:
    """The history of the counts of people in stories: a row a count, in the order of the days they hold for.

    Args:
        store: A linked store.
        story: Only this story: its id, or the beginning of it.
    """
    chosen = [each for each in claims(store) if story is None or each.story.startswith(story.strip().lower())]
    steps = contradictions.history(chosen)
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
            "story": step.claim.story,
            "what": step.claim.outcome,
            "day": step.claim.day,
            "low": step.claim.low,
            "high": step.claim.high,
            "bound": step.claim.bound,
            "part": step.part,
            "moved": None
            if step.before is None
            else contradictions.middle(step.claim) - contradictions.middle(step.before),
            "holder": step.claim.holder,
            "publisher": words[step.claim.id]["source"],
            "quote": words[step.claim.id]["quote"],
            "cite": step.claim.id,
        }
        for step in steps
    ]
