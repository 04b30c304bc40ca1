"""Pages: articles and their parts from saved news pages, for ``score_pages.py``.

A page goes the whole way through intake, as ``dateline read`` would take it: what is scored is the Article.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.quality.task import Row
from dateline.intake import Raw, read
from dateline.records import Article, BlockKind

SEES = ("id", "url", "html")

_MEDIA = {".txt": "text/plain; charset=utf-8", ".html": "text/html"}


def predict(rows: Sequence[Row]) -> Iterator[Row]:
    """The articles of each row's page, in page order; none where the page was rejected."""
    for row in rows:
        path = Path(row["html"])
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        media = _MEDIA.get(Path(path.name.removesuffix(".gz")).suffix)
        found = read(Raw(data=data, where=path.name, url=row.get("url"), media=media))
        yield {"id": row["id"], "articles": [_article(each) for each in found if isinstance(each, Article)]}


def _article(article: Article) -> Row:
    def pieces(*kinds: BlockKind) -> list[str]:
        return [article.text[b.span.start : b.span.end] for b in article.blocks if b.kind in kinds]

    return {
        "title": article.title,
        "authors": list(article.byline),
        # A text dump may give the day of its last change alone; the best answer to when it appeared is that day.
        "published": article.published or article.updated,
        "standfirst": "\n".join(pieces("standfirst", "key_point")),
        # What a reader reads in one go; the scorer's precision allows the standfirst, its recall does not ask for it.
        "text": "\n".join(pieces("standfirst", "subhead", "paragraph")),
        "captions": pieces("caption"),
    }
