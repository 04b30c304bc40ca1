"""``/api/statements``: who said what."""

from __future__ import annotations

from datetime import date
from typing import Unpack

from litestar import get
from litestar.di import NamedDependency
from msgspec import Struct

from dateline.query.asked import StatementFilters
from dateline.records import Form, Stance
from dateline.server.api.paging import After, By, Limit, Row, filtered, rows, typed
from dateline.server.holding import Holding
from dateline.server.problems import documented


class StatementRow(Row, frozen=True, kw_only=True):
    """One statement."""

    speaker: str | None
    """None where the text names nobody."""
    speaker_code: str | None
    """Country and PLOVER sector."""
    role: str | None
    via: list[str]
    """Who relayed it, nearest to the reader first."""
    form: Form
    stance: Stance
    said: str
    source_words: str | None
    """The words that name the speaker."""
    cue: str | None
    earliest: date | None
    """First day it may have been said."""
    latest: date | None
    said_in: str | None
    """Id of the statement that holds this one."""


class StatementPage(Struct, frozen=True, kw_only=True):
    """A page of statements."""

    rows: list[StatementRow]
    next: str | None
    """``after`` of the next page; none after the last."""


@get("/statements", sync_to_thread=True, responses=documented(400, 503), tags=["findings"])
@filtered
def statements(
    holding: NamedDependency[Holding],
    by: By = "arrival",
    limit: Limit = 50,
    after: After = None,
    **asked: Unpack[StatementFilters],
) -> StatementPage:
    """Who said what."""
    with holding.asked() as store:
        found, following = rows(store, "statements", {**asked, "by": by}, limit=limit, after=after)
    return StatementPage(rows=typed(found, StatementRow), next=following)
