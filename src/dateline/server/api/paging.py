"""Pages of answers: how many rows, from where, and how a filter is written in an address."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, TypeVar, cast

import msgspec
from litestar.params import QueryParameter
from msgspec import Meta, Struct

from dateline.errors import ConfigError
from dateline.query import Result, Store

MOST = 500
"""Most rows of one page."""

Limit = Annotated[int, QueryParameter(ge=1, le=MOST, description="Rows of a page.")]
After = Annotated[
    str | None,
    QueryParameter(pattern=r"^[0-9]{1,15}\.[0-9]{1,15}$", description="Where to go on: `next` of the page before."),
]
Words = Annotated[
    list[Annotated[str, Meta(max_length=200)]] | None,
    QueryParameter(max_items=50, description="One value or, repeated, several of which any will do."),
]
Who = Annotated[
    list[Annotated[str, Meta(max_length=200)]] | None,
    QueryParameter(
        max_items=20,
        description="Country or sector (`KEN`), both (`KEN GOV`), entity (`state:KEN`) or part of a name; "
        "repeated, any will do.",
    ),
]
Text = Annotated[
    str | None,
    QueryParameter(max_length=500, description="These words, whatever their case."),
]
Since = Annotated[date | None, QueryParameter(description="First day, inclusive.")]
Until = Annotated[date | None, QueryParameter(description="Last day, inclusive.")]
# The minimum is said again because Litestar leaves a zero out of the document.
Confidence = Annotated[
    float | None, QueryParameter(ge=0, le=1, schema_extra={"minimum": 0}, description="At least this.")
]

Kind = Literal["events", "statements", "figures", "places", "actors", "articles"]
R = TypeVar("R", bound=Struct)


class Row(Struct, frozen=True, kw_only=True):
    """What every row about a finding has: the article it comes from, its words and who read them."""

    id: str
    article: str
    """Id of the article."""
    day: date | None
    """Day relative times of the article count from."""
    publisher: str | None
    title: str
    url: str | None
    quote: str
    """The words of the evidence, joined by an ellipsis."""
    confidence: float
    coder: str


def place(after: str | None) -> tuple[int, int] | None:
    """A place in the order of arrival from its written form."""
    if after is None:
        return None
    number, _, position = after.partition(".")
    if not (number.isdecimal() and position.isdecimal() and len(after) <= 31):
        raise ConfigError(f"after: {after!r} is no place: take `next` of the page before")
    return int(number), int(position)


def rows(
    store: Store, kind: Kind, given: dict[str, Any], *, limit: int, after: str | None
) -> tuple[list[dict[str, Any]], str | None]:
    """Rows of one page, and where the next begins; none after the last."""
    # An empty field of a form asks for nothing.
    asked: dict[str, Any] = {}
    for name, value in given.items():
        kept: Any = [each for each in cast("list[Any]", value) if each != ""] if isinstance(value, list) else value
        if kept is not None and kept not in ("", []):
            asked[name] = kept
    question = getattr(store, kind)
    return cut(question(**asked, limit=limit + 1, after=place(after)), limit)


def cut(result: Result[Any], limit: int) -> tuple[list[dict[str, Any]], str | None]:
    """The rows of an answer asked for with one more than a page has, and where the next page begins."""
    found = list(result.placed())
    last = found[limit - 1][1] if len(found) > limit else None
    return [row for row, _ in found[:limit]], None if last is None else f"{last[0]}.{last[1]}"


def typed(found: list[dict[str, Any]], row: type[R]) -> list[R]:
    """Rows as their type."""
    return msgspec.convert(found, list[row])
