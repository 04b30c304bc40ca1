"""The pages of the reading room."""

from __future__ import annotations

import csv
import io
import logging
from datetime import date
from typing import Annotated, Any, cast

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.exceptions import HTTPException, NotFoundException
from litestar.params import Body, FromPath

from dateline.errors import ArticleError, ConfigError, DatelineError
from dateline.intake.extract import Raw
from dateline.records import Span
from dateline.server.api.cite import cited
from dateline.server.api.paging import Kind, rows
from dateline.server.api.search import sentences
from dateline.server.api.sql import ask
from dateline.server.coding import CodingProcess
from dateline.server.holding import Holding
from dateline.server.problems import NotFoundError, problem
from dateline.server.settings import ServerSettings
from dateline.server.web.actor import land, portrait, spots
from dateline.server.web.charts import history
from dateline.server.web.forms import FORMS, Form
from dateline.server.web.overview import overview
from dateline.server.web.rendering import address, page, static
from dateline.server.web.report import layout, pieces
from dateline.store import schema
from dateline.store.schema import TABLES

Asked = Request[Any, Any, Any]
_log = logging.getLogger("dateline.server")
ROWS = 50
"""Rows of a page."""


@get("/", sync_to_thread=True, include_in_schema=False)
def front(request: Asked, holding: NamedDependency[Holding]) -> Response[str]:
    """What happened."""
    given = _given(request, ("since", "until"))
    days = given.get("since", ""), given.get("until", "")
    seen = holding.remembered(("front", *days), lambda store: overview(store, *days))
    return page("overview.html", here="/", seen=seen, given=given)


@get("/report/{article:str}", sync_to_thread=True, include_in_schema=False)
def report(request: Asked, holding: NamedDependency[Holding], article: FromPath[str]) -> Response[str]:
    """One report with its findings."""
    at = request.query_params.get("at", "")
    with holding.asked() as store:
        if article not in store:
            raise NotFoundError(f"no report {article[:40]!r} in the store")
        record = store.record(article)
    return page("report.html", here="", shown=layout(record, int(at) if at.isdecimal() and len(at) < 10 else None))


@get("/cite/{finding:str}", sync_to_thread=True, include_in_schema=False)
def cite(holding: NamedDependency[Holding], finding: FromPath[str]) -> Response[str]:
    """The permanent address of a finding: its words, and whether the text is the one that was read."""
    found = cited(holding, finding)
    with holding.asked() as store:
        text = store.record(found.article).article.text
    marks = [(span, found.kind, found.id) for span in found.spans]
    context = [pieces(text, sentence, marks) for sentence in found.sentences if _within(sentence, text)]
    return page("cite.html", here="", found=found, context=context)


def _within(span: Span, text: str) -> bool:
    return span.end <= len(text)


@get("/search", sync_to_thread=True, include_in_schema=False)
def search(request: Asked, holding: NamedDependency[Holding]) -> Response[str]:
    """Words in the texts."""
    given = _given(request, ("text", "since", "until"))
    found: list[Any] = []
    following = None
    if given.get("text", "").strip():
        answer = sentences(
            holding,
            given["text"],
            _day(given.get("since")),
            _day(given.get("until")),
            ROWS,
            request.query_params.get("after"),
        )
        found = [(row, _lit(row.sentence, given["text"])) for row in answer.rows]
        following = answer.next
    return page("search.html", here="/search", given=given, rows=found, next=_next("/search", given, following))


def _day(text: str | None) -> date | None:
    from dateline.query.filters import day

    return day(text) if text else None


def _lit(sentence: str, words: str) -> list[tuple[str, bool]]:
    """A sentence cut at the words looked for."""
    low, wanted = sentence.lower(), words.lower()
    if len(low) != len(sentence):  # a letter whose small form is longer: places would not agree
        return [(sentence, False)]
    parts: list[tuple[str, bool]] = []
    at = 0
    while (place := low.find(wanted, at)) >= 0:
        parts += [(sentence[at:place], False), (sentence[place : place + len(wanted)], True)]
        at = place + len(wanted)
    return [each for each in [*parts, (sentence[at:], False)] if each[0]]


def _listed(request: Asked, holding: Holding, kind: Kind) -> Response[str]:
    form: Form = FORMS[kind]
    given = _given(request, [field.name for field in form.fields])
    with holding.asked() as store:
        asked: dict[str, Any] = {name: form.value(name, value) for name, value in given.items()}
        found, following = rows(store, kind, asked, limit=ROWS, after=request.query_params.get("after"))
    path = f"/{kind}"
    return page(
        f"{kind}.html",
        here=path,
        form=form,
        given=given,
        rows=found,
        next=_next(path, given, following),
        data=address(f"/api{path}", given, limit=500),
        plot=history(found) if kind == "figures" and given.get("counted") else None,
    )


@get("/events", sync_to_thread=True, include_in_schema=False)
def events(request: Asked, holding: NamedDependency[Holding]) -> Response[str]:
    """Who did what to whom."""
    return _listed(request, holding, "events")


@get("/statements", sync_to_thread=True, include_in_schema=False)
def statements(request: Asked, holding: NamedDependency[Holding]) -> Response[str]:
    """Who said what."""
    return _listed(request, holding, "statements")


@get("/figures", sync_to_thread=True, include_in_schema=False)
def figures(request: Asked, holding: NamedDependency[Holding]) -> Response[str]:
    """The ledger: how many, of what, and who counted."""
    return _listed(request, holding, "figures")


@get("/articles", sync_to_thread=True, include_in_schema=False)
def articles(request: Asked, holding: NamedDependency[Holding]) -> Response[str]:
    """The reports."""
    return _listed(request, holding, "articles")


@get("/actor", sync_to_thread=True, include_in_schema=False)
def actor(request: Asked, holding: NamedDependency[Holding]) -> Response[str]:
    """One actor through the reports."""
    who = _given(request, ("who",)).get("who", "")[:200]
    seen = holding.remembered(("actor", who), lambda store: portrait(store, who)) if who else None
    return page("actor.html", here="/actor", who=who, seen=seen)


@get("/map", sync_to_thread=True, include_in_schema=False)
def world(request: Asked, holding: NamedDependency[Holding]) -> Response[str]:
    """Where it happened."""
    given = _given(request, ("of", "since", "until"))
    of = "places" if given.get("of") == "places" else "events"
    since, until = given.get("since", ""), given.get("until", "")
    found = holding.remembered(("map", of, since, until), lambda store: spots(store, of=of, since=since, until=until))
    return page("map.html", here="/map", of=of, given=given, spots=found, land=land())


@get("/sql", sync_to_thread=True, include_in_schema=False)
def console() -> Response[str]:
    """The SQL console."""
    return _console("", None, "")


@post("/sql", status_code=200, sync_to_thread=True, include_in_schema=False)
def console_answer(
    holding: NamedDependency[Holding],
    settings: NamedDependency[ServerSettings],
    data: Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Response[Any]:
    """The SQL console with an answer."""
    query = data.get("query", "").replace("\r\n", "\n")[:20_000]
    if not query.strip():
        return _console(query, None, "")
    try:
        answer = ask(holding, settings, query)
    except (ConfigError, DatelineError) as error:
        return _console(query, None, str(error))
    if data.get("form") == "csv":
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(answer.columns)
        writer.writerows(answer.rows)
        return Response(
            text.getvalue().encode("utf-8", "replace"),
            media_type="text/csv",
            headers={"content-disposition": 'attachment; filename="answer.csv"'},
        )
    return _console(query, answer, "")


def _console(query: str, answer: Any, error: str) -> Response[str]:
    tables = [
        (name, [(field.name, str(field.type)) for field in schema.tables()[name].schema])
        for name in TABLES
        if name in schema.tables()
    ]
    return page("sql.html", here="/sql", query=query, answer=answer, error=error, tables=tables)


@get("/read", sync_to_thread=True, include_in_schema=False)
def read_form() -> Response[str]:
    """A text of one's own."""
    return page("read.html", here="/read", text="", error="")


@post("/read", status_code=200, sync_to_thread=True, include_in_schema=False)
def read_text(
    coding: NamedDependency[CodingProcess],
    data: Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Response[str]:
    """A text of one's own, read; nothing of it is stored."""
    text = data.get("text", "").replace("\r\n", "\n")
    try:
        coded = coding.read(Raw(data=text.encode("utf-8", "replace"), where="the text"))
        if not coded.records:
            first = coded.rejections[0]
            raise ArticleError(first.reason, first.detail)
    except DatelineError as error:
        return page("read.html", here="/read", text=text, error=str(error))
    return page("report.html", here="/read", shown=layout(coded.records[0]), passing=True)


@get("/static/{name:str}", sync_to_thread=False, include_in_schema=False)
def static_file(name: FromPath[str]) -> Response[bytes]:
    """A style sheet, script or picture of the pages."""
    found = static(name)
    if found is None:
        raise NotFoundException(f"no file {name[:40]!r}")
    return Response(
        found[0], media_type=found[1], headers={"cache-control": "max-age=31536000, immutable", "etag": f'"{found[2]}"'}
    )


def failed(request: Asked, error: Exception) -> Response[Any]:
    """The page of an error."""
    told = problem(error)
    if told.status == 500:
        _log.error("%s %s", request.method, request.url.path, exc_info=error)
    answer = page("error.html", here="", told=told, status=told.status)
    if isinstance(error, HTTPException) and error.headers:
        answer.headers.update(error.headers)
    return cast("Response[Any]", answer)


def _given(request: Asked, names: Any) -> dict[str, str]:
    """Fields of a form that were filled in; of one given twice, the last."""
    return {name: value[:500] for name in names if (value := str(request.query_params.get(name, "")).strip())}


def _next(path: str, given: dict[str, str], after: str | None) -> str:
    return address(path, given, after=after) if after else ""


HANDLERS = [
    front,
    report,
    cite,
    search,
    events,
    statements,
    figures,
    articles,
    actor,
    world,
    console,
    console_answer,
    read_form,
    read_text,
    static_file,
]
