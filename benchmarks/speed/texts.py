"""Texts to measure on, as a run takes them in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from dateline.intake import sources
from dateline.intake.text import verbatim
from dateline.records import Article

SAMPLES = Path(__file__).parents[2] / "samples" / "news"


@dataclass(frozen=True, slots=True)
class TextItem:
    """One text as an input of a run."""

    key: str
    text: str

    @property
    def where(self) -> str:
        """For messages."""
        return self.key

    def articles(self, *, settings: Any) -> list[Article]:
        """The text as one article."""
        del settings
        return [verbatim(self.text, published="2024-11-01", url=f"https://speed.example/{self.key}")]


def from_jsonl(paths: Sequence[Path], *, field: str, limit: int) -> list[TextItem]:
    """Texts of JSONL files (a folder stands for its ``*.jsonl``), evenly spread over the files.

    Args:
        paths: Files or folders.
        field: Key of the text.
        limit: At most so many; 0 for all.
    """
    files = sorted(
        file for path in paths for file in (path.rglob("*.jsonl") if path.is_dir() else [path]) if file.is_file()
    )
    found = [
        TextItem(f"{file.stem}-{number}", text) for file in files for number, text in enumerate(_texts(file, field))
    ]
    if limit and len(found) > limit:
        found = [found[at * len(found) // limit] for at in range(limit)]
    return found


def _texts(file: Path, field: str) -> Iterator[str]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            row: Any = json.loads(line)
            text = cast("dict[str, Any]", row).get(field) if isinstance(row, dict) else None
            if isinstance(text, str) and text.strip():
                yield text


def from_samples(folder: Path) -> list[TextItem]:
    """Texts of the project's own sample news."""
    found: list[TextItem] = []
    for item in sources.items([str(folder)]):
        if not hasattr(item, "articles"):
            continue
        for article in cast("Any", item).articles():
            if isinstance(article, Article):
                found.append(TextItem(f"sample-{len(found)}", article.text))
    return found


def chosen(data: dict[str, Any]) -> list[TextItem]:
    """The texts that the benchmark was called with."""
    if data["smoke"]:
        return from_samples(SAMPLES)
    found = from_jsonl([Path(each) for each in data["data"]], field=data["field"], limit=data["articles"])
    if not found:
        raise SystemExit("no texts: give JSONL files with a text in each line, and its key with --field")
    return found
