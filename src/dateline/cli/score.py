"""``dateline score``: a coding against a reading by hand."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from dateline.errors import ConfigError

if TYPE_CHECKING:
    from dateline.evaluation.gold import Reading
    from dateline.evaluation.scores import Scoring
    from dateline.records import Record

_BATCH = 16


def score(
    gold: Path,
    /,
    *,
    store: str | None = None,
    config: str = "plover-en",
    actors: Path | None = None,
    codebook: Path | None = None,
    misses: Path | None = None,
    json: Annotated[bool, Parameter(negative=())] = False,
) -> int:
    """Measure a coding against articles that a person has read.

    Args:
        gold: Articles with the findings wanted in them, one JSON object a line: what
            "dateline read --json" writes, corrected by hand, or less; see the guide "Score a corpus of your own".
        store: Score what this store holds, instead of coding the articles now.
        config: Pipeline: one that ships, or a TOML file.
        actors: A table of persons and bodies of your own (TSV).
        codebook: An event codebook of your own (TOML).
        misses: Write every missed and every extra finding to this file, one JSON object a line.
        json: Print the figures as JSON.
    """
    import msgspec

    from dateline.cli import console
    from dateline.evaluation.gold import readings
    from dateline.evaluation.scores import Scoring

    wanted = list(readings(gold))
    scoring = Scoring()
    coded = _stored(wanted, store) if store is not None else _coded(wanted, config, actors, codebook)
    for reading, record in zip(wanted, coded, strict=True):
        scoring.add(reading, record)
    if misses is not None:
        try:
            misses.write_bytes(b"".join(msgspec.json.encode(each) + b"\n" for each in scoring.misses))
        except OSError as error:
            raise ConfigError(f"{misses} cannot be written: {error.strerror}") from error
    if json:
        figures = {"articles": scoring.articles, "scores": scoring.scores(), "fields": scoring.shares()}
        sys.stdout.buffer.write(msgspec.json.encode(figures) + b"\n")
        sys.stdout.flush()
        return 0
    _show(scoring)
    if misses is not None:
        console.stderr().print(f"{misses}: {len(scoring.misses):,} missed or extra findings", style="dim")
    return 0


def _coded(wanted: list[Reading], config: str, actors: Path | None, codebook: Path | None) -> Iterator[Record]:
    from dateline.cli import console
    from dateline.config import load as load_config
    from dateline.config import with_tables
    from dateline.pipeline.assembly import load

    reader = load(with_tables(load_config(config), codebook=codebook, actors=actors))
    from rich.progress import track

    batches = [wanted[at : at + _BATCH] for at in range(0, len(wanted), _BATCH)]
    shown: Iterable[list[Reading]] = track(
        batches, "coding", console=console.stderr(), transient=True, disable=not sys.stderr.isatty()
    )
    for batch in shown:
        yield from reader.code([each.article for each in batch])


def _stored(wanted: list[Reading], path: str) -> Iterator[Record]:
    """The store's records of the articles, found by id, else by their text."""
    from dateline.query import open_store

    with open_store(path, read_only=True) as store:
        for reading in wanted:
            article = reading.article
            rows = store.rows(
                'SELECT id FROM articles WHERE id = $id OR "text" = $text ORDER BY id = $id DESC, number LIMIT 1',
                {"id": article.id, "text": article.text},
            )
            if not rows:
                raise ConfigError(
                    f"{reading.where}: {path} holds no article with this text: code the same texts into it, "
                    "or leave out --store to code them now"
                )
            yield store.record(rows[0]["id"])


def _show(scoring: Scoring) -> None:
    from dateline.cli import console
    from dateline.cli.render import rows

    out = console.stdout()
    rows(
        out,
        f"{scoring.articles:,} articles",
        ("kind", "measure", "precision", "recall", "F1", "95 %", "right", "found", "wanted"),
        (
            (
                each.kind,
                each.measure,
                f"{each.precision:.3f}",
                f"{each.recall:.3f}",
                f"{each.f1:.3f}",
                f"{each.interval[0]:.3f} to {each.interval[1]:.3f}",
                f"{each.right:,}",
                f"{each.found:,}",
                f"{each.wanted:,}",
            )
            for each in scoring.scores()
        ),
    )
    shares = scoring.shares()
    if shares:
        rows(
            out,
            "fields of those found",
            ("kind", "field", "right", "of", "share"),
            ((each.kind, each.field, each.right, each.of, f"{each.right / each.of:.3f}") for each in shares),
        )
