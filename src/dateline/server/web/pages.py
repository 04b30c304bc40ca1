"""The pages of the reading room."""

from __future__ import annotations

import contextlib
import csv
import io
import logging
from typing import Annotated, Any, cast

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.exceptions import HTTPException, NotFoundException
from litestar.params import Body, FromPath

from dateline.errors import ArticleError, ConfigError, DatelineError
from dateline.export.cards import pieces
from dateline.export.tables import WORKINGS
from dateline.intake.extract import Raw
from dateline.knowledge import codebook
from dateline.query import Store
from dateline.query.dyads import at_hand, left_out
from dateline.query.events import in_order_of_days
from dateline.query.ledger import ledger
from dateline.records import Span
from dateline.server.api.cite import cited
from dateline.server.api.paging import Kind, rows
from dateline.server.api.search import sentences
from dateline.server.api.sql import SqlAnswer, ask
from dateline.server.coding import CodingProcess
from dateline.server.holding import Holding
from dateline.server.problems import NotFoundError, problem
from dateline.server.settings import ServerSettings
from dateline.server.web import copies, disputes, dyads, incidents, reviewing, stories
from dateline.server.web import phrase as phrases
from dateline.server.web.actor import land, portrait, spots
from dateline.server.web.asking import ROWS, Asked, following, given
from dateline.server.web.charts import MARKS, Drawing, drawing, history, numeric
from dateline.server.web.forms import FORMS, Form
from dateline.server.web.overview import overview
from dateline.server.web.rendering import address, environment, page, static
from dateline.server.web.report import layout
from dateline.store import schema
from dateline.store.schema import ROW_TABLES, TABLES

_log = logging.getLogger("dateline.server")


@get("/", sync_to_thread=True, include_in_schema=False)
def front(request: Asked, holding: NamedDependency[Holding]) -> Response[str]:
    """What happened."""
    asked = given(request, ("since", "until"))
    days = asked.get("since", ""), asked.get("until", "")
    seen = holding.remembered(("front", *days), lambda store: overview(store, *days))
    return page("overview.html", here="/", seen=seen, given=asked)


def warmed(holding: Holding) -> None:
    """Have at hand what many pages are made of: the templates, the first pages, what is kept of the tables."""
    every = environment()
    for name in every.list_templates(extensions=("html",)):
        every.get_template(name)
    with contextlib.suppress(DatelineError):  # the reader who asks for it is told
        holding.remembered(("front", "", ""), overview)
        with holding.asked() as store:
            store.numbers(["n" + "0" * 20])
            store.having("a word, as readers will")
            phrases.by_day(store)
            incidents.names(store)
            ledger(store, now=True)
            at_hand(store, now=True)
            in_order_of_days(store, "statement", now=True)
        holding.remembered(("relations",), _relations)
        holding.remembered(("map", "events", "", ""), lambda store: spots(store, of="events"))
        holding.remembered(("dyads",), lambda store: dyads.pairs(store, {}))
        holding.remembered(("dyads left out",), left_out)
        land()


@get("/report/{article:str}", sync_to_thread=True, include_in_schema=False)
def report(request: Asked, holding: NamedDependency[Holding], article: FromPath[str]) -> Response[str]:
    """One report with its findings."""
    at = request.query_params.get("at", "")
    with holding.asked() as store:
        if article not in store:
            raise NotFoundError(f"no report {article[:40]!r} in the store")
        record = store.record(article)
        linked = _linked(store, article)
        name = reviewing.reviewer(request)
        said = reviewing.verdicts(store, article, name)
    shown = layout(record, int(at) if at.isdecimal() and len(at) < 10 else None)
    return page(
        "report.html", here="", shown=shown, linked=linked, said=said, reviewer=name, refused=holding.no_judgements
    )


def _linked(store: Store, article: str) -> dict[str, Any]:
    """The story of a report, and its copies."""
    [found] = store.rows("SELECT min(story) AS story FROM story_members WHERE article = $id", {"id": article})
    groups = store.rows(
        "SELECT len(articles) AS n FROM copy_groups WHERE list_contains(articles, $id) LIMIT 1", {"id": article}
    )
    found["copies"] = groups[0]["n"] if groups else None
    if found["story"]:
        [title] = store.rows("SELECT title FROM stories WHERE id = $id", {"id": found["story"]}) or [{"title": ""}]
        found["title"] = title["title"]
    return found


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
    asked = given(request, ("text", "since", "until"))
    found: list[Any] = []
    after = None
    if asked.get("text", "").strip():
        days = {name: asked[name] for name in ("since", "until") if name in asked}
        answer = sentences(holding, asked["text"], days, ROWS, request.query_params.get("after"))
        found = [(row, _lit(row.sentence, asked["text"])) for row in answer.rows]
        after = answer.next
    return page("search.html", here="/search", given=asked, rows=found, next=following("/search", asked, after))


@get("/phrase", sync_to_thread=True, include_in_schema=False)
def phrase(request: Asked, holding: NamedDependency[Holding]) -> Response[str]:
    """The way of a phrase: who used it first, who took it up, who relayed it."""
    text = given(request, ("text",)).get("text", "")[:200]
    seen = holding.remembered(("phrase", text), lambda store: phrases.way(store, text)) if text else None
    shown = _lit(seen.first["around"], text) if seen and seen.first else []
    said = [(row, _lit(row["said"], text)) for row in seen.speakers] if seen else []
    return page("phrase.html", here="/statements", text=text, seen=seen, shown=shown, said=said)


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
    asked = given(request, [field.name for field in form.fields])
    found, after, fault = [], None, ""
    try:
        wanted: dict[str, Any] = {name: form.value(name, value) for name, value in asked.items()}
        with holding.asked() as store:
            found, after = rows(store, kind, wanted, limit=ROWS, after=request.query_params.get("after"))
    except ConfigError as error:  # said above the form, which keeps what was written in it
        fault = str(error)
    if kind == "events":
        # Types of a codebook of one's own are there as soon as the store has such events.
        form = form.offering("relation", holding.remembered(("relations",), _relations))
    path = f"/{kind}"
    return page(
        f"{kind}.html",
        status=400 if fault else 200,
        here=path,
        form=form,
        given=asked,
        fault=fault,
        rows=found,
        next=following(path, asked, after),
        data=address(f"/api{path}", asked, limit=500),
        plot=history(found) if kind == "figures" and asked.get("counted") else None,
    )


def _relations(store: Store) -> tuple[str, ...]:
    """Types of events: those of the codebook that ships, and any others in the store."""
    known = tuple(codebook.plover().types)
    there = store.rows("SELECT DISTINCT relation FROM events ORDER BY relation")
    return (*known, *(row["relation"] for row in there if row["relation"] not in known))


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
    asked = given(request, ("who", "since", "until"))
    who, since, until = asked.get("who", "")[:200], asked.get("since", ""), asked.get("until", "")
    seen = None
    if who:
        key = ("actor", who, since, until)
        seen = holding.remembered(key, lambda store: portrait(store, who, since, until))
    return page("actor.html", here="/actor", who=who, given=asked, seen=seen)


@get("/map", sync_to_thread=True, include_in_schema=False)
def world(request: Asked, holding: NamedDependency[Holding]) -> Response[str]:
    """Where it happened."""
    asked = given(request, ("of", "since", "until"))
    of = "places" if asked.get("of") == "places" else "events"
    since, until = asked.get("since", ""), asked.get("until", "")
    found = holding.remembered(("map", of, since, until), lambda store: spots(store, of=of, since=since, until=until))
    return page("map.html", here="/map", of=of, given=asked, spots=found, land=land())


@get("/sql", sync_to_thread=True, include_in_schema=False)
def console() -> Response[str]:
    """The SQL console."""
    return _console({}, None, "")


@post("/sql", status_code=200, sync_to_thread=True, include_in_schema=False)
def console_answer(
    holding: NamedDependency[Holding],
    settings: NamedDependency[ServerSettings],
    data: Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Response[Any]:
    """The SQL console with an answer."""
    query = data["query"] = data.get("query", "").replace("\r\n", "\n")[:20_000]
    if not query.strip():
        return _console(data, None, "")
    try:
        answer = ask(holding, settings, query)
    except (ConfigError, DatelineError) as error:
        return _console(data, None, str(error))
    if data.get("form") == "csv":
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(answer.columns)
        writer.writerows(answer.rows)
        return _download(text.getvalue().encode("utf-8", "replace"), "text/csv", "answer.csv")
    if data.get("form") == "json":
        return _download(msgspec.json.encode(answer), "application/json", "answer.json")
    return _console(data, answer, "")


def _download(content: bytes, media: str, name: str) -> Response[bytes]:
    return Response(content, media_type=media, headers={"content-disposition": f'attachment; filename="{name}"'})


def _console(data: dict[str, str], answer: SqlAnswer | None, error: str) -> Response[str]:
    tables = [
        (name, [(field.name, str(field.type)) for field in schema.tables()[name].schema])
        for name in (*ROW_TABLES, *TABLES)
        if name not in WORKINGS
    ]
    drawn, fault = (None, "") if answer is None else _drawn(data, answer)
    return page(
        "sql.html",
        here="/sql",
        query=data.get("query", ""),
        answer=answer,
        error=error,
        tables=tables,
        drawn=drawn,
        fault=fault,
        asked={name: data.get(name, "") for name in ("mark", "x", "y", "series")},
        marks=MARKS,
    )


def _drawn(data: dict[str, str], answer: SqlAnswer) -> tuple[Drawing | None, str]:
    """The chart that was asked for, or why there is none."""
    mark = data.get("mark", "")
    if not mark or not answer.rows:
        return None, ""
    counts = [at for at in range(len(answer.columns)) if numeric([row[at] for row in answer.rows])]
    # A column that is not chosen is the likeliest: the first for the axis, the first number for the height.
    y = _column(data, "y", counts[0] if counts else 0)
    x = _column(data, "x", next((at for at in range(len(answer.columns)) if at != y), y))
    series = data.get("series", "")
    try:
        chart = drawing(
            answer.columns, answer.rows, mark=mark, x=x, y=y, series=_column(data, "series", 0) if series else None
        )
    except ConfigError as error:
        return None, str(error)
    data |= {"x": str(x), "y": str(y)}
    return chart, ""


def _column(data: dict[str, str], name: str, otherwise: int) -> int:
    text = data.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else otherwise


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
    return page(
        "report.html",
        here="/read",
        shown=layout(coded.records[0]),
        passing=True,
        linked={"story": None, "copies": None},
        said={},
        reviewer="",
        refused="not stored",
    )


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


HANDLERS = [
    front,
    report,
    cite,
    search,
    phrase,
    events,
    statements,
    figures,
    articles,
    actor,
    world,
    stories.stories,
    stories.story,
    disputes.disputes,
    copies.copies,
    copies.copy_group,
    incidents.incidents,
    incidents.incident,
    dyads.dyads,
    reviewing.review,
    reviewing.review_one,
    reviewing.judge,
    reviewing.judgements,
    console,
    console_answer,
    read_form,
    read_text,
    static_file,
]
