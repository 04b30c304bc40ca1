"""Records as one self-contained web page, the evidence marked in the text.

The page needs nothing from outside and runs one small script of its own: its
content-security policy allows no other. Articles are hostile input, so every
word of them is escaped.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from hashlib import sha256
from html import escape
from importlib import resources
from pathlib import Path
from string import Template

from dateline.errors import ConfigError
from dateline.export.cards import Card, cards, marks_of, pieces
from dateline.records import Block, Record, Span

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
    return "".join(
        f'<mark class="{piece.kinds}" data-of="{piece.findings}">{_safe(piece.text)}</mark>'
        if piece.kinds
        else _safe(piece.text)
        for piece in pieces(record.article.text, block.span, marks)
    )


def _cards(record: Record) -> str:
    return "\n".join(_group(name, found, opened=at < 3) for at, (name, found) in enumerate(cards(record)))


def _group(name: str, found: Sequence[Card], *, opened: bool) -> str:
    shown = " open" if opened else ""
    inside = "".join(map(_card, found))
    return f"<details{shown}><summary>{name} <span>{len(found)}</span></summary>{inside}</details>"


def _card(card: Card) -> str:
    return (
        f'<button type="button" class="card {card.kind}" id="{card.id}">'
        f'<b>{_safe(card.head)}</b><span class="words">{_safe(card.words)}</span>'
        f'<span class="detail">{_safe(" · ".join(card.notes))} '
        f'<i title="confidence, by {_safe(card.coder)}">{card.confidence:.0%}</i></span></button>'
    )
