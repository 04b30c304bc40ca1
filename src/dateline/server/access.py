"""Who may ask, and what a browser may do with the answer.

Three things are refused before anything else runs: a request that calls the
server by a strange name (a page elsewhere whose name was pointed at this
machine), one that changes or computes something at the behest of another site,
and, where a token is set, one that does not show it.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from hmac import compare_digest
from urllib.parse import urlsplit

from litestar import Litestar
from litestar.types import LifeSpanReceive, LifeSpanScope, LifeSpanSend, Message, Receive, Scope, Send
from msgspec import json

from dateline.server.answers import Answers
from dateline.server.problems import MEDIA, Problem
from dateline.server.settings import ServerSettings

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""No inline script or style, nothing from elsewhere, no frame around the page."""
HEADERS = (
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
)
"""Of every answer, errors too."""


class GuardedApp(Litestar):
    """The application with its door, and the answers it gives again."""

    server_settings: ServerSettings = ServerSettings()
    answers: Answers | None = None

    async def __call__(
        self,
        scope: Scope | LifeSpanScope,
        receive: Receive | LifeSpanReceive,
        send: Send | LifeSpanSend,
    ) -> None:
        """Check a request, and set the headers of whatever answers it."""
        if scope["type"] == "lifespan":
            await super().__call__(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *((name.encode(), value.encode()) for name, value in HEADERS if name.encode() not in present),
                ]
            await send(message)  # type: ignore[arg-type]

        refused = refusal(self.server_settings, scope["method"], scope["headers"])
        if refused is not None:
            await _refuse(refused, sending)
            return
        if self.answers is None:
            await super().__call__(scope, receive, sending)
        else:
            await self.answers.give(super().__call__, scope, receive, sending)  # type: ignore[arg-type]


def refusal(settings: ServerSettings, method: str, headers: Iterable[tuple[bytes, bytes]]) -> Problem | None:
    """Why a request is refused, or none."""
    sent = {name.lower(): value.decode("latin-1") for name, value in headers}
    host = sent.get(b"host", "")
    if "*" not in settings.hosts and _name(host) not in settings.hosts:
        return Problem(
            title="Misdirected Request",
            status=421,
            detail=f"this server is not called {host[:100]!r}; its names are {', '.join(settings.hosts)}",
        )
    if method not in ("GET", "HEAD", "OPTIONS"):
        origin = sent.get(b"origin")
        site = sent.get(b"sec-fetch-site", "none")
        if site not in ("none", "same-origin") or (origin is not None and urlsplit(origin).netloc != host):
            return Problem(title="Forbidden", status=403, detail="another site may not send anything here")
    if settings.token is not None and not _shown(settings.token, sent.get(b"authorization", "")):
        return Problem(title="Unauthorized", status=401, detail="show the token: Authorization: Bearer TOKEN")
    return None


def _name(host: str) -> str:
    """A host header without its port."""
    if host.startswith("["):
        return host.partition("]")[0].lower() + "]"
    return host.partition(":")[0].lower()


def _shown(token: str, header: str) -> bool:
    kind, _, given = header.partition(" ")
    if kind.lower() == "basic":  # a browser asks for it by itself; the name is of no matter
        try:
            given = base64.b64decode(given, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return False
    elif kind.lower() != "bearer":
        return False
    return compare_digest(given.strip().encode(), token.encode())


async def _refuse(problem: Problem, send: Send) -> None:
    body = json.encode(problem)
    headers = [(b"content-type", MEDIA.encode()), (b"content-length", str(len(body)).encode())]
    if problem.status == 401:
        headers.append((b"www-authenticate", b'Basic realm="Dateline", charset="UTF-8"'))
    await send({"type": "http.response.start", "status": problem.status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
