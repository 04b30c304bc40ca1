"""The command line: one module a command; only here is anything printed.

Exit status: 0 when all went well, 1 when an input was set aside, 2 when the
call or the settings were wrong.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dateline.errors import DatelineError

if TYPE_CHECKING:
    from cyclopts import App

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
    "review": "Judge findings; how often a coder is right, with its interval; judgements out as gold.",
    "export": "Write a store as tables, points, a graph, or in the layouts of GDELT, POLECAT and ICEWS.",
    "score": "Measure a coding against articles read by hand: precision, recall and F1 by kind.",
    "diff": "What a re-coding changed: two codings of the same articles, finding by finding.",
    "serve": "Open a store in the browser: the reading room, and the REST API beside it.",
}
"""Commands and what each is for, in the order a new user meets them."""

EPILOGUE = """
Examples:

    dateline read page.html                     one page, in the terminal
    dateline read https://example.org/x --json  the record, one JSON object an article
    dateline run news/ --store news.duckdb      a folder into a store; run it again to go on
    dateline query events --store news.duckdb --relation PROTEST --country KEN
    dateline cite e1c0ffee --store news.duckdb  a finding back to its words
"""


def application() -> App:
    """The command line with all its commands, none of them loaded yet."""
    from cyclopts import App

    app = App(
        name="dateline",
        help="Turns news reports into a record one can cite: who did what to whom, who said what, "
        "what was counted, where and when, and the words that say so.",
        help_epilogue=EPILOGUE,
        help_format="plaintext",
        version=_version,
        result_action="return_value",
    )
    for order, (command, purpose) in enumerate(COMMANDS.items()):
        # By import path: a command's modules load only when it is called.
        path = f"dateline.cli.{command}:{command}"
        if command in ("query", "codebook", "gazetteer", "review"):  # an App of its own, which brings its help
            app.command(path, name=command, help=purpose, sort_key=order)
        else:
            app.command(path, name=command, help=purpose, help_epilogue="", sort_key=order)
    return app


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point of the ``dateline`` command; returns the exit status."""
    # One thread a process: the parser's matrices are small, and workers share the cores.
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    from cyclopts import CycloptsError

    from dateline.cli import console

    try:
        result = application()(
            list(sys.argv[1:] if arguments is None else arguments),
            exit_on_error=False,
            print_error=True,
            error_console=console.stderr(),
        )
    except CycloptsError:
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


def _version() -> str:
    from importlib.metadata import version

    return version("dateline")
