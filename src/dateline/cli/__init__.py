"""The command line: one module a command; only here is anything printed.

Exit status: 0 when all went well, 1 when an input was set aside, 2 when the
call or the settings were wrong.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Container, Sequence
from typing import TYPE_CHECKING

from dateline.errors import DatelineError

if TYPE_CHECKING:
    from cyclopts import App, CycloptsError

COMMANDS = {
    "read": "Read one page and show what it says.",
    "run": "Code files, folders, feeds and archives into a store; run again to go on.",
    "query": "Ask a store for events, statements, figures, places, actors or articles.",
    "sql": "Ask a store in SQL, read only.",
    "cite": "Lead a finding back to its words: url, offsets, quotation, and whether the text is unchanged.",
    "link": "Find what belongs together across the reports of a store; run again after adding.",
    "copies": "Copies and versions of one report, reports inside others, and what changed.",
    "codebook": "Check an event codebook of your own: errors by line, and whether its examples are coded.",
    "gazetteer": "Compile a larger gazetteer from a GeoNames dump.",
    "stories": "Reports of one happening over days, as a timeline.",
    "incidents": "Events that several reports tell of, counted once: by whom, to whom, when, and on whose word.",
    "disputes": "Where independent reports, or those they quote, differ: counts, days, places, who, whether.",
    "history": "How a count moved from report to report, and by whose word; with a drawing.",
    "relate": "Tell which event type two known parties of a sentence stand in; rows of JSON lines, CSV or TSV.",
    "review": "Judge findings; how often a coder is right, with its interval; judgements out as gold.",
    "export": "Write a store as tables, points, a graph, or in the layouts of GDELT, POLECAT and ICEWS.",
    "score": "Measure a coding against articles read by hand: precision, recall and F1 by kind.",
    "diff": "What a re-coding changed: two codings of the same articles, finding by finding.",
    "method": "What a paper says of its data: version, digests, corpus, counts, reference.",
    "serve": "Open a store in the browser: the reading room, and the REST API beside it.",
}
"""Commands and what each is for, in the order a new user meets them."""

EPILOGUE = """
A first look: one page, then a folder into a store, then questions.

    dateline read page.html
    dateline run news/ --store news.duckdb
    dateline query events --store news.duckdb --relation PROTEST
    dateline cite e1c0ffee --store news.duckdb

Every command says more: dateline run --help
"""
EXAMPLES = {
    "read": (
        "dateline read page.html",
        "dateline read https://example.org/x --json > x.jsonl",
        "dateline read page.html --html marked.html",
        "cat report.txt | dateline read -",
    ),
    "run": (
        "dateline run news/ feed.xml CC-NEWS.warc.gz --store news.duckdb",
        "dateline run rows.jsonl --field text=body --store news.duckdb",
    ),
    "sql": (
        'dateline sql "describe event_rows" --store news.duckdb',
        'dateline sql "from event_rows limit 3" --store news.duckdb --output csv',
    ),
    "cite": ("dateline cite e41c0ffee --store news.duckdb",),
    "link": ("dateline link --store news.duckdb", "dateline link --undo --store news.duckdb"),
    "copies": ("dateline copies --store news.duckdb", "dateline copies n16a5d0 --diff --store news.duckdb"),
    "stories": ("dateline stories --store news.duckdb", "dateline stories y345156 --store news.duckdb"),
    "incidents": ("dateline incidents --relation ASSAULT --independent 2 --store news.duckdb",),
    "disputes": ("dateline disputes --store news.duckdb --limit 20",),
    "history": ("dateline history --what killed --plot toll.svg --store news.duckdb",),
    "relate": (
        "dateline relate pairs.csv --output csv > types.csv",
        "dateline relate rows.jsonl --field source=doer --field target=victim",
        'dateline relate --text "Peru accused Chile." --source Peru --target Chile',
    ),
    "export": (
        "dateline export events --store news.duckdb --to events.parquet",
        "dateline export all --store news.duckdb --to tables/ --as csv",
        "dateline export --as gdelt --store news.duckdb --to events.export.CSV",
    ),
    "score": (
        "dateline score gold.jsonl --misses misses.jsonl",
        "dateline score ada.jsonl --other bo.jsonl",
    ),
    "diff": ("dateline diff before.duckdb after.duckdb --kind events",),
    "method": ("dateline method --store news.duckdb",),
    "serve": ("dateline serve --store news.duckdb",),
}
"""Calls that a command's help shows."""


def application(whole: Container[str] = ()) -> App:
    """The command line with all its commands, each loaded when it is called.

    Args:
        whole: Commands whose help says all that there is to say; of others it says what they are for, unloaded.
    """
    from cyclopts import App, Parameter

    app = App(
        name="dateline",
        help="Turns news reports into a record one can cite: who did what to whom, who said what, "
        "what was counted, where and when, and the words that say so.",
        help_epilogue=EPILOGUE,
        help_format="markdown",
        version=_version,
        result_action="return_value",
        default_parameter=Parameter(show_default=_default),
    )
    for order, (command, purpose) in enumerate(COMMANDS.items()):
        # By import path: a command's modules load only when it is called.
        path = f"dateline.cli.{command}:{command}"
        if command in ("query", "codebook", "gazetteer", "review"):  # an App of its own, which brings its help
            app.command(path, name=command, help=purpose, sort_key=order)
        else:
            told = {} if command in whole else {"help": purpose}
            app.command(path, name=command, help_epilogue=_epilogue(command), sort_key=order, **told)
    return app


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point of the ``dateline`` command; returns the exit status."""
    # One thread a process: the parser's matrices are small, and workers share the cores.
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    from cyclopts import CycloptsError

    from dateline.cli import console

    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        result = application(given[:1])(
            given,
            exit_on_error=False,
            print_error=False,
        )
    except CycloptsError as error:
        console.problem(_wrong(error))
        return 2
    except DatelineError as error:
        console.problem(str(error))
        return 2
    except KeyboardInterrupt:
        console.problem("stopped; what was finished is kept, and the same command goes on from there")
        return 130
    except BrokenPipeError:
        # The reader of our output (`head`, say) has gone: that is no error, but the
        # interpreter would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return result if isinstance(result, int) else 0


def _default(value: object) -> str | None:
    """A default as help shows it; a switch that is off and a list without entries need no word."""
    return None if value in (None, False, ()) else str(value)


def _epilogue(command: str) -> str:
    calls = EXAMPLES.get(command, ())
    return "\n".join(("", "Examples:", "", *(f"    {each}" for each in calls))) if calls else ""


def _wrong(error: CycloptsError) -> str:
    """What is wrong with a call, in one line, and where its help is."""
    from cyclopts import MissingArgumentError, UnusedCliTokensError

    chain = " ".join(error.command_chain or ())
    if isinstance(error, MissingArgumentError) and error.argument is not None:
        says = f"{chain} needs {error.argument.name}".strip()
    elif isinstance(error, UnusedCliTokensError):
        says = f"{chain} takes no more arguments: {' '.join(error.unused_tokens or ())}".strip()
        if chain == "read":
            says = "read takes one page; for several, dateline run"
    else:
        says = " ".join(str(error).split()).rstrip(". ")
        says = f"{says[:-1]} ..." if says.endswith(",") else says  # not all commands were named
    return f"{says}; see dateline {chain + ' ' if chain else ''}--help"


def _version() -> str:
    from importlib.metadata import version

    return version("dateline")
