"""``/api/statements``: who said what."""

from __future__ import annotations

from datetime import date

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from msgspec import Struct

from dateline.records import Form, Stance
from dateline.server.api.paging import After, Confidence, Limit, Row, Since, Text, Until, Who, rows, typed
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
def statements(
    holding: NamedDependency[Holding],
    speaker: Who = None,
    text: Text = None,
    stance: FromQuery[list[Stance] | None] = None,
    form: FromQuery[list[Form] | None] = None,
    via: Who = None,
    since: Since = None,
    until: Until = None,
    confidence: Confidence = None,
    limit: Limit = 50,
    after: After = None,
) -> StatementPage:
    """Who said what, in order of arrival."""
    given = {
        "speaker": speaker,
        "text": text,
        "stance": stance,
        "form": form,
        "via": via,
        "since": since,
        "until": until,
        "confidence": confidence,
    }
    with holding.asked() as store:
        found, following = rows(store, "statements", given, limit=limit, after=after)
    return StatementPage(rows=typed(found, StatementRow), next=following)
