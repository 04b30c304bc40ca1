"""Errors as RFC 9457 problem details."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any, cast

from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.openapi.datastructures import ResponseSpec
from msgspec import Struct

from dateline.errors import ArticleError, ConfigError, DatelineError, StoreError
from dateline.server.coding import BusyError
from dateline.server.holding import ReadOnlyError, TooSlowError

MEDIA = "application/problem+json"
_PLAINER = {"Invalid RFC3339 encoded date": "no day: write it as 2024-10-31"}
"""What a check of the framework says, in words for whoever wrote the address."""
_log = logging.getLogger("dateline.server")


class Problem(Struct, frozen=True, kw_only=True):
    """What went wrong (RFC 9457)."""

    type: str = "about:blank"
    title: str
    """The status in words."""
    status: int
    detail: str
    """What is wrong with this request, and what to do."""


class NotFoundError(DatelineError):
    """Nothing of that id or address."""


def documented(*statuses: int) -> dict[int, ResponseSpec]:
    """The problems an operation may answer with, for the OpenAPI document."""
    return {
        status: ResponseSpec(Problem, generate_examples=False, description=HTTPStatus(status).phrase, media_type=MEDIA)
        for status in statuses
    }


def problem(error: Exception) -> Problem:
    """What to tell about an error; nothing of the inside for one that nobody foresaw."""
    status, detail = _read(error)
    return Problem(title=HTTPStatus(status).phrase, status=status, detail=detail)


def _read(error: Exception) -> tuple[int, str]:
    match error:
        case NotFoundError():
            return 404, str(error)
        case ReadOnlyError():
            return 403, str(error)
        case TooSlowError() | BusyError():
            return 503, str(error)
        case ArticleError():
            return 422, str(error)
        case ConfigError():
            return 400, str(error)
        case StoreError():
            return 503, str(error)
        case ValidationException():
            return 400, _invalid(error)
        case HTTPException():
            return error.status_code, error.detail
        case DatelineError():
            return 500, str(error)
        case _:
            return 500, "something went wrong in the server; its log says what"


def _invalid(error: ValidationException) -> str:
    found: list[str] = []
    extra: Any = error.extra
    if isinstance(extra, list):
        for each in cast("list[Any]", extra):
            if isinstance(each, dict):
                known = cast("dict[str, Any]", each)
                message = str(known.get("message", ""))
                found.append(f"{known.get('key', '')}: {_PLAINER.get(message, message)}".removeprefix(": "))
    return "; ".join(found) or error.detail


def answer(request: Request[Any, Any, Any], error: Exception) -> Response[Problem]:
    """The response to a request that failed."""
    told = problem(error)
    if told.status == 500:
        _log.error("%s %s", request.method, request.url.path, exc_info=error)
    headers = error.headers if isinstance(error, HTTPException) else None
    return Response(told, status_code=told.status, media_type=MEDIA, headers=headers)
