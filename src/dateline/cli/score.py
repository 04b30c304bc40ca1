"""``dateline score``: a coding against a reading by hand."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from dateline.errors import ConfigError

if TYPE_CHECKING:
    from dateline.evaluation.agreement import Agreement
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
    other: Annotated[tuple[Path, ...], Parameter(negative=())] = (),
    json: Annotated[bool, Parameter(negative=())] = False,
) -> int:
    """Measure a coding against articles that a person has read, or readers against each other.

    Args:
        gold: Articles with the findings wanted in them, one JSON object a line: what
            "dateline read --json" writes, corrected by hand, or less; see the guide "Score a corpus of your own".
        store: Score what this store holds, instead of coding the articles now.
        config: Pipeline: one that ships, or a TOML file.
        actors: A table of persons and bodies of your own (TSV).
        codebook: An event codebook of your own (TOML).
        misses: Write every missed and every extra finding to this file, one JSON object a line.
        other: The same articles read by somebody else, in the same form; may be repeated. Shows how far the readers
            agree, with each other and with the coding: Cohen's kappa and Krippendorff's alpha.
        json: Print the figures as JSON.
    """
    import msgspec

    from dateline.cli import console
    from dateline.evaluation.gold import readings
    from dateline.evaluation.scores import Scoring

    wanted = list(readings(gold))
    if other:
        return _agree(gold, wanted, other, lambda some: _records(some, store, config, actors, codebook), json=json)
    scoring = Scoring()
    coded = _records(wanted, store, config, actors, codebook)
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


def _records(
    wanted: list[Reading], store: str | None, config: str, actors: Path | None, codebook: Path | None
) -> Iterator[Record]:
    return _stored(wanted, store) if store is not None else _coded(wanted, config, actors, codebook)


def _agree(
    gold: Path,
    wanted: list[Reading],
    others: tuple[Path, ...],
    code: Callable[[list[Reading]], Iterator[Record]],
    *,
    json: bool,
) -> int:
    """Show how far readers agree, and each of them with the coding."""
    import msgspec

    from dateline.cli import console
    from dateline.evaluation.agreement import Agreeing, of_reading, of_record
    from dateline.evaluation.gold import readings

    read = {gold.stem: wanted} | {each.stem: list(readings(each)) for each in others}
    if len(read) <= len(others):
        raise ConfigError("two readings have one file name, by which their readers are told apart: rename one")
    texts = {name: {each.article.text: each for each in listed} for name, listed in read.items()}
    shared = [each for each in wanted if all(each.article.text in known for known in texts.values())]
    if not shared:
        raise ConfigError(
            f"no article of {gold} has been read in {', '.join(map(str, others))}, too: texts must be the same"
        )
    missing = len({text for known in texts.values() for text in known}) - len(shared)
    names = [*read, "Dateline"]
    pairs = {(one, two): Agreeing(one, two) for at, one in enumerate(names) for two in names[at + 1 :]}
    nowhere = 0
    for each, record in zip(shared, code(shared), strict=True):
        coded = {"Dateline": of_record(record)}
        for name, known in texts.items():
            coded[name], unplaced = of_reading(known[each.article.text])
            nowhere += unplaced
        for (one, two), agreeing in pairs.items():
            agreeing.add(coded[one], coded[two], record.sentences)
    results: list[list[Agreement]] = [each.result() for each in pairs.values()]
    if json:
        said = {
            "articles": len(shared),
            "only_in_some": missing,
            "without_words": nowhere,
            "agreement": [each for result in results for each in result],
        }
        sys.stdout.buffer.write(msgspec.json.encode(said) + b"\n")
        sys.stdout.flush()
        return 0
    _show_agreement(len(shared), results)
    err = console.stderr()
    if missing:
        err.print(f"{missing:,} articles that not everybody has read are left out", style="dim")
    if nowhere:
        err.print(f"{nowhere:,} findings without words (an event without a trigger) are left out", style="dim")
    return 0


def _show_agreement(articles: int, results: list[list[Agreement]]) -> None:
    from dateline.cli import console
    from dateline.cli.render import rows

    out = console.stdout()
    for result in results:
        if not result:
            continue
        rows(
            out,
            f"{result[0].one} with {result[0].other}, {articles:,} articles",
            ("kind", "what", "units", "agree", "kappa", "alpha", "95 %"),
            (
                (
                    each.kind,
                    each.what,
                    f"{each.units:,}",
                    f"{each.agree:.2f}",
                    "" if each.kappa is None else f"{each.kappa:.2f}",
                    "" if each.alpha is None else f"{each.alpha:.2f}",
                    "" if each.interval is None else f"{each.interval[0]:.2f} to {each.interval[1]:.2f}",
                )
                for each in result
            ),
        )


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
