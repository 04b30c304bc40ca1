"""The two consoles, and text made safe for them."""

from __future__ import annotations

import re
import shutil
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

# Control characters could drive the terminal, and bidirectional overrides could show
# words in another order than they stand in; articles are not to be trusted with either.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

PLAIN_WIDTH = 120
"""Columns where there is no terminal."""


def safe(text: str) -> str:
    """The text without what could drive a terminal; line breaks become spaces."""
    return _UNSAFE.sub("�", text.replace("\r\n", " ").replace("\n", " ").replace("\t", " "))


def words(text: str, style: str = "") -> Text:
    """Text for a table cell: safe, and never read as markup."""
    from rich.text import Text

    return Text(safe(text), style=style)


def stdout() -> Console:
    """Console for results; no colour and a fixed width where it is no terminal."""
    return _console(error=False)


def stderr() -> Console:
    """Console for progress and problems."""
    return _console(error=True)


def _console(*, error: bool) -> Console:
    from rich.console import Console

    stream = sys.stderr if error else sys.stdout
    if stream.isatty():
        return Console(stderr=error, highlight=False, width=min(140, shutil.get_terminal_size().columns))
    return Console(stderr=error, highlight=False, width=PLAIN_WIDTH, no_color=True, legacy_windows=False)


def problem(message: str) -> None:
    """One line to standard error."""
    print(f"dateline: {safe(message)}", file=sys.stderr)
