"""Records as one self-contained web page, the evidence marked in the text.

The page needs nothing from outside and runs one small script of its own: its
content-security policy allows no other. Articles are hostile input, so every
word of them is escaped.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from hashlib import sha256
from html import escape
from importlib import resources
from itertools import pairwise
from pathlib import Path
from string import Template

from dateline.errors import ConfigError
from dateline.export.wording import claimant, interval, value
from dateline.records import Actor, Block, Finding, Record, Span

_TAGS = {"headline": "h2", "subhead": "h3", "caption": "figcaption", "key_point": "li"}


def write_page(records: Sequence[Record], path: Path) -> None:
    """Write the page of some records to a file, whole or not at all.

    Raises:
        ConfigError: The file cannot be written.
    """
    partial = path.with_name(path.name + ".part")
    try:
        partial.write_text(page(records), encoding="utf-8", errors="replace")
        partial.replace(path)
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror}") from error


def page(records: Sequence[Record]) -> str:
    """The page, as HTML."""
    templates = resources.files("dateline.export") / "templates"
    script = (templates / "page.js").read_text(encoding="utf-8")
    style = (templates / "page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(sha256(script.encode()).digest()).decode()
    title = records[0].article.title if records else "Nothing read"
    return Template((templates / "page.html").read_text(encoding="utf-8")).substitute(
        language=escape(records[0].article.language if records else "en", quote=True),
        policy=f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'",
        title=_safe(title),
        style=style,
        script=script,
        articles="\n".join(_article(number, record) for number, record in enumerate(records)),
    )


def _safe(text: str) -> str:
    """Escaped, and without bidirectional overrides, which could reorder the words on screen."""
    cleaned = "".join("�" if "\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069" else char for char in text)
    return escape(cleaned, quote=True)


def _article(number: int, record: Record) -> str:
    article = record.article
    facts = [
        article.source or "",
        article.dateline or "",
        f"published {article.published.replace('T', ' ')}" if article.published else "",
        f"updated {article.updated.replace('T', ' ')}" if article.updated else "",
        ", ".join(article.byline),
    ]
    link = ""
    if article.url and article.url.startswith(("http://", "https://")):
        link = f'<a href="{_safe(article.url)}" rel="noreferrer noopener">{_safe(article.url)}</a>'
    marks = marks_of(record)
    return f"""<section class="report" id="{article.id}" aria-label="{_safe(article.title or "report")}">
<article lang="{escape(article.language, quote=True)}">
<p class="facts">{_safe(" · ".join(each for each in facts if each))}</p>
{_text(record, marks)}
<p class="facts">{link} <span title="Digest of source, url and text">{article.id}</span></p>
</article>
<aside aria-label="Findings of report {number + 1}">{_cards(record)}</aside>
</section>"""


def marks_of(record: Record) -> list[tuple[Span, str, str]]:
    """What is marked in the text: span, kind, finding."""
    marks: list[tuple[Span, str, str]] = []
    for statement in record.statements:
        marks.extend((span, "statement", statement.id) for span in statement.content)
        if statement.cue:
            marks.append((statement.cue, "cue", statement.id))
        if statement.source:
            marks.append((statement.source, "source", statement.id))
    marks.extend((event.trigger, "event", event.id) for event in record.events)
    marks.extend((span, "figure", figure.id) for figure in record.figures for span in figure.provenance.evidence)
    marks.extend((time.mention, "time", time.id) for time in record.times)
    marks.extend((place.mention, "place", place.id) for place in record.places if place.kind != "demonym")
    return sorted(marks)


def _text(record: Record, marks: Sequence[tuple[Span, str, str]]) -> str:
    parts: list[str] = []
    listing = False
    for block in record.article.blocks:
        if listing != (block.kind == "key_point"):
            listing = not listing
            parts.append("<ul>" if listing else "</ul>")
        tag = _TAGS.get(block.kind, "p")
        parts.append(f'<{tag} class="{block.kind}">{_block(record, block, marks)}</{tag}>')
    if listing:
        parts.append("</ul>")
    return "\n".join(parts)


def _block(record: Record, block: Block, marks: Sequence[tuple[Span, str, str]]) -> str:
    """The words of a block, cut wherever a mark begins or ends: marks may overlap, elements may not."""
    inside = [mark for mark in marks if mark[0].overlaps(block.span)]
    cuts = {block.span.start, block.span.end}
    for span, _, _ in inside:
        cuts.update((max(span.start, block.span.start), min(span.end, block.span.end)))
    edges = sorted(cuts)
    parts: list[str] = []
    for start, end in pairwise(edges):
        here = [(kind, finding) for span, kind, finding in inside if span.start <= start and end <= span.end]
        words = _safe(record.article.text[start:end])
        if here:
            kinds = " ".join(dict.fromkeys(kind for kind, _ in here))
            findings = " ".join(dict.fromkeys(finding for _, finding in reversed(here)))
            parts.append(f'<mark class="{kinds}" data-of="{findings}">{words}</mark>')
        else:
            parts.append(words)
    return "".join(parts)


def _cards(record: Record) -> str:
    actors = {each.id: each for each in record.actors}
    statements = {each.id: each for each in record.statements}
    times = {each.id: each for each in record.times}
    places = {each.id: each for each in record.places}
    groups: list[tuple[str, list[str]]] = []

    cards: list[str] = []
    for statement in record.statements:
        speaker = actors.get(statement.speaker or "")
        source = record.quote(statement.source) if statement.source else "nobody named"
        content = " … ".join(record.quote(span) for span in statement.content)
        detail = [statement.form, statement.stance, interval(times.get(statement.said_on or ""))]
        cards.append(_card(statement, "statement", speaker.name if speaker else source, content, detail))
    groups.append(("Who said what", cards))
    cards = []
    for event in record.events:
        who = f"{_names(event.sources, actors)} → {event.relation} → {_names(event.targets, actors)}"
        place = places.get(event.place or "")
        detail = [
            event.status,
            event.mode or "",
            f"CAMEO {event.cameo}" if event.cameo else "",
            interval(times.get(event.time or "")),
            place.name if place else "",
            claimant(event.said_in, statements, actors),
        ]
        cards.append(_card(event, "event", who, record.quote(event.trigger), detail))
    groups.append(("Who did what to whom", cards))
    cards = []
    for figure in record.figures:
        place = places.get(figure.place or "")
        detail = [figure.outcome or "", place.name if place else "", claimant(figure.said_in, statements, actors)]
        counted = record.quote(figure.counted) if figure.counted else figure.head or ""
        cards.append(_card(figure, "figure", value(figure), counted, detail))
    groups.append(("What was counted", cards))
    cards = [
        _card(each, "time", record.quote(each.mention), each.value or "", [interval(each)]) for each in record.times
    ]
    groups.append(("When", cards))
    cards = [
        _card(
            each,
            "place",
            record.quote(each.mention),
            each.name,
            [each.country or "", _coordinates(each.latitude, each.longitude)],
        )
        for each in record.places
        if each.kind != "demonym"
    ]
    groups.append(("Where", cards))
    return "\n".join(_group(name, cards, opened=at < 3) for at, (name, cards) in enumerate(groups) if cards)


def _group(name: str, cards: Sequence[str], *, opened: bool) -> str:
    shown = " open" if opened else ""
    return f"<details{shown}><summary>{name} <span>{len(cards)}</span></summary>{''.join(cards)}</details>"


def _card(finding: Finding, kind: str, head: str, words: str, detail: Iterable[str]) -> str:
    note = " · ".join(each for each in detail if each)
    share = f"{finding.provenance.confidence:.0%}"
    return (
        f'<button type="button" class="card {kind}" id="{finding.id}">'
        f'<b>{_safe(head)}</b><span class="words">{_safe(words)}</span><span class="detail">{_safe(note)} '
        f'<i title="confidence, by {_safe(finding.provenance.coder)}">{share}</i></span></button>'
    )


def _names(ids: Sequence[str], actors: dict[str, Actor]) -> str:
    return ", ".join(actors[each].name for each in ids if each in actors) or "—"


def _coordinates(latitude: float | None, longitude: float | None) -> str:
    return "" if latitude is None or longitude is None else f"{latitude:.2f}, {longitude:.2f}"
