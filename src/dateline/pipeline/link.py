"""Links between the records of a store: made, brought up to date, removed.

Sketches of texts are written a block at a time and kept; the links of a step
and the mark that it is done are replaced in one transaction. A kill at any
moment leaves the links of before, and the next run goes on from the sketches
that are there.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any

import numpy as np

from dateline.linking import contradictions, duplicates, stories
from dateline.linking.chronology import moment
from dateline.linking.contradictions import Claim
from dateline.linking.duplicates import Copyable, Hashes, Numbers
from dateline.links import CopyLink
from dateline.store.schema import LINK_TABLES, Linked, Sketch
from dateline.store.warehouse import Warehouse

_BLOCK = 512
"""Texts read, and sketches written, at once."""
_KEPT = 8192
"""Texts whose runs are kept in memory while pairs are compared."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What linking did."""

    articles: int
    fresh: int
    """Articles linked for the first time."""
    links: int
    """Pairs of copies, versions and parts."""
    groups: int
    """Groups of copies."""
    independent: int
    """Independent reports: articles less copies."""
    stories: int
    """Stories of two or more reports."""
    disputes: int
    """Counts on which reports or those they quote differ."""

    def describe(self) -> str:
        """In a sentence."""
        return (
            f"{self.articles:,} articles, {self.fresh:,} of them new: {self.links:,} pairs of copies in "
            f"{self.groups:,} groups, {self.independent:,} independent reports; "
            f"{self.stories:,} stories, {self.disputes:,} disputes"
        )


def link(store: Warehouse) -> Summary:
    """Bring every link of a store up to date; without new articles, nothing is done.

    Adding articles one by one, in batches or all at once gives the same links.

    Raises:
        StoreError: The store is read-only or cannot be written.
    """
    store.flush()
    articles, fresh = _copies(store)
    _stories(store)
    _disputes(store)
    found: list[CopyLink] = store.links("copy_links")
    voices = duplicates.voices(found)
    return Summary(
        articles=articles,
        fresh=fresh,
        links=len(found),
        groups=int(store.rows("SELECT count(*) AS n FROM copy_groups")[0]["n"]),
        independent=articles - len(voices) + len(set(voices.values())),
        stories=int(store.rows("SELECT count(*) AS n FROM stories")[0]["n"]),
        disputes=int(store.rows("SELECT count(*) AS n FROM disputes")[0]["n"]),
    )


def undo(store: Warehouse) -> None:
    """Remove all that linking has made; the articles and their findings stay as they are.

    Raises:
        StoreError: The store is read-only or cannot be written.
    """
    store.write_links({}, emptied=LINK_TABLES)


def _mark(store: Warehouse, step: str) -> Linked | None:
    return next((each for each in store.links("linked") if each.step == step), None)


def _marks(store: Warehouse, mark: Linked) -> list[Linked]:
    """All marks, with this one in place of the one of its step."""
    return [*(each for each in store.links("linked") if each.step != mark.step), mark]


# ---- copies -------------------------------------------------------------------------------------


def _copies(store: Warehouse) -> tuple[int, int]:
    """Links and groups of copies; gives the number of articles, and of those that are new."""
    top = store.rows("SELECT max(number) AS top, count(*) AS n FROM articles")[0]
    last = -1 if top["top"] is None else int(top["top"])
    mark = _mark(store, "copies")
    before = -1
    if mark is not None and mark.method == duplicates.METHOD:
        before = int(mark.state.partition(" ")[0])
    facts = store.rows("SELECT id, number, source, url, published, updated, dateline_day, retrieved FROM articles")
    state = f"{last} {_digest(facts)}"
    if mark is not None and mark.method == duplicates.METHOD and mark.state == state:
        return int(top["n"]), 0
    _sketch(store)
    table = store.select(
        "SELECT number, article, runs, hashes FROM sketches WHERE method = $method ORDER BY article",
        {"method": duplicates.METHOD},
    )
    ids: list[str] = table.column("article").to_pylist()
    numbers: list[int] = table.column("number").to_pylist()
    hashes = table.column("hashes").combine_chunks()
    lengths = np.asarray(hashes.value_lengths().to_numpy(zero_copy_only=False), dtype=np.int64)
    flat = np.asarray(hashes.flatten().to_numpy(zero_copy_only=False), dtype=np.int64)
    known = {row["id"]: row for row in facts}
    things = {
        each: Copyable(each, known[each]["source"], known[each]["url"], _known(known[each]), runs)
        for each, runs in zip(ids, table.column("runs").to_pylist(), strict=True)
    }
    pairs = duplicates.candidates(flat, lengths)
    arrived = np.array(numbers, dtype=np.int64)
    recent = (
        np.maximum(arrived[pairs[:, 0]], arrived[pairs[:, 1]]) > before if len(pairs) else np.empty(0, dtype=np.bool_)
    )
    kept = _kept(store, pairs[~recent], ids) if before >= 0 else []
    fresh: list[list[int]] = pairs[recent].tolist()
    kept += ((ids[a], ids[b], runs) for a, b, runs in _compare(store, fresh, numbers))
    links = duplicates.link(things, kept)
    mark = Linked(step="copies", method=duplicates.METHOD, state=state)
    store.write_links(
        {"copy_links": links, "copy_groups": duplicates.groups(things, links), "linked": _marks(store, mark)},
        emptied=("copy_links", "copy_groups", "linked"),
    )
    return int(top["n"]), sum(number > before for number in numbers)


def _kept(store: Warehouse, pairs: Numbers, ids: list[str]) -> list[tuple[str, str, int]]:
    """Pairs that were linked before and are still to be compared, with their runs."""
    place = {each: at for at, each in enumerate(ids)}
    keys = pairs[:, 0] * len(ids) + pairs[:, 1]
    result: list[tuple[str, str, int]] = []
    for each in store.links("copy_links"):
        a, b = sorted((place[each.first], place[each.second]))
        at = int(np.searchsorted(keys, a * len(ids) + b))
        if at < len(keys) and int(keys[at]) == a * len(ids) + b:
            result.append((ids[a], ids[b], each.runs))
    return result


def _digest(facts: Iterable[dict[str, Any]]) -> str:
    """Digest of what is known of articles beside their texts: a new coding may date them otherwise."""
    whole = blake2b(digest_size=8)
    for row in sorted(facts, key=lambda each: each["number"]):
        whole.update(repr((row["id"], row["published"], row["updated"], row["dateline_day"])).encode())
    return whole.hexdigest()


def _known(row: dict[str, Any]) -> Any:
    day: date | None = row["dateline_day"]
    return moment(row["published"] or row["updated"] or (day.isoformat() if day else None) or row["retrieved"])


def _sketch(store: Warehouse) -> None:
    """Sketches of the texts that have none yet, written a block at a time."""
    stale = store.rows("SELECT count(*) AS n FROM sketches WHERE method <> $method", {"method": duplicates.METHOD})
    if stale[0]["n"]:
        store.write_links({}, emptied=("sketches",))
    missing = [
        row["number"]
        for row in store.rows("SELECT number FROM articles WHERE number NOT IN (SELECT number FROM sketches)")
    ]
    missing.sort()
    for at in range(0, len(missing), _BLOCK):
        rows: list[Sketch] = []
        for number, article, text in _texts(store, missing[at : at + _BLOCK]):
            runs = duplicates.runs(text)
            hashes: list[int] = duplicates.sketch(runs).view(np.int64).tolist()
            rows.append(
                Sketch(number=number, article=article, method=duplicates.METHOD, runs=len(runs), hashes=tuple(hashes))
            )
        store.write_links({"sketches": rows})


def _texts(store: Warehouse, numbers: list[int]) -> Iterator[tuple[int, str, str]]:
    rows = store.rows(
        'SELECT number, id, "text" FROM articles WHERE number >= $first AND number <= $last '
        "AND number IN (SELECT unnest($numbers::BIGINT[])) ORDER BY number",
        {"first": numbers[0], "last": numbers[-1], "numbers": numbers},
    )
    for row in rows:
        yield row["number"], row["id"], row["text"]


def _compare(store: Warehouse, pairs: list[list[int]], numbers: list[int]) -> Iterator[tuple[int, int, int]]:
    """Pairs of indices with the runs their texts have in common; texts are read in blocks, the last kept."""
    kept: OrderedDict[int, Hashes] = OrderedDict()
    # Near numbers first: copies often come together, and lie together in the store.
    pairs = sorted(pairs, key=lambda pair: (min(numbers[pair[0]], numbers[pair[1]]), pair))
    for at in range(0, len(pairs), _BLOCK):
        block = pairs[at : at + _BLOCK]
        needed = sorted({numbers[each] for pair in block for each in pair})
        for number in needed:
            if number in kept:
                kept.move_to_end(number)
        absent = [number for number in needed if number not in kept]
        if absent:
            for number, _, text in _texts(store, absent):
                kept[number] = duplicates.runs(text)
        for a, b in block:
            yield a, b, duplicates.common(kept[numbers[a]], kept[numbers[b]])
        while len(kept) > _KEPT:
            kept.popitem(last=False)


# ---- stories ------------------------------------------------------------------------------------


def _stories(store: Warehouse) -> None:
    """Stories of all articles, made anew whenever the articles or their copies have changed."""
    copies = _mark(store, "copies")
    state = "" if copies is None else copies.state
    mark = _mark(store, "stories")
    if mark is not None and (mark.method, mark.state) == (stories.METHOD, state):
        return
    reports: list[stories.Report] = []
    numbers = [row["number"] for row in store.rows("SELECT number FROM articles ORDER BY number")]
    for at in range(0, len(numbers), _BLOCK):
        rows = store.rows(
            """SELECT id, title, source, "text", article_day(dateline_day, published, updated) AS day,
                published, updated, dateline_day, retrieved FROM articles
            WHERE number >= $first AND number <= $last ORDER BY number""",
            {"first": numbers[at], "last": numbers[at : at + _BLOCK][-1]},
        )
        reports += (
            stories.Report(
                id=row["id"],
                title=row["title"],
                publisher=row["source"],
                day=row["day"],
                terms=stories.terms(row["title"], row["text"]),
                known=_known(row),
            )
            for row in rows
        )
    made, members = stories.stories(reports, duplicates.voices(store.links("copy_links")))
    done = Linked(step="stories", method=stories.METHOD, state=state)
    store.write_links(
        {"stories": made, "story_members": members, "linked": _marks(store, done)},
        emptied=("stories", "story_members", "linked"),
    )


# ---- disputes -----------------------------------------------------------------------------------

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
                known=_known(row),
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


def _disputes(store: Warehouse) -> None:
    """Disputes of all stories, made anew whenever the stories or the findings have changed."""
    told = _mark(store, "stories")
    whole = blake2b(("" if told is None else told.state).encode(), digest_size=8)
    for row in store.rows("SELECT id, digest FROM articles ORDER BY id"):
        whole.update(f"{row['id']} {row['digest']}\n".encode())
    mark = _mark(store, "disputes")
    if mark is not None and (mark.method, mark.state) == (contradictions.METHOD, whole.hexdigest()):
        return
    found, sides = contradictions.disputes(claims(store))
    done = Linked(step="disputes", method=contradictions.METHOD, state=whole.hexdigest())
    store.write_links(
        {"disputes": found, "dispute_sides": sides, "linked": _marks(store, done)},
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
