"""The application: the API and the reading room over one store."""

from __future__ import annotations

import threading
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from litestar import Litestar, Request, Response
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from dateline.server.access import GuardedApp
from dateline.server.answers import Answers
from dateline.server.api import router as api
from dateline.server.coding import CodingProcess
from dateline.server.holding import Holding
from dateline.server.problems import answer
from dateline.server.settings import ServerSettings
from dateline.server.web import router as web
from dateline.server.web.pages import failed, warmed

DESCRIPTION = """What news reports say, as a record one can cite: who did what to whom, who said what,
what was counted, where and when. Lists come in pages: `next` of one is `after` of the following.
Errors are problem details (RFC 9457)."""


def create_app(store: str | Path, settings: ServerSettings | None = None) -> GuardedApp:
    """The application over a store.

    Args:
        store: The store; it is open for reading, and for the moment it takes to keep a judgement, for writing.
        settings: What is allowed.

    Raises:
        StoreError: The store cannot be opened.
    """
    from importlib.metadata import version

    chosen = settings or ServerSettings()
    holding = Holding(store, seconds=chosen.query_seconds, memory=chosen.query_memory, judged=chosen.judgements)
    coding = CodingProcess(chosen)

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncGenerator[None]:
        holding.open()
        # What every reader asks for first is made while nobody waits for it.
        warming = threading.Thread(target=warmed, args=(holding,), daemon=True)
        warming.start()
        yield
        warming.join()
        coding.close()
        holding.close()

    def given(thing: Any) -> Provide:
        return Provide(lambda: thing, sync_to_thread=False, use_cache=True)

    app = GuardedApp(
        route_handlers=[api(), web()],
        dependencies={"holding": given(holding), "settings": given(chosen), "coding": given(coding)},
        exception_handlers={Exception: _failed},
        lifespan=[lifespan],
        logging_config=None,
        openapi_config=OpenAPIConfig(
            title="Dateline",
            version=version("dateline"),
            description=DESCRIPTION,
            use_handler_docstrings=True,
            path="/openapi",
            render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        ),
        request_max_body_size=chosen.body_bytes,
    )
    app.server_settings = chosen
    app.answers = Answers(holding)
    return app


def _failed(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Problem details for programs, a page for people."""
    if request.url.path.startswith(("/api/", "/openapi")):
        return answer(request, error)
    return failed(request, error)
