"""Disputes: what independent reports, or those they quote, give differently, each side with its words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, get_args

from litestar import Response, get
from litestar.di import NamedDependency

from dateline.links import DisputeKind
from dateline.query import Store
from dateline.query.filters import Filter
from dateline.server.holding import Holding
from dateline.server.web.asking import Asked, Said, given, place, reported, sentences, turned
from dateline.server.web.rendering import page

SHOWN = 15
"""Disputes of a page."""
WORDS = 3
"""Sentences shown of each side."""
KINDS = get_args(DisputeKind)
_FIELDS = ("kind", "text", "since", "until")
_OUTCOMES = ("killed", "injured", "missing", "detained", "displaced", "ill", "rescued", "aboard")
_ASKED = {"day": "When", "place": "Where", "actor": "Who", "status": "Whether it happened"}


@dataclass(slots=True)
class Side:
    """What one side says."""

    row: dict[str, Any]
    words: list[Said]


@dataclass(slots=True)
class Differing:
    """A dispute with its sides."""

    row: dict[str, Any]
    question: str
    """What is answered differently: ``How many were killed``."""
    sides: list[Side] = field(default_factory=list[Side])


def question(kind: str, what: str) -> str:
    """What a dispute is about, as the question its sides answer."""
    if kind == "figure":
        return f"How many were {what}" if what in _OUTCOMES else f"How many: {what}"
    return f"{_ASKED.get(kind, kind)}: {what}"


def _found(store: Store, found: Filter, rows: int, at: int = 0, *, named: bool = False) -> list[dict[str, Any]]:
    """Disputes, those of the latest stories first.

    Args:
        store: The store.
        found: Conditions on the dispute ``d``, its story ``s`` and, if ``named``, its report ``a``.
        rows: At most so many.
        at: How many come before the first.
        named: Whether the headline of a report that is in no story is asked for.
    """
    report = """LEFT JOIN (SELECT dispute, min(articles[1]) AS article FROM dispute_sides GROUP BY dispute) o
            ON o.dispute = d.id AND d.story IS NULL LEFT JOIN article_rows a ON a.id = o.article"""
    return store.rows(
        f"""SELECT d.id, d.kind, d.story, d.incident, d.what, d.day, d.sides, s.title, s.first_day, s.last_day
        FROM disputes d LEFT JOIN stories s ON s.id = d.story {report if named else ""} {found.where()}
        ORDER BY s.last_day DESC NULLS LAST, s.independent DESC, d.story, d.day, d.kind, d.what, d.id
        LIMIT {rows} OFFSET {at}""",  # noqa: S608 - numbers of our own, values bound
        found.parameters,
    )


def _about(store: Store, column: str, value: str, rows: int) -> list[dict[str, Any]]:
    """Disputes of one story or about one incident."""
    return store.rows(
        f"""SELECT id, kind, story, incident, what, day, sides FROM disputes WHERE {column} = $value
        ORDER BY story, day, kind, what, id LIMIT {rows}""",  # noqa: S608 - a name and a number of our own
        {"value": value},
    )


def _sides(store: Store, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sides of disputes; a dispute that is in no story gets the headline of its report."""
    if not found:
        return []
    sides = store.rows(
        """SELECT id, dispute, says, holder, low, high, bound, findings, articles FROM dispute_sides
        WHERE dispute IN (SELECT unnest($ids::VARCHAR[])) ORDER BY dispute, low NULLS LAST, high, says, id""",
        {"ids": [row["id"] for row in found]},
    )
    told = {row["id"]: [side["articles"][0] for side in sides if side["dispute"] == row["id"] and side["articles"]]
            for row in found if row["story"] is None}  # fmt: skip
    reports = {dispute: min(articles) for dispute, articles in told.items() if articles}
    titles = {row["id"]: row["title"] for row in reported(store, list(reports.values()))}
    for row in found:
        if row["id"] in reports:
            row["report"] = reports[row["id"]]
            row["title"] = titles.get(row["report"])
    return sides


def sided(store: Store, found: list[dict[str, Any]]) -> list[Differing]:
    """Disputes with their sides and the words of each."""
    known = {row["id"]: Differing(row, question(row["kind"], row["what"])) for row in found}
    sides = _sides(store, found)
    wanted = [finding for side in sides for finding in side["findings"][:WORDS]]
    said = sentences(store, wanted, {article for side in sides for article in side["articles"]})
    for side in sides:
        words = [said[finding] for finding in side["findings"][:WORDS] if finding in said]
        known[side["dispute"]].sides.append(Side(side, words))
    return list(known.values())


def disputes_of(store: Store, story: str, rows: int = 40) -> list[Differing]:
    """The disputes of a story."""
    return sided(store, _about(store, "story", story, rows))


def disputes_about(store: Store, incident: str) -> list[Differing]:
    """The disputes about an incident."""
    return sided(store, _about(store, "incident", incident, SHOWN))


def latest(store: Store, rows: int) -> list[Differing]:
    """The disputes of the latest stories, without their words."""
    first = _found(store, Filter(), rows)
    found = {row["id"]: Differing(row, question(row["kind"], row["what"])) for row in first}
    for side in _sides(store, first):
        found[side["dispute"]].sides.append(Side(side, []))
    return list(found.values())


@get("/disputes", sync_to_thread=True, include_in_schema=False)
def disputes(request: Asked, holding: NamedDependency[Holding]) -> Response[str]:
    """Where reports differ."""
    asked, at = given(request, _FIELDS), place(request)
    found = Filter()
    found.equals("d.kind", asked.get("kind"))
    found.contains("concat_ws(' ', s.title, a.title, d.what)", asked.get("text"))
    found.between("coalesce(d.day, s.first_day)", "coalesce(d.day, s.last_day)", asked.get("since"), asked.get("until"))
    with holding.asked() as store:
        first = _found(store, found, SHOWN + 1, at, named="text" in asked)
        rows, following = turned("/disputes", asked, first, at, SHOWN)
        shown = sided(store, rows)
        linked = bool(shown) or store.linked()
    return page("disputes.html", here="/disputes", given=asked, rows=shown, next=following, linked=linked, kinds=KINDS)
