"""Write the reference pages of the documentation from the code.

python tools/reference.py          write docs/reference/*.md
python tools/reference.py --check  exit 1 if a page is out of date (a test calls this)
"""

from __future__ import annotations

import ast
import inspect
import sys
import tempfile
from pathlib import Path
from typing import Any

import dateline
from dateline.cli import COMMANDS, application
from dateline.export import geojson, graphs, loading
from dateline.export.eventdata import LAYOUTS
from dateline.export.layouts import Column, Layout
from dateline.knowledge.codebook import plover
from dateline.query.columns import FLAT
from dateline.server.app import create_app

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "reference"
SOURCE = ROOT / "src" / "dateline"


def structs(path: Path, names: tuple[str, ...] | None = None) -> str:
    """Classes of a module as tables: field, type, default, what it means."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    parts: list[str] = []
    for node in tree.body:
        if not isinstance(node, ast.ClassDef) or (names and node.name not in names):
            continue
        parts.append(f"## {node.name}\n\n{inspect.cleandoc(ast.get_docstring(node) or '')}\n")
        rows = list(fields(node))
        if rows:
            parts.append("| field | type | default | meaning |\n|---|---|---|---|")
            parts.extend(f"| `{name}` | `{kind}` | {default} | {meaning} |" for name, kind, default, meaning in rows)
            parts.append("")
    return "\n".join(parts)


def fields(node: ast.ClassDef) -> list[tuple[str, str, str, str]]:
    """Name, type, default and docstring of each field of a class."""
    rows: list[tuple[str, str, str, str]] = []
    for each, after in zip(node.body, [*node.body[1:], None], strict=True):
        if not isinstance(each, ast.AnnAssign) or not isinstance(each.target, ast.Name):
            continue
        meaning = ""
        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            meaning = " ".join(str(after.value.value).split())
        kind = ast.unparse(each.annotation).replace("|", "\\|")
        default = f"`{ast.unparse(each.value)}`" if each.value else ""
        rows.append((each.target.id, kind, default, meaning.replace("|", "\\|")))
    return rows


def literals(path: Path) -> str:
    """Closed lists of values, as ``Status = Literal[...]``."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    rows = ["| name | values |", "|---|---|"]
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript):
            name = ast.unparse(node.targets[0])
            if ast.unparse(node.value.value) == "Literal":
                values = ast.literal_eval(node.value.slice)
                rows.append(f"| {name} | {', '.join(f'`{value}`' for value in values)} |")
    return "\n".join(rows)


def python() -> str:
    """Public names of the package with their signatures and docstrings."""
    parts = ["# Python", "", "Everything here is imported from `dateline`.", ""]
    for name in dateline.__all__:
        thing: Any = getattr(dateline, name)
        if not (inspect.isclass(thing) or callable(thing)):
            continue
        if inspect.isclass(thing) and thing.__module__ == "dateline.records":
            continue  # they have a page of their own
        signature = "" if inspect.isclass(thing) and issubclass(thing, Exception) else str(inspect.signature(thing))
        parts += [f"## {name}", "", f"`{name}{signature}`", "", inspect.getdoc(thing) or "", ""]
        if inspect.isclass(thing) and not issubclass(thing, Exception):
            for method, function in inspect.getmembers(thing, inspect.isfunction):
                if method.startswith("_") or not function.__module__.startswith("dateline"):
                    continue
                signature = str(inspect.signature(function))
                parts += [f"### {name}.{method}", "", f"`{method}{signature}`", "", inspect.getdoc(function) or "", ""]
    return "\n".join(parts)


def columns(of: tuple[Column, ...]) -> str:
    """Columns as a table, numbered from 1."""
    rows = ["| | column | type | what stands there |", "|---|---|---|---|"]
    rows += [
        f"| {number} | `{each.name}` | {each.kind} | {each.meaning.replace('|', chr(92) + '|')} |"
        for number, each in enumerate(of, 1)
    ]
    return "\n".join(rows)


def layout(of: Layout) -> str:
    """One event-data layout: columns, what is lost, how to load it."""
    head = "The first line names the columns." if of.header else "There is no header line."
    snippets = (
        ("pandas", "python", loading.pandas(of, of.file)),
        ("DuckDB", "python", loading.duckdb(of, of.file)),
        ("R", "r", loading.r(of, of.file)),
    )
    return "\n".join(
        [
            f"## {of.title}",
            "",
            f"    dateline export --as {of.name} --store news.duckdb --to {of.file}",
            "",
            f"{len(of.columns)} columns after: {of.source}. A row is {of.row}. {head}",
            "",
            f"It has no place for: {', '.join(of.lost)}.",
            "",
            columns(of.columns),
            "",
            *(f"### {of.title} in {name}\n\n```{language}\n{code}```\n" for name, language, code in snippets),
        ]
    )


LAYOUTS_HEAD = """# Layouts

What stands in each column of what `dateline export --as` writes. How to choose one: [Export](../how-to/export.md).

In the five layouts of event data cells are parted by tabs, lines end in a line feed, text is UTF-8, and nothing is
quoted; what is unknown is an empty cell unless the column says otherwise. So that no name breaks a row, control
characters and line breaks in it become a space, and a straight double quote becomes a single one.
"""


POINTS = """## GeoJSON

A `FeatureCollection` (RFC 7946), a `Point` a feature, longitude first. What has no coordinates is left out and counted.
Properties of every point:
"""
MORE_POINTS = """
and of events beside them (`place`, `kind` and the coordinates are those of where it happened):
"""
GRAPH = """
## GraphML

A directed graph, an edge an event between one source and one target; events with nobody on one side are left out and
counted. A node is an actor of the knowledge tables, or a proper name with its kind and country; who is only described
is another node in each article. Attributes of nodes:
"""


def layouts() -> str:
    """The data dictionary of every layout that is not a table of the store."""
    parts = [LAYOUTS_HEAD, *(layout(each) for each in LAYOUTS.values())]
    parts += [POINTS, columns(geojson.SHARED), MORE_POINTS, columns(geojson.OF_EVENTS)]
    parts += [GRAPH, columns(graphs.NODE), "\nof edges:\n", columns(graphs.EDGE)]
    return "\n".join(parts)


TABLES_HEAD = """# Codebook of the data

What stands in each column of `dateline query ... --output csv`, of its JSON, and of `.to_pandas()`, and which types of
events there are: what a reader of your data needs. In CSV an empty cell is what is absent.
"""


def flat() -> str:
    """The flat tables, and the types, modes, contexts and sectors that stand in them."""
    parts = [TABLES_HEAD]
    for kind, described in FLAT.items():
        parts += [f"## {kind.capitalize()}", "", "| column | what stands there |", "|---|---|"]
        parts += [f"| `{name}` | {meaning} |" for name, meaning in described]
        parts.append("")
    book = plover()
    parts += [
        "## Event types",
        "",
        f"{book.title}; a codebook of your own takes its place or adds to it.",
        "*Quad* is the quad class, *score* PLOVER's own, from -10 to 10; the Goldstein score is the CAMEO code's.",
        "",
        "| type | mode | quad | score | CAMEO | what it is |",
        "|---|---|---|---|---|---|",
    ]
    for name, each in book.types.items():
        score = "" if each.score is None else f"{each.score:g}"
        parts.append(f"| **{name}** | | {each.quad} | {score} | {each.cameo or ''} | {each.definition} |")
        for mode, how in each.modes.items():
            score = "" if how.score is None else f"{how.score:g}"
            parts.append(f"| {name} | {mode} | {each.quad} | {score} | {how.cameo or ''} | {how.definition} |")
    parts += [
        "",
        "## Contexts",
        "",
        "In the record and the table `events` of the store.",
        "",
        "| context | what it is about |",
        "|---|---|",
    ]
    parts += [f"| `{name}` | {meaning} |" for name, meaning in book.contexts.items()]
    return "\n".join(parts)


def api() -> str:
    """The REST API, from its OpenAPI document."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.duckdb"
        dateline.open_store(path).close()
        document: Any = create_app(path).openapi_schema.to_schema()
    parts = [
        "# REST API",
        "",
        "`dateline serve` answers under `/api`; the OpenAPI document is at `/openapi/openapi.json`.",
        "Lists come in pages: `next` of one is `after` of the following. Errors are problem details (RFC 9457).",
        "",
    ]
    for path, methods in sorted(document["paths"].items()):
        for method, operation in methods.items():
            parts += [f"## {method.upper()} {path}", "", operation["description"], ""]
            if operation.get("parameters"):
                parts += ["| parameter | values | meaning |", "|---|---|---|"]
                parts += [_parameter(each) for each in operation["parameters"]]
                parts.append("")
            [answer] = [each for status, each in operation["responses"].items() if status.startswith("2")]
            [(media, content)] = answer["content"].items()
            named = content["schema"].get("$ref", "").rpartition("/")[2].rpartition("_")[2]
            parts += [f"Answer: `{named or ('JSON' if media == 'application/json' else media)}`.", ""]
    return "\n".join(parts)


def _parameter(each: dict[str, Any]) -> str:
    schema = each["schema"]
    kinds = [kind for kind in schema.get("oneOf", [schema]) if kind.get("type") != "null"]
    item = kinds[0].get("items", kinds[0])
    closed = ", ".join(f"`{value}`" for value in item.get("enum", ()))
    values = closed or item.get("format", item.get("type"))
    many = ", may be repeated" if "items" in kinds[0] else ""
    demanded = ", required" if each.get("required") else ""
    return f"| `{each['name']}` | {values}{many}{demanded} | {each.get('description', '')} |"


def pages() -> dict[str, str]:
    """File name to content of every generated page."""
    records = SOURCE / "records.py"
    return {
        "cli.md": application(COMMANDS).generate_docs(),
        "record.md": "# The record\n\nWhat `dateline read --json` prints, one object an article, and the store keeps. "
        "A span is half-open and counts Unicode code points of `article.text`.\n\n"
        f"{structs(records)}\n## Closed lists\n\n{literals(records)}\n",
        "links.md": "# Links\n\nWhat `dateline link` makes of the records of a store.\n\n"
        + structs(SOURCE / "links.py")
        + "\n# Judgements\n\nWhat readers said of findings, in the table `judgements`.\n\n"
        + structs(SOURCE / "judgements.py"),
        "settings.md": "# Settings and limits\n\nEvery limit has a default and can be set.\n\n"
        f"{structs(SOURCE / 'config.py')}\n{structs(SOURCE / 'intake' / 'settings.py')}",
        "python.md": python(),
        "api.md": api(),
        "layouts.md": layouts(),
        "codebook.md": flat(),
    }


def main() -> int:
    """Write or check the pages."""
    stale = 0
    PAGES.mkdir(parents=True, exist_ok=True)
    for name, content in pages().items():
        path = PAGES / name
        text = "\n".join(line.rstrip() for line in content.splitlines()).rstrip() + "\n"
        if "--check" in sys.argv:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                print(f"{path.relative_to(ROOT)} is out of date: run python tools/reference.py")
                stale += 1
        else:
            path.write_text(text, encoding="utf-8")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
