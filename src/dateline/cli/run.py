"""``dateline run``: a corpus into a store."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from dateline.errors import ConfigError

if TYPE_CHECKING:
    from dateline.config import Config
    from dateline.query import Store


def run(
    *sources: Annotated[str, Parameter(allow_leading_hyphen=True)],
    store: str,
    workers: int | None = None,
    ray: str | None = None,
    config: str = "plover-en",
    actors: Path | None = None,
    codebook: Path | None = None,
    field: Annotated[tuple[str, ...], Parameter(negative=())] = (),
    dates_in_names: Annotated[bool, Parameter(negative=())] = False,
    language: str | None = None,
    time_limit: float | None = None,
    retry: Annotated[bool, Parameter(negative=())] = False,
    quiet: Annotated[bool, Parameter(negative=())] = False,
) -> int:
    """Code files, folders, globs, feeds, archives or URLs into a store.

    What an earlier run finished is skipped, so the same command goes on after a stop or adds what is
    new. An input that cannot be read is kept in the table "rejections" with its reason.

    Args:
        sources: Files (HTML, text, feeds, JSONL, CSV and TSV, WARC), folders, globs, URLs, or - for standard input.
        store: A DuckDB file, made where there is none; a folder of Parquet files if it ends with /.
        workers: Processes that read; by default one a core.
        ray: Use the workers of a Ray cluster: its address, auto for the one this machine belongs to, or
            local to start one here. Files need the same path on every machine.
        config: Pipeline: one that ships, or a TOML file.
        actors: A table of persons and bodies of your own (TSV), laid over the built-in ones.
        codebook: An event codebook of your own (TOML) in place of PLOVER's.
        field: For JSON, CSV and TSV: which key or column holds what, as text=body or published=date; may be repeated.
        dates_in_names: A text that says no date was published on the day its file's name gives, as 2024-03-05-flood.txt
            or wire_20240305.txt.
        language: Language of every article (en), when you know better than the pages.
        time_limit: Seconds one input may take before it is set aside.
        retry: Try again what was set aside before.
        quiet: No progress.
    """
    from dateline.cli import console
    from dateline.config import load as load_config
    from dateline.config import with_tables
    from dateline.intake import sources as finder
    from dateline.pipeline.assembly import intake_settings, load
    from dateline.pipeline.run import Progress
    from dateline.query import open_store
    from dateline.scale import local

    if not sources:
        raise ConfigError("nothing to read: name files, folders, globs, URLs, or - for standard input")
    chosen = with_tables(load_config(config), codebook=codebook, actors=actors)
    settings = intake_settings(chosen, fields=fields(field), language=language, dates_in_names=dates_in_names or None)
    if workers is None:
        workers = _cores() if ray is None else 0
    options: dict[str, Any] = {"workers": workers, "retry": retry, "ray": ray}
    options["time_limit"] = chosen.limits.article_seconds if time_limit is None else time_limit
    items = finder.items([*sources], settings=settings, store=store)
    out = console.stderr()
    with open_store(store) as opened:
        if quiet:
            summary = local.run(items, opened, partial(load, chosen, settings=settings), **options)
        else:
            from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
            from rich.progress import Progress as Bar

            with Bar(
                SpinnerColumn(),
                TextColumn("{task.description}"),
                BarColumn(bar_width=20),
                TimeElapsedColumn(),
                console=out,
                transient=True,
            ) as bar:
                task = bar.add_task("loading the pipeline", total=None)

                def show(progress: Progress) -> None:
                    words = f"{progress.articles:,} articles, {progress.rate:.1f}/s"
                    if progress.rejections:
                        words += f", {progress.rejections:,} rejected"
                    if progress.skipped:
                        words += f", {progress.skipped:,} done before"
                    bar.update(task, description=f"{words}  {console.safe(progress.where)[-50:]}")

                summary = local.run(
                    items, opened, partial(load, chosen, settings=settings), on_progress=show, **options
                )
        total = len(opened)
        noted = list(_noted(opened, chosen)) if summary.articles else []
    rate = summary.articles / summary.seconds if summary.seconds else 0.0
    line = f"{summary.articles:,} articles from {summary.items:,} inputs in {summary.seconds:.1f} s ({rate:.1f}/s)"
    if summary.skipped:
        line += f"; {summary.skipped:,} inputs done before"
    out.print(f"{line}; {store} holds {total:,} articles", markup=False)
    if summary.skipped and (field or dates_in_names or language):
        noted.append(
            "what was done before stays as it was read then: --field, --dates-in-names and --language count for new "
            "inputs; to read all of them so, run into a new store"
        )
    for note in noted:
        out.print(note, markup=False, soft_wrap=True)
    if summary.rejections:
        out.print(
            f"{summary.rejections:,} inputs set aside; see why: dateline query rejections --store {store}",
            markup=False,
        )
    if summary.interrupted:
        out.print("stopped; what was finished is kept, and the same command goes on from there", markup=False)
        return 130
    return 1 if summary.rejections else 0


def _noted(store: Store, config: Config) -> Iterator[str]:
    """What its user should know of the articles in a store: what has no day, what was stored without being coded."""
    [counted] = store.rows(
        """SELECT count(*) FILTER ("day" IS NULL) AS undated,
            count(*) FILTER (split_part(language, '-', 1) NOT IN ($language, 'und')) AS foreign_,
            count(*) FILTER (characters > $most) AS long FROM article_rows""",
        {"language": config.language, "most": config.limits.article_characters},
    )
    if counted["undated"]:
        yield (
            f'of them without a day: {counted["undated"]:,}; "on Monday" in these stays unknown. '
            "Read them into a new store with --field published=KEY (JSON lines, tables: the date's key or column) or "
            "--dates-in-names (texts whose files' names have it)"
        )
    if counted["foreign_"]:
        yield f"of them in another language than {config.language}, stored but not coded: {counted['foreign_']:,}"
    if counted["long"]:
        most = config.limits.article_characters
        yield (
            f"of them longer than {most:,} characters, stored but not coded: {counted['long']:,}; "
            "cut them into articles, or set article_characters under [limits] in a file for --config"
        )


def fields(pairs: tuple[str, ...]) -> dict[str, str]:
    """``("text=body",)`` to ``{"text": "body"}``.

    Raises:
        ConfigError: A pair has no ``=``.
    """
    mapping: dict[str, str] = {}
    for pair in pairs:
        name, equals, key = pair.partition("=")
        if not (equals and name and key):
            raise ConfigError(f"--field {pair!r}: give it as text=body: our name, an equals sign, your key")
        mapping[name] = key
    return mapping


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
