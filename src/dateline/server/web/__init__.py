"""The reading room: pages rendered here, with a little script."""

from __future__ import annotations

from litestar import Router

from dateline.server.web.pages import HANDLERS


def router() -> Router:
    """Every page."""
    return Router("/", route_handlers=HANDLERS)
