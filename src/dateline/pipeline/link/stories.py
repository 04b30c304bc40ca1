"""Stories among the articles of a store: only the days around what is new are clustered again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import blake2b
from sys import intern
from typing import Any

from dateline.linking import duplicates, stories
from dateline.linking.stories import Fact, Report, Tie
from dateline.pipeline.link import steps
from dateline.store.schema import Linked
from dateline.store.warehouse import Warehouse

_FACTS = """
    SELECT number, id, title, source, article_day(dateline_day, published, updated) AS day,
        published, updated, dateline_day, retrieved FROM articles ORDER BY number"""


def update(store: Warehouse) -> None:
    """Stories of all articles; a day is clustered again where the reports it follows from have changed."""
    copies = steps.mark(store, "copies")
    mark = steps.mark(store, "stories")
    days: dict[date | None, list[int]] = {}
    facts: dict[str, Fact] = {}
    digests: dict[date | None, int] = {}
    for row in steps.rows(store, _FACTS):
        day: date | None = row["day"]
        days.setdefault(day, []).append(row["number"])
        facts[row["id"]] = Fact(row["title"], row["source"] and intern(row["source"]), day, steps.known(row))
        digests[day] = digests.get(day, 0) + _digest(row)  # a sum: whatever their order
    state = " ".join(["" if copies is None else copies.state.replace(" ", ","), *sorted(map(_entry, digests.items()))])
    before: set[str] = set()
    if mark is not None and mark.method == stories.METHOD:
        if mark.state == state:
            return
        before = set(mark.state.split(" ")[1:])
    now = {_entry(each): each[0] for each in digests.items()}
    changed = {now[each] for each in now.keys() - before} | {_day(each) for each in before - now.keys()}
    wanted = touched(changed) & days.keys()

    found = _kept(store, facts, wanted) if before else []
    for _, made in stories.ties(days, lambda day: reports(store, days[day]), wanted):
        found += made
    told, members = stories.told(found, facts, duplicates.voices(store.links("copy_links")))
    done = Linked(step="stories", method=stories.METHOD, state=state)
    store.write_links(
        {"stories": told, "story_members": members, "linked": steps.marks(store, done)},
        emptied=("stories", "story_members", "linked"),
    )


def touched(changed: set[date | None]) -> set[date | None]:
    """Days whose ties may be others now that the reports of some have changed."""
    return {
        None if day is None else day + timedelta(step)
        for day in changed
        for step in range(-stories.REACH, stories.REACH + stories.WINDOW + 1)
    }


def _kept(store: Warehouse, facts: dict[str, Fact], wanted: set[date | None]) -> list[Tie]:
    """The ties of before that still hold: those of reports on other days."""
    shown: dict[str, str] = {}
    held: list[Tie] = []
    for each in store.links("story_members"):
        mine, other = facts.get(each.article), facts.get(each.nearest)
        if mine is None or other is None:
            continue
        shown[each.article] = each.nearest
        if mine.day not in wanted and (mine.day is None or (other.day is not None and other.day <= mine.day)):
            held.append(Tie(each.article, each.nearest, each.alike, each.words))

    def borrowed(tie: Tie) -> bool:
        """The first report of a story has no tie of its own, and is shown with another's."""
        mine, other = ((facts[each].known, each) for each in (tie.article, tie.nearest))
        return shown.get(tie.nearest) == tie.article and mine < other

    return [tie for tie in held if not borrowed(tie)]


def _digest(row: dict[str, Any]) -> int:
    """Digest of what is known of an article; its id stands for its text, its address and its publisher."""
    known = [row[key] for key in ("id", "title", "published", "updated", "dateline_day", "retrieved")]
    return int.from_bytes(blake2b(repr(known).encode("utf-8", "surrogatepass"), digest_size=8).digest())


def _entry(item: tuple[date | None, int]) -> str:
    day, digest = item
    return f"{day or ''}:{digest % (1 << 64):x}"


def _day(entry: str) -> date | None:
    written = entry.partition(":")[0]
    return date.fromisoformat(written) if written else None


def reports(store: Warehouse, numbers: list[int]) -> Iterator[Report]:
    """Reports by their numbers in the store, ascending; a block at a time."""
    for at in range(0, len(numbers), steps.BLOCK):
        block = numbers[at : at + steps.BLOCK]
        rows = store.rows(
            """SELECT id, title, "text", source, url, article_day(dateline_day, published, updated) AS day,
                published, updated, dateline_day, retrieved
            FROM articles WHERE number >= $first AND number <= $last AND number IN (SELECT unnest($numbers::BIGINT[]))
            ORDER BY number""",
            {"first": block[0], "last": block[-1], "numbers": block},
        )
        for row in rows:
            yield stories.report(
                row["id"],
                title=row["title"],
                text=row["text"],
                url=row["url"],
                publisher=row["source"],
                day=row["day"],
                known=steps.known(row),
            )
