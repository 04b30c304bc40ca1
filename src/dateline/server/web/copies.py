"""Copies and versions of one report, what changed between them, and reports that stand inside longer ones."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from dateline.query import Store
from dateline.query.versions import differences
from dateline.server.holding import Holding
from dateline.server.problems import NotFoundError
from dateline.server.web.asking import Asked, given, place, turned
from dateline.server.web.rendering import page

SHOWN = 30
"""Groups of a page."""
MEMBERS = 25
"""Most articles of a group that are laid side by side."""
CHANGES = 60
"""Most changes shown between two."""
_LONG = 500
"""Words above which two passages are shown whole, not word by word."""
_ALIKE = 0.5
"""Share of the words that two passages have in common at least to be shown as one."""
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_GROUPS = """SELECT g.id, len(g.articles) AS articles, g.publishers, a.title, a.publisher, a.day
    FROM (SELECT * FROM copy_groups ORDER BY len(articles) DESC, id LIMIT $rows OFFSET $at) g
        LEFT JOIN article_rows a ON a.id = g.articles[1] ORDER BY articles DESC, g.id"""
_PARTS = """SELECT c.id, c.first AS part, p.publisher AS part_publisher, p.title AS part_title,
        c.second AS whole, w.publisher AS whole_publisher, w.title AS whole_title, c.shared
    FROM (SELECT * FROM copy_links WHERE kind = 'part' ORDER BY shared DESC, id LIMIT $rows OFFSET $at) c
        JOIN article_rows p ON p.id = c.first JOIN article_rows w ON w.id = c.second ORDER BY c.shared DESC, c.id"""


@dataclass(slots=True)
class Changed:
    """One change, word by word."""

    kind: str
    parts: list[tuple[str, str]]
    """Words, each ``same``, ``gone`` or ``new``."""


@dataclass(slots=True)
class Step:
    """From one article of a group to the next."""

    before: dict[str, Any]
    after: dict[str, Any]
    changes: list[Changed]
    more: int
    """Changes that are not shown."""


@dataclass(slots=True)
class Group:
    """The page of a group."""

    members: list[dict[str, Any]]
    steps: list[Step]
    more: int
    """Articles that are not shown."""


def compared(before: str, after: str) -> list[tuple[str, str]]:
    """Two passages as one, their words told apart as the same, gone or new."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if not old or not new or len(old) + len(new) > 2 * _LONG:
        return [each for each in ((before, "gone"), (" ", "same"), (after, "new")) if each[0].strip()]
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    same = sum(len(old[block.a + at]) for block in matcher.get_matching_blocks() for at in range(block.size))
    if same < _ALIKE * max(len(before), len(after)):  # another sentence, not a changed one
        return [(before, "gone"), (" ", "same"), (after, "new")]
    parts: list[tuple[str, str]] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            parts.append(("".join(old[i:j]), "same"))
            continue
        parts += [("".join(words), kind) for words, kind in ((old[i:j], "gone"), (new[k:m], "new")) if words]
    return parts


def group(store: Store, id_: str) -> Group:
    """A group of copies.

    Args:
        store: The store.
        id_: Its id, or that of an article in it.

    Raises:
        NotFoundError: There is none.
    """
    found = store.rows(
        "SELECT id, articles FROM copy_groups WHERE id = $id OR list_contains(articles, $id) LIMIT 1", {"id": id_}
    )
    if not found:
        raise NotFoundError(f"no group of copies {id_[:40]!r} in the store: it may have been linked anew")
    ids = found[0]["articles"]
    shown = ids[:MEMBERS]
    rows: dict[str, dict[str, Any]] = {}
    for _, record in store.whole(store.numbers(shown)):
        each = record.article
        rows[each.id] = {
            "id": each.id,
            "title": each.title,
            "publisher": each.source,
            "url": each.url,
            "text": each.text,
            "published": each.published or each.updated,
        }
    links = store.rows(
        """SELECT "first", "second", kind, shared, alike FROM copy_links
        WHERE kind <> 'part' AND "first" IN (SELECT unnest($ids::VARCHAR[]))
            AND "second" IN (SELECT unnest($ids::VARCHAR[])) ORDER BY alike, id""",
        {"ids": shown},
    )
    for link in links:  # the likest last
        for here in (link["first"], link["second"]):
            rows[here]["link"] = link
    members = [rows[each] for each in shown if each in rows]
    steps: list[Step] = []
    for before, after in pairwise(members):
        changes = differences(before["text"], after["text"])
        laid = [
            Changed(
                each.kind,
                compared(
                    before["text"][each.before.start : each.before.end] if each.before else "",
                    after["text"][each.after.start : each.after.end] if each.after else "",
                ),
            )
            for each in changes[:CHANGES]
        ]
        steps.append(Step(before, after, laid, max(0, len(changes) - CHANGES)))
    return Group(members, steps, len(ids) - len(shown))


@get("/copies", sync_to_thread=True, include_in_schema=False)
def copies(request: Asked, holding: NamedDependency[Holding]) -> Response[str]:
    """Reports that share their words."""
    asked, at = given(request, ("of",)), place(request)
    of = "parts" if asked.get("of") == "parts" else "groups"
    with holding.asked() as store:
        found = store.rows(_PARTS if of == "parts" else _GROUPS, {"rows": SHOWN + 1, "at": at})
        linked = bool(found) or store.linked()
    rows, following = turned("/copies", asked, found, at, SHOWN)
    return page("copies.html", here="/copies", of=of, rows=rows, next=following, linked=linked)


@get("/copies/{group_id:str}", sync_to_thread=True, include_in_schema=False)
def copy_group(holding: NamedDependency[Holding], group_id: FromPath[str]) -> Response[str]:
    """One group of copies, with what changed."""
    with holding.asked() as store:
        found = group(store, group_id)
    return page("copy_group.html", here="/copies", seen=found)
