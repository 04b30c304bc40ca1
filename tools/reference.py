"""Write the reference pages of the documentation from the code.

python tools/reference.py          write docs/reference/*.md
python tools/reference.py --check  exit 1 if a page is out of date (a test calls this)
"""

from __future__ import annotations

import ast
import inspect
import sys
from pathlib import Path
from typing import Any

import dateline
from dateline.cli import application

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


def pages() -> dict[str, str]:
    """File name to content of every generated page."""
    records = SOURCE / "records.py"
    return {
        "cli.md": application().generate_docs(),
        "record.md": "# The record\n\nWhat `dateline read --json` prints, one object an article, and the store keeps. "
        "A span is half-open and counts Unicode code points of `article.text`.\n\n"
        f"{structs(records)}\n## Closed lists\n\n{literals(records)}\n",
        "links.md": "# Links\n\nWhat `dateline link` makes of the records of a store.\n\n" + structs(SOURCE / "links.py"),
        "settings.md": "# Settings and limits\n\nEvery limit has a default and can be set.\n\n"
        f"{structs(SOURCE / 'config.py')}\n{structs(SOURCE / 'intake' / 'settings.py')}",
        "python.md": python(),
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
