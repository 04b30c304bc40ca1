"""What readers say of findings: judge, take back, count, and give out as gold.

A judgement never changes a finding. Of several by one reviewer on one finding the
last counts; all are kept. A finding that a new coding no longer gives leaves its
judgements behind, marked stale.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Literal, Unpack, get_args

import msgspec
from msgspec import Struct

from dateline.errors import ConfigError
from dateline.ids import KINDS, judgement_id
from dateline.judgements import How, Judgement, Verdict
from dateline.query.asked import JudgementFilters, described, gather
from dateline.query.cite import cite, resolve
from dateline.query.filters import Filter, limited
from dateline.query.result import Result
from dateline.records import ActorKind, Bound, Finding, Form, Outcome, PlaceKind, Record, Span, Stance, Status
from dateline.store.warehouse import Warehouse

By = Literal["coder", "kind", "label"]
LONGEST = 2000
"""Most characters of a note, and of one field of a correction."""
NAME = 80
"""Most characters of a reviewer's name."""

FIELDS: dict[str, dict[str, tuple[str, ...] | type]] = {
    "event": {
        "relation": str, "mode": str, "sources": str, "targets": str, "status": get_args(Status), "place": str,
        "time": str, "holder": str, "trigger": str,
    },
    "statement": {
        "speaker": str, "content": str, "form": get_args(Form), "stance": get_args(Stance), "via": str, "said_on": str,
    },
    "figure": {
        "low": float, "high": float, "bound": get_args(Bound), "unit": str, "per": str, "counted": str,
        "outcome": get_args(Outcome), "place": str, "as_of": str, "holder": str,
    },
    "time": {"value": str, "earliest": str, "latest": str},
    "place": {"name": str, "geoname": float, "country": str, "kind": get_args(PlaceKind)},
    "actor": {"name": str, "kind": get_args(ActorKind), "country": str, "sector": str, "role": str, "entity": str},
}  # fmt: skip
"""Fields of each kind that a correction may give: a text, a number, or one of a list.

Other findings are named in words ("sources": "Kenya; Uganda"), days in ISO 8601: a reviewer knows no ids.
"""
_LABELS = {"event": "relation", "statement": "stance", "figure": "outcome", "time": "type", "place": "kind",
           "actor": "kind"}  # fmt: skip
TABLES = {kind: f"{kind}s" for kind in FIELDS}
"""Table of each kind."""

_LAST = """SELECT * FROM judgements
    QUALIFY row_number() OVER (PARTITION BY finding, reviewer ORDER BY number DESC) = 1"""
_THERE = " UNION ALL ".join(
    f"(FROM {table} SELECT id WHERE number IN (FROM its SELECT number) AND id IN (FROM hit SELECT finding))"
    for table in TABLES.values()
)


class Precision(Struct, frozen=True, kw_only=True):
    """How many of the judged findings of one sort are right."""

    of: str
    """The coder, kind or label."""
    kind: str
    judged: int
    """Findings with a judgement that stands; one on which several agree counts once."""
    right: int
    """Those that more reviewers call right than otherwise."""
    corrected: int
    """Those that are not, and that somebody corrected."""
    wrong: int
    """The others."""
    differ: int
    """Findings, of all of these, on which reviewers do not agree whether they are right."""
    precision: float
    """Right as a share of judged, 0 to 1."""
    low: float
    """Lower end of its 95 % interval, by Wilson's score."""
    high: float


def judge(
    store: Warehouse,
    finding: str,
    verdict: Verdict,
    *,
    reviewer: str,
    correction: Mapping[str, Any] | None = None,
    note: str | None = None,
    how: How = "pick",
    moment: datetime | None = None,
) -> Judgement:
    """Keep what a reviewer says of a finding.

    Args:
        store: The store, open for writing.
        finding: Id of the finding, or the first few characters of it.
        verdict: ``withdrawn`` takes back what the reviewer said before.
        reviewer: Who judges.
        correction: With ``corrected``: fields of :data:`FIELDS` as they should be.
        note: Anything to add.
        how: ``sample`` if the finding was drawn by lot.
        moment: When; now unless given.

    Raises:
        ConfigError: There is no such finding, a field or value is none of the kind's, a correction says nothing, or
            there is nothing to take back.
        StoreError: The store cannot be written.
    """
    name = " ".join(reviewer.split())
    if not name or len(name) > NAME or not name.isprintable():
        raise ConfigError(f"say who judges: a name of up to {NAME} characters")
    if verdict not in get_args(Verdict):
        raise ConfigError(f"no verdict {verdict!r}: {', '.join(get_args(Verdict))}")
    if how not in get_args(How):
        raise ConfigError(f"no way {how!r} to come upon a finding: {', '.join(get_args(How))}")
    found, kind, article = resolve(store, finding)
    if kind == "article":
        raise ConfigError(f"{finding} is a report: judge one of its findings")
    words = (note or "").strip()
    if len(words) > LONGEST:
        raise ConfigError(f"the note has {len(words)} characters: {LONGEST} at most")
    fields = fitting(kind, correction or {})
    if verdict == "corrected" and not fields and not words:
        raise ConfigError("a correction says what should stand there: give a field or a note")
    if verdict != "corrected" and fields:
        raise ConfigError(f"only a corrected finding has fields to correct, not a {verdict} one")
    if verdict == "withdrawn" and not any(row["verdict"] != "withdrawn" for row in _by(store, found, name)):
        raise ConfigError(f"{name} has said nothing of {found} that could be taken back")
    record = store.record(article)
    [object_] = [each for each in record.findings() if each.id == found]
    made = (moment or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="microseconds")
    label = getattr(object_, _LABELS[kind])

    def at(number: int) -> Judgement:
        return Judgement(
            id=judgement_id(found, name, made),
            number=number,
            article=article,
            finding=found,
            kind=kind,
            label=label or "",
            coder=object_.provenance.coder,
            confidence=object_.provenance.confidence,
            verdict=verdict,
            correction=msgspec.json.encode(fields, order="sorted").decode() if fields else None,
            note=words or None,
            reviewer=name,
            made=made.replace("+00:00", "Z"),
            how=how,
            said=msgspec.json.encode(_named(record, object_)).decode(),
            quote=record.quote(object_),
        )

    return store.write_judgement(at)


def fitting(kind: str, correction: Mapping[str, Any]) -> dict[str, str | float]:
    """The fields of a correction, checked; empty ones are left out.

    Raises:
        ConfigError: A field is none of the kind's, or its value does not fit.
    """
    known = FIELDS[kind]
    result: dict[str, str | float] = {}
    for name, value in correction.items():
        if name not in known:
            raise ConfigError(f"{name[:40]!r} is no field of a {kind} one can correct: {', '.join(known)}")
        sort = known[name]
        text = "" if value is None else str(value).strip()
        if not text:
            continue
        if len(text) > LONGEST:
            raise ConfigError(f"{name} has {len(text)} characters: {LONGEST} at most")
        if isinstance(sort, tuple):
            if text not in sort:
                raise ConfigError(f"{name}: {text[:40]!r} is none of {', '.join(sort)}")
            result[name] = text
        elif sort is float:
            try:
                number = float(text.replace(",", ""))
            except ValueError as error:
                raise ConfigError(f"{name}: {text[:40]!r} is no number") from error
            if not math.isfinite(number):
                raise ConfigError(f"{name}: {text[:40]!r} is no number")
            result[name] = number
        else:
            result[name] = text.encode("utf-8", "replace").decode()
    return result


def _named(record: Record, finding: Finding) -> dict[str, Any]:
    """A finding as JSON has it, and beside its references to other findings what those say."""
    said: dict[str, Any] = msgspec.to_builtins(finding)
    names: dict[str, str] = {each.id: each.name for each in (*record.actors, *record.places)}
    names |= {each.id: each.value or record.quote(each.mention) for each in record.times}
    referred: dict[str, Any] = {}
    for name, value in said.items():
        if isinstance(value, str) and name != "id" and value in names:
            referred[name] = names[value]
        elif isinstance(value, list | tuple) and value and all(isinstance(each, str) for each in value):  # pyright: ignore[reportUnknownVariableType]
            listed = [names[each] for each in value if each in names]  # pyright: ignore[reportUnknownVariableType]
            if listed:
                referred[name] = listed
    holder = getattr(finding, "said_in", None)
    for statement in record.statements:
        if statement.id == holder and statement.speaker in names:
            referred["holder"] = names[statement.speaker]
    for name in ("trigger", "counted", "mention", "cue", "source"):
        span = getattr(finding, name, None)
        if isinstance(span, Span):
            referred[name] = record.quote(span)
    return {**said, "names": referred}


def _by(store: Warehouse, finding: str, reviewer: str) -> list[dict[str, Any]]:
    """What one reviewer says of one finding now."""
    return store.rows(
        f"SELECT verdict FROM ({_LAST}) WHERE finding = $finding AND reviewer = $reviewer",  # noqa: S608
        {"finding": finding, "reviewer": reviewer},
    )


@described
def judgements(
    store: Warehouse,
    *,
    history: bool = False,
    limit: int | None = None,
    after: int | None = None,
    **asked: Unpack[JudgementFilters],
) -> Result[dict[str, Any]]:
    """What readers have said, the latest first.

    ``stale`` says that the store no longer has the finding: it was coded again, and is now read otherwise.

    Args:
        store: The store.
        history: What was superseded or taken back, too.
        limit: At most so many.
        after: Only those made before this place in the order.
        asked: The filters.
    """
    found = Filter()
    if not history:
        found.add("j.verdict <> 'withdrawn'")
    gather(found, JudgementFilters, asked)
    if after is not None:
        found.add(f"j.number < {found.bind(after)}")
    capped = limited(found.parameters, limit)
    source = "judgements" if history else f"({_LAST})"
    query = f"""WITH hit AS (SELECT j.* FROM {source} j {found.where()} ORDER BY j.number DESC {capped}),
            its AS (SELECT number, id, title, publisher, url FROM article_rows
                WHERE id IN (SELECT article FROM hit)),
            there AS ({_THERE}),
            latest AS (SELECT finding, reviewer, max(number) AS number FROM judgements
                WHERE finding IN (SELECT finding FROM hit) GROUP BY ALL)
        SELECT h.* EXCLUDE (said), a.title, a.publisher, a.url,
            h.finding NOT IN (SELECT id FROM there) AS stale, l.number > h.number AS superseded
        FROM hit h LEFT JOIN its a ON a.id = h.article
            JOIN latest l ON l.finding = h.finding AND l.reviewer = h.reviewer
        ORDER BY h.number DESC"""  # noqa: S608 - names of our own, values bound
    hits = f"SELECT j.* EXCLUDE (said) FROM {source} j {found.where()} ORDER BY j.number DESC {capped}"  # noqa: S608

    def quick(_: int) -> list[dict[str, Any]]:
        return _told(store, store.rows(hits, found.parameters), history=history)

    return Result(store, query, found.parameters, limit=limit, quick=quick)


def _told(store: Warehouse, rows: list[dict[str, Any]], *, history: bool) -> list[dict[str, Any]]:
    """Judgements with what the store says of their reports: few are read sooner so than by joining tables."""
    if not rows:
        return []
    its: dict[str, dict[str, Any]] = {}
    there: set[str] = set()
    for article, ids in store.outlines(store.numbers([row["article"] for row in rows])):
        its[article.id] = {"title": article.title, "publisher": article.source, "url": article.url}
        there.update(ids)
    latest: dict[tuple[str, str], int] = {}
    if history:
        for row in store.rows(
            """SELECT finding, reviewer, max(number) AS number FROM judgements
            WHERE finding IN (SELECT unnest($ids::VARCHAR[])) GROUP BY ALL""",
            {"ids": sorted({row["finding"] for row in rows})},
        ):
            latest[row["finding"], row["reviewer"]] = row["number"]
    return [
        {
            **row,
            **its.get(row["article"], dict.fromkeys(("title", "publisher", "url"))),
            "stale": row["finding"] not in there,
            "superseded": latest.get((row["finding"], row["reviewer"]), -1) > row["number"],
        }
        for row in rows
    ]


def precision(store: Warehouse, *, by: By = "coder", how: How | None = None) -> list[Precision]:
    """How many of the judged findings are right, by coder, kind or label.

    A finding counts once, and as right where more of its reviewers say so than not. Findings that readers came upon
    are no fair sample of all (one stops at what looks odd): ``how="sample"`` counts those drawn by lot alone.

    Args:
        store: The store.
        by: ``coder``, ``kind``, or ``label`` (an event's relation, a statement's stance ...).
        how: Only what was come upon in this way.
    """
    if by not in get_args(By):
        raise ConfigError(f"no precision by {by!r}: {', '.join(get_args(By))}")
    found = Filter()
    found.add("verdict <> 'withdrawn'")
    found.equals("how", how)
    rows = store.rows(
        f"""WITH voted AS (SELECT finding, any_value({by} ORDER BY number DESC) AS of,
                any_value(kind) AS kind, count(*) AS n, count(*) FILTER (verdict = 'right') AS yes,
                count(*) FILTER (verdict = 'corrected') AS mended
            FROM ({_LAST}) {found.where()} GROUP BY finding)
        SELECT of, kind, count(*) AS judged, count(*) FILTER (2 * yes > n) AS "right",
            count(*) FILTER (2 * yes <= n AND mended > 0) AS corrected,
            count(*) FILTER (0 < yes AND yes < n) AS differ
        FROM voted GROUP BY of, kind ORDER BY kind, judged DESC, of""",  # noqa: S608 - names of our own
        found.parameters,
    )
    result: list[Precision] = []
    for row in rows:
        low, high = wilson(row["right"], row["judged"])
        wrong = row["judged"] - row["right"] - row["corrected"]
        result.append(Precision(**row, wrong=wrong, precision=row["right"] / row["judged"], low=low, high=high))
    return result


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share by Wilson's score (1927): it holds for few cases and shares near 0 and 1 too."""
    if of == 0:
        return 0.0, 1.0
    z = 1.959964
    share = hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def drawn(
    store: Warehouse, *, kind: str, reviewer: str, label: str | None = None, confidence: float | None = None
) -> str | None:
    """The next finding to judge of a sample: one this reviewer has not judged; none where all are.

    The order is that of the ids, which are digests: fixed, and as good as drawn by lot.

    Args:
        store: The store.
        kind: ``event``, ``statement`` ...
        reviewer: Who judges.
        label: Only findings of this sort.
        confidence: At most this: what the coder was not sure of.
    """
    if kind not in FIELDS:
        raise ConfigError(f"no kind {kind[:20]!r} to judge: {', '.join(FIELDS)}")
    found = Filter()
    found.equals(f'f."{_LABELS[kind]}"', label)
    found.number("f.confidence <= ?", confidence)
    name = found.bind(reviewer)
    found.add(
        f"f.id NOT IN (SELECT finding FROM ({_LAST}) WHERE reviewer = {name} AND verdict <> 'withdrawn')"  # noqa: S608
    )
    # A key is the beginning of an id as a number, and numbers are found faster than texts.
    table, order = ("times", "f.id") if kind == "time" else (f"{kind}_rows", "f.key, f.id")
    rows = store.rows(
        f"SELECT f.id FROM {table} f {found.where()} ORDER BY {order} LIMIT 1",  # noqa: S608 - names of our own, values bound
        found.parameters,
    )
    return rows[0]["id"] if rows else None


def gold(store: Warehouse, *, how: How | None = None) -> Iterator[dict[str, Any]]:
    """Every judgement that stands, with the finding as it was judged and what it takes to cite it, the oldest first.

    One object a judgement: ``finding`` (the record's own JSON, its references also in words under ``names``),
    ``verdict``, ``correction``, ``note``, ``reviewer``, ``made``, ``how``, ``stale``, and ``cite`` (as
    :class:`~dateline.query.cite.Citation`; none of a stale one, whose article, spans and words stand in ``finding``).

    Args:
        store: The store.
        how: Only what was come upon in this way: ``sample`` gives a fair one.
    """
    said = {row["id"]: row["said"] for row in store.rows(f"SELECT id, said FROM ({_LAST})")}  # noqa: S608
    rows = list(judgements(store, how=how).rows())
    for row in reversed(rows):
        yield {
            "id": row["id"],
            "kind": row["kind"],
            "label": row["label"],
            "article": row["article"],
            "coder": row["coder"],
            "confidence": row["confidence"],
            "finding": msgspec.json.decode(said[row["id"]]),
            "quote": row["quote"],
            "verdict": row["verdict"],
            "correction": msgspec.json.decode(row["correction"]) if row["correction"] else None,
            "note": row["note"],
            "reviewer": row["reviewer"],
            "made": row["made"],
            "how": row["how"],
            "stale": row["stale"],
            "cite": None if row["stale"] else msgspec.to_builtins(cite(store, row["finding"])),
        }


def fields_of(finding: Finding, record: Record) -> dict[str, str]:
    """A finding's fields that can be corrected, in the words a correction uses."""
    said = _named(record, finding)
    names: dict[str, Any] = said["names"]
    result: dict[str, str] = {}
    for field in FIELDS[KINDS[finding.id[0]]]:
        value = names.get(field, said.get(field))
        if field == "content":
            value = " … ".join(record.quote(Span(**span)) for span in said["content"])
        if field in ("sources", "targets", "via") and field not in names:
            value = None
        if isinstance(value, float):
            value = f"{value:.15g}"
        result[field] = "" if value is None else "; ".join(value) if isinstance(value, list) else str(value)  # pyright: ignore[reportUnknownArgumentType]
    return result
