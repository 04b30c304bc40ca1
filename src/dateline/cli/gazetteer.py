"""``dateline gazetteer``: a larger gazetteer of the user's own, from a GeoNames dump."""

from __future__ import annotations

from pathlib import Path

from cyclopts import App

gazetteer = App(
    name="gazetteer",
    help="Compile a larger gazetteer from a GeoNames dump.",
    help_format="markdown",
    help_epilogue="""
Examples:

    dateline gazetteer build allCountries.zip --out large.bin
    dateline read page.html --config mine.toml

The first takes minutes; mine.toml has the line gazetteer = "large.bin".
""",
)


@gazetteer.command
def build(dump: Path, /, *, out: Path = Path("gazetteer.bin"), least_population: int = 0) -> int:
    """Lay a GeoNames dump over the package's gazetteer; name the result in a configuration: gazetteer = "FILE".

    Args:
        dump: allCountries.txt, a country's file, or the zip of either, from download.geonames.org/export/dump.
        out: The file to write.
        least_population: Populated places with fewer people are left out; 0 keeps those whose count is not known, too.
    """
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    from dateline.cli import console
    from dateline.knowledge.geonames import DumpError, build

    out_console = console.stdout()
    errors = console.stderr()
    bars = (TextColumn("reading"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    try:
        with Progress(*bars, console=errors, transient=True, disable=not errors.is_terminal) as shown:
            task = shown.add_task("reading", total=None)

            def tell(read: int, size: int) -> None:
                shown.update(task, completed=read, total=size)

            built = build(dump, out, least=least_population, progress=tell)
    except DumpError as error:
        for fault in error.faults:
            out_console.print(f"{dump}:{fault.line}: {fault.says}", markup=False, soft_wrap=True)
        out_console.print(f"{len(error.faults)} to mend; nothing was written", markup=False)
        return 1
    out_console.print(
        f"{built.lines:,} lines, {built.added:,} places added: {built.places:,} places, {built.names:,} names in {out}",
        markup=False,
        soft_wrap=True,
    )
    return 0
