"""The REST API: one module a resource."""

from __future__ import annotations

from litestar import Router

from dateline.server.api.actors import actors
from dateline.server.api.articles import article_record, articles
from dateline.server.api.cite import cite
from dateline.server.api.dyads import dyads, dyads_csv
from dateline.server.api.events import events
from dateline.server.api.figures import figures
from dateline.server.api.judgements import gold, judge, judgement_precision, judgements
from dateline.server.api.links import copies, disputes, incident_events, incidents, stories
from dateline.server.api.places import places
from dateline.server.api.read import read
from dateline.server.api.search import search
from dateline.server.api.sql import sql
from dateline.server.api.statements import statements


def router() -> Router:
    """Everything under ``/api``."""
    return Router(
        "/api",
        route_handlers=[
            articles,
            article_record,
            events,
            statements,
            figures,
            places,
            dyads,
            dyads_csv,
            actors,
            search,
            cite,
            sql,
            read,
            stories,
            incidents,
            incident_events,
            disputes,
            copies,
            judgements,
            judge,
            judgement_precision,
            gold,
        ],
    )
