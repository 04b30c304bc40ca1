"""Answers that are the same for every reader, kept until the store changes.

Most readers ask for the same few pages: the first of each list, an actor in the
news, the next page of what another has just found. What such an address gives
depends on the store alone, so its answer is given again as it is, without being
made. Pages that know who reads them (a reviewer's judgements) are never kept.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from dateline.server.holding import Holding

MOST = 32 << 20
"""Bytes of all answers that are kept."""
LARGEST = 1 << 20
"""Bytes of one."""
_PAGES = frozenset(
    ("", "events", "statements", "figures", "articles", "search", "actor", "dyads", "map", "stories", "story",
     "disputes", "incidents", "incident", "copies", "phrase")
)  # fmt: skip
_RESOURCES = frozenset(
    ("events", "statements", "figures", "places", "actors", "articles", "search", "dyads", "stories", "incidents",
     "incident-events", "disputes", "copies")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Answer:
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


@dataclass(slots=True)
class _Heard:
    """An answer while it is given."""

    headers: tuple[tuple[bytes, bytes], ...] = ()
    parts: list[bytes] = field(default_factory=list[bytes])
    length: int = 0
    fit: bool = False
    """Whether it may be kept."""
    whole: bool = False
    """Whether that is all of it, and it may be kept."""

    def note(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.fit = message["status"] == 200
            self.headers = tuple((name, value) for name, value in message["headers"])
        elif message["type"] == "http.response.body" and self.fit:
            self.length += len(message["body"])
            self.fit = self.length <= LARGEST
            self.parts.append(message["body"])
            self.whole = self.fit and not message["more_body"]


class Answers:
    """The answers to what was asked last.

    Args:
        holding: The store they are made from.
        most: Bytes of all of them.
    """

    def __init__(self, holding: Holding, most: int = MOST) -> None:
        self._holding = holding
        self._most = most
        self._kept: OrderedDict[tuple[Any, ...], _Answer] = OrderedDict()
        self._bytes = 0
        self._state: object = None

    async def give(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, from what is kept where it is there."""
        if not lasting(scope):
            await app(scope, receive, send)
            return
        # Whether files have come is for the disk to say, and nobody else should wait for it.
        state = self._holding.state() if self._holding.still else await asyncio.to_thread(self._holding.state)
        if state != self._state:
            self._kept.clear()
            self._bytes, self._state = 0, state
        accept = next((value for name, value in scope["headers"] if name == b"accept"), b"")
        key = scope["path"], scope["query_string"], accept
        known = self._kept.get(key)
        if known is not None:
            self._kept.move_to_end(key)
            await send({"type": "http.response.start", "status": 200, "headers": list(known.headers)})
            await send({"type": "http.response.body", "body": known.body, "more_body": False})
            return
        heard = _Heard()

        async def noted(message: Message) -> None:
            heard.note(message)
            await send(message)

        await app(scope, receive, noted)
        if heard.whole and state == self._state:
            self._keep(key, _Answer(heard.headers, b"".join(heard.parts)))

    def _keep(self, key: tuple[Any, ...], answer: _Answer) -> None:
        before = self._kept.pop(key, None)
        if before is not None:  # two asked at once
            self._bytes -= len(before.body)
        self._kept[key] = answer
        self._bytes += len(answer.body)
        while self._bytes > self._most:
            self._bytes -= len(self._kept.popitem(last=False)[1].body)


def lasting(scope: Scope) -> bool:
    """Whether what is asked for is the same for every reader, and for as long as the store is."""
    if scope["type"] != "http" or scope["method"] != "GET" or len(scope["query_string"]) > 2000:
        return False
    first, _, rest = scope["path"].removeprefix("/").partition("/")
    return rest.partition("/")[0] in _RESOURCES if first == "api" else first in _PAGES
