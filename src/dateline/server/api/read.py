"""``/api/read``: code a text or a page that is sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any

from litestar import Request, post
from litestar.di import NamedDependency
from litestar.openapi.spec import OpenAPIMediaType, Operation, Reference, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIFormat, OpenAPIType
from litestar.params import QueryParameter

from dateline.errors import ArticleError
from dateline.intake.extract import Raw
from dateline.records import IsoTime
from dateline.server.coding import Coded, CodingProcess
from dateline.server.problems import documented

_MEDIA = (
    "text/html",
    "text/plain",
    "application/json",
    "application/rss+xml",
    "application/warc",
    "application/octet-stream",
)

_BYTES = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY)
_MOMENT = r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$"


@dataclass
class _Sent(Operation):
    """The operation with its body, which is read as bytes."""

    request_body: RequestBody | Reference | None = field(
        default_factory=lambda: RequestBody(
            content={each: OpenAPIMediaType(schema=_BYTES) for each in _MEDIA},
            description="An HTML page, a text, an article as JSON, a feed or a WARC file; "
            "what it is, is told from the bytes.",
            required=True,
        )
    )


@post(
    "/read",
    status_code=200,
    operation_class=_Sent,
    responses=documented(400, 413, 422, 503),
    tags=["reading"],
)
async def read(
    request: Request[Any, Any, Any],
    coding: NamedDependency[CodingProcess],
    url: Annotated[
        str | None,
        QueryParameter(max_length=2000, description="Where the body came from: kept with the record, never fetched."),
    ] = None,
    retrieved: Annotated[
        IsoTime | None,
        QueryParameter(
            pattern=_MOMENT,
            description='When it was fetched (ISO 8601): "8 sec ago" counts from it.',
        ),
    ] = None,
) -> Coded:
    """The record of each article in the body. Nothing is stored, and nothing the body names is fetched."""
    import anyio.to_thread

    data = await request.body()
    raw = Raw(data=data, where="the body", url=url, media=request.headers.get("content-type"), retrieved=retrieved)
    coded = await anyio.to_thread.run_sync(coding.read, raw)
    if not coded.records and coded.rejections:
        first = coded.rejections[0]
        raise ArticleError(first.reason, first.detail)
    return coded
