"""``/api/judgements``: what readers say of findings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Unpack

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody, QueryParameter
from litestar.response import Stream
from msgspec import Meta, Struct

from dateline.errors import ConfigError
from dateline.judgements import How, Judgement, Verdict
from dateline.query import Store
from dateline.query.asked import JudgementFilters
from dateline.query.reviews import NAME, By, Precision
from dateline.server.api.paging import Limit, filled, filtered
from dateline.server.holding import Holding
from dateline.server.problems import NotFoundError, documented

LINES = "application/x-ndjson"
Name = Annotated[str, Meta(min_length=1, max_length=NAME)]


class Said(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a reviewer says of a finding."""

    finding: Annotated[str, Meta(min_length=1, max_length=40)]
    """Id of the finding, or its first few characters."""
    verdict: Verdict
    reviewer: Name
    correction: dict[str, str | float | None] | None = None
    """With ``corrected``: fields as they should be; other findings are named in words, days in ISO 8601."""
    note: Annotated[str, Meta(max_length=2000)] | None = None
    how: How = "pick"
    """``sample`` if the finding was drawn by lot."""


class JudgementRow(Struct, frozen=True, kw_only=True):
    """One judgement."""

    id: str
    number: int
    """Place in the order in which judgements were made."""
    article: str
    finding: str
    kind: str
    label: str
    coder: str
    confidence: float
    verdict: Verdict
    correction: dict[str, str | float] | None
    note: str | None
    reviewer: str
    made: str
    how: How
    quote: str
    title: str | None
    """Headline of the article; none where it is no longer in the store."""
    publisher: str | None
    url: str | None
    stale: bool
    """Whether the store no longer has the finding."""
    superseded: bool
    """Whether the reviewer has judged the finding again."""


class JudgementPage(Struct, frozen=True, kw_only=True):
    """A page of judgements."""

    rows: list[JudgementRow]
    next: str | None
    """``after`` of the next page; none after the last."""


After = Annotated[
    str | None,
    QueryParameter(pattern=r"^[0-9]{1,15}$", description="Where to go on: `next` of the page before."),
]


def listed(store: Store, *, limit: int, after: str | None, **given: Any) -> JudgementPage:
    """A page of judgements, the latest first."""
    if after is not None and not (after.isdecimal() and len(after) <= 15):
        raise ConfigError(f"after: {after[:40]!r} is no place: take `next` of the page before")
    place = int(after) if after is not None else None
    found = list(store.judgements(**given, limit=limit + 1, after=place).rows())
    for row in found:
        row["correction"] = msgspec.json.decode(row["correction"]) if row["correction"] else None
    rows = msgspec.convert(found[:limit], list[JudgementRow])
    return JudgementPage(rows=rows, next=str(rows[-1].number) if len(found) > limit else None)


@get("/judgements", sync_to_thread=True, responses=documented(400, 503), tags=["judgements"])
@filtered
def judgements(
    holding: NamedDependency[Holding],
    history: Annotated[bool, QueryParameter(description="What was superseded or taken back, too.")] = False,
    limit: Limit = 50,
    after: After = None,
    **asked: Unpack[JudgementFilters],
) -> JudgementPage:
    """What readers have said of findings, the latest first."""
    with holding.asked() as store:
        return listed(store, history=history, limit=limit, after=after, **filled(asked))


@post("/judgements", sync_to_thread=True, responses=documented(400, 403, 404, 413, 503), tags=["judgements"])
def judge(holding: NamedDependency[Holding], data: JSONBody[Said]) -> Judgement:
    """Keep a judgement; one made later by the same reviewer on the same finding takes its place, and both are kept."""
    return kept(holding, data)


def kept(holding: Holding, said: Said) -> Judgement:
    """A judgement, once it is in the store.

    Raises:
        ConfigError: It says something that cannot be kept.
        NotFoundError: There is no such finding.
    """
    with holding.asked() as store:
        try:
            finding = store.cite(said.finding).id
        except ConfigError as error:
            raise NotFoundError(str(error).replace(str(holding.path), "the store")) from error
    return holding.judged(
        lambda store: store.judge(
            finding,
            said.verdict,
            reviewer=said.reviewer,
            correction=said.correction,
            note=said.note,
            how=said.how,
        )
    )


@get("/judgements/precision", sync_to_thread=True, responses=documented(400, 503), tags=["judgements"])
def judgement_precision(
    holding: NamedDependency[Holding],
    by: FromQuery[By] = "coder",
    how: Annotated[
        How | None, QueryParameter(description="`sample`: only findings drawn by lot, the fair measure.")
    ] = None,
) -> list[Precision]:
    """How many of the judged findings are right, with Wilson's 95 % interval."""
    with holding.asked() as store:
        return store.precision(by=by, how=how)


@get(
    "/judgements/gold",
    sync_to_thread=True,
    responses=documented(400, 503),
    media_type=LINES,
    tags=["judgements"],
)
def gold(
    holding: NamedDependency[Holding],
    how: Annotated[How | None, QueryParameter(description="`sample`: only findings drawn by lot.")] = None,
) -> Stream:
    """Every judgement that stands as JSON lines: the finding, the verdict, and what it takes to cite it."""
    with holding.asked() as store:
        lines = [msgspec.json.encode(each) + b"\n" for each in store.gold(how=how)]

    def body() -> Iterator[bytes]:
        yield from lines

    return Stream(body(), media_type=LINES, headers={"content-disposition": 'attachment; filename="judgements.jsonl"'})
