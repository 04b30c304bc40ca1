"""How to load a file of a published layout elsewhere: snippets for pandas, DuckDB and R.

They are part of the documentation, and its tests run them.
"""

from __future__ import annotations

from dateline.export.layouts import Column, Layout

_PANDAS = {"int": "Int64", "float": "float64", "str": "str"}
_DUCKDB = {"int": "BIGINT", "float": "DOUBLE", "str": "VARCHAR"}


def _r(column: Column) -> str:
    # R has no integer of 63 bits: an id stays text, other whole numbers fit a double.
    if column.kind == "int" and column.name.lower().endswith("id") and column.name != "SentenceID":
        return "character"
    return "character" if column.kind == "str" else "numeric"


def _folded(entries: list[str], width: int = 100) -> str:
    """Entries parted by commas, in lines that fit a page."""
    lines = [""]
    for entry in entries:
        if len(lines[-1]) + len(entry) > width:
            lines.append("")
        lines[-1] += entry + ", "
    return "\n".join("    " + line.rstrip() for line in lines)


def pandas(layout: Layout, file: str) -> str:
    """Python that loads a file with pandas into ``table``."""
    columns = _folded([f'"{column.name}": "{_PANDAS[column.kind]}"' for column in layout.columns])
    head = "header=0" if layout.header else "header=None, names=list(columns)"
    return f"""import csv

import pandas as pd

columns = {{
{columns}
}}
table = pd.read_csv(
    "{file}", sep="\\t", {head}, dtype=columns, encoding="utf-8",
    quoting=csv.QUOTE_NONE, keep_default_na=False, na_values=[""],
)
"""


def duckdb(layout: Layout, file: str) -> str:
    """Python that loads a file with DuckDB into ``table``."""
    columns = _folded([f"'{column.name}': '{_DUCKDB[column.kind]}'" for column in layout.columns])
    return f'''import duckdb

table = duckdb.sql("""
SELECT * FROM read_csv('{file}', delim='\\t', header={str(layout.header).lower()}, quote='', escape='', columns={{
{columns}
}})""")
'''  # noqa: S608 - a text for people, of our own names


def r(layout: Layout, file: str) -> str:
    """R, without packages, that loads a file into ``table``."""
    columns = _folded([f'"{column.name}" = "{_r(column)}"' for column in layout.columns]).rstrip().rstrip(",")
    head = "header = TRUE" if layout.header else "header = FALSE, col.names = names(columns)"
    return f"""columns <- c(
{columns}
)
table <- read.delim(
  "{file}", {head}, colClasses = unname(columns), check.names = FALSE,
  quote = "", comment.char = "", na.strings = "", encoding = "UTF-8"
)
"""
