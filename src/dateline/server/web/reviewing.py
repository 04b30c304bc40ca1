"""Review: findings judged one after another or where a reader comes upon them, and what the judgements say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, get_args
from urllib.parse import quote, unquote

import msgspec
from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath

from dateline.errors import ConfigError, StoreError
from dateline.export.cards import Card, Piece, cards, pieces
from dateline.judgements import How, Verdict
from dateline.query import Citation, Store
from dateline.query.reviews import FIELDS, NAME, By, drawn, fields_of, fitting
from dateline.records import Record
from dateline.server.api.cite import cited
from dateline.server.api.judgements import Said, kept, listed
from dateline.server.holding import Holding, ReadOnlyError, TooSlowError
from dateline.server.problems import problem
from dateline.server.web.asking import ROWS, Asked, following, given
from dateline.server.web.forms import Field, Form
from dateline.server.web.rendering import address, page

COOKIE = "reviewer"
FORM = Form(
    (
        Field("kind", "Kind", kind="choice", choices=tuple(FIELDS)),
        Field("coder", "Read by", "events.plover/1"),
        Field("label", "Sort", "ASSAULT"),
        Field("verdict", "Verdict", kind="choice", choices=("right", "wrong", "corrected")),
        Field("reviewer", "Reviewer"),
    )
)
_LONG = 1500
"""Characters of an article around a finding that are shown where sentences are missing."""


@dataclass(slots=True)
class Seen:
    """A finding to be judged."""

    citation: Citation
    card: Card | None
    context: list[list[Piece]]
    fields: list[tuple[str, str, tuple[str, ...]]]
    """Name, value, and choices where there are any."""
    said: list[dict[str, Any]]
    """What has been said of it, the latest first."""
    mine: str
    """What this reviewer says of it; empty if nothing."""


def reviewer(request: Asked) -> str:
    """Who judges, as this browser remembers; empty if it does not."""
    name = " ".join(unquote(request.cookies.get(COOKIE, "")[:400]).split())
    return name if len(name) <= NAME and name.isprintable() else ""


def verdicts(store: Store, article: str, name: str) -> dict[str, str]:
    """What one reviewer says of the findings of an article, by the findings' ids."""
    if not name:
        return {}
    return {row["finding"]: row["verdict"] for row in store.judgements(article=article, reviewer=name).rows()}


def _seen(store: Store, citation: Citation, name: str) -> Seen:
    record = store.record(citation.article)
    [finding] = [each for each in record.findings() if each.id == citation.id]
    values = fields_of(finding, record)
    known = FIELDS[citation.kind]
    said = list(store.judgements(finding=citation.id, history=True, limit=ROWS).rows())
    mine = next((row["verdict"] for row in said if row["reviewer"] == name and not row["superseded"]), "")
    for row in said:
        row["correction"] = msgspec.json.decode(row["correction"]) if row["correction"] else {}
    return Seen(
        citation,
        next((card for _, group in cards(record) for card in group if card.id == citation.id), None),
        _context(record, citation),
        [(field, values[field], sort if isinstance(sort, tuple) else ()) for field, sort in known.items()],
        said,
        "" if mine == "withdrawn" else mine,
    )


def _context(record: Record, citation: Citation) -> list[list[Piece]]:
    text = record.article.text
    marks = [(span, citation.kind, citation.id) for span in citation.spans]
    return [pieces(text, each, marks) for each in citation.sentences if each.end <= len(text)]


@get("/review", sync_to_thread=True, include_in_schema=False)
def review(request: Asked, holding: NamedDependency[Holding]) -> Response[str]:
    """The next finding of a sample, drawn by lot."""
    asked = given(request, ("kind", "label", "confidence"))
    kind = asked.get("kind", "event")
    name = reviewer(request)
    if kind not in FIELDS:
        raise ConfigError(f"no kind {kind[:20]!r} to judge: {', '.join(FIELDS)}")
    most = Form((Field("confidence", "Confidence at most", kind="number"),)).value(
        "confidence", asked.get("confidence", "1")
    )
    with holding.asked() as store:
        found = drawn(store, kind=kind, reviewer=name, label=asked.get("label"), confidence=most)
        seen = _seen(store, store.cite(found), name) if found else None
        tally = store.judgements(reviewer=name, how="sample", kind=kind).count() if name else 0
    return page(
        "review.html",
        here="/review",
        seen=seen,
        given={**asked, "kind": kind},
        kinds=tuple(FIELDS),
        name=name,
        refused=holding.no_judgements,
        back=address("/review", {**asked, "kind": kind}),
        how="sample",
        tally=tally,
        error="",
        draft={},
    )


@get("/review/{finding:str}", sync_to_thread=True, include_in_schema=False)
def review_one(request: Asked, holding: NamedDependency[Holding], finding: FromPath[str]) -> Response[str]:
    """One finding, to be judged."""
    return _one(request, holding, finding, _path(request.query_params.get("back", "")))


def _one(
    request: Asked, holding: Holding, finding: str, back: str, error: str = "", draft: dict[str, str] | None = None,
    how: str = "pick", status: int = 200,
) -> Response[str]:  # fmt: skip
    citation = cited(holding, finding)
    if citation.kind == "article":
        raise ConfigError("a report is not judged as a whole: judge its findings")
    name = reviewer(request)
    with holding.asked() as store:
        seen = _seen(store, citation, name)
    return page(
        "review.html",
        status=status,
        here="/review",
        seen=seen,
        given={},
        kinds=tuple(FIELDS),
        name=(draft or {}).get("reviewer") or name,
        refused=holding.no_judgements,
        back=back,
        how=how,
        tally=0,
        error=error,
        draft=draft or {},
    )


@post("/judge", status_code=303, sync_to_thread=True, include_in_schema=False)
def judge(
    request: Asked,
    holding: NamedDependency[Holding],
    data: Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Response[Any]:
    """Keep a judgement, and go back to where it was made."""
    finding, back = data.get("finding", "")[:40], _path(data.get("back", ""))
    verdict, how = data.get("verdict", ""), data.get("how", "pick")
    name = " ".join(data.get("reviewer", "").split()) or reviewer(request)
    if verdict not in get_args(Verdict) or how not in get_args(How):
        return _one(
            request, holding, finding, back, "say whether it is right, wrong or corrected", dict(data), status=400
        )
    try:
        fields: dict[str, str | float] | None = None
        if verdict == "corrected":
            fields = _changed(holding, finding, data)
        kept(
            holding,
            Said(
                finding=finding,
                verdict=verdict,  # pyright: ignore[reportArgumentType] - looked up above
                reviewer=name,
                correction=dict(fields) if fields else None,
                note=data.get("note") or None,
                how=how,  # pyright: ignore[reportArgumentType]
            ),
        )
    except (ConfigError, StoreError, ReadOnlyError, TooSlowError) as error:
        told = problem(error)
        return _one(request, holding, finding, back, told.detail, dict(data), how, told.status)
    return Response(
        b"",
        status_code=303,
        media_type="text/plain",
        headers={"location": back or f"/review/{finding}"},
        cookies=[Cookie(COOKIE, value=quote(name), max_age=365 * 86400, httponly=True, samesite="strict")],
    )


def _changed(holding: Holding, finding: str, data: dict[str, str]) -> dict[str, str | float]:
    """The fields of a form that say something else than the finding does."""
    citation = cited(holding, finding)
    if citation.kind == "article":
        raise ConfigError("a report is not judged as a whole: judge its findings")
    with holding.asked() as store:
        record = store.record(citation.article)
    [found] = [each for each in record.findings() if each.id == citation.id]
    now = fields_of(found, record)
    sent = {
        name: value.replace("\r\n", "\n").strip() for name in FIELDS[citation.kind] if (value := data.get(f"is-{name}"))
    }
    return fitting(citation.kind, {name: value for name, value in sent.items() if value != now[name]})


def _path(text: str) -> str:
    """An address on this server, or nothing: nobody is sent elsewhere."""
    inside = text.startswith("/") and not text.startswith(("//", "/\\")) and text.isprintable() and text.isascii()
    return text if inside and len(text) <= 2000 and "\\" not in text else ""


@get("/judgements", sync_to_thread=True, include_in_schema=False)
def judgements(request: Asked, holding: NamedDependency[Holding]) -> Response[str]:
    """What readers have said, and the precision that follows from it."""
    asked = given(request, (*(each.name for each in FORM.fields), "by", "how", "history"))
    by, how = asked.get("by", "coder"), asked.get("how")
    if by not in get_args(By) or (how is not None and how not in get_args(How)):
        raise ConfigError(f"precision by {', '.join(get_args(By))}; of a sample, or of what readers came upon (pick)")
    filters: dict[str, Any] = {
        name: asked[name] for name in (*(each.name for each in FORM.fields), "how") if name in asked
    }
    with holding.asked() as store:
        rates = store.precision(by=by, how=how)  # pyright: ignore[reportArgumentType] - looked up above
        found = listed(
            store, limit=ROWS, after=request.query_params.get("after"), history="history" in asked, **filters
        )
    return page(
        "judgements.html",
        here="/judgements",
        form=FORM,
        given=asked,
        rates=rates,
        by=by,
        bys=get_args(By),
        rows=found.rows,
        next=following("/judgements", asked, found.next),
        name=reviewer(request),
        back=address("/judgements", asked),
        refused=holding.no_judgements,
    )
