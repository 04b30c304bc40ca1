"""Pages of answers: how many rows, from where, and how a filter is written in an address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import GenericAlias
from typing import Annotated, Any, Literal, TypeVar, cast

import msgspec
from litestar.params import QueryParameter
from msgspec import Meta, Struct

from dateline.errors import ConfigError
from dateline.query import Result, Store
from dateline.query.asked import KINDS, Asked, F, Order, refused, unfolded

MOST = 500
"""Most rows of one page."""

Limit = Annotated[int, QueryParameter(ge=1, le=MOST, description="Rows of a page.")]
After = Annotated[
    str | None,
    QueryParameter(
        pattern=r"^[0-9]{1,15}\.[0-9]{1,15}(\.[0-9]{1,15})?$",
        description="Where to go on: `next` of the page before.",
    ),
]
By = Annotated[
    Order, QueryParameter(description="The order: as the articles came in, or by day, to see who was first.")
]


def filtered(function: F) -> F:
    """A handler that takes filters as ``**asked``, with a query parameter for each."""
    return unfolded(function, _parameter)


def _parameter(name: str, asked: Asked) -> tuple[Any, object]:
    description = f"{asked.help} Repeated, any will do." if asked.many else asked.help
    if asked.choices is not None:
        return Annotated[GenericAlias(list, asked.choices) | None, QueryParameter(description=description)], None
    if asked.many:
        one = Annotated[str, Meta(max_length=200)]
        most = 20 if asked.kind == "who" else 50
        return Annotated[GenericAlias(list, one) | None, QueryParameter(max_items=most, description=description)], None
    if asked.kind in ("number", "whole"):
        of: Any = int if asked.kind == "whole" else float
        # The minimum is said again because Litestar leaves a zero out of the document.
        extra = {} if asked.least is None else {"minimum": asked.least}
        return Annotated[
            of | None, QueryParameter(ge=asked.least, le=asked.most, schema_extra=extra, description=description)
        ], None
    if asked.kind == "day":
        return Annotated[date | None, QueryParameter(description=description)], None
    longest = 2000 if name == "url" else 500
    return Annotated[
        str | None, QueryParameter(max_length=longest, pattern=asked.pattern or None, description=description)
    ], None


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


def place(after: str | None) -> tuple[int, ...] | None:
    """A place in the order from its written form."""
    if after is None:
        return None
    parts = after.split(".")
    if not (all(each.isascii() and each.isdecimal() for each in parts) and len(parts) in (2, 3) and len(after) <= 47):
        raise ConfigError(f"after: {after[:60]!r} is no place: take `next` of the page before")
    return tuple(map(int, parts))


def filled(asked: Mapping[str, object]) -> dict[str, Any]:
    """What of the filters is filled in: an empty field of a form asks for nothing."""
    kept: dict[str, Any] = {}
    for name, value in asked.items():
        some: Any = [each for each in cast("list[Any]", value) if each != ""] if isinstance(value, list) else value
        if some is not None and some not in ("", []):
            kept[name] = some
    return kept


def rows(
    store: Store, kind: Kind, given: Mapping[str, object], *, limit: int, after: str | None
) -> tuple[list[dict[str, Any]], str | None]:
    """Rows of one page, and where the next begins; none after the last.

    Raises:
        ConfigError: There are none because a code asked for is none.
    """
    question = getattr(store, kind)
    asked = filled(given)
    found = cut(question(**asked, limit=limit + 1, after=place(after)), limit)
    if not found[0]:
        refused(store, KINDS[kind], asked)
    return found


def cut(result: Result[Any], limit: int) -> tuple[list[dict[str, Any]], str | None]:
    """The rows of an answer asked for with one more than a page has, and where the next page begins."""
    found = list(result.placed())
    following = ".".join(map(str, found[limit - 1][1])) if len(found) > limit else None
    return [row for row, _ in found[:limit]], following


def typed(found: list[dict[str, Any]], row: type[R]) -> list[R]:
    """Rows as their type."""
    return msgspec.convert(found, list[row])
